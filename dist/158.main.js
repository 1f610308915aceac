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




async function readIgnoreFile(workspace, folder, file) {
    const path = (0,external_node_path_.join)(workspace, folder, file);
    try {
        const real = await (0,promises_.realpath)((0,archive_paths/* onDisk */.FC)(path), 'utf8');
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
function ignoreLinesOf(text, place) {
    return text
        .replace(/^\uFEFF/, '')
        .split('\n')
        .map((line) => line.replace(/\r$/, ''))
        .map((line, index) => ({ text: line, mark: `${place} line ${index + 1} (${line.trim()})` }));
}

;// CONCATENATED MODULE: ./build/archive/docker-rules.js



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
    const pattern = clean.replace(/(?<!\\)[+()|{}](?![^[]*\])/g, '[$&]');
    return { isException, pattern, mark };
}
function checkPattern(matcher, mark) {
    try {
        matcher.ignores('any/path');
    }
    catch {
        throw new project_error.ProjectError([`${mark} is not a valid pattern. Correct it; Docker rejects it too.`]);
    }
}
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
function isGitFolder(items) {
    const has = (name, kind) => items.some((item) => item.name === name && item.kind === kind);
    return has('HEAD', 'file') && has('objects', 'folder') && has('refs', 'folder');
}
async function isGitFolderAt(source) {
    return isGitFolder(await itemsIn(source).catch(() => []));
}
async function rulesAbove(walk, place) {
    const repository = await walk.repositories.holding(place);
    const top = repository?.root ?? '';
    if (place === top)
        return { rules: walk.none, repository };
    let rules = repository ? await withExclusions(walk.none, repository) : walk.none;
    const parents = ['', ...(0,archive_paths/* withParents */.M2)((0,archive_paths/* parentOf */.gN)(place)).toReversed()];
    for (const parent of parents.filter((each) => (0,archive_paths/* isWithin */.UO)(top, each)))
        rules = await rules.enter(parent);
    return { rules: rules.ruleAgainst(place, 'folder') ? walk.none : rules, repository };
}
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
    const hasDockerRules = has('.dockerignore') && walk.project.folders.includes(folder.source);
    const rules = hasDockerRules ? await readDockerRules(walk.project.workspace, folder.place) : undefined;
    const docker = rules ? [...folder.docker, { folder: folder.path, rules }] : folder.docker;
    return { folder: { ...ignoring, docker }, items };
}
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
async function withRepository(walk, folder) {
    if (folder.ignoredBy !== undefined || folder.repository?.root === folder.place)
        return folder;
    return { ...folder, rules: walk.none, repository: await walk.repositories.at(folder.place) };
}
const VIRTUAL_ENVIRONMENT = 'pyvenv.cfg';
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
async function withExclusions(rules, { root, exclusions }) {
    return exclusions === undefined ? rules : rules.with(exclusions, root, 'info/exclude');
}

// EXTERNAL MODULE: ./build/run/object.js
var object = __webpack_require__(1379);
;// CONCATENATED MODULE: ./build/archive/private-files.js



const NEVER_PACKED = new Set(['__pycache__', '.git', '.venv', 'venv', 'node_modules', '.tox', '.mypy_cache']);
function neverPacked(name, kind) {
    if (name.toLowerCase() === '.git')
        return 'the internal files of git are never packed';
    if (kind !== 'file' && NEVER_PACKED.has(name))
        return `a folder named ${name} is never packed`;
    if (/^gha-creds-.*\.json$/.test(name))
        return 'credentials from google-github-actions/auth are never packed';
    return undefined;
}
function isEnvironmentFile(name) {
    return /^\.env|\.env$/i.test(name) && !/^\.env.*\.(example|sample|template|dist)$/i.test(name);
}
const CREDENTIALS = [
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
    /^(\.pgpass|pgpass\.conf|\.my\.cnf|\.mylogin\.cnf|\.htpasswd)$/,
    /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/,
    /\.(ppk|p12|pfx|jks|keystore|kdbx)$/,
    /^authkey_[a-z0-9]+\.p8$/,
    /^(\.act)?\.secrets$/,
    /^secrets\.(json|ya?ml)$/,
    /^[^/]*\.tfvars(\.json)?$/,
    /^secring\.gpg$/,
    /\.env\.(bak|backup|old|orig|save|local|production|staging)$/,
    /^env\.(production|prod|staging|development|local)$/,
    /^\.streamlit\/secrets\.toml$/,
    /^\.dev\.vars$/,
    /^\.claude\/\.credentials\.json$/,
    /^\.codex\/auth\.json$/
];
const CREDENTIAL_FOLDERS = new Set(['.aws', '.azure', '.gcloud', '.gnupg', '.ssh', '.kube', '.oci', '.terraform.d']);
function holdsCredentials(path, kind) {
    const [name = '', parent = ''] = path.toLowerCase().split('/').reverse();
    if (kind === 'folder')
        return CREDENTIAL_FOLDERS.has(name) || (parent === '.config' && name === 'gcloud');
    return CREDENTIALS.some((form) => form.test(name) || form.test(`${parent}/${name}`));
}
const LARGEST_CREDENTIALS = 64 * 1024;
const WRITTEN_BY_PEOPLE = /\.(py|pyi|ipynb|[cm]?[jt]sx?|vue|svelte|go|rs|rb|java|kt|cs|c|h|cpp|php|sh|bash|ps1|sql|md|mdx|rst|html?|css|scss|toml|cfg|ini|lock|example|sample|template|dist|pub|crl|csr|png|jpe?g|gif|webp|ico|pdf|zip|gz|whl|so)$/i;
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
        return false;
    }
}
function revealsCredentials(content) {
    const text = decoded(content);
    if (/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----\s*$/m.test(text))
        return true;
    return text.trimStart().startsWith('{') && isAccount(text);
}
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
function isValue(value) {
    return typeof value === 'string' && value !== '' && !/\$\{|\{\{|<|\*\*\*|^(x+|your|change)/i.test(value);
}

;// CONCATENATED MODULE: ./build/archive/judgement.js


function judge(walk, folder, item) {
    const { path } = item;
    const never = neverPacked(item.name, item.kind);
    if (never)
        return leftOut(folder, never);
    if (isEnvironmentFile(item.name) || walk.environmentPlaces.has(item.place)) {
        return leftOut(folder, 'environment variable files are never packed', 'environment');
    }
    const isEntered = item.kind === 'folder';
    const found = applyRules(walk, folder, item);
    const { docker, rule } = found;
    const inside = insideOf(folder, path, found);
    if (docker.length === 0 && rule === undefined)
        return { isEntered, inside };
    if (walk.goesIn.has(path)) {
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
const SUBMODULE = '160000';
function applyRules(walk, folder, item) {
    const { place, path } = item;
    const { index } = folder.repository ?? {};
    const isFolder = item.kind === 'folder';
    const tracked = index?.find(place);
    const isTracked = isFolder ? tracked?.mode === SUBMODULE : tracked !== undefined;
    const ignored = isTracked ? undefined : (folder.ignoredBy ?? folder.rules.ruleAgainst(place, item.kind));
    const own = isTracked ? undefined : ownReason(item);
    const isCredential = own?.about === 'credentials' || (folder.holdsCredentials === true && !isTracked);
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
    if (folder.holdsCredentials)
        return undefined;
    if (isCredential && isMatched)
        return 'credentials';
    if (docker.length > 0)
        return undefined;
    return ignored === undefined ? own?.about : 'gitignore';
}
function mayHoldMore(walk, folder, path, { docker, rule, holdsTracked }) {
    if (walk.watched.has(path) || (!walk.include.isEmpty && !folder.isClosed))
        return true;
    const mayHoldTracked = rule === undefined || holdsTracked;
    return mayHoldTracked && docker.every(({ folder: base, rules }) => rules.readmitsBelow(seenFrom(base, path)));
}
function leftOut({ rules, docker }, reason, about) {
    return { reason, about, isEntered: false, inside: { rules, docker, ignoredBy: undefined } };
}
const DEVELOPMENT_STATE = '.langgraph_api';
function ownReason({ name, kind, place }) {
    if (kind === 'folder' && name === DEVELOPMENT_STATE) {
        return { reason: 'it is local state of `langgraph dev`', about: 'development state' };
    }
    return holdsCredentials(place, kind)
        ? { reason: 'it probably contains credentials, and git does not track it', about: 'credentials' }
        : undefined;
}
function matchesInclude({ include, root }, { kind, path, place }) {
    if (include.isEmpty)
        return false;
    const placed = (0,archive_paths/* below */.Gz)(root, path);
    return include.includes(placed, kind) || (placed !== place && include.includes(place, kind));
}
function isNamedByInclude({ include, root }, { kind, path, place }) {
    return include.names((0,archive_paths/* below */.Gz)(root, path), kind) || include.names(place, kind);
}
function seenFrom(folder, path) {
    return folder === '' ? path : path.slice(folder.length + 1);
}

// EXTERNAL MODULE: ./build/archive/line-ends.js
var line_ends = __webpack_require__(130);
;// CONCATENATED MODULE: ./build/archive/links.js








const LONGEST_TARGET = 4096;
const MOST_HOPS = 40;
function isLink({ repository }, { kind, place, source }) {
    return kind === 'link' || (kind === 'file' && isPlainLink(repository, place, source));
}
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
function isHidden(walk, place, kind) {
    if (walk.environmentPlaces.has(place))
        return true;
    const names = place.split('/');
    return names.some((name, index) => {
        return neverPacked(name, index === names.length - 1 ? kind : 'folder') !== undefined || isEnvironmentFile(name);
    });
}
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
async function isTracked(walk, place) {
    const repository = await walk.repositories.holding((0,archive_paths/* parentOf */.gN)(place));
    return repository?.index?.holds(place) ?? false;
}
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
async function endOfPlainLink(source) {
    return realPathOf((0,external_node_path_.resolve)((0,external_node_path_.dirname)(source), (0,archive_paths/* textOfBytes */.gm)(await (0,promises_.readFile)((0,archive_paths/* onDisk */.FC)(source)))));
}
async function realPathOf(path) {
    return (0,archive_paths/* textOfBytes */.gm)(await (0,promises_.realpath)((0,archive_paths/* onDisk */.FC)(path), 'buffer'));
}
function isPlainLink(repository, place, source) {
    const tracked = repository?.index?.find(place);
    return tracked?.mode === '120000' && holdsObject(source, tracked.object);
}
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
    if (path.split('/').some(isEnvironmentFile) || around.isVariablesFile(path)) {
        return 'environment variable files are never packed; set `secrets-file` to send the variables';
    }
    const fixed = /[*?[\\]/.test(path) ? (0,archive_paths/* parentOf */.gN)(path.replace(/[*?[\\].*$/, '')) : path;
    const isOutside = fixed !== '' && !around.folders.some((folder) => (0,archive_paths/* isWithin */.UO)(folder, fixed) || (0,archive_paths/* isWithin */.UO)(fixed, folder));
    if (isOutside && around.isThere(fixed))
        return 'it is outside the packed folders; set `root: .`';
    return fixed === path && path.includes('/') && !around.isThere(path) ? MISSING : undefined;
}
const MISSING = 'missing';
function plainPath(pattern) {
    return pattern.replace(/^\/+|\/+$/g, '');
}
function withoutMark(pattern) {
    return pattern.replace(/^!/, '');
}

;// CONCATENATED MODULE: ./build/archive/listing-report.js




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
    const ofSent = (0,project_error/* sentenceAbout */.rp)(sent, (list) => ` The variables in ${list} are sent.`).join('');
    const unmatched = untold.filter((each) => isReopened(walk, each)).map(({ path }) => path);
    return [
        ...skipped(walk, environmentFiles, 'environment variable files, which are never packed', ofSent),
        ...skipped(walk, developmentState, 'local state of `langgraph dev`'),
        ...skipped(walk, gitFolders, 'separate git repositories'),
        ...skipped(walk, hiddenEnds, 'symbolic links to files that are never packed'),
        ...skipped(walk, circles, 'circular symbolic links'),
        ...skipped(walk, special, 'items that are neither files nor folders'),
        ...skipped(walk, unmatched, 'in ignored folders, because no pattern of `include` matches')
    ];
}
function noticesOf(walk, unused) {
    const unexplained = unused.flatMap(({ pattern, why }) => (why === undefined ? [pattern] : []));
    const explained = unused.flatMap(({ pattern, why }) => (why && why !== MISSING ? [`${pattern} (${why})`] : []));
    return [
        ...skipped(walk, walk.dangling, 'symbolic links whose targets do not exist'),
        ...skipped(walk, walk.leaving, 'symbolic links that point outside the workspace and that git does not track', ' Exclude them in .gitignore or .dockerignore.'),
        ...(0,project_error/* sentenceAbout */.rp)(inWorkspace(walk, walk.trackedState), (list) => `Packed local development state, because git tracks it: ${list}. Remove it from git, or exclude it in .dockerignore.`),
        ...skipped(walk, walk.vanished, 'files that were deleted while the files were listed'),
        ...(0,project_error/* sentenceAbout */.rp)(unexplained, (list) => `${UNMATCHED}: ${list}. Write patterns relative to the workspace root; they only match inside the folders of the project, and never match environment variable files.`),
        ...(0,project_error/* sentenceAbout */.rp)(explained, (list) => `${UNMATCHED}: ${list}.`)
    ];
}
const UNMATCHED = '`include` contains patterns that do not match any file that can be packed';
function warningsOf(walk, unused) {
    const missing = unused.filter(({ why }) => why === MISSING).map(({ pattern }) => pattern);
    const credentials = walk.credentials.filter((path) => !isPartlyIn(walk, path));
    return [
        ...(0,project_error/* sentenceAbout */.rp)(missing, (list) => `\`include\` names files that do not exist: ${list}. Correct their paths, which are relative to the workspace root, or create the files in an earlier step.`),
        ...skipped(walk, credentials, 'probable credentials that git does not track', ' If the agent needs them, add the path of each to `include`, without wildcards.'),
        ...toldOfGit(walk)
    ];
}
function skipped(walk, paths, what, more = '') {
    return (0,project_error/* sentenceAbout */.rp)(inWorkspace(walk, paths), (list) => `Skipped ${what}: ${list}.${more}`);
}
function inWorkspace({ root }, paths) {
    return paths.map((path) => external_node_path_.posix.join(root || '.', path));
}
function isPartlyIn({ entries }, folder) {
    return entries.some(({ path }) => path !== folder && (0,archive_paths/* isWithin */.UO)(folder, path));
}
function isReopened({ reopened }, { ignoredAt }) {
    return (0,archive_paths/* withParents */.M2)(ignoredAt).some((folder) => reopened.has(folder));
}
function toldOfGit(walk) {
    const untold = walk.untold.filter((each) => !isReopened(walk, each));
    if (walk.unasked.size === 0 && untold.length === 0)
        return [];
    const place = [...walk.unasked].map((root) => root || 'the workspace');
    const cause = place.length > 0 ? `Git could not list the tracked files in ${(0,project_error/* shownList */.y9)(place)}` : NO_REPOSITORY;
    const paths = untold.map(({ path }) => path);
    const effect = (0,project_error/* sentenceAbout */.rp)(inWorkspace(walk, paths), (list) => `. Skipped paths that a .gitignore excludes, although they might be committed: ${list}`);
    return [`${cause}${effect.join('')}. Install git before actions/checkout runs, or list needed files in \`include\`.`];
}
const NO_REPOSITORY = 'The workspace is not a git repository, so it is unknown which files are committed';
function problemsOfNamed(walk) {
    const paths = packedPaths(walk.entries);
    return walk.named.filter((path) => !paths.has(path)).map((path) => problemOf(walk, path));
}
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
    const text = `${(0,project_error/* shown */.SP)(place)} ${role} but is not in the archive: ${reasonFor(walk, path)}.`;
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
function rulesOf(lines, folder) {
    return lines.flatMap(({ text, mark }) => {
        const pattern = asSeenFromWorkspace(folder, text);
        return pattern === undefined ? [] : [{ pattern: inBytes(pattern), mark }];
    });
}
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
    const depth = inner.includes('/') ? '/' : '/**/';
    return `${negation}/${prefix}${depth}${body.replace(/^\//, '')}`;
}
function withoutTrailingBlanks(body) {
    const kept = body.replace(/ +$/, '');
    const backslashes = kept.length - kept.replace(/\\+$/, '').length;
    return backslashes % 2 === 1 && kept !== body ? `${kept} ` : kept;
}
function inBytes(text) {
    return (0,archive_paths/* bytesOf */.$$)(text).toString('latin1');
}

// EXTERNAL MODULE: ./build/archive/git.js
var git = __webpack_require__(5217);
;// CONCATENATED MODULE: ./build/archive/repository.js





const LIMITS = { ms: 30_000, bytes: 256 * 1024 * 1024 };
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
function isRoot(folder) {
    return (0,external_node_fs_.lstatSync)((0,external_node_path_.join)(folder, '.git'), { throwIfNoEntry: false }) !== undefined;
}
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
function sentFilesOf({ environment, environmentFile }, files) {
    return new Set(files.filter((file) => file !== environmentFile || environment.length > 0).map((file) => external_node_path_.posix.normalize(file)));
}
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
        isVariablesFile: (status) => process.platform !== 'win32' && nodes.has(nodeOf(status))
    };
}
function nodeOf({ dev, ino }) {
    return `${dev}:${ino}`;
}

;// CONCATENATED MODULE: ./build/archive/entries.js











const MOST_LINKED = 100_000;
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
function outermost(folders) {
    return folders.filter((folder) => !folders.some((other) => other !== folder && (0,archive_paths/* isInside */.FK)(other, folder)));
}
async function listFrom(walk, place, only) {
    const source = (0,external_node_path_.join)(walk.project.workspace, place);
    const above = await rulesAbove(walk, place);
    const folder = { ...above, source, place, path: (0,archive_paths/* relativeTo */.Mf)(walk.project.root, source), docker: [], through: [] };
    await listFolder(walk, folder, { isKept: true, isStart: true, only });
}
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
function countLinked(walk, { path }, items) {
    walk.linked += items + 1;
    if (walk.linked <= MOST_LINKED)
        return;
    const place = `More than ${MOST_LINKED} files are reached through symbolic links, the last ones in ${(0,project_error/* shown */.SP)(path)}.`;
    throw new project_error.ProjectError([`${place} Use .dockerignore to exclude links that point to each other.`]);
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
function noteReopened(walk, folder, { inside }) {
    for (const path of [folder.ignoredAt, inside.ignoredAt, folder.path])
        if (path)
            walk.reopened.add(path);
}
async function addLink(walk, folder, item, judgement) {
    const isKept = judgement.reason === undefined;
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
        executable: isProgram || tracked?.mode === '100755',
        isNamed: walk.goesIn.has(path),
        object: tracked?.mode.startsWith('100') ? tracked.object : undefined
    });
}
function statusOf(walk, source, path) {
    try {
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
const INSPECTED_BYTES = 8000;
function isBinary(start) {
    return start.subarray(0, INSPECTED_BYTES).includes(0);
}
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
function createObjectName(like, bytes) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(like.length === 64 ? 'sha256' : 'sha1').update(`blob ${bytes}\0`);
}
function asInIndex(content, object) {
    if (isBinary(content) || !content.includes('\r\n'))
        return content;
    const converted = withLineFeeds(content);
    return createObjectName(object, converted.length).update(converted).digest('hex') === object ? converted : content;
}


/***/ })

};
