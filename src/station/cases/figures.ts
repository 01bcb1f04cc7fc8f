/** What the board counts of a case, written with the event it comes from; for cases of before, once at the start. */
import { localDate } from '../../kernel/time.ts';
import { type Trx, transact } from '../../platform/db/index.ts';
import type { Pinned } from '../../platform/definitions/index.ts';
import type { CaseEvent } from '../../workflow/types.ts';
import { daysOf } from './days.ts';
import type { CaseDeps } from './deps.ts';
import { listEvents } from './log.ts';
import { REASON_KINDS, reasonsOf } from './reasons.ts';
import { type CaseRow, findCase } from './store.ts';

/** A decision's working days. */
async function saveDays(trx: Trx, { calendar }: Pick<CaseDeps, 'calendar'>, row: CaseRow): Promise<void> {
  const { taken, promised } = daysOf(row.snapshot, calendar());
  await trx('cases').where({ id: row.id }).update({ days_taken: taken, days_promised: promised });
}

async function saveReasons(
  trx: Trx,
  pinned: Pinned,
  { id, situation }: CaseRow,
  event: CaseEvent,
  seq: number,
): Promise<void> {
  const reasons = reasonsOf(pinned, situation, event);
  if (reasons.length === 0) return;
  await trx('case_reasons')
    .insert(reasons.map((r) => ({ case_id: id, seq, day: localDate(event.at), ...r })))
    .onConflict(['case_id', 'seq', 'kind', 'target'])
    .ignore();
}

/** After an event: `before` and `after` it, and its place in the log. */
export async function saveFigures(
  trx: Trx,
  deps: CaseDeps,
  pinned: Pinned,
  { before, after, event, seq }: { before: CaseRow; after: CaseRow; event: CaseEvent; seq: number },
): Promise<void> {
  if (after.decidedAt !== null && after.decidedAt !== before.decidedAt) await saveDays(trx, deps, after);
  await saveReasons(trx, pinned, after, event, seq);
}

const FILLED = 'cases.figures';
const AT_ONCE = 100;

/** Once for a database of an earlier program: what its cases tell of themselves. A start that was cut off goes on. */
export async function fillFigures(deps: CaseDeps): Promise<void> {
  const { read } = deps.db;
  const mark = await read('meta').where({ key: FILLED }).first();
  if (mark?.value === 'done') return;
  for (let after: string = mark?.value ?? '', ids: string[] = []; ; after = ids.at(-1) ?? '') {
    ids = await read('cases').where('id', '>', after).orderBy('id').limit(AT_ONCE).pluck('id');
    const value = ids.length < AT_ONCE ? 'done' : (ids.at(-1) as string);
    await transact(deps.db, async (trx) => {
      for (const id of ids) await fillOne(trx, deps, id);
      await trx('meta').insert({ key: FILLED, value }).onConflict('key').merge();
    });
    if (value === 'done') return;
  }
}

async function fillOne(trx: Trx, deps: CaseDeps, id: string): Promise<void> {
  const row = await findCase(trx, deps.vault, id);
  if (!row) throw new Error(`case ${id} is gone`);
  if (row.decidedAt !== null) await saveDays(trx, deps, row);
  const told = await trx('case_events').where({ case_id: id }).whereIn('type', REASON_KINDS).first();
  if (!told) return;
  const pinned = deps.definitions.pinned(row.definitionSha);
  for (const event of await listEvents(trx, deps.vault, id))
    await saveReasons(trx, pinned, row, event, event.seq);
}
