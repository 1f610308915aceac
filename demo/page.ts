/**
 * Renders the Markdown of a summary or comment as GitHub does, in a page that follows the reader's light or dark
 * setting. Supports only the Markdown that this action writes.
 */

/** One section of the page. */
export interface Shown {
  readonly title: string
  readonly markdown: string
}

/** Renders a whole page. @param scheme fixes light or dark; by default, the reader's setting applies */
export function pageOf(title: string, parts: readonly Shown[], scheme?: 'light' | 'dark'): string {
  const boxes = parts.map(
    (part) =>
      `<section><header>${escaped(part.title)}</header><article>${htmlOf(part.markdown)}</article>` +
      '<footer>Rendered locally</footer></section>'
  )
  return `<!doctype html><html lang="en"${scheme ? ` data-scheme="${scheme}"` : ''}><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style>\n${boxes.join('\n')}\n</html>\n`
}

/** Converts Markdown of this action to HTML; HTML within the Markdown stays unchanged. */
export function htmlOf(markdown: string): string {
  // A block of lines may contain empty lines, and so may a chart.
  const kept: string[] = []
  const keep = (html: string) => `\n\n\u0000${kept.push(html) - 1}\n\n`
  const text = markdown
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^<pre>\n[\s\S]*?\n<\/pre>$/gm, keep)
    .replace(/^```mermaid\n([\s\S]*?)\n```$/gm, (_, chart: string) => keep(chartOf(chart)))
  return text
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter(Boolean)
    .map((block) => blockOf(block, kept))
    .join('\n')
}

function blockOf(block: string, kept: readonly string[]): string {
  if (block.startsWith('\u0000')) return kept[Number(block.slice(1))] ?? ''
  const [, marks = '', words = ''] = /^(#{2,3}) (.*)$/.exec(block) ?? []
  if (marks) return `<h${marks.length}>${inline(words)}</h${marks.length}>`
  if (block.startsWith('|')) return tableOf(block.split('\n'))
  return /^<(?!b>|code>|a )/.test(block) ? block : `<p>${inline(block)}</p>`
}

function inline(text: string): string {
  return text.replace(/^\*(.*)\*$/, '<em>$1</em>')
}

function tableOf([head = '', , ...rows]: readonly string[]): string {
  const cells = (row: string, tag: string) =>
    row
      .replace(/^\| | \|$/g, '')
      .split(' | ')
      .map((cell) => `<${tag}>${cell}</${tag}>`)
      .join('')
  return `<table><tr>${cells(head, 'th')}</tr>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</table>`
}

/** Renders the bars of a Gantt chart. */
function chartOf(chart: string): string {
  const bars = [...chart.matchAll(/^ {4}(.+?) :(.*?)(2000-\S+ \S+)(?:, (2000-\S+ \S+|0s))?$/gm)].map(
    ([, label = '', tags = '', from = '', to = '']) => ({
      label,
      tags,
      start: Date.parse(`${from}Z`),
      end: Date.parse(`${to === '0s' ? from : to}Z`)
    })
  )
  const [first, last] = [Math.min(...bars.map(({ start }) => start)), Math.max(...bars.map(({ end }) => end))]
  const percent = (ms: number) => (ms / Math.max(1, last - first)) * 76
  const rows = bars.map(({ label, tags, start, end }) => {
    const kind = tags.includes('crit') ? 'bad' : tags.includes('done') ? 'waits' : 'works'
    const style = `margin-left:${percent(start - first).toFixed(1)}%;width:${Math.max(0.6, percent(end - start)).toFixed(1)}%`
    return `<div class="bar"><i class="${kind}" style="${style}"></i><span>${escaped(label)}</span></div>`
  })
  return `<div class="chart">${rows.join('')}</div>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

const LIGHT =
  '--page:#fff;--text:#1f2328;--muted:#59636e;--line:#d1d9e0;--soft:#f6f8fa;--link:#0969da;--code:#818b981f;--works:#8a90dd;--waits:#c8cdd3;--bad:#d1242f'
const DARK =
  '--page:#0d1117;--text:#f0f6fc;--muted:#9198a1;--line:#3d444d;--soft:#151b23;--link:#4493f8;--code:#656c7633;--works:#7c83d8;--waits:#59636e;--bad:#f85149'
const STYLE = `
:root{${LIGHT};color-scheme:light}
@media (prefers-color-scheme:dark){:root{${DARK};color-scheme:dark}}
[data-scheme=light]{${LIGHT};color-scheme:light}
[data-scheme=dark]{${DARK};color-scheme:dark}
body{margin:16px auto;max-width:768px;padding:0 16px;background:var(--page);color:var(--text);font:14px/1.5 -apple-system,"Segoe UI",Inter,"Noto Sans","Liberation Sans",Arial,sans-serif,"Noto Color Emoji"}
section{border:1px solid var(--line);border-radius:6px;margin:0 0 16px}
header{padding:8px 16px;border-bottom:1px solid var(--line);background:var(--soft);font-weight:600;font-size:12px;border-radius:6px 6px 0 0}
footer{padding:6px 16px;border-top:1px solid var(--line);color:var(--muted);font-size:12px}
article{padding:8px 16px 12px}
h2{font-size:21px;margin:8px 0 12px;padding-bottom:6px;border-bottom:1px solid var(--line)}
h3{font-size:17px;margin:8px 0 12px}
p{margin:0 0 12px}
a{color:var(--link);text-decoration:none}
code,pre{font:85% ui-monospace,"Liberation Mono",monospace;background:var(--code);border-radius:6px}
code{padding:.2em .4em}
pre{padding:12px;overflow:auto;margin:0 0 12px;line-height:1.45;white-space:pre-wrap;overflow-wrap:anywhere}
table{border-collapse:collapse;margin:0 0 12px}
th,td{border:1px solid var(--line);padding:5px 12px;text-align:left;overflow-wrap:anywhere}
tr:nth-child(2n){background:var(--soft)}
details{margin:0 0 10px}
summary{cursor:pointer;margin-bottom:8px}
details details{margin-left:12px}
.chart{margin:4px 0 14px}
.bar{display:flex;align-items:center;height:20px;font-size:11px}
.bar i{height:13px;border-radius:3px;flex:none}
.bar span{margin-left:6px;white-space:nowrap;color:var(--muted)}
.works{background:var(--works)}.waits{background:var(--waits)}.bad{background:var(--bad)}
`
