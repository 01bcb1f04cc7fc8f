/** `cunban clock`: where a term ends, and which days did not count. Nothing is read but the calendar tables. */
import { parseArgs } from 'node:util';
import type { Calendar } from '../kernel/calendar.ts';
import { endOfTerm, requireDays, type Suspension, skippedDays, type Term } from '../kernel/term.ts';
import { addDays, isLocalDate } from '../kernel/time.ts';
import type { DayUnit, LocalDate } from '../kernel/types.ts';
import { hasOverlay, loadCalendar } from '../platform/holidays/index.ts';

const OPTIONS = ['from', 'days', 'unit', 'suspend', 'extend', 'overlay'];

interface ClosedSuspension extends Suspension {
  to: LocalDate;
}

interface Question {
  from: LocalDate;
  days: number;
  unit: DayUnit;
  suspensions: ClosedSuspension[];
  extend: number;
  overlay: string | null;
}

/** The values given per option; whatever is not one of ours goes to `faults`. */
function readOptions(argv: string[], faults: string[]): Map<string, string[]> {
  const text = { type: 'string' } as const;
  const options = {
    from: text,
    days: text,
    unit: text,
    suspend: { ...text, multiple: true },
    extend: text,
    overlay: text,
  };
  const { tokens } = parseArgs({ args: argv, options, strict: false, tokens: true });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') faults.push(`unexpected argument "${token.value}"`);
    if (token.kind !== 'option') continue;
    if (!OPTIONS.includes(token.name)) faults.push(`unknown option ${token.rawName}`);
    else if (token.value === undefined || token.value.startsWith('--'))
      faults.push(`${token.rawName} needs a value`);
    else given.set(token.name, [...(given.get(token.name) ?? []), token.value]);
  }
  for (const [name, values] of given) {
    if (name !== 'suspend' && values.length > 1) faults.push(`--${name} is given ${values.length} times`);
  }
  return given;
}

function readDays(name: string, text: string, faults: string[]): number {
  const days = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  try {
    requireDays(days);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    faults.push(`--${name} must be a positive whole number of days (at most 36500), got "${text}"`);
  }
  return days;
}

function readSuspension(text: string, faults: string[]): ClosedSuspension {
  const [from = '', to = '', ...rest] = text.split('..');
  if (rest.length > 0 || !isLocalDate(from) || !isLocalDate(to)) {
    faults.push(`--suspend must be two calendar dates YYYY-MM-DD..YYYY-MM-DD, got "${text}"`);
  } else if (to < from) {
    faults.push(`--suspend ends before it begins: "${text}"`);
  }
  return { from, to };
}

function readQuestion(argv: string[], faults: string[]): Question {
  const given = readOptions(argv, faults);
  const from = given.get('from')?.[0];
  if (from === undefined) faults.push('--from DATE is required');
  else if (!isLocalDate(from)) faults.push(`--from must be a calendar date YYYY-MM-DD, got "${from}"`);
  const days = given.get('days')?.[0];
  if (days === undefined) faults.push('--days N is required');
  const unit = given.get('unit')?.[0] ?? 'workday';
  if (unit !== 'workday' && unit !== 'natural')
    faults.push(`--unit must be workday or natural, got "${unit}"`);
  const extend = given.get('extend')?.[0];
  const overlay = given.get('overlay')?.[0] ?? null;
  if (overlay !== null && !hasOverlay(overlay)) {
    faults.push(`--overlay "${overlay}" is not known`);
  }
  return {
    from: from ?? '',
    days: days === undefined ? 0 : readDays('days', days, faults),
    unit: unit === 'natural' ? 'natural' : 'workday',
    suspensions: (given.get('suspend') ?? []).map((text) => readSuspension(text, faults)),
    extend: extend === undefined ? 0 : readDays('extend', extend, faults),
    overlay,
  };
}

/** Days of the term's unit that fall into one suspension, within the term; what overlaps shows in each. */
function leftOut(term: Term, due: LocalDate, suspension: ClosedSuspension, calendar: Calendar): number {
  const last = suspension.to < due ? suspension.to : due;
  let count = 0;
  for (let day = suspension.from > term.start ? suspension.from : term.start; day < last; ) {
    day = addDays(day, 1);
    if (term.unit === 'natural' || calendar.isWorkday(day)) count += 1;
  }
  return count;
}

function answer({ from, days, unit, suspensions, extend, overlay }: Question): Record<string, unknown> {
  const calendar = loadCalendar(overlay === null ? [] : [overlay]);
  const term: Term = { start: from, days: days + extend, unit, suspensions };
  const { due, provisional } = endOfTerm(term, calendar);
  if (due === null) throw new Error('a term without an open suspension always ends');
  return {
    from,
    days,
    unit,
    due,
    provisional,
    counted: term.days,
    extended: extend,
    suspensions: suspensions.map((s) => ({ ...s, leftOut: leftOut(term, due, s, calendar) })),
    skipped: skippedDays(term, calendar),
    overlay,
    coveredUntil: calendar.coveredUntil,
  };
}

/**
 * `cunban clock --from DATE --days N [--unit workday|natural] [--suspend A..B]… [--extend N] [--overlay CODE]`:
 * one JSON object on `out`, exit code 0; or one line naming every bad option on `err`, exit code 2.
 * The day `--from` is not counted; of a suspension A still counts, B does not.
 */
export async function clock(
  argv: string[],
  out: (s: string) => void,
  err: (s: string) => void,
): Promise<number> {
  const faults: string[] = [];
  const question = readQuestion(argv, faults);
  if (faults.length > 0) {
    err(`cunban clock: ${faults.join('; ')}`);
    return 2;
  }
  try {
    out(JSON.stringify(answer(question), null, 2));
    return 0;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    err(`cunban clock: --from ${question.from} with these days: ${error.message}`);
    return 2;
  }
}
