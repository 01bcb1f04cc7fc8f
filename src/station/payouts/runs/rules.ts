/** What a run pays, to whom and why not: worked out from claims alone. Pure. */
import { chineseDate } from '../../../kernel/time.ts';
import type { Fen, LocalDate } from '../../../kernel/types.ts';
import { batchFaults } from '../bank/index.ts';
import { duePeriods } from '../rules/claims.ts';
import { ONCE, periodsTitle } from '../rules/periods.ts';
import type { Entitlement, Held, Payee, Period } from '../types.ts';

/** A claim as a run looks at it; `payeeSealed` is copied into the line as it stands. */
export interface Claim
  extends Pick<
    Entitlement,
    | 'id'
    | 'caseId'
    | 'villageId'
    | 'name'
    | 'person'
    | 'payee'
    | 'way'
    | 'amount'
    | 'rhythm'
    | 'from'
    | 'until'
    | 'state'
    | 'reason'
    | 'accountFault'
  > {
  payeeSealed: string;
  accountTail: string;
}

/** What one claim gets in a run. */
export interface Planned {
  claim: Claim;
  periods: { period: Period; amount: Fen }[];
  gross: Fen;
  offset: Fen;
  net: Fen;
}

export interface Composed {
  lines: Planned[];
  held: Held[];
}

/** What is known besides the claims. */
export interface Known {
  /** Everything due up to this day. */
  upTo: LocalDate;
  /** Periods that are, may be or were paid, by claim. */
  live: ReadonlyMap<string, ReadonlySet<Period>>;
  /** The same of persons with several claims in the scheme: by person, period and claim. */
  others: ReadonlyMap<string, ReadonlyMap<Period, string>>;
  /** Cases in which something was done that money has not followed yet. */
  moving: ReadonlySet<string>;
  /** Deaths that were registered, by person. */
  deaths: ReadonlyMap<string, { number: string; decidedOn: LocalDate }>;
  /** What is still to be kept back, by person. */
  debts: ReadonlyMap<string, Fen>;
  /** The part of a line that may be kept back for it, 0 to 1. */
  offsetShare: number;
}

const none: ReadonlySet<Period> = new Set();

/**
 * Lines and held claims, in the order of the claims. A single sum may be granted to a person twice (two machines,
 * two treatments); what is paid by the month or year may not.
 */
export function compose(claims: readonly Claim[], known: Known): Composed {
  const lines: Planned[] = [];
  const held: Held[] = [];
  const taken = new Map<string, Map<Period, string>>();
  const debts = new Map(known.debts);
  for (const claim of claims) {
    const due = duePeriods(
      { ...claim, state: openState(claim) },
      known.upTo,
      known.live.get(claim.id) ?? none,
    );
    if (due.length === 0) continue;
    const reason = reasonToHold(claim, known);
    if (reason) {
      held.push(reason);
      continue;
    }
    const mine = taken.get(claim.person) ?? new Map(known.others.get(claim.person));
    taken.set(claim.person, mine);
    const isFree = (p: Period) => p === ONCE || (mine.get(p) ?? claim.id) === claim.id;
    const free = due.filter(isFree);
    const doubled = due.filter((p) => !isFree(p));
    if (doubled.length > 0) held.push(duplicate(claim, doubled));
    if (free.length === 0) continue;
    for (const period of free) mine.set(period, claim.id);
    lines.push(plan(claim, free, debts, known.offsetShare));
  }
  return { lines, held };
}

/** Looked at as if it were not suspended: that it is, is said, and not passed over. */
const openState = ({ state }: Claim): Entitlement['state'] => (state === 'suspended' ? 'active' : state);

const hold = (claim: Claim, reason: Held['reason'], says: string): Held => ({
  entitlementId: claim.id,
  name: claim.name,
  villageId: claim.villageId,
  reason,
  says,
});

function reasonToHold(claim: Claim, { deaths, moving }: Known): Held | null {
  if (moving.has(claim.caseId))
    return hold(claim, 'moving', '本件刚有新的办理，还没有记入待遇，记入以后再编');
  const death = deaths.get(claim.person);
  if (death)
    return hold(
      claim,
      'death',
      `${chineseDate(death.decidedOn)}已登记死亡（${death.number}），没有发放的由继承人另行申领`,
    );
  if (claim.state === 'suspended') return hold(claim, 'suspended', claim.reason ?? '已暂停发放');
  if (claim.way === 'cash') return null;
  if (claim.accountFault !== null)
    return hold(claim, 'account', `收款账户有误（${claim.accountFault}），更正后再发`);
  return claim.payee.account === '' ? hold(claim, 'account', '没有收款账户') : null;
}

const duplicate = (claim: Claim, periods: readonly Period[]): Held =>
  hold(
    claim,
    'duplicate',
    `同一人在本项目另有一份待遇，${periodsTitle(periods)}已列入或者已发放，查清后再发`,
  );

function plan(claim: Claim, periods: readonly Period[], debts: Map<string, Fen>, share: number): Planned {
  const gross = claim.amount * periods.length;
  const owed = debts.get(claim.person) ?? 0;
  const offset = Math.min(owed, Math.floor(gross * share));
  debts.set(claim.person, owed - offset);
  const paying = periods.map((period) => ({ period, amount: claim.amount }));
  return { claim, periods: paying, gross, offset, net: gross - offset };
}

/** Lines the bank's file cannot carry are held: an account with a letter too many, a name that cannot be written. */
export function withoutUnwritable(
  { lines, held }: Composed,
  batchFor: (villageId: string) => Batch,
): Composed {
  const rows = lines.filter((l) => l.claim.way === 'bank');
  const [first] = rows;
  if (!first) return { lines, held };
  const batch = batchFor(first.claim.villageId);
  const faults = batchFaults({
    ...batch,
    rows: rows.map((l, i) =>
      bankRow({ ...l, seq: i + 1, payee: l.claim.payee, id: l.claim.id }, batch.purpose),
    ),
  });
  const wrong = new Map<string, string>();
  for (const { line, message } of faults) {
    const row = rows[line - 2];
    if (row && !wrong.has(row.claim.id)) wrong.set(row.claim.id, message);
  }
  return {
    lines: lines.filter((l) => !wrong.has(l.claim.id)),
    held: [
      ...held,
      ...lines.flatMap(({ claim }) => {
        const says = wrong.get(claim.id);
        return says === undefined ? [] : [hold(claim, 'account', `收款账户写不进银行文件：${says}`)];
      }),
    ],
  };
}

/** What the bank's file says at its head. */
export interface Batch {
  run: string;
  scheme: string;
  organ: string;
  date: LocalDate;
  purpose: string;
}

interface Payable {
  id: string;
  seq: number;
  payee: Payee;
  net: Fen;
}

/** A line as the bank reads it. */
export const bankRow = ({ id, seq, payee, net }: Payable, purpose: string) => ({
  seq,
  account: payee.account,
  holder: payee.holder,
  bank: payee.bank,
  amount: net,
  reference: id,
  purpose,
});
