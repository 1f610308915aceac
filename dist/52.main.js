export const id = 52;
export const ids = [52];
export const modules = {

/***/ 52:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   adviceOnMisses: () => (/* binding */ adviceOnMisses)
/* harmony export */ });
function adviceOnMisses(image, host, misses) {
    const local = localAdvice(misses.filter(({ tool }) => tool.sees === 'daemon'));
    if (!image.includes('/')) {
        return `A name without a registry refers to an image on this runner. ${local} Or add the registry to the name, such as \`ghcr.io/acme/${image}\`.`;
    }
    const remote = misses.filter(({ tool }) => tool.sees === 'registry');
    const ofRegistry = remote.length > 0 ? [registryAdvice(host, remote)] : [NO_REGISTRY_TOOL];
    return [
        ...ofRegistry,
        ...(image.includes('@') ? [] : [`If it is an image on this runner: ${lowerFirst(local)}`])
    ].join(' ');
}
const NO_REGISTRY_TOOL = 'To read it from its registry, install skopeo or crane in an earlier step.';
function localAdvice(local) {
    if (local.length === 0)
        return 'Install docker, which is needed to read images on this runner.';
    if (local.some(({ said }) => DAEMON_SILENT.test(said))) {
        return 'Start the Docker daemon, which does not respond, or give this job access to it.';
    }
    return 'Build it in this job (docker/build-push-action with `load: true`), with exactly this name and tag.';
}
const DAEMON_SILENT = /docker daemon|docker\.sock|docker_engine|docker API at/i;
const CAUSES = [
    ['limited', /\b429\b|too ?many ?requests|rate limit/i],
    ['denied', /\b40[13]\b|unauthori[sz]ed|denied|forbidden|authentication required|no basic auth|incorrect username/i],
    ['unreachable', /no such host|dial tcp|connection (?:refused|reset)|i\/o timeout|did not end within|x509|tls:/i],
    ['missing', /manifest.unknown|name.unknown|\b404\b|not found|no such manifest/i]
];
function registryAdvice(host, misses) {
    const [cause] = CAUSES.find(([, form]) => misses.some(({ said }) => form.test(said))) ?? [];
    switch (cause) {
        case 'limited':
            return `${host} limits requests. Log in to ${host} in an earlier step (docker/login-action), or rerun this job later.`;
        case 'denied':
            return `Log in to ${host} in an earlier step (docker/login-action) with an account that can read the image; some registries return the same error for a missing image.`;
        case 'unreachable':
            return `Check that this runner can reach ${host}, including through any proxy or firewall.`;
        case 'missing':
            return `The image does not exist on ${host}. Check its name and tag, and make sure that an earlier step pushes it.`;
        default:
            return `Check its name and tag, and log in to ${host} in an earlier step (docker/login-action) if the image is private.`;
    }
}
function lowerFirst(text) {
    return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}


/***/ })

};
