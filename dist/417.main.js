export const id = 417;
export const ids = [417];
export const modules = {

/***/ 314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ readRevision),
/* harmony export */   U: () => (/* binding */ readNewRevision)
/* harmony export */ });
/* harmony import */ var _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5990);
/* harmony import */ var _control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2878);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6309);
/* harmony import */ var _run_poll_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6561);




async function readRevision(client, deployment, id) {
    try {
        return await client.revision(deployment.id, id);
    }
    catch (error) {
        if (!(0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error))
            throw error;
        const { resources } = await client.revisions(deployment.id);
        const newest = resources.slice(0, MOST_LISTED).map(describeRevision).join('; ');
        throw new _control_plane_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusalError */ .XQ('Revision not found', `\`revision-id\`: deployment "${deployment.name}" (${deployment.id}) has no revision ${id}.${newest ? ` Newest revisions: ${newest}.` : ' It has no revisions.'}`, 'Set `revision-id` to one of its revisions, or set `name` or `deployment-id` to the deployment of that revision. The output `revision-id` of a run and the page of the deployment in LangSmith show the ID.');
    }
}
const APPEARS_AFTER_MS = [1_000, 2_000, 4_000];
async function readNewRevision({ client, limits, progress }, deployment, id) {
    let isNoted = false;
    const found = await (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_3__/* .lookRepeatedly */ .lx)(limits, APPEARS_AFTER_MS, async () => {
        try {
            return await client.revision(deployment.id, id);
        }
        catch (error) {
            if (!(0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error))
                throw error;
            if (!isNoted)
                progress.note(`Revision ${id} was not found; checking again for a few seconds, as it may be new.`);
            isNoted = true;
            return undefined;
        }
    });
    return found ?? readRevision(client, deployment, id);
}
const MOST_LISTED = 3;
function describeRevision(revision) {
    const { id, status, created_at } = revision;
    const commit = (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .commitOf */ .D3)(revision);
    const facts = [status, commit && `commit ${commit.slice(0, 7)}`, created_at?.slice(0, 10)];
    return `${id} (${facts.filter(Boolean).join(', ')})`;
}


/***/ }),

/***/ 3417:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  wait: () => (/* binding */ wait)
});

// EXTERNAL MODULE: ./build/control-plane/client.js + 1 modules
var control_plane_client = __webpack_require__(8797);
// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __webpack_require__(5990);
// EXTERNAL MODULE: ./build/control-plane/patience.js
var patience = __webpack_require__(2878);
// EXTERNAL MODULE: ./build/deployment/find.js
var find = __webpack_require__(7671);
// EXTERNAL MODULE: ./build/deployment/refusals.js
var refusals = __webpack_require__(4533);
// EXTERNAL MODULE: ./build/deployment/revision.js
var deployment_revision = __webpack_require__(6309);
// EXTERNAL MODULE: ./build/deployment/sources/github.js
var github = __webpack_require__(2612);
// EXTERNAL MODULE: ./build/deployment/sources/kinds.js
var kinds = __webpack_require__(1216);
// EXTERNAL MODULE: ./build/github/commits.js
var commits = __webpack_require__(2628);
// EXTERNAL MODULE: ./build/inputs/following.js + 1 modules
var following = __webpack_require__(3292);
// EXTERNAL MODULE: ./build/report/seen.js
var report_seen = __webpack_require__(3904);
// EXTERNAL MODULE: ./build/run/streak.js
var streak = __webpack_require__(1066);
;// CONCATENATED MODULE: ./build/rollout/awaited.js


const LISTED_AFTER_PUSH_MS = 120_000;
const LISTED_AFTER_WRITE_MS = 30_000;
const LOOKS_BEFORE_LATER = 10;
function remember(memory, list, now) {
    const looks = (0,streak/* lengthen */.E)(memory?.looks, now);
    const first = new Map(memory?.first);
    for (const { id, status } of list)
        if (!first.has(id))
            first.set(id, { at: now, look: looks.looks, status });
    return { looks, now, first, quiet: list.some(mayBecomeOurs) ? undefined : (0,streak/* lengthen */.E)(memory?.quiet, now) };
}
function commitInPlace(list, commit) {
    const built = list.find(isDeployedCommit)?.commit;
    return built && !(0,deployment_revision/* isSameCommit */.sw)(built, commit) ? built : undefined;
}
function chooseAwaited(list, wanted, memory) {
    const ours = list.find(({ commit }) => commit !== undefined && (0,deployment_revision/* isSameCommit */.sw)(commit, wanted.commit));
    if (ours)
        return { kind: 'take', id: ours.id };
    const patienceMs = wanted.buildsOnPush ? LISTED_AFTER_PUSH_MS : LISTED_AFTER_WRITE_MS;
    const isOverdue = memory.quiet !== undefined && (0,streak/* hasLasted */.O)(memory.quiet, memory.now, patienceMs);
    const [newest] = list;
    if (!newest)
        return { kind: isOverdue ? 'none' : 'wait' };
    const place = list.findIndex(isDeployedCommit);
    const deployed = list[place];
    if (deployed && !list.slice(0, place).some(mayBecomeOurs)) {
        const lineage = wanted.lineage.get(deployed.commit ?? '');
        const isNewer = lineage === 'newer' || (lineage !== 'older' && isOverdue && isAboveOurs(list, place, memory, patienceMs));
        if (isNewer)
            return { kind: 'superseded', id: deployed.id };
    }
    if (wanted.buildsOnPush || !isOverdue)
        return { kind: 'wait' };
    return { kind: 'foreign', id: (deployed ?? newest).id };
}
function isAboveOurs(list, place, memory, patienceMs) {
    const [above, below] = [list.slice(0, place), list.slice(place + 1)];
    const deployed = list[place];
    const first = deployed && memory.first.get(deployed.id);
    if (!first || isFromBefore(memory, deployed.id, (status) => status === 'DEPLOYED'))
        return false;
    if (above.some(({ commit }) => !commit))
        return false;
    if (below.some(({ status, commit }) => status === 'DEPLOYED' && commit === deployed.commit))
        return false;
    const nameless = below.filter(({ id, commit }) => !commit && !isFromBefore(memory, id, deployment_revision/* hasEnded */.hY));
    if (nameless.some(({ status }) => status !== 'SKIPPED' && status !== 'DEPLOYED'))
        return false;
    const isLater = first.look > LOOKS_BEFORE_LATER && first.at - memory.looks.since >= patienceMs;
    return nameless.length > 0 || isLater;
}
function isFromBefore({ first }, id, isSuch) {
    const seen = first.get(id);
    return seen?.look === 1 && isSuch(seen.status);
}
function isDeployedCommit({ status, commit }) {
    return status === 'DEPLOYED' && commit !== undefined;
}
function mayBecomeOurs({ status, commit }) {
    return commit === undefined && !(0,deployment_revision/* hasEnded */.hY)(status);
}

// EXTERNAL MODULE: ./build/rollout/follow.js + 4 modules
var follow = __webpack_require__(4972);
// EXTERNAL MODULE: ./build/rollout/watch.js
var watch = __webpack_require__(745);
// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __webpack_require__(1298);
// EXTERNAL MODULE: ./build/run/poll.js
var poll = __webpack_require__(6561);
// EXTERNAL MODULE: ./build/commands/origin.js + 1 modules
var origin = __webpack_require__(2470);
// EXTERNAL MODULE: ./build/commands/revision-id.js
var revision_id = __webpack_require__(314);
;// CONCATENATED MODULE: ./build/commands/wait.js



















const FIRST_REVISION_WITHIN_MS = 30_000;
async function wait(context, config) {
    const { client, progress } = context;
    const deployment = await (0,find/* findExisting */.xx)(client, config.target);
    progress.deployment(deployment);
    if ((0,find/* isGoing */.jf)(deployment))
        throw (0,refusals/* deploymentGoing */._O)(deployment);
    (0,origin/* heed */.f)(config.caution, deployment, { isBuiltHere: isBuiltHere(config, deployment) });
    const known = await readKnown(context, config, deployment);
    client.awaitRollout();
    const found = known ?? (await chooseRevision(context, config, deployment));
    if ('verdict' in found)
        return found.verdict;
    progress.revision(found.revision, { own: false });
    await context.feedback.begin();
    return (0,follow.followOther)(context, config, deployment, found.revision, found.listed);
}
async function readKnown(context, { revisionId }, deployment) {
    if (revisionId === undefined || revisionId === following/* LATEST */.k0)
        return undefined;
    return { revision: await (0,revision_id/* readNewRevision */.U)(context, deployment, revisionId) };
}
async function chooseRevision(context, config, deployment) {
    const { revisionId } = config;
    const commit = revisionId === undefined && isBuiltHere(config, deployment) ? config.awaitedCommit : undefined;
    const search = commit ? searchCommit(context, config, commit) : searchNewest(context, deployment);
    return searchList(context, config, deployment, search);
}
function isBuiltHere({ trigger }, { source, source_config }) {
    const { repo_url } = source_config;
    return (0,kinds/* kindOf */.I)(source).code === 'repository' && (repo_url === null || (0,github/* sameRepository */.RB)(repo_url, trigger.repositoryUrl));
}
async function searchList({ client, limits, progress }, { pollIntervalMs }, found, search) {
    const { clock } = limits;
    let deployment = found;
    let deploymentSeenAt = clock.now();
    const heartbeat = (0,poll/* createHeartbeat */.Vn)(clock, () => progress.note(search.heartbeat));
    const pauseMs = (waitedMs) => (0,poll/* pauseAfter */.l0)(waitedMs, { longestMs: pollIntervalMs, random: Math.random() });
    try {
        return await (0,poll/* poll */.wt)(limits, { pauseMs, heartbeat }, async () => {
            const { resources } = await client.revisions(deployment.id);
            const awaited = await search.judge(resources, deployment);
            if (awaited)
                return 'revision' in awaited ? { ...awaited, listed: resources } : awaited;
            if (!(0,watch/* isDeploymentDue */.Q3)(deploymentSeenAt, clock.now()))
                return undefined;
            deployment = (await (0,control_plane_client/* orNothing */.bR)(client.glance(deployment.id))) ?? deployment;
            deploymentSeenAt = clock.now();
            progress.deployment(deployment);
            return (0,find/* isGoing */.jf)(deployment) ? { verdict: (0,watch/* deploymentDeleted */.Vb)(deployment) } : undefined;
        });
    }
    catch (error) {
        if ((0,patience/* isMissing */.b2)(error)) {
            progress.gone();
            return { verdict: (0,watch/* goneVerdict */.hj)(`The deployment "${deployment.name}"`) };
        }
        const isOverdue = error instanceof run_limits/* DeadlineError */.j3 && error.unanswered === undefined;
        if (isOverdue && search.overdue)
            return { verdict: search.overdue() };
        throw error;
    }
}
function searchNewest({ limits }, { name }) {
    let empty;
    return {
        heartbeat: 'Still waiting for the first revision.',
        judge: async ([newest]) => {
            if (newest)
                return { revision: newest };
            empty = (0,streak/* lengthen */.E)(empty, limits.clock.now());
            return (0,streak/* hasLasted */.O)(empty, limits.clock.now(), FIRST_REVISION_WITHIN_MS) ? { verdict: noRevision(name) } : undefined;
        }
    };
}
function searchCommit(context, { onSuperseded }, commit) {
    const { limits, progress } = context;
    const lineage = new Map();
    let memory;
    let seen = [];
    progress.note(`Waiting for a revision of commit ${commit}.`);
    return {
        heartbeat: `Still waiting for a revision of commit ${commit}.`,
        judge: async (revisions, deployment) => {
            seen = revisions;
            const list = revisions.map((each) => (0,report_seen/* seenRevision */.d)(each));
            memory = remember(memory, list, limits.clock.now());
            const inPlace = commitInPlace(list, commit);
            if (inPlace && !lineage.has(inPlace))
                lineage.set(inPlace, await lineageOf(context, commit, inPlace));
            const buildsOnPush = deployment.source_config.build_on_push === true;
            const choice = chooseAwaited(list, { commit, buildsOnPush, lineage }, memory);
            const chosen = 'id' in choice ? revisions.find(({ id }) => id === choice.id) : undefined;
            if (!chosen)
                return choice.kind === 'none' ? { verdict: noRevision(deployment.name) } : undefined;
            if (choice.kind === 'foreign')
                throw nothingBuilds(deployment, commit, chosen);
            if (choice.kind === 'take')
                return { revision: chosen };
            const reason = `Commit ${commit} was not deployed: revision ${chosen.id} of the newer commit ${(0,deployment_revision/* commitOf */.D3)(chosen)} was deployed instead.`;
            if (onSuperseded !== 'follow') {
                return { verdict: { status: 'superseded', reason, passes: onSuperseded === 'warn' } };
            }
            progress.warn(`${reason} Following revision ${chosen.id}.`);
            return { revision: chosen };
        },
        overdue: () => neverListed(commit, seen)
    };
}
async function lineageOf({ github }, ours, theirs) {
    const comparison = github && (await (0,commits/* compareCommits */.k)(github, ours, theirs));
    if (!comparison || comparison === 'unknown')
        return 'unrelated';
    const { ahead, behind } = comparison;
    if (ahead > 0)
        return behind === 0 ? 'newer' : 'unrelated';
    return behind > 0 ? 'older' : 'unrelated';
}
function nothingBuilds({ name }, commit, revision) {
    const built = (0,deployment_revision/* commitOf */.D3)(revision);
    const holds = built ? `was built from commit ${built}` : 'does not report its commit';
    return new errors/* RefusalError */.XQ('No revision for this commit', `No revision of "${name}" was built from commit ${commit} of this run: revision ${revision.id} (${revision.status}) ${holds}, and LangSmith does not build pushes, because \`build-on-push\` is \`false\` for this deployment.`, 'Use `command: deploy` to build this commit, deploy once with `build-on-push: true`, or set `revision-id: latest` to wait for the newest revision of any commit.');
}
function neverListed(commit, seen) {
    const nameless = seen.find((revision) => !(0,deployment_revision/* commitOf */.D3)(revision));
    const perhaps = nameless
        ? ` Revision ${nameless.id} (${nameless.status}) does not report its commit; it may be built from this commit.`
        : '';
    return {
        status: 'timed-out',
        reason: `The timeout expired before LangSmith listed a revision of commit ${commit}.${perhaps}`,
        advice: 'Check in LangSmith which branch the deployment builds on push and whether LangSmith can read this commit, or raise `timeout`.'
    };
}
function noRevision(name) {
    return {
        status: 'failed',
        reason: `Deployment "${name}" has no revision to wait for.`,
        advice: 'Deploy first; `command: wait` only follows a rollout that was started elsewhere.'
    };
}


/***/ })

};
