/** `/payouts/report`: does the ledger say what the lines say? What came in and went out from day to day. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { notAllowed } from '../../../errors.ts';
import { chineseDate, chineseDateTime, isLocalDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Card, EmptyState, FilterForm, Table } from '../../../platform/web/index.ts';
import { staffPage } from '../../shell.tsx';
import { ACCOUNTS as ALL } from '../ledger/index.ts';
import { type Movement, movementsFor } from '../movements.ts';
import { maySeeTotals } from '../policy.ts';
import { reportFor, type SchemeReport } from '../report.ts';
import { listSchemes } from '../schemes.ts';
import { Verdict } from './overview.tsx';
import { chosen, Money, type PageDeps, page, readsTotals, State, schemeFilter } from './parts.tsx';
import { ACCOUNTS, DEBT_STATES, LINE_STATES } from './words.ts';

const PATH = '/payouts/report';

export function mountReport(router: Router, deps: PageDeps): void {
  router.get(
    PATH,
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      if (!readsTotals(who, deps)) throw notAllowed();
      const asked = askedIn(ctx);
      const { schemes, verdict } = await reportFor(deps, who, asked.scheme ? { scheme: asked.scheme } : {});
      const movements = await movementsFor(deps, who, asked);
      const choices = listSchemes().filter((s) => maySeeTotals(who, deps.orgs, s));
      page(
        ctx,
        deps,
        {
          title: '收支报告',
          section: 'report',
          lead: `截至 ${chineseDateTime(deps.clock.now())}。总账与逐笔明细核对，一分不差才是平衡。`,
        },
        <>
          <Filters asked={asked} choices={choices} />
          {schemes.length === 0 ? (
            <EmptyState title="还没有收支">第一个批次报送银行以后，这里有账可对。</EmptyState>
          ) : (
            <p>
              {schemes.length} 个项目：
              <Verdict verdict={verdict} />
            </p>
          )}
          {schemes.map((s) => (
            <SchemeCard key={s.scheme} report={s} asked={asked} movements={movements.get(s.scheme) ?? []} />
          ))}
        </>,
      );
    }),
  );
}

interface Asked {
  scheme?: string;
  from?: LocalDate;
  to?: LocalDate;
}

/** Days that are none choose nothing. */
function askedIn(ctx: RouteContext): Asked {
  const day = (name: 'from' | 'to') => {
    const value = chosen(ctx, name);
    return isLocalDate(value) ? { [name]: value } : {};
  };
  const scheme = chosen(ctx, 'scheme');
  return { ...(scheme !== undefined && { scheme }), ...day('from'), ...day('to') };
}

function Filters({
  asked,
  choices,
}: {
  asked: Asked;
  choices: { code: string; title: string }[];
}): JSX.Element {
  return (
    <FilterForm
      action={PATH}
      button="查看"
      filters={[
        schemeFilter(choices, asked.scheme),
        { type: 'date', name: 'from', label: '发生额从', value: asked.from },
        { type: 'date', name: 'to', label: '到', value: asked.to },
      ]}
    />
  );
}

function SchemeCard(props: {
  report: SchemeReport;
  asked: Asked;
  movements: readonly Movement[];
}): JSX.Element {
  const { report, asked, movements } = props;
  return (
    <Card title={report.title} aside={<Verdict verdict={report.verdict} />}>
      <Differences report={report} />
      <Balances report={report} asked={asked} movements={movements} />
      <Lines report={report} />
      {report.debts.length > 0 && <Debts report={report} />}
    </Card>
  );
}

const Differences = ({ report: { differences } }: { report: SchemeReport }): JSX.Element =>
  differences.length === 0 ? (
    <p>总账与明细相符，差额 0.00 元。</p>
  ) : (
    <Table
      caption="差额，请立即核查"
      rows={differences}
      rowKey={(d) => d.account}
      columns={[
        { title: '核对的内容', head: true, cell: (d) => d.says },
        { title: '相差', numeric: true, nowrap: true, cell: (d) => <Money fen={d.fen} /> },
      ]}
    />
  );

/** `2026年10月1日至2026年10月31日发生额` */
const spanWords = ({ from, to }: Asked): string => {
  const begin = from === undefined ? '' : chineseDate(from);
  return from === undefined && to === undefined
    ? '全部发生额'
    : `${begin}至${to === undefined ? '今' : chineseDate(to)}发生额`;
};

function Balances(props: {
  report: SchemeReport;
  asked: Asked;
  movements: readonly Movement[];
}): JSX.Element {
  const { report, asked, movements } = props;
  const moved = (account: string) => movements.find((m) => m.account === account) ?? { up: 0, down: 0 };
  const rows = ALL.filter((a) => report.balances[a] !== 0 || movements.some((m) => m.account === a));
  return (
    <Table
      caption={`余额，${spanWords(asked)}`}
      rows={rows}
      rowKey={(a) => a}
      empty={<p>还没有入账。</p>}
      columns={[
        {
          title: '科目',
          head: true,
          cell: (a) => (
            <div>
              {ACCOUNTS[a].text}
              <p class="help">{ACCOUNTS[a].help}</p>
            </div>
          ),
        },
        { title: '增加', numeric: true, nowrap: true, cell: (a) => <Money fen={moved(a).up} /> },
        { title: '减少', numeric: true, nowrap: true, cell: (a) => <Money fen={moved(a).down} /> },
        { title: '现在余额', numeric: true, nowrap: true, cell: (a) => <Money fen={report.balances[a]} /> },
      ]}
    />
  );
}

/** In the order in which one state follows another. */
const inOrder = <S extends string, R extends { state: S }>(
  rows: readonly R[],
  words: Record<S, unknown>,
): R[] => (Object.keys(words) as S[]).flatMap((state) => rows.filter((r) => r.state === state));

const Lines = ({ report }: { report: SchemeReport }): JSX.Element => (
  <Table
    caption="发放明细，按结果"
    rows={inOrder(report.lines, LINE_STATES)}
    rowKey={(l) => l.state}
    empty={<p>还没有发放明细。</p>}
    columns={[
      { title: '结果', head: true, cell: (l) => <State word={LINE_STATES[l.state]} /> },
      { title: '笔数', numeric: true, cell: (l) => l.count },
      { title: '应发', numeric: true, nowrap: true, cell: (l) => <Money fen={l.gross} /> },
      { title: '抵扣', numeric: true, nowrap: true, cell: (l) => <Money fen={l.offset} /> },
      { title: '实发', numeric: true, nowrap: true, cell: (l) => <Money fen={l.net} /> },
    ]}
  />
);

const Debts = ({ report }: { report: SchemeReport }): JSX.Element => (
  <Table
    caption="多发追回"
    rows={inOrder(report.debts, DEBT_STATES)}
    rowKey={(d) => d.state}
    columns={[
      { title: '状态', head: true, cell: (d) => <State word={DEBT_STATES[d.state]} /> },
      { title: '笔数', numeric: true, cell: (d) => d.count },
      { title: '多发', numeric: true, nowrap: true, cell: (d) => <Money fen={d.amount} /> },
      { title: '已追回', numeric: true, nowrap: true, cell: (d) => <Money fen={d.recovered} /> },
    ]}
  />
);
