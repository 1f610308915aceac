export const id = 448;
export const ids = [448];
export const modules = {

/***/ 4448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  leaveOut: () => (/* binding */ leaveOut),
  proveAgent: () => (/* binding */ proveAgent)
});

// EXTERNAL MODULE: ./build/control-plane/hosts.js
var hosts = __webpack_require__(566);
// EXTERNAL MODULE: ./build/deployment/revision.js
var deployment_revision = __webpack_require__(6309);
// EXTERNAL MODULE: ./build/run/duration.js
var duration = __webpack_require__(1088);
// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __webpack_require__(1298);
// EXTERNAL MODULE: ./build/run/sentence.js
var sentence = __webpack_require__(857);
// EXTERNAL MODULE: ./build/runner/words.js
var words = __webpack_require__(3894);
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
// EXTERNAL MODULE: ./build/version.js
var version = __webpack_require__(8508);
;// CONCATENATED MODULE: ./build/rollout/agent-server/client.js







const LONGEST_ANSWER = 16 * 1024 * 1024;
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
                reason: 'the response is larger than 16 MiB',
                runId: runIdIn(head),
                requestId,
                ms: clock.now() - begun
            };
        }
        catch (error) {
            connections.renew();
            if (cancelled.aborted)
                (0,run_limits/* checkLimits */.J5)(limits);
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
function runIdIn({ headers }) {
    return /\/runs\/([0-9a-f-]{36})(?:$|[/?])/i.exec(String(headers['content-location']))?.[1];
}
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
function answerWords(answer) {
    if (answer.kind !== 'answered')
        return answer.kind === 'late' ? 'no response in time' : answer.reason;
    const { status, isHtml, json, text } = answer;
    if (isHtml)
        return `${status}, an HTML page`;
    const said = status >= 200 && status < 300 ? '' : (json === undefined ? text : (0,detail/* reasonIn */.Y)(json)).trim();
    return said === '' ? `${status}` : `${status}: ${said}`;
}
function briefWords(answer) {
    if (answer.kind === 'answered')
        return `returned ${answer.status}`;
    return { late: 'did not respond in time', cut: 'returned a partial response', unreachable: 'could not be sent' }[answer.kind];
}

// EXTERNAL MODULE: ./build/control-plane/patience.js
var patience = __webpack_require__(2878);
// EXTERNAL MODULE: ./build/run/object.js
var object = __webpack_require__(1379);
// EXTERNAL MODULE: ./build/run/poll.js
var poll = __webpack_require__(6561);
;// CONCATENATED MODULE: ./build/rollout/agent-server/graphs.js





const GRAPH_MS = 60_000;
const LASTING_MS = 15_000;
const SERVER_START_MS = 60_000;
const PAGE_SIZE = 1_000;
const MOST_PAGES = 10;
async function askGraphs(agent, limits, expected, note) {
    const asking = { agent, limits, note };
    const listed = await untilDeadline(() => listGraphs(asking));
    if (!listed)
        return { rows: [], hidden: undefined, isRefused: false, awaited: 'POST /assistants/search' };
    const names = [...new Set([...listed.assistants.keys(), ...(expected ?? [])])].sort();
    const rows = [];
    const { hidden } = listed;
    const isRefused = () => listed.isRefused || rows.some(({ answer }) => /^40[13]\b/.test(answer));
    for (const name of names) {
        const begun = limits.clock.now();
        const row = await untilDeadline(() => rowOfGraph(asking, name, { listed, expected }));
        if (!row) {
            const ms = limits.clock.now() - begun;
            rows.push({ subject: name, outcome: 'unclear', answer: 'no response before the timeout', ms });
            return { rows, hidden, isRefused: isRefused(), awaited: `graph "${name}"` };
        }
        rows.push(row);
    }
    return { rows, hidden, isRefused: isRefused() };
}
async function untilDeadline(work) {
    try {
        return await work();
    }
    catch (error) {
        if (error instanceof run_limits/* DeadlineError */.j3)
            return undefined;
        throw error;
    }
}
async function rowOfGraph(asking, name, { listed, expected }) {
    const id = listed.assistants.get(name);
    const isExpected = expected?.includes(name) ?? false;
    const byId = id === undefined ? undefined : await askGraph(asking, id);
    const isGone = byId?.kind === 'answered' && byId.status === 404;
    const answer = byId && !(isGone && isExpected) ? byId : await askGraph(asking, name);
    const isByName = answer !== byId;
    const outcome = outcomeOfGraph(answer, { isByName, isExpected, isSearchBroken: listed.isBroken });
    const others = [...listed.assistants.keys()].filter((one) => one !== name && !expected?.includes(one));
    const words = isUnregistered(answer) ? unregisteredWords(answerWords(answer), others) : answerWords(answer);
    return { subject: name, outcome, answer: words, ms: answer.ms };
}
function unregisteredWords(said, others) {
    const names = others.slice(0, MOST_OTHERS).map((name) => `"${name}"`);
    const rest = others.length > MOST_OTHERS ? [`${others.length - MOST_OTHERS} more`] : [];
    const has = names.length > 0 ? `; the server has ${[...names, ...rest].join(', ')}, which the configuration does not list` : '';
    return `${NOT_REGISTERED}: the configuration lists the graph, but the server does not have it${has} (${said})`;
}
const MOST_OTHERS = 5;
const NOT_REGISTERED = 'not registered';
async function listGraphs({ agent, limits, note }) {
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
        const path = '/assistants/search';
        const answer = await askPatiently(limits, () => agent.ask({ method: 'POST', path, body, timeoutMs: GRAPH_MS }), {
            onRetry: (seen) => note(`POST ${path} ${seen}; retrying.`)
        });
        if (answer.kind !== 'answered' || answer.status !== 200 || !Array.isArray(answer.json))
            return hiddenBy(answer);
        for (const one of answer.json) {
            const { assistant_id, graph_id } = (0,object/* object */.I)(one) ?? {};
            if (typeof assistant_id === 'string' && typeof graph_id === 'string')
                assistants.set(graph_id, assistant_id);
        }
        const next = Number(answer.next);
        if (!(next > offset))
            break;
        offset = next;
    }
    const hidden = assistants.size > 0 ? undefined : 'POST /assistants/search returned no assistants';
    return { assistants, hidden, isRefused: false, isBroken: false };
}
function askGraph({ agent, limits, note }, assistant) {
    const path = `/assistants/${encodeURIComponent(assistant)}/graph`;
    return askPatiently(limits, () => agent.ask({ method: 'GET', path, timeoutMs: GRAPH_MS }), {
        onRetry: (seen) => note(`GET ${path} ${seen}; retrying.`)
    });
}
async function askPatiently(limits, ask, { onRetry }) {
    const begun = limits.clock.now();
    let told;
    for (;;) {
        const answer = await ask();
        const patience = patienceWith(answer);
        const waitedMs = limits.clock.now() - begun;
        if (waitedMs >= patience)
            return answer;
        const seen = briefWords(answer);
        if (seen !== told)
            onRetry(seen);
        told = seen;
        await (0,run_limits/* pause */.v7)(limits, (0,poll/* pauseAfter */.l0)(waitedMs, { share: 0.2 }));
    }
}
function patienceWith(answer) {
    if (answer.kind !== 'answered')
        return SERVER_START_MS;
    if (!(0,patience/* isPassingStatus */.Wj)(answer.status))
        return 0;
    return answer.status === 500 ? LASTING_MS : SERVER_START_MS;
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
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/rollout/agent-server/result.js


function judgeResult(result, test) {
    const { input, expect } = test;
    if (result === undefined)
        return bad('returned a response that is not JSON');
    if (result === null)
        return bad('returned no answer');
    const fields = (0,object/* object */.I)(result);
    if (fields?.__error__ !== undefined)
        return bad(`failed: ${errorWords(fields.__error__)}`);
    const misfit = expect && misfitOf(result, newTexts(result, input), expect);
    if (fields?.__interrupt__ !== undefined) {
        const stopped = 'stopped for human input (`__interrupt__`)';
        if (!expect)
            return bad(`${stopped}; set \`expect\` if that is the expected answer`);
        return misfit === undefined ? { isGood: true, reason: `${stopped}, as expected` } : bad(`${stopped}, and ${misfit}`);
    }
    const wholly = isWhatWasSent(result, input);
    if (wholly || (isWhatWasSent(withoutEmptyLists(result, input), input) && expect?.subset === undefined)) {
        return bad('returned only its input, like a canceled run');
    }
    if (misfit !== undefined)
        return { isGood: false, reason: misfit, isMisfit: true };
    if (expect)
        return { isGood: true, reason: 'answered as expected' };
    return holdsMessage(result) && !holdsAnswer(result, input)
        ? bad(emptyWords(result))
        : { isGood: true, reason: 'answered' };
}
function bad(reason) {
    return { isGood: false, reason };
}
function errorWords(error) {
    const { error: kind, message } = (0,object/* object */.I)(error) ?? {};
    const words = [kind, message].filter((one) => typeof one === 'string' && one !== '');
    return words.length > 0 ? words.join(': ') : JSON.stringify(error);
}
function misfitOf(result, texts, expect) {
    const { contains, matches, subset } = expect;
    const missing = subset === undefined ? undefined : missingPart(result, subset);
    const misfits = [
        contains !== undefined && !texts.some((text) => text.includes(contains))
            ? `returned no answer that contains ${JSON.stringify(contains)} (\`expect.contains\`)`
            : '',
        matches !== undefined && !texts.some((text) => new RegExp(matches).test(text))
            ? `returned no answer that matches ${matches} (\`expect.matches\`)`
            : '',
        missing === undefined ? '' : `returned an answer that does not match \`expect.subset\`: ${missing}`
    ].filter(Boolean);
    return misfits.length > 0 ? misfits.join('; ') : undefined;
}
function missingPart(value, wanted, path = '') {
    if (Array.isArray(wanted)) {
        if (!Array.isArray(value))
            return missingWords(value, wanted, path);
        const missing = wanted.find((entry) => value.every((one) => missingPart(one, entry) !== undefined));
        return missing === undefined ? undefined : `no entry of ${placeWords(path)} matches ${shortJson(missing)}`;
    }
    const fields = (0,object/* object */.I)(wanted);
    if (!fields)
        return (0,external_node_util_.isDeepStrictEqual)(value, wanted) ? undefined : missingWords(value, wanted, path);
    const own = (0,object/* object */.I)(value);
    if (!own)
        return missingWords(value, wanted, path);
    for (const [name, entry] of Object.entries(fields)) {
        const inside = path === '' ? name : `${path}.${name}`;
        const missing = missingPart(Object.hasOwn(own, name) ? own[name] : undefined, entry, inside);
        if (missing !== undefined)
            return missing;
    }
    return undefined;
}
function missingWords(value, wanted, path) {
    const found = value === undefined ? 'missing' : shortJson(value);
    return `${placeWords(path)} is ${found}, not ${shortJson(wanted)}`;
}
function placeWords(path) {
    return path === '' ? 'the result' : `\`${path}\``;
}
function shortJson(value) {
    const text = JSON.stringify(value);
    if (text.length <= MOST_CHARACTERS_OF_VALUE)
        return text;
    return Array.isArray(value) ? `a list of ${value.length}` : typeof value === 'string' ? 'a longer text' : 'an object';
}
const MOST_CHARACTERS_OF_VALUE = 120;
function withoutEmptyLists(result, input) {
    const [fields, sent] = [(0,object/* object */.I)(result), (0,object/* object */.I)(input)];
    if (!fields || !sent)
        return result;
    const isBeginning = (name, value) => Array.isArray(value) && value.length === 0 && !Object.hasOwn(sent, name);
    return Object.fromEntries(Object.entries(fields).filter(([name, value]) => !isBeginning(name, value)));
}
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
function isSentMessage(value, sent) {
    if (!isMessage(value))
        return sent.some((one) => (0,external_node_util_.isDeepStrictEqual)(one, value));
    return sent.some((one) => (0,external_node_util_.isDeepStrictEqual)(messageContent(one), messageContent(value)) && sameRole(one, value));
}
function isMessage(value) {
    const fields = (0,object/* object */.I)(value);
    return (fields !== undefined && 'content' in fields && (typeof fields.type === 'string' || typeof fields.role === 'string'));
}
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
const SPEAKERS = {
    ai: 'agent',
    assistant: 'agent',
    AIMessageChunk: 'agent',
    human: 'other',
    user: 'other',
    HumanMessageChunk: 'other',
    system: 'other',
    developer: 'other',
    SystemMessageChunk: 'other',
    tool: 'other',
    ToolMessageChunk: 'other',
    function: 'other',
    FunctionMessageChunk: 'other',
    remove: 'other'
};
function speakerOf(value) {
    const fields = (0,object/* object */.I)(value);
    if (!fields || !('content' in fields))
        return undefined;
    const { type, role } = fields;
    return [type, role].map((name) => SPEAKERS[String(name)]).find((speaker) => speaker !== undefined);
}
function newTexts(result, input) {
    const sent = new Set(allTexts(input));
    return textsIn(result).filter((text) => !sent.has(text));
}
function textsIn(value) {
    if (typeof value === 'string')
        return [value];
    if (Array.isArray(value))
        return value.flatMap((one) => textsIn(one));
    const fields = (0,object/* object */.I)(value);
    if (!fields)
        return [];
    const speaker = speakerOf(fields);
    if (speaker)
        return speaker === 'agent' ? saidIn(fields) : [];
    if (isMessage(fields))
        return saidIn(fields);
    return Object.values(fields).flatMap((one) => textsIn(one));
}
function allTexts(value) {
    if (typeof value === 'string')
        return [value];
    const fields = (0,object/* object */.I)(value);
    const parts = Array.isArray(value) ? value : fields ? Object.values(fields) : [];
    return parts.flatMap((one) => allTexts(one));
}
function saidIn({ content }) {
    if (typeof content === 'string')
        return [content];
    if (!Array.isArray(content))
        return textsIn(content);
    return content.flatMap((block) => {
        if (typeof block === 'string')
            return [block];
        const { type = 'text', text } = (0,object/* object */.I)(block) ?? {};
        return typeof text === 'string' && TEXT_BLOCKS.has(String(type)) ? [text] : [];
    });
}
const TEXT_BLOCKS = new Set(['text', 'output_text']);
const SILENT_BLOCKS = /^(?:text|output_text|thinking|redacted_thinking|reasoning|non_standard|.*tool_(?:use|call)(?:_chunk)?|function_call|input_json_delta)$/;
function holdsMessage(value) {
    if (speakerOf(value))
        return true;
    return Array.isArray(value)
        ? value.some((one) => holdsMessage(one))
        : Object.values((0,object/* object */.I)(value) ?? {}).some((one) => holdsMessage(one));
}
function holdsAnswer(result, input) {
    const [fields, sent] = [(0,object/* object */.I)(result), (0,object/* object */.I)(input)];
    if (!fields || speakerOf(result))
        return holdsValue(result, []);
    return Object.entries(fields).some(([name, value]) => {
        const own = sent && Object.hasOwn(sent, name) ? sent[name] : undefined;
        return !isSent(value, own) && holdsValue(value, own === undefined ? [] : Array.isArray(own) ? own : [own]);
    });
}
function holdsValue(value, sent) {
    if (value === null || value === '')
        return false;
    if (Array.isArray(value))
        return value.some((one) => holdsValue(one, sent));
    if (speakerOf(value) === 'other')
        return false;
    const fields = (0,object/* object */.I)(value);
    if (!fields)
        return true;
    if (speakerOf(value) === undefined)
        return Object.values(fields).some((one) => holdsValue(one, []));
    return !isSentMessage(fields, sent) && (saidIn(fields).some((text) => text.trim() !== '') || showsMore(fields));
}
function showsMore({ content }) {
    return (Array.isArray(content) &&
        content.some((block) => (0,object/* object */.I)(block) && !SILENT_BLOCKS.test(String((0,object/* object */.I)(block)?.type ?? 'text'))));
}
function emptyWords(result) {
    const called = calledIn(result).at(-1);
    const calls = called === undefined ? '' : `; its last message only calls the tool ${JSON.stringify(called)}`;
    return `returned an answer without any text${calls}; set \`expect\` with a \`subset\` if that is the expected answer`;
}
function calledIn(value) {
    const last = Array.isArray(value) ? value.at(-1) : undefined;
    if (last !== undefined && speakerOf(last) === 'agent') {
        const { tool_calls: calls } = (0,object/* object */.I)(last) ?? {};
        return Array.isArray(calls)
            ? calls.flatMap((call) => {
                const { name, function: called } = (0,object/* object */.I)(call) ?? {};
                const told = name ?? (0,object/* object */.I)(called)?.name;
                return typeof told === 'string' ? [told] : [];
            })
            : [];
    }
    return Array.isArray(value) ? [] : Object.values((0,object/* object */.I)(value) ?? {}).flatMap((one) => calledIn(one));
}
function shownResult(result, input) {
    if (typeof result === 'string')
        return result;
    const said = holdsMessage(result) ? saidLast(result, input) : undefined;
    return said ?? JSON.stringify(newPart(result, input));
}
function saidLast(result, input) {
    const sent = new Set(allTexts(input));
    return messagesIn(result)
        .filter((message) => speakerOf(message) === 'agent')
        .map((message) => saidIn(message).filter((text) => text.trim() !== '' && !sent.has(text)))
        .findLast((texts) => texts.length > 0)
        ?.join('\n');
}
function messagesIn(value) {
    if (Array.isArray(value))
        return value.flatMap((one) => messagesIn(one));
    const fields = (0,object/* object */.I)(value);
    if (!fields)
        return [];
    return speakerOf(fields) ? [fields] : Object.values(fields).flatMap((one) => messagesIn(one));
}
function newPart(result, input) {
    const [fields, sent] = [(0,object/* object */.I)(result), (0,object/* object */.I)(input)];
    if (!fields || !sent)
        return result;
    const entries = Object.entries(fields).flatMap(([name, value]) => {
        const own = Object.hasOwn(sent, name) ? sent[name] : undefined;
        if (own === undefined)
            return [[name, value]];
        if (isSent(value, own))
            return [];
        const all = Array.isArray(own) ? own : [own];
        return [[name, Array.isArray(value) ? value.filter((one) => !isSentMessage(one, all)) : value]];
    });
    return entries.length > 0 ? Object.fromEntries(entries) : result;
}

;// CONCATENATED MODULE: ./build/rollout/agent-server/runs.js







const RUN_START_MS = 60_000;
async function runOnce(agent, limits, test, note) {
    const { graph, input, config, context, timeoutMs } = test;
    const body = {
        assistant_id: graph,
        input,
        ...(config ? { config } : {}),
        ...(context ? { context } : {}),
        metadata: { source: version/* USER_AGENT */._ },
        on_disconnect: 'cancel'
    };
    const { clock } = limits;
    const begun = clock.now();
    let told;
    for (;;) {
        const answer = await agent.ask({ method: 'POST', path: '/runs/wait', body, timeoutMs });
        const waitedMs = clock.now() - begun;
        if (!mayBeSentAgain(answer) || waitedMs >= RUN_START_MS)
            return seenRun(answer, test);
        const seen = briefWords(answer);
        if (seen !== told)
            note(`POST /runs/wait ${seen}; retrying.`);
        told = seen;
        await (0,run_limits/* pause */.v7)(limits, (0,poll/* pauseAfter */.l0)(waitedMs, { share: 0.2 }));
    }
}
function mayBeSentAgain(answer) {
    return answer.kind === 'unreachable' || (answer.kind === 'answered' && (0,patience/* isPassingStatus */.Wj)(answer.status));
}
function hasBegun(answer) {
    if (answer.runId !== undefined)
        return true;
    return answer.kind === 'answered' ? answer.status === 200 && !answer.isHtml : answer.kind !== 'unreachable';
}
function seenRun(answer, test) {
    const { graph, input, timeoutMs } = test;
    const { ms, requestId, runId } = answer;
    const ids = hasBegun(answer) ? [requestId, ...(runId ? [runId] : [])] : [];
    const failed = (words, traits = {}) => ({
        row: { subject: graph, outcome: 'failed', answer: words, ms },
        isBroken: true,
        isRefused: false,
        isAbsent: false,
        isMisfit: false,
        ids,
        ...traits
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
    if (status !== 200)
        return failed(answerWords(answer), { isBroken: status !== 500 });
    const { isGood, reason, isMisfit = false } = judgeResult(text.trim() === '' ? null : json, test);
    const result = json === undefined ? {} : { result: shownResult(json, input) };
    const row = { subject: graph, outcome: isGood ? 'passed' : 'failed', answer: reason, ms, ...result };
    return failed(reason, { row, isBroken: !isGood, isMisfit });
}
const UNANSWERED = {
    unreachable: (reason) => `got no response (${reason})`,
    late: (_, timeoutMs) => `did not respond within ${(0,duration/* inWords */.r)(timeoutMs)}; the action stopped waiting`,
    cut: (reason) => `returned an incomplete response (${reason})`
};

;// CONCATENATED MODULE: ./build/rollout/evidence.js










async function proveAgent(context, proof, place) {
    const { url } = place;
    const obstacle = whyNotAsked(url);
    if (obstacle || !url) {
        const [first, ...rest] = askedSteps(proof);
        if (first)
            tellStep(context, { about: first, outcome: 'unclear', seen: 'the agent was not checked' });
        for (const about of rest)
            tellStep(context, leftStep(about));
        const [reason, advice] = obstacle ?? NO_ADDRESS;
        return { failure: { reason, advice, isBroken: false, ids: [] } };
    }
    const tenant = place.namesWorkspace ? place.deployment.tenant_id : null;
    const isOwn = proof.headers.some(({ name }) => name.toLowerCase() === 'x-tenant-id');
    const headers = tenant && !isOwn ? [...proof.headers, { name: 'X-Tenant-Id', value: tenant }] : proof.headers;
    const agent = createAgentClient({ url: url.replace(/\/+$/, '') + (0,probe/* mountPrefix */.C)(place.healthPath), headers, proxy: place.proxy }, context.limits);
    try {
        const graphs = proof.verifyGraphs ? await proveGraphs(context, agent, proof, place) : {};
        if (proof.smokeTests.length === 0)
            return graphs;
        if (graphs.failure) {
            tellStep(context, leftStep('runs'));
            return graphs;
        }
        const runs = await proveRuns(context, agent, proof);
        return { ...graphs, ...runs };
    }
    finally {
        await agent.close();
    }
}
function leaveOut(context, proof) {
    for (const about of askedSteps(proof))
        tellStep(context, leftStep(about));
}
function askedSteps({ verifyGraphs, smokeTests }) {
    return [...(verifyGraphs ? ['graphs'] : []), ...(smokeTests.length > 0 ? ['runs'] : [])];
}
function leftStep(about) {
    return { about, outcome: 'left', seen: 'skipped, because the proof ended earlier' };
}
const NO_ADDRESS = [
    'The revision is deployed, but the control plane reports no URL for the deployment, so its agent could not be checked.',
    'Set `custom-url` if the deployment has its own URL.'
];
function whyNotAsked(url) {
    if (!url)
        return undefined;
    const { protocol, hostname, host } = new URL(url);
    if (protocol === 'https:' || (0,hosts/* isLoopback */.U9)(hostname))
        return undefined;
    return [
        `The revision is deployed, but its agent was not checked: requests to http://${host} would send the key and the messages unencrypted.`,
        'Use an https URL for the deployment, or omit `verify-graphs` and `smoke-test`.'
    ];
}
function tellStep({ progress }, step) {
    return progress.proof(step);
}
async function proveGraphs(context, agent, proof, place) {
    const { note } = context.progress;
    note('Checking the graphs of the agent.');
    const seen = await askGraphs(agent, context.limits, expectedGraphs(proof, place), note);
    const { rows, awaited } = seen;
    const of = (outcome) => rows.filter((row) => row.outcome === outcome);
    const [failed, unclear, passed] = [of('failed'), of('unclear'), of('passed')];
    const outcome = failed.length > 0 ? 'failed' : unclear.length > 0 || passed.length === 0 ? 'unclear' : 'passed';
    if (awaited !== undefined && outcome !== 'failed') {
        const told = tellStep(context, { about: 'graphs', outcome: 'unclear', seen: overdueWords(awaited), rows });
        if (proof.smokeTests.length > 0)
            tellStep(context, leftStep('runs'));
        throw new run_limits/* DeadlineError */.j3(told.seen);
    }
    const step = tellStep(context, {
        about: 'graphs',
        outcome,
        seen: graphWords(failed.length, unclear, passed.length, seen.hidden),
        rows
    });
    if (outcome === 'failed') {
        const told = (step.rows ?? []).filter((row) => row.outcome === 'failed');
        const lines = told.map(({ subject, answer }) => (0,sentence/* sentence */.em)(`Graph "${subject}"${graphAnswer(answer)}`));
        const hidden = failed.length - MOST_TOLD;
        return {
            failure: {
                reason: [
                    `The revision is deployed, but ${step.seen}.`,
                    ...lines.slice(0, MOST_TOLD),
                    ...(hidden > 0 ? [`The summary lists ${hidden} more.`] : [])
                ].join('\n'),
                advice: 'If the cause is unclear, check the variables and secrets that the graphs need at startup, and `graphs` in the configuration.',
                isBroken: true,
                ids: []
            }
        };
    }
    return outcome === 'unclear' ? { warning: unclearGraphs(seen, step, proof) } : {};
}
function overdueWords(awaited) {
    return `${awaited} had not responded when the timeout expired`;
}
function graphAnswer(answer) {
    return /^\d{3}\b/.test(answer) ? ` returned ${answer}` : `: ${answer}`;
}
const MOST_TOLD = 10;
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
    const why = hidden ?? (first ? `graph "${first.subject}"${graphAnswer(first.answer)}` : 'all listed graphs are gone');
    const what = first ? `could not determine whether ${verb(unclear.length, 'loads', 'load')}` : 'could not find a graph';
    return `${what} (${why})`;
}
function unclearGraphs({ isRefused }, { seen }, proof) {
    const refusal = isRefused ? ` ${refusalAdvice(proof)}` : '';
    const advice = proof.smokeTests.length > 0
        ? 'If the agent has custom auth, set `agent-headers`. Otherwise omit `verify-graphs`: `smoke-test` proves that a graph runs.'
        : 'If the agent has custom auth, set `agent-headers`. Otherwise set `smoke-test`, which proves that a graph runs.';
    return `\`verify-graphs\`: ${seen}.${refusal} ${advice}`;
}
function refusalAdvice({ headers, keyInput }) {
    const names = headers.filter(({ name }) => name.toLowerCase() !== 'x-api-key').map(({ name }) => `\`${name}\``);
    const sent = [...(keyInput ? [`the key of \`${keyInput}\``] : []), ...names];
    const what = sent.length > 0 ? `The request contained ${sent.join(' and ')}.` : 'No key was sent.';
    const scheme = headers.some(({ name }) => name.toLowerCase() === 'x-auth-scheme')
        ? ''
        : ' To send a LangSmith key to an agent with custom auth, set `agent-headers: "X-Auth-Scheme: langsmith"`.';
    return `${what}${scheme}`;
}
async function proveRuns(context, agent, proof) {
    const { limits, progress } = context;
    const runs = [];
    for (const [index, test] of proof.smokeTests.entries()) {
        const subject = runLabel(proof.smokeTests, index);
        progress.note(`Running graph "${subject}" for up to ${(0,duration/* inWords */.r)(test.timeoutMs)}.`);
        const begun = limits.clock.now();
        const seen = await runOnce(agent, limits, test, progress.note).catch((error) => {
            if (!(error instanceof run_limits/* DeadlineError */.j3))
                throw error;
            const ms = limits.clock.now() - begun;
            const last = {
                subject,
                outcome: 'unclear',
                answer: 'did not respond before the timeout; the action stopped waiting',
                ms
            };
            const rows = [...runs.map(({ row }) => row), last];
            const told = tellStep(context, {
                about: 'runs',
                outcome: 'unclear',
                seen: overdueWords(`the run of graph "${subject}"`),
                rows
            });
            throw new run_limits/* DeadlineError */.j3(told.seen);
        });
        runs.push({ ...seen, row: { ...seen.row, subject } });
        if (seen.row.outcome === 'failed' && !seen.isBroken)
            break;
    }
    const failed = runs.filter(({ row }) => row.outcome === 'failed');
    const left = proof.smokeTests.length - runs.length;
    const step = tellStep(context, {
        about: 'runs',
        outcome: failed.length > 0 ? 'failed' : 'passed',
        seen: failed.length > 0 ? `${ofRuns(failed.length)} failed${leftWords(left)}` : `${ofRuns(runs.length)} answered`,
        rows: runs.map(({ row }) => row)
    });
    if (failed.length === 0)
        return {};
    const told = (step.rows ?? []).filter(({ outcome }) => outcome === 'failed');
    return {
        failure: {
            reason: ['The revision is deployed, but its smoke test failed.', ...told.map(lineOfRun)].join('\n'),
            advice: adviceOnRuns(failed, proof),
            isBroken: failed.some(({ isBroken }) => isBroken),
            isMisfit: failed.every(({ isMisfit }) => isMisfit),
            ids: failed.flatMap(({ ids }) => ids)
        }
    };
}
function runLabel(tests, index) {
    const graph = tests[index]?.graph ?? '';
    const isOnly = tests.filter((test) => test.graph === graph).length === 1;
    return isOnly ? graph : `${graph} (run ${index + 1} of ${tests.length})`;
}
function lineOfRun({ subject, answer, result }) {
    const line = (0,sentence/* sentence */.em)(`The run of graph "${subject}" ${/^\d{3}\b/.test(answer) ? `returned ${answer}` : answer}`);
    const isTold = result === undefined || answer.startsWith('failed: ');
    const answered = isTold ? '' : (0,words/* firstBytes */.mI)((0,words/* plainLines */.y1)(result).join(' '), QUOTE_BYTES);
    return answered === '' ? line : `${line}\nResponse: ${answered}`;
}
const QUOTE_BYTES = 300;
function leftWords(count) {
    return count === 0 ? '' : count === 1 ? ', 1 was skipped' : `, ${count} were skipped`;
}
function adviceOnRuns(failed, proof) {
    if (failed.some(({ isRefused }) => isRefused)) {
        return `${refusalAdvice(proof)} Set \`agent-api-key\` or \`agent-headers\` to credentials that this agent accepts.`;
    }
    if (failed.every(({ isMisfit }) => isMisfit))
        return MISFIT_ADVICE;
    return failed.some(({ isAbsent }) => isAbsent) ? ABSENT_ADVICE : '';
}
const MISFIT_ADVICE = 'The trace of the run shows how the agent produced its answer. If the answer is correct, change `expect` in the smoke test.';
const ABSENT_ADVICE = 'If the server has a mount prefix, set `health-path: /prefix/ok`: `/ok` also responds without the prefix, but requests for runs need the prefix. If `graph` is the ID of an assistant, check that this deployment has it.';
function ofRuns(count) {
    return count === 1 ? '1 run' : `${count} runs`;
}


/***/ })

};
