export const id = 23;
export const ids = [23];
export const modules = {

/***/ 1023:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   withLogin: () => (/* binding */ withLogin)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1379);



const ONLY_OWNER = { mode: 0o600, flag: 'wx' };
async function withLogin(credentials, places, use) {
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
async function readConfiguration(folder) {
    try {
        return (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, CONFIGURATION), 'utf8'))) ?? {};
    }
    catch {
        return {};
    }
}
function withEntry(own, credentials) {
    const helpers = { ...(0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(own.credHelpers) };
    delete helpers[credentials.host];
    if (own.credsStore)
        helpers[credentials.host] = '';
    return { ...own, auths: { ...(0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(own.auths), ...entryOf(credentials) }, credHelpers: helpers };
}
async function linkRest(from, to) {
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(from, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
        if (!entry.isDirectory() && !entry.isSymbolicLink())
            continue;
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.symlink)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(from, entry.name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(to, entry.name), 'junction').catch(() => { });
    }
}


/***/ })

};
