import { expect } from 'chai';
import { transact } from '../../../src/platform/db/index.ts';
import {
  type CertificateDeps,
  type CertificateOrder,
  issueCertificate,
  listCertificates,
  reserveCertificate,
} from '../../../src/station/certificates/index.ts';
import {
  certificateNumber,
  lastDay,
  printedField,
  renewalDay,
} from '../../../src/station/certificates/rules.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { exampleForm, type House, openHouse, SIGNATURE } from '../../support/service.ts';
import { openCase, visit, type Walker } from '../../walk/case.ts';
import { fontsOf, popplerOrSkip, textOf } from '../papers/pdf.ts';
import { sampleEvent, sampleFacts } from '../papers/sample-facts.ts';

interface Checked {
  verdict: string;
  says: string;
  title?: string;
  number?: string;
  holder?: string;
  organ?: string;
  issuedOn?: string | null;
  expiresOn?: string | null;
}

onEachDatabase('certificates, from the decision to the hand-over', (engine) => {
  let opened: Opened;
  let house: House;
  let walk: Walker;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-30T09:00:00+08:00');
    walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    await walk.act('county-window', 'ACCEPT');
    await walk.act('ny-officer', 'FORWARD', { opinion: '材料齐全' });
    await walk.act('ny-officer', 'RECORD_VISIT', visit('2026-11-30'));
    await walk.act('ny-reviewer', 'FORWARD', { opinion: '同意' });
    await walk.act('ny-leader', 'APPROVE', { opinion: '准予许可' });
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const theOne = async () => {
    const [certificate, ...more] = await listCertificates(house.service.deps.db.read, walk.id);
    expect(more).to.deep.equal([]);
    if (!certificate) throw new Error('no certificate');
    return certificate;
  };
  const verify = async (code: string) => house.stranger().get<Checked>(`/verify/${encodeURIComponent(code)}`);
  const pdfOf = async (login: string, id: string) => {
    const { cookie } = await house.as(login);
    return fetch(`${house.url}/api/certificates/${id}.pdf`, {
      headers: { cookie, accept: 'application/json' },
    });
  };

  it('reserved at the decision: the number is in the decision, nothing is valid yet, nothing is printed', async () => {
    const certificate = await theOne();
    expect(certificate).to.include({ state: 'reserved', issuedOn: null, expiresOn: null });
    expect(certificate.number).to.equal('农药经许（滇）53262800001');
    expect((await verify(certificate.verifyCode)).body).to.include({
      verdict: 'not-issued',
      says: '尚未颁发',
    });
    expect((await pdfOf('village', certificate.id)).status).to.equal(409);
  });

  it('issued: valid from that day to the day before the same day five years on; renewal ninety days before (B2-12)', async () => {
    await house.at('2026-12-02T09:00:00+08:00');
    await walk.act('county-window', 'ISSUE');
    const certificate = await theOne();
    expect(certificate).to.include({
      state: 'valid',
      custody: 'none',
      issuedOn: '2026-12-02',
      expiresOn: '2031-12-01',
    });
    expect(certificate.renewBy).to.equal('2031-09-02');
    const { status, body } = await verify(certificate.verifyCode);
    expect(status).to.equal(200);
    expect(body).to.include({ verdict: 'valid', says: '有效', expiresOn: '2031-12-01' });
  });

  it('checked by anybody, typed in any way, with the holder masked', async () => {
    const certificate = await theOne();
    const { name, idNumber } = exampleForm(house.service, 'NY-04').applicant as Record<string, string>;
    const sloppy = certificate.verifyCode
      .toLowerCase()
      .replace(/(.{4})/g, '$1- ')
      .replaceAll('0', 'o')
      .replaceAll('1', 'l');
    const { body } = await verify(sloppy);
    expect(body).to.include({ verdict: 'valid', number: certificate.number });
    expect(body.holder).to.match(/^.\*+$/);
    const told = JSON.stringify(body);
    expect(told).to.not.include(name).and.to.not.include(idNumber);
    const page = await fetch(`${house.url}/verify/${certificate.verifyCode}`, {
      headers: { accept: 'text/html' },
    });
    expect(page.status).to.equal(200);
    const html = await page.text();
    expect(html).to.include('有效').and.include(certificate.number).and.not.include(String(name));
  });

  it('a code nobody has is answered plainly, in data and on a page', async () => {
    const { status, body } = await verify('0000-0000-0000-0000');
    expect(status).to.equal(404);
    expect(body).to.deep.equal({ verdict: 'unknown', says: '查无此证' });
    const page = await fetch(`${house.url}/verify/XYZ`, { headers: { accept: 'text/html' } });
    expect(page.status).to.equal(404);
    expect(await page.text()).to.include('查无此证');
    const form = await fetch(`${house.url}/verify?code=A B&x=1`, { redirect: 'manual' });
    expect(form.status).to.equal(303);
    expect(form.headers.get('location')).to.equal('/verify/A%20B');
  });

  it('papers answer to their codes too', async () => {
    const [row] = await house.service.deps.db.read('papers').where({ case_id: walk.id, kind: 'approval' });
    const { body } = await verify(row.verify_code);
    expect(body).to.include({ verdict: 'paper', says: '文书属实', number: row.number });
    expect(body.holder).to.match(/^.\*+$/);
  });

  it('collected: who, by what right, identity checked and signature are kept, sealed', async () => {
    const proxy = {
      collector: '代领',
      name: '农秀兰',
      idNumber: '532628198607049945',
      relation: '配偶',
      idChecked: true,
      signature: SIGNATURE,
    };
    await walk.act('village', 'COLLECT', proxy);
    const { vault, db } = house.service.deps;
    const row = await db.read('certificates').where({ case_id: walk.id }).first();
    expect(row).to.include({ state: 'valid', custody: 'collected' });
    expect(row.collected_at).to.match(/^2026-12-02T01:00:/);
    expect(JSON.stringify(row)).to.not.include(proxy.name).and.to.not.include(proxy.idNumber);
    const told = await db
      .read('certificate_events')
      .where({ certificate_id: row.id, act: 'COLLECT' })
      .first();
    expect(JSON.stringify(told)).to.not.include(proxy.idNumber).and.to.not.include(proxy.relation);
    expect(JSON.parse(vault.open(told.detail_sealed))).to.include(proxy);
    expect((await verify(row.verify_code)).body.verdict).to.equal('valid');
  });

  it('printed with number, fields, days, organ and code; a reprint is the same bytes; a stranger sees nothing', async function () {
    popplerOrSkip(this);
    const { id, number, verifyCode } = await theOne();
    const first = Buffer.from(await (await pdfOf('village', id)).arrayBuffer());
    const again = Buffer.from(await (await pdfOf('ny-officer', id)).arrayBuffer());
    expect(again.equals(first)).to.equal(true);
    const text = textOf(first);
    for (const part of [
      '农药经营许可证',
      number,
      '2026年12月2日至2031年12月1日',
      '请在2031年9月2日（含当日）前提出申请',
      '富宁县农业农村局',
      verifyCode.slice(0, 4),
      '演示章',
    ])
      expect(text, part).to.include(part);
    for (const font of fontsOf(first)) expect(font).to.include({ embedded: true, subset: true });
    expect((await pdfOf('mz-officer', id)).status).to.equal(404);
    expect((await house.stranger().get(`/api/certificates/${id}`)).status).to.equal(401);
  });

  it('after the last day it has expired, and the register says so', async () => {
    const { verifyCode } = await theOne();
    await house.at('2031-12-01T23:59:00+08:00');
    expect((await verify(verifyCode)).body.verdict).to.equal('valid');
    await house.at('2031-12-02T00:00:00+08:00');
    expect((await verify(verifyCode)).body).to.include({ verdict: 'expired', says: '已过期' });
    expect((await theOne()).state).to.equal('lapsed');
  });
});

onEachDatabase('certificate numbers', (engine) => {
  let opened: Opened;
  let house: House;
  let deps: CertificateDeps;
  const cases: string[] = [];
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-30T09:00:00+08:00');
    deps = { ...house.service.deps, publicUrl: 'https://cunban.example' };
    for (let i = 0; i < 3; i++) cases.push((await openCase(house, 'WJ-01')).id);
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const order = (number: string): CertificateOrder => ({
    id: number,
    title: '证',
    number,
    fields: [],
    years: null,
  });
  const reserve = (index: number, pattern: string, at: string) =>
    transact(deps.db, (trx) =>
      reserveCertificate(
        trx,
        deps,
        { ...sampleFacts(), caseId: cases[index] ?? '', event: { ...sampleEvent('APPROVE', {}), at } },
        order(pattern),
      ),
    );

  it('start anew each year when the year is in them, and count on when it is not', async () => {
    const dated = '富低保〔{year}〕{seq:5}号';
    const plain = '农药经许（滇）{county}{seq:5}';
    const [y26, y27] = ['2026-12-31T04:00:00.000Z', '2027-01-04T04:00:00.000Z'];
    expect((await reserve(0, dated, y26)).number).to.equal('富低保〔2026〕00001号');
    expect((await reserve(1, dated, y26)).number).to.equal('富低保〔2026〕00002号');
    expect((await reserve(2, dated, y27)).number).to.equal('富低保〔2027〕00001号');
    expect((await reserve(0, plain, y26)).number).to.equal('农药经许（滇）53262800001');
    expect((await reserve(1, plain, y27)).number).to.equal('农药经许（滇）53262800002');
    expect((await reserve(1, plain, y27)).number, 'tried again').to.equal('农药经许（滇）53262800002');
  });

  it('are reserved by the issue itself when no decision reserved them, once', async () => {
    const facts = { ...sampleFacts(), caseId: cases[2] ?? '', event: sampleEvent('APPROVE', {}) };
    const wanted = { ...order('生育登{year}{seq:3}'), years: 1 };
    for (let i = 0; i < 2; i++) await transact(deps.db, (trx) => issueCertificate(trx, deps, facts, wanted));
    const issued = (await listCertificates(deps.db.read, cases[2] ?? '')).filter(
      (c) => c.specId === wanted.id,
    );
    expect(issued.map((c) => [c.number, c.issuedOn, c.expiresOn, c.state])).to.deep.equal([
      ['生育登2026001', '2026-09-28', '2027-09-27', 'valid'],
    ]);
  });

  it('its fields say dates in Chinese and amounts with two decimals', async () => {
    const walk = await openCase(house, 'WJ-01');
    await walk.act('village', 'FILE');
    await walk.act('town-wj', 'APPROVE', { opinion: '信息一致' });
    const row = await house.service.deps.db.read('certificates').where({ case_id: walk.id }).first();
    const fields: { label: string; value: string }[] = JSON.parse(
      house.service.deps.vault.open(row.fields_sealed),
    );
    const dates = fields.filter((f) => f.label.includes('日期')).map((f) => f.value);
    expect(dates.length).to.equal(2);
    for (const date of dates) expect(date).to.match(/^\d{4}年\d{1,2}月\d{1,2}日$/);
    const printed: [string, string][] = [
      ['每年1200元', '每年1,200.00 元'],
      ['300.5元', '300.50 元'],
      ['5元/亩', '5元/亩'],
      ['自2026-11-05起，2027-02-30', '自2026年11月5日起，2027-02-30'],
      ['0876-2026-11-05-001', '0876-2026-11-05-001'],
    ];
    for (const [value, text] of printed) expect(printedField(value)).to.equal(text);
  });

  it('an unknown part of a pattern is refused; leap days and open ends are right', () => {
    const parts = { year: '2026', seq: 7, county: '532628', township: '532628103' };
    expect(() => certificateNumber('{month}-{seq}', parts)).to.throw('{month}');
    expect(certificateNumber('{township}-{seq:7}', parts)).to.equal('532628103-0000007');
    expect(lastDay('2024-02-29', 5)).to.equal('2029-02-27');
    expect(lastDay('2026-01-01', 1)).to.equal('2026-12-31');
    expect(lastDay('2026-01-01', null)).to.equal(null);
    expect(renewalDay(null, 90)).to.equal(null);
  });
});
