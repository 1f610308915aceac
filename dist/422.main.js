export const id = 422;
export const ids = [422,41];
export const modules = {

/***/ 9422:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  findCause: () => (/* binding */ findCause),
  tellingLines: () => (/* binding */ tellingLines)
});

// UNUSED EXPORTS: findRule

;// CONCATENATED MODULE: ./build/report/quotes.js
const REACH = 60;
function textAt(lines, index) {
    return lines[index]?.text ?? '';
}
const theLine = (lines, index) => [textAt(lines, index).trim()];
const INSTALL = /^\s{0,9}(?:(?:=> (?:ERROR )?|> )?\[[^\]]{1,80}\]|Step \d{1,4}\/\d{1,4} :) RUN .{0,1000}?\b(?:pip|uv|npm|pnpm|yarn|bun|poetry) /;
const STEP_ENDED = /^(?:DONE|CACHED)\b/;
function isInstall(quoted) {
    return quoted.split('\n').some((line) => INSTALL.test(line));
}
const withInstall = (lines, index) => {
    const before = lines.slice(Math.max(0, index - REACH), index);
    const running = before.slice(before.findLastIndex(({ text }) => STEP_ENDED.test(text)) + 1);
    const step = running.findLast(({ text }) => INSTALL.test(text));
    return [...(step ? [step.text.trim()] : []), ...theLine(lines, index)];
};
function upTo(end, most) {
    return (lines, index) => {
        const after = lines.slice(index + 1, index + 1 + REACH);
        const ends = after.findIndex(({ text }, offset) => end.test(text) && !(text === '' && offset === 0));
        const block = ends < 0 ? after : after.slice(0, ends);
        return [textAt(lines, index).trim(), ...block.map(({ text }) => text).filter(Boolean)].slice(0, most);
    };
}
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
const FIELD = /^[A-Za-z_][\w.]{0,100}$/;
const FIELD_FAULT = /^\s+\S.*\[type=/;
const MOST_FIELDS = 8;
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
const LIBRARY = /site-packages|dist-packages|<frozen|<string>|"\/(?:usr\/(?:local\/)?lib|api|opt)\/|\/langgraph_\w+\/|node_modules|node:|\/uvloop\/|"uvloop/;
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
function isUsersFrame(line) {
    return (FRAME.test(line) || JS_FRAME.test(line)) && !LIBRARY.test(line);
}
const exceptionWithFrame = (lines, index) => {
    const before = [];
    for (let at = index - 1; at >= Math.max(0, index - REACH); at -= 1) {
        const text = textAt(lines, at);
        const isOfOther = lines[index]?.begins && !lines[at]?.begins;
        if (isOfOther || text.includes('Traceback (most recent call last)'))
            break;
        if (isUsersFrame(text)) {
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

;// CONCATENATED MODULE: ./build/report/cause-rules.js

const RUN_AGAIN = 'The platform or its network failed, not the code: rerun this job.';
const NO_IMAGE = 'The registry does not have this image: check its name, tag and digest, and that it was pushed.';
const REFUSED_LOGIN = 'The package index rejected the login: provide the credentials to the build (pip.conf, .npmrc), or build the image elsewhere and set `image-uri`.';
const NO_START_COMMAND = 'The start command does not exist in the image: build the image with `langgraph build`, or correct ENTRYPOINT and CMD.';
const NO_COMPILER = 'A package has no wheel for this Python version and must be compiled, but the image has no compiler or headers: use a version with a wheel, or install them with `dockerfile_lines` in langgraph.json (for example `RUN apt-get update && apt-get install -y build-essential`).';
const LOCK_FILE = 'The lock file does not match the project: update it and commit it.';
const WRONG_PATH = 'A path under `graphs` in langgraph.json does not exist in the image: correct the path (use `/`, also on Windows), and check that the file is committed.';
const CAUSE_RULES = [
    {
        pattern: /\bOOMKilled\b|\bJavaScript heap out of memory\b|\bMemoryError\b|\bCannot allocate memory\b|\boom-kill/,
        quote: followedBy(/Exit Code|memory:/i, 3),
        advice: memoryAdvice
    },
    {
        pattern: /^(?:.{0,200}: line \d+: +\d+ )?Killed(?: +\(.*\))?$|\bexit(?:ed with)?(?: status| code)?:? (?:code )?137\b|\berrno 137\b|non-zero code: 137\b|\bstatus: 137\b/i,
        unless: /liveness probe/i,
        quote: followedBy(/137/, 2),
        advice: memoryAdvice
    },
    {
        pattern: /\bInsufficient (?:memory|cpu|ephemeral-storage)\b/,
        advice: 'No node has enough free resources: add nodes, or request less. For an image, lower `resource-spec`. For a deployment that LangSmith builds, use another `deployment-type` and another `name`.'
    },
    {
        pattern: /\bexceeded quota\b/,
        advice: 'The quota of the namespace is exhausted: raise it, delete unused deployments, or, for an image, lower `resource-spec`.'
    },
    {
        pattern: /^(?!.*\bprobe\b).*(?:\bexec:? (?:"[^"]{0,200}": ?|[\w.-]{1,100}: )?(?:stat\b[^:]{0,200}:? ?)?(?:no such file or directory|permission denied|not found)\b(?! for)|\bexecutable file\b.{0,200}\bnot found in \$PATH)/i,
        kind: 'deploy',
        advice: ({ text }) => /permission denied/i.test(text)
            ? 'The start command of the image is not executable: set its mode in the image (`chmod +x`), or build it with `langgraph build`.'
            : NO_START_COMMAND
    },
    {
        pattern: /\bexec format error\b|\bno match for platform in manifest\b/,
        advice: 'The image is built for another CPU architecture: build it for linux/amd64 (`platforms: linux/amd64` in docker/build-push-action, `docker build --platform linux/amd64`).'
    },
    {
        pattern: /\btoomanyrequests\b|\bpull rate limit\b/i,
        advice: ({ kind }) => kind === 'build'
            ? 'The registry limits anonymous pulls: use a mirror for the base image, or rerun this job later.'
            : 'The registry limits anonymous pulls: log in to it (for your own image, `image_pull_secrets` in `resource-spec`), use a mirror, or rerun this job later.'
    },
    {
        pattern: /\b(?:pull|resolve|do request|Get|Head)\b.*\bx509: /i,
        advice: ({ text, kind }) => /x509: .*unknown authority/.test(text)
            ? `The ${kind === 'build' ? 'builders' : 'nodes'} do not trust the certificate of the registry: install its CA on them.`
            : 'The certificate of the registry is not valid: renew it, and check the host name and the clock.'
    },
    {
        pattern: /\b(?:secret|configmap) "[^"]*" not found\b|\bUnable to retrieve some image pull secrets\b/,
        kind: 'deploy',
        unless: /\bStarted container\b|\bSuccessfully pulled image\b/,
        advice: ({ text }) => /\bconfigmap\b/.test(text)
            ? 'The ConfigMap does not exist in the cluster: create it in the namespace of the deployment.'
            : 'The secret does not exist in the cluster: create it in the namespace of the deployment. For your own image, check the name in `image_pull_secrets` of `resource-spec`.'
    },
    {
        pattern: /(?:\bpull|\bfailed to authorize|\bfetch oauth token|\bresolve reference|\bmanifests?\b).*(?:\b40[13]\b|\bunauthorized\b|\bdenied\b|\bauthentication required\b|no basic auth)/i,
        advice: ({ kind }) => kind === 'build'
            ? 'The registry denied the pull of a base image: check its reference, and that it can be pulled without a login. Or build the image elsewhere and set `image-uri`.'
            : 'The registry denied the pull: check the reference. For your own image, set the credentials in `image_pull_secrets` of `resource-spec`.'
    },
    {
        pattern: /\bmanifest unknown\b|\bmanifest for .*not found\b|\b(?:resolve reference|resolve source metadata|pull(?:ing)?(?: and unpack)? image|ErrImagePull)\b.*\bnot found\b|\b(?:failed to solve:|image) not found\b|\bInvalidImageName\b/i,
        advice: NO_IMAGE
    },
    {
        pattern: /\b(?:Failed to pull|failed to do request|pulling)\b.*(?:i\/o timeout|no such host|connection refused|DeadlineExceeded|TLS handshake)/i,
        advice: 'The registry could not be reached: rerun this job. If it fails again, check the name of the registry and the network of the platform.'
    },
    {
        pattern: /\bErrImagePull\b|\bImagePullBackOff\b|\bFailed to pull image\b/,
        advice: 'The image could not be pulled: check its reference and, for your own image, `image_pull_secrets` in `resource-spec`.'
    },
    {
        pattern: /\bNo space left on device\b|\bENOSPC\b|\bDisk quota exceeded\b|\bephemeral.storage\b.*\bexceed/i,
        advice: ({ kind }) => kind === 'build'
            ? 'The disk of the build is full: remove large packages (such as torch with CUDA) and large files from the source.'
            : 'The disk is full: write less data or, for an image, request more storage in `resource-spec`.'
    },
    {
        pattern: /CERTIFICATE_VERIFY_FAILED|\bSSLCertVerificationError\b|\bself.signed certificate\b|\bUnknownIssuer\b|\bunable to get (?:local )?issuer certificate\b|\bUNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)/i,
        kind: 'build',
        alsoRetries: true,
        before: /No matching distribution|Could not install packages|Failed to (?:fetch|download)|invalid peer certificate|did not complete|returned a non-zero code|npm (?:ERR!|error)/,
        advice: 'The build does not trust the certificate of the package index: add the CA of your proxy or index with `dockerfile_lines` in langgraph.json. The package itself may exist.'
    },
    {
        pattern: /\b(?:Temporary failure in name resolution|Name or service not known|Name does not resolve|failed to lookup address|ENOTFOUND|EAI_AGAIN|[Nn]etwork is unreachable)\b/,
        kind: 'build',
        alsoRetries: true,
        before: /No matching distribution|Could not install packages|Failed to (?:fetch|download)|help:|did not complete|npm (?:ERR!|error)|lookup address/,
        advice: 'The build could not reach the package index: check the host name of a private index; otherwise, rerun this job. The package itself may exist.'
    },
    {
        pattern: /\bDO NOT MATCH THE HASHES\b|\bHash mismatch\b|\bEINTEGRITY\b/,
        quote: followedBy(/Expected|Got|sha256|sha512|Computed|unknown package|from /, 6),
        advice: 'A download does not match the pinned hash: regenerate the hashes. If they are correct, rerun this job.'
    },
    {
        kind: 'build',
        pattern: /\bcould not read (?:Username|Password)\b|\bPermission denied \(publickey\)|\bHost key verification failed\b|\bAuthentication failed for\b|\bremote: (?:Repository not found|Invalid username)/,
        advice: 'The build has no access to a private git repository: publish the package to an index that the build can reach, copy its code into the source, or build the image elsewhere and set `image-uri`.'
    },
    {
        pattern: /\bhint: An index URL\b/,
        kind: 'build',
        quote: upTo(/^\s*(?:hint|-{4,}|ERROR|error|help|failed|Dockerfile)|^\s*$/, 3),
        advice: REFUSED_LOGIN
    },
    {
        pattern: /\b40[13] Error, Credentials not correct\b|\b40[13] Client Error\b|^User for\b/,
        kind: 'build',
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
        advice: 'The branch, tag or commit does not exist in the git repository: correct `repo-ref`, or the pin of a git dependency, and check that it is pushed.'
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
        advice: 'The project requires another Python version than the image has: set `python_version` in langgraph.json, or relax `requires-python`.'
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
        advice: 'Two packages require different versions of the same peer dependency: align them in package.json, and commit the lock file.'
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
            ? `The package index has no version of ${matchedName(quoted, REQUIREMENT)} for this Python version: check the name, or set another \`python_version\` in langgraph.json.`
            : `The package index has no version that matches ${matchedName(quoted, REQUIREMENT)}: correct the pin.`
    },
    {
        pattern: /\bcode (?:E404|ETARGET)\b|\bNo matching version found for\b|\bERR_PNPM_(?:FETCH_404|NO_MATCHING_VERSION)\b/,
        quote: theseLines(/404 +Not Found|is not in (?:this|the npm) registry|No matching version|ERR_PNPM/, 4),
        advice: 'The package or version does not exist in the package index: check the name and the pin in package.json and, for a private package, its registry.'
    },
    {
        pattern: /\bpg_config executable not found\b/,
        advice: 'psycopg2 is compiled from source, but the image has no libpq: use a version of `psycopg2-binary` (or `psycopg[binary]`) that has a wheel for this Python version.'
    },
    {
        pattern: /\bunable to execute '(?:gcc|g\+\+|cc)'|\bcommand '\S*(?:gcc|g\+\+|cc|clang)' failed\b|\bNo such file or directory: '(?:gcc|g\+\+|cc|cargo|make|cmake)'|\b(?:gcc|cargo|make|cmake): (?:command )?not found\b|\bPython\.h: No such file\b|\bcan't find Rust compiler\b|\bFailed building wheel for\b/,
        quote: theseLines(/unable to execute|command '.*failed|No such file|not found|Failed building wheel|Rust compiler/, 5),
        advice: NO_COMPILER
    },
    {
        pattern: /\bMultiple top-level packages discovered\b|\bUnable to determine which files to ship\b/,
        quote: followedBy(/wheel using|The most likely cause|name of your project/, 4),
        advice: 'The build tool cannot determine which folders belong to the package: list them in pyproject.toml (`[tool.setuptools] packages`, or `[tool.hatch.build.targets.wheel] packages`), or move the code to src/.'
    },
    {
        pattern: /\bcannot open shared object file\b/,
        quote: exceptionWithFrame,
        advice: 'A system library is missing in the image: install its distribution package with `dockerfile_lines` in langgraph.json.'
    },
    {
        pattern: /\bMissing script: /,
        advice: 'The script is missing in package.json: add it, or correct `install-command` and `build-command`.'
    },
    {
        pattern: /\bfailed to (?:calculate checksum|compute cache key)\b.*\bnot found\b|\bCOPY failed\b|\bADD failed\b/i,
        advice: 'A file that the build copies is not in the source: check its path, that it is committed, and that .dockerignore does not exclude it.'
    },
    {
        pattern: /\bexternally-managed-environment\b/,
        advice: 'The Python of the Linux distribution does not allow pip installs: use a virtual environment, or a `python` base image.'
    },
    {
        pattern: /\$'\\r': command not found|\^M: bad interpreter|\bpython3?\\r\b/,
        advice: 'A script has Windows line endings: store it with LF (`*.sh text eol=lf` in .gitattributes).'
    },
    {
        pattern: /\berror TS\d{3,5}:/,
        quote: theseLines(/\berror TS\d{3,5}:/, 6),
        advice: 'The TypeScript code does not compile: correct the quoted lines. Add missing modules to `dependencies` or `devDependencies`.'
    },
    {
        pattern: /\bCould not find graph '/,
        quote: followedBy(/^\s*(?:\d\. The |Did you mean|- )/, 6),
        advice: 'The file has no variable of that name: correct the name after the `:` under `graphs` in langgraph.json, or export the variable.'
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
            : 'A file that the code opens is not in the image: check its path, and that it is committed and part of the package.'
    },
    {
        pattern: /\battempted relative import\b/,
        quote: exceptionWithFrame,
        advice: 'The graph is loaded as a single file, so relative imports fail: use a module path under `graphs` (`agent.graph:graph`), or absolute imports from an installed package.'
    },
    {
        pattern: /\bNo module named '?[\w.]+|\bERR_MODULE_NOT_FOUND\b|\bCannot find (?:module|package) '/,
        isEssential: true,
        quote: exceptionWithFrame,
        advice: ({ text }) => `Add the package that provides \`${matchedName(text, MODULE)}\` to the dependencies of the project. If it is your own code, add its folder to \`dependencies\` in langgraph.json.`
    },
    {
        pattern: /\bImportError: cannot import name\b.*\blanggraph_(?:api|runtime|license|storage)/,
        quote: exceptionWithFrame,
        advice: 'The packages of the Agent Server are incompatible: do not pin or install langgraph-api or langgraph-runtime in the project, or set `api_version` in langgraph.json.'
    },
    {
        pattern: /\bImportError: cannot import name\b/,
        quote: exceptionWithFrame,
        advice: 'The installed version of a package does not have this name: correct the import, or pin a version that has it.'
    },
    {
        pattern: /\b(?:SyntaxError|IndentationError|TabError): /,
        quote: exceptionWithFrame,
        advice: 'The code has a syntax error: correct the quoted line.'
    },
    {
        pattern: /\bDescriptors cannot (?:not )?be created directly\b/,
        quote: exceptionWithFrame,
        advice: 'A package contains code generated for an older protobuf version: upgrade that package, or pin `protobuf<=3.20.3`.'
    },
    {
        pattern: /\basyncio\.run\(\) cannot be called from a running event loop\b/,
        quote: exceptionWithFrame,
        advice: 'The function that creates the graph calls `asyncio.run()`: make the function `async`, and use `await` instead.'
    },
    {
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
        advice: 'The API key is set, but its value is invalid: correct the value in `secrets`.'
    },
    {
        pattern: /\bPermissionError: |\bEACCES: permission denied\b/,
        kind: 'deploy',
        isEssential: true,
        quote: exceptionWithFrame,
        advice: 'The Agent Server has no permission to read or write this path: write to `/tmp`, or set the permissions in the image (`dockerfile_lines` in langgraph.json, or the Dockerfile).'
    },
    {
        pattern: /\bError checking Langsmith access\b/i,
        quote: followedBy(/ConnectError|name resolution|timed out|certificate/i, 2),
        advice: 'The Agent Server could not reach LangSmith to check its license: allow outbound access to LangSmith, or set an offline license in the installation.'
    },
    {
        pattern: /^(?!.*\b(?:ingest|tracing)\b).*(?:CERTIFICATE_VERIFY_FAILED|\bUNABLE_TO_VERIFY_LEAF_SIGNATURE\b)/,
        kind: 'deploy',
        quote: exceptionWithFrame,
        advice: 'The Agent Server does not trust the certificate of a host that it calls: add the CA to the image (`dockerfile_lines` in langgraph.json, or the Dockerfile), and set its path as `SSL_CERT_FILE` (Node.js: `NODE_EXTRA_CA_CERTS`) in `variables`.'
    },
    {
        pattern: /\bLicense verification failed\b|\bLicense key is (?:not valid|invalid|expired)\b|\bInvalid license\b/i,
        quote: followedBy(/^- For /, 3),
        advice: 'The Agent Server has no valid license: the license is set in the installation, not by this action. Ask the administrator of the installation to check it.'
    },
    {
        pattern: /\bDirty database version\b|\bInvalid value for '--database-uri'|\bmigrate: +Usage:/,
        quote: followedBy(/Invalid value|Readiness check/, 3),
        advice: ({ quoted }) => /Dirty/.test(quoted)
            ? 'A database migration was interrupted: repair the database and its migration version, then rerun this job.'
            : `The migration has no valid database: ${databaseAdvice('POSTGRES_URI_CUSTOM')}`
    },
    {
        pattern: /\bredis\.exceptions\.\w+|\bconnecting to redis\b|\bRedis\b.*\b(?:refused|timed out|not connect)\b|\bWRONGPASS\b|\bNOAUTH\b/,
        advice: `The Agent Server cannot reach its Redis: ${databaseAdvice('REDIS_URI_CUSTOM')}`
    },
    {
        pattern: /\bconnection to server at .*failed\b|\bcould not connect to server\b|\bPoolTimeout\b|\bpassword authentication failed for user\b|\bcould not translate host name\b|\bdatabase .*does not exist$/,
        quote: followedBy(/Is the server running|password authentication/, 2),
        advice: `The Agent Server cannot reach its Postgres: ${databaseAdvice('POSTGRES_URI_CUSTOM')}`
    },
    {
        pattern: /\baddress already in use\b|\bEADDRINUSE\b/i,
        advice: 'Another process in the container already uses the port: do not start your own server on it.'
    },
    {
        pattern: /^(?:[A-Za-z_]\w*\.)*(?!CancelledError)[A-Z]\w*(?:Error|Exception)(?:: |$)|\bGraph '.*' failed to load: /,
        isEssential: true,
        quote: exceptionWithFrame,
        advice: ({ quoted }) => quoted.split('\n').some(isUsersFrame)
            ? 'The code of the agent fails when it is loaded: correct the quoted line.'
            : '',
        rank: 2
    },
    {
        pattern: /\bprobe failed\b|\bfailed (?:liveness|readiness|startup) probe\b|\bCrashLoopBackOff\b|\bBack-off restarting failed container\b/i,
        quote: theseLines(/probe|CrashLoop|Back-off/i, 4),
        advice: ({ quoted }) => /Back-off|CrashLoop/i.test(quoted) && !/liveness/i.test(quoted)
            ? 'The container exits after its start: read its output in the deploy log.'
            : 'The Agent Server does not respond to its health check in time: move slow work out of the startup, or request more CPU and memory.',
        rank: 3
    },
    {
        pattern: /\bcontext deadline exceeded\b/i,
        kind: 'build',
        quote: withInstall,
        advice: ({ quoted }) => isInstall(quoted)
            ? 'The build ended while this step installed packages: rerun this job. If it ends there again, install fewer or smaller packages, or build the image elsewhere and set `image-uri`.'
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
        advice: 'The Agent Server was not ready in time, and the log shows no cause: rerun this job. If it fails again, make the server start faster, or report the ID of the revision to LangSmith.',
        rank: 3
    },
    {
        pattern: /^(?:\w+\.)*(?:KeyboardInterrupt|CancelledError)\b/,
        advice: 'The log shows that the Agent Server was stopped, but not why: rerun this job.',
        rank: 3
    }
];
const REQUIREMENT = /(?:No matching distribution found for|satisfies the requirement) ([\w.[\]<>=!~,+-]{1,100})/;
const UNKNOWN_PACKAGE = /\b([\w.-]{1,100}) was not found in (?:the package registry|the provided package locations)\b/;
const UNMATCHED_PACKAGE = /\bno versions? of ([\w.-]{1,100})(?![\w.-])\S{0,200} and (?:you require|[^,]{1,100}? depends on) \1(?![\w.-])|\bBecause only ([\w.-]{1,100})(?![\w.-])\S{0,200} is available and (?:you require|[^,]{1,100}? depends on) \2(?=[[<>=!~])|\b(?:you require|depends on) ([\w.-]{1,100})(?![\w.-])\S{0,200} and (?:there (?:is|are) )?no versions? of \3(?![\w.-])/;
const MODULE = /(?:No module named '?|Cannot find (?:module|package) ['"])([@\w./-]{1,100})/;
const VARIABLE = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]{1,100}\b|(?<=')[A-Z][A-Z0-9_]{2,100}(?=')/;
function matchedName(text, pattern) {
    return pattern.exec(text)?.[1] ?? 'it';
}
function memoryAdvice({ kind }) {
    return kind === 'build'
        ? 'The build ran out of memory: install fewer or smaller packages, or build the image elsewhere and set `image-uri`.'
        : 'The Agent Server ran out of memory: load less data, or request more memory. For an image, use `resource-spec` (for example `{memory_mb: 4096}`). For a deployment that LangSmith builds, use `deployment-type: dedicated` and another `name`.';
}
function databaseAdvice(custom) {
    return `for your own database, check \`${custom}\` in \`secrets\`, and that the Agent Server can reach the host. Otherwise, contact LangSmith or the administrator of the installation.`;
}
function resolverAdvice(quoted) {
    const constraint = /\(constraint\) ([\w.-]{1,100})/.exec(quoted)?.[1];
    if (constraint && /^langgraph-(?:api|runtime)/.test(constraint)) {
        return `Remove ${constraint} from the dependencies of the project: the image brings its own.`;
    }
    if (constraint) {
        return `The image requires another version of ${constraint} than the project: relax or raise the pin, or select another image with \`api_version\` in langgraph.json.`;
    }
    const words = quoted.replace(/\s+/g, ' ');
    const unknown = UNKNOWN_PACKAGE.exec(words)?.[1];
    if (unknown)
        return `The package index does not have ${unknown}: check its name. For a private package, configure its index.`;
    const unmatched = UNMATCHED_PACKAGE.exec(words);
    const name = unmatched?.slice(1).find(Boolean);
    if (name)
        return `The package index has no matching version of ${name}: correct the pin.`;
    return 'The pins of the project conflict: relax or raise the quoted ones.';
}
function settingsAdvice(quoted) {
    const lines = quoted.split('\n');
    const missing = lines.flatMap((line, index) => /^[A-Za-z_]\w{0,100}$/.test(line) && /Field required|\[type=missing/.test(lines[index + 1] ?? '')
        ? [line.toUpperCase()]
        : []);
    if (missing.length === 0)
        return 'The code rejects the value of a setting: correct the quoted field in `secrets` or `variables`.';
    const names = [...new Set(missing)].map((name) => `\`${name}\``).join(', ');
    return missing.length === 1
        ? `A setting is missing: set the variable ${names} in \`secrets\`.`
        : `Settings are missing: set the variables ${names} in \`secrets\`.`;
}

// EXTERNAL MODULE: ./build/report/log-lines.js
var log_lines = __webpack_require__(9031);
;// CONCATENATED MODULE: ./build/report/log-words.js

const MOST_CHARACTERS_OF_LINE = 2_000;
function lineHead(text) {
    return text.slice(0, MOST_CHARACTERS_OF_LINE);
}
function wordsOfLines(lines, names, runs) {
    const skipped = [...(runs === 'besides' ? [linesOfRuns(lines)] : []), linesOfSource(lines)];
    const started = lines.findLastIndex(({ text }) => /\bStarted container\b/.test(lineHead(text)));
    return lines.map(({ text }, index) => {
        const isSkipped = skipped.some((indices) => indices.has(index)) || (index < started && WAITS.test(text));
        return isSkipped ? NO_WORDS : wordsOfLine(text, names);
    });
}
const WAITS = /\bFailed(?:Scheduling|Mount)\b/;
const OF_A_RUN = /\b(?:Background run failed|Run encountered an error in graph|Run failed)\b/;
const MOST_LINES_OF_A_RUN = 100;
function linesOfRuns(lines) {
    const skipped = new Set();
    let left = 0;
    for (const [index, { text, begins }] of lines.entries()) {
        const isOfRun = OF_A_RUN.test(lineHead(text));
        left = isOfRun ? MOST_LINES_OF_A_RUN : begins ? 0 : left - 1;
        if (left > 0)
            skipped.add(index);
    }
    return skipped;
}
const ECHO = /^(?:(?:=> )?(?:ERROR |CACHED )?\[[^\]]{1,80}\] (?:RUN|ADD|COPY|FROM|WORKDIR)\b|\s?> \[|\s*=> |(?:RUN|COPY|ADD|FROM|ENV) (?!failed)|\+ |\$ |\u276f |\s*\d+ \| |\s*>>> )/;
const ENDED_COMMAND = /(?:[Tt]he command |process |executor failed running )(?:'[^']*'|"[^"]*"|\[[^\]]*\])/g;
const ACCESS = /"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^"]*" \d{3}\b|^(?:GET|POST|PUT|PATCH|DELETE|HEAD) \S+ \d{3} \d+ ?ms|\bHTTP Request: [A-Z]+ /;
const NOISE = /^(?!.*\w(?:Error|Exception): ).*\bdeprecat|\bnpm (?:warn|notice|http|info)\b|\bnpm WARN\b|\bpip's dependency resolver does not\b|\bIgnored the following versions\b|^\[notice\]|\bcompiled by gcc\b|\bException in ASGI application\b|\bA complete log of this run can be found in\b/i;
const YARN_WARNING = /^warning /;
const RETRY = /\bretry(?:ing)?\b/i;
const NO_WORDS = { words: '', isRetry: false };
function wordsOfLine(text, names) {
    const head = lineHead(text);
    if (ECHO.test(head) || ACCESS.test(head) || NOISE.test(head) || YARN_WARNING.test(head))
        return NO_WORDS;
    const unnamed = names.reduce((rest, name) => (name.length > 2 ? rest.replaceAll(name, ' ') : rest), head);
    const words = withoutPlaces(unnamed.replace(ENDED_COMMAND, ' '));
    return { words, isRetry: RETRY.test(words) && !/\bafter \d+ (?:retries|tries|attempts)\b/.test(words) };
}
const PLACE = /^\W*(?:[A-Za-z][\w+.-]*:\/\/\S+|[\w.@~-]*(?::\d+)?\/[\w.@:/~-]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+\.[a-z]{2,})\W*$/;
const LONGEST_PLACE = 500;
function withoutPlaces(text) {
    return text
        .split(/\s+/)
        .filter((word) => word.length > LONGEST_PLACE || !PLACE.test(word))
        .join(' ');
}

;// CONCATENATED MODULE: ./build/report/causes.js




const MOST_PLACES = 50;
const MOST_BYTES = 2_800;
const DISPENSABLE = /\b(?:optional|skipp(?:ed|ing)|ignor(?:ed|ing)|disabl(?:ed|ing)|falling back|defaults? to|using default)\b/i;
function findCause(all, kind, names = [], runs = 'besides') {
    const found = findRule(all, kind, names, runs);
    return found && causeAt(found.lines, found.rule, found.at, kind);
}
function findRule(all, kind, names = [], runs = 'besides') {
    const lines = afterStart(all, kind);
    const words = wordsOfLines(lines, names, runs);
    const found = CAUSE_RULES.flatMap((rule, order) => {
        const at = placesOf(rule, words, kind);
        if (at.length === 0)
            return [];
        const isError = at.some((index) => lines[index]?.isError);
        const isMild = at.every((index) => lines[index]?.isMild);
        return [{ rule, at, order, rank: (rule.rank ?? 1) + (isMild ? AFTER_EXCEPTIONS : 0), isError }];
    }).sort((a, b) => a.rank - b.rank || Number(b.isError) - Number(a.isError) || a.order - b.order);
    const [best] = found;
    return best && { rule: best.rule, lines, at: best.at };
}
const AFTER_EXCEPTIONS = 1.5;
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
    const [best] = at
        .map((index) => ({ index, quoted: quote(lines, index) }))
        .sort((a, b) => b.quoted.length - a.quoted.length || (rule.alsoRetries ? b.index - a.index : a.index - b.index));
    if (!best)
        return undefined;
    const quoted = bounded(best.quoted);
    const text = lineHead(lines[best.index]?.text ?? '');
    const match = { kind, text, quoted: best.quoted.join('\n') };
    const advice = typeof rule.advice === 'string' ? rule.advice : rule.advice(match);
    return { lines: quoted, advice, isVague: rule.rank === 3 };
}
function bounded(lines) {
    const kept = [];
    let left = MOST_BYTES;
    for (const line of lines) {
        const text = line.length > MOST_CHARACTERS_OF_LINE ? `${line.slice(0, MOST_CHARACTERS_OF_LINE)} \u2026` : line;
        left -= Buffer.byteLength(text) + 1;
        if (left < 0 && kept.length > 0)
            return [...kept, '\u2026'];
        if (kept.at(-1) !== text)
            kept.push(text);
    }
    return kept;
}
function afterStart(lines, kind) {
    if (kind === 'build')
        return lines;
    const started = lines.findLastIndex(({ text }) => /\bApplication startup complete\b|\bUvicorn running on\b|\bApplication started up in\b/.test(lineHead(text)));
    return lines.slice(started + 1);
}
const READS_LIKE_AN_ERROR = /\b(error|exception|traceback|fatal|failed|failure|cannot|could not|not found|no such|denied|unable|missing|invalid)\b|\bERR!|Error:|^E\s/i;
const MOST_TELLING_LINES = 8;
const NO_ERROR = /\b\w{1,100}(?:-[\w.]{1,100}){1,20}|\b\w{1,100}\.errors?\b(?!\.)|\b(?:0|no) (?:errors?|failures?|failed|exceptions?)\b|\b\w{0,100}(?:errors?|failed|failures?)=0\b/gi;
const BARE_ERROR = /^\W*(?:(?:ERRORS?|FATAL|CRITICAL|EXCEPTION)\W*|(?:During handling of|The above exception was) .*exception.*)$/i;
function tellingLines(entries, kind, names = [], runs = 'besides') {
    const all = (0,log_lines/* logLinesOf */.l)(entries);
    const misleading = names.filter((name) => name.includes('-'));
    const cause = findCause(all, kind, misleading, runs);
    if (cause)
        return { ...cause, isTelling: true, isCause: true };
    const words = wordsOfLines(all, misleading, runs);
    const lines = all
        .map((line, index) => ({ ...line, words: words[index]?.words ?? '', isRetry: words[index]?.isRetry }))
        .filter(({ text }) => text.trim() !== '');
    const telling = lines.filter(({ isError, isMild, isRetry, words }) => {
        if (words === '' || isRetry || isMild || BARE_ERROR.test(words))
            return false;
        return isError || READS_LIKE_AN_ERROR.test(words.replace(NO_ERROR, ' '));
    });
    const shown = telling.length > 0 ? telling.slice(-MOST_TELLING_LINES) : lines.slice(-3);
    return {
        isTelling: telling.length > 0,
        isCause: false,
        lines: shown.map(({ text }) => text.trim()),
        advice: kind === 'deploy' && telling.length === 0 ? USUAL_CAUSES : ''
    };
}
const USUAL_CAUSES = 'The log shows no cause. Common causes are a failed import and a missing secret.';


/***/ }),

/***/ 9031:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ logLinesOf)
/* harmony export */ });
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1379);
/* harmony import */ var _runner_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3894);


const MOST_CHARACTERS_OF_MESSAGE = 200_000;
const MOST_LINES = 20_000;
function logLinesOf(entries) {
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
        .split(LOG_LINE_END)
        .flatMap((line) => linesOfRecord(line, isErrorEntry));
}
function withoutMiddle(message) {
    if (message.length <= MOST_CHARACTERS_OF_MESSAGE)
        return message;
    return `${message.slice(0, MOST_CHARACTERS_OF_MESSAGE / 2)}\n${message.slice(-MOST_CHARACTERS_OF_MESSAGE / 2)}`;
}
const LOG_LINE_END = /\r\n|\r|\n/;
function linesOfRecord(line, isErrorEntry) {
    const record = parseRecord(line);
    return (0,_runner_words_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutEscapes */ .Lx)(record.text)
        .split(LOG_LINE_END)
        .map((text, index) => {
        const bare = withoutPrefix(text);
        const level = String(bare.level ?? record.level ?? '');
        return {
            text: withoutFields(bare.text),
            isError: isErrorEntry || ERROR_LEVEL.test(level),
            isMild: !isErrorEntry && MILD_LEVEL.test(level),
            begins: bare.begins || (record.isJson && index === 0)
        };
    });
}
const TEXT_FIELDS = ['event', 'message', 'msg', 'stream', 'log', 'error'];
const EXCEPTION_FIELDS = ['exception', 'exc_info', 'error_message', 'stack'];
function parseRecord(message) {
    const trimmed = message.trim();
    const unparsed = { text: message, isJson: false };
    if (!trimmed.startsWith('{"'))
        return unparsed;
    let record;
    try {
        record = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .I)(JSON.parse(trimmed));
    }
    catch {
        const parts = trimmed.split(/","|\\n/).map(withoutKey);
        return { text: parts.join('\n'), isJson: true };
    }
    const textOf = (names) => names.flatMap((name) => {
        const value = record?.[name];
        return typeof value === 'string' && value !== '' ? [value] : [];
    });
    const texts = [...textOf(TEXT_FIELDS).slice(0, 1), ...textOf(EXCEPTION_FIELDS).slice(0, 1)];
    if (texts.length === 0)
        return unparsed;
    return { text: texts.join('\n'), level: record?.level ?? record?.severity, isJson: true };
}
function withoutKey(part) {
    return part
        .replaceAll('\\"', '"')
        .replaceAll('\\u001b', '\u001b')
        .replace(/^\{?"?[\w.-]{1,100}":"/, '');
}
const PREFIXES = [
    { pattern: /^[a-zA-Z][\w.-]{0,100}\s{1,40}\| ?/, begins: false },
    { pattern: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d| UTC)?(?: |$)/, begins: true },
    { pattern: /^\d{1,2}\/\d{1,2}\/\d{4}, \d{1,2}:\d\d:\d\d(?: [AP]M)?(?: |$)/, begins: true },
    { pattern: /^\[(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\s{0,20}\] ?/i, begins: true },
    { pattern: /^Step #\d{1,4}: ?/, begins: false },
    { pattern: /^#\d{1,4} \d{1,6}\.\d{1,3}(?: |$)/, begins: false },
    { pattern: /^#\d{1,4} (?=ERROR|DONE|CACHED|\[)/, begins: false },
    { pattern: /^\d{1,6}\.\d{2,3}(?: |$)/, begins: false },
    { pattern: /^\d{1,6}\.\d (?=ERROR|WARNING|error| )/, begins: false }
];
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
function withoutFields(text) {
    const head = text.slice(0, MOST_CHARACTERS_OF_WORDS);
    const at = head.search(/ \[[a-z_][\w.]{0,100}\] {1,40}[a-z_]{1,60}=/i);
    if (at < 0)
        return text.replace(/^\[[a-z_][\w.]{0,100}\] {1,40}[a-z_]{1,60}=.*/i, '');
    return text.slice(0, at).trimEnd();
}
const MOST_CHARACTERS_OF_WORDS = 20_000;


/***/ })

};
