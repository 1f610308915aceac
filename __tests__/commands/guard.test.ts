import { beforeEach, describe, expect, test } from '@jest/globals'
import { makeFolder, makeTree, SMALLEST } from '../archive/support.ts'
import type { Json } from '../emulator/support.ts'
import { COMMIT } from '../inputs/environment.ts'
import { PATCH } from '../support/expected.ts'
import { useGithubServer } from '../support/github-server.ts'
import { freePort } from '../support/http-server.ts'
import { hurryTimeouts } from '../support/real-time.ts'
import { commit, git, makeRepository } from '../support/repository.ts'
import { type Inputs, type Run, type RunOptions, runMain, said, warningOf } from '../support/run.ts'
import { at, IMAGE, idsOf, REPOSITORY, useWorld } from '../support/world.ts'

const world = useWorld()

const github = await useGithubServer({ repository: REPOSITORY })
beforeEach(() => {
  github.history(OLD, MIDDLE, NEW)
  github.branchOff(OLD, ASIDE)
})

const OLD = '01d0000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
const MIDDLE = '5ec0000bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'
const NEW = 'fee0000ccccccccccccccccccccccccccccccccc'
const ASIDE = 'a51de00ddddddddddddddddddddddddddddddddd'
const STRANGE = 'bad0000eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'

const imageOf = (commit: string, tag = `sha-${commit}`) => `ghcr.io/acme/agent:${tag}`

/** Runs `main` like a workflow with the job's own token. */
const run = (inputs: Inputs, { variables, ...options }: RunOptions = {}) =>
  runMain(
    world,
    { 'github-token': github.token, ...inputs },
    { ...options, variables: { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: REPOSITORY, ...variables } }
  )
const deploy = (image: string, inputs: Inputs = {}, options: RunOptions = {}) =>
  run({ 'image-uri': image, ...inputs }, options)
/** Requests to GitHub, without repository and query. */
const askedOfGithub = () =>
  github.requests().map(({ method, path }) => `${method} ${path.replace(`/repos/${REPOSITORY}`, '').split('?')[0]}`)
const compared = (base: string, head: string) => [`GET /compare/${base}...${head}`]
const activeImage = async (id: string) => {
  const { active_revision_id: active } = await world.deployment(id)
  const revision = (await world.revisions(id)).find((one) => one.id === active)
  return at(revision, 'source_revision_config', 'image_uri')
}
/** Pushes another revision with this image, and waits for its end if it has one. */
const push = (id: string, image: string) => world.patch(id, { source_revision_config: { image_uri: image } })

describe('an image of an older commit', () => {
  test('does not replace a newer one, and nothing is written', async () => {
    const id = await world.images(imageOf(NEW))
    const ended = await deploy(imageOf(OLD))
    const [theirs] = idsOf(await world.revisions(id))
    expect(ended.passed).toBe(true)
    expect(ended.runner.outputs).toMatchObject({
      status: 'superseded',
      'deployment-id': id,
      'revision-id': theirs,
      'active-revision-id': theirs,
      created: 'false'
    })
    expect(ended.runner.texts('warning')).toEqual([
      `Nothing was deployed: commit ${NEW} of revision ${theirs} (DEPLOYED) is 2 commits ahead of commit ${OLD} of this run. Set \`allow-downgrade: true\` to deploy an older commit on purpose.`
    ])
    expect(ended.runner.texts('summary').join()).toContain('superseded')
    expect(await world.writes()).toEqual([])
    expect(askedOfGithub()).toEqual(compared(OLD, NEW))
  })

  test.each([
    ['whole', OLD, NEW],
    ['short', OLD.slice(0, 7), NEW.slice(0, 7)],
    ['short after a branch', `main-${OLD.slice(0, 7)}`, `main-${NEW.slice(0, 12)}`],
    ['before a platform', `${OLD.slice(0, 10)}-linux`, `${NEW}-linux`],
    ['in upper case', OLD.toUpperCase(), NEW.toUpperCase()],
    ['whole and short', OLD.slice(0, 7), NEW],
    ['beside a version', `1.2.3-${OLD.slice(0, 9)}`, `v2.0.${NEW.slice(0, 8)}`]
  ])('is recognized by its tag: %s', async (_, older, newer) => {
    await world.images(imageOf(NEW, newer))
    const ended = await deploy(imageOf(OLD, older))
    expect(ended.runner.outputs.status).toBe('superseded')
    expect(await world.writes()).toEqual([])
  })

  test.each([
    ['with a digest after the tag', `${imageOf(OLD)}@sha256:${'ab'.repeat(32)}`],
    ['in a registry with a port', `localhost:5000/agent:${OLD}`]
  ])('is recognized %s', async (_, image) => {
    await world.images(imageOf(NEW))
    expect((await deploy(image)).runner.outputs.status).toBe('superseded')
  })

  test('is reported with `1 commit` in the singular', async () => {
    await world.images(imageOf(NEW))
    expect(warningOf(await deploy(imageOf(MIDDLE)))).toContain('1 commit ahead')
  })
})

describe('an image is deployed', () => {
  test.each([
    ['of the same commit', NEW, NEW],
    ['of the same commit, abbreviated', NEW.slice(0, 8), NEW],
    ['of the same commit, abbreviated in the active revision', NEW, NEW.slice(0, 8)]
  ])('%s, without a request to GitHub', async (_, ours, theirs) => {
    await world.images(imageOf(NEW, theirs))
    const ended = await deploy(imageOf(NEW, ours))
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(askedOfGithub()).toEqual([])
    expect(await world.writes()).toEqual([PATCH])
  })

  test.each([
    ['of a newer commit', OLD, NEW],
    ['over a diverged commit', ASIDE, NEW],
    ['of a diverged commit', NEW, ASIDE]
  ])('%s', async (_, theirs, ours) => {
    await world.images(imageOf(theirs))
    const ended = await deploy(imageOf(ours))
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(ended.runner.texts('warning')).toEqual([])
    expect(askedOfGithub()).toEqual(compared(ours, theirs))
    expect(await world.writes()).toEqual([PATCH])
  })

  test.each([
    ['ours', STRANGE, NEW],
    ['theirs', OLD, STRANGE]
  ])('if GitHub does not find %s, with a note', async (_, ours, theirs) => {
    await world.images(imageOf(theirs))
    const ended = await deploy(imageOf(ours))
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(ended.runner.texts('warning')).toEqual([])
    expect(said(ended)).toContain(`GitHub did not find ${ours} or ${theirs}`)
  })

  test.each([
    ['ours', 'ghcr.io/acme/agent:v2', imageOf(NEW)],
    ['ours with only a digest', `ghcr.io/acme/agent@sha256:${OLD}${'0'.repeat(24)}`, imageOf(NEW)],
    ['ours with six hex digits', imageOf(OLD, OLD.slice(0, 6)), imageOf(NEW)],
    ['ours with 41 hex digits', imageOf(OLD, `${OLD}0`), imageOf(NEW)],
    ['ours with digits inside a word', imageOf(OLD, `release${OLD.slice(0, 7)}x`), imageOf(NEW)],
    ['ours with a date', imageOf(OLD, '20240131'), imageOf(NEW)],
    ['theirs with a build number', imageOf(OLD), imageOf(NEW, '1234567')],
    ['ours with the commit in the name', `ghcr.io/acme/agent-${OLD}:latest`, imageOf(NEW)],
    ['theirs', imageOf(OLD), 'ghcr.io/acme/agent:latest']
  ])('if the tag of %s has no commit, without a request to GitHub', async (_, ours, theirs) => {
    await world.images(theirs)
    expect((await deploy(ours)).runner.outputs.status).toBe('deployed')
    expect(askedOfGithub()).toEqual([])
  })

  test('with allow-downgrade, without a request to GitHub', async () => {
    const id = await world.images(imageOf(NEW))
    const ended = await deploy(imageOf(OLD), { 'allow-downgrade': 'true' })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(await activeImage(id)).toBe(imageOf(OLD))
    expect(askedOfGithub()).toEqual([])
  })

  test('without a token', async () => {
    await world.images(imageOf(NEW))
    const ended = await deploy(imageOf(OLD), { 'github-token': '' })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(askedOfGithub()).toEqual([])
  })

  test('to a new deployment, without a request to GitHub', async () => {
    const ended = await deploy(imageOf(OLD))
    expect(ended.runner.outputs).toMatchObject({ status: 'deployed', created: 'true' })
    expect(askedOfGithub()).toEqual([])
  })
})

describe('the revision to compare with', () => {
  test.each(['DEPLOY_FAILED', 'CREATE_FAILED', 'INTERRUPTED'])(
    'is the active one if the latest one is %s',
    async (final) => {
      await world.api.scenario({ revisions: [{ nth: 2, final }] })
      await world.images(imageOf(NEW), 'ghcr.io/acme/agent:latest')
      const ended = await deploy(imageOf(OLD))
      expect(ended.runner.outputs.status).toBe('superseded')
      expect(await world.writes()).toEqual([])
    }
  )

  test.each(['DEPLOY_FAILED', 'INTERRUPTED', 'SKIPPED'])('is not one that is %s', async (final) => {
    await world.api.scenario({ revisions: [{ nth: 2, final }] })
    const id = await world.images(imageOf(OLD), imageOf(NEW))
    const ended = await deploy(imageOf(MIDDLE))
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(askedOfGithub()).toEqual(compared(MIDDLE, OLD))
    expect(await activeImage(id)).toBe(imageOf(MIDDLE))
  })

  test.each(['DEPLOYING', 'UNKNOWN'])('can be in progress (%s)', async (status) => {
    const id = await world.images(imageOf(OLD))
    await world.api.scenario({ revisions: [{ statuses: ['CREATING', status] }] })
    await push(id, imageOf(NEW))
    const ended = await deploy(imageOf(MIDDLE))
    expect(ended.runner.outputs).toMatchObject({
      status: 'superseded',
      'revision-id': idsOf(await world.revisions(id))[0],
      'revision-status': status
    })
    expect(warningOf(ended)).toContain(` (${status}) is 1 commit ahead of commit ${MIDDLE}`)
    expect(await world.writes()).toEqual([])
  })

  test('is not one that was rolled back', async () => {
    const id = await world.images(imageOf(OLD), imageOf(NEW))
    expect((await run({ command: 'redeploy' })).runner.outputs.status).toBe('deployed')
    expect(await activeImage(id)).toBe(imageOf(OLD))
    const ended = await deploy(imageOf(MIDDLE))
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(await activeImage(id)).toBe(imageOf(MIDDLE))
  })

  test('belongs to the deployment of the set name or ID', async () => {
    const id = await world.images(imageOf(NEW))
    const ended = await deploy(imageOf(OLD), { name: '', 'deployment-id': id })
    expect(ended.runner.outputs.status).toBe('superseded')
  })
})

describe('a superseded run', () => {
  test.each([
    ['warn', true, 'warning'],
    ['fail', false, 'error']
  ] as const)('with on-superseded: %s passes: %s', async (onSuperseded, passes, kind) => {
    await world.images(imageOf(NEW))
    const ended = await deploy(imageOf(OLD), { 'on-superseded': onSuperseded })
    expect(ended.passed).toBe(passes)
    expect(ended.runner.outputs.status).toBe('superseded')
    expect(ended.runner.texts(kind)).toEqual([expect.stringContaining(' ahead of ')])
    expect(ended.runner.texts('warning')).toHaveLength(passes ? 1 : 0)
    expect(await world.writes()).toEqual([])
  })

  test('with on-superseded: follow follows the newer revision', async () => {
    const id = await world.images(imageOf(OLD))
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: imageOf(NEW) } })
    const ended = await deploy(imageOf(MIDDLE), { 'on-superseded': 'follow' })
    const [newest] = idsOf(await world.revisions(id))
    expect(ended.runner.outputs).toMatchObject({
      status: 'deployed',
      'revision-id': newest,
      'active-revision-id': newest,
      'image-uri': imageOf(NEW)
    })
    expect(ended.runner.texts('warning')).toEqual([
      expect.stringMatching(/ \((?!DEPLOYED)[A-Z_]+\) is .*Following revision \S+ instead\.$/)
    ])
    expect(await world.writes()).toEqual([])
  })

  test('that follows a failing revision fails, and neither rolls back nor interrupts', async () => {
    const id = await world.images(imageOf(OLD))
    await world.api.scenario({ revisions: [{ ok: [503] }] })
    await push(id, imageOf(NEW))
    const inputs = { 'on-superseded': 'follow', 'rollback-on-failure': 'true', 'on-cancel': 'interrupt' }
    const ended = await deploy(imageOf(MIDDLE), inputs)
    expect(ended.runner.outputs.status).toBe('failed')
    expect(await world.writes()).toEqual([])
  })

  test.each<[string, readonly Json[]]>([
    ['during the rollout', []],
    ['before the first read', [{ method: 'GET', path: '/v2/deployments/*/revisions/*', action: 'status', status: 503 }]]
  ])('that is canceled %s does not interrupt the revision of another run', async (_, faults) => {
    const id = await world.images(imageOf(OLD))
    await world.api.scenario({ revisions: [{ final: null }], faults })
    await push(id, imageOf(NEW))
    const ended = await deploy(
      imageOf(MIDDLE),
      { 'on-superseded': 'follow', 'on-cancel': 'interrupt' },
      { meanwhile: ({ cancellation }) => world.clock.duringPauses(cancellation.cancel) }
    )
    expect(ended.runner.outputs.status).toBe('cancelled')
    expect(await world.writes()).toEqual([])
  })

  test('with wait: false follows nothing', async () => {
    const id = await world.images(imageOf(OLD))
    await world.api.scenario({ revisions: [{ final: null }] })
    await push(id, imageOf(NEW))
    const ended = await deploy(imageOf(MIDDLE), { 'on-superseded': 'follow', wait: 'false', timeout: '10m' })
    expect(ended.passed).toBe(true)
    expect(ended.runner.outputs).toMatchObject({
      status: 'superseded',
      'revision-id': idsOf(await world.revisions(id))[0],
      'revision-status': 'DEPLOYING'
    })
    expect(ended.runner.texts('warning')).toEqual([expect.stringMatching(/ ahead of .* on purpose\.$/)])
    expect(Number(ended.runner.outputs['duration-seconds'])).toBeLessThan(60)
    expect(await world.writes()).toEqual([])
  })

  test('with wait: false and on-superseded: fail has an error', async () => {
    await world.images(imageOf(NEW))
    const ended = await deploy(imageOf(OLD), { 'on-superseded': 'fail', wait: 'false' })
    expect(ended.passed).toBe(false)
    expect(ended.runner.outputs.status).toBe('superseded')
  })

  test.each(['warn', 'fail', 'follow'])(
    'is only reported in a dry run, with on-superseded: %s',
    async (onSuperseded) => {
      await world.images(imageOf(NEW))
      const ended = await deploy(imageOf(OLD), { 'dry-run': 'true', 'on-superseded': onSuperseded })
      expect(ended.runner.outputs.status).toBe('planned')
      expect(said(ended)).toMatch(/This run would be superseded\. .* ahead of/)
      expect(await world.writes()).toEqual([])
    }
  )

  test('creates no GitHub deployment', async () => {
    await world.images(imageOf(NEW))
    const ended = await deploy(imageOf(OLD), { environment: 'production' })
    expect(ended.runner.outputs.status).toBe('superseded')
    expect(github.deployments()).toEqual([])
  })
})

test('command: redeploy is never superseded by a newer commit', async () => {
  const id = await world.images(imageOf(OLD), imageOf(NEW))
  const ended = await run({ command: 'redeploy' })
  expect(ended.runner.outputs.status).toBe('deployed')
  expect(await activeImage(id)).toBe(imageOf(OLD))
  expect(askedOfGithub()).toEqual([])
})

describe('a comparison on GitHub', () => {
  const expectGoesOn = (ended: Run, words: RegExp) => {
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(ended.runner.texts('warning')).toEqual([expect.stringMatching(words)])
    expect(warningOf(ended)).toMatch(
      /^Could not determine whether revision \S+ \(commit \S+\) is newer than this run; continuing/
    )
    expect(Number(ended.runner.outputs['duration-seconds'])).toBeLessThan(40)
  }

  test('that the token may not read causes one warning with the permission', async () => {
    await world.images(imageOf(NEW))
    github.deny('contents')
    expectGoesOn(
      await deploy(imageOf(OLD)),
      /403 .*needs `permissions: contents: read` \(x-accepted-github-permissions: contents=read\)\.$/
    )
    expect(askedOfGithub()).toHaveLength(1)
  })

  test('with an invalid token causes one warning', async () => {
    await world.images(imageOf(NEW))
    expectGoesOn(await deploy(imageOf(OLD), { 'github-token': 'ghs_nonsense' }), /401 .*`github-token`\.$/)
  })

  test('that does not exist causes one warning', async () => {
    await world.images(imageOf(NEW))
    const variables = { GITHUB_API_URL: `http://127.0.0.1:${await freePort()}` }
    expectGoesOn(await deploy(imageOf(OLD), {}, { variables }), /GitHub could not be reached/)
  })

  test('with server errors causes one warning after three requests', async () => {
    await world.images(imageOf(NEW))
    github.fault({ times: Number.POSITIVE_INFINITY, action: { status: 503, body: { message: 'No server' } } })
    expectGoesOn(await deploy(imageOf(OLD)), /GitHub returned 503 \(No server\)/)
    expect(askedOfGithub()).toHaveLength(3)
  })

  test('without a response causes one warning', async () => {
    hurryTimeouts()
    await world.images(imageOf(NEW))
    github.fault({ times: Number.POSITIVE_INFINITY, action: 'hang' })
    expectGoesOn(await deploy(imageOf(OLD)), /GitHub did not respond in time/)
  })

  test('beyond the rate limit causes one warning', async () => {
    await world.images(imageOf(NEW))
    github.fault({ action: { status: 403, body: { message: 'API rate limit exceeded for installation.' } } })
    const ended = await deploy(imageOf(OLD))
    expectGoesOn(ended, /403 \(API rate limit exceeded/)
    expect(warningOf(ended)).not.toContain('permissions')
  })

  test('that fails at first and then works stops the older run', async () => {
    await world.images(imageOf(NEW))
    github.fault({ times: 2, action: 'cut' })
    const ended = await deploy(imageOf(OLD))
    expect(ended.runner.outputs.status).toBe('superseded')
    expect(ended.runner.texts('warning')).toHaveLength(1)
  })
})

describe('a GitHub deployment', () => {
  const TAG = { GITHUB_REF: 'refs/tags/v1.0.0', GITHUB_SHA: OLD }
  /** A deployment of this repository whose revisions get these commits in turn. The first one is active. */
  const built = async (...commits: readonly string[]): Promise<string> => {
    await world.api.scenario({ revisions: commits.map((commit, index) => ({ nth: index + 1, commit })) })
    return world.github()
  }

  test('of a tag does not replace a newer commit', async () => {
    await built(NEW)
    const ended = await run({}, { variables: TAG })
    expect(ended.runner.outputs.status).toBe('superseded')
    expect(warningOf(ended)).toMatch(
      new RegExp(`commit ${NEW} of revision \\S+ \\(DEPLOYED\\) is 2 commits ahead of commit ${OLD} of this run`)
    )
    expect(askedOfGithub()).toEqual(compared(OLD, NEW))
    expect(await world.writes()).toEqual([])
  })

  test('of a tag in `repo-ref` compares the commit of the tag on GitHub', async () => {
    await built(NEW)
    github.tag('release/1.0', OLD)
    const ended = await run({ 'repo-ref': 'refs/tags/release/1.0' })
    expect(ended.runner.outputs.status).toBe('superseded')
    expect(warningOf(ended)).toContain('ahead of commit release/1.0 of this run')
    expect(await world.writes()).toEqual([])
  })

  test('of a tag is compared on a server that returns the commit instead of the ref', async () => {
    await built(NEW)
    await world.api.scenario({ server: { resolve_ref: true } })
    expect((await run({}, { variables: TAG })).runner.outputs.status).toBe('superseded')
  })

  test('of a newer tag is deployed', async () => {
    await built(OLD, NEW)
    const ended = await run({}, { variables: { ...TAG, GITHUB_SHA: NEW } })
    expect(ended.runner.outputs).toMatchObject({ status: 'deployed', 'commit-sha': NEW })
    expect(await world.writes()).toEqual([PATCH])
  })

  test('of a branch is never compared, because LangSmith builds the head', async () => {
    await built(NEW, COMMIT)
    const ended = await run({})
    expect(ended.runner.outputs).toMatchObject({ status: 'deployed', 'commit-sha': COMMIT })
    expect(askedOfGithub()).toEqual([])
  })

  test('of a branch whose head has moved reports the built commit', async () => {
    await built(NEW, NEW)
    const ended = await run({}, { variables: { GITHUB_SHA: OLD } })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(warningOf(ended)).toBe('')
    expect(ended.runner.texts('info').join('\n')).toMatch(
      /built from commit \S+, but this run is for .* is 2 commits ahead/
    )
    expect(await world.writes()).toEqual([PATCH])
  })

  test('of a branch whose head has moved is not reported as built during the build', async () => {
    await built(NEW, NEW)
    const ended = await run({ wait: 'false' }, { variables: { GITHUB_SHA: OLD } })
    expect(ended.runner.outputs.status).toBe('started')
    const words = ended.runner.texts('info').join('\n')
    expect(words).toMatch(/The revision will be built from commit \S+, but this run is for .* is 2 commits ahead/)
    expect(words).not.toContain('was built')
  })

  test('of a tag of another repository is not compared', async () => {
    const repo_url = 'https://github.com/acme/other'
    await world.api.scenario({ revisions: [{ nth: 1, commit: NEW }] })
    await world.github({ repo_url })
    const ended = await run({ 'repo-url': repo_url, 'repo-ref': 'refs/tags/v1.0.0' })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(askedOfGithub()).toEqual([])
  })

  test('of a tag is deployed with allow-downgrade', async () => {
    await built(NEW, OLD)
    const ended = await run({ 'allow-downgrade': 'true' }, { variables: TAG })
    expect(ended.runner.outputs).toMatchObject({ status: 'deployed', 'commit-sha': OLD })
  })

  test('of a tag is deployed while the commit of the newest revision is unknown', async () => {
    await world.api.scenario({
      revisions: [{ commit: NEW, commit_from: 'BUILDING', durations: { CREATING: 3_600_000 } }]
    })
    await world.github()
    const ended = await run({ wait: 'false' }, { variables: TAG })
    expect(ended.runner.outputs.status).toBe('started')
    expect(askedOfGithub()).toEqual([])
  })
})

describe('an archive of the workspace', () => {
  const of = (commit: string, inputs: Inputs = {}, options: RunOptions = {}) =>
    run(
      { 'source-type': 'internal_source', ...inputs },
      { ...options, variables: { GITHUB_SHA: commit, GITHUB_WORKSPACE: makeTree(SMALLEST), RUNNER_TEMP: makeFolder() } }
    )
  const PRODUCTION = { environment: 'production' }
  const writesSince = async (before: number) => (await world.writes()).slice(before)

  test('is compared with the GitHub deployment of an earlier run, and nothing is uploaded', async () => {
    const first = await of(NEW, PRODUCTION)
    const before = (await world.writes()).length
    const ended = await of(OLD, PRODUCTION)
    expect(first.runner.outputs.status).toBe('deployed')
    expect(ended.passed).toBe(true)
    expect(ended.runner.outputs).toMatchObject({
      status: 'superseded',
      'revision-id': first.runner.outputs['revision-id']
    })
    expect(warningOf(ended)).toMatch(
      new RegExp(`commit ${NEW} of revision \\S+ \\(DEPLOYED\\) is 2 commits ahead of commit ${OLD}`)
    )
    expect(await writesSince(before)).toEqual([])
    expect(github.deployments()).toHaveLength(1)
    expect(github.deployments()[0]?.statuses.at(-1)?.state).toBe('success')
  })

  test('of a superseded run shows the newer revision without the commit of this run', async () => {
    await of(NEW, PRODUCTION)
    const ended = await of(OLD, PRODUCTION)
    const facts = ended.runner.texts('summary').join().split('<details>')[0] ?? ''
    expect(facts).toContain(String(ended.runner.outputs['revision-id']).slice(0, 8))
    expect(facts).not.toMatch(new RegExp(`<b>Commit</b></td><td>.*${OLD.slice(0, 7)}`))
  })

  test('is compared while the earlier run is in progress', async () => {
    const first = await of(NEW, { ...PRODUCTION, wait: 'false' })
    expect(first.runner.outputs.status).toBe('started')
    expect((await of(OLD, PRODUCTION)).runner.outputs.status).toBe('superseded')
  })

  test('of a newer commit is deployed', async () => {
    await of(OLD, PRODUCTION)
    const ended = await of(NEW, PRODUCTION)
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(ended.runner.texts('warning')).toEqual([])
  })

  test('of the same commit is deployed', async () => {
    await of(NEW, PRODUCTION)
    expect((await of(NEW, PRODUCTION)).runner.outputs.status).toBe('deployed')
  })

  test('of an older commit is deployed with allow-downgrade', async () => {
    await of(NEW, PRODUCTION)
    expect((await of(OLD, { ...PRODUCTION, 'allow-downgrade': 'true' })).runner.outputs.status).toBe('deployed')
  })

  describe('from another commit than the event', () => {
    /** A repository on GitHub whose tag v1 is two commits behind its head. */
    function releases() {
      const { folder, first } = makeRepository()
      git(folder, 'tag', 'v1')
      const commits = { v1: first, middle: commit(folder), head: commit(folder) }
      github.history(commits.v1, commits.middle, commits.head)
      return { folder, ...commits }
    }
    /** A run with one commit in the event and another ref in the checkout. */
    const packing = (folder: string, ref: string, sha: string, inputs: Inputs = {}) => {
      git(folder, 'checkout', '-q', ref)
      const variables = {
        GITHUB_EVENT_NAME: 'workflow_dispatch',
        GITHUB_SHA: sha,
        GITHUB_WORKSPACE: folder,
        RUNNER_TEMP: makeFolder(),
        PATH: process.env.PATH ?? ''
      }
      return run({ 'source-type': 'internal_source', ...PRODUCTION, ...inputs }, { variables })
    }
    const shown = (ended: Run) => ended.runner.texts('summary').join().split('<details>')[0] ?? ''

    test('has the packed commit in the summary, on GitHub, and in later comparisons', async () => {
      const { folder, v1, middle, head } = releases()
      const dispatched = await packing(folder, 'v1', head)
      expect(dispatched.runner.outputs.status).toBe('deployed')
      expect(dispatched.runner.texts('notice')).toEqual([expect.stringMatching(new RegExp(`${v1}.*${head}`))])
      expect(shown(dispatched)).toContain(v1.slice(0, 7))
      expect(shown(dispatched)).not.toContain(head.slice(0, 7))
      expect(github.deployments()[0]).toMatchObject({ sha: v1, payload: { langsmith: { commit: v1 } } })

      // Newer than the active commit, and older than the commit of the dispatch.
      const next = await packing(folder, middle, middle)
      expect(next.runner.outputs.status).toBe('deployed')
      expect(next.runner.texts('notice')).toEqual([])
    })

    test('does not replace a newer one, even if the event has the newest commit', async () => {
      const { folder, v1, middle, head } = releases()
      await packing(folder, middle, middle)
      const ended = await packing(folder, 'v1', head)
      expect(ended.runner.outputs.status).toBe('superseded')
      expect(warningOf(ended)).toMatch(
        new RegExp(`commit ${middle} of revision \\S+ \\(DEPLOYED\\) is 1 commit ahead of commit ${v1}`)
      )
      const wanted = await packing(folder, 'v1', head, { 'allow-downgrade': 'true' })
      expect(wanted.runner.outputs.status).toBe('deployed')
    })
  })

  test('without an environment is not compared', async () => {
    await of(NEW)
    const ended = await of(OLD)
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(askedOfGithub()).toEqual([])
  })

  const UNKNOWN = /^No GitHub deployment records the commit of revision \S+; the revision may be newer than this run\.$/
  const notesOf = ({ runner }: Run) => runner.texts('info').filter((text) => UNKNOWN.test(text))

  test('in another environment is not compared, with a note', async () => {
    const first = await of(NEW, { environment: 'staging' })
    const ended = await of(OLD, PRODUCTION)
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(notesOf(ended).join()).toContain(String(first.runner.outputs['revision-id']))
    expect(ended.runner.texts('warning')).toEqual([])
  })

  test.each<[string, string, Inputs]>([
    ['is known', OLD, PRODUCTION],
    ['is the same', NEW, PRODUCTION],
    ['does not matter because of allow-downgrade', OLD, { environment: 'staging', 'allow-downgrade': 'true' }],
    ['is not looked up without an environment', OLD, {}]
  ])('has no note about a missing record if the commit %s', async (_, commit, inputs) => {
    await of(NEW, PRODUCTION)
    expect(notesOf(await of(commit, inputs))).toEqual([])
  })

  test('is compared even if 29 runs have failed since', async () => {
    await of(NEW, PRODUCTION)
    const [record] = github.deployments()
    for (let count = 1; count <= 29; count += 1) {
      github.addDeployment({ sha: OLD, environment: 'production', payload: record?.payload })
    }
    expect((await of(OLD, PRODUCTION)).runner.outputs.status).toBe('superseded')
  })

  test('is looked up again before the write if it was not found at first', async () => {
    await of(NEW, PRODUCTION)
    const before = (await world.writes()).length
    github.fault({ method: 'GET', path: /\/deployments\?/, times: 3, action: { status: 503, body: { message: 'No' } } })
    const ended = await of(OLD, PRODUCTION)
    expect(ended.runner.outputs.status).toBe('superseded')
    expect((await writesSince(before)).filter((write) => write === PATCH)).toEqual([])
  })

  test('is compared again before the write if GitHub did not respond at first', async () => {
    await of(NEW, PRODUCTION)
    const before = (await world.writes()).length
    github.fault({ method: 'GET', path: /\/compare\//, times: 3, action: { status: 503, body: { message: 'No' } } })
    const ended = await of(OLD, PRODUCTION)
    expect(ended.runner.outputs.status).toBe('superseded')
    expect((await writesSince(before)).filter((write) => write === PATCH)).toEqual([])
  })

  test('is not looked up again after the comparison', async () => {
    await of(OLD, PRODUCTION)
    github.clearRequests()
    expect((await of(NEW, PRODUCTION)).runner.outputs.status).toBe('deployed')
    expect(askedOfGithub().filter((request) => request.startsWith('GET /compare/'))).toHaveLength(1)
  })

  test('has no note about a missing record if GitHub does not list its deployments', async () => {
    await of(NEW, PRODUCTION)
    const failure = { status: 403, body: { message: 'Resource not accessible by integration' } }
    github.fault({ method: 'GET', path: /\/deployments\?/, action: failure })
    const ended = await of(OLD, PRODUCTION)
    expect(warningOf(ended)).toContain('Could not determine whether revision')
    expect(notesOf(ended)).toEqual([])
  })

  test('has one note about a missing record, even after several plans', async () => {
    await of(NEW, { environment: 'staging' })
    expect(notesOf(await of(OLD, PRODUCTION))).toHaveLength(1)
  })

  test('is not compared with another deployment in the environment', async () => {
    await of(OLD, PRODUCTION)
    await of(NEW, { ...PRODUCTION, name: 'another-agent' })
    expect((await of(MIDDLE, PRODUCTION)).runner.outputs.status).toBe('deployed')
  })

  test('is compared even if others have deployed to the environment since', async () => {
    await of(NEW, PRODUCTION)
    for (let count = 1; count <= 99; count += 1) github.addDeployment({ sha: NEW, environment: 'production' })
    const ended = await of(OLD, PRODUCTION)
    expect(ended.runner.outputs.status).toBe('superseded')
  })

  test('is deployed with one warning if GitHub does not list its deployments', async () => {
    await of(NEW, PRODUCTION)
    const failure = { status: 403, body: { message: 'Resource not accessible by integration' } }
    github.fault({ method: 'GET', path: /\/deployments\?/, action: failure })
    const ended = await of(OLD, PRODUCTION)
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(warningOf(ended)).toMatch(
      /^Could not determine whether revision \S+ is newer than this run; .*`permissions: deployments: read`/
    )
  })

  test('does not replace a newer one that was deployed during the upload', async () => {
    await of(OLD, PRODUCTION)
    const before = (await world.writes()).length
    await world.api.scenario({ faults: [{ method: 'POST', path: '**/upload-url', action: 'status', status: 503 }] })
    let newer: Run | undefined
    world.clock.duringPauses(async () => {
      world.clock.restart()
      newer = await of(NEW, PRODUCTION)
    })
    const ended = await of(MIDDLE, PRODUCTION)
    expect(newer?.runner.outputs.status).toBe('deployed')
    expect(ended.passed).toBe(true)
    expect(ended.runner.outputs).toMatchObject({
      status: 'superseded',
      'revision-id': newer?.runner.outputs['revision-id']
    })
    expect(warningOf(ended)).toMatch(new RegExp(`^Nothing was deployed: commit ${NEW} of revision \\S+ \\(DEPLOYED\\)`))
    expect((await writesSince(before)).filter((write) => write === PATCH)).toHaveLength(1)
  })

  /** The run of the middle commit creates the deployment, and the newer run is the first to deploy its code. */
  const overtakenFirst = async () => {
    await world.api.scenario({ faults: [{ method: 'POST', path: '**/upload-url', action: 'status', status: 503 }] })
    let newer: Run | undefined
    world.clock.duringPauses(async () => {
      world.clock.restart()
      newer = await of(NEW, PRODUCTION)
    })
    const ended = await of(MIDDLE, PRODUCTION)
    return { ended, newer }
  }

  test('does not replace a newer one in a deployment that this run created', async () => {
    const { ended, newer } = await overtakenFirst()
    expect(newer?.runner.outputs).toMatchObject({ status: 'deployed', created: 'false' })
    expect(ended.runner.outputs).toMatchObject({
      status: 'superseded',
      created: 'true',
      'revision-id': newer?.runner.outputs['revision-id']
    })
    expect((await world.writes()).filter((write) => write === PATCH)).toHaveLength(1)
  })

  test('reports no empty deployment if a newer run has deployed to it', async () => {
    const { ended } = await overtakenFirst()
    expect(ended.runner.outputs).toMatchObject({ status: 'superseded', created: 'true' })
    expect(warningOf(ended)).not.toContain('has no revision yet')
  })

  test('is not compared with a revision that was rolled back', async () => {
    await of(OLD, PRODUCTION)
    await of(NEW, PRODUCTION)
    const back = await run({ command: 'redeploy', ...PRODUCTION }, { variables: { GITHUB_SHA: NEW } })
    expect(back.runner.outputs.status).toBe('deployed')
    const ended = await of(MIDDLE, PRODUCTION)
    expect(ended.runner.outputs.status).toBe('deployed')
  })

  test('is compared after a run that it superseded', async () => {
    await of(OLD, PRODUCTION)
    const { promise: isPaused, resolve: pauses } = Promise.withResolvers<void>()
    const { promise: isDone, resolve: ends } = Promise.withResolvers<void>()
    await world.api.scenario({
      faults: [{ method: 'POST', path: '**/upload-url', action: 'status', status: 503, times: 2 }]
    })
    let older: Promise<Run> | undefined
    world.clock.restart()
    world.clock.duringPauses(async (nth) => {
      if (nth === 1) {
        older = of(MIDDLE, PRODUCTION)
        await isPaused
      }
      if (nth === 2) {
        pauses()
        await isDone
      }
    })
    const newer = await of(NEW, PRODUCTION)
    ends()
    const ended = await older
    expect(newer.runner.outputs.status).toBe('deployed')
    expect(ended?.runner.outputs.status).toBe('superseded')
    const again = await of(MIDDLE, PRODUCTION)
    expect(again.runner.outputs.status).toBe('superseded')
  })
})

describe('two runs for two commits', () => {
  /** Runs a second run completely in the first pause of the first run. */
  const inFirstPause = (other: () => Promise<Run>) => {
    let ended: Run | undefined
    world.clock.duringPauses(async () => {
      world.clock.restart()
      ended = await other()
    })
    return () => {
      if (!ended) throw new Error('There was no pause')
      return ended
    }
  }

  test('in order are both deployed, and the newer one is active', async () => {
    const id = await world.images(IMAGE)
    const older = await deploy(imageOf(OLD))
    const newer = await deploy(imageOf(NEW))
    expect([older, newer].map(({ runner }) => runner.outputs.status)).toEqual(['deployed', 'deployed'])
    expect(await activeImage(id)).toBe(imageOf(NEW))
  })

  test('in reverse order supersede the older one, and the newer one is active', async () => {
    const id = await world.images(IMAGE)
    const newer = await deploy(imageOf(NEW))
    const older = await deploy(imageOf(OLD))
    expect([older, newer].map(({ runner }) => runner.outputs.status)).toEqual(['superseded', 'deployed'])
    expect(await activeImage(id)).toBe(imageOf(NEW))
    expect(await world.writes()).toEqual([PATCH])
  })

  test('supersede the older one if the newer one runs while the older one waits', async () => {
    const id = await world.images(IMAGE)
    const newer = inFirstPause(() => deploy(imageOf(NEW)))
    const older = await deploy(imageOf(OLD))
    const [newest, before] = idsOf(await world.revisions(id))
    expect(newer().runner.outputs).toMatchObject({ status: 'deployed', 'revision-id': newest })
    expect(older.runner.outputs).toMatchObject({ status: 'superseded', 'revision-id': before })
    expect(warningOf(older)).toContain(`a newer revision is now active: ${newest}`)
    expect(older.passed && newer().passed).toBe(true)
    expect(await activeImage(id)).toBe(imageOf(NEW))
    expect(await world.writes()).toEqual([PATCH, PATCH])
  })

  test('write only the newer one if the older one runs while the newer one waits', async () => {
    const id = await world.images(IMAGE)
    const older = inFirstPause(() => deploy(imageOf(OLD)))
    const newer = await deploy(imageOf(NEW))
    expect(newer.runner.outputs.status).toBe('deployed')
    expect(older().runner.outputs.status).toBe('superseded')
    expect(warningOf(older())).toMatch(/ \((?!DEPLOYED)[A-Z_]+\) is .* ahead of/)
    expect(await activeImage(id)).toBe(imageOf(NEW))
    expect(await world.writes()).toEqual([PATCH])
  })

  test.each([
    ['older', OLD, NEW],
    ['newer', NEW, OLD]
  ])('at once, with the %s one first, end with one active and one superseded run', async (_, first, second) => {
    const id = await world.images(IMAGE)
    const runs = await Promise.all([deploy(imageOf(first)), deploy(imageOf(second))])
    const { active_revision_id: active } = await world.deployment(id)
    const serving = runs.filter(({ runner }) => runner.outputs['revision-id'] === active)
    const statuses = runs.map(({ runner }) => runner.outputs.status)
    expect([...statuses].sort()).toEqual(['deployed', 'superseded'])
    expect(serving.some(({ runner }) => runner.outputs.status === 'deployed')).toBe(true)
    expect(runs.every(({ passed }) => passed)).toBe(true)
  })

  test('end with the newer one active if the write of the older one was lost', async () => {
    const id = await world.images(imageOf(OLD))
    await world.api.scenario({ faults: [{ method: 'PATCH', action: 'cut' }] })
    const newer = inFirstPause(() => deploy(imageOf(NEW)))
    const older = await deploy(imageOf(MIDDLE))
    expect(newer().runner.outputs.status).toBe('deployed')
    expect(older.runner.outputs.status).toBe('superseded')
    expect(warningOf(older)).toMatch(/^Nothing was deployed: commit fee0000c+ of revision \S+ \(DEPLOYED\)/)
    expect(await activeImage(id)).toBe(imageOf(NEW))
    // The cut request of the older run, and the request of the newer run.
    expect(await world.writes()).toEqual([PATCH, PATCH])
    expect(await world.revisions(id)).toHaveLength(2)
  })

  test('end with one deployment, created by the newer one, if the create of the older one was lost', async () => {
    await world.api.scenario({ faults: [{ method: 'POST', path: '/v2/deployments', action: 'cut' }] })
    const newer = inFirstPause(() => deploy(imageOf(NEW)))
    const older = await deploy(imageOf(MIDDLE))
    expect(newer().runner.outputs).toMatchObject({ status: 'deployed', created: 'true' })
    expect(older.runner.outputs).toMatchObject({
      status: 'superseded',
      'revision-id': newer().runner.outputs['revision-id'],
      created: 'false'
    })
    expect(await world.writes()).toEqual(['POST /v2/deployments', 'POST /v2/deployments'])
  })

  test('compare each revision once, even if a write is lost several times', async () => {
    await world.images(imageOf(OLD))
    await world.api.scenario({ faults: [{ method: 'PATCH', action: 'cut', times: 2 }] })
    const ended = await deploy(imageOf(MIDDLE))
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(await world.writes()).toEqual([PATCH, PATCH, PATCH])
    expect(askedOfGithub()).toEqual(compared(MIDDLE, OLD))
  })

  test('do not take our own revision for a newer one after a lost response', async () => {
    const id = await world.images(imageOf(OLD))
    await world.api.scenario({ faults: [{ method: 'PATCH', action: 'cut', commit: { after_ms: 5_000 } }] })
    const ended = await deploy(imageOf(NEW))
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(await activeImage(id)).toBe(imageOf(NEW))
    expect(await world.writes()).toEqual([PATCH])
    expect(askedOfGithub()).toEqual(compared(NEW, OLD))
  })
})
