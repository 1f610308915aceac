import type { LogKind } from '../run/record.ts'
import {
  exceptionWithFrame,
  followedBy,
  isInstall,
  isUsersFrame,
  type Quote,
  settingsWithFrame,
  theseLines,
  upTo,
  withInstall
} from './quotes.ts'

/*
 * Rules for the known causes of failures: which log lines match, which lines to quote, and what to advise. `causes.ts`
 * applies them.
 */

/** Input of an advice function. */
interface Match {
  readonly kind: LogKind
  /** The full text of the line that names the cause. */
  readonly text: string
  /** All quoted lines. */
  readonly quoted: string
}

/** The rule for one cause. */
export interface CauseRule {
  /** Pattern for the words of a line, without the words that name places. */
  readonly pattern: RegExp
  readonly quote?: Quote
  readonly advice: string | ((match: Match) => string)
  /** The log that the rule applies to; omitted if it applies to both. */
  readonly kind?: LogKind
  /** The match counts only if a later line matches this pattern: a failed attempt alone is not a cause. */
  readonly before?: RegExp
  /** The match does not count if any line matches this pattern. */
  readonly unless?: RegExp
  /** True if the match does not count in a line about an optional part. */
  readonly isEssential?: true
  /** True if lines about a retry count. */
  readonly alsoRetries?: true
  /**
   * 1: a cause (the default). 2: an exception without a known cause. 3: a consequence. The match with the lowest rank
   * is reported.
   */
  readonly rank?: 1 | 2 | 3
}

const RUN_AGAIN = 'The platform or its network failed, not the code: rerun this job.'
const NO_IMAGE = 'The registry does not have this image: check its name, tag and digest, and that it was pushed.'
const REFUSED_LOGIN =
  'The package index rejected the login: provide the credentials to the build (pip.conf, .npmrc), or build the image elsewhere and set `image-uri`.'
const NO_START_COMMAND =
  'The start command does not exist in the image: build the image with `langgraph build`, or correct ENTRYPOINT and CMD.'
const NO_COMPILER =
  'A package has no wheel for this Python version and must be compiled, but the image has no compiler or headers: use a version with a wheel, or install them with `dockerfile_lines` in langgraph.json (for example `RUN apt-get update && apt-get install -y build-essential`).'
const LOCK_FILE = 'The lock file does not match the project: update it and commit it.'
const WRONG_PATH =
  'A path under `graphs` in langgraph.json does not exist in the image: correct the path (use `/`, also on Windows), and check that the file is committed.'

/** Rules from the most specific to the least specific. Within a rank, the first match is reported. */
export const CAUSE_RULES: readonly CauseRule[] = [
  // Container and image
  {
    pattern: /\bOOMKilled\b|\bJavaScript heap out of memory\b|\bMemoryError\b|\bCannot allocate memory\b|\boom-kill/,
    quote: followedBy(/Exit Code|memory:/i, 3),
    advice: memoryAdvice
  },
  {
    pattern:
      /^(?:.{0,200}: line \d+: +\d+ )?Killed(?: +\(.*\))?$|\bexit(?:ed with)?(?: status| code)?:? (?:code )?137\b|\berrno 137\b|non-zero code: 137\b|\bstatus: 137\b/i,
    // A container that fails its liveness probe is killed with the same exit code.
    unless: /liveness probe/i,
    quote: followedBy(/137/, 2),
    advice: memoryAdvice
  },
  {
    pattern: /\bInsufficient (?:memory|cpu|ephemeral-storage)\b/,
    advice:
      'No node has enough free resources: add nodes, or request less. For an image, lower `resource-spec`. For a deployment that LangSmith builds, use another `deployment-type` and another `name`.'
  },
  {
    pattern: /\bexceeded quota\b/,
    advice:
      'The quota of the namespace is exhausted: raise it, delete unused deployments, or, for an image, lower `resource-spec`.'
  },
  {
    // Probes are excluded: if a probe fails to run its command, the container itself has started.
    pattern:
      /^(?!.*\bprobe\b).*(?:\bexec:? (?:"[^"]{0,200}": ?|[\w.-]{1,100}: )?(?:stat\b[^:]{0,200}:? ?)?(?:no such file or directory|permission denied|not found)\b(?! for)|\bexecutable file\b.{0,200}\bnot found in \$PATH)/i,
    kind: 'deploy',
    advice: ({ text }) =>
      /permission denied/i.test(text)
        ? 'The start command of the image is not executable: set its mode in the image (`chmod +x`), or build it with `langgraph build`.'
        : NO_START_COMMAND
  },
  {
    pattern: /\bexec format error\b|\bno match for platform in manifest\b/,
    advice:
      'The image is built for another CPU architecture: build it for linux/amd64 (`platforms: linux/amd64` in docker/build-push-action, `docker build --platform linux/amd64`).'
  },
  {
    pattern: /\btoomanyrequests\b|\bpull rate limit\b/i,
    advice: ({ kind }) =>
      kind === 'build'
        ? 'The registry limits anonymous pulls: use a mirror for the base image, or rerun this job later.'
        : 'The registry limits anonymous pulls: log in to it (for your own image, `image_pull_secrets` in `resource-spec`), use a mirror, or rerun this job later.'
  },
  {
    pattern: /\b(?:pull|resolve|do request|Get|Head)\b.*\bx509: /i,
    advice: ({ text, kind }) =>
      /x509: .*unknown authority/.test(text)
        ? `The ${kind === 'build' ? 'builders' : 'nodes'} do not trust the certificate of the registry: install its CA on them.`
        : 'The certificate of the registry is not valid: renew it, and check the host name and the clock.'
  },
  {
    pattern: /\b(?:secret|configmap) "[^"]*" not found\b|\bUnable to retrieve some image pull secrets\b/,
    kind: 'deploy',
    // These lines prove that the image was pulled, so the missing secret is not the cause.
    unless: /\bStarted container\b|\bSuccessfully pulled image\b/,
    advice: ({ text }) =>
      /\bconfigmap\b/.test(text)
        ? 'The ConfigMap does not exist in the cluster: create it in the namespace of the deployment.'
        : 'The secret does not exist in the cluster: create it in the namespace of the deployment. For your own image, check the name in `image_pull_secrets` of `resource-spec`.'
  },
  {
    pattern:
      /(?:\bpull|\bfailed to authorize|\bfetch oauth token|\bresolve reference|\bmanifests?\b).*(?:\b40[13]\b|\bunauthorized\b|\bdenied\b|\bauthentication required\b|no basic auth)/i,
    advice: ({ kind }) =>
      kind === 'build'
        ? 'The registry denied the pull of a base image: check its reference, and that it can be pulled without a login. Or build the image elsewhere and set `image-uri`.'
        : 'The registry denied the pull: check the reference. For your own image, set the credentials in `image_pull_secrets` of `resource-spec`.'
  },
  {
    pattern:
      /\bmanifest unknown\b|\bmanifest for .*not found\b|\b(?:resolve reference|resolve source metadata|pull(?:ing)?(?: and unpack)? image|ErrImagePull)\b.*\bnot found\b|\b(?:failed to solve:|image) not found\b|\bInvalidImageName\b/i,
    advice: NO_IMAGE
  },
  {
    pattern:
      /\b(?:Failed to pull|failed to do request|pulling)\b.*(?:i\/o timeout|no such host|connection refused|DeadlineExceeded|TLS handshake)/i,
    advice:
      'The registry could not be reached: rerun this job. If it fails again, check the name of the registry and the network of the platform.'
  },
  {
    pattern: /\bErrImagePull\b|\bImagePullBackOff\b|\bFailed to pull image\b/,
    advice:
      'The image could not be pulled: check its reference and, for your own image, `image_pull_secrets` in `resource-spec`.'
  },
  {
    pattern: /\bNo space left on device\b|\bENOSPC\b|\bDisk quota exceeded\b|\bephemeral.storage\b.*\bexceed/i,
    advice: ({ kind }) =>
      kind === 'build'
        ? 'The disk of the build is full: remove large packages (such as torch with CUDA) and large files from the source.'
        : 'The disk is full: write less data or, for an image, request more storage in `resource-spec`.'
  },
  // Package downloads
  {
    pattern:
      /CERTIFICATE_VERIFY_FAILED|\bSSLCertVerificationError\b|\bself.signed certificate\b|\bUnknownIssuer\b|\bunable to get (?:local )?issuer certificate\b|\bUNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)/i,
    kind: 'build',
    alsoRetries: true,
    before:
      /No matching distribution|Could not install packages|Failed to (?:fetch|download)|invalid peer certificate|did not complete|returned a non-zero code|npm (?:ERR!|error)/,
    advice:
      'The build does not trust the certificate of the package index: add the CA of your proxy or index with `dockerfile_lines` in langgraph.json. The package itself may exist.'
  },
  {
    pattern:
      /\b(?:Temporary failure in name resolution|Name or service not known|Name does not resolve|failed to lookup address|ENOTFOUND|EAI_AGAIN|[Nn]etwork is unreachable)\b/,
    kind: 'build',
    alsoRetries: true,
    before:
      /No matching distribution|Could not install packages|Failed to (?:fetch|download)|help:|did not complete|npm (?:ERR!|error)|lookup address/,
    advice:
      'The build could not reach the package index: check the host name of a private index; otherwise, rerun this job. The package itself may exist.'
  },
  {
    pattern: /\bDO NOT MATCH THE HASHES\b|\bHash mismatch\b|\bEINTEGRITY\b/,
    quote: followedBy(/Expected|Got|sha256|sha512|Computed|unknown package|from /, 6),
    advice: 'A download does not match the pinned hash: regenerate the hashes. If they are correct, rerun this job.'
  },
  {
    kind: 'build',
    pattern:
      /\bcould not read (?:Username|Password)\b|\bPermission denied \(publickey\)|\bHost key verification failed\b|\bAuthentication failed for\b|\bremote: (?:Repository not found|Invalid username)/,
    advice:
      'The build has no access to a private git repository: publish the package to an index that the build can reach, copy its code into the source, or build the image elsewhere and set `image-uri`.'
  },
  {
    // uv prints this hint only if it did not find a package.
    pattern: /\bhint: An index URL\b/,
    kind: 'build',
    quote: upTo(/^\s*(?:hint|-{4,}|ERROR|error|help|failed|Dockerfile)|^\s*$/, 3),
    advice: REFUSED_LOGIN
  },
  {
    pattern: /\b40[13] Error, Credentials not correct\b|\b40[13] Client Error\b|^User for\b/,
    kind: 'build',
    // If one index rejects a package, another index may still have it.
    before: /No matching distribution|Could not install packages|unsatisfiable|^EOFError\b/,
    advice: REFUSED_LOGIN
  },
  {
    pattern:
      /\bHTTP error 40[13] while getting\b|\bHTTP status client error \(40[13]\b|\bcode E40[13]\b|\bERR_PNPM_FETCH_40[13]\b|\bRequest failed \\?"40[13]\b/,
    kind: 'build',
    quote: theseLines(/code E40[13]|\b40[13] (?:Unauthorized|Forbidden)|authenticat|password|ERR_PNPM/, 4),
    advice: REFUSED_LOGIN
  },
  {
    pattern:
      /\bRemote branch .* not found\b|\bcouldn't find remote ref\b|\bpathspec '.*' did not match\b|\b[Bb]ranch\b.{1,100}\b(?:not found|does not exist)\b/,
    kind: 'build',
    advice:
      'The branch, tag or commit does not exist in the git repository: correct `repo-ref`, or the pin of a git dependency, and check that it is pushed.'
  },
  {
    pattern:
      /\bconfiguration file\b.{0,100}\b(?:not found|does not exist|missing)\b|\bnot found\b.{0,50}\blanggraph\.json\b|\blanggraph\.json['"`]? (?:was )?(?:not found|does not exist)\b|\b(?:no|not find|No such file or directory:) ['"`]?langgraph\.json\b|\bInvalid value for '-c' \/ '--config'/i,
    kind: 'build',
    isEssential: true,
    advice:
      'The configuration file is not in the source: correct `langgraph-config` (the path from the root of the repository), and check that it is committed.'
  },
  {
    pattern: /\bcurrent Python version \([\d.]+\) does not satisfy\b|\brequires a different Python:/i,
    quote: upTo(/^\S(?!.*cause:)|^\s*$/, 6),
    advice:
      'The project requires another Python version than the image has: set `python_version` in langgraph.json, or relax `requires-python`.'
  },
  {
    pattern: /\bNo solution found\b|\brequirements are unsatisfiable\b/,
    quote: upTo(/^-{4,}|^(?:hint|ERROR|help|Dockerfile)\b|^\s*$/, 16),
    advice: ({ quoted }) => resolverAdvice(quoted)
  },
  {
    pattern:
      /\bconflicting dependencies\b|\bThe conflict is caused by\b|\bThe user requested \(constraint\)|\bResolutionImpossible\b/,
    quote: upTo(/^To fix this|^-{4,}|^ERROR: (?:Resolution|process|failed)|^Dockerfile/, 16),
    advice: ({ quoted }) => resolverAdvice(quoted)
  },
  {
    pattern: /\bERESOLVE\b/,
    quote: theseLines(
      /ERESOLVE could not|While resolving|Found:|npm (?:ERR!|error)\s+(?:\w+ )?(?:peer )?\S+@"|Conflicting peer/,
      10
    ),
    advice:
      'Two packages require different versions of the same peer dependency: align them in package.json, and commit the lock file.'
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
    pattern:
      /\bYour lockfile needs to be updated\b|\bThe lockfile would have been modified\b|\bcan only install packages when your package\.json\b/,
    quote: followedBy(/Missing:|Invalid:/, 5),
    advice: LOCK_FILE
  },
  {
    pattern: /\bNo matching distribution found for\b|\bCould not find a version that satisfies the requirement\b/,
    quote: theseLines(/Could not find a version|No matching distribution/, 2),
    advice: ({ quoted }) =>
      /from versions: none/.test(quoted)
        ? `The package index has no version of ${matchedName(quoted, REQUIREMENT)} for this Python version: check the name, or set another \`python_version\` in langgraph.json.`
        : `The package index has no version that matches ${matchedName(quoted, REQUIREMENT)}: correct the pin.`
  },
  {
    pattern:
      /\bcode (?:E404|ETARGET)\b|\bNo matching version found for\b|\bERR_PNPM_(?:FETCH_404|NO_MATCHING_VERSION)\b/,
    quote: theseLines(/404 +Not Found|is not in (?:this|the npm) registry|No matching version|ERR_PNPM/, 4),
    advice:
      'The package or version does not exist in the package index: check the name and the pin in package.json and, for a private package, its registry.'
  },
  // Package builds
  {
    pattern: /\bpg_config executable not found\b/,
    advice:
      'psycopg2 is compiled from source, but the image has no libpq: use a version of `psycopg2-binary` (or `psycopg[binary]`) that has a wheel for this Python version.'
  },
  {
    pattern:
      /\bunable to execute '(?:gcc|g\+\+|cc)'|\bcommand '\S*(?:gcc|g\+\+|cc|clang)' failed\b|\bNo such file or directory: '(?:gcc|g\+\+|cc|cargo|make|cmake)'|\b(?:gcc|cargo|make|cmake): (?:command )?not found\b|\bPython\.h: No such file\b|\bcan't find Rust compiler\b|\bFailed building wheel for\b/,
    quote: theseLines(
      /unable to execute|command '.*failed|No such file|not found|Failed building wheel|Rust compiler/,
      5
    ),
    advice: NO_COMPILER
  },
  {
    pattern: /\bMultiple top-level packages discovered\b|\bUnable to determine which files to ship\b/,
    quote: followedBy(/wheel using|The most likely cause|name of your project/, 4),
    advice:
      'The build tool cannot determine which folders belong to the package: list them in pyproject.toml (`[tool.setuptools] packages`, or `[tool.hatch.build.targets.wheel] packages`), or move the code to src/.'
  },
  {
    pattern: /\bcannot open shared object file\b/,
    quote: exceptionWithFrame,
    advice:
      'A system library is missing in the image: install its distribution package with `dockerfile_lines` in langgraph.json.'
  },
  {
    pattern: /\bMissing script: /,
    advice: 'The script is missing in package.json: add it, or correct `install-command` and `build-command`.'
  },
  {
    pattern: /\bfailed to (?:calculate checksum|compute cache key)\b.*\bnot found\b|\bCOPY failed\b|\bADD failed\b/i,
    advice:
      'A file that the build copies is not in the source: check its path, that it is committed, and that .dockerignore does not exclude it.'
  },
  {
    pattern: /\bexternally-managed-environment\b/,
    advice:
      'The Python of the Linux distribution does not allow pip installs: use a virtual environment, or a `python` base image.'
  },
  {
    pattern: /\$'\\r': command not found|\^M: bad interpreter|\bpython3?\\r\b/,
    advice: 'A script has Windows line endings: store it with LF (`*.sh text eol=lf` in .gitattributes).'
  },
  {
    pattern: /\berror TS\d{3,5}:/,
    quote: theseLines(/\berror TS\d{3,5}:/, 6),
    advice:
      'The TypeScript code does not compile: correct the quoted lines. Add missing modules to `dependencies` or `devDependencies`.'
  },
  // Loading of the graphs
  {
    pattern: /\bCould not find graph '/,
    quote: followedBy(/^\s*(?:\d\. The |Did you mean|- )/, 6),
    advice:
      'The file has no variable of that name: correct the name after the `:` under `graphs` in langgraph.json, or export the variable.'
  },
  {
    pattern: /\bCould not find python file for graph\b/,
    quote: exceptionWithFrame,
    advice: WRONG_PATH
  },
  {
    pattern: /\bFileNotFoundError: .*No such file or directory/,
    quote: exceptionWithFrame,
    advice: ({ text }) =>
      /\.(?:py|[cm]?[jt]sx?)\b/.test(text)
        ? WRONG_PATH
        : 'A file that the code opens is not in the image: check its path, and that it is committed and part of the package.'
  },
  {
    pattern: /\battempted relative import\b/,
    quote: exceptionWithFrame,
    advice:
      'The graph is loaded as a single file, so relative imports fail: use a module path under `graphs` (`agent.graph:graph`), or absolute imports from an installed package.'
  },
  {
    pattern: /\bNo module named '?[\w.]+|\bERR_MODULE_NOT_FOUND\b|\bCannot find (?:module|package) '/,
    isEssential: true,
    quote: exceptionWithFrame,
    advice: ({ text }) =>
      `Add the package that provides \`${matchedName(text, MODULE)}\` to the dependencies of the project. If it is your own code, add its folder to \`dependencies\` in langgraph.json.`
  },
  {
    pattern: /\bImportError: cannot import name\b.*\blanggraph_(?:api|runtime|license|storage)/,
    quote: exceptionWithFrame,
    advice:
      'The packages of the Agent Server are incompatible: do not pin or install langgraph-api or langgraph-runtime in the project, or set `api_version` in langgraph.json.'
  },
  {
    pattern: /\bImportError: cannot import name\b/,
    quote: exceptionWithFrame,
    advice:
      'The installed version of a package does not have this name: correct the import, or pin a version that has it.'
  },
  {
    pattern: /\b(?:SyntaxError|IndentationError|TabError): /,
    quote: exceptionWithFrame,
    advice: 'The code has a syntax error: correct the quoted line.'
  },
  {
    pattern: /\bDescriptors cannot (?:not )?be created directly\b/,
    quote: exceptionWithFrame,
    advice:
      'A package contains code generated for an older protobuf version: upgrade that package, or pin `protobuf<=3.20.3`.'
  },
  {
    pattern: /\basyncio\.run\(\) cannot be called from a running event loop\b/,
    quote: exceptionWithFrame,
    advice:
      'The function that creates the graph calls `asyncio.run()`: make the function `async`, and use `await` instead.'
  },
  // Variables, credentials and services
  {
    // This rule precedes the next one, because a validation error can report a missing variable.
    pattern:
      /\bset(?:ting)? (?:the|an?) [`'"]?[A-Z][A-Z0-9_]+[`'"]? environment variable|\badd an environment variable `?[A-Z]|\bKeyError: '[A-Z][A-Z0-9_]{2,}'|\b[Ee]nvironment variables?:? [`'"]?[A-Z][A-Z0-9_]{2,}\b.*\b(?:not set|missing|required|not found|must)\b|\b[A-Z][A-Z0-9_]{3,}\b[`'"]? (?:environment variable )?(?:must be set|(?:is |was )?(?:not set|missing|required))\b|\b[Mm]issing (?:required )?(?:environment|env) var/,
    isEssential: true,
    quote: exceptionWithFrame,
    advice: ({ text }) => {
      const name = VARIABLE.exec(text)?.[0]
      return name
        ? `The variable \`${name}\` is missing: set it in \`secrets\`.`
        : 'A variable is missing: set it in `secrets`.'
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
    advice:
      'The Agent Server has no permission to read or write this path: write to `/tmp`, or set the permissions in the image (`dockerfile_lines` in langgraph.json, or the Dockerfile).'
  },
  {
    pattern: /\bError checking Langsmith access\b/i,
    quote: followedBy(/ConnectError|name resolution|timed out|certificate/i, 2),
    advice:
      'The Agent Server could not reach LangSmith to check its license: allow outbound access to LangSmith, or set an offline license in the installation.'
  },
  {
    // The server continues when it cannot send traces.
    pattern: /^(?!.*\b(?:ingest|tracing)\b).*(?:CERTIFICATE_VERIFY_FAILED|\bUNABLE_TO_VERIFY_LEAF_SIGNATURE\b)/,
    kind: 'deploy',
    quote: exceptionWithFrame,
    advice:
      'The Agent Server does not trust the certificate of a host that it calls: add the CA to the image (`dockerfile_lines` in langgraph.json, or the Dockerfile), and set its path as `SSL_CERT_FILE` (Node.js: `NODE_EXTRA_CA_CERTS`) in `variables`.'
  },
  {
    pattern: /\bLicense verification failed\b|\bLicense key is (?:not valid|invalid|expired)\b|\bInvalid license\b/i,
    quote: followedBy(/^- For /, 3),
    advice:
      'The Agent Server has no valid license: the license is set in the installation, not by this action. Ask the administrator of the installation to check it.'
  },
  {
    pattern: /\bDirty database version\b|\bInvalid value for '--database-uri'|\bmigrate: +Usage:/,
    quote: followedBy(/Invalid value|Readiness check/, 3),
    advice: ({ quoted }) =>
      /Dirty/.test(quoted)
        ? 'A database migration was interrupted: repair the database and its migration version, then rerun this job.'
        : `The migration has no valid database: ${databaseAdvice('POSTGRES_URI_CUSTOM')}`
  },
  {
    pattern:
      /\bredis\.exceptions\.\w+|\bconnecting to redis\b|\bRedis\b.*\b(?:refused|timed out|not connect)\b|\bWRONGPASS\b|\bNOAUTH\b/,
    advice: `The Agent Server cannot reach its Redis: ${databaseAdvice('REDIS_URI_CUSTOM')}`
  },
  {
    pattern:
      /\bconnection to server at .*failed\b|\bcould not connect to server\b|\bPoolTimeout\b|\bpassword authentication failed for user\b|\bcould not translate host name\b|\bdatabase .*does not exist$/,
    quote: followedBy(/Is the server running|password authentication/, 2),
    advice: `The Agent Server cannot reach its Postgres: ${databaseAdvice('POSTGRES_URI_CUSTOM')}`
  },
  {
    pattern: /\baddress already in use\b|\bEADDRINUSE\b/i,
    advice: 'Another process in the container already uses the port: do not start your own server on it.'
  },
  // Fallbacks for logs that match no rule above
  {
    pattern: /^(?:[A-Za-z_]\w*\.)*(?!CancelledError)[A-Z]\w*(?:Error|Exception)(?:: |$)|\bGraph '.*' failed to load: /,
    isEssential: true,
    quote: exceptionWithFrame,
    advice: ({ quoted }) =>
      quoted.split('\n').some(isUsersFrame)
        ? 'The code of the agent fails when it is loaded: correct the quoted line.'
        : '',
    rank: 2
  },
  {
    pattern:
      /\bprobe failed\b|\bfailed (?:liveness|readiness|startup) probe\b|\bCrashLoopBackOff\b|\bBack-off restarting failed container\b/i,
    quote: theseLines(/probe|CrashLoop|Back-off/i, 4),
    advice: ({ quoted }) =>
      /Back-off|CrashLoop/i.test(quoted) && !/liveness/i.test(quoted)
        ? 'The container exits after its start: read its output in the deploy log.'
        : 'The Agent Server does not respond to its health check in time: move slow work out of the startup, or request more CPU and memory.',
    rank: 3
  },
  {
    pattern: /\bcontext deadline exceeded\b/i,
    kind: 'build',
    quote: withInstall,
    advice: ({ quoted }) =>
      isInstall(quoted)
        ? 'The build ended while this step installed packages: rerun this job. If it ends there again, install fewer or smaller packages, or build the image elsewhere and set `image-uri`.'
        : RUN_AGAIN,
    rank: 3
  },
  {
    pattern:
      /\bbuildkitd?\b.*\b(?:unreachable|refused|not connect|unavailable)\b|\bcould not connect to\b.*\btrials\b|\bcontext deadline exceeded\b|\bInternal Server Error\b|\binternal error\b|\bunexpected (?:HTTP )?status(?: code)?\b.*\b5\d\d\b|\b50[234] (?:Bad Gateway|Service Unavailable|Gateway Time-?out)\b/i,
    advice: RUN_AGAIN,
    rank: 3
  },
  {
    pattern:
      /\bnot ready after \d+ seconds\b|\bFailed to check deployment status after\b|\bexceeded its progress deadline\b/i,
    advice:
      'The Agent Server was not ready in time, and the log shows no cause: rerun this job. If it fails again, make the server start faster, or report the ID of the revision to LangSmith.',
    rank: 3
  },
  {
    pattern: /^(?:\w+\.)*(?:KeyboardInterrupt|CancelledError)\b/,
    advice: 'The log shows that the Agent Server was stopped, but not why: rerun this job.',
    rank: 3
  }
]

const REQUIREMENT = /(?:No matching distribution found for|satisfies the requirement) ([\w.[\]<>=!~,+-]{1,100})/
const UNKNOWN_PACKAGE = /\b([\w.-]{1,100}) was not found in (?:the package registry|the provided package locations)\b/
/**
 * Matches if the required package itself has no matching version. uv prints similar lines for a package between two
 * pins.
 */
const UNMATCHED_PACKAGE =
  /\bno versions? of ([\w.-]{1,100})(?![\w.-])\S{0,200} and (?:you require|[^,]{1,100}? depends on) \1(?![\w.-])|\bBecause only ([\w.-]{1,100})(?![\w.-])\S{0,200} is available and (?:you require|[^,]{1,100}? depends on) \2(?=[[<>=!~])|\b(?:you require|depends on) ([\w.-]{1,100})(?![\w.-])\S{0,200} and (?:there (?:is|are) )?no versions? of \3(?![\w.-])/
const MODULE = /(?:No module named '?|Cannot find (?:module|package) ['"])([@\w./-]{1,100})/
const VARIABLE = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]{1,100}\b|(?<=')[A-Z][A-Z0-9_]{2,100}(?=')/

function matchedName(text: string, pattern: RegExp): string {
  return pattern.exec(text)?.[1] ?? 'it'
}

function memoryAdvice({ kind }: Match): string {
  return kind === 'build'
    ? 'The build ran out of memory: install fewer or smaller packages, or build the image elsewhere and set `image-uri`.'
    : 'The Agent Server ran out of memory: load less data, or request more memory. For an image, use `resource-spec` (for example `{memory_mb: 4096}`). For a deployment that LangSmith builds, use `deployment-type: dedicated` and another `name`.'
}

/**
 * This action never sends the variables of the platform's own databases, so the user cannot correct them in an input.
 */
function databaseAdvice(custom: string): string {
  return `for your own database, check \`${custom}\` in \`secrets\`, and that the Agent Server can reach the host. Otherwise, contact LangSmith or the administrator of the installation.`
}

function resolverAdvice(quoted: string): string {
  const constraint = /\(constraint\) ([\w.-]{1,100})/.exec(quoted)?.[1]
  if (constraint && /^langgraph-(?:api|runtime)/.test(constraint)) {
    return `Remove ${constraint} from the dependencies of the project: the image brings its own.`
  }
  if (constraint) {
    return `The image requires another version of ${constraint} than the project: relax or raise the pin, or select another image with \`api_version\` in langgraph.json.`
  }
  // uv wraps its lines.
  const words = quoted.replace(/\s+/g, ' ')
  const unknown = UNKNOWN_PACKAGE.exec(words)?.[1]
  if (unknown)
    return `The package index does not have ${unknown}: check its name. For a private package, configure its index.`
  const unmatched = UNMATCHED_PACKAGE.exec(words)
  const name = unmatched?.slice(1).find(Boolean)
  if (name) return `The package index has no matching version of ${name}: correct the pin.`
  return 'The pins of the project conflict: relax or raise the quoted ones.'
}

/** The environment variable of a settings field has the name of the field in capitals. */
function settingsAdvice(quoted: string): string {
  const lines = quoted.split('\n')
  const missing = lines.flatMap((line, index) =>
    /^[A-Za-z_]\w{0,100}$/.test(line) && /Field required|\[type=missing/.test(lines[index + 1] ?? '')
      ? [line.toUpperCase()]
      : []
  )
  if (missing.length === 0)
    return 'The code rejects the value of a setting: correct the quoted field in `secrets` or `variables`.'
  const names = [...new Set(missing)].map((name) => `\`${name}\``).join(', ')
  return missing.length === 1
    ? `A setting is missing: set the variable ${names} in \`secrets\`.`
    : `Settings are missing: set the variables ${names} in \`secrets\`.`
}
