import {
  type ControlPlane,
  cloudControlPlane,
  controlPlaneAt,
  isLoopback,
  regionOfDashboard,
  regions
} from '../control-plane/hosts.ts'
import type { Connection } from '../control-plane/network.ts'
import { isUuid } from '../control-plane/resources.ts'
import type { Trigger } from '../runner/trigger.ts'
import type { Reader } from './reader.ts'

export interface ConnectionInputs {
  readonly controlPlane: ControlPlane
  readonly connection: Connection
  /** What was written for a workspace, when it is no ID; it has to be looked up. */
  readonly workspaceName: string | undefined
}

/**
 * Where the requests go and what they carry. When the address is not sound, a Cloud region stands in for it, so that the
 * other inputs can be judged too; nothing is ever sent then.
 */
export function readConnection(
  inputs: Reader,
  trigger: Trigger,
  variables: Readonly<Record<string, string | undefined>>
): ConnectionInputs {
  const controlPlane = readControlPlane(inputs)
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
      proxy: readProxy(inputs, variables)
    }
  }
}

function readKey(inputs: Reader, trigger: Trigger): string {
  const key = inputs.text('api-key')
  if (key && !/^[\x21-\x7e]+$/.test(key)) {
    inputs.problem('api-key', 'holds white space or characters that no key has; store the bare key in the secret.')
  }
  if (key) return key
  const why = {
    fork: 'is empty. This run was started by a pull request from a fork, and GitHub gives those no secrets. Skip the step with `if: github.event.pull_request.head.repo.full_name == github.repository`.',
    dependabot:
      "is empty. This run was started by Dependabot, which only gets the secrets stored under Settings, Secrets and variables, Dependabot. Store the key there, or skip the step with `if: github.actor != 'dependabot[bot]'`."
  }
  inputs.problem(
    'api-key',
    trigger.withoutSecrets
      ? why[trigger.withoutSecrets]
      : 'is missing or empty. Store a LangSmith API key as a secret and write `api-key: ${{ secrets.LANGSMITH_API_KEY }}`; a secret of an environment needs `environment:` in the job.'
  )
  return ''
}

function readControlPlane(inputs: Reader): ControlPlane {
  const region = inputs.choice('region', regions)
  const written = inputs.text('control-plane-url')
  const isInsecureAllowed = inputs.flag('allow-insecure-http')
  if (written === undefined) return cloudControlPlane(region)

  const url = URL.canParse(written) ? new URL(written) : undefined
  const problem = (text: string) => inputs.problem('control-plane-url', text)
  if (!url || !/^https?:$/.test(url.protocol)) {
    problem('is no web address. Write one such as `https://langsmith.example.com/api-host`.')
  } else if (url.username || url.password || url.search || url.hash) {
    problem(`may hold no user info, query or fragment. Write \`${url.origin}${url.pathname}\`.`)
  } else if (regionOfDashboard(url.host)) {
    problem(
      `${url.host} is the address of the LangSmith pages. Remove it and write \`region: ${regionOfDashboard(url.host)}\`.`
    )
  } else if (url.protocol === 'http:' && !isLoopback(url.hostname) && !isInsecureAllowed) {
    problem(
      `${url.origin} would get the key unencrypted. Write https, or \`allow-insecure-http: true\` if the network between is yours.`
    )
  } else {
    return controlPlaneAt(url)
  }
  return cloudControlPlane(region)
}

/** The proxies of the environment. Both spellings of the variables are in use; lower case goes first, as in curl. */
export function readProxy(
  inputs: Reader,
  variables: Readonly<Record<string, string | undefined>>
): Connection['proxy'] {
  const read = (name: string) => variables[name.toLowerCase()] || variables[name] || undefined
  const proxy = { http: read('HTTP_PROXY'), https: read('HTTPS_PROXY'), except: read('NO_PROXY') }
  for (const [name, value] of [['HTTP_PROXY', proxy.http] as const, ['HTTPS_PROXY', proxy.https] as const]) {
    if (value && !/^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : '')) {
      inputs.problem(
        name,
        'the variable holds no http or https address. Write one such as `http://proxy.example.com:3128`.'
      )
    }
  }
  return proxy
}
