/** Words of other tools, and of speech, for the choices of this action. Each is compared without case and separators. */
const SYNONYMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  command: {
    redeploy: 'rollback roll-back revert restore undo back promote restart',
    delete: 'destroy remove rm teardown tear-down down undeploy uninstall cleanup clean-up prune terminate purge',
    deploy: 'update create up upsert push apply publish release build start run ship install up-sert deployment serve',
    wait: 'watch follow poll await monitor status state check get show describe logs list verify'
  },
  'source-type': {
    external_docker: 'docker image container external registry docker-image external-image oci',
    github: 'git repo repository source gh github-repo',
    internal_source: 'internal local upload archive workspace tarball source-code directory folder'
  },
  'secrets-mode': {
    merge: 'append add update upsert patch keep',
    replace: 'overwrite set exact override reset sync'
  },
  region: {
    us: 'usa us-central1 gcp-us',
    eu: 'europe europe-west4 gcp-eu',
    apac: 'asia ap',
    'aws-us': 'aws us-west-2'
  },
  logs: {
    'on-failure': 'failure failures failed on-error error errors auto default',
    stream: 'true on always all live follow yes tail',
    off: 'false no none never'
  },
  'on-superseded': { warn: 'warning ignore pass skip', fail: 'error failure', follow: 'wait await watch' },
  'on-timeout': { leave: 'keep ignore none nothing continue', interrupt: 'cancel stop abort kill' },
  'on-cancel': { leave: 'keep ignore none nothing continue', interrupt: 'cancel stop abort kill' },
  'if-missing': { create: 'true yes add make', fail: 'error false no' },
  'health-check': { auto: 'default', true: 'yes on always required 1', false: 'no off none never skip 0' }
}

/**
 * The choice that was probably meant by what is written: spelled in another way, by another tool's word, or with a slip.
 *
 * @returns nothing when none is near
 */
export function probablyMeant(input: string, written: string, choices: readonly string[]): string | undefined {
  const wanted = plain(written)
  const same = choices.find((choice) => plain(choice) === wanted)
  if (same) return same
  const synonyms = Object.entries(SYNONYMS[input] ?? {})
  const [synonym] = synonyms.find(([, words]) => words.split(' ').some((word) => plain(word) === wanted)) ?? []
  if (synonym && choices.includes(synonym)) return synonym
  const near = choices
    .map((choice) => ({ choice, distance: distanceBetween(plain(choice), wanted) }))
    .filter(({ choice, distance }) => distance <= Math.min(2, Math.floor(choice.length / 3)))
    .toSorted((left, right) => left.distance - right.distance)
  return near[0]?.choice
}

/** The boolean that a word stands for in YAML 1.1 and in speech. */
export function probableFlag(written: string): 'true' | 'false' | undefined {
  const word = written.toLowerCase().replace(/^["']|["']$/g, '')
  if (/^(true|yes|y|on|1|t|enabled?|always)$/.test(word)) return 'true'
  return /^(false|no|n|off|0|f|disabled?|never|none|null)$/.test(word) ? 'false' : undefined
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '')
}

/** Letters to add, remove, change, or exchange with the next one, to make one word of the other. */
function distanceBetween(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 2) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const next = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1]
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      const ways = [
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped && row > 1 && column > 1 ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY
      ]
      next.push(Math.min(...ways))
    }
    before = last
    last = next
  }
  return last.at(-1) ?? 0
}
