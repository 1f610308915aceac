import { expect, test } from '@jest/globals'
import { createFeedback } from '../../src/feedback/channels.ts'
import type { Channel } from '../../src/feedback/feedback.ts'
import { type FeedbackPlan, firstRecord } from '../../src/run/record.ts'
import { createRecorder } from '../../src/run/recorder.ts'
import { readTrigger } from '../../src/runner/trigger.ts'

const PLAN: FeedbackPlan = {
  asked: 'agent',
  isId: false,
  place: '0123456789ab',
  removes: false,
  isPreview: false,
  channels: { environment: 'staging', comment: 7 },
  commit: undefined,
  run: undefined
}
const STEPS = ['begin', 'following', 'finish'] as const

/** A channel that is complete at its end, and its recorded calls. */
function telling(): { readonly channel: Channel; readonly asked: string[] } {
  const asked: string[] = []
  const hear = async (step: string) => {
    asked.push(step)
  }
  const channel: Channel = {
    begin: () => hear('begin'),
    following: () => hear('following'),
    finish: async () => {
      await hear('finish')
      return true
    }
  }
  return { channel, asked }
}

/** The feedback of a run with the given comment channel and a working environment channel. */
async function wholeFeedback(comment: Channel) {
  const recorder = createRecorder(firstRecord({ name: 'agent', startedAt: 0 }), () => 0, [])
  const warnings: string[] = []
  const { channel: environment, asked } = telling()
  const feedback = createFeedback(
    {
      plan: PLAN,
      recorder,
      github: undefined,
      trigger: readTrigger({}, undefined),
      cancelled: new AbortController().signal,
      clock: { now: () => 0 },
      warn: (text) => warnings.push(text),
      note: () => {}
    },
    { environment: () => environment, comment: () => comment }
  )
  for (const step of STEPS) await feedback[step]()
  return { warnings, asked, left: recorder.record().feedback }
}

test('complete channels leave no work to the post step', async () => {
  const { warnings, asked, left } = await wholeFeedback(telling().channel)
  expect({ warnings, asked, left }).toEqual({ warnings: [], asked: STEPS, left: undefined })
})

test.each(STEPS)('a channel that fails in `%s` causes one warning and does not stop the others', async (step) => {
  const fails = () => {
    throw new TypeError('x is not a function')
  }
  const { warnings, asked, left } = await wholeFeedback({ ...telling().channel, [step]: fails })
  expect(warnings).toEqual(['Could not update `comment`; the result of the run is not affected: x is not a function'])
  expect(asked).toEqual(STEPS)
  // The post step retries incomplete reports.
  expect(left === undefined).toBe(step !== 'finish')
})

test('a channel that always fails causes one warning', async () => {
  const fails = () => Promise.reject(new Error('broken'))
  const { warnings } = await wholeFeedback({ begin: fails, following: fails, finish: fails })
  expect(warnings).toHaveLength(1)
})
