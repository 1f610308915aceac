import { afterEach } from '@jest/globals'

const actions: (() => unknown)[] = []

/** Runs an action after the current test, whether it passes or fails. The last registered action runs first. */
export function afterThisTest(action: () => unknown): void {
  actions.push(action)
}

afterEach(async () => {
  for (const action of actions.splice(0).reverse()) await action()
})
