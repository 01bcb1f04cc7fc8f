import { expect } from 'chai';
import type { ListPage } from '../../../src/station/cases/index.ts';
import type { Move } from '../../../src/workflow/branches.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { county, type Traveller } from '../../walk/county.ts';
import { fileFor, join, TOWN, VILLAGE } from './town.ts';

onEachDatabase('lists of cases: pages, filters, words', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let window: Client;
  const NAMES = ['李国华', '李老八', '王国华', '农%秀', '陆_波', '何佳慧', '韦小华'];
  let walks: Walker[];

  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-23T09:00:00+08:00');
    walks = await fileFor(house, 'MZ-02', NAMES);
    await house.at('2026-11-24T09:00:00+08:00');
    walks.push(...(await fileFor(house, 'MZ-01', ['李国华', '盘志华'])));
    window = await house.as('town-window');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const page = async (client: Client, query: string, path = '/api/inbox') => {
    const { status, body } = await client.get<ListPage>(`${path}?${query}`);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body;
  };
  const ids = (found: ListPage) => found.cases.map((c) => c.id);
  const names = async (query: string, path?: string) =>
    (await page(window, query, path)).cases.map((c) => c.applicantName).sort();

  /** Every page from the first to the last, then back again. */
  async function pages(client: Client, query: string, path: string) {
    const forth: string[][] = [];
    const back: string[][] = [];
    let at = await page(client, `${query}&limit=2`, path);
    forth.push(ids(at));
    while (at.next) {
      at = await page(client, `${query}&limit=2&after=${encodeURIComponent(at.next)}`, path);
      forth.push(ids(at));
    }
    while (at.prev) {
      at = await page(client, `${query}&limit=2&before=${encodeURIComponent(at.prev)}`, path);
      back.unshift(ids(at));
    }
    return { forth, back };
  }

  for (const path of ['/api/inbox', '/api/cases'])
    for (const sort of ['due', 'received', 'village'])
      it(`${path} by ${sort}: each case once on the way forth and back, though many are due on one day`, async () => {
        const all = ids(await page(window, `sort=${sort}&limit=100`, path));
        expect(new Set(all).size).to.equal(walks.length);
        const { forth, back } = await pages(window, `sort=${sort}`, path);
        expect(forth.flat()).to.deep.equal(all);
        expect(forth.every((p) => p.length > 0)).to.equal(true);
        expect(back).to.deep.equal(forth.slice(0, -1));
      });

  it('stands in the order asked for', async () => {
    const dues = (await page(window, '')).cases.map((c) => c.nextDue ?? '');
    expect(dues).to.deep.equal([...dues].sort());
    const received = (await page(window, 'sort=received')).cases.map((c) => c.receivedAt ?? '');
    expect(received).to.deep.equal([...received].sort());
  });

  it('refuses a page key of another order', async () => {
    const { next } = await page(window, 'limit=2');
    const { status } = await window.get(`/api/inbox?sort=village&after=${encodeURIComponent(next ?? '')}`);
    expect(status).to.equal(422);
  });

  it('finds names by beginning and part, numbers by beginning and part, and takes signs as they are', async () => {
    for (const path of ['/api/inbox', '/api/cases']) {
      const find = (text: string) => names(`text=${encodeURIComponent(text)}`, path);
      expect(await find('李')).to.deep.equal(['李国华', '李国华', '李老八']);
      expect(await find('国华')).to.deep.equal(['李国华', '李国华', '王国华'].sort());
      expect(await find('%')).to.deep.equal(['农%秀']);
      expect(await find('_')).to.deep.equal(['陆_波']);
      expect(await find('没有这人')).to.deep.equal([]);
      const { number } = (walks[0] as Walker).view;
      expect(await find(number as string)).to.deep.equal(['李国华']);
      expect(await find('-MZ01-')).to.deep.equal(['李国华', '盘志华'].sort());
    }
    expect((await page(window, 'text=x')).isPartial).to.equal(false);
  });

  it('narrows by item, village, claim and by when something is due, and counts the same', async () => {
    expect(await names('item=MZ-01')).to.deep.equal(['李国华', '盘志华'].sort());
    expect(await names(`village=${VILLAGE}&item=MZ-01`)).to.have.length(2);
    expect(await names('village=532628103202')).to.deep.equal([]);
    expect(await names('claim=free')).to.have.length(walks.length);
    expect(await names('claim=mine')).to.deep.equal([]);
    const counts = async () => (await window.get('/api/inbox/counts')).body;
    expect(await counts()).to.include({ all: walks.length, overdue: 0, today: 0, week: 0, mine: 0 });
    await house.at('2026-11-27T08:00:00+08:00');
    expect(await counts()).to.include({ week: 0 });
    await house.at('2026-11-30T08:00:00+08:00');
    expect(await counts()).to.include({ today: NAMES.length, week: walks.length });
    expect(await names('due=today')).to.have.length(NAMES.length);
  });

  it('shows nothing that may not be seen, and a case seen in two ways once', async () => {
    expect(ids(await page(await house.as('town2-window'), '', '/api/cases'))).to.deep.equal([]);
    expect(ids(await page(await house.as('village2'), 'text=%E6%9D%8E', '/api/cases'))).to.deep.equal([]);
    expect(ids(await page(await house.as('sysadmin'), '', '/api/cases'))).to.deep.equal([]);
    await join(house, 'twofold', '两头忙', [
      ['window', TOWN],
      ['clerk', VILLAGE],
    ]);
    const found = ids(await page(await house.as('twofold'), 'limit=100', '/api/cases'));
    expect(found).to.have.length(walks.length);
    expect(new Set(found).size).to.equal(walks.length);
    const part = `text=${encodeURIComponent('国华')}&limit=100`;
    expect(ids(await page(await house.as('twofold'), part, '/api/cases'))).to.have.length(3);
  });

  it('lies in the inbox of every office asked together, and leaves each with its answer', async () => {
    const walk = await openCase(house, 'NY-01', { situation: 'split' });
    const moves = ['FILE', 'RECORD_MEETING', 'POST', 'NOTICE_CLOSED', 'FORWARD', 'ACCEPT', 'RECORD_VISIT'];
    const traveller: Traveller = { label: 'NY-01', walk, moves: moves.map((event) => ({ event }) as Move) };
    await county(house).work([traveller]);
    expect(traveller.failed).to.equal(undefined);
    await join(house, 'three-offices', '三所长', [
      ['officer', `${TOWN}-ZY`],
      ['officer', `${TOWN}-NC`],
      ['officer', `${TOWN}-CJ`],
    ]);
    const lying = async (login: string) => ids(await page(await house.as(login), 'limit=100'));
    expect((await lying('three-offices')).filter((id) => id === walk.id)).to.have.length(1);
    for (const login of ['town-zr', 'town-ny', 'town-zj'])
      expect(await lying(login), login).to.include(walk.id);
    await walk.act('town-zr', 'GIVE_OPINION', { part: 'ZR', view: '同意', opinion: '符合规划' });
    expect(await lying('town-zr')).not.to.include(walk.id);
    expect(await lying('town-ny')).to.include(walk.id);
  });
});
