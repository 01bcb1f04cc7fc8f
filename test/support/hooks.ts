import { beginRun, endRun } from './run.ts';

export const mochaGlobalSetup = beginRun;
export const mochaGlobalTeardown = endRun;
