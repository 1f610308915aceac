export const id = 911;
export const ids = [911];
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


/***/ })

};
