/** The arithmetic of the list of members; pure. */
import type { Fault } from '../../errors.ts';
import { checkIdNumber, idFaultMessage, isMobile, normaliseId } from '../../kernel/identity.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import type { MemberKind } from './types.ts';

/** A member as somebody enters him: 5 of the 16 data of the national list that the house itself needs. */
export interface NewMember {
  name: string;
  idNumber: string;
  phone: string | null;
  sharedPhone: boolean;
  kind: MemberKind;
}

/** As it is kept: half-width, without spaces. */
export const tidyMember = (given: NewMember): NewMember => ({
  ...given,
  name: given.name.trim(),
  idNumber: normaliseId(given.idNumber),
  phone: given.phone === null || given.phone.trim() === '' ? null : normaliseId(given.phone),
});

/** What is wrong with a tidied entry. */
export function memberFaults(given: NewMember, today: LocalDate): Fault[] {
  const faults: Fault[] = [];
  if (given.name === '') faults.push({ pointer: '/name', message: '请填写姓名', code: 'required' });
  const fault = checkIdNumber(given.idNumber, today);
  if (fault) faults.push({ pointer: '/idNumber', message: idFaultMessage(fault), code: fault });
  if (given.phone !== null && !isMobile(given.phone))
    faults.push({ pointer: '/phone', message: '手机号应为 11 位数字', code: 'phone' });
  return faults;
}

/** Digits of a code of activation, how long it holds, and how often somebody may be wrong. */
const CODE_DIGITS = 8;
const CODE_HOURS = 72;
export const CODE_TRIES = 5;

export const newCode = (random: (n: number) => Uint8Array): string => {
  const number = random(8).reduce((sum, byte) => (sum * 256n + BigInt(byte)) as bigint, 0n);
  return String(number % 10n ** BigInt(CODE_DIGITS)).padStart(CODE_DIGITS, '0');
};

export const codeUntil = (now: Instant): Instant =>
  new Date(Date.parse(now) + CODE_HOURS * 3_600_000).toISOString();

export interface Coverage {
  orgId: string;
  listed: number;
  activated: number;
}

/**
 * Counts of branches, added up for each of the given organisations with what lies beneath it, in the order given: no
 * order by what anybody did.
 */
export function addUp(counts: readonly Coverage[], orgs: OrgMap, heads: readonly string[]): Coverage[] {
  const totals = new Map(heads.map((orgId) => [orgId, { orgId, listed: 0, activated: 0 }]));
  for (const { orgId, listed, activated } of counts)
    for (const id of orgs.find(orgId)?.path.split('/') ?? []) {
      const total = totals.get(id);
      if (!total) continue;
      total.listed += listed;
      total.activated += activated;
    }
  return [...totals.values()];
}
