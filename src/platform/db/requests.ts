import { invalid } from '../../errors.ts';
import { canonicalJson, sha256 } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/types.ts';
import type { Vault } from '../vault/index.ts';
import type { Database } from './index.ts';
import { type Trx, transact } from './transact.ts';

/** Whose request it is, the id its sender gave it, and a hash of what was asked. */
export interface RequestKey {
  accountId: string;
  requestId: string;
  bodyHash: string;
}

interface RequestDeps {
  db: Database;
  vault: Vault;
  clock: { now(): Instant };
}

/** Ids of ours are shorter by far. */
const LONGEST_ID = 200;

/**
 * The key of what somebody asked for, when its sender gave it an id.
 * @throws AppError 422 for an endless one
 */
export function keyOf(
  who: { accountId: string } | null,
  requestId: string | undefined,
  asked: unknown,
): RequestKey | null {
  if (requestId === undefined || who === null) return null;
  if (requestId.length > LONGEST_ID) throw invalid([{ pointer: '/_request', message: '请求编号太长' }]);
  return { accountId: who.accountId, requestId, bodyHash: sha256(canonicalJson(asked)) };
}

/** One write in a transaction of its own, once for its key: a repeat gets the first answer. */
const writeKeyed = <T>(
  deps: RequestDeps,
  key: RequestKey | null,
  work: (trx: Trx) => Promise<T>,
): Promise<T> =>
  transact(deps.db, (trx) => (key === null ? work(trx) : once(trx, deps, key, () => work(trx))));

/** The same, where the key is not asked for afterwards. */
export const writeOnce = <T>(
  deps: RequestDeps,
  who: { accountId: string },
  requestId: string | undefined,
  asked: unknown,
  work: (trx: Trx) => Promise<T>,
): Promise<T> => writeKeyed(deps, keyOf(who, requestId, asked), work);

/**
 * One write and what is seen after it: `look` reads it when the write is committed. A repeat gets the first view, even
 * when things have moved on.
 */
export async function writeAndView<T extends object, V>(
  deps: RequestDeps,
  key: RequestKey | null,
  work: (trx: Trx) => Promise<T>,
  look: (done: T) => Promise<V>,
): Promise<V> {
  const done = await writeKeyed<T | (T & { view: V })>(deps, key, work);
  if ('view' in done) return done.view;
  const view = await look(done);
  if (key) await transact(deps.db, (trx) => keepAnswer(trx, deps, key, { ...done, view }));
  return view;
}

/**
 * Do a write once for a request id; a repeat gets the first answer. Two at the same moment: the second
 * waits for the first's row and reads it.
 * @throws AppError 422 `request.reused` when the id comes back with something else to do
 */
async function once<T>(
  trx: Trx,
  deps: Omit<RequestDeps, 'db'>,
  key: RequestKey,
  work: () => Promise<T>,
): Promise<T> {
  const id = { account_id: key.accountId, request_id: key.requestId };
  const placed = await trx('requests')
    .insert({ ...id, body_hash: key.bodyHash, response_sealed: null, at: deps.clock.now() })
    .onConflict(['account_id', 'request_id'])
    .ignore()
    .returning('request_id');
  if (placed.length === 0) {
    const first = await trx('requests').where(id).first();
    if (first.body_hash !== key.bodyHash)
      throw invalid([{ pointer: '', message: '同一个请求编号用在了不同的内容上' }], 'request.reused');
    return JSON.parse(deps.vault.open(first.response_sealed));
  }
  const answer = await work();
  await keepAnswer(trx, deps, key, answer);
  return answer;
}

/** What somebody's request was answered when it was carried out; undefined when it never was. */
export async function findAnswer<T>(
  deps: RequestDeps,
  who: { accountId: string },
  requestId: string,
): Promise<T | undefined> {
  const id = { account_id: who.accountId, request_id: requestId };
  const first = await deps.db.read('requests').where(id).first();
  return first && JSON.parse(deps.vault.open(first.response_sealed));
}

/** Keep a fuller answer for a request that was carried out: what a repeat gets from now on. */
async function keepAnswer(
  trx: Trx,
  deps: { vault: Vault },
  { accountId, requestId }: RequestKey,
  answer: unknown,
): Promise<void> {
  await trx('requests')
    .where({ account_id: accountId, request_id: requestId })
    .update({ response_sealed: deps.vault.seal(JSON.stringify(answer)) });
}
