export const id = 882;
export const ids = [882];
export const modules = {

/***/ 4882:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AE: () => (/* binding */ findUnanswered),
/* harmony export */   Ei: () => (/* binding */ retireDeployments),
/* harmony export */   Lx: () => (/* binding */ setStatus),
/* harmony export */   Yy: () => (/* binding */ createDeployment),
/* harmony export */   commitOfRevision: () => (/* binding */ commitOfRevision)
/* harmony export */ });
/* harmony import */ var _object_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8949);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(220);


/** GitHub takes no longer description of a status. */
const LONGEST_DESCRIPTION = 140;
/** Key of our data in the payload. */
const PAYLOAD_KEY = 'langsmith';
/** Rows a page; the API takes 1 to 100. Others may deploy to the environment too, so ours are looked for among many. */
const PAGE_SIZE = 100;
const PERMISSION = 'deployments: write';
/**
 * Makes a GitHub deployment (`POST /repos/{owner}/{repo}/deployments`): as the ref stands, without merging anything into
 * it and whatever its checks say, since the workflow has decided already.
 *
 * @returns its ID; nothing when it could not be made
 */
async function createDeployment(session, wanted) {
    const { environment, ref, transient, mark, commit, deploymentId, revisionId } = wanted;
    const question = { failure: 'The GitHub deployment could not be made', permission: PERMISSION, repeatable: false };
    return session.ask(question, async ({ octokit, target }) => {
        const { data } = await octokit.rest.repos.createDeployment({
            ...target,
            ref,
            environment,
            auto_merge: false,
            required_contexts: [],
            description: short(`${mark.name} on LangSmith Deployment`),
            payload: {
                [PAYLOAD_KEY]: {
                    ...mark,
                    commit: commit ?? null,
                    deployment_id: deploymentId ?? null,
                    revision_id: revisionId ?? null
                }
            },
            // Of a lasting environment GitHub knows by its name whether it is production.
            ...(transient ? { transient_environment: true, production_environment: false } : {})
        });
        // Not so is the page of a proxy, nor the message that a merge is answered with, which is switched off.
        if (typeof data !== 'object' || !('id' in data))
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .UnusableAnswer */ .kf('it is no deployment');
        return data.id;
    });
}
/**
 * A deployment of ours whose making was never answered: the newest at this commit that nothing was told of yet.
 *
 * @returns its ID; nothing when there is none
 */
async function findUnanswered(session, { environment, ref, mark }) {
    const found = await session.ask({ permission: PERMISSION, repeatable: true }, async ({ octokit, target }) => {
        const { data } = await octokit.rest.repos.listDeployments({ ...target, environment, sha: ref, per_page: PAGE_SIZE });
        const [newest] = data.filter(({ payload }) => isMarked(payload, mark));
        if (!newest)
            return null;
        const { data: statuses } = await octokit.rest.repos.listDeploymentStatuses({
            ...target,
            deployment_id: newest.id,
            per_page: 1
        });
        return statuses.length === 0 ? newest.id : null;
    });
    return found ?? undefined;
}
/** Gives a deployment its next status. @returns whether GitHub took it */
async function setStatus(session, id, status) {
    const question = {
        failure: 'The status of the GitHub deployment could not be set',
        permission: PERMISSION,
        repeatable: true
    };
    const done = await session.ask(question, async (call) => {
        await postStatus(call, id, status);
        return true;
    });
    return done ?? false;
}
async function postStatus({ octokit, target }, id, status) {
    const { state, description, environmentUrl, logUrl } = status;
    await octokit.rest.repos.createDeploymentStatus({
        ...target,
        deployment_id: id,
        state,
        description: short(description),
        // Others may deploy to the environment too; only what is ours is retired, and by us.
        auto_inactive: false,
        ...(environmentUrl ? { environment_url: environmentUrl } : {}),
        ...(logUrl ? { log_url: logUrl } : {})
    });
}
/**
 * Retires deployments of ours in an environment: those that count as serving or under way become inactive.
 *
 * @param before the deployment whose elders are meant; all of them when not given
 * @returns whether GitHub gave a good answer
 */
async function retireDeployments(session, environment, mark, before, description) {
    const question = {
        failure: 'Older GitHub deployments could not be made inactive',
        permission: PERMISSION,
        repeatable: true
    };
    const done = await session.ask(question, async (call) => {
        const { octokit, target } = call;
        const { data } = await octokit.rest.repos.listDeployments({ ...target, environment, per_page: PAGE_SIZE });
        const older = data.filter(({ id, payload }) => (before === undefined || id < before) && isMarked(payload, mark));
        for (const { id } of older) {
            const { data: statuses } = await octokit.rest.repos.listDeploymentStatuses({
                ...target,
                deployment_id: id,
                per_page: 1
            });
            const state = statuses[0]?.state ?? 'pending';
            if (!OPEN_STATES.has(state))
                continue;
            await postStatus(call, id, { state: 'inactive', description, environmentUrl: undefined, logUrl: undefined });
            // What was serving before had retired the ones before it.
            if (state === 'success' && before !== undefined)
                return true;
        }
        return true;
    });
    return done ?? false;
}
const OPEN_STATES = new Set(['success', 'pending', 'queued', 'in_progress']);
/**
 * The commit from which a revision was deployed, by what an earlier run told of it in a status.
 *
 * @param failure what is lost without an answer
 * @returns `unknown` when none tells it; nothing when GitHub does not say
 */
async function commitOfRevision(session, environment, mark, revisionId, failure) {
    return session.ask({ failure, permission: 'deployments: read', repeatable: true }, async (call) => {
        const { octokit, target } = call;
        const { data } = await octokit.rest.repos.listDeployments({ ...target, environment, per_page: PAGE_SIZE });
        const ours = data.filter((one) => isMarked(one.payload, mark)).slice(0, MOST_LOOKED_AT);
        for (const { id, payload } of ours) {
            const commit = marked(payload)?.commit;
            if (typeof commit !== 'string')
                continue;
            const { data: statuses } = await octokit.rest.repos.listDeploymentStatuses({
                ...target,
                deployment_id: id,
                per_page: MOST_LOOKED_AT
            });
            if (statuses.some(({ description }) => description.includes(revisionId)))
                return commit;
        }
        return 'unknown';
    });
}
/** The revision in question is a late one, but many later runs may have failed. */
const MOST_LOOKED_AT = 30;
function isMarked(payload, { name, place }) {
    const ours = marked(payload);
    return ours?.name === name && ours.place === place;
}
/** GitHub answers a payload as it was given, but older servers answer it as text. */
function marked(payload) {
    if (typeof payload !== 'string')
        return (0,_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)((0,_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(payload)?.[PAYLOAD_KEY]);
    try {
        return (0,_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)((0,_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(JSON.parse(payload))?.[PAYLOAD_KEY]);
    }
    catch {
        return undefined;
    }
}
function short(text) {
    if (text.length <= LONGEST_DESCRIPTION)
        return text;
    // The last character may be half of a pair.
    return `${text.slice(0, LONGEST_DESCRIPTION - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}


/***/ })

};
