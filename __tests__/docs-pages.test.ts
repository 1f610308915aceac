import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { readSources } from './support/sources.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const pages = globSync(['*.md', 'docs/*.md'], { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .sort()

/** Returns the text of a page without its code blocks, which are not Markdown. */
function proseOf(page: string): string {
  return read(page).replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^\1\2 *$/gm, '')
}

/** Returns the anchors of a page. GitHub derives them from headings: lower case, no punctuation, dashes for spaces. */
function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of proseOf(page).matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const slug = plain.replace(/[^\p{L}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-')
    let anchor = slug
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${slug}-${count}`
    anchors.add(anchor)
  }
  return anchors
}

interface Link {
  readonly page: string
  readonly target: string
}

const links: readonly Link[] = pages.flatMap((page) => {
  const prose = proseOf(page).replace(/(`+)(?:(?!\1)[\s\S])+?\1/g, (code) => (code.includes('](') ? '' : code))
  const found = [
    ...prose.matchAll(/\]\(([^)\s]+)\)/g),
    ...prose.matchAll(/^\[[^\]]+\]: +(\S+)/gm),
    ...prose.matchAll(/ (?:src|srcset|href)="([^"]+)"/g)
  ]
  return found.map(([, target = '']) => ({ page, target }))
})

test('every link within the repository leads to a file and to one of its headings', () => {
  const broken = links
    .filter(({ target }) => !/^[a-z]+:/.test(target))
    .filter(({ page, target }) => {
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? page : posix.normalize(posix.join(dirname(page), path))
      if (!existsSync(join(root, file))) return true
      return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).has(anchor)
    })
  expect(broken).toEqual([])
  expect(links.length).toBeGreaterThan(150)
})

test('every external link is a well-formed https address', () => {
  const outside = links.filter(({ target }) => /^[a-z]+:/.test(target))
  const malformed = outside.filter(
    ({ target }) => !URL.canParse(target) || !/^(https:|mailto:|http:\/\/127\.0\.0\.1)/.test(target)
  )
  expect(malformed).toEqual([])
})

test('every page has a link to it, and states its purpose in its first line', () => {
  const targets = new Set(
    links
      .filter(({ target }) => !/^[a-z]+:|^#/.test(target))
      .map(({ page, target }) => posix.normalize(posix.join(dirname(page), target.split('#')[0] ?? '')))
  )
  for (const page of pages.filter((path) => path.startsWith('docs/'))) {
    expect([page, targets.has(page)]).toEqual([page, true])
    expect(read(page)).toMatch(/^# [^\n]+\n\n[A-Z][^\n]{20,}/)
  }
})

test('the README links to every page of docs, and has its first picture and the test status near the top', () => {
  const readme = read('README.md')
  for (const page of pages.filter((path) => path.startsWith('docs/'))) expect(readme).toContain(`(${page}`)
  const first = readme.split('\n').slice(0, 25)
  expect(first.some((line) => /docs\/images\/proof[\w-]*\.png/.test(line))).toBe(true)
  expect(first.filter((line) => line.startsWith('Not yet tested against the live service'))).toHaveLength(2)
  const status = read('docs/status.md')
  expect(status.match(/^Not yet tested against the live service/gm)).toHaveLength(2)
})

/** The code of `src/` without comments, with concatenated literals joined and escapes resolved. */
const texts = readSources()
  .map(({ code }) => code)
  .join('\n')
  .replace(/(['`])\s*\+\s*\n?\s*(['`])/g, '')
  .replace(/\\([`'"])/g, '$1')

test('every message that the troubleshooting page quotes is in the sources', () => {
  const rows = [...read('docs/troubleshooting.md').matchAll(/^\| (`+)(.+?)\1 \|/gm)]
  const missing = rows
    .map(([, , message = '']) => message)
    .filter((message) => {
      const parts = message.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      // A gap does not leave its literal.
      return !new RegExp(parts.join("(?:\\$\\{[^}]*\\}|[^\\n']){1,400}?")).test(texts.replace(/\n\s*/g, ' '))
    })
  expect(missing).toEqual([])
  expect(rows.length).toBeGreaterThan(25)
})
