/** 送达: six ways, what each needs, who may, and once only (B.4; 民诉法 art. 87–91, 95). */
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, SIGNATURE, type TestHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { county } from '../../walk/county.ts';
import { faultsOf, served, serving } from './serving.ts';

const TODAY = '2026-09-28';
const WAYS = served(TODAY);

onEachDatabase('serving papers', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let on: ReturnType<typeof serving>;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at(`${TODAY}T09:40:00+08:00`);
    on = serving(house);
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  it('直接: signed by the citizen; the record is made with it and says so (B.4, 民诉法 87)', async () => {
    const paper = await on.refused();
    const { status, body } = await on.serve(paper.id, WAYS.直接送达);
    expect(status, JSON.stringify(body)).to.equal(201);
    expect(body).to.include({ way: '直接送达', servedOn: TODAY });
    const text = await on.record(body.recordId);
    for (const part of [
      '送达文书名',
      '不予受理决定书',
      paper.number,
      '受送达人',
      '直接送达',
      '送达地点',
      '剥隘村便民服务站',
      '2026年9月28日',
      '送达人',
      '农秀兰',
      '办件编号',
    ])
      expect(text, part).to.include(part);
    const { db } = house.service.deps;
    const row = JSON.stringify(await db.read('paper_services').where({ paper_id: paper.id }).first());
    expect(row).to.not.include(SIGNATURE);
    const told = await db.read('audit').where({ act: 'paper.serve', subject: paper.id });
    expect(told).to.have.length(1);
  });

  it('直接: on screen there must be a signature; on paper there need be none', async () => {
    const paper = await on.refused();
    const { signature: _, ...unsigned } = WAYS.直接送达;
    expect(faultsOf(await on.serve(paper.id, unsigned))).to.deep.equal(['422', '/data/signature required']);
    const onPaper = { ...unsigned, signedBy: '纸质签名或者按指印' };
    expect((await on.serve(paper.id, onPaper)).status).to.equal(201);
  });

  it('代收: a grown-up with name, relation and a sound number, who is not the citizen (民诉法 88)', async () => {
    const paper = await on.refused();
    const way = WAYS.代收送达;
    const wrong = (over: object) => on.serve(paper.id, { ...way, ...over });
    expect(faultsOf(await wrong({ receiverId: '532628201005189961' }))).to.deep.equal([
      '422',
      '/data/receiverId adult',
    ]);
    expect(faultsOf(await wrong({ receiverId: '532628199001016061' }))).to.deep.equal([
      '422',
      '/data/receiverId format',
    ]);
    const { db, vault } = house.service.deps;
    const { form_sealed } = await db.read('cases').where({ id: paper.caseId }).first();
    const { idNumber } = JSON.parse(vault.open(form_sealed)).applicant;
    expect(faultsOf(await wrong({ receiverId: idNumber }))).to.deep.equal(['422', '/data/receiverId self']);
    expect(faultsOf(await wrong({ idChecked: false }))).to.deep.equal(['422', '/data/idChecked const']);
    const { relation: _, ...unrelated } = way;
    expect(faultsOf(await on.serve(paper.id, unrelated))).to.deep.equal(['422', '/data/relation required']);
    const { status, body } = await on.serve(paper.id, way);
    expect(status).to.equal(201);
    const text = await on.record(body.recordId);
    expect(text).to.include('农秀兰（同住的成年家属，配偶，证件号 532628**********6X）');
    expect(text).to.not.include(way.receiverId);
    const row = JSON.stringify(await db.read('paper_services').where({ paper_id: paper.id }));
    expect(row).to.not.include(way.receiverId).and.to.not.include('农秀兰"}');
  });

  it('留置: a witness or a picture, and why it was refused (民诉法 89)', async () => {
    const paper = await on.refused();
    const { witnesses, refusal, ...bare } = WAYS.留置送达;
    expect(faultsOf(await on.serve(paper.id, { ...bare, refusal }))).to.deep.equal([
      '422',
      '/data/witnesses witness',
    ]);
    expect(faultsOf(await on.serve(paper.id, { ...bare, witnesses }))).to.deep.equal([
      '422',
      '/data/refusal required',
    ]);
    const handed = await on.evidence(paper.id);
    expect(handed.status, JSON.stringify(handed.body)).to.equal(201);
    const [picture] = handed.body.evidence;
    const { status, body } = await on.serve(
      paper.id,
      { ...bare, refusal },
      { evidence: [picture?.id ?? ''] },
    );
    expect(status, JSON.stringify(body)).to.equal(201);
    const text = await on.record(body.recordId);
    expect(text).to.include('拒绝签收').and.include('照片、录像').and.include('1 份');
    const href = `/api/papers/${paper.id}/evidence/${picture?.id}`;
    const seen = await (await house.as('county-window')).get(href);
    expect(seen.headers.get('content-type')).to.equal('image/png');
    expect((await (await house.as('village2')).get(href)).status).to.equal(404);
    const witnessed = await on.refused();
    const left = await on.serve(witnessed.id, WAYS.留置送达);
    expect(await on.record(left.body.recordId)).to.include('黄国强（村委会委员）');
  });

  it('pictures belong to one paper and serve once; they are what their bytes are', async () => {
    const [paper, other] = [await on.refused(), await on.refused()];
    const id = (await on.evidence(other.id)).body.evidence[0]?.id ?? '';
    expect(faultsOf(await on.serve(paper.id, WAYS.直接送达, { evidence: [id] }))).to.deep.equal([
      '422',
      '/evidence evidence',
    ]);
    const text = Buffer.from('no picture');
    expect((await on.evidence(paper.id, 'village', text)).status).to.equal(415);
    expect((await on.evidence(paper.id, 'village2')).status).to.equal(404);
    const mp4 = Buffer.from('000000206674797069736f6d0000020069736f6d69736f32617663316d703431', 'hex');
    expect((await on.evidence(paper.id, 'village', mp4)).body.evidence[0]?.mime).to.equal('video/mp4');
  });

  it('电子: not without the consent of the citizen, and consent comes first (民诉法 90)', async () => {
    const paper = await on.refused();
    const { consent: _, ...silent } = WAYS.电子送达;
    const refused = await on.serve(paper.id, silent);
    expect(faultsOf(refused)).to.deep.equal(['422', '/data/consent required']);
    expect(refused.body.faults?.[0]?.message).to.include('没有本人同意');
    const { consentedOn: __, ...undated } = WAYS.电子送达;
    expect(faultsOf(await on.serve(paper.id, undated))).to.deep.equal(['422', '/data/consentedOn required']);
    const late = { ...WAYS.电子送达, consentedOn: '2026-09-29' };
    expect(faultsOf(await on.serve(paper.id, late))).to.deep.equal(['422', '/data/consentedOn consent']);
    const { body } = await on.serve(paper.id, WAYS.电子送达);
    expect(body.servedOn, 'the day it arrived').to.equal(TODAY);
    const text = await on.record(body.recordId);
    expect(text).to.include('短信（138****2345）').and.include('2026年9月28日同意电子送达');
    expect(text).to.not.include('13887612345');
  });

  it('邮寄: served on the day the receipt names, and not without it (民诉法 91)', async () => {
    const paper = await on.refused();
    const { receivedOn: _, ...sent } = WAYS.邮寄送达;
    expect(faultsOf(await on.serve(paper.id, sent))).to.deep.equal(['422', '/data/receivedOn required']);
    await house.at('2026-09-30T09:00:00+08:00');
    const back = { ...WAYS.邮寄送达, sentOn: '2026-09-30', receivedOn: '2026-09-29' };
    expect(faultsOf(await on.serve(paper.id, back))).to.deep.equal(['422', '/data/receivedOn order']);
    const { body } = await on.serve(paper.id, { ...WAYS.邮寄送达, receivedOn: '2026-09-29' });
    expect(body).to.include({ servedOn: '2026-09-29', reviewUntil: '2026-11-30', sueUntil: '2027-03-29' });
    expect(await on.record(body.recordId)).to.include('中国邮政，邮件号 XA12345678953，2026年9月28日交寄');
  });

  it('公告: only after another way failed; deemed after thirty days, and the terms run from then (民诉法 95)', async () => {
    const paper = await on.refused();
    const notice = { ...WAYS.公告送达, publishedOn: '2026-09-30' };
    expect(faultsOf(await on.serve(paper.id, notice))).to.deep.equal(['422', '/data/way failed-first']);
    const tried = { way: '直接送达', triedOn: '2026-09-30', reason: '家中无人，邻居说外出务工' };
    expect((await on.attempt(paper.id, tried)).status).to.equal(201);
    const { status, body } = await on.serve(paper.id, notice);
    expect(status, JSON.stringify(body)).to.equal(201);
    expect(body).to.include({ servedOn: '2026-10-30', reviewUntil: '2026-12-29', sueUntil: '2027-04-30' });
    const text = await on.record(body.recordId);
    expect(text)
      .to.include('2026年9月30日直接送达：家中无人')
      .and.include('下落不明')
      .and.include('2026年10月30日');
    const shown = await on.paperOf(paper.caseId, 'refusal');
    expect(shown).to.include({ announced: true, waiting: null });
    expect(shown.attempts).to.have.length(1);
    expect(shown.attempts[0]).to.include({ by: '农秀兰', reason: tried.reason, triedOn: '2026-09-30' });
  });

  it('days that cannot be: before the paper was made, after today', async () => {
    const paper = await on.refused();
    const future = { ...WAYS.直接送达, deliveredOn: '2026-10-09' };
    expect(faultsOf(await on.serve(paper.id, future))).to.deep.equal(['422', '/data/deliveredOn future']);
    expect(faultsOf(await on.serve(paper.id, WAYS.直接送达))).to.deep.equal([
      '422',
      '/data/deliveredOn before',
    ]);
    const attempt = { way: '直接送达', triedOn: '2026-10-09', reason: '家中无人' };
    expect(faultsOf(await on.attempt(paper.id, attempt))).to.deep.equal(['422', '/data/triedOn future']);
    const posted = { ...WAYS.邮寄送达, receivedOn: '2026-09-30' };
    expect(faultsOf(await on.serve(paper.id, posted))).to.deep.equal(['422', '/data/sentOn before']);
  });

  it('a paper is served once: again, at the same moment, or by a repeated request', async () => {
    const now = served('2026-09-30');
    const paper = await on.refused();
    const both = await Promise.all([
      on.serve(paper.id, now.直接送达),
      on.serve(paper.id, now.留置送达, { login: 'county-window' }),
    ]);
    expect(both.map((a) => a.status).sort()).to.deep.equal([201, 409]);
    const again = await on.serve(paper.id, now.直接送达);
    expect([again.status, again.body.code]).to.deep.equal([409, 'paper.already_served']);
    const tried = { way: '直接送达', triedOn: '2026-09-30', reason: '家中无人' };
    expect((await on.attempt(paper.id, tried)).status).to.equal(409);
    const records = (await on.papersOf(paper.caseId)).filter((p) => p.kind === 'service-record');
    expect(records).to.have.length(1);
    const next = await on.refused();
    const [first, repeat] = [
      await on.serve(next.id, now.直接送达, { key: 'serve-1' }),
      await on.serve(next.id, now.直接送达, { key: 'serve-1' }),
    ];
    expect([first.status, repeat.status]).to.deep.equal([201, 201]);
    expect(repeat.body).to.deep.equal(first.body);
  });

  it('not by a foreign village, nor by who only sees the case, nor by a stranger', async () => {
    const paper = await on.refused();
    const way = served('2026-09-30').直接送达;
    const status = async (login: string) => (await on.serve(paper.id, way, { login })).status;
    expect(await status('village2')).to.equal(404);
    expect(await status('mz-officer')).to.equal(404);
    expect(await status('committee')).to.equal(403);
    expect(await status('inspector')).to.equal(403);
    const stranger = await house.stranger().post(`/api/papers/${paper.id}/services`, { data: way });
    expect(stranger.status).to.equal(401);
    expect(
      (await on.attempt(paper.id, { way: '直接送达', triedOn: '2026-09-30', reason: '无人' }, 'inspector'))
        .status,
    ).to.equal(403);
    expect(await status('ny-officer')).to.equal(201);
  });

  it('records of the house are nobody’s to be served with; a missing paper is missing', async () => {
    const paper = await on.refused();
    const receipt = await on.paperOf(paper.caseId, 'receipt');
    const { status, body } = await on.serve(receipt.id, served('2026-09-30').直接送达);
    expect([status, body.code]).to.deep.equal([409, 'paper.not_served']);
    expect((await on.serve('none', served('2026-09-30').直接送达)).status).to.equal(404);
  });

  it('terms run only for what can be fought: none on a notice, none where it is a complaint (B.3)', async () => {
    const now = served('2026-09-30');
    const walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    await walk.act('county-window', 'ACCEPT');
    const acceptance = await on.paperOf(walk.id, 'acceptance');
    expect(acceptance).to.include({ decides: false, waiting: null });
    const none = { reviewUntil: null, sueUntil: null };
    expect((await on.serve(acceptance.id, now.直接送达)).body).to.include(none);
    const complaint = await on.refused('SW-03');
    expect((await on.serve(complaint.id, now.直接送达)).body).to.include({ servedOn: '2026-09-30', ...none });
  });

  it('what is collected at the counter was served there: directly, or through whoever came', async () => {
    for (const collector of ['本人', '代领']) {
      const walk = await openCase(house, 'NY-04');
      await walk.act('village', 'FILE');
      const { take } = county(house);
      for (const event of ['ACCEPT', 'FORWARD', 'RECORD_VISIT', 'FORWARD', 'APPROVE', 'ISSUE'] as const)
        await take(walk, { event });
      const approval = await on.paperOf(walk.id, 'approval');
      expect(approval.waiting).to.include({ light: 'green' });
      await walk.act('village', 'COLLECT', {
        collector,
        name: '农秀兰',
        idNumber: '532628198607049945',
        idChecked: true,
        signature: SIGNATURE,
        ...(collector === '代领' && { relation: '配偶' }),
      });
      const now = await on.paperOf(walk.id, 'approval');
      expect(now.service).to.include({
        way: collector === '本人' ? '直接送达' : '代收送达',
        servedOn: '2026-09-30',
        reviewUntil: '2026-11-30',
      });
      expect((await on.serve(approval.id, served('2026-09-30').直接送达)).status).to.equal(409);
    }
  });
});
