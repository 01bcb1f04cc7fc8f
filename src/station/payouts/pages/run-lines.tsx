/** The lines of a run, found by village, name and state; numbers masked. */
import type { JSX } from 'preact';
import { Card, EmptyState, FilterForm, optionsOf, Pager, Table } from '../../../platform/web/index.ts';
import type { LineInput, LineView, RunView } from '../runs/view.ts';
import { address, Money, Outcome, villageFilter } from './parts.tsx';
import { LINE_STATES, WAYS } from './words.ts';

interface Props {
  run: RunView;
  query: LineInput;
  lines: readonly LineView[];
  next: number | null;
}

export function LinesCard({ run, query, lines, next }: Props): JSX.Element {
  const path = `/payouts/runs/${run.id}`;
  const { after, state, village, text } = query;
  const addressOf = (from?: number): string =>
    `${address(path, { state, village, text, after: from === undefined ? undefined : String(from) })}#lines`;
  return (
    <Card id="lines" title="明细">
      <Filters run={run} query={query} path={path} />
      <LineTable lines={lines} isFiltered={Object.keys(query).length > 0} />
      <Pager prev={after === undefined ? null : addressOf()} next={next === null ? null : addressOf(next)} />
    </Card>
  );
}

function Filters({ run, query, path }: { run: RunView; query: LineInput; path: string }): JSX.Element {
  const villages = run.townships.flatMap((t) =>
    t.villages.map((v) => ({ value: v.id, text: `${t.name} ${v.name}` })),
  );
  return (
    <FilterForm
      action={`${path}#lines`}
      filters={[
        { name: 'text', label: '姓名', value: query.text },
        villageFilter(villages, query.village),
        { name: 'state', label: '结果', blank: '全部', value: query.state, options: optionsOf(LINE_STATES) },
      ]}
    />
  );
}

const LineTable = ({
  lines,
  isFiltered,
}: {
  lines: readonly LineView[];
  isFiltered: boolean;
}): JSX.Element => (
  <Table
    caption="明细，按村和姓名"
    captionHidden
    rows={lines}
    rowKey={(l) => l.id}
    empty={<EmptyState title={isFiltered ? '没有符合条件的明细' : '没有明细'} />}
    columns={[
      { title: '序号', numeric: true, cell: (l) => l.seq },
      {
        title: '姓名',
        head: true,
        nowrap: true,
        cell: (l) => <a href={`/payouts/entitlements/${l.entitlementId}`}>{l.name}</a>,
      },
      { title: '村（社区）', cell: (l) => l.village },
      { title: '期', cell: (l) => l.periods },
      {
        title: '实发',
        numeric: true,
        cell: (l) => (
          <div>
            <Money fen={l.net} />
            {l.offset > 0 && (
              <p class="help">
                应发 <Money fen={l.gross} />
                ，抵扣 <Money fen={l.offset} />
              </p>
            )}
          </div>
        ),
      },
      { title: '收款', nowrap: true, cell: (l) => (l.way === 'cash' ? WAYS.cash : `尾号 ${l.accountTail}`) },
      { title: '结果', cell: (l) => <Outcome line={l} /> },
    ]}
  />
);
