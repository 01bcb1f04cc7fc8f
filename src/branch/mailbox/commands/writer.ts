/** What the writer does with the code: reads, supplies, is content or not, agrees to publication. Nothing names an account. */
import { invalid } from '../../../errors.ts';
import { transact } from '../../../platform/db/index.ts';
import { chartOf, type RecordActor } from '../../records/index.ts';
import { findByCode } from '../receipt.ts';
import type { WriterActBody } from '../schema.ts';
import * as store from '../store.ts';
import type { Letter, MailDeps, Message, Mode } from '../types.ts';
import { again, moveLetter } from './move.ts';

const WRITER: RecordActor = { accountId: null, parts: new Set(['writer']) };
/** Acts that say something. */
const SPEAKS: Record<string, string> = {
  SUPPLY: '请写下要补充的情况',
  REOPEN: '请写明哪里不满意',
  ASK_REVIEW: '请写明为什么请求复查',
};

export interface Thread {
  mode: Mode;
  title: string;
  state: string;
  stateTitle: string;
  /** The office that has it. */
  office: string;
  dueOn: string | null;
  dueProvisional: boolean;
  messages: Message[];
  consent: boolean | null;
  possible: { event: string; title: string }[];
}

const lookUp = async (deps: MailDeps, code: string): Promise<Letter> =>
  (await findByCode(deps.vault, code, (group) => store.listInGroup(deps.db.read, deps.vault, group))).letter;

async function threadOf(deps: MailDeps, letter: Letter): Promise<Thread> {
  const { record } = letter;
  const running = chartOf('letter');
  return {
    mode: letter.mode,
    title: letter.title,
    state: record.state,
    stateTitle: running.title(record.state),
    office: deps.orgs.get(letter.toOrg).name,
    dueOn: record.dueOn,
    dueProvisional: record.dueProvisional,
    messages: await store.listMessages(deps.db.read, deps.vault, record.id),
    consent: letter.consent,
    possible: running.possible(record.state, WRITER.parts).map(({ event, title }) => ({ event, title })),
  };
}

/** The letter with all that was said, for whoever has the code. @throws AppError 404 letter.code_not_found */
export const readByCode = async (deps: MailDeps, code: string): Promise<Thread> =>
  threadOf(deps, await lookUp(deps, code));

/**
 * One act of the writer.
 * @throws AppError 404 letter.code_not_found; 409 record.not_possible; 422 when it must say something
 */
export async function actByCode(deps: MailDeps, { code, event, text }: WriterActBody): Promise<Thread> {
  const found = await lookUp(deps, code);
  if (event !== 'CONSENT' && event !== 'REFUSE' && SPEAKS[event] !== undefined && text === undefined)
    throw invalid([{ pointer: '/text', message: SPEAKS[event], code: 'required' }]);
  await transact(deps.db, async (trx) => {
    if (event === 'CONSENT' || event === 'REFUSE')
      return store.saveLetter(trx, found.record.id, { consent: event === 'CONSENT' });
    const letter = await again(trx, deps, found);
    await moveLetter(trx, deps, letter, {
      event,
      actor: WRITER,
      version: letter.record.version,
      say: text === undefined ? undefined : { side: 'writer', text },
    });
  });
  return readByCode(deps, code);
}
