import { expect } from 'chai';
import { engines, type Opened } from '../../support/databases.ts';
import { type House, openHouse } from '../../support/service.ts';
import { open } from './browser.ts';

describe('pages: catalogue, help and the frame', () => {
  let opened: Opened;
  let house: House;
  before(async () => {
    const [sqlite] = engines;
    if (!sqlite) throw new Error('no engine');
    opened = await sqlite.open();
    house = await openHouse(opened);
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  it('publishes the nine elements of every item and situation (B1-2)', async () => {
    const stranger = house.stranger();
    for (const {
      code,
      title,
      situations,
      basis,
      conditions,
      quota,
      fee,
    } of house.service.deps.definitions.list())
      for (const { id } of situations) {
        const { html, status } = await open(stranger, `/items/${code}?situation=${id}`);
        expect(status, code).to.equal(200);
        for (const text of [title, ...basis, ...conditions, quota, fee]) expect(html).to.include(text);
        expect(html)
          .to.include('办理程序')
          .and.include('承诺期限')
          .and.include('材料目录')
          .and.include('<svg');
        expect(html).to.include(`/items/${code}/sample?situation=${id}`);
        expect((await open(stranger, `/items/${code}/sample?situation=${id}`)).status).to.equal(200);
      }
  });

  it('says what is spared and why, and leaves out what another situation asks for', async () => {
    const change = await open(house.stranger(), '/items/NY-04?situation=replace');
    expect(change.html).to.include('市场监管部门市场主体库').and.include('原农药经营许可证');
    expect(change.html).not.to.include('管理制度文本');
  });

  it('serves the same as JSON, with the form of each situation', async () => {
    const { body } = await house
      .stranger()
      .get<{ guides: { id: string; form: { title: string } }[] }>('/api/items/MZ-01');
    expect(body.guides.map((g) => g.id)).to.deep.equal(['new', 'adjust', 'stop']);
    expect(body.guides[2]?.form.title).to.include('停');
    expect((await house.stranger().get('/api/items/XX-99')).status).to.equal(404);
  });

  it('finds items by a word, and says so when there is none', async () => {
    expect((await open(house.stranger(), '/items?q=农药')).html)
      .to.include('/items/NY-04')
      .and.not.include('/items/MZ-01');
    expect((await open(house.stranger(), '/items?q=飞机')).html).to.include('没有找到“飞机”');
    expect((await open(house.stranger(), '/items/XX-99')).status).to.equal(404);
    expect((await open(house.stranger(), '/items/MZ-01?situation=none')).status).to.equal(404);
  });

  it('offers filing to clerks only', async () => {
    expect((await open(await house.as('village'), '/items/MZ-01')).html).to.include('/cases/new?item=MZ-01');
    expect((await open(await house.as('town-window'), '/items/MZ-01')).html).not.to.include(
      '/cases/new?item=MZ-01',
    );
  });

  it('greets the public with the ways in and staff with their inbox', async () => {
    const front = await open(house.stranger(), '/');
    for (const href of ['/items', '/progress', '/notices', '/verify', '/sign-in'])
      expect(front.html).to.include(`class="tile" href="${href}"`);
    expect((await open(await house.as('mz-officer'), '/')).location).to.equal('/inbox');
    expect((await open(await house.as('auditor'), '/')).status).to.equal(200);
  });

  it('explains office words and error codes, and puts the own chapter of help first', async () => {
    expect((await open(house.stranger(), '/glossary')).html).to.include('视为受理');
    expect((await open(house.stranger(), '/problems/case.stale_version')).html).to.include('刚刚有人办理过');
    expect((await open(house.stranger(), '/problems/constructor')).status).to.equal(404);
    const { html } = await open(await house.as('town-window'), '/help');
    expect(html.indexOf('id="office"')).to.be.lessThan(html.indexOf('id="citizen"'));
  });

  it('wears the rehearsal banner on every page, errors too', async () => {
    for (const path of ['/', '/items', '/help', '/nowhere'])
      expect((await open(house.stranger(), path)).html).to.include('演练模式');
  });
});
