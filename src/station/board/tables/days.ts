/** How long decisions took against what was promised. Pure. */
import { departmentName } from '../../departments.ts';
import type { DecidedCell } from '../cubes.ts';
import { casesHref, count, days, decidedIn, type Filters, grouped, median, ranked, sum } from '../figures.ts';
import type { BoardRow, BoardTable, Sight } from '../types.ts';

const known = (cells: readonly DecidedCell[], of: (c: DecidedCell) => number | null) =>
  cells.flatMap((c) => {
    const value = of(c);
    return value === null ? [] : [{ value, count: c.count }];
  });

const isLate = ({ taken, promised }: DecidedCell): boolean =>
  taken !== null && promised !== null && taken > promised;

const NOTE =
  '天数是从受理到决定的工作日，补正、公示、特别程序等停算的日子不计；按小时计的事项、没有受理日的不在内。中位数：一半的办件比它快，一半比它慢。';

const DECIDED = 0;
const LATE = 4;

/** @param filters the list behind the row */
function rowOf(
  { period }: Sight,
  about: Pick<BoardRow, 'id' | 'title'>,
  filters: Filters,
  [cells, before]: readonly [readonly DecidedCell[], readonly DecidedCell[]],
): BoardRow {
  const list = (which: string) => casesHref({ ...filters, ...decidedIn(period), timed: which });
  return {
    ...about,
    figures: [
      count(
        sum(cells, (c) => c.count),
        list('known'),
      ),
      days(median(known(cells, (c) => c.taken))),
      days(median(known(cells, (c) => c.promised))),
      days(median(known(before, (c) => c.taken))),
      count(
        sum(cells.filter(isLate), (c) => c.count),
        list('late'),
      ),
    ],
  };
}

export function dayTables(sight: Sight): BoardTable[] {
  const { cubes, period } = sight;
  const timed = cubes.decided.filter((c) => c.taken !== null);
  const table = (
    about: Pick<BoardTable, 'id' | 'title' | 'head' | 'note'>,
    filter: 'department' | 'item',
    keyOf: (c: DecidedCell) => string,
    nameOf: (key: string) => string,
  ): BoardTable => {
    const before = grouped(cubes.decidedBefore, keyOf);
    const rows = [...grouped(timed, keyOf)].map(([key, cells]) =>
      rowOf(sight, { id: key, title: nameOf(key) }, { [filter]: key }, [cells, before.get(key) ?? []]),
    );
    const total = rowOf(sight, { id: '', title: '全部' }, {}, [timed, cubes.decidedBefore]);
    return {
      ...about,
      columns: [
        '决定（件）',
        '用时中位数（天）',
        '承诺中位数（天）',
        `${period.before.title}用时（天）`,
        '超过承诺（件）',
      ],
      empty: `${period.title}没有能算天数的决定。`,
      rows: [
        ...ranked(rows, LATE, DECIDED),
        ...(rows.length > 1 ? [{ ...total, isTotal: true as const }] : []),
      ],
    };
  };
  return [
    table(
      { id: 'days-departments', title: '办理时长，按部门', head: '部门', note: NOTE },
      'department',
      (c) => c.department,
      departmentName,
    ),
    table(
      { id: 'days-items', title: '办理时长，按事项', head: '事项' },
      'item',
      (c) => c.itemCode,
      sight.itemTitle,
    ),
  ];
}
