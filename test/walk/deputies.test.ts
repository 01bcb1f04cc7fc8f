/** 代班 and the rule of the second person, wherever money and certificates change hands: a deputy is also the one he stands in for. */
import { expect } from 'chai';
import type { RunView } from '../../src/station/payouts/runs/view.ts';
import { cashRun, must, piecesOf, receivedBag, refused, VILLAGE } from '../station/cash/village.ts';
import { granted, register } from '../station/certificates/licences.ts';
import { inputValue, open, sendPlain } from '../station/pages/browser.ts';
import { send } from '../station/payouts/claims.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';
import { enrol, payDesk } from '../support/payouts.ts';
import { openHouse, type TestHouse } from '../support/service.ts';

const DAY = '2026-12-14';
const LEAVE = '2026-12-15';

onEachDatabase('a deputy confirms nothing of the one he stands in for', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let begun: Begun;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    begun = await begin();
    await away('mz-officer', 'mz-reviewer', 'leader@532628-MZ');
    await away('village', 'village2', `committee@${VILLAGE}`);
    await away('ny-officer', 'zr-leader', 'leader@532628-NY');
    await away('ny-officer', 'town2-window', 'window@532628103');
    await house.at(`${LEAVE}T09:00:00+08:00`);
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const db = () => house.service.deps.db;
  const idOf = async (login: string): Promise<string> =>
    (await db().read('accounts').where({ login }).first('id')).id;
  /** Somebody gets another's role as well: in a small office one account has both. */
  const alsoAs = async (login: string, like: string) => {
    const grant = await db()
      .read('grants')
      .where({ account_id: await idOf(like) })
      .first();
    await db()
      .write('grants')
      .insert({ ...grant, id: `${login}-as-${like}`, account_id: await idOf(login) });
  };
  /** `login` is away on the second day, `deputy` has this post of his. */
  const away = async (login: string, deputy: string, post: string) => {
    const client = await house.as(login);
    const { html } = await open(client, '/account/leave');
    const fields = { deputy: await idOf(deputy), from: LEAVE, to: LEAVE, post, reason: '年休假' };
    const sent = await sendPlain(client, '/account/leave', [
      ['_request', inputValue(html, '_request')],
      ...Object.entries(fields),
    ]);
    expect(sent.status, sent.html).to.equal(303);
  };
  const toldFor = async (act: string): Promise<unknown[]> => {
    const rows = await db().read('audit').where({ act }).orderBy('id');
    return rows.map((r: { detail: string }) => JSON.parse(r.detail).for);
  };

  interface Begun {
    run: RunView;
    debt: string | undefined;
    certificates: [string, string];
    transfer: string;
  }

  /** What one account began on the first day in one of its roles, to be confirmed in the other. */
  async function begin(): Promise<Begun> {
    await alsoAs('mz-officer', 'mz-leader');
    await alsoAs('village', 'committee');
    await alsoAs('ny-officer', 'ny-leader');
    await alsoAs('ny-officer', 'town-window');
    const r = register(house);
    const { id: one } = await r.of(await granted(house, 'NY-04'));
    const { id: two } = await r.of(await granted(house, 'NY-04'));
    await house.at(`${DAY}T09:00:00+08:00`);
    await r.done('ny-officer', two, 'print');
    const { id: transfer } = await r.send('ny-officer', '532628103', [two]);
    const proposal = { act: 'SUSPEND', reason: '待查', basis: '许可法', until: '2027-12-31' };
    await r.done('ny-officer', one, 'proposal', proposal);

    await enrol(house, { scheme: 'dibao', count: 1, first: 50 });
    const [claim] = await enrol(house, { scheme: 'disability-benefit', count: 1, first: 51 });
    const run = await payDesk(house, 'MZ').prepare('dibao', DAY.slice(0, 7));
    await cashRun(house, { count: 1, first: 60, scheme: 'elder-allowance', period: DAY.slice(0, 7) });
    await receivedBag(house);
    const clerk = await house.as('village');
    const { balance } = must(await clerk.get<{ balance: number }>('/api/cash/box'));
    must(await clerk.post('/api/cash/days/close', { day: DAY, pieces: piecesOf(balance) }));
    const owed = { entitlementId: claim?.id, amount: 100, reason: '多发' };
    const { id: debt } = must(await send(house, 'mz-officer', 'debts', owed), 201);
    must(await send(house, 'mz-officer', `debts/${debt}/write-off-proposal`, { reason: '追不回' }), 204);
    return { run, debt, certificates: [one, two], transfer };
  }

  it('runs, debts, the box of a village; each row of the log tells whom he stood in for', async () => {
    const { run, debt } = begun;
    const { version } = run;
    await refused(
      send(house, 'mz-reviewer', `runs/${run.id}/approve`, { version }),
      403,
      'payout.second_person',
    );
    await refused(send(house, 'mz-reviewer', `debts/${debt}/write-off`), 409, 'debt.second_person');
    const other = await house.as('village2');
    const at = `?village=${VILLAGE}`;
    await refused(other.post(`/api/cash/days/confirm${at}`, { day: DAY }), 403, 'cash.second_person');

    must(await send(house, 'mz-leader', `runs/${run.id}/approve`, { version }));
    must(await send(house, 'mz-reviewer', `runs/${run.id}/discard`, { version: version + 1 }));
    must(await send(house, 'mz-leader', `debts/${debt}/write-off`), 204);
    must(await other.post(`/api/cash/days/reopen${at}`, { day: DAY, reason: '漏了一笔' }));
    expect(await toldFor('payout.approve')).to.deep.equal([undefined, undefined]);
    expect(await toldFor('payout.discard')).to.deep.equal([[await idOf('mz-officer')]]);
    expect(await toldFor('cash.day.reopen')).to.deep.equal([[await idOf('village')]]);
    const log = (await open(await house.as('auditor'), '/admin/audit?act=payout.discard')).html;
    expect(log).to.include('张明远（当时代罗正芳）');
  });

  it('certificates that were sent, or are to be suspended; their log names both', async () => {
    const r = register(house);
    const [one, two] = begun.certificates;
    const { act, call, done } = r;
    await refused(act('zr-leader', one, 'proposal/confirm'), 403, 'certificate.second_person');
    const receive = (login: string) =>
      call(login, `/api/transfers/${begun.transfer}/receive`, { received: [two] });
    await refused(receive('town2-window'), 403, 'transfer.second_person');
    must(await receive('town-window'));
    must(await call('town2-window', '/api/transfers', { to: VILLAGE, certificates: [two] }), 201);
    const names = await db().read('certificate_events').where({ certificate_id: two }).orderBy('seq', 'desc');
    expect(names.slice(0, 2).map((e: { by_name: string }) => e.by_name)).to.deep.equal([
      '邓小玲（代岑立新）',
      '李春燕',
    ]);
    await done('ny-leader', one, 'proposal/confirm');
  });
});
