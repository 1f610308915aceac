import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 401:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Pw: () => (/* binding */ parseMemory),
/* harmony export */   Qy: () => (/* binding */ MEMORY),
/* harmony export */   RI: () => (/* binding */ hasOpenEnds)
/* harmony export */ });
/* unused harmony exports isWriteOpen, createMemory */
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(975);

/** Whether a write was sent whose revision is not known. */
function isWriteOpen({ intent, mayHaveActed, revisionId }) {
    return intent !== undefined && mayHaveActed && revisionId === undefined;
}
/** Whether the run may have left a revision or a write in LangSmith. */
function hasOpenEnds(memory) {
    return !memory.done && (memory.revisionId !== undefined || isWriteOpen(memory));
}
/** Reads what was saved; nothing when the main step never got to a write. */
function parseMemory(text) {
    return text === '' ? undefined : JSON.parse(text);
}
/** Name of the saved state. */
const MEMORY = 'memory';
/** @param interrupt what becomes of our revision when the process is killed */
function createMemory(runner, destination, interrupt) {
    let memory = {
        done: false,
        intent: undefined,
        mayHaveActed: false,
        deploymentId: undefined,
        revisionId: undefined,
        namedId: undefined,
        isCertain: false,
        interrupt,
        destination,
        verdict: undefined,
        feedback: undefined
    };
    let isSaved = false;
    const save = (change) => {
        const next = { ...memory, ...change };
        if (isDeepStrictEqual(next, memory))
            return;
        memory = next;
        // Before anything was begun there is nothing to clean up after.
        isSaved ||= memory.intent !== undefined || memory.feedback !== undefined;
        if (isSaved)
            runner.saveState(MEMORY, JSON.stringify(memory));
    };
    return {
        current: () => memory,
        // A further send makes a revision of its own.
        add: (reminder) => save(reminder.intent ? { ...reminder, revisionId: undefined, namedId: undefined, isCertain: false } : reminder),
        writing: (mayHaveActed) => save({ mayHaveActed }),
        workspace: (workspaceId) => save({ destination: { ...memory.destination, workspaceId } }),
        feedback: (feedback) => save({ feedback }),
        verdict: (verdict) => save({ verdict }),
        close: () => save({ done: true }),
        leaveOpen: (interrupt) => save({ interrupt })
    };
}


/***/ }),

/***/ 25:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _memory_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(401);
/* harmony import */ var _runner_words_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(894);


/*
 * The post step. Its job has its verdict already, so nothing that happens here fails it; and almost always there is
 * nothing to do, so little is loaded before that is known.
 */
/** A text as a command of the runner holds it. */
const escaped = (text) => (0,_runner_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
const giveUp = (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    process.stdout.write(`::warning::The post step could not do its work: ${escaped(reason)}\n`, () => process.exit(0));
};
// A log that nobody takes is no reason to leave a rollout unsettled.
process.stdout.on('error', () => { });
// Also where Node itself would set another one, such as for a wait that nothing can end.
process.exitCode = 0;
process.on('uncaughtException', giveUp);
try {
    const memory = (0,_memory_js__WEBPACK_IMPORTED_MODULE_0__/* .parseMemory */ .Pw)(process.env[`STATE_${_memory_js__WEBPACK_IMPORTED_MODULE_0__/* .MEMORY */ .Qy}`] ?? '');
    if (memory && ((0,_memory_js__WEBPACK_IMPORTED_MODULE_0__/* .hasOpenEnds */ .RI)(memory) || memory.feedback)) {
        const { post } = await import(/* webpackIgnore: true */ './post.js');
        await post();
        // A name look-up that hangs would keep the process alive; the log is flushed first.
        process.stdout.write('', () => process.exit(0));
    }
}
catch (error) {
    giveUp(error);
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 894:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   pj: () => (/* binding */ plain)
/* harmony export */ });
/* unused harmony exports plainLines, withoutEscapes, firstBytes, lastBytes */
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(975);

/*
 * Words from outside (names, error bodies, logs) are data. These functions keep them from being read as anything else:
 * by the runner, which takes `::name::` at the start of a line and `##[name]` for commands, and by the terminal.
 */
/** The lines of a text, none of which the runner or a terminal would act on. */
function plainLines(text) {
    return withoutEscapes(text)
        .split(/\r\n|\r|\n/)
        .map(withoutCommand);
}
/** The same as one text with `\n` between its lines. */
function plain(text) {
    return plainLines(text).join('\n');
}
function withoutCommand(line) {
    return line.replaceAll('##[', '## [').replace(/^(\s*):(?=:)/, '$1: ');
}
/** A text without terminal escapes and control characters, but for tabs and line ends. */
function withoutEscapes(text) {
    // What is left of control characters after the escapes; tab and the line ends stay.
    return (0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text).replace(/[^\P{Cc}\t\r\n]/gu, '');
}
/** The beginning of a text in at most so many bytes of UTF-8, with no character cut in two. */
function firstBytes(text, bytes) {
    const encoded = Buffer.from(text);
    if (encoded.length <= bytes)
        return text;
    let end = Math.max(0, bytes - Buffer.byteLength(' …'));
    while (end > 0 && ((encoded[end] ?? 0) & 0xc0) === 0x80)
        end -= 1;
    return `${encoded.subarray(0, end).toString('utf8')} …`;
}
/** The end of a text in at most so many bytes of UTF-8, with no character cut in two. */
function lastBytes(text, bytes) {
    const encoded = Buffer.from(text);
    if (encoded.length <= bytes)
        return text;
    let start = encoded.length - bytes + Buffer.byteLength('… ');
    // Bytes that begin with 10 go on with a character.
    while (start < encoded.length && ((encoded[start] ?? 0) & 0xc0) === 0x80)
        start += 1;
    return `… ${encoded.subarray(start).toString('utf8')}`;
}


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
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
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
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(25);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
