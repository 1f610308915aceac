export const id = 213;
export const ids = [213];
export const modules = {

/***/ 2213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  verdictOf: () => (/* binding */ verdictOf)
});

// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __webpack_require__(5990);
// EXTERNAL MODULE: ./build/control-plane/workspaces.js
var control_plane_workspaces = __webpack_require__(1175);
// EXTERNAL MODULE: ./build/deployment/workspace.js
var workspace = __webpack_require__(343);
// EXTERNAL MODULE: ./build/deployment/refusals.js
var refusals = __webpack_require__(4533);
// EXTERNAL MODULE: ./build/run/error-message.js
var error_message = __webpack_require__(4062);
// EXTERNAL MODULE: ./build/run/incomplete.js
var run_incomplete = __webpack_require__(4560);
// EXTERNAL MODULE: ./build/run/sentence.js
var sentence = __webpack_require__(857);
// EXTERNAL MODULE: ./build/control-plane/faults.js
var faults = __webpack_require__(3716);
// EXTERNAL MODULE: ./build/control-plane/hosts.js
var hosts = __webpack_require__(566);
// EXTERNAL MODULE: ./build/control-plane/proxies.js
var proxies = __webpack_require__(553);
;// CONCATENATED MODULE: ./build/report/explain-fault.js




function explainFault(code, message, context, target) {
    const { via, isOfProxy } = context;
    const kind = (0,faults/* faultKind */.H9)(code);
    const owner = isOfProxy && via ? `the proxy ${via}` : target.url;
    const what = (0,faults/* isAboutCertificate */.Tf)(kind)
        ? `The certificate of ${owner} was rejected (${code}): ${faults/* FAULT_WORDS */.FI[kind].replace(/^its certificate/, 'it')}.`
        : (0,sentence/* sentence */.em)(`${target.url} could not be reached: ${message}`);
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
        text: `${(0,sentence/* sentence */.em)(circumstances.redact((0,error_message/* errorMessage */.g)(error)))}\n${error_message/* UNEXPECTED_ADVICE */.R}`
    };
}
function explainRefusal(error, { controlPlane, redact }) {
    const { title, message, advice, behind } = error;
    const mayBeSelfHosted = error instanceof refusals/* NoIntegrationError */.E && controlPlane.hosting !== 'cloud';
    const lines = [redact(message), behind && lastFailure(behind, redact), advice, mayBeSelfHosted && IMAGES_ONLY_ADVICE];
    return { title, text: lines.filter(Boolean).join('\n') };
}
function lastFailure(error, redact) {
    if (!(error instanceof errors/* ApiError */.hD))
        return (0,sentence/* sentence */.em)(`Last error: ${redact(error.message)}`);
    return (0,sentence/* sentence */.em)(`Last error: ${error.message}${error.detail ? `: ${quoted(error.detail, redact)}` : ''}`);
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
        return (0,sentence/* sentence */.em)(`The response is a ${detail}`);
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
        text: `${(0,sentence/* sentence */.em)(`${controlPlane.url}: ${error.message}`)}\n${error.fault === 'html' ? wrongHostAdvice(controlPlane) : 'If this persists, the control plane or a proxy in front of it is broken, or this action does not support its version.'}`
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
    if (error instanceof refusals/* NotInWorkspaceError */.SU)
        return true;
    if (!(error instanceof errors/* ApiError */.hD) || error.isWrongHost || error.isHtml)
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

// EXTERNAL MODULE: ./build/run/duration.js
var duration = __webpack_require__(1088);
// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __webpack_require__(1298);
;// CONCATENATED MODULE: ./build/failure.js






const MAY_STILL_COME_UP = 'The revision may still become active. Check it in LangSmith, or wait for it with `command: wait` and its `revision-id`. A first deployment can take 15 minutes; raise `timeout` if this happens again.';
const HELD_UP = 'Another revision blocked the queue; the log above names it. Keep waiting with `command: wait`, or stop that revision with `command: interrupt` if it is stuck.';
async function verdictOf(error, config, { revision }, { limits, runner }) {
    if (error instanceof run_limits/* CancelledError */.cc)
        return { status: 'cancelled', reason: 'The job was canceled.' };
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
    const look = last
        ? 'Rerun this job. If it fails again, raise `timeout`, or check whether LangSmith has an outage.'
        : 'Raise `timeout`, or check the deployment in LangSmith.';
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
const CHOICE_MS = 5_000;
async function workspaceAdvice(error, config, limits) {
    const { controlPlane, connection } = config;
    const { workspaceId } = connection;
    const isMissing = isWorkspaceMissing(error);
    if (!isMissing && !(workspaceId && mayBeWrongWorkspace(error)))
        return undefined;
    const briefly = { ...limits, deadline: Math.min(limits.deadline, limits.clock.now() + CHOICE_MS) };
    const workspaces = await (0,control_plane_workspaces/* listWorkspaces */.F)(controlPlane, { connection, limits: briefly }).catch(() => []);
    if (workspaces.length === 0)
        return undefined;
    if (isMissing || !workspaceId)
        return `The API key can access ${(0,workspace/* workspaceList */.g4)(workspaces)}.`;
    return workspaces.some(({ id }) => id.toLowerCase() === workspaceId.toLowerCase())
        ? undefined
        : `\`workspace-id\`: the API key cannot access workspace ${workspaceId}. The key can access ${(0,workspace/* workspaceList */.g4)(workspaces)}.`;
}


/***/ })

};
