/** How cases ended, and for what they were sent back or turned down. Pure. */
import type { Outcome } from '../../../workflow/types.ts';
import { OUTCOME_WORDS } from '../../cases/index.ts';
import { casesHref, count, grouped, ranked, sum, words } from '../figures.ts';
import { rangeText } from '../period.ts';
import type { BoardTable, Sight } from '../types.ts';

const KINDS: Record<string, string> = {
  REQUEST_CORRECTION: '退回补正',
  REFUSE: '不予受理',
  REJECT: '不予批准',
};
/** The column of cases. */
const CASES = 2;
/** The commonest; the rest is in the lists. */
const MOST_REASONS = 50;

export function outcomeTable({ cubes, period }: Sight): BoardTable {
  const closed = grouped(cubes.closed, (c) => c.outcome);
  return {
    id: 'outcomes',
    title: `${period.title}办结`,
    unit: '件',
    head: '结果',
    columns: ['办结'],
    empty: `${period.title}没有办结的事项。`,
    rows: [...closed].sort().map(([outcome, cells]) => ({
      id: outcome,
      title: OUTCOME_WORDS[outcome as Outcome],
      figures: [
        count(
          sum(cells, (c) => c.count),
          casesHref({ closed: rangeText(period), outcome }),
        ),
      ],
    })),
  };
}

export function reasonTable({ cubes, period, itemTitle }: Sight): BoardTable {
  const groups = grouped(cubes.reasons, (c) => JSON.stringify([c.kind, c.itemCode, c.target]));
  const rows = [...groups].map(([id, cells]) => {
    const { kind, itemCode, target, title } = cells[0] as (typeof cells)[number];
    const href = casesHref({ item: itemCode, reason: `${kind}~${target}`, said: rangeText(period) });
    const figures = [
      words(KINDS[kind] ?? kind),
      words(itemTitle(itemCode)),
      count(
        sum(cells, (c) => c.count),
        href,
      ),
    ];
    return { id, title, figures };
  });
  return {
    id: 'reasons',
    title: `${period.title}退回和不予办理的事由`,
    note: `只统计从表里选定的栏目、材料和情形，不含任何人写的话。${
      rows.length > MOST_REASONS ? `这里是最多的 ${MOST_REASONS} 项。` : ''
    }`,
    head: '事由',
    columns: ['怎样办的', '事项', '件'],
    empty: `${period.title}没有退回，也没有不予办理。`,
    rows: ranked(rows, CASES).slice(0, MOST_REASONS),
  };
}
