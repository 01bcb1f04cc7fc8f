/** When a station is open, and how its queue stands. Pure. */
import type { Calendar, OfficeHours } from '../../kernel/calendar.ts';
import { localTime } from '../../kernel/time.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { OwnHours, Ticket } from './types.ts';

/** The hours of one day. */
export interface DayHours {
  day: LocalDate;
  /** Empty: closed. null: not known, because the holidays of that year are not published. */
  spans: OfficeHours | null;
  /** Why it is closed, or what is special: a holiday, what the clerk noted. */
  why: string | null;
  /** The station's own hours, not the county's. */
  isOwn: boolean;
}

const covers = (own: OwnHours, day: LocalDate): boolean =>
  own.from <= day && (own.to === null || own.to >= day);

/**
 * Hours of a station on a day: its own, the last entered first; otherwise the county's on working days. A year
 * whose holidays are not published is not guessed at, unless the station's own hours are for every day.
 * @param own newest first
 */
export function hoursOn(day: LocalDate, own: readonly OwnHours[], calendar: Calendar): DayHours {
  const isKnown = !calendar.isProvisional(day);
  const kind = calendar.isWorkday(day) ? 'workday' : 'restday';
  for (const rule of own.filter((r) => covers(r, day))) {
    if (rule.days !== 'all' && !isKnown) return { day, spans: null, why: null, isOwn: false };
    if (rule.days === 'all' || rule.days === kind)
      return { day, spans: rule.spans, why: rule.note, isOwn: true };
  }
  if (!isKnown) return { day, spans: null, why: null, isOwn: false };
  const spans = kind === 'workday' ? (calendar.officeHours ?? null) : [];
  return { day, spans, why: calendar.reason(day), isOwn: false };
}

/** How a station stands at a moment. */
export type Standing =
  | { state: 'open'; until: string }
  /** Opens later today. */
  | { state: 'later'; opens: string }
  /** Was open today. */
  | { state: 'over' }
  | { state: 'closed'; why: string | null }
  | { state: 'unknown' };

/** @param hours those of the day of `now` */
export function standingAt(now: Instant, { spans, why }: DayHours): Standing {
  if (spans === null) return { state: 'unknown' };
  if (spans.length === 0) return { state: 'closed', why };
  const time = localTime(now);
  const current = spans.find(([opens, closes]) => opens <= time && time < closes);
  if (current) return { state: 'open', until: current[1] };
  const next = spans.find(([opens]) => time < opens);
  return next ? { state: 'later', opens: next[0] } : { state: 'over' };
}

/** `A001` */
export const ticketNumber = ({ seq }: Pick<Ticket, 'seq'>): string => `A${String(seq).padStart(3, '0')}`;

/** The running number of a ticket as it is printed or typed; undefined for anything else. */
export function readTicketNumber(text: string): number | undefined {
  const [, digits] = /^A(\d{3,6})$/i.exec(text.normalize('NFKC').trim()) ?? [];
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits);
}

/** How a queue stands: counted, nothing foretold. */
export interface QueueView {
  day: LocalDate;
  /** At a counter now, the one called last first. */
  called: Ticket[];
  waiting: Ticket[];
  /** Called and not there; they may be called again. */
  absent: Ticket[];
  served: number;
  /** Whole minutes from ticket to first call, of those called today; null: nobody was. */
  averageWait: number | null;
}

const minutes = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / 60_000;

/** @param tickets of one station and day, in the order of their numbers */
export function queueOf(day: LocalDate, tickets: readonly Ticket[]): QueueView {
  const of = (state: Ticket['state']) => tickets.filter((t) => t.state === state);
  const waits = tickets.flatMap((t) => (t.firstCalledAt ? [minutes(t.takenAt, t.firstCalledAt)] : []));
  return {
    day,
    called: of('called').sort((a, b) => (b.calledAt as string).localeCompare(a.calledAt as string)),
    waiting: of('waiting'),
    absent: of('absent'),
    served: of('served').length,
    averageWait: waits.length === 0 ? null : Math.round(waits.reduce((a, b) => a + b, 0) / waits.length),
  };
}

/** How many wait before this one. */
export const aheadOf = (tickets: readonly Ticket[], { seq }: Pick<Ticket, 'seq'>): number =>
  tickets.filter((t) => t.state === 'waiting' && t.seq < seq).length;
