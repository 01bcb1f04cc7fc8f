import { yuan } from '../../kernel/money.ts';
import { chineseDate } from '../../kernel/time.ts';
import type { Trx } from '../../platform/db/index.ts';
import {
  listCashLines,
  type PayMessage,
  type PayoutPorts,
  periodsTitle,
  post,
  schemeOf,
  settleCashLine,
} from '../payouts/index.ts';
import { personKey } from '../persons.ts';
import { type Ground, listGrounds } from './store/grounds.ts';
import type { CashDeps, CashMoney } from './types.ts';

/** The money of the runs, as cash needs it. */
export const cashMoney = (deps: CashDeps, ports: PayoutPorts): CashMoney => ({
  async waiting(villageId) {
    const lines = await listCashLines(deps.db.read, deps, {
      states: ['cash'],
      ...(villageId !== undefined && { villageId }),
    });
    const grounds = await listGrounds(
      deps.db.read,
      lines.map((l) => l.id),
    );
    return lines.map((line) => {
      const ground = grounds.get(line.id);
      if (!ground) throw new Error(`line ${line.id} belongs to no run`);
      return {
        ...ground,
        lineId: line.id,
        villageId: line.villageId,
        net: line.net,
        department: schemeOf(ground.scheme).department,
        schemeTitle: schemeOf(ground.scheme).title,
        caseId: line.caseId,
        periods: line.periods.map((p) => p.period),
        name: line.name,
        person: personKey(deps.vault, line.payee.idNumber),
        idNumber: line.payee.idNumber,
      };
    });
  },
  post: (trx, ...postings) => post(trx, deps, ...postings),
  async settle(trx, lineId, result, { at }) {
    const ended = await settleCashLine(trx, deps, ports, lineId, {
      result,
      at,
      ...(result === 'unclaimed' && { reason: '现金逾期无人领取，已经退回' }),
    });
    if (!ended) throw new Error(`line ${lineId} does not wait to be handed out`);
    if (result === 'paid') await ports.tell(trx, await messages(trx, deps, [lineId], 'cash-paid'));
  },
  async tellReady(trx, lineIds, until) {
    await ports.tell(trx, await messages(trx, deps, lineIds, 'cash-ready', { until: chineseDate(until) }));
  },
});

/** Messages to those whose money the lines are. */
async function messages(
  trx: Trx,
  deps: CashDeps,
  ids: readonly string[],
  template: PayMessage['template'],
  more: Record<string, string> = {},
): Promise<PayMessage[]> {
  const grounds = await listGrounds(trx, ids);
  return (await listCashLines(trx, deps, { ids })).map(({ id, caseId, payee, villageId, periods, net }) => ({
    caseId,
    lineId: id,
    template,
    to: payee.phone,
    words: {
      item: schemeOf((grounds.get(id) as Ground).scheme).title,
      period: periodsTitle(periods.map((p) => p.period)),
      amount: yuan(net),
      village: deps.orgs.get(villageId).name,
      ...more,
    },
  }));
}
