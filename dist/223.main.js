export const id = 223;
export const ids = [223];
export const modules = {

/***/ 5538:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ causeOfAbsence)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5217);
/* harmony import */ var _paths_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3341);





async function causeOfAbsence(written, place, workspace, gitPath) {
    if (!(0,_paths_js__WEBPACK_IMPORTED_MODULE_4__/* .isInside */ .FK)(workspace, place))
        return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(written) ? causeOfForeignPath(written, workspace) : undefined;
    if (node_path__WEBPACK_IMPORTED_MODULE_2__.sep === '/' && written.includes('\\') && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(place.replaceAll('\\', '/'))) {
        return 'the path contains backslashes; use forward slashes';
    }
    const folder = await nearestFolder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(place), workspace);
    const [missing = ''] = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(folder, place).split(node_path__WEBPACK_IMPORTED_MODULE_2__.sep);
    const items = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder).catch(() => []);
    if (items.length === 0) {
        return folder === workspace
            ? 'the workspace is empty; run actions/checkout before this step'
            : `${(0,_paths_js__WEBPACK_IMPORTED_MODULE_4__/* .relativeTo */ .Mf)(workspace, folder)} is empty; if it is a submodule, set \`submodules: true\` for actions/checkout`;
    }
    if (await isSparse(place, folder, workspace, gitPath)) {
        return 'the sparse checkout excludes it; add it to `sparse-checkout` of actions/checkout';
    }
    const similar = items.find((item) => item !== missing && item.toLowerCase() === missing.toLowerCase());
    return similar && `${(0,_paths_js__WEBPACK_IMPORTED_MODULE_4__/* .relativeTo */ .Mf)(workspace, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, similar))} exists; paths are case-sensitive`;
}
function causeOfForeignPath(written, workspace) {
    const mounted = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(node_path__WEBPACK_IMPORTED_MODULE_2__.sep, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(workspace)), (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(workspace), node_path__WEBPACK_IMPORTED_MODULE_2__.sep);
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(written, node_path__WEBPACK_IMPORTED_MODULE_2__.sep).includes(mounted) || written.startsWith('/home/runner/work/')
        ? `it is a path on the runner's host, but the workspace of a job in a container is ${workspace}; use a path relative to the workspace`
        : undefined;
}
async function nearestFolder(folder, workspace) {
    if (folder === workspace || !(0,_paths_js__WEBPACK_IMPORTED_MODULE_4__/* .isInside */ .FK)(workspace, folder))
        return workspace;
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(folder).catch(() => undefined))?.isDirectory() ? folder : nearestFolder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(folder), workspace);
}
async function isSparse(place, folder, workspace, gitPath) {
    const listed = await (0,_git_js__WEBPACK_IMPORTED_MODULE_3__/* .askGit */ .g)(folder, workspace, gitPath, [
        '--literal-pathspecs',
        'ls-files',
        '-t',
        '--',
        (0,_paths_js__WEBPACK_IMPORTED_MODULE_4__/* .relativeTo */ .Mf)(folder, place)
    ]);
    return listed?.startsWith('S ') ?? false;
}


/***/ }),

/***/ 1626:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ readConfigFile),
/* harmony export */   X: () => (/* binding */ adviceOfConfigs)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _absence_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5538);
/* harmony import */ var _paths_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3341);
/* harmony import */ var _project_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(399);





async function readConfigFile(workspace, path, gitPath) {
    const name = (0,_project_error_js__WEBPACK_IMPORTED_MODULE_4__/* .shown */ .SP)(path);
    const place = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, path);
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(place).catch(async (error) => {
        if ((0,_project_error_js__WEBPACK_IMPORTED_MODULE_4__/* .fileErrorCode */ .c2)(error) !== 'ENOENT')
            throw new _project_error_js__WEBPACK_IMPORTED_MODULE_4__.ProjectError([`${name} ${(0,_project_error_js__WEBPACK_IMPORTED_MODULE_4__/* .whyRefused */ .fG)(error)}.`]);
        const cause = await (0,_absence_js__WEBPACK_IMPORTED_MODULE_2__/* .causeOfAbsence */ .m)(path, place, workspace, gitPath);
        const cure = adviceOfConfigs(await findConfigs(workspace)) ??
            'Check out the repository in an earlier step, and set `langgraph-config` to the file.';
        throw new _project_error_js__WEBPACK_IMPORTED_MODULE_4__.ProjectError([`${name} does not exist in the workspace${cause ? `: ${(0,_project_error_js__WEBPACK_IMPORTED_MODULE_4__/* .shown */ .SP)(cause)}.` : `. ${cure}`}`]);
    });
    if (!(0,_paths_js__WEBPACK_IMPORTED_MODULE_3__/* .isInside */ .FK)(workspace, file)) {
        throw new _project_error_js__WEBPACK_IMPORTED_MODULE_4__.ProjectError([`${name} is outside the workspace. Set \`langgraph-config\` to a file inside it.`]);
    }
    const entry = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file);
    if (!entry.isFile()) {
        const inside = entry.isDirectory() ? await findConfigs(file) : [];
        const advice = adviceOfConfigs(inside.map((found) => (0,_paths_js__WEBPACK_IMPORTED_MODULE_3__/* .below */ .Gz)((0,_paths_js__WEBPACK_IMPORTED_MODULE_3__/* .relativeTo */ .Mf)(workspace, file), found)));
        const kind = entry.isDirectory() ? 'is a folder' : 'is not a file';
        throw new _project_error_js__WEBPACK_IMPORTED_MODULE_4__.ProjectError([`${name} ${kind}. ${advice ?? 'Set `langgraph-config` to the langgraph.json itself.'}`]);
    }
    const label = (0,_project_error_js__WEBPACK_IMPORTED_MODULE_4__/* .shown */ .SP)((0,_paths_js__WEBPACK_IMPORTED_MODULE_3__/* .relativeTo */ .Mf)(workspace, file));
    try {
        return { file, label, bytes: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file) };
    }
    catch (error) {
        throw new _project_error_js__WEBPACK_IMPORTED_MODULE_4__.ProjectError([`${label} ${(0,_project_error_js__WEBPACK_IMPORTED_MODULE_4__/* .whyRefused */ .fG)(error)}.`]);
    }
}
const CONFIG_NAME = 'langgraph.json';
const MOST_FOLDERS = 2_000;
const MOST_DEEP = 6;
const MOST_TOLD = 5;
const SKIPPED = new Set(['node_modules', 'venv', 'env', 'site-packages', '__pycache__', 'dist', 'build']);
async function findConfigs(folder) {
    const found = [];
    let level = [''];
    for (let deep = 0, seen = 0; deep < MOST_DEEP && level.length > 0 && seen < MOST_FOLDERS; deep += 1) {
        const next = [];
        for (const place of level.slice(0, MOST_FOLDERS - seen)) {
            seen += 1;
            const items = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, place), { withFileTypes: true }).catch(() => []);
            if (items.some((item) => item.name === CONFIG_NAME && item.isFile()))
                found.push((0,_paths_js__WEBPACK_IMPORTED_MODULE_3__/* .below */ .Gz)(place, CONFIG_NAME));
            const inner = items.filter((item) => item.isDirectory() && !item.name.startsWith('.') && !SKIPPED.has(item.name));
            next.push(...inner.map(({ name }) => (0,_paths_js__WEBPACK_IMPORTED_MODULE_3__/* .below */ .Gz)(place, name)));
        }
        level = next.toSorted();
    }
    return found;
}
function adviceOfConfigs(found) {
    const [only, ...others] = found;
    if (only === undefined)
        return undefined;
    return others.length === 0
        ? `Found ${(0,_project_error_js__WEBPACK_IMPORTED_MODULE_4__/* .shownList */ .y9)([only])}; use this path.`
        : `Found ${(0,_project_error_js__WEBPACK_IMPORTED_MODULE_4__/* .shownList */ .y9)(found, MOST_TOLD)}; use one of these paths.`;
}


/***/ }),

/***/ 1945:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kc: () => (/* binding */ readRules),
/* harmony export */   d7: () => (/* binding */ nodeFault),
/* harmony export */   eh: () => (/* binding */ isJavaScript),
/* harmony export */   xC: () => (/* binding */ hasGitCredentials),
/* harmony export */   y3: () => (/* binding */ CREDENTIALS_IN_ADDRESS)
/* harmony export */ });
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1379);

const OLDEST_PYTHON = [3, 11];
const OLDEST_NODE = 20;
function readRules(config, tell) {
    const files = Object.values((0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(config.graphs) ?? {}).map((graph) => {
        const form = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(graph) ? (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(graph)?.path : graph;
        return typeof form === 'string' ? (form.split(':')[0] ?? '') : '';
    });
    const hasJavaScript = files.some(isJavaScript);
    const hasPython = files.some((file) => file !== '' && !isJavaScript(file));
    const usesPython = hasPython || isWritten(config.python_version);
    checkPython(config.python_version, tell);
    checkNode(config, hasJavaScript && !usesPython, tell);
    checkInstaller(config, usesPython, tell);
    checkImage(config, tell);
    checkPackageTools(config.keep_pkg_tools, tell);
    const priority = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(config.priority)?.path;
    if (typeof priority === 'string' && isJavaScript(priority.split(':')[0] ?? '')) {
        tell(['priority', 'path'], '`priority.path` names a JavaScript file, but LangSmith requires a Python file');
    }
    for (const key of ['project_root', 'package']) {
        if (isWritten(config[key]))
            tell([key], `\`${key}\` is no longer supported; write \`source.root\` or \`source.package\` instead`);
    }
    checkSource(config, usesPython, tell);
    return {
        usesPython,
        usesNode: hasJavaScript || isWritten(config.node_version),
        hasPackage: hasJavaScript || isWritten(config.ui)
    };
}
function isJavaScript(file) {
    return /\.[cm]?[jt]s$/.test(file);
}
const BULLSEYE = 'names a bullseye image, which LangSmith no longer supports; write "bookworm", "debian" or "wolfi"';
const DISTRIBUTIONS = ['debian', 'wolfi', 'bookworm'];
const API_VERSION = /^\d+(\.\d+){0,2}\.?([A-Za-z][0-9A-Za-z]*)?(-.*)?$/;
const OLDEST_API_VERSION = /^>?~=\s*\d+(\.\d+){0,2}\.?([A-Za-z][0-9A-Za-z]*)?\s*(-.*)?$/;
function checkImage(config, tell) {
    const { image_distro: distribution, api_version: version } = config;
    if (distribution === 'bullseye')
        tell(['image_distro'], `\`image_distro\` ${BULLSEYE}`);
    else if (isWritten(distribution) && !DISTRIBUTIONS.some((known) => known === distribution)) {
        tell(['image_distro'], '`image_distro` is not one of "debian", "wolfi" and "bookworm"; write one of them, or remove it');
    }
    if (!isWritten(version))
        return;
    if (typeof version !== 'string' || ![API_VERSION, OLDEST_API_VERSION].some((form) => form.test(version))) {
        tell(['api_version'], '`api_version` is invalid; write a version in double quotes, such as "0.8"');
    }
    if (isWritten(config._INTERNAL_docker_tag)) {
        tell(['api_version'], '`api_version` cannot be combined with `_INTERNAL_docker_tag`; remove one of them');
    }
}
function checkPackageTools(tools, tell) {
    if (!isWritten(tools) || tools === true)
        return;
    const known = ['pip', 'setuptools', 'wheel'];
    if (Array.isArray(tools) && tools.every((tool) => known.some((each) => each === tool)))
        return;
    tell(['keep_pkg_tools'], '`keep_pkg_tools` is invalid; write true, or a list of "pip", "setuptools" and "wheel"');
}
function checkPython(version, tell) {
    if (!isWritten(version))
        return;
    const at = ['python_version'];
    if (typeof version !== 'string') {
        tell(at, '`python_version` is not a string; write it in double quotes, such as "3.12"');
        return;
    }
    const [, major, minor, variant = ''] = /^(\d+)\.(\d+)(-[^.]+)?$/.exec(version) ?? [];
    if (major === undefined || minor === undefined) {
        tell(at, '`python_version` is not in the form `major.minor`; write it without a patch version, such as "3.12"');
    }
    else if (isBefore([Number(major), Number(minor)], OLDEST_PYTHON)) {
        tell(at, `\`python_version\` is ${major}.${minor}, but LangSmith requires ${OLDEST_PYTHON.join('.')} or newer; write a newer version`);
    }
    else if (variant.includes('bullseye'))
        tell(at, `\`python_version\` ${BULLSEYE}`);
}
function isBefore([major, minor], [oldMajor, oldMinor]) {
    return major < oldMajor || (major === oldMajor && minor < oldMinor);
}
function checkNode({ node_version: version }, needsNode, tell) {
    if (!isWritten(version)) {
        if (needsNode && version !== undefined) {
            tell(['node_version'], '`node_version` is empty, but all graphs are in JavaScript; write "22", or remove it');
        }
        return;
    }
    const fault = nodeFault(version);
    if (fault)
        tell(['node_version'], `\`node_version\` ${fault}`);
}
function nodeFault(version) {
    if (typeof version !== 'string')
        return 'is not a string; write it in double quotes, such as "22"';
    if (!/^\d+$/.test(version))
        return 'is not a major version; write the number alone, such as "22"';
    return Number(version) < OLDEST_NODE
        ? `is ${version}, but LangSmith requires ${OLDEST_NODE} or newer; write a newer version`
        : undefined;
}
function checkInstaller(config, usesPython, tell) {
    const { pip_installer: installer } = config;
    const isAsked = usesPython && (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(config.source)?.kind !== 'uv';
    if (installer === undefined || (!isWritten(installer) && !isAsked))
        return;
    if (['auto', 'pip', 'uv'].some((known) => known === installer))
        return;
    tell(['pip_installer'], '`pip_installer` is not one of "auto", "pip" and "uv"; write one of them, or remove it');
}
function checkSource({ source, dependencies }, usesPython, tell) {
    const hasDependencies = Array.isArray(dependencies) ? dependencies.length > 0 : isWritten(dependencies);
    if (source === undefined || source === null) {
        if (usesPython && !hasDependencies) {
            const fault = dependencies === undefined ? 'is missing' : 'is empty';
            tell(['dependencies'], `\`dependencies\` ${fault}, but Python graphs require it; write "dependencies": ["."]`);
        }
        return;
    }
    const { kind, root = '.', package: name } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(source) ?? {};
    if (kind !== 'uv') {
        tell(['source'], '`source` is not of a supported kind; write "source": {"kind": "uv", "root": "."}');
        return;
    }
    if (!usesPython) {
        tell(['source'], '`source` of the kind "uv" requires Python, but all graphs are in JavaScript; add `python_version`, or remove `source`');
    }
    if (hasDependencies) {
        tell(['dependencies'], '`dependencies` cannot be combined with `source` of the kind "uv", which reads dependencies from pyproject.toml and uv.lock; remove `dependencies`');
    }
    if (typeof root !== 'string' || root.trim() === '') {
        tell(['source', 'root'], '`source.root` is not a folder; write the folder that contains uv.lock, such as "."');
    }
    if (name !== undefined && name !== null && (typeof name !== 'string' || name.trim() === '')) {
        tell(['source', 'package'], '`source.package` is not the name of a package; write the `name` from its pyproject.toml');
    }
}
function isWritten(value) {
    return value !== undefined && value !== null && value !== '' && value !== false;
}
const ADDRESSES = [/git\+https?:\/\/([^/\s"']+)/gi, /\bgit\s*=\s*["']https?:\/\/([^/\s"']+)/gi];
const CREDENTIALS_IN_ADDRESS = 'a git URL with credentials or a user name, which LangSmith rejects because the image would contain them; remove them from the URL. To install a private package, check it out into a folder listed in `dependencies`, or use a package index';
function hasGitCredentials(text) {
    return ADDRESSES.some((form) => Array.from(text.matchAll(form)).some(([, host = '']) => host.includes('@')));
}


/***/ }),

/***/ 5217:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ askGit)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _paths_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3341);



const USUAL = { ms: 5_000, bytes: 1024 * 1024 };
const SETTINGS = [
    'safe.directory=*',
    'safe.bareRepository=explicit',
    'core.fsmonitor=false'
];
function askGit(folder, workspace, gitPath, args, input = '', limits = USUAL) {
    const answer = new Promise((resolve) => {
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)('git', [...SETTINGS.flatMap((setting) => ['-c', setting]), ...args], {
            cwd: folder,
            env: {
                ...(gitPath === undefined ? {} : { PATH: gitPath }),
                GIT_CEILING_DIRECTORIES: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(workspace),
                GIT_NO_LAZY_FETCH: '1',
                GIT_OPTIONAL_LOCKS: '0',
                GIT_TERMINAL_PROMPT: '0'
            },
            encoding: 'buffer',
            maxBuffer: limits.bytes,
            timeout: limits.ms,
            killSignal: 'SIGKILL',
            windowsHide: true
        }, (error, stdout) => resolve(error ? undefined : (0,_paths_js__WEBPACK_IMPORTED_MODULE_2__/* .textOfBytes */ .gm)(stdout)));
        child.stdin?.on('error', () => { });
        child.stdin?.end(input);
    });
    return answer.catch(() => undefined);
}


/***/ }),

/***/ 423:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ readJson)
/* harmony export */ });
/* unused harmony export findJsonFault */
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9547);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1379);



function readJson(bytes, example) {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const encoding = encodingFault(bytes);
    if (encoding)
        return { line: 1, text: encoding };
    const fault = findJsonFault(text);
    if (fault)
        return fault;
    const value = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(JSON.parse(text));
    if (!value)
        return { line: 1, text: `is not a JSON object; write ${example}` };
    const tree = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_1__.parseTree)(text);
    const nodeAt = (path) => {
        const node = tree && (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_1__.findNodeAtLocation)(tree, [...path]);
        return node || path.length === 0 ? node : nodeAt(path.slice(0, -1));
    };
    return {
        value,
        lineOf: (path) => text.slice(0, nodeAt(path)?.offset ?? 0).split('\n').length,
        sourceOf: (path) => {
            const node = nodeAt(path);
            return node ? text.slice(node.offset, node.offset + node.length) : '';
        }
    };
}
function encodingFault(bytes) {
    const [first, second, third] = bytes;
    const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    if (hasMark || (bytes.length > 1 && (first === 0) !== (second === 0))) {
        return 'is encoded in UTF-16; save it as UTF-8 (PowerShell: `Out-File -Encoding utf8NoBOM`)';
    }
    if (first === 0xef && second === 0xbb && third === 0xbf) {
        return 'begins with a byte order mark, which JSON does not allow; save it as UTF-8 without one';
    }
    return (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(bytes) ? undefined : 'is not encoded in UTF-8; save it as UTF-8';
}
const EXPECTED = {
    value: 'a value',
    firstValue: 'a value or ]',
    name: 'a name in double quotes',
    firstName: 'a name in double quotes, or }',
    colon: 'a colon',
    comma: 'a comma, or the closing bracket',
    end: 'the end of the text'
};
const JSON_BLANKS = /[ \t\r\n]*/y;
const TOKEN = /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
function findJsonFault(text) {
    const open = [];
    let state = 'value';
    let position = 0;
    for (;;) {
        position = skip(JSON_BLANKS, text, position);
        const end = skip(TOKEN, text, position);
        const token = text.slice(position, end);
        if (token === '' && state === 'end' && position === text.length)
            return undefined;
        const next = stateAfter(state, token, open);
        if (!next)
            return faultAt(text, position, state);
        state = next;
        position = end;
    }
}
function skip(pattern, text, from) {
    pattern.lastIndex = from;
    return pattern.test(text) ? pattern.lastIndex : from;
}
function stateAfter(state, token, open) {
    const afterValue = () => (open.length === 0 ? 'end' : 'comma');
    const inObject = open.at(-1) === '{';
    const closes = (token === '}' && inObject && (state === 'firstName' || state === 'comma')) ||
        (token === ']' && !inObject && (state === 'firstValue' || state === 'comma'));
    if (closes) {
        open.pop();
        return afterValue();
    }
    if (state === 'value' || state === 'firstValue') {
        if (token === '{' || token === '[') {
            open.push(token);
            return token === '{' ? 'firstName' : 'firstValue';
        }
        return /^["\w-]/.test(token) ? afterValue() : undefined;
    }
    if (state === 'name' || state === 'firstName')
        return token.startsWith('"') ? 'colon' : undefined;
    if (state === 'colon')
        return token === ':' ? 'value' : undefined;
    if (state === 'comma' && token === ',')
        return inObject ? 'name' : 'value';
    return undefined;
}
function faultAt(text, position, state) {
    const lines = text.slice(0, position).split('\n');
    const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
    const fault = extensionAt(text, position, state) ?? `: expected ${EXPECTED[state]}`;
    return { line: lines.length, text: `is not valid JSON: ${place}${fault}` };
}
function extensionAt(text, position, state) {
    if (/^(\/[/*]|#)/.test(text.slice(position, position + 2))) {
        return ' contains a comment, which JSON does not allow; remove all comments';
    }
    const closes = (state === 'name' && text[position] === '}') || (state === 'value' && text[position] === ']');
    return closes && /,\s*$/.test(text.slice(0, position))
        ? ' has a comma before the closing bracket, which JSON does not allow; remove the comma'
        : undefined;
}


/***/ }),

/***/ 7348:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ parseLanggraphConfig)
/* harmony export */ });
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1379);
/* harmony import */ var _runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4239);
/* harmony import */ var _config_rules_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1945);
/* harmony import */ var _json_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(423);




const EXAMPLE = '{"graphs": {"agent": "./src/agent.py:graph"}, "dependencies": ["."]}';
function parseLanggraphConfig(bytes) {
    const json = (0,_json_text_js__WEBPACK_IMPORTED_MODULE_1__/* .readJson */ .V)(bytes, EXAMPLE);
    if ('text' in json)
        return { ...configOf({ value: {}, lineOf: () => 1, sourceOf: () => '' }), problems: [json] };
    return configOf(json);
}
function configOf(json) {
    const problems = [];
    const remarks = [];
    const advice = [];
    const problem = (path, text) => void problems.push({ line: json.lineOf(path), text });
    const reading = { ...json, advice, remarks, problem };
    const { value } = json;
    const graphs = readGraphs(reading);
    const rules = (0,_config_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .readRules */ .Kc)(value, problem);
    return {
        graphs,
        companions: readCompanions(reading),
        dependencies: readDependencies(reading, rules.usesPython),
        uvRoot: readUvRoot(reading),
        uvPackage: (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(value.source)?.package,
        hasSource: value.source !== undefined && value.source !== null,
        ...rules,
        pipInstaller: value.pip_installer,
        ...readEnv(reading),
        advice,
        remarks,
        problems
    };
}
const GRAPH_FORM = 'write "./path/to/file.py:name"';
function readGraphs({ value: { graphs }, lineOf, problem }) {
    const named = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(graphs);
    if (!named || Object.keys(named).length === 0) {
        const fault = graphs === undefined ? 'is missing' : named ? 'is empty' : 'is not an object';
        problem(['graphs'], `\`graphs\` ${fault}; name at least one graph: "graphs": {"agent": "./src/agent.py:graph"}`);
        return [];
    }
    return Object.entries(named).flatMap(([id, graph]) => {
        const key = `graphs.${id}`;
        const form = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(graph) ? (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(graph)?.path : graph;
        if (typeof form !== 'string') {
            problem(['graphs', id], `\`${key}\` does not name a file; ${GRAPH_FORM}, or an object with this text as "path"`);
            return [];
        }
        const [path, name] = splitAtColon(form);
        const isWhole = path !== '' && (name !== '' || ((0,_config_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .isJavaScript */ .eh)(path) && !form.includes(':')));
        if (!isWhole) {
            problem(['graphs', id], `\`${key}\` requires a file, a colon and the name of the graph; ${GRAPH_FORM}`);
            return [];
        }
        return isFile(path) ? [{ key, path, line: lineOf(['graphs', id]) }] : [];
    });
}
function splitAtColon(text) {
    const colon = text.indexOf(':');
    return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}
function isFile(path) {
    return /[\\/]/.test(path);
}
const COMPANIONS = [
    [['auth', 'path'], true],
    [['encryption', 'path'], true],
    [['priority', 'path'], true],
    [['http', 'app'], true],
    [['checkpointer', 'path'], false],
    [['store', 'path'], false],
    [['store', 'index', 'embed'], false]
];
function readCompanions({ value, lineOf, problem }) {
    const attributes = COMPANIONS.flatMap(([at, isStrict]) => {
        const form = valueAt(value, at);
        if (typeof form !== 'string')
            return [];
        const key = at.join('.');
        if (isStrict && !form.includes(':')) {
            problem(at, `\`${key}\` requires a file, a colon and a name; ${GRAPH_FORM}`);
            return [];
        }
        const [path, name] = splitAtColon(form);
        return name !== '' && isFile(path) ? [{ key, path, line: lineOf(at) }] : [];
    });
    const files = [['pip_config_file'], ...Object.keys((0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(value.ui) ?? {}).map((name) => ['ui', name])].flatMap((at) => {
        const path = valueAt(value, at);
        return typeof path === 'string' && path !== '' ? [{ key: at.join('.'), path, line: lineOf(at) }] : [];
    });
    return [...attributes, ...files];
}
function valueAt(value, path) {
    return path.reduce((inner, name) => (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(inner)?.[name], value);
}
function readDependencies(reading, usesPython) {
    const { lineOf, problem } = reading;
    const at = (index) => (Array.isArray(reading.value.dependencies) ? ['dependencies', index] : ['dependencies']);
    return entriesOf(reading, usesPython).flatMap((entry, index) => {
        const key = `dependencies[${index}]`;
        if (typeof entry !== 'string') {
            if (usesPython)
                problem(at(index), `\`${key}\` is not a string; write the name of a package, or a folder such as "."`);
            return [];
        }
        if ((0,_config_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .hasGitCredentials */ .xC)(entry))
            problem(at(index), `\`${key}\` is ${_config_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .CREDENTIALS_IN_ADDRESS */ .y3}`);
        return entry.startsWith('.') ? [{ key, path: entry, line: lineOf(at(index)) }] : [];
    });
}
function entriesOf({ value: { dependencies }, advice, problem }, usesPython) {
    if (Array.isArray(dependencies))
        return dependencies;
    if (dependencies === undefined || !usesPython)
        return [];
    if (dependencies === '.') {
        advice.push('`dependencies` is a string, not a list; write "dependencies": ["."].');
        return ['.'];
    }
    if (dependencies !== null && dependencies !== '') {
        problem(['dependencies'], '`dependencies` is not a list; write "dependencies": ["."]');
    }
    return [];
}
function readUvRoot({ value: { source }, lineOf }) {
    const { kind, root = '.' } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(source) ?? {};
    if (kind !== 'uv' || typeof root !== 'string' || root.trim() === '')
        return undefined;
    return { key: 'source.root', path: root, line: lineOf(['source', 'root']) };
}
function readEnv(reading) {
    const { value, lineOf, problem } = reading;
    const { env } = value;
    const none = { environment: [], environmentFile: undefined, environmentNames: [] };
    if (env === undefined || env === null || env === '')
        return none;
    if (typeof env === 'string')
        return { ...none, environmentFile: { key: 'env', path: env, line: lineOf(['env']) } };
    if (Array.isArray(env)) {
        const names = env.filter((name) => typeof name === 'string' && (0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isVariableName */ .KL)(name));
        return { ...none, environmentNames: [...new Set(names)] };
    }
    const variables = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(env);
    if (!variables) {
        problem(['env'], '`env` is neither a file nor an object; write "env": ".env", or "env": {"NAME": "value"}');
        return none;
    }
    return { ...none, environment: Object.entries(variables).flatMap((entry) => readVariable(reading, entry)) };
}
function readVariable({ problem, remarks, sourceOf }, [name, item]) {
    const key = `\`env.${name}\``;
    if (!(0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isVariableName */ .KL)(name))
        remarks.push(`${key} is not a valid variable name; skipped.`);
    else if (item === '' || item === null)
        remarks.push(`${key} is empty; skipped.`);
    else if (typeof item === 'string')
        return [{ name, value: item }];
    else if (typeof item === 'object')
        problem(['env', name], `${key} is not a string; put the value in double quotes`);
    else
        return [{ name, value: sourceOf(['env', name]) }];
    return [];
}


/***/ })

};
