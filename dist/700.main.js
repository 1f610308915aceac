export const id = 700;
export const ids = [700];
export const modules = {

/***/ 7700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readAgentAccess: () => (/* binding */ readAgentAccess)
/* harmony export */ });
/** What the request itself says, and what belongs to the connection. */
const RESERVED = /^(?:accept|connection|content-(?:length|type|encoding)|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade|user-agent|x-request-id)$|^proxy-/i;
/**
 * The code of an agent sees the headers of each request. Where that code is under review, whoever wrote it could read
 * the key, so the user has to say which one goes there.
 */
function readAgentAccess(inputs, { trigger, apiKey }, { lines, key: agentKey }) {
    const own = lines === undefined ? [] : readAgentHeaders(inputs, lines);
    const names = own.map(({ name }) => name.toLowerCase());
    const withKey = (keyInput, value) => ({
        headers: [...own.filter(({ name }) => name.toLowerCase() !== 'x-api-key'), { name: 'X-Api-Key', value }],
        keyInput
    });
    if (agentKey !== undefined) {
        if (/[^\x21-\x7e]/.test(agentKey)) {
            inputs.problem('agent-api-key', 'holds white space or characters that no key has; store the bare key in the secret.');
        }
        if (names.includes('x-api-key')) {
            inputs.problem('agent-headers', 'holds `X-Api-Key`, and `agent-api-key` is written too. Remove one of them.');
        }
        return withKey('agent-api-key', agentKey);
    }
    const hasOwnAccess = names.includes('x-api-key') || names.includes('authorization');
    if (hasOwnAccess)
        return { headers: own, keyInput: undefined };
    const review = whyUnderReview(trigger, inputs.flag('preview'));
    if (review === undefined)
        return withKey('api-key', apiKey);
    if (own.length === 0) {
        inputs.problem('agent-api-key', `is missing: ${review}, and the code of an agent can read the key that is sent to it, so \`api-key\` is not sent there. Write \`agent-api-key\` with a key that this code may know, or \`agent-headers\` for custom auth.`);
    }
    return { headers: own, keyInput: undefined };
}
/** Why the code of the agent may be somebody's that nobody has reviewed; nothing if it is not. */
function whyUnderReview(trigger, isPreview) {
    const { about, eventName, endedRun, foreignHead, pullRequest, mayBeOfPullRequest, previewEnvironment } = trigger;
    if (isPreview)
        return 'this run deploys a preview';
    const isOfPullRequest = about.kind === 'pull-request' || eventName.startsWith('pull_request') || pullRequest !== undefined;
    if (isOfPullRequest || endedRun?.isOfRef === false)
        return 'this run is about a pull request';
    if (foreignHead !== undefined)
        return 'this run is about the code of another repository';
    if (mayBeOfPullRequest)
        return 'this run may be about a pull request';
    return previewEnvironment === undefined ? undefined : 'this run is about a preview environment';
}
/** Reads `agent-headers`, one `Name: value` a line. A problem names the line, and nothing of its value. */
function readAgentHeaders(inputs, text) {
    const found = [];
    for (const [index, line] of text.split(/\r?\n/).entries()) {
        if (line.trim() === '')
            continue;
        const [, name, value = ''] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
        const fault = faultOfHeader(name, value, found);
        if (fault)
            inputs.problem('agent-headers', `line ${index + 1} ${fault}`);
        else if (name)
            found.push({ name, value });
    }
    return found;
}
function faultOfHeader(name, value, before) {
    if (!name)
        return 'is no header. Write one `Name: value` a line, such as `Authorization: Bearer ${{ secrets.TOKEN }}`.';
    if (value === '')
        return `gives \`${name}\` no value; is the secret set?`;
    if (/[^\x20-\x7e]/.test(value))
        return `gives \`${name}\` characters that a header cannot hold. Write ASCII on one line.`;
    if (RESERVED.test(name))
        return `holds \`${name}\`, which the action or the connection sets. Remove the line.`;
    if (before.some((one) => one.name.toLowerCase() === name.toLowerCase()))
        return `holds \`${name}\` once more. Keep one.`;
    return undefined;
}


/***/ })

};
