export const id = 35;
export const ids = [35,911];
export const modules = {

/***/ 7911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   deleteDeployment: () => (/* binding */ deleteDeployment),
/* harmony export */   removeDeployment: () => (/* binding */ removeDeployment)
/* harmony export */ });
/* harmony import */ var _deployment_find_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7671);
/* harmony import */ var _run_poll_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6561);
/* harmony import */ var _ahead_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5702);
/* harmony import */ var _stale_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6866);




async function deleteDeployment(context, config) {
    const { progress } = context;
    const reopened = await (0,_stale_js__WEBPACK_IMPORTED_MODULE_2__/* .reopenedMeanwhile */ .rv)(context, config);
    if (reopened)
        return reopened;
    const { previewNames } = config.target;
    const label = config.target.name ? `"${config.target.name}"` : (config.target.deploymentId ?? '');
    const found = await findAll(context, config);
    if (found.length === 0 && config.dryRun) {
        return {
            status: 'planned',
            reason: `Deployment ${label} does not exist${orOthers(previewNames)}; there is nothing to delete.`,
            changes: 0
        };
    }
    if (found.length === 0) {
        const reason = `Deployment ${label} does not exist${orOthers(previewNames)}; nothing was deleted.`;
        if (!previewNames)
            progress.remark(reason);
        return { status: 'deleted', reason };
    }
    const standing = found.filter((deployment) => !(0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .isGoing */ .jf)(deployment));
    for (const deployment of standing.length > 0 ? standing : found)
        progress.leaving(deployment);
    if (standing.length === 0) {
        return { status: 'deleted', reason: `Deployment ${label} is already being deleted.` };
    }
    const several = standing.length > 1;
    const projects = several ? ' and their tracing projects' : ' and its tracing project';
    const project = config.deleteTracingProject ? projects : '';
    if (config.dryRun) {
        const all = standing.map(({ name, id }) => `"${name}" (${id})`).join(', ');
        return {
            status: 'planned',
            reason: `This run would delete deployment${several ? 's' : ''} ${all}${project}.`,
            changes: standing.length
        };
    }
    await (0,_ahead_js__WEBPACK_IMPORTED_MODULE_3__/* .loadAhead */ .k)(config);
    for (const deployment of standing)
        await removeDeployment(context, config, deployment);
    const names = standing.map(({ name }) => `"${name}"`).join(', ');
    return {
        status: 'deleted',
        reason: `LangSmith is deleting deployment${several ? 's' : ''} ${names}${project}. ${several ? 'Their names stay' : 'Its name stays'} reserved for up to a week.`
    };
}
function orOthers(previewNames) {
    const [, second, ...rest] = previewNames ?? [];
    return second === undefined ? '' : ` (also checked: "${second}" to "${rest.at(-1) ?? second}")`;
}
const DELETE_AGAIN_AFTER_MS = [4_000, 8_000, 12_000];
async function removeDeployment({ client, limits }, config, deployment) {
    const { id } = deployment;
    await (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_1__/* .lookRepeatedly */ .lx)(limits, DELETE_AGAIN_AFTER_MS, async (isLast) => {
        try {
            await client.deleteDeployment(id, { withTracingProject: config.deleteTracingProject });
            return true;
        }
        catch (error) {
            if (!(0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .isAnswered404 */ .mt)(error))
                throw error;
            if (await isGone(client, deployment))
                return true;
            if (isLast)
                throw error;
            return undefined;
        }
    });
}
async function isGone(client, { id, name }) {
    const listed = await (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .findByName */ ._U)(client, name);
    return listed?.id !== id || (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .isGoing */ .jf)(listed);
}
async function findAll({ client, limits }, { target }) {
    if (target.previewNames)
        return (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .findPreviews */ .hb)(client, target.previewNames);
    const found = await (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .findIfAny */ .$F)(client, limits, target);
    return found ? [found] : [];
}


/***/ }),

/***/ 7035:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   chooseLeaving: () => (/* binding */ chooseLeaving),
/* harmony export */   sweep: () => (/* binding */ sweep)
/* harmony export */ });
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5990);
/* harmony import */ var _deployment_find_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7671);
/* harmony import */ var _deployment_preview_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5726);
/* harmony import */ var _deployment_sources_github_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2612);
/* harmony import */ var _github_pull_requests_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9554);
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1088);
/* harmony import */ var _ahead_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5702);
/* harmony import */ var _delete_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7911);








async function sweep(context, config) {
    const told = [];
    const failures = [];
    const tell = ({ deployment: { name }, pullRequest }, outcome, why) => {
        const row = { name, pullRequest, outcome, why };
        told.push(row);
        context.progress.swept(row);
    };
    const remove = async (preview, why) => {
        if (config.dryRun)
            return tell(preview, 'planned', why);
        try {
            await (0,_delete_js__WEBPACK_IMPORTED_MODULE_5__.removeDeployment)(context, config, preview.deployment);
            tell(preview, 'deleted', why);
            await context.tellDeleted(deletedPreview(config, preview, why));
        }
        catch (error) {
            if (!(error instanceof _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD))
                throw error;
            failures.push(error);
            tell(preview, 'failed', why);
        }
    };
    const own = await findOwn(context, config, tell);
    if (!config.dryRun)
        await (0,_ahead_js__WEBPACK_IMPORTED_MODULE_6__/* .loadAhead */ .k)(config);
    const { open, withheld } = await sweepClosed(context, config, own, { tell, remove });
    await sweepOpen(context, config, { open, staying: withheld.length }, { tell, remove });
    const [failure] = failures;
    if (failure)
        throw failure;
    return sweepVerdict(config, told, withheld);
}
function deletedPreview({ target, controlPlane }, { deployment, pullRequest }, why) {
    const isSelfHosted = controlPlane.hosting === 'self-hosted';
    const [firstName = deployment.name] = (0,_deployment_preview_js__WEBPACK_IMPORTED_MODULE_2__/* .previewNames */ .JY)(target.name ?? '', pullRequest, isSelfHosted);
    const reason = `LangSmith is deleting deployment "${deployment.name}", because ${why}. Its name stays reserved for up to a week.`;
    return { deployment, firstName, pullRequest, reason };
}
async function findOwn({ client }, { target, controlPlane, trigger }, tell) {
    const all = await (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_1__/* .findAllPreviews */ .O4)(client, target.name ?? '', controlPlane.hosting === 'self-hosted');
    const standing = all.filter(({ deployment }) => !(0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_1__/* .isGoing */ .jf)(deployment));
    return standing
        .sort((left, right) => left.pullRequest - right.pullRequest || compareNames(left, right))
        .filter((preview) => {
        const foreign = whyForeign(preview.deployment, trigger.repositoryUrl);
        if (foreign)
            tell(preview, 'kept', foreign);
        return !foreign;
    });
}
function compareNames(left, right) {
    return left.deployment.name < right.deployment.name ? -1 : 1;
}
function whyForeign({ is_preview, source_config }, repositoryUrl) {
    if (is_preview === true)
        return 'LangSmith created it and will delete it';
    const { repo_url } = source_config;
    if (repo_url && !(0,_deployment_sources_github_js__WEBPACK_IMPORTED_MODULE_3__/* .sameRepository */ .RB)(repo_url, repositoryUrl))
        return 'it is built from another repository';
    return undefined;
}
const ASKED_AT_ONCE = 8;
const FAILURE = 'Could not look up the pull requests, so their previews were kept';
async function sweepClosed({ github }, { trigger: { repository } }, previews, { tell, remove }) {
    const open = [];
    const withheld = [];
    const numbers = [...new Set(previews.map(({ pullRequest }) => pullRequest))];
    for (let index = 0; index < numbers.length; index += ASKED_AT_ONCE) {
        const asked = numbers.slice(index, index + ASKED_AT_ONCE);
        const answers = await Promise.all(asked.map(async (number) => [number, github && (await (0,_github_pull_requests_js__WEBPACK_IMPORTED_MODULE_4__/* .pullRequestNow */ .p)(github, number, FAILURE))]));
        const answerTo = new Map(answers);
        for (const preview of previews.filter(({ pullRequest }) => asked.includes(pullRequest))) {
            const { pullRequest } = preview;
            const answer = answerTo.get(pullRequest);
            if (answer === undefined || answer === 'unknown') {
                withheld.push({ ...preview, isUnknown: answer === 'unknown' });
                tell(preview, 'kept', whyNotDecided(pullRequest, repository, answer));
            }
            else if (answer.state === 'open')
                open.push(preview);
            else
                await remove(preview, `pull request ${pullRequest} is ${answer.state}`);
        }
    }
    return { open, withheld };
}
function whyNotDecided(pullRequest, repository, answer) {
    return answer === 'unknown'
        ? `GitHub found no pull request ${pullRequest} in ${repository}`
        : `GitHub did not return the state of pull request ${pullRequest}`;
}
async function sweepOpen(context, config, { open, staying }, { tell, remove }) {
    const { maxAgeMs, maxPreviews } = config;
    const isTooMany = maxPreviews !== undefined && open.length + staying > maxPreviews;
    if (maxAgeMs === undefined && !isTooMany) {
        for (const preview of open)
            tell(preview, 'kept', isOpen(preview));
        return;
    }
    const dated = [];
    for (const preview of open)
        dated.push(await withDate(context, preview));
    const { leaving, remaining } = chooseLeaving(dated, {
        now: context.limits.clock.now(),
        maxAgeMs,
        maxPreviews,
        staying
    });
    for (const { preview, why } of leaving) {
        if (await hasNewRevision(context, preview))
            tell(preview, 'kept', 'it just got a new revision');
        else
            await remove(preview, why);
    }
    for (const preview of remaining)
        tell(preview, 'kept', isOpen(preview));
}
function isOpen({ pullRequest }) {
    return `pull request ${pullRequest} is open`;
}
async function withDate({ client }, preview) {
    const { deployment } = preview;
    const [revision] = (await client.revisions(deployment.id)).resources;
    const at = Date.parse((revision ?? deployment).created_at ?? '');
    return { ...preview, revision, at: Number.isNaN(at) ? undefined : at };
}
async function hasNewRevision({ client }, { deployment, revision }) {
    const [newest] = (await client.revisions(deployment.id)).resources;
    return newest?.id !== revision?.id;
}
function chooseLeaving(previews, { now, maxAgeMs, maxPreviews, staying }) {
    const oldestFirst = [...previews].sort((left, right) => (left.at ?? Infinity) - (right.at ?? Infinity));
    let left = previews.length + staying;
    const leaving = [];
    for (const preview of oldestFirst) {
        if (preview.at === undefined)
            break;
        const ageMs = now - preview.at;
        const isOld = maxAgeMs !== undefined && ageMs > maxAgeMs;
        const isOver = maxPreviews !== undefined && left > maxPreviews;
        if (!isOld && !isOver)
            break;
        const age = `its last revision is ${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_7__/* .inWords */ .r)(ageMs)} old`;
        leaving.push({ preview, why: isOld ? age : `there are more than ${maxPreviews} previews, and ${age}` });
        left -= 1;
    }
    const gone = new Set(leaving.map(({ preview }) => preview));
    return { leaving, remaining: oldestFirst.filter((preview) => !gone.has(preview)) };
}
function sweepVerdict({ dryRun, target: { name } }, told, withheld) {
    const going = told.filter(({ outcome }) => outcome !== 'kept');
    const reason = sweepReason(`${name}`, told.length, going, dryRun);
    if (dryRun)
        return { status: 'planned', reason, changes: going.length };
    const unknown = withheld.filter(({ isUnknown }) => isUnknown);
    return { status: 'swept', reason, ...(unknown.length > 0 && { warning: unknownWarning(unknown) }) };
}
function sweepReason(name, count, going, dryRun) {
    if (count === 0)
        return `Deployment "${name}" has no previews.`;
    const all = count === 1 ? 'the only preview' : `${going.length} of ${count} previews`;
    if (going.length === 0)
        return `No preview of "${name}" ${dryRun ? 'would be' : 'was'} deleted; ${count} remain${count === 1 ? 's' : ''}.`;
    const names = going.map((row) => `"${row.name}"`).join(', ');
    return dryRun
        ? `This run would delete ${all} of "${name}": ${names}.`
        : `LangSmith is deleting ${all} of "${name}": ${names}.`;
}
function unknownWarning(unknown) {
    const names = unknown.map(({ deployment: { name } }) => `"${name}"`).join(', ');
    return `Kept ${names}, because GitHub returned 404 for the pull request. The pull request does not exist, or the token cannot read it. Give the job \`permissions: ${_github_pull_requests_js__WEBPACK_IMPORTED_MODULE_4__/* .READ_PULL_REQUESTS */ .k}\`; to delete a deployment without a pull request, use \`command: delete\` with its \`name\`.`;
}


/***/ })

};
