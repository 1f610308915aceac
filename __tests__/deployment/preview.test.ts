import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isValidName } from '../../src/deployment/name.ts'
import { LONGEST_SELF_HOSTED_NAME, partOfPreviews, previewNames, pullRequestOf } from '../../src/deployment/preview.ts'

const LONGEST_NAME = 63
const NINE = ['', '-2', '-3', '-4', '-5', '-6', '-7', '-8', '-9']

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ']
/** Dashes are more frequent than other characters, because a cut at a dash is an edge case. */
const others = fc.string({ unit: fc.constantFrom(...letters, ...'0123456789', ...'-'.repeat(40)), maxLength: 90 })
const validName = fc.tuple(fc.constantFrom(...letters), others).map(([first, rest]) => first + rest)
const pullRequest = fc.oneof(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom(1, 9, 10, 999_999))

describe('previewNames', () => {
  test('returns nine names in order of use', () => {
    expect(previewNames('agent', 7, false)).toEqual(NINE.map((end) => `agent-pr-7${end}`))
  })

  test.each<[string, string, number, boolean, RegExp]>([
    ['keeps the longest name on Cloud', 'a'.repeat(56), 7, false, /^a{56}-pr-7$/],
    ['cuts a longer name on Cloud', 'a'.repeat(57), 7, false, /^a{49}-[0-9a-z]{6}-pr-7$/],
    ['keeps the longest name on self-hosted', 'support-agents', 7, true, /^support-agents-pr-7$/],
    ['cuts a longer name on self-hosted', 'support-agents2', 7, true, /^support-[0-9a-z]{6}-pr-7$/],
    ['cuts a name that only fits with a shorter number', 'support-agents', 70, true, /^suppor-[0-9a-z]{6}-pr-70$/],
    ['removes dashes at the cut', 'a------------------b', 7, true, /^a-[0-9a-z]{6}-pr-7$/],
    ['supports long numbers', 'support-agent', 999_999, true, /^su-[0-9a-z]{6}-pr-999999$/]
  ])('%s', (_, name, number, isSelfHosted, first) => {
    expect(previewNames(name, number, isSelfHosted)[0]).toMatch(first)
  })

  test('returns nine different valid names of at most the maximum length for any name and number', () => {
    fc.assert(
      fc.property(validName, pullRequest, fc.boolean(), (name, number, isSelfHosted) => {
        const names = previewNames(name, number, isSelfHosted)
        const [first = ''] = names
        expect(names).toEqual(NINE.map((end) => first + end))
        expect(first.endsWith(`-pr-${number}`)).toBe(true)
        expect(names.filter((each) => !isValidName(each))).toEqual([])
        expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(
          isSelfHosted ? LONGEST_SELF_HOSTED_NAME : LONGEST_NAME
        )
      }),
      { numRuns: 1_000 }
    )
  })

  test('keeps a name if all nine names fit, and otherwise its beginning and a digest', () => {
    fc.assert(
      fc.property(validName, pullRequest, fc.boolean(), (name, number, isSelfHosted) => {
        const longest = isSelfHosted ? LONGEST_SELF_HOSTED_NAME : LONGEST_NAME
        const base = previewNames(name, number, isSelfHosted)[0]?.slice(0, -`-pr-${number}`.length) ?? ''
        if (name.length + `-pr-${number}-9`.length <= longest) expect(base).toBe(name)
        else {
          expect(base).toMatch(/[^-]-[0-9a-z]{6}$/)
          expect(name.startsWith(base.slice(0, -'-abcdef'.length))).toBe(true)
        }
      }),
      { numRuns: 1_000 }
    )
  })

  test('returns the same names in every release, so that existing previews are found', () => {
    expect(previewNames('support-agent-of-the-north', 7, true)[0]).toBe('support-mx7hqb-pr-7')
    expect(previewNames('support-agent-of-the-south', 7, true)[0]).toBe('support-fapc2g-pr-7')
  })

  const twiceAmong = (beginning: string, isSelfHosted: boolean) => {
    const names = Array.from({ length: 200 }, (_, index) => previewNames(`${beginning}${index}`, 7, isSelfHosted)[0])
    return names.filter((name, index) => names.indexOf(name) !== index)
  }

  test('returns different names for 200 long names with the same beginning on Cloud', () => {
    expect(twiceAmong(`${'support-'.repeat(8)}customer-`, false)).toEqual([])
  })

  test('returns different names for 200 long names with the same beginning on self-hosted', () => {
    expect(twiceAmong('support-agent-customer-', true)).toEqual([])
  })

  test('returns different names for different pull requests', () => {
    fc.assert(
      fc.property(
        validName,
        fc.uniqueArray(pullRequest, { minLength: 2, maxLength: 2 }),
        (name, [one = 0, other = 0]) => {
          const taken = new Set(previewNames(name, one, true))
          expect(previewNames(name, other, true).filter((each) => taken.has(each))).toEqual([])
        }
      )
    )
  })
})

describe('pullRequestOf', () => {
  test('returns the pull request of each preview name, and partOfPreviews is a part of each name', () => {
    fc.assert(
      fc.property(validName, pullRequest, fc.boolean(), (name, number, isSelfHosted) => {
        const part = partOfPreviews(name, isSelfHosted)
        for (const preview of previewNames(name, number, isSelfHosted)) {
          expect(pullRequestOf(preview, name, isSelfHosted)).toBe(number)
          expect(preview).toContain(part)
        }
      })
    )
  })

  test.each([
    'agent',
    'agent-pr-7-1',
    'agent-pr-7-10',
    'agent-pr-07',
    'agent-pr-0',
    'agent-pr-7-2-3',
    'agent-pr-7x',
    'Agent-pr-7',
    'my-agent-pr-7',
    'agent-pr-7-pr-8',
    `agent-pr-${'9'.repeat(20)}`
  ])('returns nothing for %s', (preview) => {
    expect(pullRequestOf(preview, 'agent', false)).toBeUndefined()
  })

  test('returns nothing for a preview of another name', () => {
    fc.assert(
      fc.property(validName, validName, pullRequest, fc.boolean(), (name, other, number, isSelfHosted) => {
        fc.pre(name !== other)
        for (const preview of previewNames(other, number, isSelfHosted)) {
          expect(pullRequestOf(preview, name, isSelfHosted)).toBeUndefined()
        }
      })
    )
  })
})
