import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 25:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _run_error_message_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(623);
/* harmony import */ var _run_record_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(265);
/* harmony import */ var _run_saved_state_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(657);
/* harmony import */ var _runner_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(53);




const escaped = (text) => (0,_runner_words_js__WEBPACK_IMPORTED_MODULE_0__/* .plain */ .pj)(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
const giveUp = (error) => {
    const reason = (0,_run_error_message_js__WEBPACK_IMPORTED_MODULE_1__/* .errorMessage */ .g)(error);
    process.stdout.write(`::warning::The post step failed: ${escaped(reason)}\n`, () => process.exit(0));
};
process.stdout.on('error', () => { });
process.exitCode = 0;
process.on('uncaughtException', giveUp);
try {
    const saved = (0,_run_saved_state_js__WEBPACK_IMPORTED_MODULE_2__/* .parseSaved */ .P)(process.env[`STATE_${_run_saved_state_js__WEBPACK_IMPORTED_MODULE_2__/* .STATE */ .c}`] ?? '');
    if (saved && ((0,_run_record_js__WEBPACK_IMPORTED_MODULE_3__/* .hasOpenEnds */ .RI)(saved) || saved.feedback)) {
        const { post } = await import(/* webpackIgnore: true */ './post.js');
        await post();
        process.stdout.write('', () => process.exit(0));
    }
}
catch (error) {
    giveUp(error);
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 623:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  g: () => (/* binding */ errorMessage)
});

// UNUSED EXPORTS: UNEXPECTED_ADVICE

;// CONCATENATED MODULE: ./build/run/object.js
function object(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}

;// CONCATENATED MODULE: ./build/run/incomplete.js

const INCOMPLETE_TITLE = 'Files of the action are incomplete';
function incompleteFiles(error) {
    const { name, code, message, stack } = object(error) ?? {};
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

;// CONCATENATED MODULE: ./build/run/error-message.js

const UNEXPECTED_ADVICE = 'Rerun this job with debug logging. If it fails again, report the error and the log in the repository of this action.';
function errorMessage(error) {
    return incompleteFiles(error) ?? (error instanceof Error ? error.message : String(error));
}


/***/ }),

/***/ 265:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   RI: () => (/* binding */ hasOpenEnds)
/* harmony export */ });
/* unused harmony exports firstRecord, next, servingVersion, isWriteOpen */
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

/***/ 657:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ parseSaved),
/* harmony export */   c: () => (/* binding */ STATE)
/* harmony export */ });
const STATE = 'memory';
function parseSaved(text) {
    return text === '' ? undefined : JSON.parse(text);
}


/***/ }),

/***/ 53:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  pj: () => (/* binding */ plain)
});

// UNUSED EXPORTS: firstBytes, lastBytes, listed, plainLines, shortenedLines, withoutEscapes

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./build/runner/words.js

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
    return (0,external_node_util_namespaceObject.stripVTControlCharacters)(text).replace(/[^\P{Cc}\t\r\n]|\p{Bidi_Control}/gu, '');
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
