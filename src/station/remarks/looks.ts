/** Who looked at a case and at what: written after the answer, so that nobody waits for it, and once a day. */
import type { Knex } from 'knex';
import { localDate } from '../../kernel/time.ts';
import { accountNames } from '../../people/accounts/index.ts';
import { auditBy } from '../../platform/audit/index.ts';
import { type Database, transact } from '../../platform/db/index.ts';
import type { RouteContext } from '../../platform/http/index.ts';
import type { RemarkDeps } from './types.ts';

type LookDeps = Pick<RemarkDeps, 'db' | 'clock' | 'log'>;

/** What is looked at: the case, or one of its files. */
export type Look = { act: 'case.view' } | { act: 'material.view'; file: string; name: string };

const under = new WeakMap<Database, Set<Promise<void>>>();

/** Does the work once the answer is out; a failure goes to the log, the reader has what was asked for. */
export function afterAnswer(ctx: RouteContext, deps: LookDeps, work: () => Promise<void>): void {
  const open = under.get(deps.db) ?? new Set();
  under.set(deps.db, open);
  const done = new Promise<void>((finish) => ctx.res.once('close', finish))
    .then(work)
    .catch((error: unknown) => deps.log.error({ err: error }, 'a look was not written down'))
    .finally(() => open.delete(done));
  open.add(done);
}

/** Resolves when everything looked at before now is written down: no page waits for it, a test does. */
export async function looksSettled({ db }: Pick<LookDeps, 'db'>): Promise<void> {
  await Promise.all(under.get(db) ?? []);
}

/** Write down that somebody looks: in the audit, once per person, thing and day (Shanghai). */
export async function noteLook(
  deps: LookDeps,
  who: { accountId: string },
  caseId: string,
  look: Look,
): Promise<void> {
  const { act, ...detail } = look;
  const key = {
    case_id: caseId,
    account_id: who.accountId,
    what: look.act === 'case.view' ? 'case' : look.file,
    day: localDate(deps.clock.now()),
  };
  if (await deps.db.read('case_looks').where(key).first('day')) return;
  await transact(deps.db, async (trx) => {
    const first = await trx('case_looks')
      .insert(key)
      .onConflict(['case_id', 'account_id', 'what', 'day'])
      .ignore()
      .returning('day');
    if (first.length > 0) await auditBy(trx, deps, who, act, caseId, detail);
  });
}

/** A line of who looked. */
export interface LookLine {
  at: string;
  name: string;
  act: string;
  /** The file or print, by name. */
  what: string | null;
}

const ACTS = [
  'case.view',
  'case.reveal',
  'material.view',
  'paper.print',
  'certificate.print',
  'roster.download',
];
const MOST = 60;

/**
 * Who looked at a case, its files and its prints, newest first, the last sixty.
 * @param prints titles of its papers and certificates, by their ids
 */
export async function listLooks(
  db: Knex,
  caseId: string,
  prints: ReadonlyMap<string, string>,
): Promise<LookLine[]> {
  const rows: { at: string; actor_id: string; act: string; subject: string; detail: string }[] = await db(
    'audit',
  )
    .whereIn('subject', [caseId, ...prints.keys()])
    .whereIn('act', ACTS)
    .orderBy('id', 'desc')
    .limit(MOST);
  const names = await accountNames(db, [...new Set(rows.map((r) => r.actor_id))]);
  return rows.map((r) => ({
    at: r.at,
    name: names.get(r.actor_id) ?? r.actor_id,
    act: r.act,
    what: prints.get(r.subject) ?? (JSON.parse(r.detail) as { name?: string }).name ?? null,
  }));
}
