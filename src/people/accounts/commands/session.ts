import { sha256 } from '../../../kernel/canonical.ts';
import { newId } from '../../../kernel/ids.ts';
import { auditBy, recordAudit } from '../../../platform/audit/index.ts';
import { transact } from '../../../platform/db/index.ts';
import { grantsOn } from '../deputies/store.ts';
import type { Grant } from '../policy.ts';
import * as store from '../store.ts';
import { type AccountDeps, newCode, todayOf } from './deps.ts';
import { failuresKey, later, provePassword } from './prove.ts';

/** Somebody signed in, as every command and page knows them. */
export interface SignedIn {
  accountId: string;
  name: string;
  login: string;
  /** In force today (Shanghai date), those of the colleagues he stands in for too. */
  grants: Grant[];
  sessionId: string;
  /** The password was given by an administrator: nothing else is open until it is changed. */
  mustChange: boolean;
  /** Must come back with every request that changes something. */
  csrf: string;
}

/** A session ends after half an hour without a request, and after twelve hours whatever happens. */
const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
/** "Last seen" is written at most once a minute. */
const SEEN_MS = 60_000;

/**
 * Opens a session. The token goes into the cookie and is stored only as a hash; a session that the browser
 * already had (`replaces`: its token) ends.
 * @throws AppError 401 session.bad_credentials; 429 session.locked
 */
export async function signIn(
  deps: AccountDeps,
  given: { login: string; password: string; replaces?: string | undefined },
): Promise<{ token: string; who: SignedIn }> {
  const account = await provePassword(deps, given.login, given.password);
  const now = deps.clock.now();
  const token = newCode(deps);
  const session: store.Session = {
    id: newId(now, deps.random),
    tokenHash: sha256(token),
    accountId: account.id,
    csrf: newCode(deps),
    createdAt: now,
    lastSeenAt: now,
  };
  return transact(deps.db, async (trx) => {
    if (given.replaces !== undefined) await store.deleteSessionByHash(trx, sha256(given.replaces));
    await store.deleteDeadSessions(trx, later(now, -IDLE_MS), later(now, -ABSOLUTE_MS));
    await store.deleteFailures(trx, failuresKey(deps, account.login));
    await store.insertSession(trx, session);
    await store.saveSignedIn(trx, account.id, now);
    await recordAudit(trx, {
      at: now,
      actor: account.id,
      act: 'session.open',
      subject: account.id,
      detail: { session: session.id },
    });
    return { token, who: signedIn(account, session, await grantsOn(trx, account.id, todayOf(deps))) };
  });
}

function signedIn(account: store.Account, session: store.Session, grants: Grant[]): SignedIn {
  return {
    accountId: account.id,
    name: account.name,
    login: account.login,
    grants,
    sessionId: session.id,
    csrf: session.csrf,
    mustChange: account.mustChange,
  };
}

/** Who holds this token now; undefined when the session ended, expired, or its account was disabled. */
export async function findSession(deps: AccountDeps, token: string): Promise<SignedIn | undefined> {
  const now = deps.clock.now();
  const session = await store.findSessionByHash(deps.db.read, sha256(token));
  if (!session) return undefined;
  if (session.lastSeenAt < later(now, -IDLE_MS) || session.createdAt < later(now, -ABSOLUTE_MS)) {
    await transact(deps.db, (trx) => store.deleteSession(trx, session.id));
    return undefined;
  }
  const account = await store.findAccountById(deps.db.read, session.accountId);
  if (!account || account.disabledAt !== null) return undefined;
  if (session.lastSeenAt <= later(now, -SEEN_MS)) {
    await transact(deps.db, (trx) => store.saveSeen(trx, session.id, now));
  }
  return signedIn(account, session, await grantsOn(deps.db.read, account.id, todayOf(deps)));
}

/** Ends the session. */
export async function signOut(deps: AccountDeps, who: SignedIn): Promise<void> {
  await transact(deps.db, async (trx) => {
    await store.deleteSession(trx, who.sessionId);
    await auditBy(trx, deps, who, 'session.close', who.accountId, { session: who.sessionId });
  });
}
