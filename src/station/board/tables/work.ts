/** What is in hand, late, due soon and decided: by department, township and item. Pure. */
import { departmentName } from '../../departments.ts';
import type { DecidedCell, HandCell } from '../cubes.ts';
import { casesHref, count, decidedIn, type Filters, grouped, ranked, sum } from '../figures.ts';
import type { BoardRow, BoardTable, Sight, TableId, Tile } from '../types.ts';

interface Cut {
  id: TableId;
  title: string;
  head: string;
  keyOf(cell: HandCell | DecidedCell): string;
  nameOf(key: string): string;
  /** The filter of the list. */
  filter: 'department' | 'township' | 'item';
}

const cuts = ({ orgs, itemTitle }: Sight): Cut[] => [
  {
    id: 'departments',
    title: '按部门',
    head: '部门',
    keyOf: (c) => c.department,
    nameOf: departmentName,
    filter: 'department',
  },
  {
    id: 'townships',
    title: '按乡镇',
    head: '乡镇',
    keyOf: (c) => orgs.get(c.villageId).parentId ?? '',
    nameOf: (id) => orgs.get(id).name,
    filter: 'township',
  },
  {
    id: 'items',
    title: '按事项',
    head: '事项',
    keyOf: (c) => c.itemCode,
    nameOf: itemTitle,
    filter: 'item',
  },
];

function figuresOf(
  { period }: Sight,
  own: { hand: readonly HandCell[]; decided: readonly DecidedCell[]; before: readonly DecidedCell[] },
  filters: Filters,
) {
  const list = (more: Filters) => casesHref({ ...filters, ...more });
  return {
    hand: count(
      sum(own.hand, (c) => c.hand),
      list({ hand: '1' }),
    ),
    late: count(
      sum(own.hand, (c) => c.late),
      list({ hand: '1', due: 'overdue' }),
    ),
    soon: count(
      sum(own.hand, (c) => c.soon),
      list({ hand: '1', due: 'soon' }),
    ),
    decided: count(
      sum(own.decided, (c) => c.count),
      list(decidedIn(period)),
    ),
    before: count(
      sum(own.before, (c) => c.count),
      list(decidedIn(period.before)),
    ),
  };
}

const rowOf = (id: string, title: string, f: ReturnType<typeof figuresOf>): BoardRow => ({
  id,
  title,
  figures: [f.hand, f.late, f.soon, f.decided, f.before],
});

const HAND = 0;
const LATE = 1;
const DECIDED = 3;

export function workTables(sight: Sight): BoardTable[] {
  const { cubes, period } = sight;
  const all = { hand: cubes.hand, decided: cubes.decided, before: cubes.decidedBefore };
  return cuts(sight).map(({ keyOf, nameOf, filter, ...about }) => {
    const hand = grouped(cubes.hand, keyOf);
    const decided = grouped(cubes.decided, keyOf);
    const before = grouped(cubes.decidedBefore, keyOf);
    const keys = [...new Set([...hand.keys(), ...decided.keys(), ...before.keys()])];
    const rows = keys.map((key) => {
      const own = {
        hand: hand.get(key) ?? [],
        decided: decided.get(key) ?? [],
        before: before.get(key) ?? [],
      };
      return rowOf(key, nameOf(key), figuresOf(sight, own, { [filter]: key }));
    });
    const total: BoardRow = { ...rowOf('', '合计', figuresOf(sight, all, {})), isTotal: true };
    return {
      ...about,
      unit: '件',
      columns: ['在办', '已逾期', '3 个工作日内到期', `${period.title}决定`, `${period.before.title}决定`],
      empty: '现在没有在办的事项，也没有决定过。',
      rows: [...ranked(rows, LATE, HAND, DECIDED), ...(rows.length > 1 ? [total] : [])],
    };
  });
}

export function workTiles(sight: Sight): Tile[] {
  const { cubes, period } = sight;
  const own = { hand: cubes.hand, decided: cubes.decided, before: cubes.decidedBefore };
  const f = figuresOf(sight, own, {});
  const isPressing = (n: number | null) => (n ?? 0) > 0;
  return [
    { label: '在办', figure: f.hand, unit: '件' },
    {
      label: '已逾期',
      figure: f.late,
      unit: '件',
      ...(isPressing(f.late.value) && { tone: 'danger' as const }),
    },
    {
      label: '3 个工作日内到期',
      figure: f.soon,
      unit: '件',
      ...(isPressing(f.soon.value) && { tone: 'warn' as const }),
    },
    {
      label: `${period.title}决定`,
      figure: f.decided,
      unit: '件',
      note: `${period.before.title} ${f.before.text} 件`,
    },
  ];
}
