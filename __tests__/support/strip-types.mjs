// Jest runs the sources as they stand: the types are blanked out in place, so lines and columns stay true.
import { createHash } from 'node:crypto'
import { stripTypeScriptTypes } from 'node:module'

export default {
  process: (source) => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
  getCacheKey: (source, path, options) =>
    createHash('sha1')
      .update([source, path, options.configString, options.instrument, process.version].join('\0'))
      .digest('hex')
}
