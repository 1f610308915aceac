export const id = 140;
export const ids = [140];
export const modules = {

/***/ 4140:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  listEntries: () => (/* binding */ listEntries)
});

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/deployment/archive/paths.js
var paths = __webpack_require__(3871);
// EXTERNAL MODULE: ./build/deployment/archive/project-error.js
var project_error = __webpack_require__(8565);
;// CONCATENATED MODULE: ./build/deployment/archive/ignore-rules.js




/**
 * The rules outside of everything: none. A path stays when neither kind of file is against it; each kind is judged for
 * itself. Both are read with git's semantics, as LangSmith's own tool does.
 *
 * @param workspace the folder that all paths are seen from, absolute
 */
async function createIgnoreRules(workspace) {
    const { default: ignore } = await __webpack_require__.e(/* import() */ 298).then(__webpack_require__.t.bind(__webpack_require__, 298, 19));
    const rules = (managers) => ({
        ruleAgainst(path, isFolder) {
            const name = inBytes(isFolder ? `${path}/` : path);
            for (const manager of Object.values(managers)) {
                const result = manager?.test(name);
                if (result?.rule)
                    return result.rule.mark;
            }
            return undefined;
        },
        async enter(folder, files) {
            const inside = { ...managers };
            for (const file of files) {
                const text = await readIgnoreFile(workspace, folder, file);
                if (text === undefined)
                    continue;
                const above = managers[file];
                const manager = ignore({ ignorecase: false });
                if (above)
                    manager.add(above);
                inside[file] = manager.add(rulesOf(text, folder, file));
            }
            return rules(inside);
        }
    });
    return rules({ '.dockerignore': undefined, '.gitignore': undefined });
}
async function readIgnoreFile(workspace, folder, file) {
    const path = (0,external_node_path_.join)(workspace, folder, file);
    try {
        const real = await (0,promises_.realpath)(path);
        // Git reads no .gitignore through a link; for the other, nothing outside may steer what is packed.
        if (file === '.gitignore' ? real !== path : !(0,paths/* isInside */.FK)(workspace, real))
            return undefined;
        return (await (0,promises_.stat)(real)).isFile() ? await (0,promises_.readFile)(real, 'utf8') : undefined;
    }
    catch (error) {
        if ((0,project_error/* codeOf */.$N)(error) === 'ENOENT' || (0,project_error/* codeOf */.$N)(error) === 'ELOOP')
            return undefined;
        // To go on without its rules could pack what they keep out.
        throw new project_error.ProjectError([`${(0,project_error/* shown */.SP)((0,paths/* relativeTo */.Mf)(workspace, path))} ${(0,project_error/* inWords */.r4)(error)}.`]);
    }
}
/**
 * The rules of one file as rules of the workspace. The library knows files at the top only; in one chain of rules for
 * the whole way down, the last that fits wins, as git has it: the deepest file decides.
 */
function rulesOf(text, folder, file) {
    const place = folder === '' ? file : `${folder}/${file}`;
    const lines = text.replace(/^\uFEFF/, '').split('\n');
    return lines.flatMap((line, index) => {
        const written = line.replace(/\r$/, '');
        const pattern = below(folder, written);
        return pattern === undefined
            ? []
            : [{ pattern: inBytes(pattern), mark: `${place} line ${index + 1} (${written.trim()})` }];
    });
}
/** The pattern as the workspace's own .gitignore would have to say it; nothing for a line that is no rule. */
function below(folder, line) {
    if (line.startsWith('#'))
        return undefined;
    if (folder === '')
        return line;
    const negation = line.startsWith('!') ? '!' : '';
    const body = withoutTrailingBlanks(line.slice(negation.length));
    const inner = body.replace(/\/$/, '');
    if (inner === '')
        return undefined;
    const prefix = folder.replace(/[\\*?[\]]/g, '\\$&');
    // A slash anywhere but at the end ties a pattern to the folder of its file; without one it holds at any depth.
    const depth = inner.includes('/') ? '/' : '/**/';
    return `${negation}/${prefix}${depth}${body.replace(/^\//, '')}`;
}
/** Git drops blanks at the end of a line, but for one behind a backslash that is not itself escaped. */
function withoutTrailingBlanks(body) {
    const kept = body.replace(/ +$/, '');
    const backslashes = kept.length - kept.replace(/\\+$/, '').length;
    return backslashes % 2 === 1 && kept !== body ? `${kept} ` : kept;
}
/** The bytes of a text as characters: to git a `?` or `[…]` is one byte, to the library one character. */
function inBytes(text) {
    return Buffer.from(text).toString('latin1');
}

;// CONCATENATED MODULE: ./build/deployment/archive/links.js


/** As many links in a row as Linux follows before it calls them a circle. */
const MOST_HOPS = 40;
/**
 * Follows a symbolic link name by name, as a file system does, and never leaves the root to look. That must hold at
 * each step and not only at the end, since the archive is unpacked where other things lie around it.
 *
 * @param root absolute
 * @param path of the link, seen from the root, with forward slashes; the folders in it are no links
 * @param target what the link says, with forward slashes
 * @returns where it ends, seen from the root, existing or not, or `undefined` when it leaves the root
 */
async function followLink(root, path, target) {
    if ((0,external_node_path_.isAbsolute)(target))
        return undefined;
    const place = path.split('/').slice(0, -1);
    const ahead = target.split('/').reverse();
    let hops = 0;
    for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
        if (name === '' || name === '.')
            continue;
        if (name === '..') {
            if (place.pop() === undefined)
                return undefined;
            continue;
        }
        const next = await (0,promises_.readlink)((0,external_node_path_.join)(root, ...place, name)).catch(() => undefined);
        hops += next === undefined ? 0 : 1;
        if (next === undefined || hops > MOST_HOPS)
            place.push(name);
        else if ((0,external_node_path_.isAbsolute)(next))
            return undefined;
        else
            ahead.push(...next.split('/').reverse());
        if (hops > MOST_HOPS)
            break;
    }
    return place.join('/');
}

;// CONCATENATED MODULE: ./build/deployment/archive/entries.js








/** Folders that LangSmith's own tool never packs, at any depth. */
const NEVER_PACKED = new Set(['__pycache__', '.git', '.venv', 'venv', 'node_modules', '.tox', '.mypy_cache']);
/**
 * Lists what goes into the archive of a project: everything in its folders but what `.gitignore` files (of every
 * folder, and of those above up to the workspace) and `.dockerignore` files (of the project's folders) leave out, and
 * what never goes in. Like git it holds no folder for its own sake, but for empty ones.
 *
 * @throws {ProjectError} with every link that leaves the root, every name that is no UTF-8 and everything that cannot
 * be read; or when the config file itself is left out
 */
async function listEntries(project) {
    const walk = startWalk(project);
    const none = await createIgnoreRules(project.workspace);
    for (const folder of outermost(project.folders)) {
        await listFolder(walk, folder, await rulesAbove(none, project.workspace, folder));
    }
    const paths = packedPaths(walk.entries);
    if (!paths.has(project.configPath))
        walk.problems.push(configLeftOut(project, walk));
    if (walk.problems.length > 0)
        throw new project_error.ProjectError(walk.problems);
    return {
        entries: walk.entries.sort((left, right) => compareBytes(left.path, right.path)),
        notices: noticesOf(walk, paths)
    };
}
function startWalk(project) {
    const named = [project.configPath, ...project.named.map(({ path }) => path)];
    return {
        project,
        entries: [],
        problems: [],
        reasons: new Map(),
        watched: new Set(named.flatMap(withParents)),
        environmentFiles: [],
        ignoredEnvironmentFiles: [],
        special: [],
        linkEnds: []
    };
}
/**
 * The rules that the folders above bring along. Where they leave the folder itself out they do not count: the config
 * names it, which says more.
 */
async function rulesAbove(none, workspace, folder) {
    if (folder === workspace)
        return none;
    let rules = none;
    for (const parent of ['', ...withParents((0,paths/* relativeTo */.Mf)(workspace, (0,external_node_path_.dirname)(folder))).toReversed()]) {
        rules = await rules.enter(parent, ['.gitignore']);
    }
    return rules.ruleAgainst((0,paths/* relativeTo */.Mf)(workspace, folder), true) ? none : rules;
}
/** @returns whether anything was packed, or there was nothing at all */
async function listFolder(walk, folder, above) {
    const { workspace, root, folders } = walk.project;
    const items = await readItems(walk, folder);
    const has = (file) => items.some(({ name }) => name === file);
    const files = [
        ...(has('.gitignore') ? ['.gitignore'] : []),
        // Further down it is another image's own, such as that of a service beside the agent.
        ...(has('.dockerignore') && folders.includes(folder) ? ['.dockerignore'] : [])
    ];
    const rules = await above.enter((0,paths/* relativeTo */.Mf)(workspace, folder), files);
    let packed = false;
    for (const item of items) {
        const source = (0,external_node_path_.join)(folder, item.name);
        const path = (0,paths/* relativeTo */.Mf)(root, source);
        const reason = reasonAgainst(walk, item, path, rules.ruleAgainst((0,paths/* relativeTo */.Mf)(workspace, source), item.isDirectory()));
        if (reason !== undefined) {
            if (walk.watched.has(path))
                walk.reasons.set(path, reason);
        }
        else if (item.isDirectory())
            packed = (await listFolder(walk, source, rules)) || packed;
        else
            packed = (await addItem(walk, item, source, path)) || packed;
    }
    if (items.length === 0 && folder !== root)
        walk.entries.push({ kind: 'folder', path: (0,paths/* relativeTo */.Mf)(root, folder) });
    return packed || items.length === 0;
}
async function readItems(walk, folder) {
    try {
        return await (0,promises_.readdir)(folder, { withFileTypes: true });
    }
    catch (error) {
        walk.problems.push(`The folder ${(0,project_error/* shown */.SP)((0,paths/* relativeTo */.Mf)(walk.project.root, folder) || '.')} ${(0,project_error/* inWords */.r4)(error)}.`);
        return [];
    }
}
/** Why an item is left out; nothing when it goes in. */
function reasonAgainst(walk, item, path, rule) {
    const { name } = item;
    if (name.toLowerCase() === '.git')
        return 'what git keeps for itself is never packed';
    if (NEVER_PACKED.has(name) && !item.isFile())
        return `a folder named ${name} is never packed`;
    if (/^gha-creds-.*\.json$/.test(name))
        return 'credentials of google-github-actions/auth are never packed';
    const isEnvironmentFile = name.startsWith('.env');
    if (rule !== undefined) {
        if (isEnvironmentFile && walk.project.includeEnvFiles)
            walk.ignoredEnvironmentFiles.push(`${path} by ${rule}`);
        return rule;
    }
    if (isEnvironmentFile && !walk.project.includeEnvFiles) {
        walk.environmentFiles.push(path);
        return 'names that begin with .env are packed with `include-env-files: true` only';
    }
    return undefined;
}
/** @returns whether it was packed */
async function addItem(walk, item, source, path) {
    if (item.isSymbolicLink())
        return addLink(walk, source, path);
    if (!item.isFile()) {
        walk.special.push(path);
        return false;
    }
    let status;
    try {
        // Many small calls: a trip to the thread pool for each would take ten times as long.
        status = (0,external_node_fs_.lstatSync)(source);
    }
    catch (error) {
        const fault = path.includes('\uFFFD') ? 'has a name that is no valid UTF-8; rename it' : (0,project_error/* inWords */.r4)(error);
        walk.problems.push(`${(0,project_error/* shown */.SP)(path)} ${fault}.`);
        return false;
    }
    walk.entries.push({ kind: 'file', path, source, size: status.size, executable: (status.mode & 0o100) !== 0 });
    return true;
}
async function addLink(walk, source, path) {
    const { root } = walk.project;
    let bytes;
    try {
        bytes = await (0,promises_.readlink)(source, 'buffer');
    }
    catch (error) {
        walk.problems.push(`${(0,project_error/* shown */.SP)(path)} ${(0,project_error/* inWords */.r4)(error)}.`);
        return false;
    }
    const target = bytes.toString().split(external_node_path_.sep).join('/');
    const end = await followLink(root, path, target);
    if (!(0,external_node_buffer_.isUtf8)(bytes))
        walk.problems.push(`The symbolic link ${(0,project_error/* shown */.SP)(path)} leads to a name that is no valid UTF-8.`);
    else if (end === undefined)
        walk.problems.push(leavingLink(path, target));
    else {
        walk.entries.push({ kind: 'link', path, target });
        walk.linkEnds.push({ path, end });
        return true;
    }
    return false;
}
/** Everything that unpacking brings about: the entries and the folders that hold them. The root is the empty path. */
function packedPaths(entries) {
    const paths = new Set(['']);
    for (const { path } of entries) {
        for (let part = path; !paths.has(part); part = parentOf(part))
            paths.add(part);
    }
    return paths;
}
/** Characters beyond U+FFFF are two units below U+E000 in a string, but come last in UTF-8. */
function compareBytes(left, right) {
    const length = Math.min(left.length, right.length);
    for (let index = 0; index < length; index += 1) {
        const difference = left.charCodeAt(index) - right.charCodeAt(index);
        if (difference !== 0)
            return rank(left.charCodeAt(index)) - rank(right.charCodeAt(index));
    }
    return left.length - right.length;
}
function rank(unit) {
    return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
/** The folders that lie in none of the others. */
function outermost(folders) {
    return folders.filter((folder) => !folders.some((other) => other !== folder && (0,paths/* isInside */.FK)(other, folder)));
}
/** The path and the folders that hold it, the deepest first, without the root. */
function withParents(path) {
    return path === '' ? [] : [path, ...withParents(parentOf(path))];
}
function parentOf(path) {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
function noticesOf(walk, paths) {
    const { environmentFiles, ignoredEnvironmentFiles, special, linkEnds, project } = walk;
    const dangling = linkEnds.filter(({ end }) => !paths.has(end)).map(({ path }) => path);
    const notices = project.named
        .filter(({ path }) => !paths.has(path))
        .map(({ key, path }) => `\`${key}\` names ${(0,project_error/* shown */.SP)(path)}, which is not in the archive: ${reasonFor(walk, path)}.`);
    if (environmentFiles.length > 0) {
        const cure = 'Their values belong into `secrets`; `include-env-files: true` packs the files.';
        notices.push(`Left out, since their names begin with .env: ${(0,project_error/* shownList */.y9)(environmentFiles)}. ${cure}`);
    }
    if (ignoredEnvironmentFiles.length > 0) {
        notices.push(`Left out in spite of \`include-env-files\`: ${(0,project_error/* shownList */.y9)(ignoredEnvironmentFiles)}.`);
    }
    if (special.length > 0)
        notices.push(`Left out, since they are no files: ${(0,project_error/* shownList */.y9)(special)}.`);
    if (dangling.length > 0) {
        notices.push(`Symbolic links to what is not in the archive, where they will lead nowhere: ${(0,project_error/* shownList */.y9)(dangling)}.`);
    }
    return notices;
}
function configLeftOut({ configPath }, walk) {
    const cure = 'Add an exception such as `!langgraph.json` behind that rule, or move the file.';
    return `${(0,project_error/* shown */.SP)(configPath)} must go into the archive but is left out: ${reasonFor(walk, configPath)}. ${cure}`;
}
function reasonFor(walk, path) {
    const culprit = withParents(path).find((part) => walk.reasons.has(part));
    return (0,project_error/* shown */.SP)((culprit && walk.reasons.get(culprit)) ?? 'it cannot be read');
}
function leavingLink(path, target) {
    return `The symbolic link ${(0,project_error/* shown */.SP)(path)} leads out of what is deployed (to ${(0,project_error/* shown */.SP)(target)}). Replace it by the file, or leave it out with a line in .dockerignore.`;
}


/***/ }),

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


/***/ })

};
