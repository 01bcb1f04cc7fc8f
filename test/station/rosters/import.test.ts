import { expect } from 'chai';
import iconv from 'iconv-lite';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { exampleForm, type House, openHouse, PNG } from '../../support/service.ts';
import {
  audited,
  bring,
  csv,
  draftOf,
  formOf,
  household,
  households,
  landForm,
  type Row,
  rowsOf,
  sheet,
  titles,
  upload,
} from './people.ts';
import { workbook, zip } from './workbook.ts';

onEachDatabase('rosters: filled from a spreadsheet', (engine) => {
  let opened: Opened;
  let house: House;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const draft = (rows: Row[] = []) => draftOf(house, 'NY-02', 'annual', landForm(house, rows));
  const messages = (body: { faults?: { message: string }[] }) => body.faults?.map((f) => f.message);

  it('fills the table from CSV, headings in any order, blank lines left out, the rest of the form kept', async () => {
    const { id } = await draft();
    const lines = sheet(house, households(3)).map((cells) => [...cells].reverse());
    const sent = await upload(house, id, csv([...lines.slice(0, 2), [], ['', ''], ...lines.slice(2)]));
    expect(sent.status, JSON.stringify(sent.body)).to.equal(200);
    expect(sent.body).to.deep.equal({ rows: 3, version: 2 });
    expect(await rowsOf(house, id)).to.deep.equal(households(3));
    expect((await formOf(house, id)).year).to.equal(2026);
  });

  it('reads GB 18030, rare characters too, and UTF-8 with its mark', async () => {
    const { id } = await draft();
    const rows = [household(1, { name: '𠮷·䶮', holder: '𠮷·䶮' })];
    const text = csv(sheet(house, rows));
    expect((await upload(house, id, iconv.encode(text, 'gb18030'))).status).to.equal(200);
    expect(await rowsOf(house, id)).to.deep.equal(rows);
    expect((await upload(house, id, `\uFEFF${text}`)).body.rows).to.equal(1);
    expect(await rowsOf(house, id)).to.deep.equal(rows);
  });

  it('reads XLSX: figures, days as a spreadsheet counts them, words of a choice', async () => {
    const form = exampleForm(house.service, 'SW-02', 0, 'annual');
    const [example] = form.roster as Row[];
    const { id } = await draftOf(house, 'SW-02', 'annual', { ...form, roster: [] });
    const names = titles(house, 'SW-02', 'annual');
    const { lastYear, ...row } = example as Row;
    const columns = Object.keys(row);
    const cells = (moved: { serial: number } | string | number) =>
      columns.map((c) => (c === 'movedOn' ? moved : c === 'type' ? ' 年度 核定 ' : (row[c] as string)));
    const book = workbook([
      [...columns.map((c) => names[c] as string), names.lastYear as string],
      [...cells({ serial: 39517 }), 600.5],
      columns.map(() => null),
      [...cells(39518), null],
      [...cells('2008年3月12日'), '1,200.50'],
    ]);
    const sent = await upload(house, id, book, { name: '名册.xlsx' });
    expect(sent.status, JSON.stringify(sent.body)).to.equal(200);
    const told = (await rowsOf(house, id)).map((r) => [r.movedOn, r.type, r.lastYear]);
    expect(told).to.deep.equal([
      ['2008-03-10', '年度核定', 600.5],
      ['2008-03-11', '年度核定', undefined],
      ['2008-03-12', '年度核定', 1200.5],
    ]);
    expect(lastYear).to.equal(600);
  });

  it('tells every wrong cell at once, by line and column, and changes nothing', async () => {
    const { id } = await draft(households(1, 50));
    const rows = households(9);
    Object.assign(rows[5] as Row, { idNumber: '532628196611159911', area: '三亩' });
    Object.assign(rows[7] as Row, { idle: '有时', account: '', transferred: '已流转' });
    const sent = await upload(house, id, csv(sheet(house, rows)));
    expect(sent.status).to.equal(422);
    expect(sent.body.code).to.equal('roster.faults');
    expect(messages(sent.body)).to.deep.equal([
      '第 7 行「户主身份证号」：身份证号校验位不符，请逐位核对',
      '第 7 行「确权面积」：确权面积应为 0 到 999999.99 的数，最多两位小数',
      '第 9 行「撂荒情况」：请从列出的选项中选择',
      '第 9 行「银行账号」：请填写',
      '第 9 行「流入方」：请填写',
    ]);
    expect(sent.body.faults.map((f) => f.pointer)[0]).to.equal('/lines/7/idNumber');
    expect(await rowsOf(house, id)).to.deep.equal(households(1, 50));
  });

  it('refuses headings by name: unknown, twice, missing', async () => {
    const { id } = await draft();
    const [head = [], ...body] = sheet(house, households(1));
    const wrong = head.map((t) => (t === '银行账号' ? '卡号' : t === '账户名' ? '户主姓名' : t));
    const sent = await upload(house, id, csv([wrong, ...body]));
    expect(messages(sent.body)).to.deep.equal([
      '「户主姓名」这一栏出现了两次',
      '表里没有「卡号」这一栏',
      '缺少「账户名」这一栏',
      '缺少「银行账号」这一栏',
    ]);
    expect(messages((await upload(house, id, csv([head]))).body)).to.deep.equal(['表格里只有栏名，没有内容']);
    expect(messages((await upload(house, id, '\r\n,,\r\n')).body)).to.deep.equal([
      '表格是空的，第一行应是栏名',
    ]);
  });

  it('knows a number that the spreadsheet has already spoilt', async () => {
    const { id } = await draft();
    const [head = [], row = []] = sheet(house, households(1));
    const at = head.indexOf('户主身份证号');
    const lost = '第 2 行「户主身份证号」：被表格软件存成了数字，末几位已经丢失，请把这一栏设为文本再填';
    const shortened = row.map((c, i) => (i === at ? '5.32628E+17' : c));
    expect(messages((await upload(house, id, csv([head, shortened]))).body)).to.deep.equal([lost]);
    const figure = row.map((c, i) => (i === at ? Number('532628196611159910') : c));
    expect(messages((await upload(house, id, workbook([head, figure]))).body)).to.deep.equal([lost]);
  });

  it('takes no more rows than the table holds, and a repeat replaces what was there', async () => {
    const { id } = await draft();
    expect((await upload(house, id, csv(sheet(house, households(5))))).body.rows).to.equal(5);
    const many = await upload(house, id, csv(sheet(house, households(1501))));
    expect(messages(many.body)).to.deep.equal(['最多 1500 行，这份表格有 1501 行']);
    expect((await upload(house, id, csv(sheet(house, households(2, 7))))).body.rows).to.equal(2);
    expect(await rowsOf(house, id)).to.deep.equal(households(2, 7));
  });

  it('refuses what is no table: empty, too large, a picture, an old workbook, a zip of something else, a bomb', async () => {
    const { id } = await draft();
    const told = async (bytes: Uint8Array | string) => {
      const { status, body } = await upload(house, id, bytes);
      return [status, body.code];
    };
    expect(await told('')).to.deep.equal([422, 'file.empty']);
    expect(await told(Buffer.alloc(6 * 1024 * 1024, 'a,'))).to.deep.equal([413, 'roster.file_too_large']);
    expect(await told(PNG)).to.deep.equal([415, 'roster.wrong_file']);
    expect(await told(Buffer.from('D0CF11E0A1B11AE1', 'hex'))).to.deep.equal([415, 'roster.wrong_file']);
    expect(await told(zip({ 'a.txt': 'a' }))).to.deep.equal([415, 'roster.wrong_file']);
    expect(await told('PK\x03\x04 and no more')).to.deep.equal([415, 'roster.wrong_file']);
    const bomb = zip({ 'xl/worksheets/sheet1.xml': 'x'.repeat(60 * 1024 * 1024) });
    expect(bomb.length).to.be.lessThan(100_000);
    expect(await told(bomb)).to.deep.equal([413, 'roster.file_too_large']);
    const client = await house.as('village');
    expect((await client.post(`/api/cases/${id}/roster`, { file: 'x' })).status).to.equal(415);
    const none = new FormData();
    expect((await client.post<{ code: string }>(`/api/cases/${id}/roster`, none)).body.code).to.equal(
      'file.missing',
    );
  });

  it('is open only to the clerk of the village, while the form is open, and only for a batch', async () => {
    const { id } = await draft();
    const text = csv(sheet(house, households(1)));
    expect((await upload(house, id, text, { login: 'village2' })).status).to.equal(404);
    expect((await upload(house, id, text, { login: 'town-window' })).body.code).to.equal('case.not_clerk');
    const out = await (await house.as('town-window')).get(`/api/cases/${id}/roster.csv`);
    expect(out.status).to.equal(403);
    expect((await upload(house, id, text, { version: 9 })).body.code).to.equal('case.stale_version');
    const single = await draftOf(house, 'NY-02', 'area', {});
    expect((await upload(house, single.id, text)).body.code).to.equal('roster.none');
    const walk = await bring(house, 'NY-02', {
      situation: 'annual',
      form: landForm(house, households(1)),
      until: 'FORWARD',
    });
    expect((await upload(house, walk.id, text)).body.code).to.equal('case.not_editable');
  });

  it('gives the headings as a file, and the rows to be worked on: read back in they are the same', async () => {
    const { id } = await draft();
    const clerk = await house.as('village');
    await upload(house, id, csv(sheet(house, [household(3, { name: '=1+1', holder: '=1+1' })])));
    const template = await fetch(`${house.url}/api/cases/${id}/roster/template.csv`, {
      headers: { cookie: clerk.cookie },
    });
    const bytes = Buffer.from(await template.arrayBuffer());
    expect(bytes.subarray(0, 3).toString('hex')).to.equal('efbbbf');
    const names = titles(house, 'NY-02', 'annual');
    const { deducted: _d, net: _n, amount: _a, ...asked } = names;
    expect(bytes.toString('utf8').slice(1)).to.equal(`${Object.values(asked).join(',')}\r\n`);
    await upload(house, id, csv(sheet(house, households(2))));
    const out = (await clerk.get<string>(`/api/cases/${id}/roster.csv`)).body;
    const { id: other } = await draft();
    expect((await upload(house, other, out)).status).to.equal(200);
    expect(await rowsOf(house, other)).to.deep.equal(households(2));
    const [line] = await audited(house, 'roster.download');
    expect(line).to.deep.include({ subject: id, detail: { rows: 2, version: 3 } });
    expect((await (await house.as('village2')).get(`/api/cases/${id}/roster/template.csv`)).status).to.equal(
      404,
    );
  });

  it('reads and keeps 1,500 rows in well under three seconds', async () => {
    const { id } = await draft();
    const text = csv(sheet(house, households(1500)));
    const began = performance.now();
    expect((await upload(house, id, text)).body.rows).to.equal(1500);
    expect(performance.now() - began).to.be.lessThan(3000);
  });
});
