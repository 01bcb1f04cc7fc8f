/** The public board: what hangs, one notice with its objection form, and the answer for whoever holds a receipt. */
import type Router from '@koa/router';
import type { BoardDeps, ObjectionSink } from '../types.ts';
import { type Beside, mountBoard } from './board.tsx';
import { mountNotice } from './notice.tsx';
import { mountReceipt } from './receipt.tsx';

export function noticesPages(router: Router, deps: BoardDeps, sink: ObjectionSink, beside: Beside): void {
  mountBoard(router, deps, beside);
  mountNotice(router, deps, sink);
  mountReceipt(router, deps);
}
