import { type Change, makeChanges } from '../github/changes.ts'
import type { GithubSession } from '../github/session.ts'
import { lookAtStanding, NOTHING_SEEN, type SoughtStanding, type Standing } from '../github/standing.ts'
import { errorMessage } from '../run/error-message.ts'
import type { AskedChannels, FeedbackState, RunRecord } from '../run/record.ts'
import { commentChannel } from './comment.ts'
import { environmentChannel } from './environment.ts'
import type { Channel, ChannelContext, Ending, Feedback, FeedbackOptions } from './feedback.ts'

/** Creates each channel from its inputs; `undefined` if the channel is not available. */
type ChannelTable = {
  readonly [C in keyof AskedChannels]: (
    context: ChannelContext,
    asked: NonNullable<AskedChannels[C]>
  ) => Channel | undefined
}

const CHANNELS: ChannelTable = {
  environment: environmentChannel,
  comment: commentChannel
}
const NAMES = Object.keys(CHANNELS) as readonly (keyof AskedChannels)[]

function openChannel<C extends keyof AskedChannels>(
  context: ChannelContext,
  table: ChannelTable,
  name: C
): Channel | undefined {
  const asked = context.plan.channels[name]
  return asked === undefined ? undefined : table[name](context, asked)
}

/** Wraps a channel so that its errors are one warning: feedback must not change the result of the run. */
function harmless(name: keyof AskedChannels, channel: Channel, warn: (text: string) => void): Channel {
  let isWarned = false
  const attempt = async <T>(act: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      if (!isWarned) warn(`Could not update \`${name}\`; the result of the run is not affected: ${errorMessage(error)}`)
      isWarned = true
      return otherwise
    }
  }
  return {
    begin: (record) => attempt(() => channel.begin(record), undefined),
    following: (record) => attempt(() => channel.following(record), undefined),
    wants: (record) => channel.wants?.(record) ?? {},
    finish: (record, standing) => attempt(() => channel.finish(record, standing), false)
  }
}

/** Reads the parts of the state on GitHub that the channels need. */
async function seen(
  github: GithubSession | undefined,
  channels: readonly Channel[],
  record: RunRecord
): Promise<Standing> {
  const wanted: SoughtStanding = Object.assign({}, ...channels.map((channel) => channel.wants?.(record)))
  return github && Object.values(wanted).some(Boolean) ? lookAtStanding(github, wanted) : NOTHING_SEEN
}

/** Makes the remaining changes of the channels. @returns whether all channels are complete */
async function writeEndings(
  github: GithubSession | undefined,
  endings: readonly (boolean | Ending)[]
): Promise<boolean> {
  const open = endings.filter((ending) => typeof ending === 'object')
  const changes = open.flatMap((ending) => ending.changes)
  const made: ReadonlySet<Change> = github ? await makeChanges(github, changes) : new Set()
  return endings.every((ending) => (typeof ending === 'object' ? ending.isTold(made) : ending))
}

const NOT_BEGUN: FeedbackState = { begun: false }

/**
 * Creates the feedback of a run, from its start or from the state in its record. Its methods never reject.
 *
 * @param table creates the channels; tests pass their own
 */
export function createFeedback({ recorder, warn, ...options }: FeedbackOptions, table = CHANNELS): Feedback {
  const { plan, cancelled } = options
  const { record, tell } = recorder
  const state = () => record().feedback?.state ?? NOT_BEGUN
  const save = (change: Partial<FeedbackState>) =>
    tell({ kind: 'feedback', feedback: { plan, state: { ...state(), ...change } } })
  /** The deployment's name, also if the input is its ID: both identify the same deployment. */
  const certainName = () => (plan.isId ? (state().name ?? record().deployment?.name) : plan.asked)
  const mark = () => ({ name: certainName() ?? plan.asked, place: plan.place })
  const context: ChannelContext = { ...options, mark, state, save }
  const channels = NAMES.flatMap((name) => {
    const channel = openChannel(context, table, name)
    return channel ? [harmless(name, channel, warn)] : []
  })
  return {
    mark,
    begin: async () => {
      if (state().begun || channels.length === 0 || cancelled.aborted) return
      const name = certainName()
      save({ begun: true, ...(name === undefined ? {} : { name }) })
      await Promise.all(channels.map((channel) => channel.begin(record())))
    },
    following: async () => {
      await Promise.all(channels.map((channel) => channel.following(record())))
    },
    finish: async () => {
      // A later run could not find it by an ID alone; the job and its page report the result.
      if (channels.length === 0 || certainName() === undefined) return
      // If the process ends before the report, the post step makes it.
      save({})
      const standing = await seen(options.github, channels, record())
      const endings = await Promise.all(channels.map((channel) => channel.finish(record(), standing)))
      if (await writeEndings(options.github, endings)) tell({ kind: 'feedback', feedback: undefined })
      else if (!cancelled.aborted) save({ isWarned: true })
    }
  }
}
