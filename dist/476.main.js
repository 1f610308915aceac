export const id = 476;
export const ids = [476];
export const modules = {

/***/ 8476:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   interruptRevision: () => (/* binding */ interruptRevision)
/* harmony export */ });
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5990);
/* harmony import */ var _deployment_find_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7671);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6309);
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1088);
/* harmony import */ var _run_poll_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6561);
/* harmony import */ var _ahead_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5702);
/* harmony import */ var _revision_id_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(314);







const ENDS_WITHIN_MS = 30_000;
async function interruptRevision(context, config) {
    const { client, limits, progress } = context;
    const deployment = await (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_1__/* .findExisting */ .xx)(client, config.target);
    progress.deployment(deployment);
    const { resources } = await client.revisions(deployment.id);
    progress.listed(resources);
    const chosen = config.revisionId
        ? await (0,_revision_id_js__WEBPACK_IMPORTED_MODULE_4__/* .readRevision */ .M)(client, deployment, config.revisionId)
        : (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .queueOf */ .nv)(resources).find(({ id }) => id !== deployment.active_revision_id);
    if (!chosen)
        return nothingToDo(config, `No revision of "${deployment.name}" is in progress.`);
    if (chosen.id === deployment.active_revision_id)
        throw isActive(deployment, chosen);
    progress.revision(chosen, { own: false });
    if ((0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .hasEnded */ .hY)(chosen.status))
        return nothingToDo(config, endedBefore(chosen));
    const since = (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .timeUnderWay */ .li)(chosen, limits.clock.now());
    const what = `revision ${chosen.id} of "${deployment.name}" (${[chosen.status, since && `for ${since}`].filter(Boolean).join(', ')})`;
    if (config.dryRun)
        return { status: 'planned', reason: `This run would interrupt ${what}.`, changes: 1 };
    await (0,_ahead_js__WEBPACK_IMPORTED_MODULE_5__/* .loadAhead */ .k)(config);
    progress.note(`Interrupting ${what}.`);
    const now = await client.revision(deployment.id, chosen.id);
    if ((0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .hasEnded */ .hY)(now.status))
        return nothingToDo(config, endedBefore(now));
    await client.stop(deployment.id, chosen.id);
    return tellEffect(context, deployment, chosen);
}
async function tellEffect({ client, limits, progress }, deployment, { id, status }) {
    let seen;
    await (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_3__/* .lookRepeatedly */ .lx)(limits, (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_3__/* .growingPauses */ .Pd)(ENDS_WITHIN_MS), async () => {
        seen = await client.revision(deployment.id, id);
        return (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .hasEnded */ .hY)(seen.status) || undefined;
    });
    if (seen)
        progress.revision(seen, { own: false });
    progress.listed((await client.revisions(deployment.id)).resources);
    const now = seen?.status ?? status;
    if (now === 'INTERRUPTED') {
        return { status: 'interrupted', reason: `Revision ${id} was interrupted while it was ${status}.` };
    }
    if ((0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .hasEnded */ .hY)(now)) {
        return { status: 'unchanged', reason: `Revision ${id} ended as ${now} before it could be interrupted.` };
    }
    progress.warn(`LangSmith accepted the interruption of revision ${id}, but the revision continues after ${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_6__/* .inWords */ .r)(ENDS_WITHIN_MS)}. Check it in LangSmith.`);
    return {
        status: 'interrupted',
        reason: `LangSmith accepted the interruption of revision ${id}, which is still ${now}.`
    };
}
function nothingToDo({ dryRun }, reason) {
    return dryRun ? { status: 'planned', reason, changes: 0 } : { status: 'unchanged', reason };
}
function endedBefore({ id, status }) {
    return `Revision ${id} has already ended (${status}); there is nothing to interrupt.`;
}
function isActive({ name }, { id }) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Revision is active', `Revision ${id} is the active revision of "${name}", and an active revision is never interrupted.`, 'Omit `revision-id` to interrupt the revision that blocks the queue, or roll back with `command: redeploy`.');
}


/***/ }),

/***/ 314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ readRevision),
/* harmony export */   U: () => (/* binding */ readNewRevision)
/* harmony export */ });
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5990);
/* harmony import */ var _control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2878);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6309);
/* harmony import */ var _run_poll_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6561);




async function readRevision(client, deployment, id) {
    try {
        return await client.revision(deployment.id, id);
    }
    catch (error) {
        if (!(0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error))
            throw error;
        const { resources } = await client.revisions(deployment.id);
        const newest = resources.slice(0, MOST_LISTED).map(describeRevision).join('; ');
        throw new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Revision not found', `\`revision-id\`: deployment "${deployment.name}" (${deployment.id}) has no revision ${id}.${newest ? ` Newest revisions: ${newest}.` : ' It has no revisions.'}`, 'Set `revision-id` to one of its revisions, or set `name` or `deployment-id` to the deployment of that revision. The output `revision-id` of a run and the page of the deployment in LangSmith show the ID.');
    }
}
const APPEARS_AFTER_MS = [1_000, 2_000, 4_000];
async function readNewRevision({ client, limits, progress }, deployment, id) {
    let isNoted = false;
    const found = await (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_3__/* .lookRepeatedly */ .lx)(limits, APPEARS_AFTER_MS, async () => {
        try {
            return await client.revision(deployment.id, id);
        }
        catch (error) {
            if (!(0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error))
                throw error;
            if (!isNoted)
                progress.note(`Revision ${id} was not found; checking again for a few seconds, as it may be new.`);
            isNoted = true;
            return undefined;
        }
    });
    return found ?? readRevision(client, deployment, id);
}
const MOST_LISTED = 3;
function describeRevision(revision) {
    const { id, status, created_at } = revision;
    const commit = (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .commitOf */ .D3)(revision);
    const facts = [status, commit && `commit ${commit.slice(0, 7)}`, created_at?.slice(0, 10)];
    return `${id} (${facts.filter(Boolean).join(', ')})`;
}


/***/ })

};
