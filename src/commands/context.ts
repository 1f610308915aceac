import type { ControlPlaneClient } from '../control-plane/client.ts'
import type { ApplyContext } from '../deployment/apply.ts'
import type { Limits } from '../limits.ts'
import type { Reporter } from '../report/reporter.ts'

/** What every command works with. */
export interface CommandContext extends ApplyContext {
  readonly client: ControlPlaneClient
  readonly limits: Limits
  readonly progress: Reporter
}
