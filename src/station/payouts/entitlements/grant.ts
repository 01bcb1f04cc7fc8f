/** A decision becomes claims: one for a person, or one for each row of a roster. */
import { newId } from '../../../kernel/ids.ts';
import { fenOf } from '../../../kernel/money.ts';
import { addMonths } from '../../../kernel/time.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { evaluateFeel } from '../../../workflow/feel.ts';
import { personKey } from '../../persons.ts';
import { ONCE } from '../rules/periods.ts';
import { APPLICANT, personOf, type Scheme, type SchemeScope, spanOf } from '../rules/schemes.ts';
import { schemeOf } from '../schemes.ts';
import type { Entitlement, GrantedCase, GrantedRow, Payee, PayoutDeps, Way } from '../types.ts';
import { insertEntitlements, listOfCase } from './store.ts';

export type Deps = Pick<PayoutDeps, 'vault' | 'random' | 'definitions'>;
type Payment = GrantedCase['payments'][number];
type Decision = NonNullable<GrantedCase['decision']>;

/**
 * Write the claims of every pay step a case has come to; what is there already stays as it is.
 * @returns those that are new
 */
export async function grantClaims(trx: Trx, deps: Deps, given: GrantedCase): Promise<Entitlement[]> {
  const { decision } = given;
  if (decision === null) return [];
  const there = new Set(
    (await listOfCase(trx, deps.vault, given.caseId)).map((e) => `${e.scheme} ${e.lineKey}`),
  );
  const wanted = given.payments.flatMap((payment) => claimsOf(deps, given, decision, payment));
  const fresh = wanted.filter((e) => !there.has(`${e.scheme} ${e.lineKey}`));
  await insertEntitlements(trx, deps.vault, fresh);
  return fresh;
}

function claimsOf(deps: Deps, given: GrantedCase, decision: Decision, payment: Payment): Entitlement[] {
  const scheme = schemeOf(payment.scheme);
  if (payment.rows)
    return payment.rows.filter((r) => r.amount > 0).map((r) => ofRow(deps, given, payment, r));
  const { amount } = decision.data;
  if (typeof amount !== 'number' || amount === 0) return [];
  const scope = scopeOf(deps, given, decision);
  const { name, idNumber } = personOf(scheme, scheme.person, scope);
  return [
    {
      ...bare(deps, given, scheme.code),
      lineKey: '',
      name,
      person: personKey(deps.vault, idNumber),
      payee: payeeOf(scheme, scope),
      way: wayOf(scheme, scope),
      amount: fenOf(amount),
      rhythm: scheme.claims,
      ...spanOf(scheme, scope),
    },
  ];
}

const ofRow = (deps: Deps, given: GrantedCase, { step, scheme }: Payment, row: GrantedRow): Entitlement => ({
  ...bare(deps, given, scheme),
  lineKey: `${step}:${row.row}`,
  name: row.name,
  person: personKey(deps.vault, row.idNumber),
  payee: payeeOfRow(row),
  way: 'bank',
  amount: row.amount,
  rhythm: 'once',
  from: ONCE,
  until: null,
});

export const payeeOfRow = ({ name, idNumber, holder, bank, account }: GrantedRow): Payee => ({
  name,
  idNumber,
  phone: null,
  holder,
  bank,
  account,
});

const bare = (deps: Deps, { caseId, villageId, event }: GrantedCase, scheme: string) => ({
  id: newId(event.at, deps.random),
  scheme,
  caseId,
  villageId,
  state: 'active' as const,
  reason: null,
  accountFault: null,
  createdAt: event.at,
  updatedAt: event.at,
  version: 1,
});

/** What the expressions of a scheme may look at. */
export const scopeOf = (
  { definitions }: Pick<Deps, 'definitions'>,
  { situation, form, record }: GrantedCase,
  { on, data }: Decision,
): SchemeScope => ({
  situation,
  form,
  record,
  decision: data,
  params: definitions.params(on),
  decidedOn: on,
  decidedMonth: on.slice(0, 7),
  nextMonth: addMonths(on, 1).slice(0, 7),
});

/** The account of an item's form; forms ask for it in the same words, some only when it is paid through the bank. */
interface AccountBlock {
  holder: string;
  bank: string;
  number: string;
}

/** Who gets the money, and where it goes: nowhere when no account was given and it is handed out in cash. */
export function payeeOf(scheme: Scheme, scope: SchemeScope): Payee {
  const { applicant, account } = scope.form as {
    applicant?: { phone?: string; contactPhone?: string };
    account?: AccountBlock;
  };
  const payee = personOf(scheme, scheme.payee ?? APPLICANT, scope);
  return {
    ...payee,
    phone: applicant?.phone ?? applicant?.contactPhone ?? null,
    holder: account?.holder ?? payee.name,
    bank: account?.bank ?? '',
    account: account?.number ?? '',
  };
}

/** @throws Error when there is no account and the scheme pays nothing in cash */
function wayOf(scheme: Scheme, scope: SchemeScope): Way {
  const inCash = scheme.cash !== undefined && evaluateFeel(scheme.cash, scope) === true;
  const way = inCash || scope.form.account === undefined ? 'cash' : 'bank';
  if (!scheme.ways.includes(way)) throw new Error(`${scheme.code} pays nothing in ${way}`);
  return way;
}
