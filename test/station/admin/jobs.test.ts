/** Work after a decision that does not succeed: noticed, looked at without a case, tried again, set aside. */
import { expect } from 'chai';
import { transact } from '../../../src/platform/db/index.ts';
import { enqueue } from '../../../src/platform/jobs/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { inputValue, open, sendPlain } from '../pages/browser.ts';

onEachDatabase('jobs of the system administrator', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let keeper: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened, { LOG_LEVEL: 'fatal' });
    await house.at('2026-09-28T09:00:00+08:00');
    keeper = await house.as('sysadmin');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const order = (caseId: string, seq: number, ordinal = 0) => {
    const { deps } = house.service;
    const effect = { type: 'standing' } as const;
    return transact(deps.db, (trx) =>
      enqueue(trx, deps, [
        { effect: 'standing', payload: { caseId, seq, effect }, caseId, eventSeq: seq, ordinal },
      ]),
    );
  };
  const rows = () => house.service.deps.db.read('outbox').where({ effect: 'standing', event_seq: 90 });
  const press = async (path: string, fields: [string, string][] = []) => {
    const { html } = await open(keeper, '/admin/jobs');
    return sendPlain(keeper, path, [['_request', inputValue(html, '_request')], ...fields]);
  };
  const audited = (act: string) => house.service.deps.db.read('audit').where({ act });

  it('is for nobody else: not the other administrators, not those who do case work', async () => {
    for (const login of ['secadmin', 'auditor', 'village', 'mz-leader'])
      expect((await open(await house.as(login), '/admin/jobs')).status, login).to.equal(403);
    for (const login of ['village', 'mz-leader', 'inspector'])
      expect((await open(await house.as(login), '/admin')).status, login).to.equal(403);
    const audit = await open(await house.as('auditor'), '/admin');
    expect(audit.html).to.include('/admin/audit').and.not.include('/admin/jobs');
    expect((await open(house.stranger(), '/admin')).location).to.equal('/sign-in?next=%2Fadmin');
  });

  it('an effect that fails again and again is parked, and the front page says so', async () => {
    expect((await open(keeper, '/admin')).html).to.include('没有搁置的');
    const walk = await openCase(house, 'WJ-01');
    await order(walk.id, 90);
    for (const day of ['01', '02', '03']) await house.at(`2026-10-${day}T12:00:00+08:00`);
    for (let hour = 13; hour < 22; hour++) await house.at(`2026-10-03T${hour}:01:00+08:00`);
    const [row] = await rows();
    expect(row).to.include({ state: 'parked', attempts: 8 });
    expect((await open(keeper, '/admin')).html).to.include('1 件搁置，要处理');
    const page = await open(keeper, '/admin/jobs');
    expect(page.html).to.include('更新证照和待遇').and.include('1 件要处理');
    expect(page.html).not.to.include('532628103201');
  });

  it('tried again it fails again, and waits; set aside it stays so; each act is written down', async () => {
    const [{ id }] = await rows();
    expect((await press(`/admin/jobs/${id}/retry`)).location).to.equal('/admin/jobs');
    expect((await rows())[0]).to.include({ state: 'waiting', attempts: 1 });
    expect((await open(keeper, '/admin/jobs?state=waiting')).html).to.include('试过 1 次');
    await press(`/admin/jobs/${id}/park`);
    expect((await rows())[0].state).to.equal('parked');
    for (const login of ['secadmin', 'auditor', 'mz-leader']) {
      const client = await house.as(login);
      expect((await sendPlain(client, `/admin/jobs/${id}/retry`, [])).status, login).to.equal(403);
      expect(
        (await sendPlain(client, '/admin/jobs/release', [['effect', 'standing']])).status,
        login,
      ).to.equal(403);
    }
    expect((await rows())[0].state).to.equal('parked');
    await press('/admin/jobs/release', [['effect', 'standing']]);
    expect((await rows())[0]).to.include({ state: 'waiting', attempts: 0 });
    expect((await audited('job.retry'))[0]).to.include({ subject: id });
    expect(JSON.parse((await audited('job.retry-all'))[0].detail)).to.deep.equal({
      effect: 'standing',
      jobs: 1,
    });
    expect(await audited('job.park')).to.have.length(1);
  });

  it('what is in hand or done is left alone', async () => {
    const [{ id }] = await rows();
    const outbox = house.service.deps.db.write('outbox').where({ id });
    await outbox.clone().update({ leased_until: '2026-10-04T00:00:00.000Z', state: 'waiting' });
    const answer = await press(`/admin/jobs/${id}/park`);
    expect(decodeURIComponent(answer.headers.get('set-cookie') ?? '')).to.include('正在进行');
    expect((await rows())[0].state).to.equal('waiting');
    await outbox.clone().update({ leased_until: null, state: 'done' });
    await press(`/admin/jobs/${id}/retry`);
    expect((await rows())[0].state).to.equal('done');
    expect((await open(keeper, '/admin/jobs?state=done')).html).to.include(id.slice(-8));
  });

  it('a long list is paged by key', async () => {
    const { db } = house.service.deps;
    const [{ id: _, ...like }] = await rows();
    await db.write('outbox').insert(
      Array.from({ length: 65 }, (__, i) => ({
        ...like,
        id: `0000000000000000000000${String(i).padStart(4, '0')}`,
        ordinal: 100 + i,
        state: 'parked',
      })),
    );
    const seen: string[] = [];
    for (let path: string | null = '/admin/jobs?state=parked'; path !== null; ) {
      const { html } = await open(keeper, path);
      seen.push(...[...html.matchAll(/<code class="help">([0-9a-z]{8})</g)].map((m) => m[1] as string));
      path = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? null;
    }
    expect(new Set(seen).size).to.equal(65);
    expect(seen).to.deep.equal([...seen].sort());
  });
});
