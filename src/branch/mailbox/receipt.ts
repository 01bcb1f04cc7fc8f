/**
 * The receipt code by which somebody unknown finds back: sixteen digits shown once, kept as a slow hash. It is sought in
 * one of 4096 groups, so that a look-up costs a hash or two and the group tells nobody from anybody.
 */
import { notFound } from '../../errors.ts';
import { fitsPassword, hashPassword } from '../../people/accounts/index.ts';
import type { Vault } from '../../platform/vault/index.ts';

const DIGITS = 16;
/** Hexadecimal digits of the keyed hash: 12 of the code's 53 bits. */
const GROUP = 3;

/** The columns of a record that is found by its code. */
export interface ReceiptColumns {
  code_group: string;
  code_hash: string;
  form_once: string;
}

function newCode(random: (n: number) => Uint8Array): string {
  let code = '';
  while (code.length < DIGITS)
    // Every digit as likely as another: what is left above 249 is thrown away.
    for (const byte of random(DIGITS)) if (byte < 250 && code.length < DIGITS) code += byte % 10;
  return code;
}

const groupOf = (vault: Pick<Vault, 'blind'>, code: string): string =>
  vault.blind(`receipt:${code}`).slice(0, GROUP);

/** A new code with what is kept of it. @param once of the form that was sent */
export async function newReceipt(
  deps: { vault: Vault; random: (n: number) => Uint8Array },
  once: string,
): Promise<{ code: string; columns: ReceiptColumns }> {
  const code = newCode(deps.random);
  return {
    code,
    columns: {
      code_group: groupOf(deps.vault, code),
      code_hash: await hashPassword(code),
      form_once: deps.vault.blind(`once:${once}`),
    },
  };
}

/** As people copy it: in fours, with full-width digits, with dashes. */
const plain = (typed: string): string => typed.normalize('NFKC').replace(/[\s-]/g, '');

/**
 * The row whose code this is. A wrong code costs the same work as a right one.
 * @param inGroup rows that may have it
 * @throws AppError 404 letter.code_not_found
 */
export async function findByCode<T extends { code_hash: string }>(
  vault: Vault,
  typed: string,
  inGroup: (group: string) => Promise<T[]>,
): Promise<T> {
  const code = plain(typed);
  const rows = await inGroup(groupOf(vault, code));
  let found: T | undefined;
  for (const row of rows) if (await fitsPassword(row.code_hash, code)) found = row;
  if (rows.length === 0) await fitsPassword(undefined, code);
  if (!found) throw notFound('letter.code_not_found');
  return found;
}

/** `1234 5678 9012 3456` */
export const inFours = (code: string): string => code.replace(/(\d{4})(?=\d)/g, '$1 ');
