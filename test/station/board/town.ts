/** A county in which something of everything has happened, for a board to count. */
import type { CaseView } from '../../../src/station/cases/index.ts';
import { enrol, payDesk } from '../../support/payouts.ts';
import type { House } from '../../support/service.ts';
import { collection, openCase, visit, type Walker } from '../../walk/case.ts';
import { granted, register } from '../certificates/licences.ts';
import { fileFor } from '../worklists/town.ts';

export const LAST_FOUR = '9945';

export interface Town {
  collected: Walker;
  waiting: Walker;
  returned: Walker;
  rejected: Walker;
  refused: Walker;
  late: Walker[];
}

/** One is pleased, one is not and says so with names and numbers. */
export async function rateSome(house: House, { collected, rejected }: Town): Promise<void> {
  for (const [walk, level, comment] of [
    [collected, 1, '很快'],
    [rejected, 5, '态度不好，农秀英，13812345678'],
  ] as const) {
    const said = { number: walk.view.number, lastFour: LAST_FOUR, level, comment };
    const { status, body } = await house.stranger().post('/api/ratings', said);
    if (status !== 204) throw new Error(JSON.stringify(body));
  }
}

/** Decided, collected, waiting, late, returned, turned down, refused, paid; the clock stands on 14 October 2026. */
export async function busyTown(house: House): Promise<Town> {
  await house.at('2026-09-28T09:40:00+08:00');
  const r = register(house);
  const collected = await granted(house, 'NY-04');
  const waiting = await granted(house, 'NY-04');
  await r.done('village', (await r.of(collected)).id, 'print');
  await r.done('village', (await r.of(waiting)).id, 'print');
  await collected.act('village', 'COLLECT', collection('农建国', '532628196611159910'));
  const late = await fileFor(house, 'MZ-01', ['李国华', '王国华']);
  const returned = await openCase(house, 'NY-04');
  await returned.act('village', 'FILE');
  await returned.act('county-window', 'REQUEST_CORRECTION', {
    faults: [
      { target: '/form/applicant/phone', reason: '号码 13812345678 打不通' },
      { target: `/materials/${returned.view.materials[0]?.id}`, reason: '看不清' },
      { target: '张三家的地契', reason: '没有交' },
    ],
  });
  const refused = await openCase(house, 'NY-04');
  await refused.act('village', 'FILE');
  await refused.act('county-window', 'REFUSE', {
    branch: '依法不需要办理',
    reasons: [{ reason: '不需要许可', basis: '行政许可法第三十二条' }],
  });
  const rejected = await openCase(house, 'NY-04', { login: 'village2' });
  await rejected.act('village2', 'FILE');
  await toDecision(rejected);
  await rejected.act('ny-leader', 'REJECT', {
    facts: '查明与申报不符',
    evidence: '现场照片',
    reasons: [{ reason: '不符合条件', basis: '种子法' }],
    falsehood: '有',
  });
  await house.at('2026-10-14T09:40:00+08:00');
  const desk = payDesk(house, 'MZ');
  await enrol(house, { scheme: 'elder-allowance', count: 3 });
  await desk.returned(await desk.sendOff('elder-allowance', '2026-10'), (line) =>
    line.seq === 1 ? '1004' : '0000',
  );
  return { collected, waiting, returned, rejected, refused, late };
}

async function toDecision(walk: Walker): Promise<CaseView> {
  await walk.act('county-window', 'ACCEPT');
  await walk.act('ny-officer', 'FORWARD', { opinion: '材料齐全' });
  await walk.act('ny-officer', 'RECORD_VISIT', visit('2026-09-28'));
  return walk.act('ny-reviewer', 'FORWARD', { opinion: '同意' });
}
