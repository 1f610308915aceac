import { type Change, makeChanges } from '../github/changes.ts'
import type { GithubSession } from '../github/session.ts'
import { lookAtStanding, NOTHING_SEEN, type SoughtStanding, type Standing } from '../github/standing.ts'
import { errorMessage } from '../run/error-message.ts'
import type { AskedChannels, FeedbackState, RunRecord } from '../run/record.ts'
import { commentChannel } from './comment.ts'
import { environmentChannel } from './environment.ts'
import type { Channel, ChannelContext, Ending, Feedback, FeedbackOptions } from './feedback.ts'

/** Makes each channel of what the inputs say of it; nothing where it cannot be reached. */
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

/** A channel whose errors are one warning: what is told elsewhere must not change how the run ends. */
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

/** What stands at GitHub, as far as a channel has to know it. */
async function seen(
  github: GithubSession | undefined,
  channels: readonly Channel[],
  record: RunRecord
): Promise<Standing> {
  const wanted: SoughtStanding = Object.assign({}, ...channels.map((channel) => channel.wants?.(record)))
  return github && Object.values(wanted).some(Boolean) ? lookAtStanding(github, wanted) : NOTHING_SEEN
}

/** Writes what the channels have left to write. @returns whether all is told */
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
 * The feedback of a run, from its beginning or from where its record left it. It never throws.
 *
 * @param table how channels are made; tests hand in their own
 */
export function createFeedback({ recorder, warn, ...options }: FeedbackOptions, table = CHANNELS): Feedback {
  const { plan, cancelled } = options
  const { record, tell } = recorder
  const state = () => record().feedback?.state ?? NOT_BEGUN
  const save = (change: Partial<FeedbackState>) =>
    tell({ kind: 'feedback', feedback: { plan, state: { ...state(), ...change } } })
  /** Who asks by ID means the same deployment as who asks by name. */
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
      // Nobody could find it again by an ID alone; the job and its page tell it.
      if (channels.length === 0 || certainName() === undefined) return
      // The post step tells it, should this process end in between.
      save({})
      const standing = await seen(options.github, channels, record())
      const endings = await Promise.all(channels.map((channel) => channel.finish(record(), standing)))
      if (await writeEndings(options.github, endings)) tell({ kind: 'feedback', feedback: undefined })
      else if (!cancelled.aborted) save({ isWarned: true })
    }
  }
}
