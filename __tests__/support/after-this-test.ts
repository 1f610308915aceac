import { afterEach } from '@jest/globals'

const actions: (() => unknown)[] = []

/** Does something when the running test has ended, however it did; what was begun last is ended first. */
export function afterThisTest(action: () => unknown): void {
  actions.push(action)
}

afterEach(async () => {
  for (const action of actions.splice(0).reverse()) await action()
})
