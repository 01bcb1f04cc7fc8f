/** The versions of items in this database, and how many running cases each carries. */
import type { Knex } from 'knex';
import type { Instant } from '../../../kernel/types.ts';
import type { Pinned } from '../../../platform/definitions/index.ts';
import type { SystemDeps } from './house.ts';

export interface Version {
  pinned: Pinned;
  storedAt: Instant;
  /** Cases handed in and not closed. */
  running: number;
  /** New cases are opened on it. */
  current: boolean;
}

/** Running cases by the version they are pinned to. */
async function runningByVersion(db: Knex): Promise<Map<string, number>> {
  const rows: { sha: string; n: number }[] = await db('cases')
    .whereNotIn('phase', ['draft', 'closed'])
    .groupBy('definition_sha')
    .select('definition_sha as sha')
    .count({ n: '*' });
  return new Map(rows.map(({ sha, n }) => [sha, Number(n)]));
}

/** Every version by item, the newest first. */
export async function versionsByItem(deps: SystemDeps): Promise<Map<string, Version[]>> {
  const { db, definitions } = deps;
  const running = await runningByVersion(db.read);
  const rows: { sha256: string; stored_at: string }[] = await db
    .read('definitions')
    .select('sha256', 'stored_at');
  const storedAt = new Map(rows.map((r) => [r.sha256, r.stored_at]));
  const current = new Set(definitions.list().map(({ code }) => definitions.get(code).sha256));
  const byItem = new Map<string, Version[]>();
  const all = [...definitions.versions()].sort((a, b) => b.definition.version - a.definition.version);
  for (const pinned of all) {
    const { code } = pinned.definition;
    const version = {
      pinned,
      storedAt: storedAt.get(pinned.sha256) as string,
      running: running.get(pinned.sha256) ?? 0,
      current: current.has(pinned.sha256),
    };
    byItem.set(code, [...(byItem.get(code) ?? []), version]);
  }
  return new Map([...byItem].sort(([a], [b]) => (a < b ? -1 : 1)));
}
