export const id = 223;
export const ids = [223];
export const modules = {

/***/ 6223:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readCheckout: () => (/* binding */ readCheckout)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/** Longer than any repository needs; a git that hangs must not hold the run up. */
const GIT_MS = 5_000;
/**
 * Asks git what is checked out in the repository that holds a folder: that of a submodule in a submodule.
 *
 * @param workspace where the search for the repository ends; both are absolute and without symbolic links
 * @param path the `PATH` where git is looked for
 * @returns nothing without git, without a repository, without a commit, or when git does not answer in time
 */
async function readCheckout(folder, workspace, path) {
    const ask = (args, input = '') => git(folder, workspace, path, args, input);
    // The commit as it is stored: other commands hide the parents of a shallow clone's last commit.
    const [stored, origin] = await Promise.all([
        ask(['cat-file', '--batch'], 'HEAD\n'),
        ask(['config', '--get', 'remote.origin.url'])
    ]);
    const [head = '', ...lines] = stored?.split('\n') ?? [];
    const commit = /^([0-9a-f]{40}) commit \d+$/.exec(head)?.[1];
    if (!commit)
        return undefined;
    // The first empty line ends the header; the message behind it can hold anything.
    const header = lines.slice(0, lines.indexOf(''));
    const parents = header.flatMap((line) => /^parent ([0-9a-f]{40})$/.exec(line)?.[1] ?? []);
    return { commit, parents, origin: origin?.trim().replace(/^(https?:\/\/)[^@/]*@/, '$1') || undefined };
}
/** @returns what git printed; nothing when it failed */
function git(folder, workspace, path, args, input) {
    const answer = new Promise((resolve) => {
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)('git', 
        // In a container the workspace belongs to another user, which is no danger here: nothing of it is run.
        ['-c', 'safe.directory=*', ...args], {
            cwd: folder,
            // Not the job's environment: GIT_DIR and the like would speak of another repository.
            env: { ...(path === undefined ? {} : { PATH: path }), GIT_CEILING_DIRECTORIES: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(workspace) },
            timeout: GIT_MS,
            killSignal: 'SIGKILL',
            windowsHide: true
        }, (error, stdout) => resolve(error ? undefined : stdout));
        // A git that is gone before it has read must not end the run.
        child.stdin?.on('error', () => { });
        child.stdin?.end(input);
    });
    return answer.catch(() => undefined);
}


/***/ })

};
