/** The items as they are published: versions, running cases on each, and what a new version changed. */
import { expect } from 'chai';
import { definitionsCopy, type ItemFile, readItem, writeItem } from '../../rules/definitions.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { open } from '../pages/browser.ts';

const CODE = 'NY-04';

/** The next version: one look has another name and more days, one paper is asked for no more. */
function revised(item: ItemFile): ItemFile {
  const steps = item.steps.map((s: ItemFile) =>
    s.id === 'check' ? { ...s, title: '股室复核', days: 4 } : s,
  );
  return { ...item, version: item.version + 1, title: `${item.title}（修订）`, steps };
}

onEachDatabase('definitions of the system administrator', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let folder: string;
  let keeper: Client;
  let walk: Walker;
  let first: number;
  before(async () => {
    folder = definitionsCopy();
    opened = await engine.open();
    house = await openHouse(opened, { CUNBAN_DEFINITIONS: folder });
    await house.at('2026-09-28T09:00:00+08:00');
    first = readItem(folder, CODE).version;
    walk = await openCase(house, CODE);
    await walk.act('village', 'FILE');
    keeper = await house.as('sysadmin');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  it('every item stands there with its version and running cases, for nobody else', async () => {
    const { html } = await open(keeper, '/admin/definitions');
    for (const { code } of house.service.deps.definitions.list())
      expect(html).to.include(`href="/admin/definitions/${code}"`);
    expect(html).to.include('最低生活保障金').and.include('PK-01');
    expect(html).to.match(/NY-04[\s\S]*?1 件/);
    expect(html).not.to.include(walk.view.number as string);
    for (const login of ['secadmin', 'auditor', 'ny-leader'])
      expect((await open(await house.as(login), '/admin/definitions')).status, login).to.equal(403);
  });

  it('each opens with its steps, terms, form and drawing', async () => {
    for (const { code, situations } of house.service.deps.definitions.list()) {
      const { status, html } = await open(keeper, `/admin/definitions/${code}`);
      expect(status, code).to.equal(200);
      expect([...html.matchAll(/<svg xmlns/g)].length, code).to.equal(situations.length);
      expect(html, code).to.include(house.service.deps.definitions.get(code).sha256).and.include('表单 ');
    }
    expect((await open(keeper, '/admin/definitions/XX-01')).status).to.equal(404);
    expect((await open(keeper, `/admin/definitions/${CODE}?version=99`)).status).to.equal(404);
  });

  it('a new version: cases stay on theirs, and the page tells place by place what it changed', async () => {
    const { days } = readItem(folder, CODE).steps.find((s: ItemFile) => s.id === 'check');
    writeItem(folder, revised(readItem(folder, CODE)));
    house = await house.restart();
    keeper = await house.as('sysadmin');
    expect((await open(keeper, '/admin')).html).to.include(`1 个：${CODE}`);
    expect((await open(keeper, '/admin/definitions')).html).to.include(`第 ${first} 版 1 件`);
    const page = await open(keeper, `/admin/definitions/${CODE}?version=${first}`);
    expect(page.html).to.include(`与第 ${first} 版比`);
    const path = `/admin/definitions/${CODE}/differences`;
    const { html } = await open(keeper, `${path}?from=${first}&to=${first + 1}`);
    const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)]
      .slice(1)
      .map((r) =>
        [...(r[1] as string).matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map((c) =>
          (c[1] as string).replace(/<[^>]+>/g, ''),
        ),
      );
    expect(rows).to.deep.include(['环节 › 股室复核（check） › days', String(days), '4']);
    expect(rows.some(([place, , now]) => place === '名称' && now?.endsWith('（修订）'))).to.equal(true);
    expect(rows.length).to.be.lessThan(5);
    expect((await open(keeper, path)).html).to.include('3 处不同');
    expect((await open(keeper, `/admin/definitions/MZ-01/differences`)).status).to.equal(404);
  });
});
