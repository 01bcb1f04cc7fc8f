/** The board as a workbook: a sheet for each table, cells that are what the page says; and a county without anything. */
import { expect } from 'chai';
import readXlsxFile from 'read-excel-file/node';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { open } from '../pages/browser.ts';
import { linked, mainOf, plain, tablesOf } from './reading.ts';
import { busyTown, rateSome } from './town.ts';

type Cell = string | number | boolean | Date | null;
interface Sheet {
  sheet: string;
  data: Cell[][];
}

async function workbook(client: Client, query: string): Promise<Sheet[]> {
  const response = await fetch(`${client.url}/board/board.xlsx?${query}`, {
    headers: { cookie: client.cookie },
  });
  expect(response.status).to.equal(200);
  expect(response.headers.get('content-type')).to.include('spreadsheetml');
  const name = response.headers.get('content-disposition') ?? '';
  expect(decodeURIComponent(name)).to.match(/^attachment; .+''督查一览 \d{4}-\d\d-\d\d\.xlsx$/);
  return (await readXlsxFile(Buffer.from(await response.arrayBuffer()))) as unknown as Sheet[];
}

/** A cell as the page writes it: amounts with two places, numbers as they are. */
const asOnPage = (column: string) => (cell: Cell) => {
  if (typeof cell !== 'number') return cell;
  return column.endsWith('（元）') ? cell.toFixed(2) : String(cell);
};

onEachDatabase('the workbook of the board', (engine) => {
  let opened: Opened;
  let house: TestHouse;

  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  /** What a sheet holds under its two heads, beside the table of the page that has its name. */
  async function expectSame(client: Client, query: string): Promise<Sheet[]> {
    const { html } = await open(client, `/board?${query}&all=1`);
    const tables = tablesOf(mainOf(html));
    const sheets = await workbook(client, query);
    expect(sheets.map(({ sheet }) => sheet)).to.deep.equal([...tables.keys()]);
    for (const { sheet, data } of sheets) {
      const [about, head = [], ...rest] = data;
      expect(about?.[0], sheet)
        .to.include(sheet)
        .and.to.match(/\d+年\d+月\d+日至\d+年\d+月\d+日，数据截至 /);
      const [columns = head, ...rows] = tables.get(sheet) ?? [];
      expect(head, sheet).to.deep.equal(columns);
      const cells = rest
        .slice(0, rows.length)
        .map((row) => row.map((cell, i) => asOnPage(String(head[i]))(cell)));
      expect(cells, sheet).to.deep.equal(rows.map((row) => row.map((cell) => cell.replaceAll(',', ''))));
      const figures = rest.slice(0, rows.length).flatMap((row) => row.slice(1));
      for (const cell of figures) if (typeof cell === 'string') expect(cell, sheet).not.to.match(/^[\d.,]+$/);
    }
    return sheets;
  }

  it('and the page of a county in which nothing has happened say so, and open nothing', async () => {
    for (const login of ['inspector', 'mz-leader'])
      for (const query of ['period=month', 'period=year']) {
        const client = await house.as(login);
        await expectSame(client, query);
        const { html } = await open(client, `/board?${query}`);
        const main = mainOf(html);
        expect(linked(main)).to.deep.equal([]);
        expect(main).not.to.include('<img').and.not.to.include('NaN');
        expect(plain(main)).to.include('没有在办的事项').and.include('没有在村里等人领的证照');
      }
    for (const chart of ['departments', 'townships', 'days-items', 'ratings'])
      expect((await open(await house.as('inspector'), `/board/charts/${chart}.svg`)).status).to.equal(200);
  });

  it('hold what the page says, numbers as numbers, for each reader and time', async function () {
    this.timeout(240_000);
    await rateSome(house, await busyTown(house));
    await house.at('2026-10-19T09:40:00+08:00');
    for (const login of ['inspector', 'town-leader', 'mz-leader'])
      for (const query of ['period=month', 'period=year', 'from=2026-09-01&to=2026-10-31']) {
        const sheets = await expectSame(await house.as(login), query);
        const figures = sheets.flatMap(({ data }) => data.slice(2).flatMap((row) => row.slice(1)));
        expect(
          figures.some((cell) => typeof cell === 'number' && cell > 0),
          login,
        ).to.equal(true);
      }
  });

  it('are written down, with what was asked for', async () => {
    const { read } = house.service.deps.db;
    const count = async () => (await read('audit').where({ act: 'board.export' })).length;
    const before = await count();
    await workbook(await house.as('inspector'), 'from=2026-09-01&to=2026-10-31');
    expect(await count()).to.equal(before + 1);
    const last = await read('audit').where({ act: 'board.export' }).orderBy('id', 'desc').first();
    expect(JSON.parse(last.detail)).to.include({ from: '2026-09-01', to: '2026-10-31' });
  });

  it('name nobody, and hold text where it looks like a formula', async () => {
    const { db, orgs } = house.service.deps;
    const village = orgs.get('532628103201');
    await db.write('orgs').where({ id: village.id }).update({ name: '=1+1' });
    house = await house.restart();
    await house.at('2026-10-19T11:00:00+08:00');
    const client = await house.as('inspector');
    const sheets = await workbook(client, 'from=2026-09-01&to=2026-10-31');
    const waiting = sheets.find(({ sheet }) => sheet === '证照到村待领');
    expect(waiting?.data.map(([name]) => name)).to.include('剥隘镇=1+1');
    const text = JSON.stringify(sheets);
    const people: string[] = await house.service.deps.db.read('accounts').pluck('name');
    const applicants: string[] = await house.service.deps.db.read('cases').pluck('applicant_name');
    for (const name of [...people, ...applicants]) expect(text, name).not.to.include(name);
  });
});
