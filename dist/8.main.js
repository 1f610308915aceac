export const id = 8;
export const ids = [8];
export const modules = {

/***/ 1008:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createFeedback: () => (/* binding */ createFeedback)
});

// EXTERNAL MODULE: ./build/run/error-message.js
var error_message = __webpack_require__(4062);
// EXTERNAL MODULE: ./build/github/failure.js
var github_failure = __webpack_require__(220);
// EXTERNAL MODULE: ./build/github/session.js
var session = __webpack_require__(786);
;// CONCATENATED MODULE: ./build/github/comments.js


const QUESTION = {
    failure: 'The comment on the pull request could not be written',
    permission: 'pull-requests: write',
    repeatable: true
};
/** After a comment of ours is written, which a failure does not take back. */
const SECOND_LOOK = {
    ...QUESTION,
    failure: 'The comment on the pull request was written, but whether another run wrote one too could not be seen'
};
/** Comments of longer pull requests are not searched. */
const MOST_COMMENT_PAGES = 50;
/** Adds the hidden mark. `startedAt` is the beginning of the run, in milliseconds since the epoch. */
function withMark(body, mark, startedAt) {
    return `${markText(mark)}\n<!-- run: ${startedAt} -->\n${body}`;
}
/**
 * Finds our comment on all pages, among those that the token's own account wrote: anybody can copy a mark.
 *
 * @returns `writtenBy`: when the run that wrote it began, in milliseconds since the epoch; `none` when there is no such
 * comment yet; `undefined` when GitHub gives no answer
 */
async function findComment(session, mark, question = QUESTION) {
    return session.ask(question, async (call) => {
        const marked = await listMarkedComments(call, mark);
        if (marked.length === 0)
            return 'none';
        const login = await ownLogin(call);
        const own = marked.find((comment) => comment.login === login);
        return own ? { id: own.id, writtenBy: writtenBy(own.body) } : 'none';
    });
}
/**
 * Creates the comment. When two runs create one at the same time, the first is kept, and the other run deletes its own.
 *
 * @returns the comment that is kept, and whether this call created it
 */
async function createComment(session, mark, body) {
    const made = await session.ask({ ...QUESTION, repeatable: false }, async ({ octokit, target }) => {
        const { data } = await octokit.rest.issues.createComment({ ...target, issue_number: mark.pullRequest, body });
        return data.id;
    });
    if (made === undefined)
        return undefined;
    const first = await findComment(session, mark, SECOND_LOOK);
    if (!first || first === 'none' || first.id === made)
        return { id: made, isNew: true };
    await session.ask(QUESTION, ({ octokit, target }) => octokit.rest.issues.deleteComment({ ...target, comment_id: made }));
    return { id: first.id, isNew: false };
}
/** Replaces the text of a comment. @returns whether GitHub accepted it */
async function writeComment(session, id, body) {
    const done = await session.ask(QUESTION, ({ octokit, target }) => octokit.rest.issues.updateComment({ ...target, comment_id: id, body }));
    return done !== undefined;
}
/**
 * Replaces the text of a comment, unless a run that began later than `startedAt` has written it since.
 *
 * @returns whether GitHub gave a usable answer; `gone` when somebody has deleted the comment
 */
async function updateComment(session, id, body, startedAt) {
    const writer = await session.ask(QUESTION, async ({ octokit, target }) => {
        try {
            const { data } = await octokit.rest.issues.getComment({ ...target, comment_id: id });
            return writtenBy(data.body ?? '');
        }
        catch (error) {
            if ((0,github_failure/* isNotFound */.c4)(error))
                return 'gone';
            throw error;
        }
    });
    if (writer === undefined || writer === 'gone')
        return writer ?? false;
    return writer > startedAt || writeComment(session, id, body);
}
async function listMarkedComments({ octokit, target }, mark) {
    const found = [];
    for (let page = 1; page <= MOST_COMMENT_PAGES; page += 1) {
        const { data } = await octokit.rest.issues.listComments({
            ...target,
            issue_number: mark.pullRequest,
            per_page: session/* GITHUB_PAGE_SIZE */.C,
            page
        });
        if (!Array.isArray(data))
            throw new github_failure/* UnusableAnswer */.kf('it is no list of comments');
        for (const { id, user, body = '' } of data) {
            if (body.startsWith(markText(mark)))
                found.push({ id, login: user?.login ?? '', body });
        }
        if (data.length < session/* GITHUB_PAGE_SIZE */.C)
            break;
    }
    return found;
}
/** The account of the token. REST does not tell it to a workflow's token; GraphQL does. */
async function ownLogin({ octokit, target }) {
    const query = 'query { viewer { login } }';
    const answer = await octokit
        .graphql(query, { request: target.request })
        .catch((error) => {
        throw viewerUnknown(error) ?? error;
    });
    const login = answer?.viewer?.login;
    if (typeof login !== 'string')
        throw new github_failure/* UnusableAnswer */.kf('it does not tell the account of the token');
    return login;
}
/** Comments could be listed by then, so it is no permission for them that is missing. A token that is no good is told as ever. */
function viewerUnknown(error) {
    const failure = (0,github_failure/* readFailure */.f1)(error);
    const why = failure.kind === 'unusable'
        ? failure.message
        : failure.kind === 'answered' && failure.status !== 401 && ((0,github_failure/* isDenied */.GZ)(failure) || failure.status === 404)
            ? `${failure.status} ${failure.message}`
            : undefined;
    return why === undefined
        ? undefined
        : new github_failure/* UnusableAnswer */.kf(`its GraphQL API does not tell the account of the token: ${why}`);
}
/** Names are percent-encoded, so they cannot end the HTML comment. */
function markText({ name, place, pullRequest }) {
    return `<!-- langsmith-deploy-action: ${encodeURIComponent(name)} #${pullRequest} at ${encodeURIComponent(place)} -->`;
}
function writtenBy(body) {
    return Number(/^<!-- run: (\d+) -->$/m.exec(body)?.[1] ?? 0);
}

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







/** A comment holds 65,536 characters. */
const LONGEST_COMMENT = 60_000;
/** Of the log, before what means something in HTML is written out, which can make it five times as long. */
const MOST_LOG_BYTES = 32_000;
const LEAST_LOG_BYTES = 1_000;
const MOST_PLAN_ROWS = 100;
/** Of each part of the words, whose characters can grow twelvefold. */
const WORDS_BYTES = 1_500;
/**
 * The comment in GitHub's Markdown. Words from outside can only be read: they make no markup, and nobody is called by a
 * name and no issue by a number that is in them.
 */
function commentMarkdown(material) {
    const { status, record, outputs, name } = material;
    const mark = status === 'deploying' ? '⏳' : run_verdict/* VERDICTS */.bk[status].mark;
    const head = [
        `### ${mark} ${quiet(outputs.get('deployment-name') ?? name)}: ${status}`,
        (0,summary/* wordsMarkdown */.ZF)(shortened(material.words), quiet),
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
/** The plan where it is the result. */
function planOf({ status, record: { plan } }, mostRows) {
    if (status !== 'planned' || !plan)
        return '';
    return (0,summary/* planMarkdown */.Xg)(plan, { isOpen: true, mostRows: Math.ceil(mostRows), prose: quiet });
}
function table(material) {
    const { status, outputs, trigger, record, traces } = material;
    // The status of a revision under way would be wrong in a moment.
    const lasting = new Map([...outputs].filter(([name]) => status !== 'deploying' || name !== 'revision-status'));
    // What was deleted has neither a revision nor an address any more.
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
/** The comment is written anew in place, and GitHub shows when it was written first; so it says when this was. */
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
;// CONCATENATED MODULE: ./build/feedback/comment.js




const UNDER_WAY = 'This comment is written anew when the run ends.';
/** Keeps one comment on the pull request up to date. */
function commentChannel(context, pullRequest) {
    const { github, plan, trigger, cancelled, clock, mark, state } = context;
    const { startedAt } = plan;
    if (!github)
        return undefined;
    const place = () => ({ ...mark(), pullRequest });
    const bodyOf = (material) => withMark(commentMarkdown({ ...material, trigger }), place(), startedAt);
    const bodyNow = (record) => bodyOf({ ...(0,material/* materialOf */.Vo)(record, clock.now()), status: 'deploying', words: (0,message/* words */.aL)(UNDER_WAY), endedAt: clock.now() });
    return {
        begin: async (record) => {
            await writeOwn(context, github, place(), bodyNow(record));
        },
        following: async (record) => {
            const { comment } = state();
            if (comment !== undefined)
                await updateComment(github, comment, bodyNow(record), startedAt);
        },
        finish: async (record) => {
            const status = record.verdict?.status ?? 'cancelled';
            if (!state().begun && KEEPS_THE_LAST.has(status))
                return true;
            const body = bodyOf({ ...(0,material/* materialOf */.Vo)(record, clock.now()), status });
            const { comment } = state();
            const updated = comment === undefined ? 'gone' : await updateComment(github, comment, body, startedAt);
            const isTold = updated === 'gone' ? await writeOwn(context, github, place(), body) : updated;
            // Without a comment nothing is left unfinished; only for lack of time it is tried again.
            return isTold || (state().comment === undefined && !cancelled.aborted);
        }
    };
}
/** A run that did not come to deploy anything leaves the comment of the run before as it is. */
const KEEPS_THE_LAST = new Set(['superseded', 'cancelled']);
/** Writes into the comment that there is, unless it is a later run's, or makes it. @returns whether that is done */
async function writeOwn({ plan: { startedAt }, save }, github, place, body) {
    const found = await findComment(github, place);
    if (!found)
        return false;
    if (found === 'none') {
        const made = await createComment(github, place, body);
        if (!made)
            return false;
        save({ comment: made.id });
        return made.isNew || (await updateComment(github, made.id, body, startedAt)) === true;
    }
    if (found.writtenBy > startedAt)
        return true;
    save({ comment: found.id });
    return writeComment(github, found.id, body);
}

// EXTERNAL MODULE: ./build/github/deployments.js
var deployments = __webpack_require__(4882);
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
    const retire = (but, why) => (0,deployments/* retireDeployments */.Ei)(github, environment, mark(), but, why);
    return {
        begin: async (record) => {
            if (!plan.commit)
                return;
            const id = await make(context, place, plan.commit, record);
            if (id !== undefined)
                await (0,deployments/* setStatus */.Lx)(github, id, status('in_progress', `Deploying ${mark().name}`));
        },
        following: async ({ revision }) => {
            const { deployment } = state();
            if (deployment === undefined || !revision)
                return;
            await (0,deployments/* setStatus */.Lx)(github, deployment, status('in_progress', `Revision ${revision.id} is rolled out`));
        },
        finish: async (record) => {
            const verdict = record.verdict?.status ?? 'cancelled';
            if (verdict === 'deleted')
                return retire(undefined, 'The deployment was deleted');
            if (!state().begun)
                return true;
            const id = state().deployment ?? (await findOrMake(context, place, record, verdict));
            if (id === undefined)
                return !cancelled.aborted;
            const outputs = (0,report_outputs/* outputsOf */.Yz)(record);
            const end = run_verdict/* VERDICTS */.bk[verdict].githubState;
            const description = descriptionOf(verdict, record, outputs);
            const isTold = await (0,deployments/* setStatus */.Lx)(github, id, status(end, description, outputs.get('deployment-url')));
            if (isTold && end === 'success')
                await retire(id, 'A newer revision serves');
            return isTold;
        }
    };
}
/** @param ref the commit at which the GitHub deployment is made */
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
/** The one whose making was not answered, else a new one; a cancelled run makes none, which would have nothing to tell. */
async function findOrMake(context, place, record, verdict) {
    const { commit: ref } = context.plan;
    if (!ref)
        return undefined;
    const unanswered = await (0,deployments/* findUnanswered */.AE)(place.github, { environment: place.environment, ref, mark: context.mark() });
    return unanswered ?? (verdict === 'cancelled' ? undefined : make(context, place, ref, record));
}
/** Our revision first, by which a later run finds out what was deployed; then how it ended. */
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
/** A channel whose errors are one warning: what is told elsewhere must not change how the run ends. */
function harmless(name, channel, warn) {
    let isWarned = false;
    const attempt = async (act, otherwise) => {
        try {
            return await act();
        }
        catch (error) {
            if (!isWarned)
                warn(`The feedback by \`${name}\` failed, which does not change the run: ${(0,error_message/* errorMessage */.g)(error)}`);
            isWarned = true;
            return otherwise;
        }
    };
    return {
        begin: (record) => attempt(() => channel.begin(record), undefined),
        following: (record) => attempt(() => channel.following(record), undefined),
        finish: (record) => attempt(() => channel.finish(record), false)
    };
}
const NOT_BEGUN = { begun: false };
/**
 * The feedback of a run, from its beginning or from where its record left it. It never throws.
 *
 * @param table how channels are made; tests hand in their own
 */
function createFeedback({ recorder, warn, ...options }, table = CHANNELS) {
    const { plan, cancelled } = options;
    const { record, tell } = recorder;
    const state = () => record().feedback?.state ?? NOT_BEGUN;
    const save = (change) => tell({ kind: 'feedback', feedback: { plan, state: { ...state(), ...change } } });
    /** Who asks by ID means the same deployment as who asks by name. */
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
            // Nobody could find it again by an ID alone; the job and its page tell it.
            if (channels.length === 0 || certainName() === undefined)
                return;
            // The post step tells it, should this process end in between.
            save({});
            const told = await Promise.all(channels.map((channel) => channel.finish(record())));
            if (told.every(Boolean))
                tell({ kind: 'feedback', feedback: undefined });
        }
    };
}


/***/ })

};
