import { sourceOf } from '../deployment/sources/index.ts'
import type { Config } from '../inputs/config.ts'
import type { Command } from '../inputs/table.ts'
import type { CommandContext } from '../rollout/context.ts'
import { inWords } from '../run/duration.ts'
import type { Verdict } from '../run/verdict.ts'
import { deploy } from './deploy.ts'

/** The configurations of the given commands. */
type ConfigOf<C extends Command> = { [K in C]: Config & { readonly command: K } }[C]

/** What there is to know of a command. */
interface CommandRow<C extends Command> {
  readonly run: (context: CommandContext, config: ConfigOf<C>) => Promise<Verdict>
  /** The beginning of the first line of the log; the name of the deployment follows. */
  readonly headline: (config: ConfigOf<C>) => string
}

/** One row for each command. */
const COMMANDS: { readonly [C in Command]: CommandRow<C> } = {
  deploy: { run: deploy, headline: ({ source }) => `Deploying ${sourceOf(source).label} to` },
  // Loaded only where it is asked for.
  wait: {
    run: async (...given) => (await import('./wait.ts')).wait(...given),
    headline: () => 'Waiting for'
  },
  redeploy: {
    run: async (...given) => (await import('./redeploy.ts')).redeploy(...given),
    headline: () => 'Redeploying'
  },
  delete: {
    run: async (...given) => (await import('./delete.ts')).deleteDeployment(...given),
    headline: () => 'Deleting'
  },
  status: {
    run: async (...given) => (await import('./status.ts')).status(...given),
    headline: () => 'Checking'
  },
  logs: {
    run: async (...given) => (await import('./logs.ts')).logs(...given),
    headline: () => 'Reading the log of'
  },
  interrupt: {
    run: async (...given) => (await import('./interrupt.ts')).interruptRevision(...given),
    headline: () => 'Interrupting a revision of'
  },
  sweep: {
    run: async (...given) => (await import('./sweep.ts')).sweep(...given),
    headline: () => 'Deleting stale previews of'
  }
}

/** Carries out the command of a run, to its verdict. */
export function runCommand<C extends Command>(context: CommandContext, config: ConfigOf<C>): Promise<Verdict> {
  return COMMANDS[config.command].run(context, config)
}

/** What the run is about, before anything is sent. */
export function headline<C extends Command>(config: ConfigOf<C>): string {
  const { controlPlane, target, timeoutMs } = config
  const deployment = target.name ? `"${target.name}"` : `deployment ${target.deploymentId}`
  const start = COMMANDS[config.command].headline(config)
  return `${start} ${deployment} on ${controlPlane.url} (timeout ${inWords(timeoutMs)})`
}
