import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const root = fileURLToPath(new URL('..', import.meta.url))
const FILES = globSync(
  [
    '*.md',
    'docs/*.md',
    'action.yml',
    '{preview,emulator}/action.yml',
    '.github/**/*.{md,yml}',
    '{src,emulator,demo,scripts}/**/*.ts'
  ],
  { cwd: root }
).map((path) => path.replaceAll('\\', '/'))

/** Phrases of the glossary's "Not", and forms that a reader has to read twice, with what to write instead. */
const AVOIDED: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [
    /\b(is|are) no (valid |image |git |JSON )?(path|ID|name|number|text|list|object|reference|key|URL|file)\b/,
    'Invalid …: expected …'
  ],
  [/\b(was|were|is) answered (with )?\d{3}\b/, 'LangSmith returned 401 for GET …'],
  [/\banswered \d{3}\b/, 'returned 503'],
  [/\b(nobody|whoever|thereby)\b/i, 'a subject that exists'],
  [/\b(leave|left|leaves) (it |them )?away\b/, 'omit'],
  [/\bthe other way round\b/, 'vice versa'],
  [/\bcannot go on\b/, 'the thing itself, such as Deployment not found'],
  [/\bis (all )?(of it )?so already\b/, 'no changes, Already up to date'],
  [/\bwhat serves\b/i, 'the active revision'],
  [/\b(between|of) two looks\b/, 'polling interval'],
  [/\bis not right\b|\bare not right\b/, 'invalid'],
  [/\bby its word\b|\bgone over\b|\bborne\b/, 'a plain verb']
]

test.each(FILES)('%s uses plain words', (path) => {
  const lines = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8').split('\n')
  const found = lines.flatMap((line, index) =>
    AVOIDED.filter(([phrase]) => phrase.test(line)).map(
      ([phrase, instead]) => `${path}:${index + 1}: ${phrase.exec(line)?.[0]}. Write: ${instead}`
    )
  )
  expect(found).toEqual([])
})
