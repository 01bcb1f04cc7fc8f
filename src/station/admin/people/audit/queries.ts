import type { Knex } from 'knex';
import type { Instant } from '../../../../kernel/types.ts';

/** One act, as it was written down. */
export interface AuditLine {
  id: number;
  at: Instant;
  /** null: the house itself, the console, or a stranger at the door. */
  actorName: string | null;
  actorLogin: string | null;
  /** Accounts on leave in whose place he was that day. */
  standsInFor: string[];
  act: string;
  subject: string | null;
  detail: unknown;
}

export interface AuditSearch {
  /** Name or login. */
  person?: string | undefined;
  act?: string | undefined;
  subject?: string | undefined;
  since?: Instant | undefined;
  before?: Instant | undefined;
  /** Id of the last line before this page. */
  after?: number | undefined;
  limit: number;
}

interface Row {
  id: number;
  at: Instant;
  act: string;
  subject: string | null;
  detail: string;
  name: string | null;
  login: string | null;
}

/**
 * Acts, the latest first: of everybody who holds or held something in these places, and of nobody's account.
 * @param places paths of organisations
 */
export async function searchAudit(
  db: Knex,
  places: readonly string[],
  { person, act, subject, since, before, after, limit }: AuditSearch,
): Promise<{ lines: AuditLine[]; next: number | null }> {
  const query = db('audit as l')
    .leftJoin('accounts as a', 'a.id', 'l.actor_id')
    .where((mine) => mine.whereNull('a.id').orWhereExists(heldIn(db, places)))
    .select('l.id', 'l.at', 'l.act', 'l.subject', 'l.detail', 'a.name', 'a.login')
    .orderBy('l.id', 'desc')
    .limit(limit + 1);
  if (person !== undefined)
    query.whereIn(
      'l.actor_id',
      db('accounts').where({ name: person }).orWhere({ login: person.toLowerCase() }).select('id'),
    );
  if (act !== undefined) query.where('l.act', act);
  if (subject !== undefined) query.where('l.subject', subject);
  if (since !== undefined) query.where('l.at', '>=', since);
  if (before !== undefined) query.where('l.at', '<', before);
  if (after !== undefined) query.where('l.id', '<', after);
  const rows: Row[] = await query;
  const page = rows.slice(0, limit);
  return {
    lines: page.map(toLine),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function toLine(r: Row): AuditLine {
  const { for: standsInFor = [], ...detail } = JSON.parse(r.detail) as { for?: string[] };
  const { id, at, act, subject, name: actorName, login: actorLogin } = r;
  return { id, at, act, subject, actorName, actorLogin, standsInFor, detail };
}

const heldIn = (db: Knex, places: readonly string[]): Knex.QueryBuilder =>
  db('grants as g')
    .join('orgs as o', 'o.id', 'g.org_id')
    .whereRaw('g.account_id = l.actor_id')
    .where((any) => {
      any.whereRaw('1 = 0');
      for (const path of places) any.orWhere('o.path', 'like', `${path}%`);
    })
    .select('g.id');
