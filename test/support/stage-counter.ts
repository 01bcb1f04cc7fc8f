/** The counter: bags of cash, the day's end, the desk, certificates and papers, staged for pictures of their pages. */
import { expect } from 'chai';
import type { BagDetail } from '../../src/station/cash/queries/index.ts';
import { personKey } from '../../src/station/persons.ts';
import { asSelf, cashRun, dayOf, handOut, receivedBag, sentBag, VILLAGE } from '../station/cash/village.ts';
import { granted, register } from '../station/certificates/licences.ts';
import { served, serving } from '../station/papers/serving.ts';
import { identity } from './payouts.ts';
import type { House } from './service.ts';
import type { Shot } from './stage.ts';

const DAY = '2026-11-05';
const TOWNSHIP = '532628103';
/** Numbers of persons that no other stage uses. */
const AIDED = 5000;
const DISABLED = 5100;
const ELDERS = 5200;

/** Cash in every place: waiting, on its way, in the box, handed out, called back, and a day that is closed. */
export async function stageCash(house: House): Promise<Shot[]> {
  await house.at(`${DAY}T09:00:00+08:00`);
  const clerk = await house.as('village');
  const period = '2026-11';
  await cashRun(house, {
    scheme: 'temporary-aid',
    period,
    first: AIDED,
    count: 12,
    amount: (i) => 80_000 + i,
  });
  const bag = await receivedBag(house);
  const [first, second] = bag.lines as [BagDetail['lines'][0], BagDetail['lines'][0]];
  for (const [i, line] of [first, second].entries()) {
    const answer = await handOut(clerk, line, asSelf(AIDED + i));
    expect(answer.status, JSON.stringify(answer.body)).to.be.lessThan(300);
  }
  const { handOuts } = await dayOf(clerk, DAY);
  await cashRun(house, { scheme: 'disability-benefit', period, first: DISABLED, count: 5 });
  const sent = await sentBag(house);
  await cashRun(house, { scheme: 'elder-allowance', period, first: ELDERS, count: 7 });
  const person = personKey(house.service.deps.vault, identity(AIDED + 2));
  return [
    { name: 'cash-village', path: '/cash', as: 'village' },
    { name: 'cash-committee', path: '/cash', as: 'committee' },
    { name: 'cash-office', path: '/cash', as: 'town-mz' },
    { name: 'bag-new', path: `/cash/bags/new?village=${VILLAGE}`, as: 'town-mz' },
    { name: 'bag-sent', path: `/cash/bags/${sent.id}`, as: 'village' },
    { name: 'bag-received', path: `/cash/bags/${bag.id}`, as: 'village' },
    { name: 'hand-out', path: `/cash/hand-outs/${handOuts[0]?.id}`, as: 'village' },
    { name: 'cash-days', path: '/cash/days', as: 'village' },
    { name: 'cash-day', path: `/cash/days/${DAY}`, as: 'village' },
    { name: 'cash-foreign', path: '/cash', as: 'village2' },
    { name: 'desk', path: '/desk', as: 'village' },
    { name: 'desk-none', path: '/desk', as: 'village2' },
    { name: 'desk-person', path: `/desk/people/${person}`, as: 'village' },
    { name: 'desk-list', path: '/desk/list', as: 'village' },
  ];
}

/** Certificates in each state and place, and a decision on its way to the citizen. */
export async function stageCertificates(house: House): Promise<Shot[]> {
  await house.at('2026-11-09T09:00:00+08:00');
  const r = register(house);
  const of = async (options: Parameters<typeof granted>[2] = {}) =>
    r.of(await granted(house, 'NY-04', options));
  const valid = await of();
  const printed = await of();
  const suspended = await of();
  const proposed = await of();
  const lying = await of();
  for (const { id } of [printed, lying]) await r.done('ny-officer', id, 'print');
  const transfer = await r.send('ny-officer', TOWNSHIP, [printed.id]);
  const doubt = {
    act: 'SUSPEND',
    reason: '涉嫌超范围经营，正在立案调查',
    basis: '《农药管理条例》第六十九条',
  };
  await r.done('ny-officer', suspended.id, 'proposal', doubt);
  await r.done('ny-leader', suspended.id, 'proposal/confirm');
  await r.done('ny-officer', proposed.id, 'proposal', doubt);
  const on = serving(house);
  const waiting = await on.refused();
  const announced = await on.refused();
  const tried = { way: '直接送达', triedOn: '2026-11-09', reason: '家中无人，邻居说外出务工' };
  await on.attempt(announced.id, tried);
  await on.serve(announced.id, served('2026-11-09').公告送达);
  return [
    { name: 'certificates', path: '/certificates', as: 'ny-officer' },
    { name: 'certificates-village', path: '/certificates', as: 'village' },
    { name: 'certificates-none', path: '/certificates', as: 'village2' },
    { name: 'certificate', path: `/certificates/${valid.id}`, as: 'ny-officer' },
    { name: 'certificate-suspended', path: `/certificates/${suspended.id}`, as: 'ny-officer' },
    { name: 'certificate-proposed', path: `/certificates/${proposed.id}`, as: 'ny-leader' },
    { name: 'transfers', path: '/transfers', as: 'ny-officer' },
    { name: 'transfers-new', path: '/transfers/new', as: 'ny-officer' },
    { name: 'transfer', path: `/transfers/${transfer.id}`, as: 'town-window' },
    { name: 'transfer-print', path: `/transfers/${transfer.id}/print`, as: 'town-window' },
    { name: 'serve', path: `/papers/${waiting.id}/serve`, as: 'village' },
    { name: 'serve-announced', path: `/papers/${announced.id}/serve`, as: 'village' },
    { name: 'case-refused', path: `/cases/${announced.caseId}`, as: 'village' },
    { name: 'verify-suspended', path: `/verify/${suspended.verify_code}` },
  ];
}
