import { expect } from 'chai';
import { transact } from '../../../src/platform/db/index.ts';
import { type AnswerGiven, recordAnswer } from '../../../src/station/answers/index.ts';
import { printedCode } from '../../../src/station/codes.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, exampleForm, type House, openHouse } from '../../support/service.ts';
import { popplerOrSkip, textOf } from '../papers/pdf.ts';

const CLERK = { accountId: 'account-1', name: '农秀兰' };
const GIVEN: AnswerGiven = {
  item: { code: 'LY-01', title: '林木采伐许可证核发', department: 'LY' },
  villageId: '532628103201',
  rule: 'R1',
  says: '自留地和房前屋后个人所有的零星林木，采伐不需要办理采伐许可证，不用申请。',
  basis: '《中华人民共和国森林法》第五十六条',
  applicant: { name: '农建国', idNumber: '532628196611159910' },
};

onEachDatabase('answers that nothing needs to be filed (B1-4)', (engine) => {
  let opened: Opened;
  let house: House;
  let clerk: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-30T09:00:00+08:00');
    clerk = await house.as('village');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const given = (over: Partial<AnswerGiven> = {}): Promise<string> => {
    const { deps } = house.service;
    return transact(deps.db, (trx) => recordAnswer(trx, deps, CLERK, { ...GIVEN, ...over }));
  };
  const numberOf = async (id: string): Promise<string> =>
    (await clerk.get<{ number: string }>(`/api/answers/${id}`)).body.number;
  const pdfOf = async (client: Client, id: string) => {
    const answer = await fetch(`${house.url}/api/answers/${id}.pdf`, { headers: { cookie: client.cookie } });
    return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  it('are numbered in their village and year without gaps, the same answer once, a rollback takes its number back', async () => {
    const first = await given();
    expect(await numberOf(first)).to.equal('532628103201告〔2026〕1号');
    expect(await given(), 'the same person asks again on the same day').to.equal(first);
    const { deps } = house.service;
    const lost = transact(deps.db, async (trx) => {
      await recordAnswer(trx, deps, CLERK, { ...GIVEN, rule: 'R8' });
      throw new Error('taken back');
    });
    await lost.then(
      () => expect.fail('the transaction must fail'),
      () => undefined,
    );
    expect(await numberOf(await given({ rule: 'R2' }))).to.equal('532628103201告〔2026〕2号');
    await house.at('2027-01-04T09:00:00+08:00');
    clerk = await house.as('village');
    expect(await numberOf(await given()), 'a new year').to.equal('532628103201告〔2027〕1号');
  });

  it('the same answer given twice at the same moment is one note and takes one number', async () => {
    const before = await numberOf(await given({ rule: 'R3' }));
    const ids = await Promise.all(Array.from({ length: 6 }, () => given({ rule: 'R4' })));
    expect(new Set(ids).size).to.equal(1);
    const running = (number: string) => Number(/〕(\d+)号/.exec(number)?.[1]);
    expect(running(await numberOf(await given({ rule: 'R5' })))).to.equal(running(before) + 2);
  });

  it('print everything the citizen must know, how to complain and no court; the same bytes again', async function () {
    popplerOrSkip(this);
    const id = await given({ rule: 'R6' });
    const { answer, bytes } = await pdfOf(clerk, id);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-type')).to.equal('application/pdf');
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).to.include(
      `无需办理告知单-${await numberOf(id)}.pdf`,
    );
    const text = textOf(bytes);
    const row = await house.service.deps.db.read('answers').where({ id }).first();
    for (const said of [
      '无需办理告知单',
      await numberOf(id),
      GIVEN.says,
      GIVEN.basis as string,
      '农建国（证件号532628**********10）',
      '林木采伐许可证核发（LY-01）',
      '2027年1月4日',
      '农秀兰',
      '富宁县林业和草原局',
      '12345',
      '不是行政决定',
      '向富宁县林业和草原局申请复核',
      `校验码${printedCode(row.verify_code)}`,
    ])
      expect(text, said).to.include(said.replaceAll(' ', ''));
    expect(text)
      .to.not.match(/行政复议|诉讼/)
      .and.not.include(GIVEN.applicant.idNumber);
    expect((await pdfOf(clerk, id)).bytes.equals(bytes)).to.equal(true);
    const checked = await house.stranger().get<Record<string, string>>(`/verify/${row.verify_code}`);
    expect(checked.body).to.include({ verdict: 'paper', title: '无需办理告知单', holder: '农**' });
  });

  it('are listed and shown on pages to those of the village, and to nobody else', async () => {
    const id = await given({ rule: 'R7' });
    const page = async (client: Client, path: string) => {
      const answer = await client.send<string>('GET', path, undefined, { accept: 'text/html' });
      return { status: answer.status, html: String(answer.body) };
    };
    const list = await page(clerk, '/answers');
    expect(list.status).to.equal(200);
    expect(list.html).to.include(`/answers/${id}`).and.include('农建国');
    const one = await page(clerk, `/answers/${id}`);
    expect(one.html)
      .to.include(GIVEN.says)
      .and.include(`/api/answers/${id}.pdf`)
      .and.include('532628**********10');
    const foreign = await house.as('village2');
    expect((await page(foreign, '/answers')).html).to.include('还没有告知单');
    expect((await page(foreign, `/answers/${id}`)).status).to.equal(404);
    expect((await pdfOf(foreign, id)).answer.status).to.equal(404);
    expect((await page(house.stranger(), `/answers/${id}`)).status, 'sent to sign in').to.equal(303);
    expect((await pdfOf(house.stranger(), id)).answer.status).to.equal(401);
  });

  it('come of a form that needs no permit: no case, the refusal names the note', async () => {
    const form = exampleForm(house.service, 'LY-03') as { fire: Record<string, unknown> };
    form.fire.on = '2027-08-01';
    const { status, body } = await clerk.post<Record<string, string>>('/api/cases', { item: 'LY-03', form });
    expect(status, JSON.stringify(body)).to.equal(409);
    const note = await clerk.get<Record<string, string>>(`/api/answers/${body.note}`);
    expect(note.body).to.include({ itemCode: 'LY-03', givenName: '农秀兰' });
  });
});
