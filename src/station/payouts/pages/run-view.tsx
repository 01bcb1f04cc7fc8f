/** What the page of a run shows above its lines: where it stands, what it pays, how it differs, whom it leaves out. */
import type { JSX } from 'preact';
import { chineseDateTime } from '../../../kernel/time.ts';
import {
  Actions,
  Card,
  type Definition,
  DefinitionList,
  LinkButton,
  Table,
} from '../../../platform/web/index.ts';
import type { Place, RunView } from '../runs/view.ts';
import { Money, type PageDeps, State } from './parts.tsx';
import { DifferencesCard, HeldCard } from './run-differences.tsx';
import { LINE_STATES, RUN_STATES, WAYS } from './words.ts';

export function RunCards(props: { run: RunView; deps: PageDeps; waits: string | null }): JSX.Element {
  const { run, deps, waits } = props;
  return (
    <>
      <NowCard run={run} waits={waits} />
      <ProgressCard run={run} />
      {run.held && (run.held.length > 0 || run.state === 'draft') && <HeldCard held={run.held} deps={deps} />}
      <DifferencesCard run={run} deps={deps} />
      <PlacesCard run={run} />
      <ReturnsCard run={run} />
    </>
  );
}

function NowCard({ run, waits }: { run: RunView; waits: string | null }): JSX.Element {
  const { may, id } = run;
  const act = (name: string, text: string, kind: 'primary' | 'secondary' | 'danger') => (
    <LinkButton href={`/payouts/runs/${id}/${name}`} kind={kind}>
      {text}
    </LinkButton>
  );
  return (
    <Card title="批次" tone="now" aside={<State word={wordOf(run)} />}>
      <DefinitionList items={factsOf(run)} />
      {waits !== null && <p>{waits}</p>}
      {Object.values(may).some(Boolean) && (
        <Actions>
          {may.approve && act('approve', '批准', 'primary')}
          {may.export && act('export', '报送银行', 'primary')}
          {may.import && act('import', '导入回盘', 'primary')}
          {may.download && (
            <>
              <LinkButton href={`/api/payouts/runs/${id}/files/text`}>下载代发文件（文本）</LinkButton>
              <LinkButton href={`/api/payouts/runs/${id}/files/workbook`}>下载代发文件（工作簿）</LinkButton>
            </>
          )}
          {may.discard && act('discard', '作废', 'danger')}
        </Actions>
      )}
      {may.download && <p class="help">文件里有完整的账号，每次下载都记录在案。</p>}
    </Card>
  );
}

/** The bank is done, and cash still waits in the village. */
const wordOf = ({ state, byState }: RunView) =>
  state === 'settled' && byState.some((s) => s.state === 'cash')
    ? ({ text: '银行已结清，现金待发', tone: 'warn' } as const)
    : RUN_STATES[state];

const whoWhen = ({ name, at }: { name: string; at: string }): string => `${name}，${chineseDateTime(at)}`;

function factsOf(run: RunView): Definition[] {
  return [
    { term: '人数', detail: `${run.count} 人` },
    { term: '合计', detail: <Money fen={run.total} /> },
    { term: '大写', detail: run.capitals, wide: true },
    { term: '编制', detail: whoWhen(run.prepared) },
    ...(run.approved ? [{ term: '批准', detail: whoWhen(run.approved) }] : []),
    ...(run.exportedAt === null ? [] : [{ term: '报送', detail: chineseDateTime(run.exportedAt) }]),
    ...(run.settledAt === null ? [] : [{ term: '结清', detail: chineseDateTime(run.settledAt) }]),
    ...(run.kind === 'outside' ? [{ term: '方式', detail: '手工发放，到账情况在办件里登记' }] : []),
    ...(run.checksum === null
      ? []
      : [{ term: '校验码', detail: <code class="break">{run.checksum}</code>, wide: true }]),
  ];
}

/** How far it is: how many lines, and how much, in each state. */
function ProgressCard({ run }: { run: RunView }): JSX.Element | null {
  if (run.state === 'draft' || run.state === 'discarded') return null;
  const has = (state: string) => run.byState.some((s) => s.state === state);
  return (
    <Card title="进度">
      <Table
        caption="进度"
        captionHidden
        rows={run.byState}
        rowKey={(s) => `${s.way} ${s.state}`}
        columns={[
          { title: '结果', head: true, cell: (s) => <State word={LINE_STATES[s.state]} /> },
          { title: '方式', cell: (s) => WAYS[s.way] },
          { title: '笔数', numeric: true, cell: (s) => s.count },
          { title: '金额', numeric: true, nowrap: true, cell: (s) => <Money fen={s.net} /> },
        ]}
      />
      {has('refused') && (
        <p class="help">
          退回的钱没有发出，下次编制批次时自动列入重发；因账户退回的，先
          <a href={`/payouts/entitlements?scheme=${run.scheme}&state=faulty`}>更正账户</a>。
        </p>
      )}
      {has('cash') && (
        <p class="help">
          现金由村服务站凭证件发放，见<a href="/cash">现金</a>。
        </p>
      )}
    </Card>
  );
}

interface PlaceRow extends Place {
  isTownship: boolean;
}

/** By township and village. */
function PlacesCard({ run }: { run: RunView }): JSX.Element {
  const rows: PlaceRow[] = run.townships.flatMap((t) => [
    { ...t, isTownship: true },
    ...t.villages.map((v) => ({ ...v, isTownship: false })),
  ]);
  const anyOffset = rows.some((r) => r.offset > 0);
  return (
    <Card id="places" title="按乡镇和村合计">
      <Table
        caption="按乡镇和村合计"
        captionHidden
        rows={rows}
        rowKey={(r) => r.id}
        columns={[
          { title: '地方', head: true, cell: (r) => (r.isTownship ? <strong>{r.name}</strong> : r.name) },
          { title: '级别', cell: (r) => (r.isTownship ? '乡镇' : '村（社区）') },
          { title: '人数', numeric: true, cell: (r) => r.count },
          ...(anyOffset
            ? [
                {
                  title: '应发',
                  numeric: true,
                  nowrap: true,
                  cell: (r: PlaceRow) => <Money fen={r.gross} />,
                },
                {
                  title: '抵扣',
                  numeric: true,
                  nowrap: true,
                  cell: (r: PlaceRow) => <Money fen={r.offset} />,
                },
              ]
            : []),
          { title: '实发', numeric: true, nowrap: true, cell: (r) => <Money fen={r.net} /> },
        ]}
      />
    </Card>
  );
}

const ReturnsCard = ({ run }: { run: RunView }): JSX.Element | null =>
  run.returns.length === 0 ? null : (
    <Card id="returns" title="导入过的回盘文件">
      <Table
        caption="导入过的回盘文件"
        captionHidden
        rows={run.returns}
        rowKey={(f) => f.hash}
        columns={[
          { title: '文件', head: true, cell: (f) => f.name },
          { title: '导入时间', nowrap: true, cell: (f) => chineseDateTime(f.at) },
          { title: '已付', numeric: true, cell: (f) => `${f.paid} 笔` },
          { title: '退回', numeric: true, cell: (f) => `${f.refused} 笔` },
        ]}
      />
    </Card>
  );
