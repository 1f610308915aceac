import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isValidName } from '../../src/deployment/name.ts'
import { LONGEST_SELF_HOSTED_NAME, partOfPreviews, previewNames, pullRequestOf } from '../../src/deployment/preview.ts'

const LONGEST_NAME = 63
const NINE = ['', '-2', '-3', '-4', '-5', '-6', '-7', '-8', '-9']

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ']
/** Dashes come more often than by chance: they are what can go wrong where a name is cut. */
const others = fc.string({ unit: fc.constantFrom(...letters, ...'0123456789', ...'-'.repeat(40)), maxLength: 90 })
const validName = fc.tuple(fc.constantFrom(...letters), others).map(([first, rest]) => first + rest)
const pullRequest = fc.oneof(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom(1, 9, 10, 999_999))

describe('the names of a preview', () => {
  test('are nine, in the order in which they are taken', () => {
    expect(previewNames('agent', 7, false)).toEqual(NINE.map((end) => `agent-pr-7${end}`))
  })

  test.each<[string, string, number, boolean, RegExp]>([
    ['a name that just fits on Cloud', 'a'.repeat(56), 7, false, /^a{56}-pr-7$/],
    ['one that is too long there by one', 'a'.repeat(57), 7, false, /^a{49}-[0-9a-z]{6}-pr-7$/],
    ['a name that just fits elsewhere', 'support-agents', 7, true, /^support-agents-pr-7$/],
    ['one that is too long there by one', 'support-agents2', 7, true, /^support-[0-9a-z]{6}-pr-7$/],
    ['a name that fits only with a shorter number', 'support-agents', 70, true, /^suppor-[0-9a-z]{6}-pr-70$/],
    ['dashes where it is cut', 'a------------------b', 7, true, /^a-[0-9a-z]{6}-pr-7$/],
    ['the longest number', 'support-agent', 999_999, true, /^su-[0-9a-z]{6}-pr-999999$/]
  ])('are made from %s', (_, name, number, isSelfHosted, first) => {
    expect(previewNames(name, number, isSelfHosted)[0]).toMatch(first)
  })

  test('are valid, different, and fit all nine, whatever the name and the number', () => {
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

  test('hold the name whole wherever all nine fit with it, and else its beginning and a digest', () => {
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

  test('are the same ones in every run and release, or a preview that stands would not be found any more', () => {
    expect(previewNames('support-agent-of-the-north', 7, true)[0]).toBe('support-mx7hqb-pr-7')
    expect(previewNames('support-agent-of-the-south', 7, true)[0]).toBe('support-fapc2g-pr-7')
  })

  const twiceAmong = (beginning: string, isSelfHosted: boolean) => {
    const names = Array.from({ length: 200 }, (_, index) => previewNames(`${beginning}${index}`, 7, isSelfHosted)[0])
    return names.filter((name, index) => names.indexOf(name) !== index)
  }

  test('of 200 long names with one beginning are 200 different ones on Cloud', () => {
    expect(twiceAmong(`${'support-'.repeat(8)}customer-`, false)).toEqual([])
  })

  test('of 200 long names with one beginning are 200 different ones elsewhere', () => {
    expect(twiceAmong('support-agent-customer-', true)).toEqual([])
  })

  test('of two pull requests have none in common', () => {
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

describe('the pull request of a preview', () => {
  test('is told by each of its names, all of which are found by what they have in common', () => {
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
  ])('is not told by the name of another deployment: %s', (preview) => {
    expect(pullRequestOf(preview, 'agent', false)).toBeUndefined()
  })

  test('is not that of another name, of which there is a preview', () => {
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
