import { createEmulator } from 'emulate'
import { isRecord } from '../../../emulator/validation.ts'
import { at, records } from '../json.ts'
import { type Answer, type Call, DOCUMENTATION_URL, invalid } from './http.ts'

export interface IssueComment {
  readonly id: number
  readonly login: string
  readonly body: string
}

/** Issues, pull requests, comments and users of the package `emulate`. */
export interface Issues {
  /** Forwards a call to `emulate`. @throws a refusal: 422 */
  forward(call: Call): Promise<Answer>
  /** Oldest first. */
  comments(number: number): Promise<IssueComment[]>
  /** @returns the ID */
  addComment(number: number, body: string, login: string): Promise<number>
  reset(): Promise<void>
  close(): Promise<void>
}

export interface IssuesOptions {
  /** `OWNER/NAME` */
  readonly repository: string
  readonly pullRequests: readonly number[]
  /** Users with write access, by token. */
  readonly tokens: ReadonlyMap<string, string>
}

const PAGE = 100
const LONGEST_BODY = 65_536

export async function startIssues({ repository, pullRequests, tokens }: IssuesOptions): Promise<Issues> {
  const [owner = '', name = ''] = repository.split('/')
  const emulate = await createEmulator({
    service: 'github',
    port: 0,
    hostname: '127.0.0.1',
    seed: {
      tokens: Object.fromEntries([...tokens].map(([token, login]) => [token, { login }])),
      github: { users: [owner, ...tokens.values()].map((login) => ({ login })), repos: [{ owner, name }] }
    }
  })
  const origin = `http://127.0.0.1:${new URL(emulate.url).port}`
  const path = `/repos/${repository}`
  // Most tests do not write here, and a new seed takes longer than many tests.
  let isAsSeeded = false
  const forward = (call: Call) => {
    checkLength(call.body)
    if (call.method !== 'GET') isAsSeeded = false
    return pass(origin, call)
  }
  const ask = (token: string, method: string, rest: string, body?: unknown) =>
    pass(origin, { method, path: path + rest, token, body, api: origin })
  const create = async (token: string, rest: string, asked: unknown) => {
    const { status, body } = await ask(token, 'POST', rest, asked)
    if (status !== 201) throw new Error(`POST ${rest} returned ${status}: ${at(body, 'message')}`)
    return body
  }

  const comments = async (number: number, page = 1): Promise<IssueComment[]> => {
    const { body } = await ask('', 'GET', `/issues/${number}/comments?per_page=${PAGE}&page=${page}`)
    const found = records(body).map((one) => ({
      id: Number(one.id),
      login: String(at(one, 'user', 'login')),
      body: String(one.body)
    }))
    return found.length < PAGE ? found : [...found, ...(await comments(number, page + 1))]
  }
  const addComment = async (number: number, body: string, login: string) => {
    const [token] = [...tokens].find(([, user]) => user === login) ?? []
    if (!token) throw new Error(`Unknown user ${login}: add it to \`users\`.`)
    isAsSeeded = false
    return Number(at(await create(token, `/issues/${number}/comments`, { body }), 'id'))
  }
  const seed = async () => {
    const [token = ''] = tokens.keys()
    // `emulate` assigns consecutive numbers, so issues fill the numbers without a pull request.
    for (let number = 1; number <= Math.max(0, ...pullRequests); number++) {
      const change = { title: `Change ${number}`, head: `change-${number}`, base: 'main' }
      await create(token, pullRequests.includes(number) ? '/pulls' : '/issues', change)
    }
    isAsSeeded = true
  }
  await seed()
  return {
    forward,
    comments,
    addComment,
    reset: async () => {
      if (isAsSeeded) return
      emulate.reset()
      await seed()
    },
    close: () => emulate.close()
  }
}

/** Rejects long comments as GitHub does; `emulate` accepts any length. @throws a refusal: 422 */
function checkLength(body: unknown): void {
  const text = at(body, 'body')
  if (typeof text !== 'string' || [...text].length <= LONGEST_BODY) return
  throw invalid('IssueComment', 'data', `Body is too long (maximum is ${LONGEST_BODY} characters)`, 'unprocessable')
}

/** Sends a request to `emulate` for a caller that uses the API address `api`. */
async function pass(
  origin: string,
  { method, path, token, body, api }: Pick<Call, 'method' | 'path' | 'token' | 'body' | 'api'>
): Promise<Answer> {
  const response = await fetch(origin + path, {
    method,
    headers: { ...(token === '' ? {} : { authorization: `token ${token}` }), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  const readdressed = readdresser(origin, api)
  const text = readdressed(await response.text())
  const link = response.headers.get('link')
  return {
    status: response.status,
    ...(text === '' ? {} : { body: JSON.parse(text, (_, value) => asBot(value)) }),
    ...(link === null ? {} : { headers: { link: readdressed(link) } })
  }
}

/** Returns a function that replaces the addresses of `emulate` with those of this server. */
function readdresser(origin: string, api: string): (text: string) => string {
  const own = `http://(localhost|127\\.0\\.0\\.1):${new URL(origin).port}`
  return (text) =>
    text
      .replace(new RegExp(`${own}(?=/(repos|users)/)`, 'g'), api)
      // Web pages have no API prefix, not even on an Enterprise Server.
      .replace(new RegExp(own, 'g'), new URL(api).origin)
      .replaceAll('https://emulate.dev/github', DOCUMENTATION_URL)
}

/** Sets the type of a bot, because `emulate` treats all given users as people. */
function asBot(value: unknown): unknown {
  return isRecord(value) && String(value.login).endsWith('[bot]') ? { ...value, type: 'Bot' } : value
}
