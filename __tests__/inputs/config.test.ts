import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { cloudControlPlane } from '../../src/control-plane/hosts.ts'
import type { SourceType } from '../../src/deployment/sources/kinds.ts'
import { readKeys } from '../../src/inputs/access.ts'
import { readConfig, usedInputs } from '../../src/inputs/config.ts'
import { SPEC_FIELDS } from '../../src/inputs/external-docker.ts'
import { createReader, InputError } from '../../src/inputs/reader.ts'
import { readSourceType } from '../../src/inputs/source.ts'
import { type Command, choicesOf, INPUT_NAMES, type InputName, isUsedBy, rowOf } from '../../src/inputs/table.ts'
import { COMMIT, DEFAULTS, environmentOf, type Given, KEY, problemsOf, read, readDeploy, UUID } from './environment.ts'

/** Every message must contain advice. */
const CURE =
  /\b(Write|Remove|Use|Store|Install|Set|Build|remove|set|write|store|before this step|expected|Did you mean)\b/

const HEALTH = { check: 'auto', path: '/ok' }

const DEPLOY_DEFAULTS = {
  command: 'deploy',
  controlPlane: cloudControlPlane('us'),
  connection: { url: 'https://api.host.langchain.com', apiKey: KEY, proxy: {} },
  trigger: {
    eventName: 'push',
    repository: 'acme/Support_Agent',
    repositoryUrl: 'https://github.com/acme/Support_Agent',
    about: { kind: 'ref' },
    ref: 'main',
    isRefUnclear: false,
    commit: COMMIT,
    mayBeOfPullRequest: false,
    isInFork: false
  },
  target: { name: 'support-agent' },
  defaultName: 'support-agent',
  workspaceName: undefined,
  github: undefined,
  environment: undefined,
  commentOn: undefined,
  comments: false,
  timeoutMs: 30 * 60_000,
  notices: [],
  warnings: [],
  remarks: [],
  source: {
    type: 'github',
    repoUrl: 'https://github.com/acme/Support_Agent',
    repoRef: 'main',
    runCommit: COMMIT
  },
  secrets: { secrets: [], variables: [], mode: 'merge' },
  skipUnchanged: false,
  allowDowngrade: false,
  ifMissing: 'create',
  isRefUnclear: false,
  isRefWritten: false,
  branchWarnings: [],
  nameFault: undefined,
  logs: 'on-failure',
  onSuperseded: 'warn',
  health: HEALTH,
  wait: true,
  onTimeout: 'leave',
  onCancel: 'leave',
  rollbackOnFailure: false,
  dryRun: false
}

describe('the default configuration', () => {
  test('of `deploy` requires only the API key', async () => {
    expect(await read()).toEqual(DEPLOY_DEFAULTS)
  })

  test('is the same with the defaults that the runner fills in', async () => {
    expect(await read({ inputs: DEFAULTS })).toEqual(DEPLOY_DEFAULTS)
  })

  test('is the same with inputs of white space', async () => {
    const blank = Object.fromEntries(INPUT_NAMES.filter((name) => name !== 'api-key').map((name) => [name, ' \n']))
    expect(await read({ inputs: blank })).toEqual(DEPLOY_DEFAULTS)
  })

  const OTHERS: Readonly<Record<Exclude<Command, 'deploy'>, object>> = {
    wait: { awaitedCommit: COMMIT, onSuperseded: 'warn', logs: 'on-failure', health: HEALTH },
    redeploy: {
      onSuperseded: 'warn',
      logs: 'on-failure',
      health: HEALTH,
      wait: true,
      onTimeout: 'leave',
      onCancel: 'leave',
      rollbackOnFailure: false,
      dryRun: false
    },
    delete: { target: { name: 'agent' }, defaultName: undefined, deleteTracingProject: false, dryRun: false },
    status: {},
    logs: { limit: 100 },
    interrupt: { dryRun: false, target: { name: 'agent' }, defaultName: undefined },
    sweep: {
      target: { name: 'agent' },
      defaultName: undefined,
      deleteTracingProject: false,
      dryRun: false,
      github: { token: 'ghs_token', repository: 'acme/Support_Agent', apiUrl: 'https://api.github.com' }
    }
  }

  test.each(Object.entries(OTHERS))('of %s has only the settings of the command', async (command, own) => {
    const { controlPlane, connection, trigger, target, defaultName, timeoutMs, notices, warnings, remarks, comments } =
      DEPLOY_DEFAULTS
    const named = ['delete', 'interrupt', 'sweep'].includes(command) ? { name: 'agent' } : {}
    const token = command === 'sweep' ? { 'github-token': 'ghs_token' } : {}
    const inputs = { ...DEFAULTS, command, ...named, ...token }
    expect(await read({ inputs })).toEqual({
      ...{ controlPlane, connection, trigger, target, defaultName, timeoutMs, notices, warnings, remarks, comments },
      command,
      ...own
    })
  })
})

describe('the input `name`', () => {
  test.each<[string, Given, unknown]>([
    [
      'defaults to the normalized repository name',
      { variables: { GITHUB_REPOSITORY: 'acme/1st.Agent' } },
      'app-1st-agent'
    ],
    ['is used unchanged', { inputs: { name: 'My-Agent' } }, 'My-Agent'],
    ['accepts 63 characters', { inputs: { name: 'a'.repeat(63) } }, 'a'.repeat(63)],
    ['accepts any name with a deployment-id', { inputs: { name: 'My_Agent', 'deployment-id': UUID } }, 'My_Agent'],
    ['accepts any name of an existing deployment', { inputs: { name: 'My_Agent', command: 'redeploy' } }, 'My_Agent'],
    ['accepts the name of an older deployment', { inputs: { name: 'my_agent.v2' } }, 'my_agent.v2'],
    ['has no default with a deployment-id', { inputs: { 'deployment-id': UUID } }, undefined]
  ])('%s', async (_, given, name) => {
    expect((await read(given)).target.name).toBe(name)
  })

  test.each<[string, RegExp]>([
    [
      'My_Agent!',
      /^is "My_Agent!", which is not a valid deployment name: use letters, digits and dashes, starting with a letter\. Use `name: my-agent`\.$/
    ],
    [
      'my agent',
      /^is "my agent", which is not a valid deployment name: use letters, digits and dashes, starting with a letter\. Use `name: my-agent`\.$/
    ],
    [
      'acme/agent',
      /^is "acme\/agent", which is not a valid deployment name: use letters, digits and dashes, starting with a letter\. Use `name: acme-agent`\.$/
    ]
  ])('is reported with the other problems if no deployment can have the name %s', async (name, text) => {
    expect(await problemsOf({ inputs: { name, 'image-uri': 'A B', timeout: 'soon' } })).toEqual([
      { input: 'name', text: expect.stringMatching(text) },
      { input: 'timeout', text: expect.any(String) },
      { input: 'image-uri', text: expect.any(String) }
    ])
  })

  test('is read with a deployment-id, so that both can be compared', async () => {
    const { target } = await read({ inputs: { name: 'agent', 'deployment-id': UUID } })
    expect(target).toEqual({ name: 'agent', deploymentId: UUID })
  })

  test.each(['name', 'deployment-id'])('is not required to delete a deployment if `%s` is set', async (input) => {
    expect(await problemsOf({ inputs: { command: 'delete', [input]: UUID } })).toEqual([])
  })
})

describe('an input', () => {
  test.each<[string, Record<string, string>, object]>([
    ['timeout', { timeout: '1h30m' }, { timeoutMs: 5_400_000 }],
    ['poll-interval', { 'poll-interval': '45' }, { pollIntervalMs: 45_000 }],
    ['on-superseded', { 'on-superseded': 'follow' }, { onSuperseded: 'follow' }],
    ['on-timeout', { 'on-timeout': 'interrupt' }, { onTimeout: 'interrupt' }],
    ['on-cancel', { 'on-cancel': 'interrupt' }, { onCancel: 'interrupt' }],
    ['wait', { wait: 'False' }, { wait: false }],
    ['dry-run', { 'dry-run': 'TRUE' }, { dryRun: true }],
    ['logs', { logs: 'stream' }, { logs: 'stream' }],
    ['logs of wait', { command: 'wait', logs: 'off' }, { command: 'wait', logs: 'off' }],
    ['skip-unchanged', { 'skip-unchanged': 'true' }, { skipUnchanged: true }],
    ['allow-downgrade', { 'allow-downgrade': 'True' }, { allowDowngrade: true }],
    ['rollback-on-failure', { 'rollback-on-failure': 'true' }, { rollbackOnFailure: true }],
    [
      'rollback-on-failure of redeploy',
      { command: 'redeploy', 'rollback-on-failure': 'true' },
      { command: 'redeploy', rollbackOnFailure: true }
    ],
    ['display-name', { 'display-name': ' Support agent ' }, { displayName: 'Support agent' }],
    ['revision-id of wait', { command: 'wait', 'revision-id': UUID }, { command: 'wait', revisionId: UUID }],
    ['revision-id: latest of wait', { command: 'wait', 'revision-id': 'Latest' }, { revisionId: 'latest' }],
    [
      'revision-id of redeploy',
      { command: 'redeploy', 'revision-id': UUID.toUpperCase() },
      { command: 'redeploy', revisionId: UUID.toUpperCase() }
    ],
    [
      'delete-tracing-project',
      { command: 'delete', name: 'a', 'delete-tracing-project': 'true', 'dry-run': 'true' },
      { command: 'delete', deleteTracingProject: true, dryRun: true }
    ]
  ])('sets the field of the configuration: %s', async (_, inputs, expected) => {
    expect(await read({ inputs })).toMatchObject(expected)
  })
})

describe('a problem', () => {
  test.each<[string, Given, string, RegExp]>([
    ['no key', { inputs: { 'api-key': '' } }, 'api-key', /is missing or empty/],
    [
      'a command that does not exist',
      { inputs: { command: 'destroy' } },
      'command',
      /^expected one of `deploy`, `wait`, `redeploy`, `delete`, `status`, `logs`, `interrupt`, `sweep`, got "destroy"\. Did you mean `delete`\?/
    ],
    ['a delete without a target', { inputs: { command: 'delete' } }, 'name', /`name` or `deployment-id`/],
    [
      'no repository to name the deployment after',
      { inputs: { 'image-uri': 'agent:1' }, variables: { GITHUB_REPOSITORY: '' } },
      'name',
      /no repository/
    ],
    [
      'a deployment-id that is not a UUID',
      { inputs: { 'deployment-id': 'agent' } },
      'deployment-id',
      /^expected a UUID, got "agent"\. Set `name: agent` to find the deployment by name\./
    ],
    [
      'the revision-id `latest` with redeploy',
      { inputs: { command: 'redeploy', 'revision-id': 'latest' } },
      'revision-id',
      /^cannot be `latest` with `command: redeploy`\. Set it to the ID of a revision, or omit it to use the last previously active revision\./
    ],
    [
      'a revision-id that is not a UUID',
      { inputs: { command: 'wait', 'revision-id': '7' } },
      'revision-id',
      /^expected a UUID such as `f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e` or `latest`, got "7"\.$/
    ],
    [
      'a revision-id of redeploy that is not a UUID',
      { inputs: { command: 'redeploy', 'revision-id': '7' } },
      'revision-id',
      /^expected a UUID such as `f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e`, got "7"\.$/
    ],
    [
      'a timeout that is not a duration',
      { inputs: { timeout: 'soon' } },
      'timeout',
      /^expected a duration such as `90s`, `30m` or `1h30m`, or a number of seconds, got "soon"\./
    ],
    ['a timeout of 0', { inputs: { timeout: '0' } }, 'timeout', /from 1s to 120h/],
    ['a timeout longer than any job', { inputs: { timeout: '121h' } }, 'timeout', /from 1s to 120h/],
    ['a poll-interval of 0', { inputs: { 'poll-interval': '0s' } }, 'poll-interval', /from 1s/],
    [
      'a misspelt on-superseded',
      { inputs: { 'on-superseded': 'ignore' } },
      'on-superseded',
      /`warn`, `fail`, `follow`/
    ],
    ['a misspelt on-timeout', { inputs: { 'on-timeout': 'stop' } }, 'on-timeout', /`leave`, `interrupt`/],
    ['a misspelt on-cancel', { inputs: { 'on-cancel': 'stop' } }, 'on-cancel', /`leave`, `interrupt`/],
    [
      'an invalid boolean',
      { inputs: { wait: 'yes' } },
      'wait',
      /^expected `true` or `false`, got "yes"\. Did you mean `true`\?/
    ],
    ['a misspelt dry-run', { inputs: { 'dry-run': '1' } }, 'dry-run', /`true` or `false`/],
    ['a misspelt skip-unchanged', { inputs: { 'skip-unchanged': 'on' } }, 'skip-unchanged', /`true` or `false`/],
    ['a misspelt rollback-on-failure', { inputs: { 'rollback-on-failure': 'yes' } }, 'rollback-on-failure', /`true`/],
    ['a misspelt allow-downgrade', { inputs: { 'allow-downgrade': 'yes' } }, 'allow-downgrade', /`true` or `false`/],
    ['a misspelt health-check', { inputs: { 'health-check': 'on' } }, 'health-check', /`auto`, `true` or `false`/],
    [
      'an invalid health-path',
      { inputs: { 'health-path': 'ok' } },
      'health-path',
      /^expected a path such as `\/ok` or `\/agents\/ok`, got "ok"\. Did you mean `\/ok`\?/
    ],
    ['a misspelt allow-insecure-http', { inputs: { 'allow-insecure-http': 'yes' } }, 'allow-insecure-http', /`true`/],
    ['a misspelt build-on-push', { inputs: { 'build-on-push': 'no' } }, 'build-on-push', /`true` or `false`/],
    [
      'a misspelt delete-tracing-project',
      { inputs: { command: 'delete', name: 'a', 'delete-tracing-project': 'y' } },
      'delete-tracing-project',
      /`true` or `false`/
    ]
  ])('names its input and a cure: %s', async (_, given, input, text) => {
    const problems = await problemsOf(given)
    expect(problems.map((problem) => problem.input)).toEqual([input])
    expect(problems[0]?.text).toMatch(text)
    expect(problems[0]?.text).toMatch(CURE)
  })

  test('is reported together with all others in one error', async () => {
    const inputs = {
      'api-key': '',
      'organization-id': 'mine',
      region: 'mars',
      'control-plane-url': 'ftp://x',
      name: '',
      timeout: 'x',
      'repo-ref': COMMIT,
      secrets: 'no name=x',
      wait: 'perhaps',
      'poll-interval': '-1',
      'on-cancel': 'x'
    }
    const names = Object.keys(inputs).filter((name) => name !== 'name')
    const problems = await problemsOf({ inputs })
    expect(new Set(problems.map(({ input }) => input))).toEqual(new Set(names))
    await expect(readConfig(environmentOf({ inputs }))).rejects.toThrow(InputError)
    const message = await readConfig(environmentOf({ inputs })).catch((error: Error) => error.message)
    for (const name of names) expect(message).toMatch(new RegExp(`^(Invalid )?\`${name}\``, 'm'))
  })

  test('of the command hides only the problems that depend on the command', async () => {
    const inputs = { command: 'depoly', 'image-uri': 'not an image', timeout: 'x' }
    expect((await problemsOf({ inputs })).map(({ input }) => input)).toEqual(['command', 'timeout'])
  })
})

describe('each used input', () => {
  type Inputs = Readonly<Record<string, string>>
  const OF_SOURCES: Readonly<Record<SourceType, Inputs>> = {
    github: {},
    external_docker: { 'image-uri': 'ghcr.io/acme/agent:1' },
    internal_source: { 'source-type': 'internal_source' },
    internal_docker: { 'source-type': 'internal_docker', 'image-uri': 'agent:1' }
  }
  const OF_COMMANDS: Readonly<Record<Command, readonly (readonly [source: string, inputs: Inputs])[]>> = {
    deploy: Object.entries(OF_SOURCES),
    wait: [['', {}]],
    redeploy: [['', {}]],
    delete: [['', { name: 'agent' }]],
    status: [['', {}]],
    logs: [['', {}]],
    interrupt: [['', {}]],
    sweep: [['', { 'github-token': 'ghs_token', 'max-previews': '3' }]]
  }
  const CASES = choicesOf('command').flatMap((command) =>
    OF_COMMANDS[command].map(([source, inputs]) => [command, source, inputs] as const)
  )

  test.each(Object.entries(OF_SOURCES))('depends on the source that the inputs select: %s', async (type, inputs) => {
    const environment = environmentOf({ inputs })
    expect(readSourceType(createReader(environment.variables))).toBe(type)
  })

  test.each(CASES)('is read by the command %s %s', async (command, _, inputs) => {
    const workspace = mkdtempSync(join(tmpdir(), 'inputs-'))
    writeFileSync(join(workspace, 'langgraph.json'), '{"dependencies": ["."], "graphs": {"a": "./a.py:g"}}')
    writeFileSync(join(workspace, 'a.py'), 'g = 1')
    writeFileSync(join(workspace, 'pyproject.toml'), '[project]\nname = "a"\nversion = "1"\n')
    const environment = environmentOf({ inputs: { ...inputs, command }, variables: { GITHUB_WORKSPACE: workspace } })
    const reader = createReader(environment.variables)
    try {
      await readConfig(environment, reader)
    } finally {
      rmSync(workspace, { recursive: true })
    }
    expect(usedInputs(reader, command).filter((name) => !reader.inputsRead.has(name))).toEqual([])
  })

  test.each(CASES)('is checked according to its kind for %s %s, despite other problems', async (command, _, inputs) => {
    const given = { ...inputs, command, name: 'https://example.com', 'api-key': '' }
    const used = usedInputs(createReader(environmentOf({ inputs: given }).variables), command)
    // Without a valid source, its inputs are not checked.
    const isTyped = (name: InputName) => !['text', 'free-text', 'key'].includes(rowOf(name).kind)
    const typed = used.filter((name) => isTyped(name) && !(name in given) && name !== 'source-type')
    const faulty = { ...Object.fromEntries(typed.map((name) => [name, '?'])), ...given }
    const told = (await problemsOf({ inputs: faulty })).map(({ input }) => input)
    expect(typed.filter((name) => !told.includes(name))).toEqual([])
    expect(told).toHaveLength(new Set(told).size)
  })
})

describe('unused inputs', () => {
  test('are listed in one notice', async () => {
    const inputs = { command: 'wait', 'image-uri': 'x y', secrets: 'A=b', 'dry-run': 'oops', 'skip-unchanged': 'true' }
    const { notices } = await read({ inputs })
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatch(/^Ignored .+: not used by `command: wait`\.$/)
    for (const name of ['image-uri', 'secrets', 'dry-run', 'skip-unchanged'])
      expect(notices[0]).toContain(`\`${name}\``)
    expect(notices[0]).not.toContain('`command`')
  })

  test.each(choicesOf('command'))('are all inputs that the table does not assign to %s', async (command) => {
    const others: string[] = INPUT_NAMES.filter((name) => !isUsedBy(command, name))
    const inputs = Object.fromEntries(others.map((name) => [name, 'anything']))
    const { notices } = await read({ inputs: { ...inputs, command, name: 'agent', 'github-token': 'ghs_token' } })
    expect(notices).toHaveLength(1)
    expect([...(notices[0] ?? '').matchAll(/`([a-z0-9-]+)`/g)].map(([, name]) => name).sort()).toEqual(others.sort())
  })

  test('are not listed if they have their defaults', async () => {
    expect((await read({ inputs: { ...DEFAULTS, command: 'wait' } })).notices).toEqual([])
  })
})

describe('rollback-on-failure', () => {
  const noticesOf = async (inputs: Readonly<Record<string, string>>) => (await read({ inputs })).notices
  const ROLLING_BACK = choicesOf('command').filter((command) => isUsedBy(command, 'rollback-on-failure'))
  const ROLL_BACK = { 'rollback-on-failure': 'true' }

  test.each(ROLLING_BACK)('is reported if it has no effect for %s', async (command) => {
    const useless = { command, ...ROLL_BACK }
    const words = (cause: string) => [
      `\`rollback-on-failure\` has no effect with \`${cause}\`, because the run does not check the revision.`
    ]
    expect(await noticesOf({ ...useless, wait: 'false' })).toEqual(words('wait: false'))
    expect(await noticesOf({ ...useless, 'health-check': 'false' })).toEqual(words('health-check: false'))
    expect(await noticesOf({ ...useless, wait: 'FALSE', 'health-check': 'false' })).toEqual(words('wait: false'))
  })

  test.each(ROLLING_BACK)('is not reported for %s if it has an effect or is off', async (command) => {
    for (const inputs of [
      ROLL_BACK,
      { ...ROLL_BACK, 'health-check': 'true' },
      { wait: 'false', 'health-check': 'false' },
      { 'rollback-on-failure': 'false', wait: 'false' }
    ]) {
      expect(await noticesOf({ command, ...inputs })).toEqual([])
    }
  })

  test('is reported in addition to the unused inputs', async () => {
    const notices = await noticesOf({
      command: 'redeploy',
      ...ROLL_BACK,
      wait: 'false',
      'skip-unchanged': 'true'
    })
    expect(notices).toEqual([
      expect.stringMatching(/^Ignored `skip-unchanged`: not used by `command: redeploy`\./),
      expect.stringContaining('`rollback-on-failure` has no effect')
    ])
  })
})

describe('skip-unchanged', () => {
  const noticesOf = async (inputs: Readonly<Record<string, string>>) =>
    (await read({ inputs: { 'skip-unchanged': 'true', ...inputs } })).notices

  test.each([
    ['agent:1', 'agent'],
    ['localhost:5000/acme/agent', 'localhost:5000/acme/agent'],
    ['ghcr.io/acme/agent:1.4.2', 'ghcr.io/acme/agent']
  ])('is reported for the image %s without a digest', async (image, name) => {
    expect(await noticesOf({ 'image-uri': image })).toEqual([
      `\`skip-unchanged\` has no effect here: \`image-uri\` uses a tag, which can be moved to another image. Use the digest, such as \`${name}@sha256:…\`.`
    ])
    expect(await noticesOf({ 'image-uri': image, 'skip-unchanged': 'false' })).toEqual([])
  })

  test.each(['another-branch', 'refs/tags/v1'])(
    'is reported for the ref %s, which is not the ref of the run',
    async (ref) => {
      expect(await noticesOf({ 'repo-ref': ref })).toEqual([
        '`skip-unchanged` has no effect here: `repo-ref` is not the branch or tag of this run, so its commit is unknown. Remove `skip-unchanged`.'
      ])
    }
  )

  test('is reported for another repository', async () => {
    const other = { 'repo-url': 'https://github.com/acme/other', 'repo-ref': 'main' }
    expect(await noticesOf(other)).toEqual([expect.stringContaining('another repository')])
  })

  test.each([{ 'image-uri': `agent@sha256:${'ab'.repeat(32)}` }, {}, { 'repo-ref': 'main' }])(
    'is not reported if it has an effect: %j',
    async (inputs) => {
      expect(await noticesOf({ ...inputs })).toEqual([])
    }
  )

  test('is not reported for a plan for the base branch, because the user did not set the ref', async () => {
    const event = { pull_request: { number: 7, state: 'open', head: { ref: 'x', sha: COMMIT }, base: { ref: 'main' } } }
    const variables = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' }
    const { notices } = await read({ inputs: { 'skip-unchanged': 'true', 'dry-run': 'true' }, variables, event })
    expect(notices).toEqual([])
  })
})

describe('the input `health-check`', () => {
  const healthOf = async (inputs: Readonly<Record<string, string>>) => {
    const config = await read({ inputs })
    return 'health' in config ? config.health : undefined
  }

  test.each([
    ['auto', 'auto'],
    ['true', 'true'],
    ['false', 'false'],
    ['Auto', 'auto'],
    ['TRUE', 'true'],
    [' False\n', 'false'],
    ['', 'auto']
  ])('reads %j as %s', async (written, check) => {
    expect(await healthOf({ 'health-check': written })).toEqual({ check, path: '/ok' })
  })

  test.each(['/', '/ok', '/agents/ok', '/~me/a.b-c_d/ok?deep=1&x=%20+y'])('accepts the path %s', async (path) => {
    expect(await healthOf({ 'health-path': path })).toEqual({ check: 'auto', path })
  })

  test.each([
    ['ok', '/ok'],
    ['agents/ok', '/agents/ok'],
    ['https://agent.example.com/ok', '/ok']
  ])('rejects the path %j and suggests another', async (path, meant) => {
    expect(await problemsOf({ inputs: { 'health-path': path } })).toEqual([
      {
        input: 'health-path',
        text: `expected a path such as \`/ok\` or \`/agents/ok\`, got "${path}". Did you mean \`${meant}\`?`
      }
    ])
  })

  test.each(['/a b', '/ok#x', '/ok\nHost: evil.example', '/\\evil.example', '/@evil.example', '/ök', ':8080/ok', '?x'])(
    'rejects the path %j',
    async (path) => {
      expect(await problemsOf({ inputs: { 'health-path': path } })).toEqual([
        {
          input: 'health-path',
          text: `expected a path such as \`/ok\` or \`/agents/ok\`, got "${path}".`
        }
      ])
    }
  )

  const FOLLOWS: Readonly<Record<Command, boolean>> = {
    deploy: true,
    wait: true,
    redeploy: true,
    delete: false,
    status: false,
    logs: false,
    interrupt: false,
    sweep: false
  }

  test.each(Object.entries(FOLLOWS))('is used by the command %s: %s', async (command, expected) => {
    expect(
      (await healthOf({ command, name: 'agent', 'github-token': 'ghs_token', 'health-check': 'true' })) !== undefined
    ).toBe(expected)
  })
})

describe('resource-spec', () => {
  const readSpec = async (spec: string) => {
    const { source } = await readDeploy({ inputs: { 'image-uri': 'agent:1', 'resource-spec': spec } })
    return source.type === 'external_docker' ? source.resourceSpec : undefined
  }

  test.each<[string, string, unknown]>([
    ['JSON', '{"cpu": 2, "max_scale": null}', { cpu: 2, max_scale: null }],
    ['YAML', 'cpu: 2\nmemory_mb: 4096\n', { cpu: 2, memory_mb: 4096 }],
    ['YAML on one line', '{cpu: 2, db: {cpu: 1}}', { cpu: 2, db: { cpu: 1 } }],
    ['YAML words, which stay strings', 'day: 2024-01-01\nyes: no', { day: '2024-01-01', yes: 'no' }],
    ['white space', ' ', undefined]
  ])('is read from %s', async (_, text, expected) => {
    expect(await readSpec(text)).toEqual(expected)
  })

  const warningsOf = async (spec: string) =>
    (await readDeploy({ inputs: { 'image-uri': 'agent:1', 'resource-spec': spec } })).warnings

  test('has the fields that docs/recipes.md lists', async () => {
    const [, table = ''] = readFileSync('docs/recipes.md', 'utf8').split('## Fields of resource-spec')
    const cells = [...table.matchAll(/^\| (`.+?) \|/gm)].map(([, cell = '']) => cell)
    const listed = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name))
    expect([...SPEC_FIELDS].sort()).toEqual(listed.sort())
    expect(await warningsOf(JSON.stringify(Object.fromEntries(SPEC_FIELDS.map((name) => [name, null]))))).toEqual([])
  })

  test.each([
    ['cpus', 'cpu'],
    ['memory', 'memory_mb'],
    ['memoryLimitMb', 'memory_limit_mb'],
    ['max_scales', 'max_scale'],
    ['image_pull_secret', 'image_pull_secrets']
  ])('with the field %s causes a warning, and is sent', async (name, meant) => {
    expect(await warningsOf(`${name}: 2`)).toEqual([
      `\`resource-spec\`: unknown field \`${name}\`. Did you mean \`${meant}\`? An unknown field may have no effect.`
    ])
    expect(await readSpec(`${name}: 2`)).toEqual({ [name]: 2 })
  })

  test.each(['replicas', 'executor_cpu', 'orchestrator_memory_mb', 'gpu_kind'])(
    'with another field causes no warning: %s',
    async (name) => expect(await warningsOf(`${name}: 2`)).toEqual([])
  )

  test.each(['2', '[1, 2]', 'null', 'cpu', '{cpu: 2', 'a: b: c', '# only a comment'])('rejects %j', async (text) => {
    const problems = await problemsOf({ inputs: { 'image-uri': 'agent:1', 'resource-spec': text } })
    expect(problems).toEqual([
      {
        input: 'resource-spec',
        text: expect.stringMatching(
          /^expected a YAML or JSON object with fields such as `cpu: 2` and `memory_mb: 4096`, one per line\./
        )
      }
    ])
  })
})

test('an unknown command does not hide the problems of other inputs', async () => {
  const inputs = {
    command: 'deply',
    name: 'My Agent',
    wait: 'yes',
    'skip-unchanged': 'ja',
    'on-timeout': 'stop',
    timeout: '3 weeks',
    'max-age': 'soon',
    'min-runs': 'many',
    'listener-id': 'x',
    'revision-id': 'latest'
  }
  const named = (await problemsOf({ inputs })).map(({ input }) => input)
  expect(named.sort()).toEqual(
    Object.keys(inputs)
      .filter((name) => name !== 'revision-id')
      .sort()
  )
})

test('the keys are masked even if other inputs are invalid', () => {
  const inputs = { 'api-key': ` ${KEY}\n`, 'github-token': 'ghs_0123456789', command: '?' }
  expect(readKeys(environmentOf({ inputs }).variables)).toEqual([KEY, 'ghs_0123456789'])
  expect(readKeys(environmentOf({ inputs: { 'api-key': '' } }).variables)).toEqual([])
  const headers = 'Authorization: Bearer t0ken-of-the-agent\nX-Auth-Scheme: langsmith\n no header\nX-My-Key: short\r\n'
  expect(readKeys(environmentOf({ inputs: { 'api-key': '', 'agent-headers': headers } }).variables)).toEqual([
    'Bearer t0ken-of-the-agent',
    't0ken-of-the-agent'
  ])
})

test.each([
  ['HTTPS_PROXY', 'http://deploy:p%40ss-word@proxy.example.com:3128', ['p%40ss-word', 'p@ss-word']],
  ['http_proxy', 'deploy:another-word@proxy.example.com:3128', ['another-word']],
  ['ALL_PROXY', 'socks5://deploy:third-word@proxy.example.com', ['third-word']],
  ['HTTPS_PROXY', 'http://proxy.example.com:3128', []]
])('the password of %s is masked with the keys', (name, value, passwords) => {
  const { variables } = environmentOf({ inputs: { 'api-key': KEY } })
  expect(readKeys({ ...variables, [name]: value })).toEqual([KEY, ...passwords])
})

describe("GitHub's own API", () => {
  test.each<[string, Record<string, string>, Record<string, string>, unknown]>([
    ['is used on github.com', {}, { 'github-token': 't' }, { token: 't', apiUrl: 'https://api.github.com' }],
    [
      'is used on another server',
      { GITHUB_API_URL: 'https://github.example.com/api/v3' },
      { 'github-token': 't' },
      { token: 't', apiUrl: 'https://github.example.com/api/v3' }
    ],
    ['is not used without a token', {}, {}, undefined]
  ])('%s', async (_, variables, inputs, expected) => {
    const { github } = await readDeploy({ variables, inputs })
    expect(github).toEqual(expected && { ...expected, repository: 'acme/Support_Agent' })
  })
})

describe('an unusual duration', () => {
  const SHORT =
    /^`timeout` is 30 seconds, but a rollout takes minutes\. Use `30m` for minutes, or omit it to use the default of 30m\./

  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['seconds for minutes', { timeout: '30' }, SHORT],
    ['seconds for minutes, for a rollback', { timeout: '30', command: 'redeploy' }, SHORT],
    ['seconds for minutes, at `wait`', { timeout: '30', command: 'wait' }, SHORT],
    [
      'a few seconds',
      { timeout: '45s' },
      /^`timeout` is 45s, but a rollout takes minutes\. Use a longer timeout, or omit it to use the default of 30m\./
    ],
    [
      'a polling interval longer than the run',
      { 'poll-interval': '1h' },
      /^`poll-interval` is not shorter than `timeout` \(30m\)/
    ]
  ])('is reported in a notice: %s', async (_, inputs, notice) => {
    expect((await read({ inputs })).notices).toEqual([expect.stringMatching(notice)])
  })

  test.each<Readonly<Record<string, string>>>([
    { timeout: '60s' },
    { timeout: '1800', 'poll-interval': '30s' },
    { timeout: '10s', wait: 'false' },
    { timeout: '10s', 'dry-run': 'true' },
    { timeout: '10s', command: 'delete', name: 'agent' }
  ])('is not reported for %j', async (inputs) => {
    expect((await read({ inputs })).notices).toEqual([])
  })
})

test('two invalid lines of one input count as one input in the title', async () => {
  const failure = await read({ inputs: { secrets: 'A=\nB B\nC=', timeout: 'soon' } }).catch((error: unknown) => error)
  expect(failure).toMatchObject({ title: '2 invalid inputs: timeout and secrets' })
  const lines = await read({ inputs: { secrets: 'A=\nB B' } }).catch((error: unknown) => error)
  expect(lines).toMatchObject({ title: 'Invalid input: secrets' })
})
