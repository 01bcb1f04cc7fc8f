/** What citizens said, and whether bad ratings are answered in time. Pure. */
import type { Calendar } from '../../../kernel/calendar.ts';
import { departmentName } from '../../departments.ts';
import { isBad, LEVEL_WORDS, LEVELS, type LevelCount, lateSince } from '../../ratings/index.ts';
import { count, type Filters, grouped, ranked, sum } from '../figures.ts';
import { type Days, rangeText } from '../period.ts';
import type { BoardTable, Sight, Tile } from '../types.ts';

const ratingsHref = (days: Days, filters: Filters): string =>
  `/ratings?${new URLSearchParams({ days: rangeText(days), ...filters })}`;
const badHref = (standing: string): string => `/ratings/bad?standing=${standing}`;

const total = (cells: readonly LevelCount[]): number => sum(cells, (c) => c.count);

/** Good are the first three levels; who did not rate counts for nothing. */
function rateText(cells: readonly LevelCount[]): string {
  const all = total(cells);
  if (all === 0) return '还没有评价';
  const good = total(cells.filter((c) => !isBad(c.level)));
  return `满意率 ${Math.round((good / all) * 1000) / 10}%`;
}

export function ratingTables({ cubes, period }: Sight, calendar: Calendar): BoardTable[] {
  const at = (cells: readonly LevelCount[], level: number) => total(cells.filter((c) => c.level === level));
  return [
    {
      id: 'ratings',
      title: '群众评价',
      note: `${period.title}${rateText(cubes.levels)}，${period.before.title}${rateText(cubes.levelsBefore)}。没有评价的不算。`,
      unit: '件',
      head: '评价',
      columns: [period.title, period.before.title],
      empty: '还没有评价。',
      rows: LEVELS.map((level) => ({
        id: String(level),
        title: LEVEL_WORDS[level],
        figures: [
          count(at(cubes.levels, level), ratingsHref(period, { level: String(level) })),
          count(at(cubes.levelsBefore, level), ratingsHref(period.before, { level: String(level) })),
        ],
      })),
    },
    byDepartment({ cubes, period }),
    badTable(cubes, calendar),
  ];
}

const ALL = 0;
const BAD = 1;
const WORST = 2;

function byDepartment({ cubes, period }: Pick<Sight, 'cubes' | 'period'>): BoardTable {
  return {
    id: 'ratings-departments',
    title: '群众评价，按部门',
    unit: '件',
    head: '部门',
    columns: ['评价', ...LEVELS.filter(isBad).map((l) => LEVEL_WORDS[l])],
    empty: `${period.title}还没有评价。`,
    rows: ranked(
      [...grouped(cubes.levels, (c) => c.department)].map(([department, own]) => ({
        id: department,
        title: departmentName(department),
        figures: [
          count(total(own), ratingsHref(period, { department })),
          ...LEVELS.filter(isBad).map((level) =>
            count(
              total(own.filter((c) => c.level === level)),
              ratingsHref(period, { department, level: String(level) }),
            ),
          ),
        ],
      })),
      WORST,
      BAD,
      ALL,
    ),
  };
}

function badCounts({ openBad, today }: Sight['cubes'], calendar: Calendar) {
  const late = (step: 'contact' | 'remedy'): number => {
    const since = lateSince(step, today, calendar);
    return openBad.filter((r) => r.day <= since && !r.steps.includes(step)).length;
  };
  return { open: openBad.length, 'late-contact': late('contact'), 'late-remedy': late('remedy') };
}

function badTable(cubes: Sight['cubes'], calendar: Calendar): BoardTable {
  const counts = badCounts(cubes, calendar);
  const titles = {
    open: '还没有回访',
    'late-contact': '1 个工作日内没有联系核实',
    'late-remedy': '15 个工作日内没有整改反馈',
  };
  return {
    id: 'bad',
    title: '差评督办',
    unit: '件',
    head: '现在',
    columns: ['差评'],
    empty: '没有差评。',
    rows: (['open', 'late-contact', 'late-remedy'] as const).map((standing) => ({
      id: standing,
      title: titles[standing],
      figures: [count(counts[standing], badHref(standing))],
    })),
  };
}

export function badTile(cubes: Sight['cubes'], calendar: Calendar): Tile {
  const counts = badCounts(cubes, calendar);
  const late = counts['late-contact'] + counts['late-remedy'];
  return {
    label: '差评待回访',
    figure: count(counts.open, badHref('open')),
    unit: '件',
    ...(counts.open > 0 && { tone: late > 0 ? ('danger' as const) : ('warn' as const) }),
    ...(late > 0 && { note: `有 ${late} 处超期` }),
  };
}
