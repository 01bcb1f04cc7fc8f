/** An act that somebody began and did not send: kept until it is sent, the case moves on, or a week is over. */
import type { Knex } from 'knex';
import type { SignedIn } from '../../people/accounts/index.ts';
import { transact } from '../../platform/db/index.ts';
import type { RemarkDeps } from './types.ts';

type DraftDeps = Pick<RemarkDeps, 'db' | 'vault' | 'clock'>;
type Value = Record<string, unknown>;

export interface ActDraft {
  value: Value;
  at: string;
}

interface Key {
  caseId: string;
  event: string;
}

const WEEK_MS = 7 * 24 * 3_600_000;
const keyOf = (who: { accountId: string }, { caseId, event }: Key) => ({
  case_id: caseId,
  account_id: who.accountId,
  event,
});

/** Keep what is typed so far, in place of what was kept before. */
export async function keepDraft(deps: DraftDeps, who: SignedIn, key: Key, value: Value): Promise<void> {
  const at = deps.clock.now();
  const before = new Date(Date.parse(at) - WEEK_MS).toISOString();
  await transact(deps.db, async (trx) => {
    await trx('act_drafts').where('at', '<', before).delete();
    await trx('act_drafts')
      .insert({ ...keyOf(who, key), value_sealed: deps.vault.seal(JSON.stringify(value)), at })
      .onConflict(['case_id', 'account_id', 'event'])
      .merge();
  });
}

/** What was begun; nothing when the case has moved since. */
export async function findDraft(
  { db, vault }: { db: { read: Knex }; vault: DraftDeps['vault'] },
  who: SignedIn,
  key: Key,
  moved: string | undefined,
): Promise<ActDraft | undefined> {
  const row = await db.read('act_drafts').where(keyOf(who, key)).first();
  if (!row || (moved !== undefined && row.at < moved)) return undefined;
  return { value: JSON.parse(vault.open(row.value_sealed)), at: row.at };
}

export const dropDraft = (deps: Pick<DraftDeps, 'db'>, who: SignedIn, key: Key): Promise<void> =>
  transact(deps.db, async (trx) => {
    await trx('act_drafts').where(keyOf(who, key)).delete();
  });
