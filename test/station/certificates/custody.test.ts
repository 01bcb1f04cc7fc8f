/**
 * 证照交接: from the county to the village and into the holder's hand, each step by another person. Long because each
 * test takes the same pieces on from where the one before left them.
 */
import { expect } from 'chai';
import { listIncoming, listReady } from '../../../src/station/certificates/index.ts';
import type { CertificateView } from '../../../src/station/certificates/queries/certificate.ts';
import type { RegisterView } from '../../../src/station/certificates/queries/register.ts';
import { registerCsv } from '../../../src/station/certificates/register-file.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { exampleForm, openHouse, PNG, type TestHouse } from '../../support/service.ts';
import { collection, type Walker } from '../../walk/case.ts';
import { granted, register } from './licences.ts';

const VILLAGE = '532628103201';
const TOWNSHIP = '532628103';

onEachDatabase('the printed piece', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let walks: Walker[];
  let ids: string[];
  let r: ReturnType<typeof register>;
  const one = () => ids[0] as string;
  const two = () => ids[1] as string;
  const walkOf = (i: number) => walks[i] as Walker;
  const collect = async (walk: Walker, data: object = collection('农建国', '532628196611159910')) => {
    const client = await house.as('village');
    const { version } = (await client.get<{ version: number }>(`/api/cases/${walk.id}`)).body;
    return client.post<{ code: string; says: string; faults?: { pointer: string }[] }>(
      `/api/cases/${walk.id}/events`,
      {
        event: 'COLLECT',
        version,
        data,
      },
    );
  };
  const refusedCollect = async () => {
    const { status, body } = await collect(walkOf(0));
    expect(status).to.equal(409);
    expect(body.code).to.equal('certificate.elsewhere');
    return body.says;
  };

  before(async function () {
    this.timeout(240_000);
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    r = register(house);
    walks = [await granted(house, 'NY-04'), await granted(house, 'NY-04'), await granted(house, 'NY-04')];
    ids = await Promise.all(walks.map(async (w) => (await r.of(w)).id));
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  it('is printed by whoever keeps it, where it lies; a foreign village does not even see it', async () => {
    expect((await r.act('town-window', one(), 'print')).status).to.equal(200);
    // Printed at the township it lies there; the department's own goes the whole way.
    expect((await r.see('town-window', one())).placeName).to.equal('剥隘镇');
    expect((await r.act('ny-officer', one(), 'print')).body.code).to.equal('certificate.elsewhere');
    expect((await r.act('village2', one(), 'print')).status).to.equal(404);
    expect((await r.act('mz-officer', one(), 'print')).status).to.equal(404);
    expect((await r.act('ny-leader', two(), 'print')).status).to.equal(403);
    const back = await r.send('town-window', '532628-NY', [one()]);
    await r.receive('ny-officer', back, [one()]);
    expect(await r.see('ny-officer', one())).to.include({
      custody: 'returned',
      placeName: '富宁县农业农村局',
    });
    expect(await r.done('ny-officer', two(), 'print')).to.include({
      custody: 'printed',
      placeName: '富宁县农业农村局',
    });
    expect(await r.done('ny-officer', two(), 'print')).to.include({ custody: 'printed' });
    const prints = (await r.see('ny-officer', two())).story.filter((l) => l.act === 'PRINT');
    expect(prints.map((l) => l.by)).to.deep.equal(['岑立新', '岑立新']);
  });

  it('COLLECT is refused while it lies at the county, and says where', async () => {
    expect(await refusedCollect())
      .to.include('还在富宁县农业农村局')
      .and.include('农药经营许可证');
  });

  it('goes only to the next desk, from one place, by whoever keeps it', async () => {
    const send = (login: string, to: string, certificates: string[]) =>
      r.call<{ code: string }>(login, '/api/transfers', { to, certificates });
    expect((await send('ny-officer', VILLAGE, [one()])).body.code).to.equal('transfer.not_next');
    expect((await send('town-window', TOWNSHIP, [one()])).status).to.equal(403);
    expect((await send('ny-officer', TOWNSHIP, [ids[2] as string])).body.code).to.equal(
      'certificate.not_possible',
    );
    expect((await send('ny-officer', TOWNSHIP, [])).status).to.equal(422);
  });

  it('is on its way under a number; taken back before it is confirmed it lies where it lay (undo)', async () => {
    const sent = await r.send('ny-officer', TOWNSHIP, [one(), two()]);
    expect(sent.number).to.equal('532628-NY证交〔2026〕1号');
    expect(sent.items.map((i) => i.result)).to.deep.equal(['sent', 'sent']);
    expect(await refusedCollect()).to.include('正在送往剥隘镇');
    expect((await r.act('ny-officer', one(), 'print')).status).to.equal(409);
    expect((await listIncoming(house.service.deps.db.read, TOWNSHIP)).map((t) => t.id)).to.deep.equal([
      sent.id,
    ]);
    const cancelled = await r.call<{ state: string }>(
      'county-window',
      `/api/transfers/${sent.id}/cancel`,
      {},
    );
    expect(cancelled.body.state).to.equal('cancelled');
    expect(await r.see('ny-officer', one())).to.include({
      custody: 'returned',
      placeName: '富宁县农业农村局',
    });
    expect(await r.see('ny-officer', two())).to.include({ custody: 'printed' });
    const late = await r.call<{ code: string }>('town-window', `/api/transfers/${sent.id}/receive`, {
      received: [one()],
      note: '少一件',
    });
    expect([late.status, late.body.code]).to.deep.equal([409, 'transfer.settled']);
    expect(await listIncoming(house.service.deps.db.read, TOWNSHIP)).to.deep.equal([]);
  });

  it('what is missing is named and stays with the sender; another person confirms', async () => {
    const sent = await r.send('ny-officer', TOWNSHIP, [one(), two()]);
    const receive = (login: string, body: object) =>
      r.call<{ code: string; faults?: { pointer: string }[] }>(
        login,
        `/api/transfers/${sent.id}/receive`,
        body,
      );
    expect((await receive('ny-officer', { received: [one()] })).body.code).to.equal('not_allowed');
    // Whoever sits at both ends still needs another person.
    const { db } = house.service.deps;
    const officer = await db.read('accounts').where({ login: 'ny-officer' }).first();
    await db.write('grants').insert({
      id: 'both-ends',
      account_id: officer.id,
      role: 'window',
      org_id: TOWNSHIP,
      subtree: 0,
      valid_from: '2026-01-01',
    });
    expect((await receive('ny-officer', { received: [one()] })).body.code).to.equal('transfer.second_person');
    await db.write('grants').where({ id: 'both-ends' }).delete();
    expect((await receive('town2-window', { received: [one()] })).status).to.equal(403);
    expect((await receive('town-window', { received: [one()] })).body.faults?.[0]?.pointer).to.equal('/note');
    expect((await receive('town-window', { received: [ids[2] as string] })).status).to.equal(422);
    const got = await r.receive('town-window', sent, [one()], '清单两件，实到一件，已电话告知');
    expect(got.items.map((i) => i.result).sort()).to.deep.equal(['missing', 'received']);
    expect(await r.see('town-window', one())).to.include({ custody: 'at-township', placeName: '剥隘镇' });
    expect(await r.see('ny-officer', two())).to.include({
      custody: 'printed',
      placeName: '富宁县农业农村局',
    });
    expect(await refusedCollect()).to.include('还在剥隘镇');
  });

  it('from the township to the village; there it waits to be handed over', async () => {
    const sent = await r.send('town-window', VILLAGE, [one()]);
    expect(await refusedCollect()).to.include('正在送往');
    expect((await listReady(house.service.deps, VILLAGE)).map((c) => c.id)).to.not.include(one());
    await r.receive('village', sent, [one()]);
    const ready = (await listReady(house.service.deps, VILLAGE)).filter((c) => ids.includes(c.id));
    expect(ready.map((c) => [c.id, c.isPrinted])).to.deep.equal([
      [one(), true],
      [ids[2], false],
    ]);
    const { applicant } = exampleForm(house.service, 'NY-04') as { applicant: { name: string } };
    expect(ready[0]).to.include({
      caseId: walkOf(0).id,
      holderName: applicant.name,
      title: '农药经营许可证',
    });
  });

  it('collected: who, by what right, sealed; no longer to be sent, printed or handed over', async () => {
    expect((await collect(walkOf(0))).status).to.equal(200);
    const view = await r.see('village', one());
    expect(view).to.include({ custody: 'collected', state: 'valid' });
    const told = view.story.at(-1);
    expect(told).to.include({ act: 'COLLECT', by: '农秀兰' });
    expect(told?.says).to.deep.include({ label: '领取人', value: '农**' });
    expect(told?.says).to.deep.include({ label: '领取人证件号', value: '532628**********10' });
    expect(view.story.map((l) => l.act)).to.deep.equal([
      'RESERVE',
      'ISSUE',
      'PRINT',
      'SEND',
      'RECEIVE',
      'SEND',
      'RECALL',
      'SEND',
      'RECEIVE',
      'SEND',
      'RECEIVE',
      'COLLECT',
    ]);
    expect((await r.act('village', one(), 'print')).status).to.equal(409);
    expect((await listReady(house.service.deps, VILLAGE)).map((c) => c.id)).to.not.include(one());
  });

  it('a picture of the hand-over and the proxy’s letter are kept sealed; each look is written down', async () => {
    const keep = async (login: string, id: string, kind: string, bytes: Buffer | null) => {
      const form = new FormData();
      form.set('kind', kind);
      if (bytes) form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), '照片.png');
      return (await house.as(login)).post<{ story: { seq: number; picture: string | null }[] }>(
        `/api/certificates/${id}/pictures`,
        form,
      );
    };
    expect((await keep('village', two(), 'photo', PNG)).status).to.equal(409);
    expect((await keep('village', one(), 'moon', PNG)).status).to.equal(422);
    expect((await keep('village', one(), 'photo', null)).status).to.equal(422);
    expect((await keep('village', one(), 'photo', Buffer.from('no picture'))).status).to.equal(415);
    expect((await keep('village2', one(), 'photo', PNG)).status).to.equal(404);
    const { status, body } = await keep('village', one(), 'proxyLetter', PNG);
    expect(status).to.equal(201);
    const line = body.story.at(-1);
    expect(line?.picture).to.equal('代领委托书');
    const { cookie } = await house.as('village');
    const look = await fetch(`${house.url}/api/certificates/${one()}/pictures/${line?.seq}`, {
      headers: { cookie },
    });
    expect(look.headers.get('content-type')).to.equal('image/png');
    expect(Buffer.from(await look.arrayBuffer()).equals(PNG)).to.equal(true);
    expect((await r.call('ny-leader', `/api/certificates/${one()}/pictures/${line?.seq}`)).status).to.equal(
      403,
    );
    const { db, vault, files } = house.service.deps;
    const event = await db.read('certificate_events').where({ certificate_id: one(), act: 'ATTACH' }).first();
    const { file } = JSON.parse(vault.open(event.detail_sealed)) as { file: string };
    expect((await files.get(file)).includes(PNG)).to.equal(false);
    expect(await db.read('audit').where({ act: 'certificate.reveal', subject: one() })).to.have.lengthOf(1);
  });

  it('electronic until the counter: printed there and handed over in one act', async () => {
    const id = ids[2] as string;
    // Whoever cannot write gives a fingerprint; one of the two must be there.
    const { signature, ...unsigned } = collection('农建国', '532628196611159910');
    const refused = await collect(walkOf(2), unsigned);
    expect(refused.body.faults?.map((f) => f.pointer)).to.deep.equal(['/data/signature']);
    expect((await collect(walkOf(2), { ...unsigned, fingerprint: signature })).status).to.equal(200);
    const acts = (await r.see('village', id)).story.map((l) => l.act);
    expect(acts).to.deep.equal(['RESERVE', 'ISSUE', 'PRINT', 'COLLECT']);
  });

  it('handed back by its holder it is at the village again, and goes up from there', async () => {
    expect((await r.act('village', one(), 'turn-back', {})).status).to.equal(422);
    expect(await r.done('village', one(), 'turn-back', { reason: '持证人交回' })).to.include({
      custody: 'returned',
      placeId: VILLAGE,
    });
    const sent = await r.send('village', TOWNSHIP, [one()]);
    await r.receive('town-window', sent, [one()]);
    expect((await r.see('town-window', one())).custody).to.equal('at-township');
  });

  it('identity number finds the person’s certificates, audited; number and name find them too; nothing for a foreign village', async () => {
    const { applicant } = exampleForm(house.service, 'NY-04') as { applicant: { idNumber: string } };
    type Found = { certificates: { id: string; holderName: string }[] };
    const lookUp = (login: string) =>
      r.call<Found>(login, '/api/certificates/look-up', { idNumber: applicant.idNumber });
    expect((await lookUp('village')).body.certificates.map((c) => c.id).sort()).to.deep.equal(
      [...ids].sort(),
    );
    expect((await lookUp('village2')).body.certificates).to.deep.equal([]);
    expect((await lookUp('mz-officer')).body.certificates).to.deep.equal([]);
    const audit = await house.service.deps.db.read('audit').where({ act: 'certificate.look-up' });
    expect(audit).to.have.lengthOf(3);
    expect(JSON.stringify(audit)).to.not.include(applicant.idNumber);
    const { number } = await r.see('village', two());
    const find = async (query: string) =>
      (await r.call<Found>('ny-officer', `/api/certificates?${query}`)).body.certificates.map((c) => c.id);
    expect(await find(`text=${encodeURIComponent(number)}`)).to.deep.equal([two()]);
    expect(await find('custody=collected')).to.deep.equal([ids[2]]);
    expect(await find('state=suspended')).to.deep.equal([]);
    expect(await find('item=NY-01')).to.deep.equal([]);
    expect(await find('expiresBy=2027-01-01')).to.deep.equal([]);
    expect(await find('expiresBy=2032-01-01')).to.have.lengthOf(3);
    expect((await r.call('ny-officer', '/api/certificates?state=moon')).status).to.equal(422);
  });

  it('fields are masked until somebody asks, and that is written down', async () => {
    const { body } = await r.act('village', one(), 'reveal');
    expect(body.story.at(0)).to.include({ act: 'RESERVE' });
    const collected = (view: CertificateView) =>
      view.story.find((l) => l.act === 'COLLECT')?.says.find((s) => s.label === '领取人证件号')?.value;
    expect(collected(body)).to.equal('532628196611159910');
    expect(collected(await r.see('village', one()))).to.equal('532628**********10');
    const audit = await house.service.deps.db
      .read('audit')
      .where({ act: 'certificate.reveal', subject: one() });
    expect(audit).to.have.lengthOf(2);
    expect((await r.act('inspector', one(), 'reveal')).status).to.equal(403);
  });

  it('the register leaves the house as a spreadsheet, written down', async () => {
    const { status, body, headers } = await r.call<string>(
      'ny-officer',
      '/api/certificates/register.csv?custody=collected',
    );
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.include('text/csv');
    const lines = body.trim().split('\r\n');
    expect(lines).to.have.lengthOf(2);
    expect(lines[1]).to.include('农药经营许可证').and.include('"已领取"');
    expect(await house.service.deps.db.read('audit').where({ act: 'certificate.export' })).to.have.lengthOf(
      1,
    );
    expect((await r.call('inspector', '/api/certificates/register.csv')).status).to.equal(403);
  });

  it('a holder whose name looks like a formula is a name in the spreadsheet too', async () => {
    const { body } = await r.call<{ certificates: RegisterView[] }>('ny-officer', '/api/certificates');
    const [line] = body.certificates as [RegisterView];
    for (const name of ['=1+1', '＝1+1', '@SUM(A1)', '-1', '\n=1'])
      expect(registerCsv([{ ...line, holderName: name }])).to.include(`'${name}`);
  });

  it('the columns are what the logs come to, and a log takes no change', async () => {
    expect(await r.expectFolded()).to.equal(3);
    const { db } = house.service.deps;
    for (const change of [
      () => db.write('certificate_events').update({ act: 'ISSUE' }),
      () => db.write('certificate_events').delete(),
    ]) {
      const error = await change().then(
        () => null,
        (e: Error) => e,
      );
      expect(error?.message).to.include('append-only');
    }
  });

  it('handed over at the counter it is not sent away, though the house died before it wrote that down', async () => {
    const walk = await granted(house, 'NY-04');
    const { id } = await r.of(walk);
    await r.done('village', id, 'print');
    const { jobs } = house.service.deps;
    const { drain } = jobs;
    jobs.drain = async () => 0;
    const handed = await collect(walk);
    jobs.drain = drain;
    expect(handed.status, JSON.stringify(handed.body)).to.equal(200);
    const sent = await r.call<{ code: string }>('village', '/api/transfers', {
      to: TOWNSHIP,
      certificates: [id],
    });
    expect([sent.status, sent.body.code]).to.deep.equal([409, 'certificate.not_possible']);
    await jobs.tick();
    expect(await r.see('village', id)).to.include({ custody: 'collected' });
  }).timeout(120_000);
});
