/** What a day's sheet shows, and what can be done with it. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { yuan } from '../../../kernel/money.ts';
import { chineseDate, localTime } from '../../../kernel/time.ts';
import {
  Card,
  DefinitionList,
  EmptyState,
  type FormSchema,
  Numbered,
  Table,
} from '../../../platform/web/index.ts';
import type * as queries from '../queries/index.ts';
import { DENOMINATIONS } from '../rules.ts';
import { COUNT_BOX, REASON } from '../schema.ts';
import type { Day, Move, Pieces } from '../types.ts';
import { ActButton, SchemaForm, StateBadge, who, Yuan } from './parts.tsx';

const DAY_WORDS: Record<Day['state'], string> = {
  open: '未日清',
  counted: '已清点，待村委会确认',
  closed: '已日清',
};

/** What was typed into the count, and what stands against it. */
export interface Typed {
  value: Record<string, unknown>;
  faults: readonly Fault[];
}

export function Sums({ view: { sums, state } }: { view: queries.DayView }): JSX.Element {
  return (
    <Card
      title="账面"
      {...(state && { aside: <StateBadge title={DAY_WORDS[state.state]} done={state.state === 'closed'} /> })}
    >
      <DefinitionList
        items={[
          { term: '上日结存', detail: <Yuan fen={sums.opening} /> },
          { term: '收入（款袋）', detail: <Yuan fen={sums.received} /> },
          { term: '发放', detail: <Yuan fen={sums.handedOut} /> },
          { term: '退回', detail: <Yuan fen={sums.returned} /> },
          { term: '应有现金', detail: <strong>{yuan(sums.expected)} 元</strong> },
          ...(state?.counted === null || state === null
            ? []
            : [{ term: '清点现金', detail: <strong>{yuan(state.counted)} 元</strong> }]),
          ...(state?.closed ? [{ term: '代办员日清', detail: who(state.closed) }] : []),
          ...(state?.confirmed ? [{ term: '村委会确认', detail: who(state.confirmed) }] : []),
          ...(state?.reason ? [{ term: '村委会退回', detail: state.reason, wide: true }] : []),
        ]}
      />
    </Card>
  );
}

export function PieceTable({ pieces }: { pieces: Pieces }): JSX.Element {
  const rows = DENOMINATIONS.filter(({ key }) => (pieces[key] ?? 0) > 0);
  return (
    <Table
      caption="清点的面额"
      rows={rows}
      rowKey={(r) => r.key}
      columns={[
        { title: '面额', head: true, cell: (r) => r.title },
        { title: '张（枚）', numeric: true, cell: (r) => pieces[r.key] },
        { title: '金额', numeric: true, cell: (r) => <Yuan fen={r.fen * (pieces[r.key] ?? 0)} /> },
      ]}
    />
  );
}

export function Moves({ view }: { view: queries.DayView }): JSX.Element {
  const byId = new Map(view.handOuts.map((h) => [h.id, h]));
  const about = (m: Move): JSX.Element =>
    byId.has(m.about) ? (
      <a href={`/cash/hand-outs/${m.about}`}>
        <Numbered>{m.memo}</Numbered>
      </a>
    ) : (
      <Numbered>{m.memo}</Numbered>
    );
  return (
    <Table
      caption="收付明细"
      rows={view.moves}
      rowKey={(m) => m.id}
      empty={<EmptyState title="这一天没有现金收付">不用日清。</EmptyState>}
      columns={[
        { title: '时间', nowrap: true, cell: (m) => localTime(m.at) },
        { title: '摘要', head: true, cell: about },
        { title: '收入', numeric: true, nowrap: true, cell: (m) => (m.fen > 0 ? <Yuan fen={m.fen} /> : '') },
        { title: '付出', numeric: true, nowrap: true, cell: (m) => (m.fen < 0 ? <Yuan fen={-m.fen} /> : '') },
        { title: '经手', nowrap: true, cell: (m) => m.by.name },
      ]}
    />
  );
}

export function DayActs(props: { view: queries.DayView; csrf: string; typed: Typed | null }): JSX.Element {
  const { view, csrf, typed } = props;
  const at = (act: string) => `/cash/days/${view.day}/${act}?village=${view.village.id}`;
  const pending = view.handOuts.filter((h) => h.state === 'undoing');
  return (
    <div class="no-print">
      {pending.length > 0 && (
        <Card title="撤回还等村委会确认" tone="warn">
          <ul class="plain-list">
            {pending.map((h) => (
              <li key={h.id}>
                <a href={`/cash/hand-outs/${h.id}`}>收据 {h.number}</a>：{h.reason}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {view.possible.close && (
        <Card title="清点、日清" tone="now">
          <p class="help">把钱箱里的现金按面额数清，填张数；没有的不用填。与应有现金一分不差才能日清。</p>
          <SchemaForm
            action={at('close')}
            csrf={csrf}
            schema={COUNT_BOX as FormSchema}
            button="日清"
            idPrefix="count"
            {...(typed && { value: typed.value, faults: typed.faults })}
          />
        </Card>
      )}
      {view.possible.confirm && (
        <Card title="村委会确认" tone="now">
          <p>请复点现金、核对收据存根。确认以后这一天不能再改，当天发放的款项转为已发放。</p>
          <ActButton
            action={at('confirm')}
            csrf={csrf}
            text="账款相符，确认日清"
            confirm="确认以后这一天不能再改，确定账款相符吗？"
          />
          <details class="folded">
            <summary>不符，退回重新清点</summary>
            <SchemaForm
              action={at('reopen')}
              csrf={csrf}
              schema={REASON as FormSchema}
              button="退回"
              idPrefix="reopen"
              kind="secondary"
            />
          </details>
        </Card>
      )}
      {view.state?.state === 'counted' && !view.possible.confirm && (
        <p class="lead">已清点，账款相符，等村委会的另一位同志确认。</p>
      )}
    </div>
  );
}

export function DayList({ days }: { days: Day[] }): JSX.Element {
  return (
    <Table
      caption="有现金收付的日子，最近的在前"
      rows={days}
      rowKey={(d) => d.day}
      empty={<EmptyState title="还没有现金收付">没有收付的日子不用日清。</EmptyState>}
      columns={[
        {
          title: '日期',
          head: true,
          cell: (d) => <a href={`/cash/days/${d.day}?village=${d.villageId}`}>{chineseDate(d.day)}</a>,
        },
        { title: '状态', cell: (d) => <StateBadge title={DAY_WORDS[d.state]} done={d.state === 'closed'} /> },
        { title: '清点', numeric: true, cell: (d) => (d.counted === null ? '—' : <Yuan fen={d.counted} />) },
        { title: '日清', cell: (d) => who(d.closed) },
        { title: '确认', cell: (d) => who(d.confirmed) },
      ]}
    />
  );
}
