export const id = 137;
export const ids = [137];
export const modules = {

/***/ 4137:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MOST_CHARACTERS_OF_SEARCH: () => (/* binding */ MOST_CHARACTERS_OF_SEARCH),
/* harmony export */   PAGE: () => (/* binding */ PAGE),
/* harmony export */   createLogReader: () => (/* binding */ createLogReader),
/* harmony export */   createLogStream: () => (/* binding */ createLogStream)
/* harmony export */ });
/* harmony import */ var _deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1216);
/* harmony import */ var _run_error_message_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4062);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1298);



const PAGE = 1_000;
const MOST_PAGES_AT_END = 100;
const MOST_MS_AT_END = 20_000;
const MOST_KEPT = 5_000;
const MOST_CHARACTERS_OF_SEARCH = 8_000_000;
const MOST_FAILURES = 3;
function createLogReader(read) {
    let offset;
    let seen = new Set();
    let seenInPage = 0;
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
            seen = new Set(page.entries.flatMap(({ id }) => id ?? []));
        }
        return { entries, more: more && page.entries.length > 0 };
    };
}
const BUILDING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING']);
const HAS_LOG = new Set([
    'BUILDING',
    'AWAITING_DEPLOY',
    'DEPLOYING',
    'DEPLOYED',
    'BUILD_FAILED',
    'DEPLOY_FAILED',
    'INTERRUPTED'
]);
function createLogStream(readLogs, sink, deploymentId, clock) {
    const failures = { inARow: 0 };
    let revisionId;
    let logs = [];
    let current = 0;
    return {
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
        finish: async () => {
            const until = clock.now() + MOST_MS_AT_END;
            for (const log of logs) {
                let outcome = 'more';
                for (let page = 0; page < MOST_PAGES_AT_END && outcome !== 'done' && clock.now() < until; page += 1) {
                    outcome = await readSome(log, sink, failures);
                }
                if (outcome !== 'done')
                    log.kept = [];
                if (outcome === 'more')
                    sink.note(tooLong(log.kind));
            }
            if (failures.inARow > 0)
                for (const log of logs)
                    log.kept = [];
        },
        end: (id, kind) => id === revisionId ? (logs.find((log) => log.kind === kind)?.kept ?? []) : []
    };
}
function logsOf({ id, source }, readLogs, deploymentId) {
    return (0,_deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_0__/* .kindOf */ .I)(source).logs.map((kind) => ({
        kind,
        read: createLogReader((offset) => readLogs(deploymentId, id, { kind, order: 'asc', limit: PAGE, offset })),
        kept: []
    }));
}
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
        if ((0,_run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .endsRun */ .sl)(error))
            return 'done';
        failures.inARow += 1;
        if (failures.inARow < MOST_FAILURES)
            return 'failed';
        sink.warn(`The logs could not be read (${(0,_run_error_message_js__WEBPACK_IMPORTED_MODULE_2__/* .errorMessage */ .g)(error)}); continuing without the logs.`);
        return 'done';
    }
}
function tooLong(kind) {
    return `The ${kind} log may be incomplete: reading stopped when the revision ended. Read the rest on the revision page in LangSmith.`;
}
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
