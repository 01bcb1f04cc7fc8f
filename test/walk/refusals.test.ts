import { expect } from 'chai';
import type { Fault } from '../../src/errors.ts';
import type { CaseView } from '../../src/station/cases/index.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';
import { type Client, exampleForm, type House, openHouse, PNG } from '../support/service.ts';
import { openCase } from './case.ts';

interface Problem {
  code: string;
  title: string;
  requestId: string;
  faults?: Fault[];
  possible?: string[];
  version?: number;
}

onEachDatabase('a clear no, and nothing lost', (engine) => {
  let opened: Opened;
  let house: House;
  let clerk: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    clerk = await house.as('village');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const form = () => exampleForm(house.service, 'MZ-01') as { applicant: { idNumber: string; name: string } };
  const cases = async () => (await house.service.deps.db.read('cases').count('* as n').first())?.n;

  /** What a client gets to see of a refusal. */
  const problem = (answer: { status: number; headers: Headers; body: unknown }, status: number): Problem => {
    expect(answer.status, JSON.stringify(answer.body)).to.equal(status);
    expect(answer.headers.get('content-type')).to.contain('application/problem+json');
    const body = answer.body as Problem;
    expect(body.title).to.match(/[一-龥]/);
    expect(body.requestId).to.equal(answer.headers.get('x-request-id'));
    return body;
  };

  it('a wrong check digit is told at its field', async () => {
    const wrong = form();
    const last = wrong.applicant.idNumber.at(-1) === '0' ? '1' : '0';
    wrong.applicant.idNumber = wrong.applicant.idNumber.slice(0, 17) + last;
    const before = await cases();
    const { code, faults } = problem(await clerk.post('/api/cases', { item: 'MZ-01', form: wrong }), 422);
    expect(code).to.equal('case.incomplete');
    expect(faults?.map((f) => f.pointer)).to.include('/form/applicant/idNumber');
    expect(await cases()).to.equal(before);
  });

  it('a signature that came over damaged is told at its field, while its writer still stands there', async () => {
    const wrong = exampleForm(house.service, 'WJ-01') as { signature: { image: string } };
    wrong.signature.image = wrong.signature.image.slice(0, -8);
    const { faults } = problem(await clerk.post('/api/cases', { item: 'WJ-01', form: wrong }), 422);
    expect(faults?.map((f) => [f.pointer, f.message])).to.deep.equal([
      ['/form/signature/image', '图片不完整，请重新签名'],
    ]);
  });

  it('an impossible date is told at its field', async () => {
    const wrong = exampleForm(house.service, 'WJ-01') as { signature: { signedOn: string } };
    wrong.signature.signedOn = '2026-02-30';
    const { faults } = problem(await clerk.post('/api/cases', { item: 'WJ-01', form: wrong }), 422);
    expect(faults?.map((f) => f.pointer)).to.deep.equal(['/form/signature/signedOn']);
  });

  it('a draft may be unfinished, and handing it in names everything at once', async () => {
    const draft = await clerk.post<CaseView>('/api/cases', { item: 'MZ-01', form: {}, draft: true });
    expect(draft.status).to.equal(201);
    const { faults } = problem(
      await clerk.post(`/api/cases/${draft.body.id}/events`, { event: 'FILE', version: 1, data: {} }),
      422,
    );
    const pointers = faults?.map((f) => f.pointer) ?? [];
    expect(pointers).to.include('/form/applicant');
    expect(pointers).to.include('/materials/authorisation');
  });

  it('an unknown item, an unknown case and an unknown event', async () => {
    expect(problem(await clerk.post('/api/cases', { item: 'XX-99', form: {} }), 404).code).to.equal(
      'item.not_found',
    );
    expect(problem(await clerk.get('/api/cases/nothing'), 404).code).to.equal('case.not_found');
    problem(await clerk.post('/api/cases/nothing/events', { event: 'DANCE', version: 1 }), 422);
  });

  it("another village's case is not there; a stranger is asked to sign in", async () => {
    const walk = await openCase(house, 'MZ-01');
    const other = await house.as('village2');
    expect(problem(await other.get(`/api/cases/${walk.id}`), 404).code).to.equal('case.not_found');
    expect(problem(await house.stranger().get(`/api/cases/${walk.id}`), 401).code).to.equal(
      'session.required',
    );
    for (const login of ['sysadmin', 'ny-officer'])
      problem(await (await house.as(login)).get(`/api/cases/${walk.id}`), 404);
  });

  it('a stale version is told what is possible now; an impossible event too', async () => {
    const walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    const window = await house.as('town-window');
    const path = `/api/cases/${walk.id}/events`;
    const stale = problem(await window.post(path, { event: 'ACCEPT', version: 1, data: {} }), 409);
    expect(stale.code).to.equal('case.stale_version');
    expect(stale.possible).to.include('ACCEPT');
    const { version } = walk.view;
    const impossible = problem(await window.post(path, { event: 'APPROVE', version, data: {} }), 409);
    expect(impossible.code).to.equal('case.event_not_possible');
    expect(impossible.possible).to.include('REQUEST_CORRECTION');
    expect(problem(await clerk.post(path, { event: 'ACCEPT', version, data: {} }), 403).code).to.equal(
      'case.not_allowed',
    );
  });

  it('a repeated request gets the first answer, and the case moves once', async () => {
    const walk = await openCase(house, 'MZ-01');
    const key = { 'idempotency-key': 'counter-7-0001' };
    const body = { event: 'FILE', version: walk.view.version, data: {} };
    const [first, second] = await Promise.all([
      clerk.post<CaseView>(`/api/cases/${walk.id}/events`, body, key),
      clerk.post<CaseView>(`/api/cases/${walk.id}/events`, body, key),
    ]);
    expect([first?.status, second?.status]).to.deep.equal([200, 200]);
    expect(first?.body.number).to.equal(second?.body.number);
    const filed = await house.service.deps.db.read('case_events').where({ case_id: walk.id, type: 'FILE' });
    expect(filed).to.have.length(1);
    await walk.act('town-window', 'ACCEPT');
    const late = await clerk.post<CaseView>(`/api/cases/${walk.id}/events`, body, key);
    expect(late.body).to.include({ state: 'acceptance.pending', version: first?.body.version });
    const other = await clerk.post(`/api/cases/${walk.id}/events`, { ...body, version: 99 }, key);
    expect(problem(other, 422).code).to.equal('request.reused');
  });

  it('uploads: too large, of a wrong kind, empty, for no such material', async () => {
    const draft = await clerk.post<CaseView>('/api/cases', { item: 'MZ-01', form: {}, draft: true });
    const upload = (bytes: Buffer, material = 'authorisation') => {
      const sent = new FormData();
      sent.set('material', material);
      sent.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), '授权书.png');
      return clerk.post(`/api/cases/${draft.body.id}/materials`, sent);
    };
    expect(problem(await upload(Buffer.alloc(11 * 1024 * 1024, 1)), 413).code).to.equal('file.too_large');
    expect(problem(await upload(Buffer.from('<svg onload=alert(1)>')), 415).code).to.equal('file.wrong_type');
    expect(problem(await upload(Buffer.alloc(0)), 422).code).to.equal('file.empty');
    expect(problem(await upload(PNG, 'nothing'), 422).code).to.equal('material.not_found');
    const good = await upload(PNG);
    expect(good.status).to.equal(201);
    expect(JSON.stringify(good.body)).to.contain('授权书.png');
    const broken = await clerk.send('POST', '/api/cases', undefined, { 'content-type': 'application/json' });
    expect(broken.status).to.be.within(400, 422);
  });

  it('a write without the session proof is refused, and so is one from another site', async () => {
    const walk = await openCase(house, 'MZ-01');
    const path = `/api/cases/${walk.id}/events`;
    const body = { event: 'WITHDRAW', version: 1, data: { reason: '不办了' } };
    expect(problem(await clerk.post(path, body, { 'x-csrf-token': 'guess' }), 403).code).to.equal(
      'session.csrf',
    );
    expect(problem(await clerk.post(path, body, { 'sec-fetch-site': 'cross-site' }), 403).code).to.equal(
      'session.csrf',
    );
  });

  it('whoever worked on a case does not decide it', async () => {
    const walk = await openCase(house, 'WJ-01');
    await walk.act('village', 'FILE');
    await walk.act('town-wj', 'RETURN', { reason: '请核对孩次' });
    await walk.act('village', 'RESUBMIT');
    expect((await walk.act('town-wj', 'APPROVE', { opinion: '一致' })).state).to.equal('handover.pending');
  });

  it('personal data at rest: no identity number or phone in any row of the database', async () => {
    await openCase(house, 'MZ-01').then((walk) => walk.act('village', 'FILE'));
    const { applicant } = form();
    for (const table of [
      'cases',
      'case_events',
      'citizens',
      'papers',
      'messages',
      'requests',
      'outbox',
      'audit',
    ]) {
      const rows = JSON.stringify(await house.service.deps.db.read(table));
      expect(rows.length, table).to.be.greaterThan(2);
      expect(rows, table).to.not.contain(applicant.idNumber);
    }
  });
});
