/** Cases that others have a part in, or that go on, staged for pictures of their pages. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Move } from '../../src/workflow/branches.ts';
import { openCase, type Walker } from '../walk/case.ts';
import { county } from '../walk/county.ts';
import { exampleForm, type House } from './service.ts';

/** A page in one of its states. */
export interface Shot {
  name: string;
  path: string;
  /** Login; none for the public. */
  as?: string;
  cookies?: [name: string, value: string][];
  /** What is done on the page before it is looked at. */
  act?(page: Page): Promise<void>;
}

const moves = (...events: Move['event'][]): Move[] => events.map((event) => ({ event }));

/** A case brought through these acts and facts; without any, on its way forward until it rests. */
async function brought(
  house: House,
  item: string,
  situation: string,
  events?: Move[],
  form?: Record<string, unknown>,
): Promise<Walker> {
  const walk = await openCase(house, item, { situation, ...(form && { form }) });
  const traveller = { label: `${item} ${situation}`, walk, ...(events && { moves: events }) };
  await county(house).work([traveller]);
  expect((traveller as { failed?: string }).failed).to.equal(undefined);
  return walk;
}

function felling(house: House, volume: number): Record<string, unknown> {
  const form = exampleForm(house.service, 'LY-01', 0, 'new') as { felling: { volume: number } };
  form.felling.volume = volume;
  return form;
}

/** A joint review with an objection, a full quota, a link, papers owed, benefits that go on and halt, an answer. */
export async function stageTogether(house: House): Promise<Shot[]> {
  await house.at('2026-12-08T09:00:00+08:00');
  const admin = await house.as('sysadmin');
  await admin.send('PUT', '/api/quotas/timber/532628103/2026', { total: 20 });
  const toQuota = moves('FILE', 'ACCEPT', 'RECORD_VISIT', 'POST', 'NOTICE_CLOSED');
  await brought(house, 'LY-01', 'new', [...toQuota], felling(house, 12));
  const queued = await brought(house, 'LY-01', 'new', [...toQuota], felling(house, 10));
  const kept = await brought(house, 'MZ-03', 'new');
  const death = exampleForm(house.service, 'GA-01', 0, 'death') as { deceased: { idNumber: string } };
  const pension = exampleForm(house.service, 'RS-02', 0, 'start') as { applicant: { idNumber: string } };
  const ofTheDead = JSON.parse(
    JSON.stringify(pension).replaceAll(pension.applicant.idNumber, death.deceased.idNumber),
  );
  await brought(house, 'RS-02', 'start', moves('FILE'), ofTheDead);
  const reaching = await brought(house, 'GA-01', 'death', moves('FILE', 'APPROVE'), death);
  const joint = await brought(
    house,
    'NY-01',
    'split',
    moves('FILE', 'RECORD_MEETING', 'POST', 'NOTICE_CLOSED', 'FORWARD', 'ACCEPT', 'RECORD_VISIT'),
  );
  await joint.act('town-zr', 'GIVE_OPINION', { part: 'ZR', view: '不同意', opinion: '超出村庄规划边界。' });
  await joint.act('town-ny', 'GIVE_OPINION', { part: 'NY', view: '同意', opinion: '资格和面积符合。' });
  const urgent = await openCase(house, 'MZ-02', { situation: 'urgent' });
  await urgent.act('village', 'FILE');
  const draft = await openCase(house, 'MZ-02', { situation: 'general' });
  const owing = await owed(house);
  return [
    { name: 'case-joint', path: `/cases/${joint.id}`, as: 'town-zj' },
    { name: 'act-opinion', path: `/cases/${joint.id}/act/GIVE_OPINION`, as: 'town-zj' },
    { name: 'case-quota', path: `/cases/${queued.id}`, as: 'town-ly' },
    { name: 'act-allot', path: `/cases/${queued.id}/act/ALLOT`, as: 'town-ly' },
    { name: 'case-kept', path: `/cases/${kept.id}`, as: 'village' },
    { name: 'act-confirm', path: `/cases/${kept.id}/act/CONFIRM`, as: 'village' },
    { name: 'cases-kept', path: '/cases?phase=kept', as: 'village' },
    { name: 'case-links', path: `/cases/${reaching.id}`, as: 'village' },
    { name: 'case-links-unseen', path: `/cases/${reaching.id}`, as: 'town-ga' },
    { name: 'filing-gap', path: `/cases/${draft.id}/edit`, as: 'village' },
    { name: 'case-owed', path: `/cases/${owing.id}`, as: 'village' },
    { name: 'inbox-hours', path: '/inbox', as: 'town-window' },
    { name: 'case-hours', path: `/cases/${urgent.id}`, as: 'town-window' },
    { name: 'guide-long', path: '/items/NY-01' },
    { name: 'items-found', path: '/items?q=%E5%85%BB%E8%80%81', as: 'village' },
  ];
}

/** A case accepted with papers still owed. */
async function owed(house: House): Promise<Walker> {
  const { materials } = house.service.deps.definitions.get('MZ-02').definition;
  const gaps = materials.filter((m) => m.tolerable).map((m) => m.id);
  const walk = await openCase(house, 'MZ-02', { situation: 'general', gaps });
  await walk.act('village', 'FILE');
  await walk.act('town-window', 'ACCEPT');
  return walk;
}
