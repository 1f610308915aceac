export const id = 430;
export const ids = [430];
export const modules = {

/***/ 6430:
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
// EXTERNAL MODULE: ./build/run/object.js
var object = __webpack_require__(1379);
// EXTERNAL MODULE: ./build/archive/config-rules.js
var config_rules = __webpack_require__(1945);
// EXTERNAL MODULE: ./build/archive/json-text.js
var json_text = __webpack_require__(423);
;// CONCATENATED MODULE: ./build/archive/package-json.js





async function readPackage(folder) {
    const bytes = await (0,promises_.readFile)((0,external_node_path_.join)(folder, 'package.json')).catch(() => undefined);
    const json = bytes && (0,json_text/* readJson */.V)(bytes, PACKAGE_EXAMPLE);
    return json && ('value' in json ? json.value : {});
}
const PACKAGE_EXAMPLE = '{"name": "agent"}';
function packageProblems(bytes) {
    const json = (0,json_text/* readJson */.V)(bytes, PACKAGE_EXAMPLE);
    if ('text' in json)
        return [json];
    const { value, lineOf } = json;
    const engines = (0,object/* object */.I)(value.engines);
    if (!engines)
        return [];
    const others = Object.keys(engines).filter((name) => name !== 'node');
    const foreign = others.map((name) => ({
        line: lineOf(['engines', name]),
        text: `\`engines.${name}\`: LangSmith accepts only \`node\` in \`engines\`; remove \`${name}\``
    }));
    const { node } = engines;
    if (node === undefined)
        return foreign;
    const fault = (0,config_rules/* nodeFault */.d7)(node);
    return fault ? [...foreign, { line: lineOf(['engines', 'node']), text: `\`engines.node\` ${fault}` }] : foreign;
}

// EXTERNAL MODULE: ./build/archive/paths.js
var archive_paths = __webpack_require__(3341);
;// CONCATENATED MODULE: ./build/archive/build-output.js







const OUTPUT_FOLDERS = ['dist', 'build', 'out', 'lib', '.output'];
const MOST_FILES = 50;
async function readBuildOutput(given) {
    const { base, root, workspace, hasBuildCommand } = given;
    if (!hasBuildCommand && !(await hasBuildScript(base)) && !(await hasBuildScript(root)))
        return () => false;
    const output = await outDirOf((0,external_node_path_.join)(base, 'tsconfig.json'), { base, workspace });
    return (place) => {
        if (!(0,config_rules/* isJavaScript */.eh)(place))
            return false;
        const folders = (0,archive_paths/* relativeTo */.Mf)(base, (0,external_node_path_.dirname)(place)).split('/');
        const isBelow = output !== undefined && output !== base && (0,archive_paths/* isInside */.FK)(output, place);
        return isBelow || folders.some((folder) => OUTPUT_FOLDERS.includes(folder));
    };
}
async function hasBuildScript(folder) {
    return typeof (0,object/* object */.I)((await readPackage(folder))?.scripts)?.build === 'string';
}
async function outDirOf(file, given, seen = new Set()) {
    if (seen.has(file) || seen.size >= MOST_FILES || !(0,archive_paths/* isInside */.FK)(given.workspace, file))
        return undefined;
    seen.add(file);
    const value = (0,main.parse)(await (0,promises_.readFile)(file, 'utf8').catch(() => ''));
    const { outDir } = (0,object/* object */.I)((0,object/* object */.I)(value)?.compilerOptions) ?? {};
    if (typeof outDir === 'string' && outDir !== '') {
        return (0,external_node_path_.resolve)((0,external_node_path_.dirname)(file), outDir.replace(/^\$\{configDir\}/i, () => given.base));
    }
    const written = (0,object/* object */.I)(value)?.extends;
    const others = (Array.isArray(written) ? written : [written]).filter((name) => typeof name === 'string');
    for (const name of others.toReversed()) {
        if (!/^\.\.?([/\\]|$)/.test(name) && !(0,external_node_path_.isAbsolute)(name))
            continue;
        const found = await outDirOf(await extendedFile((0,external_node_path_.resolve)((0,external_node_path_.dirname)(file), name)), given, seen);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
async function extendedFile(place) {
    if ((0,external_node_path_.extname)(place) === '.json')
        return place;
    return (await (0,promises_.stat)(place).catch(() => undefined))?.isFile() ? place : `${place}.json`;
}

// EXTERNAL MODULE: ./build/archive/config-file.js
var config_file = __webpack_require__(1626);
// EXTERNAL MODULE: ./build/archive/absence.js
var absence = __webpack_require__(5538);
// EXTERNAL MODULE: ./build/archive/project-error.js
var project_error = __webpack_require__(399);
;// CONCATENATED MODULE: ./build/archive/search.js





async function findPaths(search, paths, kind) {
    const found = [];
    for (const configured of paths) {
        const one = await findPath(search, configured, kind);
        if (!one)
            continue;
        found.push(one);
        const items = kind === 'folder' ? await (0,promises_.readdir)(one.real).catch(() => undefined) : undefined;
        if (items?.length !== 0)
            continue;
        const cure = 'if it is a submodule, set `submodules: true` for actions/checkout';
        search.problem(one.line, `\`${one.key}\` names ${one.path}, which is empty; ${cure}`);
    }
    return found;
}
async function findPath(search, configured, kind) {
    const { workspace, base, isBuilt, notices } = search;
    const { key, path, line } = configured;
    const place = (0,external_node_path_.resolve)(base, path);
    const naming = `\`${key}\` names ${path}, which`;
    const outside = `${naming} is outside the workspace; move it into the workspace`;
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
            notices.push((0,project_error/* shown */.SP)(`${naming} does not exist; the build is expected to create it.`));
            return undefined;
        }
        const cause = await (0,absence/* causeOfAbsence */.m)(path, place, workspace, search.gitPath);
        const absent = `${naming} ${(0,project_error/* whyRefused */.fG)(error)} (expected at ${(0,archive_paths/* relativeTo */.Mf)(workspace, place)})`;
        if (cause)
            search.problem(line, `${naming} ${(0,project_error/* whyRefused */.fG)(error)}: ${cause}`);
        else
            search.problem(line, (0,archive_paths/* isInside */.FK)(workspace, place) ? `${absent}; correct the path, or commit the ${kind}` : outside);
    }
    return undefined;
}
function folderName(workspace, folder) {
    return folder === workspace ? 'the whole workspace' : (0,project_error/* shown */.SP)((0,archive_paths/* relativeTo */.Mf)(workspace, folder));
}

;// CONCATENATED MODULE: ./build/archive/coverage.js


function checkCoverage(search, config, { graphs, dependencies, companions, uv }, folders, chosenRoot) {
    const found = [...graphs, ...dependencies, ...companions];
    tellUnreachable(search, found, folders);
    if (chosenRoot)
        tellOutsideOf(search, chosenRoot, found, uv?.root);
    const isComplete = dependencies.length === config.dependencies.length;
    if (config.usesPython && !config.hasSource && isComplete) {
        const packed = found.filter(({ place }) => folders.some((folder) => (0,archive_paths/* isInside */.FK)(folder, place)));
        tellUncovered(search, config, packed, dependencies);
    }
    if (uv)
        tellNotInstalled(search, found, uv);
}
function tellUnreachable({ workspace, problem }, paths, folders) {
    for (const { key, path, place, real, line } of paths) {
        if (folders.some((folder) => (0,archive_paths/* isInside */.FK)(folder, place)))
            continue;
        const naming = `\`${key}\` names ${path}, which is`;
        problem(line, place === real
            ? `${naming} outside the folder of the configuration; add the folder that contains it to \`dependencies\``
            : `${naming} reached through a symbolic link outside the folder of the configuration; name the target ${(0,archive_paths/* relativeTo */.Mf)(workspace, real)} instead`);
    }
}
function tellOutsideOf({ workspace, problem }, root, paths, uvRoot) {
    const cure = 'set the input `root` to a folder that also contains this path';
    for (const { key, path, place, line } of paths) {
        if (!(0,archive_paths/* isInside */.FK)(root, place))
            problem(line, `\`${key}\` names ${path}, which is outside ${folderName(workspace, root)}; ${cure}`);
    }
    if (uvRoot && !(0,archive_paths/* isInside */.FK)(root, uvRoot)) {
        problem(1, `\`source.root\` is outside ${folderName(workspace, root)}; ${cure}`);
    }
}
const COMPONENTS = ['auth.path', 'encryption.path', 'priority.path', 'checkpointer.path'];
function tellUncovered({ problem }, config, packed, dependencies) {
    if (config.problems.some(({ text }) => text.startsWith('`dependencies`')))
        return;
    const installed = dependencies.flatMap(({ place, real }) => [place, real]);
    for (const { key, path, place, real, line } of packed) {
        const isLookedFor = key.startsWith('graphs.') || key === 'http.app' || (COMPONENTS.includes(key) && path.startsWith('.'));
        if (!isLookedFor || installed.some((folder) => (0,archive_paths/* isInside */.FK)(folder, place) || (0,archive_paths/* isInside */.FK)(folder, real)))
            continue;
        problem(line, `\`${key}\` names ${path}, which is not in a local folder listed in \`dependencies\`, so the image would not contain it; add its folder to \`dependencies\``);
    }
}
function tellNotInstalled({ problem }, paths, { installs, target }) {
    if (target === undefined)
        return;
    for (const { key, path, real, line } of paths) {
        const isLookedFor = /^(graphs|ui)\./.test(key) || key === 'http.app' || COMPONENTS.includes(key);
        if (!isLookedFor || installs(real))
            continue;
        problem(line, `\`${key}\` names ${path}, which is neither in the uv package ${target} nor in its dependencies, so the image would not contain it; set \`source.package\` to the package that contains it, or add that package to the dependencies of ${target}`);
    }
}

;// CONCATENATED MODULE: ./build/archive/workspace-patterns.js
function covers(patterns, path, given = {}) {
    const matching = patterns.map(readPattern).filter(({ body }) => matches(body, path));
    if (given.isOrdered)
        return matching.at(-1)?.isExclusion === false;
    return matching.length > 0 && matching.every(({ isExclusion }) => !isExclusion);
}
function readPattern(pattern) {
    const [marks = ''] = /^!*(?!\()/.exec(pattern) ?? [];
    const body = pattern.slice(marks.length);
    return { body: body.replace(/^(\.?\/+)+/, '').replace(/\/+$/, ''), isExclusion: marks.length % 2 === 1 };
}
function matches(pattern, path) {
    try {
        return new RegExp(`^${readAll(pattern)}$`).test(path);
    }
    catch {
        return false;
    }
}
const ANY_NAME = '(?!\\.)[^/]+';
function readAll(text) {
    return readUntil({ text, at: 0 }, '');
}
function readUntil(cursor, ends) {
    let source = '';
    while (cursor.at < cursor.text.length && !ends.includes(cursor.text.charAt(cursor.at)))
        source += readOne(cursor, ends);
    return source;
}
function readOne(cursor, ends) {
    const rest = cursor.text.slice(cursor.at);
    const isFirst = cursor.at === 0 || '/{,(|'.includes(cursor.text.charAt(cursor.at - 1));
    const isLast = (length) => rest.length === length || ends.includes(rest.charAt(length));
    const take = (length, source) => {
        cursor.at += length;
        return source;
    };
    if (rest.startsWith('\\') && rest.length > 1)
        return take(2, escaped(rest.charAt(1)));
    if (isFirst && rest.startsWith('**/'))
        return take(3, `(?:${ANY_NAME}/)*`);
    if (rest.startsWith('/**') && isLast(3))
        return take(3, `(?:/${ANY_NAME})*`);
    if (isFirst && rest.startsWith('**') && isLast(2))
        return take(2, `${ANY_NAME}(?:/${ANY_NAME})*`);
    if (/^[@?*+!]\(/.test(rest))
        return readChoice(cursor, ends) ?? take(1, escaped(rest.charAt(0)));
    if (rest.startsWith('*')) {
        const stars = /^\*+/.exec(rest)?.[0].length ?? 1;
        return take(stars, `${isFirst ? '(?!\\.)' : ''}[^/]${isFirst && isLast(stars) ? '+' : '*'}`);
    }
    if (rest.startsWith('?'))
        return take(1, `${isFirst ? '(?!\\.)' : ''}[^/]`);
    const [set, sign = '', members = ''] = /^\[([!^]?)(\]?[^\]]*)\]/.exec(rest) ?? [];
    if (set && members)
        return take(set.length, `(?!/)[${sign && '^'}${members.replace(/[\\[\]^]/g, '\\$&')}]`);
    if (rest.startsWith('{'))
        return readRange(cursor) ?? readBraces(cursor) ?? take(1, '\\{');
    return take(1, escaped(rest.charAt(0)));
}
function escaped(text) {
    return text.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&');
}
function readChoice(cursor, ends) {
    const { text, at } = cursor;
    const choices = readList({ cursor, from: at + 2, separator: '|', end: ')' });
    if (!choices)
        return undefined;
    const inner = `(?:${choices.join('|')})`;
    const sign = text.charAt(at);
    if (sign !== '!')
        return sign === '@' ? inner : inner + sign;
    const behind = readUntil({ text, at: cursor.at }, `/${ends}`);
    return `(?!${inner}${behind}(?:/|$))(?!\\.)[^/]*`;
}
const LONGEST_RANGE = 1000;
function readRange(cursor) {
    const [whole, first, last] = /^\{(\d+|[a-zA-Z])\.\.(\d+|[a-zA-Z])\}/.exec(cursor.text.slice(cursor.at)) ?? [];
    if (whole === undefined || first === undefined || last === undefined)
        return undefined;
    const isNumber = /\d/.test(first);
    const [from = 0, to = 0] = [first, last]
        .map((end) => (isNumber ? Number(end) : end.charCodeAt(0)))
        .sort((a, b) => a - b);
    if (isNumber !== /\d/.test(last) || to - from > LONGEST_RANGE)
        return undefined;
    cursor.at += whole.length;
    const values = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    return `(?:${values.map((value) => (isNumber ? String(value) : escaped(String.fromCharCode(value)))).join('|')})`;
}
function readBraces(cursor) {
    const choices = readList({ cursor, from: cursor.at + 1, separator: ',', end: '}' });
    if (!choices)
        return undefined;
    const all = choices.join('|');
    return choices.length > 1 ? `(?:${all})` : `\\{${all}\\}`;
}
function readList({ cursor, from, separator, end }) {
    const inner = { text: cursor.text, at: from };
    const found = [];
    for (;;) {
        found.push(readUntil(inner, separator + end));
        const stop = inner.text.charAt(inner.at);
        inner.at += 1;
        if (stop === '')
            return undefined;
        if (stop === separator)
            continue;
        cursor.at = inner.at;
        return found;
    }
}

;// CONCATENATED MODULE: ./build/archive/install-root.js







async function findInstallRoot(base, workspace) {
    const folders = foldersUpTo(base, workspace);
    const contents = await Promise.all(folders.map(readPackage));
    const index = contents.findIndex((content) => content !== undefined);
    const content = contents[index];
    const home = folders[index];
    if (home === undefined || content === undefined)
        return undefined;
    const dependencies = dependenciesOf(content);
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
function foldersUpTo(folder, last) {
    return folder === last || (0,external_node_path_.dirname)(folder) === folder ? [folder] : [folder, ...foldersUpTo((0,external_node_path_.dirname)(folder), last)];
}
function dependenciesOf(packageJson) {
    return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
        .flatMap((key) => Object.values((0,object/* object */.I)(packageJson[key]) ?? {}))
        .filter((version) => typeof version === 'string');
}
async function coverOf(folder, path, isMember) {
    const read = (name) => (0,promises_.readFile)((0,external_node_path_.join)(folder, name), 'utf8').catch(() => undefined);
    const pnpm = await read('pnpm-workspace.yaml');
    if (pnpm !== undefined && (isMember || covers(await pnpmPatterns(pnpm), path)))
        return 'pnpm-workspace.yaml';
    const workspaces = (await readPackage(folder))?.workspaces;
    const patterns = texts(Array.isArray(workspaces) ? workspaces : (0,object/* object */.I)(workspaces)?.packages);
    if (patterns.length > 0 && (isMember || covers(patterns, path, { isOrdered: true })))
        return 'package.json';
    for (const [name, holds] of Object.entries(LOCK_FILES)) {
        const text = await read(name);
        if (text !== undefined && holds(text, path))
            return name;
    }
    return undefined;
}
const LOCK_FILES = {
    'package-lock.json': (text, path) => hasKey(text, 'packages', path),
    'npm-shrinkwrap.json': (text, path) => hasKey(text, 'packages', path),
    'pnpm-lock.yaml': (text, path) => [`\n  ${path}:`, `\n  '${path}':`, `\n  "${path}":`].some((key) => text.includes(key)),
    'yarn.lock': (text, path) => text.includes(`@workspace:${path}"`),
    'bun.lock': (text, path) => hasKey(text, 'workspaces', path)
};
function hasKey(text, section, key) {
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

// EXTERNAL MODULE: ./build/archive/langgraph-config.js
var langgraph_config = __webpack_require__(7348);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/archive/uv-project.js







const FILES = ['pyproject.toml', 'uv.lock'];
async function findUvProject(search, configured, chosen) {
    const found = await findPath(search, configured, 'folder');
    if (!found)
        return undefined;
    const root = found.real;
    const { there, packages } = await readUvFiles(search, configured, root);
    const target = findTarget(packages, { root, base: search.base, chosen });
    const installed = target ? withDependencies(packages, target) : packages;
    const foldersOf = (some) => [...new Set(some.map(({ folder }) => folder))].filter((folder) => folder !== root);
    const needed = foldersOf(installed);
    tellMissingPackages(search, configured, root, needed);
    if (target)
        noteMissingOthers(search, foldersOf(packages).filter((folder) => !needed.includes(folder)), target);
    else if (packages.length > 0)
        tellTargets(search, configured, packages, chosen);
    return {
        root,
        places: [...there.map((name) => (0,external_node_path_.join)(root, name)), ...needed],
        target: target?.name,
        installs: (path) => {
            const [home] = innermostFirst(packages.filter(({ folder }) => (0,archive_paths/* isInside */.FK)(folder, path)));
            return home !== undefined && installed.some(({ folder }) => folder === home.folder);
        }
    };
}
async function readUvFiles({ workspace, warnings, problem }, { key, path, line }, root) {
    const texts = await Promise.all(FILES.map((name) => (0,promises_.readFile)((0,external_node_path_.join)(root, name), 'utf8').catch(() => undefined)));
    FILES.forEach((name, index) => {
        if (texts[index] !== undefined)
            return;
        problem(line, `\`${key}\` names ${path}, which does not contain ${name}; name the folder where \`uv lock\` runs`);
    });
    const [, lock] = texts;
    const packages = lock === undefined ? [] : await localPackagesIn(lock, root);
    if (!packages) {
        const file = (0,project_error/* shown */.SP)((0,archive_paths/* relativeTo */.Mf)(workspace, (0,external_node_path_.join)(root, 'uv.lock')));
        warnings.push(`${file} is not valid TOML, so its packages are unknown; run \`uv lock\` again.`);
    }
    return { there: FILES.filter((_, index) => texts[index] !== undefined), packages: packages ?? [] };
}
function tellMissingPackages({ workspace, problem }, { key, path, line }, root, folders) {
    for (const folder of folders) {
        const named = (0,archive_paths/* relativeTo */.Mf)(workspace, folder);
        if (!(0,archive_paths/* isInside */.FK)(root, folder)) {
            problem(line, `\`${key}\` names ${path}, but uv.lock names ${named} outside that folder; name a folder that contains both`);
        }
        else if (!(0,external_node_fs_.existsSync)(folder)) {
            problem(line, `\`${key}\`: uv.lock names ${named}, which does not exist; commit it, or run \`uv lock\` again`);
        }
    }
}
function noteMissingOthers({ workspace, notices }, folders, { name }) {
    for (const folder of folders.filter((each) => !(0,external_node_fs_.existsSync)(each))) {
        const named = (0,archive_paths/* relativeTo */.Mf)(workspace, folder);
        notices.push((0,project_error/* shown */.SP)(`uv.lock names ${named}, which does not exist and is not needed by ${name}.`));
    }
}
function tellTargets({ problem }, { line }, packages, chosen) {
    const fault = typeof chosen === 'string' ? `names ${chosen}, which is not in uv.lock` : 'is required for this project';
    const names = packages.map(({ name }) => name);
    problem(line, `\`source.package\` ${fault}; write one of ${names.slice(0, 10).join(', ')}`);
}
async function localPackagesIn(lock, root) {
    const parsed = await parseToml(lock);
    return (parsed &&
        items(parsed.package).flatMap((item) => {
            const { name, source, dependencies } = (0,object/* object */.I)(item) ?? {};
            const { editable, virtual, directory } = (0,object/* object */.I)(source) ?? {};
            const path = [editable, virtual, directory].find((each) => typeof each === 'string');
            if (typeof path !== 'string' || typeof name !== 'string')
                return [];
            const needed = items(dependencies).map((each) => (0,object/* object */.I)(each)?.name);
            const texts = needed.filter((each) => typeof each === 'string');
            return [{ name, folder: (0,external_node_path_.resolve)(root, path), dependencies: texts }];
        }));
}
function items(value) {
    return Array.isArray(value) ? value : [];
}
function findTarget(packages, { root, base, chosen }) {
    if (typeof chosen === 'string')
        return packages.find(({ name }) => normalizedName(name) === normalizedName(chosen));
    const [around] = innermostFirst(packages.filter(({ folder }) => (0,archive_paths/* isInside */.FK)(folder, base)));
    if (around && (around.folder !== root || base === root))
        return around;
    return packages.length === 1 ? packages[0] : undefined;
}
function innermostFirst(packages) {
    return packages.toSorted((left, right) => right.folder.length - left.folder.length);
}
function withDependencies(packages, target) {
    const found = new Set([target]);
    for (const { dependencies } of found) {
        for (const each of packages)
            if (dependencies.includes(each.name))
                found.add(each);
    }
    return packages.filter((each) => found.has(each));
}
function normalizedName(name) {
    return name.toLowerCase().replace(/[._-]+/g, '-');
}
async function parseToml(text) {
    const { parse } = await __webpack_require__.e(/* import() */ 292).then(__webpack_require__.bind(__webpack_require__, 911));
    try {
        return parse(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/archive/uv-sources.js





async function findStraySources(folder, given) {
    const { dependencies, installer, workspace } = given;
    const own = await readPyproject(folder);
    if (!own || own.dependencies.length === 0)
        return [];
    const root = await findUvWorkspace(folder, workspace);
    const inherited = root && root.folder !== folder ? root.sources : {};
    const usesPip = installer === 'pip';
    const siblings = usesPip ? await Promise.all(dependencies.map(readPyproject)) : [];
    return own.dependencies.flatMap((name) => {
        const isOwn = name in own.sources;
        const source = isOwn ? own.sources[name] : inherited[name];
        const home = isOwn ? folder : (root?.folder ?? folder);
        const written = Array.isArray(source) ? source : [source];
        const entries = written.map((entry) => (0,object/* object */.I)(entry)).filter((entry) => entry !== undefined);
        const isMember = entries.some((entry) => entry.workspace === true);
        const paths = entries.flatMap(({ path }) => (typeof path === 'string' ? [(0,external_node_path_.resolve)(home, path)] : []));
        if (!isMember && paths.length === 0)
            return [];
        const stray = usesPip
            ? !siblings.some((sibling) => sibling?.name === name)
            : (isMember && !own.isWorkspace) || paths.some((path) => !isFoundInImage(folder, path, dependencies));
        const beside = paths.filter((path) => (0,archive_paths/* isInside */.FK)(workspace, path));
        return stray ? [{ name, root: root?.folder ?? (0,archive_paths/* commonFolder */.Mp)(folder, beside) }] : [];
    });
}
function isFoundInImage(folder, path, dependencies) {
    if ((0,archive_paths/* isInside */.FK)(folder, path))
        return true;
    const isBeside = external_node_path_.posix.dirname(path) === external_node_path_.posix.dirname(folder);
    return isBeside && (0,external_node_path_.basename)(path) !== (0,external_node_path_.basename)(folder) && dependencies.includes(path);
}
async function findUvWorkspace(folder, last) {
    const project = await readPyproject(folder);
    if (project?.isWorkspace)
        return { folder, sources: project.sources };
    return folder === last || !(0,archive_paths/* isInside */.FK)(last, folder) ? undefined : findUvWorkspace((0,external_node_path_.dirname)(folder), last);
}
async function readPyproject(folder) {
    const text = await (0,promises_.readFile)((0,external_node_path_.join)(folder, 'pyproject.toml'), 'utf8').catch(() => undefined);
    const value = text === undefined ? undefined : await parseToml(text);
    if (!value)
        return undefined;
    const { project, tool } = value;
    const { name, dependencies } = (0,object/* object */.I)(project) ?? {};
    const { sources, workspace } = (0,object/* object */.I)((0,object/* object */.I)(tool)?.uv) ?? {};
    return {
        name: typeof name === 'string' ? normalizedName(name) : undefined,
        dependencies: (Array.isArray(dependencies) ? dependencies : []).flatMap((entry) => {
            const [found] = (typeof entry === 'string' && /^\s*[A-Za-z0-9._-]+/.exec(entry)) || [];
            return found === undefined ? [] : [normalizedName(found.trim())];
        }),
        sources: Object.fromEntries(Object.entries((0,object/* object */.I)(sources) ?? {}).map(([key, entry]) => [normalizedName(key), entry])),
        isWorkspace: (0,object/* object */.I)(workspace) !== undefined
    };
}

;// CONCATENATED MODULE: ./build/archive/package-checks.js







const PYTHON_FILES = ['requirements.txt', 'pyproject.toml', 'setup.py', 'setup.cfg'];
const NODE_FILES = ['package.json', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml'];
async function checkPackageJson({ base, workspace, problems }) {
    const path = (0,external_node_path_.join)(base, 'package.json');
    const bytes = await (0,promises_.readFile)(path).catch(() => undefined);
    if (!bytes)
        return;
    const file = (0,project_error/* shown */.SP)((0,archive_paths/* relativeTo */.Mf)(workspace, path));
    for (const { line, text } of packageProblems(bytes))
        problems.push({ place: { file, line }, text });
}
async function checkPackages(search, config, { dependencies, uv }, packageRoot) {
    const { base } = search;
    if (config.usesPython && !config.hasSource) {
        await tellUnfitPackages(search, dependencies);
        await warnOfStraySources(search, config, dependencies);
        const folders = dependencies.map(({ real }) => real);
        await tellGitCredentials(search, folders, PYTHON_FILES);
    }
    if (uv) {
        await tellGitCredentials(search, [uv.root], ['uv.lock']);
        await tellGitCredentials(search, [uv.root, base], ['pyproject.toml']);
    }
    if (config.usesNode && !config.usesPython)
        await tellGitCredentials(search, [packageRoot, base], NODE_FILES);
}
const TAKEN = [
    'src',
    'langgraph-api',
    'langgraph_api',
    'langgraph',
    'langchain-core',
    'langchain_core',
    'pydantic',
    'orjson',
    'fastapi',
    'uvicorn',
    'psycopg',
    'httpx',
    'langsmith'
];
async function tellUnfitPackages({ problem }, dependencies) {
    const taken = new Set(TAKEN);
    for (const { key, path, line, real } of dependencies) {
        const names = await plainPackagesIn(real);
        const clash = names.find((name) => taken.has(name));
        const isDashed = names.length === 1 && names[0] === (0,external_node_path_.basename)(real) && (0,external_node_path_.basename)(real).includes('-');
        const naming = `\`${key}\` names ${path}, which`;
        const cure = 'rename the folder, or add a pyproject.toml';
        if (isDashed)
            problem(line, `${naming} is a package whose name contains a dash; ${cure}`);
        else if (clash)
            problem(line, `${naming} creates a package named ${clash}, a name that is already used in the image; ${cure}`);
        for (const name of names)
            taken.add(name);
    }
}
async function plainPackagesIn(folder) {
    const items = await (0,promises_.readdir)(folder, { withFileTypes: true }).catch(() => []);
    const has = (name) => items.some((item) => item.name === name);
    if (has('pyproject.toml') || has('setup.py'))
        return [];
    if (has('__init__.py'))
        return [(0,external_node_path_.basename)(folder)];
    const inner = items.filter((item) => item.isDirectory() && item.name !== '__pycache__' && !item.name.startsWith('.'));
    const holding = await Promise.all(inner.map(async ({ name }) => {
        const files = await (0,promises_.readdir)((0,external_node_path_.join)(folder, name)).catch(() => []);
        return files.some((file) => file.endsWith('.py')) ? [name] : [];
    }));
    return holding.flat();
}
async function warnOfStraySources({ workspace, base, label, warnings }, { pipInstaller }, dependencies) {
    const given = { dependencies: dependencies.map(({ real }) => real), installer: pipInstaller, workspace };
    for (const { key, path, real } of dependencies) {
        const stray = await findStraySources(real, given);
        const [first] = stray;
        if (!first)
            continue;
        const root = (0,archive_paths/* relativeTo */.Mf)(base, first.root) || '.';
        const names = stray.map(({ name }) => name).join(', ');
        warnings.push((0,project_error/* shown */.SP)(`${label}: \`${key}\` names ${path}, whose pyproject.toml uses ${names} from a neighboring folder. LangSmith installs each dependency separately, without its uv workspace, so the build does not find that folder. Write "source": {"kind": "uv", "root": "${root}"} instead of \`dependencies\`, where "root" is the folder that contains uv.lock.`));
    }
}
async function tellGitCredentials({ workspace, problems }, folders, names) {
    for (const file of new Set(folders.flatMap((folder) => names.map((name) => (0,external_node_path_.join)(folder, name))))) {
        const text = await (0,promises_.readFile)(file, 'utf8').catch(() => '');
        if (!(0,config_rules/* hasGitCredentials */.xC)(text))
            continue;
        const line = Math.max(1, text.split('\n').findIndex(config_rules/* hasGitCredentials */.xC) + 1);
        problems.push({
            place: { file: (0,project_error/* shown */.SP)((0,archive_paths/* relativeTo */.Mf)(workspace, file)), line },
            text: `contains ${config_rules/* CREDENTIALS_IN_ADDRESS */.y3}`
        });
    }
}

// EXTERNAL MODULE: ./build/runner/readable-file.js
var readable_file = __webpack_require__(4802);
// EXTERNAL MODULE: ./build/runner/variable-name.js
var variable_name = __webpack_require__(4239);
// EXTERNAL MODULE: ./build/archive/environment-file.js
var environment_file = __webpack_require__(475);
;// CONCATENATED MODULE: ./build/archive/project-environment.js







async function readEnvironment({ environment, environmentFile: configured }, reading) {
    if (!configured)
        return environmentOf(environment, undefined);
    const { workspace, base, problem } = reading;
    const { path, line } = configured;
    const place = (0,external_node_path_.resolve)(base, path);
    const environmentFile = (0,external_node_path_.isAbsolute)(path) && !(0,archive_paths/* isInside */.FK)(workspace, place) ? path : (0,archive_paths/* relativeTo */.Mf)(workspace, place);
    const status = await (0,promises_.stat)(place).catch(() => undefined);
    if (!status) {
        noteAbsence(path, reading);
        return { ...environmentOf([], environmentFile), isEnvironmentMissing: true };
    }
    const naming = `\`env\` names ${path}, which`;
    try {
        const real = await (0,promises_.realpath)(place);
        const fault = whyUnfit(real, status, reading);
        if (!fault)
            return environmentOf(readVariables(await (0,promises_.readFile)(real), environmentFile, line, reading), environmentFile);
        problem(line, `${naming} ${fault}`);
    }
    catch (error) {
        problem(line, `${naming} ${(0,project_error/* whyRefused */.fG)(error)}`);
    }
    return environmentOf([], environmentFile);
}
function noteAbsence(path, reading) {
    const { label, notices } = reading;
    const cause = (0,readable_file/* whyAbsent */.gP)(path, reading, 'secrets-file: ');
    notices.push(`${label}: \`env\` names ${(0,project_error/* shown */.SP)(path)}, which does not exist${cause ? `: ${cause} in the workflow` : ''}. Set its variables in \`secrets\` or \`variables\`, or create the file in an earlier step.`);
}
function whyUnfit(real, status, reading) {
    const fault = (0,readable_file/* whyUnreadable */._p)(real, reading);
    if (fault)
        return `${fault}; name a file in the workspace or in the folder RUNNER_TEMP`;
    if (real === reading.file) {
        return 'is the configuration itself; name a file with lines of NAME=value, such as ".env", or remove `env`';
    }
    return status.isFile() ? undefined : 'is not a file; name a file';
}
function readVariables(content, file, line, { label, lookUp, notices, warnings, problem }) {
    const read = (0,environment_file/* readEnvironmentFile */.S)(content, lookUp);
    const told = (texts) => texts.map((text) => `${label}: \`env\`: ${(0,project_error/* shown */.SP)(file)}: ${text}`);
    for (const fault of read.problems)
        problem(line, `\`env\`: ${file}: ${fault}`);
    notices.push(...told(read.remarks));
    warnings.push(...told(read.warnings));
    return read.variables;
}
function environmentOf(variables, environmentFile) {
    return {
        environment: variables.filter(({ name }) => name !== variable_name/* DEPLOYMENT_NAME */.cr),
        environmentFile,
        isEnvironmentMissing: false,
        deploymentName: variables.find(({ name }) => name === variable_name/* DEPLOYMENT_NAME */.cr)?.value.trim() || undefined
    };
}

;// CONCATENATED MODULE: ./build/archive/project.js













async function readProject(options) {
    const { root, gitPath, temporary, hasBuildCommand = false, lookUp = () => undefined } = options;
    const workspace = await realWorkspace(options.workspace);
    const { file, label, bytes } = await (0,config_file/* readConfigFile */.R)(workspace, options.configPath, gitPath);
    const base = (0,external_node_path_.dirname)(file);
    const chosenRoot = root === undefined ? undefined : await findRoot(workspace, root, file);
    const config = (0,langgraph_config/* parseLanggraphConfig */.o)(bytes);
    const installRoot = config.hasPackage && !chosenRoot ? await findInstallRoot(base, workspace) : undefined;
    const packageRoot = chosenRoot ?? installRoot?.folder ?? base;
    const isBuilt = config.hasPackage
        ? await readBuildOutput({ base, root: packageRoot, workspace, hasBuildCommand })
        : () => false;
    const search = startSearch(config, { workspace, base, label, gitPath, isBuilt });
    if (config.usesNode)
        await checkPackageJson(search);
    const found = await findNamed(search, config);
    const widened = chosenRoot ? undefined : widen(search, installRoot, found.uv?.root);
    const needed = [found.uv?.root, widened, ...found.dependencies.map(({ real }) => real), chosenRoot];
    const outside = needed.flatMap((folder) => (folder && !(0,archive_paths/* isInside */.FK)(base, folder) ? [folder] : []));
    const folders = [base, ...new Set(outside)];
    checkCoverage(search, config, found, folders, chosenRoot);
    await checkPackages(search, config, found, packageRoot);
    const environment = await readEnvironment(config, { ...search, file, temporary, lookUp });
    if (search.problems.length > 0)
        throw projectError(search.problems);
    const archiveRoot = chosenRoot ?? (0,archive_paths/* commonFolder */.Mp)(base, folders);
    return {
        workspace,
        root: archiveRoot,
        configPath: (0,archive_paths/* relativeTo */.Mf)(archiveRoot, file),
        configLabel: label,
        folders,
        ...environment,
        environmentNames: config.environmentNames,
        ...namedIn(workspace, config, found),
        advice: config.advice.map((text) => `${label}: ${(0,project_error/* shown */.SP)(text)}`),
        notices: search.notices,
        warnings: search.warnings
    };
}
async function realWorkspace(workspace) {
    return (0,promises_.realpath)(workspace).catch((error) => {
        throw new project_error.ProjectError([`The workspace ${(0,project_error/* shown */.SP)(workspace)} ${(0,project_error/* whyRefused */.fG)(error)}.`]);
    });
}
function startSearch(config, given) {
    const { label: file } = given;
    const problems = config.problems.map(({ line, text }) => ({ place: { file, line }, text }));
    return {
        ...given,
        problems,
        notices: config.remarks.map((remark) => `${file}: ${(0,project_error/* shown */.SP)(remark)}`),
        warnings: [],
        problem: (line, text) => void problems.push({ place: { file, line }, text })
    };
}
async function findNamed(search, config) {
    const ofDependencies = config.usesPython ? search : { ...search, problem: () => { } };
    const dependencies = await findPaths(ofDependencies, config.dependencies, 'folder');
    const graphs = await findPaths(search, config.graphs, 'file');
    const companions = await findPaths(search, config.companions, 'file');
    const uv = config.uvRoot && (await findUvProject(search, config.uvRoot, config.uvPackage));
    return { graphs, dependencies, companions, uv };
}
function namedIn(workspace, { uvRoot }, { graphs, dependencies, companions, uv }) {
    const ofUv = (uv?.places ?? []).map((place) => ({ place, line: uvRoot?.line ?? 1 }));
    const named = [...graphs, ...dependencies, ...companions, ...ofUv]
        .map(({ place, line }) => ({ path: (0,archive_paths/* relativeTo */.Mf)(workspace, place), line }))
        .filter(({ path }) => path !== '');
    return {
        named: [...new Set(named.map(({ path }) => path))],
        namedAt: new Map(named.toReversed().map(({ path, line }) => [path, line]))
    };
}
function projectError(problems) {
    const sorted = problems.toSorted((left, right) => left.place.line - right.place.line);
    const texts = sorted.map(({ place: { file, line }, text }) => `${file}:${line}: ${(0,project_error/* shown */.SP)(text)}.`);
    return new project_error.ProjectError(texts, { place: sorted[0]?.place });
}
async function findRoot(workspace, root, file) {
    const refuse = (text) => new project_error.ProjectError([text], { input: 'root' });
    const folder = await (0,promises_.realpath)((0,external_node_path_.resolve)(workspace, root)).catch((error) => {
        throw refuse(`is ${(0,project_error/* shown */.SP)(root)}, which ${(0,project_error/* whyRefused */.fG)(error)}. Set it to a folder in the workspace, such as \`.\`.`);
    });
    if (!(0,archive_paths/* isInside */.FK)(workspace, folder))
        throw refuse(`is ${(0,project_error/* shown */.SP)(root)}, which is outside the workspace. Set it to a folder in the workspace.`);
    if (!(0,archive_paths/* isInside */.FK)(folder, (0,external_node_path_.dirname)(file))) {
        throw refuse(`is ${(0,project_error/* shown */.SP)(root)}, which does not contain the configuration ${(0,project_error/* shown */.SP)((0,archive_paths/* relativeTo */.Mf)(workspace, file))}. Set it to a folder that contains this file, or omit it.`);
    }
    return folder;
}
function widen({ base, workspace, notices }, widened, uvRoot) {
    const folder = widened?.folder ?? uvRoot;
    if (folder === undefined || (0,archive_paths/* isInside */.FK)(base, folder))
        return undefined;
    const because = widened ? widened.because : '`source.root`';
    notices.push(`The archive contains ${folderName(workspace, folder)} instead of only ${folderName(workspace, base)}, because of ${because}.`);
    return folder;
}


/***/ })

};
