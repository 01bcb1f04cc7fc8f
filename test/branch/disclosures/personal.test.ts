/** Numbers of persons never get onto a board: texts, tables, and what workbooks hide. Over HTTP, on both databases. */
import { expect } from 'chai';
import { checkLuhn } from '../../../src/kernel/identity.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { desk, type Moved, SOUND } from './branch.ts';
import { book, type TestSheet } from './workbook.ts';

const ID = '532628196611150019';
const CARD = '6222021234567890128';
const PHONE = '13812345678';

interface Found {
  findings: { kind: string; at: string; shown: string; blocks: boolean }[];
  suggested: { title: string; text: string; grid: { columns: string[]; rows: string[][] } | null };
}

onEachDatabase('disclosures: personal data', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let at: ReturnType<typeof desk>;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    at = desk(house);
    await house.at('2026-09-28T09:40:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });
  const occasion = async (what: string, item = 'major') =>
    (await at.happened(item, '2026-09-27', what)).body.id;
  const check = async (text: string, grid: Found['suggested']['grid'] = null, item = 'major') =>
    (
      await (
        await house.as('secretary')
      ).post<Found>('/api/disclosures/check', { item, title: '标题', text, grid })
    ).body;
  const kinds = async (text: string) => (await check(text)).findings.map((f) => f.kind);
  const upload = async (bytes: Buffer, name = '表.xlsx') => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    return (await house.as('secretary')).post<Moved & { columns: string[]; rows: string[][] }>(
      '/api/disclosures/grids',
      form,
    );
  };

  it('finds numbers however they are written, and leaves amounts, dates and document numbers alone', async () => {
    expect(checkLuhn(CARD)).to.equal(null);
    const written: [string, string[]][] = [
      [`身份证${ID}。`, ['id']],
      ['532628 1966 1115 0019', ['id']],
      ['５３２６２８１９６６１１１５００１９', ['id']],
      [`电话${PHONE}`, ['phone']],
      ['138-1234-5678', ['phone']],
      ['138 1234 5678 20 元', ['phone']],
      [`+86 ${PHONE}`, ['phone']],
      ['卡号 6222 0212 3456 7890 128', ['card']],
      ['2026-09-27 13812345678', ['phone']],
      ['532628661115001', ['old-id']],
      ['532628196611150011', ['like-id']],
      ['共 1234567.89 元，2026-09-27，富民许〔2026〕12号', []],
      ['编号 20260927000123', []],
      ['0876-6121234', []],
    ];
    for (const [text, expected] of written) expect(await kinds(text), text).to.deep.equal(expected);
    const { findings } = await check(`身份证${ID}，电话${PHONE}`);
    expect(JSON.stringify(findings)).not.to.include(ID).and.not.include(PHONE);
  });

  it('points at addresses, minors, health and hardship by their wording, and refuses nothing for it', async () => {
    expect(await kinds('家住剥隘镇向阳路12号')).to.deep.equal(['address']);
    expect(await kinds('资助孤儿 2 名，因病致贫，低保户')).to.deep.equal(['minor', 'health', 'hardship']);
    const dueId = await occasion('慰问', 'hardship');
    const words = { audience: 'public', title: '走访慰问', text: '慰问困难党员 3 人，因病住院 1 人。' };
    expect((await at.propose(dueId, words)).status).to.equal(201);
  });

  it('suggests the masked text: numbers, and names in a column of names', async () => {
    const grid = {
      columns: ['姓名', '金额', '电话'],
      rows: [
        ['张小三', '300', PHONE],
        ['李四', '200', ''],
      ],
    };
    const { findings, suggested } = await check(`经办人${PHONE}。`, grid);
    expect(findings.map((f) => `${f.kind} ${f.at}`)).to.deep.equal([
      'phone /text',
      'name /grid/A2',
      'phone /grid/C2',
      'name /grid/A3',
    ]);
    expect(suggested.text).to.equal('经办人138****5678。');
    expect(suggested.grid?.rows).to.deep.equal([
      ['张*三', '300', '138****5678'],
      ['李*', '200', ''],
    ]);
    const again = await check(suggested.text, suggested.grid);
    expect(again.findings).to.deep.equal([]);
    const named = await check('', { columns: ['姓名'], rows: [['张小三']] }, 'admission');
    expect(named.findings).to.deep.equal([]);
  });

  it('is proposed with no number in title, text or table, and says where each stands', async () => {
    const dueId = await occasion('带号码');
    const grid = { columns: ['户主', '证件'], rows: [['王小五', ID]] };
    const refused = await at.propose(dueId, { audience: 'public', title: `通知${PHONE}`, text: CARD, grid });
    expect(refused.status).to.equal(422);
    expect(refused.body.code).to.equal('disclosure.personal_data');
    expect(refused.body.faults.map((f) => [f.pointer, f.message])).to.deep.equal([
      ['/title', '标题有手机号（138****5678），请遮挡'],
      ['/text', '正文有银行卡号（***************0128），请遮挡'],
      ['/grid', '表格 B2 格有身份证号（532628**********19），请遮挡'],
    ]);
    expect(await house.service.deps.db.read('disclosures').where({ due_id: dueId })).to.deep.equal([]);
  });

  it('is looked through again when it is reviewed and when it is approved', async () => {
    const { vault, db } = house.service.deps;
    const swap = (id: string, text: string) =>
      db
        .write('disclosures')
        .where({ id })
        .update({ content_sealed: vault.seal(JSON.stringify({ title: '标题', text, grid: null })) });
    const { body } = await at.propose(await occasion('再查', 'election'), { audience: 'members' });
    await swap(body.id, `电话${PHONE}`);
    const review = await at.act('party-reviewer', body.id, 'REVIEW', 1, { answers: SOUND });
    expect(review.body.code).to.equal('disclosure.personal_data');
    await swap(body.id, '没有号码');
    expect((await at.act('party-reviewer', body.id, 'REVIEW', 1, { answers: SOUND })).status).to.equal(200);
    await swap(body.id, `证件${ID}`);
    const approval = await at.act('party-approver', body.id, 'APPROVE', 2);
    expect(approval.body.code).to.equal('disclosure.personal_data');
    expect(approval.body.faults[0]?.message).to.equal('正文有身份证号（532628**********19），请遮挡');
  });

  const clean: TestSheet = {
    name: '发放表',
    rows: [
      ['姓名', '金额'],
      ['张*三', 300],
      ['李*', 200],
    ],
  };
  const hides: [string, Buffer, RegExp][] = [
    [
      'a sheet of identity numbers',
      book([clean, { name: '身份证', state: 'hidden', rows: [['张小三', ID]] }]),
      /看不见的工作表“身份证”.*取消隐藏.*\n.*“身份证”表 B1 格是身份证号（532628\*{10}19）/,
    ],
    [
      'a very hidden sheet',
      book([clean, { name: '底', state: 'veryHidden', rows: [['甲']] }]),
      /看不见的工作表“底”/,
    ],
    ['a second sheet', book([clean, { name: '二', rows: [['甲'], ['乙']] }]), /有 2 张工作表（发放表、二）/],
    [
      'a sheet without a name in the book',
      book([clean], { 'xl/worksheets/sheet9.xml': '<worksheet/>' }),
      /看不见的工作表“sheet9.xml”/,
    ],
    ['a row', book([{ ...clean, rowMarks: { 3: 'hidden="1"' } }]), /“发放表”表第 3 行看不见/],
    ['a row of no height', book([{ ...clean, rowMarks: { 2: 'ht="0" customHeight="1"' } }]), /第 2 行看不见/],
    [
      'a column',
      book([{ ...clean, columns: '<col min="2" max="2" width="9" hidden="1"/>' }]),
      /第 B 列看不见/,
    ],
    [
      'columns of no width',
      book([{ ...clean, columns: '<col min="27" max="29" width="0"/>' }]),
      /第 AA–AC 列看不见/,
    ],
    ['comments', book([clean], { 'xl/comments1.xml': '<comments/>' }), /批注/],
    [
      'the data behind a pivot',
      book([clean], { 'xl/pivotCache/pivotCacheRecords1.xml': '<r/>' }),
      /数据透视表/,
    ],
    [
      'what another file holds',
      book([clean], { 'xl/externalLinks/externalLink1.xml': '<r/>' }),
      /连着别的文件/,
    ],
    ['a picture', book([clean], { 'xl/media/image1.png': 'x' }), /图片/],
    [
      'an identity number that became a number',
      book([{ ...clean, rows: [['证件'], [5.3262819661115e17]] }]),
      /A2 格是一个很长的数字|A2 格是身份证号/,
    ],
    [
      'a number no cell shows',
      book([clean], { 'docProps/custom.xml': `<p><v>${PHONE}</v></p>` }),
      /看不见的地方还存着/,
    ],
  ];
  for (const [what, bytes, said] of hides)
    it(`refuses a workbook that hides ${what}, in words of a clerk`, async () => {
      const answer = await upload(bytes);
      expect(answer.status).to.equal(422);
      expect(answer.body.code).to.equal('disclosure.bad_table');
      const told = answer.body.faults.map((f) => f.message).join('\n');
      expect(told).to.match(said);
      expect(told).not.to.include(ID);
    });

  it('takes the clean one, as a table and never as a file', async () => {
    const answer = await upload(book([clean]));
    expect(answer.body).to.deep.equal({
      columns: ['姓名', '金额'],
      rows: [
        ['张*三', '300'],
        ['李*', '200'],
      ],
    });
    const csv = await upload(Buffer.from('姓名,金额\n张*三,300\n'), '表.csv');
    expect(csv.body.rows).to.deep.equal([['张*三', '300']]);
  });

  it('refuses what is no table, is none it can read, or is too large', async () => {
    const codes = async (bytes: Buffer) => {
      const { body } = await upload(bytes);
      return body.faults?.map((f) => f.code) ?? body.code;
    };
    expect(await codes(Buffer.from('PK\x03\x04 broken'))).to.deep.equal(['unreadable']);
    expect(await codes(Buffer.from('%PDF-1.7 …'))).to.deep.equal(['unreadable']);
    expect(await codes(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]))).to.deep.equal(['unreadable']);
    expect(await codes(Buffer.from('只有标题\n'))).to.deep.equal(['empty']);
    expect(await codes(Buffer.from(`甲\n${'乙\n'.repeat(501)}`))).to.deep.equal(['too_large']);
    expect(await codes(book([{ ...clean, rows: [['甲']] }]))).to.deep.equal(['empty']);
  });

  it('goes out clean, approved by another person, and comes down on its day (scenario 6)', async () => {
    const dueId = await occasion('春节慰问', 'hardship');
    const hidden = book([clean, { name: '身份证', state: 'hidden', rows: [['张小三', ID]] }]);
    expect((await upload(hidden)).status).to.equal(422);
    const grid = (await upload(book([clean]))).body;
    const { id } = await at.publish(dueId, { audience: 'public', title: '慰问情况', text: '', grid });
    const stranger = house.stranger();
    const shown = await stranger.get<{ grid: unknown; expiresOn: string }>(`/api/disclosures/${id}`);
    expect(shown.body.grid).to.deep.equal(grid);
    expect(shown.body.expiresOn).to.equal('2026-10-08');
    const csv = await stranger.get<string>(`/api/disclosures/${id}/grid.csv`);
    expect(csv.headers.get('content-type')).to.include('text/csv');
    expect(csv.body).to.include('张*三,300').and.not.include(ID);
    await house.at('2026-10-08T23:00:00+08:00');
    expect((await stranger.get(`/api/disclosures/${id}`)).status).to.equal(200);
    await house.at('2026-10-09T00:30:00+08:00');
    expect((await stranger.get(`/api/disclosures/${id}`)).status).to.equal(404);
    expect((await stranger.get(`/api/disclosures/${id}/grid.csv`)).status).to.equal(404);
    expect(JSON.stringify((await stranger.get('/api/disclosures')).body)).not.to.include(id);
    const work = await (await house.as('secretary')).get<{ state: string }>(`/api/disclosures/${id}/work`);
    expect(work.body.state).to.equal('archived');
  });
});
