import { AnswerError, ApiError, RefusalError, UnreachableError } from '../control-plane/errors.ts'
import type { Proxies } from '../control-plane/proxies.ts'
import { BUSY_ADVICE, NAME_TAKEN_ADVICE, NotInWorkspaceError } from '../deployment/refusals.ts'
import type { ControlPlane } from '../run/destination.ts'
import { errorMessage } from '../run/error-message.ts'
import { sentence } from '../run/sentence.ts'
import { explainFault, whyDirect } from './explain-fault.ts'

/** What a failure is told as: what failed, what the server said, what to do. Words from outside are not yet neutralised. */
interface Explanation {
  readonly title: string
  readonly text: string
}

/** What the advice depends on besides the error itself. */
export interface Circumstances {
  readonly controlPlane: ControlPlane
  readonly workspaceGiven: boolean
  /** The API key; of it only the first characters are compared with those of known services, and none is told. */
  readonly apiKey?: string
  /** The proxies of the environment, which may have gone unused. */
  readonly proxy?: Proxies
  /** Takes secret values out of words from outside. */
  readonly redact: (text: string) => string
}

/** Tells a failure in the user's terms. Anything unknown is told by its message; a stack trace is for the debug log. */
export function explain(error: unknown, circumstances: Circumstances): Explanation {
  if (error instanceof ApiError) return explainApiError(error, circumstances)
  if (error instanceof UnreachableError) return explainUnreachable(error, circumstances)
  if (error instanceof AnswerError) return explainAnswer(error, circumstances)
  if (error instanceof RefusalError) return explainRefusal(error, circumstances)
  return { title: 'Unexpected failure', text: circumstances.redact(errorMessage(error)) }
}

function explainRefusal({ title, message, advice, behind }: RefusalError, { redact }: Circumstances): Explanation {
  // Settings may stand in it, and credentials in those.
  const lines = [redact(message), behind && lastFailure(behind, redact), advice]
  return { title, text: lines.filter(Boolean).join('\n') }
}

function lastFailure(error: Error, redact: Circumstances['redact']): string {
  if (!(error instanceof ApiError)) return sentence(`Last: ${redact(error.message)}`)
  return sentence(`Last: ${error.message}${error.detail ? `: ${quoted(error.detail, redact)}` : ''}`)
}

function explainApiError(error: ApiError, circumstances: Circumstances): Explanation {
  const id = error.requestId ? ` (request ${error.requestId})` : ''
  const isAboutKey = (error.status === 401 || error.status === 403) && !isBlockPage(error)
  return {
    title: `LangSmith returned ${error.status}`,
    text: [
      `${error.message}${id}.`,
      serverReason(error, circumstances),
      answerAdvice(error, circumstances),
      isAboutKey ? keyAdvice(circumstances.apiKey) : ''
    ]
      .filter(Boolean)
      .join('\n')
  }
}

/** Whether a page refuses: a control plane refuses in JSON, so a proxy, a firewall or a log-in page did it. */
function isBlockPage({ status, isHtml }: ApiError): boolean {
  return isHtml && (status === 401 || status === 403 || status === 407 || status === 511)
}

function blockPageAdvice({ url }: ControlPlane): string {
  return `A control plane does not answer with a page: a proxy, a firewall or a log-in page refused in its place. Ask whoever runs the network to let this runner reach ${new URL(url).host}, and check HTTPS_PROXY and NO_PROXY.`
}

/** Words of the server at a length that can be read. Cut last: half a secret would not be found. */
function quoted(text: string, redact: Circumstances['redact']): string {
  const clean = redact(text.slice(0, LONGEST_REASON))
  return clean.length > LONGEST_QUOTE ? `${clean.slice(0, LONGEST_QUOTE)} …` : clean
}

const LONGEST_REASON = 100_000
const LONGEST_QUOTE = 1_000

function serverReason({ status, detail }: ApiError, { redact }: Circumstances): string {
  if (status >= 300 && status < 400) return sentence(`The answer is a ${detail}`)
  return detail ? `The server said: ${quoted(detail, redact)}` : 'The server gave no reason.'
}

function explainUnreachable(error: UnreachableError, { controlPlane, proxy = {}, redact }: Circumstances): Explanation {
  const { code, message, context } = error
  const { origin } = context
  const asked = origin
    ? { url: origin, isCloud: true, isGivenOut: true }
    : { url: controlPlane.url, isCloud: controlPlane.hosting === 'cloud' }
  const { what, advice } = explainFault(code, message, context, {
    ...asked,
    whyDirect: whyDirect(asked.url, proxy)
  })
  return {
    title: origin ? 'The upload address could not be reached' : 'LangSmith could not be reached',
    text: redact(`${what}\n${advice}`)
  }
}

function explainAnswer(error: AnswerError, { controlPlane }: Circumstances): Explanation {
  return {
    title: 'LangSmith gave an answer that cannot be used',
    text: `${sentence(`${controlPlane.url}: ${error.message}`)}\n${error.fault === 'html' ? wrongHostAdvice(controlPlane) : 'If it goes on, the control plane or a proxy before it is broken or of a version that this action does not know.'}`
  }
}

function answerAdvice(error: ApiError, { controlPlane, workspaceGiven }: Circumstances): string {
  const { status, detail, request } = error
  if (error.isWrongHost) return error.isFirstAnswer ? wrongHostAdvice(controlPlane) : ROUTE_MISSING_ADVICE
  if (isBlockPage(error)) return blockPageAdvice(controlPlane)
  if (status === 401) {
    return `The API key was not accepted by ${controlPlane.url}: it is expired, revoked, or of another region or installation (see \`region\` and \`control-plane-url\`). Check the secret behind \`api-key\`, or store a new key in it.`
  }
  if (status === 403) return forbiddenAdvice(error, workspaceGiven)
  if (status === 404) {
    return 'Check the ID, and that the key, `workspace-id` and `region` or `control-plane-url` belong to the workspace it is in.'
  }
  if (status === 400 && controlPlane.url.startsWith('http:') && (error.isHtml || /https/i.test(detail))) {
    return `The port may be one for https: write \`control-plane-url: ${controlPlane.url.replace('http:', 'https:')}\`.`
  }
  if (status === 409) return error.request === 'POST /v2/deployments' ? NAME_TAKEN_ADVICE : BUSY_ADVICE
  if (status >= 300 && status < 400) {
    if (controlPlane.hosting === 'cloud') {
      return `LangSmith Cloud does not redirect: a proxy, or a log-in page of the network, answers in its place. Ask for access to ${new URL(controlPlane.url).host} from this runner.`
    }
    return 'Redirects are not followed, so that the key reaches no other host. Write the final address into `control-plane-url`.'
  }
  if (/listener_id' is required/.test(detail))
    return 'Set `listener-id` (and `k8s-namespace`) to one of the listeners named above.'
  if (status === 400 && /needs a listener|no listener/i.test(detail)) {
    return 'On LangSmith Cloud an image runs in a cluster of your own: install a listener there (hybrid). Or write `source-type: internal_docker`, and LangSmith runs the image; or `source-type: github` or `source-type: internal_source` in place of `image-uri`, and it builds and runs the code.'
  }
  if (/permission on your repo/i.test(detail)) {
    return 'Give the LangSmith GitHub App access to the repository: GitHub settings, Applications, hosted-langserve, Repository access.'
  }
  if (/Limit of \d+ free/i.test(detail))
    return 'Delete a free deployment, or set `deployment-type` to a paid one such as `serverless` or `dedicated`.'
  if (/scale to zero deployments are not supported/i.test(detail)) {
    return 'Write `deployment-type: dev` (or `dedicated`): in AWS environments no deployment scales to zero.'
  }
  if (status === 400 && request.startsWith('PATCH ') && /\bsources?\b.*deployment|revision_source/i.test(detail)) {
    return 'The deployment was made from another source, and this control plane takes no such revision for it. Write `source-type` and the inputs of the source that it was made from, or deploy under another `name`.'
  }
  if (status === 422) return 'The control plane did not take a value of the request; the text above names its field.'
  return ''
}

/** Whether the failure may come from a workspace that the key cannot see. */
export function mayBeWrongWorkspace(error: unknown): boolean {
  if (error instanceof NotInWorkspaceError) return true
  if (!(error instanceof ApiError) || error.isWrongHost || error.isHtml) return false
  return error.status === 404 || (error.status === 403 && !/not enabled/i.test(error.detail))
}

/** Whether the server refused because it was not told which workspace is meant. */
export function isWorkspaceMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403 && /requires workspace specification/i.test(error.detail)
}

function forbiddenAdvice(error: ApiError, workspaceGiven: boolean): string {
  const { detail, request } = error
  if (isWorkspaceMissing(error)) {
    return 'The key belongs to an organization: set `workspace-id` to the name or the ID of the workspace.'
  }
  if (/not enabled/i.test(detail)) {
    return 'The organization behind this key does not have LangSmith Deployment. Check its plan, or whether the key is one of another organization.'
  }
  if (request.startsWith('DELETE ')) {
    return 'Only a key whose role is Admin in the workspace may delete a deployment (permission deployments:delete).'
  }
  const workspace = workspaceGiven
    ? 'Check that the key may use the workspace in `workspace-id`, and that'
    : 'Check that'
  return `${workspace} its role there is Editor or Admin (permissions deployments:create and deployments:update).`
}

function wrongHostAdvice(controlPlane: ControlPlane): string {
  if (controlPlane.hosting === 'cloud') {
    return 'This is no answer of LangSmith Cloud: a proxy may have answered in its place, or there is an outage, see https://status.smith.langchain.com.'
  }
  return controlPlane.url.endsWith('/api-host')
    ? `There seems to be no control plane at ${controlPlane.url}. Check the host in \`control-plane-url\`, and that LangSmith Deployment is switched on in that installation.`
    : `There seems to be no control plane at ${controlPlane.url}. A self-hosted one is found below /api-host: write \`control-plane-url: ${controlPlane.url.replace(/\/api$/, '')}/api-host\`.`
}

/** Only the server can tell whether it takes a key; one that does not begin as those of LangSmith is a likely cause. */
function keyAdvice(key: string | undefined): string {
  if (key === undefined || key.startsWith('lsv2_')) return ''
  const usual = 'The key does not begin with `lsv2_`, as the API keys of LangSmith do'
  const kind = KEY_KINDS.find(([form]) => form.test(key))?.[1]
  return kind
    ? `${usual}: it reads like ${kind}. Create an API key in the settings of LangSmith, and store that in the secret.`
    : `${usual}. Check that the secret holds one, and not the key of a model provider.`
}

/** How the keys of other services begin; the first that fits counts. None of the characters behind is looked at. */
const KEY_KINDS: readonly (readonly [RegExp, string])[] = [
  [/^ls__/, 'a key of LangSmith of the older form (`ls__…`)'],
  [/^sk-ant-/, 'a key of Anthropic (`sk-ant-…`)'],
  [/^sk-proj-/, 'a key of OpenAI (`sk-proj-…`)'],
  [/^sk-or-/, 'a key of OpenRouter (`sk-or-…`)'],
  [/^sk-lf-/, 'a key of Langfuse (`sk-lf-…`)'],
  [/^sk-/, 'a key of a model provider (`sk-…`)'],
  [/^AIza/, 'a key of Google (`AIza…`)'],
  [/^(gh[pousr]_|github_pat_)/, 'a token of GitHub'],
  [/^gsk_/, 'a key of Groq (`gsk_…`)'],
  [/^hf_/, 'a token of Hugging Face (`hf_…`)'],
  [/^tvly-/, 'a key of Tavily (`tvly-…`)'],
  [/^xox[abp]-/, 'a token of Slack'],
  [/^AKIA/, 'a key of AWS (`AKIA…`)']
]

const ROUTE_MISSING_ADVICE =
  'This installation does not know the operation; it may be older than it. Ask whoever runs it for an update.'
