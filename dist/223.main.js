export const id = 223;
export const ids = [223];
export const modules = {

/***/ 6223:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readCheckout: () => (/* binding */ readCheckout)
/* harmony export */ });
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2395);

/**
 * Asks git what is checked out in the repository that holds a folder: that of a submodule in a submodule.
 *
 * @param workspace where the search for the repository ends; both are absolute and without symbolic links
 * @param path the `PATH` where git is looked for
 * @returns nothing without git, without a repository, without a commit, or when git does not answer in time
 */
async function readCheckout(folder, workspace, path) {
    const ask = (args, input = '') => (0,_git_js__WEBPACK_IMPORTED_MODULE_0__/* .askGit */ .g)(folder, workspace, path, args, input);
    // The commit as it is stored: other commands hide the parents of a shallow clone's last commit.
    const [stored, origin] = await Promise.all([
        ask(['cat-file', '--batch'], 'HEAD\n'),
        ask(['config', '--get', 'remote.origin.url'])
    ]);
    const [head = '', ...lines] = stored?.split('\n') ?? [];
    const commit = /^([0-9a-f]{40}|[0-9a-f]{64}) commit \d+$/.exec(head)?.[1];
    if (commit === undefined)
        return undefined;
    // The first empty line ends the header; the message behind it can hold anything.
    const header = lines.slice(0, lines.indexOf(''));
    const parents = header.flatMap((line) => /^parent ([0-9a-f]+)$/.exec(line)?.[1] ?? []);
    return { commit, parents, origin: origin?.trim().replace(/^(https?:\/\/)[^@/]*@/, '$1') || undefined };
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



/** More than any repository needs for a small question; a git that hangs must not delay the run. */
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
            // Not the job's environment: GIT_DIR and the like could name another repository.
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


/***/ })

};
