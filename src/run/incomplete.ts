import { object } from './object.ts'

/** Title of the error about missing or damaged files of the action. */
export const INCOMPLETE_TITLE = 'Files of the action are incomplete'

/**
 * Describes an error from the import of a file of the action that is missing or cut off, with advice. `undefined` for
 * any other error: a `SyntaxError` of `JSON.parse` does not come from Node's module loader.
 */
export function incompleteFiles(error: unknown): string | undefined {
  const { name, code, message, stack } = object(error) ?? {}
  const text = typeof message === 'string' ? message : ''
  const missing = /^Cannot find \w+ '(?:[^']*[\\/])?([^'\\/]+)'/.exec(text)?.[1]
  if (code === 'ERR_MODULE_NOT_FOUND') return sentenceOn(missing === undefined ? text : `${missing} is missing`)
  const firstFrame = typeof stack === 'string' ? /\n\s+at ([^\n]*)/.exec(stack)?.[1] : undefined
  const isCut = name === 'SyntaxError' && firstFrame?.includes('node:internal/modules/')
  // The function of the bundle that reads an imported file. It fails for an empty file.
  const isEmpty = name === 'TypeError' && firstFrame?.startsWith('installChunk ')
  if (!isCut && !isEmpty) return undefined
  return sentenceOn(isCut ? `a file is damaged: ${text}` : 'a file is empty')
}

function sentenceOn(reason: string): string {
  return `The files of the action are incomplete (${reason}). Rerun the job, so that the runner downloads the action again.`
}
