/**
 * A notice of days off as somebody hands it in: every fault by its line, nothing guessed. Pure.
 * National: 国务院办公厅关于部分节假日安排的通知; local: the notice of an autonomous prefecture.
 */
import type { HolidayTable } from './calendar.ts';
import { isLocalDate, weekday } from './time.ts';
import type { LocalDate } from './types.ts';

export interface NoticeDay {
  date: LocalDate;
  kind: 'off' | 'work';
  name: string;
}

/** One thing wrong: the line from 1; 0 when it is about the whole table. */
export interface LineFault {
  line: number;
  message: string;
}

/** What a notice is for. */
export interface NoticeFrame {
  year: number;
  /** The notice of one place: days off in its own year, nothing else. */
  local: boolean;
  /** Statutory days as far as they are known (`data/statutory-days.csv`). */
  statutory: HolidayTable;
}

const HEAD = 'date,kind,name';
const LONGEST_NAME = 40;
const WEEK = '日一二三四五六';

/** The year whose notice names a day: New Year's arrangement may begin in December (2022-12-31 belongs to 2023). */
export const noticeYear = (date: LocalDate): number =>
  Number(date.slice(0, 4)) + (date.slice(5, 7) === '12' ? 1 : 0);

const isWeekend = (date: LocalDate): boolean => weekday(date) % 6 === 0;

/** Read a table `date,kind,name`; `days` is empty where there are faults. */
export function readNotice(csv: string, frame: NoticeFrame): { days: NoticeDay[]; faults: LineFault[] } {
  const days = new Map<LocalDate, NoticeDay>();
  const faults: LineFault[] = [];
  for (const [index, text] of csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (text.trim() === '' || text.startsWith('#') || text.trim() === HEAD) continue;
    const tell = (message: string) => void faults.push({ line: index + 1, message });
    const day = readLine(text, tell);
    if (day === null) continue;
    if (days.has(day.date)) tell(`${day.date} 写了两次`);
    for (const message of against(day, frame)) tell(message);
    days.set(day.date, day);
  }
  if (days.size === 0 && faults.length === 0) faults.push({ line: 0, message: '没有一行日期' });
  if (faults.length === 0 && !frame.local) faults.push(...missing(days, frame));
  return {
    days: faults.length > 0 ? [] : [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
    faults,
  };
}

/** A table as it is stored: one line for each day. */
export const noticeText = (days: readonly NoticeDay[]): string =>
  [HEAD, ...days.map((d) => `${d.date},${d.kind},${d.name}`), ''].join('\n');

function readLine(text: string, tell: (message: string) => void): NoticeDay | null {
  const cells = text.split(',').map((cell) => cell.trim());
  if (cells.length !== 3) {
    tell(`要有三栏：日期,off 或 work,名称；这一行有 ${cells.length} 栏`);
    return null;
  }
  const [date = '', kind = '', name = ''] = cells;
  const wrong = [
    ...(isLocalDate(date) ? [] : [`“${date}”不是日期，写成 2027-01-01 这样`]),
    ...(kind === 'off' || kind === 'work' ? [] : [`“${kind}”无效，放假写 off，调休上班写 work`]),
    ...(name !== '' && name.length <= LONGEST_NAME ? [] : [`要写节日名称，不超过 ${LONGEST_NAME} 个字`]),
  ];
  wrong.map(tell);
  return wrong.length > 0 ? null : { date, kind: kind as NoticeDay['kind'], name };
}

/** What stands against one day. */
function against({ date, kind }: NoticeDay, { year, local }: NoticeFrame): string[] {
  if (local) {
    const own = date.startsWith(`${year}-`) ? [] : [`${date} 不在 ${year} 年`];
    return kind === 'off' ? own : [...own, '地方通知只写放假的日子，不写调休上班'];
  }
  const own = noticeYear(date) === year ? [] : [`${date} 不属于 ${year} 年的通知`];
  if (kind === 'off' || isWeekend(date)) return own;
  return [...own, `${date} 是星期${WEEK[weekday(date)]}，本来就上班，不会写成调休上班`];
}

/** Days of every year by 放假办法 art. 2; the second of May since 2025. */
const fixedDays = (year: number): string[] =>
  ['01-01', '05-01', ...(year >= 2025 ? ['05-02'] : []), '10-01', '10-02', '10-03'].map(
    (d) => `${year}-${d}`,
  );

const MOVING = ['春节', '清明', '端午', '中秋'];

/** A notice that leaves out a statutory day, or a whole festival, was copied badly. */
function missing(days: ReadonlyMap<LocalDate, NoticeDay>, { year, statutory }: NoticeFrame): LineFault[] {
  const known = [...statutory.days.keys()].filter((d) => d.startsWith(`${year}-`));
  const isOff = (d: LocalDate) => (days.get(d)?.kind ?? (isWeekend(d) ? 'off' : 'work')) === 'off';
  const names = [...days.values()].map((d) => d.name).join(' ');
  return [
    ...[...new Set([...fixedDays(year), ...known])]
      .filter((d) => !isOff(d))
      .sort()
      .map((d) => ({ line: 0, message: `${d} 是法定节日，表里没有放假` })),
    ...MOVING.filter((name) => !names.includes(name)).map((name) => ({
      line: 0,
      message: `表里没有${name}`,
    })),
  ];
}
