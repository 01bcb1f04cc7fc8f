/** What presses in an inbox: each number is the list it counts. */
import type { JSX } from 'preact';
import { type InboxCounts, type ListFilters, MOST_COUNTED } from '../../cases/index.ts';
import { addressOf } from '../filters.ts';
import { NO_VIEW } from '../state.ts';

const COUNTERS: readonly { id: keyof InboxCounts; text: string; filters: ListFilters; tone?: string }[] = [
  { id: 'overdue', text: '已逾期', filters: { due: 'overdue' }, tone: 'danger' },
  { id: 'today', text: '今天到期', filters: { due: 'today' }, tone: 'warn' },
  { id: 'week', text: '本周到期', filters: { due: 'week' } },
  { id: 'all', text: '全部待办', filters: {} },
  { id: 'mine', text: '我领办的', filters: { claim: 'mine' } },
  { id: 'handed', text: '转给我的', filters: { claim: 'handed' } },
];

const figure = (n: number): string => (n > MOST_COUNTED ? `${MOST_COUNTED}+` : String(n));

const isSame = (a: ListFilters, b: ListFilters): boolean => a.due === b.due && a.claim === b.claim;

export function Counters({ counts, filters }: { counts: InboxCounts; filters: ListFilters }): JSX.Element {
  return (
    <nav aria-label="待办概况">
      <ul class="counters">
        {COUNTERS.map(({ id, text, filters: own, tone }) => (
          <li key={id} class={tone && counts[id] > 0 ? `counter-${tone}` : undefined}>
            <a
              href={addressOf('/inbox', own, id === 'all' ? { view: NO_VIEW } : {})}
              aria-current={isSame(own, filters) ? 'true' : undefined}
            >
              <b>{figure(counts[id])}</b>
              <span>{text}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
