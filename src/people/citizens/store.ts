import type { Knex } from 'knex';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
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
  };
  await trx('citizens').insert(row).onConflict(['id_kind', 'id_blind']).ignore();
}

export async function saveCitizen(trx: Trx, vault: Vault, citizen: Citizen): Promise<void> {
  await trx('citizens')
    .where({ id: citizen.id })
    .update({
      name: citizen.name,
      phone_sealed: citizen.phone === null ? null : vault.seal(citizen.phone),
      updated_at: citizen.updatedAt,
    });
}
