/** What presses in an inbox: each number is the list it counts. */
import type { JSX } from 'preact';
import { type InboxCounts, type ListFilters, MOST_COUNTED } from '../../cases/index.ts';
import { addressOf } from '../filters.ts';
import { NO_VIEW } from '../state.ts';

/** How much there is, with what colleagues ask this person to look at. */
export type Counts = InboxCounts & { mentions: number };

interface Counter {
  id: keyof Counts;
  text: string;
  href: string;
  /** The list it counts; none for a page of its own. */
  filters?: ListFilters;
  tone?: string;
}

const counter = (id: keyof Counts, text: string, filters: ListFilters, tone?: string): Counter => ({
  id,
  text,
  filters,
  href: addressOf('/inbox', filters, id === 'all' ? { view: NO_VIEW } : {}),
  ...(tone && { tone }),
});

const COUNTERS: readonly Counter[] = [
  counter('overdue', '已逾期', { due: 'overdue' }, 'danger'),
  counter('today', '今天到期', { due: 'today' }, 'warn'),
  counter('week', '本周到期', { due: 'week' }),
  counter('all', '全部待办', {}),
  counter('mine', '我领办的', { claim: 'mine' }),
  counter('handed', '转给我的', { claim: 'handed' }),
  { id: 'mentions', text: '@我', href: '/mentions' },
];

const figure = (n: number): string => (n > MOST_COUNTED ? `${MOST_COUNTED}+` : String(n));

const isSame = (a: ListFilters, b: ListFilters): boolean => a.due === b.due && a.claim === b.claim;

export function Counters({ counts, filters }: { counts: Counts; filters: ListFilters }): JSX.Element {
  return (
    <nav aria-label="待办概况">
      <ul class="counters">
        {COUNTERS.map(({ id, text, href, filters: own, tone }) => (
          <li key={id} class={tone && counts[id] > 0 ? `counter-${tone}` : undefined}>
            <a href={href} aria-current={own && isSame(own, filters) ? 'true' : undefined}>
              <b>{figure(counts[id])}</b>
              <span>{text}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
