import { createCommentChannel } from './comment-channel.ts'
import { createEnvironmentChannel } from './environment-channel.ts'
import type { ChannelContext, Feedback, FeedbackOptions, FeedbackState } from './feedback.ts'

/** The feedback of a run, from its beginning or from where the saved state left it. */
export function createFeedback({ state: before, remember, ...options }: FeedbackOptions): Feedback {
  const { plan, material, cancelled } = options
  let state = before ?? { begun: false }
  const save = (change: Partial<FeedbackState>) => {
    state = { ...state, ...change }
    remember(state)
  }
  const mark = () => {
    return { name: certainName() ?? plan.asked, place: plan.place }
  }
  /** Who asks by ID means the same deployment as who asks by name. */
  const certainName = () => {
    return plan.isId ? (state.name ?? material().outputs.get('deployment-name')) : plan.asked
  }
  const context: ChannelContext = { ...options, mark, state: () => state, save }
  const channels = [
    ...(plan.environment === undefined ? [] : [createEnvironmentChannel(context, plan.environment)]),
    ...(plan.commentOn === undefined ? [] : [createCommentChannel(context, plan.commentOn)])
  ]
  return {
    mark,
    begin: async () => {
      if (state.begun || cancelled.aborted) return
      const name = certainName()
      save({ begun: true, ...(name === undefined ? {} : { name }) })
      await Promise.all(channels.map((channel) => channel.begin()))
    },
    following: async (revision) => {
      await Promise.all(channels.map((channel) => channel.following(revision)))
    },
    finish: async (ended) => {
      // Under an ID alone it would stand beside what all other runs wrote; the job and its page tell it.
      if (certainName() === undefined) return
      const { dashboard, name, commit, words, endedAt } = ended
      save({ ended: { dashboard, name, commit, words, endedAt, outputs: Object.fromEntries(ended.outputs) } })
      const told = await Promise.all(channels.map((channel) => channel.finish(ended)))
      // What hangs in the air is left to the post step.
      if (told.every(Boolean)) remember(undefined)
    }
  }
}
