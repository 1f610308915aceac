import type { Config } from '../inputs/config.ts'

/**
 * Imports the files that a command can need after its first write, in parallel, so that a run of an incomplete action
 * ends before the write. The code that uses a file imports it again, which takes no time. See also `loadChecks`.
 */
export async function loadAhead(config: Config): Promise<void> {
  await Promise.all([import('../failure.ts'), ...filesOfCommand(config)])
}

function filesOfCommand(config: Config): readonly Promise<unknown>[] {
  if (config.command === 'deploy' && config.source.type === 'internal_docker') {
    return [import('../registry/process.ts'), import('../registry/login.ts')]
  }
  // Only a sweep opens its feedback after a write.
  const isTold = config.command === 'sweep' && (config.environment !== undefined || config.comments)
  return isTold ? [import('../feedback/channels.ts')] : []
}
