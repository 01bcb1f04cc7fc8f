/** What short messages may say of a case: never an identity number, a card or an illness (C.4). Pure. */
import { yuan } from '../kernel/money.ts';
import { chineseDate } from '../kernel/time.ts';
import type { CaseFacts } from './facts.ts';

const date = (value: unknown): string | undefined =>
  typeof value === 'string' ? chineseDate(value) : undefined;

/** The words of `data/messages.json`; one that the event does not tell is left out. */
export function messageWords(facts: CaseFacts): Record<string, string> {
  const { step, event, record, answerBy } = facts;
  const paid: Record<string, unknown> = { ...record[step.id], ...event.data };
  const words = {
    number: facts.number,
    item: facts.item.title,
    village: facts.village.name,
    step: step.title,
    about: step.about ?? undefined,
    answerBy: date(answerBy ?? undefined),
    amount: typeof paid.amount === 'number' ? yuan(Math.round(paid.amount * 100)) : undefined,
    batch: typeof paid.batch === 'string' ? paid.batch : undefined,
    arrivedOn: date(event.data.arrivedOn),
  };
  return Object.fromEntries(Object.entries(words).flatMap(([name, word]) => (word ? [[name, word]] : [])));
}
