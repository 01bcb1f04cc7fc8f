/** What was handed in, each time, and what the desks saw of it: read from the log. Pure. */
import type { EventName } from '../../../workflow/types.ts';
import type { LoggedEvent } from '../log.ts';
import type { FullCase } from '../queries.ts';
import { type Change, formChanges, type HandedFile, materialChanges, unmended } from './changes.ts';
import { titlesOf } from './targets.ts';

type Form = Record<string, unknown>;

/** A form with its materials as they came in with one event. */
export interface HandedIn {
  seq: number;
  at: string;
  form: Form;
  files: HandedFile[];
}

/** How often it came in, oldest first. */
export const handedIn = (log: readonly LoggedEvent[]): HandedIn[] =>
  log
    .filter((e) => e.data.form !== undefined)
    .map(({ seq, at, data }) => ({
      seq,
      at,
      form: data.form as Form,
      files: (data.materials ?? []) as HandedFile[],
    }));

/** What came in last before, or with, an event. */
export const handedInAt = (log: readonly LoggedEvent[], seq: number): HandedIn | undefined =>
  handedIn(log).findLast((h) => h.seq <= seq);

/** A fault as REQUEST_CORRECTION names it. */
interface Asked {
  target: string;
  reason: string;
}

/** The newest form against the one before it. */
export interface Comparison {
  before: HandedIn;
  after: HandedIn;
  /** The last act of an office before it came in again. */
  seen: LoggedEvent | undefined;
  changes: Change[];
  /** What was asked for and stayed as it was. */
  left: Asked[];
}

/** undefined: it came in only once. */
export function comparisonOf(full: FullCase): Comparison | undefined {
  const [before, after] = handedIn(full.log).slice(-2);
  if (!before || !after) return undefined;
  const changes = changesBetween(full, before, after);
  const between = full.log.filter((e) => e.seq > before.seq && e.seq < after.seq);
  const asked = (between.findLast((e) => e.type === 'REQUEST_CORRECTION')?.data.faults ?? []) as Asked[];
  const left = unmended(
    asked.map((a) => a.target),
    changes,
  );
  return {
    before,
    after,
    seen: between.findLast((e) => e.by.kind === 'account' && e.by.role !== 'clerk'),
    changes,
    left: asked.filter((a) => left.includes(a.target)),
  };
}

export const changesBetween = (full: FullCase, before: HandedIn, after: HandedIn): Change[] => [
  ...formChanges(full.pinned.formFor(full.row.situation), before.form, after.form),
  ...materialChanges(titlesOf(full), before.files, after.files),
];

/** Came it back to a desk, and has no office acted on it since? Then the desk wants to see what is new. */
export function isBack({ log, meta }: FullCase): boolean {
  if (meta.applicant) return false;
  const last = log.findLast((e) => e.by.kind === 'account')?.type;
  return (['RESUBMIT'] as (EventName | undefined)[]).includes(last) && handedIn(log).length > 1;
}
