export const id = 565;
export const ids = [565];
export const modules = {

/***/ 8565:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   ProjectError: () => (/* binding */ ProjectError),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   r4: () => (/* binding */ inWords),
/* harmony export */   y9: () => (/* binding */ shownList)
/* harmony export */ });
/** The project in the workspace cannot be deployed as it is. Each problem is one sentence or two, with its cure. */
class ProjectError extends Error {
    name = 'ProjectError';
    problems;
    constructor(problems) {
        super(problems.join('\n'));
        this.problems = problems;
    }
}
/** A path as it can stand in a message: characters that steer a terminal or break a line are written as escapes. */
function shown(path) {
    return path.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
        return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    });
}
/** Names up to `most` paths, and how many more there are. */
function shownList(paths, most = 10) {
    const rest = paths.length - most;
    return paths.slice(0, most).map(shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
/** Why the file system refused, in words; `code` is Node's, such as EACCES. */
function inWords(error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR')
        return 'does not exist';
    if (code === 'EACCES' || code === 'EPERM')
        return 'may not be read: the permissions are missing';
    if (code === 'ELOOP')
        return 'is a symbolic link that leads in a circle, or became one';
    return `cannot be read (${code || 'unknown error'})`;
}
/** Node's code of an error of the file system; empty when it has none. */
function codeOf(error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}


/***/ })

};
