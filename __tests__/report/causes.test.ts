import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { LogEntry } from '../../src/control-plane/logs.ts'
import { CAUSE_RULES } from '../../src/report/cause-rules.ts'
import { findCause, findRule, tellingLines } from '../../src/report/causes.ts'
import { logLinesOf } from '../../src/report/log-lines.ts'
import type { LogKind } from '../../src/run/record.ts'

const entry = (message: string, level: string | undefined = 'INFO'): LogEntry => ({ id: undefined, level, message })
const entriesOf = (text: string) =>
  text
    .replace(/^\n/, '')
    .trimEnd()
    .split('\n')
    .map((line) => entry(line))
const told = (kind: LogKind, text: string, names: readonly string[] = []) => tellingLines(entriesOf(text), kind, names)

interface Case {
  readonly about: string
  readonly kind: LogKind
  readonly log: string
  /** The quoted lines, without indentation. */
  readonly says: readonly string[]
  readonly advice: RegExp
}

/** Splits a marked log into the log and its quoted lines. A quoted line begins at `»`. */
function marked(text: string): Pick<Case, 'log' | 'says'> {
  const says = text.split('\n').flatMap((line) => line.split('»')[1]?.trimEnd() ?? [])
  return { log: text.replaceAll('»', ''), says }
}

/** `says` is set only if the quoted lines differ from the log. */
const MARKED_CASES: readonly (Omit<Case, 'says'> & Partial<Case>)[] = [
  {
    about: 'a package that the index does not have, in wrapped lines of uv',
    kind: 'build',
    log: `
#9 2.1   »× No solution found when resolving dependencies:
#9 2.1   »╰─▶ Because langchain-opneai was not found in the package
#9 2.1       »registry and you require langchain-opneai, we can conclude that your
#9 2.1       »requirements are unsatisfiable.`,
    advice:
      /^The package index does not have langchain-opneai: check its name. For a private package, configure its index/
  },
  {
    about: 'a version that the index does not have, reported by uv',
    kind: 'build',
    log: `
#9 1.905 »error: No solution found when resolving dependencies
#9 1.905   »cause: Because there are no versions of langgraph>=9.0 and agent==0.1.0 depends on langgraph>=9.0, we can conclude that agent==0.1.0 cannot be used.
#9 1.905          »And because only agent==0.1.0 is available and you require agent, we can conclude that your requirements are unsatisfiable.`,
    advice: /^The package index has no matching version of langgraph/
  },
  {
    about: 'conflicting pins of two packages without later versions',
    kind: 'build',
    log: `
#9 1.905 »error: No solution found when resolving dependencies
#9 1.905   »cause: Because there are no versions of langchain>1.0.3 and langchain==1.0.3 depends on langgraph>=1.0.2, we can conclude that langchain>=1.0.3 depends on langgraph>=1.0.2.
#9 1.905          »And because you require langchain>=1.0.3 and langgraph==0.3.5, we can conclude that your requirements are unsatisfiable.`,
    advice: /conflict/
  },
  {
    about: 'an index that rejects uv',
    kind: 'build',
    log: `
#9 1.9   × No solution found when resolving dependencies:
#9 1.9   ╰─▶ Because acme-tools was not found in the package registry and you require acme-tools, we can conclude that your requirements are unsatisfiable.
#9 1.9
#9 1.9       »hint: An index URL (https://pypi.acme.example/simple) could not be queried due to a lack of valid authentication credentials (401 Unauthorized).
#9 ERROR: process "/bin/sh -c uv pip install" did not complete successfully: exit code: 1`,
    advice: /^The package index rejected the login: .*`image-uri`/
  },
  {
    about: 'an index that rejects pip',
    kind: 'build',
    log: `
#9 1.2 Looking in indexes: https://pypi.example.org/simple, https://pypi.acme.example/simple
#9 1.3 »WARNING: 401 Error, Credentials not correct for https://pypi.acme.example/simple/acme-tools/
#9 1.4 ERROR: Could not find a version that satisfies the requirement acme-tools (from versions: none)
#9 1.4 ERROR: No matching distribution found for acme-tools`,
    advice: /^The package index rejected the login: /
  },
  {
    about: 'a registry that rejects npm',
    kind: 'build',
    log: `
2.524 »npm error code E401
2.525 »npm error 401 Unauthorized - GET https://npm.acme.example/@acme%2ftools - authentication token not provided
2.526 npm error A complete log of this run can be found in: /home/runner/.npm/_logs/2026-11-27T00_00_00_000Z-debug-0.log`,
    advice: /^The package index rejected the login: .*\.npmrc/
  },
  {
    about: 'a node without free resources',
    kind: 'deploy',
    log: '  »Warning  FailedScheduling  default-scheduler  0/3 nodes are available: 3 Insufficient memory.',
    advice: /^No node has enough free resources.*an image.*`resource-spec`/
  },
  {
    about: 'a base image that the build is not allowed to pull',
    kind: 'build',
    log: '#2 »ERROR: failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized',
    advice: /^The registry denied the pull of a base image: (?!.*image_pull_secrets)/
  },
  {
    about: 'a key that a tool is missing, in a validation error',
    kind: 'deploy',
    log: `
Traceback (most recent call last):
  »File "/deps/agent/agent.py", line 5, in <module>
    »search = TavilySearchResults()
pydantic_core._pydantic_core.ValidationError: 1 validation error for TavilySearchAPIWrapper
  »Value error, Did not find tavily_api_key, please add an environment variable \`TAVILY_API_KEY\` which contains it, or pass \`tavily_api_key\` as a named parameter. [type=value_error, input_value={}, input_type=dict]`,
    advice: /^The variable `TAVILY_API_KEY` is missing: set it in `secrets`\.$/
  },
  {
    about: 'missing credentials of an OpenAI client',
    kind: 'deploy',
    log: '»openai.OpenAIError: Missing credentials. Please pass an `api_key`, `workload_identity`, or set the `OPENAI_API_KEY` environment variable.',
    advice: /^The variable `OPENAI_API_KEY` is missing: set it in `secrets`\.$/
  },
  {
    about: 'a start command that the image does not have',
    kind: 'deploy',
    log: `
  »Warning  Failed   kubelet  Error: failed to create containerd task: OCI runtime create failed: runc create failed: unable to start container process: exec: "uvicorn": executable file not found in $PATH: unknown
  Warning  BackOff  kubelet  Back-off restarting failed container`,
    advice: /^The start command does not exist in the image: .*`langgraph build`.*ENTRYPOINT/
  },
  {
    about: 'an entrypoint that the image does not have',
    kind: 'deploy',
    log: `
  »Warning  Failed   kubelet  Error: unable to start container process: exec: "/storage/entrypoint.sh": stat /storage/entrypoint.sh: no such file or directory: unknown
  Warning  BackOff  kubelet  Back-off restarting failed container`,
    advice: /^The start command does not exist in the image: /
  },
  {
    about: 'a registry whose certificate the nodes do not trust',
    kind: 'deploy',
    log: `
  »Warning  Failed  kubelet  Failed to pull image "registry.acme.example/agent:1": failed to do request: Head "https://registry.acme.example/v2/agent/manifests/1": tls: failed to verify certificate: x509: certificate signed by unknown authority
  Warning  Failed  kubelet  Error: ErrImagePull`,
    advice: /^The nodes do not trust the certificate of the registry: install its CA on them/
  },
  {
    about: 'a certificate that uv does not trust',
    kind: 'build',
    log: `
0.9 error: Request failed after 3 retries
0.9   Caused by: error sending request for url (https://pypi.example.org/simple/langgraph/)
0.9   Caused by: client error (Connect)
0.9   »Caused by: invalid peer certificate: UnknownIssuer
The command '/bin/sh -c uv pip install' returned a non-zero code: 2`,
    advice: /`dockerfile_lines`/
  },
  {
    about: 'a certificate that the server does not trust',
    kind: 'deploy',
    log: `
Traceback (most recent call last):
  »File "/deps/agent/agent.py", line 4, in <module>
    »TOOLS = load_tools()
»ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1006)`,
    advice: /does not trust the certificate of a host.*`SSL_CERT_FILE`/
  },
  {
    about: 'a missing secret of the cluster',
    kind: 'deploy',
    log: '  »Warning  Failed  kubelet  Error: secret "regcred" not found\n  Warning  Failed  kubelet  Error: ImagePullBackOff',
    advice: /^The secret does not exist in the cluster/
  },
  {
    about: 'an exhausted quota',
    kind: 'deploy',
    log: '»Error creating: pods "agent-1" is forbidden: exceeded quota: compute, requested: limits.memory=4Gi, used: limits.memory=14Gi, limited: limits.memory=16Gi',
    advice: /quota/
  },
  {
    about: 'an invalid API key',
    kind: 'deploy',
    log: `»openai.AuthenticationError: Error code: 401 - {'error': {'message': 'Incorrect API key provided: sk-***. You can find your API key at https://platform.openai.com/account/api-keys.', 'code': 'invalid_api_key'}}`,
    advice: /API key is set, but its value is invalid: correct the value in `secrets`/
  },
  {
    about: 'a file that the server is not allowed to write',
    kind: 'deploy',
    log: `
Traceback (most recent call last):
  »File "/deps/agent/agent.py", line 4, in <module>
    »CACHE = open("/deps/agent/cache.db", "w")
»PermissionError: [Errno 13] Permission denied: '/deps/agent/cache.db'`,
    advice: /no permission to read or write .*`\/tmp`/
  },
  {
    about: 'a missing branch',
    kind: 'build',
    log: "Cloning into '/workspace'...\nwarning: Could not find remote branch releas to clone.\n»fatal: Remote branch releas not found in upstream origin",
    advice: /`repo-ref`/
  },
  {
    about: 'a missing configuration file',
    kind: 'build',
    log: '»ERROR: configuration file not found: apps/agent/langgraph.json',
    advice: /`langgraph-config`/
  },
  {
    about: 'an install that took too long',
    kind: 'build',
    log: '#9 »[4/6] RUN uv pip install --system -e /deps/agent\n#9 0.4 Using Python 3.11\n»ERROR: context deadline exceeded',
    advice: /ended while this step installed packages/
  },
  {
    about: 'an unreachable builder after an install',
    kind: 'build',
    log: '#9 [4/6] RUN uv pip install --system -e /deps/agent\n#9 DONE 21.3s\n»ERROR: context deadline exceeded',
    advice: /platform or its network failed/
  },
  {
    about: 'a tag that containerd does not find',
    kind: 'deploy',
    log: '  »Warning  Failed  kubelet  Failed to pull image "docker.io/acme/agent:v9": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/acme/agent:v9": docker.io/acme/agent:v9: not found\n  Warning  Failed  kubelet  Error: ErrImagePull',
    advice: /registry does not have this image/
  },
  {
    about: 'an unsolvable set of requirements, reported by uv 0.13 or newer',
    kind: 'build',
    log: `
#9 [4/6] RUN uv pip install --system -c /api/constraints.txt -e /deps/agent
#9 0.412 Using Python 3.11.7 environment at: /usr/local
#9 1.905 »error: No solution found when resolving dependencies
#9 1.905   »cause: Because langchain==1.0.3 depends on langgraph>=1.0.2 and agent depends on langgraph==0.3.5, we can
#9 1.905          »conclude that agent and langchain==1.0.3 are incompatible.
#9 1.905          »And because agent depends on langchain==1.0.3, we can conclude that your requirements are unsatisfiable.
#9 ERROR: process "/bin/sh -c uv pip install --system -e /deps/agent" did not complete successfully: exit code: 1
------
 > [4/6] RUN uv pip install --system -c /api/constraints.txt -e /deps/agent:
1.905          And because agent depends on langchain==1.0.3, we can conclude that your requirements are unsatisfiable.
------`,
    advice: /pins of the project conflict/
  },
  {
    about: 'an unsolvable set of requirements, reported by an older uv',
    kind: 'build',
    log: `
2.110 Using Python 3.12.4 environment at: /usr/local
3.210   »× No solution found when resolving dependencies:
3.210   »╰─▶ Because there is no version of parsers==0.9.9 and you require parsers==0.9.9, we can conclude that your
3.210       »requirements are unsatisfiable.
------
failed to solve: process "/bin/sh -c uv pip install" did not complete successfully: exit code: 1`,
    advice: /^The package index has no matching version of parsers/
  },
  {
    about: 'a pin that conflicts with the constraints of the image',
    kind: 'build',
    log: `
4/10/2025, 10:28:44 AM Step #12: #7 [3/4] RUN pip install -c /api/constraints.txt -e /deps/*
4/10/2025, 10:28:44 AM Step #12: #7 4.785 »ERROR: Cannot install agent because these package versions have conflicting dependencies.
4/10/2025, 10:28:44 AM Step #12: #7 4.812 »The conflict is caused by:
4/10/2025, 10:28:44 AM Step #12: #7 4.812     »agent 0.1.0 depends on langgraph<0.3
4/10/2025, 10:28:44 AM Step #12: #7 4.812     »The user requested (constraint) langgraph>=0.3.27
4/10/2025, 10:28:44 AM Step #12: #7 4.812 To fix this you could try to:
4/10/2025, 10:28:44 AM Step #12: #7 4.813 ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/topics/
4/10/2025, 10:28:45 AM ERROR
4/10/2025, 10:28:45 AM ERROR: build step 12 "hosted-langgraph-api-build" failed: step exited with non-zero status: 1`,
    advice: /another version of langgraph than the project/
  },
  {
    about: 'langgraph-api as a dependency of the project',
    kind: 'build',
    log: `
Step #11: 3.757 »The conflict is caused by:
Step #11: 3.757     »The user requested (constraint) langgraph-api==0.4.1`,
    advice: /^Remove langgraph-api from the dependencies/
  },
  {
    about: 'a Python that is too old',
    kind: 'build',
    log: `
#8 0.920 error: No solution found when resolving dependencies
#8 0.920   »cause: Because the current Python version (3.11.7) does not satisfy Python>=3.13 and agent==0.0.1 depends on Python>=3.13, we can conclude that agent==0.0.1 cannot be used.`,
    advice: /`python_version` in langgraph\.json/
  },
  {
    about: 'a missing package',
    kind: 'build',
    log: `
0.9 Collecting nothing-such==9
1.21 »ERROR: Could not find a version that satisfies the requirement nothing-such==9 (from versions: 1.0, 1.1)
1.21 »ERROR: No matching distribution found for nothing-such==9`,
    advice: /no version that matches nothing-such==9: correct the pin/
  },
  {
    about: 'an unreachable index, which is not a missing package',
    kind: 'build',
    log: `
3.01 »WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError: [Errno -3] Temporary failure in name resolution': /simple/requests/
3.02 ERROR: Could not find a version that satisfies the requirement requests (from versions: none)
3.02 ERROR: No matching distribution found for requests`,
    advice: /could not reach the package index/
  },
  {
    about: 'a certificate that the build does not trust',
    kind: 'build',
    log: `
{"stream":"\\u001b[91mERROR: Could not install packages due to an OSError: (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] self signed certificate')))\\n\\u001b[0m"}
{"errorDetail":{"code":1,"message":"no"},"error":"The command '/bin/sh -c pip install' returned a non-zero code: 1"}`,
    says: [
      "ERROR: Could not install packages due to an OSError: (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] self signed certificate')))"
    ],
    advice: /does not trust the certificate of the package index/
  },
  {
    about: 'a file that is not in the source',
    kind: 'build',
    log: 'Step 3/9 : COPY prompts /app/prompts\n»COPY failed: file not found in build context: stat prompts: file does not exist',
    advice: /A file that the build copies is not in the source/
  },
  {
    about: 'a private git dependency',
    kind: 'build',
    log: `
   Updating https://git.example.com/team/client (HEAD)
  ╰─▶ process didn't exit successfully: \`/usr/bin/git fetch\` (exit status: 128)
      »fatal: could not read Username for 'https://git.example.com': terminal prompts disabled`,
    advice: /private git repository/
  },
  {
    about: 'a missing compiler',
    kind: 'build',
    log: `
#5 4.051   »unable to execute 'gcc': No such file or directory
#5 4.051   »error: command 'gcc' failed with exit status 1
#5 4.051   »ERROR: Failed building wheel for speedups
#5 4.265 Successfully built other`,
    advice: /`dockerfile_lines` in langgraph\.json/
  },
  {
    about: 'a full disk',
    kind: 'build',
    log: `#0 19.13 »ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device: '/usr/lib/x'`,
    advice: /disk of the build is full/
  },
  {
    about: 'conflicting peer dependencies of npm',
    kind: 'build',
    log: `
2.524 npm error code ERESOLVE
2.524 »npm error ERESOLVE could not resolve
2.524 npm error
2.524 »npm error While resolving: tagger@1.1.9
2.524 »npm error Found: vite@4.5.14
2.524 npm error Could not resolve dependency:
2.524 »npm error peer vite@"^5.0.0" from tagger@1.1.9
2.524 »npm error Conflicting peer dependency: vite@5.4.21`,
    advice: /different versions of the same peer/
  },
  {
    about: 'an outdated lock file of pnpm',
    kind: 'build',
    log: `
0.801  »ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile" because pnpm-lock.yaml is not up to date
0.801
0.801 »* 1 dependencies were added: husky@^9.1.7`,
    advice: /lock file does not match/
  },
  {
    about: 'an outdated lock file of yarn',
    kind: 'build',
    log: `
 > [deps 4/4] RUN if [ -f yarn.lock ]; then yarn --frozen-lockfile; else echo "Lockfile not found." && exit 1; fi:
#0 120.9 »error Your lockfile needs to be updated, but yarn was run with \`--frozen-lockfile\`.`,
    advice: /lock file does not match/
  },
  {
    about: 'errors of tsc',
    kind: 'build',
    log: `
0.558 $ tsc
5.766 »src/agents/search.ts(69,11): error TS2304: Cannot find name 'Stream'.
5.768 »src/agents/other.ts(7,1): error TS2307: Cannot find module 'ws' or its corresponding type declarations.
5.821 error Command failed with exit code 2.`,
    advice: /TypeScript code does not compile/
  },
  {
    about: 'a build that ran out of memory',
    kind: 'build',
    log: `
npm info retry fetch attempt 1 at 8:28:58 AM
»Killed
»The command '/bin/sh -c npm install' returned a non-zero code: 137`,
    advice: /^The build ran out of memory/
  },
  {
    about: 'a server that ran out of memory',
    kind: 'deploy',
    log: `
    Last State:     Terminated
      »Reason:       OOMKilled
      »Exit Code:    137
    Limits:
      »memory:  90Mi`,
    advice: /ran out of memory: .*an image, .*`resource-spec`.*`deployment-type: dedicated`.*another `name`/
  },
  {
    about: 'a container killed after a failed probe, which also exits with 137',
    kind: 'deploy',
    log: `
      Reason:       Error
      Exit Code:    137
  »Warning  Unhealthy  kubelet   Liveness probe failed: Get http://10.1.2.3:8080/: connection refused`,
    advice: /does not respond to its health check in time/
  },
  {
    about: 'an image for another CPU architecture',
    kind: 'deploy',
    log: '»exec /storage/entrypoint.sh: exec format error\nexec /storage/entrypoint.sh: exec format error',
    advice: /`platforms: linux\/amd64`/
  },
  {
    about: 'a tag that does not exist',
    kind: 'deploy',
    log: `
  »Warning  Failed     kubelet            Failed to pull image "ghcr.io/acme/agent:v9": rpc error: code = Unknown desc = manifest unknown
  Warning  Failed     kubelet            Error: ImagePullBackOff`,
    advice: /registry does not have this image/
  },
  {
    about: 'a registry that denies access',
    kind: 'deploy',
    log: '»Failed to pull image "registry.example.com/acme/agent:1": failed to resolve reference: pulling failed with status code [manifests 1]: 401 Unauthorized',
    advice: /`image_pull_secrets` of `resource-spec`/
  },
  {
    about: 'the rate limit of a registry',
    kind: 'build',
    log: '#2 »ERROR: failed to copy: unexpected status code: 429 Too Many Requests - toomanyrequests: You have reached your pull rate limit.',
    advice: /limits anonymous pulls/
  },
  {
    about: 'a missing module, in a stack trace of the server',
    kind: 'deploy',
    log: `
2026-11-27T00:08:08.862117Z [error    ] Traceback (most recent call last):
  File "/usr/local/lib/python3.11/site-packages/langgraph_api/graph.py", line 776, in _graph_from_spec
    modspec.loader.exec_module(module)
  File "<frozen importlib._bootstrap>", line 241, in _call_with_frames_removed
  »File "/deps/agent/src/agent/graph.py", line 6, in <module>
    »from shared.context import Context
»ModuleNotFoundError: No module named 'shared'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/usr/local/lib/python3.11/site-packages/langgraph_api/graph.py", line 674, in collect_graphs_from_env
    raise GraphLoadError(spec, exc) from exc
langgraph_api.utils.errors.GraphLoadError: Failed to load graph 'agent' from /deps/agent/src/agent/graph.py
 [uvicorn.error] api_variant=licensed thread_name=MainThread
2026-11-27T00:08:08.862246Z [error    ] Application startup failed. Exiting. [uvicorn.error] api_variant=licensed`,
    advice: /package that provides `shared`.*`dependencies` in langgraph\.json/
  },
  {
    about: 'a missing module, in one line of the server',
    kind: 'deploy',
    log: "api-1  | 2026-10-24T22:37:49.481839Z [error    ] Graph 'agent' failed to load: ModuleNotFoundError: No module named 'tavily' [langgraph_runtime_postgres.lifespan] action=fix_user_graph graph_id=agent",
    says: ["Graph 'agent' failed to load: ModuleNotFoundError: No module named 'tavily'"],
    advice: /package that provides `tavily`/
  },
  {
    about: 'missing settings, as text',
    kind: 'deploy',
    log: `
Traceback (most recent call last):
  »File "/deps/agent/src/agent/graph.py", line 9, in <module>
    »settings = Settings()
               ^^^^^^^^^^
  File "/usr/local/lib/python3.11/site-packages/pydantic_settings/main.py", line 292, in __init__
    super().__init__()
»pydantic_core._pydantic_core.ValidationError: 2 validation errors for Settings
»openai_api_key
  »Field required [type=missing, input_value={}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.14/v/missing
»tavily_api_key
  »Field required [type=missing, input_value={}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.14/v/missing`,
    advice: /variables `OPENAI_API_KEY`, `TAVILY_API_KEY` in `secrets`/
  },
  {
    about: 'missing settings, in truncated JSON',
    kind: 'deploy',
    log: String.raw`{"graph_id":"agent","error_message":"pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings\nmodel_name\n  Field required [type=missing, input_value={}, input_type=dict]\n    For further inf`,
    says: [
      'pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings',
      'model_name',
      'Field required [type=missing, input_value={}, input_type=dict]'
    ],
    advice: /variable `MODEL_NAME` in `secrets`/
  },
  {
    about: 'a variable that a client requires',
    kind: 'deploy',
    log: `
  »File "/deps/agent/agent.py", line 18, in <module>
    »llm = ChatOpenAI(model="gpt-4o")
  File "/usr/local/lib/python3.11/site-packages/openai/_client.py", line 337, in __init__
    raise OpenAIError(
        "The api_key client option must be set by the OPENAI_API_KEY environment variable"
    )
»openai.OpenAIError: The api_key client option must be set by setting the OPENAI_API_KEY environment variable`,
    advice: /^The variable `OPENAI_API_KEY` is missing/
  },
  {
    about: 'a syntax error with color codes',
    kind: 'deploy',
    log: `
\u001b[2m2026-11-27T00:08:08.852401Z\u001b[0m [\u001b[31m\u001b[1merror    \u001b[0m] \u001b[1mTraceback (most recent call last):
  File "<frozen importlib._bootstrap>", line 241, in _call_with_frames_removed
  File "/deps/agent/src/agent/graph.py", line 7
    def step(state: State)
                          ^
SyntaxError: expected ':'\u001b[0m`,
    says: ['File "/deps/agent/src/agent/graph.py", line 7', 'def step(state: State)', "SyntaxError: expected ':'"],
    advice: /syntax error: correct the quoted line/
  },
  {
    about: 'a name under `graphs` that the file does not have',
    kind: 'deploy',
    log: `
2026-11-27T00:08:08.768622Z [error    ] Graph 'agent' failed to load: ValueError: Could not find graph 'graph' in '/deps/agent/graph.py'. Please check that:
1. The file exports a variable named 'graph'
Did you mean to use one of the following?
	- /deps/agent/graph.py:workflow [langgraph_runtime.lifespan] action=fix_user_graph
2026-11-27T00:08:08.810533Z [error    ] Application startup failed. Exiting.`,
    says: [
      "Graph 'agent' failed to load: ValueError: Could not find graph 'graph' in '/deps/agent/graph.py'. Please check that:",
      "1. The file exports a variable named 'graph'",
      'Did you mean to use one of the following?',
      '- /deps/agent/graph.py:workflow'
    ],
    advice: /no variable of that name/
  },
  {
    about: 'an invalid license',
    kind: 'deploy',
    log: `
api-1  | »ValueError: License verification failed. Please ensure proper configuration:
api-1  | »- For production, configure the license key.`,
    advice: /no valid license.*set in the installation/
  },
  {
    about: 'an unreachable Postgres',
    kind: 'deploy',
    log: `
2026-02-04T02:20:18.120871Z [warning  ] error connecting in 'pool-1': connection failed: connection to server at "127.0.0.1", port 5432 failed: Connection refused
	Is the server running on that host and accepting TCP/IP connections? [psycopg.pool] api_variant=local
2026-02-04T02:20:46.921774Z [error    ] Application startup failed. Exiting. [uvicorn.error] api_variant=local`,
    says: [
      'error connecting in \'pool-1\': connection failed: connection to server at "127.0.0.1", port 5432 failed: Connection refused',
      'Is the server running on that host and accepting TCP/IP connections?'
    ],
    advice: /cannot reach its Postgres.*`POSTGRES_URI_CUSTOM` in `secrets`/
  },
  {
    about: 'an unreachable Redis',
    kind: 'deploy',
    log: `
socket.gaierror: [Errno -2] Name or service not known
»redis.exceptions.ConnectionError: Error -2 connecting to redis:6379. Name or service not known.`,
    advice: /cannot reach its Redis.*`REDIS_URI_CUSTOM` in `secrets`/
  },
  {
    about: "an unknown exception in the user's code",
    kind: 'deploy',
    log: `
Traceback (most recent call last):
  »File "/deps/agent/agent.py", line 3, in <module>
    »LIMIT = int("a")
»ValueError: invalid literal for int() with base 10: 'a'`,
    advice: /code of the agent fails when it is loaded/
  },
  {
    about: 'a missing module in JavaScript',
    kind: 'deploy',
    log: `
»Error: Cannot find module 'left-pad'
    at Function._resolveFilename (node:internal/modules/cjs/loader:1225:15)
    »at Object.<anonymous> (/deps/agent/src/graph.js:3:14)`,
    advice: /package that provides `left-pad`/
  },
  {
    about: 'an unreachable builder',
    kind: 'build',
    log: ' => ERROR [internal] waiting for connection             20.0s\n»ERROR: context deadline exceeded',
    advice: /rerun this job/
  },
  {
    about: 'a registry that fails during the push of the image',
    kind: 'build',
    log: 'dfd600ff96b3: Retrying in 1 second\n»received unexpected HTTP status: 500 Internal Server Error',
    advice: /rerun this job/
  },
  {
    about: 'a rollout that timed out after a clean start',
    kind: 'deploy',
    log: 'Application startup complete.\n»Timeout: Deployment is not ready after 300 seconds.',
    advice: /shows no cause: rerun this job/
  },
  {
    about: 'the shutdown after a timeout',
    kind: 'deploy',
    log: `
»Failed to check deployment status after 1200 seconds.
[ERROR] Traceback (most recent call last):
  File "/usr/local/lib/python3.11/asyncio/runners.py", line 123, in run
    raise KeyboardInterrupt()
KeyboardInterrupt`,
    advice: /rerun this job/
  }
]
const CASES: readonly Case[] = MARKED_CASES.map((one) => ({ ...marked(one.log), ...one, log: marked(one.log).log }))

/** Other logs of the causes above. */
const ALSO: readonly (readonly [kind: LogKind, log: string, advice: RegExp])[] = [
  [
    'build',
    '»error: No solution found\n  »cause: Because only langgraph<=1.0.3 is available and you require langgraph>=9.0, we can conclude that your requirements are unsatisfiable.',
    /^The package index has no matching version of langgraph/
  ],
  [
    'build',
    'error: Failed to fetch: `https://pypi.acme.example/simple/x/`\n  »Caused by: HTTP status client error (403 Forbidden) for url (https://pypi.acme.example/simple/x/)\nERROR: process "x" did not complete successfully',
    /^The package index rejected the login/
  ],
  [
    'build',
    '»User for pypi.acme.example: ERROR: Exception:\nTraceback (most recent call last):\nEOFError: EOF when reading a line',
    /^The package index rejected the login/
  ],
  [
    'build',
    '»ERR_PNPM_FETCH_401  GET https://npm.acme.example/@acme%2Ftools: Unauthorized - 401',
    /^The package index rejected the login/
  ],
  [
    'build',
    'WARNING: 401 Error, Credentials not correct for https://pypi.acme.example/simple/x/\n»ERROR: failed to solve: ghcr.io/acme/base:1: not found',
    /^The registry does not have this image/
  ],
  ['deploy', '»image "ghcr.io/acme/agent:9": not found', /^The registry does not have this image/],
  [
    'deploy',
    '»unable to start container process: exec: "./start.sh": permission denied: unknown',
    /^The start command of the image is not executable/
  ],
  [
    'deploy',
    "»Error: EACCES: permission denied, mkdir '/deps/agent/cache'",
    /^The Agent Server has no permission to read or write/
  ],
  [
    'deploy',
    "CERTIFICATE_VERIFY_FAILED while tracing: failed to ingest runs\n»KeyError: 'OPENAI_API_KEY'",
    /^The variable `OPENAI_API_KEY`/
  ],
  ['build', "»FileNotFoundError: [Errno 2] No such file or directory: 'langgraph.json'", /`langgraph-config`/],
  ['build', "»fatal: couldn't find remote ref releas", /`repo-ref`, or the pin of a git dependency/],
  [
    'deploy',
    '»Error: crun: executable file `uvicorn` not found in $PATH: No such file or directory: OCI runtime attempted to invoke a command that was not found',
    /^The start command does not exist in the image/
  ],
  ['deploy', '»/entrypoint.sh: 3: exec: uvicorn: not found', /^The start command does not exist in the image/],
  [
    'build',
    '»Step 4/6 : RUN pip install -r requirements.txt\n»ERROR: context deadline exceeded',
    /ended while this step installed packages/
  ],
  [
    'deploy',
    'Error: secret "regcred" not found\nNormal  Started  Started container agent\n»ModuleNotFoundError: No module named \'tavily\'',
    /`tavily`/
  ],
  [
    'deploy',
    '»Warning  Failed  kubelet  Failed to pull image "ghcr.io/acme/agent:1": failed to do request: Head "https://ghcr.io/v2/acme/agent/manifests/1": dial tcp: lookup ghcr.io: no such host',
    /^The registry could not be reached/
  ],
  ['deploy', '»Warning  Failed  kubelet  Error: ImagePullBackOff', /^The image could not be pulled/],
  [
    'build',
    '»ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n    »requests==2.32.3 from https://files.example.org/requests.whl:\n        »Expected sha256 aaaa\n             »Got        bbbb',
    /^A download does not match the pinned hash/
  ],
  [
    'build',
    '»error: The lockfile at `uv.lock` needs to be updated, but `--locked` was provided.',
    /run `uv lock`, and commit uv\.lock/
  ],
  [
    'build',
    'npm error code E404\n»npm error 404 Not Found - GET https://registry.npm.example/langgrph - Not found',
    /^The package or version does not exist in the package index/
  ],
  ['build', '»Error: pg_config executable not found.', /^psycopg2 is compiled from source/],
  [
    'build',
    "»error: Multiple top-level packages discovered in a flat-layout: ['agent', 'tools'].",
    /^The build tool cannot determine which folders/
  ],
  [
    'deploy',
    '»ImportError: libGL.so.1: cannot open shared object file: No such file or directory',
    /^A system library is missing in the image/
  ],
  ['build', '»npm error Missing script: "build"', /^The script is missing in package\.json/],
  ['build', '»error: externally-managed-environment', /^The Python of the Linux distribution/],
  ['deploy', "»/entrypoint.sh: line 2: $'\\r': command not found", /^A script has Windows line endings/],
  ['deploy', '»ValueError: Could not find python file for graph: /deps/agent/agent.py', /^A path under `graphs`/],
  [
    'deploy',
    "»FileNotFoundError: [Errno 2] No such file or directory: 'prompts/system.md'",
    /^A file that the code opens is not in the image/
  ],
  [
    'deploy',
    '»ImportError: attempted relative import with no known parent package',
    /^The graph is loaded as a single file/
  ],
  [
    'deploy',
    "»ImportError: cannot import name 'Store' from 'langgraph_runtime.store' (/site-packages/langgraph_runtime/store.py)",
    /^The packages of the Agent Server are incompatible/
  ],
  [
    'deploy',
    "»ImportError: cannot import name 'ToolNode' from 'langgraph.prebuilt' (/site-packages/langgraph/prebuilt/__init__.py)",
    /^The installed version of a package/
  ],
  [
    'deploy',
    '»TypeError: Descriptors cannot be created directly.',
    /^A package contains code generated for an older protobuf/
  ],
  [
    'deploy',
    '»RuntimeError: asyncio.run() cannot be called from a running event loop',
    /^The function that creates the graph/
  ],
  [
    'deploy',
    '»Error checking Langsmith access: ConnectError: [Errno -3] Temporary failure in name resolution',
    /^The Agent Server could not reach LangSmith/
  ],
  ['deploy', '»error: Dirty database version 12. Fix and force version.', /^A database migration was interrupted/],
  [
    'deploy',
    "»[Errno 98] error while attempting to bind on address ('0.0.0.0', 8000): address already in use",
    /^Another process in the container/
  ],
  [
    'deploy',
    'Traceback (most recent call last):\n»KeyboardInterrupt',
    /^The log shows that the Agent Server was stopped/
  ]
]

describe('the cause of a failure', () => {
  test.each(ALSO)('is also found in this %s log: %s', (kind, text, advice) => {
    const { log, says } = marked(text)
    const cause = told(kind, log)
    expect(cause.lines.map((line) => line.trim())).toEqual(says)
    expect(cause.advice).toMatch(advice)
  })

  test.each(CASES)(
    'is quoted with the lines that explain it, and has advice: $about',
    ({ kind, log, says, advice }) => {
      const cause = told(kind, log)
      expect(cause.lines.map((line) => line.trim())).toEqual(says)
      expect(cause.isTelling).toBe(true)
      expect(cause.advice).toMatch(advice)
    }
  )

  test('has a sample above for each rule', () => {
    const samples = [...CASES, ...ALSO.map(([kind, log]) => ({ kind, log: marked(log).log }))]
    const reported = new Set(samples.map(({ kind, log }) => findRule(logLinesOf(entriesOf(log)), kind)?.rule))
    expect(CAUSE_RULES.filter((rule) => !reported.has(rule)).map(({ pattern }) => pattern.source)).toEqual([])
  })

  test.each(CASES)('is the same if the log is one entry of several lines: $about', ({ kind, log }) => {
    expect(tellingLines([entry(log.replace(/^\n/, '').trimEnd())], kind)).toEqual(told(kind, log))
  })

  test('takes precedence over the timeout that follows from it', () => {
    const { lines } = told('deploy', 'OOMKilled\nTimeout: Deployment is not ready after 300 seconds.')
    expect(lines).toEqual(['OOMKilled'])
  })

  test('is found in a separate entry after a failed run', () => {
    const run = entry('Background run failed. Exception: x\nTraceback (most recent call last):\nValueError: x', 'ERROR')
    expect(tellingLines([run, entry('OOMKilled')], 'deploy').lines).toEqual(['OOMKilled'])
  })

  test('is found in the lines of a run only if the run is the failure', () => {
    const error = 'ValueError: SEARCH_API_KEY must be set'
    const run = entry(`Background run failed. Exception: x\nTraceback (most recent call last):\n${error}`, 'ERROR')
    expect(tellingLines([run], 'deploy')).toMatchObject({ isCause: false, isTelling: false })
    expect(tellingLines([run], 'deploy', [], 'failure')).toMatchObject({
      isCause: true,
      lines: [error],
      advice: 'The variable `SEARCH_API_KEY` is missing: set it in `secrets`.'
    })
  })

  test('is taken from a line with the level ERROR rather than from an informational line', () => {
    const entries = [
      entry("ModuleNotFoundError: No module named 'optional'", 'INFO'),
      entry("KeyError: 'OPENAI_API_KEY'", 'ERROR')
    ]
    expect(tellingLines(entries, 'deploy').advice).toMatch(/^The variable `OPENAI_API_KEY`/)
  })
})

const NOISE: readonly (readonly [about: string, kind: LogKind, log: string])[] = [
  ['the name of a logger', 'deploy', '2026-10-14 07:51:37,172 uvicorn.error INFO Waiting for application startup.'],
  ['a bare ERROR', 'build', '4/10/2025, 10:28:45 AM ERROR\nError:\nERROR'],
  ['counts of no errors', 'build', 'Checking: 0 errors, 0 warnings, 0 failed\nfound 0 vulnerabilities\npool errors=0'],
  ['names of packages', 'build', 'Installing collected packages: error-handling-utils, pytest-failed-screenshot'],
  [
    'a warning of pip about other packages',
    'build',
    "50.93 ERROR: pip's dependency resolver does not currently take into account all the packages that are installed. This behaviour is the source of the following dependency conflicts.\n50.93 Successfully installed a-1"
  ],
  [
    'a warning about pip as root',
    'build',
    "WARNING: Running pip as the 'root' user can result in broken permissions and conflicting behaviour with the system package manager."
  ],
  [
    'deprecation warnings',
    'build',
    'npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory. Do not use it.\nSetuptoolsDeprecationWarning: License classifiers are deprecated.\nwarning package.json: License should be a valid SPDX license expression'
  ],
  [
    'a retry that succeeded',
    'build',
    "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError: [Errno -3] Temporary failure in name resolution': /simple/a/\nSuccessfully installed a-1"
  ],
  [
    'an access log',
    'deploy',
    'INFO: 10.0.0.1:1234 - "POST /runs/wait HTTP/1.1" 500\nGET /assistants/1/schemas 500 1ms'
  ],
  [
    'the response of another server',
    'deploy',
    'HTTP Request: GET https://api.example.com/auth "HTTP/1.1 403 Forbidden" failed'
  ],
  [
    'the first start of Postgres',
    'deploy',
    'postgres-1  | 2026-03-03 13:39:32.873 UTC [49] LOG:  background worker "launcher" (PID 55) exited with exit code 1\npostgres-1  | [1] LOG:  starting PostgreSQL 16.8, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit'
  ],
  [
    'the path of the npm log',
    'build',
    'npm error A complete log of this run can be found in: /home/runner/.npm/_logs/a.log'
  ],
  [
    'a warning about a test license',
    'deploy',
    '2026-02-05T02:56:50.951128Z [warning  ] No license key found, running in test mode with LangSmith API key. [langgraph_license.validation] api_variant=local'
  ],
  [
    'a failed run',
    'deploy',
    `2026-04-02T18:54:10.709610Z [error    ] Background run failed. Exception: Blocking call to os.path.abspath [langgraph_api.worker] run_attempt=1
Traceback (most recent call last):
  File "/deps/agent/agent.py", line 3, in step
    time.sleep(1)
blockbuster.BlockingError: Blocking call to time.sleep
2026-04-02T18:54:11.709610Z [info     ] Queue stats [langgraph_api.queue] active=0`
  ],
  [
    'events of a waiting container',
    'deploy',
    'Warning   FailedMount   MountVolume.SetUp failed for volume "secret" : secret "a" not found\nNormal   Started   Started container agent'
  ],
  [
    'echoed commands and files',
    'build',
    '#7 [3/4] RUN pip install -r requirements.txt || (echo "No matching distribution found for x" && exit 1)\n  14 | >>> RUN echo "No space left on device"\n+ echo "OOMKilled"'
  ],
  [
    'names of images and hosts that contain words of causes',
    'deploy',
    'Pulled image ghcr.io/toomanyrequests/agent:1 from https://registry.example.com/manifest-unknown and exec-format-error.example.com'
  ],
  ['a denied database query', 'deploy', 'failed to exec query: permission denied for table users'],
  [
    'the configuration of another tool',
    'build',
    'Tailwind config file not found\nNo configuration file found for eslint'
  ],
  [
    'warnings about optional parts',
    'deploy',
    "ModuleNotFoundError: No module named 'uvloop', falling back to asyncio\nLANGSMITH_API_KEY is not set, tracing is disabled\nLANGSMITH_TRACING is set"
  ],
  [
    'errors before the start of the server',
    'deploy',
    'connection to server at "10.0.0.1", port 5432 failed: Connection refused\nApplication startup complete.\nServing'
  ]
]

describe('findCause', () => {
  test.each(NOISE)('finds no cause in %s', (_, kind, log) => {
    expect(findCause(logLinesOf(entriesOf(log)), kind)).toBeUndefined()
  })

  test.each(NOISE.slice(0, -4))('finds no cause in %s, and tellingLines finds no error either', (_, kind, log) => {
    expect(told(kind, log).isTelling).toBe(false)
  })

  test.each(NOISE)('finds the real cause before or after %s', (_, kind, log) => {
    const cause = "ModuleNotFoundError: No module named 'tavily'"
    // A logger begins the line, so that it does not continue the noise.
    for (const text of [`${log}\n[ERROR] ${cause}`, ...(kind === 'build' ? [`${cause}\n${log}`] : [])]) {
      expect(told(kind, text).lines).toEqual([cause])
    }
  })

  test('ignores the name of the deployment', () => {
    expect(findCause(logLinesOf([entry('Starting OOMKilled now')]), 'deploy', ['OOMKilled'])).toBeUndefined()
  })
})

describe('a quoted cause', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(...CASES.flatMap(({ log }) => log.split('\n'))),
    fc.constantFrom('{"event":"', '\u001b[31m', '#7 1.872 ', 'Step #12: ', '\n', '\r\n', '    ')
  )

  test('is limited in length for any log', () => {
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom<LogKind>('build', 'deploy'), (pieces, kind) => {
        const cause = findCause(logLinesOf(pieces.map((text) => entry(text))), kind)
        expect(Buffer.byteLength((cause?.lines ?? []).join('\n'))).toBeLessThanOrEqual(3_000)
        expect(cause?.advice.length ?? 0).toBeLessThan(1_200)
      }),
      { numRuns: 300 }
    )
  })

  test('keeps its beginning if it is long', () => {
    const reasons = Array.from({ length: 60 }, (_, index) => `  And because a${index} depends on ${'b'.repeat(200)}`)
    const cause = findCause(logLinesOf([entry(['error: No solution found', ...reasons].join('\n'))]), 'build')
    expect(cause?.lines[0]).toBe('error: No solution found')
    expect(cause?.lines.at(-1)).toBe('…')
    expect(Buffer.byteLength((cause?.lines ?? []).join('\n'))).toBeLessThanOrEqual(3_000)
  })

  test.each([
    ['a word', 'a'],
    ['blanks', ' '],
    ['places', 'a/b.c-'],
    ['pulls', 'pull image manifest '],
    ['brackets', ' [a] b'],
    ['braces', '{"a":"'],
    ['dashes', 'error-'],
    ['escapes', '\u001b['],
    ['names', 'A_B '],
    ['frames', '  File "a", line 1']
  ])('is found in time in a line of a million characters made of %s', (_, text) => {
    const before = performance.now()
    tellingLines([entry(text.repeat(Math.ceil(1_000_000 / text.length)), 'ERROR')], 'deploy')
    expect(performance.now() - before).toBeLessThan(2_000)
  })

  test('is found at the end of a very long entry', () => {
    const log = `${'Downloading\n'.repeat(90_000)}KeyError: 'OPENAI_API_KEY'`
    expect(findCause(logLinesOf([entry(log)]), 'deploy')?.lines).toEqual(["KeyError: 'OPENAI_API_KEY'"])
  })

  test('is found in time in a log of a hundred thousand lines', () => {
    const entries = Array.from({ length: 100_000 }, (_, index) => entry(`#7 ${index}.123 Downloading package-${index}`))
    const before = performance.now()
    tellingLines(entries, 'build')
    expect(performance.now() - before).toBeLessThan(10_000)
  })
})
