import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { EventName, ReachAct } from '../../workflow/types.ts';

/** What reaching needs of the cases; `effects.ts` hands it over. */
export interface Cases {
  /** Cases of an item about a person; `any`: also those in which the person only stands. */
  about(trx: Trx, wanted: { item: string; idNumber: string; part: 'subject' | 'any' }): Promise<string[]>;
  /** Report a fact to a case; false when the state it is in has no answer to it. */
  report(
    trx: Trx,
    caseId: string,
    fact: EventName,
    data: Record<string, unknown>,
    at: Instant,
  ): Promise<boolean>;
}

/** What a granted case asks of others. */
export interface ReachOrder {
  fromCase: string;
  at: Instant;
  idNumber: string;
  says: string;
  items: { code: string; act: ReachAct }[];
}

const FACTS = {
  cancel: 'CANCELLED_ELSEWHERE',
  restore: 'RESTORED_ELSEWHERE',
  review: 'REVIEW_CALLED',
} as const;

/**
 * Reach every case of these items that is about the person, or (for a review) in which the person stands. All in
 * the caller's transaction: when one cannot be reached, none is, and the whole is tried again.
 */
export async function reach(trx: Trx, cases: Cases, order: ReachOrder): Promise<void> {
  for (const { code, act } of order.items) {
    const found = await cases.about(trx, {
      item: code,
      idNumber: order.idNumber,
      part: act === 'review' ? 'any' : 'subject',
    });
    for (const caseId of found.filter((id) => id !== order.fromCase)) {
      if (await isReached(trx, order.fromCase, caseId, act)) continue;
      if (act === 'restore' && !(await isCancelled(trx, caseId))) continue;
      const taken = await cases.report(trx, caseId, FACTS[act], { says: order.says }, order.at);
      await write(trx, order, caseId, act, taken ? 'done' : 'not-possible');
    }
  }
}

/** An effect that is tried again after a crash finds what it has done already. */
const isReached = async (trx: Trx, from: string, to: string, act: ReachAct): Promise<boolean> =>
  (await trx('case_links').where({ from_case: from, to_case: to, act }).first()) !== undefined;

/** Was it cancelled by a link, and not restored since? */
async function isCancelled(trx: Trx, caseId: string): Promise<boolean> {
  const last = await trx('case_links')
    .where({ to_case: caseId, result: 'done' })
    .whereIn('act', ['cancel', 'restore'])
    .orderBy('at', 'desc')
    .first();
  return last?.act === 'cancel';
}

async function write(
  trx: Trx,
  { fromCase, says, at }: ReachOrder,
  toCase: string,
  act: ReachAct,
  result: string,
): Promise<void> {
  await trx('case_links')
    .insert({ from_case: fromCase, to_case: toCase, act, result, says, at })
    .onConflict(['from_case', 'to_case', 'act'])
    .ignore();
}

/** One line of 联动单: which case was reached, how, and whether it could be. */
export interface LinkView {
  from: string;
  to: string;
  /** The other case, as seen from the one asked about. */
  number: string | null;
  itemTitle: string;
  act: ReachAct;
  result: 'done' | 'not-possible';
  says: string;
  at: Instant;
}

/** Links from and to a case, oldest first. */
export async function listLinks(db: Knex, caseId: string): Promise<LinkView[]> {
  const rows = await db('case_links')
    .where({ from_case: caseId })
    .orWhere({ to_case: caseId })
    .orderBy(['at', 'to_case']);
  const others = rows.map((r) => (r.from_case === caseId ? r.to_case : r.from_case));
  const cases = new Map(
    (await db('cases').whereIn('id', others).select('id', 'number', 'item_title')).map((c) => [c.id, c]),
  );
  return rows.map((r) => {
    const other = cases.get(r.from_case === caseId ? r.to_case : r.from_case);
    return {
      from: r.from_case,
      to: r.to_case,
      number: other?.number ?? null,
      itemTitle: other?.item_title ?? '',
      act: r.act,
      result: r.result,
      says: r.says,
      at: r.at,
    };
  });
}
