/** Numbers that prove who somebody is: identity cards, organisation codes, bank cards, telephones. */
import { isLocalDate } from './time.ts';
import type { LocalDate } from './types.ts';

export type IdFault = 'length' | 'characters' | 'region' | 'date' | 'future' | 'check-digit';
export type CodeFault = 'length' | 'characters' | 'check-digit';

/** Province codes of GB/T 2260, and 81–83 of the residence permits for Hong Kong, Macao and Taiwan. */
const PROVINCES: ReadonlySet<string> = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = '10X98765432';
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** As it is stored and compared: half-width, upper case, no spaces. */
export function normaliseId(s: string): string {
  const half = s.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  return half.replace(/\s/g, '').toUpperCase();
}

function weightedSum(s: string, weights: readonly number[], alphabet: string): number {
  return weights.reduce((sum, weight, i) => sum + weight * alphabet.indexOf(s.charAt(i)), 0);
}

function birthOf(id: string): string {
  return `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
}

/** First digit 9: a foreigner's permanent residence card (18-digit form), whose region is a country. */
function hasKnownRegion(id: string): boolean {
  return id.startsWith('9') || PROVINCES.has(id.slice(0, 2));
}

/**
 * GB 11643 after `normaliseId`. null = sound. The province must exist; the six-digit division may be a revoked
 * one. Old 15-digit numbers are refused. `today`: Shanghai date, against births in the future.
 */
export function checkIdNumber(s: string, today: LocalDate): IdFault | null {
  const id = normaliseId(s);
  if (id.length !== 18) return 'length';
  if (!/^\d{17}[\dX]$/.test(id)) return 'characters';
  if (!hasKnownRegion(id)) return 'region';
  if (!isLocalDate(birthOf(id))) return 'date';
  if (birthOf(id) > today) return 'future';
  return ID_CHECKS[weightedSum(id, ID_WEIGHTS, '0123456789') % 11] === id[17] ? null : 'check-digit';
}

/** What an identity number says. RangeError when it is not a sound one (any date of birth, even a future one). */
export function idFacts(s: string): { birth: LocalDate; sex: '男' | '女'; region: string } {
  const id = normaliseId(s);
  if (checkIdNumber(id, '9999-12-31') !== null) throw new RangeError('not a sound identity number');
  return { birth: birthOf(id), sex: Number(id[16]) % 2 === 1 ? '男' : '女', region: id.slice(0, 6) };
}

const ID_FAULT_MESSAGES: Record<IdFault, string> = {
  length: '身份证号应为 18 位（15 位旧号不再受理）',
  characters: '身份证号前 17 位应为数字，末位应为数字或 X',
  region: '身份证号前两位不是有效的省份代码，请核对',
  date: '身份证号中的出生日期不存在，请核对第 7 至 14 位',
  future: '身份证号中的出生日期晚于今天，请核对第 7 至 14 位',
  'check-digit': '身份证号校验位不符，请逐位核对',
};

/** The fault in a sentence for the clerk. */
export function idFaultMessage(fault: IdFault): string {
  return ID_FAULT_MESSAGES[fault];
}

/** GB 32100-2015 unified social credit code, after `normaliseId`. null = sound. */
export function checkUscc(s: string): CodeFault | null {
  const code = normaliseId(s);
  if (code.length !== 18) return 'length';
  if (![...code].every((c) => USCC_ALPHABET.includes(c))) return 'characters';
  const check = (31 - (weightedSum(code, USCC_WEIGHTS, USCC_ALPHABET) % 31)) % 31;
  return USCC_ALPHABET[check] === code[17] ? null : 'check-digit';
}

/** A bank card or social-security card account: 16–19 digits, Luhn (ISO/IEC 7812-1). null = sound. */
export function checkLuhn(s: string): CodeFault | null {
  const digits = normaliseId(s);
  if (!/^\d*$/.test(digits)) return 'characters';
  if (digits.length < 16 || digits.length > 19) return 'length';
  const sum = [...digits].reverse().reduce((total, c, i) => {
    const doubled = Number(c) * (1 + (i % 2));
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0 ? null : 'check-digit';
}

/** A mainland mobile number, eleven digits without a prefix. */
export function isMobile(s: string): boolean {
  return /^1[3-9]\d{9}$/.test(s);
}

/** A landline with its area code, as in Wenshan 0876-6121234; the hyphen may be left out. */
export function isLandline(s: string): boolean {
  return /^0\d{2,3}-?\d{7,8}$/.test(s);
}
