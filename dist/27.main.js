export const id = 27;
export const ids = [27];
export const modules = {

/***/ 1027:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


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
/** Creates the comment. @returns its ID; `undefined` if it could not be created */
async function createComment(session, { pullRequest }, body) {
    return session.ask({ ...QUESTION, repeatable: false }, async ({ octokit, target }) => {
        const { data } = await octokit.rest.issues.createComment({ ...target, issue_number: pullRequest, body });
        if (!Number.isSafeInteger(data?.id))
            throw new failure/* UnusableAnswer */.kf('not a comment');
        return data.id;
    });
}
/** Replaces the text of a comment. @returns whether GitHub accepted it; `gone` if the comment was deleted */
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
/** Deletes a comment, for example a duplicate of the comment of a concurrent run. */
async function deleteComment(session, id) {
    await session.ask(QUESTION, ({ octokit, target }) => octokit.rest.issues.deleteComment({ ...target, comment_id: id }));
}

// EXTERNAL MODULE: ./build/github/deployments.js
var deployments = __webpack_require__(4882);
// EXTERNAL MODULE: ./build/github/graphql.js
var graphql = __webpack_require__(2159);
;// CONCATENATED MODULE: ./build/github/changes.js




/** For each mutation: the type of its input, and the object that a successful response contains. */
const MUTATIONS = {
    createDeploymentStatus: { type: 'CreateDeploymentStatusInput', made: 'deploymentStatus' },
    updateIssueComment: { type: 'UpdateIssueCommentInput', made: 'issueComment' }
};
/** The maximum number of changes in one request. */
const MOST_AT_ONCE = 50;
/**
 * Makes changes in their order, several in one GraphQL request. Changes that GraphQL does not make are repeated through
 * REST: its errors name the missing permission, and older servers support it too.
 *
 * @returns the changes that were made
 */
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
/** Changes that set open deployments to inactive. @param before only deployments that are older than this ID */
function retirements(standing, { before = Number.POSITIVE_INFINITY, description }) {
    const status = { state: 'inactive', description, environmentUrl: undefined, logUrl: undefined };
    return standing
        .filter(({ id, isOpen }) => isOpen && id < before)
        .map((one) => statusChange(one, status, 'Could not set older GitHub deployments to inactive'));
}
/** The change that sets the next status of a deployment. @param failure start of the warning */
function statusChange({ id, nodeId }, status, failure) {
    const { state, description, environmentUrl, logUrl } = status;
    return {
        mutation: 'createDeploymentStatus',
        input: {
            deploymentId: nodeId,
            state: state.toUpperCase(),
            description: (0,deployments/* shortDescription */.r3)(description),
            // The same as through REST: other workflows may deploy to the environment too.
            autoInactive: false,
            ...(environmentUrl ? { environmentUrl } : {}),
            ...(logUrl ? { logUrl } : {})
        },
        singly: (session) => (0,deployments/* setStatus */.Lx)(session, id, status, failure)
    };
}
/**
 * The change that replaces the text of a comment.
 *
 * @param onGone writes the text elsewhere if the comment was deleted
 */
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







/** Icons for the statuses that are not verdicts. */
const OTHER_MARKS = { deploying: '⏳', followed: '✅' };
/** Characters; GitHub accepts 65,536. */
const LONGEST_COMMENT = 60_000;
/** Before HTML characters are escaped; escaping can make the log five times as long. */
const MOST_LOG_BYTES = 32_000;
const LEAST_LOG_BYTES = 1_000;
const MOST_PLAN_ROWS = 100;
/** Bytes of each part of the message before escaping, which can make the text twelve times as long. */
const WORDS_BYTES = 1_500;
/**
 * Returns the comment as GitHub Markdown. Text from outside is escaped: it cannot add markup, mention users or
 * reference issues.
 */
function commentMarkdown(material) {
    const { status, record, outputs, name } = material;
    const mark = status === 'deploying' || status === 'followed' ? OTHER_MARKS[status] : run_verdict/* VERDICTS */.bk[status].mark;
    const head = [
        `### ${mark} ${quiet(outputs.get('deployment-name') ?? name)}: ${status}`,
        (0,summary/* wordsMarkdown */.ZF)(shortened(material.words), { quiet, dashboard: material.dashboard }),
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
/** Returns the plan if it is the result of the run, or if the gate rejected it. */
function planOf({ status, record: { plan } }, mostRows) {
    if ((status !== 'planned' && status !== 'rejected') || !plan)
        return '';
    return (0,summary/* planMarkdown */.Xg)(plan, { isOpen: true, mostRows: Math.ceil(mostRows), prose: quiet });
}
function table(material) {
    const { status, outputs, trigger, record, traces } = material;
    // The status of a revision in progress would soon be out of date.
    const lasting = new Map([...outputs].filter(([name]) => status !== 'deploying' || name !== 'revision-status'));
    // A deleted deployment has no revision and no address.
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
/**
 * Returns the link to the run, its duration and its end. GitHub shows only when the comment was created, not when it
 * was edited.
 */
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
/** The verdict of a run; a killed run, which has none, counts as cancelled. */
function endStatus({ verdict }) {
    return verdict?.status ?? 'cancelled';
}

;// CONCATENATED MODULE: ./build/feedback/comment.js








const UNDER_WAY = 'This comment is updated when the run ends.';
/** Keeps one comment on the pull request up to date. */
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
            // A rerun has the ID of its first attempt, so it may also replace the comment of a later run that has ended.
            else if (comment.isOfEnded || !isTaken(comment))
                await writeComment(github, comment.id, bodyNow(record));
        },
        // No update here: the revision's ID is not urgent, and each update is a request.
        following: async () => { },
        wants: (record) => (keepsTheLast(record, state().begun) ? {} : { comment: place() }),
        finish: async (record, { comment }) => {
            if (keepsTheLast(record, state().begun))
                return true;
            const isOfOther = record.verdict?.status === 'deployed' && record.verdict.ofOther;
            const status = isOfOther ? 'followed' : endStatus(record);
            const body = bodyOf({ ...(0,material/* materialOf */.Vo)(record, clock.now()), status });
            const createUnlessNone = async () => writesNoFirst(context, record) || createLast(body);
            // Without an earlier comment nothing stays unfinished, so only a lack of time is a reason to retry.
            const isOver = (isTold) => isTold || (state().comment === undefined && !cancelled.aborted);
            if (comment === undefined)
                return isOver(false);
            const { comment: own } = state();
            if (comment === 'none') {
                // GitHub may not list a new comment immediately.
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
/** Creates the functions that write the comment, and that leave it to another run. */
function commentWriter({ plan, state, save, note }, github, place) {
    const create = async (body) => {
        const comment = await createComment(github, place(), body);
        if (comment !== undefined)
            save({ comment });
        return comment !== undefined;
    };
    let isNoted = false;
    /** Tells if a later run owns the comment; notes it in the log once. */
    const isTaken = ({ writer }) => {
        if (!(0,comment_mark/* isLater */.d8)(writer, plan.run))
            return false;
        const number = writer.attempt > 1 ? `${writer.id} (attempt ${writer.attempt})` : writer.id;
        const text = `Kept the comment on pull request ${place().pullRequest}: run ${number}, which started after this one, wrote it.`;
        if (!isNoted)
            note(text);
        isNoted = true;
        return true;
    };
    /** Deletes this run's comment if a concurrent run created an earlier one. */
    const removeSecond = async ({ id }) => {
        const { comment } = state();
        if (comment === undefined || comment === id)
            return;
        await deleteComment(github, comment);
        save({ comment: id });
    };
    /** Creates the comment, then checks for the comment of a concurrent run, because no later step does. */
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
/**
 * Tells if a run that deployed nothing keeps the comment of the previous run: a cancelled run, and a run whose pull
 * request is closed or has another head, which other runs report.
 */
function keepsTheLast({ verdict, revision }, isBegun) {
    if (isBegun)
        return false;
    // A run that a newer revision superseded replaces the comment of an older run that deployed.
    return verdict === undefined || KEEPS_THE_LAST.has(verdict.status) || (verdict.status === 'superseded' && !revision);
}
const KEEPS_THE_LAST = new Set(['skipped', 'cancelled']);
/** Tells if a run updates an existing comment but creates none: it deleted its deployment, or was superseded early. */
function writesNoFirst({ plan, state }, { verdict }) {
    return plan.removes || (!state().begun && verdict?.status === 'superseded');
}

// EXTERNAL MODULE: ./build/github/history.js
var github_history = __webpack_require__(6466);
// EXTERNAL MODULE: ./build/report/outputs.js
var report_outputs = __webpack_require__(4121);
;// CONCATENATED MODULE: ./build/feedback/environment.js









/** Shows the run as a GitHub deployment of an environment. */
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
        // GitHub shows it as pending until there is a revision.
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
            // After a failure, the address leads to another revision than this deployment's.
            const url = end === 'failure' ? undefined : outputs.get('deployment-url');
            const last = status(end, descriptionOf(verdict, record, outputs), url);
            if (end !== 'success')
                return (0,deployments/* setStatus */.Lx)(github, id, last);
            const seen = begun === undefined ? (await (0,github_standing/* lookAtStanding */.vE)(github, sought())).deployments : standing;
            const changes = retirements(seen ?? [], { before: id, description: 'A newer revision is active' });
            const own = seen?.find((one) => one.id === id);
            // GitHub may not list a new deployment immediately.
            if (!own) {
                const isTold = await (0,deployments/* setStatus */.Lx)(github, id, last);
                return { changes, isTold: () => isTold };
            }
            const ended = statusChange(own, last);
            return { changes: [ended, ...changes], isTold: (made) => made.has(ended) };
        }
    };
}
/**
 * The final state. A cancelled preview is a failure: GitHub would show an inactive one as destroyed, which it is not.
 */
function endStateOf(verdict, { isPreview }) {
    return verdict === 'cancelled' && isPreview ? 'failure' : run_verdict/* VERDICTS */.bk[verdict].githubState;
}
/** Creates the GitHub deployment. @param ref its commit */
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
/** Finds the deployment whose creation got no response, or creates one. A cancelled run has no need of a new one. */
async function findOrMake(context, place, record, verdict) {
    const { commit: ref } = context.plan;
    if (!ref)
        return undefined;
    const unanswered = await (0,github_history/* findUnanswered */.AE)(place.github, { environment: place.environment, ref, mark: context.mark() });
    return unanswered ?? (verdict === 'cancelled' ? undefined : make(context, place, ref, record));
}
/** The status description. It starts with this run's revision, by which a later run finds the deployed commit. */
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
/** Wraps a channel so that its errors are one warning: feedback must not change the result of the run. */
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
/** Reads the parts of the state on GitHub that the channels need. */
async function seen(github, channels, record) {
    const wanted = Object.assign({}, ...channels.map((channel) => channel.wants?.(record)));
    return github && Object.values(wanted).some(Boolean) ? (0,github_standing/* lookAtStanding */.vE)(github, wanted) : github_standing/* NOTHING_SEEN */.s3;
}
/** Makes the remaining changes of the channels. @returns whether all channels are complete */
async function writeEndings(github, endings) {
    const open = endings.filter((ending) => typeof ending === 'object');
    const changes = open.flatMap((ending) => ending.changes);
    const made = github ? await makeChanges(github, changes) : new Set();
    return endings.every((ending) => (typeof ending === 'object' ? ending.isTold(made) : ending));
}
const NOT_BEGUN = { begun: false };
/**
 * Creates the feedback of a run, from its start or from the state in its record. Its methods never reject.
 *
 * @param table creates the channels; tests pass their own
 */
function createFeedback({ recorder, warn, ...options }, table = CHANNELS) {
    const { plan, cancelled } = options;
    const { record, tell } = recorder;
    const state = () => record().feedback?.state ?? NOT_BEGUN;
    const save = (change) => tell({ kind: 'feedback', feedback: { plan, state: { ...state(), ...change } } });
    /** The deployment's name, also if the input is its ID: both identify the same deployment. */
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
            // A later run could not find it by an ID alone; the job and its page report the result.
            if (channels.length === 0 || certainName() === undefined)
                return;
            // If the process ends before the report, the post step makes it.
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
