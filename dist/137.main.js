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



/** Lines a page; the API answers at most 1,000. */
const PAGE = 1_000;
/** Pages that are read after the revision has ended: enough for 100,000 lines. */
const MOST_PAGES_AT_END = 100;
/** How long they are read: the health check comes after them, and the timeout of the run goes on. */
const MOST_MS_AT_END = 20_000;
/** Lines of a shown log that are kept, to find the cause of a failure in them. */
const MOST_KEPT = 5_000;
/** Characters of a log that are searched for the cause of a failure. */
const MOST_CHARACTERS_OF_SEARCH = 8_000_000;
/** Failures in a row after which the logs are not read any more; the verdict does not depend on them. */
const MOST_FAILURES = 3;
/**
 * Reads one log from its beginning, each line once. A null cursor means that there is nothing newer yet; then the same
 * page is requested again, and the lines that were seen are recognized by their IDs, or by their number.
 */
function createLogReader(read) {
    let offset;
    let seen = new Set();
    let seenInPage = 0;
    /** Sends one request, for the lines since the last call. `more`: another page is there already. */
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
            // A page can begin with the last lines of the page before it, so these are remembered; older lines do not come
            // again.
            seen = new Set(page.entries.flatMap(({ id }) => id ?? []));
        }
        return { entries, more: more && page.entries.length > 0 };
    };
}
const BUILDING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING']);
/** Statuses with a log; before them there is nothing to read. */
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
 * Shows the build log and then the deploy log of a revision while it goes on: one request for each poll of the status,
 * and the rest at the end. When a log cannot be read, there is a warning, and the run goes on.
 */
function createLogStream(readLogs, sink, deploymentId, clock) {
    const failures = { inARow: 0 };
    let revisionId;
    let logs = [];
    let current = 0;
    return {
        /** To be called after each poll of the revision. */
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
        /** Shows the rest of the logs once the revision has ended, of the build log too: its last lines can come late. */
        finish: async () => {
            const until = clock.now() + MOST_MS_AT_END;
            for (const log of logs) {
                let outcome = 'more';
                for (let page = 0; page < MOST_PAGES_AT_END && outcome !== 'done' && clock.now() < until; page += 1) {
                    outcome = await readSome(log, sink, failures);
                }
                // The log goes on after the lines that were shown.
                if (outcome !== 'done')
                    log.kept = [];
                if (outcome === 'more')
                    sink.note(tooLong(log.kind));
            }
            if (failures.inARow > 0)
                for (const log of logs)
                    log.kept = [];
        },
        /** The last lines of a log that was shown to its end; none when it was not. */
        end: (id, kind) => id === revisionId ? (logs.find((log) => log.kind === kind)?.kept ?? []) : []
    };
}
/** The logs of a revision, before anything is read of them. */
function logsOf({ id, source }, readLogs, deploymentId) {
    return (0,_deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_0__/* .kindOf */ .I)(source).logs.map((kind) => ({
        kind,
        read: createLogReader((offset) => readLogs(deploymentId, id, { kind, order: 'asc', limit: PAGE, offset })),
        kept: []
    }));
}
/** Sends one request, and shows its lines. After too many failures in a row, of all logs, nothing more is read. */
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
        // The run ends, and reports that itself.
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
/** The last entries that have no more characters together than are searched. */
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
