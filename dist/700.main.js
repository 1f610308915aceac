export const id = 700;
export const ids = [700];
export const modules = {

/***/ 7700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readAgentAccess: () => (/* binding */ readAgentAccess)
/* harmony export */ });
const RESERVED = /^(?:accept|connection|content-(?:length|type|encoding)|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade|user-agent|x-request-id)$|^proxy-/i;
function readAgentAccess(inputs, { trigger, apiKey }, { lines, key: agentKey }) {
    const own = lines === undefined ? [] : readAgentHeaders(inputs, lines);
    const names = own.map(({ name }) => name.toLowerCase());
    const withKey = (keyInput, value) => ({
        headers: [...own.filter(({ name }) => name.toLowerCase() !== 'x-api-key'), { name: 'X-Api-Key', value }],
        keyInput
    });
    if (agentKey !== undefined) {
        if (/[^\x21-\x7e]/.test(agentKey)) {
            inputs.problem('agent-api-key', 'contains whitespace or characters that are not valid in a key. Store only the key in the secret.');
        }
        if (names.includes('x-api-key')) {
            inputs.problem('agent-headers', 'sets `X-Api-Key`, but `agent-api-key` is also set. Remove one of them.');
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
        inputs.problem('agent-api-key', `is missing: ${review}. The agent's code can read the key that it receives, so \`api-key\` is not sent. Set \`agent-api-key\` to a key that this code may read, or set \`agent-headers\` for custom auth.`);
    }
    return { headers: own, keyInput: undefined };
}
function whyUnderReview(trigger, isPreview) {
    const { about, eventName, endedRun, foreignHead, pullRequest, mayBeOfPullRequest, previewEnvironment } = trigger;
    if (isPreview)
        return 'this run deploys a preview';
    const isOfPullRequest = about.kind === 'pull-request' || eventName.startsWith('pull_request') || pullRequest !== undefined;
    if (isOfPullRequest || endedRun?.isOfRef === false)
        return 'this run is for a pull request';
    if (foreignHead !== undefined)
        return 'this run is for code from another repository';
    if (mayBeOfPullRequest)
        return 'this run may be for a pull request';
    return previewEnvironment === undefined ? undefined : 'this run is for a preview environment';
}
function readAgentHeaders(inputs, text) {
    const found = [];
    for (const [index, line] of text.split(/\r?\n/).entries()) {
        if (line.trim() === '')
            continue;
        const [, name, value = ''] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
        const fault = faultOfHeader(name, value, found);
        if (fault)
            inputs.problem('agent-headers', `line ${index + 1}: ${fault}`);
        else if (name)
            found.push({ name, value });
    }
    return found;
}
const SCHEME_ALONE = /^(?:basic|bearer|token)$/i;
function faultOfHeader(name, value, before) {
    if (!name)
        return 'invalid header: expected `Name: value`, such as `Authorization: Bearer ${{ secrets.TOKEN }}`.';
    if (value === '')
        return `\`${name}\` has no value. Check that the secret is set.`;
    if (name.toLowerCase() === 'authorization' && SCHEME_ALONE.test(value)) {
        return `\`${name}\` has no value after \`${value}\`. Check that the secret is set.`;
    }
    if (/[^\x20-\x7e]/.test(value))
        return `\`${name}\` contains characters that are not valid in a header. Use printable ASCII on one line.`;
    if (RESERVED.test(name))
        return `\`${name}\` is set by the action or the connection. Remove the line.`;
    if (before.some((one) => one.name.toLowerCase() === name.toLowerCase()))
        return `\`${name}\` is a duplicate. Keep one.`;
    return undefined;
}


/***/ })

};
