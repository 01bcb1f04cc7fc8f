/** Cash on its way to a village and over its counter, over HTTP: the shorthand of the tests of cash. */
import { expect } from 'chai';
import type { HandOutView } from '../../../src/station/cash/index.ts';
import type { BagDetail, BoxView, DayView } from '../../../src/station/cash/queries/index.ts';
import { DENOMINATIONS } from '../../../src/station/cash/rules.ts';
import type { CashLine } from '../../../src/station/cash/types.ts';
import type { Entitlement } from '../../../src/station/payouts/types.ts';
import { enrol, identity, nameOf, payDesk, type Refusal } from '../../support/payouts.ts';
import { type Answer, type Client, type House, SIGNATURE } from '../../support/service.ts';

export const VILLAGE = '532628103201';
const PERIOD = '2026-10';

export interface Purse {
  count: number;
  first?: number;
  amount?: (i: number) => number;
  scheme?: string;
  department?: string;
  period?: string;
  /** What is otherwise than usual with one of them. */
  over?: (i: number) => Partial<Entitlement>;
}

/** A run whose lines are to be handed out in the village. */
export async function cashRun(house: House, purse: Purse): Promise<void> {
  const { count, first = 0, amount, scheme = 'dibao', department = 'MZ', period = PERIOD, over } = purse;
  const all = await enrol(house, {
    scheme,
    count,
    first,
    ...(amount && { amount }),
    over: (i) => ({ way: 'cash', villageId: VILLAGE, ...over?.(i) }),
  });
  const caseId = all[0]?.caseId;
  await house.service.deps.db
    .write('cases')
    .where({ id: caseId })
    .update({ number: `${VILLAGE}-20261001-MZ01-${String(first + 1).padStart(6, '0')}` });
  await payDesk(house, department).sendOff(scheme, period);
}

export const must = <T>(answer: Answer<T>, status = 200): T => {
  expect(answer.status, JSON.stringify(answer.body)).to.equal(status);
  return answer.body;
};

export async function refused(
  answer: Promise<Answer<unknown>>,
  status: number,
  code: string,
): Promise<Refusal> {
  const { status: given, body } = (await answer) as Answer<Refusal>;
  expect([given, body.code], JSON.stringify(body).slice(0, 500)).to.deep.equal([status, code]);
  return body;
}

export type Bag = BagDetail;

/** A bag of everything that waits, packed and sent by the township's office. */
export async function sentBag(house: House): Promise<Bag> {
  const office = await house.as('town-mz');
  const bag = must(await office.post<Bag>('/api/cash/bags', { village: VILLAGE }), 201);
  must(await office.post(`/api/cash/bags/${bag.id}/send`, {}));
  return bag;
}

/** The same, counted and received by the two of the village; its lines from the smallest on. */
export async function receivedBag(house: House): Promise<Bag> {
  const bag = await sentBag(house);
  const clerk = await house.as('village');
  must(await clerk.post(`/api/cash/bags/${bag.id}/count`, { amount: bag.total / 100 }));
  must(await (await house.as('committee')).post(`/api/cash/bags/${bag.id}/receive`, {}));
  const received = must(await clerk.get<Bag>(`/api/cash/bags/${bag.id}`));
  return { ...received, lines: received.lines.sort((a, b) => a.net - b.net) };
}

export const box = async (client: Client): Promise<BoxView> =>
  must(await client.get<BoxView>('/api/cash/box'));

export const dayOf = async (client: Client, day: string): Promise<DayView> =>
  must(await client.get<DayView>(`/api/cash/days/${day}`));

/** What the citizen with this number says and signs at the counter. */
export const asSelf = (i: number, over: Record<string, unknown> = {}): { data: Record<string, unknown> } => ({
  data: {
    collector: '本人',
    name: nameOf(i),
    idNumber: identity(i),
    idChecked: true,
    signedBy: '屏幕手写',
    signature: SIGNATURE,
    witness: '黄大年',
    witnessSignature: SIGNATURE,
    ...over,
  },
});

export const handOut = (
  client: Client,
  line: Pick<CashLine, 'lineId'>,
  body: object,
  headers?: Record<string, string>,
) => client.post<HandOutView>(`/api/cash/lines/${line.lineId}/hand-out`, body, headers);

/** Notes and coins that make up a sum. */
export function piecesOf(fen: number): Record<string, number> {
  const pieces: Record<string, number> = {};
  let left = fen;
  for (const { key, fen: value } of DENOMINATIONS) {
    const n = Math.floor(left / value);
    if (n > 0) pieces[key] = n;
    left -= n * value;
  }
  return pieces;
}

/** Count what there should be, close the day, confirm it. */
export async function closed(house: House, day: string): Promise<void> {
  const clerk = await house.as('village');
  const { sums } = await dayOf(clerk, day);
  must(await clerk.post('/api/cash/days/close', { day, pieces: piecesOf(sums.expected) }));
  must(await (await house.as('committee')).post('/api/cash/days/confirm', { day }));
}

/** The cash of the books lies somewhere, to the fen. */
export async function reconciled(house: House): Promise<Record<string, number>> {
  const sums = must(
    await (await house.as('village')).get<Record<string, number>>('/api/cash/reconciliation'),
  );
  expect(sums.difference, JSON.stringify(sums)).to.equal(0);
  return sums;
}
