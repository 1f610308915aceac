export const id = 756;
export const ids = [756];
export const modules = {

/***/ 6756:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var _control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2322);
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5990);
/* harmony import */ var _control_plane_transport_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6475);
/* harmony import */ var _deployment_hidden_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(344);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6309);
/* harmony import */ var _deployment_trace_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6191);
/* harmony import */ var _github_session_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(786);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4734);
/* harmony import */ var _interruption_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2073);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(2498);
/* harmony import */ var _memory_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(9401);
/* harmony import */ var _report_facts_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(7872);
/* harmony import */ var _report_message_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(7632);
/* harmony import */ var _report_summary_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(7057);
/* harmony import */ var _runner_runner_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(897);















/** The post step's whole time, in milliseconds. */
const POST_MS = 18_000;
/** Of it, how long the effect of a write is looked for. */
const LOOK_MS = 10_000;
/** Of it, what GitHub may take. */
const GITHUB_MS = 10_000;
/** Nobody cancels the post step; it has its own end. */
const NEVER = new AbortController().signal;
/** After the job: finishes what a cancelled or killed run left open. Never fails the job, whose verdict stands already. */
async function post(runner = (0,_runner_runner_js__WEBPACK_IMPORTED_MODULE_13__/* .createRunner */ .j)(), clock = _limits_js__WEBPACK_IMPORTED_MODULE_9__/* .systemClock */ .ml) {
    runner.maskKeys((0,_inputs_js__WEBPACK_IMPORTED_MODULE_7__/* .readKeys */ .x4)(runner.variables));
    try {
        const memory = (0,_memory_js__WEBPACK_IMPORTED_MODULE_10__/* .parseMemory */ .Pw)(runner.state(_memory_js__WEBPACK_IMPORTED_MODULE_10__/* .MEMORY */ .Qy));
        if (!memory)
            return;
        const hasOpenEnds = !memory.done && (memory.revisionId !== undefined || (0,_memory_js__WEBPACK_IMPORTED_MODULE_10__/* .isWriteOpen */ .SC)(memory));
        if (!hasOpenEnds && !memory.feedback)
            return;
        const access = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_7__/* .readAccess */ .zS)(runner);
        await Promise.all([
            hasOpenEnds ? settle(runner, clock, access, memory) : undefined,
            memory.feedback ? tellGithub(runner, clock, access, memory, memory.feedback) : undefined
        ]);
        if (memory.verdict === undefined)
            await runner.summary(summaryOfKilled(memory));
    }
    catch (error) {
        runner.warning(`The run ended early, and what it left could not be settled: ${error instanceof Error ? error.message : String(error)}`);
    }
}
async function settle(runner, clock, access, memory) {
    const limits = { clock, cancelled: NEVER, deadline: clock.now() + POST_MS };
    const connection = { ...access.connection, workspaceId: memory.workspaceId ?? access.connection.workspaceId };
    const transport = (0,_control_plane_transport_js__WEBPACK_IMPORTED_MODULE_2__/* .createTransport */ .o)({ connection, limits, onRetry: runner.info });
    try {
        await finishOpenEnds(runner, 
        // Not masked: which outputs the run set is not known here, and the runner would drop those that hold a masked text.
        (0,_control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .createClient */ .UU)(transport, ({ secrets }) => runner.keepSecret((0,_deployment_hidden_js__WEBPACK_IMPORTED_MODULE_3__/* .shownSecrets */ .DK)(secrets))), limits, memory);
    }
    catch (error) {
        runner.warning(warningOf(runner, access, error));
    }
    finally {
        await transport.close();
    }
}
/** Tells GitHub how the run ended, where that did not come about: by what the main step said, else as cancelled. */
async function tellGithub(runner, clock, { connection, github, trigger }, memory, { plan, state }) {
    if (!github)
        return;
    const session = (0,_github_session_js__WEBPACK_IMPORTED_MODULE_6__/* .createGithubSession */ .K)({
        access: github,
        proxy: connection.proxy,
        clock,
        cancelled: NEVER,
        cancelledAt: () => undefined,
        warn: runner.warning,
        budgetMs: GITHUB_MS
    });
    const { ended } = state;
    const outputs = ended ? new Map(Object.entries(ended.outputs)) : outputsOf(memory);
    const own = memory.revisionId !== undefined && outputs.get('revision-id') === memory.revisionId;
    const material = () => ({
        facts: { ...(0,_report_facts_js__WEBPACK_IMPORTED_MODULE_14__/* .noFacts */ .f)(), own },
        outputs,
        dashboard: ended?.dashboard,
        commit: ended?.commit,
        name: ended?.name ?? plan.asked
    });
    // As in the main step, so that the code is in the bundle once.
    const { createFeedback } = await __webpack_require__.e(/* import() */ 314).then(__webpack_require__.bind(__webpack_require__, 7314));
    const feedback = createFeedback({
        session,
        plan,
        state,
        trigger,
        cancelled: NEVER,
        now: clock.now,
        material,
        remember: () => { }
    });
    await feedback.finish({
        ...material(),
        status: memory.verdict ?? 'cancelled',
        words: ended?.words ?? (0,_report_message_js__WEBPACK_IMPORTED_MODULE_11__/* .words */ .aL)(KILLED),
        endedAt: ended?.endedAt ?? clock.now()
    });
}
const KILLED = 'The run ended before it came to a verdict. What it left behind is told in its log.';
function outputsOf({ deploymentId, revisionId }) {
    const known = [
        ['deployment-id', deploymentId],
        ['revision-id', revisionId]
    ];
    return new Map(known.filter((entry) => entry[1] !== undefined));
}
function summaryOfKilled(memory) {
    const verdict = { status: 'cancelled', reason: KILLED };
    const name = memory.feedback?.plan.asked ?? memory.intent?.name ?? 'LangSmith Deployment';
    return (0,_report_summary_js__WEBPACK_IMPORTED_MODULE_12__/* .summaryMarkdown */ .eH)({
        verdict,
        facts: (0,_report_facts_js__WEBPACK_IMPORTED_MODULE_14__/* .noFacts */ .f)(),
        outputs: outputsOf(memory),
        dashboard: undefined,
        trigger: undefined,
        commit: undefined,
        name,
        words: (0,_report_message_js__WEBPACK_IMPORTED_MODULE_11__/* .words */ .aL)(KILLED),
        endedAt: 0
    });
}
async function finishOpenEnds(runner, client, limits, memory) {
    const found = memory.revisionId ? memory : await lookForRevision(client, limits, memory);
    if (!found?.deploymentId || !found.revisionId) {
        runner.info('The run ended during a write. Nothing that it made can be found.');
        return;
    }
    const { deploymentId, revisionId } = found;
    const what = `revision ${revisionId} of deployment ${deploymentId}`;
    if (!memory.interrupt) {
        runner.warning(`The run ended early and left ${what} behind. Look at it in LangSmith.`);
        return;
    }
    if (!found.isCertain) {
        runner.warning(`The run ended early. ${(0,_interruption_js__WEBPACK_IMPORTED_MODULE_8__/* .notCertain */ .ue)(revisionId)}`);
        return;
    }
    const { status } = await client.revision(deploymentId, revisionId);
    if ((0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_4__/* .hasEnded */ .hY)(status)) {
        runner.info(`The run ended early; ${what} has ended by itself meanwhile (${status}).`);
        return;
    }
    if (await interruptInTime(runner, client, limits, deploymentId, revisionId)) {
        runner.warning(`The run ended early; ${what} was interrupted.`);
    }
    else {
        runner.warning(`The run ended early, and ${what} could not be interrupted in time; it goes on. Look at it in LangSmith.`);
    }
}
/** Asks for the interruption until it is answered well; it may be repeated freely. */
async function interruptInTime(runner, client, limits, deploymentId, revisionId) {
    while (limits.clock.now() < limits.deadline) {
        try {
            await client.interrupt(deploymentId, revisionId, Math.max(1, Math.min(5_000, limits.deadline - limits.clock.now())));
            return true;
        }
        catch (error) {
            if (error instanceof _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD && error.status < 500 && ![408, 429].includes(error.status))
                throw error;
            runner.info(`The interruption failed (${error instanceof Error ? error.message : String(error)}); trying again.`);
            await (0,_limits_js__WEBPACK_IMPORTED_MODULE_9__/* .pause */ .v7)(limits, 1_000).catch(() => { });
        }
    }
    return false;
}
/** The effect of the last write, which was cut off before it was known. */
async function lookForRevision(client, limits, { intent, deploymentId }) {
    if (!intent)
        return undefined;
    // A create that was answered: nobody else can have made the first revision of that deployment.
    const isAnswered = intent.created !== undefined && deploymentId !== undefined;
    for (const ms of [0, ...(0,_deployment_trace_js__WEBPACK_IMPORTED_MODULE_5__/* .growingPauses */ .Pd)(LOOK_MS)]) {
        if (ms > 0)
            await (0,_limits_js__WEBPACK_IMPORTED_MODULE_9__/* .pause */ .v7)(limits, ms);
        const effect = isAnswered ? await (0,_deployment_trace_js__WEBPACK_IMPORTED_MODULE_5__/* .findFirst */ .i8)(client, deploymentId, intent) : await (0,_deployment_trace_js__WEBPACK_IMPORTED_MODULE_5__/* .findEffect */ .nC)(client, intent);
        if (effect === 'other')
            return undefined;
        if (effect?.revision) {
            const isCertain = isAnswered || intent.isUnique;
            return { deploymentId: effect.deployment.id, revisionId: effect.revision.id, isCertain };
        }
    }
    return undefined;
}
function warningOf(runner, { controlPlane, connection }, error) {
    if (error instanceof _limits_js__WEBPACK_IMPORTED_MODULE_9__/* .DeadlineError */ .j3)
        return 'The run ended during a write, and what it made could not be looked up in time. Look at the deployment in LangSmith.';
    const { title, text } = (0,_control_plane_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .explain */ .WE)(error, {
        controlPlane,
        workspaceGiven: connection.workspaceId !== undefined,
        redact: runner.redact
    });
    return `The run ended early, and what it left could not be settled. ${title}: ${text}`;
}


/***/ })

};
