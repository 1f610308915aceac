import { parentPort } from 'node:worker_threads'
import { playSeed } from './result.ts'

/** Plays seeds in the order in which they arrive. */
parentPort?.on('message', async (seed: number) => {
  const { result } = await playSeed(seed)
  parentPort?.postMessage(result)
})
