import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from '@jest/globals'
import { makeFolder } from '../support/folder.ts'
import { freePort } from '../support/http-server.ts'
import type { Json } from '../support/json.ts'

/** A real Agent Server that serves. */
export interface AgentServer {
  readonly url: string
  /** Its output so far, including that of its graphs. */
  log(): string
  /** Calls a function with each later log entry. @returns a function that stops this */
  follow(onEntries: (entries: readonly LogEntry[]) => void): () => void
  stop(): Promise<void>
}

/** A log entry of the server: a line, or a line with a traceback. */
export interface LogEntry {
  readonly level: string
  readonly message: string
}

/** The language of the server, and its langgraph.json without the dependencies. */
export interface ServerOptions {
  readonly language: Language
  readonly config: Json
  /** Port; default: any free one. */
  readonly port?: number
  readonly variables?: Readonly<Record<string, string>>
}

export type Language = 'python' | 'javascript'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const NODE_MODULES = join(HERE, 'node_modules')
/** Path of the JavaScript CLI. */
export const LANGGRAPHJS = join(NODE_MODULES, '.bin', 'langgraphjs')
/** A start takes six seconds on two cores, and other tests run at the same time. */
const LONGEST_START_MS = 60_000

/** Time limit for `beforeAll` and for tests that start a server. */
export const WITH_START_MS = 90_000

/** A server for the tests of a file. */
export function useAgentServer(options: ServerOptions): Omit<AgentServer, 'stop'> {
  let server: AgentServer | undefined
  beforeAll(async () => {
    server = await startAgentServer(options)
  }, WITH_START_MS)
  afterAll(() => server?.stop())
  const running = (): AgentServer => {
    if (!server) throw new Error('The server is not started yet')
    return server
  }
  return {
    get url() {
      return running().url
    },
    log: () => running().log(),
    follow: (onEntries) => running().follow(onEntries)
  }
}

/** Creates the project of a language in a separate folder, with a configuration. */
export function makeProject(language: Language, config: Json): string {
  const folder = makeFolder(`${language}-`)
  cpSync(join(HERE, language), folder, { recursive: true })
  writeFileSync(join(folder, 'langgraph.json'), JSON.stringify({ dependencies: ['.'], ...config }, null, 2))
  return folder
}

/**
 * The environment of LangChain's tools: no tracing, no key, no configuration of this machine, but its PATH.
 */
export function cleanEnvironment(variables: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: makeFolder('home-'), LANGGRAPH_CLI_NO_ANALYTICS: '1', ...variables }
}

/** Starts a server on loopback and waits until it responds to `/ok`. The caller stops it. */
export async function startAgentServer({ language, config, port, variables }: ServerOptions): Promise<AgentServer> {
  const at = String(port ?? (await freePort()))
  const folder = makeProject(language, config)
  if (language === 'javascript') symlinkSync(NODE_MODULES, join(folder, 'node_modules'))
  const command = language === 'python' ? 'langgraph' : LANGGRAPHJS
  const child = spawn(command, ['dev', '--no-browser', '--no-reload', '--host', '127.0.0.1', '--port', at], {
    cwd: folder,
    env: cleanEnvironment(variables),
    // The JavaScript server is a grandchild process.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let said = ''
  const followers = new Set<(entries: readonly LogEntry[]) => void>()
  const say = (chunk: Buffer) => {
    said += chunk
    for (const follower of followers) follower(entriesIn(String(chunk)))
  }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', say)
  child.on('error', (error) => (said += `${command} could not be started: ${error.message}\n`))
  const url = `http://127.0.0.1:${at}`
  const server: AgentServer = {
    url,
    log: () => said,
    stop: () => stopGroup(child),
    follow: (onEntries) => {
      followers.add(onEntries)
      return () => followers.delete(onEntries)
    }
  }
  try {
    await untilOk(url, () => child.exitCode === null && child.pid !== undefined)
  } catch (error) {
    await server.stop()
    throw new Error(`The ${language} server does not answer: ${error}\n${said}`)
  }
  return server
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal escapes begin with one.
const ESCAPES = /\u001b\[[0-9;]*m/g

/** A line of the Python server starts with a time and a level; lines without them belong to the previous one. */
function entriesIn(text: string): LogEntry[] {
  const entries: { level: string; message: string }[] = []
  for (const line of text.replace(ESCAPES, '').split('\n')) {
    const [, level, rest] = /^\d{4}-\S+Z \[(\w+) *\] (.*)$/.exec(line) ?? []
    const last = entries.at(-1)
    if (level) entries.push({ level: level.toUpperCase(), message: rest ?? '' })
    else if (last) last.message += `\n${line}`
    else if (line !== '') entries.push({ level: 'INFO', message: line })
  }
  return entries
}

async function untilOk(url: string, isAlive: () => boolean): Promise<void> {
  const deadline = Date.now() + LONGEST_START_MS
  while (isAlive() && Date.now() < deadline) {
    const status = await fetch(`${url}/ok`).then(
      ({ status }) => status,
      () => undefined
    )
    // Custom auth of JavaScript servers includes `/ok`.
    if (status === 200 || status === 401) return
    await sleep(50)
  }
  throw new Error(isAlive() ? `not within ${LONGEST_START_MS} ms` : 'it ended')
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return
  const ended =
    child.exitCode !== null || child.signalCode !== null
      ? undefined
      : new Promise((resolve) => child.once('exit', resolve))
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // All processes have ended.
  }
  await ended
}
