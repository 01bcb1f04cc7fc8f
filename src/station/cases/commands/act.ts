import { type Fault, invalid } from '../../../errors.ts';
import { caseNumber } from '../../../kernel/ids.ts';
import { localDate } from '../../../kernel/time.ts';
import type { Instant } from '../../../kernel/types.ts';
import { upsertCitizen } from '../../../people/citizens/index.ts';
import { nextNumber, type Trx } from '../../../platform/db/index.ts';
import { possibleEvents } from '../../../workflow/advance.ts';
import { deskFor } from '../../../workflow/desks.ts';
import { actSchema } from '../../../workflow/events.ts';
import { checkAgainst } from '../../../workflow/formats.ts';
import type { CaseEvent, EventName } from '../../../workflow/types.ts';
import { actorRef, type Loaded, loadCase, requireAct, requireVersion } from '../access.ts';
import type { Actor, CaseDeps } from '../deps.ts';
import { requireComplete } from '../filing.ts';
import { listEvents } from '../log.ts';
import { applicantOf } from '../rules.ts';
import { type CaseRow, listMaterials } from '../store.ts';
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
  const event: CaseEvent = {
    type: input.event,
    at: laterOf(at, log.at(-1)?.at),
    by: actorRef(deps, actor, loaded.row, deskFor(input.event, loaded.meta)),
    data: requireData(loaded, input, possible, at),
  };
  const handsIn = possible.includes(event.type) && (event.type === 'FILE' || event.type === 'RESUBMIT');
  if (!handsIn) return takeStep(trx, deps, loaded.row, loaded.pinned, event, deps.clock.now());
  const { row, frozen } = await handIn(trx, deps, loaded, event);
  return takeStep(trx, deps, row, loaded.pinned, frozen, deps.clock.now());
}

/** The log never runs backwards, even when a fact is reported late. */
const laterOf = (at: Instant, last: Instant | undefined): Instant => (last && last > at ? last : at);

/** Body of an act against its schema; an act that is not possible is told so before its data is. */
function requireData(
  loaded: Loaded,
  input: ActInput,
  possible: EventName[],
  at: Instant,
): Record<string, unknown> {
  if (!possible.includes(input.event)) return input.data;
  const schema = actSchema(loaded.pinned.definition, loaded.meta, input.event);
  const faults = checkAgainst(schema, input.data, { prefix: '/data', today: localDate(at) });
  faults.push(...samePersonTwice(input.data));
  if (faults.length > 0) throw invalid(faults);
  return input.data;
}

/** B2-1: two officers are two persons. */
function samePersonTwice(data: Record<string, unknown>): Fault[] {
  if (!Array.isArray(data.officers)) return [];
  const seen = new Set<string>();
  return (data.officers as { licence: string }[]).flatMap(({ licence }, i) => {
    if (!seen.has(licence)) {
      seen.add(licence);
      return [];
    }
    return [{ pointer: `/data/officers/${i}/licence`, message: '核查人员必须是不同的人', code: 'B2-1' }];
  });
}

/**
 * Handing in freezes what was handed in: form, materials and commitments go into the log with the event.
 * The first time the case gets its number and the citizen is written into the register.
 */
async function handIn(
  trx: Trx,
  deps: CaseDeps,
  loaded: Loaded,
  event: CaseEvent,
): Promise<{ row: CaseRow; frozen: CaseEvent }> {
  const { row, pinned } = loaded;
  const on = localDate(event.at);
  const files = await listMaterials(trx, row.id);
  const { form, routes } = requireComplete(deps, pinned, row, files, on);
  const applicant = applicantOf(form);
  const citizen = await upsertCitizen(trx, deps, {
    name: applicant.name as string,
    idType: applicant.idType as string,
    idNumber: applicant.idNumber as string,
    ...(applicant.phone !== undefined && { phone: applicant.phone }),
  });
  const number =
    row.number ??
    caseNumber(row.villageId, on, row.itemCode, await nextNumber(trx, 'case', Number(on.slice(0, 4))));
  const handedIn = {
    form,
    commitments: row.commitments,
    materials: files.map((f) => ({ material: f.materialId, name: f.name, sha256: f.fileHash })),
  };
  return {
    row: { ...row, form, number, applicantId: citizen.id, applicantName: applicant.name as string },
    frozen: { ...event, routes, data: { ...event.data, ...handedIn } },
  };
}
