import { conflict } from '../../../errors.ts';
import { rungsOf } from '../../../kernel/deadline.ts';
import type { Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Pinned } from '../../../platform/definitions/index.ts';
import { armDeadlines, enqueue } from '../../../platform/jobs/index.ts';
import { advance, metaOf, NotPossible, possibleEvents, stateName } from '../../../workflow/advance.ts';
import { baseName } from '../../../workflow/clocks.ts';
import { desksOf } from '../../../workflow/desks.ts';
import type { CaseEvent, CaseState, Effect, EventName } from '../../../workflow/types.ts';
import type { CaseDeps } from '../deps.ts';
import { saveFigures } from '../figures.ts';
import { appendEvent } from '../log.ts';
import { nextDue, phaseOf } from '../rules.ts';
import { type CaseRow, saveDesks, saveStep } from '../store.ts';

/**
 * Carry one event into a case inside the caller's transaction: advance, compare-and-set, append to the
 * log, arm the deadlines, enqueue the effects. A term that cannot be armed fails the whole step.
 * @throws conflict `case.event_not_possible` / `case.stale_version`
 */
export async function takeStep(
  trx: Trx,
  deps: CaseDeps,
  row: CaseRow,
  pinned: Pinned,
  event: CaseEvent,
  now: Instant,
): Promise<CaseRow> {
  const { state, effects } = advanceOrConflict(row, pinned, event);
  return writeStep(trx, deps, row, pinned, { event, state, effects, now });
}

/**
 * Write one event and the state it leads to: compare-and-set, log, desks, deadlines, effects.
 * @throws conflict `case.stale_version`
 */
export async function writeStep(
  trx: Trx,
  deps: CaseDeps,
  row: CaseRow,
  pinned: Pinned,
  { event, state, effects, now }: { event: CaseEvent; state: CaseState; effects: Effect[]; now: Instant },
): Promise<CaseRow> {
  const next = withState({ ...row, version: row.version + 1, updatedAt: now }, pinned, state, deps, event.at);
  if (!(await saveStep(trx, deps.vault, next, row.version)))
    throw conflict('case.stale_version', { version: row.version });
  await saveDesks(trx, next, desksNow(next, pinned, deps));
  const seq = await appendEvent(trx, deps.vault, row.id, event);
  await saveFigures(trx, deps, pinned, { before: row, after: next, event, seq });
  await arm(trx, deps, next);
  const standing = changesStanding(row, event) || comesToPay(pinned, state);
  const asked: Effect[] = standing ? [...effects, { type: 'standing' }] : effects;
  await enqueue(
    trx,
    deps,
    asked.map((effect, ordinal) => ({
      effect: effect.type,
      payload: { caseId: row.id, seq, effect },
      caseId: row.id,
      eventSeq: seq,
      ordinal,
    })),
  );
  return next;
}

const STANDING: readonly EventName[] = [
  'APPROVE',
  'RENEWAL_DEEMED',
  'PAY',
  'SETTLE',
  'BOUNCE',
  'CONFIRM',
  'END',
  'REVIEW_DUE',
  'REVIEW_LAPSED',
  'REVIEW_CALLED',
  'WAIT_LAPSED',
  'GAP_LAPSED',
  'CANCELLED_ELSEWHERE',
  'RESTORED_ELSEWHERE',
];

/**
 * Does an event change how something granted stands: its certificates, its money? Once it is decided, a file
 * handed in anew does too: it puts an account right.
 */
const changesStanding = (row: CaseRow, { type }: CaseEvent): boolean =>
  STANDING.includes(type) || (type === 'RESUBMIT' && row.decidedAt !== null);

/** What was granted may be claimed once the case has come to where it is paid. */
const comesToPay = (pinned: Pinned, state: CaseState): boolean =>
  metaOf(pinned.machine, state).kind === 'pay';

function advanceOrConflict(row: CaseRow, pinned: Pinned, event: CaseEvent) {
  try {
    return advance(pinned.machine, row.snapshot, event);
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error;
    throw conflict('case.event_not_possible', {
      state: stateName(row.snapshot),
      stateTitle: metaOf(pinned.machine, row.snapshot).title,
      version: row.version,
      possible: possibleEvents(pinned.machine, row.snapshot),
    });
  }
}

/** Where a case lies now; what is kept and needs nothing lies in nobody's inbox. */
function desksNow(row: CaseRow, pinned: Pinned, deps: CaseDeps): { org: string; role: string }[] {
  const meta = metaOf(pinned.machine, row.snapshot);
  if (meta.kept) return [];
  const { parts } = row.snapshot.context;
  const open = Object.entries(meta.parts ?? {}).filter(([part]) => parts[part] === 'open');
  const desks = meta.parts ? open.map(([, desk]) => desk) : desksOf(meta);
  return desks.map((desk) => ({
    org: deps.orgs.deskOrg(desk, row.villageId, row.department).id,
    role: desk.role,
  }));
}

/** The cached columns of a state: where the case lies, its phase, dates and nearest due day. */
function withState(
  row: CaseRow,
  pinned: Pinned,
  snapshot: CaseRow['snapshot'],
  deps: CaseDeps,
  at: Instant,
): CaseRow {
  const meta = metaOf(pinned.machine, snapshot);
  const { context } = snapshot;
  const place = meta.kept ? null : meta.desk;
  const desk = place && deps.orgs.deskOrg(place, row.villageId, row.department);
  return {
    ...row,
    snapshot,
    state: stateName(snapshot),
    phase: phaseOf(pinned.machine, snapshot),
    deskOrg: desk?.id ?? null,
    deskRole: place?.role ?? null,
    receivedAt: context.receivedAt,
    acceptedOn: context.acceptedOn,
    decidedAt: context.decidedAt,
    closedAt: context.closedAt,
    outcome: context.outcome,
    nextDue: nextDue(snapshot, at, deps.calendar()),
  };
}

/** Clocks that warn nobody beforehand: they wait for the citizen or the public. */
const SILENT = ['correction', 'posting', 'rectification', 'reappraisal', 'validity', 'renewal', 'gap'];

/** Arm one deadline row per rung of every running clock (DESIGN §5). */
export async function arm(trx: Trx, deps: CaseDeps, row: CaseRow): Promise<void> {
  const calendar = deps.calendar();
  const rungs = row.snapshot.clocks.flatMap((ledger) =>
    rungsOf(ledger, calendar)
      .filter((r) => r.rung === 'due' || !SILENT.includes(baseName(ledger)))
      .map((r) => ({ clock: ledger.name, ...r })),
  );
  await armDeadlines(trx, deps, row.id, rungs);
}
