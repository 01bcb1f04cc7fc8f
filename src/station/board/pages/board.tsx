/** `/board`: the figures, their pictures and tables (`all=1`: every row); `/board/charts/*.svg`, `/board/board.xlsx`. */
import type Router from '@koa/router';
import { invalid, notAllowed, notFound } from '../../../errors.ts';
import { localDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { show, staffPage } from '../../shell.tsx';
import type { BoardDeps, BoardReader } from '../board.ts';
import { CHARTS, drawChart } from '../charts/index.ts';
import { exportBoard } from '../export.ts';
import { periodOf } from '../period.ts';
import { maySeeBoard } from '../policy.ts';
import type { Board } from '../types.ts';
import { BoardPage } from './view.tsx';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** @throws notAllowed, invalid for days that are none */
async function boardFor(ctx: RouteContext, deps: BoardDeps, read: BoardReader): Promise<Board> {
  const who = requireSession(ctx);
  if (!maySeeBoard(who)) throw notAllowed();
  const period = periodOf(ctx.query, localDate(deps.clock.now()));
  if (!period)
    throw invalid([
      { pointer: '/query/from', message: '起止日期不对：起不能晚于止，最多五年', code: 'period' },
    ]);
  return read(who, period);
}

export function mountBoard(router: Router, deps: BoardDeps, read: BoardReader): void {
  router.get(
    '/board',
    staffPage(async (ctx) => {
      const board = await boardFor(ctx, deps, read);
      show(ctx, <BoardPage ctx={ctx} deps={deps} board={board} isWhole={ctx.query.all === '1'} />);
    }),
  );
  router.get('/board/charts/:chart', async (ctx: RouteContext) => {
    const id = CHARTS.find((each) => `${each}.svg` === ctx.params.chart);
    if (!id) throw notFound();
    const board = await boardFor(ctx, deps, read);
    ctx.type = 'image/svg+xml';
    ctx.body = await drawChart(board, id, ctx.query.for === 'phone' ? 'phone' : 'half');
  });
  router.get('/board/board.xlsx', async (ctx: RouteContext) => {
    const board = await boardFor(ctx, deps, read);
    const name = `督查一览 ${localDate(board.asOf)}.xlsx`;
    const bytes = await exportBoard(deps, requireSession(ctx), board);
    ctx.set('Content-Type', XLSX);
    ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    ctx.body = bytes;
  });
}
