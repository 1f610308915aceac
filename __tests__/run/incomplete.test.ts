import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { errorMessage } from '../../src/run/error-message.ts'
import { incompleteFiles } from '../../src/run/incomplete.ts'
import { makeFolder } from '../support/folder.ts'
import { thrownInNode } from '../support/thrown-in-node.ts'

const at = (name: string, text: string | undefined): string => {
  const file = path.join(makeFolder('files-'), name)
  if (text !== undefined) writeFileSync(file, text)
  return `await import(${JSON.stringify(file)})`
}

test.each([
  ['missing', at('448.main.js', undefined), /\(448\.main\.js is missing\)/],
  [
    'cut off',
    at('448.main.mjs', 'export const modules = { 1: () => {'),
    /\(a file is damaged: Unexpected end of input\)/
  ],
  ['without an export', at('a.mjs', 'import { inWords } from "node:path"'), /\(a file is damaged: .*inWords/]
])('a file that is %s has a message with the next step', (_, code, reason) => {
  const error = thrownInNode(code)
  expect(incompleteFiles(error)).toMatch(reason)
  expect(errorMessage(error)).toMatch(/^The files of the action are incomplete .*downloads the action again\.$/)
})

test.each([
  ['the syntax of JSON', 'JSON.parse("{")'],
  ['the syntax of a pattern', 'new RegExp("(")'],
  ['a value', 'undefined.length'],
  ['a missing file of the user', 'await (await import("node:fs/promises")).readFile("/none")']
])('an error about %s has its own message', (_, code) => {
  expect(incompleteFiles(thrownInNode(code))).toBeUndefined()
})

test('the path of a Windows runner is not shown', () => {
  const message = "Cannot find module 'D:\\a\\_actions\\acme\\dist\\448.main.js' imported from D:\\a\\main.js"
  const error = Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' })
  expect(incompleteFiles(error)).toContain('(448.main.js is missing)')
})
