import type { Knex } from 'knex';
import type { Trx } from '../../../platform/db/index.ts';
import type { Facts, OwnHours, Written } from '../types.ts';

export type Db = Trx | Knex;

export interface FactsVersion extends Written {
  facts: Facts;
}

type Raw = Record<string, string | null>;

const toVersion = (r: Raw): FactsVersion => ({
  facts: JSON.parse(r.facts as string),
  at: r.at as string,
  by: r.by as string,
  name: r.by_name as string,
});

/** Every version, the newest first. */
export async function listVersions(db: Db, org: string, most: number): Promise<FactsVersion[]> {
  const rows: Raw[] = await db('station_facts').where({ org_id: org }).orderBy('id', 'desc').limit(most);
  return rows.map(toVersion);
}

export async function insertVersion(
  trx: Trx,
  version: FactsVersion & { id: string; org: string },
): Promise<void> {
  const { id, org, facts, at, by, name } = version;
  await trx('station_facts').insert({
    id,
    org_id: org,
    facts: JSON.stringify(facts),
    at,
    by,
    by_name: name,
  });
}

/** Hours as they were entered, and taken back. */
export interface HoursEntry extends OwnHours {
  entered: Written;
  removed: Written | null;
}

const toEntry = (r: Raw): HoursEntry => ({
  id: r.id as string,
  from: r.valid_from as string,
  to: r.valid_to as string | null,
  days: r.days as OwnHours['days'],
  spans: JSON.parse(r.spans as string),
  note: r.note as string | null,
  entered: { at: r.at as string, by: r.by as string, name: r.by_name as string },
  removed:
    r.removed_at === null
      ? null
      : { at: r.removed_at as string, by: r.removed_by as string, name: r.removed_name as string },
});

/** The newest first. */
export async function listHours(db: Db, org: string, most: number): Promise<HoursEntry[]> {
  const rows: Raw[] = await db('station_hours').where({ org_id: org }).orderBy('id', 'desc').limit(most);
  return rows.map(toEntry);
}

/** Hours in force on one of these days, the newest first; those taken back are left out. */
export async function hoursBetween(db: Db, org: string, from: string, to: string): Promise<OwnHours[]> {
  const rows: Raw[] = await db('station_hours')
    .where({ org_id: org })
    .whereNull('removed_at')
    .where('valid_from', '<=', to)
    .where((any) => any.whereNull('valid_to').orWhere('valid_to', '>=', from))
    .orderBy('id', 'desc');
  return rows.map(toEntry);
}

export async function insertHours(trx: Trx, org: string, hours: OwnHours, by: Written): Promise<void> {
  await trx('station_hours').insert({
    id: hours.id,
    org_id: org,
    valid_from: hours.from,
    valid_to: hours.to,
    days: hours.days,
    spans: JSON.stringify(hours.spans),
    note: hours.note,
    at: by.at,
    by: by.by,
    by_name: by.name,
  });
}

/** How many were taken back: none when that was done before. */
export const removeHours = (trx: Trx, org: string, id: string, by: Written): Promise<number> =>
  trx('station_hours')
    .where({ org_id: org, id })
    .whereNull('removed_at')
    .update({ removed_at: by.at, removed_by: by.by, removed_name: by.name });
