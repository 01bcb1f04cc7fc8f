/** How long decisions took against what was promised. Pure. */
import { departmentName } from '../../departments.ts';
import type { DecidedCell } from '../cubes.ts';
import { casesHref, count, days, decidedIn, grouped, median, sum } from '../figures.ts';
import type { BoardTable, Sight } from '../types.ts';

const known = (cells: readonly DecidedCell[], of: (c: DecidedCell) => number | null) =>
  cells.flatMap((c) => {
    const value = of(c);
    return value === null ? [] : [{ value, count: c.count }];
  });

const isLate = ({ taken, promised }: DecidedCell): boolean =>
  taken !== null && promised !== null && taken > promised;

const NOTE =
  '从受理到决定的工作日，补正、公示、特别程序等停算的日子不计；按小时计的事项、没有受理日的不在内。中位数：一半的办件比它快，一半比它慢。';

export function dayTables({ cubes, period, itemTitle }: Sight): BoardTable[] {
  const table = (
    about: Pick<BoardTable, 'id' | 'title' | 'head' | 'note'>,
    filter: 'department' | 'item',
    keyOf: (c: DecidedCell) => string,
    nameOf: (key: string) => string,
  ): BoardTable => {
    const timed = cubes.decided.filter((c) => c.taken !== null);
    const before = grouped(cubes.decidedBefore, keyOf);
    return {
      ...about,
      columns: ['决定', '用时中位数', '承诺中位数', `${period.before.title}用时`, '超过承诺'],
      empty: `${period.title}没有能算天数的决定。`,
      rows: [...grouped(timed, keyOf)].sort().map(([key, cells]) => {
        const list = (which: string) => casesHref({ [filter]: key, ...decidedIn(period), timed: which });
        return {
          id: key,
          title: nameOf(key),
          figures: [
            count(
              sum(cells, (c) => c.count),
              list('known'),
            ),
            days(median(known(cells, (c) => c.taken))),
            days(median(known(cells, (c) => c.promised))),
            days(median(known(before.get(key) ?? [], (c) => c.taken))),
            count(
              sum(cells.filter(isLate), (c) => c.count),
              list('late'),
            ),
          ],
        };
      }),
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
      itemTitle,
    ),
  ];
}
