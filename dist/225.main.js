export const id = 225;
export const ids = [225];
export const modules = {

/***/ 6225:
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
// EXTERNAL MODULE: ./build/deployment/archive/paths.js
var archive_paths = __webpack_require__(3871);
// EXTERNAL MODULE: ./build/deployment/archive/project-error.js
var project_error = __webpack_require__(8565);
;// CONCATENATED MODULE: ./build/deployment/archive/ignore-file.js




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
        return linesOf(await (0,promises_.readFile)((0,archive_paths/* onDisk */.FC)(path), 'utf8'), folder === '' ? file : `${folder}/${file}`);
    }
    catch (error) {
        if ((0,project_error/* codeOf */.$N)(error) === 'ENOENT' || (0,project_error/* codeOf */.$N)(error) === 'ELOOP')
            return undefined;
        throw new project_error.ProjectError([`${(0,project_error/* shown */.SP)((0,archive_paths/* relativeTo */.Mf)(workspace, path))} ${(0,project_error/* inWords */.r4)(error)}.`]);
    }
}
/** The lines of an ignore file. @param place the file, as a mark has it */
function linesOf(text, place) {
    return text
        .replace(/^\uFEFF/, '')
        .split('\n')
        .map((line) => line.replace(/\r$/, ''))
        .map((line, index) => ({ text: line, mark: `${place} line ${index + 1} (${line.trim()})` }));
}

;// CONCATENATED MODULE: ./build/deployment/archive/docker-rules.js



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
    const { default: dockerignore } = (await __webpack_require__.e(/* import() */ 158).then(__webpack_require__.t.bind(__webpack_require__, 4158, 19))).default;
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
        throw new project_error.ProjectError([`${mark} is not a valid pattern. Correct it; Docker refuses such a file too.`]);
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

;// CONCATENATED MODULE: ./build/deployment/archive/ignore-rules.js


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
        with: (text, folder, name) => extend(above, linesOf(text, name), folder),
        ruleAgainst: (path, isFolder) => above?.test(inBytes(isFolder ? `${path}/` : path)).rule?.mark,
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
        const pattern = below(folder, text);
        return pattern === undefined ? [] : [{ pattern: inBytes(pattern), mark }];
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
    return (0,archive_paths/* bytesOf */.$$)(text).toString('latin1');
}

// EXTERNAL MODULE: ./build/object.js
var object = __webpack_require__(8949);
;// CONCATENATED MODULE: ./build/deployment/archive/private-files.js

/** Folders that LangSmith's own tool never packs, at any depth. */
const NEVER_PACKED = new Set(['__pycache__', '.git', '.venv', 'venv', 'node_modules', '.tox', '.mypy_cache']);
/**
 * Why nothing of this name goes into an archive, wherever it lies and whatever asks for it.
 *
 * @param name of a file or folder, without the folders that hold it
 */
function neverPacked(name, isFile) {
    if (name.toLowerCase() === '.git')
        return 'what git keeps for itself is never packed';
    if (!isFile && NEVER_PACKED.has(name))
        return `a folder named ${name} is never packed`;
    if (/^gha-creds-.*\.json$/.test(name))
        return 'credentials of google-github-actions/auth are never packed';
    return undefined;
}
/** Whether a name is that of a file of environment variables, or of a folder of such files; examples are none. */
function isEnvironmentFile(name) {
    return /^\.env|\.env$/i.test(name) && !/^\.env.*\.(example|sample|template|dist)$/i.test(name);
}
/** What `langgraph dev` keeps beside the configuration: threads, checkpoints and the store of the developer. */
const DEVELOPMENT_STATE = '.langgraph_api';
/** In the folder of each virtual environment, whatever that is called. */
const ENVIRONMENT_MARK = 'pyvenv.cfg';
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
function holdsCredentials(path, isFile) {
    const [name = '', parent = ''] = path.toLowerCase().split('/').reverse();
    if (!isFile)
        return CREDENTIAL_FOLDERS.has(name) || (parent === '.config' && name === 'gcloud');
    return CREDENTIALS.some((form) => form.test(name) || form.test(`${parent}/${name}`));
}
/** The largest file that `revealsCredentials` is asked about, in bytes; a key is smaller. */
const LARGEST_CREDENTIALS = 64 * 1024;
/** Texts of programs and of people, which only speak of keys: an example in one is no key that a tool has written. */
const WRITTEN_BY_PEOPLE = /\.(py|pyi|ipynb|[cm]?[jt]sx?|vue|svelte|go|rs|rb|java|kt|cs|c|h|cpp|php|sh|bash|ps1|sql|md|mdx|rst|html?|css|scss|toml|cfg|ini|lock|example|sample|template|dist|pub|crl|csr|png|jpe?g|gif|webp|ico|pdf|zip|gz|whl|so)$/i;
/**
 * Whether only the content of a file tells whether it holds credentials: a step can write a key under any name.
 *
 * @param name without the folders that hold it
 */
function mayHoldCredentials(name) {
    return !WRITTEN_BY_PEOPLE.test(name);
}
/**
 * Whether a file is a private key, or one of an account as Google and Docker hand it out: of a service, of an application,
 * of a user or of a registry.
 */
function revealsCredentials(content) {
    const text = textOf(content);
    if (/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----\s*$/m.test(text))
        return true;
    return text.trimStart().startsWith('{') && isAccount(text);
}
/** PowerShell writes UTF-16 where it is asked for nothing else. */
function textOf(content) {
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
/** A text that is no place holder of a template. */
function isValue(value) {
    return typeof value === 'string' && value !== '' && !/\$\{|\{\{|<|\*\*\*|^(x+|your|change)/i.test(value);
}

;// CONCATENATED MODULE: ./build/deployment/archive/include.js


/**
 * Reads the patterns of the input, which are those of a .gitignore at the root of the workspace: the last one that
 * matches decides, `!` takes away again.
 */
async function createInclusion(patterns) {
    const { default: ignore } = await __webpack_require__.e(/* import() */ 298).then(__webpack_require__.t.bind(__webpack_require__, 298, 19));
    const all = ignore({ ignorecase: false }).add(patterns);
    const plain = ignore({ ignorecase: false }).add(patterns.filter((pattern) => !/[*?[\\]/.test(pattern)));
    const waiting = new Map(patterns.map((pattern) => [pattern, ignore({ ignorecase: false }).add(bare(pattern))]));
    return {
        isEmpty: patterns.length === 0,
        includes: (path, isFolder) => {
            const name = isFolder ? `${path}/` : path;
            for (const [pattern, matcher] of waiting)
                if (matcher.ignores(name))
                    waiting.delete(pattern);
            return all.ignores(name);
        },
        names: (path, isFolder) => {
            const folder = (0,archive_paths/* parentOf */.gN)(path);
            return plain.ignores(isFolder ? `${path}/` : path) && (folder === '' || !plain.ignores(`${folder}/`));
        },
        unused: () => [...waiting.keys()]
    };
}
/**
 * Why a pattern matches nothing that can be packed, and what to write instead; `MISSING` when it names what is not there.
 * Nothing when that cannot be told.
 */
function whyUnused(pattern, around) {
    const written = bare(pattern);
    if (/^-\s/.test(written))
        return `write one pattern a line without \`- \`: ${written.replace(/^-\s+/, '')}`;
    if (/,/.test(written) && !around.isThere(plainPath(written)))
        return 'commas do not separate patterns; write one a line';
    const { workspace } = around;
    if (written === workspace || written.startsWith(`${workspace}/`)) {
        const rest = written.slice(workspace.length + 1);
        return `write the path from the workspace on: ${rest || '**'}`;
    }
    const path = plainPath(written);
    // A folder such as `.envs` stays out as a whole.
    if (path.split('/').some(isEnvironmentFile) || around.isEnvironmentFile(path)) {
        return 'a file of environment variables is never packed; name it in `secrets-file` to send its variables';
    }
    const fixed = /[*?[\\]/.test(path) ? (0,archive_paths/* parentOf */.gN)(path.replace(/[*?[\\].*$/, '')) : path;
    const isOutside = fixed !== '' && !around.folders.some((folder) => (0,archive_paths/* isWithin */.UO)(folder, fixed) || (0,archive_paths/* isWithin */.UO)(fixed, folder));
    if (isOutside && around.isThere(fixed))
        return 'it lies outside of the folders that are packed; write `root: .`';
    // Without a slash it is a name that may be anywhere.
    return fixed === path && path.includes('/') && !around.isThere(path) ? MISSING : undefined;
}
/** That a pattern names what is not there. */
const MISSING = 'missing';
function plainPath(pattern) {
    return pattern.replace(/^\/+|\/+$/g, '');
}
/** A pattern without its negation, to see whether there is anything that it speaks of. */
function bare(pattern) {
    return pattern.replace(/^!/, '');
}

;// CONCATENATED MODULE: ./build/deployment/archive/judgement.js


/** Decides whether an item of a folder goes into the archive. Reads nothing. */
function judge(given, folder, item) {
    const place = (0,archive_paths/* below */.Gz)(folder.place, item.name);
    const path = (0,archive_paths/* below */.Gz)(folder.path, item.name);
    const isFolder = item.kind === 'folder';
    const never = neverPacked(item.name, item.kind === 'file');
    if (never)
        return leftOut(folder, never);
    if (isEnvironmentFile(item.name) || given.environmentPlaces.has(place)) {
        return leftOut(folder, 'files of environment variables are never packed', 'environment');
    }
    const { index } = folder.repository ?? {};
    const inRepository = ownPath(folder, item.name);
    // A folder is not tracked itself, but for a submodule; what is tracked in it decides for itself.
    const isTracked = isFolder ? isSubmodule(index?.find(inRepository)) : index?.find(inRepository) !== undefined;
    const holdsTracked = isFolder && (index?.holds(inRepository) ?? false);
    const docker = folder.docker.filter(({ folder: base, rules }) => rules.excludes(seenFrom(base, path)));
    const ignored = isTracked ? undefined : (folder.ignoredBy ?? folder.rules.ruleAgainst(place, isFolder));
    const own = isTracked ? undefined : ownReason(item, place);
    const rule = ignored ?? own?.reason;
    // Asked of everything, so that a pattern without a match can be told.
    const isMatched = matchesInclude(given, path, place, isFolder) && !folder.isClosed;
    const isCredential = own?.about === 'credentials' || (folder.holdsCredentials === true && !isTracked);
    const isIncluded = isMatched && (!isCredential || isNamedByInclude(given, path, place, isFolder));
    const inside = {
        rules: folder.rules,
        docker: folder.docker,
        ignoredBy: rule,
        ignoredAt: ignored === undefined ? undefined : (folder.ignoredAt ?? path),
        holdsCredentials: isCredential && !isIncluded
    };
    if (docker.length === 0 && rule === undefined)
        return { reason: undefined, isEntered: isFolder, inside };
    if (given.goesIn.has(path)) {
        // It is named although it is ignored, so that no rule from above counts in it either.
        return {
            reason: undefined,
            isEntered: isFolder,
            inside: { rules: given.none, docker: [], ignoredBy: undefined }
        };
    }
    if (isIncluded)
        return { reason: undefined, isBroughtBack: true, isEntered: isFolder, inside };
    const aboutOf = () => {
        // The folder that holds it is told already.
        if (folder.holdsCredentials)
            return undefined;
        if (isCredential && isMatched)
            return 'credentials';
        if (docker.length > 0)
            return undefined;
        return ignored === undefined ? own?.about : 'gitignore';
    };
    const mayHoldOthers = given.watched.has(path) || (!given.include.isEmpty && !folder.isClosed);
    const mayHoldTracked = rule === undefined || holdsTracked;
    const mayBeReadmitted = docker.every(({ folder: base, rules }) => rules.readmitsBelow(seenFrom(base, path)));
    return {
        reason: docker[0]?.rules.ruleAgainst(seenFrom(docker[0].folder, path)) ?? rule,
        about: aboutOf(),
        isEntered: isFolder && (mayHoldOthers || (mayHoldTracked && mayBeReadmitted)),
        inside
    };
}
/** The path of an item as its repository has it. */
function ownPath({ place, repository }, name) {
    const path = (0,archive_paths/* below */.Gz)(place, name);
    return repository?.root ? path.slice(repository.root.length + 1) : path;
}
function leftOut({ rules, docker }, reason, about) {
    return { reason, about, isEntered: false, inside: { rules, docker, ignoredBy: undefined } };
}
/** What is left out without a rule of the project, unless git tracks it. */
function ownReason(item, place) {
    if (item.kind === 'folder' && item.name === DEVELOPMENT_STATE) {
        return { reason: 'it is what `langgraph dev` leaves behind', about: 'development state' };
    }
    return holdsCredentials(place, item.kind !== 'folder')
        ? { reason: 'it most likely holds credentials, and git does not track it', about: 'credentials' }
        : undefined;
}
/** Behind a link a path has two names in the workspace. */
function matchesInclude({ include, root }, path, place, isFolder) {
    if (include.isEmpty)
        return false;
    const placed = (0,archive_paths/* below */.Gz)(root, path);
    return include.includes(placed, isFolder) || (placed !== place && include.includes(place, isFolder));
}
function isNamedByInclude({ include, root }, path, place, isFolder) {
    return include.names((0,archive_paths/* below */.Gz)(root, path), isFolder) || include.names(place, isFolder);
}
function isSubmodule(tracked) {
    return tracked?.mode === '160000';
}
/** A path of the archive as a folder of the archive sees it. */
function seenFrom(folder, path) {
    return folder === '' ? path : path.slice(folder.length + 1);
}

// EXTERNAL MODULE: ./build/deployment/archive/line-ends.js
var line_ends = __webpack_require__(2252);
;// CONCATENATED MODULE: ./build/deployment/archive/links.js






/** The longest target that a file system takes. */
const LONGEST_TARGET = 4096;
/** Follows a symbolic link to its end. @param source of the link, absolute */
function followLink(source) {
    return endOf(source);
}
/**
 * Follows a link that git wrote as a plain file, as it does on Windows: the file holds the target.
 *
 * @param source of the file, absolute
 */
async function followPlainLink(source) {
    try {
        const target = (0,archive_paths/* textOf */.b6)(await (0,promises_.readFile)((0,archive_paths/* onDisk */.FC)(source)));
        if (target.length > LONGEST_TARGET)
            return { kind: 'nowhere' };
        return await endOf((0,external_node_path_.resolve)((0,external_node_path_.dirname)(source), target));
    }
    catch (error) {
        return { kind: 'unreadable', error };
    }
}
/** Whether a file that may stand for a link is as git wrote it. @param object its name in the index */
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
async function endOf(path) {
    try {
        return { kind: 'real', real: (0,archive_paths/* textOf */.b6)(await (0,promises_.realpath)((0,archive_paths/* onDisk */.FC)(path), 'buffer')) };
    }
    catch (error) {
        const code = (0,project_error/* codeOf */.$N)(error);
        if (code === 'ELOOP')
            return { kind: 'circle' };
        return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'nowhere' } : { kind: 'unreadable', error };
    }
}

;// CONCATENATED MODULE: ./build/deployment/archive/listing-report.js




/** Puts what was found out into sentences. */
function reportOf(found) {
    const told = (paths, text) => {
        return paths.length === 0 ? [] : [text((0,project_error/* shownList */.y9)(paths))];
    };
    const toldInPlace = (paths, text) => {
        return told(paths.map((path) => inWorkspace(found, path)), text);
    };
    const unused = found.include.unused().map((pattern) => ({ pattern, why: whyUnused(pattern, found.around) }));
    const sent = found.environmentFiles
        .map((path) => inWorkspace(found, path))
        .filter((path) => found.sentFiles.has(path));
    const unmatched = found.untold.filter((each) => isReopened(found, each)).map(({ path }) => path);
    return {
        notes: [
            ...toldInPlace(found.environmentFiles, (list) => `Left out, since files of environment variables are never packed: ${list}.${told(sent, (own) => ` The variables of ${own} are sent.`).join('')}`),
            ...toldInPlace(found.developmentState, (list) => `Left out, since it is what \`langgraph dev\` leaves behind: ${list}.`),
            ...toldInPlace(found.gitFolders, (list) => `Left out, since it is a repository of git's own: ${list}.`),
            ...toldInPlace(found.hiddenEnds, (list) => `Left out, since these symbolic links lead to what is never packed: ${list}.`),
            ...toldInPlace(found.circles, (list) => `Left out, since these symbolic links lead in a circle: ${list}.`),
            ...toldInPlace(found.special, (list) => `Left out, since they are neither files nor folders: ${list}.`),
            ...toldInPlace(unmatched, (list) => `Left out of folders that a .gitignore names, since no pattern of \`include\` matches: ${list}.`)
        ],
        notices: [
            ...toldInPlace(found.dangling, (list) => `Left out, since these symbolic links lead to nothing: ${list}.`),
            ...toldInPlace(found.leaving, (list) => {
                return `Left out, since git does not track these symbolic links and they lead out of the workspace: ${list}. Leave them out with lines in .gitignore or .dockerignore.`;
            }),
            ...toldInPlace(found.trackedState, (list) => {
                return `Packed only because git tracks it, although it belongs to a development machine: ${list}. Remove it from git, or leave it out with a line in .dockerignore.`;
            }),
            ...toldInPlace(found.vanished, (list) => `Left out, since it vanished while the files were listed: ${list}.`),
            ...told(unused.filter(({ why }) => why === undefined).map(({ pattern }) => pattern), (list) => {
                return `\`include\` has patterns that match nothing that can be packed: ${list}. Write them as seen from the root of the workspace; they reach no further than the folders of the project, and bring back no file of environment variables.`;
            }),
            ...told(unused.flatMap(({ pattern, why }) => (why === undefined || why === MISSING ? [] : [`${pattern} (${why})`])), (list) => `\`include\` has patterns that match nothing that can be packed: ${list}.`)
        ],
        warnings: [
            ...told(unused.filter(({ why }) => why === MISSING).map(({ pattern }) => pattern), (list) => {
                return `\`include\` names what does not exist: ${list}. Correct the path, which is seen from the root of the workspace, or write the file in an earlier step.`;
            }),
            ...toldInPlace(found.credentials.filter((path) => !isPartlyIn(found, path)), (list) => {
                return `Left out, since they most likely hold credentials and git does not track them: ${list}. Write the path of each in \`include\`, without wildcards, if the agent needs them.`;
            }),
            ...toldOfGit(found)
        ]
    };
}
/** A path in the archive as seen from the workspace, where `include` and the user look for it. */
function inWorkspace({ root }, path) {
    return external_node_path_.posix.join(root || '.', path);
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
function toldOfGit(found) {
    const untold = found.untold.filter((each) => !isReopened(found, each));
    if (found.unasked.size === 0 && untold.length === 0)
        return [];
    const place = [...found.unasked].map((root) => root || 'the workspace');
    const cause = place.length > 0 ? `Git could not be asked which files it tracks in ${(0,project_error/* shownList */.y9)(place)}` : NO_REPOSITORY;
    const effect = untold.length > 0
        ? `. Left out by a .gitignore, committed or not: ${(0,project_error/* shownList */.y9)(untold.map(({ path }) => inWorkspace(found, path)))}`
        : '';
    return [`${cause}${effect}. Install git before actions/checkout runs, or name what is needed in \`include\`.`];
}
const NO_REPOSITORY = 'The workspace is not a git repository, so that it cannot be told which files are committed';

// EXTERNAL MODULE: ./build/deployment/archive/git.js
var git = __webpack_require__(2395);
;// CONCATENATED MODULE: ./build/deployment/archive/repository.js





/** An index of a million files takes a second or two. */
const LIMITS = { ms: 30_000, bytes: 256 * 1024 * 1024 };
/**
 * Git is asked once for each repository, and only when something in it is to be packed.
 *
 * @param workspace absolute, without symbolic links; nothing above it is looked at
 * @param path the `PATH` where git is looked for
 */
function createRepositories(workspace, path) {
    const known = new Map();
    const at = (root) => {
        const repository = known.get(root) ?? readRepository(root);
        known.set(root, repository);
        return repository;
    };
    const readRepository = async (root) => {
        const folder = (0,external_node_path_.join)(workspace, root);
        const [index, exclusions] = await Promise.all([readIndex(folder), readExclusions(folder)]);
        return { root, index, exclusions };
    };
    const readExclusions = async (folder) => {
        // In a worktree and a submodule it lies elsewhere, which git alone knows.
        const isPlain = (0,external_node_fs_.lstatSync)((0,external_node_path_.join)(folder, '.git'), { throwIfNoEntry: false })?.isDirectory();
        const asked = isPlain
            ? '.git/info/exclude'
            : await (0,git/* askGit */.g)(folder, workspace, path, ['rev-parse', '--git-path', 'info/exclude']);
        const file = asked?.replace(/\n$/, '');
        return file ? (0,promises_.readFile)((0,external_node_path_.resolve)(folder, file), 'utf8').catch(() => undefined) : undefined;
    };
    const readIndex = async (folder) => {
        const listed = await (0,git/* askGit */.g)(folder, workspace, path, ['ls-files', '--stage', '-z'], '', LIMITS);
        return listed === undefined ? undefined : parseIndex(listed);
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
/** Reads what `git ls-files --stage -z` prints: `MODE OBJECT STAGE<tab>PATH`, each with a NUL behind it. */
function parseIndex(listed) {
    const files = new Map();
    const folders = new Set(['']);
    for (let from = 0, end = listed.indexOf('\0'); end >= 0; from = end + 1, end = listed.indexOf('\0', from)) {
        const tab = listed.indexOf('\t', from);
        const path = listed.slice(tab + 1, end);
        files.set(path, listed.slice(from, tab));
        for (let folder = (0,archive_paths/* parentOf */.gN)(path); !folders.has(folder); folder = (0,archive_paths/* parentOf */.gN)(folder))
            folders.add(folder);
    }
    return {
        find: (path) => {
            const [mode, object] = files.get(path)?.split(' ') ?? [];
            return mode && object ? { mode, object } : undefined;
        },
        holds: (path) => (path === '' ? files.size > 0 : folders.has(path) || files.has(path))
    };
}

;// CONCATENATED MODULE: ./build/deployment/archive/entries.js













/** So many entries can come through links; links that multiply each other give more than any disk holds. */
const MOST_LINKED = 100_000;
/** As many links in a row as Linux follows before it calls them a circle. */
const MOST_HOPS = 40;
/**
 * Lists what goes into the archive of a project: everything in its folders but what `.dockerignore` files (of the
 * project's folders) leave out, what `.gitignore` files (of every folder, and of those above up to the repository's root)
 * leave out and git does not track, and what never goes in. What the configuration names and what `include` matches goes
 * in all the same. A link goes in as what it leads to. Like git the archive holds no folder for its own sake, but for
 * empty ones.
 *
 * @throws {ProjectError} with everything that is named and cannot be packed, every link that leaves the workspace and
 * everything that cannot be read
 */
async function listEntries(project, options = {}) {
    const walk = await startWalk(project, options);
    for (const { place, only } of await placesToStart(walk))
        await listFrom(walk, place, only);
    checkNamed(walk);
    if (walk.problems.length > 0) {
        const place = walk.problems.find((problem) => problem.place)?.place;
        throw new project_error.ProjectError(walk.problems.map(({ text }) => text), { place });
    }
    return {
        entries: walk.entries.sort((left, right) => (0,archive_paths/* compareBytes */.Xo)(left.path, right.path)),
        ...reportOf(walk)
    };
}
async function startWalk(project, options) {
    const { workspace } = project;
    const root = (0,archive_paths/* relativeTo */.Mf)(workspace, project.root);
    const named = [project.configPath, ...project.named.map((path) => (0,archive_paths/* relativeTo */.Mf)(project.root, (0,external_node_path_.join)(workspace, path)))];
    const folders = project.folders.map((folder) => (0,archive_paths/* relativeTo */.Mf)(project.root, folder));
    const goesIn = new Set([...named, ...folders]);
    const files = await findFiles(workspace, options.environmentFiles ?? []);
    return {
        project,
        root,
        none: await createIgnoreRules(workspace),
        repositories: createRepositories(workspace, options.gitPath),
        include: await createInclusion(options.include ?? []),
        around: {
            workspace: workspace.split(external_node_path_.sep).join('/'),
            folders: project.folders.map((folder) => (0,archive_paths/* relativeTo */.Mf)(workspace, folder)),
            isThere: (path) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(workspace, path)),
            isEnvironmentFile: (path) => files.some(({ places }) => places.includes(path))
        },
        sentFiles: sentFilesOf(project, options.environmentFiles ?? []),
        named,
        goesIn,
        watched: new Set([...goesIn].flatMap(archive_paths/* withParents */.M2)),
        environmentPlaces: new Set(files.flatMap(({ places }) => places)),
        environmentNodes: new Set(files.flatMap(({ node }) => node ?? [])),
        entries: [],
        problems: [],
        reasons: new Map(),
        innerReasons: new Map(),
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
        unasked: new Set(),
        linked: 0
    };
}
/** A file that the configuration names may set nothing. */
function sentFilesOf({ environment, environmentFile }, files) {
    return new Set(files.filter((file) => file !== environmentFile || environment.length > 0).map((file) => external_node_path_.posix.normalize(file)));
}
/** Files by all their names; those that are not there have one only. */
async function findFiles(workspace, files) {
    return Promise.all(files.map(async (file) => {
        const written = (0,external_node_path_.resolve)(workspace, file);
        const [real, status] = await Promise.all([
            (0,promises_.realpath)(written).catch(() => written),
            (0,promises_.stat)(written).catch(() => undefined)
        ]);
        const places = [written, real].filter((path) => (0,archive_paths/* isInside */.FK)(workspace, path));
        return { places: places.map((path) => (0,archive_paths/* relativeTo */.Mf)(workspace, path)), node: status && nodeOf(status) };
    }));
}
/** What a file is to the file system; on Windows the number does not fit into ours. */
function nodeOf({ dev, ino }) {
    return process.platform === 'win32' ? undefined : `${dev}:${ino}`;
}
/** The project's folders, and what is named beside them; none of it twice. */
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
async function listFrom(walk, place, only) {
    const { workspace, root } = walk.project;
    const source = (0,external_node_path_.join)(workspace, place);
    const rules = await rulesAbove(walk, place);
    const folder = { ...rules, source, place, path: (0,archive_paths/* relativeTo */.Mf)(root, source), docker: [], through: [] };
    await listFolder(walk, folder, { isKept: true, isStart: true, only });
}
/**
 * The rules of git that the folders above bring along, up to the repository's root. Where they leave the folder itself
 * out they do not count: somebody names it, which says more.
 */
async function rulesAbove(walk, place) {
    const repository = await walk.repositories.holding(place);
    const top = repository?.root ?? '';
    // At the root itself they are added on entering it.
    if (place === top)
        return { rules: walk.none, repository };
    let rules = repository ? await exclusionsOf(walk.none, repository) : walk.none;
    const parents = ['', ...(0,archive_paths/* withParents */.M2)((0,archive_paths/* parentOf */.gN)(place)).toReversed()];
    for (const parent of parents.filter((each) => (0,archive_paths/* isWithin */.UO)(top, each)))
        rules = await rules.enter(parent);
    return { rules: rules.ruleAgainst(place, true) ? walk.none : rules, repository };
}
/** Lists what goes in of a folder and of all those in it. */
async function listFolder(walk, given, { isKept, isStart = false, only }) {
    const items = await readItems(walk, given);
    if (!items)
        return;
    const folder = await enter(walk, given, items, isStart);
    if (!folder)
        return;
    if (folder.through.length > 0)
        countLinked(walk, folder, items.length);
    if (folder.repository && !folder.repository.index)
        walk.unasked.add(folder.repository.root);
    for (const item of only === undefined ? items : items.filter(({ name }) => name === only)) {
        const judgement = judge(walk, folder, item);
        if (judgement.reason !== undefined)
            noteReason(walk, folder, item, judgement, judgement.reason);
        if (judgement.isBroughtBack)
            noteReopened(walk, folder, judgement);
        if (isLink(folder, item))
            await addLink(walk, folder, item, judgement);
        else if (item.kind === 'folder') {
            if (judgement.isEntered)
                await listFolder(walk, inner(folder, item, judgement), { isKept: !judgement.reason });
        }
        else if (judgement.reason === undefined)
            addItem(walk, folder, item);
    }
    if (isKept && items.length === 0 && folder.path !== '')
        walk.entries.push({ kind: 'folder', path: folder.path });
}
function inner(folder, { name }, { inside }) {
    const source = `${folder.source}${folder.source.endsWith(external_node_path_.sep) ? '' : external_node_path_.sep}${name}`;
    return { ...folder, ...inside, source, place: (0,archive_paths/* below */.Gz)(folder.place, name), path: (0,archive_paths/* below */.Gz)(folder.path, name) };
}
/** The folder with the rules of its own; nothing when nothing of it goes in. */
async function enter(walk, given, items, isStart) {
    const { workspace, folders } = walk.project;
    const has = (name) => items.some((item) => item.name === name);
    let folder = given;
    // What an outer repository ignores stays ignored, whatever an inner one tracks.
    if (has('.git') && folder.ignoredBy === undefined && folder.repository?.root !== folder.place) {
        folder = { ...folder, rules: walk.none, repository: await walk.repositories.at(folder.place) };
    }
    if (!isStart && has(ENVIRONMENT_MARK)) {
        const reason = 'a virtual environment is never packed';
        if (!holdsTracked(folder)) {
            if (walk.watched.has(folder.path))
                walk.reasons.set(folder.path, reason);
            return undefined;
        }
        walk.trackedState.push(folder.path);
        folder = { ...folder, ignoredBy: reason, isClosed: true };
    }
    if (!isStart && isGitFolder(items)) {
        const reason = 'what git keeps for itself is never packed';
        if (!holdsTracked(folder)) {
            if (walk.watched.has(folder.path))
                walk.reasons.set(folder.path, reason);
            walk.gitFolders.push(folder.path);
            return undefined;
        }
        folder = { ...folder, ignoredBy: reason, isClosed: true };
    }
    if (has('.git') && folder.ignoredBy === undefined && folder.repository?.root === folder.place) {
        folder = { ...folder, rules: await exclusionsOf(folder.rules, folder.repository) };
    }
    if (has('.gitignore') && folder.ignoredBy === undefined) {
        folder = { ...folder, rules: await folder.rules.enter(folder.place) };
    }
    // Further down it is another image's own, such as that of a service beside the agent.
    if (!has('.dockerignore') || !folders.includes(folder.source))
        return folder;
    const rules = await readDockerRules(workspace, folder.place);
    return rules ? { ...folder, docker: [...folder.docker, { folder: folder.path, rules }] } : folder;
}
/** The rules with those of the repository's own `info/exclude`, which stand below any .gitignore. */
async function exclusionsOf(rules, { root, exclusions }) {
    return exclusions === undefined ? rules : rules.with(exclusions, root, 'info/exclude');
}
/** Whether git takes a folder for a repository, whatever it is called: a bare clone, or a `--separate-git-dir`. */
function isGitFolder(items) {
    const has = (name, kind) => items.some((item) => item.name === name && item.kind === kind);
    return has('HEAD', 'file') && has('objects', 'folder') && has('refs', 'folder');
}
function holdsTracked({ place, repository }) {
    return repository?.index?.holds(repository.root ? place.slice(repository.root.length + 1) : place) ?? false;
}
/** @returns nothing when the folder cannot be read */
async function readItems(walk, { source, path }) {
    const itemOf = (entry, name) => ({ name, kind: kindOf(entry) });
    try {
        const entries = await (0,promises_.readdir)((0,archive_paths/* onDisk */.FC)(source), { withFileTypes: true });
        if (!entries.some(({ name }) => name.includes('\uFFFD')))
            return entries.map((entry) => itemOf(entry, entry.name));
        // The character stands for bytes that are not UTF-8, or for itself.
        const raw = await (0,promises_.readdir)((0,archive_paths/* onDisk */.FC)(source), { withFileTypes: true, encoding: 'buffer' });
        return raw.map((entry) => itemOf(entry, (0,archive_paths/* textOf */.b6)(entry.name)));
    }
    catch (error) {
        if ((0,project_error/* codeOf */.$N)(error) === 'ENOENT' && path !== '')
            walk.vanished.push(path);
        else
            walk.problems.push({ text: `The folder ${(0,project_error/* shown */.SP)(path || '.')} ${(0,project_error/* inWords */.r4)(error)}.` });
        return undefined;
    }
}
function kindOf(entry) {
    if (entry.isFile())
        return 'file';
    if (entry.isDirectory())
        return 'folder';
    return entry.isSymbolicLink() ? 'link' : 'other';
}
function noteReason(walk, folder, item, judgement, reason) {
    const { about, isEntered } = judgement;
    const path = (0,archive_paths/* below */.Gz)(folder.path, item.name);
    if (walk.watched.has(path))
        walk.reasons.set(path, reason);
    if (!walk.innerReasons.has(folder.path))
        walk.innerReasons.set(folder.path, reason);
    if (about === 'environment')
        walk.environmentFiles.push(path);
    if (about === 'credentials')
        walk.credentials.push(path);
    if (about === 'gitignore' && !isEntered && !folder.repository?.index) {
        walk.untold.push({ path, ignoredAt: folder.ignoredAt ?? (folder.path || path) });
    }
    if (about === 'development state') {
        const isTracked = item.kind === 'folder' && (folder.repository?.index?.holds(ownPath(folder, item.name)) ?? false);
        (isTracked ? walk.trackedState : walk.developmentState).push(path);
    }
}
/** From now on the user decides what goes in of the folder. */
function noteReopened(walk, folder, { inside }) {
    for (const path of [folder.ignoredAt, inside.ignoredAt, folder.path])
        if (path)
            walk.reopened.add(path);
}
function addItem(walk, folder, item) {
    const path = (0,archive_paths/* below */.Gz)(folder.path, item.name);
    if (item.kind === 'file')
        addFile(walk, folder, item.name, path);
    else
        walk.special.push(path);
}
/** @param name of the file in its real folder; `path` is where it goes in the archive */
function addFile(walk, folder, name, path) {
    const source = `${folder.source}${folder.source.endsWith(external_node_path_.sep) ? '' : external_node_path_.sep}${name}`;
    let status;
    try {
        // Many small calls: a trip to the thread pool for each would take ten times as long.
        status = (0,external_node_fs_.lstatSync)((0,archive_paths/* onDisk */.FC)(source));
    }
    catch (error) {
        if ((0,project_error/* codeOf */.$N)(error) === 'ENOENT' && !walk.goesIn.has(path))
            walk.vanished.push(path);
        else
            walk.problems.push({ text: `${(0,project_error/* shown */.SP)(path)} ${(0,project_error/* inWords */.r4)(error)}.` });
        return;
    }
    if (walk.environmentNodes.has(nodeOf(status) ?? '')) {
        walk.environmentFiles.push(path);
        return;
    }
    const tracked = folder.repository?.index?.find(ownPath(folder, name));
    const isAsked = tracked || walk.goesIn.has(path) || isIncludedByName(walk, folder, name, path);
    if (!isAsked && isCredentialFile(source, name, status)) {
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
function isIncludedByName({ include, root }, { place }, name, path) {
    return include.names((0,archive_paths/* below */.Gz)(root, path), false) || include.names((0,archive_paths/* below */.Gz)(place, name), false);
}
/** A key under any name, which its content alone tells. */
function isCredentialFile(source, name, status) {
    if (!mayHoldCredentials(name) || !status.isFile() || status.size > LARGEST_CREDENTIALS)
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
/** Git writes a link as a file with its target where the system has no links; what a step wrote in its place is a file. */
function isLink(folder, { name, kind }) {
    if (kind !== 'file')
        return kind === 'link';
    const tracked = folder.repository?.index?.find(ownPath(folder, name));
    return tracked?.mode === '120000' && holdsObject((0,external_node_path_.join)(folder.source, name), tracked.object);
}
/** Packs what a link leads to, in the link's place. */
async function addLink(walk, folder, item, judgement) {
    const { workspace } = walk.project;
    const path = (0,archive_paths/* below */.Gz)(folder.path, item.name);
    const isKept = judgement.reason === undefined;
    // Something in the folder behind it may be named.
    if (!isKept && !walk.watched.has(path))
        return;
    const end = await findEnd(walk, (0,external_node_path_.join)(folder.source, item.name), item.kind === 'link');
    if (end.kind === 'unreadable')
        walk.problems.push({ text: `The symbolic link ${(0,project_error/* shown */.SP)(path)} ${(0,project_error/* inWords */.r4)(end.error)}.` });
    if (end.kind === 'circle')
        walk.circles.push(path);
    if (end.kind === 'nowhere')
        walk.dangling.push(path);
    if (end.kind !== 'real')
        return;
    if (!(0,archive_paths/* isInside */.FK)(workspace, end.real)) {
        const isTracked = folder.repository?.index?.find(ownPath(folder, item.name)) !== undefined;
        // A step has left it, such as that of an interpreter or of a build tool.
        if (folder.repository?.index && !isTracked && !walk.watched.has(path) && !judgement.isBroughtBack) {
            walk.leaving.push(path);
            return;
        }
        walk.problems.push({ text: leavingLink(path, end.real) });
        return;
    }
    const place = (0,archive_paths/* relativeTo */.Mf)(workspace, end.real);
    const status = (0,external_node_fs_.lstatSync)((0,archive_paths/* onDisk */.FC)(end.real), { throwIfNoEntry: false });
    if (!status) {
        walk.vanished.push(path);
        return;
    }
    const kind = status.isDirectory() ? 'folder' : status.isFile() ? 'file' : 'other';
    if (isHidden(walk, place, kind === 'file') || (await leadsIntoGit(walk, place))) {
        walk.hiddenEnds.push(path);
        if (walk.watched.has(path))
            walk.reasons.set(path, `it leads to ${place}, which is never packed`);
        return;
    }
    if (!walk.goesIn.has(path) && (await leadsToCredentials(walk, place, kind === 'file'))) {
        walk.credentials.push(path);
        return;
    }
    const through = [...folder.through, folder.place];
    if (kind === 'folder' && through.some((each) => (0,archive_paths/* isWithin */.UO)(place, each))) {
        walk.circles.push(path);
        return;
    }
    if (kind === 'folder') {
        const { inside } = judgement;
        const above = await rulesAbove(walk, place);
        const ignoredBy = isKept ? undefined : inside.ignoredBy;
        const target = { ...folder, ...above, docker: inside.docker, ignoredBy, source: end.real, place, path, through };
        await listFolder(walk, target, { isKept });
    }
    else if (isKept && kind === 'file') {
        const home = (0,archive_paths/* parentOf */.gN)(place);
        const repository = await walk.repositories.holding(home);
        addFile(walk, { ...folder, source: (0,external_node_path_.join)(workspace, home), place: home, repository }, (0,archive_paths/* baseOf */.bx)(place), path);
    }
    else if (isKept)
        walk.special.push(path);
}
/** @throws {ProjectError} when links have led to too much */
function countLinked(walk, { path }, items) {
    walk.linked += items + 1;
    if (walk.linked <= MOST_LINKED)
        return;
    const place = `More than ${MOST_LINKED} files are reached by symbolic links, the last ones in ${(0,project_error/* shown */.SP)(path)}.`;
    throw new project_error.ProjectError([`${place} Leave out links that lead to each other with lines in .dockerignore.`]);
}
/** Follows a link, and files that stand for links. */
async function findEnd(walk, source, isLink) {
    const { workspace } = walk.project;
    let end = isLink ? await followLink(source) : await followPlainLink(source);
    for (let hops = 0; end.kind === 'real' && (0,archive_paths/* isInside */.FK)(workspace, end.real); hops += 1) {
        if (hops > MOST_HOPS)
            return { kind: 'circle' };
        const place = (0,archive_paths/* relativeTo */.Mf)(workspace, end.real);
        const repository = await walk.repositories.holding((0,archive_paths/* parentOf */.gN)(place));
        const own = repository?.root ? place.slice(repository.root.length + 1) : place;
        const tracked = repository?.index?.find(own);
        if (tracked?.mode !== '120000' || !holdsObject(end.real, tracked.object))
            return end;
        end = await followPlainLink(end.real);
    }
    return end;
}
/** Whether a place that a link leads to is one whose content is never packed, by any of its names. */
function isHidden(walk, place, isFile) {
    if (walk.environmentPlaces.has(place))
        return true;
    const names = place.split('/');
    return names.some((name, index) => {
        return neverPacked(name, isFile && index === names.length - 1) !== undefined || isEnvironmentFile(name);
    });
}
/** Whether a place lies in a repository of git's own, in a part that git does not track itself. */
async function leadsIntoGit(walk, place) {
    for (const folder of (0,archive_paths/* withParents */.M2)((0,archive_paths/* parentOf */.gN)(place))) {
        const entries = await (0,promises_.readdir)((0,archive_paths/* onDisk */.FC)((0,external_node_path_.join)(walk.project.workspace, folder)), { withFileTypes: true }).catch(() => []);
        if (isGitFolder(entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) })))) {
            return !(await tracks(walk, place));
        }
    }
    return false;
}
/** Whether git tracks a place, or something in it. */
async function tracks(walk, place) {
    const repository = await walk.repositories.holding((0,archive_paths/* parentOf */.gN)(place));
    const own = repository?.root ? place.slice(repository.root.length + 1) : place;
    return repository?.index?.holds(own) ?? false;
}
async function leadsToCredentials(walk, place, isFile) {
    const suspects = (0,archive_paths/* withParents */.M2)(place).filter((each) => holdsCredentials(each, isFile && each === place));
    return suspects.length > 0 && !(await tracks(walk, place));
}
/** The folders that lie in none of the others. */
function outermost(folders) {
    return folders.filter((folder) => !folders.some((other) => other !== folder && (0,archive_paths/* isInside */.FK)(other, folder)));
}
/** Everything that unpacking brings about: the entries and the folders that hold them. The root is the empty path. */
function packedPaths(entries) {
    const paths = new Set(['']);
    for (const { path } of entries) {
        for (let part = path; !paths.has(part); part = (0,archive_paths/* parentOf */.gN)(part))
            paths.add(part);
    }
    return paths;
}
/** What is named must be in the archive. */
function checkNamed(walk) {
    const paths = packedPaths(walk.entries);
    for (const path of walk.named.filter((each) => !paths.has(each))) {
        const inWorkspace = external_node_path_.posix.join(walk.root, path);
        const line = walk.project.namedAt.get(inWorkspace);
        const place = line === undefined ? undefined : { file: walk.project.configLabel, line };
        const naming = path === walk.project.configPath
            ? `${(0,project_error/* shown */.SP)(inWorkspace)} is the configuration and`
            : `${(0,project_error/* shown */.SP)(inWorkspace)} is named by the configuration and`;
        const text = `${naming} is not in the archive: ${reasonFor(walk, path)}.`;
        walk.problems.push({ text: place ? `${place.file}:${place.line}: ${text}` : text, place });
    }
}
function reasonFor(walk, path) {
    const reasons = (0,archive_paths/* withParents */.M2)(path).flatMap((part) => walk.reasons.get(part) ?? []);
    const inner = walk.innerReasons.get(path);
    if (path.startsWith('../'))
        return 'it lies outside of the folder that is packed';
    const reason = reasons[0] ?? (inner && `all that is in it is left out, first by ${inner}`);
    return (0,project_error/* shown */.SP)(reason ?? 'it does not exist, or cannot be read');
}
function leavingLink(path, target) {
    return `The symbolic link ${(0,project_error/* shown */.SP)(path)} leads out of the workspace (to ${(0,project_error/* shown */.SP)(target)}). Replace it by the file, or leave it out with a line in .dockerignore.`;
}


/***/ }),

/***/ 2395:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ askGit)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _paths_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3871);



/** More than any repository needs for a small question; a git that hangs must not hold the run up. */
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
 * @param path the `PATH` where git is looked for
 * @param input what git reads from its standard input
 * @returns what it printed, with bytes that are not UTF-8 as `textOf` has them; nothing when it failed, is not there, or
 * passed a limit
 */
function askGit(folder, workspace, path, args, input = '', limits = USUAL) {
    const answer = new Promise((resolve) => {
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)('git', [...SETTINGS.flatMap((setting) => ['-c', setting]), ...args], {
            cwd: folder,
            // Not the job's environment: GIT_DIR and the like would speak of another repository.
            env: {
                ...(path === undefined ? {} : { PATH: path }),
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
        }, (error, stdout) => resolve(error ? undefined : (0,_paths_js__WEBPACK_IMPORTED_MODULE_2__/* .textOf */ .b6)(stdout)));
        // A git that is gone before it has read must not end the run.
        child.stdin?.on('error', () => { });
        child.stdin?.end(input);
    });
    return answer.catch(() => undefined);
}


/***/ }),

/***/ 2252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bi: () => (/* binding */ createObjectName),
/* harmony export */   Go: () => (/* binding */ isBinary),
/* harmony export */   Pu: () => (/* binding */ createCounter),
/* harmony export */   e$: () => (/* binding */ asInIndex),
/* harmony export */   x1: () => (/* binding */ createConverter)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Git looks this far for a NUL to tell a binary file. */
const INSPECTED_BYTES = 8000;
/** Whether git takes a file for a binary one, whose line ends it never changes. @param start at least 8,000 bytes, or all */
function isBinary(start) {
    return start.subarray(0, INSPECTED_BYTES).includes(0);
}
/** How often CR LF stands in a text that comes in pieces. */
function createCounter() {
    let count = 0;
    let endsWithReturn = false;
    return {
        add: (piece) => {
            if (piece.length === 0)
                return;
            if (endsWithReturn && piece[0] === LINE_FEED)
                count += 1;
            for (let at = piece.indexOf('\r\n'); at >= 0; at = piece.indexOf('\r\n', at + 2))
                count += 1;
            endsWithReturn = piece.at(-1) === CARRIAGE_RETURN;
        },
        get count() {
            return count;
        }
    };
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
