import * as __WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__ from "./undici.js";
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
import * as __WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__ from "./core.js";
/******/ var __webpack_modules__ = ({

/***/ 6062:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var x = (y) => {
	var x = {}; __nccwpck_require__.d(x, y); return x
} 
var y = (x) => (() => (x))
module.exports = x({ ["Agent"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.Agent), ["Pool"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.Pool), ["ProxyAgent"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.ProxyAgent), ["buildConnector"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.buildConnector), ["fetch"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.fetch), ["request"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.request) });

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 4085:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 475:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ readEnvironmentFile)
/* harmony export */ });
/* harmony import */ var _runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4239);

function readEnvironmentFile(content, lookUp) {
    const text = decode(content);
    if (text === undefined) {
        const problem = 'is not UTF-8 text; save it as UTF-8 (the > of Windows PowerShell writes UTF-16)';
        return { variables: [], lines: new Map(), problems: [problem], warnings: [], remarks: [] };
    }
    const { assignments, problems, broken } = parse(text);
    const expanded = expand(assignments, lookUp);
    const last = new Map(expanded.values.map((assignment) => [assignment.name, assignment]));
    const all = [...last.values()];
    const named = all.filter(({ name }) => (0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isVariableName */ .KL)(name));
    const empty = named.filter(({ value }) => value === '');
    const unfit = all.filter(({ name }) => !(0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isVariableName */ .KL)(name));
    return {
        variables: named.filter(({ value }) => value !== '').map(({ name, value }) => ({ name, value })),
        lines: new Map(all.map(({ name, line }) => [name, line])),
        problems: [...problems, ...expanded.problems].toSorted((a, b) => a.line - b.line).map(({ text: told }) => told),
        warnings: [
            ...leftOutBecause(lineRanges(broken), 'the syntax is not NAME=value. Put quotes around a multiline value; only a comment may follow the closing quote'),
            ...leftOutBecause(unfit.map(shownName).join(', '), 'a variable name contains only letters, digits and underscores, and does not start with a digit')
        ],
        remarks: leftOutBecause(empty.map(shownName).join(', '), 'the value is empty')
    };
}
function leftOutBecause(what, why) {
    return what === '' ? [] : [`${what}: skipped, because ${why}.`];
}
function decode(content) {
    try {
        const text = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content);
        return text.includes('\0') ? undefined : text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    }
    catch {
        return undefined;
    }
}
const SPACES = String.raw `\t\v\f\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
const sticky = (pattern) => new RegExp(pattern, 'y');
const WHITE_SPACE = sticky(String.raw `[\n${SPACES}]*`);
const BLANKS = sticky(`[${SPACES}]*`);
const EXPORT = sticky(`export[${SPACES}]+`);
const QUOTED_NAME = sticky("'([^']+)'");
const PLAIN_NAME = sticky(String.raw `([^=#\n${SPACES}]+)`);
const EQUALS = sticky(`=([${SPACES}]*)`);
const SINGLE_QUOTED = sticky(String.raw `'([^'\\]*(?:\\[^][^'\\]*)*)'`);
const DOUBLE_QUOTED = sticky(String.raw `"([^"\\]*(?:\\[^][^"\\]*)*)"`);
const REST = sticky(String.raw `([^\n]*)`);
const LINE_END = sticky(String.raw `[${SPACES}]*(?:#[^\n]*)?(?=\n|$)`);
const COMMENT = new RegExp(String.raw `(?<![${SPACES}])[${SPACES}]+#[^\n]*`);
const TRAILING_SPACES = new RegExp(`(?<![${SPACES}])[${SPACES}]+$`);
const ESCAPES = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
function parse(text) {
    const assignments = [];
    const broken = [];
    const problems = [];
    const lineAt = lineCounter(text);
    let position = 0;
    const take = (pattern) => {
        pattern.lastIndex = position;
        const match = pattern.exec(text);
        if (match)
            position = pattern.lastIndex;
        return match ?? undefined;
    };
    while (position < text.length) {
        take(WHITE_SPACE);
        if (position === text.length)
            break;
        const start = position;
        const line = lineAt(start);
        const read = takeAssignment(text, () => position, take);
        const isWhole = read !== undefined && take(LINE_END) !== undefined;
        if (!isWhole)
            take(REST);
        if (isWhole && read.name === undefined)
            continue;
        const value = isWhole ? read.value : undefined;
        if (isOpenKey(value, text.slice(start, position))) {
            const name = plainName(read?.name);
            const place = name === undefined ? `line ${line}` : `line ${line} (${name})`;
            problems.push({ line, text: `${place}: a multiline key needs quotes around it` });
            position = endOfKey(text, start);
        }
        else if (isWhole && read.name !== undefined && value !== undefined) {
            assignments.push({ name: read.name, value, line });
        }
        else {
            broken.push([line, lineAt(position)]);
        }
    }
    return { assignments, broken, problems };
}
function takeAssignment(text, position, take) {
    take(EXPORT);
    const next = () => text[position()];
    if (next() === '#')
        return { name: undefined, value: undefined };
    const [, name] = take(next() === "'" ? QUOTED_NAME : PLAIN_NAME) ?? [];
    if (name === undefined)
        return undefined;
    take(BLANKS);
    const equals = take(EQUALS);
    if (!equals)
        return { name, value: undefined };
    const quote = next();
    if (quote === '#' && equals[1] !== '')
        return { name, value: '' };
    if (quote === "'") {
        const [, inner] = take(SINGLE_QUOTED) ?? [];
        return inner === undefined ? undefined : { name, value: inner.replace(/\\([\\'])/g, '$1') };
    }
    if (quote === '"') {
        const [, inner] = take(DOUBLE_QUOTED) ?? [];
        const unescaped = inner?.replace(/\\([\\'"abfnrtv])/g, (_, sign) => ESCAPES[sign] ?? sign);
        return unescaped === undefined ? undefined : { name, value: unescaped };
    }
    const [, rest = ''] = take(REST) ?? [];
    return { name, value: rest.replace(COMMENT, '').replace(TRAILING_SPACES, '') };
}
function lineCounter(text) {
    let line = 1;
    let counted = 0;
    return (position) => {
        for (let end = text.indexOf('\n', counted); end >= 0 && end < position; end = text.indexOf('\n', counted)) {
            line += 1;
            counted = end + 1;
        }
        return line;
    };
}
function isOpenKey(value, written) {
    return value === undefined ? written.includes('-----BEGIN ') : /^-----BEGIN [A-Z0-9 ]+-----$/.test(value);
}
function endOfKey(text, from) {
    const end = text.indexOf('-----END ', from);
    const lineEnd = end < 0 ? -1 : text.indexOf('\n', end);
    return lineEnd < 0 ? text.length : lineEnd;
}
const EXPANSION = /\$\{([^}:]*)(?::-([^}]*))?\}/g;
function expand(assignments, lookUp) {
    const known = new Map();
    const problems = [];
    const values = assignments.map((assignment) => {
        const { name, line } = assignment;
        const isUsed = name === _runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .DEPLOYMENT_NAME */ .cr || !(0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .whyReserved */ .X$)(name, { onCloud: false });
        const value = assignment.value.replace(EXPANSION, (_, wanted, byDefault) => {
            const found = known.get(wanted) ?? (isOfJob(wanted) ? undefined : lookUp(wanted)) ?? byDefault;
            if (found === undefined && isUsed)
                problems.push({ line, text: `line ${line}: ${unresolved(name, wanted)}` });
            return found ?? '';
        });
        known.set(name, value);
        return { ...assignment, value };
    });
    return { values, problems };
}
function isOfJob(name) {
    return /^(INPUT_|STATE_|ACTIONS_|GITHUB_TOKEN$)/i.test(name);
}
function unresolved(name, wanted) {
    const own = shownName({ name });
    const written = plainName(name) ?? 'NAME';
    if (wanted.startsWith('{'))
        return `the value of ${own} contains \${{ \u2026 }}, which is not evaluated in a file; remove the line, and add \`${written}=\${{ secrets.NAME }}\` to \`secrets\``;
    const form = (0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlainName */ .sh)(wanted) ? `\${${wanted}}` : 'a ${\u2026}';
    const byDefault = (0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlainName */ .sh)(wanted) ? `\${${wanted}:-value}` : '${NAME:-value}';
    return isOfJob(wanted)
        ? `${form} in the value of ${own} is not expanded, because variables with such names contain inputs or tokens of the job, which an agent must not receive; remove the line, and add \`${written}=\${{ secrets.NAME }}\` to \`secrets\`, with a separate secret for the agent`
        : `${form} in the value of ${own} is set neither above this line nor in the step's \`env\`; set it, write a default such as ${byDefault}, or move the line to \`secrets\`, where values are not expanded`;
}
function plainName(name) {
    return name !== undefined && (0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isVariableName */ .KL)(name) && (0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlainName */ .sh)(name) ? name : undefined;
}
function shownName({ name, line }) {
    if ((0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlainName */ .sh)(name))
        return name;
    return line === undefined ? 'a variable' : `line ${line}`;
}
function lineRanges(ranges) {
    const joined = [];
    for (const [first, last] of ranges) {
        const before = joined.at(-1);
        if (before && first <= before[1] + 1)
            before[1] = Math.max(before[1], last);
        else
            joined.push([first, last]);
    }
    return joined.map(([first, last]) => (first === last ? `line ${first}` : `lines ${first}-${last}`)).join(', ');
}


/***/ }),

/***/ 3341:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $$: () => (/* binding */ bytesOf),
/* harmony export */   FC: () => (/* binding */ onDisk),
/* harmony export */   FK: () => (/* binding */ isInside),
/* harmony export */   Gz: () => (/* binding */ below),
/* harmony export */   M2: () => (/* binding */ withParents),
/* harmony export */   Mf: () => (/* binding */ relativeTo),
/* harmony export */   Mp: () => (/* binding */ commonFolder),
/* harmony export */   UO: () => (/* binding */ isWithin),
/* harmony export */   Xo: () => (/* binding */ compareBytes),
/* harmony export */   bx: () => (/* binding */ baseOf),
/* harmony export */   gN: () => (/* binding */ parentOf),
/* harmony export */   gm: () => (/* binding */ textOfBytes)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4573);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);


function isInside(folder, path) {
    return path === folder || path.startsWith(folder.endsWith(node_path__WEBPACK_IMPORTED_MODULE_1__.sep) ? folder : folder + node_path__WEBPACK_IMPORTED_MODULE_1__.sep);
}
function relativeTo(folder, path) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(folder, path).split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/');
}
function commonFolder(first, others) {
    let common = first.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep);
    for (const other of others) {
        const parts = other.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep);
        const length = common.findIndex((part, index) => part !== parts[index]);
        if (length >= 0)
            common = common.slice(0, length);
    }
    return common.join(node_path__WEBPACK_IMPORTED_MODULE_1__.sep) || node_path__WEBPACK_IMPORTED_MODULE_1__.sep;
}
function below(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
function parentOf(path) {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
function baseOf(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
function isWithin(folder, path) {
    return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
function withParents(path) {
    return path === '' ? [] : [path, ...withParents(parentOf(path))];
}
const ESCAPED = 0xdc00;
function textOfBytes(bytes) {
    if ((0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(bytes))
        return bytes.toString();
    let text = '';
    for (let at = 0; at < bytes.length;) {
        const length = [1, 2, 3, 4].find((count) => at + count <= bytes.length && (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(bytes.subarray(at, at + count)));
        text += length ? bytes.toString('utf8', at, at + length) : String.fromCharCode(ESCAPED + (bytes[at] ?? 0));
        at += length ?? 1;
    }
    return text;
}
function bytesOf(text) {
    if (text.isWellFormed())
        return Buffer.from(text);
    const parts = Array.from(text, (character) => {
        return character.isWellFormed() ? Buffer.from(character) : Buffer.from([character.charCodeAt(0) & 0xff]);
    });
    return Buffer.concat(parts);
}
function onDisk(path) {
    return path.isWellFormed() ? path : bytesOf(path);
}
function compareBytes(left, right) {
    const length = Math.min(left.length, right.length);
    for (let index = 0; index < length; index += 1) {
        const [one, other] = [left.charCodeAt(index), right.charCodeAt(index)];
        if (one === other)
            continue;
        const isPlain = !isSurrogate(one) && !isSurrogate(other);
        return isPlain ? one - other : Buffer.compare(bytesOf(left), bytesOf(right));
    }
    return left.length - right.length;
}
function isSurrogate(unit) {
    return unit >= 0xd800 && unit <= 0xdfff;
}


/***/ }),

/***/ 399:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ProjectError: () => (/* binding */ ProjectError),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   c2: () => (/* binding */ fileErrorCode),
/* harmony export */   fG: () => (/* binding */ whyRefused),
/* harmony export */   rp: () => (/* binding */ sentenceAbout),
/* harmony export */   y9: () => (/* binding */ shownList)
/* harmony export */ });
class ProjectError extends Error {
    name = 'ProjectError';
    problems;
    place;
    input;
    constructor(problems, about = {}) {
        super(problems.join('\n'));
        this.problems = problems;
        this.place = about.place;
        this.input = about.input ?? 'langgraph-config';
    }
}
function shown(path) {
    return path.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
        const code = character.codePointAt(0) ?? 0;
        return code >= 0xdc80 && code <= 0xdcff ? `\\x${(code & 0xff).toString(16)}` : `\\u{${code.toString(16)}}`;
    });
}
function sentenceAbout(paths, sentence) {
    return paths.length === 0 ? [] : [sentence(shownList(paths))];
}
function shownList(paths, most = 10) {
    const rest = paths.length - most;
    return paths.slice(0, most).map(shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
function whyRefused(error) {
    const code = fileErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR')
        return 'does not exist';
    if (code === 'EACCES' || code === 'EPERM')
        return 'cannot be read: permission denied';
    if (code === 'ELOOP')
        return 'is a circular symbolic link';
    return `cannot be read (${code || 'unknown error'})`;
}
function fileErrorCode(error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}


/***/ }),

/***/ 5702:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ loadAhead)
/* harmony export */ });
async function loadAhead(config) {
    const opensFeedback = config.command === 'sweep' && (config.environment !== undefined || config.comments);
    await Promise.all([__nccwpck_require__.e(/* import() */ 213).then(__nccwpck_require__.bind(__nccwpck_require__, 2213)), opensFeedback && __nccwpck_require__.e(/* import() */ 27).then(__nccwpck_require__.bind(__nccwpck_require__, 1027))]);
}


/***/ }),

/***/ 2470:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  pP: () => (/* binding */ createNameGuard),
  f: () => (/* binding */ heed),
  Cn: () => (/* binding */ heedOrWarn),
  G9: () => (/* binding */ warningOfBranch),
  hz: () => (/* binding */ withClearRef),
  GX: () => (/* binding */ withDefaultBranch),
  h7: () => (/* binding */ withSoundName)
});

// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __nccwpck_require__(5990);
// EXTERNAL MODULE: ./build/deployment/find.js
var find = __nccwpck_require__(7671);
// EXTERNAL MODULE: ./build/deployment/refusals.js
var refusals = __nccwpck_require__(4533);
// EXTERNAL MODULE: ./build/deployment/revision.js
var revision = __nccwpck_require__(6309);
// EXTERNAL MODULE: ./build/deployment/sources/github.js
var sources_github = __nccwpck_require__(2612);
// EXTERNAL MODULE: ./build/deployment/sources/index.js + 2 modules
var sources = __nccwpck_require__(4478);
// EXTERNAL MODULE: ./build/deployment/sources/kinds.js
var kinds = __nccwpck_require__(1216);
// EXTERNAL MODULE: ./build/github/history.js
var github_history = __nccwpck_require__(6466);
// EXTERNAL MODULE: ./build/github/failure.js
var github_failure = __nccwpck_require__(220);
;// CONCATENATED MODULE: ./build/github/refs.js

const READ_CONTENTS = 'contents: read';
async function lookUpRef(session, name) {
    let failure = { kind: 'unanswered' };
    const found = await session.ask({ permission: READ_CONTENTS, repeatable: true }, async (call) => {
        try {
            const [isTag, isBranch] = await Promise.all([hasRef(call, `tags/${name}`), hasRef(call, `heads/${name}`)]);
            if (isTag && isBranch)
                return 'both';
            return isTag ? 'tag' : isBranch ? 'branch' : 'neither';
        }
        catch (error) {
            failure = (0,github_failure/* readFailure */.f1)(error);
            throw error;
        }
    });
    return found ?? { failure: (0,github_failure/* explainFailure */.SP)(failure, READ_CONTENTS) };
}
async function hasRef({ octokit, target }, ref) {
    try {
        await octokit.rest.git.getRef({ ...target, ref });
        return true;
    }
    catch (error) {
        if ((0,github_failure/* isNotFound */.c4)(error))
            return false;
        throw error;
    }
}

// EXTERNAL MODULE: ./build/run/sentence.js
var sentence = __nccwpck_require__(857);
// EXTERNAL MODULE: ./build/runner/trigger.js
var trigger = __nccwpck_require__(9767);
;// CONCATENATED MODULE: ./build/commands/origin.js











async function withClearRef({ github, progress }, config) {
    const { source, trigger, caution, branchWarnings } = config;
    if (!config.isRefUnclear)
        return withClearVersion({ github, progress }, config);
    if (!(0,sources/* isMadeFrom */.o)('repository', source)) {
        const found = await lookUpNamed(github, trigger.ref ?? '');
        if (found === 'tag')
            return { ...config, isRefUnclear: false, caution: undefined };
        const doubt = found === 'branch' ? '' : ` ${ambiguity(trigger.ref ?? '', found)}`;
        for (const warning of branchWarnings)
            progress.warn(`${warning}${doubt}`);
        return { ...config, isRefUnclear: false, caution: caution && { ...caution, reason: `${caution.reason}${doubt}` } };
    }
    const name = source.repoRef;
    const found = await lookUpNamed(github, name);
    if (found !== 'branch' && found !== 'tag')
        throw refUnclear(name, found);
    progress.note(`GitHub reports that "${name}" is a ${found} of ${trigger.repository}.`);
    if (found === 'branch')
        return { ...config, isRefUnclear: false };
    return {
        ...withTag(config, source, name),
        isRefUnclear: false,
        caution: undefined,
        trigger: { ...trigger, ref: `refs/tags/${name}` }
    };
}
const VERSION = /^v?\d+(\.\d+)+([-+.]\S*)?$/;
async function withClearVersion({ github, progress }, config) {
    const { source, trigger } = config;
    if (!github || !(0,sources/* isMadeFrom */.o)('repository', source) || !VERSION.test(source.repoRef))
        return config;
    if (!(0,sources_github/* sameRepository */.RB)(source.repoUrl, trigger.repositoryUrl))
        return config;
    if ((await lookUpRef(github, source.repoRef)) !== 'tag')
        return config;
    progress.note(`GitHub reports that "${source.repoRef}" is a tag of ${trigger.repository}; building the tag.`);
    return withTag(config, source, source.repoRef);
}
function withTag(config, source, name) {
    if (source.buildOnPush) {
        throw new errors/* RefusalError */.XQ('Tag cannot be built on push', `\`build-on-push\` cannot be \`true\` when \`repo-ref\` is a tag (${name}).`, 'Omit `build-on-push`, or set `repo-ref` to a branch.');
    }
    return { ...config, source: { ...source, repoRef: `refs/tags/${name}` } };
}
async function withDefaultBranch({ client, progress }, config) {
    const { source, target } = config;
    if (!(0,sources/* isMadeFrom */.o)('repository', source) || source.repoRef !== '')
        return config;
    const deployment = await (0,find/* find */.I6)(client, target);
    const standing = deployment && branchOf(deployment);
    const ref = standing && !(0,revision/* isCommit */.WM)(standing) ? standing : await defaultBranch(client, source);
    if (ref === undefined)
        throw refMissing(source.repoUrl);
    progress.note(ref === standing
        ? `\`repo-ref\` is not set; the deployment keeps building ${ref} of ${source.repoUrl}.`
        : `\`repo-ref\` is not set; using ${ref}, the default branch of ${source.repoUrl}.`);
    return { ...config, source: { ...source, repoRef: ref } };
}
async function defaultBranch(client, { repoUrl, integrationId }) {
    if (!integrationId)
        return (await (0,sources_github/* findRepository */.W1)(client, repoUrl)).defaultBranch;
    const repositories = await client.githubRepositories(integrationId);
    return repositories.find(({ url }) => (0,sources_github/* sameRepository */.RB)(url, repoUrl))?.default_branch ?? undefined;
}
function refMissing(repoUrl) {
    return new errors/* RefusalError */.XQ('Branch to build is unknown', `\`repo-ref\` is not set, and LangSmith does not report the default branch of ${repoUrl}.`, 'Set `repo-ref` to a branch or tag of that repository.');
}
async function lookUpNamed(github, name) {
    return github ? lookUpRef(github, name) : { failure: '`github-token` is empty.' };
}
function ambiguity(name, found) {
    const why = {
        both: 'the repository has both.',
        neither: 'the repository has neither, or the token cannot read it (`permissions: contents: read`).'
    };
    const failed = typeof found === 'object' ? `the lookup failed: ${found.failure}` : 'the lookup failed.';
    const reason = found === 'both' || found === 'neither' ? why[found] : failed;
    return `The event does not specify whether "${name}" is a branch or a tag, and ${reason}`;
}
function refUnclear(name, found) {
    return new errors/* RefusalError */.XQ('Ambiguous branch or tag', ambiguity(name, found), `Set \`repo-ref: ${name}\` for the branch, or \`repo-ref: refs/tags/${name}\` for the tag.`);
}
function heed(caution, deployment, { isBuiltHere }) {
    if (caution && !(isBuiltHere ? isMeant(caution, deployment) : caution.isNamed)) {
        throw new errors/* RefusalError */.XQ('Trigger not allowed', caution.reason, caution.advice);
    }
}
function heedOrWarn({ progress }, { caution, dryRun, source }, deployment) {
    try {
        heed(caution, deployment, { isBuiltHere: (0,sources/* isMadeFrom */.o)('repository', source) });
    }
    catch (error) {
        if (!dryRun || !(error instanceof errors/* RefusalError */.XQ))
            throw error;
        progress.warn(`Without \`dry-run\`, this run would be refused: ${(0,sentence/* midSentence */.kt)(error.message)} ${error.advice}`);
    }
}
async function withSoundName({ client }, config) {
    const { nameFault, target, ifMissing } = config;
    if (!nameFault || target.name === undefined)
        return config;
    const { name } = target;
    const deployment = await (0,find/* findByName */._U)(client, name);
    if (deployment)
        return { ...config, target: { name, deploymentId: deployment.id } };
    if (ifMissing === 'fail')
        throw (0,refusals/* deploymentMayNotBeCreated */.ri)(name);
    throw new refusals/* NotInWorkspaceError */.SU('Invalid deployment name', `Deployment "${name}" does not exist, and the name is ${nameFault.fault.replace(/^which is /, '')}.`, nameFault.advice);
}
function isMeant(caution, deployment) {
    if (!deployment)
        return caution.mayCreate;
    const branch = isFetched(deployment) ? branchOf(deployment) : undefined;
    return branch !== undefined && branch === caution.branch;
}
function branchOf({ source_config, source_revision_config }) {
    return (0,trigger/* branchOrTag */.mC)(source_config.repo_branch ?? source_revision_config.repo_ref ?? undefined);
}
function namedRefOf(deployment) {
    const ref = isFetched(deployment) ? branchOf(deployment) : undefined;
    return (0,revision/* isCommit */.WM)(ref) ? undefined : ref;
}
function isFetched({ source }) {
    return (0,kinds/* kindOf */.I)(source).code === 'repository';
}
function warningOfBranch(config, deployment) {
    if (!deployment || config.isRefWritten || config.caution)
        return undefined;
    return (0,sources/* isMadeFrom */.o)('repository', config.source)
        ? movedToBranch(config, config.source, deployment)
        : replacedByBranch(config, deployment);
}
function movedToBranch({ trigger, dryRun }, { repoRef }, deployment) {
    const standing = namedRefOf(deployment);
    if (standing === undefined || (0,revision/* isTag */.dz)(repoRef))
        return undefined;
    if (standing === repoRef || standing === trigger.ref)
        return undefined;
    const from = (0,revision/* isTag */.dz)(standing) ? `the tag "${standing.slice('refs/tags/'.length)}"` : `"${standing}"`;
    return `This run ${dryRun ? 'would switch' : 'switches'} deployment "${deployment.name}" from ${from} to "${repoRef}". Set ${filterFor(trigger, standing)} to prevent this, or \`repo-ref: ${repoRef}\` if this is intended.`;
}
function replacedByBranch({ trigger, defaultName, dryRun }, deployment) {
    const { eventName, ref, defaultBranch } = trigger;
    const isOfAnyBranch = eventName === 'push' || eventName === 'workflow_dispatch';
    if (defaultName === undefined || !isOfAnyBranch || trigger.about.kind !== 'ref')
        return undefined;
    if (ref === undefined || (0,revision/* isTag */.dz)(ref) || defaultBranch === undefined || ref === defaultBranch)
        return undefined;
    return `This run ${dryRun ? 'would deploy' : 'deploys'} the branch "${ref}" to "${deployment.name}", the deployment named after the repository; the default branch is "${defaultBranch}". Set ${filterFor(trigger, defaultBranch)} to deploy only the default branch, or \`name\` to deploy this branch separately.`;
}
function filterFor({ eventName }, ref) {
    const hasBranches = eventName === 'push' || eventName === 'workflow_run' || eventName.startsWith('pull_request');
    if (eventName === 'push' && (0,revision/* isTag */.dz)(ref))
        return "`tags: ['**']` under `on: push`";
    if ((0,revision/* isTag */.dz)(ref))
        return `\`repo-ref: ${ref}\``;
    if (hasBranches)
        return `\`branches: [${ref}]\` under \`on: ${eventName}\``;
    if (eventName === 'workflow_dispatch')
        return `\`if: github.ref_name == '${ref}'\` on the job`;
    if (eventName.startsWith('deployment'))
        return `\`if: github.event.deployment.ref == '${ref}'\` on the job`;
    return `\`repo-ref: ${ref}\``;
}
function createNameGuard(context, config) {
    const { source, defaultName, environment, place } = config;
    let folder;
    return async (deployment) => {
        if (defaultName === undefined || (0,sources/* isMadeFrom */.o)('image', source))
            return;
        if ((0,sources/* isMadeFrom */.o)('repository', source))
            return checkConfigPath(defaultName, source, deployment);
        const isFirst = folder === undefined;
        folder ??= folderThere(context, config, deployment);
        const there = await folder;
        checkProject(defaultName, { ...config, source }, deployment, there);
        const isKept = there !== undefined || (!deployment && environment !== undefined && context.github);
        if (isFirst && !isKept && !place?.isRoot)
            context.progress.remark(nameAdvised(place?.folder ?? ROOT));
    };
}
const ROOT = '.';
function checkProject(defaultName, { source, trigger, place }, deployment, there) {
    if (!deployment)
        return;
    const { repo_url } = deployment.source_config;
    if (repo_url && trigger.repositoryUrl && !(0,sources_github/* sameRepository */.RB)(repo_url, trigger.repositoryUrl)) {
        throw nameMissing(defaultName, deployment, repo_url, trigger.repositoryUrl);
    }
    const { configPath } = source.project;
    const standing = deployment.source_revision_config.langgraph_config_path;
    if (standing && !(0,revision/* isSameConfigPath */.E0)(standing, configPath))
        throw nameMissing(defaultName, deployment, standing, configPath);
    const here = place?.folder ?? ROOT;
    if (there === undefined || there === here)
        return;
    const inWords = (folder) => (folder === ROOT ? 'the root of the workspace' : `the folder ${folder}`);
    throw nameMissing(defaultName, deployment, inWords(there), inWords(here));
}
function nameAdvised(folder) {
    return `The deployment is named after the repository, but the configuration is in ${folder}. Set \`name\`; otherwise another project of this repository could overwrite this deployment.`;
}
async function folderThere({ github, feedback }, { environment }, deployment) {
    if (!github || !environment || !deployment)
        return undefined;
    return (0,github_history/* folderOfDeployment */.jk)(github, { environment, mark: feedback.mark() });
}
function checkConfigPath(defaultName, { repoUrl, configPath }, deployment) {
    if (!deployment || !isFetched(deployment) || configPath === undefined)
        return;
    const { repo_url } = deployment.source_config;
    const standing = deployment.source_revision_config.langgraph_config_path;
    const isSame = standing === null || standing === configPath;
    if (isSame || !repo_url || !(0,sources_github/* sameRepository */.RB)(repo_url, repoUrl))
        return;
    throw nameMissing(defaultName, deployment, standing, configPath);
}
function nameMissing(defaultName, { name }, there, here) {
    return new errors/* RefusalError */.XQ('Name is taken', `Deployment "${name}" was created from ${there}, and this run would deploy ${here} under the same default name.`, `Set another \`name\` for a separate deployment, or \`name: ${defaultName}\` to replace the existing one.`);
}


/***/ }),

/***/ 6866:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   KQ: () => (/* binding */ verdictOfStale),
/* harmony export */   We: () => (/* binding */ StaleError),
/* harmony export */   e_: () => (/* binding */ deletedMeanwhile),
/* harmony export */   rv: () => (/* binding */ reopenedMeanwhile),
/* harmony export */   yd: () => (/* binding */ createLook)
/* harmony export */ });
/* harmony import */ var _deployment_apply_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1124);
/* harmony import */ var _deployment_find_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7671);
/* harmony import */ var _github_pull_requests_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9554);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1298);




class StaleError extends Error {
    name = 'StaleError';
    verdict;
    constructor(verdict) {
        super(verdict.reason);
        this.verdict = verdict;
    }
}
function createLook(context, config) {
    const { trigger, target } = config;
    const { pullRequest } = trigger;
    if (!target.previewNames || pullRequest === undefined)
        return async () => 'unknown';
    const { limits } = context;
    const read = createPullRequestReader(context, pullRequest);
    const look = async () => {
        const now = await read();
        const found = now ? standingOf(config, pullRequest, now) : 'unknown';
        if (!now || !(found instanceof StaleError))
            return found;
        await (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .pause */ .v7)(limits, LOOK_AGAIN_AFTER_MS);
        return standingOf(config, pullRequest, (await read()) ?? now);
    };
    let last;
    return async () => {
        if (!last || limits.clock.now() - last.at > _deployment_apply_js__WEBPACK_IMPORTED_MODULE_0__/* .FRESH_MS */ .k3) {
            const found = await look();
            last = { at: limits.clock.now(), found };
        }
        if (last.found instanceof StaleError)
            throw last.found;
        return last.found;
    };
}
const LOOK_AGAIN_AFTER_MS = 3_000;
function createPullRequestReader({ github, progress }, pullRequest) {
    const failure = `Could not check whether pull request ${pullRequest} is open and still at the commit of this run; continuing`;
    let hasWarned = false;
    const warnOnce = (why) => {
        if (!hasWarned)
            progress.warn(`${failure}: ${why}`);
        hasWarned = true;
    };
    return async () => {
        if (!github) {
            warnOnce("`github-token` is empty. Omit it to use the job's token.");
            return undefined;
        }
        const now = await (0,_github_pull_requests_js__WEBPACK_IMPORTED_MODULE_2__/* .pullRequestNow */ .p)(github, pullRequest, failure);
        if (now !== 'unknown')
            return now;
        warnOnce(`GitHub returned 404 for the pull request. The job's token needs \`permissions: ${_github_pull_requests_js__WEBPACK_IMPORTED_MODULE_2__/* .READ_PULL_REQUESTS */ .k}\`.`);
        return undefined;
    };
}
function standingOf({ trigger, onSuperseded, allowDowngrade }, pullRequest, now) {
    if (now.state !== 'open') {
        const reason = `Nothing was deployed: pull request ${pullRequest} is now ${now.state}, and a preview deployed now would never be deleted.`;
        return new StaleError({ status: 'skipped', reason });
    }
    const ours = trigger.headCommit;
    if (!ours || allowDowngrade)
        return 'unknown';
    if (now.head.toLowerCase() === ours.toLowerCase())
        return 'head';
    const reason = `Nothing was deployed: the head of pull request ${pullRequest} is now commit ${now.head}, and this run is for ${ours}. The run for the new head deploys the preview. Set \`allow-downgrade: true\` to deploy the older commit anyway.`;
    return new StaleError({ status: 'superseded', reason, passes: onSuperseded !== 'fail' });
}
async function deletedMeanwhile({ client }, { target: { name = '' }, trigger: { pullRequest } }, look) {
    if (!(await isClosedByNow(look)))
        return undefined;
    const isThere = await (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_1__/* .findByName */ ._U)(client, name).then((found) => found !== undefined && !(0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_1__/* .isGoing */ .jf)(found), () => true);
    if (isThere)
        return undefined;
    const reason = `The preview of pull request ${pullRequest} was deleted during the rollout, because the pull request is closed.`;
    return { status: 'skipped', reason };
}
async function isClosedByNow(look) {
    try {
        await look();
        return false;
    }
    catch (error) {
        return error instanceof StaleError && error.verdict.status === 'skipped';
    }
}
async function reopenedMeanwhile({ github, limits }, { target, trigger: { about, pullRequest }, dryRun }) {
    const isOver = about.kind === 'pull-request' && about.state !== 'open';
    if (!target.previewNames || !isOver || !github || pullRequest === undefined)
        return undefined;
    const isOpen = async () => {
        const now = await (0,_github_pull_requests_js__WEBPACK_IMPORTED_MODULE_2__/* .pullRequestNow */ .p)(github, pullRequest);
        return now !== undefined && now !== 'unknown' && now.state === 'open';
    };
    if (!(await isOpen()))
        return undefined;
    await (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .pause */ .v7)(limits, LOOK_AGAIN_AFTER_MS);
    if (!(await isOpen()))
        return undefined;
    const reason = `Pull request ${pullRequest} is open again, so its preview stays; nothing was deleted.`;
    return dryRun ? { status: 'planned', reason, changes: 0 } : { status: 'skipped', reason };
}
function verdictOfStale({ dryRun }, { verdict }) {
    if (!dryRun)
        return verdict;
    return { status: 'planned', reason: `This run would be ${verdict.status}. ${verdict.reason}`, changes: 0 };
}


/***/ }),

/***/ 5443:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Vc: () => (/* binding */ readUpTo),
/* harmony export */   _n: () => (/* binding */ judgeAnswer),
/* harmony export */   n0: () => (/* binding */ NO_BODY),
/* harmony export */   x8: () => (/* binding */ readBody)
/* harmony export */ });
/* harmony import */ var _detail_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(888);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5990);
/* harmony import */ var _patience_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2878);



const NO_BODY = () => { };
const LONGEST_BODY = 64 * 1024 * 1024;
function judgeAnswer(answer, to, decode, now) {
    const { status } = answer;
    if (status < 200 || status >= 300) {
        const retryAfterMs = (0,_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRetryAfter */ .mu)(first(answer.headers['retry-after']), now);
        return { kind: 'bad', error: apiError(answer, to), retryAfterMs };
    }
    try {
        return { kind: 'good', value: decode(decode === NO_BODY && !isHtml(answer) ? undefined : jsonOf(answer)) };
    }
    catch (error) {
        if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV))
            throw error;
        const message = `LangSmith returned ${status} for ${to.asked}, but ${error.message}`;
        return { kind: 'bad', error: new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV(error.fault, message) };
    }
}
function jsonOf(answer) {
    if (isHtml(answer))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV('html', 'the body is HTML instead of JSON');
    if (answer.text === '')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV('empty', 'the body is empty');
    try {
        return JSON.parse(answer.text);
    }
    catch {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV('not-json', 'the body is not valid JSON');
    }
}
function apiError(answer, { asked, isFirst }) {
    const requestId = ['x-request-id', 'x-amzn-requestid', 'x-cloud-trace-context', 'cf-ray']
        .map((name) => first(answer.headers[name]))
        .find(Boolean);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD({
        status: answer.status,
        detail: detailOf(answer),
        html: isHtml(answer),
        request: asked,
        requestId,
        isFirst
    });
}
function detailOf(answer) {
    if (answer.status >= 300 && answer.status < 400)
        return `redirect to ${hostOf(first(answer.headers.location))}`;
    if (isHtml(answer))
        return '';
    try {
        return (0,_detail_js__WEBPACK_IMPORTED_MODULE_2__/* .reasonIn */ .Y)(JSON.parse(answer.text));
    }
    catch {
        return answer.text.trim();
    }
}
function hostOf(location) {
    try {
        return new URL(location ?? '').host;
    }
    catch {
        return 'another path';
    }
}
function isHtml(answer) {
    return (/text\/html/i.test(first(answer.headers['content-type']) ?? '') ||
        /^\s*<(!doctype|html|head|body)/i.test(answer.text));
}
async function readBody(body) {
    const text = await readUpTo(LONGEST_BODY, body);
    if (text === undefined)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UnreachableError */ .Jk('the response is larger than 64 MiB', '', true);
    return text;
}
async function readUpTo(most, body) {
    const chunks = [];
    let length = 0;
    for await (const chunk of body) {
        chunks.push(chunk);
        length += chunk.length;
        if (length > most)
            return undefined;
    }
    return Buffer.concat(chunks).toString('utf8');
}
function first(value) {
    return Array.isArray(value) ? value[0] : value;
}


/***/ }),

/***/ 8797:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  md: () => (/* binding */ PAGE_SIZE),
  UU: () => (/* binding */ createClient),
  bR: () => (/* binding */ orNothing),
  E0: () => (/* binding */ pagesOf)
});

// UNUSED EXPORTS: nextOffset

// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var limits = __nccwpck_require__(1298);
// EXTERNAL MODULE: ./build/run/object.js
var object = __nccwpck_require__(1379);
// EXTERNAL MODULE: ./build/run/sentence.js
var sentence = __nccwpck_require__(857);
// EXTERNAL MODULE: ./build/control-plane/answer.js
var answer = __nccwpck_require__(5443);
// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __nccwpck_require__(5990);
// EXTERNAL MODULE: ./build/control-plane/logs.js
var logs = __nccwpck_require__(1138);
;// CONCATENATED MODULE: ./build/control-plane/push-token.js


const DEFAULT_USERNAME = 'oauth2accesstoken';
function toPushToken(value) {
    const { token, username, registry_url, repository_url } = (0,object/* object */.I)(value) ?? {};
    if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token))
        throw new errors/* AnswerError */.dV('shape', 'the response has no push token');
    const registry = registryAddress(registry_url);
    const repository = registryAddress(repository_url);
    if (registry === undefined && repository === undefined)
        throw new errors/* AnswerError */.dV('shape', 'the response has no registry');
    const user = username ?? DEFAULT_USERNAME;
    if (typeof user !== 'string' || !/^[\x21-\x39\x3b-\x7e]+$/.test(user)) {
        throw new errors/* AnswerError */.dV('shape', 'the response has an invalid user name for a registry');
    }
    return { token, username: user, registry: registry ?? '', repository };
}
function registryAddress(url) {
    const address = typeof url === 'string' ? url.replace(/^https?:\/\//, '').replace(/\/+$/, '') : '';
    return /^[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/.test(address) ? address : undefined;
}

// EXTERNAL MODULE: ./build/control-plane/resources.js
var resources = __nccwpck_require__(7608);
// EXTERNAL MODULE: ./build/control-plane/upload.js
var upload = __nccwpck_require__(4020);
;// CONCATENATED MODULE: ./build/control-plane/client.js









const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;
function createClient(transport, conceal = () => { }, note = () => { }, concealTexts = () => { }) {
    const { toConcealed, passOver } = createReading(conceal, note);
    return {
        awaitRollout: transport.awaitRollout,
        upload: transport.upload,
        readLogs: (0,logs/* createLogRoute */.Ao)(transport),
        ...deploymentRoutes(transport, toConcealed),
        pushToken: (id) => requestPushToken(transport, id, concealTexts),
        ...revisionRoutes(transport, toConcealed, passOver('revisions')),
        ...githubRoutes(transport, passOver),
        listeners: () => listListeners(transport, passOver('listeners'))
    };
}
function createReading(conceal, note) {
    const withSecrets = new Set();
    const noted = new Set();
    return {
        toConcealed: (value) => {
            const deployment = withoutLostSecrets((0,resources/* toDeployment */.HG)(value), withSecrets);
            conceal(deployment);
            return deployment;
        },
        passOver: (list) => (reason) => {
            const text = (0,sentence/* sentence */.em)(`Skipped a row in the list of ${list}: ${reason}`);
            if (!noted.has(text))
                note(text);
            noted.add(text);
        }
    };
}
function deploymentPath(id) {
    return `/v2/deployments/${encodeURIComponent(id)}`;
}
function revisionPath(deploymentId, id) {
    return `${deploymentPath(deploymentId)}/revisions/${encodeURIComponent(id)}`;
}
function deploymentRoutes(transport, toConcealed) {
    return {
        deploymentsNamed: (names, offset) => {
            const [name = ''] = names;
            const query = new URLSearchParams({
                ...(names.length === 1 ? { name } : {}),
                name_contains: name,
                limit: `${PAGE_SIZE}`,
                offset: `${offset}`
            });
            const row = (value) => names.includes(String((0,object/* object */.I)(value)?.name)) ? toConcealed(value) : undefined;
            return transport.read(`/v2/deployments?${query}`, (body) => (0,resources/* toPage */.ZF)(body, row));
        },
        deploymentsContaining: (text, isMeant, offset) => {
            const query = new URLSearchParams({ name_contains: text, limit: `${PAGE_SIZE}`, offset: `${offset}` });
            const row = (value) => isMeant(String((0,object/* object */.I)(value)?.name)) ? toConcealed(value) : undefined;
            return transport.read(`/v2/deployments?${query}`, (body) => (0,resources/* toPage */.ZF)(body, row));
        },
        deploymentsGoing: async (name) => {
            const query = new URLSearchParams({ status: 'AWAITING_DELETE', name, name_contains: name, limit: `${PAGE_SIZE}` });
            const row = (value) => (0,object/* object */.I)(value)?.name === name ? toConcealed(value) : undefined;
            const page = await orNothing(transport.readOnce('GET', `/v2/deployments?${query}`, undefined, (body) => (0,resources/* toPage */.ZF)(body, row)));
            return page?.resources.filter((deployment) => deployment !== undefined) ?? [];
        },
        deployment: (id) => transport.read(deploymentPath(id), toConcealed),
        glance: (id) => transport.readOnce('GET', deploymentPath(id), undefined, toConcealed),
        createDeployment: (body) => transport.write('POST', '/v2/deployments', body, toConcealed),
        patchDeployment: (id, body) => transport.write('PATCH', deploymentPath(id), body, toConcealed),
        rename: (id, displayName, budgetMs) => transport.readOnce('PATCH', deploymentPath(id), { display_name: displayName }, toConcealed, budgetMs),
        deleteDeployment: (id, { withTracingProject }) => transport.repeat('DELETE', `${deploymentPath(id)}?delete_tracing_project=${withTracingProject}`, answer/* NO_BODY */.n0),
        uploadTarget: (id) => transport.repeat('POST', `${deploymentPath(id)}/upload-url`, upload/* toUploadTarget */.Yr, {
            body: { supports_upload_headers: true },
            isBeforeRollout: true
        })
    };
}
async function requestPushToken(transport, id, conceal) {
    const given = await transport.repeat('POST', `${deploymentPath(id)}/push-token`, toPushToken, {
        body: { supports_registry_username: true },
        isBeforeRollout: true
    });
    const { username, token } = given;
    conceal([token, Buffer.from(`${username}:${token}`).toString('base64')]);
    return given;
}
function revisionRoutes(transport, toConcealed, onOddRow) {
    return {
        glanceRevisions: async (deploymentId) => {
            const path = `${deploymentPath(deploymentId)}/revisions?limit=${PAGE_SIZE}&offset=0`;
            const page = await transport.readOnce('GET', path, undefined, (body) => (0,resources/* toPage */.ZF)(body, resources/* toRevisionRow */.x9, onOddRow));
            return page.resources;
        },
        glanceRevision: (deploymentId, id) => orNothing(transport.readOnce('GET', revisionPath(deploymentId, id), undefined, revisionOf(id))),
        revisions: (deploymentId, offset = 0) => transport.read(`${deploymentPath(deploymentId)}/revisions?limit=${PAGE_SIZE}&offset=${offset}`, (body) => (0,resources/* toPage */.ZF)(body, resources/* toRevisionRow */.x9, onOddRow)),
        revision: (deploymentId, id) => transport.read(revisionPath(deploymentId, id), revisionOf(id)),
        redeploy: (deploymentId, revisionId) => transport.write('POST', `${revisionPath(deploymentId, revisionId)}/redeploy`, undefined, toConcealed),
        lastRevision: (deploymentId, id, budgetMs) => transport.lastCall('GET', revisionPath(deploymentId, id), budgetMs, revisionOf(id)),
        interrupt: async (deploymentId, revisionId, budgetMs) => {
            const until = performance.now() + budgetMs;
            const leftMs = () => Math.max(1, Math.floor(until - performance.now()));
            await interruptUnderEitherName(revisionPath(deploymentId, revisionId), (path) => transport.lastCall('POST', path, leftMs(), answer/* NO_BODY */.n0));
        },
        stop: (deploymentId, revisionId) => interruptUnderEitherName(revisionPath(deploymentId, revisionId), (path) => transport.repeat('POST', path, answer/* NO_BODY */.n0))
    };
}
async function interruptUnderEitherName(revision, send) {
    try {
        await send(`${revision}/interruption`);
    }
    catch (error) {
        if (!(error instanceof errors/* ApiError */.hD) || !error.isWrongHost)
            throw error;
        await send(`${revision}/interrupt`);
    }
}
function githubRoutes(transport, passOver) {
    return {
        githubIntegrations: () => eitherVersion(transport, '/v1/integrations/github/install', '/v2/integrations/github/installations', resources/* toIntegration */.oU, passOver('GitHub integrations')),
        githubRepositories: (integrationId) => {
            const id = encodeURIComponent(integrationId);
            return eitherVersion(transport, `/v1/integrations/github/${id}/repos`, `/v2/integrations/github/installations/${id}/repositories`, resources/* toRepository */.y4, passOver('repositories'));
        },
        githubInstallLink: () => orNothing(transport.readOnce('POST', '/v2/integrations/github/installation-link', undefined, resources/* toInstallLink */.NB))
    };
}
async function listListeners(transport, onOddRow) {
    const all = [];
    const read = (offset) => transport.readIfServed(`/v2/listeners?limit=${PAGE_SIZE}&offset=${offset}`, (body) => (0,resources/* toPage */.ZF)(body, resources/* toListener */.yo, onOddRow));
    for await (const { resources } of pagesOf(read))
        all.push(...resources);
    return all;
}
async function orNothing(answer) {
    try {
        return await answer;
    }
    catch (error) {
        if ((0,limits/* endsRun */.sl)(error))
            throw error;
        return undefined;
    }
}
function withoutLostSecrets(deployment, seen) {
    if ((deployment.secrets ?? []).length > 0)
        seen.add(deployment.id);
    const isLost = deployment.secrets?.length === 0 && seen.has(deployment.id);
    return isLost ? { ...deployment, secrets: null } : deployment;
}
function revisionOf(id) {
    return (value) => {
        const revision = (0,resources/* toRevision */.Hx)(value);
        if (revision.id.toLowerCase() === id.toLowerCase())
            return revision;
        throw new errors/* AnswerError */.dV('shape', `the response is revision ${revision.id}, not ${id}`);
    };
}
async function* pagesOf(read) {
    let offset = 0;
    for (let count = 0; offset !== undefined && count < MOST_PAGES; count += 1) {
        const page = await read(offset);
        if (!page)
            return;
        yield page;
        offset = nextOffset(page, offset);
    }
}
function nextOffset(page, offset) {
    const rows = page.served ?? page.resources.length;
    if (rows < PAGE_SIZE)
        return undefined;
    const next = page.offset ?? offset + rows;
    return next > offset ? next : undefined;
}
async function eitherVersion(transport, v1, v2, decode, onOddRow) {
    const rows = (value) => {
        if (!Array.isArray(value))
            throw new errors/* AnswerError */.dV('shape', 'the response is not a list');
        return (0,resources/* toRows */.h_)(value, decode, onOddRow);
    };
    const whole = await transport.readIfServed(v1, rows);
    if (whole)
        return whole;
    const all = [];
    let cursor;
    for (let page = 0; page < MOST_PAGES; page += 1) {
        const query = new URLSearchParams({ page_size: `${PAGE_SIZE}`, ...(cursor ? { cursor } : {}) });
        const answer = await transport.read(`${v2}?${query}`, (body) => ({
            items: rows((0,object/* object */.I)(body)?.items),
            next: (0,object/* object */.I)(body)?.next_cursor
        }));
        all.push(...answer.items);
        if (typeof answer.next !== 'string' || answer.next === '' || answer.next === cursor)
            break;
        cursor = answer.next;
    }
    return all;
}


/***/ }),

/***/ 888:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ reasonIn)
/* harmony export */ });
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1379);

const REASONS = [
    'detail',
    'message',
    'Message',
    'msg',
    'error_description',
    'errors',
    'error',
    'description',
    'reason',
    'title',
    'fault',
    'faultstring'
];
const REPEATED = /^(input|ctx|body|data|payload|request|received|given|secrets?|values?)$/i;
const DEEPEST = 6;
function reasonIn(body) {
    return reasonOf((0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(body) ?? (Array.isArray(body) ? body : undefined), 0);
}
function reasonOf(value, depth) {
    if (typeof value === 'string')
        return value;
    if (depth > DEEPEST)
        return '';
    if (Array.isArray(value))
        return joined(value.map((entry) => reasonOf(entry, depth + 1)));
    const record = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(value);
    if (!record)
        return '';
    if (Array.isArray(record.loc))
        return validationText(record.loc, reasonOf(record.msg, depth + 1));
    for (const key of REASONS) {
        const reason = reasonOf(record[key], depth + 1);
        if (reason)
            return withName(reason, key, record);
    }
    return depth === 0 ? '' : joined(Object.entries(record).map(([key, entry]) => factText(key, entry, depth)));
}
function withName(reason, key, { title, code, error }) {
    const name = key === 'error_description' ? error : title;
    const named = typeof name === 'string' && name && name !== reason ? `${name}: ${reason}` : reason;
    return typeof code === 'string' && code && !named.includes(code) ? `${named} (${code})` : named;
}
function factText(key, value, depth) {
    if (REPEATED.test(key))
        return '';
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : reasonOf(value, depth + 1);
    return text && `${key}: ${text}`;
}
function validationText(loc, message) {
    const where = loc.filter((part) => part !== 'body').join('.');
    return [where, message].filter(Boolean).join(': ');
}
function joined(texts) {
    return texts.filter(Boolean).join('; ');
}


/***/ }),

/***/ 5990:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Jk: () => (/* binding */ UnreachableError),
/* harmony export */   XQ: () => (/* binding */ RefusalError),
/* harmony export */   dV: () => (/* binding */ AnswerError),
/* harmony export */   hD: () => (/* binding */ ApiError)
/* harmony export */ });
const NO_SUCH_ROUTE = 'Not Found';
class ApiError extends Error {
    name = 'ApiError';
    status;
    detail;
    request;
    requestId;
    isWrongHost;
    isHtml;
    isFirstAnswer;
    constructor(answer) {
        super(answer.html
            ? `${answer.request} returned ${answer.status} with an HTML page`
            : `${answer.server ?? 'LangSmith'} returned ${answer.status} for ${answer.request}`);
        this.isHtml = answer.html === true;
        this.isWrongHost =
            answer.status === 405 || (answer.status === 404 && (answer.html === true || answer.detail === NO_SUCH_ROUTE));
        this.isFirstAnswer = answer.isFirst ?? true;
        this.status = answer.status;
        this.detail = answer.detail;
        this.request = answer.request;
        this.requestId = answer.requestId;
    }
}
class AnswerError extends Error {
    name = 'AnswerError';
    fault;
    constructor(fault, message) {
        super(message);
        this.fault = fault;
    }
}
class UnreachableError extends Error {
    name = 'UnreachableError';
    code;
    reached;
    context;
    constructor(message, code, reached, context = {}) {
        super(message);
        this.code = code;
        this.reached = reached;
        this.context = context;
    }
}
class RefusalError extends Error {
    name = 'RefusalError';
    title;
    advice;
    behind;
    place;
    constructor(title, message, advice, behind, place) {
        super(message);
        this.title = title;
        this.advice = advice;
        this.behind = behind;
        this.place = place;
    }
}


/***/ }),

/***/ 3716:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FI: () => (/* binding */ FAULT_WORDS),
/* harmony export */   H9: () => (/* binding */ faultKind),
/* harmony export */   IY: () => (/* binding */ isRefusedByProxy),
/* harmony export */   TR: () => (/* binding */ isCertificateCode),
/* harmony export */   Tf: () => (/* binding */ isAboutCertificate),
/* harmony export */   tu: () => (/* binding */ wordsFor)
/* harmony export */ });
const FAULT_WORDS = {
    expired: 'its certificate has expired',
    'not-yet-valid': 'its certificate is not valid yet',
    'other-host': 'its certificate is for another host',
    'self-signed': 'its certificate is self-signed',
    'unknown-issuer': 'its certificate has an issuer that Node does not trust',
    'no-intermediate': 'the server did not send the intermediate certificates',
    certificate: 'its certificate is invalid',
    'client-certificate': 'the server requires a client certificate, or rejected the one that it received',
    'no-tls': 'the server does not support TLS (https)',
    'tls-version': 'the server and Node have no TLS version in common',
    tls: 'the TLS handshake failed',
    'no-http': 'the server does not support HTTP',
    'no-name': 'the host name was not found',
    'no-name-server': 'the DNS server did not respond',
    refused: 'the connection was refused',
    'timed-out': 'the connection timed out',
    'no-route': 'there is no route to the host',
    cut: 'the connection was cut',
    other: ''
};
const KINDS = [
    [/^ERR_SSL_.*ALERT_(CERTIFICATE_REQUIRED|(BAD|UNKNOWN|UNSUPPORTED)_CERTIFICATE|UNKNOWN_CA)$/, 'client-certificate'],
    [/^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|HTTPS_PROXY_REQUEST)$/, 'no-tls'],
    [/^ERR_SSL_.*(PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL)|^ERR_SSL_NO_PROTOCOLS_AVAILABLE$/, 'tls-version'],
    [/^(ERR_SSL_|EPROTO$)/, 'tls'],
    [/^CERT_HAS_EXPIRED$/, 'expired'],
    [/^CERT_NOT_YET_VALID$/, 'not-yet-valid'],
    [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, 'other-host'],
    [/^DEPTH_ZERO_SELF_SIGNED_CERT$/, 'self-signed'],
    [/^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/, 'no-intermediate'],
    [/^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?)$/, 'unknown-issuer'],
    [/CERT|CRL|^(INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/, 'certificate'],
    [/^HPE_/, 'no-http'],
    [/^ENOTFOUND$/, 'no-name'],
    [/^EAI_/, 'no-name-server'],
    [/^ECONNREFUSED$/, 'refused'],
    [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, 'timed-out'],
    [/^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/, 'no-route'],
    [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_PRX_CONN)$/, 'cut']
];
function faultKind(code) {
    return KINDS.find(([form]) => form.test(code))?.[1] ?? 'other';
}
function isCertificateCode(code) {
    return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CRL/.test(code);
}
function isAboutCertificate(kind) {
    return CERTIFICATE_KINDS.has(kind);
}
const CERTIFICATE_KINDS = new Set([
    'expired',
    'not-yet-valid',
    'other-host',
    'self-signed',
    'unknown-issuer',
    'no-intermediate',
    'certificate'
]);
function wordsFor(code, said, { via, isOfProxy, proxyStatus }) {
    if (proxyStatus)
        return `the proxy ${via ?? ''} returned ${proxyStatus}`.replace('  ', ' ');
    const kind = faultKind(code);
    const isOfSystem = /^(connect|getaddrinfo|read|write) E/.test(said);
    const detail = kind === 'cut' ? '' : isOfSystem ? said : code;
    const fault = kind === 'other' ? said || code : `${FAULT_WORDS[kind]}${detail ? ` (${detail})` : ''}`;
    return isOfProxy && via ? `the proxy ${via}: ${fault}` : fault;
}
function isRefusedByProxy(words) {
    return /\bthe proxy (\S+ )?returned 40[1357]\b/.test(words);
}


/***/ }),

/***/ 566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ei: () => (/* binding */ regions),
/* harmony export */   Lk: () => (/* binding */ cloudControlPlane),
/* harmony export */   PD: () => (/* binding */ isOnAws),
/* harmony export */   PP: () => (/* binding */ controlPlaneAt),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   _H: () => (/* binding */ regionLike),
/* harmony export */   aU: () => (/* binding */ dashboardUrl),
/* harmony export */   dL: () => (/* binding */ experimentUrl),
/* harmony export */   ep: () => (/* binding */ tracingUrl),
/* harmony export */   uX: () => (/* binding */ inputForDashboard),
/* harmony export */   yq: () => (/* binding */ correctedAddress)
/* harmony export */ });
const REGIONS = {
    us: { prefix: '', otherNames: /^(usa?|gcp|global|default|america|north-?america)\b/ },
    eu: { prefix: 'eu.', otherNames: /\b(eu|europe)\b/ },
    apac: { prefix: 'apac.', otherNames: /\bapac\b|^(asia|ap|australia|au|jp|sg)\b/ },
    'aws-us': { prefix: 'aws.', otherNames: /^aws$|^us-(east|west)-\d$|aws.*us|us.*aws/ }
};
const regions = Object.keys(REGIONS);
function cloudControlPlane(region) {
    return cloudControlPlaneOf(REGIONS[region].prefix);
}
function controlPlaneAt(url) {
    const prefix = prefixIn(url, CONTROL_PLANES);
    if (prefix !== undefined)
        return cloudControlPlaneOf(prefix);
    const path = url.pathname.replace(/\/+$/, '');
    const home = url.origin + path.replace(/\/api-host$/, '');
    return {
        url: url.origin + path,
        dashboard: home,
        dataApi: home,
        hosting: isLoopback(url.hostname) ? 'unknown' : 'self-hosted'
    };
}
const CONTROL_PLANES = /^((?:[a-z0-9-]+\.)*)api\.host\.langchain\.com$/;
const DATA_APIS = /^((?:[a-z0-9-]+\.)*)api\.smith\.langchain\.com$/;
const DASHBOARDS = /^(?!docs\.|status\.)((?:[a-z0-9-]+\.)*)smith\.langchain\.com$/;
function prefixIn({ host }, form) {
    return form.exec(host.replace(/\.$/, ''))?.[1];
}
function cloudControlPlaneOf(prefix) {
    return {
        url: `https://${prefix}api.host.langchain.com`,
        dashboard: `https://${prefix}smith.langchain.com`,
        dataApi: `https://${prefix}api.smith.langchain.com`,
        hosting: 'cloud'
    };
}
const ROUTES = /\/(?:v[12]\/(?:deployments|projects|listeners|integrations)(?:\/.*)?|docs|redoc|openapi\.json)$|(?<=\/api-host)\/v[12]$/;
const DATA_API = /\/api\/v[12](?:\/.*)?$/;
const PAGES = /\/o\/[0-9a-f-]{36}(?:\/.*)?$/i;
function correctedAddress(url) {
    const prefix = prefixIn(url, DATA_APIS) ?? (/^\/api(\/|$)/.test(url.pathname) ? prefixIn(url, DASHBOARDS) : undefined);
    if (prefix !== undefined)
        return new URL(cloudControlPlaneOf(prefix).url);
    if (prefixIn(url, CONTROL_PLANES) !== undefined || prefixIn(url, DASHBOARDS) !== undefined)
        return undefined;
    const path = url.pathname.replace(/\/+$/, '');
    if (path.endsWith('/api-host'))
        return undefined;
    const home = DATA_API.test(path) || PAGES.test(path) ? path.replace(DATA_API, '').replace(PAGES, '') : undefined;
    const cut = home === undefined ? path.replace(ROUTES, '') : `${home.replace(/\/api-host$/, '')}/api-host`;
    return cut === path ? undefined : new URL(url.origin + cut);
}
function inputForDashboard(url) {
    const prefix = prefixIn(url, DASHBOARDS);
    if (prefix === undefined)
        return undefined;
    const region = regions.find((one) => REGIONS[one].prefix === prefix);
    return region ? `region: ${region}` : `control-plane-url: ${cloudControlPlaneOf(prefix).url}`;
}
function regionLike(word) {
    return regions.findLast((region) => REGIONS[region].otherNames.test(word.toLowerCase()));
}
function isOnAws(url) {
    return URL.canParse(url) && /^aws(-[a-z0-9-]+)?\.$/.test(prefixIn(new URL(url), CONTROL_PLANES) ?? '');
}
function isLoopback(hostname) {
    return (hostname === 'localhost' ||
        hostname.endsWith('.localhost') ||
        hostname === '[::1]' ||
        /^127\.\d+\.\d+\.\d+$/.test(hostname));
}
function experimentUrl({ dashboard }, { tenantId, datasetId, id }) {
    return `${dashboard}/o/${tenantId}/datasets/${datasetId}/compare?selectedSessions=${id}`;
}
function dashboardUrl(controlPlane, tenantId, deploymentId) {
    return `${controlPlane.dashboard}/o/${tenantId}/host/deployments/${deploymentId}`;
}
function tracingUrl({ dashboard }, tenantId, sessionId) {
    return `${dashboard}/o/${encodeURIComponent(tenantId)}/projects/p/${encodeURIComponent(sessionId)}`;
}


/***/ }),

/***/ 1138:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ao: () => (/* binding */ createLogRoute),
/* harmony export */   CE: () => (/* binding */ withTime),
/* harmony export */   p_: () => (/* binding */ LOG_LEVELS)
/* harmony export */ });
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1379);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5990);
/* harmony import */ var _patience_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2878);



const LOG_LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'];
const MISSES_BEFORE_V1 = 2;
function createLogRoute(transport) {
    let isV2Served = false;
    let misses = 0;
    return async (deploymentId, revisionId, query) => {
        if (misses < MISSES_BEFORE_V1) {
            try {
                const page = await readV2(transport, deploymentId, revisionId, query);
                isV2Served = true;
                return page;
            }
            catch (error) {
                if (isV2Served || !(0,_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isRouteMissing */ .OD)(error))
                    throw error;
                misses += 1;
            }
        }
        try {
            return await readV1(transport, deploymentId, revisionId, query);
        }
        catch (error) {
            if ((0,_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isRouteMissing */ .OD)(error))
                misses = 0;
            throw error;
        }
    };
}
function readV2(transport, deploymentId, revisionId, query) {
    const { kind, order, limit } = query;
    const search = new URLSearchParams({ type: kind, order, limit: `${limit}`, ...optionalOf(query) });
    const path = `/v2/deployments/${encodeURIComponent(deploymentId)}/revisions/${encodeURIComponent(revisionId)}/logs`;
    return transport.readOnce('GET', `${path}?${search}`, undefined, toLogPage);
}
function readV1(transport, deploymentId, revisionId, query) {
    const { kind, order, limit } = query;
    const project = `/v1/projects/${encodeURIComponent(deploymentId)}/revisions/${encodeURIComponent(revisionId)}`;
    return transport.readOnce('POST', `${project}/${kind}_logs`, { order, limit, ...optionalOf(query) }, toLogPage);
}
function optionalOf({ offset, level, since, query }) {
    return {
        ...(offset ? { offset } : {}),
        ...(level ? { level } : {}),
        ...(since ? { start_time: since } : {}),
        ...(query ? { query } : {})
    };
}
const toLogPage = (body) => {
    const logs = Array.isArray(body) ? body : (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(body)?.logs;
    if (!Array.isArray(logs))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV('shape', 'the response has no `logs`');
    const next = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(body)?.next_offset;
    return { entries: logs.map(toEntry), next: typeof next === 'string' && next !== '' ? next : undefined };
};
function toEntry(value) {
    if (typeof value === 'string')
        return { id: undefined, level: undefined, message: value };
    const { id, level, message, timestamp } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(value) ?? {};
    const time = toTime(timestamp);
    return {
        id: typeof id === 'string' && id !== '' ? id : undefined,
        level: typeof level === 'string' && level !== '' ? level : undefined,
        message: typeof message === 'string' ? message : JSON.stringify(value),
        ...(time ? { time } : {})
    };
}
function toTime(value) {
    if (typeof value !== 'string' && typeof value !== 'number')
        return undefined;
    const date = new Date(value);
    return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
function withTime(entry) {
    return entry.time ? { ...entry, message: `${entry.time} ${entry.message}` } : entry;
}


/***/ }),

/***/ 292:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  SM: () => (/* binding */ createDispatcher),
  Rn: () => (/* binding */ createRenewableDispatcher),
  HB: () => (/* binding */ unreachable)
});

// EXTERNAL MODULE: external "./undici.js"
var external_undici_js_ = __nccwpck_require__(6062);
// EXTERNAL MODULE: ./build/run/object.js
var object = __nccwpck_require__(1379);
// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __nccwpck_require__(5990);
// EXTERNAL MODULE: ./build/control-plane/faults.js
var faults = __nccwpck_require__(3716);
// EXTERNAL MODULE: ./build/control-plane/proxies.js
var proxies = __nccwpck_require__(553);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;// CONCATENATED MODULE: ./build/control-plane/trust.js



function readExtraCertificates(file = process.env.NODE_EXTRA_CA_CERTS) {
    if (!file)
        return { kind: 'none' };
    if (isCertificate(file))
        return { kind: 'pasted' };
    try {
        (0,external_node_fs_.readFileSync)(file);
    }
    catch (error) {
        return { kind: (0,object/* object */.I)(error)?.code === 'ENOENT' ? 'missing' : 'unreadable', file };
    }
    const count = (0,external_node_tls_namespaceObject.getCACertificates)('extra').length;
    return count > 0 ? { kind: 'loaded', file, count } : { kind: 'not-pem', file };
}
function isCertificate(text) {
    return /-----BEGIN |[\r\n]/.test(text) || /^\s*(MII|LS0tLS1CRUdJTi)[A-Za-z0-9+/=\s]{200,}$/.test(text);
}

;// CONCATENATED MODULE: ./build/control-plane/network.js






function createRenewableDispatcher(address) {
    let current = createDispatcher(address);
    let isClosed = false;
    const old = new Set();
    return {
        current: () => current,
        renew: () => {
            if (isClosed)
                return;
            const last = current;
            current = createDispatcher(address);
            old.add(last);
            const forget = () => old.delete(last);
            last.close().then(forget, forget);
        },
        close: async () => {
            isClosed = true;
            await Promise.all([current, ...old].map((dispatcher) => dispatcher.destroy()));
        }
    };
}
function createDispatcher({ url, proxy }) {
    const uri = (0,proxies/* proxyFor */.iJ)(url, proxy);
    const via = uri === undefined ? undefined : new URL(uri);
    const factory = (origin, options) => {
        const isToProxy = via !== undefined && new URL(origin).origin === via.origin;
        return createPool(origin, options, { via: via?.host, isOfProxy: isToProxy });
    };
    if (!via)
        return new external_undici_js_.Agent({ allowH2: false, factory });
    return new external_undici_js_.ProxyAgent({
        uri: via.href,
        allowH2: false,
        factory,
        clientFactory: factory,
        proxyTls: { allowH2: false }
    });
}
const faultsOfConnecting = new WeakMap();
function createPool(origin, options, context) {
    const connect = typeof options.connect === 'function' ? options.connect : (0,external_undici_js_.buildConnector)({ allowH2: false, ...options.connect });
    const remembering = (target, callback) => connect(target, (...result) => {
        const [error] = result;
        if (error && !faultsOfConnecting.has(error))
            faultsOfConnecting.set(error, context);
        callback(...result);
    });
    return new external_undici_js_.Pool(origin, { ...options, connect: remembering });
}
function unreachable(error, origin) {
    const causes = error instanceof AggregateError && error.errors.length > 0 ? error.errors : [error];
    const cause = /^UND_ERR_PRX/.test(errorCode(causes[0])) ? ((0,object/* object */.I)(causes[0])?.cause ?? causes[0]) : causes[0];
    const message = (0,object/* object */.I)(cause)?.message;
    const said = typeof message === 'string' && message ? message : String(cause);
    const code = errorCode(cause) || errorCode(error);
    const proxyStatus = Number(/^Proxy (?:response \(|Authentication Required \()(\d{3})\)/.exec(said)?.[1]) || undefined;
    const context = faultContext(error, cause, proxyStatus);
    return new errors/* UnreachableError */.Jk(isTimeout(error) ? 'no response in time' : (0,faults/* wordsFor */.tu)(code, said, context), code, context.connected, { ...context, origin });
}
function faultContext(error, cause, proxyStatus) {
    const found = [error, cause].map((one) => ((0,object/* object */.I)(one) ? faultsOfConnecting.get(Object(one)) : undefined));
    const known = found[1] ?? found[0];
    const isCertificate = (0,faults/* isCertificateCode */.TR)(errorCode(cause));
    const isOfProxy = known?.isOfProxy === true ||
        /^UND_ERR_PRX/.test(errorCode(error)) ||
        (known?.via !== undefined && (0,object/* object */.I)(cause)?.name === 'HTTPParserError');
    return {
        via: known?.via,
        isOfProxy,
        proxyStatus,
        connected: known === undefined && proxyStatus === undefined,
        names: certifiedHosts((0,object/* object */.I)((0,object/* object */.I)(cause)?.cert)?.subjectaltname),
        ...(isCertificate ? { extra: readExtraCertificates(), clock: `${new Date().toISOString().slice(0, 16)}Z` } : {})
    };
}
function certifiedHosts(subjectAltName) {
    if (typeof subjectAltName !== 'string')
        return [];
    return subjectAltName.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
}
function errorCode(error) {
    const { code, name } = (0,object/* object */.I)(error) ?? {};
    if (typeof code === 'string')
        return code;
    return name === 'HTTPParserError' ? 'HPE_INVALID' : '';
}
function isTimeout(error) {
    return (0,object/* object */.I)(error)?.name === 'TimeoutError' || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(errorCode(error));
}


/***/ }),

/***/ 2878:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ afterFailedRead),
/* harmony export */   Hg: () => (/* binding */ afterFailedWrite),
/* harmony export */   Nz: () => (/* binding */ FRESH),
/* harmony export */   OD: () => (/* binding */ isRouteMissing),
/* harmony export */   OJ: () => (/* binding */ afterGoodAnswer),
/* harmony export */   PN: () => (/* binding */ mayUploadAgain),
/* harmony export */   Vo: () => (/* binding */ NO_HISTORY),
/* harmony export */   Wj: () => (/* binding */ isPassingStatus),
/* harmony export */   b2: () => (/* binding */ isMissing),
/* harmony export */   bQ: () => (/* binding */ pushAgainAfterMs),
/* harmony export */   mu: () => (/* binding */ parseRetryAfter),
/* harmony export */   pz: () => (/* binding */ saysTooOften),
/* harmony export */   q1: () => (/* binding */ MOST_ASKED_MS),
/* harmony export */   vk: () => (/* binding */ askedMs),
/* harmony export */   vu: () => (/* binding */ isRefusal)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5990);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3716);


const FRESH = { awaitsRollout: false, hasAnswer: false, errors: 0 };
const NO_HISTORY = { refusals: 0, missing: undefined };
const FIRST_BACKOFF_MS = 500;
const LEAST_BACKOFF_MS = 50;
const LONGEST_BACKOFF_MS = 30_000;
const THROTTLED_MS = { least: 15_000, most: 30_000 };
const RETRY_AFTER_MS = { least: 1_000, most: 60_000 };
const MOST_ASKED_MS = RETRY_AFTER_MS.most;
const ERRORS_BEFORE_WRITE = 6;
const REFUSAL_PAUSES_MS = [5_000, 15_000, 30_000];
const MISSING = { ms: 30_000, tries: 3 };
const MOST_UPLOADS = 2;
const PUSH_PAUSES_MS = [2_000, 10_000];
const LAST_TRY_MS = 5_000;
function afterGoodAnswer(patience) {
    return { ...patience, hasAnswer: true, errors: 0 };
}
function afterFailedRead(failed, patience, history, moment) {
    const heard = { ...patience, hasAnswer: patience.hasAnswer || failed.error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD };
    const reaction = reactTo(failed, patience, history, moment);
    if (reaction.kind !== 'again')
        return { decision: reaction, patience: heard, history };
    return {
        decision: { kind: 'again', afterMs: beforeDeadline(reaction.afterMs, moment) },
        patience: reaction.counts ? { ...heard, errors: heard.errors + 1 } : heard,
        history: reaction.history
    };
}
const END = { kind: 'end' };
function reactTo(failed, patience, history, moment) {
    const { error, retryAfterMs, isOptional = false } = failed;
    if (moment.now >= moment.deadline)
        return { kind: 'deadline' };
    if (!patience.hasAnswer && isWrongHost(error))
        return END;
    if (isOptional && isRouteMissing(error))
        return END;
    if (isThrottled(error)) {
        return { kind: 'again', afterMs: throttledMs(retryAfterMs, moment.random), counts: false, history };
    }
    if (mayPass(error, patience))
        return reactToFault(failed, patience, moment);
    if (!patience.awaitsRollout || !(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD || error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UnreachableError */ .Jk))
        return END;
    return isMissing(error) ? reactToMissing(failed, patience, history, moment) : reactToRefusal(failed, history);
}
function reactToFault(failed, patience, { random }) {
    const errors = patience.errors + 1;
    const isEndless = patience.awaitsRollout && !failed.isBeforeRollout;
    if (!isEndless && errors >= ERRORS_BEFORE_WRITE)
        return END;
    const afterMs = backOffMs(errors, failed.retryAfterMs, random);
    return { kind: 'again', afterMs, counts: true, history: NO_HISTORY };
}
function reactToMissing({ retryAfterMs }, { errors }, { missing }, { now, random }) {
    const tries = (missing?.tries ?? 0) + 1;
    const since = missing?.since ?? now;
    if (tries >= MISSING.tries && now - since >= MISSING.ms)
        return END;
    const afterMs = backOffMs(errors + 1, retryAfterMs, random);
    return { kind: 'again', afterMs, counts: true, history: { refusals: 0, missing: { tries, since } } };
}
function reactToRefusal({ error, retryAfterMs }, { refusals }) {
    const pauseMs = REFUSAL_PAUSES_MS[refusals];
    if (pauseMs === undefined || (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && error.status === 422))
        return END;
    const history = { refusals: refusals + 1, missing: undefined };
    return { kind: 'again', afterMs: Math.max(pauseMs, askedMs(retryAfterMs) ?? 0), counts: false, history };
}
function afterFailedWrite({ error, retryAfterMs }, patience, { random }) {
    if (isThrottled(error)) {
        return { decision: { kind: 'again', afterMs: throttledMs(retryAfterMs, random) }, patience };
    }
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UnreachableError */ .Jk && !error.reached) {
        const counted = { ...patience, errors: patience.errors + 1 };
        const isEnd = isSettled(error) || (!patience.awaitsRollout && counted.errors >= ERRORS_BEFORE_WRITE);
        return isEnd
            ? { decision: { kind: 'end' }, patience: counted }
            : { decision: { kind: 'again', afterMs: backOffMs(counted.errors, undefined, random) }, patience: counted };
    }
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && !isFault(error.status))
        return { decision: { kind: 'end' }, patience };
    return { decision: { kind: 'in-doubt' }, patience: { ...patience, awaitsRollout: true } };
}
function mayUploadAgain(error, { tries, isTooLarge }) {
    const isBroken = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UnreachableError */ .Jk || error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD;
    return isBroken && !isTooLarge && tries < MOST_UPLOADS;
}
function pushAgainAfterMs(tries) {
    return PUSH_PAUSES_MS[tries - 1];
}
function parseRetryAfter(value, now) {
    if (!value)
        return undefined;
    if (/^\s*\d+(\.\d+)?\s*$/.test(value))
        return Number(value) * 1000;
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
function askedMs(retryAfterMs) {
    if (retryAfterMs === undefined)
        return undefined;
    return Math.min(Math.max(retryAfterMs, RETRY_AFTER_MS.least), RETRY_AFTER_MS.most);
}
function isRouteMissing(error) {
    if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD))
        return false;
    return error.isWrongHost || (error.status === 404 && error.detail === '');
}
function isMissing(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && error.status === 404 && !isRouteMissing(error);
}
function beforeDeadline(wantedMs, { now, deadline }) {
    const left = deadline - now;
    return left > LAST_TRY_MS ? Math.min(wantedMs, left - LAST_TRY_MS) : wantedMs;
}
function throttledMs(retryAfterMs, random) {
    return askedMs(retryAfterMs) ?? THROTTLED_MS.least + random * (THROTTLED_MS.most - THROTTLED_MS.least);
}
function backOffMs(errors, retryAfterMs, random) {
    const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(errors - 1, 10));
    return askedMs(retryAfterMs) ?? Math.max(LEAST_BACKOFF_MS, random * ceiling);
}
function isPassingStatus(status) {
    return isFault(status) || status === TOO_MANY_REQUESTS;
}
function isRefusal(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && !isPassingStatus(error.status);
}
function saysTooOften(status) {
    return status === TOO_MANY_REQUESTS;
}
const REQUEST_TIMEOUT = 408;
const TOO_MANY_REQUESTS = 429;
function isThrottled(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && error.status === TOO_MANY_REQUESTS;
}
function isFault(status) {
    return status === REQUEST_TIMEOUT || status >= 500;
}
function mayPass(error, { awaitsRollout }) {
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UnreachableError */ .Jk)
        return !isSettled(error);
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV)
        return error.fault !== 'shape' || awaitsRollout;
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && isFault(error.status);
}
function isWrongHost(error) {
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV)
        return error.fault === 'html';
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && error.isWrongHost;
}
function isSettled({ code, context: { proxyStatus } }) {
    return (0,_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .isCertificateCode */ .TR)(code) || proxyStatus === 401 || proxyStatus === 403 || proxyStatus === 407;
}


/***/ }),

/***/ 553:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   YR: () => (/* binding */ parseProxy),
/* harmony export */   ft: () => (/* binding */ exceptionFor),
/* harmony export */   iJ: () => (/* binding */ proxyFor)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var _hosts_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(566);


const EXAMPLE = 'Use a URL such as `http://proxy.example.com:3128`.';
function parseProxy(value) {
    const fault = (text) => ({ kind: 'fault', text });
    const written = value.trim();
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(written)?.[1]?.toLowerCase();
    if (/^socks/.test(scheme ?? ''))
        return fault(`names a SOCKS proxy; this action needs an HTTP proxy. ${EXAMPLE}`);
    if (scheme && !/^https?$/.test(scheme))
        return fault(`is not an http or https URL. ${EXAMPLE}`);
    if (/^["'`]|["'`]$/.test(written))
        return fault(`has quotes around the URL. Remove them. ${EXAMPLE}`);
    if (/\.pac$/i.test(written)) {
        return fault(`names a proxy auto-config (PAC) file, which is not supported. Set the proxy itself. ${EXAMPLE}`);
    }
    const url = scheme ? written : `http://${written}`;
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    const isSplit = parsed && /@/.test(parsed.pathname + parsed.search + parsed.hash);
    const hasUser = written.includes('@');
    if (hasUser && (!parsed || isSplit || !isDecodable(parsed.username) || !isDecodable(parsed.password))) {
        return fault('has a user name or password with a reserved character. Percent-encode it: `%23` for #, `%25` for %, `%2F` for /, `%3A` for :, `%3F` for ?, `%40` for @, `%5C` for \\.');
    }
    return parsed ? { kind: 'sound', url } : fault(`is not a proxy URL. ${EXAMPLE}`);
}
function isDecodable(text) {
    try {
        decodeURIComponent(text);
        return true;
    }
    catch {
        return false;
    }
}
function proxyFor(address, { http, https, except = '' }) {
    const url = new URL(address);
    const proxy = url.protocol === 'https:' ? https : http;
    return proxy && !(0,_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopback */ .U9)(url.hostname) && exceptionFor(url, except) === undefined ? proxy : undefined;
}
function exceptionFor(url, except) {
    const host = bareHost(url.hostname);
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    return except.split(/[,\s]+/).find((entry) => {
        if (entry === '')
            return false;
        if (entry.includes('/'))
            return isInNetwork(host, entry);
        const parts = /^(\[.+\]|[^:]+):(\d+)$/.exec(entry);
        if (parts && Number(parts[2]) !== port)
            return false;
        const written = bareHost(parts?.[1] ?? entry);
        if (written === '*')
            return true;
        const name = written.replace(/^\*?\./, '');
        return (!written.startsWith('*') && host === name) || host.endsWith(`.${name}`);
    });
}
function bareHost(host) {
    return host
        .toLowerCase()
        .replace(/^\[(.+)\]$/, '$1')
        .replace(/^(.+)\.$/, '$1');
}
function isInNetwork(host, network) {
    const [address = '', bits = ''] = network.split('/');
    const family = (text) => ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(text) === 6 ? 'ipv6' : 'ipv4');
    const most = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address) === 6 ? 128 : 32;
    if ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) === 0 || (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address) === 0 || !/^\d+$/.test(bits) || Number(bits) > most)
        return false;
    const list = new node_net__WEBPACK_IMPORTED_MODULE_0__.BlockList();
    list.addSubnet(address, Number(bits), family(address));
    return list.check(host, family(host));
}


/***/ }),

/***/ 7608:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ED: () => (/* binding */ inOrderOfName),
/* harmony export */   HG: () => (/* binding */ toDeployment),
/* harmony export */   Hx: () => (/* binding */ toRevision),
/* harmony export */   NB: () => (/* binding */ toInstallLink),
/* harmony export */   O1: () => (/* binding */ isUuid),
/* harmony export */   ZF: () => (/* binding */ toPage),
/* harmony export */   h_: () => (/* binding */ toRows),
/* harmony export */   oU: () => (/* binding */ toIntegration),
/* harmony export */   x9: () => (/* binding */ toRevisionRow),
/* harmony export */   y4: () => (/* binding */ toRepository),
/* harmony export */   yo: () => (/* binding */ toListener)
/* harmony export */ });
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1379);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5990);


function isUuid(text) {
    return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
}
function toDeployment(value) {
    const record = need(value, 'a deployment');
    return {
        id: needText(record, 'id', 'the deployment'),
        name: needText(record, 'name', 'the deployment'),
        source: needText(record, 'source', 'the deployment'),
        status: text(record.status) ?? 'UNKNOWN',
        tenant_id: text(record.tenant_id),
        created_at: text(record.created_at),
        updated_at: text(record.updated_at),
        display_name: text(record.display_name),
        is_preview: truth(record.is_preview),
        url: text(record.url),
        latest_revision_id: text(record.latest_revision_id),
        active_revision_id: text(record.active_revision_id),
        tracer_session_id: text(record.tracer_session_id),
        source_config: toSourceConfig(record.source_config),
        source_revision_config: toRevisionConfig(record.source_revision_config),
        secrets: Array.isArray(record.secrets) ? record.secrets.map(toDeployedSecret) : null,
        secret_references: Array.isArray(record.secret_references)
            ? inOrderOfName(record.secret_references.map(toSecretReference))
            : null,
        route_through_gateway: truth(record.route_through_gateway),
        image_version: text(record.image_version)
    };
}
function toRevision(value) {
    const record = need(value, 'a revision');
    return {
        id: needText(record, 'id', 'the revision'),
        status: needText(record, 'status', 'the revision'),
        source: text(record.source),
        created_at: text(record.created_at),
        updated_at: text(record.updated_at),
        source_revision_config: toRevisionConfig(record.source_revision_config),
        image_version: text(record.image_version),
        status_message: text(record.status_message)
    };
}
function toRevisionRow(value) {
    return toRevision({ ...(0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(value), status: text((0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(value)?.status) || 'UNKNOWN' });
}
function toIntegration(value) {
    const record = need(value, 'a GitHub integration');
    return { id: needText(record, 'id', 'the GitHub integration'), name: text(record.name) ?? '' };
}
function toRepository(value) {
    const record = need(value, 'a repository');
    return { url: needText(record, 'url', 'the repository'), default_branch: text(record.default_branch) };
}
function toInstallLink(value) {
    const link = needText(need(value, 'a link'), 'install_url', 'the link');
    const url = URL.canParse(link) && !/[\s<>"'`|\\]/.test(link) ? new URL(link) : undefined;
    const isKnown = url?.protocol === 'https:' &&
        !url.username &&
        !url.password &&
        !url.port &&
        /^(?:github\.com|(?:[a-z0-9-]+\.)*langchain\.com)$/.test(url.hostname);
    if (!url || !isKnown || link.length > LONGEST_LINK)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV('shape', 'the link points to an unexpected host');
    return url.href;
}
const LONGEST_LINK = 2_000;
function toListener(value) {
    const record = need(value, 'a listener');
    const namespaces = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(record.compute_config)?.k8s_namespaces;
    return {
        id: needText(record, 'id', 'the listener'),
        compute_id: text(record.compute_id) ?? '',
        k8s_namespaces: Array.isArray(namespaces) ? namespaces.filter((item) => typeof item === 'string') : []
    };
}
function toPage(value, decode, onOddRow) {
    const record = need(value, 'a list');
    if (!Array.isArray(record.resources))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV('shape', 'the list has no `resources`');
    const resources = toRows(record.resources, decode, onOddRow);
    const served = record.resources.length;
    return {
        resources,
        offset: typeof record.offset === 'number' ? record.offset : null,
        ...(served === resources.length ? {} : { served })
    };
}
function toRows(rows, decode, onOddRow) {
    let fault;
    const good = rows.flatMap((row) => {
        try {
            return [decode(row)];
        }
        catch (error) {
            if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV) || !onOddRow)
                throw error;
            fault = error;
            return [];
        }
    });
    if (fault && good.length === 0)
        throw fault;
    if (fault)
        onOddRow?.(fault.message);
    return good;
}
function toSourceConfig(value) {
    const record = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(value) ?? {};
    const listener = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(record.listener_config);
    return {
        integration_id: text(record.integration_id),
        repo_url: text(record.repo_url),
        repo_branch: text(record.repo_branch),
        deployment_type: text(record.deployment_type),
        build_on_push: truth(record.build_on_push),
        custom_url: text(record.custom_url),
        resource_spec: (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(record.resource_spec) ?? null,
        listener_id: text(record.listener_id),
        listener_config: listener ? { k8s_namespace: text(listener.k8s_namespace) } : null,
        install_command: text(record.install_command),
        build_command: text(record.build_command)
    };
}
function toRevisionConfig(value) {
    const record = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(value) ?? {};
    return {
        repo_ref: text(record.repo_ref),
        langgraph_config_path: text(record.langgraph_config_path),
        image_uri: text(record.image_uri),
        source_tarball_path: text(record.source_tarball_path),
        repo_commit_sha: text(record.repo_commit_sha)
    };
}
function toDeployedSecret(value) {
    const record = need(value, 'a secret');
    return { name: needText(record, 'name', 'a secret'), value: text(record.value) };
}
function inOrderOfName(references) {
    return [...references].sort((left, right) => left.name.localeCompare(right.name));
}
function toSecretReference(value) {
    const { name, secret_name, secret_key } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(value) ?? {};
    return { name: text(name) ?? '', secret_name: text(secret_name) ?? '', secret_key: text(secret_key) ?? '' };
}
function need(value, what) {
    const record = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(value);
    if (!record)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV('shape', `the response is not a JSON object with ${what}`);
    return record;
}
function needText(record, key, owner) {
    const value = text(record[key]);
    if (!value)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV('shape', `${owner} in the response has no \`${key}\``);
    return value;
}
function text(value) {
    return typeof value === 'string' ? value : null;
}
function truth(value) {
    return typeof value === 'boolean' ? value : null;
}


/***/ }),

/***/ 5265:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fh: () => (/* binding */ storeCode),
/* harmony export */   QA: () => (/* binding */ storeFault),
/* harmony export */   k2: () => (/* binding */ storeReason)
/* harmony export */ });
/* harmony import */ var _patience_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2878);

const LONGEST_MESSAGE = 200;
function storeReason(body, header, url) {
    const code = asCode(elementOf(body, 'Code')) || asCode(String(header ?? ''));
    if (!code)
        return '';
    const [message = ''] = elementOf(body, 'Message')
        .trim()
        .split(/[\r\n]/);
    if (!message || revealsUrl(message, url))
        return code;
    return `${code}: ${message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)} \u2026` : message}`;
}
function storeCode(reason) {
    return /^[A-Za-z][\w.-]*(?=: |$)/.exec(reason)?.[0] ?? '';
}
function storeFault({ status, detail }) {
    const code = storeCode(detail);
    if (status === 413 || /^(EntityTooLarge|RequestBodyTooLarge|MaxMessageLengthExceeded)$/.test(code))
        return 'size';
    if (/TimeTooSkewed/.test(code))
        return 'clock';
    if (/Expired/.test(code) || /\bexpired\b/i.test(detail))
        return 'expired';
    if (/^(SignatureDoesNotMatch|AuthenticationFailed|InvalidSecurity|MalformedSecurityHeader)$/.test(code)) {
        return 'signature';
    }
    if ((0,_patience_js__WEBPACK_IMPORTED_MODULE_0__/* .isPassingStatus */ .Wj)(status))
        return 'busy';
    if (!code)
        return 'proxy';
    return status === 401 || status === 403 ? 'denied' : 'other';
}
function asCode(text) {
    return /^[A-Za-z][\w.-]{0,63}$/.test(text.trim()) ? text.trim() : '';
}
function elementOf(xml, name) {
    const start = xml.indexOf(`<${name}>`);
    const end = start < 0 ? -1 : xml.indexOf(`</${name}>`, start);
    return end < 0 ? '' : unescaped(xml.slice(start + name.length + 2, end));
}
function unescaped(text) {
    return text
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&apos;', "'")
        .replaceAll('&amp;', '&');
}
function revealsUrl(message, url) {
    const { pathname, searchParams } = new URL(url);
    const parts = [...pathname.split('/'), ...searchParams.values()].filter((part) => part.length >= 8);
    const lower = message.toLowerCase();
    const isAddress = /:\/\/|\b(?:sig|signature|token|credential)=/i.test(message);
    return (isAddress ||
        parts.some((part) => [part, encodeURIComponent(part)].some((form) => lower.includes(form.toLowerCase()))));
}


/***/ }),

/***/ 1116:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ createTransport)
/* harmony export */ });
/* harmony import */ var undici__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6062);
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(1088);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1298);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(8508);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5443);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5990);
/* harmony import */ var _network_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(292);
/* harmony import */ var _patience_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2878);
/* harmony import */ var _upload_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4020);









const READ_TIMEOUT_MS = 30_000;
const READ_ONCE_TIMEOUT_MS = 10_000;
const WRITE_TIMEOUT_MS = 60_000;
function createTransport({ connection, limits, onRetry = () => { }, onWrite = () => { }, random = Math.random }) {
    const connections = (0,_network_js__WEBPACK_IMPORTED_MODULE_4__/* .createRenewableDispatcher */ .Rn)(connection);
    const session = { connection, limits, onRetry, onWrite, random, connections, patience: _patience_js__WEBPACK_IMPORTED_MODULE_5__/* .FRESH */ .Nz };
    return {
        read: (path, decode) => read(session, { method: 'GET', path, decode }),
        readIfServed: (path, decode) => readIfServed(session, { method: 'GET', path, decode }),
        write: (method, path, body, decode) => writeOnce(session, { method, path, body, decode }),
        repeat: (method, path, decode, options) => read(session, { method, path, decode, ...options }),
        readOnce: (method, path, body, decode, budgetMs) => readOnce(session, { method, path, body, decode }, budgetMs),
        upload: (file) => (0,_upload_js__WEBPACK_IMPORTED_MODULE_6__/* .uploadFile */ .QM)(connection, limits, file),
        lastCall: async (method, path, timeoutMs, decode) => orThrow(await tryOnce(session, { method, path, decode }, { timeoutMs, signals: [] })),
        awaitRollout: () => {
            session.patience = { ...session.patience, awaitsRollout: true };
        },
        close: connections.close
    };
}
async function read(session, call) {
    const { limits, random } = session;
    let history = _patience_js__WEBPACK_IMPORTED_MODULE_5__/* .NO_HISTORY */ .Vo;
    for (;;) {
        (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .checkLimits */ .J5)(limits);
        const result = await tryOnce(session, call, { timeoutMs: READ_TIMEOUT_MS, signals: limitSignals(limits) });
        checkCancelled(limits);
        if (result.kind === 'good') {
            session.patience = (0,_patience_js__WEBPACK_IMPORTED_MODULE_5__/* .afterGoodAnswer */ .OJ)(session.patience);
            return result.value;
        }
        const failed = { ...result, isOptional: call.isOptional, isBeforeRollout: call.isBeforeRollout };
        const moment = { now: limits.clock.now(), deadline: limits.deadline, random: random() };
        const next = (0,_patience_js__WEBPACK_IMPORTED_MODULE_5__/* .afterFailedRead */ .CS)(failed, session.patience, history, moment);
        session.patience = next.patience;
        history = next.history;
        if (next.decision.kind === 'deadline')
            throw deadlineAfter(call, result.error);
        if (next.decision.kind === 'end')
            throw result.error;
        await waitAfter(session, call, result, next.decision.afterMs);
    }
}
async function readIfServed(session, call) {
    try {
        return await read(session, { ...call, isOptional: true });
    }
    catch (error) {
        if ((0,_patience_js__WEBPACK_IMPORTED_MODULE_5__/* .isRouteMissing */ .OD)(error))
            return undefined;
        throw error;
    }
}
async function readOnce(session, call, timeoutMs = READ_ONCE_TIMEOUT_MS) {
    const { limits } = session;
    (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .checkLimits */ .J5)(limits);
    const result = await tryOnce(session, call, { timeoutMs, signals: limitSignals(limits) });
    checkCancelled(limits);
    return orThrow(result);
}
async function writeOnce(session, call) {
    const { limits, connections, onWrite, random } = session;
    (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .checkLimits */ .J5)(limits);
    const grace = (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .delayedSignal */ .BE)(limits.cancelled, _run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .CANCEL_GRACE_MS */ .RI);
    connections.renew();
    onWrite(true);
    const ends = { timeoutMs: WRITE_TIMEOUT_MS, signals: [grace.signal] };
    const result = await tryOnce(session, call, ends).finally(grace.release);
    if (result.kind === 'good') {
        session.patience = { ...(0,_patience_js__WEBPACK_IMPORTED_MODULE_5__/* .afterGoodAnswer */ .OJ)(session.patience), awaitsRollout: true };
        return { kind: 'answered', value: result.value };
    }
    const { error } = result;
    const next = (0,_patience_js__WEBPACK_IMPORTED_MODULE_5__/* .afterFailedWrite */ .Hg)(result, session.patience, { random: random() });
    session.patience = next.patience;
    if (next.decision.kind === 'in-doubt') {
        checkCancelled(limits);
        return { kind: 'in-doubt', error };
    }
    onWrite(false);
    if (next.decision.kind === 'end')
        throw error;
    await waitAfter(session, call, result, next.decision.afterMs);
    return { kind: 'not-taken', error };
}
async function tryOnce(session, call, ends) {
    let answer;
    try {
        answer = await sendRequest(session, call, ends);
    }
    catch (error) {
        session.connections.renew();
        return { kind: 'bad', error: (0,_network_js__WEBPACK_IMPORTED_MODULE_4__/* .unreachable */ .HB)(error) };
    }
    const to = { asked: requestName(call), isFirst: !session.patience.hasAnswer };
    return (0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .judgeAnswer */ ._n)(answer, to, call.decode, session.limits.clock.now());
}
async function sendRequest({ connection, connections }, { method, path, body }, { timeoutMs, signals }) {
    const response = await (0,undici__WEBPACK_IMPORTED_MODULE_0__.request)(connection.url + path, {
        dispatcher: connections.current(),
        method,
        headers: headersFor(connection, { hasBody: body !== undefined }),
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.any([...signals, AbortSignal.timeout(Math.ceil(timeoutMs))])
    });
    return { status: response.statusCode, headers: response.headers, text: await (0,_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .readBody */ .x8)(response.body) };
}
function orThrow(result) {
    if (result.kind === 'bad')
        throw result.error;
    return result.value;
}
async function waitAfter({ limits, onRetry }, call, { error, retryAfterMs = 0 }, ms) {
    const cut = retryAfterMs > _patience_js__WEBPACK_IMPORTED_MODULE_5__/* .MOST_ASKED_MS */ .q1
        ? ` (the server requested ${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_7__/* .inWords */ .r)(retryAfterMs)}; this action waits at most ${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_7__/* .inWords */ .r)(_patience_js__WEBPACK_IMPORTED_MODULE_5__/* .MOST_ASKED_MS */ .q1)})`
        : '';
    const words = failureWords(error);
    const failed = words.startsWith('returned ') ? words : `failed (${words})`;
    onRetry(`${requestName(call)} ${failed}; retrying in ${(ms / 1000).toFixed(1)} s${cut}`);
    await (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .pause */ .v7)(limits, ms).catch((reason) => {
        throw reason instanceof _run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .DeadlineError */ .j3 ? deadlineAfter(call, error) : reason;
    });
}
function deadlineAfter(call, last) {
    return new _run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .DeadlineError */ .j3(`${requestName(call)} (${failureWords(last)})`);
}
function requestName({ method, path }) {
    return `${method} ${path.split('?')[0]}`;
}
function failureWords(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ApiError */ .hD ? `returned ${error.status}` : error.message;
}
function checkCancelled({ cancelled }) {
    if (cancelled.aborted)
        throw new _run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .CancelledError */ .cc();
}
function limitSignals({ cancelled, clock, deadline }) {
    const ms = Math.min(Math.max(0, Math.ceil(deadline - clock.now())), 2 ** 31 - 1);
    return [cancelled, AbortSignal.timeout(ms)];
}
function headersFor(connection, { hasBody }) {
    return {
        accept: 'application/json',
        'user-agent': _version_js__WEBPACK_IMPORTED_MODULE_8__/* .USER_AGENT */ ._,
        'x-api-key': connection.apiKey,
        ...(connection.workspaceId ? { 'x-tenant-id': connection.workspaceId } : {}),
        ...(connection.organizationId ? { 'x-organization-id': connection.organizationId } : {}),
        ...(hasBody ? { 'content-type': 'application/json' } : {})
    };
}


/***/ }),

/***/ 4020:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   QM: () => (/* binding */ uploadFile),
/* harmony export */   Yr: () => (/* binding */ toUploadTarget),
/* harmony export */   iz: () => (/* binding */ LARGEST_ARCHIVE)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7075);
/* harmony import */ var undici__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6062);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1298);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(1379);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5990);
/* harmony import */ var _hosts_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(566);
/* harmony import */ var _network_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(292);
/* harmony import */ var _store_reason_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(5265);









const LARGEST_ARCHIVE = 200 * 1024 * 1024;
const UPLOAD_TIMEOUT_MS = 15 * 60_000;
const PROGRESS_EVERY_MS = 5_000;
const LONGEST_ANSWER = 64 * 1024;
function toUploadTarget(value) {
    const { upload_url, object_path, upload_headers } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_8__/* .object */ .I)(value) ?? {};
    if (typeof upload_url !== 'string' || typeof object_path !== 'string' || !URL.canParse(upload_url)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .AnswerError */ .dV('shape', 'the response has no upload URL');
    }
    return { uploadUrl: upload_url, objectPath: object_path, headers: toUploadHeaders(upload_headers) };
}
const OWN_HEADERS = /^(?:host|content-length|connection|keep-alive|proxy-(?:connection|authenticate|authorization)|te|trailer|transfer-encoding|upgrade|expect)$/i;
function toUploadHeaders(value) {
    if (value === undefined || value === null)
        return undefined;
    const given = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_8__/* .object */ .I)(value);
    if (!given)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .AnswerError */ .dV('shape', '`upload_headers` is not an object');
    const entries = Object.entries(given).map(([name, text]) => {
        if (!/^[\w!#$%&'*+.^`|~-]{1,200}$/.test(name))
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .AnswerError */ .dV('shape', '`upload_headers` has an invalid name');
        if (typeof text !== 'string' || !/^[\t\x20-\x7e]*$/.test(text)) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .AnswerError */ .dV('shape', `the upload header ${name} has a value that cannot be sent`);
        }
        if (OWN_HEADERS.test(name))
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .AnswerError */ .dV('shape', `the upload header ${name} is not allowed`);
        return [name.toLowerCase(), text];
    });
    return Object.fromEntries(entries);
}
async function uploadFile(connection, limits, upload) {
    const { url, file, bytes, headers, onProgress } = upload;
    const { host, protocol, hostname } = new URL(url);
    const isLocal = (0,_hosts_js__WEBPACK_IMPORTED_MODULE_5__/* .isLoopback */ .U9)(hostname) && (0,_hosts_js__WEBPACK_IMPORTED_MODULE_5__/* .isLoopback */ .U9)(new URL(connection.url).hostname);
    if (protocol !== 'https:' && !isLocal)
        throw insecureUpload(host);
    (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .checkLimits */ .J5)(limits);
    const left = Math.max(1, Math.min(UPLOAD_TIMEOUT_MS, limits.deadline - limits.clock.now()));
    const dispatcher = (0,_network_js__WEBPACK_IMPORTED_MODULE_6__/* .createDispatcher */ .SM)({ url, proxy: connection.proxy });
    const source = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(file, { highWaterMark: 256 * 1024 });
    const body = source.pipe(meter(limits.clock, onProgress));
    source.on('error', (error) => body.destroy(error));
    try {
        const response = await (0,undici__WEBPACK_IMPORTED_MODULE_2__.request)(url, {
            dispatcher,
            method: 'PUT',
            headers: {
                'content-type': 'application/gzip',
                'content-length': String(bytes),
                ...(headers ?? { 'x-goog-content-length-range': `0,${LARGEST_ARCHIVE}` })
            },
            body,
            headersTimeout: Math.ceil(left),
            signal: AbortSignal.any([limits.cancelled, AbortSignal.timeout(Math.ceil(left))])
        });
        if (response.statusCode >= 300) {
            const detail = (0,_store_reason_js__WEBPACK_IMPORTED_MODULE_7__/* .storeReason */ .k2)(await beginningOf(response.body), response.headers['x-ms-error-code'], url);
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ApiError */ .hD({ status: response.statusCode, detail, request: 'PUT of the archive', server: host });
        }
        await response.body.dump();
    }
    catch (error) {
        (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .checkLimits */ .J5)(limits);
        throw error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ApiError */ .hD ? error : (0,_network_js__WEBPACK_IMPORTED_MODULE_6__/* .unreachable */ .HB)(error, new URL(url).origin);
    }
    finally {
        source.destroy();
        await dispatcher.destroy();
    }
}
async function beginningOf(body) {
    const chunks = [];
    let length = 0;
    try {
        for await (const chunk of body) {
            chunks.push(chunk);
            length += chunk.length;
            if (length >= LONGEST_ANSWER)
                break;
        }
    }
    catch {
    }
    return Buffer.concat(chunks).toString('utf8');
}
function meter(clock, onProgress) {
    const since = clock.now();
    let told = since;
    let sent = 0;
    return new node_stream__WEBPACK_IMPORTED_MODULE_1__.Transform({
        highWaterMark: 256 * 1024,
        transform(chunk, _encoding, done) {
            sent += chunk.length;
            if (clock.now() - told >= PROGRESS_EVERY_MS) {
                told = clock.now();
                onProgress(sent, told - since);
            }
            done(null, chunk);
        }
    });
}
function insecureUpload(host) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .RefusalError */ .XQ('Upload URL is not secure', `The control plane returned an upload URL on ${host} that is not https, so the source code would be sent unencrypted.`, 'Report this to LangSmith; nothing was uploaded.');
}


/***/ }),

/***/ 1175:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ listWorkspaces)
/* harmony export */ });
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1379);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5990);
/* harmony import */ var _transport_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1116);



async function listWorkspaces({ dataApi }, { connection, ...options }) {
    const transport = (0,_transport_js__WEBPACK_IMPORTED_MODULE_1__/* .createTransport */ .o)({ ...options, connection: { ...connection, url: dataApi, workspaceId: undefined } });
    try {
        return await transport.read('/api/v1/workspaces', toWorkspaces);
    }
    finally {
        await transport.close();
    }
}
function toWorkspaces(value) {
    if (!Array.isArray(value))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV('shape', 'the response is not a list of workspaces');
    return value.flatMap((entry) => {
        const { id, display_name: name } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(entry) ?? {};
        return typeof id === 'string' && typeof name === 'string' ? [{ id, name }] : [];
    });
}


/***/ }),

/***/ 8602:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ addressOf),
/* harmony export */   x: () => (/* binding */ sameAddress)
/* harmony export */ });
function addressOf({ url, source_config: { custom_url } }) {
    const address = url || custom_url;
    if (!address)
        return undefined;
    return /^https?:\/\//.test(address) ? address : `https://${address}`;
}
function sameAddress(left, right) {
    const [one, other] = [left, right].map((address) => address
        .replace(/^https?:\/\//, '')
        .replace(/\/+$/, '')
        .toLowerCase());
    return one === other;
}


/***/ }),

/***/ 1124:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  k3: () => (/* binding */ FRESH_MS),
  Bb: () => (/* binding */ apply),
  v5: () => (/* binding */ applyRedeploy)
});

// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __nccwpck_require__(1298);
// EXTERNAL MODULE: ./build/run/poll.js
var poll = __nccwpck_require__(6561);
// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __nccwpck_require__(5990);
// EXTERNAL MODULE: ./build/run/object.js
var object = __nccwpck_require__(1379);
// EXTERNAL MODULE: ./build/deployment/secrets.js
var secrets = __nccwpck_require__(1887);
;// CONCATENATED MODULE: ./build/deployment/attempt.js



function attemptOf({ limits }, { name, sent, isUnique = false }, plan, current, doubt) {
    const seen = knownIds(current);
    const isRepeated = doubt !== undefined;
    const identity = { name, known: doubt?.intent.known ?? seen, sent, isUnique: isUnique && !isRepeated };
    const intent = plan.kind === 'create'
        ? { ...identity, deploymentId: undefined, created: traitsOf(plan, limits.clock.now()) }
        : { ...identity, deploymentId: plan.deployment.id };
    return { plan, intent, seen, isRepeated };
}
function request(client, plan) {
    switch (plan.kind) {
        case 'create':
            return client.createDeployment(plan.body);
        case 'patch':
            return client.patchDeployment(plan.deployment.id, plan.body);
        case 'redeploy':
            return client.redeploy(plan.deployment.id, plan.target.id);
    }
}
function traitsOf({ body, makesRevision }, sentAt) {
    const repoUrl = (0,object/* object */.I)(body.source_config)?.repo_url;
    return {
        source: String(body.source),
        repoUrl: typeof repoUrl === 'string' ? repoUrl : undefined,
        secretNames: (0,secrets/* secretsIn */.V)(body).map((secret) => secret.name),
        makesRevision,
        sentAt
    };
}
function knownIds({ deployment, revisions }) {
    const ids = [deployment?.latest_revision_id, deployment?.active_revision_id, ...revisions.map(({ id }) => id)];
    return [...new Set(ids.filter((id) => typeof id === 'string'))];
}
function requestWord({ kind }) {
    return kind === 'patch' ? 'update' : kind;
}
function leavesTrace({ plan }) {
    return plan.kind === 'create' || plan.makesRevision;
}
async function send({ client, progress }, { plan, intent }, stored) {
    if (plan.makesRevision)
        progress.aboutToWrite(intent, stored);
    try {
        return await request(client, plan);
    }
    catch (error) {
        if (error instanceof errors/* ApiError */.hD)
            return { kind: 'refused', error };
        throw error;
    }
}

// EXTERNAL MODULE: ./build/deployment/find.js
var find = __nccwpck_require__(7671);
// EXTERNAL MODULE: ./build/deployment/json.js
var json = __nccwpck_require__(7514);
// EXTERNAL MODULE: ./build/deployment/trace.js
var trace = __nccwpck_require__(6191);
;// CONCATENATED MODULE: ./build/deployment/outcome.js




const DOUBT_MS = 90_000;
const SHORT_OF_TIME_MS = 180_000;
const APPEARS_WITHIN_MS = 30_000;
const APPEARS_PAUSE_MS = 1_000;
const LATE_PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const CONFLICT_SEARCHES = 4;
async function searchInDoubt(context, attempt, error) {
    const { limits, progress } = context;
    if (!leavesTrace(attempt)) {
        progress.note(`The ${requestWord(attempt.plan)} request got no response (${error.message}); reading the deployment again.`);
        return undefined;
    }
    const left = limits.deadline - limits.clock.now();
    const forMs = Math.max(0, left < SHORT_OF_TIME_MS ? left / 2 : DOUBT_MS);
    progress.note(`The ${requestWord(attempt.plan)} request got no clear response (${error.message}). Checking for up to ${Math.round(forMs / 1_000)} s whether it took effect before retrying.`);
    return search(context, attempt, (0,poll/* growingPauses */.Pd)(forMs));
}
async function search(context, attempt, pauses) {
    let likely;
    const found = await (0,poll/* lookRepeatedly */.lx)(context.limits, pauses, async () => {
        const seen = await (0,trace/* findEffect */.nC)(context.client, attempt.intent, { body: attempt.plan.body });
        if (seen === 'other' || seen?.isConfirmed)
            return seen;
        likely = seen;
        return undefined;
    });
    if (found === 'other')
        return undefined;
    const effect = found ?? likely;
    return effect && adopt(context, attempt, effect);
}
async function findDespiteRefusal(context, attempt, commit, error) {
    if (!leavesTrace(attempt))
        return undefined;
    const { client, limits } = context;
    const { intent, plan } = attempt;
    if (error.status === 409)
        client.awaitRollout();
    const conflict = { commit: commit ?? intent.sent.repo_commit_sha ?? undefined };
    const isSomethingThere = error.status === 409 && plan.kind === 'create';
    const emptySearches = error.isHtml ? LATE_PAUSES_MS.length + 1 : isSomethingThere ? CONFLICT_SEARCHES : 1;
    let searches = 0;
    const found = await (0,poll/* lookRepeatedly */.lx)(limits, LATE_PAUSES_MS, async () => {
        searches += 1;
        const seen = await (0,trace/* findEffect */.nC)(client, intent, { body: plan.body, conflict }).catch((reason) => {
            if ((0,run_limits/* endsRun */.sl)(reason))
                throw reason;
        });
        if (seen === 'other' || seen?.isConfirmed)
            return seen;
        return !seen && searches >= emptySearches ? 'nothing' : undefined;
    });
    return typeof found === 'object' ? adopt(context, attempt, found, error) : undefined;
}
function adopt({ progress }, attempt, { deployment, revision }, refusal) {
    progress.note(refusal
        ? `The ${requestWord(attempt.plan)} request returned ${refusal.status}, but the deployment has exactly what this run sent; continuing.`
        : `The ${requestWord(attempt.plan)} request took effect; only its response was lost.`);
    const isCreate = attempt.plan.kind === 'create';
    const created = isCreate ? refusal?.status !== 409 : undefined;
    progress.deployment(deployment, created);
    if (!revision) {
        return { kind: 'no-revision', deployment, did: created ? 'create' : isCreate ? 'nothing' : 'change' };
    }
    progress.made(revision, { isCertain: attempt.intent.isUnique });
    return { kind: 'revision', deployment, revision };
}
async function awaitOurs(context, attempt, answer) {
    const { client, limits, progress } = context;
    const { intent, plan, seen } = attempt;
    const isCreate = plan.kind === 'create';
    progress.deployment(answer, isCreate || undefined);
    if (!plan.makesRevision)
        return { kind: 'no-revision', deployment: answer, did: isCreate ? 'create' : 'change' };
    const since = limits.clock.now();
    const named = answer.latest_revision_id;
    let namesOurs = named !== null && !seen.includes(named);
    if (named !== null && namesOurs)
        progress.named(named);
    for (;;) {
        const current = namesOurs ? answer : await client.deployment(answer.id);
        const candidates = await (0,trace/* findCandidates */.eE)(client, current, intent, seen);
        const revision = chooseOurs(attempt, current, candidates.ours, namesOurs ? named : null);
        const isNamed = namesOurs && revision !== undefined && revision.id === named;
        const isClear = isNamed || !(namesOurs || candidates.isNamedMissing || candidates.isAhead);
        const isOver = limits.clock.now() - since >= APPEARS_WITHIN_MS;
        if (revision && (isClear || (isOver && !namesOurs))) {
            const isCertain = intent.isUnique || (isNamed && candidates.ours.length === 1);
            progress.made(revision, { isCertain });
            return { kind: 'revision', deployment: answer, revision };
        }
        if (isOver)
            return { kind: 'missing', deployment: answer, other: candidates.named };
        const isElse = namesOurs && candidates.named !== undefined && !isNamed && tellsItsCode(candidates.named);
        if (isElse)
            namesOurs = false;
        else
            await (0,run_limits/* pause */.v7)(limits, APPEARS_PAUSE_MS);
    }
}
function tellsItsCode({ source_revision_config: code }) {
    return (code.repo_ref ?? code.image_uri ?? code.source_tarball_path) !== null;
}
function chooseOurs({ plan, intent, isRepeated }, current, ours, named) {
    const first = plan.kind === 'create' || intent.isUnique ? ours.at(-1) : undefined;
    const chosen = first ?? ours.find(({ id }) => id === named) ?? ours.at(isRepeated ? 0 : -1);
    const isDubious = chosen !== undefined && chosen.id !== named && chosen.id === current.latest_revision_id;
    return isDubious && !(0,trace/* carries */.ED)(current, plan.body) ? undefined : chosen;
}

// EXTERNAL MODULE: ./build/deployment/refusals.js
var refusals = __nccwpck_require__(4533);
// EXTERNAL MODULE: ./build/deployment/restore.js + 3 modules
var restore = __nccwpck_require__(7073);
// EXTERNAL MODULE: ./build/deployment/revision.js
var revision = __nccwpck_require__(6309);
// EXTERNAL MODULE: ./build/deployment/sources/deployment-type.js
var deployment_type = __nccwpck_require__(4153);
;// CONCATENATED MODULE: ./build/deployment/apply.js










const MOST_SENDS = 3;
const BUSY_MS = 120_000;
const FIRST_BUSY_PAUSE_MS = 5_000;
const FRESH_MS = 2_000;
async function apply(context, wanted, first) {
    const history = { doubts: 0, busyPauses: [...(0,poll/* growingPauses */.Pd)(BUSY_MS, FIRST_BUSY_PAUSE_MS)], written: [] };
    const applied = await sendUntilClear(context, wanted, first, history);
    return { ...applied, written: history.written, activeBefore: history.activeBefore ?? null };
}
async function sendUntilClear(context, wanted, first, history) {
    const isFresh = context.limits.clock.now() - first.readAt <= FRESH_MS;
    let next = isFresh ? first : await reconsider(context, wanted, history);
    for (;;) {
        if ('kind' in next)
            return next;
        const { plan, current } = next;
        if (plan.kind === 'nothing')
            return { kind: 'no-revision', deployment: plan.deployment, did: 'nothing' };
        await checkHistory(context, wanted, plan, history);
        const attempt = attemptOf(context, wanted, withSpelling(plan, history.spelling), current, history.doubt);
        const answer = await send(context, attempt, noteSend(history, attempt, current));
        const applied = await afterAnswer(context, wanted, attempt, answer, history);
        if (applied)
            return applied;
        next = await reconsider(context, wanted, history);
    }
}
function noteSend(history, { plan }, { deployment }) {
    if (plan.makesRevision) {
        if (history.activeBefore === undefined)
            history.activeBefore = deployment?.active_revision_id ?? null;
        if (plan.kind === 'patch')
            history.written.push(plan);
    }
    return (0,restore/* namesChanged */.z)(history.written);
}
function applyRedeploy(context, deployment, target, revisions) {
    const { client, limits } = context;
    const plan = { kind: 'redeploy', deployment, target, body: {}, makesRevision: true };
    const decide = async () => {
        const { resources } = await client.revisions(deployment.id);
        return { current: { deployment, revisions: resources }, plan, readAt: limits.clock.now() };
    };
    const first = { current: { deployment, revisions }, plan, readAt: limits.clock.now() };
    return apply(context, { name: deployment.name, sent: (0,revision/* sentAgain */.zn)(target), decide }, first);
}
async function checkHistory({ client }, { name }, { kind }, { doubts, unanswered, conflict }) {
    if (kind === 'create' && conflict) {
        const going = (await client.deploymentsGoing(name)).find(find/* isGoing */.jf);
        throw going ? (0,refusals/* deploymentGoing */._O)(going) : (0,refusals/* createFailed */.YZ)(name, conflict);
    }
    if (!unanswered || doubts < MOST_SENDS)
        return;
    throw kind === 'create' ? (0,refusals/* createFailed */.YZ)(name, unanswered) : (0,refusals/* writeLost */.md)(`The ${kind} request`, unanswered);
}
async function reconsider(context, { decide }, history) {
    const decision = await decide();
    const { doubt } = history;
    if (!doubt)
        return decision;
    const isNameTaken = doubt.plan.kind === 'create' && decision.current.deployment !== undefined;
    const found = await search(context, doubt, isNameTaken ? LATE_PAUSES_MS : []);
    if (found || !isNameTaken)
        return found ?? decision;
    history.doubt = undefined;
    return decide();
}
async function afterAnswer(context, wanted, attempt, answer, history) {
    switch (answer.kind) {
        case 'answered':
            return awaitOurs(context, attempt, answer.value);
        case 'not-taken':
            return undefined;
        case 'in-doubt':
            history.doubts += 1;
            history.unanswered = answer.error;
            if (leavesTrace(attempt))
                history.doubt ??= attempt;
            return searchInDoubt(context, attempt, answer.error);
        case 'refused':
            return afterRefusal(context, wanted, attempt, answer.error, history);
    }
}
async function afterRefusal(context, wanted, attempt, error, history) {
    const { plan } = attempt;
    const found = history.doubt
        ? await search(context, history.doubt, error.status === 409 ? LATE_PAUSES_MS : [])
        : await findDespiteRefusal(context, attempt, wanted.commit, error);
    if (found)
        return found;
    if (error.status !== 409)
        history.spelling = respell(context, plan, error, history.spelling);
    else if (plan.kind === 'create')
        history.conflict = error;
    else
        await waitForOtherRollout(context, attempt, error, history.busyPauses.shift());
    return undefined;
}
function respell({ progress }, plan, error, tried) {
    if (plan.kind !== 'create')
        throw error;
    const other = tried === undefined ? (0,deployment_type/* respelled */.P0)(plan.body, error) : undefined;
    if (other === undefined)
        throw (0,deployment_type/* typeRefused */.pt)(plan.body, shownType(plan), error) ?? error;
    progress.note(`The control plane uses ${other} for this deployment type; repeating the create request with that value.`);
    return other;
}
function withSpelling(plan, spelling) {
    if (plan.kind !== 'create' || spelling === undefined)
        return plan;
    const config = (0,json/* asObject */.eB)(plan.body.source_config);
    return { ...plan, body: { ...plan.body, source_config: { ...config, deployment_type: spelling } } };
}
function shownType({ rows }) {
    const row = rows.find((each) => each.about === 'field' && each.name === 'deployment_type');
    const value = row && 'value' in row ? row.value : null;
    return typeof value === 'string' ? value : undefined;
}
async function waitForOtherRollout({ limits, progress }, { plan, intent }, error, ms) {
    if (ms === undefined)
        throw (0,refusals/* rolloutInProgress */.ok)(intent.name, error);
    progress.note(`LangSmith returned 409 for the ${requestWord(plan)} request: another rollout may be in progress. Retrying in ${Math.round(ms / 1_000)} s.`);
    await (0,run_limits/* pause */.v7)(limits, ms).catch((reason) => {
        const said = error.detail ? `: ${error.detail}` : '';
        throw reason instanceof run_limits/* DeadlineError */.j3
            ? new run_limits/* DeadlineError */.j3(`the ${requestWord(plan)} request (returned 409${said})`)
            : reason;
    });
}


/***/ }),

/***/ 7671:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $F: () => (/* binding */ findIfAny),
/* harmony export */   I6: () => (/* binding */ find),
/* harmony export */   O4: () => (/* binding */ findAllPreviews),
/* harmony export */   _U: () => (/* binding */ findByName),
/* harmony export */   hb: () => (/* binding */ findPreviews),
/* harmony export */   jf: () => (/* binding */ isGoing),
/* harmony export */   mt: () => (/* binding */ isAnswered404),
/* harmony export */   xx: () => (/* binding */ findExisting)
/* harmony export */ });
/* harmony import */ var _control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8797);
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5990);
/* harmony import */ var _run_poll_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6561);
/* harmony import */ var _preview_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5726);
/* harmony import */ var _refusals_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4533);





function isGoing(deployment) {
    return deployment.status === 'AWAITING_DELETE' || deployment.status === 'AWAITING_FINAL_DELETE';
}
async function findByName(client, name) {
    let going;
    for await (const deployment of deploymentsNamed(client, [name])) {
        if (!isGoing(deployment))
            return deployment;
        going ??= deployment;
    }
    return going;
}
async function findPreviews(client, names) {
    const found = [];
    for await (const deployment of deploymentsNamed(client, names))
        found.push(deployment);
    return found.sort((left, right) => names.indexOf(left.name) - names.indexOf(right.name));
}
async function findAllPreviews(client, name, isSelfHosted) {
    const numberOf = (preview) => (0,_preview_js__WEBPACK_IMPORTED_MODULE_3__/* .pullRequestOf */ ._n)(preview, name, isSelfHosted);
    const found = [];
    const contained = (0,_preview_js__WEBPACK_IMPORTED_MODULE_3__/* .partOfPreviews */ .I7)(name, isSelfHosted);
    const read = (offset) => client.deploymentsContaining(contained, (preview) => numberOf(preview) !== undefined, offset);
    for await (const { resources } of (0,_control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .pagesOf */ .E0)(read)) {
        for (const deployment of resources) {
            const pullRequest = deployment && numberOf(deployment.name);
            if (deployment && pullRequest !== undefined)
                found.push({ deployment, pullRequest });
        }
    }
    return found;
}
async function* deploymentsNamed(client, names) {
    for await (const { resources } of (0,_control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .pagesOf */ .E0)((offset) => client.deploymentsNamed(names, offset))) {
        for (const deployment of resources)
            if (deployment)
                yield deployment;
    }
}
async function find(client, target) {
    const { name, deploymentId, previewNames } = target;
    if (previewNames) {
        const previews = await findPreviews(client, previewNames);
        return previews.find((preview) => !isGoing(preview)) ?? previews[0];
    }
    if (!deploymentId)
        return name ? findByName(client, name) : undefined;
    const deployment = await client.deployment(deploymentId);
    if (name && deployment.name !== name)
        throw (0,_refusals_js__WEBPACK_IMPORTED_MODULE_4__/* .nameAndIdDisagree */ .WD)(name, deploymentId, deployment.name);
    return deployment;
}
async function findExisting(client, target) {
    const deployment = await find(client, target);
    if (!deployment)
        throw (0,_refusals_js__WEBPACK_IMPORTED_MODULE_4__/* .deploymentMissing */ .U8)(target.name ?? '');
    return deployment;
}
const CONFIRM_AFTER_MS = [1_000, 2_000, 4_000];
async function findIfAny(client, limits, target) {
    const found = await (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_2__/* .lookRepeatedly */ .lx)(limits, CONFIRM_AFTER_MS, async () => {
        try {
            return (await find(client, target)) ?? 'none';
        }
        catch (error) {
            if (!target.deploymentId || !isAnswered404(error))
                throw error;
            await client.deploymentsNamed([target.name ?? ''], 0);
            return undefined;
        }
    });
    return found === 'none' ? undefined : found;
}
function isAnswered404(error) {
    return error instanceof _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD && error.status === 404;
}


/***/ }),

/***/ 344:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DK: () => (/* binding */ shownSecrets),
/* harmony export */   aJ: () => (/* binding */ isShown),
/* harmony export */   j4: () => (/* binding */ hiddenNames),
/* harmony export */   mW: () => (/* binding */ sharedNames)
/* harmony export */ });
/* unused harmony export isPlaceholder */
/* harmony import */ var _runner_secret_name_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7547);

const FILLED = /^(\*{2,}|[\uff0a\u2217]{2,}|[\u2022\u25cf\u2219\u00b7\u22c5\u25aa\u25a0\u2588\u2593\u2592\u2591]+|[xX]{4,}|#{3,}|-{4,}|_{4,}|\.{3,}|\u2026)$/;
const FILLED_IN_PART = /^([^\n*\u2022\u25cf\u2588\u2026]{0,6}(\*{3,}|[\u2022\u25cf\u2588]{3,}|\u2026)[^\n*\u2022\u25cf\u2588\u2026]{0,6}|[\w+/=.-]{0,12}?(\*{3,}|[\u2022\u25cf\u2588]{3,}|\u2026)[\w+/=.-]{0,12}|\w{2,8}-\.{3}|[\w-]{2,8}\.{3}[\w-]{2,8}|[xX]{4,}-?\w{1,6})$/;
const HIDING = 'redacted|hidden|filtered|masked|obfuscated|scrubbed|concealed|withheld';
const NAMED = new RegExp(`^(${HIDING})$`, 'i');
const NAMED_IN_SIGNS = new RegExp(`^(?:[[({<*_%#$]+\\s*)(?:[\\w-]+[ _-])?(${HIDING}|truncated|unchanged|secret|sensitive|encrypted|removed|omitted|protected|private)(?:[ _:-][\\w -]+)?(?:\\s*[\\])}>*_%#]+)$`, 'i');
const NAMED_AMONG_WORDS = /^([A-Z]+_)*(REDACTED|HIDDEN|FILTERED|MASKED)(_[A-Z]+)*$|^\w{2,8}\.{3}(REDACTED|HIDDEN)$|^VALUE_SPECIFIED_IN_NO_LOG_PARAMETER$/;
const LONGEST_PLACEHOLDER = 100;
const FILLED_AMIDST = /^\S*?([*\u2022\u25cf\u2219\u25aa\u2588\u2593]{6,}|[*\u2022\u25cf\u2219\u25aa\u2588\u2593]{4}[-_ .][*\u2022\u25cf\u2219\u25aa\u2588\u2593]{4})/;
const FILLED_AT_END = /^([*\u2022\u25cf\u2219\u25aa\u2588\u2593\u2026]{3,}.{0,40}|.{0,40}[*\u2022\u25cf\u2219\u25aa\u2588\u2593\u2026]{3,})$/;
const CUT = /^[\w+/=.:-]{0,12}(\u2026|\.{3})([\w+/=-]{2,12}| ?[[({]\u2026?[\w+/=-]{2,12}[\])}])$/;
const CUT_AT_END = /^[\w+/=.:-]{1,24}(\u2026|\.{3})$/;
const FINGERPRINT = /^(sha-?\d{1,3}|md5|hash|hmac|digest|fingerprint|checksum)\s?[:=]\s?\S+$/i;
const SEALED = new RegExp(`^(ENC|encrypted|vault|cipher|kms|sealed|${HIDING})[[({:]`, 'i');
const USUAL_ELSEWHERE = new RegExp(`^(?!REDACTED$)(?:(${HIDING})|\\*{2}|#+|-+|_+|\\.+|\u2026|x{1,4}|[\\w./~^-]+\\.{3}(?!REDACTED|HIDDEN)[\\w./~^-]+)$`, 'i');
const NAMES_A_FIELD = /(^|_)(partition|sort|primary|foreign|cache|routing|group|index|shard|hash|range|lookup|object|dedup)_?keys?$/i;
const MASK_SIGNS = '[*\uff0a\u2217\u204e\u2731\u2022\u25cf\u2219\u25aa\u25a0\u25fc\u2588\u2593\u2592\u2591\u2587]{3,}';
const MASK_WORDS = 'redacted|masked|hidden|truncated|filtered|obfuscated|scrubbed|concealed|withheld';
const MASKED_AMIDST = new RegExp(`${MASK_SIGNS}|[[({<](?:[\\w :-]{0,40}\\b)?(${MASK_WORDS})\\b[\\w :=-]{0,40}[\\])}>]|[[({<](\\.{2,}|\u2026)[\\])}>]`, 'i');
const MASKED_PART = new RegExp(`(?<![a-z0-9])(${MASK_WORDS}|x{3,})(?![a-z0-9])`, 'i');
const MASK = new RegExp(`^(${MASK_SIGNS}|x{3,}|[[({<](${MASK_WORDS})[\\])}>]|(${MASK_WORDS}))$`, 'i');
const ADDRESS_PASSWORD = /^[a-z][\w+.-]*:\/\/[^\s/@:]*:([^\s@]+)@/i;
const ADDRESS = /^[a-z][\w+.-]*:\/\/\S+$/i;
const IN_PLACE_OF_SECRET = /^([<[({]{1,2}[a-z][\w .:-]{0,60}[>\])}]{1,2}|([^\w\s])\2{2,}|\p{Extended_Pictographic}+|[-\u2013\u2014]+|[^a-z0-9]*(write[-_ ]?only|unchanged|no[-_ ]?change)[^a-z0-9]*|((value|secret|key|token) )?(ending|ends|starting|starts|beginning|begins) (in|with) \S+|(first|last)_?\d?[:=]\s?\S+)$/iu;
const PLACEHOLDER_WORD = /^[^a-z0-9]*(placeholder|(the[-_ ])?(secret|api[-_ ]?key|token)|(the[-_ ])?(secret|key|token|password)[-_ ]value|value|unchanged|keep|no[-_ ]?change|write[-_ ]?only|unknown|undefined|protected|private|encrypted|sensitive)[^a-z0-9]*$/i;
const HIDING_ANYWHERE = new RegExp(`${HIDING}|truncated|placeholder`, 'i');
const NO_VALUE = /^(none|null|nil|n\/a|na)$/i;
const FEWEST_NOTHING = 4;
const PHRASE_SIGNS = /^[\s[\](){}<>*_#%.!]+|[\s[\](){}<>*_#%.!]+$/g;
const TELLING = new RegExp(`^(${HIDING}|see|set|unset|shown|displayed|visible|available|unavailable|encrypted|sensitive|confidential|omitted|removed|stripped|suppressed|configured|present|stored|saved|provided|exists|chars?|characters|bytes|len|length|sealed)$`, 'i');
const TELLS_NOTHING_ALONE = /^(length|len|chars?|characters|bytes|see|available|visible)$/i;
const FILLING_WORD = /^(the|a|an|this|is|are|was|has|have|been|not|no|value|values|secret|secrets|data|key|token|password|credential|credentials|string|by|for|in|of|to|at|and|server|policy|system|security|reasons?|already|only|write|protected|private|vault|\d{1,5})$/i;
const MOST_WORDS = 8;
const MOST_EQUAL = 3;
const LEAST_EQUAL_SECRETS = 3;
const MAY_BE_EQUAL = /^(true|false|yes|no|on|off|enabled|disabled|\d{1,6})$/i;
const MAY_BE_SHARED = /^(?=\S*\d)[^\s<>()[\]{}*\u2022\u25cf\u2026]+$|^(?=\S*[a-z])(?=\S*[A-Z])\S{16,}$/;
const SURELY_A_VALUE = /^[a-z][\w+.-]*:\/\/\S+$|^\{.*["':].*\}$|^\[\s*["'{].*\]$|^(empty|none|null|nil|n\/a|na|dummy|fake|test|testing|local|localhost|dev|development|example|changeme|change-me|changeit|postgres|postgresql|root|admin|user|guest|default|password|minioadmin|rabbitmq|redis|mysql|unused|not-?(needed|required|used)|no-?key(-?required)?|sk-no-key-required|ollama|lm-studio)$/i;
function hiddenNames(deployed, given = []) {
    const areAllBlank = deployed.every(isBlank);
    const secrets = deployed.filter(isSecret);
    const areSecretsBlank = secrets.length > 1 && secrets.every(isBlank);
    const blank = new Set(areSecretsBlank ? secrets.map(({ value }) => value) : []);
    const shared = sharedNames(deployed, given);
    const texts = new Set(secrets.filter(mayBeHidden).map(({ value }) => value));
    const isTextOfServer = ({ value }) => value !== null && isPlaceholder(value) && texts.has(value);
    return new Set(deployed
        .filter((secret) => areAllBlank ||
        blank.has(secret.value) ||
        shared.has(secret.name) ||
        mayBeHidden(secret) ||
        isTextOfServer(secret))
        .map(({ name }) => name));
}
function sharedNames(deployed, given = []) {
    const shared = new Set([...textOfAll(deployed), ...textsOfSecrets(deployed.filter(isSecret))]);
    const isGiven = (secret) => given.some((own) => own.name === secret.name && own.value === secret.value);
    const isProven = (secret, value) => isPlaceholderWord(value) ? isGiven(secret) : deployed.some((other) => other.value === value && isGiven(other));
    return new Set(deployed
        .filter((secret) => !isBlank(secret) && !mayBeHidden(secret))
        .filter((secret) => secret.value !== null && shared.has(secret.value) && !isProven(secret, secret.value))
        .map(({ name }) => name));
}
function textOfAll(deployed) {
    const value = deployed[0]?.value;
    if (typeof value !== 'string' || deployed.length <= MOST_EQUAL || !mayBeText(value))
        return [];
    const isOfServer = /[\s<>()[\]{}*\u2022\u25cf\u2026]/.test(value.trim()) || isPlaceholderWord(value);
    return isOfServer && deployed.every((other) => other.value === value) ? [value] : [];
}
function textsOfSecrets(secrets) {
    const counts = new Map();
    for (const { value } of secrets)
        if (value !== null)
            counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts].flatMap(([value, count]) => {
        if (NO_VALUE.test(bareOf(value)))
            return count >= FEWEST_NOTHING && count === secrets.length ? [value] : [];
        if (!mayBeText(value))
            return [];
        if (isPlaceholderWord(value))
            return count > 1 ? [value] : [];
        const areMost = count >= LEAST_EQUAL_SECRETS && count * 3 >= secrets.length * 2;
        return areMost && !MAY_BE_SHARED.test(value) ? [value] : [];
    });
}
function isPlaceholderWord(value) {
    const bare = bareOf(value);
    return PLACEHOLDER_WORD.test(bare) || HIDING_ANYWHERE.test(bare);
}
function mayBeText(value) {
    const isText = value.length <= LONGEST_PLACEHOLDER && !/[\r\n]/.test(value.trim());
    return isText && !MAY_BE_EQUAL.test(value) && !SURELY_A_VALUE.test(bareOf(value));
}
function isSecret({ name }) {
    return (0,_runner_secret_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isSecretName */ .e)(name) && !NAMES_A_FIELD.test(name);
}
function isBlank({ value }) {
    return value === null || /^\s*\*?\s*$/.test(value);
}
function mayBeHidden({ name, value }) {
    if (value === null)
        return true;
    const bare = bareOf(value);
    const ofSecret = isSecret({ name });
    if (isMaskedWithin(bare, ofSecret))
        return true;
    if (!ofSecret && USUAL_ELSEWHERE.test(bare))
        return false;
    if (isPlaceholder(value))
        return true;
    if (bare.length > LONGEST_PLACEHOLDER)
        return !/\s/.test(bare) && FILLED_AMIDST.test(bare);
    if ([FILLED_AMIDST, FILLED_AT_END, CUT].some((form) => form.test(bare)) ||
        isPhrase(bare, { isOneWordEnough: isInSigns(bare) }))
        return true;
    return (ofSecret &&
        (isPhrase(bare, { isOneWordEnough: true }) ||
            [CUT_AT_END, FINGERPRINT, SEALED, IN_PLACE_OF_SECRET].some((form) => form.test(bare))));
}
function isMaskedWithin(bare, ofSecret) {
    const password = ADDRESS_PASSWORD.exec(bare)?.[1];
    if (password !== undefined && MASK.test(password.replace(/%5B/gi, '[').replace(/%5D/gi, ']').replace(/%2A/gi, '*')))
        return true;
    const document = documentOf(bare);
    if (document !== undefined)
        return hasMaskedLeaf(document, ofSecret);
    return ofSecret && (MASKED_AMIDST.test(bare) || (!ADDRESS.test(bare) && MASKED_PART.test(bare)));
}
function documentOf(bare) {
    if (!/^[[{]/.test(bare))
        return undefined;
    try {
        const document = JSON.parse(bare);
        return typeof document === 'object' && document !== null ? document : undefined;
    }
    catch {
        return undefined;
    }
}
function hasMaskedLeaf(document, ofSecret) {
    const rest = [{ node: document, ofSecret }];
    for (let next = rest.pop(); next; next = rest.pop()) {
        for (const [key, leaf] of Object.entries({ ...next.node })) {
            const isOfSecret = next.ofSecret || isSecret({ name: key });
            if (typeof leaf === 'object' && leaf !== null)
                rest.push({ node: leaf, ofSecret: isOfSecret });
            if (typeof leaf === 'string' && isOfSecret && (MASK.test(leaf.trim()) || MASKED_AMIDST.test(leaf)))
                return true;
        }
    }
    return false;
}
function isInSigns(bare) {
    return /^([[({<].*[\])}>]|([_*#%]{2,}).+[_*#%]{2,})$/.test(bare);
}
function isPhrase(bare, { isOneWordEnough }) {
    const words = bare.replace(PHRASE_SIGNS, '').split(/[\s:;,_=()-]+/);
    const telling = words.filter((word) => TELLING.test(word));
    if (words.length === 1 && !isInSigns(bare) && TELLS_NOTHING_ALONE.test(words.join()))
        return false;
    const isSpoken = isOneWordEnough || /^[^\d\s]+(\s[^\s]+)+$/.test(bare);
    return (isSpoken &&
        telling.length > 0 &&
        words.length <= MOST_WORDS &&
        words.every((word) => TELLING.test(word) || FILLING_WORD.test(word)));
}
function isShown(value) {
    return typeof value === 'string' && value.trim() !== '' && !isPlaceholder(value);
}
function isPlaceholder(value) {
    const bare = bareOf(value);
    if (bare.length > LONGEST_PLACEHOLDER)
        return FILLED.test(bare);
    return [FILLED, FILLED_IN_PART, NAMED, NAMED_IN_SIGNS, NAMED_AMONG_WORDS].some((form) => form.test(bare));
}
function bareOf(value) {
    return value.trim().replace(/^(["'])(.*)\1$/, '$2');
}
function shownSecrets(deployed) {
    return (deployed ?? []).flatMap(({ name, value }) => value === null || isPlaceholder(value) ? [] : [{ name, value }]);
}


/***/ }),

/***/ 7499:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   EV: () => (/* binding */ isRegistryHost),
/* harmony export */   R$: () => (/* binding */ faultOfImage),
/* harmony export */   hb: () => (/* binding */ isImageReference),
/* harmony export */   mQ: () => (/* binding */ splitReference)
/* harmony export */ });
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::\d+)?$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const LONGEST_REPOSITORY = 255;
const LONGEST_REFERENCE = 1_024;
const HEX_DIGITS = { sha256: 64, sha384: 96, sha512: 128 };
function isImageReference(text) {
    if (text.length > LONGEST_REFERENCE)
        return false;
    const { repository, tag, digest } = splitReference(text);
    return (isImageRepository(repository) && (tag === undefined || TAG.test(tag)) && (digest === undefined || isDigest(digest)));
}
function splitReference(text) {
    const [name = '', ...digests] = text.split('@');
    const digest = digests.length === 0 ? undefined : digests.join('@');
    const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    if (colon < 0)
        return { repository: name, tag: undefined, digest };
    return { repository: name.slice(0, colon), tag: name.slice(colon + 1), digest };
}
function isImageRepository(repository) {
    if (repository.length > LONGEST_REPOSITORY)
        return false;
    const [first = '', ...rest] = repository.split('/');
    const isHost = rest.length > 0 && isRegistryHost(first);
    return (isHost ? HOST.test(first) : COMPONENT.test(first)) && rest.every((part) => COMPONENT.test(part));
}
function isRegistryHost(first) {
    return /[.:A-Z]/.test(first) || first === 'localhost';
}
function isDigest(digest) {
    const [, algorithm = '', hex = ''] = /^([a-z0-9]+(?:[+._-][a-z0-9]+)*):([0-9a-f]{32,})$/.exec(digest) ?? [];
    const digits = HEX_DIGITS[algorithm];
    return hex !== '' && (digits === undefined || hex.length === digits);
}
function faultOfImage(text) {
    const quoted = text.length > 200 ? `"${text.slice(0, 200)} \u2026"` : `"${text}"`;
    for (const find of FAULTS) {
        const fault = find(text);
        if (fault)
            return fault.startsWith('contains ') ? fault : `is ${quoted}${fault}`;
    }
    return isImageReference(text)
        ? undefined
        : `expected an image reference such as \`ghcr.io/acme/agent:1.2.3\`, got ${quoted}.`;
}
const OF_BUILD = '`ghcr.io/acme/agent@${{ steps.build.outputs.digest }}`';
const OF_METADATA = 'Use one of them, such as `${{ fromJSON(steps.meta.outputs.json).tags[0] }}` from docker/metadata-action. The digest from docker/build-push-action is better: ' +
    `${OF_BUILD}.`;
const FAULTS = [
    ofSeveral,
    ofList,
    ofCredentials,
    ofPage,
    ofScheme,
    ofQuotes,
    ofBlank,
    ofDigestAlone,
    ofDigest,
    ofEmptyPart,
    ofTag,
    ofCase,
    ofLength
];
function ofSeveral(text) {
    const images = text
        .replace(/^\[|\]$/g, '')
        .split(/[\s,]+/)
        .filter((image) => /[/:]/.test(image) && !/^[:@]|^\w+:$/.test(image));
    return images.length > 1 && /[\s,]/.test(text) ? `contains ${images.length} images. ${OF_METADATA}` : undefined;
}
function ofList(text) {
    const [, , image = ''] = /^\[\s*(["']?)([^"'\s]+)\1\s*\]$/.exec(text) ?? [];
    return isImageReference(image) ? `, a list. Use the image in it: \`${image}\`.` : undefined;
}
function ofCredentials(text) {
    return /^(?:[a-z+.-]+:\/\/)?[^/@]*:[^/@]*@[^/@]+\//i.test(text)
        ? 'contains a user name and a password. Use the image reference only; the cluster reads the registry credentials from its pull secret.'
        : undefined;
}
function ofPage(text) {
    const [, account, image] = /^(?:https?:\/\/)?hub\.docker\.com\/(?:r|repository\/docker)\/([^/]+)\/([^/?#]+)/.exec(text) ?? [];
    if (account && image)
        return `, the URL of a web page. Use the image, such as \`docker.io/${account}/${image}:1.2.3\`.`;
    const [, owner, name] = /^(?:https?:\/\/)?github\.com\/(?:(?:orgs|users)\/)?([^/]+)\/.*\bpkgs\/container\/([^/?#]+)/.exec(text) ??
        /^(?:https?:\/\/)?github\.com\/(?:orgs|users)\/([^/]+)\/packages\/container\/(?:package\/)?([^/?#]+)/.exec(text) ??
        [];
    if (owner && name) {
        return `, the URL of a web page. Use the image, such as \`ghcr.io/${owner.toLowerCase()}/${name}:1.2.3\`.`;
    }
    return /^https?:\/\/github\.com\/[^/]+\/[^/]+\/?$/.test(text)
        ? ', the URL of a repository. Use an image such as `ghcr.io/acme/agent:1.2.3`. To build the repository, remove `image-uri` and set `repo-url`.'
        : undefined;
}
function ofScheme(text) {
    const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text) ?? [];
    if (!scheme)
        return undefined;
    const rest = text.slice(scheme.length);
    const example = faultOfImage(rest) === undefined ? `\`${rest}\`` : 'an image such as `ghcr.io/acme/agent:1.2.3`';
    return `: an image reference has no scheme. Use ${example}.`;
}
function ofQuotes(text) {
    return /^(["'`]).*\1$/s.test(text) ? ': the quotes are part of the value. Remove them.' : undefined;
}
function ofBlank(text) {
    if (!/\s/.test(text))
        return undefined;
    const words = text.split(/\s+/);
    const images = words.filter((word) => /[/:]/.test(word) && isImageReference(word));
    const isSplit = words.some((word) => /^[:@/]|\/.*[:@/]$/.test(word));
    const [image] = images.length === 1 && !isSplit ? images : [];
    return image
        ? `, which contains other words. Use the image only: \`${image}\`.`
        : ', which contains whitespace. Remove it.';
}
function ofDigestAlone(text) {
    if (!/^@?(?:sha256|sha384|sha512)(?::|$)|^@|^[0-9a-f]{64}$/i.test(text))
        return undefined;
    const digest = text.replace(/^@/, '');
    const algorithm = digest.includes(':') ? '' : 'sha256:';
    return isDigest(algorithm + digest)
        ? `, a digest without an image. Use both, such as \`ghcr.io/acme/agent@${algorithm}${digest}\`.`
        : `, which has no image before the digest. Use both, such as ${OF_BUILD}.`;
}
function ofDigest(text) {
    const { digest } = splitReference(text);
    if (digest === undefined || isDigest(digest))
        return undefined;
    if (/^(?:sha\d+:?)?$/.test(digest)) {
        return `: the digest after \`@\` is empty, possibly because the step that sets it was skipped, or has another \`id\` or output name. Use ${OF_BUILD}, or a tag after a colon.`;
    }
    const [, inner = ''] = /^sha256:(sha256:.+)$/.exec(digest) ?? [];
    if (isDigest(inner)) {
        return ', which repeats `sha256:`. The digest from a build step already includes it. Remove one.';
    }
    if (isDigest(digest.toLowerCase()))
        return ': a digest has only lowercase letters. Convert it to lowercase.';
    if (/^[0-9a-f]{64}$/.test(digest))
        return ': the digest has no algorithm. Use `@sha256:` before it.';
    if (/^sha256:/.test(digest)) {
        return `: the digest is invalid. Expected 64 hex digits (0-9, a-f) after \`sha256:\`, got ${digest.length - 'sha256:'.length} characters. Use the full digest.`;
    }
    return TAG.test(digest)
        ? `: the text after \`@\` is not a digest. If it is a tag, use \`:${digest}\`.`
        : `: the text after \`@\` is not a digest. Use ${OF_BUILD}.`;
}
function ofEmptyPart(text) {
    const { repository } = splitReference(text);
    return /^\/|\/\/|\/$|^$/.test(repository)
        ? ': a part of the name is empty, possibly because a variable or an output is not set. Use a full name such as `ghcr.io/acme/agent:1.2.3`.'
        : undefined;
}
function ofTag(text) {
    const [name = ''] = text.split('@');
    const [, head = '', tag] = /^((?:[^:/]+(?::\d+)?\/)?[^:]*):(.*)$/s.exec(name) ?? [];
    if (tag === undefined || (/^\d+\//.test(tag) && !head.includes('/')))
        return undefined;
    if (tag === '') {
        return ': the tag after the colon is empty, possibly because a variable or an output is not set. Use a tag such as `:1.2.3`, or remove the colon.';
    }
    if (/^(?:null|undefined|None)$/.test(tag)) {
        return `: the tag "${tag}" probably comes from a missing value. Use a tag such as \`:1.2.3\`.`;
    }
    if (TAG.test(tag))
        return undefined;
    if (tag.includes('/')) {
        return `: a tag cannot contain a slash, unlike a branch name. Use \`:${tagFrom(tag)}\` (as docker/metadata-action does), or \`\${{ github.sha }}\`.`;
    }
    if (tag.includes('+')) {
        return `: a tag cannot contain a plus sign. Use \`:${tagFrom(tag)}\` (as docker/metadata-action does).`;
    }
    if (tag.includes(':'))
        return ', which has two tags. Use one of them.';
    if (tag.length > 128)
        return `: the tag has ${tag.length} characters, but the maximum is 128.`;
    return ': a tag consists of letters, digits, underscores, periods and dashes, and does not start with a period or dash. Use a tag such as `:1.2.3`.';
}
function tagFrom(text) {
    return text
        .replace(/[^\w.-]+/g, '-')
        .replace(/^[.-]+/, '')
        .slice(0, 128);
}
function ofCase(text) {
    const { repository } = splitReference(text);
    const [first = '', ...rest] = repository.split('/');
    const isHost = rest.length > 0 && (/[.:]/.test(first) || first.toLowerCase() === 'localhost');
    const path = isHost ? rest.join('/') : repository;
    if (!/[A-Z]/.test(path))
        return undefined;
    const end = text.slice(repository.length);
    const lower = (isHost ? `${first}/` : '') + path.toLowerCase();
    return `: an image name cannot contain uppercase letters, which often come from \`\${{ github.repository }}\`. Use \`${lower}${end}\`.`;
}
function ofLength(text) {
    const { length } = splitReference(text).repository;
    return length > LONGEST_REPOSITORY
        ? `: the name has ${length} characters, but the maximum is ${LONGEST_REPOSITORY}.`
        : undefined;
}


/***/ }),

/***/ 1335:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G4: () => (/* binding */ sameImage),
/* harmony export */   OY: () => (/* binding */ isByTag),
/* harmony export */   Oj: () => (/* binding */ mayBeSameImage),
/* harmony export */   Sr: () => (/* binding */ isLatestTag),
/* harmony export */   sG: () => (/* binding */ isTagless)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7499);

const DOCKER_HUB = 'docker.io';
const NAMES_OF_DOCKER_HUB = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);
function sameImage(left, right) {
    const [one, other] = [parseImage(left), parseImage(right)];
    if (one.registry !== other.registry || one.path !== other.path)
        return false;
    return one.digest || other.digest ? one.digest === other.digest : one.tag === other.tag;
}
function mayBeSameImage(left, right) {
    const [one, other] = [parseImage(left), parseImage(right)];
    if (one.registry !== other.registry || one.path !== other.path)
        return false;
    if (one.digest && other.digest)
        return one.digest === other.digest;
    return one.tag !== undefined && one.tag === other.tag;
}
function isByTag(reference) {
    return parseImage(reference).digest === undefined;
}
function isTagless(reference) {
    return isLatestTag(reference) && !reference.trim().endsWith(':latest');
}
function isLatestTag(reference) {
    return isByTag(reference) && parseImage(reference).tag === 'latest';
}
function parseImage(text) {
    const bare = text.trim().replace(/^(docker|docker-pullable):\/\//, '');
    const { repository, tag, digest } = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .splitReference */ .mQ)(bare);
    const { registry, path } = splitRegistry(repository);
    return { registry, path, tag: tag ?? (digest ? undefined : 'latest'), digest: digest?.toLowerCase() };
}
function splitRegistry(repository) {
    const slash = repository.indexOf('/');
    const first = repository.slice(0, Math.max(0, slash));
    const isRegistry = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isRegistryHost */ .EV)(first);
    const host = isRegistry ? first.toLowerCase().replace(/:443$/, '') : DOCKER_HUB;
    const path = isRegistry ? repository.slice(slash + 1) : repository;
    if (!NAMES_OF_DOCKER_HUB.has(host))
        return { registry: host, path };
    return { registry: DOCKER_HUB, path: path.includes('/') ? path : `library/${path}` };
}


/***/ }),

/***/ 7514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Vk: () => (/* binding */ sameJson),
/* harmony export */   bW: () => (/* binding */ mergePatch),
/* harmony export */   eB: () => (/* binding */ asObject)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1379);


function mergePatch(current, patch) {
    const merged = new Map(Object.entries(current).filter(([, value]) => value !== null));
    for (const [key, value] of Object.entries(patch)) {
        if (value === null)
            merged.delete(key);
        else
            merged.set(key, isObject(value) ? mergePatch(asObject(merged.get(key)), value) : value);
    }
    return Object.fromEntries(merged);
}
function sameJson(left, right) {
    return (0,node_util__WEBPACK_IMPORTED_MODULE_0__.isDeepStrictEqual)(withoutNulls(left), withoutNulls(right));
}
function withoutNulls(value) {
    if (Array.isArray(value))
        return value.map(withoutNulls);
    if (!isObject(value))
        return value;
    return Object.fromEntries(Object.entries(value)
        .filter(([, item]) => item !== null)
        .map(([key, item]) => [key, withoutNulls(item)]));
}
function isObject(value) {
    return (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(value) !== undefined;
}
function asObject(value) {
    return isObject(value) ? value : {};
}


/***/ }),

/***/ 8623:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B6: () => (/* binding */ LONGEST_NAME),
/* harmony export */   GX: () => (/* binding */ normaliseName),
/* harmony export */   d: () => (/* binding */ isPossibleName),
/* harmony export */   nL: () => (/* binding */ faultOfName),
/* harmony export */   uV: () => (/* binding */ isValidName)
/* harmony export */ });
const LONGEST_NAME = 63;
function faultOfName(name) {
    const nearest = normaliseName(name).slice(0, LONGEST_NAME).replace(/-+$/, '');
    if (!isValidName(name)) {
        return {
            fault: 'which is not a valid deployment name: use letters, digits and dashes, starting with a letter',
            nearest
        };
    }
    if (name.length <= LONGEST_NAME)
        return undefined;
    return {
        fault: `which is too long: a deployment name has at most ${LONGEST_NAME} characters, and this one has ${name.length}`,
        nearest
    };
}
function isValidName(name) {
    return /^[A-Za-z][A-Za-z0-9-]*$/.test(name);
}
function isPossibleName(name) {
    return /^[\w.-]+$/.test(name);
}
function normaliseName(text) {
    const name = text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '');
    if (name === '')
        return 'app';
    return /^[a-z]/.test(name) ? name : `app-${name}`;
}


/***/ }),

/***/ 5726:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I7: () => (/* binding */ partOfPreviews),
/* harmony export */   JY: () => (/* binding */ previewNames),
/* harmony export */   YH: () => (/* binding */ LONGEST_SELF_HOSTED_NAME),
/* harmony export */   _n: () => (/* binding */ pullRequestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var _name_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8623);


const LONGEST_SELF_HOSTED_NAME = 21;
const MOST_PREVIEW_NAMES = 9;
const DIGEST_LENGTH = 6;
function previewNames(name, pullRequest, isSelfHosted) {
    const longest = isSelfHosted ? LONGEST_SELF_HOSTED_NAME : _name_js__WEBPACK_IMPORTED_MODULE_1__/* .LONGEST_NAME */ .B6;
    const end = `-pr-${pullRequest}`;
    const base = cut(name, longest - end.length - `-${MOST_PREVIEW_NAMES}`.length);
    const names = [`${base}${end}`];
    for (let suffix = 2; suffix <= MOST_PREVIEW_NAMES; suffix += 1)
        names.push(`${base}${end}-${suffix}`);
    return names;
}
function pullRequestOf(preview, name, isSelfHosted) {
    const [, digits] = /-pr-([1-9]\d{0,14})(?:-[2-9])?$/.exec(preview) ?? [];
    if (digits === undefined)
        return undefined;
    return previewNames(name, Number(digits), isSelfHosted).includes(preview) ? Number(digits) : undefined;
}
function partOfPreviews(name, isSelfHosted) {
    const [longest = ''] = previewNames(name, Number.MAX_SAFE_INTEGER, isSelfHosted);
    return longest.startsWith(`${name}-pr-`) ? `${name}-pr-` : '-pr-';
}
function cut(name, length) {
    if (name.length <= length)
        return name;
    const start = name.slice(0, Math.max(1, length - DIGEST_LENGTH - 1)).replace(/-+$/, '');
    return `${start}-${digest(name)}`;
}
function digest(text) {
    const number = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest().readUIntBE(0, 6);
    return number.toString(36).padStart(DIGEST_LENGTH, '0').slice(-DIGEST_LENGTH);
}


/***/ }),

/***/ 4533:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B6: () => (/* binding */ NameTakenError),
/* harmony export */   E: () => (/* binding */ NoIntegrationError),
/* harmony export */   SU: () => (/* binding */ NotInWorkspaceError),
/* harmony export */   U8: () => (/* binding */ deploymentMissing),
/* harmony export */   WD: () => (/* binding */ nameAndIdDisagree),
/* harmony export */   YZ: () => (/* binding */ createFailed),
/* harmony export */   Yj: () => (/* binding */ deploymentVanished),
/* harmony export */   ZY: () => (/* binding */ sourceDiffers),
/* harmony export */   _O: () => (/* binding */ deploymentGoing),
/* harmony export */   cL: () => (/* binding */ fixedAtCreate),
/* harmony export */   md: () => (/* binding */ writeLost),
/* harmony export */   ok: () => (/* binding */ rolloutInProgress),
/* harmony export */   ps: () => (/* binding */ BUSY_ADVICE),
/* harmony export */   qe: () => (/* binding */ previewNamesTaken),
/* harmony export */   ri: () => (/* binding */ deploymentMayNotBeCreated),
/* harmony export */   xd: () => (/* binding */ NAME_TAKEN_ADVICE)
/* harmony export */ });
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5990);

class NotInWorkspaceError extends _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ {
}
class NoIntegrationError extends _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ {
}
class NameTakenError extends NotInWorkspaceError {
}
const NAME_TAKEN_ADVICE = 'Possible causes: the deployment is in another workspace (set `workspace-id`), a tracing project has that name (delete or rename it), or a deployment of that name was deleted within the last week. Otherwise set another `name`.';
const FAILING_ADVICE = 'The control plane fails to create deployments. Rerun this job later. For LangSmith Cloud, see https://status.smith.langchain.com; for a self-hosted installation, ask its administrator.';
const LOST_ADVICE = 'Rerun this job; it continues with the deployment if LangSmith has created it in the meantime. If this persists, check the network and the proxies between this runner and LangSmith.';
const BUSY_ADVICE = 'Another rollout of this deployment may be in progress. Rerun this job when it has ended; a `concurrency` group in the workflow prevents overlapping runs.';
function rolloutInProgress(name, behind) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Another rollout is in progress', `LangSmith returned 409 for the change to "${name}" for two minutes.`, BUSY_ADVICE, behind);
}
function deploymentVanished(name, id) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Deployment deleted during the run', `Deployment "${name}" (${id}) was deleted during this run.`, 'Rerun this job to create it again, or set another `name`: the name of a deleted deployment stays reserved for up to a week.');
}
function createFailed(name, behind) {
    const what = `Deployment "${name}" could not be created, and no deployment with that name was found.`;
    if (behind instanceof _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && behind.status === 409) {
        return new NameTakenError('Name is taken', what, NAME_TAKEN_ADVICE, behind);
    }
    const advice = behind instanceof _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD ? FAILING_ADVICE : LOST_ADVICE;
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Deployment could not be created', what, advice, behind);
}
function previewNamesTaken(names) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('No free preview name', `All names from ${names[0]} to ${names.at(-1)} are taken for this preview.`, 'The names of deleted deployments stay reserved for up to a week. Set another `name`, and delete previews with `delete-tracing-project: true`.');
}
function writeLost(what, behind) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Request had no effect', `${what} was sent three times without a visible effect.`, 'Check the deployment in LangSmith before you rerun this job.', behind);
}
function deploymentMissing(name) {
    return new NotInWorkspaceError('Deployment not found', `Deployment "${name}" does not exist in this workspace.`, 'Check `name` (it must match exactly), `workspace-id`, and `region` or `control-plane-url`; or create it first with `command: deploy`.');
}
function deploymentMayNotBeCreated(name) {
    return new NotInWorkspaceError('Deployment not found', `Deployment "${name}" does not exist in this workspace, and \`if-missing: fail\` does not allow creating it.`, 'Check `name` (it must match exactly), `workspace-id`, and `region` or `control-plane-url`; or omit `if-missing` to create it.');
}
function deploymentGoing({ name, updated_at }) {
    const state = updated_at
        ? `The deletion of deployment "${name}" started on ${updated_at.slice(0, 16).replace('T', ' ')} UTC.`
        : `Deployment "${name}" is being deleted.`;
    return new NameTakenError('Deployment is being deleted', `${state} Its name stays reserved for up to a week.`, 'Set another `name`, or wait until the name is free again.');
}
function nameAndIdDisagree(name, id, actual) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Name and ID do not match', `\`name\` is "${name}", but the deployment with \`deployment-id\` ${id} is named "${actual}".`, `Omit \`name\` to use that deployment, or omit \`deployment-id\` to use "${name}".`);
}
function sourceAdvice(actual) {
    if (actual === 'internal_docker')
        return 'Set `source-type: internal_docker` and `image-uri`';
    if (actual.startsWith('internal_'))
        return 'Set `source-type: internal_source` and omit `image-uri`';
    return actual === 'external_docker'
        ? 'Set `source-type: external_docker` and `image-uri`, and omit the inputs of other sources'
        : 'Set `source-type: github`, and omit `image-uri` and the inputs of other sources';
}
function sourceDiffers(name, actual, wanted) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Source cannot be changed', `Deployment "${name}" was created from source ${actual}, but this run would deploy ${wanted}. The source of a deployment cannot change.`, `${sourceAdvice(actual)}, or deploy under another \`name\`.`);
}
function fixedAtCreate(input, actual, wanted) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Setting cannot be changed', `\`${input}\` is ${wanted}, but the deployment has ${actual}. This setting cannot change after creation.`, `Set it to the current value, or deploy under another \`name\`.`);
}


/***/ }),

/***/ 7073:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  z: () => (/* binding */ namesChanged),
  q: () => (/* binding */ planRestore)
});

// EXTERNAL MODULE: ./build/run/input-name.js
var input_name = __nccwpck_require__(8808);
// EXTERNAL MODULE: ./build/deployment/hidden.js
var deployment_hidden = __nccwpck_require__(344);
;// CONCATENATED MODULE: ./build/deployment/restore-outcome.js
function byOutcome(values) {
    const namesOf = (wanted) => values.flatMap(([name, outcome]) => (outcome === wanted ? [name] : []));
    return {
        back: namesOf('put-back'),
        leftovers: values.flatMap(([name, outcome]) => (typeof outcome === 'object' ? [{ name, why: outcome.why }] : [])),
        others: namesOf('changed-by-others')
    };
}

// EXTERNAL MODULE: ./build/deployment/secrets.js
var secrets = __nccwpck_require__(1887);
;// CONCATENATED MODULE: ./build/deployment/restore-secrets.js



function restoreSecrets(written, deployed, noCode) {
    const changes = [...changedSecrets(written)].map(([name, change]) => {
        return { name, before: change.before, outcome: secretOutcome(name, change, deployed) };
    });
    const values = byOutcome(changes.map(({ name, outcome }) => [variableLabel(name), outcome]));
    const back = changes.filter(({ outcome }) => outcome === 'put-back');
    if (back.length === 0)
        return { ...values, send: undefined };
    const next = new Map((deployed ?? []).map((secret) => [secret.name, secret.value]));
    for (const { name, before } of back) {
        if (before === undefined)
            next.delete(name);
        else
            next.set(name, before);
    }
    const why = noCode ?? whyNotSecrets(next, deployed ?? []);
    if (why) {
        const notBack = values.back.map((name) => ({ name, why }));
        return { ...values, send: undefined, back: [], leftovers: [...notBack, ...values.leftovers] };
    }
    return { ...values, send: [...next].map(([name, value]) => ({ name, value: value ?? '' })) };
}
const VALUE_HIDDEN = { why: 'LangSmith hides the previous values' };
function secretOutcome(name, { before, wanted }, deployed) {
    if (!deployed || (0,deployment_hidden/* hiddenNames */.j4)(deployed).has(name))
        return VALUE_HIDDEN;
    const current = deployed.find((secret) => secret.name === name)?.value;
    if (before !== null && current === before)
        return 'as-before';
    if ((current ?? undefined) !== wanted)
        return 'changed-by-others';
    return before === null ? VALUE_HIDDEN : 'put-back';
}
function changedVariables(written) {
    return [...changedSecrets(written).keys()].map(variableLabel);
}
function changedSecrets(written) {
    const changes = new Map();
    for (const { body, deployment } of written) {
        if (!Array.isArray(body.secrets))
            continue;
        const wanted = new Map((0,secrets/* secretsIn */.V)(body).map(({ name, value }) => [name, value]));
        const names = new Set([...wanted.keys(), ...(deployment.secrets ?? []).map(({ name }) => name)]);
        for (const name of names) {
            const value = wanted.get(name);
            const before = secretBefore(deployment.secrets, name);
            const known = changes.get(name);
            if (before !== value)
                changes.set(name, { before, wanted: value });
            else if (known)
                changes.set(name, { ...known, wanted: value });
        }
    }
    return changes;
}
function secretBefore(deployed, name) {
    if (!deployed || (0,deployment_hidden/* hiddenNames */.j4)(deployed).has(name))
        return null;
    return deployed.find((other) => other.name === name)?.value;
}
function whyNotSecrets(next, deployed) {
    if (next.size === 0)
        return 'there were no variables before, and the API cannot remove the last one';
    const [hidden] = (0,deployment_hidden/* hiddenNames */.j4)(deployed);
    return hidden && `all variables would have to be sent, and LangSmith hides the value of ${hidden}`;
}
function variableLabel(name) {
    return `environment variable ${name}`;
}

// EXTERNAL MODULE: ./build/run/object.js
var object = __nccwpck_require__(1379);
// EXTERNAL MODULE: ./build/deployment/address.js
var address = __nccwpck_require__(8602);
// EXTERNAL MODULE: ./build/deployment/json.js
var json = __nccwpck_require__(7514);
;// CONCATENATED MODULE: ./build/deployment/restore-settings.js





const EFFECTS = {
    build_on_push: 'place',
    custom_url: 'place',
    resource_spec: 'revision',
    install_command: 'revision',
    build_command: 'revision'
};
const TOP_LEVEL = {
    display_name: 'place',
    route_through_gateway: 'place',
    secret_references: 'revision'
};
const CODE_FIELDS = new Set(['image_uri', 'source_tarball_path']);
const CODE_PATHS = new Set(['repo_ref', 'langgraph_config_path']);
const NO_VALUE_BEFORE = 'it had no value before, and the API cannot clear it';
function restoreSettings(written, now, noCode) {
    const changes = changedSettings(written).map((change) => {
        return { ...change, outcome: settingOutcome(change, now, noCode) };
    });
    const back = changes.filter(({ outcome }) => outcome === 'put-back');
    const spec = back.filter(({ name }) => name.startsWith(SPEC));
    const plain = back.filter(({ name }) => !name.startsWith(SPEC) && !(name in TOP_LEVEL));
    const topLevel = back.filter(({ name }) => name in TOP_LEVEL);
    return {
        ...byOutcome(changes.map(({ name, outcome }) => [(0,input_name/* inputLabel */.N)(name), outcome])),
        sourceConfig: {
            ...Object.fromEntries(plain.map(({ name, before }) => [name, before])),
            ...(spec.length > 0 ? { resource_spec: specWith(now.source_config.resource_spec ?? {}, spec) } : {})
        },
        topLevel: Object.fromEntries(topLevel.map(({ name, before }) => [name, before])),
        needsRevision: back.some(({ name }) => effectOf(name) === 'revision')
    };
}
function settingOutcome({ name, before, wanted }, now, noCode) {
    const current = settingOf(now, name);
    const isBefore = sameSetting(name, current, before);
    const isOurs = sameSetting(name, current, wanted) || effectOf(name) === 'revision';
    if (CODE_PATHS.has(name))
        return isOurs && !isBefore ? { why: 'the redeploy did not restore it' } : 'as-before';
    if (effectOf(name) === undefined)
        return { why: 'this action cannot read its value' };
    if (isBefore)
        return 'as-before';
    if (!isOurs)
        return 'changed-by-others';
    if (before === null && !name.startsWith(SPEC))
        return { why: NO_VALUE_BEFORE };
    return effectOf(name) === 'revision' && noCode ? { why: noCode } : 'put-back';
}
function changedSettings(written) {
    const changes = new Map();
    for (const { body, deployment } of written) {
        for (const [name, wanted] of settingsIn(body)) {
            const before = settingOf(deployment, name);
            const known = changes.get(name);
            if (!sameSetting(name, before, wanted))
                changes.set(name, { name, before, wanted });
            else if (known)
                changes.set(name, { ...known, wanted });
        }
        const sent = (0,object/* object */.I)((0,object/* object */.I)(body.source_config)?.resource_spec);
        for (const [key, before] of sent ? Object.entries(deployment.source_config.resource_spec ?? {}) : []) {
            if (sent?.[key] !== undefined || before === null)
                continue;
            changes.set(`${SPEC}${key}`, { name: `${SPEC}${key}`, before, wanted: null });
        }
    }
    return [...changes.values()];
}
const SPEC = 'resource_spec.';
function settingsIn(body) {
    const { secrets: _, revision_source: __, source_config, source_revision_config, ...rest } = body;
    const code = Object.entries((0,json/* asObject */.eB)(source_revision_config)).filter(([name]) => !CODE_FIELDS.has(name));
    const settings = Object.entries((0,json/* asObject */.eB)(source_config)).flatMap(([name, wanted]) => name === 'resource_spec'
        ? Object.entries((0,json/* asObject */.eB)(wanted)).map(([key, value]) => [`${SPEC}${key}`, value])
        : [[name, wanted]]);
    return [...settings, ...code, ...Object.entries(rest)];
}
function settingOf(deployment, name) {
    const { source_config: config, source_revision_config: revision } = deployment;
    if (name.startsWith(SPEC))
        return config.resource_spec?.[name.slice(SPEC.length)] ?? null;
    switch (name) {
        case 'display_name':
            return deployment.display_name;
        case 'route_through_gateway':
            return deployment.route_through_gateway;
        case 'secret_references':
            return deployment.secret_references;
        case 'build_on_push':
            return config.build_on_push ?? false;
        case 'custom_url':
        case 'install_command':
        case 'build_command':
            return config[name];
        case 'repo_ref':
            return config.repo_branch ?? revision.repo_ref;
        case 'langgraph_config_path':
            return revision.langgraph_config_path;
        default:
            return null;
    }
}
function sameSetting(name, left, right) {
    if (name === 'custom_url')
        return (0,address/* sameAddress */.x)(String(left ?? ''), String(right ?? ''));
    return (0,json/* sameJson */.Vk)(left, right);
}
function specWith(current, changes) {
    const spec = new Map(Object.entries(current).filter(([, value]) => value !== null));
    for (const { name, before } of changes) {
        const key = name.slice(SPEC.length);
        if (before === null)
            spec.delete(key);
        else
            spec.set(key, before);
    }
    return Object.fromEntries(spec);
}
function effectOf(name) {
    return TOP_LEVEL[name] ?? EFFECTS[name.startsWith(SPEC) ? 'resource_spec' : name];
}

// EXTERNAL MODULE: ./build/deployment/sources/kinds.js
var kinds = __nccwpck_require__(1216);
// EXTERNAL MODULE: ./build/deployment/sources/source.js
var source = __nccwpck_require__(6606);
;// CONCATENATED MODULE: ./build/deployment/restore.js





function planRestore(written, now, target) {
    const code = codeOfRevision(target, now);
    const noCode = 'why' in code ? code.why : undefined;
    const settings = restoreSettings(written, now, noCode);
    const secrets = restoreSecrets(written, now.secrets, noCode);
    const makesRevision = settings.needsRevision || secrets.send !== undefined;
    const carried = makesRevision && !('why' in code) ? code : undefined;
    return {
        body: {
            ...(carried?.revisionSource ? { revision_source: carried.revisionSource } : {}),
            ...(Object.keys(settings.sourceConfig).length > 0 ? { source_config: settings.sourceConfig } : {}),
            ...(carried ? { source_revision_config: carried.config } : {}),
            ...(secrets.send ? { secrets: secrets.send } : {}),
            ...settings.topLevel
        },
        makesRevision,
        sent: { ...source/* NO_CODE */.Uc, ...carried?.config },
        back: [...settings.back, ...secrets.back],
        leftovers: [...settings.leftovers, ...secrets.leftovers],
        others: [...settings.others, ...secrets.others]
    };
}
function namesChanged(written) {
    return [...changedSettings(written).map(({ name }) => (0,input_name/* inputLabel */.N)(name)), ...changedVariables(written)];
}
function codeOfRevision({ id, source, source_revision_config: config }, deployment) {
    const actual = source ?? deployment.source;
    const { code, isCloudOnly } = (0,kinds/* kindOf */.I)(actual);
    const { image_uri, source_tarball_path, langgraph_config_path } = config;
    if (code === 'image' && image_uri) {
        return { config: { image_uri }, revisionSource: isCloudOnly ? actual : undefined };
    }
    if (code === 'archive' && source_tarball_path) {
        const path = langgraph_config_path ? { langgraph_config_path } : {};
        return { config: { source_tarball_path, ...path }, revisionSource: actual };
    }
    return { why: code === 'repository' ? WOULD_BUILD_HEAD : `the code of revision ${id} is unknown` };
}
const WOULD_BUILD_HEAD = 'restoring them would build the head of the branch again; the active revision uses the new values';


/***/ }),

/***/ 6309:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D3: () => (/* binding */ commitOf),
/* harmony export */   E0: () => (/* binding */ isSameConfigPath),
/* harmony export */   Kl: () => (/* binding */ commitOfImage),
/* harmony export */   WM: () => (/* binding */ isCommit),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   hY: () => (/* binding */ hasEnded),
/* harmony export */   ie: () => (/* binding */ agrees),
/* harmony export */   li: () => (/* binding */ timeUnderWay),
/* harmony export */   nv: () => (/* binding */ queueOf),
/* harmony export */   oP: () => (/* binding */ newestAlive),
/* harmony export */   r8: () => (/* binding */ isStatusWord),
/* harmony export */   sw: () => (/* binding */ isSameCommit),
/* harmony export */   vH: () => (/* binding */ knownCommit),
/* harmony export */   zn: () => (/* binding */ sentAgain)
/* harmony export */ });
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1088);
/* harmony import */ var _image_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1335);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7499);
/* harmony import */ var _sources_kinds_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1216);
/* harmony import */ var _sources_source_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6606);





function commitOf({ source_revision_config: config }) {
    if (config.repo_commit_sha)
        return config.repo_commit_sha;
    return isCommit(config.repo_ref) ? config.repo_ref : undefined;
}
const ENDED_STATUSES = new Set(['DEPLOYED', 'CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED']);
function hasEnded(status) {
    return ENDED_STATUSES.has(status);
}
function queueOf(revisions) {
    return revisions.filter(({ status }) => !hasEnded(status)).reverse();
}
function timeUnderWay({ created_at }, now) {
    const ms = now - Date.parse(created_at ?? '');
    return ms >= 0 ? (0,_run_duration_js__WEBPACK_IMPORTED_MODULE_4__/* .inWords */ .r)(ms) : undefined;
}
function isCommit(text) {
    return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text ?? '');
}
function isStatusWord(status) {
    return /^[A-Z][A-Z_]{0,63}$/.test(status);
}
function isTag(ref) {
    return ref.startsWith('refs/tags/');
}
function isSameCommit(left, right) {
    const [short, long] = left.length < right.length ? [left, right] : [right, left];
    return long.toLowerCase().startsWith(short.toLowerCase());
}
function isSameConfigPath(left, right) {
    const [longer, shorter] = left.length >= right.length ? [left, right] : [right, left];
    return longer === shorter || longer.endsWith(`/${shorter}`);
}
function agrees(sent, revision, deployment) {
    const actual = revision.source_revision_config;
    if (sent.image_uri !== null)
        return actual.image_uri !== null && (0,_image_js__WEBPACK_IMPORTED_MODULE_0__/* .mayBeSameImage */ .Oj)(actual.image_uri, sent.image_uri);
    if (sent.source_tarball_path !== null && actual.source_tarball_path !== sent.source_tarball_path)
        return false;
    if (sent.source_tarball_path === null && sent.repo_ref !== null && actual.source_tarball_path !== null)
        return false;
    const path = actual.langgraph_config_path ?? sent.langgraph_config_path;
    if (sent.langgraph_config_path !== null && path !== sent.langgraph_config_path)
        return false;
    const commit = commitOf(revision);
    if (sent.repo_commit_sha && commit && !isSameCommit(commit, sent.repo_commit_sha))
        return false;
    if (sent.repo_ref === null)
        return true;
    if (isCommit(sent.repo_ref)) {
        return actual.repo_ref === sent.repo_ref || commit === undefined || isSameCommit(commit, sent.repo_ref);
    }
    if (actual.repo_ref !== null && !isCommit(actual.repo_ref))
        return sameRef(actual.repo_ref, sent.repo_ref);
    const branch = deployment.source_config.repo_branch;
    const isLatest = revision.id === deployment.latest_revision_id;
    if (branch !== null && sameRef(branch, sent.repo_ref))
        return true;
    return actual.repo_ref !== null && (branch === null || !isLatest || isTag(sent.repo_ref));
}
function sameRef(left, right) {
    const bare = (ref) => ref.replace(/^refs\/heads\//, '');
    return bare(left) === bare(right);
}
function sentAgain(revision) {
    const { source, source_revision_config: config } = revision;
    if ((0,_sources_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(source).code === 'image')
        return { ..._sources_source_js__WEBPACK_IMPORTED_MODULE_3__/* .NO_CODE */ .Uc, image_uri: config.image_uri, repo_commit_sha: null };
    return { ...config, image_uri: null, repo_commit_sha: commitOf(revision) ?? null };
}
function commitOfImage(image) {
    const { tag = '' } = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .splitReference */ .mQ)(image ?? '');
    if (/^\d+$/.test(tag))
        return undefined;
    const candidates = tag.match(/(?<![0-9A-Za-z]|sha256-)([0-9a-fA-F]{7,40}|[0-9a-fA-F]{64})(?![0-9A-Za-z])/g) ?? [];
    return [...candidates].sort((left, right) => right.length - left.length)[0]?.toLowerCase();
}
function newestAlive(revisions) {
    return revisions.find(({ status }) => status === 'DEPLOYED' || !hasEnded(status));
}
function knownCommit(deployment, revision) {
    const { code } = (0,_sources_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(revision.source ?? deployment.source);
    return code === 'image' ? commitOfImage(revision.source_revision_config.image_uri) : commitOf(revision);
}


/***/ }),

/***/ 1887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ mergeSecrets),
/* harmony export */   V: () => (/* binding */ secretsIn)
/* harmony export */ });
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5990);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1379);
/* harmony import */ var _hidden_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(344);



function mergeSecrets(wanted, deployed) {
    const all = [...wanted.secrets, ...wanted.variables];
    if (all.length === 0) {
        return { send: undefined, changes: (deployed ?? []).map(({ name }) => ({ name, change: 'kept' })) };
    }
    if (deployed === null && wanted.mode === 'merge')
        throw environmentUnknown();
    const hidden = (0,_hidden_js__WEBPACK_IMPORTED_MODULE_1__/* .hiddenNames */ .j4)(deployed ?? [], all);
    const before = new Map((deployed ?? []).map(({ name, value }) => [name, value]));
    const after = new Map(all.map(({ name, value }) => [name, value]));
    const rest = [...before].filter(([name]) => !after.has(name));
    const changes = [];
    for (const [name, value] of after) {
        if (!before.has(name))
            changes.push({ name, change: 'added' });
        else if (before.get(name) === value && ((0,_hidden_js__WEBPACK_IMPORTED_MODULE_1__/* .isShown */ .aJ)(value) || !hidden.has(name)))
            changes.push({ name, change: 'kept' });
        else
            changes.push({ name, change: hidden.has(name) ? 'set' : 'changed' });
    }
    for (const [name] of rest)
        changes.push({ name, change: wanted.mode === 'merge' ? 'kept' : 'removed' });
    if (changes.every(({ change }) => change === 'kept'))
        return { send: undefined, changes };
    if (wanted.mode === 'merge') {
        const lost = rest.filter(([name, value]) => value === null || hidden.has(name)).map(([name]) => name);
        if (lost.length > 0)
            throw valuesHidden(lost, (0,_hidden_js__WEBPACK_IMPORTED_MODULE_1__/* .sharedNames */ .mW)(deployed ?? [], all));
        for (const [name, value] of rest)
            after.set(name, value ?? '');
    }
    return { send: [...after].map(([name, value]) => ({ name, value })), changes };
}
function secretsIn({ secrets }) {
    if (!Array.isArray(secrets))
        return [];
    return secrets.map((secret) => ({ name: String((0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(secret)?.name), value: String((0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(secret)?.value) }));
}
function environmentUnknown() {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Secrets cannot be merged', 'The control plane does not list the secrets of the deployment, so new ones cannot be added to them.', 'Set `secrets-mode: replace` and list all secrets in `secrets`.');
}
function valuesHidden(names, shared) {
    const isOne = names.length === 1;
    const listed = names.join(', ');
    if (!isOne && names.every((name) => shared.has(name))) {
        const both = names.length === 2 ? 'both' : 'all of them';
        return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Secret values may be hidden', `LangSmith returns the same text for ${enumerated(names)}, possibly because it hides the values. Changing any secret sends all of them and would overwrite ${both} with that text.`, `If ${both} really have the same value, list ${both} in \`secrets\`. Otherwise set \`secrets-mode: replace\` and list all secrets.`);
    }
    const [them, values, texts] = isOne ? ['it', 'its value', 'a placeholder'] : ['them', 'their values', 'placeholders'];
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Secret values are hidden', `The control plane appears to hide the value of ${listed}. It returns nothing, or ${texts} instead of the real text. Changing any secret sends all of them and would overwrite ${them}.`, `Add ${listed} with ${values} to \`secrets\`, or set \`secrets-mode: replace\` and list all secrets.`);
}
function enumerated(names) {
    return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}


/***/ }),

/***/ 4153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P0: () => (/* binding */ respelled),
/* harmony export */   nA: () => (/* binding */ typeSetting),
/* harmony export */   pt: () => (/* binding */ typeRefused),
/* harmony export */   wT: () => (/* binding */ sameDeploymentType),
/* harmony export */   x3: () => (/* binding */ chosenType)
/* harmony export */ });
/* unused harmony export typesListed */
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5990);
/* harmony import */ var _control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(566);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1379);



const SPELLINGS = [
    { word: 'serverless', wire: 'dev_zero' },
    { word: 'dedicated', wire: 'prod' }
];
const OLD_TYPES = new Set(['dev_free', 'dev', 'prod']);
const DEFAULT_TYPE = 'serverless';
const DEFAULT_TYPE_ON_AWS = 'dev';
function chosenType(written, url) {
    return written ?? ((0,_control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .isOnAws */ .PD)(url) ? DEFAULT_TYPE_ON_AWS : DEFAULT_TYPE);
}
function typeSetting(type) {
    const known = SPELLINGS.find(({ word }) => word === type);
    return { field: 'deployment_type', wanted: known?.wire ?? type, shown: type };
}
function sameDeploymentType(left, right) {
    return left === right || otherSpelling(left) === right;
}
function otherSpelling(type) {
    const pair = SPELLINGS.find(({ word, wire }) => word === type || wire === type);
    return pair && (pair.word === type ? pair.wire : pair.word);
}
function respelled(body, refusal) {
    const other = otherSpelling(typeOf(body) ?? '');
    return other && isAboutType(refusal) && typesListed(refusal.detail).includes(other) ? other : undefined;
}
function typeRefused(body, shown, refusal) {
    const sent = typeOf(body);
    if (sent === undefined || !isAboutType(refusal))
        return undefined;
    const written = shown ?? sent;
    const listed = typesListed(refusal.detail).filter((type) => type !== sent);
    const meant = meantType(written);
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Invalid deployment type', [
        `LangSmith rejected the deployment type "${written}" (\`deployment-type\`${written === sent ? '' : `, sent as ${sent}`}).`,
        meant ? `Did you mean \`${meant}\`?` : '',
        listed.length > 0 ? `Supported types: ${listed.join(', ')}.` : '',
        OLD_TYPES.has(written) ? `"${written}" is a type of the pricing before October 2026.` : ''
    ]
        .filter(Boolean)
        .join(' '), listed.length > 0
        ? 'Set `deployment-type` to one of these. No deployment was created.'
        : 'Set `deployment-type` to another type, such as `serverless` or `dedicated`, or omit it. No deployment was created.', refusal);
}
const SPOKEN = { production: 'dedicated', development: 'serverless' };
function meantType(written) {
    const word = written.toLowerCase().replace(/[\s_-]+/g, '');
    const meant = SPOKEN[word] ?? SPELLINGS.find((each) => each.word === word)?.word;
    return meant === written ? undefined : meant;
}
function typeOf(body) {
    const type = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(body.source_config)?.deployment_type;
    return typeof type === 'string' ? type : undefined;
}
function isAboutType({ status, detail }) {
    return (status === 400 || status === 422) && /deployment[_ -]type/i.test(detail);
}
function typesListed(detail) {
    const [sentence] = /deployment[_ -]type.*/is.exec(detail) ?? [];
    const [, list] = /(?:should be|must be|one of|expected|allowed|permitted|supported|valid values?|options)\b([^;\n]*)/i.exec(sentence ?? '') ?? [];
    const quoted = [...(list ?? '').matchAll(/['"`]([a-z][a-z0-9_]*)['"`]/g)].map(([, type]) => type ?? '');
    const bare = (list ?? '').split(/[^a-z0-9_]+/).filter((word) => /^[a-z][a-z0-9_]*$/.test(word) && !FILLERS.test(word));
    return [...new Set(quoted.length > 0 ? quoted : bare)];
}
const FILLERS = /^(?:one|of|or|and|the|are|is|be|values?|got|not|a|an)$/;


/***/ }),

/***/ 1821:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ externalDockerSource),
/* harmony export */   s: () => (/* binding */ isByDigest)
/* harmony export */ });
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5990);
/* harmony import */ var _address_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(8602);
/* harmony import */ var _image_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1335);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7514);
/* harmony import */ var _refusals_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4533);
/* harmony import */ var _deployment_type_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4153);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(6606);







function externalDockerSource(inputs) {
    let listener;
    return {
        type: 'external_docker',
        label: `image ${inputs.imageUri}`,
        publicTexts: [inputs.imageUri, inputs.customUrl],
        sent: { ..._source_js__WEBPACK_IMPORTED_MODULE_5__/* .NO_CODE */ .Uc, image_uri: inputs.imageUri },
        fixedSettings: async (client, { hosting }) => {
            listener ??= chooseListener(client, hosting, inputs);
            return [...(await listener), ...(inputs.deploymentType ? [(0,_deployment_type_js__WEBPACK_IMPORTED_MODULE_4__/* .typeSetting */ .nA)(inputs.deploymentType)] : [])];
        },
        checkFixed: (deployment) => checkListener(inputs, deployment),
        settings: (deployment) => settingsOfImage(inputs, deployment),
        isServedBy: ({ source_revision_config: actual }) => isByDigest(inputs.imageUri) && actual.image_uri !== null && (0,_image_js__WEBPACK_IMPORTED_MODULE_1__/* .sameImage */ .G4)(actual.image_uri, inputs.imageUri)
    };
}
function checkListener({ listenerId = '', k8sNamespace = '' }, { source_config: actual }) {
    if ((0,_source_js__WEBPACK_IMPORTED_MODULE_5__/* .differs */ .Ag)(actual.listener_id, listenerId))
        throw (0,_refusals_js__WEBPACK_IMPORTED_MODULE_3__/* .fixedAtCreate */ .cL)('listener-id', actual.listener_id, listenerId);
    const namespace = actual.listener_config?.k8s_namespace;
    if ((0,_source_js__WEBPACK_IMPORTED_MODULE_5__/* .differs */ .Ag)(namespace, k8sNamespace))
        throw (0,_refusals_js__WEBPACK_IMPORTED_MODULE_3__/* .fixedAtCreate */ .cL)('k8s-namespace', namespace, k8sNamespace);
}
function settingsOfImage({ imageUri, resourceSpec = {}, customUrl, secretReferences }, deployment) {
    const config = deployment?.source_config;
    const image = deployment?.source_revision_config.image_uri ?? null;
    const imageSetting = {
        section: 'source_revision_config',
        field: 'image_uri',
        wanted: imageUri,
        current: image !== null && (0,_image_js__WEBPACK_IMPORTED_MODULE_1__/* .sameImage */ .G4)(image, imageUri) ? imageUri : image,
        effect: 'always'
    };
    const specSetting = {
        section: 'source_config',
        field: 'resource_spec',
        wanted: (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .mergePatch */ .bW)(config?.resource_spec ?? {}, resourceSpec),
        current: config?.resource_spec ?? null,
        effect: 'revision'
    };
    const current = config?.custom_url ?? null;
    return [
        imageSetting,
        ...(Object.keys(resourceSpec).length > 0 || !deployment ? [specSetting] : []),
        ...(customUrl === undefined ? [] : [urlSetting(customUrl, current)]),
        ...(secretReferences ? [referencesSetting(secretReferences, deployment?.secret_references ?? [])] : [])
    ];
}
function referencesSetting(wanted, current) {
    return {
        section: 'deployment',
        field: 'secret_references',
        wanted: [...wanted],
        current: [...current],
        shown: { wanted: shownReferences(wanted), current: shownReferences(current) },
        effect: 'revision'
    };
}
function shownReferences(references) {
    return Object.fromEntries(references.map(({ name, secret_name, secret_key }) => [name, `${secret_name}/${secret_key}`]));
}
function urlSetting(customUrl, current) {
    const wanted = current && (0,_address_js__WEBPACK_IMPORTED_MODULE_6__/* .sameAddress */ .x)(current, customUrl) ? current : customUrl;
    return { section: 'source_config', field: 'custom_url', wanted, current, effect: 'place' };
}
function isByDigest(imageUri) {
    return /@sha256:[0-9a-f]{64}$/.test(imageUri);
}
async function chooseListener(client, hosting, { listenerId, k8sNamespace }) {
    if (listenerId && k8sNamespace)
        return listenerSettings(listenerId, k8sNamespace);
    const all = await client.listeners();
    const fitting = all.filter((listener) => (!listenerId || listener.id === listenerId) &&
        (!k8sNamespace || listener.k8s_namespaces.includes(k8sNamespace) || listener.k8s_namespaces.length === 0));
    if (all.length === 0) {
        if (listenerId)
            return listenerSettings(listenerId, k8sNamespace);
        if (hosting === 'cloud')
            throw noListeners();
        if (k8sNamespace)
            throw namespaceWithoutListener(k8sNamespace);
        return [];
    }
    const [only, ...others] = fitting;
    if (!only)
        throw noListenerFits(all, listenerId, k8sNamespace);
    if (others.length > 0)
        throw severalListeners(fitting);
    const [namespace, ...otherNamespaces] = k8sNamespace ? [k8sNamespace] : only.k8s_namespaces;
    if (otherNamespaces.length > 0)
        throw severalNamespaces(only);
    return listenerSettings(only.id, namespace);
}
function listenerSettings(listenerId, namespace) {
    return [
        { field: 'listener_id', wanted: listenerId },
        ...(namespace ? [{ field: 'listener_config', wanted: { k8s_namespace: namespace } }] : [])
    ];
}
function describeListener({ id, compute_id, k8s_namespaces }) {
    return `${id} (${compute_id || 'unnamed'}; namespaces: ${k8s_namespaces.join(', ') || 'none'})`;
}
function noListeners() {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Listener required', 'The workspace has no listener. With `source-type: external_docker` on LangSmith Cloud, the image runs in your cluster, which requires a listener.', 'Install a listener in your cluster (hybrid). To run the image on LangSmith Cloud, set `source-type: internal_docker`. To build and run code there, remove `image-uri` and set `source-type: github` or `source-type: internal_source`.');
}
function namespaceWithoutListener(namespace) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Listener required', `\`k8s-namespace\` is "${namespace}", but the workspace has no listener.`, 'Remove `k8s-namespace`, or install a listener first.');
}
function noListenerFits(all, listenerId, namespace) {
    const wish = listenerId ? `\`listener-id\` ${listenerId}` : `\`k8s-namespace\` "${namespace}"`;
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Listener not found', `No listener in this workspace has ${wish}. Listeners in this workspace: ${all.map(describeListener).join(', ')}.`, 'Set `listener-id` and `k8s-namespace` to one of these.');
}
function severalListeners(listeners) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Multiple listeners match', `The workspace has ${listeners.length} matching listeners: ${listeners.map(describeListener).join(', ')}.`, 'Set `listener-id` to one of them, and `k8s-namespace` to one of its namespaces.');
}
function severalNamespaces(listener) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Multiple namespaces match', `The listener ${listener.id} has ${listener.k8s_namespaces.length} namespaces: ${listener.k8s_namespaces.join(', ')}.`, 'Set `k8s-namespace` to one of them.');
}


/***/ }),

/***/ 2612:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   RB: () => (/* binding */ sameRepository),
/* harmony export */   W1: () => (/* binding */ findRepository),
/* harmony export */   jM: () => (/* binding */ githubSource)
/* harmony export */ });
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5990);
/* harmony import */ var _refusals_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4533);
/* harmony import */ var _revision_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6309);
/* harmony import */ var _deployment_type_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4153);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(6606);





function githubSource(inputs) {
    let integration;
    return {
        type: 'github',
        label: `${inputs.repoUrl} at ${inputs.repoRef || 'its default branch'}`,
        sent: { ..._source_js__WEBPACK_IMPORTED_MODULE_4__/* .NO_CODE */ .Uc, repo_ref: inputs.repoRef, langgraph_config_path: inputs.configPath ?? null },
        commit: inputs.runCommit,
        fixedSettings: async (client, { url }) => {
            integration ??= inputs.integrationId
                ? Promise.resolve(inputs.integrationId)
                : findRepository(client, inputs.repoUrl).then(({ integrationId }) => integrationId);
            return [
                { field: 'integration_id', wanted: await integration },
                { field: 'repo_url', wanted: inputs.repoUrl },
                (0,_deployment_type_js__WEBPACK_IMPORTED_MODULE_3__/* .typeSetting */ .nA)((0,_deployment_type_js__WEBPACK_IMPORTED_MODULE_3__/* .chosenType */ .x3)(inputs.deploymentType, url))
            ];
        },
        checkFixed: (deployment) => checkRepository(inputs, deployment),
        settings: (deployment) => settingsOfRepository(inputs, deployment),
        isServedBy: (revision) => inputs.runCommit !== undefined && (0,_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .commitOf */ .D3)(revision) === inputs.runCommit
    };
}
function checkRepository({ repoUrl, repoRef, integrationId, buildOnPush }, { name, source, source_config: actual }) {
    if (source !== 'github' && !actual.repo_url)
        throw repositoryMissing(name, source);
    if (actual.repo_url && !sameRepository(actual.repo_url, repoUrl)) {
        throw (0,_refusals_js__WEBPACK_IMPORTED_MODULE_1__/* .fixedAtCreate */ .cL)('repo-url', actual.repo_url, repoUrl);
    }
    if ((0,_source_js__WEBPACK_IMPORTED_MODULE_4__/* .differs */ .Ag)(actual.integration_id, integrationId)) {
        throw (0,_refusals_js__WEBPACK_IMPORTED_MODULE_1__/* .fixedAtCreate */ .cL)('integration-id', actual.integration_id, integrationId ?? '');
    }
    if (buildOnPush === undefined && actual.build_on_push && (0,_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .isTag */ .dz)(repoRef))
        throw pushesOfTag(name, repoRef);
}
function settingsOfRepository(inputs, deployment) {
    const config = deployment?.source_config;
    return [
        {
            section: 'source_revision_config',
            field: 'repo_ref',
            wanted: inputs.repoRef,
            current: config?.repo_branch ?? deployment?.source_revision_config.repo_ref ?? null,
            effect: 'always'
        },
        ...configPathSetting(inputs, deployment),
        buildOnPushSetting(inputs, deployment),
        ...(0,_source_js__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lq)('install_command', inputs.installCommand, config?.install_command),
        ...(0,_source_js__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lq)('build_command', inputs.buildCommand, config?.build_command)
    ];
}
function configPathSetting({ configPath }, deployment) {
    const current = deployment?.source_revision_config.langgraph_config_path ?? null;
    const setting = { section: 'source_revision_config', field: 'langgraph_config_path', current };
    const isFirst = deployment?.source !== 'github';
    const wanted = configPath ?? (isFirst ? _source_js__WEBPACK_IMPORTED_MODULE_4__/* .DEFAULT_CONFIG_PATH */ .Bi : undefined);
    if (wanted !== undefined)
        return [{ ...setting, wanted, effect: 'always' }];
    return current === null ? [] : [{ ...setting, wanted: current, effect: 'revision' }];
}
function buildOnPushSetting({ buildOnPush }, deployment) {
    const current = deployment ? (deployment.source_config.build_on_push ?? false) : null;
    const wanted = buildOnPush ?? current ?? false;
    return { section: 'source_config', field: 'build_on_push', wanted, current, effect: 'place' };
}
function pushesOfTag(name, tag) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Build on push is not supported for tags', `The deployment "${name}" builds each push, but this run would deploy the tag ${tag}, which receives no pushes. LangSmith rejects this combination.`, 'Set `build-on-push: false`, or set `repo-ref` to a branch.');
}
function sameRepository(left, right) {
    return canonical(left) === canonical(right);
}
function canonical(url) {
    return url
        .trim()
        .toLowerCase()
        .replace(/^(?:https?:\/\/|ssh:\/\/)?(?:[^@/]*@)?/, '')
        .replace(':', '/')
        .replace(/\/+$/, '')
        .replace(/\.git$/, '');
}
async function findRepository(client, repoUrl) {
    const integrations = await client.githubIntegrations();
    const owner = canonical(repoUrl).split('/').at(-2);
    const ownFirst = [...integrations].sort((a, b) => Number(isOf(b, owner)) - Number(isOf(a, owner)));
    for (const integration of ownFirst) {
        const repositories = await client.githubRepositories(integration.id);
        const found = repositories.find(({ url }) => sameRepository(url, repoUrl));
        if (found)
            return { integrationId: integration.id, defaultBranch: found.default_branch ?? undefined };
    }
    throw noIntegration(repoUrl, integrations, await client.githubInstallLink());
}
function isOf(integration, owner) {
    return integration.name.toLowerCase() === owner;
}
function repositoryMissing(name, source) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Deployment has no GitHub repository', `The deployment "${name}" was created from ${source} and has no GitHub repository. LangSmith sets the repository only when a deployment is created, so it cannot build this deployment from GitHub.`, 'Set `source-type: internal_source` to deploy the checked-out workspace, or use another `name`.');
}
function noIntegration(repoUrl, integrations, link) {
    const accounts = integrations.map(({ name, id }) => `${name || 'unnamed'} (${id})`).join(', ');
    return new _refusals_js__WEBPACK_IMPORTED_MODULE_1__/* .NoIntegrationError */ .E('GitHub integration not found', integrations.length === 0
        ? `The workspace has no GitHub integration, so LangSmith cannot read ${repoUrl}.`
        : `The GitHub integrations of the workspace cannot read ${repoUrl}. Integrations: ${accounts}.`, `Install the LangSmith GitHub App on the account and grant it access to this repository (${link ?? 'LangSmith > Deployments > New deployment > Import from GitHub'}), or set \`integration-id\`.`);
}


/***/ }),

/***/ 4478:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  o: () => (/* binding */ isMadeFrom),
  v: () => (/* binding */ sourceOf)
});

// EXTERNAL MODULE: ./build/deployment/sources/external-docker.js
var external_docker = __nccwpck_require__(1821);
// EXTERNAL MODULE: ./build/deployment/sources/github.js
var github = __nccwpck_require__(2612);
// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __nccwpck_require__(5990);
// EXTERNAL MODULE: ./build/control-plane/patience.js
var patience = __nccwpck_require__(2878);
// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __nccwpck_require__(1298);
// EXTERNAL MODULE: ./build/run/sentence.js
var sentence = __nccwpck_require__(857);
// EXTERNAL MODULE: ./build/deployment/image.js
var deployment_image = __nccwpck_require__(1335);
// EXTERNAL MODULE: ./build/deployment/image-reference.js
var image_reference = __nccwpck_require__(7499);
// EXTERNAL MODULE: ./build/deployment/sources/deployment-type.js
var deployment_type = __nccwpck_require__(4153);
;// CONCATENATED MODULE: ./build/deployment/sources/internal-docker.js







function internalDockerSource(inputs) {
    const { imageUri, deploymentType } = inputs;
    let found;
    let pushed = null;
    return {
        type: 'internal_docker',
        label: `image ${imageUri}`,
        publicTexts: [imageUri],
        afterCreate: [{ field: LATE_FIELD, wanted: imageUri }],
        lateField: LATE_FIELD,
        namesRevisionSource: true,
        get sent() {
            return { repo_ref: null, langgraph_config_path: null, image_uri: pushed, source_tarball_path: null };
        },
        prepare: async (context) => {
            found = await locate(context, inputs);
            await loadLogin();
        },
        upload: async (context, deployment) => {
            found ??= await locate(context, inputs);
            pushed = await push(context, inputs, found, deployment);
        },
        fixedSettings: async (_client, { url }) => [(0,deployment_type/* typeSetting */.nA)((0,deployment_type/* chosenType */.x3)(deploymentType, url))],
        checkFixed: ({ name, source }) => {
            if (source !== 'internal_docker')
                throw pushNotAccepted(name);
        },
        settings: (deployment) => settingsOfPush(imageUri, pushed ?? servedAs(found, deployment), deployment),
        isServedBy: ({ source_revision_config: { image_uri } }) => image_uri !== null && (pushed === null ? holds(image_uri, found) : (0,deployment_image/* sameImage */.G4)(image_uri, pushed))
    };
}
const LATE_FIELD = 'image_uri';
function servedAs(found, deployment) {
    const image = deployment?.source_revision_config.image_uri ?? null;
    return image !== null && holds(image, found) ? image : null;
}
function holds(image, found) {
    return found?.seen.digest !== undefined && image.endsWith(`@${found.seen.digest}`);
}
function settingsOfPush(imageUri, known, deployment) {
    if (!deployment)
        return [];
    const current = deployment.source_revision_config.image_uri;
    return [
        {
            section: 'source_revision_config',
            field: LATE_FIELD,
            wanted: known ?? imageUri,
            current: known !== null && current !== null && (0,deployment_image/* sameImage */.G4)(current, known) ? known : current,
            effect: 'always'
        }
    ];
}
const LONGEST_SEARCH_MS = 15 * 60_000;
const LONGEST_PUSH_MS = 30 * 60_000;
const REPORT_EVERY_MS = 60_000;
async function locate(context, inputs) {
    const { findImage } = await __nccwpck_require__.e(/* import() */ 423).then(__nccwpck_require__.bind(__nccwpck_require__, 7423));
    const { PLATFORM } = await __nccwpck_require__.e(/* import() */ 757).then(__nccwpck_require__.bind(__nccwpck_require__, 9757));
    const { imageUri } = inputs;
    const found = await findImage(await askWith(context, inputs, LONGEST_SEARCH_MS), imageUri);
    if (!('seen' in found))
        throw await notFound(imageUri, found);
    const { tool, seen } = found;
    if (!seen.platforms.includes(PLATFORM))
        throw wrongPlatform(imageUri, seen.platforms);
    const where = tool.sees === 'daemon' ? 'the Docker daemon of this runner' : 'its registry';
    context.progress.note(`Found the image ${imageUri} in ${where} with \`${tool.name}\` (${PLATFORM}).`);
    return found;
}
async function askWith({ limits }, inputs, mostMs) {
    const { runTool } = await __nccwpck_require__.e(/* import() */ 599).then(__nccwpck_require__.bind(__nccwpck_require__, 2599));
    return (command, args, variables = {}) => runTool({ command, args, environment: { ...inputs.environment, ...variables }, limits, mostMs });
}
function loadLogin() {
    return __nccwpck_require__.e(/* import() */ 23).then(__nccwpck_require__.bind(__nccwpck_require__, 1023));
}
async function push(context, inputs, { tool, seen }, deployment) {
    const { ToolError } = await __nccwpck_require__.e(/* import() */ 599).then(__nccwpck_require__.bind(__nccwpck_require__, 2599));
    const { withLogin } = await loadLogin();
    const { limits, progress } = context;
    const ask = await askWith(context, inputs, LONGEST_PUSH_MS);
    for (let tries = 1;; tries += 1) {
        const { token, username, repository } = await repositoryFor(context, deployment);
        const [host = ''] = repository.split('/');
        progress.note(`Pushing the image to ${repository} with \`${tool.name}\`.`);
        try {
            const target = `${repository}:${seen.identity.slice(0, TAG_DIGITS)}`;
            const pushIt = (login) => tool.push(ask, pinned(inputs.imageUri, seen.digest), target, login);
            const digest = await whileReporting(progress, () => withLogin({ host, username, token }, inputs, pushIt));
            progress.note(`Pushed: ${repository}@${digest}.`);
            return `${repository}@${digest}`;
        }
        catch (error) {
            if (!(error instanceof ToolError))
                throw error;
            const afterMs = (0,patience/* pushAgainAfterMs */.bQ)(tries);
            if (afterMs === undefined)
                throw pushFailed(host, tool.name, tries, error);
            progress.note(`The push failed; retrying in ${afterMs / 1_000} s with a new token.`);
            await (0,run_limits/* pause */.v7)(limits, afterMs);
        }
    }
}
function pinned(imageUri, digest) {
    return digest === undefined ? imageUri : `${imageUri.replace(/@.*$/, '').replace(/:[^:/]*$/, '')}@${digest}`;
}
const TAG_DIGITS = 12;
async function whileReporting(progress, act) {
    let minutes = 0;
    const timer = setInterval(() => {
        minutes += 1;
        progress.note(`Still pushing (${minutes} min).`);
    }, REPORT_EVERY_MS);
    try {
        return await act();
    }
    finally {
        clearInterval(timer);
    }
}
async function repositoryFor({ client }, { id, name }) {
    const given = await client.pushToken(id).catch((error) => {
        throw error instanceof errors/* ApiError */.hD ? (tokenRefused(name, error) ?? error) : error;
    });
    const repository = given.repository ?? `${given.registry}/${componentOf(name)}`;
    if (!(0,image_reference/* isRegistryHost */.EV)(repository.split('/')[0] ?? '') || !(0,image_reference/* isImageReference */.hb)(repository)) {
        throw new errors/* RefusalError */.XQ('Invalid registry', 'LangSmith returned a registry address that is not a valid repository name.', 'Report this to LangSmith. No image was pushed.');
    }
    return { ...given, repository };
}
function componentOf(name) {
    return (name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '') || 'agent');
}
function tokenRefused(name, behind) {
    return behind.status === 400 && /only available for/i.test(behind.detail) ? pushNotAccepted(name, behind) : undefined;
}
function pushNotAccepted(name, behind) {
    return new errors/* RefusalError */.XQ('Deployment does not accept pushed images', `The deployment "${name}" was created from another source. LangSmith issues push tokens only for deployments that were created from \`internal_docker\`.`, 'Use another `name`, or set `source-type` to the source of the deployment.', behind);
}
async function notFound(imageUri, misses) {
    if (misses.length === 0) {
        const missing = imageUri.includes('/') ? 'docker, skopeo and crane are' : 'docker is';
        return new errors/* RefusalError */.XQ('Image tool required', `\`source-type: internal_docker\` requires a tool that pushes the image, but ${missing} not installed on this runner.`, "Use a runner that has one (GitHub's Ubuntu runners have docker and skopeo), or install one in an earlier step.");
    }
    const [host = ''] = imageUri.split('/');
    const { adviceOnMisses } = await __nccwpck_require__.e(/* import() */ 52).then(__nccwpck_require__.bind(__nccwpck_require__, 52));
    const said = misses.map(({ tool, said: words }) => (0,sentence/* sentence */.em)(`${tool.name}: ${words}`)).join('\n');
    return new errors/* RefusalError */.XQ('Image not found', `\`image-uri\` is ${imageUri}, but the tools on this runner cannot read that image.\n${said}`, adviceOnMisses(imageUri, (0,image_reference/* isRegistryHost */.EV)(host) ? host : 'docker.io', misses));
}
function wrongPlatform(imageUri, platforms) {
    return new errors/* RefusalError */.XQ('Unsupported image platform', `\`image-uri\` is ${imageUri}, which is built for ${platforms.join(', ') || 'an unknown platform'}. LangSmith Cloud requires linux/amd64.`, 'Build it with `--platform linux/amd64` (docker/build-push-action: `platforms: linux/amd64`). No image was pushed.');
}
function pushFailed(host, tool, tries, behind) {
    return new errors/* RefusalError */.XQ('Image push failed', `\`${tool}\` failed to push the image to ${host} in ${tries} attempts, each with a new token.`, 'Check that this runner can reach that host through any proxy or firewall, and rerun this job. No revision was created.', behind);
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./build/archive/paths.js
var paths = __nccwpck_require__(3341);
// EXTERNAL MODULE: ./build/archive/project-error.js
var project_error = __nccwpck_require__(399);
// EXTERNAL MODULE: ./build/control-plane/store-reason.js
var store_reason = __nccwpck_require__(5265);
// EXTERNAL MODULE: ./build/deployment/sources/source.js
var source = __nccwpck_require__(6606);
;// CONCATENATED MODULE: ./build/deployment/sources/internal-source.js









function internalSource(inputs) {
    const { project } = inputs;
    const file = (0,external_node_path_.join)(inputs.temporaryFolder, `langsmith-deploy-${process.pid}.tar.gz`);
    let packed;
    let objectPath = null;
    return {
        type: 'internal_source',
        label: `the source of ${(0,paths/* relativeTo */.Mf)(project.workspace, (0,external_node_path_.join)(project.root, project.configPath))}`,
        afterCreate: [{ field: 'langgraph_config_path', wanted: project.configPath }],
        lateField: internal_source_LATE_FIELD,
        namesRevisionSource: true,
        get sent() {
            return { ...source/* NO_CODE */.Uc, langgraph_config_path: project.configPath, source_tarball_path: objectPath };
        },
        prepare: async (context) => {
            packed = await pack(context, inputs, file);
        },
        upload: async (context, { id }) => {
            objectPath = await upload(context, id, file, packed?.bytes ?? 0);
        },
        fixedSettings: async (_client, { url }) => [(0,deployment_type/* typeSetting */.nA)((0,deployment_type/* chosenType */.x3)(inputs.deploymentType, url))],
        checkFixed: () => { },
        settings: (deployment) => settingsOfArchive(inputs, objectPath, deployment),
        isServedBy: () => false
    };
}
const internal_source_LATE_FIELD = 'source_tarball_path';
async function pack({ limits, progress }, { project, include, secretsFile, gitPath, checkout }, file) {
    const { listEntries } = await __nccwpck_require__.e(/* import() */ 158).then(__nccwpck_require__.bind(__nccwpck_require__, 3158));
    const { packArchive, sizeWarning } = await __nccwpck_require__.e(/* import() */ 43).then(__nccwpck_require__.bind(__nccwpck_require__, 43));
    try {
        for (const notice of project.notices)
            progress.note(notice);
        for (const advice of project.advice)
            progress.remark(advice);
        const { entries, notes, ...listed } = await listEntries(project, {
            include,
            environmentFiles: [project.environmentFile, secretsFile].filter((each) => each !== undefined),
            gitPath
        });
        for (const note of notes)
            progress.note(note);
        const packed = await packArchive(entries, file, { signal: limits.cancelled });
        for (const notice of [...listed.notices, ...packed.notices])
            progress.remark(notice);
        const size = sizeWarning(packed, entries);
        for (const warning of [...listed.warnings, ...packed.warnings, ...(size ? [size] : [])])
            progress.warn(warning);
        (0,run_limits/* checkLimits */.J5)(limits);
        const commit = checkout ? `; checked-out commit: ${checkout.commit}` : '';
        progress.note(`Packed ${packed.entries} entries into ${sizeInWords(packed.bytes)} (sha256 ${packed.sha256})${commit}.`);
        return packed;
    }
    catch (error) {
        (0,run_limits/* checkLimits */.J5)(limits);
        throw error instanceof project_error.ProjectError
            ? new errors/* RefusalError */.XQ('Workspace cannot be packed', error.message, '', undefined, error.place)
            : error;
    }
}
function settingsOfArchive({ project, installCommand, buildCommand }, objectPath, deployment) {
    const config = deployment?.source_config;
    const commands = [
        ...(0,source/* optional */.lq)('install_command', installCommand, config?.install_command),
        ...(0,source/* optional */.lq)('build_command', buildCommand, config?.build_command)
    ];
    if (!deployment)
        return commands;
    const revision = deployment.source_revision_config;
    return [
        {
            section: 'source_revision_config',
            field: internal_source_LATE_FIELD,
            wanted: objectPath ?? 'the archive of this run',
            current: objectPath === null ? null : revision.source_tarball_path,
            effect: 'always'
        },
        {
            section: 'source_revision_config',
            field: 'langgraph_config_path',
            wanted: project.configPath,
            current: revision.langgraph_config_path,
            effect: 'always'
        },
        ...commands
    ];
}
async function upload({ client, progress }, deploymentId, file, bytes) {
    for (let tries = 1;; tries += 1) {
        const { uploadUrl, objectPath, headers } = await client.uploadTarget(deploymentId);
        progress.note(`Uploading ${sizeInWords(bytes)} to ${new URL(uploadUrl).host}.`);
        try {
            await client.upload({
                url: uploadUrl,
                file,
                bytes,
                headers,
                onProgress: (sent, elapsedMs) => {
                    const share = Math.floor((sent / Math.max(1, bytes)) * 100);
                    progress.note(`Uploaded ${sizeInWords(sent)} (${share} %, ${sizeInWords((sent / elapsedMs) * 1000)}/s).`);
                }
            });
            progress.note('Uploaded.');
            return objectPath;
        }
        catch (error) {
            if (!isBroken(error))
                throw error;
            if (!(0,patience/* mayUploadAgain */.PN)(error, { tries, isTooLarge: isTooLarge(error) }))
                throw uploadFailed(new URL(uploadUrl).host, tries, error);
            progress.note(`The upload failed (${failureWithCode(error)}); retrying once with a new upload URL.`);
        }
    }
}
function isBroken(error) {
    return error instanceof errors/* UnreachableError */.Jk || error instanceof errors/* ApiError */.hD;
}
function failureWithCode(error) {
    const code = error instanceof errors/* ApiError */.hD ? (0,store_reason/* storeCode */.Fh)(error.detail) : '';
    return code ? `${error.message}: ${code}` : error.message;
}
function isTooLarge(error) {
    return error instanceof errors/* ApiError */.hD && (0,store_reason/* storeFault */.QA)(error) === 'size';
}
function uploadFailed(host, tries, behind) {
    const isAnswer = behind instanceof errors/* ApiError */.hD;
    return new errors/* RefusalError */.XQ('Upload failed', isAnswer
        ? `The object store ${host} rejected the archive${tries > 1 ? ' twice' : ''}.`
        : `The upload of the archive to ${host} failed twice.`, isAnswer ? STORE_ADVICE[(0,store_reason/* storeFault */.QA)(behind)] : REACH_ADVICE, behind);
}
const REACH_ADVICE = 'Check that this runner can reach that host through any proxy or firewall. Each attempt used a new upload URL.';
const RERUN = 'Rerun this job. If it fails again, report the code to LangSmith.';
const STORE_ADVICE = {
    signature: `The request did not match its signed address. A proxy that changes headers can cause this. ${RERUN}`,
    expired: `The signed address had expired. A slow connection or an inaccurate clock on this runner can cause this. ${RERUN}`,
    clock: "The clocks of this runner and of the store differ too much. Synchronize the runner's clock (NTP), and rerun this job.",
    size: 'The archive is too large for the store. Exclude files that the agent does not need with `.dockerignore` or `root`.',
    denied: `The store denied the write, although the address was new. ${RERUN}`,
    busy: 'The store reported a temporary error. Rerun this job later.',
    proxy: 'The response did not come from an object store; a proxy or firewall may have sent it. Check that this runner can send PUT requests to that host.',
    other: RERUN
};
function sizeInWords(bytes) {
    const kibibytes = bytes / 1024;
    return kibibytes < 1024 ? `${kibibytes.toFixed(1)} KiB` : `${(kibibytes / 1024).toFixed(1)} MiB`;
}

// EXTERNAL MODULE: ./build/deployment/sources/kinds.js
var kinds = __nccwpck_require__(1216);
;// CONCATENATED MODULE: ./build/deployment/sources/index.js





const SOURCES = {
    github: github/* githubSource */.jM,
    external_docker: external_docker/* externalDockerSource */.j,
    internal_source: internalSource,
    internal_docker: internalDockerSource
};
function sourceOf(inputs) {
    return SOURCES[inputs.type](inputs);
}
function isMadeFrom(code, inputs) {
    return (0,kinds/* kindOf */.I)(inputs.type).code === code;
}


/***/ }),

/***/ 1216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ kindOf)
/* harmony export */ });
/* unused harmony export SOURCE_TYPES */
const KINDS = {
    github: { code: 'repository', isCloudOnly: true, logs: ['build', 'deploy'] },
    external_docker: { code: 'image', isCloudOnly: false, logs: ['deploy'] },
    internal_source: { code: 'archive', isCloudOnly: true, logs: ['build', 'deploy'] },
    internal_docker: { code: 'image', isCloudOnly: true, logs: ['build', 'deploy'] }
};
const SOURCE_TYPES = (/* unused pure expression or super */ null && ([
    'github',
    'external_docker',
    'internal_source',
    'internal_docker'
]));
const UNKNOWN = { code: 'unknown', isCloudOnly: false, logs: ['build', 'deploy'] };
function kindOf(source) {
    return source && Object.hasOwn(KINDS, source) ? KINDS[source] : UNKNOWN;
}


/***/ }),

/***/ 6606:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ag: () => (/* binding */ differs),
/* harmony export */   Bi: () => (/* binding */ DEFAULT_CONFIG_PATH),
/* harmony export */   Uc: () => (/* binding */ NO_CODE),
/* harmony export */   lq: () => (/* binding */ optional)
/* harmony export */ });
const NO_CODE = {
    repo_ref: null,
    langgraph_config_path: null,
    image_uri: null,
    source_tarball_path: null
};
const DEFAULT_CONFIG_PATH = 'langgraph.json';
function differs(actual, wanted) {
    return Boolean(actual) && Boolean(wanted) && actual !== wanted;
}
function optional(field, wanted, current) {
    if (wanted === undefined)
        return [];
    return [{ section: 'source_config', field, wanted, current: current ?? null, effect: 'revision' }];
}


/***/ }),

/***/ 5942:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ textsOf),
/* harmony export */   H: () => (/* binding */ settingTexts)
/* harmony export */ });
function settingTexts({ url, source_config }) {
    return textsOf([url, source_config]);
}
function textsOf(value) {
    if (typeof value === 'string')
        return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}


/***/ }),

/***/ 6191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ED: () => (/* binding */ carries),
/* harmony export */   eE: () => (/* binding */ findCandidates),
/* harmony export */   nC: () => (/* binding */ findEffect)
/* harmony export */ });
/* unused harmony export findAnswered */
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(1379);
/* harmony import */ var _find_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7671);
/* harmony import */ var _hidden_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(344);
/* harmony import */ var _image_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1335);
/* harmony import */ var _revision_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6309);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1887);
/* harmony import */ var _sources_github_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2612);







const CLOCK_SKEW_MS = 300_000;
const CONFLICT_AGE_MS = 60_000;
async function findCandidates(client, deployment, { known, sent }, seen = known) {
    const { resources } = await client.revisions(deployment.id);
    const latest = deployment.latest_revision_id;
    const isNew = latest !== null && !seen.includes(latest);
    const isListed = resources.some(({ id }) => id === latest);
    const unlisted = isNew && !isListed ? await client.glanceRevision(deployment.id, latest) : undefined;
    const made = [...(unlisted ? [unlisted] : []), ...resources.filter(({ id }) => !known.includes(id))];
    const named = made.find(({ id }) => id === latest);
    return {
        ours: made.filter((revision) => (0,_revision_js__WEBPACK_IMPORTED_MODULE_3__/* .agrees */ .ie)(sent, revision, deployment)),
        named: isNew ? named : undefined,
        isNamedMissing: isNew && named === undefined,
        isAhead: !isNew && latest !== null && made.length > 0
    };
}
async function findEffect(client, intent, recall = {}) {
    if (intent.created)
        return findCreated(client, intent, intent.created, recall);
    if (!intent.deploymentId)
        return undefined;
    const deployment = await client.deployment(intent.deploymentId);
    if (!carries(deployment, recall.body ?? {}))
        return undefined;
    const { ours, isNamedMissing, isAhead } = await findCandidates(client, deployment, intent);
    const revision = ours.at(intent.isUnique ? -1 : 0);
    if (!revision)
        return undefined;
    const isSame = !recall.conflict || isSameCode(revision, recall.conflict);
    if (isSame === false)
        return undefined;
    const isClear = isSame === true && !isNamedMissing && !isAhead;
    return { deployment, revision, isConfirmed: isClear && isConfirmed(intent, revision) };
}
function carries({ secrets, source_config: actual }, body) {
    const known = new Map(Object.entries(actual));
    const isSame = ([field, wanted]) => !COMPARABLE.has(field) || (known.get(field) ?? wanted) === wanted;
    return hasValues(secrets, (0,_secrets_js__WEBPACK_IMPORTED_MODULE_4__/* .secretsIn */ .V)(body)) && Object.entries((0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(body.source_config) ?? {}).every(isSame);
}
const COMPARABLE = new Set(['build_on_push', 'install_command', 'build_command']);
function hasValues(actual, wanted) {
    if (actual === null)
        return true;
    const values = new Map(actual.map(({ name, value }) => [name, value]));
    const hidden = (0,_hidden_js__WEBPACK_IMPORTED_MODULE_1__/* .hiddenNames */ .j4)(actual);
    return wanted.every(({ name, value }) => values.get(name) === value || hidden.has(name));
}
async function findAnswered(client, deploymentId, intent, namedId) {
    const deployment = await client.deployment(deploymentId);
    const named = namedId === undefined ? undefined : await client.glanceRevision(deploymentId, namedId);
    if (named && agrees(intent.sent, named, deployment))
        return { deployment, revision: named, isConfirmed: true };
    if (namedId !== undefined && !named)
        return undefined;
    const { ours } = await findCandidates(client, deployment, intent);
    const revision = ours.at(intent.created || intent.isUnique ? -1 : 0);
    return revision && { deployment, revision, isConfirmed: false };
}
async function findCreated(client, { name, sent }, created, recall) {
    const deployment = await (0,_find_js__WEBPACK_IMPORTED_MODULE_0__/* .findByName */ ._U)(client, name);
    if (!deployment || (0,_find_js__WEBPACK_IMPORTED_MODULE_0__/* .isGoing */ .jf)(deployment))
        return undefined;
    if (!hasTraits(deployment, created))
        return 'other';
    const { resources } = await client.revisions(deployment.id);
    const first = resources.at(-1);
    const isLatest = deployment.latest_revision_id === (first?.id ?? null);
    const isUntouched = isLatest && resources.length <= (created.makesRevision ? 1 : 0);
    if ((isUntouched || recall.conflict) && !hasEnvironment(deployment, created, (0,_secrets_js__WEBPACK_IMPORTED_MODULE_4__/* .secretsIn */ .V)(recall.body ?? {})))
        return 'other';
    if (!isYoung(deployment.created_at ?? first?.created_at, created, recall))
        return 'other';
    if (!created.makesRevision)
        return { deployment, revision: undefined, isConfirmed: true };
    if (!first)
        return undefined;
    if (!(0,_revision_js__WEBPACK_IMPORTED_MODULE_3__/* .agrees */ .ie)(sent, first, deployment))
        return 'other';
    const isSame = !recall.conflict || isSameCode(first, recall.conflict);
    return isSame === false
        ? 'other'
        : { deployment, revision: first, isConfirmed: isSame === true && isSureImage(sent, first) };
}
function hasTraits({ source, source_config: actual }, { source: wanted, repoUrl }) {
    return source === wanted && (!actual.repo_url || !repoUrl || (0,_sources_github_js__WEBPACK_IMPORTED_MODULE_5__/* .sameRepository */ .RB)(actual.repo_url, repoUrl));
}
function hasEnvironment({ secrets: actual }, { secretNames }, secrets) {
    if (actual === null)
        return true;
    const names = new Set(actual.map(({ name }) => name));
    return names.size === secretNames.length && secretNames.every((name) => names.has(name)) && hasValues(actual, secrets);
}
function isYoung(createdAt, { sentAt }, { conflict }) {
    const at = Date.parse(createdAt ?? '');
    return conflict ? at >= sentAt - CONFLICT_AGE_MS : Number.isNaN(at) || at >= sentAt - CLOCK_SKEW_MS;
}
function isSameCode(first, { commit }) {
    if (first.source_revision_config.repo_ref === null)
        return true;
    const built = (0,_revision_js__WEBPACK_IMPORTED_MODULE_3__/* .commitOf */ .D3)(first);
    return built === undefined ? undefined : built === commit;
}
function isConfirmed({ sent }, revision) {
    return isSureImage(sent, revision) && (!sent.repo_commit_sha || (0,_revision_js__WEBPACK_IMPORTED_MODULE_3__/* .commitOf */ .D3)(revision) !== undefined);
}
function isSureImage({ image_uri: wanted }, { source_revision_config }) {
    return wanted === null || (0,_image_js__WEBPACK_IMPORTED_MODULE_2__/* .sameImage */ .G4)(source_revision_config.image_uri ?? '', wanted);
}


/***/ }),

/***/ 343:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g4: () => (/* binding */ workspaceList),
/* harmony export */   pl: () => (/* binding */ findWorkspace)
/* harmony export */ });
/* unused harmony export workspaceNamed */
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5990);
/* harmony import */ var _control_plane_workspaces_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1175);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1298);



function workspaceNamed(name, workspaces) {
    const exact = workspaces.filter((workspace) => workspace.name === name);
    const alike = workspaces.filter((workspace) => workspace.name.toLowerCase() === name.toLowerCase());
    const found = exact.length > 0 ? exact : alike;
    const [only, another] = found;
    if (only && !another)
        return only;
    throw only
        ? new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Multiple workspaces match', `\`workspace-id\`: the API key can access ${found.length} workspaces named "${name}": ${workspaceList(found)}.`, 'Set `workspace-id` to the ID of one of them.')
        : new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Workspace not found', `\`workspace-id\`: the API key cannot access a workspace named "${name}".`, workspaces.length > 0
            ? `The key can access ${workspaceList(workspaces)}. Set \`workspace-id\` to the name or ID of one of these.`
            : 'The key cannot access any workspace; check that the key belongs to the right organization, and check `organization-id`.');
}
async function findWorkspace(controlPlane, options, name) {
    const workspaces = await (0,_control_plane_workspaces_js__WEBPACK_IMPORTED_MODULE_1__/* .listWorkspaces */ .F)(controlPlane, options).catch((error) => {
        const isEnd = !(error instanceof Error) || (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_2__/* .endsRun */ .sl)(error);
        throw isEnd || (error instanceof _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && error.status === 401) ? error : lookUpFailed(controlPlane, name, error);
    });
    return workspaceNamed(name, workspaces).id;
}
function lookUpFailed({ dataApi }, name, behind) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Workspace lookup failed', `\`workspace-id\` is not an ID, and the workspace name "${name}" could not be looked up at ${dataApi}.`, 'Set `workspace-id` to the ID of the workspace (LangSmith, Settings, Workspaces), which needs no lookup.', behind);
}
function workspaceList(workspaces) {
    const shown = workspaces.slice(0, MOST_SHOWN).map(({ id, name }) => `${name} (${id})`);
    const more = workspaces.length - shown.length;
    return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
const MOST_SHOWN = 20;


/***/ }),

/***/ 2877:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bi: () => (/* binding */ writerOf),
/* harmony export */   d8: () => (/* binding */ isLater),
/* harmony export */   kN: () => (/* binding */ withMark),
/* harmony export */   rZ: () => (/* binding */ isMarked)
/* harmony export */ });
function withMark(body, mark, run, hasEnded = false) {
    const writer = run ? `<!-- run: ${run.id}/${run.attempt}${hasEnded ? ' ended' : ''} -->\n` : '';
    return `${markText(mark)}\n${writer}${body}`;
}
function isMarked(body, mark) {
    return body.startsWith(markText(mark));
}
function writerOf(body) {
    const [, id, attempt, ended] = /^<!-- run: (\d+)\/(\d+)( ended)? -->$/m.exec(body) ?? [];
    const writer = id && attempt ? { id: Number(id), attempt: Number(attempt) } : undefined;
    return { writer, isOfEnded: ended !== undefined };
}
function isLater(one, other) {
    if (!one || !other)
        return false;
    return one.id === other.id ? one.attempt > other.attempt : one.id > other.id;
}
function markText({ name, place, pullRequest }) {
    return `<!-- langsmith-deploy-action: ${encodeURIComponent(name)} #${pullRequest} at ${encodeURIComponent(place)} -->`;
}


/***/ }),

/***/ 2628:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ isAhead),
/* harmony export */   k: () => (/* binding */ compareCommits)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(220);

function isAhead(comparison) {
    return comparison !== undefined && comparison !== 'unknown' && comparison.ahead > 0 && comparison.behind === 0;
}
async function compareCommits(session, base, commit, failure) {
    const question = { permission: 'contents: read', repeatable: true, ...(failure ? { failure } : {}) };
    return session.ask(question, async ({ octokit, target }) => {
        try {
            const basehead = `${base}...${commit}`;
            const asked = { ...target, basehead, ...WITHOUT_FILES };
            const { data } = await octokit.rest.repos.compareCommitsWithBasehead(asked);
            const { ahead_by: ahead, behind_by: behind } = data;
            if (!Number.isInteger(ahead) || !Number.isInteger(behind))
                throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .UnusableAnswer */ .kf('not a comparison');
            return { ahead, behind };
        }
        catch (error) {
            if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .isNotFound */ .c4)(error))
                return 'unknown';
            throw error;
        }
    });
}
const WITHOUT_FILES = { page: 2, per_page: 1 };


/***/ }),

/***/ 4882:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Lx: () => (/* binding */ setStatus),
/* harmony export */   Yy: () => (/* binding */ createDeployment),
/* harmony export */   Zv: () => (/* binding */ listOwn),
/* harmony export */   r3: () => (/* binding */ shortDescription),
/* harmony export */   zO: () => (/* binding */ WRITE_DEPLOYMENTS)
/* harmony export */ });
/* unused harmony export taskOf */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1379);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(220);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(786);




const LONGEST_DESCRIPTION = 140;
const PAYLOAD_KEY = 'langsmith';
const WRITE_DEPLOYMENTS = 'deployments: write';
function taskOf({ name, place }) {
    const digest = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(`${place}/${name}`).digest('hex');
    return `deploy:langsmith-${digest.slice(0, 12)}`;
}
async function createDeployment(session, wanted) {
    const { environment, ref, transient, mark, commit, folder, deploymentId, revisionId } = wanted;
    const question = {
        failure: 'Could not create the GitHub deployment',
        permission: WRITE_DEPLOYMENTS,
        repeatable: false
    };
    return session.ask(question, async ({ octokit, target }) => {
        const { data } = await octokit.rest.repos.createDeployment({
            ...target,
            ref,
            environment,
            task: taskOf(mark),
            auto_merge: false,
            required_contexts: [],
            description: shortDescription(`${mark.name} on LangSmith Deployment`),
            payload: {
                [PAYLOAD_KEY]: {
                    ...mark,
                    commit: commit ?? null,
                    ...(folder === undefined ? {} : { folder }),
                    deployment_id: deploymentId ?? null,
                    revision_id: revisionId ?? null
                }
            },
            ...(transient ? { transient_environment: true, production_environment: false } : {})
        });
        if (!(0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(data) || !('id' in data))
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .UnusableAnswer */ .kf('not a deployment');
        return data.id;
    });
}
async function setStatus(session, id, status, failure = 'Could not set the status of the GitHub deployment') {
    const question = { failure, permission: WRITE_DEPLOYMENTS, repeatable: true };
    const done = await session.ask(question, (call) => postStatus(call, id, status));
    return done !== undefined;
}
function postStatus({ octokit, target }, id, status) {
    const { state, description, environmentUrl, logUrl } = status;
    return octokit.rest.repos.createDeploymentStatus({
        ...target,
        deployment_id: id,
        state,
        description: shortDescription(description),
        auto_inactive: false,
        ...(environmentUrl ? { environment_url: environmentUrl } : {}),
        ...(logUrl ? { log_url: logUrl } : {})
    });
}
async function listOwn({ octokit, target }, { mark, ...filter }, page = 1) {
    const asked = { ...target, ...filter, task: taskOf(mark), per_page: _session_js__WEBPACK_IMPORTED_MODULE_2__/* .GITHUB_PAGE_SIZE */ .C, page };
    const { data, headers } = await octokit.rest.repos.listDeployments(asked);
    if (!Array.isArray(data))
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .UnusableAnswer */ .kf('not a list of deployments');
    const own = data.flatMap(({ id, node_id: nodeId, payload }) => {
        const ours = marked(payload);
        return ours && ours.name === mark.name && ours.place === mark.place ? [{ id, nodeId, payload: ours }] : [];
    });
    return { own, hasMore: /\brel="next"/.test(headers.link ?? '') };
}
function marked(payload) {
    if (typeof payload !== 'string')
        return (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(payload)?.[PAYLOAD_KEY]);
    try {
        return (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(JSON.parse(payload))?.[PAYLOAD_KEY]);
    }
    catch {
        return undefined;
    }
}
function shortDescription(text) {
    if (text.length <= LONGEST_DESCRIPTION)
        return text;
    return `${text.slice(0, LONGEST_DESCRIPTION - 1).replace(/[\uD800-\uDBFF]$/, '')}\u2026`;
}


/***/ }),

/***/ 220:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GZ: () => (/* binding */ isDenied),
/* harmony export */   Ni: () => (/* binding */ isUnanswered),
/* harmony export */   SP: () => (/* binding */ explainFailure),
/* harmony export */   c4: () => (/* binding */ isNotFound),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   f1: () => (/* binding */ readFailure),
/* harmony export */   kf: () => (/* binding */ UnusableAnswer),
/* harmony export */   mE: () => (/* binding */ PageAnswer),
/* harmony export */   sT: () => (/* binding */ retryAfterOf)
/* harmony export */ });
/* harmony import */ var _control_plane_network_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(292);
/* harmony import */ var _control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2878);
/* harmony import */ var _run_error_message_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(4062);
/* harmony import */ var _run_incomplete_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4560);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1379);
/* harmony import */ var _run_sentence_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(857);






class UnusableAnswer extends Error {
    name = 'UnusableAnswer';
}
class PageAnswer extends UnusableAnswer {
    constructor(page) {
        super(pageWords(page));
    }
}
function readFailure(error) {
    const incomplete = (0,_run_incomplete_js__WEBPACK_IMPORTED_MODULE_2__/* .incompleteFiles */ .A)(error);
    if (incomplete)
        return { kind: 'incomplete', message: incomplete };
    const { name, status, response, errors, cause } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(error) ?? {};
    const message = (0,_run_sentence_js__WEBPACK_IMPORTED_MODULE_4__/* .clause */ .sb)(brief(githubMessage(error)));
    if (typeof status === 'number' && response !== undefined)
        return readAnswer(status, message, (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(response)?.headers);
    if (Array.isArray(errors))
        return readGraphqlErrors(errors);
    if (error instanceof UnusableAnswer)
        return { kind: 'unusable', message };
    if (isMisread(error))
        return { kind: 'unusable', message: 'the requested data is missing' };
    const names = [name, (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(cause)?.name];
    return names.some((text) => text === 'TimeoutError' || text === 'AbortError')
        ? { kind: 'unanswered' }
        : { kind: 'unreachable', message: (0,_run_sentence_js__WEBPACK_IMPORTED_MODULE_4__/* .clause */ .sb)(brief(connectionFault(cause) ?? githubMessage(error))) };
}
function readAnswer(status, message, headers) {
    const header = (name) => {
        const value = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(headers)?.[name];
        return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const isUsedUp = header('x-ratelimit-remaining') === '0';
    const refusal = refusalOf(status, message, isUsedUp || header('retry-after') !== undefined);
    const accepted = header('x-accepted-github-permissions');
    const lifted = refusal === 'limit' && isUsedUp ? Number(header('x-ratelimit-reset')) * 1_000 : 0;
    return {
        kind: 'answered',
        status,
        message,
        ...(refusal ? { refusal } : {}),
        ...(accepted ? { accepted } : {}),
        ...(lifted > 0 ? { liftedAt: lifted } : {})
    };
}
function readGraphqlErrors(errors) {
    const { type, message } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(errors[0]) ?? {};
    const text = (0,_run_sentence_js__WEBPACK_IMPORTED_MODULE_4__/* .clause */ .sb)(brief(typeof message === 'string' ? message : 'no error message'));
    const refusal = type === 'RATE_LIMITED' ? 'limit' : refusalOf(403, text, false);
    return { kind: 'answered', status: undefined, message: text, ...(refusal ? { refusal } : {}) };
}
function refusalOf(status, message, isLimited) {
    if (status === 401)
        return 'token';
    if ((0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .saysTooOften */ .pz)(status))
        return 'limit';
    if (status !== 403)
        return undefined;
    if (/^Resource not accessible by/i.test(message))
        return 'permission';
    if (isLimited || /rate limit|abuse detection|submitted too quickly/i.test(message))
        return 'limit';
    if (/\barchived\b/i.test(message))
        return 'archived';
    return /\blocked\b/i.test(message) ? 'locked' : undefined;
}
function isMisread(error) {
    const { name, code, cause } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(error) ?? {};
    return name === 'TypeError' && code === undefined && cause === undefined;
}
function connectionFault(cause) {
    for (let inner = cause; (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(inner); inner = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(inner)?.cause) {
        if (typeof (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(inner)?.code === 'string')
            return (0,_control_plane_network_js__WEBPACK_IMPORTED_MODULE_0__/* .unreachable */ .HB)(inner).message;
    }
    return undefined;
}
function retryAfterOf(error, now) {
    const value = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(error)?.response)?.headers)?.['retry-after'];
    return (0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .askedMs */ .vk)((0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRetryAfter */ .mu)(typeof value === 'string' ? value : undefined, now));
}
function isNotFound(error) {
    const failure = readFailure(error);
    return failure.kind === 'answered' && failure.status === 404;
}
function isUnanswered({ kind }) {
    return kind === 'unreachable' || kind === 'unanswered' || kind === 'incomplete';
}
function isTransient(failure) {
    return failure.kind === 'unreachable' || (failure.kind === 'answered' && (failure.status ?? 0) >= 500);
}
function isDenied(failure) {
    return failure.kind === 'answered' && failure.refusal !== undefined && failure.refusal !== 'limit';
}
function explainFailure(failure, permission) {
    switch (failure.kind) {
        case 'unanswered':
            return 'GitHub did not respond in time.';
        case 'incomplete':
            return failure.message;
        case 'unreachable':
            return `GitHub could not be reached (${failure.message}).`;
        case 'unusable':
            return `GitHub returned an invalid response (${failure.message}).`;
        case 'answered':
            return [
                `GitHub returned ${failure.status ?? 'an error'}${failure.message ? ` (${failure.message})` : ''}.`,
                adviceOn(failure, permission)
            ]
                .filter(Boolean)
                .join(' ');
    }
}
function adviceOn({ status, refusal, accepted, liftedAt }, permission) {
    const quoted = accepted ? ` (x-accepted-github-permissions: ${accepted})` : '';
    switch (refusal) {
        case 'token':
            return 'Check `github-token`.';
        case 'permission':
            return `The job's token needs \`permissions: ${permission}\`${quoted}.`;
        case 'limit':
            return liftedAt
                ? `The token reached its rate limit, which resets at ${new Date(liftedAt).toISOString().slice(11, 16)} UTC.`
                : 'This is a temporary rate limit, not a missing permission.';
        case 'locked':
            return 'Unlock the conversation to allow the comment.';
        case 'archived':
            return 'Unarchive the repository to allow changes.';
        default:
            return status === 404 && accepted
                ? `If the resource exists, the job's token needs \`permissions: ${permission}\`${quoted}.`
                : '';
    }
}
function githubMessage(error) {
    const data = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(error)?.response)?.data;
    if (typeof data === 'string' && isPage(data))
        return pageWords(data);
    const said = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(data)?.message;
    return typeof said === 'string' ? said : (0,_run_error_message_js__WEBPACK_IMPORTED_MODULE_5__/* .errorMessage */ .g)(error);
}
function isPage(text) {
    return /^\s*<(?:!doctype|html|head|body)/i.test(text);
}
function pageWords(page) {
    if (!isPage(page))
        return 'text instead of JSON';
    const title = /<title[^>]*>([^<]*)/i.exec(page)?.[1]?.replace(/\s+/g, ' ').trim();
    return `an HTML page${title ? ` titled "${title}"` : ''}, probably from a proxy`;
}
const LONGEST_GITHUB_MESSAGE = 200;
function brief(text) {
    return text.length > LONGEST_GITHUB_MESSAGE ? `${text.slice(0, LONGEST_GITHUB_MESSAGE)}\u2026` : text;
}


/***/ }),

/***/ 2159:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Qv: () => (/* binding */ objectsIn),
/* harmony export */   UK: () => (/* binding */ fieldAt),
/* harmony export */   jQ: () => (/* binding */ askGraphql)
/* harmony export */ });
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1379);

class GraphqlRefusal extends Error {
    name = 'GraphqlRefusal';
    errors;
    constructor(errors) {
        super(errors[0]?.message ?? 'no error message');
        this.errors = errors;
    }
}
async function askGraphql({ octokit, target }, document, variables) {
    try {
        return answerOf(await octokit.graphql(document, { ...variables, request: target.request }), []);
    }
    catch (error) {
        const { data, errors } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(error) ?? {};
        if (!Array.isArray(errors) || !(0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(data))
            throw error;
        return answerOf(data, errors);
    }
}
function answerOf(data, errors) {
    return { data: (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(data) ?? {}, errors };
}
function fieldAt({ data, errors }, ...path) {
    const found = path.reduce((value, name) => (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(value)?.[name], data);
    const isMissing = Array.isArray(found) ? found.every((one) => one === null) : (found ?? null) === null;
    const faults = isMissing ? errors.filter((fault) => fault.path === undefined || isAbove(fault.path, path)) : [];
    if (faults.length > 0)
        throw new GraphqlRefusal(faults);
    return found;
}
function isAbove(one, other) {
    return one.every((name, index) => index >= other.length || name === other[index]);
}
function objectsIn(value) {
    return Array.isArray(value) ? value.map(_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I).filter((one) => one !== undefined) : [];
}


/***/ }),

/***/ 6466:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AE: () => (/* binding */ findUnanswered),
/* harmony export */   YL: () => (/* binding */ commitOfRevision),
/* harmony export */   jk: () => (/* binding */ folderOfDeployment)
/* harmony export */ });
/* harmony import */ var _deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4882);
/* harmony import */ var _standing_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2780);


const MOST_PAGES = 10;
async function* standingOf(call, filter) {
    for (let page = 1; page <= MOST_PAGES; page += 1) {
        const { own, hasMore } = await (0,_deployments_js__WEBPACK_IMPORTED_MODULE_0__/* .listOwn */ .Zv)(call, filter, page);
        yield* await (0,_standing_js__WEBPACK_IMPORTED_MODULE_1__/* .readStatuses */ .r_)(call, own);
        if (!hasMore)
            return;
    }
}
async function findUnanswered(session, { environment, ref, mark }) {
    const found = await session.ask({ permission: _deployments_js__WEBPACK_IMPORTED_MODULE_0__/* .WRITE_DEPLOYMENTS */ .zO, repeatable: true }, async (call) => {
        const { own } = await (0,_deployments_js__WEBPACK_IMPORTED_MODULE_0__/* .listOwn */ .Zv)(call, { mark, environment, sha: ref });
        const [newest] = await (0,_standing_js__WEBPACK_IMPORTED_MODULE_1__/* .readStatuses */ .r_)(call, own.slice(0, 1));
        return newest?.statuses.length === 0 ? newest.id : null;
    });
    return found ?? undefined;
}
async function commitOfRevision(session, filter, revisionId, failure) {
    return session.ask({ failure, permission: 'deployments: read', repeatable: true }, async (call) => {
        for await (const { payload, statuses } of standingOf(call, filter)) {
            const { commit } = payload;
            if (typeof commit !== 'string')
                continue;
            if (statuses.some(({ description }) => description.includes(revisionId)))
                return commit;
        }
        return 'unknown';
    });
}
async function folderOfDeployment(session, filter) {
    return session.ask({ permission: 'deployments: read', repeatable: true }, async (call) => {
        let newest;
        for await (const deployment of standingOf(call, filter)) {
            const { folder } = deployment.payload;
            if (typeof folder !== 'string')
                continue;
            newest ??= folder;
            if ((0,_standing_js__WEBPACK_IMPORTED_MODULE_1__/* .hasSucceeded */ .yO)(deployment))
                return folder;
        }
        return newest;
    });
}


/***/ }),

/***/ 9554:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ READ_PULL_REQUESTS),
/* harmony export */   p: () => (/* binding */ pullRequestNow)
/* harmony export */ });
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1379);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(220);


async function pullRequestNow(session, number, failure) {
    const question = { permission: READ_PULL_REQUESTS, repeatable: true, ...(failure ? { failure } : {}) };
    return session.ask(question, async ({ octokit, target }) => {
        try {
            const { data } = await octokit.rest.pulls.get({ ...target, pull_number: number });
            return toPullRequest(data, number);
        }
        catch (error) {
            if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .isNotFound */ .c4)(error))
                return 'unknown';
            throw error;
        }
    });
}
const READ_PULL_REQUESTS = 'pull-requests: read';
function toPullRequest(data, number) {
    const answer = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(data);
    const head = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(answer?.head)?.sha;
    if (answer?.number !== number || typeof head !== 'string' || (answer.state !== 'open' && answer.state !== 'closed')) {
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .UnusableAnswer */ .kf('not a pull request');
    }
    const isMerged = answer.merged === true || typeof answer.merged_at === 'string';
    return { state: answer.state === 'open' ? 'open' : isMerged ? 'merged' : 'closed', head };
}


/***/ }),

/***/ 786:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ GITHUB_PAGE_SIZE),
/* harmony export */   K: () => (/* binding */ createGithubSession)
/* harmony export */ });
/* harmony import */ var undici__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6062);
/* harmony import */ var _control_plane_network_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(292);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1298);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8508);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(220);





const BUDGET_MS = 20_000;
const GITHUB_REQUEST_MS = 10_000;
const GITHUB_PAGE_SIZE = 100;
const MOST_TRIES = 3;
const RETRY_PAUSE_MS = 1_000;
const REST_MS = 60_000;
function createGithubSession(options) {
    const { access, proxy = {}, clock, cancelled, warn } = options;
    const reportOnce = createFailureReport(warn);
    const denied = new Set();
    const { timeLeft, during } = createBudget(options);
    let octokit;
    let restsUntil = 0;
    const once = async (question, call) => {
        octokit ??= connect(access, proxy);
        const graceMs = cancelled.aborted ? timeLeft() : question.repeatable ? 0 : _run_limits_js__WEBPACK_IMPORTED_MODULE_2__/* .CANCEL_GRACE_MS */ .RI;
        const grace = (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_2__/* .delayedSignal */ .BE)(cancelled, graceMs);
        try {
            return await call({ octokit: await octokit, target: targetOf(access.repository, grace.signal, timeLeft) });
        }
        finally {
            grace.release();
        }
    };
    const giveUp = (question, failure) => {
        if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .isDenied */ .GZ)(failure) && question.failure !== undefined)
            denied.add(question.permission);
        const isImportant = question.failure !== undefined && !cancelled.aborted;
        if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .isUnanswered */ .Ni)(failure) && isImportant)
            restsUntil = clock.now() + REST_MS;
        if (!cancelled.aborted)
            reportOnce(question, failure);
    };
    const ask = async (question, call) => {
        for (let tries = 1;; tries += 1) {
            if (denied.has(question.permission))
                return undefined;
            if (clock.now() < restsUntil || timeLeft() <= 0) {
                if (!cancelled.aborted)
                    reportOnce(question, { kind: 'unanswered' });
                return undefined;
            }
            try {
                return await once(question, call);
            }
            catch (error) {
                const failure = (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .readFailure */ .f1)(error);
                const pauseMs = retryPauseMs(failure, question, tries, (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .retryAfterOf */ .sT)(error, clock.now()));
                if (pauseMs === undefined || cancelled.aborted || timeLeft() <= pauseMs) {
                    giveUp(question, failure);
                    return undefined;
                }
                await clock.sleep(pauseMs, cancelled).catch(() => { });
            }
        }
    };
    return { ask: (question, call) => during(() => ask(question, call)) };
}
function retryPauseMs(failure, { repeatable }, tries, askedMs) {
    const mayGoBetter = (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .isTransient */ .dg)(failure) || askedMs !== undefined;
    if (!repeatable || tries >= MOST_TRIES || !mayGoBetter)
        return undefined;
    return Math.max(RETRY_PAUSE_MS * tries, askedMs ?? 0);
}
function createFailureReport(warn) {
    const reported = new Set();
    let isSilenceReported = false;
    return ({ failure: loss, permission }, failure) => {
        if (loss === undefined || ((0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .isUnanswered */ .Ni)(failure) ? isSilenceReported : reported.has(loss)))
            return;
        reported.add(loss);
        isSilenceReported ||= (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .isUnanswered */ .Ni)(failure);
        warn(`${loss}: ${(0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .explainFailure */ .SP)(failure, permission)}`);
    };
}
function targetOf(repository, signal, timeLeft) {
    const [owner = '', repo = ''] = repository.split('/');
    return {
        owner,
        repo,
        get request() {
            const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(timeLeft())));
            return { signal: AbortSignal.any([signal, timeout]), log: NO_LOG };
        }
    };
}
async function connect({ token, apiUrl }, proxy) {
    const { getOctokit } = await import(/* webpackIgnore: true */ './octokit.js');
    const dispatcher = (0,_control_plane_network_js__WEBPACK_IMPORTED_MODULE_1__/* .createDispatcher */ .SM)({ url: apiUrl, proxy });
    const octokit = getOctokit(token, {
        baseUrl: apiUrl,
        userAgent: _version_js__WEBPACK_IMPORTED_MODULE_4__/* .USER_AGENT */ ._,
        log: NO_LOG,
        request: { fetch: (url, options) => fetchWhole(url, { ...options, dispatcher }) }
    });
    octokit.hook.before('request', ({ headers }) => {
        headers['x-github-api-version'] = API_VERSION;
    });
    octokit.hook.after('request', ({ data }) => {
        if (typeof data === 'string' && data !== '')
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_3__/* .PageAnswer */ .mE(data);
    });
    return octokit;
}
const API_VERSION = '2022-11-28';
async function fetchWhole(url, options) {
    const response = await (0,undici__WEBPACK_IMPORTED_MODULE_0__.fetch)(url, options);
    await response.clone().text();
    return response;
}
const silent = () => { };
const NO_LOG = { debug: silent, info: silent, warn: silent, error: silent };
function createBudget({ clock, cancelledAt, onWait = () => { }, budgetMs = BUDGET_MS }) {
    let before = 0;
    let running = 0;
    let since = 0;
    const elapsed = () => before + (running > 0 ? clock.now() - since : 0);
    return {
        timeLeft: () => {
            const at = cancelledAt();
            const grace = at === undefined ? Number.POSITIVE_INFINITY : at + _run_limits_js__WEBPACK_IMPORTED_MODULE_2__/* .CANCEL_GRACE_MS */ .RI - clock.now();
            return Math.min(GITHUB_REQUEST_MS, budgetMs - elapsed(), grace);
        },
        during: async (work) => {
            if (running === 0)
                since = clock.now();
            running += 1;
            try {
                return await work();
            }
            finally {
                if (running === 1) {
                    before = elapsed();
                    onWait(clock.now() - since);
                }
                running -= 1;
            }
        }
    };
}


/***/ }),

/***/ 2780:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   r_: () => (/* binding */ readStatuses),
/* harmony export */   s3: () => (/* binding */ NOTHING_SEEN),
/* harmony export */   vE: () => (/* binding */ lookAtStanding),
/* harmony export */   yO: () => (/* binding */ hasSucceeded)
/* harmony export */ });
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1379);
/* harmony import */ var _comment_mark_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2877);
/* harmony import */ var _deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4882);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(220);
/* harmony import */ var _graphql_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2159);





const NOTHING_SEEN = { deployments: undefined, comment: undefined };
const RETIREMENT = {
    failure: 'Could not set older GitHub deployments to inactive',
    permission: _deployments_js__WEBPACK_IMPORTED_MODULE_0__/* .WRITE_DEPLOYMENTS */ .zO,
    repeatable: true
};
const COMMENT = {
    failure: 'Could not write the comment on the pull request',
    permission: 'pull-requests: write',
    repeatable: true
};
async function lookAtStanding(session, { deployments: filter, comment: mark }) {
    const first = filter && (await session.ask(RETIREMENT, (call) => (0,_deployments_js__WEBPACK_IMPORTED_MODULE_0__/* .listOwn */ .Zv)(call, filter)));
    const query = shared((call) => queryStanding(call, { own: first?.own ?? [], pullRequest: mark?.pullRequest }));
    const [deployments, comment] = await Promise.all([
        filter && first && session.ask(RETIREMENT, (call) => standingIn(call, filter, first, query)),
        mark && session.ask(COMMENT, async (call) => commentIn(call, mark, await query(call)))
    ]);
    return { deployments, comment };
}
function shared(ask) {
    let pending;
    return async (call) => {
        pending ??= ask(call);
        const asked = pending;
        try {
            return await asked;
        }
        catch (error) {
            if (pending === asked)
                pending = undefined;
            throw error;
        }
    };
}
async function standingIn(call, filter, first, query) {
    const found = first.own.length > 0 ? [...withStatuses(first.own, await query(call))] : [];
    let { hasMore } = first;
    for (let page = 2; hasMore && !found.some(hasSucceeded); page += 1) {
        const next = await (0,_deployments_js__WEBPACK_IMPORTED_MODULE_0__/* .listOwn */ .Zv)(call, filter, page);
        found.push(...(await readStatuses(call, next.own)));
        hasMore = next.hasMore;
    }
    return found;
}
function hasSucceeded({ statuses }) {
    return statuses.some(({ isSuccess }) => isSuccess);
}
async function readStatuses(call, own) {
    return own.length > 0 ? withStatuses(own, await queryStanding(call, { own })) : [];
}
const OPEN_STATES = new Set(['SUCCESS', 'PENDING', 'QUEUED', 'WAITING', 'IN_PROGRESS']);
function withStatuses(own, answer) {
    const nodes = (0,_graphql_js__WEBPACK_IMPORTED_MODULE_2__/* .fieldAt */ .UK)(answer, 'nodes');
    if (!Array.isArray(nodes))
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .UnusableAnswer */ .kf('the deployments are missing');
    const byId = new Map((0,_graphql_js__WEBPACK_IMPORTED_MODULE_2__/* .objectsIn */ .Qv)(nodes).map((node) => [node.id, node]));
    return own.flatMap((deployment) => {
        const node = byId.get(deployment.nodeId);
        if (!node)
            return [];
        const latest = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(node.latestStatus)?.state ?? 'PENDING';
        const statuses = (0,_graphql_js__WEBPACK_IMPORTED_MODULE_2__/* .objectsIn */ .Qv)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(node.statuses)?.nodes).map(({ state, description }) => ({
            isSuccess: state === 'SUCCESS',
            description: typeof description === 'string' ? description : ''
        }));
        return [{ ...deployment, isOpen: OPEN_STATES.has(String(latest)), statuses }];
    });
}
async function commentIn(call, mark, first) {
    for (let answer = first;;) {
        const login = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)((0,_graphql_js__WEBPACK_IMPORTED_MODULE_2__/* .fieldAt */ .UK)(answer, 'viewer'))?.login;
        const comments = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)((0,_graphql_js__WEBPACK_IMPORTED_MODULE_2__/* .fieldAt */ .UK)(answer, 'repository', 'pullRequest', 'comments'));
        if (typeof login !== 'string' || !Array.isArray(comments?.nodes)) {
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .UnusableAnswer */ .kf('the comments of the pull request are missing');
        }
        const found = (0,_graphql_js__WEBPACK_IMPORTED_MODULE_2__/* .objectsIn */ .Qv)(comments.nodes).find((one) => (0,_comment_mark_js__WEBPACK_IMPORTED_MODULE_4__/* .isMarked */ .rZ)(String(one.body), mark) && isBy(login, one));
        if (found)
            return { id: Number(found.fullDatabaseId), nodeId: String(found.id), ...(0,_comment_mark_js__WEBPACK_IMPORTED_MODULE_4__/* .writerOf */ .bi)(String(found.body)) };
        const { hasNextPage, endCursor } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(comments.pageInfo) ?? {};
        if (hasNextPage !== true || typeof endCursor !== 'string')
            return 'none';
        answer = await queryStanding(call, { own: [], pullRequest: mark.pullRequest, after: endCursor });
    }
}
function isBy(login, { viewerDidAuthor, author }) {
    const { __typename: kind, login: name } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(author) ?? {};
    return viewerDidAuthor === true || (kind === 'Bot' && login === `${name}[bot]`);
}
function queryStanding(call, asked) {
    const { owner, repo } = call.target;
    return (0,_graphql_js__WEBPACK_IMPORTED_MODULE_2__/* .askGraphql */ .jQ)(call, STANDING, {
        owner,
        name: repo,
        ids: asked.own.map(({ nodeId }) => nodeId),
        withComments: asked.pullRequest !== undefined,
        pullRequest: asked.pullRequest ?? 0,
        after: asked.after
    });
}
const STANDING = `query Standing($owner: String!, $name: String!, $ids: [ID!]!, $withComments: Boolean!, $pullRequest: Int!, $after: String) {
  viewer {
    login
  }
  repository(owner: $owner, name: $name) @include(if: $withComments) {
    pullRequest(number: $pullRequest) {
      comments(first: 100, after: $after) {
        nodes {
          id
          fullDatabaseId
          body
          viewerDidAuthor
          author {
            __typename
            login
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
  nodes(ids: $ids) {
    ... on Deployment {
      id
      latestStatus {
        state
      }
      statuses(first: 20) {
        nodes {
          state
          description
        }
      }
    }
  }
}`;


/***/ }),

/***/ 4322:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   SL: () => (/* binding */ AMOUNTS),
/* harmony export */   fL: () => (/* binding */ parseSeconds),
/* harmony export */   n8: () => (/* binding */ parseShare),
/* harmony export */   vw: () => (/* binding */ unitAdvice),
/* harmony export */   yN: () => (/* binding */ parseScore)
/* harmony export */ });
const NUMBER = String.raw `-?(?:\d+(?:\.\d+)?|\.\d+)`;
const PLAIN = new RegExp(`^${NUMBER}$`);
const PERCENT = new RegExp(String.raw `^(${NUMBER})\s*%$`);
function parseShare(text) {
    const share = parseScore(text);
    return share !== undefined && share >= 0 && share <= 1 ? share : undefined;
}
function parseScore(text) {
    const [, percent] = PERCENT.exec(text) ?? [];
    return percent === undefined ? parseNumber(text) : Number(percent) / 100;
}
function parseSeconds(text) {
    const [, minutes, seconds, millis] = /^(?:(\d+)\s*m(?!s))?\s*(?:(\d+(?:\.\d+)?)\s*s)?\s*(?:(\d+)\s*ms)?$/i.exec(text) ?? [];
    if (minutes === undefined && seconds === undefined && millis === undefined)
        return undefined;
    return Number(minutes ?? 0) * 60 + Number(seconds ?? 0) + Number(millis ?? 0) / 1000;
}
function unitAdvice(text) {
    return PLAIN.test(text) && Number(text) >= 0
        ? `Use \`${text}s\` for seconds or \`${text}ms\` for milliseconds.`
        : undefined;
}
function parseNumber(text) {
    return PLAIN.test(text) ? Number(text) : undefined;
}
function notNegative(value) {
    return value !== undefined && value >= 0 ? value : undefined;
}
const AMOUNTS = {
    share: { parse: parseShare, forms: 'a rate such as `2%` or `0.02`' },
    seconds: { parse: parseSeconds, forms: 'a duration such as `20s`, `2.5s` or `500ms`' },
    cost: {
        parse: (text) => notNegative(parseNumber(text.replace(/^\$\s*/, ''))),
        forms: 'an amount in US dollars such as `5` or `0.25`'
    },
    count: { parse: (text) => notNegative(parseNumber(text)), forms: 'a number such as `100`' },
    score: { parse: parseScore, forms: 'a number such as `0.8` or `80%`' }
};


/***/ }),

/***/ 7198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   aF: () => (/* binding */ probableDuration),
/* harmony export */   wN: () => (/* binding */ writtenDuration)
/* harmony export */ });
function parseDuration(text) {
    if (/^\d+$/.test(text))
        return Number(text) * 1000;
    const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text.toLowerCase());
    if (!match || text === '')
        return undefined;
    const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
    return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
function writtenDuration(ms) {
    const seconds = Math.round(ms / 1000);
    const parts = [
        [Math.floor(seconds / 3600), 'h'],
        [Math.floor((seconds % 3600) / 60), 'm'],
        [seconds % 60, 's']
    ];
    return (parts
        .filter(([count]) => count > 0)
        .map(([count, unit]) => `${count}${unit}`)
        .join('') || '0s');
}
const UNITS = [
    [/^(d|days?)$/, 86_400],
    [/^(h|hrs?|hours?)$/, 3_600],
    [/^(m|mins?|minutes?)$/, 60],
    [/^(s|secs?|seconds?)$/, 1],
    [/^(ms|msecs?|millis|milliseconds?)$/, 0.001]
];
function probableDuration(text) {
    const plain = text
        .toLowerCase()
        .replace(/^["']|["']$/g, '')
        .trim();
    const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d)$/.exec(plain) ?? [];
    if (hours)
        return writtenDuration(((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000);
    const pieces = [...plain.replace(/^p(?=.*\d)/, '').matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]*)[\s,t]*/g)];
    const rest = plain.replace(/^pt?/, '').replace(/(\d+(?:[.,]\d+)?)\s*([a-z]*)[\s,]*/g, '');
    if (pieces.length === 0 || rest !== '')
        return undefined;
    let sum = 0;
    for (const [, count = '', unit = ''] of pieces) {
        const [, seconds] = UNITS.find(([words]) => words.test(unit.replace(/t$/, ''))) ?? [];
        if (seconds === undefined)
            return undefined;
        sum += Number(count.replace(',', '.')) * seconds;
    }
    return sum >= 1 ? writtenDuration(sum * 1000) : undefined;
}


/***/ }),

/***/ 6835:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ faultOfValue),
/* harmony export */   Y: () => (/* binding */ faultOfDuration)
/* harmony export */ });
/* harmony import */ var _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7608);
/* harmony import */ var _runner_nearest_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(377);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7198);
/* harmony import */ var _misplaced_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5382);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9140);





function faultOfValue(input, value, orElse) {
    const row = (0,_table_js__WEBPACK_IMPORTED_MODULE_2__/* .rowOf */ .OB)(input);
    switch (row.kind) {
        case 'text':
        case 'free-text':
        case 'key':
            return undefined;
        case 'choice':
            return faultOfWord(value, row.choices, `one of \`${Object.keys(row.choices).join('`, `')}\``);
        case 'auto-flag':
            return faultOfWord(value.toLowerCase(), row.choices, '`auto`, `true` or `false`');
        case 'flag':
        case 'optional-flag':
            return faultOfFlag(value);
        case 'uuid':
            return faultOfId(input, value, orElse);
        case 'duration':
            return faultOfDuration(value, row);
        case 'count':
            return faultOfCount(value, row);
    }
}
function faultOfWord(value, choices, all) {
    if (Object.hasOwn(choices, value))
        return undefined;
    return `expected ${all}, got "${value}".${questionOf(probablyMeant(value, choices))}`;
}
function faultOfFlag(value) {
    if (/^(true|false)$/i.test(value))
        return undefined;
    return `expected \`true\` or \`false\`, got "${value}".${questionOf(probableFlag(value))}`;
}
function questionOf(meant) {
    return meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
}
function faultOfId(input, value, orElse) {
    if ((0,_control_plane_resources_js__WEBPACK_IMPORTED_MODULE_0__/* .isUuid */ .O1)(value) || value.toLowerCase() === orElse)
        return undefined;
    const cure = (0,_misplaced_js__WEBPACK_IMPORTED_MODULE_1__/* .probableId */ .Dy)(input, value);
    const example = cure ? '' : ' such as `f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e`';
    return `expected a UUID${example}${orElse ? ` or \`${orElse}\`` : ''}, got "${value}".${cure ? ` ${cure}` : ''}`;
}
function faultOfDuration(value, { least, most }) {
    const ms = (0,_duration_js__WEBPACK_IMPORTED_MODULE_3__/* .parseDuration */ .E9)(value);
    if (ms === undefined) {
        const meant = (0,_duration_js__WEBPACK_IMPORTED_MODULE_3__/* .probableDuration */ .aF)(value);
        const forms = meant ? '' : ' such as `90s`, `30m` or `1h30m`, or a number of seconds';
        return `expected a duration${forms}, got "${value}".${questionOf(meant)}`;
    }
    if (ms >= least && ms <= most)
        return undefined;
    const unit = /^\d+$/.test(value) && ms > most ? ' A number without a unit is in seconds.' : '';
    return `expected a duration from ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_3__/* .writtenDuration */ .wN)(least)} to ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_3__/* .writtenDuration */ .wN)(most)}, got "${value}".${unit}`;
}
function faultOfCount(value, { least, most }) {
    const count = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (count >= least && count <= most)
        return undefined;
    return `expected a whole number from ${least} to ${most}, got "${value}".`;
}
function probablyMeant(written, choices) {
    const wanted = (0,_runner_nearest_js__WEBPACK_IMPORTED_MODULE_4__/* .simplified */ .N)(written);
    const names = Object.keys(choices);
    const same = names.find((choice) => (0,_runner_nearest_js__WEBPACK_IMPORTED_MODULE_4__/* .simplified */ .N)(choice) === wanted);
    if (same)
        return same;
    const synonyms = Object.entries(choices);
    const [synonym] = synonyms.find(([, words]) => words.split(' ').some((word) => (0,_runner_nearest_js__WEBPACK_IMPORTED_MODULE_4__/* .simplified */ .N)(word) === wanted)) ?? [];
    if (synonym)
        return synonym;
    return (0,_runner_nearest_js__WEBPACK_IMPORTED_MODULE_4__/* .nearestOf */ .q)(written, names);
}
function probableFlag(written) {
    const word = written.toLowerCase().replace(/^["']|["']$/g, '');
    if (/^(true|yes|y|on|1|t|enabled?|always)$/.test(word))
        return 'true';
    return /^(false|no|n|off|0|f|disabled?|never|none|null)$/.test(word) ? 'false' : undefined;
}


/***/ }),

/***/ 3292:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  k0: () => (/* binding */ LATEST),
  bu: () => (/* binding */ noticesOfRollback),
  FL: () => (/* binding */ noticesOfTimes),
  wt: () => (/* binding */ readFollowing),
  Qi: () => (/* binding */ readOwnRevision),
  pq: () => (/* binding */ readRevisionId)
});

// EXTERNAL MODULE: ./build/inputs/amount.js
var amount = __nccwpck_require__(4322);
;// CONCATENATED MODULE: ./build/inputs/bake.js

function readBake(inputs) {
    const forMs = readTime(inputs);
    const maxErrorRate = readLimit(inputs, 'max-error-rate', amount/* parseShare */.n8, 'a rate such as `5%` or `0.05`');
    const maxLatencyP99 = readLimit(inputs, 'max-latency-p99', amount/* parseSeconds */.fL, 'a duration such as `20s`, `2.5s` or `500ms`');
    const minRuns = inputs.count('min-runs');
    if (!inputs.isWritten('bake'))
        return undefined;
    const isUnlimited = !inputs.hasProblem('bake') && !inputs.text('max-error-rate') && !inputs.text('max-latency-p99');
    if (isUnlimited) {
        inputs.problem('bake', 'has no limit, so it can never fail. Set `max-error-rate` (such as `5%`), `max-latency-p99` (such as `20s`), or both.');
    }
    return forMs === undefined ? undefined : { forMs, maxErrorRate, maxLatencyP99, minRuns };
}
function readTime(inputs) {
    const text = inputs.text('bake') ?? '';
    if (!/^\d+$/.test(text))
        return inputs.duration('bake');
    inputs.problem('bake', `expected a duration with a unit, got "${text}". Use \`${text}m\` for minutes or \`${text}s\` for seconds.`);
    return undefined;
}
const LIMITS = ['max-error-rate', 'max-latency-p99', 'min-runs'];
function noticesOfBake(inputs, { wait }) {
    if (!inputs.isWritten('bake')) {
        const written = LIMITS.filter((input) => inputs.isWritten(input));
        const names = written.map((input) => `\`${input}\``);
        return names.length === 0
            ? []
            : [
                `${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} no effect without \`bake\`. Set \`bake\`, for example to \`10m\`.`
            ];
    }
    return wait
        ? []
        : ['`bake` has no effect with `wait: false`, because the run does not wait for the revision. Remove one of them.'];
}
function readLimit(inputs, input, parse, forms) {
    const text = inputs.text(input);
    if (text === undefined)
        return undefined;
    const value = parse(text);
    if (value !== undefined)
        return value;
    const isPercent = input === 'max-error-rate' && /^\d+(\.\d+)?$/.test(text) && Number(text) <= 100;
    const advice = input === 'max-latency-p99' ? (0,amount/* unitAdvice */.vw)(text) : undefined;
    const guess = isPercent ? ` Did you mean \`${text}%\`?` : '';
    inputs.problem(input, `expected ${forms}, got "${text}".${advice ? ` ${advice}` : guess}`);
    return undefined;
}

// EXTERNAL MODULE: ./build/inputs/table.js
var table = __nccwpck_require__(9140);
;// CONCATENATED MODULE: ./build/inputs/following.js


const LATEST = 'latest';
function readFollowing(inputs) {
    return {
        pollIntervalMs: inputs.duration('poll-interval'),
        onSuperseded: inputs.choice('on-superseded'),
        logs: inputs.choice('logs'),
        health: readHealth(inputs),
        bake: readBake(inputs)
    };
}
function readHealth(inputs) {
    const path = inputs.text('health-path') ?? table/* INPUTS */.mc['health-path'].default;
    if (!/^\/[\w.~/%?&=+-]*$/.test(path)) {
        const [, bare] = /^(?:https?:\/\/[^/]+\/)?([\w.~-]+(?:\/[\w.~-]+)*)$/.exec(path) ?? [];
        const cure = bare === undefined ? '' : ` Did you mean \`/${bare}\`?`;
        inputs.problem('health-path', `expected a path such as \`/ok\` or \`/agents/ok\`, got "${path}".${cure}`);
    }
    return { check: inputs.autoFlag('health-check'), path };
}
function readOwnRevision(inputs) {
    return {
        ...readFollowing(inputs),
        wait: inputs.flag('wait'),
        onTimeout: inputs.choice('on-timeout'),
        onCancel: inputs.choice('on-cancel'),
        rollbackOnFailure: inputs.flag('rollback-on-failure'),
        dryRun: inputs.flag('dry-run')
    };
}
const LATEST_ELSE = {
    wait: undefined,
    logs: undefined,
    redeploy: 'the last previously active revision',
    interrupt: 'the revision in progress'
};
function readRevisionId(inputs, command) {
    const isLatest = inputs.text('revision-id')?.toLowerCase() === LATEST;
    const orElse = LATEST_ELSE[command];
    if (orElse === undefined) {
        const id = inputs.uuid('revision-id', LATEST);
        return isLatest ? LATEST : id;
    }
    if (!isLatest)
        return inputs.uuid('revision-id');
    inputs.problem('revision-id', `cannot be \`${LATEST}\` with \`command: ${command}\`. Set it to the ID of a revision, or omit it to use ${orElse}.`);
    return undefined;
}
const SHORTEST_USUAL_MS = 60_000;
function noticesOfTimes(inputs, { timeoutMs }, { wait, dryRun, pollIntervalMs = 0 }) {
    const ofBake = noticesOfBake(inputs, { wait });
    if (!wait || dryRun)
        return ofBake;
    return [...noticesOfWaiting(inputs, timeoutMs, pollIntervalMs), ...ofBake];
}
function noticesOfWaiting(inputs, timeoutMs, pollIntervalMs) {
    const timeout = inputs.text('timeout') ?? table/* INPUTS */.mc.timeout.default;
    if (timeoutMs < SHORTEST_USUAL_MS) {
        const isNumber = /^\d+$/.test(timeout);
        return [
            `\`timeout\` is ${timeout}${isNumber ? ' seconds' : ''}, but a rollout takes minutes. Use ${isNumber ? `\`${timeout}m\` for minutes` : 'a longer timeout'}, or omit it to use the default of ${table/* INPUTS */.mc.timeout.default}.`
        ];
    }
    if (pollIntervalMs < timeoutMs)
        return [];
    return [
        `\`poll-interval\` is not shorter than \`timeout\` (${timeout}), so it has no effect. Use a shorter interval, or omit it.`
    ];
}
function noticesOfRollback({ rollbackOnFailure, wait, health, proof, bake }) {
    if (!rollbackOnFailure || (wait && (health.check !== 'false' || proof || bake)))
        return [];
    const cause = wait ? '`health-check: false`' : '`wait: false`';
    return [`\`rollback-on-failure\` has no effect with ${cause}, because the run does not check the revision.`];
}


/***/ }),

/***/ 5382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dy: () => (/* binding */ probableId),
/* harmony export */   Gf: () => (/* binding */ notAName),
/* harmony export */   Vl: () => (/* binding */ probableRef),
/* harmony export */   uJ: () => (/* binding */ probableRepository)
/* harmony export */ });
/* harmony import */ var _deployment_image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7499);
/* harmony import */ var _deployment_name_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8623);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6309);



const UUID_PATTERN = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const AT_END = '(?![0-9a-z-])';
function probableId(input, text) {
    if (/^[0-9a-f]{32}$/i.test(text))
        return instructionFor(input, text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
    const inAddress = idInAddress(input, text.toLowerCase());
    if (inAddress)
        return `Use the ID in this URL: \`${inAddress}\`.`;
    const [quoted] = new RegExp(`(?<=^["'\`{(<]+)${UUID_PATTERN}(?=["'\`})>]+$)`, 'i').exec(text) ?? [];
    if (quoted)
        return instructionFor(input, quoted);
    if (input === 'deployment-id' && (0,_deployment_name_js__WEBPACK_IMPORTED_MODULE_2__/* .isValidName */ .uV)(text))
        return `Set \`name: ${text}\` to find the deployment by name.`;
    if (input === 'revision-id' && ((0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_1__/* .isCommit */ .WM)(text) || /^[0-9a-f]{7,12}$/i.test(text))) {
        return 'A commit does not identify a revision. Use the ID of the revision in LangSmith, such as the output `revision-id` of an earlier run.';
    }
    if (input === 'integration-id' && /^\d+$/.test(text)) {
        return 'This is the number of a GitHub App installation. Remove `integration-id` to look up the ID by repository.';
    }
    return undefined;
}
function instructionFor(input, id) {
    return `Set \`${input}: ${id.toLowerCase()}\`.`;
}
function idInAddress(input, address) {
    const before = {
        'deployment-id': '/deployments/',
        'revision-id': '(?:revisionpeek=|/revisions/)',
        'organization-id': '/o/',
        'listener-id': '/listeners/'
    };
    const [, id] = new RegExp(`${before[input] ?? '(?!)'}(${UUID_PATTERN})${AT_END}`).exec(address) ?? [];
    return id;
}
function notAName(text) {
    if (new RegExp(`^${UUID_PATTERN}$`, 'i').test(text)) {
        return `which is an ID. Set \`deployment-id: ${text}\`, or use a name such as \`my-agent\`.`;
    }
    if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
        return undefined;
    const id = idInAddress('deployment-id', text.toLowerCase());
    return id
        ? `which is a URL. Set \`deployment-id: ${id}\` instead.`
        : 'which is a URL. Use the name of the deployment, such as `my-agent`.';
}
function probableRepository(text, server) {
    const plain = text
        .replace(/[?#].*$/, '')
        .replace(/\/+$/, '')
        .replace(/^(git\+)?(?=[a-z]+:\/\/)/, '')
        .replace(/^((?:ssh:\/\/)?(?:[^/@\s]+@)?)(?:ssh\.github\.com|github\.com-[\w-]+)(?=[:/])/i, '$1github.com')
        .replace(/^(?:github|gh):(?=[\w-]+\/[\w.-]+$)/, '');
    const [, owner, name, kind, ref] = /^(?:(?:https?|ssh|git):\/\/)?(?:[^/@\s]+@)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:\/([a-z]+)\/(.+))?$/i.exec(plain) ??
        /^([\w-]+)\/([\w.-]+?)(?:\.git)?$/.exec(plain) ??
        [];
    if (!owner || !name)
        return undefined;
    const [, host] = /^(?:[a-z]+:\/\/)?(?:[^/@\s]+@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)[/:]/i.exec(plain) ?? [];
    const address = `${host ? `https://${host.toLowerCase()}` : server}/${owner}/${name}`;
    if (kind === 'tree')
        return `Use \`${address}\`, and set \`repo-ref\` to the branch or tag${ref ? ` (here \`${ref}\`)` : ''}.`;
    return `Use \`${address}\`.`;
}
function probableRef(text) {
    if (/^refs\/pull\/\d+\/(?:merge|head)$/.test(text)) {
        return 'GitHub creates this ref for a pull request, but LangSmith builds branches and tags only. Set `repo-ref: ${{ github.head_ref }}` to build the branch of the pull request.';
    }
    const [, branch] = /^https?:\/\/[^/]+\/[^/]+\/[^/]+\/tree\/(.+?)\/?$/.exec(text) ?? [];
    if (branch)
        return `Set \`repo-ref: ${branch}\`.`;
    if (/^https?:\/\//.test(text))
        return 'This is a URL. Set `repo-ref` to a branch name, and `repo-url` to the repository.';
    if (/[.:]/.test(text.split('/')[0] ?? '') && text.includes('/') && text.includes(':') && !(0,_deployment_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .faultOfImage */ .R$)(text)) {
        return `This is an image. Set \`image-uri: ${text}\` instead of \`repo-ref\`.`;
    }
    const [, remote] = /^[\w-]+:(?!\/)([^\s:]+)$/.exec(text) ?? [];
    return remote ? `Use the branch name only: \`repo-ref: ${remote}\`.` : undefined;
}


/***/ }),

/***/ 9140:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   OB: () => (/* binding */ rowOf),
/* harmony export */   Qh: () => (/* binding */ INPUT_NAMES),
/* harmony export */   XK: () => (/* binding */ goesWith),
/* harmony export */   cU: () => (/* binding */ choicesOf),
/* harmony export */   fJ: () => (/* binding */ isUsedBy),
/* harmony export */   mc: () => (/* binding */ INPUTS)
/* harmony export */ });
/* harmony import */ var _deployment_sources_source_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6606);

const COMMANDS = {
    deploy: 'update create up upsert push apply publish release build start run ship install up-sert deployment serve',
    wait: 'watch follow poll await monitor verify',
    redeploy: 'rollback roll-back revert restore undo back promote restart',
    delete: 'destroy remove rm teardown tear-down down undeploy uninstall cleanup clean-up prune terminate purge',
    status: 'state check get show describe list info inspect read view',
    logs: 'log tail output',
    interrupt: 'stop cancel abort kill halt interruption',
    sweep: 'gc garbage-collect collect tidy expire reap janitor'
};
const EVERY_COMMAND = keysOf(COMMANDS);
const OF_ONE = ['deploy', 'wait', 'redeploy', 'delete', 'status', 'logs', 'interrupt'];
const DEPLOY = ['deploy'];
const WRITING = ['deploy', 'redeploy'];
const FOLLOWING = ['deploy', 'redeploy', 'wait'];
const TOLD = ['deploy', 'redeploy', 'wait', 'delete', 'sweep'];
const LOGS = ['logs'];
const SWEEP = ['sweep'];
const GITHUB = ['github'];
const IMAGE = ['external_docker', 'internal_docker'];
const EXTERNAL_DOCKER = ['external_docker'];
const ARCHIVE = ['internal_source'];
const BUILT = ['github', 'internal_source'];
const SECOND_MS = 1_000;
const LONGEST_MS = 5 * 24 * 3_600 * SECOND_MS;
const LONGEST_LOG_MS = 90 * 24 * 3_600 * SECOND_MS;
const LONGEST_AGE_MS = 365 * 24 * 3_600 * SECOND_MS;
const LEAVE_OR_INTERRUPT = { leave: 'keep ignore none nothing continue', interrupt: 'cancel stop abort kill' };
const INPUTS = {
    'api-key': { kind: 'key', commands: EVERY_COMMAND },
    'workspace-id': { kind: 'text', commands: EVERY_COMMAND },
    'organization-id': { kind: 'uuid', commands: EVERY_COMMAND },
    region: { kind: 'text', default: 'us', commands: EVERY_COMMAND },
    'control-plane-url': { kind: 'text', commands: EVERY_COMMAND },
    command: { kind: 'choice', choices: COMMANDS, default: 'deploy', commands: EVERY_COMMAND },
    name: { kind: 'text', commands: EVERY_COMMAND },
    preview: { kind: 'flag', default: 'false', commands: OF_ONE },
    'deployment-id': { kind: 'uuid', commands: OF_ONE },
    'source-type': {
        kind: 'choice',
        choices: {
            github: 'git repo repository source gh github-repo',
            external_docker: 'docker image container external registry docker-image external-image oci',
            internal_source: 'internal local upload archive workspace tarball source-code directory folder',
            internal_docker: 'push pushed push-image docker-push local-image local-docker internal-image cloud-image cloud-docker'
        },
        commands: DEPLOY
    },
    'repo-url': { kind: 'text', commands: DEPLOY, sources: GITHUB },
    'repo-ref': { kind: 'text', commands: DEPLOY, sources: GITHUB },
    'langgraph-config': { kind: 'text', defaultAtCreate: _deployment_sources_source_js__WEBPACK_IMPORTED_MODULE_0__/* .DEFAULT_CONFIG_PATH */ .Bi, commands: DEPLOY },
    'integration-id': { kind: 'uuid', commands: DEPLOY, sources: GITHUB },
    'build-on-push': { kind: 'optional-flag', defaultAtCreate: 'false', commands: DEPLOY, sources: GITHUB },
    'deployment-type': { kind: 'text', commands: DEPLOY },
    'install-command': { kind: 'free-text', commands: DEPLOY, sources: BUILT },
    'build-command': { kind: 'free-text', commands: DEPLOY, sources: BUILT },
    root: { kind: 'text', commands: DEPLOY, sources: ARCHIVE },
    include: { kind: 'free-text', commands: DEPLOY, sources: ARCHIVE },
    'image-uri': { kind: 'text', commands: DEPLOY, sources: IMAGE },
    'listener-id': { kind: 'uuid', commands: DEPLOY, sources: EXTERNAL_DOCKER },
    'k8s-namespace': { kind: 'text', commands: DEPLOY, sources: EXTERNAL_DOCKER },
    'resource-spec': { kind: 'free-text', commands: DEPLOY, sources: EXTERNAL_DOCKER },
    'display-name': { kind: 'free-text', commands: DEPLOY },
    'secret-references': { kind: 'free-text', commands: DEPLOY, sources: EXTERNAL_DOCKER },
    'custom-url': { kind: 'text', commands: DEPLOY, sources: EXTERNAL_DOCKER },
    'route-through-gateway': { kind: 'optional-flag', commands: DEPLOY },
    'agent-id': { kind: 'text', commands: DEPLOY },
    'agent-environment': {
        kind: 'choice',
        choices: { development: 'dev', staging: 'stage test qa', production: 'prod live' },
        commands: DEPLOY
    },
    secrets: { kind: 'free-text', commands: DEPLOY },
    variables: { kind: 'free-text', commands: DEPLOY },
    'secrets-file': { kind: 'text', commands: DEPLOY },
    'secrets-mode': {
        kind: 'choice',
        choices: {
            merge: 'append add update upsert patch keep',
            replace: 'overwrite set exact override reset sync'
        },
        default: 'merge',
        commands: DEPLOY
    },
    wait: { kind: 'flag', default: 'true', commands: WRITING },
    timeout: { kind: 'duration', least: SECOND_MS, most: LONGEST_MS, default: '30m', commands: EVERY_COMMAND },
    'poll-interval': { kind: 'duration', least: SECOND_MS, most: LONGEST_MS, commands: FOLLOWING },
    'on-superseded': {
        kind: 'choice',
        choices: {
            warn: 'warning ignore pass skip',
            fail: 'error failure',
            follow: 'wait await watch'
        },
        default: 'warn',
        commands: FOLLOWING
    },
    'on-timeout': { kind: 'choice', choices: LEAVE_OR_INTERRUPT, default: 'leave', commands: WRITING },
    'on-cancel': { kind: 'choice', choices: LEAVE_OR_INTERRUPT, default: 'leave', commands: WRITING },
    'revision-id': { kind: 'uuid', commands: ['wait', 'redeploy', 'logs', 'interrupt'] },
    'health-check': {
        kind: 'auto-flag',
        choices: { auto: 'default', true: 'yes on always required 1', false: 'no off none never skip 0' },
        default: 'auto',
        commands: FOLLOWING
    },
    'health-path': { kind: 'text', default: '/ok', commands: FOLLOWING },
    'verify-graphs': { kind: 'flag', default: 'false', commands: FOLLOWING },
    'smoke-test': { kind: 'free-text', commands: FOLLOWING },
    'smoke-test-file': { kind: 'text', commands: FOLLOWING },
    'agent-api-key': { kind: 'key', commands: FOLLOWING },
    'agent-headers': { kind: 'free-text', commands: FOLLOWING },
    bake: { kind: 'duration', least: SECOND_MS, most: LONGEST_MS, commands: FOLLOWING },
    'max-error-rate': { kind: 'text', commands: FOLLOWING },
    'max-latency-p99': { kind: 'text', commands: FOLLOWING },
    'min-runs': { kind: 'count', least: 1, most: 1_000_000_000, default: '20', commands: FOLLOWING },
    'rollback-on-failure': { kind: 'flag', default: 'false', commands: WRITING },
    'allow-downgrade': { kind: 'flag', default: 'false', commands: DEPLOY },
    'require-experiment': { kind: 'text', commands: DEPLOY },
    thresholds: { kind: 'free-text', commands: DEPLOY },
    'baseline-experiment': { kind: 'text', commands: DEPLOY },
    'if-missing': {
        kind: 'choice',
        choices: { create: 'true yes add make', fail: 'error false no' },
        default: 'create',
        commands: DEPLOY
    },
    environment: { kind: 'free-text', commands: TOLD },
    comment: { kind: 'flag', default: 'false', commands: TOLD },
    'skip-unchanged': { kind: 'flag', default: 'false', commands: DEPLOY },
    'delete-tracing-project': { kind: 'flag', default: 'false', commands: ['delete', 'sweep'] },
    'max-age': { kind: 'duration', least: 60 * SECOND_MS, most: LONGEST_AGE_MS, commands: SWEEP },
    'max-previews': { kind: 'count', least: 1, most: 10_000, commands: SWEEP },
    'allow-insecure-http': { kind: 'flag', default: 'false', commands: EVERY_COMMAND },
    logs: {
        kind: 'choice',
        choices: {
            'on-failure': 'failure failures failed on-error error errors auto default',
            stream: 'true on always all live follow yes tail',
            off: 'false no none never'
        },
        default: 'on-failure',
        commands: FOLLOWING
    },
    'log-level': {
        kind: 'choice',
        choices: {
            debug: 'all trace verbose',
            info: 'notice',
            warning: 'warn',
            error: 'err errors failure',
            critical: 'fatal'
        },
        commands: LOGS
    },
    'log-since': { kind: 'duration', least: SECOND_MS, most: LONGEST_LOG_MS, commands: LOGS },
    'log-limit': { kind: 'count', least: 1, most: 10_000, default: '100', commands: LOGS },
    'dry-run': { kind: 'flag', default: 'false', commands: [...WRITING, 'delete', 'interrupt', 'sweep'] },
    'github-token': { kind: 'key', commands: EVERY_COMMAND }
};
const INPUT_NAMES = keysOf(INPUTS);
function rowOf(input) {
    return INPUTS[input];
}
function choicesOf(input) {
    return Object.keys(INPUTS[input].choices);
}
function isUsedBy(command, input) {
    return rowOf(input).commands.includes(command);
}
function goesWith(source, input) {
    const { sources } = rowOf(input);
    return sources === undefined || (source !== undefined && sources.includes(source));
}
function keysOf(record) {
    return Object.keys(record);
}


/***/ }),

/***/ 3697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ readYaml),
/* harmony export */   h: () => (/* binding */ parseYaml)
/* harmony export */ });
async function readYaml(text) {
    try {
        return { value: JSON.parse(text) };
    }
    catch {
        const { CORE_SCHEMA, load, YAMLException } = await __nccwpck_require__.e(/* import() */ 243).then(__nccwpck_require__.bind(__nccwpck_require__, 3243));
        try {
            return { value: JSON.parse(JSON.stringify(load(text, { schema: CORE_SCHEMA })) ?? 'null') };
        }
        catch (error) {
            if (!(error instanceof YAMLException))
                return { problem: 'contains a value that JSON does not support' };
            const reason = error.reason.replace(/["'<&*!].*$/s, '').trim();
            const line = error.mark ? `line ${error.mark.line + 1}: ` : '';
            return { problem: `is not valid YAML (${line}${reason})` };
        }
    }
}
async function parseYaml(text) {
    const read = await readYaml(text);
    return 'value' in read ? read.value : undefined;
}


/***/ }),

/***/ 2906:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $W: () => (/* binding */ runWords),
/* harmony export */   Rq: () => (/* binding */ bakeWords),
/* harmony export */   lG: () => (/* binding */ bakeTime),
/* harmony export */   sF: () => (/* binding */ bakeTable)
/* harmony export */ });
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1088);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4902);


function bakeWords(bake) {
    const { state, runs, rows } = bake;
    const figures = rows.flatMap(({ figure, value }) => (value === undefined ? [] : [`${figure} ${value}`]));
    return `${STATES[state]} ${bakeTime(bake)}: ${[runWords(runs), ...figures].join(', ')}`;
}
function bakeTime({ forMs, lateMs }) {
    return lateMs >= 1_000 ? `${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .inWords */ .r)(forMs)} plus ${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .inWords */ .r)(lateMs)} for late traces` : (0,_run_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .inWords */ .r)(forMs);
}
const STATES = {
    going: 'after',
    held: 'within the limits for',
    over: 'limit exceeded after',
    'too-few': 'not enough runs in',
    unseen: 'no data for'
};
function bakeTable({ bake }) {
    if (!bake)
        return '';
    const { runs, runsBefore, forMs, lateMs, beforeMs } = bake;
    const inTime = (count, ms) => `${count} in ${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .inWords */ .r)(ms)}`;
    const before = runsBefore === undefined ? undefined : inTime(runsBefore, beforeMs);
    const rows = [
        { figure: 'runs', value: inTime(runs, forMs + lateMs), before, limit: undefined, isOver: false },
        ...bake.rows
    ];
    const cells = rows.map(({ figure, value, before, limit, isOver }) => [
        isOver ? '\u274c' : bake.state === 'held' && limit !== undefined ? '\u2705' : '',
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(figure),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(value ?? '\u2013'),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(before ?? '\u2013'),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(limit ?? '')
    ]);
    const about = `Bake: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(`${STATES[bake.state]} ${bakeTime(bake)}`)}`;
    return [about, (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownTable */ .Qj)(['', 'Figure', 'After the rollout', 'Before', 'Limit'], cells)].join('\n\n');
}
function runWords(runs) {
    return runs === 1 ? '1 run' : `${runs} runs`;
}


/***/ }),

/***/ 7711:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   UO: () => (/* binding */ factRows),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   hq: () => (/* binding */ ID_LENGTH)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4902);

function factRows(material) {
    const { outputs, trigger, commit } = material;
    const active = outputs.get('active-revision-id');
    const isOurs = active !== undefined && active === outputs.get('revision-id');
    const url = outputs.get('deployment-url');
    const isOther = active !== undefined && !isOurs && !outputs.has('rolled-back-to');
    const server = [
        isOther ? 'Currently active' : 'Agent Server',
        url && (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .htmlLink */ .Ar)(url.replace(/^https:\/\//, ''), url)
    ];
    const rows = [
        [outputs.has('revision-id') ? 'Revision' : 'LangSmith', revisionCell(material)],
        ['Rolled back to', shortId(outputs.get('rolled-back-to'))],
        ['Commit', commitCell(outputs.get('commit-sha') ?? commit, trigger)],
        ['Image', outputs.has('commit-sha') || commit ? undefined : code(outputs.get('image-uri'))]
    ];
    return isOther ? [...rows, server] : [server, ...rows];
}
function code(text) {
    return text && (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownCode */ .D9)(text);
}
function shortId(id) {
    return code(id?.slice(0, ID_LENGTH));
}
const ID_LENGTH = 8;
function revisionCell({ outputs, dashboard }) {
    const id = outputs.get('revision-id');
    if (!id)
        return dashboard && (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .htmlLink */ .Ar)('Open the deployment', dashboard);
    const short = id.slice(0, ID_LENGTH);
    const revision = dashboard ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .htmlLink */ .Ar)(short, dashboard) : (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownCode */ .D9)(short);
    return [revision, code(outputs.get('revision-status'))].filter(Boolean).join(' ');
}
function commitCell(commit, trigger) {
    if (!commit)
        return undefined;
    const short = commit.slice(0, 7);
    return trigger?.repositoryUrl && commit === trigger.commit
        ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .htmlLink */ .Ar)(short, `${trigger.repositoryUrl}/commit/${commit}`)
        : (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownCode */ .D9)(short);
}


/***/ }),

/***/ 8080:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ew: () => (/* binding */ scaleWords),
/* harmony export */   HN: () => (/* binding */ gateLines),
/* harmony export */   KS: () => (/* binding */ gateTitle),
/* harmony export */   Tn: () => (/* binding */ shortfalls),
/* harmony export */   b$: () => (/* binding */ experimentPage),
/* harmony export */   k0: () => (/* binding */ gateTable),
/* harmony export */   rU: () => (/* binding */ experimentRows)
/* harmony export */ });
/* harmony import */ var _control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(566);
/* harmony import */ var _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7608);
/* harmony import */ var _bake_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2906);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4902);




function gateLines({ experiment, baseline, rows }) {
    return rows.map((row) => {
        const { key, threshold, value, baseline: other, holds } = row;
        const against = baseline && other !== undefined ? `, baseline ${other}` : '';
        return `${holds ? 'met    ' : 'not met'}  ${key} ${threshold}: ${value}${scoredWords(row, experiment)}${against}`;
    });
}
function gateTitle({ experiment, baseline }) {
    const against = baseline ? `, baseline "${baseline.name}"` : '';
    return `Experiment "${experiment.name}" (${(0,_bake_js__WEBPACK_IMPORTED_MODULE_2__/* .runWords */ .$W)(experiment.runs)})${against}`;
}
function shortfalls({ experiment, rows }) {
    const short = rows.filter(({ holds }) => !holds);
    return [
        `The experiment "${experiment.name}" does not meet \`thresholds\`.`,
        ...short.map((row) => {
            const scale = row.probably === undefined ? '' : ` ${scaleWords(row)}`;
            return `${row.key} is ${row.value}${scoredWords(row, experiment)}; the threshold is ${row.threshold}.${scale}`;
        })
    ].join('\n');
}
function scaleWords({ key, threshold, probably = '' }) {
    return `\`${key} ${threshold}\` is outside the range of the scores, which are between 0 and 1. Did you mean \`${probably}\`?`;
}
function scoredWords({ scored, errors }, { runs }) {
    const words = [
        scored === undefined ? '' : `${scored} of ${(0,_bake_js__WEBPACK_IMPORTED_MODULE_2__/* .runWords */ .$W)(runs)} scored`,
        errors > 0 ? `its evaluator failed ${errors === 1 ? 'once' : `${errors} times`}` : ''
    ].filter(Boolean);
    return words.length > 0 ? ` (${words.join('; ')})` : '';
}
function gateTable({ gate }, quiet = _markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .markdownText */ .p7) {
    if (!gate)
        return '';
    const { experiment, baseline, rows } = gate;
    const head = ['', 'Score', 'Threshold', 'Experiment', ...(baseline ? ['Baseline'] : [])];
    const cells = rows.map((row) => [
        row.holds ? '\u2705' : '\u274c',
        `<code>${quiet(row.key)}</code>`,
        quiet(row.threshold),
        quiet(`${row.value}${scoredWords(row, experiment)}`),
        ...(baseline ? [quiet(row.baseline ?? '')] : [])
    ]);
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .markdownTable */ .Qj)(head, cells);
}
function experimentRows({ gate, destination }, quiet = _markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .markdownText */ .p7) {
    if (!gate)
        return [];
    const cell = (one) => `${experimentCell(one, destination, quiet)} ${(0,_bake_js__WEBPACK_IMPORTED_MODULE_2__/* .runWords */ .$W)(one.runs)}`;
    return [
        ['Experiment', cell(gate.experiment)],
        ['Baseline', gate.baseline && cell(gate.baseline)]
    ];
}
function experimentCell(shown, destination, quiet) {
    const url = experimentPage(shown, destination);
    return url === undefined ? `<code>${quiet(shown.name)}</code>` : (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .htmlLink */ .Ar)(shown.name, url, quiet);
}
function experimentPage({ id, tenantId, datasetId }, destination) {
    if (!destination || tenantId === undefined || datasetId === undefined)
        return undefined;
    if (![id, tenantId, datasetId].every(_control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__/* .isUuid */ .O1))
        return undefined;
    return (0,_control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_0__/* .experimentUrl */ .dL)(destination.controlPlane, { id, tenantId, datasetId });
}


/***/ }),

/***/ 4902:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ar: () => (/* binding */ htmlLink),
/* harmony export */   Cw: () => (/* binding */ withoutMentions),
/* harmony export */   D9: () => (/* binding */ markdownCode),
/* harmony export */   I$: () => (/* binding */ htmlTable),
/* harmony export */   Qj: () => (/* binding */ markdownTable),
/* harmony export */   dI: () => (/* binding */ markdownBlock),
/* harmony export */   h$: () => (/* binding */ markdownProse),
/* harmony export */   p7: () => (/* binding */ markdownText)
/* harmony export */ });
/* harmony import */ var _runner_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3894);

function markdownText(text) {
    return (0,_runner_words_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLines */ .y1)(text)
        .join(' ')
        .replace(ACTIVE_CHARACTER, (character) => `&#${character.codePointAt(0)};`);
}
const ACTIVE_CHARACTER = new RegExp([
    '^[ +=-]',
    '(?<=^\\d{1,9})[.)](?= |$)',
    ':(?! |$)',
    '(?<=www)\\.',
    '(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])',
    '[&<>|\\\\`*[\\]~#@$]',
    '[\\p{C}\\p{Zl}\\p{Zp}]|(?! )\\p{Zs}'
].join('|'), 'giu');
function markdownProse(text, quiet = markdownText) {
    return (0,_runner_words_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLines */ .y1)(text)
        .join(' ')
        .split(/(`[^`]+`)/)
        .map((part, index) => {
        if (/^`[^`]+`$/.test(part))
            return markdownCode(part.slice(1, -1));
        return index > 0 && part.startsWith(' ') ? ` ${quiet(part.slice(1))}` : quiet(part);
    })
        .join('');
}
function withoutMentions(markdown) {
    return markdown.replace(/&#(?:64|35);|(?<![a-z0-9])GH-(?=\d)/gi, '$&&#8203;');
}
function markdownCode(text) {
    return `<code>${markdownText(text)}</code>`;
}
function markdownBlock(lines) {
    const escaped = lines.join('\n').replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
    return `<pre>\n${escaped}\n</pre>`;
}
function htmlTable(rows) {
    const lines = rows.flatMap(([label, cell]) => cell ? [`<tr><td nowrap><b>${markdownText(label)}</b></td><td>${cell}</td></tr>`] : []);
    return lines.length > 0 ? ['<table>', ...lines, '</table>'].join('\n') : '';
}
function htmlLink(text, url, quiet = markdownText) {
    const address = url.replace(/["'<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
    return `<a href="${address}">${quiet(text)}</a>`;
}
function markdownTable(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}


/***/ }),

/***/ 8222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Am: () => (/* binding */ linkToTraces),
/* harmony export */   DF: () => (/* binding */ linkToRevision),
/* harmony export */   Vo: () => (/* binding */ materialOf)
/* harmony export */ });
/* harmony import */ var _control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(566);
/* harmony import */ var _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7608);
/* harmony import */ var _message_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7632);
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4121);




function materialOf(record, now) {
    const { about, verdict, endedAt = now } = record;
    const outputs = (0,_outputs_js__WEBPACK_IMPORTED_MODULE_3__/* .outputsOf */ .Yz)(record);
    return {
        record,
        outputs,
        dashboard: linkToRevision(outputs),
        traces: linkToTraces(record),
        name: about.name,
        trigger: about.trigger,
        commit: record.revision && !record.own ? undefined : about.commit,
        words: verdict ? wordsOf(record, verdict) : (0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .words */ .aL)(''),
        endedAt
    };
}
function wordsOf(record, verdict) {
    const { level: _, title: __, ...said } = { title: undefined, ...(0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(verdict, record) };
    return verdict.status === 'error' ? { ...said, title: verdict.title } : said;
}
function linkToRevision(outputs) {
    const page = outputs.get('dashboard-url');
    const revision = outputs.get('revision-id');
    return page && revision ? `${page}?revisionPeek=${revision}` : page;
}
function linkToTraces({ deployment, destination }) {
    const { state, tenantId, tracingProject } = deployment ?? {};
    if (state !== 'present' || !destination || !tenantId || !tracingProject)
        return undefined;
    return (0,_control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__/* .isUuid */ .O1)(tracingProject) ? (0,_control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_0__/* .tracingUrl */ .ep)(destination.controlPlane, tenantId, tracingProject) : undefined;
}


/***/ }),

/***/ 7632:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CG: () => (/* binding */ LOG_SHOWS),
/* harmony export */   Pr: () => (/* binding */ messageSuffix),
/* harmony export */   aL: () => (/* binding */ words),
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   l7: () => (/* binding */ versionNotice),
/* harmony export */   rO: () => (/* binding */ storedWords)
/* harmony export */ });
/* harmony import */ var _run_record_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1265);
/* harmony import */ var _runner_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3894);
/* harmony import */ var _bake_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2906);
/* harmony import */ var _gate_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8080);




const REASON_BYTES = 16_000;
function messageOf(verdict, record) {
    const message = wholeMessageOf(verdict, record);
    return { ...message, reason: (0,_runner_words_js__WEBPACK_IMPORTED_MODULE_0__/* .firstBytes */ .mI)(message.reason, REASON_BYTES) };
}
function wholeMessageOf(verdict, record) {
    switch (verdict.status) {
        case 'deployed':
            if (verdict.warning)
                return { ...words(verdict.warning), level: 'warning' };
            return info(verdict.ofOther ? `This run did not create a revision. ${provenWords(record)}` : provenWords(record));
        case 'superseded':
            return verdict.passes
                ? { ...words(withMessage(verdict.reason, record)), level: 'warning' }
                : error('Superseded', words(withMessage(verdict.reason, record), SUPERSEDED_ADVICE));
        case 'failed':
            return failedMessage(verdict, record);
        case 'rejected':
            return error('Thresholds not met; no changes were made', words(record.gate ? (0,_gate_js__WEBPACK_IMPORTED_MODULE_2__/* .shortfalls */ .Tn)(record.gate) : '', REJECTED_ADVICE));
        case 'timed-out':
            return error('The deployment timed out', timedOut({
                reason: withMessage(verdict.reason, record),
                advice: [nowServing(record), verdict.advice].filter(Boolean).join('\n')
            }, record));
        case 'cancelled':
            return error('Canceled', words(verdict.reason));
        case 'error':
            return error(verdict.title, words(verdict.reason, record.revision && record.own ? storedWords(record) : ''));
        case 'planned':
            return info(`Dry run: no changes were made. ${verdict.reason}`.trim());
        case 'started':
            return info('This run does not wait for the revision.');
        case 'found':
        case 'interrupted':
            return info([verdict.reason, ...listedWords(record)].join(' '));
        case 'swept':
            return verdict.warning ? { ...words(verdict.reason, verdict.warning), level: 'warning' } : info(verdict.reason);
        case 'unchanged':
            return verdict.warning ? { ...words(verdict.reason, verdict.warning), level: 'warning' } : info(verdict.reason);
        case 'deleted':
        case 'none':
        case 'skipped':
            return info(verdict.reason);
    }
}
function failedMessage(verdict, record) {
    const { reason, advice, isRolledBack = false } = verdict;
    const all = [
        record.failureLog?.advice,
        stillServing(record),
        isRolledBack ? '' : nowServing(record),
        isRolledBack ? '' : storedWords(record),
        advice
    ];
    const isOfActive = record.plan?.kind === 'nothing' && !record.own;
    return error(isOfActive ? 'The active revision failed the proof' : 'The deployment failed', quoting(record, words(withMessage(reason, record), all.filter(Boolean).join('\n')), isRolledBack));
}
function listedWords({ listed, revision }) {
    if (!listed)
        return [];
    const { newest, queue } = listed;
    const underWay = queue.map(({ id, status }) => `${id} (${status})`).join(', ');
    const isOver = newest !== undefined && newest.id !== revision?.id && queue.every(({ id }) => id !== newest.id);
    return [
        ...(isOver
            ? [`The newest revision, ${newest.id}, ended with status ${newest.status}${messageSuffix(newest)}.`]
            : []),
        underWay ? `In progress: ${underWay}.` : 'No revision is in progress.'
    ];
}
function withMessage(reason, { revision }) {
    return revision?.statusMessage ? `${reason}\nLangSmith reported: ${revision.statusMessage}` : reason;
}
function messageSuffix({ statusMessage }) {
    return statusMessage ? ` ("${statusMessage.replace(/\.$/, '')}")` : '';
}
function textOf({ reason, heading = LOG_SHOWS, telling, advice }) {
    const quoted = telling.length > 0 ? [heading, ...telling] : [];
    return [reason, ...quoted, advice].filter(Boolean).join('\n');
}
const LOG_SHOWS = 'The log shows:';
function quoting({ failureLog: log }, said, namesRevision = false) {
    if (!log || log.telling.length === 0)
        return said;
    const left = ANNOTATION_BYTES - Buffer.byteLength(said.reason) - Buffer.byteLength(said.advice);
    const bytes = Math.max(LEAST_TELLING_BYTES, Math.min(TELLING_BYTES, left));
    const keeps = log.isCause ? 'first' : 'last';
    const whose = namesRevision ? ` of revision ${log.revisionId}` : '';
    const heading = `The log${whose} ${log.isTelling ? 'shows' : 'ends with'}:`;
    return { ...said, heading, telling: (0,_runner_words_js__WEBPACK_IMPORTED_MODULE_0__/* .shortenedLines */ .Sz)(log.telling, bytes, keeps), keeps };
}
function timedOut({ reason, advice }, record) {
    const log = record.failureLog;
    if (!log?.isTelling)
        return words(reason, advice);
    const told = log.isCause ? [log.advice, log.isVague ? advice : ''] : [advice];
    return quoting(record, words(reason, told.filter(Boolean).join('\n')));
}
function storedWords({ stored: { names, count }, deployment, created }) {
    if (deployment?.state !== 'present' || count === 0 || created)
        return '';
    return `This run stored ${(0,_runner_words_js__WEBPACK_IMPORTED_MODULE_0__/* .listed */ .KE)(names, count)} in the deployment; the next revision gets ${count === 1 ? 'it' : 'them'}.`;
}
function words(reason, advice = '') {
    return { reason, telling: [], advice };
}
const ACTIVE = 'The revision is deployed and active.';
const REJECTED_ADVICE = 'Check the experiment in LangSmith. Then deploy code that meets the thresholds, or change the thresholds.';
const SUPERSEDED_ADVICE = 'Set `on-superseded: warn` to let such runs pass, or `on-superseded: follow` to wait for the newer revision.';
function provenWords({ proof, bake }) {
    const seen = (about) => proof.filter((step) => step.outcome === 'passed' && about.includes(step.about)).map((step) => step.seen);
    const [health = ''] = seen(['health']);
    const serves = health ? `The revision is active, and the Agent Server responds: ${health}.` : ACTIVE;
    const works = seen(['graphs', 'runs']);
    return [serves, works.length > 0 && `The agent works: ${works.join(', ')}.`, bake && `Bake: ${(0,_bake_js__WEBPACK_IMPORTED_MODULE_1__/* .bakeWords */ .Rq)(bake)}.`]
        .filter(Boolean)
        .join(' ');
}
function info(reason) {
    return { ...words(reason), level: 'info' };
}
function error(title, said) {
    return { ...said, level: 'error', title };
}
const ANNOTATION_BYTES = 4_000;
const TELLING_BYTES = 3_000;
const LEAST_TELLING_BYTES = 500;
function stillServing({ deployment, revision }) {
    const active = deployment?.state === 'present' ? deployment.activeRevisionId : undefined;
    const neverServed = revision && /_FAILED$/.test(revision.status);
    return neverServed && active && active !== revision.id ? `Revision ${active} is still active.` : '';
}
function nowServing({ deployment, revision }) {
    const active = deployment?.state === 'present' ? deployment.activeRevisionId : undefined;
    if (revision?.status !== 'DEPLOYED' || active !== revision.id)
        return '';
    return 'The revision is active and receives requests.';
}
function versionNotice(record) {
    const { previousServerVersion: before, own, verdict } = record;
    const after = (0,_run_record_js__WEBPACK_IMPORTED_MODULE_3__/* .servingVersion */ .vP)(record);
    if (verdict?.status !== 'deployed' || !own || !before || !after)
        return undefined;
    const [minorBefore, minorAfter] = [minorOf(before), minorOf(after)];
    if (!minorBefore || !minorAfter || minorBefore === minorAfter)
        return undefined;
    return `The Agent Server version changed from ${before} to ${after}. To pin the minor version, set \`"api_version": "${minorBefore}"\` in langgraph.json.`;
}
function minorOf(version) {
    return /^\d+\.\d+(?=\.|$)/.exec(version)?.[0];
}


/***/ }),

/***/ 4121:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Go: () => (/* binding */ hasShape),
/* harmony export */   XO: () => (/* binding */ createOutputWriter),
/* harmony export */   Yz: () => (/* binding */ outputsOf),
/* harmony export */   yh: () => (/* binding */ OUTPUT_WORDS)
/* harmony export */ });
/* harmony import */ var _control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(566);
/* harmony import */ var _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7608);
/* harmony import */ var _deployment_image_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7499);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6309);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(1379);
/* harmony import */ var _run_record_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(1265);
/* harmony import */ var _run_verdict_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4583);
/* harmony import */ var _gate_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8080);








const OUTPUTS = {
    'deployment-id': { read: ({ deployment, deploymentId }) => deployment?.id ?? deploymentId, isValid: _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__/* .isUuid */ .O1 },
    'deployment-name': {
        read: ({ deployment }) => deployment?.name,
        isValid: (value) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/.test(value)
    },
    'deployment-url': { read: (record) => presentDeployment(record)?.address, isValid: isWebAddress },
    'active-revision-id': { read: (record) => presentDeployment(record)?.activeRevisionId, isValid: _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__/* .isUuid */ .O1 },
    'dashboard-url': { read: pageOf, isValid: isWebAddress },
    created: { read: ({ created }) => created?.toString(), isValid: (value) => value === 'true' || value === 'false' },
    'previous-revision-id': { read: ({ previousRevisionId }) => previousRevisionId, isValid: _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__/* .isUuid */ .O1 },
    'revision-id': { read: ({ revision, revisionId }) => revision?.id ?? revisionId, isValid: _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__/* .isUuid */ .O1 },
    'revision-status': {
        read: ({ revision }) => revision?.status,
        isValid: _deployment_revision_js__WEBPACK_IMPORTED_MODULE_3__/* .isStatusWord */ .r8
    },
    'commit-sha': { read: ({ revision }) => revision?.commit, isValid: _deployment_revision_js__WEBPACK_IMPORTED_MODULE_3__/* .isCommit */ .WM },
    'image-uri': { read: ({ revision }) => revision?.image, isValid: _deployment_image_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isImageReference */ .hb },
    'agent-server-version': { read: _run_record_js__WEBPACK_IMPORTED_MODULE_6__/* .servingVersion */ .vP, isValid: (value) => /^\d[\w.+-]{0,63}$/.test(value) },
    queue: { read: queueJson, isValid: isQueue },
    swept: {
        read: sweptJson,
        isValid: (value) => /^\[("[a-z][a-z0-9-]*"(,"[a-z][a-z0-9-]*")*)?\]$/i.test(value)
    },
    'experiment-url': {
        read: ({ gate, destination }) => gate && (0,_gate_js__WEBPACK_IMPORTED_MODULE_5__/* .experimentPage */ .b$)(gate.experiment, destination),
        isValid: isWebAddress
    },
    'rolled-back-to': { read: ({ rolledBack }) => rolledBack?.to, isValid: _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__/* .isUuid */ .O1 },
    status: { read: ({ verdict }) => verdict?.status, isValid: (value) => /^[a-z-]+$/.test(value) },
    'plan-changes': {
        read: ({ verdict }) => (verdict?.status === 'planned' ? `${verdict.changes}` : undefined),
        isValid: (value) => /^\d+$/.test(value)
    },
    'duration-seconds': {
        read: ({ about, endedAt }) => endedAt === undefined ? undefined : String(Math.round((endedAt - about.startedAt) / 1_000)),
        isValid: (value) => /^\d+$/.test(value)
    }
};
const ROWS = Object.entries(OUTPUTS);
const OUTPUT_WORDS = [
    ...Object.keys(_run_verdict_js__WEBPACK_IMPORTED_MODULE_4__/* .VERDICTS */ .bk),
    'CREATING QUEUED AWAITING_BUILD BUILDING AWAITING_DEPLOY DEPLOYING DEPLOYED CREATE_FAILED BUILD_FAILED DEPLOY_FAILED',
    'SKIPPED INTERRUPTED UNKNOWN true false',
    '/agents/ /host/deployments/ ?revisionPeek='
];
function outputsOf(record) {
    const known = new Map();
    for (const [name, { read, isValid }] of ROWS) {
        const value = read(record);
        if (value && isValid(value))
            known.set(name, value);
    }
    return known;
}
function createOutputWriter({ output, warning }) {
    const refused = new Set();
    return (_event, record, before) => {
        const [then, now] = [outputsOf(before), outputsOf(record)];
        for (const [name, { read }] of ROWS) {
            const value = now.get(name);
            if (value !== then.get(name))
                output(name, value ?? '');
            if (value !== undefined || !read(record) || refused.has(name))
                continue;
            refused.add(name);
            warning(`The control plane returned an invalid value for the output \`${name}\`; the output is left empty.`);
        }
    };
}
function hasShape(name, value) {
    return OUTPUTS[name].isValid(value);
}
function queueJson({ listed }) {
    return (listed &&
        JSON.stringify(listed.queue.map(({ id, status, createdAt = null }) => ({ id, status, created_at: createdAt }))));
}
function sweptJson({ swept, verdict }) {
    if (!swept && verdict?.status !== 'swept')
        return undefined;
    return JSON.stringify((swept ?? []).filter(({ outcome }) => outcome === 'deleted').map(({ name }) => name));
}
function isQueue(value) {
    let rows;
    try {
        rows = JSON.parse(value);
    }
    catch {
        return false;
    }
    return Array.isArray(rows) && rows.every(isQueueRow);
}
function isQueueRow(value) {
    const { id, status, created_at: at, ...rest } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_7__/* .object */ .I)(value) ?? {};
    const isTime = at === null || (typeof at === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?$/.test(at));
    return (typeof id === 'string' &&
        (0,_control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__/* .isUuid */ .O1)(id) &&
        typeof status === 'string' &&
        (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_3__/* .isStatusWord */ .r8)(status) &&
        isTime &&
        Object.keys(rest).length === 0);
}
function presentDeployment({ deployment }) {
    return deployment?.state === 'present' ? deployment : undefined;
}
function pageOf({ deployment, destination }) {
    if (!deployment?.tenantId || !destination)
        return undefined;
    return (0,_control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_0__/* .dashboardUrl */ .aU)(destination.controlPlane, deployment.tenantId, deployment.id);
}
function isWebAddress(value) {
    if (!/^https?:\/\/[\w.:@/~%?&=#+,;!$*()[\]-]+$/.test(value) || !URL.canParse(value))
        return false;
    const { username, password } = new URL(value);
    return username === '' && password === '';
}


/***/ }),

/***/ 9222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   HN: () => (/* binding */ planLines),
/* harmony export */   KS: () => (/* binding */ planTitle),
/* harmony export */   _r: () => (/* binding */ planTexts),
/* harmony export */   uQ: () => (/* binding */ describeChange),
/* harmony export */   vJ: () => (/* binding */ shownPlan)
/* harmony export */ });
/* unused harmony export label */
/* harmony import */ var _deployment_texts_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5942);
/* harmony import */ var _run_input_name_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8808);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1379);
/* harmony import */ var _runner_mask_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4291);




function planTitle(plan) {
    switch (plan.kind) {
        case 'create':
            return plan.makesRevision ? 'Plan: create the deployment and its first revision' : 'Plan: create the deployment';
        case 'patch':
            return plan.makesRevision ? 'Plan: create a new revision' : 'Plan: change settings without a new revision';
        case 'nothing':
            return 'Plan: no changes';
    }
}
function planLines(plan) {
    const width = Math.max(0, ...plan.rows.map((row) => label(row).length));
    return plan.rows.map((row) => `${label(row).padEnd(width)}  ${describeChange(row)}`);
}
function describeChange(row) {
    if (row.about === 'secret')
        return row.change === 'set' ? 'set (LangSmith hides the current value)' : row.change;
    if (row.name === 'listener_config' && row.change !== 'changed') {
        return `${row.change}: ${shownValue((0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(row.value)?.k8s_namespace?.toString() ?? null)}`;
    }
    if (row.change === 'changed')
        return `changed from ${shownValue(row.from)} to ${shownValue(row.to)}`;
    const hidden = row.about === 'variable' && row.change === 'set' ? ' (LangSmith hides the current value)' : '';
    return `${row.change}: ${shownValue(row.value)}${hidden}`;
}
function label(row) {
    return row.about === 'field' ? (0,_run_input_name_js__WEBPACK_IMPORTED_MODULE_0__/* .inputName */ .y)(row.name) : `${row.about} ${row.name}`;
}
function planTexts(plan) {
    return plan.rows.flatMap((row) => {
        if (row.about !== 'field')
            return [];
        return row.change === 'changed' ? [...(0,_deployment_texts_js__WEBPACK_IMPORTED_MODULE_3__/* .textsOf */ .C)(row.from), ...(0,_deployment_texts_js__WEBPACK_IMPORTED_MODULE_3__/* .textsOf */ .C)(row.to)] : (0,_deployment_texts_js__WEBPACK_IMPORTED_MODULE_3__/* .textsOf */ .C)(row.value);
    });
}
function shownPlan(plan, redact) {
    const rows = plan.rows.map((row) => shownRow(row, redact));
    return plan.kind === 'nothing'
        ? { kind: plan.kind, rows }
        : { kind: plan.kind, makesRevision: plan.makesRevision, rows };
}
function shownRow(row, redact) {
    switch (row.about) {
        case 'secret':
            return row;
        case 'variable':
            return row.change === 'changed' && (0,_runner_mask_js__WEBPACK_IMPORTED_MODULE_1__/* .mayBeSecret */ .l)({ name: row.name, value: row.from })
                ? { ...row, from: '(hidden)' }
                : row;
        case 'field':
            return row.change === 'changed'
                ? { ...row, from: redactedJson(row.from, redact), to: redactedJson(row.to, redact) }
                : { ...row, value: redactedJson(row.value, redact) };
    }
}
function redactedJson(value, redact) {
    if (typeof value === 'string')
        return redact(value);
    if (Array.isArray(value))
        return value.map((item) => redactedJson(item, redact));
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactedJson(item, redact)]));
}
function shownValue(value) {
    if (value === null)
        return 'no value';
    const text = typeof value === 'string' && !/[\r\n]/.test(value) && value !== '' ? value : JSON.stringify(value);
    return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}\u2026` : text;
}
const LONGEST_VALUE = 200;


/***/ }),

/***/ 4645:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   EC: () => (/* binding */ proofRowLines),
/* harmony export */   T1: () => (/* binding */ ladder),
/* harmony export */   kb: () => (/* binding */ proofTables)
/* harmony export */ });
/* harmony import */ var _bake_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2906);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4902);


const MARKS = { passed: '\u2705', failed: '\u274c', unclear: '\u2754', left: '\u2796' };
const WORDS = {
    passed: 'passed',
    failed: 'failed',
    unclear: 'inconclusive',
    left: 'skipped'
};
const TITLES = {
    health: 'Agent Server',
    graphs: 'Graphs',
    runs: 'Smoke test'
};
function ladder({ proof, bake }, prose = _markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownText */ .p7) {
    if (!bake && !proof.some(({ about }) => about !== 'health'))
        return undefined;
    return [
        `${MARKS.passed} deployed and active`,
        ...proof.map(({ about, outcome, seen }) => `${MARKS[outcome]} ${outcome === 'left' ? `${TITLES[about]}: ` : ''}${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownProse */ .h$)(seen, prose)}`),
        ...(bake ? [`${BAKE_MARKS[bake.state]} Bake: ${prose((0,_bake_js__WEBPACK_IMPORTED_MODULE_0__/* .bakeWords */ .Rq)(bake))}`] : [])
    ].join('<br>');
}
const BAKE_MARKS = {
    going: '\u23f3',
    held: MARKS.passed,
    over: MARKS.failed,
    'too-few': MARKS.unclear,
    unseen: MARKS.unclear
};
function proofTables(proof) {
    return proof.flatMap((step) => (step.rows?.length ? [tableOf(step)] : [])).join('\n\n');
}
function tableOf({ about, rows = [], more }) {
    const lines = rows.map(({ subject, outcome, answer, ms }) => `| ${MARKS[outcome]} ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownCode */ .D9)(subject)} | ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownProse */ .h$)(answer)} | ${ms} |`);
    const results = rows.flatMap(({ result }) => (result === undefined ? [] : [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownCode */ .D9)(result)]));
    const shown = results.length > 0 ? `\n\n<details><summary>Results</summary>\n\n${results.join('\n\n')}\n\n</details>` : '';
    const rest = more === undefined ? [] : [`| \u2026 | ${more} more | |`];
    return [`| ${TITLES[about]} | Answer | ms |`, '|---|---|---:|', ...lines, ...rest].join('\n') + shown;
}
function proofRowLines({ subject, outcome, answer, ms, result }) {
    const words = answer.startsWith(WORDS[outcome]) ? `${answer} (` : `${WORDS[outcome]} (${answer}, `;
    const line = `${subject}: ${words}${ms} ms)`;
    return result === undefined ? [line] : [line, `  result: ${result}`];
}


/***/ }),

/***/ 3904:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ seenDeployment),
/* harmony export */   d: () => (/* binding */ seenRevision)
/* harmony export */ });
/* harmony import */ var _deployment_address_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8602);
/* harmony import */ var _deployment_find_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7671);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6309);
/* harmony import */ var _runner_words_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3894);




function seenDeployment(deployment) {
    const { id, name, active_revision_id, tenant_id, image_version, tracer_session_id } = deployment;
    return {
        id,
        name,
        state: (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .isGoing */ .jf)(deployment) ? 'going' : 'present',
        address: (0,_deployment_address_js__WEBPACK_IMPORTED_MODULE_3__/* .addressOf */ .c)(deployment),
        activeRevisionId: active_revision_id ?? undefined,
        tenantId: tenant_id ?? undefined,
        serverVersion: image_version ?? undefined,
        tracingProject: tracer_session_id ?? undefined
    };
}
function seenRevision(revision, redact) {
    const { id, status, source_revision_config, image_version, status_message } = revision;
    return {
        id,
        status,
        commit: (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_1__/* .commitOf */ .D3)(revision),
        image: source_revision_config.image_uri ?? undefined,
        serverVersion: image_version ?? undefined,
        statusMessage: redact && status_message?.trim() ? messageInOneLine(redact(status_message)) : undefined
    };
}
const LONGEST_STATUS_MESSAGE = 500;
function messageInOneLine(message) {
    const line = (0,_runner_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plainLines */ .y1)(message).join(' ').replace(/\s+/g, ' ').trim();
    return line.length > LONGEST_STATUS_MESSAGE ? `${line.slice(0, LONGEST_STATUS_MESSAGE)}\u2026` : line;
}


/***/ }),

/***/ 7057:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  cf: () => (/* binding */ durationOf),
  z1: () => (/* binding */ failureLog),
  Xg: () => (/* binding */ planMarkdown),
  YG: () => (/* binding */ summaryOf),
  Bn: () => (/* binding */ versionChange),
  ZF: () => (/* binding */ wordsMarkdown)
});

// UNUSED EXPORTS: summaryMarkdown

// EXTERNAL MODULE: ./build/run/duration.js
var duration = __nccwpck_require__(1088);
// EXTERNAL MODULE: ./build/run/input-name.js
var input_name = __nccwpck_require__(8808);
// EXTERNAL MODULE: ./build/run/verdict.js
var run_verdict = __nccwpck_require__(4583);
// EXTERNAL MODULE: ./build/runner/words.js
var words = __nccwpck_require__(3894);
// EXTERNAL MODULE: ./build/report/bake.js
var bake = __nccwpck_require__(2906);
// EXTERNAL MODULE: ./build/report/fact-rows.js
var fact_rows = __nccwpck_require__(7711);
// EXTERNAL MODULE: ./build/report/gate.js
var gate = __nccwpck_require__(8080);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __nccwpck_require__(4902);
// EXTERNAL MODULE: ./build/report/material.js
var material = __nccwpck_require__(8222);
// EXTERNAL MODULE: ./build/report/message.js
var message = __nccwpck_require__(7632);
// EXTERNAL MODULE: ./build/report/plan-lines.js
var plan_lines = __nccwpck_require__(9222);
// EXTERNAL MODULE: ./build/report/proof.js
var proof = __nccwpck_require__(4645);
// EXTERNAL MODULE: ./build/report/sweep.js
var sweep = __nccwpck_require__(6355);
;// CONCATENATED MODULE: ./build/report/timeline.js

const TICKS = [
    [20_000, '5second'],
    [60_000, '10second'],
    [600_000, '1minute'],
    [3_600_000, '5minute'],
    [Number.POSITIVE_INFINITY, '30minute']
];
const HOUR_MS = 3_600_000;
const INIT = '%%{init: {"themeCSS": ".grid .tick line { stroke: #8c959f; opacity: 0.4; }", "gantt": {"leftPadding": 24, "rightPadding": 32}}}%%';
const LEAST_MS = 10_000;
const LEAST_PHASES = 3;
function timeline({ phases }, endedAt) {
    const zero = phases[0]?.at ?? endedAt;
    const bars = phases.flatMap((phase, index) => bar(phase, phases[index + 1], endedAt, zero));
    const length = chartEnd(phases, endedAt) - zero;
    if (bars.length < LEAST_PHASES || length < LEAST_MS)
        return '';
    const tick = TICKS.find(([upTo]) => length <= upTo)?.[1] ?? '30minute';
    const axis = length < HOUR_MS ? '%M:%S' : '%H:%M';
    return [
        '```mermaid',
        INIT,
        'gantt',
        '    dateFormat YYYY-MM-DD HH:mm:ss',
        `    axisFormat ${axis}`,
        `    tickInterval ${tick}`,
        ...bars,
        '```'
    ].join('\n');
}
function chartEnd(phases, endedAt) {
    const last = phases.at(-1);
    return last && isEnd(last.status) ? last.at : endedAt;
}
function bar({ status, at }, next, endedAt, zero) {
    const word = status.replace(/[^A-Z_]/g, '') || 'UNKNOWN';
    const start = chartTime(at - zero);
    if (isEnd(word))
        return [`    ${word} :${isBad(word) ? 'crit, ' : ''}milestone, ${start}, 0s`];
    const until = next?.at ?? endedAt;
    const tag = next && isBad(next.status) ? 'crit, ' : /^(BUILDING|DEPLOYING)$/.test(word) ? '' : 'done, ';
    return [`    ${word} ${(0,duration/* inWords */.r)(until - at)} :${tag}${start}, ${chartTime(Math.max(at - zero + 1000, until - zero))}`];
}
function isEnd(status) {
    return status === 'DEPLOYED' || isBad(status);
}
function isBad(status) {
    return /FAILED|SKIPPED|INTERRUPTED/.test(status);
}
function chartTime(ms) {
    return new Date(Date.UTC(2000, 0, 1) + Math.round(ms / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

;// CONCATENATED MODULE: ./build/report/summary.js














const MOST_PLAN_ROWS = 200;
const LOG_BYTES = 200_000;
const LEAST_SHARE = 1 / 32;
function summaryOf(record) {
    const { verdict = NEVER_ENDED, endedAt = 0 } = record;
    return summaryMarkdown({ ...(0,material/* materialOf */.Vo)(record, endedAt), verdict });
}
const NEVER_ENDED = { status: 'cancelled', reason: '' };
function summaryMarkdown(material) {
    for (let share = 1;; share /= 2) {
        const parts = partsOf(material, share).filter(Boolean);
        const whole = parts.join('\n\n');
        if (Buffer.byteLength(whole) <= LONGEST_SUMMARY)
            return whole;
        if (share <= LEAST_SHARE)
            return withinLimit(parts).join('\n\n');
    }
}
function partsOf(material, share) {
    const { verdict, record, outputs, name, dashboard, traces, words, endedAt } = material;
    return [
        `## ${run_verdict/* VERDICTS */.bk[verdict.status].mark} ${(0,markdown/* markdownText */.p7)(outputs.get('deployment-name') ?? name)}: ${verdict.status}`,
        wordsMarkdown(words, { quiet: markdown/* markdownText */.p7, dashboard, traces }),
        (0,markdown/* htmlTable */.I$)([
            ...(0,fact_rows/* factRows */.UO)(material),
            ...(0,gate/* experimentRows */.rU)(record),
            ['Server version', (0,fact_rows/* code */.aY)(versionChange(outputs.get('agent-server-version'), record))],
            ['Traces', traces && (0,markdown/* htmlLink */.Ar)('Tracing project', traces)],
            ['In progress', queueCell(record)],
            ['Created by this run', outputs.get('created') === 'true' ? 'yes' : undefined],
            ['Proof', (0,proof/* ladder */.T1)(record)],
            ['Duration', outputs.has('deployment-id') ? durationOf(outputs) : undefined]
        ]),
        (0,sweep/* sweptTable */.C)(record),
        (0,gate/* gateTable */.k0)(record),
        (0,proof/* proofTables */.kb)(record.proof),
        (0,bake/* bakeTable */.sF)(record),
        failureLog(record, LOG_BYTES * share),
        timeline(record, endedAt),
        planTable(record, verdict, Math.ceil(MOST_PLAN_ROWS * share)),
        ids(outputs)
    ];
}
const LONGEST_SUMMARY = 1_000_000;
const OMISSION_NOTE = '*Part of the summary is omitted, because GitHub shows at most 1 MiB. The log contains the rest.*';
function withinLimit(parts) {
    let left = LONGEST_SUMMARY;
    return parts.map((part) => {
        const bytes = Buffer.byteLength(part);
        if (bytes > left)
            return OMISSION_NOTE;
        left -= bytes;
        return part;
    });
}
function versionChange(version, { previousServerVersion: before }) {
    return version && before && before !== version ? `${before} \u2192 ${version}` : version;
}
function queueCell({ listed }) {
    return (0,fact_rows/* code */.aY)(listed?.queue.map(({ id, status }) => `${id.slice(0, fact_rows/* ID_LENGTH */.hq)} ${status}`).join(', '));
}
function wordsMarkdown({ title, reason, heading = message/* LOG_SHOWS */.CG, telling, advice }, { quiet, dashboard, traces }) {
    const prose = (line) => (SAID_BY_SERVER.test(line) ? quiet(line) : (0,markdown/* markdownProse */.h$)(line, quiet));
    const linked = (line) => {
        if (traces && line.endsWith(`: ${traces}`))
            return (0,markdown/* htmlLink */.Ar)(line.slice(0, -`: ${traces}`.length), traces, quiet);
        const [, link = '', rest = ''] = READ_THE_LOG.exec(line) ?? [];
        return dashboard && link ? `${(0,markdown/* htmlLink */.Ar)(link, dashboard)}${quiet(rest)}` : prose(line);
    };
    const lines = (text, each) => text.split('\n').filter(Boolean).map(each).join('<br>');
    const quoted = telling.length > 0 ? [prose(heading), (0,markdown/* markdownBlock */.dI)(telling.flatMap(words/* plainLines */.y1))] : [];
    const bold = title ? `<b>${prose(title)}</b>` : '';
    return [bold, lines(reason, prose), ...quoted, lines(advice, linked)].filter(Boolean).join('\n\n');
}
const SAID_BY_SERVER = /^(?:LangSmith reported|The server returned|Last error): /;
const READ_THE_LOG = /^(Read the (?:build|deploy) log)\b(.*)$/;
function durationOf(outputs) {
    const seconds = outputs.get('duration-seconds');
    return seconds && (0,duration/* inWords */.r)(Number(seconds) * 1000);
}
function failureLog({ failureLog: log }, bytes) {
    if (!log || log.lines.length === 0)
        return '';
    const count = log.lines.length === 1 ? '1 line' : `${log.lines.length} lines`;
    const block = (0,markdown/* markdownBlock */.dI)([(0,words/* lastBytes */.Qr)(log.lines.join('\n'), bytes)]);
    return `<details><summary>End of the ${log.kind} log (${count})</summary>\n\n${block}\n\n</details>`;
}
function planTable({ plan }, verdict, mostRows) {
    if (!plan)
        return '';
    const mayExplain = !(0,run_verdict/* passes */.WE)(verdict) && plan.rows.some((row) => !isKept(row));
    return planMarkdown(plan, {
        isOpen: verdict.status === 'planned' || mayExplain,
        mostRows,
        prose: markdown/* markdownText */.p7
    });
}
function planMarkdown(plan, { isOpen, mostRows, prose }) {
    const [kept, changed] = [plan.rows.filter(isKept), plan.rows.filter((row) => !isKept(row))];
    const table = (rows, most) => {
        const lines = rows.slice(0, most).map((row) => `| ${labelCell(row, prose)} | ${prose((0,plan_lines/* describeChange */.uQ)(row))} |`);
        const more = rows.length > most ? [`| \u2026 | ${rows.length - most} more |`] : [];
        return rows.length > 0 ? ['| Input | Change |', '|---|---|', ...lines, ...more].join('\n') : '';
    };
    const keptTable = table(kept, Math.max(0, mostRows - changed.length));
    const isFolded = keptTable !== '' && (isOpen || changed.length > 0);
    const parts = [table(changed, mostRows), isFolded ? folded(`${kept.length} kept`, keptTable, false) : keptTable];
    const title = `${prose((0,plan_lines/* planTitle */.KS)(plan))}${counts([...changed, ...kept])}`;
    return folded(title, parts.filter(Boolean).join('\n\n'), isOpen);
}
function folded(title, content, isOpen) {
    return `<details${isOpen ? ' open' : ''}><summary>${title}</summary>\n\n${content}\n\n</details>`;
}
function isKept({ change }) {
    return change === 'kept';
}
function labelCell(row, prose) {
    return row.about === 'field'
        ? `<code>${prose((0,input_name/* inputName */.y)(row.name))}</code>`
        : `${row.about} <code>${prose(row.name)}</code>`;
}
function counts(rows) {
    const kinds = [...new Set(rows.map(({ change }) => change))];
    const told = kinds.map((kind) => `${rows.filter(({ change }) => change === kind).length} ${kind}`);
    return told.length > 0 ? ` (${told.join(', ')})` : '';
}
function ids(outputs) {
    const table = (0,markdown/* htmlTable */.I$)([
        ['Deployment', (0,fact_rows/* code */.aY)(outputs.get('deployment-id'))],
        ['Revision', (0,fact_rows/* code */.aY)(outputs.get('revision-id'))],
        ['Active revision', differing(outputs, 'active-revision-id', 'revision-id')],
        ['Previously active', differing(outputs, 'previous-revision-id', 'active-revision-id')],
        ['Rolled back to', (0,fact_rows/* code */.aY)(outputs.get('rolled-back-to'))],
        ['Commit', (0,fact_rows/* code */.aY)(outputs.get('commit-sha'))],
        ['Image', (0,fact_rows/* code */.aY)(outputs.get('image-uri'))]
    ]);
    return table && `<details><summary>IDs</summary>\n\n${table}\n\n</details>`;
}
function differing(outputs, name, other) {
    const id = outputs.get(name);
    return id === outputs.get(other) ? undefined : (0,fact_rows/* code */.aY)(id);
}


/***/ }),

/***/ 6355:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ sweptTable),
/* harmony export */   E: () => (/* binding */ sweptLine)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4902);

const OUTCOMES = {
    deleted: 'deleted',
    planned: 'would be deleted',
    failed: 'could not be deleted',
    kept: 'kept'
};
function sweptLine({ name, outcome, why }) {
    return outcome === 'failed' ? `${name}: ${OUTCOMES.failed}; ${why}` : `${name}: ${OUTCOMES[outcome]} (${why})`;
}
const MOST_ROWS = 300;
function sweptTable({ swept = [] }) {
    if (swept.length === 0)
        return '';
    const isKept = ({ outcome }) => outcome === 'kept';
    const rows = [...swept.filter((row) => !isKept(row)), ...swept.filter(isKept)];
    const cells = rows
        .slice(0, MOST_ROWS)
        .map(({ name, outcome, why }) => [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(name), (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(OUTCOMES[outcome]), (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownProse */ .h$)(why)]);
    const more = rows.length - cells.length;
    const table = (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownTable */ .Qj)(['Preview', 'Result', 'Reason'], cells);
    return more > 0 ? `${table}\n\n${more} more in the log.` : table;
}


/***/ }),

/***/ 1088:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ inWords)
/* harmony export */ });
function inWords(ms) {
    const seconds = Math.round(ms / 1000);
    if (seconds < 60)
        return `${seconds} s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60)
        return two(minutes, 'min', seconds % 60, 's');
    return two(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}
function two(large, largeUnit, small, smallUnit) {
    return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}


/***/ }),

/***/ 4062:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ UNEXPECTED_ADVICE),
/* harmony export */   g: () => (/* binding */ errorMessage)
/* harmony export */ });
/* harmony import */ var _incomplete_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4560);

const UNEXPECTED_ADVICE = 'Rerun this job with debug logging. If it fails again, report the error and the log in the repository of this action.';
function errorMessage(error) {
    return (0,_incomplete_js__WEBPACK_IMPORTED_MODULE_0__/* .incompleteFiles */ .A)(error) ?? (error instanceof Error ? error.message : String(error));
}


/***/ }),

/***/ 1220:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ FIGURE_NAMES),
/* harmony export */   IP: () => (/* binding */ inUnit),
/* harmony export */   ci: () => (/* binding */ besideLimit),
/* harmony export */   pk: () => (/* binding */ isFigure),
/* harmony export */   uF: () => (/* binding */ unitOf)
/* harmony export */ });
/* unused harmony export FIGURES */
const FIGURES = {
    error_rate: 'share',
    latency_p50: 'seconds',
    latency_p99: 'seconds',
    first_token_p50: 'seconds',
    first_token_p99: 'seconds',
    run_count: 'count',
    total_tokens: 'count',
    prompt_tokens: 'count',
    completion_tokens: 'count',
    total_cost: 'cost',
    prompt_cost: 'cost',
    completion_cost: 'cost'
};
const FIGURE_NAMES = Object.keys(FIGURES);
function isFigure(name) {
    return Object.hasOwn(FIGURES, name);
}
function unitOf(name) {
    return isFigure(name) ? FIGURES[name] : 'score';
}
function inUnit(value, unit, digits = USUAL_DIGITS) {
    const rounded = (number) => Number(number.toPrecision(digits));
    switch (unit) {
        case 'share':
            return `${rounded(value * 100)}%`;
        case 'seconds':
            return `${rounded(value)} s`;
        case 'cost':
            return `$${rounded(value)}`;
        case 'count':
            return `${Number(value.toFixed(2))}`;
        case 'score':
            return `${rounded(value)}`;
    }
}
function besideLimit(value, limit, unit) {
    const usual = inUnit(value, unit);
    return usual === inUnit(limit, unit) ? inUnit(value, unit, ALL_DIGITS) : usual;
}
const USUAL_DIGITS = 4;
const ALL_DIGITS = 12;


/***/ }),

/***/ 4560:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ incompleteFiles),
/* harmony export */   o: () => (/* binding */ INCOMPLETE_TITLE)
/* harmony export */ });
/* harmony import */ var _object_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1379);

const INCOMPLETE_TITLE = 'Files of the action are incomplete';
function incompleteFiles(error) {
    const { name, code, message, stack } = (0,_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(error) ?? {};
    const text = typeof message === 'string' ? message : '';
    const missing = /^Cannot find \w+ '(?:[^']*[\\/])?([^'\\/]+)'/.exec(text)?.[1];
    if (code === 'ERR_MODULE_NOT_FOUND')
        return sentenceOn(missing === undefined ? text : `${missing} is missing`);
    const firstFrame = typeof stack === 'string' ? /\n\s+at ([^\n]*)/.exec(stack)?.[1] : undefined;
    const isCut = name === 'SyntaxError' && firstFrame?.includes('node:internal/modules/');
    const isEmpty = name === 'TypeError' && firstFrame?.startsWith('installChunk ');
    if (!isCut && !isEmpty)
        return undefined;
    return sentenceOn(isCut ? `a file is damaged: ${text}` : 'a file is empty');
}
function sentenceOn(reason) {
    return `The files of the action are incomplete (${reason}). Rerun the job, so that the runner downloads the action again.`;
}


/***/ }),

/***/ 8808:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ inputLabel),
/* harmony export */   y: () => (/* binding */ inputName)
/* harmony export */ });
const INPUT_NAMES = new Map([
    ['langgraph_config_path', 'langgraph-config'],
    ['source', 'source-type'],
    ['revision_source', 'source-type'],
    ['source_tarball_path', 'archive'],
    ['listener_config', 'k8s-namespace'],
    ['agent.agent_id', 'agent-id'],
    ['agent.environment', 'agent-environment']
]);
function inputName(field) {
    const whole = INPUT_NAMES.get(field);
    if (whole !== undefined)
        return whole;
    const [first = '', ...keys] = field.split('.');
    return [first.replaceAll('_', '-'), ...keys].join('.');
}
function inputLabel(field) {
    return `\`${inputName(field)}\``;
}


/***/ }),

/***/ 1298:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  RI: () => (/* binding */ CANCEL_GRACE_MS),
  cc: () => (/* binding */ CancelledError),
  j3: () => (/* binding */ DeadlineError),
  J5: () => (/* binding */ checkLimits),
  dU: () => (/* binding */ createDeadline),
  BE: () => (/* binding */ delayedSignal),
  sl: () => (/* binding */ endsRun),
  v7: () => (/* binding */ pause),
  ml: () => (/* binding */ systemClock),
  pj: () => (/* binding */ withGrace)
});

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./build/run/limits.js

const systemClock = {
    now: () => Math.floor(performance.timeOrigin + performance.now()),
    sleep: async (ms, signal) => {
        await (0,promises_namespaceObject.setTimeout)(ms, undefined, signal ? { signal } : {});
    }
};
function createDeadline({ clock, cancelled, deadline: first }) {
    let deadline = first;
    return {
        clock,
        cancelled,
        get deadline() {
            return deadline;
        },
        extend: (ms) => {
            deadline += ms;
        },
        restart: (ms) => {
            deadline = clock.now() + ms;
        }
    };
}
async function withGrace(deadline, ms, work) {
    deadline.extend(ms);
    try {
        return await work();
    }
    finally {
        deadline.extend(-ms);
    }
}
class DeadlineError extends Error {
    name = 'DeadlineError';
    unanswered;
    constructor(unanswered) {
        super('The timeout expired.');
        this.unanswered = unanswered;
    }
}
class CancelledError extends Error {
    name = 'CancelledError';
    constructor() {
        super('The job was canceled.');
    }
}
function endsRun(error) {
    return error instanceof CancelledError || error instanceof DeadlineError;
}
const CANCEL_GRACE_MS = 1_500;
function checkLimits(limits) {
    if (limits.cancelled.aborted)
        throw new CancelledError();
    if (limits.clock.now() >= limits.deadline)
        throw new DeadlineError();
}
async function pause(limits, ms) {
    checkLimits(limits);
    const left = limits.deadline - limits.clock.now();
    try {
        await limits.clock.sleep(Math.min(ms, left), limits.cancelled);
    }
    catch (error) {
        if (limits.cancelled.aborted)
            throw new CancelledError();
        throw error;
    }
    if (ms >= left)
        throw new DeadlineError();
}
function delayedSignal(signal, graceMs) {
    const controller = new AbortController();
    let timer;
    const start = () => {
        timer = setTimeout(() => controller.abort(), graceMs);
    };
    if (signal.aborted)
        start();
    else
        signal.addEventListener('abort', start, { once: true });
    return {
        signal: controller.signal,
        release: () => {
            signal.removeEventListener('abort', start);
            clearTimeout(timer);
        }
    };
}


/***/ }),

/***/ 1379:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ object)
/* harmony export */ });
function object(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}


/***/ }),

/***/ 6561:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Pd: () => (/* binding */ growingPauses),
/* harmony export */   Vn: () => (/* binding */ createHeartbeat),
/* harmony export */   l0: () => (/* binding */ pauseAfter),
/* harmony export */   lx: () => (/* binding */ lookRepeatedly),
/* harmony export */   wt: () => (/* binding */ poll)
/* harmony export */ });
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1298);

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
const PAUSE_SHARE = 0.05;
const JITTER_SHARE = 0.1;
const HEARTBEAT_MS = 60_000;
const LONGEST_GROWN_PAUSE_MS = 30_000;
function pauseAfter(waitedMs, { longestMs = LONGEST_PAUSE_MS, share = PAUSE_SHARE, random = 0 } = {}) {
    return Math.min(longestMs, Math.max(SHORTEST_PAUSE_MS, waitedMs * share)) * (1 - JITTER_SHARE * random);
}
function growingPauses(totalMs, firstMs = 1_000) {
    const pauses = [];
    for (let left = totalMs, ms = firstMs; left > 0; left -= ms, ms = Math.min(LONGEST_GROWN_PAUSE_MS, ms * 2)) {
        pauses.push(Math.min(ms, left));
    }
    return pauses;
}
function createHeartbeat(clock, report) {
    const since = clock.now();
    let reportedAt = since;
    const reset = () => {
        reportedAt = clock.now();
    };
    return {
        beat: () => {
            if (clock.now() - reportedAt < HEARTBEAT_MS)
                return;
            reset();
            report(clock.now() - since);
        },
        reset
    };
}
async function poll(limits, { pauseMs, heartbeat }, look) {
    const { clock } = limits;
    const since = clock.now();
    for (;;) {
        const found = await look();
        if (found !== undefined)
            return found;
        heartbeat?.beat();
        await (0,_limits_js__WEBPACK_IMPORTED_MODULE_0__/* .pause */ .v7)(limits, pauseMs(clock.now() - since));
    }
}
async function lookRepeatedly(limits, pauses, look) {
    for (const [index, ms] of [0, ...pauses].entries()) {
        if (ms > 0)
            await (0,_limits_js__WEBPACK_IMPORTED_MODULE_0__/* .pause */ .v7)(limits, ms);
        const found = await look(index === pauses.length);
        if (found !== undefined)
            return found;
    }
    return undefined;
}


/***/ }),

/***/ 1265:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   El: () => (/* binding */ firstRecord),
/* harmony export */   K2: () => (/* binding */ next),
/* harmony export */   SC: () => (/* binding */ isWriteOpen),
/* harmony export */   vP: () => (/* binding */ servingVersion)
/* harmony export */ });
/* unused harmony export hasOpenEnds */
function firstRecord(about, { destination, interrupt = false } = {}) {
    return {
        about,
        destination,
        mayHaveActed: false,
        stored: { names: [], count: 0 },
        isCertain: false,
        own: false,
        phases: [],
        proof: [],
        interrupt,
        done: false
    };
}
function next(record, event, at) {
    switch (event.kind) {
        case 'planned':
            return { ...record, plan: event.plan };
        case 'deployment':
            return withDeployment(record, event.deployment, event.created);
        case 'leaving':
            return { ...record, deployment: withoutFacts(event.deployment) };
        case 'gone':
            return record.deployment ? { ...record, deployment: { ...record.deployment, state: 'gone' } } : record;
        case 'active':
            return record.intent
                ? record
                : { ...record, previousRevisionId: event.revisionId, previousServerVersion: event.serverVersion };
        case 'listed':
            return { ...record, listed: event.revisions };
        case 'swept':
            return { ...record, swept: [...(record.swept ?? []), event.preview] };
        case 'sending':
            return withIntent(record, event.intent, event.stored);
        case 'writing':
            return { ...record, mayHaveActed: event.mayHaveActed };
        case 'named':
            return { ...record, namedId: event.revisionId };
        case 'made': {
            const { revision, isCertain } = event;
            return withRevision({ ...record, revisionId: revision.id, isCertain }, revision, { own: true, at });
        }
        case 'revision':
            return withRevision(record, event.revision, { own: event.own, at });
        case 'follow-up':
            return { ...record, followUp: { label: event.label, revision: event.revision } };
        case 'failure-log':
            return { ...record, failureLog: event.log };
        case 'proof':
            return { ...record, proof: [...record.proof.filter(({ about }) => about !== event.step.about), event.step] };
        case 'gate':
            return { ...record, gate: event.gate };
        case 'bake':
            return { ...record, bake: event.bake };
        case 'rolled-back':
            return withRollback(record, event.to, event.by);
        case 'workspace':
            return { ...record, destination: record.destination && { ...record.destination, workspaceId: event.id } };
        case 'feedback':
            return { ...record, feedback: event.feedback };
        case 'settled':
            return { ...record, done: true };
        case 'left-open':
            return { ...record, interrupt: event.interrupt };
        case 'ended':
            return { ...record, verdict: event.verdict, endedAt: at };
        case 'killed':
            return { ...record, verdict: { status: 'cancelled', reason: event.reason } };
    }
}
const MOST_STORED_NAMES = 40;
function withIntent(record, intent, stored) {
    const nothingMade = { revisionId: undefined, namedId: undefined, isCertain: false };
    const names = stored.slice(0, MOST_STORED_NAMES);
    return { ...record, ...nothingMade, intent, stored: { names, count: stored.length } };
}
function withRollback(record, to, by) {
    const { deployment } = record;
    return { ...record, rolledBack: { to, by }, deployment: deployment && { ...deployment, activeRevisionId: by } };
}
function withoutFacts({ id, name, state }) {
    return { id, name, state };
}
function withDeployment(record, seen, created) {
    return {
        ...record,
        deploymentId: seen.id,
        deployment: merged(record.deployment, seen),
        created: created ?? record.created ?? false
    };
}
function merged(before, seen) {
    if (before?.id !== seen.id)
        return seen;
    const activeRevisionId = seen.activeRevisionId ?? before.activeRevisionId;
    const olderVersion = activeRevisionId === before.activeRevisionId ? before.serverVersion : undefined;
    return {
        ...seen,
        address: seen.address ?? before.address,
        activeRevisionId,
        tenantId: seen.tenantId ?? before.tenantId,
        serverVersion: seen.serverVersion ?? olderVersion,
        tracingProject: seen.tracingProject ?? before.tracingProject
    };
}
function servingVersion({ deployment, revision }) {
    if (deployment?.state !== 'present')
        return undefined;
    const ofRevision = revision?.id === deployment.activeRevisionId ? revision?.serverVersion : undefined;
    return ofRevision ?? deployment.serverVersion;
}
function withRevision(record, seen, { own, at }) {
    const before = record.revision?.id === seen.id ? record.revision : undefined;
    const revision = {
        ...seen,
        commit: seen.commit ?? before?.commit,
        image: seen.image ?? before?.image,
        serverVersion: seen.serverVersion ?? before?.serverVersion
    };
    const phases = before?.status === seen.status ? record.phases : [...record.phases, { status: seen.status, at }];
    return { ...record, revision, own, phases };
}
function isWriteOpen({ intent, mayHaveActed, revisionId }) {
    return intent !== undefined && mayHaveActed && revisionId === undefined;
}
function hasOpenEnds(record) {
    return !record.done && (record.revisionId !== undefined || isWriteOpen(record));
}


/***/ }),

/***/ 857:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   em: () => (/* binding */ sentence),
/* harmony export */   kt: () => (/* binding */ midSentence),
/* harmony export */   sb: () => (/* binding */ clause)
/* harmony export */ });
function sentence(text) {
    const trimmed = text.trimEnd();
    return /[.!?\u2026]["'`]?$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
function midSentence(text) {
    return /^(?:The|This|A|An|No|Pull|Deployment|Revision) /.test(text)
        ? text.charAt(0).toLowerCase() + text.slice(1)
        : text;
}
function clause(text) {
    return text.trimEnd().replace(/\.$/, '');
}


/***/ }),

/***/ 4583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   WE: () => (/* binding */ passes),
/* harmony export */   bk: () => (/* binding */ VERDICTS),
/* harmony export */   dK: () => (/* binding */ mayServe)
/* harmony export */ });
const VERDICTS = {
    deployed: { passes: true, mark: '\u2705', githubState: 'success' },
    failed: { passes: false, mark: '\u274c', githubState: 'failure' },
    superseded: { passes: false, mark: '\u23ed\ufe0f', githubState: 'inactive' },
    'timed-out': { passes: false, mark: '\u231b', githubState: 'failure' },
    cancelled: { passes: false, mark: '\ud83d\uded1', githubState: 'inactive' },
    unchanged: { passes: true, mark: '\u2705', githubState: 'inactive' },
    planned: { passes: true, mark: '\ud83d\udcdd', githubState: 'inactive' },
    deleted: { passes: true, mark: '\ud83d\uddd1\ufe0f', githubState: 'inactive' },
    swept: { passes: true, mark: '\ud83e\uddf9', githubState: 'inactive' },
    skipped: { passes: true, mark: '\u23ed\ufe0f', githubState: 'inactive' },
    rejected: { passes: false, mark: '\u26d4', githubState: 'inactive' },
    interrupted: { passes: true, mark: '\u23f9\ufe0f', githubState: 'inactive' },
    found: { passes: true, mark: '\ud83d\udd0e', githubState: 'inactive' },
    none: { passes: true, mark: '\ud83d\udd0e', githubState: 'inactive' },
    started: { passes: true, mark: '\ud83d\ude80', githubState: 'in_progress' },
    error: { passes: false, mark: '\u274c', githubState: 'failure' }
};
function passes(verdict) {
    return verdict.status === 'superseded' ? verdict.passes : VERDICTS[verdict.status].passes;
}
function mayServe({ status }) {
    return status === 'deployed' || status === 'started' || status === 'timed-out';
}


/***/ }),

/***/ 4291:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  N: () => (/* binding */ createSecretKeeper),
  l: () => (/* binding */ mayBeSecret)
});

// EXTERNAL MODULE: ./build/runner/secret-shape.js
var secret_shape = __nccwpck_require__(4599);
;// CONCATENATED MODULE: ./build/runner/mask-list.js

const STAGES = ['now', 'with-deployment', 'at-end'];
function createMaskList() {
    const masked = new Set();
    const waiting = new Map();
    const outputs = new Set();
    const maskNow = (texts) => {
        for (const text of texts) {
            masked.add(text);
            waiting.delete(text);
        }
        return texts;
    };
    return {
        maskNow,
        maskLater: (texts) => {
            for (const text of texts)
                if (!masked.has(text))
                    waiting.set(text, comparableFrom(text));
        },
        release: (known, publicTexts) => {
            for (const text of publicTexts)
                outputs.add(text);
            const ready = [...waiting].filter(([, when]) => STAGES.indexOf(when) <= STAGES.indexOf(known));
            return maskNow(ready.map(([text]) => text).filter((text) => !isPartOf(outputs, text)));
        }
    };
}
function comparableFrom(text) {
    const stages = maskedForms(text).map(stageOf);
    return STAGES.findLast((stage) => stages.includes(stage)) ?? 'now';
}
function maskedForms(text) {
    const bare = text.trim();
    const last = bare.slice(bare.lastIndexOf('&') + 1);
    return [bare, unquoted(bare).trim(), ...(last.length >= SHORTEST_SECTION ? [last] : [])];
}
const SHORTEST_SECTION = 6;
function unquoted(text) {
    return /^\s*(["']).*\1\s*$/s.test(text) && text.trim().length > 1 ? text.trim().slice(1, -1) : text;
}
function stageOf(bare) {
    if (!/^[\w.:@/~%?&=#+,;!$*()[\]-]+$/.test(bare))
        return 'now';
    if ((0,secret_shape/* isOrdinary */.P)(bare) || /^[A-Z_]+$/.test(bare) || isPieceOfId(bare))
        return 'at-end';
    const segments = bare.split(/[/.:@?&=#]+/);
    const isSecret = (segment) => (0,secret_shape/* isSecretShaped */.Y2)(segment) && !isPieceOfId(segment) && !isLabel(segment);
    if (segments.length > 1 || isLabel(bare))
        return (0,secret_shape/* hasKnownPrefix */.YS)(bare) || segments.some(isSecret) ? 'now' : 'at-end';
    return (0,secret_shape/* isSecretShaped */.Y2)(bare) ? 'now' : 'with-deployment';
}
function isPieceOfId(text) {
    return (/^[0-9a-f]{1,32}$|^[0-9a-f]{40}$/i.test(text) || (/^[0-9a-f]*(-[0-9a-f]*){1,4}$/i.test(text) && text.length <= 36));
}
function isLabel(text) {
    return /^[a-z0-9]*(-[a-z0-9]*)+$/.test(text);
}
function isPartOf(publicTexts, mask) {
    const forms = [mask, unquoted(mask), ...mask.split('&').filter((form) => form.length >= SHORTEST_SECTION)];
    return [...publicTexts].some((text) => forms.some((form) => text.includes(form)));
}

// EXTERNAL MODULE: ./build/runner/secret-name.js
var secret_name = __nccwpck_require__(7547);
// EXTERNAL MODULE: ./build/runner/secret-parts.js
var secret_parts = __nccwpck_require__(8648);
;// CONCATENATED MODULE: ./build/runner/text-search.js
const KEY_LENGTH = 4;
function createTextSearch() {
    const known = new Map();
    const index = new Map();
    return {
        add: (text, { asWord }) => {
            if (text === '' || known.get(text) === false || known.get(text) === asWord)
                return;
            known.set(text, asWord);
            const key = text.slice(0, text.length >= KEY_LENGTH ? KEY_LENGTH : 1);
            const pieces = (index.get(key) ?? []).filter((piece) => piece.text !== text);
            index.set(key, [...pieces, { text, asWord }].sort((a, b) => b.text.length - a.text.length));
        },
        replaceIn: (text) => known.size === 0
            ? text
            : replaceMatches(text, (at) => Math.max(lengthOf(index.get(text.slice(at, at + KEY_LENGTH)), text, at), lengthOf(index.get(text.charAt(at)), text, at)))
    };
}
function replaceMatches(text, lengthAt) {
    let result = '';
    let copied = 0;
    let from = -1;
    let to = -1;
    const flush = () => {
        if (from < 0)
            return;
        result += `${text.slice(copied, from)}***`;
        copied = to;
    };
    for (let at = 0; at < text.length; at += 1) {
        const length = lengthAt(at);
        if (length === 0)
            continue;
        if (from < 0 || at > to) {
            flush();
            from = at;
        }
        to = Math.max(to, at + length);
    }
    flush();
    return result + text.slice(copied);
}
function lengthOf(pieces, text, at) {
    const found = pieces?.find((piece) => text.startsWith(piece.text, at) && (!piece.asWord || isWordAt(text, at, piece.text.length)));
    return found?.text.length ?? 0;
}
function isWordAt(text, at, length) {
    return !isWordCharacter(text.charCodeAt(at - 1)) && !isWordCharacter(text.charCodeAt(at + length));
}
function isWordCharacter(code) {
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}

;// CONCATENATED MODULE: ./build/runner/mask.js





const SHORTEST_MASK = 6;
const SHORTEST_PASSPHRASE = 16;
function createSecretKeeper() {
    const redaction = createRedaction();
    const masks = createMaskList();
    return {
        keys: (values) => {
            const lines = values.flatMap(lineForms);
            for (const text of [...values, ...lines])
                redaction.hide(text, { asWord: text.trim().length < SHORTEST_MASK });
            return masks.maskNow([...new Set(lines)].filter(isMaskable));
        },
        add: (secrets, origin, publicTexts) => {
            for (const secret of secrets) {
                const texts = redaction.hideSecret(secret, origin);
                masks.maskLater(texts.filter(maskableOf(secret, origin)));
            }
            return masks.release('now', publicTexts);
        },
        redactOnly: (secrets) => {
            for (const secret of secrets)
                redaction.hideSecret(secret, 'read');
        },
        redactParts: redaction.hideParts,
        release: (isEnd, publicTexts) => masks.release(isEnd ? 'at-end' : 'with-deployment', publicTexts),
        redact: redaction.redact
    };
}
function createRedaction() {
    const search = createTextSearch();
    const seen = new Set();
    const readable = new Set();
    const hide = (text, { asWord }) => {
        search.add(text, { asWord });
        for (const form of encodedForms(text, { asWord }))
            search.add(form, { asWord });
    };
    return {
        hide,
        hideSecret: (secret, origin) => {
            const id = JSON.stringify([secret.name, secret.value, origin]);
            if (seen.has(id))
                return [];
            seen.add(id);
            const texts = hiddenTexts(secret);
            for (const text of texts)
                hide(text, { asWord: isFoundAsWord(text) });
            return texts;
        },
        hideParts: (texts) => {
            for (const text of texts) {
                if (readable.has(text))
                    continue;
                readable.add(text);
                for (const part of partsOfText(text))
                    hide(part, { asWord: isFoundAsWord(part) });
            }
        },
        redact: search.replaceIn
    };
}
const SHORTEST_WORD_FORM = 8;
function encodedForms(text, { asWord }) {
    const json = JSON.stringify(text).slice(1, -1);
    const repr = json.replaceAll('\\"', '"');
    const quoted = [json, repr, repr.replaceAll("'", "\\'"), encodeURIComponent(text.toWellFormed())];
    const encoded = (asWord ? [text, `${text}\n`] : [text]).map((each) => Buffer.from(each).toString('base64'));
    const counts = (form) => !asWord || form.length >= SHORTEST_WORD_FORM;
    return [...quoted.filter(counts), ...encoded.filter(counts).map((form) => form.replace(/=+$/, ''))];
}
function maskableOf({ name, value }, origin) {
    if (origin === 'given')
        return isMaskable;
    let parts;
    return (text) => {
        parts ??= new Set(partsOfText(value, name));
        return isMaskable(text) && isWorthMasking(text, name, parts);
    };
}
function mayBeSecret({ name, value }) {
    return (0,secret_shape/* isSecretShaped */.Y2)(value) || (0,secret_parts/* secretParts */.B)(value).length > 0 || (0,secret_name/* isSecretName */.e)(name);
}
function hiddenTexts({ name, value }) {
    const hasSecretName = (0,secret_name/* isSecretName */.e)(name);
    const isSecret = (text) => !(0,secret_shape/* isPemHeader */.q2)(text) && (hasSecretName ? !/^(null|none)?$/i.test(text.trim()) : !(0,secret_shape/* isOrdinary */.P)(unquoted(text)));
    const lines = lineForms(value);
    const isWhole = !/[\r\n]/.test(value);
    const whole = isWhole
        ? lines.filter(isSecret)
        : [value, ...lines.filter((line) => isMaskable(line) && isSecret(line))];
    const bare = isWhole ? whole.map(unquoted).filter((text) => text.trim() !== '') : [];
    return [...new Set([...whole, ...bare, ...partsOfText(value, name)])].filter((text) => text !== '');
}
function partsOfText(value, name) {
    return (0,secret_parts/* secretParts */.B)(value, name).flatMap((part) => [part, part.trim()]);
}
function lineForms(value) {
    const lines = value.split(/\r\n|\r|\n/);
    return [...new Set([...lines, ...lines.map((line) => line.trim())])];
}
function isFoundAsWord(text) {
    const { length } = text.trim();
    return length < SHORTEST_MASK || (length < SHORTEST_PASSPHRASE && (0,secret_shape/* isOrdinary */.P)(text));
}
function isMaskable(text) {
    const bare = text.trim();
    return bare.length >= SHORTEST_MASK && !(0,secret_shape/* isBooleanLike */.C0)(bare) && !/^\d{1,6}$/.test(bare) && !/[\r\n]/.test(text);
}
function isWorthMasking(text, name, parts) {
    if ((0,secret_shape/* isSecretShaped */.Y2)(text))
        return true;
    const isNamed = (0,secret_name/* isSecretName */.e)(name) || parts.has(text);
    return isNamed && (!(0,secret_shape/* isOrdinary */.P)(text) || (text.length >= SHORTEST_PASSPHRASE && /[-_]/.test(text)));
}


/***/ }),

/***/ 377:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ simplified),
/* harmony export */   q: () => (/* binding */ nearestOf)
/* harmony export */ });
function nearestOf(written, names) {
    const wanted = simplified(written);
    const near = names
        .map((name) => ({ name, distance: distanceBetween(simplified(name), wanted) }))
        .filter(({ name, distance }) => distance <= Math.min(2, Math.floor(name.length / 3)))
        .toSorted((left, right) => left.distance - right.distance);
    return near[0]?.name;
}
function simplified(text) {
    return text.toLowerCase().replace(/[\s_-]+/g, '');
}
function distanceBetween(left, right) {
    if (Math.abs(left.length - right.length) > 2)
        return Number.POSITIVE_INFINITY;
    let before = [];
    let last = Array.from({ length: right.length + 1 }, (_, index) => index);
    for (let row = 1; row <= left.length; row += 1) {
        const next = [row];
        for (let column = 1; column <= right.length; column += 1) {
            const isSame = left[row - 1] === right[column - 1];
            const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
            const ways = [
                (last[column] ?? 0) + 1,
                (next[column - 1] ?? 0) + 1,
                (last[column - 1] ?? 0) + (isSame ? 0 : 1),
                isSwapped && row > 1 && column > 1 ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY
            ];
            next.push(Math.min(...ways));
        }
        before = last;
        last = next;
    }
    return last.at(-1) ?? 0;
}


/***/ }),

/***/ 4802:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _K: () => (/* binding */ isOutside),
/* harmony export */   _p: () => (/* binding */ whyUnreadable),
/* harmony export */   gP: () => (/* binding */ whyAbsent)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);


const KEPT_BY_TOOLS = /^(\.git|git-credentials-.*\.config|gha-creds-.*\.json|_runner_file_commands|_github_\w+)$/i;
function whyUnreadable(real, { workspace, temporary }) {
    const places = [workspace, ...(temporary ? [temporary] : [])].flatMap((folder) => placeIn(folder, real) ?? []);
    if (places.length === 0)
        return 'is outside the workspace and RUNNER_TEMP';
    const isKept = places.some((place) => place.split(/[/\\]/).some((name) => KEPT_BY_TOOLS.test(name)));
    return isKept ? 'belongs to git, the runner or another action' : undefined;
}
function whyAbsent(written, { temporary }, input = '') {
    const [, ofShell, rest = ''] = /^(\$\w+|\$\{\w+\}|\$env:\w+|%\w+%|~)[/\\]+([\w./\\-]*)$/i.exec(written) ?? [];
    if (ofShell) {
        const name = ofShell.replace(/^\$env:|[^\w]/gi, '');
        const isTemporary = ofShell === '~' || name.toUpperCase() === 'RUNNER_TEMP';
        return isTemporary
            ? `\`${ofShell}\` is not expanded here; ${ofShell === '~' ? 'write the file to RUNNER_TEMP and use' : 'use'} \`${input}${inTemporary(rest)}\``
            : `\`${ofShell}\` is not expanded here; use \`${input}\${{ env.${name} }}/${rest}\``;
    }
    if (/^\/[\w.-]+$/.test(written)) {
        return `an expression before it, such as \`\${{ env.NAME }}\`, may be empty; for a file in RUNNER_TEMP, use \`${input}${inTemporary(written.slice(1))}\``;
    }
    const isThere = temporary && !node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute(written) && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(temporary, written));
    return isThere
        ? `the file is in RUNNER_TEMP; use \`${input}${inTemporary(written.replace(/^\.\//, ''))}\``
        : undefined;
}
function inTemporary(rest) {
    return `\${{ runner.temp }}/${rest.replaceAll('\\', '/')}`;
}
function isOutside(written, { workspace, temporary }) {
    const place = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(workspace, written);
    return [workspace, ...(temporary ? [temporary] : [])].every((folder) => /^\.\.([/\\]|$)/.test(node_path__WEBPACK_IMPORTED_MODULE_1__.relative(folder, place)));
}
function placeIn(folder, file) {
    try {
        const place = node_path__WEBPACK_IMPORTED_MODULE_1__.relative((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(folder), file);
        return /^\.\.([/\\]|$)/.test(place) || node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute(place) ? undefined : place;
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 7547:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ isSecretName)
/* harmony export */ });
const SECRET_WORD = /^(key|keys|apikeys?|pass|passwd|password|passwords|passphrase|passcode|pwd|pw|pin|secrets?|token|jwt|credentials?|creds|dsn|sig|signature|salt|bearer|authorization)$/;
const SECRET_LAST_WORD = /^(auth|cookies?|session|(master|redis|basic|proxy|http|registry)auth)$/;
const SECRET_ENDING = /(password|passwd|passphrase|pwd|secret|token|credentials?|(api|access|account|secret|private|signing|master|license|encryption)key)$/;
const PASS_ENDING = /[a-z]pass$/;
const NO_PASS = /^(com|encom|by|tres|sur|over|under|out|multi|single|one|two|low|high|band|all|fore|first|second|forward|back)pass$/;
const ABOUT_A_SECRET = /^(name|id|ids|ur[il]|file|filename|path|dir|arn|endpoint|host|port|prefix|type|alg|algorithm|length|size|ttl|expiry|expires|expiration|timeout|limit|count|mode|region|version|header|issuer|audience|enabled|required|policy|field|column|provider|scopes?|user|username|vault)$/;
const NOT_SECRET = /^(public|publishable|max|min|num|use|enable|disable|require|has|is)$/;
const STRONG = /(password|passwd|passphrase|secret|token)$/;
const LIMITS = /^(max|min|num)$/;
function isSecretName(name) {
    const words = name
        .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
        .toLowerCase()
        .split(/[^a-z]+/)
        .filter((word) => word !== '');
    const last = words.at(-1) ?? '';
    if (ABOUT_A_SECRET.test(last))
        return false;
    if (words.some((word, index) => STRONG.test(word) && !LIMITS.test(words[index - 1] ?? '')))
        return true;
    if (words.some((word) => NOT_SECRET.test(word)))
        return false;
    return SECRET_LAST_WORD.test(last) || words.some(isSecretWord);
}
function isSecretWord(word) {
    return SECRET_WORD.test(word) || SECRET_ENDING.test(word) || (PASS_ENDING.test(word) && !NO_PASS.test(word));
}


/***/ }),

/***/ 8648:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ secretParts)
/* harmony export */ });
/* harmony import */ var _secret_name_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7547);
/* harmony import */ var _secret_shape_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4599);


function secretParts(value, name = '') {
    const parts = new Set([...((0,_secret_name_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecretName */ .e)(name) ? decodedSecrets(value) : []), ...partsAtDepth(value, 0)]);
    parts.delete('');
    parts.delete(value);
    return [...parts];
}
const MOST_NESTING = 4;
const LONGEST_LINE = 4_096;
function partsAtDepth(value, depth) {
    if (depth > MOST_NESTING)
        return [];
    const json = parseJsonObject(value);
    if (json !== undefined)
        return leavesOf('', json, depth);
    const decoded = fromBase64(value);
    if (decoded !== undefined)
        return partsAtDepth(decoded, depth + 1);
    return [
        ...addressParts(value),
        ...jsonLineParts(value, depth),
        ...pairParts(value, depth),
        ...elementParts(value),
        ...loginParts(value),
        ...headerParts(value),
        ...pemLines(value)
    ];
}
function parseJsonObject(text) {
    if (!/^\s*[[{"]/.test(text))
        return undefined;
    try {
        const value = JSON.parse(text);
        return typeof value === 'object' && value !== null ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function jsonLineParts(value, depth) {
    return value.split(/\r\n|\r|\n/).flatMap((line) => {
        const json = line === value ? undefined : parseJsonObject(line);
        return json === undefined ? [] : leavesOf('', json, depth);
    });
}
function fromBase64(text) {
    const decoded = readableBase64(text);
    return decoded !== undefined && /[\n{[<=:]/.test(decoded) ? decoded : undefined;
}
const SHORTEST_BASE64 = 16;
function readableBase64(text) {
    const bare = text.trim();
    if (bare.length < SHORTEST_BASE64 || !/^[A-Za-z0-9+/_\r\n-]+={0,2}$/.test(bare))
        return undefined;
    const decoded = Buffer.from(bare, 'base64').toString('utf8');
    return decoded === '' || /[^\P{C}\t\r\n]|\uFFFD/u.test(decoded) ? undefined : decoded;
}
function decodedPassword(text) {
    const bare = text.trim();
    const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(bare) && bare.length % 4 === 0;
    if (!isBase64 || bare.length < (bare.endsWith('=') ? 8 : 12) || /^[0-9a-f/]+$/i.test(bare))
        return undefined;
    const decoded = Buffer.from(bare, 'base64').toString('utf8');
    return /^[\x20-\x7E]+$/.test(decoded) ? decoded : undefined;
}
function decodedSecrets(value) {
    const decoded = readableBase64(value) ?? decodedPassword(value);
    const plain = passwordOf(value).filter((password) => !(0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isOrdinary */ .P)(password));
    return [...(decoded === undefined ? [] : [decoded, ...passwordOf(decoded)]), ...plain];
}
function passwordOf(text) {
    const password = /^[^\s:/]+:(?!\/\/)([^\s:]\S*)$/.exec(text.trim())?.[1];
    return password ? [password] : [];
}
function leavesOf(name, value, depth) {
    if (Array.isArray(value))
        return value.flatMap((item) => leavesOf(name, item, depth));
    if (typeof value === 'object' && value !== null)
        return Object.entries(value).flatMap(([key, item]) => leavesOf(key, item, depth));
    if (typeof value !== 'string' && typeof value !== 'number')
        return [];
    return namedParts({ name, value: String(value) }, depth);
}
function namedParts({ name, value }, depth) {
    if ((0,_secret_name_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecretName */ .e)(name) && !(0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isBooleanLike */ .C0)(value))
        return [
            value,
            ...value.split(LINE_END_OR_ESCAPE),
            ...decodedSecrets(value),
            ...partsAtDepth(value, depth + 1)
        ].filter((part) => !(0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isPemHeader */ .q2)(part));
    const lines = value.split(LINE_END_OR_ESCAPE);
    const whole = (0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isSecretShaped */ .Y2)(value) && !hasUser(value) ? [value] : [];
    const random = lines.length > 1 ? lines.map((line) => line.trim()).filter(_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isSecretShaped */ .Y2) : [];
    return [...whole, ...random, ...partsAtDepth(value, depth + 1)];
}
const LINE_END_OR_ESCAPE = /\r\n|\r|\n|\\r\\n|\\n/;
function pemLines(value) {
    if (!/-----BEGIN [A-Z0-9 ]+-----/.test(value))
        return [];
    return value
        .split(LINE_END_OR_ESCAPE)
        .map((line) => line.trim())
        .filter((line) => line !== '' && !(0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isPemHeader */ .q2)(line));
}
function hasUser(value) {
    return /^[a-z][a-z0-9+.:-]*:\/\/[^/\s]*@/i.test(value);
}
const NEXT_ADDRESS = /[\s"'<>]+|[,;|=(](?=(?:jdbc:)?[a-z][a-z0-9+.-]{1,20}:\/\/)/i;
function addressParts(value) {
    return value.split(NEXT_ADDRESS).flatMap((word) => {
        if (word.length > LONGEST_LINE)
            return [];
        const match = /^((?:jdbc:)?[a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(word) ?? /^()(.*@(?:tcp|udp|unix)\(.*)$/.exec(word);
        if (!match)
            return oracleParts(word);
        const [, scheme = '', rest = ''] = match;
        const { user, passwords, behind } = splitUser(rest);
        const isSecretUser = user !== '' && ((0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isSecretShaped */ .Y2)(user) || (passwords.length === 0 && /^[0-9a-f]{32}$/.test(user)));
        const secret = passwords.filter((password) => password !== user && password !== 'x-oauth-basic');
        const path = behind
            .replace(/[?#].*$/s, '')
            .split('/')
            .slice(1);
        return [
            ...(isSecretUser ? bothForms(user) : []),
            ...secret.flatMap(bothForms),
            ...(/^https?$/i.test(scheme) ? path.map(withoutBot).filter(_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isSecretShaped */ .Y2) : [])
        ];
    });
}
function splitUser(rest) {
    const authority = rest.replace(/[/?#].*$/s, '');
    const host = authority.includes('@') ? /@(?=[\w-]+(\.[\w-]+|:\d+))/g : /@(?=[\w-]+)/g;
    const isPlain = /^[^:/?#@]*:(?!\d{1,5}\/)/.test(rest);
    const later = isPlain ? Math.max(-1, ...[...rest.replace(/\?.*$/s, '').matchAll(host)].map(({ index }) => index)) : -1;
    const ends = [...new Set([authority.lastIndexOf('@'), later])].filter((end) => end >= 0);
    const users = ends.map((end) => rest.slice(0, end));
    return {
        user: users[0]?.replace(/:.*$/s, '') ?? '',
        passwords: users.filter((user) => user.includes(':')).map((user) => user.slice(user.indexOf(':') + 1)),
        behind: rest.slice((ends[0] ?? -1) + 1)
    };
}
function withoutBot(segment) {
    return segment.replace(/^bot(?=\d+:)/, '');
}
function oracleParts(word) {
    const match = /^(?:jdbc:oracle:[a-z]+:)[^/@:]+\/([^@]+)@/i.exec(word);
    return match?.[1] ? [match[1]] : [];
}
function bothForms(text) {
    try {
        return [text, decodeURIComponent(text)];
    }
    catch {
        return [text];
    }
}
const SEPARATED_BY_SEMICOLON = /(?:^|;)\s*([A-Za-z][\w .-]*?)\s*=\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|\{[^}]*\}|[^;]*)/g;
const SEPARATED_BY_SPACES = /(?:^|\s)([A-Za-z][\w.-]*)\s*=\s*("[^"]*"|'(?:\\.|[^'\\])*'|\S+)/g;
const SEPARATED_BY_COMMA = /(?:^|,)\s*([A-Za-z][\w.-]*)\s*=\s*([^,]*)/g;
const QUERY = /[?&]([A-Za-z][\w.-]*)=([^&#\s"']*)/g;
const ALONE = /^\s*(?:export\s+)?["']?([A-Za-z][\w.-]*)["']?\s*(?:=|:(?=\s))\s*(.*?)\s*,?$/g;
const ANYWHERE = /(?<![\w.-])-{0,2}((?<quote>["'])?(?<name>[A-Za-z_][\w.-]*)\k<quote>\s*(?:=|:(?=\s*["'])))\s*(?<value>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s"'<>]+)/g;
const IN_BRACKETS = /[{,]\s*(?<name>[A-Za-z_][\w.-]*)\s*:\s*(?<value>[^\s"'<>{}[\],]+)/g;
const OPTION_WITH_VALUE = /(?<!\S)--?(?<name>[A-Za-z][\w.-]*)\s+(?<value>"[^"]*"|'[^']*'|[^\s"'-]\S*)/g;
function pairParts(value, depth) {
    return value.split(LINE_END_OR_ESCAPE).flatMap((line) => {
        if (line.length > LONGEST_LINE)
            return [];
        const pairs = [...line.matchAll(patternFor(line)), ...line.matchAll(QUERY)];
        const known = pairs.filter(([, name = '']) => (0,_secret_name_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecretName */ .e)(name));
        const isKnown = (index) => known.some((pair) => index >= pair.index && index < endOfPair(pair));
        return [
            ...pairs.flatMap((pair) => {
                const [, name = '', raw = ''] = pair;
                if (isKeyOfXml(pair, name, line))
                    return [];
                const bare = withoutQuotes(raw.trim());
                const forms = [...new Set([raw.trim(), ...bothForms(bare)])];
                if ((0,_secret_name_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecretName */ .e)(name))
                    return secretForms(bare, [...forms, ...firstWord(raw)]);
                return forms.filter((form) => form !== value && !(0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isOrdinary */ .P)(form)).flatMap((form) => shapedParts(form, depth));
            }),
            ...[ANYWHERE, IN_BRACKETS, OPTION_WITH_VALUE]
                .flatMap((pattern) => [...line.matchAll(pattern)])
                .filter((pair) => {
                const name = pair.groups?.name ?? '';
                return (0,_secret_name_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecretName */ .e)(name) && !isKnown(pair.index) && !isKeyOfXml(pair, name, line);
            })
                .flatMap(({ groups }) => {
                const bare = withoutQuotes(groups?.value ?? '');
                return secretForms(bare, [...bothForms(bare), withoutNext(bare)]);
            })
        ];
    });
}
function endOfPair({ 0: all, 2: raw = '', index }) {
    const blank = /^["'{]/.test(raw) ? -1 : raw.search(/\s/);
    return index + all.length - (blank < 0 ? 0 : raw.length - blank);
}
function firstWord(raw) {
    const word = /^[^\s"'{]\S*(?=\s)/.exec(raw)?.[0];
    return word === undefined || (0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isOrdinary */ .P)(word) ? [] : [word];
}
function isKeyOfXml({ 0: all, index }, name, line) {
    const end = index + all.length;
    return name === 'key' && /^\s+value\s*=/.test(line.slice(end, end + 20));
}
function secretForms(bare, forms) {
    return (0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isBooleanLike */ .C0)(bare) ? [] : [...forms, ...decodedSecrets(bare)];
}
function withoutNext(bare) {
    const end = bare.search(/[,;&](?=["']?[A-Za-z_][\w.-]*["']?[=:])/);
    return (end < 0 ? bare : bare.slice(0, end)).replace(/[,;)}\]/]{1,8}$/, '');
}
function patternFor(line) {
    if (/;\s*$|;\s*[A-Za-z][\w .-]*=/.test(line))
        return SEPARATED_BY_SEMICOLON;
    if (/=.*[^,\s]\s+[A-Za-z][\w.-]*\s*=\s*\S/.test(line))
        return SEPARATED_BY_SPACES;
    return /(^|,)\s*[A-Za-z][\w.-]*\s*=.*,\s*[A-Za-z][\w.-]*\s*=|^[^=\s]+,\s*[A-Za-z][\w.-]*\s*=/.test(line)
        ? SEPARATED_BY_COMMA
        : ALONE;
}
function shapedParts(form, depth) {
    if (/[;&?\s]/.test(form) || hasUser(form))
        return partsAtDepth(form, depth + 1);
    return (0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isSecretShaped */ .Y2)(form) ? [form] : [];
}
function withoutQuotes(text) {
    const match = /^(["'{])(.*)(["'}])$/s.exec(text);
    const [, open, inner = ''] = match ?? [];
    if (!open || text.at(-1) !== (open === '{' ? '}' : open))
        return text;
    return open === '{' ? inner : inner.replaceAll(open + open, open).replace(/\\(.)/g, '$1');
}
function elementParts(value) {
    if (!value.includes('<'))
        return [];
    const elements = [...value.matchAll(/<(?:[\w-]{1,40}:)?([A-Za-z_][\w.-]{0,80})(?:\s[^<>]{0,500})?>([^<>]+)</g)];
    const settings = [
        ...value.matchAll(/\s(?:key|name)\s*=\s*["']([^"'<>]{1,100})["']\s+value\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')/gi)
    ].map(([all, name, double, single]) => [all, name, double ?? single]);
    return [...elements, ...settings].flatMap(([, name = '', text = '']) => (0,_secret_name_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecretName */ .e)(name) && !(0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isBooleanLike */ .C0)(text) ? [text.trim(), withoutReferences(text.trim())] : []);
}
function withoutReferences(text) {
    return text
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&apos;', "'")
        .replaceAll('&amp;', '&');
}
function loginParts(value) {
    const isNetrc = /(?:^|\s)(?:machine\s+\S+|default)\s+(?:login|password|account)\s/.test(value);
    const netrc = isNetrc ? [...value.matchAll(/(?:^|\s)password\s+(\S+)/g)].map(([, password = '']) => password) : [];
    const lines = value.split(/\r\n|\r|\n/).flatMap((line) => {
        if (line.length > LONGEST_LINE)
            return [];
        const password = /^[^:\s]+:(?:\d{1,5}|\*):[^:]*:[^:]*:(.+)$/.exec(line.trim())?.[1];
        if (password)
            return [password, password.replace(/\\([:\\])/g, '$1')];
        const isLogin = /^[\w.@+-]{1,64}:(?!\/\/)\S+$/.test(line.trim());
        return isLogin ? passwordOf(line).filter((text) => (0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isSecretShaped */ .Y2)(text) && !isHexDigest(text)) : [];
    });
    return [...netrc, ...lines];
}
function isHexDigest(text) {
    return /^(?:\d{1,5}\/[\w./-]+(?::|(?::[\w.-]+)?@sha(?:256|512):))?([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/.test(text);
}
function headerParts(value) {
    return [...value.matchAll(/\b(Bearer|Basic|Token|ApiKey|Bot)\s+([\w.~+/=-]{6,})/gi)].flatMap(([, scheme = '', token = '']) => {
        if ((0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isOrdinary */ .P)(token))
            return [];
        if (scheme.toLowerCase() !== 'basic')
            return [token];
        const [, ...password] = Buffer.from(token, 'base64').toString('utf8').split(':');
        return [token, ...(password.length > 0 ? [password.join(':')] : [])];
    });
}


/***/ }),

/***/ 4599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C0: () => (/* binding */ isBooleanLike),
/* harmony export */   P: () => (/* binding */ isOrdinary),
/* harmony export */   Y2: () => (/* binding */ isSecretShaped),
/* harmony export */   YS: () => (/* binding */ hasKnownPrefix),
/* harmony export */   q2: () => (/* binding */ isPemHeader)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);

const UUID_FORM = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
function isBooleanLike(text) {
    return /^(true|false|yes|no|on|off|null|none|enabled|disabled)$/i.test(text);
}
const KNOWN_PREFIX = /^(sk-|sk_|rk_|pk_live_|lsv2_|ls__|gh[oprsu]_|github_pat_|glpat-|xox[a-z]-|xapp-|AKIA|ASIA|AIza|ya29\.|eyJ|SG\.|hf_|npm_|pypi-|dop_v1_|shpat_|whsec_|tvly-|gsk_|r8_|pcsk_|dckr_pat_|ATATT|nvapi-|xai-|jina_|lin_api_|ntn_|secret_|pplx-|fc-|sntrys_|PMAK-|key-)/;
const SHORTEST_BEHIND_PREFIX = 8;
function hasKnownPrefix(text) {
    return KNOWN_PREFIX.test(text);
}
function isSecretShaped(text) {
    const prefix = KNOWN_PREFIX.exec(text)?.[0];
    if (prefix && text.length >= prefix.length + SHORTEST_BEHIND_PREFIX && !isOrdinary(text))
        return true;
    return isRandom(text) && !isOrdinary(text);
}
const SHORTEST_RANDOM = 16;
const LEAST_ENTROPY = 2.75;
function isRandom(text) {
    if (text.length < SHORTEST_RANDOM || /\s/.test(text) || UUID_FORM.test(text))
        return false;
    const segments = text.split(/[/:?&,;]/);
    if (segments.length > 2 && !segments.some((segment) => segment.length >= SHORTEST_RANDOM && isRandom(segment)))
        return false;
    const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((one) => one.test(text)).length;
    return classes >= 2 && entropy(text) >= LEAST_ENTROPY;
}
function entropy(text) {
    const counts = new Map();
    for (const character of text)
        counts.set(character, (counts.get(character) ?? 0) + 1);
    let bits = 0;
    for (const count of counts.values())
        bits -= (count / text.length) * Math.log2(count / text.length);
    return bits;
}
function isOrdinary(text) {
    const bare = text.trim();
    return (bare === '' ||
        isBooleanLike(bare) ||
        /^[-+]?\d{1,6}$/.test(bare) ||
        isMark(bare) ||
        isDotted(bare) ||
        isPemHeader(bare) ||
        isHostName(bare) ||
        isAddress(bare) ||
        /^[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(bare) ||
        areWords(bare));
}
function isPemHeader(line) {
    return /^\s*-{5}(BEGIN|END) [A-Z0-9 ]+-{5}\s*$/.test(line);
}
function isMark(text) {
    return /^[^\p{L}\p{N}]{1,5}$|^[a-z]$|^[a-z]{1,3}\d{1,2}$|^\d{1,5}[a-z%]{1,3}$/iu.test(text);
}
function isDotted(text) {
    return (/^v?\d{1,4}(\.\d{1,3}){1,3}$/.test(text) ||
        /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?$/.test(text) ||
        /^\d{1,2}:\d{2}(:\d{2})?$/.test(text) ||
        (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv4)(text.replace(/:\d{1,5}$/, '')));
}
function isHostName(text) {
    const [host = '', port = '', ...more] = text.split(':');
    if (more.length > 0 || !/^\d{0,5}$/.test(port) || host.length > 253)
        return false;
    const labels = host.split('.');
    return (labels.length > 1 &&
        /^[a-z]{2,}$/.test(labels.at(-1) ?? '') &&
        labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)));
}
function isAddress(text) {
    const match = /^[a-z][a-z0-9+.-]*:\/\/([^/?#@]*)([^?#]*)$/i.exec(text);
    if (!match)
        return false;
    const [, host = '', path = ''] = match;
    return (host === '' || isHost(host)) && path.split('/').every((segment) => segment === '' || isSegment(segment));
}
function isHost(host) {
    const bare = host.replace(/:\d{1,5}$/, '');
    return /^[a-z][a-z0-9-]*$/i.test(bare) ? bare.length < 40 : isHostName(bare.toLowerCase()) || isDotted(bare);
}
function isSegment(segment) {
    return areWords(segment) || isMark(segment) || isDotted(segment) || /^\d{1,6}$/.test(segment);
}
function areWords(text) {
    if (text.length > 200 || !/^[\w./:@,+~*-]+$/.test(text))
        return false;
    const isArn = /^arn:aws[\w-]*:/.test(text);
    const segments = text
        .split(/[./:@,+~*_-]+/)
        .filter((segment) => segment !== '' && !(isArn && /^\d{12}$/.test(segment)));
    const words = segments.filter(isWord);
    const mixed = segments.filter((segment) => /[a-z]/i.test(segment) && !isWord(segment));
    const hasWord = words.some((word) => word.length > 2) || (text.length < 6 && words.length > 0);
    return hasWord && mixed.length <= words.length && segments.every((segment) => isWord(segment) || isJoined(segment));
}
function isWord(segment) {
    return ((/^[a-z]+$|^[A-Z]+$/.test(segment) && isSpelled(segment)) ||
        (/^[A-Z]?[a-z]{2,}([A-Z][a-z]{2,})*$/.test(segment) && segment.split(/(?=[A-Z])/).every(isSpelled)));
}
function isJoined(segment) {
    return /^\d{1,4}$|^20\d{6}$|^[a-z]{1,4}\d{1,2}[a-z]?$|^\d{1,3}[a-z]{1,2}$/i.test(segment);
}
const LONGEST_WORD = 20;
function isSpelled(letters) {
    if (letters.length <= 6)
        return true;
    const vowels = letters.replace(/[^aeiouy]/gi, '').length;
    return letters.length <= LONGEST_WORD && vowels / letters.length >= 0.2 && !/[^aeiouy]{6}/i.test(letters);
}


/***/ }),

/***/ 9767:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _p: () => (/* binding */ tellsCommit),
/* harmony export */   mC: () => (/* binding */ branchOrTag),
/* harmony export */   vE: () => (/* binding */ readTrigger)
/* harmony export */ });
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1379);

function readTrigger(variables, event) {
    const repository = variables.GITHUB_REPOSITORY ?? '';
    const eventName = variables.GITHUB_EVENT_NAME ?? '';
    const payload = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(event);
    const pullRequest = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.pull_request);
    const isOfDeployment = eventName.startsWith('deployment');
    const deployment = isOfDeployment ? (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.deployment) : undefined;
    const workflowRun = isOfDeployment ? undefined : (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.workflow_run);
    const foreignHead = foreignRepository(repository, pullRequest, workflowRun);
    const server = variables.GITHUB_SERVER_URL || 'https://github.com';
    const isOfStatus = eventName === 'deployment_status';
    const isDependabot = [(0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(pullRequest?.user)?.login, (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.sender)?.login].includes('dependabot[bot]');
    const subject = eventSubject(variables, payload, { deployment, workflowRun, foreignHead });
    const isMerged = subject.about.kind === 'pull-request' && subject.about.state === 'merged';
    return {
        eventName,
        repository,
        repositoryUrl: repository ? `${server}/${repository}` : '',
        trialMerge: /^refs\/pull\/\d+\/merge$/.test(variables.GITHUB_REF ?? '') ? variables.GITHUB_SHA : undefined,
        deploymentState: isOfStatus ? textIn((0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.deployment_status)?.state) : undefined,
        previewEnvironment: previewEnvironment(deployment),
        defaultBranch: textIn((0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.repository)?.default_branch),
        isRefUnclear: false,
        headCommit: undefined,
        endedRun: undefined,
        ...subject,
        foreignHead: isMerged ? undefined : foreignHead,
        pullRequest: pullRequestNumber(payload, workflowRun, repository),
        mayBeOfPullRequest: mayBeOfPullRequest(variables, payload, workflowRun),
        isInFork: (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.repository)?.fork === true,
        withoutSecrets: isDependabot
            ? 'dependabot'
            : pullRequest && foreignHead && eventName !== 'pull_request_target'
                ? 'fork'
                : undefined,
        run: runOf(variables),
        runUrl: runUrl(variables, server, repository),
        runName: runName(variables)
    };
}
function pullRequestNumber(payload, workflowRun, repository) {
    const issue = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.issue);
    const ofRun = workflowRun?.pull_requests;
    const [only, another] = Array.isArray(ofRun) ? ofRun.filter((one) => isInto(one, repository)) : [];
    const holder = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.pull_request) ?? ((0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(issue?.pull_request) ? issue : another ? undefined : (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(only));
    const number = holder?.number;
    return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
function mayBeOfPullRequest({ GITHUB_REF: ref }, payload, workflowRun) {
    const run = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.check_run);
    const checks = [(0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.check_suite), run, (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(run?.check_suite)];
    const isOfChecks = checks.some((one) => Array.isArray(one?.pull_requests) && one.pull_requests.length > 0);
    return isOfChecks || workflowRun?.event === 'issue_comment' || (ref?.startsWith('refs/pull/') ?? false);
}
function previewEnvironment(deployment) {
    const environment = textIn(deployment?.environment);
    const isPreview = deployment?.transient_environment === true || deployment?.production_environment === false;
    return isPreview && environment?.toLowerCase() !== 'production' ? environment : undefined;
}
function runName({ GITHUB_WORKFLOW: workflow, GITHUB_RUN_NUMBER: number }) {
    return [workflow, number && `#${number}`].filter(Boolean).join(' ') || undefined;
}
function runOf({ GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt = '1' }) {
    const run = { id: Number(id), attempt: Number(attempt) };
    return id && Number.isSafeInteger(run.id) && Number.isSafeInteger(run.attempt) ? run : undefined;
}
function runUrl(variables, server, repository) {
    const { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = variables;
    if (!repository || !id)
        return undefined;
    const url = `${server}/${repository}/actions/runs/${id}`;
    return attempt && attempt !== '1' ? `${url}/attempts/${attempt}` : url;
}
function tellsCommit({ about, ref, headCommit }) {
    return about.kind !== 'pull-request' || (ref ?? headCommit) !== undefined;
}
function foreignRepository(repository, pullRequest, workflowRun) {
    if (!pullRequest && !workflowRun)
        return undefined;
    const owner = pullRequest ? (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(pullRequest.head)?.repo) : (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(workflowRun?.head_repository);
    const isGone = pullRequest !== undefined || workflowRun?.head_repository === null;
    const name = textIn(owner?.full_name) ?? (isGone ? 'a deleted fork' : repository);
    return name.toLowerCase() === repository.toLowerCase() ? undefined : name;
}
function eventSubject(variables, payload, { deployment, workflowRun, foreignHead }) {
    const eventName = variables.GITHUB_EVENT_NAME ?? '';
    const own = { ref: branchOrTag(variables.GITHUB_REF), commit: variables.GITHUB_SHA || undefined };
    const pullRequest = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.pull_request);
    const issue = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.issue);
    if (pullRequest)
        return ofPullRequest(pullRequest, own, foreignHead);
    if (issue && (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(issue.pull_request))
        return ofComment(issue, own);
    if (workflowRun)
        return ofWorkflowRun(workflowRun, (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.repository), own, foreignHead);
    if (deployment)
        return ofDeployment(deployment, variables);
    const isDeleted = eventName === 'delete' || (eventName === 'push' && payload?.deleted === true);
    if (isDeleted)
        return { ...own, about: { kind: 'deleted-ref', ref: textIn(payload?.ref) ?? '' } };
    const release = eventName === 'release' ? (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.release) : undefined;
    const why = release && whyWithheld(payload?.action, release);
    if (why)
        return { ...own, about: { kind: 'withheld-release', tag: textIn(release.tag_name) ?? '', why } };
    const group = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(payload?.merge_group);
    if (group || isOfMergeQueue(own.ref)) {
        return { ref: own.ref, commit: textIn(group?.head_sha) ?? own.commit, about: { kind: 'merge-group' } };
    }
    return { ...own, about: { kind: 'ref' } };
}
function ofPullRequest(pullRequest, own, foreignHead) {
    const head = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(pullRequest.head);
    const headCommit = textIn(head?.sha);
    const base = textIn((0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(pullRequest.base)?.ref);
    const state = stateOf(pullRequest.state, pullRequest.merged === true || textIn(pullRequest.merged_at) !== undefined);
    const about = { kind: 'pull-request', state, base };
    if (state === 'merged')
        return { about, headCommit, ref: base, commit: textIn(pullRequest.merge_commit_sha) };
    return {
        about,
        headCommit,
        ref: foreignHead ? undefined : (textIn(head?.ref) ?? own.ref),
        commit: headCommit ?? own.commit
    };
}
function whyWithheld(action, { draft }) {
    if (action === 'deleted' || action === 'unpublished')
        return action;
    return draft === true ? 'draft' : undefined;
}
function ofComment(issue, own) {
    const isMerged = textIn((0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(issue.pull_request)?.merged_at) !== undefined;
    return {
        about: { kind: 'pull-request', state: stateOf(issue.state, isMerged), base: undefined },
        ref: undefined,
        commit: own.commit
    };
}
function stateOf(state, isMerged) {
    if (state !== 'closed')
        return 'open';
    return isMerged ? 'merged' : 'closed';
}
function ofWorkflowRun(workflowRun, repository, own, foreignHead) {
    const isForeign = foreignHead !== undefined;
    const { event, conclusion } = workflowRun;
    const branch = textIn(workflowRun.head_branch);
    const startedBy = textIn(event) ?? '';
    const isOfPullRequest = startedBy.startsWith('pull_request');
    const listed = Array.isArray(workflowRun.pull_requests) ? workflowRun.pull_requests.map(_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I) : [];
    const fact = {
        ref: isForeign ? undefined : (branch ?? own.ref),
        commit: textIn(workflowRun.head_sha) ?? own.commit,
        endedRun: { conclusion: conclusion === null ? null : textIn(conclusion), isOfRef: !isOfPullRequest }
    };
    const isDefault = branch === textIn(repository?.default_branch);
    const candidates = isForeign || isDefault ? [] : listed.filter((one) => isFromBranch(one, branch, repository));
    const [pullRequest, another] = isOfPullRequest ? listed : candidates;
    if (isOfPullRequest || pullRequest) {
        const base = another ? undefined : textIn((0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(pullRequest?.base)?.ref);
        return { ...fact, headCommit: fact.commit, about: { kind: 'pull-request', state: 'open', base } };
    }
    if (startedBy === 'merge_group' || isOfMergeQueue(branch))
        return { ...fact, about: { kind: 'merge-group' } };
    if (startedBy === 'release' && branch && !isForeign) {
        return { ...fact, ref: `refs/tags/${branch}`, about: { kind: 'ref' } };
    }
    const isBranch = isForeign ||
        branch === undefined ||
        startedBy === 'schedule' ||
        isDefault ||
        listed.some((one) => (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(one?.head)?.ref === branch);
    return { ...fact, isRefUnclear: !isBranch, about: { kind: 'ref' } };
}
function isFromBranch(pullRequest, branch, repository) {
    return (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(pullRequest?.head)?.ref === branch && isInto(pullRequest, textIn(repository?.full_name) ?? '');
}
function ofDeployment(deployment, variables) {
    const commit = textIn(deployment.sha) ?? (variables.GITHUB_SHA || undefined);
    const ref = variables.GITHUB_REF || textIn(deployment.ref);
    if (ref?.startsWith('refs/'))
        return { ref: branchOrTag(ref), commit, about: { kind: 'ref' } };
    const isCommit = ref !== undefined && /^[0-9a-f]{7,64}$/i.test(ref) && commit?.startsWith(ref.toLowerCase());
    if (isCommit)
        return { ref: undefined, commit, about: { kind: 'bare-commit' } };
    return { ref, commit, isRefUnclear: ref !== undefined, about: { kind: 'ref' } };
}
function isOfMergeQueue(branch) {
    return branch?.startsWith('gh-readonly-queue/') ?? false;
}
function isInto(pullRequest, repository) {
    const url = textIn((0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(pullRequest)?.base)?.repo)?.url);
    return url === undefined || url.toLowerCase().endsWith(`/repos/${repository.toLowerCase()}`);
}
function branchOrTag(ref) {
    if (!ref)
        return undefined;
    if (ref.startsWith('refs/heads/'))
        return ref.slice('refs/heads/'.length);
    return ref.startsWith('refs/') && !ref.startsWith('refs/tags/') ? undefined : ref;
}
function textIn(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}


/***/ }),

/***/ 4239:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   KL: () => (/* binding */ isVariableName),
/* harmony export */   Rx: () => (/* binding */ isRunnerVariable),
/* harmony export */   Vp: () => (/* binding */ isSpelledName),
/* harmony export */   X$: () => (/* binding */ whyReserved),
/* harmony export */   cr: () => (/* binding */ DEPLOYMENT_NAME),
/* harmony export */   sh: () => (/* binding */ isPlainName)
/* harmony export */ });
/* harmony import */ var _secret_shape_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4599);

const RESERVED_EVERYWHERE = new Set(`LANGCHAIN_TRACING_V2 LANGSMITH_TRACING_V2 LANGCHAIN_ENDPOINT LANGCHAIN_PROJECT LANGSMITH_PROJECT
   LANGSMITH_LANGGRAPH_GIT_REPO LANGGRAPH_GIT_REPO_PATH LANGCHAIN_API_KEY LANGSMITH_CONTROL_PLANE_API_KEY POSTGRES_URI
   POSTGRES_PASSWORD DATABASE_URI LANGSMITH_LANGGRAPH_GIT_REF LANGSMITH_LANGGRAPH_GIT_REF_SHA LANGGRAPH_AUTH_TYPE
   LANGSMITH_AUTH_ENDPOINT LANGSMITH_TENANT_ID LANGSMITH_AUTH_VERIFY_TENANT_ID LANGSMITH_HOST_PROJECT_ID
   LANGSMITH_HOST_PROJECT_NAME LANGSMITH_HOST_REVISION_ID LOG_JSON LOG_DICT_TRACEBACKS REDIS_URI
   LANGCHAIN_CALLBACKS_BACKGROUND DD_TRACE_PSYCOPG_ENABLED DD_TRACE_REDIS_ENABLED LANGSMITH_DEPLOYMENT_NAME
   LANGGRAPH_CLOUD_LICENSE_KEY`.split(/\s+/));
const SET_BY_PLATFORM = new Set(`LANGCHAIN_TRACING_V2 LANGSMITH_TRACING_V2 LANGCHAIN_ENDPOINT LANGSMITH_ENDPOINT LANGCHAIN_PROJECT LANGSMITH_PROJECT
   LANGCHAIN_API_KEY LANGSMITH_API_KEY POSTGRES_URI DATABASE_URI REDIS_URI PORT`.split(/\s+/));
const DEPLOYMENT_NAME = 'LANGSMITH_DEPLOYMENT_NAME';
const DEPLOY_KEY = 'LANGGRAPH_HOST_API_KEY';
const RESERVED_ON_CLOUD = new Set(`LANGSMITH_API_KEY LANGSMITH_ENDPOINT POSTGRES_URI_CUSTOM REDIS_URI_CUSTOM PATH PORT MOUNT_PREFIX LSD_ENV
   LSD_DD_API_KEY LSD_DD_ENDPOINT LSD_DEPLOYMENT_TYPE`.split(/\s+/));
const RUNNER_PREFIX = /^(RUNNER|ACTIONS|INPUT)_/;
const RUNNER_NAMES = new Set(`ACTION ACTION_PATH ACTION_REF ACTION_REPOSITORY ACTIONS ACTOR ACTOR_ID API_URL BASE_REF ENV EVENT_NAME EVENT_PATH
   GRAPHQL_URL HEAD_REF JOB OUTPUT PATH REF REF_NAME REF_PROTECTED REF_TYPE REPOSITORY REPOSITORY_ID REPOSITORY_OWNER
   REPOSITORY_OWNER_ID RETENTION_DAYS RUN_ATTEMPT RUN_ID RUN_NUMBER SERVER_URL SHA STATE STEP_SUMMARY
   TRIGGERING_ACTOR WORKFLOW WORKFLOW_REF WORKFLOW_SHA WORKSPACE`
    .split(/\s+/)
    .map((name) => `GITHUB_${name}`));
function isRunnerVariable(name) {
    return RUNNER_PREFIX.test(name) || RUNNER_NAMES.has(name);
}
function whyReserved(name, { onCloud }) {
    if (name === DEPLOY_KEY)
        return 'it is the deployment key, which the agent does not need';
    if (name === DEPLOYMENT_NAME)
        return 'it sets the name of the deployment, not a variable of the agent';
    if (!RESERVED_EVERYWHERE.has(name) && !(onCloud && RESERVED_ON_CLOUD.has(name)))
        return undefined;
    return SET_BY_PLATFORM.has(name) ? 'LangSmith sets this variable' : 'LangSmith reserves this name';
}
function isVariableName(name) {
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}
function isPlainName(name) {
    return /^([A-Z0-9_.-]{1,64}|[a-z0-9_.-]{1,40}|[A-Za-z_.-]{1,24})$/.test(name);
}
function isSpelledName(name) {
    if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(name))
        return false;
    const digits = name.replace(/\D/g, '').length;
    return (0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isOrdinary */ .P)(name) || (name.includes('_') && digits <= MOST_DIGITS && (0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isOrdinary */ .P)(name.replace(/\d/g, '')));
}
const MOST_DIGITS = 4;


/***/ }),

/***/ 3894:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   KE: () => (/* binding */ listed),
/* harmony export */   Lx: () => (/* binding */ withoutEscapes),
/* harmony export */   Qr: () => (/* binding */ lastBytes),
/* harmony export */   Sz: () => (/* binding */ shortenedLines),
/* harmony export */   mI: () => (/* binding */ firstBytes),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   y1: () => (/* binding */ plainLines)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);

function plainLines(text) {
    return withoutEscapes(text)
        .split(/\r\n|\r|\n/)
        .map(withoutCommand);
}
function plain(text) {
    return plainLines(text).join('\n');
}
function withoutCommand(line) {
    return line.replaceAll('##[', '## [').replace(/^(\s*):(?=:)/, '$1: ');
}
function withoutEscapes(text) {
    return (0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text).replace(/[^\P{Cc}\t\r\n]|\p{Bidi_Control}/gu, '');
}
function firstBytes(text, bytes) {
    const encoded = Buffer.from(text);
    if (encoded.length <= bytes)
        return text;
    let end = Math.max(0, bytes - Buffer.byteLength(' \u2026'));
    while (end > 0 && ((encoded[end] ?? 0) & 0xc0) === 0x80)
        end -= 1;
    return `${encoded.subarray(0, end).toString('utf8')} \u2026`;
}
function lastBytes(text, bytes) {
    const encoded = Buffer.from(text);
    if (encoded.length <= bytes)
        return text;
    let start = encoded.length - bytes + Buffer.byteLength('\u2026 ');
    while (start < encoded.length && ((encoded[start] ?? 0) & 0xc0) === 0x80)
        start += 1;
    return `\u2026 ${encoded.subarray(start).toString('utf8')}`;
}
function shortenedLines(lines, bytes, keeps) {
    return (keeps === 'first' ? firstBytes : lastBytes)(lines.join('\n'), bytes).split('\n');
}
function listed(names, count = names.length) {
    const more = count - MOST_LISTED_NAMES;
    return [...withGroupedVariables(names.slice(0, MOST_LISTED_NAMES)), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
function withGroupedVariables(names) {
    const variables = names.filter((name) => name.startsWith(VARIABLE));
    if (variables.length < 2)
        return names;
    const bare = variables.map((name) => name.slice(VARIABLE.length)).join(', ');
    return [...names.filter((name) => !name.startsWith(VARIABLE)), `environment variables ${bare}`];
}
const VARIABLE = 'environment variable ';
const MOST_LISTED_NAMES = 40;


/***/ }),

/***/ 8508:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ USER_AGENT)
/* harmony export */ });
/* unused harmony export VERSION */
const VERSION = '1.0.0';
const USER_AGENT = `langsmith-deploy-action/${VERSION}`;


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".main.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  i: () => (/* binding */ main),
  F: () => (/* binding */ tellCrash)
});

// EXTERNAL MODULE: ./build/deployment/sources/index.js + 2 modules
var sources = __nccwpck_require__(4478);
// EXTERNAL MODULE: ./build/run/duration.js
var duration = __nccwpck_require__(1088);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
// EXTERNAL MODULE: ./build/deployment/apply.js + 2 modules
var apply = __nccwpck_require__(1124);
// EXTERNAL MODULE: ./build/run/object.js
var object = __nccwpck_require__(1379);
// EXTERNAL MODULE: ./build/deployment/find.js
var find = __nccwpck_require__(7671);
// EXTERNAL MODULE: ./build/deployment/json.js
var json = __nccwpck_require__(7514);
// EXTERNAL MODULE: ./build/deployment/refusals.js
var refusals = __nccwpck_require__(4533);
// EXTERNAL MODULE: ./build/deployment/secrets.js
var secrets = __nccwpck_require__(1887);
// EXTERNAL MODULE: ./build/deployment/sources/kinds.js
var kinds = __nccwpck_require__(1216);
;// CONCATENATED MODULE: ./build/deployment/plan.js






function changesOf(plan) {
    if (plan.kind === 'nothing')
        return 0;
    return Math.max(1, plan.rows.filter(({ change }) => change !== 'kept').length);
}
function settingsOf({ source, routeThroughGateway }, deployment) {
    const gateway = routeThroughGateway === undefined
        ? []
        : [
            {
                section: 'deployment',
                field: 'route_through_gateway',
                wanted: routeThroughGateway,
                current: deployment?.route_through_gateway ?? null,
                effect: 'place'
            }
        ];
    return [...source.settings(deployment), ...gateway];
}
function planCreate(desired, fixed) {
    const settings = settingsOf(desired);
    const agent = desired.agent && { ...desired.agent };
    const merged = (0,secrets/* mergeSecrets */.Q)(desired.secrets, []);
    const fixedFields = Object.fromEntries(fixed.map(({ field, wanted }) => [field, wanted]));
    return {
        kind: 'create',
        makesRevision: desired.source.upload === undefined,
        body: {
            name: desired.name,
            ...(agent ? { agent } : {}),
            source: desired.source.type,
            source_config: { ...fixedFields, ...section(settings, 'source_config') },
            source_revision_config: section(settings, 'source_revision_config'),
            secrets: merged.send ?? [],
            ...section(settings, 'deployment')
        },
        rows: [
            row('name', null, desired.name),
            ...(agent ? rowsOf('agent', null, agent) : []),
            row('source', null, desired.source.type),
            ...fixed.map(({ field, wanted, shown }) => row(field, null, shown ?? wanted)),
            ...settings.flatMap(({ field, wanted, shown }) => rowsOf(field, null, shown?.wanted ?? wanted)),
            ...(desired.source.afterCreate ?? []).map(({ field, wanted }) => row(field, null, wanted)),
            ...(desired.displayName === undefined ? [] : [row('display_name', null, desired.displayName)]),
            ...environmentRows(merged, desired.secrets.variables, [])
        ]
    };
}
function planPatch(desired, deployment, serving) {
    refuseImpossible(desired, deployment);
    const { type } = desired.source;
    const isOverride = deployment.source !== type;
    const settings = settingsOf(desired, deployment);
    const merged = (0,secrets/* mergeSecrets */.Q)(desired.secrets, deployment.secrets);
    const changed = settings.filter(({ wanted, current }) => !(0,json/* sameJson */.Vk)(wanted, current));
    const needsRevision = merged.send !== undefined || changed.some(({ effect }) => effect !== 'place');
    const isServed = serving !== undefined && (serving.source ?? type) === type && desired.source.isServedBy(serving);
    const makesRevision = needsRevision || !isServed;
    const sent = settings.filter((setting) => changed.includes(setting) || (makesRevision && setting.effect === 'always'));
    const namesSource = makesRevision && (isOverride || desired.source.namesRevisionSource === true);
    const renames = desired.displayName !== undefined && desired.displayName !== deployment.display_name;
    const rows = [
        ...(isOverride ? [row('revision_source', deployment.source, type)] : []),
        ...settings.flatMap(({ field, wanted, current, shown }) => rowsOf(field, shown?.current ?? current, shown?.wanted ?? wanted)),
        ...(desired.displayName === undefined ? [] : [row('display_name', deployment.display_name, desired.displayName)]),
        ...environmentRows(merged, desired.secrets.variables, deployment.secrets ?? [])
    ];
    if (!makesRevision && sent.length === 0 && !renames)
        return { kind: 'nothing', deployment, rows };
    return {
        kind: 'patch',
        deployment,
        makesRevision,
        rows,
        body: {
            ...(namesSource ? { revision_source: type } : {}),
            ...sectionIfAny(sent, 'source_config'),
            ...sectionIfAny(sent, 'source_revision_config'),
            ...(merged.send ? { secrets: merged.send } : {}),
            ...section(sent, 'deployment'),
            ...(renames ? { display_name: desired.displayName ?? '' } : {})
        }
    };
}
function refuseImpossible({ source }, deployment) {
    if ((0,find/* isGoing */.jf)(deployment))
        throw (0,refusals/* deploymentGoing */._O)(deployment);
    const isPossible = deployment.source === source.type || ((0,kinds/* kindOf */.I)(deployment.source).isCloudOnly && (0,kinds/* kindOf */.I)(source.type).isCloudOnly);
    if (!isPossible)
        throw (0,refusals/* sourceDiffers */.ZY)(deployment.name, deployment.source, source.label);
    source.checkFixed(deployment);
}
function section(settings, name) {
    return Object.fromEntries(settings.filter((setting) => setting.section === name).map(({ field, wanted }) => [field, wanted]));
}
function sectionIfAny(settings, name) {
    const fields = section(settings, name);
    return Object.keys(fields).length > 0 ? { [name]: fields } : {};
}
function rowsOf(name, from, to) {
    if (!(0,object/* object */.I)(to))
        return [row(name, from, to)];
    const [current, wanted] = [(0,json/* asObject */.eB)(from), (0,json/* asObject */.eB)(to)];
    const keys = [...new Set([...Object.keys(current), ...Object.keys(wanted)])];
    const rows = keys
        .map((key) => [key, current[key] ?? null, wanted[key] ?? null])
        .filter(([, before, after]) => before !== null || after !== null)
        .map(([key, before, after]) => row(`${name}.${key}`, before, after));
    return rows.length > 0 ? rows : [row(name, from, to)];
}
function row(name, from, to) {
    if ((0,json/* sameJson */.Vk)(from, to))
        return { about: 'field', name, change: 'kept', value: to };
    return from === null
        ? { about: 'field', name, change: 'set', value: to }
        : { about: 'field', name, change: 'changed', from, to };
}
function environmentRows({ changes }, variables, deployed) {
    const wanted = new Map(variables.map(({ name, value }) => [name, value]));
    const before = new Map(deployed.map(({ name, value }) => [name, value]));
    return changes.map(({ name, change }) => {
        const value = wanted.get(name);
        if (value === undefined || change === 'removed')
            return { about: 'secret', name, change };
        if (change !== 'changed')
            return { about: 'variable', name, change, value };
        return { about: 'variable', name, change, from: before.get(name) ?? '', to: value };
    });
}

// EXTERNAL MODULE: ./build/deployment/revision.js
var deployment_revision = __nccwpck_require__(6309);
// EXTERNAL MODULE: ./build/github/commits.js
var commits = __nccwpck_require__(2628);
// EXTERNAL MODULE: ./build/run/verdict.js
var run_verdict = __nccwpck_require__(4583);
// EXTERNAL MODULE: ./build/commands/ahead.js
var ahead = __nccwpck_require__(5702);
// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __nccwpck_require__(5990);
// EXTERNAL MODULE: ./build/run/error-message.js
var error_message = __nccwpck_require__(4062);
;// CONCATENATED MODULE: ./build/commands/display-name.js


const NAMING_MS = 5_000;
async function namingBeside({ client, limits, progress }, { id }, displayName, rollout, budgetMs = NAMING_MS) {
    const warn = (error) => {
        if (limits.cancelled.aborted)
            return;
        const detail = error instanceof errors/* ApiError */.hD && error.detail ? `: ${error.detail}` : '';
        progress.warn(`Could not set \`display-name\` (${(0,error_message/* errorMessage */.g)(error)}${detail}). The rollout continues without it; the next run sets it.`);
    };
    const naming = displayName === undefined ? undefined : client.rename(id, displayName, budgetMs).catch(warn);
    try {
        return await rollout();
    }
    finally {
        await naming;
    }
}

// EXTERNAL MODULE: ./build/deployment/sources/github.js
var github = __nccwpck_require__(2612);
// EXTERNAL MODULE: ./build/github/history.js
var github_history = __nccwpck_require__(6466);
;// CONCATENATED MODULE: ./build/commands/guard.js





class OlderError extends Error {
    name = 'OlderError';
    newer;
    constructor(newer) {
        super(newer.reason);
        this.newer = newer;
    }
}
function createGuard(context, config) {
    const compared = new Set();
    const noted = new Set();
    const noteOnce = (text) => {
        if (!noted.has(text))
            context.progress.note(text);
        noted.add(text);
    };
    return async ({ deployment, revisions }) => {
        const revision = (0,deployment_revision/* newestAlive */.oP)(revisions);
        if (!deployment || !revision || compared.has(revision.id))
            return;
        const found = await compare(context, config, { deployment, revision }, noteOnce);
        if (found === 'unknown')
            return;
        compared.add(revision.id);
        if (found !== 'not-newer')
            throw new OlderError(found);
    };
}
async function compare(context, config, { deployment, revision }, note) {
    const { github } = context;
    const ours = config.allowDowngrade ? undefined : commitToDeploy(config);
    if (!ours || !github)
        return 'unknown';
    const theirs = (0,deployment_revision/* knownCommit */.vH)(deployment, revision) ?? (await recordedCommit(context, config, revision, note));
    if (!theirs)
        return 'unknown';
    if ((0,deployment_revision/* isSameCommit */.sw)(ours, theirs))
        return 'not-newer';
    const comparison = await (0,commits/* compareCommits */.k)(github, ours, theirs, `Could not determine whether revision ${revision.id} (commit ${theirs}) is newer than this run; continuing`);
    if (comparison === 'unknown') {
        note(`GitHub did not find ${ours} or ${theirs}, so the newer of the two is unknown.`);
    }
    if (!comparison || comparison === 'unknown')
        return 'unknown';
    if (!(0,commits/* isAhead */.Y)(comparison))
        return 'not-newer';
    return {
        deployment,
        revision,
        reason: `Nothing was deployed: commit ${theirs} of revision ${revision.id} (${revision.status}) is ${guard_commits(comparison.ahead)} ahead of commit ${ours} of this run. Set \`allow-downgrade: true\` to deploy an older commit on purpose.`
    };
}
async function yieldTo(context, config, { newer }) {
    const { deployment, revision, reason } = newer;
    context.progress.revision(revision, { own: false });
    if (config.dryRun)
        return { status: 'planned', reason: `This run would be superseded. ${reason}`, changes: 0 };
    if (config.onSuperseded !== 'follow' || !config.wait) {
        return { status: 'superseded', reason, passes: config.onSuperseded !== 'fail' };
    }
    context.progress.warn(`${reason} Following revision ${revision.id} instead.`);
    const { followOther } = await __nccwpck_require__.e(/* import() */ 972).then(__nccwpck_require__.bind(__nccwpck_require__, 4972));
    const verdict = await followOther(context, config, deployment, revision);
    return verdict.status === 'deployed' ? { ...verdict, ofOther: true } : verdict;
}
function commitToDeploy({ source, trigger }) {
    if ((0,sources/* isMadeFrom */.o)('image', source))
        return (0,deployment_revision/* commitOfImage */.Kl)(source.imageUri);
    if ((0,sources/* isMadeFrom */.o)('archive', source))
        return trigger.commit;
    const [, tag] = /^refs\/tags\/(.+)$/.exec(source.repoRef) ?? [];
    const isOwn = (0,github/* sameRepository */.RB)(source.repoUrl, trigger.repositoryUrl);
    return tag && isOwn ? (source.runCommit ?? tag) : undefined;
}
async function recordedCommit({ github, feedback }, { source, environment }, { id }, note) {
    if (!github || !environment || !(0,sources/* isMadeFrom */.o)('archive', source))
        return undefined;
    const commit = await (0,github_history/* commitOfRevision */.YL)(github, { environment, mark: feedback.mark() }, id, `Could not determine whether revision ${id} is newer than this run; continuing`);
    if (commit === 'unknown') {
        note(`No GitHub deployment records the commit of revision ${id}; the revision may be newer than this run.`);
    }
    return commit === 'unknown' ? undefined : commit;
}
function guard_commits(count) {
    return count === 1 ? '1 commit' : `${count} commits`;
}

// EXTERNAL MODULE: ./build/commands/origin.js + 1 modules
var origin = __nccwpck_require__(2470);
// EXTERNAL MODULE: ./build/control-plane/patience.js
var patience = __nccwpck_require__(2878);
// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __nccwpck_require__(1298);
;// CONCATENATED MODULE: ./build/commands/planner.js










function createPlanner(context, config, source, look) {
    const { client, limits, progress } = context;
    const compareWith = createGuard(context, config);
    const checkName = (0,origin/* createNameGuard */.pP)(context, config);
    let pinned;
    const read = async () => {
        pinned ??= await (0,find/* find */.I6)(client, config.target);
        if (!pinned)
            return { deployment: undefined, revisions: [] };
        const current = await readState(context, pinned);
        progress.deployment(current.deployment);
        progress.activeBefore(current.deployment);
        return current;
    };
    return {
        pin: (deployment) => {
            pinned = deployment;
        },
        decide: async () => {
            const before = await read();
            if ((0,sources/* isMadeFrom */.o)('repository', config.source))
                (0,origin/* heedOrWarn */.Cn)(context, config, before.deployment);
            await checkName(before.deployment);
            const since = limits.clock.now();
            const guard = (await look()) === 'head' ? async () => { } : compareWith;
            await guard(before);
            const current = limits.clock.now() - since > apply/* FRESH_MS */.k3 ? await read() : before;
            const readAt = current === before ? since : limits.clock.now();
            if ((0,deployment_revision/* newestAlive */.oP)(current.revisions)?.id !== (0,deployment_revision/* newestAlive */.oP)(before.revisions)?.id)
                await guard(current);
            return { current, plan: await makePlan(context, config, source, current), readAt };
        }
    };
}
const MOST_LIST_READS = 3;
const LIST_PAUSE_MS = 1_000;
async function readState({ client, limits, progress }, { id, name }) {
    try {
        for (let reads = 1;; reads += 1) {
            const { resources } = await client.revisions(id);
            const deployment = await client.deployment(id);
            const latest = deployment.latest_revision_id;
            const isWhole = !latest || resources.some((revision) => revision.id === latest);
            if (isWhole || reads >= MOST_LIST_READS)
                return { deployment, revisions: resources };
            await (0,run_limits/* pause */.v7)(limits, LIST_PAUSE_MS);
        }
    }
    catch (error) {
        if (!(0,patience/* isMissing */.b2)(error))
            throw error;
        progress.gone();
        throw (0,refusals/* deploymentVanished */.Yj)(name, id);
    }
}
async function makePlan({ client }, config, source, { deployment, revisions }) {
    const { secrets, displayName, routeThroughGateway, agent, target } = config;
    const desired = {
        name: deployment?.name ?? target.name ?? '',
        source,
        secrets,
        displayName,
        routeThroughGateway,
        agent
    };
    if (deployment) {
        return planPatch(desired, deployment, config.skipUnchanged ? deployedAndActive(deployment, revisions) : undefined);
    }
    if (config.ifMissing === 'fail')
        throw (0,refusals/* deploymentMayNotBeCreated */.ri)(desired.name);
    return planCreate(desired, await source.fixedSettings(client, config.controlPlane));
}
function deployedAndActive(deployment, revisions) {
    const [latest] = revisions;
    return latest?.status === 'DEPLOYED' && latest.id === deployment.active_revision_id ? latest : undefined;
}

;// CONCATENATED MODULE: ./build/commands/preview.js


async function withPreviewName({ client, progress }, names, work) {
    const previews = await (0,find/* findPreviews */.hb)(client, names);
    const existing = previews.find((preview) => !(0,find/* isGoing */.jf)(preview));
    if (existing)
        return work({ name: existing.name, deploymentId: existing.id });
    const going = new Set(previews.map(({ name }) => name));
    for (const name of names) {
        if (going.has(name)) {
            progress.note(`Deployment "${name}" is being deleted, and its name stays reserved for up to a week.`);
            continue;
        }
        try {
            return await work({ name, deploymentId: undefined });
        }
        catch (error) {
            if (!(error instanceof refusals/* NameTakenError */.B6))
                throw error;
            progress.note(`The name "${name}" is reserved after a deletion or used by a tracing project; trying the next name.`);
        }
    }
    throw (0,refusals/* previewNamesTaken */.qe)(names);
}

// EXTERNAL MODULE: ./build/control-plane/hosts.js
var hosts = __nccwpck_require__(566);
// EXTERNAL MODULE: ./build/deployment/image.js
var deployment_image = __nccwpck_require__(1335);
// EXTERNAL MODULE: ./build/deployment/preview.js
var preview = __nccwpck_require__(5726);
// EXTERNAL MODULE: ./build/deployment/sources/deployment-type.js
var deployment_type = __nccwpck_require__(4153);
;// CONCATENATED MODULE: ./build/commands/remarks.js








function remarksOn(config, { plan, current }) {
    const ofBranch = (0,origin/* warningOfBranch */.G9)(config, current.deployment);
    const remarks = [
        onLongName(config, plan),
        onTwoBuilds(config, current.deployment),
        ofBranch === undefined ? undefined : { level: 'warn', text: ofBranch },
        onMissingVariables(config, plan),
        onEmptyEnvironment(config, plan, current),
        onDefaultType(config, plan),
        onOtherType(config, current.deployment),
        onMovableTag(config, current)
    ];
    return remarks.filter((remark) => remark !== undefined);
}
function onLongName({ controlPlane }, plan) {
    const name = plan.kind === 'create' ? String(plan.body.name) : '';
    if (controlPlane.hosting !== 'self-hosted' || name.length <= preview/* LONGEST_SELF_HOSTED_NAME */.YH)
        return undefined;
    return {
        level: 'warn',
        text: `The name "${name}" has ${name.length} characters. On self-hosted control planes, deployments with names longer than ${preview/* LONGEST_SELF_HOSTED_NAME */.YH} characters may never become ready; use a shorter \`name\`.`
    };
}
function onTwoBuilds({ source, trigger }, deployment) {
    if (!(0,sources/* isMadeFrom */.o)('repository', source))
        return undefined;
    if (!(source.buildOnPush ?? deployment?.source_config.build_on_push))
        return undefined;
    if (trigger.eventName !== 'push' || !source.runCommit)
        return undefined;
    return {
        level: 'warn',
        text: 'Both LangSmith (build on push) and this step build each push, so each push is built twice. Set `build-on-push: false` to start builds only from this action, or `command: wait` to wait for the builds that LangSmith starts.'
    };
}
function onMissingVariables({ source, secrets }, { kind }) {
    if (!(0,sources/* isMadeFrom */.o)('archive', source))
        return undefined;
    const { environmentNames, environmentFile, isEnvironmentMissing } = source.project;
    const given = new Set([...secrets.secrets, ...secrets.variables].map(({ name }) => name));
    const lacking = environmentNames.filter((name) => !given.has(name));
    if (kind === 'create' && given.size === 0 && (isEnvironmentMissing || lacking.length > 0)) {
        const cause = isEnvironmentMissing
            ? `its configuration names ${environmentFile}, which does not exist`
            : `\`env\` in its configuration lists ${lacking.join(', ')} without values`;
        return {
            level: 'remark',
            text: `The new deployment gets no environment variables: ${cause}. Set them in \`secrets\`, \`variables\` or \`secrets-file\`.`
        };
    }
    if (lacking.length === 0)
        return undefined;
    return {
        level: 'note',
        text: `\`env\` in the configuration lists variables without values, and this run does not set them: ${lacking.join(', ')}.`
    };
}
function onEmptyEnvironment(config, plan, { revisions }) {
    if (!mergesIntoNothing(config, plan) || revisions.length === 0)
        return undefined;
    return {
        level: 'note',
        text: 'LangSmith lists no variables for this deployment. This run sends only its own; variables that LangSmith has but does not list are lost.'
    };
}
function mergesIntoNothing({ secrets }, plan) {
    if (plan.kind !== 'patch' || plan.body.secrets === undefined || secrets.mode !== 'merge')
        return false;
    return plan.deployment.secrets?.length === 0;
}
function remarkOnEnvironment(config, plan, after) {
    if (!mergesIntoNothing(config, plan) || after.secrets?.length !== 0)
        return undefined;
    return {
        level: 'warn',
        text: `LangSmith lists no variables of "${after.name}" even after it accepted those of this run, so it hides them. If the deployment had other variables, they are lost: set all of its variables in this step, with \`secrets-mode: replace\`.`
    };
}
function onDefaultType({ source, controlPlane }, { kind }) {
    if (kind !== 'create' || !(0,kinds/* kindOf */.I)(source.type).isCloudOnly)
        return undefined;
    if (source.deploymentType !== undefined || !(0,hosts/* isOnAws */.PD)(controlPlane.url))
        return undefined;
    return {
        level: 'note',
        text: `\`deployment-type\` is not set, so the new deployment gets type ${(0,deployment_type/* chosenType */.x3)(undefined, controlPlane.url)}: deployments in AWS regions cannot scale to zero.`
    };
}
function onOtherType({ source }, deployment) {
    const wanted = source.deploymentType;
    const actual = deployment?.source_config.deployment_type;
    if (!wanted || !actual || (0,deployment_type/* sameDeploymentType */.wT)(wanted, actual))
        return undefined;
    return {
        level: 'remark',
        text: `\`deployment-type\` is ${wanted}, but the deployment has type ${actual}. The type cannot change after creation. Omit \`deployment-type\`, or set it to ${actual}.`
    };
}
function onMovableTag({ source, skipUnchanged }, { deployment, revisions }) {
    const isPulled = (0,sources/* isMadeFrom */.o)('image', source) && !(0,kinds/* kindOf */.I)(source.type).isCloudOnly;
    if (!isPulled || skipUnchanged || !(0,deployment_image/* isByTag */.OY)(source.imageUri))
        return undefined;
    const { imageUri } = source;
    const active = revisions.find(({ id }) => id === deployment?.active_revision_id);
    const isDeployed = [deployment, active].some((each) => {
        const image = each?.source_revision_config.image_uri;
        return image && (0,deployment_image/* mayBeSameImage */.Oj)(image, imageUri);
    });
    if (!isDeployed && !(0,deployment_image/* isLatestTag */.Sr)(imageUri))
        return undefined;
    return {
        level: 'remark',
        text: `\`image-uri\` is ${imageUri}${(0,deployment_image/* isTagless */.sG)(imageUri) ? ' (without a tag, `latest` is used)' : ''}${isDeployed ? ', which is already deployed' : ''}: a node with a cached image of this tag may run the older image. Use the digest from the build: with docker/build-push-action, \`image-uri: <image>@\${{ steps.build.outputs.digest }}\`.`
    };
}
function remarkOnCommit(source, wanted, { built, status }, comparison) {
    const tag = (0,sources/* isMadeFrom */.o)('repository', source) && /^refs\/tags\/(.+)/.exec(source.repoRef)?.[1];
    const isBuilt = UNBUILT.has(status) ? 'will be built' : 'was built';
    const text = tag
        ? `Tag ${tag} was moved: the revision ${isBuilt} from commit ${built}, where the tag points now, but this run is for ${wanted}. ${inHistory(built, comparison)}`
        : `The revision ${isBuilt} from commit ${built}, but this run is for ${wanted}: LangSmith builds the head of the branch. ${inHistory(built, comparison)}`;
    const isAhead = !tag && comparison && comparison !== 'unknown' && comparison.behind === 0;
    return { level: isAhead ? 'note' : 'warn', text };
}
const UNBUILT = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING']);
function inHistory(built, comparison) {
    if (!comparison || comparison === 'unknown')
        return 'Check that the active revision contains the commit of this run.';
    const { ahead, behind } = comparison;
    return behind === 0
        ? `Commit ${built} is ${guard_commits(ahead)} ahead and contains the commit of this run.`
        : `Commit ${built} lacks ${guard_commits(behind)} of this run. Rerun this job when the branch or tag contains them.`;
}

// EXTERNAL MODULE: ./build/commands/stale.js
var stale = __nccwpck_require__(6866);
;// CONCATENATED MODULE: ./build/commands/deploy.js
















async function deploy(context, given) {
    const clear = await (0,origin/* withClearRef */.hz)(context, given);
    if (!(0,sources/* isMadeFrom */.o)('repository', clear.source))
        (0,origin/* heedOrWarn */.Cn)(context, clear, undefined);
    const config = await (0,origin/* withDefaultBranch */.GX)(context, await (0,origin/* withSoundName */.h7)(context, clear));
    const source = (0,sources/* sourceOf */.v)(config.source);
    await source.prepare?.(context);
    const { previewNames } = config.target;
    const checks = { gate: createGate(context, config), look: (0,stale/* createLook */.yd)(context, config) };
    return previewNames
        ? withPreviewName(context, previewNames, (target) => deployTo(context, { ...config, target }, source, checks))
        : deployTo(context, config, source, checks);
}
function createGate(context, config) {
    const { gate } = config;
    if (!gate)
        return async () => undefined;
    let result;
    return () => {
        result ??= __nccwpck_require__.e(/* import() */ 828).then(__nccwpck_require__.bind(__nccwpck_require__, 2828)).then(({ passGate }) => passGate(context, gate, evaluatedCommit(config)));
        return result;
    };
}
function evaluatedCommit({ source, trigger }) {
    if ((0,sources/* isMadeFrom */.o)('image', source))
        return undefined;
    return (0,sources/* isMadeFrom */.o)('repository', source) ? source.runCommit : trigger.commit;
}
async function deployTo(context, config, source, checks) {
    try {
        const verdict = await bringAndFollow(context, config, source, checks);
        return verdict.status === 'failed' ? ((await (0,stale/* deletedMeanwhile */.e_)(context, config, checks.look)) ?? verdict) : verdict;
    }
    catch (error) {
        if (error instanceof stale/* StaleError */.We)
            return (0,stale/* verdictOfStale */.KQ)(config, error);
        if (error instanceof OlderError)
            return yieldTo(context, config, error);
        throw error;
    }
}
async function bringAndFollow(context, config, source, { gate, look }) {
    const { feedback, progress } = context;
    const planner = createPlanner(context, config, source, look);
    const decision = await planner.decide();
    const { plan, current } = decision;
    progress.planned(plan);
    tell(progress, remarksOn(config, decision));
    const rejected = plan.kind === 'nothing' ? undefined : await gate();
    if (rejected)
        return rejected;
    if (config.dryRun)
        return { status: 'planned', reason: '', changes: changesOf(plan) };
    if (source.upload && plan.kind === 'nothing') {
        return alreadyActive(context, config, { kind: 'no-revision', deployment: plan.deployment, did: 'nothing' }, current);
    }
    const { followOwn, loadChecks } = await __nccwpck_require__.e(/* import() */ 972).then(__nccwpck_require__.bind(__nccwpck_require__, 4972));
    await Promise.all([(0,ahead/* loadAhead */.k)(config), loadChecks(context, config)]);
    if (source.upload || (plan.kind !== 'nothing' && plan.makesRevision))
        await feedback.begin();
    const applied = await bring(context, source, planner, decision);
    const onEnvironment = remarkOnEnvironment(config, plan, applied.deployment);
    if (onEnvironment)
        tell(progress, [onEnvironment]);
    if (applied.kind === 'no-revision' && applied.did !== 'create')
        return alreadyActive(context, config, applied, current);
    if (applied.kind !== 'revision')
        return changeNeverAppeared(applied);
    const { deployment } = applied;
    const isNamed = plan.kind !== 'create' || source.upload || deployment.display_name === config.displayName;
    const displayName = isNamed ? undefined : config.displayName;
    const outcome = await namingBeside(context, deployment, displayName, () => followOwn(context, config, applied, current.revisions));
    if ((0,run_verdict/* mayServe */.dK)(outcome.verdict))
        await compareWithBuilt(context, config, outcome.revision);
    return outcome.verdict;
}
async function bring(context, source, planner, decision) {
    const { progress } = context;
    const { current, plan } = decision;
    const name = plannedName(plan);
    const decide = tellingOfChanges(progress, source, plan, planner.decide);
    const wanted = {
        name,
        get sent() {
            return source.sent;
        },
        isUnique: (0,kinds/* kindOf */.I)(source.type).code === 'archive',
        commit: source.commit,
        decide
    };
    if (!source.upload)
        return (0,apply/* apply */.Bb)(context, wanted, decision);
    const { deployment, created } = current.deployment
        ? { deployment: current.deployment, created: false }
        : await createEmpty(context, wanted, decision);
    try {
        planner.pin(deployment);
        await source.upload(context, deployment);
        return await (0,apply/* apply */.Bb)(context, wanted, await planner.decide());
    }
    catch (error) {
        if (created && !(error instanceof OlderError))
            progress.warn(emptyLeftBehind(name));
        throw error;
    }
}
function plannedName(plan) {
    return plan.kind === 'create' ? String(plan.body.name) : plan.deployment.name;
}
function tellingOfChanges(progress, { lateField }, first, decide) {
    const rowsOf = ({ rows }) => rows.filter(({ name }) => name !== lateField);
    let told = first;
    return async () => {
        const decision = await decide();
        const { plan } = decision;
        if (!(0,external_node_util_.isDeepStrictEqual)(rowsOf(plan), rowsOf(told)))
            progress.planned(plan);
        told = plan;
        return decision;
    };
}
async function createEmpty(context, wanted, decision) {
    const applied = await (0,apply/* apply */.Bb)(context, { ...wanted, decide: creatingOnly(wanted.decide) }, decision);
    return { deployment: applied.deployment, created: applied.kind === 'no-revision' && applied.did === 'create' };
}
function creatingOnly(decide) {
    return async () => {
        const decision = await decide();
        const { plan } = decision;
        if (plan.kind !== 'patch')
            return decision;
        return { ...decision, plan: { kind: 'nothing', deployment: plan.deployment, rows: plan.rows } };
    };
}
function emptyLeftBehind(name) {
    return `This run created deployment "${name}", which has no revision yet. The next run reuses it; to remove it, use \`command: delete\`.`;
}
async function alreadyActive(context, config, { deployment, did }, { revisions }) {
    const reason = did === 'nothing'
        ? 'Already up to date; no new revision was created.'
        : 'The settings were updated; no new revision was created.';
    const active = deployedAndActive(deployment, revisions);
    if (!active)
        return { status: 'unchanged', reason };
    context.progress.revision(active, { own: false });
    const { proveActive } = await __nccwpck_require__.e(/* import() */ 972).then(__nccwpck_require__.bind(__nccwpck_require__, 4972));
    const verdict = await proveActive(context, config, deployment, active);
    if (verdict.status !== 'deployed')
        return verdict;
    return { status: 'unchanged', reason, ...(verdict.warning && { warning: verdict.warning }) };
}
function changeNeverAppeared(applied) {
    const { name, id } = applied.deployment;
    const other = applied.kind === 'missing' && applied.other;
    return {
        status: 'failed',
        reason: other
            ? `LangSmith accepted the change to "${name}" (${id}), but returned revision ${other.id}, which has different content.`
            : `LangSmith accepted the change to "${name}" (${id}), but no new revision appeared within 30 seconds.`,
        advice: 'Check the revisions of the deployment in LangSmith; if none contains this change, rerun this job.'
    };
}
async function compareWithBuilt({ github, progress }, { source }, revision) {
    const wanted = (0,sources/* isMadeFrom */.o)('repository', source) ? source.runCommit : undefined;
    const built = (0,deployment_revision/* commitOf */.D3)(revision);
    if (!wanted || !built || built === wanted)
        return;
    const comparison = github && (await (0,commits/* compareCommits */.k)(github, wanted, built));
    tell(progress, [remarkOnCommit(source, wanted, { built, status: revision.status }, comparison)]);
}
function tell(progress, remarks) {
    for (const { level, text } of remarks)
        progress[level](text);
}

;// CONCATENATED MODULE: ./build/commands/table.js



const COMMANDS = {
    deploy: { run: deploy, headline: ({ source }) => `Deploying ${(0,sources/* sourceOf */.v)(source).label} to` },
    wait: {
        run: async (...given) => (await Promise.all(/* import() */[__nccwpck_require__.e(972), __nccwpck_require__.e(417)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3417))).wait(...given),
        headline: () => 'Waiting for'
    },
    redeploy: {
        run: async (...given) => (await Promise.all(/* import() */[__nccwpck_require__.e(972), __nccwpck_require__.e(369)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1369))).redeploy(...given),
        headline: () => 'Redeploying'
    },
    delete: {
        run: async (...given) => (await __nccwpck_require__.e(/* import() */ 911).then(__nccwpck_require__.bind(__nccwpck_require__, 7911))).deleteDeployment(...given),
        headline: () => 'Deleting'
    },
    status: {
        run: async (...given) => (await __nccwpck_require__.e(/* import() */ 897).then(__nccwpck_require__.bind(__nccwpck_require__, 9897))).status(...given),
        headline: () => 'Checking'
    },
    logs: {
        run: async (...given) => (await __nccwpck_require__.e(/* import() */ 804).then(__nccwpck_require__.bind(__nccwpck_require__, 9804))).logs(...given),
        headline: () => 'Reading the log of'
    },
    interrupt: {
        run: async (...given) => (await __nccwpck_require__.e(/* import() */ 476).then(__nccwpck_require__.bind(__nccwpck_require__, 8476))).interruptRevision(...given),
        headline: () => 'Interrupting a revision of'
    },
    sweep: {
        run: async (...given) => (await __nccwpck_require__.e(/* import() */ 35).then(__nccwpck_require__.bind(__nccwpck_require__, 7035))).sweep(...given),
        headline: () => 'Deleting stale previews of'
    }
};
function runCommand(context, config) {
    return COMMANDS[config.command].run(context, config);
}
function headline(config) {
    const { controlPlane, target, timeoutMs } = config;
    const deployment = target.name ? `"${target.name}"` : `deployment ${target.deploymentId}`;
    const start = COMMANDS[config.command].headline(config);
    return `${start} ${deployment} on ${controlPlane.url} (timeout ${(0,duration/* inWords */.r)(timeoutMs)})`;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: ./build/control-plane/proxies.js
var proxies = __nccwpck_require__(553);
// EXTERNAL MODULE: ./build/control-plane/resources.js
var resources = __nccwpck_require__(7608);
// EXTERNAL MODULE: ./build/runner/secret-parts.js
var secret_parts = __nccwpck_require__(8648);
// EXTERNAL MODULE: ./build/inputs/table.js
var table = __nccwpck_require__(9140);
;// CONCATENATED MODULE: ./build/inputs/connection.js





function readConnection(inputs, trigger, variables) {
    const { controlPlane, notices } = readControlPlane(inputs);
    const workspace = inputs.text('workspace-id');
    const workspaceId = workspace && (0,resources/* isUuid */.O1)(workspace) ? workspace : undefined;
    return {
        controlPlane,
        workspaceName: workspaceId ? undefined : workspace,
        connection: {
            url: controlPlane.url,
            apiKey: readKey(inputs, trigger),
            workspaceId,
            organizationId: inputs.uuid('organization-id'),
            proxy: connection_readProxy(inputs, variables, controlPlane.url)
        },
        notices,
        warnings: variables.NODE_TLS_REJECT_UNAUTHORIZED === '0' ? [UNVERIFIED] : [],
        remarks: remarksOnProxies(variables)
    };
}
const UNVERIFIED = 'NODE_TLS_REJECT_UNAUTHORIZED is 0, which disables certificate verification: anyone on the network path can read the API key and the secrets. Remove it. To trust your own root certificate, set NODE_EXTRA_CA_CERTS to its PEM file, or set NODE_USE_SYSTEM_CA to 1.';
const KEY_FAULTS = [
    [/^\$|^\{\{|^secrets\./, 'is an expression or a variable name, not a key'],
    [/["'`]/, 'contains quotes, which are not valid in a key'],
    [/^[A-Z][A-Z0-9_]*=/, 'starts with a variable name'],
    [/[^\x21-\x7e]/, 'contains whitespace or characters that are not valid in a key']
];
function readKey(inputs, trigger) {
    const key = inputs.text('api-key');
    const fault = key && KEY_FAULTS.find(([form]) => form.test(key))?.[1];
    if (fault)
        inputs.problem('api-key', `${fault}. Store only the key in the secret.`);
    if (key)
        return key;
    const why = {
        fork: 'is empty. This run was started by a pull request from a fork, and GitHub does not pass secrets to such runs. Skip the step with `if: github.event.pull_request.head.repo.full_name == github.repository`.',
        dependabot: "is empty. This run was started by Dependabot, which can only read secrets stored under Settings > Secrets and variables > Dependabot. Store the key there, or skip the step with `if: github.actor != 'dependabot[bot]'`."
    };
    inputs.problem('api-key', trigger.withoutSecrets
        ? why[trigger.withoutSecrets]
        : 'is missing or empty. Store a LangSmith API key as a secret and set `api-key: ${{ secrets.LANGSMITH_API_KEY }}`. For an environment secret, set `environment:` in the job.');
    return '';
}
function readRegion(inputs) {
    const written = inputs.text('region') ?? table/* INPUTS */.mc.region.default;
    const region = hosts/* regions */.Ei.find((one) => one === written.toLowerCase());
    if (region)
        return region;
    const meant = (0,hosts/* regionLike */._H)(written);
    const guess = meant ? ` Did you mean \`${meant}\`?` : '';
    inputs.problem('region', `expected one of ${hosts/* regions */.Ei.map((one) => `\`${one}\``).join(', ')}, got "${written}".${guess}`);
    return table/* INPUTS */.mc.region.default;
}
function readControlPlane(inputs) {
    const region = readRegion(inputs);
    const written = inputs.text('control-plane-url');
    const isInsecureAllowed = inputs.flag('allow-insecure-http');
    const standIn = { controlPlane: (0,hosts/* cloudControlPlane */.Lk)(region), notices: [] };
    if (written === undefined)
        return standIn;
    const parsed = URL.canParse(written) ? new URL(written) : undefined;
    const problem = (text) => inputs.problem('control-plane-url', text);
    if (!parsed || !/^https?:$/.test(parsed.protocol)) {
        problem(`expected a URL such as \`${exampleFor(written)}\`. For LangSmith Cloud, remove it and set \`region\`.`);
        return standIn;
    }
    const corrected = (0,hosts/* correctedAddress */.yq)(parsed);
    const url = corrected ?? parsed;
    const pages = corrected ? undefined : (0,hosts/* inputForDashboard */.uX)(parsed);
    if (pages) {
        problem(`points to the LangSmith web app (${parsed.host}). Remove it and set \`${pages}\`.`);
    }
    else if (parsed.username || parsed.password || parsed.search || parsed.hash) {
        problem(`must not contain credentials, a query or a fragment. Set it to \`${url.origin}${url.pathname}\`.`);
    }
    else if (url.protocol === 'http:' && !(0,hosts/* isLoopback */.U9)(url.hostname) && !isInsecureAllowed) {
        problem(`would send the API key unencrypted to ${url.origin}. Use https, or set \`allow-insecure-http: true\` if you trust the network.`);
    }
    else {
        const controlPlane = (0,hosts/* controlPlaneAt */.PP)(url);
        return { controlPlane, notices: corrected ? [noticeOf(written, controlPlane)] : [] };
    }
    return standIn;
}
function exampleFor(written) {
    const text = `https://${written}`;
    if (!/^[\w-]+(\.[\w-]+)+(:\d+)?(\/\S*)?$/.test(written) || !URL.canParse(text)) {
        return 'https://langsmith.example.com/api-host';
    }
    const url = new URL(text);
    const isSelfHosted = !(0,hosts/* inputForDashboard */.uX)(url) && (0,hosts/* controlPlaneAt */.PP)((0,hosts/* correctedAddress */.yq)(url) ?? url).hosting === 'self-hosted';
    return isSelfHosted && url.pathname === '/' ? `${url.origin}/api-host` : text;
}
function noticeOf(written, { url, hosting }) {
    const region = hosts/* regions */.Ei.find((one) => (0,hosts/* cloudControlPlane */.Lk)(one).url === url);
    const cure = region ? `Remove it and set \`region: ${region}\`.` : `Set \`control-plane-url: ${url}\`.`;
    const what = hosting === 'cloud' ? 'is not a control plane URL' : 'ends in the path of an API endpoint or a page';
    return `\`control-plane-url\`: ${written} ${what}; using ${url} instead. ${cure}`;
}
function proxyVariable(variables, name) {
    const lower = name.toLowerCase();
    return variables[lower] ? { name: lower, value: variables[lower] } : { name, value: variables[name] || undefined };
}
function proxyPasswords(variables) {
    const found = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()].flatMap((one) => {
        const address = variables[one]?.trim();
        return address ? (0,secret_parts/* secretParts */.B)(address.replace(/^(?!\w+:\/\/)/, 'http://')) : [];
    }));
    return [...new Set(found)];
}
function remarksOnProxies(variables) {
    return ['HTTP_PROXY', 'HTTPS_PROXY'].flatMap((variable) => {
        const { name, value } = proxyVariable(variables, variable);
        const parsed = value === undefined ? undefined : (0,proxies/* parseProxy */.YR)(value);
        return parsed?.kind === 'fault' ? [`Ignored the environment variable ${name}: it ${parsed.text}`] : [];
    });
}
function connection_readProxy(inputs, variables, url) {
    const except = proxyVariable(variables, 'NO_PROXY').value;
    const read = (variable, use) => {
        const { name, value } = proxyVariable(variables, variable);
        if (!value)
            return undefined;
        const parsed = (0,proxies/* parseProxy */.YR)(value);
        if (parsed.kind === 'sound')
            return parsed.url;
        if ((0,proxies/* proxyFor */.iJ)(url, { ...use(value), except }))
            inputs.problemOfVariable(name, parsed.text);
        return undefined;
    };
    return {
        http: read('HTTP_PROXY', (http) => ({ http })),
        https: read('HTTPS_PROXY', (https) => ({ https })),
        except,
        ...(proxyVariable(variables, 'ALL_PROXY').value ? { hasAll: true } : {})
    };
}

// EXTERNAL MODULE: ./build/inputs/duration.js
var inputs_duration = __nccwpck_require__(7198);
;// CONCATENATED MODULE: ./build/inputs/expressions.js
const SHELL_VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)[^}]*\})/;
const SHELL_COMMAND = /\$\(|^`.+`$/s;
const BRACES = /\$?\{\{\s*(.*?)\s*\}\}/s;
const BARE_EXPRESSION = /^(?:(?:secrets|vars|env)\.[A-Z_][A-Z0-9_]*|(?:inputs|matrix)\.[A-Za-z_][\w-]*|github\.(?:sha|ref|ref_name|head_ref|base_ref|repository|repository_owner|token|actor|run_id|run_number|workspace|event\.[\w.]+)|(?:steps|needs)\.[\w-]+\.outputs\.[\w-]+)$/;
function unevaluated(text) {
    const shown = `"${text}"`;
    if (/^(?:Object|Array)$/.test(text)) {
        return `is ${shown}: the expression evaluated to an ${text.toLowerCase()}, not a string. Use an expression with a string value, such as \`\${{ github.event.repository.name }}\`.`;
    }
    const [, inner] = BRACES.exec(text) ?? [];
    if (inner !== undefined) {
        return `is ${shown}: the expression was not evaluated. Use \`\${{ ${inner || '\u2026'} }}\` directly in the workflow, with the dollar sign and outside of other expressions.`;
    }
    const [, plain, braced] = SHELL_VARIABLE.exec(text) ?? [];
    const name = plain ?? braced;
    if (name) {
        return `is ${shown}, but shell variables are not expanded in \`with:\`. Use \`\${{ ${contextOf(name)} }}\`${isGithubVariable(name) ? '' : ', and set the variable in `env` or in an earlier step'}.`;
    }
    if (SHELL_COMMAND.test(text)) {
        return `is ${shown}, but commands do not run in \`with:\`. Run the command in an earlier step, write its result to $GITHUB_OUTPUT, and use \`\${{ steps.ID.outputs.NAME }}\`.`;
    }
    if (BARE_EXPRESSION.test(text))
        return `is ${shown}, an expression without \`\${{ }}\`. Use \`\${{ ${text} }}\`.`;
    return undefined;
}
function contextOf(name) {
    return isGithubVariable(name) ? `github.${name.slice('GITHUB_'.length).toLowerCase()}` : `env.${name}`;
}
function isGithubVariable(name) {
    return /^GITHUB_(?:SHA|REF|REF_NAME|HEAD_REF|BASE_REF|REPOSITORY|REPOSITORY_OWNER|RUN_ID|RUN_NUMBER|ACTOR|TOKEN|EVENT_NAME|SERVER_URL|WORKSPACE)$/.test(name);
}

// EXTERNAL MODULE: ./build/inputs/faults.js
var faults = __nccwpck_require__(6835);
;// CONCATENATED MODULE: ./build/inputs/reader.js




const MOST_PROBLEMS = 20;
const MOST_NAMED = 4;
function lineOf({ input, text }) {
    return text.startsWith('expected ') ? `Invalid \`${input}\`: ${text}` : `\`${input}\` ${text}`;
}
class reader_InputError extends Error {
    name = 'InputError';
    problems;
    constructor(problems) {
        const lines = problems.slice(0, MOST_PROBLEMS).map(lineOf);
        const more = problems.length - MOST_PROBLEMS;
        super([...lines, ...(more > 0 ? [`\u2026 and ${more} more.`] : [])].join('\n'));
        this.problems = problems;
    }
    get title() {
        const inputs = [...new Set(this.problems.map(({ input }) => input))];
        const isAbsent = this.problems.length === 1 && /^is (missing|empty|required)\b/.exec(this.problems[0]?.text ?? '');
        if (isAbsent)
            return `Input ${inputs[0]} ${isAbsent[0]}`;
        const areInputs = inputs.every((input) => !input.includes('_'));
        if (inputs.length === 1)
            return `Invalid ${areInputs ? 'input' : 'environment variable'}: ${inputs[0]}`;
        const more = inputs.length - MOST_NAMED;
        const named = [...inputs.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])];
        return `${inputs.length} invalid ${areInputs ? 'inputs' : 'values'}: ${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
    }
    get place() {
        return this.problems.find(({ place }) => place)?.place;
    }
}
function reader_createReader(variables) {
    const problems = [];
    const inputsRead = new Set();
    const judged = new Set();
    const unevaluatedInputs = new Set();
    const raw = (input) => variables[`INPUT_${input.toUpperCase()}`] ?? '';
    const written = (input) => raw(input).trim() || undefined;
    const problem = (input, text, place) => {
        if (unevaluatedInputs.has(input))
            return;
        problems.push({ input, text, ...(place ? { place } : {}) });
    };
    const hasProblem = (input) => problems.some((one) => one.input === input);
    const judge = (input, orElse) => {
        const value = written(input) ?? (0,table/* rowOf */.OB)(input).default;
        const fault = value === undefined || judged.has(input) ? undefined : (0,faults/* faultOfValue */.R)(input, value, orElse);
        judged.add(input);
        if (fault)
            problem(input, fault);
        return value;
    };
    return {
        problems,
        problem,
        problemOfVariable: (name, text) => void problems.push({ input: name, text: `(environment variable) ${text}` }),
        hasProblem,
        checkExpressions: () => {
            for (const input of table/* INPUT_NAMES */.Qh) {
                const fault = faultOfExpression(input, written(input));
                if (!fault)
                    continue;
                problem(input, fault);
                unevaluatedInputs.add(input);
            }
        },
        check: (inputs) => {
            for (const input of inputs)
                if (!hasProblem(input))
                    judge(input);
        },
        inputsRead,
        isWritten: (input) => isOfUser(input, written(input)),
        text: (input) => {
            inputsRead.add(input);
            return written(input);
        },
        verbatim: (input) => {
            inputsRead.add(input);
            return written(input) === undefined ? undefined : raw(input);
        },
        ...typedReads((input, orElse) => {
            inputsRead.add(input);
            return judge(input, orElse);
        })
    };
}
function isOfUser(input, value) {
    const { default: common, defaultAtCreate } = (0,table/* rowOf */.OB)(input);
    const plain = value?.replace(/^(true|false)$/i, (flag) => flag.toLowerCase());
    return plain !== undefined && plain !== (common ?? defaultAtCreate);
}
function typedReads(read) {
    const isTrue = (value) => value?.toLowerCase() === 'true';
    const choiceIfKnown = (input) => {
        const value = read(input);
        return (0,table/* choicesOf */.cU)(input).find((choice) => choice === value);
    };
    return {
        choice: (input) => choiceIfKnown(input) ?? (0,table/* choicesOf */.cU)(input)[0],
        choiceIfKnown,
        flag: (input) => isTrue(read(input)),
        optionalFlag: (input) => {
            const value = read(input);
            return value === undefined ? undefined : isTrue(value);
        },
        autoFlag: (input) => {
            const value = read(input)?.toLowerCase();
            return value === 'true' || value === 'false' ? value : 'auto';
        },
        uuid: read,
        count: (input) => Number(read(input)),
        duration: (input) => {
            const value = read(input);
            return value === undefined ? undefined : (0,inputs_duration/* parseDuration */.E9)(value);
        }
    };
}
function faultOfExpression(input, value) {
    const { kind } = (0,table/* rowOf */.OB)(input);
    const fault = value === undefined || kind === 'free-text' ? undefined : unevaluated(value);
    return fault && kind === 'key'
        ? 'is an expression that was not evaluated, not a key. Use `${{ secrets.NAME }}` with the name of the secret.'
        : fault;
}
function variableOf(variables) {
    return (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined);
}

;// CONCATENATED MODULE: ./build/inputs/access.js




function destinationOf({ controlPlane, connection, github }) {
    return {
        controlPlane,
        workspaceId: connection.workspaceId,
        organizationId: connection.organizationId,
        keyDigest: digestOf(connection.apiKey),
        github: github && { apiUrl: github.apiUrl, repository: github.repository, tokenDigest: digestOf(github.token) }
    };
}
function readAccess({ variables, event }, to) {
    const inputs = createReader(variables);
    const proxy = readProxy(inputs, variables, to.controlPlane.url);
    if (inputs.problems.length > 0)
        throw new InputError(inputs.problems);
    const { controlPlane, workspaceId, organizationId, github } = to;
    return {
        controlPlane,
        connection: withKey(inputs, 'api-key', to.keyDigest, (apiKey) => {
            return { url: controlPlane.url, apiKey, workspaceId, organizationId, proxy };
        }),
        github: github &&
            withKey(inputs, 'github-token', github.tokenDigest, (token) => {
                return { apiUrl: github.apiUrl, repository: github.repository, token };
            }),
        trigger: readTrigger(variables, event),
        proxy
    };
}
function readKeys(variables) {
    const inputs = reader_createReader(variables);
    const keys = [inputs.text('api-key'), inputs.text('agent-api-key'), inputs.text('github-token')];
    return [
        ...keys.filter((key) => key !== undefined),
        ...proxyPasswords(variables),
        ...tokensIn(inputs.verbatim('agent-headers') ?? '')
    ];
}
function tokensIn(lines) {
    return [...lines.matchAll(/^[ \t]*([\w-]+)[ \t]*:[ \t]*(\S.*?)[ \t\r]*$/gm)].flatMap(([, name = '', value = '']) => {
        if (!TOKEN_HEADER.test(name))
            return [];
        const token = /^\S+ +(\S.*)$/.exec(value)?.[1];
        return [value, ...(token ? [token] : [])].filter((text) => text.length >= SHORTEST_TOKEN);
    });
}
const TOKEN_HEADER = /authorization|key|token|secret|password|cookie/i;
const SHORTEST_TOKEN = 8;
function withKey(inputs, input, digest, use) {
    const key = inputs.text(input);
    if (key === undefined)
        return { input, fault: 'is empty' };
    return digestOf(key) === digest ? use(key) : { input, fault: 'differs from the value that the run used' };
}
function digestOf(key) {
    return (0,external_node_crypto_.createHash)('sha256').update(key).digest('hex').slice(0, 16);
}

// EXTERNAL MODULE: ./build/runner/trigger.js
var runner_trigger = __nccwpck_require__(9767);
;// CONCATENATED MODULE: ./build/inputs/checkout.js



function packedInstead(source, trigger) {
    const packed = commitOfRun(source, trigger);
    return trigger.commit && packed !== trigger.commit && (0,runner_trigger/* tellsCommit */._p)(trigger) ? packed : undefined;
}
function noticesOfCommit(source, trigger, { dryRun }) {
    const packed = commitOfRun(source, trigger);
    const started = trigger.commit;
    if (!packed || !started || packed === started || !(0,runner_trigger/* tellsCommit */._p)(trigger))
        return [];
    const deploys = dryRun ? 'would deploy and report' : 'deploys and reports';
    const field = fieldOfCommit(trigger);
    const advice = field ? ` To deploy ${started}, set \`ref: \${{ ${field} }}\` in the actions/checkout step.` : '';
    return [
        `The checkout is at commit ${packed}, but this run was started for ${started}. This run ${deploys} the checked-out commit.${advice}`
    ];
}
function fieldOfCommit({ about, endedRun, headCommit }) {
    if (endedRun)
        return 'github.event.workflow_run.head_sha';
    if (about.kind !== 'pull-request' || headCommit === undefined)
        return undefined;
    return `github.event.pull_request.${about.state === 'merged' ? 'merge_commit_sha' : 'head.sha'}`;
}
function misplacedCheckout(source, trigger, { dryRun }) {
    const { about, pullRequest, commit } = trigger;
    const isOpen = about.kind === 'pull-request' && about.state === 'open';
    if (!(0,sources/* isMadeFrom */.o)('archive', source) || !isOpen || (0,runner_trigger/* tellsCommit */._p)(trigger))
        return undefined;
    const packed = source.checkout?.commit;
    if (packed !== undefined && packed !== commit)
        return undefined;
    const what = packed
        ? `it ${dryRun ? 'would deploy' : 'deploys'} commit ${packed} of the default branch`
        : 'the action cannot determine whether its code is checked out';
    return [
        `This run is for pull request ${pullRequest ?? ''}, but ${what}. After a comment, actions/checkout checks out the default branch. Set \`ref: refs/pull/\${{ github.event.issue.number }}/head\` in the actions/checkout step.`
    ];
}
function commitOfRun(source, trigger) {
    if (!(0,sources/* isMadeFrom */.o)('archive', source) || !source.checkout)
        return trigger.commit;
    const { commit, parents, origin } = source.checkout;
    const isMerge = trigger.headCommit !== undefined && (parents[1] === trigger.headCommit || commit === trigger.trialMerge);
    const isForeign = origin !== undefined && trigger.repository !== '' && !(0,github/* sameRepository */.RB)(origin, trigger.repositoryUrl);
    return isMerge || isForeign ? trigger.commit : commit;
}

// EXTERNAL MODULE: ./build/deployment/image-reference.js
var image_reference = __nccwpck_require__(7499);
// EXTERNAL MODULE: ./build/runner/nearest.js
var nearest = __nccwpck_require__(377);
// EXTERNAL MODULE: ./build/runner/variable-name.js
var variable_name = __nccwpck_require__(4239);
// EXTERNAL MODULE: ./build/inputs/yaml.js
var yaml = __nccwpck_require__(3697);
;// CONCATENATED MODULE: ./build/inputs/external-docker.js






async function readImage(inputs) {
    const imageUri = readImageUri(inputs, 'external_docker', 'the image to run');
    const customUrl = inputs.text('custom-url');
    if (customUrl && !/^(https?:\/\/)?[A-Za-z0-9.-]+(:\d+)?(\/[\w./~-]*)?$/.test(customUrl)) {
        inputs.problem('custom-url', 'expected a host name such as `agent.example.com`.');
    }
    return {
        type: 'external_docker',
        imageUri,
        listenerId: inputs.uuid('listener-id'),
        k8sNamespace: inputs.text('k8s-namespace'),
        resourceSpec: await readResourceSpec(inputs),
        secretReferences: await readSecretReferences(inputs),
        customUrl,
        deploymentType: inputs.text('deployment-type')
    };
}
function readImageUri(inputs, type, needed) {
    if (inputs.text('langgraph-config') && !inputs.flag('verify-graphs')) {
        inputs.problem('langgraph-config', 'is only used for an image when `verify-graphs` is `true`. Remove it, or set `verify-graphs: true`.');
    }
    const image = inputs.text('image-uri');
    if (!image) {
        inputs.problem('image-uri', `is missing: \`source-type: ${type}\` requires ${needed}, such as \`ghcr.io/acme/agent:1.2.3\`.`);
        return '';
    }
    const fault = (0,image_reference/* faultOfImage */.R$)(image);
    if (fault)
        inputs.problem('image-uri', fault);
    return image;
}
async function readResourceSpec(inputs) {
    const text = inputs.text('resource-spec');
    if (text === undefined)
        return undefined;
    const parsed = await (0,yaml/* parseYaml */.h)(text);
    const spec = (0,object/* object */.I)(parsed);
    if (!spec) {
        inputs.problem('resource-spec', parsed === 'Object'
            ? 'is an expression that evaluated to an object. Convert it to text with `${{ toJSON(...) }}`.'
            : 'expected a YAML or JSON object with fields such as `cpu: 2` and `memory_mb: 4096`, one per line.');
        return undefined;
    }
    return spec;
}
const SPEC_FIELDS = `min_scale max_scale cpu cpu_limit memory_mb memory_limit_mb
   queue_min_scale queue_max_scale queue_cpu queue_cpu_limit queue_memory_mb queue_memory_limit_mb
   db_cpu db_cpu_limit db_memory_mb db_memory_limit_mb db_storage_gi db_max_connections
   redis_cpu redis_cpu_limit redis_memory_mb redis_memory_limit_mb labels annotations service_account_name
   image_pull_secrets volumes volume_mounts init_containers sidecars`.split(/\s+/);
function warningsOfSpec({ resourceSpec = {} }) {
    return Object.keys(resourceSpec).flatMap((name) => {
        const meant = SPEC_FIELDS.includes(name) ? undefined : (0,nearest/* nearestOf */.q)(name, SPEC_FIELDS);
        return meant === undefined
            ? []
            : [
                `\`resource-spec\`: unknown field \`${name}\`. Did you mean \`${meant}\`? An unknown field may have no effect.`
            ];
    });
}
async function readSecretReferences(inputs) {
    const text = inputs.text('secret-references');
    if (text === undefined)
        return undefined;
    const read = await (0,yaml/* readYaml */.g)(text);
    const fault = 'problem' in read
        ? read.problem
        : Array.isArray(read.value)
            ? read.value.map(faultOfReference).find((one) => one !== undefined)
            : 'is not a YAML or JSON list';
    if (fault !== undefined || !('value' in read) || !Array.isArray(read.value)) {
        inputs.problem('secret-references', `${fault}. Use entries such as \`- {name: OPENAI_API_KEY, secret_name: keys, secret_key: openai}\`, or \`[]\` to remove all.`);
        return undefined;
    }
    const sound = read.value.map(toReference);
    const names = sound.map(({ name }) => name);
    const bad = names.find((name, index) => !/^[A-Za-z_]\w*$/.test(name) || names.indexOf(name) !== index);
    if (bad !== undefined) {
        inputs.problem('secret-references', /^[A-Za-z_]\w*$/.test(bad)
            ? `sets "${bad}" twice. Remove one of them.`
            : `has an invalid \`name\` "${bad}": expected letters, digits and underscores, starting with a letter or underscore.`);
    }
    const ofRunner = names.find(variable_name/* isRunnerVariable */.Rx);
    if (ofRunner !== undefined) {
        inputs.problem('secret-references', `sets "${ofRunner}", which the runner sets for the job only. Remove it, or use another name.`);
    }
    return (0,resources/* inOrderOfName */.ED)(sound);
}
function checkReferences(inputs, { secretReferences = [] }, { secrets, variables }) {
    const given = new Set([...secrets, ...variables].map(({ name }) => name));
    const twice = secretReferences.find(({ name }) => given.has(name));
    if (twice === undefined)
        return;
    inputs.problem('secret-references', `sets "${twice.name}", which \`secrets\`, \`variables\` or \`secrets-file\` also sets. Remove one of them.`);
}
const REFERENCE_FIELDS = ['name', 'secret_name', 'secret_key'];
function faultOfReference(value, index) {
    const where = `in entry ${index + 1}`;
    const fields = (0,object/* object */.I)(value);
    if (!fields)
        return `has no fields ${where}`;
    const unknown = Object.keys(fields).find((name) => !REFERENCE_FIELDS.some((known) => known === name));
    if (unknown !== undefined)
        return `has an unknown field \`${unknown}\` ${where}`;
    const missing = REFERENCE_FIELDS.find((name) => typeof fields[name] !== 'string' || fields[name] === '');
    return missing === undefined ? undefined : `requires a non-empty string for \`${missing}\` ${where}`;
}
function toReference(value) {
    const { name, secret_name, secret_key } = (0,object/* object */.I)(value) ?? {};
    return { name: String(name), secret_name: String(secret_name), secret_key: String(secret_key) };
}

// EXTERNAL MODULE: ./build/inputs/following.js + 1 modules
var inputs_following = __nccwpck_require__(3292);
// EXTERNAL MODULE: ./build/run/figure.js
var figure = __nccwpck_require__(1220);
// EXTERNAL MODULE: ./build/inputs/amount.js
var inputs_amount = __nccwpck_require__(4322);
;// CONCATENATED MODULE: ./build/inputs/thresholds.js


const OPERATORS = ['>=', '<=', '>', '<'];
const OTHER_OPERATORS = {
    '=>': '>=',
    '=<': '<=',
    '\u2265': '>=',
    '\u2264': '<=',
    '==': undefined,
    '=': undefined,
    ':': undefined
};
function parseThresholds(text) {
    const read = text.split(/\r\n|\n/).flatMap((raw, index) => {
        const line = raw.trim();
        if (line === '' || line.startsWith('#'))
            return [];
        const result = parseLine(line);
        return [typeof result === 'string' ? `line ${index + 1} (\`${line}\`): ${result}` : result];
    });
    return {
        thresholds: read.filter((one) => typeof one !== 'string'),
        faults: read.filter((one) => typeof one === 'string')
    };
}
const COMPARED = /^(.*?)\s*(=>|=<|>=|<=|\u2265|\u2264|>|<)\s*(.*)$/;
const NOT_COMPARED = /^(.*?)\s*(==|=|:)\s*(.*)$/;
function parseLine(line) {
    const plain = withoutYaml(line);
    return plain === line ? parsePlain(line) : `a list or quotes are not supported. ${writeInstead(plain)}`;
}
function withoutYaml(line) {
    const item = line.replace(/^(?:[-*\u2022]\s+)+/, '');
    return /^["'`]/.test(item) ? item.replace(/^["'`]+|["'`]+$/g, '').replace(/["'`]+(?=\s*(?:[<>=\u2265\u2264:]|$))/, '') : item;
}
function writeInstead(plain) {
    return typeof parsePlain(plain) === 'string'
        ? 'Use one threshold per line, such as `correctness >= 0.8`.'
        : `Use \`${plain}\`.`;
}
function parsePlain(line) {
    const compared = COMPARED.exec(line);
    const parts = compared && !compared[1]?.endsWith(':') ? compared : NOT_COMPARED.exec(line);
    const [, key = '', sign = '', bound = ''] = parts ?? [];
    const operator = OPERATORS.find((one) => one === sign);
    if (!operator) {
        const meant = OTHER_OPERATORS[sign];
        const got = sign === '' ? '' : `, got \`${sign}\``;
        return `expected ${meant ? `\`${meant}\`${got}` : `one of \`>=\`, \`<=\`, \`>\`, \`<\`${got}, as in \`correctness >= 0.8\``}.`;
    }
    if (key === '')
        return 'expected a feedback key or a metric before the comparison, as in `correctness >= 0.8`.';
    if (bound === '')
        return `expected ${inputs_amount/* AMOUNTS */.SL[(0,figure/* unitOf */.uF)(key)].forms} after \`${sign}\`.`;
    if (/[<>\u2265\u2264]/.test(bound)) {
        return 'expected one threshold per line. In YAML, use `|` after `thresholds:`, because `>` folds lines into one.';
    }
    const parsed = parseBound(bound, key);
    return typeof parsed === 'string' ? parsed : { key, operator, bound: parsed };
}
function parseBound(text, key) {
    const unit = (0,figure/* unitOf */.uF)(key);
    const { parse, forms } = inputs_amount/* AMOUNTS */.SL[unit];
    if (/\bbaseline\b/i.test(text))
        return parseBaseline(text, key);
    const value = parse(text);
    if (value !== undefined)
        return { kind: 'value', value };
    if (unit === 'share' && (0,inputs_amount/* parseScore */.yN)(text) !== undefined) {
        return `\`${key}\` must be between 0% and 100%: expected ${forms}.`;
    }
    const advice = unit === 'seconds' ? (0,inputs_amount/* unitAdvice */.vw)(text) : undefined;
    if (advice)
        return `expected a duration with a unit, got \`${text}\`. ${advice}`;
    const isTime = unit === 'score' && inputs_amount/* AMOUNTS */.SL.seconds.parse(text) !== undefined;
    if (isTime || (unit === 'score' && text.startsWith('$'))) {
        return `\`${key}\` is not a metric, and a feedback key requires ${forms}. Metrics: ${figureList()}.`;
    }
    return `expected ${forms} for \`${key}\`, or a change to the baseline such as \`baseline - 0.02\`, got \`${text}\`.`;
}
function parseBaseline(text, key) {
    const [, change, amount = ''] = /^baseline(?:\s*([-+*])\s*(.+))?$/i.exec(text) ?? [];
    if (/^baseline$/i.test(text))
        return { kind: 'baseline', change: '+', by: 0 };
    const { parse, forms } = change === '*' ? { parse: inputs_amount/* parseScore */.yN, forms: 'a number such as `1.1`' } : inputs_amount/* AMOUNTS */.SL[(0,figure/* unitOf */.uF)(key)];
    const by = parse(amount);
    if ((change === '+' || change === '-' || change === '*') && by !== undefined)
        return { kind: 'baseline', change, by };
    const advice = (0,figure/* unitOf */.uF)(key) === 'seconds' ? (0,inputs_amount/* unitAdvice */.vw)(amount) : undefined;
    if (advice)
        return `expected a duration with a unit, got \`${amount}\`. ${advice}`;
    return change
        ? `expected ${forms} after \`baseline ${change}\` for \`${key}\`, got \`${amount}\`.`
        : 'expected `baseline`, `baseline - 0.02`, `baseline + 0.02` or `baseline * 1.1`.';
}
function figureList() {
    return figure/* FIGURE_NAMES */.A.map((name) => `\`${name}\``).join(', ');
}
function needsBaseline({ bound }) {
    return bound.kind === 'baseline';
}

;// CONCATENATED MODULE: ./build/inputs/gate.js


function readGate(inputs) {
    const experiment = inputs.text('require-experiment');
    const baseline = inputs.text('baseline-experiment');
    const { thresholds, faults } = parseThresholds(inputs.verbatim('thresholds') ?? '');
    for (const fault of faults)
        inputs.problem('thresholds', fault);
    const isEmpty = thresholds.length === 0 && faults.length === 0;
    if (experiment === undefined) {
        for (const input of ['thresholds', 'baseline-experiment']) {
            if (!(input === 'thresholds' ? isEmpty : baseline === undefined))
                inputs.problem(input, WITHOUT_EXPERIMENT);
        }
        return undefined;
    }
    if (isEmpty) {
        inputs.problem('require-experiment', 'requires `thresholds`. Set `thresholds`, one per line, such as `correctness >= 0.8`.');
    }
    for (const input of ['require-experiment', 'baseline-experiment']) {
        const fault = faultOfExperiment(input, inputs.text(input) ?? '');
        if (fault)
            inputs.problem(input, fault);
    }
    if (experiment === baseline) {
        inputs.problem('baseline-experiment', 'is the same experiment as `require-experiment`, so there is nothing to compare. Set it to an earlier experiment, such as the one for the active revision.');
    }
    if (baseline === undefined && thresholds.some(needsBaseline)) {
        inputs.problem('thresholds', 'compares with a baseline, but `baseline-experiment` is empty. Set `baseline-experiment` to the name or ID of an experiment.');
    }
    return { experiment, baseline, thresholds };
}
function faultOfExperiment(input, text) {
    if (/^https?:\/\/\S+$/.test(text)) {
        const ids = experimentsInUrl(text);
        const advice = ids.length === 0
            ? 'Set it to the name or ID of the experiment'
            : `Set ${ids.map((id) => `\`${input}: ${id}\``).join(' or ')}, the ID in this URL`;
        return `is a URL. ${advice}${ids.length > 0 ? ', or the name of the experiment' : ''}.`;
    }
    const name = nameInOutput(text);
    return name === undefined
        ? undefined
        : `contains the output of \`evaluate()\` instead of the experiment name. Set it to ${name ? `\`${name}\`` : 'the name'}. In the evaluation script, append \`experiment=\` and \`results.experiment_name\` to the file \`$GITHUB_OUTPUT\`.`;
}
function experimentsInUrl(text) {
    if (!URL.canParse(text))
        return [];
    return new URL(text).searchParams.getAll('selectedSessions').join(',').split(',').filter(resources/* isUuid */.O1);
}
function nameInOutput(text) {
    const [, name] = /View the evaluation results for experiment: ['"](.+?)['"]/.exec(text) ?? [];
    return name ?? (/\r|\n|https?:\/\//.test(text) ? '' : undefined);
}
const WITHOUT_EXPERIMENT = 'is set, but `require-experiment` is empty. Set `require-experiment` to the name or ID of an experiment. If an earlier step provides it, check the output of that step.';

;// CONCATENATED MODULE: ./build/inputs/github.js

function readFeedback(inputs, command, trigger, variables) {
    const { repository } = trigger;
    const token = inputs.text('github-token');
    const apiUrl = variables.GITHUB_API_URL || 'https://api.github.com';
    const github = token ? { token, repository, apiUrl } : undefined;
    const environment = (0,table/* isUsedBy */.fJ)(command, 'environment') ? inputs.text('environment') : undefined;
    const comment = (0,table/* isUsedBy */.fJ)(command, 'comment') && inputs.flag('comment');
    if (environment && environment.length > LONGEST_ENVIRONMENT) {
        inputs.problem('environment', `has ${environment.length} characters, but GitHub allows at most ${LONGEST_ENVIRONMENT}.`);
    }
    if (!github && (environment || comment)) {
        inputs.problem('github-token', `is empty, but ${environment ? '`environment`' : '`comment: true`'} requires it. Remove \`github-token\` to use the job's token, or remove ${environment ? '`environment`' : '`comment`'}.`);
    }
    const isOfAny = command === 'sweep';
    const hasPlace = !comment || isOfAny || trigger.pullRequest !== undefined;
    return {
        github,
        environment,
        commentOn: comment && !isOfAny ? trigger.pullRequest : undefined,
        comments: comment,
        remarks: hasPlace
            ? []
            : [`Skipped the comment: this run has no pull request (event: ${trigger.eventName || 'none'}).`]
    };
}
const LONGEST_ENVIRONMENT = 255;

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./build/archive/paths.js
var paths = __nccwpck_require__(3341);
// EXTERNAL MODULE: ./build/deployment/name.js
var deployment_name = __nccwpck_require__(8623);
// EXTERNAL MODULE: ./build/inputs/misplaced.js
var inputs_misplaced = __nccwpck_require__(5382);
;// CONCATENATED MODULE: ./build/inputs/target.js









function readTarget(inputs, command, trigger, controlPlane) {
    const deploymentId = command === 'sweep' ? undefined : inputs.uuid('deployment-id');
    const name = inputs.text('name');
    const misplaced = name && !deploymentId ? (0,inputs_misplaced/* notAName */.Gf)(name) : undefined;
    if (misplaced && (command === 'deploy' || !(0,resources/* isUuid */.O1)(name ?? ''))) {
        inputs.problem('name', `is "${name}", ${misplaced}`);
        return { name, deploymentId };
    }
    if (command === 'sweep')
        return readNameOfPreviews(inputs, trigger);
    if (inputs.flag('preview'))
        return readPreview(inputs, trigger, controlPlane, { name, deploymentId });
    if (name && !deploymentId && command === 'deploy')
        checkName(inputs, name);
    if (name || deploymentId)
        return { name, deploymentId };
    if (command === 'delete') {
        inputs.problem('name', 'is missing: `command: delete` has no default. Set `name` or `deployment-id`.');
    }
    else if (!trigger.repository) {
        inputs.problem('name', NO_NAME);
    }
    return { name: nameOfRepository(trigger), deploymentId: undefined };
}
function checkName(inputs, name) {
    const found = (0,deployment_name/* isPossibleName */.d)(name) ? undefined : (0,deployment_name/* faultOfName */.nL)(name);
    if (found)
        inputs.problem('name', `is "${name}", ${found.fault}. Use \`name: ${found.nearest}\`.`);
}
function nameOfRepository({ repository }) {
    return (0,deployment_name/* normaliseName */.GX)(repository.split('/').at(-1) ?? '');
}
function readPreview(inputs, trigger, { hosting }, written) {
    const { pullRequest, eventName } = trigger;
    if (written.deploymentId) {
        inputs.problem('deployment-id', 'cannot be combined with `preview: true`, which finds the deployment by name. Remove one of them.');
    }
    if (pullRequest === undefined) {
        inputs.problem('preview', `requires a pull request, but this run has none (event: ${eventName || 'none'}). Run it on \`pull_request\`, or remove \`preview\` and set \`name\` to the full name.`);
    }
    const { name = '' } = readNameOfPreviews(inputs, trigger);
    const names = (0,preview/* previewNames */.JY)(name, pullRequest ?? 0, hosting === 'self-hosted');
    return { name: names[0], deploymentId: undefined, previewNames: names };
}
function readNameOfPreviews(inputs, trigger) {
    const written = inputs.text('name');
    if (!written && !trigger.repository)
        inputs.problem('name', NO_NAME);
    const name = written ?? nameOfRepository(trigger);
    if (!(0,deployment_name/* isValidName */.uV)(name)) {
        inputs.problem('name', `is "${name}", ${(0,deployment_name/* faultOfName */.nL)(name)?.fault}. Use \`name: ${(0,deployment_name/* normaliseName */.GX)(name)}\`.`);
    }
    return { name, deploymentId: undefined };
}
const NO_NAME = 'is missing, and the run has no repository for a default name. Set `name`.';
function readTargetOfSource(inputs, { target, defaultName }, source) {
    const project = (0,sources/* isMadeFrom */.o)('archive', source) ? source.project : undefined;
    const name = project && nameByProject(inputs, project);
    if (!project || name === undefined) {
        return { target, defaultName, nameFault: faultOfInput({ target, defaultName }) };
    }
    const found = (0,deployment_name/* faultOfName */.nL)(name);
    return {
        target: { name, deploymentId: undefined },
        defaultName: undefined,
        nameFault: found && {
            fault: found.fault,
            advice: `Use \`${found.nearest}\` for ${originOfName(project)}, or set \`name\`.`
        }
    };
}
function faultOfInput({ target, defaultName }) {
    const { name, deploymentId, previewNames } = target;
    const isChosen = defaultName === undefined && !deploymentId && !previewNames;
    const found = isChosen && name !== undefined ? (0,deployment_name/* faultOfName */.nL)(name) : undefined;
    return found && { fault: found.fault, advice: `Use \`name: ${found.nearest}\`.` };
}
function nameByProject(inputs, { deploymentName }) {
    const isChosen = inputs.isWritten('preview') || inputs.text('name') || inputs.text('deployment-id');
    return isChosen ? undefined : deploymentName;
}
function checkNameInProject(inputs, project) {
    const name = nameByProject(inputs, project);
    if (name === undefined)
        return project;
    const found = (0,deployment_name/* isPossibleName */.d)(name) ? undefined : (0,deployment_name/* faultOfName */.nL)(name);
    if (found) {
        inputs.problem('name', `comes from ${originOfName(project)}: it is "${name}", ${found.fault}. Use \`${found.nearest}\` there, or set \`name\`.`);
    }
    return { ...project, notices: [...project.notices, `Deployment name: ${name} (from ${originOfName(project)}).`] };
}
function originOfName({ environmentFile, configPath }) {
    return `LANGSMITH_DEPLOYMENT_NAME in ${environmentFile ?? `\`env\` of ${configPath}`}`;
}
async function checkProjectName(inputs, variables) {
    const workspace = variables.GITHUB_WORKSPACE;
    const configPath = table/* INPUTS */.mc['langgraph-config'].defaultAtCreate;
    if (!workspace || !(0,external_node_fs_.existsSync)((0,external_node_path_.resolve)(workspace, configPath)))
        return;
    const { readProject } = await Promise.all(/* import() */[__nccwpck_require__.e(547), __nccwpck_require__.e(223), __nccwpck_require__.e(430)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6430));
    const project = await readProject({
        workspace,
        temporary: variables.RUNNER_TEMP,
        configPath,
        root: undefined,
        hasBuildCommand: true,
        gitPath: variables.PATH,
        lookUp: variableOf(variables)
    }).catch(() => undefined);
    if (!project || nameByProject(inputs, project) === undefined)
        return;
    inputs.problem('name', `is missing: \`env\` of ${configPath} sets LANGSMITH_DEPLOYMENT_NAME to "${project.deploymentName}", but only \`command: deploy\` uses it. Set \`name\`.`);
}

;// CONCATENATED MODULE: ./build/inputs/internal-source.js







async function readInternalSource(inputs, trigger, variables) {
    const workspace = variables.GITHUB_WORKSPACE;
    const refusal = whyNoArchive(trigger, workspace);
    if (refusal)
        inputs.problem('source-type', refusal);
    if (refusal || !workspace)
        return undefined;
    const { ProjectError } = await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 399));
    try {
        return await readArchive(inputs, workspace, variables);
    }
    catch (error) {
        if (!(error instanceof ProjectError))
            throw error;
        for (const problem of error.problems)
            inputs.problem(error.input, problem, error.place);
        return undefined;
    }
}
function whyNoArchive({ eventName, foreignHead }, workspace) {
    if (eventName === 'pull_request_target' && foreignHead) {
        return `cannot be \`internal_source\` on pull_request_target, because it would deploy the code of ${foreignHead} with your secrets. Deploy on \`push\` instead.`;
    }
    return workspace ? undefined : 'is `internal_source`, which requires a workspace, but GITHUB_WORKSPACE is not set.';
}
async function readArchive(inputs, workspace, variables) {
    const { readProject } = await Promise.all(/* import() */[__nccwpck_require__.e(547), __nccwpck_require__.e(223), __nccwpck_require__.e(430)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6430));
    const { readCheckout } = await Promise.all(/* import() */[__nccwpck_require__.e(547), __nccwpck_require__.e(223), __nccwpck_require__.e(261)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9261));
    const buildCommand = inputs.text('build-command');
    const read = await readProject({
        workspace,
        temporary: variables.RUNNER_TEMP,
        configPath: inputs.text('langgraph-config') ?? table/* INPUTS */.mc['langgraph-config'].defaultAtCreate,
        root: inputs.text('root'),
        hasBuildCommand: buildCommand !== undefined,
        gitPath: variables.PATH,
        lookUp: variableOf(variables)
    });
    const project = checkNameInProject(inputs, read);
    return {
        type: 'internal_source',
        project,
        checkout: await readCheckout((0,external_node_path_.dirname)((0,external_node_path_.join)(project.root, project.configPath)), project.workspace, variables.PATH),
        include: readPatterns(inputs.verbatim('include')),
        secretsFile: inputs.text('secrets-file'),
        gitPath: variables.PATH,
        temporaryFolder: variables.RUNNER_TEMP || (0,external_node_os_namespaceObject.tmpdir)(),
        deploymentType: inputs.text('deployment-type'),
        installCommand: inputs.text('install-command'),
        buildCommand
    };
}
function readPatterns(text = '') {
    return text
        .split(/\r?\n/)
        .map((line) => line.trim().replace(/^(!?)\.\/+/, '$1'))
        .filter((line) => line !== '' && !line.startsWith('#'));
}
function projectPlaceOf({ workspace, root, configPath }) {
    const base = (0,external_node_path_.dirname)((0,external_node_path_.join)(root, configPath));
    const folder = (0,paths/* relativeTo */.Mf)(workspace, base) || '.';
    const isRoot = folder === '.' || (0,external_node_fs_.existsSync)((0,external_node_path_.join)(base, '.git'));
    return { folder, isRoot };
}

;// CONCATENATED MODULE: ./build/inputs/messages.js
function joinMessages(...parts) {
    return {
        notices: parts.flatMap(({ notices = [] }) => notices),
        warnings: parts.flatMap(({ warnings = [] }) => warnings),
        remarks: parts.flatMap(({ remarks = [] }) => remarks)
    };
}

;// CONCATENATED MODULE: ./build/inputs/proof.js

async function readProof(inputs, context) {
    const verifyGraphs = inputs.flag('verify-graphs');
    const written = inputs.verbatim('smoke-test');
    const file = inputs.text('smoke-test-file');
    const key = inputs.text('agent-api-key');
    const lines = inputs.verbatim('agent-headers');
    if (!verifyGraphs && written === undefined && file === undefined)
        return undefined;
    const { readAgentAccess } = await __nccwpck_require__.e(/* import() */ 700).then(__nccwpck_require__.bind(__nccwpck_require__, 7700));
    const { readConfiguredGraphs } = await Promise.all(/* import() */[__nccwpck_require__.e(547), __nccwpck_require__.e(223), __nccwpck_require__.e(257)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7257));
    const { readSmokeTests } = await __nccwpck_require__.e(/* import() */ 234).then(__nccwpck_require__.bind(__nccwpck_require__, 9234));
    const { source, environment } = context;
    const isPacked = source !== undefined && (0,sources/* isMadeFrom */.o)('archive', source);
    const configured = verifyGraphs || isPacked ? await readConfiguredGraphs(inputs, context) : undefined;
    const graphs = isPacked ? configured?.names : undefined;
    return {
        verifyGraphs,
        smokeTests: await readSmokeTests(inputs, { written, file, readFile: environment.readWorkspaceFile, graphs }),
        configured: verifyGraphs ? configured : undefined,
        ...readAgentAccess(inputs, context, { lines, key })
    };
}
function noticesOfProof(inputs, proof, { wait, dryRun }) {
    const list = (names) => names.map((name) => `\`${name}\``).join(', ');
    if (!proof) {
        const idle = ['agent-api-key', 'agent-headers'].filter((name) => inputs.isWritten(name));
        return idle.length === 0 ? [] : [`Ignored ${list(idle)}: not used without \`verify-graphs\` or \`smoke-test\`.`];
    }
    if (wait || dryRun)
        return [];
    const asked = ['verify-graphs', 'smoke-test', 'smoke-test-file'].filter((name) => inputs.isWritten(name));
    return [`Ignored ${list(asked)}: the proof does not run with \`wait: false\`.`];
}

;// CONCATENATED MODULE: ./build/inputs/github-source.js







function readGithubSource(inputs, trigger, ruling) {
    const repoUrl = inputs.text('repo-url') ?? trigger.repositoryUrl;
    if (!isRepositoryUrl(repoUrl)) {
        const server = trigger.repositoryUrl.replace(/\/[^/]+\/[^/]+$/, '') || 'https://github.com';
        const cure = (0,inputs_misplaced/* probableRepository */.uJ)(repoUrl, server);
        const what = /^https?:/i.test(repoUrl) ? 'a repository URL' : 'an https URL';
        inputs.problem('repo-url', `expected ${what}${cure ? `. ${cure}` : ' such as `https://github.com/acme/agents`.'}`);
    }
    if (!isOnGithubCom(repoUrl))
        refuseServer(inputs, repoUrl);
    const repoRef = readRef(inputs, trigger, ruling);
    const buildOnPush = inputs.optionalFlag('build-on-push');
    if (buildOnPush && repoRef.startsWith('refs/tags/')) {
        inputs.problem('build-on-push', `cannot be \`true\` when \`repo-ref\` is a tag (${repoRef}), because a tag receives no pushes. Remove \`build-on-push\`, or set \`repo-ref\` to a branch.`);
    }
    const configPath = inputs.text('langgraph-config');
    if (configPath && /^([/\\]|[A-Za-z]:|[a-z]+:\/\/)|\\|(^|\/)\.\.(\/|$)/.test(configPath)) {
        inputs.problem('langgraph-config', 'expected a path inside the repository with forward slashes, such as `agents/support/langgraph.json`.');
    }
    return {
        type: 'github',
        repoUrl,
        repoRef,
        configPath: configPath?.replace(/^(\.\/)+/, ''),
        integrationId: inputs.uuid('integration-id'),
        buildOnPush,
        deploymentType: inputs.text('deployment-type'),
        installCommand: inputs.text('install-command'),
        buildCommand: inputs.text('build-command'),
        runCommit: readIsOwnRepository(inputs, trigger) && repoRef === trigger.ref ? trigger.commit : undefined
    };
}
function readIsOwnRepository(inputs, trigger) {
    const repoUrl = inputs.text('repo-url') ?? trigger.repositoryUrl;
    return !isRepositoryUrl(repoUrl) || (0,github/* sameRepository */.RB)(repoUrl, trigger.repositoryUrl);
}
function isRepositoryUrl(url) {
    return /^https?:\/\/[^/\s@]+\/[^/\s?#]+\/[^/\s?#]+$/.test(url.replace(/\/$/, ''));
}
function isOnGithubCom(repoUrl) {
    return !isRepositoryUrl(repoUrl) || /^https?:\/\/(www\.)?github\.com\//i.test(repoUrl);
}
function refuseServer(inputs, repoUrl) {
    const { host } = new URL(repoUrl);
    const isOwn = inputs.text('repo-url') === undefined;
    inputs.problem(isOwn ? 'source-type' : 'repo-url', `${isOwn ? 'is `github`, but this repository' : 'points to a repository that'} is on ${host}. LangSmith builds from github.com only. Set \`source-type: internal_source\` to deploy the checked-out workspace, or set \`repo-url\` to a copy on github.com.`);
}
function readRef(inputs, trigger, ruling) {
    const written = inputs.text('repo-ref');
    if (written && trigger.ref === `refs/tags/${written}` && readIsOwnRepository(inputs, trigger))
        return trigger.ref;
    if (!written)
        return (ruling.kind === 'go' && ruling.ref) || '';
    const ref = (0,runner_trigger/* branchOrTag */.mC)(written);
    if ((0,deployment_revision/* isCommit */.WM)(written)) {
        inputs.problem('repo-ref', 'is a commit, but LangSmith builds branches and tags only. Set it to a branch name, or to a tag as `refs/tags/v1.2.3`.');
    }
    else if (!ref || /[\s~^:?*[\\]|\.\.|^-|\/$/.test(ref)) {
        const cure = (0,inputs_misplaced/* probableRef */.Vl)(written);
        const forms = `a branch name${cure ? ' or a tag' : ', or a tag as `refs/tags/v1.2.3`'}`;
        inputs.problem('repo-ref', `expected ${forms}, got "${written}".${cure ? ` ${cure}` : ''}`);
    }
    return ref ?? '';
}
async function checkCheckedOut(inputs, { configPath, runCommit }, variables) {
    const workspace = variables.GITHUB_WORKSPACE;
    const path = configPath ?? table/* INPUTS */.mc['langgraph-config'].defaultAtCreate;
    if (!workspace || !runCommit)
        return [];
    const isThere = (0,external_node_fs_.statSync)((0,external_node_path_.resolve)(workspace, path), { throwIfNoEntry: false })?.isFile() ?? false;
    if (!isThere && (!configPath || inputs.hasProblem('langgraph-config')))
        return [];
    const { findAbsence, findCheckedOutProblems } = await Promise.all(/* import() */[__nccwpck_require__.e(547), __nccwpck_require__.e(223), __nccwpck_require__.e(261)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9261));
    if (configPath && !isThere) {
        const absence = await findAbsence(workspace, configPath, runCommit, variables.PATH);
        if (absence)
            inputs.problem('langgraph-config', absence);
        return [];
    }
    const problems = await findCheckedOutProblems(workspace, path, runCommit, variables.PATH);
    if (!configPath) {
        const condition = 'LangSmith cannot build a deployment that uses this configuration.';
        return problems.map(({ text, place }) => ({ text: `${text} ${condition}`, place }));
    }
    for (const { text, place } of problems)
        inputs.problem('langgraph-config', text, place);
    return [];
}

;// CONCATENATED MODULE: ./build/inputs/ruling.js

function rule(trigger, asked) {
    if (asked.command !== 'deploy' && asked.command !== 'wait')
        return go(trigger.ref);
    const skipped = whySkipped(trigger, asked);
    if (skipped)
        return { kind: 'skipped', ...skipped };
    if (asked.isRefWritten)
        return go(trigger.ref);
    if (asked.command === 'wait')
        return go(trigger.ref, { caution: cautionOfWait(trigger, asked) });
    const { code } = (0,kinds/* kindOf */.I)(asked.sourceType);
    return code === 'image' || code === 'archive' ? ruleBuilt(trigger, asked, code) : ruleGithub(trigger, asked);
}
function go(ref, more = {}) {
    return { kind: 'go', ref, isRefUnclear: false, caution: undefined, warnings: [], ...more };
}
function whySkipped(trigger, asked) {
    const { about, endedRun, foreignHead, repository } = trigger;
    const isOver = about.kind === 'pull-request' && about.state !== 'open';
    const skipping = `Skipped ${stepOf(asked.command)}: `;
    const skipped = (cause) => ({ level: 'info', reason: `${skipping}${cause}` });
    if (isOver && asked.isPreview && (asked.command === 'deploy' || !asked.isRefWritten)) {
        return skipped('this pull request is closed, so no later run would delete its preview.');
    }
    if (asked.isRefWritten)
        return undefined;
    if (about.kind === 'pull-request' && about.state === 'closed') {
        return skipped('this pull request was closed without being merged.');
    }
    if (about.kind === 'deleted-ref') {
        return skipped(`this run was started by the deletion of ${about.ref || 'a branch or tag'}.`);
    }
    if (about.kind === 'withheld-release') {
        const fate = about.why === 'draft' ? 'is a draft' : `was ${about.why}`;
        return skipped(`the release ${about.tag} that started this run ${fate}.`);
    }
    if (endedRun && foreignHead) {
        return skipped(`the workflow that started this run ran for code from ${foreignHead}, not from ${repository}.`);
    }
    const failed = noSuccess(trigger);
    if (!failed)
        return undefined;
    return {
        level: 'warning',
        reason: `${skipping}${failed.what}. Set \`if: ${failed.field} == 'success'\` on the job to run it only after a success${wayPast(asked)}.`
    };
}
function stepOf(command) {
    if (command === 'deploy')
        return 'the deployment';
    if (command === 'delete' || command === 'sweep')
        return 'the deletion';
    return command ? `\`command: ${command}\`` : 'this run';
}
function noSuccess({ endedRun, deploymentState }) {
    const { conclusion } = endedRun ?? {};
    if (conclusion !== undefined && conclusion !== 'success') {
        const how = conclusion === null ? 'has not ended' : `ended with "${conclusion}"`;
        return { what: `the workflow that started this run ${how}`, field: 'github.event.workflow_run.conclusion' };
    }
    if (deploymentState !== undefined && deploymentState !== 'success') {
        return {
            what: `the state of the GitHub deployment that started this run is "${deploymentState}"`,
            field: 'github.event.deployment_status.state'
        };
    }
    return undefined;
}
function wayPast({ command, sourceType }) {
    if (command === 'wait')
        return ', or set `revision-id` to wait anyway';
    return (0,kinds/* kindOf */.I)(sourceType).code === 'repository' ? ', or set `repo-ref` to deploy anyway' : '';
}
function ruleGithub(trigger, asked) {
    const { about, foreignHead, repository, ref } = trigger;
    const refuse = (text) => ({ kind: 'error', input: 'repo-ref', text });
    if (!asked.isOwnRepository) {
        if (about.kind === 'ref')
            return go(undefined);
        return refuse('is required: `repo-url` is another repository, so the ref of this run does not apply. Set `repo-ref` to a branch or tag of that repository, or remove `repo-url`.');
    }
    const isOpen = about.kind === 'pull-request' && about.state === 'open' && !isOfNamedBranch(trigger, asked);
    if (isOpen && asked.isDryRun && !asked.isPreview && about.base)
        return go(about.base);
    if (foreignHead && isOpen) {
        return refuse(`is required: the code of this run comes from ${foreignHead}, not from ${repository}. Set \`repo-ref\` to the branch of ${repository} to deploy, or skip the step for forks.`);
    }
    if (about.kind === 'merge-group') {
        return refuse(`is required: this run is for a merge queue, whose branch is deleted after the tests. Deploy on \`push\` after the merge, or set \`repo-ref\`.`);
    }
    if (about.kind === 'bare-commit') {
        return refuse('is required: the GitHub deployment was created for a commit, but LangSmith builds branches and tags only. Create the GitHub deployment for a branch or tag, or set `repo-ref`.');
    }
    if (about.kind === 'pull-request' && !ref) {
        const way = asked.isPreview || !isOpen ? 'Set `repo-ref`.' : 'Set `preview: true` and `repo-ref`, or `repo-ref` alone.';
        return refuse(`is required: this run is for pull request ${trigger.pullRequest ?? ''}, but the event does not include its branch. ${way}`);
    }
    if (!ref)
        return refuse('is required: this event has no branch or tag. Set `repo-ref`.');
    if (isOpen && !asked.isPreview)
        return go(ref, { caution: cautionOfDeploy(trigger) });
    return go(ref, { isRefUnclear: trigger.isRefUnclear, caution: cautionOfSideBranch(trigger, asked) });
}
function ruleBuilt(trigger, asked, made) {
    const { previewEnvironment } = trigger;
    const pending = unreviewed(trigger);
    const subject = pending ?? unchosen(trigger);
    if (!subject || asked.isPreview || (pending && asked.isDryRun))
        return go(trigger.ref);
    if (!asked.isNamed)
        return ruleNameless(trigger, asked, made, subject);
    const isMeant = pending
        ? holdsNumber(asked.name, trigger.pullRequest) || isOfNamedBranch(trigger, asked)
        : holdsBranch(asked.name, sideBranch(trigger) ?? previewEnvironment);
    const isKnown = trigger.about.kind !== 'bare-commit' || previewEnvironment !== undefined;
    if (isMeant || !isKnown || asked.isDryRun)
        return go(trigger.ref);
    const target = asked.name ? `"${asked.name}"` : 'the deployment with `deployment-id`';
    const deploys = `This run deploys ${describeCode(nounOf(made), subject.what, asked)} to ${target}`;
    if (pending) {
        const advice = trigger.pullRequest
            ? `If that deployment belongs to this pull request, include the number ${trigger.pullRequest} in \`name\`.`
            : '';
        const when = asked.packed ? '' : ' before the merge';
        return go(trigger.ref, { warnings: [`${deploys}${when}. ${subject.preview}${advice}`.trim()] });
    }
    if (trigger.about.kind === 'bare-commit') {
        const warning = `${deploys}, but the GitHub deployment that started this run is for "${previewEnvironment}", not for production. Set \`if: github.event.deployment.environment == 'Production'\` on the job. If that deployment belongs to this environment, include the name of the environment in \`name\`.`;
        return go(trigger.ref, { warnings: [warning] });
    }
    const warning = `${deploys}, but the default branch is "${trigger.defaultBranch}". ${filterOf(trigger)}. If that deployment belongs to this branch, include the name of the branch in \`name\`.`;
    return go(trigger.ref, { isRefUnclear: trigger.isRefUnclear, warnings: [warning] });
}
function ruleNameless(trigger, asked, made, { what, preview }) {
    const namer = made === 'archive' ? 'the repository or by LANGSMITH_DEPLOYMENT_NAME' : 'the repository';
    const doing = `would deploy ${describeCode(nounOf(made), what, asked)} to the deployment named after ${namer}.`;
    const advice = `${preview}To choose a deployment, set \`name\` or \`deployment-id\`.`;
    if (asked.isDryRun || trigger.isRefUnclear) {
        const caution = cautionOf({ branch: sideBranch(trigger), reason: `This run ${doing}`, advice });
        return go(trigger.ref, { isRefUnclear: trigger.isRefUnclear, caution });
    }
    return { kind: 'error', input: 'name', text: `is required: without it, this run ${doing} ${advice}` };
}
function nounOf(made) {
    return made === 'archive' ? 'the code' : 'the image';
}
function describeCode(code, what, { packed }) {
    return packed ? `the checked-out commit ${packed} (this run is for ${what})` : `${code} of ${what}`;
}
function cautionOf(caution) {
    return { mayCreate: false, isNamed: false, ...caution };
}
function cautionOfDeploy(trigger) {
    return cautionOf({
        branch: trigger.ref,
        reason: `${pullRequestName(trigger)} would switch the deployment to the branch "${trigger.ref}".`,
        advice: 'Set `preview: true` to deploy a preview, `dry-run: true` to see what the merge would deploy, or `repo-ref` to deploy this branch.'
    });
}
function cautionOfSideBranch(trigger, asked) {
    const branch = sideBranch(trigger);
    if (branch === undefined || holdsBranch(asked.name, branch))
        return undefined;
    return cautionOf({
        branch,
        mayCreate: asked.name !== undefined,
        reason: `This run would switch the deployment to the branch "${branch}"; the default branch is "${trigger.defaultBranch}".`,
        advice: `${filterOf(trigger)}, \`repo-ref\` to deploy this branch, or \`name\` to use another deployment.`
    });
}
function filterOf({ eventName, endedRun, defaultBranch }) {
    if (eventName === 'create')
        return "Set `if: github.event.ref_type == 'tag'` on the job to deploy only new tags";
    if (endedRun)
        return `Set \`branches: [${defaultBranch}]\` under \`on: workflow_run\` to deploy only the default branch`;
    const field = eventName === 'deployment_status' ? 'github.event.deployment.ref' : 'github.event.pull_request.base.ref';
    return `Set \`if: ${field} == '${defaultBranch}'\` on the job to deploy only the default branch`;
}
function sideBranch({ about, eventName, endedRun, ref, defaultBranch }) {
    const isMerged = about.kind === 'pull-request' && about.state === 'merged';
    const isFollowing = endedRun !== undefined || eventName === 'deployment_status' || eventName === 'create';
    const follows = about.kind === 'ref' && isFollowing;
    if (!(isMerged || follows) || defaultBranch === undefined || ref === defaultBranch)
        return undefined;
    return ref?.startsWith('refs/tags/') ? undefined : ref;
}
function cautionOfWait(trigger, asked) {
    const subject = unreviewed(trigger, { preview: 'To wait for the preview', merged: 'Run this step' });
    if (!subject || asked.isPreview)
        return undefined;
    return cautionOf({
        branch: trigger.about.kind === 'pull-request' ? trigger.ref : undefined,
        isNamed: asked.isNamed,
        reason: `This run is for ${subject.what}, but the deployment is not built from its branch.`,
        advice: `${subject.preview}To wait for the newest revision, set \`revision-id: latest\`.`
    });
}
function unchosen(trigger) {
    if (trigger.about.kind === 'bare-commit')
        return { what: `commit ${trigger.commit}`, preview: '' };
    const branch = sideBranch(trigger);
    return branch === undefined ? undefined : { what: `the branch "${branch}"`, preview: '' };
}
function unreviewed(trigger, aim = { preview: 'To deploy a preview', merged: 'Deploy' }) {
    const { about } = trigger;
    if (about.kind === 'merge-group')
        return { what: 'a merge queue', preview: `${aim.merged} on \`push\` after the merge. ` };
    if (about.kind !== 'pull-request' || about.state !== 'open')
        return undefined;
    const name = pullRequestName(trigger);
    return {
        what: name.charAt(0).toLowerCase() + name.slice(1),
        preview: `${aim.preview}, set \`preview: true\`. `
    };
}
function pullRequestName({ pullRequest }) {
    return pullRequest === undefined ? 'A pull request' : `Pull request ${pullRequest}`;
}
function holdsNumber(name, number) {
    const words = (name ?? '').toLowerCase().split(/[-_.]+/);
    return number !== undefined && words.some((word) => word.replace(/^(pr|pull)(?=\d)/, '') === String(number));
}
function isOfNamedBranch({ endedRun, ref }, { name }) {
    return endedRun?.isOfRef === true && holdsBranch(name, ref);
}
function holdsBranch(name, branch) {
    const inWords = (text) => `-${text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '')}-`;
    return branch !== undefined && inWords(name ?? '').includes(inWords(branch));
}

;// CONCATENATED MODULE: ./build/inputs/internal-docker.js



function readPushedImage(inputs, variables) {
    return {
        type: 'internal_docker',
        imageUri: readImageUri(inputs, 'internal_docker', 'the image to push'),
        deploymentType: inputs.text('deployment-type'),
        environment: environmentOfTools(variables),
        dockerFolder: variables.DOCKER_CONFIG || (0,external_node_path_.join)(variables.HOME || (0,external_node_os_namespaceObject.homedir)(), '.docker'),
        temporaryFolder: variables.RUNNER_TEMP || (0,external_node_os_namespaceObject.tmpdir)()
    };
}
function environmentOfTools(variables) {
    return Object.fromEntries(Object.entries(variables).filter(([name]) => !NOT_FOR_TOOLS.test(name)));
}
const NOT_FOR_TOOLS = /^(?:INPUT|STATE|ACTIONS|LANGSMITH|LANGCHAIN|LANGGRAPH)_/i;

;// CONCATENATED MODULE: ./build/inputs/source.js






async function readSource(inputs, given) {
    const type = readSourceType(inputs);
    if (!type)
        return { source: undefined, warnings: [] };
    refuseForeignInputs(inputs, type);
    if ((0,kinds/* kindOf */.I)(type).isCloudOnly && given.controlPlane.hosting === 'self-hosted')
        refuseCloudOnly(inputs, type);
    checkCommands(inputs, type);
    return SOURCE_READERS[type](inputs, given);
}
const SOURCE_READERS = {
    github: async (inputs, { trigger, ruling, variables }) => {
        const source = readGithubSource(inputs, trigger, ruling);
        return { source, warnings: await checkCheckedOut(inputs, source, variables) };
    },
    external_docker: async (inputs) => {
        const source = await readImage(inputs);
        return { source, warnings: warningsOfSpec(source) };
    },
    internal_source: async (inputs, { trigger, variables }) => {
        const source = await readInternalSource(inputs, trigger, variables);
        return { source, warnings: source?.project.warnings ?? [] };
    },
    internal_docker: async (inputs, { variables }) => ({ source: readPushedImage(inputs, variables), warnings: [] })
};
function readSourceType(inputs) {
    const written = inputs.choiceIfKnown('source-type');
    if (written || inputs.isWritten('source-type'))
        return written;
    return inputs.text('image-uri') ? 'external_docker' : 'github';
}
function checkCommands(inputs, type) {
    for (const input of ['install-command', 'build-command']) {
        if (!(0,table/* goesWith */.XK)(type, input))
            continue;
        const command = inputs.text(input) ?? '';
        const found = [
            ...REFUSED_CHARACTERS.filter(([character]) => command.includes(character)).map(([, shown]) => shown),
            ...((command.match(/&+/g) ?? []).some(({ length }) => length % 2 === 1) ? ['a single `&`'] : [])
        ];
        if (found.length === 0)
            continue;
        inputs.problem(input, `contains ${found.join(', ')}, which LangSmith does not allow in a command. Use one line with \`&&\` between commands, or move the command into a package.json script.`);
    }
}
const REFUSED_CHARACTERS = [
    ['"', '`"`'],
    ['`', 'a backtick'],
    ['\\', '`\\`'],
    ['\n', 'a line break'],
    ['\r', 'a carriage return'],
    ['\0', 'a null character'],
    ['\t', 'a tab'],
    ['|', '`|`'],
    [';', '`;`'],
    ['$', '`$`'],
    ['>', '`>`'],
    ['<', '`<`']
];
function refuseForeignInputs(inputs, type) {
    for (const name of table/* INPUT_NAMES */.Qh) {
        if (!inputs.isWritten(name) || (0,table/* goesWith */.XK)(type, name))
            continue;
        const owners = (0,table/* rowOf */.OB)(name).sources ?? [];
        const types = (before) => owners.map((owner) => `\`${before}${owner}\``).join(' or ');
        const isOfImages = owners.some((owner) => (0,kinds/* kindOf */.I)(owner).code === 'image');
        const rest = [
            ...(!isOfImages && inputs.isWritten('image-uri') ? ['remove `image-uri`'] : []),
            `set ${types('source-type: ')}`,
            ...(isOfImages && !inputs.isWritten('image-uri') ? ['`image-uri`'] : [])
        ];
        inputs.problem(name, `requires ${types('source-type: ')}, but ${whatIsDeployed(inputs, type)}. Remove \`${name}\`, or ${rest.join(' and ')}.`);
    }
}
function whatIsDeployed(inputs, type) {
    if (inputs.isWritten('source-type'))
        return `\`source-type\` is \`${type}\``;
    return (0,kinds/* kindOf */.I)(type).code === 'image'
        ? 'this run deploys `image-uri`'
        : 'this run deploys from GitHub, because `source-type` and `image-uri` are not set';
}
function refuseCloudOnly(inputs, type) {
    const isWritten = inputs.isWritten('source-type');
    if ((0,kinds/* kindOf */.I)(type).code === 'image') {
        inputs.problem('source-type', `is \`${type}\`, which runs on LangSmith Cloud only, but \`control-plane-url\` is self-hosted. Push the image to your registry and set \`source-type: external_docker\`, or remove \`control-plane-url\`.`);
        return;
    }
    inputs.problem(isWritten ? 'source-type' : 'image-uri', isWritten
        ? `is \`${type}\`, which builds on LangSmith Cloud only, but \`control-plane-url\` is self-hosted. Build an image and set \`source-type: external_docker\` and \`image-uri\`, or remove \`control-plane-url\`.`
        : 'is missing: a self-hosted control plane deploys images only. Build an image and set `image-uri`, or remove `control-plane-url` to deploy from GitHub on LangSmith Cloud.');
}

;// CONCATENATED MODULE: ./build/inputs/read-ruling.js






function readAbsence({ variables, event }) {
    const inputs = reader_createReader(variables);
    const trigger = (0,runner_trigger/* readTrigger */.vE)(variables, event);
    const command = inputs.choiceIfKnown('command');
    const keyless = inputs.text('api-key') ? undefined : whyKeyless(trigger, command);
    if (keyless)
        return { level: 'info', reason: keyless };
    const ruling = command && rule(trigger, readRulingInputs(inputs, command, trigger));
    return ruling?.kind === 'skipped' ? ruling : undefined;
}
function whyKeyless({ eventName, pullRequest, withoutSecrets, isInFork, repository }, command) {
    const skipped = `Skipped ${stepOf(command)}`;
    if (pullRequest !== undefined && withoutSecrets === 'fork') {
        return `${skipped}: this pull request comes from a fork, and GitHub does not pass secrets to runs from forks.`;
    }
    if (pullRequest !== undefined && withoutSecrets && command === 'delete') {
        return `${skipped}: this pull request comes from Dependabot, and \`api-key\` is empty. ${CLOSED_BY_DEPENDABOT}`;
    }
    if (pullRequest !== undefined && withoutSecrets) {
        return `${skipped}: this pull request comes from Dependabot, and \`api-key\` is empty. Dependabot can only read secrets stored under Settings > Secrets and variables > Dependabot.`;
    }
    if (!isInFork || eventName.endsWith('_dispatch'))
        return undefined;
    return `${skipped}: ${repository} is a fork and has no secret for \`api-key\`.`;
}
const CLOSED_BY_DEPENDABOT = 'When Dependabot closes its own pull request, GitHub does not pass secrets to the `pull_request_target` run, so that run cannot delete the preview. Use `command: sweep` to delete it.';
function remarksOnDependabot({ withoutSecrets, pullRequest }, isPreview) {
    return isPreview && pullRequest !== undefined && withoutSecrets === 'dependabot' ? [CLOSED_BY_DEPENDABOT] : [];
}
function readRulingInputs(inputs, command, trigger) {
    const name = inputs.text('name');
    return {
        command,
        sourceType: command === 'deploy' ? readSourceType(inputs) : undefined,
        isRefWritten: inputs.text(command === 'wait' ? 'revision-id' : 'repo-ref') !== undefined,
        isPreview: inputs.isWritten('preview'),
        isDryRun: inputs.isWritten('dry-run'),
        isOwnRepository: readIsOwnRepository(inputs, trigger),
        name,
        isNamed: name !== undefined || inputs.text('deployment-id') !== undefined
    };
}
function readRuling(inputs, { trigger, github }, asked) {
    const ruling = rule(trigger, asked);
    if (ruling.kind === 'error')
        inputs.problem(ruling.input, ruling.text);
    if (ruling.kind !== 'go')
        return { isRefUnclear: false, caution: undefined, warnings: [] };
    if (ruling.isRefUnclear && (0,kinds/* kindOf */.I)(asked.sourceType).code === 'repository' && !github)
        refuseUnclear(inputs, trigger);
    return ruling;
}
function refuseUnclear(inputs, { ref, eventName }) {
    const expression = eventName === 'workflow_run' ? 'github.event.workflow_run.head_branch' : 'github.event.deployment.ref';
    inputs.problem('repo-ref', `is required: the event does not specify whether "${ref}" is a branch or a tag. Set \`repo-ref: \${{ ${expression} }}\` for a branch or \`repo-ref: refs/tags/\${{ ${expression} }}\` for a tag. Alternatively, remove \`github-token\`; the action then checks GitHub with the job's token.`);
}

// EXTERNAL MODULE: ./build/archive/environment-file.js
var environment_file = __nccwpck_require__(475);
// EXTERNAL MODULE: ./build/run/sentence.js
var sentence = __nccwpck_require__(857);
// EXTERNAL MODULE: ./build/runner/secret-name.js
var secret_name = __nccwpck_require__(7547);
// EXTERNAL MODULE: ./build/runner/secret-shape.js
var secret_shape = __nccwpck_require__(4599);
;// CONCATENATED MODULE: ./build/inputs/secret-problem.js

function problemAt(place, { at, name, text }) {
    return { at, text: `${namedPlace(place, name)}: ${text}` };
}
function notAList(text) {
    return { secrets: [], empty: [], isWhole: false, problems: [{ at: 0, text }] };
}
function shapeProblem(line, name) {
    if ((0,variable_name/* isVariableName */.KL)(name))
        return undefined;
    if ((0,variable_name/* isVariableName */.KL)(name.trim()))
        return 'whitespace around the name; use NAME=value without it';
    const dashed = nameWithDashes(name);
    if (dashed)
        return `invalid name: dashes and periods are not allowed; use ${dashed.meant}`;
    if (/^export\s/.test(name))
        return 'starts with `export`; use NAME=value';
    if (/^[A-Z][A-Z0-9_]+(\s*[\s,;]\s*[A-Z][A-Z0-9_]+)+,?$/.test(line.trim()))
        return SEVERAL_NAMES;
    return /^\s*--?[A-Za-z]/.test(line) ? COMMAND_OPTION : NOT_A_NAME;
}
function nameWithDashes(name) {
    const written = name.trim();
    const meant = written.replace(/[-.]/g, '_');
    return /^[A-Z][A-Z0-9_]*([-.][A-Z0-9_]+)+$/.test(written) && (0,variable_name/* isSpelledName */.Vp)(meant) ? { written, meant } : undefined;
}
function emptyValue(kind) {
    const cause = kind === 'variables' ? 'the variable (`vars.NAME`)' : 'the secret';
    return `the value is empty; ${cause} is probably not set`;
}
const NOT_A_NAME = 'invalid name: expected letters, digits and underscores, not starting with a digit; use NAME=value, or NAME<<EOF for a multiline value';
const COMMAND_OPTION = 'a command-line option; use NAME=value only';
const SEVERAL_NAMES = 'several names on one line; use one line per name (in YAML, use | after the input name, because > folds lines into one)';
function namedPlace(place, name) {
    return name === undefined ? place : `${place} (${name})`;
}

;// CONCATENATED MODULE: ./build/inputs/secret-lines.js


function parseLines(text, lookUp, kind) {
    const lines = text.split(/\r?\n/);
    const found = [];
    const empty = [];
    const flaws = [];
    const yaml = [];
    let isInPaste = false;
    let isAfterBareName = false;
    for (let index = 0; index < lines.length;) {
        const line = lines[index] ?? '';
        const at = index + 1;
        if (line.trim() === '' || line.startsWith('#') || isYaml(line)) {
            if (isYaml(line))
                yaml.push(at);
            index += 1;
            continue;
        }
        const entry = readEntry(lines, index, lookUp, kind);
        const { name, isOptional, operator, value, problem, next } = entry;
        const mayBePiece = isInPaste && !hasName(entry);
        const printable = mayBePiece ? undefined : printableName(entry, { isAfterBareName });
        if (problem)
            flaws.push({ at, name: printable, text: problem });
        else if (isOptional && !value)
            empty.push(name);
        else
            found.push({ name, value: value ?? '', place: `line ${at}`, at, isBlock: operator === '<<' });
        isInPaste = problem ? printable === undefined : mayBePiece;
        isAfterBareName = operator === undefined && !problem;
        index = next;
    }
    const all = [...(yaml.length > 0 ? [yamlProblem(yaml)] : []), ...joinRuns(flaws), ...duplicates(found)];
    return { secrets: found, problems: all.toSorted((a, b) => a.at - b.at), empty, isWhole: false };
}
function readEntry(lines, index, lookUp, kind) {
    const line = lines[index] ?? '';
    const split = splitLine(line);
    const read = split.operator === '<<'
        ? readBlock(lines, index, split.rest)
        : split.operator === '='
            ? readRest(lines, index, split, lookUp, kind)
            : readBareName(index, split, lookUp);
    const problem = bareKeyProblem(line, lookUp) ?? shapeProblem(line, split.name) ?? read.problem;
    return { ...split, ...read, problem };
}
function readBlock(lines, index, word) {
    const end = lines.indexOf(word, index + 1);
    if (word === '') {
        return {
            problem: 'the delimiter is missing; use NAME<<EOF',
            next: (end < 0 ? index : end) + 1
        };
    }
    if (end < 0)
        return { problem: openBlockProblem(word, lines, index), next: lines.length };
    return { value: lines.slice(index + 1, end).join('\n'), next: end + 1 };
}
function readRest(lines, index, { rest, isOptional }, lookUp, kind) {
    const end = endOfOpenValue(lines, index, rest, lookUp);
    if (end !== undefined)
        return { problem: OPEN_VALUE, next: end + 1 };
    const isMissing = rest === '' && !isOptional;
    return { value: rest, problem: isMissing ? `${emptyValue(kind)}${EMPTY_ADVICE}` : undefined, next: index + 1 };
}
const EMPTY_ADVICE = '. Set it; use NAME?=value to omit the variable when it is empty; or use NAME<<EOF with EOF on the next line to set an empty value';
function readBareName(index, { name, isOptional }, lookUp) {
    const value = lookUp(name);
    return { value, problem: value || isOptional ? undefined : NOT_SET, next: index + 1 };
}
const NOT_SET = "a bare name is read from the step's `env`, but it is not set there; set it, use NAME? to omit the variable when it is not set, or use NAME=value";
function splitLine(line) {
    const match = /=|<</.exec(line);
    const written = match ? line.slice(0, match.index) : line;
    const isOptional = written.endsWith('?');
    const name = isOptional ? written.slice(0, -1) : written;
    if (!match)
        return { name, isOptional, operator: undefined, rest: '' };
    const operator = match[0] === '=' ? '=' : '<<';
    return { name, isOptional, operator, rest: line.slice(match.index + operator.length) };
}
function joinRuns(flaws) {
    const runs = [];
    for (const flaw of flaws) {
        const run = runs.at(-1);
        const last = run?.at(-1);
        const isNext = last?.at === flaw.at - 1;
        if (run &&
            isNext &&
            (last.name === undefined) === (flaw.name === undefined) &&
            (!flaw.name || last.text === flaw.text))
            run.push(flaw);
        else
            runs.push([flaw]);
    }
    return runs.flatMap((run) => {
        const [first, ...more] = run;
        const last = more.at(-1);
        if (!first)
            return [];
        if (!last)
            return [problemAt(`line ${first.at}`, first)];
        const names = run.flatMap(({ name }) => name ?? []);
        const text = more.every((flaw) => flaw.text === first.text && flaw.text !== NOT_A_NAME) ? first.text : SEVERAL_LINES;
        const name = names.length > 0 ? names.join(', ') : undefined;
        return [problemAt(`lines ${first.at}-${last.at}`, { at: first.at, name, text })];
    });
}
function hasName({ operator, rest }) {
    return operator === '<<' || (operator === '=' && /[^=]/.test(rest));
}
function printableName(line, after) {
    return variableNameIn(line, after) ?? (line.operator ? nameWithDashes(line.name)?.written : undefined);
}
function variableNameIn(line, { isAfterBareName }) {
    const name = line.name.trim().replace(/^export\s+/, '');
    if (!(0,variable_name/* isVariableName */.KL)(name))
        return undefined;
    if (hasName(line))
        return (0,variable_name/* isPlainName */.sh)(name) ? name : undefined;
    const isOfVariable = line.operator !== undefined || isAfterBareName || name.includes('_');
    return (0,variable_name/* isSpelledName */.Vp)(name) && isOfVariable ? name : undefined;
}
function printableNameOf({ name, value }) {
    return variableNameIn({ name, operator: '=', rest: value }, { isAfterBareName: false });
}
function endOfOpenValue(lines, index, value, lookUp) {
    const isEnd = closingOf(value);
    const next = lines[index + 1];
    if (!isEnd || next === undefined || next.startsWith('#'))
        return undefined;
    const { name, operator } = splitLine(next);
    const isAssignment = (0,variable_name/* isVariableName */.KL)(name) && !isYaml(next) && (operator !== undefined || lookUp(name) !== undefined);
    if (isAssignment && !/^["']?-----BEGIN /.test(value))
        return undefined;
    const end = lines.findIndex((line, at) => at > index && isEnd(line));
    return end < 0 ? undefined : end;
}
function closingOf(value) {
    if (/^["']?-----BEGIN [A-Z0-9 ]+-----$/.test(value))
        return (line) => line.includes('-----END ');
    if (/^["']?\{$/.test(value))
        return (line) => /^\}["']?$/.test(line.trimEnd());
    if (/^["']?\[$/.test(value))
        return (line) => /^\]["']?$/.test(line.trimEnd());
    const [, quote] = /^(["'])/.exec(value) ?? [];
    return quote && !value.slice(1).includes(quote) ? (line) => line.trimEnd().endsWith(quote) : undefined;
}
function isYaml(line) {
    return /^\s*(-\s|["']?[A-Za-z_][\w.-]*["']?\s*:(\s|$)|\[)/.test(line);
}
function yamlProblem([first = 0, ...more]) {
    const others = more.length === 0 ? '' : ` and ${more.length === 1 ? 'one other' : `${more.length} others`}`;
    return {
        at: first,
        text: `line ${first}${others}: a YAML list or mapping is not supported; use one NAME=value per line, such as A=b instead of A: b`
    };
}
function openBlockProblem(word, lines, index) {
    const isPlain = /^[A-Z][A-Z_]{0,15}$/.test(word.trim());
    const end = isPlain ? `\`${word.trim()}\`` : 'its delimiter';
    if (lines.length === 1 && /\s/.test(word.trim())) {
        return `the value has no end: no line contains only its delimiter; in YAML, use | after the input name, because > folds lines into one`;
    }
    if (/^\s|\s$/.test(word))
        return 'whitespace around the delimiter; use NAME<<EOF without it';
    if (/^["'].*["']$|^-/.test(word))
        return 'the delimiter uses shell syntax; use NAME<<EOF';
    const indented = lines.findIndex((line, at) => at > index && line.trim() === word);
    if (indented >= 0) {
        return `the value has no end: line ${indented + 1} contains ${end} with whitespace around it; put the delimiter alone on its line, not indented further than the names`;
    }
    return `the value has no end: no line below contains only ${end}; put the delimiter alone on a line, not indented further than the names`;
}
function duplicates(found) {
    return found.flatMap((secret) => {
        const first = found.find(({ name }) => name === secret.name);
        if (!first || first === secret)
            return [];
        const text = `duplicate name, first set in ${first.place}; remove one of them`;
        return [problemAt(secret.place, { at: secret.at, name: printableNameOf(secret), text })];
    });
}
function bareKeyProblem(line, lookUp) {
    const text = line.trim();
    return KNOWN_KEY.test(text) && lookUp(text) === undefined ? BARE_KEY : undefined;
}
const KNOWN_KEY = /^(sk-|[rs]k_(live|test)_|gh[pousr]_|github_pat_|lsv2_|AIza|xox[abp]-|AKIA|hf_|gsk_|tvly-|pplx-)[\w-]{12,}={0,2}$/;
const BARE_KEY = 'a value without a name; use NAME=value';
const OPEN_VALUE = 'write a multiline value as NAME<<EOF, its lines, and EOF on a separate line';
const SEVERAL_LINES = `expected NAME=value; ${OPEN_VALUE}`;

;// CONCATENATED MODULE: ./build/inputs/secret-text.js




const JOB_TOKEN = 'github_token';
function parseSecrets(text, lookUp, kind) {
    const start = text.trimStart();
    if (start.startsWith('{'))
        return parseJsonSecrets(text, kind);
    if (start.startsWith('['))
        return notAList(JSON_ARRAY);
    if (/^(Object|Array)$/.test(text.trim()) && !lookUp(text.trim()))
        return notAList(WHOLE_OBJECT);
    if (isJsonString(start))
        return notAList(JSON_STRING);
    if (isPathOfFile(text.trim()))
        return notAList(PATH_OF_FILE);
    return parseLines(text.replace(/^\uFEFF/, ''), lookUp, kind);
}
const JSON_ARRAY = 'is a JSON array, which has no names; use one NAME=value per line, or a JSON object such as {"NAME": "value"}';
const JSON_STRING = 'is a JSON string, such as the output of `toJSON` for one secret; use one NAME=value per line, with `${{ secrets.NAME }}` as the value';
const WHOLE_OBJECT = 'is an expression that evaluated to an object; use one NAME=value per line, or `${{ toJSON(secrets) }}`';
const PATH_OF_FILE = 'appears to be the path of an env file; set `secrets-file` to the path';
function isJsonString(text) {
    return /^"(?:[^"\\\n]|\\.)*"$/.test(text.trim());
}
function isPathOfFile(text) {
    return /^(?:\.{0,2}\/)?(?:[\w-]+\/)*(?:[\w-]*\.env|\.env\.[\w.-]+|[\w-]+\.env)$/.test(text);
}
function parseJsonSecrets(text, kind) {
    let value;
    try {
        value = JSON.parse(text.trim());
    }
    catch {
        return { ...notAList(endsBefore(text) ? MORE_THAN_JSON : BAD_JSON), isWhole: true };
    }
    if (isServiceAccount(value))
        return { ...notAList(SERVICE_ACCOUNT), isWhole: true };
    const found = [];
    const problems = [];
    for (const [index, [name, item]] of Object.entries((0,object/* object */.I)(value) ?? {}).entries()) {
        const at = index + 1;
        const place = placeOfKey(at);
        const problem = name === JOB_TOKEN ? undefined : (shapeProblem(name, name) ?? itemProblem(name, item, kind));
        if (problem)
            problems.push(problemAt(place, { at, name: printableKey(name), text: problem }));
        else
            found.push({ name, value: typeof item === 'string' ? item : '', place, at });
    }
    return {
        secrets: found,
        problems: problems.length === 0 ? repeatedKeys(text) : problems,
        empty: [],
        isWhole: true
    };
}
function placeOfKey(at) {
    return `key ${at} of the JSON object`;
}
function itemProblem(name, item, kind) {
    if (item === '' || item === null)
        return `${emptyValue(kind)}. Set it, or omit the key`;
    return typeof item === 'string' ? undefined : notString(item, printableKey(name), kind);
}
function notString(item, name, kind) {
    if (typeof item !== 'object')
        return 'the value is not a string; put it in quotes';
    const context = kind === 'variables' ? 'vars' : 'secrets';
    return `the value is JSON, not a string; use \`\${{ toJSON(${context}.${name ?? 'NAME'}) }}\` to convert it to a string`;
}
function endsBefore(text) {
    const lines = text.trim().split(/\r?\n/).slice(0, MOST_LINES_OF_JSON);
    return lines.some((line, index) => line.trimEnd().endsWith('}') && isJson(lines.slice(0, index + 1).join('\n')));
}
const MOST_LINES_OF_JSON = 300;
function isJson(text) {
    try {
        JSON.parse(text);
        return true;
    }
    catch {
        return false;
    }
}
function printableKey(name) {
    return (0,variable_name/* isVariableName */.KL)(name) && (0,variable_name/* isPlainName */.sh)(name) ? name : undefined;
}
const BAD_JSON = 'starts with { but is not valid JSON; use one NAME=value per line, or a JSON object of strings with `${{ toJSON(secrets.NAME) }}` for each value';
const MORE_THAN_JSON = 'has text after a JSON object; put the other variables into the object, or use one NAME=value per line';
const SERVICE_ACCOUNT = 'is the JSON key of a Google service account, not an object of variables; use NAME<<EOF, the JSON, and EOF on separate lines';
function isServiceAccount(value) {
    return (0,object/* object */.I)(value)?.type === 'service_account' && (0,object/* object */.I)(value)?.private_key !== undefined;
}
function repeatedKeys(text) {
    const keys = [...text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)].flatMap(([, string, colon]) => string && colon ? [String(JSON.parse(string))] : []);
    return keys.flatMap((key, index) => {
        const first = keys.indexOf(key);
        if (first === index)
            return [];
        const text = `duplicate name, first set in key ${first + 1}; remove one of them`;
        return [problemAt(placeOfKey(index + 1), { at: index + 1, name: printableKey(key), text })];
    });
}

;// CONCATENATED MODULE: ./build/inputs/slips.js

const HOW_TO_MEAN_IT = 'If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning.';
const SLIPS = [
    {
        isIn: (value) => /^("(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`)$/.test(value) && !CSP_SOURCE.test(value),
        text: 'the quotes around the value are part of it. Remove them if they are unintended.'
    },
    {
        isIn: (value) => value.trim() !== value,
        text: 'the value starts or ends with whitespace, which is part of it. Remove it if it is unintended.'
    },
    {
        isIn: (value) => /[\u00a0\u202f\u200b\u2060\ufeff]/.test(value.trim()) && !value.includes(' '),
        text: 'the value contains a no-break or zero-width space, which is part of it. Retype the value if it is unintended.'
    },
    {
        isIn: holdsSecondName,
        text: 'the value appears to contain another NAME=value. Use one per line; in YAML, use `|` after the input name, because `>` folds lines into one.'
    },
    {
        isIn: holdsComment,
        text: 'the value contains ` #`, which does not start a comment here. Move the comment to a separate line.'
    },
    {
        isIn: (value) => /^(secrets|vars|env)\.[A-Z_][A-Z0-9_]*$|^\$?\{\{\s*(secrets|vars|env)\.\w+\s*\}\}$/.test(value),
        text: 'the value is an expression that was not evaluated. Use `${{ secrets.NAME }}`.'
    },
    {
        isIn: (value) => /^\$([A-Z_][A-Z0-9_]*|\{[A-Za-z_]\w*\})$/.test(value),
        text: 'the value is a shell variable, which is not expanded here. Use the bare name to read the variable from the `env` of the step.'
    },
    {
        isIn: (value) => /^\*{3,}$/.test(value),
        text: 'the value is the mask that hides secrets in GitHub logs. Use `${{ secrets.NAME }}`.'
    },
    {
        isIn: (value) => /^\$\(.+\)$/.test(value),
        text: 'the value is a shell command, which does not run here. Run it in an earlier step, and use the output of that step.'
    },
    {
        isIn: (value) => /^export\s+[A-Za-z_]\w*=/.test(value),
        text: 'the value starts with `export NAME=`, which is part of it. Remove it if it is unintended.'
    },
    {
        isIn: (value) => /\s\\$/.test(value),
        text: 'the value ends with a backslash, which does not continue the line here and is part of the value. Remove it if it is unintended.'
    },
    {
        isIn: (value, name) => /^op:\/\/[^/]+\/.+|^@Microsoft\.KeyVault\(.+\)$/.test(value) ||
            (/^[a-z][\w-]*:latest$/i.test(value) && (0,secret_name/* isSecretName */.e)(name)),
        text: 'the value is a reference to an external secret, which is not resolved here. Use `NAME=${{ secrets.NAME }}` in `secrets`, or the output of a step that reads the secret.'
    }
];
const CSP_SOURCE = /^'(self|none|unsafe-[a-z-]+|strict-dynamic|report-sample|wasm-unsafe-eval|nonce-.+|sha(256|384|512)-.+)'$/;
function holdsSecondName(value) {
    const [, separator, name, next] = /^(?!-)[^\s=,;]+={0,2}(\s*,\s*|\s+)([A-Z][A-Z0-9_]*)\??=(?!%)(.?)/.exec(value) ?? [];
    if (separator === undefined || name === undefined)
        return false;
    if (separator === ',')
        return !LDAP_NAME.test(name);
    return separator.includes(',') ? name.includes('_') : next !== '' && next !== '=' && !isInKey('', value);
}
const LDAP_NAME = /^(CN|OU|O|DC|C|L|ST|STREET|UID|SN|T|E|GN|EMAILADDRESS|SERIALNUMBER)$/;
function holdsComment(value) {
    const [, before, gap, comment] = /^(.*?\S)(\s+)#\s+(\S.*)$/.exec(value) ?? [];
    if (before === undefined || gap === undefined || comment === undefined)
        return false;
    const isProse = /\p{L}[,.:]?\s+\p{L}/u.test(before) && !/^["'].*["']$/.test(before);
    if (isProse || before.includes('#'))
        return false;
    return gap.length > 1 || COMMENT_TEXT.test(comment.slice(0, LONGEST_COMMENT));
}
const COMMENT_TEXT = /\p{L}{2}.*\s\P{L}*\p{L}{2}|\p{Lo}{2}|^(required|optional)\b/iu;
const LONGEST_COMMENT = 100;
function isFolded(text, secrets) {
    const [only, ...more] = secrets;
    if (only === undefined || more.length > 0 || /[\r\n]/.test(text.trim()))
        return false;
    if (/^[A-Z][A-Z0-9_]*=[^\s;]*(\s|$)/.test(only.value))
        return false;
    const isProse = /^[^\s=]+\s+[^\s=]+\s/.test(only.value);
    return [...only.value.matchAll(/(?<=\s)([A-Z][A-Z0-9_]+)\??=(?![=%])/g)].some(({ 1: name = '', index }) => {
        const before = only.value.slice(0, index).trimEnd();
        const lastWord = before.slice(Math.max(before.lastIndexOf(' '), before.lastIndexOf('\t')) + 1);
        if (lastWord.startsWith('-') || /[,;]$/.test(lastWord))
            return false;
        if (isInKey(before, only.value.slice(index)))
            return false;
        return !isProse || name.includes('_');
    });
}
function isInKey(before, behind) {
    const pairs = `${before}${behind}`.split(';').filter((pair) => pair.includes('='));
    const [rest = ''] = behind.split(';', 1);
    return pairs.length > 1 && `${before.slice(before.lastIndexOf(';') + 1)}${rest}`.split('=').length === 2;
}
function slipsIn(written, secrets) {
    const lines = secrets.filter(({ value, isBlock }) => isBlock !== true && !/[\r\n]/.test(value));
    const areFolded = isFolded(written, secrets);
    const found = SLIPS.flatMap(({ isIn, text }) => {
        const slips = lines.filter(({ name, value }) => isIn(value, name) || (isIn === holdsSecondName && areFolded));
        const [first] = slips;
        return first ? [{ at: first.at, text: `${slips.map(({ name }) => name).join(', ')}: ${text}` }] : [];
    });
    const texts = found.toSorted((a, b) => a.at - b.at).map(({ text }) => text);
    return texts.map((text, index) => (index === texts.length - 1 ? `${text} ${HOW_TO_MEAN_IT}` : text));
}

;// CONCATENATED MODULE: ./build/inputs/secrets.js















const NO_VARIABLES = { secrets: [], problems: [], empty: [], warnings: [], remarks: [] };
const WHY = {
    runner: 'the runner sets it for the job',
    key: 'it contains the value of `api-key`',
    job: "it is the job's token, which expires with the job",
    langsmith: 'it is a LangSmith key; set `NAME=value` in `secrets` if the agent needs it'
};
function readSecrets(inputs, { controlPlane, trigger, source }, environment) {
    const mode = inputs.choice('secrets-mode');
    const lookUp = variableOf(environment.variables);
    const rules = secretRulesOf(inputs, controlPlane, source);
    const given = [
        readLines(inputs, 'variables', lookUp),
        readLines(inputs, 'secrets', lookUp),
        readSecretsFile(inputs, trigger, environment, lookUp)
    ];
    const { chosen, leftOut, notices } = chooseVariables(inputs, given, rules);
    const configured = fromProject(source, new Set(chosen.map(({ name }) => name)), rules);
    const empty = given.flatMap((one) => one.empty.map((name) => ({ name, why: 'empty' })));
    const all = [...leftOut, ...configured.leftOut, ...empty];
    const variables = chosen.filter(({ input }) => input === 'variables').map(nameAndValue);
    const ofInputs = chosen.filter(({ input }) => input !== 'variables').map(nameAndValue);
    const secrets = [...configured.secrets, ...ofInputs];
    if (mode === 'replace' && secrets.length + variables.length === 0) {
        inputs.problem('secrets-mode', 'is `replace`, which requires at least one variable, because the API cannot clear an environment. Set the variables to keep in `secrets` or `variables`, or remove `secrets-mode`.');
    }
    return {
        secrets: { secrets, variables, mode },
        ...joinMessages(...given, { notices, remarks: all.length > 0 ? [leftOutLine(all)] : [] })
    };
}
function secretRulesOf(inputs, { hosting }, source) {
    return {
        onCloud: hosting === 'cloud' && (!source || (0,kinds/* kindOf */.I)(source.type).isCloudOnly),
        apiKey: inputs.text('api-key'),
        token: inputs.text('github-token')
    };
}
function nameAndValue({ name, value }) {
    return { name, value };
}
function chooseVariables(inputs, given, rules) {
    const leftOut = [];
    const notices = [];
    const chosen = new Map();
    for (const { input, secrets, isWritten, problems } of given) {
        const found = [...problems];
        const problem = (at, text) => found.push({ at, text });
        for (const secret of secrets) {
            const { name, place, at } = secret;
            const why = whyLeftOut(secret, { input, isWritten }, rules);
            if (why === WHY.runner && isWritten) {
                problem(at, `${namedPlace(place, name)}: the runner sets this variable for the job only; remove it`);
            }
            else if (why) {
                if (isWritten)
                    notices.push(`\`${input}\`: omitted ${name}, because ${why}. Remove it.`);
                else
                    leftOut.push({ name, why });
                continue;
            }
            const earlier = chosen.get(name);
            if (earlier && earlier.input !== input) {
                const where = `${earlier.place} of \`${earlier.input}\``;
                problem(at, `${namedPlace(place, printableNameOf(secret))}: duplicate name, first set in ${where}; remove one of them`);
            }
            chosen.set(name, { ...secret, input });
        }
        for (const { text } of found.toSorted((a, b) => a.at - b.at))
            inputs.problem(input, `${text}.`);
    }
    return { chosen: [...chosen.values()], leftOut, notices };
}
function readLines(inputs, input, lookUp) {
    const text = inputs.verbatim(input);
    if (text === undefined)
        return { ...NO_VARIABLES, input, isWritten: true };
    const { secrets, problems, empty, isWhole } = parseSecrets(text, lookUp, input);
    const slips = isWhole ? [] : slipsIn(text, secrets).map((slip) => `\`${input}\`: ${slip}`);
    const warnings = input === 'variables' ? [...slips, ...toldOfSecrets(secrets)] : slips;
    return { input, secrets, isWritten: !isWhole, problems, empty, warnings, remarks: [] };
}
function toldOfSecrets(variables) {
    return variables
        .filter(({ name, value }) => (0,secret_parts/* secretParts */.B)(value).length > 0 || ((0,secret_name/* isSecretName */.e)(name) && !(0,secret_shape/* isOrdinary */.P)(value)))
        .map(({ name }) => `\`variables\`: ${name} appears to be a secret, but the plan shows its value. Move it to \`secrets\`.`);
}
function readSecretsFile(inputs, trigger, environment, lookUp) {
    const input = 'secrets-file';
    const none = { ...NO_VARIABLES, input, isWritten: false };
    const file = inputs.text(input);
    if (file === undefined)
        return none;
    const content = contentOf(file, trigger, environment);
    if (typeof content === 'string') {
        inputs.problem(input, content);
        return none;
    }
    const { variables, lines, problems, warnings, remarks } = (0,environment_file/* readEnvironmentFile */.S)(content, lookUp);
    if (lines.size === 0 && problems.length === 0 && warnings.length > 0) {
        inputs.problem(input, 'has no NAME=value line. Use an env file, not YAML or a list of names.');
        return none;
    }
    for (const problem of problems)
        inputs.problem(input, `${problem}.`);
    const told = (texts) => texts.map((text) => `\`${input}\`: ${text}`);
    const secrets = variables.map((variable) => {
        const at = lines.get(variable.name) ?? 0;
        return { ...variable, at, place: `line ${at}` };
    });
    return { ...none, secrets, warnings: told(warnings), remarks: told(remarks) };
}
function contentOf(file, trigger, { readWorkspaceFile }) {
    if (trigger.eventName === 'pull_request_target' && trigger.foreignHead) {
        return `is not allowed here: on pull_request_target, files from ${trigger.foreignHead} could set the environment of your deployment. Use \`secrets\`.`;
    }
    try {
        const content = readWorkspaceFile(file);
        const isJson = Buffer.from(content).toString().trimStart().startsWith('{');
        return isJson
            ? 'contains JSON, but must be an env file. Use one NAME=value per line, or set the object in `secrets`.'
            : content;
    }
    catch (error) {
        return (0,sentence/* sentence */.em)((0,error_message/* errorMessage */.g)(error));
    }
}
function whyLeftOut({ name, value }, { input, isWritten }, { onCloud, apiKey, token }) {
    if ((0,variable_name/* isRunnerVariable */.Rx)(name))
        return WHY.runner;
    const reserved = (0,variable_name/* whyReserved */.X$)(name, { onCloud });
    if (reserved)
        return reserved;
    if (isJobToken(name, value) || (!isWritten && (name === JOB_TOKEN || holdsJobToken(value, token))))
        return WHY.job;
    const isMeant = isWritten && input === 'secrets' && !onCloud && name === 'LANGSMITH_API_KEY';
    if (apiKey && value.includes(apiKey) && !isMeant)
        return WHY.key;
    return !isWritten && value.trimStart().startsWith(OF_LANGSMITH) ? WHY.langsmith : undefined;
}
const OF_LANGSMITH = 'lsv2_';
function isJobToken(name, value) {
    return name.toLowerCase() === JOB_TOKEN && value.startsWith(OF_INSTALLATION);
}
function holdsJobToken(value, token) {
    return token?.startsWith(OF_INSTALLATION) === true && value.includes(token);
}
const OF_INSTALLATION = 'ghs_';
function fromProject(source, given, rules) {
    if (!source || !(0,sources/* isMadeFrom */.o)('archive', source))
        return { secrets: [], leftOut: [] };
    const judged = source.project.environment
        .filter(({ name }) => !given.has(name))
        .map((one) => ({ ...one, why: whyLeftOut(one, { input: 'env', isWritten: false }, { ...rules, onCloud: true }) }));
    return {
        secrets: judged.filter(({ why }) => !why).map(nameAndValue),
        leftOut: judged.flatMap(({ name, why }) => (why ? [{ name, why }] : []))
    };
}
function leftOutLine(leftOut) {
    const groups = [...Map.groupBy(leftOut, ({ why }) => why)].map(([reason, some]) => `${[...new Set(some.map(({ name }) => name))].join(', ')} (${reason})`);
    return `Omitted from the environment: ${groups.join('; ')}.`;
}

// EXTERNAL MODULE: ./build/deployment/sources/external-docker.js
var external_docker = __nccwpck_require__(1821);
;// CONCATENATED MODULE: ./build/inputs/skipping.js




function noticesOfSkipping(inputs, source, trigger) {
    const reason = whyNeverSkipped(inputs, source, trigger);
    return reason ? [`\`skip-unchanged\` has no effect here: ${reason}`] : [];
}
function whyNeverSkipped(inputs, source, trigger) {
    if ((0,sources/* isMadeFrom */.o)('image', source)) {
        if ((0,external_docker/* isByDigest */.s)(source.imageUri) || (0,kinds/* kindOf */.I)(source.type).isCloudOnly)
            return undefined;
        return `\`image-uri\` uses a tag, which can be moved to another image. Use the digest, such as \`${imageName(source.imageUri)}@sha256:\u2026\`.`;
    }
    if ((0,sources/* isMadeFrom */.o)('archive', source)) {
        return 'LangSmith does not report the contents of an earlier archive, so every run creates a revision. Remove `skip-unchanged`.';
    }
    if (source.runCommit !== undefined)
        return undefined;
    if (!readIsOwnRepository(inputs, trigger)) {
        return '`repo-url` is another repository, so the commit of its branch is unknown. Remove `skip-unchanged`.';
    }
    if (inputs.text('repo-ref')) {
        return '`repo-ref` is not the branch or tag of this run, so its commit is unknown. Remove `skip-unchanged`.';
    }
    return undefined;
}
function imageName(imageUri) {
    return imageUri.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
}

;// CONCATENATED MODULE: ./build/inputs/config.js



















async function readConfig(environment, inputs = reader_createReader(environment.variables)) {
    inputs.checkExpressions();
    const command = inputs.choice('command');
    const isCommandKnown = !inputs.hasProblem('command');
    const common = readCommon(inputs, command, environment);
    const config = isCommandKnown ? await COMMAND_READERS[command]({ inputs, common, environment }) : undefined;
    inputs.check(isCommandKnown ? usedInputs(inputs, command) : table/* INPUT_NAMES */.Qh.filter((name) => name !== 'revision-id'));
    if (!config || inputs.problems.length > 0)
        throw new reader_InputError(inputs.problems);
    return config;
}
function usedInputs(inputs, command) {
    const source = command === 'deploy' ? readSourceType(inputs) : undefined;
    return table/* INPUT_NAMES */.Qh.filter((name) => (0,table/* isUsedBy */.fJ)(command, name) && (0,table/* goesWith */.XK)(source, name));
}
const COMMAND_READERS = {
    deploy: readDeploy,
    wait: readWait,
    redeploy: readRedeploy,
    delete: readDelete,
    status: readStatus,
    logs: readLogs,
    interrupt: readInterrupt,
    sweep: readSweep
};
async function readDeploy({ inputs, common, environment }) {
    const asked = readRulingInputs(inputs, 'deploy', common.trigger);
    const ruling = rule(common.trigger, asked);
    const { source, ...ofSource } = await readSource(inputs, { ...common, ruling, variables: environment.variables });
    const packed = source && packedInstead(source, common.trigger);
    const { isRefUnclear, caution, warnings } = readRuling(inputs, common, { ...asked, packed });
    const { secrets, ...ofSecrets } = readSecrets(inputs, { ...common, source }, environment);
    if (source && 'secretReferences' in source)
        checkReferences(inputs, source, secrets);
    const proof = await readProof(inputs, { ...proofContext(common, environment), source });
    const ownRevision = { ...(0,inputs_following/* readOwnRevision */.Qi)(inputs), ...(proof ? { proof } : {}) };
    const agent = readAgent(inputs);
    const gate = readGate(inputs);
    if (!source)
        return undefined;
    const skipUnchanged = inputs.flag('skip-unchanged');
    return {
        ...common,
        ...ownRevision,
        ...readTargetOfSource(inputs, common, source),
        command: 'deploy',
        trigger: { ...common.trigger, commit: commitOfRun(source, common.trigger) },
        source,
        secrets,
        displayName: inputs.text('display-name'),
        routeThroughGateway: inputs.optionalFlag('route-through-gateway'),
        agent,
        skipUnchanged,
        allowDowngrade: inputs.flag('allow-downgrade'),
        gate,
        ifMissing: inputs.choice('if-missing'),
        caution,
        isRefWritten: asked.isRefWritten,
        isRefUnclear,
        branchWarnings: isRefUnclear ? warnings : [],
        place: (0,sources/* isMadeFrom */.o)('archive', source) ? projectPlaceOf(source.project) : undefined,
        ...joinMessages(common, { warnings: misplacedCheckout(source, common.trigger, ownRevision) ?? (isRefUnclear ? [] : warnings) }, ofSecrets, { notices: [...(0,inputs_following/* noticesOfRollback */.bu)(ownRevision), ...(0,inputs_following/* noticesOfTimes */.FL)(inputs, common, ownRevision)] }, { notices: noticesOfProof(inputs, proof, ownRevision) }, { notices: skipUnchanged ? noticesOfSkipping(inputs, source, common.trigger) : [] }, { notices: noticesOfCommit(source, common.trigger, ownRevision) }, { remarks: remarksOnDependabot(common.trigger, asked.isPreview) }, ofSource)
    };
}
function readAgent(inputs) {
    const id = inputs.text('agent-id');
    const environment = inputs.choiceIfKnown('agent-environment');
    if (id && !inputs.text('agent-environment')) {
        inputs.problem('agent-environment', 'is missing: `agent-id` requires it. Set it to `development`, `staging` or `production`.');
    }
    if (!id && environment)
        inputs.problem('agent-id', 'is missing: `agent-environment` requires it. Set it to the ID of the agent.');
    return id && environment ? { agent_id: id, environment } : undefined;
}
async function readWait({ inputs, common, environment }) {
    const { trigger } = common;
    const { caution } = readRuling(inputs, common, readRulingInputs(inputs, 'wait', trigger));
    await checkProjectName(inputs, environment.variables);
    const proof = await readProof(inputs, proofContext(common, environment));
    const following = { ...(0,inputs_following/* readFollowing */.wt)(inputs), ...(proof ? { proof } : {}) };
    return {
        ...common,
        ...following,
        command: 'wait',
        awaitedCommit: (0,runner_trigger/* tellsCommit */._p)(trigger) ? trigger.commit : undefined,
        revisionId: (0,inputs_following/* readRevisionId */.pq)(inputs, 'wait'),
        caution,
        notices: [
            ...common.notices,
            ...(0,inputs_following/* noticesOfTimes */.FL)(inputs, common, { ...following, wait: true, dryRun: false }),
            ...noticesOfProof(inputs, proof, { wait: true, dryRun: false })
        ]
    };
}
async function readRedeploy({ inputs, common, environment }) {
    await checkProjectName(inputs, environment.variables);
    const proof = await readProof(inputs, proofContext(common, environment));
    const ownRevision = { ...(0,inputs_following/* readOwnRevision */.Qi)(inputs), ...(proof ? { proof } : {}) };
    return {
        ...common,
        ...ownRevision,
        command: 'redeploy',
        revisionId: (0,inputs_following/* readRevisionId */.pq)(inputs, 'redeploy'),
        notices: [
            ...common.notices,
            ...(0,inputs_following/* noticesOfRollback */.bu)(ownRevision),
            ...(0,inputs_following/* noticesOfTimes */.FL)(inputs, common, ownRevision),
            ...noticesOfProof(inputs, proof, ownRevision)
        ]
    };
}
async function readDelete({ inputs, common }) {
    return {
        ...common,
        command: 'delete',
        deleteTracingProject: inputs.flag('delete-tracing-project'),
        dryRun: inputs.flag('dry-run')
    };
}
async function readStatus({ inputs, common, environment }) {
    await checkProjectName(inputs, environment.variables);
    return { ...common, command: 'status' };
}
async function readLogs({ inputs, common, environment }) {
    await checkProjectName(inputs, environment.variables);
    const revisionId = (0,inputs_following/* readRevisionId */.pq)(inputs, 'logs');
    const level = inputs.choiceIfKnown('log-level');
    return {
        ...common,
        command: 'logs',
        revisionId: revisionId === inputs_following/* LATEST */.k0 ? undefined : revisionId,
        level: level && level.toUpperCase(),
        sinceMs: inputs.duration('log-since'),
        limit: inputs.count('log-limit')
    };
}
async function readInterrupt({ inputs, common, environment }) {
    await checkProjectName(inputs, environment.variables);
    return {
        ...common,
        command: 'interrupt',
        revisionId: (0,inputs_following/* readRevisionId */.pq)(inputs, 'interrupt'),
        dryRun: inputs.flag('dry-run')
    };
}
async function readSweep({ inputs, common }) {
    if (!common.github) {
        inputs.problem('github-token', "is empty, but `command: sweep` requires it to find closed pull requests. Remove `github-token` to use the job's token.");
    }
    return {
        ...common,
        command: 'sweep',
        maxAgeMs: inputs.duration('max-age'),
        maxPreviews: inputs.text('max-previews') ? inputs.count('max-previews') : undefined,
        deleteTracingProject: inputs.flag('delete-tracing-project'),
        dryRun: inputs.flag('dry-run')
    };
}
function proofContext({ trigger, connection }, environment) {
    return { trigger, apiKey: connection.apiKey, environment };
}
function readCommon(inputs, command, { variables, event }) {
    const trigger = (0,runner_trigger/* readTrigger */.vE)(variables, event);
    const connection = readConnection(inputs, trigger, variables);
    const feedback = readFeedback(inputs, command, trigger, variables);
    return {
        ...connection,
        ...feedback,
        trigger,
        target: readTarget(inputs, command, trigger, connection.controlPlane),
        defaultName: inputs.text('name') || inputs.text('deployment-id') ? undefined : nameOfRepository(trigger),
        timeoutMs: inputs.duration('timeout') ?? 0,
        ...joinMessages({ notices: noticesOfUnused(inputs, command) }, connection, feedback)
    };
}
function noticesOfUnused(inputs, command) {
    const unused = table/* INPUT_NAMES */.Qh.filter((name) => inputs.isWritten(name) && !(0,table/* isUsedBy */.fJ)(command, name));
    if (unused.length === 0)
        return [];
    return [`Ignored ${unused.map((name) => `\`${name}\``).join(', ')}: not used by \`command: ${command}\`.`];
}

;// CONCATENATED MODULE: ./build/inputs/read-run.js



async function readRun(runner) {
    const unwritable = checkFiles(runner);
    if (unwritable)
        return { verdict: unwritable };
    const absence = readAbsence(runner);
    if (absence) {
        if (absence.level === 'warning')
            runner.warning(absence.reason);
        return { verdict: { status: 'skipped', reason: absence.reason } };
    }
    try {
        return await readConfig(runner);
    }
    catch (error) {
        if (!(error instanceof reader_InputError))
            throw error;
        const { title, message, place } = error;
        return { verdict: { status: 'error', title: `${title}; no request was made`, reason: message, place } };
    }
}
function checkFiles(runner) {
    const unwritable = runner.unwritableFiles();
    if (unwritable.every(({ file }) => file === 'GITHUB_STEP_SUMMARY')) {
        for (const { text } of unwritable)
            runner.warning(text);
        return undefined;
    }
    return {
        status: 'error',
        title: "The runner's files are not writable; no request was made",
        reason: unwritable.map(({ text }) => text).join('\n')
    };
}

// EXTERNAL MODULE: ./build/deployment/workspace.js
var workspace = __nccwpck_require__(343);
// EXTERNAL MODULE: ./build/github/session.js
var session = __nccwpck_require__(786);
// EXTERNAL MODULE: ./build/control-plane/client.js + 1 modules
var client = __nccwpck_require__(8797);
// EXTERNAL MODULE: ./build/control-plane/transport.js
var control_plane_transport = __nccwpck_require__(1116);
;// CONCATENATED MODULE: ./build/open.js


function openControlPlane(options) {
    const { connection, limits, recorder, conceal, concealTexts, note, random } = options;
    const transport = (0,control_plane_transport/* createTransport */.o)({
        connection,
        limits,
        onRetry: note,
        onWrite: (mayHaveActed) => recorder.tell({ kind: 'writing', mayHaveActed }),
        ...(random ? { random } : {})
    });
    return { client: (0,client/* createClient */.UU)(transport, conceal, note, concealTexts), close: transport.close };
}
async function openFeedback(options) {
    const { channels, asked, place } = options.plan;
    if (Object.values(channels).every((channel) => channel === undefined)) {
        const nothing = async () => { };
        return { mark: () => ({ name: asked, place }), begin: nothing, following: nothing, finish: nothing };
    }
    const { createFeedback } = await __nccwpck_require__.e(/* import() */ 27).then(__nccwpck_require__.bind(__nccwpck_require__, 1027));
    return createFeedback(options);
}

// EXTERNAL MODULE: ./build/report/bake.js
var bake = __nccwpck_require__(2906);
// EXTERNAL MODULE: ./build/report/gate.js
var gate = __nccwpck_require__(8080);
// EXTERNAL MODULE: ./build/report/material.js
var material = __nccwpck_require__(8222);
// EXTERNAL MODULE: ./build/report/message.js
var report_message = __nccwpck_require__(7632);
// EXTERNAL MODULE: ./build/report/outputs.js
var report_outputs = __nccwpck_require__(4121);
// EXTERNAL MODULE: ./build/report/plan-lines.js
var plan_lines = __nccwpck_require__(9222);
// EXTERNAL MODULE: ./build/report/proof.js
var proof = __nccwpck_require__(4645);
// EXTERNAL MODULE: ./build/report/summary.js + 1 modules
var summary = __nccwpck_require__(7057);
// EXTERNAL MODULE: ./build/report/sweep.js
var sweep = __nccwpck_require__(6355);
;// CONCATENATED MODULE: ./build/report/log.js










function createLog(runner) {
    let openLog;
    const begun = new Set();
    const endLog = () => {
        if (openLog)
            runner.endGroup();
        openLog = undefined;
    };
    const outside = (print) => {
        endLog();
        print();
    };
    const note = (text) => outside(() => runner.info(text));
    const group = (title, lines) => outside(() => runner.group(title, lines));
    return {
        endLog,
        log: (kind, entries) => {
            if (openLog !== kind) {
                endLog();
                runner.beginGroup(begun.has(kind) ? `${logTitle(kind)} (continued)` : logTitle(kind));
                begun.add(kind);
                openLog = kind;
            }
            for (const entry of entries)
                runner.info(logLine(entry, runner.redact));
        },
        showEnd: ({ kind, lines }) => runner.group(`${logTitle(kind)}, the last ${lines.length === 1 ? 'line' : `${lines.length} lines`}`, lines),
        remark: (text) => outside(() => runner.notice(text)),
        note,
        warn: (text) => outside(() => runner.warning(text)),
        listen: (event, record, before) => {
            if (event.kind === 'ended')
                outside(() => printEnd(runner, record, event.verdict));
            else
                printEvent({ info: note, group }, event, record, before);
        }
    };
}
function printEvent(runner, event, record, before) {
    switch (event.kind) {
        case 'planned':
            runner.group((0,plan_lines/* planTitle */.KS)(event.plan), (0,plan_lines/* planLines */.HN)(event.plan));
            return;
        case 'made':
        case 'revision': {
            const { id, status } = event.revision;
            if (record.phases.length === before.phases.length)
                return;
            if (before.revision?.id !== id)
                runner.info(`Revision ${id}`);
            const { at = 0 } = record.phases.at(-1) ?? {};
            runner.info(`${(0,duration/* inWords */.r)(at - record.about.startedAt).padStart(12)}  ${status}`);
            return;
        }
        case 'follow-up': {
            const words = followUpWords(record);
            if (words !== followUpWords(before))
                runner.info(words);
            return;
        }
        case 'proof':
            printProof(runner, event.step);
            return;
        case 'gate':
            runner.group((0,gate/* gateTitle */.KS)(event.gate), (0,gate/* gateLines */.HN)(event.gate));
            return;
        case 'bake':
            runner.info(`Bake: ${(0,bake/* bakeWords */.Rq)(event.bake)}.`);
            return;
        case 'swept':
            runner.info((0,sweep/* sweptLine */.E)(event.preview));
    }
}
function printProof(runner, { about, seen, rows = [], more }) {
    if (about === 'health')
        return;
    const title = `${about === 'graphs' ? 'Graphs' : 'Smoke test'}: ${seen}`;
    if (rows.length === 0)
        runner.info(title);
    else
        runner.group(title, [...rows.flatMap(proof/* proofRowLines */.EC), ...(more === undefined ? [] : [`\u2026 ${more} more`])]);
}
function printEnd(runner, record, verdict) {
    const message = (0,report_message/* messageOf */.bD)(verdict, record);
    const text = (0,report_message/* textOf */.b6)(message);
    if (message.level === 'error') {
        runner.error(message.title, text, verdict.status === 'error' ? verdict.place : undefined);
    }
    if (message.level === 'warning')
        runner.warning(text);
    const notice = (0,report_message/* versionNotice */.l7)(record);
    if (notice)
        runner.info(notice);
    const title = verdict.status === 'error' ? ` (${verdict.title})` : '';
    const brief = {
        info: `. ${verdict.status === 'skipped' ? withoutSkipped(text) : text}`,
        warning: ', see the warning above',
        error: title
    }[message.level];
    runner.info(`Verdict: ${verdict.status}${brief}`);
    const outputs = (0,report_outputs/* outputsOf */.Yz)(record);
    const [url, dashboard] = [outputs.get('deployment-url'), (0,material/* linkToRevision */.DF)(outputs)];
    if (url)
        runner.info(`Agent Server: ${url}`);
    const version = (0,summary/* versionChange */.Bn)(outputs.get('agent-server-version'), record);
    if (version)
        runner.info(`Agent Server version: ${version}`);
    if (dashboard)
        runner.info(`LangSmith: ${dashboard}`);
    const traces = (0,material/* linkToTraces */.Am)(record);
    if (traces)
        runner.info(`Traces: ${traces}`);
}
function withoutSkipped(reason) {
    return reason
        .replace(/^Skipped (?:`[^`]*`|[^:`]*): /, '')
        .replace(/^[a-z](?=[a-z]* )/, (first) => first.toUpperCase());
}
function followUpWords({ followUp }) {
    return followUp
        ? `${followUp.label}, revision ${followUp.revision.id}: ${followUp.revision.status}${(0,report_message/* messageSuffix */.Pr)(followUp.revision)}`
        : '';
}
function logTitle(kind) {
    return kind === 'build' ? 'Build log' : 'Deploy log';
}
function logLine({ level, message }, redact) {
    const text = redact(message.replace(/\s+$/, ''));
    return level ? `${level.padEnd(7)} ${text}` : text;
}

// EXTERNAL MODULE: ./build/deployment/hidden.js
var deployment_hidden = __nccwpck_require__(344);
// EXTERNAL MODULE: ./build/deployment/texts.js
var deployment_texts = __nccwpck_require__(5942);
;// CONCATENATED MODULE: ./build/report/masks.js



function createMasks(runner, record, { publicTexts, variables }) {
    const isPublic = (secret) => variables.some(({ name, value }) => name === secret.name && value === secret.value);
    const inOutputs = (known) => [...report_outputs/* OUTPUT_WORDS */.yh, ...publicTexts, ...(0,report_outputs/* outputsOf */.Yz)(known).values()];
    return {
        conceal: ({ id, name, url, tenant_id, source_config, source_revision_config, secrets }) => {
            const concealed = (0,deployment_hidden/* shownSecrets */.DK)(secrets).filter((secret) => !isPublic(secret));
            const texts = [id, name, url, tenant_id, source_config.custom_url, source_revision_config.image_uri];
            runner.maskRead(concealed, [...inOutputs(record()), ...texts.filter((text) => text !== null)]);
            runner.keepSecretParts((0,deployment_texts/* settingTexts */.H)({ url, source_config }));
        },
        listen: ({ kind }, known) => {
            if (kind === 'deployment' || kind === 'ended')
                runner.maskRest(kind === 'ended', inOutputs(known));
        }
    };
}

// EXTERNAL MODULE: ./build/runner/words.js
var words = __nccwpck_require__(3894);
// EXTERNAL MODULE: ./build/report/seen.js
var report_seen = __nccwpck_require__(3904);
;// CONCATENATED MODULE: ./build/report/reporter.js





function createReporter({ record, tell }, log, runner) {
    const seen = (revision) => (0,report_seen/* seenRevision */.d)(revision, runner.redact);
    const common = {
        log: log.log,
        endLog: log.endLog,
        note: log.note,
        warn: log.warn,
        remark: log.remark,
        planned: (plan) => {
            runner.keepSecretParts((0,plan_lines/* planTexts */._r)(plan));
            tell({ kind: 'planned', plan: (0,plan_lines/* shownPlan */.vJ)(plan, runner.redact) });
        },
        activeBefore: ({ active_revision_id, image_version }) => tell({ kind: 'active', revisionId: active_revision_id, serverVersion: image_version ?? undefined }),
        listed: (revisions) => tell({ kind: 'listed', revisions: listedRevisions(revisions, seen) }),
        swept: (preview) => tell({ kind: 'swept', preview }),
        deployment: (deployment, created) => tell({ kind: 'deployment', deployment: (0,report_seen/* seenDeployment */.B)(deployment), created }),
        gone: () => tell({ kind: 'gone' }),
        leaving: (deployment) => tell({ kind: 'leaving', deployment: (0,report_seen/* seenDeployment */.B)(deployment) }),
        gate: (gate) => tell({ kind: 'gate', gate: withoutSecrets(gate, runner.redact) }),
        bake: (bake) => tell({ kind: 'bake', bake }),
        rolledBack: (to, by) => tell({ kind: 'rolled-back', to, by }),
        endOfLog: async (found, { isShown }) => {
            log.endLog();
            const shown = await shownLog(found, record(), runner.redact);
            tell({ kind: 'failure-log', log: shown });
            if (isShown)
                log.showEnd(shown);
        },
        followUp: (label, onWrite) => {
            const followed = (revision) => tell({ kind: 'follow-up', label, revision: seen(revision) });
            return {
                ...common,
                aboutToWrite: onWrite,
                named: () => { },
                made: followed,
                revision: followed,
                proof: (step) => step
            };
        }
    };
    return {
        ...common,
        aboutToWrite: (intent, stored) => tell({ kind: 'sending', intent, stored }),
        named: (revisionId) => tell({ kind: 'named', revisionId }),
        made: (revision, { isCertain }) => tell({ kind: 'made', revision: seen(revision), isCertain }),
        revision: (revision, { own }) => tell({ kind: 'revision', revision: seen(revision), own }),
        proof: (step) => {
            const shown = shownStep(step, runner.redact);
            tell({ kind: 'proof', step: shown });
            return shown;
        }
    };
}
const NAME_BYTES = 200;
function withoutSecrets({ experiment, baseline, rows }, redact) {
    const shown = (name) => (0,words/* firstBytes */.mI)((0,words/* plainLines */.y1)(redact(name)).join(' '), NAME_BYTES);
    return {
        experiment: { ...experiment, name: shown(experiment.name) },
        baseline: baseline && { ...baseline, name: shown(baseline.name) },
        rows: rows.map((row) => ({ ...row, key: shown(row.key) }))
    };
}
async function shownLog({ kind, entries, searched }, known, redact) {
    const { tellingLines } = await __nccwpck_require__.e(/* import() */ 422).then(__nccwpck_require__.bind(__nccwpck_require__, 9422));
    const readable = searched.map((entry) => ({ ...entry, message: redact(entry.message) }));
    const names = [known.about.name, known.deployment?.name ?? ''];
    const hasStarted = known.bake?.state === 'over' || known.proof.some(({ about, outcome }) => about !== 'health' && outcome === 'failed');
    const runs = hasStarted ? 'failure' : 'besides';
    const { lines, isTelling, isCause, isVague, advice } = tellingLines(readable, kind, names, runs);
    const isBesides = hasStarted && !isTelling;
    return {
        kind,
        revisionId: known.revision?.id,
        lines: entries.flatMap((entry) => (0,words/* plainLines */.y1)(logLine(entry, redact))),
        telling: isBesides ? [] : lines.map(redact),
        isTelling,
        isCause,
        isVague,
        advice: hasStarted && !isTelling ? '' : redact(advice)
    };
}
const ANSWER_BYTES = 600;
const RESULT_BYTES = 2_000;
const MOST_ROWS = 100;
function shownStep({ rows, ...step }, redact) {
    const shown = (text, bytes) => (0,words/* firstBytes */.mI)(redact(text), bytes);
    const kept = new Set(rows?.toSorted((left, right) => weightOf(right) - weightOf(left)).slice(0, MOST_ROWS));
    return {
        ...step,
        seen: shown(step.seen, ANSWER_BYTES),
        ...(rows && rows.length > MOST_ROWS && { more: rows.length - MOST_ROWS }),
        ...(rows && {
            rows: rows
                .filter((row) => kept.has(row))
                .map(({ result, ...row }) => ({
                ...row,
                subject: shown(row.subject, ANSWER_BYTES),
                answer: shown(row.answer, ANSWER_BYTES),
                ...(result === undefined ? {} : { result: shown(result, RESULT_BYTES) })
            }))
        })
    };
}
const WEIGHTS = { failed: 2, unclear: 1, passed: 0, left: 0 };
function weightOf({ outcome }) {
    return WEIGHTS[outcome];
}
function listedRevisions(revisions, seen) {
    const [newest] = revisions;
    return {
        newest: newest && seen(newest),
        queue: (0,deployment_revision/* queueOf */.nv)(revisions).map(({ id, status, created_at }) => ({ id, status, createdAt: created_at ?? undefined }))
    };
}

;// CONCATENATED MODULE: ./build/run/saved-state.js
const STATE = 'memory';
function parseSaved(text) {
    return text === '' ? undefined : JSON.parse(text);
}

;// CONCATENATED MODULE: ./build/report/saved.js




function savedOf({ plan: _, ...record }) {
    if (!record.verdict) {
        return { ...record, phases: [], proof: [], deployment: undefined, revision: undefined, failureLog: undefined };
    }
    const { deployment, revision, failureLog } = record;
    return {
        ...record,
        phases: [],
        proof: record.proof.map(({ rows: _rows, ...step }) => step),
        deployment: deployment && { ...deployment, address: fitting('deployment-url', deployment.address) },
        revision: revision && {
            ...revision,
            commit: fitting('commit-sha', revision.commit),
            image: fitting('image-uri', revision.image)
        },
        failureLog: failureLog && withoutLines(failureLog)
    };
}
function fitting(name, value) {
    return value !== undefined && (0,report_outputs/* hasShape */.Go)(name, value) ? value : undefined;
}
const MOST_TELLING_BYTES = 3_000;
function withoutLines(log) {
    const telling = log.telling.length > 0 ? (0,words/* shortenedLines */.Sz)(log.telling, MOST_TELLING_BYTES, log.isCause ? 'first' : 'last') : [];
    return { ...log, lines: [], telling };
}
function createSaver({ saveState }) {
    let isBegun = false;
    return (_event, record, before) => {
        const saved = savedOf(record);
        const wasBegun = isBegun;
        isBegun ||= record.intent !== undefined || record.feedback !== undefined;
        if (isBegun && !(wasBegun && (0,external_node_util_.isDeepStrictEqual)(saved, savedOf(before))))
            saveState(STATE, JSON.stringify(saved));
    };
}

// EXTERNAL MODULE: ./build/run/record.js
var run_record = __nccwpck_require__(1265);
;// CONCATENATED MODULE: ./build/run/recorder.js

function createRecorder(first, now, listeners) {
    let record = first;
    return {
        record: () => record,
        tell: (event) => {
            const before = record;
            record = (0,run_record/* next */.K2)(before, event, now());
            for (const listen of listeners)
                listen(event, record, before);
        }
    };
}

;// CONCATENATED MODULE: ./build/open-run.js

















function subjectOf(config, startedAt) {
    const { target, trigger } = config;
    const { commit, repositoryUrl } = trigger;
    return {
        about: {
            name: target.name ?? target.deploymentId ?? '',
            startedAt,
            commit: deployedCommit(config),
            trigger: { commit, repositoryUrl }
        },
        destination: destinationOf(config),
        interrupt: 'onCancel' in config && config.onCancel === 'interrupt',
        publicTexts: publicTextsOf(config),
        variables: config.command === 'deploy' ? config.secrets.variables : []
    };
}
function deployedCommit(config) {
    if (config.command !== 'deploy' || (0,sources/* isMadeFrom */.o)('image', config.source))
        return undefined;
    return (0,sources/* isMadeFrom */.o)('repository', config.source) ? config.source.runCommit : config.trigger.commit;
}
const PUBLIC_HEADERS = /^x-(?:auth-scheme|tenant-id|organization-id)$/i;
function secretsOf(config) {
    const all = 'proof' in config ? (config.proof?.headers ?? []) : [];
    const headers = all.filter(({ name }) => !PUBLIC_HEADERS.test(name));
    const ofHeaders = headers.flatMap(({ name, value }) => {
        const token = /^\S+ +(\S.*)$/.exec(value)?.[1];
        return [{ name, value }, ...(token ? [{ name, value: token }] : [])];
    });
    return [...(config.command === 'deploy' ? config.secrets.secrets : []), ...ofHeaders];
}
function publicTextsOf({ controlPlane, connection, target, trigger, ...config }) {
    const names = target.previewNames ?? [target.name];
    const { repository, repositoryUrl, ref, commit, runUrl } = trigger;
    const texts = [controlPlane.url, controlPlane.dashboard, connection.workspaceId, ...names, target.deploymentId];
    texts.push(repository, repositoryUrl, ref, commit, runUrl);
    if (config.command === 'deploy')
        texts.push(...((0,sources/* sourceOf */.v)(config.source).publicTexts ?? []));
    return texts.filter((text) => text !== undefined);
}
function openReport(options) {
    const { runner, clock, about, destination, interrupt = false, publicTexts = [], variables = [] } = options;
    const log = createLog(runner);
    const masks = createMasks(runner, () => recorder.record(), { publicTexts, variables });
    const recorder = createRecorder((0,run_record/* firstRecord */.El)(about, { destination, interrupt }), clock.now, [
        createSaver(runner),
        (0,report_outputs/* createOutputWriter */.XO)(runner),
        masks.listen,
        log.listen
    ]);
    return {
        recorder,
        reporter: createReporter(recorder, log, runner),
        conceal: masks.conceal,
        concealTexts: runner.maskKeys,
        finish: async (verdict) => {
            recorder.tell({ kind: 'ended', verdict });
            try {
                await runner.summary((0,summary/* summaryOf */.YG)(recorder.record()));
            }
            catch (error) {
                runner.warning((0,sentence/* sentence */.em)(`The job summary could not be written: ${(0,error_message/* errorMessage */.g)(error)}`));
            }
        }
    };
}
async function openRun(config, { report, limits, cancellation, random }) {
    const { recorder, reporter } = report;
    const { clock, cancelled } = limits;
    const connection = await enterWorkspace(config, limits, report);
    const github = config.github &&
        (0,session/* createGithubSession */.K)({
            access: config.github,
            proxy: connection.proxy,
            clock,
            cancelled,
            cancelledAt: cancellation.at,
            warn: reporter.warn,
            ...(config.command === 'sweep'
                ?
                    { budgetMs: config.timeoutMs }
                :
                    { onWait: limits.extend })
        });
    const controlPlane = openControlPlane({ ...report, connection, limits, note: reporter.note, random });
    const plan = feedbackPlanOf(config, connection);
    const { trigger } = config;
    const toldOf = { github, trigger, clock, cancelled, warn: reporter.warn, note: reporter.note };
    const feedback = await openFeedback({ plan, recorder, ...toldOf });
    const tellDeleted = (preview) => tellOfDeleted(config, plan, preview, toldOf);
    const { sessions, closeSessions } = openSessionsOnce(config, {
        connection,
        limits,
        onRetry: reporter.note,
        ...(random ? { random } : {})
    });
    const close = async () => {
        await Promise.all([controlPlane.close(), closeSessions()]);
    };
    return { ...controlPlane, close, sessions, limits, progress: reporter, github, feedback, tellDeleted };
}
async function tellOfDeleted({ environment, comments }, plan, { deployment, firstName, pullRequest, reason }, toldOf) {
    const { clock } = toldOf;
    const recorder = createRecorder((0,run_record/* firstRecord */.El)({ name: firstName, startedAt: clock.now() }), clock.now, []);
    recorder.tell({ kind: 'leaving', deployment: (0,report_seen/* seenDeployment */.B)(deployment) });
    recorder.tell({ kind: 'ended', verdict: { status: 'deleted', reason } });
    const channels = { environment, comment: comments ? pullRequest : undefined };
    const ofPreview = { ...plan, asked: firstName, isId: false, removes: true, isPreview: true, channels };
    const feedback = await openFeedback({ ...toldOf, plan: ofPreview, recorder });
    await feedback.finish();
}
function openSessionsOnce({ controlPlane }, options) {
    let opened;
    return {
        sessions: () => {
            opened ??= __nccwpck_require__.e(/* import() */ 812).then(__nccwpck_require__.bind(__nccwpck_require__, 7812)).then(({ openSessions }) => openSessions(controlPlane, options));
            return opened;
        },
        closeSessions: async () => {
            await (await opened)?.close();
        }
    };
}
async function enterWorkspace({ connection, controlPlane, workspaceName }, limits, { recorder, reporter }) {
    if (!workspaceName)
        return connection;
    const workspaceId = await (0,workspace/* findWorkspace */.pl)(controlPlane, { connection, limits, onRetry: reporter.note }, workspaceName);
    reporter.note(`Workspace "${workspaceName}" is ${workspaceId}.`);
    recorder.tell({ kind: 'workspace', id: workspaceId });
    return { ...connection, workspaceId };
}
const NO_CHANNELS = { environment: undefined, comment: undefined };
function feedbackPlanOf(config, { url, workspaceId }) {
    const { target, environment, commentOn, trigger } = config;
    const place = `${new URL(url).host}/${(workspaceId ?? '').toLowerCase()}`;
    return {
        asked: target.name ?? target.deploymentId ?? '',
        isId: target.name === undefined,
        place: (0,external_node_crypto_.createHash)('sha256').update(place).digest('hex').slice(0, 12),
        removes: config.command === 'delete',
        isPreview: target.previewNames !== undefined,
        channels: config.command === 'sweep' ? NO_CHANNELS : { environment, comment: commentOn },
        commit: trigger.commit,
        folder: 'place' in config ? config.place?.folder : undefined,
        run: trigger.run
    };
}

// EXTERNAL MODULE: ./build/run/incomplete.js
var run_incomplete = __nccwpck_require__(4560);
;// CONCATENATED MODULE: external "./core.js"
var x = (y) => {
	var x = {}; __nccwpck_require__.d(x, y); return x
} 
var y = (x) => (() => (x))
const external_core_js_namespaceObject = x({ ["debug"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.debug), ["endGroup"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.endGroup), ["error"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.error), ["info"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.info), ["notice"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.notice), ["saveState"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.saveState), ["setOutput"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.setOutput), ["setSecret"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.setSecret), ["startGroup"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.startGroup), ["warning"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.warning) });
;// CONCATENATED MODULE: ./build/runner/files.js




const RUNNER_FILES = {
    GITHUB_OUTPUT: 'output',
    GITHUB_STATE: 'state',
    GITHUB_STEP_SUMMARY: 'summary'
};
function createFileWriter(variables, warn) {
    const reported = new Set();
    return {
        append: (file, text) => {
            try {
                appendWhole(variables[file] ?? '', text);
            }
            catch (error) {
                if (reported.has(file))
                    return;
                reported.add(file);
                warn(`${whyUnwritable(file, error)} The run continues.`);
            }
        },
        unwritableFiles: () => Object.keys(RUNNER_FILES).flatMap((file) => {
            const path = variables[file];
            if (!path)
                return [];
            try {
                tryToWrite(path);
                return [];
            }
            catch (error) {
                reported.add(file);
                return { file, text: whyUnwritable(file, error) };
            }
        })
    };
}
function whyUnwritable(file, error) {
    const message = (0,error_message/* errorMessage */.g)(error);
    return `Cannot write the ${RUNNER_FILES[file]} file of the runner (${file}): ${message}. Check the disk space of the runner and the permissions of its temporary folder.`;
}
function appendWhole(file, text) {
    withFile(file, (descriptor, undo) => {
        const bytes = Buffer.from(text);
        try {
            for (let written = 0; written < bytes.length;)
                written += external_node_fs_.writeSync(descriptor, bytes, written);
        }
        catch (error) {
            undo();
            throw error;
        }
    });
}
function tryToWrite(file) {
    withFile(file, (descriptor, undo) => {
        try {
            external_node_fs_.writeSync(descriptor, external_node_os_namespaceObject.EOL);
        }
        finally {
            undo();
        }
    });
}
function keyValue(name, value) {
    const delimiter = `ghadelimiter_${(0,external_node_crypto_.randomUUID)()}`;
    return `${name}<<${delimiter}${external_node_os_namespaceObject.EOL}${value}${external_node_os_namespaceObject.EOL}${delimiter}${external_node_os_namespaceObject.EOL}`;
}
function withFile(file, act) {
    const descriptor = external_node_fs_.openSync(file, external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_APPEND);
    try {
        const stats = external_node_fs_.fstatSync(descriptor);
        act(descriptor, () => {
            if (stats.isFile())
                external_node_fs_.ftruncateSync(descriptor, stats.size);
        });
    }
    finally {
        external_node_fs_.closeSync(descriptor);
    }
}

// EXTERNAL MODULE: ./build/runner/mask.js + 2 modules
var runner_mask = __nccwpck_require__(4291);
// EXTERNAL MODULE: ./build/runner/readable-file.js
var readable_file = __nccwpck_require__(4802);
;// CONCATENATED MODULE: ./build/runner/runner.js







function createRunner(variables = process.env) {
    const keeper = (0,runner_mask/* createSecretKeeper */.N)();
    const mask = (texts) => {
        for (const text of texts)
            external_core_js_namespaceObject.setSecret(text);
    };
    const info = (text) => {
        for (const line of (0,words/* plainLines */.y1)(text))
            external_core_js_namespaceObject.info(line);
    };
    const warning = (text, place) => external_core_js_namespaceObject.warning((0,words/* plain */.pj)(text), at(place));
    const { append, unwritableFiles } = createFileWriter(variables, warning);
    return {
        variables,
        event: readEvent(variables.GITHUB_EVENT_PATH),
        readWorkspaceFile: (file) => readWorkspaceFile(variables, file),
        info,
        debug: (text) => external_core_js_namespaceObject.debug((0,words/* plain */.pj)(text)),
        group: (title, lines) => {
            external_core_js_namespaceObject.startGroup((0,words/* plain */.pj)(title));
            for (const line of lines)
                info(line);
            external_core_js_namespaceObject.endGroup();
        },
        beginGroup: (title) => external_core_js_namespaceObject.startGroup((0,words/* plain */.pj)(title)),
        endGroup: external_core_js_namespaceObject.endGroup,
        notice: (text) => external_core_js_namespaceObject.notice((0,words/* plain */.pj)(text)),
        warning,
        error: (title, text, place) => external_core_js_namespaceObject.error((0,words/* plain */.pj)(text), { title: (0,words/* plain */.pj)(title), ...at(place) }),
        maskKeys: (values) => mask(keeper.keys(values)),
        maskGiven: (secrets, publicTexts) => mask(keeper.add(secrets, 'given', publicTexts)),
        maskRead: (secrets, publicTexts) => mask(keeper.add(secrets, 'read', publicTexts)),
        maskRest: (isEnd, publicTexts) => mask(keeper.release(isEnd, publicTexts)),
        keepSecret: keeper.redactOnly,
        keepSecretParts: keeper.redactParts,
        redact: (text) => keeper.redact((0,words/* withoutEscapes */.Lx)(text)),
        unwritableFiles,
        output: (name, value) => {
            if (variables.GITHUB_OUTPUT)
                append('GITHUB_OUTPUT', keyValue(name, value));
            else
                external_core_js_namespaceObject.setOutput(name, value);
        },
        saveState: (name, value) => {
            if (variables.GITHUB_STATE)
                append('GITHUB_STATE', keyValue(name, value));
            else
                external_core_js_namespaceObject.saveState(name, value);
        },
        summary: async (markdown) => {
            if (variables.GITHUB_STEP_SUMMARY)
                append('GITHUB_STEP_SUMMARY', `${markdown}\n`);
        },
        state: (name) => variables[`STATE_${name}`] ?? ''
    };
}
function at(place) {
    return place ? { file: place.file, startLine: place.line } : {};
}
function readEvent(file) {
    if (!file)
        return undefined;
    try {
        return JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8'));
    }
    catch {
        return undefined;
    }
}
function readWorkspaceFile({ GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temporary }, file) {
    if (!workspace)
        throw new Error('the workspace is missing (GITHUB_WORKSPACE is not set)');
    let real;
    try {
        real = (0,external_node_fs_.realpathSync)(external_node_path_.resolve(workspace, file));
    }
    catch {
        const cause = (0,readable_file/* whyAbsent */.gP)(file, { temporary });
        if (cause)
            throw new Error(`"${file}" does not exist: ${cause}`);
        if ((0,readable_file/* isOutside */._K)(file, { workspace, temporary })) {
            throw new Error(`"${file}" is outside the workspace and RUNNER_TEMP; use a path in one of them`);
        }
        throw new Error(`"${file}" is not in the workspace; run actions/checkout, or the step that writes the file, before this step`);
    }
    const fault = (0,readable_file/* whyUnreadable */._p)(real, { workspace, temporary });
    if (fault)
        throw new Error(`"${file}" ${fault}`);
    try {
        return (0,external_node_fs_.readFileSync)(real);
    }
    catch {
        throw new Error(`"${file}" is not a readable file`);
    }
}

;// CONCATENATED MODULE: ./build/runner/signals.js

function listenForCancellation() {
    const controller = new AbortController();
    let at;
    const cancel = () => {
        at ??= run_limits/* systemClock */.ml.now();
        controller.abort();
    };
    process.on('SIGINT', cancel);
    process.on('SIGTERM', cancel);
    return {
        signal: controller.signal,
        at: () => at,
        release: () => {
            process.off('SIGINT', cancel);
            process.off('SIGTERM', cancel);
        }
    };
}

// EXTERNAL MODULE: ./build/deployment/trace.js
var trace = __nccwpck_require__(6191);
// EXTERNAL MODULE: ./build/run/poll.js
var poll = __nccwpck_require__(6561);
;// CONCATENATED MODULE: ./build/settle.js











async function settle(context, inputs, cancelledAt, verdict) {
    const { recorder } = context;
    const record = recorder.record();
    if (verdict.status === 'error' && (0,run_record/* isWriteOpen */.SC)(record)) {
        recorder.tell({ kind: 'left-open', interrupt: false });
        const reason = `${verdict.reason}\nA request may have taken effect before the error; the post step checks its effect.`;
        return { ...verdict, reason };
    }
    if (verdict.status !== 'cancelled' && verdict.status !== 'timed-out') {
        recorder.tell({ kind: 'settled' });
        return verdict;
    }
    const isWished = (verdict.status === 'cancelled' ? inputs.onCancel : inputs.onTimeout) === 'interrupt';
    if ((0,run_record/* isWriteOpen */.SC)(record)) {
        recorder.tell({ kind: 'left-open', interrupt: isWished });
        return { ...verdict, reason: `${verdict.reason} A request was in progress; the post step checks its effect.` };
    }
    if ('isRolledBack' in verdict) {
        recorder.tell({ kind: 'settled' });
        return verdict;
    }
    const { kind, text } = record.revision && record.own
        ? await interruptOwn(context, { cancelledAt, isWished, isTimeout: verdict.status === 'timed-out' })
        : { kind: 'none', text: withoutRevision(record, inputs) };
    recorder.tell(kind === 'unanswered' ? { kind: 'left-open', interrupt: true } : { kind: 'settled' });
    const reason = [verdict.reason, text].filter(Boolean).join(' ');
    return verdict.status === 'timed-out' && kind === 'interrupted'
        ? {
            ...verdict,
            reason,
            advice: 'Raise `timeout` if the rollout needs more time; a first deployment can take 15 minutes.'
        }
        : { ...verdict, reason };
}
const SHORTEST_BUDGET_MS = 100;
async function interruptOwn({ client, limits, recorder }, { cancelledAt, isWished, isTimeout = false }) {
    const record = recorder.record();
    const { deployment, revision, own } = record;
    if (!deployment || deployment.state === 'gone' || !revision || !own)
        return { kind: 'none', text: '' };
    const ended = () => (isTimeout ? endedInTime(recorder.record(), isWished) : endedWords(recorder.record()));
    if ((0,deployment_revision/* hasEnded */.hY)(revision.status))
        return { kind: 'none', text: ended() };
    if (!isWished)
        return {
            kind: 'left',
            text: `Revision ${revision.id} was not interrupted${isTimeout ? '' : ` (${revision.status})`}.`
        };
    if (revision.id !== record.revisionId || !record.isCertain)
        return { kind: 'left', text: notCertain(revision.id) };
    const until = (cancelledAt ?? limits.clock.now()) + run_limits/* CANCEL_GRACE_MS */.RI;
    const timeLeft = () => {
        const ms = until - limits.clock.now();
        if (ms < SHORTEST_BUDGET_MS)
            throw new Error('no time left');
        return ms;
    };
    try {
        const seen = await client.lastRevision(deployment.id, revision.id, timeLeft() / 2);
        if ((0,deployment_revision/* hasEnded */.hY)(seen.status)) {
            recorder.tell({ kind: 'revision', revision: (0,report_seen/* seenRevision */.d)(seen), own: true });
            return { kind: 'left', text: ended() };
        }
        await client.interrupt(deployment.id, revision.id, timeLeft());
        recorder.tell({ kind: 'revision', revision: { ...revision, status: 'INTERRUPTED' }, own: true });
        const text = [`Revision ${revision.id} was interrupted.`, (0,report_message/* storedWords */.rO)(recorder.record())].filter(Boolean).join(' ');
        return { kind: 'interrupted', text };
    }
    catch (error) {
        if ((0,patience/* isRefusal */.vu)(error)) {
            return { kind: 'left', text: (0,sentence/* sentence */.em)(`Revision ${revision.id} could not be interrupted: ${error.message}`) };
        }
        const failure = error instanceof errors/* ApiError */.hD ? `failed (LangSmith returned ${error.status})` : 'got no response';
        const text = `The interruption of revision ${revision.id} ${failure}; the post step tries again.`;
        return { kind: 'unanswered', text };
    }
}
function endedWords(record) {
    const { deployment, revision, proof } = record;
    if (!revision)
        return '';
    const { id, status } = revision;
    const state = deployment?.activeRevisionId === id ? 'active' : 'deployed';
    const isSeen = proof.some(({ about, outcome }) => about === 'health' && outcome === 'passed');
    const seen = isSeen ? '' : ' Its health check had not passed, and the revision was not rolled back.';
    const ended = status === 'DEPLOYED'
        ? `Revision ${id} is ${state} and can no longer be interrupted.${seen}`
        : `Revision ${id} has ended (${status}).`;
    return [ended, (0,report_message/* storedWords */.rO)(record)].filter(Boolean).join(' ');
}
function endedInTime(record, isWished) {
    const { revision } = record;
    if (revision?.status !== 'DEPLOYED')
        return endedWords(record);
    const late = isWished ? `Revision ${revision.id} can no longer be interrupted.` : '';
    return [late, (0,report_message/* storedWords */.rO)(record)].filter(Boolean).join(' ');
}
function withoutRevision({ deployment, intent, mayHaveActed }, { command, dryRun }) {
    if (command === 'wait' || command === 'status' || command === 'logs')
        return '';
    if (command === 'interrupt')
        return dryRun ? 'No changes were made.' : INTERRUPTION_UNCLEAR;
    if (command === 'delete') {
        return deployment?.state === 'present' && !dryRun
            ? `Deployment "${deployment.name}" may have been deleted. Check it in LangSmith, or rerun this job; deleting again is safe.`
            : 'No changes were made.';
    }
    return intent === undefined && !mayHaveActed ? 'No changes were made.' : '';
}
const INTERRUPTION_UNCLEAR = 'The revision may have been interrupted. Check it in LangSmith, or rerun this job; interrupting again is safe.';
function notCertain(revision) {
    return `Revision ${revision} was not interrupted, because LangSmith did not confirm that this run created it. The revision may belong to another run. If it belongs to this run, interrupt it in LangSmith.`;
}
const LOOK_MS = 10_000;
const LATE_TRY_MS = 5_000;
const LATE_PAUSE_MS = 1_000;
async function settleLater({ client, limits, recorder }, note) {
    const { intent, interrupt: isWished, ...saved } = recorder.record();
    const left = saved.revisionId ? saved : await findLastEffect(client, limits, { ...saved, intent });
    const { deploymentId, revisionId } = left ?? {};
    if (!left || !deploymentId || !revisionId) {
        return { level: 'info', text: 'The post step found no effect of the last request of the run.' };
    }
    const deployment = intent?.name ? `deployment "${intent.name}" (${deploymentId})` : `deployment ${deploymentId}`;
    const what = `${revisionId} of ${deployment}`;
    if (!isWished)
        return {
            level: 'warning',
            text: `Revision ${what} was not interrupted and may still be in progress. Check the revision in LangSmith.`
        };
    if (!left.isCertain)
        return { level: 'warning', text: notCertain(what) };
    const { status } = await client.revision(deploymentId, revisionId);
    if (hasEnded(status))
        return { level: 'info', text: `Revision ${what} has since ended (${status}).` };
    const timeLeft = () => limits.deadline - limits.clock.now();
    do {
        try {
            await client.interrupt(deploymentId, revisionId, Math.max(1, Math.min(LATE_TRY_MS, timeLeft())));
            return { level: 'notice', text: `Revision ${what} was interrupted.` };
        }
        catch (error) {
            if (isRefusal(error))
                throw error;
            note(`The interruption failed (${errorMessage(error)}); retrying.`);
            await pause(limits, LATE_PAUSE_MS).catch(() => { });
        }
    } while (timeLeft() > 0);
    const text = `Revision ${what} could not be interrupted in time and continues. Check the revision in LangSmith.`;
    return { level: 'warning', text };
}
async function findLastEffect(client, limits, { intent, deploymentId, namedId }) {
    if (!intent)
        return undefined;
    const effect = await lookRepeatedly(limits, growingPauses(LOOK_MS), async () => {
        const seen = deploymentId
            ? await findAnswered(client, deploymentId, intent, namedId)
            : await findEffect(client, intent);
        return seen === 'other' || seen?.revision ? seen : undefined;
    });
    if (effect === undefined || effect === 'other' || !effect.revision)
        return undefined;
    const { deployment, revision } = effect;
    const isCertain = intent.isUnique || revision.id === namedId;
    return { deploymentId: deployment.id, revisionId: revision.id, isCertain };
}

;// CONCATENATED MODULE: ./build/main.js











async function main(runner = createRunner(), cancellation = listenForCancellation(), clock = run_limits/* systemClock */.ml) {
    const startedAt = clock.now();
    runner.maskKeys(readKeys(runner.variables));
    try {
        const config = await readRun(runner);
        if (!('verdict' in config))
            return await run(runner, cancellation, clock, startedAt, config);
        const { finish } = openReport({ runner, clock, about: { name: 'LangSmith Deployment', startedAt } });
        await finish(config.verdict);
        return (0,run_verdict/* passes */.WE)(config.verdict);
    }
    finally {
        cancellation.release();
    }
}
function tellCrash(error, runner = createRunner()) {
    runner.output('status', 'error');
    const incomplete = (0,run_incomplete/* incompleteFiles */.A)(error);
    if (incomplete)
        runner.error(run_incomplete/* INCOMPLETE_TITLE */.o, incomplete);
    else
        runner.error('Unexpected error', `${(0,error_message/* errorMessage */.g)(error)}\n${error_message/* UNEXPECTED_ADVICE */.R}`);
}
async function run(runner, cancellation, clock, startedAt, config) {
    runner.maskGiven(secretsOf(config), publicTextsOf(config));
    tellRemarks(runner, config);
    runner.info(headline(config));
    const report = openReport({ runner, clock, ...subjectOf(config, startedAt) });
    const { recorder, finish } = report;
    const limits = (0,run_limits/* createDeadline */.dU)({ clock, cancelled: cancellation.signal, deadline: startedAt + config.timeoutMs });
    const asVerdict = async (error) => {
        try {
            const { verdictOf } = await __nccwpck_require__.e(/* import() */ 213).then(__nccwpck_require__.bind(__nccwpck_require__, 2213));
            return await verdictOf(error, config, recorder.record(), { limits, runner });
        }
        catch (failure) {
            const incomplete = (0,run_incomplete/* incompleteFiles */.A)(failure);
            if (!incomplete)
                throw failure;
            return { status: 'error', title: run_incomplete/* INCOMPLETE_TITLE */.o, reason: incomplete };
        }
    };
    const opened = await openRun(config, { report, limits, cancellation }).catch(asVerdict);
    if ('status' in opened) {
        await finish(opened);
        return (0,run_verdict/* passes */.WE)(opened);
    }
    const ended = await runCommand(opened, config).catch(asVerdict);
    const verdict = await settle({ ...opened, recorder }, config, cancellation.at(), ended);
    await opened.close();
    await finish(verdict);
    await opened.feedback.finish();
    return (0,run_verdict/* passes */.WE)(verdict);
}
function tellRemarks(runner, { notices, warnings, remarks }) {
    for (const notice of notices)
        runner.notice(notice);
    for (const warning of warnings) {
        if (typeof warning === 'string')
            runner.warning(warning);
        else
            runner.warning(warning.text, warning.place);
    }
    for (const remark of remarks)
        runner.info(remark);
}

var __webpack_exports__main = __webpack_exports__.i;
var __webpack_exports__tellCrash = __webpack_exports__.F;
export { __webpack_exports__main as main, __webpack_exports__tellCrash as tellCrash };
