import * as __WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__ from "./undici.js";
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
import * as __WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__ from "./core.js";
/******/ var __webpack_modules__ = ({

/***/ 62:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var x = (y) => {
	var x = {}; __nccwpck_require__.d(x, y); return x
} 
var y = (x) => (() => (x))
module.exports = x({ ["Agent"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.Agent), ["Pool"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.Pool), ["ProxyAgent"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.ProxyAgent), ["buildConnector"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.buildConnector), ["fetch"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.fetch), ["request"]: () => (__WEBPACK_EXTERNAL_MODULE__undici_js_51706d35__.request) });

/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 30:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 990:
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

/***/ 716:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FI: () => (/* binding */ FAULT_WORDS),
/* harmony export */   H9: () => (/* binding */ faultKind),
/* harmony export */   TR: () => (/* binding */ isCertificateCode),
/* harmony export */   Tf: () => (/* binding */ isAboutCertificate),
/* harmony export */   tu: () => (/* binding */ wordsFor)
/* harmony export */ });
/* unused harmony export isRefusedByProxy */
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
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   aU: () => (/* binding */ dashboardUrl),
/* harmony export */   dL: () => (/* binding */ experimentUrl),
/* harmony export */   ep: () => (/* binding */ tracingUrl)
/* harmony export */ });
/* unused harmony exports regions, cloudControlPlane, controlPlaneAt, correctedAddress, inputForDashboard, regionLike, isOnAws */
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

/***/ 292:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  SM: () => (/* binding */ createDispatcher),
  Rn: () => (/* binding */ createRenewableDispatcher),
  HB: () => (/* binding */ unreachable)
});

// EXTERNAL MODULE: external "./undici.js"
var external_undici_js_ = __nccwpck_require__(62);
// EXTERNAL MODULE: ./build/run/object.js
var object = __nccwpck_require__(379);
// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __nccwpck_require__(990);
// EXTERNAL MODULE: ./build/control-plane/faults.js
var faults = __nccwpck_require__(716);
// EXTERNAL MODULE: ./build/control-plane/proxies.js
var proxies = __nccwpck_require__(553);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
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

/***/ 878:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ afterFailedRead),
/* harmony export */   Hg: () => (/* binding */ afterFailedWrite),
/* harmony export */   Nz: () => (/* binding */ FRESH),
/* harmony export */   OD: () => (/* binding */ isRouteMissing),
/* harmony export */   OJ: () => (/* binding */ afterGoodAnswer),
/* harmony export */   Vo: () => (/* binding */ NO_HISTORY),
/* harmony export */   mu: () => (/* binding */ parseRetryAfter),
/* harmony export */   pz: () => (/* binding */ saysTooOften),
/* harmony export */   q1: () => (/* binding */ MOST_ASKED_MS),
/* harmony export */   vk: () => (/* binding */ askedMs),
/* harmony export */   vu: () => (/* binding */ isRefusal)
/* harmony export */ });
/* unused harmony exports mayUploadAgain, pushAgainAfterMs, isMissing, isPassingStatus */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(990);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(716);


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
const PUSH_PAUSES_MS = (/* unused pure expression or super */ null && ([2_000, 10_000]));
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
    const isBroken = error instanceof UnreachableError || error instanceof ApiError;
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
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(30);
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

/***/ 608:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
/* unused harmony export inOrderOfName */
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(379);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(990);


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

/***/ 499:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   EV: () => (/* binding */ isRegistryHost),
/* harmony export */   hb: () => (/* binding */ isImageReference),
/* harmony export */   mQ: () => (/* binding */ splitReference)
/* harmony export */ });
/* unused harmony export faultOfImage */
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

/***/ 335:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G4: () => (/* binding */ sameImage),
/* harmony export */   Oj: () => (/* binding */ mayBeSameImage)
/* harmony export */ });
/* unused harmony exports isByTag, isTagless, isLatestTag */
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(499);

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

/***/ 58:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  ie: () => (/* binding */ agrees),
  D3: () => (/* binding */ commitOf),
  hY: () => (/* binding */ hasEnded),
  WM: () => (/* binding */ isCommit),
  r8: () => (/* binding */ isStatusWord)
});

// UNUSED EXPORTS: commitOfImage, isSameCommit, isSameConfigPath, isTag, knownCommit, newestAlive, queueOf, sentAgain, timeUnderWay

// EXTERNAL MODULE: ./build/deployment/image.js
var deployment_image = __nccwpck_require__(335);
// EXTERNAL MODULE: ./build/deployment/image-reference.js
var image_reference = __nccwpck_require__(499);
;// CONCATENATED MODULE: ./build/deployment/sources/kinds.js
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
function kinds_kindOf(source) {
    return source && Object.hasOwn(KINDS, source) ? KINDS[source] : UNKNOWN;
}

// EXTERNAL MODULE: ./build/deployment/sources/source.js
var source = __nccwpck_require__(606);
;// CONCATENATED MODULE: ./build/deployment/revision.js





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
    return ms >= 0 ? inWords(ms) : undefined;
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
        return actual.image_uri !== null && (0,deployment_image/* mayBeSameImage */.Oj)(actual.image_uri, sent.image_uri);
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
    if (kindOf(source).code === 'image')
        return { ...NO_CODE, image_uri: config.image_uri, repo_commit_sha: null };
    return { ...config, image_uri: null, repo_commit_sha: commitOf(revision) ?? null };
}
function commitOfImage(image) {
    const { tag = '' } = splitReference(image ?? '');
    if (/^\d+$/.test(tag))
        return undefined;
    const candidates = tag.match(/(?<![0-9A-Za-z]|sha256-)([0-9a-fA-F]{7,40}|[0-9a-fA-F]{64})(?![0-9A-Za-z])/g) ?? [];
    return [...candidates].sort((left, right) => right.length - left.length)[0]?.toLowerCase();
}
function newestAlive(revisions) {
    return revisions.find(({ status }) => status === 'DEPLOYED' || !hasEnded(status));
}
function knownCommit(deployment, revision) {
    const { code } = kindOf(revision.source ?? deployment.source);
    return code === 'image' ? commitOfImage(revision.source_revision_config.image_uri) : commitOf(revision);
}


/***/ }),

/***/ 606:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bi: () => (/* binding */ DEFAULT_CONFIG_PATH)
/* harmony export */ });
/* unused harmony exports NO_CODE, differs, optional */
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
/* harmony import */ var _control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(878);
/* harmony import */ var _run_error_message_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(681);
/* harmony import */ var _run_incomplete_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(560);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(379);
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

/***/ 786:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ GITHUB_PAGE_SIZE),
/* harmony export */   K: () => (/* binding */ createGithubSession)
/* harmony export */ });
/* harmony import */ var undici__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(62);
/* harmony import */ var _control_plane_network_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(292);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(298);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(508);
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

/***/ 906:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $W: () => (/* binding */ runWords),
/* harmony export */   Rq: () => (/* binding */ bakeWords),
/* harmony export */   sF: () => (/* binding */ bakeTable)
/* harmony export */ });
/* unused harmony export bakeTime */
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(88);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(902);


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

/***/ 711:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   UO: () => (/* binding */ factRows),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   hq: () => (/* binding */ ID_LENGTH)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(902);

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

/***/ 80:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Tn: () => (/* binding */ shortfalls),
/* harmony export */   b$: () => (/* binding */ experimentPage),
/* harmony export */   k0: () => (/* binding */ gateTable),
/* harmony export */   rU: () => (/* binding */ experimentRows)
/* harmony export */ });
/* unused harmony exports gateLines, gateTitle, scaleWords */
/* harmony import */ var _control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(566);
/* harmony import */ var _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(608);
/* harmony import */ var _bake_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(906);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(902);




function gateLines({ experiment, baseline, rows }) {
    return rows.map((row) => {
        const { key, threshold, value, baseline: other, holds } = row;
        const against = baseline && other !== undefined ? `, baseline ${other}` : '';
        return `${holds ? 'met    ' : 'not met'}  ${key} ${threshold}: ${value}${scoredWords(row, experiment)}${against}`;
    });
}
function gateTitle({ experiment, baseline }) {
    const against = baseline ? `, baseline "${baseline.name}"` : '';
    return `Experiment "${experiment.name}" (${runWords(experiment.runs)})${against}`;
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

/***/ 902:
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
/* harmony import */ var _runner_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(53);

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

/***/ 222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Vo: () => (/* binding */ materialOf)
/* harmony export */ });
/* unused harmony exports linkToRevision, linkToTraces */
/* harmony import */ var _control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(566);
/* harmony import */ var _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(608);
/* harmony import */ var _message_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(632);
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(121);




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

/***/ 632:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CG: () => (/* binding */ LOG_SHOWS),
/* harmony export */   aL: () => (/* binding */ words),
/* harmony export */   bD: () => (/* binding */ messageOf)
/* harmony export */ });
/* unused harmony exports messageSuffix, textOf, storedWords, versionNotice */
/* harmony import */ var _runner_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(53);
/* harmony import */ var _bake_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(906);
/* harmony import */ var _gate_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(80);




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
    const after = servingVersion(record);
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

/***/ 121:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Yz: () => (/* binding */ outputsOf)
/* harmony export */ });
/* unused harmony exports OUTPUT_WORDS, createOutputWriter, hasShape */
/* harmony import */ var _control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(566);
/* harmony import */ var _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(608);
/* harmony import */ var _deployment_image_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(499);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(58);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(379);
/* harmony import */ var _run_record_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(265);
/* harmony import */ var _run_verdict_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(583);
/* harmony import */ var _gate_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(80);








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

/***/ 645:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   T1: () => (/* binding */ ladder),
/* harmony export */   kb: () => (/* binding */ proofTables)
/* harmony export */ });
/* unused harmony export proofRowLines */
/* harmony import */ var _bake_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(906);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(902);


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

/***/ 296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  cf: () => (/* binding */ durationOf),
  z1: () => (/* binding */ failureLog),
  Xg: () => (/* binding */ planMarkdown),
  YG: () => (/* binding */ summaryOf),
  ZF: () => (/* binding */ wordsMarkdown)
});

// UNUSED EXPORTS: summaryMarkdown, versionChange

// EXTERNAL MODULE: ./build/run/duration.js
var duration = __nccwpck_require__(88);
;// CONCATENATED MODULE: ./build/run/input-name.js
const INPUT_NAMES = new Map([
    ['langgraph_config_path', 'langgraph-config'],
    ['source', 'source-type'],
    ['revision_source', 'source-type'],
    ['source_tarball_path', 'archive'],
    ['listener_config', 'k8s-namespace'],
    ['agent.agent_id', 'agent-id'],
    ['agent.environment', 'agent-environment']
]);
function input_name_inputName(field) {
    const whole = INPUT_NAMES.get(field);
    if (whole !== undefined)
        return whole;
    const [first = '', ...keys] = field.split('.');
    return [first.replaceAll('_', '-'), ...keys].join('.');
}
function inputLabel(field) {
    return `\`${input_name_inputName(field)}\``;
}

// EXTERNAL MODULE: ./build/run/verdict.js
var run_verdict = __nccwpck_require__(583);
// EXTERNAL MODULE: ./build/runner/words.js + 1 modules
var words = __nccwpck_require__(53);
// EXTERNAL MODULE: ./build/report/bake.js
var bake = __nccwpck_require__(906);
// EXTERNAL MODULE: ./build/report/fact-rows.js
var fact_rows = __nccwpck_require__(711);
// EXTERNAL MODULE: ./build/report/gate.js
var gate = __nccwpck_require__(80);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __nccwpck_require__(902);
// EXTERNAL MODULE: ./build/report/material.js
var material = __nccwpck_require__(222);
// EXTERNAL MODULE: ./build/report/message.js
var message = __nccwpck_require__(632);
// EXTERNAL MODULE: ./build/run/object.js
var object = __nccwpck_require__(379);
// EXTERNAL MODULE: ./build/runner/mask.js + 2 modules
var mask = __nccwpck_require__(291);
;// CONCATENATED MODULE: ./build/report/plan-lines.js




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
        return `${row.change}: ${shownValue((0,object/* object */.I)(row.value)?.k8s_namespace?.toString() ?? null)}`;
    }
    if (row.change === 'changed')
        return `changed from ${shownValue(row.from)} to ${shownValue(row.to)}`;
    const hidden = row.about === 'variable' && row.change === 'set' ? ' (LangSmith hides the current value)' : '';
    return `${row.change}: ${shownValue(row.value)}${hidden}`;
}
function label(row) {
    return row.about === 'field' ? inputName(row.name) : `${row.about} ${row.name}`;
}
function planTexts(plan) {
    return plan.rows.flatMap((row) => {
        if (row.about !== 'field')
            return [];
        return row.change === 'changed' ? [...textsOf(row.from), ...textsOf(row.to)] : textsOf(row.value);
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
            return row.change === 'changed' && mayBeSecret({ name: row.name, value: row.from })
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

// EXTERNAL MODULE: ./build/report/proof.js
var proof = __nccwpck_require__(645);
;// CONCATENATED MODULE: ./build/report/sweep.js

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
        .map(({ name, outcome, why }) => [(0,markdown/* markdownText */.p7)(name), (0,markdown/* markdownText */.p7)(OUTCOMES[outcome]), (0,markdown/* markdownProse */.h$)(why)]);
    const more = rows.length - cells.length;
    const table = (0,markdown/* markdownTable */.Qj)(['Preview', 'Result', 'Reason'], cells);
    return more > 0 ? `${table}\n\n${more} more in the log.` : table;
}

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
        sweptTable(record),
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
        const lines = rows.slice(0, most).map((row) => `| ${labelCell(row, prose)} | ${prose(describeChange(row))} |`);
        const more = rows.length > most ? [`| \u2026 | ${rows.length - most} more |`] : [];
        return rows.length > 0 ? ['| Input | Change |', '|---|---|', ...lines, ...more].join('\n') : '';
    };
    const keptTable = table(kept, Math.max(0, mostRows - changed.length));
    const isFolded = keptTable !== '' && (isOpen || changed.length > 0);
    const parts = [table(changed, mostRows), isFolded ? folded(`${kept.length} kept`, keptTable, false) : keptTable];
    const title = `${prose(planTitle(plan))}${counts([...changed, ...kept])}`;
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
        ? `<code>${prose(input_name_inputName(row.name))}</code>`
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

/***/ 88:
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

/***/ 681:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ UNEXPECTED_ADVICE),
/* harmony export */   g: () => (/* binding */ errorMessage)
/* harmony export */ });
/* harmony import */ var _incomplete_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(560);

const UNEXPECTED_ADVICE = 'Rerun this job with debug logging. If it fails again, report the error and the log in the repository of this action.';
function errorMessage(error) {
    return (0,_incomplete_js__WEBPACK_IMPORTED_MODULE_0__/* .incompleteFiles */ .A)(error) ?? (error instanceof Error ? error.message : String(error));
}


/***/ }),

/***/ 560:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ incompleteFiles),
/* harmony export */   o: () => (/* binding */ INCOMPLETE_TITLE)
/* harmony export */ });
/* harmony import */ var _object_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(379);

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

/***/ 298:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  RI: () => (/* binding */ CANCEL_GRACE_MS),
  cc: () => (/* binding */ CancelledError),
  j3: () => (/* binding */ DeadlineError),
  J5: () => (/* binding */ checkLimits),
  BE: () => (/* binding */ delayedSignal),
  sl: () => (/* binding */ endsRun),
  v7: () => (/* binding */ pause),
  ml: () => (/* binding */ systemClock)
});

// UNUSED EXPORTS: createDeadline, withGrace

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

/***/ 379:
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

/***/ 265:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K2: () => (/* binding */ next),
/* harmony export */   RI: () => (/* binding */ hasOpenEnds),
/* harmony export */   vP: () => (/* binding */ servingVersion)
/* harmony export */ });
/* unused harmony exports firstRecord, isWriteOpen */
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
/* harmony export */   sb: () => (/* binding */ clause)
/* harmony export */ });
/* unused harmony export midSentence */
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

/***/ 583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   WE: () => (/* binding */ passes),
/* harmony export */   bk: () => (/* binding */ VERDICTS)
/* harmony export */ });
/* unused harmony export mayServe */
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

/***/ 291:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  N: () => (/* binding */ createSecretKeeper)
});

// UNUSED EXPORTS: mayBeSecret

// EXTERNAL MODULE: ./build/runner/secret-shape.js
var secret_shape = __nccwpck_require__(599);
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
var secret_name = __nccwpck_require__(547);
// EXTERNAL MODULE: ./build/runner/secret-parts.js
var secret_parts = __nccwpck_require__(648);
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
    return isSecretShaped(value) || secretParts(value).length > 0 || isSecretName(name);
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

/***/ 547:
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

/***/ 648:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ secretParts)
/* harmony export */ });
/* harmony import */ var _secret_name_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(547);
/* harmony import */ var _secret_shape_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(599);


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

/***/ 599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C0: () => (/* binding */ isBooleanLike),
/* harmony export */   P: () => (/* binding */ isOrdinary),
/* harmony export */   Y2: () => (/* binding */ isSecretShaped),
/* harmony export */   YS: () => (/* binding */ hasKnownPrefix),
/* harmony export */   q2: () => (/* binding */ isPemHeader)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(30);

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

/***/ 53:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  mI: () => (/* binding */ firstBytes),
  Qr: () => (/* binding */ lastBytes),
  KE: () => (/* binding */ listed),
  pj: () => (/* binding */ plain),
  y1: () => (/* binding */ plainLines),
  Sz: () => (/* binding */ shortenedLines),
  Lx: () => (/* binding */ withoutEscapes)
});

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


/***/ }),

/***/ 508:
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
/******/ 		return "" + chunkId + ".post.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
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
  b: () => (/* binding */ post)
});

// EXTERNAL MODULE: ./build/runner/secret-name.js
var secret_name = __nccwpck_require__(547);
;// CONCATENATED MODULE: ./build/deployment/hidden.js

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
function hidden_hiddenNames(deployed, given = []) {
    const areAllBlank = deployed.every(isBlank);
    const secrets = deployed.filter(isSecret);
    const areSecretsBlank = secrets.length > 1 && secrets.every(isBlank);
    const blank = new Set(areSecretsBlank ? secrets.map(({ value }) => value) : []);
    const shared = hidden_sharedNames(deployed, given);
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
function hidden_sharedNames(deployed, given = []) {
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
    return (0,secret_name/* isSecretName */.e)(name) && !NAMES_A_FIELD.test(name);
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
function hidden_isShown(value) {
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

;// CONCATENATED MODULE: ./build/deployment/texts.js
function settingTexts({ url, source_config }) {
    return post_textsOf([url, source_config]);
}
function post_textsOf(value) {
    if (typeof value === 'string')
        return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(post_textsOf) : [];
}

// EXTERNAL MODULE: ./build/github/session.js
var session = __nccwpck_require__(786);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: ./build/run/object.js
var run_object = __nccwpck_require__(379);
;// CONCATENATED MODULE: ./build/runner/trigger.js

function readTrigger(variables, event) {
    const repository = variables.GITHUB_REPOSITORY ?? '';
    const eventName = variables.GITHUB_EVENT_NAME ?? '';
    const payload = (0,run_object/* object */.I)(event);
    const pullRequest = (0,run_object/* object */.I)(payload?.pull_request);
    const isOfDeployment = eventName.startsWith('deployment');
    const deployment = isOfDeployment ? (0,run_object/* object */.I)(payload?.deployment) : undefined;
    const workflowRun = isOfDeployment ? undefined : (0,run_object/* object */.I)(payload?.workflow_run);
    const foreignHead = foreignRepository(repository, pullRequest, workflowRun);
    const server = variables.GITHUB_SERVER_URL || 'https://github.com';
    const isOfStatus = eventName === 'deployment_status';
    const isDependabot = [(0,run_object/* object */.I)(pullRequest?.user)?.login, (0,run_object/* object */.I)(payload?.sender)?.login].includes('dependabot[bot]');
    const subject = eventSubject(variables, payload, { deployment, workflowRun, foreignHead });
    const isMerged = subject.about.kind === 'pull-request' && subject.about.state === 'merged';
    return {
        eventName,
        repository,
        repositoryUrl: repository ? `${server}/${repository}` : '',
        trialMerge: /^refs\/pull\/\d+\/merge$/.test(variables.GITHUB_REF ?? '') ? variables.GITHUB_SHA : undefined,
        deploymentState: isOfStatus ? textIn((0,run_object/* object */.I)(payload?.deployment_status)?.state) : undefined,
        previewEnvironment: previewEnvironment(deployment),
        defaultBranch: textIn((0,run_object/* object */.I)(payload?.repository)?.default_branch),
        isRefUnclear: false,
        headCommit: undefined,
        endedRun: undefined,
        ...subject,
        foreignHead: isMerged ? undefined : foreignHead,
        pullRequest: pullRequestNumber(payload, workflowRun, repository),
        mayBeOfPullRequest: mayBeOfPullRequest(variables, payload, workflowRun),
        isInFork: (0,run_object/* object */.I)(payload?.repository)?.fork === true,
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
    const issue = (0,run_object/* object */.I)(payload?.issue);
    const ofRun = workflowRun?.pull_requests;
    const [only, another] = Array.isArray(ofRun) ? ofRun.filter((one) => isInto(one, repository)) : [];
    const holder = (0,run_object/* object */.I)(payload?.pull_request) ?? ((0,run_object/* object */.I)(issue?.pull_request) ? issue : another ? undefined : (0,run_object/* object */.I)(only));
    const number = holder?.number;
    return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
function mayBeOfPullRequest({ GITHUB_REF: ref }, payload, workflowRun) {
    const run = (0,run_object/* object */.I)(payload?.check_run);
    const checks = [(0,run_object/* object */.I)(payload?.check_suite), run, (0,run_object/* object */.I)(run?.check_suite)];
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
    const owner = pullRequest ? (0,run_object/* object */.I)((0,run_object/* object */.I)(pullRequest.head)?.repo) : (0,run_object/* object */.I)(workflowRun?.head_repository);
    const isGone = pullRequest !== undefined || workflowRun?.head_repository === null;
    const name = textIn(owner?.full_name) ?? (isGone ? 'a deleted fork' : repository);
    return name.toLowerCase() === repository.toLowerCase() ? undefined : name;
}
function eventSubject(variables, payload, { deployment, workflowRun, foreignHead }) {
    const eventName = variables.GITHUB_EVENT_NAME ?? '';
    const own = { ref: branchOrTag(variables.GITHUB_REF), commit: variables.GITHUB_SHA || undefined };
    const pullRequest = (0,run_object/* object */.I)(payload?.pull_request);
    const issue = (0,run_object/* object */.I)(payload?.issue);
    if (pullRequest)
        return ofPullRequest(pullRequest, own, foreignHead);
    if (issue && (0,run_object/* object */.I)(issue.pull_request))
        return ofComment(issue, own);
    if (workflowRun)
        return ofWorkflowRun(workflowRun, (0,run_object/* object */.I)(payload?.repository), own, foreignHead);
    if (deployment)
        return ofDeployment(deployment, variables);
    const isDeleted = eventName === 'delete' || (eventName === 'push' && payload?.deleted === true);
    if (isDeleted)
        return { ...own, about: { kind: 'deleted-ref', ref: textIn(payload?.ref) ?? '' } };
    const release = eventName === 'release' ? (0,run_object/* object */.I)(payload?.release) : undefined;
    const why = release && whyWithheld(payload?.action, release);
    if (why)
        return { ...own, about: { kind: 'withheld-release', tag: textIn(release.tag_name) ?? '', why } };
    const group = (0,run_object/* object */.I)(payload?.merge_group);
    if (group || isOfMergeQueue(own.ref)) {
        return { ref: own.ref, commit: textIn(group?.head_sha) ?? own.commit, about: { kind: 'merge-group' } };
    }
    return { ...own, about: { kind: 'ref' } };
}
function ofPullRequest(pullRequest, own, foreignHead) {
    const head = (0,run_object/* object */.I)(pullRequest.head);
    const headCommit = textIn(head?.sha);
    const base = textIn((0,run_object/* object */.I)(pullRequest.base)?.ref);
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
    const isMerged = textIn((0,run_object/* object */.I)(issue.pull_request)?.merged_at) !== undefined;
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
    const listed = Array.isArray(workflowRun.pull_requests) ? workflowRun.pull_requests.map(run_object/* object */.I) : [];
    const fact = {
        ref: isForeign ? undefined : (branch ?? own.ref),
        commit: textIn(workflowRun.head_sha) ?? own.commit,
        endedRun: { conclusion: conclusion === null ? null : textIn(conclusion), isOfRef: !isOfPullRequest }
    };
    const isDefault = branch === textIn(repository?.default_branch);
    const candidates = isForeign || isDefault ? [] : listed.filter((one) => isFromBranch(one, branch, repository));
    const [pullRequest, another] = isOfPullRequest ? listed : candidates;
    if (isOfPullRequest || pullRequest) {
        const base = another ? undefined : textIn((0,run_object/* object */.I)(pullRequest?.base)?.ref);
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
        listed.some((one) => (0,run_object/* object */.I)(one?.head)?.ref === branch);
    return { ...fact, isRefUnclear: !isBranch, about: { kind: 'ref' } };
}
function isFromBranch(pullRequest, branch, repository) {
    return (0,run_object/* object */.I)(pullRequest?.head)?.ref === branch && isInto(pullRequest, textIn(repository?.full_name) ?? '');
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
    const url = textIn((0,run_object/* object */.I)((0,run_object/* object */.I)((0,run_object/* object */.I)(pullRequest)?.base)?.repo)?.url);
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

// EXTERNAL MODULE: ./build/control-plane/hosts.js
var hosts = __nccwpck_require__(566);
// EXTERNAL MODULE: ./build/control-plane/proxies.js
var proxies = __nccwpck_require__(553);
// EXTERNAL MODULE: ./build/control-plane/resources.js
var resources = __nccwpck_require__(608);
// EXTERNAL MODULE: ./build/runner/secret-parts.js
var secret_parts = __nccwpck_require__(648);
// EXTERNAL MODULE: ./build/deployment/sources/source.js
var source = __nccwpck_require__(606);
;// CONCATENATED MODULE: ./build/inputs/table.js

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
const table_INPUTS = {
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
    'langgraph-config': { kind: 'text', defaultAtCreate: source/* DEFAULT_CONFIG_PATH */.Bi, commands: DEPLOY },
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
const INPUT_NAMES = keysOf(table_INPUTS);
function rowOf(input) {
    return table_INPUTS[input];
}
function choicesOf(input) {
    return Object.keys(table_INPUTS[input].choices);
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

;// CONCATENATED MODULE: ./build/inputs/connection.js





function readConnection(inputs, trigger, variables) {
    const { controlPlane, notices } = readControlPlane(inputs);
    const workspace = inputs.text('workspace-id');
    const workspaceId = workspace && isUuid(workspace) ? workspace : undefined;
    return {
        controlPlane,
        workspaceName: workspaceId ? undefined : workspace,
        connection: {
            url: controlPlane.url,
            apiKey: readKey(inputs, trigger),
            workspaceId,
            organizationId: inputs.uuid('organization-id'),
            proxy: readProxy(inputs, variables, controlPlane.url)
        },
        notices,
        warnings: variables.NODE_TLS_REJECT_UNAUTHORIZED === '0' ? [UNVERIFIED] : [],
        remarks: remarksOnProxies(variables)
    };
}
const UNVERIFIED = 'NODE_TLS_REJECT_UNAUTHORIZED is 0, which disables certificate verification: anyone on the network path can read the API key and the secrets. Remove it. To trust your own root certificate, set NODE_EXTRA_CA_CERTS to its PEM file, or set NODE_USE_SYSTEM_CA to 1.';
const KEY_FAULTS = (/* unused pure expression or super */ null && ([
    [/^\$|^\{\{|^secrets\./, 'is an expression or a variable name, not a key'],
    [/["'`]/, 'contains quotes, which are not valid in a key'],
    [/^[A-Z][A-Z0-9_]*=/, 'starts with a variable name'],
    [/[^\x21-\x7e]/, 'contains whitespace or characters that are not valid in a key']
]));
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
    const written = inputs.text('region') ?? INPUTS.region.default;
    const region = regions.find((one) => one === written.toLowerCase());
    if (region)
        return region;
    const meant = regionLike(written);
    const guess = meant ? ` Did you mean \`${meant}\`?` : '';
    inputs.problem('region', `expected one of ${regions.map((one) => `\`${one}\``).join(', ')}, got "${written}".${guess}`);
    return INPUTS.region.default;
}
function readControlPlane(inputs) {
    const region = readRegion(inputs);
    const written = inputs.text('control-plane-url');
    const isInsecureAllowed = inputs.flag('allow-insecure-http');
    const standIn = { controlPlane: cloudControlPlane(region), notices: [] };
    if (written === undefined)
        return standIn;
    const parsed = URL.canParse(written) ? new URL(written) : undefined;
    const problem = (text) => inputs.problem('control-plane-url', text);
    if (!parsed || !/^https?:$/.test(parsed.protocol)) {
        problem(`expected a URL such as \`${exampleFor(written)}\`. For LangSmith Cloud, remove it and set \`region\`.`);
        return standIn;
    }
    const corrected = correctedAddress(parsed);
    const url = corrected ?? parsed;
    const pages = corrected ? undefined : inputForDashboard(parsed);
    if (pages) {
        problem(`points to the LangSmith web app (${parsed.host}). Remove it and set \`${pages}\`.`);
    }
    else if (parsed.username || parsed.password || parsed.search || parsed.hash) {
        problem(`must not contain credentials, a query or a fragment. Set it to \`${url.origin}${url.pathname}\`.`);
    }
    else if (url.protocol === 'http:' && !isLoopback(url.hostname) && !isInsecureAllowed) {
        problem(`would send the API key unencrypted to ${url.origin}. Use https, or set \`allow-insecure-http: true\` if you trust the network.`);
    }
    else {
        const controlPlane = controlPlaneAt(url);
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
    const isSelfHosted = !inputForDashboard(url) && controlPlaneAt(correctedAddress(url) ?? url).hosting === 'self-hosted';
    return isSelfHosted && url.pathname === '/' ? `${url.origin}/api-host` : text;
}
function noticeOf(written, { url, hosting }) {
    const region = regions.find((one) => cloudControlPlane(one).url === url);
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
        const parsed = value === undefined ? undefined : parseProxy(value);
        return parsed?.kind === 'fault' ? [`Ignored the environment variable ${name}: it ${parsed.text}`] : [];
    });
}
function readProxy(inputs, variables, url) {
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

;// CONCATENATED MODULE: ./build/inputs/duration.js
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

;// CONCATENATED MODULE: ./build/runner/nearest.js
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

// EXTERNAL MODULE: ./build/deployment/image-reference.js
var image_reference = __nccwpck_require__(499);
;// CONCATENATED MODULE: ./build/deployment/name.js
const name_LONGEST_NAME = 63;
function faultOfName(name) {
    const nearest = normaliseName(name).slice(0, name_LONGEST_NAME).replace(/-+$/, '');
    if (!isValidName(name)) {
        return {
            fault: 'which is not a valid deployment name: use letters, digits and dashes, starting with a letter',
            nearest
        };
    }
    if (name.length <= name_LONGEST_NAME)
        return undefined;
    return {
        fault: `which is too long: a deployment name has at most ${name_LONGEST_NAME} characters, and this one has ${name.length}`,
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

// EXTERNAL MODULE: ./build/deployment/revision.js + 1 modules
var deployment_revision = __nccwpck_require__(58);
;// CONCATENATED MODULE: ./build/inputs/misplaced.js



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
    if (input === 'deployment-id' && isValidName(text))
        return `Set \`name: ${text}\` to find the deployment by name.`;
    if (input === 'revision-id' && ((0,deployment_revision/* isCommit */.WM)(text) || /^[0-9a-f]{7,12}$/i.test(text))) {
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
    if (/[.:]/.test(text.split('/')[0] ?? '') && text.includes('/') && text.includes(':') && !faultOfImage(text)) {
        return `This is an image. Set \`image-uri: ${text}\` instead of \`repo-ref\`.`;
    }
    const [, remote] = /^[\w-]+:(?!\/)([^\s:]+)$/.exec(text) ?? [];
    return remote ? `Use the branch name only: \`repo-ref: ${remote}\`.` : undefined;
}

;// CONCATENATED MODULE: ./build/inputs/faults.js





function faultOfValue(input, value, orElse) {
    const row = rowOf(input);
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
    if ((0,resources/* isUuid */.O1)(value) || value.toLowerCase() === orElse)
        return undefined;
    const cure = probableId(input, value);
    const example = cure ? '' : ' such as `f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e`';
    return `expected a UUID${example}${orElse ? ` or \`${orElse}\`` : ''}, got "${value}".${cure ? ` ${cure}` : ''}`;
}
function faultOfDuration(value, { least, most }) {
    const ms = parseDuration(value);
    if (ms === undefined) {
        const meant = probableDuration(value);
        const forms = meant ? '' : ' such as `90s`, `30m` or `1h30m`, or a number of seconds';
        return `expected a duration${forms}, got "${value}".${questionOf(meant)}`;
    }
    if (ms >= least && ms <= most)
        return undefined;
    const unit = /^\d+$/.test(value) && ms > most ? ' A number without a unit is in seconds.' : '';
    return `expected a duration from ${writtenDuration(least)} to ${writtenDuration(most)}, got "${value}".${unit}`;
}
function faultOfCount(value, { least, most }) {
    const count = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (count >= least && count <= most)
        return undefined;
    return `expected a whole number from ${least} to ${most}, got "${value}".`;
}
function probablyMeant(written, choices) {
    const wanted = simplified(written);
    const names = Object.keys(choices);
    const same = names.find((choice) => simplified(choice) === wanted);
    if (same)
        return same;
    const synonyms = Object.entries(choices);
    const [synonym] = synonyms.find(([, words]) => words.split(' ').some((word) => simplified(word) === wanted)) ?? [];
    if (synonym)
        return synonym;
    return nearestOf(written, names);
}
function probableFlag(written) {
    const word = written.toLowerCase().replace(/^["']|["']$/g, '');
    if (/^(true|yes|y|on|1|t|enabled?|always)$/.test(word))
        return 'true';
    return /^(false|no|n|off|0|f|disabled?|never|none|null)$/.test(word) ? 'false' : undefined;
}

;// CONCATENATED MODULE: ./build/inputs/reader.js




const MOST_PROBLEMS = 20;
const MOST_NAMED = 4;
function lineOf({ input, text }) {
    return text.startsWith('expected ') ? `Invalid \`${input}\`: ${text}` : `\`${input}\` ${text}`;
}
class InputError extends Error {
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
function createReader(variables) {
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
        const value = written(input) ?? rowOf(input).default;
        const fault = value === undefined || judged.has(input) ? undefined : faultOfValue(input, value, orElse);
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
            for (const input of INPUT_NAMES) {
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
    const { default: common, defaultAtCreate } = rowOf(input);
    const plain = value?.replace(/^(true|false)$/i, (flag) => flag.toLowerCase());
    return plain !== undefined && plain !== (common ?? defaultAtCreate);
}
function typedReads(read) {
    const isTrue = (value) => value?.toLowerCase() === 'true';
    const choiceIfKnown = (input) => {
        const value = read(input);
        return choicesOf(input).find((choice) => choice === value);
    };
    return {
        choice: (input) => choiceIfKnown(input) ?? choicesOf(input)[0],
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
            return value === undefined ? undefined : parseDuration(value);
        }
    };
}
function faultOfExpression(input, value) {
    const { kind } = rowOf(input);
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
    const inputs = createReader(variables);
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

// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __nccwpck_require__(298);
// EXTERNAL MODULE: ./build/run/sentence.js
var run_sentence = __nccwpck_require__(857);
;// CONCATENATED MODULE: ./build/control-plane/detail.js

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
    return reasonOf((0,run_object/* object */.I)(body) ?? (Array.isArray(body) ? body : undefined), 0);
}
function reasonOf(value, depth) {
    if (typeof value === 'string')
        return value;
    if (depth > DEEPEST)
        return '';
    if (Array.isArray(value))
        return joined(value.map((entry) => reasonOf(entry, depth + 1)));
    const record = (0,run_object/* object */.I)(value);
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

// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __nccwpck_require__(990);
// EXTERNAL MODULE: ./build/control-plane/patience.js
var patience = __nccwpck_require__(878);
;// CONCATENATED MODULE: ./build/control-plane/answer.js



const NO_BODY = () => { };
const LONGEST_BODY = 64 * 1024 * 1024;
function judgeAnswer(answer, to, decode, now) {
    const { status } = answer;
    if (status < 200 || status >= 300) {
        const retryAfterMs = (0,patience/* parseRetryAfter */.mu)(first(answer.headers['retry-after']), now);
        return { kind: 'bad', error: apiError(answer, to), retryAfterMs };
    }
    try {
        return { kind: 'good', value: decode(decode === NO_BODY && !isHtml(answer) ? undefined : jsonOf(answer)) };
    }
    catch (error) {
        if (!(error instanceof errors/* AnswerError */.dV))
            throw error;
        const message = `LangSmith returned ${status} for ${to.asked}, but ${error.message}`;
        return { kind: 'bad', error: new errors/* AnswerError */.dV(error.fault, message) };
    }
}
function jsonOf(answer) {
    if (isHtml(answer))
        throw new errors/* AnswerError */.dV('html', 'the body is HTML instead of JSON');
    if (answer.text === '')
        throw new errors/* AnswerError */.dV('empty', 'the body is empty');
    try {
        return JSON.parse(answer.text);
    }
    catch {
        throw new errors/* AnswerError */.dV('not-json', 'the body is not valid JSON');
    }
}
function apiError(answer, { asked, isFirst }) {
    const requestId = ['x-request-id', 'x-amzn-requestid', 'x-cloud-trace-context', 'cf-ray']
        .map((name) => first(answer.headers[name]))
        .find(Boolean);
    return new errors/* ApiError */.hD({
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
        return reasonIn(JSON.parse(answer.text));
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
        throw new errors/* UnreachableError */.Jk('the response is larger than 64 MiB', '', true);
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

;// CONCATENATED MODULE: ./build/control-plane/logs.js



const LOG_LEVELS = (/* unused pure expression or super */ null && (['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']));
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
                if (isV2Served || !(0,patience/* isRouteMissing */.OD)(error))
                    throw error;
                misses += 1;
            }
        }
        try {
            return await readV1(transport, deploymentId, revisionId, query);
        }
        catch (error) {
            if ((0,patience/* isRouteMissing */.OD)(error))
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
    const logs = Array.isArray(body) ? body : (0,run_object/* object */.I)(body)?.logs;
    if (!Array.isArray(logs))
        throw new errors/* AnswerError */.dV('shape', 'the response has no `logs`');
    const next = (0,run_object/* object */.I)(body)?.next_offset;
    return { entries: logs.map(toEntry), next: typeof next === 'string' && next !== '' ? next : undefined };
};
function toEntry(value) {
    if (typeof value === 'string')
        return { id: undefined, level: undefined, message: value };
    const { id, level, message, timestamp } = (0,run_object/* object */.I)(value) ?? {};
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

;// CONCATENATED MODULE: ./build/control-plane/push-token.js


const DEFAULT_USERNAME = 'oauth2accesstoken';
function toPushToken(value) {
    const { token, username, registry_url, repository_url } = (0,run_object/* object */.I)(value) ?? {};
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

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
// EXTERNAL MODULE: external "./undici.js"
var external_undici_js_ = __nccwpck_require__(62);
// EXTERNAL MODULE: ./build/control-plane/network.js + 2 modules
var network = __nccwpck_require__(292);
;// CONCATENATED MODULE: ./build/control-plane/store-reason.js

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
    if (isPassingStatus(status))
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

;// CONCATENATED MODULE: ./build/control-plane/upload.js









const LARGEST_ARCHIVE = 200 * 1024 * 1024;
const UPLOAD_TIMEOUT_MS = 15 * 60_000;
const PROGRESS_EVERY_MS = 5_000;
const LONGEST_ANSWER = 64 * 1024;
function toUploadTarget(value) {
    const { upload_url, object_path, upload_headers } = (0,run_object/* object */.I)(value) ?? {};
    if (typeof upload_url !== 'string' || typeof object_path !== 'string' || !URL.canParse(upload_url)) {
        throw new errors/* AnswerError */.dV('shape', 'the response has no upload URL');
    }
    return { uploadUrl: upload_url, objectPath: object_path, headers: toUploadHeaders(upload_headers) };
}
const OWN_HEADERS = /^(?:host|content-length|connection|keep-alive|proxy-(?:connection|authenticate|authorization)|te|trailer|transfer-encoding|upgrade|expect)$/i;
function toUploadHeaders(value) {
    if (value === undefined || value === null)
        return undefined;
    const given = (0,run_object/* object */.I)(value);
    if (!given)
        throw new errors/* AnswerError */.dV('shape', '`upload_headers` is not an object');
    const entries = Object.entries(given).map(([name, text]) => {
        if (!/^[\w!#$%&'*+.^`|~-]{1,200}$/.test(name))
            throw new errors/* AnswerError */.dV('shape', '`upload_headers` has an invalid name');
        if (typeof text !== 'string' || !/^[\t\x20-\x7e]*$/.test(text)) {
            throw new errors/* AnswerError */.dV('shape', `the upload header ${name} has a value that cannot be sent`);
        }
        if (OWN_HEADERS.test(name))
            throw new errors/* AnswerError */.dV('shape', `the upload header ${name} is not allowed`);
        return [name.toLowerCase(), text];
    });
    return Object.fromEntries(entries);
}
async function uploadFile(connection, limits, upload) {
    const { url, file, bytes, headers, onProgress } = upload;
    const { host, protocol, hostname } = new URL(url);
    const isLocal = (0,hosts/* isLoopback */.U9)(hostname) && (0,hosts/* isLoopback */.U9)(new URL(connection.url).hostname);
    if (protocol !== 'https:' && !isLocal)
        throw insecureUpload(host);
    (0,run_limits/* checkLimits */.J5)(limits);
    const left = Math.max(1, Math.min(UPLOAD_TIMEOUT_MS, limits.deadline - limits.clock.now()));
    const dispatcher = (0,network/* createDispatcher */.SM)({ url, proxy: connection.proxy });
    const source = (0,external_node_fs_.createReadStream)(file, { highWaterMark: 256 * 1024 });
    const body = source.pipe(meter(limits.clock, onProgress));
    source.on('error', (error) => body.destroy(error));
    try {
        const response = await (0,external_undici_js_.request)(url, {
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
            const detail = storeReason(await beginningOf(response.body), response.headers['x-ms-error-code'], url);
            throw new errors/* ApiError */.hD({ status: response.statusCode, detail, request: 'PUT of the archive', server: host });
        }
        await response.body.dump();
    }
    catch (error) {
        (0,run_limits/* checkLimits */.J5)(limits);
        throw error instanceof errors/* ApiError */.hD ? error : (0,network/* unreachable */.HB)(error, new URL(url).origin);
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
    return new external_node_stream_namespaceObject.Transform({
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
    return new errors/* RefusalError */.XQ('Upload URL is not secure', `The control plane returned an upload URL on ${host} that is not https, so the source code would be sent unencrypted.`, 'Report this to LangSmith; nothing was uploaded.');
}

;// CONCATENATED MODULE: ./build/control-plane/client.js









const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;
function createClient(transport, conceal = () => { }, note = () => { }, concealTexts = () => { }) {
    const { toConcealed, passOver } = createReading(conceal, note);
    return {
        awaitRollout: transport.awaitRollout,
        upload: transport.upload,
        readLogs: createLogRoute(transport),
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
            const text = (0,run_sentence/* sentence */.em)(`Skipped a row in the list of ${list}: ${reason}`);
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
            const row = (value) => names.includes(String((0,run_object/* object */.I)(value)?.name)) ? toConcealed(value) : undefined;
            return transport.read(`/v2/deployments?${query}`, (body) => (0,resources/* toPage */.ZF)(body, row));
        },
        deploymentsContaining: (text, isMeant, offset) => {
            const query = new URLSearchParams({ name_contains: text, limit: `${PAGE_SIZE}`, offset: `${offset}` });
            const row = (value) => isMeant(String((0,run_object/* object */.I)(value)?.name)) ? toConcealed(value) : undefined;
            return transport.read(`/v2/deployments?${query}`, (body) => (0,resources/* toPage */.ZF)(body, row));
        },
        deploymentsGoing: async (name) => {
            const query = new URLSearchParams({ status: 'AWAITING_DELETE', name, name_contains: name, limit: `${PAGE_SIZE}` });
            const row = (value) => (0,run_object/* object */.I)(value)?.name === name ? toConcealed(value) : undefined;
            const page = await orNothing(transport.readOnce('GET', `/v2/deployments?${query}`, undefined, (body) => (0,resources/* toPage */.ZF)(body, row)));
            return page?.resources.filter((deployment) => deployment !== undefined) ?? [];
        },
        deployment: (id) => transport.read(deploymentPath(id), toConcealed),
        glance: (id) => transport.readOnce('GET', deploymentPath(id), undefined, toConcealed),
        createDeployment: (body) => transport.write('POST', '/v2/deployments', body, toConcealed),
        patchDeployment: (id, body) => transport.write('PATCH', deploymentPath(id), body, toConcealed),
        rename: (id, displayName, budgetMs) => transport.readOnce('PATCH', deploymentPath(id), { display_name: displayName }, toConcealed, budgetMs),
        deleteDeployment: (id, { withTracingProject }) => transport.repeat('DELETE', `${deploymentPath(id)}?delete_tracing_project=${withTracingProject}`, NO_BODY),
        uploadTarget: (id) => transport.repeat('POST', `${deploymentPath(id)}/upload-url`, toUploadTarget, {
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
            await interruptUnderEitherName(revisionPath(deploymentId, revisionId), (path) => transport.lastCall('POST', path, leftMs(), NO_BODY));
        },
        stop: (deploymentId, revisionId) => interruptUnderEitherName(revisionPath(deploymentId, revisionId), (path) => transport.repeat('POST', path, NO_BODY))
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
    for await (const { resources } of client_pagesOf(read))
        all.push(...resources);
    return all;
}
async function orNothing(answer) {
    try {
        return await answer;
    }
    catch (error) {
        if ((0,run_limits/* endsRun */.sl)(error))
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
async function* client_pagesOf(read) {
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
            items: rows((0,run_object/* object */.I)(body)?.items),
            next: (0,run_object/* object */.I)(body)?.next_cursor
        }));
        all.push(...answer.items);
        if (typeof answer.next !== 'string' || answer.next === '' || answer.next === cursor)
            break;
        cursor = answer.next;
    }
    return all;
}

// EXTERNAL MODULE: ./build/run/duration.js
var duration = __nccwpck_require__(88);
// EXTERNAL MODULE: ./build/version.js
var version = __nccwpck_require__(508);
;// CONCATENATED MODULE: ./build/control-plane/transport.js









const READ_TIMEOUT_MS = 30_000;
const READ_ONCE_TIMEOUT_MS = 10_000;
const WRITE_TIMEOUT_MS = 60_000;
function createTransport({ connection, limits, onRetry = () => { }, onWrite = () => { }, random = Math.random }) {
    const connections = (0,network/* createRenewableDispatcher */.Rn)(connection);
    const session = { connection, limits, onRetry, onWrite, random, connections, patience: patience/* FRESH */.Nz };
    return {
        read: (path, decode) => read(session, { method: 'GET', path, decode }),
        readIfServed: (path, decode) => readIfServed(session, { method: 'GET', path, decode }),
        write: (method, path, body, decode) => writeOnce(session, { method, path, body, decode }),
        repeat: (method, path, decode, options) => read(session, { method, path, decode, ...options }),
        readOnce: (method, path, body, decode, budgetMs) => readOnce(session, { method, path, body, decode }, budgetMs),
        upload: (file) => uploadFile(connection, limits, file),
        lastCall: async (method, path, timeoutMs, decode) => orThrow(await tryOnce(session, { method, path, decode }, { timeoutMs, signals: [] })),
        awaitRollout: () => {
            session.patience = { ...session.patience, awaitsRollout: true };
        },
        close: connections.close
    };
}
async function read(session, call) {
    const { limits, random } = session;
    let history = patience/* NO_HISTORY */.Vo;
    for (;;) {
        (0,run_limits/* checkLimits */.J5)(limits);
        const result = await tryOnce(session, call, { timeoutMs: READ_TIMEOUT_MS, signals: limitSignals(limits) });
        checkCancelled(limits);
        if (result.kind === 'good') {
            session.patience = (0,patience/* afterGoodAnswer */.OJ)(session.patience);
            return result.value;
        }
        const failed = { ...result, isOptional: call.isOptional, isBeforeRollout: call.isBeforeRollout };
        const moment = { now: limits.clock.now(), deadline: limits.deadline, random: random() };
        const next = (0,patience/* afterFailedRead */.CS)(failed, session.patience, history, moment);
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
        if ((0,patience/* isRouteMissing */.OD)(error))
            return undefined;
        throw error;
    }
}
async function readOnce(session, call, timeoutMs = READ_ONCE_TIMEOUT_MS) {
    const { limits } = session;
    (0,run_limits/* checkLimits */.J5)(limits);
    const result = await tryOnce(session, call, { timeoutMs, signals: limitSignals(limits) });
    checkCancelled(limits);
    return orThrow(result);
}
async function writeOnce(session, call) {
    const { limits, connections, onWrite, random } = session;
    (0,run_limits/* checkLimits */.J5)(limits);
    const grace = (0,run_limits/* delayedSignal */.BE)(limits.cancelled, run_limits/* CANCEL_GRACE_MS */.RI);
    connections.renew();
    onWrite(true);
    const ends = { timeoutMs: WRITE_TIMEOUT_MS, signals: [grace.signal] };
    const result = await tryOnce(session, call, ends).finally(grace.release);
    if (result.kind === 'good') {
        session.patience = { ...(0,patience/* afterGoodAnswer */.OJ)(session.patience), awaitsRollout: true };
        return { kind: 'answered', value: result.value };
    }
    const { error } = result;
    const next = (0,patience/* afterFailedWrite */.Hg)(result, session.patience, { random: random() });
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
        return { kind: 'bad', error: (0,network/* unreachable */.HB)(error) };
    }
    const to = { asked: requestName(call), isFirst: !session.patience.hasAnswer };
    return judgeAnswer(answer, to, call.decode, session.limits.clock.now());
}
async function sendRequest({ connection, connections }, { method, path, body }, { timeoutMs, signals }) {
    const response = await (0,external_undici_js_.request)(connection.url + path, {
        dispatcher: connections.current(),
        method,
        headers: headersFor(connection, { hasBody: body !== undefined }),
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.any([...signals, AbortSignal.timeout(Math.ceil(timeoutMs))])
    });
    return { status: response.statusCode, headers: response.headers, text: await readBody(response.body) };
}
function orThrow(result) {
    if (result.kind === 'bad')
        throw result.error;
    return result.value;
}
async function waitAfter({ limits, onRetry }, call, { error, retryAfterMs = 0 }, ms) {
    const cut = retryAfterMs > patience/* MOST_ASKED_MS */.q1
        ? ` (the server requested ${(0,duration/* inWords */.r)(retryAfterMs)}; this action waits at most ${(0,duration/* inWords */.r)(patience/* MOST_ASKED_MS */.q1)})`
        : '';
    const words = failureWords(error);
    const failed = words.startsWith('returned ') ? words : `failed (${words})`;
    onRetry(`${requestName(call)} ${failed}; retrying in ${(ms / 1000).toFixed(1)} s${cut}`);
    await (0,run_limits/* pause */.v7)(limits, ms).catch((reason) => {
        throw reason instanceof run_limits/* DeadlineError */.j3 ? deadlineAfter(call, error) : reason;
    });
}
function deadlineAfter(call, last) {
    return new run_limits/* DeadlineError */.j3(`${requestName(call)} (${failureWords(last)})`);
}
function requestName({ method, path }) {
    return `${method} ${path.split('?')[0]}`;
}
function failureWords(error) {
    return error instanceof errors/* ApiError */.hD ? `returned ${error.status}` : error.message;
}
function checkCancelled({ cancelled }) {
    if (cancelled.aborted)
        throw new run_limits/* CancelledError */.cc();
}
function limitSignals({ cancelled, clock, deadline }) {
    const ms = Math.min(Math.max(0, Math.ceil(deadline - clock.now())), 2 ** 31 - 1);
    return [cancelled, AbortSignal.timeout(ms)];
}
function headersFor(connection, { hasBody }) {
    return {
        accept: 'application/json',
        'user-agent': version/* USER_AGENT */._,
        'x-api-key': connection.apiKey,
        ...(connection.workspaceId ? { 'x-tenant-id': connection.workspaceId } : {}),
        ...(connection.organizationId ? { 'x-organization-id': connection.organizationId } : {}),
        ...(hasBody ? { 'content-type': 'application/json' } : {})
    };
}

;// CONCATENATED MODULE: ./build/open.js


function openControlPlane(options) {
    const { connection, limits, recorder, conceal, concealTexts, note, random } = options;
    const transport = createTransport({
        connection,
        limits,
        onRetry: note,
        onWrite: (mayHaveActed) => recorder.tell({ kind: 'writing', mayHaveActed }),
        ...(random ? { random } : {})
    });
    return { client: createClient(transport, conceal, note, concealTexts), close: transport.close };
}
async function openFeedback(options) {
    const { channels, asked, place } = options.plan;
    if (Object.values(channels).every((channel) => channel === undefined)) {
        const nothing = async () => { };
        return { mark: () => ({ name: asked, place }), begin: nothing, following: nothing, finish: nothing };
    }
    const { createFeedback } = await __nccwpck_require__.e(/* import() */ 338).then(__nccwpck_require__.bind(__nccwpck_require__, 338));
    return createFeedback(options);
}

;// CONCATENATED MODULE: ./build/deployment/refusals.js

class refusals_NotInWorkspaceError extends (/* unused pure expression or super */ null && (RefusalError)) {
}
class refusals_NoIntegrationError extends errors/* RefusalError */.XQ {
}
class NameTakenError extends (/* unused pure expression or super */ null && (refusals_NotInWorkspaceError)) {
}
const NAME_TAKEN_ADVICE = 'Possible causes: the deployment is in another workspace (set `workspace-id`), a tracing project has that name (delete or rename it), or a deployment of that name was deleted within the last week. Otherwise set another `name`.';
const FAILING_ADVICE = 'The control plane fails to create deployments. Rerun this job later. For LangSmith Cloud, see https://status.smith.langchain.com; for a self-hosted installation, ask its administrator.';
const LOST_ADVICE = 'Rerun this job; it continues with the deployment if LangSmith has created it in the meantime. If this persists, check the network and the proxies between this runner and LangSmith.';
const BUSY_ADVICE = 'Another rollout of this deployment may be in progress. Rerun this job when it has ended; a `concurrency` group in the workflow prevents overlapping runs.';
function rolloutInProgress(name, behind) {
    return new RefusalError('Another rollout is in progress', `LangSmith returned 409 for the change to "${name}" for two minutes.`, BUSY_ADVICE, behind);
}
function deploymentVanished(name, id) {
    return new RefusalError('Deployment deleted during the run', `Deployment "${name}" (${id}) was deleted during this run.`, 'Rerun this job to create it again, or set another `name`: the name of a deleted deployment stays reserved for up to a week.');
}
function createFailed(name, behind) {
    const what = `Deployment "${name}" could not be created, and no deployment with that name was found.`;
    if (behind instanceof ApiError && behind.status === 409) {
        return new NameTakenError('Name is taken', what, NAME_TAKEN_ADVICE, behind);
    }
    const advice = behind instanceof ApiError ? FAILING_ADVICE : LOST_ADVICE;
    return new RefusalError('Deployment could not be created', what, advice, behind);
}
function previewNamesTaken(names) {
    return new RefusalError('No free preview name', `All names from ${names[0]} to ${names.at(-1)} are taken for this preview.`, 'The names of deleted deployments stay reserved for up to a week. Set another `name`, and delete previews with `delete-tracing-project: true`.');
}
function writeLost(what, behind) {
    return new RefusalError('Request had no effect', `${what} was sent three times without a visible effect.`, 'Check the deployment in LangSmith before you rerun this job.', behind);
}
function refusals_deploymentMissing(name) {
    return new refusals_NotInWorkspaceError('Deployment not found', `Deployment "${name}" does not exist in this workspace.`, 'Check `name` (it must match exactly), `workspace-id`, and `region` or `control-plane-url`; or create it first with `command: deploy`.');
}
function deploymentMayNotBeCreated(name) {
    return new refusals_NotInWorkspaceError('Deployment not found', `Deployment "${name}" does not exist in this workspace, and \`if-missing: fail\` does not allow creating it.`, 'Check `name` (it must match exactly), `workspace-id`, and `region` or `control-plane-url`; or omit `if-missing` to create it.');
}
function deploymentGoing({ name, updated_at }) {
    const state = updated_at
        ? `The deletion of deployment "${name}" started on ${updated_at.slice(0, 16).replace('T', ' ')} UTC.`
        : `Deployment "${name}" is being deleted.`;
    return new NameTakenError('Deployment is being deleted', `${state} Its name stays reserved for up to a week.`, 'Set another `name`, or wait until the name is free again.');
}
function refusals_nameAndIdDisagree(name, id, actual) {
    return new RefusalError('Name and ID do not match', `\`name\` is "${name}", but the deployment with \`deployment-id\` ${id} is named "${actual}".`, `Omit \`name\` to use that deployment, or omit \`deployment-id\` to use "${name}".`);
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
    return new RefusalError('Source cannot be changed', `Deployment "${name}" was created from source ${actual}, but this run would deploy ${wanted}. The source of a deployment cannot change.`, `${sourceAdvice(actual)}, or deploy under another \`name\`.`);
}
function refusals_fixedAtCreate(input, actual, wanted) {
    return new RefusalError('Setting cannot be changed', `\`${input}\` is ${wanted}, but the deployment has ${actual}. This setting cannot change after creation.`, `Set it to the current value, or deploy under another \`name\`.`);
}

// EXTERNAL MODULE: ./build/run/error-message.js
var error_message = __nccwpck_require__(681);
// EXTERNAL MODULE: ./build/run/incomplete.js
var run_incomplete = __nccwpck_require__(560);
// EXTERNAL MODULE: ./build/control-plane/faults.js
var faults = __nccwpck_require__(716);
;// CONCATENATED MODULE: ./build/report/explain-fault.js




function explainFault(code, message, context, target) {
    const { via, isOfProxy } = context;
    const kind = (0,faults/* faultKind */.H9)(code);
    const owner = isOfProxy && via ? `the proxy ${via}` : target.url;
    const what = (0,faults/* isAboutCertificate */.Tf)(kind)
        ? `The certificate of ${owner} was rejected (${code}): ${faults/* FAULT_WORDS */.FI[kind].replace(/^its certificate/, 'it')}.`
        : (0,run_sentence/* sentence */.em)(`${target.url} could not be reached: ${message}`);
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
            return (target.isCloud && !via ? [wholeChain, trustAdvice(extra)] : [trustAdvice(extra), wholeChain]).join(' ');
        case 'certificate':
            return `Ask ${keeper} to replace the certificate.`;
        default:
            return trustAdvice(extra);
    }
}
const MOST_NAMES = 5;
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






function explain(error, circumstances) {
    if (error instanceof errors/* ApiError */.hD)
        return explainApiError(error, circumstances);
    if (error instanceof errors/* UnreachableError */.Jk)
        return explainUnreachable(error, circumstances);
    if (error instanceof errors/* AnswerError */.dV)
        return explainAnswer(error, circumstances);
    if (error instanceof errors/* RefusalError */.XQ)
        return explainRefusal(error, circumstances);
    const incomplete = (0,run_incomplete/* incompleteFiles */.A)(error);
    if (incomplete)
        return { title: run_incomplete/* INCOMPLETE_TITLE */.o, text: incomplete };
    return {
        title: 'Unexpected error',
        text: `${(0,run_sentence/* sentence */.em)(circumstances.redact((0,error_message/* errorMessage */.g)(error)))}\n${error_message/* UNEXPECTED_ADVICE */.R}`
    };
}
function explainRefusal(error, { controlPlane, redact }) {
    const { title, message, advice, behind } = error;
    const mayBeSelfHosted = error instanceof refusals_NoIntegrationError && controlPlane.hosting !== 'cloud';
    const lines = [redact(message), behind && lastFailure(behind, redact), advice, mayBeSelfHosted && IMAGES_ONLY_ADVICE];
    return { title, text: lines.filter(Boolean).join('\n') };
}
function lastFailure(error, redact) {
    if (!(error instanceof errors/* ApiError */.hD))
        return (0,run_sentence/* sentence */.em)(`Last error: ${redact(error.message)}`);
    return (0,run_sentence/* sentence */.em)(`Last error: ${error.message}${error.detail ? `: ${quoted(error.detail, redact)}` : ''}`);
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
function isBlockPage({ status, isHtml }) {
    return isHtml && (status === 401 || status === 403 || status === 407 || status === 511);
}
function blockPageAdvice({ url }) {
    return `The response is an HTML page, which a control plane never returns: a proxy, a firewall or a login page blocked the request. Ask your network administrator to allow access to ${new URL(url).host} from this runner, and check HTTPS_PROXY and NO_PROXY.`;
}
function quoted(text, redact) {
    const clean = redact(text.slice(0, LONGEST_REASON));
    return clean.length > LONGEST_QUOTE ? `${clean.slice(0, LONGEST_QUOTE)} \u2026` : clean;
}
const LONGEST_REASON = 100_000;
const LONGEST_QUOTE = 1_000;
function serverReason({ status, detail }, { redact }) {
    if (status >= 300 && status < 400)
        return (0,run_sentence/* sentence */.em)(`The response is a ${detail}`);
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
        text: `${(0,run_sentence/* sentence */.em)(`${controlPlane.url}: ${error.message}`)}\n${error.fault === 'html' ? wrongHostAdvice(controlPlane) : 'If this persists, the control plane or a proxy in front of it is broken, or this action does not support its version.'}`
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
        return error.request === 'POST /v2/deployments' ? NAME_TAKEN_ADVICE : BUSY_ADVICE;
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
    if (status === 400 && /source is only available for Cloud/i.test(detail))
        return IMAGES_ONLY_ADVICE;
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
    if (status === 422) {
        return detail && !/^unprocessable (?:entity|content)$/i.test(detail)
            ? 'The control plane rejected a value; the text above names the field.'
            : 'The control plane rejected a value without naming it. Check the values that the plan in the log lists.';
    }
    return '';
}
function mayBeWrongWorkspace(error) {
    if (error instanceof NotInWorkspaceError)
        return true;
    if (!(error instanceof ApiError) || error.isWrongHost || error.isHtml)
        return false;
    return error.status === 404 || (error.status === 403 && !/not enabled/i.test(error.detail));
}
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
        : `No control plane found at ${controlPlane.url}. On self-hosted installations, its path is /api-host: ${addressAdvice(controlPlane.url)}`;
}
function addressAdvice(url) {
    const atRoot = `${new URL(url).origin}/api-host`;
    const below = `${url.replace(/\/api$/, '')}/api-host`;
    const prefixed = below === atRoot ? '' : `, or \`control-plane-url: ${below}\` if the installation is below that path`;
    return `set \`control-plane-url: ${atRoot}\`${prefixed}.`;
}
function keyAdvice(key) {
    if (key === undefined || key.startsWith('lsv2_'))
        return '';
    const usual = 'The key does not start with `lsv2_`, the prefix of LangSmith API keys';
    const kind = KEY_KINDS.find(([form]) => form.test(key))?.[1];
    return kind
        ? `${usual}: it appears to be ${kind}. Create an API key in the LangSmith settings, and store it in the secret.`
        : `${usual}. Check that the secret holds a LangSmith API key, not the key of a model provider.`;
}
const KEY_KINDS = [
    [/^ls__/, 'a LangSmith key in the old format (`ls__\u2026`)'],
    [/^sk-ant-/, 'an Anthropic key (`sk-ant-\u2026`)'],
    [/^sk-proj-/, 'an OpenAI key (`sk-proj-\u2026`)'],
    [/^sk-or-/, 'an OpenRouter key (`sk-or-\u2026`)'],
    [/^sk-lf-/, 'a Langfuse key (`sk-lf-\u2026`)'],
    [/^sk-/, 'a model provider key (`sk-\u2026`)'],
    [/^AIza/, 'a Google key (`AIza\u2026`)'],
    [/^(gh[pousr]_|github_pat_)/, 'a GitHub token'],
    [/^gsk_/, 'a Groq key (`gsk_\u2026`)'],
    [/^hf_/, 'a Hugging Face token (`hf_\u2026`)'],
    [/^tvly-/, 'a Tavily key (`tvly-\u2026`)'],
    [/^xox[abp]-/, 'a Slack token'],
    [/^AKIA/, 'an AWS key (`AKIA\u2026`)']
];
const IMAGES_ONLY_ADVICE = 'A self-hosted control plane deploys images only: set `source-type: external_docker` and `image-uri`.';
const ROUTE_MISSING_ADVICE = 'This installation does not support the operation; it may be too old. Ask the administrator of the installation to update it.';

// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __nccwpck_require__(902);
// EXTERNAL MODULE: ./build/report/summary.js + 4 modules
var summary = __nccwpck_require__(296);
// EXTERNAL MODULE: ./build/run/record.js
var run_record = __nccwpck_require__(265);
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

;// CONCATENATED MODULE: ./build/run/saved-state.js
const STATE = 'memory';
function parseSaved(text) {
    return text === '' ? undefined : JSON.parse(text);
}

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: external "./core.js"
var x = (y) => {
	var x = {}; __nccwpck_require__.d(x, y); return x
} 
var y = (x) => (() => (x))
const external_core_js_namespaceObject = x({ ["debug"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.debug), ["endGroup"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.endGroup), ["error"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.error), ["info"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.info), ["notice"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.notice), ["saveState"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.saveState), ["setOutput"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.setOutput), ["setSecret"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.setSecret), ["startGroup"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.startGroup), ["warning"]: () => (__WEBPACK_EXTERNAL_MODULE__core_js_37b0c101__.warning) });
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
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
var runner_mask = __nccwpck_require__(291);
;// CONCATENATED MODULE: ./build/runner/readable-file.js


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
    const isThere = temporary && !external_node_path_namespaceObject.isAbsolute(written) && (0,external_node_fs_.existsSync)(external_node_path_namespaceObject.join(temporary, written));
    return isThere
        ? `the file is in RUNNER_TEMP; use \`${input}${inTemporary(written.replace(/^\.\//, ''))}\``
        : undefined;
}
function inTemporary(rest) {
    return `\${{ runner.temp }}/${rest.replaceAll('\\', '/')}`;
}
function isOutside(written, { workspace, temporary }) {
    const place = external_node_path_namespaceObject.resolve(workspace, written);
    return [workspace, ...(temporary ? [temporary] : [])].every((folder) => /^\.\.([/\\]|$)/.test(external_node_path_namespaceObject.relative(folder, place)));
}
function placeIn(folder, file) {
    try {
        const place = external_node_path_namespaceObject.relative((0,external_node_fs_.realpathSync)(folder), file);
        return /^\.\.([/\\]|$)/.test(place) || external_node_path_namespaceObject.isAbsolute(place) ? undefined : place;
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/runner/words.js + 1 modules
var words = __nccwpck_require__(53);
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
        real = (0,external_node_fs_.realpathSync)(external_node_path_namespaceObject.resolve(workspace, file));
    }
    catch {
        const cause = whyAbsent(file, { temporary });
        if (cause)
            throw new Error(`"${file}" does not exist: ${cause}`);
        if (isOutside(file, { workspace, temporary })) {
            throw new Error(`"${file}" is outside the workspace and RUNNER_TEMP; use a path in one of them`);
        }
        throw new Error(`"${file}" is not in the workspace; run actions/checkout, or the step that writes the file, before this step`);
    }
    const fault = whyUnreadable(real, { workspace, temporary });
    if (fault)
        throw new Error(`"${file}" ${fault}`);
    try {
        return (0,external_node_fs_.readFileSync)(real);
    }
    catch {
        throw new Error(`"${file}" is not a readable file`);
    }
}

;// CONCATENATED MODULE: ./build/run/poll.js

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
        await pause(limits, pauseMs(clock.now() - since));
    }
}
async function poll_lookRepeatedly(limits, pauses, look) {
    for (const [index, ms] of [0, ...pauses].entries()) {
        if (ms > 0)
            await (0,run_limits/* pause */.v7)(limits, ms);
        const found = await look(index === pauses.length);
        if (found !== undefined)
            return found;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/deployment/preview.js


const LONGEST_SELF_HOSTED_NAME = 21;
const MOST_PREVIEW_NAMES = 9;
const DIGEST_LENGTH = 6;
function previewNames(name, pullRequest, isSelfHosted) {
    const longest = isSelfHosted ? LONGEST_SELF_HOSTED_NAME : LONGEST_NAME;
    const end = `-pr-${pullRequest}`;
    const base = cut(name, longest - end.length - `-${MOST_PREVIEW_NAMES}`.length);
    const names = [`${base}${end}`];
    for (let suffix = 2; suffix <= MOST_PREVIEW_NAMES; suffix += 1)
        names.push(`${base}${end}-${suffix}`);
    return names;
}
function preview_pullRequestOf(preview, name, isSelfHosted) {
    const [, digits] = /-pr-([1-9]\d{0,14})(?:-[2-9])?$/.exec(preview) ?? [];
    if (digits === undefined)
        return undefined;
    return previewNames(name, Number(digits), isSelfHosted).includes(preview) ? Number(digits) : undefined;
}
function preview_partOfPreviews(name, isSelfHosted) {
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
    const number = createHash('sha256').update(text).digest().readUIntBE(0, 6);
    return number.toString(36).padStart(DIGEST_LENGTH, '0').slice(-DIGEST_LENGTH);
}

;// CONCATENATED MODULE: ./build/deployment/find.js





function find_isGoing(deployment) {
    return deployment.status === 'AWAITING_DELETE' || deployment.status === 'AWAITING_FINAL_DELETE';
}
async function findByName(client, name) {
    let going;
    for await (const deployment of deploymentsNamed(client, [name])) {
        if (!find_isGoing(deployment))
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
    const numberOf = (preview) => pullRequestOf(preview, name, isSelfHosted);
    const found = [];
    const contained = partOfPreviews(name, isSelfHosted);
    const read = (offset) => client.deploymentsContaining(contained, (preview) => numberOf(preview) !== undefined, offset);
    for await (const { resources } of pagesOf(read)) {
        for (const deployment of resources) {
            const pullRequest = deployment && numberOf(deployment.name);
            if (deployment && pullRequest !== undefined)
                found.push({ deployment, pullRequest });
        }
    }
    return found;
}
async function* deploymentsNamed(client, names) {
    for await (const { resources } of client_pagesOf((offset) => client.deploymentsNamed(names, offset))) {
        for (const deployment of resources)
            if (deployment)
                yield deployment;
    }
}
async function find(client, target) {
    const { name, deploymentId, previewNames } = target;
    if (previewNames) {
        const previews = await findPreviews(client, previewNames);
        return previews.find((preview) => !find_isGoing(preview)) ?? previews[0];
    }
    if (!deploymentId)
        return name ? findByName(client, name) : undefined;
    const deployment = await client.deployment(deploymentId);
    if (name && deployment.name !== name)
        throw nameAndIdDisagree(name, deploymentId, deployment.name);
    return deployment;
}
async function findExisting(client, target) {
    const deployment = await find(client, target);
    if (!deployment)
        throw deploymentMissing(target.name ?? '');
    return deployment;
}
const CONFIRM_AFTER_MS = (/* unused pure expression or super */ null && ([1_000, 2_000, 4_000]));
async function findIfAny(client, limits, target) {
    const found = await lookRepeatedly(limits, CONFIRM_AFTER_MS, async () => {
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
    return error instanceof ApiError && error.status === 404;
}

// EXTERNAL MODULE: ./build/deployment/image.js
var deployment_image = __nccwpck_require__(335);
;// CONCATENATED MODULE: ./build/deployment/secrets.js



function mergeSecrets(wanted, deployed) {
    const all = [...wanted.secrets, ...wanted.variables];
    if (all.length === 0) {
        return { send: undefined, changes: (deployed ?? []).map(({ name }) => ({ name, change: 'kept' })) };
    }
    if (deployed === null && wanted.mode === 'merge')
        throw environmentUnknown();
    const hidden = hiddenNames(deployed ?? [], all);
    const before = new Map((deployed ?? []).map(({ name, value }) => [name, value]));
    const after = new Map(all.map(({ name, value }) => [name, value]));
    const rest = [...before].filter(([name]) => !after.has(name));
    const changes = [];
    for (const [name, value] of after) {
        if (!before.has(name))
            changes.push({ name, change: 'added' });
        else if (before.get(name) === value && (isShown(value) || !hidden.has(name)))
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
            throw valuesHidden(lost, sharedNames(deployed ?? [], all));
        for (const [name, value] of rest)
            after.set(name, value ?? '');
    }
    return { send: [...after].map(([name, value]) => ({ name, value })), changes };
}
function secretsIn({ secrets }) {
    if (!Array.isArray(secrets))
        return [];
    return secrets.map((secret) => ({ name: String((0,run_object/* object */.I)(secret)?.name), value: String((0,run_object/* object */.I)(secret)?.value) }));
}
function environmentUnknown() {
    return new RefusalError('Secrets cannot be merged', 'The control plane does not list the secrets of the deployment, so new ones cannot be added to them.', 'Set `secrets-mode: replace` and list all secrets in `secrets`.');
}
function valuesHidden(names, shared) {
    const isOne = names.length === 1;
    const listed = names.join(', ');
    if (!isOne && names.every((name) => shared.has(name))) {
        const both = names.length === 2 ? 'both' : 'all of them';
        return new RefusalError('Secret values may be hidden', `LangSmith returns the same text for ${enumerated(names)}, possibly because it hides the values. Changing any secret sends all of them and would overwrite ${both} with that text.`, `If ${both} really have the same value, list ${both} in \`secrets\`. Otherwise set \`secrets-mode: replace\` and list all secrets.`);
    }
    const [them, values, texts] = isOne ? ['it', 'its value', 'a placeholder'] : ['them', 'their values', 'placeholders'];
    return new RefusalError('Secret values are hidden', `The control plane appears to hide the value of ${listed}. It returns nothing, or ${texts} instead of the real text. Changing any secret sends all of them and would overwrite ${them}.`, `Add ${listed} with ${values} to \`secrets\`, or set \`secrets-mode: replace\` and list all secrets.`);
}
function enumerated(names) {
    return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

;// CONCATENATED MODULE: ./build/deployment/sources/deployment-type.js



const SPELLINGS = [
    { word: 'serverless', wire: 'dev_zero' },
    { word: 'dedicated', wire: 'prod' }
];
const OLD_TYPES = new Set(['dev_free', 'dev', 'prod']);
const DEFAULT_TYPE = 'serverless';
const DEFAULT_TYPE_ON_AWS = 'dev';
function deployment_type_chosenType(written, url) {
    return written ?? (isOnAws(url) ? DEFAULT_TYPE_ON_AWS : DEFAULT_TYPE);
}
function deployment_type_typeSetting(type) {
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
    return new RefusalError('Invalid deployment type', [
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
    const type = object(body.source_config)?.deployment_type;
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

;// CONCATENATED MODULE: ./build/deployment/sources/github.js





function githubSource(inputs) {
    let integration;
    return {
        type: 'github',
        label: `${inputs.repoUrl} at ${inputs.repoRef || 'its default branch'}`,
        sent: { ...NO_CODE, repo_ref: inputs.repoRef, langgraph_config_path: inputs.configPath ?? null },
        commit: inputs.runCommit,
        fixedSettings: async (client, { url }) => {
            integration ??= inputs.integrationId
                ? Promise.resolve(inputs.integrationId)
                : findRepository(client, inputs.repoUrl).then(({ integrationId }) => integrationId);
            return [
                { field: 'integration_id', wanted: await integration },
                { field: 'repo_url', wanted: inputs.repoUrl },
                typeSetting(chosenType(inputs.deploymentType, url))
            ];
        },
        checkFixed: (deployment) => checkRepository(inputs, deployment),
        settings: (deployment) => settingsOfRepository(inputs, deployment),
        isServedBy: (revision) => inputs.runCommit !== undefined && commitOf(revision) === inputs.runCommit
    };
}
function checkRepository({ repoUrl, repoRef, integrationId, buildOnPush }, { name, source, source_config: actual }) {
    if (source !== 'github' && !actual.repo_url)
        throw repositoryMissing(name, source);
    if (actual.repo_url && !sameRepository(actual.repo_url, repoUrl)) {
        throw fixedAtCreate('repo-url', actual.repo_url, repoUrl);
    }
    if (differs(actual.integration_id, integrationId)) {
        throw fixedAtCreate('integration-id', actual.integration_id, integrationId ?? '');
    }
    if (buildOnPush === undefined && actual.build_on_push && isTag(repoRef))
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
        ...optional('install_command', inputs.installCommand, config?.install_command),
        ...optional('build_command', inputs.buildCommand, config?.build_command)
    ];
}
function configPathSetting({ configPath }, deployment) {
    const current = deployment?.source_revision_config.langgraph_config_path ?? null;
    const setting = { section: 'source_revision_config', field: 'langgraph_config_path', current };
    const isFirst = deployment?.source !== 'github';
    const wanted = configPath ?? (isFirst ? DEFAULT_CONFIG_PATH : undefined);
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
    return new RefusalError('Build on push is not supported for tags', `The deployment "${name}" builds each push, but this run would deploy the tag ${tag}, which receives no pushes. LangSmith rejects this combination.`, 'Set `build-on-push: false`, or set `repo-ref` to a branch.');
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
    return new RefusalError('Deployment has no GitHub repository', `The deployment "${name}" was created from ${source} and has no GitHub repository. LangSmith sets the repository only when a deployment is created, so it cannot build this deployment from GitHub.`, 'Set `source-type: internal_source` to deploy the checked-out workspace, or use another `name`.');
}
function noIntegration(repoUrl, integrations, link) {
    const accounts = integrations.map(({ name, id }) => `${name || 'unnamed'} (${id})`).join(', ');
    return new NoIntegrationError('GitHub integration not found', integrations.length === 0
        ? `The workspace has no GitHub integration, so LangSmith cannot read ${repoUrl}.`
        : `The GitHub integrations of the workspace cannot read ${repoUrl}. Integrations: ${accounts}.`, `Install the LangSmith GitHub App on the account and grant it access to this repository (${link ?? 'LangSmith > Deployments > New deployment > Import from GitHub'}), or set \`integration-id\`.`);
}

;// CONCATENATED MODULE: ./build/deployment/trace.js







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
        ours: made.filter((revision) => (0,deployment_revision/* agrees */.ie)(sent, revision, deployment)),
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
    return hasValues(secrets, secretsIn(body)) && Object.entries((0,run_object/* object */.I)(body.source_config) ?? {}).every(isSame);
}
const COMPARABLE = new Set(['build_on_push', 'install_command', 'build_command']);
function hasValues(actual, wanted) {
    if (actual === null)
        return true;
    const values = new Map(actual.map(({ name, value }) => [name, value]));
    const hidden = hidden_hiddenNames(actual);
    return wanted.every(({ name, value }) => values.get(name) === value || hidden.has(name));
}
async function findAnswered(client, deploymentId, intent, namedId) {
    const deployment = await client.deployment(deploymentId);
    const named = namedId === undefined ? undefined : await client.glanceRevision(deploymentId, namedId);
    if (named && (0,deployment_revision/* agrees */.ie)(intent.sent, named, deployment))
        return { deployment, revision: named, isConfirmed: true };
    if (namedId !== undefined && !named)
        return undefined;
    const { ours } = await findCandidates(client, deployment, intent);
    const revision = ours.at(intent.created || intent.isUnique ? -1 : 0);
    return revision && { deployment, revision, isConfirmed: false };
}
async function findCreated(client, { name, sent }, created, recall) {
    const deployment = await findByName(client, name);
    if (!deployment || find_isGoing(deployment))
        return undefined;
    if (!hasTraits(deployment, created))
        return 'other';
    const { resources } = await client.revisions(deployment.id);
    const first = resources.at(-1);
    const isLatest = deployment.latest_revision_id === (first?.id ?? null);
    const isUntouched = isLatest && resources.length <= (created.makesRevision ? 1 : 0);
    if ((isUntouched || recall.conflict) && !hasEnvironment(deployment, created, secretsIn(recall.body ?? {})))
        return 'other';
    if (!isYoung(deployment.created_at ?? first?.created_at, created, recall))
        return 'other';
    if (!created.makesRevision)
        return { deployment, revision: undefined, isConfirmed: true };
    if (!first)
        return undefined;
    if (!(0,deployment_revision/* agrees */.ie)(sent, first, deployment))
        return 'other';
    const isSame = !recall.conflict || isSameCode(first, recall.conflict);
    return isSame === false
        ? 'other'
        : { deployment, revision: first, isConfirmed: isSame === true && isSureImage(sent, first) };
}
function hasTraits({ source, source_config: actual }, { source: wanted, repoUrl }) {
    return source === wanted && (!actual.repo_url || !repoUrl || sameRepository(actual.repo_url, repoUrl));
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
    const built = (0,deployment_revision/* commitOf */.D3)(first);
    return built === undefined ? undefined : built === commit;
}
function isConfirmed({ sent }, revision) {
    return isSureImage(sent, revision) && (!sent.repo_commit_sha || (0,deployment_revision/* commitOf */.D3)(revision) !== undefined);
}
function isSureImage({ image_uri: wanted }, { source_revision_config }) {
    return wanted === null || (0,deployment_image/* sameImage */.G4)(source_revision_config.image_uri ?? '', wanted);
}

// EXTERNAL MODULE: ./build/report/message.js
var message = __nccwpck_require__(632);
;// CONCATENATED MODULE: ./build/report/seen.js




function seenDeployment(deployment) {
    const { id, name, active_revision_id, tenant_id, image_version, tracer_session_id } = deployment;
    return {
        id,
        name,
        state: isGoing(deployment) ? 'going' : 'present',
        address: addressOf(deployment),
        activeRevisionId: active_revision_id ?? undefined,
        tenantId: tenant_id ?? undefined,
        serverVersion: image_version ?? undefined,
        tracingProject: tracer_session_id ?? undefined
    };
}
function seen_seenRevision(revision, redact) {
    const { id, status, source_revision_config, image_version, status_message } = revision;
    return {
        id,
        status,
        commit: commitOf(revision),
        image: source_revision_config.image_uri ?? undefined,
        serverVersion: image_version ?? undefined,
        statusMessage: redact && status_message?.trim() ? messageInOneLine(redact(status_message)) : undefined
    };
}
const LONGEST_STATUS_MESSAGE = 500;
function messageInOneLine(message) {
    const line = plainLines(message).join(' ').replace(/\s+/g, ' ').trim();
    return line.length > LONGEST_STATUS_MESSAGE ? `${line.slice(0, LONGEST_STATUS_MESSAGE)}\u2026` : line;
}

;// CONCATENATED MODULE: ./build/settle.js











async function settle(context, inputs, cancelledAt, verdict) {
    const { recorder } = context;
    const record = recorder.record();
    if (verdict.status === 'error' && isWriteOpen(record)) {
        recorder.tell({ kind: 'left-open', interrupt: false });
        const reason = `${verdict.reason}\nA request may have taken effect before the error; the post step checks its effect.`;
        return { ...verdict, reason };
    }
    if (verdict.status !== 'cancelled' && verdict.status !== 'timed-out') {
        recorder.tell({ kind: 'settled' });
        return verdict;
    }
    const isWished = (verdict.status === 'cancelled' ? inputs.onCancel : inputs.onTimeout) === 'interrupt';
    if (isWriteOpen(record)) {
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
    if (hasEnded(revision.status))
        return { kind: 'none', text: ended() };
    if (!isWished)
        return {
            kind: 'left',
            text: `Revision ${revision.id} was not interrupted${isTimeout ? '' : ` (${revision.status})`}.`
        };
    if (revision.id !== record.revisionId || !record.isCertain)
        return { kind: 'left', text: notCertain(revision.id) };
    const until = (cancelledAt ?? limits.clock.now()) + CANCEL_GRACE_MS;
    const timeLeft = () => {
        const ms = until - limits.clock.now();
        if (ms < SHORTEST_BUDGET_MS)
            throw new Error('no time left');
        return ms;
    };
    try {
        const seen = await client.lastRevision(deployment.id, revision.id, timeLeft() / 2);
        if (hasEnded(seen.status)) {
            recorder.tell({ kind: 'revision', revision: seenRevision(seen), own: true });
            return { kind: 'left', text: ended() };
        }
        await client.interrupt(deployment.id, revision.id, timeLeft());
        recorder.tell({ kind: 'revision', revision: { ...revision, status: 'INTERRUPTED' }, own: true });
        const text = [`Revision ${revision.id} was interrupted.`, storedWords(recorder.record())].filter(Boolean).join(' ');
        return { kind: 'interrupted', text };
    }
    catch (error) {
        if (isRefusal(error)) {
            return { kind: 'left', text: sentence(`Revision ${revision.id} could not be interrupted: ${error.message}`) };
        }
        const failure = error instanceof ApiError ? `failed (LangSmith returned ${error.status})` : 'got no response';
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
    return [ended, storedWords(record)].filter(Boolean).join(' ');
}
function endedInTime(record, isWished) {
    const { revision } = record;
    if (revision?.status !== 'DEPLOYED')
        return endedWords(record);
    const late = isWished ? `Revision ${revision.id} can no longer be interrupted.` : '';
    return [late, storedWords(record)].filter(Boolean).join(' ');
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
    if ((0,deployment_revision/* hasEnded */.hY)(status))
        return { level: 'info', text: `Revision ${what} has since ended (${status}).` };
    const timeLeft = () => limits.deadline - limits.clock.now();
    do {
        try {
            await client.interrupt(deploymentId, revisionId, Math.max(1, Math.min(LATE_TRY_MS, timeLeft())));
            return { level: 'notice', text: `Revision ${what} was interrupted.` };
        }
        catch (error) {
            if ((0,patience/* isRefusal */.vu)(error))
                throw error;
            note(`The interruption failed (${(0,error_message/* errorMessage */.g)(error)}); retrying.`);
            await (0,run_limits/* pause */.v7)(limits, LATE_PAUSE_MS).catch(() => { });
        }
    } while (timeLeft() > 0);
    const text = `Revision ${what} could not be interrupted in time and continues. Check the revision in LangSmith.`;
    return { level: 'warning', text };
}
async function findLastEffect(client, limits, { intent, deploymentId, namedId }) {
    if (!intent)
        return undefined;
    const effect = await poll_lookRepeatedly(limits, growingPauses(LOOK_MS), async () => {
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

;// CONCATENATED MODULE: ./build/post.js
















const POST_MS = 18_000;
const GITHUB_MS = 10_000;
const NEVER = new AbortController().signal;
async function post(runner = createRunner(), clock = run_limits/* systemClock */.ml) {
    runner.maskKeys(readKeys(runner.variables));
    try {
        const saved = parseSaved(runner.state(STATE));
        if (!saved || !((0,run_record/* hasOpenEnds */.RI)(saved) || saved.feedback))
            return;
        const { feedback, destination } = saved;
        if (!destination)
            throw new Error('the destination of the run was not saved');
        const access = readAccess(runner, destination);
        const left = (0,run_record/* hasOpenEnds */.RI)(saved) ? access.connection : undefined;
        const github = feedback && access.github;
        const missing = [left, github].filter((one) => one !== undefined && 'fault' in one);
        if (missing.length > 0)
            runner.warning(missingKeys(missing, saved));
        const [outcome] = await Promise.all([
            left && !('fault' in left) ? settleLeft(runner, clock, access, left, saved) : undefined,
            feedback && !(github && 'fault' in github)
                ? finishFeedback(runner, clock, access, github, killed(saved, KILLED), feedback).catch((error) => {
                    runner.warning((0,run_sentence/* sentence */.em)(`Could not report the end of the run to GitHub: ${(0,error_message/* errorMessage */.g)(error)}`));
                })
                : undefined
        ]);
        if (!saved.verdict) {
            await runner.summary((0,summary/* summaryOf */.YG)(killed(saved, outcome === undefined ? KILLED : `${NO_VERDICT} ${outcome}`)));
        }
        else if (outcome !== undefined) {
            await runner.summary(`After the run of ${(0,markdown/* markdownText */.p7)(saved.about.name)}: ${(0,markdown/* markdownProse */.h$)(outcome)}`);
        }
    }
    catch (error) {
        runner.warning(`${(0,run_sentence/* sentence */.em)(`The run ended early, and its cleanup failed: ${(0,error_message/* errorMessage */.g)(error)}`)} Check the deployment in LangSmith.`);
    }
}
const NO_VERDICT = 'The run ended without a verdict.';
const KILLED = `${NO_VERDICT} The log lists what the run left behind.`;
function killed(saved, reason) {
    return saved.verdict ? saved : (0,run_record/* next */.K2)(saved, { kind: 'killed', reason }, 0);
}
function missingKeys(missing, saved) {
    const whys = missing.map(({ input, fault }) => `\`${input}\` ${fault}`);
    const { deploymentId, revisionId, intent } = saved;
    const left = revisionId && deploymentId
        ? `Revision ${revisionId} of deployment ${deploymentId} may still be in progress, and the post step could not check the revision.`
        : `The run ended during a request for ${deploymentId ?? intent?.deploymentId ?? `"${intent?.name}"`}, and the post step could not check the effect of the request.`;
    const losses = missing.map(({ input }) => input === 'api-key'
        ? `${left} Check the deployment in LangSmith.`
        : 'The end of the run was not reported to GitHub.');
    return `GitHub evaluates the inputs again for the post step, and this time ${whys.join(' and ')}. ${losses.join(' ')}`;
}
async function settleLeft(runner, clock, access, connection, saved) {
    const limits = { clock, cancelled: NEVER, deadline: clock.now() + POST_MS };
    const recorder = createRecorder(saved, clock.now, []);
    const { client, close } = openControlPlane({
        connection,
        limits,
        recorder,
        note: runner.info,
        conceal: (deployment) => {
            runner.keepSecret(shownSecrets(deployment.secrets));
            runner.keepSecretParts(settingTexts(deployment));
        }
    });
    try {
        const { level, text } = await settleLater({ client, limits, recorder }, runner.info);
        runner[level](`The run ended early. ${text}`);
        return text;
    }
    catch (error) {
        const text = warningOf(runner, access, connection, error);
        runner.warning(`The run ended early. ${text}`);
        return text;
    }
    finally {
        await close();
    }
}
async function finishFeedback(runner, clock, { proxy, trigger }, access, record, { plan, state }) {
    const warn = state.isWarned ? runner.info : runner.warning;
    const github = access &&
        (0,session/* createGithubSession */.K)({
            access,
            proxy,
            clock,
            cancelled: NEVER,
            cancelledAt: () => undefined,
            warn,
            budgetMs: GITHUB_MS
        });
    const recorder = createRecorder(record, clock.now, []);
    const { info: note } = runner;
    const feedback = await openFeedback({ plan, recorder, github, trigger, clock, cancelled: NEVER, warn, note });
    await feedback.finish();
}
function warningOf(runner, { controlPlane }, connection, error) {
    if (error instanceof run_limits/* DeadlineError */.j3)
        return 'The post step could not check the effect of the last request in time. Check the deployment in LangSmith.';
    const { text } = explain(error, {
        controlPlane,
        workspaceGiven: connection.workspaceId !== undefined,
        apiKey: connection.apiKey,
        proxy: connection.proxy,
        redact: runner.redact
    });
    runner.info(text);
    const [reason = ''] = text.split('\n');
    return `The post step could not check what the run changed (${reason.replace(/\.$/, '')}). Check the deployment in LangSmith.`;
}

var __webpack_exports__post = __webpack_exports__.b;
export { __webpack_exports__post as post };
