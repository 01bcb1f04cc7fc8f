import type { JSX } from 'preact';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import { EmptyState, Table } from '../../../platform/web/index.ts';
import type { RunSummary } from '../runs/view.ts';
import { Money, runName, State } from './parts.tsx';
import { RUN_STATES } from './words.ts';

export const RunTable = ({ runs }: { runs: readonly RunSummary[] }): JSX.Element => (
  <Table
    caption="批次，最近的在前"
    captionHidden
    rows={runs}
    rowKey={(r) => r.id}
    empty={<EmptyState title="还没有批次">承办人编制以后会出现在这里。</EmptyState>}
    columns={[
      {
        title: '批次',
        head: true,
        cell: (r) => (
          <div>
            <a href={`/payouts/runs/${r.id}`}>{runName(r)}</a>
            <p class="help">
              {r.kind === 'outside' && '手工发放 '}
              {r.number}
            </p>
          </div>
        ),
      },
      { title: '人数', numeric: true, cell: (r) => r.count },
      { title: '合计', numeric: true, nowrap: true, cell: (r) => <Money fen={r.total} /> },
      {
        title: '编制',
        nowrap: true,
        cell: (r) => `${r.prepared.name} ${chineseDate(localDate(r.prepared.at))}`,
      },
      { title: '状态', cell: (r) => <State word={RUN_STATES[r.state]} /> },
    ]}
  />
);
