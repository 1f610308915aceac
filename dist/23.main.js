export const id = 23;
export const ids = [23];
export const modules = {

/***/ 1023:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   withLogin: () => (/* binding */ withLogin)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1379);



const ONLY_OWNER = { mode: 0o600, flag: 'wx' };
/**
 * Passes credentials to tools in files that only their owner can read, and removes the files afterwards. The user's own
 * configuration is not changed, because a login in it would outlive the step.
 */
async function withLogin(credentials, places, use) {
    // `mkdtemp` creates a folder that only its owner can access.
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(places.temporaryFolder, 'langsmith-registry-'));
    try {
        const login = { folder, authFile: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'auth.json'), dockerFolder: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'docker-')) };
        const own = await readConfiguration(places.dockerFolder);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(login.authFile, JSON.stringify({ auths: entryOf(credentials) }), ONLY_OWNER);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(login.dockerFolder, CONFIGURATION), JSON.stringify(withEntry(own, credentials)), ONLY_OWNER);
        await linkRest(places.dockerFolder, login.dockerFolder);
        return await use(login);
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
    }
}
const CONFIGURATION = 'config.json';
function entryOf({ host, username, token }) {
    return { [host]: { auth: Buffer.from(`${username}:${token}`).toString('base64') } };
}
/**
 * Reads Docker's configuration; empty if the file does not exist or is invalid, so that Docker could not read it
 * either.
 */
async function readConfiguration(folder) {
    try {
        return (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, CONFIGURATION), 'utf8'))) ?? {};
    }
    catch {
        return {};
    }
}
/**
 * Adds an entry to Docker's configuration. Disables a credential helper for this registry, which would hide the entry.
 */
function withEntry(own, credentials) {
    const helpers = { ...(0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(own.credHelpers) };
    delete helpers[credentials.host];
    // An empty helper name selects the configuration file. Source: docker/cli, `getConfiguredCredentialStore`.
    if (own.credsStore)
        helpers[credentials.host] = '';
    return { ...own, auths: { ...(0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(own.auths), ...entryOf(credentials) }, credHelpers: helpers };
}
/** Links the folders next to the configuration, which contain contexts, plug-ins and builders. */
async function linkRest(from, to) {
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(from, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
        if (!entry.isDirectory() && !entry.isSymbolicLink())
            continue;
        // On Windows, a junction requires no privilege. If a link fails, the push usually works without that folder.
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.symlink)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(from, entry.name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(to, entry.name), 'junction').catch(() => { });
    }
}


/***/ })

};
