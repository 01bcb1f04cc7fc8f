import type { Knex } from 'knex';
import type { LocalDate } from '../../kernel/types.ts';
import { beginsWith, inChunks, insertInChunks, type Trx } from '../../platform/db/index.ts';
import { type Org, type OrgKind, PARTY_KINDS } from './rules.ts';

interface OrgRow {
  id: string;
  parent_id: string | null;
  path: string;
  kind: OrgKind;
  name: string;
  short: string;
  doc_word: string | null;
  departments: string;
  closed_on: LocalDate | null;
}

/** Where an organisation stood, of which kind and under which name, from a day up to but not including another. */
export interface OrgPast {
  orgId: string;
  parentId: string | null;
  path: string;
  kind: OrgKind;
  name: string;
  from: LocalDate;
  to: LocalDate | null;
}

interface PastRow {
  org_id: string;
  parent_id: string | null;
  path: string;
  kind: OrgKind;
  name: string;
  valid_from: LocalDate;
  valid_to: LocalDate | null;
}

const toOrg = (row: OrgRow): Org => ({
  id: row.id,
  parentId: row.parent_id,
  path: row.path,
  kind: row.kind,
  name: row.name,
  short: row.short,
  docWord: row.doc_word,
  departments: JSON.parse(row.departments) as string[],
  closedOn: row.closed_on,
});

const toPast = (row: PastRow): OrgPast => ({
  orgId: row.org_id,
  parentId: row.parent_id,
  path: row.path,
  kind: row.kind,
  name: row.name,
  from: row.valid_from,
  to: row.valid_to,
});

const toRow = (org: Org): OrgRow => ({
  id: org.id,
  parent_id: org.parentId,
  path: org.path,
  kind: org.kind,
  name: org.name,
  short: org.short,
  doc_word: org.docWord,
  departments: JSON.stringify(org.departments),
  closed_on: org.closedOn,
});

export async function listOrgs(db: Knex): Promise<Org[]> {
  const rows: OrgRow[] = await db('orgs').orderBy('id');
  return rows.map(toOrg);
}

export async function hasOrgs(trx: Trx): Promise<boolean> {
  return (await trx('orgs').first('id')) !== undefined;
}

export async function hasParty(trx: Trx): Promise<boolean> {
  return (
    (await trx('orgs')
      .whereIn('kind', [...PARTY_KINDS])
      .first('id')) !== undefined
  );
}

/** New organisations, parents before children, each with the first row of its history. */
export async function insertOrgs(trx: Trx, orgs: readonly Org[], from: LocalDate): Promise<void> {
  await insertInChunks(trx, 'orgs', orgs.map(toRow));
  await insertInChunks(
    trx,
    'org_history',
    orgs.map((org) => pastRow(org, from)),
  );
}

const pastRow = (org: Org, from: LocalDate): PastRow => ({
  org_id: org.id,
  parent_id: org.parentId,
  path: org.path,
  kind: org.kind,
  name: org.name,
  valid_from: from,
  valid_to: null,
});

/** The org and everything beneath it, locked against other moves until the transaction ends. */
export async function subtreeOf(trx: Trx, path: string): Promise<Org[]> {
  const rows: OrgRow[] = await trx('orgs').where('path', 'like', `${path}%`).orderBy('path').forUpdate();
  return rows.map(toOrg);
}

/** Locked until the transaction ends. */
export async function findOrg(trx: Trx, id: string): Promise<Org | undefined> {
  const row: OrgRow | undefined = await trx('orgs').where({ id }).forUpdate().first();
  return row && toOrg(row);
}

/** It stays as it is until the transaction ends. */
export async function isClosed(trx: Trx, id: string): Promise<boolean> {
  const row: Pick<OrgRow, 'closed_on'> | undefined = await trx('orgs')
    .where({ id })
    .forShare()
    .first('closed_on');
  return row !== undefined && row.closed_on !== null;
}

/** First day of the history row that holds now. */
export async function standsSince(trx: Trx, orgId: string): Promise<LocalDate> {
  const row: PastRow | undefined = await trx('org_history').where({ org_id: orgId, valid_to: null }).first();
  if (!row) throw new Error(`organisation ${orgId} has no current history row`);
  return row.valid_from;
}

/**
 * New place, name or kind of an org; the old row ends on the day the new one begins (a second one on a day replaces). The
 * history of a closed one is over: it only goes along.
 */
export async function saveStanding(trx: Trx, org: Org, on: LocalDate): Promise<void> {
  const { parentId, path, kind, name, short } = org;
  const place = { parent_id: parentId, path, kind, name };
  await trx('orgs')
    .where({ id: org.id })
    .update({ ...place, short });
  if (org.closedOn !== null) return;
  const current = trx('org_history').where({ org_id: org.id, valid_to: null });
  if ((await standsSince(trx, org.id)) === on) {
    await current.update(place);
  } else {
    await current.update({ valid_to: on });
    await trx('org_history').insert(pastRow(org, on));
  }
}

/** New places of many orgs at once: the history of those that stand goes on from a day, closed ones only go along. */
export async function saveMoved(trx: Trx, orgs: readonly Org[], on: LocalDate): Promise<void> {
  for (const { id, parentId, path } of orgs)
    await trx('orgs').where({ id }).update({ parent_id: parentId, path });
  const standing = new Map(orgs.flatMap((o) => (o.closedOn === null ? [[o.id, o] as const] : [])));
  await inChunks([...standing.keys()], async (ids) => {
    const current = () => trx('org_history').whereIn('org_id', ids).whereNull('valid_to');
    await current().where('valid_from', on).delete();
    await current().update({ valid_to: on });
  });
  await insertInChunks(
    trx,
    'org_history',
    [...standing.values()].map((o) => pastRow(o, on)),
  );
}

/** No more from a day on. */
export async function saveClosed(trx: Trx, orgId: string, on: LocalDate): Promise<void> {
  await trx('orgs').where({ id: orgId }).update({ closed_on: on });
  await trx('org_history').where({ org_id: orgId, valid_to: null }).update({ valid_to: on });
}

/** It stands again from a day on; closed and reopened on one day, it was never gone. */
export async function saveReopened(trx: Trx, org: Org, on: LocalDate): Promise<void> {
  await trx('orgs').where({ id: org.id }).update({ closed_on: null });
  const rejoined = await trx('org_history')
    .where({ org_id: org.id, valid_to: on })
    .update({ valid_to: null });
  if (rejoined === 0) await trx('org_history').insert(pastRow(org, on));
}

/** Every org that lay beneath a path on a day, itself included, by path. */
export async function listPastWithin(db: Knex, path: string, on: LocalDate): Promise<OrgPast[]> {
  const rows: PastRow[] = await db('org_history')
    .where(beginsWith(db, 'path', path))
    .where('valid_from', '<=', on)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', on))
    .orderBy('path');
  return rows.map(toPast);
}

export async function saveDepartments(
  trx: Trx,
  orgId: string,
  departments: readonly string[],
): Promise<void> {
  await trx('orgs')
    .where({ id: orgId })
    .update({ departments: JSON.stringify(departments) });
}

/** Everything that hangs directly on an org, closed ones too. */
export async function listHanging(db: Knex, parentId: string): Promise<Org[]> {
  const rows: OrgRow[] = await db('orgs').where({ parent_id: parentId }).orderBy('id');
  return rows.map(toOrg);
}

/** Orgs of these places by a piece of their name or the beginning of their id, closed ones too, by id. */
export async function searchOrgs(
  db: Knex,
  search: { places: readonly string[]; text: string; after?: string | undefined; limit: number },
): Promise<Org[]> {
  const text = search.text.replace(/[!%_]/g, (c) => `!${c}`);
  const query = db('orgs')
    .where((any) => {
      any.whereRaw('1 = 0');
      for (const path of search.places) any.orWhere('path', 'like', `${path}%`);
    })
    .where((q) =>
      q.whereRaw("name like ? escape '!'", [`%${text}%`]).orWhereRaw("id like ? escape '!'", [`${text}%`]),
    )
    .orderBy('id')
    .limit(search.limit);
  if (search.after !== undefined) query.where('id', '>', search.after);
  const rows: OrgRow[] = await query;
  return rows.map(toOrg);
}

/** Every name and place an org has had, the latest first. */
export async function listPasts(db: Knex, orgId: string): Promise<OrgPast[]> {
  const rows: PastRow[] = await db('org_history').where({ org_id: orgId }).orderBy('valid_from', 'desc');
  return rows.map(toPast);
}

/** Where the org stood on a day; undefined before it was entered. */
export async function findPast(db: Knex, orgId: string, on: LocalDate): Promise<OrgPast | undefined> {
  const row: PastRow | undefined = await db('org_history')
    .where({ org_id: orgId })
    .where('valid_from', '<=', on)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', on))
    .first();
  return row && toPast(row);
}
