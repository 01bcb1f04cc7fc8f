/** Money in every state its pages can show, staged for pictures. */
import type { Entitlement } from '../../src/station/payouts/types.ts';
import { enrol, payDesk } from './payouts.ts';
import type { House } from './service.ts';
import type { Shot } from './stage.ts';

const VILLAGE = '532628103201';

/** A month that is settled, the next with people who came, went and are held back; a run under way in each state. */
export async function stageMoney(house: House): Promise<Shot[]> {
  await house.at('2026-11-10T09:00:00+08:00');
  const desk = payDesk(house, 'MZ');
  const officer = await desk.officer();
  const claims = await enrol(house, {
    scheme: 'dibao',
    count: 24,
    over: (i) => ({
      from: i < 20 ? '2026-10' : '2026-11',
      ...(i % 3 === 0 && { villageId: VILLAGE }),
      ...(i === 5 && { way: 'cash' as const, villageId: VILLAGE }),
    }),
  });
  const [first, second, third, fourth] = claims as [Entitlement, Entitlement, Entitlement, Entitlement];
  const october = await desk.sendOff('dibao', '2026-10');
  await desk.returned(october, ({ seq }) => (seq === 2 ? '1003' : seq === 5 ? '1005' : '0000'));
  const change = (id: string, act: string, body: object) =>
    officer.post(`/api/payouts/claims/${id}/${act}`, body);
  await change(second.id, 'suspend', { version: second.version, reason: '正在核查家庭收入' });
  await change(third.id, 'stop', { version: third.version, reason: '迁出本县', stoppedOn: '2026-10-31' });
  await officer.post('/api/payouts/debts', {
    entitlementId: fourth.id,
    amount: 12_000,
    reason: '收入变化未及时申报',
  });
  const november = await desk.prepare('dibao', '2026-11');
  await enrol(house, {
    scheme: 'elder-allowance',
    count: 130,
    first: 1000,
    over: () => ({ villageId: VILLAGE }),
  });
  const elders = await desk.sendOff('elder-allowance', '2026-11');
  await enrol(house, { scheme: 'temporary-aid', count: 3, first: 2000 });
  const approved = await desk.approve(await desk.prepare('temporary-aid', '2026-11'));
  await enrol(house, { scheme: 'disability-benefit', count: 12, first: 3000 });
  const { db } = house.service.deps;
  const faulty = await db
    .read('payout_entitlements')
    .where({ scheme: 'dibao' })
    .whereNotNull('account_fault')
    .first('id');
  const [debt] = await db.read('payout_debts');
  return [
    { name: 'payouts', path: '/payouts', as: 'mz-officer' },
    { name: 'payouts-leader', path: '/payouts', as: 'mz-leader' },
    { name: 'payouts-inspector', path: '/payouts', as: 'inspector' },
    { name: 'payout-scheme', path: '/payouts/schemes/dibao', as: 'mz-officer' },
    { name: 'payout-new', path: '/payouts/schemes/disability-benefit/new', as: 'mz-officer' },
    { name: 'payout-new-open', path: '/payouts/schemes/dibao/new', as: 'mz-officer' },
    { name: 'payout-run-draft', path: `/payouts/runs/${november.id}`, as: 'mz-leader' },
    { name: 'payout-run-out', path: `/payouts/runs/${october.id}`, as: 'mz-officer' },
    { name: 'payout-run-elders', path: `/payouts/runs/${elders.id}`, as: 'mz-officer' },
    { name: 'payout-run-village', path: `/payouts/runs/${october.id}`, as: 'village' },
    { name: 'payout-run-inspector', path: `/payouts/runs/${october.id}`, as: 'inspector' },
    { name: 'payout-approve', path: `/payouts/runs/${november.id}/approve`, as: 'mz-leader' },
    { name: 'payout-export', path: `/payouts/runs/${approved.id}/export`, as: 'mz-officer' },
    { name: 'payout-import', path: `/payouts/runs/${elders.id}/import`, as: 'mz-officer' },
    { name: 'claims', path: '/payouts/entitlements', as: 'mz-officer' },
    { name: 'claims-village', path: '/payouts/entitlements?scheme=dibao', as: 'village' },
    { name: 'claim', path: `/payouts/entitlements/${first.id}`, as: 'mz-officer' },
    { name: 'claim-faulty', path: `/payouts/entitlements/${faulty.id}`, as: 'mz-officer' },
    { name: 'claim-account', path: `/payouts/entitlements/${faulty.id}/account`, as: 'mz-officer' },
    { name: 'claim-stop', path: `/payouts/entitlements/${first.id}/stop`, as: 'mz-officer' },
    { name: 'debts', path: '/payouts/debts', as: 'mz-officer' },
    { name: 'debt-repay', path: `/payouts/debts/${debt.id}/repay`, as: 'mz-officer' },
    { name: 'payout-report', path: '/payouts/report', as: 'inspector' },
    { name: 'payout-format', path: '/payouts/format', as: 'mz-officer' },
  ];
}
