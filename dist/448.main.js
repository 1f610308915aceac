export const id = 448;
export const ids = [448];
export const modules = {

/***/ 4448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  proveAgent: () => (/* binding */ proveAgent)
});

// EXTERNAL MODULE: ./build/control-plane/hosts.js
var hosts = __webpack_require__(566);
// EXTERNAL MODULE: ./build/deployment/revision.js
var deployment_revision = __webpack_require__(6309);
// EXTERNAL MODULE: ./build/run/sentence.js
var sentence = __webpack_require__(857);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "./undici.js"
var external_undici_js_ = __webpack_require__(6062);
// EXTERNAL MODULE: ./build/control-plane/answer.js
var answer = __webpack_require__(5443);
// EXTERNAL MODULE: ./build/control-plane/detail.js
var detail = __webpack_require__(888);
// EXTERNAL MODULE: ./build/control-plane/network.js + 2 modules
var network = __webpack_require__(292);
// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __webpack_require__(1298);
// EXTERNAL MODULE: ./build/version.js
var version = __webpack_require__(8508);
;// CONCATENATED MODULE: ./build/rollout/agent-server/client.js







/** The answer of a run holds the whole state of the agent. */
const LONGEST_ANSWER = 16 * 1024 * 1024;
/** The API of the Agent Server at an address. */
function createAgentClient({ url, headers, proxy }, limits) {
    const connections = (0,network/* createRenewableDispatcher */.Rn)({ url, proxy });
    const base = url.replace(/\/+$/, '');
    const ask = async ({ method, path, body, timeoutMs }) => {
        (0,run_limits/* checkLimits */.J5)(limits);
        const { clock, cancelled, deadline } = limits;
        const begun = clock.now();
        const requestId = (0,external_node_crypto_.randomUUID)();
        const ms = Math.ceil(Math.max(1, Math.min(timeoutMs, deadline - begun)));
        const timeout = AbortSignal.timeout(ms);
        let head;
        try {
            head = await (0,external_undici_js_.request)(base + path, {
                dispatcher: connections.current(),
                method,
                headers: {
                    accept: 'application/json',
                    'user-agent': version/* USER_AGENT */._,
                    'x-request-id': requestId,
                    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
                    ...Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]))
                },
                ...(body === undefined ? {} : { body: JSON.stringify(body) }),
                headersTimeout: 0,
                bodyTimeout: 0,
                signal: AbortSignal.any([cancelled, timeout])
            });
            const text = await (0,answer/* readUpTo */.Vc)(LONGEST_ANSWER, head.body);
            if (text !== undefined)
                return answered(head, text, requestId, clock.now() - begun);
            return {
                kind: 'cut',
                reason: 'the answer is longer than 16 MiB',
                runId: runIdIn(head),
                requestId,
                ms: clock.now() - begun
            };
        }
        catch (error) {
            connections.renew();
            if (cancelled.aborted)
                (0,run_limits/* checkLimits */.J5)(limits);
            // A time that the deadline cut short says nothing of the server.
            if (timeout.aborted && ms < timeoutMs)
                throw new run_limits/* DeadlineError */.j3();
            const kind = timeout.aborted ? 'late' : head ? 'cut' : 'unreachable';
            const reason = (0,network/* unreachable */.HB)(error).message;
            return { kind, reason, runId: head && runIdIn(head), requestId, ms: clock.now() - begun };
        }
    };
    return { ask, close: connections.close };
}
function answered(head, text, requestId, ms) {
    const { statusCode: status, headers } = head;
    const isHtml = /text\/html/i.test(String(headers['content-type'])) || /^\s*<(!doctype|html|head|body)/i.test(text);
    return {
        kind: 'answered',
        status,
        text,
        json: isHtml ? undefined : jsonIn(text),
        isHtml,
        next: headers['x-pagination-next']?.toString(),
        runId: runIdIn(head),
        requestId,
        ms
    };
}
/** `/threads/T/runs/R`, or `/runs/R` from a server for JavaScript. */
function runIdIn({ headers }) {
    return /\/runs\/([0-9a-f-]{36})(?:$|[/?])/i.exec(String(headers['content-location']))?.[1];
}
/** Deeper ones would take more stack than there is, to judge or to show them. */
const DEEPEST = 200;
function jsonIn(text) {
    try {
        const value = JSON.parse(text);
        return isTooDeep(value) ? undefined : value;
    }
    catch {
        return undefined;
    }
}
function isTooDeep(value) {
    let level = [value];
    for (let depth = 0; level.length > 0; depth += 1) {
        if (depth > DEEPEST)
            return true;
        level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    }
    return false;
}
/** An answer in a few words, with what the server said; its words come from outside. */
function answerWords(answer) {
    if (answer.kind !== 'answered')
        return answer.kind === 'late' ? 'no answer in time' : answer.reason;
    const { status, isHtml, json, text } = answer;
    if (isHtml)
        return `${status}, a page of HTML`;
    const said = status >= 200 && status < 300 ? '' : (json === undefined ? text : (0,detail/* reasonIn */.Y)(json)).trim();
    return said === '' ? `${status}` : `${status}: ${said}`;
}

// EXTERNAL MODULE: ./build/control-plane/patience.js
var patience = __webpack_require__(2878);
// EXTERNAL MODULE: ./build/run/object.js
var object = __webpack_require__(1379);
// EXTERNAL MODULE: ./build/run/poll.js
var poll = __webpack_require__(6561);
;// CONCATENATED MODULE: ./build/rollout/agent-server/graphs.js





/** A factory may take its time, and so may the start of a server that was scaled to zero. */
const GRAPH_MS = 60_000;
/** How long a fault of the agent itself has to last, which nearly always does. */
const LASTING_MS = 15_000;
/** How long a server may not be reachable, as while it starts. */
const SERVER_START_MS = 60_000;
const PAGE_SIZE = 1_000;
const MOST_PAGES = 10;
/**
 * Asks for every graph that the server lists, and for those that are expected.
 *
 * @param expected names of the configuration that is deployed; nothing where they are not known
 * @throws {DeadlineError} when the deadline comes first, {CancelledError} when the job is cancelled
 */
async function askGraphs(agent, limits, expected) {
    const listed = await listGraphs(agent, limits);
    const names = [...new Set([...listed.assistants.keys(), ...(expected ?? [])])].sort();
    const rows = [];
    for (const name of names) {
        const id = listed.assistants.get(name);
        const isExpected = expected?.includes(name) ?? false;
        const byId = id === undefined ? undefined : await askGraph(agent, limits, id);
        // A graph that is listed and not registered any more; by its name the server tells which.
        const isGone = byId?.kind === 'answered' && byId.status === 404;
        const answer = byId && !(isGone && isExpected) ? byId : await askGraph(agent, limits, name);
        const isByName = answer !== byId;
        rows.push(rowOfGraph(name, answer, { isByName, isExpected, isSearchBroken: listed.isBroken }));
    }
    const isRefused = listed.isRefused || rows.some(({ answer }) => /^40[13]\b/.test(answer));
    return { rows, hidden: listed.hidden, isRefused };
}
async function listGraphs(agent, limits) {
    const assistants = new Map();
    const hiddenBy = (answer) => {
        const status = answer.kind === 'answered' ? answer.status : 0;
        return {
            assistants,
            hidden: `POST /assistants/search: ${answerWords(answer)}`,
            isRefused: status === 401 || status === 403,
            isBroken: status === 0 || (0,patience/* isPassingStatus */.Wj)(status)
        };
    };
    let offset = 0;
    for (let page = 0; page < MOST_PAGES; page += 1) {
        const body = { metadata: { created_by: 'system' }, limit: PAGE_SIZE, offset };
        const answer = await askPatiently(limits, () => agent.ask({ method: 'POST', path: '/assistants/search', body, timeoutMs: GRAPH_MS }));
        if (answer.kind !== 'answered' || answer.status !== 200 || !Array.isArray(answer.json))
            return hiddenBy(answer);
        for (const one of answer.json) {
            const { assistant_id, graph_id } = (0,object/* object */.I)(one) ?? {};
            // Newest first, and the one that the server made is the oldest.
            if (typeof assistant_id === 'string' && typeof graph_id === 'string')
                assistants.set(graph_id, assistant_id);
        }
        const next = Number(answer.next);
        if (!(next > offset))
            break;
        offset = next;
    }
    const hidden = assistants.size > 0 ? undefined : 'POST /assistants/search lists none';
    return { assistants, hidden, isRefused: false, isBroken: false };
}
function askGraph(agent, limits, assistant) {
    const path = `/assistants/${encodeURIComponent(assistant)}/graph`;
    return askPatiently(limits, () => agent.ask({ method: 'GET', path, timeoutMs: GRAPH_MS }));
}
/** Asks again while the answer can be a passing one. */
async function askPatiently(limits, ask) {
    const begun = limits.clock.now();
    for (;;) {
        const answer = await ask();
        const patience = patienceWith(answer);
        const waitedMs = limits.clock.now() - begun;
        if (waitedMs >= patience)
            return answer;
        await (0,run_limits/* pause */.v7)(limits, (0,poll/* pauseAfter */.l0)(waitedMs, { share: 0.2 }));
    }
}
/** For how long an answer may be one that passes, in milliseconds. */
function patienceWith(answer) {
    if (answer.kind !== 'answered')
        return SERVER_START_MS;
    if (!(0,patience/* isPassingStatus */.Wj)(answer.status))
        return 0;
    return answer.status === 500 ? LASTING_MS : SERVER_START_MS;
}
/** What an answer says of a graph. */
function rowOfGraph(name, answer, context) {
    const outcome = outcomeOfGraph(answer, context);
    const said = answerWords(answer);
    const words = isUnregistered(answer) ? `${said} (not registered)` : said;
    return { subject: name, outcome, answer: words, ms: answer.ms };
}
function outcomeOfGraph(answer, { isByName, isSearchBroken, isExpected }) {
    if (answer.kind !== 'answered' || answer.isHtml)
        return 'unclear';
    const { status, json } = answer;
    if (status === 200)
        return (0,object/* object */.I)(json)?.nodes === undefined ? 'unclear' : 'passed';
    if (status === 401 || status === 403 || (status >= 200 && status < 400))
        return 'unclear';
    if (status === 422 && isUndrawable(answer))
        return 'passed';
    // Only by a name it tells a graph that is not registered from one that the caller may not see.
    if (status === 422 && isByName)
        return isUnregistered(answer) ? 'failed' : 'unclear';
    if (status === 404)
        return isByName || isExpected ? 'unclear' : 'left';
    if ((0,patience/* isPassingStatus */.Wj)(status))
        return isSearchBroken || status < 500 ? 'unclear' : 'failed';
    return 'failed';
}
function isUndrawable({ text }) {
    return text.includes('does not support visualization');
}
function isUnregistered(answer) {
    return answer.kind === 'answered' && answer.status === 422 && answer.text.includes('Invalid assistant ID');
}

// EXTERNAL MODULE: ./build/rollout/agent-server/probe.js
var probe = __webpack_require__(4562);
// EXTERNAL MODULE: ./build/run/duration.js
var duration = __webpack_require__(1088);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/rollout/agent-server/result.js


/** Judges the result of a run that came to its end. */
function judgeResult(result, test) {
    const { input, expect } = test;
    if (result === undefined)
        return bad('gave an answer that is not JSON');
    if (result === null)
        return bad('gave no answer');
    const fields = (0,object/* object */.I)(result);
    if (fields?.__error__ !== undefined)
        return bad(`failed: ${errorWords(fields.__error__)}`);
    const texts = newTexts(result, input);
    const misfit = expect && misfitOf(result, texts, expect);
    if (fields?.__interrupt__ !== undefined) {
        const stopped = 'stopped for a human (`__interrupt__`)';
        if (!expect)
            return bad(`${stopped}; write \`expect\` if that is the answer`);
        return misfit === undefined ? { isGood: true, reason: `${stopped}, as expected` } : bad(`${stopped}, and ${misfit}`);
    }
    const wholly = isWhatWasSent(result, input);
    if (wholly || (isWhatWasSent(withoutEmptyLists(result, input), input) && expect?.subset === undefined)) {
        return bad('returned only its input, as a cancelled run does');
    }
    return misfit === undefined ? { isGood: true, reason: expect ? 'answered as expected' : 'answered' } : bad(misfit);
}
function bad(reason) {
    return { isGood: false, reason };
}
/** A server for JavaScript has JSON in the message. */
function errorWords(error) {
    const { error: kind, message } = (0,object/* object */.I)(error) ?? {};
    const words = [kind, message].filter((one) => typeof one === 'string' && one !== '');
    return words.length > 0 ? words.join(': ') : JSON.stringify(error);
}
function misfitOf(result, texts, expect) {
    const { contains, matches, subset } = expect;
    if (contains !== undefined && !texts.some((text) => text.includes(contains))) {
        return `gave no answer that contains ${JSON.stringify(contains)} (\`expect.contains\`)`;
    }
    if (matches !== undefined && !texts.some((text) => new RegExp(matches).test(text))) {
        return `gave no answer that matches ${matches} (\`expect.matches\`)`;
    }
    return subset !== undefined && !includesJson(result, subset)
        ? 'gave an answer without what `expect.subset` asks for'
        : undefined;
}
/** Whether a value holds another one: all fields of an object, all entries of a list in any order. */
function includesJson(value, wanted) {
    if (Array.isArray(wanted)) {
        return Array.isArray(value) && wanted.every((entry) => value.some((one) => includesJson(one, entry)));
    }
    const fields = (0,object/* object */.I)(wanted);
    if (!fields)
        return (0,external_node_util_.isDeepStrictEqual)(value, wanted);
    const own = (0,object/* object */.I)(value);
    return own !== undefined && Object.entries(fields).every(([name, entry]) => includesJson(own[name], entry));
}
/** Without the lists that a state begins with: a field with a reducer is one before any node has run. */
function withoutEmptyLists(result, input) {
    const [fields, sent] = [(0,object/* object */.I)(result), (0,object/* object */.I)(input)];
    if (!fields || !sent)
        return result;
    const isBeginning = (name, value) => Array.isArray(value) && value.length === 0 && !Object.hasOwn(sent, name);
    return Object.fromEntries(Object.entries(fields).filter(([name, value]) => !isBeginning(name, value)));
}
/** An empty object is an answer: the state of a graph may have no output. */
function isWhatWasSent(result, input) {
    const [fields, sent] = [(0,object/* object */.I)(result), (0,object/* object */.I)(input)];
    if (!fields || !sent)
        return (0,external_node_util_.isDeepStrictEqual)(result, input);
    const entries = Object.entries(fields);
    return entries.length > 0 && entries.every(([name, value]) => isSent(value, sent[name]));
}
function isSent(value, sent) {
    if (sent === undefined)
        return false;
    if (!Array.isArray(value))
        return (0,external_node_util_.isDeepStrictEqual)(value, sent) || (isMessage(value) && isSentMessage(value, [sent]));
    const all = Array.isArray(sent) ? sent : [sent];
    return (0,external_node_util_.isDeepStrictEqual)(value, sent) || (value.length > 0 && value.every((one) => isSentMessage(one, all)));
}
/** A server gives messages an ID and a type of its own: of one that was sent in, only the words are the same. */
function isSentMessage(value, sent) {
    if (!isMessage(value))
        return sent.some((one) => (0,external_node_util_.isDeepStrictEqual)(one, value));
    return sent.some((one) => (0,external_node_util_.isDeepStrictEqual)(messageContent(one), messageContent(value)) && sameRole(one, value));
}
function isMessage(value) {
    const fields = (0,object/* object */.I)(value);
    return (fields !== undefined && 'content' in fields && (typeof fields.type === 'string' || typeof fields.role === 'string'));
}
/** A message may be sent in as a text, or as a pair of role and text. */
function messageContent(message) {
    if (Array.isArray(message))
        return message[1];
    return typeof message === 'string' ? message : (0,object/* object */.I)(message)?.content;
}
const ROLES = { user: 'human', assistant: 'ai' };
function sameRole(sent, message) {
    const roleOf = (value) => (typeof value === 'string' ? (ROLES[value] ?? value) : undefined);
    const fields = (0,object/* object */.I)(sent);
    const own = Array.isArray(sent) ? roleOf(sent[0]) : roleOf(fields?.type ?? fields?.role ?? 'human');
    return own === roleOf(message.type ?? message.role);
}
/** The texts of a result that were not sent in; of messages what they say, and not what they are called. */
function newTexts(result, input) {
    const sent = new Set(textsIn(input));
    return textsIn(result).filter((text) => !sent.has(text));
}
/** Fields of a block of content that name it. */
const NAMING = new Set(['type', 'id', 'index']);
function textsIn(value) {
    if (typeof value === 'string')
        return [value];
    if (Array.isArray(value))
        return value.flatMap((one) => textsIn(one));
    const fields = (0,object/* object */.I)(value);
    if (!fields)
        return [];
    if (isMessage(fields))
        return [...blockTexts(fields.content), ...textsIn(fields.tool_calls), ...textsIn(fields.artifact)];
    return Object.values(fields).flatMap((one) => textsIn(one));
}
function blockTexts(content) {
    if (!Array.isArray(content))
        return textsIn(content);
    return content.flatMap((block) => {
        const fields = (0,object/* object */.I)(block);
        if (!fields)
            return textsIn(block);
        return Object.entries(fields).flatMap(([name, value]) => (NAMING.has(name) ? [] : textsIn(value)));
    });
}
/** What a page shows of a result: the last text that was not sent in, or the whole. */
function shownResult(result, input) {
    return newTexts(result, input).findLast((text) => text.trim() !== '') ?? JSON.stringify(result);
}

;// CONCATENATED MODULE: ./build/rollout/agent-server/runs.js







/** How long the server may not be able to take a run, as while it starts. */
const RUN_START_MS = 60_000;
/**
 * Runs a graph once. A run that began is never sent again; it ends when it is given up, so that it costs no more.
 *
 * @throws {DeadlineError} when the deadline comes first, {CancelledError} when the job is cancelled
 */
async function runOnce(agent, limits, test) {
    const { graph, input, config, context, timeoutMs } = test;
    const body = {
        assistant_id: graph,
        input,
        ...(config ? { config } : {}),
        ...(context ? { context } : {}),
        // A trace tells by it that no user made the run.
        metadata: { source: version/* USER_AGENT */._ },
        on_disconnect: 'cancel'
    };
    const { clock } = limits;
    const begun = clock.now();
    for (;;) {
        const answer = await agent.ask({ method: 'POST', path: '/runs/wait', body, timeoutMs });
        const waitedMs = clock.now() - begun;
        if (!mayBeSentAgain(answer) || waitedMs >= RUN_START_MS)
            return seenRun(answer, test);
        await (0,run_limits/* pause */.v7)(limits, (0,poll/* pauseAfter */.l0)(waitedMs, { share: 0.2 }));
    }
}
/** Nothing was started, or it was given up with the connection. */
function mayBeSentAgain(answer) {
    return answer.kind === 'unreachable' || (answer.kind === 'answered' && (0,patience/* isPassingStatus */.Wj)(answer.status));
}
/** Whether a run began, as far as the answer tells: a server that takes none answers something else than 200. */
function hasBegun(answer) {
    if (answer.runId !== undefined)
        return true;
    return answer.kind === 'answered' ? answer.status === 200 && !answer.isHtml : answer.kind !== 'unreachable';
}
function seenRun(answer, test) {
    const { graph, input, timeoutMs } = test;
    const { ms, requestId, runId } = answer;
    const ids = hasBegun(answer) ? [requestId, ...(runId ? [runId] : [])] : [];
    const failed = (words, { isBroken = true, isRefused = false, isAbsent = false } = {}) => ({
        row: { subject: graph, outcome: 'failed', answer: words, ms },
        isBroken,
        isRefused,
        isAbsent,
        ids
    });
    if (answer.kind !== 'answered') {
        return failed(UNANSWERED[answer.kind](answer.reason, timeoutMs), { isBroken: answer.kind !== 'unreachable' });
    }
    const { status, isHtml, json, text } = answer;
    if (status === 401 || status === 403)
        return failed(answerWords(answer), { isBroken: false, isRefused: true });
    if (isHtml || (status >= 300 && status < 400))
        return failed(answerWords(answer), { isBroken: false });
    if (status === 404 || status === 405)
        return failed(answerWords(answer), { isBroken: false, isAbsent: true });
    // What a graph raises is an answer of 200, so this is the server, such as while LangSmith's own auth is down.
    if (status !== 200)
        return failed(answerWords(answer), { isBroken: status !== 500 });
    const { isGood, reason } = judgeResult(text.trim() === '' ? null : json, test);
    const result = json === undefined ? {} : { result: shownResult(json, input) };
    if (!isGood)
        return { ...failed(reason), row: { subject: graph, outcome: 'failed', answer: reason, ms, ...result } };
    return {
        row: { subject: graph, outcome: 'passed', answer: reason, ms, ...result },
        isBroken: false,
        isRefused: false,
        isAbsent: false,
        ids
    };
}
/** What is said of a run that came to no answer. */
const UNANSWERED = {
    unreachable: (reason) => `could not be reached (${reason})`,
    late: (_, timeoutMs) => `no answer within ${(0,duration/* inWords */.r)(timeoutMs)}; the run was given up`,
    cut: (reason) => `the answer began and did not end (${reason})`
};

;// CONCATENATED MODULE: ./build/rollout/evidence.js







/**
 * Proves that the agent itself works: its graphs load, and its runs answer. The key goes to the address that the control
 * plane gives, over https or to this machine.
 *
 * @throws {DeadlineError} when the deadline comes first, {CancelledError} when the job is cancelled
 */
async function proveAgent(context, proof, place) {
    const { url } = place;
    const obstacle = whyNotAsked(url);
    if (obstacle || !url) {
        tellStep(context, {
            about: proof.verifyGraphs ? 'graphs' : 'runs',
            outcome: 'unclear',
            seen: 'the agent was not asked'
        });
        const [reason, advice] = obstacle ?? NO_ADDRESS;
        return { failure: { reason, advice, isBroken: false, ids: [] } };
    }
    const tenant = place.namesWorkspace ? place.deployment.tenant_id : null;
    const isOwn = proof.headers.some(({ name }) => name.toLowerCase() === 'x-tenant-id');
    const headers = tenant && !isOwn ? [...proof.headers, { name: 'X-Tenant-Id', value: tenant }] : proof.headers;
    const agent = createAgentClient({ url: url.replace(/\/+$/, '') + (0,probe/* mountPrefix */.C)(place.healthPath), headers, proxy: place.proxy }, context.limits);
    try {
        const graphs = proof.verifyGraphs ? await proveGraphs(context, agent, proof, place) : {};
        if (graphs.failure || proof.smokeTests.length === 0)
            return graphs;
        const runs = await proveRuns(context, agent, proof);
        return { ...graphs, ...runs };
    }
    finally {
        await agent.close();
    }
}
const NO_ADDRESS = [
    'The revision is DEPLOYED, but the control plane names no address of the deployment, so its agent could not be asked.',
    'Set `custom-url` if the deployment has an address of its own.'
];
/** The key would travel unencrypted. */
function whyNotAsked(url) {
    if (!url)
        return undefined;
    const { protocol, hostname, host } = new URL(url);
    if (protocol === 'https:' || (0,hosts/* isLoopback */.U9)(hostname))
        return undefined;
    return [
        `The revision is DEPLOYED, but its agent was not asked: http://${host} would get the key and the messages unencrypted.`,
        'Give the deployment an https address, or remove `verify-graphs` and `smoke-test`.'
    ];
}
function tellStep({ progress }, step) {
    return progress.proof(step);
}
async function proveGraphs(context, agent, proof, place) {
    const seen = await askGraphs(agent, context.limits, expectedGraphs(proof, place));
    const { rows } = seen;
    const of = (outcome) => rows.filter((row) => row.outcome === outcome);
    const [failed, unclear, passed] = [of('failed'), of('unclear'), of('passed')];
    const outcome = failed.length > 0 ? 'failed' : unclear.length > 0 || passed.length === 0 ? 'unclear' : 'passed';
    const step = tellStep(context, {
        about: 'graphs',
        outcome,
        seen: graphWords(failed.length, unclear, passed.length, seen.hidden),
        rows
    });
    if (outcome === 'failed') {
        const told = (step.rows ?? []).filter((row) => row.outcome === 'failed');
        const lines = told.map(({ subject, answer }) => (0,sentence/* sentence */.e)(`Graph "${subject}" was answered ${answer}`));
        const hidden = failed.length - MOST_TOLD;
        return {
            failure: {
                reason: [
                    `The revision is DEPLOYED, but ${step.seen}.`,
                    ...lines.slice(0, MOST_TOLD),
                    ...(hidden > 0 ? [`The summary shows more (${hidden}).`] : [])
                ].join('\n'),
                advice: 'Set what the graph needs at its start, such as a secret, and check `graphs` of the configuration.',
                isBroken: true,
                // The server writes no line with the ID of such a request.
                ids: []
            }
        };
    }
    return outcome === 'unclear' ? { warning: unclearGraphs(seen, step, proof) } : {};
}
/** So many graphs are told with their answers in the annotation. */
const MOST_TOLD = 10;
/** The names of the configuration, where it is the one that this revision was made with. */
function expectedGraphs({ configured }, { revision, own }) {
    if (!configured)
        return undefined;
    const { names, path, commit } = configured;
    const deployedPath = revision.source_revision_config.langgraph_config_path;
    if (path !== undefined && deployedPath && deployedPath !== path)
        return undefined;
    const built = (0,deployment_revision/* commitOf */.D3)(revision);
    const isSame = commit === undefined ? own : built !== undefined && (0,deployment_revision/* isSameCommit */.sw)(built, commit);
    return isSame ? names : undefined;
}
function graphWords(failed, unclear, passed, hidden) {
    const count = (number) => (number === 1 ? '1 graph' : `${number} graphs`);
    const verb = (number, one, many) => `${count(number)} ${number === 1 ? one : many}`;
    if (failed > 0)
        return verb(failed, 'does not load', 'do not load');
    if (unclear.length === 0 && passed > 0)
        return verb(passed, 'loads', 'load');
    const [first] = unclear;
    const why = hidden ?? (first ? `graph "${first.subject}" was answered ${first.answer}` : 'all that are listed are gone');
    const what = first ? `whether ${verb(unclear.length, 'loads', 'load')} could not be seen` : 'no graph could be seen';
    return `${what} (${why})`;
}
function unclearGraphs({ isRefused }, { seen }, proof) {
    const refusal = isRefused ? ` ${refusalAdvice(proof)}` : '';
    const advice = proof.smokeTests.length > 0
        ? 'Remove `verify-graphs` if that is to be expected here: `smoke-test` proves that a graph runs. `agent-headers` are for an agent with auth of its own.'
        : 'Use `smoke-test` to prove that a graph runs, and `agent-headers` if the agent has auth of its own.';
    return `\`verify-graphs\`: ${seen}.${refusal} ${advice}`;
}
/** What was sent, and what else lets a caller in. */
function refusalAdvice({ headers, keyInput }) {
    const names = headers.filter(({ name }) => name.toLowerCase() !== 'x-api-key').map(({ name }) => `\`${name}\``);
    const sent = [...(keyInput ? [`the key of \`${keyInput}\``] : []), ...names];
    const what = sent.length > 0 ? `Sent was ${sent.join(' and ')}.` : 'No key was sent.';
    const scheme = headers.some(({ name }) => name.toLowerCase() === 'x-auth-scheme')
        ? ''
        : ' A LangSmith key behind custom auth needs `agent-headers: "X-Auth-Scheme: langsmith"`.';
    return `${what}${scheme}`;
}
async function proveRuns(context, agent, proof) {
    const runs = [];
    for (const test of proof.smokeTests) {
        const seen = await runOnce(agent, context.limits, test);
        runs.push(seen);
        // The next one would not be let in either, or find nobody.
        if (seen.row.outcome === 'failed' && !seen.isBroken)
            break;
    }
    const failed = runs.filter(({ row }) => row.outcome === 'failed');
    const step = tellStep(context, {
        about: 'runs',
        outcome: failed.length > 0 ? 'failed' : 'passed',
        seen: failed.length > 0 ? `${ofRuns(failed.length)} failed` : `${ofRuns(runs.length)} answered`,
        rows: runs.map(({ row }) => row)
    });
    if (failed.length === 0)
        return {};
    const told = (step.rows ?? []).filter(({ outcome }) => outcome === 'failed');
    const lines = told.map(({ subject, answer }) => (0,sentence/* sentence */.e)(`The run of graph "${subject}": ${answer}`));
    return {
        failure: {
            reason: ['The revision is DEPLOYED, but its smoke test failed.', ...lines].join('\n'),
            advice: adviceOnRuns(failed, proof),
            isBroken: failed.some(({ isBroken }) => isBroken),
            ids: failed.flatMap(({ ids }) => ids)
        }
    };
}
/** What can be done where the agent could not be asked. */
function adviceOnRuns(failed, proof) {
    if (failed.some(({ isRefused }) => isRefused)) {
        return `${refusalAdvice(proof)} Write \`agent-api-key\` or \`agent-headers\` that this agent lets in.`;
    }
    return failed.some(({ isAbsent }) => isAbsent) ? ABSENT_ADVICE : '';
}
const ABSENT_ADVICE = 'If the server has a mount prefix, set `health-path: /prefix/ok`: `/ok` answers at the root too, and runs do not. If `graph` is the ID of an assistant, check that this deployment has it.';
function ofRuns(count) {
    return count === 1 ? '1 run' : `${count} runs`;
}


/***/ })

};
