import { AnswerError, ApiError, RefusalError, UnreachableError } from '../control-plane/errors.ts'
import type { Proxies } from '../control-plane/proxies.ts'
import { BUSY_ADVICE, NAME_TAKEN_ADVICE, NoIntegrationError, NotInWorkspaceError } from '../deployment/refusals.ts'
import type { ControlPlane } from '../run/destination.ts'
import { errorMessage, UNEXPECTED_ADVICE } from '../run/error-message.ts'
import { INCOMPLETE_TITLE, incompleteFiles } from '../run/incomplete.ts'
import { sentence } from '../run/sentence.ts'
import { explainFault, whyDirect } from './explain-fault.ts'

/**
 * The description of a failure: what failed, what the server returned, what to do. Text from outside is not yet
 * escaped.
 */
interface Explanation {
  readonly title: string
  readonly text: string
}

/** Facts besides the error that the advice depends on. */
export interface Circumstances {
  readonly controlPlane: ControlPlane
  readonly workspaceGiven: boolean
  /**
   * The API key. Only its first characters are compared with the prefixes of known services; no message contains them.
   */
  readonly apiKey?: string
  /** The proxies of the environment; the failed request may not have used them. */
  readonly proxy?: Proxies
  /** Removes secret values from text from outside. */
  readonly redact: (text: string) => string
}

/** Describes a failure in the user's terms. An unknown error is described by its message, without the stack trace. */
export function explain(error: unknown, circumstances: Circumstances): Explanation {
  if (error instanceof ApiError) return explainApiError(error, circumstances)
  if (error instanceof UnreachableError) return explainUnreachable(error, circumstances)
  if (error instanceof AnswerError) return explainAnswer(error, circumstances)
  if (error instanceof RefusalError) return explainRefusal(error, circumstances)
  const incomplete = incompleteFiles(error)
  if (incomplete) return { title: INCOMPLETE_TITLE, text: incomplete }
  return {
    title: 'Unexpected error',
    text: `${sentence(circumstances.redact(errorMessage(error)))}\n${UNEXPECTED_ADVICE}`
  }
}

function explainRefusal(error: RefusalError, { controlPlane, redact }: Circumstances): Explanation {
  const { title, message, advice, behind } = error
  const mayBeSelfHosted = error instanceof NoIntegrationError && controlPlane.hosting !== 'cloud'
  // The message can contain settings, and settings can contain credentials.
  const lines = [redact(message), behind && lastFailure(behind, redact), advice, mayBeSelfHosted && IMAGES_ONLY_ADVICE]
  return { title, text: lines.filter(Boolean).join('\n') }
}

function lastFailure(error: Error, redact: Circumstances['redact']): string {
  if (!(error instanceof ApiError)) return sentence(`Last error: ${redact(error.message)}`)
  return sentence(`Last error: ${error.message}${error.detail ? `: ${quoted(error.detail, redact)}` : ''}`)
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

/**
 * Returns true if an HTML page rejected the request. A control plane rejects requests in JSON, so a proxy, a firewall or a
 * login page returned it.
 */
function isBlockPage({ status, isHtml }: ApiError): boolean {
  return isHtml && (status === 401 || status === 403 || status === 407 || status === 511)
}

function blockPageAdvice({ url }: ControlPlane): string {
  return `The response is an HTML page, which a control plane never returns: a proxy, a firewall or a login page blocked the request. Ask your network administrator to allow access to ${new URL(url).host} from this runner, and check HTTPS_PROXY and NO_PROXY.`
}

/** Redacts a text of the server, then shortens it: half a secret would not be recognized. */
function quoted(text: string, redact: Circumstances['redact']): string {
  const clean = redact(text.slice(0, LONGEST_REASON))
  return clean.length > LONGEST_QUOTE ? `${clean.slice(0, LONGEST_QUOTE)} …` : clean
}

const LONGEST_REASON = 100_000
const LONGEST_QUOTE = 1_000

function serverReason({ status, detail }: ApiError, { redact }: Circumstances): string {
  if (status >= 300 && status < 400) return sentence(`The response is a ${detail}`)
  return detail ? `The server returned: ${quoted(detail, redact)}` : 'The server did not return a reason.'
}

function explainUnreachable(error: UnreachableError, { controlPlane, proxy = {}, redact }: Circumstances): Explanation {
  const { code, message, context } = error
  const { origin } = context
  const target = origin
    ? { url: origin, isCloud: true, isGivenOut: true }
    : { url: controlPlane.url, isCloud: controlPlane.hosting === 'cloud' }
  const { what, advice } = explainFault(code, message, context, {
    ...target,
    whyDirect: whyDirect(target.url, proxy)
  })
  return {
    title: origin ? 'Upload URL not reachable' : 'LangSmith is not reachable',
    text: redact(`${what}\n${advice}`)
  }
}

function explainAnswer(error: AnswerError, { controlPlane }: Circumstances): Explanation {
  return {
    title: 'Invalid response from LangSmith',
    text: `${sentence(`${controlPlane.url}: ${error.message}`)}\n${error.fault === 'html' ? wrongHostAdvice(controlPlane) : 'If this persists, the control plane or a proxy in front of it is broken, or this action does not support its version.'}`
  }
}

function answerAdvice(error: ApiError, { controlPlane, workspaceGiven }: Circumstances): string {
  const { status, detail, request } = error
  if (error.isWrongHost) return error.isFirstAnswer ? wrongHostAdvice(controlPlane) : ROUTE_MISSING_ADVICE
  if (isBlockPage(error)) return blockPageAdvice(controlPlane)
  if (status === 401) {
    return `${controlPlane.url} rejected the API key: it is expired, revoked, or belongs to another region or installation (see \`region\` and \`control-plane-url\`). Check the secret used for \`api-key\`, or store a new key in it.`
  }
  if (status === 403) return forbiddenAdvice(error, workspaceGiven)
  if (status === 404) {
    return 'Check the ID. The key, `workspace-id`, and `region` or `control-plane-url` must belong to the workspace of the deployment.'
  }
  if (status === 400 && controlPlane.url.startsWith('http:') && (error.isHtml || /https/i.test(detail))) {
    return `The port may require HTTPS: set \`control-plane-url: ${controlPlane.url.replace('http:', 'https:')}\`.`
  }
  if (status === 409) return error.request === 'POST /v2/deployments' ? NAME_TAKEN_ADVICE : BUSY_ADVICE
  if (status >= 300 && status < 400) {
    if (controlPlane.hosting === 'cloud') {
      return `LangSmith Cloud does not redirect: a proxy or a login page of your network returned this response. Ask your network administrator to allow access to ${new URL(controlPlane.url).host} from this runner.`
    }
    return 'This action does not follow redirects, so that the key is never sent to another host. Set `control-plane-url` to the final URL.'
  }
  if (/listener_id' is required/.test(detail))
    return 'Set `listener-id` (and `k8s-namespace`) to one of the listeners named above.'
  if (status === 400 && /needs a listener|no listener/i.test(detail)) {
    return 'On LangSmith Cloud, an image runs in your own cluster: install a listener there (hybrid). Or set `source-type: internal_docker` to have LangSmith run the image. Or set `source-type: github` or `source-type: internal_source` instead of `image-uri` to have LangSmith build and run the code.'
  }
  if (status === 400 && /source is only available for Cloud/i.test(detail)) return IMAGES_ONLY_ADVICE
  if (/permission on your repo/i.test(detail)) {
    return 'Grant the LangSmith GitHub App access to the repository: GitHub settings > Applications > hosted-langserve > Repository access.'
  }
  if (/Limit of \d+ free/i.test(detail))
    return 'Delete a free deployment, or set `deployment-type` to a paid one such as `serverless` or `dedicated`.'
  if (/scale to zero deployments are not supported/i.test(detail)) {
    return 'Set `deployment-type` to `dev` or `dedicated`: deployments in AWS environments cannot scale to zero.'
  }
  if (status === 400 && request.startsWith('PATCH ') && /\bsources?\b.*deployment|revision_source/i.test(detail)) {
    return 'The deployment was created from another source, and this control plane does not allow a change of source. Set `source-type` and the inputs of the original source, or use another `name`.'
  }
  if (status === 422) {
    return detail && !/^unprocessable (?:entity|content)$/i.test(detail)
      ? 'The control plane rejected a value; the text above names the field.'
      : 'The control plane rejected a value without naming it. Check the values that the plan in the log lists.'
  }
  return ''
}

/** Returns true if the cause may be that the key cannot access the workspace. */
export function mayBeWrongWorkspace(error: unknown): boolean {
  if (error instanceof NotInWorkspaceError) return true
  if (!(error instanceof ApiError) || error.isWrongHost || error.isHtml) return false
  return error.status === 404 || (error.status === 403 && !/not enabled/i.test(error.detail))
}

/** Returns true if the server requires a workspace and the request named none. */
export function isWorkspaceMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403 && /requires workspace specification/i.test(error.detail)
}

function forbiddenAdvice(error: ApiError, workspaceGiven: boolean): string {
  const { detail, request } = error
  if (isWorkspaceMissing(error)) {
    return 'The key belongs to an organization: set `workspace-id` to the name or ID of the workspace.'
  }
  if (/not enabled/i.test(detail)) {
    return 'The organization of this key does not have LangSmith Deployment. Check the plan, or use a key of another organization.'
  }
  if (request.startsWith('DELETE ')) {
    return 'Only a key with the Admin role in the workspace can delete a deployment (permission deployments:delete).'
  }
  const workspace = workspaceGiven
    ? 'Check that the key has access to the workspace in `workspace-id`, and that its role is'
    : 'Check that the role of the key is'
  return `${workspace} Editor or Admin (permissions deployments:create and deployments:update).`
}

function wrongHostAdvice(controlPlane: ControlPlane): string {
  if (controlPlane.hosting === 'cloud') {
    return 'The response is not from LangSmith Cloud: a proxy may have returned it, or there is an outage (see https://status.smith.langchain.com).'
  }
  return controlPlane.url.endsWith('/api-host')
    ? `No control plane found at ${controlPlane.url}. Check the host in \`control-plane-url\`, and that LangSmith Deployment is enabled in that installation.`
    : `No control plane found at ${controlPlane.url}. On self-hosted installations, its path is /api-host: ${addressAdvice(controlPlane.url)}`
}

/** Proposes `/api-host` at the root of the host, and below the given path, because an installation can have a prefix. */
function addressAdvice(url: string): string {
  const atRoot = `${new URL(url).origin}/api-host`
  const below = `${url.replace(/\/api$/, '')}/api-host`
  const prefixed = below === atRoot ? '' : `, or \`control-plane-url: ${below}\` if the installation is below that path`
  return `set \`control-plane-url: ${atRoot}\`${prefixed}.`
}

/** Only the server can validate a key, but a key without the prefix of LangSmith keys is a likely cause. */
function keyAdvice(key: string | undefined): string {
  if (key === undefined || key.startsWith('lsv2_')) return ''
  const usual = 'The key does not start with `lsv2_`, the prefix of LangSmith API keys'
  const kind = KEY_KINDS.find(([form]) => form.test(key))?.[1]
  return kind
    ? `${usual}: it appears to be ${kind}. Create an API key in the LangSmith settings, and store it in the secret.`
    : `${usual}. Check that the secret holds a LangSmith API key, not the key of a model provider.`
}

/** Prefixes of the keys of other services. The first match counts. The characters after the prefix are not read. */
const KEY_KINDS: readonly (readonly [RegExp, string])[] = [
  [/^ls__/, 'a LangSmith key in the old format (`ls__…`)'],
  [/^sk-ant-/, 'an Anthropic key (`sk-ant-…`)'],
  [/^sk-proj-/, 'an OpenAI key (`sk-proj-…`)'],
  [/^sk-or-/, 'an OpenRouter key (`sk-or-…`)'],
  [/^sk-lf-/, 'a Langfuse key (`sk-lf-…`)'],
  [/^sk-/, 'a model provider key (`sk-…`)'],
  [/^AIza/, 'a Google key (`AIza…`)'],
  [/^(gh[pousr]_|github_pat_)/, 'a GitHub token'],
  [/^gsk_/, 'a Groq key (`gsk_…`)'],
  [/^hf_/, 'a Hugging Face token (`hf_…`)'],
  [/^tvly-/, 'a Tavily key (`tvly-…`)'],
  [/^xox[abp]-/, 'a Slack token'],
  [/^AKIA/, 'an AWS key (`AKIA…`)']
]

const IMAGES_ONLY_ADVICE =
  'A self-hosted control plane deploys images only: set `source-type: external_docker` and `image-uri`.'

const ROUTE_MISSING_ADVICE =
  'This installation does not support the operation; it may be too old. Ask the administrator of the installation to update it.'
