import type { Answer, OpenRoute } from '../http.ts'
import { PAGE } from '../page/html.ts'
import { openApi, openApiPage } from '../page/openapi.ts'
import { overviewOf } from '../page/overview.ts'

/** Keeps the page from making requests to other servers, whatever data it shows. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; connect-src 'self'"

function html(text: string): Answer {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY }
  return { status: 200, text, headers }
}

/** Routes for browsers. */
export const pageRoutes: readonly OpenRoute[] = [
  { method: 'GET', path: '/', open: () => html(PAGE) },
  // The dashboard address to which clients link.
  { method: 'GET', path: '/o/*', open: ({ state }) => ({ status: 307, headers: { location: `${state.url}/` } }) },
  { method: 'GET', path: '/docs', open: () => html(openApiPage()) },
  { method: 'GET', path: '/openapi.json', open: () => ({ status: 200, body: openApi() }) },
  {
    method: 'GET',
    path: '/_emulator/overview',
    open: ({ state, now }) => ({ status: 200, body: overviewOf(state, now) })
  }
]
