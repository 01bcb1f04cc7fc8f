/** A member as he leaves the house: numbers masked. */
import { maskId, maskPhone } from '../../kernel/mask.ts';
import type { Instant } from '../../kernel/types.ts';
import type { Listed, MemberKind, MemberState } from './types.ts';

export type AccountStanding = 'listed' | 'invited' | 'activated';

export interface MemberView {
  id: string;
  name: string;
  idNumber: string;
  phone: string | null;
  sharedPhone: boolean;
  phoneVerifiedAt: Instant | null;
  kind: MemberKind;
  state: MemberState;
  orgId: string | null;
  account: AccountStanding;
  version: number;
}

const accountStanding = (m: Pick<Listed, 'activatedAt' | 'invitedAt'>): AccountStanding => {
  if (m.activatedAt !== null) return 'activated';
  return m.invitedAt === null ? 'listed' : 'invited';
};

export const presentMember = (m: Listed): MemberView => ({
  id: m.id,
  name: m.name,
  idNumber: maskId(m.idNumber),
  phone: m.phone === null ? null : maskPhone(m.phone),
  sharedPhone: m.sharedPhone,
  phoneVerifiedAt: m.phoneVerifiedAt,
  kind: m.kind,
  state: m.state,
  orgId: m.orgId,
  account: accountStanding(m),
  version: m.version,
});
