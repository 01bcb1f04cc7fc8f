/** The public board when much hangs on it: pages, what has ended, one board. */
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type House, openHouse } from '../../support/service.ts';
import { openCase, visit } from '../../walk/case.ts';
import { open } from '../pages/browser.ts';

const MANY = 12;

onEachDatabase('the public board', (engine) => {
  let opened: Opened;
  let house: House;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-30T09:00:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const page = async (path: string) => (await open(house.stranger(), path)).html;
  const idsOn = (html: string) => [...html.matchAll(/href="\/notices\/([0-9a-z]{26})"/g)].map((m) => m[1]);
  const nextOf = (html: string) =>
    /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';

  it('says when nothing hangs, and when nothing has ended', async () => {
    expect(await page('/notices')).to.include('现在没有公示');
    expect(await page('/notices?state=ended')).to.include('没有结束了的公示');
    expect(await page('/notices?org=532628103201'))
      .to.include('现在没有公示')
      .and.include('剥隘村委会');
  });

  it('a long list has a second page that goes on where the first ends', async () => {
    for (let i = 0; i < MANY; i += 1) {
      const walk = await openCase(house, 'ZR-02');
      await walk.act('village', 'FILE');
      await walk.act('town-window', 'ACCEPT');
      await walk.act('town-zr', 'RECORD_VISIT', visit('2026-11-30'));
      await walk.act('zr-officer', 'FORWARD', { opinion: '权属来源清楚' });
      await walk.act('zr-officer', 'POST');
    }
    const first = await page('/notices');
    expect(idsOn(first)).to.have.length(20);
    const second = await page(nextOf(first));
    expect(idsOn(second)).to.have.length(2 * MANY - 20);
    expect(nextOf(second)).to.equal('');
    expect(second).to.include('回到第一页');
    expect(new Set([...idsOn(first), ...idsOn(second)]).size).to.equal(2 * MANY);
    expect(idsOn(await page('/notices?org=532628103201')), 'the village’s own').to.have.length(MANY);
  });

  it('what has ended moves to its own list for thirty days, and is then gone', async () => {
    await house.at('2026-12-31T09:00:00+08:00');
    expect(await page('/notices')).to.include('现在没有公示');
    const ended = await page('/notices?state=ended');
    expect(idsOn(ended)).to.have.length(20);
    expect(nextOf(ended)).to.include('state=ended');
    expect(idsOn(await page(nextOf(ended)))).to.have.length(2 * MANY - 20);
    const one = await page(`/notices/${idsOn(ended)[0]}`);
    expect(one).to.include('已结束').and.include('没有收到异议').and.not.include('提交异议');
    await house.at('2027-02-15T09:00:00+08:00');
    expect(await page('/notices?state=ended')).to.include('没有结束了的公示');
    expect((await open(house.stranger(), `/notices/${idsOn(ended)[0]}`)).status).to.equal(404);
  });
});
