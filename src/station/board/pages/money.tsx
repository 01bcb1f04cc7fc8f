/** `/board/money`: what one sum of the board is made of: runs and villages, no people. */
import type Router from '@koa/router';
import { invalid, notAllowed, notFound } from '../../../errors.ts';
import { yuan } from '../../../kernel/money.ts';
import { chineseDate, isLocalDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { EmptyState, Table } from '../../../platform/web/index.ts';
import { listSchemes, paidParts } from '../../payouts/index.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import type { BoardDeps } from '../board.ts';
import { sum } from '../figures.ts';
import { maySeeBoard, scopesOf, seenIn } from '../policy.ts';
import { NOWHERE } from '../tables/money.ts';

/** More parts than a scheme can have in a time that can be asked for, and not so many that a page breaks. */
const MOST = 2_000;

export function mountMoney(router: Router, deps: BoardDeps): void {
  router.get(
    '/board/money',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      if (!maySeeBoard(who)) throw notAllowed();
      const { scheme: code, township, days = '' } = ctx.query as Record<string, string | undefined>;
      const scheme = listSchemes().find((s) => s.code === code);
      if (!scheme) throw notFound();
      const [from, to] = days.split('~');
      if (!isLocalDate(from) || !isLocalDate(to))
        throw invalid([{ pointer: '/query/days', message: '起止日期不对' }]);
      const sees = seenIn(scopesOf(who, deps.orgs), deps.orgs);
      const isThere = (villageId: string | null) =>
        township === undefined ||
        (villageId === null ? township === NOWHERE : deps.orgs.isWithin(villageId, township));
      const parts = (await paidParts(deps.db.read, scheme.code, { from, to })).filter(
        ({ villageId }) => sees({ villageId, department: scheme.department }) && isThere(villageId),
      );
      const nameOf = (id: string | null) => (id === null ? '没有分到村' : deps.orgs.get(id).name);
      show(
        ctx,
        <StationPage
          ctx={ctx}
          deps={deps}
          title="发放到账"
          heading={scheme.title}
          nav="board"
          breadcrumbs={[{ href: '/board', text: '一览' }, { text: '发放到账' }]}
        >
          <p class="lead">
            {township !== undefined && township !== NOWHERE && `${deps.orgs.find(township)?.name ?? ''} · `}
            {chineseDate(from)}至{chineseDate(to)} · 共 {yuan(sum(parts, (p) => p.fen))} 元
          </p>
          <Table
            caption="批次和村"
            captionHidden
            rows={parts.slice(0, MOST)}
            rowKey={(_, i) => String(i)}
            empty={<EmptyState title="没有发放到账" />}
            columns={[
              { title: '批次', head: true, cell: (p) => p.run ?? '查明多发、抵扣' },
              { title: '村（社区）', cell: (p) => nameOf(p.villageId) },
              { title: '金额（元）', numeric: true, cell: (p) => yuan(p.fen) },
            ]}
          />
        </StationPage>,
      );
    }),
  );
}
