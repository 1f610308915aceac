export const id = 340;
export const ids = [340,773];
export const modules = {

/***/ 5773:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KL: () => (/* binding */ PAGE),
/* harmony export */   SJ: () => (/* binding */ MOST_CHARACTERS_OF_SEARCH),
/* harmony export */   createLogStream: () => (/* binding */ createLogStream)
/* harmony export */ });
/* unused harmony export createLogReader */
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2498);

/** Lines a page; the API gives at most 1,000. */
const PAGE = 1_000;
/** Pages that are still read after the revision has ended: enough for 100,000 lines. */
const MOST_PAGES_AT_END = 100;
/** For how long they are read: whether the revision serves is not known yet, and the timeout goes on. */
const MOST_MS_AT_END = 20_000;
/** Lines that are kept of a log that is shown, to find the cause of a failure in. */
const MOST_KEPT = 5_000;
/** Characters of a log in which the cause of a failure is looked for. */
const MOST_CHARACTERS_OF_SEARCH = 8_000_000;
/** Failures in a row after which the logs are let be; the verdict does not depend on them. */
const MOST_FAILURES = 3;
/**
 * Reads one log from its beginning, never a line twice and none left out. A null cursor says that there is nothing newer
 * yet, so the page before is asked for again; what was seen of it is known by its IDs, or by its count.
 */
function createLogReader(read) {
    let offset;
    let seen = new Set();
    let seenInPage = 0;
    return {
        /** The lines that came since the last call, from one request; `more` when another page waits already. */
        next: async () => {
            const page = await read(offset);
            const entries = page.entries.filter(({ id }, index) => (id === undefined ? index >= seenInPage : !seen.has(id)));
            for (const { id } of entries)
                if (id !== undefined)
                    seen.add(id);
            seenInPage = Math.max(seenInPage, page.entries.length);
            const more = page.next !== undefined && page.next !== offset;
            if (more) {
                offset = page.next;
                seenInPage = 0;
                // A cursor can begin with the last lines of the page before, so these stay known; older ones do not come again.
                seen = new Set(page.entries.flatMap(({ id }) => id ?? []));
            }
            return { entries, more: more && page.entries.length > 0 };
        }
    };
}
const BUILDING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING']);
/** Before these there is nothing to read. */
const HAS_LOG = new Set([
    'BUILDING',
    'AWAITING_DEPLOY',
    'DEPLOYING',
    'DEPLOYED',
    'BUILD_FAILED',
    'DEPLOY_FAILED',
    'INTERRUPTED'
]);
/**
 * Shows the build log and then the deploy log of a revision while it goes on: one request a look at the status, and
 * the rest at the end. Failing to read a log is a warning and nothing more.
 */
function createLogStream(readLogs, sink, deploymentId, clock) {
    let revisionId;
    let kinds = [];
    let current = 0;
    let readers = new Map();
    let ends = new Map();
    let failures = 0;
    const begin = (revision) => {
        revisionId = revision.id;
        kinds = revision.source === 'external_docker' ? ['deploy'] : ['build', 'deploy'];
        current = 0;
        readers = new Map();
        ends = new Map();
    };
    const keep = (kind, entries) => {
        ends.set(kind, lastOf([...(ends.get(kind) ?? []), ...entries].slice(-MOST_KEPT)));
    };
    const readerOf = (id, kind) => {
        const known = readers.get(kind);
        if (known)
            return known;
        const made = createLogReader((offset) => readLogs(deploymentId, id, { kind, order: 'asc', limit: PAGE, offset }));
        readers.set(kind, made);
        return made;
    };
    /** One request. `more`: another page waits already; `failed`: the lines are still there to be read. */
    const readSome = async (kind) => {
        if (!revisionId || failures >= MOST_FAILURES)
            return 'done';
        try {
            const { entries, more } = await readerOf(revisionId, kind).next();
            failures = 0;
            if (entries.length > 0) {
                sink.log(kind, entries);
                keep(kind, entries);
            }
            return more ? 'more' : 'done';
        }
        catch (error) {
            // The run ends, and says so itself.
            if (error instanceof _limits_js__WEBPACK_IMPORTED_MODULE_0__/* .CancelledError */ .cc || error instanceof _limits_js__WEBPACK_IMPORTED_MODULE_0__/* .DeadlineError */ .j3)
                return 'done';
            failures += 1;
            if (failures < MOST_FAILURES)
                return 'failed';
            const reason = error instanceof Error ? error.message : String(error);
            sink.warn(`The logs could not be read (${reason}); going on without them.`);
            return 'done';
        }
    };
    return {
        /** To be called after each look at the revision. */
        look: async (revision) => {
            if (revision.id !== revisionId)
                begin(revision);
            const kind = kinds[current];
            if (!kind || !HAS_LOG.has(revision.status))
                return;
            const outcome = await readSome(kind);
            if (outcome === 'done' && kind === 'build' && !BUILDING.has(revision.status))
                current += 1;
        },
        /** What is left of the logs once the revision has ended; of the build log too, whose last lines can come late. */
        finish: async () => {
            const until = clock.now() + MOST_MS_AT_END;
            for (const kind of kinds) {
                let outcome = 'more';
                for (let page = 0; page < MOST_PAGES_AT_END && outcome !== 'done' && clock.now() < until; page += 1) {
                    outcome = await readSome(kind);
                }
                if (outcome !== 'done')
                    ends.delete(kind);
                if (outcome === 'more')
                    sink.note(tooLong(kind));
            }
            if (failures > 0)
                ends.clear();
        },
        /** The end of what was shown, once it is finished; nothing when the log was not read to its end. */
        end: (id, kind) => (id === revisionId ? (ends.get(kind) ?? []) : [])
    };
}
function tooLong(kind) {
    return `The ${kind} log may go on: reading it stopped, since the revision has ended. Read on at the page of the revision in LangSmith.`;
}
/** The last entries, of which there are not more characters than are searched. */
function lastOf(entries) {
    let left = MOST_CHARACTERS_OF_SEARCH;
    const first = entries.findLastIndex(({ message }) => {
        left -= message.length;
        return left < 0;
    });
    return entries.slice(first + 1);
}


/***/ }),

/***/ 6340:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readLogOfFailure: () => (/* binding */ readLogOfFailure),
  tellingLines: () => (/* binding */ tellingLines)
});

// UNUSED EXPORTS: logOfFailure

// EXTERNAL MODULE: ./build/limits.js + 1 modules
var limits = __webpack_require__(2498);
;// CONCATENATED MODULE: ./build/deployment/places.js
/** An address, a path, an image reference or a host name, in quotes or not; `error-agent` in one says nothing of an error. */
const PLACE = /^\W*(?:[A-Za-z][\w+.-]*:\/\/\S+|[\w.@~-]*(?::\d+)?\/[\w.@:/~-]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+\.[a-z]{2,})\W*$/;
/** No place has a longer name; a line of the log can have millions of characters without a space. */
const LONGEST_PLACE = 500;
/** The words of a text that are no names of places: only these tell what happened. */
function withoutPlaces(text) {
    return text
        .split(/\s+/)
        .filter((word) => word.length > LONGEST_PLACE || !PLACE.test(word))
        .join(' ');
}

;// CONCATENATED MODULE: ./build/deployment/quotes.js
/** More lines are not looked at around a cause. */
const REACH = 60;
function textAt(lines, index) {
    return lines[index]?.text ?? '';
}
/** The line that names the cause, alone. */
const theLine = (lines, index) => [textAt(lines, index).trim()];
/** A step of a Dockerfile that installs packages, as BuildKit or the builder before it shows it. */
const INSTALL = /^\s{0,9}(?:(?:=> (?:ERROR )?|> )?\[[^\]]{1,80}\]|Step \d{1,4}\/\d{1,4} :) RUN .{0,1000}?\b(?:pip|uv|npm|pnpm|yarn|bun|poetry) /;
/** A step that has ended. */
const ENDED = /^(?:DONE|CACHED)\b/;
/** Whether a line of the quoted ones begins a step that installs packages. */
function isInstall(quoted) {
    return quoted.split('\n').some((line) => INSTALL.test(line));
}
/** The line, and before it the step that installed packages until then. */
const withInstall = (lines, index) => {
    const before = lines.slice(Math.max(0, index - REACH), index);
    const running = before.slice(before.findLastIndex(({ text }) => ENDED.test(text)) + 1);
    const step = running.findLast(({ text }) => INSTALL.test(text));
    return [...(step ? [step.text.trim()] : []), ...theLine(lines, index)];
};
/** The line with all that follow, up to one that matches `end`; empty lines are left out. */
function upTo(end, most) {
    return (lines, index) => {
        const after = lines.slice(index + 1, index + 1 + REACH);
        const ends = after.findIndex(({ text }, offset) => end.test(text) && !(text === '' && offset === 0));
        const block = ends < 0 ? after : after.slice(0, ends);
        return [textAt(lines, index).trim(), ...block.map(({ text }) => text).filter(Boolean)].slice(0, most);
    };
}
/** The line with those of the next ones that match. */
function followedBy(pattern, most) {
    return (lines, index) => {
        const near = lines.slice(index + 1, index + 1 + REACH / 4);
        const next = near.findIndex(({ begins }) => begins && !lines[index]?.begins);
        const after = next < 0 ? near : near.slice(0, next);
        return [
            textAt(lines, index).trim(),
            ...after.flatMap(({ text }) => (pattern.test(text) ? [text] : [])).slice(0, most)
        ];
    };
}
/** Of the line and the next ones those that match, up to where it is said again; the line itself where none does. */
function theseLines(pattern, most) {
    return (lines, index) => {
        const first = textAt(lines, index);
        const after = lines.slice(index + 1, index + REACH);
        const again = after.findIndex(({ text }) => text === first);
        const block = [...lines.slice(index, index + 1), ...(again < 0 ? after : after.slice(0, again))];
        const matching = block.flatMap(({ text }) => (pattern.test(text) ? [text.trimEnd()] : []));
        return matching.length > 0 ? matching.slice(0, most) : theLine(lines, index);
    };
}
/** A field of a setting, and what is wrong with it on the next line. */
const FIELD = /^[A-Za-z_][\w.]{0,100}$/;
const FIELD_FAULT = /^\s+\S.*\[type=/;
const MOST_FIELDS = 8;
/** What a validation error says of each field, with the frame in the code of the user. */
const settingsWithFrame = (lines, index) => {
    const pairs = [];
    let field = '';
    for (const { text } of lines.slice(index + 1, index + REACH)) {
        if (/\bvalidation errors? for\b|^Traceback\b/.test(text) || pairs.length >= 2 * MOST_FIELDS)
            break;
        if (FIELD.test(text))
            field = text;
        if (field !== '' && FIELD_FAULT.test(text)) {
            pairs.push(field, text);
            field = '';
        }
    }
    return [...exceptionWithFrame(lines, index), ...pairs];
};
const FRAME = /^\s*File "[^"]+", line \d+/;
const JS_FRAME = /^\s+at .*:\d+:\d+\)?$/;
/** Code that the user did not write. */
const LIBRARY = /site-packages|dist-packages|<frozen|<string>|"\/(?:usr\/(?:local\/)?lib|api|opt)\/|\/langgraph_\w+\/|node_modules|node:|\/uvloop\/|"uvloop/;
/** The line of code below a frame is no message. */
function linesOfSource(lines) {
    const found = new Set();
    let indent = -1;
    for (const [index, { text }] of lines.entries()) {
        if (FRAME.test(text))
            indent = indentOf(text);
        else if (indent >= 0 && text !== '' && indentOf(text) > indent)
            found.add(index);
        else
            indent = -1;
    }
    return found;
}
function indentOf(text) {
    return text.search(/\S/);
}
/** Whether a line of a trace is about code of the user. */
function isUsersFrame(line) {
    return (FRAME.test(line) || JS_FRAME.test(line)) && !LIBRARY.test(line);
}
/** The line of an exception with the frame in the code of the user that is closest to it. */
const exceptionWithFrame = (lines, index) => {
    const before = [];
    for (let at = index - 1; at >= Math.max(0, index - REACH); at -= 1) {
        const text = textAt(lines, at);
        // A line that begins a record belongs to nothing before it.
        const isOfOther = lines[index]?.begins && !lines[at]?.begins;
        if (isOfOther || text.includes('Traceback (most recent call last)'))
            break;
        if (isUsersFrame(text)) {
            // The code of the frame, without the marks below it.
            const code = textAt(lines, at + 1);
            before.push(text.trim(), ...(FRAME.test(code) || at + 1 === index ? [] : [code]));
            break;
        }
        if (lines[at]?.begins && !lines[index]?.begins)
            break;
    }
    const after = lines.slice(index + 1, index + 1 + REACH / 4).map(({ text }) => text);
    const ended = after.findIndex((text) => !JS_FRAME.test(text));
    const frame = (ended < 0 ? after : after.slice(0, ended)).find(isUsersFrame);
    return [...before, textAt(lines, index).trim(), ...(frame ? [frame] : [])];
};

;// CONCATENATED MODULE: ./build/deployment/causes.js


const RUN_AGAIN = 'This is a fault of the platform or of its network, not of the code: run it again.';
const NO_IMAGE = 'The registry has no such image: check the name, the tag and the digest of the image, and that it was pushed.';
const REFUSED_LOGIN = 'The index refused the login: give the build its credentials (pip.conf, .npmrc), or build the image elsewhere and write `image-uri`.';
const NO_START_COMMAND = 'The image has no such start command: build it with `langgraph build`, or correct ENTRYPOINT and CMD.';
const NO_COMPILER = 'A package has no wheel for this Python and is compiled, but the image has no compiler or headers for it: use a version with a wheel, or install them by `dockerfile_lines` in langgraph.json (such as `RUN apt-get update && apt-get install -y build-essential`).';
const LOCK_FILE = 'The lock file does not match the project: update it and commit it.';
const WRONG_PATH = 'A path under `graphs` in langgraph.json names a file that is not in the image: correct it (with `/`, also on Windows), and check that the file is committed.';
/** From the most telling to the least; the first of the closest rank is told. */
const RULES = [
    // The container and its image
    {
        pattern: /\bOOMKilled\b|\bJavaScript heap out of memory\b|\bMemoryError\b|\bCannot allocate memory\b|\boom-kill/,
        quote: followedBy(/Exit Code|memory:/i, 3),
        advice: memoryAdvice
    },
    {
        pattern: /^(?:.{0,200}: line \d+: +\d+ )?Killed(?: +\(.*\))?$|\bexit(?:ed with)?(?: status| code)?:? (?:code )?137\b|\berrno 137\b|non-zero code: 137\b|\bstatus: 137\b/i,
        // A container that does not answer its probe is killed in the same way.
        unless: /liveness probe/i,
        quote: followedBy(/137/, 2),
        advice: memoryAdvice
    },
    {
        pattern: /\bInsufficient (?:memory|cpu|ephemeral-storage)\b/,
        advice: 'No node has room for the deployment: add nodes, or ask for less: for an image by `resource-spec`; for what LangSmith builds by another `deployment-type` under another `name`.'
    },
    {
        pattern: /\bexceeded quota\b/,
        advice: 'The quota of the namespace is used up: have it raised, delete deployments that nobody needs, or, for an image, lower `resource-spec`.'
    },
    {
        // A probe can run a command too; the container itself has started then.
        pattern: /^(?!.*\bprobe\b).*(?:\bexec:? (?:"[^"]{0,200}": ?|[\w.-]{1,100}: )?(?:stat\b[^:]{0,200}:? ?)?(?:no such file or directory|permission denied|not found)\b(?! for)|\bexecutable file\b.{0,200}\bnot found in \$PATH)/i,
        kind: 'deploy',
        advice: ({ text }) => /permission denied/i.test(text)
            ? 'The start command of the image is not executable: set its mode in the image (`chmod +x`), or build it with `langgraph build`.'
            : NO_START_COMMAND
    },
    {
        pattern: /\bexec format error\b|\bno match for platform in manifest\b/,
        advice: 'The image is built for another processor than the platform has: build it for linux/amd64 (`platforms: linux/amd64` in docker/build-push-action, `docker build --platform linux/amd64`).'
    },
    {
        pattern: /\btoomanyrequests\b|\bpull rate limit\b/i,
        advice: ({ kind }) => kind === 'build'
            ? 'The registry limits anonymous pulls: take the base image from a mirror, or run it again later.'
            : 'The registry limits anonymous pulls: log in to it (`image_pull_secrets` in `resource-spec`, for an image of your own), use a mirror, or run it again later.'
    },
    {
        pattern: /\b(?:pull|resolve|do request|Get|Head)\b.*\bx509: /i,
        advice: ({ text, kind }) => /x509: .*unknown authority/.test(text)
            ? `The ${kind === 'build' ? 'builders' : 'nodes'} do not trust the certificate of the registry: have its CA installed on them.`
            : 'The certificate of the registry is not valid: renew or correct it, and check the host name and the clock.'
    },
    {
        pattern: /\b(?:secret|configmap) "[^"]*" not found\b|\bUnable to retrieve some image pull secrets\b/,
        kind: 'deploy',
        // Whatever was missing then, the image is there.
        unless: /\bStarted container\b|\bSuccessfully pulled image\b/,
        advice: ({ text }) => /\bconfigmap\b/.test(text)
            ? 'The cluster has no such ConfigMap: have it created in the namespace of the deployment.'
            : 'The cluster has no such secret: create it in the namespace of the deployment; for an image of your own, check the name in `image_pull_secrets` of `resource-spec`.'
    },
    {
        pattern: /(?:\bpull|\bfailed to authorize|\bfetch oauth token|\bresolve reference|\bmanifests?\b).*(?:\b40[13]\b|\bunauthorized\b|\bdenied\b|\bauthentication required\b|no basic auth)/i,
        advice: ({ kind }) => kind === 'build'
            ? 'The registry refused the pull of a base image: check its reference, and that it can be pulled without a login; or build the image elsewhere and deploy it by `image-uri`.'
            : 'The registry refused the pull: check the reference; for an image of your own give the credentials by `image_pull_secrets` in `resource-spec`.'
    },
    {
        pattern: /\bmanifest unknown\b|\bmanifest for .*not found\b|\b(?:resolve reference|resolve source metadata|pull(?:ing)?(?: and unpack)? image|ErrImagePull)\b.*\bnot found\b|\b(?:failed to solve:|image) not found\b|\bInvalidImageName\b/i,
        advice: NO_IMAGE
    },
    {
        pattern: /\b(?:Failed to pull|failed to do request|pulling)\b.*(?:i\/o timeout|no such host|connection refused|DeadlineExceeded|TLS handshake)/i,
        advice: 'The registry could not be reached: run it again; if it fails again, check the name of the registry and the network of the platform.'
    },
    {
        pattern: /\bErrImagePull\b|\bImagePullBackOff\b|\bFailed to pull image\b/,
        advice: 'The image could not be pulled: check its reference, and, for an image of your own, `image_pull_secrets` in `resource-spec`.'
    },
    {
        pattern: /\bNo space left on device\b|\bENOSPC\b|\bDisk quota exceeded\b|\bephemeral.storage\b.*\bexceed/i,
        advice: ({ kind }) => kind === 'build'
            ? 'The disk of the build is full: leave out large packages (such as a torch with CUDA) and keep large files out of the source.'
            : 'The disk is full: write less to it, or, for an image, give it more room by `resource-spec`.'
    },
    // Getting packages
    {
        pattern: /CERTIFICATE_VERIFY_FAILED|\bSSLCertVerificationError\b|\bself.signed certificate\b|\bUnknownIssuer\b|\bunable to get (?:local )?issuer certificate\b|\bUNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)/i,
        kind: 'build',
        alsoRetries: true,
        before: /No matching distribution|Could not install packages|Failed to (?:fetch|download)|invalid peer certificate|did not complete|returned a non-zero code|npm (?:ERR!|error)/,
        advice: 'The certificate of the package index is not trusted in the build: add the CA of your proxy or index by `dockerfile_lines` in langgraph.json. The package itself may exist.'
    },
    {
        pattern: /\b(?:Temporary failure in name resolution|Name or service not known|Name does not resolve|failed to lookup address|ENOTFOUND|EAI_AGAIN|[Nn]etwork is unreachable)\b/,
        kind: 'build',
        alsoRetries: true,
        before: /No matching distribution|Could not install packages|Failed to (?:fetch|download)|help:|did not complete|npm (?:ERR!|error)|lookup address/,
        advice: 'The build could not reach the package index: check the host name of a private index; otherwise run it again. The package itself may exist.'
    },
    {
        pattern: /\bDO NOT MATCH THE HASHES\b|\bHash mismatch\b|\bEINTEGRITY\b/,
        quote: followedBy(/Expected|Got|sha256|sha512|Computed|unknown package|from /, 6),
        advice: 'A download does not match the hash that the project pins: regenerate the hashes; if they are right, run it again.'
    },
    {
        kind: 'build',
        pattern: /\bcould not read (?:Username|Password)\b|\bPermission denied \(publickey\)|\bHost key verification failed\b|\bAuthentication failed for\b|\bremote: (?:Repository not found|Invalid username)/,
        advice: 'The build has no access to a private git repository: publish the package to an index that the build can reach, put its code into the source, or build the image elsewhere and deploy it by `image-uri`.'
    },
    {
        // uv gives this hint only where it did not find a package.
        pattern: /\bhint: An index URL\b/,
        kind: 'build',
        quote: upTo(/^\s*(?:hint|-{4,}|ERROR|error|help|failed|Dockerfile)|^\s*$/, 3),
        advice: REFUSED_LOGIN
    },
    {
        pattern: /\b40[13] Error, Credentials not correct\b|\b40[13] Client Error\b|^User for\b/,
        kind: 'build',
        // One index can refuse a package that another one has.
        before: /No matching distribution|Could not install packages|unsatisfiable|^EOFError\b/,
        advice: REFUSED_LOGIN
    },
    {
        pattern: /\bHTTP error 40[13] while getting\b|\bHTTP status client error \(40[13]\b|\bcode E40[13]\b|\bERR_PNPM_FETCH_40[13]\b|\bRequest failed \\?"40[13]\b/,
        kind: 'build',
        quote: theseLines(/code E40[13]|\b40[13] (?:Unauthorized|Forbidden)|authenticat|password|ERR_PNPM/, 4),
        advice: REFUSED_LOGIN
    },
    {
        pattern: /\bRemote branch .* not found\b|\bcouldn't find remote ref\b|\bpathspec '.*' did not match\b|\b[Bb]ranch\b.{1,100}\b(?:not found|does not exist)\b/,
        kind: 'build',
        advice: 'The git repository has no such branch, tag or commit: correct `repo-ref`, or the pin where it is a git dependency of the project, and check that it is pushed.'
    },
    {
        pattern: /\bconfiguration file\b.{0,100}\b(?:not found|does not exist|missing)\b|\bnot found\b.{0,50}\blanggraph\.json\b|\blanggraph\.json['"`]? (?:was )?(?:not found|does not exist)\b|\b(?:no|not find|No such file or directory:) ['"`]?langgraph\.json\b|\bInvalid value for '-c' \/ '--config'/i,
        kind: 'build',
        isEssential: true,
        advice: 'The configuration file is not in the source: correct `langgraph-config` (the path from the root of the repository), and check that it is committed.'
    },
    {
        pattern: /\bcurrent Python version \([\d.]+\) does not satisfy\b|\brequires a different Python:/i,
        quote: upTo(/^\S(?!.*cause:)|^\s*$/, 6),
        advice: 'The project needs another Python than the image has: set `python_version` in langgraph.json, or loosen `requires-python`.'
    },
    {
        pattern: /\bNo solution found\b|\brequirements are unsatisfiable\b/,
        quote: upTo(/^-{4,}|^(?:hint|ERROR|help|Dockerfile)\b|^\s*$/, 16),
        advice: ({ quoted }) => resolverAdvice(quoted)
    },
    {
        pattern: /\bconflicting dependencies\b|\bThe conflict is caused by\b|\bThe user requested \(constraint\)|\bResolutionImpossible\b/,
        quote: upTo(/^To fix this|^-{4,}|^ERROR: (?:Resolution|process|failed)|^Dockerfile/, 16),
        advice: ({ quoted }) => resolverAdvice(quoted)
    },
    {
        pattern: /\bERESOLVE\b/,
        quote: theseLines(/ERESOLVE could not|While resolving|Found:|npm (?:ERR!|error)\s+(?:\w+ )?(?:peer )?\S+@"|Conflicting peer/, 10),
        advice: 'Two packages need different versions of the same peer: align them in package.json, and commit the lock file.'
    },
    {
        pattern: /\bThe lockfile at .*needs to be updated\b/,
        quote: followedBy(/^hint/, 2),
        advice: 'pyproject.toml and uv.lock do not match: run `uv lock`, and commit uv.lock.'
    },
    {
        pattern: /\bERR_PNPM_OUTDATED_LOCKFILE\b/,
        quote: followedBy(/^\s*\* |specifiers|Failure reason/, 5),
        advice: LOCK_FILE
    },
    {
        pattern: /\bYour lockfile needs to be updated\b|\bThe lockfile would have been modified\b|\bcan only install packages when your package\.json\b/,
        quote: followedBy(/Missing:|Invalid:/, 5),
        advice: LOCK_FILE
    },
    {
        pattern: /\bNo matching distribution found for\b|\bCould not find a version that satisfies the requirement\b/,
        quote: theseLines(/Could not find a version|No matching distribution/, 2),
        advice: ({ quoted }) => /from versions: none/.test(quoted)
            ? `The index has no version of ${nameIn(quoted, REQUIREMENT)} for this Python: check the name, or set another \`python_version\` in langgraph.json.`
            : `The index has no version that fits ${nameIn(quoted, REQUIREMENT)}: correct the pin.`
    },
    {
        pattern: /\bcode (?:E404|ETARGET)\b|\bNo matching version found for\b|\bERR_PNPM_(?:FETCH_404|NO_MATCHING_VERSION)\b/,
        quote: theseLines(/404 +Not Found|is not in (?:this|the npm) registry|No matching version|ERR_PNPM/, 4),
        advice: 'The index has no such package or version: check the name and the pin in package.json, and the registry of a private one.'
    },
    // Building
    {
        pattern: /\bpg_config executable not found\b/,
        advice: 'psycopg2 is compiled from source, but the image has no libpq: depend on a version of `psycopg2-binary` (or `psycopg[binary]`) that has a wheel for this Python.'
    },
    {
        pattern: /\bunable to execute '(?:gcc|g\+\+|cc)'|\bcommand '\S*(?:gcc|g\+\+|cc|clang)' failed\b|\bNo such file or directory: '(?:gcc|g\+\+|cc|cargo|make|cmake)'|\b(?:gcc|cargo|make|cmake): (?:command )?not found\b|\bPython\.h: No such file\b|\bcan't find Rust compiler\b|\bFailed building wheel for\b/,
        quote: theseLines(/unable to execute|command '.*failed|No such file|not found|Failed building wheel|Rust compiler/, 5),
        advice: NO_COMPILER
    },
    {
        pattern: /\bMultiple top-level packages discovered\b|\bUnable to determine which files to ship\b/,
        quote: followedBy(/wheel using|The most likely cause|name of your project/, 4),
        advice: 'The build tool cannot tell which folders are the package: name them in pyproject.toml (`[tool.setuptools] packages`, or `[tool.hatch.build.targets.wheel] packages`), or move the code below src/.'
    },
    {
        pattern: /\bcannot open shared object file\b/,
        quote: exceptionWithFrame,
        advice: 'The image has no such system library: install the package of the distribution that holds it by `dockerfile_lines` in langgraph.json.'
    },
    {
        pattern: /\bMissing script: /,
        advice: 'package.json has no such script: add it, or correct `install-command` and `build-command`.'
    },
    {
        pattern: /\bfailed to (?:calculate checksum|compute cache key)\b.*\bnot found\b|\bCOPY failed\b|\bADD failed\b/i,
        advice: 'A file that the build copies is not in the source: check its path, that it is committed, and that .dockerignore does not leave it out.'
    },
    {
        pattern: /\bexternally-managed-environment\b/,
        advice: 'The Python of the Linux distribution refuses pip installs: use a virtual environment, or a `python` base image.'
    },
    {
        pattern: /\$'\\r': command not found|\^M: bad interpreter|\bpython3?\\r\b/,
        advice: 'A script has Windows line ends: store it with LF (`*.sh text eol=lf` in .gitattributes).'
    },
    {
        pattern: /\berror TS\d{3,5}:/,
        quote: theseLines(/\berror TS\d{3,5}:/, 6),
        advice: 'The TypeScript sources do not compile: correct the quoted places; a module that is missing goes into `dependencies` or `devDependencies`.'
    },
    // Loading the graphs
    {
        pattern: /\bCould not find graph '/,
        quote: followedBy(/^\s*(?:\d\. The |Did you mean|- )/, 6),
        advice: 'The file has no variable of that name: correct the name behind the `:` under `graphs` in langgraph.json, or export it.'
    },
    {
        pattern: /\bCould not find python file for graph\b/,
        quote: exceptionWithFrame,
        advice: WRONG_PATH
    },
    {
        pattern: /\bFileNotFoundError: .*No such file or directory/,
        quote: exceptionWithFrame,
        advice: ({ text }) => /\.(?:py|[cm]?[jt]sx?)\b/.test(text)
            ? WRONG_PATH
            : 'A file that the code opens is not in the image: check its path, and that it is committed and belongs to the package.'
    },
    {
        pattern: /\battempted relative import\b/,
        quote: exceptionWithFrame,
        advice: 'The graph is loaded as a single file, so relative imports fail: name it as a module under `graphs` (`agent.graph:graph`), or import it absolutely from a package that is installed.'
    },
    {
        pattern: /\bNo module named '?[\w.]+|\bERR_MODULE_NOT_FOUND\b|\bCannot find (?:module|package) '/,
        isEssential: true,
        quote: exceptionWithFrame,
        advice: ({ text }) => `Add the package that holds \`${nameIn(text, MODULE)}\` to the dependencies of the project; where it is code of your own, list its folder under \`dependencies\` in langgraph.json.`
    },
    {
        pattern: /\bImportError: cannot import name\b.*\blanggraph_(?:api|runtime|license|storage)/,
        quote: exceptionWithFrame,
        advice: 'The packages of the server do not belong together: do not pin or install langgraph-api or langgraph-runtime in the project, or set `api_version` in langgraph.json.'
    },
    {
        pattern: /\bImportError: cannot import name\b/,
        quote: exceptionWithFrame,
        advice: 'The installed version of a package has no such name: correct the import, or pin a version that has it.'
    },
    {
        pattern: /\b(?:SyntaxError|IndentationError|TabError): /,
        quote: exceptionWithFrame,
        advice: 'The code has a syntax error: correct the quoted place.'
    },
    {
        pattern: /\bDescriptors cannot (?:not )?be created directly\b/,
        quote: exceptionWithFrame,
        advice: 'A package holds code that was made for an older protobuf: upgrade that package, or pin `protobuf<=3.20.3`.'
    },
    {
        pattern: /\basyncio\.run\(\) cannot be called from a running event loop\b/,
        quote: exceptionWithFrame,
        advice: 'The function that makes the graph calls `asyncio.run()`: make it `async`, and `await` instead.'
    },
    // Its environment
    {
        // Before the rule below: a validation error can say this of a variable.
        pattern: /\bset(?:ting)? (?:the|an?) [`'"]?[A-Z][A-Z0-9_]+[`'"]? environment variable|\badd an environment variable `?[A-Z]|\bKeyError: '[A-Z][A-Z0-9_]{2,}'|\b[Ee]nvironment variables?:? [`'"]?[A-Z][A-Z0-9_]{2,}\b.*\b(?:not set|missing|required|not found|must)\b|\b[A-Z][A-Z0-9_]{3,}\b[`'"]? (?:environment variable )?(?:must be set|(?:is |was )?(?:not set|missing|required))\b|\b[Mm]issing (?:required )?(?:environment|env) var/,
        isEssential: true,
        quote: exceptionWithFrame,
        advice: ({ text }) => {
            const name = VARIABLE.exec(text)?.[0];
            return name
                ? `The variable \`${name}\` is missing: set it in \`secrets\`.`
                : 'A variable is missing: set it in `secrets`.';
        }
    },
    {
        pattern: /\b\d+ validation errors? for \w+/,
        quote: settingsWithFrame,
        advice: ({ quoted }) => settingsAdvice(quoted)
    },
    {
        pattern: /\bIncorrect API key provided\b|\binvalid x-api-key\b|\bAPI key not valid\b|\binvalid_api_key\b/i,
        kind: 'deploy',
        quote: exceptionWithFrame,
        advice: 'The API key is set, but its value is wrong: correct it in `secrets`.'
    },
    {
        pattern: /\bPermissionError: |\bEACCES: permission denied\b/,
        kind: 'deploy',
        isEssential: true,
        quote: exceptionWithFrame,
        advice: 'The server may not read or write this place: write below `/tmp`, or set its permissions in the image (`dockerfile_lines` in langgraph.json, or the Dockerfile).'
    },
    {
        pattern: /\bError checking Langsmith access\b/i,
        quote: followedBy(/ConnectError|name resolution|timed out|certificate/i, 2),
        advice: 'The server could not reach LangSmith to check its license: allow outbound access to it, or have a license that works offline set in the installation.'
    },
    {
        // Traces that cannot be sent do not end a server.
        pattern: /^(?!.*\b(?:ingest|tracing)\b).*(?:CERTIFICATE_VERIFY_FAILED|\bUNABLE_TO_VERIFY_LEAF_SIGNATURE\b)/,
        kind: 'deploy',
        quote: exceptionWithFrame,
        advice: 'The server does not trust the certificate of a host that it calls: add the CA to the image (`dockerfile_lines` in langgraph.json, or the Dockerfile), and name its file by `SSL_CERT_FILE` (Node.js: `NODE_EXTRA_CA_CERTS`) in `variables`.'
    },
    {
        pattern: /\bLicense verification failed\b|\bLicense key is (?:not valid|invalid|expired)\b|\bInvalid license\b/i,
        quote: followedBy(/^- For /, 3),
        advice: 'The server found no valid license: the license is set in the installation, not by this action. Ask whoever runs the installation to check it.'
    },
    {
        pattern: /\bDirty database version\b|\bInvalid value for '--database-uri'|\bmigrate: +Usage:/,
        quote: followedBy(/Invalid value|Readiness check/, 3),
        advice: ({ quoted }) => /Dirty/.test(quoted)
            ? 'A migration of the database was cut off: repair the database and its migration version, then run it again.'
            : `The migration was given no valid database: ${databaseAdvice('POSTGRES_URI_CUSTOM')}`
    },
    {
        pattern: /\bredis\.exceptions\.\w+|\bconnecting to redis\b|\bRedis\b.*\b(?:refused|timed out|not connect)\b|\bWRONGPASS\b|\bNOAUTH\b/,
        advice: `The server does not reach its Redis: ${databaseAdvice('REDIS_URI_CUSTOM')}`
    },
    {
        pattern: /\bconnection to server at .*failed\b|\bcould not connect to server\b|\bPoolTimeout\b|\bpassword authentication failed for user\b|\bcould not translate host name\b|\bdatabase .*does not exist$/,
        quote: followedBy(/Is the server running|password authentication/, 2),
        advice: `The server does not reach its Postgres: ${databaseAdvice('POSTGRES_URI_CUSTOM')}`
    },
    {
        pattern: /\baddress already in use\b|\bEADDRINUSE\b/i,
        advice: 'Another process in the container already uses the port: do not start a server of your own on it.'
    },
    // Told where nothing above matches
    {
        pattern: /^(?:[A-Za-z_]\w*\.)*(?!CancelledError)[A-Z]\w*(?:Error|Exception)(?:: |$)|\bGraph '.*' failed to load: /,
        isEssential: true,
        quote: exceptionWithFrame,
        advice: ({ quoted }) => quoted.split('\n').some(isUsersFrame)
            ? 'The code of the agent fails as it is loaded: correct the quoted place.'
            : '',
        rank: 2
    },
    {
        pattern: /\bprobe failed\b|\bfailed (?:liveness|readiness|startup) probe\b|\bCrashLoopBackOff\b|\bBack-off restarting failed container\b/i,
        quote: theseLines(/probe|CrashLoop|Back-off/i, 4),
        advice: ({ quoted }) => /Back-off|CrashLoop/i.test(quoted) && !/liveness/i.test(quoted)
            ? 'The container exits after its start: read its own output in the deploy log.'
            : 'The server does not answer its health check in time: keep slow work out of its start, or give it more CPU and memory.',
        rank: 3
    },
    {
        pattern: /\bcontext deadline exceeded\b/i,
        kind: 'build',
        quote: withInstall,
        advice: ({ quoted }) => isInstall(quoted)
            ? 'The build ended while this step installed packages: run it again. If it ends there again, install fewer or smaller packages, or build the image elsewhere and deploy it by `image-uri`.'
            : RUN_AGAIN,
        rank: 3
    },
    {
        pattern: /\bbuildkitd?\b.*\b(?:unreachable|refused|not connect|unavailable)\b|\bcould not connect to\b.*\btrials\b|\bcontext deadline exceeded\b|\bInternal Server Error\b|\binternal error\b|\bunexpected (?:HTTP )?status(?: code)?\b.*\b5\d\d\b|\b50[234] (?:Bad Gateway|Service Unavailable|Gateway Time-?out)\b/i,
        advice: RUN_AGAIN,
        rank: 3
    },
    {
        pattern: /\bnot ready after \d+ seconds\b|\bFailed to check deployment status after\b|\bexceeded its progress deadline\b/i,
        advice: 'The platform saw no ready server in time, and the log names no cause: run it again. If it fails again, let the server start faster, or report the ID of the revision.',
        rank: 3
    },
    {
        pattern: /^(?:\w+\.)*(?:KeyboardInterrupt|CancelledError)\b/,
        advice: 'The log shows only that the server was stopped, not why: run it again.',
        rank: 3
    }
];
const REQUIREMENT = /(?:No matching distribution found for|satisfies the requirement) ([\w.[\]<>=!~,+-]{1,100})/;
const UNKNOWN_PACKAGE = /\b([\w.-]{1,100}) was not found in (?:the package registry|the provided package locations)\b/;
/** What is required itself has no version; of a package that only stands between two pins uv says so too. */
const UNMATCHED_PACKAGE = /\bno versions? of ([\w.-]{1,100})(?![\w.-])\S{0,200} and (?:you require|[^,]{1,100}? depends on) \1(?![\w.-])|\bBecause only ([\w.-]{1,100})(?![\w.-])\S{0,200} is available and (?:you require|[^,]{1,100}? depends on) \2(?=[[<>=!~])|\b(?:you require|depends on) ([\w.-]{1,100})(?![\w.-])\S{0,200} and (?:there (?:is|are) )?no versions? of \3(?![\w.-])/;
const MODULE = /(?:No module named '?|Cannot find (?:module|package) ['"])([@\w./-]{1,100})/;
const VARIABLE = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]{1,100}\b|(?<=')[A-Z][A-Z0-9_]{2,100}(?=')/;
function nameIn(text, pattern) {
    return pattern.exec(text)?.[1] ?? 'it';
}
function memoryAdvice({ kind }) {
    return kind === 'build'
        ? 'The build ran out of memory: install fewer or smaller packages, or build the image elsewhere and deploy it by `image-uri`.'
        : 'The server ran out of memory: load less, or give it more: for an image by `resource-spec` (such as `{memory_mb: 4096}`); for what LangSmith builds by a deployment of type `dedicated` under another `name`.';
}
/** The action leaves out the variables of the platform's own databases, so these cannot be corrected by it. */
function databaseAdvice(custom) {
    return `if it is a database of your own, check \`${custom}\` in \`secrets\`, and that the host can be reached from there; otherwise LangSmith or whoever runs the installation runs it: ask there.`;
}
function resolverAdvice(quoted) {
    const constraint = /\(constraint\) ([\w.-]{1,100})/.exec(quoted)?.[1];
    if (constraint && /^langgraph-(?:api|runtime)/.test(constraint)) {
        return `Remove ${constraint} from the dependencies of the project: the image brings its own.`;
    }
    if (constraint) {
        return `The image needs another version of ${constraint} than the project asks for: loosen or raise the pin, or choose another image by \`api_version\` in langgraph.json.`;
    }
    // uv wraps its words.
    const words = quoted.replace(/\s+/g, ' ');
    const unknown = UNKNOWN_PACKAGE.exec(words)?.[1];
    if (unknown)
        return `The index has no package ${unknown}: check its name; a private one needs its index.`;
    const unmatched = UNMATCHED_PACKAGE.exec(words);
    const name = unmatched?.slice(1).find(Boolean);
    if (name)
        return `The index has no version of ${name} that fits: correct the pin.`;
    return 'The pins of the project exclude each other: loosen or raise the quoted ones.';
}
/** Environment variables are named as the fields of the settings, in capitals. */
function settingsAdvice(quoted) {
    const lines = quoted.split('\n');
    const missing = lines.flatMap((line, index) => /^[A-Za-z_]\w{0,100}$/.test(line) && /Field required|\[type=missing/.test(lines[index + 1] ?? '')
        ? [line.toUpperCase()]
        : []);
    if (missing.length === 0)
        return 'A setting has a value that the code refuses: correct the quoted field in `secrets` or `variables`.';
    const names = [...new Set(missing)].map((name) => `\`${name}\``).join(', ');
    return missing.length === 1
        ? `A setting is missing: set the variable ${names} in \`secrets\`.`
        : `Settings are missing: set the variables ${names} in \`secrets\`.`;
}
/** So much of a line is looked at: a cause stands at its beginning. */
const MOST_CHARACTERS = 2_000;
/** The same cause can be told at every restart; so many places are compared. */
const MOST_PLACES = 50;
/** An annotation has room for so much; what comes last is left out. */
const MOST_BYTES = 2_800;
const DISPENSABLE = /\b(?:optional|skipp(?:ed|ing)|ignor(?:ed|ing)|disabl(?:ed|ing)|falling back|defaults? to|using default)\b/i;
/**
 * The cause that a log tells, or nothing.
 *
 * @param names such as those of the deployment, which say nothing of what happened
 */
function findCause(all, kind, names = []) {
    const lines = sinceTheStart(all, kind);
    const words = wordsOfAll(lines, names);
    const found = RULES.flatMap((rule, order) => {
        const at = placesOf(rule, words, kind);
        if (at.length === 0)
            return [];
        // Told by an error, it is surer than told by the way.
        const isError = at.some((index) => lines[index]?.isError);
        // What only a warning or a word of information tells gives way to the error that ended it.
        const isMild = at.every((index) => lines[index]?.isMild);
        return [{ rule, at, order, rank: (rule.rank ?? 1) + (isMild ? BEHIND_EXCEPTIONS : 0), isError }];
    }).sort((a, b) => a.rank - b.rank || Number(b.isError) - Number(a.isError) || a.order - b.order);
    const [best] = found;
    if (!best)
        return undefined;
    return causeAt(lines, best.rule, best.at, kind);
}
/** Ranks are 1 for a cause, 2 for an exception and 3 for a consequence. */
const BEHIND_EXCEPTIONS = 1.5;
function placesOf(rule, words, kind) {
    if (rule.kind && rule.kind !== kind)
        return [];
    const matches = (pattern) => (line) => line.words !== '' && pattern.test(line.words);
    if (rule.unless && words.some(matches(rule.unless)))
        return [];
    const isIt = matches(rule.pattern);
    const at = [];
    for (const [index, line] of words.entries()) {
        const counts = (rule.alsoRetries || !line.isRetry) && !(rule.isEssential && DISPENSABLE.test(line.words));
        if (at.length < MOST_PLACES && counts && isIt(line))
            at.push(index);
    }
    const { before } = rule;
    if (!before)
        return at;
    const last = words.findLastIndex(matches(before));
    return at.filter((index) => index <= last);
}
function causeAt(lines, rule, at, kind) {
    const quote = rule.quote ?? theLine;
    // The first of those with the most to say: a later one can be cut off, or an echo. Of tries again it is the last.
    const [best] = at
        .map((index) => ({ index, quoted: quote(lines, index) }))
        .sort((a, b) => b.quoted.length - a.quoted.length || (rule.alsoRetries ? b.index - a.index : a.index - b.index));
    if (!best)
        return undefined;
    const quoted = bounded(best.quoted);
    const text = lines[best.index]?.text.slice(0, MOST_CHARACTERS) ?? '';
    const found = { kind, text, quoted: best.quoted.join('\n') };
    const advice = typeof rule.advice === 'string' ? rule.advice : rule.advice(found);
    return { lines: quoted, advice, isVague: rule.rank === 3 };
}
/** As many lines as an annotation holds, none twice in a row. */
function bounded(lines) {
    const kept = [];
    let left = MOST_BYTES;
    for (const line of lines) {
        const text = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)} …` : line;
        left -= Buffer.byteLength(text) + 1;
        if (left < 0 && kept.length > 0)
            return [...kept, '…'];
        if (kept.at(-1) !== text)
            kept.push(text);
    }
    return kept;
}
/** The words of the lines; none of those that tell nothing of this failure. */
function wordsOfAll(lines, names) {
    const skipped = [linesOfRuns(lines), linesOfSource(lines)];
    const healed = lines.findLastIndex(({ text }) => /\bStarted container\b/.test(text.slice(0, MOST_CHARACTERS)));
    return lines.map(({ text }, index) => {
        const isSkipped = skipped.some((indices) => indices.has(index)) || (index < healed && WAITS.test(text));
        return isSkipped ? NO_WORDS : wordsOf(text, names);
    });
}
/** What a container waits for before it starts. */
const WAITS = /\bFailed(?:Scheduling|Mount)\b/;
/** A server that came up is past all that went wrong before. */
function sinceTheStart(lines, kind) {
    if (kind === 'build')
        return lines;
    const started = lines.findLastIndex(({ text }) => /\bApplication startup complete\b|\bUvicorn running on\b|\bApplication started up in\b/.test(text.slice(0, MOST_CHARACTERS)));
    return lines.slice(started + 1);
}
/** A run of the agent that fails says nothing of the deployment, for the server must be up to run it. */
const OF_A_RUN = /\b(?:Background run failed|Run encountered an error in graph|Run failed)\b/;
/** Where the lines do not tell which record they belong to, its trace has so many. */
const MOST_LINES_OF_A_RUN = 100;
function linesOfRuns(lines) {
    const skipped = new Set();
    let left = 0;
    for (const [index, { text, begins }] of lines.entries()) {
        const says = OF_A_RUN.test(text.slice(0, MOST_CHARACTERS));
        left = says ? MOST_LINES_OF_A_RUN : begins ? 0 : left - 1;
        if (left > 0)
            skipped.add(index);
    }
    return skipped;
}
/** Commands that are printed before they run, and the Dockerfile as BuildKit shows it. */
const ECHO = /^(?:(?:=> )?(?:ERROR |CACHED )?\[[^\]]{1,80}\] (?:RUN|ADD|COPY|FROM|WORKDIR)\b|\s?> \[|\s*=> |(?:RUN|COPY|ADD|FROM|ENV) (?!failed)|\+ |\$ |❯ |\s*\d+ \| |\s*>>> )/;
/** Commands in what is said of how they ended. */
const COMMAND = /(?:[Tt]he command |process |executor failed running )(?:'[^']*'|"[^"]*"|\[[^\]]*\])/g;
const ACCESS = /"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^"]*" \d{3}\b|^(?:GET|POST|PUT|PATCH|DELETE|HEAD) \S+ \d{3} \d+ ?ms|\bHTTP Request: [A-Z]+ /;
const NOISE = /^(?!.*\w(?:Error|Exception): ).*\bdeprecat|\bnpm (?:warn|notice|http|info)\b|\bnpm WARN\b|\bpip's dependency resolver does not\b|\bIgnored the following versions\b|^\[notice\]|\bcompiled by gcc\b|\bException in ASGI application\b|\bA complete log of this run can be found in\b/i;
/** Of yarn. */
const WARNING = /^warning /;
const RETRY = /\bretry(?:ing)?\b/i;
/** Lines with the words of each that can tell of an error; no words where it tells nothing by itself. */
function tellingWords(lines, names) {
    const words = wordsOfAll(lines, names);
    return lines.map((line, index) => {
        const told = words[index] ?? NO_WORDS;
        return { line, words: told.isRetry ? '' : told.words };
    });
}
const NO_WORDS = { words: '', isRetry: false };
function wordsOf(text, names) {
    const head = text.slice(0, MOST_CHARACTERS);
    if (ECHO.test(head) || ACCESS.test(head) || NOISE.test(head) || WARNING.test(head))
        return NO_WORDS;
    const unnamed = names.reduce((rest, name) => (name.length > 2 ? rest.replaceAll(name, ' ') : rest), head);
    const words = withoutPlaces(unnamed.replace(COMMAND, ' '));
    return { words, isRetry: RETRY.test(words) && !/\bafter \d+ (?:retries|tries|attempts)\b/.test(words) };
}

// EXTERNAL MODULE: ./build/object.js
var object = __webpack_require__(8949);
// EXTERNAL MODULE: ./build/runner/words.js
var words = __webpack_require__(3894);
;// CONCATENATED MODULE: ./build/deployment/log-lines.js


/** Of a longer message the middle is not looked through. */
const log_lines_MOST_CHARACTERS = 200_000;
/** More lines are not looked through: the last ones count. */
const MOST_LINES = 20_000;
/** The lines of the entries in their order: multi-line messages are split, JSON is opened, prefixes are cut off. */
function linesOf(entries) {
    // Where some entries have several lines, each of them is a record.
    const areRecords = entries.some(({ message }) => message.includes('\n'));
    return entries
        .flatMap((entry) => {
        const [first, ...rest] = linesOfEntry(entry);
        return first ? [{ ...first, begins: first.begins || areRecords }, ...rest] : [];
    })
        .slice(-MOST_LINES);
}
const ERROR_LEVEL = /^(?:ERROR|CRITICAL|FATAL)$/i;
const MILD_LEVEL = /^WARN(?:ING)?$/i;
function linesOfEntry({ level, message }) {
    const isErrorEntry = ERROR_LEVEL.test(level ?? '');
    return withoutMiddle(message)
        .split(LINE_END)
        .flatMap((line) => linesOfRecord(line, isErrorEntry));
}
function withoutMiddle(message) {
    if (message.length <= log_lines_MOST_CHARACTERS)
        return message;
    return `${message.slice(0, log_lines_MOST_CHARACTERS / 2)}\n${message.slice(-log_lines_MOST_CHARACTERS / 2)}`;
}
const LINE_END = /\r\n|\r|\n/;
/** A line, or a record of JSON in one line. */
function linesOfRecord(line, isErrorEntry) {
    const opened = openJson(line);
    return (0,words/* withoutEscapes */.Lx)(opened.text)
        .split(LINE_END)
        .map((text, index) => {
        const bare = withoutPrefix(text);
        const level = bare.level ?? opened.level ?? '';
        return {
            text: withoutFields(bare.text),
            isError: isErrorEntry || ERROR_LEVEL.test(level),
            isMild: !isErrorEntry && MILD_LEVEL.test(level),
            begins: bare.begins || (opened.isJson && index === 0)
        };
    });
}
/** What loggers call the text of a record, and what they add of an exception. */
const TEXT_FIELDS = ['event', 'message', 'msg', 'stream', 'log', 'error'];
const EXCEPTION_FIELDS = ['exception', 'exc_info', 'error_message', 'stack'];
/** The words of a JSON record, or the message as it is. */
function openJson(message) {
    const trimmed = message.trim();
    const closed = { text: message, level: undefined, isJson: false };
    if (!trimmed.startsWith('{"'))
        return closed;
    let record;
    try {
        record = (0,object/* object */.I)(JSON.parse(trimmed));
    }
    catch {
        // Stores cut long lines, and half a record is not JSON.
        return {
            text: trimmed
                .split(/","|\\n/)
                .map(withoutKey)
                .join('\n'),
            level: undefined,
            isJson: true
        };
    }
    const textOf = (names) => names.flatMap((name) => {
        const value = record?.[name];
        return typeof value === 'string' && value !== '' ? [value] : [];
    });
    const texts = [...textOf(TEXT_FIELDS).slice(0, 1), ...textOf(EXCEPTION_FIELDS).slice(0, 1)];
    const level = record?.level ?? record?.severity;
    if (texts.length === 0)
        return closed;
    return { text: texts.join('\n'), level: typeof level === 'string' ? level : undefined, isJson: true };
}
function withoutKey(part) {
    return part
        .replaceAll('\\"', '"')
        .replaceAll('\\u001b', '\u001b')
        .replace(/^\{?"?[\w.-]{1,100}":"/, '');
}
/** What stands before the words of a line. The first group of one that tells a level is the level. */
const PREFIXES = [
    // docker compose: `langgraph-api-1  | `
    { pattern: /^[a-zA-Z][\w.-]{0,100}\s{1,40}\| ?/, begins: false },
    { pattern: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d| UTC)?(?: |$)/, begins: true },
    { pattern: /^\d{1,2}\/\d{1,2}\/\d{4}, \d{1,2}:\d\d:\d\d(?: [AP]M)?(?: |$)/, begins: true },
    { pattern: /^\[(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\s{0,20}\] ?/i, begins: true },
    // Cloud Build: `Step #12: `
    { pattern: /^Step #\d{1,4}: ?/, begins: false },
    // BuildKit: `#12 3.456 `, and `#12 ` before a word of its own
    { pattern: /^#\d{1,4} \d{1,6}\.\d{1,3}(?: |$)/, begins: false },
    { pattern: /^#\d{1,4} (?=ERROR|DONE|CACHED|\[)/, begins: false },
    { pattern: /^\d{1,6}\.\d{2,3}(?: |$)/, begins: false },
    { pattern: /^\d{1,6}\.\d (?=ERROR|WARNING|error| )/, begins: false }
];
/** Each tool on the way adds one. */
const MOST_PREFIXES = 6;
function withoutPrefix(line) {
    let text = line;
    let level;
    let begins = false;
    for (let count = 0; count < MOST_PREFIXES; count += 1) {
        const found = PREFIXES.map((prefix) => ({ ...prefix, match: prefix.pattern.exec(text) })).find(({ match }) => match);
        if (!found?.match)
            break;
        text = text.slice(found.match[0].length);
        level ??= found.match[1];
        begins ||= found.begins;
    }
    return { text: text.trimEnd(), begins, ...(level ? { level } : {}) };
}
/** Without the logger and the fields that structlog adds: ` [uvicorn.error] api_variant=licensed thread_name=MainThread`. */
function withoutFields(text) {
    // Only where it can be one: of a line without an end no logger is looked for.
    const head = text.slice(0, MOST_CHARACTERS_OF_WORDS);
    const at = head.search(/ \[[a-z_][\w.]{0,100}\] {1,40}[a-z_]{1,60}=/i);
    if (at < 0)
        return text.replace(/^\[[a-z_][\w.]{0,100}\] {1,40}[a-z_]{1,60}=.*/i, '');
    return text.slice(0, at).trimEnd();
}
const MOST_CHARACTERS_OF_WORDS = 20_000;

// EXTERNAL MODULE: ./build/deployment/log-stream.js
var log_stream = __webpack_require__(5773);
;// CONCATENATED MODULE: ./build/deployment/logs.js




/** The logs in which the cause of a failure, or of a delay, stands; none when the status is not that of one phase. */
function logOfFailure(status) {
    switch (status) {
        case 'BUILDING':
        case 'AWAITING_DEPLOY':
        case 'BUILD_FAILED':
            return ['build'];
        // What was deployed and does not serve tells of it there too.
        case 'DEPLOYING':
        case 'DEPLOYED':
        case 'DEPLOY_FAILED':
            return ['deploy'];
        // A revision that could not be set up may have got as far as a build.
        case 'CREATE_FAILED':
            return ['build', 'deploy'];
        default:
            return [];
    }
}
/** Lines that are shown of a failure. */
const LAST_LINES = 50;
/** Requests for the log of one failure, over both kinds. */
const MOST_REQUESTS = 4;
/** For how long a cause is looked for, besides. */
const MOST_MS_OF_SEARCH = 20_000;
/**
 * Reads the end of the log of the phase that failed, or in which the revision is; where that tells no cause, its error lines, and then what came
 * before. Nothing when there is no such log.
 *
 * @throws what the first request throws; later ones only make it better
 */
async function readLogOfFailure(search) {
    const { readLogs, clock, deploymentId, revision, known, names } = search;
    const until = clock.now() + MOST_MS_OF_SEARCH;
    let requests = 0;
    const read = async (kind, more) => {
        requests += 1;
        const page = await readLogs(deploymentId, revision.id, { kind, order: 'desc', limit: log_stream/* PAGE */.KL, ...more });
        return { ...page, entries: page.entries.slice(0, log_stream/* PAGE */.KL).reverse() };
    };
    const mayGoOn = (entries) => requests < MOST_REQUESTS && clock.now() < until && charactersOf(entries) < log_stream/* MOST_CHARACTERS_OF_SEARCH */.SJ;
    for (const kind of logOfFailure(revision.status)) {
        // An image is not built.
        if (kind === 'build' && revision.source === 'external_docker')
            continue;
        const isTold = (entries) => findCause(linesOf(entries), kind, names)?.isVague === false;
        // A server that is up goes on to log after its revision has ended.
        const seen = revision.status === 'DEPLOYED' ? [] : (known?.(revision.id, kind) ?? []);
        const end = seen.length > 0 ? { entries: seen, next: undefined } : await read(kind, { offset: undefined });
        if (end.entries.length === 0)
            continue;
        const entries = end.entries.slice(-LAST_LINES);
        let searched = end.entries;
        let { next } = end;
        if (next && !isTold(searched) && mayGoOn(searched)) {
            const errors = (await tryTo(() => read(kind, { level: 'ERROR', offset: undefined })))?.entries ?? [];
            if (isTold(errors))
                return { kind, entries, searched: [...errors, ...searched] };
        }
        while (next && !isTold(searched) && mayGoOn(searched)) {
            const offset = next;
            const page = await tryTo(() => read(kind, { offset }));
            searched = [...(page?.entries ?? []), ...searched];
            next = page && page.entries.length > 0 && page.next !== offset ? page.next : undefined;
        }
        return { kind, entries, searched };
    }
    return undefined;
}
/** What a request gives that only makes an excerpt better; nothing when it fails. */
async function tryTo(request) {
    try {
        return await request();
    }
    catch (error) {
        // At the deadline, what was read before is still worth telling.
        if (error instanceof limits/* CancelledError */.cc)
            throw error;
        return undefined;
    }
}
function charactersOf(entries) {
    return entries.reduce((sum, { message }) => sum + message.length, 0);
}
const READS_LIKE_AN_ERROR = /\b(error|exception|traceback|fatal|failed|failure|cannot|could not|not found|no such|denied|unable|missing|invalid)\b|\bERR!|Error:|^E\s/i;
const MOST_TELLING_LINES = 8;
/** Names of packages and loggers, and counts of errors that did not happen. */
const NO_ERROR = /\b\w{1,100}(?:-[\w.]{1,100}){1,20}|\b\w{1,100}\.errors?\b(?!\.)|\b(?:0|no) (?:errors?|failures?|failed|exceptions?)\b|\b\w{0,100}(?:errors?|failed|failures?)=0\b/gi;
/** An error without a word of what it is. */
const BARE = /^\W*(?:(?:ERRORS?|FATAL|CRITICAL|EXCEPTION)\W*|(?:During handling of|The above exception was) .*exception.*)$/i;
/**
 * The cause that a log tells with the lines behind it; the last lines that read like an error where none is known, and
 * the very last ones where none does.
 *
 * @param names such as those of the deployment, which say nothing of what happened
 */
function tellingLines(entries, kind, names = []) {
    const all = linesOf(entries);
    // Only a name of several words can hold one of an error without being one.
    const misleading = names.filter((name) => name.includes('-'));
    const cause = findCause(all, kind, misleading);
    if (cause)
        return { ...cause, isTelling: true, isCause: true };
    const lines = tellingWords(all, misleading).filter(({ line }) => line.text.trim() !== '');
    const telling = lines.filter(({ line, words }) => {
        if (words === '' || line.isMild || BARE.test(words))
            return false;
        return line.isError || READS_LIKE_AN_ERROR.test(words.replace(NO_ERROR, ' '));
    });
    const shown = telling.length > 0 ? telling.slice(-MOST_TELLING_LINES) : lines.slice(-3);
    return {
        isTelling: telling.length > 0,
        isCause: false,
        lines: shown.map(({ line }) => line.text.trim()),
        advice: kind === 'deploy' && telling.length === 0 ? USUAL_CAUSES : ''
    };
}
const USUAL_CAUSES = 'The log names no cause; an import that fails or a secret that is missing are the usual ones.';


/***/ })

};
