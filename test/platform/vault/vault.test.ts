import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { createFileStore, sniff } from '../../../src/platform/files/index.ts';
import { createVault, loadSecret } from '../../../src/platform/vault/index.ts';
import { refusal } from '../../support/refusal.ts';

const random = (n: number) => crypto.getRandomValues(new Uint8Array(n));

describe('vault', () => {
  const secret = random(32);
  const vault = createVault(secret, random);

  it('opens what it sealed, rare characters included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(vault.open(vault.seal(text))).to.equal(text);
      }),
    );
    expect(vault.open(vault.seal('𠮷䶮㛃'))).to.equal('𠮷䶮㛃');
  });

  it('shows nothing, and never the same twice', () => {
    const sealed = vault.seal('532628196611159910');
    expect(sealed).to.not.contain('532628');
    expect(vault.seal('532628196611159910')).to.not.equal(sealed);
  });

  it('refuses a changed text, and one sealed with another key', () => {
    const sealed = vault.seal('secret');
    const [version, key, body] = sealed.split('.');
    const bytes = Buffer.from(body as string, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i] = (bytes[i] as number) ^ 1;
      expect(() => vault.open(`${version}.${key}.${changed.toString('base64url')}`)).to.throw();
    }
    expect(() => createVault(random(32), random).open(sealed)).to.throw('another key');
    expect(() => createVault(random(8), random)).to.throw('32 bytes');
  });

  it('refuses a shortened seal, which would be easy to guess', () => {
    const [version, key, body] = vault.seal('').split('.');
    const short = Buffer.from(body as string, 'base64url').subarray(0, 12 + 4);
    expect(() => vault.open(`${version}.${key}.${short.toString('base64url')}`)).to.throw();
  });

  it('finds by a keyed hash that only this key gives', () => {
    expect(vault.blind('a')).to.equal(createVault(secret, random).blind('a'));
    expect(vault.blind('a')).to.not.equal(createVault(random(32), random).blind('a'));
  });

  it('makes its key file once, for nobody else to read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cunban-vault-'));
    const first = loadSecret(folder, null);
    expect(loadSecret(folder, null)).to.deep.equal(first);
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).to.equal(0o600);
    rmSync(folder, { recursive: true });
  });
});

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cunban-files-'));
  const vault = createVault(random(32), random);
  const files = createFileStore(folder, random, vault);
  after(() => rmSync(folder, { recursive: true }));

  it('keeps bytes by their content', async () => {
    const bytes = Buffer.from('一页材料');
    const [a, b] = await Promise.all([files.put(bytes), files.put(bytes)]);
    expect(a).to.deep.equal(b);
    expect(await files.get(a.hash)).to.deep.equal(bytes);
  });

  it('seals them on the disk, and reads those an older house kept as they were', async () => {
    const bytes = Buffer.from('6217003860000000206 农秀兰 120000');
    const { hash, size } = await files.put(bytes);
    expect(size).to.equal(bytes.length);
    const place = join(folder, hash.slice(0, 2), hash);
    expect(readFileSync(place).includes('6217003860000000206')).to.equal(false);
    expect(await files.get(hash)).to.deep.equal(bytes);
    const other = createFileStore(folder, random, createVault(random(32), random));
    expect((await refusal(other.get(hash))).message).to.contain('another key');
    const stored = readFileSync(place);
    stored[stored.length - 1] = (stored.at(-1) as number) ^ 1;
    writeFileSync(place, stored);
    expect((await refusal(files.get(hash))).message).to.contain('damaged');
    writeFileSync(place, bytes);
    expect(await files.get(hash)).to.deep.equal(bytes);
  });

  it('tells a damaged file, and refuses a name that is no hash', async () => {
    const { hash } = await files.put(Buffer.from('whole'));
    writeFileSync(join(folder, hash.slice(0, 2), hash), 'half');
    expect((await refusal(files.get(hash))).message).to.contain('damaged');
    expect((await refusal(Promise.resolve().then(() => files.get('../../etc/passwd')))).message).to.contain(
      'not a file hash',
    );
  });

  it('knows a picture by its bytes, not by its name', async () => {
    expect(await sniff(Buffer.from('%PDF-1.7\n'))).to.equal('application/pdf');
    expect(await sniff(Buffer.from('<svg/>'))).to.equal(null);
    expect(await sniff(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]))).to.equal(
      'image/jpeg',
    );
  });
});
