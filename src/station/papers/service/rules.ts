/** Days and sense of a service. Pure. */
import type { Fault } from '../../../errors.ts';
import { type Calendar, rollToWorkday } from '../../../kernel/calendar.ts';
import { type Light, standingOf, startLedger } from '../../../kernel/deadline.ts';
import { idFacts } from '../../../kernel/identity.ts';
import { endOfTerm } from '../../../kernel/term.ts';
import { addMonths, addYears, localDate } from '../../../kernel/time.ts';
import type { Instant, LocalDate } from '../../../kernel/types.ts';
import type { Definition } from '../../../workflow/types.ts';
import type { Details, Service, Way } from './types.ts';

export interface ServiceTerms {
  serviceDays: number;
  announcementDays: number;
  reviewDays: number;
  sueMonths: number;
}

/** The day of the act itself, which the form names differently for each way. */
export function actDay(way: Way, d: Details): LocalDate {
  const named: Record<Way, LocalDate | undefined> = {
    直接送达: d.deliveredOn,
    代收送达: d.deliveredOn,
    留置送达: d.deliveredOn,
    电子送达: d.arrivedOn,
    邮寄送达: d.receivedOn,
    公告送达: d.publishedOn,
  };
  const day = named[way];
  if (day === undefined) throw new Error(`${way} has no day`);
  return day;
}

/** Natural days after a day; the day itself does not count, and an end on a day off moves on (民法典 art. 201, 203). */
function daysAfter(calendar: Calendar, start: LocalDate, days: number): LocalDate {
  const { due } = endOfTerm({ start, days, unit: 'natural', suspensions: [] }, calendar);
  if (due === null) throw new Error('a term without suspensions has no end');
  return due;
}

/** 送达日 (TS): the day of the act, for an announcement the day its time is over (民诉法 art. 95). */
export const serviceDay = (calendar: Calendar, terms: ServiceTerms, way: Way, on: LocalDate): LocalDate =>
  way === '公告送达' ? daysAfter(calendar, on, terms.announcementDays) : on;

/**
 * Until when a served decision can be fought (B.3): review sixty natural days, court six months from the day of
 * service; where review comes first, court only after it; where it is a complaint, neither.
 */
export function remedyDays(
  calendar: Calendar,
  terms: ServiceTerms,
  remedies: Definition['remedies'] | null,
  servedOn: LocalDate,
): Pick<Service, 'reviewUntil' | 'sueUntil'> {
  if (remedies === null || remedies === 'complaint') return { reviewUntil: null, sueUntil: null };
  return {
    reviewUntil: daysAfter(calendar, servedOn, terms.reviewDays),
    sueUntil: remedies === 'review' ? rollToWorkday(calendar, addMonths(servedOn, terms.sueMonths)) : null,
  };
}

/** The clock of a decision that waits to be served (B2-8): its last day, and how it stands. */
export function waiting(
  calendar: Calendar,
  terms: ServiceTerms,
  madeAt: Instant,
  now: Instant,
): { due: LocalDate; light: Light; overdue: number } {
  const ledger = startLedger('service', { days: terms.serviceDays, unit: 'workday' }, localDate(madeAt));
  const { due, light, overdue } = standingOf(ledger, now, calendar);
  if (due === null) throw new Error('a term that nothing holds has no end');
  return { due, light, overdue };
}

/** What else must hold of a service: of the paper, its earlier attempts and its pictures. */
export interface ServiceGround {
  madeOn: LocalDate;
  today: LocalDate;
  attempts: number;
  evidence: number;
  applicantId: string;
}

const DAY_FIELD: Record<Way, string> = {
  直接送达: 'deliveredOn',
  代收送达: 'deliveredOn',
  留置送达: 'deliveredOn',
  电子送达: 'arrivedOn',
  邮寄送达: 'receivedOn',
  公告送达: 'publishedOn',
};

/** What is wrong with a service whose fields are all there. */
export function serviceFaults(way: Way, d: Details, ground: ServiceGround): Fault[] {
  const faults: Fault[] = [];
  const fault = (field: string, message: string, code: string) =>
    faults.push({ pointer: `/data/${field}`, message, code });
  const on = actDay(way, d);
  if (on < ground.madeOn) fault(DAY_FIELD[way], '不能早于文书制作的日期', 'before');
  if (on > ground.today) fault(DAY_FIELD[way], '不能晚于今天', 'future');
  if (d.consentedOn !== undefined && d.consentedOn > on)
    fault('consentedOn', '应当先同意，再电子送达（民事诉讼法第九十条）', 'consent');
  if (d.sentOn !== undefined && d.sentOn < ground.madeOn) fault('sentOn', '不能早于文书制作的日期', 'before');
  if (d.sentOn !== undefined && d.sentOn > on) fault('receivedOn', '不能早于交寄日期', 'order');
  if (d.receiverId !== undefined) receiverFaults(d.receiverId, on, ground, fault);
  if (way === '留置送达' && !d.witnesses?.length && ground.evidence === 0)
    fault('witnesses', '留置送达须有见证人，或者上传照片、录像（民事诉讼法第八十九条）', 'witness');
  if (way === '公告送达' && ground.attempts === 0)
    fault(
      'way',
      '用其他方式送过、没有送达的，才能公告送达；请先登记没有送达的情况（民事诉讼法第九十五条）',
      'failed-first',
    );
  return faults;
}

const FULL_AGE = 18;

function receiverFaults(
  id: string,
  on: LocalDate,
  { applicantId }: ServiceGround,
  fault: (field: string, message: string, code: string) => void,
): void {
  if (id === applicantId) fault('receiverId', '受送达人本人签收的，登记为直接送达', 'self');
  else if (addYears(idFacts(id).birth, FULL_AGE) > on)
    fault('receiverId', '代收人应当是成年人（民事诉讼法第八十八条）', 'adult');
}

/** What is wrong with an attempt. */
export function attemptFaults(triedOn: LocalDate, { madeOn, today }: ServiceGround): Fault[] {
  if (triedOn < madeOn)
    return [{ pointer: '/data/triedOn', message: '不能早于文书制作的日期', code: 'before' }];
  return triedOn > today ? [{ pointer: '/data/triedOn', message: '不能晚于今天', code: 'future' }] : [];
}
