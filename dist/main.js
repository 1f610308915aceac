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
module.exports = x({ ["Agent"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.Agent), ["Pool"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.Pool), ["ProxyAgent"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.ProxyAgent), ["Response"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.Response), ["buildConnector"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.buildConnector), ["fetch"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.fetch), ["request"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.request) });

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

/**
 * Parses a dotenv file with the rules of python-dotenv 1.2, which the official tools use: `NAME=value`, optionally
 * after `export`; comments on their own line or after a blank; quoted values on several lines, with escapes; `${NAME}`
 * and `${NAME:-default}` expanded in every value, even in single quotes. The last value of a name wins.
 *
 * In contrast to python-dotenv, the result reports what is skipped: lines that are not assignments, invalid variable
 * names and empty values. A `${NAME}` without a value is a problem; python-dotenv replaces it with an empty text.
 *
 * @param content the bytes of the file, which must be UTF-8, or its text
 * @param lookUp returns the value of an environment variable of the step. It is never called for variables that contain
 * inputs or tokens of the job.
 */
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
            ...leftOutBecause(lineRanges(broken), 'NAME=value is expected. Put quotes around a multi-line value; only a comment may follow the closing quote'),
            ...leftOutBecause(unfit.map(shownName).join(', '), 'a variable name contains only letters, digits and underscores, and does not start with a digit')
        ],
        remarks: leftOutBecause(empty.map(shownName).join(', '), 'the value is empty')
    };
}
/** Returns a sentence about skipped content; empty if `what` is. */
function leftOutBecause(what, why) {
    return what === '' ? [] : [`${what}: skipped, because ${why}.`];
}
/**
 * Decodes the content; undefined if it is not UTF-8. Most UTF-16 without a byte order mark is also valid UTF-8, but
 * contains NUL characters.
 */
function decode(content) {
    try {
        const text = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content);
        return text.includes('\0') ? undefined : text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    }
    catch {
        return undefined;
    }
}
/** White space in Python: without the byte order mark, but with the ASCII separators. */
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
/** The end of an assignment, after an optional comment. */
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
            problems.push({ line, text: `${place}: a multi-line key needs quotes around it` });
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
/**
 * Reads one assignment up to the end of its value.
 *
 * @returns no `name` for a comment, no `value` for a name without `=`, and undefined for anything else
 */
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
    // `NAME= # comment` is empty, and `NAME=#text` is not.
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
/** Returns a function that converts a position to its line number. Positions must not decrease between calls. */
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
/**
 * True if a multi-line key without quotes begins here. A parser ends its value after the first line, and would treat
 * parts of the other lines as names.
 *
 * @param value undefined if this is not an assignment
 * @param written the whole text of the assignment
 */
function isOpenKey(value, written) {
    return value === undefined ? written.includes('-----BEGIN ') : /^-----BEGIN [A-Z0-9 ]+-----$/.test(value);
}
function endOfKey(text, from) {
    const end = text.indexOf('-----END ', from);
    const lineEnd = end < 0 ? -1 : text.indexOf('\n', end);
    return lineEnd < 0 ? text.length : lineEnd;
}
const EXPANSION = /\$\{([^}:]*)(?::-([^}]*))?\}/g;
/** Expands references to other variables. Values from above in the file take precedence over those of the step. */
function expand(assignments, lookUp) {
    const known = new Map();
    const problems = [];
    const values = assignments.map((assignment) => {
        const { name, line } = assignment;
        // Reserved variables are skipped later, so their values do not matter. The name of the deployment is used.
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
/**
 * True if a variable belongs to the job: INPUT_… contains an input, such as the API key; the others give access to
 * tokens.
 */
function isOfJob(name) {
    return /^(INPUT_|STATE_|ACTIONS_|GITHUB_TOKEN$)/i.test(name);
}
function unresolved(name, wanted) {
    const own = shownName({ name });
    const written = plainName(name) ?? 'NAME';
    // Railway templates also contain such expressions.
    if (wanted.startsWith('{'))
        return `the value of ${own} contains \${{ … }}, which is not evaluated in a file; remove the line, and add \`${written}=\${{ secrets.NAME }}\` to \`secrets\``;
    const form = (0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlainName */ .sh)(wanted) ? `\${${wanted}}` : 'a ${…}';
    const byDefault = (0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlainName */ .sh)(wanted) ? `\${${wanted}:-value}` : '${NAME:-value}';
    return isOfJob(wanted)
        ? `${form} in the value of ${own} is not expanded, because variables with such names contain inputs or tokens of the job, which an agent must not receive; remove the line, and add \`${written}=\${{ secrets.NAME }}\` to \`secrets\`, with a separate secret for the agent`
        : `${form} in the value of ${own} is set neither above this line nor in the step's \`env\`; set it, write a default such as ${byDefault}, or move the line to \`secrets\`, where values are not expanded`;
}
function plainName(name) {
    return name !== undefined && (0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isVariableName */ .KL)(name) && (0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlainName */ .sh)(name) ? name : undefined;
}
/**
 * Returns the name for a message. A name that might be part of a secret, such as a line of a key, is replaced by its
 * line.
 */
function shownName({ name, line }) {
    if ((0,_runner_variable_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlainName */ .sh)(name))
        return name;
    return line === undefined ? 'a variable' : `line ${line}`;
}
/** Formats line ranges, such as `line 3, lines 5-9`. Adjacent ranges are joined. */
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


/** True if an absolute path is the folder itself or is below it. Both must be normalized. */
function isInside(folder, path) {
    return path === folder || path.startsWith(folder.endsWith(node_path__WEBPACK_IMPORTED_MODULE_1__.sep) ? folder : folder + node_path__WEBPACK_IMPORTED_MODULE_1__.sep);
}
/** Returns the path relative to the folder, with forward slashes; empty for the folder itself. */
function relativeTo(folder, path) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(folder, path).split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/');
}
/** Returns the deepest folder that contains all of these folders or is one of them. */
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
/** Joins two parts of a path with a slash. An empty first part is the folder that paths are relative to. */
function below(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
/** Returns the parent of a path with forward slashes; empty for the folder that paths are relative to. */
function parentOf(path) {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
/** Returns the last name of a path with forward slashes. */
function baseOf(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
/** True if a path with forward slashes is the folder or is below it. The empty folder contains all paths. */
function isWithin(folder, path) {
    return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
/** Returns the path and its parents, the deepest first, without the folder that paths are relative to. */
function withParents(path) {
    return path === '' ? [] : [path, ...withParents(parentOf(path))];
}
/**
 * Base of the code units that represent bytes that are not UTF-8. They are lone surrogates, which decoded UTF-8 never
 * contains. Python's `surrogateescape` uses the same.
 */
const ESCAPED = 0xdc00;
/**
 * Decodes a name of the file system. A byte that is not UTF-8 becomes a lone surrogate, so that different names give
 * different texts and `bytesOf` restores the name.
 */
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
/** Encodes a text of `textOfBytes` to its original bytes. */
function bytesOf(text) {
    if (text.isWellFormed())
        return Buffer.from(text);
    const parts = Array.from(text, (character) => {
        return character.isWellFormed() ? Buffer.from(character) : Buffer.from([character.charCodeAt(0) & 0xff]);
    });
    return Buffer.concat(parts);
}
/** Converts a path of `textOfBytes` for the functions of `node:fs`. */
function onDisk(path) {
    return path.isWellFormed() ? path : bytesOf(path);
}
/** Compares texts of `textOfBytes` by their bytes, for sorting. */
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
/**
 * Thrown if the project in the workspace cannot be deployed. Each problem consists of one or two sentences, with its
 * fix.
 */
class ProjectError extends Error {
    name = 'ProjectError';
    problems;
    /** File and line of the first problem that has them. */
    place;
    /** The input that causes the problems. */
    input;
    constructor(problems, about = {}) {
        super(problems.join('\n'));
        this.problems = problems;
        this.place = about.place;
        this.input = about.input ?? 'langgraph-config';
    }
}
/**
 * Formats a path for a message: escapes control characters, line breaks and bytes that are not UTF-8 (see
 * `textOfBytes`).
 */
function shown(path) {
    return path.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
        const code = character.codePointAt(0) ?? 0;
        return code >= 0xdc80 && code <= 0xdcff ? `\\x${(code & 0xff).toString(16)}` : `\\u{${code.toString(16)}}`;
    });
}
/** Returns a sentence about a list of paths, or an empty array if the list is empty. */
function sentenceAbout(paths, sentence) {
    return paths.length === 0 ? [] : [sentence(shownList(paths))];
}
/** Formats up to `most` paths, and the number of further ones. */
function shownList(paths, most = 10) {
    const rest = paths.length - most;
    return paths.slice(0, most).map(shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
/** Describes an error of the file system, by its code in Node, such as EACCES. */
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
/** Returns the code of an error in Node, such as ENOENT; empty if it has none. */
function fileErrorCode(error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}


/***/ }),

/***/ 292:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ removeDeployment),
/* harmony export */   r: () => (/* binding */ deleteDeployment)
/* harmony export */ });
/* harmony import */ var _deployment_find_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7671);
/* harmony import */ var _run_poll_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6561);
/* harmony import */ var _stale_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6866);



/** Deletes the deployment. Safe to repeat: a deployment that is deleted, or is being deleted, is a success. */
async function deleteDeployment(context, config) {
    const { progress } = context;
    const reopened = await (0,_stale_js__WEBPACK_IMPORTED_MODULE_2__/* .reopenedMeanwhile */ .rv)(context, config);
    if (reopened)
        return reopened;
    const { previewNames } = config.target;
    const label = config.target.name ? `"${config.target.name}"` : (config.target.deploymentId ?? '');
    const found = await findAll(context, config);
    if (found.length === 0 && config.dryRun) {
        return {
            status: 'planned',
            reason: `Deployment ${label} does not exist${orOthers(previewNames)}; there is nothing to delete.`,
            changes: 0
        };
    }
    if (found.length === 0) {
        const reason = `Deployment ${label} does not exist${orOthers(previewNames)}; nothing was deleted.`;
        // The user can misspell a name. The name of a preview is generated, and the preview may never have been created.
        if (!previewNames)
            progress.remark(reason);
        return { status: 'deleted', reason };
    }
    const standing = found.filter((deployment) => !(0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .isGoing */ .jf)(deployment));
    for (const deployment of standing.length > 0 ? standing : found)
        progress.leaving(deployment);
    if (standing.length === 0) {
        return { status: 'deleted', reason: `Deployment ${label} is already being deleted.` };
    }
    const project = config.deleteTracingProject ? ' and its tracing project' : '';
    if (config.dryRun) {
        const all = standing.map(({ name, id }) => `"${name}" (${id})`).join(', ');
        return { status: 'planned', reason: `This run would delete deployment ${all}${project}.`, changes: standing.length };
    }
    for (const deployment of standing)
        await removeDeployment(context, config, deployment);
    const names = standing.map(({ name }) => `"${name}"`).join(', ');
    const several = standing.length > 1;
    return {
        status: 'deleted',
        reason: `LangSmith is deleting deployment${several ? 's' : ''} ${names}${project}. ${several ? 'Their names stay' : 'Its name stays'} reserved for up to a week.`
    };
}
/** The other names that the search for a preview covered. */
function orOthers(previewNames) {
    const [, second, ...rest] = previewNames ?? [];
    return second === undefined ? '' : ` (also checked: "${second}" to "${rest.at(-1) ?? second}")`;
}
/** Pauses before a repeated delete, if the API returned 404 for a listed deployment: a list can lag behind a delete. */
const DELETE_AGAIN_AFTER_MS = [4_000, 8_000, 12_000];
/** Deletes one deployment that the API listed. */
async function removeDeployment({ client, limits }, config, deployment) {
    const { id } = deployment;
    await (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_1__/* .lookRepeatedly */ .lx)(limits, DELETE_AGAIN_AFTER_MS, async (isLast) => {
        try {
            await client.deleteDeployment(id, { withTracingProject: config.deleteTracingProject });
            return true;
        }
        catch (error) {
            if (!(0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .isAnswered404 */ .mt)(error))
                throw error;
            // Either an earlier delete succeeded and its response was lost, or the 404 is not about this deployment.
            if (await isGone(client, deployment))
                return true;
            if (isLast)
                throw error;
            return undefined;
        }
    });
}
/** Tells if the list of deployments lacks it too. A 404 alone can come from a proxy. */
async function isGone(client, { id, name }) {
    const listed = await (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .findByName */ ._U)(client, name);
    return listed?.id !== id || (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .isGoing */ .jf)(listed);
}
/** Finds the target: one deployment, or each deployment with a name of the preview. */
async function findAll({ client, limits }, { target }) {
    if (target.previewNames)
        return (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .findPreviews */ .hb)(client, target.previewNames);
    const found = await (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_0__/* .findIfAny */ .$F)(client, limits, target);
    return found ? [found] : [];
}


/***/ }),

/***/ 314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ readRevision)
/* harmony export */ });
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5990);
/* harmony import */ var _control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2878);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6309);



/**
 * Reads the revision of `revision-id`.
 *
 * @throws {RefusalError} if the deployment has no revision with this ID
 */
async function readRevision(client, deployment, id) {
    try {
        return await client.revision(deployment.id, id);
    }
    catch (error) {
        if (!(0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error))
            throw error;
        const { resources } = await client.revisions(deployment.id);
        const newest = resources.slice(0, MOST_LISTED).map(describeRevision).join('; ');
        throw new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Revision not found', `\`revision-id\`: deployment "${deployment.name}" (${deployment.id}) has no revision ${id}.${newest ? ` Newest revisions: ${newest}.` : ' It has no revisions.'}`, 'Set `revision-id` to one of its revisions, or set `name` or `deployment-id` to the deployment of that revision. The output `revision-id` of a run and the page of the deployment in LangSmith show the ID.');
    }
}
const MOST_LISTED = 3;
function describeRevision(revision) {
    const { id, status, created_at } = revision;
    const commit = (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .commitOf */ .D3)(revision);
    const facts = [status, commit && `commit ${commit.slice(0, 7)}`, created_at?.slice(0, 10)];
    return `${id} (${facts.filter(Boolean).join(', ')})`;
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




/** The pull request of a preview has been closed, or has a new head commit. */
class StaleError extends Error {
    name = 'StaleError';
    verdict;
    constructor(verdict) {
        super(verdict.reason);
        this.verdict = verdict;
    }
}
/** Creates the check of a run, called before each plan of a write. It reuses a result of the last 2 seconds. */
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
        // Right after a push, GitHub can still return the previous head.
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
/** The pause before the second read of a pull request that is closed or has a new head, in milliseconds. */
const LOOK_AGAIN_AFTER_MS = 3_000;
/**
 * Creates a function that reads the state of the pull request. If it cannot, it returns `undefined` and warns once per
 * run.
 */
function createPullRequestReader({ github, progress }, pullRequest) {
    const failure = `Could not check whether pull request ${pullRequest} is still open at the commit of this run; continuing`;
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
/** Judges the run by the state of the pull request. */
function standingOf({ trigger, onSuperseded, allowDowngrade }, pullRequest, now) {
    if (now.state !== 'open') {
        const reason = `Nothing was deployed: pull request ${pullRequest} is now ${now.state}, and a preview deployed now would never be deleted.`;
        return new StaleError({ status: 'skipped', reason });
    }
    const ours = trigger.headCommit;
    // The event of a comment has no head commit, and `allow-downgrade` requests this commit.
    if (!ours || allowDowngrade)
        return 'unknown';
    if (now.head.toLowerCase() === ours.toLowerCase())
        return 'head';
    const reason = `Nothing was deployed: the head of pull request ${pullRequest} is now commit ${now.head}, and this run is for ${ours}. The run for that commit deploys it; set \`allow-downgrade: true\` to deploy this commit anyway.`;
    return new StaleError({ status: 'superseded', reason, passes: onSuperseded !== 'fail' });
}
/**
 * The verdict of a run whose preview was deleted during the rollout, because its pull request was closed. Not a
 * failure.
 *
 * @returns `undefined` if the preview still exists, or if the pull request is open
 */
async function deletedMeanwhile({ client }, { target: { name = '' }, trigger: { pullRequest } }, look) {
    if (!(await isClosedByNow(look)))
        return undefined;
    // If the lookup fails, the run keeps its failure.
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
        // A deadline that passes during the check must not change the failure.
        return error instanceof StaleError && error.verdict.status === 'skipped';
    }
}
/**
 * The verdict of a run that would delete the preview of a closed pull request that is open again: the run can start
 * late, or be a rerun. If the lookup fails, the event decides.
 *
 * @returns `undefined` if the preview is to be deleted
 */
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
    // Right after it is closed, GitHub can still return it as open.
    await (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .pause */ .v7)(limits, LOOK_AGAIN_AFTER_MS);
    if (!(await isOpen()))
        return undefined;
    const reason = `Pull request ${pullRequest} is open again, so its preview stays; nothing was deleted.`;
    return dryRun ? { status: 'planned', reason, changes: 0 } : { status: 'skipped', reason };
}
/** The verdict of an obsolete run. */
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



/** The decoder for responses whose status is sufficient, such as the 204 of a DELETE. */
const NO_BODY = () => { };
/** A list of 100 deployments is far smaller; a longer body is not from a control plane. */
const LONGEST_BODY = 64 * 1024 * 1024;
/**
 * Evaluates a response by its status and its body.
 *
 * @param now milliseconds since the epoch
 */
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
/** Returns the error for a response without a success status. */
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
/** Returns the reason of the server as one text; empty if there is none. */
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
/**
 * Returns the text of a body.
 *
 * @throws {UnreachableError} if the body is longer than any response of a control plane
 */
async function readBody(body) {
    const text = await readUpTo(LONGEST_BODY, body);
    if (text === undefined)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UnreachableError */ .Jk('the response is larger than 64 MiB', '', true);
    return text;
}
/** Returns the text of a body, or `undefined` if the body has more than `most` bytes. */
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


/** The user name for Google's registries, which a control plane does not return. */
const DEFAULT_USERNAME = 'oauth2accesstoken';
/** @throws {AnswerError} if the response lacks a value that a push needs; the message quotes nothing of the response */
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
/**
 * Returns a host with a path, without the scheme that some servers return. Any other value is rejected, because the
 * address becomes an argument of a command.
 */
function registryAddress(url) {
    const address = typeof url === 'string' ? url.replace(/^https?:\/\//, '').replace(/\/+$/, '') : '';
    return /^[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/.test(address) ? address : undefined;
}

// EXTERNAL MODULE: ./build/control-plane/resources.js
var resources = __nccwpck_require__(7608);
// EXTERNAL MODULE: ./build/control-plane/upload.js
var upload = __nccwpck_require__(4020);
;// CONCATENATED MODULE: ./build/control-plane/client.js









/** Rows per page; the API accepts 1 to 100. */
const PAGE_SIZE = 100;
/** Limit of each loop over pages: a server with endless pages must not block the job. */
const MOST_PAGES = 1_000;
/**
 * Creates a client on a transport.
 *
 * @param conceal called for each deployment that is read, before it is returned: its environment is plain text
 * @param note called once for each kind of row that is skipped in a list because it is invalid
 * @param concealTexts called for texts in a response that are secrets of this run, before they are returned
 */
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
/** Creates the readers of responses; they remember facts from earlier responses. */
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
            const text = (0,sentence/* sentence */.e)(`Skipped a row in the list of ${list}: ${reason}`);
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
                // Newer servers support the exact filter `name`. Older ones ignore it, and the substring filter narrows the
                // list.
                ...(names.length === 1 ? { name } : {}),
                name_contains: name,
                limit: `${PAGE_SIZE}`,
                offset: `${offset}`
            });
            const row = (value) => 
            // A row with our name must be valid: if it were skipped, the run would create a deployment that already exists.
            names.includes(String((0,object/* object */.I)(value)?.name)) ? toConcealed(value) : undefined;
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
    // Tools also store the credentials in this form.
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
/** Interrupts a revision; older control planes have another name for the route. */
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
/** Returns the response, or `undefined` without a valid one. The limits of the run still apply. */
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
/**
 * Treats an empty list as unknown for a deployment that had secrets before: the API cannot empty an environment, but
 * some routes omit the secrets.
 *
 * @param seen IDs of the deployments that had secrets in an earlier response; updated by this function
 */
function withoutLostSecrets(deployment, seen) {
    if ((deployment.secrets ?? []).length > 0)
        seen.add(deployment.id);
    const isLost = deployment.secrets?.length === 0 && seen.has(deployment.id);
    return isLost ? { ...deployment, secrets: null } : deployment;
}
/** Returns a decoder that rejects other revisions: a cache or a lagging replica can return the wrong one. */
function revisionOf(id) {
    return (value) => {
        const revision = (0,resources/* toRevision */.Hx)(value);
        if (revision.id.toLowerCase() === id.toLowerCase())
            return revision;
        throw new errors/* AnswerError */.dV('shape', `the response is revision ${revision.id}, not ${id}`);
    };
}
/** Yields all pages of a list, with one request per page; stops at a missing page. */
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
/**
 * Returns the offset of the next page, or `undefined` after the last page: a short one, or one whose offset does not
 * increase.
 */
function nextOffset(page, offset) {
    const rows = page.served ?? page.resources.length;
    if (rows < PAGE_SIZE)
        return undefined;
    const next = page.offset ?? offset + rows;
    return next > offset ? next : undefined;
}
/**
 * Reads all rows from the v1 route, which returns one array. If the server does not have it, reads all pages of the v2
 * route.
 */
async function eitherVersion(transport, v1, v2, decode, onOddRow) {
    const rows = (value) => {
        if (!Array.isArray(value))
            throw new errors/* AnswerError */.dV('shape', 'expected a list');
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

/**
 * Keys of a reason, the likeliest first: FastAPI (`detail`), gateways and proxies (`message`, `error`), OAuth
 * (`error_description`), JSON:API (`errors`), RFC 9457 (`title`), Kubernetes (`reason`), Apigee (`fault.faultstring`).
 */
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
/** Keys under which a server repeats the request, including its secrets. */
const REPEATED = /^(input|ctx|body|data|payload|request|received|given|secrets?|values?)$/i;
/** Maximum depth of a reason. */
const DEEPEST = 6;
/**
 * Returns the reason for an error as one text, from any of the formats of servers and gateways.
 *
 * @param body the parsed response
 * @returns text from outside; empty if there is no reason
 */
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
    // The fields of the request with their errors, or facts such as a quota.
    return depth === 0 ? '' : joined(Object.entries(record).map(([key, entry]) => factText(key, entry, depth)));
}
/** Adds the kind of the reason: `title` and `code`, or `error` for a description of OAuth. */
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
/** Formats FastAPI's entry for one field in a 422 response. */
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
/** FastAPI's text for a path without a route. A missing deployment is named by its ID instead. */
const NO_SUCH_ROUTE = 'Not Found';
/** The server returned a status that is not a success. */
class ApiError extends Error {
    name = 'ApiError';
    status;
    /** The reason from the server as one text; text from outside. */
    detail;
    request;
    requestId;
    /** True if the response cannot be from a control plane, but is from a web server or a proxy, for example. */
    isWrongHost;
    /** True for an HTML page, which proxies return and control planes do not. */
    isHtml;
    /** True for the first response of the run. Later responses are known to be from a control plane. */
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
/** The response is not usable. */
class AnswerError extends Error {
    name = 'AnswerError';
    fault;
    constructor(fault, message) {
        super(message);
        this.fault = fault;
    }
}
/** There was no response. */
class UnreachableError extends Error {
    name = 'UnreachableError';
    /** The code of Node or undici, such as ECONNREFUSED; empty if there is none. */
    code;
    /** True if the server may have received the request. */
    reached;
    context;
    constructor(message, code, reached, context = {}) {
        super(message);
        this.code = code;
        this.reached = reached;
        this.context = context;
    }
}
/** The run must stop: the inputs do not match the state of LangSmith. */
class RefusalError extends Error {
    name = 'RefusalError';
    /** The error in a few words, without values. */
    title;
    advice;
    /** The cause, whose message comes from the server. */
    behind;
    /** The location of the cause, if it is in a file of the workspace. */
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
/*
 * Describes why there was no response. This module does no I/O. Codes are those of Node and undici; OpenSSL's own
 * messages name its source files, which does not help users.
 */
/** A short text for each kind of error; it follows the name of the host. */
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
/** The first match counts. */
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
/** Returns the kind of an error by the code of Node or undici. */
function faultKind(code) {
    return KINDS.find(([form]) => form.test(code))?.[1] ?? 'other';
}
/** Returns true for the codes with which TLS rejects a certificate. */
function isCertificateCode(code) {
    return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CRL/.test(code);
}
/** Returns true if the certificate of the other side was rejected. */
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
/**
 * Returns a short text such as `the connection was refused (connect ECONNREFUSED 10.0.0.1:443)`.
 *
 * @param said the message of the error; quoted only if it is a system error of Node, which contains no secret
 */
function wordsFor(code, said, { via, isOfProxy, proxyStatus }) {
    if (proxyStatus)
        return `the proxy ${via ?? ''} returned ${proxyStatus}`.replace('  ', ' ');
    const kind = faultKind(code);
    const isOfSystem = /^(connect|getaddrinfo|read|write) E/.test(said);
    const detail = kind === 'cut' ? '' : isOfSystem ? said : code;
    const fault = kind === 'other' ? said || code : `${FAULT_WORDS[kind]}${detail ? ` (${detail})` : ''}`;
    return isOfProxy && via ? `the proxy ${via}: ${fault}` : fault;
}
/** Returns true if the text reports that the proxy itself rejected the tunnel. */
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
/** The regions of LangSmith Cloud. Source: docs.langchain.com/langsmith/api-ref-control-plane */
const REGIONS = {
    us: { prefix: '', otherNames: /^(usa?|gcp|global|default|america|north-?america)\b/ },
    eu: { prefix: 'eu.', otherNames: /\b(eu|europe)\b/ },
    apac: { prefix: 'apac.', otherNames: /\bapac\b|^(asia|ap|australia|au|jp|sg)\b/ },
    'aws-us': { prefix: 'aws.', otherNames: /^aws$|^us-(east|west)-\d$|aws.*us|us.*aws/ }
};
/** Names of all regions, for messages and checks. */
const regions = Object.keys(REGIONS);
/** Returns the control plane of a Cloud region. */
function cloudControlPlane(region) {
    return cloudControlPlaneOf(REGIONS[region].prefix);
}
/**
 * Returns the control plane at an address from the user. Addresses of Cloud are recognized, including those of regions
 * that are newer than this action.
 *
 * @param url a parsed http or https address without user info, query and fragment
 */
function controlPlaneAt(url) {
    const prefix = prefixIn(url, CONTROL_PLANES);
    if (prefix !== undefined)
        return cloudControlPlaneOf(prefix);
    const path = url.pathname.replace(/\/+$/, '');
    // A self-hosted installation serves its pages, its API and its control plane on one host.
    const home = url.origin + path.replace(/\/api-host$/, '');
    return {
        url: url.origin + path,
        dashboard: home,
        dataApi: home,
        hosting: isLoopback(url.hostname) ? 'unknown' : 'self-hosted'
    };
}
/** `PREFIX.api.host.langchain.com` and the like. Each region except the first has a prefix. */
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
/** Routes of a control plane and of the LangSmith API, including everything after the last segment of a route. */
const ROUTES = /\/(?:v[12]\/(?:deployments|projects|listeners|integrations)(?:\/.*)?|docs|redoc|openapi\.json)$|(?<=\/api-host)\/v[12]$/;
const DATA_API = /\/api\/v[12](?:\/.*)?$/;
/** Pages of an installation, such as the page of a deployment. */
const PAGES = /\/o\/[0-9a-f-]{36}(?:\/.*)?$/i;
/**
 * Returns the control plane that another address of the same installation belongs to: that of the LangSmith API (as in
 * LANGSMITH_ENDPOINT), of a route, of the API's documentation, or of a page. Returns `undefined` if the address needs
 * no correction.
 */
function correctedAddress(url) {
    const prefix = prefixIn(url, DATA_APIS) ?? (/^\/api(\/|$)/.test(url.pathname) ? prefixIn(url, DASHBOARDS) : undefined);
    if (prefix !== undefined)
        return new URL(cloudControlPlaneOf(prefix).url);
    if (prefixIn(url, CONTROL_PLANES) !== undefined || prefixIn(url, DASHBOARDS) !== undefined)
        return undefined;
    const path = url.pathname.replace(/\/+$/, '');
    // A path with this ending is a control plane, whatever a gateway or `kubectl proxy` prepends.
    if (path.endsWith('/api-host'))
        return undefined;
    const home = DATA_API.test(path) || PAGES.test(path) ? path.replace(DATA_API, '').replace(PAGES, '') : undefined;
    const cut = home === undefined ? path.replace(ROUTES, '') : `${home.replace(/\/api-host$/, '')}/api-host`;
    return cut === path ? undefined : new URL(url.origin + cut);
}
/** Returns the input to set instead of the address of a page on Cloud, which users copy from their browser. */
function inputForDashboard(url) {
    const prefix = prefixIn(url, DASHBOARDS);
    if (prefix === undefined)
        return undefined;
    const region = regions.find((one) => REGIONS[one].prefix === prefix);
    return region ? `region: ${region}` : `control-plane-url: ${cloudControlPlaneOf(prefix).url}`;
}
/** Returns the region that a word most likely means. */
function regionLike(word) {
    return regions.findLast((region) => REGIONS[region].otherNames.test(word.toLowerCase()));
}
/**
 * Returns true if a control plane of Cloud runs in AWS: its host is `aws.api.host…`, or the host of another region in
 * AWS.
 */
function isOnAws(url) {
    return URL.canParse(url) && /^aws(-[a-z0-9-]+)?\.$/.test(prefixIn(new URL(url), CONTROL_PLANES) ?? '');
}
/** Returns true if a host name always refers to this machine. */
function isLoopback(hostname) {
    return (hostname === 'localhost' ||
        hostname.endsWith('.localhost') ||
        hostname === '[::1]' ||
        /^127\.\d+\.\d+\.\d+$/.test(hostname));
}
/** Returns the page of an experiment, in the comparison view of its dataset. */
function experimentUrl({ dashboard }, { tenantId, datasetId, id }) {
    return `${dashboard}/o/${tenantId}/datasets/${datasetId}/compare?selectedSessions=${id}`;
}
/** Returns the page of a deployment. With `?revisionPeek=REVISION_ID` appended, the page opens a revision. */
function dashboardUrl(controlPlane, tenantId, deploymentId) {
    return `${controlPlane.dashboard}/o/${tenantId}/host/deployments/${deploymentId}`;
}
/** Returns the page of a tracing project, in the same form as LangSmith's own clients. */
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



/** From the lowest to the highest. */
const LOG_LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'];
/** Number of responses in a row after which the v2 route is treated as missing: a single one can be from a proxy. */
const MISSES_BEFORE_V1 = 2;
/**
 * Creates a function that reads logs from the v2 route. If that route is missing, it reads from the undocumented v1
 * routes that the official command-line tool uses. An error about the revision, such as the 404 of a lagging replica,
 * does not mean that the route is missing.
 */
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
            // If both routes are missing, something else responded this time, and neither result counts.
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
/** Decodes `{logs, next_offset}`, or the bare list that some servers return. */
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
/** Parses epoch milliseconds or a date. */
function toTime(value) {
    if (typeof value !== 'string' && typeof value !== 'number')
        return undefined;
    const date = new Date(value);
    return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
/** Returns an entry whose text begins with its time. */
function withTime(entry) {
    return entry.time ? { ...entry, message: `${entry.time} ${entry.message}` } : entry;
}


/***/ }),

/***/ 7911:
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



/**
 * Reads the state of NODE_EXTRA_CA_CERTS. Node itself reports a file that it could not load only in a warning that
 * users rarely see.
 */
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
/** Returns true if a text is a certificate: PEM, or Base64 with or without PEM in it. A path is never that long. */
function isCertificate(text) {
    return /-----BEGIN |[\r\n]/.test(text) || /^\s*(MII|LS0tLS1CRUdJTi)[A-Za-z0-9+/=\s]{200,}$/.test(text);
}

;// CONCATENATED MODULE: ./build/control-plane/network.js






/** Opens connections to an address on demand. */
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
/**
 * Creates the agent for an address. It never follows redirects, so that requests stay on their host. It uses HTTP/1.1
 * only, also with the proxy: over HTTP/2, undici reuses a dead session after a timeout.
 */
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
/** Errors from the setup of a connection, its TLS or a proxy tunnel, with their context. */
const faultsOfConnecting = new WeakMap();
/** Creates a pool that records the errors that occurred before a request could be sent. */
function createPool(origin, options, context) {
    const connect = typeof options.connect === 'function' ? options.connect : (0,external_undici_js_.buildConnector)({ allowH2: false, ...options.connect });
    const remembering = (target, callback) => connect(target, (...result) => {
        const [error] = result;
        // The connection to a proxy is opened within that of the tunnel, so both report its error.
        if (error && !faultsOfConnecting.has(error))
            faultsOfConnecting.set(error, context);
        callback(...result);
    });
    return new external_undici_js_.Pool(origin, { ...options, connect: remembering });
}
/**
 * Converts a failure to get a response to an error in the user's terms.
 *
 * @param origin origin of the request, if it is not the control plane
 */
function unreachable(error, origin) {
    const causes = error instanceof AggregateError && error.errors.length > 0 ? error.errors : [error];
    // undici wraps errors of the connection to a proxy.
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
        // Before there is a tunnel, only a proxy can have responded.
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
/** Returns the hosts of a certificate from a text such as `DNS:example.com, IP Address:10.0.0.1`. */
function certifiedHosts(subjectAltName) {
    if (typeof subjectAltName !== 'string')
        return [];
    return subjectAltName.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
}
function errorCode(error) {
    const { code, name } = (0,object/* object */.I)(error) ?? {};
    if (typeof code === 'string')
        return code;
    // The parser reports no code for errors in the first line.
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
/** Limits for the value of Retry-After: a minimum pause, and a maximum that does not miss the end of a short outage. */
const RETRY_AFTER_MS = { least: 1_000, most: 60_000 };
/** The longest pause that Retry-After can cause, in milliseconds. */
const MOST_ASKED_MS = RETRY_AFTER_MS.most;
/** Errors in a row that end a run that has not written anything. */
const ERRORS_BEFORE_WRITE = 6;
/**
 * Pauses after rejections in a row during a rollout; a further rejection ends the run. A proxy can restart in this
 * time.
 */
const REFUSAL_PAUSES_MS = [5_000, 15_000, 30_000];
/** Minimum time and number of 404 responses during a rollout before 404 is final: replicas of the control plane lag. */
const MISSING = { ms: 30_000, tries: 3 };
/** Maximum number of uploads of an archive. */
const MOST_UPLOADS = 2;
/**
 * Pauses before an image is pushed again, in milliseconds; a further failure ends the run. Three attempts in all, as in
 * the official client.
 */
const PUSH_PAUSES_MS = [2_000, 10_000];
/** Time for the last request, if a pause would pass the deadline. */
const LAST_TRY_MS = 5_000;
/** Returns the history after a valid response, which ends each series of errors. */
function afterGoodAnswer(patience) {
    return { ...patience, hasAnswer: true, errors: 0 };
}
/** Decides whether to repeat a failed read, or a failed write that can be repeated safely. */
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
    // A reloading ingress can respond instead of the control plane; its 404 is not about a revision.
    return isMissing(error) ? reactToMissing(failed, patience, history, moment) : reactToRefusal(failed, history);
}
/** Reacts to an error that may be temporary. */
function reactToFault(failed, patience, { random }) {
    const errors = patience.errors + 1;
    const isEndless = patience.awaitsRollout && !failed.isBeforeRollout;
    if (!isEndless && errors >= ERRORS_BEFORE_WRITE)
        return END;
    const afterMs = backOffMs(errors, failed.retryAfterMs, random);
    return { kind: 'again', afterMs, counts: true, history: NO_HISTORY };
}
/** Reacts to a 404 of the control plane about a resource. */
function reactToMissing({ retryAfterMs }, { errors }, { missing }, { now, random }) {
    const tries = (missing?.tries ?? 0) + 1;
    const since = missing?.since ?? now;
    if (tries >= MISSING.tries && now - since >= MISSING.ms)
        return END;
    const afterMs = backOffMs(errors + 1, retryAfterMs, random);
    return { kind: 'again', afterMs, counts: true, history: { refusals: 0, missing: { tries, since } } };
}
/** Reacts to a rejection during a rollout: a restarting proxy can reject requests. */
function reactToRefusal({ error, retryAfterMs }, { refusals }) {
    const pauseMs = REFUSAL_PAUSES_MS[refusals];
    // Proxies do not return 422, so it is final: the control plane rejects the request.
    if (pauseMs === undefined || (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && error.status === 422))
        return END;
    const history = { refusals: refusals + 1, missing: undefined };
    return { kind: 'again', afterMs: Math.max(pauseMs, askedMs(retryAfterMs) ?? 0), counts: false, history };
}
/**
 * Decides whether to repeat a failed write. A write is repeated only if it certainly had no effect: it never left this
 * machine, or the server returned 429. Every other rejection is a final response.
 *
 * @returns `end`: the write had no effect, and is not repeated; `in-doubt`: the write may have had an effect
 */
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
/**
 * Returns true if a failed upload is repeated. Each URL is valid once, so another attempt needs a new one.
 *
 * @param tries number of attempts so far
 * @param isTooLarge true if the store does not accept an archive of this size
 */
function mayUploadAgain(error, { tries, isTooLarge }) {
    const isBroken = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UnreachableError */ .Jk || error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD;
    return isBroken && !isTooLarge && tries < MOST_UPLOADS;
}
/**
 * Returns the pause before an image is pushed again, in milliseconds, or `undefined` if it is not pushed again.
 *
 * @param tries number of attempts so far
 */
function pushAgainAfterMs(tries) {
    return PUSH_PAUSES_MS[tries - 1];
}
/**
 * Parses Retry-After: a number of seconds, or a date.
 *
 * @param now milliseconds since the epoch
 * @returns milliseconds from now, at least 0, or `undefined` for any other value
 */
function parseRetryAfter(value, now) {
    if (!value)
        return undefined;
    if (/^\s*\d+(\.\d+)?\s*$/.test(value))
        return Number(value) * 1000;
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
/** Limits the value of Retry-After to between a second and a minute, in milliseconds. */
function askedMs(retryAfterMs) {
    if (retryAfterMs === undefined)
        return undefined;
    return Math.min(Math.max(retryAfterMs, RETRY_AFTER_MS.least), RETRY_AFTER_MS.most);
}
/**
 * Returns true if the server does not have the route. A 404 with a reason is about a resource instead, such as a
 * revision that a lagging replica does not have.
 */
function isRouteMissing(error) {
    if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD))
        return false;
    return error.isWrongHost || (error.status === 404 && error.detail === '');
}
/**
 * Returns true if the control plane reports that the resource does not exist. A 404 from something else does not count.
 */
function isMissing(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && error.status === 404 && !isRouteMissing(error);
}
/** Shortens a pause to leave time for a last request. The pause after that request ends at the deadline. */
function beforeDeadline(wantedMs, { now, deadline }) {
    const left = deadline - now;
    return left > LAST_TRY_MS ? Math.min(wantedMs, left - LAST_TRY_MS) : wantedMs;
}
function throttledMs(retryAfterMs, random) {
    return askedMs(retryAfterMs) ?? THROTTLED_MS.least + random * (THROTTLED_MS.most - THROTTLED_MS.least);
}
/** Full jitter, with a limit that doubles from half a second. */
function backOffMs(errors, retryAfterMs, random) {
    const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(errors - 1, 10));
    return askedMs(retryAfterMs) ?? Math.max(LEAST_BACKOFF_MS, random * ceiling);
}
/**
 * Returns true if a status is temporary, so that the same request may succeed later: an error of the server or of a
 * proxy in front of it, or too many requests.
 */
function isPassingStatus(status) {
    return isFault(status) || status === TOO_MANY_REQUESTS;
}
/** Returns true if the server rejected the request and will reject it again. */
function isRefusal(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && !isPassingStatus(error.status);
}
/** Returns true for the status that reports too many requests. */
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
/** Returns true if the next attempt may succeed without any change. */
function mayPass(error, { awaitsRollout }) {
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UnreachableError */ .Jk)
        return !isSettled(error);
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV)
        return error.fault !== 'shape' || awaitsRollout;
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && isFault(error.status);
}
/** HTML or 405 in response to the very first request: the host is not a control plane. */
function isWrongHost(error) {
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV)
        return error.fault === 'html';
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && error.isWrongHost;
}
/** Returns true if the cause is permanent: a certificate, or a proxy that rejects this runner. */
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
/** Parses the address of a proxy. Without a scheme, the proxy uses http, as in curl. No message repeats the value. */
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
    // A `/`, `?` or `#` in a password ends the host for a URL parser, which then treats the user name as the host.
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
/** Returns the proxy for an address, or `undefined` if the address is reached directly. */
function proxyFor(address, { http, https, except = '' }) {
    const url = new URL(address);
    const proxy = url.protocol === 'https:' ? https : http;
    return proxy && !(0,_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopback */ .U9)(url.hostname) && exceptionFor(url, except) === undefined ? proxy : undefined;
}
/**
 * Returns the entry of NO_PROXY that matches the host of an address. The rules are those of undici's EnvHttpProxyAgent:
 * `*`; `example.com` and `.example.com` for the host and its subdomains; `*.example.com` for the subdomains only; each
 * with an optional port. A network such as `10.0.0.0/8` matches its addresses, as in curl, Go and Python.
 */
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
/** Returns a host name without the brackets of IPv6 and without a trailing dot. */
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


/** Returns true if a text has the format of LangSmith's IDs. */
function isUuid(text) {
    return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
}
/** @throws {AnswerError} if the response lacks a required field of a deployment */
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
/** @throws {AnswerError} if the response lacks a required field of a revision */
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
/**
 * Reads a revision in a list. A row without a status is kept: if it were skipped, it would later be treated as a new
 * revision.
 *
 * @throws {AnswerError} if the row has no ID
 */
function toRevisionRow(value) {
    return toRevision({ ...(0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(value), status: text((0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(value)?.status) || 'UNKNOWN' });
}
/** @throws {AnswerError} if the response has no ID */
function toIntegration(value) {
    const record = need(value, 'a GitHub integration');
    return { id: needText(record, 'id', 'the GitHub integration'), name: text(record.name) ?? '' };
}
/** @throws {AnswerError} if the response has no URL */
function toRepository(value) {
    const record = need(value, 'a repository');
    return { url: needText(record, 'url', 'the repository'), default_branch: text(record.default_branch) };
}
/**
 * Reads a link that is shown to the user: a page of GitHub or LangSmith.
 *
 * @throws {AnswerError} if there is no such link
 */
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
/** @throws {AnswerError} if the response has no ID */
function toListener(value) {
    const record = need(value, 'a listener');
    const namespaces = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(record.compute_config)?.k8s_namespaces;
    return {
        id: needText(record, 'id', 'the listener'),
        compute_id: text(record.compute_id) ?? '',
        k8s_namespaces: Array.isArray(namespaces) ? namespaces.filter((item) => typeof item === 'string') : []
    };
}
/**
 * Reads `{resources, offset}`.
 *
 * @param decode reads one row
 * @param onOddRow called for the last invalid row; invalid rows are skipped, or are errors if this is omitted
 * @throws {AnswerError} if the response is not such a list, or if all of its rows are invalid
 */
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
/**
 * Reads the rows of a list; for `onOddRow`, see `toPage`.
 *
 * @throws {AnswerError} also if all rows are invalid: the list is then of another kind, and not an empty one
 */
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
/** Sorts references by name, so that lists of them can be compared. */
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
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AnswerError */ .dV('shape', `expected ${what}, but the response is not a JSON object`);
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
/**
 * Returns the reason in the response of a store, as `Code: message`; text from outside.
 *
 * @param header the header in which Azure also returns the code
 * @param url the signed URL; a message that contains a part of it is omitted
 * @returns empty if the response has no code
 */
function storeReason(body, header, url) {
    const code = asCode(elementOf(body, 'Code')) || asCode(String(header ?? ''));
    if (!code)
        return '';
    // Azure appends its request ID and the time in further lines.
    const [message = ''] = elementOf(body, 'Message')
        .trim()
        .split(/[\r\n]/);
    if (!message || revealsUrl(message, url))
        return code;
    return `${code}: ${message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)} …` : message}`;
}
/** Returns the code of a reason from `storeReason`. */
function storeCode(reason) {
    return /^[A-Za-z][\w.-]*(?=: |$)/.exec(reason)?.[0] ?? '';
}
/** Returns the kind of an error of a store. */
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
/** Returns true for a message with any URL, or with a long part of this one. */
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
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(8707);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1298);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(8508);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5443);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5990);
/* harmony import */ var _network_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7911);
/* harmony import */ var _patience_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2878);
/* harmony import */ var _upload_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4020);









const READ_TIMEOUT_MS = 30_000;
const READ_ONCE_TIMEOUT_MS = 10_000;
const WRITE_TIMEOUT_MS = 60_000;
/** Creates a transport to one control plane. The caller must close it. */
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
/** Sends a request that can be repeated safely, until there is a valid response or the rules end it. */
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
    // An idle connection may have died unnoticed, which would leave the write in doubt.
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
/** Sends a request once, and evaluates the response. */
async function tryOnce(session, call, ends) {
    let answer;
    try {
        answer = await sendRequest(session, call, ends);
    }
    catch (error) {
        // After a timeout or a cut connection, the other open connections may also be dead.
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
    onRetry(`${requestName(call)}: ${failureWords(error)}; retrying in ${(ms / 1000).toFixed(1)} s${cut}`);
    await (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .pause */ .v7)(limits, ms).catch((reason) => {
        throw reason instanceof _run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .DeadlineError */ .j3 ? deadlineAfter(call, error) : reason;
    });
}
function deadlineAfter(call, last) {
    return new _run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .DeadlineError */ .j3(`${requestName(call)} (${failureWords(last)})`);
}
/** Method and path, without the query, which can contain a name. */
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
/** Returns signals for the cancellation and the deadline. Timers are limited to 2^31-1 ms; no run is longer. */
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
/* harmony import */ var _network_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(7911);
/* harmony import */ var _store_reason_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(5265);









/**
 * The largest compressed archive that the server accepts, in bytes. The limit is part of the signature, and therefore
 * of the request.
 */
const LARGEST_ARCHIVE = 200 * 1024 * 1024;
/** The limit of one upload, within the deadline of the run. */
const UPLOAD_TIMEOUT_MS = 15 * 60_000;
const PROGRESS_EVERY_MS = 5_000;
/** In bytes; S3 repeats the whole request in some errors. */
const LONGEST_ANSWER = 64 * 1024;
/** @throws {AnswerError} if the response has no URL or no object, or has headers that an upload cannot send */
function toUploadTarget(value) {
    const { upload_url, object_path, upload_headers } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_8__/* .object */ .I)(value) ?? {};
    if (typeof upload_url !== 'string' || typeof object_path !== 'string' || !URL.canParse(upload_url)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .AnswerError */ .dV('shape', 'the response has no upload URL');
    }
    return { uploadUrl: upload_url, objectPath: object_path, headers: toUploadHeaders(upload_headers) };
}
/** Headers of the connection, and headers that this client sets itself. */
const OWN_HEADERS = /^(?:host|content-length|connection|keep-alive|proxy-(?:connection|authenticate|authorization)|te|trailer|transfer-encoding|upgrade|expect)$/i;
/** Reads `upload_headers`. The values can be signatures, so no message contains a value. */
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
/**
 * Streams a file to its signed URL, without the API key. The URL grants write access, so it is a secret: messages
 * contain only its host.
 *
 * @throws {RefusalError} if the URL is not https, unless the control plane is on this machine
 * @throws {ApiError} if the store rejects the upload
 * @throws {UnreachableError} if the connection breaks
 */
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
/** Returns the beginning of a response, long enough for an error of a store; empty if the connection breaks. */
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
        // The status is sufficient.
    }
    return Buffer.concat(chunks).toString('utf8');
}
/** Passes bytes through, and reports their number at most once every five seconds. */
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

/***/ 8602:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ addressOf),
/* harmony export */   x: () => (/* binding */ sameAddress)
/* harmony export */ });
/**
 * Returns the address of the Agent Server, with its scheme. Cloud sets `url`, and sometimes `custom_url` too. Other
 * control planes set only `custom_url`, which is a bare host name for images. Source: LangChain's own deploy scripts,
 * and the control plane's OpenAPI document.
 *
 * @returns `undefined` when the control plane returns no address, for example before the first revision is active
 */
function addressOf({ url, source_config: { custom_url } }) {
    const address = url || custom_url;
    if (!address)
        return undefined;
    return /^https?:\/\//.test(address) ? address : `https://${address}`;
}
/** True if two addresses are the same apart from the scheme: the API may return a scheme that the input omits. */
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



/**
 * Returns the next send of a plan.
 *
 * @param doubt the first earlier send in doubt; anything that appears after it can be its effect
 */
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
/** Returns the IDs of all revisions that are known to exist, including those that a lagging list omits. */
function knownIds({ deployment, revisions }) {
    const ids = [deployment?.latest_revision_id, deployment?.active_revision_id, ...revisions.map(({ id }) => id)];
    return [...new Set(ids.filter((id) => typeof id === 'string'))];
}
/** True if the effect of a send can be recognized. A patch that creates no revision is planned again instead. */
function leavesTrace({ plan }) {
    return plan.kind === 'create' || plan.makesRevision;
}
/** Reports the write and sends it once. @param stored names of the values that this write and earlier ones change */
async function send({ client, progress }, { plan, intent }, stored) {
    // A create without a revision leaves nothing to interrupt.
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




/** Time to search for the effect before a write is repeated: a server can commit long after it returned 504. */
const DOUBT_MS = 90_000;
/** If less time than this is left before the deadline, the search uses half of it. */
const SHORT_OF_TIME_MS = 180_000;
/** Time within which a revision must appear after the response to the write. */
const APPEARS_WITHIN_MS = 30_000;
const APPEARS_PAUSE_MS = 1_000;
/** Pauses between searches after a conflict, in milliseconds: the list can lag behind the conflicting object. */
const LATE_PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
/** Number of these searches within which the deployment that conflicts with a create must appear. */
const CONFLICT_SEARCHES = 4;
/** Searches for the effect of a write in doubt: at once, then after growing pauses, as long as the deadline allows. */
async function searchInDoubt(context, attempt, error) {
    const { limits, progress } = context;
    if (!leavesTrace(attempt)) {
        progress.note(`The ${attempt.plan.kind} request got no response (${error.message}); reading the deployment again.`);
        return undefined;
    }
    const left = limits.deadline - limits.clock.now();
    const forMs = Math.max(0, left < SHORT_OF_TIME_MS ? left / 2 : DOUBT_MS);
    progress.note(`The ${attempt.plan.kind} request got no clear response (${error.message}). Checking for up to ${Math.round(forMs / 1_000)} s whether it took effect before retrying.`);
    return search(context, attempt, (0,poll/* growingPauses */.Pd)(forMs));
}
/**
 * Searches for the effect of a write at once and after each pause. Uses an unconfirmed effect only if the searches find
 * no confirmed one.
 *
 * @param pauses in milliseconds
 */
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
/**
 * Searches for the effect of a refused write: a proxy may have sent it twice or replaced the response. The effect
 * belongs to this run only if it is exactly what was sent. Searches once. Searches several times if a list can lag
 * behind a conflict, if an HTML response suggests a proxy, or if the effect does not report its commit yet.
 */
async function findDespiteRefusal(context, attempt, commit, error) {
    if (!leavesTrace(attempt))
        return undefined;
    const { client, limits } = context;
    const { intent, plan } = attempt;
    // A replica may lag behind the write from here on.
    if (error.status === 409)
        client.awaitRollout();
    const conflict = { commit: commit ?? intent.sent.repo_commit_sha ?? undefined };
    const isSomethingThere = error.status === 409 && plan.kind === 'create';
    const emptySearches = error.isHtml ? LATE_PAUSES_MS.length + 1 : isSomethingThere ? CONFLICT_SEARCHES : 1;
    let searches = 0;
    const found = await (0,poll/* lookRepeatedly */.lx)(limits, LATE_PAUSES_MS, async () => {
        searches += 1;
        const seen = await (0,trace/* findEffect */.nC)(client, intent, { body: plan.body, conflict }).catch((reason) => {
            // The refusal is more useful to the user than the error of this search.
            if ((0,run_limits/* endsRun */.sl)(reason))
                throw reason;
        });
        if (seen === 'other' || seen?.isConfirmed)
            return seen;
        return !seen && searches >= emptySearches ? 'nothing' : undefined;
    });
    return typeof found === 'object' ? adopt(context, attempt, found, error) : undefined;
}
/** Continues with the effect that was found. @param refusal the error response to the write, if it was not lost */
function adopt({ progress }, attempt, { deployment, revision }, refusal) {
    progress.note(refusal
        ? `The ${attempt.plan.kind} request returned ${refusal.status}, but the deployment has exactly what this run sent; continuing.`
        : `The ${attempt.plan.kind} request took effect; only its response was lost.`);
    // After a 409, the deployment exists, but another run may have created it.
    const isCreate = attempt.plan.kind === 'create';
    const created = isCreate ? refusal?.status !== 409 : undefined;
    progress.deployment(deployment, created);
    if (!revision) {
        return { kind: 'no-revision', deployment, did: created ? 'create' : isCreate ? 'nothing' : 'change' };
    }
    progress.made(revision, { isCertain: attempt.intent.isUnique });
    return { kind: 'revision', deployment, revision };
}
/** Continues with the response: waits until the revision of this run appears, if the write creates one. */
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
    // Does not use `poll`, because the next read may follow without a pause.
    for (;;) {
        // If the response does not name the revision, the current deployment counts. It is read before the list.
        const current = namesOurs ? answer : await client.deployment(answer.id);
        const candidates = await (0,trace/* findCandidates */.eE)(client, current, intent, seen);
        const revision = chooseOurs(attempt, current, candidates.ours, namesOurs ? named : null);
        const isNamed = namesOurs && revision !== undefined && revision.id === named;
        const isClear = isNamed || !(namesOurs || candidates.isNamedMissing || candidates.isAhead);
        const isOver = limits.clock.now() - since >= APPEARS_WITHIN_MS;
        if (revision && (isClear || (isOver && !namesOurs))) {
            // A stale response can name a revision that a push created right before the write.
            const isCertain = intent.isUnique || (isNamed && candidates.ours.length === 1);
            progress.made(revision, { isCertain });
            return { kind: 'revision', deployment: answer, revision };
        }
        if (isOver)
            return { kind: 'missing', deployment: answer, other: candidates.named };
        // The named revision has other code: another run created it before the server wrote the response.
        const isElse = namesOurs && candidates.named !== undefined && !isNamed && tellsItsCode(candidates.named);
        if (isElse)
            namesOurs = false;
        else
            await (0,run_limits/* pause */.v7)(limits, APPEARS_PAUSE_MS);
    }
}
/** True if the server already reports the code of a revision. */
function tellsItsCode({ source_revision_config: code }) {
    return (code.repo_ref ?? code.image_uri ?? code.source_tarball_path) !== null;
}
/** Returns the revision of this run among the matching ones; `undefined` if the deployment shows that there is none. */
function chooseOurs({ plan, intent, isRepeated }, current, ours, named) {
    // A deployment has no revision before its create, so the first revision belongs to the create.
    const first = plan.kind === 'create' || intent.isUnique ? ours.at(-1) : undefined;
    const chosen = first ?? ours.find(({ id }) => id === named) ?? ours.at(isRepeated ? 0 : -1);
    // A revision that the response names needs no further check. Hidden secrets count as equal.
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










/** Maximum number of sends of one write. A write is repeated only if no effect of it was found. */
const MOST_SENDS = 3;
/** Time for which a 409 is retried while another rollout may be in progress. */
const BUSY_MS = 120_000;
const FIRST_BUSY_PAUSE_MS = 5_000;
/** Maximum age of the state before a send, in milliseconds. An older state is read again: its secrets are sent too. */
const FRESH_MS = 2_000;
/**
 * Carries out a plan exactly once, even when a response is lost. After a send in doubt, it searches for the effect of
 * the write. It sends the write again only if it found no effect, and reads the state right before each send.
 *
 * @returns the deployment, and the revision of this run, which need not be the newest of the list
 * @throws {ApiError} when the server refuses the write
 * @throws {RefusalError} when three sends had no visible effect, or when the state no longer allows the plan
 */
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
/** Records a send before it is made. @returns names of the values that this send and earlier ones change */
function noteSend(history, { plan }, { deployment }) {
    if (plan.makesRevision) {
        if (history.activeBefore === undefined)
            history.activeBefore = deployment?.active_revision_id ?? null;
        if (plan.kind === 'patch')
            history.written.push(plan);
    }
    return (0,restore/* namesChanged */.z)(history.written);
}
/**
 * Creates a new revision from an earlier one, with the same handling of lost responses. Every send has the same target.
 *
 * @param revisions the revisions before the write, newest first
 */
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
/** @throws {RefusalError} when the results of earlier sends do not allow another one */
async function checkHistory({ client }, { name }, { kind }, { doubts, unanswered, conflict }) {
    if (kind === 'create' && conflict) {
        const going = (await client.deploymentsGoing(name)).find(find/* isGoing */.jf);
        throw going ? (0,refusals/* deploymentGoing */._O)(going) : (0,refusals/* createFailed */.YZ)(name, conflict);
    }
    if (!unanswered || doubts < MOST_SENDS)
        return;
    throw kind === 'create' ? (0,refusals/* createFailed */.YZ)(name, unanswered) : (0,refusals/* writeLost */.md)(`The ${kind} request`, unanswered);
}
/** Plans again, then searches for the effect of an earlier send, which may have taken effect before the plan. */
async function reconsider(context, { decide }, history) {
    const decision = await decide();
    const { doubt } = history;
    if (!doubt)
        return decision;
    const isNameTaken = doubt.plan.kind === 'create' && decision.current.deployment !== undefined;
    const found = await search(context, doubt, isNameTaken ? LATE_PAUSES_MS : []);
    if (found || !isNameTaken)
        return found ?? decision;
    // This run did not create the deployment that has the name, so its create failed and can no longer take effect.
    history.doubt = undefined;
    return decide();
}
/**
 * Handles the result of a send and records it in the history.
 *
 * @returns the result of the write; `undefined` when it must be sent again
 * @throws {ApiError} when the refusal is final
 */
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
    // An earlier send may have taken effect and caused the refusal. So may this one if a proxy repeated the request or
    // replaced the response.
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
/**
 * Returns the type of a refused create in the spelling that the server requires.
 *
 * @param tried the other spelling, if it was already sent
 * @throws the refusal, if it has another reason
 */
function respell({ progress }, plan, error, tried) {
    if (plan.kind !== 'create')
        throw error;
    const other = tried === undefined ? (0,deployment_type/* respelled */.P0)(plan.body, error) : undefined;
    if (other === undefined)
        throw (0,deployment_type/* typeRefused */.pt)(plan.body, shownType(plan), error) ?? error;
    progress.note(`The control plane uses ${other} for this deployment type; repeating the create request with that value.`);
    return other;
}
/** Replaces the deployment type of a create by its other spelling. */
function withSpelling(plan, spelling) {
    if (plan.kind !== 'create' || spelling === undefined)
        return plan;
    const config = (0,json/* asObject */.eB)(plan.body.source_config);
    return { ...plan, body: { ...plan.body, source_config: { ...config, deployment_type: spelling } } };
}
/** Returns the deployment type as the plan shows it. */
function shownType({ rows }) {
    const row = rows.find((each) => each.about === 'field' && each.name === 'deployment_type');
    const value = row && 'value' in row ? row.value : null;
    return typeof value === 'string' ? value : undefined;
}
/** @param ms the next pause; `undefined` when the time for the other rollout is over */
async function waitForOtherRollout({ limits, progress }, { plan, intent }, error, ms) {
    if (ms === undefined)
        throw (0,refusals/* rolloutInProgress */.ok)(intent.name, error);
    progress.note(`LangSmith returned 409 for the ${plan.kind} request: another rollout may be in progress. Retrying in ${Math.round(ms / 1_000)} s.`);
    await (0,run_limits/* pause */.v7)(limits, ms).catch((reason) => {
        const said = error.detail ? `: ${error.detail}` : '';
        throw reason instanceof run_limits/* DeadlineError */.j3 ? new run_limits/* DeadlineError */.j3(`the ${plan.kind} request (returned 409${said})`) : reason;
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





/** True if a deployment is being deleted. Its name stays reserved, and it accepts no changes. */
function isGoing(deployment) {
    return deployment.status === 'AWAITING_DELETE' || deployment.status === 'AWAITING_FINAL_DELETE';
}
/**
 * Finds the deployment with exactly this name. Reads all pages, because the server's filter also returns longer names.
 * Returns a deployment that is being deleted only when there is no other.
 */
async function findByName(client, name) {
    let going;
    for await (const deployment of deploymentsNamed(client, [name])) {
        if (!isGoing(deployment))
            return deployment;
        going ??= deployment;
    }
    return going;
}
/** Finds the deployments with a name of a preview, in the order of the names. Includes those that are being deleted. */
async function findPreviews(client, names) {
    const found = [];
    for await (const deployment of deploymentsNamed(client, names))
        found.push(deployment);
    return found.sort((left, right) => names.indexOf(left.name) - names.indexOf(right.name));
}
/** Finds all previews of a name with their pull request numbers. Includes those that are being deleted. */
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
/** @param names each name contains the first one */
async function* deploymentsNamed(client, names) {
    for await (const { resources } of (0,_control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .pagesOf */ .E0)((offset) => client.deploymentsNamed(names, offset))) {
        for (const deployment of resources)
            if (deployment)
                yield deployment;
    }
}
/**
 * Finds the deployment of a target.
 *
 * @returns `undefined` when no deployment has this name
 * @throws {ApiError} 404 when no deployment has this ID
 * @throws {RefusalError} when name and ID belong to different deployments
 */
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
/** Like `find`, for commands that require a deployment. @throws {RefusalError} when no deployment has this name */
async function findExisting(client, target) {
    const deployment = await find(client, target);
    if (!deployment)
        throw (0,_refusals_js__WEBPACK_IMPORTED_MODULE_4__/* .deploymentMissing */ .U8)(target.name ?? '');
    return deployment;
}
/** Pauses before a 404 for a deployment ID is checked again, in milliseconds: a replica can lag behind. */
const CONFIRM_AFTER_MS = [1_000, 2_000, 4_000];
/** Like `find`, for commands that succeed without a deployment: also returns `undefined` when none has the ID. */
async function findIfAny(client, limits, target) {
    const found = await (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_2__/* .lookRepeatedly */ .lx)(limits, CONFIRM_AFTER_MS, async () => {
        try {
            return (await find(client, target)) ?? 'none';
        }
        catch (error) {
            if (!target.deploymentId || !isAnswered404(error))
                throw error;
            // Any server returns 404 for an unknown path; only a control plane lists deployments.
            await client.deploymentsNamed([target.name ?? ''], 0);
            return undefined;
        }
    });
    return found === 'none' ? undefined : found;
}
/** True if the control plane, or another server at its address, returned 404. */
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

/*
 * Control planes may return a placeholder instead of a secret, without marking it. This file recognizes the usual
 * placeholders of servers and proxies, and treats such a value as hidden. A false positive costs the user one line of
 * `secrets`; sending a placeholder back overwrites the secret.
 */
/** Mask characters only: asterisks, bullets, dots, blocks; repeated `x` and `#`. */
const FILLED = /^(\*{2,}|[＊∗]{2,}|[•●∙·⋅▪■█▓▒░]+|[xX]{4,}|#{3,}|-{4,}|_{4,}|\.{3,}|…)$/;
/** Mask characters with a short piece of the value before or after them, such as `****abcd`, `sk-…wxyz`, `xxxx1234`. */
const FILLED_IN_PART = /^([^\n*•●█…]{0,6}(\*{3,}|[•●█]{3,}|…)[^\n*•●█…]{0,6}|[\w+/=.-]{0,12}?(\*{3,}|[•●█]{3,}|…)[\w+/=.-]{0,12}|\w{2,8}-\.{3}|[\w-]{2,8}\.{3}[\w-]{2,8}|[xX]{4,}-?\w{1,6})$/;
const HIDING = 'redacted|hidden|filtered|masked|obfuscated|scrubbed|concealed|withheld';
/** A single word. Several words count only in brackets or between symbols. */
const NAMED = new RegExp(`^(${HIDING})$`, 'i');
const NAMED_IN_SIGNS = new RegExp(`^(?:[[({<*_%#$]+\\s*)(?:[\\w-]+[ _-])?(${HIDING}|truncated|unchanged|secret|sensitive|encrypted|removed|omitted|protected|private)(?:[ _:-][\\w -]+)?(?:\\s*[\\])}>*_%#]+)$`, 'i');
/** Uppercase words with underscores, such as VALUE_HIDDEN or REDACTED_BY_SERVER; `...REDACTED` after a short piece. */
const NAMED_AMONG_WORDS = /^([A-Z]+_)*(REDACTED|HIDDEN|FILTERED|MASKED)(_[A-Z]+)*$|^\w{2,8}\.{3}(REDACTED|HIDDEN)$|^VALUE_SPECIFIED_IN_NO_LOG_PARAMETER$/;
/** Maximum length of a placeholder. The patterns would be slow for longer values. */
const LONGEST_PLACEHOLDER = 100;
/** Many mask characters anywhere in a value without whitespace: `lsv2_pt_****************9f2a`, `****-****-1234`. */
const FILLED_AMIDST = /^\S*?([*•●∙▪█▓]{6,}|[*•●∙▪█▓]{4}[-_ .][*•●∙▪█▓]{4})/;
/** Mask characters at one end, next to a remark or a piece of the value: `****** (32 characters)`. */
const FILLED_AT_END = /^([*•●∙▪█▓…]{3,}.{0,40}|.{0,40}[*•●∙▪█▓…]{3,})$/;
/** An ellipsis and a short piece of the value, with or without brackets: `sk-p... (wxyz)`, `...wxyz`. */
const CUT = /^[\w+/=.:-]{0,12}(…|\.{3})([\w+/=-]{2,12}| ?[[({]…?[\w+/=-]{2,12}[\])}])$/;
/** The same without a piece after the ellipsis. It may be a sentence unless the name is that of a secret. */
const CUT_AT_END = /^[\w+/=.:-]{1,24}(…|\.{3})$/;
/** A fingerprint instead of the value, complete or cut. */
const FINGERPRINT = /^(sha-?\d{1,3}|md5|hash|hmac|digest|fingerprint|checksum)\s?[:=]\s?\S+$/i;
/** The format of vaults, and of tools that encrypt files. */
const SEALED = new RegExp(`^(ENC|encrypted|vault|cipher|kms|sealed|${HIDING})[[({:]`, 'i');
/**
 * Placeholders of secrets that are ordinary values of other variables: `REASONING_FORMAT=hidden`, `STOP=...`,
 * `PATHS=**`, `RANGE=main...HEAD`. Uppercase REDACTED is not an ordinary value.
 */
const USUAL_ELSEWHERE = new RegExp(`^(?!REDACTED$)(?:(${HIDING})|\\*{2}|#+|-+|_+|\\.+|…|x{1,4}|[\\w./~^-]+\\.{3}(?!REDACTED|HIDDEN)[\\w./~^-]+)$`, 'i');
/** Names such as PARTITION_KEY and SORT_KEY, whose values are field names. */
const NAMES_A_FIELD = /(^|_)(partition|sort|primary|foreign|cache|routing|group|index|shard|hash|range|lookup|object|dedup)_?keys?$/i;
// The patterns below match a part of a secret's value, which may have any length.
/** Repeated mask characters. */
const MASK_SIGNS = '[*＊∗⁎✱•●∙▪■◼█▓▒░▇]{3,}';
const MASK_WORDS = 'redacted|masked|hidden|truncated|filtered|obfuscated|scrubbed|concealed|withheld';
/** Repeated mask characters, or a word or dots in brackets: `sk-****wxyz`, `Bearer [REDACTED]`, `sk-proj-abc[...]`. */
const MASKED_AMIDST = new RegExp(`${MASK_SIGNS}|[[({<](?:[\\w :-]{0,40}\\b)?(${MASK_WORDS})\\b[\\w :=-]{0,40}[\\])}>]|[[({<](\\.{2,}|…)[\\])}>]`, 'i');
/** The same words, or a repeated `x`, between separators: `sk-REDACTED`, `masked_abcd`, `XXXX-XXXX-1234`. */
const MASKED_PART = new RegExp(`(?<![a-z0-9])(${MASK_WORDS}|x{3,})(?![a-z0-9])`, 'i');
/** The same as a complete part of a value, such as the password of a URL. */
const MASK = new RegExp(`^(${MASK_SIGNS}|x{3,}|[[({<](${MASK_WORDS})[\\])}>]|(${MASK_WORDS}))$`, 'i');
/** The password of a URL, percent-encoded or not. */
const ADDRESS_PASSWORD = /^[a-z][\w+.-]*:\/\/[^\s/@:]*:([^\s@]+)@/i;
const ADDRESS = /^[a-z][\w+.-]*:\/\/\S+$/i;
/** The complete value of a secret: words in brackets, a repeated symbol, emojis, dashes, or a remark by the server. */
const IN_PLACE_OF_SECRET = /^([<[({]{1,2}[a-z][\w .:-]{0,60}[>\])}]{1,2}|([^\w\s])\2{2,}|\p{Extended_Pictographic}+|[-–—]+|[^a-z0-9]*(write[-_ ]?only|unchanged|no[-_ ]?change)[^a-z0-9]*|((value|secret|key|token) )?(ending|ends|starting|starts|beginning|begins) (in|with) \S+|(first|last)_?\d?[:=]\s?\S+)$/iu;
/** Texts of servers, and of users who copy an example. When two keys have the same such text, it is the server's. */
const PLACEHOLDER_WORD = /^[^a-z0-9]*(placeholder|(the[-_ ])?(secret|api[-_ ]?key|token)|(the[-_ ])?(secret|key|token|password)[-_ ]value|value|unchanged|keep|no[-_ ]?change|write[-_ ]?only|unknown|undefined|protected|private|encrypted|sensitive)[^a-z0-9]*$/i;
const HIDING_ANYWHERE = new RegExp(`${HIDING}|truncated|placeholder`, 'i');
const NO_VALUE = /^(none|null|nil|n\/a|na)$/i;
/** Minimum number of secrets that must all have a text such as `none` before it counts as hidden. */
const FEWEST_NOTHING = 4;
const PHRASE_SIGNS = /^[\s[\](){}<>*_#%.!]+|[\s[\](){}<>*_#%.!]+$/g;
/**
 * Words that servers use for a value that they hide. A phrase has at least one of them; the others are filler words.
 */
const TELLING = new RegExp(`^(${HIDING}|see|set|unset|shown|displayed|visible|available|unavailable|encrypted|sensitive|confidential|omitted|removed|stripped|suppressed|configured|present|stored|saved|provided|exists|chars?|characters|bytes|len|length|sealed)$`, 'i');
/** These words count only next to other words. */
const TELLS_NOTHING_ALONE = /^(length|len|chars?|characters|bytes|see|available|visible)$/i;
const FILLING_WORD = /^(the|a|an|this|is|are|was|has|have|been|not|no|value|values|secret|secrets|data|key|token|password|credential|credentials|string|by|for|in|of|to|at|and|server|policy|system|security|reasons?|already|only|write|protected|private|vault|\d{1,5})$/i;
const MOST_WORDS = 8;
/** More variables than this do not all have the same value by chance. */
const MOST_EQUAL = 3;
/** This many secrets do not all have the same value by chance, but two secrets may. */
const LEAST_EQUAL_SECRETS = 3;
const MAY_BE_EQUAL = /^(true|false|yes|no|on|off|enabled|disabled|\d{1,6})$/i;
/**
 * A generated key, which variables may share: it has digits or letters of both cases, and no whitespace or brackets.
 */
const MAY_BE_SHARED = /^(?=\S*\d)[^\s<>()[\]{}*•●…]+$|^(?=\S*[a-z])(?=\S*[A-Z])\S{16,}$/;
/** Texts that are not placeholders of a server: a URL, a JSON document, or a dummy value of a user. */
const SURELY_A_VALUE = /^[a-z][\w+.-]*:\/\/\S+$|^\{.*["':].*\}$|^\[\s*["'{].*\]$|^(empty|none|null|nil|n\/a|na|dummy|fake|test|testing|local|localhost|dev|development|example|changeme|change-me|changeit|postgres|postgresql|root|admin|user|guest|default|password|minioadmin|rabbitmq|redis|mysql|unused|not-?(needed|required|used)|no-?key(-?required)?|sk-no-key-required|ollama|lm-studio)$/i;
/**
 * Returns the names whose values the server may hide. An empty value counts as hidden only when all values are empty,
 * or all values of secrets. For an ordinary text that many secrets have, see `sharedNames`.
 *
 * @param given the variables that this run sets; a server that returns the same value does not hide values
 */
function hiddenNames(deployed, given = []) {
    // A single asterisk is an ordinary value, for example for allowed origins, but not for all variables.
    const areAllBlank = deployed.every(isBlank);
    const secrets = deployed.filter(isSecret);
    const areSecretsBlank = secrets.length > 1 && secrets.every(isBlank);
    const blank = new Set(areSecretsBlank ? secrets.map(({ value }) => value) : []);
    const shared = sharedNames(deployed, given);
    // If a text is the placeholder of a secret, other variables with that text are hidden too.
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
/**
 * Returns the names that are suspected only because their values are the same text: three or more secrets that are at
 * least two thirds of all secrets, or all of more than three variables. A server with an unknown placeholder returns
 * such values. Other variables with that text are suspected too.
 */
function sharedNames(deployed, given = []) {
    const shared = new Set([...textOfAll(deployed), ...textsOfSecrets(deployed.filter(isSecret))]);
    const isGiven = (secret) => given.some((own) => own.name === secret.name && own.value === secret.value);
    const isProven = (secret, value) => 
    // A text that reads like a placeholder may be the real value of one variable and hide the value of others.
    isPlaceholderWord(value) ? isGiven(secret) : deployed.some((other) => other.value === value && isGiven(other));
    return new Set(deployed
        .filter((secret) => !isBlank(secret) && !mayBeHidden(secret))
        .filter((secret) => secret.value !== null && shared.has(secret.value) && !isProven(secret, secret.value))
        .map(({ name }) => name));
}
/** Returns the text that all variables have if it reads like a placeholder, and not, for example, like a model name. */
function textOfAll(deployed) {
    const value = deployed[0]?.value;
    if (typeof value !== 'string' || deployed.length <= MOST_EQUAL || !mayBeText(value))
        return [];
    const isOfServer = /[\s<>()[\]{}*•●…]/.test(value.trim()) || isPlaceholderWord(value);
    return isOfServer && deployed.every((other) => other.value === value) ? [value] : [];
}
/** Returns the texts that so many secrets have that the server may have set them. */
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
/**
 * True if a server may have replaced the value with a placeholder. A suspicion is enough, because sending a placeholder
 * back overwrites the secret. If a text may be either, the name decides.
 */
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
/**
 * True if a part of a value is hidden, whatever its length. If the name is not that of a secret, only the password of a
 * URL or a secret in a JSON document counts.
 */
function isMaskedWithin(bare, ofSecret) {
    const password = ADDRESS_PASSWORD.exec(bare)?.[1];
    if (password !== undefined && MASK.test(password.replace(/%5B/gi, '[').replace(/%5D/gi, ']').replace(/%2A/gi, '*')))
        return true;
    const document = documentOf(bare);
    if (document !== undefined)
        return hasMaskedLeaf(document, ofSecret);
    // The path of a URL may contain the word `hidden`.
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
/** Not recursive, because a document may be nested more deeply than the stack allows. */
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
/** True if a text only states that there is a value, such as `Value hidden`. */
function isPhrase(bare, { isOneWordEnough }) {
    const words = bare.replace(PHRASE_SIGNS, '').split(/[\s:;,_=()-]+/);
    const telling = words.filter((word) => TELLING.test(word));
    // `hidden-layer` is a name: a phrase without symbols around it has spaces between its words.
    if (words.length === 1 && !isInSigns(bare) && TELLS_NOTHING_ALONE.test(words.join()))
        return false;
    const isSpoken = isOneWordEnough || /^[^\d\s]+(\s[^\s]+)+$/.test(bare);
    return (isSpoken &&
        telling.length > 0 &&
        words.length <= MOST_WORDS &&
        words.every((word) => TELLING.test(word) || FILLING_WORD.test(word)));
}
/** True if the server certainly shows this value. */
function isShown(value) {
    return typeof value === 'string' && value.trim() !== '' && !isPlaceholder(value);
}
/** True if a value is certainly a placeholder. A doubtful value is redacted like a secret. */
function isPlaceholder(value) {
    const bare = bareOf(value);
    if (bare.length > LONGEST_PLACEHOLDER)
        return FILLED.test(bare);
    return [FILLED, FILLED_IN_PART, NAMED, NAMED_IN_SIGNS, NAMED_AMONG_WORDS].some((form) => form.test(bare));
}
function bareOf(value) {
    return value.trim().replace(/^(["'])(.*)\1$/, '$2');
}
/** Returns the secrets whose values the server shows or may show. Doubtful values must not be printed either. */
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
/*
 * The grammar of an image reference: `[HOST[:PORT]/]PATH[:TAG][@DIGEST]`.
 * Source: github.com/distribution/reference, `reference.go` and `regexp.go`; github.com/opencontainers/go-digest for
 * the lengths of digests.
 */
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::\d+)?$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const LONGEST_REPOSITORY = 255;
const LONGEST_REFERENCE = 1_024;
const HEX_DIGITS = { sha256: 64, sha384: 96, sha512: 128 };
/** True if a text is an image reference according to the grammar. */
function isImageReference(text) {
    if (text.length > LONGEST_REFERENCE)
        return false;
    const { repository, tag, digest } = splitReference(text);
    return (isImageRepository(repository) && (tag === undefined || TAG.test(tag)) && (digest === undefined || isDigest(digest)));
}
/** Splits a reference at its separators. An absent part is `undefined`; an empty part is an empty string. */
function splitReference(text) {
    const [name = '', ...digests] = text.split('@');
    const digest = digests.length === 0 ? undefined : digests.join('@');
    // A colon before the last slash belongs to the port of the registry.
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
/** True if the first part of a repository is the host of a registry: it cannot be an account of Docker Hub. */
function isRegistryHost(first) {
    return /[.:A-Z]/.test(first) || first === 'localhost';
}
function isDigest(digest) {
    const [, algorithm = '', hex = ''] = /^([a-z0-9]+(?:[+._-][a-z0-9]+)*):([0-9a-f]{32,})$/.exec(digest) ?? [];
    const digits = HEX_DIGITS[algorithm];
    return hex !== '' && (digits === undefined || hex.length === digits);
}
/**
 * Explains why a text cannot be the image to run, and how to fix it. Also rejects texts that the grammar allows but
 * that are mistakes, such as a digest alone.
 *
 * @returns text that follows the name of the input, or starts with "expected"; `undefined` when the text can be sent
 */
function faultOfImage(text) {
    // A password is not quoted (see `ofCredentials`), and a long text is cut.
    const quoted = text.length > 200 ? `"${text.slice(0, 200)} …"` : `"${text}"`;
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
/** Checks in their order; only the first problem is reported. Each result follows the quoted text. */
const FAULTS = [
    ofSeveral,
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
        .filter((image) => /[/:]/.test(image) && !/^[:@]/.test(image));
    return images.length > 1 && /[\s,]/.test(text) ? `contains ${images.length} images. ${OF_METADATA}` : undefined;
}
function ofCredentials(text) {
    return /^(?:[a-z+.-]+:\/\/)?[^/@]*:[^/@]*@[^/@]+\//i.test(text)
        ? 'contains a user name and a password. Use the image reference only; the cluster reads the registry credentials from its pull secret.'
        : undefined;
}
/** Detects the address of a web page about an image. */
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
    return /\s/.test(text) ? ', which contains whitespace. Remove it.' : undefined;
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
    // A colon and digits before a slash are the port of a registry, not a tag with a slash.
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
/** Returns the nearest valid tag by the rule of docker/metadata-action. */
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

/** Docker Hub has several host names: docker, containerd and older tools use different ones. */
const DOCKER_HUB = 'docker.io';
const NAMES_OF_DOCKER_HUB = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);
/**
 * True if two references name the same image in any spelling: `nginx` is `docker.io/library/nginx:latest`. The tag is
 * ignored when there is a digest. A tag never equals a digest, because a tag can move. Source:
 * github.com/distribution/reference, "Normalized names".
 */
function sameImage(left, right) {
    const [one, other] = [parseImage(left), parseImage(right)];
    if (one.registry !== other.registry || one.path !== other.path)
        return false;
    return one.digest || other.digest ? one.digest === other.digest : one.tag === other.tag;
}
/**
 * True if two references can name the same image: either they do, or they have the same tag and only one of them has a
 * digest, because a server resolved the tag.
 */
function mayBeSameImage(left, right) {
    const [one, other] = [parseImage(left), parseImage(right)];
    if (one.registry !== other.registry || one.path !== other.path)
        return false;
    if (one.digest && other.digest)
        return one.digest === other.digest;
    return one.tag !== undefined && one.tag === other.tag;
}
/** True if a reference has no digest, so it can name another image later. */
function isByTag(reference) {
    return parseImage(reference).digest === undefined;
}
/** True if a reference has neither tag nor digest. Such a reference means the tag `latest`. */
function isTagless(reference) {
    return isLatestTag(reference) && !reference.trim().endsWith(':latest');
}
/** True if a reference means the tag `latest`, explicitly or by default. */
function isLatestTag(reference) {
    return isByTag(reference) && parseImage(reference).tag === 'latest';
}
function parseImage(text) {
    // Kubernetes and podman add a prefix for the transport of the image.
    const bare = text.trim().replace(/^(docker|docker-pullable):\/\//, '');
    const { repository, tag, digest } = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .splitReference */ .mQ)(bare);
    const { registry, path } = splitRegistry(repository);
    return { registry, path, tag: tag ?? (digest ? undefined : 'latest'), digest: digest?.toLowerCase() };
}
/** The first part is a registry only if it cannot be an account of Docker Hub. */
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


/**
 * Applies a JSON Merge Patch: merges objects, removes fields that are null, and replaces all other values. A field that
 * is null in the current value counts as absent, because the API returns all its fields.
 */
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
/** True if two values are equal. Fields that are null count as absent. */
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
/** Returns a value as an object; an empty object when the value is not an object. */
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
/** Maximum length of a label of a host name, because the name becomes one. The API documents no limit. */
const LONGEST_NAME = 63;
/**
 * Explains why no deployment can be created with a name, and finds the nearest valid name.
 *
 * @returns `fault`: a clause that follows the quoted name; `undefined` when the name is valid
 */
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
/** True if the API accepts this name for a new deployment: letters, digits and dashes, starting with a letter. */
function isValidName(name) {
    return /^[A-Za-z][A-Za-z0-9-]*$/.test(name);
}
/** True if a deployment can have this name. Older deployments have names that the API no longer accepts. */
function isPossibleName(name) {
    return /^[\w.-]+$/.test(name);
}
/**
 * Returns the nearest valid name by the rule of LangSmith's own tools: lowercase, one dash for each run of other
 * characters, no dash at the ends. A name that would be empty or start with a digit gets `app`, because it must start
 * with a letter.
 */
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


/** Kubernetes names consist of the deployment's name and a long suffix, and are cut at 63 characters. */
const LONGEST_SELF_HOSTED_NAME = 21;
/** A deleted name stays reserved for up to a week. A pull request is rarely reopened more often than this in a week. */
const MOST_PREVIEW_NAMES = 9;
/** Characters that distinguish two long names with the same beginning. */
const DIGEST_LENGTH = 6;
/**
 * Returns the possible names of the preview of a pull request, in order of use: `NAME-pr-N`, then `NAME-pr-N-2` to
 * `NAME-pr-N-9`. A long `NAME` is cut and gets a digest, so that the longest of these names fits.
 */
function previewNames(name, pullRequest, isSelfHosted) {
    const longest = isSelfHosted ? LONGEST_SELF_HOSTED_NAME : _name_js__WEBPACK_IMPORTED_MODULE_1__/* .LONGEST_NAME */ .B6;
    const end = `-pr-${pullRequest}`;
    const base = cut(name, longest - end.length - `-${MOST_PREVIEW_NAMES}`.length);
    const names = [`${base}${end}`];
    for (let suffix = 2; suffix <= MOST_PREVIEW_NAMES; suffix += 1)
        names.push(`${base}${end}-${suffix}`);
    return names;
}
/** Returns the number of the pull request whose preview may have this name; `undefined` for any other name. */
function pullRequestOf(preview, name, isSelfHosted) {
    const [, digits] = /-pr-([1-9]\d{0,14})(?:-[2-9])?$/.exec(preview) ?? [];
    if (digits === undefined)
        return undefined;
    return previewNames(name, Number(digits), isSelfHosted).includes(preview) ? Number(digits) : undefined;
}
/** Returns the text that the names of all previews contain. A name may be cut for one number but not for another. */
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
/** Returns a digest in digits and letters, which needs fewer characters than hex digits. */
function digest(text) {
    const number = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest().readUIntBE(0, 6);
    return number.toString(36).padStart(DIGEST_LENGTH, '0').slice(-DIGEST_LENGTH);
}


/***/ }),

/***/ 4533:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B6: () => (/* binding */ NameTakenError),
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

/*
 * Errors for a deployment whose state in LangSmith does not allow what the inputs request.
 */
/** The deployment was not found. The workspace may be wrong: LangSmith lists nothing in a workspace of another key. */
class NotInWorkspaceError extends _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ {
}
/** A create was refused because its name is taken, but no deployment with that name was found. */
class NameTakenError extends NotInWorkspaceError {
}
/** Possible reasons that a create is refused although no deployment has the name. */
const NAME_TAKEN_ADVICE = 'Possible causes: the deployment is in another workspace (set `workspace-id`), a tracing project has that name (delete or rename it), or a deployment of that name was deleted within the last week. Otherwise set another `name`.';
/** Advice for the time in which LangSmith is busy with a deployment. */
const BUSY_ADVICE = 'Another rollout of this deployment may be in progress. Rerun this job when it has ended; a `concurrency` group in the workflow prevents overlapping runs.';
/** Another rollout lasted longer than the run waits for it. */
function rolloutInProgress(name, behind) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Another rollout is in progress', `LangSmith returned 409 for the change to "${name}" for two minutes.`, BUSY_ADVICE, behind);
}
/** The deployment was deleted during the run, but not by the run. */
function deploymentVanished(name, id) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Deployment deleted during the run', `Deployment "${name}" (${id}) was deleted during this run.`, 'Rerun this job to create it again, or set another `name`: the name of a deleted deployment stays reserved for up to a week.');
}
/** The server refused or lost a create, and no deployment has the name. */
function createFailed(name, behind) {
    const Kind = behind instanceof _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && behind.status === 409 ? NameTakenError : _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ;
    return new Kind(behind instanceof _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && behind.status === 409 ? 'Name is taken' : 'Deployment could not be created', `Deployment "${name}" could not be created, and no deployment with that name was found.`, NAME_TAKEN_ADVICE, behind);
}
/** All possible names of a preview are reserved. */
function previewNamesTaken(names) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('No free preview name', `All names from ${names[0]} to ${names.at(-1)} are taken for this preview.`, 'The names of deleted deployments stay reserved for up to a week. Set another `name`, and delete previews with `delete-tracing-project: true`.');
}
/** A write was sent as often as is safe, but got no response and had no visible effect. */
function writeLost(what, behind) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Request had no effect', `${what} was sent three times without a visible effect.`, 'Check the deployment in LangSmith before you rerun this job.', behind);
}
/** The command requires an existing deployment, but no deployment has the name. */
function deploymentMissing(name) {
    return new NotInWorkspaceError('Deployment not found', `Deployment "${name}" does not exist in this workspace.`, 'Check `name` (it must match exactly), `workspace-id`, and `region` or `control-plane-url`; or create it first with `command: deploy`.');
}
/** No deployment has the name, and the inputs do not allow the run to create it. */
function deploymentMayNotBeCreated(name) {
    return new NotInWorkspaceError('Deployment not found', `Deployment "${name}" does not exist in this workspace, and \`if-missing: fail\` does not allow creating it.`, 'Check `name` (it must match exactly), `workspace-id`, and `region` or `control-plane-url`; or omit `if-missing` to create it.');
}
/** The deployment is being deleted and no longer accepts changes. */
function deploymentGoing({ name, updated_at }) {
    const since = updated_at ? `, since ${updated_at.slice(0, 16).replace('T', ' ')} UTC` : '';
    // A preview takes the next name.
    return new NameTakenError('Deployment is being deleted', `Deployment "${name}" is being deleted${since}; its name stays reserved for up to a week.`, 'Set another `name`, or wait until the name is free again.');
}
/** `name` and `deployment-id` belong to different deployments. */
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
/** The source of the deployment does not allow the revision that this run would deploy. */
function sourceDiffers(name, actual, wanted) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Source cannot be changed', `Deployment "${name}" was created from source ${actual}, but this run would deploy ${wanted}. The source of a deployment cannot change.`, `${sourceAdvice(actual)}, or deploy under another \`name\`.`);
}
/** A field that the API only sets at create differs from its input. */
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
/** Groups values by their outcome. */
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



/**
 * Plans which secrets to restore.
 *
 * @param deployed the current secrets
 * @param noCode the reason that no revision can be created; `undefined` when one can
 * @returns `send`: the whole list, because a change replaces all of it
 */
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
/** Returns the labels of the variables that this run changed. */
function changedVariables(written) {
    return [...changedSecrets(written).keys()].map(variableLabel);
}
/** Returns the secrets that this run changed, by name. `before` is the last value that this run did not write. */
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
/** Returns the reason that the list of secrets cannot be sent; `undefined` when it can. */
function whyNotSecrets(next, deployed) {
    if (next.size === 0)
        return 'there were no variables before, and the API cannot remove the last one';
    // Only values that are not restored can be hidden.
    const [hidden] = (0,deployment_hidden/* hiddenNames */.j4)(deployed);
    return hidden && `all variables would have to be sent, and LangSmith hides the value of ${hidden}`;
}
/** Returns the same label for `secrets` and `variables`, because LangSmith does not distinguish them. */
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





/** Settings of `source_config` that can be restored: in place, or with a new revision. */
const EFFECTS = {
    build_on_push: 'place',
    custom_url: 'place',
    resource_spec: 'revision',
    install_command: 'revision',
    build_command: 'revision'
};
/** Settings at the top level of the body that can be restored. */
const TOP_LEVEL = {
    display_name: 'place',
    route_through_gateway: 'place',
    secret_references: 'revision'
};
/** Fields that name the code itself. The redeploy restored them. */
const CODE_FIELDS = new Set(['image_uri', 'source_tarball_path']);
/** Fields that a redeploy restores with the code. A server may return them in another spelling. */
const CODE_PATHS = new Set(['repo_ref', 'langgraph_config_path']);
const NO_VALUE_BEFORE = 'it had no value before, and the API cannot clear it';
/**
 * Plans which settings to restore.
 *
 * @param noCode the reason that no revision can be created; `undefined` when one can
 */
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
    // A server may reformat numbers and add defaults. Only this run can have changed a setting that creates a revision,
    // because the caller checks that no other revision was created.
    const isOurs = sameSetting(name, current, wanted) || effectOf(name) === 'revision';
    if (CODE_PATHS.has(name))
        return isOurs && !isBefore ? { why: 'the redeploy did not restore it' } : 'as-before';
    if (effectOf(name) === undefined)
        return { why: 'this action cannot read its value' };
    if (isBefore)
        return 'as-before';
    if (!isOurs)
        return 'changed-by-others';
    // A key that the spec omits gets the server's default.
    if (before === null && !name.startsWith(SPEC))
        return { why: NO_VALUE_BEFORE };
    return effectOf(name) === 'revision' && noCode ? { why: noCode } : 'put-back';
}
/**
 * Returns the settings that this run changed, with one entry per key of `resource_spec`. `before` is the last value
 * that this run did not write.
 */
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
        // A key that the sent spec omits is removed.
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
/** Returns the settings in a body, by name. */
function settingsIn(body) {
    const { secrets: _, revision_source: __, source_config, source_revision_config, ...rest } = body;
    const code = Object.entries((0,json/* asObject */.eB)(source_revision_config)).filter(([name]) => !CODE_FIELDS.has(name));
    const settings = Object.entries((0,json/* asObject */.eB)(source_config)).flatMap(([name, wanted]) => name === 'resource_spec'
        ? Object.entries((0,json/* asObject */.eB)(wanted)).map(([key, value]) => [`${SPEC}${key}`, value])
        : [[name, wanted]]);
    return [...settings, ...code, ...Object.entries(rest)];
}
/** Returns the value of a setting; `null` when it has none, or when this action does not read it. */
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
    // The API may return a scheme that the input omits.
    if (name === 'custom_url')
        return (0,address/* sameAddress */.x)(String(left ?? ''), String(right ?? ''));
    return (0,json/* sameJson */.Vk)(left, right);
}
/** Returns the whole spec, because a change overwrites all of it. */
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





/**
 * Plans how to restore the values that this run changed, and no others. Pure.
 *
 * A value is restored if it is still the one that this run wrote. It needs no change if it is the previous one. Any
 * other value comes from a user or another run, and stays. A change of `resource_spec` or of the commands creates a
 * revision, and the caller checks that no other revision was created. Another value of these settings is therefore the
 * server's form of the value that this run wrote.
 *
 * @param written the plans that this run sent, in order
 * @param now the current deployment
 * @param target the good revision; a change that creates a revision includes its code
 */
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
/** Returns the names of the values that this run changed in the deployment, besides its code. */
function namesChanged(written) {
    return [...changedSettings(written).map(({ name }) => (0,input_name/* inputLabel */.N)(name)), ...changedVariables(written)];
}
/** Returns the code of a revision of this deployment. */
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
/* harmony export */   sw: () => (/* binding */ isSameCommit),
/* harmony export */   vH: () => (/* binding */ knownCommit),
/* harmony export */   zn: () => (/* binding */ sentAgain)
/* harmony export */ });
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8707);
/* harmony import */ var _image_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1335);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7499);
/* harmony import */ var _sources_kinds_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1216);
/* harmony import */ var _sources_source_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6606);





/** Returns the commit that a revision was built from, if the API reports it. */
function commitOf({ source_revision_config: config }) {
    if (config.repo_commit_sha)
        return config.repo_commit_sha;
    // Real servers put the resolved commit into `repo_ref`.
    return isCommit(config.repo_ref) ? config.repo_ref : undefined;
}
const ENDED_STATUSES = new Set(['DEPLOYED', 'CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED']);
/** True if a revision with this status has ended, so it can no longer be interrupted. */
function hasEnded(status) {
    return ENDED_STATUSES.has(status);
}
/** Returns the revisions in progress, oldest first: the first one delays the others. @param revisions newest first */
function queueOf(revisions) {
    return revisions.filter(({ status }) => !hasEnded(status)).reverse();
}
/**
 * Returns the age of a revision in words; `undefined` if the API does not report its time of creation.
 *
 * @param now in milliseconds since the epoch
 */
function timeUnderWay({ created_at }, now) {
    const ms = now - Date.parse(created_at ?? '');
    return ms >= 0 ? (0,_run_duration_js__WEBPACK_IMPORTED_MODULE_4__/* .inWords */ .r)(ms) : undefined;
}
/** True if a text is a full commit SHA: 40 hex digits, or 64 in a repository with SHA-256. */
function isCommit(text) {
    return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text ?? '');
}
/** True if a ref is the full ref of a tag. A branch is given by its bare name. */
function isTag(ref) {
    return ref.startsWith('refs/tags/');
}
/** True if two commits are the same. One of them may be shortened. */
function isSameCommit(left, right) {
    const [short, long] = left.length < right.length ? [left, right] : [right, left];
    return long.toLowerCase().startsWith(short.toLowerCase());
}
/**
 * True if two paths can refer to the same configuration file. The root of an archive can be any folder of a repository,
 * so one of the paths may omit leading folders.
 */
function isSameConfigPath(left, right) {
    const [longer, shorter] = left.length >= right.length ? [left, right] : [right, left];
    return longer === shorter || longer.endsWith(`/${shorter}`);
}
/**
 * True if a revision can be the result of what was sent. Any revision in the list can come from another run, so each
 * candidate is checked. Two known values that differ never match.
 */
function agrees(sent, revision, deployment) {
    const actual = revision.source_revision_config;
    if (sent.image_uri !== null)
        return actual.image_uri !== null && (0,_image_js__WEBPACK_IMPORTED_MODULE_0__/* .mayBeSameImage */ .Oj)(actual.image_uri, sent.image_uri);
    if (sent.source_tarball_path !== null && actual.source_tarball_path !== sent.source_tarball_path)
        return false;
    // A deployment from GitHub can also have a revision from an archive.
    if (sent.source_tarball_path === null && sent.repo_ref !== null && actual.source_tarball_path !== null)
        return false;
    // A path that the server omits counts as equal.
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
    // The revision has a commit or no ref. The branch of the deployment is reliable only for its latest revision.
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
/** Returns the fields that a redeploy of a revision sends, which are those of the same code. */
function sentAgain(revision) {
    const { source, source_revision_config: config } = revision;
    if ((0,_sources_kinds_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(source).code === 'image')
        return { ..._sources_source_js__WEBPACK_IMPORTED_MODULE_3__/* .NO_CODE */ .Uc, image_uri: config.image_uri, repo_commit_sha: null };
    // A built revision also names its image, but a redeploy may build another one.
    return { ...config, image_uri: null, repo_commit_sha: commitOf(revision) ?? null };
}
/**
 * Returns the commit in the tag of an image, such as `sha-1a2b3c4` or `main-1a2b3c4`: a separate word of 7 to 40 hex
 * digits, or of 64 in a repository with SHA-256. If there are several, returns the longest one.
 */
function commitOfImage(image) {
    const { tag = '' } = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .splitReference */ .mQ)(image ?? '');
    // A tag of digits only is a date or a build number.
    if (/^\d+$/.test(tag))
        return undefined;
    // In the tag of a signature, `sha256-` precedes the digest of the signed image.
    const candidates = tag.match(/(?<![0-9A-Za-z]|sha256-)([0-9a-fA-F]{7,40}|[0-9a-fA-F]{64})(?![0-9A-Za-z])/g) ?? [];
    return [...candidates].sort((left, right) => right.length - left.length)[0]?.toLowerCase();
}
/** Returns the newest revision that is deployed or in progress. All others failed, or were skipped or interrupted. */
function newestAlive(revisions) {
    return revisions.find(({ status }) => status === 'DEPLOYED' || !hasEnded(status));
}
/** Returns the commit of a revision, if LangSmith reports it or the tag of its image contains it. */
function knownCommit(deployment, revision) {
    // A revision can have another source than its deployment.
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



/**
 * Merges the wanted environment into the deployed one. A patch replaces the whole environment, so the list to send also
 * contains the values to keep.
 *
 * @param deployed the deployed variables; `null` when the server does not return them
 * @throws {RefusalError} when the server may hide a value to keep: sending the placeholder would overwrite the value
 */
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
/** Returns the variables in a body that was sent. */
function secretsIn({ secrets }) {
    if (!Array.isArray(secrets))
        return [];
    return secrets.map((secret) => ({ name: String((0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(secret)?.name), value: String((0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(secret)?.value) }));
}
function environmentUnknown() {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Secrets cannot be merged', 'The control plane does not list the secrets of the deployment, so new ones cannot be added to them.', 'Set `secrets-mode: replace` and list all secrets in `secrets`.');
}
/** @param shared names that are suspected only because their values are the same text */
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
/** Joins names in words, such as `A, B and C`. */
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



/**
 * The two spellings of each type: in the documentation (`word`) and in the API (`wire`). The official clients convert
 * the former before they send it. Source: langgraph-cli since 0.4.36, seen on the wire.
 */
const SPELLINGS = [
    { word: 'serverless', wire: 'dev_zero' },
    { word: 'dedicated', wire: 'prod' }
];
/** Types of the pricing that ended in October 2026. A control plane of Cloud may reject them. */
const OLD_TYPES = new Set(['dev_free', 'dev', 'prod']);
/** Default of the official clients for Cloud sources. */
const DEFAULT_TYPE = 'serverless';
/** AWS regions have no deployments that scale to zero. Source: an error of the server; langgraph-cli since 0.4.37. */
const DEFAULT_TYPE_ON_AWS = 'dev';
/** Returns the type of a new deployment on Cloud, in the spelling of the input. */
function chosenType(written, url) {
    return written ?? ((0,_control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .isOnAws */ .PD)(url) ? DEFAULT_TYPE_ON_AWS : DEFAULT_TYPE);
}
/** Returns the setting for a create: sent in the spelling of the API, shown in the spelling of the user. */
function typeSetting(type) {
    const known = SPELLINGS.find(({ word }) => word === type);
    return { field: 'deployment_type', wanted: known?.wire ?? type, shown: type };
}
/** True if two types are the same in either spelling. */
function sameDeploymentType(left, right) {
    return left === right || otherSpelling(left) === right;
}
function otherSpelling(type) {
    const pair = SPELLINGS.find(({ word, wire }) => word === type || wire === type);
    return pair && (pair.word === type ? pair.wire : pair.word);
}
/**
 * Returns the other spelling of the type that a create was refused for. A refused create had no effect, so it can be
 * sent again.
 *
 * @returns `undefined` when the server does not list the other spelling
 */
function respelled(body, refusal) {
    const other = otherSpelling(typeOf(body) ?? '');
    return other && isAboutType(refusal) && typesListed(refusal.detail).includes(other) ? other : undefined;
}
/**
 * Returns the error for a create that was refused because of its type.
 *
 * @param shown the type in the spelling of the input, or the default type
 * @returns `undefined` when the refusal has another reason
 */
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
/** Other words that users may use for the two types, in lowercase. */
const SPOKEN = { production: 'dedicated', development: 'serverless' };
/**
 * Returns the type that an invalid word probably means; `undefined` when the word is a type or has no known meaning.
 */
function meantType(written) {
    const word = written.toLowerCase().replace(/[\s_-]+/g, '');
    const meant = SPOKEN[word] ?? SPELLINGS.find((each) => each.word === word)?.word;
    return meant === written ? undefined : meant;
}
/** Returns the type in the body of a create, as it was sent. */
function typeOf(body) {
    const type = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(body.source_config)?.deployment_type;
    return typeof type === 'string' ? type : undefined;
}
function isAboutType({ status, detail }) {
    return (status === 400 || status === 422) && /deployment[_ -]type/i.test(detail);
}
/** Returns the values that a refusal lists after words such as "should be" in the sentence about the type. */
function typesListed(detail) {
    const [sentence] = /deployment[_ -]type.*/is.exec(detail) ?? [];
    const [, list] = /(?:should be|must be|one of|expected|allowed|permitted|supported|valid values?|options)\b([^;\n]*)/i.exec(sentence ?? '') ?? [];
    const quoted = [...(list ?? '').matchAll(/['"`]([a-z][a-z0-9_]*)['"`]/g)].map(([, type]) => type ?? '');
    const bare = (list ?? '').split(/[^a-z0-9_]+/).filter((word) => /^[a-z][a-z0-9_]*$/.test(word) && !FILLERS.test(word));
    return [...new Set(quoted.length > 0 ? quoted : bare)];
}
/** Words of the sentence that are not values. */
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







/** Returns the source of an existing image. Its listener is looked up at most once. */
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
        // A tag can move to another image, so only equal digests prove that two images are the same.
        isServedBy: ({ source_revision_config: actual }) => isByDigest(inputs.imageUri) && actual.image_uri !== null && (0,_image_js__WEBPACK_IMPORTED_MODULE_1__/* .sameImage */ .G4)(actual.image_uri, inputs.imageUri)
    };
}
/** The listener and its namespace cannot change after creation. */
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
        // The API may return another spelling of the same image, which is not a change.
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
        // The API requires the object at create, where {} means the defaults. A patch overwrites the whole object.
        ...(Object.keys(resourceSpec).length > 0 || !deployment ? [specSetting] : []),
        ...(customUrl === undefined ? [] : [urlSetting(customUrl, current)]),
        ...(secretReferences ? [referencesSetting(secretReferences, deployment?.secret_references ?? [])] : [])
    ];
}
/** The API replaces the whole list. */
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
/** Maps each variable to its Kubernetes Secret and key. */
function shownReferences(references) {
    return Object.fromEntries(references.map(({ name, secret_name, secret_key }) => [name, `${secret_name}/${secret_key}`]));
}
function urlSetting(customUrl, current) {
    const wanted = current && (0,_address_js__WEBPACK_IMPORTED_MODULE_6__/* .sameAddress */ .x)(current, customUrl) ? current : customUrl;
    return { section: 'source_config', field: 'custom_url', wanted, current, effect: 'place' };
}
/** True if a reference always names the same image. */
function isByDigest(imageUri) {
    return /@sha256:[0-9a-f]{64}$/.test(imageUri);
}
/** Returns the only matching listener and its only namespace. The user must choose between several. */
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





/** Returns the source of code on GitHub. Its integration is looked up at most once. */
function githubSource(inputs) {
    let integration;
    return {
        type: 'github',
        label: `${inputs.repoUrl} at ${inputs.repoRef || 'its default branch'}`,
        // The default path is sent only with the first revision, which is recognized without it.
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
/** The repository and its integration cannot change after creation. */
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
/**
 * A path from the inputs is sent with every revision, the default path only with the first one. Otherwise the server
 * keeps its path, which is only shown.
 */
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
    // If the server omits the setting, it is off.
    const current = deployment ? (deployment.source_config.build_on_push ?? false) : null;
    const wanted = buildOnPush ?? current ?? false;
    return { section: 'source_config', field: 'build_on_push', wanted, current, effect: 'place' };
}
function pushesOfTag(name, tag) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Build on push is not supported for tags', `The deployment "${name}" builds each push, but this run would deploy the tag ${tag}, which receives no pushes. LangSmith rejects this combination.`, 'Set `build-on-push: false`, or set `repo-ref` to a branch.');
}
/** True if two URLs name the same repository. GitHub ignores case, `.git` and a trailing slash. */
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
/**
 * Finds a repository and the integration that can read it. Checks the integration of the repository's owner first,
 * because it is nearly always the one.
 *
 * @returns `defaultBranch`: `undefined` when the server does not return it
 * @throws {RefusalError} when no integration can read it
 */
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
/** The API sets the repository and its integration only at create. */
function repositoryMissing(name, source) {
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Deployment has no GitHub repository', `The deployment "${name}" was created from ${source} and has no GitHub repository. LangSmith sets the repository only when a deployment is created, so it cannot build this deployment from GitHub.`, 'Set `source-type: internal_source` to deploy the checked-out workspace, or use another `name`.');
}
function noIntegration(repoUrl, integrations, link) {
    const accounts = integrations.map(({ name, id }) => `${name || 'unnamed'} (${id})`).join(', ');
    return new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('GitHub integration not found', integrations.length === 0
        ? `The workspace has no GitHub integration, so LangSmith cannot read ${repoUrl}.`
        : `The workspace's GitHub integrations cannot read ${repoUrl}: ${accounts}.`, `Install the LangSmith GitHub App on the account and grant it access to this repository (${link ?? 'LangSmith > Deployments > New deployment > Import from GitHub'}), or set \`integration-id\`.`);
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







/** Returns the source of an existing image. `prepare` finds the image, and `upload` pushes it. */
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
        },
        upload: async (context, deployment) => {
            found ??= await locate(context, inputs);
            pushed = await push(context, inputs, found, deployment);
        },
        fixedSettings: async (_client, { url }) => [(0,deployment_type/* typeSetting */.nA)((0,deployment_type/* chosenType */.x3)(deploymentType, url))],
        // The deployment type cannot change either, but servers return other words for it than they accept.
        checkFixed: ({ name, source }) => {
            if (source !== 'internal_docker')
                throw pushNotAccepted(name);
        },
        settings: (deployment) => settingsOfPush(imageUri, pushed ?? servedAs(found, deployment), deployment),
        isServedBy: ({ source_revision_config: { image_uri } }) => image_uri !== null && (pushed === null ? holds(image_uri, found) : (0,deployment_image/* sameImage */.G4)(image_uri, pushed))
    };
}
const LATE_FIELD = 'image_uri';
/** Returns the image of the deployment if it is the one to push. */
function servedAs(found, deployment) {
    const image = deployment?.source_revision_config.image_uri ?? null;
    return image !== null && holds(image, found) ? image : null;
}
/** True if an image is the found one, because a push keeps the digest. False when the tool reports no digest. */
function holds(image, found) {
    return found?.seen.digest !== undefined && image.endsWith(`@${found.seen.digest}`);
}
/** @param known the image with its digest in LangSmith's registry, if known */
function settingsOfPush(imageUri, known, deployment) {
    if (!deployment)
        return [];
    const current = deployment.source_revision_config.image_uri;
    return [
        {
            section: 'source_revision_config',
            field: LATE_FIELD,
            // The digest is unknown before the push. A plan from that time is only shown.
            wanted: known ?? imageUri,
            current: known !== null && current !== null && (0,deployment_image/* sameImage */.G4)(current, known) ? known : current,
            effect: 'always'
        }
    ];
}
/** Maximum time of a command that inspects the image, in milliseconds. The command may have to pull the image. */
const LONGEST_SEARCH_MS = 15 * 60_000;
const LONGEST_PUSH_MS = 30 * 60_000;
const REPORT_EVERY_MS = 60_000;
/** Finds the image and checks it, before anything is written. @throws {RefusalError} */
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
/** Returns the function that runs tools. */
async function askWith({ limits }, inputs, mostMs) {
    const { runTool } = await __nccwpck_require__.e(/* import() */ 599).then(__nccwpck_require__.bind(__nccwpck_require__, 2599));
    return (command, args, variables = {}) => runTool({ command, args, environment: { ...inputs.environment, ...variables }, limits, mostMs });
}
/** Pushes the image. A failed push is repeated with a new token. @returns the image with its digest */
async function push(context, inputs, { tool, seen }, deployment) {
    const { ToolError } = await __nccwpck_require__.e(/* import() */ 599).then(__nccwpck_require__.bind(__nccwpck_require__, 2599));
    const { withLogin } = await __nccwpck_require__.e(/* import() */ 23).then(__nccwpck_require__.bind(__nccwpck_require__, 1023));
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
            // Omits the output of the tool, which is redacted only in errors.
            progress.note(`The push failed; retrying in ${afterMs / 1_000} s with a new token.`);
            await (0,run_limits/* pause */.v7)(limits, afterMs);
        }
    }
}
/** Returns the found image by its digest, because its tag may have moved since. */
function pinned(imageUri, digest) {
    return digest === undefined ? imageUri : `${imageUri.replace(/@.*$/, '').replace(/:[^:/]*$/, '')}@${digest}`;
}
/**
 * Number of digits in the tag, as in Docker's short IDs. The tag keeps the registry from removing the image, so it must
 * be unique. The revision names the digest.
 */
const TAG_DIGITS = 12;
/** Reports regularly that the push is in progress. */
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
/** Returns the repository for the image of a deployment, and the token for it. @throws {RefusalError} */
async function repositoryFor({ client }, { id, name }) {
    const given = await client.pushToken(id).catch((error) => {
        throw error instanceof errors/* ApiError */.hD ? (tokenRefused(name, error) ?? error) : error;
    });
    const repository = given.repository ?? `${given.registry}/${componentOf(name)}`;
    // Without a host, the tools would treat the first part as an account of Docker Hub and send the token there.
    if (!(0,image_reference/* isRegistryHost */.EV)(repository.split('/')[0] ?? '') || !(0,image_reference/* isImageReference */.hb)(repository)) {
        throw new errors/* RefusalError */.XQ('Invalid registry', 'LangSmith returned a registry address that is not a valid repository name.', 'Report this to LangSmith. No image was pushed.');
    }
    return { ...given, repository };
}
/** Converts the name of a deployment to a valid part of an image name. */
function componentOf(name) {
    return (name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '') || 'agent');
}
function tokenRefused(name, behind) {
    return behind.status === 400 && /only available for/i.test(behind.detail) ? pushNotAccepted(name, behind) : undefined;
}
/** Also thrown before a token is requested, because a dry run requests no token. */
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
    const said = misses.map(({ tool, said: words }) => (0,sentence/* sentence */.e)(`${tool.name}: ${words}`)).join('\n');
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









/** Returns the source of the workspace. `prepare` packs the archive, and `upload` sends it. */
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
        // The deployment type cannot change either, but servers return other words for it than they accept.
        checkFixed: () => { },
        settings: (deployment) => settingsOfArchive(inputs, objectPath, deployment),
        // Archives of the same tree are identical, but the API does not report the content of an earlier archive.
        isServedBy: () => false
    };
}
const internal_source_LATE_FIELD = 'source_tarball_path';
/** Packs the workspace into a file, and reports notices and warnings. @throws {RefusalError} when packing fails */
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
            // The path is unknown before the upload. A plan from that time is only shown.
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
/** Uploads the archive. A broken upload is retried once with a new address, because an address is valid only once. */
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
            progress.note(`The upload failed (${failureWithCode(error)}); retrying once with a new address.`);
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
/** True if the archive is too large for the store. A retry would not help. */
function isTooLarge(error) {
    return error instanceof errors/* ApiError */.hD && (0,store_reason/* storeFault */.QA)(error) === 'size';
}
function uploadFailed(host, tries, behind) {
    const isAnswer = behind instanceof errors/* ApiError */.hD;
    return new errors/* RefusalError */.XQ('Upload failed', isAnswer
        ? `The object store ${host} rejected the archive${tries > 1 ? ' twice' : ''}.`
        : `The upload of the archive to ${host} failed twice.`, isAnswer ? STORE_ADVICE[(0,store_reason/* storeFault */.QA)(behind)] : REACH_ADVICE, behind);
}
const REACH_ADVICE = 'Check that this runner can reach that host through any proxy or firewall. Each attempt used a new address.';
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





/** Creates each source from its inputs. */
const SOURCES = {
    github: github/* githubSource */.jM,
    external_docker: external_docker/* externalDockerSource */.j,
    internal_source: internalSource,
    internal_docker: internalDockerSource
};
/** Returns the source that the inputs describe. */
function sourceOf(inputs) {
    return SOURCES[inputs.type](inputs);
}
/** True if the inputs are those of a source with this kind of code. */
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
/** One entry for each source of the API. */
const KINDS = {
    github: { code: 'repository', isCloudOnly: true, logs: ['build', 'deploy'] },
    external_docker: { code: 'image', isCloudOnly: false, logs: ['deploy'] },
    internal_source: { code: 'archive', isCloudOnly: true, logs: ['build', 'deploy'] },
    internal_docker: { code: 'image', isCloudOnly: true, logs: ['build', 'deploy'] }
};
/** The sources that this action deploys. A table that omits one of them does not compile. */
const SOURCE_TYPES = (/* unused pure expression or super */ null && ([
    'github',
    'external_docker',
    'internal_source',
    'internal_docker'
]));
const UNKNOWN = { code: 'unknown', isCloudOnly: false, logs: ['build', 'deploy'] };
/** Returns the properties of a source by its name in the API. Assumes nothing of an unknown or missing source. */
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
/** The code fields of a revision, all unset. */
const NO_CODE = {
    repo_ref: null,
    langgraph_config_path: null,
    image_uri: null,
    source_tarball_path: null
};
/** Default path of the LangGraph configuration, as in the official tools. */
const DEFAULT_CONFIG_PATH = 'langgraph.json';
/** True if both values are set and differ. */
function differs(actual, wanted) {
    return Boolean(actual) && Boolean(wanted) && actual !== wanted;
}
/** Returns a setting of built sources that is sent only if the user sets it. */
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
/** Returns the texts in the settings of a deployment. They may contain credentials, as in `repo_url`. */
function settingTexts({ url, source_config }) {
    return textsOf([url, source_config]);
}
/** Returns all strings in a JSON value, without the keys. */
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







/** Maximum difference between the clocks of runner and server, in milliseconds. */
const CLOCK_SKEW_MS = 300_000;
/** Maximum age of a deployment that caused a 409 and counts as created by this run, in milliseconds. */
const CONFLICT_AGE_MS = 60_000;
/**
 * Searches once for the revision that a write created. The list can lag behind, so the latest revision of the
 * deployment is read by its ID if the list omits it.
 *
 * @param deployment from the response to the write, or read after the write
 * @param seen IDs of the revisions that existed right before this send, which the response cannot mean
 */
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
/**
 * Searches once for the effect of a write in doubt.
 *
 * @returns `other` if a deployment that this run did not create has the name; `undefined` if there is no effect (yet)
 */
async function findEffect(client, intent, recall = {}) {
    if (intent.created)
        return findCreated(client, intent, intent.created, recall);
    if (!intent.deploymentId)
        return undefined;
    const deployment = await client.deployment(intent.deploymentId);
    // Another run can have sent the same code with other secrets.
    if (!carries(deployment, recall.body ?? {}))
        return undefined;
    // Earlier sends may have taken effect too; the newest replaces the others.
    const { ours, isNamedMissing, isAhead } = await findCandidates(client, deployment, intent);
    // If only this run can have sent the code, the oldest match is its own: later changes of secrets repeat the code.
    const revision = ours.at(intent.isUnique ? -1 : 0);
    if (!revision)
        return undefined;
    const isSame = !recall.conflict || isSameCode(revision, recall.conflict);
    if (isSame === false)
        return undefined;
    const isClear = isSame === true && !isNamedMissing && !isAhead;
    return { deployment, revision, isConfirmed: isClear && isConfirmed(intent, revision) };
}
/** True if a deployment has the secrets and plain settings of a sent body, as far as the server returns them. */
function carries({ secrets, source_config: actual }, body) {
    const known = new Map(Object.entries(actual));
    const isSame = ([field, wanted]) => !COMPARABLE.has(field) || (known.get(field) ?? wanted) === wanted;
    return hasValues(secrets, (0,_secrets_js__WEBPACK_IMPORTED_MODULE_4__/* .secretsIn */ .V)(body)) && Object.entries((0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(body.source_config) ?? {}).every(isSame);
}
/** Settings that a server returns exactly as they were sent. */
const COMPARABLE = new Set(['build_on_push', 'install_command', 'build_command']);
/** True if an environment has these values. Hidden values count as equal. */
function hasValues(actual, wanted) {
    if (actual === null)
        return true;
    const values = new Map(actual.map(({ name, value }) => [name, value]));
    const hidden = (0,_hidden_js__WEBPACK_IMPORTED_MODULE_1__/* .hiddenNames */ .j4)(actual);
    return wanted.every(({ name, value }) => values.get(name) === value || hidden.has(name));
}
/** Searches once for the revision of a write with a response. @param namedId the revision that the response names */
async function findAnswered(client, deploymentId, intent, namedId) {
    const deployment = await client.deployment(deploymentId);
    const named = namedId === undefined ? undefined : await client.glanceRevision(deploymentId, namedId);
    if (named && agrees(intent.sent, named, deployment))
        return { deployment, revision: named, isConfirmed: true };
    // Until the named revision can be read, any other match belongs to another run.
    if (namedId !== undefined && !named)
        return undefined;
    const { ours } = await findCandidates(client, deployment, intent);
    const revision = ours.at(intent.created || intent.isUnique ? -1 : 0);
    return revision && { deployment, revision, isConfirmed: false };
}
/**
 * Recognizes a create by the first revision of the deployment. The deployment itself has the configuration of its
 * latest revision, which another run may have created.
 */
async function findCreated(client, { name, sent }, created, recall) {
    const deployment = await (0,_find_js__WEBPACK_IMPORTED_MODULE_0__/* .findByName */ ._U)(client, name);
    if (!deployment || (0,_find_js__WEBPACK_IMPORTED_MODULE_0__/* .isGoing */ .jf)(deployment))
        return undefined;
    if (!hasTraits(deployment, created))
        return 'other';
    const { resources } = await client.revisions(deployment.id);
    const first = resources.at(-1);
    // Without a later revision, the environment is still that of the create. After a conflict, it must match in any case.
    const isLatest = deployment.latest_revision_id === (first?.id ?? null);
    const isUntouched = isLatest && resources.length <= (created.makesRevision ? 1 : 0);
    if ((isUntouched || recall.conflict) && !hasEnvironment(deployment, created, (0,_secrets_js__WEBPACK_IMPORTED_MODULE_4__/* .secretsIn */ .V)(recall.body ?? {})))
        return 'other';
    if (!isYoung(deployment.created_at ?? first?.created_at, created, recall))
        return 'other';
    // A deployment that was created without a revision is recognized even if another run has added one.
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
/** True if a deployment is new enough to come from this create. A lagging list may have omitted an older equal one. */
function isYoung(createdAt, { sentAt }, { conflict }) {
    const at = Date.parse(createdAt ?? '');
    return conflict ? at >= sentAt - CONFLICT_AGE_MS : Number.isNaN(at) || at >= sentAt - CLOCK_SKEW_MS;
}
/** True if a revision was built from this commit, not for another run. `undefined` while its commit is unknown. */
function isSameCode(first, { commit }) {
    if (first.source_revision_config.repo_ref === null)
        return true;
    const built = (0,_revision_js__WEBPACK_IMPORTED_MODULE_3__/* .commitOf */ .D3)(first);
    return built === undefined ? undefined : built === commit;
}
function isConfirmed({ sent }, revision) {
    return isSureImage(sent, revision) && (!sent.repo_commit_sha || (0,_revision_js__WEBPACK_IMPORTED_MODULE_3__/* .commitOf */ .D3)(revision) !== undefined);
}
/** True if the server returns the image as it was sent. A tag and a digest may mean the same image. */
function isSureImage({ image_uri: wanted }, { source_revision_config }) {
    return wanted === null || (0,_image_js__WEBPACK_IMPORTED_MODULE_2__/* .sameImage */ .G4)(source_revision_config.image_uri ?? '', wanted);
}


/***/ }),

/***/ 2877:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bi: () => (/* binding */ writerOf),
/* harmony export */   d8: () => (/* binding */ isLater),
/* harmony export */   kN: () => (/* binding */ withMark),
/* harmony export */   rZ: () => (/* binding */ isMarked)
/* harmony export */ });
/**
 * Adds the hidden mark to the text of a comment.
 *
 * @param run the run that writes the comment; `undefined` outside of a workflow
 * @param hasEnded whether the text reports the end of that run
 */
function withMark(body, mark, run, hasEnded = false) {
    const writer = run ? `<!-- run: ${run.id}/${run.attempt}${hasEnded ? ' ended' : ''} -->\n` : '';
    return `${markText(mark)}\n${writer}${body}`;
}
/** Tells if a comment has the mark. */
function isMarked(body, mark) {
    return body.startsWith(markText(mark));
}
/** The run that last wrote a comment, and whether it reported its end. */
function writerOf(body) {
    const [, id, attempt, ended] = /^<!-- run: (\d+)\/(\d+)( ended)? -->$/m.exec(body) ?? [];
    const writer = id && attempt ? { id: Number(id), attempt: Number(attempt) } : undefined;
    return { writer, isOfEnded: ended !== undefined };
}
/** Tells if one run started after another. Compares IDs, because the clocks of runners differ. */
function isLater(one, other) {
    if (!one || !other)
        return false;
    return one.id === other.id ? one.attempt > other.attempt : one.id > other.id;
}
/** Names are percent-encoded, so they cannot end the HTML comment. */
function markText({ name, place, pullRequest }) {
    return `<!-- langsmith-deploy-action: ${encodeURIComponent(name)} #${pullRequest} at ${encodeURIComponent(place)} -->`;
}


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




/** The maximum length of a status description on GitHub. */
const LONGEST_DESCRIPTION = 140;
/** The key in the payload under which this action stores its data. */
const PAYLOAD_KEY = 'langsmith';
/** The permission that the token needs to write deployments, in workflow syntax. */
const WRITE_DEPLOYMENTS = 'deployments: write';
/**
 * The task of the deployments with a mark. GitHub filters by task, and an environment can have thousands of
 * deployments, such as the environment that all previews share.
 */
function taskOf({ name, place }) {
    const digest = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(`${place}/${name}`).digest('hex');
    return `deploy:langsmith-${digest.slice(0, 12)}`;
}
/**
 * Creates a GitHub deployment of a ref (`POST /repos/{owner}/{repo}/deployments`), without a merge and without required
 * checks: the workflow has already made both decisions.
 *
 * @returns its ID; `undefined` if it could not be created
 */
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
            // For a permanent environment, GitHub derives from the name whether it is production.
            ...(transient ? { transient_environment: true, production_environment: false } : {})
        });
        // A proxy page has no ID. Neither has the response about an automatic merge, which is disabled here.
        if (!(0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(data) || !('id' in data))
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .UnusableAnswer */ .kf('not a deployment');
        return data.id;
    });
}
/** Sets the next status of a deployment. @param failure start of the warning @returns whether GitHub accepted it */
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
        // Other workflows may deploy to the environment too; this action sets only its own deployments to inactive.
        auto_inactive: false,
        ...(environmentUrl ? { environment_url: environmentUrl } : {}),
        ...(logUrl ? { log_url: logUrl } : {})
    });
}
/**
 * Lists one page of this action's deployments with a mark, newest first (`GET /repos/{owner}/{repo}/deployments`). A
 * page can be short although more pages follow.
 *
 * @param page from 1
 */
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
/** This action's data in a payload. Older servers return the payload as text. */
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
/** Shortens a description to the length that GitHub accepts. */
function shortDescription(text) {
    if (text.length <= LONGEST_DESCRIPTION)
        return text;
    // The last character may be half of a surrogate pair.
    return `${text.slice(0, LONGEST_DESCRIPTION - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
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
/* harmony import */ var _control_plane_network_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7911);
/* harmony import */ var _control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2878);
/* harmony import */ var _run_error_message_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4062);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1379);
/* harmony import */ var _run_sentence_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(857);





/** GitHub's response lacks the requested data. */
class UnusableAnswer extends Error {
    name = 'UnusableAnswer';
}
/** An HTML page instead of JSON. Proxies and firewalls return such pages, and GitHub does during an outage. */
class PageAnswer extends UnusableAnswer {
    constructor(page) {
        super(pageWords(page));
    }
}
/** Classifies an Octokit error. Octokit reports a failed connection as status 500 without a response. */
function readFailure(error) {
    const { name, status, response, errors, cause } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(error) ?? {};
    const message = (0,_run_sentence_js__WEBPACK_IMPORTED_MODULE_3__/* .clause */ .s)(brief(githubMessage(error)));
    if (typeof status === 'number' && response !== undefined)
        return readAnswer(status, message, (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(response)?.headers);
    if (Array.isArray(errors))
        return readGraphqlErrors(errors);
    if (error instanceof UnusableAnswer)
        return { kind: 'unusable', message };
    if (isMisread(error))
        return { kind: 'unusable', message: 'the requested data is missing' };
    const names = [name, (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(cause)?.name];
    return names.some((text) => text === 'TimeoutError' || text === 'AbortError')
        ? { kind: 'unanswered' }
        : { kind: 'unreachable', message: (0,_run_sentence_js__WEBPACK_IMPORTED_MODULE_3__/* .clause */ .s)(brief(connectionFault(cause) ?? githubMessage(error))) };
}
function readAnswer(status, message, headers) {
    const header = (name) => {
        const value = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(headers)?.[name];
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
/** Classifies GraphQL errors by the first one, which has a type instead of an HTTP status. */
function readGraphqlErrors(errors) {
    const { type, message } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(errors[0]) ?? {};
    const text = (0,_run_sentence_js__WEBPACK_IMPORTED_MODULE_3__/* .clause */ .s)(brief(typeof message === 'string' ? message : 'no error message'));
    const refusal = type === 'RATE_LIMITED' ? 'limit' : refusalOf(403, text, false);
    return { kind: 'answered', status: undefined, message: text, ...(refusal ? { refusal } : {}) };
}
/**
 * Derives the reason of a refusal. Nearly all refusals have status 403, so only their messages distinguish them:
 * docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api and rate-limits-for-the-rest-api.
 */
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
/** Tells if code failed on an unexpected response shape: connection errors have a cause, system errors a code. */
function isMisread(error) {
    const { name, code, cause } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(error) ?? {};
    return name === 'TypeError' && code === undefined && cause === undefined;
}
/** The connection error that fetch and Octokit wrap; `undefined` if Node or undici did not raise the cause. */
function connectionFault(cause) {
    for (let inner = cause; (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(inner); inner = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(inner)?.cause) {
        if (typeof (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(inner)?.code === 'string')
            return (0,_control_plane_network_js__WEBPACK_IMPORTED_MODULE_0__/* .unreachable */ .HB)(inner).message;
    }
    return undefined;
}
/**
 * The wait that `Retry-After` requests, in milliseconds, at most one minute; `undefined` if the header is absent.
 *
 * @param now milliseconds since the epoch
 */
function retryAfterOf(error, now) {
    const value = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(error)?.response)?.headers)?.['retry-after'];
    return (0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .askedMs */ .vk)((0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRetryAfter */ .mu)(typeof value === 'string' ? value : undefined, now));
}
/** Tells if an Octokit error is a 404. */
function isNotFound(error) {
    const failure = readFailure(error);
    return failure.kind === 'answered' && failure.status === 404;
}
/** Tells if there was no response at all: GitHub is down or unreachable. */
function isUnanswered({ kind }) {
    return kind === 'unreachable' || kind === 'unanswered';
}
/** Tells if a retry may succeed. */
function isTransient(failure) {
    return failure.kind === 'unreachable' || (failure.kind === 'answered' && (failure.status ?? 0) >= 500);
}
/** Tells if GitHub refuses the call permanently, in contrast to a rate limit. */
function isDenied(failure) {
    return failure.kind === 'answered' && failure.refusal !== undefined && failure.refusal !== 'limit';
}
/** Describes a failure, with advice. @param permission the permission that the token needs, in workflow syntax */
function explainFailure(failure, permission) {
    switch (failure.kind) {
        case 'unanswered':
            return 'GitHub did not respond in time.';
        case 'unreachable':
            return `GitHub could not be reached (${failure.message}).`;
        case 'unusable':
            return `GitHub returned an invalid response (${failure.message}).`;
        case 'answered':
            return [
                `GitHub returned ${[failure.status, `(${failure.message})`].filter(Boolean).join(' ')}.`,
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
            return 'An archived repository is read-only.';
        default:
            // GitHub also returns 404 for resources that the token must not read.
            return status === 404 && accepted
                ? `If it exists, the job's token needs \`permissions: ${permission}\`${quoted}.`
                : '';
    }
}
/** GitHub's message without the documentation link that Octokit appends; for an HTML page, its title. */
function githubMessage(error) {
    const data = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(error)?.response)?.data;
    if (typeof data === 'string' && isPage(data))
        return pageWords(data);
    const said = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(data)?.message;
    return typeof said === 'string' ? said : (0,_run_error_message_js__WEBPACK_IMPORTED_MODULE_4__/* .errorMessage */ .g)(error);
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
/** A proxy may return a whole page as its message. */
const LONGEST_GITHUB_MESSAGE = 200;
function brief(text) {
    return text.length > LONGEST_GITHUB_MESSAGE ? `${text.slice(0, LONGEST_GITHUB_MESSAGE)}…` : text;
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

/** GitHub refused a part of a GraphQL request. */
class GraphqlRefusal extends Error {
    name = 'GraphqlRefusal';
    errors;
    constructor(errors) {
        super(errors[0]?.message ?? 'no error message');
        this.errors = errors;
    }
}
/** Sends a GraphQL document. @throws an Octokit error if the response has no data at all */
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
/** Returns the value at a path of fields. @throws GraphqlRefusal if GitHub refused it */
function fieldAt({ data, errors }, ...path) {
    const found = path.reduce((value, name) => (0,_run_object_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .I)(value)?.[name], data);
    const isMissing = Array.isArray(found) ? found.every((one) => one === null) : (found ?? null) === null;
    const faults = isMissing ? errors.filter((fault) => fault.path === undefined || isAbove(fault.path, path)) : [];
    if (faults.length > 0)
        throw new GraphqlRefusal(faults);
    return found;
}
/** Tells if an error at one path affects another path: one path is a prefix of the other. */
function isAbove(one, other) {
    return one.every((name, index) => index >= other.length || name === other[index]);
}
/** The objects in a list; empty if the value is not a list. */
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


/** The maximum number of pages to read, with 100 deployments each; older deployments are irrelevant. */
const MOST_PAGES = 10;
/** Yields this action's deployments with their statuses, newest first; reads a page only when it is needed. */
async function* standingOf(call, filter) {
    for (let page = 1; page <= MOST_PAGES; page += 1) {
        const { own, hasMore } = await (0,_deployments_js__WEBPACK_IMPORTED_MODULE_0__/* .listOwn */ .Zv)(call, filter, page);
        yield* await (0,_standing_js__WEBPACK_IMPORTED_MODULE_1__/* .readStatuses */ .r_)(call, own);
        if (!hasMore)
            return;
    }
}
/**
 * Finds a deployment whose creation got no response: this action's newest deployment of the commit, if it has no
 * status.
 *
 * @returns its ID; `undefined` if there is none
 */
async function findUnanswered(session, { environment, ref, mark }) {
    const found = await session.ask({ permission: _deployments_js__WEBPACK_IMPORTED_MODULE_0__/* .WRITE_DEPLOYMENTS */ .zO, repeatable: true }, async (call) => {
        const { own } = await (0,_deployments_js__WEBPACK_IMPORTED_MODULE_0__/* .listOwn */ .Zv)(call, { mark, environment, sha: ref });
        const [newest] = await (0,_standing_js__WEBPACK_IMPORTED_MODULE_1__/* .readStatuses */ .r_)(call, own.slice(0, 1));
        return newest?.statuses.length === 0 ? newest.id : null;
    });
    return found ?? undefined;
}
/**
 * Finds the commit of a revision in the statuses that earlier runs set.
 *
 * @param failure start of the warning if GitHub returns no usable response
 * @returns `unknown` if no status names the revision; `undefined` without a usable response
 */
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
/**
 * Finds the folder from which the deployment was last packed, in the payloads of earlier runs: the folder of the newest
 * successful run, else of the newest run.
 *
 * @returns `undefined` if no payload names a folder, or without a usable response
 */
async function folderOfDeployment(session, filter) {
    return session.ask({ permission: 'deployments: read', repeatable: true }, async (call) => {
        let newest;
        for await (const deployment of standingOf(call, filter)) {
            const { folder } = deployment.payload;
            if (typeof folder !== 'string')
                continue;
            newest ??= folder;
            // A deployment that later became inactive keeps its older statuses.
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


/**
 * Reads the present state of a pull request through GitHub's REST API (`GET
 * /repos/{owner}/{repo}/pulls/{pull_number}`).
 *
 * @param failure start of the warning if GitHub returns no usable response; if absent, no warning is issued
 * @returns `unknown` if GitHub returns 404: the pull request does not exist, or the token cannot read it; `undefined`
 * without a usable response
 */
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
/** The permission that the token needs to read pull requests, in workflow syntax. */
const READ_PULL_REQUESTS = 'pull-requests: read';
/** Validates the response: a proxy's page or another pull request must not count. */
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
/* harmony import */ var _control_plane_network_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7911);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1298);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8508);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(220);





/** This and the budget of the post step are half a minute together. */
const BUDGET_MS = 20_000;
const GITHUB_REQUEST_MS = 10_000;
/** Rows on a page of a list; the API accepts 1 to 100. */
const GITHUB_PAGE_SIZE = 100;
const MOST_TRIES = 3;
const RETRY_PAUSE_MS = 1_000;
/** Time without calls after GitHub did not respond at all. */
const REST_MS = 60_000;
/** Creates a session with GitHub. Octokit is loaded at the first call, because most runs never make one. */
function createGithubSession(options) {
    const { access, proxy = {}, clock, cancelled, warn } = options;
    const reportOnce = createFailureReport(warn);
    const denied = new Set();
    const { timeLeft, during } = createBudget(options);
    let octokit;
    let restsUntil = 0;
    const once = async (question, call) => {
        octokit ??= connect(access, proxy);
        // A repeatable call ends immediately when the job is cancelled: more important work needs the time.
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
        // A refusal without a warning must not suppress the warning of a later one.
        if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .isDenied */ .GZ)(failure) && question.failure !== undefined)
            denied.add(question.permission);
        // A call without a warning is not important enough to stop the calls that follow.
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
                // A pause that exceeds the remaining budget is a failure immediately.
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
/** Pause before the next try, in milliseconds; `undefined` if there is no further try. Pure. */
function retryPauseMs(failure, { repeatable }, tries, askedMs) {
    const mayGoBetter = (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .isTransient */ .dg)(failure) || askedMs !== undefined;
    if (!repeatable || tries >= MOST_TRIES || !mayGoBetter)
        return undefined;
    return Math.max(RETRY_PAUSE_MS * tries, askedMs ?? 0);
}
/** Reports each failure once. If GitHub does not respond, reports only the first: the others have the same cause. */
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
/** Parameters that all requests of one call share. */
function targetOf(repository, signal, timeLeft) {
    const [owner = '', repo = ''] = repository.split('/');
    return {
        owner,
        repo,
        // One call can make many requests, each with a separate timeout.
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
        // Octokit's own fetch would use HTTP/2 if the server offers it.
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
/** The REST API version that the types and tests of this action describe. */
const API_VERSION = '2022-11-28';
/** Reads the body here, so that a truncated body is a connection error: Octokit would treat it as an empty response. */
async function fetchWhole(url, options) {
    const response = await (0,undici__WEBPACK_IMPORTED_MODULE_0__.fetch)(url, options);
    const text = await response.text();
    const { status, statusText, headers } = response;
    return new undici__WEBPACK_IMPORTED_MODULE_0__.Response(text === '' ? null : text, { status, statusText, headers });
}
const silent = () => { };
/** Keeps Octokit from writing its own messages to the job log. */
const NO_LOG = { debug: silent, info: silent, warn: silent, error: silent };
/** Creates the time budget of the calls. Overlapping calls count once. */
function createBudget({ clock, cancelledAt, onWait = () => { }, budgetMs = BUDGET_MS }) {
    let before = 0;
    let running = 0;
    let since = 0;
    const elapsed = () => before + (running > 0 ? clock.now() - since : 0);
    return {
        /** Maximum duration of the next request, in milliseconds. */
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
/** Reads all requested parts of the state in one query; only further pages of a list take more queries. */
async function lookAtStanding(session, { deployments: filter, comment: mark }) {
    const first = filter && (await session.ask(RETIREMENT, (call) => (0,_deployments_js__WEBPACK_IMPORTED_MODULE_0__/* .listOwn */ .Zv)(call, filter)));
    const query = shared((call) => queryStanding(call, { own: first?.own ?? [], pullRequest: mark?.pullRequest }));
    const [deployments, comment] = await Promise.all([
        filter && first && session.ask(RETIREMENT, (call) => standingIn(call, filter, first, query)),
        mark && session.ask(COMMENT, async (call) => commentIn(call, mark, await query(call)))
    ]);
    return { deployments, comment };
}
/** Shares one request between two callers; after a failure, their retries share the next request. */
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
/** Tells if one of the statuses is a success: that run has already set the older deployments to inactive. */
function hasSucceeded({ statuses }) {
    return statuses.some(({ isSuccess }) => isSuccess);
}
/** Reads the statuses of deployments in one query. */
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
        // It may have been deleted in the meantime.
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
/** The first comment with the mark by the token's own account: any user can copy a mark into a comment. */
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
/** Tells if an account wrote a comment. Comments name a bot without the suffix `[bot]`, which its account has. */
function isBy(login, { viewerDidAuthor, author }) {
    const { __typename: kind, login: name } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .I)(author) ?? {};
    return viewerDidAuthor === true || (kind === 'Bot' && login === `${name}[bot]`);
}
/** Sends the query. @param asked.after the cursor after which comments are listed */
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

/***/ 7198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   aF: () => (/* binding */ probableDuration),
/* harmony export */   wN: () => (/* binding */ writtenDuration)
/* harmony export */ });
/** Parses `90s`, `30m`, `1h30m` or plain seconds as milliseconds; `undefined` for any other text. */
function parseDuration(text) {
    if (/^\d+$/.test(text))
        return Number(text) * 1000;
    const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text.toLowerCase());
    if (!match || text === '')
        return undefined;
    const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
    return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
/** Formats milliseconds as an input accepts them, such as `1h30m`. */
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
/**
 * Returns the valid duration that an invalid text probably means: ISO 8601 (`PT30M`), a clock (`00:30:00`), words and
 * fractions (`30 minutes`, `1.5h`).
 */
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





/**
 * Returns the problem of a value, based on the kind of its input only: the end of a sentence that begins with the name
 * of the input and ends with the cure. `orElse` is a word that the input accepts instead of an ID.
 */
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
/** `all` lists the choices. */
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
/** Returns the problem of a duration that must be within bounds, inclusive. */
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
/**
 * Returns the choice that a text probably means: another spelling, a word of another tool, or a typo. Case and
 * separators are ignored.
 */
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
/** Returns the boolean for a word of YAML 1.1 or of ordinary language. */
function probableFlag(written) {
    const word = written.toLowerCase().replace(/^["']|["']$/g, '');
    if (/^(true|yes|y|on|1|t|enabled?|always)$/.test(word))
        return 'true';
    return /^(false|no|n|off|0|f|disabled?|never|none|null)$/.test(word) ? 'false' : undefined;
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



/*
 * Suggestions for a value that fits another input, or that contains the correct value. Each function returns a sentence
 * with the suggestion.
 */
const UUID_PATTERN = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const AT_END = '(?![0-9a-z-])';
/** Returns a suggestion for a text that is not an ID, if it contains one. */
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
/**
 * Returns the ID in a URL. URLs of LangSmith pages also contain the ID of the organization, so the segment before an ID
 * determines its kind.
 */
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
/** Returns why a text is not a deployment name but something else, as the end of a sentence that quotes the text. */
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
/** Returns a suggestion for a text that is not a repository URL. `server` is a URL such as `https://github.com`. */
function probableRepository(text, server) {
    const plain = text
        .replace(/[?#].*$/, '')
        .replace(/\/+$/, '')
        .replace(/^(git\+)?(?=[a-z]+:\/\/)/, '')
        // The host for SSH over port 443 and an alias in an SSH configuration both mean github.com.
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
/** Returns a suggestion for a text that is neither a branch nor a tag. */
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
/** Commands for one deployment. */
const OF_ONE = ['deploy', 'wait', 'redeploy', 'delete', 'status', 'logs', 'interrupt'];
const DEPLOY = ['deploy'];
/** Commands that create a revision. */
const WRITING = ['deploy', 'redeploy'];
/** Commands that follow a revision. */
const FOLLOWING = ['deploy', 'redeploy', 'wait'];
/** Commands that report to GitHub. */
const TOLD = ['deploy', 'redeploy', 'wait', 'delete', 'sweep'];
const LOGS = ['logs'];
const SWEEP = ['sweep'];
const GITHUB = ['github'];
/** Sources with an existing image. */
const IMAGE = ['external_docker', 'internal_docker'];
const EXTERNAL_DOCKER = ['external_docker'];
const ARCHIVE = ['internal_source'];
const BUILT = ['github', 'internal_source'];
const SECOND_MS = 1_000;
/** GitHub stops a job after five days. */
const LONGEST_MS = 5 * 24 * 3_600 * SECOND_MS;
const LONGEST_LOG_MS = 90 * 24 * 3_600 * SECOND_MS;
const LONGEST_AGE_MS = 365 * 24 * 3_600 * SECOND_MS;
const LEAVE_OR_INTERRUPT = { leave: 'keep ignore none nothing continue', interrupt: 'cancel stop abort kill' };
/**
 * Inputs of the action, one row each, in the order of action.yml.
 *
 * CONTRIBUTING.md describes how to add an input. A test fails if a command or source does not read an input of its row.
 */
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
    // The default in action.yml is an expression. It is never empty, so every command uses it.
    'github-token': { kind: 'key', commands: EVERY_COMMAND }
};
/** Names of the inputs, in the order of the table. */
const INPUT_NAMES = keysOf(INPUTS);
/** Returns the row of an input. */
function rowOf(input) {
    return INPUTS[input];
}
/** Returns the choices of an input, in the order in which messages list them. */
function choicesOf(input) {
    return Object.keys(INPUTS[input].choices);
}
/** Tells if a command uses an input. */
function isUsedBy(command, input) {
    return rowOf(input).commands.includes(command);
}
/** Tells if a source uses an input; `undefined` is an unknown source. */
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
/** Parses a YAML or JSON text. The YAML parser is imported only for a text that is not JSON. */
async function readYaml(text) {
    try {
        return { value: JSON.parse(text) };
    }
    catch {
        const { CORE_SCHEMA, load, YAMLException } = await __nccwpck_require__.e(/* import() */ 243).then(__nccwpck_require__.bind(__nccwpck_require__, 3243));
        try {
            // The API cannot receive what JSON cannot express, such as a cycle of aliases.
            return { value: JSON.parse(JSON.stringify(load(text, { schema: CORE_SCHEMA })) ?? 'null') };
        }
        catch (error) {
            if (!(error instanceof YAMLException))
                return { problem: 'contains a value that JSON does not support' };
            // Some reasons quote a tag or an alias of the text.
            const reason = error.reason.replace(/["'<&*!].*$/s, '').trim();
            const line = error.mark ? `line ${error.mark.line + 1}: ` : '';
            return { problem: `is not valid YAML (${line}${reason})` };
        }
    }
}
/** Returns the value of a YAML or JSON text; `undefined` if it is neither. */
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
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8707);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4902);


/** Returns the state and the figures of a bake as text. */
function bakeWords(bake) {
    const { state, runs, rows } = bake;
    const figures = rows.flatMap(({ figure, value }) => (value === undefined ? [] : [`${figure} ${value}`]));
    return `${STATES[state]} ${bakeTime(bake)}: ${[runWords(runs), ...figures].join(', ')}`;
}
/** Returns the length of the period in which runs are counted, as text. */
function bakeTime({ forMs, lateMs }) {
    return lateMs >= 1_000 ? `${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .inWords */ .r)(forMs)} (and ${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .inWords */ .r)(lateMs)} for late traces)` : (0,_run_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .inWords */ .r)(forMs);
}
const STATES = {
    going: 'after',
    held: 'within the limits for',
    over: 'limit exceeded after',
    'too-few': 'not enough runs in',
    unseen: 'no data for'
};
/** Returns the bake as a Markdown table, or an empty string if the run has no bake. */
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
        isOver ? '❌' : bake.state === 'held' && limit !== undefined ? '✅' : '',
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(figure),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(value ?? '–'),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(before ?? '–'),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(limit ?? '')
    ]);
    const about = `Bake: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(`${STATES[bake.state]} ${bakeTime(bake)}`)}`;
    return [about, (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownTable */ .Qj)(['', 'Figure', 'After the rollout', 'Before', 'Limit'], cells)].join('\n\n');
}
/** Formats a number of runs, such as `1 run` or `12 runs`. */
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

/**
 * Returns the facts that readers need first, in this order. If the active revision is not the one of this run, the
 * address comes last and has another label, so that readers do not confuse the two.
 */
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
        // For a built revision, the commit is more useful than the image.
        ['Image', outputs.has('commit-sha') || commit ? undefined : code(outputs.get('image-uri'))]
    ];
    return isOther ? [...rows, server] : [server, ...rows];
}
/** Returns the text in a fixed-width font, or `undefined` if there is no text. */
function code(text) {
    return text && (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownCode */ .D9)(text);
}
function shortId(id) {
    return code(id?.slice(0, ID_LENGTH));
}
/** Number of characters of a shortened ID: enough to distinguish IDs, and short enough for a table cell. */
const ID_LENGTH = 8;
function revisionCell({ outputs, dashboard }) {
    const id = outputs.get('revision-id');
    if (!id)
        return dashboard && (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .htmlLink */ .Ar)('Open the deployment', dashboard);
    const short = id.slice(0, ID_LENGTH);
    const revision = dashboard ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .htmlLink */ .Ar)(short, dashboard) : (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownCode */ .D9)(short);
    return [revision, code(outputs.get('revision-status'))].filter(Boolean).join(' ');
}
/**
 * Returns the short commit; the list of IDs contains the full one. Only the commit of the run gets a link, because only
 * its repository is known.
 */
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




/** Returns the lines of the gate for the log. */
function gateLines({ experiment, baseline, rows }) {
    return rows.map((row) => {
        const { key, threshold, value, baseline: other, holds } = row;
        const against = baseline && other !== undefined ? `, baseline ${other}` : '';
        return `${holds ? 'met    ' : 'not met'}  ${key} ${threshold}: ${value}${scoredWords(row, experiment)}${against}`;
    });
}
/** Returns the title of these lines. */
function gateTitle({ experiment, baseline }) {
    const against = baseline ? `, baseline "${baseline.name}"` : '';
    return `Experiment "${experiment.name}" (${(0,_bake_js__WEBPACK_IMPORTED_MODULE_2__/* .runWords */ .$W)(experiment.runs)})${against}`;
}
/** Returns one sentence for each threshold that is not met. */
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
/** Returns a hint for a threshold outside the range of all scores. */
function scaleWords({ key, threshold, probably = '' }) {
    return `\`${key} ${threshold}\` is outside the range of the scores, which are between 0 and 1. Did you mean \`${probably}\`?`;
}
/** Returns how many runs have the score, if not all of them have one. */
function scoredWords({ scored, errors }, { runs }) {
    const words = [
        scored === undefined ? '' : `${scored} of ${(0,_bake_js__WEBPACK_IMPORTED_MODULE_2__/* .runWords */ .$W)(runs)} scored`,
        errors > 0 ? `its evaluator failed ${errors === 1 ? 'once' : `${errors} times`}` : ''
    ].filter(Boolean);
    return words.length > 0 ? ` (${words.join('; ')})` : '';
}
/**
 * Returns the gate as a Markdown table, or an empty string if the run has no gate.
 *
 * @param quiet escapes text from outside
 */
function gateTable({ gate }, quiet = _markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .markdownText */ .p7) {
    if (!gate)
        return '';
    const { experiment, baseline, rows } = gate;
    const head = ['', 'Score', 'Threshold', 'Experiment', ...(baseline ? ['Baseline'] : [])];
    const cells = rows.map((row) => [
        row.holds ? '✅' : '❌',
        `<code>${quiet(row.key)}</code>`,
        quiet(row.threshold),
        quiet(`${row.value}${scoredWords(row, experiment)}`),
        ...(baseline ? [quiet(row.baseline ?? '')] : [])
    ]);
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .markdownTable */ .Qj)(head, cells);
}
/**
 * Returns a row for the experiment and one for the baseline, or no rows if the run has no gate.
 *
 * @param quiet escapes text from outside
 */
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
/** Returns the page of an experiment in LangSmith, or `undefined` if a part of the URL is unknown. */
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

/**
 * Escapes text from outside as one line of Markdown. Only characters that are active in Markdown or HTML at their
 * position become character references, so that the source stays readable, for example in an e-mail or a quoted
 * comment.
 */
function markdownText(text) {
    return (0,_runner_words_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLines */ .y1)(text)
        .join(' ')
        .replace(ACTIVE_CHARACTER, (character) => `&#${character.codePointAt(0)};`);
}
/** In this order: the start of a block; an address; inline markup; invisible characters. */
const ACTIVE_CHARACTER = new RegExp([
    '^[ +=-]',
    '(?<=^\\d{1,9})[.)](?= |$)',
    ':(?! |$)',
    '(?<=www)\\.',
    '(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])',
    '[&<>|\\\\`*[\\]~#@$]',
    '[\\p{C}\\p{Zl}\\p{Zp}]|(?! )\\p{Zs}'
].join('|'), 'giu');
/**
 * Converts a sentence of this action to Markdown: text in backticks becomes code, and all other text is escaped. Text
 * from outside in the sentence can change only its own font.
 */
function markdownProse(text, quiet = markdownText) {
    return (0,_runner_words_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLines */ .y1)(text)
        .join(' ')
        .split(/(`[^`]+`)/)
        .map((part, index) => {
        if (/^`[^`]+`$/.test(part))
            return markdownCode(part.slice(1, -1));
        // A space after code cannot begin a block.
        return index > 0 && part.startsWith(' ') ? ` ${quiet(part.slice(1))}` : quiet(part);
    })
        .join('');
}
/**
 * Prevents mentions and references. GitHub searches the rendered text for `@name`, `#1` and `GH-1`, so character
 * references do not help. A zero-width space after the sign does. Code needs none.
 */
function withoutMentions(markdown) {
    return markdown.replace(/&#(?:64|35);|(?<![a-z0-9])GH-(?=\d)/gi, '$&&#8203;');
}
/** Escapes text from outside, in a fixed-width font. */
function markdownCode(text) {
    return `<code>${markdownText(text)}</code>`;
}
/**
 * Returns the lines as one block that preserves them and that their text cannot close. Only `<`, `>` and `&` are active
 * in it.
 */
function markdownBlock(lines) {
    const escaped = lines.join('\n').replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
    return `<pre>\n${escaped}\n</pre>`;
}
/** Returns a table without a header row, which Markdown does not support. Rows without a cell are omitted. */
function htmlTable(rows) {
    const lines = rows.flatMap(([label, cell]) => cell ? [`<tr><td nowrap><b>${markdownText(label)}</b></td><td>${cell}</td></tr>`] : []);
    return lines.length > 0 ? ['<table>', ...lines, '</table>'].join('\n') : '';
}
/**
 * Returns an HTML link to an address that has passed its check.
 *
 * @param quiet escapes the text
 */
function htmlLink(text, url, quiet = markdownText) {
    const address = url.replace(/["'<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
    return `<a href="${address}">${quiet(text)}</a>`;
}
/**
 * Returns a Markdown table.
 *
 * @param rows cells in Markdown
 */
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




/**
 * Returns the material for a page.
 *
 * @param now the end of a run that has not ended, in milliseconds since the epoch
 */
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
        // The revision of another run was not built from the commit of this run.
        commit: record.revision && !record.own ? undefined : about.commit,
        words: verdict ? wordsOf(record, verdict) : (0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .words */ .aL)(''),
        endedAt
    };
}
/** Only the verdict `error` needs its title: the heading of the page names all other verdicts. */
function wordsOf(record, verdict) {
    const { level: _, title: __, ...said } = { title: undefined, ...(0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(verdict, record) };
    return verdict.status === 'error' ? { ...said, title: verdict.title } : said;
}
/** Returns the page of the deployment, opened at the revision of this run. */
function linkToRevision(outputs) {
    const page = outputs.get('dashboard-url');
    const revision = outputs.get('revision-id');
    return page && revision ? `${page}?revisionPeek=${revision}` : page;
}
/** Returns the page of the tracing project of the deployment. */
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




/** Text from outside can have any length. A list of all invalid inputs is far shorter. */
const REASON_BYTES = 16_000;
/** Returns the message of a verdict. */
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
            return error('The experiment is below the threshold; no changes were made', words(record.gate ? (0,_gate_js__WEBPACK_IMPORTED_MODULE_2__/* .shortfalls */ .Tn)(record.gate) : '', REJECTED_ADVICE));
        case 'timed-out':
            return error('The deployment timed out', timedOut({
                reason: withMessage(verdict.reason, record),
                advice: [nowServing(record), verdict.advice].filter(Boolean).join('\n')
            }, record));
        case 'cancelled':
            return error('Cancelled', words(verdict.reason));
        case 'error':
            // If this run has a revision, LangSmith accepted the write.
            return error(verdict.title, words(verdict.reason, record.revision && record.own ? storedWords(record) : ''));
        case 'planned':
            return info(`Dry run: no changes were made. ${verdict.reason}`.trim());
        case 'started':
            return info('Started the revision. This run does not wait for it.');
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
/** Returns sentences about the revisions besides the active one. */
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
/** Appends the reason that LangSmith reports for the end of the revision. */
function withMessage(reason, { revision }) {
    return revision?.statusMessage ? `${reason}\nLangSmith reported: ${revision.statusMessage}` : reason;
}
/** Returns the reason that LangSmith reports for the end of a revision, as a suffix to its status. */
function messageSuffix({ statusMessage }) {
    return statusMessage ? ` ("${statusMessage.replace(/\.$/, '')}")` : '';
}
/** Joins the words into one text for the log and the annotation. */
function textOf({ reason, heading = LOG_SHOWS, telling, advice }) {
    const quoted = telling.length > 0 ? [heading, ...telling] : [];
    return [reason, ...quoted, advice].filter(Boolean).join('\n');
}
/** The line above log lines that seem to name the cause. */
const LOG_SHOWS = 'The log shows:';
/**
 * Adds the quoted log lines to the words of a failure, cut to the space in the annotation.
 *
 * @param namesRevision true after a rollback, when the log could be of either revision
 */
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
/** More time does not help if the cause is certain. A log without errors does not explain the delay. */
function timedOut({ reason, advice }, record) {
    const log = record.failureLog;
    if (!log?.isTelling)
        return words(reason, advice);
    const told = log.isCause ? [log.advice, log.isVague ? advice : ''] : [advice];
    return quoting(record, words(reason, told.filter(Boolean).join('\n')));
}
/**
 * Returns what this run stored in the deployment besides code, which stays after a failure; empty if that is nothing or
 * the deployment was deleted. A write stores secrets and settings immediately, whether or not its revision succeeds.
 */
function storedWords({ stored: { names, count }, deployment, created }) {
    // For a deployment that this run created, no other stored values are known.
    if (deployment?.state !== 'present' || count === 0 || created)
        return '';
    return `Stored by this run: ${(0,_runner_words_js__WEBPACK_IMPORTED_MODULE_0__/* .listed */ .KE)(names, count)}; the next revision gets ${count === 1 ? 'it' : 'them'}.`;
}
/** Returns words with a reason and advice only. */
function words(reason, advice = '') {
    return { reason, telling: [], advice };
}
const ACTIVE = 'The revision is deployed and active.';
const REJECTED_ADVICE = 'Check the experiment in LangSmith. Then deploy code that meets the thresholds, or change the thresholds.';
const SUPERSEDED_ADVICE = 'Set `on-superseded: warn` to let such runs pass, or `on-superseded: follow` to wait for the newer revision.';
/** Returns sentences that say how the revision was proved to work. */
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
/** An annotation holds 4,096 characters; the rest is for the title and fixed words. */
const ANNOTATION_BYTES = 4_000;
const TELLING_BYTES = 3_000;
const LEAST_TELLING_BYTES = 500;
/** A revision that never became active leaves the previous one active. */
function stillServing({ deployment, revision }) {
    const active = deployment?.state === 'present' ? deployment.activeRevisionId : undefined;
    const neverServed = revision && /_FAILED$/.test(revision.status);
    return neverServed && active && active !== revision.id ? `Revision ${active} is still active.` : '';
}
/** After a failed or missing proof, the revision is still the one that users reach. */
function nowServing({ deployment, revision, proof }) {
    const active = deployment?.state === 'present' ? deployment.activeRevisionId : undefined;
    if (revision?.status !== 'DEPLOYED' || active !== revision.id)
        return '';
    const isDown = proof.some(({ about, outcome }) => about === 'health' && outcome === 'failed');
    return isDown ? 'The revision is active and receives requests.' : 'The revision is active and serves requests.';
}
/**
 * Returns the note about a new minor version of the Agent Server. On Cloud, each revision gets the newest version, and
 * a new minor version may behave differently.
 */
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








/** The outputs in action.yml. */
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
        isValid: isRevisionStatus
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
/** Words that are outputs, or parts of outputs, in any run, including a second step in the same job. */
const OUTPUT_WORDS = [
    ...Object.keys(_run_verdict_js__WEBPACK_IMPORTED_MODULE_4__/* .VERDICTS */ .bk),
    'CREATING QUEUED AWAITING_BUILD BUILDING AWAITING_DEPLOY DEPLOYING DEPLOYED CREATE_FAILED BUILD_FAILED DEPLOY_FAILED',
    'SKIPPED INTERRUPTED UNKNOWN true false',
    // Paths in the URLs of the deployment and of its page.
    '/agents/ /host/deployments/ ?revisionPeek='
];
/** Returns the outputs of a run that are known so far. */
function outputsOf(record) {
    const known = new Map();
    for (const [name, { read, isValid }] of ROWS) {
        const value = read(record);
        if (value && isValid(value))
            known.set(name, value);
    }
    return known;
}
/** Writes each output when it becomes known, and empties it when it no longer applies. */
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
/** Returns true if a value has the documented shape of the output. */
function hasShape(name, value) {
    return OUTPUTS[name].isValid(value);
}
function isRevisionStatus(value) {
    return /^[A-Z][A-Z_]{0,63}$/.test(value);
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
/** Returns true for a list that a script can read without checking its values. */
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
        isRevisionStatus(status) &&
        isTime &&
        Object.keys(rest).length === 0);
}
function presentDeployment({ deployment }) {
    return deployment?.state === 'present' ? deployment : undefined;
}
/** Returns the page of the deployment in LangSmith. */
function pageOf({ deployment, destination }) {
    if (!deployment?.tenantId || !destination)
        return undefined;
    return (0,_control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_0__/* .dashboardUrl */ .aU)(destination.controlPlane, deployment.tenantId, deployment.id);
}
/** Plain http is also valid: it is common for agents in a private network. */
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




/** Returns the plan in one sentence. */
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
/** Returns one line per field; secrets by name only, variables with their values. */
function planLines(plan) {
    const width = Math.max(0, ...plan.rows.map((row) => label(row).length));
    return plan.rows.map((row) => `${label(row).padEnd(width)}  ${describeChange(row)}`);
}
/** Returns the change of one field, such as `changed from 1 to 2`. */
function describeChange(row) {
    if (row.about === 'secret')
        return row.change === 'set' ? 'set (LangSmith hides the current value)' : row.change;
    // The input sets the only key of this object.
    if (row.name === 'listener_config' && row.change !== 'changed') {
        return `${row.change}: ${shownValue((0,_run_object_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .I)(row.value)?.k8s_namespace?.toString() ?? null)}`;
    }
    if (row.change === 'changed')
        return `changed from ${shownValue(row.from)} to ${shownValue(row.to)}`;
    const hidden = row.about === 'variable' && row.change === 'set' ? ' (LangSmith hides the current value)' : '';
    return `${row.change}: ${shownValue(row.value)}${hidden}`;
}
/** Returns the input that sets the field, or the name of the secret or variable. */
function label(row) {
    return row.about === 'field' ? (0,_run_input_name_js__WEBPACK_IMPORTED_MODULE_0__/* .inputName */ .y)(row.name) : `${row.about} ${row.name}`;
}
/**
 * Returns the values of settings in a plan. They can contain credentials, for example in the URL of a package index or
 * a repository.
 */
function planTexts(plan) {
    return plan.rows.flatMap((row) => {
        if (row.about !== 'field')
            return [];
        return row.change === 'changed' ? [...(0,_deployment_texts_js__WEBPACK_IMPORTED_MODULE_3__/* .textsOf */ .C)(row.from), ...(0,_deployment_texts_js__WEBPACK_IMPORTED_MODULE_3__/* .textsOf */ .C)(row.to)] : (0,_deployment_texts_js__WEBPACK_IMPORTED_MODULE_3__/* .textsOf */ .C)(row.value);
    });
}
/** Returns the public form of a plan, without the request body. */
function shownPlan(plan, redact) {
    const rows = plan.rows.map((row) => shownRow(row, redact));
    return plan.kind === 'nothing'
        ? { kind: plan.kind, rows }
        : { kind: plan.kind, makesRevision: plan.makesRevision, rows };
}
/** The new value of a variable is public and stays unchanged, but its old value may have been a secret. */
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
/** Returns a value in one line, shortened for readers. */
function shownValue(value) {
    if (value === null)
        return 'nothing';
    const text = typeof value === 'string' && !/[\r\n]/.test(value) && value !== '' ? value : JSON.stringify(value);
    return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
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


const MARKS = { passed: '✅', failed: '❌', unclear: '❔', left: '➖' };
const WORDS = {
    passed: 'passed',
    failed: 'failed',
    unclear: 'unclear',
    left: 'skipped'
};
const TITLES = {
    health: 'Agent Server',
    graphs: 'Graphs',
    runs: 'Smoke test'
};
/**
 * Returns all steps of the proof in one cell, in order, or `undefined` if the health check is the only step: the words
 * of the verdict contain it.
 *
 * @param prose escapes text from outside as HTML
 */
function ladder({ proof, bake }, prose = _markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownText */ .p7) {
    if (!bake && !proof.some(({ about }) => about !== 'health'))
        return undefined;
    return [
        `${MARKS.passed} deployed and active`,
        ...proof.map(({ about, outcome, seen }) => `${MARKS[outcome]} ${outcome === 'left' ? `${TITLES[about]}: ` : ''}${prose(seen)}`),
        ...(bake ? [`${BAKE_MARKS[bake.state]} Bake: ${prose((0,_bake_js__WEBPACK_IMPORTED_MODULE_0__/* .bakeWords */ .Rq)(bake))}`] : [])
    ].join('<br>');
}
const BAKE_MARKS = {
    going: '⏳',
    held: MARKS.passed,
    over: MARKS.failed,
    'too-few': MARKS.unclear,
    unseen: MARKS.unclear
};
/** Returns a table for each step with rows, followed by the results of its runs. */
function proofTables(proof) {
    return proof.flatMap((step) => (step.rows?.length ? [tableOf(step)] : [])).join('\n\n');
}
function tableOf({ about, rows = [], more }) {
    const lines = rows.map(({ subject, outcome, answer, ms }) => `| ${MARKS[outcome]} ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownCode */ .D9)(subject)} | ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownText */ .p7)(answer)} | ${ms} |`);
    const results = rows.flatMap(({ result }) => (result === undefined ? [] : [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownCode */ .D9)(result)]));
    const shown = results.length > 0 ? `\n\n<details><summary>Results</summary>\n\n${results.join('\n\n')}\n\n</details>` : '';
    const rest = more === undefined ? [] : [`| … | ${more} more | |`];
    return [`| ${TITLES[about]} | Answer | ms |`, '|---|---|---:|', ...lines, ...rest].join('\n') + shown;
}
/** Returns the log lines of a graph or a run. */
function proofRowLines({ subject, outcome, answer, ms, result }) {
    // The answer can already begin with the outcome.
    const words = answer.startsWith(WORDS[outcome]) ? `${answer} (` : `${WORDS[outcome]} (${answer}, `;
    const line = `${subject}: ${words}${ms} ms)`;
    return result === undefined ? [line] : [line, `  result: ${result}`];
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
var duration = __nccwpck_require__(8707);
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

/** Tick intervals of the axis in Mermaid's notation, each with the maximum length of the chart in milliseconds. */
const TICKS = [
    [20_000, '5second'],
    [60_000, '10second'],
    [600_000, '1minute'],
    [3_600_000, '5minute'],
    [Number.POSITIVE_INFINITY, '30minute']
];
const HOUR_MS = 3_600_000;
/** Pale grid lines, so that labels on them are readable, and narrow margins. No theme, because GitHub has two. */
const INIT = '%%{init: {"themeCSS": ".grid .tick line { stroke: #8c959f; opacity: 0.4; }", "gantt": {"leftPadding": 24, "rightPadding": 32}}}%%';
/** For a shorter rollout, or one with fewer phases, the duration is enough. */
const LEAST_MS = 10_000;
const LEAST_PHASES = 3;
/** Returns a Mermaid chart of the phases with a bar for each status; empty if there is too little to compare. */
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
/** Returns the end of the last bar. Work after the last status, such as a bake, is not drawn. */
function chartEnd(phases, endedAt) {
    const last = phases.at(-1);
    return last && isEnd(last.status) ? last.at : endedAt;
}
/** Active work is colored, waiting is gray, and failures are red. */
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
/**
 * Formats a time of the chart, counted from midnight. Mermaid reads bare numbers as seconds in some fields and as
 * milliseconds in others.
 */
function chartTime(ms) {
    return new Date(Date.UTC(2000, 0, 1) + Math.round(ms / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

;// CONCATENATED MODULE: ./build/report/summary.js














/** Maximum number of rows; a longer plan is not readable. */
const MOST_PLAN_ROWS = 200;
/** Before HTML characters are escaped; escaping can make the log five times as long. */
const LOG_BYTES = 200_000;
/** Minimum share of the log and of the plan; below it, other parts are omitted. */
const LEAST_SHARE = 1 / 32;
/** Returns the job summary of a run that has a verdict. */
function summaryOf(record) {
    const { verdict = NEVER_ENDED, endedAt = 0 } = record;
    return summaryMarkdown({ ...(0,material/* materialOf */.Vo)(record, endedAt), verdict });
}
const NEVER_ENDED = { status: 'cancelled', reason: '' };
/**
 * Returns the job summary as GitHub Markdown, within the size limit of GitHub: log and plan are shortened before other
 * parts are omitted. Text from outside is escaped.
 */
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
/** @param share the share of long parts that is shown, at most 1 */
function partsOf(material, share) {
    const { verdict, record, outputs, name, dashboard, traces, words, endedAt } = material;
    return [
        `## ${run_verdict/* VERDICTS */.bk[verdict.status].mark} ${(0,markdown/* markdownText */.p7)(outputs.get('deployment-name') ?? name)}: ${verdict.status}`,
        wordsMarkdown(words, { quiet: markdown/* markdownText */.p7, dashboard }),
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
/** GitHub shows no step summary above 1 MiB, and an escaped character can take twelve bytes. */
const LONGEST_SUMMARY = 1_000_000;
const OMISSION_NOTE = '*Part of the summary is omitted, because GitHub shows at most 1 MiB. The log contains the rest.*';
/** Returns the parts that fit, in order, with a note in place of each part that does not. */
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
/** Returns the version of the active Agent Server, preceded by the version before this run if it differs. */
function versionChange(version, { previousServerVersion: before }) {
    return version && before && before !== version ? `${before} → ${version}` : version;
}
function queueCell({ listed }) {
    return (0,fact_rows/* code */.aY)(listed?.queue.map(({ id, status }) => `${id.slice(0, fact_rows/* ID_LENGTH */.hq)} ${status}`).join(', '));
}
/** Returns the words as Markdown, with the log lines in one block. */
function wordsMarkdown({ title, reason, heading = message/* LOG_SHOWS */.CG, telling, advice }, { quiet, dashboard }) {
    // In text of the server, backticks are ordinary characters.
    const prose = (line) => (SAID_BY_SERVER.test(line) ? quiet(line) : (0,markdown/* markdownProse */.h$)(line, quiet));
    const linked = (line) => {
        const [, link = '', rest = ''] = READ_THE_LOG.exec(line) ?? [];
        return dashboard && link ? `${(0,markdown/* htmlLink */.Ar)(link, dashboard)}${quiet(rest)}` : prose(line);
    };
    // `<br>` breaks a line in comments, where a newline also does, and in summaries, where a newline does not.
    const lines = (text, each) => text.split('\n').filter(Boolean).map(each).join('<br>');
    const quoted = telling.length > 0 ? [prose(heading), (0,markdown/* markdownBlock */.dI)(telling.flatMap(words/* plainLines */.y1))] : [];
    const bold = title ? `<b>${prose(title)}</b>` : '';
    return [bold, lines(reason, prose), ...quoted, lines(advice, linked)].filter(Boolean).join('\n\n');
}
const SAID_BY_SERVER = /^(?:LangSmith reported|The server returned|Last error): /;
const READ_THE_LOG = /^(Read the (?:build|deploy) log)\b(.*)$/;
/** Returns the duration of the run as text. */
function durationOf(outputs) {
    const seconds = outputs.get('duration-seconds');
    return seconds && (0,duration/* inWords */.r)(Number(seconds) * 1000);
}
/** Returns the end of the log, folded. */
function failureLog({ failureLog: log }, bytes) {
    // The post step does not get the lines.
    if (!log || log.lines.length === 0)
        return '';
    const count = log.lines.length === 1 ? '1 line' : `${log.lines.length} lines`;
    const block = (0,markdown/* markdownBlock */.dI)([(0,words/* lastBytes */.Qr)(log.lines.join('\n'), bytes)]);
    return `<details><summary>End of the ${log.kind} log (${count})</summary>\n\n${block}\n\n</details>`;
}
function planTable({ plan }, verdict, mostRows) {
    if (!plan)
        return '';
    // Open if the plan is the result, or if one of its changes may explain the failure.
    const mayExplain = !(0,run_verdict/* passes */.WE)(verdict) && plan.rows.some((row) => !isKept(row));
    return planMarkdown(plan, {
        isOpen: verdict.status === 'planned' || mayExplain,
        mostRows,
        prose: markdown/* markdownText */.p7
    });
}
/** Returns the plan as a folded table; the kept rows are folded inside it. */
function planMarkdown(plan, { isOpen, mostRows, prose }) {
    const [kept, changed] = [plan.rows.filter(isKept), plan.rows.filter((row) => !isKept(row))];
    const table = (rows, most) => {
        const lines = rows.slice(0, most).map((row) => `| ${labelCell(row, prose)} | ${prose((0,plan_lines/* describeChange */.uQ)(row))} |`);
        const more = rows.length > most ? [`| … | ${rows.length - most} more |`] : [];
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
/** Returns the number of rows for each change, such as ` (1 changed, 5 kept)`. */
function counts(rows) {
    const kinds = [...new Set(rows.map(({ change }) => change))];
    const told = kinds.map((kind) => `${rows.filter(({ change }) => change === kind).length} ${kind}`);
    return told.length > 0 ? ` (${told.join(', ')})` : '';
}
/** Returns the full IDs, for copying. */
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

/** The result for a preview, in words. */
const OUTCOMES = {
    deleted: 'deleted',
    planned: 'would be deleted',
    failed: 'could not be deleted',
    kept: 'kept'
};
/** Returns the log line for one preview. */
function sweptLine({ name, outcome, why }) {
    return `${name}: ${OUTCOMES[outcome]} (${why})`;
}
/** Maximum number of rows on a page. */
const MOST_ROWS = 300;
/** Returns a Markdown table of the previews, the kept ones last; empty if there was no sweep. */
function sweptTable({ swept = [] }) {
    if (swept.length === 0)
        return '';
    const isKept = ({ outcome }) => outcome === 'kept';
    const rows = [...swept.filter((row) => !isKept(row)), ...swept.filter(isKept)];
    const cells = rows
        .slice(0, MOST_ROWS)
        .map(({ name, outcome, why }) => [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(name), (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(OUTCOMES[outcome]), (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(why)]);
    const more = rows.length - cells.length;
    const table = (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownTable */ .Qj)(['Preview', 'Result', 'Reason'], cells);
    return more > 0 ? `${table}\n\n${more} more in the log.` : table;
}


/***/ }),

/***/ 4562:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ mountPrefix),
/* harmony export */   f: () => (/* binding */ createAgentServer)
/* harmony export */ });
/* harmony import */ var undici__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6062);
/* harmony import */ var _control_plane_answer_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5443);
/* harmony import */ var _control_plane_network_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7911);
/* harmony import */ var _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7608);
/* harmony import */ var _run_error_message_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(4062);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(1379);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8508);







const PROBE_MS = 10_000;
/** The most bytes of `/info` and `/metrics` to read, far more than a real server returns for `/info`. */
const LONGEST_INFO = 1024 * 1024;
/**
 * Creates the probe of the Agent Server at a URL.
 *
 * @param url base URL from LangSmith
 * @param healthPath path relative to the URL; `/info` has the same parent
 * @param limits cancellation and deadline end a request at once, as `unreachable`
 */
function createAgentServer(url, healthPath, proxy, { cancelled, clock, deadline }) {
    const connections = (0,_control_plane_network_js__WEBPACK_IMPORTED_MODULE_2__/* .createRenewableDispatcher */ .Rn)({ url, proxy });
    const base = url.replace(/\/+$/, '');
    const infoPath = `${mountPrefix(healthPath)}/info`;
    const ask = async (path, read) => {
        const ms = Math.ceil(Math.min(PROBE_MS, Math.max(1, deadline - clock.now())));
        try {
            const answer = await (0,undici__WEBPACK_IMPORTED_MODULE_0__.request)(base + path, {
                dispatcher: connections.current(),
                method: 'GET',
                headers: { accept: 'application/json', 'user-agent': _version_js__WEBPACK_IMPORTED_MODULE_4__/* .USER_AGENT */ ._ },
                signal: AbortSignal.any([cancelled, AbortSignal.timeout(ms)])
            });
            return await read(answer);
        }
        catch (error) {
            connections.renew();
            throw (0,_control_plane_network_js__WEBPACK_IMPORTED_MODULE_2__/* .unreachable */ .HB)(error);
        }
    };
    return {
        health: () => ask(healthPath, async ({ statusCode, body }) => {
            if (statusCode === 401 || statusCode === 403) {
                const isAnyPath = await refusesAnyPath(healthPath, body);
                return { kind: 'answered', status: statusCode, ...(isAnyPath ? { isAnyPath } : {}) };
            }
            // Only the status counts, so an error of the body does not matter.
            void body.dump({ limit: LONGEST_INFO }).catch(() => { });
            return { kind: 'answered', status: statusCode };
        }).catch((error) => ({ kind: 'unreachable', reason: (0,_run_error_message_js__WEBPACK_IMPORTED_MODULE_5__/* .errorMessage */ .g)(error) })),
        revision: () => ask(infoPath, async ({ statusCode, body }) => {
            const text = await (0,_control_plane_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .readUpTo */ .Vc)(LONGEST_INFO, body);
            return statusCode === 200 ? revisionIn(text ?? '') : undefined;
        }),
        revisionOfMetrics: () => ask(infoPath.replace(/info$/, 'metrics'), async ({ statusCode, body }) => {
            const text = await (0,_control_plane_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .readUpTo */ .Vc)(LONGEST_INFO, body);
            return statusCode === 200 ? revisionInMetrics(text ?? '') : undefined;
        }),
        close: connections.close
    };
}
/** Returns the mount prefix of the API in a health path: `/agents` for `/agents/ok?check_db=1`; else empty. */
function mountPrefix(healthPath) {
    return /^(.*)\/ok\/?(?:\?.*)?$/.exec(healthPath)?.[1] ?? '';
}
/**
 * The words of LangSmith's own auth to a caller without a key. It protects each path except open ones such as `/ok`.
 */
const NO_KEY = 'Missing authentication headers';
/** The most bytes of a refusal to read. */
const LONGEST_REFUSAL = 64 * 1024;
/**
 * Tells if a refusal says nothing about the path. Auth precedes the routes, so paths that do not exist are refused too.
 * Only `/ok` certainly exists, and custom auth can protect it.
 */
async function refusesAnyPath(path, body) {
    const text = await (0,_control_plane_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .readUpTo */ .Vc)(LONGEST_REFUSAL, body).catch(() => undefined);
    return !/\/ok(?:\?|$)/.test(path) || (text?.includes(NO_KEY) ?? false);
}
function revisionIn(info) {
    let host;
    try {
        host = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(JSON.parse(info))?.host);
    }
    catch {
        // A page of the agent or of a proxy reports no revision.
        return undefined;
    }
    // The field `revision_id` is the build of the server itself.
    const id = host?.host_revision_id;
    return typeof id === 'string' && (0,_control_plane_resources_js__WEBPACK_IMPORTED_MODULE_3__/* .isUuid */ .O1)(id) ? id : undefined;
}
/** The revision in the metrics, each of which has the same label. */
function revisionInMetrics(metrics) {
    const ids = new Set([...metrics.matchAll(/[{,]revision_id="([^"]*)"/g)].map(([, id]) => id));
    const [id] = ids;
    return ids.size === 1 && id !== undefined && (0,_control_plane_resources_js__WEBPACK_IMPORTED_MODULE_3__/* .isUuid */ .O1)(id) ? id : undefined;
}


/***/ }),

/***/ 7891:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ holderOf),
/* harmony export */   b: () => (/* binding */ createQueueWatch)
/* harmony export */ });
/* harmony import */ var _control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8797);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6309);


/** The time in status QUEUED before the first message, in milliseconds. */
const FIRST_LOOK_AFTER_MS = 15_000;
const LOOK_EVERY_MS = 60_000;
/** The time in status QUEUED before the advice to interrupt the blocking revision, in milliseconds. */
const ADVICE_AFTER_MS = 600_000;
/** Returns the revision that blocks a queued one: the oldest revision in progress, if it is older. */
function holderOf(revisions, id) {
    const [first] = (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_1__/* .queueOf */ .nv)(revisions);
    return first?.id !== id && revisions.some((revision) => revision.id === id) ? first : undefined;
}
/** Creates a watch that reports which revision blocks a QUEUED one. It reads the list once a minute. */
function createQueueWatch(client, progress, clock, deploymentId) {
    let queued;
    let lookAt = 0;
    let told = '';
    let isAdvised = false;
    return {
        /** Called after each poll of the revision. */
        look: async ({ id, status }) => {
            const now = clock.now();
            if (status !== 'QUEUED') {
                queued = undefined;
                return;
            }
            if (queued?.id !== id) {
                queued = { id, since: now };
                lookAt = now + FIRST_LOOK_AFTER_MS;
            }
            if (now < lookAt)
                return;
            lookAt = now + LOOK_EVERY_MS;
            const holder = holderOf((await (0,_control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .orNothing */ .bR)(client.glanceRevisions(deploymentId))) ?? [], id);
            if (!holder)
                return;
            const what = `revision ${holder.id} (${holder.status}`;
            const age = (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_1__/* .timeUnderWay */ .li)(holder, now);
            if (told !== what)
                progress.note(`Waiting behind ${what}${age ? `, for ${age}` : ''}).`);
            told = what;
            if (isAdvised || now - queued.since < ADVICE_AFTER_MS)
                return;
            isAdvised = true;
            progress.note(`Queued for 10 min behind ${what}${age ? `, for ${age}` : ''}). If that revision is stuck, stop it with \`command: interrupt\` and \`revision-id: ${holder.id}\`.`);
        }
    };
}


/***/ }),

/***/ 7599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  ao: () => (/* binding */ READ_DEPLOY_LOG),
  gb: () => (/* binding */ brokenAdvice),
  UL: () => (/* binding */ canGoBack),
  IK: () => (/* binding */ lookAgain),
  xH: () => (/* binding */ proveServing),
  nM: () => (/* binding */ withWarning)
});

// EXTERNAL MODULE: ./build/control-plane/faults.js
var faults = __nccwpck_require__(3716);
// EXTERNAL MODULE: ./build/control-plane/hosts.js
var hosts = __nccwpck_require__(566);
// EXTERNAL MODULE: ./build/control-plane/patience.js
var patience = __nccwpck_require__(2878);
// EXTERNAL MODULE: ./build/deployment/address.js
var address = __nccwpck_require__(8602);
// EXTERNAL MODULE: ./build/deployment/find.js
var find = __nccwpck_require__(7671);
// EXTERNAL MODULE: ./build/report/outputs.js
var outputs = __nccwpck_require__(4121);
// EXTERNAL MODULE: ./build/run/duration.js
var duration = __nccwpck_require__(8707);
// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __nccwpck_require__(1298);
// EXTERNAL MODULE: ./build/run/poll.js
var poll = __nccwpck_require__(6561);
;// CONCATENATED MODULE: ./build/rollout/agent-server/health.js


/** How long a server may be broken before the health check ends. */
const BROKEN_FOR_MS = 180_000;
/** How long a server may be unclear before the health check ends, unless the user requires a response. */
const UNCLEAR_FOR_MS = 60_000;
/** The minimum number of checks, even if the time has passed. */
const FEWEST_LOOKS = 5;
/** The pause as a share of the time waited so far. Larger than for a rollout, because a health check is shorter. */
const CHECK_PAUSE_SHARE = 0.2;
/**
 * The longest time between two checks: a pause and two requests of up to 10 s each. If more time has passed, the clock
 * was set or the machine slept, so that the server was not checked in that time.
 */
const LONGEST_GAP_MS = 30_000;
/** The state before the first check. */
const BEFORE_FIRST_LOOK = { looks: 0, isNamed: false, lookedMs: 0 };
/**
 * Returns the next state, or the result. Pure: `now` is the time in milliseconds.
 *
 * One good response ends the health check. A missing response does not reset `broken`: a server that was broken in any
 * check is `broken` after three minutes.
 *
 * @param wanted the expected revision
 * @param isRequired true if the user requires a response; then the check waits as long for a silent server as for a
 * broken one
 */
function stepHealth(state, look, wanted, isRequired, now) {
    const seen = judgeLook(look, wanted, state.isNamed);
    if (seen.kind === 'serving') {
        return { ...seen, wasBroken: state.broken !== undefined };
    }
    const gapMs = Math.min(LONGEST_GAP_MS, Math.max(0, now - (state.at ?? now)));
    const next = {
        ...state,
        looks: state.looks + 1,
        lookedMs: state.lookedMs + gapMs,
        at: now,
        last: seen,
        isNamed: state.isNamed || typeof look.revisionId === 'string',
        [seen.kind]: seen.reason
    };
    const patience = next.broken !== undefined || isRequired ? BROKEN_FOR_MS : UNCLEAR_FOR_MS;
    if (next.looks < FEWEST_LOOKS || next.lookedMs < patience)
        return next;
    return healthFault(next) ?? next;
}
/** The result of all checks so far; `undefined` before the first. */
function healthFault({ broken, unclear, lookedMs: forMs }) {
    if (broken !== undefined) {
        const reason = unclear === undefined ? broken : `never succeeded: it ${broken}, or it ${unclear}`;
        return { kind: 'broken', reason, forMs };
    }
    return unclear === undefined ? undefined : { kind: 'unclear', reason: unclear, forMs };
}
function judgeLook({ probe, revisionId, namedBy = '/info' }, wanted, isNamed) {
    if (probe.kind === 'unreachable')
        return { kind: 'unclear', reason: `could not be reached (${probe.reason})` };
    const { status } = probe;
    if (status >= 500)
        return { kind: 'broken', reason: `returned ${status}` };
    // A server that requires authentication works.
    const isServing = (status >= 200 && status < 300) || status === 401 || status === 403;
    if (!isServing)
        return { kind: 'unclear', reason: `returned ${status}` };
    if (probe.isAnyPath) {
        return { kind: 'unclear', reason: `returned ${status}, as for any protected path` };
    }
    // It reported another revision before, so a response without a revision may still come from that one.
    if (typeof revisionId !== 'string' && isNamed) {
        return { kind: 'unclear', reason: `returned ${status}, but /info reports no revision` };
    }
    if (typeof revisionId === 'string' && revisionId.toLowerCase() !== wanted.toLowerCase()) {
        return { kind: 'broken', reason: `returned ${status}, but ${namedBy} still reports revision ${revisionId}` };
    }
    return { kind: 'serving', note: `returned ${status}${whoseAnswer(status, revisionId, namedBy)}` };
}
/** Describes the revision that responded, which is only queried after a success. */
function whoseAnswer(status, revisionId, namedBy) {
    if (status >= 300)
        return '';
    if (typeof revisionId === 'string')
        return `, and ${namedBy} reports this revision`;
    return revisionId === null ? '; /info did not respond' : '; the server does not report its revision';
}
/**
 * Checks an Agent Server until it works, or until its patience ends.
 *
 * @param onLook called after each check that did not show that the server works
 * @throws {DeadlineError} at the deadline; {CancelledError} if the job is canceled
 */
async function checkHealth(server, limits, wanted, isRequired, onLook) {
    const { clock } = limits;
    let state = BEFORE_FIRST_LOOK;
    const pauseMs = (waitedMs) => (0,poll/* pauseAfter */.l0)(waitedMs, { share: CHECK_PAUSE_SHARE });
    return (0,poll/* poll */.wt)(limits, { pauseMs }, async () => {
        const probe = await server.health();
        const asks = probe.kind === 'answered' && probe.status < 300;
        const inInfo = asks ? await server.revision().catch(() => null) : undefined;
        // A custom app of the agent can replace /info, but not the metrics.
        const inMetrics = asks && inInfo === undefined ? await server.revisionOfMetrics().catch(() => undefined) : undefined;
        const revisionId = inMetrics ?? inInfo;
        // A request that the run itself ended says nothing about the server.
        const isCut = probe.kind === 'unreachable' || revisionId === null;
        if (isCut || limits.cancelled.aborted)
            (0,run_limits/* checkLimits */.J5)(limits);
        const namedBy = inMetrics === undefined ? '/info' : '/metrics';
        const next = stepHealth(state, { probe, revisionId, namedBy }, wanted, isRequired, clock.now());
        if ('kind' in next)
            return next;
        state = next;
        onLook(state);
        return undefined;
    });
}

// EXTERNAL MODULE: ./build/rollout/agent-server/probe.js
var probe = __nccwpck_require__(4562);
// EXTERNAL MODULE: ./build/rollout/watch.js
var watch = __nccwpck_require__(745);
;// CONCATENATED MODULE: ./build/rollout/serving.js











/**
 * Proves that a DEPLOYED revision works: the health check, then the graphs and the runs if requested. Each step needs
 * the success of the step before. Skipped or inconclusive steps keep the verdict `deployed`.
 */
async function proveServing(context, config, verdict, rolledOut) {
    const served = await proveHealth(context, config, verdict, rolledOut);
    if (!config.proof || 'overtakenBy' in served)
        return served;
    if (served.verdict.status !== 'deployed') {
        const { leaveOut } = await __nccwpck_require__.e(/* import() */ 448).then(__nccwpck_require__.bind(__nccwpck_require__, 4448));
        leaveOut(context, config.proof);
        return served;
    }
    return proveWorking(context, { ...config, proof: config.proof }, served.verdict, rolledOut);
}
async function proveHealth(context, config, verdict, rolledOut) {
    const { progress } = context;
    const url = usableAddress(rolledOut.deployment);
    const { check, path } = config.health;
    if (check === 'false') {
        progress.note('Skipped the health check: `health-check` is `false`.');
        return { verdict };
    }
    // With a further proof, the next step reports the missing URL.
    if (!url && config.proof)
        return { verdict };
    if (!url)
        return { verdict: check === 'true' ? noAddress() : withWarning(verdict, NO_ADDRESS) };
    if (check === 'auto' && !isPublic(url)) {
        progress.note(notAsked(url));
        return { verdict };
    }
    const place = `${url.replace(/\/+$/, '')}${path}`;
    const health = await ask(context, config, url, rolledOut.revision, place);
    if (health.kind === 'serving') {
        const now = health.wasBroken ? await lookAgain(context, rolledOut) : undefined;
        if (now?.ended)
            return now.ended;
        progress.note(`Health check passed: GET ${place} ${health.note}.`);
        progress.proof({ about: 'health', outcome: 'passed', seen: `${path} ${health.note}` });
        return { verdict };
    }
    if (health.kind === 'out-of-time')
        return { verdict: outOfTime(place, health.reason) };
    const now = await lookAgain(context, rolledOut);
    if (now.ended)
        return now.ended;
    const isBroken = health.kind === 'broken' || check === 'true';
    progress.proof({ about: 'health', outcome: isBroken ? 'failed' : 'unclear', seen: `${path} ${health.reason}` });
    if (isBroken) {
        return { verdict: notServing(place, health, canGoBack({ ...rolledOut, deployment: now.deployment })) };
    }
    return { verdict: withWarning(verdict, unclear(place, health.reason)) };
}
/** Proves the steps after the health check. */
async function proveWorking(context, config, verdict, rolledOut) {
    const { proof, health, connection, workspaceName } = config;
    const active = rolledOut.deployment.active_revision_id;
    // Another revision responds at the URL.
    if (active !== null && active !== rolledOut.revision.id)
        return { verdict: withWarning(verdict, notAskedWhile(active)) };
    // Imported on demand: most runs request none of these steps.
    const { proveAgent } = await __nccwpck_require__.e(/* import() */ 448).then(__nccwpck_require__.bind(__nccwpck_require__, 4448));
    const evidence = await proveAgent(context, proof, {
        ...rolledOut,
        url: usableAddress(rolledOut.deployment),
        healthPath: health.path,
        proxy: connection.proxy,
        namesWorkspace: (connection.workspaceId ?? workspaceName) !== undefined
    }).catch((error) => {
        if (error instanceof run_limits/* DeadlineError */.j3)
            return error;
        throw error;
    });
    if (evidence instanceof run_limits/* DeadlineError */.j3)
        return { verdict: unprovenInTime(evidence) };
    const { failure, warning } = evidence;
    if (!failure && !warning)
        return { verdict };
    const now = await lookAgain(context, rolledOut);
    if (now.ended)
        return now.ended;
    if (!failure)
        return { verdict: warning ? withWarning(verdict, warning) : verdict };
    const { reason, advice, isBroken, isMisfit, ids } = failure;
    const back = isBroken && canGoBack({ ...rolledOut, deployment: now.deployment }) ? GO_BACK : '';
    return {
        verdict: {
            status: 'failed',
            reason,
            advice: [advice, isBroken && !isMisfit ? READ_DEPLOY_LOG : '', back].filter(Boolean).join(' '),
            ...(isBroken ? { isBroken: true } : {})
        },
        ids
    };
}
function notAskedWhile(active) {
    return `Skipped the checks of graphs and runs, because revision ${active} is active instead.`;
}
function unprovenInTime({ unanswered }) {
    const awaited = unanswered === undefined ? '' : `: ${unanswered}`;
    return {
        status: 'timed-out',
        reason: `The revision is DEPLOYED, but the timeout expired before its agent was verified${awaited}.`,
        advice: `${READ_DEPLOY_LOG} Raise \`timeout\` if its graphs or runs need more time.`
    };
}
/** The verdict with one more warning. */
function withWarning(verdict, warning) {
    return { ...verdict, warning: [verdict.warning, warning].filter(Boolean).join('\n') };
}
const NO_ADDRESS = 'The revision is deployed, but the control plane reports no URL for the deployment, so the health check could not run. Set `custom-url` if the deployment has its own URL; otherwise set `health-check: false`.';
async function ask({ limits, progress }, { health, connection }, url, revision, place) {
    const server = (0,probe/* createAgentServer */.f)(url, health.path, connection.proxy, limits);
    let state;
    const onLook = (next) => {
        const reason = next.last?.reason;
        if (reason && reason !== state?.last?.reason)
            progress.note(`GET ${place} ${reason}; retrying.`);
        state = next;
    };
    try {
        return await checkHealth(server, limits, revision.id, health.check === 'true', onLook);
    }
    catch (error) {
        if (!(error instanceof run_limits/* DeadlineError */.j3))
            throw error;
        // A missing response can be expected, as in a closed network. An error response cannot.
        const seen = state && healthFault(state);
        if (seen?.kind === 'unclear' && health.check === 'auto')
            return seen;
        return { kind: 'out-of-time', reason: state?.broken ?? seen?.reason ?? 'did not respond in time' };
    }
    finally {
        await server.close();
    }
}
/**
 * Reads the deployment again after the checks. If a newer revision is active, or if the deployment is being deleted,
 * the responses say nothing about our revision, and `ended` is the result of the proof.
 */
async function lookAgain({ client, progress }, { deployment, revision }) {
    const seen = await Promise.all([client.deployment(deployment.id), client.revisions(deployment.id)]).catch((error) => {
        // The verdict does not depend on this read.
        if (error instanceof run_limits/* CancelledError */.cc)
            throw error;
        // The client has already retried for half a minute.
        return (0,patience/* isMissing */.b2)(error) ? 'gone' : undefined;
    });
    if (!seen)
        return { deployment };
    if (seen === 'gone') {
        progress.gone();
        return { deployment, ended: { verdict: (0,watch/* goneVerdict */.hj)(`The deployment "${deployment.name}"`) } };
    }
    const [now, { resources }] = seen;
    progress.deployment(now);
    if ((0,find/* isGoing */.jf)(now))
        return { deployment: now, ended: { verdict: (0,watch/* deploymentDeleted */.Vb)(now) } };
    const place = resources.findIndex(({ id }) => id === now.active_revision_id);
    const own = resources.findIndex(({ id }) => id === revision.id);
    const [newest] = resources;
    // Newest first: an active revision that is not listed before ours is an older one, which ours has not replaced yet.
    if (!newest || place < 0 || place >= own)
        return { deployment: now };
    const reason = `The revision was deployed, but a newer revision is now active: ${now.active_revision_id}.`;
    return { deployment: now, ended: { overtakenBy: newest, reason } };
}
/** Tells if `command: redeploy` would roll back from this revision to one that was active before. */
function canGoBack({ deployment, revision, hasPredecessor }) {
    return deployment.active_revision_id === revision.id && hasPredecessor;
}
function usableAddress(deployment) {
    const url = (0,address/* addressOf */.c)(deployment);
    return url && (0,outputs/* hasShape */.Go)('deployment-url', url) ? url : undefined;
}
/** Tells if a URL is reachable from any network. A self-hosted URL may only be reachable in its own. */
function isPublic(url) {
    const { hostname } = new URL(url);
    return hostname.endsWith('.langgraph.app') || (0,hosts/* isLoopback */.U9)(hostname);
}
function notAsked(url) {
    return `Skipped the health check: ${new URL(url).host} may not be reachable from this runner. Set \`health-check: true\` to require it.`;
}
/** The advice for every revision that does not work. */
const READ_DEPLOY_LOG = 'Read the deploy log of the revision in LangSmith.';
const GO_BACK = 'To roll back to the previous revision, use `command: redeploy`; it restores the code and leaves environment variables and settings unchanged.';
function notServing(place, { reason, forMs }, canGoBack) {
    return {
        status: 'failed',
        reason: `The revision is DEPLOYED, but its health check failed for ${(0,duration/* inWords */.r)(forMs)}: GET ${place} ${reason}.`,
        advice: brokenAdvice(canGoBack),
        isBroken: true
    };
}
/** The advice for an active revision that failed its proof. */
function brokenAdvice(canGoBack) {
    return canGoBack ? `${READ_DEPLOY_LOG} ${GO_BACK}` : READ_DEPLOY_LOG;
}
function outOfTime(place, reason) {
    return {
        status: 'timed-out',
        reason: `The revision is DEPLOYED, but the timeout expired before its health check passed: GET ${place} ${reason}.`,
        advice: `${READ_DEPLOY_LOG} Raise \`timeout\` if it needs more time to start.`
    };
}
function noAddress() {
    return {
        status: 'failed',
        reason: 'The revision is DEPLOYED, but the deployment has no URL for the health check.',
        advice: 'Set `custom-url`, or omit `health-check: true`.'
    };
}
function unclear(place, reason) {
    return `The revision is deployed, but its health check was inconclusive: GET ${place} ${reason}. ${unclearAdvice(place, reason)}`;
}
function unclearAdvice(place, reason) {
    if (!(0,faults/* isRefusedByProxy */.IY)(reason)) {
        return 'If this is expected, set `health-check: false` or another `health-path`.';
    }
    // Another path is behind the same proxy.
    const { hostname } = new URL(place);
    const host = hostname.endsWith('.langgraph.app') ? '*.langgraph.app' : hostname;
    return `Allow ${host} in the proxy, or set \`health-check: false\`.`;
}


/***/ }),

/***/ 745:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q3: () => (/* binding */ isDeploymentDue),
/* harmony export */   Vb: () => (/* binding */ deploymentDeleted),
/* harmony export */   hj: () => (/* binding */ goneVerdict),
/* harmony export */   wB: () => (/* binding */ watch)
/* harmony export */ });
/* unused harmony exports beginWatch, stepWatch */
/* harmony import */ var _control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8797);
/* harmony import */ var _control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2878);
/* harmony import */ var _deployment_find_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7671);
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(8707);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1298);
/* harmony import */ var _run_poll_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(6561);
/* harmony import */ var _run_streak_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(1066);







/** How long a revision must stay INTERRUPTED to count as ended, because it can resume. */
const INTERRUPTED_FOR_MS = 60_000;
/** How long a DEPLOYED revision may take to become the active one. */
const ACTIVE_WITHIN_MS = 120_000;
/** How long the list may lack the successor of a SKIPPED revision, because replicas of the control plane lag behind. */
const REPLACED_WITHIN_MS = 30_000;
/**
 * The time between two reads of the deployment, the only object that shows a deletion. With pauses of up to 10 s, a
 * deletion is detected within 45 s.
 */
const DEPLOYMENT_LOOK_MS = 30_000;
const GOING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING']);
const FAILURES = {
    CREATE_FAILED: {
        reason: 'The deployment could not be set up (CREATE_FAILED).',
        advice: 'Open the revision in LangSmith; if it shows no cause, rerun this job.'
    },
    BUILD_FAILED: {
        reason: 'The build failed (BUILD_FAILED).',
        advice: 'Read the build log of the revision in LangSmith.'
    },
    DEPLOY_FAILED: {
        reason: 'The build succeeded, but the new revision did not start (DEPLOY_FAILED).',
        advice: 'Read the deploy log of the revision in LangSmith.'
    }
};
/** The state before the first read. */
function beginWatch(revisionId, onSuperseded) {
    return { revisionId, onSuperseded, look: 'revision', older: [], warnedOfUnknown: false };
}
/** Tells if the deployment is due for another read, which detects a deletion. Times in milliseconds. */
function isDeploymentDue(seenAt, now) {
    return now - seenAt >= DEPLOYMENT_LOOK_MS;
}
/** The verdict of a wait whose deployment is being deleted. */
function deploymentDeleted({ name, status }) {
    return {
        status: 'failed',
        reason: `Deployment "${name}" is being deleted (${status}), so no revision of it will be deployed.`,
        advice: 'It was deleted during the rollout. Its name stays reserved for up to a week; deploy under another `name`.'
    };
}
/** The verdict of a wait whose deployment or revision the control plane no longer has. */
function goneVerdict(what) {
    return {
        status: 'failed',
        reason: `${what} no longer exists in the control plane.`,
        advice: 'The deployment may have been deleted during the rollout. Check it in LangSmith.'
    };
}
function revisionGone(id) {
    return {
        status: 'failed',
        reason: `Revision ${id} no longer exists in the control plane, but the deployment still exists.`,
        advice: 'Check the revisions of the deployment in LangSmith, and rerun this job to deploy.'
    };
}
/** Returns the next state after one read. Pure: `now` is the time in milliseconds. */
function stepWatch(state, seen, now) {
    switch (seen.kind) {
        case 'vanished': {
            const verdict = seen.what === 'deployment' ? goneVerdict('The deployment') : revisionGone(state.revisionId);
            return { state, verdict };
        }
        case 'revision':
            return withDeletion(seeRevision({ ...state, status: seen.revision.status }, now), now);
        case 'deployment':
            return seeDeployment({ ...state, deploymentSeenAt: now }, seen.deployment, now);
        case 'deletion':
            return seeDeletion({ ...state, deploymentSeenAt: now }, seen.deployment);
        case 'revisions':
            return seeRevisions(state, seen.ids, now);
    }
}
function seeRevision(state, now) {
    const status = state.status ?? '';
    const failure = FAILURES[status];
    if (failure)
        return { state, verdict: { status: 'failed', ...failure } };
    if (status === 'DEPLOYED') {
        return {
            state: { ...state, look: 'deployment', inactive: state.inactive ?? { since: now, looks: 0 } },
            atOnce: true
        };
    }
    if (status === 'SKIPPED')
        return { state: { ...state, look: 'revisions' }, atOnce: true };
    if (status === 'INTERRUPTED') {
        const interrupted = (0,_run_streak_js__WEBPACK_IMPORTED_MODULE_5__/* .lengthen */ .E)(state.interrupted, now);
        if (!(0,_run_streak_js__WEBPACK_IMPORTED_MODULE_5__/* .hasLasted */ .O)(interrupted, now, INTERRUPTED_FOR_MS))
            return { state: { ...state, interrupted } };
        return {
            state,
            verdict: {
                status: 'failed',
                reason: 'The revision was interrupted and did not resume within a minute (INTERRUPTED).',
                advice: 'The revision was stopped in LangSmith, or by another run with `on-cancel: interrupt`. Rerun this job to deploy.'
            }
        };
    }
    const going = { ...state, interrupted: undefined };
    if (GOING.has(status) || state.warnedOfUnknown)
        return { state: going };
    return {
        state: { ...going, warnedOfUnknown: true },
        warning: `The revision has an unknown status, ${status}, which is treated as in progress.`
    };
}
/**
 * Adds a read of the deployment if the rollout is in progress and the last such read is too old. It is additional to
 * the read of the revision, so that it does not delay the detection of the end.
 */
function withDeletion(step, now) {
    const seenAt = step.state.deploymentSeenAt ?? now;
    const state = { ...step.state, deploymentSeenAt: seenAt };
    if (step.verdict || step.atOnce || !isDeploymentDue(seenAt, now))
        return { ...step, state };
    return { ...step, state: { ...state, look: 'deletion' }, atOnce: true };
}
function seeDeletion(state, deployment) {
    if (deployment && (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_2__/* .isGoing */ .jf)(deployment))
        return { state, verdict: deploymentDeleted(deployment) };
    return { state: { ...state, look: 'revision' } };
}
function seeDeployment(state, deployment, now) {
    if ((0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_2__/* .isGoing */ .jf)(deployment))
        return { state, verdict: deploymentDeleted(deployment) };
    const active = deployment.active_revision_id;
    if (active === state.revisionId)
        return { state, verdict: { status: 'deployed' } };
    if (active && !state.older.includes(active)) {
        return { state: { ...state, look: 'revisions', otherActive: active }, atOnce: true };
    }
    return awaitActive(state, active ?? undefined, now);
}
function seeRevisions(state, ids, now) {
    const newest = ids[0];
    const ownPlace = rank(ids, state.revisionId);
    if (state.status === 'SKIPPED') {
        if (newest && ownPlace > 0) {
            return superseded(state, newest, `The revision was skipped (SKIPPED) in favor of a newer one, ${newest}.`);
        }
        const unreplaced = (0,_run_streak_js__WEBPACK_IMPORTED_MODULE_5__/* .lengthen */ .E)(state.unreplaced, now);
        if (!(0,_run_streak_js__WEBPACK_IMPORTED_MODULE_5__/* .hasLasted */ .O)(unreplaced, now, REPLACED_WITHIN_MS))
            return { state: { ...state, unreplaced } };
        return superseded(state, undefined, SKIPPED_FOR_NONE);
    }
    const active = state.otherActive ?? '';
    const place = ids.indexOf(active);
    if (place >= 0 && place < ownPlace) {
        return superseded(state, newest, `The revision was deployed, but a newer revision is now active: ${active}.`);
    }
    // An unlisted revision may be newer than the list, so the list is read again.
    const isKnown = place >= 0 && ids.includes(state.revisionId);
    const older = isKnown ? [...state.older, active] : state.older;
    return awaitActive({ ...state, look: 'deployment', older }, active, now);
}
const SKIPPED_FOR_NONE = 'The revision was skipped (SKIPPED), and no newer one is listed. The code of this run is not active. Check the revisions of the deployment in LangSmith, and rerun this job to deploy.';
/** Waits up to two minutes for our DEPLOYED revision to become active, while no newer one is active. */
function awaitActive(state, active, now) {
    const inactive = (0,_run_streak_js__WEBPACK_IMPORTED_MODULE_5__/* .lengthen */ .E)(state.inactive, now);
    if (!(0,_run_streak_js__WEBPACK_IMPORTED_MODULE_5__/* .hasLasted */ .O)(inactive, now, ACTIVE_WITHIN_MS))
        return { state: { ...state, inactive } };
    const instead = active ? `still reports ${active}` : 'reports none';
    return {
        state,
        verdict: {
            status: 'deployed',
            warning: `The revision is DEPLOYED, but after two minutes the deployment ${instead} as its active revision. Check that the new code is active.`
        }
    };
}
/** The position of our revision in the list: the end if a full page lacks it, -1 if a short list lacks it (a lag). */
function rank(ids, id) {
    const index = ids.indexOf(id);
    if (index >= 0)
        return index;
    return ids.length >= _control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .PAGE_SIZE */ .md ? ids.length : -1;
}
function superseded(state, successor, reason) {
    if (state.onSuperseded === 'follow' && successor) {
        const { warnedOfUnknown, deploymentSeenAt } = state;
        return {
            state: { ...beginWatch(successor, 'follow'), warnedOfUnknown, deploymentSeenAt },
            atOnce: true,
            warning: `${reason} Following the newest revision instead.`
        };
    }
    return { state, verdict: { status: 'superseded', reason, passes: state.onSuperseded === 'warn' } };
}
/**
 * Polls a revision until it is active or fails. Sends one request per read, plus one for the deployment every 30
 * seconds. `stepWatch` makes the decisions.
 *
 * @throws {DeadlineError} at the deadline; {CancelledError} if the job is canceled
 * @throws {ApiError} if the key is permanently refused
 */
async function watch(context, deployment, revision, { onSuperseded, own, usualMs }) {
    const { client, limits, progress, pollIntervalMs, afterLook, random = Math.random } = context;
    const { clock } = limits;
    let state = beginWatch(revision.id, onSuperseded);
    let last = { deployment, revision };
    let besideMs = 0;
    const usual = usualMs === undefined ? '' : ` (a rollout usually takes ${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_6__/* .inWords */ .r)(usualMs)})`;
    const heartbeat = (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_4__/* .createHeartbeat */ .Vn)(clock, (waitedMs) => progress.note(`Still ${state.status ?? 'waiting'} after ${Math.round(waitedMs / 60_000)} min${usual}.`));
    const pauseMs = (waitedMs) => Math.max(0, (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_4__/* .pauseAfter */ .l0)(waitedMs, { longestMs: pollIntervalMs, random: random() }) - besideMs);
    const lookOnce = async () => {
        const askedAt = clock.now();
        const seen = await lookAt(client, deployment.id, state);
        // The additional read of the deployment must not delay the next read of the revision.
        besideMs = seen.kind === 'deletion' ? clock.now() - askedAt : 0;
        if ((seen.kind === 'deployment' || seen.kind === 'deletion') && seen.deployment) {
            last = { ...last, deployment: seen.deployment };
            progress.deployment(seen.deployment);
        }
        if (seen.kind === 'revision') {
            last = { ...last, revision: seen.revision };
            if (seen.revision.status !== state.status) {
                progress.revision(seen.revision, { own: own && seen.revision.id === revision.id });
                heartbeat.reset();
            }
            await afterLook?.(seen.revision);
        }
        const next = stepWatch(state, seen, clock.now());
        state = next.state;
        if (next.warning)
            progress.warn(next.warning);
        if (seen.kind === 'vanished' && seen.what === 'deployment')
            progress.gone();
        return next;
    };
    client.awaitRollout();
    const verdict = await (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_4__/* .poll */ .wt)(limits, { pauseMs, heartbeat }, async () => {
        let next = await lookOnce();
        while (next.atOnce)
            next = await lookOnce();
        return next.verdict;
    });
    return { ...last, verdict };
}
async function lookAt(client, deploymentId, state) {
    try {
        switch (state.look) {
            case 'revision':
                return { kind: 'revision', revision: await client.revision(deploymentId, state.revisionId) };
            case 'deployment':
                return { kind: 'deployment', deployment: await client.deployment(deploymentId) };
            case 'revisions':
                return { kind: 'revisions', ids: (await client.revisions(deploymentId)).resources.map(({ id }) => id) };
            case 'deletion':
                return { kind: 'deletion', deployment: await (0,_control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .orNothing */ .bR)(client.glance(deploymentId)) };
        }
    }
    catch (error) {
        // The client has already retried for half a minute.
        if (!(0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error))
            throw error;
        const isDeployment = state.look === 'deployment' || (await isDeploymentGone(client, deploymentId));
        return { kind: 'vanished', what: isDeployment ? 'deployment' : 'revision' };
    }
}
/** Tells if the deployment of a missing revision is deleted, too. */
async function isDeploymentGone(client, deploymentId) {
    try {
        return (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_2__/* .isGoing */ .jf)(await client.glance(deploymentId));
    }
    catch (error) {
        if (error instanceof _run_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .CancelledError */ .cc)
            throw error;
        return (0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error);
    }
}


/***/ }),

/***/ 8707:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ inWords)
/* harmony export */ });
/** Formats milliseconds for people, such as `2 min 5 s`. */
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
/* harmony export */   g: () => (/* binding */ errorMessage)
/* harmony export */ });
/** Returns the message of any thrown value. */
function errorMessage(error) {
    return error instanceof Error ? error.message : String(error);
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
/** The figures that LangSmith keeps for each session, by their names in the API. Costs are in US dollars. */
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
/** True if a name is that of a figure. Any other name is a feedback key. */
function isFigure(name) {
    return Object.hasOwn(FIGURES, name);
}
/** Returns the unit of the figure or score with this name. */
function unitOf(name) {
    return isFigure(name) ? FIGURES[name] : 'score';
}
/** Formats a value for people, such as `2%`, `1.5 s` or `$4.2`. @param digits number of significant digits */
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
/** Formats a value for display next to a limit, so that a slightly different value does not look equal to the limit. */
function besideLimit(value, limit, unit) {
    const usual = inUnit(value, unit);
    return usual === inUnit(limit, unit) ? inUnit(value, unit, ALL_DIGITS) : usual;
}
const USUAL_DIGITS = 4;
/** More digits would show the rounding error of binary fractions. */
const ALL_DIGITS = 12;


/***/ }),

/***/ 8808:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ inputLabel),
/* harmony export */   y: () => (/* binding */ inputName)
/* harmony export */ });
/** API fields whose input has another name, apart from hyphens for underscores. */
const INPUT_NAMES = new Map([
    ['langgraph_config_path', 'langgraph-config'],
    ['source', 'source-type'],
    ['revision_source', 'source-type'],
    ['listener_config', 'k8s-namespace'],
    ['agent.agent_id', 'agent-id'],
    ['agent.environment', 'agent-environment']
]);
/**
 * Returns the input that sets an API field. A key within the field keeps its name, such as `resource-spec.min_scale`.
 */
function inputName(field) {
    const whole = INPUT_NAMES.get(field);
    if (whole !== undefined)
        return whole;
    const [first = '', ...keys] = field.split('.');
    return [first.replaceAll('_', '-'), ...keys].join('.');
}
/** Returns the input that sets an API field, in backticks, for a message. */
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
    // Not `Date.now()`: the virtual machine of a runner may correct the system time by minutes during a job.
    now: () => Math.floor(performance.timeOrigin + performance.now()),
    sleep: async (ms, signal) => {
        await (0,promises_namespaceObject.setTimeout)(ms, undefined, signal ? { signal } : {});
    }
};
/** Returns limits with a movable deadline. @param deadline the first deadline, in the clock's milliseconds */
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
/** Runs work with a deadline that is `ms` milliseconds later. */
async function withGrace(deadline, ms, work) {
    deadline.extend(ms);
    try {
        return await work();
    }
    finally {
        deadline.extend(-ms);
    }
}
/** The `timeout` of the run has expired. */
class DeadlineError extends Error {
    name = 'DeadlineError';
    /** The request that had no usable response, if the run was waiting for one. */
    unanswered;
    constructor(unanswered) {
        super('The timeout expired.');
        this.unanswered = unanswered;
    }
}
/** The job was cancelled. */
class CancelledError extends Error {
    name = 'CancelledError';
    constructor() {
        super('The job was cancelled.');
    }
}
/** True if an error ends the run itself. Callers must not treat it as the failure of one request. */
function endsRun(error) {
    return error instanceof CancelledError || error instanceof DeadlineError;
}
/** Time that a pending write or an interruption may take after the job is cancelled, in milliseconds. */
const CANCEL_GRACE_MS = 1_500;
/**
 * Throws when the run has reached one of its limits.
 *
 * @throws {CancelledError} when the job was cancelled
 * @throws {DeadlineError} when the deadline has passed
 */
function checkLimits(limits) {
    if (limits.cancelled.aborted)
        throw new CancelledError();
    if (limits.clock.now() >= limits.deadline)
        throw new DeadlineError();
}
/**
 * Waits `ms` milliseconds within the limits. Never sleeps past the deadline.
 *
 * @throws {CancelledError} at once when the job is cancelled
 * @throws {DeadlineError} at the deadline, if the deadline comes first
 */
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
/** Returns a signal that follows another one after `graceMs` milliseconds, and a function that disconnects the two. */
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
/** Returns a value that is an object but not an array; otherwise `undefined`. */
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

/*
 * Polling: read, pause, read again. Source: "Waiting" in the design.
 */
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
/** A pause is this share of the time waited so far, so that the delay after the end stays in proportion. */
const PAUSE_SHARE = 0.05;
/** Pauses are shortened at random by up to this share, so that runs that start together do not poll together. */
const JITTER_SHARE = 0.1;
const HEARTBEAT_MS = 60_000;
/** Maximum pause in a series of growing pauses. */
const LONGEST_GROWN_PAUSE_MS = 30_000;
/** Returns the pause after `waitedMs` of waiting, in milliseconds. */
function pauseAfter(waitedMs, { longestMs = LONGEST_PAUSE_MS, share = PAUSE_SHARE, random = 0 } = {}) {
    return Math.min(longestMs, Math.max(SHORTEST_PAUSE_MS, waitedMs * share)) * (1 - JITTER_SHARE * random);
}
/** Returns pauses with the sum `totalMs`, in milliseconds. Each is twice as long as the previous one, at most 30 s. */
function growingPauses(totalMs, firstMs = 1_000) {
    const pauses = [];
    for (let left = totalMs, ms = firstMs; left > 0; left -= ms, ms = Math.min(LONGEST_GROWN_PAUSE_MS, ms * 2)) {
        pauses.push(Math.min(ms, left));
    }
    return pauses;
}
/** @param report called with the time since the start, in milliseconds */
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
/**
 * Calls `look` until it returns a value, as long as the limits of the run allow. The first call has no pause before it.
 *
 * @param pauseMs returns the next pause after this many milliseconds of waiting
 * @throws {DeadlineError} at the deadline, {CancelledError} when the job is cancelled, and any error of `look`
 */
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
/**
 * Calls `look` at once and after each of the pauses, in milliseconds, until it returns a value.
 *
 * @param look `isLast`: no call follows
 * @returns `undefined` when no call returned a value
 * @throws {DeadlineError} at the deadline, {CancelledError} when the job is cancelled, and any error of `look`
 */
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
/** Returns the record of a run at its start. `interrupt`: if the run is killed, its revision must be interrupted. */
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
/** Returns the record after an event. @param at time of the event, in milliseconds of the run's clock */
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
/** Maximum number of names. Reports show no more, and the saved state has little space. */
const MOST_STORED_NAMES = 40;
/** Sets the write. Resets its revision, because each send creates a new one. */
function withIntent(record, intent, stored) {
    const nothingMade = { revisionId: undefined, namedId: undefined, isCertain: false };
    const names = stored.slice(0, MOST_STORED_NAMES);
    return { ...record, ...nothingMade, intent, stored: { names, count: stored.length } };
}
function withRollback(record, to, by) {
    const { deployment } = record;
    return { ...record, rolledBack: { to, by }, deployment: deployment && { ...deployment, activeRevisionId: by } };
}
/** Returns the deployment without the facts that no longer apply. */
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
/** Completes a response with the values from older responses that it omits. */
function merged(before, seen) {
    if (before?.id !== seen.id)
        return seen;
    const activeRevisionId = seen.activeRevisionId ?? before.activeRevisionId;
    // The version belongs to the active revision.
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
/** Returns the version of the active Agent Server, if it is known. */
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
/** True if a write was sent and its revision is unknown. */
function isWriteOpen({ intent, mayHaveActed, revisionId }) {
    return intent !== undefined && mayHaveActed && revisionId === undefined;
}
/** True if the run may have left a revision or a write in LangSmith. */
function hasOpenEnds(record) {
    return !record.done && (record.revisionId !== undefined || isWriteOpen(record));
}


/***/ }),

/***/ 857:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ sentence),
/* harmony export */   s: () => (/* binding */ clause)
/* harmony export */ });
/** Ends an external text, or a text that ends with one, with exactly one punctuation mark. */
function sentence(text) {
    const trimmed = text.trimEnd();
    return /[.!?…]["'`]?$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
/** Removes the final period of an external text, for use inside a sentence, such as in parentheses. */
function clause(text) {
    return text.trimEnd().replace(/\.$/, '');
}


/***/ }),

/***/ 1066:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ lengthen),
/* harmony export */   O: () => (/* binding */ hasLasted)
/* harmony export */ });
/** Minimum number of observations. If the clock jumps, any two observations can be far apart. */
const LEAST_LOOKS = 3;
/** Adds an observation to a streak. */
function lengthen(streak, now) {
    return { since: streak?.since ?? now, looks: (streak?.looks ?? 0) + 1 };
}
/** True if a streak has lasted `ms` milliseconds, with enough observations to trust the clock. */
function hasLasted({ since, looks }, now, ms) {
    return now - since >= ms && looks >= LEAST_LOOKS;
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
    deployed: { passes: true, mark: '✅', githubState: 'success' },
    failed: { passes: false, mark: '❌', githubState: 'failure' },
    superseded: { passes: false, mark: '⏭️', githubState: 'inactive' },
    'timed-out': { passes: false, mark: '⌛', githubState: 'failure' },
    cancelled: { passes: false, mark: '🛑', githubState: 'inactive' },
    // These verdicts have no rollout, or one that was not needed.
    unchanged: { passes: true, mark: '✅', githubState: 'inactive' },
    planned: { passes: true, mark: '📝', githubState: 'inactive' },
    deleted: { passes: true, mark: '🗑️', githubState: 'inactive' },
    swept: { passes: true, mark: '🧹', githubState: 'inactive' },
    skipped: { passes: true, mark: '⏭️', githubState: 'inactive' },
    rejected: { passes: false, mark: '⛔', githubState: 'inactive' },
    interrupted: { passes: true, mark: '⏹️', githubState: 'inactive' },
    found: { passes: true, mark: '🔎', githubState: 'inactive' },
    none: { passes: true, mark: '🔎', githubState: 'inactive' },
    // The run does not wait for the rollout, so this is the last known state.
    started: { passes: true, mark: '🚀', githubState: 'in_progress' },
    error: { passes: false, mark: '❌', githubState: 'failure' }
};
/** True if the job continues after this verdict. */
function passes(verdict) {
    return verdict.status === 'superseded' ? verdict.passes : VERDICTS[verdict.status].passes;
}
/**
 * True if the run's own revision is active after this verdict, or may become active. Otherwise its content is
 * irrelevant.
 */
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

/** Stages of the known outputs: those of every run, those of the deployment as well, or all. */
const STAGES = ['now', 'with-deployment', 'at-end'];
/** Creates a list of masks. A text that could be part of a later output waits until that output is known. */
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
        /** Masks the texts that can be compared with the known outputs and are not part of one. */
        release: (known, publicTexts) => {
            for (const text of publicTexts)
                outputs.add(text);
            const ready = [...waiting].filter(([, when]) => STAGES.indexOf(when) <= STAGES.indexOf(known));
            return maskNow(ready.map(([text]) => text).filter((text) => !isPartOf(outputs, text)));
        }
    };
}
/**
 * Returns the stage from which a text is certain not to be part of an output. IDs, commits, statuses and URLs are known
 * late. An earlier mask could lose an output, because the runner drops outputs that contain a masked text.
 */
function comparableFrom(text) {
    const stages = maskedForms(text).map(stageOf);
    return STAGES.findLast((stage) => stages.includes(stage)) ?? 'now';
}
/**
 * Returns what the runner replaces for one mask: the text, the text without surrounding quotes, and the part after its
 * last `&`.
 */
function maskedForms(text) {
    const bare = text.trim();
    const last = bare.slice(bare.lastIndexOf('&') + 1);
    return [bare, unquoted(bare).trim(), ...(last.length >= SHORTEST_SECTION ? [last] : [])];
}
/** The runner does not mask a shorter section of a text. */
const SHORTEST_SECTION = 6;
/** Returns a text without surrounding quotes, as a log may show it and the runner masks it. */
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
/**
 * Tells if a text may be part of an ID: a UUID, a commit, or the random ending of a host name, including short ones.
 */
function isPieceOfId(text) {
    return (/^[0-9a-f]{1,32}$|^[0-9a-f]{40}$/i.test(text) || (/^[0-9a-f]*(-[0-9a-f]*){1,4}$/i.test(text) && text.length <= 36));
}
/** Tells if a text may be a label of a host name, such as a name with a random ending. */
function isLabel(text) {
    return /^[a-z0-9]*(-[a-z0-9]*)+$/.test(text);
}
/**
 * Tells if a mask would replace part of one of the texts. The runner also masks the text without its quotes, and its
 * sections between `&`.
 */
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
/**
 * Creates a text search. At each position, it finds the pieces that begin with the next four characters, and the
 * shorter pieces that begin with the next one. The cost of a line does not grow with the number of pieces, and no
 * pattern is compiled, because an environment with certificates has thousands of pieces.
 */
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
            // The longest matching piece determines the length of the match.
            index.set(key, [...pieces, { text, asWord }].sort((a, b) => b.text.length - a.text.length));
        },
        replaceIn: (text) => known.size === 0
            ? text
            : replaceMatches(text, (at) => Math.max(lengthOf(index.get(text.slice(at, at + KEY_LENGTH)), text, at), lengthOf(index.get(text.charAt(at)), text, at)))
    };
}
/**
 * Replaces every match by `***`.
 *
 * @param lengthAt returns the length of the longest match at a position, or 0
 */
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
/** Tells if a character is a letter, a digit or `_`. NaN, before the start and after the end of a text, is not. */
function isWordCharacter(code) {
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}

;// CONCATENATED MODULE: ./build/runner/mask.js





/** Shorter texts are not masked: a mask of "a" would replace every "a" in the log by asterisks, and so reveal it. */
const SHORTEST_MASK = 6;
/**
 * Words of this length are masked even if only LangSmith has them, and also inside other words, because they are
 * passphrases.
 */
const SHORTEST_PASSPHRASE = 16;
/**
 * Creates the keeper of secrets, which decides what is masked and what is redacted. Each function that receives secrets
 * returns the texts that the runner must mask now. `publicTexts` are the contents of outputs: the runner drops an
 * output that contains a masked text, so a part of an output is never masked. Source: design, "Masking".
 */
function createSecretKeeper() {
    const redaction = createRedaction();
    const masks = createMaskList();
    return {
        /** Adds the keys that the run uses. */
        keys: (values) => {
            const lines = values.flatMap(lineForms);
            for (const text of [...values, ...lines])
                redaction.hide(text, { asWord: text.trim().length < SHORTEST_MASK });
            return masks.maskNow([...new Set(lines)].filter(isMaskable));
        },
        /** Adds values of a deployment's environment. A value that could be part of a later output is masked later. */
        add: (secrets, origin, publicTexts) => {
            for (const secret of secrets) {
                const texts = redaction.hideSecret(secret, origin);
                masks.maskLater(texts.filter(maskableOf(secret, origin)));
            }
            return masks.release('now', publicTexts);
        },
        /** Adds values of an environment that are redacted from now on, and never masked. */
        redactOnly: (secrets) => {
            for (const secret of secrets)
                redaction.hideSecret(secret, 'read');
        },
        /**
         * Adds texts that may be printed, such as commands and URLs. Only the secrets in them are redacted, and never
         * masked.
         */
        redactParts: redaction.hideParts,
        /** Called when more outputs are known: those of the deployment, or all. */
        release: (isEnd, publicTexts) => masks.release(isEnd ? 'at-end' : 'with-deployment', publicTexts),
        /**
         * Removes secrets from outside text, including text that no runner masks, such as a comment: whole secrets, their
         * parts, and the forms in which a log or an error may quote them. Short secrets and words are removed only as
         * separate words.
         */
        redact: redaction.redact
    };
}
/** Creates the redaction of outside text. */
function createRedaction() {
    const search = createTextSearch();
    const seen = new Set();
    const readable = new Set();
    const hide = (text, { asWord }) => {
        search.add(text, { asWord });
        if (!asWord)
            for (const form of encodedForms(text))
                search.add(form, { asWord: false });
    };
    return {
        hide,
        /**
         * @returns the texts of the secret that are redacted from now on; none for a known secret, because a deployment is
         *   read repeatedly
         */
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
/** Returns the forms of a text in JSON, Python's `repr`, a URL and Base64. */
function encodedForms(text) {
    const json = JSON.stringify(text).slice(1, -1);
    // Python and Node's `inspect` escape a quote only if the text contains both kinds.
    const repr = json.replaceAll('\\"', '"');
    return [
        json,
        repr,
        repr.replaceAll("'", "\\'"),
        encodeURIComponent(text.toWellFormed()),
        Buffer.from(text).toString('base64').replace(/=+$/, '')
    ];
}
/** Returns a test for the texts of a secret that are masked. */
function maskableOf({ name, value }, origin) {
    if (origin === 'given')
        return isMaskable;
    // A certificate has thousands of lines. Its parts are computed once, and only on demand.
    let parts;
    return (text) => {
        parts ??= new Set(partsOfText(value, name));
        return isMaskable(text) && isWorthMasking(text, name, parts);
    };
}
/** Tells if a value that is not declared as secret may be one, according to its name or text, and must not be shown. */
function mayBeSecret({ name, value }) {
    return (0,secret_shape/* isSecretShaped */.Y2)(value) || (0,secret_parts/* secretParts */.B)(value).length > 0 || (0,secret_name/* isSecretName */.e)(name);
}
/**
 * Returns the secret texts of a value: the whole, its lines and its parts. A line of ordinary words is excluded, unless
 * the name marks the whole value as secret.
 */
function hiddenTexts({ name, value }) {
    const hasSecretName = (0,secret_name/* isSecretName */.e)(name);
    const isSecret = (text) => !(0,secret_shape/* isPemHeader */.q2)(text) && (hasSecretName ? !/^(null|none)?$/i.test(text.trim()) : !(0,secret_shape/* isOrdinary */.P)(unquoted(text)));
    const lines = lineForms(value);
    const isWhole = !/[\r\n]/.test(value);
    const whole = isWhole
        ? lines.filter(isSecret)
        : [value, ...lines.filter((line) => isMaskable(line) && isSecret(line))];
    // A program that reads its settings from a file removes the quotes around a value.
    const bare = isWhole ? whole.map(unquoted).filter((text) => text.trim() !== '') : [];
    return [...new Set([...whole, ...bare, ...partsOfText(value, name)])].filter((text) => text !== '');
}
function partsOfText(value, name) {
    return (0,secret_parts/* secretParts */.B)(value, name).flatMap((part) => [part, part.trim()]);
}
/** Returns the lines of a value, with and without surrounding spaces. */
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
/**
 * Tells if a text is masked that was only read from LangSmith. Only this action can print such a text, so ordinary
 * words stay readable in the rest of the job.
 */
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
/** Returns the name that a misspelled name probably means. Case and separators are ignored. */
function nearestOf(written, names) {
    const wanted = simplified(written);
    const near = names
        .map((name) => ({ name, distance: distanceBetween(simplified(name), wanted) }))
        .filter(({ name, distance }) => distance <= Math.min(2, Math.floor(name.length / 3)))
        .toSorted((left, right) => left.distance - right.distance);
    return near[0]?.name;
}
/** Returns a text in lower case without separators. */
function simplified(text) {
    return text.toLowerCase().replace(/[\s_-]+/g, '');
}
/**
 * Returns the number of letters to add, remove, replace, or swap with the next letter, to turn one word into the other.
 */
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
/* harmony export */   _: () => (/* binding */ whyUnreadable),
/* harmony export */   g: () => (/* binding */ whyAbsent)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);


/**
 * Names of files that belong to the runner and other actions: the token of the checkout, cloud credentials, file
 * commands.
 */
const KEPT_BY_TOOLS = /^(\.git|git-credentials-.*\.config|gha-creds-.*\.json|_runner_file_commands|_github_\w+)$/i;
/**
 * Returns why a file of variables must not be read, as a clause such as `is outside the workspace`. The file must be in
 * one of the folders, but not where a tool keeps credentials of the job.
 *
 * @param real absolute path without symbolic links
 */
function whyUnreadable(real, { workspace, temporary }) {
    const places = [workspace, ...(temporary ? [temporary] : [])].flatMap((folder) => placeIn(folder, real) ?? []);
    if (places.length === 0)
        return 'is outside the workspace and RUNNER_TEMP';
    const isKept = places.some((place) => place.split(/[/\\]/).some((name) => KEPT_BY_TOOLS.test(name)));
    return isKept ? 'belongs to git, the runner or another action' : undefined;
}
/**
 * Returns why a file in an input or a configuration does not exist, if its path explains it: a clause such as `` `~` is
 * not expanded here; use … ``. A step writes a file of secrets to RUNNER_TEMP, which requires an expression in the
 * path.
 *
 * @param input text before the path in the advice, such as `secrets-file: `
 */
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
/** Returns the path of a file relative to a folder; `undefined` if the file is outside the folder. */
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
/*
 * What the name of a variable, a setting or a key reveals about its value. Pure functions outside the layers: masking
 * uses them, and so does the check of what a server may hide.
 */
/** Words that mark a secret in any position of the name, unless `NOT_SECRET` matches. */
const SECRET_WORD = /^(key|keys|apikeys?|pass|passwd|password|passwords|passphrase|passcode|pwd|pw|pin|secrets?|token|jwt|credentials?|creds|dsn|sig|signature|salt|bearer|authorization)$/;
/**
 * Words that mark a secret only as the last word: `BASIC_AUTH` and `COOKIE` contain secrets, `AUTH_BACKEND` and
 * `SESSION_STORE` do not.
 */
const SECRET_LAST_WORD = /^(auth|cookies?|session|(master|redis|basic|proxy|http|registry)auth)$/;
/** Endings of names that are one word, such as PGPASSWORD, sslpassword and accountkey. */
const SECRET_ENDING = /(password|passwd|passphrase|pwd|secret|token|credentials?|(api|access|account|secret|private|signing|master|license|encryption)key)$/;
/** Ending `pass` of one word, such as DBPASS, SMTPPASS and REQUIREPASS, except for ordinary words with this ending. */
const PASS_ENDING = /[a-z]pass$/;
const NO_PASS = /^(com|encom|by|tres|sur|over|under|out|multi|single|one|two|low|high|band|all|fore|first|second|forward|back)pass$/;
/** Last words of names whose value only describes a secret: its name, its location, its size. */
const ABOUT_A_SECRET = /^(name|id|ids|ur[il]|file|filename|path|dir|arn|endpoint|host|port|prefix|type|alg|algorithm|length|size|ttl|expiry|expires|expiration|timeout|limit|count|mode|region|version|header|issuer|audience|enabled|required|policy|field|column|provider|scopes?|user|username|vault)$/;
const NOT_SECRET = /^(public|publishable|max|min|num|use|enable|disable|require|has|is)$/;
/** Words that override `NOT_SECRET`: `PUBLIC_API_PASSWORD` is a password, but a public key is not a secret. */
const STRONG = /(password|passwd|passphrase|secret|token)$/;
const LIMITS = /^(max|min|num)$/;
/**
 * Tells if a name marks its value as a secret: `OPENAI_API_KEY`, `db.password`, `AccountKey`, `sslpassword`,
 * `REDIS_AUTH`. Not `SharedAccessKeyName`, `TOKEN_URL`, `MAX_TOKENS` and `PUBLIC_KEY`, whose values are checked by
 * their form.
 */
function isSecretName(name) {
    const words = name
        .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
        .toLowerCase()
        .split(/[^a-z]+/)
        .filter((word) => word !== '');
    const last = words.at(-1) ?? '';
    if (ABOUT_A_SECRET.test(last))
        return false;
    // `MAX_TOKEN` counts tokens, `MAX_DB_PASSWORD` is the password of a database.
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


/*
 * The secrets inside a value: connection strings, URLs and JSON also contain hosts, users and regions, which stay
 * readable. The forms are those in the documentation of the services; see the table in the tests.
 */
/**
 * Returns the parts of a value that are secrets, of any length, each once, without the whole value.
 *
 * @param name name of the value. The name of a secret adds decoded Base64 and the password of `user:password`.
 */
function secretParts(value, name = '') {
    const parts = new Set([...((0,_secret_name_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecretName */ .e)(name) ? decodedSecrets(value) : []), ...partsAtDepth(value, 0)]);
    parts.delete('');
    parts.delete(value);
    return [...parts];
}
/** JSON in JSON in Base64 occurs in practice; deeper nesting does not. */
const MOST_NESTING = 4;
/** Connection strings are shorter than this, and the patterns would be slow on longer lines. */
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
/** Returns the secrets in JSON Lines: one object per line, as in logs and exports. */
function jsonLineParts(value, depth) {
    return value.split(/\r\n|\r|\n/).flatMap((line) => {
        const json = line === value ? undefined : parseJsonObject(line);
        return json === undefined ? [] : leavesOf('', json, depth);
    });
}
/** Decodes Base64 of multiline content, such as service accounts and settings files. */
function fromBase64(text) {
    const decoded = readableBase64(text);
    return decoded !== undefined && /[\n{[<=:]/.test(decoded) ? decoded : undefined;
}
const SHORTEST_BASE64 = 16;
/** Returns the decoded text of Base64 or base64url, if it is printable; random bytes rarely are. */
function readableBase64(text) {
    const bare = text.trim();
    if (bare.length < SHORTEST_BASE64 || !/^[A-Za-z0-9+/_\r\n-]+={0,2}$/.test(bare))
        return undefined;
    const decoded = Buffer.from(bare, 'base64').toString('utf8');
    return decoded === '' || /[^\P{C}\t\r\n]|\uFFFD/u.test(decoded) ? undefined : decoded;
}
/** Returns a short password in Base64. Words and hex digits are excluded, because they can also be valid Base64. */
function decodedPassword(text) {
    const bare = text.trim();
    const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(bare) && bare.length % 4 === 0;
    if (!isBase64 || bare.length < (bare.endsWith('=') ? 8 : 12) || /^[0-9a-f/]+$/i.test(bare))
        return undefined;
    const decoded = Buffer.from(bare, 'base64').toString('utf8');
    return /^[\x20-\x7E]+$/.test(decoded) ? decoded : undefined;
}
/** Returns the decoded text of a secret value, and its password if it is `user:password`. */
function decodedSecrets(value) {
    const decoded = readableBase64(value) ?? decodedPassword(value);
    const plain = passwordOf(value).filter((password) => !(0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isOrdinary */ .P)(password));
    return [...(decoded === undefined ? [] : [decoded, ...passwordOf(decoded)]), ...plain];
}
/** Returns the password of `user:password`. */
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
/** Returns the whole value if its name marks a secret; for any other value, its secret parts. */
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
/** Line ends, also escaped as `\n`: a key is often stored in one line of an environment like this. */
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
/** Separators before a URL: white space, quotes, `--index-url=` and the separators of lists. */
const NEXT_ADDRESS = /[\s"'<>]+|[,;|=(](?=(?:jdbc:)?[a-z][a-z0-9+.-]{1,20}:\/\/)/i;
/**
 * Returns the password of a URL, as written and decoded; a user that is a key, as in `https://KEY@sentry.io/1`; random
 * segments of the path, as in webhooks.
 */
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
        // A password that equals the user is not a secret.
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
/**
 * Splits the user and the password from the rest of a URL. A password can contain unescaped `@`, `/` and `#`, so its
 * end is uncertain: the last `@` before the path, or a later one before a host. Both readings count.
 */
function splitUser(rest) {
    const authority = rest.replace(/[/?#].*$/s, '');
    // An `@` in the path can precede a version. After another `@`, a host must have a dot or a port.
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
/** Removes the word `bot` before the token in a URL of Telegram. */
function withoutBot(segment) {
    return segment.replace(/^bot(?=\d+:)/, '');
}
/** Returns the password in `jdbc:oracle:thin:scott/tiger@//host:1521/service`, and in the same form with `@host`. */
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
/** Patterns for pairs of a name and a value, with or without quotes, one for each separator. */
const SEPARATED_BY_SEMICOLON = /(?:^|;)\s*([A-Za-z][\w .-]*?)\s*=\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|\{[^}]*\}|[^;]*)/g;
const SEPARATED_BY_SPACES = /(?:^|\s)([A-Za-z][\w.-]*)\s*=\s*("[^"]*"|'(?:\\.|[^'\\])*'|\S+)/g;
const SEPARATED_BY_COMMA = /(?:^|,)\s*([A-Za-z][\w.-]*)\s*=\s*([^,]*)/g;
const QUERY = /[?&]([A-Za-z][\w.-]*)=([^&#\s"']*)/g;
/** One pair per line, as in settings files. */
const ALONE = /^\s*(?:export\s+)?["']?([A-Za-z][\w.-]*)["']?\s*(?:=|:(?=\s))\s*(.*?)\s*,?$/g;
/**
 * A pair anywhere in a line, such as in `-Dspring.password=…`, `--token=…`, `//host/:_authToken=…`, attributes of XML
 * and options of JAAS. A colon separates a pair only with quotes or brackets; otherwise it is punctuation.
 */
const ANYWHERE = /(?<![\w.-])-{0,2}((?<quote>["'])?(?<name>[A-Za-z_][\w.-]*)\k<quote>\s*(?:=|:(?=\s*["'])))\s*(?<value>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s"'<>]+)/g;
const IN_BRACKETS = /[{,]\s*(?<name>[A-Za-z_][\w.-]*)\s*:\s*(?<value>[^\s"'<>{}[\],]+)/g;
/** An option of a command, followed by a space and its value. */
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
            // A looser pattern skips pairs that are already found.
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
/** Returns the end of a pair: after its quotes, or at the first space, because a command may follow. */
function endOfPair({ 0: all, 2: raw = '', index }) {
    const blank = /^["'{]/.test(raw) ? -1 : raw.search(/\s/);
    return index + all.length - (blank < 0 ? 0 : raw.length - blank);
}
/** Returns the value of a variable before a command, as in `TOKEN=… npm ci`. An ordinary word is not such a value. */
function firstWord(raw) {
    const word = /^[^\s"'{]\S*(?=\s)/.exec(raw)?.[0];
    return word === undefined || (0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isOrdinary */ .P)(word) ? [] : [word];
}
/** Tells if a name is the key of an XML element: in `<add key="Username" value="…"/>` the key is the name. */
function isKeyOfXml({ 0: all, index }, name, line) {
    const end = index + all.length;
    return name === 'key' && /^\s+value\s*=/.test(line.slice(end, end + 20));
}
function secretForms(bare, forms) {
    return (0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isBooleanLike */ .C0)(bare) ? [] : [...forms, ...decodedSecrets(bare)];
}
/** Returns a value without the next pair, and without closing brackets after it. */
function withoutNext(bare) {
    const end = bare.search(/[,;&](?=["']?[A-Za-z_][\w.-]*["']?[=:])/);
    return (end < 0 ? bare : bare.slice(0, end)).replace(/[,;)}\]/]{1,8}$/, '');
}
/** Returns the one pattern for a line, because a value can contain the separators of other patterns. */
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
/**
 * Returns the secrets in XML: `<password>…</password>`, and the `value` next to a `key` or `name` that marks it, as in
 * NuGet and .NET.
 */
function elementParts(value) {
    if (!value.includes('<'))
        return [];
    const elements = [...value.matchAll(/<(?:[\w-]{1,40}:)?([A-Za-z_][\w.-]{0,80})(?:\s[^<>]{0,500})?>([^<>]+)</g)];
    const settings = [
        ...value.matchAll(/\s(?:key|name)\s*=\s*["']([^"'<>]{1,100})["']\s+value\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')/gi)
    ].map(([all, name, double, single]) => [all, name, double ?? single]);
    return [...elements, ...settings].flatMap(([, name = '', text = '']) => (0,_secret_name_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecretName */ .e)(name) && !(0,_secret_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .isBooleanLike */ .C0)(text) ? [text.trim(), withoutReferences(text.trim())] : []);
}
/** Decodes the five predefined entities of XML. */
function withoutReferences(text) {
    return text
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&apos;', "'")
        .replaceAll('&amp;', '&');
}
/**
 * Returns the passwords in `.netrc`, in the password file of Postgres, and in `user:password` with a random password.
 */
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
/**
 * Tells if a text is the digest of an image or a commit, or an image with a digest after the port of its registry. Both
 * can follow a colon, like a password.
 */
function isHexDigest(text) {
    return /^(?:\d{1,5}\/[\w./-]+(?::|(?::[\w.-]+)?@sha(?:256|512):))?([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/.test(text);
}
/** Returns the token of `Bearer …`, or the token and the password of `Basic …`. */
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
/** Tells if a text is a switch, such as `true` or `off`. */
function isBooleanLike(text) {
    return /^(true|false|yes|no|on|off|null|none|enabled|disabled)$/i.test(text);
}
/** Prefixes of the keys of well-known services. */
const KNOWN_PREFIX = /^(sk-|sk_|rk_|pk_live_|lsv2_|ls__|gh[oprsu]_|github_pat_|glpat-|xox[a-z]-|xapp-|AKIA|ASIA|AIza|ya29\.|eyJ|SG\.|hf_|npm_|pypi-|dop_v1_|shpat_|whsec_|tvly-|gsk_|r8_|pcsk_|dckr_pat_|ATATT|nvapi-|xai-|jina_|lin_api_|ntn_|secret_|pplx-|fc-|sntrys_|PMAK-|key-)/;
const SHORTEST_BEHIND_PREFIX = 8;
/** Tells if a text begins like the keys of a well-known service. */
function hasKnownPrefix(text) {
    return KNOWN_PREFIX.test(text);
}
/**
 * Tells if a text has the form of a secret: it has the prefix of a known service, or it is long and mixed like a
 * generated key.
 */
function isSecretShaped(text) {
    const prefix = KNOWN_PREFIX.exec(text)?.[0];
    if (prefix && text.length >= prefix.length + SHORTEST_BEHIND_PREFIX && !isOrdinary(text))
        return true;
    return isRandom(text) && !isOrdinary(text);
}
const SHORTEST_RANDOM = 16;
/** Bits per character. English words have fewer; 16 random hex digits have about 3.3. */
const LEAST_ENTROPY = 2.75;
function isRandom(text) {
    if (text.length < SHORTEST_RANDOM || /\s/.test(text) || UUID_FORM.test(text))
        return false;
    // A path or a URL is random only if one of its segments is random.
    const segments = text.split(/[/:?&,;]/);
    if (segments.length > 2 && !segments.some((segment) => segment.length >= SHORTEST_RANDOM && isRandom(segment)))
        return false;
    const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((one) => one.test(text)).length;
    return classes >= 2 && entropy(text) >= LEAST_ENTROPY;
}
/** Returns the Shannon entropy in bits per character. */
function entropy(text) {
    const counts = new Map();
    for (const character of text)
        counts.set(character, (counts.get(character) ?? 0) + 1);
    let bits = 0;
    for (const count of counts.values())
        bits -= (count / text.length) * Math.log2(count / text.length);
    return bits;
}
/**
 * Tells if a text can be shown because it cannot be a secret: booleans, small numbers, versions, dates, words (`error`,
 * `gpt-4o`, `us-east-1`, `acme/support-agent`), images, paths, host names, e-mail addresses, and URLs without user,
 * query and random segments.
 */
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
/** Tells if a line is the header of a PEM file, which is public and the same in every key. */
function isPemHeader(line) {
    return /^\s*-{5}(BEGIN|END) [A-Z0-9 ]+-{5}\s*$/.test(line);
}
/**
 * Tells if a text is too short to be a secret: symbols, and quantities and names such as `10m`, `512Mi`, `o3`, `v2`.
 */
function isMark(text) {
    return /^[^\p{L}\p{N}]{1,5}$|^[a-z]$|^[a-z]{1,3}\d{1,2}$|^\d{1,5}[a-z%]{1,3}$/iu.test(text);
}
/** Tells if a text is a decimal number, a version, a date, a time of day or an IP address, with or without a port. */
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
/** Tells if a text is a URL of host and path only, without a segment that could be a secret. */
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
/** Tells if a text consists of words and separators, and short marks such as `4o` or `v2`. */
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
/** Tells if a segment is a number of a version or a date, or a mark. It is ordinary only next to a word. */
function isJoined(segment) {
    return /^\d{1,4}$|^20\d{6}$|^[a-z]{1,4}\d{1,2}[a-z]?$|^\d{1,3}[a-z]{1,2}$/i.test(segment);
}
const LONGEST_WORD = 20;
/** Tells if letters are pronounceable; generated keys have many consecutive consonants. */
function isSpelled(letters) {
    if (letters.length <= 6)
        return true;
    const vowels = letters.replace(/[^aeiouy]/gi, '').length;
    return letters.length <= LONGEST_WORD && vowels / letters.length >= 0.2 && !/[^aeiouy]{6}/i.test(letters);
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

/*
 * Names of environment variables: which are valid, which LangSmith reserves, which the runner sets, and which can be
 * printed.
 */
/** Names that LangSmith reserves with any hosting. Source: the list in LangSmith's own command line tool. */
const RESERVED_EVERYWHERE = new Set(`LANGCHAIN_TRACING_V2 LANGSMITH_TRACING_V2 LANGCHAIN_ENDPOINT LANGCHAIN_PROJECT LANGSMITH_PROJECT
   LANGSMITH_LANGGRAPH_GIT_REPO LANGGRAPH_GIT_REPO_PATH LANGCHAIN_API_KEY LANGSMITH_CONTROL_PLANE_API_KEY POSTGRES_URI
   POSTGRES_PASSWORD DATABASE_URI LANGSMITH_LANGGRAPH_GIT_REF LANGSMITH_LANGGRAPH_GIT_REF_SHA LANGGRAPH_AUTH_TYPE
   LANGSMITH_AUTH_ENDPOINT LANGSMITH_TENANT_ID LANGSMITH_AUTH_VERIFY_TENANT_ID LANGSMITH_HOST_PROJECT_ID
   LANGSMITH_HOST_PROJECT_NAME LANGSMITH_HOST_REVISION_ID LOG_JSON LOG_DICT_TRACEBACKS REDIS_URI
   LANGCHAIN_CALLBACKS_BACKGROUND DD_TRACE_PSYCOPG_ENABLED DD_TRACE_REDIS_ENABLED LANGSMITH_DEPLOYMENT_NAME
   LANGGRAPH_CLOUD_LICENSE_KEY`.split(/\s+/));
/** Reserved names that LangSmith sets. Source: LangSmith's documentation. */
const SET_BY_PLATFORM = new Set(`LANGCHAIN_TRACING_V2 LANGSMITH_TRACING_V2 LANGCHAIN_ENDPOINT LANGSMITH_ENDPOINT LANGCHAIN_PROJECT LANGSMITH_PROJECT
   LANGCHAIN_API_KEY LANGSMITH_API_KEY POSTGRES_URI DATABASE_URI REDIS_URI PORT`.split(/\s+/));
/** Variable with which an env file names its deployment. Source: langgraph-cli. */
const DEPLOYMENT_NAME = 'LANGSMITH_DEPLOYMENT_NAME';
/** Variable from which only the official tools read the deployment key. */
const DEPLOY_KEY = 'LANGGRAPH_HOST_API_KEY';
/**
 * Names that LangSmith also reserves on Cloud. The operator of a self-hosted data plane can set them. Source: the list
 * in LangSmith's own command line tool.
 */
const RESERVED_ON_CLOUD = new Set(`LANGSMITH_API_KEY LANGSMITH_ENDPOINT POSTGRES_URI_CUSTOM REDIS_URI_CUSTOM PATH PORT MOUNT_PREFIX LSD_ENV
   LSD_DD_API_KEY LSD_DD_ENDPOINT LSD_DEPLOYMENT_TYPE`.split(/\s+/));
/**
 * Variables that the runner sets, by prefix or by name. Other names that begin with GITHUB_ belong to the agent, such
 * as GITHUB_APP_ID and GITHUB_WEBHOOK_SECRET. Source: GitHub's list of default environment variables.
 */
const RUNNER_PREFIX = /^(RUNNER|ACTIONS|INPUT)_/;
const RUNNER_NAMES = new Set(`ACTION ACTION_PATH ACTION_REF ACTION_REPOSITORY ACTIONS ACTOR ACTOR_ID API_URL BASE_REF ENV EVENT_NAME EVENT_PATH
   GRAPHQL_URL HEAD_REF JOB OUTPUT PATH REF REF_NAME REF_PROTECTED REF_TYPE REPOSITORY REPOSITORY_ID REPOSITORY_OWNER
   REPOSITORY_OWNER_ID RETENTION_DAYS RUN_ATTEMPT RUN_ID RUN_NUMBER SERVER_URL SHA STATE STEP_SUMMARY
   TRIGGERING_ACTOR WORKFLOW WORKFLOW_REF WORKFLOW_SHA WORKSPACE`
    .split(/\s+/)
    .map((name) => `GITHUB_${name}`));
/** Tells if the runner sets a variable of this name. */
function isRunnerVariable(name) {
    return RUNNER_PREFIX.test(name) || RUNNER_NAMES.has(name);
}
/**
 * Returns why a name cannot be a variable of the agent; `undefined` if it can. `onCloud`: LangSmith runs the
 * deployment, and reserves more names.
 */
function whyReserved(name, { onCloud }) {
    if (name === DEPLOY_KEY)
        return 'it is the deployment key, which the agent does not need';
    if (name === DEPLOYMENT_NAME)
        return 'it sets the name of the deployment, not a variable of the agent';
    if (!RESERVED_EVERYWHERE.has(name) && !(onCloud && RESERVED_ON_CLOUD.has(name)))
        return undefined;
    return SET_BY_PLATFORM.has(name) ? 'LangSmith sets this variable' : 'LangSmith reserves this name';
}
/** Tells if a deployment can have a variable of this name. */
function isVariableName(name) {
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}
/**
 * Tells if a name can be printed because it cannot be a piece of a secret. A line of a key mixes digits and letters of
 * both cases.
 */
function isPlainName(name) {
    return /^([A-Z0-9_.-]{1,64}|[a-z0-9_.-]{1,40}|[A-Za-z_.-]{1,24})$/.test(name);
}
/**
 * Tells if a name consists of words in capitals, such as `OPENAI_API_KEY` and `OAUTH2_CLIENT_ID`, but not
 * `AKIAIOSFODNN7EXAMPLE`.
 */
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

/*
 * Outside text (names, error bodies, logs) is data. These functions prevent the runner and the terminal from executing
 * it: the runner reads `::name::` at the start of a line and `##[name]` as commands.
 */
/** Returns the lines of a text, without anything that the runner or a terminal would execute. */
function plainLines(text) {
    return withoutEscapes(text)
        .split(/\r\n|\r|\n/)
        .map(withoutCommand);
}
/** Returns the same as one text, with `\n` between the lines. */
function plain(text) {
    return plainLines(text).join('\n');
}
function withoutCommand(line) {
    return line.replaceAll('##[', '## [').replace(/^(\s*):(?=:)/, '$1: ');
}
/** Returns a text without terminal escapes and control characters. Tabs and line ends stay. */
function withoutEscapes(text) {
    return (0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text).replace(/[^\P{Cc}\t\r\n]/gu, '');
}
/** Returns the start of a text, in at most the given number of bytes of UTF-8, without a split character. */
function firstBytes(text, bytes) {
    const encoded = Buffer.from(text);
    if (encoded.length <= bytes)
        return text;
    let end = Math.max(0, bytes - Buffer.byteLength(' …'));
    while (end > 0 && ((encoded[end] ?? 0) & 0xc0) === 0x80)
        end -= 1;
    return `${encoded.subarray(0, end).toString('utf8')} …`;
}
/** Returns the end of a text, in at most the given number of bytes of UTF-8, without a split character. */
function lastBytes(text, bytes) {
    const encoded = Buffer.from(text);
    if (encoded.length <= bytes)
        return text;
    let start = encoded.length - bytes + Buffer.byteLength('… ');
    // A byte that starts with the bits 10 continues a character.
    while (start < encoded.length && ((encoded[start] ?? 0) & 0xc0) === 0x80)
        start += 1;
    return `… ${encoded.subarray(start).toString('utf8')}`;
}
/**
 * Returns the lines that fit into a number of bytes.
 *
 * @param keeps the end of the lines that is kept; the last one by default
 */
function shortenedLines(lines, bytes, keeps) {
    return (keeps === 'first' ? firstBytes : lastBytes)(lines.join('\n'), bytes).split('\n');
}
/**
 * Lists names, and the number of omitted ones out of `count`. An annotation holds 4,096 characters, and the list must
 * leave space for the rest of the message.
 */
function listed(names, count = names.length) {
    const more = count - MOST_LISTED_NAMES;
    return [...names.slice(0, MOST_LISTED_NAMES), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
const MOST_LISTED_NAMES = 40;


/***/ }),

/***/ 8508:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ USER_AGENT)
/* harmony export */ });
/* unused harmony export VERSION */
/** Version of this action, the same as in package.json. */
const VERSION = '1.0.0';
/** `User-Agent` of each request. */
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
var duration = __nccwpck_require__(8707);
// EXTERNAL MODULE: ./build/commands/delete.js
var commands_delete = __nccwpck_require__(292);
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






/**
 * Returns the number of fields, secrets and variables that a plan changes. A revision without a change counts as one.
 */
function changesOf(plan) {
    if (plan.kind === 'nothing')
        return 0;
    return Math.max(1, plan.rows.filter(({ change }) => change !== 'kept').length);
}
/** Returns the settings of the source, and those that all sources have in common. */
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
/** Plans a new deployment. The body has no `display_name`, because the API accepts it only in a later change. */
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
            // The list is required, even if empty.
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
/**
 * Plans the change of an existing deployment.
 *
 * @param serving the DEPLOYED revision that is the latest and active, to compare with; given with `skip-unchanged`
 * @throws {RefusalError} when the deployment is being deleted, cannot have a revision of this source, or differs in a
 * setting that cannot change after creation
 */
function planPatch(desired, deployment, serving) {
    refuseImpossible(desired, deployment);
    const { type } = desired.source;
    const isOverride = deployment.source !== type;
    const settings = settingsOf(desired, deployment);
    const merged = (0,secrets/* mergeSecrets */.Q)(desired.secrets, deployment.secrets);
    const changed = settings.filter(({ wanted, current }) => !(0,json/* sameJson */.Vk)(wanted, current));
    const needsRevision = merged.send !== undefined || changed.some(({ effect }) => effect !== 'place');
    // A source that the server omits counts as equal.
    const isServed = serving !== undefined && (serving.source ?? type) === type && desired.source.isServedBy(serving);
    // A deploy without a change still creates a revision, unless the active one already has the same code.
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
    // The server decides whether a deployment can have a revision of another Cloud source.
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
/** Returns one row per field. An object gets one row per key, so that one changed number is visible. */
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
// EXTERNAL MODULE: ./build/github/failure.js
var github_failure = __nccwpck_require__(220);
;// CONCATENATED MODULE: ./build/github/commits.js

/** Tells if the compared commit contains the base and further commits. */
function isAhead(comparison) {
    return comparison !== undefined && comparison !== 'unknown' && comparison.ahead > 0 && comparison.behind === 0;
}
/**
 * Compares two commits through GitHub's REST API (`GET /repos/{owner}/{repo}/compare/{basehead}`).
 *
 * @param failure start of the warning if GitHub returns no usable response; if absent, no warning is issued
 * @returns `commit` compared with `base`; `unknown` if the repository lacks one of them; `undefined` without a usable
 * response
 */
async function compareCommits(session, base, commit, failure) {
    const question = { permission: 'contents: read', repeatable: true, ...(failure ? { failure } : {}) };
    return session.ask(question, async ({ octokit, target }) => {
        try {
            const basehead = `${base}...${commit}`;
            const asked = { ...target, basehead, ...WITHOUT_FILES };
            const { data } = await octokit.rest.repos.compareCommitsWithBasehead(asked);
            const { ahead_by: ahead, behind_by: behind } = data;
            if (!Number.isInteger(ahead) || !Number.isInteger(behind))
                throw new github_failure/* UnusableAnswer */.kf('not a comparison');
            return { ahead, behind };
        }
        catch (error) {
            if ((0,github_failure/* isNotFound */.c4)(error))
                return 'unknown';
            throw error;
        }
    });
}
/** Skips the first page, which alone lists the changed files: their patches can be megabytes. */
const WITHOUT_FILES = { page: 2, per_page: 1 };

// EXTERNAL MODULE: ./build/control-plane/patience.js
var patience = __nccwpck_require__(2878);
// EXTERNAL MODULE: ./build/deployment/address.js
var address = __nccwpck_require__(8602);
;// CONCATENATED MODULE: ./build/deployment/usual-time.js
/** Maximum number of rollouts in the median. */
const MOST_SAMPLES = 5;
/** Minimum number of rollouts in the median. */
const LEAST_SAMPLES = 2;
/** A longer time between creation and last update is not the time of a rollout, in milliseconds. */
const LONGEST_ROLLOUT_MS = 2 * 3_600_000;
/**
 * Returns the usual time of a rollout, in milliseconds: the median of the last rollouts from the same source. Returns
 * `undefined` when there are too few.
 *
 * @param revisions newest first
 * @param source source of the revision that the run waits for; `null` when the API does not report it
 */
function usualTime(revisions, source) {
    const times = revisions
        .filter((revision) => revision.status === 'DEPLOYED' && (revision.source ?? source) === (source ?? revision.source))
        .map(({ created_at, updated_at }) => Date.parse(updated_at ?? '') - Date.parse(created_at ?? ''))
        .filter((ms) => ms > 0 && ms <= LONGEST_ROLLOUT_MS)
        .slice(0, MOST_SAMPLES)
        .sort((left, right) => left - right);
    return times.length < LEAST_SAMPLES ? undefined : times[Math.floor(times.length / 2)];
}

// EXTERNAL MODULE: ./build/run/error-message.js
var error_message = __nccwpck_require__(4062);
// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __nccwpck_require__(1298);
// EXTERNAL MODULE: ./build/rollout/queue-watch.js
var queue_watch = __nccwpck_require__(7891);
// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __nccwpck_require__(5990);
// EXTERNAL MODULE: ./build/deployment/restore.js + 3 modules
var restore = __nccwpck_require__(7073);
// EXTERNAL MODULE: ./build/control-plane/client.js + 1 modules
var control_plane_client = __nccwpck_require__(8797);
// EXTERNAL MODULE: ./build/deployment/image.js
var deployment_image = __nccwpck_require__(1335);
;// CONCATENATED MODULE: ./build/deployment/served.js




/**
 * Chooses the revision to roll back to. Reads as many pages of the revision list as needed.
 *
 * @param revisionId the revision to roll back from
 * @param broken set if that revision does not work
 * @returns the choice, and `newest`: the first page of the list, newest first
 */
async function readServedBefore(client, deploymentId, revisionId, broken) {
    const pages = [];
    let way = { before: undefined, passedOver: [] };
    for await (const { resources } of (0,control_plane_client/* pagesOf */.E0)((offset) => client.revisions(deploymentId, offset))) {
        pages.push(resources);
        const revisions = pages.flat();
        way = servedBefore(revisions, revisionId, broken);
        // The next older revision shows whether this one was rolled back.
        if (way.before && deployedBehind(revisions, way.before.id).length > 0)
            break;
    }
    return { newest: pages[0] ?? [], ...way };
}
/**
 * Returns the newest DEPLOYED revision that is older than the given one and is not known to be broken. The order of the
 * list shows which revision was active last.
 *
 * @param revisions newest first
 * @param broken set if that revision does not work; a rollback to it then proves nothing about the revisions it
 * replaced
 */
function servedBefore(revisions, revisionId, broken) {
    const from = revisions.find(({ id }) => id === revisionId);
    if (!from)
        return { before: undefined, passedOver: [] };
    const older = deployedBehind(revisions, revisionId);
    const left = leftBehind(broken ? older : [from, ...older]);
    const passedOver = [];
    for (const revision of older) {
        const { id } = revision;
        const by = left.get(id);
        const why = by
            ? `it was rolled back: the later revision ${by.replacement} has the code of the earlier revision ${by.target}`
            : broken?.hasNewCodeOnly && hasSameCode(revision, from) && isFixedCode(revision)
                ? `it has the code of ${from.id}, which failed its proof`
                : undefined;
        if (why === undefined)
            return { before: revision, passedOver };
        passedOver.push({ id, why });
    }
    return { before: undefined, passedOver };
}
/** Explains why revisions were skipped, in one sentence each. */
function passedOverWords(passedOver) {
    return passedOver.map(({ id, why }) => `Skipped revision ${id}, because ${why}.`);
}
function deployedBehind(revisions, revisionId) {
    const place = revisions.findIndex(({ id }) => id === revisionId);
    return place < 0 ? [] : revisions.slice(place + 1).filter(({ status }) => status === 'DEPLOYED');
}
/**
 * Returns the revisions that were rolled back, by ID: they are between an earlier and a later revision with the same
 * code. If rolled-back code returns, it is a new attempt, which proves nothing about the revisions in between.
 *
 * @param deployed newest first
 */
function leftBehind(deployed) {
    const left = new Map();
    const before = [];
    for (const revision of deployed.toReversed()) {
        const place = before.findLastIndex((one) => !left.has(one.id) && hasSameCode(one, revision));
        const target = before[place];
        for (const one of target ? before.slice(place + 1) : []) {
            if (!left.has(one.id))
                left.set(one.id, { replacement: revision.id, target: target?.id ?? '' });
        }
        before.push(revision);
    }
    return left;
}
/** True if two revisions name the same code. A tag that both name may have moved between them. */
function hasSameCode(left, right) {
    const [one, other] = [left.source_revision_config, right.source_revision_config];
    if (isImage(left) || isImage(right)) {
        return one.image_uri !== null && other.image_uri !== null && (0,deployment_image/* sameImage */.G4)(one.image_uri, other.image_uri);
    }
    if (one.source_tarball_path ?? other.source_tarball_path)
        return one.source_tarball_path === other.source_tarball_path;
    const [commit, otherCommit] = [(0,deployment_revision/* commitOf */.D3)(left), (0,deployment_revision/* commitOf */.D3)(right)];
    if (commit === undefined || otherCommit === undefined || !(0,deployment_revision/* isSameCommit */.sw)(commit, otherCommit))
        return false;
    return one.langgraph_config_path === other.langgraph_config_path;
}
/** True if a revision was deployed from an image. The image of a built revision is the result of the build. */
function isImage({ source, source_revision_config: config }) {
    const { code } = (0,kinds/* kindOf */.I)(source);
    return code === 'image' || (code === 'unknown' && config.image_uri !== null && config.source_tarball_path === null);
}
/** True if the code that a revision names cannot change later. A tag can move to another image. */
function isFixedCode(revision) {
    return !isImage(revision) || !(0,deployment_image/* isByTag */.OY)(revision.source_revision_config.image_uri ?? '');
}

// EXTERNAL MODULE: ./build/run/sentence.js
var sentence = __nccwpck_require__(857);
// EXTERNAL MODULE: ./build/runner/words.js
var words = __nccwpck_require__(3894);
// EXTERNAL MODULE: ./build/rollout/serving.js + 1 modules
var rollout_serving = __nccwpck_require__(7599);
// EXTERNAL MODULE: ./build/rollout/watch.js
var watch = __nccwpck_require__(745);
;// CONCATENATED MODULE: ./build/rollout/roll-out.js


/** The `state` of a story after a successful rollback. @param made the origin of the revision */
function activeNow({ id }, made) {
    return `Active now: revision ${id}, created from ${made}.`;
}
/** Follows a revision that a rollback created until it is active, and checks its health. */
async function rollOut(rolling, config, applied) {
    if (applied.kind !== 'revision')
        return { kind: 'missing', other: 'other' in applied ? applied.other : undefined };
    const { deployment, revision } = applied;
    const { pollIntervalMs } = config;
    const watched = await (0,watch/* watch */.wB)({ ...rolling, pollIntervalMs }, deployment, revision, { onSuperseded: 'warn', own: true });
    const { verdict: ended } = watched;
    if (ended.status !== 'deployed') {
        const reason = 'reason' in ended ? ended.reason : ended.status;
        return { kind: ended.status === 'superseded' ? 'superseded' : 'failed', revision, reason };
    }
    // `watch` warns with `deployed` only if the revision did not become active.
    if (ended.warning)
        return { kind: 'inactive', revision };
    // The requested graphs and runs belong to the new code.
    const proof = await (0,rollout_serving/* proveServing */.xH)(rolling, { ...config, proof: undefined }, ended, {
        ...watched,
        own: true,
        hasPredecessor: true
    });
    if ('overtakenBy' in proof)
        return { kind: 'overtaken' };
    return { kind: proof.verdict.status === 'deployed' ? 'serving' : 'silent', revision };
}

;// CONCATENATED MODULE: ./build/rollout/put-back.js









/**
 * Restores the variables and settings that this run changed, in one write. If the write creates a revision, it has the
 * code of `target` and is followed until it is active. The story lists what cannot be restored.
 *
 * @throws {CancelledError} if the job is canceled; {DeadlineError} at a deadline after the write
 */
async function putBack(context, config, rolledBack, story) {
    try {
        await put_back_restore(context, config, rolledBack, story);
    }
    catch (error) {
        if (error instanceof run_limits/* CancelledError */.cc || (error instanceof run_limits/* DeadlineError */.j3 && story.underWay))
            throw error;
        const why = error instanceof run_limits/* DeadlineError */.j3 ? 'the timeout expired' : (0,error_message/* errorMessage */.g)(error);
        story.done.push(story.isPutBack
            ? (0,sentence/* sentence */.e)(`The settings that this run changed were restored, but the result could not be checked: ${why}`)
            : (0,sentence/* sentence */.e)(`The settings that this run changed could not be restored: ${why}`));
    }
}
async function put_back_restore(context, config, rolledBack, story) {
    const { progress } = context;
    const decide = () => decideRestore(context, rolledBack, story);
    const decision = await decide();
    const { plan, restoration } = decision;
    const { others, back, leftovers, sent, makesRevision } = restoration;
    if (others.length > 0)
        progress.note(`Left unchanged, because someone else changed it: ${(0,words/* listed */.KE)(others)}.`);
    if (plan.kind === 'nothing')
        return;
    const names = (0,words/* listed */.KE)(back);
    progress.note(`Restoring what this run changed: ${names}.`);
    const followUp = progress.followUp('Restore', () => {
        story.underWay = `The request that restores ${names}`;
    });
    const restoring = { ...context, progress: followUp };
    const applied = await (0,apply/* apply */.Bb)(restoring, { name: rolledBack.deployment.name, sent, decide }, decision);
    // From here on, the deployment has these values, even if the revision fails.
    story.isPutBack = true;
    story.leftovers = leftoverWords(leftovers);
    if (!makesRevision) {
        story.underWay = undefined;
        story.done.push(`Restored: ${names}.`);
        await proveNewAddress(restoring, config, rolledBack, [plan.deployment, applied.deployment], story);
        return;
    }
    const came = await rollOut(restoring, config, applied);
    story.underWay = undefined;
    story.done.push([`Restored: ${names}.`, outcome(came, rolledBack.target)].filter(Boolean).join(' '));
    tellState(progress, came, rolledBack.target, story);
}
/** Reads the current state and plans the restoration. @throws {Error} if another run has changed the deployment */
async function decideRestore({ client, limits }, { deployment, target, latest, written }, story) {
    (0,run_limits/* checkLimits */.J5)(limits);
    const { resources: revisions } = await client.revisions(deployment.id);
    const now = await client.deployment(deployment.id);
    const readAt = limits.clock.now();
    const restoration = (0,restore/* planRestore */.q)(written, now, target);
    const { leftovers, back } = restoration;
    // Valid until the restoration.
    story.leftovers = leftoverWords([...leftovers, ...back.map((name) => ({ name, why: '' }))]);
    // A newer revision belongs to another run, including its values.
    const isOurs = latest && revisions[0]?.id === latest.id && [null, latest.id].includes(now.latest_revision_id);
    if (!isOurs && back.length > 0)
        throw new Error('another revision is now in progress or active');
    const plan = asPlan(restoration, now);
    return { current: { deployment: now, revisions }, plan, readAt, restoration };
}
/** Records the active revision after the restoration, if known. */
function tellState(progress, came, target, story) {
    if (came.kind === 'serving') {
        progress.rolledBack(target.id, came.revision.id);
        story.state = activeNow(came.revision, `${target.id} with the previous values`);
        story.advice = undefined;
    }
    else if (came.kind === 'silent' || came.kind === 'overtaken') {
        story.state = '';
        story.advice = undefined;
    }
}
function asPlan({ body, makesRevision, back }, deployment) {
    return back.length === 0
        ? { kind: 'nothing', deployment, rows: [] }
        : { kind: 'patch', deployment, body, makesRevision, rows: [] };
}
function outcome(came, target) {
    const made = 'revision' in came ? `Revision ${came.revision.id}, created from ${target.id} with the previous values` : '';
    switch (came.kind) {
        case 'serving':
            return '';
        case 'silent':
            return `${made}, is active now but did not pass its checks.`;
        case 'inactive':
            return `${made}, did not become active.`;
        case 'failed':
        case 'superseded':
            return `${made}, failed: ${came.reason}`;
        case 'missing':
            return 'No revision with the previous values appeared.';
        case 'overtaken':
            return 'A newer revision is now active.';
    }
}
/** Checks a revision again if it did not pass its checks and the restoration changed its URL. */
async function proveNewAddress(restoring, config, { target, latest, isServing }, [before, after], story) {
    if (isServing || !latest || (0,address/* addressOf */.c)(before) === (0,address/* addressOf */.c)(after))
        return;
    const rolledOut = { deployment: after, revision: latest, own: true, hasPredecessor: true };
    const proof = await (0,rollout_serving/* proveServing */.xH)(restoring, config, { status: 'deployed' }, rolledOut);
    if ('overtakenBy' in proof || proof.verdict.status !== 'deployed')
        return;
    restoring.progress.rolledBack(target.id, latest.id);
    story.state = activeNow(latest, target.id);
}
/** Describes the changes that remain from this run, by name and reason; empty if nothing remains. */
function leftoverWords(leftovers) {
    const reasons = [...new Set(leftovers.map(({ why }) => why))];
    const groups = reasons.map((reason) => {
        const names = (0,words/* listed */.KE)(leftovers.filter(({ why }) => why === reason).map(({ name }) => name));
        return reason ? `${names} (${reason})` : names;
    });
    return groups.length > 0 ? `Not restored: ${groups.join('; ')}.` : '';
}

;// CONCATENATED MODULE: ./build/rollout/rollback.js











/**
 * Rolls back a broken revision to the revision that was active before, and restores the variables and settings that
 * this run changed. Only if the broken revision is both the active and the latest one: otherwise another revision is
 * active or in progress.
 *
 * @returns the verdict of the broken revision, with the result of the rollback
 */
async function rollBack(context, config, rollout, broken) {
    // The rollback has its own time limit.
    context.limits.restart(config.timeoutMs);
    const story = {
        isBegun: false,
        done: [],
        state: '',
        underWay: undefined,
        isPutBack: false,
        leftovers: '',
        advice: undefined
    };
    try {
        const obstacle = await goBack(context, config, rollout, story);
        return obstacle === undefined
            ? toldBy(story, broken, [...story.done, story.state], story.advice)
            : toldBy(story, broken, [obstacle]);
    }
    catch (error) {
        return brokenOff(error, rollout.revision, story, broken);
    }
}
/** @returns the reason if the rollback was skipped */
async function goBack(context, config, rollout, story) {
    const { deployment, revision, written } = rollout;
    const { client, progress } = context;
    const now = await client.deployment(deployment.id);
    progress.deployment(now);
    // If the deployment reports no latest revision, the list of revisions does.
    const isLatest = [null, revision.id].includes(now.latest_revision_id);
    if (now.active_revision_id !== revision.id || !isLatest)
        return NOT_OURS;
    const { newest, before, passedOver } = await readServedBefore(client, deployment.id, revision.id, {
        hasNewCodeOnly: (0,restore/* namesChanged */.z)(written).length === 0
    });
    if (newest[0]?.id !== revision.id)
        return NOT_OURS;
    const why = passedOverWords(passedOver);
    if (!before) {
        const other = why.length > 0 ? 'other ' : '';
        return [`Skipped the rollback: no ${other}revision was active before ${revision.id}.`, ...why].join(' ');
    }
    story.isBegun = true;
    for (const sentence of why)
        progress.note(sentence);
    progress.note(`Rolling back to revision ${before.id}.`);
    story.leftovers = leftoverWords((0,restore/* namesChanged */.z)(written).map((name) => ({ name, why: '' })));
    await carryOut(context, config, { ...rollout, deployment: now, newest, target: before }, story);
    return undefined;
}
/** @param advice without `command: redeploy`, which could now redeploy our revision or replace another run's */
function toldBy({ isBegun, leftovers }, broken, words, advice = rollout_serving/* READ_DEPLOY_LOG */.ao) {
    const reason = [broken.reason, ...words, leftovers].filter(Boolean).join('\n');
    return { ...broken, reason, advice, ...(isBegun ? { isRolledBack: true } : {}) };
}
/** The verdict of a rollback that an error ended. */
function brokenOff(error, revision, story, broken) {
    const { isBegun, underWay, done, state, leftovers } = story;
    if (error instanceof run_limits/* CancelledError */.cc) {
        const going = underWay && `${underWay} was in progress and continues.`;
        const told = [broken.reason, ...done, state, going].filter(Boolean).join(' ');
        return {
            status: 'cancelled',
            reason: ['The job was cancelled.', told, leftovers].filter(Boolean).join('\n'),
            ...(isBegun ? { isRolledBack: true } : {})
        };
    }
    if (error instanceof run_limits/* DeadlineError */.j3 && underWay) {
        return toldBy(story, broken, [...done, state, `${underWay} is still in progress; the timeout expired.`]);
    }
    const why = error instanceof run_limits/* DeadlineError */.j3 ? 'the timeout expired' : (0,error_message/* errorMessage */.g)(error);
    // A refused POST changed nothing. After any other sent request, our revision may no longer be active.
    const isOurs = isBegun && (!underWay || (error instanceof errors/* ApiError */.hD && error.request.startsWith('POST ')));
    return toldBy(story, broken, [(0,sentence/* sentence */.e)(`The rollback failed: ${why}`), isOurs ? stillBroken(revision) : ''], broken.advice);
}
function stillBroken({ id }) {
    return `Revision ${id} is still active.`;
}
const NOT_OURS = 'Skipped the rollback: another revision is now active or in progress.';
const FIX_ADVICE = 'Deploy a corrected version, or roll back with `command: redeploy` and the `revision-id` of a revision that worked.';
/** Redeploys the code of the target, and then restores the other changes of this run. */
async function carryOut(context, config, aim, story) {
    const { deployment, newest, target, written } = aim;
    const progress = context.progress.followUp('Rollback', () => {
        story.underWay = `A rollback to revision ${target.id}`;
    });
    const rolling = { ...context, progress };
    const applied = await (0,apply/* applyRedeploy */.v5)(rolling, deployment, target, newest);
    const came = await rollOut(rolling, config, applied);
    story.underWay = undefined;
    tellRollout(came, aim, story);
    if (came.kind === 'missing')
        return;
    if (came.kind === 'serving') {
        context.progress.rolledBack(target.id, came.revision.id);
        story.done.push(...(await otherCommit(context, deployment.id, target, came.revision)));
    }
    if (written.length > 0) {
        // If a newer revision is active, nothing is written, and the story lists the remaining changes.
        const latest = came.kind === 'overtaken' || came.kind === 'superseded' ? undefined : came.revision;
        await putBack(context, config, { deployment, target, latest, isServing: came.kind === 'serving', written }, story);
    }
}
/** Records the outcome of the revision created from the target. */
function tellRollout(came, { revision: ours, target }, story) {
    switch (came.kind) {
        case 'missing':
            story.done.push(`The rollback failed: no revision created from ${target.id} appeared.`);
            story.state = came.other
                ? `Revision ${came.other.id} appeared instead, with different content.`
                : stillBroken(ours);
            story.advice = FIX_ADVICE;
            return;
        case 'overtaken':
            story.done.push(`Rolled back to revision ${target.id}, but a newer revision is now active.`);
            return;
        case 'superseded':
        case 'failed':
            story.done.push(`The rollback to ${target.id} failed in revision ${came.revision.id}: ${came.reason}`);
            if (came.kind === 'superseded')
                return;
            story.state = stillBroken(ours);
            story.advice = `Read the logs of revisions ${ours.id} and ${came.revision.id} in LangSmith. ${FIX_ADVICE}`;
            return;
        case 'silent':
            story.done.push(`Rolled back to revision ${target.id}, but revision ${came.revision.id}, created from it, did not pass its checks either.`);
            return;
        case 'inactive':
            story.done.push(`Rolled back to revision ${target.id}, but revision ${came.revision.id}, created from it, did not become active.`);
            return;
        case 'serving':
            story.done.push(`Rolled back to the code of revision ${target.id}.`);
            story.state = activeNow(came.revision, target.id);
    }
}
/**
 * Reports a new revision with another commit than its target: the head of a branch can change before the second build.
 */
async function otherCommit({ client }, deploymentId, target, { id }) {
    const made = await client.glanceRevision(deploymentId, id);
    const [wanted, built] = [(0,deployment_revision/* commitOf */.D3)(target), made && (0,deployment_revision/* commitOf */.D3)(made)];
    if (!wanted || !built || (0,deployment_revision/* isSameCommit */.sw)(wanted, built))
        return [];
    return [
        `Revision ${id} was built from commit ${built}, not from commit ${wanted} of ${target.id}. Check the code of the active revision.`
    ];
}

;// CONCATENATED MODULE: ./build/rollout/follow.js











/**
 * Follows a revision that this run created to its verdict, unless `wait` is `false`. Rolls back if requested.
 *
 * @param earlier revisions from before the write, newest first, which show the usual duration
 */
async function followOwn(context, config, applied, earlier) {
    const { deployment, revision, written, activeBefore } = applied;
    const ours = { deployment, revision, own: true, hasPredecessor: activeBefore !== null };
    await context.feedback.following();
    if (!config.wait)
        return { ...ours, verdict: { status: 'started' } };
    const outcome = await follow(context, config, ours, earlier);
    const { verdict } = outcome;
    if (config.rollbackOnFailure && outcome.isUnasked && verdict.status === 'failed') {
        return { ...outcome, verdict: { ...verdict, advice: `${NOT_ROLLED_BACK} ${verdict.advice}` } };
    }
    if (config.rollbackOnFailure && verdict.status === 'timed-out' && outcome.revision.status === 'DEPLOYED') {
        return { ...outcome, verdict: { ...verdict, advice: `${NOT_JUDGED} ${verdict.advice}` } };
    }
    // After a timeout, the revision may still start. A revision whose rollout failed was never active.
    if (!config.rollbackOnFailure || verdict.status !== 'failed' || !verdict.isBroken || !outcome.own)
        return outcome;
    return { ...outcome, verdict: await rollBack(context, config, { ...outcome, written }, verdict) };
}
const NOT_JUDGED = 'Skipped the rollback, because the timeout expired before a check failed.';
const NOT_ROLLED_BACK = 'Skipped the rollback, because no check showed a problem in the agent itself.';
/**
 * Follows a revision that this run did not create.
 *
 * @param listed revisions, newest first, which show the usual duration
 */
async function followOther(context, config, deployment, revision, listed = []) {
    const other = { deployment, revision, own: false, hasPredecessor: true };
    return (await follow(context, config, other, listed)).verdict;
}
/** Proves that the revision that was active before this run works. It is never rolled back. */
async function proveActive(context, config, deployment, revision) {
    const active = { deployment, revision, own: false, hasPredecessor: false, verdict: { status: 'deployed' } };
    // A run that does not wait sends no request to the Agent Server, even if it created no revision.
    if (!config.wait)
        return active.verdict;
    const showLog = (latest, how) => config.logs === 'off'
        ? undefined
        : showEndOfLog(context, deployment, { revision: latest, stream: undefined, ...how });
    return (await conclude(context, config, active, showLog)).verdict;
}
/** Follows a revision to its verdict, and shows its logs as the input `logs` requests. */
async function follow(context, config, followed, listed) {
    const { progress } = context;
    const { onSuperseded, pollIntervalMs, logs } = config;
    const { deployment, revision, own } = followed;
    const before = await readBefore(context, config, followed);
    const usualMs = usualTime(listed, revision.source);
    if (usualMs !== undefined && !(0,deployment_revision/* hasEnded */.hY)(revision.status)) {
        progress.note(`A rollout of this deployment usually takes ${(0,duration/* inWords */.r)(usualMs)}.`);
    }
    const stream = logs === 'stream' ? await openStream(context, deployment) : undefined;
    let seen = revision;
    const queue = (0,queue_watch/* createQueueWatch */.b)(context.client, progress, context.limits.clock, deployment.id);
    const afterLook = async (looked) => {
        seen = looked;
        await queue.look(looked);
        await stream?.look(looked);
    };
    const showLog = (latest, how) => logs === 'off' ? undefined : showEndOfLog(context, deployment, { revision: latest, stream, ...how });
    const watched = await (0,watch/* watch */.wB)({ ...context, pollIntervalMs, afterLook }, deployment, revision, {
        onSuperseded,
        own,
        usualMs
    }).catch(async (error) => {
        progress.endLog();
        if (error instanceof run_limits/* DeadlineError */.j3)
            await showLog(seen, { isOverdue: true });
        throw error;
    });
    await stream?.finish();
    progress.endLog();
    const ended = {
        ...followed,
        ...watched,
        own: own && watched.revision.id === revision.id,
        hasPredecessor: followed.hasPredecessor || watched.revision.id !== revision.id,
        deployment: await seeWhatServes(context, watched)
    };
    return conclude(context, config, ended, showLog, before);
}
/** Reads the figures of the previous revision, if a bake compares with them. */
async function readBefore(context, { bake }, followed) {
    if (!bake)
        return undefined;
    // Imported on demand.
    const { figuresBefore } = await __nccwpck_require__.e(/* import() */ 925).then(__nccwpck_require__.bind(__nccwpck_require__, 9925));
    return figuresBefore(context, bake, followed);
}
/** Proves a deployed revision, and shows the log if it fails or times out. */
async function conclude(context, config, ended, showLog, before) {
    const proof = await prove(context, config, ended, before);
    if ('overtakenBy' in proof)
        return makeWay(context, config, ended, proof);
    const { verdict, ids } = proof;
    // If the agent could not be checked, its log does not show why.
    const isUnasked = ids !== undefined && verdict.status === 'failed' && !verdict.isBroken;
    if ((verdict.status === 'failed' && !isUnasked) || verdict.status === 'timed-out') {
        await showLog(ended.revision, { isOverdue: verdict.status === 'timed-out', ids });
    }
    return { ...ended, verdict, isUnasked };
}
async function prove(context, config, { verdict, ...rolledOut }, before) {
    if (verdict.status !== 'deployed')
        return { verdict };
    const serving = () => (0,rollout_serving/* proveServing */.xH)(context, config, verdict, rolledOut);
    if (!config.bake)
        return serving();
    // Imported on demand.
    const { proveAndBake } = await __nccwpck_require__.e(/* import() */ 925).then(__nccwpck_require__.bind(__nccwpck_require__, 9925));
    return proveAndBake(context, config.bake, { rolledOut, before }, serving);
}
/** Creates the log stream of a deployment, imported on demand. */
async function openStream({ client, limits, progress }, { id }) {
    const { createLogStream } = await __nccwpck_require__.e(/* import() */ 137).then(__nccwpck_require__.bind(__nccwpck_require__, 4137));
    return createLogStream(client.readLogs, progress, id, limits.clock);
}
/** Ends the rollout of a revision that a newer one replaced after its rollout, or follows the newer one. */
async function makeWay(context, config, outcome, { overtakenBy, reason }) {
    if (config.onSuperseded !== 'follow') {
        return { ...outcome, verdict: { status: 'superseded', reason, passes: config.onSuperseded === 'warn' } };
    }
    context.progress.warn(`${reason} Following the newest revision instead.`);
    context.progress.revision(overtakenBy, { own: false });
    return follow(context, config, { ...outcome, revision: overtakenBy, own: false, hasPredecessor: true }, []);
}
/** Reads the deployment again if the verdict does not depend on the active revision, or if the URL is missing. */
async function seeWhatServes({ client, limits, progress }, { deployment: found, verdict }) {
    let deployment = found;
    for (let looks = 0; looks < ADDRESS_LOOKS; looks += 1) {
        if (verdict.status === 'deployed' ? (0,address/* addressOf */.c)(deployment) !== undefined : looks > 0)
            break;
        try {
            if (looks > 0)
                await (0,run_limits/* pause */.v7)(limits, ADDRESS_PAUSE_MS);
            deployment = await client.glance(found.id);
            progress.deployment(deployment);
        }
        catch {
            // The verdict does not depend on this read.
            break;
        }
    }
    return deployment;
}
/** Most reads: the URL of a new deployment can appear seconds after the deployment is active. */
const ADDRESS_LOOKS = 4;
const ADDRESS_PAUSE_MS = 2_000;
/** The time after the deadline to read the log of a failure or a delay, in milliseconds. */
const LOG_GRACE_MS = 10_000;
/**
 * Shows the end of the log of the phase that failed, or that was in progress at the deadline. An unreadable log never
 * changes the verdict: after a failure it is a warning, after a delay it is ignored.
 *
 * @throws {CancelledError} if the job is canceled during the read of the log of a delay
 */
async function showEndOfLog({ client, limits, progress }, deployment, { revision, stream, isOverdue, ids = [] }) {
    try {
        await (0,run_limits/* withGrace */.pj)(limits, LOG_GRACE_MS, async () => {
            // Imported on demand: most runs read no log.
            const { readLogOfFailure } = await Promise.all(/* import() */[__nccwpck_require__.e(422), __nccwpck_require__.e(675)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2675));
            const log = await readLogOfFailure({
                readLogs: client.readLogs,
                clock: limits.clock,
                deploymentId: deployment.id,
                revision,
                // At the deadline, the stream may be incomplete.
                ...(stream && !isOverdue ? { known: stream.end } : {}),
                names: [deployment.name],
                ids,
                wait: (ms) => (0,run_limits/* pause */.v7)(limits, ms)
            });
            // Streamed lines are already shown.
            if (log)
                await progress.endOfLog(log, { isShown: !stream });
        });
    }
    catch (error) {
        if (error instanceof run_limits/* CancelledError */.cc && isOverdue)
            throw error;
        // A missing log was deleted with its revision or deployment.
        if (isOverdue || (0,run_limits/* endsRun */.sl)(error) || (0,patience/* isMissing */.b2)(error))
            return;
        progress.warn(`The log of the failure could not be read: ${(0,error_message/* errorMessage */.g)(error)}`);
    }
}

// EXTERNAL MODULE: ./build/run/verdict.js
var run_verdict = __nccwpck_require__(4583);
;// CONCATENATED MODULE: ./build/commands/display-name.js


/** The longest time that the rollout waits for the rename. */
const NAMING_MS = 5_000;
/**
 * Sets the display name of a new deployment while `rollout` runs, because a create cannot set it. Sends one request. If
 * the rollout ends first, it waits up to 5 s for the request. A failure is only a warning: the next run sets the name.
 *
 * @param displayName `undefined`: sends no request
 * @param budgetMs the longest time for the request, in milliseconds
 * @returns what `rollout` returns; throws what `rollout` throws
 */
async function namingBeside({ client, limits, progress }, { id }, displayName, rollout, budgetMs = NAMING_MS) {
    const warn = (error) => {
        // A canceled run reports its own end.
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
var sources_github = __nccwpck_require__(2612);
// EXTERNAL MODULE: ./build/github/history.js
var github_history = __nccwpck_require__(6466);
;// CONCATENATED MODULE: ./build/commands/guard.js






/** The commit of this run is older than the commit of the active revision, or of a revision in progress. */
class OlderError extends Error {
    name = 'OlderError';
    newer;
    constructor(newer) {
        super(newer.reason);
        this.newer = newer;
    }
}
/**
 * Creates the guard of a run, which checks before each plan of a write: an upload can take place between two plans.
 * Each revision is compared once.
 *
 * @returns a function that throws OlderError
 */
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
/**
 * Tells if the commit of the newest revision is strictly ahead of the commit of this run. Not needed for a branch of a
 * `github` deployment, because LangSmith builds its head.
 *
 * @param note called with the reason if the result is `unknown`
 */
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
    const comparison = await compareCommits(github, ours, theirs, `Could not determine whether revision ${revision.id} (commit ${theirs}) is newer than this run; continuing`);
    if (comparison === 'unknown') {
        note(`GitHub did not find ${ours} or ${theirs}, so the newer of the two is unknown.`);
    }
    if (!comparison || comparison === 'unknown')
        return 'unknown';
    if (!isAhead(comparison))
        return 'not-newer';
    return {
        deployment,
        revision,
        reason: `Nothing was deployed: commit ${theirs} of revision ${revision.id} (${revision.status}) is ${commits(comparison.ahead)} ahead of commit ${ours} of this run. Set \`allow-downgrade: true\` to deploy an older commit on purpose.`
    };
}
/** The verdict of a superseded run, according to `on-superseded`. */
async function yieldTo(context, config, { newer }) {
    const { deployment, revision, reason } = newer;
    context.progress.revision(revision, { own: false });
    if (config.dryRun)
        return { status: 'planned', reason: `This run would be superseded. ${reason}`, changes: 0 };
    if (config.onSuperseded !== 'follow' || !config.wait) {
        return { status: 'superseded', reason, passes: config.onSuperseded !== 'fail' };
    }
    context.progress.warn(`${reason} Following that revision instead.`);
    const verdict = await followOther(context, config, deployment, revision);
    return verdict.status === 'deployed' ? { ...verdict, ofOther: true } : verdict;
}
/** The commit to deploy, or a tag that GitHub can resolve; `undefined` if the source has no fixed commit. */
function commitToDeploy({ source, trigger }) {
    if ((0,sources/* isMadeFrom */.o)('image', source))
        return (0,deployment_revision/* commitOfImage */.Kl)(source.imageUri);
    if ((0,sources/* isMadeFrom */.o)('archive', source))
        return trigger.commit;
    const [, tag] = /^refs\/tags\/(.+)$/.exec(source.repoRef) ?? [];
    const isOwn = (0,sources_github/* sameRepository */.RB)(source.repoUrl, trigger.repositoryUrl);
    return tag && isOwn ? (source.runCommit ?? tag) : undefined;
}
/** Reads the commit of an uploaded archive from the GitHub deployments, because LangSmith does not store it. */
async function recordedCommit({ github, feedback }, { source, environment }, { id }, note) {
    if (!github || !environment || !(0,sources/* isMadeFrom */.o)('archive', source))
        return undefined;
    const commit = await (0,github_history/* commitOfRevision */.YL)(github, { environment, mark: feedback.mark() }, id, `Could not look up the commit of revision ${id}, which may be newer than this run`);
    if (commit === 'unknown') {
        note(`No GitHub deployment records the commit of revision ${id}; it may be newer than this run.`);
    }
    return commit === 'unknown' ? undefined : commit;
}
/** Formats a number of commits, such as `2 commits`. */
function commits(count) {
    return count === 1 ? '1 commit' : `${count} commits`;
}

;// CONCATENATED MODULE: ./build/github/refs.js

const READ_CONTENTS = 'contents: read';
/**
 * Looks up if a name is a branch or a tag, through GitHub's REST API (`GET /repos/{owner}/{repo}/git/ref/{ref}`). Both
 * are requested, because GitHub also returns 404 for every ref of a repository that the token cannot read.
 */
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

;// CONCATENATED MODULE: ./build/runner/trigger.js

/** Reads the trigger from the runner's variables and the event's payload. The payload may lack fields. */
function trigger_readTrigger(variables, event) {
    const repository = variables.GITHUB_REPOSITORY ?? '';
    const eventName = variables.GITHUB_EVENT_NAME ?? '';
    const payload = (0,object/* object */.I)(event);
    const pullRequest = (0,object/* object */.I)(payload?.pull_request);
    const isOfDeployment = eventName.startsWith('deployment');
    const deployment = isOfDeployment ? (0,object/* object */.I)(payload?.deployment) : undefined;
    // The payload of a GitHub deployment contains the workflow that created it, which is not the subject of the event.
    const workflowRun = isOfDeployment ? undefined : (0,object/* object */.I)(payload?.workflow_run);
    const foreignHead = foreignRepository(repository, pullRequest, workflowRun);
    const server = variables.GITHUB_SERVER_URL || 'https://github.com';
    const isOfStatus = eventName === 'deployment_status';
    const isDependabot = [(0,object/* object */.I)(pullRequest?.user)?.login, (0,object/* object */.I)(payload?.sender)?.login].includes('dependabot[bot]');
    const subject = eventSubject(variables, payload, { deployment, workflowRun, foreignHead });
    const isMerged = subject.about.kind === 'pull-request' && subject.about.state === 'merged';
    return {
        eventName,
        repository,
        repositoryUrl: repository ? `${server}/${repository}` : '',
        trialMerge: /^refs\/pull\/\d+\/merge$/.test(variables.GITHUB_REF ?? '') ? variables.GITHUB_SHA : undefined,
        deploymentState: isOfStatus ? textIn((0,object/* object */.I)(payload?.deployment_status)?.state) : undefined,
        previewEnvironment: previewEnvironment(deployment),
        defaultBranch: textIn((0,object/* object */.I)(payload?.repository)?.default_branch),
        isRefUnclear: false,
        headCommit: undefined,
        endedRun: undefined,
        ...subject,
        foreignHead: isMerged ? undefined : foreignHead,
        pullRequest: pullRequestNumber(payload, workflowRun, repository),
        mayBeOfPullRequest: mayBeOfPullRequest(variables, payload, workflowRun),
        isInFork: (0,object/* object */.I)(payload?.repository)?.fork === true,
        // A pull_request_target run belongs to the base branch, and receives its secrets.
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
/** Returns the pull request of the event: itself, that of a comment, or the only one of a finished workflow. */
function pullRequestNumber(payload, workflowRun, repository) {
    const issue = (0,object/* object */.I)(payload?.issue);
    const ofRun = workflowRun?.pull_requests;
    const [only, another] = Array.isArray(ofRun) ? ofRun.filter((one) => isInto(one, repository)) : [];
    const holder = (0,object/* object */.I)(payload?.pull_request) ?? ((0,object/* object */.I)(issue?.pull_request) ? issue : another ? undefined : (0,object/* object */.I)(only));
    const number = holder?.number;
    return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
function mayBeOfPullRequest({ GITHUB_REF: ref }, payload, workflowRun) {
    const run = (0,object/* object */.I)(payload?.check_run);
    const checks = [(0,object/* object */.I)(payload?.check_suite), run, (0,object/* object */.I)(run?.check_suite)];
    const isOfChecks = checks.some((one) => Array.isArray(one?.pull_requests) && one.pull_requests.length > 0);
    return isOfChecks || workflowRun?.event === 'issue_comment' || (ref?.startsWith('refs/pull/') ?? false);
}
/**
 * Returns the environment of a GitHub deployment that is not for production. GitHub sets `production_environment` by
 * itself only if the name is exactly `production`.
 */
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
/** Tells if the event contains the commit of its subject. A comment does not contain that of its pull request. */
function tellsCommit({ about, ref, headCommit }) {
    return about.kind !== 'pull-request' || (ref ?? headCommit) !== undefined;
}
/** Returns the repository of the code, if it is not this one. */
function foreignRepository(repository, pullRequest, workflowRun) {
    if (!pullRequest && !workflowRun)
        return undefined;
    const owner = pullRequest ? (0,object/* object */.I)((0,object/* object */.I)(pullRequest.head)?.repo) : (0,object/* object */.I)(workflowRun?.head_repository);
    // After the deletion of a fork, the payload has no head repository, so the owner of the code is unknown.
    const isGone = pullRequest !== undefined || workflowRun?.head_repository === null;
    const name = textIn(owner?.full_name) ?? (isGone ? 'a deleted fork' : repository);
    return name.toLowerCase() === repository.toLowerCase() ? undefined : name;
}
/**
 * Returns the branch, tag, commit or pull request that is the subject of the event.
 * Source: docs.github.com, "Events that trigger workflows" and "Webhook events and payloads".
 *
 * @param foreignHead other repository of the code, whose branches are not those of this one
 */
function eventSubject(variables, payload, { deployment, workflowRun, foreignHead }) {
    const eventName = variables.GITHUB_EVENT_NAME ?? '';
    const own = { ref: branchOrTag(variables.GITHUB_REF), commit: variables.GITHUB_SHA || undefined };
    const pullRequest = (0,object/* object */.I)(payload?.pull_request);
    const issue = (0,object/* object */.I)(payload?.issue);
    if (pullRequest)
        return ofPullRequest(pullRequest, own, foreignHead);
    if (issue && (0,object/* object */.I)(issue.pull_request))
        return ofComment(issue, own);
    if (workflowRun)
        return ofWorkflowRun(workflowRun, (0,object/* object */.I)(payload?.repository), own, foreignHead);
    if (deployment)
        return ofDeployment(deployment, variables);
    const isDeleted = eventName === 'delete' || (eventName === 'push' && payload?.deleted === true);
    if (isDeleted)
        return { ...own, about: { kind: 'deleted-ref', ref: textIn(payload?.ref) ?? '' } };
    const release = eventName === 'release' ? (0,object/* object */.I)(payload?.release) : undefined;
    const why = release && whyWithheld(payload?.action, release);
    if (why)
        return { ...own, about: { kind: 'withheld-release', tag: textIn(release.tag_name) ?? '', why } };
    const group = (0,object/* object */.I)(payload?.merge_group);
    if (group || isOfMergeQueue(own.ref)) {
        return { ref: own.ref, commit: textIn(group?.head_sha) ?? own.commit, about: { kind: 'merge-group' } };
    }
    return { ...own, about: { kind: 'ref' } };
}
function ofPullRequest(pullRequest, own, foreignHead) {
    const head = (0,object/* object */.I)(pullRequest.head);
    const headCommit = textIn(head?.sha);
    const base = textIn((0,object/* object */.I)(pullRequest.base)?.ref);
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
/** Returns the subject of a comment. The run is on the default branch, but is about the pull request. */
function ofComment(issue, own) {
    const isMerged = textIn((0,object/* object */.I)(issue.pull_request)?.merged_at) !== undefined;
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
/**
 * Returns the subject of a finished workflow. The ref of the run is the default branch; `head_branch` is the branch or
 * tag of the other workflow.
 */
function ofWorkflowRun(workflowRun, repository, own, foreignHead) {
    const isForeign = foreignHead !== undefined;
    const { event, conclusion } = workflowRun;
    const branch = textIn(workflowRun.head_branch);
    const startedBy = textIn(event) ?? '';
    const isOfPullRequest = startedBy.startsWith('pull_request');
    const listed = Array.isArray(workflowRun.pull_requests) ? workflowRun.pull_requests.map(object/* object */.I) : [];
    const fact = {
        ref: isForeign ? undefined : (branch ?? own.ref),
        commit: textIn(workflowRun.head_sha) ?? own.commit,
        endedRun: { conclusion: conclusion === null ? null : textIn(conclusion), isOfRef: !isOfPullRequest }
    };
    const isDefault = branch === textIn(repository?.default_branch);
    // A push to the branch of a pull request is also about that pull request, because tests often run `on: push` for all
    // branches.
    const candidates = isForeign || isDefault ? [] : listed.filter((one) => isFromBranch(one, branch, repository));
    const [pullRequest, another] = isOfPullRequest ? listed : candidates;
    if (isOfPullRequest || pullRequest) {
        const base = another ? undefined : textIn((0,object/* object */.I)(pullRequest?.base)?.ref);
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
        listed.some((one) => (0,object/* object */.I)(one?.head)?.ref === branch);
    return { ...fact, isRefUnclear: !isBranch, about: { kind: 'ref' } };
}
function isFromBranch(pullRequest, branch, repository) {
    return (0,object/* object */.I)(pullRequest?.head)?.ref === branch && isInto(pullRequest, textIn(repository?.full_name) ?? '');
}
/**
 * Returns the subject of a GitHub deployment. GITHUB_REF is its branch or tag; it is empty for a deployment of a
 * commit.
 */
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
/** Tells if the merge queue created a branch for its tests. It deletes such a branch after them. */
function isOfMergeQueue(branch) {
    return branch?.startsWith('gh-readonly-queue/') ?? false;
}
/**
 * Tells if a pull request targets this repository. A run can also belong to pull requests of other repositories, whose
 * numbers do not apply here.
 */
function isInto(pullRequest, repository) {
    const url = textIn((0,object/* object */.I)((0,object/* object */.I)((0,object/* object */.I)(pullRequest)?.base)?.repo)?.url);
    return url === undefined || url.toLowerCase().endsWith(`/repos/${repository.toLowerCase()}`);
}
/**
 * Returns the branch `x` for `refs/heads/x`, and a tag unchanged; `undefined` for other refs, such as that of a pull
 * request.
 */
function branchOrTag(ref) {
    if (!ref)
        return undefined;
    if (ref.startsWith('refs/heads/'))
        return ref.slice('refs/heads/'.length);
    return ref.startsWith('refs/') && !ref.startsWith('refs/tags/') ? undefined : ref;
}
/** Returns a text of a payload; `undefined` if it is missing, empty or not a text. */
function textIn(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}

;// CONCATENATED MODULE: ./build/commands/origin.js










/**
 * Returns the configuration with a full ref. If the event does not specify whether its name is a branch or a tag,
 * GitHub is queried.
 *
 * @throws {RefusalError} if the lookup fails, or if the repository has both
 */
async function withClearRef({ github, progress }, config) {
    const { source, trigger, caution, branchWarnings } = config;
    if (!config.isRefUnclear)
        return withClearVersion({ github, progress }, config);
    if (!(0,sources/* isMadeFrom */.o)('repository', source)) {
        // The code is not built from the ref. Only a confirmed tag lifts the caution; anything else is treated as a branch.
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
    // The caution was about the branch of this name.
    return {
        ...withTag(config, source, name),
        isRefUnclear: false,
        caution: undefined,
        trigger: { ...trigger, ref: `refs/tags/${name}` }
    };
}
/** A version number with at least one period, as in the tag of a release. */
const VERSION = /^v?\d+(\.\d+)+([-+.]\S*)?$/;
/**
 * Resolves a `repo-ref` that looks like a version: if it is a tag on GitHub, the tag is built. Other short names are
 * branches.
 */
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
/**
 * Returns the configuration with a ref, if another repository is set without one: the ref that the deployment is built
 * from, or the default branch of the repository according to LangSmith.
 *
 * @throws {RefusalError} if the default branch is unknown
 */
async function withDefaultBranch({ client, progress }, config) {
    const { source, target } = config;
    if (!(0,sources/* isMadeFrom */.o)('repository', source) || source.repoRef !== '')
        return config;
    const deployment = await (0,find/* find */.I6)(client, target);
    const standing = deployment && branchOf(deployment);
    const ref = standing && !(0,deployment_revision/* isCommit */.WM)(standing) ? standing : await defaultBranch(client, source);
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
    const reason = typeof found === 'object' ? found.failure : found === 'both' || found === 'neither' ? why[found] : '';
    return `The event does not specify whether "${name}" is a branch or a tag, and the lookup failed: ${reason}`;
}
function refUnclear(name, found) {
    return new errors/* RefusalError */.XQ('Ambiguous branch or tag', ambiguity(name, found), `Set \`repo-ref: ${name}\` for the branch, or \`repo-ref: refs/tags/${name}\` for the tag.`);
}
/**
 * Refuses a trigger that may only deploy to some deployments. It may deploy to a `github` deployment of this repository
 * that is already built from the branch of the run, to a new one if the caution allows it, and to any other deployment
 * if the user set its name.
 *
 * @param deployment `undefined` before it is created
 * @param isBuiltHere true if LangSmith builds, or would build, the deployment from this repository
 * @throws {RefusalError} if the trigger is not allowed
 */
function heed(caution, deployment, { isBuiltHere }) {
    if (caution && !(isBuiltHere ? isMeant(caution, deployment) : caution.isNamed)) {
        throw new errors/* RefusalError */.XQ('Trigger not allowed', caution.reason, caution.advice);
    }
}
/** Calls `heed` for `deploy`. In a dry run, a refusal is only a warning. @throws {RefusalError} */
function heedOrWarn({ progress }, { caution, dryRun, source }, deployment) {
    try {
        heed(caution, deployment, { isBuiltHere: (0,sources/* isMadeFrom */.o)('repository', source) });
    }
    catch (error) {
        if (!dryRun || !(error instanceof errors/* RefusalError */.XQ))
            throw error;
        progress.warn(`Without \`dry-run\`, this run would be refused: ${error.message} ${error.advice}`);
    }
}
/**
 * Returns the configuration with the existing deployment, if its name is invalid for a new one. The search comes before
 * any packing.
 *
 * @throws {RefusalError} if the deployment does not exist
 */
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
/** The branch or tag that a deployment is built from. In the ref of a revision, servers put the resolved commit. */
function branchOf({ source_config, source_revision_config }) {
    return branchOrTag(source_config.repo_branch ?? source_revision_config.repo_ref ?? undefined);
}
/** The branch or tag; `undefined` if only a commit is known, or if LangSmith does not fetch the code. */
function namedRefOf(deployment) {
    const ref = isFetched(deployment) ? branchOf(deployment) : undefined;
    return (0,deployment_revision/* isCommit */.WM)(ref) ? undefined : ref;
}
/** Tells if LangSmith fetches the code of a deployment from a repository. */
function isFetched({ source }) {
    return (0,kinds/* kindOf */.I)(source).code === 'repository';
}
/**
 * Returns a warning if the run moves the deployment to another branch without an input that requests it: `on: push`
 * without `branches` starts a run for each branch. A remaining caution decides instead.
 */
function warningOfBranch(config, deployment) {
    if (!deployment || config.isRefWritten || config.caution)
        return undefined;
    return (0,sources/* isMadeFrom */.o)('repository', config.source)
        ? movedToBranch(config, config.source, deployment)
        : replacedByBranch(config, deployment);
}
/** The warning for a deployment that LangSmith builds from a branch, which the API returns. */
function movedToBranch({ trigger, dryRun }, { repoRef }, deployment) {
    const standing = namedRefOf(deployment);
    if (standing === undefined || (0,deployment_revision/* isTag */.dz)(repoRef))
        return undefined;
    // For a pull request, a dry run compares with the base branch, but the deployment may be built from the head branch.
    if (standing === repoRef || standing === trigger.ref)
        return undefined;
    const from = (0,deployment_revision/* isTag */.dz)(standing) ? `the tag "${standing.slice('refs/tags/'.length)}"` : `"${standing}"`;
    return `This run ${dryRun ? 'would switch' : 'switches'} deployment "${deployment.name}" from ${from} to "${repoRef}". Add ${filterFor(trigger, standing)}, or set \`repo-ref: ${repoRef}\` if this is intended.`;
}
/** The warning for an archive or image, whose branch is unknown. A name that the user set is intended. */
function replacedByBranch({ trigger, defaultName, dryRun }, deployment) {
    const { eventName, ref, defaultBranch } = trigger;
    const isOfAnyBranch = eventName === 'push' || eventName === 'workflow_dispatch';
    if (defaultName === undefined || !isOfAnyBranch || trigger.about.kind !== 'ref')
        return undefined;
    if (ref === undefined || (0,deployment_revision/* isTag */.dz)(ref) || defaultBranch === undefined || ref === defaultBranch)
        return undefined;
    return `Branch "${ref}" ${dryRun ? 'would replace' : 'replaces'} deployment "${deployment.name}", which is named after the repository; the default branch is "${defaultBranch}". Add ${filterFor(trigger, defaultBranch)}, or set \`name\` to deploy this branch separately.`;
}
/**
 * The setting that limits a workflow to a branch or a tag. Some events only run on the default branch, so no filter
 * helps.
 */
function filterFor({ eventName }, ref) {
    const hasBranches = eventName === 'push' || eventName === 'workflow_run' || eventName.startsWith('pull_request');
    if (eventName === 'push' && (0,deployment_revision/* isTag */.dz)(ref))
        return "`tags: ['**']` to `on: push`";
    if ((0,deployment_revision/* isTag */.dz)(ref))
        return `\`repo-ref: ${ref}\``;
    if (hasBranches)
        return `\`branches: [${ref}]\` to \`on: ${eventName}\``;
    if (eventName === 'workflow_dispatch')
        return `\`if: github.ref_name == '${ref}'\` to the job`;
    if (eventName.startsWith('deployment'))
        return `\`if: github.event.deployment.ref == '${ref}'\` to the job`;
    return `\`repo-ref: ${ref}\``;
}
/**
 * Creates the name guard of a run, which prevents a default name from moving a deployment to another project. Sends at
 * most one lookup to GitHub.
 *
 * @returns a function that throws RefusalError if the deployment belongs to another `langgraph-config`, source folder
 * or repository; its argument is `undefined` before the deployment is created
 */
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
        // For a new deployment, the GitHub environment records the folder from this run on.
        const isKept = there !== undefined || (!deployment && environment !== undefined && context.github);
        if (isFirst && !isKept && !place?.isRoot)
            context.progress.remark(nameAdvised(place?.folder ?? ROOT));
    };
}
/** The root in the notation of the folders. */
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
    if (standing && !(0,deployment_revision/* isSameConfigPath */.E0)(standing, configPath))
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
/**
 * Refuses another `langgraph-config`. Another repository is refused elsewhere for every name, because LangSmith fixes
 * it at creation.
 */
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
    return new errors/* RefusalError */.XQ('Name is taken', `Deployment "${name}" was created from ${there}, and this run would deploy ${here} under the same default name.`, `Set another \`name\` to deploy this separately, or \`name: ${defaultName}\` to replace it.`);
}

;// CONCATENATED MODULE: ./build/commands/planner.js










/** Creates the planner of a deploy, which refuses invalid writes. @param look reads the pull request of a preview */
function createPlanner(context, config, source, look) {
    const { client, limits, progress } = context;
    const compareWith = createGuard(context, config);
    const checkName = createNameGuard(context, config);
    // After the first search, the deployment is read by ID.
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
                heedOrWarn(context, config, before.deployment);
            await checkName(before.deployment);
            const since = limits.clock.now();
            // The head of a pull request is deployed even if its commit is older: a force push can reset the branch.
            const guard = (await look()) === 'head' ? async () => { } : compareWith;
            await guard(before);
            // The comparison on GitHub may have taken long, so the state is read again.
            const current = limits.clock.now() - since > apply/* FRESH_MS */.k3 ? await read() : before;
            const readAt = current === before ? since : limits.clock.now();
            if ((0,deployment_revision/* newestAlive */.oP)(current.revisions)?.id !== (0,deployment_revision/* newestAlive */.oP)(before.revisions)?.id)
                await guard(current);
            return { current, plan: await makePlan(context, config, source, current), readAt };
        }
    };
}
/** The most reads of the list of revisions while it lacks the latest one. */
const MOST_LIST_READS = 3;
/** The pause between these reads, in milliseconds. */
const LIST_PAUSE_MS = 1_000;
/** Reads the revisions and then the deployment: a patch contains its secrets, which must be current. */
async function readState({ client, limits, progress }, { id, name }) {
    try {
        // Not with `lookRepeatedly`, because the last read counts even if it is incomplete.
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
/** The latest revision if it is DEPLOYED and active; otherwise a rollout may be in progress. */
function deployedAndActive(deployment, revisions) {
    const [latest] = revisions;
    return latest?.status === 'DEPLOYED' && latest.id === deployment.active_revision_id ? latest : undefined;
}

;// CONCATENATED MODULE: ./build/commands/preview.js


/**
 * Calls `work` with the existing preview of a pull request, or with the first free name. After a pull request is
 * closed, the name of its preview stays reserved for up to a week, so a reopened pull request needs another name.
 *
 * @param names in order of preference
 * @param work throws NameTakenError if the name is not free
 * @throws {RefusalError} if no name is free
 */
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
// EXTERNAL MODULE: ./build/deployment/preview.js
var preview = __nccwpck_require__(5726);
// EXTERNAL MODULE: ./build/deployment/sources/deployment-type.js
var deployment_type = __nccwpck_require__(4153);
;// CONCATENATED MODULE: ./build/commands/remarks.js








/** Returns the messages about a plan, to show before the first write. */
function remarksOn(config, { plan, current }) {
    const ofBranch = warningOfBranch(config, current.deployment);
    const remarks = [
        onLongName(config, plan),
        onTwoBuilds(config, current.deployment),
        ofBranch === undefined ? undefined : { level: 'warn', text: ofBranch },
        onMissingVariables(config, plan),
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
/** Warns if both LangSmith and this action build each push. The setting stays, because only the user can choose. */
function onTwoBuilds({ source, trigger }, deployment) {
    if (!(0,sources/* isMadeFrom */.o)('repository', source))
        return undefined;
    if (!(source.buildOnPush ?? deployment?.source_config.build_on_push))
        return undefined;
    // A manual or scheduled run does not build a push, and neither does the deploy of another ref.
    if (trigger.eventName !== 'push' || !source.runCommit)
        return undefined;
    return {
        level: 'warn',
        text: 'Both LangSmith (build on push) and this step build each push, so each push is built twice. Set `build-on-push: false` to start builds only from this action, or `command: wait` to wait for the builds that LangSmith starts.'
    };
}
/**
 * Reports variables of the configuration that have no value. A file of variables is never committed and a list of names
 * has no values, so most runs lack them, and LangSmith may have them already. Only a new agent without any variable
 * gets a notice.
 */
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
/** Reports the default type in AWS regions, which differs from the default elsewhere. */
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
/** Reports a `deployment-type` that differs from the type set at creation. */
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
/** Reports a tag that can move: a node with a cached image of the tag may not pull it again. */
function onMovableTag({ source, skipUnchanged }, { deployment, revisions }) {
    // `skip-unchanged` has its own notice about tags, which also recommends the digest.
    // An image that this run pushes is deployed by digest.
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
/**
 * Returns the message about a `built` commit that differs from the commit of the run, `wanted`. LangSmith builds the
 * head of a branch at the start of the build, when the head can be a later commit.
 */
function remarkOnCommit(source, wanted, { built, status }, comparison) {
    const tag = (0,sources/* isMadeFrom */.o)('repository', source) && /^refs\/tags\/(.+)/.exec(source.repoRef)?.[1];
    const isBuilt = UNBUILT.has(status) ? 'will be built' : 'was built';
    const text = tag
        ? `Tag ${tag} was moved: the revision ${isBuilt} from commit ${built}, where the tag points now, but this run is for ${wanted}. ${inHistory(built, comparison)}`
        : `The revision ${isBuilt} from commit ${built}, but this run is for ${wanted}: LangSmith builds the head of the branch. ${inHistory(built, comparison)}`;
    // After two merges in a row, the first run expectedly gets the second commit.
    const isAhead = !tag && comparison && comparison !== 'unknown' && comparison.behind === 0;
    return { level: isAhead ? 'note' : 'warn', text };
}
/** Statuses of a revision whose code is not built yet. */
const UNBUILT = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING']);
function inHistory(built, comparison) {
    if (!comparison || comparison === 'unknown')
        return 'Check that the active revision contains the commit of this run.';
    const { ahead, behind } = comparison;
    return behind === 0
        ? `Commit ${built} is ${commits(ahead)} ahead and contains the commit of this run.`
        : `Commit ${built} lacks ${commits(behind)} of this run.`;
}

// EXTERNAL MODULE: ./build/commands/stale.js
var stale = __nccwpck_require__(6866);
;// CONCATENATED MODULE: ./build/commands/deploy.js
















/**
 * Deploys what the inputs describe: finds the deployment, plans, creates or patches in one write, follows the new
 * revision.
 */
async function deploy(context, given) {
    const clear = await withClearRef(context, given);
    // If LangSmith does not build the code, the check needs no deployment and can precede the packing.
    if (!(0,sources/* isMadeFrom */.o)('repository', clear.source))
        heedOrWarn(context, clear, undefined);
    const config = await withDefaultBranch(context, await withSoundName(context, clear));
    const source = (0,sources/* sourceOf */.v)(config.source);
    await source.prepare?.(context);
    const { previewNames } = config.target;
    const checks = { gate: createGate(context, config), look: (0,stale/* createLook */.yd)(context, config) };
    return previewNames
        ? withPreviewName(context, previewNames, (target) => deployTo(context, { ...config, target }, source, checks))
        : deployTo(context, config, source, checks);
}
/** Creates the gate of a run, shared by all names of a preview. */
function createGate(context, config) {
    const { gate } = config;
    if (!gate)
        return async () => undefined;
    let result;
    return () => {
        // Imported on demand: most runs require no experiment.
        result ??= __nccwpck_require__.e(/* import() */ 828).then(__nccwpck_require__.bind(__nccwpck_require__, 2828)).then(({ passGate }) => passGate(context, gate, evaluatedCommit(config)));
        return result;
    };
}
/** The commit that the experiment should have evaluated; unknown for an image. */
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
/** @throws {OlderError} if a newer commit is active or in progress @throws {StaleError} */
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
    // Unchanged code needs no upload.
    if (source.upload && plan.kind === 'nothing') {
        return alreadyActive(context, config, { kind: 'no-revision', deployment: plan.deployment, did: 'nothing' }, current);
    }
    if (source.upload || (plan.kind !== 'nothing' && plan.makesRevision))
        await feedback.begin();
    const applied = await bring(context, source, planner, decision);
    if (applied.kind === 'no-revision' && applied.did !== 'create')
        return alreadyActive(context, config, applied, current);
    if (applied.kind !== 'revision')
        return changeNeverAppeared(applied);
    const { deployment } = applied;
    // A create cannot set the display name; a patch already did.
    const isNamed = plan.kind !== 'create' || source.upload || deployment.display_name === config.displayName;
    const displayName = isNamed ? undefined : config.displayName;
    const outcome = await namingBeside(context, deployment, displayName, () => followOwn(context, config, applied, current.revisions));
    if ((0,run_verdict/* mayServe */.dK)(outcome.verdict))
        await compareWithBuilt(context, config, outcome.revision);
    return outcome.verdict;
}
/** Carries out the plan, after the upload if the source has one. */
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
        // The plan after the upload was shown before it, as the plan of the create.
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
/**
 * Shows a new plan if it differs from the one shown before. The name that an upload gave the code (`lateField`) is
 * ignored.
 */
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
/** Creates the deployment without a revision, because the upload of the code needs an existing deployment. */
async function createEmpty(context, wanted, decision) {
    const applied = await (0,apply/* apply */.Bb)(context, { ...wanted, decide: creatingOnly(wanted.decide) }, decision);
    return { deployment: applied.deployment, created: applied.kind === 'no-revision' && applied.did === 'create' };
}
/** Replaces a patch with no change: another run may have created the deployment in the meantime. */
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
/** Ends a run that created no revision. The active revision must pass the same proof as a new one. */
async function alreadyActive(context, config, { deployment, did }, { revisions }) {
    const inPlace = did === 'nothing' ? '' : ' Settings were updated in place.';
    const reason = `Already up to date; no new revision was created.${inPlace}`;
    const active = deployedAndActive(deployment, revisions);
    if (!active)
        return { status: 'unchanged', reason };
    context.progress.revision(active, { own: false });
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
/** Reports a built commit that differs from the commit of the run. */
async function compareWithBuilt({ github, progress }, { source }, revision) {
    const wanted = (0,sources/* isMadeFrom */.o)('repository', source) ? source.runCommit : undefined;
    const built = (0,deployment_revision/* commitOf */.D3)(revision);
    if (!wanted || !built || built === wanted)
        return;
    const comparison = github && (await compareCommits(github, wanted, built));
    tell(progress, [remarkOnCommit(source, wanted, { built, status: revision.status }, comparison)]);
}
function tell(progress, remarks) {
    for (const { level, text } of remarks)
        progress[level](text);
}

// EXTERNAL MODULE: ./build/commands/revision-id.js
var revision_id = __nccwpck_require__(314);
;// CONCATENATED MODULE: ./build/commands/redeploy.js









const FAILED = new Set(['CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED']);
/** Redeploys an earlier revision: the one of `revision-id`, or the last one that was active before the active one. */
async function redeploy(context, config) {
    const { client, progress } = context;
    const found = await (0,find/* findExisting */.xx)(client, config.target);
    const deployment = await client.deployment(found.id);
    progress.deployment(deployment);
    progress.activeBefore(deployment);
    if ((0,find/* isGoing */.jf)(deployment))
        throw (0,refusals/* deploymentGoing */._O)(deployment);
    // One page is enough to recognize a new revision; older pages matter only for the choice of the target.
    const revisions = (await client.revisions(deployment.id)).resources;
    const target = config.revisionId ? await (0,revision_id/* readRevision */.M)(client, deployment, config.revisionId) : undefined;
    if (!target) {
        const latest = neverServed(deployment, revisions);
        if (latest && config.dryRun)
            return { status: 'planned', reason: 'A rollback would restore the revision that is already active.', changes: 0 };
        if (latest)
            return stillServes(context, config, deployment, revisions, latest);
    }
    const { chosen, why, serving } = target ? { chosen: target, why: [] } : await lastServed(client, deployment);
    for (const sentence of why)
        progress.note(sentence);
    if (serving && config.dryRun)
        return { status: 'planned', reason: [...why, hasCodeAlready(serving)].join(' '), changes: 0 };
    if (serving)
        return servesAlready(context, config, deployment, serving);
    if (config.dryRun) {
        const reason = [`This run would create a new revision from ${revisionLabel(chosen)}.`, ...why].join(' ');
        return { status: 'planned', reason, changes: 1 };
    }
    progress.note(`Creating a new revision from ${revisionLabel(chosen)}.`);
    progress.note('Secrets stay unchanged.');
    await context.feedback.begin();
    const applied = await (0,apply/* applyRedeploy */.v5)(context, deployment, chosen, revisions);
    if (applied.kind !== 'revision')
        return redeployNeverAppeared(chosen, applied);
    const outcome = await followOwn(context, config, applied, revisions);
    if ((0,run_verdict/* mayServe */.dK)(outcome.verdict))
        warnOfOtherCommit(context, chosen, outcome);
    return outcome.verdict;
}
function redeployNeverAppeared(target, applied) {
    const other = applied.kind === 'missing' ? applied.other : undefined;
    return {
        status: 'failed',
        reason: other
            ? `LangSmith accepted the redeploy of ${target.id}, but returned revision ${revisionLabel(other)}, which has different content.`
            : `LangSmith accepted the redeploy of ${target.id}, but no new revision appeared within 30 seconds.`,
        advice: 'Check the revisions of the deployment in LangSmith before you rerun this job.'
    };
}
/** Warns if the new revision has another commit than its target. The commit may only be known after the build. */
function warnOfOtherCommit({ progress }, target, { revision, own }) {
    const wanted = (0,deployment_revision/* commitOf */.D3)(target);
    const built = own ? (0,deployment_revision/* commitOf */.D3)(revision) : undefined;
    if (!wanted || !built || (0,deployment_revision/* isSameCommit */.sw)(wanted, built))
        return;
    progress.warn(`The redeploy of revision ${target.id} was built from commit ${built} instead of ${wanted}. Check that the active revision has the expected code.`);
}
/** The latest revision if it failed before it became active: the revision before it is still active. */
function neverServed({ active_revision_id }, [latest]) {
    return latest && active_revision_id && latest.id !== active_revision_id && FAILED.has(latest.status)
        ? latest
        : undefined;
}
/** Ends a run whose target has the code of the active revision. That revision must pass the same proof as a new one. */
async function servesAlready(context, config, deployment, serving) {
    const verdict = await proveServed(context, config, deployment, serving);
    if (verdict.status === 'failed')
        return { ...verdict, advice: `${verdict.advice} ${GO_FURTHER_THAN_ACTIVE}` };
    if (verdict.status !== 'deployed')
        return verdict;
    return { status: 'unchanged', reason: hasCodeAlready(serving), ...(verdict.warning && { warning: verdict.warning }) };
}
function hasCodeAlready({ id }) {
    return `Already rolled back: active revision ${id} has the code that a rollback would restore. To roll back further, set \`revision-id\`.`;
}
const GO_FURTHER_THAN_ACTIVE = 'Without `revision-id`, `command: redeploy` does not roll back further, because the active revision is already a rollback.';
/** Ends a run that needs no rollback. The active revision must pass the same proof as a new one. */
async function stillServes(context, config, deployment, revisions, latest) {
    const { client } = context;
    const active = deployment.active_revision_id ?? '';
    const serving = revisions.find(({ id }) => id === active) ?? (await client.glanceRevision(deployment.id, active));
    const ended = `The latest revision ${latest.id} ended as ${latest.status} and was never active`;
    const verdict = serving && (await proveServed(context, config, deployment, serving));
    if (verdict?.status === 'failed') {
        return { ...verdict, reason: `${ended}. ${verdict.reason}`, advice: `${verdict.advice} ${GO_FURTHER}` };
    }
    if (verdict && verdict.status !== 'deployed')
        return verdict;
    const state = serving && config.wait ? `revision ${active} is still active and works` : `revision ${active} is still active`;
    return {
        status: 'unchanged',
        reason: `${ended}; ${state}. To roll back further, set \`revision-id\`.`,
        ...(verdict?.warning && { warning: verdict.warning })
    };
}
const GO_FURTHER = 'Without `revision-id`, `command: redeploy` does not roll back further if the latest revision was never active.';
function proveServed(context, config, deployment, serving) {
    context.progress.revision(serving, { own: false });
    return proveActive(context, config, deployment, serving);
}
async function lastServed(client, { id, name, active_revision_id }) {
    if (!active_revision_id) {
        throw new errors/* RefusalError */.XQ('No active revision', `Deployment "${name}" has no active revision to roll back from.`, 'Deploy first, or set `revision-id` to the revision to redeploy.');
    }
    const { newest, before, passedOver } = await readServedBefore(client, id, active_revision_id);
    const why = passedOverWords(passedOver);
    const active = newest.find((revision) => revision.id === active_revision_id);
    if (before && active && hasSameCode(before, active)) {
        // Two builds of the same code can differ, a tag can move, and a newer revision can become active.
        const isBack = passedOver.length > 0;
        const serves = isBack && isFixedCode(before) && active.id === newest[0]?.id;
        if (serves)
            return { chosen: before, why, serving: active };
        why.push(sameAsActive(before, active));
    }
    if (before)
        return { chosen: before, why };
    const none = `No ${why.length > 0 ? 'other ' : ''}revision of "${name}" was active before ${active_revision_id}, the active one.`;
    throw new errors/* RefusalError */.XQ('No revision to roll back to', [...why, none].join(' '), 'Set `revision-id` to the revision to redeploy, or deploy a corrected version.');
}
function sameAsActive(before, active) {
    return `Revision ${before.id} has the same code as active revision ${active.id}. To roll back further, set \`revision-id\`.`;
}
function revisionLabel(revision) {
    const commit = (0,deployment_revision/* commitOf */.D3)(revision);
    const what = commit ? `commit ${commit.slice(0, 7)}` : revision.source_revision_config.image_uri;
    const made = revision.created_at && `created on ${revision.created_at.slice(0, 16).replace('T', ' ')} UTC`;
    return [[revision.id, what && `(${what})`].filter(Boolean).join(' '), made].filter(Boolean).join(', ');
}

;// CONCATENATED MODULE: ./build/inputs/amount.js
/*
 * Parsers for amounts in limits and thresholds. A parser returns `undefined` for an invalid text.
 */
const NUMBER = String.raw `-?(?:\d+(?:\.\d+)?|\.\d+)`;
const PLAIN = new RegExp(`^${NUMBER}$`);
const PERCENT = new RegExp(String.raw `^(${NUMBER})\s*%$`);
/** Parses a share from 0 to 1, such as `5%` or `0.05`. */
function parseShare(text) {
    const share = parseScore(text);
    return share !== undefined && share >= 0 && share <= 1 ? share : undefined;
}
/** Parses a score: any number, or a percentage such as `80%` for 0.8. */
function parseScore(text) {
    const [, percent] = PERCENT.exec(text) ?? [];
    return percent === undefined ? parseNumber(text) : Number(percent) / 100;
}
/**
 * Parses a duration as seconds, such as `20s`, `2.5s`, `500ms` or `1m30s`. A number without a unit is invalid, because
 * it could mean milliseconds.
 */
function parseSeconds(text) {
    const [, minutes, seconds, millis] = /^(?:(\d+)\s*m(?!s))?\s*(?:(\d+(?:\.\d+)?)\s*s)?\s*(?:(\d+)\s*ms)?$/i.exec(text) ?? [];
    if (minutes === undefined && seconds === undefined && millis === undefined)
        return undefined;
    return Number(minutes ?? 0) * 60 + Number(seconds ?? 0) + Number(millis ?? 0) / 1000;
}
/** Returns how to add a unit to a number without one; `undefined` for any other text. */
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
/** Parser of each unit, and the forms that a message shows. */
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

;// CONCATENATED MODULE: ./build/inputs/bake.js

/** Reads the bake; `undefined` if none is requested. */
function readBake(inputs) {
    const forMs = readTime(inputs);
    const maxErrorRate = readLimit(inputs, 'max-error-rate', parseShare, 'a rate such as `5%` or `0.05`');
    const maxLatencyP99 = readLimit(inputs, 'max-latency-p99', parseSeconds, 'a duration such as `20s`, `2.5s` or `500ms`');
    const minRuns = inputs.count('min-runs');
    if (!inputs.isWritten('bake'))
        return undefined;
    const isUnlimited = !inputs.hasProblem('bake') && !inputs.text('max-error-rate') && !inputs.text('max-latency-p99');
    if (isUnlimited) {
        inputs.problem('bake', 'has no limit, so it can never fail. Set `max-error-rate` (such as `5%`), `max-latency-p99` (such as `20s`), or both.');
    }
    return forMs === undefined ? undefined : { forMs, maxErrorRate, maxLatencyP99, minRuns };
}
/** Reads the duration of the bake. A number without a unit is an error, because it could mean minutes or seconds. */
function readTime(inputs) {
    const text = inputs.text('bake') ?? '';
    if (!/^\d+$/.test(text))
        return inputs.duration('bake');
    inputs.problem('bake', `expected a duration with a unit, got "${text}". Use \`${text}m\` for minutes or \`${text}s\` for seconds.`);
    return undefined;
}
const LIMITS = ['max-error-rate', 'max-latency-p99', 'min-runs'];
/** Returns notices about inputs of the bake that have no effect because of other inputs. */
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
    const advice = input === 'max-latency-p99' ? unitAdvice(text) : undefined;
    const guess = isPercent ? ` Did you mean \`${text}%\`?` : '';
    inputs.problem(input, `expected ${forms}, got "${text}".${advice ? ` ${advice}` : guess}`);
    return undefined;
}

// EXTERNAL MODULE: ./build/inputs/table.js
var table = __nccwpck_require__(9140);
;// CONCATENATED MODULE: ./build/inputs/following.js


/** Value of `revision-id` for the newest revision, regardless of its commit. */
const LATEST = 'latest';
/** Reads the settings for the wait for a revision and for its proof. */
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
/** Reads the settings for a revision that this run creates. */
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
/** What a command uses if `revision-id` is omitted; `undefined` for commands that accept `LATEST`. */
const LATEST_ELSE = {
    wait: undefined,
    logs: undefined,
    redeploy: 'the last previously active revision',
    interrupt: 'the revision in progress'
};
/** Reads `revision-id`; `undefined` if it is omitted or invalid. An invalid ID is reported as a problem. */
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
/** A rollout takes minutes. */
const SHORTEST_USUAL_MS = 60_000;
/** Returns notices about valid durations that are almost always unintended. */
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
/** Returns a notice if `rollback-on-failure` conflicts with other inputs. */
function noticesOfRollback({ rollbackOnFailure, wait, health, proof, bake }) {
    if (!rollbackOnFailure || (wait && (health.check !== 'false' || proof || bake)))
        return [];
    const cause = wait ? '`health-check: false`' : '`wait: false`';
    return [`\`rollback-on-failure\` has no effect with ${cause}, because the run does not check the revision.`];
}

;// CONCATENATED MODULE: ./build/report/seen.js




/** Returns what a run records of a deployment: never its secrets. */
function seenDeployment(deployment) {
    const { id, name, active_revision_id, tenant_id, image_version, tracer_session_id } = deployment;
    return {
        id,
        name,
        state: (0,find/* isGoing */.jf)(deployment) ? 'going' : 'present',
        address: (0,address/* addressOf */.c)(deployment),
        activeRevisionId: active_revision_id ?? undefined,
        tenantId: tenant_id ?? undefined,
        serverVersion: image_version ?? undefined,
        tracingProject: tracer_session_id ?? undefined
    };
}
/**
 * Returns what a run records of a revision.
 *
 * @param redact removes secrets from the message of LangSmith; without it, the message is omitted
 */
function seenRevision(revision, redact) {
    const { id, status, source_revision_config, image_version, status_message } = revision;
    return {
        id,
        status,
        commit: (0,deployment_revision/* commitOf */.D3)(revision),
        image: source_revision_config.image_uri ?? undefined,
        serverVersion: image_version ?? undefined,
        statusMessage: redact && status_message?.trim() ? messageInOneLine(redact(status_message)) : undefined
    };
}
/** A reason is usually a sentence, but some servers return a whole stack trace. */
const LONGEST_STATUS_MESSAGE = 500;
function messageInOneLine(message) {
    const line = (0,words/* plainLines */.y1)(message).join(' ').replace(/\s+/g, ' ').trim();
    return line.length > LONGEST_STATUS_MESSAGE ? `${line.slice(0, LONGEST_STATUS_MESSAGE)}…` : line;
}

// EXTERNAL MODULE: ./build/run/streak.js
var streak = __nccwpck_require__(1066);
;// CONCATENATED MODULE: ./build/rollout/awaited.js


/** How long a revision may take to be listed after a push. The push precedes the run that it starts. */
const LISTED_AFTER_PUSH_MS = 120_000;
/** How long a revision may take to be listed after a write. */
const LISTED_AFTER_WRITE_MS = 30_000;
/** The minimum number of reads before a new revision counts as later than ours, even if the clock jumps. */
const LOOKS_BEFORE_LATER = 10;
/** The memory after one more read of the list, newest first. */
function remember(memory, list, now) {
    const looks = (0,streak/* lengthen */.E)(memory?.looks, now);
    const first = new Map(memory?.first);
    for (const { id, status } of list)
        if (!first.has(id))
            first.set(id, { at: now, look: looks.looks, status });
    return { looks, now, first, quiet: list.some(mayBecomeOurs) ? undefined : (0,streak/* lengthen */.E)(memory?.quiet, now) };
}
/** The commit to compare on GitHub: the commit of the newest DEPLOYED revision, unless it is ours. */
function commitInPlace(list, commit) {
    const built = list.find(isDeployedCommit)?.commit;
    return built && !(0,deployment_revision/* isSameCommit */.sw)(built, commit) ? built : undefined;
}
/**
 * Chooses the revision of our commit, or interprets its absence. The API lists the newest revision first, and only a
 * revision above ours can supersede ours. The position of ours is known if it is listed, or if GitHub returned the
 * relation of the commits. After the time that ours may take to be listed, it is also known if a revision of unknown
 * commit was skipped, or if a later revision appeared. Otherwise the wait continues: a missed rollout ends in a
 * timeout, which fails, but a false "superseded" would pass.
 *
 * @param memory includes this list
 */
function chooseAwaited(list, wanted, memory) {
    const ours = list.find(({ commit }) => commit !== undefined && (0,deployment_revision/* isSameCommit */.sw)(commit, wanted.commit));
    if (ours)
        return { kind: 'take', id: ours.id };
    const patienceMs = wanted.buildsOnPush ? LISTED_AFTER_PUSH_MS : LISTED_AFTER_WRITE_MS;
    const isOverdue = memory.quiet !== undefined && (0,streak/* hasLasted */.O)(memory.quiet, memory.now, patienceMs);
    const [newest] = list;
    if (!newest)
        return { kind: isOverdue ? 'none' : 'wait' };
    const place = list.findIndex(isDeployedCommit);
    const deployed = list[place];
    if (deployed && !list.slice(0, place).some(mayBecomeOurs)) {
        const lineage = wanted.lineage.get(deployed.commit ?? '');
        const isNewer = lineage === 'newer' || (lineage !== 'older' && isOverdue && isAboveOurs(list, place, memory, patienceMs));
        if (isNewer)
            return { kind: 'superseded', id: deployed.id };
    }
    if (wanted.buildsOnPush || !isOverdue)
        return { kind: 'wait' };
    return { kind: 'foreign', id: (deployed ?? newest).id };
}
/** Tells if the list alone proves that a DEPLOYED revision is newer than ours, which had enough time to be listed. */
function isAboveOurs(list, place, memory, patienceMs) {
    const [above, below] = [list.slice(0, place), list.slice(place + 1)];
    const deployed = list[place];
    const first = deployed && memory.first.get(deployed.id);
    if (!first || isFromBefore(memory, deployed.id, (status) => status === 'DEPLOYED'))
        return false;
    // A failed revision above may be ours.
    if (above.some(({ commit }) => !commit))
        return false;
    // A rollback deploys a commit from before ours again.
    if (below.some(({ status, commit }) => status === 'DEPLOYED' && commit === deployed.commit))
        return false;
    const nameless = below.filter(({ id, commit }) => !commit && !isFromBefore(memory, id, deployment_revision/* hasEnded */.hY));
    // A failed revision may be ours; then this run has failed.
    if (nameless.some(({ status }) => status !== 'SKIPPED' && status !== 'DEPLOYED'))
        return false;
    const isLater = first.look > LOOKS_BEFORE_LATER && first.at - memory.looks.since >= patienceMs;
    return nameless.length > 0 || isLater;
}
/** Tells if the very first read listed the revision, with a status that `isSuch` accepts. */
function isFromBefore({ first }, id, isSuch) {
    const seen = first.get(id);
    return seen?.look === 1 && isSuch(seen.status);
}
function isDeployedCommit({ status, commit }) {
    return status === 'DEPLOYED' && commit !== undefined;
}
/** Tells if a revision is in progress and its commit is unknown. */
function mayBecomeOurs({ status, commit }) {
    return commit === undefined && !(0,deployment_revision/* hasEnded */.hY)(status);
}

// EXTERNAL MODULE: ./build/run/poll.js
var poll = __nccwpck_require__(6561);
;// CONCATENATED MODULE: ./build/commands/wait.js



















/** How long the first revision of a deployment may take to appear, in milliseconds. */
const FIRST_REVISION_WITHIN_MS = 30_000;
/**
 * Waits for a revision that was started elsewhere: the one of `revision-id`, the one of the run's commit if LangSmith
 * builds this repository, else the newest one.
 *
 * @throws {RefusalError} if nothing will build the commit of the run
 */
async function wait(context, config) {
    const { client, progress } = context;
    const deployment = await (0,find/* findExisting */.xx)(client, config.target);
    progress.deployment(deployment);
    if ((0,find/* isGoing */.jf)(deployment))
        throw (0,refusals/* deploymentGoing */._O)(deployment);
    heed(config.caution, deployment, { isBuiltHere: isBuiltHere(config, deployment) });
    // From here on, one bad response, or a replica that lacks the revision, does not end the wait.
    client.awaitRollout();
    const found = await chooseRevision(context, config, deployment);
    if ('verdict' in found)
        return found.verdict;
    progress.revision(found.revision, { own: false });
    await context.feedback.begin();
    return followOther(context, config, deployment, found.revision, found.listed);
}
async function chooseRevision(context, config, deployment) {
    const { revisionId } = config;
    // The commit of the run matters only if LangSmith builds this repository.
    const commit = revisionId === undefined && isBuiltHere(config, deployment) ? config.awaitedCommit : undefined;
    if (commit)
        return searchList(context, config, deployment, searchCommit(context, config, commit));
    if (revisionId === undefined || revisionId === LATEST) {
        return searchList(context, config, deployment, searchNewest(context, deployment));
    }
    return { revision: await (0,revision_id/* readRevision */.M)(context.client, deployment, revisionId) };
}
function isBuiltHere({ trigger }, { source, source_config }) {
    const { repo_url } = source_config;
    return (0,kinds/* kindOf */.I)(source).code === 'repository' && (repo_url === null || (0,sources_github/* sameRepository */.RB)(repo_url, trigger.repositoryUrl));
}
/**
 * Polls the list of revisions until the search ends, and checks every 30 seconds if the deployment is being deleted.
 */
async function searchList({ client, limits, progress }, { pollIntervalMs }, found, search) {
    const { clock } = limits;
    let deployment = found;
    let deploymentSeenAt = clock.now();
    const heartbeat = (0,poll/* createHeartbeat */.Vn)(clock, () => progress.note(search.heartbeat));
    const pauseMs = (waitedMs) => (0,poll/* pauseAfter */.l0)(waitedMs, { longestMs: pollIntervalMs, random: Math.random() });
    try {
        return await (0,poll/* poll */.wt)(limits, { pauseMs, heartbeat }, async () => {
            const { resources } = await client.revisions(deployment.id);
            const awaited = await search.judge(resources, deployment);
            if (awaited)
                return 'revision' in awaited ? { ...awaited, listed: resources } : awaited;
            if (!(0,watch/* isDeploymentDue */.Q3)(deploymentSeenAt, clock.now()))
                return undefined;
            deployment = (await (0,control_plane_client/* orNothing */.bR)(client.glance(deployment.id))) ?? deployment;
            deploymentSeenAt = clock.now();
            progress.deployment(deployment);
            return (0,find/* isGoing */.jf)(deployment) ? { verdict: (0,watch/* deploymentDeleted */.Vb)(deployment) } : undefined;
        });
    }
    catch (error) {
        // The client has already retried for half a minute.
        if ((0,patience/* isMissing */.b2)(error)) {
            progress.gone();
            return { verdict: (0,watch/* goneVerdict */.hj)(`The deployment "${deployment.name}"`) };
        }
        const isOverdue = error instanceof run_limits/* DeadlineError */.j3 && error.unanswered === undefined;
        if (isOverdue && search.overdue)
            return { verdict: search.overdue() };
        throw error;
    }
}
/** A search for the newest revision of any commit. */
function searchNewest({ limits }, { name }) {
    let empty;
    return {
        heartbeat: 'Still waiting for the first revision.',
        judge: async ([newest]) => {
            if (newest)
                return { revision: newest };
            empty = (0,streak/* lengthen */.E)(empty, limits.clock.now());
            return (0,streak/* hasLasted */.O)(empty, limits.clock.now(), FIRST_REVISION_WITHIN_MS) ? { verdict: noRevision(name) } : undefined;
        }
    };
}
/** A search for the revision of a commit. The commit of a revision in progress may be unknown. */
function searchCommit(context, { onSuperseded }, commit) {
    const { limits, progress } = context;
    const lineage = new Map();
    let memory;
    let seen = [];
    progress.note(`Waiting for a revision of commit ${commit}.`);
    return {
        heartbeat: `Still waiting for a revision of commit ${commit}.`,
        judge: async (revisions, deployment) => {
            seen = revisions;
            const list = revisions.map((each) => seenRevision(each));
            memory = remember(memory, list, limits.clock.now());
            const inPlace = commitInPlace(list, commit);
            if (inPlace && !lineage.has(inPlace))
                lineage.set(inPlace, await lineageOf(context, commit, inPlace));
            const buildsOnPush = deployment.source_config.build_on_push === true;
            const choice = chooseAwaited(list, { commit, buildsOnPush, lineage }, memory);
            const chosen = 'id' in choice ? revisions.find(({ id }) => id === choice.id) : undefined;
            if (!chosen)
                return choice.kind === 'none' ? { verdict: noRevision(deployment.name) } : undefined;
            if (choice.kind === 'foreign')
                throw nothingBuilds(deployment, commit, chosen);
            if (choice.kind === 'take')
                return { revision: chosen };
            const reason = `Commit ${commit} was not deployed: revision ${chosen.id} of the newer commit ${(0,deployment_revision/* commitOf */.D3)(chosen)} was deployed instead.`;
            if (onSuperseded !== 'follow') {
                return { verdict: { status: 'superseded', reason, passes: onSuperseded === 'warn' } };
            }
            progress.warn(`${reason} Following that revision instead.`);
            return { revision: chosen };
        },
        overdue: () => neverListed(commit, seen)
    };
}
/** Compares another commit with the commit of the run on GitHub. `unrelated` also if unknown: then the list decides. */
async function lineageOf({ github }, ours, theirs) {
    const comparison = github && (await compareCommits(github, ours, theirs));
    if (!comparison || comparison === 'unknown')
        return 'unrelated';
    const { ahead, behind } = comparison;
    if (ahead > 0)
        return behind === 0 ? 'newer' : 'unrelated';
    return behind > 0 ? 'older' : 'unrelated';
}
/** The refusal of a run whose commit has no revision and will not get one. */
function nothingBuilds({ name }, commit, revision) {
    const built = (0,deployment_revision/* commitOf */.D3)(revision);
    const holds = built ? `was built from commit ${built}` : 'does not report its commit';
    return new errors/* RefusalError */.XQ('No revision for this commit', `No revision of "${name}" was built from commit ${commit} of this run: revision ${revision.id} (${revision.status}) ${holds}, and LangSmith does not build pushes, because \`build-on-push\` is \`false\` for this deployment.`, 'Use `command: deploy` to build this commit, deploy once with `build-on-push: true`, or set `revision-id: latest` to wait for the newest revision of any commit.');
}
function neverListed(commit, seen) {
    const nameless = seen.find((revision) => !(0,deployment_revision/* commitOf */.D3)(revision));
    const perhaps = nameless
        ? ` Revision ${nameless.id} (${nameless.status}) does not report its commit; it may be built from this commit.`
        : '';
    return {
        status: 'timed-out',
        reason: `The timeout expired before LangSmith listed a revision of commit ${commit}.${perhaps}`,
        advice: 'Check in LangSmith which branch the deployment builds on push and whether LangSmith can read this commit, or raise `timeout`.'
    };
}
function noRevision(name) {
    return {
        status: 'failed',
        reason: `Deployment "${name}" has no revision to wait for.`,
        advice: 'Deploy first; `command: wait` only follows a rollout that was started elsewhere.'
    };
}

;// CONCATENATED MODULE: ./build/commands/table.js






/** One row for each command. */
const COMMANDS = {
    deploy: { run: deploy, headline: ({ source }) => `Deploying ${(0,sources/* sourceOf */.v)(source).label} to` },
    wait: { run: wait, headline: () => 'Waiting for' },
    redeploy: { run: redeploy, headline: () => 'Redeploying' },
    delete: { run: commands_delete/* deleteDeployment */.r, headline: () => 'Deleting' },
    // Loaded only where it is asked for.
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
/** Carries out the command of a run, to its verdict. */
function runCommand(context, config) {
    return COMMANDS[config.command].run(context, config);
}
/** What the run is about, before anything is sent. */
function headline(config) {
    const { controlPlane, target, timeoutMs } = config;
    const deployment = target.name ? `"${target.name}"` : `deployment ${target.deploymentId}`;
    const start = COMMANDS[config.command].headline(config);
    return `${start} ${deployment} on ${controlPlane.url} (timeout ${(0,duration/* inWords */.r)(timeoutMs)})`;
}

// EXTERNAL MODULE: ./build/control-plane/transport.js
var control_plane_transport = __nccwpck_require__(1116);
;// CONCATENATED MODULE: ./build/control-plane/workspaces.js



/**
 * Lists the workspaces that the key can access, from the LangSmith API of the same installation (`GET
 * /api/v1/workspaces`).
 */
async function listWorkspaces({ dataApi }, { connection, ...options }) {
    // The workspace is not known yet, so the request must not name one.
    const transport = (0,control_plane_transport/* createTransport */.o)({ ...options, connection: { ...connection, url: dataApi, workspaceId: undefined } });
    try {
        return await transport.read('/api/v1/workspaces', toWorkspaces);
    }
    finally {
        await transport.close();
    }
}
function toWorkspaces(value) {
    if (!Array.isArray(value))
        throw new errors/* AnswerError */.dV('shape', 'expected a list of workspaces');
    return value.flatMap((entry) => {
        const { id, display_name: name } = (0,object/* object */.I)(entry) ?? {};
        return typeof id === 'string' && typeof name === 'string' ? [{ id, name }] : [];
    });
}

;// CONCATENATED MODULE: ./build/deployment/workspace.js



/**
 * Returns the workspace with this name. Ignores case if no name matches exactly.
 *
 * @throws {RefusalError} when no workspace or several workspaces match
 */
function workspaceNamed(name, workspaces) {
    const exact = workspaces.filter((workspace) => workspace.name === name);
    const alike = workspaces.filter((workspace) => workspace.name.toLowerCase() === name.toLowerCase());
    const found = exact.length > 0 ? exact : alike;
    const [only, another] = found;
    if (only && !another)
        return only;
    throw only
        ? new errors/* RefusalError */.XQ('Multiple workspaces match', `\`workspace-id\`: the API key can access ${found.length} workspaces named "${name}": ${workspaceList(found)}.`, 'Set `workspace-id` to the ID of one of them.')
        : new errors/* RefusalError */.XQ('Workspace not found', `\`workspace-id\`: the API key cannot access a workspace named "${name}".`, workspaces.length > 0
            ? `It can access ${workspaceList(workspaces)}. Set one of these, by name or ID.`
            : 'It cannot access any workspace; check that the key belongs to the right organization, and check `organization-id`.');
}
/**
 * Returns the ID of the workspace that the user named.
 *
 * @throws {RefusalError} when there is no such workspace, or the list cannot be read
 */
async function findWorkspace(controlPlane, options, name) {
    const workspaces = await listWorkspaces(controlPlane, options).catch((error) => {
        // A 401 gets the same explanation here as everywhere else.
        const isEnd = !(error instanceof Error) || (0,run_limits/* endsRun */.sl)(error);
        throw isEnd || (error instanceof errors/* ApiError */.hD && error.status === 401) ? error : lookUpFailed(controlPlane, name, error);
    });
    return workspaceNamed(name, workspaces).id;
}
function lookUpFailed({ dataApi }, name, behind) {
    return new errors/* RefusalError */.XQ('Workspace not found', `\`workspace-id\` is not an ID, and the workspace name "${name}" could not be looked up at ${dataApi}.`, 'Set `workspace-id` to the ID of the workspace (LangSmith, Settings, Workspaces), which needs no lookup.', behind);
}
/** Lists names and IDs in one line, such as `Default (f7c6…), Staging (0a1b…)`. */
function workspaceList(workspaces) {
    const shown = workspaces.slice(0, MOST_SHOWN).map(({ id, name }) => `${name} (${id})`);
    const more = workspaces.length - shown.length;
    return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
/** Maximum length of a list that is easy to read. */
const MOST_SHOWN = 20;

// EXTERNAL MODULE: ./build/control-plane/faults.js
var faults = __nccwpck_require__(3716);
// EXTERNAL MODULE: ./build/control-plane/proxies.js
var proxies = __nccwpck_require__(553);
;// CONCATENATED MODULE: ./build/report/explain-fault.js




/** Returns the description of a connection error, and the next step. */
function explainFault(code, message, context, target) {
    const { via, isOfProxy } = context;
    const kind = (0,faults/* faultKind */.H9)(code);
    const owner = isOfProxy && via ? `the proxy ${via}` : target.url;
    const what = (0,faults/* isAboutCertificate */.Tf)(kind)
        ? `The certificate of ${owner} was rejected (${code}): ${faults/* FAULT_WORDS */.FI[kind].replace(/^its certificate/, 'it')}.`
        : (0,sentence/* sentence */.e)(`${target.url} could not be reached: ${message}`);
    return { what, advice: faultAdvice(kind, context, target) };
}
function faultAdvice(kind, context, target) {
    const { via, isOfProxy = false, proxyStatus } = context;
    const variable = target.url.startsWith('http:') ? 'HTTP_PROXY' : 'HTTPS_PROXY';
    if (proxyStatus)
        return proxyStatusAdvice(proxyStatus, new URL(target.url).host, variable);
    if ((0,faults/* isAboutCertificate */.Tf)(kind))
        return certificateAdvice(kind, context, target);
    if (isOfProxy)
        return proxyAdvice(kind, variable);
    const through = via ? ` The request went through the proxy ${via}. Add hosts that need no proxy to NO_PROXY.` : '';
    // Known problems of the environment come before possible ones.
    const unused = via || !target.whyDirect ? '' : `${target.whyDirect} `;
    const needsProxy = unused
        ? ''
        : `, and whether ${target.isGivenOut ? 'it' : 'this runner'} needs a proxy (HTTPS_PROXY, NO_PROXY)`;
    const generally = target.isGivenOut
        ? `Check that this runner can reach ${new URL(target.url).host}`
        : `Check ${target.isCloud ? 'https://status.smith.langchain.com' : '`control-plane-url`'}`;
    return `${unused}${firstStep(kind, target)}${generally}${needsProxy}.${through}`;
}
function firstStep(kind, { url, isCloud }) {
    const isPlain = url.startsWith('http:');
    switch (kind) {
        case 'no-name':
            return isCloud
                ? 'This runner cannot resolve public host names. '
                : 'An internal host name resolves only inside its network: use a self-hosted runner there. ';
        case 'no-name-server':
            return 'Rerun this job. If the error persists, check the DNS server of the runner. ';
        case 'refused':
            return 'No server listens on that port, or a firewall blocks this runner. ';
        case 'timed-out':
        case 'no-route':
            return isCloud
                ? 'A firewall may block access to the internet from this runner. '
                : 'A firewall may block the connection, or the host is in a network that this runner cannot reach: use a self-hosted runner there. ';
        case 'no-tls':
            return `The port does not use TLS, or a proxy responds on it. ${isCloud ? '' : 'Check the port in `control-plane-url`. For a server without TLS, use `http://` and set `allow-insecure-http: true`. '}`;
        case 'tls-version':
            return 'Node 24 requires TLS 1.2 or newer: ask the administrator of the server, or of the proxy in front of it, to enable it. ';
        case 'tls':
            return 'The server, or a proxy that inspects TLS in front of it, must offer TLS 1.2 or newer with current ciphers and must not require a client certificate. ';
        case 'client-certificate':
            return 'This action does not support client certificates: use an address that does not require one. ';
        case 'cut':
        case 'no-http':
            return isPlain
                ? `The server may require HTTPS: set \`control-plane-url: ${url.replace('http:', 'https:')}\`. `
                : kind === 'cut'
                    ? 'A firewall or a proxy that inspects TLS may have closed the connection. '
                    : '';
        default:
            return '';
    }
}
function proxyStatusAdvice(status, host, variable) {
    switch (status) {
        case 407:
            return `The proxy requires a user name and a password, or rejected the ones it received. Set ${variable} to \`http://USER:PASSWORD@HOST:PORT\`, from a secret and percent-encoded. Only Basic authentication is supported, not NTLM or Kerberos.`;
        case 401:
        case 403:
        case 405:
            return `The proxy blocks access to ${host} from this runner. Ask its administrator to allow CONNECT to ${host}, or add the host to NO_PROXY if no proxy is needed.`;
        case 502:
        case 503:
        case 504:
            return `The proxy is running but could not reach ${host}. Rerun this job. If the error persists, ask the administrator of the proxy, or add the host to NO_PROXY if no proxy is needed.`;
        default:
            return `Check that ${variable} is an HTTP proxy that allows tunnels (CONNECT) to ${host}, or add the host to NO_PROXY.`;
    }
}
function proxyAdvice(kind, variable) {
    switch (kind) {
        case 'no-tls':
            return `The proxy uses plain HTTP: use \`http://\` instead of \`https://\` in ${variable}. Requests through it stay encrypted.`;
        case 'no-http':
            return `${variable} must be an HTTP proxy; SOCKS proxies and other services are not supported.`;
        case 'cut':
            return `Check ${variable}: the proxy closed the connection before it opened a tunnel. The proxy may require \`https://\` in the address, or a user name. Or the address is not that of an HTTP proxy.`;
        default:
            return `Check the host and the port in ${variable}. Add hosts that need no proxy to NO_PROXY.`;
    }
}
const SYSTEM_CA = 'set NODE_USE_SYSTEM_CA=1 to trust the certificates in the system store of the runner.';
function certificateAdvice(kind, { names = [], clock, extra, via, isOfProxy }, target) {
    const keeper = isOfProxy
        ? 'the administrator of the proxy'
        : target.isCloud
            ? 'the administrator of the proxy or firewall that responds instead of LangSmith'
            : 'the administrator of the server';
    const wholeChain = `If a public authority signed the certificate, ask ${keeper} to send the full chain, including the intermediate certificates.`;
    const now = clock ? ` The clock of this runner shows ${clock}; correct the clock if it is wrong.` : '';
    switch (kind) {
        case 'expired':
            return `Ask ${keeper} to renew it.${now}`;
        case 'not-yet-valid':
            return `${now.trim() || 'Check the clock of this runner.'} Otherwise, ask ${keeper} for a certificate that is valid now.`;
        case 'other-host':
            return [
                names.length > 0 ? `The certificate is issued for ${names.slice(0, MOST_NAMES).join(', ')}.` : '',
                isOfProxy
                    ? 'Use the host name of the proxy that the certificate is issued for.'
                    : target.isCloud
                        ? 'A proxy or a login page of your network responds instead of LangSmith: set HTTPS_PROXY, or ask your network administrator for access.'
                        : 'Set `control-plane-url` to a host name that the certificate is issued for, or install a certificate for this host. NODE_EXTRA_CA_CERTS does not help here.'
            ]
                .filter(Boolean)
                .join(' ');
        case 'no-intermediate':
            // On Cloud without a proxy, no company certificate is involved; elsewhere it is the usual cause.
            return (target.isCloud && !via ? [wholeChain, trustAdvice(extra)] : [trustAdvice(extra), wholeChain]).join(' ');
        case 'certificate':
            return `Ask ${keeper} to replace the certificate.`;
        default:
            return trustAdvice(extra);
    }
}
const MOST_NAMES = 5;
/** Returns the advice that makes Node trust an issuer; it depends on the current value of NODE_EXTRA_CA_CERTS. */
function trustAdvice(extra = { kind: 'none' }) {
    switch (extra.kind) {
        case 'none':
            return `If your company signs its own certificates, or a proxy inspects TLS, set NODE_EXTRA_CA_CERTS in the job's \`env\` to the path of the PEM file with the root certificate. Or ${SYSTEM_CA}`;
        case 'pasted':
            return `NODE_EXTRA_CA_CERTS contains the certificate itself, but Node requires the path of a file. Write the certificate to a file in an earlier step and set the path. Or ${SYSTEM_CA}`;
        case 'missing':
            return `NODE_EXTRA_CA_CERTS is ${extra.file}, which does not exist where this action runs${/[~$]/.test(extra.file) ? ' (`~` and variables are not expanded in `env`)' : ''}. Set the path of a PEM file on the runner; a job in a container can only read files that are mounted there. Or ${SYSTEM_CA}`;
        case 'unreadable':
            return `NODE_EXTRA_CA_CERTS is ${extra.file}, which is not a file or is not readable by the user of the runner. Set the path of a file that the user can read. Or ${SYSTEM_CA}`;
        case 'not-pem':
            return `NODE_EXTRA_CA_CERTS is ${extra.file}, but Node could not load a certificate from it: the file must be PEM (\`-----BEGIN CERTIFICATE-----\`). Convert a DER file with \`openssl x509 -inform der -in FILE -out ca.pem\`. Or ${SYSTEM_CA}`;
        case 'loaded':
            return `NODE_EXTRA_CA_CERTS was loaded from ${extra.file} (${extra.count === 1 ? '1 certificate' : `${extra.count} certificates`}), but it does not contain the issuer of this certificate. Add the root certificate of the issuer. Or ${SYSTEM_CA}`;
    }
}
/**
 * Returns the reason why an address is reached directly although the environment sets a proxy, with advice, in complete
 * sentences.
 *
 * @returns `undefined` if a proxy is used, if no proxy is set, or if NO_PROXY excludes an address that has no proxy
 */
function whyDirect(address, { http, https, except = '', hasAll }) {
    const url = new URL(address);
    if ((0,hosts/* isLoopback */.U9)(url.hostname))
        return undefined;
    const [used, name, other, otherName] = url.protocol === 'https:' ? [https, 'HTTPS_PROXY', http, 'HTTP_PROXY'] : [http, 'HTTP_PROXY', https, 'HTTPS_PROXY'];
    const exception = (0,proxies/* exceptionFor */.ft)(url, except);
    if (exception !== undefined) {
        return used
            ? `NO_PROXY (\`${exception}\`) excludes ${url.host} from the proxy in ${name}. Remove that entry if the host requires the proxy.`
            : undefined;
    }
    if (used)
        return undefined;
    if (other) {
        return `${otherName} is set, but applies only to ${name === 'HTTPS_PROXY' ? 'http' : 'https'}://. Set ${name} too.`;
    }
    return hasAll ? `ALL_PROXY is set, but is not supported. Set ${name}.` : undefined;
}

;// CONCATENATED MODULE: ./build/report/explain.js





/** Describes a failure in the user's terms. An unknown error is described by its message, without the stack trace. */
function explain(error, circumstances) {
    if (error instanceof errors/* ApiError */.hD)
        return explainApiError(error, circumstances);
    if (error instanceof errors/* UnreachableError */.Jk)
        return explainUnreachable(error, circumstances);
    if (error instanceof errors/* AnswerError */.dV)
        return explainAnswer(error, circumstances);
    if (error instanceof errors/* RefusalError */.XQ)
        return explainRefusal(error, circumstances);
    return { title: 'Unexpected error', text: circumstances.redact((0,error_message/* errorMessage */.g)(error)) };
}
function explainRefusal({ title, message, advice, behind }, { redact }) {
    // The message can contain settings, and settings can contain credentials.
    const lines = [redact(message), behind && lastFailure(behind, redact), advice];
    return { title, text: lines.filter(Boolean).join('\n') };
}
function lastFailure(error, redact) {
    if (!(error instanceof errors/* ApiError */.hD))
        return (0,sentence/* sentence */.e)(`Last error: ${redact(error.message)}`);
    return (0,sentence/* sentence */.e)(`Last error: ${error.message}${error.detail ? `: ${quoted(error.detail, redact)}` : ''}`);
}
function explainApiError(error, circumstances) {
    const id = error.requestId ? ` (request ${error.requestId})` : '';
    const isAboutKey = (error.status === 401 || error.status === 403) && !isBlockPage(error);
    return {
        title: `LangSmith returned ${error.status}`,
        text: [
            `${error.message}${id}.`,
            serverReason(error, circumstances),
            answerAdvice(error, circumstances),
            isAboutKey ? keyAdvice(circumstances.apiKey) : ''
        ]
            .filter(Boolean)
            .join('\n')
    };
}
/**
 * Returns true if an HTML page rejected the request. A control plane rejects requests in JSON, so a proxy, a firewall or a
 * login page returned it.
 */
function isBlockPage({ status, isHtml }) {
    return isHtml && (status === 401 || status === 403 || status === 407 || status === 511);
}
function blockPageAdvice({ url }) {
    return `The response is an HTML page, which a control plane never returns: a proxy, a firewall or a login page blocked the request. Ask your network administrator to allow access to ${new URL(url).host} from this runner, and check HTTPS_PROXY and NO_PROXY.`;
}
/** Redacts a text of the server, then shortens it: half a secret would not be recognized. */
function quoted(text, redact) {
    const clean = redact(text.slice(0, LONGEST_REASON));
    return clean.length > LONGEST_QUOTE ? `${clean.slice(0, LONGEST_QUOTE)} …` : clean;
}
const LONGEST_REASON = 100_000;
const LONGEST_QUOTE = 1_000;
function serverReason({ status, detail }, { redact }) {
    if (status >= 300 && status < 400)
        return (0,sentence/* sentence */.e)(`The response is a ${detail}`);
    return detail ? `The server returned: ${quoted(detail, redact)}` : 'The server did not return a reason.';
}
function explainUnreachable(error, { controlPlane, proxy = {}, redact }) {
    const { code, message, context } = error;
    const { origin } = context;
    const target = origin
        ? { url: origin, isCloud: true, isGivenOut: true }
        : { url: controlPlane.url, isCloud: controlPlane.hosting === 'cloud' };
    const { what, advice } = explainFault(code, message, context, {
        ...target,
        whyDirect: whyDirect(target.url, proxy)
    });
    return {
        title: origin ? 'Upload URL not reachable' : 'LangSmith is not reachable',
        text: redact(`${what}\n${advice}`)
    };
}
function explainAnswer(error, { controlPlane }) {
    return {
        title: 'Invalid response from LangSmith',
        text: `${(0,sentence/* sentence */.e)(`${controlPlane.url}: ${error.message}`)}\n${error.fault === 'html' ? wrongHostAdvice(controlPlane) : 'If this persists, the control plane or a proxy in front of it is broken, or this action does not support its version.'}`
    };
}
function answerAdvice(error, { controlPlane, workspaceGiven }) {
    const { status, detail, request } = error;
    if (error.isWrongHost)
        return error.isFirstAnswer ? wrongHostAdvice(controlPlane) : ROUTE_MISSING_ADVICE;
    if (isBlockPage(error))
        return blockPageAdvice(controlPlane);
    if (status === 401) {
        return `${controlPlane.url} rejected the API key: it is expired, revoked, or belongs to another region or installation (see \`region\` and \`control-plane-url\`). Check the secret used for \`api-key\`, or store a new key in it.`;
    }
    if (status === 403)
        return forbiddenAdvice(error, workspaceGiven);
    if (status === 404) {
        return 'Check the ID. The key, `workspace-id`, and `region` or `control-plane-url` must belong to the workspace of the deployment.';
    }
    if (status === 400 && controlPlane.url.startsWith('http:') && (error.isHtml || /https/i.test(detail))) {
        return `The port may require HTTPS: set \`control-plane-url: ${controlPlane.url.replace('http:', 'https:')}\`.`;
    }
    if (status === 409)
        return error.request === 'POST /v2/deployments' ? refusals/* NAME_TAKEN_ADVICE */.xd : refusals/* BUSY_ADVICE */.ps;
    if (status >= 300 && status < 400) {
        if (controlPlane.hosting === 'cloud') {
            return `LangSmith Cloud does not redirect: a proxy or a login page of your network returned this response. Ask your network administrator to allow access to ${new URL(controlPlane.url).host} from this runner.`;
        }
        return 'This action does not follow redirects, so that the key is never sent to another host. Set `control-plane-url` to the final URL.';
    }
    if (/listener_id' is required/.test(detail))
        return 'Set `listener-id` (and `k8s-namespace`) to one of the listeners named above.';
    if (status === 400 && /needs a listener|no listener/i.test(detail)) {
        return 'On LangSmith Cloud, an image runs in your own cluster: install a listener there (hybrid). Or set `source-type: internal_docker` to have LangSmith run the image. Or set `source-type: github` or `source-type: internal_source` instead of `image-uri` to have LangSmith build and run the code.';
    }
    if (/permission on your repo/i.test(detail)) {
        return 'Grant the LangSmith GitHub App access to the repository: GitHub settings > Applications > hosted-langserve > Repository access.';
    }
    if (/Limit of \d+ free/i.test(detail))
        return 'Delete a free deployment, or set `deployment-type` to a paid one such as `serverless` or `dedicated`.';
    if (/scale to zero deployments are not supported/i.test(detail)) {
        return 'Set `deployment-type` to `dev` or `dedicated`: deployments in AWS environments cannot scale to zero.';
    }
    if (status === 400 && request.startsWith('PATCH ') && /\bsources?\b.*deployment|revision_source/i.test(detail)) {
        return 'The deployment was created from another source, and this control plane does not allow a change of source. Set `source-type` and the inputs of the original source, or use another `name`.';
    }
    if (status === 422)
        return 'The control plane rejected a value; the text above names the field.';
    return '';
}
/** Returns true if the cause may be that the key cannot access the workspace. */
function mayBeWrongWorkspace(error) {
    if (error instanceof refusals/* NotInWorkspaceError */.SU)
        return true;
    if (!(error instanceof errors/* ApiError */.hD) || error.isWrongHost || error.isHtml)
        return false;
    return error.status === 404 || (error.status === 403 && !/not enabled/i.test(error.detail));
}
/** Returns true if the server requires a workspace and the request named none. */
function isWorkspaceMissing(error) {
    return error instanceof errors/* ApiError */.hD && error.status === 403 && /requires workspace specification/i.test(error.detail);
}
function forbiddenAdvice(error, workspaceGiven) {
    const { detail, request } = error;
    if (isWorkspaceMissing(error)) {
        return 'The key belongs to an organization: set `workspace-id` to the name or ID of the workspace.';
    }
    if (/not enabled/i.test(detail)) {
        return 'The organization of this key does not have LangSmith Deployment. Check the plan, or use a key of another organization.';
    }
    if (request.startsWith('DELETE ')) {
        return 'Only a key with the Admin role in the workspace can delete a deployment (permission deployments:delete).';
    }
    const workspace = workspaceGiven
        ? 'Check that the key has access to the workspace in `workspace-id`, and that its role is'
        : 'Check that the role of the key is';
    return `${workspace} Editor or Admin (permissions deployments:create and deployments:update).`;
}
function wrongHostAdvice(controlPlane) {
    if (controlPlane.hosting === 'cloud') {
        return 'The response is not from LangSmith Cloud: a proxy may have returned it, or there is an outage (see https://status.smith.langchain.com).';
    }
    return controlPlane.url.endsWith('/api-host')
        ? `No control plane found at ${controlPlane.url}. Check the host in \`control-plane-url\`, and that LangSmith Deployment is enabled in that installation.`
        : `No control plane found at ${controlPlane.url}. On self-hosted installations, its path is /api-host: set \`control-plane-url: ${controlPlane.url.replace(/\/api$/, '')}/api-host\`.`;
}
/** Only the server can validate a key, but a key without the prefix of LangSmith keys is a likely cause. */
function keyAdvice(key) {
    if (key === undefined || key.startsWith('lsv2_'))
        return '';
    const usual = 'The key does not start with `lsv2_`, the prefix of LangSmith API keys';
    const kind = KEY_KINDS.find(([form]) => form.test(key))?.[1];
    return kind
        ? `${usual}: it appears to be ${kind}. Create an API key in the LangSmith settings, and store it in the secret.`
        : `${usual}. Check that the secret holds a LangSmith API key, not the key of a model provider.`;
}
/** Prefixes of the keys of other services. The first match counts. The characters after the prefix are not read. */
const KEY_KINDS = [
    [/^ls__/, 'a LangSmith key in the old format (`ls__…`)'],
    [/^sk-ant-/, 'an Anthropic key (`sk-ant-…`)'],
    [/^sk-proj-/, 'an OpenAI key (`sk-proj-…`)'],
    [/^sk-or-/, 'an OpenRouter key (`sk-or-…`)'],
    [/^sk-lf-/, 'a Langfuse key (`sk-lf-…`)'],
    [/^sk-/, 'a model provider key (`sk-…`)'],
    [/^AIza/, 'a Google key (`AIza…`)'],
    [/^(gh[pousr]_|github_pat_)/, 'a GitHub token'],
    [/^gsk_/, 'a Groq key (`gsk_…`)'],
    [/^hf_/, 'a Hugging Face token (`hf_…`)'],
    [/^tvly-/, 'a Tavily key (`tvly-…`)'],
    [/^xox[abp]-/, 'a Slack token'],
    [/^AKIA/, 'an AWS key (`AKIA…`)']
];
const ROUTE_MISSING_ADVICE = 'This installation does not support the operation; it may be too old. Ask the administrator of the installation to update it.';

;// CONCATENATED MODULE: ./build/failure.js






const MAY_STILL_COME_UP = 'It may still become active: check it in LangSmith, or keep waiting with `command: wait` and its `revision-id`. A first deployment can take 15 minutes; raise `timeout` if this happens again.';
const HELD_UP = 'Another revision blocked the queue; the log above names it. Keep waiting with `command: wait`, or stop that revision with `command: interrupt` if it is stuck.';
/** Returns the verdict of a run that an error ended, in the user's terms. */
async function verdictOf(error, config, { revision }, { limits, runner }) {
    if (error instanceof run_limits/* CancelledError */.cc)
        return { status: 'cancelled', reason: 'The job was cancelled.' };
    if (error instanceof run_limits/* DeadlineError */.j3)
        return overdue(error, config, revision, runner);
    if (error instanceof Error && error.stack)
        runner.debug(error.stack);
    const { title, text } = explain(error, {
        controlPlane: config.controlPlane,
        workspaceGiven: (config.connection.workspaceId ?? config.workspaceName) !== undefined,
        apiKey: config.connection.apiKey,
        proxy: config.connection.proxy,
        redact: runner.redact
    });
    const choice = await workspaceAdvice(error, config, limits);
    const place = error instanceof errors/* RefusalError */.XQ ? error.place : undefined;
    return { status: 'error', title, reason: choice ? `${text}\n${choice}` : text, ...(place ? { place } : {}) };
}
function overdue({ unanswered }, config, revision, { redact }) {
    const passed = `The timeout of ${(0,duration/* inWords */.r)(config.timeoutMs)} expired`;
    const last = unanswered ? ` The last request got no usable response: ${redact(unanswered)}.` : '';
    const look = 'Raise `timeout`, or check in LangSmith what blocks it.';
    if (!('onSuperseded' in config)) {
        return {
            status: 'timed-out',
            reason: `${passed} before \`command: ${config.command}\` finished.${last}`,
            advice: look
        };
    }
    if (!revision) {
        return { status: 'timed-out', reason: `${passed} before a revision appeared.${last}`, advice: look };
    }
    return {
        status: 'timed-out',
        reason: `${passed} while revision ${revision.id} was ${revision.status}.${last}`,
        advice: revision.status === 'QUEUED' ? HELD_UP : MAY_STILL_COME_UP
    };
}
/** Time limit for the list of workspaces, which only completes the advice. */
const CHOICE_MS = 5_000;
/** Advice from the list of workspaces; `undefined` if the list does not explain the failure. */
async function workspaceAdvice(error, config, limits) {
    const { controlPlane, connection } = config;
    const { workspaceId } = connection;
    const isMissing = isWorkspaceMissing(error);
    if (!isMissing && !(workspaceId && mayBeWrongWorkspace(error)))
        return undefined;
    const briefly = { ...limits, deadline: Math.min(limits.deadline, limits.clock.now() + CHOICE_MS) };
    const workspaces = await listWorkspaces(controlPlane, { connection, limits: briefly }).catch(() => []);
    if (workspaces.length === 0)
        return undefined;
    if (isMissing || !workspaceId)
        return `The API key can access ${workspaceList(workspaces)}.`;
    return workspaces.some(({ id }) => id.toLowerCase() === workspaceId.toLowerCase())
        ? undefined
        : `\`workspace-id\`: the API key cannot access workspace ${workspaceId}. It can access ${workspaceList(workspaces)}.`;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: ./build/control-plane/resources.js
var resources = __nccwpck_require__(7608);
// EXTERNAL MODULE: ./build/runner/secret-parts.js
var secret_parts = __nccwpck_require__(8648);
;// CONCATENATED MODULE: ./build/inputs/connection.js





/**
 * Reads the destination and the credentials of requests. If the URL is invalid, that of a Cloud region replaces it, so
 * that the other inputs are also checked; no request follows.
 */
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
        // Node compares the variable with exactly this text.
        warnings: variables.NODE_TLS_REJECT_UNAUTHORIZED === '0' ? [UNVERIFIED] : [],
        remarks: remarksOnProxies(variables)
    };
}
const UNVERIFIED = 'NODE_TLS_REJECT_UNAUTHORIZED is 0, which disables certificate verification: anyone on the network path can read the API key and the secrets. Remove it. To trust your own root certificate, set NODE_EXTRA_CA_CERTS to its PEM file, or set NODE_USE_SYSTEM_CA to 1.';
/** Only the first match is reported. */
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
/** Reads `region` in any case. An error suggests the region for its common names. */
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
/**
 * Returns an example of a URL for an invalid one. A host without a scheme is probably correct; a self-hosted control
 * plane has the path /api-host.
 */
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
/** Returns the variable of a proxy. Both spellings are in use; as in curl, lower case takes precedence. */
function proxyVariable(variables, name) {
    const lower = name.toLowerCase();
    return variables[lower] ? { name: lower, value: variables[lower] } : { name, value: variables[name] || undefined };
}
/**
 * Returns the passwords in the URLs of proxies, as written and decoded. All spellings are read, because a log may show
 * any of them.
 */
function proxyPasswords(variables) {
    const found = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()].flatMap((one) => (0,secret_parts/* secretParts */.B)(variables[one]?.trim().replace(/^(?!\w+:\/\/)/, 'http://') ?? '')));
    return [...new Set(found)];
}
/**
 * Returns remarks about invalid proxies. Such a proxy does not fail the run if the control plane does not need it, but
 * GitHub may be unreachable without it.
 */
function remarksOnProxies(variables) {
    return ['HTTP_PROXY', 'HTTPS_PROXY'].flatMap((variable) => {
        const { name, value } = proxyVariable(variables, variable);
        const parsed = value === undefined ? undefined : (0,proxies/* parseProxy */.YR)(value);
        return parsed?.kind === 'fault' ? [`Ignored the environment variable ${name}: it ${parsed.text}`] : [];
    });
}
/**
 * Reads the proxies of the environment.
 *
 * @param url URL of the control plane. An invalid proxy is a problem only if this URL needs it; otherwise it is
 *   ignored.
 */
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
/** Syntax that a shell or another tool would expand, but GitHub does not. */
const SHELL_VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)[^}]*\})/;
const SHELL_COMMAND = /\$\(|^`.+`$/s;
const BRACES = /\$?\{\{\s*(.*?)\s*\}\}/s;
const BARE_EXPRESSION = /^(?:(?:secrets|vars|env)\.[A-Z_][A-Z0-9_]*|(?:inputs|matrix)\.[A-Za-z_][\w-]*|github\.(?:sha|ref|ref_name|head_ref|base_ref|repository|repository_owner|token|actor|run_id|run_number|workspace|event\.[\w.]+)|(?:steps|needs)\.[\w-]+\.outputs\.[\w-]+)$/;
/**
 * Returns the problem of a text with an unevaluated expression, as the end of a sentence that begins with the name of
 * the input. GitHub evaluates `${{ … }}` only; a shell variable is plain text.
 */
function unevaluated(text) {
    const shown = `"${text}"`;
    if (/^(?:Object|Array)$/.test(text)) {
        return `is ${shown}: the expression evaluated to an ${text.toLowerCase()}, not a string. Use an expression with a string value, such as \`\${{ github.event.repository.name }}\`.`;
    }
    const [, inner] = BRACES.exec(text) ?? [];
    if (inner !== undefined) {
        return `is ${shown}: the expression was not evaluated. Use \`\${{ ${inner || '…'} }}\` directly in the workflow, with the dollar sign and outside of other expressions.`;
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
/** Tells if a variable of the runner is also in the `github` context. */
function isGithubVariable(name) {
    return /^GITHUB_(?:SHA|REF|REF_NAME|HEAD_REF|BASE_REF|REPOSITORY|REPOSITORY_OWNER|RUN_ID|RUN_NUMBER|ACTOR|TOKEN|EVENT_NAME|SERVER_URL|WORKSPACE)$/.test(name);
}

// EXTERNAL MODULE: ./build/inputs/faults.js
var inputs_faults = __nccwpck_require__(6835);
;// CONCATENATED MODULE: ./build/inputs/reader.js




/** An annotation holds 4,096 characters. More problems than this usually have one cause. */
const MOST_PROBLEMS = 20;
/** Maximum number of inputs in a title. */
const MOST_NAMED = 4;
/** Formats a problem as one line. A text that starts with `expected` is about the whole value. */
function lineOf({ input, text }) {
    return text.startsWith('expected ') ? `Invalid \`${input}\`: ${text}` : `\`${input}\` ${text}`;
}
/** Error for invalid inputs, with all their problems. */
class reader_InputError extends Error {
    name = 'InputError';
    problems;
    constructor(problems) {
        const lines = problems.slice(0, MOST_PROBLEMS).map(lineOf);
        const more = problems.length - MOST_PROBLEMS;
        super([...lines, ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n'));
        this.problems = problems;
    }
    /** Title that names the invalid inputs, and the problem if it is one word. */
    get title() {
        const inputs = [...new Set(this.problems.map(({ input }) => input))];
        const isAbsent = this.problems.length === 1 && /^is (missing|empty|required)\b/.exec(this.problems[0]?.text ?? '');
        if (isAbsent)
            return `Input ${inputs[0]} ${isAbsent[0]}`;
        // A name with _ is an environment variable.
        const areInputs = inputs.every((input) => !input.includes('_'));
        if (inputs.length === 1)
            return `Invalid ${areInputs ? 'input' : 'environment variable'}: ${inputs[0]}`;
        const more = inputs.length - MOST_NAMED;
        const named = [...inputs.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])];
        return `${inputs.length} invalid ${areInputs ? 'inputs' : 'values'}: ${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
    }
    /** Location of the annotation: that of the first problem that has one. */
    get place() {
        return this.problems.find(({ place }) => place)?.place;
    }
}
/** Creates a reader over the runner's variables: `api-key` is read from `INPUT_API-KEY`. */
function reader_createReader(variables) {
    const problems = [];
    const inputsRead = new Set();
    const judged = new Set();
    const unevaluatedInputs = new Set();
    const raw = (input) => variables[`INPUT_${input.toUpperCase()}`] ?? '';
    const written = (input) => raw(input).trim() || undefined;
    const problem = (input, text, place) => {
        // Any other problem of the input follows from its expression.
        if (unevaluatedInputs.has(input))
            return;
        problems.push({ input, text, ...(place ? { place } : {}) });
    };
    const hasProblem = (input) => problems.some((one) => one.input === input);
    const judge = (input, orElse) => {
        const value = written(input) ?? (0,table/* rowOf */.OB)(input).default;
        const fault = value === undefined || judged.has(input) ? undefined : (0,inputs_faults/* faultOfValue */.R)(input, value, orElse);
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
    // Booleans are valid in any case.
    const plain = value?.replace(/^(true|false)$/i, (flag) => flag.toLowerCase());
    return plain !== undefined && plain !== (common ?? defaultAtCreate);
}
/** Creates the readers of each kind. `read` returns the value or the default, and records a problem. */
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
/** Returns the problem of an unevaluated expression; `undefined` if there is none. */
function faultOfExpression(input, value) {
    const { kind } = (0,table/* rowOf */.OB)(input);
    const fault = value === undefined || kind === 'free-text' ? undefined : unevaluated(value);
    // The value of a key is masked, which would also hide the variable's name in the advice.
    return fault && kind === 'key'
        ? 'is an expression that was not evaluated, not a key. Use `${{ secrets.NAME }}` with the name of the secret.'
        : fault;
}
/** Returns a lookup of the step's variables. process.env has a prototype, so a bare `toString` must not match. */
function variableOf(variables) {
    return (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined);
}

;// CONCATENATED MODULE: ./build/inputs/access.js




/** Returns the destination of a run. It identifies the keys by their digests. */
function destinationOf({ controlPlane, connection, github }) {
    return {
        controlPlane,
        workspaceId: connection.workspaceId,
        organizationId: connection.organizationId,
        keyDigest: digestOf(connection.apiKey),
        github: github && { apiUrl: github.apiUrl, repository: github.repository, tokenDigest: digestOf(github.token) }
    };
}
/**
 * Reads the keys of the post step from its own inputs. Each key is sent only to the destination to which the run sent
 * the same key. Other inputs are not read, because files that they name may no longer exist.
 *
 * @throws {InputError} if a proxy of the environment is invalid
 */
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
/**
 * Returns the keys in the inputs, valid or not, and the passwords of proxies, so that they are masked before anything
 * is printed.
 */
function readKeys(variables) {
    const inputs = reader_createReader(variables);
    const keys = [inputs.text('api-key'), inputs.text('agent-api-key'), inputs.text('github-token')];
    return [
        ...keys.filter((key) => key !== undefined),
        ...proxyPasswords(variables),
        ...tokensIn(inputs.verbatim('agent-headers') ?? '')
    ];
}
/** Returns the values of headers whose names suggest a credential, and the part of each value after its scheme. */
function tokensIn(lines) {
    return [...lines.matchAll(/^[ \t]*([\w-]+)[ \t]*:[ \t]*(\S.*?)[ \t\r]*$/gm)].flatMap(([, name = '', value = '']) => {
        if (!TOKEN_HEADER.test(name))
            return [];
        const token = /^\S+ +(\S.*)$/.exec(value)?.[1];
        return [value, ...(token ? [token] : [])].filter((text) => text.length >= SHORTEST_TOKEN);
    });
}
const TOKEN_HEADER = /authorization|key|token|secret|password|cookie/i;
/** A shorter text can occur in ordinary words, which must stay readable. */
const SHORTEST_TOKEN = 8;
function withKey(inputs, input, digest, use) {
    const key = inputs.text(input);
    if (key === undefined)
        return { input, fault: 'is empty' };
    return digestOf(key) === digest ? use(key) : { input, fault: 'differs from the key that the run used' };
}
/**
 * Returns a short digest of a key. The digest distinguishes keys and reveals nothing, because keys are long and random.
 */
function digestOf(key) {
    return (0,external_node_crypto_.createHash)('sha256').update(key).digest('hex').slice(0, 16);
}

;// CONCATENATED MODULE: ./build/inputs/checkout.js



/** Returns the commit of the checkout if it is known to differ from the commit of the run. */
function packedInstead(source, trigger) {
    const packed = commitOfRun(source, trigger);
    return trigger.commit && packed !== trigger.commit && tellsCommit(trigger) ? packed : undefined;
}
/** Returns a notice if the checkout is not at the commit of the run, for example at another ref or a later commit. */
function noticesOfCommit(source, trigger, { dryRun }) {
    const packed = commitOfRun(source, trigger);
    const started = trigger.commit;
    if (!packed || !started || packed === started || !tellsCommit(trigger))
        return [];
    const deploys = dryRun ? 'would deploy' : 'deploys';
    const field = fieldOfCommit(trigger);
    const advice = field ? ` To deploy ${started}, set \`ref: \${{ ${field} }}\` in the actions/checkout step.` : '';
    return [
        `The checkout is at commit ${packed}, but this run was started for ${started}. This run ${deploys} ${packed} and reports that commit.${advice}`
    ];
}
/**
 * Returns the field of the event that contains its commit, for events after which actions/checkout may check out
 * another commit.
 */
function fieldOfCommit({ about, endedRun, headCommit }) {
    if (endedRun)
        return 'github.event.workflow_run.head_sha';
    if (about.kind !== 'pull-request' || headCommit === undefined)
        return undefined;
    return `github.event.pull_request.${about.state === 'merged' ? 'merge_commit_sha' : 'head.sha'}`;
}
/**
 * Returns a warning if a run for a comment on a pull request would pack the default branch, on which such a run starts.
 * The workflow chose any other commit.
 *
 * @returns the warning, which replaces those about the code of the pull request; `undefined` if the code of the pull
 *   request may be checked out
 */
function misplacedCheckout(source, trigger, { dryRun }) {
    const { about, pullRequest, commit } = trigger;
    const isOpen = about.kind === 'pull-request' && about.state === 'open';
    if (!(0,sources/* isMadeFrom */.o)('archive', source) || !isOpen || tellsCommit(trigger))
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
/**
 * Returns the commit that the run deploys. For an archive, this is the commit of the checkout, with two exceptions, for
 * which the commit of the event is returned: GitHub's trial merge of the pull request, and a checkout of another
 * repository, because commits are compared in this repository.
 */
function commitOfRun(source, trigger) {
    if (!(0,sources/* isMadeFrom */.o)('archive', source) || !source.checkout)
        return trigger.commit;
    const { commit, parents, origin } = source.checkout;
    const isMerge = trigger.headCommit !== undefined && (parents[1] === trigger.headCommit || commit === trigger.trialMerge);
    const isForeign = origin !== undefined && trigger.repository !== '' && !(0,sources_github/* sameRepository */.RB)(origin, trigger.repositoryUrl);
    return isMerge || isForeign ? trigger.commit : commit;
}

// EXTERNAL MODULE: ./build/deployment/image-reference.js
var image_reference = __nccwpck_require__(7499);
// EXTERNAL MODULE: ./build/runner/variable-name.js
var variable_name = __nccwpck_require__(4239);
// EXTERNAL MODULE: ./build/inputs/yaml.js
var yaml = __nccwpck_require__(3697);
;// CONCATENATED MODULE: ./build/inputs/external-docker.js





/** Reads the inputs of an existing image. */
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
/**
 * Reads and checks `image-uri`; empty if it is missing.
 *
 * @param needed purpose of the image for the source, such as `the image to run`
 */
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
/** Reads the variables from Kubernetes Secrets; an empty list removes all of them. */
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
/** Reports a variable that is set twice, because it is unknown which value takes effect. */
function checkReferences(inputs, { secretReferences = [] }, { secrets, variables }) {
    const given = new Set([...secrets, ...variables].map(({ name }) => name));
    const twice = secretReferences.find(({ name }) => given.has(name));
    if (twice === undefined)
        return;
    inputs.problem('secret-references', `sets "${twice.name}", which \`secrets\`, \`variables\` or \`secrets-file\` also sets. Remove one of them.`);
}
const REFERENCE_FIELDS = ['name', 'secret_name', 'secret_key'];
/** Returns the problem of one entry, whose index starts at 0. */
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
/** Converts a valid entry. */
function toReference(value) {
    const { name, secret_name, secret_key } = (0,object/* object */.I)(value) ?? {};
    return { name: String(name), secret_name: String(secret_name), secret_key: String(secret_key) };
}

// EXTERNAL MODULE: ./build/run/figure.js
var figure = __nccwpck_require__(1220);
;// CONCATENATED MODULE: ./build/inputs/thresholds.js


const OPERATORS = ['>=', '<=', '>', '<'];
/** Alternative spellings of operators. */
const OTHER_OPERATORS = {
    '=>': '>=',
    '=<': '<=',
    '≥': '>=',
    '≤': '<=',
    '==': undefined,
    '=': undefined,
    ':': undefined
};
/** Parses thresholds, one per line. Blank lines and lines that begin with # are ignored. */
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
/** Comparisons, including misspelled ones. A key can contain other signs: openevals uses `json_match:average`. */
const COMPARED = /^(.*?)\s*(=>|=<|>=|<=|≥|≤|>|<)\s*(.*)$/;
const NOT_COMPARED = /^(.*?)\s*(==|=|:)\s*(.*)$/;
/** Parses a line as a threshold, or returns its problem. */
function parseLine(line) {
    const compared = COMPARED.exec(line);
    // `key: >= 0.8`, as in YAML.
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
        return `expected ${AMOUNTS[(0,figure/* unitOf */.uF)(key)].forms} after \`${sign}\`.`;
    // Several thresholds on one line, for example folded by `>` in YAML.
    if (/[<>≥≤]/.test(bound)) {
        return 'expected one threshold per line. In YAML, use `|` after `thresholds:`, because `>` folds lines into one.';
    }
    const parsed = parseBound(bound, key);
    return typeof parsed === 'string' ? parsed : { key, operator, bound: parsed };
}
/** Parses a bound, or returns its problem. */
function parseBound(text, key) {
    const unit = (0,figure/* unitOf */.uF)(key);
    const { parse, forms } = AMOUNTS[unit];
    if (/\bbaseline\b/i.test(text))
        return parseBaseline(text, key);
    const value = parse(text);
    if (value !== undefined)
        return { kind: 'value', value };
    if (unit === 'share' && parseScore(text) !== undefined) {
        return `\`${key}\` must be between 0% and 100%: expected ${forms}.`;
    }
    const advice = unit === 'seconds' ? unitAdvice(text) : undefined;
    if (advice)
        return `expected a duration with a unit, got \`${text}\`. ${advice}`;
    const isTime = unit === 'score' && AMOUNTS.seconds.parse(text) !== undefined;
    if (isTime || (unit === 'score' && text.startsWith('$'))) {
        return `\`${key}\` is not a metric, and a feedback key requires ${forms}. Metrics: ${figureList()}.`;
    }
    return `expected ${forms} for \`${key}\`, or a change to the baseline such as \`baseline - 0.02\`, got \`${text}\`.`;
}
/** Parses `baseline`, `baseline - 0.02`, `baseline + 2s` or `baseline * 1.1`. */
function parseBaseline(text, key) {
    const [, change, amount = ''] = /^baseline(?:\s*([-+*])\s*(.+))?$/i.exec(text) ?? [];
    if (/^baseline$/i.test(text))
        return { kind: 'baseline', change: '+', by: 0 };
    const { parse, forms } = change === '*' ? { parse: parseScore, forms: 'a number such as `1.1`' } : AMOUNTS[(0,figure/* unitOf */.uF)(key)];
    const by = parse(amount);
    if ((change === '+' || change === '-' || change === '*') && by !== undefined)
        return { kind: 'baseline', change, by };
    const advice = (0,figure/* unitOf */.uF)(key) === 'seconds' ? unitAdvice(amount) : undefined;
    if (advice)
        return `expected a duration with a unit, got \`${amount}\`. ${advice}`;
    return change
        ? `expected ${forms} after \`baseline ${change}\` for \`${key}\`, got \`${amount}\`.`
        : 'expected `baseline`, `baseline - 0.02`, `baseline + 0.02` or `baseline * 1.1`.';
}
function figureList() {
    return figure/* FIGURE_NAMES */.A.map((name) => `\`${name}\``).join(', ');
}
/** Tells if a threshold compares with the baseline experiment. */
function needsBaseline({ bound }) {
    return bound.kind === 'baseline';
}

;// CONCATENATED MODULE: ./build/inputs/gate.js

/**
 * Reads the gate; `undefined` if none is requested. An incomplete gate is an error, so that a gate is never open by
 * accident.
 */
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
    const name = nameInOutput(experiment);
    if (name !== undefined) {
        inputs.problem('require-experiment', `contains the output of \`evaluate()\` instead of the experiment name. Set it to ${name ? `\`${name}\`` : 'the name'}. In the evaluation script, append \`experiment=\` and \`results.experiment_name\` to the file \`$GITHUB_OUTPUT\`.`);
    }
    if (experiment === baseline) {
        inputs.problem('baseline-experiment', 'is the same experiment as `require-experiment`, so there is nothing to compare. Set it to an earlier experiment, such as the one for the active revision.');
    }
    if (baseline === undefined && thresholds.some(needsBaseline)) {
        inputs.problem('thresholds', 'compares with a baseline, but `baseline-experiment` is empty. Set `baseline-experiment` to the name or ID of an experiment.');
    }
    return { experiment, baseline, thresholds };
}
/**
 * Returns the experiment name in the output of the SDK's `evaluate()`; empty if the output does not contain the name,
 * `undefined` if the text is not such output.
 */
function nameInOutput(text) {
    const [, name] = /View the evaluation results for experiment: ['"](.+?)['"]/.exec(text) ?? [];
    return name ?? (/\r|\n|https?:\/\//.test(text) ? '' : undefined);
}
const WITHOUT_EXPERIMENT = 'is set, but `require-experiment` is empty. Set `require-experiment` to the name or ID of an experiment. If an earlier step provides it, check the output of that step.';

;// CONCATENATED MODULE: ./build/inputs/github.js

/** Reads what the run reports to GitHub: a GitHub deployment and a comment. */
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
        // The same step can run for pushes and for pull requests.
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









/** Reads the deployment of a run, by ID or name. Invalid values are reported as problems. */
function readTarget(inputs, command, trigger, controlPlane) {
    const deploymentId = command === 'sweep' ? undefined : inputs.uuid('deployment-id');
    const name = inputs.text('name');
    const misplaced = name && !deploymentId ? (0,inputs_misplaced/* notAName */.Gf)(name) : undefined;
    // Another tool may have used an ID as a name, which the other commands then find.
    if (misplaced && (command === 'deploy' || !(0,resources/* isUuid */.O1)(name ?? ''))) {
        inputs.problem('name', `is "${name}", ${misplaced}`);
        return { name, deploymentId };
    }
    if (command === 'sweep')
        return readNameOfPreviews(inputs, trigger);
    if (inputs.flag('preview'))
        return readPreview(inputs, trigger, controlPlane, { name, deploymentId });
    // An existing deployment can have any name, and the other commands require an existing deployment.
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
/** Rejects a name that no deployment can have, before any request. */
function checkName(inputs, name) {
    const found = (0,deployment_name/* isPossibleName */.d)(name) ? undefined : (0,deployment_name/* faultOfName */.nL)(name);
    if (found)
        inputs.problem('name', `is "${name}", ${found.fault}. Use \`name: ${found.nearest}\`.`);
}
/** Returns the deployment name that follows from the repository, such as `support-agent` for `acme/Support_Agent`. */
function nameOfRepository({ repository }) {
    return (0,deployment_name/* normaliseName */.GX)(repository.split('/').at(-1) ?? '');
}
/** Reads the target of a preview. Its name identifies it as a preview, so even `delete` can use the default name. */
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
/** Reads the `NAME` in the names of previews. */
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
/** Returns the target of `deploy`, which a project can name if no input does. */
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
/**
 * Returns why no deployment can be created with `name`. The name of a preview is already checked, and an ID refers to
 * an existing deployment.
 */
function faultOfInput({ target, defaultName }) {
    const { name, deploymentId, previewNames } = target;
    const isChosen = defaultName === undefined && !deploymentId && !previewNames;
    const found = isChosen && name !== undefined ? (0,deployment_name/* faultOfName */.nL)(name) : undefined;
    return found && { fault: found.fault, advice: `Use \`name: ${found.nearest}\`.` };
}
/**
 * Returns the deployment name in the project, if no input selects a deployment; the official tools read the same
 * setting. A preview does not use this name, because `command: delete` must find the preview without the project.
 */
function nameByProject(inputs, { deploymentName }) {
    const isChosen = inputs.isWritten('preview') || inputs.text('name') || inputs.text('deployment-id');
    return isChosen ? undefined : deploymentName;
}
/**
 * Returns a project, with a notice if it names the deployment. A name that no deployment can have is rejected; the
 * message names its origin, because the user did not set it as an input.
 */
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
/**
 * Rejects the repository's name as the default if `deploy` uses the name in the project, because `redeploy` could roll
 * back another deployment. A project that is not checked out or is unreadable is ignored.
 */
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







/** Reads the project in the workspace, so that an invalid project is reported before any request. */
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
/** @throws {ProjectError} if the project cannot be deployed */
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
/** Parses patterns, one per line. As in a .gitignore, lines that begin with `#` are comments. */
function readPatterns(text = '') {
    return text
        .split(/\r?\n/)
        .map((line) => line.trim().replace(/^(!?)\.\/+/, '$1'))
        .filter((line) => line !== '' && !line.startsWith('#'));
}
/** Returns the location of the configuration, which distinguishes two projects in one repository. */
function projectPlaceOf({ workspace, root, configPath }) {
    const base = (0,external_node_path_.dirname)((0,external_node_path_.join)(root, configPath));
    const folder = (0,paths/* relativeTo */.Mf)(workspace, base) || '.';
    const isRoot = folder === '.' || (0,external_node_fs_.existsSync)((0,external_node_path_.join)(base, '.git'));
    return { folder, isRoot };
}

;// CONCATENATED MODULE: ./build/inputs/messages.js
/** Joins the messages of several parts. Each kind keeps the order of the parts. */
function joinMessages(...parts) {
    return {
        notices: parts.flatMap(({ notices = [] }) => notices),
        warnings: parts.flatMap(({ warnings = [] }) => warnings),
        remarks: parts.flatMap(({ remarks = [] }) => remarks)
    };
}

;// CONCATENATED MODULE: ./build/inputs/proof.js

/** Reads the steps of the proof after the health check; `undefined` if none is requested. */
async function readProof(inputs, context) {
    const verifyGraphs = inputs.flag('verify-graphs');
    const written = inputs.verbatim('smoke-test');
    const file = inputs.text('smoke-test-file');
    const key = inputs.text('agent-api-key');
    const lines = inputs.verbatim('agent-headers');
    if (!verifyGraphs && written === undefined && file === undefined)
        return undefined;
    // Imported on demand: most runs request none of these steps.
    const { readAgentAccess } = await __nccwpck_require__.e(/* import() */ 700).then(__nccwpck_require__.bind(__nccwpck_require__, 7700));
    const { readConfiguredGraphs } = await Promise.all(/* import() */[__nccwpck_require__.e(547), __nccwpck_require__.e(223), __nccwpck_require__.e(257)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7257));
    const { readSmokeTests } = await __nccwpck_require__.e(/* import() */ 234).then(__nccwpck_require__.bind(__nccwpck_require__, 9234));
    const { source, environment } = context;
    // The configuration of an archive is always the one in the workspace.
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
/** Returns notices about inputs that have no effect, because the step that uses them is not requested or cannot run. */
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







/** Reads a source that LangSmith builds from a branch or tag. */
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
/** Tells if `repo-url` is this repository. An invalid URL is reported elsewhere, and counts as this repository. */
function readIsOwnRepository(inputs, trigger) {
    const repoUrl = inputs.text('repo-url') ?? trigger.repositoryUrl;
    return !isRepositoryUrl(repoUrl) || (0,sources_github/* sameRepository */.RB)(repoUrl, trigger.repositoryUrl);
}
function isRepositoryUrl(url) {
    return /^https?:\/\/[^/\s@]+\/[^/\s?#]+\/[^/\s?#]+$/.test(url.replace(/\/$/, ''));
}
function isOnGithubCom(repoUrl) {
    return !isRepositoryUrl(repoUrl) || /^https?:\/\/(www\.)?github\.com\//i.test(repoUrl);
}
/**
 * Rejects other hosts: LangSmith's GitHub App exists on github.com only, not on ghe.com or GitHub Enterprise Server.
 */
function refuseServer(inputs, repoUrl) {
    const { host } = new URL(repoUrl);
    const isOwn = inputs.text('repo-url') === undefined;
    inputs.problem(isOwn ? 'source-type' : 'repo-url', `${isOwn ? 'is `github`, but this repository' : 'points to a repository that'} is on ${host}. LangSmith builds from github.com only. Set \`source-type: internal_source\` to deploy the checked-out workspace, or set \`repo-url\` to a copy on github.com.`);
}
function readRef(inputs, trigger, ruling) {
    const written = inputs.text('repo-ref');
    // For a push of a tag, `github.ref_name` is the bare name, which LangSmith would treat as a branch.
    if (written && trigger.ref === `refs/tags/${written}` && readIsOwnRepository(inputs, trigger))
        return trigger.ref;
    // A ruling that rejects the run is already a problem. For another repository, the ref is looked up later.
    if (!written)
        return (ruling.kind === 'go' && ruling.ref) || '';
    const ref = branchOrTag(written);
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
/**
 * Checks the configuration if the commit of the run is checked out, because LangSmith would reject an invalid one only
 * after minutes. The result is a warning, because an existing deployment can use another path.
 */
async function checkCheckedOut(inputs, { configPath, runCommit }, variables) {
    const workspace = variables.GITHUB_WORKSPACE;
    const path = configPath ?? table/* INPUTS */.mc['langgraph-config'].defaultAtCreate;
    if (!workspace || !runCommit)
        return [];
    const isThere = (0,external_node_fs_.statSync)((0,external_node_path_.resolve)(workspace, path), { throwIfNoEntry: false })?.isFile() ?? false;
    // An existing deployment can use another path, so a missing file at the default path is not a problem.
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

/**
 * Decides the consequence of a trigger: the branch or tag to deploy, a skipped run, or an input that the user must set.
 * It affects `deploy` and `wait`; other commands depend only on their inputs. A pure function.
 *
 * Source: docs.github.com, "Events that trigger workflows".
 */
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
/** Returns why the event leads to no deployment; `undefined` if it does. */
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
/** Returns the purpose of a command, as the object of `Skipped`. */
function stepOf(command) {
    if (command === 'deploy')
        return 'the deployment';
    if (command === 'delete' || command === 'sweep')
        return 'the deletion';
    return command ? `\`command: ${command}\`` : 'this run';
}
/**
 * Returns the unsuccessful workflow or GitHub deployment that started the run, and the field of the event that contains
 * its result.
 */
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
/** Returns the input that lets such a run continue. An image or an archive has no such input. */
function wayPast({ command, sourceType }) {
    if (command === 'wait')
        return ', or set `revision-id` to wait anyway';
    return (0,kinds/* kindOf */.I)(sourceType).code === 'repository' ? ', or set `repo-ref` to deploy anyway' : '';
}
/** Rules on a source that LangSmith builds from a branch or tag of this repository. */
function ruleGithub(trigger, asked) {
    const { about, foreignHead, repository, ref } = trigger;
    const refuse = (text) => ({ kind: 'error', input: 'repo-ref', text });
    if (!asked.isOwnRepository) {
        // LangSmith then uses the default branch of the other repository. An event about a pull request requires
        // `repo-ref`.
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
/** Rules on an image of an earlier step, or on the checkout. */
function ruleBuilt(trigger, asked, made) {
    const { previewEnvironment } = trigger;
    const pending = unreviewed(trigger);
    const subject = pending ?? unchosen(trigger);
    // A dry run before the merge shows what the merge would deploy.
    if (!subject || asked.isPreview || (pending && asked.isDryRun))
        return go(trigger.ref);
    if (!asked.isNamed)
        return ruleNameless(trigger, asked, made, subject);
    const isMeant = pending
        ? holdsNumber(asked.name, trigger.pullRequest) || isOfNamedBranch(trigger, asked)
        : holdsBranch(asked.name, sideBranch(trigger) ?? previewEnvironment);
    // The branch of a bare commit is unknown, but its environment may be known.
    const isKnown = trigger.about.kind !== 'bare-commit' || previewEnvironment !== undefined;
    const isTold = made === 'archive' && !isMeant && isKnown;
    if (!isTold || asked.isDryRun)
        return go(trigger.ref);
    const target = asked.name ? `"${asked.name}"` : 'the deployment with `deployment-id`';
    const deploys = `This run deploys ${describeCode('the code', subject.what, asked)} to ${target}`;
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
    const warning = `${deploys}, but ${trigger.ref} is not the default branch "${trigger.defaultBranch}". ${filterOf(trigger)}. If that deployment belongs to this branch, include the name of the branch in \`name\`.`;
    return go(trigger.ref, { isRefUnclear: trigger.isRefUnclear, warnings: [warning] });
}
/** Rejects code that the user did not choose for the deployment named after the repository. */
function ruleNameless(trigger, asked, made, { what, preview }) {
    const [code, namer] = made === 'archive'
        ? ['the code', 'the repository or by LANGSMITH_DEPLOYMENT_NAME']
        : ['the image', 'the repository'];
    const doing = `would deploy ${describeCode(code, what, asked)} to the deployment named after ${namer}.`;
    const advice = `${preview}To choose a deployment, set \`name\` or \`deployment-id\`.`;
    if (asked.isDryRun || trigger.isRefUnclear) {
        const caution = cautionOf({ branch: sideBranch(trigger), reason: `This run ${doing}`, advice });
        return go(trigger.ref, { isRefUnclear: trigger.isRefUnclear, caution });
    }
    return { kind: 'error', input: 'name', text: `is required: without it, this run ${doing} ${advice}` };
}
/** Describes the code to deploy: the checked-out commit if it is known to differ from that of the run. */
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
/**
 * A run for a branch other than the default one must not switch a deployment to this branch, unless the user names the
 * branch or the deployment.
 */
function cautionOfSideBranch(trigger, asked) {
    const branch = sideBranch(trigger);
    if (branch === undefined || holdsBranch(asked.name, branch))
        return undefined;
    return cautionOf({
        branch,
        mayCreate: asked.name !== undefined,
        reason: `This run is for the branch "${branch}", not the default branch "${trigger.defaultBranch}", and would switch the deployment to "${branch}".`,
        advice: `${filterOf(trigger)}, \`repo-ref\` to deploy this branch, or \`name\` to use another deployment.`
    });
}
/** Returns the setting that limits a workflow to the default branch. */
function filterOf({ eventName, endedRun, defaultBranch }) {
    if (eventName === 'create')
        return "Set `if: github.event.ref_type == 'tag'` on the job to deploy new tags only";
    if (endedRun)
        return `Set \`branches: [${defaultBranch}]\` under \`on: workflow_run\` to deploy that branch only`;
    const field = eventName === 'deployment_status' ? 'github.event.deployment.ref' : 'github.event.pull_request.base.ref';
    return `Set \`if: ${field} == '${defaultBranch}'\` on the job to deploy that branch only`;
}
/**
 * Returns the branch of an event that occurs for any branch, if it is not the default branch. Such an event names the
 * branch that was tested, deployed, created or merged into, not the one to deploy. The name may be that of a tag.
 */
function sideBranch({ about, eventName, endedRun, ref, defaultBranch }) {
    const isMerged = about.kind === 'pull-request' && about.state === 'merged';
    const isFollowing = endedRun !== undefined || eventName === 'deployment_status' || eventName === 'create';
    const follows = about.kind === 'ref' && isFollowing;
    if (!(isMerged || follows) || defaultBranch === undefined || ref === defaultBranch)
        return undefined;
    return ref?.startsWith('refs/tags/') ? undefined : ref;
}
function cautionOfWait(trigger, asked) {
    const subject = unreviewed(trigger);
    if (!subject || asked.isPreview)
        return undefined;
    return cautionOf({
        branch: trigger.about.kind === 'pull-request' ? trigger.ref : undefined,
        isNamed: asked.isNamed,
        reason: `This run is for ${subject.what}, but the deployment is not built from its branch.`,
        advice: `${subject.preview}To wait for the newest revision, set \`revision-id: latest\`.`
    });
}
/** Returns a subject that the user did not choose: a branch other than the default one, or a bare commit. */
function unchosen(trigger) {
    if (trigger.about.kind === 'bare-commit')
        return { what: `commit ${trigger.commit}`, preview: '' };
    const branch = sideBranch(trigger);
    return branch === undefined ? undefined : { what: `the branch "${branch}"`, preview: '' };
}
/** Returns a subject that is not merged yet. */
function unreviewed(trigger) {
    const { about } = trigger;
    if (about.kind === 'merge-group')
        return { what: 'a merge queue', preview: 'Deploy on `push` after the merge. ' };
    if (about.kind !== 'pull-request' || about.state !== 'open')
        return undefined;
    const name = pullRequestName(trigger);
    return {
        what: name.charAt(0).toLowerCase() + name.slice(1),
        preview: 'To deploy a preview, set `preview: true`. '
    };
}
function pullRequestName({ pullRequest }) {
    return pullRequest === undefined ? 'A pull request' : `Pull request ${pullRequest}`;
}
/**
 * Tells if a name contains the number as a separate word, or after `pr` or `pull`. The 2 in `agent-v2` is a version.
 */
function holdsNumber(name, number) {
    const words = (name ?? '').toLowerCase().split(/[-_.]+/);
    return number !== undefined && words.some((word) => word.replace(/^(pr|pull)(?=\d)/, '') === String(number));
}
/**
 * Tells if another workflow ran for a push to a branch that the name contains. A pull request from that branch is then
 * irrelevant.
 */
function isOfNamedBranch({ endedRun, ref }, { name }) {
    return endedRun?.isOfRef === true && holdsBranch(name, ref);
}
/** Tells if a name contains the branch name as words: `agent-staging` is for `staging`. */
function holdsBranch(name, branch) {
    const inWords = (text) => `-${text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '')}-`;
    return branch !== undefined && inWords(name ?? '').includes(inWords(branch));
}

;// CONCATENATED MODULE: ./build/inputs/internal-docker.js



/** Reads the inputs of an image that this run pushes to LangSmith. */
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
/**
 * Returns the environment of Docker and its credential helpers, which use many variables. The inputs and LangSmith's
 * keys are removed, because no tool needs them.
 */
function environmentOfTools(variables) {
    return Object.fromEntries(Object.entries(variables).filter(([name]) => !NOT_FOR_TOOLS.test(name)));
}
const NOT_FOR_TOOLS = /^(?:INPUT|STATE|ACTIONS|LANGSMITH|LANGCHAIN|LANGGRAPH)_/i;

;// CONCATENATED MODULE: ./build/inputs/source.js






/** Reads the source of the code. */
async function readSource(inputs, given) {
    const type = readSourceType(inputs);
    // The source determines which other inputs belong to it.
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
    external_docker: async (inputs) => ({ source: await readImage(inputs), warnings: [] }),
    internal_source: async (inputs, { trigger, variables }) => {
        const source = await readInternalSource(inputs, trigger, variables);
        return { source, warnings: source?.project.warnings ?? [] };
    },
    internal_docker: async (inputs, { variables }) => ({ source: readPushedImage(inputs, variables), warnings: [] })
};
/** Returns the type of the source from `source-type` or `image-uri`; `undefined` if `source-type` is invalid. */
function readSourceType(inputs) {
    const written = inputs.choiceIfKnown('source-type');
    if (written || inputs.isWritten('source-type'))
        return written;
    return inputs.text('image-uri') ? 'external_docker' : 'github';
}
/**
 * Rejects what LangSmith's own tools reject in a command, because it becomes a line of a Dockerfile.
 * Source: `has_disallowed_build_command_content` of langgraph-cli.
 */
function checkCommands(inputs, type) {
    for (const input of ['install-command', 'build-command']) {
        if (!(0,table/* goesWith */.XK)(type, input))
            continue;
        const command = inputs.text(input) ?? '';
        const found = [
            ...REFUSED_CHARACTERS.filter(([character]) => command.includes(character)).map(([, shown]) => shown),
            // An even number of & chains commands.
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
/** Rejects inputs of another source. They would be ignored silently, so the user must choose one source. */
function refuseForeignInputs(inputs, type) {
    for (const name of table/* INPUT_NAMES */.Qh) {
        if (!inputs.isWritten(name) || (0,table/* goesWith */.XK)(type, name))
            continue;
        const owners = (0,table/* rowOf */.OB)(name).sources ?? [];
        const types = (before) => owners.map((owner) => `\`${before}${owner}\``).join(' or ');
        const isOfImages = owners.some((owner) => (0,kinds/* kindOf */.I)(owner).code === 'image');
        const rest = [
            // Another source would reject this input next.
            ...(!isOfImages && inputs.isWritten('image-uri') ? ['remove `image-uri`'] : []),
            `set ${types('source-type: ')}`,
            ...(isOfImages && !inputs.isWritten('image-uri') ? ['`image-uri`'] : [])
        ];
        inputs.problem(name, `requires ${types('source-type: ')}, but ${whatIsDeployed(inputs, type)}. Remove \`${name}\`, or ${rest.join(' and ')}.`);
    }
}
/** Describes why the source has this type. */
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






/**
 * Returns why a run has nothing to do without being an error: it cannot have an API key, or its event does not lead to
 * a deployment. The reason depends only on the payload of the event and on the inputs, which may be invalid.
 */
function readAbsence({ variables, event }) {
    const inputs = reader_createReader(variables);
    const trigger = trigger_readTrigger(variables, event);
    const command = inputs.choiceIfKnown('command');
    const keyless = inputs.text('api-key') ? undefined : whyKeyless(trigger, command);
    if (keyless)
        return { level: 'info', reason: keyless };
    const ruling = command && rule(trigger, readRulingInputs(inputs, command, trigger));
    return ruling?.kind === 'skipped' ? ruling : undefined;
}
/** Returns why a run without an API key is not an error. */
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
    // A user who starts a run manually expects a deployment.
    if (!isInFork || eventName.endsWith('_dispatch'))
        return undefined;
    return `${skipped}: ${repository} is a fork and has no secret for \`api-key\`.`;
}
/** Source: docs.github.com, "Troubleshooting Dependabot on GitHub Actions". */
const CLOSED_BY_DEPENDABOT = 'When Dependabot closes its own pull request, GitHub does not pass secrets to the `pull_request_target` run, so that run cannot delete the preview. Use `command: sweep` to delete it.';
/** Returns remarks about the deletion of a preview for a pull request of Dependabot that has a key. */
function remarksOnDependabot({ withoutSecrets, pullRequest }, isPreview) {
    return isPreview && pullRequest !== undefined && withoutSecrets === 'dependabot' ? [CLOSED_BY_DEPENDABOT] : [];
}
/** Reads the inputs that affect the ruling on the trigger. Their problems are reported elsewhere. */
function readRulingInputs(inputs, command, trigger) {
    const name = inputs.text('name');
    return {
        command,
        sourceType: command === 'deploy' ? readSourceType(inputs) : undefined,
        isRefWritten: inputs.text(command === 'wait' ? 'revision-id' : 'repo-ref') !== undefined,
        // An invalid flag is reported by itself, without problems that follow from its value.
        isPreview: inputs.isWritten('preview'),
        isDryRun: inputs.isWritten('dry-run'),
        isOwnRepository: readIsOwnRepository(inputs, trigger),
        name,
        isNamed: name !== undefined || inputs.text('deployment-id') !== undefined
    };
}
/**
 * Returns the ruling on the trigger, and reports a rejection as a problem. A skipped run is not handled here, because
 * `readAbsence` is called first.
 */
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
/** Reports that the ref is unclear: the payload names a tag like a branch, and there is no token to check GitHub. */
function refuseUnclear(inputs, { ref, eventName }) {
    const expression = eventName === 'workflow_run' ? 'github.event.workflow_run.head_branch' : 'github.event.deployment.ref';
    inputs.problem('repo-ref', `is required: the event does not specify whether "${ref}" is a branch or a tag. Set \`repo-ref: \${{ ${expression} }}\` for a branch or \`repo-ref: refs/tags/\${{ ${expression} }}\` for a tag. Alternatively, remove \`github-token\`; the action then checks GitHub with the job's token.`);
}

// EXTERNAL MODULE: ./build/archive/environment-file.js
var environment_file = __nccwpck_require__(475);
// EXTERNAL MODULE: ./build/runner/secret-name.js
var secret_name = __nccwpck_require__(7547);
// EXTERNAL MODULE: ./build/runner/secret-shape.js
var secret_shape = __nccwpck_require__(4599);
;// CONCATENATED MODULE: ./build/inputs/secret-problem.js

/** Returns a problem with a text such as `line 3 (OPENAI_API_KEY): the value is empty`. */
function problemAt(place, { at, name, text }) {
    return { at, text: `${namedPlace(place, name)}: ${text}` };
}
/** Returns the result for a text that is not a list of variables. */
function notAList(text) {
    return { secrets: [], empty: [], isWhole: false, problems: [{ at: 0, text }] };
}
/** Returns the problem of a name. The line is not quoted, because it may be a piece of a secret. */
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
/**
 * Returns a name in capitals with dashes or periods between its words; `undefined` if it may be a piece of a secret.
 */
function nameWithDashes(name) {
    const written = name.trim();
    const meant = written.replace(/[-.]/g, '_');
    return /^[A-Z][A-Z0-9_]*([-.][A-Z0-9_]+)+$/.test(written) && (0,variable_name/* isSpelledName */.Vp)(meant) ? { written, meant } : undefined;
}
/** Returns the problem of an empty value. */
function emptyValue(kind) {
    const cause = kind === 'variables' ? 'the variable (`vars.NAME`)' : 'the secret';
    return `the value is empty; ${cause} is probably not set`;
}
/** Problem of a line that is not an assignment. */
const NOT_A_NAME = 'invalid name: expected letters, digits and underscores, not starting with a digit; use NAME=value, or NAME<<EOF for a multiline value';
const COMMAND_OPTION = 'a command-line option; use NAME=value only';
const SEVERAL_NAMES = 'several names on one line; use one line per name (in YAML, use | after the input name, because > folds lines into one)';
/** Returns a location with the name of its variable, such as `line 3 (OPENAI_API_KEY)`. */
function namedPlace(place, name) {
    return name === undefined ? place : `${place} (${name})`;
}

;// CONCATENATED MODULE: ./build/inputs/secret-lines.js


/** Parses secrets, one per line: `NAME=value`, `NAME<<END` … `END`, or `NAME`. */
function parseLines(text, lookUp, kind) {
    const lines = text.split(/\r?\n/);
    const found = [];
    const empty = [];
    const flaws = [];
    const yaml = [];
    // The lines of a pasted value are consecutive, and one of them may resemble a name.
    let isInPaste = false;
    // After a valid bare name, another bare word is also a name, not a piece of a value.
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
/** Parses the assignment that begins at a line. `index` starts at 0. */
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
/** Parses `NAME<<END`: the lines before a line that contains only `END`. */
function readBlock(lines, index, word) {
    const end = lines.indexOf(word, index + 1);
    if (word === '') {
        return {
            problem: 'the delimiter is missing; use NAME<<EOF',
            next: (end < 0 ? index : end) + 1
        };
    }
    // Without an end, it is unknown where the value stops.
    if (end < 0)
        return { problem: openBlockProblem(word, lines, index), next: lines.length };
    return { value: lines.slice(index + 1, end).join('\n'), next: end + 1 };
}
/** Parses `NAME=value`: the rest of the line. */
function readRest(lines, index, { rest, isOptional }, lookUp, kind) {
    const end = endOfOpenValue(lines, index, rest, lookUp);
    if (end !== undefined)
        return { problem: OPEN_VALUE, next: end + 1 };
    const isMissing = rest === '' && !isOptional;
    return { value: rest, problem: isMissing ? `${emptyValue(kind)}${EMPTY_ADVICE}` : undefined, next: index + 1 };
}
const EMPTY_ADVICE = '. Set it; use NAME?=value to omit the variable when it is empty; or use NAME<<END with END on the next line to set an empty value';
/** Parses `NAME`: the variable in the step's environment. */
function readBareName(index, { name, isOptional }, lookUp) {
    const value = lookUp(name);
    return { value, problem: value || isOptional ? undefined : NOT_SET, next: index + 1 };
}
const NOT_SET = "a bare name is read from the step's `env`, but it is not set there; set it, use NAME? to omit the variable when it is not set, or use NAME=value";
/** Splits a line at the first `=` or `<<`, as in the runner's own files. */
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
/** Returns one problem per line. Consecutive lines with the same flaw, or with pieces of one value, share a problem. */
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
/** Tells if a name precedes the operator. A line of Base64 can end with =, without any text after it. */
function hasName({ operator, rest }) {
    return operator === '<<' || (operator === '=' && /[^=]/.test(rest));
}
/** Returns the name of a line with a flaw; `undefined` if the line may be a piece of a value. */
function printableName(line, after) {
    return variableNameIn(line, after) ?? (line.operator ? nameWithDashes(line.name)?.written : undefined);
}
/** Returns a bare word, or a word before a final =, if it is spelled like the name of a variable. */
function variableNameIn(line, { isAfterBareName }) {
    const name = line.name.trim().replace(/^export\s+/, '');
    if (!(0,variable_name/* isVariableName */.KL)(name))
        return undefined;
    if (hasName(line))
        return (0,variable_name/* isPlainName */.sh)(name) ? name : undefined;
    const isOfVariable = line.operator !== undefined || isAfterBareName || name.includes('_');
    return (0,variable_name/* isSpelledName */.Vp)(name) && isOfVariable ? name : undefined;
}
/** Returns the name of a parsed secret; `undefined` if it may be a piece of a pasted value. */
function printableNameOf({ name, value }) {
    return variableNameIn({ name, operator: '=', rest: value }, { isAfterBareName: false });
}
/**
 * Returns the index of the line in which a pasted multiline value without `<<` ends: a key, JSON, or a text in quotes.
 * `undefined` if the value may end on its own line, so that a valid text is never rejected.
 */
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
/**
 * Returns a test for the last line of a value that does not end on its first line; `undefined` if the value may be
 * complete.
 */
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
/** Tells if a line is an item of a YAML list or a key of a mapping. Neither can be an assignment. */
function isYaml(line) {
    return /^\s*(-\s|["']?[A-Za-z_][\w.-]*["']?\s*:(\s|$)|\[)/.test(line);
}
function yamlProblem([first = 0, ...more]) {
    const others = more.length === 0 ? '' : ` and ${more.length === 1 ? 'one other' : `${more.length} others`}`;
    return {
        at: first,
        text: `line ${first}${others}: invalid YAML list or mapping; use one NAME=value per line, without dashes and colons`
    };
}
/** Returns the problem of a block without an end. The word is quoted only if it cannot be a piece of a value. */
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
/** Returns the problem of a key in a known form without a name. The key is not quoted. */
function bareKeyProblem(line, lookUp) {
    const text = line.trim();
    return KNOWN_KEY.test(text) && lookUp(text) === undefined ? BARE_KEY : undefined;
}
const KNOWN_KEY = /^(sk-|[rs]k_(live|test)_|gh[pousr]_|github_pat_|lsv2_|AIza|xox[abp]-|AKIA|hf_|gsk_|tvly-|pplx-)[\w-]{12,}={0,2}$/;
const BARE_KEY = 'a value without a name; use NAME=value';
const OPEN_VALUE = 'write a multiline value as NAME<<EOF, its lines, and EOF on a separate line';
const SEVERAL_LINES = `expected NAME=value; ${OPEN_VALUE}`;

;// CONCATENATED MODULE: ./build/inputs/secret-text.js




/** Name of the job's token in `toJSON(secrets)`. */
const JOB_TOKEN = 'github_token';
/**
 * Parses a text of secrets: `NAME=value`, `NAME<<END` … `END`, a bare `NAME` that is looked up, or one JSON object of
 * strings. `NAME?` instead of `NAME` omits the variable if its value is empty. A value is the rest of its line,
 * unchanged: trimming, unquoting or expanding could change a password.
 *
 * @param lookUp returns the value of an environment variable of the step, for bare names
 * @param kind GitHub context from which the values usually come
 */
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
/**
 * Tells if a text is a path such as `.env`, `./deploy/production.env` or `.env.production`. The name of a variable has
 * no period.
 */
function isPathOfFile(text) {
    return /^(?:\.{0,2}\/)?(?:[\w-]+\/)*(?:[\w-]*\.env|\.env\.[\w.-]+|[\w-]+\.env)$/.test(text);
}
/** Parses secrets in one JSON object of strings. */
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
/** Returns the problem of a value; `undefined` for a non-empty string. */
function itemProblem(name, item, kind) {
    // `toJSON` returns null for a secret that is not set.
    if (item === '' || item === null)
        return `${emptyValue(kind)}. Set it, or omit the key`;
    return typeof item === 'string' ? undefined : notString(item, printableKey(name), kind);
}
/**
 * Returns the problem of a value that is not a string. If a secret contains JSON, `${{ secrets.NAME }}` inserts an
 * object.
 */
function notString(item, name, kind) {
    if (typeof item !== 'object')
        return 'the value is not a string; put it in quotes';
    const context = kind === 'variables' ? 'vars' : 'secrets';
    return `the value is JSON, not a string; use \`\${{ toJSON(${context}.${name ?? 'NAME'}) }}\` to convert it to a string`;
}
/** Tells if the text has other lines after a JSON object. */
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
/** Tells if a value is the key file of a Google service account, which is also an object of strings. */
function isServiceAccount(value) {
    return (0,object/* object */.I)(value)?.type === 'service_account' && (0,object/* object */.I)(value)?.private_key !== undefined;
}
/**
 * Returns the problems of duplicate keys, of which JSON.parse silently keeps the last. A string before a colon is a
 * key.
 */
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

/** Added to the last warning only. */
const HOW_TO_MEAN_IT = 'If a value is correct, put it on a separate line between `NAME<<END` and `END` to suppress this warning.';
/** Only values of one line are checked, because a multiline text can contain anything. */
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
        // No-break spaces are common in prose.
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
/** A Content-Security-Policy source, whose quotes are part of the value. Source: CSP level 3, section 2.3.1. */
const CSP_SOURCE = /^'(self|none|unsafe-[a-z-]+|strict-dynamic|report-sample|wasm-unsafe-eval|nonce-.+|sha(256|384|512)-.+)'$/;
/**
 * Tells if a value contains a second NAME= in capitals after one word without spaces. In lists of pairs, such as
 * feature flags, DSNs and LDAP names, that word contains a = itself; options of a command begin with a dash. A
 * semicolon joins pairs of one value, as in `jdbc:h2:mem:x;MODE=MySQL` and in cookies. After a comma and a space, only
 * a name of several words counts as a variable.
 */
function holdsSecondName(value) {
    const [, separator, name, next] = /^(?!-)[^\s=,;]+={0,2}(\s*,\s*|\s+)([A-Z][A-Z0-9_]*)\??=(?!%)(.?)/.exec(value) ?? [];
    if (separator === undefined || name === undefined)
        return false;
    if (separator === ',')
        return !LDAP_NAME.test(name);
    // A Base64 word can end with =, as in `Basic QUJD==`.
    return separator.includes(',') ? name.includes('_') : next !== '' && next !== '=' && !isInKey('', value);
}
/** Attribute names of RFC 4514, section 3, and others that directories use. */
const LDAP_NAME = /^(CN|OU|O|DC|C|L|ST|STREET|UID|SN|T|E|GN|EMAILADDRESS|SERIALNUMBER)$/;
/**
 * Tells if a value contains a comment: a # between spaces, followed by several words, by a word such as `required`, by
 * a word of a script without spaces, or by any text after a gap that aligns comments. A password can contain ` # `, and
 * prose can mention the #.
 */
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
/**
 * Tells if `>` probably folded several lines into this text: a space and another name in capitals follow a value. The
 * name belongs to the value after an option, a comma or a semicolon, as in `--set AB=1` and `UID=sa; PWD=x`, and if the
 * whole value consists of pairs in capitals.
 */
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
/**
 * Tells if the name between two parts of a value is the last word of a key in a list with semicolons, as in
 * `Server=db;User ID=sa`. The first key also counts, but `sk-1 DB=Server=db;UID=sa` has a second = before the
 * semicolon.
 */
function isInKey(before, behind) {
    const pairs = `${before}${behind}`.split(';').filter((pair) => pair.includes('='));
    const [rest = ''] = behind.split(';', 1);
    return pairs.length > 1 && `${before.slice(before.lastIndexOf(';') + 1)}${rest}`.split('=').length === 2;
}
/**
 * Returns warnings about probable mistakes in values that the user listed line by line. The values are sent unchanged.
 *
 * @param written text from which the values were parsed
 * @returns one sentence per kind of mistake, with the names of the variables, sorted by the first of them; the last one
 *   also describes how to suppress the warning
 */
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
/** Reasons to omit a variable. */
const WHY = {
    runner: 'the runner sets it for the job',
    key: 'it contains the value of `api-key`',
    job: "it is the job's token, which expires with the job",
    langsmith: 'it is a LangSmith key; set `NAME=value` in `secrets` if the agent needs it'
};
/** Reads the environment from `variables`, `secrets`, `secrets-file` and the project, and the messages about it. */
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
        // With Cloud, an external image runs in the user's own cluster, where the user can set the operator's variables.
        onCloud: hosting === 'cloud' && (!source || (0,kinds/* kindOf */.I)(source.type).isCloudOnly),
        apiKey: inputs.text('api-key'),
        token: inputs.text('github-token')
    };
}
function nameAndValue({ name, value }) {
    return { name, value };
}
/**
 * Selects the variables for the environment. An omitted variable that the user listed is a notice, because the user can
 * remove it. A name in `toJSON(secrets)` cannot be removed, so it is only in the log.
 */
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
/** Returns warnings about public values that resemble secrets. */
function toldOfSecrets(variables) {
    return variables
        .filter(({ name, value }) => (0,secret_parts/* secretParts */.B)(value).length > 0 || ((0,secret_name/* isSecretName */.e)(name) && !(0,secret_shape/* isOrdinary */.P)(value)))
        .map(({ name }) => `\`variables\`: ${name} appears to be a secret, but the plan shows its value. Move it to \`secrets\`.`);
}
/** Reads the env file in `secrets-file`. */
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
/**
 * Returns the content of the file, or the reason that it is not read, as the end of a sentence that begins with the
 * name of the input.
 */
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
        return (0,sentence/* sentence */.e)((0,error_message/* errorMessage */.g)(error));
    }
}
/** Returns why a variable is omitted, regardless of its source; `undefined` if it is not. */
function whyLeftOut({ name, value }, { input, isWritten }, { onCloud, apiKey, token }) {
    if ((0,variable_name/* isRunnerVariable */.Rx)(name))
        return WHY.runner;
    const reserved = (0,variable_name/* whyReserved */.X$)(name, { onCloud });
    if (reserved)
        return reserved;
    if (isJobToken(name, value) || (!isWritten && (name === JOB_TOKEN || holdsJobToken(value, token))))
        return WHY.job;
    // A self-hosted agent needs a key for its traces, which may be the same key.
    const isMeant = isWritten && input === 'secrets' && !onCloud;
    if (apiKey && value.includes(apiKey) && !isMeant)
        return WHY.key;
    // `toJSON(secrets)` includes keys with which other steps administer LangSmith.
    return !isWritten && value.trimStart().startsWith(OF_LANGSMITH) ? WHY.langsmith : undefined;
}
const OF_LANGSMITH = 'lsv2_';
/**
 * Tells if a variable is the job's token. Installation tokens such as this one expire within hours; other tokens with
 * this name belong to the agent.
 */
function isJobToken(name, value) {
    return name.toLowerCase() === JOB_TOKEN && value.startsWith(OF_INSTALLATION);
}
function holdsJobToken(value, token) {
    return token?.startsWith(OF_INSTALLATION) === true && value.includes(token);
}
const OF_INSTALLATION = 'ghs_';
/** Returns the variables of the project's `env` that the inputs do not set. */
function fromProject(source, given, rules) {
    if (!source || !(0,sources/* isMadeFrom */.o)('archive', source))
        return { secrets: [], leftOut: [] };
    const judged = source.project.environment
        .filter(({ name }) => !given.has(name))
        // LangSmith Cloud builds and runs an archive.
        .map((one) => ({ ...one, why: whyLeftOut(one, { input: 'env', isWritten: false }, { ...rules, onCloud: true }) }));
    return {
        secrets: judged.filter(({ why }) => !why).map(nameAndValue),
        leftOut: judged.flatMap(({ name, why }) => (why ? [{ name, why }] : []))
    };
}
/** Returns a line such as `Omitted from the environment: PORT (LangSmith sets this variable); A, B (empty).` */
function leftOutLine(leftOut) {
    const groups = [...Map.groupBy(leftOut, ({ why }) => why)].map(([reason, some]) => `${[...new Set(some.map(({ name }) => name))].join(', ')} (${reason})`);
    return `Omitted from the environment: ${groups.join('; ')}.`;
}

// EXTERNAL MODULE: ./build/deployment/sources/external-docker.js
var external_docker = __nccwpck_require__(1821);
;// CONCATENATED MODULE: ./build/inputs/skipping.js




/** Returns a notice if `skip-unchanged` can never detect an unchanged deployment, with the cure. */
function noticesOfSkipping(inputs, source, trigger) {
    const reason = whyNeverSkipped(inputs, source, trigger);
    return reason ? [`\`skip-unchanged\` has no effect here: ${reason}`] : [];
}
function whyNeverSkipped(inputs, source, trigger) {
    if ((0,sources/* isMadeFrom */.o)('image', source)) {
        // An image that this run pushes has a digest, which is compared before or after the push.
        if ((0,external_docker/* isByDigest */.s)(source.imageUri) || (0,kinds/* kindOf */.I)(source.type).isCloudOnly)
            return undefined;
        return `\`image-uri\` uses a tag, which can be moved to another image. Use the digest, such as \`${imageName(source.imageUri)}@sha256:…\`.`;
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
    // No notice: the user did not set a ref, so there is no input to change.
    return undefined;
}
/** Returns an image without its tag or digest. A colon before a slash belongs to the port of the registry. */
function imageName(imageUri) {
    return imageUri.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
}

;// CONCATENATED MODULE: ./build/inputs/config.js



















/**
 * Reads the inputs of a run without sending any request.
 *
 * @throws {InputError} with all problems, not only the first
 */
async function readConfig(environment, inputs = reader_createReader(environment.variables)) {
    inputs.checkExpressions();
    const command = inputs.choice('command');
    // The command determines which other inputs matter.
    const isCommandKnown = !inputs.hasProblem('command');
    const common = readCommon(inputs, command, environment);
    const config = isCommandKnown ? await COMMAND_READERS[command]({ inputs, common, environment }) : undefined;
    if (isCommandKnown)
        inputs.check(usedInputs(inputs, command));
    if (!config || inputs.problems.length > 0)
        throw new reader_InputError(inputs.problems);
    return config;
}
/** Returns the inputs that the command and its source use. */
function usedInputs(inputs, command) {
    const source = command === 'deploy' ? readSourceType(inputs) : undefined;
    return table/* INPUT_NAMES */.Qh.filter((name) => (0,table/* isUsedBy */.fJ)(command, name) && (0,table/* goesWith */.XK)(source, name));
}
/**
 * Reader of each command. It returns `undefined` if an input that others depend on is invalid; the reader of the inputs
 * then has that problem.
 */
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
    // Must precede the return, so that an invalid `health-path` is reported even without a source.
    const proof = await readProof(inputs, { ...proofContext(common, environment), source });
    const ownRevision = { ...readOwnRevision(inputs), ...(proof ? { proof } : {}) };
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
        ...joinMessages(common, { warnings: misplacedCheckout(source, common.trigger, ownRevision) ?? (isRefUnclear ? [] : warnings) }, ofSecrets, { notices: [...noticesOfRollback(ownRevision), ...noticesOfTimes(inputs, common, ownRevision)] }, { notices: noticesOfProof(inputs, proof, ownRevision) }, { notices: skipUnchanged ? noticesOfSkipping(inputs, source, common.trigger) : [] }, { notices: noticesOfCommit(source, common.trigger, ownRevision) }, { remarks: remarksOnDependabot(common.trigger, asked.isPreview) }, ofSource)
    };
}
/** Reads `agent-id` and `agent-environment`, which must be set together. */
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
    const following = { ...readFollowing(inputs), ...(proof ? { proof } : {}) };
    return {
        ...common,
        ...following,
        command: 'wait',
        awaitedCommit: tellsCommit(trigger) ? trigger.commit : undefined,
        revisionId: readRevisionId(inputs, 'wait'),
        caution,
        notices: [
            ...common.notices,
            ...noticesOfTimes(inputs, common, { ...following, wait: true, dryRun: false }),
            ...noticesOfProof(inputs, proof, { wait: true, dryRun: false })
        ]
    };
}
async function readRedeploy({ inputs, common, environment }) {
    await checkProjectName(inputs, environment.variables);
    const proof = await readProof(inputs, proofContext(common, environment));
    const ownRevision = { ...readOwnRevision(inputs), ...(proof ? { proof } : {}) };
    return {
        ...common,
        ...ownRevision,
        command: 'redeploy',
        revisionId: readRevisionId(inputs, 'redeploy'),
        notices: [
            ...common.notices,
            ...noticesOfRollback(ownRevision),
            ...noticesOfTimes(inputs, common, ownRevision),
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
    const revisionId = readRevisionId(inputs, 'logs');
    const level = inputs.choiceIfKnown('log-level');
    return {
        ...common,
        command: 'logs',
        revisionId: revisionId === LATEST ? undefined : revisionId,
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
        revisionId: readRevisionId(inputs, 'interrupt'),
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
    const trigger = trigger_readTrigger(variables, event);
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



/**
 * Returns the configuration of the run, or its verdict if it has nothing to do or cannot start. No request precedes
 * this.
 */
async function readRun(runner) {
    const unwritable = checkFiles(runner);
    if (unwritable)
        return { verdict: unwritable };
    const absence = readAbsence(runner);
    if (absence) {
        // A skip that the user should prevent is also a warning.
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
/**
 * Checks that the outputs for later steps and the state for the post step can be written. If not, returns the verdict,
 * because a run that cannot report its result must not start. An unwritable summary is only a warning.
 */
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

// EXTERNAL MODULE: ./build/github/session.js
var session = __nccwpck_require__(786);
;// CONCATENATED MODULE: ./build/open.js


/** Opens a client of the control plane that records each write. */
function openControlPlane(options) {
    const { connection, limits, recorder, conceal, concealTexts, note, random } = options;
    const transport = (0,control_plane_transport/* createTransport */.o)({
        connection,
        limits,
        onRetry: note,
        onWrite: (mayHaveActed) => recorder.tell({ kind: 'writing', mayHaveActed }),
        ...(random ? { random } : {})
    });
    return { client: (0,control_plane_client/* createClient */.UU)(transport, conceal, note, concealTexts), close: transport.close };
}
/** Creates the feedback of a run, which does nothing if no channel is enabled. */
async function openFeedback(options) {
    const { channels, asked, place } = options.plan;
    if (Object.values(channels).every((channel) => channel === undefined)) {
        const nothing = async () => { };
        return { mark: () => ({ name: asked, place }), begin: nothing, following: nothing, finish: nothing };
    }
    // Loaded only when needed: most runs have no channel.
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










/** Creates the log of a run on a runner. The lines of each LangSmith log are in a group. */
function createLog(runner) {
    let openLog;
    const begun = new Set();
    const endLog = () => {
        if (openLog)
            runner.endGroup();
        openLog = undefined;
    };
    /** Prints lines of this action outside the groups, because GitHub folds groups. */
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
/** Prints an event before the end of the run, if it is news. */
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
/** Prints a step of the proof. The health check prints its own progress. */
function printProof(runner, { about, seen, rows = [], more }) {
    if (about === 'health')
        return;
    const title = `${about === 'graphs' ? 'Graphs' : 'Smoke test'}: ${seen}`;
    if (rows.length === 0)
        runner.info(title);
    else
        runner.group(title, [...rows.flatMap(proof/* proofRowLines */.EC), ...(more === undefined ? [] : [`… ${more} more`])]);
}
/** Prints the annotation of the verdict, if it has one, then the verdict with links. */
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
/** Removes the prefix `Skipped …: ` from a reason, because the line begins with the verdict `skipped`. */
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
/** Formats a line of a LangSmith log, without secrets. */
function logLine({ level, message }, redact) {
    const text = redact(message.replace(/\s+$/, ''));
    return level ? `${level.padEnd(7)} ${text}` : text;
}

// EXTERNAL MODULE: ./build/deployment/hidden.js
var deployment_hidden = __nccwpck_require__(344);
// EXTERNAL MODULE: ./build/deployment/texts.js
var deployment_texts = __nccwpck_require__(5942);
;// CONCATENATED MODULE: ./build/report/masks.js



/**
 * Masks the environment of a deployment and the credentials in its settings.
 *
 * @param publicTexts values of inputs that become outputs, and that are therefore not masked
 * @param variables the `variables` of this run, which are public
 * @returns `conceal`, which must be called before anything about the deployment is printed, and `listen`, which masks
 * the values that no output contains
 */
function createMasks(runner, record, { publicTexts, variables }) {
    // Public values are not masked, even after they are deployed.
    const isPublic = (secret) => variables.some(({ name, value }) => name === secret.name && value === secret.value);
    const inOutputs = (known) => [...report_outputs/* OUTPUT_WORDS */.yh, ...publicTexts, ...(0,report_outputs/* outputsOf */.Yz)(known).values()];
    return {
        conceal: ({ id, name, url, tenant_id, source_config, source_revision_config, secrets }) => {
            const concealed = (0,deployment_hidden/* shownSecrets */.DK)(secrets).filter((secret) => !isPublic(secret));
            const texts = [id, name, url, tenant_id, source_config.custom_url, source_revision_config.image_uri];
            runner.maskRead(concealed, [...inOutputs(record()), ...texts.filter((text) => text !== null)]);
            // These texts are not masked as a whole: everyone with access to the deployment can read its commands and
            // addresses.
            runner.keepSecretParts((0,deployment_texts/* settingTexts */.H)({ url, source_config }));
        },
        listen: ({ kind }, known) => {
            if (kind === 'deployment' || kind === 'ended')
                runner.maskRest(kind === 'ended', inOutputs(known));
        }
    };
}

;// CONCATENATED MODULE: ./build/report/reporter.js





/**
 * Converts the reports of a command to events, without secrets and with only those values of a response that are used
 * later.
 */
function createReporter({ record, tell }, log, runner) {
    const seen = (revision) => seenRevision(revision, runner.redact);
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
        deployment: (deployment, created) => tell({ kind: 'deployment', deployment: seenDeployment(deployment), created }),
        gone: () => tell({ kind: 'gone' }),
        leaving: (deployment) => tell({ kind: 'leaving', deployment: seenDeployment(deployment) }),
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
/** Space for a name on a page, in bytes. */
const NAME_BYTES = 200;
/** Names and keys are text from outside: they can have any length and several lines. */
function withoutSecrets({ experiment, baseline, rows }, redact) {
    const shown = (name) => (0,words/* firstBytes */.mI)((0,words/* plainLines */.y1)(redact(name)).join(' '), NAME_BYTES);
    return {
        experiment: { ...experiment, name: shown(experiment.name) },
        baseline: baseline && { ...baseline, name: shown(baseline.name) },
        rows: rows.map((row) => ({ ...row, key: shown(row.key) }))
    };
}
/** Returns the end of a log without secrets, with the lines that seem to name the cause. */
async function shownLog({ kind, entries, searched }, known, redact) {
    // Loaded on demand: most runs read no log.
    const { tellingLines } = await __nccwpck_require__.e(/* import() */ 422).then(__nccwpck_require__.bind(__nccwpck_require__, 9422));
    // Redact before splitting: a secret of several lines is only recognized as a whole.
    const readable = searched.map((entry) => ({ ...entry, message: redact(entry.message) }));
    const names = [known.about.name, known.deployment?.name ?? ''];
    // A server that responds has started: its last log lines and the usual causes of a failed start are not evidence.
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
/** Space for one answer and for one result on a page, in bytes. */
const ANSWER_BYTES = 600;
const RESULT_BYTES = 2_000;
/** Maximum number of rows on a page. */
const MOST_ROWS = 100;
/** Redacts first and shortens second: a cut secret would not be recognized. The least important rows are omitted. */
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
/** Name of the saved state. */
const STATE = 'memory';
/** Parses the saved record; returns `undefined` when the main step saved none. */
function parseSaved(text) {
    return text === '' ? undefined : JSON.parse(text);
}

;// CONCATENATED MODULE: ./build/report/saved.js




/**
 * Returns the part of the record that the post step needs: no large values, and no server text that an output would
 * reject. Without a verdict, the part is what the run did, not what it saw, which would be out of date.
 */
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
/** A process accepts variables of up to 128 KiB. */
const MOST_TELLING_BYTES = 3_000;
function withoutLines(log) {
    const telling = log.telling.length > 0 ? (0,words/* shortenedLines */.Sz)(log.telling, MOST_TELLING_BYTES, log.isCause ? 'first' : 'last') : [];
    return { ...log, lines: [], telling };
}
/**
 * Saves the state for the post step at each event that changes it, so that the state is correct even if the process is
 * killed immediately afterwards. Before the first write or the first feedback, there is nothing to clean up.
 */
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

/** @param now milliseconds of the run's clock */
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
















/** Returns the inputs that the report of a run needs. @param startedAt in milliseconds of the run's clock */
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
/** The commit that the run deploys, if known; the commit of an image is not. */
function deployedCommit(config) {
    if (config.command !== 'deploy' || (0,sources/* isMadeFrom */.o)('image', config.source))
        return undefined;
    return (0,sources/* isMadeFrom */.o)('repository', config.source) ? config.source.runCommit : config.trigger.commit;
}
/** Headers with public values: a common word, and IDs that are part of outputs. */
const PUBLIC_HEADERS = /^x-(?:auth-scheme|tenant-id|organization-id)$/i;
/**
 * The secrets in the inputs, except the API keys: secrets of the deployment, and headers that authorize requests to its
 * agent.
 */
function secretsOf(config) {
    const all = 'proof' in config ? (config.proof?.headers ?? []) : [];
    const headers = all.filter(({ name }) => !PUBLIC_HEADERS.test(name));
    // The text after the scheme is itself a secret, such as a bearer token.
    const ofHeaders = headers.flatMap(({ name, value }) => {
        const token = /^\S+ +(\S.*)$/.exec(value)?.[1];
        return [{ name, value }, ...(token ? [{ name, value: token }] : [])];
    });
    return [...(config.command === 'deploy' ? config.secrets.secrets : []), ...ofHeaders];
}
/** Texts of the inputs that outputs of this or another step contain, and that must therefore not be masked. */
function publicTextsOf({ controlPlane, connection, target, trigger, ...config }) {
    const names = target.previewNames ?? [target.name];
    const { repository, repositoryUrl, ref, commit, runUrl } = trigger;
    const texts = [controlPlane.url, controlPlane.dashboard, connection.workspaceId, ...names, target.deploymentId];
    texts.push(repository, repositoryUrl, ref, commit, runUrl);
    if (config.command === 'deploy')
        texts.push(...((0,sources/* sourceOf */.v)(config.source).publicTexts ?? []));
    return texts.filter((text) => text !== undefined);
}
/** Creates the record of a new run, with saved state, outputs, masks and log as listeners. */
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
                runner.warning(`The job summary could not be written: ${(0,error_message/* errorMessage */.g)(error)}`);
            }
        }
    };
}
/**
 * Opens the connections that a command needs.
 *
 * @throws {RefusalError} if no workspace has the name in `workspace-id`
 */
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
                ? // A sweep makes requests for each pull request and has no rollout, so it can use the time of the run.
                    { budgetMs: config.timeoutMs }
                : // A slow GitHub must not cost the rollout its time.
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
/** Reports the deletion of a preview, the same as the run that deletes it when its pull request is closed. */
async function tellOfDeleted({ environment, comments }, plan, { deployment, firstName, pullRequest, reason }, toldOf) {
    const { clock } = toldOf;
    const recorder = createRecorder((0,run_record/* firstRecord */.El)({ name: firstName, startedAt: clock.now() }), clock.now, []);
    recorder.tell({ kind: 'leaving', deployment: seenDeployment(deployment) });
    recorder.tell({ kind: 'ended', verdict: { status: 'deleted', reason } });
    const channels = { environment, comment: comments ? pullRequest : undefined };
    const ofPreview = { ...plan, asked: firstName, isId: false, removes: true, isPreview: true, channels };
    const feedback = await openFeedback({ ...toldOf, plan: ofPreview, recorder });
    await feedback.finish();
}
/** Opens the LangSmith API at its first use: only some runs need it. */
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
/** Returns the connection to the workspace; makes requests only if the input is a name and not an ID. */
async function enterWorkspace({ connection, controlPlane, workspaceName }, limits, { recorder, reporter }) {
    if (!workspaceName)
        return connection;
    const workspaceId = await findWorkspace(controlPlane, { connection, limits, onRetry: reporter.note }, workspaceName);
    reporter.note(`Workspace "${workspaceName}" is ${workspaceId}.`);
    recorder.tell({ kind: 'workspace', id: workspaceId });
    return { ...connection, workspaceId };
}
const NO_CHANNELS = { environment: undefined, comment: undefined };
/** The feedback plan, from the inputs and the workspace of the run. */
function feedbackPlanOf(config, { url, workspaceId }) {
    const { target, environment, commentOn, trigger } = config;
    const place = `${new URL(url).host}/${(workspaceId ?? '').toLowerCase()}`;
    return {
        asked: target.name ?? target.deploymentId ?? '',
        isId: target.name === undefined,
        place: (0,external_node_crypto_.createHash)('sha256').update(place).digest('hex').slice(0, 12),
        removes: config.command === 'delete',
        isPreview: target.previewNames !== undefined,
        // A sweep reports each preview separately.
        channels: config.command === 'sweep' ? NO_CHANNELS : { environment, comment: commentOn },
        commit: trigger.commit,
        folder: 'place' in config ? config.place?.folder : undefined,
        run: trigger.run
    };
}

;// CONCATENATED MODULE: external "./core.js"
var x = (y) => {
	var x = {}; __nccwpck_require__.d(x, y); return x
} 
var y = (x) => (() => (x))
const external_core_js_namespaceObject = x({ ["debug"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.debug), ["endGroup"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.endGroup), ["error"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.error), ["info"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.info), ["notice"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.notice), ["saveState"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.saveState), ["setOutput"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.setOutput), ["setSecret"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.setSecret), ["startGroup"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.startGroup), ["warning"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.warning) });
;// CONCATENATED MODULE: ./build/runner/files.js




/** Files that the runner reads after the step, by the variables that contain their paths. */
const RUNNER_FILES = {
    GITHUB_OUTPUT: 'output',
    GITHUB_STATE: 'state',
    GITHUB_STEP_SUMMARY: 'summary'
};
/** Creates a writer for the runner's files. An unwritable file is reported once. */
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
/** Appends a whole text or nothing, because the runner fails a step whose file ends inside a value. */
function appendWhole(file, text) {
    withFile(file, (descriptor, undo) => {
        const bytes = Buffer.from(text);
        try {
            // On a full disk, one call may write only a part.
            for (let written = 0; written < bytes.length;)
                written += external_node_fs_.writeSync(descriptor, bytes, written);
        }
        catch (error) {
            undo();
            throw error;
        }
    });
}
/** Throws if the file is not writable. The file stays unchanged. */
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
/** Formats a named value for the runner's files. */
function keyValue(name, value) {
    const delimiter = `ghadelimiter_${(0,external_node_crypto_.randomUUID)()}`;
    return `${name}<<${delimiter}${external_node_os_namespaceObject.EOL}${value}${external_node_os_namespaceObject.EOL}${delimiter}${external_node_os_namespaceObject.EOL}`;
}
function withFile(file, act) {
    // Without O_CREAT: the runner does not read a file that it did not create.
    const descriptor = external_node_fs_.openSync(file, external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_APPEND);
    try {
        const stats = external_node_fs_.fstatSync(descriptor);
        act(descriptor, () => {
            // A device, such as a terminal, has no size.
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







/** Creates the interface to the runner that started this process: its variables, its files and standard output. */
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
        // Escapes are removed first, because an escape inside a secret would hide it.
        redact: (text) => keeper.redact((0,words/* withoutEscapes */.Lx)(text)),
        unwritableFiles,
        // Without the variable, this is an old runner, which reads commands from the log, or not a runner.
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
        // The file does not exist on servers older than GitHub Enterprise 3.6. The log contains the same information.
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
/**
 * Reads a file of the workspace. A symbolic link must not lead outside, because its target could contain the runner's
 * own secrets.
 */
function readWorkspaceFile({ GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temporary }, file) {
    if (!workspace)
        throw new Error('the workspace is missing (GITHUB_WORKSPACE is not set)');
    let real;
    try {
        real = (0,external_node_fs_.realpathSync)(external_node_path_.resolve(workspace, file));
    }
    catch {
        const cause = (0,readable_file/* whyAbsent */.g)(file, { temporary });
        if (cause)
            throw new Error(`"${file}" does not exist: ${cause}`);
        throw new Error(`"${file}" is not in the workspace; run actions/checkout, or the step that writes the file, before this step`);
    }
    const fault = (0,readable_file/* whyUnreadable */._)(real, { workspace, temporary });
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

/** Listens for the runner's signals. */
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
;// CONCATENATED MODULE: ./build/settle.js











/**
 * Settles a run after a timeout or a cancellation: interrupts its revision if the inputs request it, completes the
 * reason of the verdict, and leaves requests without a response to the post step.
 *
 * @param cancelledAt time of the cancellation, in milliseconds since the epoch, at which the grace period starts
 */
async function settle(context, inputs, cancelledAt, verdict) {
    const { recorder } = context;
    const record = recorder.record();
    if (verdict.status === 'error' && (0,run_record/* isWriteOpen */.SC)(record)) {
        recorder.tell({ kind: 'left-open', interrupt: false });
        const reason = `${verdict.reason}\nA request may have taken effect before that; the post step checks what it changed.`;
        return { ...verdict, reason };
    }
    if (verdict.status !== 'cancelled' && verdict.status !== 'timed-out') {
        recorder.tell({ kind: 'settled' });
        return verdict;
    }
    const isWished = (verdict.status === 'cancelled' ? inputs.onCancel : inputs.onTimeout) === 'interrupt';
    if ((0,run_record/* isWriteOpen */.SC)(record)) {
        recorder.tell({ kind: 'left-open', interrupt: isWished });
        return { ...verdict, reason: `${verdict.reason} A request was in progress; the post step checks what it changed.` };
    }
    // The verdict of a rollback already describes the revision and the changes.
    if ('isRolledBack' in verdict) {
        recorder.tell({ kind: 'settled' });
        return verdict;
    }
    const { kind, text } = record.revision && record.own
        ? await interruptOwn(context, { cancelledAt, isWished })
        : { kind: 'none', text: withoutRevision(record, inputs) };
    recorder.tell(kind === 'unanswered' ? { kind: 'left-open', interrupt: true } : { kind: 'settled' });
    const reason = [verdict.reason, text].filter(Boolean).join(' ');
    return verdict.status === 'timed-out' && kind === 'interrupted'
        ? { ...verdict, reason, advice: 'Raise `timeout` if it needs longer; a first deployment can take 15 minutes.' }
        : { ...verdict, reason };
}
/** Minimum time for a request; with less left, the post step makes it instead. */
const SHORTEST_BUDGET_MS = 100;
/** Interrupts the revision of this run if it has not ended and the inputs request it. */
async function interruptOwn({ client, limits, recorder }, { cancelledAt, isWished }) {
    const record = recorder.record();
    const { deployment, revision, own } = record;
    if (!deployment || deployment.state === 'gone' || !revision || !own)
        return { kind: 'none', text: '' };
    if ((0,deployment_revision/* hasEnded */.hY)(revision.status))
        return { kind: 'none', text: endedWords(record) };
    if (!isWished)
        return { kind: 'left', text: `Revision ${revision.id} was not interrupted (${revision.status}).` };
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
        // The last known status can be outdated, and a revision that is now active must not be interrupted.
        const seen = await client.lastRevision(deployment.id, revision.id, timeLeft() / 2);
        if ((0,deployment_revision/* hasEnded */.hY)(seen.status)) {
            recorder.tell({ kind: 'revision', revision: seenRevision(seen), own: true });
            return { kind: 'left', text: endedWords(recorder.record()) };
        }
        await client.interrupt(deployment.id, revision.id, timeLeft());
        recorder.tell({ kind: 'revision', revision: { ...revision, status: 'INTERRUPTED' }, own: true });
        const text = [`Revision ${revision.id} was interrupted.`, (0,report_message/* storedWords */.rO)(recorder.record())].filter(Boolean).join(' ');
        return { kind: 'interrupted', text };
    }
    catch (error) {
        if ((0,patience/* isRefusal */.vu)(error)) {
            return { kind: 'left', text: (0,sentence/* sentence */.e)(`Revision ${revision.id} could not be interrupted: ${error.message}`) };
        }
        const failure = error instanceof errors/* ApiError */.hD ? `failed (LangSmith returned ${error.status})` : 'got no response';
        const text = `The interruption of revision ${revision.id} ${failure}; the post step tries again.`;
        return { kind: 'unanswered', text };
    }
}
/** Describes a revision that ended before it could be interrupted. */
function endedWords(record) {
    const { deployment, revision, proof } = record;
    if (!revision)
        return '';
    const { id, status } = revision;
    const isActive = deployment?.activeRevisionId === id ? ' and active' : '';
    const isSeen = proof.some(({ about, outcome }) => about === 'health' && outcome === 'passed');
    const seen = isSeen ? '' : ' Its health check had not passed yet, and it was not rolled back.';
    const ended = status === 'DEPLOYED'
        ? `Revision ${id} is DEPLOYED${isActive} and can no longer be interrupted.${seen}`
        : `Revision ${id} has ended (${status}).`;
    return [ended, (0,report_message/* storedWords */.rO)(record)].filter(Boolean).join(' ');
}
/** Describes what a run changed that ended early without a pending write and without its own revision. */
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
/** Explains why a revision is not interrupted although the inputs request it. */
function notCertain(revisionId) {
    return `Revision ${revisionId} was not interrupted: LangSmith did not confirm that this run created it, so it may belong to another run. If it is yours, interrupt it in LangSmith.`;
}
/** Time in which the post step searches for the effect of a write. */
const LOOK_MS = 10_000;
/** Time limit for one interruption in the post step. */
const LATE_TRY_MS = 5_000;
const LATE_PAUSE_MS = 1_000;
/**
 * Finds the revision that a run left behind, and interrupts it if the inputs request it. Called by the post step.
 *
 * @returns the result as a sentence, and the level at which to report it
 */
async function settleLater({ client, limits, recorder }, note) {
    const { intent, interrupt: isWished, ...saved } = recorder.record();
    const left = saved.revisionId ? saved : await findLastEffect(client, limits, { ...saved, intent });
    const { deploymentId, revisionId } = left ?? {};
    if (!left || !deploymentId || !revisionId) {
        return { level: 'info', text: 'The post step found no effect of its last request.' };
    }
    const deployment = intent?.name ? `deployment "${intent.name}" (${deploymentId})` : `deployment ${deploymentId}`;
    const what = `${revisionId} of ${deployment}`;
    if (!isWished)
        return { level: 'warning', text: `It left revision ${what} behind. Check it in LangSmith.` };
    if (!left.isCertain)
        return { level: 'warning', text: `${notCertain(revisionId)} It is in ${deployment}.` };
    const { status } = await client.revision(deploymentId, revisionId);
    if (hasEnded(status))
        return { level: 'info', text: `Revision ${what} has since ended (${status}).` };
    const timeLeft = () => limits.deadline - limits.clock.now();
    do {
        try {
            await client.interrupt(deploymentId, revisionId, Math.max(1, Math.min(LATE_TRY_MS, timeLeft())));
            // The inputs requested the interruption, so this is not a warning.
            return { level: 'notice', text: `Revision ${what} was interrupted.` };
        }
        catch (error) {
            if (isRefusal(error))
                throw error;
            note(`The interruption failed (${errorMessage(error)}); retrying.`);
            await pause(limits, LATE_PAUSE_MS).catch(() => { });
        }
    } while (timeLeft() > 0);
    const text = `Revision ${what} could not be interrupted in time and continues. Check it in LangSmith.`;
    return { level: 'warning', text };
}
/** Finds the effect of the last write, whose response was lost. */
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











/**
 * Runs the action, from its inputs to its verdict.
 *
 * @returns whether the step passes
 */
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
/** Reports an error that no verdict covers. */
function tellCrash(error, runner = createRunner()) {
    runner.output('status', 'error');
    runner.error('Unexpected error', (0,error_message/* errorMessage */.g)(error));
}
async function run(runner, cancellation, clock, startedAt, config) {
    // First, before any of these texts is printed.
    runner.maskGiven(secretsOf(config), publicTextsOf(config));
    tellRemarks(runner, config);
    runner.info(headline(config));
    const report = openReport({ runner, clock, ...subjectOf(config, startedAt) });
    const { recorder, finish } = report;
    const limits = (0,run_limits/* createDeadline */.dU)({ clock, cancelled: cancellation.signal, deadline: startedAt + config.timeoutMs });
    const asVerdict = (error) => verdictOf(error, config, recorder.record(), { limits, runner });
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
/** Prints the notices, warnings and remarks about the inputs. */
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
