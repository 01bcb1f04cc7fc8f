import { expect } from 'chai';
import { maskNumbers } from '../../../src/kernel/mask.ts';
import { readWorkbook } from '../../../src/platform/files/workbook.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, exampleForm, openHouse, type TestHouse } from '../../support/service.ts';
import { open, type PageAnswer, sendPlain } from '../pages/browser.ts';
import { fileFor } from './town.ts';

onEachDatabase('lists as somebody left them', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let window: Client;

  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-23T09:00:00+08:00');
    await fileFor(house, 'MZ-02', ['李国华', '=王国华']);
    await fileFor(house, 'MZ-01', ['盘志华']);
    window = await house.as('town-window');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const audits = () => house.service.deps.db.read('audit').where({ act: 'worklist.export' });
  const follow = async ({ status, location }: PageAnswer) => {
    expect(status).to.equal(303);
    return (await open(window, location)).html;
  };

  it('filters stay until they are cleared, the text looked for does not', async () => {
    const sent = await sendPlain(window, '/worklists/inbox/filters', [
      ['item', 'MZ-02'],
      ['text', '李'],
    ]);
    expect(await follow(sent))
      .to.include('李国华')
      .and.not.include('盘志华')
      .and.not.include('=王国华');
    const again = (await open(window, '/inbox')).html;
    expect(again).to.include('沿用上次的条件').and.include('=王国华').and.not.include('盘志华');
    expect((await open(await house.as('town-leader'), '/inbox')).html).not.to.include('沿用上次的条件');
    expect((await open(window, '/cases')).html).to.include('盘志华');
    expect(await follow(await sendPlain(window, '/worklists/inbox/filters', []))).to.include('盘志华');
    expect((await open(window, '/inbox')).html).not.to.include('沿用上次的条件');
  });

  it('puts no number of a person into an address', async () => {
    const sent = await sendPlain(window, '/worklists/inbox/filters', [
      ['item', 'MZ-02'],
      ['text', '532628196611159910'],
    ]);
    expect(sent.location).to.equal('/inbox?item=MZ-02');
    expect(decodeURIComponent(sent.headers.get('set-cookie') ?? '')).to.include('不按证件号码');
    await sendPlain(window, '/worklists/inbox/filters', []);
  });

  it('shows the columns somebody chose, and the usual ones again', async () => {
    await sendPlain(window, '/worklists/inbox/columns', [
      ['column', 'received'],
      ['column', 'nonsense'],
    ]);
    const html = (await open(window, '/inbox')).html;
    expect(html).to.include('data-label="收件日期"').and.not.include('data-label="事项"');
    await sendPlain(window, '/worklists/inbox/columns', [['usual', '1']]);
    expect((await open(window, '/inbox')).html).to.include('data-label="事项"');
  });

  it('takes no endless key of a request', async () => {
    const fields = [
      ['_request', 'k'.repeat(5_000)],
      ['name', '逾期的'],
    ] as const;
    expect((await sendPlain(window, '/worklists/inbox/views', fields)).status).to.equal(422);
  });

  it('views are saved, renamed, opened by default, deleted and brought back, and are nobody else’s', async () => {
    const save = (name: string) =>
      sendPlain(window, '/worklists/inbox/views', [
        ['name', name],
        ['item', 'MZ-01'],
        ['text', '盘'],
        ['column', 'village'],
      ]);
    expect((await save('')).status).to.equal(422);
    const { location } = await save('低保');
    const id = new URL(location, house.url).searchParams.get('view') as string;
    const html = (await open(window, location)).html;
    expect(html)
      .to.include('低保')
      .and.include('盘志华')
      .and.not.include('李国华')
      .and.not.include('data-label="事项"');
    const [row] = await house.service.deps.db.read('list_views').where({ id });
    expect(JSON.parse(row.filters)).to.deep.equal({ item: 'MZ-01' });
    const other = await house.as('town-leader');
    expect((await open(other, `/inbox?view=${id}`)).status).to.equal(404);
    for (const path of ['rename', 'default', 'delete', 'restore'])
      expect((await sendPlain(other, `/worklists/views/${id}/${path}`, [['name', '偷']])).status).to.equal(
        404,
      );
    await sendPlain(window, `/worklists/views/${id}/rename`, [['name', '低保件']]);
    await sendPlain(window, `/worklists/views/${id}/default`, [['on', '1']]);
    expect((await open(window, '/inbox')).html)
      .to.include('低保件')
      .and.not.include('李国华');
    expect((await open(window, '/inbox?view=none')).html).to.include('李国华');
    const gone = await sendPlain(window, `/worklists/views/${id}/delete`, []);
    expect(await follow(gone)).to.include('撤销删除');
    expect((await open(window, '/inbox')).html)
      .to.include('李国华')
      .and.not.include('低保件');
    expect((await open(window, `/inbox?view=${id}`)).status).to.equal(404);
    expect(await follow(await sendPlain(window, `/worklists/views/${id}/restore`, []))).to.include('低保件');
    expect((await open(window, '/worklists/inbox/views')).html).to.include('低保件');
  });

  it('a deleted view is gone for good a day later; its name keeps no number of a person', async () => {
    const { read } = house.service.deps.db;
    const { idNumber } = exampleForm(house.service, 'MZ-02').applicant as { idNumber: string };
    const save = (name: string) => sendPlain(window, '/worklists/inbox/views', [['name', name]]);
    const idOf = (answer: { location: string }) => /view=(\w+)/.exec(answer.location)?.[1] ?? '';
    const [first, second] = [idOf(await save(idNumber)), idOf(await save('第二个'))];
    expect((await read('list_views').where({ id: first }).first()).name).to.equal(maskNumbers(idNumber));
    await sendPlain(window, `/worklists/views/${first}/rename`, [['name', `1${idNumber.slice(1)}`]]);
    await sendPlain(window, `/worklists/views/${second}/rename`, [['name', '13912345678']]);
    expect((await read('list_views').where({ id: second }).first()).name).to.equal('139****5678');
    await sendPlain(window, `/worklists/views/${first}/delete`, []);
    await house.at('2026-11-25T09:00:00+08:00');
    await sendPlain(window, `/worklists/views/${second}/delete`, []);
    expect((await sendPlain(window, `/worklists/views/${first}/restore`, [])).status).to.equal(404);
    expect(await read('list_views').whereIn('id', [first, second]).pluck('id')).to.deep.equal([second]);
    expect((await sendPlain(window, `/worklists/views/${second}/restore`, [])).status).to.equal(303);
    await sendPlain(window, `/worklists/views/${second}/delete`, []);
  });

  it('is taken away as a spreadsheet without numbers of persons, and that is written down', async () => {
    const fetchFile = async (kind: string) => {
      const body = new URLSearchParams({ _csrf: window.csrf, kind, column: 'number' });
      const answer = await fetch(`${house.url}/worklists/inbox/export`, {
        method: 'POST',
        headers: { cookie: window.cookie },
        body,
      });
      expect(answer.status).to.equal(200);
      return Buffer.from(await answer.arrayBuffer());
    };
    const csv = (await fetchFile('csv')).toString();
    expect(csv).to.include('"李国华"').and.include(`"'=王国华"`).and.include('-MZ01-');
    const { idNumber } = exampleForm(house.service, 'MZ-02').applicant as { idNumber: string };
    expect(csv).not.to.include(idNumber);
    const rows = await readWorkbook(await fetchFile('xlsx'), 1_000_000);
    expect(rows).to.have.length(4);
    expect((rows as unknown[][]).map((r) => r[0])).to.include('盘志华');
    const written = await audits();
    expect(written.map((a: { detail: string }) => JSON.parse(a.detail).rows)).to.deep.equal([3, 3]);
    expect((await sendPlain(house.stranger(), '/worklists/inbox/export', [])).status).to.equal(401);
  });

  it('is printed as a plain table of what was asked for', async () => {
    const { html } = await open(window, '/worklists/inbox/print?item=MZ-02');
    expect(html)
      .to.include('临时救助')
      .and.include('共 2 件')
      .and.include('李国华')
      .and.not.include('盘志华');
    expect((await open(window, '/worklists/elsewhere/print')).status).to.equal(404);
  });

  it('tells from which line a page counts, and leads back', async () => {
    await fileFor(
      house,
      'WJ-01',
      Array.from({ length: 21 }, (_, i) => `张${i}`),
    );
    const officer = await house.as('town-wj');
    const first = (await open(officer, '/inbox')).html;
    expect(first).to.include('第 1 条起');
    const next = /rel="next" href="([^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') as string;
    const second = (await open(officer, next)).html;
    expect(second).to.include('第 21 条起').and.include('回到第一页');
    const prev = /rel="prev" href="([^"]*)"/.exec(second)?.[1]?.replaceAll('&amp;', '&') as string;
    expect((await open(officer, prev)).html).to.include('第 1 条起');
    expect((await open(officer, '/inbox?after=nonsense')).status).to.equal(422);
  });
});
