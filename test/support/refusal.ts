/** The error a promise is expected to fail with; an unexpected success is a failure. */
export async function refusal(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected a refusal, and nothing was refused');
}
