import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { cloudControlPlane, controlPlaneAt, regions } from '../src/control-plane/hosts.ts'
import { SOURCE_TYPES } from '../src/deployment/sources/kinds.ts'
import { INPUTS } from '../src/inputs/table.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = readFileSync(new URL('../docs/hosts.md', import.meta.url), 'utf8')

function rowsOf(head: string): readonly string[] {
  const [, table = ''] = page.split(`| ${head} |`)
  const [rows = ''] = table.split('\n\n')
  return [...rows.matchAll(/^\| (`[^|]+?`|[A-Z][^|]*?) \|/gm)].map(([, name = '']) => name.replaceAll('`', ''))
}

test('the page lists every region with the hosts of the code', () => {
  expect(rowsOf('`region`')).toEqual(regions)
  for (const region of regions) {
    const { url, dataApi, dashboard } = cloudControlPlane(region)
    const word = region === 'aws-us' ? 'aws.us' : region
    expect(page).toContain(
      `| \`${region}\` | \`${new URL(url).host}\` | \`${new URL(dataApi).host}\` | \`*.${word}.langgraph.app\` |`
    )
    expect(new URL(dashboard).host).toMatch(/(^|\.)smith\.langchain\.com$/)
  }
})

test('the page states that a self-hosted installation has one host', () => {
  const { url, dataApi, dashboard } = controlPlaneAt(new URL('https://langsmith.example.com/api-host'))
  expect(new Set([url, dataApi, dashboard].map((address) => new URL(address).host))).toEqual(
    new Set(['langsmith.example.com'])
  )
})

test('the page lists every source', () => {
  expect(rowsOf('`source-type`')).toEqual(SOURCE_TYPES)
})

test('the page names the inputs that add a host', () => {
  const inputs = Object.keys(INPUTS)
  const named = [...page.matchAll(/`([a-z][a-z-]+)(?:: [a-z]+)?`/g)].map(([, name = '']) => name)
  const opening = [
    'control-plane-url',
    'region',
    'source-type',
    'image-uri',
    'custom-url',
    'workspace-id',
    'require-experiment',
    'bake',
    'health-check',
    'verify-graphs',
    'smoke-test',
    'smoke-test-file',
    'environment',
    'comment',
    'preview'
  ]
  for (const input of opening) {
    expect(inputs).toContain(input)
    expect(named).toContain(input)
  }
})

test('every host in the code is on the page or occurs only in texts', () => {
  const texts = [
    /^docs\./,
    /^(?:\$?1)?github\.com$/,
    /^git-lfs\.github\.com$/,
    /^(?:index\.|registry-1\.)?docker\.io$/,
    /^ghcr\.io$/
  ]
  const code = globSync('src/**/*.ts', { cwd: root }).map((path) => readFileSync(`${root}/${path}`, 'utf8'))
  const found = code.flatMap((text) => [
    ...text.matchAll(/[\w*-]*(?:\.[\w-]+)*\.(?:com|io|app|dev|net|org)\b(?!\/[\w-]+\.md)/g)
  ])
  const hosts = new Set(
    found
      .map(([host]) => host.replace(/^[.*]+/, ''))
      .filter((host) => /langchain|langgraph|github|docker|ghcr|google|amazonaws/.test(host))
  )
  expect(hosts).toContain('api.github.com')
  expect(hosts).toContain('api.host.langchain.com')
  const missing = [...hosts].filter((host) => !page.includes(host) && !texts.some((form) => form.test(host)))
  expect(missing).toEqual([])
})

test('the page names the variables for proxies and certificates', () => {
  const code = globSync('src/**/*.ts', { cwd: root })
    .map((path) => readFileSync(`${root}/${path}`, 'utf8'))
    .join('\n')
  for (const name of [
    'HTTPS_PROXY',
    'HTTP_PROXY',
    'NO_PROXY',
    'ALL_PROXY',
    'NODE_EXTRA_CA_CERTS',
    'NODE_USE_SYSTEM_CA'
  ]) {
    expect([name, code.includes(name) || code.includes(name.toLowerCase())]).toEqual([name, true])
    expect(page).toContain(`\`${name}`)
  }
})
