import { conflict, type Fault, invalid } from '../../../errors.ts';
import { caseNumber } from '../../../kernel/ids.ts';
import { receiptDay } from '../../../kernel/office-hours.ts';
import { localDate } from '../../../kernel/time.ts';
import type { Instant } from '../../../kernel/types.ts';
import { upsertCitizen } from '../../../people/citizens/index.ts';
import { nextNumber, type Trx } from '../../../platform/db/index.ts';
import { possibleEvents } from '../../../workflow/advance.ts';
import { deskFor } from '../../../workflow/desks.ts';
import { actSchema } from '../../../workflow/events.ts';
import { checkAgainst } from '../../../workflow/formats.ts';
import type { CaseEvent, EventName } from '../../../workflow/types.ts';
import { requireInHand } from '../../certificates/index.ts';
import { requireNotInRun } from '../../payouts/index.ts';
import { takeShare } from '../../quotas/index.ts';
import { bouncedFaults, isRosterStep, tableOf } from '../../rosters/index.ts';
import { actorRef, type Loaded, loadCase, openPartsFor, requireAct, requireVersion } from '../access.ts';
import { actsOf } from '../acts.ts';
import { requireUnclaimed } from '../claims/index.ts';
import type { Actor, CaseDeps } from '../deps.ts';
import { endDraft } from '../drafts/index.ts';
import { findDuplicate } from '../duplicates.ts';
import { requireComplete } from '../filing.ts';
import { type LoggedEvent, listEvents } from '../log.ts';
import { applicantOf } from '../rules.ts';
import { rosterFaults, saidFaults } from '../sense.ts';
import { type CaseRow, findBan, listMaterials, savePersons } from '../store.ts';
import { takeStep } from './step.ts';

export interface ActInput {
  event: EventName;
  /** The version the sender saw; left out only by the house itself. */
  version?: number;
  data: Record<string, unknown>;
}

/**
 * The one command behind every decision on a case: who may, is it possible, is it complete, then one step.
 * @param at when it happened; the house reports a fact at the moment it fell due
 * @throws notFound, notAllowed, conflict, invalid as AppError
 */
export async function actIn(
  trx: Trx,
  deps: CaseDeps,
  actor: Actor,
  caseId: string,
  input: ActInput,
  at: Instant = deps.clock.now(),
): Promise<CaseRow> {
  const loaded = await loadCase(trx, deps, actor, caseId);
  const log = await listEvents(trx, deps.vault, caseId);
  const possible = possibleEvents(loaded.pinned.machine, loaded.row.snapshot);
  requireVersion(loaded, input.version, possible);
  if (possible.includes(input.event)) requireAct(deps, actor, loaded, input.event, log);
  const when = laterOf(at, log.at(-1)?.at);
  const data = withPart(deps, actor, loaded, input);
  const desk = deskFor(input.event, loaded.meta, data.part as string | undefined);
  const event: CaseEvent = {
    type: input.event,
    at: when,
    by: actorRef(deps, actor, loaded.row, desk),
    data,
  };
  await requireUnclaimed(trx, deps, actor, loaded.row, desk);
  if (possible.includes(event.type)) await requireSense(trx, deps, loaded, event, log);
  if (loaded.row.phase === 'draft' && possible.includes(event.type)) await endDraft(trx, caseId);
  const handsIn = possible.includes(event.type) && (event.type === 'FILE' || event.type === 'RESUBMIT');
  if (!handsIn) return takeStep(trx, deps, loaded.row, loaded.pinned, event, deps.clock.now());
  const { row, frozen } = await handIn(trx, deps, loaded, event, log);
  return takeStep(trx, deps, row, loaded.pinned, frozen, deps.clock.now());
}

/** The log never runs backwards, even when a fact is reported late. */
const laterOf = (at: Instant, last: Instant | undefined): Instant => (last && last > at ? last : at);

/** An office that answers in a joint review is named, or it is the one the sender sits in. */
function withPart(
  deps: CaseDeps,
  actor: Actor,
  loaded: Loaded,
  { event, data }: ActInput,
): Record<string, unknown> {
  if (event !== 'GIVE_OPINION') return data;
  const own = openPartsFor(deps, actor, loaded);
  if (data.part !== undefined && own.length > 0 && !own.includes(String(data.part)))
    throw invalid([
      { pointer: '/data/part', message: '您不能代表这个部门答复，或者它已经答复', code: 'part' },
    ]);
  return data.part === undefined && own[0] !== undefined ? { ...data, part: own[0] } : data;
}

/**
 * Is what an act says complete and sensible? And is there a share of the quota left?
 * @throws invalid with every fault, conflict `quota.exhausted` / `certificate.elsewhere`
 */
async function requireSense(
  trx: Trx,
  deps: CaseDeps,
  loaded: Loaded,
  event: CaseEvent,
  log: LoggedEvent[],
): Promise<void> {
  const { pinned, meta, row } = loaded;
  const today = localDate(event.at);
  const faults = checkAgainst(actSchema(pinned.definition, meta, event.type), event.data, {
    prefix: '/data',
    today,
  });
  const params = deps.definitions.params(today);
  if (faults.length === 0) faults.push(...saidFaults(pinned.definition, meta, event, log, params));
  if (faults.length === 0) faults.push(...rosterFaultsOf(deps, loaded, event, log));
  if (event.type === 'SUPPLY') faults.push(...(await stillOwed(trx, row)));
  if (faults.length > 0) throw invalid(faults);
  if (event.type === 'COLLECT') await requireInHand(trx, row.id);
  const { type, by } = event;
  if (by.kind === 'account' && (type === 'PAY' || type === 'SETTLE' || type === 'BOUNCE'))
    await requireNotInRun(trx, row.id, type);
  if (event.type === 'ALLOT') await takeShare(trx, deps, row.id, meta.step);
}

/** What stands against an act on the roster of a batch. */
function rosterFaultsOf(deps: CaseDeps, loaded: Loaded, event: CaseEvent, log: LoggedEvent[]): Fault[] {
  const { row, pinned, meta } = loaded;
  const table = tableOf(pinned.definition, row.situation, pinned.formFor(row.situation));
  if (!table) return [];
  return rosterFaults(pinned.definition, meta, event, table, actsOf(deps, row, log));
}

/**
 * A roster the bank sent money back for comes in with other accounts, and nothing else changed.
 * @throws invalid with every row that is not the same
 */
function requireSameRoster(
  { row, pinned, meta }: Loaded,
  form: Record<string, unknown>,
  log: readonly LoggedEvent[],
): void {
  const table = tableOf(pinned.definition, row.situation, pinned.formFor(row.situation));
  const before = log.findLast((e) => e.data.form !== undefined)?.data.form;
  const isPaid = meta.kind === 'pay' && isRosterStep(pinned.definition, meta.step);
  if (!table || !before || !isPaid) return;
  const faults = bouncedFaults(table, before as Record<string, unknown>, form);
  if (faults.length > 0) throw invalid(faults, 'case.incomplete');
}

/** 容缺: every paper that was owed must be there. */
async function stillOwed(trx: Trx, row: CaseRow): Promise<Fault[]> {
  const files = await listMaterials(trx, row.id);
  return row.snapshot.context.gaps
    .filter((id) => !files.some((f) => f.materialId === id))
    .map((id) => ({ pointer: `/materials/${id}`, message: '这份材料还没有上传', code: 'material.missing' }));
}

/**
 * Handing in freezes what was handed in: form, materials and commitments go into the log with the event.
 * The first time the case gets its number and the citizen is written into the register; the log keeps which case is
 * much the same.
 */
async function handIn(
  trx: Trx,
  deps: CaseDeps,
  loaded: Loaded,
  event: CaseEvent,
  log: readonly LoggedEvent[],
): Promise<{ row: CaseRow; frozen: CaseEvent }> {
  const { row, pinned } = loaded;
  const on = localDate(event.at);
  const files = await listMaterials(trx, row.id);
  const complete = requireComplete(deps, pinned, row, files, on);
  const { form, routes, findings, persons, commitments } = complete;
  requireSameRoster(loaded, form, log);
  const applicant = applicantOf(form);
  await requireNotBanned(trx, deps, row, applicant.idNumber as string, event.at);
  const citizen = await upsertCitizen(trx, deps, {
    name: applicant.name as string,
    idType: applicant.idType as string,
    idNumber: applicant.idNumber as string,
    ...(applicant.phone !== undefined && { phone: applicant.phone }),
  });
  await savePersons(trx, deps.vault, row.id, persons);
  const twin = await findDuplicate(trx, {
    item: row.itemCode,
    citizenId: citizen.id,
    except: row.id,
    at: event.at,
  });
  const number =
    row.number ??
    caseNumber(row.villageId, on, row.itemCode, await nextNumber(trx, 'case', Number(on.slice(0, 4))));
  const channel = event.data.channel === '线上' ? 'online' : 'counter';
  const handedIn = {
    form,
    commitments,
    materials: files.map((f) => ({ material: f.materialId, name: f.name, sha256: f.fileHash })),
    ...(event.type === 'FILE' && twin && { duplicateOf: twin.id }),
  };
  return {
    row: { ...row, form, number, applicantId: citizen.id, applicantName: applicant.name as string },
    frozen: {
      ...event,
      routes,
      findings: { ...findings, countsFrom: receiptDay(event.at, channel, deps.calendar()) },
      data: { ...event.data, ...handedIn },
    },
  };
}

/**
 * B2-14: whoever hid something or handed in false papers may not apply again for a while.
 * @throws conflict `case.banned` with the last day
 */
async function requireNotBanned(
  trx: Trx,
  deps: CaseDeps,
  { itemCode, receivedAt }: CaseRow,
  idNumber: string,
  at: Instant,
): Promise<void> {
  if (receivedAt !== null) return;
  const until = await findBan(trx, deps.vault, { item: itemCode, idNumber, on: localDate(at) });
  if (until !== null) throw conflict('case.banned', { until });
}
