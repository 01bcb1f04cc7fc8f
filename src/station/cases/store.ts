import type { Knex } from 'knex';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import { INITIAL_CONTEXT } from '../../workflow/compile.ts';
import type { Person } from '../../workflow/persons.ts';
import type { CaseState, Outcome } from '../../workflow/types.ts';
import { personKey } from '../persons.ts';
import { endClaims } from './claims/store.ts';

/** `kept`: granted and going on, until the next review. */
export type Phase = 'draft' | 'open' | 'correction' | 'notice' | 'decided' | 'kept' | 'closed';

/** A case as stored; `form` is opened from the vault. */
export interface CaseRow {
  id: string;
  number: string | null;
  itemCode: string;
  itemTitle: string;
  department: string;
  definitionSha: string;
  situation: string;
  villageId: string;
  applicantId: string | null;
  applicantName: string;
  form: Record<string, unknown>;
  /** Materials the applicant vouches for instead of handing them in (告知承诺). */
  commitments: string[];
  /** Minor materials the applicant signs for bringing later (容缺). */
  gaps: string[];
  state: string;
  phase: Phase;
  deskOrg: string | null;
  deskRole: string | null;
  snapshot: CaseState;
  version: number;
  openedBy: string;
  openedAt: Instant;
  updatedAt: Instant;
  receivedAt: Instant | null;
  acceptedOn: LocalDate | null;
  decidedAt: Instant | null;
  closedAt: Instant | null;
  outcome: Outcome | null;
  nextDue: LocalDate | null;
}

/** What came with a material: one picture, or a PDF of some pages. */
export interface MaterialRow {
  id: string;
  caseId: string;
  materialId: string;
  fileHash: string;
  name: string;
  mime: string;
  size: number;
  addedBy: string;
  addedAt: Instant;
  /** Among the files of its material; those of before all have 0 and lie as they came. */
  position: number;
  /** Quarter turns to the right, in degrees: 0, 90, 180, 270. */
  turn: number;
  /** Pages of a PDF, as far as they can be counted; 1 for a picture. */
  pages: number | null;
  /** The small picture that the browser made of it. */
  thumbHash: string | null;
}

type Raw = Record<string, string | number | null>;

/** A snapshot written before the context knew all it knows today lacks the newer facts: nothing of them happened. */
function snapshotOf(json: string): CaseState {
  const state = JSON.parse(json) as CaseState;
  return { ...state, context: { ...INITIAL_CONTEXT, ...state.context } };
}

const toCase = (vault: Vault, r: Raw): CaseRow => ({
  id: r.id as string,
  number: r.number as string | null,
  itemCode: r.item_code as string,
  itemTitle: r.item_title as string,
  department: r.department as string,
  definitionSha: r.definition_sha as string,
  situation: r.situation as string,
  villageId: r.village_id as string,
  applicantId: r.applicant_id as string | null,
  applicantName: r.applicant_name as string,
  form: JSON.parse(vault.open(r.form_sealed as string)),
  commitments: JSON.parse(r.commitments as string),
  gaps: JSON.parse(r.gaps as string),
  state: r.state as string,
  phase: r.phase as Phase,
  deskOrg: r.desk_org as string | null,
  deskRole: r.desk_role as string | null,
  snapshot: snapshotOf(r.snapshot as string),
  version: r.version as number,
  openedBy: r.opened_by as string,
  openedAt: r.opened_at as string,
  updatedAt: r.updated_at as string,
  receivedAt: r.received_at as string | null,
  acceptedOn: r.accepted_on as string | null,
  decidedAt: r.decided_at as string | null,
  closedAt: r.closed_at as string | null,
  outcome: r.outcome as Outcome | null,
  nextDue: r.next_due as string | null,
});

/** Where nothing is due, or nothing was received: behind everything that is. */
export const NEVER = '9999-12-31';

/** What lists sort by. */
const sortKeys = (c: CaseRow) => ({ due: c.nextDue ?? NEVER, received: c.receivedAt ?? NEVER });

const toRaw = (vault: Vault, c: CaseRow): Raw => ({
  id: c.id,
  number: c.number,
  item_code: c.itemCode,
  item_title: c.itemTitle,
  department: c.department,
  definition_sha: c.definitionSha,
  situation: c.situation,
  village_id: c.villageId,
  applicant_id: c.applicantId,
  applicant_name: c.applicantName,
  form_sealed: vault.seal(JSON.stringify(c.form)),
  commitments: JSON.stringify(c.commitments),
  gaps: JSON.stringify(c.gaps),
  state: c.state,
  phase: c.phase,
  desk_org: c.deskOrg,
  desk_role: c.deskRole,
  snapshot: JSON.stringify(c.snapshot),
  version: c.version,
  opened_by: c.openedBy,
  opened_at: c.openedAt,
  updated_at: c.updatedAt,
  received_at: c.receivedAt,
  accepted_on: c.acceptedOn,
  decided_at: c.decidedAt,
  closed_at: c.closedAt,
  outcome: c.outcome,
  next_due: c.nextDue,
  ...sortKeys(c),
});

const toMaterial = (r: Raw): MaterialRow => ({
  id: r.id as string,
  caseId: r.case_id as string,
  materialId: r.material_id as string,
  fileHash: r.file_hash as string,
  name: r.name as string,
  mime: r.mime as string,
  size: r.size as number,
  addedBy: r.added_by as string,
  addedAt: r.added_at as string,
  position: r.position as number,
  turn: r.turn as number,
  pages: r.pages as number | null,
  thumbHash: r.thumb_hash as string | null,
});

export async function findCase(trx: Trx | Knex, vault: Vault, id: string): Promise<CaseRow | undefined> {
  const row = await trx('cases').where({ id }).first();
  return row && toCase(vault, row);
}

export async function findCaseByNumber(
  trx: Trx | Knex,
  vault: Vault,
  number: string,
): Promise<CaseRow | undefined> {
  const row = await trx('cases').where({ number }).first();
  return row && toCase(vault, row);
}

/** What a citizen handed in at some villages, newest first. */
export async function listOfCitizen(
  db: Knex,
  vault: Vault,
  citizenId: string,
  villages: readonly string[],
): Promise<CaseRow[]> {
  const rows = await db('cases')
    .where({ applicant_id: citizenId })
    .whereIn('village_id', villages)
    .orderBy('id', 'desc')
    .limit(50);
  return rows.map((r) => toCase(vault, r));
}

export async function insertCase(trx: Trx, vault: Vault, row: CaseRow): Promise<void> {
  await trx('cases').insert(toRaw(vault, row));
}

/** Compare and set: writes only when nobody else moved the case; false otherwise. */
export async function saveStep(trx: Trx, vault: Vault, row: CaseRow, expected: number): Promise<boolean> {
  const changed = await trx('cases').where({ id: row.id, version: expected }).update(toRaw(vault, row));
  return changed === 1;
}

/** The desks a case lies on now, each with what inboxes sort and narrow by; claims end at desks it has left. */
export async function saveDesks(trx: Trx, c: CaseRow, desks: { org: string; role: string }[]): Promise<void> {
  const { due, received } = sortKeys(c);
  const shared = {
    case_id: c.id,
    due,
    received,
    village_id: c.villageId,
    item_code: c.itemCode,
    phase: c.phase,
  };
  await trx('case_desks').where({ case_id: c.id }).delete();
  if (desks.length > 0)
    await trx('case_desks')
      .insert(desks.map((d) => ({ ...shared, ...d })))
      .onConflict(['case_id', 'org', 'role'])
      .ignore();
  await endClaims(trx, c.id);
}

/** Who a case is about, by keyed hash. */
export async function savePersons(trx: Trx, vault: Vault, id: string, persons: Person[]): Promise<void> {
  await trx('case_persons').where({ case_id: id }).delete();
  for (let i = 0; i < persons.length; i += 100)
    await trx('case_persons')
      .insert(
        persons
          .slice(i, i + 100)
          .map(({ idNumber, part }) => ({ case_id: id, person: personKey(vault, idNumber), part })),
      )
      .onConflict(['case_id', 'person'])
      .ignore();
}

/** Cases of an item about a person, handed in and not closed; `any`: also those in which the person only stands. */
export async function listAbout(
  db: Trx | Knex,
  vault: Vault,
  { item, idNumber, part }: { item: string; idNumber: string; part: 'subject' | 'any' },
): Promise<string[]> {
  const rows = db('case_persons as p')
    .join('cases as c', 'c.id', 'p.case_id')
    .where({ 'p.person': personKey(vault, idNumber), 'c.item_code': item })
    .whereNotIn('c.phase', ['draft', 'closed'])
    .orderBy('c.id');
  if (part === 'subject') rows.where({ 'p.part': 'subject' });
  return rows.pluck('c.id');
}

/** Somebody who lied may not apply again for a while (B2-14). */
export async function insertBan(
  trx: Trx,
  vault: Vault,
  ban: { caseId: string; item: string; idNumber: string; until: LocalDate },
): Promise<void> {
  await trx('bans')
    .insert({
      case_id: ban.caseId,
      item_code: ban.item,
      person: personKey(vault, ban.idNumber),
      until: ban.until,
    })
    .onConflict('case_id')
    .ignore();
}

/** The last day of a ban in force, if any. */
export async function findBan(
  db: Trx | Knex,
  vault: Vault,
  { item, idNumber, on }: { item: string; idNumber: string; on: LocalDate },
): Promise<LocalDate | null> {
  const row = await db('bans')
    .where({ item_code: item, person: personKey(vault, idNumber) })
    .where('until', '>=', on)
    .orderBy('until', 'desc')
    .first();
  return row?.until ?? null;
}

/** What cases are called, and where they are filed. */
export const listBriefs = (
  db: Knex,
  ids: readonly string[],
): Promise<
  Pick<CaseRow, 'id' | 'applicantName' | 'itemTitle' | 'villageId' | 'department' | 'definitionSha'>[]
> =>
  db('cases').whereIn('id', ids).select({
    id: 'id',
    applicantName: 'applicant_name',
    itemTitle: 'item_title',
    villageId: 'village_id',
    department: 'department',
    definitionSha: 'definition_sha',
  });

/** Ids of the cases that are under way: handed in and not closed. */
export async function listRunning(db: Knex): Promise<string[]> {
  return db('cases').whereNotIn('phase', ['draft', 'closed']).orderBy('id').pluck('id');
}

/** What a due day is derived from. */
export interface DueRow {
  id: string;
  department: string;
  snapshot: CaseState;
  nextDue: LocalDate;
}

/** Running cases whose nearest due day is `since` or later, by key. */
export async function listDue(
  db: Knex,
  { since, after, limit }: { since: LocalDate; after: string; limit: number },
): Promise<DueRow[]> {
  const rows: Raw[] = await db('cases')
    .whereNotIn('phase', ['draft', 'closed'])
    .where('next_due', '>=', since)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .select('id', 'department', 'snapshot', 'next_due');
  return rows.map((r) => ({
    id: r.id as string,
    department: r.department as string,
    snapshot: snapshotOf(r.snapshot as string),
    nextDue: r.next_due as string,
  }));
}

/** Ids of the running cases that are pinned to a version. */
export async function listPinned(db: Knex, sha: string): Promise<string[]> {
  return db('cases').where({ definition_sha: sha }).whereNot({ phase: 'closed' }).orderBy('id').pluck('id');
}

/** Where cases lie, and the version of the item they are pinned to. */
export async function listStates(
  db: Trx | Knex,
  ids: readonly string[],
): Promise<{ id: string; state: string; definitionSha: string }[]> {
  const found = [];
  for (let i = 0; i < ids.length; i += 1_000)
    found.push(
      ...(await db('cases')
        .whereIn('id', ids.slice(i, i + 1_000))
        .select('id', 'state', 'definition_sha as definitionSha')),
    );
  return found;
}

export async function saveDue(trx: Trx, id: string, nextDue: LocalDate | null): Promise<void> {
  const due = nextDue ?? NEVER;
  await trx('cases').where({ id }).update({ next_due: nextDue, due });
  await trx('case_desks').where({ case_id: id }).update({ due });
}

export async function listMaterials(trx: Trx | Knex, caseId: string): Promise<MaterialRow[]> {
  const rows: Raw[] = await trx('case_materials')
    .where({ case_id: caseId, removed_at: null })
    .orderBy(['position', 'added_at', 'id']);
  return rows.map(toMaterial);
}

/** Comes last among the files of its material. */
export type NewMaterial = Omit<MaterialRow, 'position' | 'turn'>;

export async function insertMaterial(trx: Trx, row: NewMaterial): Promise<MaterialRow> {
  const last = await trx('case_materials')
    .where({ case_id: row.caseId, material_id: row.materialId })
    .max('position as position')
    .first();
  const position = (last?.position ?? 0) + 1;
  await trx('case_materials').insert({
    id: row.id,
    case_id: row.caseId,
    material_id: row.materialId,
    file_hash: row.fileHash,
    name: row.name,
    mime: row.mime,
    size: row.size,
    added_by: row.addedBy,
    added_at: row.addedAt,
    position,
    pages: row.pages,
    thumb_hash: row.thumbHash,
  });
  return { ...row, position, turn: 0 };
}

export async function removeMaterial(trx: Trx, caseId: string, id: string, at: Instant): Promise<boolean> {
  const n = await trx('case_materials')
    .where({ case_id: caseId, id, removed_at: null })
    .update({ removed_at: at });
  return n === 1;
}
