/** A member writes to the secretary or an officer of the own branch, is read and answered; in time nothing is left. */
import { type Fault, invalid, notAllowed, notFound } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { type Colleague, listColleagues } from '../../people/accounts/index.ts';
import { auditBy } from '../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../platform/db/index.ts';
import {
  type BranchDeps,
  chartOf,
  lapseRecords,
  moveRecord,
  openRecord,
  partsAt,
  type Who,
} from '../records/index.ts';
import { isMember, mayBeAddressed, POSTS, partsIn } from './policy.ts';
import * as store from './store.ts';
import type { ThoughtReport } from './types.ts';

export interface NewReport {
  org: string;
  addressee: string;
  text: string;
}

/** Whom a member of the organisation may write to. @throws AppError 403 for whoever is none */
export async function addressees(deps: BranchDeps, who: Who, orgId: string): Promise<Colleague[]> {
  if (!deps.orgs.find(orgId) || !isMember(who, orgId)) throw notAllowed('record.not_yours');
  const seats = POSTS.map((role) => ({ role, org: orgId }));
  const all = await listColleagues(deps.db.read, deps.orgs, seats, localDate(deps.clock.now()));
  return all.filter((c) => mayBeAddressed(c, orgId) && c.accountId !== who.accountId);
}

/** @throws AppError 403, 422 */
export async function sendReport(
  deps: BranchDeps,
  who: Who,
  given: NewReport,
  requestId?: string,
): Promise<{ id: string }> {
  const people = await addressees(deps, who, given.org);
  const faults: Fault[] = people.some((c) => c.accountId === given.addressee)
    ? []
    : [{ pointer: '/addressee', message: '请选本支部的书记或者委员', code: 'addressee' }];
  if (faults.length > 0) throw invalid(faults);
  return writeOnce(deps, who, requestId, given, async (trx) => {
    const record = await openRecord(trx, deps, {
      module: 'report',
      orgId: given.org,
      authorId: who.accountId,
      visibility: 'named',
      content: undefined,
    });
    await store.insertReport(trx, deps.vault, record.id, given);
    await auditBy(trx, deps, who, 'report.send', record.id);
    return { id: record.id };
  });
}

/** @throws AppError 404 for everybody but its author and its addressee */
export async function getReport(deps: BranchDeps, who: Who, id: string, trx?: Trx): Promise<ThoughtReport> {
  const found = await store.findReport(trx ?? deps.db.read, deps.vault, id);
  if (!found || partsIn(who, found).size === 0) throw notFound('record.not_found');
  return found;
}

/** Those somebody wrote or may read. */
export const reportsOf = async (deps: BranchDeps, who: Who): Promise<ThoughtReport[]> =>
  (await store.listOfAccount(deps.db.read, deps.vault, who.accountId)).filter(
    (r) => partsIn(who, r).size > 0,
  );

export interface ReportAct {
  event: string;
  version: number;
  answer?: string;
}

/** @throws AppError 404, 403, 409, 422 */
export const actOnReport = (
  deps: BranchDeps,
  who: Who,
  id: string,
  { event, version, answer = '' }: ReportAct,
  requestId?: string,
): Promise<{ state: string; version: number }> =>
  writeOnce(deps, who, requestId, { id, event, version, answer }, async (trx) => {
    const report = await getReport(deps, who, id, trx);
    const actor = { accountId: who.accountId, parts: partsIn(who, report) };
    const moved = await moveRecord(trx, deps, report.record, { event, actor, version });
    if (event === 'WITHDRAW') await store.destroyWords(trx, id);
    if (event === 'ANSWER') {
      if (answer.trim() === '')
        throw invalid([{ pointer: '/answer', message: '请写下回复', code: 'required' }]);
      await store.saveAnswer(trx, deps.vault, id, answer.trim());
    }
    return { state: moved.state, version: moved.version };
  });

export interface ReportCount {
  state: string;
  title: string;
  count: number;
}

/** How many, in each state: all that anybody above learns. @throws AppError 404 for whoever holds no post there or above */
export async function countReports(deps: BranchDeps, who: Who, orgId: string): Promise<ReportCount[]> {
  const org = deps.orgs.find(orgId);
  if (!org || !partsAt(who, orgId, deps.orgs).has('secretary')) throw notFound('record.not_found');
  const counts = await store.countBeneath(deps.db.read, org.path);
  const { chart } = chartOf('report');
  return Object.entries(chart.states).flatMap(([state, { title }]) =>
    state === 'withdrawn' ? [] : [{ state, title, count: counts.get(state) ?? 0 }],
  );
}

/** A new Shanghai day: an answer that needs no more closes; what was kept its two years is destroyed. */
export async function reportsOnNewDay(deps: BranchDeps, today: LocalDate): Promise<void> {
  await lapseRecords(deps, 'report', today, async (trx, { id, state }) => {
    if (state === 'purged') await store.destroyWords(trx, id);
  });
}
