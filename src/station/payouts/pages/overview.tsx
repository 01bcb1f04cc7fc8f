/** `/payouts`: the schemes of one's department, what is under way in each, and the one thing to do next. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { requireSession } from '../../../people/accounts/index.ts';
import { Badge, Card, EmptyState, LinkButton, Table } from '../../../platform/web/index.ts';
import { seeOther, staffPage } from '../../shell.tsx';
import { overview, type SchemeOverview } from '../overview.ts';
import { type MoneyReport, reportFor } from '../report.ts';
import type { RunSummary } from '../runs/view.ts';
import { Money, type PageDeps, page, readsTotals, runName, State, seesPeople } from './parts.tsx';
import { RUN_STATES } from './words.ts';

export function mountOverview(router: Router, deps: PageDeps): void {
  router.get(
    '/payouts',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      if (!readsTotals(who, deps)) return seeOther(ctx, '/payouts/entitlements');
      const schemes = await overview(deps, who);
      const report = await reportFor(deps, who);
      page(
        ctx,
        deps,
        {
          title: '发放',
          section: 'overview',
          lead: '每个项目每期一个批次：承办人编制，分管领导批准，报送银行，导入回盘，直到结清。',
        },
        <>
          <WaitingCard schemes={schemes} />
          <SchemeTable schemes={schemes} report={report} hasPeople={seesPeople(who, deps)} />
        </>,
      );
    }),
  );
}

/** Drafts that this person may approve. */
function WaitingCard({ schemes }: { schemes: readonly SchemeOverview[] }): JSX.Element | null {
  const mine = schemes.filter((s) => s.may.approve);
  if (mine.length === 0) return null;
  const drafts = mine.flatMap((s) => s.open.filter((r) => r.state === 'draft'));
  return (
    <Card title={`等您批准的批次（${drafts.length}）`} tone="now">
      <Table
        caption="等您批准的批次"
        captionHidden
        rows={drafts}
        rowKey={(r) => r.id}
        empty={<p>现在没有。承办人编制好批次以后会出现在这里。</p>}
        columns={[
          { title: '批次', head: true, cell: (r) => <a href={`/payouts/runs/${r.id}`}>{runName(r)}</a> },
          { title: '项目', cell: (r) => r.schemeTitle },
          { title: '人数', numeric: true, cell: (r) => r.count },
          { title: '合计', numeric: true, nowrap: true, cell: (r) => <Money fen={r.total} /> },
          { title: '编制人', cell: (r) => r.prepared.name },
        ]}
      />
    </Card>
  );
}

function SchemeTable(props: {
  schemes: readonly SchemeOverview[];
  report: MoneyReport;
  /** May people be looked at, and not sums alone? */
  hasPeople: boolean;
}): JSX.Element {
  const verdicts = new Map(props.report.schemes.map((s) => [s.scheme, s.verdict]));
  return (
    <Table
      caption="发放项目"
      captionHidden
      rows={props.schemes}
      rowKey={(s) => s.code}
      empty={<EmptyState title="没有发放项目">您所在的部门没有由它发放的项目。</EmptyState>}
      columns={[
        {
          title: '发放项目',
          head: true,
          cell: (s) => <a href={`/payouts/schemes/${s.code}`}>{s.title}</a>,
        },
        { title: '本期', nowrap: true, cell: (s) => s.periodTitle },
        { title: '没有结清的批次', cell: (s) => <OpenRuns runs={s.open} /> },
        { title: '领取人', cell: (s) => <People scheme={s} isLinked={props.hasPeople} /> },
        { title: '账目', cell: (s) => <Verdict verdict={verdicts.get(s.code)} /> },
        { title: '下一步', cell: (s) => <NextStep scheme={s} /> },
      ]}
    />
  );
}

function OpenRuns({ runs }: { runs: readonly RunSummary[] }): JSX.Element {
  if (runs.length === 0) return <span class="help">没有</span>;
  return (
    <div>
      {runs.map((r) => (
        <p key={r.id}>
          <a href={`/payouts/runs/${r.id}`}>{runName(r)}</a> <State word={RUN_STATES[r.state]} />
        </p>
      ))}
    </div>
  );
}

function People(props: { scheme: SchemeOverview; isLinked: boolean }): JSX.Element {
  const { code, people } = props.scheme;
  const link = (query: string, text: string) =>
    props.isLinked ? <a href={`/payouts/entitlements?scheme=${code}&${query}`}>{text}</a> : text;
  return (
    <div>
      <p>{people.active} 人发放中</p>
      {people.suspended > 0 && <p>{link('state=suspended', `${people.suspended} 人暂停`)}</p>}
      {people.faulty > 0 && <p>{link('state=faulty', `${people.faulty} 人账户要更正`)}</p>}
    </div>
  );
}

export function Verdict({ verdict }: { verdict: '平衡' | '不平' | undefined }): JSX.Element {
  if (verdict === undefined) return <span class="help">—</span>;
  return (
    <span>
      <Badge tone={verdict === '平衡' ? 'done' : 'danger'} text={verdict} />
    </span>
  );
}

/** The oldest run first; nothing new is made while one waits for a decision. */
function NextStep({ scheme }: { scheme: SchemeOverview }): JSX.Element {
  const { open, may, code, isDue } = scheme;
  const of = (state: RunSummary['state']) => open.findLast((r) => r.state === state);
  const [draft, approved, exported] = [of('draft'), of('approved'), of('exported')];
  const primary = (href: string, text: string) => (
    <LinkButton kind="primary" href={href}>
      {text}
    </LinkButton>
  );
  if (draft) return may.approve ? primary(`/payouts/runs/${draft.id}`, '审批') : <span>等分管领导批准</span>;
  if (approved)
    return may.prepare ? (
      primary(`/payouts/runs/${approved.id}/export`, '报送银行')
    ) : (
      <span>等承办人报送银行</span>
    );
  if (isDue)
    return may.prepare ? (
      primary(`/payouts/schemes/${code}/new`, '编制本期批次')
    ) : (
      <span>等承办人编制本期批次</span>
    );
  if (exported)
    return may.prepare ? primary(`/payouts/runs/${exported.id}/import`, '导入回盘') : <span>等银行回盘</span>;
  return <span>{scheme.people.active > 0 ? '本期已经编制' : '没有要发的'}</span>;
}
