export const id = 972;
export const ids = [972];
export const modules = {

/***/ 3301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Yl: () => (/* binding */ hasSameCode),
/* harmony export */   uW: () => (/* binding */ passedOverWords),
/* harmony export */   wx: () => (/* binding */ isFixedCode),
/* harmony export */   x$: () => (/* binding */ readServedBefore)
/* harmony export */ });
/* unused harmony export servedBefore */
/* harmony import */ var _control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8797);
/* harmony import */ var _image_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1335);
/* harmony import */ var _revision_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6309);
/* harmony import */ var _sources_kinds_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1216);




async function readServedBefore(client, deploymentId, revisionId, broken) {
    const pages = [];
    let way = { before: undefined, passedOver: [] };
    for await (const { resources } of (0,_control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .pagesOf */ .E0)((offset) => client.revisions(deploymentId, offset))) {
        pages.push(resources);
        const revisions = pages.flat();
        way = servedBefore(revisions, revisionId, broken);
        if (way.before && deployedBehind(revisions, way.before.id).length > 0)
            break;
    }
    return { newest: pages[0] ?? [], ...way };
}
function servedBefore(revisions, revisionId, broken) {
    const from = revisions.find(({ id }) => id === revisionId);
    if (!from)
        return { before: undefined, passedOver: [] };
    const older = deployedBehind(revisions, revisionId);
    const left = leftBehind(broken ? older : [from, ...older]);
    const passedOver = [];
    for (const revision of older) {
        const { id } = revision;
        const by = left.get(id);
        const why = by
            ? `it was rolled back: the later revision ${by.replacement} has the code of the earlier revision ${by.target}`
            : broken?.hasNewCodeOnly && hasSameCode(revision, from) && isFixedCode(revision)
                ? `it has the code of revision ${from.id}, and that revision failed the proof`
                : undefined;
        if (why === undefined)
            return { before: revision, passedOver };
        passedOver.push({ id, why });
    }
    return { before: undefined, passedOver };
}
function passedOverWords(passedOver) {
    return passedOver.map(({ id, why }) => `Skipped revision ${id}, because ${why}.`);
}
function deployedBehind(revisions, revisionId) {
    const place = revisions.findIndex(({ id }) => id === revisionId);
    return place < 0 ? [] : revisions.slice(place + 1).filter(({ status }) => status === 'DEPLOYED');
}
function leftBehind(deployed) {
    const left = new Map();
    const before = [];
    for (const revision of deployed.toReversed()) {
        const place = before.findLastIndex((one) => !left.has(one.id) && hasSameCode(one, revision));
        const target = before[place];
        for (const one of target ? before.slice(place + 1) : []) {
            if (!left.has(one.id))
                left.set(one.id, { replacement: revision.id, target: target?.id ?? '' });
        }
        before.push(revision);
    }
    return left;
}
function hasSameCode(left, right) {
    const [one, other] = [left.source_revision_config, right.source_revision_config];
    if (isImage(left) || isImage(right)) {
        return one.image_uri !== null && other.image_uri !== null && (0,_image_js__WEBPACK_IMPORTED_MODULE_1__/* .sameImage */ .G4)(one.image_uri, other.image_uri);
    }
    if (one.source_tarball_path ?? other.source_tarball_path)
        return one.source_tarball_path === other.source_tarball_path;
    const [commit, otherCommit] = [(0,_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .commitOf */ .D3)(left), (0,_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .commitOf */ .D3)(right)];
    if (commit === undefined || otherCommit === undefined || !(0,_revision_js__WEBPACK_IMPORTED_MODULE_2__/* .isSameCommit */ .sw)(commit, otherCommit))
        return false;
    return one.langgraph_config_path === other.langgraph_config_path;
}
function isImage({ source, source_revision_config: config }) {
    const { code } = (0,_sources_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .kindOf */ .I)(source);
    return code === 'image' || (code === 'unknown' && config.image_uri !== null && config.source_tarball_path === null);
}
function isFixedCode(revision) {
    return !isImage(revision) || !(0,_image_js__WEBPACK_IMPORTED_MODULE_1__/* .isByTag */ .OY)(revision.source_revision_config.image_uri ?? '');
}


/***/ }),

/***/ 4562:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ mountPrefix),
/* harmony export */   f: () => (/* binding */ createAgentServer)
/* harmony export */ });
/* harmony import */ var undici__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6062);
/* harmony import */ var _control_plane_answer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5443);
/* harmony import */ var _control_plane_network_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(292);
/* harmony import */ var _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7608);
/* harmony import */ var _run_error_message_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4062);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1379);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8508);







const PROBE_MS = 10_000;
const LONGEST_INFO = 1024 * 1024;
function createAgentServer(url, healthPath, proxy, { cancelled, clock, deadline }) {
    const connections = (0,_control_plane_network_js__WEBPACK_IMPORTED_MODULE_2__/* .createRenewableDispatcher */ .Rn)({ url, proxy });
    const base = url.replace(/\/+$/, '');
    const infoPath = `${mountPrefix(healthPath)}/info`;
    const ask = async (path, read) => {
        const ms = Math.ceil(Math.min(PROBE_MS, Math.max(1, deadline - clock.now())));
        try {
            const answer = await (0,undici__WEBPACK_IMPORTED_MODULE_0__.request)(base + path, {
                dispatcher: connections.current(),
                method: 'GET',
                headers: { accept: 'application/json', 'user-agent': _version_js__WEBPACK_IMPORTED_MODULE_4__/* .USER_AGENT */ ._ },
                signal: AbortSignal.any([cancelled, AbortSignal.timeout(ms)])
            });
            return await read(answer);
        }
        catch (error) {
            connections.renew();
            throw (0,_control_plane_network_js__WEBPACK_IMPORTED_MODULE_2__/* .unreachable */ .HB)(error);
        }
    };
    return {
        health: () => ask(healthPath, async ({ statusCode, body }) => {
            if (statusCode === 401 || statusCode === 403) {
                const isAnyPath = await refusesAnyPath(healthPath, body);
                return { kind: 'answered', status: statusCode, ...(isAnyPath ? { isAnyPath } : {}) };
            }
            void body.dump({ limit: LONGEST_INFO }).catch(() => { });
            return { kind: 'answered', status: statusCode };
        }).catch((error) => ({ kind: 'unreachable', reason: (0,_run_error_message_js__WEBPACK_IMPORTED_MODULE_5__/* .errorMessage */ .g)(error) })),
        revision: () => ask(infoPath, async ({ statusCode, body }) => {
            const text = await (0,_control_plane_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .readUpTo */ .Vc)(LONGEST_INFO, body);
            return statusCode === 200 ? revisionIn(text ?? '') : undefined;
        }),
        revisionOfMetrics: () => ask(infoPath.replace(/info$/, 'metrics'), async ({ statusCode, body }) => {
            const text = await (0,_control_plane_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .readUpTo */ .Vc)(LONGEST_INFO, body);
            return statusCode === 200 ? revisionInMetrics(text ?? '') : undefined;
        }),
        close: connections.close
    };
}
function mountPrefix(healthPath) {
    return /^(.*)\/ok\/?(?:\?.*)?$/.exec(healthPath)?.[1] ?? '';
}
const NO_KEY = 'Missing authentication headers';
const LONGEST_REFUSAL = 64 * 1024;
async function refusesAnyPath(path, body) {
    const text = await (0,_control_plane_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .readUpTo */ .Vc)(LONGEST_REFUSAL, body).catch(() => undefined);
    return !/\/ok(?:\?|$)/.test(path) || (text?.includes(NO_KEY) ?? false);
}
function revisionIn(info) {
    let host;
    try {
        host = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)((0,_run_object_js__WEBPACK_IMPORTED_MODULE_6__/* .object */ .I)(JSON.parse(info))?.host);
    }
    catch {
        return undefined;
    }
    const id = host?.host_revision_id;
    return typeof id === 'string' && (0,_control_plane_resources_js__WEBPACK_IMPORTED_MODULE_3__/* .isUuid */ .O1)(id) ? id : undefined;
}
function revisionInMetrics(metrics) {
    const ids = new Set([...metrics.matchAll(/[{,]revision_id="([^"]*)"/g)].map(([, id]) => id));
    const [id] = ids;
    return ids.size === 1 && id !== undefined && (0,_control_plane_resources_js__WEBPACK_IMPORTED_MODULE_3__/* .isUuid */ .O1)(id) ? id : undefined;
}


/***/ }),

/***/ 4972:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  followOther: () => (/* binding */ followOther),
  followOwn: () => (/* binding */ followOwn),
  loadChecks: () => (/* binding */ loadChecks),
  proveActive: () => (/* binding */ proveActive)
});

// EXTERNAL MODULE: ./build/control-plane/patience.js
var patience = __webpack_require__(2878);
// EXTERNAL MODULE: ./build/deployment/address.js
var address = __webpack_require__(8602);
// EXTERNAL MODULE: ./build/deployment/revision.js
var deployment_revision = __webpack_require__(6309);
;// CONCATENATED MODULE: ./build/deployment/usual-time.js
const MOST_SAMPLES = 5;
const LEAST_SAMPLES = 2;
const LONGEST_ROLLOUT_MS = 2 * 3_600_000;
function usualTime(revisions, source) {
    const times = revisions
        .filter((revision) => revision.status === 'DEPLOYED' && (revision.source ?? source) === (source ?? revision.source))
        .map(({ created_at, updated_at }) => Date.parse(updated_at ?? '') - Date.parse(created_at ?? ''))
        .filter((ms) => ms > 0 && ms <= LONGEST_ROLLOUT_MS)
        .slice(0, MOST_SAMPLES)
        .sort((left, right) => left - right);
    return times.length < LEAST_SAMPLES ? undefined : times[Math.floor(times.length / 2)];
}

// EXTERNAL MODULE: ./build/run/duration.js
var duration = __webpack_require__(1088);
// EXTERNAL MODULE: ./build/run/error-message.js
var error_message = __webpack_require__(4062);
// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __webpack_require__(1298);
// EXTERNAL MODULE: ./build/run/sentence.js
var sentence = __webpack_require__(857);
// EXTERNAL MODULE: ./build/rollout/queue-watch.js
var queue_watch = __webpack_require__(7891);
// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __webpack_require__(5990);
// EXTERNAL MODULE: ./build/deployment/apply.js + 2 modules
var apply = __webpack_require__(1124);
// EXTERNAL MODULE: ./build/deployment/restore.js + 3 modules
var restore = __webpack_require__(7073);
// EXTERNAL MODULE: ./build/deployment/served.js
var served = __webpack_require__(3301);
// EXTERNAL MODULE: ./build/runner/words.js
var words = __webpack_require__(3894);
// EXTERNAL MODULE: ./build/rollout/serving.js + 1 modules
var rollout_serving = __webpack_require__(7599);
// EXTERNAL MODULE: ./build/rollout/watch.js
var watch = __webpack_require__(745);
;// CONCATENATED MODULE: ./build/rollout/roll-out.js


function activeNow({ id }, made) {
    return `Active now: revision ${id}, created from revision ${made}.`;
}
async function rollOut(rolling, config, applied) {
    if (applied.kind !== 'revision')
        return { kind: 'missing', other: 'other' in applied ? applied.other : undefined };
    const { deployment, revision } = applied;
    const { pollIntervalMs } = config;
    const watched = await (0,watch/* watch */.wB)({ ...rolling, pollIntervalMs }, deployment, revision, { onSuperseded: 'warn', own: true });
    const { verdict: ended } = watched;
    if (ended.status !== 'deployed') {
        const reason = 'reason' in ended ? ended.reason : ended.status;
        return { kind: ended.status === 'superseded' ? 'superseded' : 'failed', revision, reason };
    }
    if (ended.warning)
        return { kind: 'inactive', revision };
    const proof = await (0,rollout_serving/* proveServing */.xH)(rolling, { ...config, proof: undefined }, ended, {
        ...watched,
        own: true,
        hasPredecessor: true
    });
    if ('overtakenBy' in proof)
        return { kind: 'overtaken' };
    return { kind: proof.verdict.status === 'deployed' ? 'serving' : 'silent', revision };
}

;// CONCATENATED MODULE: ./build/rollout/put-back.js









async function putBack(context, config, rolledBack, story) {
    try {
        await put_back_restore(context, config, rolledBack, story);
    }
    catch (error) {
        if (error instanceof run_limits/* CancelledError */.cc || (error instanceof run_limits/* DeadlineError */.j3 && story.underWay))
            throw error;
        const why = error instanceof run_limits/* DeadlineError */.j3 ? 'the timeout expired' : (0,error_message/* errorMessage */.g)(error);
        story.done.push(story.isPutBack
            ? (0,sentence/* sentence */.em)(`The settings that this run changed were restored, but the result could not be checked: ${why}`)
            : (0,sentence/* sentence */.em)(`The settings that this run changed could not be restored: ${why}`));
    }
}
async function put_back_restore(context, config, rolledBack, story) {
    const { progress } = context;
    const decide = () => decideRestore(context, rolledBack, story);
    const decision = await decide();
    const { plan, restoration } = decision;
    const { others, back, leftovers, sent, makesRevision } = restoration;
    if (others.length > 0)
        progress.note(`Left unchanged, because somebody else changed the value: ${(0,words/* listed */.KE)(others)}.`);
    if (plan.kind === 'nothing')
        return;
    const names = (0,words/* listed */.KE)(back);
    progress.note(`Restoring the settings that this run changed: ${names}.`);
    const followUp = progress.followUp('Restore', () => {
        story.underWay = `The request that restores ${names}`;
    });
    const restoring = { ...context, progress: followUp };
    const applied = await (0,apply/* apply */.Bb)(restoring, { name: rolledBack.deployment.name, sent, decide }, decision);
    story.isPutBack = true;
    story.leftovers = leftoverWords(leftovers);
    if (!makesRevision) {
        story.underWay = undefined;
        story.done.push(`Restored: ${names}.`);
        await proveNewAddress(restoring, config, rolledBack, [plan.deployment, applied.deployment], story);
        return;
    }
    const came = await rollOut(restoring, config, applied);
    story.underWay = undefined;
    story.done.push([`Restored: ${names}.`, outcome(came, rolledBack.target)].filter(Boolean).join(' '));
    tellState(progress, came, rolledBack.target, story);
}
async function decideRestore({ client, limits }, { deployment, target, latest, written }, story) {
    (0,run_limits/* checkLimits */.J5)(limits);
    const { resources: revisions } = await client.revisions(deployment.id);
    const now = await client.deployment(deployment.id);
    const readAt = limits.clock.now();
    const restoration = (0,restore/* planRestore */.q)(written, now, target);
    const { leftovers, back } = restoration;
    story.leftovers = leftoverWords([...leftovers, ...back.map((name) => ({ name, why: '' }))]);
    const isOurs = latest && revisions[0]?.id === latest.id && [null, latest.id].includes(now.latest_revision_id);
    if (!isOurs && back.length > 0)
        throw new Error('another revision is now in progress or active');
    const plan = asPlan(restoration, now);
    return { current: { deployment: now, revisions }, plan, readAt, restoration };
}
function tellState(progress, came, target, story) {
    if (came.kind === 'serving') {
        progress.rolledBack(target.id, came.revision.id);
        story.state = activeNow(came.revision, `${target.id} with the previous values`);
        story.advice = undefined;
    }
    else if (came.kind === 'silent' || came.kind === 'overtaken') {
        story.state = '';
        story.advice = undefined;
    }
}
function asPlan({ body, makesRevision, back }, deployment) {
    return back.length === 0
        ? { kind: 'nothing', deployment, rows: [] }
        : { kind: 'patch', deployment, body, makesRevision, rows: [] };
}
function outcome(came, target) {
    const made = 'revision' in came
        ? `Revision ${came.revision.id}, created from revision ${target.id} with the previous values`
        : '';
    switch (came.kind) {
        case 'serving':
            return '';
        case 'silent':
            return `${made}, is active now but did not pass its checks.`;
        case 'inactive':
            return `${made}, did not become active.`;
        case 'failed':
        case 'superseded':
            return `${made}, failed: ${(0,sentence/* midSentence */.kt)(came.reason)}`;
        case 'missing':
            return 'No revision with the previous values appeared.';
        case 'overtaken':
            return 'A newer revision is now active.';
    }
}
async function proveNewAddress(restoring, config, { target, latest, isServing }, [before, after], story) {
    if (isServing || !latest || (0,address/* addressOf */.c)(before) === (0,address/* addressOf */.c)(after))
        return;
    const rolledOut = { deployment: after, revision: latest, own: true, hasPredecessor: true };
    const proof = await (0,rollout_serving/* proveServing */.xH)(restoring, config, { status: 'deployed' }, rolledOut);
    if ('overtakenBy' in proof || proof.verdict.status !== 'deployed')
        return;
    restoring.progress.rolledBack(target.id, latest.id);
    story.state = activeNow(latest, target.id);
}
function leftoverWords(leftovers) {
    const reasons = [...new Set(leftovers.map(({ why }) => why))];
    const groups = reasons.map((reason) => {
        const names = (0,words/* listed */.KE)(leftovers.filter(({ why }) => why === reason).map(({ name }) => name));
        return reason ? `${names} (${reason})` : names;
    });
    return groups.length > 0 ? `Not restored: ${groups.join('; ')}.` : '';
}

;// CONCATENATED MODULE: ./build/rollout/rollback.js











async function rollBack(context, config, rollout, broken) {
    context.limits.restart(config.timeoutMs);
    const story = {
        isBegun: false,
        done: [],
        state: '',
        underWay: undefined,
        isPutBack: false,
        leftovers: '',
        advice: undefined
    };
    try {
        const obstacle = await goBack(context, config, rollout, story);
        return obstacle === undefined
            ? toldBy(story, broken, [...story.done, story.state], story.advice)
            : toldBy(story, broken, [obstacle]);
    }
    catch (error) {
        return brokenOff(error, rollout.revision, story, broken);
    }
}
async function goBack(context, config, rollout, story) {
    const { deployment, revision, written } = rollout;
    const { client, progress } = context;
    const now = await client.deployment(deployment.id);
    progress.deployment(now);
    const isLatest = [null, revision.id].includes(now.latest_revision_id);
    if (now.active_revision_id !== revision.id || !isLatest)
        return NOT_OURS;
    const { newest, before, passedOver } = await (0,served/* readServedBefore */.x$)(client, deployment.id, revision.id, {
        hasNewCodeOnly: (0,restore/* namesChanged */.z)(written).length === 0
    });
    if (newest[0]?.id !== revision.id)
        return NOT_OURS;
    const why = (0,served/* passedOverWords */.uW)(passedOver);
    if (!before) {
        const other = why.length > 0 ? 'other ' : '';
        return [`Skipped the rollback: no ${other}revision was active before revision ${revision.id}.`, ...why].join(' ');
    }
    story.isBegun = true;
    for (const sentence of why)
        progress.note(sentence);
    progress.note(`Rolling back to revision ${before.id}.`);
    story.leftovers = leftoverWords((0,restore/* namesChanged */.z)(written).map((name) => ({ name, why: '' })));
    await carryOut(context, config, { ...rollout, deployment: now, newest, target: before }, story);
    return undefined;
}
function toldBy({ isBegun, leftovers }, broken, words, advice = rollout_serving/* READ_DEPLOY_LOG */.ao) {
    const reason = [broken.reason, ...words, leftovers].filter(Boolean).join('\n');
    return { ...broken, reason, advice, ...(isBegun ? { isRolledBack: true } : {}) };
}
function brokenOff(error, revision, story, broken) {
    const { isBegun, underWay, done, state, leftovers } = story;
    if (error instanceof run_limits/* CancelledError */.cc) {
        const going = underWay && `${underWay} was in progress and continues.`;
        const told = [broken.reason, ...done, state, going].filter(Boolean).join(' ');
        return {
            status: 'cancelled',
            reason: ['The job was canceled.', told, leftovers].filter(Boolean).join('\n'),
            ...(isBegun ? { isRolledBack: true } : {})
        };
    }
    if (error instanceof run_limits/* DeadlineError */.j3 && underWay) {
        return toldBy(story, broken, [
            ...done,
            state,
            `${underWay} was in progress when the timeout expired, and continues.`
        ]);
    }
    const why = error instanceof run_limits/* DeadlineError */.j3 ? 'the timeout expired' : (0,error_message/* errorMessage */.g)(error);
    const isOurs = isBegun && (!underWay || (error instanceof errors/* ApiError */.hD && error.request.startsWith('POST ')));
    return toldBy(story, broken, [(0,sentence/* sentence */.em)(`The rollback failed: ${(0,sentence/* midSentence */.kt)(why)}`), isOurs ? stillBroken(revision) : ''], broken.advice);
}
function stillBroken({ id }) {
    return `Revision ${id} is still active.`;
}
const NOT_OURS = 'Skipped the rollback: another revision is now active or in progress.';
const FIX_ADVICE = 'Deploy a corrected version, or roll back with `command: redeploy` and the `revision-id` of a revision that worked.';
async function carryOut(context, config, aim, story) {
    const { deployment, newest, target, written } = aim;
    const progress = context.progress.followUp('Rollback', () => {
        story.underWay = `A rollback to revision ${target.id}`;
    });
    const rolling = { ...context, progress };
    const applied = await (0,apply/* applyRedeploy */.v5)(rolling, deployment, target, newest);
    const came = await rollOut(rolling, config, applied);
    story.underWay = undefined;
    tellRollout(came, aim, story);
    if (came.kind === 'missing')
        return;
    if (came.kind === 'serving') {
        context.progress.rolledBack(target.id, came.revision.id);
        story.done.push(...(await otherCommit(context, deployment.id, target, came.revision)));
    }
    if (written.length > 0) {
        const latest = came.kind === 'overtaken' || came.kind === 'superseded' ? undefined : came.revision;
        await putBack(context, config, { deployment, target, latest, isServing: came.kind === 'serving', written }, story);
    }
}
function tellRollout(came, { revision: ours, target }, story) {
    switch (came.kind) {
        case 'missing':
            story.done.push(`The rollback failed: no revision created from revision ${target.id} appeared.`);
            story.state = came.other
                ? `Revision ${came.other.id} appeared instead, with different content.`
                : stillBroken(ours);
            story.advice = FIX_ADVICE;
            return;
        case 'overtaken':
            story.done.push(`Rolled back to revision ${target.id}, but a newer revision is now active.`);
            return;
        case 'superseded':
        case 'failed':
            story.done.push(`The rollback to revision ${target.id} failed in revision ${came.revision.id}: ${(0,sentence/* midSentence */.kt)(came.reason)}`);
            if (came.kind === 'superseded')
                return;
            story.state = stillBroken(ours);
            story.advice = `Read the logs of revisions ${ours.id} and ${came.revision.id} in LangSmith. ${FIX_ADVICE}`;
            return;
        case 'silent':
            story.done.push(`The rollback created revision ${came.revision.id} from revision ${target.id}, but revision ${came.revision.id} did not pass its checks either.`);
            return;
        case 'inactive':
            story.done.push(`The rollback created revision ${came.revision.id} from revision ${target.id}, but revision ${came.revision.id} did not become active.`);
            return;
        case 'serving':
            story.done.push(`Rolled back to the code of revision ${target.id}.`);
            story.state = activeNow(came.revision, target.id);
    }
}
async function otherCommit({ client }, deploymentId, target, { id }) {
    const made = await client.glanceRevision(deploymentId, id);
    const [wanted, built] = [(0,deployment_revision/* commitOf */.D3)(target), made && (0,deployment_revision/* commitOf */.D3)(made)];
    if (!wanted || !built || (0,deployment_revision/* isSameCommit */.sw)(wanted, built))
        return [];
    return [
        `Revision ${id} was built from commit ${built}, not from commit ${wanted} of revision ${target.id}. Check the code of the active revision.`
    ];
}

;// CONCATENATED MODULE: ./build/rollout/follow.js












const loadBake = () => __webpack_require__.e(/* import() */ 925).then(__webpack_require__.bind(__webpack_require__, 9925));
const loadLogStream = () => __webpack_require__.e(/* import() */ 137).then(__webpack_require__.bind(__webpack_require__, 4137));
async function loadChecks({ sessions }, { wait, proof, bake, logs }) {
    if (!wait)
        return;
    await Promise.all([
        proof && (0,rollout_serving/* loadEvidence */.Qn)(),
        bake && loadBake(),
        bake && sessions(),
        logs === 'stream' && loadLogStream()
    ]);
}
async function followOwn(context, config, applied, earlier) {
    const { deployment, revision, written, activeBefore } = applied;
    const ours = { deployment, revision, own: true, hasPredecessor: activeBefore !== null };
    await context.feedback.following();
    if (!config.wait)
        return { ...ours, verdict: { status: 'started' } };
    const outcome = await follow(context, config, ours, earlier);
    const { verdict } = outcome;
    if (config.rollbackOnFailure && outcome.isUnasked && verdict.status === 'failed') {
        return { ...outcome, verdict: { ...verdict, advice: `${NOT_ROLLED_BACK} ${verdict.advice}`.trimEnd() } };
    }
    if (config.rollbackOnFailure && verdict.status === 'timed-out' && outcome.revision.status === 'DEPLOYED') {
        return { ...outcome, verdict: { ...verdict, advice: `${NOT_JUDGED} ${verdict.advice}` } };
    }
    if (!config.rollbackOnFailure || verdict.status !== 'failed' || !verdict.isBroken || !outcome.own)
        return outcome;
    return { ...outcome, verdict: await rollBack(context, config, { ...outcome, written }, verdict) };
}
const NOT_JUDGED = 'Skipped the rollback, because the timeout expired before a check failed.';
const NOT_ROLLED_BACK = 'Skipped the rollback, because no check showed a problem in the agent itself.';
async function followOther(context, config, deployment, revision, listed = []) {
    const other = { deployment, revision, own: false, hasPredecessor: true };
    return (await follow(context, config, other, listed)).verdict;
}
async function proveActive(context, config, deployment, revision) {
    const active = { deployment, revision, own: false, hasPredecessor: false, verdict: { status: 'deployed' } };
    if (!config.wait)
        return active.verdict;
    const showLog = (latest, how) => config.logs === 'off'
        ? undefined
        : showEndOfLog(context, deployment, { revision: latest, stream: undefined, ...how });
    return (await conclude(context, config, active, showLog)).verdict;
}
async function follow(context, config, followed, listed) {
    const { progress } = context;
    const { onSuperseded, pollIntervalMs, logs } = config;
    const { deployment, revision, own } = followed;
    const before = await readBefore(context, config, followed);
    const usualMs = usualTime(listed, revision.source);
    if (usualMs !== undefined && !(0,deployment_revision/* hasEnded */.hY)(revision.status)) {
        progress.note(`A rollout of this deployment usually takes ${(0,duration/* inWords */.r)(usualMs)}.`);
    }
    const stream = logs === 'stream' ? await openStream(context, deployment) : undefined;
    let seen = revision;
    const queue = (0,queue_watch/* createQueueWatch */.b)(context.client, progress, context.limits.clock, deployment.id);
    const afterLook = async (looked) => {
        seen = looked;
        await queue.look(looked);
        await stream?.look(looked);
    };
    const showLog = (latest, how) => logs === 'off' ? undefined : showEndOfLog(context, deployment, { revision: latest, stream, ...how });
    const watched = await (0,watch/* watch */.wB)({ ...context, pollIntervalMs, afterLook }, deployment, revision, {
        onSuperseded,
        own,
        usualMs,
        again: config.command === 'wait' ? 'deploy' : 'rerun'
    }).catch(async (error) => {
        progress.endLog();
        if (error instanceof run_limits/* DeadlineError */.j3)
            await showLog(seen, { isOverdue: true });
        throw error;
    });
    await stream?.finish();
    progress.endLog();
    const ended = {
        ...followed,
        ...watched,
        own: own && watched.revision.id === revision.id,
        hasPredecessor: followed.hasPredecessor || watched.revision.id !== revision.id,
        deployment: await seeWhatServes(context, watched)
    };
    return conclude(context, config, ended, showLog, before);
}
async function readBefore(context, { bake }, followed) {
    if (!bake)
        return undefined;
    const { figuresBefore } = await loadBake();
    return figuresBefore(context, bake, followed);
}
async function conclude(context, config, ended, showLog, before) {
    const proof = await prove(context, config, ended, before);
    if ('overtakenBy' in proof)
        return makeWay(context, config, ended, proof);
    const { verdict, ids } = proof;
    const isUnasked = ids !== undefined && verdict.status === 'failed' && !verdict.isBroken;
    if ((verdict.status === 'failed' && !isUnasked) || verdict.status === 'timed-out') {
        await showLog(ended.revision, { isOverdue: verdict.status === 'timed-out', ids });
    }
    return { ...ended, verdict, isUnasked };
}
async function prove(context, config, { verdict, ...rolledOut }, before) {
    if (verdict.status !== 'deployed')
        return { verdict };
    const serving = () => (0,rollout_serving/* proveServing */.xH)(context, config, verdict, rolledOut);
    if (!config.bake)
        return serving();
    const { proveAndBake } = await loadBake();
    return proveAndBake(context, config.bake, { rolledOut, before }, serving);
}
async function openStream({ client, limits, progress }, { id }) {
    const { createLogStream } = await loadLogStream();
    return createLogStream(client.readLogs, progress, id, limits.clock);
}
async function makeWay(context, config, outcome, { overtakenBy, reason }) {
    if (config.onSuperseded !== 'follow') {
        return { ...outcome, verdict: { status: 'superseded', reason, passes: config.onSuperseded === 'warn' } };
    }
    context.progress.warn(`${reason} Following the newest revision instead.`);
    context.progress.revision(overtakenBy, { own: false });
    return follow(context, config, { ...outcome, revision: overtakenBy, own: false, hasPredecessor: true }, []);
}
async function seeWhatServes({ client, limits, progress }, { deployment: found, verdict }) {
    let deployment = found;
    for (let looks = 0; looks < ADDRESS_LOOKS; looks += 1) {
        if (verdict.status === 'deployed' ? (0,address/* addressOf */.c)(deployment) !== undefined : looks > 0)
            break;
        try {
            if (looks > 0)
                await (0,run_limits/* pause */.v7)(limits, ADDRESS_PAUSE_MS);
            deployment = await client.glance(found.id);
            progress.deployment(deployment);
        }
        catch {
            break;
        }
    }
    return deployment;
}
const ADDRESS_LOOKS = 4;
const ADDRESS_PAUSE_MS = 2_000;
const LOG_GRACE_MS = 10_000;
async function showEndOfLog({ client, limits, progress }, deployment, { revision, stream, isOverdue, ids = [] }) {
    try {
        await (0,run_limits/* withGrace */.pj)(limits, LOG_GRACE_MS, async () => {
            const { readLogOfFailure } = await __webpack_require__.e(/* import() */ 675).then(__webpack_require__.bind(__webpack_require__, 2675));
            const log = await readLogOfFailure({
                readLogs: client.readLogs,
                clock: limits.clock,
                deploymentId: deployment.id,
                revision,
                ...(stream && !isOverdue ? { known: stream.end } : {}),
                names: [deployment.name],
                ids,
                wait: (ms) => (0,run_limits/* pause */.v7)(limits, ms)
            });
            if (log)
                await progress.endOfLog(log, { isShown: !stream });
        });
    }
    catch (error) {
        if (error instanceof run_limits/* CancelledError */.cc && isOverdue)
            throw error;
        if (isOverdue || (0,run_limits/* endsRun */.sl)(error) || (0,patience/* isMissing */.b2)(error))
            return;
        progress.warn(`The log of the failure could not be read (${(0,sentence/* clause */.sb)((0,error_message/* errorMessage */.g)(error))}); continuing without the log.`);
    }
}


/***/ }),

/***/ 7891:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ holderOf),
/* harmony export */   b: () => (/* binding */ createQueueWatch)
/* harmony export */ });
/* harmony import */ var _control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8797);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6309);


const FIRST_LOOK_AFTER_MS = 15_000;
const LOOK_EVERY_MS = 60_000;
const ADVICE_AFTER_MS = 600_000;
function holderOf(revisions, id) {
    const [first] = (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_1__/* .queueOf */ .nv)(revisions);
    return first?.id !== id && revisions.some((revision) => revision.id === id) ? first : undefined;
}
function createQueueWatch(client, progress, clock, deploymentId) {
    let queued;
    let lookAt = 0;
    let told = '';
    let isAdvised = false;
    return {
        look: async ({ id, status }) => {
            const now = clock.now();
            if (status !== 'QUEUED') {
                queued = undefined;
                return;
            }
            if (queued?.id !== id) {
                queued = { id, since: now };
                lookAt = now + FIRST_LOOK_AFTER_MS;
            }
            if (now < lookAt)
                return;
            lookAt = now + LOOK_EVERY_MS;
            const holder = holderOf((await (0,_control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .orNothing */ .bR)(client.glanceRevisions(deploymentId))) ?? [], id);
            if (!holder)
                return;
            const what = `revision ${holder.id} (${holder.status}`;
            const age = (0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_1__/* .timeUnderWay */ .li)(holder, now);
            if (told !== what)
                progress.note(`Waiting behind ${what}${age ? `, for ${age}` : ''}).`);
            told = what;
            if (isAdvised || now - queued.since < ADVICE_AFTER_MS)
                return;
            isAdvised = true;
            progress.note(`Queued for 10 min behind ${what}${age ? `, for ${age}` : ''}). If that revision is stuck, stop it with \`command: interrupt\` and \`revision-id: ${holder.id}\`.`);
        }
    };
}


/***/ }),

/***/ 7599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ao: () => (/* binding */ READ_DEPLOY_LOG),
  gb: () => (/* binding */ brokenAdvice),
  UL: () => (/* binding */ canGoBack),
  Qn: () => (/* binding */ loadEvidence),
  IK: () => (/* binding */ lookAgain),
  xH: () => (/* binding */ proveServing),
  nM: () => (/* binding */ withWarning)
});

// EXTERNAL MODULE: ./build/control-plane/faults.js
var faults = __webpack_require__(3716);
// EXTERNAL MODULE: ./build/control-plane/hosts.js
var hosts = __webpack_require__(566);
// EXTERNAL MODULE: ./build/control-plane/patience.js
var patience = __webpack_require__(2878);
// EXTERNAL MODULE: ./build/deployment/address.js
var address = __webpack_require__(8602);
// EXTERNAL MODULE: ./build/deployment/find.js
var find = __webpack_require__(7671);
// EXTERNAL MODULE: ./build/report/outputs.js
var outputs = __webpack_require__(4121);
// EXTERNAL MODULE: ./build/run/duration.js
var duration = __webpack_require__(1088);
// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __webpack_require__(1298);
// EXTERNAL MODULE: ./build/run/poll.js
var poll = __webpack_require__(6561);
;// CONCATENATED MODULE: ./build/rollout/agent-server/health.js


const BROKEN_FOR_MS = 180_000;
const UNCLEAR_FOR_MS = 60_000;
const FEWEST_LOOKS = 5;
const CHECK_PAUSE_SHARE = 0.2;
const LONGEST_GAP_MS = 30_000;
const BEFORE_FIRST_LOOK = { looks: 0, isNamed: false, lookedMs: 0 };
function stepHealth(state, look, wanted, isRequired, now) {
    const seen = judgeLook(look, wanted, state.isNamed);
    if (seen.kind === 'serving') {
        return { ...seen, wasBroken: state.broken !== undefined };
    }
    const gapMs = Math.min(LONGEST_GAP_MS, Math.max(0, now - (state.at ?? now)));
    const next = {
        ...state,
        looks: state.looks + 1,
        lookedMs: state.lookedMs + gapMs,
        at: now,
        last: seen,
        isNamed: state.isNamed || typeof look.revisionId === 'string',
        [seen.kind]: seen.reason
    };
    const patience = next.broken !== undefined || isRequired ? BROKEN_FOR_MS : UNCLEAR_FOR_MS;
    if (next.looks < FEWEST_LOOKS || next.lookedMs < patience)
        return next;
    return healthFault(next) ?? next;
}
function healthFault({ broken, unclear, lookedMs: forMs }) {
    if (broken !== undefined) {
        const reason = unclear === undefined ? broken : `never succeeded: it ${broken}, or it ${unclear}`;
        return { kind: 'broken', reason, forMs };
    }
    return unclear === undefined ? undefined : { kind: 'unclear', reason: unclear, forMs };
}
function judgeLook({ probe, revisionId, namedBy = '/info' }, wanted, isNamed) {
    if (probe.kind === 'unreachable')
        return { kind: 'unclear', reason: `failed (${probe.reason})` };
    const { status } = probe;
    if (status >= 500)
        return { kind: 'broken', reason: `returned ${status}` };
    const isServing = (status >= 200 && status < 300) || status === 401 || status === 403;
    if (!isServing)
        return { kind: 'unclear', reason: `returned ${status}` };
    if (probe.isAnyPath) {
        return { kind: 'unclear', reason: `returned ${status}, like every protected path` };
    }
    if (typeof revisionId !== 'string' && isNamed) {
        return { kind: 'unclear', reason: `returned ${status}, but /info reports no revision` };
    }
    if (typeof revisionId === 'string' && revisionId.toLowerCase() !== wanted.toLowerCase()) {
        return { kind: 'broken', reason: `returned ${status}, but ${namedBy} still reports revision ${revisionId}` };
    }
    return { kind: 'serving', note: `returned ${status}${whoseAnswer(status, revisionId, namedBy)}` };
}
function whoseAnswer(status, revisionId, namedBy) {
    if (status >= 300)
        return '';
    if (typeof revisionId === 'string')
        return `, and ${namedBy} reports this revision`;
    return revisionId === null ? '; /info did not respond' : '; the server does not report its revision';
}
async function checkHealth(server, limits, wanted, isRequired, onLook) {
    const { clock } = limits;
    let state = BEFORE_FIRST_LOOK;
    const pauseMs = (waitedMs) => (0,poll/* pauseAfter */.l0)(waitedMs, { share: CHECK_PAUSE_SHARE });
    return (0,poll/* poll */.wt)(limits, { pauseMs }, async () => {
        const probe = await server.health();
        const asks = probe.kind === 'answered' && probe.status < 300;
        const inInfo = asks ? await server.revision().catch(() => null) : undefined;
        const inMetrics = asks && inInfo === undefined ? await server.revisionOfMetrics().catch(() => undefined) : undefined;
        const revisionId = inMetrics ?? inInfo;
        const isCut = probe.kind === 'unreachable' || revisionId === null;
        if (isCut || limits.cancelled.aborted)
            (0,run_limits/* checkLimits */.J5)(limits);
        const namedBy = inMetrics === undefined ? '/info' : '/metrics';
        const next = stepHealth(state, { probe, revisionId, namedBy }, wanted, isRequired, clock.now());
        if ('kind' in next)
            return next;
        state = next;
        onLook(state);
        return undefined;
    });
}

// EXTERNAL MODULE: ./build/rollout/agent-server/probe.js
var probe = __webpack_require__(4562);
// EXTERNAL MODULE: ./build/rollout/watch.js
var watch = __webpack_require__(745);
;// CONCATENATED MODULE: ./build/rollout/serving.js











function loadEvidence() {
    return __webpack_require__.e(/* import() */ 448).then(__webpack_require__.bind(__webpack_require__, 4448));
}
async function proveServing(context, config, verdict, rolledOut) {
    const served = await proveHealth(context, config, verdict, rolledOut);
    if (!config.proof || 'overtakenBy' in served)
        return served;
    if (served.verdict.status !== 'deployed') {
        const { leaveOut } = await loadEvidence();
        leaveOut(context, config.proof);
        return served;
    }
    return proveWorking(context, { ...config, proof: config.proof }, served.verdict, rolledOut);
}
async function proveHealth(context, config, verdict, rolledOut) {
    const { progress } = context;
    const url = usableAddress(rolledOut.deployment);
    const { check, path } = config.health;
    if (check === 'false') {
        progress.note('Skipped the health check: `health-check` is `false`.');
        return { verdict };
    }
    if (!url && config.proof)
        return { verdict };
    if (!url)
        return { verdict: check === 'true' ? noAddress() : withWarning(verdict, NO_ADDRESS) };
    if (check === 'auto' && !isPublic(url)) {
        progress.note(notAsked(url));
        return { verdict };
    }
    const place = `${url.replace(/\/+$/, '')}${path}`;
    const health = await ask(context, config, url, rolledOut.revision, place);
    if (health.kind === 'serving') {
        const now = health.wasBroken ? await lookAgain(context, rolledOut) : undefined;
        if (now?.ended)
            return now.ended;
        progress.note(`Health check passed: GET ${place} ${health.note}.`);
        progress.proof({ about: 'health', outcome: 'passed', seen: `${path} ${health.note}` });
        return { verdict };
    }
    if (health.kind === 'out-of-time')
        return { verdict: outOfTime(place, health.reason) };
    const now = await lookAgain(context, rolledOut);
    if (now.ended)
        return now.ended;
    const isBroken = health.kind === 'broken' || check === 'true';
    progress.proof({ about: 'health', outcome: isBroken ? 'failed' : 'unclear', seen: `${path} ${health.reason}` });
    if (isBroken) {
        return { verdict: notServing(place, health, canGoBack({ ...rolledOut, deployment: now.deployment })) };
    }
    return { verdict: withWarning(verdict, unclear(place, health.reason)) };
}
async function proveWorking(context, config, verdict, rolledOut) {
    const { proof, health, connection, workspaceName } = config;
    const active = rolledOut.deployment.active_revision_id;
    if (active !== null && active !== rolledOut.revision.id)
        return { verdict: withWarning(verdict, notAskedWhile(active)) };
    const { proveAgent } = await loadEvidence();
    const evidence = await proveAgent(context, proof, {
        ...rolledOut,
        url: usableAddress(rolledOut.deployment),
        healthPath: health.path,
        proxy: connection.proxy,
        namesWorkspace: (connection.workspaceId ?? workspaceName) !== undefined
    }).catch((error) => {
        if (error instanceof run_limits/* DeadlineError */.j3)
            return error;
        throw error;
    });
    if (evidence instanceof run_limits/* DeadlineError */.j3)
        return { verdict: unprovenInTime(evidence) };
    const { failure, warning } = evidence;
    if (!failure && !warning)
        return { verdict };
    const now = await lookAgain(context, rolledOut);
    if (now.ended)
        return now.ended;
    if (!failure)
        return { verdict: warning ? withWarning(verdict, warning) : verdict };
    const { reason, advice, isBroken, isMisfit, ids } = failure;
    const back = isBroken && canGoBack({ ...rolledOut, deployment: now.deployment }) ? GO_BACK : '';
    return {
        verdict: {
            status: 'failed',
            reason,
            advice: [advice, isBroken && !isMisfit ? READ_DEPLOY_LOG : '', back].filter(Boolean).join(' '),
            ...(isBroken ? { isBroken: true } : {})
        },
        ids
    };
}
function notAskedWhile(active) {
    return `Skipped the checks of graphs and runs, because revision ${active} is active instead.`;
}
function unprovenInTime({ unanswered }) {
    const awaited = unanswered === undefined ? '' : `: ${unanswered}`;
    return {
        status: 'timed-out',
        reason: `The revision is deployed, but the timeout expired before its agent was verified${awaited}.`,
        advice: `${READ_DEPLOY_LOG} Raise \`timeout\` if the graphs or runs need more time.`
    };
}
function withWarning(verdict, warning) {
    return { ...verdict, warning: [verdict.warning, warning].filter(Boolean).join('\n') };
}
const NO_ADDRESS = 'The revision is deployed, but the control plane reports no URL for the deployment, so the health check could not run. Set `custom-url` if the deployment has its own URL; otherwise set `health-check: false`.';
async function ask({ limits, progress }, { health, connection }, url, revision, place) {
    const server = (0,probe/* createAgentServer */.f)(url, health.path, connection.proxy, limits);
    let state;
    const onLook = (next) => {
        const reason = next.last?.reason;
        if (reason && reason !== state?.last?.reason)
            progress.note(`GET ${place} ${reason}; retrying.`);
        state = next;
    };
    try {
        return await checkHealth(server, limits, revision.id, health.check === 'true', onLook);
    }
    catch (error) {
        if (!(error instanceof run_limits/* DeadlineError */.j3))
            throw error;
        const seen = state && healthFault(state);
        if (seen?.kind === 'unclear' && health.check === 'auto')
            return seen;
        return { kind: 'out-of-time', reason: state?.broken ?? seen?.reason ?? 'did not respond in time' };
    }
    finally {
        await server.close();
    }
}
async function lookAgain({ client, progress }, { deployment, revision }) {
    const seen = await readStateAgain(client, deployment.id, revision.id).catch((error) => {
        if (error instanceof run_limits/* CancelledError */.cc)
            throw error;
        return (0,patience/* isMissing */.b2)(error) ? 'gone' : undefined;
    });
    if (!seen)
        return { deployment };
    if (seen === 'gone') {
        progress.gone();
        return { deployment, ended: { verdict: (0,watch/* goneVerdict */.hj)(`The deployment "${deployment.name}"`) } };
    }
    const [now, { resources }] = seen;
    progress.deployment(now);
    if ((0,find/* isGoing */.jf)(now))
        return { deployment: now, ended: { verdict: (0,watch/* deploymentDeleted */.Vb)(now) } };
    const place = resources.findIndex(({ id }) => id === now.active_revision_id);
    const own = resources.findIndex(({ id }) => id === revision.id);
    const [newest] = resources;
    if (!newest || place < 0 || place >= own)
        return { deployment: now };
    const reason = `The revision was deployed, but a newer revision is now active: ${now.active_revision_id}.`;
    return { deployment: now, ended: { overtakenBy: newest, reason } };
}
async function readStateAgain(client, id, revisionId) {
    const [deployment, page] = await Promise.all([client.deployment(id), client.revisions(id)]);
    const own = page.resources.findIndex((revision) => revision.id === revisionId);
    const newer = page.resources.slice(0, Math.max(own, 0));
    const isOutdated = deployment.active_revision_id === revisionId && newer.some(({ status }) => status === 'DEPLOYED');
    return [isOutdated ? await client.deployment(id) : deployment, page];
}
function canGoBack({ deployment, revision, hasPredecessor }) {
    return deployment.active_revision_id === revision.id && hasPredecessor;
}
function usableAddress(deployment) {
    const url = (0,address/* addressOf */.c)(deployment);
    return url && (0,outputs/* hasShape */.Go)('deployment-url', url) ? url : undefined;
}
function isPublic(url) {
    const { hostname } = new URL(url);
    return hostname.endsWith('.langgraph.app') || (0,hosts/* isLoopback */.U9)(hostname);
}
function notAsked(url) {
    return `Skipped the health check: ${new URL(url).host} may not be reachable from this runner. Set \`health-check: true\` to require it.`;
}
const READ_DEPLOY_LOG = 'Read the deploy log of the revision in LangSmith.';
const GO_BACK = 'To roll back to the previous revision, use `command: redeploy`; it restores the code and leaves environment variables and settings unchanged.';
function notServing(place, { reason, forMs }, canGoBack) {
    return {
        status: 'failed',
        reason: `The revision is deployed, but its health check failed for ${(0,duration/* inWords */.r)(forMs)}: GET ${place} ${reason}.`,
        advice: brokenAdvice(canGoBack),
        isBroken: true
    };
}
function brokenAdvice(canGoBack) {
    return canGoBack ? `${READ_DEPLOY_LOG} ${GO_BACK}` : READ_DEPLOY_LOG;
}
function outOfTime(place, reason) {
    return {
        status: 'timed-out',
        reason: `The revision is deployed, but the timeout expired before its health check passed: GET ${place} ${reason}.`,
        advice: `${READ_DEPLOY_LOG} Raise \`timeout\` if the agent needs more time to start.`
    };
}
function noAddress() {
    return {
        status: 'failed',
        reason: 'The revision is deployed, but the deployment has no URL for the health check.',
        advice: 'Set `custom-url`, or omit `health-check: true`.'
    };
}
function unclear(place, reason) {
    return `The revision is deployed, but its health check was inconclusive: GET ${place} ${reason}. ${unclearAdvice(place, reason)}`;
}
function unclearAdvice(place, reason) {
    if (!(0,faults/* isRefusedByProxy */.IY)(reason)) {
        return 'If this is expected, set `health-check: false` or another `health-path`.';
    }
    const { hostname } = new URL(place);
    const host = hostname.endsWith('.langgraph.app') ? '*.langgraph.app' : hostname;
    return `Allow ${host} in the proxy, or set \`health-check: false\`.`;
}


/***/ }),

/***/ 745:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q3: () => (/* binding */ isDeploymentDue),
/* harmony export */   Vb: () => (/* binding */ deploymentDeleted),
/* harmony export */   hj: () => (/* binding */ goneVerdict),
/* harmony export */   wB: () => (/* binding */ watch)
/* harmony export */ });
/* unused harmony exports beginWatch, stepWatch */
/* harmony import */ var _control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8797);
/* harmony import */ var _control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2878);
/* harmony import */ var _deployment_find_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7671);
/* harmony import */ var _deployment_revision_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6309);
/* harmony import */ var _deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1216);
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1088);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1298);
/* harmony import */ var _run_poll_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6561);
/* harmony import */ var _run_streak_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1066);









const INTERRUPTED_FOR_MS = 60_000;
const ACTIVE_WITHIN_MS = 120_000;
const REPLACED_WITHIN_MS = 30_000;
const DEPLOYMENT_LOOK_MS = 30_000;
const GOING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING']);
const AGAIN = {
    rerun: 'rerun this job to deploy',
    deploy: 'deploy again with `command: deploy`'
};
function failureOf({ status, source }, again) {
    switch (status) {
        case 'CREATE_FAILED':
            return {
                reason: 'The deployment could not be set up (CREATE_FAILED).',
                advice: `Open the revision in LangSmith; if it shows no cause, ${AGAIN[again]}.`
            };
        case 'BUILD_FAILED':
            return { reason: 'The build failed (BUILD_FAILED).', advice: 'Read the build log of the revision in LangSmith.' };
        case 'DEPLOY_FAILED': {
            const { code } = (0,_deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_4__/* .kindOf */ .I)(source);
            const isBuilt = code === 'repository' || code === 'archive';
            return {
                reason: `${isBuilt ? 'The build succeeded, but the' : 'The'} new revision did not start (DEPLOY_FAILED).`,
                advice: 'Read the deploy log of the revision in LangSmith.'
            };
        }
        default:
            return undefined;
    }
}
function beginWatch(revisionId, onSuperseded, again = 'rerun') {
    return { revisionId, onSuperseded, again, look: 'revision', older: [], warnedOfUnknown: false };
}
function isDeploymentDue(seenAt, now) {
    return now - seenAt >= DEPLOYMENT_LOOK_MS;
}
function deploymentDeleted({ name, status }) {
    return {
        status: 'failed',
        reason: `Deployment "${name}" is being deleted (${status}), so its revisions will not become active.`,
        advice: 'The deployment was deleted during the rollout. Its name stays reserved for up to a week; deploy under another `name`.'
    };
}
function goneVerdict(what) {
    return {
        status: 'failed',
        reason: `${what} no longer exists in the control plane.`,
        advice: 'The deployment may have been deleted during the rollout. Check the deployments of the workspace in LangSmith.'
    };
}
function revisionGone({ revisionId: id, again }) {
    return {
        status: 'failed',
        reason: `Revision ${id} no longer exists in the control plane, but the deployment still exists.`,
        advice: `Check the revisions of the deployment in LangSmith, and ${AGAIN[again]}.`
    };
}
function stepWatch(state, seen, now) {
    switch (seen.kind) {
        case 'vanished': {
            const verdict = seen.what === 'deployment' ? goneVerdict('The deployment') : revisionGone(state);
            return { state, verdict };
        }
        case 'revision':
            return withDeletion(seeRevision({ ...state, status: seen.revision.status }, seen.revision, now), now);
        case 'deployment':
            return seeDeployment({ ...state, deploymentSeenAt: now }, seen.deployment, now);
        case 'deletion':
            return seeDeletion({ ...state, deploymentSeenAt: now }, seen.deployment);
        case 'revisions':
            return seeRevisions(state, seen.ids, now);
    }
}
function seeRevision(state, revision, now) {
    const { status } = revision;
    const failure = failureOf(revision, state.again);
    if (failure)
        return { state, verdict: { status: 'failed', ...failure } };
    if (status === 'DEPLOYED') {
        return {
            state: { ...state, look: 'deployment', inactive: state.inactive ?? { since: now, looks: 0 } },
            atOnce: true
        };
    }
    if (status === 'SKIPPED')
        return { state: { ...state, look: 'revisions' }, atOnce: true };
    if (status === 'INTERRUPTED') {
        const interrupted = (0,_run_streak_js__WEBPACK_IMPORTED_MODULE_7__/* .lengthen */ .E)(state.interrupted, now);
        if (!(0,_run_streak_js__WEBPACK_IMPORTED_MODULE_7__/* .hasLasted */ .O)(interrupted, now, INTERRUPTED_FOR_MS))
            return { state: { ...state, interrupted } };
        return {
            state,
            verdict: {
                status: 'failed',
                reason: 'The revision was interrupted and did not resume within a minute (INTERRUPTED).',
                advice: `The interruption came from LangSmith, or from another run with \`command: interrupt\`, \`on-cancel: interrupt\` or \`on-timeout: interrupt\`; ${AGAIN[state.again]}.`
            }
        };
    }
    const going = { ...state, interrupted: undefined };
    if (GOING.has(status) || state.warnedOfUnknown)
        return { state: going };
    const warned = { ...going, warnedOfUnknown: true };
    if (status !== '' && !(0,_deployment_revision_js__WEBPACK_IMPORTED_MODULE_3__/* .isStatusWord */ .r8)(status))
        return { state: warned };
    return {
        state: warned,
        warning: `The revision has an unknown status, ${status}, which is treated as in progress.`
    };
}
function withDeletion(step, now) {
    const seenAt = step.state.deploymentSeenAt ?? now;
    const state = { ...step.state, deploymentSeenAt: seenAt };
    if (step.verdict || step.atOnce || !isDeploymentDue(seenAt, now))
        return { ...step, state };
    return { ...step, state: { ...state, look: 'deletion' }, atOnce: true };
}
function seeDeletion(state, deployment) {
    if (deployment && (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_2__/* .isGoing */ .jf)(deployment))
        return { state, verdict: deploymentDeleted(deployment) };
    return { state: { ...state, look: 'revision' } };
}
function seeDeployment(state, deployment, now) {
    if ((0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_2__/* .isGoing */ .jf)(deployment))
        return { state, verdict: deploymentDeleted(deployment) };
    const active = deployment.active_revision_id;
    if (active === state.revisionId)
        return { state, verdict: { status: 'deployed' } };
    if (active && !state.older.includes(active)) {
        return { state: { ...state, look: 'revisions', otherActive: active }, atOnce: true };
    }
    return awaitActive(state, active ?? undefined, now);
}
function seeRevisions(state, ids, now) {
    const newest = ids[0];
    const ownPlace = rank(ids, state.revisionId);
    if (state.status === 'SKIPPED') {
        if (newest && ownPlace > 0) {
            return superseded(state, newest, `The revision was skipped (SKIPPED) in favor of the newer revision ${newest}.`);
        }
        const unreplaced = (0,_run_streak_js__WEBPACK_IMPORTED_MODULE_7__/* .lengthen */ .E)(state.unreplaced, now);
        if (!(0,_run_streak_js__WEBPACK_IMPORTED_MODULE_7__/* .hasLasted */ .O)(unreplaced, now, REPLACED_WITHIN_MS))
            return { state: { ...state, unreplaced } };
        return superseded(state, undefined, skippedForNone(state));
    }
    const active = state.otherActive ?? '';
    const place = ids.indexOf(active);
    if (place >= 0 && place < ownPlace) {
        return superseded(state, newest, `The revision was deployed, but a newer revision is now active: ${active}.`);
    }
    const isKnown = place >= 0 && ids.includes(state.revisionId);
    const older = isKnown ? [...state.older, active] : state.older;
    return awaitActive({ ...state, look: 'deployment', older }, active, now);
}
function skippedForNone({ again }) {
    return `The revision was skipped (SKIPPED), and no newer revision is listed. The code of this run is not active. Check the revisions of the deployment in LangSmith, and ${AGAIN[again]}.`;
}
function awaitActive(state, active, now) {
    const inactive = (0,_run_streak_js__WEBPACK_IMPORTED_MODULE_7__/* .lengthen */ .E)(state.inactive, now);
    if (!(0,_run_streak_js__WEBPACK_IMPORTED_MODULE_7__/* .hasLasted */ .O)(inactive, now, ACTIVE_WITHIN_MS))
        return { state: { ...state, inactive } };
    const instead = active ? `still reports ${active} as its active revision` : 'reports no active revision';
    return {
        state,
        verdict: {
            status: 'deployed',
            warning: `The revision is deployed, but after two minutes the deployment ${instead}. Check that the new code is active.`
        }
    };
}
function rank(ids, id) {
    const index = ids.indexOf(id);
    if (index >= 0)
        return index;
    return ids.length >= _control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .PAGE_SIZE */ .md ? ids.length : -1;
}
function superseded(state, successor, reason) {
    if (state.onSuperseded === 'follow' && successor) {
        const { warnedOfUnknown, deploymentSeenAt, again } = state;
        return {
            state: { ...beginWatch(successor, 'follow', again), warnedOfUnknown, deploymentSeenAt },
            atOnce: true,
            warning: `${reason} Following the newest revision instead.`
        };
    }
    return { state, verdict: { status: 'superseded', reason, passes: state.onSuperseded === 'warn' } };
}
async function watch(context, deployment, revision, { onSuperseded, own, usualMs, again }) {
    const { client, limits, progress, pollIntervalMs, afterLook, random = Math.random } = context;
    const { clock } = limits;
    let state = beginWatch(revision.id, onSuperseded, again);
    let last = { deployment, revision };
    let besideMs = 0;
    const usual = usualMs === undefined ? '' : ` (a rollout usually takes ${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_8__/* .inWords */ .r)(usualMs)})`;
    const heartbeat = (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_6__/* .createHeartbeat */ .Vn)(clock, (waitedMs) => progress.note(`Still ${state.status ?? 'waiting'} after ${Math.round(waitedMs / 60_000)} min${usual}.`));
    const pauseMs = (waitedMs) => Math.max(0, (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_6__/* .pauseAfter */ .l0)(waitedMs, { longestMs: pollIntervalMs, random: random() }) - besideMs);
    const lookOnce = async () => {
        const askedAt = clock.now();
        const seen = await lookAt(client, deployment.id, state);
        besideMs = seen.kind === 'deletion' ? clock.now() - askedAt : 0;
        if ((seen.kind === 'deployment' || seen.kind === 'deletion') && seen.deployment) {
            last = { ...last, deployment: seen.deployment };
            progress.deployment(seen.deployment);
        }
        if (seen.kind === 'revision') {
            last = { ...last, revision: seen.revision };
            if (seen.revision.status !== state.status) {
                progress.revision(seen.revision, { own: own && seen.revision.id === revision.id });
                heartbeat.reset();
            }
            await afterLook?.(seen.revision);
        }
        const next = stepWatch(state, seen, clock.now());
        state = next.state;
        if (next.warning)
            progress.warn(next.warning);
        if (seen.kind === 'vanished' && seen.what === 'deployment')
            progress.gone();
        return next;
    };
    client.awaitRollout();
    const verdict = await (0,_run_poll_js__WEBPACK_IMPORTED_MODULE_6__/* .poll */ .wt)(limits, { pauseMs, heartbeat }, async () => {
        let next = await lookOnce();
        while (next.atOnce)
            next = await lookOnce();
        return next.verdict;
    });
    return { ...last, verdict };
}
async function lookAt(client, deploymentId, state) {
    try {
        switch (state.look) {
            case 'revision':
                return { kind: 'revision', revision: await client.revision(deploymentId, state.revisionId) };
            case 'deployment':
                return { kind: 'deployment', deployment: await client.deployment(deploymentId) };
            case 'revisions':
                return { kind: 'revisions', ids: (await client.revisions(deploymentId)).resources.map(({ id }) => id) };
            case 'deletion':
                return { kind: 'deletion', deployment: await (0,_control_plane_client_js__WEBPACK_IMPORTED_MODULE_0__/* .orNothing */ .bR)(client.glance(deploymentId)) };
        }
    }
    catch (error) {
        if (!(0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error))
            throw error;
        const isDeployment = state.look === 'deployment' || (await isDeploymentGone(client, deploymentId));
        return { kind: 'vanished', what: isDeployment ? 'deployment' : 'revision' };
    }
}
async function isDeploymentGone(client, deploymentId) {
    try {
        return (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_2__/* .isGoing */ .jf)(await client.glance(deploymentId));
    }
    catch (error) {
        if (error instanceof _run_limits_js__WEBPACK_IMPORTED_MODULE_5__/* .CancelledError */ .cc)
            throw error;
        return (0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error);
    }
}


/***/ }),

/***/ 1066:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ lengthen),
/* harmony export */   O: () => (/* binding */ hasLasted)
/* harmony export */ });
const LEAST_LOOKS = 3;
function lengthen(streak, now) {
    return { since: streak?.since ?? now, looks: (streak?.looks ?? 0) + 1 };
}
function hasLasted({ since, looks }, now, ms) {
    return now - since >= ms && looks >= LEAST_LOOKS;
}


/***/ })

};
