/** Fields of a source that were sent. They identify the resulting revision. `null` is not compared. */
export interface SentRevision {
  readonly repo_ref: string | null
  readonly langgraph_config_path: string | null
  readonly image_uri: string | null
  readonly source_tarball_path: string | null
  /** The commit that a redeploy builds. A deploy builds the head of its ref. */
  readonly repo_commit_sha?: string | null
}

/** A write that is about to be sent. It is saved first, so that the post step of a killed run can find its result. */
export interface Intent {
  readonly name: string
  /** `undefined` for a create. */
  readonly deploymentId: string | undefined
  /** IDs of the revisions that existed before the write. */
  readonly known: readonly string[]
  readonly sent: SentRevision
  /** True if no other run can have sent the same code, for example an archive that only this run has uploaded. */
  readonly isUnique: boolean
  /** Set only for a create. */
  readonly created?: CreatedTraits
}

/** Properties that identify the deployment of a create, together with its name. Saved, so without secret values. */
export interface CreatedTraits {
  readonly source: string
  readonly repoUrl: string | undefined
  readonly secretNames: readonly string[]
  readonly makesRevision: boolean
  /** Milliseconds since the epoch. */
  readonly sentAt: number
}
