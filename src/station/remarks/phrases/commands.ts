import { type Fault, invalid, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { maskNumbers } from '../../../kernel/mask.ts';
import { doesCaseWork, type SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { transact, writeOnce } from '../../../platform/db/index.ts';
import type { RemarkDeps } from '../types.ts';
import { OPINIONS } from './standard.ts';
import { insertPhrase, listPhrases, type Phrase, type PhraseUse, saveRemoved } from './store.ts';

const MOST = 200;
/** Of one person or one office. */
const MOST_PHRASES = 50;

/** The organisations somebody works at: those whose phrases they share. */
export const officesOf = (who: SignedIn): string[] => [...new Set(who.grants.map((g) => g.org))];

/** Everything somebody may insert and manage. */
export const phrasesOf = (deps: Pick<RemarkDeps, 'db'>, who: SignedIn): Promise<Phrase[]> =>
  listPhrases(deps.db.read, who.accountId, officesOf(who));

/** What an opinion of an act is offered: one's own first, then the office's, then everybody's. */
export function opinionsFor(phrases: readonly Phrase[], event: string): string[] {
  const own = phrases.filter((p) => p.use === 'opinion');
  return inTurn(own, OPINIONS[event] ?? []);
}

/** The same for a reason. */
export const reasonsFor = (phrases: readonly Phrase[], standard: readonly string[]): string[] =>
  inTurn(
    phrases.filter((p) => p.use === 'reason'),
    standard,
  );

const inTurn = (phrases: readonly Phrase[], standard: readonly string[]): string[] => [
  ...new Set([
    ...phrases.filter((p) => p.accountId !== null).map((p) => p.text),
    ...phrases.filter((p) => p.orgId !== null).map((p) => p.text),
    ...standard,
  ]),
];

export interface NewPhrase {
  text: string;
  use: PhraseUse;
  /** An office one works at; absent: for oneself. */
  org?: string | undefined;
}

/**
 * Keep a phrase. Numbers of persons are masked.
 * @throws notAllowed for whoever does no case work or does not work at the office, invalid
 */
export async function addPhrase(
  deps: RemarkDeps,
  who: SignedIn,
  { text: given, use, org }: NewPhrase,
  requestId?: string,
): Promise<{ id: string }> {
  if (!doesCaseWork(who) || (org !== undefined && !officesOf(who).includes(org))) throw notAllowed();
  const text = maskNumbers(given.trim());
  const faults = faultsOf(text);
  if (faults.length > 0) throw invalid(faults);
  return writeOnce(deps, who, requestId, { text, use, org }, async (trx) => {
    const held = (await listPhrases(trx, who.accountId, officesOf(who))).filter((p) =>
      org === undefined ? p.accountId !== null : p.orgId === org,
    );
    if (held.length >= MOST_PHRASES)
      throw invalid([
        { pointer: '/text', message: `最多 ${MOST_PHRASES} 条，请先删去不用的`, code: 'maxItems' },
      ]);
    const addedAt = deps.clock.now();
    const id = newId(addedAt, deps.random);
    const owner = { accountId: org === undefined ? who.accountId : null, orgId: org ?? null };
    await insertPhrase(trx, {
      id,
      ...owner,
      use,
      text,
      addedBy: who.accountId,
      addedName: who.name,
      addedAt,
    });
    await auditBy(trx, deps, who, 'phrase.add', id, { org: org ?? null });
    return { id };
  });
}

function faultsOf(text: string): Fault[] {
  if (text === '') return [{ pointer: '/text', message: '请写下用语', code: 'required' }];
  const length = [...text].length;
  return length > MOST
    ? [{ pointer: '/text', message: `最多 ${MOST} 字，现在 ${length} 字`, code: 'maxLength' }]
    : [];
}

/** Whoever made it may take it away; of an office, whoever leads it as well. */
export const mayRemove = (who: SignedIn, phrase: Phrase): boolean =>
  phrase.addedBy === who.accountId ||
  who.grants.some((g) => g.org === phrase.orgId && (g.role === 'leader' || g.role === 'reviewer'));

/** @throws notFound `phrase.not_found`, notAllowed */
export async function removePhrase(deps: RemarkDeps, who: SignedIn, id: string): Promise<void> {
  await transact(deps.db, async (trx) => {
    const phrase = (await listPhrases(trx, who.accountId, officesOf(who))).find((p) => p.id === id);
    if (!phrase) throw notFound('phrase.not_found');
    if (!mayRemove(who, phrase)) throw notAllowed();
    await saveRemoved(trx, id, deps.clock.now());
    await auditBy(trx, deps, who, 'phrase.remove', id, { org: phrase.orgId });
  });
}
