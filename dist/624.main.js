export const id = 624;
export const ids = [624];
export const modules = {

/***/ 3624:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readProject: () => (/* binding */ readProject)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __webpack_require__(9547);
// EXTERNAL MODULE: ./build/object.js
var object = __webpack_require__(8949);
// EXTERNAL MODULE: ./build/deployment/secrets.js
var secrets = __webpack_require__(1887);
// EXTERNAL MODULE: ./build/deployment/archive/absence.js
var absence = __webpack_require__(5416);
// EXTERNAL MODULE: ./build/deployment/archive/config-file.js
var config_file = __webpack_require__(7544);
// EXTERNAL MODULE: ./build/deployment/archive/config-rules.js
var config_rules = __webpack_require__(791);
// EXTERNAL MODULE: ./build/deployment/archive/environment-file.js
var environment_file = __webpack_require__(673);
// EXTERNAL MODULE: ./build/deployment/archive/json-text.js + 1 modules
var json_text = __webpack_require__(4997);
;// CONCATENATED MODULE: ./build/deployment/archive/package-json.js





/** What a package.json says; nothing where there is none, or none that can be read. */
async function readPackage(folder) {
    const bytes = await (0,promises_.readFile)((0,external_node_path_.join)(folder, 'package.json')).catch(() => undefined);
    return bytes && (0,json_text/* readJson */.V)(bytes, '{"name": "agent"}');
}
/**
 * What the official command line tool refuses about the package.json beside a configuration, whose `engines` decide on
 * the image.
 */
function packageProblems(packageJson) {
    if ('text' in packageJson)
        return [packageJson];
    const { value, lineOf } = packageJson;
    const engines = (0,object/* object */.I)(value.engines);
    if (!engines)
        return [];
    const others = Object.keys(engines).filter((name) => name !== 'node');
    const foreign = others.map((name) => ({
        line: lineOf(['engines', name]),
        text: `\`engines.${name}\`: LangSmith takes \`node\` alone in \`engines\`; remove \`${name}\``
    }));
    const { node } = engines;
    if (node === undefined)
        return foreign;
    const fault = typeof node === 'string' ? (0,config_rules/* nodeFault */.d7)(node) : 'is not text; write it in double quotes, such as "22"';
    return fault ? [...foreign, { line: lineOf(['engines', 'node']), text: `\`engines.node\` ${fault}` }] : foreign;
}

// EXTERNAL MODULE: ./build/deployment/archive/paths.js
var archive_paths = __webpack_require__(3871);
;// CONCATENATED MODULE: ./build/deployment/archive/install-root.js






/**
 * Looks for the workspace of npm, pnpm, Yarn or Bun that a package belongs to: without its workspace file, its lock file
 * and its other packages an install fails, or installs something else.
 *
 * @param base the folder of the configuration; both are absolute and without symbolic links
 * @param workspace where the search ends
 * @returns nothing when all that the install needs lies in `base`
 */
async function findInstallRoot(base, workspace) {
    const folders = withParents(base, workspace);
    const contents = await Promise.all(folders.map(readPackage));
    const index = contents.findIndex((content) => content !== undefined);
    const content = contents[index];
    const home = folders[index];
    if (home === undefined || content === undefined)
        return undefined;
    const dependencies = 'value' in content ? dependenciesOf(content.value) : [];
    const isMember = dependencies.some((version) => version.startsWith('workspace:'));
    for (const folder of folders.slice(index + 1)) {
        const because = await coverOf(folder, (0,archive_paths/* relativeTo */.Mf)(folder, home), isMember);
        if (because)
            return { folder, because };
    }
    const linked = dependencies.flatMap((version) => {
        const [, path] = /^(?:file|link|portal):(.+)$/.exec(version) ?? [];
        const folder = path === undefined ? home : (0,external_node_path_.resolve)(home, path);
        return (0,archive_paths/* isInside */.FK)(workspace, folder) ? [folder] : [];
    });
    const common = (0,archive_paths/* commonFolder */.Mp)(home, linked);
    if (common !== home)
        return { folder: common, because: 'a dependency in package.json that begins with file: or link:' };
    const lock = home === base ? undefined : await lockFileIn(home);
    return lock === undefined ? undefined : { folder: home, because: lock };
}
async function lockFileIn(folder) {
    const names = await (0,promises_.readdir)(folder).catch(() => []);
    return [...Object.keys(LOCK_FILES), 'bun.lockb'].find((name) => names.includes(name));
}
function withParents(folder, last) {
    return folder === last || (0,external_node_path_.dirname)(folder) === folder ? [folder] : [folder, ...withParents((0,external_node_path_.dirname)(folder), last)];
}
function dependenciesOf(packageJson) {
    return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
        .flatMap((key) => Object.values((0,object/* object */.I)(packageJson[key]) ?? {}))
        .filter((version) => typeof version === 'string');
}
/**
 * The file by which a folder covers a package below it.
 *
 * @param isMember whether the package says that it belongs to a workspace; then any workspace will do
 */
async function coverOf(folder, path, isMember) {
    const read = (name) => (0,promises_.readFile)((0,external_node_path_.join)(folder, name), 'utf8').catch(() => undefined);
    const pnpm = await read('pnpm-workspace.yaml');
    if (pnpm !== undefined && (isMember || covers(await pnpmPatterns(pnpm), path)))
        return 'pnpm-workspace.yaml';
    const content = await readPackage(folder);
    const workspaces = content && 'value' in content ? content.value.workspaces : undefined;
    const patterns = texts(Array.isArray(workspaces) ? workspaces : (0,object/* object */.I)(workspaces)?.packages);
    if (patterns.length > 0 && (isMember || covers(patterns, path)))
        return 'package.json';
    for (const [name, holds] of Object.entries(LOCK_FILES)) {
        const text = await read(name);
        if (text !== undefined && holds(text, path))
            return name;
    }
    return undefined;
}
/** How each lock file names the packages of its workspace. */
const LOCK_FILES = {
    'package-lock.json': (text, path) => hasKey(text, 'packages', path),
    'npm-shrinkwrap.json': (text, path) => hasKey(text, 'packages', path),
    // Not parsed: it can be large, and a parser of YAML is slow.
    'pnpm-lock.yaml': (text, path) => [`\n  ${path}:`, `\n  '${path}':`, `\n  "${path}":`].some((key) => text.includes(key)),
    'yarn.lock': (text, path) => text.includes(`@workspace:${path}"`),
    'bun.lock': (text, path) => hasKey(text, 'workspaces', path)
};
function hasKey(text, section, key) {
    // Bun's has commas before closing brackets.
    const value = (0,main.parse)(text, [], { allowTrailingComma: true });
    return Object.hasOwn((0,object/* object */.I)((0,object/* object */.I)(value)?.[section]) ?? {}, key);
}
async function pnpmPatterns(text) {
    const { JSON_SCHEMA, load } = await __webpack_require__.e(/* import() */ 243).then(__webpack_require__.bind(__webpack_require__, 3243));
    try {
        return texts((0,object/* object */.I)(load(text, { schema: JSON_SCHEMA }))?.packages);
    }
    catch {
        return [];
    }
}
function texts(value) {
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
/** Whether patterns of a workspace file take a folder in. One that begins with `!` takes it out again. */
function covers(patterns, path) {
    const matches = (pattern) => asExpression(pattern).test(path);
    const [excluded, included] = [true, false].map((isNegative) => patterns.filter((pattern) => pattern.startsWith('!') === isNegative).map((pattern) => pattern.replace(/^!/, '')));
    return (included ?? []).some(matches) && !(excluded ?? []).some(matches);
}
/** `*` is any text of a name, `**` any number of folders, `{a,b}` one of several. */
function asExpression(pattern) {
    const trimmed = pattern.replace(/^\.?\//, '').replace(/\/+$/, '');
    const source = trimmed.replace(/\*\*\/|\/\*\*$|\*\*|\*|\?|\{([^{}]*)\}|[.+^$()|[\]\\{}]/g, (token, choices) => {
        if (token === '**/')
            return '(?:.+/)?';
        if (token === '/**')
            return '(?:/.+)?';
        if (token === '**')
            return '.*';
        if (token === '*')
            return '[^/]*';
        if (token === '?')
            return '[^/]';
        if (choices !== undefined)
            return `(?:${choices.split(',').map(escaped).join('|')})`;
        return `\\${token}`;
    });
    return new RegExp(`^${source}$`);
}
function escaped(text) {
    return text.replace(/[.*+?^$()|[\]\\{}]/g, (character) => (character === '*' ? '[^/]*' : `\\${character}`));
}

// EXTERNAL MODULE: ./build/deployment/archive/langgraph-config.js
var langgraph_config = __webpack_require__(2690);
// EXTERNAL MODULE: ./build/deployment/archive/project-error.js
var project_error = __webpack_require__(8565);
;// CONCATENATED MODULE: ./build/deployment/archive/uv-project.js



const FILES = ['pyproject.toml', 'uv.lock'];
/** Reads the project that `source` of the kind "uv" names. */
async function readUvProject(root) {
    const texts = await Promise.all(FILES.map((name) => (0,promises_.readFile)((0,external_node_path_.join)(root, name), 'utf8').catch(() => undefined)));
    const missing = FILES.filter((_, index) => texts[index] === undefined);
    const [, lock] = texts;
    const packages = lock === undefined ? [] : await packagesIn(lock);
    return {
        paths: [...FILES.filter((name) => !missing.includes(name)), ...(packages ?? [])],
        unreadable: packages ? [] : ['uv.lock'],
        missing
    };
}
/** The folders of the packages that uv.lock takes from the project itself; nothing when it is not TOML. */
async function packagesIn(lock) {
    const { parse } = await __webpack_require__.e(/* import() */ 292).then(__webpack_require__.bind(__webpack_require__, 3292));
    let parsed;
    try {
        parsed = parse(lock);
    }
    catch {
        return undefined;
    }
    const packages = (0,object/* object */.I)(parsed)?.package;
    const folders = (Array.isArray(packages) ? packages : []).flatMap((item) => {
        const { editable, virtual, directory } = (0,object/* object */.I)((0,object/* object */.I)(item)?.source) ?? {};
        return [editable, virtual, directory].filter((path) => typeof path === 'string');
    });
    return [...new Set(folders)].filter((path) => path !== '.');
}

;// CONCATENATED MODULE: ./build/deployment/archive/project.js















/**
 * Reads the langgraph.json of a project and everything that it names.
 *
 * @throws {ProjectError} with every problem at once: of the file, its `graphs`, `dependencies` and `env`
 */
async function readProject(options) {
    const { gitPath } = options;
    const workspace = await (0,promises_.realpath)(options.workspace).catch((error) => {
        throw new project_error.ProjectError([`The workspace ${(0,project_error/* shown */.SP)(options.workspace)} ${(0,project_error/* inWords */.r4)(error)}.`]);
    });
    const { file, label, bytes } = await (0,config_file/* readConfigFile */.R)(workspace, options.configPath, gitPath);
    const base = (0,external_node_path_.dirname)(file);
    const chosenRoot = options.root === undefined ? undefined : await findRoot(workspace, options.root, base);
    const config = (0,langgraph_config/* parseLanggraphConfig */.o)(bytes);
    const problems = [];
    const notices = config.remarks.map((remark) => `${label}: ${(0,project_error/* shown */.SP)(remark)}`);
    const problem = (line, text) => void problems.push({ place: { file: label, line }, text });
    const isBuilt = await buildOf(base, config, options);
    const search = { workspace, base, gitPath, isBuilt, problems, notices, warnings: [], problem };
    for (const { line, text } of config.problems)
        problem(line, text);
    if (config.usesNode)
        await checkPackage(search);
    const dependencies = await collect(config.dependencies, (path) => findFolder(search, path));
    const graphs = await collect(config.graphs, (path) => findFile(search, path));
    const companions = await collect(config.companions, (path) => findFile(search, path));
    const uv = config.uvRoot && (await findUvProject(search, config.uvRoot));
    const widened = chosenRoot ? undefined : await widen(search, config, uv?.root);
    const outer = [...(uv ? [uv.root] : []), ...(widened ? [widened] : []), ...dependencies.map(({ real }) => real)];
    const folders = [base, ...new Set(outer.filter((folder) => !(0,archive_paths/* isInside */.FK)(base, folder)))];
    if (chosenRoot)
        folders.push(...(chosenRoot === base ? [] : [chosenRoot]));
    const found = [...graphs, ...dependencies, ...companions];
    tellUnreachable(search, found, folders);
    if (chosenRoot)
        tellOutsideOf(search, chosenRoot, found, uv?.root);
    const environment = await readEnvironment(search, label, config, options.lookUp ?? (() => undefined));
    if (problems.length > 0)
        throw projectError(problems);
    const root = chosenRoot ?? (0,archive_paths/* commonFolder */.Mp)(base, folders);
    const named = [...found.map(({ place }) => place), ...(uv?.places ?? [])];
    return {
        workspace,
        root,
        configPath: (0,archive_paths/* relativeTo */.Mf)(root, file),
        folders,
        ...environment,
        // The workspace itself is packed anyway, and nothing in it is lifted by it.
        named: [...new Set(named.map((place) => (0,archive_paths/* relativeTo */.Mf)(workspace, place)))].filter((path) => path !== ''),
        notices,
        warnings: search.warnings
    };
}
/** All problems, in the order of the lines. */
function projectError(problems) {
    const sorted = problems.toSorted((left, right) => left.place.line - right.place.line);
    return new project_error.ProjectError(sorted.map(({ place: { file, line }, text }) => `${file}:${line}: ${(0,project_error/* shown */.SP)(text)}.`), { place: sorted[0]?.place });
}
/** The folder that `root` names. @throws {ProjectError} when it is not one that can be packed from */
async function findRoot(workspace, root, base) {
    const refuse = (text) => new project_error.ProjectError([text], { input: 'root' });
    const folder = await (0,promises_.realpath)((0,external_node_path_.resolve)(workspace, root)).catch((error) => {
        throw refuse(`is ${(0,project_error/* shown */.SP)(root)}, which ${(0,project_error/* inWords */.r4)(error)}. Write a folder of the workspace, such as \`.\`.`);
    });
    if (!(0,archive_paths/* isInside */.FK)(workspace, folder))
        throw refuse(`is ${(0,project_error/* shown */.SP)(root)}, which lies outside the workspace. Write a folder inside it.`);
    if (!(0,archive_paths/* isInside */.FK)(folder, base)) {
        throw refuse(`is ${(0,project_error/* shown */.SP)(root)}, which does not hold the configuration in ${(0,project_error/* shown */.SP)((0,archive_paths/* relativeTo */.Mf)(workspace, base) || '.')}. Write a folder that does, or remove \`root\`.`);
    }
    return folder;
}
async function collect(paths, find) {
    const found = [];
    // One after the other, so that problems come in the order of the file.
    for (const path of paths)
        found.push(...[await find(path)].filter((result) => result !== undefined));
    return found;
}
async function findFolder(search, configured) {
    const found = await findPath(search, configured, 'folder');
    const { key, path, line } = configured;
    if (found && (await (0,promises_.readdir)(found.real).catch(() => ['?'])).length === 0) {
        search.problem(line, `\`${key}\` names ${path}, which is empty; if it is a submodule, write \`submodules: true\` at actions/checkout`);
    }
    return found;
}
async function findFile(search, configured) {
    return findPath(search, configured, 'file');
}
async function findPath(search, configured, kind) {
    const { workspace, base, isBuilt, notices } = search;
    const { key, path, line } = configured;
    const place = (0,external_node_path_.resolve)(base, path);
    const naming = `\`${key}\` names ${path}, which`;
    const outside = `${naming} lies outside the workspace; move it inside, or check out the folder that holds both`;
    try {
        const real = await (0,promises_.realpath)(place);
        if (!(0,archive_paths/* isInside */.FK)(workspace, real))
            search.problem(line, outside);
        else {
            const status = await (0,promises_.stat)(real);
            if (kind === 'file' ? status.isFile() : status.isDirectory())
                return { ...configured, place, real };
            search.problem(line, `${naming} is not a ${kind}; name a ${kind}`);
        }
    }
    catch (error) {
        if (kind === 'file' && isBuilt(place)) {
            notices.push((0,project_error/* shown */.SP)(`${naming} is not there and is left to the build.`));
            return undefined;
        }
        const cause = await (0,absence/* causeOfAbsence */.m)(path, place, workspace, search.gitPath);
        const looked = `${naming} ${(0,project_error/* inWords */.r4)(error)} (looked for ${(0,archive_paths/* relativeTo */.Mf)(workspace, place)})`;
        if (cause)
            search.problem(line, `${naming} ${(0,project_error/* inWords */.r4)(error)}: ${cause}`);
        else
            search.problem(line, (0,archive_paths/* isInside */.FK)(workspace, place) ? `${looked}; correct the path, or commit the ${kind}` : outside);
    }
    return undefined;
}
const OUTPUT_FOLDERS = ['dist', 'build', 'out', 'lib', '.output'];
/** Tells what a build command, or a script named `build`, may make: JavaScript in a folder for output. */
async function buildOf(base, { hasPackage }, { hasBuildCommand }) {
    if (!hasPackage)
        return () => false;
    const packageJson = await readPackage(base);
    const script = packageJson && 'value' in packageJson ? (0,object/* object */.I)(packageJson.value.scripts)?.build : undefined;
    if (!hasBuildCommand && typeof script !== 'string')
        return () => false;
    const typescript = (0,main.parse)(await (0,promises_.readFile)((0,external_node_path_.join)(base, 'tsconfig.json'), 'utf8').catch(() => ''));
    const outDir = (0,object/* object */.I)((0,object/* object */.I)(typescript)?.compilerOptions)?.outDir;
    const output = typeof outDir === 'string' && outDir !== '' ? (0,external_node_path_.resolve)(base, outDir) : undefined;
    return (place) => {
        if (!(0,config_rules/* isJavaScript */.eh)(place))
            return false;
        const folders = (0,archive_paths/* relativeTo */.Mf)(base, (0,external_node_path_.dirname)(place)).split('/');
        const isBelow = output !== undefined && output !== base && (0,archive_paths/* isInside */.FK)(output, place);
        return isBelow || folders.some((folder) => OUTPUT_FOLDERS.includes(folder));
    };
}
async function checkPackage({ base, workspace, problems }) {
    const packageJson = await readPackage(base);
    if (!packageJson)
        return;
    const file = (0,project_error/* shown */.SP)((0,archive_paths/* relativeTo */.Mf)(workspace, (0,external_node_path_.join)(base, 'package.json')));
    for (const { line, text } of packageProblems(packageJson))
        problems.push({ place: { file, line }, text });
}
/** The uv project that `source` names. What is wrong with it is among the problems. */
async function findUvProject(search, configured) {
    const { workspace, warnings } = search;
    const { key, path, line } = configured;
    const found = await findPath(search, configured, 'folder');
    if (!found)
        return undefined;
    const root = found.real;
    const { paths, missing, unreadable } = await readUvProject(root);
    for (const name of missing) {
        search.problem(line, `\`${key}\` names ${path}, which has no ${name}; name the folder where \`uv lock\` runs`);
    }
    for (const name of unreadable) {
        const file = (0,project_error/* shown */.SP)((0,archive_paths/* relativeTo */.Mf)(workspace, (0,external_node_path_.join)(root, name)));
        warnings.push(`${file} is not valid TOML, so it is not known which packages it names; run \`uv lock\` again.`);
    }
    const places = paths.map((name) => (0,external_node_path_.resolve)(root, name));
    for (const place of places) {
        const shownPlace = (0,archive_paths/* relativeTo */.Mf)(workspace, place);
        if (!(0,archive_paths/* isInside */.FK)(root, place)) {
            search.problem(line, `\`${key}\` names ${path}, and uv.lock names ${shownPlace} outside of it; name a folder that holds both`);
        }
        else if (!(await (0,promises_.stat)(place).catch(() => undefined))) {
            search.problem(line, `\`${key}\`: uv.lock names ${shownPlace}, which does not exist; commit it, or run \`uv lock\` again`);
        }
    }
    return { root, places };
}
/** The folder that npm or its like install from, where that lies above what is packed anyway. */
async function widen({ base, workspace, notices }, { hasPackage }, uvRoot) {
    const widened = hasPackage ? await findInstallRoot(base, workspace) : undefined;
    const folder = widened?.folder ?? uvRoot;
    if (folder === undefined || (0,archive_paths/* isInside */.FK)(base, folder))
        return undefined;
    const because = widened ? widened.because : '`source.root`';
    notices.push(`The archive holds ${nameOf(workspace, folder)} and not only ${nameOf(workspace, base)}, because of ${because}.`);
    return folder;
}
function nameOf(workspace, folder) {
    return folder === workspace ? 'the whole workspace' : (0,project_error/* shown */.SP)((0,archive_paths/* relativeTo */.Mf)(workspace, folder));
}
/** What exists, but at a place that does not go into the archive, so that the build would not find it. */
function tellUnreachable({ workspace, problem }, paths, folders) {
    for (const { key, path, place, real, line } of paths) {
        if (folders.some((folder) => (0,archive_paths/* isInside */.FK)(folder, place)))
            continue;
        const naming = `\`${key}\` names ${path}, which is`;
        problem(line, place === real
            ? `${naming} outside the config's folder; add its folder to \`dependencies\``
            : `${naming} reached by a symbolic link outside the config's folder; name ${(0,archive_paths/* relativeTo */.Mf)(workspace, real)} itself`);
    }
}
function tellOutsideOf({ workspace, problem }, root, paths, uvRoot) {
    const cure = 'write a folder into the input `root` that holds both';
    for (const { key, path, place, line } of paths) {
        if (!(0,archive_paths/* isInside */.FK)(root, place))
            problem(line, `\`${key}\` names ${path}, which lies outside ${nameOf(workspace, root)}; ${cure}`);
    }
    if (uvRoot && !(0,archive_paths/* isInside */.FK)(root, uvRoot)) {
        problem(1, `\`source.root\` lies outside ${nameOf(workspace, root)}; ${cure}`);
    }
}
async function readEnvironment(search, label, config, lookUp) {
    const { workspace, base, notices, warnings } = search;
    const { environmentFile: configured } = config;
    if (!configured)
        return environmentOf(config.environment, undefined, false);
    const { path, line } = configured;
    const place = (0,external_node_path_.resolve)(base, path);
    const file = (0,archive_paths/* relativeTo */.Mf)(workspace, place);
    if (!(await (0,promises_.stat)(place).catch(() => undefined))) {
        // It is never committed, so that a fresh checkout has none.
        notices.push(`${label}: \`env\` names ${(0,project_error/* shown */.SP)(path)}, which is not there. Set its variables in \`secrets\` or \`variables\`, or write the file in an earlier step.`);
        return environmentOf([], file, true);
    }
    const found = await findFile(search, configured);
    if (!found)
        return environmentOf([], file, false);
    try {
        const read = (0,environment_file/* readEnvironmentFile */.S)(await (0,promises_.readFile)(found.real), lookUp);
        const told = (texts) => texts.map((text) => `${label}: \`env\`: ${(0,project_error/* shown */.SP)(file)}: ${text}`);
        for (const problem of read.problems)
            search.problem(line, `\`env\`: ${file}: ${problem}`);
        notices.push(...told(read.remarks));
        warnings.push(...told(read.warnings));
        return environmentOf(read.variables, file, false);
    }
    catch (error) {
        search.problem(line, `\`env\` names ${path}, which ${(0,project_error/* inWords */.r4)(error)}`);
        return environmentOf([], file, false);
    }
}
function environmentOf(variables, environmentFile, isEnvironmentMissing) {
    return {
        environment: variables.filter(({ name }) => name !== secrets/* DEPLOYMENT_NAME */.cr),
        environmentFile,
        isEnvironmentMissing,
        deploymentName: variables.find(({ name }) => name === secrets/* DEPLOYMENT_NAME */.cr)?.value.trim() || undefined
    };
}


/***/ })

};
