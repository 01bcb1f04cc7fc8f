/** The leader's board: what it counts, for whom, and what never stands on it. */
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { open } from '../pages/browser.ts';
import { linked, mainOf, plain } from './reading.ts';
import { busyTown, rateSome, type Town } from './town.ts';

const THIS = '/board?from=2026-09-01&to=2026-10-31';

onEachDatabase('the board', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let town: Town;

  before(async function () {
    this.timeout(240_000);
    opened = await engine.open();
    house = await openHouse(opened);
    town = await busyTown(house);
    await rateSome(house, town);
    await house.at('2026-10-19T09:40:00+08:00');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const numbersOf = async (login: string, path = THIS) =>
    new Map(linked((await open(await house.as(login), path)).html).map(({ href, text }) => [href, text]));
  const cases = (query: Record<string, string>) => `/cases?${new URLSearchParams({ place: '1', ...query })}`;

  it('counts what happened, and only in its reader’s place', async () => {
    const all = await numbersOf('inspector');
    const decided = { decided: '2026-09-01~2026-10-31' };
    expect(all.get(cases({ department: 'NY', ...decided }))).to.equal('3');
    expect(all.get(cases({ department: 'MZ', hand: '1', due: 'overdue' }))).to.equal('2');
    expect(all.get(cases({ township: '532628205', ...decided }))).to.equal('1');
    expect(all.get(cases({ closed: decided.decided, outcome: 'refused' }))).to.equal('1');
    expect(all.get('/certificates?lies=532628103201')).to.equal('1');
    expect(all.get('/ratings?days=2026-09-01%7E2026-10-31&level=5')).to.equal('1');
    const own = await numbersOf('town-leader');
    expect(own.get(cases({ department: 'NY', ...decided }))).to.equal('2');
    expect(own.has(cases({ township: '532628205', ...decided }))).to.equal(false);
    const civil = await numbersOf('mz-leader');
    expect([...civil.keys()].some((href) => href.includes('NY'))).to.equal(false);
    expect([...(await numbersOf('zr-leader')).keys()]).to.deep.equal([]);
  });

  it('counts the first and the last day of a time, and no day beside them', async () => {
    const on = async (from: string, to: string) =>
      (await numbersOf('inspector', `/board?from=${from}&to=${to}`)).get(
        cases({ department: 'NY', decided: `${from}~${to}` }),
      );
    expect(await on('2026-09-28', '2026-09-28')).to.equal('3');
    expect(await on('2026-09-20', '2026-09-28')).to.equal('3');
    expect(await on('2026-09-28', '2026-10-19')).to.equal('3');
    expect(await on('2026-09-20', '2026-09-27')).to.equal(undefined);
    expect(await on('2026-09-29', '2026-10-19')).to.equal(undefined);
  });

  it('is for inspectors, leaders and reviewers', async () => {
    for (const login of ['village', 'mz-officer', 'sysadmin', 'auditor'])
      expect((await open(await house.as(login), '/board')).status, login).to.equal(403);
    for (const path of [
      '/board/charts/departments.svg',
      '/board/board.xlsx',
      '/board/money?scheme=elder-allowance',
    ])
      expect((await open(await house.as('village'), path)).status, path).to.equal(403);
    expect((await open(house.stranger(), '/board')).location).to.equal('/sign-in?next=%2Fboard');
    expect((await open(await house.as('inspector'), '/board?from=2026-10-02&to=2026-10-01')).status).to.equal(
      422,
    );
    expect((await open(await house.as('inspector'), '/board?from=2010-01-01&to=2026-10-01')).status).to.equal(
      422,
    );
  });

  it('tells a department of itself alone, a township of itself alone: in tables, pictures and words', async () => {
    const seenBy = async (login: string) => {
      const client = await house.as(login);
      const { html } = await open(client, `${THIS}&all=1`);
      const drawn = await Promise.all(
        ['departments', 'townships', 'days-items'].map((chart) =>
          open(client, THIS.replace('/board?', `/board/charts/${chart}.svg?`)),
        ),
      );
      return plain(mainOf(html)) + drawn.map((d) => d.html).join('');
    };
    const elsewhere = {
      'mz-leader': ['农业农村局', '农药经营许可'],
      'ny-reviewer': ['民政局', '最低生活保障', '高龄津贴'],
      'town-leader': ['洞波瑶族乡'],
    };
    const all = await seenBy('inspector');
    for (const [login, words] of Object.entries(elsewhere)) {
      const seen = await seenBy(login);
      for (const word of words) {
        expect(all, word).to.include(word);
        expect(seen, `${login} ${word}`).not.to.include(word);
      }
    }
  });

  it('names nobody who works or applies, and nothing that anybody typed', async () => {
    const client = await house.as('inspector');
    const { html } = await open(client, `${THIS}&all=1`);
    const money = await open(client, '/board/money?scheme=elder-allowance&days=2026-09-01~2026-10-31');
    const main = mainOf(html) + mainOf(money.html);
    const { read } = house.service.deps.db;
    const people: string[] = await read('accounts').pluck('name');
    const applicants: string[] = await read('cases').pluck('applicant_name');
    expect(people.length).to.be.greaterThan(0);
    for (const name of [...people, ...applicants]) expect(main, name).not.to.include(name);
    expect(main).to.include('材料：');
    expect(main).to.include('隐瞒情况或者提供虚假材料');
    expect(main).to.include('其他内容');
    for (const typed of ['张三家的地契', '打不通', '13812345678', '农秀英'])
      expect(main).not.to.include(typed);
    const kept = JSON.stringify(await read('case_reasons'));
    for (const typed of ['张三', '打不通', '不符合条件']) expect(kept).not.to.include(typed);
  });

  it('draws each picture with a text, its table beside it, and as an image', async () => {
    const client = await house.as('inspector');
    const { html } = await open(client, THIS);
    const pictures = [...html.matchAll(/<img class="board-chart" src="([^"]+)" alt="([^"]+)"/g)];
    expect(pictures.map((p) => /charts\/([\w-]+)\.svg/.exec(p[1] as string)?.[1])).to.deep.equal([
      'departments',
      'townships',
      'days-items',
      'ratings',
    ]);
    const drawnAt = async (src: string) => {
      const drawn = await open(client, src);
      expect(drawn.headers.get('content-type')).to.match(/^image\/svg\+xml/);
      expect(drawn.html)
        .to.match(/^<svg /)
        .and.to.include('<pattern');
      return Number(/^<svg width="(\d+)"/.exec(drawn.html)?.[1]);
    };
    for (const [, src = '', alt] of pictures) {
      expect(alt).to.match(/^条形图：.+数字都在旁边的表里。$/);
      expect(await drawnAt(plain(src))).to.equal(620);
      expect(await drawnAt(`${plain(src)}&for=phone`)).to.equal(300);
    }
    expect((await open(client, '/board/charts/nothing.svg')).status).to.equal(404);
  });

  it('stays the same for half a minute and says as of when', async () => {
    const client = await house.as('inspector');
    await house.at('2026-10-19T10:00:00+08:00');
    const first = await open(client, '/board');
    expect(first.html).to.include('2026年10月19日 10:00');
    const before = (await numbersOf('inspector', '/board')).get(cases({ hand: '1' }));
    await town.late[1]?.act('village', 'WITHDRAW', { reason: '不办了' });
    expect((await numbersOf('inspector', '/board')).get(cases({ hand: '1' }))).to.equal(before);
    await house.at('2026-10-19T10:01:00+08:00');
    expect((await numbersOf('inspector', '/board')).get(cases({ hand: '1' }))).to.equal(
      String(Number(before) - 1),
    );
  });

  it('leaves out of the days of a decision what the clock stood still, and fills what was decided before', async () => {
    const { db } = house.service.deps;
    const days = async (id: string) => db.read('cases').where({ id }).first('days_taken', 'days_promised');
    const told = await days(town.collected.id);
    expect(told.days_taken).to.equal(0);
    expect(told.days_promised).to.be.greaterThan(0);
    expect(await days(town.late[0]?.id as string)).to.deep.equal({ days_taken: null, days_promised: null });
    const reasons = await db.read('case_reasons').orderBy(['case_id', 'target']);
    await db.write('cases').update({ days_taken: null, days_promised: null });
    await db.write('case_reasons').delete();
    await db.write('meta').where({ key: 'cases.figures' }).delete();
    house = await house.restart();
    const again = house.service.deps.db;
    expect(
      await again.read('cases').where({ id: town.collected.id }).first('days_taken', 'days_promised'),
    ).to.deep.equal(told);
    expect(await again.read('case_reasons').orderBy(['case_id', 'target'])).to.deep.equal(reasons);
  });
});
