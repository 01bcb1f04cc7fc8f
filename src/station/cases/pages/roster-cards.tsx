/** What is known of the roster of a batch, for whoever looks at its case. */
import type { JSX } from 'preact';
import { doesCaseWork, type SignedIn } from '../../../people/accounts/index.ts';
import {
  type CheckView,
  FindingsCard,
  findPayList,
  findRosterCheck,
  isPayable,
  type PayList,
  PayListCard,
  sumText,
  toStrike,
} from '../../rosters/index.ts';
import type { CaseDeps } from '../deps.ts';
import type { FullCase } from '../queries.ts';
import { rosterCases } from '../roster-cases.ts';
import { tableFor } from './roster-parts.tsx';

export interface RosterFacts {
  /** The latest comparison, if there was one. */
  check: CheckView | undefined;
  /** The pay-list as it stands, for those who may see it. */
  list: PayList | null;
}

/** undefined: the case is no batch, or this is nobody who works on it. */
export async function rosterFacts(
  deps: CaseDeps,
  who: SignedIn,
  full: FullCase,
): Promise<RosterFacts | undefined> {
  if (!tableFor(full) || !doesCaseWork(who)) return undefined;
  return {
    check: await findRosterCheck(deps, full.row.id),
    list: findPayList(deps, rosterCases(deps), who, full),
  };
}

/** On the case page. */
export function RosterCards({
  full,
  facts,
}: {
  full: FullCase;
  facts: RosterFacts | undefined;
}): JSX.Element | null {
  if (!facts) return null;
  return (
    <>
      <PayListCard caseId={full.row.id} list={isPayable(full) ? facts.list : null} />
      <FindingsCard check={facts.check} />
    </>
  );
}

/** What an act on the roster begins with: the rows to be struck, the sum to be paid. */
export function startOf(
  event: string,
  { meta }: FullCase,
  facts: RosterFacts | undefined,
): Record<string, unknown> {
  if (event === 'RECORD_CHECK' && facts?.check?.step === meta.step) {
    const struck = toStrike(facts.check.found);
    return struck.length > 0 ? { struck } : {};
  }
  return event === 'PAY' && facts?.list ? { amount: facts.list.total / 100 } : {};
}

/** Said beside the fields of such an act. */
export function rosterHints(
  event: string,
  { meta }: FullCase,
  facts: RosterFacts | undefined,
): Record<string, string> {
  if ((event === 'PAY' || event === 'APPROVE') && facts?.list)
    return { '/amount': `发放名单：${sumText(facts.list)}` };
  const isFilled =
    event === 'RECORD_CHECK' && Object.keys(startOf(event, { meta } as FullCase, facts)).length > 0;
  return isFilled ? { '/struck': '已按比对结果填好，请逐行核对，不该剔除的删去。' } : {};
}
