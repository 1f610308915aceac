import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 25:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _report_saved_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(700);
/* harmony import */ var _run_error_message_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(62);
/* harmony import */ var _run_record_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(265);
/* harmony import */ var _runner_words_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(894);




/*
 * The post step. Its job has its verdict already, so nothing that happens here fails it; and almost always there is
 * nothing to do, so little is loaded before that is known.
 */
/** A text as a command of the runner holds it. */
const escaped = (text) => (0,_runner_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plain */ .pj)(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
const giveUp = (error) => {
    const reason = (0,_run_error_message_js__WEBPACK_IMPORTED_MODULE_3__/* .errorMessage */ .g)(error);
    process.stdout.write(`::warning::The post step could not do its work: ${escaped(reason)}\n`, () => process.exit(0));
};
// A log that nobody takes is no reason to leave a rollout unsettled.
process.stdout.on('error', () => { });
// Also where Node itself would set another one, such as for a wait that nothing can end.
process.exitCode = 0;
process.on('uncaughtException', giveUp);
try {
    const saved = (0,_report_saved_js__WEBPACK_IMPORTED_MODULE_0__/* .parseSaved */ .P6)(process.env[`STATE_${_report_saved_js__WEBPACK_IMPORTED_MODULE_0__/* .STATE */ .c4}`] ?? '');
    if (saved && ((0,_run_record_js__WEBPACK_IMPORTED_MODULE_1__/* .hasOpenEnds */ .RI)(saved) || saved.feedback)) {
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

/***/ 700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  c4: () => (/* binding */ STATE),
  P6: () => (/* binding */ parseSaved)
});

// UNUSED EXPORTS: createSaver

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(975);
// EXTERNAL MODULE: ./build/runner/words.js
var words = __nccwpck_require__(894);
;// CONCATENATED MODULE: ./build/control-plane/hosts.js
/** The regions of LangSmith Cloud, one row each. Source: docs.langchain.com/langsmith/api-ref-control-plane */
const REGIONS = {
    us: { prefix: '', otherNames: /^(usa?|gcp|global|default|america|north-?america)\b/ },
    eu: { prefix: 'eu.', otherNames: /\b(eu|europe)\b/ },
    apac: { prefix: 'apac.', otherNames: /\bapac\b|^(asia|ap|australia|au|jp|sg)\b/ },
    'aws-us': { prefix: 'aws.', otherNames: /^aws$|^us-(east|west)-\d$|aws.*us|us.*aws/ }
};
/** Names of all regions, for messages and checks. */
const regions = Object.keys(REGIONS);
/** The control plane of a Cloud region. */
function cloudControlPlane(region) {
    return cloudControlPlaneOf(REGIONS[region].prefix);
}
/**
 * The control plane behind an address that the user wrote. An address of Cloud is recognized as such, also of a region
 * that is newer than this action.
 *
 * @param url a parsed http or https address without user info, query and fragment
 */
function controlPlaneAt(url) {
    const prefix = prefixIn(url, CONTROL_PLANES);
    if (prefix !== undefined)
        return cloudControlPlaneOf(prefix);
    const path = url.pathname.replace(/\/+$/, '');
    // A self-hosted installation has its pages, its API and its control plane on one host.
    const home = url.origin + path.replace(/\/api-host$/, '');
    return {
        url: url.origin + path,
        dashboard: home,
        dataApi: home,
        hosting: isLoopback(url.hostname) ? 'unknown' : 'self-hosted'
    };
}
/** `<p>.api.host.langchain.com` and the like: every region has its prefix, and the first one has none. */
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
/** Paths of a control plane and of the LangSmith API; what is behind the last part of one is its too. */
const ROUTES = /\/(?:v[12]\/(?:deployments|projects|listeners|integrations)(?:\/.*)?|docs|redoc|openapi\.json)$|(?<=\/api-host)\/v[12]$/;
const DATA_API = /\/api\/v[12](?:\/.*)?$/;
/** Pages of an installation, such as that of a deployment. */
const PAGES = /\/o\/[0-9a-f-]{36}(?:\/.*)?$/i;
/**
 * The address of the control plane that another address of the same installation means: that of the LangSmith API (as in
 * LANGSMITH_ENDPOINT), of one route, of the API's documentation, or of a page. Nothing where there is nothing to change.
 */
function correctedAddress(url) {
    const prefix = prefixIn(url, DATA_APIS) ?? (/^\/api(\/|$)/.test(url.pathname) ? prefixIn(url, DASHBOARDS) : undefined);
    if (prefix !== undefined)
        return new URL(cloudControlPlaneOf(prefix).url);
    if (prefixIn(url, CONTROL_PLANES) !== undefined || prefixIn(url, DASHBOARDS) !== undefined)
        return undefined;
    const path = url.pathname.replace(/\/+$/, '');
    // What ends as a control plane does is one, whatever a gateway or `kubectl proxy` puts in front.
    if (path.endsWith('/api-host'))
        return undefined;
    const home = DATA_API.test(path) || PAGES.test(path) ? path.replace(DATA_API, '').replace(PAGES, '') : undefined;
    const cut = home === undefined ? path.replace(ROUTES, '') : `${home.replace(/\/api-host$/, '')}/api-host`;
    return cut === path ? undefined : new URL(url.origin + cut);
}
/** What to write in place of an address of the pages of Cloud: people paste the address of their browser. */
function inputForDashboard(url) {
    const prefix = prefixIn(url, DASHBOARDS);
    if (prefix === undefined)
        return undefined;
    const region = regions.find((one) => REGIONS[one].prefix === prefix);
    return region ? `region: ${region}` : `control-plane-url: ${cloudControlPlaneOf(prefix).url}`;
}
/** The region that a word most likely means. */
function regionLike(word) {
    return regions.findLast((region) => REGIONS[region].otherNames.test(word.toLowerCase()));
}
/** Whether a control plane of Cloud runs in AWS: its host is `aws.api.host…`, or one of a further region there. */
function isOnAws(url) {
    return URL.canParse(url) && /^aws(-[a-z0-9-]+)?\.$/.test(prefixIn(new URL(url), CONTROL_PLANES) ?? '');
}
/** Whether a host name can only mean this machine. */
function isLoopback(hostname) {
    return (hostname === 'localhost' ||
        hostname.endsWith('.localhost') ||
        hostname === '[::1]' ||
        /^127\.\d+\.\d+\.\d+$/.test(hostname));
}
/** Page of a deployment; with `?revisionPeek=<revision ID>` behind it, one revision is opened there. */
function dashboardUrl(controlPlane, tenantId, deploymentId) {
    return `${controlPlane.dashboard}/o/${tenantId}/host/deployments/${deploymentId}`;
}
/** The page of a tracing project, as LangSmith's own clients build it. */
function tracingUrl({ dashboard }, tenantId, sessionId) {
    return `${dashboard}/o/${encodeURIComponent(tenantId)}/projects/p/${encodeURIComponent(sessionId)}`;
}

;// CONCATENATED MODULE: ./build/control-plane/errors.js
/** FastAPI's own text for a path without a route; a missing deployment is named by its ID. */
const NO_SUCH_ROUTE = 'Not Found';
/** The server answered with a status that is no success. */
class ApiError extends Error {
    name = 'ApiError';
    status;
    /** What the server said, as one text; words from outside. */
    detail;
    request;
    requestId;
    /** Whether the answer can only come from something that is no control plane, such as a web page or a proxy. */
    isWrongHost;
    /** Whether it came as a page, which a proxy writes and no control plane. */
    isHtml;
    /** Whether nothing had been answered before. Later answers come from a control plane. */
    isFirstAnswer;
    constructor(answer) {
        super(`${answer.request} was answered ${answer.status}${answer.html ? ' with a page of HTML' : ''}`);
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
/** An answer came, but not one that this action can use. */
class errors_AnswerError extends Error {
    name = 'AnswerError';
    fault;
    constructor(fault, message) {
        super(message);
        this.fault = fault;
    }
}
/** No answer came. */
class UnreachableError extends Error {
    name = 'UnreachableError';
    /** Node's or undici's code, such as ECONNREFUSED; empty when there is none. */
    code;
    /** Whether the request can have reached the server. */
    reached;
    context;
    constructor(message, code, reached, context = {}) {
        super(message);
        this.code = code;
        this.reached = reached;
        this.context = context;
    }
}
/** The run must not go on: what is in LangSmith and what was asked for do not fit together. */
class RefusalError extends Error {
    name = 'RefusalError';
    /** What is wrong, in a few words without values. */
    title;
    advice;
    /** The failure behind it, whose words are the server's. */
    behind;
    /** Where the cause is, when it is in a file of the workspace. */
    place;
    constructor(title, message, advice, behind, place) {
        super(message);
        this.title = title;
        this.advice = advice;
        this.behind = behind;
        this.place = place;
    }
}

;// CONCATENATED MODULE: ./build/control-plane/resources.js


/** Whether a text is an ID as LangSmith gives them. */
function isUuid(text) {
    return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
}
/** @throws {AnswerError} when the answer lacks what makes it a deployment */
function toDeployment(value) {
    const record = need(value, 'a deployment');
    return {
        id: needText(record, 'id', 'the deployment'),
        name: needText(record, 'name', 'the deployment'),
        source: needText(record, 'source', 'the deployment'),
        status: resources_text(record.status) ?? 'UNKNOWN',
        tenant_id: resources_text(record.tenant_id),
        created_at: resources_text(record.created_at),
        updated_at: resources_text(record.updated_at),
        display_name: resources_text(record.display_name),
        url: resources_text(record.url),
        latest_revision_id: resources_text(record.latest_revision_id),
        active_revision_id: resources_text(record.active_revision_id),
        source_config: toSourceConfig(record.source_config),
        source_revision_config: toRevisionConfig(record.source_revision_config),
        secrets: Array.isArray(record.secrets) ? record.secrets.map(toDeployedSecret) : null,
        secret_references: Array.isArray(record.secret_references) ? record.secret_references.map(toSecretReference) : null,
        route_through_gateway: truth(record.route_through_gateway),
        image_version: resources_text(record.image_version),
        tracer_session_id: resources_text(record.tracer_session_id)
    };
}
/** @throws {AnswerError} when the answer lacks what makes it a revision */
function toRevision(value) {
    const record = need(value, 'a revision');
    return {
        id: needText(record, 'id', 'the revision'),
        status: needText(record, 'status', 'the revision'),
        source: resources_text(record.source),
        created_at: resources_text(record.created_at),
        updated_at: resources_text(record.updated_at),
        source_revision_config: toRevisionConfig(record.source_revision_config),
        image_version: resources_text(record.image_version),
        status_message: resources_text(record.status_message)
    };
}
/**
 * A revision as a row of a list. One without a status is kept: were it passed over, it would later be taken for a new one.
 *
 * @throws {AnswerError} when it has no ID
 */
function toRevisionRow(value) {
    return toRevision({ ...object(value), status: resources_text(object(value)?.status) || 'UNKNOWN' });
}
/** @throws {AnswerError} when the answer names no ID */
function toIntegration(value) {
    const record = need(value, 'a GitHub integration');
    return { id: needText(record, 'id', 'the GitHub integration'), name: resources_text(record.name) ?? '' };
}
/** @throws {AnswerError} when the answer names no address */
function toRepository(value) {
    const record = need(value, 'a repository');
    return { url: needText(record, 'url', 'the repository'), default_branch: resources_text(record.default_branch) };
}
/** A link that is shown to the user: a page of GitHub or LangSmith. @throws {AnswerError} without such a link */
function toInstallLink(value) {
    const link = needText(need(value, 'a link'), 'install_url', 'the link');
    const url = URL.canParse(link) && !/[\s<>"'`|\\]/.test(link) ? new URL(link) : undefined;
    const isKnown = url?.protocol === 'https:' &&
        !url.username &&
        !url.password &&
        !url.port &&
        /^(?:github\.com|(?:[a-z0-9-]+\.)*langchain\.com)$/.test(url.hostname);
    if (!url || !isKnown || link.length > LONGEST_LINK)
        throw new AnswerError('shape', 'the link leads elsewhere');
    return url.href;
}
const LONGEST_LINK = 2_000;
/** @throws {AnswerError} when the answer names no ID */
function toListener(value) {
    const record = need(value, 'a listener');
    const namespaces = object(record.compute_config)?.k8s_namespaces;
    return {
        id: needText(record, 'id', 'the listener'),
        compute_id: resources_text(record.compute_id) ?? '',
        k8s_namespaces: Array.isArray(namespaces) ? namespaces.filter((item) => typeof item === 'string') : []
    };
}
/**
 * Reads `{resources, offset}`.
 *
 * @param decode reads one row
 * @param onOddRow told of the last row that cannot be read; such rows are passed over, and without it are an error
 * @throws {AnswerError} when the answer is no such list, or none of its rows can be read
 */
function toPage(value, decode, onOddRow) {
    const record = need(value, 'a list');
    if (!Array.isArray(record.resources))
        throw new AnswerError('shape', 'the list has no `resources`');
    const resources = toRows(record.resources, decode, onOddRow);
    const served = record.resources.length;
    return {
        resources,
        offset: typeof record.offset === 'number' ? record.offset : null,
        ...(served === resources.length ? {} : { served })
    };
}
/**
 * Reads the rows of a list; for `onOddRow` see `toPage`.
 *
 * @throws {AnswerError} also when none of the rows can be read: that is another kind of list, and not an empty one
 */
function toRows(rows, decode, onOddRow) {
    let fault;
    const good = rows.flatMap((row) => {
        try {
            return [decode(row)];
        }
        catch (error) {
            if (!(error instanceof AnswerError) || !onOddRow)
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
    const record = object(value) ?? {};
    const listener = object(record.listener_config);
    return {
        integration_id: resources_text(record.integration_id),
        repo_url: resources_text(record.repo_url),
        repo_branch: resources_text(record.repo_branch),
        deployment_type: resources_text(record.deployment_type),
        build_on_push: truth(record.build_on_push),
        custom_url: resources_text(record.custom_url),
        resource_spec: object(record.resource_spec) ?? null,
        listener_id: resources_text(record.listener_id),
        listener_config: listener ? { k8s_namespace: resources_text(listener.k8s_namespace) } : null,
        install_command: resources_text(record.install_command),
        build_command: resources_text(record.build_command)
    };
}
function toRevisionConfig(value) {
    const record = object(value) ?? {};
    return {
        repo_ref: resources_text(record.repo_ref),
        langgraph_config_path: resources_text(record.langgraph_config_path),
        image_uri: resources_text(record.image_uri),
        source_tarball_path: resources_text(record.source_tarball_path),
        repo_commit_sha: resources_text(record.repo_commit_sha)
    };
}
function toDeployedSecret(value) {
    const record = need(value, 'a secret');
    return { name: needText(record, 'name', 'a secret'), value: resources_text(record.value) };
}
function toSecretReference(value) {
    const { name, secret_name, secret_key } = object(value) ?? {};
    return { name: resources_text(name) ?? '', secret_name: resources_text(secret_name) ?? '', secret_key: resources_text(secret_key) ?? '' };
}
function need(value, what) {
    const record = object(value);
    if (!record)
        throw new AnswerError('shape', `${what} was expected, and the answer is no JSON object`);
    return record;
}
function needText(record, key, owner) {
    const value = resources_text(record[key]);
    if (!value)
        throw new AnswerError('shape', `${owner} in the answer has no \`${key}\``);
    return value;
}
function resources_text(value) {
    return typeof value === 'string' ? value : null;
}
function truth(value) {
    return typeof value === 'boolean' ? value : null;
}

;// CONCATENATED MODULE: ./build/deployment/image-reference.js
/*
 * The grammar of an image reference: `[HOST[:PORT]/]PATH[:TAG][@DIGEST]`.
 * Source: github.com/distribution/reference, `reference.go` and `regexp.go`; github.com/opencontainers/go-digest for
 * the lengths of digests.
 */
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::\d+)?$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const LONGEST_REPOSITORY = 255;
const LONGEST_REFERENCE = 1_024;
const HEX_DIGITS = { sha256: 64, sha384: 96, sha512: 128 };
/** Whether a text is an image reference by the grammar. */
function isImageReference(text) {
    if (text.length > LONGEST_REFERENCE)
        return false;
    const { repository, tag, digest } = image_reference_splitReference(text);
    return (isImageRepository(repository) && (tag === undefined || TAG.test(tag)) && (digest === undefined || isDigest(digest)));
}
/** A reference split at its separators. An absent part is `undefined`; an empty part is an empty text. */
function image_reference_splitReference(text) {
    const [name = '', ...digests] = text.split('@');
    const digest = digests.length === 0 ? undefined : digests.join('@');
    // A colon before the last slash belongs to the port of the registry.
    const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    if (colon < 0)
        return { repository: name, tag: undefined, digest };
    return { repository: name.slice(0, colon), tag: name.slice(colon + 1), digest };
}
function isImageRepository(repository) {
    if (repository.length > LONGEST_REPOSITORY)
        return false;
    const [first = '', ...rest] = repository.split('/');
    const isHost = rest.length > 0 && image_reference_isRegistryHost(first);
    return (isHost ? HOST.test(first) : COMPONENT.test(first)) && rest.every((part) => COMPONENT.test(part));
}
/** A first part that cannot be an account of Docker Hub is the host of a registry. */
function image_reference_isRegistryHost(first) {
    return /[.:A-Z]/.test(first) || first === 'localhost';
}
function isDigest(digest) {
    const [, algorithm = '', hex = ''] = /^([a-z0-9]+(?:[+._-][a-z0-9]+)*):([0-9a-f]{32,})$/.exec(digest) ?? [];
    const digits = HEX_DIGITS[algorithm];
    return hex !== '' && (digits === undefined || hex.length === digits);
}
/**
 * What is wrong with a text as the image to run, and what to write instead: the end of a sentence that begins with the
 * name of the input. Also of texts that the grammar allows and nobody means, such as a digest alone.
 *
 * @returns `undefined` when the text can be sent
 */
function faultOfImage(text) {
    // A password is not quoted (see `ofCredentials`), and a long text is cut.
    const quoted = text.length > 200 ? `"${text.slice(0, 200)} …"` : `"${text}"`;
    for (const find of FAULTS) {
        const fault = find(text);
        if (fault)
            return fault.startsWith('holds ') ? fault : `is ${quoted}, ${fault}`;
    }
    return isImageReference(text) ? undefined : `is ${quoted}, which is no image reference. ${IMAGE_EXAMPLE}`;
}
const IMAGE_EXAMPLE = 'Write one such as `ghcr.io/acme/agent:1.2.3`, without a scheme.';
const OF_BUILD = '`ghcr.io/acme/agent@${{ steps.build.outputs.digest }}`';
const OF_METADATA = 'Write one of them; of docker/metadata-action `${{ fromJSON(steps.meta.outputs.json).tags[0] }}`, or better the digest from docker/build-push-action: ' +
    `${OF_BUILD}.`;
/** A text can have several faults; the first one is reported. */
const FAULTS = [
    ofSeveral,
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
        .filter((image) => /[/:]/.test(image) && !/^[:@]/.test(image));
    return images.length > 1 && /[\s,]/.test(text) ? `holds ${images.length} images. ${OF_METADATA}` : undefined;
}
function ofCredentials(text) {
    return /^(?:[a-z+.-]+:\/\/)?[^/@]*:[^/@]*@[^/@]+\//i.test(text)
        ? 'holds a user name and a password. Write the image alone; the cluster takes the credentials of the registry from its pull secret.'
        : undefined;
}
/** Addresses of web pages about an image. */
function ofPage(text) {
    const [, account, image] = /^(?:https?:\/\/)?hub\.docker\.com\/(?:r|repository\/docker)\/([^/]+)\/([^/?#]+)/.exec(text) ?? [];
    if (account && image)
        return `the address of a page. Write the image, such as \`docker.io/${account}/${image}:1.2.3\`.`;
    const [, owner, name] = /^(?:https?:\/\/)?github\.com\/(?:(?:orgs|users)\/)?([^/]+)\/.*\bpkgs\/container\/([^/?#]+)/.exec(text) ??
        /^(?:https?:\/\/)?github\.com\/(?:orgs|users)\/([^/]+)\/packages\/container\/(?:package\/)?([^/?#]+)/.exec(text) ??
        [];
    if (owner && name) {
        return `the address of a page. Write the image, such as \`ghcr.io/${owner.toLowerCase()}/${name}:1.2.3\`.`;
    }
    return /^https?:\/\/github\.com\/[^/]+\/[^/]+\/?$/.test(text)
        ? 'the address of a repository. Write an image such as `ghcr.io/acme/agent:1.2.3`; or remove `image-uri`, and write `repo-url` to have the repository built.'
        : undefined;
}
function ofScheme(text) {
    const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text) ?? [];
    if (!scheme)
        return undefined;
    const rest = text.slice(scheme.length);
    return `and an image has no scheme. ${faultOfImage(rest) === undefined ? `Write \`${rest}\`.` : IMAGE_EXAMPLE}`;
}
function ofQuotes(text) {
    return /^(["'`]).*\1$/s.test(text) ? 'with quotes that are part of the value. Write it without them.' : undefined;
}
function ofBlank(text) {
    return /\s/.test(text) ? 'which holds white space. Write the image without it.' : undefined;
}
function ofDigestAlone(text) {
    if (!/^@?(?:sha256|sha384|sha512)(?::|$)|^@|^[0-9a-f]{64}$/i.test(text))
        return undefined;
    const digest = text.replace(/^@/, '');
    const algorithm = digest.includes(':') ? '' : 'sha256:';
    return isDigest(algorithm + digest)
        ? `which is a digest without its image. Write the image in front of it, such as \`ghcr.io/acme/agent@${algorithm}${digest}\`.`
        : `which has no image in front of the digest. Write both, such as ${OF_BUILD}.`;
}
function ofDigest(text) {
    const { digest } = image_reference_splitReference(text);
    if (digest === undefined || isDigest(digest))
        return undefined;
    if (/^(?:sha\d+:?)?$/.test(digest)) {
        return `and the digest behind the @ is empty: the step that should give it was skipped, has another \`id\`, or has no such output. Write ${OF_BUILD}, or a tag behind a colon.`;
    }
    const [, inner = ''] = /^sha256:(sha256:.+)$/.exec(digest) ?? [];
    if (isDigest(inner)) {
        return 'in which `sha256:` stands twice: the output of a build step has it already. Remove one.';
    }
    if (isDigest(digest.toLowerCase()))
        return 'and a digest has lower case letters. Write it in lower case.';
    if (/^[0-9a-f]{64}$/.test(digest))
        return 'and the digest lacks its algorithm. Write `@sha256:` in front of it.';
    if (/^sha256:/.test(digest)) {
        return `and the digest is not whole: behind \`sha256:\` there must be 64 digits of 0-9 and a-f, and there are ${digest.length - 'sha256:'.length} characters. Write the whole digest.`;
    }
    return TAG.test(digest)
        ? `and what stands behind the @ is no digest. Write \`:${digest}\` if it is a tag.`
        : `and what stands behind the @ is no digest. Write ${OF_BUILD}.`;
}
function ofEmptyPart(text) {
    const { repository } = image_reference_splitReference(text);
    return /^\/|\/\/|\/$|^$/.test(repository)
        ? 'in which a part of the name is empty: a variable or an output may not be set. Write the whole name, such as `ghcr.io/acme/agent:1.2.3`.'
        : undefined;
}
function ofTag(text) {
    const [name = ''] = text.split('@');
    // A colon and digits before a slash are the port of a registry, not a tag with a slash.
    const [, head = '', tag] = /^((?:[^:/]+(?::\d+)?\/)?[^:]*):(.*)$/s.exec(name) ?? [];
    if (tag === undefined || (/^\d+\//.test(tag) && !head.includes('/')))
        return undefined;
    if (tag === '') {
        return 'and the tag behind the colon is empty: a variable or an output may not be set. Write a tag such as `:1.2.3`, or remove the colon.';
    }
    if (/^(?:null|undefined|None)$/.test(tag)) {
        return `and the tag "${tag}" is what a script writes for a value that is not there. Write a tag such as \`:1.2.3\`.`;
    }
    if (TAG.test(tag))
        return undefined;
    if (tag.includes('/')) {
        return `and a tag holds no slash, as the name of a branch does. Write \`:${tagFrom(tag)}\`, which docker/metadata-action makes of it too, or \`\${{ github.sha }}\`.`;
    }
    if (tag.includes('+')) {
        return `and a tag holds no plus sign. Write \`:${tagFrom(tag)}\`, which docker/metadata-action makes of it too.`;
    }
    if (tag.includes(':'))
        return 'which has two tags. Write one of them.';
    if (tag.length > 128)
        return `and the tag has ${tag.length} characters. A tag has 128 at most.`;
    return 'and a tag has letters, digits, underscores, periods and dashes, with no period or dash first. Write one such as `:1.2.3`.';
}
/** The nearest valid tag, as docker/metadata-action makes it. */
function tagFrom(text) {
    return text
        .replace(/[^\w.-]+/g, '-')
        .replace(/^[.-]+/, '')
        .slice(0, 128);
}
function ofCase(text) {
    const { repository } = image_reference_splitReference(text);
    const [first = '', ...rest] = repository.split('/');
    const isHost = rest.length > 0 && (/[.:]/.test(first) || first.toLowerCase() === 'localhost');
    const path = isHost ? rest.join('/') : repository;
    if (!/[A-Z]/.test(path))
        return undefined;
    const end = text.slice(repository.length);
    const lower = (isHost ? `${first}/` : '') + path.toLowerCase();
    return `and a registry takes no capital letters in the name of an image; \`\${{ github.repository }}\` often brings them in. Write \`${lower}${end}\`.`;
}
function ofLength(text) {
    const { length } = image_reference_splitReference(text).repository;
    return length > LONGEST_REPOSITORY
        ? `whose name has ${length} characters. It has ${LONGEST_REPOSITORY} at most.`
        : undefined;
}

;// CONCATENATED MODULE: ./build/deployment/image.js

/** Docker Hub has several host names, which docker, containerd and older tools use. */
const DOCKER_HUB = 'docker.io';
const NAMES_OF_DOCKER_HUB = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);
/**
 * Whether two references name the same image in any spelling: `nginx` is `docker.io/library/nginx:latest`. When there
 * is a digest, the tag does not count. A tag alone never equals a digest, because a tag can move. Source:
 * github.com/distribution/reference, "Normalized names".
 */
function sameImage(left, right) {
    const [one, other] = [parseImage(left), parseImage(right)];
    if (one.registry !== other.registry || one.path !== other.path)
        return false;
    return one.digest || other.digest ? one.digest === other.digest : one.tag === other.tag;
}
/**
 * Whether two references can name the same image: they do, or they have the same tag and one of them also has a digest,
 * because a server has resolved the tag.
 */
function image_mayBeSameImage(left, right) {
    const [one, other] = [parseImage(left), parseImage(right)];
    if (one.registry !== other.registry || one.path !== other.path)
        return false;
    if (one.digest && other.digest)
        return one.digest === other.digest;
    return one.tag !== undefined && one.tag === other.tag;
}
/** Whether a reference has no digest, so that it can name another image later. */
function isByTag(reference) {
    return parseImage(reference).digest === undefined;
}
/** Whether a reference has neither a tag nor a digest, which means the tag `latest`. */
function isTagless(reference) {
    return isLatestTag(reference) && !reference.trim().endsWith(':latest');
}
/** Whether a reference means the tag `latest`, written or not. */
function isLatestTag(reference) {
    return isByTag(reference) && parseImage(reference).tag === 'latest';
}
function parseImage(text) {
    // Kubernetes and podman write the source of an image before it.
    const bare = text.trim().replace(/^(docker|docker-pullable):\/\//, '');
    const { repository, tag, digest } = splitReference(bare);
    const { registry, path } = splitRegistry(repository);
    return { registry, path, tag: tag ?? (digest ? undefined : 'latest'), digest: digest?.toLowerCase() };
}
/** The first part is a registry only if it cannot be an account of Docker Hub. */
function splitRegistry(repository) {
    const slash = repository.indexOf('/');
    const first = repository.slice(0, Math.max(0, slash));
    const isRegistry = isRegistryHost(first);
    const host = isRegistry ? first.toLowerCase().replace(/:443$/, '') : DOCKER_HUB;
    const path = isRegistry ? repository.slice(slash + 1) : repository;
    if (!NAMES_OF_DOCKER_HUB.has(host))
        return { registry: host, path };
    return { registry: DOCKER_HUB, path: path.includes('/') ? path : `library/${path}` };
}

;// CONCATENATED MODULE: ./build/deployment/sources/kinds.js
/** One row for each source that the API knows. */
const KINDS = {
    github: { code: 'repository', isCloudOnly: true, logs: ['build', 'deploy'] },
    external_docker: { code: 'image', isCloudOnly: false, logs: ['deploy'] },
    internal_source: { code: 'archive', isCloudOnly: true, logs: ['build', 'deploy'] },
    internal_docker: { code: 'image', isCloudOnly: true, logs: ['build', 'deploy'] }
};
/** The sources that this action deploys. The compiler names the tables that lack one of them. */
const SOURCE_TYPES = (/* unused pure expression or super */ null && ([
    'github',
    'external_docker',
    'internal_source',
    'internal_docker'
]));
const UNKNOWN = { code: 'unknown', isCloudOnly: false, logs: ['build', 'deploy'] };
/** The row of a source, in the words of a server; of one that is newer than this action, or not told, nothing is assumed. */
function kinds_kindOf(source) {
    return source && Object.hasOwn(KINDS, source) ? KINDS[source] : UNKNOWN;
}

;// CONCATENATED MODULE: ./build/deployment/sources/source.js
/** What is sent of a source that says nothing of its code. */
const source_NO_CODE = {
    repo_ref: null,
    langgraph_config_path: null,
    image_uri: null,
    source_tarball_path: null
};
/** Where the LangGraph configuration is when nothing is chosen, as in the official tools. */
const DEFAULT_CONFIG_PATH = 'langgraph.json';
/** The deployment or revision says something else, and it says something. */
function differs(actual, wanted) {
    return Boolean(actual) && Boolean(wanted) && actual !== wanted;
}
/** A setting of built sources that is only sent where the user wrote it. */
function optional(field, wanted, current) {
    if (wanted === undefined)
        return [];
    return [{ section: 'source_config', field, wanted, current: current ?? null, effect: 'revision' }];
}

;// CONCATENATED MODULE: ./build/deployment/revision.js





/** The commit that a revision was built from, when the API tells it. */
function commitOf({ source_revision_config: config }) {
    if (config.repo_commit_sha)
        return config.repo_commit_sha;
    // Real servers put the resolved commit into `repo_ref`.
    return isCommit(config.repo_ref) ? config.repo_ref : undefined;
}
const ENDED_STATUSES = new Set(['DEPLOYED', 'CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED']);
/** Whether a revision with this status has ended, so that it cannot be interrupted. */
function hasEnded(status) {
    return ENDED_STATUSES.has(status);
}
/** Of a list, newest first, the revisions that are under way, oldest first: the first of them holds up the others. */
function queueOf(revisions) {
    return revisions.filter(({ status }) => !hasEnded(status)).reverse();
}
/**
 * How long ago a revision was made, in words; nothing where that is not told.
 *
 * @param now in milliseconds since the epoch
 */
function timeUnderWay({ created_at }, now) {
    const ms = now - Date.parse(created_at ?? '');
    return ms >= 0 ? inWords(ms) : undefined;
}
/** Whether a text is a full commit: 40 hex digits, or 64 in a repository with SHA-256. */
function isCommit(text) {
    return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text ?? '');
}
/** Whether a ref is that of a tag, in full; a branch goes by its bare name. */
function isTag(ref) {
    return ref.startsWith('refs/tags/');
}
/** Whether two commits are the same; one of them may be shortened. */
function isSameCommit(left, right) {
    const [short, long] = left.length < right.length ? [left, right] : [right, left];
    return long.toLowerCase().startsWith(short.toLowerCase());
}
/**
 * Whether two paths can be those of one configuration file. The root of an archive can be any folder of a repository,
 * so one of the paths may lack folders at its start.
 */
function isSameConfigPath(left, right) {
    const [longer, shorter] = left.length >= right.length ? [left, right] : [right, left];
    return longer === shorter || longer.endsWith(`/${shorter}`);
}
/**
 * Whether a revision can be the result of what was sent. Any revision of the list can be somebody else's, so each
 * candidate is checked. Two known values that differ never agree.
 */
function agrees(sent, revision, deployment) {
    const actual = revision.source_revision_config;
    if (sent.image_uri !== null)
        return actual.image_uri !== null && mayBeSameImage(actual.image_uri, sent.image_uri);
    if (sent.source_tarball_path !== null && actual.source_tarball_path !== sent.source_tarball_path)
        return false;
    // A deployment from GitHub can have a revision of an archive too.
    if (sent.source_tarball_path === null && sent.repo_ref !== null && actual.source_tarball_path !== null)
        return false;
    // A path that the server does not tell does not differ.
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
    // The revision names a commit or nothing. The deployment names a branch, but surely only that of its latest revision.
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
/** What a redeploy of the given revision sends: the same code. */
function sentAgain(revision) {
    const { source, source_revision_config: config } = revision;
    if (kindOf(source).code === 'image')
        return { ...NO_CODE, image_uri: config.image_uri, repo_commit_sha: null };
    // A built revision also names the image that was built; a redeploy may build another one.
    return { ...config, image_uri: null, repo_commit_sha: commitOf(revision) ?? null };
}
/**
 * The commit in the tag of an image, such as in `sha-1a2b3c4` or `main-1a2b3c4`: 7 to 40 hex digits that form a word,
 * or 64 in a repository with SHA-256. Of several, the longest.
 */
function commitOfImage(image) {
    const { tag = '' } = splitReference(image ?? '');
    // A tag of digits only is a date or a build number.
    if (/^\d+$/.test(tag))
        return undefined;
    // After `sha256-` comes the digest of the image that a signature belongs to.
    const candidates = tag.match(/(?<![0-9A-Za-z]|sha256-)([0-9a-fA-F]{7,40}|[0-9a-fA-F]{64})(?![0-9A-Za-z])/g) ?? [];
    return [...candidates].sort((left, right) => right.length - left.length)[0]?.toLowerCase();
}
/** The newest revision that serves or may serve later; one that failed, was skipped or was stopped never will. */
function newestAlive(revisions) {
    return revisions.find(({ status }) => status === 'DEPLOYED' || !hasEnded(status));
}
/** The commit of a revision, when LangSmith or the tag of its image tells it. */
function knownCommit(deployment, revision) {
    // A revision can have another source than its deployment.
    const { code } = kindOf(revision.source ?? deployment.source);
    return code === 'image' ? commitOfImage(revision.source_revision_config.image_uri) : commitOf(revision);
}

;// CONCATENATED MODULE: ./build/run/object.js
/** An object that is no array, or nothing. */
function object_object(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}

// EXTERNAL MODULE: ./build/run/record.js
var record = __nccwpck_require__(265);
;// CONCATENATED MODULE: ./build/run/verdict.js
const VERDICTS = {
    deployed: { passes: true, mark: '✅', githubState: 'success' },
    failed: { passes: false, mark: '❌', githubState: 'failure' },
    superseded: { passes: false, mark: '⏭️', githubState: 'inactive' },
    'timed-out': { passes: false, mark: '⌛', githubState: 'failure' },
    cancelled: { passes: false, mark: '🛑', githubState: 'inactive' },
    // These come about without a rollout, or after one turned out not to be needed.
    unchanged: { passes: true, mark: '✅', githubState: 'inactive' },
    planned: { passes: true, mark: '📝', githubState: 'inactive' },
    deleted: { passes: true, mark: '🗑️', githubState: 'inactive' },
    skipped: { passes: true, mark: '⏭️', githubState: 'inactive' },
    interrupted: { passes: true, mark: '⏹️', githubState: 'inactive' },
    found: { passes: true, mark: '🔎', githubState: 'inactive' },
    none: { passes: true, mark: '🔎', githubState: 'inactive' },
    // Not waited for: it is the last thing that is known of it.
    started: { passes: true, mark: '🚀', githubState: 'in_progress' },
    error: { passes: false, mark: '❌', githubState: 'failure' }
};
/** Whether the job goes on after this verdict. */
function passes(verdict) {
    return verdict.status === 'superseded' ? verdict.passes : VERDICTS[verdict.status].passes;
}

;// CONCATENATED MODULE: ./build/report/outputs.js







/** The outputs of action.yml. */
const OUTPUTS = {
    'deployment-id': { read: ({ deployment, deploymentId }) => deployment?.id ?? deploymentId, isValid: isUuid },
    'deployment-name': {
        read: ({ deployment }) => deployment?.name,
        isValid: (value) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/.test(value)
    },
    'deployment-url': { read: (record) => presentDeployment(record)?.address, isValid: isWebAddress },
    'active-revision-id': { read: (record) => presentDeployment(record)?.activeRevisionId, isValid: isUuid },
    'dashboard-url': { read: pageOf, isValid: isWebAddress },
    created: { read: ({ created }) => created?.toString(), isValid: (value) => value === 'true' || value === 'false' },
    'previous-revision-id': { read: ({ previousRevisionId }) => previousRevisionId, isValid: isUuid },
    'revision-id': { read: ({ revision, revisionId }) => revision?.id ?? revisionId, isValid: isUuid },
    'revision-status': {
        read: ({ revision }) => revision?.status,
        isValid: isRevisionStatus
    },
    'commit-sha': { read: ({ revision }) => revision?.commit, isValid: isCommit },
    'image-uri': { read: ({ revision }) => revision?.image, isValid: isImageReference },
    'agent-server-version': { read: record/* servingVersion */.vP, isValid: (value) => /^\d[\w.+-]{0,63}$/.test(value) },
    queue: { read: queueJson, isValid: isQueue },
    'rolled-back-to': { read: ({ rolledBack }) => rolledBack?.to, isValid: isUuid },
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
/** Words that are outputs or parts of them in any run, also of a second step in the same job. */
const OUTPUT_WORDS = [
    ...Object.keys(VERDICTS),
    'CREATING QUEUED AWAITING_BUILD BUILDING AWAITING_DEPLOY DEPLOYING DEPLOYED CREATE_FAILED BUILD_FAILED DEPLOY_FAILED',
    'SKIPPED INTERRUPTED UNKNOWN true false',
    // Paths of the deployment and of its page.
    '/agents/ /host/deployments/ ?revisionPeek='
];
/** The outputs of a run, as far as they are known. */
function outputsOf(record) {
    const known = new Map();
    for (const [name, { read, isValid }] of ROWS) {
        const value = read(record);
        if (value && isValid(value))
            known.set(name, value);
    }
    return known;
}
/** Writes each output as soon as it is known, and empties it when it is not so any more. */
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
            warning(`The control plane answered something for the output \`${name}\` that cannot be one; it is left empty.`);
        }
    };
}
/** Whether a value has the shape that the output promises. */
function outputs_hasShape(name, value) {
    return OUTPUTS[name].isValid(value);
}
function isRevisionStatus(value) {
    return /^[A-Z][A-Z_]{0,63}$/.test(value);
}
function queueJson({ listed }) {
    return (listed &&
        JSON.stringify(listed.queue.map(({ id, status, createdAt = null }) => ({ id, status, created_at: createdAt }))));
}
/** A list that a script can go through without a look at its texts. */
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
    const { id, status, created_at: at, ...rest } = object_object(value) ?? {};
    const isTime = at === null || (typeof at === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?$/.test(at));
    return (typeof id === 'string' &&
        isUuid(id) &&
        typeof status === 'string' &&
        isRevisionStatus(status) &&
        isTime &&
        Object.keys(rest).length === 0);
}
function presentDeployment({ deployment }) {
    return deployment?.state === 'present' ? deployment : undefined;
}
/** The page of the deployment in LangSmith. */
function pageOf({ deployment, destination }) {
    if (!deployment?.tenantId || !destination)
        return undefined;
    return dashboardUrl(destination.controlPlane, deployment.tenantId, deployment.id);
}
/** http too: plain http is normal for an agent inside a private network. */
function isWebAddress(value) {
    if (!/^https?:\/\/[\w.:@/~%?&=#+,;!$*()[\]-]+$/.test(value) || !URL.canParse(value))
        return false;
    const { username, password } = new URL(value);
    return username === '' && password === '';
}

;// CONCATENATED MODULE: ./build/report/saved.js



/** Name of the saved state. */
const STATE = 'memory';
/**
 * What of the record the post step gets: nothing big, and no text of the server that an output would refuse; and of a run
 * without a verdict, what it did, but not what it saw, which would be old by then.
 */
function savedOf({ plan: _, ...record }) {
    if (!record.verdict) {
        return { ...record, phases: [], proof: [], deployment: undefined, revision: undefined, failureLog: undefined };
    }
    const { deployment, revision, failureLog } = record;
    return {
        ...record,
        phases: [],
        proof: record.proof.map(({ rows: _rows, ...step }) => step),
        deployment: deployment && { ...deployment, address: fitting('deployment-url', deployment.address) },
        revision: revision && {
            ...revision,
            commit: fitting('commit-sha', revision.commit),
            image: fitting('image-uri', revision.image)
        },
        failureLog: failureLog && withoutLines(failureLog)
    };
}
function fitting(name, value) {
    return value !== undefined && hasShape(name, value) ? value : undefined;
}
/** A process takes variables of 128 KiB at most. */
const MOST_TELLING_BYTES = 3_000;
function withoutLines(log) {
    const telling = log.telling.length > 0 ? shortenedLines(log.telling, MOST_TELLING_BYTES, log.isCause ? 'first' : 'last') : [];
    return { ...log, lines: [], telling };
}
/** Reads what was saved; nothing when the main step had nothing to leave. */
function parseSaved(text) {
    return text === '' ? undefined : JSON.parse(text);
}
/**
 * Saves what the post step needs to know at each event that changes it: it is right even when the process is killed in
 * the next moment. Before a write or the first word of feedback there is nothing to clean up after.
 */
function createSaver({ saveState }) {
    let isBegun = false;
    return (_event, record, before) => {
        const saved = savedOf(record);
        const wasBegun = isBegun;
        isBegun ||= record.intent !== undefined || record.feedback !== undefined;
        if (isBegun && !(wasBegun && isDeepStrictEqual(saved, savedOf(before))))
            saveState(STATE, JSON.stringify(saved));
    };
}


/***/ }),

/***/ 62:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ errorMessage)
/* harmony export */ });
/** The message of whatever was thrown. */
function errorMessage(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 265:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   RI: () => (/* binding */ hasOpenEnds),
/* harmony export */   vP: () => (/* binding */ servingVersion)
/* harmony export */ });
/* unused harmony exports firstRecord, next, isWriteOpen */
/** The record of a run that has not done anything yet. `interrupt`: what becomes of its revision if it is killed. */
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
/** The record after an event. @param at when it happened, in milliseconds of the run's clock */
function next(record, event, at) {
    switch (event.kind) {
        case 'planned':
            return { ...record, plan: event.plan };
        case 'deployment':
            return withDeployment(record, event.deployment, event.created);
        case 'leaving': {
            const { id, name, state } = event.deployment;
            return { ...record, deployment: { id, name, state } };
        }
        case 'gone':
            return record.deployment ? { ...record, deployment: { ...record.deployment, state: 'gone' } } : record;
        case 'active':
            return record.intent
                ? record
                : { ...record, previousRevisionId: event.revisionId, previousServerVersion: event.serverVersion };
        case 'listed':
            return { ...record, listed: event.revisions };
        case 'sending':
            // A further send makes a revision of its own.
            return {
                ...record,
                ...NOTHING_MADE,
                intent: event.intent,
                stored: { names: event.stored.slice(0, MOST_STORED_NAMES), count: event.stored.length }
            };
        case 'writing':
            return { ...record, mayHaveActed: event.mayHaveActed };
        case 'named':
            return { ...record, namedId: event.revisionId };
        case 'made': {
            const { revision, isCertain } = event;
            return withRevision({ ...record, revisionId: revision.id, isCertain }, revision, true, at);
        }
        case 'revision':
            return withRevision(record, event.revision, event.own, at);
        case 'follow-up':
            return { ...record, followUp: { label: event.label, revision: event.revision } };
        case 'failure-log':
            return { ...record, failureLog: event.log };
        case 'proof':
            return { ...record, proof: [...record.proof.filter(({ about }) => about !== event.step.about), event.step] };
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
/** More are not told, and the saved state has little room. */
const MOST_STORED_NAMES = 40;
const NOTHING_MADE = { revisionId: undefined, namedId: undefined, isCertain: false };
function withRollback(record, to, by) {
    const { deployment } = record;
    return { ...record, rolledBack: { to, by }, deployment: deployment && { ...deployment, activeRevisionId: by } };
}
function withDeployment(record, seen, created) {
    return {
        ...record,
        deploymentId: seen.id,
        deployment: merged(record.deployment, seen),
        created: created ?? record.created ?? false
    };
}
/** What one answer leaves out, an older one has said. */
function merged(before, seen) {
    if (before?.id !== seen.id)
        return seen;
    const activeRevisionId = seen.activeRevisionId ?? before.activeRevisionId;
    // The version is that of what is active.
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
/** Version of the Agent Server that serves, as far as it is known. */
function servingVersion({ deployment, revision }) {
    if (deployment?.state !== 'present')
        return undefined;
    const ofRevision = revision?.id === deployment.activeRevisionId ? revision?.serverVersion : undefined;
    return ofRevision ?? deployment.serverVersion;
}
function withRevision(record, seen, own, at) {
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
/** Whether a write was sent whose revision is not known. */
function isWriteOpen({ intent, mayHaveActed, revisionId }) {
    return intent !== undefined && mayHaveActed && revisionId === undefined;
}
/** Whether the run may have left a revision or a write in LangSmith. */
function hasOpenEnds(record) {
    return !record.done && (record.revisionId !== undefined || isWriteOpen(record));
}


/***/ }),

/***/ 894:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   pj: () => (/* binding */ plain)
/* harmony export */ });
/* unused harmony exports plainLines, withoutEscapes, firstBytes, lastBytes, shortenedLines */
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(975);

/*
 * Words from outside (names, error bodies, logs) are data. These functions keep the runner and the terminal from
 * executing them: the runner reads `::name::` at the start of a line and `##[name]` as commands.
 */
/** The lines of a text, without anything that the runner or a terminal would execute. */
function plainLines(text) {
    return withoutEscapes(text)
        .split(/\r\n|\r|\n/)
        .map(withoutCommand);
}
/** The same as one text, with `\n` between the lines. */
function plain(text) {
    return plainLines(text).join('\n');
}
function withoutCommand(line) {
    return line.replaceAll('##[', '## [').replace(/^(\s*):(?=:)/, '$1: ');
}
/** A text without terminal escapes and control characters; tabs and line ends stay. */
function withoutEscapes(text) {
    return (0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text).replace(/[^\P{Cc}\t\r\n]/gu, '');
}
/** The beginning of a text, in at most so many bytes of UTF-8, without a split character. */
function firstBytes(text, bytes) {
    const encoded = Buffer.from(text);
    if (encoded.length <= bytes)
        return text;
    let end = Math.max(0, bytes - Buffer.byteLength(' …'));
    while (end > 0 && ((encoded[end] ?? 0) & 0xc0) === 0x80)
        end -= 1;
    return `${encoded.subarray(0, end).toString('utf8')} …`;
}
/** The end of a text, in at most so many bytes of UTF-8, without a split character. */
function lastBytes(text, bytes) {
    const encoded = Buffer.from(text);
    if (encoded.length <= bytes)
        return text;
    let start = encoded.length - bytes + Buffer.byteLength('… ');
    // A byte that begins with the bits 10 continues a character.
    while (start < encoded.length && ((encoded[start] ?? 0) & 0xc0) === 0x80)
        start += 1;
    return `… ${encoded.subarray(start).toString('utf8')}`;
}
/** Lines in at most so many bytes. @param keeps which end of them stays; the last one when not given */
function shortenedLines(lines, bytes, keeps) {
    return (keeps === 'first' ? firstBytes : lastBytes)(lines.join('\n'), bytes).split('\n');
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
