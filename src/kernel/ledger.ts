/**
 * The ledger of a clock: a budget of time and what happened to it, each act a new ledger. A clock of hours keeps
 * the exact time of every act (`at`, UTC); every other clock counts whole Shanghai dates and keeps those alone.
 */
import { requireDays, requireWhole } from './term.ts';
import { daysBetween, isLocalDate, localDate, parseInstant } from './time.ts';
import type { DayUnit, HourUnit, Instant, LocalDate } from './types.ts';

/** The longest budgets: whatever is longer than a year is no matter of hours; a century is a slip of the pen. */
const MAX_HOURS = 8_760;
const MAX_MONTHS = 1_188;

export type Budget =
  | { days: number; unit: DayUnit }
  /** Urgent items: 24 natural hours (MZ-02), 2 office hours (XM-03). */
  | { hours: number; unit: HourUnit }
  /** Ends on the corresponding day (民法典 art. 202), be it a day off. */
  | { months: number }
  /** Ends on a given day, whatever happens, e.g. when a licence expires (B2-12). */
  | { until: LocalDate };

/** The exact time of an act: `at` is needed and kept for a clock of hours, and ignored for any other. */
interface Act {
  on: LocalDate;
  at?: Instant;
  by: string;
}

type Pause = Act & { reason: string; basis?: string };
type Resume = Act;
type Extension = Act & { days: number; reason: string; basis?: string };

export type LedgerEntry =
  | ({ kind: 'pause' } & Pause)
  | ({ kind: 'resume' } & Resume)
  | ({ kind: 'extend' } & Extension);

export interface Ledger {
  name: string;
  budget: Budget;
  /** Day of the trigger; not counted. A clock of hours counts from `startAt` instead. */
  start: LocalDate;
  /** Set for a clock of hours. */
  startAt?: Instant;
  /** In order of time. */
  entries: LedgerEntry[];
  /** The fact reported when the due date has passed. */
  onDue?: string;
  /** The day the clock was stopped for good. */
  endedOn?: LocalDate;
  /** Set with `endedOn` for a clock of hours. */
  endedAt?: Instant;
}

function requireDate(d: LocalDate): void {
  if (!isLocalDate(d)) throw new RangeError(`not a calendar date: ${JSON.stringify(d)}`);
}

function requireUnit(unit: string, units: readonly string[]): void {
  if (!units.includes(unit)) throw new RangeError(`unit must be ${units.join(' or ')}, got ${unit}`);
}

function requireBudget(budget: Budget, start: LocalDate): void {
  if ('until' in budget) {
    requireDate(budget.until);
    if (budget.until < start) throw new RangeError(`until ${budget.until} lies before the start ${start}`);
    if (budget.until > start) requireDays(daysBetween(start, budget.until));
  } else if ('months' in budget) {
    requireWhole('months', budget.months, MAX_MONTHS);
  } else if ('hours' in budget) {
    requireWhole('hours', budget.hours, MAX_HOURS);
    requireUnit(budget.unit, ['natural', 'office'] satisfies HourUnit[]);
  } else {
    requireDays(budget.days);
    requireUnit(budget.unit, ['workday', 'natural'] satisfies DayUnit[]);
  }
}

/** The exact time as the ledger keeps it: undefined unless the clock counts hours. */
function exactTime(budget: Budget, on: LocalDate, at: Instant | undefined): Instant | undefined {
  if (!('hours' in budget)) return undefined;
  if (at === undefined) throw new RangeError('a clock of hours needs the exact time of every act (`at`)');
  const exact = parseInstant(at);
  if (localDate(exact) !== on) throw new RangeError(`${exact} is not on ${on}, Shanghai time`);
  return exact;
}

/**
 * A new clock. RangeError when the budget is impossible (not a positive whole number, too long, ending before its
 * start), the date is; or, for a budget of hours, when `at` is missing or of another Shanghai date than `start`.
 */
export function startLedger(
  name: string,
  budget: Budget,
  start: LocalDate,
  onDue?: string,
  at?: Instant,
): Ledger {
  requireDate(start);
  requireBudget(budget, start);
  const startAt = exactTime(budget, start, at);
  return {
    name,
    budget: { ...budget },
    start,
    ...(startAt !== undefined && { startAt }),
    entries: [],
    ...(onDue !== undefined && { onDue }),
  };
}

/** A time this clock of hours must have kept. RangeError when it is not there. */
export function keptTime(ledger: Ledger, at: Instant | undefined): Instant {
  if (at === undefined) throw new RangeError(`clock "${ledger.name}" counts hours but lacks an exact time`);
  return at;
}

/**
 * The exact time of the next act, as the ledger keeps it. RangeError when the clock has ended, the act lies before
 * its start or its last entry, or a clock of hours is not told when.
 */
function requireNext(ledger: Ledger, on: LocalDate, at: Instant | undefined): Instant | undefined {
  requireDate(on);
  const exact = exactTime(ledger.budget, on, at);
  if (ledger.endedOn !== undefined) throw new RangeError(`clock "${ledger.name}" ended on ${ledger.endedOn}`);
  const last = ledger.entries.at(-1);
  const [now, before] =
    exact === undefined
      ? [on, last?.on ?? ledger.start]
      : [exact, keptTime(ledger, last ? last.at : ledger.startAt)];
  if (now < before)
    throw new RangeError(`clock "${ledger.name}": ${now} lies before ${before}, the last entry`);
  return exact;
}

function append(ledger: Ledger, { at, ...entry }: LedgerEntry): Ledger {
  const exact = requireNext(ledger, entry.on, at);
  const kept = exact === undefined ? entry : { ...entry, at: exact };
  return { ...ledger, entries: [...ledger.entries, kept as LedgerEntry] };
}

/** The pauses so far, each with the resume that closed it. Two may overlap; a resume closes the one that began first. */
export function pausesOf(ledger: Ledger): { pause: LedgerEntry; resume: LedgerEntry | null }[] {
  const pauses: ReturnType<typeof pausesOf> = [];
  for (const entry of ledger.entries) {
    if (entry.kind === 'pause') pauses.push({ pause: entry, resume: null });
    if (entry.kind === 'resume') {
      const open = pauses.find((p) => p.resume === null);
      if (open) open.resume = entry;
    }
  }
  return pauses;
}

/** Is the clock held by a pause that no resume has closed yet? Never, once it has ended. */
export function isPaused(ledger: Ledger): boolean {
  return ledger.endedOn === undefined && pausesOf(ledger).some((p) => p.resume === null);
}

/**
 * Stops the clock (B2-6): the day itself still counts as used, an hour only up to the instant. Pausing a paused
 * clock is a second, overlapping suspension. RangeError when the clock has ended or time goes backwards.
 */
export function pause(ledger: Ledger, pause: Pause): Ledger {
  return append(ledger, { kind: 'pause', ...pause });
}

/** Lets the clock run again: from the day after, or from the instant. RangeError when it is not paused. */
export function resume(ledger: Ledger, resume: Resume): Ledger {
  if (!isPaused(ledger)) throw new RangeError(`clock "${ledger.name}" is not paused`);
  return append(ledger, { kind: 'resume', ...resume });
}

/**
 * Adds days in the ledger's unit, once only (B2-3). RangeError the second time, for an impossible number, and for
 * a clock that does not count days: hours, months and a fixed end cannot be extended.
 */
export function extend(ledger: Ledger, extension: Extension): Ledger {
  requireDays(extension.days);
  if (!('days' in ledger.budget)) {
    throw new RangeError(`clock "${ledger.name}" does not count days, so days cannot be added`);
  }
  if (ledger.entries.some((entry) => entry.kind === 'extend')) {
    throw new RangeError(`clock "${ledger.name}" was extended before; a term is extended once only`);
  }
  return append(ledger, { kind: 'extend', ...extension });
}

/** Stops the clock for good, paused or not. RangeError when it has ended or time goes backwards. */
export function end(ledger: Ledger, on: LocalDate, at?: Instant): Ledger {
  const endedAt = requireNext(ledger, on, at);
  return { ...ledger, endedOn: on, ...(endedAt !== undefined && { endedAt }) };
}
