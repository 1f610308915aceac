export const id = 599;
export const ids = [599];
export const modules = {

/***/ 2599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ToolError: () => (/* binding */ ToolError),
/* harmony export */   runTool: () => (/* binding */ runTool)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1298);
/* harmony import */ var _run_sentence_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(857);



class ToolError extends Error {
    name = 'ToolError';
    isAbsent;
    constructor(message, isAbsent = false) {
        super(message);
        this.isAbsent = isAbsent;
    }
}
const MOST_BYTES = 16 * 1024 * 1024;
const LONGEST_LINE = 500;
async function runTool({ command, args, environment, limits, mostMs }) {
    (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .checkLimits */ .J5)(limits);
    const ms = Math.ceil(Math.min(mostMs, limits.deadline - limits.clock.now()));
    const tooLong = AbortSignal.timeout(ms);
    const signal = AbortSignal.any([limits.cancelled, tooLong]);
    try {
        return await start(command, args, environment, signal);
    }
    catch (error) {
        if (limits.cancelled.aborted)
            throw new _run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .CancelledError */ .cc();
        (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .checkLimits */ .J5)(limits);
        if (tooLong.aborted)
            throw new ToolError(`${command} did not end within ${Math.round(ms / 1_000)} s`);
        throw error;
    }
}
function start(command, args, env, signal) {
    return new Promise((resolve, reject) => {
        const options = { env: { ...env }, maxBuffer: MOST_BYTES, windowsHide: true, signal };
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)(command, [...args], options, (error, stdout, stderr) => {
            if (!error)
                resolve(stdout);
            else if (error.code === 'ENOENT')
                reject(new ToolError(`${command} is not installed`, true));
            else
                reject(new ToolError(lastWords(stderr) ?? lastWords(stdout) ?? `${command} failed without output`));
        });
        child.stdin?.end();
    });
}
function lastWords(output) {
    const lines = output.split(/\r?\n/).map((line) => line.trim());
    const last = lines.findLast((line) => line !== '' && !/^(?:run|see) '[^']* --help'|^usage:/i.test(line));
    if (last === undefined)
        return undefined;
    const [, quoted] = /\bmsg="((?:[^"\\]|\\.)*)"/.exec(last) ?? [];
    const text = quoted === undefined ? last.replace(/^error:\s*/i, '') : quoted.replace(/\\(["\\])/g, '$1');
    return (0,_run_sentence_js__WEBPACK_IMPORTED_MODULE_2__/* .clause */ .s)(text.slice(0, LONGEST_LINE));
}


/***/ })

};
