import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 67:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 641:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Iz: () => (/* binding */ isValidKey),
/* harmony export */   OV: () => (/* binding */ worldFor),
/* harmony export */   _9: () => (/* binding */ ORGANIZATION_KEY),
/* harmony export */   bm: () => (/* binding */ keyFor),
/* harmony export */   lA: () => (/* binding */ workspaceFor),
/* harmony export */   uE: () => (/* binding */ exampleKey)
/* harmony export */ });
/* unused harmony exports API_KEY, INVALID_KEY, NOT_ENABLED_KEY */
/* harmony import */ var _http_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(898);
/* harmony import */ var _validation_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(340);



const API_KEY = 'lsv2_emulator_workspace_key';
const INVALID_KEY = 'lsv2_emulator_invalid_key';
const ORGANIZATION_KEY = 'lsv2_emulator_organization_key';
const NOT_ENABLED_KEY = 'lsv2_emulator_not_enabled_key';
function exampleKey({ settings }) {
    return settings.key ?? API_KEY;
}
function isValidKey({ settings }, key) {
    return settings.key === undefined ? key !== INVALID_KEY : key === settings.key;
}
function keyFor(state, headers) {
    const key = keyOf(headers);
    if (key === '')
        throw (0,_http_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(401, "Not authenticated: the 'X-Api-Key' header is missing");
    if (!isValidKey(state, key))
        throw (0,_http_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(401, 'Invalid API key');
    return key;
}
function worldFor(state, headers) {
    if (keyFor(state, headers) === NOT_ENABLED_KEY) {
        throw (0,_http_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(403, 'LangSmith Deployment is not enabled for this organization');
    }
    return workspaceFor(state, headers);
}
function workspaceFor(state, headers) {
    const key = keyFor(state, headers);
    const tenantId = headers['x-tenant-id'] ?? '';
    const workspaceId = tenantId === '' ? _state_js__WEBPACK_IMPORTED_MODULE_1__/* .WORKSPACE_ID */ .M6 : (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .uuidIn */ .Jo)(tenantId);
    if (workspaceId === undefined)
        throw (0,_http_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(403, `'${tenantId}' is not a workspace ID`);
    if (tenantId === '' && key === ORGANIZATION_KEY) {
        const detail = "This API key is org-scoped and requires workspace specification. Please provide 'X-Tenant-ID' header.";
        throw (0,_http_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(403, detail);
    }
    return (0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .worldOf */ .cO)(state, workspaceId);
}
function keyOf(headers) {
    const key = headers['x-api-key']?.trim() ?? '';
    return key === '' ? (/^Bearer +(\S.*)$/i.exec(headers.authorization ?? '')?.[1] ?? '') : key;
}


/***/ }),

/***/ 366:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BP: () => (/* binding */ logLine),
/* harmony export */   JW: () => (/* binding */ agentSchema),
/* harmony export */   Lw: () => (/* binding */ USUAL_RUN),
/* harmony export */   X_: () => (/* binding */ USUAL_AGENT),
/* harmony export */   iX: () => (/* binding */ USUAL_GRAPH)
/* harmony export */ });
/* harmony import */ var _validation_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(340);

const closed = { closed: true };
const logLine = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .either */ .gP)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(), (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({ message: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(), level: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(), 'INFO') }, closed));
const run = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
    result: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .anything */ .D8, undefined),
    error: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({ type: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(1), message: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(), '') }, closed)),
    interrupt: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .anything */ .D8, undefined),
    cancelled: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im, false),
    ms: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .nullable */ .me)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .millis */ .ne), 0),
    log: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)(logLine), [])
}, closed);
const LOADS = ['ok', 'error', 'value-error', 'no-graph', 'not-drawable', 'removed'];
const graph = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
    load: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .either */ .gP)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)({ min: 400, max: 599 }), (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)(LOADS)), 'ok'),
    message: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)()),
    load_ms: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .millis */ .ne, 0),
    listed: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im),
    runs: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)(run), [])
}, closed);
const auth = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
    kind: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)(['langsmith', 'custom', 'none', 'down']), 'langsmith'),
    headers: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .recordOf */ .zv)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)()), {}),
    status: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOfNumbers */ .ee)([401, 403]), 401),
    detail: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(), 'Unauthorized'),
    assistants: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)(['all', 'owner', 'denied']), 'all'),
    deny_runs: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im, false),
    studio: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im, true),
    allow_langsmith_api_keys: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im, false),
    everywhere: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im, false),
    after_ms: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .millis */ .ne, 0)
}, closed);
const assistant = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({ graph_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(1), name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(1), 'Untitled'), metadata: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1, {}) }, closed);
const agentSchema = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
    url: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .pattern */ .T1)(/^https?:\/\/\S+$/)),
    graphs: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .recordOf */ .zv)(graph)),
    assistants: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)(assistant), []),
    auth: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(auth, (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .defaultsOf */ .Gf)(auth)),
    catch_all_page: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im, false),
    disable_assistants: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im, false),
    disable_meta: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im, false),
    cold_start_ms: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .millis */ .ne, 0),
    idle_ms: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .millis */ .ne)
}, closed);
const USUAL_AGENT = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .defaultsOf */ .Gf)(agentSchema);
const USUAL_GRAPH = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .defaultsOf */ .Gf)(graph);
const USUAL_RUN = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .defaultsOf */ .Gf)(run);


/***/ }),

/***/ 124:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BD: () => (/* binding */ showDeployment),
/* harmony export */   E4: () => (/* binding */ versionOf),
/* harmony export */   Hf: () => (/* binding */ visibleRevisions),
/* harmony export */   K9: () => (/* binding */ imageVersion),
/* harmony export */   NF: () => (/* binding */ agentTraits),
/* harmony export */   Nl: () => (/* binding */ hasReached),
/* harmony export */   Wo: () => (/* binding */ isPresent),
/* harmony export */   dw: () => (/* binding */ tracerSessionId),
/* harmony export */   k3: () => (/* binding */ showListener),
/* harmony export */   rB: () => (/* binding */ showRevision),
/* harmony export */   vE: () => (/* binding */ timestamp),
/* harmony export */   zN: () => (/* binding */ isVisible)
/* harmony export */ });
/* harmony import */ var _artifacts_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(572);

function timestamp(micros) {
    const rest = String(micros % 1000).padStart(3, '0');
    return new Date(Math.floor(micros / 1000)).toISOString().replace('Z', `${rest}Z`);
}
function visibleRevisions(deployment, now) {
    return deployment.revisions.filter((revision) => isVisible(revision, now)).reverse();
}
function isVisible(revision, now) {
    return !revision.vanished && revision.appearsAt <= now;
}
function isPresent(deployment, now) {
    return deployment.deleted === null || (now < deployment.deleted.goneAt && !deployment.deleted.purged);
}
function deploymentStatus(state, deployment, now) {
    if (deployment.deleted)
        return 'AWAITING_DELETE';
    return now * 1000 < deployment.createdAt + state.settings.stepMs * 1000 ? 'AWAITING_DATABASE' : 'READY';
}
function shownSecrets({ secrets }, hide) {
    if (hide === false)
        return secrets;
    if (hide === 'list')
        return [];
    const shown = hide === true ? '********' : hide;
    return secrets.map(({ name, value }) => ({
        name,
        value: shown?.replace('{first4}', () => value.slice(0, 4)).replace('{last4}', () => value.slice(-4)) ?? null
    }));
}
function showDeployment(state, deployment, now, latest = visibleRevisions(deployment, now)[0]) {
    const config = latest ? revisionConfig(state, latest) : answeredConfig(deployment.config);
    return answered(state, {
        name: deployment.name,
        source: deployment.source,
        source_config: showSourceConfig(state, deployment, latest),
        url: isOnCloud(deployment) ? servingUrl(state, deployment) : null,
        source_revision_config: config,
        secrets: shownSecrets(deployment, state.scenario.server.hide_secrets),
        secret_references: deployment.secretReferences,
        id: deployment.id,
        tenant_id: deployment.tenantId,
        created_at: timestamp(deployment.createdAt),
        updated_at: timestamp(deployment.updatedAt),
        status: deploymentStatus(state, deployment, now),
        latest_revision_id: latest?.id ?? null,
        active_revision_id: deployment.active?.id ?? null,
        image_version: imageVersion(deployment),
        tracer_session_id: deployment.hasTraces ? tracerSessionId(state, deployment) : null,
        route_through_gateway: deployment.routeThroughGateway,
        display_name: deployment.displayName,
        ...deployment.tiers,
        agent: deployment.agent,
        is_preview: state.scenario.server.own_previews.includes(deployment.name),
        is_managed_deep_agent: false,
        shareable: false,
        tag_value_ids: []
    });
}
function answered(state, resource) {
    const { leaves_out: unknown } = state.scenario.server;
    if (unknown.length === 0)
        return resource;
    return Object.fromEntries(Object.entries(resource).filter(([key]) => !unknown.some((name) => name === key)));
}
function tracerSessionId({ scenario }, { name, tracerSessionId: own }) {
    return scenario.sessions.find((rule) => rule.name === name)?.id ?? own;
}
function imageVersion(deployment) {
    return deployment.serves ? versionOf(deployment.active) : null;
}
function versionOf(revision) {
    return revision?.script.rule?.image_version ?? _artifacts_js__WEBPACK_IMPORTED_MODULE_0__/* .AGENT_SERVER_VERSION */ .PQ;
}
function agentTraits(state, revision) {
    return revision?.script.rule?.agent ?? state.scenario.agent;
}
function agentUrl(state, deployment) {
    return agentTraits(state, deployment.active).url ?? `${state.url}/agents/${deployment.id}`;
}
function isOnCloud({ source }) {
    return source !== 'external_docker';
}
function servingUrl(state, deployment) {
    return deployment.serves ? agentUrl(state, deployment) : null;
}
function showSourceConfig(state, deployment, latest) {
    const { server } = state.scenario;
    const config = deployment.sourceConfig;
    const ownUrl = server.url_only && isOnCloud(deployment) ? null : servingUrl(state, deployment);
    const branch = server.resolve_ref && deployment.source === 'github' ? (latest?.config.repo_ref ?? null) : null;
    return {
        ...config,
        custom_url: config.custom_url ?? ownUrl,
        listener_id: server.hide_listener ? null : config.listener_id,
        listener_config: server.hide_listener ? null : config.listener_config,
        repo_branch: branch?.startsWith('refs/') ? null : branch
    };
}
function showRevision(state, revision) {
    return answered(state, {
        id: revision.id,
        created_at: timestamp(revision.createdAt),
        updated_at: timestamp(revision.updatedAt),
        status: revision.status,
        source: revision.source,
        source_revision_config: revisionConfig(state, revision),
        image_version: hasReached(revision, 'DEPLOYED') ? versionOf(revision) : null,
        status_message: statusMessage(revision),
        is_preview: false,
        resource_tier: null
    });
}
function statusMessage({ ended, status, script }) {
    return ended && status !== 'DEPLOYED' ? (script.rule?.status_message ?? null) : null;
}
function revisionConfig(state, revision) {
    const from = revision.script.rule?.commit_from ?? null;
    const commit = from === null || hasReached(revision, from) ? revision.config.repo_commit_sha : null;
    const imageFrom = from ?? 'AWAITING_DEPLOY';
    const image = hasReached(revision, imageFrom) || hasReached(revision, 'DEPLOYED') ? revision.builtImage : null;
    const resolved = state.scenario.server.resolve_ref && revision.source === 'github' ? commit : null;
    return {
        ...answeredConfig(revision.config),
        repo_ref: resolved ?? revision.config.repo_ref,
        image_uri: revision.builtImage === null ? revision.config.image_uri : image,
        repo_commit_sha: commit
    };
}
function answeredConfig(config) {
    return { ...config, deepagents_version: null };
}
function hasReached(revision, status) {
    return revision.history.some((entry) => entry.status === status);
}
function showListener(listener) {
    const { createdAt, updatedAt, ...shown } = listener;
    return { ...shown, created_at: timestamp(createdAt), updated_at: timestamp(updatedAt) };
}


/***/ }),

/***/ 572:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $P: () => (/* binding */ sessionIdFor),
/* harmony export */   D3: () => (/* binding */ commitOf),
/* harmony export */   Mo: () => (/* binding */ REGISTRY),
/* harmony export */   PQ: () => (/* binding */ AGENT_SERVER_VERSION),
/* harmony export */   "do": () => (/* binding */ SERVER_BUILD),
/* harmony export */   eH: () => (/* binding */ workspaceIdFor),
/* harmony export */   hM: () => (/* binding */ assistantIdFor),
/* harmony export */   i: () => (/* binding */ builtImage)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(598);

const AGENT_SERVER_VERSION = '0.16.7';
const SERVER_BUILD = '52ab87d';
const REGISTRY = 'registry.langsmith-emulator.invalid';
function digest(algorithm, ...parts) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(algorithm).update(JSON.stringify(parts)).digest('hex');
}
function commitOf(deployment, { source, config }) {
    return source === 'github' ? digest('sha1', deployment.sourceConfig.repo_url, config.repo_ref) : null;
}
function workspaceIdFor(organizationId, displayName) {
    const hex = digest('sha1', organizationId, displayName);
    return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
const GRAPHS = '6ba7b8219dad11d180b400c04fd430c8';
function assistantIdFor(graphId, name = '') {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha1')
        .update(Buffer.from(GRAPHS, 'hex'))
        .update(graphId + name);
    return uuidFrom(hash.digest('hex'), '5');
}
function sessionIdFor(name) {
    return uuidFrom(digest('sha1', 'session', name), '5');
}
function uuidFrom(hex, version) {
    const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
    return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `${version}${hex.slice(13, 16)}`,
        `${variant}${hex.slice(18, 20)}`,
        hex.slice(20, 32)
    ].join('-');
}
function builtImage(deployment, source, revisionId) {
    if (source === 'external_docker' || source === 'internal_docker')
        return null;
    return `${REGISTRY}/${deployment.id}/${deployment.name.toLowerCase()}@sha256:${digest('sha256', revisionId)}`;
}


/***/ }),

/***/ 97:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(421);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(24);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(161);
/* harmony import */ var _src_version_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(538);
/* harmony import */ var _options_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(895);
/* harmony import */ var _routes_control_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(154);
/* harmony import */ var _seed_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(930);
/* harmony import */ var _server_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(495);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(898);









class Mistake extends Error {
}
function greeting({ url, apiKey }) {
    return `LangSmith control plane emulator at ${url} (also below /api-host). Press Ctrl-C to stop it.

  API key         ${apiKey}
  workspace ID    ${_state_js__WEBPACK_IMPORTED_MODULE_7__/* .WORKSPACE_ID */ .M6}
  integration ID  ${_state_js__WEBPACK_IMPORTED_MODULE_7__/* .INTEGRATION_ID */ .vY}
  listener ID     ${_state_js__WEBPACK_IMPORTED_MODULE_7__/* .LISTENER_ID */ .X2}

Open in a browser:
  ${url}/
Try:
  curl -H 'X-Api-Key: ${apiKey}' ${url}/v2/deployments
`;
}
function asJson({ url, apiKey, workspaceId, integrationId, listenerId }) {
    const ids = { workspace_id: workspaceId, integration_id: integrationId, listener_id: listenerId };
    return `${JSON.stringify({ url, api_key: apiKey, ...ids })}\n`;
}
async function run({ options, json, quiet, scenario, seed, command }) {
    const end = () => process.exit(0);
    for (const signal of ['SIGINT', 'SIGTERM'])
        process.on(signal, end);
    const { host = '', port } = options;
    const emulator = await started({
        ...options,
        ...(scenario === undefined ? {} : { scenario: fileOf('scenario', scenario, _routes_control_js__WEBPACK_IMPORTED_MODULE_4__/* .givenScenario */ .Gw) }),
        ...(seed === undefined ? {} : { seed: fileOf('seed', seed, _seed_js__WEBPACK_IMPORTED_MODULE_5__/* .seedSchema */ .bE) }),
        ...(quiet ? {} : { log: (line) => process.stderr.write(`${line}\n`) })
    });
    if (!/^(127\.[\d.]+|::1|localhost)$/.test(host))
        warnOfHost(host, options.key !== undefined);
    if (!command) {
        process.stdout.write(json ? asJson(emulator) : greeting(emulator));
        return;
    }
    for (const signal of ['SIGINT', 'SIGTERM'])
        process.off(signal, end);
    if (json)
        process.stdout.write(asJson(emulator));
    process.exit(await exitCodeOf(command, emulator));
    async function started(all) {
        try {
            return await (0,_server_js__WEBPACK_IMPORTED_MODULE_6__/* .startEmulator */ .s)(all);
        }
        catch (error) {
            const isHostInvalid = INVALID_HOST.has(codeOf(error));
            throw new (isHostInvalid ? Mistake : Error)(explain(error, host, port));
        }
    }
}
function warnOfHost(host, hasKey) {
    const open = hasKey ? 'the control routes, which need no key,' : 'the emulator';
    process.stderr.write(`emulator: WARNING: listening on ${host}. Anyone who can reach this machine can use ${open} and read all requests, including keys and secrets.\n`);
}
function exitCodeOf([file = '', ...args], { url, apiKey }) {
    const env = { ...process.env, LANGGRAPH_HOST_URL: url, LANGSMITH_API_KEY: apiKey };
    return new Promise((done) => {
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(file, args, { env, stdio: 'inherit' });
        process.on('SIGINT', () => { });
        process.on('SIGTERM', () => child.kill('SIGTERM'));
        child.on('error', (error) => {
            const isMissing = error.code === 'ENOENT';
            process.stderr.write(`emulator: ${file} ${isMissing ? 'was not found' : `cannot be run: ${error.message}`}\n`);
            done(isMissing ? 127 : 126);
        });
        child.on('exit', (code, signal) => done(code ?? 128 + (signal ? node_os__WEBPACK_IMPORTED_MODULE_2__.constants.signals[signal] : 0)));
    });
}
function fileOf(option, path, schema) {
    if (/^\s*[[{]/.test(path)) {
        throw new Mistake(`--${option} needs the path of a file, not JSON; write the JSON to a file first`);
    }
    let value;
    try {
        value = JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(path, 'utf8'));
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const problem = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
        throw new Mistake(`--${option}: ${path} ${problem}: ${reason}`);
    }
    const problems = [];
    const result = schema.parse(value, [], problems);
    const [first] = problems;
    if (first)
        throw new Mistake(`--${option}: ${path}: ${[...first.loc].join('.') || 'the file'}: ${first.msg}`);
    return result;
}
function fail(message, exitCode) {
    process.stderr.write(`emulator: ${message.replace(/\p{Cc}+/gu, ' ').trim()}\n`);
    process.exitCode = exitCode;
}
const INVALID_HOST = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL']);
function codeOf(error) {
    return error instanceof Error && 'code' in error ? String(error.code) : '';
}
function explain(error, host, port) {
    const code = codeOf(error);
    if (INVALID_HOST.has(code))
        return `${host} is not an address of this machine; set --host to another address`;
    switch (code) {
        case 'EADDRINUSE':
            return `port ${port} is in use; set --port to another port, or to 0 for any free port`;
        case 'EACCES':
            return `this user may not listen on port ${port}; set --port to another port`;
        default:
            return error instanceof Error ? error.message : String(error);
    }
}
const asked = (0,_options_js__WEBPACK_IMPORTED_MODULE_3__/* .readOptions */ .T)(process.argv.slice(2));
switch (asked.kind) {
    case 'help':
        process.stdout.write(_options_js__WEBPACK_IMPORTED_MODULE_3__/* .USAGE */ .u);
        break;
    case 'version':
        process.stdout.write(`${_src_version_js__WEBPACK_IMPORTED_MODULE_8__/* .VERSION */ .x}\n`);
        break;
    case 'mistake':
        fail(`${asked.message} (see --help)`, 2);
        break;
    case 'run':
        try {
            await run(asked);
        }
        catch (error) {
            fail(error instanceof Error ? error.message : String(error), error instanceof Mistake ? 2 : 1);
        }
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 970:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ canMatch),
/* harmony export */   y: () => (/* binding */ createFaultCounters)
/* harmony export */ });
/* harmony import */ var _glob_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(281);

function createFaultCounters() {
    const counts = new Map();
    const fired = new Map();
    return {
        count(rules, method, path) {
            const matching = rules.filter((rule) => matches(rule, method, path));
            for (const rule of matching)
                counts.set(rule, (counts.get(rule) ?? 0) + 1);
            const due = matching.find((rule) => isDue(rule, counts.get(rule) ?? 0));
            if (due)
                fired.set(due, (fired.get(due) ?? 0) + 1);
            return due;
        },
        of: (rule) => ({ matched: counts.get(rule) ?? 0, fired: fired.get(rule) ?? 0 }),
        clear() {
            counts.clear();
            fired.clear();
        }
    };
}
function matches(rule, method, path) {
    return (rule.method === null || rule.method.toUpperCase() === method) && (0,_glob_js__WEBPACK_IMPORTED_MODULE_0__/* .fits */ .l)(tokensOf(rule.path, PATTERN), path);
}
function isDue({ nth, times }, count) {
    return count >= nth && (times === null || count < nth + times);
}
const LONGEST_PATH = 1000;
function canMatch(rule, route) {
    if (rule.method !== null && rule.method.toUpperCase() !== route.method)
        return false;
    if (rule.path.length > LONGEST_PATH)
        return false;
    return overlap(tokensOf(rule.path, PATTERN), tokensOf(route.path, ROUTE), new Map());
}
const PATTERN = /\*\*|\*|./gs;
const ROUTE = /:\w+|\*|./gs;
function tokensOf(path, signs) {
    const isRoute = signs === ROUTE;
    return (path.match(signs) ?? []).map((text) => {
        if (text === '**' || (text === '*' && isRoute))
            return { kind: 'rest', text };
        return { kind: text === '*' || (isRoute && text.length > 1) ? 'segment' : 'text', text };
    });
}
function overlap(one, other, known) {
    const [a, ...restOfOne] = one;
    const [b, ...restOfOther] = other;
    if (!a || !b)
        return [...one, ...other].every(({ kind }) => kind !== 'text');
    const key = `${one.length} ${other.length}`;
    const before = known.get(key);
    if (before !== undefined)
        return before;
    const fits = a.kind === 'text' && b.kind === 'text'
        ? a.text === b.text && overlap(restOfOne, restOfOther, known)
        : (a.kind !== 'text' &&
            (overlap(restOfOne, other, known) || (covers(a, b) && overlap(one, restOfOther, known)))) ||
            (b.kind !== 'text' && (overlap(one, restOfOther, known) || (covers(b, a) && overlap(restOfOne, other, known))));
    known.set(key, fits);
    return fits;
}
function covers(star, sign) {
    return star.kind === 'rest' || sign.text !== '/';
}


/***/ }),

/***/ 281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ fits)
/* harmony export */ });
function fits(tokens, text) {
    let places = withoutStars(tokens, new Set([0]));
    for (const sign of text.split('')) {
        const next = new Set();
        for (const place of places) {
            const token = tokens[place];
            if (!token)
                continue;
            if (token.kind !== 'text') {
                if (token.kind === 'rest' || sign !== '/')
                    next.add(place);
            }
            else if (token.text === sign)
                next.add(place + 1);
        }
        if (next.size === 0)
            return false;
        places = withoutStars(tokens, next);
    }
    return places.has(tokens.length);
}
function withoutStars(tokens, places) {
    for (const place of places)
        if ((tokens[place]?.kind ?? 'text') !== 'text')
            places.add(place + 1);
    return places;
}


/***/ }),

/***/ 3:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   LF: () => (/* binding */ read),
/* harmony export */   Nv: () => (/* binding */ refusalWith),
/* harmony export */   vu: () => (/* binding */ isRefusal),
/* harmony export */   x5: () => (/* binding */ refusal),
/* harmony export */   x8: () => (/* binding */ readBody),
/* harmony export */   xB: () => (/* binding */ readQuery)
/* harmony export */ });
/* harmony import */ var _validation_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(340);

function refusal(status, detail) {
    if (typeof detail === 'string')
        return refusalWith(detail, { status, body: { detail: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(detail) } });
    return refusalWith(`${detail.length} problems`, { status, body: { detail: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)(detail) } });
}
function refusalWith(message, answer) {
    return Object.assign(new Error(message), { answer });
}
function isRefusal(error) {
    return error instanceof Error && 'answer' in error;
}
function read(schema, value, loc) {
    const problems = [];
    const result = schema.parse(value, loc, problems);
    if (problems.length > 0)
        throw refusal(422, problems);
    return result;
}
function readBody(schema, { payload }) {
    switch (payload.kind) {
        case 'json':
            return read(schema, payload.value, ['body']);
        case 'other':
            return read(schema, payload.data.toString(), ['body']);
        case 'archive':
        case 'unreadable':
            throw refusal(400, 'There was an error parsing the body');
        case 'large':
            throw refusal(413, 'Request Entity Too Large');
        case 'none':
            throw refusal(422, [{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }]);
        case 'broken':
            throw refusal(422, [
                {
                    type: 'json_invalid',
                    loc: ['body', payload.position],
                    msg: 'JSON decode error',
                    input: {},
                    ctx: { error: payload.reason }
                }
            ]);
    }
}
function readQuery(schema, { query }) {
    return read(schema, Object.fromEntries(query), ['query']);
}


/***/ }),

/***/ 288:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ showEntry),
/* harmony export */   s: () => (/* binding */ createJournal)
/* harmony export */ });
const LONGEST_BODY = 262_144;
const MOST_BYTES = 64 * 2 ** 20;
const MOST_ENTRIES = 10_000;
function createJournal(most = MOST_ENTRIES) {
    let entries = [];
    let count = 0;
    let bytes = 0;
    const weight = ({ text, size, path, headers }) => (text === null ? 0 : size) + path.length + Object.entries(headers).flat().join('').length;
    function dropOldest() {
        const [oldest] = entries.splice(0, 1);
        if (oldest)
            bytes -= weight(oldest);
    }
    function dropSurplus() {
        while (entries.length > most || bytes > MOST_BYTES)
            dropOldest();
    }
    return {
        add({ method, path, query, headers, at }) {
            count++;
            const added = { n: count, method, path, query, headers, size: 0, text: null, status: null, at };
            entries.push(added);
            bytes += weight(added);
            dropSurplus();
            return added;
        },
        addBody(entry, size, text) {
            entry.size = size;
            if (text === null || size > LONGEST_BODY)
                return;
            entry.text = text;
            if (entries.lastIndexOf(entry) === -1)
                return;
            bytes += size;
            dropSurplus();
        },
        entries: () => entries,
        clear() {
            entries = [];
            count = 0;
            bytes = 0;
        }
    };
}
function showEntry({ text, ...entry }) {
    return `${JSON.stringify(entry).slice(0, -1)},"body":${text ?? 'null'}}`;
}


/***/ }),

/***/ 277:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e9: () => (/* binding */ abandon),
  By: () => (/* binding */ addRevision),
  G: () => (/* binding */ interrupt),
  U: () => (/* binding */ resume)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: ./build/with-emulator/emulator/artifacts.js
var artifacts = __nccwpck_require__(572);
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
// EXTERNAL MODULE: ./build/with-emulator/emulator/validation.js
var validation = __nccwpck_require__(340);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/build.js


function archiveFault(archive, configPath) {
    if (!archive)
        return 'The source archive was never uploaded';
    if (archive.error !== null)
        return `The source archive cannot be read as a gzipped tar: ${archive.error}`;
    const files = new Map(archive.entries.map((entry) => [normalised(entry.name), entry]));
    const config = files.get(normalised(configPath));
    if (config?.type !== 'file')
        return `${configPath} is not in the source archive`;
    const document = archive.documents.get(config.name);
    if (!document?.isObject)
        return `${configPath} is not a JSON object`;
    const folder = external_node_path_namespaceObject.posix.dirname(configPath);
    const tsconfig = files.get(normalised(external_node_path_namespaceObject.posix.join(folder, 'tsconfig.json')));
    const outDir = tsconfig ? archive.documents.get(tsconfig.name)?.outDir : undefined;
    const output = outDir ? normalised(external_node_path_namespaceObject.posix.join(folder, outDir)) : undefined;
    const missing = filesOfGraphs(document.graphs)
        .map((path) => normalised(external_node_path_namespaceObject.posix.join(folder, path)))
        .find((path) => !isThere(files, path) && !isBuilt(path, output));
    return missing && `${missing}, named in ${configPath}, is not in the source archive`;
}
function graphsIn(archive, configPath) {
    const config = archive?.entries.findLast(({ name }) => normalised(name) === normalised(configPath));
    const { graphs = null } = (config && archive?.documents.get(config.name)) ?? {};
    return graphs && Object.keys(graphs);
}
function normalised(path) {
    return external_node_path_namespaceObject.posix.normalize(path).replace(/^\/+|\/+$/g, '');
}
function filesOfGraphs(graphs) {
    if (!(0,validation/* isRecord */.u4)(graphs))
        return [];
    return Object.values(graphs).flatMap((graph) => {
        const form = (0,validation/* isRecord */.u4)(graph) ? graph.path : graph;
        const [path = ''] = typeof form === 'string' ? form.split(':') : [];
        return path.includes('/') ? [path] : [];
    });
}
function isThere(items, path) {
    const item = items.get(path);
    if (item)
        return item.type !== 'directory';
    for (let above = external_node_path_namespaceObject.posix.dirname(path); above !== '.' && above !== '/'; above = external_node_path_namespaceObject.posix.dirname(above)) {
        if (items.get(above)?.type === 'symlink')
            return true;
    }
    return false;
}
function isBuilt(path, output) {
    if (!/\.[cm]?[jt]s$/.test(path))
        return false;
    return /(^|\/)(dist|build|out|lib|\.output)\//.test(path) || (output !== undefined && path.startsWith(`${output}/`));
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/image.js
const HOST = '(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?';
const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const TAG = '\\w[\\w.-]{0,127}';
const DIGEST = '(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})';
const REFERENCE = new RegExp(`^((?:${HOST}/)?${PART}(?:/${PART})*)(?::${TAG})?(?:@${DIGEST})?$`);
const LONGEST_NAME = 255;
function imageFault(uri) {
    const [, name = ''] = uri.length > 1000 ? [] : (REFERENCE.exec(uri) ?? []);
    if (name !== '' && name.length <= LONGEST_NAME)
        return undefined;
    return `InvalidImageName: couldn't parse image reference "${uri.slice(0, 300)}": invalid reference format`;
}

// EXTERNAL MODULE: ./build/with-emulator/emulator/script.js
var emulator_script = __nccwpck_require__(700);
// EXTERNAL MODULE: ./build/with-emulator/emulator/sources.js
var sources = __nccwpck_require__(81);
// EXTERNAL MODULE: ./build/with-emulator/emulator/state.js + 2 modules
var emulator_state = __nccwpck_require__(898);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/life.js







function addRevision(state, deployment, birth, now) {
    const number = deployment.revisions.length + 1;
    const script = (0,emulator_script/* writeScript */.lF)(state.scenario, { deployment: deployment.name, number, source: birth.source }, state.settings.stepMs);
    if (script.rule)
        state.scripted.set(script.rule, (state.scripted.get(script.rule) ?? 0) + 1);
    const commit = script.rule?.commit ?? birth.config.repo_commit_sha ?? (0,artifacts/* commitOf */.D3)(deployment, birth);
    const config = (0,sources/* onlyOwn */.D1)(birth.source, { ...birth.config, repo_commit_sha: commit });
    const id = (0,external_node_crypto_.randomUUID)();
    const createdAt = (0,emulator_state/* stamp */.iE)(state, now);
    const revision = {
        id,
        number,
        source: birth.source,
        config,
        builtImage: birth.from?.builtImage ?? (0,artifacts/* builtImage */.i)(deployment, birth.source, id),
        script: failed(script, faultOf(state, birth)),
        pushedBy: birth.pushedBy ?? null,
        createdAt,
        appearsAt: now + (script.rule?.appear_after_ms ?? 0),
        updatedAt: createdAt,
        status: 'CREATING',
        step: 0,
        history: [],
        waiting: false,
        graphs: birth.from?.graphs ?? graphNames(state, birth),
        serverLog: [],
        okCalls: 0,
        ended: false,
        vanished: false
    };
    deployment.revisions.push(revision);
    deployment.config = { ...config, ...(0,sources/* foreignTo */.GV)(birth.source, deployment.config) };
    deployment.updatedAt = createdAt;
    enter({ state, deployment, revision }, 0, now);
    return revision;
}
function interrupt(state, deployment, revision, now) {
    if (!revision.ended)
        end({ state, deployment, revision }, 'INTERRUPTED', now);
}
function resume(state, deployment, revision, now) {
    const { steps } = revision.script;
    const step = steps[revision.step];
    if (revision.ended || step?.status !== revision.status)
        return;
    if (revision.status === 'QUEUED' && deployment.running && deployment.running !== revision) {
        revision.waiting = true;
        return;
    }
    if (revision.status !== 'CREATING')
        deployment.running = revision;
    if (revision.step < steps.length - 1) {
        state.agenda.add(now + step.ms, (at) => goOn({ state, deployment, revision }, revision.step, at));
    }
}
function abandon(deployment) {
    for (const revision of deployment.revisions)
        revision.ended = true;
    deployment.running = null;
}
function enter(life, step, now) {
    const { deployment, revision } = life;
    const next = revision.script.steps[step];
    if (!next)
        return;
    if (needsTurn(next.status) && !takesTurn(deployment, revision)) {
        revision.step = step - 1;
        revision.waiting = true;
        if (revision.status !== 'QUEUED')
            setStatus(life, 'QUEUED', now);
        return;
    }
    revision.waiting = false;
    revision.step = step;
    const last = step === revision.script.steps.length - 1;
    if (last && (0,emulator_script/* isTerminal */.Hd)(next.status)) {
        end(life, next.status, now);
        return;
    }
    setStatus(life, next.status, now);
    if (next.status === 'QUEUED' && !revision.ended)
        takesTurn(deployment, revision);
    if (!last)
        life.state.agenda.add(now + next.ms, (at) => goOn(life, step, at));
}
function goOn(life, step, now) {
    if (!life.revision.ended && life.revision.step === step)
        enter(life, step + 1, now);
}
function needsTurn(status) {
    return status !== 'CREATING' && status !== 'QUEUED' && !(0,emulator_script/* endsUnstarted */.LD)(status);
}
function takesTurn(deployment, revision) {
    deployment.running ??= revision;
    return deployment.running === revision;
}
function end(life, status, now) {
    life.revision.ended = true;
    setStatus(life, status, now);
    passTurn(life, now);
}
function passTurn({ state, deployment, revision }, now) {
    if (deployment.running !== revision)
        return;
    deployment.running = null;
    const queue = deployment.revisions.filter((other) => !other.ended && other.status === 'QUEUED');
    const chosen = queue.pop();
    for (const other of queue)
        end({ state, deployment, revision: other }, 'SKIPPED', now);
    if (!chosen)
        return;
    deployment.running = chosen;
    if (chosen.waiting)
        enter({ state, deployment, revision: chosen }, chosen.step + 1, now);
}
function setStatus(life, status, now) {
    const { state, revision } = life;
    const first = !revision.history.some((entry) => entry.status === status);
    revision.status = status;
    revision.updatedAt = (0,emulator_state/* stamp */.iE)(state, now);
    revision.history.push({ status, at: now });
    if (status === 'DEPLOYED')
        deployed(life, now);
    const rule = revision.script.rule;
    if (rule?.vanish_at === status)
        vanish(life, now);
    if (first && rule?.push?.at === status && revision.pushedBy !== rule)
        pushAnother(life, now);
}
function deployed(life, now) {
    life.deployment.serves = true;
    const { active_after_ms: delay = 0 } = life.revision.script.rule ?? {};
    after(life.state, delay, now, (at) => activate(life, at));
}
function activate({ state, deployment, revision }, now) {
    if (!replaces(revision, deployment.active))
        return;
    deployment.active = revision;
    deployment.activations.push({ revision, at: now });
    const { info_after_ms: delay = 0 } = revision.script.rule ?? {};
    after(state, delay, now, () => {
        if (replaces(revision, deployment.answering))
            deployment.answering = revision;
    });
}
function after(state, delay, now, run) {
    if (delay === 0)
        run(now);
    else if (delay !== null)
        state.agenda.add(now + delay, run);
}
function replaces(revision, current) {
    return current === null || current.number < revision.number;
}
function vanish(life, now) {
    life.revision.vanished = true;
    life.revision.ended = true;
    passTurn(life, now);
}
function pushAnother({ state, deployment, revision }, now) {
    const rule = revision.script.rule;
    if (!rule?.push)
        return;
    const given = Object.entries(rule.push.source_revision_config ?? {}).filter(([, value]) => value !== null);
    const config = { ...deployment.config, repo_commit_sha: null, ...Object.fromEntries(given) };
    addRevision(state, deployment, { source: revision.source, config, pushedBy: rule }, now);
}
function graphNames(state, { source, config }) {
    if (source !== 'internal_source' || config.source_tarball_path === null)
        return null;
    const upload = state.uploads.get(config.source_tarball_path);
    return graphsIn(upload?.uploaded?.archive, config.langgraph_config_path ?? 'langgraph.json');
}
function faultOf(state, { source, config, from }) {
    if (source === 'external_docker' || source === 'internal_docker') {
        const message = config.image_uri === null ? undefined : imageFault(config.image_uri);
        return message === undefined ? undefined : { log: 'deploy', message };
    }
    if (source !== 'internal_source' || from || config.source_tarball_path === null)
        return undefined;
    const upload = state.uploads.get(config.source_tarball_path);
    const message = upload && archiveFault(upload.uploaded?.archive, config.langgraph_config_path ?? 'langgraph.json');
    return message === undefined ? undefined : { log: 'build', message };
}
const FAILING = {
    build: { at: 'BUILDING', end: 'BUILD_FAILED' },
    deploy: { at: 'DEPLOYING', end: 'DEPLOY_FAILED' }
};
function failed(script, fault) {
    if (fault === undefined || (script.rule && saysEnd(script.rule)))
        return script;
    const { at, end: last } = FAILING[fault.log];
    const step = script.steps.findIndex(({ status }) => status === at);
    return step === -1
        ? script
        : { ...script, fault, steps: [...script.steps.slice(0, step + 1), { status: last, ms: 0 }] };
}
function saysEnd({ final, statuses }) {
    return final !== 'usual' || (statuses ?? []).length > 0;
}


/***/ }),

/***/ 895:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  u: () => (/* binding */ USAGE),
  T: () => (/* binding */ readOptions)
});

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
// EXTERNAL MODULE: ./build/with-emulator/emulator/state.js + 2 modules
var state = __nccwpck_require__(898);
// EXTERNAL MODULE: ./build/with-emulator/emulator/validation.js
var validation = __nccwpck_require__(340);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/options.js



const USAGE = `Usage: emulator [options] [-- COMMAND [ARGUMENT ...]]

An in-memory LangSmith Deployment control plane on loopback. With a COMMAND, it runs the command with
LANGGRAPH_HOST_URL and LANGSMITH_API_KEY set for the emulator, and exits with its exit code.

  --port NUMBER             port, 0 for any free port (default 8124; with a COMMAND 0)
  --host ADDRESS            address to listen on (default 127.0.0.1, for this machine only)
  --public-url URL          origin of the URLs in responses (default: the Host of the request)
  --key KEY                 the only valid API key (default: nearly every key is valid)
  --step-ms NUMBER|manual   milliseconds a revision stays in each status (default 1000); with "manual", time passes
                            only on POST /_emulator/advance
  --delete-ms NUMBER        milliseconds a deleted deployment remains as AWAITING_DELETE (default 0)
  --hosting KIND            hosting whose rules apply: any, cloud, hybrid or self-hosted (default any)
  --repository OWNER/NAME   repository that the GitHub integration lists; repeatable (default acme/agents)
  --scenario FILE           scenario from the start, JSON as for PUT /_emulator/scenario
  --seed FILE               state at the start, JSON as GET /_emulator/state returns it
  --journal NUMBER          number of requests that the journal keeps (default 10000)
  --json                    print one line of JSON with the address and the ids
  --quiet                   do not print a line on stderr for each request
  --version                 print the version
  -h, --help                print this help
`;
function readOptions(args) {
    const end = args.indexOf('--');
    const own = end === -1 ? args : args.slice(0, end);
    const command = end === -1 ? undefined : args.slice(end + 1);
    try {
        return interpret(parse(own[0] === 'emulator' ? own.slice(1) : own), command);
    }
    catch (error) {
        return { kind: 'mistake', message: firstSentence(error) };
    }
}
function firstSentence(error) {
    const message = (0,validation/* isRecord */.u4)(error) ? String(error.message) : String(error);
    const ambiguous = /^Option '(?:-\w, )?(--[\w-]+)[^']*' argument is ambiguous/.exec(message)?.[1];
    if (ambiguous)
        return `${ambiguous} needs a value; write one that begins with a dash as ${ambiguous}=-VALUE`;
    return message.split(/\.\s|\n/, 1)[0] ?? '';
}
function withNegativeNumbers(args) {
    return args.flatMap((arg, index) => {
        const [before = '', next = ''] = [args[index - 1], args[index + 1]];
        const isOption = (text) => /^--[a-z-]+$/.test(text);
        if (isOption(before) && /^-\d/.test(arg))
            return [];
        return [isOption(arg) && /^-\d/.test(next) ? `${arg}=${next}` : arg];
    });
}
function parse(args) {
    const { values } = (0,external_node_util_namespaceObject.parseArgs)({
        args: withNegativeNumbers(args),
        options: {
            port: { type: 'string' },
            host: { type: 'string', default: '127.0.0.1' },
            'public-url': { type: 'string' },
            key: { type: 'string' },
            'step-ms': { type: 'string', default: '1000' },
            'delete-ms': { type: 'string', default: '0' },
            hosting: { type: 'string', default: 'any' },
            repository: { type: 'string', multiple: true, default: ['acme/agents'] },
            scenario: { type: 'string' },
            seed: { type: 'string' },
            journal: { type: 'string', default: '10000' },
            json: { type: 'boolean', default: false },
            quiet: { type: 'boolean', default: false },
            version: { type: 'boolean', default: false },
            help: { type: 'boolean', short: 'h', default: false }
        }
    });
    return values;
}
const LONGEST_STEP_MS = 86_400_000;
const LONGEST_DELETE_MS = 31 * 86_400_000;
const MANUAL_STEP_MS = 1000;
function interpret(values, command) {
    if (values.help)
        return { kind: 'help' };
    if (values.version)
        return { kind: 'version' };
    const hosting = state/* HOSTINGS */.il.find((kind) => kind === values.hosting);
    if (!hosting)
        throw new Error(`--hosting must be one of ${state/* HOSTINGS */.il.join(', ')}, not '${values.hosting}'`);
    const odd = values.repository.find((name) => !/^[\w.-]+\/[\w.-]+$/.test(name));
    if (odd !== undefined)
        throw new Error(`--repository must be OWNER/NAME, not '${odd}'`);
    if (command?.length === 0)
        throw new Error('-- must be followed by a command');
    const { host, key, json, quiet, scenario, seed, 'step-ms': stepMs, 'public-url': publicUrl } = values;
    if (!/^[\w.:%-]+$/.test(host))
        throw new Error(`--host must be an address such as 0.0.0.0, not '${host}'`);
    if (key !== undefined && !/^[\x21-\x7e]+$/.test(key))
        throw new Error('--key must be printable ASCII characters without spaces');
    const manual = stepMs === 'manual';
    const options = {
        host,
        port: whole('port', values.port ?? (command ? '0' : '8124'), 65_535),
        ...(publicUrl === undefined ? {} : { publicUrl: originFrom(publicUrl) }),
        ...(key === undefined ? {} : { key }),
        stepMs: manual ? MANUAL_STEP_MS : whole('step-ms', stepMs, LONGEST_STEP_MS, ', or manual'),
        ...(manual ? { manual } : {}),
        deleteMs: whole('delete-ms', values['delete-ms'], LONGEST_DELETE_MS),
        hosting,
        repositories: values.repository,
        journal: whole('journal', values.journal, 1_000_000)
    };
    const files = { ...(scenario === undefined ? {} : { scenario }), ...(seed === undefined ? {} : { seed }) };
    return { kind: 'run', options, json, quiet, ...files, ...(command ? { command } : {}) };
}
function whole(name, text, max, or = '') {
    if (/^\d{1,10}$/.test(text) && Number(text) <= max)
        return Number(text);
    throw new Error(`--${name} must be a whole number from 0 to ${max}${or}, not '${text}'`);
}
function originFrom(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isOrigin = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash;
    if (isOrigin && !url.username)
        return url.origin;
    throw new Error(`--public-url must be like https://emulator.example.com, without a path, not '${text}'`);
}


/***/ }),

/***/ 375:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C$: () => (/* binding */ invalidCursor),
/* harmony export */   Lt: () => (/* binding */ decodeCursor),
/* harmony export */   MY: () => (/* binding */ page),
/* harmony export */   Rr: () => (/* binding */ jsonList),
/* harmony export */   aY: () => (/* binding */ cursorPage),
/* harmony export */   vF: () => (/* binding */ encodeCursor)
/* harmony export */ });
/* harmony import */ var _http_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3);
/* harmony import */ var _requests_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(149);


function page(items, { limit, offset }, show) {
    const resources = items.slice(offset, offset + limit).map(show);
    return { status: 200, body: { resources, offset: offset + resources.length } };
}
function jsonList(entries) {
    return { status: 200, parts: partsOf(entries) };
}
function* partsOf(entries) {
    for (const [index, entry] of entries.entries())
        yield `${index === 0 ? '[' : ','}${entry()}`;
    yield entries.length === 0 ? '[]' : ']';
}
function encodeCursor(value) {
    return Buffer.from(JSON.stringify(value)).toString('base64url');
}
function decodeCursor(cursor) {
    try {
        return JSON.parse(Buffer.from(cursor, 'base64url').toString());
    }
    catch {
        return undefined;
    }
}
function invalidCursor(name, cursor) {
    return (0,_http_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(422, [
        { type: 'value_error', loc: ['query', name], msg: 'Value error, Invalid cursor.', input: cursor }
    ]);
}
function cursorPage(items, call) {
    const { page_size: size, cursor } = (0,_http_js__WEBPACK_IMPORTED_MODULE_0__/* .readQuery */ .xB)(_requests_js__WEBPACK_IMPORTED_MODULE_1__/* .cursorQuery */ .zz, call);
    const start = cursor ? decodeCursor(cursor) : 0;
    if (typeof start !== 'number' || start < 0)
        throw invalidCursor('cursor', cursor ?? '');
    const end = start + size;
    const next_cursor = end < items.length ? encodeCursor(end) : null;
    return { status: 200, body: { items: items.slice(start, end), next_cursor } };
}


/***/ }),

/***/ 296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  rz: () => (/* binding */ ARCHIVE_LIMIT),
  o_: () => (/* binding */ jsonOf),
  qF: () => (/* binding */ parseJson),
  TC: () => (/* binding */ readerOf)
});

// UNUSED EXPORTS: isDeep

;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
// EXTERNAL MODULE: ./build/with-emulator/emulator/validation.js
var validation = __nccwpck_require__(340);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/tar.js



const UNPACKED_LIMIT = 2 ** 31;
const MOST_ENTRIES = 100_000;
const KEPT_LIMIT = 32 * 2 ** 20;
const DOCUMENT_LIMIT = 2 ** 20;
const BLOCK = 512;
async function readArchive(source, limit = Number.POSITIVE_INFINITY) {
    const gunzip = (0,external_node_zlib_namespaceObject.createGunzip)({ chunkSize: 2 ** 18 });
    const reading = readTar(gunzip).finally(() => gunzip.destroy());
    let size = 0;
    for await (const chunk of source) {
        size += chunk.length;
        if (size > limit || gunzip.destroyed || gunzip.write(chunk))
            continue;
        await Promise.race([(0,external_node_events_namespaceObject.once)(gunzip, 'drain').catch(() => undefined), reading]);
    }
    if (!gunzip.destroyed)
        gunzip.end();
    return { ...(await reading), size };
}
async function readTar(unpacked) {
    const entries = [];
    const documents = new Map();
    let kept = 0;
    try {
        for await (const { entry, content } of itemsOf(bytesOf(unpacked))) {
            if (entries.length === MOST_ENTRIES)
                throw new Error(`it has more than ${MOST_ENTRIES} entries`);
            const document = content && documentIn(content.toString());
            kept += entry.name.length + (document && isLarge(document) ? entry.size : 0);
            if (kept > KEPT_LIMIT)
                throw new Error(`its names and configurations have more than ${KEPT_LIMIT} bytes`);
            entries.push(entry);
            documents.delete(entry.name);
            if (document)
                documents.set(entry.name, document);
        }
        return { entries, documents, error: null };
    }
    catch (error) {
        return { entries: [], documents: new Map(), error: error instanceof Error ? error.message : String(error) };
    }
}
function bytesOf(source) {
    const chunks = source[Symbol.asyncIterator]();
    let chunk = Buffer.alloc(0);
    let total = 0;
    async function read(count, see) {
        let left = count;
        while (left > 0) {
            if (chunk.length === 0) {
                const next = await chunks.next();
                if (next.done)
                    break;
                chunk = next.value;
                total += chunk.length;
                if (total > UNPACKED_LIMIT)
                    throw new Error(`it unpacks to more than ${UNPACKED_LIMIT} bytes`);
            }
            const piece = chunk.subarray(0, left);
            chunk = chunk.subarray(piece.length);
            left -= piece.length;
            see(piece);
        }
        return count - left;
    }
    return {
        async take(count) {
            const pieces = [];
            await read(count, (piece) => pieces.push(piece));
            return Buffer.concat(pieces);
        },
        skip: (count) => read(count, () => undefined)
    };
}
async function* itemsOf(bytes) {
    let given = {};
    for (;;) {
        const header = await bytes.take(BLOCK);
        if (header.every((byte) => byte === 0))
            break;
        if (header.length < BLOCK)
            throw new Error('not a tar archive: it ends in the middle of a header');
        checkSum(header);
        const kind = String.fromCharCode(header[156] ?? 0);
        const isAbout = ['x', 'g', 'L', 'K'].includes(kind);
        const size = (isAbout ? undefined : given.size) ?? numberAt(header, 124, 12);
        if (!Number.isSafeInteger(size))
            throw new Error('not a tar archive: a header states no size');
        const type = typeOf(kind);
        const isKept = size <= DOCUMENT_LIMIT && (isAbout || type === 'file');
        const content = isKept ? await bytes.take(size) : null;
        const there = content?.length ?? (await bytes.skip(size));
        const padding = (BLOCK - (size % BLOCK)) % BLOCK;
        if (there < size || (await bytes.skip(padding)) < padding)
            throw new Error('it ends in the middle of an entry');
        if (kind === 'x')
            given = { ...given, ...paxFields(content ?? Buffer.alloc(0)) };
        else if (kind === 'L')
            given = { ...given, path: textIn(content ?? Buffer.alloc(0)) };
        else if (!isAbout) {
            const name = given.path ?? nameIn(header);
            given = {};
            yield { entry: { name, size, mode: numberAt(header, 100, 8) & 0o7777, type }, content };
        }
    }
    while ((await bytes.skip(2 ** 20)) > 0)
        ;
}
const OPENING_BRACE = /^\uFEFF?\s*\{/;
function documentIn(text) {
    const value = parsed(text);
    const [, outDir = null] = /"outDir"\s*:\s*"([^"]+)"/.exec(text) ?? [];
    if (!(0,validation/* isRecord */.u4)(value))
        return outDir === null ? undefined : { isObject: false, graphs: null, outDir };
    return { isObject: true, graphs: (0,validation/* isRecord */.u4)(value.graphs) ? value.graphs : null, outDir };
}
function parsed(text) {
    try {
        return OPENING_BRACE.test(text) ? JSON.parse(text) : undefined;
    }
    catch {
        return undefined;
    }
}
function isLarge({ graphs, outDir }) {
    return graphs !== null || outDir !== null;
}
function checkSum(header) {
    const stated = numberAt(header, 148, 8);
    const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
    if (sum !== stated)
        throw new Error('not a tar archive: a header does not match its checksum');
}
function textIn(bytes) {
    const end = bytes.indexOf(0);
    return bytes.subarray(0, end === -1 ? bytes.length : end).toString();
}
function numberAt(header, offset, length) {
    const field = header.subarray(offset, offset + length);
    if (((field[0] ?? 0) & 0x80) !== 0)
        return field.subarray(1).reduce((total, byte) => total * 256 + byte, 0);
    return Number.parseInt(textIn(field).trim() || '0', 8);
}
function nameIn(header) {
    const name = textIn(header.subarray(0, 100));
    const prefix = textIn(header.subarray(257, 262)) === 'ustar' ? textIn(header.subarray(345, 500)) : '';
    return prefix === '' ? name : `${prefix}/${name}`;
}
function paxFields(content) {
    const fields = {};
    for (let at = 0; at < content.length;) {
        const length = Number.parseInt(content.subarray(at, at + 20).toString(), 10);
        if (!(length > 0))
            break;
        const [, key, value = ''] = /^\d+ ([^=]+)=([\s\S]*)\n$/.exec(content.subarray(at, at + length).toString()) ?? [];
        if (key === 'path')
            fields.path = value;
        if (key === 'size')
            fields.size = Number(value);
        at += length;
    }
    return fields;
}
function typeOf(kind) {
    switch (kind) {
        case '0':
        case '\0':
        case '7':
            return 'file';
        case '1':
            return 'link';
        case '2':
            return 'symlink';
        case '5':
            return 'directory';
        default:
            return 'other';
    }
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/payload.js

const ARCHIVE_LIMIT = 209_715_200;
const API_LIMIT = 4 * 2 ** 20;
const AGENT_LIMIT = 25 * 2 ** 20;
const DEEPEST = 900;
function readerOf(path) {
    if (path.startsWith('/storage/'))
        return (_, stream) => readUpload(stream);
    const limit = /^\/(agents|_emulator)(\/|$)/.test(path) ? AGENT_LIMIT : API_LIMIT;
    return (contentType, stream) => readPayload(contentType, stream, limit);
}
async function readUpload(stream) {
    const archive = await readArchive(stream, ARCHIVE_LIMIT);
    return { kind: 'archive', archive, size: archive.size };
}
async function readPayload(contentType, stream, limit) {
    const chunks = [];
    let size = 0;
    for await (const chunk of stream) {
        size += chunk.length;
        if (size <= limit)
            chunks.push(chunk);
        else
            chunks.length = 0;
    }
    if (size === 0)
        return { kind: 'none' };
    if (size > limit)
        return { kind: 'large', size };
    const data = Buffer.concat(chunks);
    return isJson(contentType) ? parseJson(data) : { kind: 'other', data, size };
}
function isJson(contentType) {
    return contentType === undefined || /^application\/([^;]+\+)?json\s*(;|$)/i.test(contentType);
}
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
function parseJson(data) {
    const size = data.length;
    try {
        const text = utf8.decode(data);
        return isDeep(text) ? { kind: 'unreadable', size } : parseText(text, size);
    }
    catch {
        return { kind: 'unreadable', size };
    }
}
function jsonOf(payload) {
    return payload.kind === 'other' ? parseJson(payload.data) : payload;
}
function parseText(text, size) {
    try {
        return { kind: 'json', value: JSON.parse(text), text, size };
    }
    catch (error) {
        const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length);
        return { kind: 'broken', position, reason: 'Expecting value', size };
    }
}
function isDeep(text) {
    let depth = 0;
    for (let at = 0; at < text.length; at++) {
        const sign = text[at];
        if (sign === '"')
            at = endOfString(text, at);
        else if (sign === '[' || sign === '{')
            depth++;
        else if (sign === ']' || sign === '}')
            depth--;
        if (depth > DEEPEST)
            return true;
    }
    return false;
}
function endOfString(text, start) {
    for (let at = start + 1; at < text.length; at++) {
        if (text[at] === '\\')
            at++;
        else if (text[at] === '"')
            return at;
    }
    return text.length;
}


/***/ }),

/***/ 149:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AW: () => (/* binding */ patchRequest),
/* harmony export */   F3: () => (/* binding */ resourceTiersRequest),
/* harmony export */   Ho: () => (/* binding */ revisionsQuery),
/* harmony export */   Jd: () => (/* binding */ createByName),
/* harmony export */   Kf: () => (/* binding */ sourceConfig),
/* harmony export */   Li: () => (/* binding */ secretReferences),
/* harmony export */   Ne: () => (/* binding */ createByAgent),
/* harmony export */   O3: () => (/* binding */ secrets),
/* harmony export */   RO: () => (/* binding */ revisionRequest),
/* harmony export */   SB: () => (/* binding */ pageQuery),
/* harmony export */   Sl: () => (/* binding */ WIRE_TYPES),
/* harmony export */   ZL: () => (/* binding */ sessionsV1Query),
/* harmony export */   _J: () => (/* binding */ listenerPatchRequest),
/* harmony export */   aL: () => (/* binding */ logsQuery),
/* harmony export */   bW: () => (/* binding */ deploymentTierRequest),
/* harmony export */   bh: () => (/* binding */ revisionLogsQuery),
/* harmony export */   n$: () => (/* binding */ sessionQuery),
/* harmony export */   n6: () => (/* binding */ deploymentLogsQuery),
/* harmony export */   nh: () => (/* binding */ abilities),
/* harmony export */   s1: () => (/* binding */ sessionsV2Query),
/* harmony export */   tg: () => (/* binding */ deploymentsQuery),
/* harmony export */   wH: () => (/* binding */ v1LogsRequest),
/* harmony export */   wY: () => (/* binding */ listenerRequest),
/* harmony export */   yN: () => (/* binding */ deleteQuery),
/* harmony export */   zz: () => (/* binding */ cursorQuery)
/* harmony export */ });
/* unused harmony export DEPLOYMENT_TYPES */
/* harmony import */ var _resource_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(439);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(898);
/* harmony import */ var _validation_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(340);



const WIRE_TYPES = ['dev_free', 'dev', 'prod', 'dev_zero', 'dev_free_zero'];
const DEPLOYMENT_TYPES = [...WIRE_TYPES, 'serverless', 'dedicated'];
const TIERS = ['SERVERLESS_S', 'SERVERLESS_M', 'SERVERLESS_L', 'DEDICATED_S', 'DEDICATED_M', 'DEDICATED_L'];
const secrets = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(), value: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)() }));
const secretReferences = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(), secret_name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(), secret_key: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)() }));
const environment = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(['development', 'staging', 'production']);
const agent = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ agent_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(1), environment });
const sourceConfig = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({
    integration_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .uuid */ .uR),
    repo_url: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    deployment_type: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(DEPLOYMENT_TYPES)),
    build_on_push: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .truth */ .Im),
    custom_url: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    resource_spec: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_resource_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .resourceSpec */ .sS),
    listener_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .uuid */ .uR),
    listener_config: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ k8s_namespace: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()) })),
    install_command: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    build_command: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    template_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)())
});
const sourceRevisionConfig = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({
    repo_ref: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    langgraph_config_path: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    image_uri: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    source_tarball_path: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)())
});
const createFields = {
    source: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(_state_js__WEBPACK_IMPORTED_MODULE_1__/* .SOURCES */ .Hl),
    source_config: sourceConfig,
    source_revision_config: sourceRevisionConfig,
    secrets,
    secret_references: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(secretReferences),
    route_through_gateway: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .truth */ .Im)
};
const createByName = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(1), ...createFields, agent: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(agent) });
const createByAgent = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(1)), ...createFields, agent });
const patchRequest = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({
    revision_source: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(['github', 'internal_docker', 'internal_source'])),
    source_config: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(sourceConfig),
    source_revision_config: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(sourceRevisionConfig),
    secrets: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(secrets),
    secret_references: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(secretReferences),
    display_name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(1)),
    route_through_gateway: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .truth */ .Im),
    tracked_packages: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()))
});
const revisionRequest = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({
    source_revision_config: sourceRevisionConfig,
    source_config: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(sourceConfig),
    secrets: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(secrets),
    secret_references: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(secretReferences)
});
const abilities = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({
    supports_upload_headers: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .truth */ .Im, false),
    supports_registry_username: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .truth */ .Im, false)
});
const deploymentTierRequest = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ deployment_tier: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(TIERS) });
const resourceTiersRequest = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({
    compute_tier: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(TIERS)),
    database_tier: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(TIERS))
});
const computeConfig = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ k8s_namespaces: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)())) });
const listenerRequest = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({
    version: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    compute_type: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(['k8s']),
    compute_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)(),
    compute_config: computeConfig
});
const listenerPatchRequest = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ version: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()), compute_config: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(computeConfig) });
const paging = {
    limit: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .integerText */ .ap)({ min: 1, max: 100 }), 20),
    offset: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .integerText */ .ap)({ min: 0 }), 0)
};
const pageQuery = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(paging);
const deploymentsQuery = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({
    ...paging,
    name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    name_contains: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    status: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    remote_reconciled: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .truth */ .Im),
    tag_value_ids: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    image_version: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    deployment_type: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(DEPLOYMENT_TYPES)),
    deployment_ids: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    agent_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    agent_environment: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(environment)
});
const revisionsQuery = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ ...paging, status: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()), remote_reconciled: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .truth */ .Im) });
const deleteQuery = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({
    delete_tracing_project: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .truth */ .Im, false),
    force: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .truth */ .Im, false)
});
const cursorQuery = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({
    page_size: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .integerText */ .ap)({ min: 1, max: 100 }), 20),
    cursor: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)())
});
const stats = { include_stats: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .truth */ .Im, false), stats_start_time: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .moment */ .n$) };
const sessionQuery = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(stats);
const sessionFilter = {
    ...stats,
    name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    name_contains: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    metadata: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)())
};
const sessionsV1Query = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({
    ...sessionFilter,
    reference_free: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .truth */ .Im),
    limit: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .integerText */ .ap)({ min: 1, max: 100 }), 100),
    offset: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .integerText */ .ap)({ min: 0 }), 0)
});
const sessionsV2Query = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ ...sessionFilter, type: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(['PROJECT', 'AGENT', 'EXPERIMENT'])) });
const level = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']));
const order = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(['asc', 'desc']), 'asc');
const logFilter = {
    level,
    query: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    run_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)()),
    start_time: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .moment */ .n$),
    end_time: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .moment */ .n$)
};
const logFields = {
    ...logFilter,
    order,
    limit: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .integerText */ .ap)({ min: 1, max: 1000 }), 50),
    offset: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)())
};
const logsQuery = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)(logFields);
const revisionLogsQuery = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ ...logFields, type: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(['build', 'deploy']) });
const deploymentLogsQuery = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({
    ...logFilter,
    deployment_id: _validation_js__WEBPACK_IMPORTED_MODULE_2__/* .uuid */ .uR,
    revision_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .uuid */ .uR),
    log_type: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)(['BUILD', 'DEPLOY']), 'DEPLOY'),
    sort_order: order,
    page_size: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .integerText */ .ap)({ min: 1, max: 100 }), 20),
    cursor: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)())
});
const v1LogsRequest = (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ik)({ ...logFields, limit: (0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_2__/* .integer */ .nd)({ min: 1 }), 50) });


/***/ }),

/***/ 439:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BF: () => (/* binding */ impossibleIn),
/* harmony export */   XT: () => (/* binding */ specProblem),
/* harmony export */   ZQ: () => (/* binding */ completeSpec),
/* harmony export */   sS: () => (/* binding */ resourceSpec)
/* harmony export */ });
/* harmony import */ var _validation_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(340);

const cores = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai)({ min: 0.1 }));
const unboundedCores = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai)());
const whole = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)());
const words = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)());
const word = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(), '');
const kubernetes = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1);
function objects(item) {
    return (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .asSent */ .$i)(item)));
}
const reference = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({ name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)() });
const mount = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
    name: word,
    mountPath: word,
    subPath: words,
    mountPropagation: words,
    readOnly: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im),
    subPathExpr: words
});
const volume = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
    name: word,
    configMap: kubernetes,
    secret: kubernetes,
    emptyDir: kubernetes,
    persistentVolumeClaim: kubernetes,
    nfs: kubernetes,
    projected: kubernetes,
    downwardAPI: kubernetes,
    csi: kubernetes
});
const quantities = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .recordOf */ .zv)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)()));
const container = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
    name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(),
    image: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(),
    imagePullPolicy: words,
    command: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)())),
    args: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)())),
    workingDir: words,
    env: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({ name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(), value: words, valueFrom: kubernetes }))),
    envFrom: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)(_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)),
    resources: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({ limits: quantities, requests: quantities })),
    volumeMounts: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)(mount)),
    securityContext: kubernetes,
    restartPolicy: words
});
const FIELDS = {
    min_scale: whole,
    max_scale: whole,
    cpu: cores,
    cpu_limit: cores,
    memory_mb: whole,
    memory_limit_mb: whole,
    queue_min_scale: whole,
    queue_max_scale: whole,
    queue_cpu: cores,
    queue_cpu_limit: cores,
    queue_memory_mb: whole,
    queue_memory_limit_mb: whole,
    orchestrator_cpu: unboundedCores,
    orchestrator_cpu_limit: unboundedCores,
    orchestrator_memory_mb: whole,
    orchestrator_memory_limit_mb: whole,
    orchestrator_min_scale: whole,
    orchestrator_max_scale: whole,
    executor_cpu: unboundedCores,
    executor_cpu_limit: unboundedCores,
    executor_memory_mb: whole,
    executor_memory_limit_mb: whole,
    redis_cpu: cores,
    redis_cpu_limit: cores,
    redis_memory_mb: whole,
    redis_memory_limit_mb: whole,
    labels: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .recordOf */ .zv)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)())),
    annotations: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .recordOf */ .zv)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)())),
    service_account_name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)()),
    image_pull_secrets: objects(reference),
    volumes: objects(volume),
    volume_mounts: objects(mount),
    init_containers: objects(container),
    sidecars: objects(container),
    db_cpu: unboundedCores,
    db_cpu_limit: unboundedCores,
    db_memory_mb: whole,
    db_memory_limit_mb: whole,
    db_storage_gi: whole,
    db_max_connections: whole
};
const fields = (0,_validation_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)(FIELDS);
const resourceSpec = fields;
const DEFAULTS = { min_scale: 1, max_scale: 1, cpu: 1, memory_mb: 2048 };
function completeSpec(sent) {
    const complete = Object.keys(FIELDS).map((key) => [key, rounded(key, sent[key] ?? DEFAULTS[key] ?? null)]);
    return Object.fromEntries(complete);
}
function rounded(key, value) {
    return typeof value === 'number' && /cpu/.test(key) ? Math.round(value * 10) / 10 : value;
}
const LEAST_REDIS_MB = 512;
function impossibleIn(spec) {
    const [key] = Object.entries(spec).find(([name, value]) => /scale$/.test(name) && Number(value) < 0) ?? [];
    return key === undefined ? null : `'${key}' must not be negative`;
}
function specProblem(spec, deploymentType) {
    const odd = Object.entries(spec).find(([key, value]) => /memory/.test(key) && typeof value === 'number' && (value <= 0 || value % 128 !== 0));
    if (odd)
        return `'${odd[0]}' must be a multiple of 128`;
    const { redis_memory_mb: redis, redis_memory_limit_mb: limit } = spec;
    if (typeof redis === 'number' && redis < LEAST_REDIS_MB)
        return `'redis_memory_mb' must be at least ${LEAST_REDIS_MB}`;
    if (typeof limit === 'number' && limit < Math.max(LEAST_REDIS_MB, Number(redis ?? 0))) {
        return "'redis_memory_limit_mb' must not be below 'redis_memory_mb'";
    }
    if (spec.min_scale === 0 && deploymentType !== 'dev_zero')
        return "'min_scale' must be at least 1";
    if (Number(spec.min_scale) > Number(spec.max_scale))
        return "'max_scale' must not be below 'min_scale'";
    return null;
}


/***/ }),

/***/ 154:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  st: () => (/* binding */ controlRoutes),
  Gw: () => (/* binding */ givenScenario),
  cu: () => (/* binding */ identityOf)
});

// EXTERNAL MODULE: ./build/with-emulator/emulator/access.js
var access = __nccwpck_require__(641);
// EXTERNAL MODULE: ./build/with-emulator/emulator/faults.js
var faults = __nccwpck_require__(970);
// EXTERNAL MODULE: ./build/with-emulator/emulator/http.js
var http = __nccwpck_require__(3);
// EXTERNAL MODULE: ./build/with-emulator/emulator/journal.js
var journal = __nccwpck_require__(288);
// EXTERNAL MODULE: ./build/with-emulator/emulator/paging.js
var paging = __nccwpck_require__(375);
// EXTERNAL MODULE: ./build/with-emulator/emulator/payload.js + 3 modules
var payload = __nccwpck_require__(296);
// EXTERNAL MODULE: ./build/with-emulator/emulator/scenario.js + 1 modules
var emulator_scenario = __nccwpck_require__(19);
// EXTERNAL MODULE: ./build/with-emulator/emulator/seed.js
var seed = __nccwpck_require__(930);
// EXTERNAL MODULE: ./build/with-emulator/emulator/state.js + 2 modules
var emulator_state = __nccwpck_require__(898);
// EXTERNAL MODULE: ./build/with-emulator/emulator/routes/table.js + 20 modules
var table = __nccwpck_require__(56);
// EXTERNAL MODULE: ./build/with-emulator/emulator/answers.js
var answers = __nccwpck_require__(124);
// EXTERNAL MODULE: ./build/with-emulator/emulator/validation.js
var validation = __nccwpck_require__(340);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/time.js




const LONGEST_MS = 366 * 86_400_000;
const advanceRequest = (0,validation/* object */.Ik)({ ms: (0,validation/* optional */.lq)((0,validation/* integer */.nd)({ min: 0, max: LONGEST_MS })), until: (0,validation/* optional */.lq)((0,validation/* text */.Qq)(1)), deployment: (0,validation/* optional */.lq)((0,validation/* text */.Qq)(1)) }, { closed: true });
const END_OF_TIME = Date.UTC(2200, 0, 1);
const MOST_STEPS = 10_000;
function advance(call) {
    const { ms, until, deployment } = (0,http/* readBody */.x8)(advanceRequest, { ...call, payload: (0,payload/* jsonOf */.o_)(call.payload) });
    const { state } = call;
    const begin = state.clock.now();
    if ((ms === null) === (until === null))
        throw (0,http/* refusal */.x5)(422, "Set either 'ms' or 'until'");
    if (until === null)
        pass(state, ms ?? 0);
    else
        passUntil(state, until, deployment);
    const now = state.clock.now();
    return { status: 200, body: { now: new Date(now).toISOString(), advanced_ms: now - begin } };
}
function pass({ clock, agenda }, ms) {
    if (clock.now() + ms > END_OF_TIME)
        throw (0,http/* refusal */.x5)(409, 'The clock cannot pass the year 2200. Start the emulator again.');
    clock.advance(ms);
    agenda.advance(clock.now());
}
function passUntil(state, status, deployment) {
    const revision = newestRevision(state, deployment);
    if (!revision)
        throw (0,http/* refusal */.x5)(404, `There is no revision${deployment === null ? '' : ` of a deployment '${deployment}'`}.`);
    const limit = state.clock.now() + LONGEST_MS;
    for (let step = 0; !(0,answers/* hasReached */.Nl)(revision, status); step++) {
        const next = state.agenda.next();
        if (next === undefined || next > limit || step === MOST_STEPS) {
            throw (0,http/* refusal */.x5)(409, `Revision ID ${revision.id} is ${revision.status} and does not reach ${status}.`);
        }
        pass(state, Math.max(0, next - state.clock.now()));
    }
}
function newestRevision({ worlds }, deployment) {
    const revisions = [...worlds.values()]
        .flatMap((world) => world.deployments)
        .filter(({ id, name }) => deployment === null || deployment === name || deployment === id)
        .flatMap((one) => one.revisions);
    return revisions.sort((one, other) => one.createdAt - other.createdAt).at(-1);
}
const advanceRoute = {
    method: 'POST',
    path: '/_emulator/advance',
    open: advance,
    body: advanceRequest
};

;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/control.js











function identityOf(state) {
    return {
        url: state.url,
        api_key: (0,access/* exampleKey */.uE)(state),
        workspace_id: emulator_state/* WORKSPACE_ID */.M6,
        integration_id: emulator_state/* INTEGRATION_ID */.vY,
        listener_id: emulator_state/* LISTENER_ID */.X2
    };
}
const givenScenario = {
    parse(value, loc, problems) {
        const before = problems.length;
        const scenario = emulator_scenario/* scenarioSchema */.mE.parse(value, loc, problems);
        if (problems.length > before)
            return { scenario, sent: value };
        for (const [index, rule] of scenario.faults.entries()) {
            if (table/* CLIENT_ROUTES */.ps.some((route) => (0,faults/* canMatch */.k)(rule, route)))
                continue;
            const isPath = !table/* CLIENT_ROUTES */.ps.some((route) => (0,faults/* canMatch */.k)({ ...rule, method: null }, route));
            const key = isPath ? 'path' : 'method';
            const msg = isPath ? 'No route matches this path' : 'No route that matches this path has this method';
            problems.push({ type: 'value_error', loc: [...loc, 'faults', index, key], msg, input: rule[key] });
        }
        return { scenario, sent: value };
    }
};
function showScenario({ state }) {
    const { scenario, scenarioSent, scripted, faults } = state;
    return {
        scenario: scenarioSent,
        revisions: scenario.revisions.map((rule) => ({ fired: scripted.get(rule) ?? 0 })),
        faults: scenario.faults.map((rule) => faults.of(rule))
    };
}
const controlRoutes = [
    { method: 'GET', path: '/_emulator', open: ({ state }) => ({ status: 200, body: identityOf(state) }) },
    {
        method: 'POST',
        path: '/_emulator/reset',
        status: 204,
        open({ state }) {
            (0,emulator_state/* resetState */.$V)(state);
            return { status: 204 };
        }
    },
    {
        method: 'GET',
        path: '/_emulator/requests',
        open: ({ state }) => (0,paging/* jsonList */.Rr)(state.journal.entries().map((entry) => () => (0,journal/* showEntry */.E)(entry)))
    },
    {
        method: 'PUT',
        path: '/_emulator/scenario',
        body: emulator_scenario/* scenarioSchema */.mE,
        status: 204,
        open(call) {
            const { scenario, sent } = (0,http/* readBody */.x8)(givenScenario, { ...call, payload: (0,payload/* jsonOf */.o_)(call.payload) });
            (0,emulator_state/* putScenario */.YV)(call.state, scenario, sent, call.now);
            return { status: 204 };
        }
    },
    { method: 'GET', path: '/_emulator/scenario', open: (call) => ({ status: 200, body: showScenario(call) }) },
    {
        method: 'GET',
        path: '/_emulator/state',
        open: ({ state, now }) => ({ status: 200, body: (0,seed/* exportState */.sp)(state, now) })
    },
    advanceRoute
];


/***/ }),

/***/ 56:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  QQ: () => (/* binding */ API_ROUTES),
  ps: () => (/* binding */ CLIENT_ROUTES),
  n: () => (/* binding */ LANGSMITH_ROUTES),
  $V: () => (/* binding */ LOOKING_ROUTES)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(67);
// EXTERNAL MODULE: ./build/with-emulator/emulator/access.js
var access = __nccwpck_require__(641);
// EXTERNAL MODULE: ./build/with-emulator/emulator/http.js
var http = __nccwpck_require__(3);
// EXTERNAL MODULE: ./build/with-emulator/emulator/state.js + 2 modules
var emulator_state = __nccwpck_require__(898);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/agents/access.js



const SERVER_ERROR = {
    status: 500,
    text: 'Internal Server Error',
    headers: { 'content-type': 'text/plain; charset=utf-8' }
};
function admitCaller(call, serving) {
    const { auth } = serving.traits;
    switch (auth.kind) {
        case 'none':
            return;
        case 'down':
            throw (0,http/* refusalWith */.Nv)('The auth API is down', { ...SERVER_ERROR, notBefore: call.now + auth.after_ms });
        case 'langsmith':
            checkLangsmithKey(call, serving);
            return;
        case 'custom':
            checkCustom(call, serving, auth);
    }
}
function checkLangsmithKey({ headers, state }, { deployment }) {
    const key = headers['x-api-key']?.trim() ?? '';
    if (key === '')
        throw (0,http/* refusal */.x5)(403, 'Missing authentication headers');
    if (!(0,access/* isValidKey */.Iz)(state, key))
        throw (0,http/* refusal */.x5)(403, 'Invalid token');
    const given = headers['x-tenant-id']?.toLowerCase() ?? '';
    const tenantId = given === '' && key !== access/* ORGANIZATION_KEY */._9 ? emulator_state/* WORKSPACE_ID */.M6 : given;
    if (tenantId !== deployment.tenantId)
        throw (0,http/* refusal */.x5)(403, 'Invalid tenant ID');
}
function checkCustom(call, serving, auth) {
    const { headers } = call;
    const isStudio = auth.studio && headers['x-auth-scheme']?.toLowerCase() === 'langsmith';
    const wanted = Object.entries(auth.headers);
    const isKnown = wanted.length > 0 && wanted.every(([name, value]) => headers[name.toLowerCase()] === value);
    const mayUseKey = isStudio || (auth.allow_langsmith_api_keys && headers['x-api-key'] !== undefined);
    if (isKnown && !isStudio)
        return;
    if (!mayUseKey)
        throw (0,http/* refusal */.x5)(auth.status, auth.detail);
    checkLangsmithKey(call, serving);
}
function seesAssistants({ traits }) {
    if (traits.auth.assistants === 'denied')
        throw (0,http/* refusal */.x5)(403, 'Forbidden');
    return traits.auth.assistants === 'all';
}

// EXTERNAL MODULE: ./build/with-emulator/emulator/answers.js
var answers = __nccwpck_require__(124);
// EXTERNAL MODULE: ./build/with-emulator/emulator/artifacts.js
var artifacts = __nccwpck_require__(572);
// EXTERNAL MODULE: ./build/with-emulator/emulator/validation.js
var validation = __nccwpck_require__(340);
// EXTERNAL MODULE: ./build/with-emulator/emulator/agents/scenario.js
var scenario = __nccwpck_require__(366);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/agents/serving.js




function servingAgent({ state, params, now }) {
    const deployment = (0,emulator_state/* findDeployment */.HZ)(state, params.deployment_id?.toLowerCase() ?? '');
    if (!deployment || !(0,answers/* isPresent */.Wo)(deployment, now))
        throw (0,http/* refusal */.x5)(404, 'Not Found');
    if (!deployment.serves)
        throw (0,http/* refusal */.x5)(503, 'The agent server is not up yet.');
    const revision = deployment.answering ?? deployment.active;
    const traits = (0,answers/* agentTraits */.NF)(state, revision);
    return { deployment, revision, traits, graphs: graphsOf(traits, revision) };
}
function graphsOf({ graphs }, revision) {
    if (graphs)
        return new Map(Object.entries(graphs));
    return new Map((revision?.graphs ?? ['agent']).map((name) => [name, scenario/* USUAL_GRAPH */.iX]));
}
function registeredNames({ graphs }) {
    return [...graphs].filter(([, { load }]) => load !== 'removed').map(([name]) => name);
}
function awakeAt(state, { deployment, revision, traits }, now) {
    const asked = state.asked.get(deployment.id);
    const isSame = asked !== undefined && asked.revision === revision;
    const isIdle = isSame && traits.idle_ms !== null && now - asked.at >= traits.idle_ms;
    const awake = isSame && !isIdle ? asked.awakeAt : now + traits.cold_start_ms;
    state.asked.set(deployment.id, { revision, at: Math.max(now, awake), awakeAt: awake });
    return awake;
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/agents/assistants.js








function assistantsOf(serving) {
    const own = [...serving.graphs].map(([name, graph]) => ({
        id: (0,artifacts/* assistantIdFor */.hM)(name),
        graphId: name,
        name,
        metadata: { created_by: 'system' },
        graph
    }));
    const made = serving.traits.assistants.map(({ graph_id: graphId, name, metadata }) => ({
        id: (0,artifacts/* assistantIdFor */.hM)(graphId, name),
        graphId,
        name,
        metadata,
        graph: serving.graphs.get(graphId) ?? scenario/* USUAL_GRAPH */.iX
    }));
    return [...own, ...made];
}
const searchRequest = (0,validation/* object */.Ik)({
    graph_id: (0,validation/* optional */.lq)((0,validation/* text */.Qq)()),
    metadata: (0,validation/* optional */.lq)(validation/* record */.g1),
    name: (0,validation/* optional */.lq)((0,validation/* text */.Qq)()),
    limit: (0,validation/* withDefault */.IQ)((0,validation/* integer */.nd)({ min: 1, max: 1000 }), 10),
    offset: (0,validation/* withDefault */.IQ)((0,validation/* integer */.nd)({ min: 0 }), 0)
});
function searchAssistants(call, serving) {
    const { graph_id: graphId, metadata, name, limit, offset } = (0,http/* readBody */.x8)(searchRequest, call);
    if (graphId !== null && !registeredNames(serving).includes(graphId))
        throw graphNotFound(serving, graphId);
    const found = seesAssistants(serving)
        ? assistantsOf(serving).filter((one) => (one.graph.listed ?? one.graph.load !== 'removed') &&
            (graphId === null || one.graphId === graphId) &&
            (name === null || one.name.toLowerCase().includes(name.toLowerCase())) &&
            Object.entries(metadata ?? {}).every(([key, value]) => isSame(one.metadata[key], value)))
        : [];
    const rows = found.reverse().slice(offset, offset + limit);
    const more = offset + limit < found.length;
    const headers = {
        'x-pagination-total': String(offset + rows.length + (more ? 1 : 0)),
        ...(more ? { 'x-pagination-next': String(offset + limit) } : {})
    };
    return { status: 200, body: rows.map(showAssistant), headers };
}
function isSame(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
}
function showAssistant({ id, graphId, name, metadata }) {
    return {
        assistant_id: id,
        graph_id: graphId,
        config: {},
        context: {},
        metadata,
        name,
        created_at: (0,answers/* timestamp */.vE)(emulator_state/* BEGINNING */.C6).replace('Z', '+00:00'),
        updated_at: (0,answers/* timestamp */.vE)(emulator_state/* BEGINNING */.C6).replace('Z', '+00:00'),
        version: 1,
        description: null
    };
}
function graphNotFound(serving, name) {
    const names = registeredNames(serving).map((one) => `'${one}'`);
    return (0,http/* refusal */.x5)(404, `Graph '${name}' not found. Expected one of: [${names.sort().join(', ')}]`);
}
function assistantIn(serving, given, byName) {
    const isName = byName && registeredNames(serving).includes(given);
    if (!isName && !(0,validation/* isUuid */.O1)(given))
        throw (0,http/* refusal */.x5)(422, 'Invalid assistant ID: must be a UUID');
    if (!seesAssistants(serving))
        throw (0,http/* refusal */.x5)(404, 'Not Found');
    const found = findAssistant(serving, given);
    if (!found)
        throw (0,http/* refusal */.x5)(404, 'Not Found');
    return found;
}
function findAssistant(serving, given) {
    const id = registeredNames(serving).includes(given) ? (0,artifacts/* assistantIdFor */.hM)(given) : given.toLowerCase();
    return assistantsOf(serving).find((one) => one.id === id);
}
function showOne(call, serving) {
    return { status: 200, body: showAssistant(assistantIn(serving, call.params.assistant_id ?? '', false)) };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/agents/logs.js





function requestIdOf({ headers }) {
    return headers['x-request-id'] ?? (0,external_node_crypto_.randomUUID)();
}
function logLine({ deployment, revision }, line) {
    const whose = revision ?? deployment.revisions.findLast(({ status }) => status === 'DEPLOYED');
    whose?.serverLog.push({ runId: null, ...line });
}
function logRequest(call, serving, status, at, reason) {
    const level = status >= 500 ? 'ERROR' : 'WARNING';
    const path = call.path.replace(/^\/agents\/[^/]+/, '');
    const message = `${call.method} ${path} ${status} ${at - call.now}ms [langgraph_api.server] run_id=None`;
    logLine(serving, { at, level, message });
    if (status >= 500)
        logLine(serving, { at, level, message: `Exception in ASGI application\n${reason}` });
}
const addedLines = (0,validation/* object */.Ik)({ deployment_id: validation/* uuid */.uR, lines: (0,validation/* list */.p_)(scenario/* logLine */.BP) }, { closed: true });
function addLines(call) {
    const { deployment_id, lines } = (0,http/* readBody */.x8)(addedLines, call);
    const deployment = (0,emulator_state/* findDeployment */.HZ)(call.state, deployment_id);
    if (!deployment)
        throw (0,http/* refusal */.x5)(404, 'Not Found');
    for (const line of lines) {
        const { level, message } = typeof line === 'string' ? { level: 'INFO', message: line } : line;
        const [, runId] = /\brun_id=([0-9a-f-]{36})/.exec(message) ?? [];
        logLine({ deployment, revision: deployment.active }, { at: call.now, level, message, ...(runId ? { runId } : {}) });
    }
    return { status: 204 };
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/agents/graphs.js




function drawGraph(call, serving) {
    return loaded(call, serving, true, ({ name }) => ({
        nodes: [
            { id: '__start__', type: 'runnable', data: { name: '__start__' } },
            { id: name, type: 'runnable', data: { name } },
            { id: '__end__' }
        ],
        edges: [
            { source: '__start__', target: name },
            { source: name, target: '__end__' }
        ]
    }));
}
function showSchemas(call, serving) {
    return loaded(call, serving, false, ({ graphId }) => {
        const state = { title: `${graphId}_state`, type: 'object', properties: {} };
        return {
            graph_id: graphId,
            input_schema: state,
            output_schema: state,
            state_schema: state,
            config_schema: {},
            context_schema: null
        };
    });
}
function loaded(call, serving, isDrawing, show) {
    const assistant = assistantIn(serving, call.params.assistant_id ?? '', isDrawing);
    const notBefore = call.now + assistant.graph.load_ms;
    try {
        checkLoad(serving, assistant, isDrawing);
    }
    catch (error) {
        if (!(0,http/* isRefusal */.vu)(error))
            throw error;
        logRequest(call, serving, error.answer.status, notBefore, error.message);
        throw (0,http/* refusalWith */.Nv)(error.message, { ...error.answer, notBefore });
    }
    return { status: 200, body: show(assistant), notBefore };
}
function checkLoad(serving, { graphId, graph }, isDrawing) {
    const { load } = graph;
    const message = messageOf(graphId, graph);
    if (typeof load === 'number')
        throw (0,http/* refusal */.x5)(load, message);
    switch (load) {
        case 'ok':
            return;
        case 'error':
            throw (0,http/* refusalWith */.Nv)(`KeyError: ${message}`, SERVER_ERROR);
        case 'value-error':
            throw (0,http/* refusal */.x5)(400, message);
        case 'no-graph':
            throw (0,http/* refusal */.x5)(424, message);
        case 'not-drawable':
            if (isDrawing)
                throw (0,http/* refusal */.x5)(422, 'The graph does not support visualization');
            return;
        case 'removed':
            throw graphNotFound(serving, graphId);
    }
}
function messageOf(graphId, { load, message }) {
    if (message !== null)
        return message;
    switch (load) {
        case 'error':
            return "'OPENAI_API_KEY'";
        case 'value-error':
            return 'OPENAI_API_KEY must be set';
        case 'no-graph':
            return `Graph '${graphId}' is not valid. Review graph registration. None`;
        default:
            return 'Service Unavailable';
    }
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/agents/runs.js








const runRequest = (0,validation/* object */.Ik)({
    assistant_id: (0,validation/* text */.Qq)(1),
    input: (0,validation/* withDefault */.IQ)(validation/* anything */.D8, null),
    config: (0,validation/* optional */.lq)(validation/* record */.g1),
    context: (0,validation/* optional */.lq)(validation/* record */.g1),
    metadata: (0,validation/* optional */.lq)(validation/* record */.g1),
    on_disconnect: (0,validation/* withDefault */.IQ)((0,validation/* oneOf */.yL)(['cancel', 'continue']), 'continue')
});
const HEARTBEAT_MS = 5000;
function waitForRun(call, serving, at) {
    const run = startRun(call, serving, at);
    const path = `/threads/${run.threadId}/runs/${run.id}`;
    return {
        status: 200,
        headers: { 'content-type': 'application/json', location: `${path}/join`, 'content-location': path },
        notBefore: at,
        stream: streamOf(call.state, run)
    };
}
function startRun(call, serving, startedAt) {
    const request = (0,http/* readBody */.x8)(runRequest, call);
    const assistant = findAssistant(serving, request.assistant_id);
    if (!assistant)
        throw unknownAssistant(serving, request.assistant_id);
    if (serving.traits.auth.deny_runs)
        throw (0,http/* refusal */.x5)(403, 'Forbidden');
    if (hasContextAndConfigurable(request)) {
        throw (0,http/* refusal */.x5)(400, 'Cannot specify both configurable and context. Prefer setting context alone. Context was introduced in LangGraph 0.6.0 and is the long term planned replacement for configurable.');
    }
    const { state } = call;
    const { deployment, revision } = serving;
    const run = {
        id: (0,external_node_crypto_.randomUUID)(),
        threadId: (0,external_node_crypto_.randomUUID)(),
        deployment,
        revision,
        assistant,
        requestId: requestIdOf(call),
        request,
        size: call.payload.kind === 'json' ? call.payload.size : 0,
        traits: nextRun(state, serving, assistant.graph),
        startedAt,
        status: 'running',
        abandoned: false,
        endedAt: null,
        output: undefined
    };
    state.runs.push(run);
    forgetOldest(state.runs);
    note(run, startedAt, { level: 'INFO', message: 'Starting background run' });
    for (const line of run.traits.log)
        note(run, startedAt, typeof line === 'string' ? { level: 'INFO', message: line } : line);
    if (run.traits.ms !== null) {
        state.agenda.add(startedAt + assistant.graph.load_ms + run.traits.ms, (now) => endRun(run, now));
    }
    return run;
}
const MOST_BYTES = 64 * 2 ** 20;
function forgetOldest(runs) {
    let bytes = 0;
    for (const run of runs.toReversed()) {
        bytes += run.size;
        if (bytes <= MOST_BYTES || run.endedAt === null || run.size === 0)
            continue;
        run.request = { ...run.request, input: null, config: null, context: null, metadata: null };
        run.output = null;
        run.size = 0;
    }
}
function nextRun({ runs }, { deployment, revision }, graph) {
    const earlier = runs.filter((run) => run.assistant.graph === graph && run.deployment === deployment && run.revision === revision);
    return graph.runs[earlier.length] ?? graph.runs.at(-1) ?? scenario/* USUAL_RUN */.Lw;
}
function unknownAssistant(serving, given) {
    if ((0,validation/* isUuid */.O1)(given))
        return (0,http/* refusal */.x5)(404, 'Thread or assistant not found.');
    const names = registeredNames(serving).join(', ');
    const choices = `Must be either:\n- A valid assistant UUID, or\n- One of the registered graphs: ${names}`;
    return (0,http/* refusal */.x5)(422, `Invalid assistant: '${given}'. ${choices}`);
}
function hasContextAndConfigurable({ context, config }) {
    const configurable = (0,validation/* isRecord */.u4)(config) ? config.configurable : undefined;
    return ((0,validation/* isRecord */.u4)(context) && (0,validation/* isRecord */.u4)(configurable) && [context, configurable].every((one) => Object.keys(one).length > 0));
}
function streamOf(state, run) {
    let beats = 0;
    return {
        next(now) {
            state.agenda.advance(now);
            const until = run.endedAt ?? now;
            const due = Math.max(0, Math.floor((until - run.startedAt) / HEARTBEAT_MS));
            const text = '\n'.repeat(due - beats);
            beats = due;
            return run.endedAt === null ? { text, last: false } : { text: text + JSON.stringify(run.output), last: true };
        },
        left(now) {
            state.agenda.advance(now);
            if (run.endedAt !== null)
                return;
            run.abandoned = true;
            if (run.request.on_disconnect === 'cancel')
                cancelRun(run, now);
        }
    };
}
function cancelRun(run, now) {
    const reason = "reason='client disconnected from the run stream (on_disconnect=cancel)'";
    finish(run, now, 'cancelled', run.request.input);
    note(run, now, { level: 'INFO', message: `Background run interrupted ${reason}` });
}
function endRun(run, now) {
    if (run.endedAt !== null)
        return;
    const { traits, request } = run;
    const error = loadError(run) ?? traits.error ?? emptyInput(run);
    if (error) {
        finish(run, now, 'error', { __error__: { error: error.type, message: shownMessage(error) } });
        const exception = `<class '${error.type}'>(${error.message})`;
        note(run, now, { level: 'ERROR', message: `Run encountered an error in graph: ${exception}` });
        note(run, now, { level: 'ERROR', message: `Background run failed. Exception: ${exception}` });
        return;
    }
    if (traits.cancelled) {
        finish(run, now, 'cancelled', request.input);
        note(run, now, { level: 'INFO', message: 'Background run interrupted' });
        return;
    }
    if (traits.interrupt !== undefined) {
        const __interrupt__ = [{ value: traits.interrupt, id: run.id.replaceAll('-', ''), response_schema: null }];
        finish(run, now, 'interrupted', { ...((0,validation/* isRecord */.u4)(request.input) ? request.input : {}), __interrupt__ });
    }
    else {
        finish(run, now, 'success', traits.result === undefined ? usualResult(request.input) : traits.result);
    }
    note(run, now, { level: 'INFO', message: 'Background run succeeded' });
}
function finish(run, now, status, output) {
    run.status = status;
    run.endedAt = now;
    run.output = output;
}
function loadError({ assistant: { graphId, graph } }) {
    const message = messageOf(graphId, graph);
    if (typeof graph.load === 'number')
        return { type: 'HTTPException', message: `${graph.load}: ${message}` };
    switch (graph.load) {
        case 'error':
            return { type: 'KeyError', message };
        case 'value-error':
            return { type: 'ValueError', message };
        case 'no-graph':
            return { type: 'HTTPException', message: `424: ${message}` };
        case 'removed':
            return { type: 'HTTPException', message: `404: Graph '${graphId}' not found` };
        default:
            return null;
    }
}
function emptyInput({ traits, request }) {
    const isScripted = traits.result !== undefined || traits.interrupt !== undefined || traits.cancelled;
    if (isScripted || request.input !== null)
        return null;
    return { type: 'EmptyInputError', message: 'Received no input for __start__' };
}
const SHOWN_CLASSES = [
    'ValueError',
    'TypeError',
    'KeyError',
    'AttributeError',
    'RuntimeError',
    'RecursionError',
    'TimeoutError',
    'HTTPException',
    'GraphRecursionError',
    'InvalidUpdateError',
    'EmptyInputError'
];
function shownMessage({ type, message }) {
    return SHOWN_CLASSES.includes(type) ? message : 'An internal error occurred';
}
function usualResult(input) {
    const given = (0,validation/* isRecord */.u4)(input) ? input : {};
    if (!Array.isArray(given.messages))
        return { ...given, output: 'Hello from the emulator' };
    return { ...given, messages: [...given.messages, { type: 'ai', content: 'Hello from the emulator' }] };
}
function note(run, at, { level, message }) {
    const { id, threadId, assistant, requestId } = run;
    const about = `assistant_id=${assistant.id} graph_id=${assistant.graphId} request_id=${requestId} run_id=${id} thread_id=${threadId}`;
    logLine(run, { at, level, message: `${message} [langgraph_api.worker] ${about}`, runId: id });
}
function showRun(run) {
    return {
        run_id: run.id,
        thread_id: run.threadId,
        deployment_id: run.deployment.id,
        revision_id: run.revision?.id ?? null,
        assistant_id: run.assistant.id,
        graph_id: run.assistant.graphId,
        request_id: run.requestId,
        input: run.request.input,
        config: run.request.config,
        context: run.request.context,
        metadata: run.request.metadata,
        on_disconnect: run.request.on_disconnect,
        status: run.status,
        abandoned: run.abandoned,
        started_at: run.startedAt,
        ended_at: run.endedAt,
        output: run.output ?? null
    };
}

// EXTERNAL MODULE: ./build/with-emulator/emulator/paging.js
var paging = __nccwpck_require__(375);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/agents.js












function info(_, { deployment, revision }) {
    if (deployment.active?.script.rule?.info === false)
        throw (0,http/* refusal */.x5)(404, 'Not Found');
    return {
        status: 200,
        body: {
            version: (0,answers/* versionOf */.E4)(revision),
            langgraph_py_version: '1.2.24',
            flags: {
                assistants: true,
                crons: true,
                langsmith: true,
                langsmith_tracing_replicas: true,
                langsmith_tracing_session_on_runs: true
            },
            host: {
                kind: deployment.source === 'external_docker' ? 'self-hosted' : 'saas',
                project_id: deployment.id,
                host_revision_id: deployment.answering?.id ?? null,
                revision_id: artifacts/* SERVER_BUILD */["do"],
                tenant_id: deployment.tenantId
            }
        }
    };
}
function ok(_, { deployment, revision }) {
    const { active } = deployment;
    const status = active ? nextStatus(active) : 200;
    if (status !== 200)
        return { status, body: { detail: external_node_http_.STATUS_CODES[status] ?? 'Error' } };
    return { status, body: hasServices((0,answers/* versionOf */.E4)(revision)) ? { ok: true, services: {} } : { ok: true } };
}
function nextStatus(active) {
    const statuses = active.script.rule?.ok ?? [];
    const status = statuses[active.okCalls] ?? statuses.at(-1) ?? 200;
    active.okCalls++;
    return status;
}
function hasServices(version) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major > 0 || minor >= 14;
}
function metrics({ state }, { deployment }) {
    const running = state.runs.filter((run) => run.deployment === deployment && run.status === 'running').length;
    const labels = `project_id="${deployment.id}",revision_id="${deployment.answering?.id ?? ''}"`;
    return {
        status: 200,
        text: `# HELP lg_api_num_running_runs The number of runs that are running\n# TYPE lg_api_num_running_runs gauge\nlg_api_num_running_runs{${labels}} ${running}.0\n`,
        headers: { 'content-type': 'text/plain; version=1.0.0; charset=utf-8' }
    };
}
const PAGE = '<!DOCTYPE html><html><head><title>Agent</title></head><body><div id="root"></div></body></html>\n';
function agentRoute(method, path, part, handle) {
    const isBeforeApp = path === '/ok' || path === '/metrics';
    const open = (call) => {
        const serving = servingAgent(call);
        const { traits } = serving;
        const awake = awakeAt(call.state, serving, call.now);
        try {
            const isOpen = part === 'health' || part === 'meta';
            if (traits.auth.everywhere)
                admitCaller(call, serving);
            if (traits.catch_all_page && method === 'GET' && !isBeforeApp) {
                return { status: 200, text: PAGE, headers: { 'content-type': 'text/html; charset=utf-8' }, notBefore: awake };
            }
            if (!isOpen)
                admitCaller(call, serving);
            const isOff = part === 'meta' ? traits.disable_meta : part === 'assistants' && traits.disable_assistants;
            if (isOff)
                throw (0,http/* refusal */.x5)(404, 'Not Found');
            return late(handle(call, serving, awake), awake);
        }
        catch (error) {
            if ((0,http/* isRefusal */.vu)(error))
                throw (0,http/* refusalWith */.Nv)(error.message, late(inWordsOfAgents(error.answer), awake));
            throw error;
        }
    };
    return { method, path: `/agents/:deployment_id${path}`, open };
}
function late(answer, awake) {
    return { ...answer, notBefore: Math.max(awake, answer.notBefore ?? 0) };
}
function inWordsOfAgents(answer) {
    const detail = (0,validation/* isRecord */.u4)(answer.body) ? answer.body.detail : undefined;
    const first = Array.isArray(detail) ? detail[0] : undefined;
    return (0,validation/* isRecord */.u4)(first) ? { ...answer, body: { detail: wordsOf(first) } } : answer;
}
function wordsOf({ type, loc, msg, input, ctx }) {
    const name = Array.isArray(loc) ? String(loc.at(-1)) : '';
    const bounds = (0,validation/* isRecord */.u4)(ctx) ? ctx : {};
    switch (type) {
        case 'missing':
            return name === 'body' ? 'Invalid JSON in request body' : `"${name}" is a required property`;
        case 'json_invalid':
            return 'Invalid JSON in request body';
        case 'int_type':
            return `${JSON.stringify(input)} is not of type "integer"`;
        case 'model_attributes_type':
        case 'dict_type':
            return `${JSON.stringify(input)} is not of type "object"`;
        case 'greater_than_equal':
            return `${JSON.stringify(input)} is less than the minimum of ${String(bounds.ge)}`;
        case 'less_than_equal':
            return `${JSON.stringify(input)} is greater than the maximum of ${String(bounds.le)}`;
        case 'enum':
            return `${JSON.stringify(input)} is not one of ${String(bounds.expected).replaceAll("'", '"')}`;
        default:
            return `${JSON.stringify(input)}: ${String(msg)}`;
    }
}
function unknown(call) {
    const path = call.path.replace(/^\/agents\/[^/]+/, '');
    const known = path === '/runs/wait' || path === '/assistants/search';
    return known
        ? { status: 405, body: { detail: 'Method Not Allowed' }, headers: { allow: 'POST' } }
        : { status: 404, body: { detail: 'Not Found' } };
}
const agentRoutes = [
    agentRoute('GET', '/ok', 'health', ok),
    agentRoute('GET', '/info', 'meta', info),
    agentRoute('GET', '/metrics', 'meta', metrics),
    agentRoute('POST', '/assistants/search', 'assistants', searchAssistants),
    agentRoute('GET', '/assistants/:assistant_id', 'assistants', showOne),
    agentRoute('GET', '/assistants/:assistant_id/graph', 'assistants', drawGraph),
    agentRoute('GET', '/assistants/:assistant_id/schemas', 'assistants', showSchemas),
    agentRoute('POST', '/runs/wait', 'runs', waitForRun),
    agentRoute('GET', '/*', 'rest', unknown),
    {
        method: 'GET',
        path: '/_emulator/runs',
        open: ({ state }) => (0,paging/* jsonList */.Rr)(state.runs.map((run) => () => JSON.stringify(showRun(run))))
    },
    { method: 'POST', path: '/_emulator/logs', open: addLines }
];

// EXTERNAL MODULE: ./build/with-emulator/emulator/life.js + 3 modules
var life = __nccwpck_require__(277);
// EXTERNAL MODULE: ./build/with-emulator/emulator/requests.js
var requests = __nccwpck_require__(149);
// EXTERNAL MODULE: ./build/with-emulator/emulator/resource-spec.js
var resource_spec = __nccwpck_require__(439);
// EXTERNAL MODULE: ./build/with-emulator/emulator/sources.js
var sources = __nccwpck_require__(81);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/deployments.js









function presentDeployment({ world, now }, id) {
    const found = world.deployments.find((deployment) => deployment.id === id);
    if (found && (0,answers/* isPresent */.Wo)(found, now))
        return found;
    throw (0,http/* refusal */.x5)(404, `Deployment ID ${id} not found.`);
}
function presentRevision(moment, deployment, id) {
    const found = deployment.revisions.find((revision) => revision.id === id);
    if (found && (0,answers/* isVisible */.zN)(found, moment.now))
        return found;
    throw (0,http/* refusal */.x5)(404, `Revision ID ${id} not found.`);
}
const BUILT_AT_CREATE = ['github', 'external_docker', 'internal_template'];
function createDeployment(moment, request) {
    const { state, world, now } = moment;
    const { source, source_config: sent } = request;
    const name = request.name ?? `${request.agent?.agent_id}-${request.agent?.environment}`;
    checkType(state.settings.hosting, sent);
    checkName(state.settings.hosting, name);
    (0,sources/* checkNewSource */.iD)(state.settings, world, { source, config: sent, revision: request.source_revision_config });
    const sourceConfig = newSourceConfig(source, sent);
    if (sourceConfig.resource_spec) {
        (0,sources/* checkSpec */.g3)(state.settings.hosting, sourceConfig.resource_spec, sourceConfig.deployment_type);
    }
    checkScale(state, sourceConfig);
    checkFree(moment, name, request);
    checkQuota(state, sourceConfig);
    const createdAt = (0,emulator_state/* stamp */.iE)(state, now);
    const deployment = {
        id: (0,external_node_crypto_.randomUUID)(),
        tenantId: world.tenantId,
        name,
        source,
        agent: request.agent,
        createdAt,
        updatedAt: createdAt,
        displayName: null,
        sourceConfig,
        config: { ...emulator_state/* EMPTY_CONFIG */.$v, ...(0,sources/* ownFields */.EE)(source, request.source_revision_config) },
        secrets: request.secrets,
        secretReferences: request.secret_references ?? [],
        tiers: { deployment_tier: null, compute_tier: null, database_tier: null },
        revisions: [],
        running: null,
        active: null,
        activations: [],
        tracerSessionId: (0,external_node_crypto_.randomUUID)(),
        hasTraces: true,
        routeThroughGateway: request.route_through_gateway,
        answering: null,
        serves: false,
        deleted: null
    };
    world.deployments.push(deployment);
    if (BUILT_AT_CREATE.includes(source))
        (0,life/* addRevision */.By)(state, deployment, { source, config: deployment.config }, now);
    return deployment;
}
function newSourceConfig(source, sent) {
    const docker = source === 'external_docker';
    const spec = sent.resource_spec ?? (docker ? {} : null);
    return {
        integration_id: source === 'github' ? sent.integration_id : null,
        repo_url: source === 'github' ? sent.repo_url : null,
        deployment_type: sent.deployment_type ?? (docker ? 'prod' : 'dev'),
        build_on_push: source === 'github' && sent.build_on_push === true,
        custom_url: docker ? sent.custom_url : null,
        resource_spec: spec && (0,resource_spec/* completeSpec */.ZQ)(spec),
        listener_id: docker ? sent.listener_id : null,
        listener_config: docker && sent.listener_config ? { k8s_namespace: sent.listener_config.k8s_namespace } : null,
        install_command: sent.install_command,
        build_command: sent.build_command,
        template_id: source === 'internal_template' ? sent.template_id : null
    };
}
function checkType(hosting, sent) {
    if (!(0,sources/* isCloud */.m1)(hosting) || !sent || sent.deployment_type === null)
        return;
    (0,http/* read */.LF)((0,validation/* oneOf */.yL)(requests/* WIRE_TYPES */.Sl), sent.deployment_type, ['body', 'source_config', 'deployment_type']);
}
const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
function checkName(hosting, name) {
    if (hosting === 'any' || NAME.test(name))
        return;
    const msg = 'Name must contain only letters, digits and dashes, and start with a letter';
    throw (0,http/* refusal */.x5)(422, [{ type: 'value_error', loc: ['body', 'name'], msg, input: name }]);
}
function checkFree({ world }, name, { agent }) {
    const sameAgent = world.deployments.some((other) => agent &&
        !other.deleted &&
        other.agent?.agent_id === agent.agent_id &&
        other.agent.environment === agent.environment);
    if (sameAgent)
        throw (0,http/* refusal */.x5)(409, 'A deployment already exists for this agent environment');
    if (world.deployments.some((other) => other.name === name)) {
        throw (0,http/* refusal */.x5)(409, `A deployment or tracing project named '${name}' already exists in this workspace.`);
    }
}
const ZERO_TYPES = ['dev_zero', 'dev_free_zero', 'serverless'];
function checkScale({ scenario }, { deployment_type: type }) {
    if (!scenario.server.on_aws || !ZERO_TYPES.includes(type ?? ''))
        return;
    throw (0,http/* refusal */.x5)(400, 'Scale to zero deployments are not supported in AWS environments');
}
const FREE_TYPES = ['dev_free', 'dev_free_zero'];
function freeDeployments(state) {
    return [...state.worlds.values()]
        .flatMap((world) => world.deployments)
        .filter(({ deleted, sourceConfig }) => !deleted && FREE_TYPES.includes(sourceConfig.deployment_type ?? '')).length;
}
function checkQuota(state, { deployment_type: type }) {
    if (state.settings.hosting === 'any' || !FREE_TYPES.includes(type ?? '') || freeDeployments(state) === 0)
        return;
    throw (0,http/* refusal */.x5)(400, 'Limit of 1 free Development deployment type(s) per organization exceeded.');
}
function patchDeployment(moment, deployment, patch) {
    return change(moment, deployment, patch, triggersRevision(deployment, patch));
}
function forceRevision(moment, deployment, request) {
    const patch = {
        ...request,
        revision_source: null,
        display_name: null,
        tracked_packages: null,
        route_through_gateway: null
    };
    const revision = change(moment, deployment, patch, true);
    if (!revision)
        throw new Error('A forced revision was not created');
    return revision;
}
function change(moment, deployment, patch, withRevision) {
    const { state, now } = moment;
    const { hosting } = state.settings;
    refuseDeleted(deployment);
    checkType(hosting, patch.source_config);
    const source = patch.revision_source ?? deployment.source;
    const sent = patch.source_config;
    const config = {
        ...deployment.config,
        repo_commit_sha: null,
        tracked_packages: patch.tracked_packages ?? deployment.config.tracked_packages,
        ...(0,sources/* ownFields */.EE)(source, patch.source_revision_config)
    };
    const sourceConfig = changedSourceConfig(deployment, sent);
    const { build_on_push: buildOnPush, resource_spec: spec } = sourceConfig;
    (0,sources/* checkChange */.$_)(hosting, deployment.source, { source, sent, revision: patch.source_revision_config, buildOnPush, config });
    if (sent?.resource_spec && spec)
        (0,sources/* checkSpec */.g3)(hosting, spec, sourceConfig.deployment_type);
    if (withRevision) {
        checkArchive(moment, deployment, patch.source_revision_config?.source_tarball_path ?? null);
        (0,sources/* checkComplete */.gb)(source, config, sourceConfig);
    }
    deployment.sourceConfig = sourceConfig;
    deployment.displayName = patch.display_name ?? deployment.displayName;
    deployment.routeThroughGateway = patch.route_through_gateway ?? deployment.routeThroughGateway;
    if (patch.secrets?.length)
        deployment.secrets = patch.secrets;
    deployment.secretReferences = patch.secret_references ?? deployment.secretReferences;
    deployment.updatedAt = (0,emulator_state/* stamp */.iE)(state, now);
    return withRevision ? (0,life/* addRevision */.By)(state, deployment, { source, config }, now) : null;
}
function triggersRevision(deployment, patch) {
    const sent = patch.source_config;
    const now = deployment.sourceConfig;
    return [
        Object.values(patch.source_revision_config ?? {}).some((value) => value !== null),
        (patch.secrets ?? []).length > 0,
        (patch.secret_references ?? []).length > 0,
        patch.secret_references !== null && deployment.secretReferences.length > 0,
        sent?.resource_spec != null,
        sent?.install_command != null && sent.install_command !== now.install_command,
        sent?.build_command != null && sent.build_command !== now.build_command
    ].some(Boolean);
}
function changedSourceConfig({ source, sourceConfig: now }, sent) {
    if (!sent)
        return now;
    return {
        ...now,
        build_on_push: source === 'github' ? (sent.build_on_push ?? now.build_on_push) : now.build_on_push,
        custom_url: source === 'external_docker' ? (sent.custom_url ?? now.custom_url) : now.custom_url,
        resource_spec: sent.resource_spec ? (0,resource_spec/* completeSpec */.ZQ)(sent.resource_spec) : now.resource_spec,
        install_command: sent.install_command ?? now.install_command,
        build_command: sent.build_command ?? now.build_command
    };
}
function checkArchive({ state }, deployment, path) {
    if (path === null || state.uploads.get(path)?.deploymentId === deployment.id)
        return;
    throw (0,sources/* sourceProblem */.Nj)("'source_revision_config.source_tarball_path' is not a path that upload-url returned for this deployment");
}
function refuseDeleted(deployment) {
    if (deployment.deleted)
        throw (0,http/* refusal */.x5)(400, `Deployment ID ${deployment.id} is being deleted.`);
}
function redeploy({ state, now }, deployment, from) {
    refuseDeleted(deployment);
    return (0,life/* addRevision */.By)(state, deployment, { source: from.source, config: from.config, from }, now);
}
function changeTiers(moment, deployment, tiers) {
    const { state, now } = moment;
    refuseDeleted(deployment);
    const dedicated = ['dedicated', 'prod'].includes(deployment.sourceConfig.deployment_type ?? '');
    const family = dedicated ? 'DEDICATED_' : 'SERVERLESS_';
    if (deployment.source === 'external_docker') {
        throw (0,http/* refusal */.x5)(400, "Resource tiers are not available for 'external_docker' source deployments");
    }
    if (!dedicated && tiers.database_tier)
        throw (0,http/* refusal */.x5)(400, "'database_tier' is only available for dedicated deployments");
    for (const [key, tier] of Object.entries(tiers)) {
        if (tier !== null && !tier.startsWith(family))
            throw (0,http/* refusal */.x5)(400, `'${key}' must be one of ${family}S, ${family}M, ${family}L`);
    }
    const given = Object.fromEntries(Object.entries(tiers).filter(([, tier]) => tier !== null));
    deployment.tiers = { ...deployment.tiers, ...given };
    const source = deployment.revisions.at(-1)?.source;
    const config = { ...deployment.config, repo_commit_sha: null };
    if (source)
        (0,life/* addRevision */.By)(state, deployment, { source, config }, now);
}
function deleteDeployment(moment, id, { force, delete_tracing_project: withTraces }) {
    const { state, world, now } = moment;
    const known = world.deployments.find((deployment) => deployment.id === id);
    if (force && known?.deleted && !known.deleted.purged) {
        known.deleted.purged = true;
        return;
    }
    const deployment = presentDeployment(moment, id);
    if (force)
        throw (0,http/* refusal */.x5)(400, `Deployment ID ${id} is not deleted. Delete it first to force its deletion.`);
    if (deployment.deleted)
        return;
    deployment.deleted = { at: now, goneAt: now + state.settings.deleteMs, purged: false };
    deployment.updatedAt = (0,emulator_state/* stamp */.iE)(state, now);
    if (withTraces)
        deployment.hasTraces = false;
    (0,life/* abandon */.e9)(deployment);
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/deployments.js






function pathId(call, name) {
    return (0,http/* read */.LF)(validation/* uuid */.uR, call.params[name], ['path', name]);
}
function deploymentOf(call, name = 'deployment_id') {
    return presentDeployment(call, pathId(call, name));
}
function answerDeployment(call, deployment, status = 200) {
    return { status, body: (0,answers/* showDeployment */.BD)(call.state, deployment, call.now) };
}
function answerChange(call, deployment, act) {
    const before = (0,answers/* showDeployment */.BD)(call.state, deployment, call.now).latest_revision_id;
    const count = deployment.revisions.length;
    act();
    const body = (0,answers/* showDeployment */.BD)(call.state, deployment, call.now, madeSince(deployment, count));
    const stale = call.state.scenario.server.no_latest_in_patch_answer;
    return { status: 200, body: stale ? { ...body, latest_revision_id: before } : body };
}
function madeSince(deployment, count) {
    return deployment.revisions.length > count ? deployment.revisions.at(-1) : undefined;
}
function listDeployments(call) {
    const query = (0,http/* readQuery */.xB)(requests/* deploymentsQuery */.tg, call);
    const found = call.world.deployments.filter((deployment) => (0,answers/* isPresent */.Wo)(deployment, call.now) && fits(call, deployment, query));
    return (0,paging/* page */.MY)(found.reverse(), query, (deployment) => (0,answers/* showDeployment */.BD)(call.state, deployment, call.now));
}
function fits(call, deployment, query) {
    const byName = call.state.scenario.server.ignore_name_filter ? null : query.name;
    const shown = (0,answers/* showDeployment */.BD)(call.state, deployment, call.now);
    return [
        !byName || deployment.name === byName,
        deployment.name.toLowerCase().includes(query.name_contains?.toLowerCase() ?? ''),
        !query.status || query.status.split(',').includes(String(shown.status)),
        !query.tag_value_ids,
        !query.image_version || (0,answers/* imageVersion */.K9)(deployment) === query.image_version,
        query.deployment_type === null || deployment.sourceConfig.deployment_type === query.deployment_type,
        !query.deployment_ids || query.deployment_ids.toLowerCase().split(',').includes(deployment.id),
        !query.agent_id || deployment.agent?.agent_id === query.agent_id,
        !query.agent_environment || deployment.agent?.environment === query.agent_environment
    ].every(Boolean);
}
function create(call) {
    const byAgent = call.payload.kind === 'json' && (0,validation/* isRecord */.u4)(call.payload.value) && (0,validation/* isRecord */.u4)(call.payload.value.agent);
    const request = byAgent ? (0,http/* readBody */.x8)(requests/* createByAgent */.Ne, call) : (0,http/* readBody */.x8)(requests/* createByName */.Jd, call);
    const deployment = createDeployment(call, request);
    return { status: 201, body: (0,answers/* showDeployment */.BD)(call.state, deployment, call.now, madeSince(deployment, 0)) };
}
function patch(call) {
    const id = pathId(call, 'deployment_id');
    const request = (0,http/* readBody */.x8)(requests/* patchRequest */.AW, call);
    const deployment = presentDeployment(call, id);
    return answerChange(call, deployment, () => patchDeployment(call, deployment, request));
}
function remove(call) {
    deleteDeployment(call, pathId(call, 'deployment_id'), (0,http/* readQuery */.xB)(requests/* deleteQuery */.yN, call));
    return { status: 204 };
}
const MOST_AT_ONCE = 100;
function removeSeveral(call) {
    const loc = ['query', 'deployment_ids'];
    const given = call.query.getAll('deployment_ids');
    if (given.length === 0)
        throw (0,http/* refusal */.x5)(422, [{ type: 'missing', loc, msg: 'Field required', input: null }]);
    const ids = (0,http/* read */.LF)((0,validation/* list */.p_)(validation/* uuid */.uR), given, loc);
    if (ids.length > MOST_AT_ONCE) {
        const msg = `List should have at most ${MOST_AT_ONCE} items after validation, not ${ids.length}`;
        throw (0,http/* refusal */.x5)(422, [{ type: 'too_long', loc, msg, input: given, ctx: { max_length: MOST_AT_ONCE } }]);
    }
    const failed = ids.flatMap((id) => failureToDelete(call, id));
    const deleted = ids.filter((id) => !failed.some((failure) => failure.deployment_id === id));
    if (deleted.length === 0)
        throw (0,http/* refusal */.x5)(404, failed[0]?.detail ?? '');
    return { status: failed.length === 0 ? 200 : 207, body: { deleted, failed } };
}
function failureToDelete(call, id) {
    try {
        deleteDeployment(call, id, { force: false, delete_tracing_project: false });
        return [];
    }
    catch (error) {
        if ((0,http/* isRefusal */.vu)(error))
            return [{ deployment_id: id, detail: `Deployment ID ${id} not found.` }];
        throw error;
    }
}
function patchDeploymentTier(call) {
    const id = pathId(call, 'deployment_id');
    const { deployment_tier: tier } = (0,http/* readBody */.x8)(requests/* deploymentTierRequest */.bW, call);
    const database = tier.startsWith('DEDICATED_') ? tier : null;
    return patchTiers(call, presentDeployment(call, id), {
        deployment_tier: tier,
        compute_tier: tier,
        database_tier: database
    });
}
function patchResourceTiers(call) {
    const id = pathId(call, 'deployment_id');
    const tiers = (0,http/* readBody */.x8)(requests/* resourceTiersRequest */.F3, call);
    if (tiers.compute_tier === null && tiers.database_tier === null) {
        const msg = 'Value error, at least one of compute_tier or database_tier must be provided';
        throw (0,http/* refusal */.x5)(422, [{ type: 'value_error', loc: ['body'], msg, input: tiers }]);
    }
    return patchTiers(call, presentDeployment(call, id), tiers);
}
function patchTiers(call, deployment, tiers) {
    return answerChange(call, deployment, () => changeTiers(call, deployment, tiers));
}
const deploymentRoutes = [
    { method: 'GET', path: '/v2/deployments', handle: listDeployments, query: requests/* deploymentsQuery */.tg },
    { method: 'POST', path: '/v2/deployments', handle: create, body: (0,validation/* either */.gP)(requests/* createByName */.Jd, requests/* createByAgent */.Ne), status: 201 },
    { method: 'DELETE', path: '/v2/deployments', handle: removeSeveral, query: (0,validation/* object */.Ik)({ deployment_ids: (0,validation/* list */.p_)(validation/* uuid */.uR) }) },
    {
        method: 'GET',
        path: '/v2/deployments/free-count',
        handle: (call) => ({ status: 200, body: { count: freeDeployments(call.state) } })
    },
    {
        method: 'GET',
        path: '/v2/deployments/:deployment_id',
        handle: (call) => answerDeployment(call, deploymentOf(call))
    },
    { method: 'PATCH', path: '/v2/deployments/:deployment_id', handle: patch, body: requests/* patchRequest */.AW },
    { method: 'DELETE', path: '/v2/deployments/:deployment_id', handle: remove, query: requests/* deleteQuery */.yN, status: 204 },
    {
        method: 'PATCH',
        path: '/v2/deployments/:deployment_id/deployment-tier',
        handle: patchDeploymentTier,
        body: requests/* deploymentTierRequest */.bW
    },
    {
        method: 'PATCH',
        path: '/v2/deployments/:deployment_id/resource-tiers',
        handle: patchResourceTiers,
        body: requests/* resourceTiersRequest */.F3
    }
];

;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/integrations.js




function integrations({ world, state }) {
    if (world.tenantId !== emulator_state/* WORKSPACE_ID */.M6 || state.settings.hosting === 'self-hosted')
        return [];
    const owner = state.settings.repositories[0]?.split('/')[0] ?? 'acme';
    return [{ id: emulator_state/* INTEGRATION_ID */.vY, installation_id: emulator_state/* INSTALLATION_ID */.n_, name: owner }];
}
function forgeInstallations(call) {
    return integrations(call).map((integration) => ({
        ...integration,
        repository_selection: 'selected',
        settings_url: `https://github.com/organizations/${integration.name}/settings/installations/${emulator_state/* INSTALLATION_ID */.n_}`
    }));
}
function repositories(call) {
    const id = pathId(call, 'integration_id');
    if (!integrations(call).some((integration) => integration.id === id)) {
        throw (0,http/* refusal */.x5)(404, `Integration ID ${id} not found.`);
    }
    return call.state.settings.repositories.map((repository, index) => {
        const [owner, name] = repository.split('/');
        const url = `https://github.com/${repository}`;
        return { host_integration_id: id, id: 710_000_001 + index, name, owner, url, default_branch: 'main' };
    });
}
function installationLink() {
    const install_url = 'https://github.com/apps/langsmith-emulator/installations/new';
    return { status: 200, body: { install_url, oauth_reuse_url: null } };
}
function get(path, handle) {
    return { method: 'GET', path, handle };
}
function whole(items) {
    return (call) => ({ status: 200, body: items(call) });
}
function paged(items) {
    return (call) => (0,paging/* cursorPage */.aY)(items(call), call);
}
const integrationRoutes = [
    get('/v1/integrations/github/install', whole(integrations)),
    get('/v1/integrations/github/:integration_id/repos', whole(repositories)),
    get('/v1/integrations/forge/github/install', whole(integrations)),
    get('/v1/integrations/forge/github/:integration_id/repos', whole(repositories)),
    { method: 'POST', path: '/v2/integrations/github/installation-link', handle: installationLink },
    get('/v2/integrations/github/installations', paged(integrations)),
    get('/v2/integrations/github/installations/:integration_id/repositories', paged(repositories)),
    get('/v2/integrations/forge-github/installations', paged(forgeInstallations)),
    get('/v2/integrations/forge-github/installations/:integration_id/repositories', paged(repositories))
];

;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/listeners.js







function listenerOf(call) {
    const id = pathId(call, 'listener_id');
    const found = call.world.listeners.find((listener) => listener.id === id);
    if (found)
        return found;
    throw (0,http/* refusal */.x5)(404, `Listener ID ${id} not found.`);
}
function checkPlan({ state, world }) {
    if (state.settings.hosting !== 'cloud')
        return;
    throw (0,http/* refusal */.x5)(403, `Listeners cannot be created for LangSmith workspace ID '${world.tenantId}'. Creating listeners is only allowed ` +
        'for LangSmith organizations with self-hosted enterprise plans.');
}
function listListeners(call) {
    return (0,paging/* page */.MY)(call.world.listeners, (0,http/* readQuery */.xB)(requests/* pageQuery */.SB, call), answers/* showListener */.k3);
}
function createListener(call) {
    const request = (0,http/* readBody */.x8)(requests/* listenerRequest */.wY, call);
    checkPlan(call);
    const { tenantId, listeners } = call.world;
    if (listeners.some((listener) => listener.compute_id === request.compute_id)) {
        const detail = `Listener for LangSmith workspace ID '${tenantId}' and compute ID '${request.compute_id}' already exists.`;
        throw (0,http/* refusal */.x5)(409, detail);
    }
    const createdAt = (0,emulator_state/* stamp */.iE)(call.state, call.now);
    const listener = { ...request, id: (0,external_node_crypto_.randomUUID)(), createdAt, updatedAt: createdAt };
    listeners.push(listener);
    return { status: 201, body: (0,answers/* showListener */.k3)(listener) };
}
function patchListener(call) {
    pathId(call, 'listener_id');
    const request = (0,http/* readBody */.x8)(requests/* listenerPatchRequest */._J, call);
    const listener = listenerOf(call);
    listener.version = request.version ?? listener.version;
    listener.compute_config = request.compute_config ?? listener.compute_config;
    listener.updatedAt = (0,emulator_state/* stamp */.iE)(call.state, call.now);
    return { status: 200, body: (0,answers/* showListener */.k3)(listener) };
}
function deleteListener(call) {
    const { listeners } = call.world;
    listeners.splice(listeners.indexOf(listenerOf(call)), 1);
    return { status: 204 };
}
const listenerRoutes = [
    { method: 'GET', path: '/v2/listeners', handle: listListeners, query: requests/* pageQuery */.SB },
    { method: 'POST', path: '/v2/listeners', handle: createListener, body: requests/* listenerRequest */.wY, status: 201 },
    {
        method: 'GET',
        path: '/v2/listeners/:listener_id',
        handle: (call) => ({ status: 200, body: (0,answers/* showListener */.k3)(listenerOf(call)) })
    },
    { method: 'PATCH', path: '/v2/listeners/:listener_id', handle: patchListener, body: requests/* listenerPatchRequest */._J },
    { method: 'DELETE', path: '/v2/listeners/:listener_id', handle: deleteListener, status: 204 }
];

;// CONCATENATED MODULE: ./build/with-emulator/emulator/logs.js

function logPage(deployment, revisions, kind, request, now) {
    const sign = request.order === 'asc' ? 1 : -1;
    const after = request.cursor ? readKey(request.cursor) : null;
    const lines = revisions
        .flatMap((revision) => linesOf(deployment, revision, kind))
        .filter((line) => line.entry.timestamp <= now && passes(line, request))
        .sort((a, b) => sign * compare(a.key, b.key))
        .filter(({ key }) => after === null || sign * compare(key, after) > 0);
    const page = lines.slice(0, request.limit);
    const last = page.at(-1);
    return {
        entries: page.map(({ entry }) => entry),
        next: last && lines.length > page.length ? (0,paging/* encodeCursor */.vF)(last.key) : null
    };
}
function readKey(cursor) {
    const value = (0,paging/* decodeCursor */.Lt)(cursor);
    if (Array.isArray(value) && value.length === 3 && value.every((part) => typeof part === 'number')) {
        const [timestamp = 0, revision = 0, index = 0] = value;
        return [timestamp, revision, index];
    }
    throw (0,paging/* invalidCursor */.C$)('cursor', cursor);
}
function compare(a, b) {
    return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
function passes({ entry, runId }, { level, query, run_id, start_time, end_time }) {
    return [
        !level || entry.level === level,
        !query || entry.message.toLowerCase().includes(query.toLowerCase()),
        !run_id || run_id === runId,
        start_time === null || entry.timestamp >= start_time,
        end_time === null || entry.timestamp <= end_time
    ].every(Boolean);
}
const BEGINS = {
    build: ['BUILDING', 'BUILD_FAILED', 'CREATE_FAILED'],
    deploy: ['DEPLOYING', 'DEPLOY_FAILED', 'DEPLOYED']
};
function linesOf(deployment, revision, kind) {
    const rule = revision.script.rule;
    const scripted = kind === 'build' ? rule?.build_log : rule?.deploy_log;
    const start = revision.history.find(({ status }) => BEGINS[kind].includes(status));
    if (!start)
        return [];
    const pace = rule?.log_line_ms ?? 0;
    const lines = scripted?.map(asLine) ?? usualLines(deployment, revision, kind, start.status);
    const timed = lines.map((line, index) => ({ line, at: start.at + index * pace, runId: null }));
    const failure = scripted ? undefined : failureLine(revision, kind);
    const own = kind === 'deploy' ? revision.serverLog.map(({ at, runId, ...line }) => ({ line, at, runId })) : [];
    return [...timed, ...(failure ? [failure] : []), ...own].map(({ line, at, runId }, index) => ({
        key: [at, revision.number, index],
        entry: { id: `${revision.id}-${kind}-${index + 1}`, timestamp: at, revision_id: revision.id, ...line },
        runId
    }));
}
function asLine(line) {
    return typeof line === 'string' ? logs_info(line) : line;
}
function logs_info(message) {
    return { level: 'INFO', message };
}
function usualLines(deployment, revision, kind, begin) {
    if (begin.endsWith('_FAILED'))
        return [];
    const lines = (kind === 'build' ? buildLines(deployment, revision) : deployLines(revision)).map(logs_info);
    const { fault } = revision.script;
    return fault?.log === kind
        ? [...lines.slice(0, FOUND_AFTER[kind]), { level: 'ERROR', message: fault.message }]
        : lines;
}
const FOUND_AFTER = { build: 2, deploy: 1 };
function buildLines(deployment, { config, builtImage }) {
    const origin = config.source_tarball_path ?? `${deployment.sourceConfig.repo_url} at ${config.repo_ref}`;
    return [
        `Fetching source from ${origin}`,
        `Reading ${config.langgraph_config_path ?? 'langgraph.json'}`,
        'Installing dependencies',
        `Building image ${builtImage ?? config.image_uri}`,
        'Pushing image'
    ];
}
function deployLines({ config, builtImage }) {
    return [
        `Pulling image ${builtImage ?? config.image_uri}`,
        'Running database migrations',
        'Starting Agent Server',
        'Waiting for the health check'
    ];
}
const FAILURES = {
    BUILD_FAILED: ['build', 'Build failed: the build step ended with exit code 1'],
    DEPLOY_FAILED: ['deploy', 'Timeout: Deployment is not ready after 300 seconds.']
};
function failureLine({ history }, kind) {
    for (const { status, at } of history) {
        const [where, message] = FAILURES[status] ?? [];
        if (where === kind && message)
            return { line: { level: 'ERROR', message }, at, runId: null };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/revisions.js







function revisionOf(call, parent = 'deployment_id') {
    const id = pathId(call, 'revision_id');
    const deployment = deploymentOf(call, parent);
    return [deployment, presentRevision(call, deployment, id)];
}
function listRevisions(call) {
    const id = pathId(call, 'deployment_id');
    const query = (0,http/* readQuery */.xB)(requests/* revisionsQuery */.Ho, call);
    const deployment = presentDeployment(call, id);
    const statuses = query.status ? query.status.split(',').map((status) => status.trim()) : null;
    const found = (0,answers/* visibleRevisions */.Hf)(deployment, call.now).filter(({ status }) => statuses?.includes(status) ?? true);
    return (0,paging/* page */.MY)(found, query, (revision) => (0,answers/* showRevision */.rB)(call.state, revision));
}
function getRevision(call) {
    const [, revision] = revisionOf(call);
    return { status: 200, body: (0,answers/* showRevision */.rB)(call.state, revision) };
}
function createRevision(call) {
    const id = pathId(call, 'deployment_id');
    const request = (0,http/* readBody */.x8)(requests/* revisionRequest */.RO, call);
    const revision = forceRevision(call, presentDeployment(call, id), request);
    return { status: 201, body: (0,answers/* showRevision */.rB)(call.state, revision) };
}
function redeployRevision(call) {
    const [deployment, revision] = revisionOf(call);
    return answerChange(call, deployment, () => redeploy(call, deployment, revision));
}
function interruptRevision(call) {
    const [deployment, revision] = revisionOf(call);
    (0,life/* interrupt */.G)(call.state, deployment, revision, call.now);
    return { status: 200, body: (0,answers/* showRevision */.rB)(call.state, revision) };
}
const ALL = '/v2/deployments/:deployment_id/revisions';
const ONE = `${ALL}/:revision_id`;
const revisionRoutes = [
    { method: 'GET', path: ALL, handle: listRevisions, query: requests/* revisionsQuery */.Ho },
    { method: 'POST', path: ALL, handle: createRevision, body: requests/* revisionRequest */.RO, status: 201 },
    { method: 'GET', path: ONE, handle: getRevision },
    { method: 'POST', path: `${ONE}/redeploy`, handle: redeployRevision },
    { method: 'POST', path: `${ONE}/interruption`, handle: interruptRevision },
    { method: 'POST', path: `${ONE}/interrupt`, handle: interruptRevision }
];

;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/logs.js







function answerLogs({ entries, next }) {
    return { status: 200, body: { logs: entries, next_offset: next } };
}
function readLogs(call, deployment, revisions, kind, asked) {
    return answerLogs(logPage(deployment, revisions, kind, { ...asked, cursor: asked.offset }, call.now));
}
function revisionLogs(call) {
    const asked = (0,http/* readQuery */.xB)(requests/* revisionLogsQuery */.bh, call);
    const [deployment, revision] = revisionOf(call);
    return readLogs(call, deployment, [revision], asked.type, asked);
}
function deploymentLogs(call) {
    const asked = (0,http/* readQuery */.xB)(requests/* logsQuery */.aL, call);
    const deployment = deploymentOf(call);
    return readLogs(call, deployment, (0,answers/* visibleRevisions */.Hf)(deployment, call.now), 'deploy', asked);
}
function logEntries(call) {
    const asked = (0,http/* readQuery */.xB)(requests/* deploymentLogsQuery */.n6, call);
    const deployment = presentDeployment(call, asked.deployment_id);
    const revisions = asked.revision_id
        ? [presentRevision(call, deployment, asked.revision_id)]
        : (0,answers/* visibleRevisions */.Hf)(deployment, call.now);
    const request = { ...asked, order: asked.sort_order, limit: asked.page_size };
    const kind = asked.log_type === 'BUILD' ? 'build' : 'deploy';
    const { entries, next } = logPage(deployment, revisions, kind, request, call.now);
    return { status: 200, body: { items: entries, next_cursor: next } };
}
const EMPTY = { kind: 'json', value: {}, text: '{}', size: 2 };
function askedByBody(call) {
    return call.payload.kind === 'none'
        ? (0,http/* readBody */.x8)(requests/* v1LogsRequest */.wH, { ...call, payload: EMPTY })
        : (0,http/* readBody */.x8)(requests/* v1LogsRequest */.wH, call);
}
function v1RevisionLogs(kind) {
    return (call) => {
        const asked = askedByBody(call);
        const [deployment, revision] = revisionOf(call, 'project_id');
        return readLogs(call, deployment, [revision], kind, asked);
    };
}
function v1DeploymentLogs(call) {
    const asked = askedByBody(call);
    const deployment = deploymentOf(call, 'project_id');
    return readLogs(call, deployment, (0,answers/* visibleRevisions */.Hf)(deployment, call.now), 'deploy', asked);
}
const logRoutes = [
    {
        method: 'GET',
        path: '/v2/deployments/:deployment_id/revisions/:revision_id/logs',
        handle: revisionLogs,
        query: requests/* revisionLogsQuery */.bh
    },
    { method: 'GET', path: '/v2/deployments/:deployment_id/logs', handle: deploymentLogs, query: requests/* logsQuery */.aL },
    { method: 'GET', path: '/v2/deployment-logs', handle: logEntries, query: requests/* deploymentLogsQuery */.n6 },
    { method: 'POST', path: '/v1/projects/:project_id/deploy_logs', handle: v1DeploymentLogs, body: requests/* v1LogsRequest */.wH },
    {
        method: 'POST',
        path: '/v1/projects/:project_id/revisions/:revision_id/build_logs',
        handle: v1RevisionLogs('build'),
        body: requests/* v1LogsRequest */.wH
    },
    {
        method: 'POST',
        path: '/v1/projects/:project_id/revisions/:revision_id/deploy_logs',
        handle: v1RevisionLogs('deploy'),
        body: requests/* v1LogsRequest */.wH
    }
];

// EXTERNAL MODULE: ./build/with-emulator/emulator/payload.js + 3 modules
var emulator_payload = __nccwpck_require__(296);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/sessions/figures.js
function figuresOf(samples, version) {
    const runs = sum(samples, ({ count }) => count);
    const errors = sum(samples.filter(({ error }) => error), ({ count }) => count);
    const latencies = samples.flatMap(({ latency, count }) => Array(count).fill(latency)).sort((a, b) => a - b);
    const tokens = totalOf(samples, 'tokens');
    const cost = totalOf(samples, 'cost');
    return {
        run_count: runs,
        error_rate: runs === 0 ? null : errors / runs,
        latency_p50: percentile(latencies, 0.5),
        latency_p99: percentile(latencies, 0.99),
        first_token_p50: null,
        first_token_p99: null,
        total_tokens: tokens,
        prompt_tokens: tokens,
        completion_tokens: tokens === null ? null : 0,
        total_cost: cost === null ? null : String(cost),
        prompt_cost: cost === null ? null : String(cost),
        completion_cost: cost === null ? null : '0',
        last_run_start_time: lastStart(samples),
        feedback_stats: feedbackStats(samples, version),
        session_feedback_stats: {},
        experiment_progress: null
    };
}
function withScripted(figures, ...scripted) {
    const given = scripted.flatMap((one) => Object.entries(one).filter(([, value]) => value !== undefined));
    return { ...figures, ...Object.fromEntries(given) };
}
function sum(samples, measure) {
    return samples.reduce((total, sample) => total + measure(sample), 0);
}
function totalOf(samples, key) {
    const known = samples.filter((sample) => sample[key] !== null);
    return known.length === 0 ? null : Number(sum(known, (sample) => (sample[key] ?? 0) * sample.count).toFixed(9));
}
function percentile(sorted, share) {
    const place = (sorted.length - 1) * share;
    const below = sorted[Math.floor(place)];
    const above = sorted[Math.ceil(place)];
    if (below === undefined || above === undefined)
        return null;
    return Number((below + (above - below) * (place - Math.floor(place))).toFixed(6));
}
function lastStart(samples) {
    const starts = samples.map(({ at, latency }) => at - latency * 1000);
    return starts.length === 0 ? null : new Date(starts.reduce((a, b) => Math.max(a, b))).toISOString();
}
function feedbackStats(samples, version) {
    const keys = [...new Set(samples.flatMap(({ feedback }) => Object.keys(feedback)))];
    return Object.fromEntries(keys.map((key) => [key, feedbackOf(samples, key, version)]));
}
function feedbackOf(samples, key, version) {
    const given = samples.flatMap(({ feedback, count }) => (key in feedback ? Array(count).fill(feedback[key]) : []));
    const scores = given.filter((value) => typeof value === 'number').sort((a, b) => a - b);
    const labels = given.filter((value) => typeof value === 'string');
    const values = Object.fromEntries([...new Set(labels)].map((label) => [label, labels.filter((one) => one === label).length]));
    const avg = scores.length === 0 ? null : scores.reduce((a, b) => a + b, 0) / scores.length;
    const short = { n: given.length, avg, values };
    if (version === 'v1')
        return short;
    const variance = avg === null ? 0 : scores.reduce((total, score) => total + (score - avg) ** 2, 0) / scores.length;
    return {
        ...short,
        errors: 0,
        median: percentile(scores, 0.5),
        min: scores[0] ?? null,
        max: scores.at(-1) ?? null,
        stdev: avg === null ? null : Math.sqrt(variance)
    };
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/sessions/samples.js
const MOST_OF_TRAFFIC = 100_000;
function statedSamples(rule, scenarioAt) {
    return (rule?.samples ?? []).map(({ at_ms, ...sample }) => ({ ...sample, at: scenarioAt + at_ms }));
}
function liveSamples(state, deployment, now) {
    const traffic = deployment.activations.flatMap(({ revision, at }, index) => {
        const until = deployment.activations[index + 1]?.at ?? now;
        const rule = revision.script.rule?.traffic;
        return rule ? trafficBetween(rule, at, Math.min(until, now)) : [];
    });
    const runs = state.runs.flatMap((run) => {
        if (run.deployment !== deployment || run.endedAt === null || run.endedAt > now)
            return [];
        const latency = (run.endedAt - run.startedAt) / 1000;
        return [{ ...PLAIN, at: run.endedAt, latency, error: run.status === 'error' }];
    });
    return [...traffic, ...runs];
}
const PLAIN = { count: 1, cost: null, tokens: null, feedback: {} };
function trafficBetween(rule, from, until) {
    const everyMs = 60_000 / rule.per_minute;
    const total = Math.max(0, Math.floor((until - from) / everyMs));
    const first = Math.max(0, total - MOST_OF_TRAFFIC);
    return Array.from({ length: total - first }, (_, index) => {
        const nth = first + index + 1;
        return {
            at: from + nth * everyMs,
            count: 1,
            latency: rule.latencies[(nth - 1) % rule.latencies.length] ?? 1,
            error: Math.floor(nth * rule.error_rate + 1e-9) > Math.floor((nth - 1) * rule.error_rate + 1e-9),
            cost: rule.cost,
            tokens: rule.tokens,
            feedback: rule.feedback
        };
    });
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/sessions/sessions.js





function sessionsOf(state, world) {
    const { sessions: rules } = state.scenario;
    const deployed = world.deployments
        .filter(({ hasTraces }) => hasTraces)
        .map((deployment) => {
        const rule = rules.find(({ name }) => name === deployment.name);
        return {
            id: (0,answers/* tracerSessionId */.dw)(state, deployment),
            name: deployment.name,
            tenantId: world.tenantId,
            startedAt: deployment.createdAt,
            type: 'AGENT',
            datasetId: null,
            metadata: rule?.metadata ?? {},
            rule,
            samples: (now) => [...statedSamples(rule, state.scenarioAt), ...liveSamples(state, deployment, now)]
        };
    });
    const others = world.tenantId === emulator_state/* WORKSPACE_ID */.M6 ? rules : [];
    const stated = others
        .filter(({ name }) => !world.deployments.some((deployment) => deployment.name === name))
        .map((rule) => asSession(state, rule));
    return [...stated, ...deployed.reverse()];
}
function asSession(state, rule) {
    const samples = statedSamples(rule, state.scenarioAt);
    const first = samples.reduce((earliest, { at }) => Math.min(earliest, at), state.scenarioAt);
    return {
        id: rule.id ?? (0,artifacts/* sessionIdFor */.$P)(rule.name),
        name: rule.name,
        tenantId: emulator_state/* WORKSPACE_ID */.M6,
        startedAt: first * 1000,
        type: rule.reference_dataset_id === null ? 'PROJECT' : 'EXPERIMENT',
        datasetId: rule.reference_dataset_id,
        metadata: rule.metadata,
        rule,
        samples: () => samples
    };
}
const LONGEST_WINDOW_MS = 31 * 86_400_000;
const NO_FIGURES = Object.fromEntries(Object.keys(figuresOf([], 'v1')).map((key) => [key, null]));
function showSession(state, session, now, version, window) {
    const { id, name, tenantId, startedAt, datasetId, metadata } = session;
    const figures = window ? figuresAt(state, session, now, version, window.from) : NO_FIGURES;
    return {
        id,
        tenant_id: tenantId,
        name,
        start_time: (0,answers/* timestamp */.vE)(startedAt),
        end_time: null,
        description: null,
        default_dataset_id: null,
        reference_dataset_id: datasetId,
        trace_tier: 'longlived',
        extra: { metadata },
        ...figures
    };
}
function figuresAt(state, { rule, samples }, now, version, from) {
    const begin = from === null ? Number.NEGATIVE_INFINITY : Math.max(from, now - LONGEST_WINDOW_MS);
    const known = samples(now).filter(({ at }) => at >= begin && at + state.scenario.server.traces_delay_ms <= now);
    const later = (rule?.later ?? []).filter(({ after_ms }) => state.scenarioAt + after_ms <= now);
    return withScripted(figuresOf(known, version), ...(rule ? [rule.stats] : []), ...later.map(({ stats }) => stats));
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/sessions.js








function checkVersion({ state }, version) {
    const { sessions_v1, sessions_v2 } = state.scenario.server;
    const status = version === 'v1' ? sessions_v1 : sessions_v2;
    if (status !== null)
        throw (0,http/* refusal */.x5)(status, external_node_http_.STATUS_CODES[status] ?? 'Error');
}
function known(call) {
    return sessionsOf(call.state, (0,access/* workspaceFor */.lA)(call.state, call.headers));
}
function shown(call, version, query) {
    const window = query.include_stats ? { from: query.stats_start_time } : null;
    return (session) => showSession(call.state, session, call.now, version, window);
}
function sessions_fits({ id, name, datasetId, metadata }, filter) {
    return [
        filter.name === null || name === filter.name,
        name.toLowerCase().includes(filter.name_contains?.toLowerCase() ?? ''),
        filter.ids.length === 0 || filter.ids.includes(id),
        filter.datasets.length === 0 || filter.datasets.includes(datasetId ?? ''),
        filter.metadata === null || holds(metadata, parsed(filter.metadata))
    ].every(Boolean);
}
function holds(value, asked) {
    if (!(0,validation/* isRecord */.u4)(asked))
        return JSON.stringify(value) === JSON.stringify(asked);
    return (0,validation/* isRecord */.u4)(value) && Object.entries(asked).every(([key, inner]) => holds(value[key], inner));
}
function parsed(text) {
    const payload = (0,emulator_payload/* parseJson */.qF)(Buffer.from(text));
    if (payload.kind === 'json')
        return payload.value;
    throw (0,http/* refusal */.x5)(400, 'metadata must be a JSON object');
}
function several({ query }, ...names) {
    return names.flatMap((name) => query.getAll(name)).map((value) => value.toLowerCase());
}
function listV1(call) {
    checkVersion(call, 'v1');
    const query = (0,http/* readQuery */.xB)(requests/* sessionsV1Query */.ZL, call);
    const filter = { ...query, ids: several(call, 'id'), datasets: several(call, 'reference_dataset') };
    const found = known(call)
        .filter((session) => sessions_fits(session, filter))
        .filter(({ datasetId }) => query.reference_free === null || query.reference_free === (datasetId === null));
    const rows = found.slice(query.offset, query.offset + query.limit);
    const headers = { 'x-pagination-total': String(found.length) };
    return { status: 200, body: rows.map(shown(call, 'v1', query)), headers };
}
function listV2(call) {
    checkVersion(call, 'v2');
    const query = (0,http/* readQuery */.xB)(requests/* sessionsV2Query */.s1, call);
    const filter = { ...query, ids: several(call, 'id', 'ids'), datasets: several(call, 'reference_dataset_id') };
    const found = known(call)
        .filter((session) => sessions_fits(session, filter))
        .filter(({ type }) => query.type === null || type === query.type || (query.type === 'PROJECT' && type === 'AGENT'));
    return (0,paging/* cursorPage */.aY)(found.map(shown(call, 'v2', query)), call);
}
function getOne(version) {
    return (call) => {
        checkVersion(call, version);
        const id = (0,http/* read */.LF)(validation/* uuid */.uR, call.params.session_id, ['path', 'session_id']);
        const query = (0,http/* readQuery */.xB)(requests/* sessionQuery */.n$, call);
        const session = known(call).find((one) => one.id === id);
        if (!session)
            throw (0,http/* refusal */.x5)(404, 'Project not found');
        return { status: 200, body: shown(call, version, query)(session) };
    };
}
function under(prefixes, list, version) {
    return prefixes.flatMap((prefix) => [
        {
            method: 'GET',
            path: `${prefix}/sessions`,
            keyed: list,
            query: version === 'v1' ? requests/* sessionsV1Query */.ZL : requests/* sessionsV2Query */.s1
        },
        { method: 'GET', path: `${prefix}/sessions/:session_id`, keyed: getOne(version), query: requests/* sessionQuery */.n$ }
    ]);
}
const sessionRoutes = [
    ...under(['/api/v1', '/v1', '/api', ''], listV1, 'v1'),
    ...under(['/api/v2', '/v2'], listV2, 'v2')
];

;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/uploads.js








const BUCKET = '/storage/langsmith-emulator-sources';
const SIZE_RANGE = 'x-goog-content-length-range';
const RANGE = `0,${emulator_payload/* ARCHIVE_LIMIT */.rz}`;
const SIGNED_FOR_MS = 900_000;
function announceUpload(call) {
    const [{ id, tenantId, source }, { supports_upload_headers: asked }] = readAsked(call);
    if (source === 'external_docker') {
        throw (0,http/* refusal */.x5)(400, "An upload URL is not available for 'external_docker' source deployments");
    }
    const objectPath = `${tenantId}/${id}/${(0,external_node_crypto_.randomUUID)()}.tar.gz`;
    const signature = (0,external_node_crypto_.createHash)('sha256').update(objectPath).update((0,external_node_crypto_.randomUUID)()).digest('hex');
    const { upload_headers: given } = call.state.scenario.server;
    const headers = asked ? given : null;
    call.state.uploads.set(objectPath, {
        objectPath,
        signature,
        tenantId,
        deploymentId: id,
        headers,
        announcedAt: call.now,
        uploaded: null
    });
    const query = new URLSearchParams({
        'X-Goog-Algorithm': 'GOOG4-RSA-SHA256',
        'X-Goog-Expires': String(SIGNED_FOR_MS / 1000),
        'X-Goog-SignedHeaders': 'content-type;host;x-goog-content-length-range',
        'X-Goog-Signature': signature
    });
    return {
        status: 200,
        body: {
            upload_url: `${call.state.url}${BUCKET}/${objectPath}?${query}`,
            object_path: objectPath,
            ...(headers ? { upload_headers: headers } : {})
        }
    };
}
function readAsked(call) {
    const id = pathId(call, 'deployment_id');
    const known = call.payload.kind === 'none' ? NO_ABILITIES : (0,http/* readBody */.x8)(requests/* abilities */.nh, call);
    return [presentDeployment(call, id), known];
}
const NO_ABILITIES = { supports_upload_headers: false, supports_registry_username: false };
const AZURE_CODES = {
    SignatureDoesNotMatch: 'AuthenticationFailed',
    MissingContentLength: 'MissingContentLengthHeader',
    PreconditionFailed: 'BlobAlreadyExists',
    EntityTooLarge: 'RequestBodyTooLarge'
};
function storageProblem({ state, headers: sent, path }, status, code, message) {
    const xml = { 'content-type': 'application/xml; charset=UTF-8' };
    switch (state.scenario.server.store) {
        case 'gcs': {
            const text = `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
            return { status, text, headers: xml };
        }
        case 's3': {
            const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><StringToSign>PUT\n${path}\nhost:${sent.host}</StringToSign><RequestId>4442587FB7D0A2F9</RequestId></Error>`;
            return { status, text, headers: xml };
        }
        case 'azure': {
            const name = AZURE_CODES[code] ?? code;
            const text = `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${name}</Code><Message>${message}\nRequestId:1b2c-3d4e\nTime:2026-11-27T00:00:00Z</Message><AuthenticationErrorDetail>String to sign used was ${path}</AuthenticationErrorDetail></Error>`;
            return { status, text, headers: { ...xml, 'x-ms-error-code': name } };
        }
    }
}
const NOTHING = { size: 0, entries: [], documents: new Map(), error: 'unexpected end of file' };
function expired(call, at) {
    const when = new Date(at).toISOString();
    switch (call.state.scenario.server.store) {
        case 'gcs':
            return storageProblem(call, 400, 'ExpiredToken', `The provided token has expired. It was good until ${when}.`);
        case 's3':
            return storageProblem(call, 403, 'AccessDenied', 'Request has expired');
        case 'azure':
            return storageProblem(call, 403, 'AuthenticationFailed', `Signature not valid in the specified time frame: expired at ${when}`);
    }
}
function storeArchive(call) {
    const { headers, params, payload, state, now } = call;
    const upload = state.uploads.get(`${params.tenant_id}/${params.deployment_id}/${params.object}`);
    if (!upload || !isSigned(upload, call)) {
        const message = 'The signature does not match the object, or a signed header is missing or different.';
        return storageProblem(call, 403, 'SignatureDoesNotMatch', message);
    }
    if (now >= upload.announcedAt + SIGNED_FOR_MS)
        return expired(call, upload.announcedAt + SIGNED_FOR_MS);
    if (headers['content-length'] === undefined) {
        return storageProblem(call, 411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
    }
    if (upload.uploaded) {
        return storageProblem(call, 412, 'PreconditionFailed', 'This URL was already used: the object exists.');
    }
    const archive = payload.kind === 'archive' ? payload.archive : NOTHING;
    if (archive.size > emulator_payload/* ARCHIVE_LIMIT */.rz) {
        return storageProblem(call, 400, 'EntityTooLarge', `The upload is larger than ${emulator_payload/* ARCHIVE_LIMIT */.rz} bytes.`);
    }
    upload.uploaded = { at: now, archive };
    return { status: 200, text: '', headers: { 'content-type': 'text/html; charset=UTF-8' } };
}
function isSigned(upload, { query, headers }) {
    const signed = Object.entries({
        'content-type': 'application/gzip',
        ...(upload.headers ? lowerCased(upload.headers) : { [SIZE_RANGE]: RANGE })
    });
    return (query.get('X-Goog-Signature') === upload.signature &&
        signed.every(([name, value]) => headers[name] === value) &&
        Object.keys(headers).every((name) => name !== SIZE_RANGE || signed.some(([each]) => each === name)));
}
function lowerCased(headers) {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
function listUploads({ state }) {
    return (0,paging/* jsonList */.Rr)([...state.uploads.values()].filter(({ uploaded }) => uploaded !== null).map(showUpload));
}
function showUpload({ objectPath, tenantId, deploymentId, uploaded }) {
    return () => {
        const { size, entries, error } = uploaded?.archive ?? NOTHING;
        return JSON.stringify({
            object_path: objectPath,
            tenant_id: tenantId,
            deployment_id: deploymentId,
            at: uploaded?.at,
            size,
            entries: error === null ? entries : null,
            error
        });
    };
}
function issuePushToken(call) {
    const [{ id, source }, { supports_registry_username: asked }] = readAsked(call);
    if (source !== 'internal_docker') {
        throw (0,http/* refusal */.x5)(400, "A push token is only available for 'internal_docker' source deployments");
    }
    const token = `emulator.${(0,external_node_crypto_.createHash)('sha256').update(id).update((0,external_node_crypto_.randomUUID)()).digest('base64url')}`;
    const given = call.state.scenario.server.push_token;
    const newer = asked ? given : { username: null, repository_url: null };
    return {
        status: 200,
        body: {
            token: given.token ?? token,
            registry_url: given.registry_url ?? `${artifacts/* REGISTRY */.Mo}/${id}`,
            ...(newer.username === null ? {} : { username: newer.username }),
            ...(newer.repository_url === null ? {} : { repository_url: newer.repository_url })
        }
    };
}
const uploadRoutes = [
    { method: 'POST', path: '/v2/deployments/:deployment_id/upload-url', handle: announceUpload },
    { method: 'POST', path: '/v2/deployments/:deployment_id/push-token', handle: issuePushToken }
];
const storageRoutes = [
    { method: 'PUT', path: `${BUCKET}/:tenant_id/:deployment_id/:object`, open: storeArchive },
    { method: 'GET', path: '/_emulator/uploads', open: listUploads }
];

;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/workspaces.js



const DEFAULT_WORKSPACE = {
    id: emulator_state/* WORKSPACE_ID */.M6,
    displayName: 'Default',
    organizationId: emulator_state/* ORGANIZATION_ID */.A6
};
function listWorkspaces({ state, headers }) {
    const organizationId = headers['x-organization-id']?.trim().toLowerCase() ?? '';
    const listed = workspacesOf(state).filter((one) => organizationId === '' || one.organizationId === organizationId);
    return { status: 200, body: listed.map(showWorkspace) };
}
function workspacesOf({ scenario }) {
    return [DEFAULT_WORKSPACE, ...scenario.workspaces.map(asWorkspace)];
}
function asWorkspace({ id, display_name: displayName, organization_id }) {
    const organizationId = organization_id ?? emulator_state/* ORGANIZATION_ID */.A6;
    return { id: id ?? (0,artifacts/* workspaceIdFor */.eH)(organizationId, displayName), displayName, organizationId };
}
function showWorkspace({ id, displayName, organizationId }) {
    return {
        id,
        organization_id: organizationId,
        created_at: (0,answers/* timestamp */.vE)(emulator_state/* BEGINNING */.C6),
        display_name: displayName,
        is_personal: false,
        is_deleted: false,
        tenant_handle: null,
        data_plane_url: null,
        read_only: false,
        role_id: null,
        role_name: null,
        permissions: null
    };
}
const workspaceRoutes = [
    { method: 'GET', path: '/api/v1/workspaces', keyed: listWorkspaces }
];

;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/table.js









const API_ROUTES = [
    ...deploymentRoutes,
    ...revisionRoutes,
    ...logRoutes,
    ...uploadRoutes,
    ...integrationRoutes,
    ...listenerRoutes
];
const LANGSMITH_ROUTES = [...workspaceRoutes, ...sessionRoutes];
const CLIENT_ROUTES = [
    ...API_ROUTES,
    ...LANGSMITH_ROUTES,
    ...[...agentRoutes, ...storageRoutes].filter(({ path }) => !path.startsWith('/_emulator'))
];
const LOOKING_ROUTES = [...agentRoutes, ...storageRoutes].filter(({ path }) => path.startsWith('/_emulator'));


/***/ }),

/***/ 19:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  tK: () => (/* binding */ EMPTY_SCENARIO),
  mE: () => (/* binding */ scenarioSchema)
});

// UNUSED EXPORTS: STORES

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(67);
// EXTERNAL MODULE: ./build/with-emulator/emulator/agents/scenario.js
var scenario = __nccwpck_require__(366);
// EXTERNAL MODULE: ./build/with-emulator/emulator/validation.js
var validation = __nccwpck_require__(340);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/sessions/scenario.js

const scenario_closed = { closed: true };
const share = (0,validation/* number */.ai)({ min: 0, max: 1 });
const seconds = (0,validation/* number */.ai)({ min: 0, max: 1e9 });
const amount = (0,validation/* number */.ai)({ min: 0, max: 1e12 });
const traffic = (0,validation/* object */.Ik)({
    per_minute: (0,validation/* number */.ai)({ min: 0.001, max: 6000 }),
    error_rate: (0,validation/* withDefault */.IQ)(share, 0),
    latencies: (0,validation/* withDefault */.IQ)((0,validation/* list */.p_)(seconds), [1]),
    cost: (0,validation/* optional */.lq)(amount),
    tokens: (0,validation/* optional */.lq)((0,validation/* integer */.nd)({ min: 0, max: 1e12 })),
    feedback: (0,validation/* withDefault */.IQ)((0,validation/* recordOf */.zv)(validation/* anything */.D8), {})
}, scenario_closed);
const sample = (0,validation/* object */.Ik)({
    at_ms: (0,validation/* withDefault */.IQ)((0,validation/* integer */.nd)({ min: -validation/* MOST_MS */.D0, max: validation/* MOST_MS */.D0 }), 0),
    count: (0,validation/* withDefault */.IQ)((0,validation/* integer */.nd)({ min: 1, max: 100_000 }), 1),
    latency: (0,validation/* withDefault */.IQ)(seconds, 1),
    error: (0,validation/* withDefault */.IQ)(validation/* truth */.Im, false),
    cost: (0,validation/* optional */.lq)(amount),
    tokens: (0,validation/* optional */.lq)((0,validation/* integer */.nd)({ min: 0, max: 1e12 })),
    feedback: (0,validation/* withDefault */.IQ)((0,validation/* recordOf */.zv)(validation/* anything */.D8), {})
}, scenario_closed);
const figure = (0,validation/* withDefault */.IQ)(validation/* anything */.D8, undefined);
const figures = (0,validation/* object */.Ik)({
    run_count: figure,
    error_rate: figure,
    latency_p50: figure,
    latency_p99: figure,
    first_token_p50: figure,
    first_token_p99: figure,
    total_tokens: figure,
    prompt_tokens: figure,
    completion_tokens: figure,
    total_cost: figure,
    prompt_cost: figure,
    completion_cost: figure,
    last_run_start_time: figure,
    feedback_stats: figure,
    session_feedback_stats: figure,
    experiment_progress: figure
}, scenario_closed);
const sessionRule = (0,validation/* object */.Ik)({
    name: (0,validation/* text */.Qq)(1),
    id: (0,validation/* optional */.lq)(validation/* uuid */.uR),
    reference_dataset_id: (0,validation/* optional */.lq)(validation/* uuid */.uR),
    metadata: (0,validation/* withDefault */.IQ)(validation/* record */.g1, {}),
    samples: (0,validation/* withDefault */.IQ)((0,validation/* list */.p_)(sample), []),
    stats: (0,validation/* withDefault */.IQ)(figures, (0,validation/* defaultsOf */.Gf)(figures)),
    later: (0,validation/* withDefault */.IQ)((0,validation/* list */.p_)((0,validation/* object */.Ik)({ after_ms: validation/* millis */.ne, stats: figures }, scenario_closed)), [])
}, scenario_closed);

;// CONCATENATED MODULE: ./build/with-emulator/emulator/scenario.js




const STATUSES = [
    'CREATING',
    'QUEUED',
    'AWAITING_BUILD',
    'BUILDING',
    'AWAITING_DEPLOY',
    'DEPLOYING',
    'CREATE_FAILED',
    'BUILD_FAILED',
    'DEPLOY_FAILED',
    'DEPLOYED',
    'SKIPPED',
    'INTERRUPTED',
    'UNKNOWN'
];
const FINAL_STATUSES = ['DEPLOYED', 'CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'INTERRUPTED', 'SKIPPED'];
const emulator_scenario_closed = { closed: true };
const httpStatus = (0,validation/* integer */.nd)({ min: 200, max: 599 });
const overrides = (0,validation/* object */.Ik)({
    repo_ref: (0,validation/* optional */.lq)((0,validation/* text */.Qq)()),
    langgraph_config_path: (0,validation/* optional */.lq)((0,validation/* text */.Qq)()),
    image_uri: (0,validation/* optional */.lq)((0,validation/* text */.Qq)()),
    source_tarball_path: (0,validation/* optional */.lq)((0,validation/* text */.Qq)()),
    repo_commit_sha: (0,validation/* optional */.lq)((0,validation/* text */.Qq)())
}, emulator_scenario_closed);
const push = (0,validation/* object */.Ik)({ at: (0,validation/* text */.Qq)(), source_revision_config: (0,validation/* optional */.lq)(overrides) }, emulator_scenario_closed);
const revisionRule = (0,validation/* object */.Ik)({
    deployment: (0,validation/* withDefault */.IQ)((0,validation/* text */.Qq)(), '*'),
    nth: (0,validation/* optional */.lq)((0,validation/* integer */.nd)({ min: 1 })),
    final: (0,validation/* withDefault */.IQ)((0,validation/* nullable */.me)((0,validation/* oneOf */.yL)(FINAL_STATUSES)), 'usual'),
    step_ms: (0,validation/* optional */.lq)(validation/* millis */.ne),
    durations: (0,validation/* withDefault */.IQ)((0,validation/* recordOf */.zv)(validation/* millis */.ne), {}),
    statuses: (0,validation/* optional */.lq)((0,validation/* list */.p_)((0,validation/* text */.Qq)(1))),
    build_log: (0,validation/* optional */.lq)((0,validation/* list */.p_)(scenario/* logLine */.BP)),
    deploy_log: (0,validation/* optional */.lq)((0,validation/* list */.p_)(scenario/* logLine */.BP)),
    log_line_ms: (0,validation/* optional */.lq)(validation/* millis */.ne),
    commit: (0,validation/* optional */.lq)((0,validation/* pattern */.T1)(/^[0-9a-f]{40}$/)),
    commit_from: (0,validation/* optional */.lq)((0,validation/* text */.Qq)()),
    active_after_ms: (0,validation/* withDefault */.IQ)((0,validation/* nullable */.me)(validation/* millis */.ne), 0),
    ok: (0,validation/* withDefault */.IQ)((0,validation/* list */.p_)(httpStatus), [200]),
    info: (0,validation/* withDefault */.IQ)(validation/* truth */.Im, true),
    info_after_ms: (0,validation/* withDefault */.IQ)((0,validation/* nullable */.me)(validation/* millis */.ne), 0),
    vanish_at: (0,validation/* optional */.lq)((0,validation/* text */.Qq)()),
    appear_after_ms: (0,validation/* optional */.lq)(validation/* millis */.ne),
    push: (0,validation/* optional */.lq)(push),
    status_message: (0,validation/* optional */.lq)((0,validation/* text */.Qq)()),
    image_version: (0,validation/* optional */.lq)((0,validation/* text */.Qq)(1)),
    agent: (0,validation/* optional */.lq)(scenario/* agentSchema */.JW),
    traffic: (0,validation/* optional */.lq)(traffic)
}, emulator_scenario_closed);
const LONGEST_DELAY_MS = 2 ** 31 - 1;
const ACTIONS = ['status', 'cut', 'cut_body', 'html', 'empty', 'redirect', 'hang', 'delay'];
const fault = (0,validation/* object */.Ik)({
    method: (0,validation/* optional */.lq)((0,validation/* text */.Qq)(1)),
    path: (0,validation/* withDefault */.IQ)((0,validation/* text */.Qq)(1), '**'),
    nth: (0,validation/* withDefault */.IQ)((0,validation/* integer */.nd)({ min: 1 }), 1),
    times: (0,validation/* withDefault */.IQ)((0,validation/* nullable */.me)((0,validation/* integer */.nd)({ min: 1 })), 1),
    action: (0,validation/* oneOf */.yL)(ACTIONS),
    status: (0,validation/* optional */.lq)(httpStatus),
    headers: (0,validation/* withDefault */.IQ)(headers((0,validation/* text */.Qq)()), {}),
    body: (0,validation/* withDefault */.IQ)(validation/* anything */.D8, undefined),
    text: (0,validation/* optional */.lq)((0,validation/* text */.Qq)()),
    location: (0,validation/* optional */.lq)((0,validation/* text */.Qq)(1)),
    ms: (0,validation/* optional */.lq)((0,validation/* integer */.nd)({ min: 0, max: LONGEST_DELAY_MS })),
    commit: (0,validation/* withDefault */.IQ)((0,validation/* either */.gP)(validation/* truth */.Im, (0,validation/* object */.Ik)({ after_ms: validation/* millis */.ne }, emulator_scenario_closed)), false)
}, emulator_scenario_closed);
const STORES = ['gcs', 's3', 'azure'];
const pushToken = (0,validation/* object */.Ik)({
    token: (0,validation/* optional */.lq)((0,validation/* text */.Qq)(1)),
    registry_url: (0,validation/* optional */.lq)((0,validation/* text */.Qq)(1)),
    username: (0,validation/* optional */.lq)((0,validation/* text */.Qq)(1)),
    repository_url: (0,validation/* optional */.lq)((0,validation/* text */.Qq)(1))
}, emulator_scenario_closed);
const NEWER_FIELDS = [
    'url',
    'image_version',
    'tracer_session_id',
    'route_through_gateway',
    'display_name',
    'deployment_tier',
    'compute_tier',
    'database_tier',
    'agent',
    'status_message'
];
const server = (0,validation/* object */.Ik)({
    ignore_name_filter: (0,validation/* withDefault */.IQ)(validation/* truth */.Im, false),
    hide_secrets: (0,validation/* withDefault */.IQ)((0,validation/* either */.gP)(validation/* truth */.Im, (0,validation/* nullable */.me)((0,validation/* text */.Qq)())), false),
    resolve_ref: (0,validation/* withDefault */.IQ)(validation/* truth */.Im, false),
    hide_listener: (0,validation/* withDefault */.IQ)(validation/* truth */.Im, false),
    no_latest_in_patch_answer: (0,validation/* withDefault */.IQ)(validation/* truth */.Im, false),
    url_only: (0,validation/* withDefault */.IQ)(validation/* truth */.Im, false),
    leaves_out: (0,validation/* withDefault */.IQ)((0,validation/* list */.p_)((0,validation/* oneOf */.yL)(NEWER_FIELDS)), []),
    on_aws: (0,validation/* withDefault */.IQ)(validation/* truth */.Im, false),
    upload_headers: (0,validation/* optional */.lq)(headers((0,validation/* text */.Qq)())),
    store: (0,validation/* withDefault */.IQ)((0,validation/* oneOf */.yL)(STORES), 'gcs'),
    push_token: (0,validation/* withDefault */.IQ)(pushToken, (0,validation/* defaultsOf */.Gf)(pushToken)),
    own_previews: (0,validation/* withDefault */.IQ)((0,validation/* list */.p_)((0,validation/* text */.Qq)(1)), []),
    sessions_v1: (0,validation/* optional */.lq)((0,validation/* integer */.nd)({ min: 400, max: 599 })),
    sessions_v2: (0,validation/* optional */.lq)((0,validation/* integer */.nd)({ min: 400, max: 599 })),
    traces_delay_ms: (0,validation/* withDefault */.IQ)(validation/* millis */.ne, 0)
}, emulator_scenario_closed);
const workspace = (0,validation/* object */.Ik)({ id: (0,validation/* optional */.lq)(validation/* uuid */.uR), display_name: (0,validation/* text */.Qq)(1), organization_id: (0,validation/* optional */.lq)(validation/* uuid */.uR) }, emulator_scenario_closed);
const USUAL_SERVER = (0,validation/* defaultsOf */.Gf)(server);
const scenarioSchema = (0,validation/* object */.Ik)({
    server: (0,validation/* withDefault */.IQ)(server, USUAL_SERVER),
    workspaces: (0,validation/* withDefault */.IQ)((0,validation/* list */.p_)(workspace), []),
    revisions: (0,validation/* withDefault */.IQ)((0,validation/* list */.p_)(alsoChecked(revisionRule, checkStatuses)), []),
    faults: (0,validation/* withDefault */.IQ)((0,validation/* list */.p_)(alsoChecked(fault, checkAction)), []),
    agent: (0,validation/* withDefault */.IQ)(scenario/* agentSchema */.JW, scenario/* USUAL_AGENT */.X_),
    sessions: (0,validation/* withDefault */.IQ)((0,validation/* list */.p_)(sessionRule), [])
}, emulator_scenario_closed);
const EMPTY_SCENARIO = (0,validation/* defaultsOf */.Gf)(scenarioSchema);
const NEEDS = {
    status: 'status',
    redirect: 'location',
    delay: 'ms'
};
const ANSWERING = ['status', 'headers', 'commit'];
const USES = {
    status: [...ANSWERING, 'body', 'text'],
    html: [...ANSWERING, 'text'],
    empty: ANSWERING,
    redirect: [...ANSWERING, 'location'],
    cut: ['commit'],
    hang: ['commit'],
    cut_body: [],
    delay: ['ms']
};
const PARTS = ['status', 'headers', 'body', 'text', 'location', 'ms', 'commit'];
function alsoChecked(inner, check) {
    return {
        ...inner,
        parse(value, loc, problems) {
            const own = [];
            const rule = inner.parse(value, loc, own);
            const wrong = own.length === 0 && (0,validation/* isRecord */.u4)(value) ? check(rule, value) : [];
            const found = wrong.map(({ key, msg, type = 'value_error' }) => ({
                type,
                loc: [...loc, ...key],
                msg,
                input: value
            }));
            problems.push(...own, ...found);
            return rule;
        }
    };
}
function checkAction(rule, sent) {
    const { action, location, text: words, status } = rule;
    const needed = NEEDS[action];
    const missing = needed !== undefined && rule[needed] === null ? [needed] : [];
    const useless = PARTS.filter((key) => !USES[action].includes(key) && (sent[key] ?? false) !== false);
    const hidden = words !== null && rule.body !== undefined ? ['body'] : [];
    const empty = status === 204 || status === 304 ? ['body', 'text'].filter((key) => (sent[key] ?? null) !== null) : [];
    return [
        ...missing.map((key) => ({ key: [key], msg: `Action '${action}' needs '${key}'`, type: 'missing' })),
        ...useless.map((key) => ({ key: [key], msg: `'${key}' has no effect on action '${action}'` })),
        ...hidden.map((key) => ({ key: [key], msg: `'${key}' has no effect together with 'text'` })),
        ...empty.map((key) => ({ key: [key], msg: `'${key}' has no effect with status ${status}` })),
        ...(location !== null && !isHeader('location', location)
            ? [{ key: ['location'], msg: 'Not a valid HTTP header' }]
            : [])
    ];
}
function checkStatuses({ statuses, durations, commit_from, vanish_at, push: pushed }) {
    const known = [...STATUSES, ...(statuses ?? [])];
    const named = [
        ...Object.keys(durations).map((status) => [['durations', status], status]),
        [['commit_from'], commit_from],
        [['vanish_at'], vanish_at],
        [['push', 'at'], pushed?.at]
    ];
    const unknown = named.filter(([, status]) => typeof status === 'string' && !known.includes(status));
    const wrong = unknown.map(([key, status]) => ({
        key,
        msg: `'${status}' is not a status. Expected one of ${known.join(', ')}`
    }));
    return statuses?.length === 0 ? [...wrong, { key: ['statuses'], msg: 'An empty list has no effect' }] : wrong;
}
function headers(value) {
    const inner = (0,validation/* recordOf */.zv)(value);
    return {
        ...inner,
        parse(sent, loc, problems) {
            const parsed = inner.parse(sent, loc, problems);
            for (const [name, content] of Object.entries(parsed)) {
                if (typeof content !== 'string' || isHeader(name, content))
                    continue;
                const msg = 'Not a valid HTTP header';
                problems.push({ type: 'value_error', loc: [...loc, name], msg, input: content });
            }
            return parsed;
        }
    };
}
const OF_THE_SERVER = ['content-length', 'transfer-encoding'];
function isHeader(name, value) {
    if (OF_THE_SERVER.includes(name.toLowerCase()))
        return false;
    try {
        (0,external_node_http_.validateHeaderName)(name);
        (0,external_node_http_.validateHeaderValue)(name, value);
        return true;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hd: () => (/* binding */ isTerminal),
/* harmony export */   LD: () => (/* binding */ endsUnstarted),
/* harmony export */   lF: () => (/* binding */ writeScript)
/* harmony export */ });
/* harmony import */ var _glob_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(281);

const DOCKER_LIFE = ['CREATING', 'QUEUED', 'AWAITING_DEPLOY', 'DEPLOYING'];
const BUILT_LIFE = ['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING'];
const TERMINAL = ['DEPLOYED', 'CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED'];
function isTerminal(status) {
    return TERMINAL.includes(status);
}
function endsUnstarted(status) {
    return ['CREATE_FAILED', 'SKIPPED', 'INTERRUPTED'].includes(status);
}
const LAST_BEFORE = {
    CREATE_FAILED: 'CREATING',
    SKIPPED: 'QUEUED',
    BUILD_FAILED: 'BUILDING',
    DEPLOY_FAILED: 'DEPLOYING'
};
function writeScript(scenario, birth, stepMs) {
    const rule = scenario.revisions.find((candidate) => applies(candidate, birth.deployment, birth.number)) ?? null;
    const ms = (status) => rule?.durations[status] ?? rule?.step_ms ?? stepMs;
    return { rule, steps: statusesOf(rule, birth.source).map((status) => ({ status, ms: ms(status) })) };
}
function applies(rule, deployment, number) {
    const tokens = rule.deployment.split('').map((text) => ({ kind: text === '*' ? 'rest' : 'text', text }));
    return (rule.nth === null || rule.nth === number) && (0,_glob_js__WEBPACK_IMPORTED_MODULE_0__/* .fits */ .l)(tokens, deployment);
}
function statusesOf(rule, source) {
    const final = rule?.final ?? null;
    if (rule?.statuses?.length) {
        const ends = final === null || final === 'usual' || rule.statuses.at(-1) === final;
        return ends ? rule.statuses : [...rule.statuses, final];
    }
    if (rule && final === null)
        return lifeOf(source);
    const end = final === null || final === 'usual' ? 'DEPLOYED' : final;
    const life = end === 'BUILD_FAILED' ? BUILT_LIFE : lifeOf(source);
    const last = LAST_BEFORE[end] ?? (end === 'INTERRUPTED' && life === BUILT_LIFE ? 'BUILDING' : 'DEPLOYING');
    return [...life.slice(0, life.indexOf(last) + 1), end];
}
function lifeOf(source) {
    return source === 'external_docker' ? DOCKER_LIFE : BUILT_LIFE;
}


/***/ }),

/***/ 930:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CV: () => (/* binding */ plant),
/* harmony export */   bE: () => (/* binding */ seedSchema),
/* harmony export */   sp: () => (/* binding */ exportState)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(598);
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(124);
/* harmony import */ var _artifacts_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(572);
/* harmony import */ var _life_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(277);
/* harmony import */ var _requests_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(149);
/* harmony import */ var _script_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(700);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(898);
/* harmony import */ var _validation_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(340);








const closed = { closed: true };
const config = (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ik)({
    repo_ref: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)()),
    langgraph_config_path: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)()),
    image_uri: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)()),
    source_tarball_path: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)()),
    repo_commit_sha: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)()),
    tracked_packages: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .list */ .p_)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)()))
}, closed);
const revisionSeed = (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ik)({
    id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .uuid */ .uR),
    status: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1), 'DEPLOYED'),
    source: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .oneOf */ .yL)(_state_js__WEBPACK_IMPORTED_MODULE_6__/* .SOURCES */ .Hl)),
    source_revision_config: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .withDefault */ .IQ)(config, (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .defaultsOf */ .Gf)(config)),
    built_image: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1)),
    graphs: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .list */ .p_)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1))),
    created_at: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .moment */ .n$),
    history: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .list */ .p_)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ik)({ status: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1), at: _validation_js__WEBPACK_IMPORTED_MODULE_7__/* .moment */ .n$ }, closed)), [])
}, closed);
const deploymentSeed = (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ik)({
    id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .uuid */ .uR),
    tenant_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .uuid */ .uR, _state_js__WEBPACK_IMPORTED_MODULE_6__/* .WORKSPACE_ID */ .M6),
    name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1),
    source: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .oneOf */ .yL)(_state_js__WEBPACK_IMPORTED_MODULE_6__/* .SOURCES */ .Hl), 'external_docker'),
    display_name: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1)),
    created_at: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .moment */ .n$),
    source_config: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .withDefault */ .IQ)(_requests_js__WEBPACK_IMPORTED_MODULE_4__/* .sourceConfig */ .Kf, (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .defaultsOf */ .Gf)(_requests_js__WEBPACK_IMPORTED_MODULE_4__/* .sourceConfig */ .Kf)),
    source_revision_config: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)(config),
    secrets: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .withDefault */ .IQ)(_requests_js__WEBPACK_IMPORTED_MODULE_4__/* .secrets */ .O3, []),
    secret_references: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .withDefault */ .IQ)(_requests_js__WEBPACK_IMPORTED_MODULE_4__/* .secretReferences */ .Li, []),
    deployment_tier: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1)),
    compute_tier: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1)),
    database_tier: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1)),
    agent: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ik)({ agent_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1), environment: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1) }, closed)),
    route_through_gateway: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .truth */ .Im),
    tracer_session_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .uuid */ .uR),
    active_revision_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .uuid */ .uR),
    deleted: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ik)({ at: _validation_js__WEBPACK_IMPORTED_MODULE_7__/* .moment */ .n$, gone_at: _validation_js__WEBPACK_IMPORTED_MODULE_7__/* .moment */ .n$, purged: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .truth */ .Im, false) }, closed)),
    revisions: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .list */ .p_)(revisionSeed), [])
}, closed);
const listenerSeed = (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ik)({
    id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .uuid */ .uR),
    tenant_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .withDefault */ .IQ)(_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .uuid */ .uR, _state_js__WEBPACK_IMPORTED_MODULE_6__/* .WORKSPACE_ID */ .M6),
    compute_id: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1),
    version: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)()),
    k8s_namespaces: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .list */ .p_)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)(1)))
}, closed);
const seedFields = (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ik)({
    now: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)(_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .moment */ .n$),
    deployments: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .withDefault */ .IQ)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .list */ .p_)(deploymentSeed), []),
    listeners: (0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lq)((0,_validation_js__WEBPACK_IMPORTED_MODULE_7__/* .list */ .p_)(listenerSeed))
}, closed);
const seedSchema = {
    ...seedFields,
    parse(value, loc, problems) {
        const before = problems.length;
        const seed = seedFields.parse(value, loc, problems);
        if (problems.length === before)
            problems.push(...contradictions(seed, loc));
        return seed;
    }
};
function contradictions({ deployments, listeners }, loc) {
    const problem = (at, msg, input) => ({ type: 'value_error', loc: at, msg, input });
    const of = deployments.map((deployment, index) => ({ deployment, at: [...loc, 'deployments', index] }));
    const ids = [
        ...of.map(({ deployment, at }) => ({ loc: [...at, 'id'], value: deployment.id })),
        ...of.flatMap(({ deployment, at }) => deployment.revisions.map(({ id }, index) => ({ loc: [...at, 'revisions', index, 'id'], value: id }))),
        ...(listeners ?? []).map(({ id }, index) => ({ loc: [...loc, 'listeners', index, 'id'], value: id }))
    ];
    const names = of.map(({ deployment, at }) => ({
        loc: [...at, 'name'],
        value: `${deployment.name} ${deployment.tenant_id}`
    }));
    const absent = of.filter(({ deployment: { active_revision_id: active, revisions } }) => active !== null && !revisions.some(({ id }) => id === active));
    return [
        ...repeated(ids).map(({ loc: at, value }) => problem(at, 'This ID is not unique', value)),
        ...repeated(names).map(({ loc: at, value }) => problem(at, 'This name is not unique in its workspace', value)),
        ...absent.map(({ deployment: { active_revision_id: id }, at }) => problem([...at, 'active_revision_id'], 'Not the ID of a revision of this deployment', id))
    ];
}
function repeated(all) {
    const seen = new Set();
    return all.filter(({ value }) => {
        if (value === null)
            return false;
        const isRepeated = seen.has(value);
        seen.add(value);
        return isRepeated;
    });
}
const iso = (millis) => new Date(millis).toISOString();
function exportState(state, now) {
    const { worlds } = state;
    (0,_state_js__WEBPACK_IMPORTED_MODULE_6__/* .worldOf */ .cO)(state, _state_js__WEBPACK_IMPORTED_MODULE_6__/* .WORKSPACE_ID */ .M6);
    const all = [...worlds.values()];
    return {
        now: iso(now),
        deployments: all.flatMap((world) => world.deployments.map(exportDeployment)),
        listeners: all.flatMap(({ tenantId, listeners }) => listeners.map(({ id, compute_id, version, compute_config }) => ({
            id,
            tenant_id: tenantId,
            compute_id,
            version,
            k8s_namespaces: compute_config.k8s_namespaces
        })))
    };
}
function exportDeployment(deployment) {
    const { deleted } = deployment;
    return {
        id: deployment.id,
        tenant_id: deployment.tenantId,
        name: deployment.name,
        source: deployment.source,
        display_name: deployment.displayName,
        created_at: (0,_answers_js__WEBPACK_IMPORTED_MODULE_1__/* .timestamp */ .vE)(deployment.createdAt),
        source_config: deployment.sourceConfig,
        source_revision_config: deployment.config,
        secrets: deployment.secrets,
        secret_references: deployment.secretReferences,
        ...deployment.tiers,
        agent: deployment.agent,
        route_through_gateway: deployment.routeThroughGateway,
        tracer_session_id: deployment.hasTraces ? deployment.tracerSessionId : null,
        active_revision_id: deployment.active?.id ?? null,
        deleted: deleted && { at: iso(deleted.at), gone_at: iso(deleted.goneAt), purged: deleted.purged },
        revisions: deployment.revisions.map((revision) => ({
            id: revision.id,
            status: revision.status,
            source: revision.source,
            source_revision_config: revision.config,
            built_image: revision.builtImage,
            graphs: revision.graphs,
            created_at: (0,_answers_js__WEBPACK_IMPORTED_MODULE_1__/* .timestamp */ .vE)(revision.createdAt),
            history: revision.history.map(({ status, at }) => ({ status, at: iso(at) }))
        }))
    };
}
function plant(state, seed, now) {
    const shift = seed.now === null ? 0 : Math.min(0, now - seed.now);
    for (const { tenantId, listener } of listenersOf(state, seed, now))
        (0,_state_js__WEBPACK_IMPORTED_MODULE_6__/* .worldOf */ .cO)(state, tenantId).listeners.push(listener);
    for (const given of seed.deployments)
        plantDeployment(state, given, shift, now);
}
function listenersOf(state, { listeners }, now) {
    if (!listeners)
        return [];
    for (const tenantId of [_state_js__WEBPACK_IMPORTED_MODULE_6__/* .WORKSPACE_ID */ .M6, ...listeners.map(({ tenant_id }) => tenant_id)]) {
        (0,_state_js__WEBPACK_IMPORTED_MODULE_6__/* .worldOf */ .cO)(state, tenantId).listeners.length = 0;
    }
    return listeners.map(({ id, tenant_id: tenantId, compute_id, version, k8s_namespaces }) => {
        const at = (0,_state_js__WEBPACK_IMPORTED_MODULE_6__/* .stamp */ .iE)(state, now);
        const about = { id: id ?? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)(), compute_type: 'k8s', compute_id, createdAt: at, updatedAt: at };
        return { tenantId, listener: { ...about, version, compute_config: { k8s_namespaces } } };
    });
}
function plantDeployment(state, given, shift, now) {
    const { source, source_config: sent, agent, deleted } = given;
    const createdAt = microsOf(state, given.created_at, shift, now);
    const docker = source === 'external_docker';
    const deployment = {
        id: given.id ?? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)(),
        tenantId: given.tenant_id,
        name: given.name,
        source,
        agent,
        createdAt,
        updatedAt: createdAt,
        displayName: given.display_name,
        sourceConfig: {
            ...sent,
            deployment_type: sent.deployment_type ?? (docker ? 'prod' : 'dev'),
            build_on_push: sent.build_on_push === true,
            resource_spec: sent.resource_spec ?? (docker ? {} : null)
        },
        config: given.source_revision_config ?? given.revisions.at(-1)?.source_revision_config ?? _state_js__WEBPACK_IMPORTED_MODULE_6__/* .EMPTY_CONFIG */ .$v,
        secrets: given.secrets,
        secretReferences: given.secret_references,
        tiers: {
            deployment_tier: given.deployment_tier,
            compute_tier: given.compute_tier,
            database_tier: given.database_tier
        },
        revisions: [],
        running: null,
        active: null,
        activations: [],
        tracerSessionId: given.tracer_session_id ?? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)(),
        hasTraces: given.tracer_session_id !== null || given.id === null,
        routeThroughGateway: given.route_through_gateway,
        answering: null,
        serves: false,
        deleted: deleted && { at: deleted.at + shift, goneAt: deleted.gone_at + shift, purged: deleted.purged }
    };
    (0,_state_js__WEBPACK_IMPORTED_MODULE_6__/* .worldOf */ .cO)(state, given.tenant_id).deployments.push(deployment);
    for (const each of given.revisions)
        plantRevision(state, deployment, each, shift, now);
    activate(deployment, given.active_revision_id);
    if (!(0,_answers_js__WEBPACK_IMPORTED_MODULE_1__/* .isPresent */ .Wo)(deployment, now))
        return;
    const [queued, others] = [true, false].map((is) => deployment.revisions.filter(({ status }) => is === (status === 'QUEUED')));
    for (const revision of [...(others ?? []), ...(queued ?? [])])
        (0,_life_js__WEBPACK_IMPORTED_MODULE_3__/* .resume */ .U)(state, deployment, revision, now);
}
function plantRevision(state, deployment, given, shift, now) {
    const id = given.id ?? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)();
    const source = given.source ?? deployment.source;
    const number = deployment.revisions.length + 1;
    const script = (0,_script_js__WEBPACK_IMPORTED_MODULE_5__/* .writeScript */ .lF)(state.scenario, { deployment: deployment.name, number, source }, state.settings.stepMs);
    const createdAt = microsOf(state, given.created_at, shift, now);
    const revision = {
        id,
        number,
        source,
        config: given.source_revision_config,
        builtImage: given.built_image ?? (0,_artifacts_js__WEBPACK_IMPORTED_MODULE_2__/* .builtImage */ .i)(deployment, source, id),
        script,
        pushedBy: null,
        createdAt,
        appearsAt: 0,
        updatedAt: createdAt,
        status: given.status,
        step: Math.max(0, script.steps.findIndex(({ status }) => status === given.status)),
        history: historyOf(given, script, Math.floor(createdAt / 1000), shift),
        waiting: false,
        graphs: given.graphs,
        serverLog: [],
        okCalls: 0,
        ended: (0,_script_js__WEBPACK_IMPORTED_MODULE_5__/* .isTerminal */ .Hd)(given.status),
        vanished: false
    };
    const commit = given.source_revision_config.repo_commit_sha ?? (0,_artifacts_js__WEBPACK_IMPORTED_MODULE_2__/* .commitOf */ .D3)(deployment, revision);
    deployment.revisions.push({ ...revision, config: { ...revision.config, repo_commit_sha: commit } });
}
function historyOf(given, { steps }, at, shift) {
    if (given.history.length > 0)
        return given.history.map(({ status, at: then }) => ({ status, at: then + shift }));
    const before = steps.slice(0, Math.max(0, steps.findIndex(({ status }) => status === given.status)));
    return [...before.map(({ status }) => status), given.status].map((status) => ({ status, at }));
}
function activate(deployment, id) {
    for (const revision of deployment.revisions.filter(({ status }) => status === 'DEPLOYED')) {
        deployment.serves = true;
        if (id !== null && revision.number > (deployment.revisions.find((one) => one.id === id)?.number ?? 0))
            continue;
        deployment.active = revision;
        deployment.answering = revision;
        deployment.activations.push({ revision, at: revision.history.at(-1)?.at ?? 0 });
    }
}
function microsOf(state, given, shift, now) {
    return given === null ? (0,_state_js__WEBPACK_IMPORTED_MODULE_6__/* .stamp */ .iE)(state, now) : (given + shift) * 1000;
}


/***/ }),

/***/ 495:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  s: () => (/* binding */ startEmulator)
});

// EXTERNAL MODULE: ./build/with-emulator/emulator/access.js
var access = __nccwpck_require__(641);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(67);
// EXTERNAL MODULE: ./build/with-emulator/emulator/http.js
var http = __nccwpck_require__(3);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/outcome.js



function performer(route) {
    return (call) => {
        try {
            return admit(route, call);
        }
        catch (error) {
            if ((0,http/* isRefusal */.vu)(error))
                return error.answer;
            throw error;
        }
    };
}
function admit(route, call) {
    if ('open' in route)
        return route.open(call);
    if ('handle' in route)
        return route.handle({ ...call, world: (0,access/* worldFor */.OV)(call.state, call.headers) });
    (0,access/* keyFor */.bm)(call.state, call.headers);
    return route.keyed(call);
}
function outcomeOf(call, perform, rule) {
    if (!rule)
        return { kind: 'answer', answer: perform(call), delayMs: 0 };
    if (rule.action === 'delay')
        return { kind: 'answer', answer: perform(call), delayMs: rule.ms ?? 0 };
    if (rule.action === 'cut_body')
        return { kind: 'half', answer: perform(call) };
    commit(call, perform, rule.commit);
    if (rule.action === 'cut' || rule.action === 'hang')
        return { kind: rule.action };
    return { kind: 'answer', answer: inventedAnswer(rule), delayMs: 0 };
}
function commit(call, perform, when) {
    if (when === true)
        performUnseen(call, perform);
    else if (when)
        call.state.agenda.add(call.now + when.after_ms, (now) => performUnseen({ ...call, now }, perform));
}
function performUnseen(call, perform) {
    perform(call).stream?.left(call.now);
}
const PAGE = '<!DOCTYPE html><html><head><title>LangSmith</title></head><body><div id="root"></div></body></html>\n';
function inventedAnswer(rule) {
    const { headers } = rule;
    switch (rule.action) {
        case 'html':
            return {
                status: rule.status ?? 200,
                text: rule.text ?? PAGE,
                headers: { 'content-type': 'text/html', ...headers }
            };
        case 'redirect':
            return { status: rule.status ?? 307, headers: { location: rule.location ?? '/', ...headers } };
        case 'empty':
            return { status: rule.status ?? 200, headers };
        default:
            return statusAnswer(rule.status ?? 500, rule);
    }
}
function statusAnswer(status, { body, text, headers }) {
    if (text !== null) {
        const type = text.trimStart().startsWith('<') ? 'text/html' : 'text/plain';
        return { status, text, headers: { 'content-type': type, ...headers } };
    }
    const usual = status === 204 ? undefined : { detail: external_node_http_.STATUS_CODES[status] ?? 'Error' };
    return { status, body: body === undefined ? usual : body, headers };
}

// EXTERNAL MODULE: ./build/with-emulator/emulator/payload.js + 3 modules
var payload = __nccwpck_require__(296);
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./build/with-emulator/emulator/reply.js


async function send(reply, outcome, entry, clock) {
    switch (outcome.kind) {
        case 'answer':
            if (outcome.delayMs > 0)
                await delay(outcome.delayMs, reply, clock);
            await reached(outcome.answer.notBefore ?? 0, reply, clock);
            if (outcome.answer.stream) {
                await sendStream(reply, outcome.answer, outcome.answer.stream, entry, clock);
                return;
            }
            if (entry && !reply.raw.destroyed)
                entry.status = outcome.answer.status;
            sendWhole(reply, outcome.answer);
            return;
        case 'half':
            return sendHalf(reply, outcome.answer, clock);
        case 'cut':
            reply.raw.destroy();
            return;
        case 'hang':
            return;
    }
}
const LOOK_EVERY_MS = 5;
async function delay(ms, reply, clock) {
    if (clock.manual)
        await reached(clock.now() + ms, reply, clock);
    else
        await (0,promises_namespaceObject.setTimeout)(ms, undefined, { ref: false });
}
async function reached(moment, { raw }, clock) {
    while (clock.now() < moment && !raw.destroyed)
        await (0,promises_namespaceObject.setTimeout)(LOOK_EVERY_MS, undefined, { ref: false });
}
async function sendStream(reply, answer, stream, entry, clock) {
    const { raw } = reply;
    raw.writeHead(answer.status, headersOf(answer));
    raw.flushHeaders();
    for (;;) {
        if (raw.destroyed) {
            stream.left(clock.now());
            return;
        }
        const { text, last } = stream.next(clock.now());
        if (last) {
            if (entry)
                entry.status = answer.status;
            raw.end(text);
            return;
        }
        if (text !== '')
            raw.write(text);
        await (0,promises_namespaceObject.setTimeout)(LOOK_EVERY_MS, undefined, { ref: false });
    }
}
function sendWhole(reply, answer) {
    if (answer.parts) {
        reply.raw.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
        (0,external_node_stream_namespaceObject.pipeline)(external_node_stream_namespaceObject.Readable.from(answer.parts, { objectMode: false, encoding: 'utf8' }), reply.raw, () => undefined);
        return;
    }
    const text = textOf(answer);
    reply.send(answer.status, headersOf(answer), text === undefined ? undefined : Buffer.from(text));
}
function sendHalf(reply, answer, clock) {
    if (answer.stream) {
        sendBegun(reply, answer, answer.stream, clock);
        return;
    }
    const text = Buffer.from(textOf(answer) ?? '');
    reply.raw.writeHead(answer.status, { ...headersOf(answer), 'content-length': text.length });
    reply.raw.write(text.subarray(0, Math.floor(text.length / 2)), () => reply.raw.destroy());
}
function sendBegun(reply, answer, stream, clock) {
    reply.raw.writeHead(answer.status, headersOf(answer));
    const { text } = stream.next(clock.now());
    stream.left(clock.now());
    reply.raw.write(text.slice(0, Math.floor(text.length / 2)) || '\n', () => reply.raw.destroy());
}
function headersOf(answer) {
    return answer.body === undefined ? { ...answer.headers } : { 'content-type': 'application/json', ...answer.headers };
}
function textOf(answer) {
    return answer.body === undefined ? answer.text : JSON.stringify(answer.body);
}

// EXTERNAL MODULE: ./build/with-emulator/emulator/state.js + 2 modules
var emulator_state = __nccwpck_require__(898);
// EXTERNAL MODULE: ./build/with-emulator/emulator/validation.js
var validation = __nccwpck_require__(340);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/request-log.js


function logRequest(state, call, outcome, entry, { raw }) {
    const { log } = state.settings;
    if (!log)
        return;
    const about = requestLine(call, outcome);
    const begin = performance.now();
    raw.once('close', () => log(about(entry.status, Math.round(performance.now() - begin))));
}
function requestLine(call, outcome) {
    const path = `${call.prefixed ? '/api-host' : ''}${shortened(call.path)}`;
    const detail = outcome.kind === 'cut' || outcome.kind === 'hang' ? undefined : detailOf(call, outcome.answer.body);
    const end = detail === undefined ? '' : ` -> ${detail}`;
    return (status, ms) => `${call.method} ${path} ${status ?? 'cut'} ${ms} ms${end}`;
}
const UUID = /([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const MOST = 200;
function shortened(text) {
    const line = text.replace(UUID, '$1\u2026').replace(/[^\x20-\x7e\u2026]/g, '?');
    return line.length > MOST ? `${line.slice(0, MOST)}\u2026` : line;
}
function detailOf({ state, params }, body) {
    if (!(0,validation/* isRecord */.u4)(body))
        return undefined;
    if (body.detail !== undefined)
        return shortened(problemOf(body.detail));
    const deployment = (0,emulator_state/* findDeployment */.HZ)(state, String(params.deployment_id ?? params.project_id ?? body.id));
    const revision = deployment?.revisions.find(({ id }) => id === (body.latest_revision_id ?? body.id));
    return revision && `revision ${revision.number} ${revision.status}`;
}
function problemOf(detail) {
    const first = Array.isArray(detail) ? detail[0] : detail;
    return (0,validation/* isRecord */.u4)(first) ? `${[first.loc].flat().join('.')}: ${String(first.msg)}` : String(first);
}

// EXTERNAL MODULE: ./build/with-emulator/emulator/routes/control.js + 1 modules
var control = __nccwpck_require__(154);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/page/html.js
const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --go: #2563eb; --good: #15803d; --bad: #b91c1c; --dim: #777; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 1.25rem; font: 14px/1.45 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; }
h1 { font-size: 1.25rem; margin: 0; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
code, pre, td { font-family: ui-monospace, monospace; font-size: 12px; }
.dim { color: var(--dim); }
.card { border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin: 0 0 .75rem; }
.card h3 { font-size: .95rem; margin: 0; display: inline; }
.revision { display: grid; grid-template-columns: 3rem 10rem 1fr; gap: .25rem .75rem; align-items: center; margin-top: .5rem; }
.revision .from { grid-column: 2 / -1; overflow-wrap: anywhere; }
.phases { display: flex; gap: 2px; }
.phases span { flex: 1; min-width: 0; padding: 1px 5px; font-size: 10px; border-radius: 3px; background: var(--soft); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.phases .past { background: var(--good); color: #fff; }
.phases .now { background: var(--go); color: #fff; }
.phases .failed { background: var(--bad); color: #fff; }
.status { font-weight: 600; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.go { color: var(--go); }
.columns { display: grid; grid-template-columns: 3fr 2fr; gap: 1.5rem; }
@media (max-width: 800px) { .columns { grid-template-columns: 1fr; } .revision { grid-template-columns: 3rem 1fr; } .revision .phases, .revision .from { grid-column: 1 / -1; } }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; }
th, td { padding: 2px 12px 2px 0; border-bottom: 1px solid var(--soft); white-space: nowrap; vertical-align: top; }
td.path { width: 99%; white-space: normal; overflow-wrap: anywhere; }
#about { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: baseline; }
#fired { margin-bottom: .75rem; }
pre { border: 1px solid var(--line); border-radius: 8px; padding: .75rem; overflow: auto; max-height: 24rem; margin: 0 0 .75rem; }
button { font: inherit; padding: 1px 10px; }
`;
const SCRIPT = `
'use strict'
const LOOK_EVERY_MS = 500
const element = (tag, props, ...children) => {
  const made = Object.assign(document.createElement(tag), props)
  made.append(...children.filter((child) => child !== null))
  return made
}
const text = (className, content) => element('span', { className }, String(content))
const fill = (id, ...children) => document.getElementById(id).replaceChildren(...children)
const seconds = (ms) => (ms < 10000 ? (ms / 1000).toFixed(1) : Math.round(ms / 1000)) + ' s'
const isFailure = (status) => /FAILED|INTERRUPTED|SKIPPED/.test(status)
const tone = ({ status, ended }) => (isFailure(status) ? 'bad' : ended ? 'good' : 'go')

async function post(path, body) {
  await fetch(path, { method: 'POST', body: JSON.stringify(body) })
  await look()
}

function header({ url, api_key, hosting, now, manual }) {
  const hand = [
    ['+1 s', { ms: 1000 }],
    ['+1 min', { ms: 60000 }],
    ['until DEPLOYED', { until: 'DEPLOYED' }]
  ].map(([name, body]) => element('button', { onclick: () => post('_emulator/advance', body) }, name))
  fill(
    'about',
    element('code', {}, url),
    text('dim', 'key ' + api_key),
    text('dim', 'hosting ' + hosting),
    text('dim', (manual ? 'manual clock ' : 'clock ') + new Date(now).toISOString().slice(0, 19).replace('T', ' ')),
    ...(manual ? hand : [])
  )
}

function phase({ status, since, until }, last, ended, now) {
  const name = !last || (ended && !isFailure(status)) ? 'past' : isFailure(status) ? 'failed' : 'now'
  const lasted = ended && last ? '' : ' ' + seconds((until ?? now) - since)
  return element('span', { className: name, title: status + lasted }, status + lasted)
}

function revision(one, now) {
  const phases = one.phases.map((each, index) => phase(each, index === one.phases.length - 1, one.ended, now))
  const ahead = one.ahead.map((status) => element('span', { title: status }, status))
  return element(
    'div',
    { className: 'revision' },
    text('dim', '#' + one.number),
    text('status ' + tone(one), one.status + (one.active ? ' \u25cf' : '')),
    element('div', { className: 'phases' }, ...phases, ...ahead),
    element('code', { className: 'from dim' }, one.made_from + ' ' + one.id)
  )
}

function deployment(one, now) {
  const more = one.revision_count - one.revisions.length
  return element(
    'div',
    { className: 'card' },
    element('h3', {}, one.name),
    text('dim', '  ' + one.source + ' \u00b7 ' + one.status + ' \u00b7 ' + one.id),
    one.url === null ? null : element('div', {}, element('code', {}, one.url)),
    ...one.revisions.map((each) => revision(each, now)),
    more > 0 ? text('dim', 'and ' + more + ' older') : null
  )
}

function request({ n, method, path, status, at }) {
  const cell = (content, className = '') => element('td', { className }, String(content))
  const time = new Date(at).toISOString().slice(11, 19)
  return element('tr', {}, cell(n), cell(time), cell(method), cell(path, 'path'), cell(status ?? '\u2013', status === null || status >= 400 ? 'bad' : 'good'))
}

function scenario({ scenario: sent, revisions = [], faults = [] }) {
  const fired = [...revisions.map(({ fired }, index) => ['revisions ' + index, fired]), ...faults.map(({ fired }, index) => ['faults ' + index, fired])]
  const rows = fired.map(([rule, times]) => element('tr', {}, element('td', {}, rule), element('td', {}, String(times))))
  const table = element('table', { id: 'fired' }, element('tr', {}, element('th', {}, 'Rule'), element('th', {}, 'Fired')), ...rows)
  fill('scenario', ...(rows.length > 0 ? [table] : []), element('pre', {}, JSON.stringify(sent, null, 2)))
}

async function look() {
  try {
    const [overview, rules] = await Promise.all(
      ['_emulator/overview', '_emulator/scenario'].map(async (path) => (await fetch(path)).json())
    )
    header(overview)
    const none = text('dim', 'None yet. Deploy to ' + overview.url)
    fill('deployments', ...(overview.deployments.length > 0 ? overview.deployments.map((one) => deployment(one, overview.now)) : [none]))
    fill('requests', ...overview.requests.map(request))
    scenario(rules)
    document.body.dataset.state = 'live'
  } catch {
    fill('about', text('bad', 'The emulator does not respond.'))
    document.body.dataset.state = 'lost'
  }
}

async function watch() {
  await look()
  setTimeout(watch, LOOK_EVERY_MS)
}
watch()
`;
const html_PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>LangSmith emulator</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header><h1>LangSmith control plane emulator</h1><a href="docs">API</a></header>
<p id="about"></p>
<h2>Deployments</h2>
<div id="deployments"></div>
<div class="columns">
<section><h2>Requests</h2><table><thead><tr><th>#</th><th>Time</th><th>Method</th><th>Path</th><th>Status</th></tr></thead><tbody id="requests"></tbody></table></section>
<section><h2>Scenario</h2><div id="scenario"></div></section>
</div>
<script>${SCRIPT}</script>
</body>
</html>
`;

// EXTERNAL MODULE: ./build/with-emulator/src/version.js
var version = __nccwpck_require__(538);
// EXTERNAL MODULE: ./build/with-emulator/emulator/routes/table.js + 20 modules
var table = __nccwpck_require__(56);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/page/openapi.js




const ERROR = {
    type: 'object',
    properties: {
        detail: { anyOf: [{ type: 'string' }, { type: 'array', items: { $ref: '#/components/schemas/Problem' } }] }
    }
};
const PROBLEM = {
    type: 'object',
    properties: {
        type: { type: 'string' },
        loc: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
        msg: { type: 'string' },
        input: {}
    },
    required: ['type', 'loc', 'msg']
};
const DESCRIPTION = 'An in-memory stand-in for the control plane of LangSmith Deployment. It builds and deploys nothing. ' +
    'This document is generated from the routes of this server. The control plane routes also exist below /api-host.';
function openApi() {
    const paths = {};
    for (const route of [...table/* CLIENT_ROUTES */.ps, ...table/* LOOKING_ROUTES */.$V, ...control/* controlRoutes */.st]) {
        const path = route.path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{rest}');
        paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, path) };
    }
    return {
        openapi: '3.1.0',
        info: { title: 'LangSmith control plane emulator', version: version/* VERSION */.x, description: DESCRIPTION },
        paths,
        components: {
            securitySchemes: {
                ApiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
                Bearer: { type: 'http', scheme: 'bearer' }
            },
            schemas: { Error: ERROR, Problem: PROBLEM }
        }
    };
}
function operationOf(route, path) {
    const needsKey = !('open' in route);
    const { status = 200, body } = route;
    const answer = { description: 'Done', ...(status === 204 ? {} : { content: { 'application/json': { schema: {} } } }) };
    const error = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } };
    return {
        tags: [tagOf(route.path)],
        operationId: `${route.method} ${path}`.toLowerCase().replace(/\W+/g, '_').replace(/_$/, ''),
        parameters: [...pathParameters(route), ...queryParameters(route), ...(needsKey ? [TENANT] : [])],
        ...(body
            ? { requestBody: { required: true, content: { 'application/json': { schema: body.schema ?? {} } } } }
            : {}),
        responses: {
            [status]: answer,
            ...(needsKey
                ? { 401: { description: 'No valid key', ...error }, 403: { description: 'Not allowed', ...error } }
                : {}),
            '4XX': { description: 'Refused', ...error }
        },
        ...(needsKey ? { security: [{ ApiKey: [] }, { Bearer: [] }] } : {})
    };
}
const TENANT = { name: 'X-Tenant-Id', in: 'header', required: false, schema: { type: 'string', format: 'uuid' } };
function pathParameters({ path }) {
    const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
    const all = path.endsWith('*') ? [...names, 'rest'] : names;
    return all.map((name) => {
        const isId = /^(deployment|revision|project|integration|listener|session|tenant)_id$/.test(name);
        return { name, in: 'path', required: true, schema: isId ? { type: 'string', format: 'uuid' } : { type: 'string' } };
    });
}
function queryParameters({ query }) {
    const { properties, required } = query?.schema ?? {};
    const names = Array.isArray(required) ? required : [];
    return Object.entries((0,validation/* isRecord */.u4)(properties) ? properties : {}).map(([name, schema]) => ({
        name,
        in: 'query',
        required: names.includes(name),
        schema
    }));
}
function tagOf(path) {
    if (path.startsWith('/_emulator'))
        return 'Emulator';
    if (path.startsWith('/agents/'))
        return 'Agents';
    if (path.startsWith('/storage/'))
        return 'Uploads';
    if (/\/(workspaces|sessions)\b/.test(path))
        return 'LangSmith';
    const [, family = ''] = /^\/v\d\/([\w-]+)/.exec(path) ?? [];
    return path.includes('/revisions') ? 'revisions' : family;
}
const openapi_STYLE = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 900px; padding: 1.25rem; font: 14px/1.45 system-ui, sans-serif; }
code, pre, summary { font-family: ui-monospace, monospace; font-size: 12px; }
summary { cursor: pointer; padding: 3px 0; }
b { display: inline-block; min-width: 4.5rem; }
pre { border: 1px solid #8884; border-radius: 8px; padding: .75rem; overflow: auto; max-height: 30rem; }
`;
function openApiPage() {
    const { info, paths } = openApi();
    const { title, description } = Object(info);
    const operations = Object.entries(Object(paths)).flatMap(([path, methods]) => Object.entries(Object(methods)).map(([method, operation]) => ({ path, method, operation: Object(operation) })));
    const tags = [...new Set(operations.map(({ operation }) => String(operation.tags)))];
    const sections = tags.map((tag) => {
        const own = operations.filter(({ operation }) => String(operation.tags) === tag);
        const rows = own.map(({ path, method, operation: { parameters, requestBody, responses } }) => `<details><summary><b>${method.toUpperCase()}</b> ${escaped(path)}</summary><pre>${escaped(JSON.stringify({ parameters, requestBody, responses }, null, 2))}</pre></details>`);
        return `<h2>${escaped(tag)}</h2>\n${rows.join('\n')}`;
    });
    return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><link rel="icon" href="data:,"><style>${openapi_STYLE}</style></head>
<body><h1>${title}</h1><p>${escaped(description)} As JSON: <a href="openapi.json">openapi.json</a>. <a href="./">Overview</a>.</p>
${sections.join('\n')}
</body></html>
`;
}
function escaped(text) {
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

// EXTERNAL MODULE: ./build/with-emulator/emulator/answers.js
var answers = __nccwpck_require__(124);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/page/overview.js


const MOST_REVISIONS = 8;
const MOST_REQUESTS = 100;
function overviewOf(state, now) {
    const { settings, clock, url, worlds, journal } = state;
    const deployments = [...worlds.values()].flatMap((world) => world.deployments).filter((one) => (0,answers/* isPresent */.Wo)(one, now));
    return {
        url,
        api_key: (0,access/* exampleKey */.uE)(state),
        hosting: settings.hosting,
        now,
        manual: clock.manual,
        deployments: deployments
            .sort((one, other) => other.createdAt - one.createdAt)
            .map((one) => overviewOfOne(state, one, now)),
        requests: journal
            .entries()
            .slice(-MOST_REQUESTS)
            .reverse()
            .map(({ n, method, path, status, at }) => ({ n, method, path, status, at }))
    };
}
function overviewOfOne(state, deployment, now) {
    const { id, name, source, tenant_id, status, url, source_config } = (0,answers/* showDeployment */.BD)(state, deployment, now);
    const address = url ?? Object(source_config).custom_url;
    const revisions = (0,answers/* visibleRevisions */.Hf)(deployment, now);
    return {
        id,
        name,
        source,
        tenant_id,
        status,
        url: address,
        revision_count: revisions.length,
        revisions: revisions.slice(0, MOST_REVISIONS).map((one) => overviewOfRevision(one, deployment))
    };
}
function overviewOfRevision(revision, { active }) {
    const { id, number, status, ended, config, history, script } = revision;
    const passed = history.map((entry) => entry.status);
    return {
        id,
        number,
        status,
        ended,
        active: revision === active,
        made_from: config.image_uri ?? config.source_tarball_path ?? config.repo_ref ?? '',
        phases: history.map((entry, index) => ({
            status: entry.status,
            since: entry.at,
            until: history[index + 1]?.at ?? null
        })),
        ahead: ended ? [] : script.steps.map((step) => step.status).filter((each) => !passed.includes(each))
    };
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/routes/page.js



const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; connect-src 'self'";
function html(text) {
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
    return { status: 200, text, headers };
}
const pageRoutes = [
    { method: 'GET', path: '/', open: () => html(html_PAGE) },
    { method: 'GET', path: '/o/*', open: ({ state }) => ({ status: 307, headers: { location: `${state.url}/` } }) },
    { method: 'GET', path: '/docs', open: () => html(openApiPage()) },
    { method: 'GET', path: '/openapi.json', open: () => ({ status: 200, body: openApi() }) },
    {
        method: 'GET',
        path: '/_emulator/overview',
        open: ({ state, now }) => ({ status: 200, body: overviewOf(state, now) })
    }
];

;// CONCATENATED MODULE: ./build/with-emulator/emulator/web.js

const KEEP_ALIVE_MS = 72_000;
function createWebApp(options) {
    const find = router(options.routes);
    const dispatch = (raw, response) => {
        void serve(options, find, raw, response);
    };
    const server = (0,external_node_http_.createServer)({ requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS }, dispatch);
    return {
        dispatch,
        listen: ({ host, port }) => new Promise((done, fail) => {
            server.once('error', fail);
            server.listen(port, host, () => {
                server.off('error', fail);
                done(server.address().port);
            });
        }),
        close: () => new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
        })
    };
}
async function serve(options, find, raw, response) {
    const { method = 'GET', url: originalUrl = '/', headers } = raw;
    const reply = replyTo(response);
    const url = options.rewriteUrl(originalUrl);
    const found = find(method, url.split('?', 1)[0] ?? '');
    const handle = found?.handle ?? options.notFound;
    const request = { method, url, originalUrl, headers, raw, params: found?.values ?? {}, body: undefined };
    try {
        options.arrived(request, reply);
        const mayHaveBody = method !== 'GET' && method !== 'HEAD';
        if (!mayHaveBody)
            raw.resume();
        const body = mayHaveBody ? await options.readBody(request) : undefined;
        await handle({ ...request, body }, reply);
    }
    catch (error) {
        if (response.headersSent || response.destroyed)
            response.destroy();
        else
            await options.failed(error, request, reply);
    }
}
function replyTo(raw) {
    return {
        raw,
        send(status, headers, body) {
            if (raw.destroyed)
                return;
            const mayHaveBody = status !== 204 && status !== 304;
            raw.writeHead(status, mayHaveBody ? { ...headers, 'content-length': body?.length ?? 0 } : { ...headers });
            raw.end(mayHaveBody ? body : undefined);
        }
    };
}
function routePattern(url) {
    const source = url
        .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replace(/:(\w+)/g, '(?<$1>[^/]*)')
        .replace(/\*$/, '(?<rest>.*)');
    return new RegExp(`^${source}$`);
}
function rank(url) {
    return url
        .split('/')
        .map((segment) => (segment === '*' ? '2' : segment.startsWith(':') ? '1' : '0'))
        .join('');
}
function router(routes) {
    const known = routes
        .map((route) => ({ ...route, pattern: routePattern(route.url), rank: rank(route.url) }))
        .sort((one, other) => (one.rank < other.rank ? -1 : one.rank > other.rank ? 1 : 0));
    return (method, path) => {
        for (const { pattern, handle, method: own } of known) {
            const found = own === method ? pattern.exec(path) : null;
            if (!found)
                continue;
            const values = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value ?? '')]);
            return { handle, values: Object.fromEntries(values) };
        }
        return undefined;
    };
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/app.js








const ROOT_ROUTES = [
    ...table/* CLIENT_ROUTES */.ps,
    ...table/* LOOKING_ROUTES */.$V,
    ...control/* controlRoutes */.st,
    ...pageRoutes
];
const PREFIX = '/api-host';
function createApp(state) {
    const entries = new WeakMap();
    const handler = (perform) => async (request, reply) => {
        const isEmpty = Object.entries(request.params).some(([name, value]) => name !== 'rest' && value === '');
        await app_serve(state, isEmpty ? refuseUnknown : perform, request, reply, entries.get(reply));
    };
    const prefixed = table/* API_ROUTES */.QQ.map((route) => ({ ...route, path: PREFIX + route.path }));
    return createWebApp({
        routes: [...ROOT_ROUTES, ...prefixed].map((route) => ({ method: route.method, url: route.path, handle: handler(performer(route)) })),
        rewriteUrl: decodable,
        notFound: handler(refuseUnknown),
        failed(error, _, reply) {
            const answer = { status: 500, body: { detail: error instanceof Error ? error.message : String(error) } };
            return send(reply, { kind: 'answer', answer, delayMs: 0 }, entries.get(reply), state.clock);
        },
        readBody: (request) => (0,payload/* readerOf */.TC)(withoutPrefix(pathOf(request)))(request.headers['content-type'], request.raw),
        arrived(request, reply) {
            if (!isOwn(request))
                entries.set(reply, state.journal.add(asEntry(state, request)));
        }
    });
}
async function app_serve(state, perform, request, reply, entry) {
    const payload = request.body ?? { kind: 'none' };
    if (entry && payload.kind !== 'none') {
        state.journal.addBody(entry, payload.size, payload.kind === 'json' ? payload.text : null);
    }
    const call = asCall(state, request, payload);
    state.agenda.advance(call.now);
    state.url = originOf(state, call.headers);
    const rule = entry && state.faults.count(state.scenario.faults, call.method, call.path);
    const outcome = outcomeOf(call, perform, rule);
    if (entry)
        logRequest(state, call, outcome, entry, reply);
    await send(reply, outcome, entry, state.clock);
}
function asCall(state, request, payload) {
    const path = pathOf(request);
    return {
        method: request.method,
        path: withoutPrefix(path),
        prefixed: path.startsWith(`${PREFIX}/`),
        params: request.params,
        query: queryOf(request),
        headers: app_headersOf(request),
        payload,
        now: state.clock.now(),
        state
    };
}
function asEntry(state, request) {
    const query = queryOf(request);
    const values = [...new Set(query.keys())].map((key) => {
        const all = query.getAll(key);
        return [key, all.length > 1 ? all : (all[0] ?? '')];
    });
    return {
        method: request.method,
        path: request.originalUrl.split('?', 1)[0] ?? '',
        query: Object.fromEntries(values),
        headers: app_headersOf(request),
        at: state.clock.now()
    };
}
function decodable(url) {
    const [path = '', ...query] = url.split('?');
    try {
        decodeURIComponent(path);
        return url;
    }
    catch {
        const repaired = path
            .replace(/%(?![0-9a-f]{2})/gi, '%25')
            .replace(/(%[89a-f][0-9a-f])+/gi, (bytes) => encodeURIComponent(Buffer.from(bytes.replaceAll('%', ''), 'hex').toString()));
        return [repaired, ...query].join('?');
    }
}
function originOf({ publicUrl, ownUrl }, { host = '', 'x-forwarded-proto': scheme }) {
    if (publicUrl !== null)
        return publicUrl;
    if (!/^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(host))
        return ownUrl;
    return `${scheme?.trim().toLowerCase() === 'https' ? 'https' : 'http'}://${host}`;
}
function pathOf(request) {
    return request.url.split('?', 1)[0] ?? '';
}
function withoutPrefix(path) {
    return path.startsWith(`${PREFIX}/`) ? path.slice(PREFIX.length) : path;
}
function queryOf(request) {
    return new URLSearchParams(request.url.slice(pathOf(request).length));
}
function app_headersOf(request) {
    const entries = Object.entries(request.headers).filter(([, value]) => value !== undefined);
    return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
const OWN_PATHS = /^\/(_emulator(\/.*)?|docs|openapi\.json|o\/.*)?$/;
function isOwn(request) {
    return OWN_PATHS.test(pathOf(request));
}
const ONLY_BY_GET = /^\/agents\/[^/]+\/(ok|info|metrics|\*)$/;
function refuseUnknown(call) {
    const known = call.prefixed ? table/* API_ROUTES */.QQ : ROOT_ROUTES;
    const matching = known.filter(({ path }) => !ONLY_BY_GET.test(path) && pathMatches(path, call.path));
    const exact = matching.filter(({ path }) => path === call.path);
    const methods = [...new Set((exact.length > 0 ? exact : matching).map((route) => route.method))].join(', ');
    if (methods !== '')
        return { status: 405, body: { detail: 'Method Not Allowed' }, headers: { allow: methods } };
    const shorter = /^(\/.*[^/])\/+$/.exec(call.path)?.[1];
    const redirecting = call.prefixed ? table/* API_ROUTES */.QQ : [...table/* API_ROUTES */.QQ, ...table/* LANGSMITH_ROUTES */.n];
    if (shorter === undefined || !redirecting.some(({ path }) => pathMatches(path, shorter))) {
        return { status: 404, body: { detail: 'Not Found' } };
    }
    const query = call.query.size === 0 ? '' : `?${call.query}`;
    const location = `${call.state.url}${call.prefixed ? PREFIX : ''}${shorter}${query}`;
    return { status: 307, headers: { location } };
}
function pathMatches(pattern, path) {
    const found = routePattern(pattern).exec(path);
    return found !== null && Object.values(found.groups ?? {}).every((segment) => segment !== '');
}

// EXTERNAL MODULE: ./build/with-emulator/emulator/seed.js
var emulator_seed = __nccwpck_require__(930);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/server.js





async function startEmulator(options = {}) {
    const { host = '127.0.0.1', port = 0, publicUrl, scenario, seed, ...given } = options;
    const state = (0,emulator_state/* createState */.ur)({ stepMs: 20, deleteMs: 0, hosting: 'any', repositories: ['acme/agents'], ...given });
    if (scenario) {
        state.beginnings.push(() => (0,emulator_state/* putScenario */.YV)(state, scenario.scenario, scenario.sent, state.clock.now()));
    }
    if (seed)
        state.beginnings.push(() => (0,emulator_seed/* plant */.CV)(state, seed, state.clock.now()));
    (0,emulator_state/* resetState */.$V)(state);
    const app = createApp(state);
    const listening = await app.listen({ host, port });
    const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
    state.publicUrl = publicUrl ?? null;
    state.ownUrl = `http://${name}:${listening}`;
    state.url = publicUrl ?? state.ownUrl;
    const { workspace_id, integration_id, listener_id } = (0,control/* identityOf */.cu)(state);
    return {
        url: state.ownUrl,
        apiKey: (0,access/* exampleKey */.uE)(state),
        workspaceId: workspace_id,
        integrationId: integration_id,
        listenerId: listener_id,
        close: () => app.close()
    };
}


/***/ }),

/***/ 81:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $_: () => (/* binding */ checkChange),
/* harmony export */   D1: () => (/* binding */ onlyOwn),
/* harmony export */   EE: () => (/* binding */ ownFields),
/* harmony export */   GV: () => (/* binding */ foreignTo),
/* harmony export */   Nj: () => (/* binding */ sourceProblem),
/* harmony export */   g3: () => (/* binding */ checkSpec),
/* harmony export */   gb: () => (/* binding */ checkComplete),
/* harmony export */   iD: () => (/* binding */ checkNewSource),
/* harmony export */   m1: () => (/* binding */ isCloud)
/* harmony export */ });
/* harmony import */ var _http_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3);
/* harmony import */ var _resource_spec_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(439);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(898);



function sourceProblem(text) {
    return (0,_http_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(400, `Source configuration error: ${text}`);
}
const REQUIRED_AT_CREATE = {
    github: { config: ['integration_id', 'repo_url'], revision: ['repo_ref', 'langgraph_config_path'] },
    external_docker: { config: [], revision: ['image_uri'] },
    internal_docker: { config: [], revision: [] },
    internal_source: { config: [], revision: [] },
    internal_template: { config: ['template_id'], revision: [] }
};
const REVISION_FIELDS = {
    github: ['repo_ref', 'langgraph_config_path'],
    external_docker: ['image_uri'],
    internal_docker: ['image_uri'],
    internal_source: ['source_tarball_path', 'langgraph_config_path'],
    internal_template: []
};
const FIELDS = ['repo_ref', 'langgraph_config_path', 'image_uri', 'source_tarball_path'];
function checkNewSource(settings, world, sent) {
    const { hosting } = settings;
    checkHosting(hosting, world, sent.source);
    const required = REQUIRED_AT_CREATE[sent.source];
    for (const key of required.config)
        requireField(sent.config[key], `source_config.${key}`, sent.source);
    for (const key of required.revision)
        requireField(sent.revision[key], `source_revision_config.${key}`, sent.source);
    checkRevisionFields(hosting, sent.source, sent.revision);
    checkBuildOnPush(sent.source, sent.config.build_on_push ?? false, sent.revision.repo_ref);
    if (isCloud(hosting))
        checkBuildOnPushGiven(sent.source, sent.config.build_on_push);
    if (hosting === 'any')
        return;
    if (sent.source === 'external_docker')
        checkDocker(world, sent.config);
    else
        checkCloudSource(settings, sent);
}
function isCloud(hosting) {
    return hosting === 'cloud' || hosting === 'hybrid';
}
function requireField(value, name, source) {
    if (value === null || value === '')
        throw sourceProblem(`'${name}' is required for '${source}' source`);
}
function checkHosting(hosting, world, source) {
    if (hosting === 'any')
        return;
    if (source !== 'external_docker') {
        if (hosting === 'self-hosted')
            throw sourceProblem(`'${source}' source is only available for Cloud SaaS deployments`);
    }
    else if (hosting !== 'self-hosted' && world.listeners.length === 0) {
        throw sourceProblem("'external_docker' source needs a listener, and this workspace has none");
    }
}
function checkDocker(world, config) {
    checkListener(world, config);
    if (config.deployment_type !== null) {
        throw sourceProblem("'source_config.deployment_type' is not accepted for 'external_docker' source");
    }
    requireField(config.resource_spec, 'source_config.resource_spec', 'external_docker');
}
function checkListener(world, { listener_id: id, listener_config: config }) {
    if (world.listeners.length === 0)
        return;
    const ids = world.listeners.map((listener) => `'${listener.id}'`).join(', ');
    if (id === null) {
        throw sourceProblem(`'source_config.listener_id' is required for workspace with available listener IDs: [${ids}]`);
    }
    const listener = world.listeners.find((candidate) => candidate.id === id);
    if (!listener)
        throw sourceProblem(`'source_config.listener_id' must be one of the available listener IDs: [${ids}]`);
    const namespace = config?.k8s_namespace ?? null;
    const name = 'source_config.listener_config.k8s_namespace';
    if (namespace === null)
        throw sourceProblem(`'${name}' is required for a listener with compute type 'k8s'`);
    const namespaces = listener.compute_config.k8s_namespaces;
    if (namespaces !== null && !namespaces.includes(namespace)) {
        throw sourceProblem(`'${name}' must be one of the listener's namespaces: [${namespaces.map((one) => `'${one}'`).join(', ')}]`);
    }
}
function checkCloudSource({ repositories }, { source, config }) {
    requireField(config.deployment_type, 'source_config.deployment_type', source);
    if (config.resource_spec !== null)
        throw onlyForDocker('resource_spec');
    if (config.custom_url !== null)
        throw onlyForDocker('custom_url');
    if (source !== 'github')
        return;
    if (config.integration_id !== _state_js__WEBPACK_IMPORTED_MODULE_2__/* .INTEGRATION_ID */ .vY) {
        throw sourceProblem("'source_config.integration_id' is not an integration of this workspace");
    }
    const wanted = repositoryOf(config.repo_url ?? '');
    if (!repositories.some((repository) => repository.toLowerCase() === wanted)) {
        throw (0,_http_js__WEBPACK_IMPORTED_MODULE_0__/* .refusal */ .x5)(400, 'LangSmith Deployment does not have permission on your repo');
    }
}
function onlyForDocker(key) {
    return sourceProblem(`'source_config.${key}' is only applicable for 'external_docker' source`);
}
function repositoryOf(url) {
    return url
        .replace(/^https?:\/\/[^/]+\//, '')
        .replace(/(\.git)?\/*$/, '')
        .toLowerCase();
}
function checkRevisionFields(hosting, source, sent) {
    const allowed = REVISION_FIELDS[source];
    for (const key of FIELDS) {
        const isIgnored = hosting === 'any' && key !== 'langgraph_config_path';
        if (sent[key] === null || allowed.includes(key) || isIgnored)
            continue;
        throw sourceProblem(`'source_revision_config.${key}' must be null for '${source}' source`);
    }
}
function checkBuildOnPush(source, buildOnPush, ref) {
    if (source !== 'github' || !buildOnPush || !ref?.startsWith('refs/tags/'))
        return;
    throw sourceProblem("'source_config.build_on_push' must be false when 'source_revision_config.repo_ref' is a tag");
}
function checkBuildOnPushGiven(source, buildOnPush) {
    if (source === 'github' && buildOnPush === null)
        throw sourceProblem('build_on_push must be supplied');
    if (source !== 'github' && buildOnPush !== null)
        throw sourceProblem('build_on_push is only valid for GitHub');
}
const OVERRIDABLE = ['github', 'internal_docker', 'internal_source'];
function checkChange(hosting, deploymentSource, change) {
    if (change.source !== deploymentSource && !OVERRIDABLE.includes(deploymentSource)) {
        throw sourceProblem(`'revision_source' is not available for '${deploymentSource}' source deployments`);
    }
    if (change.revision)
        checkRevisionFields(hosting, change.source, change.revision);
    checkBuildOnPush(deploymentSource, change.buildOnPush, change.config.repo_ref);
    if (isCloud(hosting) && deploymentSource !== 'github') {
        checkBuildOnPushGiven(deploymentSource, change.sent?.build_on_push ?? null);
    }
    if (hosting === 'any' || deploymentSource === 'external_docker' || !change.sent)
        return;
    if (change.sent.resource_spec !== null)
        throw onlyForDocker('resource_spec');
    if (change.sent.custom_url !== null)
        throw onlyForDocker('custom_url');
}
function checkSpec(hosting, spec, deploymentType) {
    const problem = (0,_resource_spec_js__WEBPACK_IMPORTED_MODULE_1__/* .impossibleIn */ .BF)(spec) ?? (hosting === 'any' ? null : (0,_resource_spec_js__WEBPACK_IMPORTED_MODULE_1__/* .specProblem */ .XT)(spec, deploymentType));
    if (problem)
        throw sourceProblem(`source_config.resource_spec: ${problem}`);
}
function checkComplete(source, config, sourceConfig) {
    if (source === 'github') {
        for (const key of ['integration_id', 'repo_url'])
            requireField(sourceConfig[key], `source_config.${key}`, source);
        for (const key of REVISION_FIELDS.github)
            requireField(config[key], `source_revision_config.${key}`, source);
    }
    if (source === 'internal_source')
        requireField(config.source_tarball_path, 'source_revision_config.source_tarball_path', source);
    if (source === 'internal_docker')
        requireField(config.image_uri, 'source_revision_config.image_uri', source);
}
function onlyOwn(source, config) {
    return { ...config, ...Object.fromEntries(foreignFields(source).map((key) => [key, null])) };
}
function foreignTo(source, config) {
    return Object.fromEntries(foreignFields(source).map((key) => [key, config[key]]));
}
function foreignFields(source) {
    return FIELDS.filter((key) => !REVISION_FIELDS[source].includes(key));
}
function ownFields(source, sent) {
    if (!sent)
        return {};
    return Object.fromEntries(REVISION_FIELDS[source].filter((key) => sent[key] !== null).map((key) => [key, sent[key]]));
}


/***/ }),

/***/ 898:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C6: () => (/* binding */ BEGINNING),
  $v: () => (/* binding */ EMPTY_CONFIG),
  il: () => (/* binding */ HOSTINGS),
  n_: () => (/* binding */ INSTALLATION_ID),
  vY: () => (/* binding */ INTEGRATION_ID),
  X2: () => (/* binding */ LISTENER_ID),
  A6: () => (/* binding */ ORGANIZATION_ID),
  Hl: () => (/* binding */ SOURCES),
  M6: () => (/* binding */ WORKSPACE_ID),
  ur: () => (/* binding */ createState),
  HZ: () => (/* binding */ findDeployment),
  YV: () => (/* binding */ putScenario),
  $V: () => (/* binding */ resetState),
  iE: () => (/* binding */ stamp),
  cO: () => (/* binding */ worldOf)
});

;// CONCATENATED MODULE: ./build/with-emulator/emulator/agenda.js
function createAgenda() {
    const entries = [];
    return {
        add(at, run) {
            const later = entries.findIndex((entry) => entry.at > at);
            entries.splice(later === -1 ? entries.length : later, 0, { at, run });
        },
        advance(now) {
            for (let next = entries[0]; next && next.at <= now; next = entries[0]) {
                entries.shift();
                next.run(next.at);
            }
        },
        next: () => entries[0]?.at,
        clear() {
            entries.length = 0;
        }
    };
}

;// CONCATENATED MODULE: ./build/with-emulator/emulator/clock.js
function createClock(manual) {
    const beginning = Date.now();
    let ahead = 0;
    return {
        manual,
        now: () => (manual ? beginning : Date.now()) + ahead,
        advance(ms) {
            ahead += ms;
        }
    };
}

// EXTERNAL MODULE: ./build/with-emulator/emulator/faults.js
var faults = __nccwpck_require__(970);
// EXTERNAL MODULE: ./build/with-emulator/emulator/journal.js
var journal = __nccwpck_require__(288);
// EXTERNAL MODULE: ./build/with-emulator/emulator/scenario.js + 1 modules
var scenario = __nccwpck_require__(19);
;// CONCATENATED MODULE: ./build/with-emulator/emulator/state.js





const HOSTINGS = ['any', 'cloud', 'hybrid', 'self-hosted'];
const SOURCES = ['github', 'external_docker', 'internal_docker', 'internal_source', 'internal_template'];
const EMPTY_CONFIG = {
    repo_ref: null,
    langgraph_config_path: null,
    image_uri: null,
    source_tarball_path: null,
    repo_commit_sha: null,
    tracked_packages: null
};
const ORGANIZATION_ID = '2f90c1d7-84ab-4e36-a1f5-7c3d0b6e8a04';
const WORKSPACE_ID = '5b7e2c84-61d3-4f0a-9c8e-2a1f4d6b9e01';
const INTEGRATION_ID = 'c1d9a3f6-7e42-4b58-8a06-9f3b5e7c2d02';
const LISTENER_ID = '8e4f6a20-3c97-4d1b-b5e2-60a7d8c19f03';
const INSTALLATION_ID = 40_210_077;
const BEGINNING = Date.UTC(2026, 0, 1) * 1000;
function createState(settings) {
    const state = {
        settings,
        ownUrl: '',
        url: '',
        publicUrl: null,
        clock: createClock(settings.manual === true),
        agenda: createAgenda(),
        worlds: new Map(),
        uploads: new Map(),
        journal: (0,journal/* createJournal */.s)(settings.journal),
        faults: (0,faults/* createFaultCounters */.y)(),
        runs: [],
        asked: new Map(),
        beginnings: [],
        scenario: scenario/* EMPTY_SCENARIO */.tK,
        scenarioSent: {},
        scripted: new Map(),
        scenarioAt: 0,
        lastMicros: 0
    };
    resetState(state);
    return state;
}
function resetState(state) {
    state.agenda.clear();
    state.worlds.clear();
    state.uploads.clear();
    state.journal.clear();
    state.runs.length = 0;
    state.asked.clear();
    putScenario(state, scenario/* EMPTY_SCENARIO */.tK, {}, state.clock.now());
    for (const begin of state.beginnings)
        begin(state);
}
function putScenario(state, scenario, sent, now) {
    state.scenario = scenario;
    state.scenarioSent = sent;
    state.scenarioAt = now;
    state.scripted.clear();
    state.faults.clear();
}
function worldOf(state, tenantId) {
    const known = state.worlds.get(tenantId);
    if (known)
        return known;
    const world = { tenantId, deployments: [], listeners: [] };
    if (tenantId === WORKSPACE_ID && ['any', 'hybrid'].includes(state.settings.hosting))
        world.listeners.push(ownListener());
    state.worlds.set(tenantId, world);
    return world;
}
function ownListener() {
    return {
        id: LISTENER_ID,
        compute_type: 'k8s',
        compute_id: 'emulator-cluster',
        createdAt: BEGINNING,
        updatedAt: BEGINNING,
        version: '0.13.0',
        compute_config: { k8s_namespaces: ['default'] }
    };
}
function stamp(state, now) {
    state.lastMicros = Math.max(now * 1000, state.lastMicros + 1);
    return state.lastMicros;
}
function findDeployment(state, id) {
    for (const world of state.worlds.values()) {
        const found = world.deployments.find((deployment) => deployment.id === id);
        if (found)
            return found;
    }
    return undefined;
}


/***/ }),

/***/ 340:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $i: () => (/* binding */ asSent),
/* harmony export */   D0: () => (/* binding */ MOST_MS),
/* harmony export */   D8: () => (/* binding */ anything),
/* harmony export */   Gf: () => (/* binding */ defaultsOf),
/* harmony export */   IQ: () => (/* binding */ withDefault),
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   Im: () => (/* binding */ truth),
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   Jo: () => (/* binding */ uuidIn),
/* harmony export */   O1: () => (/* binding */ isUuid),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   T1: () => (/* binding */ pattern),
/* harmony export */   ai: () => (/* binding */ number),
/* harmony export */   ap: () => (/* binding */ integerText),
/* harmony export */   ee: () => (/* binding */ oneOfNumbers),
/* harmony export */   g1: () => (/* binding */ record),
/* harmony export */   gP: () => (/* binding */ either),
/* harmony export */   lq: () => (/* binding */ optional),
/* harmony export */   me: () => (/* binding */ nullable),
/* harmony export */   n$: () => (/* binding */ moment),
/* harmony export */   nd: () => (/* binding */ integer),
/* harmony export */   ne: () => (/* binding */ millis),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   u4: () => (/* binding */ isRecord),
/* harmony export */   uR: () => (/* binding */ uuid),
/* harmony export */   vI: () => (/* binding */ shortened),
/* harmony export */   yL: () => (/* binding */ oneOf),
/* harmony export */   zv: () => (/* binding */ recordOf)
/* harmony export */ });
const MOST_PROBLEMS = 1000;
const MOST_ECHO = 65_536;
const LONGEST_TEXT = 1000;
function isEnough(problems) {
    return problems.length >= MOST_PROBLEMS;
}
function shortened(problems) {
    let left = MOST_ECHO;
    return problems.slice(0, MOST_PROBLEMS).map(({ input, ctx, ...rest }) => {
        const short = { ...rest, loc: rest.loc.map(cut), msg: cut(rest.msg), ...(ctx ? { ctx: cutAll(ctx) } : {}) };
        const length = lengthUpTo(input, left);
        if (length > left)
            return short;
        left -= length;
        return { ...short, input };
    });
}
function cut(value) {
    return typeof value === 'string' && value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}\u2026` : value;
}
function cutAll(values) {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, cut(value)]));
}
function lengthUpTo(value, most) {
    if (typeof value === 'string')
        return value.length + 2;
    if (typeof value !== 'object' || value === null)
        return 5;
    let length = 2;
    for (const key in value) {
        if (length > most)
            break;
        length += key.length + 4 + lengthUpTo(Reflect.get(value, key), most - length);
    }
    return length;
}
function field(read, schema) {
    return {
        schema,
        parse(value, loc, problems) {
            const result = read(value);
            if ('ok' in result)
                return result.ok;
            problems.push({ ...result, loc, input: value ?? null });
            return undefined;
        }
    };
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
const NOT_UNICODE = {
    type: 'string_unicode',
    msg: 'Input should be a valid string, unable to parse raw data as a unicode string'
};
function text(minLength = 0) {
    return field((value) => {
        if (typeof value !== 'string')
            return { type: 'string_type', msg: 'Input should be a valid string' };
        if (!value.isWellFormed())
            return NOT_UNICODE;
        if (value.length >= minLength)
            return { ok: value };
        const msg = `String should have at least ${minLength} character${minLength === 1 ? '' : 's'}`;
        return { type: 'string_too_short', msg, ctx: { min_length: minLength } };
    }, minLength > 0 ? { type: 'string', minLength } : { type: 'string' });
}
function pattern(expression) {
    return field((value) => {
        if (typeof value !== 'string')
            return { type: 'string_type', msg: 'Input should be a valid string' };
        if (expression.test(value))
            return { ok: value };
        const msg = `String should match pattern '${expression.source}'`;
        return { type: 'string_pattern_mismatch', msg, ctx: { pattern: expression.source } };
    }, { type: 'string', pattern: expression.source });
}
const GROUPS = /^([0-9a-f]{8})(-?)([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{12})$/;
function uuidIn(value) {
    const [, , bare = ''] = /^(urn:uuid:|\{)?(.*?)\}?$/.exec(value.length > 45 ? '' : value.toLowerCase()) ?? [];
    const [found, a, , b, c, d, e] = GROUPS.exec(bare) ?? [];
    return found && [a, b, c, d, e].join('-');
}
function isUuid(value) {
    return uuidIn(value) !== undefined;
}
const uuid = field((value) => {
    if (typeof value !== 'string')
        return { type: 'uuid_type', msg: 'UUID input should be a string, bytes or UUID object' };
    const ok = uuidIn(value);
    if (ok !== undefined)
        return { ok };
    const error = `\`${cut(value)}\` is not made of 32 hexadecimal digits in groups of 8-4-4-4-12`;
    return { type: 'uuid_parsing', msg: `Input should be a valid UUID, ${error}`, ctx: { error } };
}, { type: 'string', format: 'uuid' });
function oneOf(values) {
    const expected = values
        .map((value) => `'${value}'`)
        .join(', ')
        .replace(/, ([^,]*)$/, ' or $1');
    return field((value) => {
        const found = values.find((candidate) => candidate === value);
        return found === undefined
            ? { type: 'enum', msg: `Input should be ${expected}`, ctx: { expected } }
            : { ok: found };
    }, { type: 'string', enum: values });
}
function limits({ min, max }) {
    return { ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) };
}
function bounded(value, { min, max }) {
    if (min !== undefined && value < min) {
        return { type: 'greater_than_equal', msg: `Input should be greater than or equal to ${min}`, ctx: { ge: min } };
    }
    if (max !== undefined && value > max) {
        return { type: 'less_than_equal', msg: `Input should be less than or equal to ${max}`, ctx: { le: max } };
    }
    return { ok: value };
}
function integer(bounds = {}) {
    return field((value) => {
        if (typeof value !== 'number')
            return { type: 'int_type', msg: 'Input should be a valid integer' };
        if (Number.isInteger(value))
            return bounded(value, bounds);
        return { type: 'int_from_float', msg: 'Input should be a valid integer, got a number with a fractional part' };
    }, { type: 'integer', ...limits(bounds) });
}
const MOST_MS = 100 * 365 * 86_400_000;
const millis = integer({ min: 0, max: MOST_MS });
function number(bounds = {}) {
    return field((value) => typeof value === 'number'
        ? bounded(value, bounds)
        : { type: 'float_type', msg: 'Input should be a valid number' }, { type: 'number', ...limits(bounds) });
}
function oneOfNumbers(values) {
    const expected = values.join(' or ');
    return field((value) => {
        const found = values.find((candidate) => candidate === value);
        return found === undefined
            ? { type: 'enum', msg: `Input should be ${expected}`, ctx: { expected } }
            : { ok: found };
    }, { type: 'number', enum: values });
}
function defaultsOf(schema) {
    const problems = [];
    const value = schema.parse({}, [], problems);
    if (problems.length > 0)
        throw new Error(`No default: ${JSON.stringify(problems[0]?.loc)}`);
    return value;
}
function integerText(bounds) {
    return field((value) => {
        if (typeof value === 'string' && /^[+-]?\d{1,300}$/.test(value))
            return bounded(Number(value), bounds);
        return { type: 'int_parsing', msg: 'Input should be a valid integer, unable to parse string as an integer' };
    }, { type: 'integer', ...limits(bounds) });
}
const BOOLEAN_WORDS = new Map([
    ...['1', 'true', 't', 'yes', 'y', 'on'].map((word) => [word, true]),
    ...['0', 'false', 'f', 'no', 'n', 'off'].map((word) => [word, false])
]);
const truth = field((value) => {
    const word = typeof value === 'string' ? BOOLEAN_WORDS.get(value.toLowerCase()) : value;
    if (typeof word === 'boolean')
        return { ok: word };
    return { type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input' };
}, { type: 'boolean' });
const MOST_SECONDS = 2e10;
const DATE_TIME = /^(\d{4}-\d\d-\d\d)(?:[T _](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$/i;
const moment = field((value) => {
    const ok = typeof value === 'string' || typeof value === 'number' ? momentIn(String(value).trim()) : Number.NaN;
    if (Number.isFinite(ok))
        return { ok };
    return { type: 'datetime_from_date_parsing', msg: 'Input should be a valid datetime or date' };
}, { type: 'string', format: 'date-time' });
const YEARS = { first: Date.parse('0001-01-01T00:00Z'), end: Date.parse('+010000-01-01T00:00Z') };
function epochIn(epoch) {
    const millis = Math.abs(epoch) > MOST_SECONDS ? epoch : epoch * 1000;
    return millis >= YEARS.first && millis < YEARS.end ? millis : Number.NaN;
}
function momentIn(text) {
    if (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text))
        return epochIn(Number(text));
    const [, date = '', time = '00:00', zone = 'Z'] = DATE_TIME.exec(text) ?? [];
    const day = new Date(`${date}T00:00Z`);
    if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date))
        return Number.NaN;
    const [clock = '', fraction = ''] = time.split(/[.,]/);
    const exact = fraction === '' ? clock : `${clock}.${fraction.slice(0, 3)}`;
    return Date.parse(`${date}T${exact}${zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
}
const anything = field((value) => ({ ok: value }), {});
const record = field((value) => (isRecord(value) ? { ok: value } : { type: 'dict_type', msg: 'Input should be a valid dictionary' }), { type: 'object' });
function recordOf(item) {
    return {
        schema: { type: 'object', additionalProperties: item.schema ?? {} },
        parse(value, loc, problems) {
            const parsed = [];
            for (const [key, entry] of Object.entries(record.parse(value, loc, problems) ?? {})) {
                parsed.push([key, item.parse(entry, [...loc, key], problems)]);
                if (isEnough(problems))
                    break;
            }
            return Object.fromEntries(parsed);
        }
    };
}
function list(item) {
    return {
        schema: { type: 'array', items: item.schema ?? {} },
        parse(value, loc, problems) {
            const parsed = [];
            if (!Array.isArray(value)) {
                problems.push({ type: 'list_type', loc, msg: 'Input should be a valid list', input: value ?? null });
                return parsed;
            }
            for (const [index, entry] of value.entries()) {
                parsed.push(item.parse(entry, [...loc, index], problems));
                if (isEnough(problems))
                    break;
            }
            return parsed;
        }
    };
}
function asSent(inner) {
    return {
        ...schemaOf(inner),
        parse(value, loc, problems) {
            inner.parse(value, loc, problems);
            return value;
        }
    };
}
function either(first, second) {
    return {
        schema: { anyOf: [first.schema ?? {}, second.schema ?? {}] },
        parse(value, loc, problems) {
            const tried = [];
            const result = first.parse(value, loc, tried);
            return tried.length === 0 ? result : second.parse(value, loc, problems);
        }
    };
}
function schemaOf({ schema }) {
    return schema ? { schema } : {};
}
function nullable(inner) {
    return {
        ...(inner.schema ? { schema: { anyOf: [inner.schema, { type: 'null' }] } } : {}),
        parse: (value, loc, problems) => (value === null ? null : inner.parse(value, loc, problems))
    };
}
function optional(inner) {
    return { ...nullable(inner), absent: { value: null } };
}
function withDefault(inner, value) {
    return { parse: inner.parse, absent: { value }, ...schemaOf(inner) };
}
function object(fields, { closed = false } = {}) {
    return {
        schema: schemaOfObject(fields, closed),
        parse(value, loc, problems) {
            if (!isRecord(value)) {
                const msg = 'Input should be a valid dictionary or object to extract fields from';
                problems.push({ type: 'model_attributes_type', loc, msg, input: value ?? null });
                return undefined;
            }
            if (closed)
                refuseUnknown(value, fields, loc, problems);
            const entries = Object.entries(fields).map(([key, inner]) => [key, member(value, key, inner, loc, problems)]);
            return Object.fromEntries(entries);
        }
    };
}
function schemaOfObject(fields, closed) {
    const entries = Object.entries(fields);
    const required = entries.filter(([, { absent }]) => !absent).map(([key]) => key);
    const properties = entries.map(([key, { schema = {}, absent }]) => {
        const preset = absent?.value;
        return [
            key,
            preset === undefined || preset === null || typeof preset === 'object' ? schema : { ...schema, default: preset }
        ];
    });
    return {
        type: 'object',
        properties: Object.fromEntries(properties),
        ...(required.length > 0 ? { required } : {}),
        ...(closed ? { additionalProperties: false } : {})
    };
}
function member(parent, key, inner, loc, problems) {
    if (parent[key] !== undefined)
        return inner.parse(parent[key], [...loc, key], problems);
    if (inner.absent)
        return inner.absent.value;
    problems.push({ type: 'missing', loc: [...loc, key], msg: 'Field required', input: parent });
    return undefined;
}
function refuseUnknown(value, fields, loc, problems) {
    for (const key of Object.keys(value)) {
        if (isEnough(problems))
            return;
        if (Object.hasOwn(fields, key))
            continue;
        problems.push({
            type: 'extra_forbidden',
            loc: [...loc, key],
            msg: `'${cut(key)}' is not a known key`,
            input: value[key] ?? null
        });
    }
}


/***/ }),

/***/ 538:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
/* unused harmony export USER_AGENT */
const VERSION = '1.0.0';
const USER_AGENT = (/* unused pure expression or super */ null && (`langsmith-deploy-action/${VERSION}`));


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
/******/ var __webpack_exports__ = __nccwpck_require__(97);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
