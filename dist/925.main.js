export const id = 925;
export const ids = [925];
export const modules = {

/***/ 9925:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   figuresBefore: () => (/* binding */ figuresBefore),
/* harmony export */   judgeTraces: () => (/* binding */ judgeTraces),
/* harmony export */   proveAndBake: () => (/* binding */ proveAndBake)
/* harmony export */ });
/* harmony import */ var _control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8797);
/* harmony import */ var _control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2878);
/* harmony import */ var _deployment_find_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7671);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6309);
/* harmony import */ var _report_bake_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2906);
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(1088);
/* harmony import */ var _run_figure_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1220);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1298);
/* harmony import */ var _run_poll_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6561);
/* harmony import */ var _serving_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7599);
/* harmony import */ var _watch_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(745);











const TRACES_LATE_MS = 60_000;
const RESERVE_MS = 120_000;
const LOOKS = 20;
const PAUSE_MS = { least: 1_000, most: 30_000 };
const JUDGED = [
    { figure: 'error_rate', label: 'error rate', limit: ({ maxErrorRate }) => maxErrorRate },
    { figure: 'latency_p99', label: 'latency p99', limit: ({ maxLatencyP99 }) => maxLatencyP99 }
];
const ROUNDING = 1e-9;
async function figuresBefore(context, bake, rolledOut) {
    const { deployment, revision, own, hasPredecessor } = rolledOut;
    const active = deployment.active_revision_id;
    const servesAnother = own ? hasPredecessor : active !== null && active !== revision.id;
    if (!servesAnother || (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_3__/* .hasEnded */ .hY)(revision.status))
        return undefined;
    const since = context.limits.clock.now() - bake.forMs;
    return figuresAt(async () => {
        const sessions = await context.sessions();
        const project = await tracingProject(sessions, rolledOut);
        return project === undefined ? undefined : sessions.glance(project, since);
    });
}
async function proveAndBake(context, bake, { rolledOut, before }, prove) {
    const proof = await prove();
    if ('overtakenBy' in proof || proof.verdict.status !== 'deployed')
        return proof;
    const { verdict } = proof;
    const active = rolledOut.deployment.active_revision_id;
    if (active !== null && active !== rolledOut.revision.id)
        return { verdict: (0,_serving_js__WEBPACK_IMPORTED_MODULE_8__/* .withWarning */ .nM)(verdict, notWatchedWhile(active)) };
    const sessions = await context.sessions();
    const project = await tracingProject(sessions, rolledOut);
    if (project === undefined)
        return { verdict: (0,_serving_js__WEBPACK_IMPORTED_MODULE_8__/* .withWarning */ .nM)(verdict, NO_PROJECT) };
    const { limits } = context;
    const left = limits.deadline - limits.clock.now();
    limits.restart(bake.forMs + TRACES_LATE_MS + RESERVE_MS);
    try {
        return await watchTraces(context, bake, rolledOut, { sessions, project, before, verdict });
    }
    finally {
        limits.restart(left);
    }
}
function notWatchedWhile(active) {
    return `Skipped \`bake\`, because revision ${active} is active instead.`;
}
const NO_PROJECT = 'The revision is deployed, but its tracing project was not found, so `bake` could not monitor it. Check that the API key can read tracing projects (permission projects:read).';
async function tracingProject(sessions, { deployment }) {
    return deployment.tracer_session_id ?? (await (0,_control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .orNothing */ .bR)(sessions.named(deployment.name)))?.id;
}
async function watchTraces(context, bake, rolledOut, { sessions, project, before, verdict }) {
    const { limits, progress } = context;
    const { clock } = limits;
    const since = clock.now();
    const pauseMs = Math.min(PAUSE_MS.most, Math.max(PAUSE_MS.least, bake.forMs / LOOKS));
    let seen;
    const shown = (state) => shownBake(state, clock.now() - since, bake, seen, before);
    const heartbeat = (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_7__/* .createHeartbeat */ .Vn)(clock, () => progress.bake(shown('going')));
    progress.note(startWords(bake));
    for (let isLast = false; !isLast;) {
        const left = since + bake.forMs - clock.now();
        isLast = left <= 0;
        await (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_6__/* .pause */ .v7)(limits, isLast ? TRACES_LATE_MS : Math.min(left, pauseMs));
        const ended = await endedOtherwise(context, rolledOut);
        if (ended)
            return ended;
        const look = () => (isLast ? sessions.session(project, since) : sessions.glance(project, since));
        seen = (await figuresAt(look)) ?? seen;
        if (judgeTraces(seen, bake) === 'over')
            break;
        if (!isLast)
            heartbeat.beat();
    }
    const result = shown(judgeTraces(seen, bake));
    progress.bake(result);
    if (result.state === 'over')
        return { verdict: overLimit(result, { page: seen && sessions.page(seen), goBack: (0,_serving_js__WEBPACK_IMPORTED_MODULE_8__/* .canGoBack */ .UL)(rolledOut) }) };
    if (result.state === 'unseen')
        return { verdict: (0,_serving_js__WEBPACK_IMPORTED_MODULE_8__/* .withWarning */ .nM)(verdict, seen ? withoutFigures(seen, bake) : UNSEEN) };
    if (result.state === 'too-few')
        progress.remark(tooFew(result, bake));
    return { verdict };
}
async function figuresAt(look) {
    try {
        return await (0,_control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .orNothing */ .bR)(look());
    }
    catch (error) {
        if (error instanceof _run_limits_js__WEBPACK_IMPORTED_MODULE_6__/* .DeadlineError */ .j3)
            return undefined;
        throw error;
    }
}
async function endedOtherwise(context, rolledOut) {
    const { progress } = context;
    const { deployment, revision } = rolledOut;
    const now = await currentDeployment(context, deployment.id);
    if (now === 'unknown')
        return undefined;
    if (now === 'gone') {
        progress.gone();
        return { verdict: (0,_watch_js__WEBPACK_IMPORTED_MODULE_9__/* .goneVerdict */ .hj)(`The deployment "${deployment.name}"`) };
    }
    if ((0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_2__/* .isGoing */ .jf)(now)) {
        progress.deployment(now);
        return { verdict: (0,_watch_js__WEBPACK_IMPORTED_MODULE_9__/* .deploymentDeleted */ .Vb)(now) };
    }
    return now.active_revision_id === revision.id ? undefined : (await (0,_serving_js__WEBPACK_IMPORTED_MODULE_8__/* .lookAgain */ .IK)(context, rolledOut)).ended;
}
async function currentDeployment({ client }, id) {
    try {
        return await client.glance(id);
    }
    catch (error) {
        if ((0,_run_limits_js__WEBPACK_IMPORTED_MODULE_6__/* .endsRun */ .sl)(error))
            throw error;
        if (!(0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error))
            return 'unknown';
    }
    try {
        return await client.deployment(id);
    }
    catch (error) {
        if ((0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error))
            return 'gone';
        throw error;
    }
}
function judgeTraces(session, bake) {
    if (!session)
        return 'unseen';
    if ((session.figures.run_count ?? 0) < bake.minRuns)
        return 'too-few';
    if (JUDGED.some(({ figure, limit }) => isOver(session.figures[figure], limit(bake))))
        return 'over';
    return missingFigures(session, bake).length > 0 ? 'unseen' : 'held';
}
function missingFigures({ figures }, bake) {
    return JUDGED.filter(({ figure, limit }) => limit(bake) !== undefined && figures[figure] === undefined).map(({ label }) => label);
}
function isOver(value, limit) {
    return value !== undefined && limit !== undefined && value > limit + ROUNDING;
}
function shownBake(state, forMs, bake, seen, before) {
    const inFigure = (session, figure) => {
        const value = session?.figures[figure];
        return value === undefined ? undefined : (0,_run_figure_js__WEBPACK_IMPORTED_MODULE_5__/* .inUnit */ .IP)(value, (0,_run_figure_js__WEBPACK_IMPORTED_MODULE_5__/* .unitOf */ .uF)(figure));
    };
    return {
        state,
        forMs: Math.min(forMs, bake.forMs),
        lateMs: Math.max(0, forMs - bake.forMs),
        beforeMs: bake.forMs,
        runs: seen?.figures.run_count ?? 0,
        runsBefore: before?.figures.run_count,
        rows: JUDGED.map(({ figure, label, limit }) => {
            const most = limit(bake);
            return {
                figure: label,
                value: valueBeside(seen?.figures[figure], most, (0,_run_figure_js__WEBPACK_IMPORTED_MODULE_5__/* .unitOf */ .uF)(figure)),
                before: inFigure(before, figure),
                limit: most === undefined ? undefined : (0,_run_figure_js__WEBPACK_IMPORTED_MODULE_5__/* .inUnit */ .IP)(most, (0,_run_figure_js__WEBPACK_IMPORTED_MODULE_5__/* .unitOf */ .uF)(figure)),
                isOver: state === 'over' && isOver(seen?.figures[figure], most)
            };
        })
    };
}
function valueBeside(value, limit, unit) {
    if (value === undefined)
        return undefined;
    return limit === undefined ? (0,_run_figure_js__WEBPACK_IMPORTED_MODULE_5__/* .inUnit */ .IP)(value, unit) : (0,_run_figure_js__WEBPACK_IMPORTED_MODULE_5__/* .besideLimit */ .ci)(value, limit, unit);
}
function startWords(bake) {
    const limits = JUDGED.flatMap(({ figure, label, limit }) => {
        const most = limit(bake);
        return most === undefined ? [] : [`${label} ${(0,_run_figure_js__WEBPACK_IMPORTED_MODULE_5__/* .inUnit */ .IP)(most, (0,_run_figure_js__WEBPACK_IMPORTED_MODULE_5__/* .unitOf */ .uF)(figure))}`];
    });
    return `Bake: monitoring the tracing project for ${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_10__/* .inWords */ .r)(bake.forMs)}, plus ${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_10__/* .inWords */ .r)(TRACES_LATE_MS)} for late traces. Limits: ${limits.join(', ')}, after at least ${bake.minRuns} runs.`;
}
function overLimit(result, { page, goBack }) {
    const { runs, rows } = result;
    const told = rows
        .filter(({ isOver }) => isOver)
        .map(({ figure, value, before, limit }) => `${figure} ${value}, limit ${limit}${before ? `, before the rollout ${before}` : ''}`);
    return {
        status: 'failed',
        reason: `The runs of the revision exceeded a limit of \`bake\` after ${(0,_report_bake_js__WEBPACK_IMPORTED_MODULE_4__/* .bakeTime */ .lG)(result)} (${runs} runs): ${told.join('; ')}.`,
        advice: [page ? `Check its runs in LangSmith: ${page}` : 'Check its runs in LangSmith.', (0,_serving_js__WEBPACK_IMPORTED_MODULE_8__/* .brokenAdvice */ .gb)(goBack)].join('\n'),
        isBroken: true
    };
}
function tooFew(result, { minRuns }) {
    return `\`bake\` has no result: there were ${result.runs} runs in ${(0,_report_bake_js__WEBPACK_IMPORTED_MODULE_4__/* .bakeTime */ .lG)(result)}, and \`min-runs\` is ${minRuns}. Raise \`bake\` or lower \`min-runs\`.`;
}
function withoutFigures(session, bake) {
    return `The revision is deployed, but LangSmith returned no ${missingFigures(session, bake).join(' and no ')} for its ${session.figures.run_count} runs, so \`bake\` could not check all limits. Check the tracing project in LangSmith.`;
}
const UNSEEN = 'The revision is deployed, but the metrics of its tracing project could not be read, so `bake` has no result. Check that the API key can read tracing projects (permission projects:read).';


/***/ })

};
