import { hash, verify } from '@node-rs/argon2';
import type { Fault } from '../../errors.ts';

/** argon2id (the library's default kind), 19 MiB, two passes, one lane: OWASP's first recommendation. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const MIN_PASSWORD = 10;
const MAX_PASSWORD = 200;

/** A PHC string with its own salt, about 60 ms of one processor. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST);

let nobody: Promise<string> | undefined;

/**
 * Does the password fit the hash? Without a hash (no such account) the same work is done in vain, so that
 * the time of the answer does not tell which logins exist.
 */
export async function fitsPassword(stored: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('no account has this password');
  const fits = await verify(stored ?? (await nobody), password);
  return stored !== undefined && fits;
}

/** What is wrong with a new password; characters are counted as people see them, not in UTF-16 units. */
export function passwordFaults(password: string, login: string, pointer: string): Fault[] {
  const length = [...password].length;
  if (length < MIN_PASSWORD)
    return [{ pointer, message: `密码至少 ${MIN_PASSWORD} 个字符`, code: 'minLength' }];
  if (length > MAX_PASSWORD)
    return [{ pointer, message: `密码最多 ${MAX_PASSWORD} 个字符`, code: 'maxLength' }];
  if (password.toLowerCase() === login.toLowerCase())
    return [{ pointer, message: '密码不能与账号相同', code: 'same-as-login' }];
  return [];
}
