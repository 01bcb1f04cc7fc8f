import type { Knex } from 'knex';
import { nameInitials } from '../../kernel/initials.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import { inChunks, type Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { IdKind } from './rules.ts';

/** A citizen with everything opened; what leaves the house goes through `present.ts`. */
export interface Citizen {
  id: string;
  name: string;
  idKind: IdKind;
  idNumber: string;
  /** Unknown for passports. */
  birth: LocalDate | null;
  sex: '男' | '女' | null;
  phone: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

interface CitizenRow {
  id: string;
  name: string;
  id_kind: IdKind;
  id_sealed: string;
  id_blind: string;
  birth: LocalDate | null;
  sex: '男' | '女' | null;
  phone_sealed: string | null;
  created_at: Instant;
  updated_at: Instant;
  /** Pinyin initials of the name, by which it is found. */
  initials: string;
}

const blindOf = (vault: Vault, kind: IdKind, number: string): string => vault.blind(`${kind}:${number}`);

const toCitizen = (row: CitizenRow, vault: Vault): Citizen => ({
  id: row.id,
  name: row.name,
  idKind: row.id_kind,
  idNumber: vault.open(row.id_sealed),
  birth: row.birth,
  sex: row.sex,
  phone: row.phone_sealed === null ? null : vault.open(row.phone_sealed),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Looked up by the keyed hash; the sealed number is never searched. */
export async function findByNumber(
  db: Knex,
  vault: Vault,
  kind: IdKind,
  number: string,
): Promise<Citizen | undefined> {
  const row: CitizenRow | undefined = await db('citizens')
    .where({ id_kind: kind, id_blind: blindOf(vault, kind, number) })
    .first();
  return row && toCitizen(row, vault);
}

/** The citizens of these ids. */
export async function listByIds(db: Knex, vault: Vault, ids: readonly string[]): Promise<Citizen[]> {
  const rows = await inChunks(ids, (some) => db<CitizenRow>('citizens').whereIn('id', some));
  return rows.flat().map((row) => toCitizen(row as CitizenRow, vault));
}

/** Enters a citizen; when another transaction entered the same number first, nothing happens. */
export async function insertCitizen(trx: Trx, vault: Vault, citizen: Citizen): Promise<void> {
  const row: CitizenRow = {
    id: citizen.id,
    name: citizen.name,
    id_kind: citizen.idKind,
    id_sealed: vault.seal(citizen.idNumber),
    id_blind: blindOf(vault, citizen.idKind, citizen.idNumber),
    birth: citizen.birth,
    sex: citizen.sex,
    phone_sealed: citizen.phone === null ? null : vault.seal(citizen.phone),
    created_at: citizen.createdAt,
    updated_at: citizen.updatedAt,
    initials: nameInitials(citizen.name),
  };
  await trx('citizens').insert(row).onConflict(['id_kind', 'id_blind']).ignore();
}

export async function saveCitizen(trx: Trx, vault: Vault, citizen: Citizen): Promise<void> {
  await trx('citizens')
    .where({ id: citizen.id })
    .update({
      name: citizen.name,
      initials: nameInitials(citizen.name),
      phone_sealed: citizen.phone === null ? null : vault.seal(citizen.phone),
      updated_at: citizen.updatedAt,
    });
}

/** Whom somebody found by the full number, and on which day last. */
export async function rememberLookUp(
  trx: Trx,
  accountId: string,
  citizenId: string,
  day: LocalDate,
): Promise<void> {
  await trx('citizen_look_ups')
    .insert({ account_id: accountId, citizen_id: citizenId, day })
    .onConflict(['account_id', 'citizen_id'])
    .merge();
}

export async function findLookUp(
  db: Knex,
  accountId: string,
  citizenId: string,
): Promise<LocalDate | undefined> {
  const row = await db('citizen_look_ups').where({ account_id: accountId, citizen_id: citizenId }).first();
  return row?.day;
}
