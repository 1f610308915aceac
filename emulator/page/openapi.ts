import { VERSION } from '../../src/version.ts'
import type { KeyRoute, OpenRoute, Route, RouteFacts } from '../http.ts'
import { controlRoutes } from '../routes/control.ts'
import { CLIENT_ROUTES, LOOKING_ROUTES } from '../routes/table.ts'
import { isRecord, type JsonSchema } from '../validation.ts'

type Described = Route | KeyRoute | OpenRoute

/** For each error: its text, or the list of its problems. */
const ERROR = {
  type: 'object',
  properties: {
    detail: { anyOf: [{ type: 'string' }, { type: 'array', items: { $ref: '#/components/schemas/Problem' } }] }
  }
}
const PROBLEM = {
  type: 'object',
  properties: {
    type: { type: 'string' },
    loc: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
    msg: { type: 'string' },
    input: {}
  },
  required: ['type', 'loc', 'msg']
}

const DESCRIPTION =
  'An in-memory stand-in for the control plane of LangSmith Deployment. It builds and deploys nothing. ' +
  'This document is generated from the routes of this server. The control plane routes also exist below /api-host.'

/** Creates the OpenAPI document of this server from its routes. */
export function openApi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of [...CLIENT_ROUTES, ...LOOKING_ROUTES, ...controlRoutes]) {
    const path = route.path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{rest}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, path) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'LangSmith control plane emulator', version: VERSION, description: DESCRIPTION },
    paths,
    components: {
      securitySchemes: {
        ApiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
        Bearer: { type: 'http', scheme: 'bearer' }
      },
      schemas: { Error: ERROR, Problem: PROBLEM }
    }
  }
}

function operationOf(route: Described, path: string): Record<string, unknown> {
  const needsKey = !('open' in route)
  const { status = 200, body } = route
  const answer = { description: 'Done', ...(status === 204 ? {} : { content: { 'application/json': { schema: {} } } }) }
  const error = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } }
  return {
    tags: [tagOf(route.path)],
    operationId: `${route.method} ${path}`.toLowerCase().replace(/\W+/g, '_').replace(/_$/, ''),
    parameters: [...pathParameters(route), ...queryParameters(route), ...(needsKey ? [TENANT] : [])],
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': { schema: body.schema ?? {} } } } }
      : {}),
    responses: {
      [status]: answer,
      ...(needsKey
        ? { 401: { description: 'No valid key', ...error }, 403: { description: 'Not allowed', ...error } }
        : {}),
      '4XX': { description: 'Refused', ...error }
    },
    ...(needsKey ? { security: [{ ApiKey: [] }, { Bearer: [] }] } : {})
  }
}

const TENANT = { name: 'X-Tenant-Id', in: 'header', required: false, schema: { type: 'string', format: 'uuid' } }

function pathParameters({ path }: RouteFacts): JsonSchema[] {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const all = path.endsWith('*') ? [...names, 'rest'] : names
  return all.map((name) => {
    const isId = /^(deployment|revision|project|integration|listener|session|tenant)_id$/.test(name)
    return { name, in: 'path', required: true, schema: isId ? { type: 'string', format: 'uuid' } : { type: 'string' } }
  })
}

function queryParameters({ query }: RouteFacts): JsonSchema[] {
  const { properties, required } = query?.schema ?? {}
  const names: readonly unknown[] = Array.isArray(required) ? required : []
  return Object.entries(isRecord(properties) ? properties : {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: names.includes(name),
    schema
  }))
}

function tagOf(path: string): string {
  if (path.startsWith('/_emulator')) return 'Emulator'
  if (path.startsWith('/agents/')) return 'Agents'
  if (path.startsWith('/storage/')) return 'Uploads'
  if (/\/(workspaces|sessions)\b/.test(path)) return 'LangSmith'
  const [, family = ''] = /^\/v\d\/([\w-]+)/.exec(path) ?? []
  return path.includes('/revisions') ? 'revisions' : family
}

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 900px; padding: 1.25rem; font: 14px/1.45 system-ui, sans-serif; }
code, pre, summary { font-family: ui-monospace, monospace; font-size: 12px; }
summary { cursor: pointer; padding: 3px 0; }
b { display: inline-block; min-width: 4.5rem; }
pre { border: 1px solid #8884; border-radius: 8px; padding: .75rem; overflow: auto; max-height: 30rem; }
`

/** The OpenAPI document as a page. */
export function openApiPage(): string {
  const { info, paths } = openApi()
  const { title, description } = Object(info)
  const operations = Object.entries(Object(paths)).flatMap(([path, methods]) =>
    Object.entries(Object(methods)).map(([method, operation]) => ({ path, method, operation: Object(operation) }))
  )
  const tags = [...new Set(operations.map(({ operation }) => String(operation.tags)))]
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => String(operation.tags) === tag)
    const rows = own.map(
      ({ path, method, operation: { parameters, requestBody, responses } }) =>
        `<details><summary><b>${method.toUpperCase()}</b> ${escaped(path)}</summary><pre>${escaped(
          JSON.stringify({ parameters, requestBody, responses }, null, 2)
        )}</pre></details>`
    )
    return `<h2>${escaped(tag)}</h2>\n${rows.join('\n')}`
  })
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><h1>${title}</h1><p>${escaped(description)} As JSON: <a href="openapi.json">openapi.json</a>. <a href="./">Overview</a>.</p>
${sections.join('\n')}
</body></html>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
