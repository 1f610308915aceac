/** Returns the reason of a rejected promise. @throws when the promise is fulfilled */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('The promise was not rejected.')
    },
    (error: unknown) => error
  )
}
