import { expect } from 'chai';
import { listNeeds } from '../../../src/station/catalogue/index.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { type Client, type House, openHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { open } from '../pages/browser.ts';

for (const engine of engines)
  describe(`choosing what to file (${engine.name})`, () => {
    let opened: Opened;
    let house: House;
    let clerk: Client;
    before(async () => {
      opened = await engine.open();
      house = await openHouse(opened);
      clerk = await house.as('village');
    });
    after(async () => {
      await house.close();
      await opened.drop();
    });

    /** Addresses of the picks with a key, in their order. */
    const keyed = async (query: string): Promise<string[]> => {
      const { html } = await open(clerk, `/filing/items${query}`);
      const links = [...html.matchAll(/<a class="pick"[^>]*>/g)].map(([tag]) => tag);
      return links
        .filter((tag) => /data-key="[1-9]"/.test(tag))
        .map((tag) => (/href="([^"]*)"/.exec(tag)?.[1] ?? '').replaceAll('&amp;', '&'));
    };
    const found = (q: string) => keyed(`?q=${encodeURIComponent(q)}`);

    it('knows at least 25 needs, each answered by items and packages there are, and no item without a need', () => {
      const { definitions } = house.service.deps;
      const needs = listNeeds();
      expect(needs.length).to.be.at.least(25);
      const packages = definitions.packages().map((p) => p.code);
      for (const { text, also, items, packages: named } of needs) {
        expect(also.length, text).to.be.at.least(3);
        for (const { code, situation } of items) {
          const { situations } = definitions.get(code).definition;
          if (situation !== null)
            expect(
              situations.map((s) => s.id),
              text,
            ).to.include(situation);
        }
        for (const code of named) expect(packages, text).to.include(code);
      }
      const answered = new Set(needs.flatMap((n) => n.items.map((i) => i.code)));
      expect(
        definitions
          .list()
          .map((d) => d.code)
          .filter((code) => !answered.has(code)),
      ).to.deep.equal([]);
    });

    const ASKED: [string, string][] = [
      ['我要盖房', '/packages/PK-01/new'],
      ['孩子上学', '/cases/new?item=JY-01'],
      ['看病报销', '/cases/new?item=YB-02'],
      ['买农药种子', '/cases/new?item=NY-02'],
      ['上户口', '/cases/new?item=GA-01&situation=birth'],
      ['nyjyxk', '/cases/new?item=NY-04'],
      ['ny04', '/cases/new?item=NY-04'],
      ['ＮＹ－０４', '/cases/new?item=NY-04'],
      ['采伐', '/cases/new?item=LY-01'],
    ];
    for (const [typed, href] of ASKED)
      it(`finds ${href} for ${typed}`, async () => expect(await found(typed)).to.include(href));

    it('finds nothing for words that say nothing, and says so', async () => {
      const { html } = await open(clerk, `/filing/items?q=${encodeURIComponent('月亮')}`);
      expect(html).to.include('没有找到“月亮”').and.include('按部门');
    });

    it('puts first what this village filed most in the last 90 days, under the keys 1 to 9', async () => {
      expect(await keyed('')).to.deep.equal([]);
      for (const item of ['MZ-02', 'MZ-01', 'MZ-02'])
        await (await openCase(house, item)).act('village', 'FILE');
      expect(await keyed('')).to.deep.equal(['/cases/new?item=MZ-02', '/cases/new?item=MZ-01']);
      await house.at('2026-12-20T08:00:00+08:00');
      expect(await keyed(''), 'a quarter later').to.deep.equal([]);
    });

    it('lists every item under its department and hands the citizen on', async () => {
      const all = await open(clerk, '/filing/items');
      expect(all.html.match(/class="by-department"/g)).to.have.length(13);
      for (const { code } of house.service.deps.definitions.list())
        expect(all.html).to.include(`/cases/new?item=${code}"`);
      const id = await house.service.deps.db.read('citizens').first('id');
      const { html } = await open(clerk, `/filing/items?citizen=${id.id}&q=MZ-01`);
      expect(html).to.include(`/cases/new?item=MZ-01&amp;citizen=${id.id}"`).and.include('要办什么事？');
      expect((await open(await house.as('village2'), `/filing/items?citizen=${id.id}`)).status).to.equal(404);
    });
  });
