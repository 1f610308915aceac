// Jest runs the sources directly: types are replaced by spaces, so that lines and columns do not change.
import { createHash } from 'node:crypto'
import { stripTypeScriptTypes } from 'node:module'

export default {
  process: (source) => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
  getCacheKey: (source, path, options) =>
    createHash('sha1')
      .update([source, path, options.configString, options.instrument, process.version].join('\0'))
      .digest('hex')
}
