import fc, { type StringSharedConstraints } from 'fast-check'

const SURROGATES = { first: 0xd800, count: 0x800 }

const character = fc
  .nat({ max: 0x10ffff - SURROGATES.count })
  .map((code) => String.fromCodePoint(code < SURROGATES.first ? code : code + SURROGATES.count))

/**
 * Generates any text of whole code points, like `fc.string({ unit: 'binary' })`. For that option, fast-check first
 * builds a table of all 1.1 million code points, which takes a quarter of a second.
 */
export function anyText(constraints: StringSharedConstraints = {}): fc.Arbitrary<string> {
  // The default texts of fast-check include names such as `__proto__`.
  return fc.oneof({ weight: 9, arbitrary: fc.string({ ...constraints, unit: character }) }, fc.string(constraints))
}
