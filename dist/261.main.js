export const id = 261;
export const ids = [261];
export const modules = {

/***/ 9261:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   findAbsence: () => (/* binding */ findAbsence),
/* harmony export */   findCheckedOutProblems: () => (/* binding */ findCheckedOutProblems),
/* harmony export */   k: () => (/* binding */ isCheckedOut),
/* harmony export */   readCheckout: () => (/* binding */ readCheckout)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _config_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1626);
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5217);
/* harmony import */ var _langgraph_config_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7348);
/* harmony import */ var _paths_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3341);
/* harmony import */ var _project_error_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(399);







async function readCheckout(folder, workspace, gitPath) {
    const ask = (args, input = '') => (0,_git_js__WEBPACK_IMPORTED_MODULE_3__/* .askGit */ .g)(folder, workspace, gitPath, args, input);
    const [stored, origin] = await Promise.all([
        ask(['cat-file', '--batch'], 'HEAD\n'),
        ask(['config', '--get', 'remote.origin.url'])
    ]);
    const [head = '', ...lines] = stored?.split('\n') ?? [];
    const commit = /^([0-9a-f]{40}|[0-9a-f]{64}) commit \d+$/.exec(head)?.[1];
    if (commit === undefined)
        return undefined;
    const header = lines.slice(0, lines.indexOf(''));
    const parents = header.flatMap((line) => /^parent ([0-9a-f]+)$/.exec(line)?.[1] ?? []);
    return { commit, parents, origin: origin?.trim().replace(/^(https?:\/\/)[^@/]*@/, '$1') || undefined };
}
async function findCheckedOutProblems(workspace, configPath, commit, gitPath) {
    try {
        const real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(workspace);
        const { file, label, bytes } = await (0,_config_file_js__WEBPACK_IMPORTED_MODULE_2__/* .readConfigFile */ .R)(real, configPath, gitPath);
        const checkout = await readCheckout((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(file), real, gitPath);
        if (checkout && !isCheckedOut(checkout, commit))
            return [];
        return (0,_langgraph_config_js__WEBPACK_IMPORTED_MODULE_4__/* .parseLanggraphConfig */ .o)(bytes).problems.map(({ line, text }) => ({
            text: `${label}:${line}: ${(0,_project_error_js__WEBPACK_IMPORTED_MODULE_6__/* .shown */ .SP)(text)}.`,
            place: { file: label, line }
        }));
    }
    catch {
        return [];
    }
}
async function findAbsence(workspace, configPath, commit, gitPath) {
    const real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(workspace).catch(() => undefined);
    const checkout = real && (await readCheckout(real, real, gitPath));
    if (!checkout || !isCheckedOut(checkout, commit))
        return undefined;
    const list = async (pattern) => (await (0,_git_js__WEBPACK_IMPORTED_MODULE_3__/* .askGit */ .g)(real, real, gitPath, ['ls-files', '-z', '--', pattern]))?.split('\0').filter((path) => path !== '');
    const path = configPath.replace(/\/+$/, '');
    const [there, configs, modules] = await Promise.all([
        list(`:(literal)${path}`),
        list(':(glob)**/langgraph.json'),
        list(':(literal).gitmodules')
    ]);
    if (!there || !configs || modules?.length !== 0 || there.includes(path))
        return undefined;
    const isFolder = there.length > 0;
    const inside = configs.filter((found) => (0,_paths_js__WEBPACK_IMPORTED_MODULE_5__/* .isWithin */ .UO)(path, found));
    const fault = isFolder ? 'is a folder' : `is not in commit ${commit.slice(0, 7)}, which is checked out`;
    const advice = (0,_config_file_js__WEBPACK_IMPORTED_MODULE_2__/* .adviceOfConfigs */ .X)(isFolder && inside.length > 0 ? inside : configs);
    return `${(0,_project_error_js__WEBPACK_IMPORTED_MODULE_6__/* .shown */ .SP)(configPath)} ${fault}. ${advice ?? 'Set the path of langgraph.json in the repository.'}`;
}
function isCheckedOut({ commit, parents }, wanted) {
    return commit === wanted || parents[1] === wanted;
}


/***/ })

};
