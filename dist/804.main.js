export const id = 804;
export const ids = [804];
export const modules = {

/***/ 9804:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   kindsToTry: () => (/* binding */ kindsToTry),
/* harmony export */   logs: () => (/* binding */ logs)
/* harmony export */ });
/* harmony import */ var _control_plane_logs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1138);
/* harmony import */ var _control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2878);
/* harmony import */ var _deployment_find_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7671);
/* harmony import */ var _deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1216);
/* harmony import */ var _rollout_queue_watch_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7891);
/* harmony import */ var _run_duration_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1088);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1298);
/* harmony import */ var _revision_id_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(314);








const LINES_PER_PAGE = 1_000;
async function logs(context, config) {
    const { client, progress } = context;
    const deployment = await (0,_deployment_find_js__WEBPACK_IMPORTED_MODULE_2__/* .findExisting */ .xx)(client, config.target);
    progress.deployment(deployment);
    const { revision, queued } = await revisionToShow(client, deployment, config.revisionId);
    if (!revision)
        return { status: 'none', reason: `Deployment "${deployment.name}" has no revision and therefore no log.` };
    progress.revision(revision, { own: false });
    const why = queued ? `Revision ${queued.id} is QUEUED behind ${revision.id} and has no log yet. ` : '';
    const [first, ...others] = kindsToTry(revision, deployment);
    let found = { kind: first, entries: await readLast(context, config, { deployment, revision, kind: first }) };
    for (const kind of others) {
        if (found.entries.length > 0)
            break;
        found = { kind, entries: await readLast(context, config, { deployment, revision, kind }) };
    }
    const whose = `the ${found.kind} log of revision ${revision.id} (${revision.status})`;
    if (found.entries.length === 0)
        return { status: 'found', reason: `${why}No lines found in ${whose}${filterWords(config)}.` };
    await progress.endOfLog({ ...found, searched: [] }, { isShown: true });
    const count = found.entries.length;
    return {
        status: 'found',
        reason: `${why}Showing the last ${count === 1 ? 'line' : `${count} lines`} of ${whose}${filterWords(config)}.`
    };
}
async function revisionToShow(client, deployment, revisionId) {
    if (revisionId)
        return { revision: await (0,_revision_id_js__WEBPACK_IMPORTED_MODULE_6__/* .readRevision */ .M)(client, deployment, revisionId) };
    const { resources } = await client.revisions(deployment.id);
    const [newest] = resources;
    const holder = newest?.status === 'QUEUED' ? (0,_rollout_queue_watch_js__WEBPACK_IMPORTED_MODULE_4__/* .holderOf */ .K)(resources, newest.id) : undefined;
    return newest && holder ? { revision: holder, queued: newest } : { revision: newest };
}
const BUILDING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING', 'CREATE_FAILED', 'BUILD_FAILED']);
const OF_UNKNOWN_PHASE = new Set(['AWAITING_DEPLOY', 'INTERRUPTED', 'SKIPPED']);
function kindsToTry({ status, source }, deployment) {
    const hasBuild = (0,_deployment_sources_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .kindOf */ .I)(source ?? deployment.source).logs.includes('build');
    if (!hasBuild)
        return ['deploy'];
    if (BUILDING.has(status))
        return ['build'];
    return OF_UNKNOWN_PHASE.has(status) ? ['deploy', 'build'] : ['deploy'];
}
async function readLast({ client, limits }, { level, sinceMs, limit }, { deployment, revision, kind }) {
    const since = sinceMs === undefined ? undefined : new Date(limits.clock.now() - sinceMs).toISOString();
    const levels = level === undefined || level === 'DEBUG' ? [undefined] : _control_plane_logs_js__WEBPACK_IMPORTED_MODULE_0__/* .LOG_LEVELS */ .p_.slice(_control_plane_logs_js__WEBPACK_IMPORTED_MODULE_0__/* .LOG_LEVELS */ .p_.indexOf(level));
    const read = [];
    for (const one of levels) {
        const query = { kind, order: 'desc', level: one, since };
        read.push(await readPages(limits, limit, (page) => client.readLogs(deployment.id, revision.id, { ...query, ...page })));
    }
    const entries = levels.length > 1 ? inOrderOfTime(read, level) : (read[0] ?? []);
    return entries.slice(0, limit).reverse().map(_control_plane_logs_js__WEBPACK_IMPORTED_MODULE_0__/* .withTime */ .CE);
}
async function readPages(limits, limit, read) {
    const entries = [];
    let offset;
    while (entries.length < limit) {
        const page = { limit: Math.min(LINES_PER_PAGE, limit - entries.length), offset };
        const answer = await patiently(limits, () => read(page));
        entries.push(...answer.entries);
        if (answer.entries.length === 0 || !answer.next || answer.next === offset)
            break;
        offset = answer.next;
    }
    return entries;
}
function inOrderOfTime(answers, least) {
    const seen = new Set();
    const isNew = ({ id, time, message }) => {
        const key = id ?? `${time} ${message}`;
        return !seen.has(key) && Boolean(seen.add(key));
    };
    return answers
        .flat()
        .filter(({ level }) => rankOf(level) >= rankOf(least))
        .filter(isNew)
        .sort((left, right) => (right.time ?? '').localeCompare(left.time ?? ''));
}
function rankOf(level) {
    const levels = _control_plane_logs_js__WEBPACK_IMPORTED_MODULE_0__/* .LOG_LEVELS */ .p_;
    const rank = levels.indexOf(level?.toUpperCase() ?? '');
    return rank < 0 ? _control_plane_logs_js__WEBPACK_IMPORTED_MODULE_0__/* .LOG_LEVELS */ .p_.length : rank;
}
const AGAIN_AFTER_MS = [1_000, 3_000, 6_000];
async function patiently(limits, read) {
    for (const ms of AGAIN_AFTER_MS) {
        try {
            return await read();
        }
        catch (error) {
            if ((0,_run_limits_js__WEBPACK_IMPORTED_MODULE_5__/* .endsRun */ .sl)(error) || (0,_control_plane_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .isRefusal */ .vu)(error))
                throw error;
            await (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_5__/* .pause */ .v7)(limits, ms);
        }
    }
    return read();
}
function filterWords({ level, sinceMs }) {
    const words = [level && `level ${level} and above`, sinceMs !== undefined && `from the last ${(0,_run_duration_js__WEBPACK_IMPORTED_MODULE_7__/* .inWords */ .r)(sinceMs)}`];
    return words
        .filter(Boolean)
        .map((text) => `, ${text}`)
        .join('');
}


/***/ }),

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


/***/ })

};
