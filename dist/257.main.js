export const id = 257;
export const ids = [257,261];
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


/***/ }),

/***/ 7257:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readConfiguredGraphs: () => (/* binding */ readConfiguredGraphs)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/run/object.js
var object = __webpack_require__(1379);
// EXTERNAL MODULE: ./build/archive/checkout.js
var archive_checkout = __webpack_require__(9261);
// EXTERNAL MODULE: ./build/archive/config-file.js
var config_file = __webpack_require__(1626);
// EXTERNAL MODULE: ./build/archive/json-text.js
var json_text = __webpack_require__(423);
// EXTERNAL MODULE: ./build/archive/project-error.js
var project_error = __webpack_require__(399);
;// CONCATENATED MODULE: ./build/archive/graph-names.js







async function readGraphNames(workspace, configPath, { gitPath, commit }) {
    try {
        const real = await (0,promises_.realpath)(workspace);
        const { file, label, bytes } = await (0,config_file/* readConfigFile */.R)(real, configPath, gitPath);
        if (commit !== undefined) {
            const checkout = await (0,archive_checkout.readCheckout)((0,external_node_path_.dirname)(file), real, gitPath);
            if (!checkout || !(0,archive_checkout/* isCheckedOut */.k)(checkout, commit))
                return {};
        }
        const json = (0,json_text/* readJson */.V)(bytes, '{"graphs": {"agent": "./agent.py:graph"}}');
        if ('text' in json)
            return { problem: `names ${label}, which cannot be read: line ${json.line} ${json.text}.` };
        const names = Object.keys((0,object/* object */.I)(json.value.graphs) ?? {});
        return names.length > 0 ? { names } : { problem: `names ${label}, which has no \`graphs\`.` };
    }
    catch (error) {
        if (!(error instanceof project_error.ProjectError))
            return {};
        return { problem: error.problems.join(' ') };
    }
}

// EXTERNAL MODULE: ./build/archive/paths.js
var paths = __webpack_require__(3341);
// EXTERNAL MODULE: ./build/deployment/sources/index.js + 2 modules
var sources = __webpack_require__(4478);
// EXTERNAL MODULE: ./build/inputs/table.js
var table = __webpack_require__(9140);
;// CONCATENATED MODULE: ./build/inputs/configured-graphs.js




const DEFAULT_PATH = table/* INPUTS */.mc['langgraph-config'].defaultAtCreate;
async function readConfiguredGraphs(inputs, { source, trigger, environment: { variables } }) {
    const workspace = variables.GITHUB_WORKSPACE;
    if (!workspace)
        return undefined;
    const gitPath = variables.PATH;
    const atCommit = async (configPath = DEFAULT_PATH, commit = trigger.commit) => {
        if (commit === undefined)
            return undefined;
        const { names } = await readGraphNames(workspace, configPath, { gitPath, commit });
        return names && { names, path: configPath, commit };
    };
    if (!source)
        return atCommit();
    if ((0,sources/* isMadeFrom */.o)('archive', source)) {
        const { root, configPath, workspace: packedFrom } = source.project;
        const { names } = await readGraphNames(packedFrom, (0,paths/* relativeTo */.Mf)(packedFrom, `${root}/${configPath}`), { gitPath });
        return names && { names, path: configPath, commit: undefined };
    }
    if ((0,sources/* isMadeFrom */.o)('repository', source)) {
        return source.runCommit === undefined ? undefined : atCommit(source.configPath, source.runCommit);
    }
    const path = inputs.text('langgraph-config');
    if (path === undefined)
        return undefined;
    const { names, problem } = await readGraphNames(workspace, path, { gitPath });
    if (problem !== undefined)
        inputs.problem('langgraph-config', problem);
    return names && { names, path: undefined, commit: undefined };
}


/***/ })

};
