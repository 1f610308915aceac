export const id = 478;
export const ids = [478];
export const modules = {

/***/ 7478:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   tellingLines: () => (/* binding */ tellingLines)
/* harmony export */ });
/* harmony import */ var _causes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6795);
/* harmony import */ var _log_lines_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9031);
/* harmony import */ var _log_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9937);



const READS_LIKE_AN_ERROR = /\b(error|exception|traceback|fatal|failed|failure|cannot|could not|not found|no such|denied|unable|missing|invalid)\b|\bERR!|Error:|^E\s/i;
const MOST_TELLING_LINES = 8;
/** Names of packages and loggers that hold the word error, and counts of zero errors. */
const NO_ERROR = /\b\w{1,100}(?:-[\w.]{1,100}){1,20}|\b\w{1,100}\.errors?\b(?!\.)|\b(?:0|no) (?:errors?|failures?|failed|exceptions?)\b|\b\w{0,100}(?:errors?|failed|failures?)=0\b/gi;
/** A line that says that there was an error, and not which. */
const BARE_ERROR = /^\W*(?:(?:ERRORS?|FATAL|CRITICAL|EXCEPTION)\W*|(?:During handling of|The above exception was) .*exception.*)$/i;
/**
 * The cause that a log names, with the lines that explain it. Without a known cause, the last lines that read like
 * errors; without these, the very last lines. `names` say nothing about the failure, such as that of the deployment.
 */
function tellingLines(entries, kind, names = []) {
    const all = (0,_log_lines_js__WEBPACK_IMPORTED_MODULE_1__/* .logLinesOf */ .l)(entries);
    // Only a name of several words can contain a word such as error.
    const misleading = names.filter((name) => name.includes('-'));
    const cause = (0,_causes_js__WEBPACK_IMPORTED_MODULE_0__/* .findCause */ .l)(all, kind, misleading);
    if (cause)
        return { ...cause, isTelling: true, isCause: true };
    const lines = (0,_log_words_js__WEBPACK_IMPORTED_MODULE_2__/* .tellingWords */ .Lk)(all, misleading).filter(({ line }) => line.text.trim() !== '');
    const telling = lines.filter(({ line, words }) => {
        if (words === '' || line.isMild || BARE_ERROR.test(words))
            return false;
        return line.isError || READS_LIKE_AN_ERROR.test(words.replace(NO_ERROR, ' '));
    });
    const shown = telling.length > 0 ? telling.slice(-MOST_TELLING_LINES) : lines.slice(-3);
    return {
        isTelling: telling.length > 0,
        isCause: false,
        lines: shown.map(({ line }) => line.text.trim()),
        advice: kind === 'deploy' && telling.length === 0 ? USUAL_CAUSES : ''
    };
}
const USUAL_CAUSES = 'The log names no cause; an import that fails or a secret that is missing are the usual ones.';


/***/ })

};
