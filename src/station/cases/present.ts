import type { Fault } from '../../errors.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import { deriveDue, type Ledger, type Light, standingOf } from '../../kernel/deadline.ts';
import { maskId } from '../../kernel/mask.ts';
import { localDate, localTime } from '../../kernel/time.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import { isRecord } from '../../workflow/form-schema.ts';
import type {
  CaseEvent,
  CaseState,
  Definition,
  EventName,
  StateMeta,
  Step,
  StepKind,
} from '../../workflow/types.ts';
import { EVENT_WORDS } from '../../workflow/words.ts';
import type { LoggedEvent } from './log.ts';
import { applicantOf, clockTitle, type MaterialStanding } from './rules.ts';
import type { JointView, KeptView, OwedView } from './situation.ts';
import type { CaseRow } from './store.ts';

/** How a clock stands at a moment: days are working days. */
export interface ClockStanding {
  due: LocalDate | null;
  /** Late from here on; both null while it is paused. */
  dueAt: Instant | null;
  /** A clock of hours: the time of day it ends (Shanghai, `14:30`); null for days. */
  dueTime: string | null;
  /** Does it end on the day looked at? */
  dueToday: boolean;
  provisional: boolean;
  remaining: number | null;
  /** A clock of hours: hours left that count; null for days. */
  hoursLeft: number | null;
  overdue: number;
  light: Light;
}

/** One clock as people see it. */
export interface ClockView extends ClockStanding {
  name: string;
  title: string;
}

export interface PossibleAct {
  event: EventName;
  title: string;
  /** May the person asking do it? */
  allowed: boolean;
}

/** What the house says of a case to somebody who may see it. Identity numbers are masked. */
export interface CaseView {
  id: string;
  number: string | null;
  item: string;
  itemTitle: string;
  situation: string;
  situationTitle: string;
  version: number;
  state: string;
  stateTitle: string;
  /** What kind of step it is in; `end` when closed. */
  kind: StepKind | 'end';
  /** Does it wait for the applicant? */
  awaitsApplicant: boolean;
  phase: CaseRow['phase'];
  outcome: CaseRow['outcome'];
  village: { id: string; name: string };
  applicant: { name: string; idNumber: string };
  /** Whose turn it is; null while a notice hangs and when the case is closed. */
  holder: { at: string; role: string; org: string; orgName: string } | null;
  dates: {
    opened: string;
    received: string | null;
    accepted: LocalDate | null;
    deemed: boolean;
    decided: string | null;
    closed: string | null;
  };
  clocks: ClockView[];
  possible: PossibleAct[];
  materials: MaterialView[];
  /** Who works on it; `isHere`: at a desk of this person. */
  claims: { name: string; role: string; orgName: string; isMine: boolean; isHere: boolean }[];
  /** What the desk asked to have mended, while the case is back at the counter. */
  faults: Fault[];
  /** Offices asked in a joint review, and what they answered; null before any was asked. */
  joint: JointView | null;
  /** Minor papers still owed (容缺); null when none is. */
  owed: OwedView | null;
  /** What was granted goes on until its next review; null elsewhere. */
  kept: KeptView | null;
}

export interface MaterialView {
  id: string;
  title: string;
  form: string;
  copies: number;
  way: MaterialStanding['way'];
  waiver: { way: string; source: string } | null;
  files: { id: string; name: string; mime: string; size: number; turn: number; pages: number | null }[];
}

/** How a clock stands at a moment; only a clock of hours looks beyond the day. */
export function clockStanding(ledger: Ledger, now: Instant, calendar: Calendar): ClockStanding {
  const { due, provisional, remaining, hoursLeft, overdue, light } = standingOf(ledger, now, calendar);
  const { dueAt } = deriveDue(ledger, calendar);
  const dueTime = dueAt !== null && 'hours' in ledger.budget ? localTime(dueAt) : null;
  const dueToday = due !== null && due === localDate(now);
  return { due, dueAt, dueTime, dueToday, provisional, remaining, hoursLeft, overdue, light };
}

/** Every clock of a case, the running ones first. */
export function clockViews(
  definition: Definition,
  state: CaseState,
  now: Instant,
  calendar: Calendar,
): ClockView[] {
  const views = state.clocks.map((ledger) => ({
    name: ledger.name,
    title: clockTitle(definition, ledger.name),
    ...clockStanding(ledger, now, calendar),
  }));
  return [...views.filter((v) => v.light !== 'done'), ...views.filter((v) => v.light === 'done')];
}

export const materialView = ({ material, way, files }: MaterialStanding): MaterialView => ({
  id: material.id,
  title: material.title,
  form: material.form,
  copies: material.copies,
  way,
  waiver: material.waiver ? { ...material.waiver } : null,
  files: files.map(({ id, name, mime, size, turn, pages }) => ({ id, name, mime, size, turn, pages })),
});

/** The faults of the correction asked for since the file last came in, each on its field or material. */
export function openFaults(meta: StateMeta, log: CaseEvent[]): Fault[] {
  if (!meta.applicant) return [];
  const since = log.slice(log.findLastIndex((e) => e.type === 'FILE' || e.type === 'RESUBMIT') + 1);
  const asked = since.findLast((e) => e.type === 'REQUEST_CORRECTION');
  const faults = (asked?.data.faults ?? []) as { target: string; reason: string; example?: string }[];
  return faults.map((f) => ({
    pointer: f.target,
    message: f.example ? `${f.reason}（示例：${f.example}）` : f.reason,
    code: 'correction',
  }));
}

export const maskedApplicant = (row: CaseRow) => {
  const { idNumber } = applicantOf(row.form);
  return { name: row.applicantName, idNumber: idNumber ? maskId(idNumber) : '' };
};

export interface EventView {
  seq: number;
  type: EventName;
  title: string;
  at: string;
  /** The step the case was in when it came. */
  step: string;
  by: { kind: string; name: string; org: string | null; role: string | null };
  /** What was said, without the form, identity numbers and signatures. */
  data: Record<string, unknown>;
  hash: string;
}

/** Personal data and frozen forms stay in the sealed log. */
const WITHHELD = ['form', 'signature', 'idNumber', 'commitments'];

/** The item's own fields of an act, without what is personal. */
function askedInView(asked: unknown, step: Step | undefined): Record<string, unknown> {
  if (!isRecord(asked)) return {};
  const isOpen = (name: string) => {
    const field = step?.asks?.[name];
    return field !== undefined && field['x-sensitive'] !== true && !SENSITIVE.includes(field.format ?? '');
  };
  return Object.fromEntries(Object.entries(asked).filter(([name]) => isOpen(name)));
}
const SENSITIVE = ['cn-id', 'bank-card', 'cn-phone'];

/** @param step what the item says of the step it came in; absent when a later version no longer has it */
export function eventView(e: LoggedEvent, id: string, step: Step | undefined): EventView {
  const { asked, ...rest } = e.data;
  const own = askedInView(asked, step);
  return {
    seq: e.seq,
    type: e.type,
    title: EVENT_WORDS[e.type],
    at: e.at,
    step: id,
    by: { kind: e.by.kind, name: e.by.name, org: e.by.org ?? null, role: e.by.role ?? null },
    data: {
      ...Object.fromEntries(Object.entries(rest).filter(([key]) => !WITHHELD.includes(key))),
      ...(Object.keys(own).length > 0 && { asked: own }),
    },
    hash: e.hash,
  };
}
