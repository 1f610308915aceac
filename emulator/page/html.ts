/*
 * The page at `/`. It loads only responses of this server, and inserts all data as text.
 */

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --go: #2563eb; --good: #15803d; --bad: #b91c1c; --dim: #777; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 1.25rem; font: 14px/1.45 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; }
h1 { font-size: 1.25rem; margin: 0; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
code, pre, td { font-family: ui-monospace, monospace; font-size: 12px; }
.dim { color: var(--dim); }
.card { border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin: 0 0 .75rem; }
.card h3 { font-size: .95rem; margin: 0; display: inline; }
.revision { display: grid; grid-template-columns: 3rem 10rem 1fr; gap: .25rem .75rem; align-items: center; margin-top: .5rem; }
.revision .from { grid-column: 2 / -1; overflow-wrap: anywhere; }
.phases { display: flex; gap: 2px; }
.phases span { flex: 1; min-width: 0; padding: 1px 5px; font-size: 10px; border-radius: 3px; background: var(--soft); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.phases .past { background: var(--good); color: #fff; }
.phases .now { background: var(--go); color: #fff; }
.phases .failed { background: var(--bad); color: #fff; }
.status { font-weight: 600; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.go { color: var(--go); }
.columns { display: grid; grid-template-columns: 3fr 2fr; gap: 1.5rem; }
@media (max-width: 800px) { .columns { grid-template-columns: 1fr; } .revision { grid-template-columns: 3rem 1fr; } .revision .phases, .revision .from { grid-column: 1 / -1; } }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; }
th, td { padding: 2px 12px 2px 0; border-bottom: 1px solid var(--soft); white-space: nowrap; vertical-align: top; }
td.path { width: 99%; white-space: normal; overflow-wrap: anywhere; }
#about { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: baseline; }
#fired { margin-bottom: .75rem; }
pre { border: 1px solid var(--line); border-radius: 8px; padding: .75rem; overflow: auto; max-height: 24rem; margin: 0 0 .75rem; }
button { font: inherit; padding: 1px 10px; }
`

const SCRIPT = `
'use strict'
const LOOK_EVERY_MS = 500
const element = (tag, props, ...children) => {
  const made = Object.assign(document.createElement(tag), props)
  made.append(...children.filter((child) => child !== null))
  return made
}
const text = (className, content) => element('span', { className }, String(content))
const fill = (id, ...children) => document.getElementById(id).replaceChildren(...children)
const seconds = (ms) => (ms < 10000 ? (ms / 1000).toFixed(1) : Math.round(ms / 1000)) + ' s'
const isFailure = (status) => /FAILED|INTERRUPTED|SKIPPED/.test(status)
const tone = ({ status, ended }) => (isFailure(status) ? 'bad' : ended ? 'good' : 'go')

async function post(path, body) {
  await fetch(path, { method: 'POST', body: JSON.stringify(body) })
  await look()
}

function header({ url, api_key, hosting, now, manual }) {
  const hand = [
    ['+1 s', { ms: 1000 }],
    ['+1 min', { ms: 60000 }],
    ['until DEPLOYED', { until: 'DEPLOYED' }]
  ].map(([name, body]) => element('button', { onclick: () => post('_emulator/advance', body) }, name))
  fill(
    'about',
    element('code', {}, url),
    text('dim', 'key ' + api_key),
    text('dim', 'hosting ' + hosting),
    text('dim', (manual ? 'manual clock ' : 'clock ') + new Date(now).toISOString().slice(0, 19).replace('T', ' ')),
    ...(manual ? hand : [])
  )
}

function phase({ status, since, until }, last, ended, now) {
  const name = !last || (ended && !isFailure(status)) ? 'past' : isFailure(status) ? 'failed' : 'now'
  const lasted = ended && last ? '' : ' ' + seconds((until ?? now) - since)
  return element('span', { className: name, title: status + lasted }, status + lasted)
}

function revision(one, now) {
  const phases = one.phases.map((each, index) => phase(each, index === one.phases.length - 1, one.ended, now))
  const ahead = one.ahead.map((status) => element('span', { title: status }, status))
  return element(
    'div',
    { className: 'revision' },
    text('dim', '#' + one.number),
    text('status ' + tone(one), one.status + (one.active ? ' ●' : '')),
    element('div', { className: 'phases' }, ...phases, ...ahead),
    element('code', { className: 'from dim' }, one.made_from + ' ' + one.id)
  )
}

function deployment(one, now) {
  const more = one.revision_count - one.revisions.length
  return element(
    'div',
    { className: 'card' },
    element('h3', {}, one.name),
    text('dim', '  ' + one.source + ' · ' + one.status + ' · ' + one.id),
    one.url === null ? null : element('div', {}, element('code', {}, one.url)),
    ...one.revisions.map((each) => revision(each, now)),
    more > 0 ? text('dim', 'and ' + more + ' older') : null
  )
}

function request({ n, method, path, status, at }) {
  const cell = (content, className = '') => element('td', { className }, String(content))
  const time = new Date(at).toISOString().slice(11, 19)
  return element('tr', {}, cell(n), cell(time), cell(method), cell(path, 'path'), cell(status ?? '–', status === null || status >= 400 ? 'bad' : 'good'))
}

function scenario({ scenario: sent, revisions = [], faults = [] }) {
  const fired = [...revisions.map(({ fired }, index) => ['revisions ' + index, fired]), ...faults.map(({ fired }, index) => ['faults ' + index, fired])]
  const rows = fired.map(([rule, times]) => element('tr', {}, element('td', {}, rule), element('td', {}, String(times))))
  const table = element('table', { id: 'fired' }, element('tr', {}, element('th', {}, 'Rule'), element('th', {}, 'Fired')), ...rows)
  fill('scenario', ...(rows.length > 0 ? [table] : []), element('pre', {}, JSON.stringify(sent, null, 2)))
}

async function look() {
  try {
    const [overview, rules] = await Promise.all(
      ['_emulator/overview', '_emulator/scenario'].map(async (path) => (await fetch(path)).json())
    )
    header(overview)
    const none = text('dim', 'None yet. Deploy to ' + overview.url)
    fill('deployments', ...(overview.deployments.length > 0 ? overview.deployments.map((one) => deployment(one, overview.now)) : [none]))
    fill('requests', ...overview.requests.map(request))
    scenario(rules)
    document.body.dataset.state = 'live'
  } catch {
    fill('about', text('bad', 'The emulator does not respond.'))
    document.body.dataset.state = 'lost'
  }
}

async function watch() {
  await look()
  setTimeout(watch, LOOK_EVERY_MS)
}
watch()
`

/** The page that shows the deployments, the requests and the scenario. */
export const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>LangSmith emulator</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header><h1>LangSmith control plane emulator</h1><a href="docs">API</a></header>
<p id="about"></p>
<h2>Deployments</h2>
<div id="deployments"></div>
<div class="columns">
<section><h2>Requests</h2><table><thead><tr><th>#</th><th>Time</th><th>Method</th><th>Path</th><th>Status</th></tr></thead><tbody id="requests"></tbody></table></section>
<section><h2>Scenario</h2><div id="scenario"></div></section>
</div>
<script>${SCRIPT}</script>
</body>
</html>
`
