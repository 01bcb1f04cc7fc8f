import { expect } from 'chai';
import { transact } from '../../../src/platform/db/index.ts';
import {
  listPapers,
  type Paper,
  type PaperDeps,
  preparePaper,
  renderPaper,
} from '../../../src/station/papers/index.ts';
import type { PaperKind } from '../../../src/workflow/types.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { refusal } from '../../support/refusal.ts';
import { type House, openHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { FACTS_FOR, sampleEvent, sampleFacts } from './sample-facts.ts';

const ROLLBACK = new Error('taken back');

onEachDatabase('papers', (engine) => {
  let opened: Opened;
  let house: House;
  let deps: PaperDeps;
  let caseId: string;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-30T09:00:00+08:00');
    deps = { ...house.service.deps, publicUrl: 'https://cunban.example' };
    caseId = (await openCase(house, 'WJ-01')).id;
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  let seq = 100;
  const prepare = (kind: PaperKind, over: Partial<Parameters<typeof sampleFacts>[0]> = {}): Promise<Paper> =>
    transact(deps.db, (trx) =>
      preparePaper(
        trx,
        deps,
        { ...FACTS_FOR[kind], caseId, event: { ...FACTS_FOR[kind].event, seq: seq++ }, ...over },
        kind,
      ),
    );

  it('are numbered per organ, kind and year, without gaps; a rollback takes the number back', async () => {
    const first = await prepare('acceptance');
    expect(first.number).to.equal('富农受〔2026〕1号');
    const { message } = await refusal(
      transact(deps.db, async (trx) => {
        await preparePaper(
          trx,
          deps,
          { ...sampleFacts(), caseId, event: sampleEvent('ACCEPT', {}, 9) },
          'acceptance',
        );
        throw ROLLBACK;
      }),
    );
    expect(message).to.equal(ROLLBACK.message);
    expect((await prepare('acceptance')).number).to.equal('富农受〔2026〕2号');
    expect((await prepare('correction')).number).to.equal('富农补〔2026〕1号');
    const next = { ...sampleEvent('ACCEPT', {}, 55), at: '2026-12-31T16:30:00.000Z' };
    expect((await prepare('acceptance', { event: next })).number, 'already New Year in Shanghai').to.equal(
      '富农受〔2027〕1号',
    );
    const other = { id: '532628-MZ', name: '富宁县民政局', docWord: '富民' };
    expect((await prepare('acceptance', { issuingOrg: other })).number).to.equal('富民受〔2026〕1号');
    expect((await prepare('receipt')).number).to.equal(sampleFacts().number);
  });

  it('are made once for each event and kind, however often the effect is tried', async () => {
    const event = sampleEvent('REJECT', FACTS_FOR.rejection.event.data, 77);
    const papers: Paper[] = [];
    for (let i = 0; i < 3; i++) papers.push(await prepare('rejection', { event }));
    expect(new Set(papers.map((p) => p.id)).size).to.equal(1);
    const next = await prepare('rejection');
    expect(next.number).to.equal('富农不〔2026〕2号');
    expect((await listPapers(deps.db.read, caseId)).filter((p) => p.id === papers[0]?.id)).to.have.length(1);
  });

  it('lie sealed: neither name nor identity number can be read in the database', async () => {
    const paper = await prepare('acceptance');
    const row = JSON.stringify(await deps.db.read('papers').where({ id: paper.id }).first());
    const { name, idNumber } = sampleFacts().applicant;
    expect(row).to.not.include(name);
    expect(row).to.not.include(idNumber);
  });

  it('print to the same bytes again, also when the kept file is forgotten', async () => {
    const { id } = await prepare('delivery');
    const first = await renderPaper(deps, id);
    expect((await renderPaper(deps, id)).equals(first)).to.equal(true);
    await transact(deps.db, (trx) => trx('papers').where({ id }).update({ file_hash: null }));
    expect((await renderPaper(deps, id)).equals(first)).to.equal(true);
  });

  it('stop on a missing fact instead of leaving a blank, and give no number away', async () => {
    const before = await prepare('correction');
    const { message } = await refusal(prepare('correction', { correctionDue: null }));
    expect(message).to.include('correctionDue');
    const nameless = { name: '', idNumber: sampleFacts().applicant.idNumber };
    expect((await refusal(prepare('acceptance', { applicant: nameless }))).message).to.include('applicant');
    const after = await prepare('correction');
    const running = (p: Paper) => Number(/〕(\d+)号/.exec(p.number)?.[1]);
    expect(running(after)).to.equal(running(before) + 1);
  });

  it('are listed and read by those who see the case, and by nobody else', async () => {
    const { id, title, number } = await prepare('acceptance');
    const clerk = await house.as('village');
    const list = await clerk.get<{ papers: { id: string; href: string }[] }>(`/api/cases/${caseId}/papers`);
    expect(list.body.papers.map((p) => p.id)).to.include(id);
    const pdf = await clerk.get(`/api/papers/${id}.pdf`);
    expect(pdf.status).to.equal(200);
    expect(pdf.headers.get('content-type')).to.equal('application/pdf');
    const disposition = pdf.headers.get('content-disposition') ?? '';
    expect(disposition).to.match(/^inline; filename\*=UTF-8''/);
    expect(decodeURIComponent(disposition)).to.include(`${title}-${number}.pdf`);
    const stranger = house.stranger();
    expect((await stranger.get(`/api/papers/${id}.pdf`)).status).to.equal(401);
    expect((await (await house.as('ny-officer')).get(`/api/papers/${id}.pdf`)).status).to.equal(404);
    expect((await clerk.get('/api/papers/none.pdf')).status).to.equal(404);
  });

  it('B1-9: the receipt of what came in online after hours names the next working day as the day it counts from', async () => {
    await house.at('2026-12-04T20:00:00+08:00');
    const walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE', { channel: '线上' });
    const row = await deps.db.read('papers').where({ case_id: walk.id, kind: 'receipt' }).first();
    const text = deps.vault.open(row.print_sealed);
    expect(text).to.include('以下一个工作日即2026年12月7日为申请日').and.include('2026年12月8日');
    expect(text).to.not.include('收件之日即为申请日');
  });
});
