/** 好差评 as staff see it, and how a bad one is answered in time. */
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { inputValue, open, sendPlain } from '../pages/browser.ts';
import { citizens } from './citizen.ts';

interface Bad {
  id: string;
  comment: string | null;
  standing: { step: string | null; due: string | null; light: string; text: string };
  case: { id: string; number: string } | null;
}
interface Told {
  ratings: Bad[];
  next: string | null;
}

onEachDatabase('answers to ratings', (engine) => {
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
  const bad = async (login: string, query = '') =>
    (await (await house.as(login)).get<Told>(`/api/ratings/bad?${query}`)).body.ratings;
  const answer = async (login: string, id: string, step: string, text = '已办') =>
    (await house.as(login)).post<Bad & { code?: string }>(`/api/ratings/bad/${id}`, { step, text });

  it('shows staff level, item, village and masked words, and never whose it is', async () => {
    const { number, id } = await over();
    await rate(number, 4, '农秀英，电话 13812345678，证件 532628198607049945，等了很久');
    const { status, body } = await (await house.as('village')).get<Told>('/api/ratings?level=4');
    expect(status).to.equal(200);
    const [first] = body.ratings;
    expect(Object.keys(first as object).sort()).to.deep.equal([
      'comment',
      'day',
      'id',
      'itemTitle',
      'level',
      'supplement',
      'villageName',
    ]);
    expect(first?.comment).to.include('等了很久').and.to.include('＊＊＊');
    const seen = async (login: string, path: string) => (await open(await house.as(login), path)).html;
    for (const [login, path] of [
      ['village', '/ratings'],
      ['inspector', '/ratings'],
      ['village', '/ratings/bad'],
      ['inspector', '/ratings/bad'],
      ['mz-leader', '/ratings'],
    ] as const)
      for (const secret of ['农秀英', '13812345678', '532628198607049945', number, id])
        expect(await seen(login, path), `${login} ${path}`).not.to.include(secret);
    expect((await open(await house.as('mz-leader'), '/ratings')).html).not.to.include('等了');
    expect((await open(await house.as('sysadmin'), '/ratings')).status).to.equal(403);
  });

  it('tells the department whose a bad one is, and nobody else; good ones never', async () => {
    const [mine] = await bad('ny-officer');
    expect(mine?.case?.number).to.match(/^5326281/);
    expect(mine?.comment).to.include('13812345678');
    for (const login of ['inspector', 'village', 'town-leader'])
      for (const one of await bad(login)) expect(one.case, login).to.equal(null);
    expect(await bad('mz-officer')).to.deep.equal([]);
    const { body } = await (await house.as('ny-officer')).get<Told>('/api/ratings');
    expect(JSON.stringify(body)).not.to.include('-NY04-');
  });

  it('is called back within one working day, put right within fifteen, asked again: in order, once, by the department', async () => {
    const { number } = await over();
    // Wednesday before the National Day holidays: the first working day is 8 October.
    await house.at('2026-09-30T16:00:00+08:00');
    await rate(number, 5, '白跑三趟');
    const mine = async () => (await bad('ny-officer')).find((b) => b.case?.number === number) as Bad;
    const { id } = await mine();
    const due = (await mine()).standing;
    expect(due).to.include({ step: 'contact', light: 'yellow', due: '2026-10-08' });
    expect((await answer('ny-officer', id, 'remedy')).body.code).to.equal('rating.not_possible');
    expect((await answer('ny-officer', id, 'contact', ' ')).status).to.equal(422);
    for (const login of ['village', 'inspector', 'town-leader'])
      expect((await answer(login, id, 'contact')).status, login).to.equal(403);
    expect((await answer('mz-officer', id, 'contact')).status).to.equal(403);
    await house.at('2026-10-08T23:00:00+08:00');
    expect((await mine()).standing.light).to.equal('yellow');
    const late = async () => (await bad('inspector', 'standing=late-contact')).map((b) => b.id);
    expect(await late()).not.to.include(id);
    await house.at('2026-10-09T00:01:00+08:00');
    expect((await mine()).standing.light).to.equal('red');
    expect(await late()).to.include(id);
    expect((await answer('ny-officer', id, 'contact', '已打电话核实')).body.standing).to.include({
      step: 'remedy',
    });
    expect(await late()).not.to.include(id);
    expect((await answer('ny-officer', id, 'contact')).body.code).to.equal('rating.not_possible');
    const { standing } = await mine();
    // 8 to 10 October are three working days, Saturday made up for; the two weeks after make thirteen; 26, 27.
    expect(standing).to.include({ light: 'green', due: '2026-10-27' });
    const remedyLate = async () => (await bad('inspector', 'standing=late-remedy')).map((b) => b.id);
    await house.at('2026-10-27T23:00:00+08:00');
    expect((await mine()).standing.light).to.equal('yellow');
    expect(await remedyLate()).not.to.include(id);
    await house.at('2026-10-28T00:01:00+08:00');
    expect((await mine()).standing.light).to.equal('red');
    expect(await remedyLate()).to.include(id);
    await answer('ny-leader', id, 'remedy', '已当面道歉，改了流程');
    expect((await mine()).standing).to.include({ step: 'visit', light: 'green' });
    expect((await bad('ny-officer', 'standing=open')).map((b) => b.id)).to.include(id);
    await answer('ny-officer', id, 'visit', '群众满意');
    expect((await mine()).standing.light).to.equal('done');
    expect((await bad('ny-officer', 'standing=open')).map((b) => b.id)).not.to.include(id);
    const trail = await house.service.deps.db.read('audit').where({ act: 'rating.follow-up', subject: id });
    expect(trail).to.have.length(3);
  });

  it('is answered on the page of the rating, which a repeat does not do twice', async () => {
    const [open_] = (await bad('ny-officer', 'standing=open')) as [Bad];
    const officer = await house.as('ny-officer');
    const page = await open(officer, `/ratings/bad/${open_.id}`);
    const form = (text: string): [string, string][] => [
      ['_request', inputValue(page.html, '_request')],
      ['step', 'contact'],
      ['text', text],
    ];
    expect((await sendPlain(officer, `/ratings/bad/${open_.id}`, form(''))).status).to.equal(422);
    for (let i = 0; i < 2; i += 1) {
      const sent = await sendPlain(officer, `/ratings/bad/${open_.id}`, form('打过电话'));
      expect(sent.location).to.equal(`/ratings/bad/${open_.id}`);
    }
    expect((await open(officer, `/ratings/bad/${open_.id}`)).html)
      .to.include('打过电话')
      .and.to.include('整改反馈');
    expect((await open(await house.as('inspector'), `/ratings/bad/${open_.id}`)).html).not.to.include(
      '打过电话',
    );
  });
});
