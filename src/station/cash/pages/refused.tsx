/** Acts whose refusal is shown on their own page, with what was typed. */
import type { AppError, Fault } from '../../../errors.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { isRefusal, leaveFlash, seeOther } from '../../shell.tsx';

/** Everything a refusal says in one sentence after the other. */
const wordsOf = (error: AppError): string =>
  [ERROR_WORDING[error.code], error.data?.says].filter((s) => typeof s === 'string').join('');

/** Faults of a refusal; one without faults becomes one about the whole. */
export const faultsOf = (error: AppError): Fault[] =>
  error.faults ?? [{ pointer: '', message: wordsOf(error) }];

/** Do it, say so, and go on; what was refused for its state is told on the page one came from. */
export async function doAndGo(
  ctx: RouteContext,
  back: string,
  done: string,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
    leaveFlash(ctx, 'done', done);
  } catch (error) {
    if (!isRefusal(error) || (error.status !== 409 && error.code !== 'cash.second_person')) throw error;
    leaveFlash(ctx, 'error', wordsOf(error));
  }
  seeOther(ctx, back);
}
