/** 好差评 by the front door: who may rate, of what, how often. */
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { inputValue, open, sendPlain } from '../pages/browser.ts';
import { citizens, LAST_FOUR } from './citizen.ts';

onEachDatabase('ratings', (engine) => {
  let opened: Opened;
  let house: TestHouse;

  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const { over, rate } = citizens(() => house);

  it('takes a rating only of a case that is over, from whoever proves it is his, once', async () => {
    const going = await openCase(house, 'NY-04');
    await going.act('village', 'FILE');
    expect((await rate(going.view.number as string, 1)).body.code).to.equal('rating.too_early');
    const { number } = await over();
    expect((await rate(number, 1, undefined, '9910')).status).to.equal(404);
    expect((await rate(`${number}0`, 1)).status).to.equal(404);
    expect((await rate(number, 6)).status).to.equal(422);
    expect((await rate(number, 2)).status).to.equal(204);
    expect((await rate(number, 5)).body.code).to.equal('rating.given');
    const kept = await house.service.deps.db.read('ratings').where({ level: 5 });
    expect(kept).to.have.length(0);
  });

  it('takes one supplement, and keeps both for good', async () => {
    const { number } = await over();
    const more = (comment: string) =>
      house.stranger().post<{ code?: string }>('/api/ratings/more', { number, lastFour: LAST_FOUR, comment });
    expect((await more('补充')).body.code).to.equal('rating.not_found');
    await rate(number, 3);
    expect((await more('后来又去了一次')).status).to.equal(204);
    expect((await more('后来又去了一次')).status).to.equal(204);
    expect((await more('第三次')).body.code).to.equal('rating.supplemented');
    const { db } = house.service.deps;
    const refused = await db
      .write('ratings')
      .update({ level: 1 })
      .then(
        () => '',
        (e: Error) => e.message,
      );
    expect(refused).to.match(/append-only/);
  });

  it('is given on the page of progress without script: nothing chosen beforehand, sent twice counts once', async () => {
    const { number } = await over();
    const citizen = house.stranger();
    const found = await sendPlain(citizen, '/progress', [
      ['number', number],
      ['lastFour', LAST_FOUR],
    ]);
    expect(found.html)
      .to.include('您满意吗')
      .and.not.match(/type="radio"[^>]*checked/);
    const form = (
      level: string,
      comment: string,
      key = inputValue(found.html, '_request'),
    ): [string, string][] => [
      ['number', number],
      ['lastFour', LAST_FOUR],
      ['_request', key],
      ['level', level],
      ['comment', comment],
    ];
    const empty = await sendPlain(citizen, '/progress/rating', form('', '写了话'));
    expect(empty.status).to.equal(422);
    expect(empty.html).to.include('请选一项').and.to.include('写了话');
    const long = await sendPlain(citizen, '/progress/rating', form('1', '长'.repeat(501)));
    expect(long.status).to.equal(422);
    for (let i = 0; i < 2; i += 1) {
      const done = await sendPlain(citizen, '/progress/rating', form('1', '办得快'));
      expect(done.status).to.equal(200);
      expect(done.html).to.include('评价为“非常满意”').and.to.include('补充评价');
    }
    const other = '01j00000000000000000000000';
    expect((await sendPlain(citizen, '/progress/rating', form('5', '', other))).status).to.equal(409);
    const wrong = form('1', '').map(([n, v]): [string, string] => [n, n === 'lastFour' ? '0000' : v]);
    expect((await sendPlain(citizen, '/progress/rating', wrong)).status).to.equal(404);
    const said = await sendPlain(citizen, '/progress/rating/more', [
      ['number', number],
      ['lastFour', LAST_FOUR],
      ['comment', '再谢一次'],
    ]);
    expect(said.html).to.include('再谢一次').and.not.include('提交补充');
  });

  it('is not asked for while a case is under way', async () => {
    const going = await openCase(house, 'NY-04');
    await going.act('village', 'FILE');
    const found = await sendPlain(house.stranger(), '/progress', [
      ['number', going.view.number as string],
      ['lastFour', LAST_FOUR],
    ]);
    expect(found.html).not.to.include('您满意吗');
    const page = await open(await house.as('village'), `/cases/${going.id}/rating`);
    expect(page.status).to.equal(409);
  });

  it('is given at the counter only with the citizen’s last four characters', async () => {
    const { id } = await over();
    const clerk = await house.as('village');
    expect((await open(clerk, `/cases/${id}`)).html).to.include(`/cases/${id}/rating`);
    const page = await open(clerk, `/cases/${id}/rating`);
    const form = (lastFour: string): [string, string][] => [
      ['_request', inputValue(page.html, '_request')],
      ['level', '2'],
      ['lastFour', lastFour],
    ];
    for (const wrong of ['', '1234']) {
      const refused = await sendPlain(clerk, `/cases/${id}/rating`, form(wrong));
      expect(refused.status, wrong).to.equal(422);
      expect(refused.html).to.include('不是申请人证件号的后四位');
    }
    expect((await sendPlain(clerk, `/cases/${id}/rating`, form(LAST_FOUR))).html).to.include('谢谢您');
    expect((await open(clerk, `/cases/${id}`)).html).not.to.include(`/cases/${id}/rating`);
    expect((await open(await house.as('village2'), `/cases/${id}/rating`)).status).to.equal(404);
  });
});
