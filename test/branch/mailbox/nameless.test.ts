/**
 * The safeguard of nameless letters (§7.1, scenario 3): a member who is signed in writes about his township, and afterwards
 * neither the database nor the log nor a backup holds anything that leads to him; those it is about know of nothing.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../../src/config.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { makeBackup } from '../../../src/platform/backup/index.ts';
import { createLog } from '../../../src/platform/log.ts';
import { programVersion, sourceOf, startService } from '../../../src/service.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, type House, houseOf } from '../../support/service.ts';
import { act, expectBlind, file, letterOf, list, read, say, TOWNSHIP } from './mail.ts';

const TITLE = '镇里的招待费';
const AGENT = 'Member-Phone/7.1';
const REQUEST = 'request-of-the-member-1';
const PHONE = '13887604321';
const DAY = '2026-10-11T16:00:00.000Z';
const INSTANT = /^\d{4}-\d\d-\d\dT/;

type Cell = string | number | null;

onEachDatabase('a nameless letter', (engine) => {
  let opened: Opened;
  let house: House;
  let folder: string;
  let member: Client;
  let code: string;
  /** What would lead to the member. */
  let traces: string[];
  let added: [table: string, row: Record<string, Cell>][];
  const log: string[] = [];
  const config = () =>
    readConfig({
      PORT: '0',
      DATA_DIR: folder,
      CUNBAN_MODE: 'rehearsal',
      ...(opened.url !== null && { DATABASE_URL: opened.url }),
    });

  before(async () => {
    opened = await engine.open();
    folder = mkdtempSync(join(tmpdir(), 'cunban-nameless-'));
    house = houseOf(await startService(config(), createLog('trace', { write: (line) => log.push(line) })));
    await house.at('2026-10-12T09:41:17+08:00');
    member = await house.as('member2');
    await member.get('/api/session');
    const { read: db } = house.service.deps.db;
    const account = await db('accounts').where({ login: 'member2' }).first();
    const session = await db('sessions').where({ account_id: account.id }).first();
    const [, token = ''] = member.cookie.split('=');
    traces = [
      account.id,
      'member2',
      '岑玉华',
      session.id,
      token,
      member.csrf,
      AGENT,
      REQUEST,
      '127.0.0.1',
      PHONE,
    ];
    const before = await dump();
    log.length = 0;
    const answer = await member.post<{ code: string }>(
      '/api/mailbox/letters',
      letterOf({ mode: 'anonymous', title: TITLE, about: TOWNSHIP, to: undefined }),
      { 'user-agent': AGENT, 'x-request-id': REQUEST, 'x-forwarded-for': '10.77.1.2' },
    );
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    code = answer.body.code;
    traces.push('10.77.1.2', code, code.replaceAll(' ', ''));
    await read(member, code);
    await say(member, code, 'CONSENT');
    const known = new Set(before.map((line) => JSON.stringify(line)));
    added = (await dump()).filter((line) => !known.has(JSON.stringify(line)));
  });
  after(async () => {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
    await opened.drop();
  });

  /** Every row of every table; what is sealed stands there opened as well. */
  async function dump(): Promise<[string, Record<string, Cell>][]> {
    const { db, vault } = house.service.deps;
    const names: { name: string }[] =
      db.dialect === 'sqlite'
        ? await db.read('sqlite_master').where({ type: 'table' }).select('name')
        : await db.read('pg_tables').where({ schemaname: 'public' }).select('tablename as name');
    const tables = names.map((t) => t.name).filter((name) => !name.startsWith('sqlite_'));
    expect(tables).to.include.members(['letters', 'audit', 'sessions', 'requests', 'messages']);
    const all: [string, Record<string, Cell>][] = [];
    for (const table of tables)
      for (const row of (await db.read(table)) as Record<string, Cell>[]) {
        const sealed = Object.entries(row).filter(([, v]) => String(v).startsWith(`v1.${vault.keyId}.`));
        all.push([
          table,
          { ...row, ...Object.fromEntries(sealed.map(([k, v]) => [`${k}:open`, vault.open(String(v))])) },
        ]);
      }
    return all;
  }

  it('adds a record, its log, the letter, whom it is about and what it says: nothing else', () => {
    expect(added.map(([table]) => table).sort()).to.deep.equal(
      ['branch_events', 'branch_records', 'letter_messages', 'letter_subjects', 'letters'].sort(),
    );
  });

  it('leaves in the database nothing that leads to the writer, opened or sealed', () => {
    for (const [table, row] of added)
      for (const [column, value] of Object.entries(row))
        for (const trace of traces) expect(String(value), `${table}.${column}`).not.to.include(trace);
    const record = added.find(([table]) => table === 'branch_records')?.[1];
    expect(record?.author_id).to.equal(null);
    expect(added.find(([table]) => table === 'branch_events')?.[1].actor_id).to.equal(null);
  });

  it('has its code nowhere in the house, nor the address, the browser and the request', async () => {
    const everything = JSON.stringify(await dump());
    for (const trace of traces.filter(
      (t) => ![traces[0], 'member2', '岑玉华', traces[3], traces[5]].includes(t),
    ))
      expect(everything, trace).not.to.include(trace);
  });

  it('knows the day, not the hour: no moment, and none within an id', () => {
    const moments = added.flatMap(([, row]) => Object.values(row).filter((v) => INSTANT.test(String(v))));
    expect(moments).not.to.be.empty;
    expect([...new Set(moments)]).to.deep.equal([DAY]);
    const ofDay = newId(DAY, (n) => Buffer.alloc(n)).slice(0, 10);
    const ids = added.flatMap(([, row]) =>
      Object.values(row).filter((v) => /^[0-9a-z]{26}$/.test(String(v))),
    );
    expect(ids).not.to.be.empty;
    for (const id of ids) expect(String(id).slice(0, 10)).to.equal(ofDay);
  });

  it('leaves no line in the log', async () => {
    await house.stranger().get('/api/items');
    await until(() => log.some((line) => line.includes('/api/items')));
    const lines = log.join('');
    expect(lines).not.to.match(/mailbox|letter/);
    for (const trace of traces) expect(lines, trace).not.to.include(trace);
  });

  const onSqlite = engine.name === 'sqlite' ? it : () => {};
  onSqlite('is in a backup, and nothing in it leads to the writer', async () => {
    const into = join(folder, 'backups');
    const order = { source: sourceOf(config()), dataDir: folder, into, now: DAY, program: programVersion };
    const { dir } = await makeBackup({ ...order, withKey: false });
    const sought = [code, code.replaceAll(' ', ''), AGENT, REQUEST, '10.77.1.2', '127.0.0.1', PHONE];
    const files = [...filesIn(dir), ...filesIn(folder).filter((f) => /sqlite/.test(f))];
    expect(files.length).to.be.greaterThan(2);
    for (const name of files)
      for (const trace of sought)
        expect(readFileSync(name).includes(Buffer.from(trace)), `${trace} in ${name}`).to.equal(false);
  });

  it('is known to the desk for tips at the level above and to nobody else, by no way of looking', async () => {
    const tips = await house.as('party-tips');
    const [letter, ...others] = (await list(tips)).letters;
    expect([letter?.title, others]).to.deep.equal([TITLE, []]);
    const id = letter?.id ?? '';
    const blind =
      'party-town secretary member member2 town-leader town-window village party-mail party-mail2 party-approver party-reviewer party-inspector party-commenter sysadmin secadmin auditor';
    for (const login of blind.split(' ')) await expectBlind(await house.as(login), id, TITLE);
    const { body } = await house.stranger().get<{ offices: unknown[] }>('/api/mailbox/numbers');
    expect(body.offices, 'not among the public numbers').to.deep.equal([]);
    await act(tips, id, 'SCREEN');
    await act(tips, id, 'START');
    await act(tips, id, 'ANSWER', { text: '已经核查，结果如下：多报的招待费已经退回。' });
    const elsewhere = await read(house.stranger(), code);
    expect(elsewhere.messages.at(-1)?.text).to.include('已经退回');
    expect((await file(tips, id)).identity).to.equal(null);
  });
});

const filesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true })
    .map((name) => join(dir, String(name)))
    .filter((name) => statSync(name).isFile());

/** A line of the log comes when the answer has left: a few turns of the loop later. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
