/** Mergers, splits, dissolutions, changes of kind: asked for with a document, approved by somebody else of the level above. */
import { conflict, invalid, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { daysBetween, localDate } from '../../../kernel/time.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import { type BranchDeps, listCharts, partsAt } from '../../records/index.ts';
import type { Who } from '../types.ts';
import { carryOut, takeBack } from './apply.ts';
import { reportOn } from './report.ts';
import type { ActState, OrgAct, Plan, Report, Undo } from './types.ts';

/** How long an act can be taken back. */
const UNDO_DAYS = 30;
/** What is said in confidence about an organisation does not go to the one that takes it over. */
const STAYS: ReadonlySet<string> = new Set(['letter', 'question', 'transfer']);

interface ActRow {
  id: string;
  state: ActState;
  on: string;
  document_no: string;
  plan: string;
  undo: string | null;
  asked_by: string;
}

const toAct = (row: ActRow): OrgAct => ({
  id: row.id,
  plan: JSON.parse(row.plan) as Plan,
  state: row.state,
  on: row.on,
  documentNo: row.document_no,
  undo: row.undo === null ? null : (JSON.parse(row.undo) as Undo),
  askedBy: row.asked_by,
});

const touched = (plan: Plan): string[] => [plan.org, ...(plan.kind === 'merge' ? plan.sources : [])];

/** Does somebody hold a post at the level above every organisation that is touched? @throws AppError 404 */
const holdsAbove = ({ orgs }: BranchDeps, who: Who, plan: Plan, part: string): boolean =>
  touched(plan).every((id) => {
    const { parentId } = orgs.get(id);
    return parentId !== null && partsAt(who, parentId, orgs).has(part);
  });

/** What is open at each organisation that an act would end or change. @throws AppError 403; 404 */
export async function reportFor(deps: BranchDeps, who: Who, orgIds: readonly string[]): Promise<Report[]> {
  for (const id of orgIds) {
    const parts = partsAt(who, deps.orgs.get(id).id, deps.orgs);
    if (!parts.has('secretary') && !parts.has('approver')) throw notAllowed();
  }
  return Promise.all(orgIds.map((id) => reportOn(deps.db.read, deps, id)));
}

/**
 * Asks for an act. Nothing changes yet; the report shows what will be touched.
 * @throws AppError 403; 404; 422
 */
export async function askForAct(
  deps: BranchDeps,
  who: Who,
  given: { plan: Plan; documentNo: string },
  requestId?: string,
): Promise<{ id: string; report: Report[] }> {
  const { plan, documentNo } = given;
  if (!holdsAbove(deps, who, plan, 'secretary')) throw notAllowed();
  if (documentNo.trim() === '')
    throw invalid([{ pointer: '/documentNo', message: '请填写批准文件的文号', code: 'required' }]);
  if (plan.kind === 'merge') requireRehomed(plan.rehome);
  return writeOnce(deps, who, requestId, { act: given }, async (trx) => {
    const at = deps.clock.now();
    const id = newId(at, deps.random);
    await trx('org_acts').insert({
      id,
      kind: plan.kind,
      org_id: plan.org,
      state: 'asked',
      on: localDate(at),
      document_no: documentNo.trim(),
      plan: JSON.stringify(plan),
      undo: null,
      asked_by: who.accountId,
      asked_at: at,
    });
    await auditBy(trx, deps, who, `org.${plan.kind}-ask`, plan.org, { documentNo, act: id });
    return { id, report: await Promise.all(touched(plan).map((org) => reportOn(trx, deps, org))) };
  });
}

function requireRehomed(modules: readonly string[]): void {
  const wrong = modules.filter((m) => !listCharts().has(m) || STAYS.has(m));
  if (wrong.length > 0)
    throw invalid([
      { pointer: '/plan/rehome', message: `${wrong.join('、')}不能转给合并后的组织`, code: 'stays' },
    ]);
}

/** Locked until the transaction ends, and the actor's to decide. */
async function holdAct(trx: Trx, deps: BranchDeps, who: Who, id: string): Promise<OrgAct> {
  const row: ActRow | undefined = await trx('org_acts').where({ id }).forUpdate().first();
  const act = row && toAct(row);
  if (!act || !holdsAbove(deps, who, act.plan, 'approver')) throw notFound('record.not_found');
  return act;
}

export type Decision = 'approve' | 'refuse' | 'undo';

/**
 * The level above decides; who asked does not. Approved, everything changes in one transaction; within thirty days it can
 * be taken back by the same door.
 * @throws AppError 403 org.second_person; 404; 409 org.not_possible, org.not_undoable, what the act itself refuses; 422
 */
export async function decideAct(
  deps: BranchDeps,
  who: Who,
  id: string,
  decision: Decision,
  requestId?: string,
): Promise<void> {
  await writeOnce(deps, who, requestId, { decide: id, decision }, async (trx) => {
    const act = await holdAct(trx, deps, who, id);
    if (act.askedBy === who.accountId) throw notAllowed('org.second_person');
    if (act.state !== (decision === 'undo' ? 'done' : 'asked')) throw conflict('org.not_possible');
    const at = deps.clock.now();
    const on = localDate(at);
    const by = who.accountId;
    const settled = { settled_by: by, settled_at: at };
    const { documentNo, plan } = act;
    if (decision === 'approve') {
      const undo = await carryOut({ trx, deps, on, by, documentNo }, plan);
      await trx('org_acts')
        .where({ id })
        .update({ ...settled, state: 'done', on, undo: JSON.stringify(undo) });
    } else if (decision === 'undo') {
      if (daysBetween(act.on, on) > UNDO_DAYS) throw conflict('org.not_undoable');
      await takeBack(trx, deps, act, { on, by });
      await trx('org_acts')
        .where({ id })
        .update({ ...settled, state: 'undone' });
    } else
      await trx('org_acts')
        .where({ id })
        .update({ ...settled, state: 'refused' });
    await auditBy(trx, deps, who, `org.${plan.kind}-${decision}`, plan.org, { documentNo, act: id });
    return {};
  });
  await deps.orgs.refresh();
}
