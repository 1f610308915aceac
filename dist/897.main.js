export const id = 897;
export const ids = [897];
export const modules = {

/***/ 9897:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   status: () => (/* binding */ status)
/* harmony export */ });
/* harmony import */ var _control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8797);
/* harmony import */ var _deployment_find_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7671);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6309);



async function status({ client, limits, progress }, { target }) {
    const deployment = await (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_1__/* .findIfAny */ .$F)(client, limits, target);
    if (!deployment) {
        const label = target.name ? `"${target.name}"` : (target.deploymentId ?? '');
        return { status: 'none', reason: `Deployment ${label} does not exist.` };
    }
    progress.deployment(deployment);
    if ((0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_1__/* .isGoing */ .jf)(deployment)) {
        const { name, status } = deployment;
        return { status: 'none', reason: `Deployment "${name}" is being deleted (${status}).` };
    }
    const { resources } = await client.revisions(deployment.id);
    progress.listed(resources);
    const serving = await readServing(client, deployment, resources);
    if (serving)
        progress.revision(serving, { own: false });
    return { status: 'found', reason: servingWords(deployment, serving) };
}
async function readServing(client, { id, active_revision_id: active }, newest) {
    if (!active)
        return undefined;
    return newest.find((revision) => revision.id === active) ?? (0,_control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .orNothing */ .bR)(client.revision(id, active));
}
function servingWords(deployment, serving) {
    const { name, active_revision_id: active, image_version } = deployment;
    if (!active)
        return `Deployment "${name}" has no active revision.`;
    const commit = serving && (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .knownCommit */ .vH)(deployment, serving);
    const what = commit ? `commit ${commit}` : serving?.source_revision_config.image_uri;
    const version = serving?.image_version ?? image_version;
    const facts = [what, version && `Agent Server ${version}`].filter(Boolean).join('; ');
    return `Revision ${active} of "${name}" is active${facts ? ` (${facts})` : ''}.`;
}


/***/ })

};
