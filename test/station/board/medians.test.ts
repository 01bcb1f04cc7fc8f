/** How long decisions took, against days counted by hand on a calendar. */
import { expect } from 'chai';
import { median } from '../../../src/station/board/figures.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, visit, type Walker } from '../../walk/case.ts';
import { open } from '../pages/browser.ts';
import { tablesOf } from './reading.ts';

describe('the middle of many', () => {
  const of = (...values: number[]) => median(values.map((value) => ({ value, count: 1 })));

  it('is the one in the middle, half of the two in the middle, or none', () => {
    expect(of(9, 1, 4)).to.equal(4);
    expect(of(9, 1, 4, 2)).to.equal(3);
    expect(of(1, 2)).to.equal(1.5);
    expect(of(7)).to.equal(7);
    expect(of()).to.equal(null);
  });

  it('counts each value as often as it stands for', () => {
    expect(
      median([
        { value: 1, count: 3 },
        { value: 20, count: 2 },
      ]),
    ).to.equal(1);
    expect(
      median([
        { value: 20, count: 2 },
        { value: 1, count: 2 },
      ]),
    ).to.equal(10.5);
  });
});

onEachDatabase('days on the board', (engine) => {
  let opened: Opened;
  let house: TestHouse;

  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  /** Accepted and looked at today: all but the decision. */
  async function ready(): Promise<Walker> {
    const walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    await walk.act('county-window', 'ACCEPT');
    await walk.act('ny-officer', 'FORWARD', { opinion: '材料齐全' });
    await walk.act('ny-officer', 'RECORD_VISIT', visit('2026-09-02'));
    await walk.act('ny-reviewer', 'FORWARD', { opinion: '同意' });
    return walk;
  }
  const rejectOn = async (walk: Walker, day: string) => {
    await house.at(`${day}T16:00:00+08:00`);
    await walk.act('ny-leader', 'REJECT', {
      facts: '查明与申报不符',
      evidence: '现场照片',
      reasons: [{ reason: '不符合条件', basis: '种子法' }],
      falsehood: '没有',
    });
  };
  const rowOf = async (card: string, row: string) => {
    const { html } = await open(await house.as('inspector'), '/board?from=2026-09-01&to=2026-09-30');
    return tablesOf(html)
      .get(card)
      ?.find(([head]) => head === row)
      ?.slice(1);
  };

  it('are working days after the day of acceptance: the middle of three, then of four', async () => {
    // Wednesday, 2 September 2026; promised within ten working days.
    await house.at('2026-09-02T09:00:00+08:00');
    const walks = [await ready(), await ready(), await ready(), await ready()] as const;
    // Thursday: one. Monday: three. Wednesday of the week after: ten.
    await rejectOn(walks[0], '2026-09-03');
    await rejectOn(walks[1], '2026-09-07');
    await rejectOn(walks[2], '2026-09-16');
    await house.at('2026-09-16T17:00:00+08:00');
    expect(await rowOf('办理时长，按部门', '农业农村局')).to.deep.equal(['3', '3', '10', '—', '0']);
    expect(await rowOf('办理时长，按事项', '农药经营许可（限制使用农药除外）')).to.deep.equal(
      await rowOf('办理时长，按部门', '农业农村局'),
    );
    // Thursday: eleven, one more than promised.
    await rejectOn(walks[3], '2026-09-17');
    await house.at('2026-09-17T17:00:00+08:00');
    expect(await rowOf('办理时长，按部门', '农业农村局')).to.deep.equal(['4', '6.5', '10', '—', '1']);
  });
});
