import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 877:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");

/***/ }),

/***/ 334:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_v8__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(877);
/* harmony import */ var _runner_signals_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(159);


// First, before other modules load, so that an early signal also ends the run in an orderly manner.
const cancellation = (0,_runner_signals_js__WEBPACK_IMPORTED_MODULE_1__/* .listenForCancellation */ .c)();
const { main, tellCrash } = await import(/* webpackIgnore: true */ './main.js');
// Keeps V8 from compiling the optimized HTTP parser, which takes 22 MiB and does not pay for a few hundred small
// responses. Set after the import: once a flag has changed, V8 ignores Node's code cache, which costs 20 ms.
(0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)('--wasm-tiering-budget=1000000000');
// A closed log is not a reason to abandon a rollout.
process.stdout.on('error', () => { });
let isPassed = false;
try {
    isPassed = await main(undefined, cancellation);
}
catch (error) {
    tellCrash(error);
}
// A hanging DNS lookup would keep the process alive long after the verdict. Flushes the log first.
process.stdout.write('', () => process.exit(isPassed ? 0 : 1));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 159:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  c: () => (/* binding */ listenForCancellation)
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

;// CONCATENATED MODULE: ./build/runner/signals.js

/** Listens for the runner's signals. */
function listenForCancellation() {
    const controller = new AbortController();
    let at;
    const cancel = () => {
        at ??= systemClock.now();
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
/******/ var __webpack_exports__ = __nccwpck_require__(334);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
