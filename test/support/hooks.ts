import { closeDatabases, skipped } from './databases.ts';

/** Run once around all tests: real servers are stopped, and what was skipped is said in one line. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    await closeDatabases();
    for (const line of skipped) console.log(`skipped: ${line}`);
  },
};
