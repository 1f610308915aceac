export const id = 338;
export const ids = [338];
export const modules = {

/***/ 338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createFeedback: () => (/* binding */ createFeedback)
});

// EXTERNAL MODULE: ./build/run/object.js
var object = __webpack_require__(379);
// EXTERNAL MODULE: ./build/github/failure.js
var failure = __webpack_require__(220);
;// CONCATENATED MODULE: ./build/github/comments.js

const QUESTION = {
    failure: 'Could not write the comment on the pull request',
    permission: 'pull-requests: write',
    repeatable: true
};
async function createComment(session, { pullRequest }, body) {
    return session.ask({ ...QUESTION, repeatable: false }, async ({ octokit, target }) => {
        const { data } = await octokit.rest.issues.createComment({ ...target, issue_number: pullRequest, body });
        if (!Number.isSafeInteger(data?.id))
            throw new failure/* UnusableAnswer */.kf('not a comment');
        return data.id;
    });
}
async function writeComment(session, id, body) {
    const done = await session.ask(QUESTION, async ({ octokit, target }) => {
        try {
            await octokit.rest.issues.updateComment({ ...target, comment_id: id, body });
            return true;
        }
        catch (error) {
            if ((0,failure/* isNotFound */.c4)(error))
                return 'gone';
            throw error;
        }
    });
    return done ?? false;
}
async function deleteComment(session, id) {
    await session.ask(QUESTION, ({ octokit, target }) => octokit.rest.issues.deleteComment({ ...target, comment_id: id }));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(598);
// EXTERNAL MODULE: ./build/github/session.js
var session = __webpack_require__(786);
;// CONCATENATED MODULE: ./build/github/deployments.js




const LONGEST_DESCRIPTION = 140;
const PAYLOAD_KEY = 'langsmith';
const WRITE_DEPLOYMENTS = 'deployments: write';
function taskOf({ name, place }) {
    const digest = (0,external_node_crypto_.createHash)('sha256').update(`${place}/${name}`).digest('hex');
    return `deploy:langsmith-${digest.slice(0, 12)}`;
}
async function createDeployment(session, wanted) {
    const { environment, ref, transient, mark, commit, folder, deploymentId, revisionId } = wanted;
    const question = {
        failure: 'Could not create the GitHub deployment',
        permission: WRITE_DEPLOYMENTS,
        repeatable: false
    };
    return session.ask(question, async ({ octokit, target }) => {
        const { data } = await octokit.rest.repos.createDeployment({
            ...target,
            ref,
            environment,
            task: taskOf(mark),
            auto_merge: false,
            required_contexts: [],
            description: shortDescription(`${mark.name} on LangSmith Deployment`),
            payload: {
                [PAYLOAD_KEY]: {
                    ...mark,
                    commit: commit ?? null,
                    ...(folder === undefined ? {} : { folder }),
                    deployment_id: deploymentId ?? null,
                    revision_id: revisionId ?? null
                }
            },
            ...(transient ? { transient_environment: true, production_environment: false } : {})
        });
        if (!(0,object/* object */.I)(data) || !('id' in data))
            throw new failure/* UnusableAnswer */.kf('not a deployment');
        return data.id;
    });
}
async function setStatus(session, id, status, failure = 'Could not set the status of the GitHub deployment') {
    const question = { failure, permission: WRITE_DEPLOYMENTS, repeatable: true };
    const done = await session.ask(question, (call) => postStatus(call, id, status));
    return done !== undefined;
}
function postStatus({ octokit, target }, id, status) {
    const { state, description, environmentUrl, logUrl } = status;
    return octokit.rest.repos.createDeploymentStatus({
        ...target,
        deployment_id: id,
        state,
        description: shortDescription(description),
        auto_inactive: false,
        ...(environmentUrl ? { environment_url: environmentUrl } : {}),
        ...(logUrl ? { log_url: logUrl } : {})
    });
}
async function deployments_listOwn({ octokit, target }, { mark, ...filter }, page = 1) {
    const asked = { ...target, ...filter, task: taskOf(mark), per_page: session/* GITHUB_PAGE_SIZE */.C, page };
    const { data, headers } = await octokit.rest.repos.listDeployments(asked);
    if (!Array.isArray(data))
        throw new failure/* UnusableAnswer */.kf('not a list of deployments');
    const own = data.flatMap(({ id, node_id: nodeId, payload }) => {
        const ours = marked(payload);
        return ours && ours.name === mark.name && ours.place === mark.place ? [{ id, nodeId, payload: ours }] : [];
    });
    return { own, hasMore: /\brel="next"/.test(headers.link ?? '') };
}
function marked(payload) {
    if (typeof payload !== 'string')
        return (0,object/* object */.I)((0,object/* object */.I)(payload)?.[PAYLOAD_KEY]);
    try {
        return (0,object/* object */.I)((0,object/* object */.I)(JSON.parse(payload))?.[PAYLOAD_KEY]);
    }
    catch {
        return undefined;
    }
}
function shortDescription(text) {
    if (text.length <= LONGEST_DESCRIPTION)
        return text;
    return `${text.slice(0, LONGEST_DESCRIPTION - 1).replace(/[\uD800-\uDBFF]$/, '')}\u2026`;
}

;// CONCATENATED MODULE: ./build/github/graphql.js

class GraphqlRefusal extends Error {
    name = 'GraphqlRefusal';
    errors;
    constructor(errors) {
        super(errors[0]?.message ?? 'no error message');
        this.errors = errors;
    }
}
async function askGraphql({ octokit, target }, document, variables) {
    try {
        return answerOf(await octokit.graphql(document, { ...variables, request: target.request }), []);
    }
    catch (error) {
        const { data, errors } = (0,object/* object */.I)(error) ?? {};
        if (!Array.isArray(errors) || !(0,object/* object */.I)(data))
            throw error;
        return answerOf(data, errors);
    }
}
function answerOf(data, errors) {
    return { data: (0,object/* object */.I)(data) ?? {}, errors };
}
function fieldAt({ data, errors }, ...path) {
    const found = path.reduce((value, name) => (0,object/* object */.I)(value)?.[name], data);
    const isMissing = Array.isArray(found) ? found.every((one) => one === null) : (found ?? null) === null;
    const faults = isMissing ? errors.filter((fault) => fault.path === undefined || isAbove(fault.path, path)) : [];
    if (faults.length > 0)
        throw new GraphqlRefusal(faults);
    return found;
}
function isAbove(one, other) {
    return one.every((name, index) => index >= other.length || name === other[index]);
}
function objectsIn(value) {
    return Array.isArray(value) ? value.map(object/* object */.I).filter((one) => one !== undefined) : [];
}

;// CONCATENATED MODULE: ./build/github/changes.js




const MUTATIONS = {
    createDeploymentStatus: { type: 'CreateDeploymentStatusInput', made: 'deploymentStatus' },
    updateIssueComment: { type: 'UpdateIssueCommentInput', made: 'issueComment' }
};
const MOST_AT_ONCE = 50;
async function makeChanges(session, changes) {
    const made = new Set();
    for (let from = 0; changes.length > 1 && from < changes.length; from += MOST_AT_ONCE) {
        const some = changes.slice(from, from + MOST_AT_ONCE);
        const question = { permission: 'GraphQL', repeatable: true };
        const done = await session.ask(question, (call) => makeTogether(call, some));
        if (!done)
            break;
        for (const change of done)
            made.add(change);
    }
    for (const change of changes) {
        if (!made.has(change) && (await change.singly(session)))
            made.add(change);
    }
    return made;
}
async function makeTogether(call, changes) {
    const all = changes.map((change, index) => ({ change, index, ...MUTATIONS[change.mutation] }));
    const variables = all.map(({ index, type }) => `$input${index}: ${type}!`).join(', ');
    const fields = all.map(({ change, index, made }) => `  change${index}: ${change.mutation}(input: $input${index}) { ${made} { id } }`);
    const document = `mutation Changes(${variables}) {\n${fields.join('\n')}\n}`;
    const inputs = Object.fromEntries(all.map(({ change, index }) => [`input${index}`, change.input]));
    const { data } = await askGraphql(call, document, inputs);
    const isMade = ({ index, made }) => (0,object/* object */.I)((0,object/* object */.I)(data[`change${index}`])?.[made]) !== undefined;
    return all.filter(isMade).map(({ change }) => change);
}
function retirements(standing, { before = Number.POSITIVE_INFINITY, description }) {
    const status = { state: 'inactive', description, environmentUrl: undefined, logUrl: undefined };
    return standing
        .filter(({ id, isOpen }) => isOpen && id < before)
        .map((one) => statusChange(one, status, 'Could not set older GitHub deployments to inactive'));
}
function statusChange({ id, nodeId }, status, failure) {
    const { state, description, environmentUrl, logUrl } = status;
    return {
        mutation: 'createDeploymentStatus',
        input: {
            deploymentId: nodeId,
            state: state.toUpperCase(),
            description: shortDescription(description),
            autoInactive: false,
            ...(environmentUrl ? { environmentUrl } : {}),
            ...(logUrl ? { logUrl } : {})
        },
        singly: (session) => setStatus(session, id, status, failure)
    };
}
function commentChange({ id, nodeId }, body, onGone) {
    return {
        mutation: 'updateIssueComment',
        input: { id: nodeId, body },
        singly: async (session) => {
            const written = await writeComment(session, id, body);
            return written === 'gone' ? onGone() : written;
        }
    };
}

;// CONCATENATED MODULE: ./build/github/comment-mark.js
function withMark(body, mark, run, hasEnded = false) {
    const writer = run ? `<!-- run: ${run.id}/${run.attempt}${hasEnded ? ' ended' : ''} -->\n` : '';
    return `${markText(mark)}\n${writer}${body}`;
}
function isMarked(body, mark) {
    return body.startsWith(markText(mark));
}
function writerOf(body) {
    const [, id, attempt, ended] = /^<!-- run: (\d+)\/(\d+)( ended)? -->$/m.exec(body) ?? [];
    const writer = id && attempt ? { id: Number(id), attempt: Number(attempt) } : undefined;
    return { writer, isOfEnded: ended !== undefined };
}
function isLater(one, other) {
    if (!one || !other)
        return false;
    return one.id === other.id ? one.attempt > other.attempt : one.id > other.id;
}
function markText({ name, place, pullRequest }) {
    return `<!-- langsmith-deploy-action: ${encodeURIComponent(name)} #${pullRequest} at ${encodeURIComponent(place)} -->`;
}

;// CONCATENATED MODULE: ./build/github/standing.js





const NOTHING_SEEN = { deployments: undefined, comment: undefined };
const RETIREMENT = {
    failure: 'Could not set older GitHub deployments to inactive',
    permission: WRITE_DEPLOYMENTS,
    repeatable: true
};
const COMMENT = {
    failure: 'Could not write the comment on the pull request',
    permission: 'pull-requests: write',
    repeatable: true
};
async function lookAtStanding(session, { deployments: filter, comment: mark }) {
    const first = filter && (await session.ask(RETIREMENT, (call) => deployments_listOwn(call, filter)));
    const query = shared((call) => queryStanding(call, { own: first?.own ?? [], pullRequest: mark?.pullRequest }));
    const [deployments, comment] = await Promise.all([
        filter && first && session.ask(RETIREMENT, (call) => standingIn(call, filter, first, query)),
        mark && session.ask(COMMENT, async (call) => commentIn(call, mark, await query(call)))
    ]);
    return { deployments, comment };
}
function shared(ask) {
    let pending;
    return async (call) => {
        pending ??= ask(call);
        const asked = pending;
        try {
            return await asked;
        }
        catch (error) {
            if (pending === asked)
                pending = undefined;
            throw error;
        }
    };
}
async function standingIn(call, filter, first, query) {
    const found = first.own.length > 0 ? [...withStatuses(first.own, await query(call))] : [];
    let { hasMore } = first;
    for (let page = 2; hasMore && !found.some(standing_hasSucceeded); page += 1) {
        const next = await deployments_listOwn(call, filter, page);
        found.push(...(await standing_readStatuses(call, next.own)));
        hasMore = next.hasMore;
    }
    return found;
}
function standing_hasSucceeded({ statuses }) {
    return statuses.some(({ isSuccess }) => isSuccess);
}
async function standing_readStatuses(call, own) {
    return own.length > 0 ? withStatuses(own, await queryStanding(call, { own })) : [];
}
const OPEN_STATES = new Set(['SUCCESS', 'PENDING', 'QUEUED', 'WAITING', 'IN_PROGRESS']);
function withStatuses(own, answer) {
    const nodes = fieldAt(answer, 'nodes');
    if (!Array.isArray(nodes))
        throw new failure/* UnusableAnswer */.kf('the deployments are missing');
    const byId = new Map(objectsIn(nodes).map((node) => [node.id, node]));
    return own.flatMap((deployment) => {
        const node = byId.get(deployment.nodeId);
        if (!node)
            return [];
        const latest = (0,object/* object */.I)(node.latestStatus)?.state ?? 'PENDING';
        const statuses = objectsIn((0,object/* object */.I)(node.statuses)?.nodes).map(({ state, description }) => ({
            isSuccess: state === 'SUCCESS',
            description: typeof description === 'string' ? description : ''
        }));
        return [{ ...deployment, isOpen: OPEN_STATES.has(String(latest)), statuses }];
    });
}
async function commentIn(call, mark, first) {
    for (let answer = first;;) {
        const login = (0,object/* object */.I)(fieldAt(answer, 'viewer'))?.login;
        const comments = (0,object/* object */.I)(fieldAt(answer, 'repository', 'pullRequest', 'comments'));
        if (typeof login !== 'string' || !Array.isArray(comments?.nodes)) {
            throw new failure/* UnusableAnswer */.kf('the comments of the pull request are missing');
        }
        const found = objectsIn(comments.nodes).find((one) => isMarked(String(one.body), mark) && isBy(login, one));
        if (found)
            return { id: Number(found.fullDatabaseId), nodeId: String(found.id), ...writerOf(String(found.body)) };
        const { hasNextPage, endCursor } = (0,object/* object */.I)(comments.pageInfo) ?? {};
        if (hasNextPage !== true || typeof endCursor !== 'string')
            return 'none';
        answer = await queryStanding(call, { own: [], pullRequest: mark.pullRequest, after: endCursor });
    }
}
function isBy(login, { viewerDidAuthor, author }) {
    const { __typename: kind, login: name } = (0,object/* object */.I)(author) ?? {};
    return viewerDidAuthor === true || (kind === 'Bot' && login === `${name}[bot]`);
}
function queryStanding(call, asked) {
    const { owner, repo } = call.target;
    return askGraphql(call, STANDING, {
        owner,
        name: repo,
        ids: asked.own.map(({ nodeId }) => nodeId),
        withComments: asked.pullRequest !== undefined,
        pullRequest: asked.pullRequest ?? 0,
        after: asked.after
    });
}
const STANDING = `query Standing($owner: String!, $name: String!, $ids: [ID!]!, $withComments: Boolean!, $pullRequest: Int!, $after: String) {
  viewer {
    login
  }
  repository(owner: $owner, name: $name) @include(if: $withComments) {
    pullRequest(number: $pullRequest) {
      comments(first: 100, after: $after) {
        nodes {
          id
          fullDatabaseId
          body
          viewerDidAuthor
          author {
            __typename
            login
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
  nodes(ids: $ids) {
    ... on Deployment {
      id
      latestStatus {
        state
      }
      statuses(first: 20) {
        nodes {
          state
          description
        }
      }
    }
  }
}`;

// EXTERNAL MODULE: ./build/run/error-message.js
var error_message = __webpack_require__(681);
// EXTERNAL MODULE: ./build/run/verdict.js
var run_verdict = __webpack_require__(583);
// EXTERNAL MODULE: ./build/runner/words.js + 1 modules
var words = __webpack_require__(53);
// EXTERNAL MODULE: ./build/report/fact-rows.js
var fact_rows = __webpack_require__(711);
// EXTERNAL MODULE: ./build/report/gate.js
var gate = __webpack_require__(80);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(902);
// EXTERNAL MODULE: ./build/report/proof.js
var proof = __webpack_require__(645);
// EXTERNAL MODULE: ./build/report/summary.js + 4 modules
var summary = __webpack_require__(296);
;// CONCATENATED MODULE: ./build/report/comment.js







const OTHER_MARKS = { deploying: '\u23f3', followed: '\u2705' };
const LONGEST_COMMENT = 60_000;
const MOST_LOG_BYTES = 32_000;
const LEAST_LOG_BYTES = 1_000;
const MOST_PLAN_ROWS = 100;
const WORDS_BYTES = 1_500;
function commentMarkdown(material) {
    const { status, record, outputs, name } = material;
    const mark = status === 'deploying' || status === 'followed' ? OTHER_MARKS[status] : run_verdict/* VERDICTS */.bk[status].mark;
    const head = [
        `### ${mark} ${quiet(outputs.get('deployment-name') ?? name)}: ${status}`,
        (0,summary/* wordsMarkdown */.ZF)(shortened(material.words), { quiet, dashboard: material.dashboard, traces: material.traces }),
        table(material),
        (0,gate/* gateTable */.k0)(record, quiet)
    ];
    for (let share = 1;; share /= 2) {
        const bytes = MOST_LOG_BYTES * share;
        const comment = [...head, planOf(material, MOST_PLAN_ROWS * share), (0,summary/* failureLog */.z1)(record, bytes)]
            .filter(Boolean)
            .join('\n\n');
        if (comment.length <= LONGEST_COMMENT || bytes <= LEAST_LOG_BYTES)
            return comment;
    }
}
function planOf({ status, record: { plan } }, mostRows) {
    if ((status !== 'planned' && status !== 'rejected') || !plan)
        return '';
    return (0,summary/* planMarkdown */.Xg)(plan, { isOpen: true, mostRows: Math.ceil(mostRows), prose: quiet });
}
function table(material) {
    const { status, outputs, trigger, record, traces } = material;
    const lasting = new Map([...outputs].filter(([name]) => status !== 'deploying' || name !== 'revision-status'));
    const rows = status === 'deleted' ? [] : (0,fact_rows/* factRows */.UO)({ ...material, outputs: lasting });
    const evidence = status === 'deleted'
        ? []
        : [
            ...(0,gate/* experimentRows */.rU)(record, quiet),
            ['Proof', (0,proof/* ladder */.T1)(record, quiet)],
            ['Traces', traces && (0,markdown/* htmlLink */.Ar)('Tracing project', traces)]
        ];
    return (0,markdown/* htmlTable */.I$)([...rows, ...evidence, ['Run', runCell(material, trigger)]]);
}
function runCell({ outputs, endedAt }, { runUrl, runName }) {
    const run = runUrl && (0,markdown/* htmlLink */.Ar)(runName ?? 'open', runUrl);
    const at = `${new Date(endedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    return [run, (0,summary/* durationOf */.cf)(outputs), at].filter(Boolean).join(', ');
}
function shortened({ reason, telling, advice, ...rest }) {
    return {
        ...rest,
        reason: (0,words/* lastBytes */.Qr)(reason, WORDS_BYTES),
        telling: telling.length > 0 ? (0,words/* shortenedLines */.Sz)(telling, WORDS_BYTES, rest.keeps) : [],
        advice: (0,words/* lastBytes */.Qr)(advice, WORDS_BYTES)
    };
}
function quiet(text) {
    return (0,markdown/* withoutMentions */.Cw)((0,markdown/* markdownText */.p7)(text));
}

// EXTERNAL MODULE: ./build/report/material.js
var material = __webpack_require__(222);
// EXTERNAL MODULE: ./build/report/message.js
var message = __webpack_require__(632);
;// CONCATENATED MODULE: ./build/feedback/feedback.js
function endStatus({ verdict }) {
    return verdict?.status ?? 'cancelled';
}

;// CONCATENATED MODULE: ./build/feedback/comment.js








const UNDER_WAY = 'This comment is updated when the run ends.';
function commentChannel(context, pullRequest) {
    const { github, plan, trigger, cancelled, clock, mark, state } = context;
    if (!github)
        return undefined;
    const place = () => ({ ...mark(), pullRequest });
    const bodyOf = (material) => withMark(commentMarkdown({ ...material, trigger }), place(), plan.run, material.status !== 'deploying');
    const bodyNow = (record) => bodyOf({ ...(0,material/* materialOf */.Vo)(record, clock.now()), status: 'deploying', words: (0,message/* words */.aL)(UNDER_WAY), endedAt: clock.now() });
    const { create, createLast, isTaken, removeSecond } = commentWriter(context, github, place);
    return {
        begin: async (record) => {
            const { comment } = await lookAtStanding(github, { comment: place() });
            if (!comment)
                return;
            if (comment === 'none')
                await create(bodyNow(record));
            else if (comment.isOfEnded || !isTaken(comment))
                await writeComment(github, comment.id, bodyNow(record));
        },
        following: async () => { },
        wants: (record) => (keepsTheLast(record, state().begun) ? {} : { comment: place() }),
        finish: async (record, { comment }) => {
            if (keepsTheLast(record, state().begun))
                return true;
            const isOfOther = record.verdict?.status === 'deployed' && record.verdict.ofOther;
            const status = isOfOther ? 'followed' : endStatus(record);
            const body = bodyOf({ ...(0,material/* materialOf */.Vo)(record, clock.now()), status });
            const createUnlessNone = async () => writesNoFirst(context, record) || createLast(body);
            const isOver = (isTold) => isTold || (state().comment === undefined && !cancelled.aborted);
            if (comment === undefined)
                return isOver(false);
            const { comment: own } = state();
            if (comment === 'none') {
                const written = own === undefined ? 'gone' : await writeComment(github, own, body);
                return isOver(written === 'gone' ? await createUnlessNone() : written);
            }
            await removeSecond(comment);
            const isAfterOther = plan.removes && comment.isOfEnded;
            if (!isAfterOther && isTaken(comment))
                return true;
            const change = commentChange(comment, body, createUnlessNone);
            return { changes: [change], isTold: (made) => isOver(made.has(change)) };
        }
    };
}
function commentWriter({ plan, state, save, note }, github, place) {
    const create = async (body) => {
        const comment = await createComment(github, place(), body);
        if (comment !== undefined)
            save({ comment });
        return comment !== undefined;
    };
    let isNoted = false;
    const isTaken = ({ writer }) => {
        if (!isLater(writer, plan.run))
            return false;
        const number = writer.attempt > 1 ? `${writer.id} (attempt ${writer.attempt})` : writer.id;
        const text = `Kept the comment on pull request ${place().pullRequest}, because run ${number}, which started later, wrote the comment.`;
        if (!isNoted)
            note(text);
        isNoted = true;
        return true;
    };
    const removeSecond = async ({ id }) => {
        const { comment } = state();
        if (comment === undefined || comment === id)
            return;
        await deleteComment(github, comment);
        save({ comment: id });
    };
    const createLast = async (body) => {
        if (!(await create(body)))
            return false;
        const { comment } = await lookAtStanding(github, { comment: place() });
        if (!comment || comment === 'none' || comment.id === state().comment)
            return true;
        await removeSecond(comment);
        return isTaken(comment) || (await writeComment(github, comment.id, body)) === true;
    };
    return { create, createLast, isTaken, removeSecond };
}
function keepsTheLast({ verdict, revision }, isBegun) {
    if (isBegun)
        return false;
    return verdict === undefined || KEEPS_THE_LAST.has(verdict.status) || (verdict.status === 'superseded' && !revision);
}
const KEEPS_THE_LAST = new Set(['skipped', 'cancelled']);
function writesNoFirst({ plan, state }, { verdict }) {
    return plan.removes || (!state().begun && verdict?.status === 'superseded');
}

;// CONCATENATED MODULE: ./build/github/history.js


const MOST_PAGES = 10;
async function* standingOf(call, filter) {
    for (let page = 1; page <= MOST_PAGES; page += 1) {
        const { own, hasMore } = await listOwn(call, filter, page);
        yield* await readStatuses(call, own);
        if (!hasMore)
            return;
    }
}
async function findUnanswered(session, { environment, ref, mark }) {
    const found = await session.ask({ permission: WRITE_DEPLOYMENTS, repeatable: true }, async (call) => {
        const { own } = await deployments_listOwn(call, { mark, environment, sha: ref });
        const [newest] = await standing_readStatuses(call, own.slice(0, 1));
        return newest?.statuses.length === 0 ? newest.id : null;
    });
    return found ?? undefined;
}
async function commitOfRevision(session, filter, revisionId, failure) {
    return session.ask({ failure, permission: 'deployments: read', repeatable: true }, async (call) => {
        for await (const { payload, statuses } of standingOf(call, filter)) {
            const { commit } = payload;
            if (typeof commit !== 'string')
                continue;
            if (statuses.some(({ description }) => description.includes(revisionId)))
                return commit;
        }
        return 'unknown';
    });
}
async function folderOfDeployment(session, filter) {
    return session.ask({ permission: 'deployments: read', repeatable: true }, async (call) => {
        let newest;
        for await (const deployment of standingOf(call, filter)) {
            const { folder } = deployment.payload;
            if (typeof folder !== 'string')
                continue;
            newest ??= folder;
            if (hasSucceeded(deployment))
                return folder;
        }
        return newest;
    });
}

// EXTERNAL MODULE: ./build/report/outputs.js
var report_outputs = __webpack_require__(121);
;// CONCATENATED MODULE: ./build/feedback/environment.js









function environmentChannel(context, environment) {
    const { github, plan, trigger, cancelled, mark, state } = context;
    if (!github)
        return undefined;
    const place = { github, environment };
    const status = (state, description, url) => {
        return { state, description, environmentUrl: url, logUrl: trigger.runUrl };
    };
    const sought = () => ({ deployments: { mark: mark(), environment } });
    return {
        begin: async (record) => {
            if (plan.commit)
                await make(context, place, plan.commit, record);
        },
        following: async ({ revision }) => {
            const { deployment } = state();
            if (deployment === undefined || !revision)
                return;
            await setStatus(github, deployment, status('in_progress', `Rolling out revision ${revision.id}`));
        },
        wants: (record) => {
            const verdict = endStatus(record);
            const isOver = state().deployment !== undefined && run_verdict/* VERDICTS */.bk[verdict].githubState === 'success';
            return verdict === 'deleted' || isOver ? sought() : {};
        },
        finish: async (record, { deployments: standing }) => {
            const verdict = endStatus(record);
            if (verdict === 'deleted') {
                const changes = retirements(standing ?? [], { description: 'The deployment was deleted' });
                return { changes, isTold: (made) => standing !== undefined && changes.every((change) => made.has(change)) };
            }
            if (!state().begun)
                return true;
            const begun = state().deployment;
            const id = begun ?? (await findOrMake(context, place, record, verdict));
            if (id === undefined)
                return !cancelled.aborted;
            const outputs = (0,report_outputs/* outputsOf */.Yz)(record);
            const end = endStateOf(verdict, plan);
            const url = end === 'failure' ? undefined : outputs.get('deployment-url');
            const last = status(end, descriptionOf(verdict, record, outputs), url);
            if (end !== 'success')
                return setStatus(github, id, last);
            const seen = begun === undefined ? (await lookAtStanding(github, sought())).deployments : standing;
            const changes = retirements(seen ?? [], { before: id, description: 'A newer revision is active' });
            const own = seen?.find((one) => one.id === id);
            if (!own) {
                const isTold = await setStatus(github, id, last);
                return { changes, isTold: () => isTold };
            }
            const ended = statusChange(own, last);
            return { changes: [ended, ...changes], isTold: (made) => made.has(ended) };
        }
    };
}
function endStateOf(verdict, { isPreview }) {
    return verdict === 'cancelled' && isPreview ? 'failure' : run_verdict/* VERDICTS */.bk[verdict].githubState;
}
async function make({ plan, mark, clock, save }, { github, environment }, ref, record) {
    const { outputs, commit } = (0,material/* materialOf */.Vo)(record, clock.now());
    const id = await createDeployment(github, {
        environment,
        ref,
        transient: plan.isPreview,
        mark: mark(),
        commit,
        folder: plan.folder,
        deploymentId: outputs.get('deployment-id'),
        revisionId: outputs.get('revision-id')
    });
    if (id !== undefined)
        save({ deployment: id });
    return id;
}
async function findOrMake(context, place, record, verdict) {
    const { commit: ref } = context.plan;
    if (!ref)
        return undefined;
    const unanswered = await findUnanswered(place.github, { environment: place.environment, ref, mark: context.mark() });
    return unanswered ?? (verdict === 'cancelled' ? undefined : make(context, place, ref, record));
}
function descriptionOf(status, { revisionId }, outputs) {
    const told = outputs.get('revision-id');
    const revision = told === revisionId ? told : undefined;
    const took = (0,summary/* durationOf */.cf)(outputs);
    return [
        revision ? `Revision ${revision}: ${status}` : `${status.charAt(0).toUpperCase()}${status.slice(1)}`,
        took && `after ${took}`
    ]
        .filter(Boolean)
        .join(' ');
}

;// CONCATENATED MODULE: ./build/feedback/channels.js





const CHANNELS = {
    environment: environmentChannel,
    comment: commentChannel
};
const NAMES = Object.keys(CHANNELS);
function openChannel(context, table, name) {
    const asked = context.plan.channels[name];
    return asked === undefined ? undefined : table[name](context, asked);
}
function harmless(name, channel, warn) {
    let isWarned = false;
    const attempt = async (act, otherwise) => {
        try {
            return await act();
        }
        catch (error) {
            if (!isWarned)
                warn(`Could not update \`${name}\`; the result of the run is not affected: ${(0,error_message/* errorMessage */.g)(error)}`);
            isWarned = true;
            return otherwise;
        }
    };
    return {
        begin: (record) => attempt(() => channel.begin(record), undefined),
        following: (record) => attempt(() => channel.following(record), undefined),
        wants: (record) => channel.wants?.(record) ?? {},
        finish: (record, standing) => attempt(() => channel.finish(record, standing), false)
    };
}
async function seen(github, channels, record) {
    const wanted = Object.assign({}, ...channels.map((channel) => channel.wants?.(record)));
    return github && Object.values(wanted).some(Boolean) ? lookAtStanding(github, wanted) : NOTHING_SEEN;
}
async function writeEndings(github, endings) {
    const open = endings.filter((ending) => typeof ending === 'object');
    const changes = open.flatMap((ending) => ending.changes);
    const made = github ? await makeChanges(github, changes) : new Set();
    return endings.every((ending) => (typeof ending === 'object' ? ending.isTold(made) : ending));
}
const NOT_BEGUN = { begun: false };
function createFeedback({ recorder, warn, ...options }, table = CHANNELS) {
    const { plan, cancelled } = options;
    const { record, tell } = recorder;
    const state = () => record().feedback?.state ?? NOT_BEGUN;
    const save = (change) => tell({ kind: 'feedback', feedback: { plan, state: { ...state(), ...change } } });
    const certainName = () => (plan.isId ? (state().name ?? record().deployment?.name) : plan.asked);
    const mark = () => ({ name: certainName() ?? plan.asked, place: plan.place });
    const context = { ...options, mark, state, save };
    const channels = NAMES.flatMap((name) => {
        const channel = openChannel(context, table, name);
        return channel ? [harmless(name, channel, warn)] : [];
    });
    return {
        mark,
        begin: async () => {
            if (state().begun || channels.length === 0 || cancelled.aborted)
                return;
            const name = certainName();
            save({ begun: true, ...(name === undefined ? {} : { name }) });
            await Promise.all(channels.map((channel) => channel.begin(record())));
        },
        following: async () => {
            await Promise.all(channels.map((channel) => channel.following(record())));
        },
        finish: async () => {
            if (channels.length === 0 || certainName() === undefined)
                return;
            save({});
            const standing = await seen(options.github, channels, record());
            const endings = await Promise.all(channels.map((channel) => channel.finish(record(), standing)));
            if (await writeEndings(options.github, endings))
                tell({ kind: 'feedback', feedback: undefined });
            else if (!cancelled.aborted)
                save({ isWarned: true });
        }
    };
}


/***/ })

};
