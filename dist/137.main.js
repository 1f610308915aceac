export const id = 137;
export const ids = [137];
export const modules = {

/***/ 4137:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KL: () => (/* binding */ PAGE),
/* harmony export */   SJ: () => (/* binding */ MOST_CHARACTERS_OF_SEARCH),
/* harmony export */   createLogStream: () => (/* binding */ createLogStream)
/* harmony export */ });
/* unused harmony export createLogReader */
/* harmony import */ var _deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1216);
/* harmony import */ var _run_error_message_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4062);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1298);



/** Lines per page; the API returns at most 1,000. */
const PAGE = 1_000;
/** The most pages to read after the revision ends: enough for 100,000 lines. */
const MOST_PAGES_AT_END = 100;
/** The longest time to read these pages, in milliseconds: the health check follows within the same timeout. */
const MOST_MS_AT_END = 20_000;
/** Lines of a shown log to keep for the search for the cause of a failure. */
const MOST_KEPT = 5_000;
/** Characters of a log to search for the cause of a failure. */
const MOST_CHARACTERS_OF_SEARCH = 8_000_000;
/** Consecutive failures after which the logs are no longer read. The verdict does not depend on them. */
const MOST_FAILURES = 3;
/**
 * Creates a reader of one log, which returns each line once, from the beginning. If the cursor is null, nothing is
 * newer: the next call requests the same page and skips known lines by their IDs, or by their position without IDs.
 */
function createLogReader(read) {
    let offset;
    let seen = new Set();
    let seenInPage = 0;
    /** Sends one request for the lines since the last call. `more`: another page is available. */
    return async () => {
        const page = await read(offset);
        const entries = page.entries.filter(({ id }, index) => (id === undefined ? index >= seenInPage : !seen.has(id)));
        for (const { id } of entries)
            if (id !== undefined)
                seen.add(id);
        seenInPage = Math.max(seenInPage, page.entries.length);
        const more = page.next !== undefined && page.next !== offset;
        if (more) {
            offset = page.next;
            seenInPage = 0;
            // A page can repeat the last lines of the previous page, so their IDs are kept. Older lines do not return.
            seen = new Set(page.entries.flatMap(({ id }) => id ?? []));
        }
        return { entries, more: more && page.entries.length > 0 };
    };
}
const BUILDING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING']);
/** Statuses with a log. */
const HAS_LOG = new Set([
    'BUILDING',
    'AWAITING_DEPLOY',
    'DEPLOYING',
    'DEPLOYED',
    'BUILD_FAILED',
    'DEPLOY_FAILED',
    'INTERRUPTED'
]);
/**
 * Creates the log stream of a rollout, which shows the build log and then the deploy log: one request for each poll of
 * the status, and the rest at the end. An unreadable log is only a warning.
 */
function createLogStream(readLogs, sink, deploymentId, clock) {
    const failures = { inARow: 0 };
    let revisionId;
    let logs = [];
    let current = 0;
    return {
        /** Shows new lines. Called after each poll of the revision. */
        look: async (revision) => {
            if (revision.id !== revisionId) {
                revisionId = revision.id;
                logs = logsOf(revision, readLogs, deploymentId);
                current = 0;
            }
            const log = logs[current];
            if (!log || !HAS_LOG.has(revision.status))
                return;
            const outcome = await readSome(log, sink, failures);
            if (outcome === 'done' && log.kind === 'build' && !BUILDING.has(revision.status))
                current += 1;
        },
        /** Shows the rest of all logs after the revision ends. The last lines of the build log can arrive late. */
        finish: async () => {
            const until = clock.now() + MOST_MS_AT_END;
            for (const log of logs) {
                let outcome = 'more';
                for (let page = 0; page < MOST_PAGES_AT_END && outcome !== 'done' && clock.now() < until; page += 1) {
                    outcome = await readSome(log, sink, failures);
                }
                // The shown lines are not the end of the log.
                if (outcome !== 'done')
                    log.kept = [];
                if (outcome === 'more')
                    sink.note(tooLong(log.kind));
            }
            if (failures.inARow > 0)
                for (const log of logs)
                    log.kept = [];
        },
        /** Returns the last lines of a log that was shown to its end; empty if it was not. */
        end: (id, kind) => id === revisionId ? (logs.find((log) => log.kind === kind)?.kept ?? []) : []
    };
}
/** The logs of a revision, before the first read. */
function logsOf({ id, source }, readLogs, deploymentId) {
    return (0,_deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_0__/* .kindOf */ .I)(source).logs.map((kind) => ({
        kind,
        read: createLogReader((offset) => readLogs(deploymentId, id, { kind, order: 'asc', limit: PAGE, offset })),
        kept: []
    }));
}
/** Sends one request and shows its lines. Reads nothing after `MOST_FAILURES` consecutive failures over all logs. */
async function readSome(log, sink, failures) {
    if (failures.inARow >= MOST_FAILURES)
        return 'done';
    try {
        const { entries, more } = await log.read();
        failures.inARow = 0;
        if (entries.length > 0)
            sink.log(log.kind, entries);
        log.kept = lastOf([...log.kept, ...entries].slice(-MOST_KEPT));
        return more ? 'more' : 'done';
    }
    catch (error) {
        // The run reports its own end.
        if ((0,_run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .endsRun */ .sl)(error))
            return 'done';
        failures.inARow += 1;
        if (failures.inARow < MOST_FAILURES)
            return 'failed';
        sink.warn(`The logs could not be read (${(0,_run_error_message_js__WEBPACK_IMPORTED_MODULE_2__/* .errorMessage */ .g)(error)}); continuing without them.`);
        return 'done';
    }
}
function tooLong(kind) {
    return `The ${kind} log may be incomplete: reading stopped when the revision ended. Read the rest on the revision page in LangSmith.`;
}
/** The last entries that fit into the searched characters. */
function lastOf(entries) {
    let left = MOST_CHARACTERS_OF_SEARCH;
    const first = entries.findLastIndex(({ message }) => {
        left -= message.length;
        return left < 0;
    });
    return entries.slice(first + 1);
}


/***/ })

};
