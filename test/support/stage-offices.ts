/** Acts of each office on its way forward, staged for pictures of their forms. */
import { openCase, visit, type Walker } from '../walk/case.ts';
import type { House } from './service.ts';
import type { Shot } from './stage.ts';

/** A licence for pesticides, before whoever reviews it. */
async function reviewed(house: House): Promise<Walker> {
  const walk = await openCase(house, 'NY-04');
  await walk.act('village', 'FILE');
  await walk.act('county-window', 'ACCEPT');
  await walk.act('ny-officer', 'FORWARD', { opinion: '材料齐全，场所符合规定' });
  await walk.act('ny-officer', 'RECORD_VISIT', visit('2026-12-07'));
  return walk;
}

export async function stageOffices(house: House): Promise<Shot[]> {
  await house.at('2026-12-07T10:00:00+08:00');
  const meeting = await openCase(house, 'NY-01', { situation: 'split' });
  await meeting.act('village', 'FILE');
  const visited = await openCase(house, 'ZR-02');
  await visited.act('village', 'FILE');
  await visited.act('town-window', 'ACCEPT');
  const second = await reviewed(house);
  const decided = await reviewed(house);
  await decided.act('ny-reviewer', 'FORWARD', { opinion: '同意，报分管领导' });
  return [
    { name: 'inbox-committee', path: '/inbox', as: 'committee' },
    { name: 'act-meeting', path: `/cases/${meeting.id}/act/RECORD_MEETING`, as: 'committee' },
    { name: 'act-visit', path: `/cases/${visited.id}/act/RECORD_VISIT`, as: 'town-zr' },
    { name: 'act-forward', path: `/cases/${second.id}/act/FORWARD`, as: 'ny-reviewer' },
    { name: 'case-review', path: `/cases/${second.id}`, as: 'ny-reviewer' },
    { name: 'act-approve', path: `/cases/${decided.id}/act/APPROVE`, as: 'ny-leader' },
    { name: 'case-decide', path: `/cases/${decided.id}`, as: 'ny-leader' },
    { name: 'case-watched', path: `/cases/${decided.id}`, as: 'inspector' },
    { name: 'cases-watched', path: '/cases', as: 'inspector' },
    { name: 'board', path: '/board', as: 'inspector' },
  ];
}
