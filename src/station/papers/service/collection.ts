import { newId } from '../../../kernel/ids.ts';
import { localDate } from '../../../kernel/time.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { CaseFacts } from '../../facts.ts';
import * as papers from '../store.ts';
import { serviceTerms } from '../templates.ts';
import { remedyDays } from './rules.ts';
import * as store from './store.ts';
import type { Details, ServiceDeps } from './types.ts';

/**
 * What was collected against signature at the counter was served there: the decision of the case, directly or
 * through whoever came for it. Its 送达回证 is the paper of the collection itself.
 */
export async function serveByCollection(trx: Trx, deps: ServiceDeps, facts: CaseFacts): Promise<void> {
  const { caseId, event, village, remedies } = facts;
  const decisions = await papers.listByCase(trx, caseId);
  const decision = decisions.findLast((p) => p.kind === 'approval' && p.decides);
  if (!decision) return;
  await store.lockPaper(trx, decision.id);
  const before = await store.listByPapers(trx, deps.vault, [decision.id]);
  if (before.some((s) => s.outcome === 'served')) return;
  const { collector, name, relation, idNumber, signature } = event.data as Record<string, string>;
  const on = localDate(event.at);
  const proxy = collector === '代领' && {
    receiverName: name,
    relation,
    receiverId: idNumber,
    idChecked: true as const,
  };
  await store.insertService(trx, deps.vault, {
    id: newId(deps.clock.now(), deps.random),
    paperId: decision.id,
    way: proxy ? '代收送达' : '直接送达',
    outcome: 'served',
    triedOn: on,
    servedOn: on,
    ...remedyDays(deps.calendar(), serviceTerms, remedies, on),
    by: { account: event.by.id, name: event.by.name },
    recordedAt: event.at,
    details: {
      place: `${village.name}便民服务站`,
      deliveredOn: on,
      signedBy: signature === undefined ? '纸质签名或者按指印' : '屏幕手写',
      ...(signature !== undefined && { signature }),
      ...proxy,
    } as Details,
  });
}
