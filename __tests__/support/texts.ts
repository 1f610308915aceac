import fc, { type StringSharedConstraints } from 'fast-check'

const SURROGATES = { first: 0xd800, count: 0x800 }

const character = fc
  .nat({ max: 0x10ffff - SURROGATES.count })
  .map((code) => String.fromCodePoint(code < SURROGATES.first ? code : code + SURROGATES.count))

/**
 * Any text of whole code points. The same as `fc.string({ unit: 'binary' })`, for which fast-check builds a table of all
 * 1.1 million code points first: a quarter of a second, and as many entries for the garbage collector, each time.
 */
export function anyText(constraints: StringSharedConstraints = {}): fc.Arbitrary<string> {
  // The short texts of fast-check's own hold names such as `__proto__`.
  return fc.oneof({ weight: 9, arbitrary: fc.string({ ...constraints, unit: character }) }, fc.string(constraints))
}
