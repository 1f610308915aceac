export const id = 812;
export const ids = [812];
export const modules = {

/***/ 7812:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openSessions: () => (/* binding */ openSessions),
/* harmony export */   toSession: () => (/* binding */ toSession)
/* harmony export */ });
/* harmony import */ var _run_figure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1220);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1379);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5990);
/* harmony import */ var _hosts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(566);
/* harmony import */ var _patience_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2878);
/* harmony import */ var _resources_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7608);
/* harmony import */ var _transport_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1116);







const MOST_PAGES_SEARCHED = 20;
const ROWS = 100;
function openSessions(controlPlane, { connection, ...options }) {
    const { dataApi } = controlPlane;
    const transport = (0,_transport_js__WEBPACK_IMPORTED_MODULE_5__/* .createTransport */ .o)({ ...options, connection: { ...connection, url: dataApi } });
    let served;
    const either = async (v2, v1) => {
        const newer = served === 'v1' ? undefined : await orAbsent(v2());
        if (newer !== undefined)
            served = 'v2';
        if (served === 'v2')
            return newer;
        const older = await orAbsent(v1());
        if (older !== undefined)
            served = 'v1';
        return older;
    };
    const list = async (query, v1Query, at) => {
        const page = await either(() => readPage(transport, 'v2', { ...query, page_size: `${ROWS}`, ...(at.cursor ? { cursor: at.cursor } : {}) }), () => readPage(transport, 'v1', { ...v1Query, limit: `${ROWS}`, offset: `${at.offset}` }));
        if (!page)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AnswerError */ .dV('shape', `the server has neither ${route('v2')} nor ${route('v1')}`);
        return page;
    };
    return {
        url: dataApi,
        session: (id, since) => {
            const read = (version) => () => transport.readIfServed(sessionPath(version, id, since), toSession);
            return either(read('v2'), read('v1'));
        },
        glance: (id, since) => {
            const read = (version) => () => transport.readOnce('GET', sessionPath(version, id, since), undefined, toSession);
            return either(read('v2'), read('v1'));
        },
        named: async (name) => {
            const at = { cursor: undefined, offset: 0 };
            for (let pages = 0; pages < MOST_PAGES_SEARCHED; pages += 1) {
                const page = await list({ name }, { name }, at);
                const found = page.sessions.find((session) => session.name === name);
                if (found || page.isLast)
                    return found;
                at.cursor = page.next;
                at.offset += page.sessions.length;
            }
            return undefined;
        },
        experiments: async () => {
            const page = await list({ type: 'EXPERIMENT' }, { reference_free: 'false' }, { cursor: undefined, offset: 0 });
            return page.sessions
                .filter(({ datasetId }) => datasetId !== undefined)
                .toSorted((left, right) => (left.startTime < right.startTime ? 1 : -1));
        },
        page: ({ id, tenantId }) => tenantId !== undefined && (0,_resources_js__WEBPACK_IMPORTED_MODULE_4__/* .isUuid */ .O1)(id) && (0,_resources_js__WEBPACK_IMPORTED_MODULE_4__/* .isUuid */ .O1)(tenantId) ? (0,_hosts_js__WEBPACK_IMPORTED_MODULE_2__/* .tracingUrl */ .ep)(controlPlane, tenantId, id) : undefined,
        close: transport.close
    };
}
function route(version) {
    return `/api/${version}/sessions`;
}
function sessionPath(version, id, since) {
    const window = since === undefined ? {} : { stats_start_time: new Date(since).toISOString() };
    return `${route(version)}/${encodeURIComponent(id)}?${new URLSearchParams({ include_stats: 'true', ...window })}`;
}
function readPage(transport, version, query) {
    return transport.readIfServed(`${route(version)}?${new URLSearchParams(query)}`, toSessionPage);
}
async function orAbsent(answer) {
    try {
        return await answer;
    }
    catch (error) {
        if ((0,_patience_js__WEBPACK_IMPORTED_MODULE_3__/* .isMissing */ .b2)(error) || (0,_patience_js__WEBPACK_IMPORTED_MODULE_3__/* .isRouteMissing */ .OD)(error))
            return undefined;
        throw error;
    }
}
const toSessionPage = (body) => {
    const rows = Array.isArray(body) ? body : (0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(body)?.items;
    if (!Array.isArray(rows))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AnswerError */ .dV('shape', 'expected a list of sessions');
    const cursor = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(body)?.next_cursor;
    const next = typeof cursor === 'string' && cursor !== '' ? cursor : undefined;
    return { sessions: rows.map(toSession), next, isLast: Array.isArray(body) ? rows.length < ROWS : next === undefined };
};
const toSession = (body) => {
    const record = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(body) ?? {};
    const { id, name } = record;
    if (typeof id !== 'string' || typeof name !== 'string')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AnswerError */ .dV('shape', 'expected a session');
    const metadata = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(record.extra)?.metadata);
    return {
        id,
        name,
        tenantId: givenText(record.tenant_id),
        datasetId: givenText(record.reference_dataset_id),
        startTime: givenText(record.start_time) ?? '',
        commit: givenText((0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(metadata?.git)?.commit),
        figures: Object.fromEntries(_run_figure_js__WEBPACK_IMPORTED_MODULE_0__/* .FIGURE_NAMES */ .A.flatMap((figure) => {
            const value = numberIn(record[figure]);
            return value === undefined ? [] : [[figure, value]];
        })),
        feedback: { ...scoresIn(record.session_feedback_stats, 'session'), ...scoresIn(record.feedback_stats, 'runs') },
        progress: toProgress(record.experiment_progress)
    };
};
function scoresIn(value, of) {
    return Object.fromEntries(Object.entries((0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(value) ?? {}).flatMap(([key, stats]) => {
        const { avg, values, errors, n } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(stats) ?? {};
        const labels = Object.entries((0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(values) ?? {}).map(([label, count]) => ({
            label,
            count: numberIn(count) ?? 0
        }));
        const ofRuns = of === 'runs' ? numberIn(n) : undefined;
        const score = { average: numberIn(avg), labels, errors: numberIn(errors) ?? 0, ofRuns };
        return score.average === undefined && labels.length === 0 && score.errors === 0 ? [] : [[key, score]];
    }));
}
function toProgress(value) {
    const record = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(value);
    if (!record)
        return undefined;
    const evaluators = Object.entries((0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(record.evaluator_progress) ?? {}).flatMap(([key, share]) => {
        const known = numberIn(share);
        return known === undefined ? [] : [[key, known]];
    });
    return {
        expectedRuns: numberIn(record.expected_run_count),
        runs: numberIn(record.run_progress),
        evaluators: Object.fromEntries(evaluators)
    };
}
function numberIn(value) {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
function givenText(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}


/***/ })

};
