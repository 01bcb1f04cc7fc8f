/** Is a certificate or paper genuine? What the register says, and whether a signed code says the same. */
import { localDate } from '../../../kernel/time.ts';
import type { PlatformDeps } from '../../../platform/deps.ts';
import { checkToken } from '../../../platform/keys/index.ts';
import { type AnswerDeps, findAnswerByCode } from '../../answers/index.ts';
import { findReceiptByCode } from '../../cash/index.ts';
import { paperContent, readCode } from '../../codes.ts';
import { findPaperByCode } from '../../papers/index.ts';
import { type Difference, differences, type Said, saidOf, type Verdict, verdictOn } from '../rules.ts';
import { findByCode } from './issue.ts';

export type VerifyDeps = Pick<PlatformDeps, 'db' | 'clock' | 'vault' | 'signing'> & Pick<AnswerDeps, 'orgs'>;

/** What the public learns from a code: never an identity number or an address. */
export interface Checked extends Partial<Said> {
  verdict: Verdict | 'paper' | 'unknown' | 'mismatch' | 'bad-signature' | 'unknown-key' | 'unreadable';
  /** What a signed code says otherwise than the register. */
  differs?: Difference[];
}

/** Check a code as typed or scanned; `token` is the signed part of a scanned one. */
export async function verify(deps: VerifyDeps, typed: string, token?: string): Promise<Checked> {
  const code = readCode(typed);
  const register = await inRegister(deps, code);
  if (!register) return { verdict: 'unknown' };
  const { verdict, said } = register;
  if (token === undefined) return { verdict, ...said };
  const keys = await deps.signing.codeKeys();
  const checked = checkToken(`verify/${code}?s=${token}`, keys, localDate(deps.clock.now()));
  if (!('content' in checked)) return { verdict: checked.result, ...said };
  const differs = differences(checked.content, said);
  return differs.length > 0 ? { verdict: 'mismatch', ...said, differs } : { verdict, ...said };
}

async function inRegister(
  deps: VerifyDeps,
  code: string,
): Promise<{ verdict: Checked['verdict']; said: Said } | undefined> {
  const certificate = await findByCode(deps.db.read, code);
  if (certificate)
    return {
      verdict: verdictOn(certificate, localDate(deps.clock.now())),
      said: saidOf(certificate),
    };
  const paper =
    (await findPaperByCode(deps, code)) ??
    (await findAnswerByCode(deps, code)) ??
    (await findReceiptByCode(deps, code));
  return paper && { verdict: 'paper', said: paperContent(paper) };
}
