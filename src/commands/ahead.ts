import type { Config } from '../inputs/config.ts'

/**
 * Imports the files that a command can need after its first write, in parallel, so that a run of an incomplete action
 * ends before the write. The code that uses a file imports it again, which takes no time. See also `loadChecks`.
 */
export async function loadAhead(config: Config): Promise<void> {
  // Only a sweep opens its feedback after a write.
  const opensFeedback = config.command === 'sweep' && (config.environment !== undefined || config.comments)
  await Promise.all([import('../failure.ts'), opensFeedback && import('../feedback/channels.ts')])
}
