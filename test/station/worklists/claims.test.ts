import { expect } from 'chai';
import { disableAccount } from '../../../src/people/accounts/index.ts';
import type { CaseView, ClaimScene, ListPage } from '../../../src/station/cases/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, exampleForm, openHouse, PNG, type TestHouse } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { inputValue, open, sendPlain } from '../pages/browser.ts';
import { fileFor, join, TOWN, VILLAGE } from './town.ts';

onEachDatabase('claims', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let window: Client;
  let second: Client;
  let secondId: string;

  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-23T09:00:00+08:00');
    secondId = await join(house, 'second-window', '钱二妹', [['window', TOWN]]);
    window = await house.as('town-window');
    second = await house.as('second-window');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const filed = async (): Promise<Walker> => (await fileFor(house, 'MZ-02', ['李国华']))[0] as Walker;
  const claim = (client: Client, { id }: Walker, key?: string) =>
    client.post<ClaimScene & { code?: string; by?: string }>(
      `/api/cases/${id}/claim`,
      {},
      key ? { 'idempotency-key': key } : {},
    );
  const accept = async (client: Client, { id }: Walker) => {
    const { body } = await client.get<CaseView>(`/api/cases/${id}`);
    const { version } = body;
    return client.post<{ code?: string; by?: string }>(`/api/cases/${id}/events`, {
      event: 'ACCEPT',
      version,
      data: {},
    });
  };
  const inbox = async (client: Client, query: string) =>
    (await client.get<ListPage>(`/api/inbox?limit=100&${query}`)).body.cases;

  it('lets the claimer alone act, names him to the others, and ends when the case leaves the desk', async () => {
    const walk = await filed();
    const { status, body } = await claim(window, walk);
    expect(status).to.equal(200);
    expect(body).to.include({ mayClaim: false, mayRelease: true });
    const refused = await accept(second, walk);
    expect([refused.status, refused.body.code, refused.body.by]).to.deep.equal([
      409,
      'case.claimed',
      '李春燕',
    ]);
    expect((await claim(second, walk)).body.code).to.equal('case.claimed');
    const seen = (await second.get<CaseView>(`/api/cases/${walk.id}`)).body;
    expect(seen.claims).to.deep.include.members([
      { name: '李春燕', role: 'window', orgName: '剥隘镇', isMine: false, isHere: true },
    ]);
    expect(seen.possible.find((p) => p.event === 'ACCEPT')?.allowed).to.equal(false);
    expect((await inbox(second, 'claim=free')).map((c) => c.id)).not.to.include(walk.id);
    expect((await inbox(window, 'claim=mine')).map((c) => c.id)).to.include(walk.id);
    expect((await accept(window, walk)).status).to.equal(200);
    expect(await house.service.deps.db.read('case_claims').where({ case_id: walk.id })).to.deep.equal([]);
    expect((await inbox(window, 'claim=mine')).map((c) => c.id)).not.to.include(walk.id);
  });

  it('is one person’s when two claim at the same moment', async () => {
    for (const walk of await fileFor(house, 'MZ-02', ['李一华', '李二华', '李三华', '李四华', '李五华'])) {
      const answers = await Promise.all([claim(window, walk), claim(second, walk)]);
      expect(answers.map((a) => a.status).sort()).to.deep.equal([200, 409]);
      expect((await claim(answers[0].status === 200 ? window : second, walk)).status).to.equal(200);
    }
  });

  it('does not stand in the way of other desks, the applicant and the clock', async () => {
    const walk = await filed();
    await claim(window, walk);
    await walk.act('village', 'WITHDRAW', { reason: '不办了' });
    const silent = await filed();
    await claim(window, silent);
    await house.at('2026-12-08T09:00:00+08:00');
    expect((await silent.reload('village')).dates.deemed).to.equal(true);
  });

  it('keeps the form and the materials of a correction for the clerk who claimed it', async () => {
    await join(house, 'second-clerk', '农大妹', [['clerk', VILLAGE]]);
    const [clerk, other] = [await house.as('village'), await house.as('second-clerk')];
    const walk = await filed();
    await walk.act('town-window', 'REQUEST_CORRECTION', {
      faults: [{ target: '/form/applicant/phone', reason: '号码打不通' }],
    });
    expect((await claim(clerk, walk)).status).to.equal(200);
    const { view } = walk;
    const { version } = view;
    const form = exampleForm(house.service, 'MZ-02');
    const { id: material = '' } = view.materials[0] ?? {};
    const save = (client: Client) =>
      client.send<{ code?: string; by?: string }>('PUT', `/api/cases/${walk.id}/form`, { form, version });
    const upload = (client: Client) => {
      const body = new FormData();
      body.set('material', material);
      body.set('file', new Blob([PNG]), '补正照片.png');
      return client.post<{ files?: [{ id: string }]; code?: string }>(
        `/api/cases/${walk.id}/materials`,
        body,
      );
    };
    const file = (await upload(clerk)).body.files?.[0].id;
    const answers = [
      await save(other),
      await upload(other),
      await other.send<{ code?: string }>('DELETE', `/api/cases/${walk.id}/materials/${file}`),
      await other.post<{ code?: string }>(`/api/cases/${walk.id}/materials/${file}`, { act: 'turn' }),
    ];
    expect(answers.map((a) => [a.status, a.body.code])).to.deep.equal(Array(4).fill([409, 'case.claimed']));
    const page = await sendPlain(other, `/cases/${walk.id}/edit`, [['version', String(version)]]);
    expect(page.status).to.equal(409);
    expect(page.html).to.include('由农秀兰领办');
    expect((await save(clerk)).status).to.equal(200);
  });

  it('is given back, and may then be claimed by another; only by whoever has it', async () => {
    const walk = await filed();
    await claim(window, walk);
    const release = (client: Client) =>
      client.send<{ code?: string }>('DELETE', `/api/cases/${walk.id}/claim`);
    expect((await release(second)).body.code).to.equal('case.not_claimed');
    expect((await release(window)).status).to.equal(200);
    expect((await claim(second, walk)).status).to.equal(200);
  });

  it('is handed to a colleague of the desk with a note that he alone reads', async () => {
    const walk = await filed();
    await claim(window, walk);
    const hand = (to: string) =>
      window.post<{ code?: string }>(`/api/cases/${walk.id}/claim/hand-over`, { to, note: '请核对户口本' });
    const [officer] = await house.service.deps.db.read('accounts').where({ login: 'town-mz' });
    expect((await hand(officer.id)).status).to.equal(422);
    expect((await hand(secondId)).status).to.equal(200);
    const [line] = await inbox(second, 'claim=handed');
    expect(line?.claims).to.deep.equal([
      { name: '钱二妹', isMine: true, fromName: '李春燕', note: '请核对户口本' },
    ]);
    const told = (await inbox(window, '')).find((c) => c.id === walk.id);
    expect(told?.claims).to.deep.equal([{ name: '钱二妹', isMine: false, fromName: '李春燕', note: '' }]);
    expect((await second.get('/api/inbox/counts')).body).to.include({ handed: 1 });
    expect((await open(second, '/inbox?claim=handed')).html)
      .to.include('请核对户口本')
      .and.include('李春燕转来');
    const sealed = await house.service.deps.db.read('case_claims').where({ case_id: walk.id });
    expect(JSON.stringify(sealed)).not.to.include('户口本');
  });

  it('belongs to those who sit there: no other desk, no draft, no foreign case', async () => {
    const walk = await filed();
    expect((await claim(await house.as('town-mz'), walk)).body.code).to.equal('case.not_allowed');
    expect((await claim(await house.as('village2'), walk)).status).to.equal(404);
    const draft = await openCase(house, 'MZ-02');
    expect((await claim(await house.as('village'), draft)).body.code).to.equal('case.not_claimable');
  });

  it('is answered once for its key', async () => {
    const walk = await filed();
    expect((await claim(window, walk, 'once-1')).status).to.equal(200);
    await window.send('DELETE', `/api/cases/${walk.id}/claim`);
    expect((await claim(window, walk, 'once-1')).status).to.equal(200);
    expect(await house.service.deps.db.read('case_claims').where({ case_id: walk.id })).to.deep.equal([]);
  });

  it('works with plain forms: claimed and given back on the page of the case', async () => {
    const walk = await filed();
    expect((await open(window, `/cases/${walk.id}`)).html).to.include('还没有人领办');
    const sent = await sendPlain(window, `/cases/${walk.id}/claim`, []);
    expect([sent.status, sent.location]).to.deep.equal([303, `/cases/${walk.id}`]);
    expect((await open(second, `/cases/${walk.id}`)).html)
      .to.include('李春燕')
      .and.include('领办');
    const forced = await sendPlain(second, `/cases/${walk.id}/claim`, []);
    expect(forced.status).to.equal(409);
    expect(forced.html).to.include('由李春燕领办');
    await sendPlain(window, `/cases/${walk.id}/release`, []);
    expect((await open(second, `/cases/${walk.id}`)).html).to.include('还没有人领办');
  });

  it('during leave the absent one’s desk lies in the deputy’s inbox, marked, and what he claimed is taken over', async () => {
    const absent = await house.as('county-window');
    const [mine, theirs] = (await fileFor(house, 'NY-04', ['何一', '何二'])) as [Walker, Walker];
    await claim(absent, theirs);
    const { html } = await open(absent, '/account/leave');
    const [deputy] = await house.service.deps.db.read('accounts').where({ login: 'town-window' });
    const sent = await sendPlain(absent, '/account/leave', [
      ['_request', inputValue(html, '_request')],
      ['deputy', deputy.id],
      ['from', '2026-12-09'],
      ['to', '2026-12-10'],
      ['post', 'all'],
      ['reason', '年休假'],
    ]);
    expect(sent.status).to.equal(303);
    expect((await inbox(window, 'item=NY-04')).map((c) => c.id)).not.to.include(mine.id);
    await house.at('2026-12-09T09:00:00+08:00');
    const lines = await inbox(window, 'item=NY-04');
    expect(lines.map((c) => c.id)).to.include.members([mine.id, theirs.id]);
    expect(lines.every((c) => c.standsFor === '何佳慧')).to.equal(true);
    expect((await inbox(window, 'item=MZ-02')).every((c) => c.standsFor === null)).to.equal(true);
    expect((await open(window, '/inbox?item=NY-04')).html).to.include('代何佳慧');
    expect((await accept(window, theirs)).body.code).to.equal('case.claimed');
    expect((await claim(window, theirs)).status).to.equal(200);
    expect((await accept(window, theirs)).status).to.equal(200);
    await house.at('2026-12-11T09:00:00+08:00');
    expect((await inbox(window, 'item=NY-04')).map((c) => c.id)).not.to.include(mine.id);
  });

  it('of somebody who no longer sits there is taken over, and that is written down', async () => {
    const walk = await filed();
    await claim(second, walk);
    await disableAccount(house.service.deps, 'console', secondId, '调离');
    expect((await accept(window, walk)).body.code).to.equal('case.claimed');
    expect((await claim(window, walk)).status).to.equal(200);
    expect((await accept(window, walk)).status).to.equal(200);
    const audit = await house.service.deps.db
      .read('audit')
      .where({ act: 'case.take-over', subject: walk.id });
    expect(audit).to.have.length(1);
  });
});
