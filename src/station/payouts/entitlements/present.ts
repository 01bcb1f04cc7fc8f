/** A claim as it leaves the house: masked. */
import { maskCard, maskId, maskPhone } from '../../../kernel/mask.ts';
import type { Fen, Instant } from '../../../kernel/types.ts';
import type { OrgMap } from '../../../people/orgs/index.ts';
import { periodsTitle, periodTitle } from '../rules/periods.ts';
import { schemeOf } from '../schemes.ts';
import type { Debt, Entitlement, LineState, Payee, Period } from '../types.ts';

export interface EntitlementView extends Omit<Entitlement, 'payee' | 'person'> {
  schemeTitle: string;
  villageName: string;
  /** Masked: of numbers only what tells one from another. */
  payee: Payee;
  fromTitle: string;
  untilTitle: string | null;
}

/** What one run paid, or is paying, for a claim. */
export interface ClaimLine {
  id: string;
  /** Number of the run. */
  run: string;
  runId: string;
  periods: Period[];
  periodsTitle: string;
  gross: Fen;
  offset: Fen;
  net: Fen;
  state: LineState;
  reason: string | null;
  settledAt: Instant | null;
}

export interface EntitlementDetail extends EntitlementView {
  lines: ClaimLine[];
  debts: Omit<Debt, 'person'>[];
}

export function entitlementView(
  { orgs }: { orgs: OrgMap },
  { person: _, ...e }: Entitlement,
): EntitlementView {
  const { payee } = e;
  return {
    ...e,
    schemeTitle: schemeOf(e.scheme).title,
    villageName: orgs.get(e.villageId).name,
    payee: {
      ...payee,
      idNumber: maskId(payee.idNumber),
      phone: payee.phone === null ? null : maskPhone(payee.phone),
      account: maskCard(payee.account),
    },
    fromTitle: periodTitle(e.from),
    untilTitle: e.until === null ? null : periodTitle(e.until),
  };
}

type PaidPeriod = Omit<ClaimLine, 'periods' | 'periodsTitle'> & { period: Period };

/** Rows of periods, joined into the lines they belong to. */
export function linesOf(rows: readonly PaidPeriod[]): ClaimLine[] {
  const ids = [...new Set(rows.map((r) => r.id))];
  return ids.map((id) => {
    const own = rows.filter((r) => r.id === id);
    const { period: _, ...line } = own[0] as PaidPeriod;
    const periods = own.map((r) => r.period);
    return { ...line, periods, periodsTitle: periodsTitle(periods) };
  });
}
