import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DocumentNode, Kind, parse, print, visit } from 'graphql'
import { readArguments } from './command-line.ts'

/*
 * Extracts the parts that this action uses from GitHub's own API descriptions. The tests validate their GitHub server
 * and the action's requests against them. The full descriptions are 80 MB. Run this script after a change of the
 * versions or of the lists below:
 *
 *   node scripts/github-schemas.ts
 */

const OPENAPI = '@octokit/openapi@23.0.2'
const GRAPHQL = '@octokit/graphql-schema@15.26.1'

const REPOSITORY = '/repos/{owner}/{repo}'
const OPERATIONS: readonly (readonly [method: string, path: string])[] = [
  ['get', `${REPOSITORY}/deployments`],
  ['post', `${REPOSITORY}/deployments`],
  ['get', `${REPOSITORY}/deployments/{deployment_id}`],
  ['get', `${REPOSITORY}/deployments/{deployment_id}/statuses`],
  ['post', `${REPOSITORY}/deployments/{deployment_id}/statuses`],
  ['get', `${REPOSITORY}/issues/{issue_number}/comments`],
  ['post', `${REPOSITORY}/issues/{issue_number}/comments`],
  ['get', `${REPOSITORY}/issues/comments/{comment_id}`],
  ['patch', `${REPOSITORY}/issues/comments/{comment_id}`],
  ['delete', `${REPOSITORY}/issues/comments/{comment_id}`],
  ['get', `${REPOSITORY}/compare/{basehead}`],
  ['get', `${REPOSITORY}/git/ref/{ref}`],
  ['get', `${REPOSITORY}/pulls/{pull_number}`]
]

/** The fields to keep of each object and interface. All other types that they refer to are kept completely. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Query: ['id', 'viewer', 'repository', 'nodes'],
  Mutation: ['createDeploymentStatus', 'updateIssueComment'],
  Node: ['id'],
  Actor: ['login'],
  User: ['id', 'login'],
  Bot: ['id', 'login'],
  Repository: ['id', 'pullRequest'],
  PullRequest: ['id', 'comments'],
  IssueCommentConnection: ['nodes', 'pageInfo'],
  PageInfo: ['endCursor', 'hasNextPage'],
  IssueComment: ['id', 'fullDatabaseId', 'body', 'viewerDidAuthor', 'author'],
  Deployment: ['id', 'latestStatus', 'statuses'],
  DeploymentStatusConnection: ['nodes'],
  DeploymentStatus: ['id', 'state', 'description'],
  CreateDeploymentStatusPayload: ['clientMutationId', 'deploymentStatus'],
  UpdateIssueCommentPayload: ['clientMutationId', 'issueComment']
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

const WORDS = new Set([
  'description',
  'example',
  'examples',
  'title',
  'default',
  'deprecated',
  'externalDocs',
  'format'
])

/** Converts an OpenAPI 3.0 schema to JSON Schema, without its documentation. */
function toJsonSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(toJsonSchema)
  if (typeof schema !== 'object' || schema === null) return schema
  const { nullable, properties, $ref, ...rest } = schema as JsonObject
  if (typeof $ref === 'string') return { $ref: `#/definitions/${nameOf($ref)}` }
  const kept = Object.entries(rest).filter(([key]) => !WORDS.has(key) && !key.startsWith('x-'))
  const plain: JsonObject = {
    ...Object.fromEntries(kept.map(([key, value]) => [key, key === 'enum' ? value : toJsonSchema(value)])),
    ...(properties
      ? { properties: Object.fromEntries(Object.entries(objectOf(properties)).map(([k, v]) => [k, toJsonSchema(v)])) }
      : {})
  }
  return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain
}

function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1)
}

/** The names of all definitions that a value refers to. */
function referredTo(value: Json): readonly string[] {
  return [...JSON.stringify(value).matchAll(/"#\/definitions\/([^"]+)"/g)].map(([, name = '']) => name)
}

function cutOpenApi(whole: JsonObject): JsonObject {
  const components = objectOf(whole.components)
  const resolved = (value: Json | undefined): JsonObject => {
    const { $ref } = objectOf(value)
    if (typeof $ref !== 'string') return objectOf(value)
    const kind = $ref.split('/').at(-2) ?? ''
    return objectOf(objectOf(components[kind])[nameOf($ref)])
  }
  const schemaIn = (value: Json | undefined) => {
    const { schema } = objectOf(objectOf(objectOf(value).content)['application/json'])
    return schema === undefined ? null : toJsonSchema(schema)
  }
  const operations = OPERATIONS.map(([method, path]) => {
    const operation = objectOf(objectOf(objectOf(whole.paths)[path])[method])
    const { parameters = [], requestBody, responses } = operation
    const query = (parameters as readonly Json[]).map(resolved).filter((one) => one.in === 'query')
    return {
      method: method.toUpperCase(),
      path,
      query: query.map(({ name = '' }) => name),
      body: schemaIn(requestBody),
      responses: Object.fromEntries(
        Object.entries(objectOf(responses)).map(([status, response]) => [status, schemaIn(resolved(response))])
      )
    }
  })
  const schemas = objectOf(components.schemas)
  const definitions: Record<string, Json> = {}
  const open = ['basic-error', ...referredTo(operations)]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (definitions[name]) continue
    definitions[name] = toJsonSchema(schemas[name] ?? {})
    open.push(...referredTo(definitions[name] ?? null))
  }
  return { from: OPENAPI, operations, definitions }
}

function cutGraphql(whole: DocumentNode): string {
  const byName = new Map(whole.definitions.flatMap((one) => ('name' in one && one.name ? [[one.name.value, one]] : [])))
  const kept = new Map<string, string>()
  const open = ['Query', 'Mutation']
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const definition = byName.get(name)
    if (kept.has(name) || !definition) continue
    const cut = visit(definition, {
      enter: (node) => {
        if (!('description' in node)) return undefined
        const { description: _, ...undescribed } = node
        return undescribed as typeof node
      },
      FieldDefinition: (node) => (FIELDS[name ?? '']?.includes(node.name.value) === false ? null : undefined)
    })
    const trimmed =
      'interfaces' in cut ? { ...cut, interfaces: cut.interfaces?.filter(({ name: of }) => FIELDS[of.value]) } : cut
    visit(trimmed, { NamedType: ({ name: of }) => void open.push(of.value) })
    // Nothing else refers to the members of an interface.
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) open.push(...Object.keys(FIELDS))
    kept.set(name, print(trimmed))
  }
  const texts = [...kept].sort(([one], [other]) => one.localeCompare(other)).map(([, text]) => text)
  return `# Cut out of ${GRAPHQL} by scripts/github-schemas.ts.\n\n${texts.join('\n\n')}\n`
}

/** Downloads a package and returns one of its files. */
function fetchFile(folder: string, spec: string, file: string): string {
  const [packed = ''] = execFileSync('npm', ['pack', '--silent', spec], { cwd: folder, encoding: 'utf8' })
    .trim()
    .split('\n')
  execFileSync('tar', ['-xzf', packed, `package/${file}`], { cwd: folder })
  return readFileSync(join(folder, 'package', file), 'utf8')
}

readArguments('node scripts/github-schemas.ts', {})
const folder = mkdtempSync(join(tmpdir(), 'github-schemas-'))
try {
  const target = new URL('../__tests__/support/github/', import.meta.url)
  const openApi = JSON.parse(fetchFile(folder, OPENAPI, 'generated/api.github.com.json')) as JsonObject
  writeFileSync(new URL('openapi.json', target), `${JSON.stringify(cutOpenApi(openApi), null, 1)}\n`)
  const schema = fetchFile(folder, GRAPHQL, 'schema.graphql')
  writeFileSync(new URL('schema.graphql', target), cutGraphql(parse(schema, { noLocation: true })))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
