import type { Call } from './http.ts'

/** Returns a user in the format of GitHub's responses. */
export function simpleUser(login: string, { api }: Pick<Call, 'api'>) {
  const url = `${api}/users/${encodeURIComponent(login)}`
  const id = [...login].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  const html_url = `${new URL(api).origin}/${encodeURIComponent(login)}`
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${html_url}.png`,
    gravatar_id: '',
    url,
    html_url,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false
  }
}
