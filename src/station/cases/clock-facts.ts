/** Due days of a case as papers tell them. */
import { deriveDue, type Ledger } from '../../kernel/deadline.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { activeClock, baseName } from '../../workflow/clocks.ts';
import type { CaseState, Definition } from '../../workflow/types.ts';
import { budgetText } from '../../workflow/words.ts';
import type { CaseFacts } from '../facts.ts';
import type { CaseDeps } from './deps.ts';

type Deps = Pick<CaseDeps, 'calendar'>;

/** The last ledger of a name, running or ended. */
export const lastClock = (state: CaseState, name: string): Ledger | undefined =>
  activeClock(state.clocks, name) ?? state.clocks.findLast((c) => baseName(c) === name);

/** The due day of a clock that runs; null when none of the name does, or it stands still. */
export function runningDue(deps: Deps, state: CaseState, name: string): LocalDate | null {
  const ledger = activeClock(state.clocks, name);
  return ledger ? deriveDue(ledger, deps.calendar()).due : null;
}

/** Clocks in whose days the applicant may answer; at most one of them runs. */
const ANSWERING = ['correction', 'rectification', 'reappraisal', 'review'];

/** The terms of the case, and the day until which its applicant may now answer. */
export function duesOf(deps: Deps, state: CaseState) {
  const term = (name: string) => {
    const ledger = lastClock(state, name);
    const due = ledger && deriveDue(ledger, deps.calendar());
    return {
      text: ledger ? budgetText(ledger.budget) : null,
      due: due?.due ?? null,
      guessed: due?.provisional,
    };
  };
  const statutory = term('statutory');
  const promised = term('promised');
  const answering = ANSWERING.map((name) => runningDue(deps, state, name));
  return {
    statutoryDue: statutory.due,
    promisedDue: promised.due,
    terms: { statutory: statutory.text, promised: promised.text },
    provisional: Boolean(statutory.guessed || promised.guessed),
    correctionDue: runningDue(deps, state, 'correction'),
    answerBy: answering.find((due) => due !== null) ?? null,
  };
}

/** How an extension moved the term; null when the item knows none. */
export function extensionOf(
  deps: Deps,
  before: CaseState,
  after: CaseState,
  extension: Definition['terms']['extension'],
): CaseFacts['extension'] {
  if (!extension) return null;
  const name = lastClock(after, 'statutory') ? 'statutory' : 'promised';
  const due = (state: CaseState): LocalDate | null => {
    const ledger = lastClock(state, name);
    return ledger ? deriveDue(ledger, deps.calendar()).due : null;
  };
  const moved = lastClock(after, name)?.entries.findLast((e) => e.kind === 'extend');
  if (!moved) return null;
  return { days: moved.days, basis: extension.basis, from: due(before), to: due(after) };
}
