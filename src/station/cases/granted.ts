/** A case as money looks at it. */
import { localDate } from '../../kernel/time.ts';
import type { PayStep } from '../../workflow/types.ts';
import type { CaseFacts } from '../facts.ts';
import type { GrantedCase, GrantedRow } from '../payouts/index.ts';
import { type Act, handedIn, payList, type RosterTable, rowsOf, tableOf, textAt } from '../rosters/index.ts';
import { actsOf } from './acts.ts';
import type { CaseDeps } from './deps.ts';
import type { FullCase } from './queries.ts';

/** What a case granted, after the event these facts are about. */
export function grantedCase(deps: CaseDeps, full: FullCase, facts: CaseFacts): GrantedCase {
  const { row, log } = full;
  const { event } = facts;
  const approval = log.find((e) => e.type === 'APPROVE' || e.type === 'RENEWAL_DEEMED');
  const cancelled = log.filter((e) => e.type === 'CANCELLED_ELSEWHERE');
  return {
    caseId: row.id,
    villageId: row.villageId,
    situation: row.situation,
    form: facts.form,
    record: facts.record,
    event: { ...event, step: facts.step.id },
    later: log.slice(event.seq).map((e) => e.type),
    outcome: row.outcome,
    decision: approval ? { on: localDate(approval.at), data: approval.data } : null,
    cancelledFor: cancelled.map((e) => String(e.data.says)),
    payments: paymentsOf(full, actsOf(deps, row, log)),
  };
}

/** Pay steps the case has come to, with what they pay. */
function paymentsOf({ row, pinned, meta }: FullCase, acts: Act[]): GrantedCase['payments'] {
  const { definition } = pinned;
  const table = tableOf(definition, row.situation, pinned.formFor(row.situation));
  const reached = new Set([...acts.map((a) => a.step), meta.step]);
  return definition.steps
    .filter((s): s is PayStep => s.kind === 'pay' && reached.has(s.id))
    .map(({ id, scheme, roster }) => ({
      step: id,
      scheme,
      rows: roster && table ? grantedRows(table, acts, id) : null,
    }));
}

/** The rows of a pay-list, each with the bank that its account is at, where the table asks for it. */
function grantedRows(table: RosterTable, acts: Act[], step: string): GrantedRow[] {
  const rows = rowsOf(table, handedIn(acts) ?? {});
  return payList(table, acts, step).rows.map((r) => ({ ...r, bank: textAt(rows[r.row - 1] ?? {}, 'bank') }));
}
