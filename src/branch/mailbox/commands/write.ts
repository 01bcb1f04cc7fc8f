/** A letter is written. Nobody who is signed in is known here: no command takes an account. */
import { conflict, type Fault, invalid } from '../../../errors.ts';
import { localDate, startOfDay } from '../../../kernel/time.ts';
import { transact } from '../../../platform/db/index.ts';
import { openRecord } from '../../records/index.ts';
import { deskFor, levelAbove } from '../policy.ts';
import { inFours, newReceipt } from '../receipt.ts';
import type { LetterBody } from '../schema.ts';
import * as store from '../store.ts';
import type { MailDeps } from '../types.ts';

/**
 * Keep a letter and give its code, which is told this once. The day is kept, not the hour; a nameless letter holds
 * nothing about its writer.
 * @throws AppError 422 with faults, letter.not_routable where nobody stands above whom it is about; 409 letter.already_sent
 */
export async function writeLetter(deps: MailDeps, given: LetterBody): Promise<{ code: string }> {
  const { mode, title, text, about = null } = given;
  const faults = writerFaults(given);
  const toOrg = addressee(deps, given, faults);
  if (faults.length > 0) throw invalid(faults);
  const today = localDate(deps.clock.now());
  const { code, columns } = await newReceipt(deps, given.once);
  await transact(deps.db, async (trx) => {
    if (await store.isSent(trx, columns.form_once)) throw conflict('letter.already_sent');
    const { id } = await openRecord(trx, deps, {
      module: 'letter',
      orgId: toOrg,
      authorId: null,
      visibility: 'named',
      content: undefined,
      at: startOfDay(today),
    });
    const desk = deskFor({ mode, isTip: given.tip ?? false, about });
    await store.insertLetter(trx, deps.vault, { id, mode, desk, toOrg, title, about }, columns);
    await store.addMessage(trx, deps.vault, id, { side: 'writer', text, on: today });
    if (mode !== 'anonymous')
      await store.insertIdentity(trx, deps.vault, id, { name: given.name ?? '', phone: given.phone ?? null });
  });
  return { code: inFours(code) };
}

function writerFaults({ mode, name, phone }: LetterBody): Fault[] {
  if (mode === 'anonymous')
    return name === undefined && phone === undefined
      ? []
      : [{ pointer: '/name', message: '匿名的信不要填姓名和电话', code: 'anonymous' }];
  return name === undefined ? [{ pointer: '/name', message: '署名的信请填姓名', code: 'required' }] : [];
}

/** Where it goes: to the level above whom it is about, else to the committee the writer chose. */
function addressee(deps: MailDeps, { about, to }: LetterBody, faults: Fault[]): string {
  if (about !== undefined) {
    if (!isStanding(deps, about)) faults.push({ pointer: '/about', message: '没有这个党组织', code: 'org' });
    else {
      const above = levelAbove(about, deps.orgs);
      if (!above)
        throw invalid([{ pointer: '/about', message: '这个组织上面没有再上一级' }], 'letter.not_routable');
      return above.id;
    }
  } else if (to === undefined || deps.orgs.find(to)?.kind !== 'party-committee' || !isStanding(deps, to))
    faults.push({ pointer: '/to', message: '请选这封信写给哪一级党委', code: 'required' });
  return to ?? '';
}

const isStanding = (deps: MailDeps, id: string): boolean => {
  const org = deps.orgs.find(id);
  return org !== undefined && org.closedOn === null && id.startsWith('P');
};
