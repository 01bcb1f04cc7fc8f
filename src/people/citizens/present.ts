import { maskId, maskPhone } from '../../kernel/mask.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { IdKind } from './rules.ts';
import type { Citizen } from './store.ts';

/** A citizen as a clerk sees them: number and telephone masked. */
export interface CitizenView {
  id: string;
  name: string;
  idKind: IdKind;
  /** `532628**********10` */
  idNumber: string;
  birth: LocalDate | null;
  sex: '男' | '女' | null;
  /** `138****5678` */
  phone: string | null;
}

export const citizenView = (citizen: Citizen): CitizenView => ({
  id: citizen.id,
  name: citizen.name,
  idKind: citizen.idKind,
  idNumber: maskId(citizen.idNumber),
  birth: citizen.birth,
  sex: citizen.sex,
  phone: citizen.phone === null ? null : maskPhone(citizen.phone),
});
