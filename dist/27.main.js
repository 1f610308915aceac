export const id = 27;
export const ids = [27];
export const modules = {

/***/ 1027:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createFeedback: () => (/* binding */ createFeedback)
});

// EXTERNAL MODULE: ./build/run/object.js
var object = __webpack_require__(1379);
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

// EXTERNAL MODULE: ./build/github/deployments.js
var deployments = __webpack_require__(4882);
// EXTERNAL MODULE: ./build/github/graphql.js
var graphql = __webpack_require__(2159);
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
    const { data } = await (0,graphql/* askGraphql */.jQ)(call, document, inputs);
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
            description: (0,deployments/* shortDescription */.r3)(description),
            autoInactive: false,
            ...(environmentUrl ? { environmentUrl } : {}),
            ...(logUrl ? { logUrl } : {})
        },
        singly: (session) => (0,deployments/* setStatus */.Lx)(session, id, status, failure)
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

// EXTERNAL MODULE: ./build/github/standing.js
var github_standing = __webpack_require__(2780);
// EXTERNAL MODULE: ./build/run/error-message.js
var error_message = __webpack_require__(4062);
// EXTERNAL MODULE: ./build/github/comment-mark.js
var comment_mark = __webpack_require__(2877);
// EXTERNAL MODULE: ./build/run/verdict.js
var run_verdict = __webpack_require__(4583);
// EXTERNAL MODULE: ./build/runner/words.js
var words = __webpack_require__(3894);
// EXTERNAL MODULE: ./build/report/fact-rows.js
var fact_rows = __webpack_require__(7711);
// EXTERNAL MODULE: ./build/report/gate.js
var gate = __webpack_require__(8080);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(4902);
// EXTERNAL MODULE: ./build/report/proof.js
var proof = __webpack_require__(4645);
// EXTERNAL MODULE: ./build/report/summary.js + 1 modules
var summary = __webpack_require__(7057);
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
var material = __webpack_require__(8222);
// EXTERNAL MODULE: ./build/report/message.js
var message = __webpack_require__(7632);
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
    const bodyOf = (material) => (0,comment_mark/* withMark */.kN)(commentMarkdown({ ...material, trigger }), place(), plan.run, material.status !== 'deploying');
    const bodyNow = (record) => bodyOf({ ...(0,material/* materialOf */.Vo)(record, clock.now()), status: 'deploying', words: (0,message/* words */.aL)(UNDER_WAY), endedAt: clock.now() });
    const { create, createLast, isTaken, removeSecond } = commentWriter(context, github, place);
    return {
        begin: async (record) => {
            const { comment } = await (0,github_standing/* lookAtStanding */.vE)(github, { comment: place() });
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
        if (!(0,comment_mark/* isLater */.d8)(writer, plan.run))
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
        const { comment } = await (0,github_standing/* lookAtStanding */.vE)(github, { comment: place() });
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

// EXTERNAL MODULE: ./build/github/history.js
var github_history = __webpack_require__(6466);
// EXTERNAL MODULE: ./build/report/outputs.js
var report_outputs = __webpack_require__(4121);
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
            await (0,deployments/* setStatus */.Lx)(github, deployment, status('in_progress', `Rolling out revision ${revision.id}`));
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
                return (0,deployments/* setStatus */.Lx)(github, id, last);
            const seen = begun === undefined ? (await (0,github_standing/* lookAtStanding */.vE)(github, sought())).deployments : standing;
            const changes = retirements(seen ?? [], { before: id, description: 'A newer revision is active' });
            const own = seen?.find((one) => one.id === id);
            if (!own) {
                const isTold = await (0,deployments/* setStatus */.Lx)(github, id, last);
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
    const id = await (0,deployments/* createDeployment */.Yy)(github, {
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
    const unanswered = await (0,github_history/* findUnanswered */.AE)(place.github, { environment: place.environment, ref, mark: context.mark() });
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
    return github && Object.values(wanted).some(Boolean) ? (0,github_standing/* lookAtStanding */.vE)(github, wanted) : github_standing/* NOTHING_SEEN */.s3;
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
