/** What a promise was rejected with, whatever it is. @throws when it was not */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('It did not fail.')
    },
    (error: unknown) => error
  )
}
