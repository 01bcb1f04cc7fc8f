import type { Knex } from 'knex';
import { localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { inChunks, type Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import { personKey } from '../persons.ts';
import type { FoundRow } from './rules/check.ts';

type Db = Trx | Knex;

/** What a comparison found, kept sealed. */
export interface RosterCheck {
  /** The check step it was made for. */
  step: string;
  /** Rows that were compared. */
  rows: number;
  found: FoundRow[];
}

export async function saveCheck(
  trx: Trx,
  vault: Vault,
  check: RosterCheck & { caseId: string; seq: number; at: string },
): Promise<void> {
  const { caseId, seq, at, ...kept } = check;
  const findings_sealed = vault.seal(JSON.stringify(kept));
  await trx('roster_checks')
    .insert({ case_id: caseId, event_seq: seq, findings_sealed, checked_at: at })
    .onConflict(['case_id', 'event_seq'])
    .merge({ findings_sealed, checked_at: at });
}

/** The latest comparison of a case. */
export async function findCheck(
  db: Db,
  vault: Vault,
  caseId: string,
): Promise<(RosterCheck & { checkedAt: string }) | undefined> {
  const row = await db('roster_checks').where({ case_id: caseId }).orderBy('event_seq', 'desc').first();
  return row && { ...JSON.parse(vault.open(row.findings_sealed)), checkedAt: row.checked_at };
}

const blindRow = (vault: Vault, item: string, key: string): string => vault.blind(`roster:${item}:${key}`);

/** The rows of a batch, by keyed hash; those of an earlier comparison are replaced. */
export async function saveKeys(
  trx: Trx,
  vault: Vault,
  batch: { caseId: string; item: string; year: number; keys: { row: number; key: string }[] },
): Promise<void> {
  await trx('roster_keys').where({ case_id: batch.caseId }).delete();
  const rows = batch.keys.map(({ row, key }) => ({
    case_id: batch.caseId,
    row,
    item_code: batch.item,
    year: batch.year,
    key: blindRow(vault, batch.item, key),
  }));
  for (let i = 0; i < rows.length; i += 100) await trx('roster_keys').insert(rows.slice(i, i + 100));
}

/** A case of which nothing came does not stand against another. */
const LOST = ['rejected', 'refused', 'withdrawn', 'lapsed'];

/** Rows of other batches of the item and year with one of these keys. */
export async function listSameRows(
  db: Db,
  vault: Vault,
  { caseId, item, year, keys }: { caseId: string; item: string; year: number; keys: readonly string[] },
): Promise<{ key: string; number: string; villageId: string; row: number }[]> {
  const byHash = new Map(keys.map((key) => [blindRow(vault, item, key), key]));
  const rows = await inChunks([...byHash.keys()], (some) =>
    db('roster_keys as k')
      .join('cases as c', 'c.id', 'k.case_id')
      .where({ 'k.item_code': item, 'k.year': year })
      .whereIn('k.key', some)
      .whereNot({ 'k.case_id': caseId })
      .where((q) => q.whereNull('c.outcome').orWhereNotIn('c.outcome', LOST))
      .orderBy(['c.number', 'k.row'])
      .select('k.key', 'k.row', 'c.number', 'c.village_id'),
  );
  return rows.flat().map((r) => ({
    key: byHash.get(r.key) as string,
    number: r.number,
    villageId: r.village_id,
    row: r.row,
  }));
}

/** A case in which a person stands. */
export interface PersonCase {
  idNumber: string;
  caseId: string;
  number: string;
  situation: string;
  part: 'subject' | 'member';
  outcome: string | null;
  receivedAt: string;
  decidedOn: LocalDate | null;
  form: Record<string, unknown>;
}

/** Cases of an item about these persons, or in which they stand, handed in; oldest first. */
export async function listPersonCases(
  db: Db,
  vault: Vault,
  { item, persons, without = [] }: { item: string; persons: readonly string[]; without?: readonly string[] },
): Promise<PersonCase[]> {
  const byHash = new Map(persons.map((p) => [personKey(vault, p), p]));
  const rows = await inChunks([...byHash.keys()], (some) =>
    db('case_persons as p')
      .join('cases as c', 'c.id', 'p.case_id')
      .where({ 'c.item_code': item })
      .whereNot({ 'c.phase': 'draft' })
      .whereNotIn('c.situation', [...without])
      .whereIn('p.person', some)
      .orderBy('c.id')
      .select('p.person', 'p.part', 'c.*'),
  );
  return rows.flat().map((r) => ({
    idNumber: byHash.get(r.person) as string,
    caseId: r.id,
    number: r.number,
    situation: r.situation,
    part: r.part,
    outcome: r.outcome,
    receivedAt: r.received_at,
    decidedOn: r.decided_at && localDate(r.decided_at),
    form: JSON.parse(vault.open(r.form_sealed)),
  }));
}

/** The newest granted case of an item in a village and situation, but not this one. */
export async function findLastGranted(
  db: Db,
  { caseId, item, villageId, situation }: Record<'caseId' | 'item' | 'villageId' | 'situation', string>,
): Promise<string | undefined> {
  const row = await db('cases')
    .where({ item_code: item, village_id: villageId, situation, outcome: 'granted' })
    .whereNot({ id: caseId })
    .orderBy([
      { column: 'decided_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first('id');
  return row?.id;
}
