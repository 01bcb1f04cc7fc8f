import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UTCTime } from 'asn1js';
import { expect } from 'chai';
import PDFDocument from 'pdfkit';
import { bits, block, bytesOf, int, none, oid, seq, set, utf8 } from '../../../src/platform/keys/der.ts';
import { popplerOrSkip, textOf } from '../../station/papers/pdf.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, PNG, type TestHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { signaturesOf } from './pdfsig.ts';

const BY = {
  organId: '532628-MZ',
  organName: '富宁县民政局',
  reason: '颁发最低生活保障证',
  at: '2026-09-28T01:40:00.000Z',
};

/** A PDF of two pages; the first has an annotation already. */
function samplePdf(): Promise<Buffer> {
  return new Promise((resolve) => {
    const doc = new PDFDocument({ info: { CreationDate: new Date(BY.at) } });
    const parts: Buffer[] = [];
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => resolve(Buffer.concat(parts)));
    doc.text('one', { link: 'https://cunban.example' });
    doc.addPage().text('two');
    doc.end();
  });
}

/** Text strings of the signature dictionary, read as a PDF reader reads them. */
const wordsOf = (pdf: Buffer, key: string): string => {
  const [, hex = ''] = new RegExp(`/${key} <FEFF([0-9A-F]+)>`).exec(pdf.toString('latin1')) ?? [];
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
};

/** A certificate that an organ might have been given, until a day. */
function certificateFor(key: KeyObject, publicKey: KeyObject, name: string, until: string): string {
  const algorithm = () => seq(oid('1.2.840.113549.1.1.11'), none());
  const named = () => seq(set(seq(oid('2.5.4.3'), utf8(name))));
  const time = (text: string) => new UTCTime({ valueDate: new Date(text) });
  const body = seq(
    int(7),
    algorithm(),
    named(),
    seq(time('2020-01-01T00:00:00Z'), time(until)),
    named(),
    block(publicKey.export({ type: 'spki', format: 'der' })),
  );
  const der = bytesOf(seq(body, algorithm(), bits(sign('sha256', bytesOf(body), key))));
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

onEachDatabase('signatures of organs', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let pdf: Buffer;
  const folders: string[] = [];
  before(async function () {
    popplerOrSkip(this);
    opened = await engine.open();
    house = await openHouse(opened);
    pdf = await samplePdf();
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  const signed = (over: Partial<typeof BY> = {}) => house.service.deps.signing.sign(pdf, { ...BY, ...over });
  const folderWith = (files: Record<string, string>): string => {
    const folder = mkdtempSync(join(tmpdir(), 'cunban-organs-'));
    folders.push(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  };

  it('hold for the whole file, and name the organ in Chinese', async () => {
    const file = await signed();
    const [one, ...more] = signaturesOf(file);
    expect(more).to.deep.equal([]);
    expect(one).to.include({ isValid: true, coversAll: true });
    expect(one?.says).to.include('Signer Certificate Common Name: 富宁县民政局');
    expect(one?.says).to.include('CN=富宁县民政局,O=村办演示，不具有法律效力,C=CN');
    expect(one?.says).to.include('Signature Type: ETSI.CAdES.detached');
    expect(wordsOf(file, 'Name')).to.equal(BY.organName);
    expect(wordsOf(file, 'Reason')).to.equal(BY.reason);
    expect(file.toString('latin1')).to.include("/M (D:20260928094000+08'00')");
  });

  it('the same print signed again is the same bytes; the file itself is only added to', async () => {
    const file = await signed();
    expect((await signed()).equals(file)).to.equal(true);
    expect(file.subarray(0, pdf.length).equals(pdf)).to.equal(true);
  });

  it('one byte changed anywhere, and the signature does not hold', async () => {
    const file = await signed();
    const text = file.toString('latin1');
    const open = text.indexOf('/Contents <30') + '/Contents <'.length;
    const close = text.indexOf('>', open);
    const places = Array.from({ length: 24 }, (_, i) => Math.floor((i * file.length) / 24)).filter(
      (at) => at < open || at > close,
    );
    // And within the CMS: the digest of the file, and the value of the signature at its end.
    const digest = text.indexOf('2a864886f70d01090431220420', open) + 30;
    const value = open + text.slice(open, close).replace(/(00)+$/, '').length - 20;
    places.push(digest, value);
    for (const at of places) {
      const changed = Buffer.from(file);
      changed[at] =
        at >= open && at < close ? (changed[at] === 0x31 ? 0x32 : 0x31) : (file[at] as number) ^ 1;
      expect(
        signaturesOf(changed).some(({ isValid, coversAll }) => isValid && coversAll),
        `byte ${at}`,
      ).to.equal(false);
    }
    const longer = Buffer.concat([file, Buffer.from('\n%')]);
    expect(signaturesOf(longer).some(({ isValid, coversAll }) => isValid && coversAll)).to.equal(false);
  });

  it('are made with one key for each organ and name, at the first use, sealed', async () => {
    const other = { organId: '532628103201', organName: '剥隘村村民委员会' };
    const files = await Promise.all(Array.from({ length: 5 }, () => signed(other)));
    for (const file of files) expect(file.equals(files[0] as Buffer)).to.equal(true);
    await signed({ organName: '富宁县民政和社会工作局' });
    const { db, vault } = house.service.deps;
    const rows = await db.read('signing_keys').whereNot({ purpose: 'code' }).orderBy('signs_for');
    expect(rows.map((r) => r.signs_for).sort()).to.deep.equal(
      [
        'authority',
        'pdf:532628-MZ:富宁县民政和社会工作局',
        'pdf:532628-MZ:富宁县民政局',
        'pdf:532628103201:剥隘村村民委员会',
      ].sort(),
    );
    for (const row of rows) {
      const secret = vault.open(row.private_sealed);
      expect(secret).to.have.length(43);
      expect(JSON.stringify(row)).to.not.include(secret);
    }
  });

  it('go on with the same key after a restart', async () => {
    const file = await signed();
    house = await house.restart();
    expect((await signed()).equals(file)).to.equal(true);
  });

  it('a file that is none of our prints is not signed', async () => {
    const { signing } = house.service.deps;
    const sign = (bytes: Buffer) =>
      signing.sign(bytes, BY).then(
        () => 'signed',
        (error: Error) => error.message,
      );
    expect(await sign(Buffer.from('no pdf'))).to.equal('not a finished PDF');
    expect(await sign(await signed())).to.include('classic cross-reference table');
  });

  it('come from the organ’s real certificate when there is one', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const own = certificateFor(rsa.privateKey, rsa.publicKey, '富宁县民政局（真）', '2049-01-01T00:00:00Z');
    const folder = folderWith({ '532628-MZ.key.pem': pem, '532628-MZ.cert.pem': own });
    house = await house.restart({ CUNBAN_SIGNING: folder });
    const [one] = signaturesOf(await signed());
    expect(one).to.include({ isValid: true, coversAll: true });
    expect(one?.says).to.include('Common Name: 富宁县民政局（真）');
    const [other] = signaturesOf(await signed({ organId: '532628-NY', organName: '富宁县农业农村局' }));
    expect(other?.says).to.include('O=村办演示');
    house = await house.restart({});
  });

  it('its real seal is printed in place of the drawn one', async () => {
    /** The receipt of a case that is filed now. */
    const receipt = async (): Promise<Buffer> => {
      const walk = await openCase(house, 'WJ-01');
      await walk.act('village', 'FILE');
      const clerk = await house.as('village');
      const { body } = await clerk.get<{ papers: { href: string }[] }>(`/api/cases/${walk.id}/papers`);
      const answer = await fetch(house.url + body.papers[0]?.href, { headers: { cookie: clerk.cookie } });
      return Buffer.from(await answer.arrayBuffer());
    };
    expect(textOf(await receipt())).to.include('演示章');
    const folder = folderWith({});
    writeFileSync(join(folder, '532628103201.公章.png'), PNG);
    house = await house.restart({ CUNBAN_SIGNING: folder });
    const sealed = await receipt();
    expect(textOf(sealed)).to.include('收件回执').and.not.include('演示章');
    expect(signaturesOf(sealed)[0]).to.include({ isValid: true });
    house = await house.restart({});
  });

  it('certificates that will not do are told at the start, each with its cure', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { privateKey: small, publicKey: smallPublic } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string;
    const right = certificateFor(privateKey, publicKey, '甲', '2049-01-01T00:00:00Z');
    const folder = folderWith({
      'a.key.pem': pem(privateKey),
      'b.key.pem': 'no key',
      'b.cert.pem': right,
      'c.key.pem': pem(privateKey),
      'c.cert.pem': 'no certificate',
      'd.key.pem': pem(createPrivateKey(pem(small))),
      'd.cert.pem': right,
      'e.key.pem': pem(privateKey),
      'e.cert.pem': certificateFor(privateKey, publicKey, '戊', '2021-01-01T00:00:00Z'),
      '532628-MZ.公章.png': 'no picture',
      'f.key.pem': pem(small),
      'f.cert.pem': certificateFor(small, smallPublic, '己', '2049-01-01T00:00:00Z'),
    });
    const started = async (settings: Record<string, string>) => {
      const fresh = await engine.open();
      try {
        return await openHouse(fresh, settings).then(
          () => 'started',
          (error: Error) => error.message,
        );
      } finally {
        await fresh.drop();
      }
    };
    const told = await started({ CUNBAN_SIGNING: folder });
    const lines = told.split('\n');
    expect(lines[0]).to.equal('设置有误：');
    for (const [i, words] of [
      '缺少',
      '不是未加密的 PEM 私钥',
      '没有 PEM 证书',
      '不是一对',
      '已经过期',
      '不能用来签名 PDF',
      '532628-MZ.公章.png 不是完整的 PNG 图片',
    ].entries())
      expect(lines[i + 1])
        .to.include('CUNBAN_SIGNING')
        .and.include(words);
    expect(told).to.not.include('PRIVATE KEY');
    expect(await started({ CUNBAN_SIGNING: join(folder, 'nowhere') })).to.include('不存在');
  });
});
