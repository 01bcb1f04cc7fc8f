/**
 * Money, certificates and papers on their way: what lies in the store, what each account gets to see of it, and what
 * one account may not do alone. Long because it is one house looked at from every side.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ReturnDetail } from '../../src/station/cash/queries/index.ts';
import {
  asSelf,
  type Bag,
  cashRun,
  handOut,
  must,
  piecesOf,
  receivedBag,
  sentBag,
  VILLAGE,
} from '../station/cash/village.ts';
import { granted, register } from '../station/certificates/licences.ts';
import { send } from '../station/payouts/claims.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';
import { card, dumpMoney, enrol, identity, payDesk } from '../support/payouts.ts';
import { type Client, exampleForm, openHouse, PNG, SIGNATURE, type TestHouse } from '../support/service.ts';
import { collection, openCase } from './case.ts';

const DAY = '2026-10-12';
const ITEMS = ['NY-04', 'WJ-01'];
const RECEIVER = identity(77);

const { accounts } = JSON.parse(readFileSync('data/demo-accounts.json', 'utf8')) as {
  accounts: { login: string; role: string }[];
};
/** Three departments that have something to do with it and one that has not stand for all the others. */
const OTHERS = /^(zr|ly|xm|sw|jy|yb|zj|cl|ga)-|^town-(zr|ly|ga|rs|zj)$/;
const LOGINS = accounts.map((a) => a.login).filter((login) => !OTHERS.test(login));
const ADMINISTRATORS = ['sysadmin', 'secadmin', 'auditor'];

/** Identity numbers, cards and mobile numbers anywhere in a form. */
const numbersIn = (form: unknown): string[] =>
  [...JSON.stringify(form).matchAll(/"(\d{17}[\dX]|\d{16,19}|1[3-9]\d{9})"/g)].map(([, n]) => n as string);

const OF_MONEY = [0, 1, 2, 20, 21, 22];

onEachDatabase('who may see and do what', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let clerk: Client;
  let secrets: string[];
  /** Every address of something that is there, with the accounts that get to see it; nobody else does. */
  const seenBy = new Map<string, readonly string[]>();
  const see = (logins: string, ...paths: string[]) => {
    for (const path of paths) seenBy.set(path, logins.split(' '));
  };
  /** What somebody would send to change it, with the accounts that may; nobody else is tried. */
  const acts: [path: string, body: object, mayTry: readonly string[]][] = [];

  before(async function () {
    this.timeout(120_000);
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at(`${DAY}T09:00:00+08:00`);
    clerk = await house.as('village');
    secrets = [
      ...new Set([
        RECEIVER,
        ...ITEMS.flatMap((item) => numbersIn(exampleForm(house.service, item))),
        ...OF_MONEY.flatMap((i) => [identity(i), card(i), `139${String(i).padStart(8, '0')}`]),
      ]),
    ];
    await certificates();
    await papers();
    await money();
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  async function certificates(): Promise<void> {
    const r = register(house);
    const walk = await granted(house, 'NY-04');
    const { applicant } = exampleForm(house.service, 'NY-04') as {
      applicant: { name: string; idNumber: string };
    };
    await walk.act('village', 'COLLECT', collection(applicant.name, applicant.idNumber));
    const { id } = await r.of(walk);
    const form = new FormData();
    form.set('kind', 'proxyLetter');
    form.set('file', new Blob([PNG]), '委托书.png');
    must(await clerk.post(`/api/certificates/${id}/pictures`, form), 201);
    await r.done('village', id, 'reveal');
    const { story } = await r.see('village', id);
    see(
      'village committee town-window town-ny town-leader county-window ny-officer ny-reviewer ny-leader inspector',
      `/cases/${walk.id}`,
      `/certificates/${id}`,
      `/api/certificates/${id}`,
      `/api/certificates/${id}.pdf`,
    );
    const picture = story.find((s) => s.picture !== null)?.seq;
    see('village town-window county-window ny-officer', `/api/certificates/${id}/pictures/${picture}`);
    const second = await r.of(await granted(house, 'NY-04'));
    await r.done('ny-officer', second.id, 'print');
    const sent = await r.send('ny-officer', '532628103', [second.id]);
    see('town-window county-window ny-officer', `/transfers/${sent.id}`, `/api/transfers/${sent.id}`);
    const desks = ['village', 'town-window', 'county-window', 'ny-officer'];
    acts.push(
      [`/api/certificates/${id}/print`, {}, desks],
      [`/api/certificates/${id}/turn-back`, { reason: '交回' }, desks],
      [
        `/api/certificates/${id}/proposal`,
        { act: 'SUSPEND', reason: '查', basis: '法', until: '2026-12-31' },
        ['ny-officer', 'town-ny'],
      ],
      [`/api/certificates/${id}/proposal/confirm`, {}, ['ny-leader']],
      [`/api/transfers/${sent.id}/receive`, { received: [second.id] }, ['town-window', 'county-window']],
      [`/api/transfers/${sent.id}/cancel`, {}, ['ny-officer', 'county-window']],
    );
  }

  async function papers(): Promise<void> {
    const walk = await openCase(house, 'WJ-01');
    await walk.act('village', 'FILE');
    await walk.act('town-wj', 'REJECT', {
      facts: '信息与登记不一致',
      evidence: '登记信息截图',
      reasons: [{ reason: '信息不一致', basis: '办事指南第一条' }],
      falsehood: '没有',
    });
    const { db } = house.service.deps;
    const { id } = await db.read('papers').where({ case_id: walk.id, decides: 1 }).first();
    const form = new FormData();
    form.set('file', new Blob([PNG]), '送达照片.png');
    const { evidence } = must(
      await clerk.post<{ evidence: { id: string }[] }>(`/api/papers/${id}/evidence`, form),
      201,
    );
    const data = {
      way: '代收送达',
      receiver: '同住的成年家属',
      receiverName: '黄大年',
      relation: '父亲',
      receiverId: RECEIVER,
      idChecked: true,
      place: '剥隘村',
      deliveredOn: DAY,
      signedBy: '屏幕手写',
      signature: SIGNATURE,
    };
    const service = { data, evidence: evidence.map((e) => e.id) };
    const { recordId } = must(
      await clerk.post<{ recordId: string }>(`/api/papers/${id}/services`, service),
      201,
    );
    see(
      'village committee town-window town-wj town-leader county-window wj-officer wj-reviewer wj-leader inspector',
      `/api/papers/${id}.pdf`,
      `/api/papers/${recordId}.pdf`,
      `/api/papers/${id}/evidence/${evidence[0]?.id}`,
      `/api/cases/${walk.id}/papers`,
    );
    acts.push([
      `/api/papers/${id}/services`,
      { data },
      'village town-window town-wj town-leader county-window wj-officer wj-reviewer wj-leader'.split(' '),
    ]);
  }

  async function money(): Promise<void> {
    const desk = payDesk(house, 'MZ');
    const [claim] = await enrol(house, {
      scheme: 'dibao',
      count: 3,
      first: 20,
      over: () => ({ villageId: VILLAGE }),
    });
    await cashRun(house, { count: 3, amount: (i) => 12_345 + i });
    const { db } = house.service.deps;
    const run = await db.read('payout_runs').where({ state: 'exported' }).first();
    await desk.returned(run, ({ seq, account }) =>
      seq === 1 ? { code: '9999', reason: `账号${account}已换` } : '0000',
    );
    const bag = await receivedBag(house);
    const [line, next] = bag.lines as [Bag['lines'][0], Bag['lines'][0]];
    const handed = must(await handOut(clerk, line, { ...asSelf(0), photo: SIGNATURE }), 201);
    must(await clerk.post(`/api/cash/hand-outs/${handed.id}/reveal`, {}));
    const reason = `核对账户，来电 ${RECEIVER}、13900000077、${card(77)}`;
    must(await send(house, 'mz-officer', `claims/${claim?.id}/reveal`, { reason }));
    const owed = { entitlementId: claim?.id, amount: 100, reason: '多发' };
    const { id: debt } = must(await send(house, 'mz-officer', 'debts', owed), 201);

    const department = 'mz-officer mz-reviewer mz-leader';
    const own = `village committee town-window town-mz town-leader county-window ${department}`;
    const runPath = `payouts/runs/${run.id}`;
    see(`${own} village2 town2-window inspector`, `/${runPath}`, `/api/${runPath}`, '/payouts/schemes/dibao');
    see(`${own} village2 town2-window`, `/api/${runPath}/lines`);
    see('mz-officer mz-leader', `/api/${runPath}/files/text`, `/api/${runPath}/files/workbook`);
    see('mz-leader', `/${runPath}/approve`, `/payouts/debts/${debt}/write-off`);
    see('mz-officer', `/${runPath}/export`, `/${runPath}/import`, `/payouts/debts/${debt}/repay`);
    see('mz-officer', '/payouts/schemes/dibao/new');
    see(own, `/payouts/entitlements/${claim?.id}`, `/api/payouts/claims/${claim?.id}`);
    see('village mz-officer', `/payouts/entitlements/${claim?.id}/account`);
    see(department, `/payouts/entitlements/${claim?.id}/reveal`);
    see('village committee town-mz', `/cash/bags/${bag.id}`, `/api/cash/bags/${bag.id}`);
    const { person } = await db.read('cash_lines').where({ line_id: next.lineId }).first();
    const at = `?village=${VILLAGE}`;
    see(
      'village committee',
      `/cash/hand-outs/${handed.id}`,
      `/api/cash/receipts/${handed.id}.pdf`,
      ...['/cash/days', `/cash/days/${DAY}`, '/desk', '/desk/list', `/desk/people/${person}`].flatMap((p) => [
        `${p}${at}`,
        `/api${p}${at}`,
      ]),
      `/api/cash/box${at}`,
      `/api/cash/reconciliation${at}`,
    );

    const change = { version: 1, reason: '测试一下' };
    const account = { holder: '某', bank: '某银行', number: card(99) };
    acts.push(
      ['/api/payouts/runs', { scheme: 'dibao', period: '2026-11' }, ['mz-officer']],
      [`/api/${runPath}/approve`, { version: 1 }, ['mz-leader']],
      [`/api/${runPath}/discard`, { version: 1 }, ['mz-officer', 'mz-leader']],
      [`/api/${runPath}/export`, { version: 1 }, ['mz-officer']],
      [`/api/payouts/claims/${claim?.id}/stop`, { ...change, stoppedOn: DAY }, ['mz-officer']],
      [`/api/payouts/claims/${claim?.id}/suspend`, change, ['mz-officer']],
      [`/api/payouts/claims/${claim?.id}/resume`, change, ['mz-officer']],
      [`/api/payouts/claims/${claim?.id}/way`, { ...change, way: 'cash' }, ['mz-officer']],
      [`/api/payouts/claims/${claim?.id}/account`, { ...change, account }, ['mz-officer', 'village']],
      [`/api/payouts/claims/${claim?.id}/reveal`, { reason: '看看' }, department.split(' ')],
      ['/api/payouts/debts', owed, ['mz-officer']],
      [`/api/payouts/debts/${debt}/repayments`, { amount: 1, rest: 100, receipt: '1' }, ['mz-officer']],
      [`/api/payouts/debts/${debt}/write-off-proposal`, { reason: '核销' }, ['mz-officer']],
      [`/api/payouts/debts/${debt}/write-off`, {}, ['mz-leader']],
      ['/api/cash/bags', { village: VILLAGE }, LOGINS.filter((l) => /^town-|-officer$/.test(l))],
      [`/api/cash/bags/${bag.id}/send`, {}, ['town-mz']],
      [`/api/cash/bags/${bag.id}/cancel`, { reason: '拆' }, ['town-mz']],
      [`/api/cash/bags/${bag.id}/count`, { amount: 1 }, ['village']],
      [`/api/cash/bags/${bag.id}/receive`, {}, ['committee']],
      [`/api/cash/lines/${next.lineId}/hand-out`, asSelf(1), ['village']],
      [`/api/cash/hand-outs/${handed.id}/undo`, { reason: '错' }, ['village']],
      [`/api/cash/hand-outs/${handed.id}/undo/confirm`, {}, ['committee']],
      [`/api/cash/hand-outs/${handed.id}/undo/decline`, {}, ['committee']],
      [`/api/cash/hand-outs/${handed.id}/reveal`, {}, ['village', 'committee']],
      [`/api/cash/days/close${at}`, { day: DAY, pieces: {} }, ['village']],
      [`/api/cash/days/confirm${at}`, { day: DAY }, ['committee']],
      [`/api/cash/days/reopen${at}`, { day: DAY, reason: '错' }, ['committee']],
      ['/api/cash/returns', { village: VILLAGE }, ['village']],
      [
        `/api/desk/people/${person}/hand-over${at}`,
        { ...asSelf(1), items: [{ kind: 'cash', id: next.lineId }] },
        ['village'],
      ],
    );
  }

  const asked = (path: string): Record<string, string> =>
    path.startsWith('/api/') ? {} : { accept: 'text/html' };
  const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));
  const told = async (act: string, subject?: string) =>
    (await house.service.deps.db.read('audit').where({ act, ...(subject !== undefined && { subject }) }))
      .length;

  it('no identity number, card, phone or picture can be read in any table', async () => {
    const { db } = house.service.deps;
    const rows: { name: string }[] =
      engine.name === 'sqlite'
        ? await db.read('sqlite_master').where({ type: 'table' }).select('name')
        : await db.read('pg_tables').where({ schemaname: 'public' }).select('tablename as name');
    expect(rows.length).to.be.greaterThan(50);
    // Definitions carry the forms' examples, whose persons are invented; everybody else's are sealed.
    for (const { name } of rows.filter((r) => r.name !== 'definitions')) {
      const text = JSON.stringify(await db.read(name));
      const found = [...secrets, card(77), '13900000077', 'iVBORw0KGgo'].filter((s) => text.includes(s));
      expect(found, name).to.deep.equal([]);
    }
    for (const name of [
      'payout_lines',
      'payout_files',
      'cash_hand_outs',
      'paper_services',
      'certificate_events',
    ])
      expect(await db.read(name), name).to.not.have.lengthOf(0);
  });

  it('nor in any file: bank lists, returns, scans, photographs and prints lie sealed', async () => {
    const folder = join(house.settings.DATA_DIR as string, 'files');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    expect(files.length).to.be.greaterThan(4);
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(join(parentPath, name));
      const found = [...secrets, 'PNG', '%PDF', 'HCBP1', 'HCBR1', 'PK\x03\x04'].filter((s) =>
        bytes.includes(s),
      );
      expect(found, name).to.deep.equal([]);
    }
  });

  it('each address is there for whom it concerns, and for nobody else; nobody is shown a number', async () => {
    const wrong: string[] = [];
    for (const login of [...LOGINS, null]) {
      const client = login === null ? house.stranger() : await house.as(login);
      for (const [path, logins] of seenBy) {
        const { status, body } = await client.send<unknown>('GET', path, undefined, asked(path));
        const refusals = login === null ? [401, 303] : [403, 404];
        const fits = login !== null && logins.includes(login) ? status === 200 : refusals.includes(status);
        if (!fits) wrong.push(`${login ?? 'a stranger'} ${path}: ${status}`);
        const isList = path.includes('/files/');
        const shown = isList && status === 200 ? [] : secrets.filter((s) => textOf(body).includes(s));
        if (shown.length > 0) wrong.push(`${login} ${path} shows ${shown.join(' ')}`);
      }
    }
    expect(wrong).to.deep.equal([]);
  }).timeout(120_000);

  it('nobody else acts on it, and nothing has changed when they tried', async () => {
    const { db } = house.service.deps;
    const state = async () => [
      await dumpMoney(house),
      await db.read('cash_bags').orderBy('id'),
      await db.read('cash_hand_outs').orderBy('id'),
      await db.read('certificates').orderBy('id'),
      await db.read('certificate_transfers').orderBy('id'),
      await db.read('paper_services').orderBy('id'),
    ];
    const before = await state();
    const wrong: string[] = [];
    for (const login of [...LOGINS, null]) {
      const client = login === null ? house.stranger() : await house.as(login);
      for (const [path, body, mayTry] of acts) {
        if (login !== null && mayTry.includes(login)) continue;
        const { status } = await client.post(path, body);
        if (!(login === null ? [401] : [403, 404]).includes(status))
          wrong.push(`${login} ${path}: ${status}`);
      }
    }
    expect(wrong).to.deep.equal([]);
    expect(await state()).to.deep.equal(before);
  }).timeout(120_000);

  it('administrators find no list with anybody in it', async () => {
    for (const login of ADMINISTRATORS) {
      const client = await house.as(login);
      const lists = {
        '/api/cases': 'cases',
        '/api/certificates': 'certificates',
        '/api/transfers': 'transfers',
        '/api/transfers/pieces': 'desks',
        '/api/payouts/runs': 'runs',
        '/api/payouts/claims': 'claims',
        '/api/payouts/debts': 'debts',
        '/api/payouts/report': 'schemes',
        '/api/cash/bags': 'bags',
        '/api/cash/returns': 'returns',
        '/api/cash/waiting': 'villages',
      };
      for (const [path, name] of Object.entries(lists)) {
        const { status, body } = await client.get<Record<string, unknown>>(path);
        expect([status, body[name]], `${login} ${path}`).to.deep.equal([200, []]);
      }
      for (const path of ['/api/certificates/register.csv', '/api/cash/box', '/api/desk'])
        expect((await client.get(path)).status, `${login} ${path}`).to.equal(403);
      const look = await client.post('/api/certificates/look-up', { idNumber: identity(0) });
      expect(textOf(look.body)).to.include('"certificates":[]');
    }
  });

  it('each look at a number in full is written down, without it', async () => {
    const { db } = house.service.deps;
    const run = await db.read('payout_runs').first();
    const before = await told('payout.download', run.id);
    await (await house.as('mz-officer')).get(`/api/payouts/runs/${run.id}/files/workbook`);
    expect(await told('payout.download', run.id)).to.equal(before + 1);
    const [reveal] = await db.read('audit').where({ act: 'payout.reveal' });
    expect(JSON.parse(reveal.detail).reason).to.equal(
      `核对账户，来电 532628**********${RECEIVER.slice(-2)}、139****0077、***************${card(77).slice(-4)}`,
    );
    for (const act of ['certificate.reveal', 'cash.reveal'])
      expect(await told(act), act).to.be.greaterThan(0);
    const looked = await told('desk.look-up');
    must(await clerk.get(`/api/desk?q=${identity(1).slice(-4)}`));
    expect(await told('desk.look-up')).to.equal(looked + 1);
  });

  it('a form that is opened to be filled in shows its numbers, and that is written down', async () => {
    const open = (path: string) => clerk.send<string>('GET', path, undefined, { accept: 'text/html' });
    const draft = async (form: object) =>
      must(await clerk.post<{ id: string }>('/api/cases', { item: 'WJ-01', form, draft: true }), 201).id;
    const form = exampleForm(house.service, 'WJ-01') as { applicant: { idNumber: string } };
    const full = await draft(form);
    expect((await open(`/cases/${full}/edit`)).body).to.include(form.applicant.idNumber);
    expect(await told('case.reveal', full)).to.equal(1);
    const blank = await draft({});
    expect((await open(`/cases/${blank}/edit`)).status).to.equal(200);
    expect(await told('case.reveal', blank)).to.equal(0);
  });

  it('a name said twice in an address, or one that no database keeps, is refused or passed over', async () => {
    for (const path of [
      '/desk?q=a&q=b',
      '/desk/list?day=1&day=2',
      '/cash?after=1&after=2',
      '/cash?village=1&village=2',
    ])
      expect((await clerk.send('GET', path, undefined, { accept: 'text/html' })).status, path).to.be.below(
        500,
      );
    for (const path of [
      '/api/payouts/runs/%00',
      '/verify/%00',
      '/cash/bags/%00',
      '/api/certificates?text=%00',
    ])
      expect((await clerk.get(path)).status, path).to.equal(400);
    const { status } = await clerk.post('/api/cash/returns', { village: 'a\0' });
    expect(status).to.equal(400);
  });

  it('one account with both roles is not two people: undone, sent back, written off', async () => {
    const { db } = house.service.deps;
    const both = async (login: string, like: string): Promise<() => Promise<unknown>> => {
      const idOf = async (l: string) => (await db.read('accounts').where({ login: l }).first('id')).id;
      const account_id = await idOf(login);
      const grant = await db
        .read('grants')
        .where({ account_id: await idOf(like) })
        .first();
      await db.write('grants').insert({ ...grant, id: `${login}-as-${like}`, account_id });
      return () =>
        db
          .write('grants')
          .where({ id: `${login}-as-${like}` })
          .delete();
    };
    const alone = async (answer: Promise<{ status: number; body: unknown }>, code: string) => {
      const { status, body } = await answer;
      expect([status >= 400 && status < 500, (body as { code: string }).code]).to.deep.equal([true, code]);
    };
    const asCommittee = await both('village', 'committee');
    const handed = await db.read('cash_hand_outs').first();
    must(await clerk.post(`/api/cash/hand-outs/${handed.id}/undo`, { reason: '点错了' }));
    await alone(clerk.post(`/api/cash/hand-outs/${handed.id}/undo/confirm`, {}), 'cash.second_person');
    must(await (await house.as('committee')).post(`/api/cash/hand-outs/${handed.id}/undo/confirm`, {}));
    await house.at('2026-12-28T09:00:00+08:00');
    const left = must(await clerk.get<{ balance: number }>('/api/cash/box')).balance;
    must(await clerk.post('/api/cash/days/close', { day: DAY, pieces: piecesOf(left) }));
    await alone(clerk.post('/api/cash/days/confirm', { day: DAY }), 'cash.second_person');
    must(await (await house.as('committee')).post('/api/cash/days/confirm', { day: DAY }));
    const { returns } = must(
      await clerk.post<{ returns: ReturnDetail[] }>('/api/cash/returns', { village: VILLAGE }),
      201,
    );
    await alone(clerk.post(`/api/cash/returns/${returns[0]?.id}/send`, {}), 'cash.second_person');
    await asCommittee();

    const asLeader = await both('mz-officer', 'mz-leader');
    const debt = await db.read('payout_debts').first();
    must(await send(house, 'mz-officer', `debts/${debt.id}/write-off-proposal`, { reason: '追不回' }), 204);
    await alone(send(house, 'mz-officer', `debts/${debt.id}/write-off`), 'debt.second_person');
    await asLeader();

    const asClerk = await both('town-mz', 'village');
    await cashRun(house, { count: 1, first: 90, period: '2026-12' });
    const bag = await sentBag(house);
    const office = await house.as('town-mz');
    await alone(
      office.post(`/api/cash/bags/${bag.id}/count`, { amount: bag.total / 100 }),
      'cash.second_person',
    );
    await asClerk();
  });
});
