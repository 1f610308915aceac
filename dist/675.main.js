export const id = 675;
export const ids = [675,137];
export const modules = {

/***/ 9031:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ logLinesOf)
/* harmony export */ });
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1379);
/* harmony import */ var _runner_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3894);


const MOST_CHARACTERS_OF_MESSAGE = 200_000;
const MOST_LINES = 20_000;
function logLinesOf(entries) {
    const areRecords = entries.some(({ message }) => message.includes('\n'));
    return entries
        .flatMap((entry) => {
        const [first, ...rest] = linesOfEntry(entry);
        return first ? [{ ...first, begins: first.begins || areRecords }, ...rest] : [];
    })
        .slice(-MOST_LINES);
}
const ERROR_LEVEL = /^(?:ERROR|CRITICAL|FATAL)$/i;
const MILD_LEVEL = /^WARN(?:ING)?$/i;
function linesOfEntry({ level, message }) {
    const isErrorEntry = ERROR_LEVEL.test(level ?? '');
    return withoutMiddle(message)
        .split(LOG_LINE_END)
        .flatMap((line) => linesOfRecord(line, isErrorEntry));
}
function withoutMiddle(message) {
    if (message.length <= MOST_CHARACTERS_OF_MESSAGE)
        return message;
    return `${message.slice(0, MOST_CHARACTERS_OF_MESSAGE / 2)}\n${message.slice(-MOST_CHARACTERS_OF_MESSAGE / 2)}`;
}
const LOG_LINE_END = /\r\n|\r|\n/;
function linesOfRecord(line, isErrorEntry) {
    const record = parseRecord(line);
    return (0,_runner_words_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutEscapes */ .Lx)(record.text)
        .split(LOG_LINE_END)
        .map((text, index) => {
        const bare = withoutPrefix(text);
        const level = String(bare.level ?? record.level ?? '');
        return {
            text: withoutFields(bare.text),
            isError: isErrorEntry || ERROR_LEVEL.test(level),
            isMild: !isErrorEntry && MILD_LEVEL.test(level),
            begins: bare.begins || (record.isJson && index === 0)
        };
    });
}
const TEXT_FIELDS = ['event', 'message', 'msg', 'stream', 'log', 'error'];
const EXCEPTION_FIELDS = ['exception', 'exc_info', 'error_message', 'stack'];
function parseRecord(message) {
    const trimmed = message.trim();
    const unparsed = { text: message, isJson: false };
    if (!trimmed.startsWith('{"'))
        return unparsed;
    let record;
    try {
        record = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(JSON.parse(trimmed));
    }
    catch {
        const parts = trimmed.split(/","|\\n/).map(withoutKey);
        return { text: parts.join('\n'), isJson: true };
    }
    const textOf = (names) => names.flatMap((name) => {
        const value = record?.[name];
        return typeof value === 'string' && value !== '' ? [value] : [];
    });
    const texts = [...textOf(TEXT_FIELDS).slice(0, 1), ...textOf(EXCEPTION_FIELDS).slice(0, 1)];
    if (texts.length === 0)
        return unparsed;
    return { text: texts.join('\n'), level: record?.level ?? record?.severity, isJson: true };
}
function withoutKey(part) {
    return part
        .replaceAll('\\"', '"')
        .replaceAll('\\u001b', '\u001b')
        .replace(/^\{?"?[\w.-]{1,100}":"/, '');
}
const PREFIXES = [
    { pattern: /^[a-zA-Z][\w.-]{0,100}\s{1,40}\| ?/, begins: false },
    { pattern: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d| UTC)?(?: |$)/, begins: true },
    { pattern: /^\d{1,2}\/\d{1,2}\/\d{4}, \d{1,2}:\d\d:\d\d(?: [AP]M)?(?: |$)/, begins: true },
    { pattern: /^\[(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\s{0,20}\] ?/i, begins: true },
    { pattern: /^Step #\d{1,4}: ?/, begins: false },
    { pattern: /^#\d{1,4} \d{1,6}\.\d{1,3}(?: |$)/, begins: false },
    { pattern: /^#\d{1,4} (?=ERROR|DONE|CACHED|\[)/, begins: false },
    { pattern: /^\d{1,6}\.\d{2,3}(?: |$)/, begins: false },
    { pattern: /^\d{1,6}\.\d (?=ERROR|WARNING|error| )/, begins: false }
];
const MOST_PREFIXES = 6;
function withoutPrefix(line) {
    let text = line;
    let level;
    let begins = false;
    for (let count = 0; count < MOST_PREFIXES; count += 1) {
        const found = PREFIXES.map((prefix) => ({ ...prefix, match: prefix.pattern.exec(text) })).find(({ match }) => match);
        if (!found?.match)
            break;
        text = text.slice(found.match[0].length);
        level ??= found.match[1];
        begins ||= found.begins;
    }
    return { text: text.trimEnd(), begins, ...(level ? { level } : {}) };
}
function withoutFields(text) {
    const head = text.slice(0, MOST_CHARACTERS_OF_WORDS);
    const at = head.search(/ \[[a-z_][\w.]{0,100}\] {1,40}[a-z_]{1,60}=/i);
    if (at < 0)
        return text.replace(/^\[[a-z_][\w.]{0,100}\] {1,40}[a-z_]{1,60}=.*/i, '');
    return text.slice(0, at).trimEnd();
}
const MOST_CHARACTERS_OF_WORDS = 20_000;


/***/ }),

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


/***/ }),

/***/ 2675:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readLogOfFailure: () => (/* binding */ readLogOfFailure)
/* harmony export */ });
/* unused harmony export logOfFailure */
/* harmony import */ var _control_plane_logs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1138);
/* harmony import */ var _deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1216);
/* harmony import */ var _report_log_lines_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9031);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1298);
/* harmony import */ var _log_stream_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4137);





function logOfFailure(status) {
    switch (status) {
        case 'BUILDING':
        case 'AWAITING_DEPLOY':
        case 'BUILD_FAILED':
            return ['build'];
        case 'DEPLOYING':
        case 'DEPLOYED':
        case 'DEPLOY_FAILED':
            return ['deploy'];
        case 'CREATE_FAILED':
            return ['build', 'deploy'];
        default:
            return [];
    }
}
const LAST_LINES = 50;
const MOST_REQUESTS = 4;
const MOST_MS_OF_SEARCH = 20_000;
async function readLogOfFailure(search) {
    const { revision, known, names } = search;
    const requests = createRequests(search);
    for (const kind of logOfFailure(revision.status)) {
        if (!(0,_deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(revision.source).logs.includes(kind))
            continue;
        const seen = revision.status === 'DEPLOYED' ? [] : (known?.(revision.id, kind) ?? []);
        const end = seen.length > 0 ? { entries: seen, next: undefined } : await requests.read(kind, { offset: undefined });
        if (end.entries.length === 0)
            continue;
        const telling = await linesOfIds(search, kind);
        if (telling.length > 0) {
            const others = end.entries.filter(({ message }) => !telling.some((one) => one.message === message));
            const room = LAST_LINES - telling.length;
            const entries = [...telling, ...(room > 0 ? others.slice(-room) : [])].map(_control_plane_logs_js__WEBPACK_IMPORTED_MODULE_0__/* .withTime */ .CE);
            return { kind, entries, searched: telling };
        }
        const { findCause } = await __webpack_require__.e(/* import() */ 41).then(__webpack_require__.bind(__webpack_require__, 9422));
        const namesCause = (entries) => findCause((0,_report_log_lines_js__WEBPACK_IMPORTED_MODULE_2__/* .logLinesOf */ .l)(entries), kind, names)?.isVague === false;
        const searched = await searchOlder(requests, kind, end, namesCause);
        return { kind, entries: end.entries.slice(-LAST_LINES), searched };
    }
    return undefined;
}
const MOST_IDS = 4;
const LATE_MS = 4_000;
async function linesOfIds(search, kind) {
    const { ids = [], wait } = search;
    const found = await linesWith(search, kind);
    if (found.length > 0 || ids.length === 0 || !wait)
        return found;
    await tryTo(() => wait(LATE_MS));
    return linesWith(search, kind);
}
async function linesWith({ readLogs, deploymentId, revision, ids = [] }, kind) {
    const found = [];
    for (const id of ids.slice(0, MOST_IDS)) {
        const query = { kind, order: 'desc', limit: _log_stream_js__WEBPACK_IMPORTED_MODULE_4__.PAGE, offset: undefined, query: id };
        const page = await tryTo(() => readLogs(deploymentId, revision.id, query));
        for (const entry of page?.entries.toReversed() ?? []) {
            const isNew = !found.some((one) => (entry.id ? one.id === entry.id : one.message === entry.message));
            if (isNew && entry.message.includes(id))
                found.push(entry);
        }
    }
    return found.slice(-LAST_LINES);
}
function createRequests({ readLogs, clock, deploymentId, revision }) {
    const until = clock.now() + MOST_MS_OF_SEARCH;
    let count = 0;
    return {
        read: async (kind, query) => {
            count += 1;
            const page = await readLogs(deploymentId, revision.id, { kind, order: 'desc', limit: _log_stream_js__WEBPACK_IMPORTED_MODULE_4__.PAGE, ...query });
            return { ...page, entries: page.entries.slice(0, _log_stream_js__WEBPACK_IMPORTED_MODULE_4__.PAGE).reverse() };
        },
        mayGoOn: (entries) => count < MOST_REQUESTS && clock.now() < until && charactersOf(entries) < _log_stream_js__WEBPACK_IMPORTED_MODULE_4__.MOST_CHARACTERS_OF_SEARCH
    };
}
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
async function tryTo(request) {
    try {
        return await request();
    }
    catch (error) {
        if (error instanceof _run_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .CancelledError */ .cc)
            throw error;
        return undefined;
    }
}
function charactersOf(entries) {
    return entries.reduce((sum, { message }) => sum + message.length, 0);
}


/***/ })

};
