import type { Fault } from '../../errors.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import { type Light, standingOf } from '../../kernel/deadline.ts';
import { maskId } from '../../kernel/mask.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { CaseEvent, CaseState, Definition, EventName, StateMeta } from '../../workflow/types.ts';
import { EVENT_WORDS } from '../../workflow/words.ts';
import type { LoggedEvent } from './log.ts';
import { applicantOf, clockTitle, type MaterialStanding } from './rules.ts';
import type { CaseRow } from './store.ts';

/** One clock as people see it: days are working days. */
export interface ClockView {
  name: string;
  title: string;
  due: LocalDate | null;
  provisional: boolean;
  remaining: number | null;
  overdue: number;
  light: Light;
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
  /** What the desk asked to have mended, while the case is back at the counter. */
  faults: Fault[];
}

export interface MaterialView {
  id: string;
  title: string;
  form: string;
  copies: number;
  way: MaterialStanding['way'];
  waiver: { way: string; source: string } | null;
  files: { id: string; name: string; mime: string; size: number }[];
}

/** Every clock of a case, the running ones first. */
export function clockViews(
  definition: Definition,
  state: CaseState,
  today: LocalDate,
  calendar: Calendar,
): ClockView[] {
  const views = state.clocks.map((ledger) => {
    const { due, provisional, remaining, overdue, light } = standingOf(ledger, today, calendar);
    return {
      name: ledger.name,
      title: clockTitle(definition, ledger.name),
      due,
      provisional,
      remaining,
      overdue,
      light,
    };
  });
  return [...views.filter((v) => v.light !== 'done'), ...views.filter((v) => v.light === 'done')];
}

export const materialView = ({ material, way, files }: MaterialStanding): MaterialView => ({
  id: material.id,
  title: material.title,
  form: material.form,
  copies: material.copies,
  way,
  waiver: material.waiver ? { ...material.waiver } : null,
  files: files.map(({ id, name, mime, size }) => ({ id, name, mime, size })),
});

/** The faults of the last correction asked for, each on the field or material it concerns. */
export function openFaults(meta: StateMeta, log: CaseEvent[]): Fault[] {
  if (!meta.applicant) return [];
  const asked = log.findLast((e) => e.type === 'REQUEST_CORRECTION');
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
  by: { kind: string; name: string; org: string | null; role: string | null };
  /** What was said, without the form, identity numbers and signatures. */
  data: Record<string, unknown>;
  hash: string;
}

/** Personal data and frozen forms stay in the sealed log. */
const WITHHELD = ['form', 'signature', 'idNumber', 'commitments'];

export const eventView = (e: LoggedEvent): EventView => ({
  seq: e.seq,
  type: e.type,
  title: EVENT_WORDS[e.type],
  at: e.at,
  by: { kind: e.by.kind, name: e.by.name, org: e.by.org ?? null, role: e.by.role ?? null },
  data: Object.fromEntries(Object.entries(e.data).filter(([key]) => !WITHHELD.includes(key))),
  hash: e.hash,
});
