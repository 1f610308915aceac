import { join } from 'node:path'
import type { PackedArchive } from '../../archive/archive.ts'
import type { Checkout } from '../../archive/checkout.ts'
import { relativeTo } from '../../archive/paths.ts'
import type { Project } from '../../archive/project.ts'
import { ProjectError } from '../../archive/project-error.ts'
import { ApiError, RefusalError, UnreachableError } from '../../control-plane/errors.ts'
import { mayUploadAgain } from '../../control-plane/patience.ts'
import type { Deployment } from '../../control-plane/resources.ts'
import { type StoreFault, storeCode, storeFault } from '../../control-plane/store-reason.ts'
import { checkLimits } from '../../run/limits.ts'
import { chosenType, typeSetting } from './deployment-type.ts'
import { NO_CODE, optional, type Setting, type Source, type UploadContext } from './source.ts'

/** The checked-out code, packed by this run and built by LangSmith. Cloud only. */
export interface InternalSourceInputs {
  readonly type: 'internal_source'
  readonly project: Project
  /** The checked-out commit; `undefined` when git does not report it. */
  readonly checkout: Checkout | undefined
  /** Patterns of ignored files to pack anyway, relative to the workspace's root. */
  readonly include: readonly string[]
  /** The file of the input `secrets-file`, relative to the workspace; it is never packed. */
  readonly secretsFile: string | undefined
  /** The `PATH` to find git in. */
  readonly gitPath: string | undefined
  /** Folder for the archive. The runner empties it after the job. */
  readonly temporaryFolder: string
  readonly deploymentType: string | undefined
  readonly installCommand: string | undefined
  readonly buildCommand: string | undefined
}

/** Returns the source of the workspace. `prepare` packs the archive, and `upload` sends it. */
export function internalSource(inputs: InternalSourceInputs): Source {
  const { project } = inputs
  const file = join(inputs.temporaryFolder, `langsmith-deploy-${process.pid}.tar.gz`)
  let packed: PackedArchive | undefined
  let objectPath: string | null = null
  return {
    type: 'internal_source',
    label: `the source of ${relativeTo(project.workspace, join(project.root, project.configPath))}`,
    afterCreate: [{ field: 'langgraph_config_path', wanted: project.configPath }],
    lateField: LATE_FIELD,
    namesRevisionSource: true,
    get sent() {
      return { ...NO_CODE, langgraph_config_path: project.configPath, source_tarball_path: objectPath }
    },
    prepare: async (context) => {
      packed = await pack(context, inputs, file)
    },
    upload: async (context, { id }) => {
      objectPath = await upload(context, id, file, packed?.bytes ?? 0)
    },
    fixedSettings: async (_client, { url }) => [typeSetting(chosenType(inputs.deploymentType, url))],
    // The deployment type cannot change either, but servers return other words for it than they accept.
    checkFixed: () => {},
    settings: (deployment) => settingsOfArchive(inputs, objectPath, deployment),
    // Archives of the same tree are identical, but the API does not report the content of an earlier archive.
    isServedBy: () => false
  }
}

const LATE_FIELD = 'source_tarball_path'

/** Packs the workspace into a file, and reports notices and warnings. @throws {RefusalError} when packing fails */
async function pack(
  { limits, progress }: UploadContext,
  { project, include, secretsFile, gitPath, checkout }: InternalSourceInputs,
  file: string
): Promise<PackedArchive> {
  const { listEntries } = await import('../../archive/entries.ts')
  const { packArchive, sizeWarning } = await import('../../archive/archive.ts')
  try {
    for (const notice of project.notices) progress.note(notice)
    for (const advice of project.advice) progress.remark(advice)
    const { entries, notes, ...listed } = await listEntries(project, {
      include,
      environmentFiles: [project.environmentFile, secretsFile].filter((each) => each !== undefined),
      gitPath
    })
    for (const note of notes) progress.note(note)
    const packed = await packArchive(entries, file, { signal: limits.cancelled })
    for (const notice of [...listed.notices, ...packed.notices]) progress.remark(notice)
    const size = sizeWarning(packed, entries)
    for (const warning of [...listed.warnings, ...packed.warnings, ...(size ? [size] : [])]) progress.warn(warning)
    checkLimits(limits)
    const commit = checkout ? `; checked-out commit: ${checkout.commit}` : ''
    progress.note(
      `Packed ${packed.entries} entries into ${sizeInWords(packed.bytes)} (sha256 ${packed.sha256})${commit}.`
    )
    return packed
  } catch (error) {
    checkLimits(limits)
    throw error instanceof ProjectError
      ? new RefusalError('Workspace cannot be packed', error.message, '', undefined, error.place)
      : error
  }
}

function settingsOfArchive(
  { project, installCommand, buildCommand }: InternalSourceInputs,
  objectPath: string | null,
  deployment: Deployment | undefined
): readonly Setting[] {
  const config = deployment?.source_config
  const commands = [
    ...optional('install_command', installCommand, config?.install_command),
    ...optional('build_command', buildCommand, config?.build_command)
  ]
  if (!deployment) return commands
  const revision = deployment.source_revision_config
  return [
    {
      section: 'source_revision_config',
      field: LATE_FIELD,
      // The path is unknown before the upload. A plan from that time is only shown.
      wanted: objectPath ?? 'the archive of this run',
      current: objectPath === null ? null : revision.source_tarball_path,
      effect: 'always'
    },
    {
      section: 'source_revision_config',
      field: 'langgraph_config_path',
      wanted: project.configPath,
      current: revision.langgraph_config_path,
      effect: 'always'
    },
    ...commands
  ]
}

/** Uploads the archive. A broken upload is retried once with a new address, because an address is valid only once. */
async function upload(
  { client, progress }: UploadContext,
  deploymentId: string,
  file: string,
  bytes: number
): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const { uploadUrl, objectPath, headers } = await client.uploadTarget(deploymentId)
    progress.note(`Uploading ${sizeInWords(bytes)} to ${new URL(uploadUrl).host}.`)
    try {
      await client.upload({
        url: uploadUrl,
        file,
        bytes,
        headers,
        onProgress: (sent, elapsedMs) => {
          const share = Math.floor((sent / Math.max(1, bytes)) * 100)
          progress.note(`Uploaded ${sizeInWords(sent)} (${share} %, ${sizeInWords((sent / elapsedMs) * 1000)}/s).`)
        }
      })
      progress.note('Uploaded.')
      return objectPath
    } catch (error) {
      if (!isBroken(error)) throw error
      if (!mayUploadAgain(error, { tries, isTooLarge: isTooLarge(error) }))
        throw uploadFailed(new URL(uploadUrl).host, tries, error)
      progress.note(`The upload failed (${failureWithCode(error)}); retrying once with a new upload URL.`)
    }
  }
}

function isBroken(error: unknown): error is ApiError | UnreachableError {
  return error instanceof UnreachableError || error instanceof ApiError
}

function failureWithCode(error: ApiError | UnreachableError): string {
  const code = error instanceof ApiError ? storeCode(error.detail) : ''
  return code ? `${error.message}: ${code}` : error.message
}

/** True if the archive is too large for the store. A retry would not help. */
function isTooLarge(error: ApiError | UnreachableError): boolean {
  return error instanceof ApiError && storeFault(error) === 'size'
}

function uploadFailed(host: string, tries: number, behind: ApiError | UnreachableError): RefusalError {
  const isAnswer = behind instanceof ApiError
  return new RefusalError(
    'Upload failed',
    isAnswer
      ? `The object store ${host} rejected the archive${tries > 1 ? ' twice' : ''}.`
      : `The upload of the archive to ${host} failed twice.`,
    isAnswer ? STORE_ADVICE[storeFault(behind)] : REACH_ADVICE,
    behind
  )
}

const REACH_ADVICE =
  'Check that this runner can reach that host through any proxy or firewall. Each attempt used a new upload URL.'

const RERUN = 'Rerun this job. If it fails again, report the code to LangSmith.'

const STORE_ADVICE: Readonly<Record<StoreFault, string>> = {
  signature: `The request did not match its signed address. A proxy that changes headers can cause this. ${RERUN}`,
  expired: `The signed address had expired. A slow connection or an inaccurate clock on this runner can cause this. ${RERUN}`,
  clock:
    "The clocks of this runner and of the store differ too much. Synchronize the runner's clock (NTP), and rerun this job.",
  size: 'The archive is too large for the store. Exclude files that the agent does not need with `.dockerignore` or `root`.',
  denied: `The store denied the write, although the address was new. ${RERUN}`,
  busy: 'The store reported a temporary error. Rerun this job later.',
  proxy:
    'The response did not come from an object store; a proxy or firewall may have sent it. Check that this runner can send PUT requests to that host.',
  other: RERUN
}

function sizeInWords(bytes: number): string {
  const kibibytes = bytes / 1024
  return kibibytes < 1024 ? `${kibibytes.toFixed(1)} KiB` : `${(kibibytes / 1024).toFixed(1)} MiB`
}
