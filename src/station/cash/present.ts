/** What of cash leaves the house: identity numbers masked, pictures left out. */
import { maskId } from '../../kernel/mask.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import { periodsTitle } from '../payouts/index.ts';
import type { Bag, CashLine, HandOut, Return, WaitingLine } from './types.ts';

const BAG_WORDS: Record<Bag['state'], string> = {
  packed: '已装袋，待送出',
  sent: '已送出，待清点',
  counted: '已清点，待村委会签收',
  received: '已签收',
  cancelled: '已拆袋',
};

const RETURN_WORDS: Record<Return['state'], string> = {
  prepared: '待村委会确认',
  sent: '已送出，待收款方清点',
  received: '已收回',
  cancelled: '已取消',
};

const HAND_OUT_WORDS: Record<HandOut['state'], string> = {
  done: '已发放',
  undoing: '撤回待确认',
  undone: '已撤回，收据作废',
};

interface Named {
  id: string;
  name: string;
}

export interface BagView extends Omit<Bag, 'villageId' | 'fromOrg'> {
  stateTitle: string;
  village: Named;
  from: Named;
}

const named = (orgs: OrgMap, id: string): Named => ({ id, name: orgs.get(id).name });

export const bagView = (orgs: OrgMap, { villageId, fromOrg, ...bag }: Bag): BagView => ({
  ...bag,
  stateTitle: BAG_WORDS[bag.state],
  village: named(orgs, villageId),
  from: named(orgs, fromOrg),
});

export interface ReturnView extends Omit<Return, 'villageId' | 'toOrg'> {
  stateTitle: string;
  village: Named;
  to: Named;
}

export const returnView = (orgs: OrgMap, { villageId, toOrg, ...rest }: Return): ReturnView => ({
  ...rest,
  stateTitle: RETURN_WORDS[rest.state],
  village: named(orgs, villageId),
  to: named(orgs, toOrg),
});

export type LineView<T extends WaitingLine | CashLine> = Omit<T, 'idNumber' | 'person'> & {
  idMasked: string;
  periodsTitle: string;
};

export const lineView = <T extends WaitingLine | CashLine>(line: T): LineView<T> => {
  const { idNumber, person: _, ...rest } = line;
  return { ...rest, idMasked: maskId(idNumber), periodsTitle: periodsTitle(line.periods) };
};

export interface HandOutView
  extends Pick<
    HandOut,
    'id' | 'lineId' | 'day' | 'number' | 'amount' | 'state' | 'handed' | 'undoAsked' | 'undone' | 'reason'
  > {
  stateTitle: string;
  collector: string;
  name: string;
  idMasked: string;
  relation: string | null;
  witness: string;
  signedBy: string;
  hasPhoto: boolean;
  receipt: string;
}

export const handOutView = (h: HandOut): HandOutView => ({
  id: h.id,
  lineId: h.lineId,
  day: h.day,
  number: h.number,
  amount: h.amount,
  state: h.state,
  stateTitle: HAND_OUT_WORDS[h.state],
  handed: h.handed,
  undoAsked: h.undoAsked,
  undone: h.undone,
  reason: h.reason,
  collector: h.details.collector,
  name: h.details.name,
  idMasked: maskId(h.details.idNumber),
  relation: h.details.relation ?? null,
  witness: h.details.witness,
  signedBy: h.details.signedBy,
  hasPhoto: h.photoHash !== null,
  receipt: `/api/cash/receipts/${h.id}.pdf`,
});
