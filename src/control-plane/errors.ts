import type { Place } from '../place.ts'
import { errorMessage } from '../run/error-message.ts'
import { explainFault, isCertificateCode, type Surroundings } from './faults.ts'
import type { ControlPlane } from './hosts.ts'
import { type Proxies, whyDirect } from './proxies.ts'
import type { Deployment } from './resources.ts'

export { isCertificateCode }

/** Why the body of an answer could not be used. */
export type AnswerFault = 'html' | 'not-json' | 'empty' | 'shape'

/** FastAPI's own text for a path without a route; a missing deployment is named by its ID. */
const NO_SUCH_ROUTE = 'Not Found'

/** The server said no: any status that is neither a success nor worth another try. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  /** What the server said, as one text; words from outside. */
  readonly detail: string
  readonly request: string
  readonly requestId: string | undefined
  /** Whether the answer can only come from something that is no control plane, such as a web page or a proxy. */
  readonly isWrongHost: boolean
  /** Whether it came as a page, which a proxy writes and no control plane. */
  readonly isHtml: boolean
  /** Whether nothing had been answered before; set by the transport. Later ones come from a control plane. */
  isFirstAnswer = true
  constructor(answer: {
    status: number
    detail: string
    request: string
    html?: boolean
    requestId?: string | undefined
  }) {
    super(`${answer.request} was answered ${answer.status}${answer.html ? ' with a page of HTML' : ''}`)
    this.isHtml = answer.html === true
    this.isWrongHost =
      answer.status === 405 || (answer.status === 404 && (answer.html === true || answer.detail === NO_SUCH_ROUTE))
    this.status = answer.status
    this.detail = answer.detail
    this.request = answer.request
    this.requestId = answer.requestId
  }
}

/** An answer came, but not one that this action can use. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'
  readonly fault: AnswerFault
  constructor(fault: AnswerFault, message: string) {
    super(message)
    this.fault = fault
  }
}

/** No answer came. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  /** Node's or undici's code, such as ECONNREFUSED; empty when there is none. */
  readonly code: string
  /** Whether the request can have reached the server. */
  readonly reached: boolean
  readonly surroundings: Surroundings
  constructor(message: string, code: string, reached: boolean, surroundings: Surroundings = {}) {
    super(message)
    this.code = code
    this.reached = reached
    this.surroundings = surroundings
  }
}

/**
 * Whether no answer came for a reason that another try does not mend: a certificate, or a proxy that refuses this runner.
 */
export function isSettled({ code, surroundings: { proxyStatus } }: UnreachableError): boolean {
  return isCertificateCode(code) || proxyStatus === 401 || proxyStatus === 403 || proxyStatus === 407
}

/** The run must not go on: what stands in LangSmith and what was asked for do not fit together. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError'
  /** What is wrong, in a few words without values. */
  readonly title: string
  readonly advice: string
  /** The failure behind it, whose words are the server's. */
  readonly behind: Error | undefined
  /** Where the cause is, when it is in a file of the workspace. */
  readonly place: Place | undefined
  constructor(title: string, message: string, advice: string, behind?: Error, place?: Place) {
    super(message)
    this.title = title
    this.advice = advice
    this.behind = behind
    this.place = place
  }
}

/** What the run works on cannot be found, which the wrong workspace explains too: that of another key is told as empty. */
export class NotInWorkspaceError extends RefusalError {}

/** A create was refused because its name is not free, and no deployment of that name can be found. */
export class NameTakenError extends NotInWorkspaceError {}

/** What a failure is told as: what failed, what the server said, what to do. Words from outside are not yet neutralised. */
export interface Explanation {
  readonly title: string
  readonly text: string
}

/** What the advice depends on besides the error itself. */
export interface Circumstances {
  readonly controlPlane: ControlPlane
  readonly workspaceGiven: boolean
  /** Whether the key does not begin as all keys of LangSmith do; that alone refuses none. */
  readonly isKeyUnusual?: boolean
  /** What kind of key it reads like by its first characters. */
  readonly keyKind?: string | undefined
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
  const message = errorMessage(error)
  return { title: 'Unexpected failure', text: circumstances.redact(message) }
}

function explainRefusal({ title, message, advice, behind }: RefusalError, { redact }: Circumstances): Explanation {
  // Settings may stand in it, and credentials in those.
  const lines = [redact(message), behind && saidBy(behind, redact), advice]
  return { title, text: lines.filter(Boolean).join('\n') }
}

function saidBy(error: Error, redact: Circumstances['redact']): string {
  if (!(error instanceof ApiError)) return `Last: ${redact(error.message)}.`
  return `Last: ${error.message}${error.detail ? `: ${quoted(error.detail, redact).replace(/\.$/, '')}` : ''}.`
}

function explainApiError(error: ApiError, circumstances: Circumstances): Explanation {
  const id = error.requestId ? ` (request ${error.requestId})` : ''
  const isAboutKey = (error.status === 401 || error.status === 403) && !isBlockPage(error)
  return {
    title: `LangSmith answered ${error.status}`,
    text: [
      `${error.message}${id}.`,
      reasonOf(error, circumstances),
      adviceFor(error, circumstances),
      isAboutKey && circumstances.isKeyUnusual ? unusualKeyAdvice(circumstances.keyKind) : ''
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

function reasonOf({ status, detail }: ApiError, { redact }: Circumstances): string {
  if (status >= 300 && status < 400) return `The answer is a ${detail}.`
  return detail ? `The server said: ${quoted(detail, redact)}` : 'The server gave no reason.'
}

function explainUnreachable(error: UnreachableError, { controlPlane, proxy = {}, redact }: Circumstances): Explanation {
  const { code, message, surroundings } = error
  const { origin } = surroundings
  const asked = origin
    ? { url: origin, isCloud: true, isGivenOut: true }
    : { url: controlPlane.url, isCloud: controlPlane.hosting === 'cloud' }
  const { what, advice } = explainFault(code, message, surroundings, {
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
    text: `${controlPlane.url}: ${error.message}.\n${error.fault === 'html' ? wrongHostAdvice(controlPlane) : 'If it goes on, the control plane or a proxy before it is broken or of a version that this action does not know.'}`
  }
}

function adviceFor(error: ApiError, { controlPlane, workspaceGiven }: Circumstances): string {
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
    return 'On LangSmith Cloud an image runs in a cluster of your own: install a listener there (hybrid). Or write `source-type: github` or `source-type: internal_source` in place of `image-uri`, and LangSmith builds and runs the code.'
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

/** Whether a key does not begin as those of LangSmith do. Only the server can tell whether it takes it. */
export function isKeyUnusual(key: string): boolean {
  return !key.startsWith('lsv2_')
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

function unusualKeyAdvice(kind: string | undefined): string {
  const usual = 'The key does not begin with `lsv2_`, as the API keys of LangSmith do'
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

/** The kind of key that a text reads like, where it is known and is not the usual one of LangSmith. */
export function keyKindOf(key: string): string | undefined {
  return KEY_KINDS.find(([form]) => form.test(key))?.[1]
}

const ROUTE_MISSING_ADVICE =
  'This installation does not know the operation; it may be older than it. Ask whoever runs it for an update.'

const NAME_TAKEN_ADVICE =
  'Known reasons when the look-up finds no such deployment: it is in another workspace (set `workspace-id`), a tracing project of that name is left over (delete or rename it), or a deployment of that name was deleted within the last week. Otherwise use another `name`.'

const BUSY_ADVICE =
  'Another rollout of this deployment may be in progress. Run this again once it has ended; a `concurrency` group in the workflow keeps runs from overlapping.'

/** Another rollout was in the way for as long as a run waits for it. */
export function rolloutInProgress(name: string, behind: Error): RefusalError {
  return new RefusalError(
    'Another rollout is in progress',
    `LangSmith refused the change of "${name}" for two minutes with 409.`,
    BUSY_ADVICE,
    behind
  )
}

/** The deployment that a run works on was deleted by somebody else in the meantime. */
export function deploymentVanished(name: string, id: string): RefusalError {
  return new RefusalError(
    'The deployment was deleted',
    `The deployment "${name}" (${id}) was deleted while this run was working on it.`,
    'Run this again to create it anew, or use another `name`: a deleted name stays reserved for up to a week.'
  )
}

/** A create that the server refused or lost, with nothing to be found under the name. */
export function createFailed(name: string, behind: Error): RefusalError {
  const Kind = behind instanceof ApiError && behind.status === 409 ? NameTakenError : RefusalError
  return new Kind(
    'The deployment could not be created',
    `The deployment "${name}" could not be created, and none of that name can be found.`,
    NAME_TAKEN_ADVICE,
    behind
  )
}

/** Every name that a preview may bear is reserved. */
export function previewNamesTaken(names: readonly string[]): RefusalError {
  return new RefusalError(
    'No free name for the preview',
    `None of the names ${names[0]} to ${names.at(-1)} is free for this preview.`,
    'The names of deleted deployments are reserved for up to a week. Set another `name`, and delete with `delete-tracing-project: true`.'
  )
}

/** A write was sent as often as is safe, was never answered, and left no trace. */
export function writeLost(what: string, behind: Error): RefusalError {
  return new RefusalError(
    'The write was lost',
    `${what} was sent three times and never took effect as far as can be seen.`,
    'Look at the deployment in LangSmith before you run this again.',
    behind
  )
}

/** A command that needs a deployment was given a name that none has. */
export function deploymentMissing(name: string): RefusalError {
  return new NotInWorkspaceError(
    'Deployment not found',
    `There is no deployment named "${name}" in this workspace.`,
    'Check `name` (it is compared letter by letter), `workspace-id` and `region` or `control-plane-url`; or create it first with `command: deploy`.'
  )
}

/** The user wants no new deployment, and there is none of the name. */
export function deploymentMayNotBeCreated(name: string): RefusalError {
  return new NotInWorkspaceError(
    'Deployment not found',
    `There is no deployment named "${name}" in this workspace, and \`if-missing: fail\` does not allow creating it.`,
    'Check `name` (it is compared letter by letter), `workspace-id` and `region` or `control-plane-url`; or remove `if-missing` to create it.'
  )
}

/** The deployment is on its way out, and nothing can be done with it any more. */
export function deploymentGoing({ name, updated_at }: Pick<Deployment, 'name' | 'updated_at'>): RefusalError {
  const since = updated_at ? `, since ${updated_at.slice(0, 16).replace('T', ' ')} UTC` : ''
  // A preview takes the next name.
  return new NameTakenError(
    'The deployment is being deleted',
    `The deployment "${name}" is being deleted${since}; its name is reserved for up to a week.`,
    'Use another `name`, or wait until it is gone for good.'
  )
}

/** `name` and `deployment-id` are those of two deployments. */
export function nameAndIdDisagree(name: string, id: string, actual: string): RefusalError {
  return new RefusalError(
    'Name and ID disagree',
    `\`name\` is "${name}", but the deployment with \`deployment-id\` ${id} is named "${actual}".`,
    `Remove one of the two: \`name\` to use that deployment, or \`deployment-id\` to look "${name}" up.`
  )
}

function sourceAdvice(actual: string): string {
  if (actual.startsWith('internal_')) return 'Write `source-type: internal_source` and remove `image-uri`'
  return actual === 'external_docker'
    ? 'Write `source-type: external_docker` and `image-uri`, and remove the inputs of another source'
    : 'Write `source-type: github`, and remove `image-uri` and the inputs of another source'
}

/** The deployment was made from a source that takes no revision of what this run would deploy. */
export function sourceDiffers(name: string, actual: string, wanted: string): RefusalError {
  return new RefusalError(
    'The source of the deployment differs',
    `The deployment "${name}" was made from source ${actual}, and this run would deploy ${wanted}. Such a deployment takes no revision of another source.`,
    `${sourceAdvice(actual)}, or deploy under another \`name\`.`
  )
}

/** A field that the API fixes at create differs from what was asked for. */
export function fixedAtCreate(input: string, actual: string, wanted: string): RefusalError {
  return new RefusalError(
    'A setting cannot be changed',
    `\`${input}\`: the deployment has ${actual}, and this run asks for ${wanted}. That cannot change after creation.`,
    `Write the value that it has, or deploy under another \`name\`.`
  )
}
