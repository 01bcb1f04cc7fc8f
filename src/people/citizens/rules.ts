/** What identifies a citizen, and how names are compared. */
import { checkIdNumber, type IdFault, idFacts, idFaultMessage, normaliseId } from '../../kernel/identity.ts';
import type { LocalDate } from '../../kernel/types.ts';

/** Documents a citizen can show (catalogue C-APP). */
export const ID_TYPES = ['居民身份证', '户口簿', '港澳台居住证', '护照'] as const;
export type IdType = (typeof ID_TYPES)[number];

/** Whose number it is: the household register carries the same citizen number as the identity card. */
export type IdKind = 'citizen' | 'residence-permit' | 'passport';

const KINDS: Readonly<Record<IdType, IdKind>> = {
  居民身份证: 'citizen',
  户口簿: 'citizen',
  港澳台居住证: 'residence-permit',
  护照: 'passport',
};

/** A sound number, or what is wrong with it. */
export type Identity =
  | { kind: IdKind; number: string; birth: LocalDate | null; sex: '男' | '女' | null }
  | { fault: IdFault | 'type'; message: string };

/** Checks and normalises a document number; `today` is a Shanghai date. Passports tell no birth and no sex. */
export function identify(idType: string, idNumber: string, today: LocalDate): Identity {
  const kind = isIdType(idType) ? KINDS[idType] : undefined;
  if (kind === undefined) return { fault: 'type', message: `证件类型应为${ID_TYPES.join('、')}之一` };
  const number = normaliseId(idNumber);
  if (kind === 'passport') {
    if (/^[A-Z0-9]{5,20}$/.test(number)) return { kind, number, birth: null, sex: null };
    return { fault: 'characters', message: '护照号应为 5 至 20 位字母和数字' };
  }
  const fault = checkIdNumber(number, today);
  if (fault !== null) return { fault, message: idFaultMessage(fault) };
  const { birth, sex } = idFacts(number);
  return { kind, number, birth, sex };
}

function isIdType(text: string): text is IdType {
  return ID_TYPES.some((type) => type === text);
}

/**
 * A name as it is stored: one kind of middle dot, no spaces between Chinese characters, single spaces
 * elsewhere. Variant characters stay as they are (C.1: 异体不归一), so no Unicode normalisation.
 */
export function normaliseName(name: string): string {
  return name
    .replace(/\s*[•‧∙⋅・･．‣●]\s*/g, '·')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .replace(/ ?· ?/g, '·');
}
