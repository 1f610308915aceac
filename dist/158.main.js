export const id = 158;
export const ids = [158];
export const modules = {

/***/ 3158:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  listEntries: () => (/* binding */ listEntries)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/archive/paths.js
var archive_paths = __webpack_require__(3341);
// EXTERNAL MODULE: ./build/archive/project-error.js
var project_error = __webpack_require__(399);
;// CONCATENATED MODULE: ./build/archive/ignore-file.js




/**
 * Reads an ignore file.
 *
 * @param folder seen from the workspace
 * @returns its lines; nothing when it is not there, or is a link that does not count
 * @throws {ProjectError} when it cannot be read: to go on without its rules could pack what they keep out
 */
async function readIgnoreFile(workspace, folder, file) {
    const path = (0,external_node_path_.join)(workspace, folder, file);
    try {
        const real = await (0,promises_.realpath)((0,archive_paths/* onDisk */.FC)(path), 'utf8');
        // Git reads no .gitignore through a link; for the other, nothing outside may decide what is packed.
        if (file === '.gitignore' ? real !== path && path.isWellFormed() : !(0,archive_paths/* isInside */.FK)(workspace, real))
            return undefined;
        if (!(await (0,promises_.stat)((0,archive_paths/* onDisk */.FC)(path))).isFile())
            return undefined;
        return ignoreLinesOf(await (0,promises_.readFile)((0,archive_paths/* onDisk */.FC)(path), 'utf8'), folder === '' ? file : `${folder}/${file}`);
    }
    catch (error) {
        if ((0,project_error/* fileErrorCode */.c2)(error) === 'ENOENT' || (0,project_error/* fileErrorCode */.c2)(error) === 'ELOOP')
            return undefined;
        throw new project_error.ProjectError([`${(0,project_error/* shown */.SP)((0,archive_paths/* relativeTo */.Mf)(workspace, path))} ${(0,project_error/* whyRefused */.fG)(error)}.`]);
    }
}
/** The lines of an ignore file. @param place the file, as a mark has it */
function ignoreLinesOf(text, place) {
    return text
        .replace(/^\uFEFF/, '')
        .split('\n')
        .map((line) => line.replace(/\r$/, ''))
        .map((line, index) => ({ text: line, mark: `${place} line ${index + 1} (${line.trim()})` }));
}

;// CONCATENATED MODULE: ./build/archive/docker-rules.js



/**
 * Reads the .dockerignore of a folder with Docker's rules; nothing without one. In Docker a pattern holds from the folder
 * of the file on, and a file can come back although its folder is left out.
 *
 * See https://docs.docker.com/build/concepts/context/#dockerignore-files.
 *
 * @param folder seen from the workspace
 * @throws {ProjectError} when the file cannot be read, or has a pattern that Docker would refuse
 */
async function readDockerRules(workspace, folder) {
    const lines = await readIgnoreFile(workspace, folder, '.dockerignore');
    if (!lines)
        return undefined;
    const { default: dockerignore } = (await __webpack_require__.e(/* import() */ 777).then(__webpack_require__.t.bind(__webpack_require__, 4158, 19))).default;
    const matcher = (...patterns) => dockerignore({ ignorecase: false }).add([...patterns]);
    const rules = lines.flatMap((line) => ruleOf(line) ?? []);
    for (const { mark, pattern } of rules)
        checkPattern(matcher(pattern), mark);
    const all = matcher(...rules.map(({ isException, pattern }) => (isException ? `!${pattern}` : pattern)));
    const exceptions = rules.filter(({ isException }) => isException).map(({ pattern }) => pattern);
    return {
        excludes: (path) => all.ignores(path),
        readmitsBelow: (inner) => exceptions.some((pattern) => canFitBelow(pattern, inner)),
        ruleAgainst: (path) => {
            const last = rules.findLast(({ pattern }) => matcher(pattern).ignores(path));
            return last?.isException ? undefined : last?.mark;
        }
    };
}
function ruleOf({ text, mark }) {
    if (text.startsWith('#'))
        return undefined;
    const line = text.trim();
    const isException = line.startsWith('!');
    const written = isException ? line.slice(1).trim() : line;
    if (written === '')
        return undefined;
    const clean = external_node_path_.posix
        .normalize(written)
        .replace(/^\/(?=.)/, '')
        .replace(/(?<=.)\/$/, '');
    // Plain characters to Docker, but not to the regular expression that the library makes of the pattern.
    const pattern = clean.replace(/(?<!\\)[+()|{}](?![^[]*\])/g, '[$&]');
    return { isException, pattern, mark };
}
/** A pattern is only compiled when something is compared to it. */
function checkPattern(matcher, mark) {
    try {
        matcher.ignores('any/path');
    }
    catch {
        throw new project_error.ProjectError([`${mark} is not a valid pattern. Correct it; Docker rejects it too.`]);
    }
}
/** Whether the pattern and the folder agree as far as both are known: up to the first wildcard, and to the folder's end. */
function canFitBelow(pattern, folder) {
    const parts = pattern.split('/');
    const wildcard = parts.findIndex((part) => /[*?[\\]/.test(part));
    const fixed = wildcard < 0 ? parts : parts.slice(0, wildcard);
    const folders = folder.split('/');
    return fixed.slice(0, folders.length).every((part, index) => part === folders[index]);
}

;// CONCATENATED MODULE: ./build/archive/folder.js




async function itemsIn(source) {
    const entries = await (0,promises_.readdir)((0,archive_paths/* onDisk */.FC)(source), { withFileTypes: true });
    if (!entries.some(({ name }) => name.includes('\uFFFD'))) {
        return entries.map((entry) => ({ name: entry.name, kind: kindOfEntry(entry) }));
    }
    // U+FFFD replaces bytes that are not UTF-8, or is part of the name.
    const raw = await (0,promises_.readdir)((0,archive_paths/* onDisk */.FC)(source), { withFileTypes: true, encoding: 'buffer' });
    return raw.map((entry) => ({ name: (0,archive_paths/* textOfBytes */.gm)(entry.name), kind: kindOfEntry(entry) }));
}
function kindOfEntry(entry) {
    if (entry.isFile())
        return 'file';
    if (entry.isDirectory())
        return 'folder';
    return entry.isSymbolicLink() ? 'link' : 'other';
}
/** Whether a folder is a repository without a working tree, under any name: a bare clone, or a `--separate-git-dir`. */
function isGitFolder(items) {
    const has = (name, kind) => items.some((item) => item.name === name && item.kind === kind);
    return has('HEAD', 'file') && has('objects', 'folder') && has('refs', 'folder');
}
/** Whether a folder is one that git keeps for itself. @param source absolute */
async function isGitFolderAt(source) {
    return isGitFolder(await itemsIn(source).catch(() => []));
}
/**
 * The rules of git from the folders above, up to the repository's root. They do not count where they leave out the folder
 * itself: the configuration or a link names it, and that takes precedence.
 */
async function rulesAbove(walk, place) {
    const repository = await walk.repositories.holding(place);
    const top = repository?.root ?? '';
    // `openFolder` adds those of the root itself.
    if (place === top)
        return { rules: walk.none, repository };
    let rules = repository ? await withExclusions(walk.none, repository) : walk.none;
    const parents = ['', ...(0,archive_paths/* withParents */.M2)((0,archive_paths/* parentOf */.gN)(place)).toReversed()];
    for (const parent of parents.filter((each) => (0,archive_paths/* isWithin */.UO)(top, each)))
        rules = await rules.enter(parent);
    return { rules: rules.ruleAgainst(place, 'folder') ? walk.none : rules, repository };
}
/**
 * Reads a folder and the rules of its own: a repository, a reason to leave out what git does not track, and ignore files.
 *
 * @param given.isStart whether the project names the folder, so that no reason closes it
 * @returns nothing when it cannot be read, or nothing of it goes in
 */
async function openFolder(walk, outer, given) {
    const items = await readItems(walk, outer);
    if (!items)
        return undefined;
    const has = (name) => items.some((item) => item.name === name);
    const inRepository = has('.git') ? await withRepository(walk, outer) : outer;
    const folder = given.isStart ? inRepository : closeToolFolder(walk, inRepository, items);
    if (!folder)
        return undefined;
    const ignoring = await withIgnoreFiles(folder, { isRoot: has('.git'), hasFile: has('.gitignore') });
    // In other folders it belongs to another image, such as that of a service beside the agent.
    const hasDockerRules = has('.dockerignore') && walk.project.folders.includes(folder.source);
    const rules = hasDockerRules ? await readDockerRules(walk.project.workspace, folder.place) : undefined;
    const docker = rules ? [...folder.docker, { folder: folder.path, rules }] : folder.docker;
    return { folder: { ...ignoring, docker }, items };
}
/** What is in a folder; nothing when it cannot be read. */
async function readItems(walk, { source, path }) {
    try {
        return await itemsIn(source);
    }
    catch (error) {
        if ((0,project_error/* fileErrorCode */.c2)(error) === 'ENOENT' && path !== '')
            walk.vanished.push(path);
        else
            walk.problems.push({ text: `The folder ${(0,project_error/* shown */.SP)(path || '.')} ${(0,project_error/* whyRefused */.fG)(error)}.` });
        return undefined;
    }
}
/** What an outer repository ignores stays ignored, even if an inner one tracks it. */
async function withRepository(walk, folder) {
    if (folder.ignoredBy !== undefined || folder.repository?.root === folder.place)
        return folder;
    return { ...folder, rules: walk.none, repository: await walk.repositories.at(folder.place) };
}
/** The file that marks the folder of a virtual environment. */
const VIRTUAL_ENVIRONMENT = 'pyvenv.cfg';
/** Of a virtual environment, and of a repository without a working tree, only what git tracks in it is packed. */
function closeToolFolder(walk, given, items) {
    const { path, place, repository } = given;
    const isEnvironment = items.some(({ name }) => name === VIRTUAL_ENVIRONMENT);
    const isOfGit = isGitFolder(items);
    if (!isEnvironment && !isOfGit)
        return given;
    const environment = 'virtual environments are never packed';
    const ofGit = 'the internal files of git are never packed';
    const holdsTracked = repository?.index?.holds(place) ?? false;
    if (holdsTracked) {
        if (isEnvironment)
            walk.trackedState.push(path);
        return { ...given, ignoredBy: isOfGit ? ofGit : environment, isClosed: true };
    }
    if (walk.watched.has(path))
        walk.reasons.set(path, isEnvironment ? environment : ofGit);
    if (!isEnvironment)
        walk.gitFolders.push(path);
    return undefined;
}
async function withIgnoreFiles(folder, { isRoot, hasFile }) {
    const { ignoredBy, place, repository } = folder;
    if (ignoredBy !== undefined)
        return folder;
    const isRepository = isRoot && repository?.root === place;
    const rules = isRepository ? await withExclusions(folder.rules, repository) : folder.rules;
    return { ...folder, rules: hasFile ? await rules.enter(place) : rules };
}
/** The rules with those of the repository's own `info/exclude`, which count for less than any .gitignore. */
async function withExclusions(rules, { root, exclusions }) {
    return exclusions === undefined ? rules : rules.with(exclusions, root, 'info/exclude');
}

// EXTERNAL MODULE: ./build/run/object.js
var object = __webpack_require__(1379);
;// CONCATENATED MODULE: ./build/archive/private-files.js



/** Folders that LangSmith's own tool never packs, at any depth. */
const NEVER_PACKED = new Set(['__pycache__', '.git', '.venv', 'venv', 'node_modules', '.tox', '.mypy_cache']);
/**
 * Why nothing of this name goes into an archive, in any folder, even if `include` or the configuration asks for it.
 *
 * @param name of a file or folder, without the folders that hold it
 */
function neverPacked(name, kind) {
    if (name.toLowerCase() === '.git')
        return 'the internal files of git are never packed';
    if (kind !== 'file' && NEVER_PACKED.has(name))
        return `a folder named ${name} is never packed`;
    if (/^gha-creds-.*\.json$/.test(name))
        return 'credentials from google-github-actions/auth are never packed';
    return undefined;
}
/** Whether a name is that of a file of environment variables, or of a folder of such files; examples are none. */
function isEnvironmentFile(name) {
    return /^\.env|\.env$/i.test(name) && !/^\.env.*\.(example|sample|template|dist)$/i.test(name);
}
/**
 * Files in which command line tools keep credentials, by their name, or by it and the folder that holds it. In lower case.
 * Files that a build needs as well, such as .npmrc and pip.conf, are not among them.
 */
const CREDENTIALS = [
    // Version control, package indexes and registries
    /^[._]netrc$/,
    /^\.git-credentials$/,
    /^\.pypirc$/,
    /^\.dockercfg$/,
    /^\.docker\/config\.json$/,
    /^containers\/auth\.json$/,
    /^\.gem\/credentials$/,
    /^\.cargo\/credentials(\.toml)?$/,
    /^\.composer\/auth\.json$/,
    /^\.m2\/settings(-security)?\.xml$/,
    /^gh\/hosts\.yml$/,
    // Clouds and clusters
    /^(\.boto|\.s3cfg|\.vault-token|\.databrickscfg|\.terraformrc|terraform\.rc)$/,
    /^application_default_credentials\.json$/,
    /^(service[-_]?account|client_secret)[^/]*\.json$/,
    /^\.aws-credentials$|^credentials\.csv$/,
    /^\.config\/rclone\.conf$|^rclone\/rclone\.conf$|^rclone\.conf$/,
    /^(\.sentryclirc|\.modal\.toml)$/,
    /^credentials\.tfrc\.json$/,
    /(^|\.)kubeconfig(\.ya?ml)?$/,
    /^\.kaggle\/kaggle\.json$/,
    /^\.?huggingface\/(token|stored_tokens)$/,
    /\.tfstate(\.\d+)?(\.backup)?$/,
    // Databases
    /^(\.pgpass|pgpass\.conf|\.my\.cnf|\.mylogin\.cnf|\.htpasswd)$/,
    // Private keys
    /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/,
    /\.(ppk|p12|pfx|jks|keystore|kdbx)$/,
    /^authkey_[a-z0-9]+\.p8$/,
    // Secrets of frameworks and assistants
    /^(\.act)?\.secrets$/,
    /^secrets\.(json|ya?ml)$/,
    /^[^/]*\.tfvars(\.json)?$/,
    /^secring\.gpg$/,
    // Copies of files of environment variables
    /\.env\.(bak|backup|old|orig|save|local|production|staging)$/,
    /^env\.(production|prod|staging|development|local)$/,
    /^\.streamlit\/secrets\.toml$/,
    /^\.dev\.vars$/,
    /^\.claude\/\.credentials\.json$/,
    /^\.codex\/auth\.json$/
];
/** Folders that hold nothing but the settings and credentials of a tool. */
const CREDENTIAL_FOLDERS = new Set(['.aws', '.azure', '.gcloud', '.gnupg', '.ssh', '.kube', '.oci', '.terraform.d']);
/**
 * Whether credentials are likely to be at a path, such as `.aws`, `deploy/id_rsa` or `.docker/config.json`.
 *
 * @param path with forward slashes
 */
function holdsCredentials(path, kind) {
    const [name = '', parent = ''] = path.toLowerCase().split('/').reverse();
    if (kind === 'folder')
        return CREDENTIAL_FOLDERS.has(name) || (parent === '.config' && name === 'gcloud');
    return CREDENTIALS.some((form) => form.test(name) || form.test(`${parent}/${name}`));
}
/** The largest file that is searched for a key, in bytes; a key is smaller. */
const LARGEST_CREDENTIALS = 64 * 1024;
/** Code, documents and the like, which can show an example of a key; tools write keys into other files. */
const WRITTEN_BY_PEOPLE = /\.(py|pyi|ipynb|[cm]?[jt]sx?|vue|svelte|go|rs|rb|java|kt|cs|c|h|cpp|php|sh|bash|ps1|sql|md|mdx|rst|html?|css|scss|toml|cfg|ini|lock|example|sample|template|dist|pub|crl|csr|png|jpe?g|gif|webp|ico|pdf|zip|gz|whl|so)$/i;
/**
 * Whether the content of a file shows a key or an account: a step can write one under any name.
 *
 * @param source of the file, absolute
 */
function holdsKey(source, status) {
    if (WRITTEN_BY_PEOPLE.test(source) || !status.isFile() || status.size > LARGEST_CREDENTIALS)
        return false;
    try {
        const descriptor = (0,external_node_fs_.openSync)((0,archive_paths/* onDisk */.FC)(source), 'r');
        try {
            const content = Buffer.alloc(status.size);
            return revealsCredentials(content.subarray(0, (0,external_node_fs_.readSync)(descriptor, content, 0, content.length, 0)));
        }
        finally {
            (0,external_node_fs_.closeSync)(descriptor);
        }
    }
    catch {
        // The packing tells what cannot be read.
        return false;
    }
}
/**
 * Whether a file is a private key, or one of an account as Google and Docker hand it out: of a service, of an application,
 * of a user or of a registry.
 */
function revealsCredentials(content) {
    const text = decoded(content);
    if (/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----\s*$/m.test(text))
        return true;
    return text.trimStart().startsWith('{') && isAccount(text);
}
/** PowerShell writes UTF-16 where it is asked for nothing else. */
function decoded(content) {
    const isWide = content[0] === 0xff && content[1] === 0xfe;
    return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(content);
}
function isAccount(text) {
    let account;
    try {
        account = (0,object/* object */.I)(JSON.parse(text));
    }
    catch {
        return false;
    }
    if (!account)
        return false;
    if (typeof account.private_key === 'string' && /-----BEGIN [A-Z ]*PRIVATE KEY/.test(account.private_key))
        return true;
    if (account.type === 'authorized_user' && isValue(account.refresh_token))
        return true;
    const isOfRegistry = Object.values((0,object/* object */.I)(account.auths) ?? {}).some((entry) => isValue((0,object/* object */.I)(entry)?.auth));
    return (isOfRegistry ||
        [account, (0,object/* object */.I)(account.web), (0,object/* object */.I)(account.installed)].some((each) => isValue(each?.client_secret)));
}
/** A text that is not a placeholder of a template. */
function isValue(value) {
    return typeof value === 'string' && value !== '' && !/\$\{|\{\{|<|\*\*\*|^(x+|your|change)/i.test(value);
}

;// CONCATENATED MODULE: ./build/archive/judgement.js


/** Decides whether an item of a folder goes into the archive. Reads nothing. */
function judge(walk, folder, item) {
    const { path } = item;
    const never = neverPacked(item.name, item.kind);
    if (never)
        return leftOut(folder, never);
    if (isEnvironmentFile(item.name) || walk.environmentPlaces.has(item.place)) {
        return leftOut(folder, 'files of environment variables are never packed', 'environment');
    }
    const isEntered = item.kind === 'folder';
    const found = applyRules(walk, folder, item);
    const { docker, rule } = found;
    const inside = insideOf(folder, path, found);
    if (docker.length === 0 && rule === undefined)
        return { isEntered, inside };
    if (walk.goesIn.has(path)) {
        // The configuration names it although it is ignored, so no rule from above counts in it either.
        return { isEntered, inside: { rules: walk.none, docker: [], ignoredBy: undefined } };
    }
    if (found.isIncluded)
        return { isBroughtBack: true, isEntered, inside };
    return {
        reason: docker[0]?.rules.ruleAgainst(seenFrom(docker[0].folder, path)) ?? rule,
        about: aboutOf(folder, found),
        isEntered: isEntered && mayHoldMore(walk, folder, path, found),
        inside
    };
}
/** The mode of a submodule in git's index. */
const SUBMODULE = '160000';
function applyRules(walk, folder, item) {
    const { place, path } = item;
    const { index } = folder.repository ?? {};
    const isFolder = item.kind === 'folder';
    const tracked = index?.find(place);
    // Git tracks files, and submodules; a folder is judged by what is in it.
    const isTracked = isFolder ? tracked?.mode === SUBMODULE : tracked !== undefined;
    const ignored = isTracked ? undefined : (folder.ignoredBy ?? folder.rules.ruleAgainst(place, item.kind));
    const own = isTracked ? undefined : ownReason(item);
    const isCredential = own?.about === 'credentials' || (folder.holdsCredentials === true && !isTracked);
    // Matched for every item, so that a pattern without a match can be reported.
    const isMatched = matchesInclude(walk, item) && !folder.isClosed;
    return {
        docker: folder.docker.filter(({ folder: base, rules }) => rules.excludes(seenFrom(base, path))),
        ignored,
        own,
        rule: ignored ?? own?.reason,
        holdsTracked: isFolder && (index?.holds(place) ?? false),
        isCredential,
        isMatched,
        isIncluded: isMatched && (!isCredential || isNamedByInclude(walk, item))
    };
}
function insideOf(folder, path, found) {
    return {
        rules: folder.rules,
        docker: folder.docker,
        ignoredBy: found.rule,
        ignoredAt: found.ignored === undefined ? undefined : (folder.ignoredAt ?? path),
        holdsCredentials: found.isCredential && !found.isIncluded
    };
}
function aboutOf(folder, { docker, ignored, own, isCredential, isMatched }) {
    // The folder that holds it is reported already.
    if (folder.holdsCredentials)
        return undefined;
    if (isCredential && isMatched)
        return 'credentials';
    if (docker.length > 0)
        return undefined;
    return ignored === undefined ? own?.about : 'gitignore';
}
/** Whether something in a folder can be packed although the folder is left out. */
function mayHoldMore(walk, folder, path, { docker, rule, holdsTracked }) {
    if (walk.watched.has(path) || (!walk.include.isEmpty && !folder.isClosed))
        return true;
    const mayHoldTracked = rule === undefined || holdsTracked;
    return mayHoldTracked && docker.every(({ folder: base, rules }) => rules.readmitsBelow(seenFrom(base, path)));
}
function leftOut({ rules, docker }, reason, about) {
    return { reason, about, isEntered: false, inside: { rules, docker, ignoredBy: undefined } };
}
/** What `langgraph dev` keeps beside the configuration: threads, checkpoints and the store of the developer. */
const DEVELOPMENT_STATE = '.langgraph_api';
/** What is left out without a rule of the project, unless git tracks it. */
function ownReason({ name, kind, place }) {
    if (kind === 'folder' && name === DEVELOPMENT_STATE) {
        return { reason: 'it is local state of `langgraph dev`', about: 'development state' };
    }
    return holdsCredentials(place, kind)
        ? { reason: 'it probably contains credentials, and git does not track it', about: 'credentials' }
        : undefined;
}
/** Behind a link a path has two names in the workspace. */
function matchesInclude({ include, root }, { kind, path, place }) {
    if (include.isEmpty)
        return false;
    const placed = (0,archive_paths/* below */.Gz)(root, path);
    return include.includes(placed, kind) || (placed !== place && include.includes(place, kind));
}
/** Whether a pattern of `include` without wildcards names an item itself. */
function isNamedByInclude({ include, root }, { kind, path, place }) {
    return include.names((0,archive_paths/* below */.Gz)(root, path), kind) || include.names(place, kind);
}
/** A path of the archive as a folder of the archive sees it. */
function seenFrom(folder, path) {
    return folder === '' ? path : path.slice(folder.length + 1);
}

// EXTERNAL MODULE: ./build/archive/line-ends.js
var line_ends = __webpack_require__(130);
;// CONCATENATED MODULE: ./build/archive/links.js








/** The longest target that a file system takes, in bytes. */
const LONGEST_TARGET = 4096;
/** As many links in a row as Linux follows before it calls them a circle. */
const MOST_HOPS = 40;
/** Whether something in a folder is a link, or a file that git wrote in place of one. */
function isLink({ repository }, { kind, place, source }) {
    return kind === 'link' || (kind === 'file' && isPlainLink(repository, place, source));
}
/**
 * Follows a link to what may be packed in its place.
 *
 * @returns nothing when the link is left out, which is noted
 */
async function followLink(walk, folder, item, judgement) {
    const { path } = item;
    const real = await findEnd(walk, item);
    if (real === undefined)
        return undefined;
    if (!(0,archive_paths/* isInside */.FK)(walk.project.workspace, real))
        return leaveOutOutside(walk, folder, item, judgement, real);
    const status = (0,external_node_fs_.lstatSync)((0,archive_paths/* onDisk */.FC)(real), { throwIfNoEntry: false });
    if (!status) {
        walk.vanished.push(path);
        return undefined;
    }
    const place = (0,archive_paths/* relativeTo */.Mf)(walk.project.workspace, real);
    const kind = status.isDirectory() ? 'folder' : status.isFile() ? 'file' : 'other';
    if (await isWithheld(walk, { path, place, kind: kind === 'file' ? 'file' : 'folder' }))
        return undefined;
    const target = { place, path, source: real };
    if (kind === 'folder')
        return folderTarget(walk, folder, judgement, target);
    if (kind === 'other')
        return { kind };
    return { kind, repository: await walk.repositories.holding((0,archive_paths/* parentOf */.gN)(place)), ...target };
}
async function folderTarget(walk, folder, judgement, target) {
    const through = [...folder.through, folder.place];
    if (through.some((each) => (0,archive_paths/* isWithin */.UO)(target.place, each))) {
        walk.circles.push(target.path);
        return undefined;
    }
    const { docker, ignoredBy } = judgement.inside;
    const above = await rulesAbove(walk, target.place);
    const own = { docker, ignoredBy: judgement.reason === undefined ? undefined : ignoredBy, through };
    return { kind: 'folder', folder: { ...folder, ...above, ...own, ...target } };
}
/** A link out of the workspace is a problem, unless an interpreter or a build tool of an earlier step has made it. */
function leaveOutOutside(walk, folder, { path, place }, { isBroughtBack }, real) {
    const index = folder.repository?.index;
    const isTracked = index?.find(place) !== undefined;
    if (index && !isTracked && !walk.watched.has(path) && !isBroughtBack)
        walk.leaving.push(path);
    else {
        walk.problems.push({
            text: `The symbolic link ${(0,project_error/* shown */.SP)(path)} points outside the workspace (to ${(0,project_error/* shown */.SP)(real)}). Replace it with the file, or exclude it in .dockerignore.`
        });
    }
}
/** Whether a link leads to what is never packed, or to credentials that nobody names. */
async function isWithheld(walk, { path, place, kind }) {
    if (isHidden(walk, place, kind) || (await leadsIntoGit(walk, place))) {
        walk.hiddenEnds.push(path);
        if (walk.watched.has(path))
            walk.reasons.set(path, `it points to ${place}, which is never packed`);
        return true;
    }
    if (walk.goesIn.has(path) || !(await leadsToCredentials(walk, place, kind)))
        return false;
    walk.credentials.push(path);
    return true;
}
/** Whether a name on the way to a place says that its content is never packed. */
function isHidden(walk, place, kind) {
    if (walk.environmentPlaces.has(place))
        return true;
    const names = place.split('/');
    return names.some((name, index) => {
        return neverPacked(name, index === names.length - 1 ? kind : 'folder') !== undefined || isEnvironmentFile(name);
    });
}
/** Whether a place lies in a repository without a working tree, and git does not track it. */
async function leadsIntoGit(walk, place) {
    for (const folder of (0,archive_paths/* withParents */.M2)((0,archive_paths/* parentOf */.gN)(place))) {
        if (await isGitFolderAt((0,external_node_path_.join)(walk.project.workspace, folder)))
            return !(await isTracked(walk, place));
    }
    return false;
}
async function leadsToCredentials(walk, place, kind) {
    const suspects = (0,archive_paths/* withParents */.M2)(place).filter((each) => holdsCredentials(each, each === place ? kind : 'folder'));
    return suspects.length > 0 && !(await isTracked(walk, place));
}
/** Whether git tracks a place, or something in it. */
async function isTracked(walk, place) {
    const repository = await walk.repositories.holding((0,archive_paths/* parentOf */.gN)(place));
    return repository?.index?.holds(place) ?? false;
}
/**
 * Follows a link, and files that git wrote in place of links.
 *
 * @returns what it leads to, absolute and without links; nothing when nothing is there that can be read, which is noted
 */
async function findEnd(walk, { path, source, kind }) {
    const { workspace } = walk.project;
    try {
        let end = kind === 'link' ? await realPathOf(source) : await endOfPlainLink(source);
        for (let hops = 0; hops <= MOST_HOPS; hops += 1) {
            if (!(0,archive_paths/* isInside */.FK)(workspace, end))
                return end;
            const place = (0,archive_paths/* relativeTo */.Mf)(workspace, end);
            if (!isPlainLink(await walk.repositories.holding((0,archive_paths/* parentOf */.gN)(place)), place, end))
                return end;
            end = await endOfPlainLink(end);
        }
        walk.circles.push(path);
    }
    catch (error) {
        const code = (0,project_error/* fileErrorCode */.c2)(error);
        if (code === 'ELOOP')
            walk.circles.push(path);
        else if (code === 'ENOENT' || code === 'ENOTDIR')
            walk.dangling.push(path);
        else
            walk.problems.push({ text: `The symbolic link ${(0,project_error/* shown */.SP)(path)} ${(0,project_error/* whyRefused */.fG)(error)}.` });
    }
    return undefined;
}
/** Where a link leads that git wrote as a plain file: the file holds the target. */
async function endOfPlainLink(source) {
    return realPathOf((0,external_node_path_.resolve)((0,external_node_path_.dirname)(source), (0,archive_paths/* textOfBytes */.gm)(await (0,promises_.readFile)((0,archive_paths/* onDisk */.FC)(source)))));
}
async function realPathOf(path) {
    return (0,archive_paths/* textOfBytes */.gm)(await (0,promises_.realpath)((0,archive_paths/* onDisk */.FC)(path), 'buffer'));
}
/** Whether git wrote a link as a plain file, as it does on Windows. A file with other content is not a link. */
function isPlainLink(repository, place, source) {
    const tracked = repository?.index?.find(place);
    return tracked?.mode === '120000' && holdsObject(source, tracked.object);
}
/** Whether a file still has the content that git wrote. @param object its name in the index */
function holdsObject(source, object) {
    try {
        if ((0,external_node_fs_.lstatSync)((0,archive_paths/* onDisk */.FC)(source)).size > LONGEST_TARGET)
            return false;
        const content = (0,external_node_fs_.readFileSync)((0,archive_paths/* onDisk */.FC)(source));
        return (0,line_ends/* createObjectName */.Bi)(object, content.length).update(content).digest('hex') === object;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/archive/include.js


/**
 * Reads the patterns of the input, which are those of a .gitignore at the root of the workspace: the last one that
 * matches decides, and `!` excludes.
 */
async function createInclusion(patterns, around) {
    const { default: ignore } = await __webpack_require__.e(/* import() */ 298).then(__webpack_require__.t.bind(__webpack_require__, 298, 19));
    const all = ignore({ ignorecase: false }).add(patterns);
    const plain = ignore({ ignorecase: false }).add(patterns.filter((pattern) => !/[*?[\\]/.test(pattern)));
    const waiting = new Map(patterns.map((pattern) => [pattern, ignore({ ignorecase: false }).add(withoutMark(pattern))]));
    return {
        isEmpty: patterns.length === 0,
        includes: (path, kind) => {
            const name = kind === 'folder' ? `${path}/` : path;
            for (const [pattern, matcher] of waiting)
                if (matcher.ignores(name))
                    waiting.delete(pattern);
            return all.ignores(name);
        },
        names: (path, kind) => {
            const folder = (0,archive_paths/* parentOf */.gN)(path);
            return plain.ignores(kind === 'folder' ? `${path}/` : path) && (folder === '' || !plain.ignores(`${folder}/`));
        },
        unused: () => [...waiting.keys()].map((pattern) => ({ pattern, why: whyUnused(withoutMark(pattern), around) }))
    };
}
function whyUnused(written, around) {
    if (/^-\s/.test(written))
        return `write one pattern per line without \`- \`: ${written.replace(/^-\s+/, '')}`;
    if (/,/.test(written) && !around.isThere(plainPath(written)))
        return 'commas do not separate patterns; write one pattern per line';
    const { workspace } = around;
    if (written === workspace || written.startsWith(`${workspace}/`)) {
        const rest = written.slice(workspace.length + 1);
        return `write the path relative to the workspace: ${rest || '**'}`;
    }
    const path = plainPath(written);
    // A folder such as `.envs` stays out as a whole.
    if (path.split('/').some(isEnvironmentFile) || around.isVariablesFile(path)) {
        return 'files of environment variables are never packed; set `secrets-file` to send its variables';
    }
    const fixed = /[*?[\\]/.test(path) ? (0,archive_paths/* parentOf */.gN)(path.replace(/[*?[\\].*$/, '')) : path;
    const isOutside = fixed !== '' && !around.folders.some((folder) => (0,archive_paths/* isWithin */.UO)(folder, fixed) || (0,archive_paths/* isWithin */.UO)(fixed, folder));
    if (isOutside && around.isThere(fixed))
        return 'it is outside the packed folders; set `root: .`';
    // Without a slash it is a name that may be anywhere.
    return fixed === path && path.includes('/') && !around.isThere(path) ? MISSING : undefined;
}
/** That a pattern names what is not there. */
const MISSING = 'missing';
function plainPath(pattern) {
    return pattern.replace(/^\/+|\/+$/g, '');
}
/** A pattern without its negation, to see whether it matches anything. */
function withoutMark(pattern) {
    return pattern.replace(/^!/, '');
}

;// CONCATENATED MODULE: ./build/archive/listing-report.js




/** Puts what was found into order and into sentences. */
function listingOf(walk) {
    const unused = walk.include.unused();
    return {
        entries: walk.entries.sort((left, right) => (0,archive_paths/* compareBytes */.Xo)(left.path, right.path)),
        notes: notesOf(walk),
        notices: noticesOf(walk, unused),
        warnings: warningsOf(walk, unused)
    };
}
function notesOf(walk) {
    const { environmentFiles, developmentState, gitFolders, hiddenEnds, circles, special, untold } = walk;
    const sent = inWorkspace(walk, environmentFiles).filter((path) => walk.sentFiles.has(path));
    const ofSent = (0,project_error/* sentenceAbout */.rp)(sent, (list) => ` The variables of ${list} are sent.`).join('');
    const unmatched = untold.filter((each) => isReopened(walk, each)).map(({ path }) => path);
    return [
        ...tellLeftOut(walk, environmentFiles, ', because files of environment variables are never packed', ofSent),
        ...tellLeftOut(walk, developmentState, ', because it is local state of `langgraph dev`'),
        ...tellLeftOut(walk, gitFolders, ', because it is a separate git repository'),
        ...tellLeftOut(walk, hiddenEnds, ', because these symbolic links point to files that are never packed'),
        ...tellLeftOut(walk, circles, ', because these symbolic links are circular'),
        ...tellLeftOut(walk, special, ', because they are neither files nor folders'),
        ...tellLeftOut(walk, unmatched, ' from ignored folders, because no pattern of `include` matches')
    ];
}
function noticesOf(walk, unused) {
    const unexplained = unused.flatMap(({ pattern, why }) => (why === undefined ? [pattern] : []));
    const explained = unused.flatMap(({ pattern, why }) => (why && why !== MISSING ? [`${pattern} (${why})`] : []));
    return [
        ...tellLeftOut(walk, walk.dangling, ', because the targets of these symbolic links do not exist'),
        ...tellLeftOut(walk, walk.leaving, ', because these symbolic links are not tracked by git and point outside the workspace', ' Exclude them in .gitignore or .dockerignore.'),
        ...(0,project_error/* sentenceAbout */.rp)(inWorkspace(walk, walk.trackedState), (list) => `Packed because git tracks it, although it is local development state: ${list}. Remove it from git, or exclude it in .dockerignore.`),
        ...tellLeftOut(walk, walk.vanished, ', because it was deleted while the files were listed'),
        ...(0,project_error/* sentenceAbout */.rp)(unexplained, (list) => `\`include\` has patterns that match no file that can be packed: ${list}. Write patterns relative to the workspace root; they only match inside the folders of the project, and never match files of environment variables.`),
        ...(0,project_error/* sentenceAbout */.rp)(explained, (list) => `\`include\` has patterns that match no file that can be packed: ${list}.`)
    ];
}
function warningsOf(walk, unused) {
    const missing = unused.filter(({ why }) => why === MISSING).map(({ pattern }) => pattern);
    const credentials = walk.credentials.filter((path) => !isPartlyIn(walk, path));
    return [
        ...(0,project_error/* sentenceAbout */.rp)(missing, (list) => `\`include\` names files that do not exist: ${list}. Correct the path, which is relative to the workspace root, or create the file in an earlier step.`),
        ...tellLeftOut(walk, credentials, ', because they probably contain credentials and git does not track them', ' If the agent needs them, add the path of each to `include`, without wildcards.'),
        ...toldOfGit(walk)
    ];
}
function tellLeftOut(walk, paths, why, more = '') {
    return (0,project_error/* sentenceAbout */.rp)(inWorkspace(walk, paths), (list) => `Skipped${why}: ${list}.${more}`);
}
/** Paths in the archive as seen from the workspace, where `include` and the user look for them. */
function inWorkspace({ root }, paths) {
    return paths.map((path) => external_node_path_.posix.join(root || '.', path));
}
/** Whether `include` has brought something in a folder back. */
function isPartlyIn({ entries }, folder) {
    return entries.some(({ path }) => path !== folder && (0,archive_paths/* isWithin */.UO)(folder, path));
}
/** Whether `include` has chosen from a folder around what is left out. */
function isReopened({ reopened }, { ignoredAt }) {
    return (0,archive_paths/* withParents */.M2)(ignoredAt).some((folder) => reopened.has(folder));
}
/** What it means that git does not tell which files are committed. */
function toldOfGit(walk) {
    const untold = walk.untold.filter((each) => !isReopened(walk, each));
    if (walk.unasked.size === 0 && untold.length === 0)
        return [];
    const place = [...walk.unasked].map((root) => root || 'the workspace');
    const cause = place.length > 0 ? `Git could not list its tracked files in ${(0,project_error/* shownList */.y9)(place)}` : NO_REPOSITORY;
    const paths = untold.map(({ path }) => path);
    const effect = (0,project_error/* sentenceAbout */.rp)(inWorkspace(walk, paths), (list) => `. Skipped because of a .gitignore, committed or not: ${list}`);
    return [`${cause}${effect.join('')}. Install git before actions/checkout runs, or list needed files in \`include\`.`];
}
const NO_REPOSITORY = 'The workspace is not a git repository, so it is unknown which files are committed';
/** Tells what the configuration names and the archive would not hold. */
function problemsOfNamed(walk) {
    const paths = packedPaths(walk.entries);
    return walk.named.filter((path) => !paths.has(path)).map((path) => problemOf(walk, path));
}
/** Everything that unpacking creates: the entries and the folders that hold them. The root is the empty path. */
function packedPaths(entries) {
    const paths = new Set(['']);
    for (const { path } of entries) {
        for (let part = path; !paths.has(part); part = (0,archive_paths/* parentOf */.gN)(part))
            paths.add(part);
    }
    return paths;
}
function problemOf(walk, path) {
    const { configPath, configLabel, namedAt } = walk.project;
    const place = external_node_path_.posix.join(walk.root, path);
    const line = namedAt.get(place);
    const role = path === configPath ? 'is the configuration' : 'is named by the configuration';
    const text = `${(0,project_error/* shown */.SP)(place)} ${role} and is not in the archive: ${reasonFor(walk, path)}.`;
    if (line === undefined)
        return { text };
    return { text: `${configLabel}:${line}: ${text}`, place: { file: configLabel, line } };
}
function reasonFor(walk, path) {
    if (path.startsWith('../'))
        return 'it is outside the packed folder';
    const [reason] = (0,archive_paths/* withParents */.M2)(path).flatMap((part) => walk.reasons.get(part) ?? []);
    const inner = walk.innerReasons.get(path);
    const byContent = inner && `all of its contents are excluded, first by ${inner}`;
    return (0,project_error/* shown */.SP)(reason ?? byContent ?? 'it does not exist, or cannot be read');
}

;// CONCATENATED MODULE: ./build/archive/ignore-rules.js


/**
 * The rules outside of everything: none.
 *
 * @param workspace the folder that all paths are seen from, absolute
 */
async function createIgnoreRules(workspace) {
    const { default: ignore } = await __webpack_require__.e(/* import() */ 298).then(__webpack_require__.t.bind(__webpack_require__, 298, 19));
    const extend = (above, lines, folder) => {
        const inside = ignore({ ignorecase: false });
        if (above)
            inside.add(above);
        return rules(inside.add(rulesOf(lines, folder)));
    };
    const rules = (above) => ({
        with: (text, folder, name) => extend(above, ignoreLinesOf(text, name), folder),
        ruleAgainst: (path, kind) => above?.test(inBytes(kind === 'folder' ? `${path}/` : path)).rule?.mark,
        async enter(folder) {
            const lines = await readIgnoreFile(workspace, folder, '.gitignore');
            return lines === undefined ? rules(above) : extend(above, lines, folder);
        }
    });
    return rules();
}
/**
 * The rules of one file as rules of the workspace. The library knows files at the top only; in one chain of rules for
 * the whole way down, the last that fits wins, as git has it: the deepest file decides.
 */
function rulesOf(lines, folder) {
    return lines.flatMap(({ text, mark }) => {
        const pattern = asSeenFromWorkspace(folder, text);
        return pattern === undefined ? [] : [{ pattern: inBytes(pattern), mark }];
    });
}
/** The pattern as the workspace's own .gitignore would have to say it; nothing for a line that is no rule. */
function asSeenFromWorkspace(folder, line) {
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
/** Git drops blanks at the end of a line, except one after a backslash that is not itself escaped. */
function withoutTrailingBlanks(body) {
    const kept = body.replace(/ +$/, '');
    const backslashes = kept.length - kept.replace(/\\+$/, '').length;
    return backslashes % 2 === 1 && kept !== body ? `${kept} ` : kept;
}
/** The bytes of a text as characters: to git a `?` or `[…]` is one byte, to the library one character. */
function inBytes(text) {
    return (0,archive_paths/* bytesOf */.$$)(text).toString('latin1');
}

// EXTERNAL MODULE: ./build/archive/git.js
var git = __webpack_require__(5217);
;// CONCATENATED MODULE: ./build/archive/repository.js





/** An index of a million files takes a second or two. */
const LIMITS = { ms: 30_000, bytes: 256 * 1024 * 1024 };
/**
 * Git is asked once for each repository, and only when something in it is to be packed.
 *
 * @param workspace absolute, without symbolic links; nothing above it is looked at
 */
function createRepositories(workspace, gitPath) {
    const known = new Map();
    const at = (root) => {
        const repository = known.get(root) ?? readRepository(root);
        known.set(root, repository);
        return repository;
    };
    const readRepository = async (root) => {
        const folder = (0,external_node_path_.join)(workspace, root);
        const [index, exclusions] = await Promise.all([readIndex(root), readExclusions(folder)]);
        return { root, index, exclusions };
    };
    const readExclusions = async (folder) => {
        // In a worktree and a submodule it lies elsewhere, which git alone knows.
        const isPlain = (0,external_node_fs_.lstatSync)((0,external_node_path_.join)(folder, '.git'), { throwIfNoEntry: false })?.isDirectory();
        const asked = isPlain
            ? '.git/info/exclude'
            : await (0,git/* askGit */.g)(folder, workspace, gitPath, ['rev-parse', '--git-path', 'info/exclude']);
        const file = asked?.replace(/\n$/, '');
        return file ? (0,promises_.readFile)((0,external_node_path_.resolve)(folder, file), 'utf8').catch(() => undefined) : undefined;
    };
    const readIndex = async (root) => {
        const listed = await (0,git/* askGit */.g)((0,external_node_path_.join)(workspace, root), workspace, gitPath, ['ls-files', '--stage', '-z'], '', LIMITS);
        return listed === undefined ? undefined : parseIndex(listed, root);
    };
    return {
        at,
        holding: async (folder) => {
            for (let place = folder;; place = (0,archive_paths/* parentOf */.gN)(place)) {
                if (isRoot((0,external_node_path_.join)(workspace, place)))
                    return at(place);
                if (place === '')
                    return undefined;
            }
        }
    };
}
/** A repository's own folder, or the file that names it in a submodule or a worktree. */
function isRoot(folder) {
    return (0,external_node_fs_.lstatSync)((0,external_node_path_.join)(folder, '.git'), { throwIfNoEntry: false }) !== undefined;
}
/**
 * Reads what `git ls-files --stage -z` prints: `MODE OBJECT STAGE<tab>PATH`, each with a NUL behind it.
 *
 * @param root of the repository, from which git sees the paths; itself seen from the workspace
 */
function parseIndex(listed, root) {
    const files = new Map();
    const folders = new Set(['']);
    for (let from = 0, end = listed.indexOf('\0'); end >= 0; from = end + 1, end = listed.indexOf('\0', from)) {
        const tab = listed.indexOf('\t', from);
        const path = listed.slice(tab + 1, end);
        files.set(path, listed.slice(from, tab));
        for (let folder = (0,archive_paths/* parentOf */.gN)(path); !folders.has(folder); folder = (0,archive_paths/* parentOf */.gN)(folder))
            folders.add(folder);
    }
    const inRepository = (path) => (root === '' ? path : path.slice(root.length + 1));
    return {
        find: (path) => {
            const [mode, object] = files.get(inRepository(path))?.split(' ') ?? [];
            return mode && object ? { mode, object } : undefined;
        },
        holds: (path) => {
            const own = inRepository(path);
            return own === '' ? files.size > 0 : folders.has(own) || files.has(own);
        }
    };
}

;// CONCATENATED MODULE: ./build/archive/walk.js







/** Prepares a walk: reads what the inputs name, and no folder yet. */
async function startWalk(project, options) {
    const { workspace } = project;
    const { include = [], environmentFiles = [], gitPath } = options;
    const named = [project.configPath, ...project.named.map((path) => (0,archive_paths/* relativeTo */.Mf)(project.root, (0,external_node_path_.join)(workspace, path)))];
    const goesIn = new Set([...named, ...project.folders.map((folder) => (0,archive_paths/* relativeTo */.Mf)(project.root, folder))]);
    const variablesFiles = await identify(workspace, environmentFiles);
    return {
        root: (0,archive_paths/* relativeTo */.Mf)(workspace, project.root),
        include: await readInclude(project, include, variablesFiles.environmentPlaces),
        sentFiles: sentFilesOf(project, environmentFiles),
        project,
        none: await createIgnoreRules(workspace),
        repositories: createRepositories(workspace, gitPath),
        named,
        goesIn,
        watched: new Set([...goesIn].flatMap(archive_paths/* withParents */.M2)),
        ...variablesFiles,
        problems: [],
        reasons: new Map(),
        innerReasons: new Map(),
        linked: 0,
        entries: [],
        environmentFiles: [],
        credentials: [],
        developmentState: [],
        trackedState: [],
        gitFolders: [],
        special: [],
        dangling: [],
        circles: [],
        hiddenEnds: [],
        leaving: [],
        vanished: [],
        reopened: new Set(),
        untold: [],
        unasked: new Set()
    };
}
function readInclude({ workspace, folders }, patterns, environmentPlaces) {
    return createInclusion(patterns, {
        workspace: workspace.split(external_node_path_.sep).join('/'),
        folders: folders.map((folder) => (0,archive_paths/* relativeTo */.Mf)(workspace, folder)),
        isThere: (path) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(workspace, path)),
        isVariablesFile: (path) => environmentPlaces.has(path)
    });
}
/** The files whose variables this run sends; the one that the configuration names may set nothing. */
function sentFilesOf({ environment, environmentFile }, files) {
    return new Set(files.filter((file) => file !== environmentFile || environment.length > 0).map((file) => external_node_path_.posix.normalize(file)));
}
/** Files of variables by all their names; those that are not there have one only. */
async function identify(workspace, files) {
    const places = new Set();
    const nodes = new Set();
    for (const file of files) {
        const written = (0,external_node_path_.resolve)(workspace, file);
        const real = await (0,promises_.realpath)(written).catch(() => written);
        for (const path of [written, real])
            if ((0,archive_paths/* isInside */.FK)(workspace, path))
                places.add((0,archive_paths/* relativeTo */.Mf)(workspace, path));
        const status = await (0,promises_.stat)(written).catch(() => undefined);
        if (status)
            nodes.add(nodeOf(status));
    }
    return {
        environmentPlaces: places,
        // On Windows the number of a file does not fit into a number of JavaScript.
        isVariablesFile: (status) => process.platform !== 'win32' && nodes.has(nodeOf(status))
    };
}
/** The number by which the file system knows a file. */
function nodeOf({ dev, ino }) {
    return `${dev}:${ino}`;
}

;// CONCATENATED MODULE: ./build/archive/entries.js











/** The most items that links may lead to: links that lead to each other can multiply without end. */
const MOST_LINKED = 100_000;
/**
 * Lists what goes into the archive of a project: everything in its folders but what `.dockerignore` files (of the
 * project's folders) leave out, what `.gitignore` files (of every folder, and of those above up to the repository's root)
 * leave out and git does not track, and what never goes in. What the configuration names and what `include` matches goes
 * in all the same. A link goes in as what it leads to. Like git, the archive has no entries for folders; empty
 * folders are the exception.
 *
 * @throws {ProjectError} with everything that is named and cannot be packed, every link that leaves the workspace and
 * everything that cannot be read
 */
async function listEntries(project, options = {}) {
    const walk = await startWalk(project, options);
    for (const { place, only } of await placesToStart(walk))
        await listFrom(walk, place, only);
    const problems = [...walk.problems, ...problemsOfNamed(walk)];
    if (problems.length === 0)
        return listingOf(walk);
    const place = problems.find((problem) => problem.place)?.place;
    const texts = problems.map(({ text }) => text);
    throw new project_error.ProjectError(texts, { place });
}
/**
 * The project's folders, and what is named beside them; none of it twice.
 *
 * @returns folders to begin in, and the one item in each to list, if not all
 */
async function placesToStart({ project, named }) {
    const { workspace, folders } = project;
    const beside = [...new Set(named)]
        .map((path) => (0,external_node_path_.join)(project.root, path))
        .filter((source) => (0,archive_paths/* isInside */.FK)(project.root, source) && !folders.some((folder) => (0,archive_paths/* isInside */.FK)(folder, source)));
    const isFolder = await Promise.all(beside.map(async (source) => (await (0,promises_.stat)(source).catch(() => undefined))?.isDirectory()));
    const whole = outermost([...folders, ...beside.filter((_, index) => isFolder[index])]);
    const single = beside.filter((source, index) => {
        return isFolder[index] === false && !whole.some((folder) => (0,archive_paths/* isInside */.FK)(folder, source));
    });
    return [
        ...whole.map((folder) => ({ place: (0,archive_paths/* relativeTo */.Mf)(workspace, folder) })),
        ...single
            .map((source) => (0,archive_paths/* relativeTo */.Mf)(workspace, source))
            .map((place) => ({ place: (0,archive_paths/* parentOf */.gN)(place), only: (0,archive_paths/* baseOf */.bx)(place) }))
    ];
}
/** The folders that lie in none of the others. */
function outermost(folders) {
    return folders.filter((folder) => !folders.some((other) => other !== folder && (0,archive_paths/* isInside */.FK)(other, folder)));
}
async function listFrom(walk, place, only) {
    const source = (0,external_node_path_.join)(walk.project.workspace, place);
    const above = await rulesAbove(walk, place);
    const folder = { ...above, source, place, path: (0,archive_paths/* relativeTo */.Mf)(walk.project.root, source), docker: [], through: [] };
    await listFolder(walk, folder, { isKept: true, isStart: true, only });
}
/**
 * Lists what goes in of a folder and of all those in it.
 *
 * @param given.isKept whether the folder itself goes in, and not only some of what it holds
 */
async function listFolder(walk, outer, given) {
    const { isKept, isStart = false, only } = given;
    const opened = await openFolder(walk, outer, { isStart });
    if (!opened)
        return;
    const { folder, items } = opened;
    if (folder.through.length > 0)
        countLinked(walk, folder, items.length);
    if (folder.repository && !folder.repository.index)
        walk.unasked.add(folder.repository.root);
    for (const { name, kind } of only === undefined ? items : items.filter((item) => item.name === only)) {
        const source = `${folder.source}${folder.source.endsWith(external_node_path_.sep) ? '' : external_node_path_.sep}${name}`;
        const item = { name, kind, source, place: (0,archive_paths/* below */.Gz)(folder.place, name), path: (0,archive_paths/* below */.Gz)(folder.path, name) };
        await listItem(walk, folder, item);
    }
    if (isKept && items.length === 0 && folder.path !== '')
        walk.entries.push({ kind: 'folder', path: folder.path });
}
async function listItem(walk, folder, item) {
    const judgement = judge(walk, folder, item);
    const { reason, isBroughtBack, isEntered, inside } = judgement;
    if (reason !== undefined)
        noteReason(walk, folder, item, judgement, reason);
    if (isBroughtBack)
        noteReopened(walk, folder, judgement);
    const { source, place, path } = item;
    if (isLink(folder, item))
        await addLink(walk, folder, item, judgement);
    else if (item.kind === 'folder') {
        if (isEntered)
            await listFolder(walk, { ...folder, ...inside, source, place, path }, { isKept: !reason });
    }
    else if (reason !== undefined)
        return;
    else if (item.kind === 'file')
        addFile(walk, folder.repository, item);
    else
        walk.special.push(path);
}
/** @throws {ProjectError} when links have led to too much */
function countLinked(walk, { path }, items) {
    walk.linked += items + 1;
    if (walk.linked <= MOST_LINKED)
        return;
    const place = `More than ${MOST_LINKED} files are reached by symbolic links, the last ones in ${(0,project_error/* shown */.SP)(path)}.`;
    throw new project_error.ProjectError([`${place} Exclude links that point to each other in .dockerignore.`]);
}
function noteReason(walk, folder, item, judgement, reason) {
    const { about, isEntered } = judgement;
    const { path, place, kind } = item;
    const index = folder.repository?.index;
    if (walk.watched.has(path))
        walk.reasons.set(path, reason);
    if (!walk.innerReasons.has(folder.path))
        walk.innerReasons.set(folder.path, reason);
    if (about === 'environment')
        walk.environmentFiles.push(path);
    if (about === 'credentials')
        walk.credentials.push(path);
    if (about === 'gitignore' && !isEntered && !index) {
        walk.untold.push({ path, ignoredAt: folder.ignoredAt ?? (folder.path || path) });
    }
    if (about === 'development state') {
        const isTracked = kind === 'folder' && (index?.holds(place) ?? false);
        (isTracked ? walk.trackedState : walk.developmentState).push(path);
    }
}
/** Notes that `include` chooses what is packed of a folder that git ignores. */
function noteReopened(walk, folder, { inside }) {
    for (const path of [folder.ignoredAt, inside.ignoredAt, folder.path])
        if (path)
            walk.reopened.add(path);
}
/** Packs what a link leads to, in the link's place. */
async function addLink(walk, folder, item, judgement) {
    const isKept = judgement.reason === undefined;
    // Something in the folder behind it may be named.
    if (!isKept && !walk.watched.has(item.path))
        return;
    const target = await followLink(walk, folder, item, judgement);
    if (target?.kind === 'folder')
        await listFolder(walk, target.folder, { isKept });
    else if (!target || !isKept)
        return;
    else if (target.kind === 'file')
        addFile(walk, target.repository, target);
    else
        walk.special.push(item.path);
}
/** @param repository the one that the file really lies in */
function addFile(walk, repository, { source, place, path }) {
    const status = statusOf(walk, source, path);
    if (!status)
        return;
    if (walk.isVariablesFile(status)) {
        walk.environmentFiles.push(path);
        return;
    }
    const tracked = repository?.index?.find(place);
    const isAsked = tracked || walk.goesIn.has(path) || isNamedByInclude(walk, { kind: 'file', path, place });
    if (!isAsked && holdsKey(source, status)) {
        walk.credentials.push(path);
        return;
    }
    const isProgram = process.platform !== 'win32' && (status.mode & 0o100) !== 0;
    walk.entries.push({
        kind: 'file',
        path,
        source,
        size: status.size,
        // Not every system has such a bit, but git has.
        executable: isProgram || tracked?.mode === '100755',
        isNamed: walk.goesIn.has(path),
        object: tracked?.mode.startsWith('100') ? tracked.object : undefined
    });
}
function statusOf(walk, source, path) {
    try {
        // Many small calls: a trip to the thread pool for each would take ten times as long.
        return (0,external_node_fs_.lstatSync)((0,archive_paths/* onDisk */.FC)(source));
    }
    catch (error) {
        if ((0,project_error/* fileErrorCode */.c2)(error) === 'ENOENT' && !walk.goesIn.has(path))
            walk.vanished.push(path);
        else
            walk.problems.push({ text: `${(0,project_error/* shown */.SP)(path)} ${(0,project_error/* whyRefused */.fG)(error)}.` });
        return undefined;
    }
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



/** More time and output than a small question needs in any repository; a git that hangs must not delay the run. */
const USUAL = { ms: 5_000, bytes: 1024 * 1024 };
/** What settings of the repository cannot override; none of them may name a program to run. */
const SETTINGS = [
    // In a container the workspace belongs to another user, which is no danger here: nothing of it is run.
    'safe.directory=*',
    'safe.bareRepository=explicit',
    'core.fsmonitor=false'
];
/**
 * Runs git in a folder.
 *
 * @param folder absolute
 * @param workspace where the search for the repository ends; absolute
 * @param gitPath the `PATH` where git is looked for
 * @param input what git reads from its standard input
 * @returns what it printed, with bytes that are not UTF-8 as `textOfBytes` has them; nothing when it failed, is not there, or
 * passed a limit
 */
function askGit(folder, workspace, gitPath, args, input = '', limits = USUAL) {
    const answer = new Promise((resolve) => {
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)('git', [...SETTINGS.flatMap((setting) => ['-c', setting]), ...args], {
            cwd: folder,
            // Not the job's environment: GIT_DIR and the like could name another repository.
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
        // A git that is gone before it has read must not end the run.
        child.stdin?.on('error', () => { });
        child.stdin?.end(input);
    });
    return answer.catch(() => undefined);
}


/***/ }),

/***/ 130:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bi: () => (/* binding */ createObjectName),
/* harmony export */   Go: () => (/* binding */ isBinary),
/* harmony export */   e$: () => (/* binding */ asInIndex),
/* harmony export */   x1: () => (/* binding */ createConverter)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

const CARRIAGE_RETURN = 0x0d;
/** Git looks this far for a NUL to tell a binary file. */
const INSPECTED_BYTES = 8000;
/** Whether git takes a file for a binary one, whose line ends it never changes. @param start at least 8,000 bytes, or all */
function isBinary(start) {
    return start.subarray(0, INSPECTED_BYTES).includes(0);
}
/** Turns CR LF into LF in a text that comes in pieces. A CR at the end of a piece waits for the next; `end` gives it. */
function createConverter() {
    let waiting = false;
    return {
        convert: (piece) => {
            if (piece.length === 0)
                return piece;
            const whole = waiting ? Buffer.concat([Buffer.from('\r'), piece]) : piece;
            waiting = whole.at(-1) === CARRIAGE_RETURN;
            return withLineFeeds(waiting ? whole.subarray(0, -1) : whole);
        },
        end: () => Buffer.from(waiting ? '\r' : '')
    };
}
function withLineFeeds(text) {
    if (!text.includes('\r\n'))
        return text;
    const converted = Buffer.allocUnsafe(text.length);
    let length = 0;
    let from = 0;
    for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', from)) {
        length += text.copy(converted, length, from, at);
        from = at + 1;
    }
    length += text.copy(converted, length, from);
    return converted.subarray(0, length);
}
/** Begins the name that git gives to a content of so many bytes; `like` tells by its length which hash that is. */
function createObjectName(like, bytes) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(like.length === 64 ? 'sha256' : 'sha1').update(`blob ${bytes}\0`);
}
/**
 * A text with the line ends that git has in the index: where the checkout turned LF into CR LF, LF. Anything else stays
 * as it is, such as a file that was changed since.
 *
 * @param object the name of the content in the index
 */
function asInIndex(content, object) {
    if (isBinary(content) || !content.includes('\r\n'))
        return content;
    const converted = withLineFeeds(content);
    return createObjectName(object, converted.length).update(converted).digest('hex') === object ? converted : content;
}


/***/ })

};
