import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../src/platform/paths.ts';
import { scripts } from '../../../src/platform/web/index.ts';
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

  it('groups 33 items by 13 departments, each with its count and a way to jump there', async () => {
    const { html } = await open(house.stranger(), '/items');
    expect(html).to.include('13 个部门，共 33 项').and.include('action="/items"').and.include('name="q"');
    const cards = [...html.matchAll(/<section class="card card-plain" id="([A-Z]{2})">/g)].map((m) => m[1]);
    expect(cards).to.have.length(13);
    for (const code of cards) expect(html).to.include(`href="#${code}"`);
    const links = new Set([...html.matchAll(/href="\/items\/([A-Z]{2}-\d\d)"/g)].map((m) => m[1]));
    expect(links.size).to.equal(33);
  });

  it('says the same as JSON: 33 items in 13 departments with their names', async () => {
    const { body } = await house.stranger().get<{
      total: number;
      departments: { code: string; title: string; items: string[] }[];
      items: { code: string; departmentTitle: string }[];
    }>('/api/items');
    expect(body.total).to.equal(33);
    expect(body.items).to.have.length(33);
    expect(body.departments).to.have.length(13);
    expect(body.departments.flatMap((d) => d.items).sort()).to.deep.equal(
      body.items.map((i) => i.code).sort(),
    );
    expect(body.departments.find((d) => d.code === 'MZ')).to.deep.equal({
      code: 'MZ',
      title: '富宁县民政局',
      items: ['MZ-01', 'MZ-02', 'MZ-03'],
    });
    expect(body.items.find((i) => i.code === 'YB-02')?.departmentTitle).to.equal('富宁县医疗保障局');
  });

  it('gives what to bring as a check-list, what is spared apart with its reason, what may follow marked', async () => {
    const { html } = await open(house.stranger(), '/items/MZ-02?situation=urgent');
    const [brought = '', spared = ''] = html.split('不用带的材料');
    expect(brought).to.match(/<span class="tick"[^>]*><\/span><div><b>现场照片<\/b>/);
    expect(brought).to.include('可以容缺').and.include('受理后 10 个工作日内补交');
    expect(brought).not.to.include('申请人身份证件');
    expect(spared).to.match(/申请人身份证件<span class="help">（从共享数据取得：公安人口库/);
    const commitment = await open(house.stranger(), '/items/LY-01?situation=new');
    expect(commitment.html).to.match(/<b>林木权属无争议证明<\/b>.*?可以签承诺代替/);
  });

  it('tells who does what, how long, at the same time, not counted, and under which condition', async () => {
    const { html } = await open(house.stranger(), '/items/NY-01?situation=split');
    expect(html)
      .to.include('同时征求：自然资源局（规划和地类）、')
      .and.include('水务局（河道管理范围，涉及时）');
    expect(html).to.include('有①情形的才办').and.include('① 拟用地是农用地');
    expect(html).to.include('所需时间不计入办理期限').and.include('乡镇分管领导');
    expect(html).to.include('最长 1 年').and.include('逾期失效');
    const pay = await open(house.stranger(), '/items/MZ-03');
    expect(pay.html).to.include('发放津贴（每月）').and.include('每 1 年一次');
    const parameter = await open(house.stranger(), '/items/LY-01');
    expect(parameter.html).to.include('采伐蓄积超过 50 立方米').and.not.include('{params.');
  });

  it('carries the same in JSON: materials, steps, conditions, certificates, payments, remedies', async () => {
    const { body } = await house.stranger().get<{
      remedies: string;
      followUp: string[];
      guides: {
        id: string;
        materials: { id: string; tolerable: number | null; spared: object | null }[];
        steps: { id: string; who: string; condition: object | null; notes: string[] }[];
        conditions: { mark: string; says: string }[];
        results: { title: string }[];
        payments: { title: string; rhythm: string }[];
      }[];
    }>('/api/items/MZ-02');
    const urgent = body.guides.find((g) => g.id === 'urgent');
    expect(
      urgent?.materials.find((m) => m.id === 'scene-photos' || m.tolerable !== null)?.tolerable,
    ).to.equal(10);
    expect(urgent?.payments).to.deep.equal([{ title: '先行发放', rhythm: '一次性' }]);
    expect(urgent?.conditions).to.deep.equal([{ mark: '①', says: '救助方式是现金，批准后发放。' }]);
    expect(urgent?.results.map((r) => r.title)).to.deep.equal(['临时救助通知单']);
    expect(body.remedies).to.include('60 日');
    expect(body.followUp).to.have.length(5);
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
    const bracket = await open(house.stranger(), `/items?q=${encodeURIComponent('取水许可(小型')}`);
    expect(bracket.html, 'brackets of either width').to.include('/items/SW-01');
    for (const q of ['ny-04', 'ＮＹ04', '农药 许可', '卫生健康'])
      expect((await open(house.stranger(), `/items?q=${encodeURIComponent(q)}`)).html, q).to.include(
        q === '卫生健康' ? '/items/WJ-03' : '/items/NY-04',
      );
    expect((await open(house.stranger(), '/items?q=取水许可')).html).to.include('找到 1 项');
    expect((await open(house.stranger(), '/items?q=飞机')).html).to.include('没有找到“飞机”');
    expect((await open(house.stranger(), '/items/XX-99')).status).to.equal(404);
    expect((await open(house.stranger(), '/items/MZ-01?situation=none')).status).to.equal(404);
  });

  it('understands what villagers say, in whole sentences, and leads to the situation that is meant', async () => {
    const found = async (q: string) =>
      (await open(house.stranger(), `/items?q=${encodeURIComponent(q)}`)).html;
    for (const [said, href] of [
      ['我要盖一间房', '/items/NY-01'],
      ['我家房子漏雨怎么办？', '/items/ZJ-01'],
      ['砍几棵树', '/items/LY-01'],
      ['家里有人去世', '/items/GA-01?situation=death'],
      ['娃娃上大学没钱', '/items/JY-02'],
      ['养猪', '/packages/PK-02'],
    ] as const)
      expect(await found(said), said).to.include(`href="${href}"`);
    expect(await found('我'), 'says nothing').to.include('没有找到');
    const all = await found('');
    for (const { text } of JSON.parse(readFileSync(join(projectRoot, 'data/needs.json'), 'utf8')).needs)
      expect(all).to.include(`>${text}</a>`);
  });

  it('every need leads to guides and packages that there are', async () => {
    const { needs } = JSON.parse(readFileSync(join(projectRoot, 'data/needs.json'), 'utf8'));
    for (const { text } of needs as { text: string }[]) {
      const { html } = await open(house.stranger(), `/items?q=${encodeURIComponent(text)}`);
      const [, card = ''] = html.split(`<h2>${text}</h2>`);
      const hrefs = [...(card.split('</section>')[0] ?? '').matchAll(/href="([^"]+)"/g)].map(
        (m) => m[1] as string,
      );
      expect(hrefs, text).to.not.deep.equal([]);
      for (const href of hrefs)
        expect((await open(house.stranger(), href)).status, `${text}: ${href}`).to.equal(200);
    }
  });

  it('offers filing to clerks only', async () => {
    expect((await open(await house.as('village'), '/items/MZ-01')).html).to.include('/cases/new?item=MZ-01');
    expect((await open(await house.as('town-window'), '/items/MZ-01')).html).not.to.include(
      '/cases/new?item=MZ-01',
    );
  });

  it('is printed by the clerk as by the citizen: the button has its script', async () => {
    for (const visitor of [house.stranger(), await house.as('village')])
      for (const path of ['/items/NY-01?situation=split', '/items/NY-01/bring?situation=split']) {
        const { html } = await open(visitor, path);
        expect(html, path).to.include('data-print').and.include(scripts.reading.path);
      }
  });

  it('greets the public with the ways in and staff with their inbox', async () => {
    const front = await open(house.stranger(), '/');
    for (const href of ['/items', '/progress', '/notices', '/stations', '/verify', '/sign-in'])
      expect(front.html).to.include(`class="tile" href="${href}"`);
    expect((await open(await house.as('mz-officer'), '/')).location).to.equal('/inbox');
    expect((await open(await house.as('auditor'), '/')).status).to.equal(200);
  });

  it('explains office words and error codes, and puts the own chapter of help first', async () => {
    expect((await open(house.stranger(), '/glossary')).html).to.include('视为受理');
    expect((await open(house.stranger(), '/problems/case.stale_version')).html).to.include('刚刚有人办理过');
    expect((await open(house.stranger(), '/problems/constructor')).status).to.equal(404);
    const { html } = await open(await house.as('town-window'), '/help');
    const chapters = [...html.matchAll(/href="\/help\/([a-z-]+)"/g)].map(([, id]) => id);
    expect(chapters.slice(0, 2)).to.deep.equal(['window', 'public']);
  });

  it('wears the rehearsal banner on every page, errors too', async () => {
    for (const path of ['/', '/items', '/help', '/nowhere'])
      expect((await open(house.stranger(), path)).html).to.include('演练模式');
  });
});
