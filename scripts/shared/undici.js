/*
 * What dist/undici.js holds: the part of undici that the action uses, by the files of that package. Its own index loads
 * caches, mocks and WebSockets too, which costs a quarter of the time from the start of the action to its first request.
 */
import api from 'undici/lib/api/index.js'
import buildConnector from 'undici/lib/core/connect.js'
import Agent from 'undici/lib/dispatcher/agent.js'
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js'
import Pool from 'undici/lib/dispatcher/pool.js'
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js'

// As the index does.
Object.assign(Dispatcher.prototype, api)

export { Agent, buildConnector, Pool, ProxyAgent }

/** For calls that name the dispatcher and the method. */
export function request(url, { dispatcher, ...options }) {
  const { origin, pathname, search } = new URL(url)
  return dispatcher.request({ ...options, origin, path: pathname + search })
}

/** Loaded by the first call: only GitHub is asked with it, after the first request. */
export async function fetch(...given) {
  const { default: web } = await import('undici/lib/web/fetch/index.js')
  return await web.fetch(...given)
}
