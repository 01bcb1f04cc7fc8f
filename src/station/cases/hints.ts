/** What a clerk is told while a form is filled in: how old the applicant is, and by which day it would be done. */
import { deriveDue, startLedger } from '../../kernel/deadline.ts';
import { chineseDate, chineseDateTime, localDate } from '../../kernel/time.ts';
import type { Pinned } from '../../platform/definitions/index.ts';
import { budgetFrom, countsOf } from '../../workflow/terms.ts';
import { budgetText } from '../../workflow/words.ts';
import type { CaseDeps } from './deps.ts';
import { ruleFacts } from './filing.ts';

/** 60 岁，男; null until the number is right. */
export function applicantHint(
  deps: CaseDeps,
  situation: string,
  form: Record<string, unknown>,
): string | null {
  const { age, sex } = ruleFacts(deps, situation, form, localDate(deps.clock.now())).applicant;
  return age === null ? null : `${age} 岁${sex === null ? '' : `，${sex}`}`;
}

/**
 * 受理后 20 个工作日；今天受理的话，最晚 2026年9月30日
 * @param isKept the page is kept by the browser for another day: no day is named
 */
export function termHint(deps: CaseDeps, { definition }: Pinned, situation: string, isKept = false): string {
  const own = definition.situations.find((s) => s.id === situation)?.terms;
  const { promised, from } = { ...definition.terms, ...own };
  const now = deps.clock.now();
  const today = localDate(now);
  const budget = budgetFrom(promised, countsOf(definition, deps.definitions.params(today)));
  const act = from === 'receipt' ? '收件' : '受理';
  const words = `${act}后 ${budgetText(budget)}`;
  if (isKept) return words;
  const ledger = startLedger('promised', budget, today, undefined, 'hours' in budget ? now : undefined);
  const { due, dueAt, provisional } = deriveDue(ledger, deps.calendar());
  const last = 'hours' in budget ? dueAt && chineseDateTime(dueAt) : due && chineseDate(due);
  return `${words}；今天${act}的话，最晚 ${last}${provisional ? '（节假日安排未公布，可能变动）' : ''}`;
}
