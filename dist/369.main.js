export const id = 369;
export const ids = [369];
export const modules = {

/***/ 1369:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   redeploy: () => (/* binding */ redeploy)
/* harmony export */ });
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5990);
/* harmony import */ var _deployment_apply_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1124);
/* harmony import */ var _deployment_find_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7671);
/* harmony import */ var _deployment_refusals_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4533);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6309);
/* harmony import */ var _deployment_served_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3301);
/* harmony import */ var _rollout_follow_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4972);
/* harmony import */ var _run_verdict_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4583);
/* harmony import */ var _ahead_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5702);
/* harmony import */ var _revision_id_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(314);










const FAILED = new Set(['CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED']);
async function redeploy(context, config) {
    const { client, progress } = context;
    const found = await (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_2__/* .findExisting */ .xx)(client, config.target);
    const deployment = await client.deployment(found.id);
    progress.deployment(deployment);
    progress.activeBefore(deployment);
    if ((0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_2__/* .isGoing */ .jf)(deployment))
        throw (0,_deployment_refusals_js__WEBPACK_IMPORTED_MODULE_3__/* .deploymentGoing */ ._O)(deployment);
    const revisions = (await client.revisions(deployment.id)).resources;
    const target = config.revisionId ? await (0,_revision_id_js__WEBPACK_IMPORTED_MODULE_8__/* .readRevision */ .M)(client, deployment, config.revisionId) : undefined;
    if (!target) {
        const latest = neverServed(deployment, revisions);
        if (latest && config.dryRun)
            return { status: 'planned', reason: 'A rollback would restore the revision that is already active.', changes: 0 };
        if (latest)
            return stillServes(context, config, deployment, revisions, latest);
    }
    const { chosen, why, serving } = target ? { chosen: target, why: [] } : await lastServed(client, deployment);
    for (const sentence of why)
        progress.note(sentence);
    if (serving && config.dryRun)
        return { status: 'planned', reason: [...why, hasCodeAlready(serving)].join(' '), changes: 0 };
    if (serving)
        return servesAlready(context, config, deployment, serving);
    if (config.dryRun) {
        const reason = [`This run would create a new revision from ${revisionLabel(chosen)}.`, ...why].join(' ');
        return { status: 'planned', reason, changes: 1 };
    }
    progress.note(`Creating a new revision from ${revisionLabel(chosen)}.`);
    progress.note('Secrets stay unchanged.');
    await Promise.all([(0,_ahead_js__WEBPACK_IMPORTED_MODULE_9__/* .loadAhead */ .k)(config), (0,_rollout_follow_js__WEBPACK_IMPORTED_MODULE_6__.loadChecks)(context, config)]);
    await context.feedback.begin();
    const applied = await (0,_deployment_apply_js__WEBPACK_IMPORTED_MODULE_1__/* .applyRedeploy */ .v5)(context, deployment, chosen, revisions);
    if (applied.kind !== 'revision')
        return redeployNeverAppeared(chosen, applied);
    const outcome = await (0,_rollout_follow_js__WEBPACK_IMPORTED_MODULE_6__.followOwn)(context, config, applied, revisions);
    if ((0,_run_verdict_js__WEBPACK_IMPORTED_MODULE_7__/* .mayServe */ .dK)(outcome.verdict))
        warnOfOtherCommit(context, chosen, outcome);
    return outcome.verdict;
}
function redeployNeverAppeared(target, applied) {
    const other = applied.kind === 'missing' ? applied.other : undefined;
    return {
        status: 'failed',
        reason: other
            ? `LangSmith accepted the redeploy of ${target.id}, but returned revision ${revisionLabel(other)}, which has different content.`
            : `LangSmith accepted the redeploy of ${target.id}, but no new revision appeared within 30 seconds.`,
        advice: 'Check the revisions of the deployment in LangSmith before you rerun this job.'
    };
}
function warnOfOtherCommit({ progress }, target, { revision, own }) {
    const wanted = (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_4__/* .commitOf */ .D3)(target);
    const built = own ? (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_4__/* .commitOf */ .D3)(revision) : undefined;
    if (!wanted || !built || (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_4__/* .isSameCommit */ .sw)(wanted, built))
        return;
    progress.warn(`The redeploy of revision ${target.id} was built from commit ${built} instead of ${wanted}. Check that the active revision has the expected code.`);
}
function neverServed({ active_revision_id }, [latest]) {
    return latest && active_revision_id && latest.id !== active_revision_id && FAILED.has(latest.status)
        ? latest
        : undefined;
}
async function servesAlready(context, config, deployment, serving) {
    const verdict = await proveServed(context, config, deployment, serving);
    if (verdict.status === 'failed')
        return { ...verdict, advice: `${verdict.advice} ${GO_FURTHER_THAN_ACTIVE}` };
    if (verdict.status !== 'deployed')
        return verdict;
    return { status: 'unchanged', reason: hasCodeAlready(serving), ...(verdict.warning && { warning: verdict.warning }) };
}
function hasCodeAlready({ id }) {
    return `Already rolled back: active revision ${id} has the code that a rollback would restore. To roll back further, set \`revision-id\`.`;
}
const GO_FURTHER_THAN_ACTIVE = 'Without `revision-id`, `command: redeploy` does not roll back further, because the active revision is already a rollback.';
async function stillServes(context, config, deployment, revisions, latest) {
    const { client } = context;
    const active = deployment.active_revision_id ?? '';
    const serving = revisions.find(({ id }) => id === active) ?? (await client.glanceRevision(deployment.id, active));
    const ended = `The latest revision ${latest.id} ended as ${latest.status} and was never active`;
    const verdict = serving && (await proveServed(context, config, deployment, serving));
    if (verdict?.status === 'failed') {
        return { ...verdict, reason: `${ended}. ${verdict.reason}`, advice: `${verdict.advice} ${GO_FURTHER}` };
    }
    if (verdict && verdict.status !== 'deployed')
        return verdict;
    const state = serving && config.wait ? `revision ${active} is still active and works` : `revision ${active} is still active`;
    return {
        status: 'unchanged',
        reason: `${ended}; ${state}. To roll back further, set \`revision-id\`.`,
        ...(verdict?.warning && { warning: verdict.warning })
    };
}
const GO_FURTHER = 'Without `revision-id`, `command: redeploy` does not roll back further if the latest revision was never active.';
function proveServed(context, config, deployment, serving) {
    context.progress.revision(serving, { own: false });
    return (0,_rollout_follow_js__WEBPACK_IMPORTED_MODULE_6__.proveActive)(context, config, deployment, serving);
}
async function lastServed(client, { id, name, active_revision_id }) {
    if (!active_revision_id) {
        throw new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('No active revision', `Deployment "${name}" has no active revision to roll back from.`, 'Deploy first, or set `revision-id` to the revision to redeploy.');
    }
    const { newest, before, passedOver } = await (0,_deployment_served_js__WEBPACK_IMPORTED_MODULE_5__/* .readServedBefore */ .x$)(client, id, active_revision_id);
    const why = (0,_deployment_served_js__WEBPACK_IMPORTED_MODULE_5__/* .passedOverWords */ .uW)(passedOver);
    const active = newest.find((revision) => revision.id === active_revision_id);
    if (before && active && (0,_deployment_served_js__WEBPACK_IMPORTED_MODULE_5__/* .hasSameCode */ .Yl)(before, active)) {
        const isBack = passedOver.length > 0;
        const serves = isBack && (0,_deployment_served_js__WEBPACK_IMPORTED_MODULE_5__/* .isFixedCode */ .wx)(before) && active.id === newest[0]?.id;
        if (serves)
            return { chosen: before, why, serving: active };
        why.push(sameAsActive(before, active));
    }
    if (before)
        return { chosen: before, why };
    const none = `No ${why.length > 0 ? 'other ' : ''}revision of "${name}" was active before ${active_revision_id}, the active one.`;
    throw new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('No revision to roll back to', [...why, none].join(' '), 'Set `revision-id` to the revision to redeploy, or deploy a corrected version.');
}
function sameAsActive(before, active) {
    return `Revision ${before.id} has the same code as active revision ${active.id}. To roll back further, set \`revision-id\`.`;
}
function revisionLabel(revision) {
    const commit = (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_4__/* .commitOf */ .D3)(revision);
    const what = commit ? `commit ${commit.slice(0, 7)}` : revision.source_revision_config.image_uri;
    const made = revision.created_at && `created on ${revision.created_at.slice(0, 16).replace('T', ' ')} UTC`;
    return [[revision.id, what && `(${what})`].filter(Boolean).join(' '), made].filter(Boolean).join(', ');
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
