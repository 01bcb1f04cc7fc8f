import { localDate } from '../../kernel/time.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { letterSight, type MailDeps } from '../mailbox/index.ts';
import { chartOf } from '../records/index.ts';
import { partsOf } from './commands.ts';
import { numbersOf, type QuestionNumbers } from './rules.ts';
import * as store from './store.ts';
import type { Question } from './types.ts';

const MOST = 200;

/** Questions of somebody's desks. */
export const listQuestions = (deps: MailDeps, who: SignedIn): Promise<Question[]> =>
  store.listSeen(deps.db.read, deps.vault, letterSight(who, deps.orgs), MOST);

/** How the desk sees one: the asker has no name and no number here. */
export const lineOf = (deps: MailDeps, who: SignedIn, q: Question) => ({
  id: q.record.id,
  version: q.record.version,
  state: q.record.state,
  stateTitle: chartOf('question').title(q.record.state),
  office: deps.orgs.get(q.toOrg).name,
  dueOn: q.record.dueOn,
  class: q.class,
  text: q.text,
  answer: q.answer,
  mergedInto: q.mergedInto,
  publicQuestion: q.publicQuestion,
  publicAnswer: q.publicAnswer,
  possible: chartOf('question')
    .possible(q.record.state, partsOf(deps, who, q))
    .map(({ event, title, reason }) => ({ event, title, reason: reason ?? false })),
});

/** Questions and answers for everybody, without names. */
export const publishedQuestions = (deps: MailDeps) => store.listPublished(deps.db.read, MOST);

/** Counts by office, for everybody. */
export async function questionNumbers(deps: MailDeps): Promise<(QuestionNumbers & { org: string })[]> {
  const rows = await store.listCounted(deps.db.read);
  const today = localDate(deps.clock.now());
  return [...new Set(rows.map((r) => r.org))].map((org) => ({
    org: deps.orgs.get(org).name,
    ...numbersOf(
      rows.filter((r) => r.org === org),
      today,
    ),
  }));
}
