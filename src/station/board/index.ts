/** The leader's board 一览: what is in hand, late, decided and how it went, in figures that each open their list. */
import type Router from '@koa/router';
import { type BoardDeps, boardReader } from './board.ts';
import { mountBoard } from './pages/board.tsx';
import { mountMoney } from './pages/money.tsx';

export function boardPages(router: Router, deps: BoardDeps): void {
  mountBoard(router, deps, boardReader(deps));
  mountMoney(router, deps);
}
