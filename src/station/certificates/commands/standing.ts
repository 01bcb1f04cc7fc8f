/** What cases do to certificates: a case that ends or halts takes them along; a granted one may end others. */
import type { Trx } from '../../../platform/db/index.ts';
import type { EventName, Outcome } from '../../../workflow/types.ts';
import type { CaseFacts } from '../../facts.ts';
import * as store from '../store.ts';
import type { CertificateAct, CertificateDeps } from '../types.ts';
import { recordIfPossible } from './log.ts';

const FOLLOWS: Partial<Record<EventName, CertificateAct>> = {
  END: 'CANCEL',
  CANCELLED_ELSEWHERE: 'CANCEL',
  RESTORED_ELSEWHERE: 'RESTORE',
  REVIEW_LAPSED: 'HALT',
  CONFIRM: 'GO_ON',
};
/** What is not done or brought in time ends what was granted, unless the case went on without it. */
const LAPSING: readonly EventName[] = ['WAIT_LAPSED', 'GAP_LAPSED'];

/**
 * Certificates of a case follow its event; once for each event.
 * @param outcome how the case ended; null while it goes on
 */
export async function followStanding(
  trx: Trx,
  deps: CertificateDeps,
  facts: CaseFacts,
  outcome: Outcome | null,
): Promise<void> {
  const { type, at, by, seq, data } = facts.event;
  const isOver = LAPSING.includes(type) && outcome !== null && outcome !== 'granted';
  const act = isOver ? 'CANCEL' : FOLLOWS[type];
  if (act === undefined) return;
  const says = data.says ?? reasonsOf(data);
  for (const { id } of await store.listByCase(trx, facts.caseId))
    await recordIfPossible(trx, deps, id, {
      act,
      at,
      by,
      cause: `case:${seq}`,
      detail: { event: type, ...(typeof says === 'string' && { says }) },
    });
}

const reasonsOf = ({ reasons }: Record<string, unknown>): string | undefined =>
  Array.isArray(reasons) ? reasons.map((r: { reason: string }) => r.reason).join('；') : undefined;

/** A granted case ends an earlier certificate of its item by its number (注销). One nobody has here is nobody's loss. */
export async function endCertificate(
  trx: Trx,
  deps: CertificateDeps,
  facts: CaseFacts,
  number: string,
): Promise<void> {
  const { at, by, seq } = facts.event;
  for (const other of await store.listByNumber(trx, facts.item.code, number))
    if (other.caseId !== facts.caseId)
      await recordIfPossible(trx, deps, other.id, {
        act: 'SURRENDER',
        at,
        by,
        cause: `case:${facts.caseId}:${seq}`,
        detail: { says: `${facts.situationTitle}：${facts.number}` },
      });
}
