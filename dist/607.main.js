export const id = 607;
export const ids = [607];
export const modules = {

/***/ 3871:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FK: () => (/* binding */ isInside),
/* harmony export */   Mf: () => (/* binding */ relativeTo),
/* harmony export */   Mp: () => (/* binding */ commonFolder)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);

/** Whether an absolute path is the folder itself or lies below it. Both must be normalised. */
function isInside(folder, path) {
    return path === folder || path.startsWith(folder.endsWith(node_path__WEBPACK_IMPORTED_MODULE_0__.sep) ? folder : folder + node_path__WEBPACK_IMPORTED_MODULE_0__.sep);
}
/** The path as seen from the folder, with forward slashes; empty for the folder itself. */
function relativeTo(folder, path) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(folder, path).split(node_path__WEBPACK_IMPORTED_MODULE_0__.sep).join('/');
}
/** The deepest folder that holds all of these folders, or is one of them. */
function commonFolder(first, others) {
    let common = first.split(node_path__WEBPACK_IMPORTED_MODULE_0__.sep);
    for (const other of others) {
        const parts = other.split(node_path__WEBPACK_IMPORTED_MODULE_0__.sep);
        const length = common.findIndex((part, index) => part !== parts[index]);
        if (length >= 0)
            common = common.slice(0, length);
    }
    return common.join(node_path__WEBPACK_IMPORTED_MODULE_0__.sep) || node_path__WEBPACK_IMPORTED_MODULE_0__.sep;
}


/***/ }),

/***/ 9607:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readProject: () => (/* binding */ readProject)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/deployment/archive/environment-file.js
const ASSIGNMENT = /[^\S\n]*(?:export[^\S\n]+)?([A-Za-z_][A-Za-z0-9_]*)[^\S\n]*=[^\S\n]*/y;
const SINGLE_QUOTED = /'([^']*)'/y;
const DOUBLE_QUOTED = /"([^"\\]*(?:\\[\s\S][^"\\]*)*)"/y;
const REST_AFTER_QUOTES = /[^\S\n]*(?:(?<=\s)#[^\n]*)?(?:\n|$)/y;
const ESCAPES = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
/**
 * Reads a dotenv file: `NAME=value`, optionally after `export`; comments on lines of their own or after a blank; values
 * in single quotes as they stand, in double quotes with `\n \r \t \" \\`, both over several lines if they like. What
 * the common parsers read differently or lose in silence is a problem here: a line that is no assignment, an open
 * quote, something behind the closing one, a value that begins with #, a name given twice. `${NAME}` is not expanded.
 */
function parseEnvironment(text) {
    const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
    const found = new Map();
    const problems = [];
    let position = 0;
    let line = 1;
    while (position < source.length) {
        const lineEnd = endOfLine(source, position);
        let end = lineEnd;
        if (!/^\s*(#|$)/.test(source.slice(position, lineEnd))) {
            const read = readAssignment(source, position, lineEnd);
            end = read.end;
            if ('problem' in read)
                problems.push(`line ${line}: ${read.problem}`);
            else {
                const earlier = found.get(read.name);
                if (earlier)
                    problems.push(`line ${line}: ${read.name} is given a second time, first in line ${earlier.line}`);
                else
                    found.set(read.name, { value: read.value, line });
            }
        }
        line += source.slice(position, end).split('\n').length;
        position = end + 1;
    }
    const variables = [...found].map(([name, { value }]) => ({ name, value }));
    return { variables: variables.filter(({ value }) => value !== ''), problems, notices: noticesOf(variables) };
}
function readAssignment(source, start, lineEnd) {
    const broken = (problem, end = lineEnd) => ({ problem, end });
    const [, name] = match(ASSIGNMENT, source, start) ?? [];
    if (name === undefined) {
        return broken('is no NAME=value; a name has letters, digits and underscores and no digit first');
    }
    const from = ASSIGNMENT.lastIndex;
    const first = source[from];
    if (first === '#')
        return broken(`the value of ${name} begins with #; put it in quotes, or remove it`);
    if (first === '`')
        return broken(`the value of ${name} begins with a backtick; use ' or " instead`);
    if (first !== "'" && first !== '"') {
        // A # right behind other characters belongs to the value: passwords have them.
        const value = source
            .slice(from, lineEnd)
            .replace(/\s#[\s\S]*$/, '')
            .trimEnd();
        return { name, value, end: lineEnd };
    }
    const pattern = first === '"' ? DOUBLE_QUOTED : SINGLE_QUOTED;
    const [, inner] = match(pattern, source, from) ?? [];
    // Behind an open quote every line would be a problem of its own.
    if (inner === undefined)
        return broken(`the quote that opens the value of ${name} is never closed`, source.length);
    if (!match(REST_AFTER_QUOTES, source, pattern.lastIndex)) {
        return broken(`something follows the closing quote of ${name}; remove it, or close the quote at the end`);
    }
    const value = first === '"' ? inner.replace(/\\([\s\S])/g, (whole, letter) => ESCAPES[letter] ?? whole) : inner;
    return { name, value, end: endOfLine(source, pattern.lastIndex) };
}
function match(pattern, source, from) {
    pattern.lastIndex = from;
    return pattern.exec(source);
}
function endOfLine(source, from) {
    const end = source.indexOf('\n', from);
    return end < 0 ? source.length : end;
}
function noticesOf(variables) {
    const empty = variables.filter(({ value }) => value === '').map(({ name }) => name);
    const expanding = variables.filter(({ value }) => /\$\{\w+/.test(value)).map(({ name }) => name);
    const notices = [];
    if (empty.length > 0)
        notices.push(`${empty.join(', ')}: left out, since the value is empty.`);
    if (expanding.length > 0)
        notices.push(`${expanding.join(', ')}: \${…} in the value is sent as it stands, not expanded.`);
    return notices;
}

;// CONCATENATED MODULE: ./build/deployment/archive/json-fault.js
const EXPECTED = {
    value: 'a value',
    firstValue: 'a value or ]',
    name: 'a name in double quotes (a comma before } is one too many)',
    firstName: 'a name in double quotes, or }',
    colon: 'a colon',
    comma: 'a comma, or the closing bracket',
    end: 'nothing more'
};
const BLANKS = /[ \t\r\n]*/y;
const TOKEN = 
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids just these in a string
/[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/**
 * Finds the first place at which a text stops being JSON; nothing when it is valid. JSON.parse names the place in some
 * of its messages only, and quotes the text in the others, which may hold secrets.
 */
function findJsonFault(text) {
    const open = [];
    let state = 'value';
    let position = 0;
    for (;;) {
        position = skip(BLANKS, text, position);
        const end = skip(TOKEN, text, position);
        const token = text.slice(position, end);
        if (token === '' && state === 'end' && position === text.length)
            return undefined;
        const next = step(state, token, open);
        if (!next)
            return faultAt(text, position, EXPECTED[state]);
        state = next;
        position = end;
    }
}
function skip(pattern, text, from) {
    pattern.lastIndex = from;
    return pattern.test(text) ? pattern.lastIndex : from;
}
/** The state after a token, or nothing when the token cannot stand here. `open` holds the brackets not yet closed. */
function step(state, token, open) {
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
function faultAt(text, position, expected) {
    const lines = text.slice(0, position).split('\n');
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, expected };
}

;// CONCATENATED MODULE: ./build/deployment/archive/langgraph-config.js

/** Reads the text of a langgraph.json, of a Python or a JS project. */
function parseLanggraphConfig(text) {
    const problems = [];
    const config = parseObject(text, problems);
    return {
        graphs: config ? readGraphs(config.graphs, problems) : [],
        dependencies: config ? readDependencies(config.dependencies, problems) : [],
        ...readEnvironment(config?.env, problems),
        problems
    };
}
function parseObject(text, problems) {
    if (text.startsWith('\uFEFF')) {
        problems.push('begins with a byte order mark, which JSON does not allow; save it as UTF-8 without one');
        return undefined;
    }
    const fault = findJsonFault(text);
    if (fault) {
        const { line, column, expected } = fault;
        problems.push(`is no valid JSON: line ${line}, column ${column}: expected ${expected}`);
        return undefined;
    }
    const value = JSON.parse(text);
    if (isObject(value))
        return value;
    problems.push('is no JSON object; write {"graphs": {"agent": "./src/agent.py:graph"}, "dependencies": ["."]}');
    return undefined;
}
const GRAPH_FORM = 'write "./path/to/file.py:name"';
function readGraphs(value, problems) {
    if (!isObject(value) || Object.keys(value).length === 0) {
        const fault = value === undefined ? 'is missing' : isObject(value) ? 'is empty' : 'is no object';
        problems.push(`\`graphs\` ${fault}; name at least one graph: "graphs": {"agent": "./src/agent.py:graph"}`);
        return [];
    }
    return Object.entries(value).flatMap(([id, graph]) => {
        const key = `graphs.${id}`;
        const form = isObject(graph) ? graph.path : graph;
        if (typeof form !== 'string') {
            problems.push(`\`${key}\` names no file; ${GRAPH_FORM}, or an object with that as its "path"`);
            return [];
        }
        const [path = '', name = ''] = splitAtColon(form);
        if (path === '' || name === '') {
            problems.push(`\`${key}\` needs a file, a colon and the name of the graph in it; ${GRAPH_FORM}`);
            return [];
        }
        // Without a slash it is a module of an installed package, such as `my_agent.graph:graph`.
        return /[\\/]/.test(path) ? [{ key, path }] : [];
    });
}
function splitAtColon(text) {
    const colon = text.indexOf(':');
    return colon < 0 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
}
function readDependencies(value, problems) {
    if (value === undefined)
        return [];
    if (!Array.isArray(value)) {
        problems.push('`dependencies` is no list; write "dependencies": ["."]');
        return [];
    }
    return value.flatMap((entry, index) => {
        const key = `dependencies[${index}]`;
        if (typeof entry !== 'string' || entry === '') {
            problems.push(`\`${key}\` is no text; write a package, or a folder such as "."`);
            return [];
        }
        return /^[./]/.test(entry) ? [{ key, path: entry }] : [];
    });
}
function readEnvironment(value, problems) {
    const none = { environment: [], environmentFile: undefined };
    if (value === undefined)
        return none;
    if (typeof value === 'string' && value !== '')
        return { ...none, environmentFile: { key: 'env', path: value } };
    if (!isObject(value)) {
        problems.push('`env` is neither a file nor an object; write "env": ".env", or "env": {"NAME": "value"}');
        return none;
    }
    const environment = Object.entries(value).flatMap(([name, item]) => {
        if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
            problems.push(`\`env.${name}\` is no name for a variable; use letters, digits and underscores, no digit first`);
        }
        else if (typeof item !== 'string')
            problems.push(`\`env.${name}\` is no text; put the value in double quotes`);
        else
            return [{ name, value: item }];
        return [];
    });
    return { ...none, environment };
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// EXTERNAL MODULE: ./build/deployment/archive/paths.js
var archive_paths = __webpack_require__(3871);
// EXTERNAL MODULE: ./build/deployment/archive/project-error.js
var project_error = __webpack_require__(8565);
;// CONCATENATED MODULE: ./build/deployment/archive/project.js






/**
 * Reads the langgraph.json of a project and everything that it names.
 *
 * @throws {ProjectError} with every problem at once: of the file, its `graphs`, `dependencies` and `env`
 */
async function readProject(options) {
    const workspace = await (0,promises_.realpath)(options.workspace).catch((error) => {
        throw new project_error.ProjectError([`The workspace ${(0,project_error/* shown */.SP)(options.workspace)} ${(0,project_error/* inWords */.r4)(error)}.`]);
    });
    const configFile = await findConfig(workspace, options.configPath);
    const label = (0,project_error/* shown */.SP)((0,archive_paths/* relativeTo */.Mf)(workspace, configFile));
    const config = parseLanggraphConfig(await readText(configFile, label));
    const problems = [...config.problems];
    const base = (0,external_node_path_.dirname)(configFile);
    const find = (kind) => findPath.bind(undefined, { workspace, base, kind, problems });
    const dependencies = await collect(config.dependencies, find('folder'));
    const graphs = await collect(config.graphs, find('file'));
    const folders = [base, ...new Set(dependencies.map(({ real }) => real).filter((real) => !(0,archive_paths/* isInside */.FK)(base, real)))];
    problems.push(...unreachable([...graphs, ...dependencies], folders, workspace));
    const environmentFile = config.environmentFile && (await find('file')(config.environmentFile));
    const environment = await project_readEnvironment(config, environmentFile, workspace, problems);
    if (problems.length > 0)
        throw new project_error.ProjectError(problems.map((problem) => `${label}: ${(0,project_error/* shown */.SP)(problem)}.`));
    const root = (0,archive_paths/* commonFolder */.Mp)(base, folders);
    return {
        workspace,
        root,
        configPath: (0,archive_paths/* relativeTo */.Mf)(root, configFile),
        folders,
        environment: environment.variables,
        named: [...graphs, ...dependencies].map(({ key, place }) => ({ key, path: (0,archive_paths/* relativeTo */.Mf)(root, place) })),
        includeEnvFiles: options.includeEnvFiles,
        notices: environment.notices.map((notice) => `${label}: \`env\`: ${notice}`)
    };
}
async function findConfig(workspace, path) {
    const name = (0,project_error/* shown */.SP)(path);
    const file = await (0,promises_.realpath)((0,external_node_path_.resolve)(workspace, path)).catch((error) => {
        const fault = (0,project_error/* codeOf */.$N)(error) === 'ENOENT' ? 'does not exist in the workspace' : (0,project_error/* inWords */.r4)(error);
        throw new project_error.ProjectError([
            `${name} ${fault}. Check the repository out first, and set \`langgraph-config\` to the file.`
        ]);
    });
    if (!(0,archive_paths/* isInside */.FK)(workspace, file)) {
        throw new project_error.ProjectError([`${name} lies outside the workspace. Set \`langgraph-config\` to a file inside it.`]);
    }
    if (!(await (0,promises_.stat)(file)).isFile()) {
        throw new project_error.ProjectError([`${name} is no file. Set \`langgraph-config\` to the langgraph.json itself.`]);
    }
    return file;
}
async function readText(file, label) {
    try {
        return await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        throw new project_error.ProjectError([`${label} ${(0,project_error/* inWords */.r4)(error)}.`]);
    }
}
async function collect(paths, find) {
    const found = [];
    // One after the other, so that problems come in the order of the file.
    for (const path of paths)
        found.push(...[await find(path)].filter((result) => result !== undefined));
    return found;
}
async function findPath(search, { key, path }) {
    const { workspace, base, kind, problems } = search;
    const place = (0,external_node_path_.resolve)(base, path);
    const naming = `\`${key}\` names ${path}, which`;
    const outside = `${naming} lies outside the workspace; move it inside, or check out the folder that holds both`;
    try {
        const real = await (0,promises_.realpath)(place);
        if (!(0,archive_paths/* isInside */.FK)(workspace, real))
            problems.push(outside);
        else {
            const status = await (0,promises_.stat)(real);
            if (kind === 'file' ? status.isFile() : status.isDirectory())
                return { key, path, place, real };
            problems.push(`${naming} is no ${kind}; name a ${kind}`);
        }
    }
    catch (error) {
        const cure = key === 'env'
            ? 'write it in an earlier step, or remove `env` and give the variables as `secrets`'
            : `correct the path, or commit the ${kind}`;
        const missing = `${naming} ${(0,project_error/* inWords */.r4)(error)} (looked for ${(0,archive_paths/* relativeTo */.Mf)(workspace, place)}); ${cure}`;
        problems.push((0,archive_paths/* isInside */.FK)(workspace, place) ? missing : outside);
    }
    return undefined;
}
/** What exists, but at a place that does not go into the archive, so that the build would not find it. */
function unreachable(paths, folders, workspace) {
    return paths
        .filter(({ place }) => !folders.some((folder) => (0,archive_paths/* isInside */.FK)(folder, place)))
        .map(({ key, path, place, real }) => place === real
        ? `\`${key}\` names ${path}, which is outside the config's folder; add its folder to \`dependencies\``
        : `\`${key}\` names ${path}, which is reached by a symbolic link outside the config's folder; name ${(0,archive_paths/* relativeTo */.Mf)(workspace, real)} itself`);
}
async function project_readEnvironment(config, file, workspace, problems) {
    if (!file) {
        const empty = config.environment.filter(({ value }) => value === '').map(({ name }) => name);
        return {
            variables: config.environment.filter(({ value }) => value !== ''),
            notices: empty.length > 0 ? [`${empty.join(', ')}: left out, since the value is empty.`] : []
        };
    }
    const label = (0,archive_paths/* relativeTo */.Mf)(workspace, file.real);
    try {
        const parsed = parseEnvironment(await (0,promises_.readFile)(file.real, 'utf8'));
        problems.push(...parsed.problems.map((problem) => `\`env\`: ${label}: ${problem}`));
        return parsed;
    }
    catch (error) {
        problems.push(`\`env\` names ${file.path}, which ${(0,project_error/* inWords */.r4)(error)}`);
        return { variables: [], notices: [] };
    }
}


/***/ })

};
