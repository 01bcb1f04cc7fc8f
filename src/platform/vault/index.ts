/** Sealing personal data at rest: AES-256-GCM for what must be read again, a keyed hash for what must be found. */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Vault {
  /** Tells one key from another without telling the key. */
  readonly keyId: string;
  /** `v1.<key id>.<base64url of nonce, tag and cipher text>` */
  seal(text: string): string;
  /** @throws Error when the text was tampered with, or sealed with another key */
  open(sealed: string): string;
  /** Bytes of a file: nonce, tag and cipher text behind a mark that names the key. */
  sealBytes(bytes: Uint8Array): Buffer;
  /** @throws Error as `open`; bytes without the mark were never sealed and come back as they are */
  openBytes(bytes: Buffer): Buffer;
  /** Keyed hash (hex) for exact look-up of a value that is sealed beside it. */
  blind(text: string): string;
  /** A key of 32 bytes for one purpose outside the house, such as what a browser keeps for an account; always the same. */
  keyFor(purpose: string): Buffer;
}

/** First bytes of a sealed file; no picture, PDF or bank file begins so. */
const MARK = 'cunban-sealed.v1.';
const NONCE = 12;
const TAG = 16;

const derive = (secret: Uint8Array, purpose: string) =>
  Buffer.from(hkdfSync('sha256', secret, 'cunban', purpose, 32));

/**
 * @param secret at least 32 bytes
 * @param random source of nonces, `(n) => n random bytes`
 */
export function createVault(secret: Uint8Array, random: (n: number) => Uint8Array): Vault {
  if (secret.length < 32) throw new RangeError('the secret needs at least 32 bytes');
  const sealing = derive(secret, 'seal');
  const blinding = derive(secret, 'blind');
  const keyId = createHash('sha256').update(sealing).digest('hex').slice(0, 8);
  const mark = Buffer.from(`${MARK}${keyId}.`);
  const encrypt = (bytes: Uint8Array): Buffer => {
    const nonce = random(NONCE);
    const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
    const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  };
  const decrypt = (bytes: Buffer): Buffer => {
    const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE), {
      authTagLength: TAG,
    });
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
  };
  return {
    keyId,
    seal: (text) => `v1.${keyId}.${encrypt(Buffer.from(text, 'utf8')).toString('base64url')}`,
    open(sealed) {
      const [version, id, body] = sealed.split('.');
      if (version !== 'v1' || body === undefined) throw new Error('not a sealed text');
      if (id !== keyId) throw new Error(`sealed with another key (${id})`);
      return decrypt(Buffer.from(body, 'base64url')).toString('utf8');
    },
    sealBytes: (bytes) => Buffer.concat([mark, encrypt(bytes)]),
    openBytes(bytes) {
      if (!bytes.subarray(0, MARK.length).equals(Buffer.from(MARK))) return bytes;
      const id = bytes.subarray(MARK.length, mark.length - 1).toString('latin1');
      if (id !== keyId) throw new Error(`sealed with another key (${id})`);
      return decrypt(bytes.subarray(mark.length));
    },
    blind: (text) => createHmac('sha256', blinding).update(text, 'utf8').digest('hex'),
    keyFor: (purpose) => derive(secret, `key:${purpose}`),
  };
}

/** The secret of this installation: the one configured, or a key file made at the first start (mode 0600). */
export function loadSecret(dataDir: string, configured: string | null): Uint8Array {
  if (configured !== null) return Buffer.from(configured, 'utf8');
  const file = join(dataDir, 'secret.key');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'utf8');
}
