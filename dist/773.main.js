export const id = 773;
export const ids = [773];
export const modules = {

/***/ 5773:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KL: () => (/* binding */ PAGE),
/* harmony export */   SJ: () => (/* binding */ MOST_CHARACTERS_OF_SEARCH),
/* harmony export */   createLogStream: () => (/* binding */ createLogStream)
/* harmony export */ });
/* unused harmony export createLogReader */
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2498);
/* harmony import */ var _run_error_message_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4062);
/* harmony import */ var _sources_kinds_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1216);



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
    return {
        /** Sends one request, for the lines since the last call. `more`: another page is there already. */
        next: async () => {
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
        }
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
    const failures = createFailureCount(sink);
    let revisionId;
    let logs = [];
    let current = 0;
    const begin = ({ id, source }) => {
        revisionId = id;
        const readerOf = (kind) => createLogReader((offset) => readLogs(deploymentId, id, { kind, order: 'asc', limit: PAGE, offset }));
        logs = (0,_sources_kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(source).logs.map((kind) => createShownLog(kind, readerOf(kind), sink, failures));
        current = 0;
    };
    return {
        /** To be called after each poll of the revision. */
        look: async (revision) => {
            if (revision.id !== revisionId)
                begin(revision);
            const log = logs[current];
            if (!log || !HAS_LOG.has(revision.status))
                return;
            const outcome = await log.readSome();
            if (outcome === 'done' && log.kind === 'build' && !BUILDING.has(revision.status))
                current += 1;
        },
        /** Shows the rest of the logs once the revision has ended, of the build log too: its last lines can come late. */
        finish: async () => {
            const until = clock.now() + MOST_MS_AT_END;
            for (const log of logs) {
                const outcome = await readToEnd(log, () => clock.now() < until);
                if (outcome !== 'done')
                    log.forget();
                if (outcome === 'more')
                    sink.note(tooLong(log.kind));
            }
            if (failures.any())
                for (const log of logs)
                    log.forget();
        },
        /** The last lines of a log that was shown to its end; none when it was not. */
        end: (id, kind) => id === revisionId ? (logs.find((log) => log.kind === kind)?.end() ?? []) : []
    };
}
/** Reads a log on, as far as the limits allow. */
async function readToEnd(log, isInTime) {
    let outcome = 'more';
    for (let page = 0; page < MOST_PAGES_AT_END && outcome !== 'done' && isInTime(); page += 1) {
        outcome = await log.readSome();
    }
    return outcome;
}
/** One log that is shown. */
function createShownLog(kind, reader, sink, failures) {
    let kept = [];
    return {
        kind,
        /** Sends one request, and shows its lines. */
        readSome: async () => {
            if (failures.areTooMany())
                return 'done';
            try {
                const { entries, more } = await reader.next();
                failures.reset();
                if (entries.length > 0)
                    sink.log(kind, entries);
                kept = lastOf([...kept, ...entries].slice(-MOST_KEPT));
                return more ? 'more' : 'done';
            }
            catch (error) {
                return failures.add(error);
            }
        },
        /** The last lines that were shown. */
        end: () => kept,
        /** Drops the last lines, when the log goes on after them. */
        forget: () => {
            kept = [];
        }
    };
}
/** Counts the failures in a row of all logs. Warns when there are too many; then the logs are not read any more. */
function createFailureCount(sink) {
    let count = 0;
    return {
        any: () => count > 0,
        areTooMany: () => count >= MOST_FAILURES,
        reset: () => {
            count = 0;
        },
        add: (error) => {
            // The run ends, and reports that itself.
            if (error instanceof _limits_js__WEBPACK_IMPORTED_MODULE_0__/* .CancelledError */ .cc || error instanceof _limits_js__WEBPACK_IMPORTED_MODULE_0__/* .DeadlineError */ .j3)
                return 'done';
            count += 1;
            if (count < MOST_FAILURES)
                return 'failed';
            const reason = (0,_run_error_message_js__WEBPACK_IMPORTED_MODULE_2__/* .errorMessage */ .g)(error);
            sink.warn(`The logs could not be read (${reason}); going on without them.`);
            return 'done';
        }
    };
}
function tooLong(kind) {
    return `The ${kind} log may go on: reading it stopped, since the revision has ended. Read on at the page of the revision in LangSmith.`;
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
