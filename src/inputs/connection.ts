import {
  cloudControlPlane,
  controlPlaneAt,
  correctedAddress,
  inputForDashboard,
  isLoopback,
  type Region,
  regionLike,
  regions
} from '../control-plane/hosts.ts'
import type { Connection } from '../control-plane/network.ts'
import { parseProxy, proxyFor } from '../control-plane/proxies.ts'
import { isUuid } from '../control-plane/resources.ts'
import type { ControlPlane } from '../run/destination.ts'
import { secretParts } from '../runner/secret-parts.ts'
import type { Trigger } from '../runner/trigger.ts'
import type { Messages } from './messages.ts'
import type { InputEnvironment, Reader } from './reader.ts'
import { INPUTS } from './table.ts'

export interface ConnectionInputs extends Messages {
  readonly controlPlane: ControlPlane
  readonly connection: Connection
  /** Name in `workspace-id` if it is not an ID. The name is resolved before any other request. */
  readonly workspaceName: string | undefined
}

/**
 * Reads the destination and the credentials of requests. If the URL is invalid, that of a Cloud region replaces it, so
 * that the other inputs are also checked; no request follows.
 */
export function readConnection(
  inputs: Reader,
  trigger: Trigger,
  variables: InputEnvironment['variables']
): ConnectionInputs {
  const { controlPlane, notices } = readControlPlane(inputs)
  const workspace = inputs.text('workspace-id')
  const workspaceId = workspace && isUuid(workspace) ? workspace : undefined
  return {
    controlPlane,
    workspaceName: workspaceId ? undefined : workspace,
    connection: {
      url: controlPlane.url,
      apiKey: readKey(inputs, trigger),
      workspaceId,
      organizationId: inputs.uuid('organization-id'),
      proxy: readProxy(inputs, variables, controlPlane.url)
    },
    notices,
    // Node compares the variable with exactly this text.
    warnings: variables.NODE_TLS_REJECT_UNAUTHORIZED === '0' ? [UNVERIFIED] : [],
    remarks: remarksOnProxies(variables)
  }
}

const UNVERIFIED =
  'NODE_TLS_REJECT_UNAUTHORIZED is 0, which disables certificate verification: anyone on the network path can read the API key and the secrets. Remove it. To trust your own root certificate, set NODE_EXTRA_CA_CERTS to its PEM file, or set NODE_USE_SYSTEM_CA to 1.'

/** Only the first match is reported. */
const KEY_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^\$|^\{\{|^secrets\./, 'is an expression or a variable name, not a key'],
  [/["'`]/, 'contains quotes, which are not valid in a key'],
  [/^[A-Z][A-Z0-9_]*=/, 'starts with a variable name'],
  [/[^\x21-\x7e]/, 'contains whitespace or characters that are not valid in a key']
]

function readKey(inputs: Reader, trigger: Trigger): string {
  const key = inputs.text('api-key')
  const fault = key && KEY_FAULTS.find(([form]) => form.test(key))?.[1]
  if (fault) inputs.problem('api-key', `${fault}. Store only the key in the secret.`)
  if (key) return key
  const why = {
    fork: 'is empty. This run was started by a pull request from a fork, and GitHub does not pass secrets to such runs. Skip the step with `if: github.event.pull_request.head.repo.full_name == github.repository`.',
    dependabot:
      "is empty. This run was started by Dependabot, which can only read secrets stored under Settings > Secrets and variables > Dependabot. Store the key there, or skip the step with `if: github.actor != 'dependabot[bot]'`."
  }
  inputs.problem(
    'api-key',
    trigger.withoutSecrets
      ? why[trigger.withoutSecrets]
      : 'is missing or empty. Store a LangSmith API key as a secret and set `api-key: ${{ secrets.LANGSMITH_API_KEY }}`. For an environment secret, set `environment:` in the job.'
  )
  return ''
}

/** Reads `region` in any case. An error suggests the region for its common names. */
function readRegion(inputs: Reader): Region {
  const written = inputs.text('region') ?? INPUTS.region.default
  const region = regions.find((one) => one === written.toLowerCase())
  if (region) return region
  const meant = regionLike(written)
  const guess = meant ? ` Did you mean \`${meant}\`?` : ''
  inputs.problem(
    'region',
    `expected one of ${regions.map((one) => `\`${one}\``).join(', ')}, got "${written}".${guess}`
  )
  return INPUTS.region.default
}

function readControlPlane(inputs: Reader): {
  readonly controlPlane: ControlPlane
  readonly notices: readonly string[]
} {
  const region = readRegion(inputs)
  const written = inputs.text('control-plane-url')
  const isInsecureAllowed = inputs.flag('allow-insecure-http')
  const standIn = { controlPlane: cloudControlPlane(region), notices: [] }
  if (written === undefined) return standIn

  const parsed = URL.canParse(written) ? new URL(written) : undefined
  const problem = (text: string) => inputs.problem('control-plane-url', text)
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    problem(`expected a URL such as \`${exampleFor(written)}\`. For LangSmith Cloud, remove it and set \`region\`.`)
    return standIn
  }
  const corrected = correctedAddress(parsed)
  const url = corrected ?? parsed
  const pages = corrected ? undefined : inputForDashboard(parsed)
  if (pages) {
    problem(`points to the LangSmith web app (${parsed.host}). Remove it and set \`${pages}\`.`)
  } else if (parsed.username || parsed.password || parsed.search || parsed.hash) {
    problem(`must not contain credentials, a query or a fragment. Set it to \`${url.origin}${url.pathname}\`.`)
  } else if (url.protocol === 'http:' && !isLoopback(url.hostname) && !isInsecureAllowed) {
    problem(
      `would send the API key unencrypted to ${url.origin}. Use https, or set \`allow-insecure-http: true\` if you trust the network.`
    )
  } else {
    const controlPlane = controlPlaneAt(url)
    return { controlPlane, notices: corrected ? [noticeOf(written, controlPlane)] : [] }
  }
  return standIn
}

/**
 * Returns an example of a URL for an invalid one. A host without a scheme is probably correct; a self-hosted control
 * plane has the path /api-host.
 */
function exampleFor(written: string): string {
  const text = `https://${written}`
  if (!/^[\w-]+(\.[\w-]+)+(:\d+)?(\/\S*)?$/.test(written) || !URL.canParse(text)) {
    return 'https://langsmith.example.com/api-host'
  }
  const url = new URL(text)
  const isSelfHosted = !inputForDashboard(url) && controlPlaneAt(correctedAddress(url) ?? url).hosting === 'self-hosted'
  return isSelfHosted && url.pathname === '/' ? `${url.origin}/api-host` : text
}

function noticeOf(written: string, { url, hosting }: ControlPlane): string {
  const region = regions.find((one) => cloudControlPlane(one).url === url)
  const cure = region ? `Remove it and set \`region: ${region}\`.` : `Set \`control-plane-url: ${url}\`.`
  const what = hosting === 'cloud' ? 'is not a control plane URL' : 'ends in the path of an API endpoint or a page'
  return `\`control-plane-url\`: ${written} ${what}; using ${url} instead. ${cure}`
}

/** Returns the variable of a proxy. Both spellings are in use; as in curl, lower case takes precedence. */
function proxyVariable(
  variables: InputEnvironment['variables'],
  name: string
): { readonly name: string; readonly value: string | undefined } {
  const lower = name.toLowerCase()
  return variables[lower] ? { name: lower, value: variables[lower] } : { name, value: variables[name] || undefined }
}

/**
 * Returns the passwords in the URLs of proxies, as written and decoded. All spellings are read, because a log may show
 * any of them.
 */
export function proxyPasswords(variables: InputEnvironment['variables']): readonly string[] {
  const found = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) =>
    [name, name.toLowerCase()].flatMap((one) => {
      const address = variables[one]?.trim()
      return address ? secretParts(address.replace(/^(?!\w+:\/\/)/, 'http://')) : []
    })
  )
  return [...new Set(found)]
}

/**
 * Returns remarks about invalid proxies. Such a proxy does not fail the run if the control plane does not need it, but
 * GitHub may be unreachable without it.
 */
function remarksOnProxies(variables: InputEnvironment['variables']): readonly string[] {
  return ['HTTP_PROXY', 'HTTPS_PROXY'].flatMap((variable) => {
    const { name, value } = proxyVariable(variables, variable)
    const parsed = value === undefined ? undefined : parseProxy(value)
    return parsed?.kind === 'fault' ? [`Ignored the environment variable ${name}: it ${parsed.text}`] : []
  })
}

/**
 * Reads the proxies of the environment.
 *
 * @param url URL of the control plane. An invalid proxy is a problem only if this URL needs it; otherwise it is
 *   ignored.
 */
export function readProxy(inputs: Reader, variables: InputEnvironment['variables'], url: string): Connection['proxy'] {
  const except = proxyVariable(variables, 'NO_PROXY').value
  const read = (variable: string, use: (proxy: string) => Connection['proxy']): string | undefined => {
    const { name, value } = proxyVariable(variables, variable)
    if (!value) return undefined
    const parsed = parseProxy(value)
    if (parsed.kind === 'sound') return parsed.url
    if (proxyFor(url, { ...use(value), except })) inputs.problemOfVariable(name, parsed.text)
    return undefined
  }
  return {
    http: read('HTTP_PROXY', (http) => ({ http })),
    https: read('HTTPS_PROXY', (https) => ({ https })),
    except,
    ...(proxyVariable(variables, 'ALL_PROXY').value ? { hasAll: true } : {})
  }
}
