/** Backups: made while the house runs, checked byte by byte, and put back so that a service finds its cases. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { backup, restore } from '../../../src/cli/backup.ts';
import { readConfig } from '../../../src/config.ts';
import { type Manifest, makeBackup, restoreBackup, type Source } from '../../../src/platform/backup/index.ts';
import { claimKey, claimMode } from '../../../src/platform/db/index.ts';
import { createLog } from '../../../src/platform/log.ts';
import { startService } from '../../../src/service.ts';
import type { CaseView } from '../../../src/station/cases/index.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { type Client, houseOf, openHouse, type TestHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { inputValue, open, sendPlain } from '../pages/browser.ts';

const said: string[] = [];
const print = (s: string) => void said.push(s);
const verb = async (run: typeof backup, ...argv: string[]) => {
  said.length = 0;
  return { code: await run(argv, print, print), text: said.join('\n') };
};

const names = (folder: string) =>
  readdirSync(folder)
    .filter((n) => !n.startsWith('.'))
    .sort();
const manifestOf = (dir: string): Manifest => JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));

describe('backups', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'cunban-backups-'));
  const into = join(folder, 'shelf');
  let opened: Opened;
  let house: TestHouse;
  let keeper: Client;
  let filed: CaseView;
  before(async () => {
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened, { CUNBAN_BACKUP_DIR: into, LOG_LEVEL: 'fatal' });
    await house.at('2026-09-28T09:00:00+08:00');
    keeper = await house.as('sysadmin');
    const walk = await openCase(house, 'MZ-01');
    filed = await walk.act('village', 'FILE');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const press = async (path = '/admin/backups') => {
    const { html } = await open(keeper, '/admin/backups');
    const { status, headers } = await sendPlain(keeper, path, [['_request', inputValue(html, '_request')]]);
    return { status, flash: decodeURIComponent(headers.get('set-cookie') ?? '') };
  };
  const newest = () => join(into, names(into).at(-1) as string);
  const dataDir = () => house.settings.DATA_DIR as string;

  it('one is made every day by itself, and now when the administrator says so', async () => {
    await house.at('2026-09-29T00:10:00+08:00');
    const made = names(into).length;
    await house.at('2026-09-29T08:00:00+08:00');
    expect(names(into)).to.have.length(made);
    await house.at('2026-09-30T00:10:00+08:00');
    expect(names(into)).to.have.length(made + 1);
    expect((await press()).flash).to.include('已经备份');
    expect(names(into)).to.have.length(made + 2);
    const { html } = await open(keeper, '/admin/backups');
    expect(html)
      .to.include('最近一次：不到 1 分钟前')
      .and.include('还没有校验')
      .and.include('密钥不在备份里');
    expect(await house.service.deps.db.read('audit').where({ act: 'backup.make' })).to.have.length(1);
    for (const login of ['secadmin', 'auditor', 'village']) {
      const client = await house.as(login);
      expect((await sendPlain(client, '/admin/backups', [])).status, login).to.equal(403);
    }
  });

  it('is not whole without its rows, and holds every file but the key', () => {
    const manifest = manifestOf(newest());
    expect(manifest.rows.cases).to.equal(1);
    expect(manifest).to.include({ mode: 'rehearsal', engine: 'sqlite', keyIncluded: false });
    expect(manifest.files[0]?.path).to.equal('database.sqlite');
    const kept = readdirSync(join(dataDir(), 'files')).flatMap((d) =>
      readdirSync(join(dataDir(), 'files', d)),
    );
    expect(
      manifest.files
        .slice(1)
        .map((f) => f.path.slice(-64))
        .sort(),
    ).to.deep.equal(kept.sort());
    expect(kept.length).to.be.greaterThan(0);
    expect(names(newest())).not.to.include('secret.key');
  });

  it('copies a file once: the next backup links to it', () => {
    const [last, before] = [names(into).at(-1), names(into).at(-2)].map((n) => join(into, n as string));
    const path = manifestOf(last as string).files[1]?.path as string;
    expect(statSync(join(last as string, path)).ino).to.equal(statSync(join(before as string, path)).ino);
  });

  it('restored with its key, a service finds the case and its papers', async () => {
    const to = join(folder, 'restored');
    const done = await verb(restore, '--from', newest(), '--to', to);
    expect(done.code, done.text).to.equal(0);
    expect(done.text).to.include('还要放回密钥');
    writeFileSync(join(to, 'secret.key'), readFileSync(join(dataDir(), 'secret.key')), { mode: 0o600 });
    const config = readConfig({ ...house.settings, DATA_DIR: to, CUNBAN_BACKUP_DIR: '' });
    const again = houseOf(await startService(config, createLog('fatal')));
    try {
      const view = await (await again.as('village')).get<CaseView>(`/api/cases/${filed.id}`);
      expect(view.body.number).to.equal(filed.number);
      expect(view.body.applicant).to.deep.equal(filed.applicant);
      const [paper] = await again.service.deps.db.read('papers').whereNotNull('file_hash');
      if (paper) expect((await again.service.deps.files.get(paper.file_hash)).length).to.be.greaterThan(0);
      const [material] = await again.service.deps.db.read('case_materials');
      expect((await again.service.deps.files.get(material.file_hash)).length).to.be.greaterThan(0);
    } finally {
      await again.close();
    }
    const refused = await verb(restore, '--from', newest(), '--to', to);
    expect(refused).to.deep.include({ code: 1 });
    expect(refused.text).to.include('不是空的');
  });

  it('with another key the service does not start on it', async () => {
    const to = join(folder, 'wrong-key');
    await restoreBackup(newest(), to);
    const config = readConfig({ ...house.settings, DATA_DIR: to, CUNBAN_BACKUP_DIR: '' });
    const error = await startService(config, createLog('silent')).then(
      () => null,
      (e: unknown) => e as { code?: string },
    );
    expect(error?.code).to.equal('database.other_key');
  });

  it('a changed byte is told, and nothing is restored; a changed manifest too', async () => {
    expect((await press(`/admin/backups/${names(into).at(-1)}/verify`)).flash).to.include(
      '每个文件都与清单相符',
    );
    expect((await open(keeper, '/admin/backups')).html).to.include('相符 2026年9月30日');
    for (const path of manifestOf(newest())
      .files.map((f) => f.path)
      .slice(0, 2)) {
      const file = join(newest(), path);
      const sound = readFileSync(file);
      const changed = Buffer.from(sound);
      changed[changed.length - 1] = (changed.at(-1) as number) ^ 1;
      rmSync(file);
      writeFileSync(file, changed);
      const checked = await verb(backup, '--verify', newest());
      expect(checked).to.deep.equal({ code: 1, text: `${path} 与清单不符\n1 处不符` });
      expect((await open(keeper, '/admin/backups')).html).to.include('1 处不符，不能用');
      const to = join(folder, 'never');
      const refused = await verb(restore, '--from', newest(), '--to', to);
      expect(refused.code).to.equal(1);
      expect(refused.text).to.include('没有恢复').and.include(path);
      expect(() => readdirSync(to)).to.throw('ENOENT');
      writeFileSync(file, sound);
    }
    const manifest = join(newest(), 'manifest.json');
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace('"cases": 1', '"cases": 2'));
    expect((await verb(backup, '--verify', newest())).text).to.include('清单被改动过');
    expect((await open(keeper, '/admin/backups')).html).to.include('清单不完整');
    writeFileSync(manifest, text);
    rmSync(join(newest(), manifestOf(newest()).files[1]?.path as string));
    expect((await verb(backup, '--verify', newest())).text).to.include('缺少 files/');
  });

  it('the next backup takes nothing from one that is damaged', async () => {
    expect((await press()).flash).to.include('已经备份');
    const file = join(newest(), manifestOf(newest()).files[1]?.path as string);
    const bytes = readFileSync(file);
    rmSync(file);
    writeFileSync(file, bytes.fill(0, 40));
    expect((await verb(backup, '--verify', newest())).code).to.equal(1);
    expect((await press()).flash).to.include('已经备份');
    expect((await verb(backup, '--verify', newest())).code).to.equal(0);
  });

  it('fourteen are kept; what failed is on the page and in red', async () => {
    for (let i = 0; i < 14; i++) await press();
    expect(names(into)).to.have.length(14);
    await house.at('2026-09-30T09:00:00+08:00');
    rmSync(into, { recursive: true });
    writeFileSync(into, 'no folder');
    expect((await press()).flash).to.include('备份没有做成');
    rmSync(into);
    mkdirSync(into);
    const { html } = await open(keeper, '/admin/backups');
    expect(html).to.include('最近一次没有备份成').and.include('超过一天');
    expect((await open(keeper, '/admin')).html).to.include('badge-danger');
    await press();
    expect((await open(keeper, '/admin/backups')).html).not.to.include('最近一次没有备份成');
  });

  it('on the command line: with the key only when asked, and never without a folder', async () => {
    const source: Source = { engine: 'sqlite', file: join(dataDir(), 'rehearsal.sqlite') };
    const order = {
      source,
      dataDir: dataDir(),
      into: join(folder, 'by-hand'),
      program: '1',
      now: '2026-09-30T01:00:00.000Z',
    };
    const { dir, manifest } = await makeBackup({ ...order, withKey: true });
    expect(manifest.keyIncluded).to.equal(true);
    const to = join(folder, 'with-key');
    await restoreBackup(dir, to);
    expect(statSync(join(to, 'secret.key')).mode & 0o777).to.equal(0o600);
    expect((await verb(backup, '--verify', dir, '--to', 'x')).code).to.equal(2);
    expect((await verb(backup, '--verify', join(folder, 'nothing'))).text).to.include('没有备份清单');
    expect((await verb(restore, '--from', dir)).code).to.equal(2);
  });
});

describe('backups of PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cunban-dumps-'));
  const path = process.env.PATH;
  let opened: Opened;
  before(async function () {
    const postgres = engines.find((e) => e.name === 'postgres');
    opened = await (postgres as (typeof engines)[0]).open().catch(() => this.skip());
    await claimMode(opened.db, 'service');
    await claimKey(opened.db, '12345678');
  });
  after(async () => {
    process.env.PATH = path;
    await opened?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const order = (into: string) => ({
    source: { engine: 'postgres', url: opened.url as string } as Source,
    dataDir: folder,
    into: join(folder, into),
    now: '2026-09-30T01:00:00.000Z',
    program: '1',
    withKey: false,
  });
  /** A `pg_dump` that writes down how it was called. */
  const pretend = (script: string) => {
    writeFileSync(join(folder, 'pg_dump'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    process.env.PATH = `${folder}:/usr/bin:/bin`;
  };

  it('are dumped at the moment at which rows are counted; the password stands in no command line', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    pretend('for a in "$@"; do case "$a" in --file=*) echo "$@" > "${a#--file=}"; esac; done');
    const { dir, manifest } = await makeBackup(order('dumps'));
    const called = readFileSync(join(dir, 'database.dump'), 'utf8');
    expect(called)
      .to.match(/--format=custom --snapshot=\S+/)
      .and.include('passfile=');
    expect(called).not.to.include(`:${new URL(opened.url as string).password}@`);
    expect(manifest).to.include({ engine: 'postgres', keyId: '12345678' });
    expect(manifest.rows.meta).to.equal(2);
    expect(names(dir)).to.deep.equal(['database.dump', 'files', 'manifest.json', 'manifest.sha256']);
    const restored = await verb(restore, '--from', dir, '--to', join(folder, 'restored'));
    expect(restored.text).to.include('pg_restore --no-owner');
  });

  it('without a pg_dump that can, the exact command is told, without the password', async () => {
    const why = async () => {
      const error = await makeBackup(order('none')).then(
        () => null,
        (e: unknown) => e as Error,
      );
      return error?.message ?? '';
    };
    pretend('echo "server version mismatch" >&2; exit 1');
    expect(await why()).to.match(/server version mismatch.*pg_dump --format=custom --host=127\.0\.0\.1/);
    process.env.PATH = folder;
    rmSync(join(folder, 'pg_dump'));
    expect(await why())
      .to.include('没有 pg_dump')
      .and.not.include(':postgres@');
    expect(readdirSync(join(folder, 'none'))).to.deep.equal([]);
  });
});
