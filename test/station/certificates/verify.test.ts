import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { keys as keysVerb } from '../../../src/cli/keys.ts';
import { verify } from '../../../src/cli/verify.ts';
import { transact } from '../../../src/platform/db/index.ts';
import type { CodeContent } from '../../../src/platform/keys/index.ts';
import { projectRoot } from '../../../src/platform/paths.ts';
import { listCertificates } from '../../../src/station/certificates/index.ts';
import { qrOf, signaturesOf } from '../../platform/keys/pdfsig.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, visit, type Walker } from '../../walk/case.ts';
import { popplerOrSkip } from '../papers/pdf.ts';

const ADDRESS = 'https://cunban.example.cn';

const silent = (): void => {};

interface Checked {
  verdict: string;
  says: string;
  number?: string;
  differs?: { field: string; code: string | null; register: string | null }[];
}

onEachDatabase('certificates and papers are checked', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let walk: Walker;
  const folder = mkdtempSync(join(tmpdir(), 'cunban-verify-'));
  const keysFile = join(folder, 'keys.json');
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened, { CUNBAN_PUBLIC_URL: ADDRESS });
    await house.at('2026-11-30T09:00:00+08:00');
    walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    await walk.act('county-window', 'ACCEPT');
    await walk.act('ny-officer', 'FORWARD', { opinion: '材料齐全' });
    await walk.act('ny-officer', 'RECORD_VISIT', visit('2026-11-30'));
    await walk.act('ny-reviewer', 'FORWARD', { opinion: '同意' });
    await walk.act('ny-leader', 'APPROVE', { opinion: '准予许可' });
    await house.at('2026-12-02T09:00:00+08:00');
    await walk.act('county-window', 'ISSUE');
  });
  after(async () => {
    await house.close();
    await opened.drop();
    rmSync(folder, { recursive: true });
  });

  const theOne = async () => {
    const [certificate] = await listCertificates(house.service.deps.db.read, walk.id);
    if (!certificate) throw new Error('no certificate');
    return certificate;
  };
  const printed = async (path: string): Promise<Buffer> => {
    const { cookie } = await house.as('village');
    const answer = await fetch(house.url + path, { headers: { cookie, accept: 'application/json' } });
    expect(answer.status).to.equal(200);
    return Buffer.from(await answer.arrayBuffer());
  };
  const paperOf = async (kind: string): Promise<{ id: string; verify_code: string; number: string }> =>
    house.service.deps.db.read('papers').where({ case_id: walk.id, kind }).first();
  const contentOf = async (over: Partial<CodeContent> = {}): Promise<CodeContent> => {
    const { title, number, organ, issuedOn, expiresOn, holderName } = await theOne();
    const holder = `${[...holderName][0]}${'*'.repeat([...holderName].length - 1)}`;
    const day = issuedOn as string;
    return {
      kind: 'certificate',
      title,
      number,
      holder,
      organ: organ.name,
      issuedOn: day,
      expiresOn,
      ...over,
    };
  };
  const textFor = async (over: Partial<CodeContent> = {}): Promise<string> =>
    house.service.deps.signing.codeText(ADDRESS, (await theOne()).verifyCode, await contentOf(over));
  const ask = async (text: string) => house.stranger().get<Checked>(text.replace(ADDRESS, ''));
  const pageOf = async (text: string): Promise<string> => {
    const answer = await fetch(house.url + text.replace(ADDRESS, ''), { headers: { accept: 'text/html' } });
    return answer.text();
  };
  const saveKeys = async () => {
    const { body } = await house.stranger().get('/api/verify/keys');
    writeFileSync(keysFile, JSON.stringify(body));
    return body as unknown as {
      keys: { id: string; algorithm: string; until: string | null }[];
      authority: string;
    };
  };
  /** The command line in a process of its own, on the house's database. */
  const cunban = (...argv: string[]) => {
    const args = ['--import', 'tsx', 'src/cli.ts', ...argv];
    const env = { ...process.env, ...house.settings };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: projectRoot,
      env,
      encoding: 'utf8',
    });
    return { status, out: stdout.trim().split('\n'), err: stderr };
  };
  /** `cunban verify` in this process: it needs nothing but the file of keys. */
  const offline = async (text: string, on: string) => {
    const out: string[] = [];
    const code = await verify(
      [text, '--keys', keysFile, '--on', on],
      (s) => out.push(s),
      (s) => out.push(s),
    );
    return { code, out };
  };

  it('a certificate and a paper are signed by their organ, and their codes can be read off the sheet', async function () {
    popplerOrSkip(this);
    const { id, verifyCode } = await theOne();
    const approval = await paperOf('approval');
    const prints = [
      { pdf: await printed(`/api/certificates/${id}.pdf`), page: 1, code: verifyCode },
      { pdf: await printed(`/api/papers/${approval.id}.pdf`), page: 0, code: approval.verify_code },
    ];
    await saveKeys();
    for (const { pdf, page, code } of prints) {
      const [one, ...more] = signaturesOf(pdf);
      expect(more).to.deep.equal([]);
      expect(one).to.include({ isValid: true, coversAll: true });
      expect(one?.says).to.include('Signer Certificate Common Name: 富宁县农业农村局');
      const read = page === 1 ? qrOf(pdf, 1, 200) : (qrOf(pdf, 1, 200) ?? qrOf(pdf, 2, 200));
      expect(read).to.match(new RegExp(`^${ADDRESS}/verify/${code}\\?s=1`));
      const { code: exit, out } = await offline(read as string, '2026-12-02');
      expect(exit, out.join()).to.equal(0);
      expect(out).to.include('颁发机关：富宁县农业农村局');
    }
  });

  it('a scanned code is checked by page and API: the register decides, and the code must say the same', async () => {
    const text = await textFor();
    expect((await ask(text)).body).to.include({ verdict: 'valid', says: '有效' });
    const { body } = await ask(await textFor({ holder: '李**', expiresOn: '2036-12-01' }));
    expect(body).to.include({ verdict: 'mismatch', says: '码上内容与登记不符' });
    expect(body.differs?.map((d) => d.field)).to.deep.equal(['holder', 'expiresOn']);
    const page = await pageOf(await textFor({ number: '农药经许（滇）53262899999' }));
    expect(page)
      .to.include('码上内容与登记不符')
      .and.include('53262899999')
      .and.include((await theOne()).number);
  });

  it('a code that was changed, cut off or signed with another key is told', async () => {
    const text = await textFor();
    const swap = text.at(-9) === 'A' ? 'B' : 'A';
    const forged = `${text.slice(0, -9)}${swap}${text.slice(-8)}`;
    expect((await ask(forged)).body).to.include({ verdict: 'bad-signature', says: '签名不符' });
    expect(await pageOf(forged))
      .to.include('签名不符')
      .and.not.include('<p class="lead"><span class="badge done">');
    expect((await ask(text.slice(0, text.indexOf('?s=') + 8))).body).to.include({ verdict: 'unreadable' });
    const stranger = text.replace(/\?s=1.{8}/, '?s=1AAAAAAAA');
    expect((await ask(stranger)).body).to.include({ verdict: 'unknown-key', says: '不认识的密钥' });
    expect((await ask(`${text}&s=2`)).status).to.equal(422);
    const paper = await paperOf('approval');
    const borrowed = text.replace(/verify\/\w+/, `verify/${paper.verify_code}`);
    expect((await ask(borrowed)).body.verdict).to.equal('bad-signature');
    expect((await ask(text.replace(/verify\/\w+/, 'verify/0000000000000000'))).status).to.equal(404);
  });

  it('the whole text of a scan may be pasted into the form', async () => {
    const text = await textFor();
    const form = await fetch(`${house.url}/verify?code=${encodeURIComponent(text)}`, { redirect: 'manual' });
    expect(form.status).to.equal(303);
    expect(form.headers.get('location')).to.equal(text.replace(ADDRESS, ''));
    expect(await pageOf('/verify')).to.include('没有网络也能核验');
  });

  for (const [state, says] of [
    ['suspended', '暂停使用'],
    ['revoked', '已撤销'],
    ['withdrawn', '已撤回'],
    ['cancelled', '已注销'],
    ['replaced', '已被替换'],
    ['lapsed', '已过期'],
  ] as const)
    it(`${state}: the register says ${says}, whatever the code says`, async () => {
      const { db } = house.service.deps;
      const text = await textFor();
      await transact(db, (trx) => trx('certificates').where({ case_id: walk.id }).update({ state }));
      try {
        expect((await ask(text)).body.says).to.equal(says);
        expect(await pageOf(text)).to.include(says);
      } finally {
        await transact(db, (trx) =>
          trx('certificates').where({ case_id: walk.id }).update({ state: 'valid' }),
        );
      }
    });

  it('offline: valid, expired, not yet, changed, unknown, garbage; only valid exits with 0', async () => {
    const text = await textFor();
    await saveKeys();
    const { number } = await theOne();
    const valid = await offline(text, '2031-12-01');
    expect(valid.code).to.equal(0);
    expect(valid.out.slice(0, 3)).to.deep.equal(['有效', '名称：农药经营许可证', `编号：${number}`]);
    expect(valid.out.at(-1)).to.equal('有效期至：2031年12月1日');
    for (const [given, on, says] of [
      [text, '2031-12-02', '已过期'],
      [text, '2026-12-01', '尚未生效'],
      [text.replace(/.$/, (c) => (c === 'A' ? 'Q' : 'A')), '2027-01-01', '签名不符'],
      [text.replace(/\?s=1.{8}/, '?s=1AAAAAAAA'), '2027-01-01', '不认识的密钥'],
      ['https://elsewhere.example/', '2027-01-01', '读不出来，不是本系统的二维码'],
    ] as const) {
      const { code, out } = await offline(given, on);
      expect([code, out[0]]).to.deep.equal([1, says]);
    }
    expect((await offline(text, 'tomorrow')).code).to.equal(2);
    writeFileSync(keysFile, JSON.stringify({ keys: [{ id: 'x' }] }));
    expect((await offline(text, '2027-01-01')).code).to.equal(2);
    const { keys } = await saveKeys();
    writeFileSync(keysFile, JSON.stringify({ keys: keys.map((key) => ({ ...key, id: 'AAAAAAAA' })) }));
    const odd = await offline(text, '2027-01-01');
    expect(odd.code).to.equal(2);
    expect(odd.out[0]).to.include('公钥文件被改动过');
  });

  it('keys are rotated from the command line while the service runs: both count, the new one signs', async function () {
    this.timeout(180_000);
    const before = await textFor();
    const old = /s=1(.{8})/.exec(before)?.[1];
    const rotated = cunban('keys', 'rotate', '--until', '2028-06-30');
    expect(rotated.status, rotated.err).to.equal(0);
    const after = await textFor();
    const made = /s=1(.{8})/.exec(after)?.[1];
    expect(made).to.not.equal(old);
    expect(rotated.out.join()).to.include(made).and.include(old);
    const { keys, authority } = await saveKeys();
    expect(keys.map(({ id, until }) => [id, until])).to.have.deep.members([
      [old, '2028-06-30'],
      [made, null],
    ]);
    expect(authority === null || authority.startsWith('-----BEGIN CERTIFICATE-----')).to.equal(true);
    for (const text of [before, after]) {
      expect((await offline(text, '2028-06-30')).out[0]).to.equal('有效');
      expect((await ask(text)).body.verdict).to.equal('valid');
    }
    expect(await offline(before, '2028-07-01')).to.deep.include({ code: 1 });
    expect((await offline(before, '2028-07-01')).out[0]).to.equal('密钥已停用');
    expect((await offline(after, '2028-07-01')).out[0]).to.equal('有效');
    const exported = JSON.parse(cunban('keys', 'export').out.join('\n'));
    expect(exported).to.deep.equal({ keys, authority });
    const list = cunban('keys', 'list').out;
    expect(list.find((line) => line.startsWith(String(old))))
      .to.include('已更换')
      .and.include('2028-06-30');
    expect(list.find((line) => line.startsWith(String(made)))).to.include('在用');
    for (const wrong of [['rotate', '--until', 'soon'], ['list', '--until', '2028-06-30'], ['burn'], []])
      expect(await keysVerb(wrong, silent, silent), wrong.join(' ')).to.equal(2);
  });

  it('SM2 on demand: codes of both kinds count side by side', async () => {
    const before = await textFor();
    house = await house.restart({ CUNBAN_PUBLIC_URL: ADDRESS, CUNBAN_QR_ALGORITHM: 'sm2' });
    const after = await textFor();
    const { keys } = await saveKeys();
    expect(keys.find(({ id }) => after.includes(`s=1${id}`))?.algorithm).to.equal('sm2');
    for (const text of [before, after]) {
      expect((await ask(text)).body.verdict).to.equal('valid');
      expect((await offline(text, '2027-01-01')).code).to.equal(0);
    }
    const forged = after.replace(
      /\.(.)([^.]*)\.([^.]*)$/,
      (_, c, rest, sig) => `.${c === 'A' ? 'B' : 'A'}${rest}.${sig}`,
    );
    expect((await ask(forged)).body.verdict).to.equal('bad-signature');
  });

  it('nobody may ask without end', async () => {
    const answers = [];
    for (let i = 0; i < 61; i++) answers.push((await ask('/api/verify/keys')).status);
    expect(answers.at(-1)).to.equal(429);
  });
});
