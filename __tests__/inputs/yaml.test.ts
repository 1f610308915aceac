import { expect, test } from '@jest/globals'
import { parseYaml } from '../../src/inputs/yaml.ts'

test.each<[string, unknown]>([
  ['a:', { a: null }],
  ['a: ~', { a: null }],
  ['a: Null', { a: null }],
  ['a: True\nb: FALSE', { a: true, b: false }],
  // Values that JSON cannot express otherwise, or that are strings in YAML 1.2.
  ['a: 2024-01-01\nb: yes\nc: 12:30:45', { a: '2024-01-01', b: 'yes', c: '12:30:45' }],
  ['a: "~"', { a: '~' }],
  ['{"a": null}', { a: null }],
  ['&a [*a]', undefined]
])('%j is parsed according to YAML 1.2', async (text, value) => {
  expect(await parseYaml(text)).toEqual(value)
})
