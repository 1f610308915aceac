export const id = 675;
export const ids = [675,137];
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


/***/ }),

/***/ 2675:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readLogOfFailure: () => (/* binding */ readLogOfFailure)
/* harmony export */ });
/* unused harmony export logOfFailure */
/* harmony import */ var _control_plane_logs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1138);
/* harmony import */ var _deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1216);
/* harmony import */ var _report_causes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9422);
/* harmony import */ var _report_log_lines_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9031);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1298);
/* harmony import */ var _log_stream_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4137);






/** Returns the logs that can show the cause of a failure or a delay; empty if the status does not show the phase. */
function logOfFailure(status) {
    switch (status) {
        case 'BUILDING':
        case 'AWAITING_DEPLOY':
        case 'BUILD_FAILED':
            return ['build'];
        // A deployed server that does not work also logs the cause there.
        case 'DEPLOYING':
        case 'DEPLOYED':
        case 'DEPLOY_FAILED':
            return ['deploy'];
        // Creation may have failed after the start of a build.
        case 'CREATE_FAILED':
            return ['build', 'deploy'];
        default:
            return [];
    }
}
/** The number of log lines to show. */
const LAST_LINES = 50;
/** The most requests for the log of one failure, over both kinds. */
const MOST_REQUESTS = 4;
/** The longest time of the search, in milliseconds. */
const MOST_MS_OF_SEARCH = 20_000;
/**
 * Reads the end of the log of the current or failed phase. If the end shows no cause, reads the lines with level ERROR,
 * and then older lines.
 *
 * @returns `undefined` without such a log
 * @throws the error of the first request; failures of later requests are ignored, because these only add lines
 */
async function readLogOfFailure(search) {
    const { revision, known, names } = search;
    const requests = createRequests(search);
    for (const kind of logOfFailure(revision.status)) {
        if (!(0,_deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(revision.source).logs.includes(kind))
            continue;
        // A deployed server logs more lines after the rollout.
        const seen = revision.status === 'DEPLOYED' ? [] : (known?.(revision.id, kind) ?? []);
        const end = seen.length > 0 ? { entries: seen, next: undefined } : await requests.read(kind, { offset: undefined });
        if (end.entries.length === 0)
            continue;
        const telling = await linesOfIds(search, kind);
        if (telling.length > 0) {
            const others = end.entries.filter(({ message }) => !telling.some((one) => one.message === message));
            const room = LAST_LINES - telling.length;
            // These lines precede older ones, so each line shows its time.
            const entries = [...telling, ...(room > 0 ? others.slice(-room) : [])].map(_control_plane_logs_js__WEBPACK_IMPORTED_MODULE_0__/* .withTime */ .CE);
            return { kind, entries, searched: telling };
        }
        const namesCause = (entries) => (0,_report_causes_js__WEBPACK_IMPORTED_MODULE_2__/* .findCause */ .l)((0,_report_log_lines_js__WEBPACK_IMPORTED_MODULE_3__/* .logLinesOf */ .l)(entries), kind, names)?.isVague === false;
        const searched = await searchOlder(requests, kind, end, namesCause);
        return { kind, entries: end.entries.slice(-LAST_LINES), searched };
    }
    return undefined;
}
/** The most IDs to search for; the first ones belong to the first failure. */
const MOST_IDS = 4;
/** The pause before the second search, in milliseconds: the lines of a run appear seconds after its response. */
const LATE_MS = 4_000;
async function linesOfIds(search, kind) {
    const { ids = [], wait } = search;
    const found = await linesWith(search, kind);
    if (found.length > 0 || ids.length === 0 || !wait)
        return found;
    await tryTo(() => wait(LATE_MS));
    return linesWith(search, kind);
}
/** The lines of a log that contain one of the IDs, in order. */
async function linesWith({ readLogs, deploymentId, revision, ids = [] }, kind) {
    const found = [];
    for (const id of ids.slice(0, MOST_IDS)) {
        const query = { kind, order: 'desc', limit: _log_stream_js__WEBPACK_IMPORTED_MODULE_5__/* .PAGE */ .KL, offset: undefined, query: id };
        const page = await tryTo(() => readLogs(deploymentId, revision.id, query));
        for (const entry of page?.entries.toReversed() ?? []) {
            const isNew = !found.some((one) => (entry.id ? one.id === entry.id : one.message === entry.message));
            if (isNew && entry.message.includes(id))
                found.push(entry);
        }
    }
    return found.slice(-LAST_LINES);
}
/** The requests for the log of one failure, within their limits. */
function createRequests({ readLogs, clock, deploymentId, revision }) {
    const until = clock.now() + MOST_MS_OF_SEARCH;
    let count = 0;
    return {
        /** Requests the newest entries, or the entries before `offset`. Returns the oldest entry first. */
        read: async (kind, query) => {
            count += 1;
            const page = await readLogs(deploymentId, revision.id, { kind, order: 'desc', limit: _log_stream_js__WEBPACK_IMPORTED_MODULE_5__/* .PAGE */ .KL, ...query });
            return { ...page, entries: page.entries.slice(0, _log_stream_js__WEBPACK_IMPORTED_MODULE_5__/* .PAGE */ .KL).reverse() };
        },
        /** Tells if another request may follow after these entries. */
        mayGoOn: (entries) => count < MOST_REQUESTS && clock.now() < until && charactersOf(entries) < _log_stream_js__WEBPACK_IMPORTED_MODULE_5__/* .MOST_CHARACTERS_OF_SEARCH */ .SJ
    };
}
/** Adds entries with level ERROR, or else older entries page by page, until an entry shows a cause. */
async function searchOlder({ read, mayGoOn }, kind, end, namesCause) {
    let { entries, next } = end;
    if (next && !namesCause(entries) && mayGoOn(entries)) {
        const errors = (await tryTo(() => read(kind, { level: 'ERROR', offset: undefined })))?.entries ?? [];
        if (namesCause(errors))
            return [...errors, ...entries];
    }
    while (next && !namesCause(entries) && mayGoOn(entries)) {
        const offset = next;
        const page = await tryTo(() => read(kind, { offset }));
        entries = [...(page?.entries ?? []), ...entries];
        next = page && page.entries.length > 0 && page.next !== offset ? page.next : undefined;
    }
    return entries;
}
/** The response to a request that only adds lines; `undefined` if it fails. */
async function tryTo(request) {
    try {
        return await request();
    }
    catch (error) {
        // After the deadline, the lines read so far are still shown.
        if (error instanceof _run_limits_js__WEBPACK_IMPORTED_MODULE_4__/* .CancelledError */ .cc)
            throw error;
        return undefined;
    }
}
function charactersOf(entries) {
    return entries.reduce((sum, { message }) => sum + message.length, 0);
}


/***/ })

};
