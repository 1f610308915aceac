import { parentPort } from 'node:worker_threads'
import { playSeed } from './result.ts'

/** Plays the seeds that it is given, one after the other. */
parentPort?.on('message', async (seed: number) => {
  const { result } = await playSeed(seed)
  parentPort?.postMessage(result)
})
