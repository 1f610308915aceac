/** What was sent of a source, by which the revision that came of it is known again; `null` is not compared. */
export interface SentRevision {
  readonly repo_ref: string | null
  readonly langgraph_config_path: string | null
  readonly image_uri: string | null
  readonly source_tarball_path: string | null
  /** The commit that a redeploy is to be built from; a deploy is built from the head of its ref. */
  readonly repo_commit_sha?: string | null
}

/** A write that is about to be sent. It is saved before, so that the post step of a killed run can find its result. */
export interface Intent {
  readonly name: string
  /** `undefined` for a create. */
  readonly deploymentId: string | undefined
  /** IDs of the revisions that existed before. */
  readonly known: readonly string[]
  readonly sent: SentRevision
  /** Whether no other run can have sent the same: only this run has uploaded its archive. */
  readonly isUnique: boolean
  /** Only of a create. */
  readonly created?: CreatedTraits
}

/** Recognizes, with the name, the deployment that a create has made. Saved, so without secret values. */
export interface CreatedTraits {
  readonly source: string
  readonly repoUrl: string | undefined
  readonly secretNames: readonly string[]
  readonly makesRevision: boolean
  /** Milliseconds since the epoch. */
  readonly sentAt: number
}
