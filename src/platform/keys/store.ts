import type { Knex } from 'knex';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { Trx } from '../db/index.ts';
import type { Algorithm } from './curves.ts';

type Db = Trx | Knex;

export interface StoredKey {
  id: string;
  purpose: 'code' | 'authority' | 'pdf';
  algorithm: Algorithm;
  organ: { id: string; name: string } | null;
  /** Raw bytes as base64url. */
  publicPart: string;
  privateSealed: string;
  /** DER as base64; null for keys of codes. */
  certificate: string | null;
  /** What it signs now; null once it is replaced. */
  signsFor: string | null;
  validFrom: LocalDate;
  /** Last day on which its signatures count; null = no end. */
  retiredOn: LocalDate | null;
  createdAt: Instant;
}

type Raw = Record<string, string | null>;

const toKey = (r: Raw): StoredKey => ({
  id: r.id as string,
  purpose: r.purpose as StoredKey['purpose'],
  algorithm: r.algorithm as Algorithm,
  organ: r.organ_id === null ? null : { id: r.organ_id as string, name: r.organ_name as string },
  publicPart: r.public_part as string,
  privateSealed: r.private_sealed as string,
  certificate: r.certificate as string | null,
  signsFor: r.signs_for as string | null,
  validFrom: r.valid_from as string,
  retiredOn: r.retired_on as string | null,
  createdAt: r.created_at as string,
});

/** The key that signs for something now. */
export async function findCurrent(db: Db, signsFor: string): Promise<StoredKey | undefined> {
  const row = await db('signing_keys').where({ signs_for: signsFor }).first();
  return row && toKey(row);
}

/** All keys, or those of a purpose, oldest first. */
export async function listKeys(db: Db, purpose?: StoredKey['purpose']): Promise<StoredKey[]> {
  const rows = await db('signing_keys')
    .modify((query) => purpose && query.where({ purpose }))
    .orderBy(['created_at', 'id']);
  return rows.map(toKey);
}

/** Insert, unless another was quicker; the key that stays. */
export async function insertOnce(trx: Trx, key: StoredKey & { signsFor: string }): Promise<StoredKey> {
  await trx('signing_keys')
    .insert({
      id: key.id,
      purpose: key.purpose,
      algorithm: key.algorithm,
      organ_id: key.organ?.id ?? null,
      organ_name: key.organ?.name ?? null,
      public_part: key.publicPart,
      private_sealed: key.privateSealed,
      certificate: key.certificate,
      signs_for: key.signsFor,
      valid_from: key.validFrom,
      retired_on: key.retiredOn,
      created_at: key.createdAt,
    })
    .onConflict('signs_for')
    .ignore();
  return (await findCurrent(trx, key.signsFor)) as StoredKey;
}

/** A key signs nothing any more; what it signed counts until `retiredOn`. */
export async function replace(trx: Trx, id: string, retiredOn: LocalDate | null): Promise<void> {
  await trx('signing_keys').where({ id }).update({ signs_for: null, retired_on: retiredOn });
}
