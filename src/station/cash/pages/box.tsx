/** `/cash`: the village's box, or what an office packs and takes back. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { notAllowed } from '../../../errors.ts';
import { yuan } from '../../../kernel/money.ts';
import { chineseDate } from '../../../kernel/time.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  CsrfField,
  DefinitionList,
  EmptyState,
  LinkButton,
  Numbered,
  Pager,
  Table,
} from '../../../platform/web/index.ts';
import { StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { prepareReturns } from '../commands/returns.ts';
import { villagesOf } from '../policy.ts';
import type { BagView, ReturnView } from '../present.ts';
import * as queries from '../queries/index.ts';
import type { CashDeps, CashMoney, Day } from '../types.ts';
import { LineTable, StateBadge, sentPlain, Yuan } from './parts.tsx';

export function mountBox(router: Router, deps: CashDeps, money: CashMoney): void {
  router.get(
    '/cash',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      const inVillage = villagesOf(who, deps.orgs).length > 0;
      const isOfficer = who.grants.some((g) => g.role === 'officer');
      if (!inVillage && !isOfficer) throw notAllowed();
      const { village, after } = ctx.query as { village?: string; after?: string | string[] };
      show(
        ctx,
        <StationPage ctx={ctx} deps={deps} title="现金发放" heading="现金发放" nav="cash">
          {inVillage && <Box box={await queries.boxView(deps, who, village)} csrf={who.csrf} />}
          {isOfficer && <Waiting villages={await queries.waitingVillages(deps, money, who)} />}
          <Bags {...(await queries.listBags(deps, who, typeof after === 'string' ? { after } : {}))} />
          <Returns returns={await queries.listReturnsOf(deps, who)} />
        </StationPage>,
      );
    }),
  );
  router.post('/cash/returns', async (ctx) => {
    const { who, fields } = sentPlain(ctx);
    const [first] = await prepareReturns(deps, who, queries.villageFor(deps, who, fields.get('village')));
    seeOther(ctx, first ? `/cash/returns/${first.id}` : '/cash');
  });
}

function Box({ box, csrf }: { box: queries.BoxView; csrf: SignedIn['csrf'] }): JSX.Element {
  const query = `?village=${box.village.id}`;
  return (
    <>
      {box.unclosed && <Unclosed day={box.unclosed} query={query} />}
      <Card
        title={`${box.village.name}的钱箱`}
        aside={
          <LinkButton kind="quiet" href={`/cash/days${query}`}>
            现金日记账
          </LinkButton>
        }
      >
        <DefinitionList
          items={[
            { term: '账面现金', detail: <Yuan fen={box.balance} /> },
            { term: '待领取', detail: `${box.lines.length} 笔` },
            { term: '路上的款袋', detail: `${box.incoming.length} 个` },
          ]}
        />
        {box.mayConfirm && !box.mayBook && box.incoming.some((b) => b.state === 'sent') && (
          <p class="help">款袋先由代办员清点，再请您签收。</p>
        )}
        <Actions>
          {stepsOf(box).map(({ href, text }, i) => (
            <LinkButton key={href} kind={i === 0 ? 'primary' : 'secondary'} href={href}>
              {text}
            </LinkButton>
          ))}
          <LinkButton href={`/cash/days/${box.today}${query}`}>今天的日清</LinkButton>
        </Actions>
      </Card>
      {box.unclaimed.length > 0 && (
        <Card title="逾期无人领取，应当退回" tone="warn">
          <LineTable caption={`共 ${box.unclaimed.length} 笔`} lines={box.unclaimed} />
          {box.mayBook && (
            <form method="post" action="/cash/returns">
              <CsrfField token={csrf} />
              <input type="hidden" name="village" value={box.village.id} />
              <Actions>
                <Button>全部列入退款单</Button>
              </Actions>
            </form>
          )}
        </Card>
      )}
    </>
  );
}

/** What this person can go on with, the most urgent first: money that arrives, money that goes back, people who wait. */
function stepsOf(box: queries.BoxView): { href: string; text: string }[] {
  const { incoming, returns, lines, mayBook, mayConfirm } = box;
  const bags = (state: BagView['state'], text: string) =>
    incoming
      .filter((b) => b.state === state)
      .map((b) => ({ href: `/cash/bags/${b.id}`, text: `${text} ${yuan(b.total)} 元` }));
  return [
    ...(mayBook ? bags('sent', '清点款袋') : []),
    ...(mayConfirm ? bags('counted', '签收款袋') : []),
    ...(mayConfirm
      ? returns
          .filter((r) => r.state === 'prepared')
          .map((r) => ({ href: `/cash/returns/${r.id}`, text: `确认退款单 ${yuan(r.total)} 元` }))
      : []),
    ...(mayBook && lines.length > 0 ? [{ href: '/desk', text: '去领取台发放' }] : []),
  ];
}

function Unclosed({ day, query }: { day: Day; query: string }): JSX.Element {
  return (
    <Card title={`${chineseDate(day.day)}还没有日清`} tone="warn">
      <p>
        {day.state === 'counted'
          ? '代办员已经清点，等村委会确认。确认以前，今天不能收款、发款、退款。'
          : '请先清点那一天的现金并日清。清完以前，今天不能收款、发款、退款。'}
      </p>
      <Actions>
        <LinkButton kind="primary" href={`/cash/days/${day.day}${query}`}>
          去日清
        </LinkButton>
      </Actions>
    </Card>
  );
}

function Waiting({
  villages,
}: {
  villages: Awaited<ReturnType<typeof queries.waitingVillages>>;
}): JSX.Element {
  return (
    <Card title="待装袋">
      <Table
        caption="各村待装袋的现金"
        captionHidden
        rows={villages}
        rowKey={(v) => v.id}
        empty={
          <EmptyState title="现在没有待装袋的现金">发放批次报送以后，选现金发放的款项列在这里。</EmptyState>
        }
        columns={[
          {
            title: '村（社区）',
            head: true,
            cell: (v) => <a href={`/cash/bags/new?village=${v.id}`}>{v.name}</a>,
          },
          { title: '笔数', numeric: true, cell: (v) => v.count },
          { title: '金额', numeric: true, nowrap: true, cell: (v) => <Yuan fen={v.total} /> },
          {
            title: '下一步',
            cell: (v) => <LinkButton href={`/cash/bags/new?village=${v.id}`}>装袋</LinkButton>,
          },
        ]}
      />
    </Card>
  );
}

function Bags({ bags, next }: { bags: BagView[]; next: string | null }): JSX.Element {
  return (
    <Card title="款袋">
      <Table
        caption="最近的在前"
        rows={bags}
        rowKey={(b) => b.id}
        empty={<EmptyState title="还没有款袋" />}
        columns={[
          {
            title: '款袋',
            head: true,
            cell: (b) => (
              <a href={`/cash/bags/${b.id}`}>
                <Numbered>{b.number}</Numbered>
              </a>
            ),
          },
          { title: '送往', cell: (b) => b.village.name },
          { title: '装袋', cell: (b) => b.from.name },
          { title: '笔数', numeric: true, cell: (b) => b.count },
          { title: '金额', numeric: true, nowrap: true, cell: (b) => <Yuan fen={b.total} /> },
          { title: '状态', cell: (b) => <StateBadge title={b.stateTitle} done={b.state === 'received'} /> },
        ]}
      />
      <Pager next={next && `/cash?after=${next}`} />
    </Card>
  );
}

function Returns({ returns }: { returns: ReturnView[] }): JSX.Element | null {
  if (returns.length === 0) return null;
  return (
    <Card title="退款单">
      <Table
        caption="最近的在前"
        rows={returns}
        rowKey={(r) => r.id}
        columns={[
          {
            title: '退款单',
            head: true,
            cell: (r) => (
              <a href={`/cash/returns/${r.id}`}>
                <Numbered>{r.number}</Numbered>
              </a>
            ),
          },
          { title: '由', cell: (r) => r.village.name },
          { title: '退给', cell: (r) => r.to.name },
          { title: '金额', numeric: true, nowrap: true, cell: (r) => <Yuan fen={r.total} /> },
          {
            title: '状态',
            cell: (r) => <Badge tone={r.state === 'received' ? 'done' : 'info'} text={r.stateTitle} />,
          },
        ]}
      />
    </Card>
  );
}
