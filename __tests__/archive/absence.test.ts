import { describe, expect, test } from '@jest/globals'
import { git, makeRepository } from '../support/repository.ts'
import { makeFolder, makeTree, problemsOf, read, SMALLEST } from './support.ts'

const config = (graph: string, dependencies: readonly string[] = ['.']) =>
  JSON.stringify({ graphs: { agent: `${graph}:graph` }, dependencies })

describe('the error about a missing file', () => {
  test('mentions a sparse checkout', async () => {
    const { folder } = makeRepository({
      'app/langgraph.json': config('../lib/agent.py', ['.', '../lib']),
      'lib/agent.py': '',
      'lib/deep/x.py': ''
    })
    git(folder, 'sparse-checkout', 'set', '--cone', 'app')
    const options = { configPath: 'app/langgraph.json', gitPath: process.env.PATH }
    const cause = 'does not exist: the sparse checkout excludes it; add it to `sparse-checkout` of actions/checkout'
    expect(await problemsOf(read(folder, options))).toEqual([
      expect.stringContaining(`names ../lib, which ${cause}`),
      expect.stringContaining(`names ../lib/agent.py, which ${cause}`)
    ])
    git(folder, 'sparse-checkout', 'set', '--cone', 'lib')
    expect(await problemsOf(read(folder, options))).toEqual([
      `app/langgraph.json does not exist in the workspace: ${cause.replace('does not exist: ', '')}.`
    ])
  })

  test('mentions backslashes', async () => {
    const workspace = makeTree({ 'langgraph.json': config('.\\source\\agent.py'), 'source/agent.py': '' })
    expect(await problemsOf(read(workspace))).toEqual([
      expect.stringContaining('which does not exist: the path contains backslashes; use forward slashes')
    ])
  })

  test('mentions a path of the host in a container job', async () => {
    const workspace = makeTree(SMALLEST, `${makeTree({ 'agents/agents/x': '' })}/agents/agents`)
    for (const configPath of [
      '/home/runner/work/agents/agents/langgraph.json',
      '/data/_work/agents/agents/langgraph.json'
    ]) {
      expect(await problemsOf(read(workspace, { configPath }))).toEqual([
        expect.stringMatching(
          /it is a path on the runner's host, but the workspace of a job in a container is .*agents\/agents/
        )
      ])
    }
    expect((await problemsOf(read(workspace, { configPath: '/etc/none.json' }))).join()).not.toContain('host')
  })

  test('mentions a submodule that is not checked out', async () => {
    const workspace = makeTree({
      'langgraph.json': config('./vendor/agent/graph.py', ['.', './vendor/agent']),
      'vendor/agent': { folder: true }
    })
    expect(await problemsOf(read(workspace))).toEqual([
      expect.stringMatching(/`dependencies\[1\]` names \.\/vendor\/agent, which is empty; .*`submodules: true`/),
      expect.stringMatching(/`graphs\.agent` .* vendor\/agent is empty; .*`submodules: true`/)
    ])
  })

  test('mentions a name that differs only in case', async () => {
    const workspace = makeTree({ 'langgraph.json': config('./source/Agent.py'), 'source/agent.py': '' })
    expect(await problemsOf(read(workspace))).toEqual([
      expect.stringContaining('source/agent.py exists; paths are case-sensitive')
    ])
  })

  test('mentions a missing checkout', async () => {
    expect(await problemsOf(read(makeFolder()))).toEqual([
      'langgraph.json does not exist in the workspace: the workspace is empty; run actions/checkout before this step.'
    ])
  })

  test('mentions the expected path if the cause is unknown', async () => {
    const { folder } = makeRepository({ 'langgraph.json': config('./source/agent.py'), 'source/other.py': '' })
    expect(await problemsOf(read(folder, { gitPath: process.env.PATH }))).toEqual([
      expect.stringContaining(`does not exist (expected at source/agent.py); correct the path, or commit the file`)
    ])
  })
})
