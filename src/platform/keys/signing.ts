/** The keys of the house at work: an organ signs its PDFs, the house signs codes. Each is made at its first use. */
import { localDate } from '../../kernel/time.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { Clock } from '../clock.ts';
import { type Database, type Trx, transact } from '../db/index.ts';
import { type CmsSigner, signPdf } from '../pdf/index.ts';
import type { Vault } from '../vault/index.ts';
import { type ChainSigner, cmsSigner } from './cms.ts';
import { type CodeAlgorithm, makeKey } from './curves.ts';
import { type OrganFiles, p256Signer, sealKey } from './organ-files.ts';
import * as store from './store.ts';
import { type CodeContent, type CodeKey, keyIdOf, makeToken } from './token.ts';
import { authorityCertificate, organCertificate } from './x509.ts';

/** Who signs a print, why, and the time the print says. */
interface SignedBy {
  organId: string;
  organName: string;
  reason: string;
  at: Instant;
}

export interface Signing {
  /** The PDF with its organ's signature. Call outside transactions: the organ's first one makes its key. */
  sign(pdf: Buffer, by: SignedBy): Promise<Buffer>;
  /** The address that the QR code of a certificate or paper holds. Call outside transactions, as above. */
  codeText(publicUrl: string, code: string, content: CodeContent): Promise<string>;
  /** The picture of an organ's seal of a kind (公章, 行政许可专用章, 便民服务站章); undefined: the demonstration's is drawn. */
  sealOf(organId: string, kind: string): Buffer | undefined;
  /** Keys by which anybody checks codes, replaced ones too. */
  codeKeys(): Promise<CodeKey[]>;
  /** The demonstration authority's certificate as PEM; null before the first PDF was signed. */
  authority(): Promise<string | null>;
}

export interface KeyDeps {
  db: Database;
  vault: Vault;
  clock: Clock;
  random: (n: number) => Uint8Array;
}

export interface SigningSettings {
  /** What new codes are signed with. */
  algorithm: CodeAlgorithm;
  /** Real certificates and seals of organs; the others get those of the demonstration. */
  organs: OrganFiles;
}

export function createSigning(deps: KeyDeps, { algorithm, organs }: SigningSettings): Signing {
  const real = new Map([...organs.signers].map(([id, signer]) => [id, cmsSigner(signer)]));
  const ofDemo = new Map<string, CmsSigner>();
  const signerOf = async ({ organId, organName }: SignedBy): Promise<CmsSigner> => {
    const use = `pdf:${organId}:${organName}`;
    const known = real.get(organId) ?? ofDemo.get(use);
    if (known) return known;
    const made = cmsSigner(await demoSigner(deps, use, { id: organId, name: organName }));
    ofDemo.set(use, made);
    return made;
  };
  return {
    async sign(pdf, by) {
      return signPdf(pdf, { name: by.organName, reason: by.reason, at: by.at }, await signerOf(by));
    },
    async codeText(publicUrl, code, content) {
      const key = await codeKey(deps, algorithm);
      const secret = secretOf(deps, key);
      return `${publicUrl}/verify/${code}?s=${makeToken({ id: key.id, algorithm, secret }, code, content)}`;
    },
    sealOf: (organId, kind) => organs.seals.get(sealKey(organId, kind)),
    codeKeys: () => listCodeKeys(deps.db),
    async authority() {
      const key = await store.findCurrent(deps.db.read, AUTHORITY);
      return key ? pemOf(key) : null;
    },
  };
}

/** What the demonstration authority's key signs for. */
const AUTHORITY = 'authority';
const SERIAL_BYTES = 15;

const secretOf = ({ vault }: Pick<KeyDeps, 'vault'>, key: store.StoredKey): Buffer =>
  Buffer.from(vault.open(key.privateSealed), 'base64url');

const certificateOf = (key: store.StoredKey): Buffer => Buffer.from(key.certificate as string, 'base64');

const pemOf = (key: store.StoredKey): string =>
  `-----BEGIN CERTIFICATE-----\n${(key.certificate as string).replace(/.{64}/g, '$&\n').trim()}\n-----END CERTIFICATE-----\n`;

/** The demonstration's signer of an organ; key and certificate are made when it has none. */
async function demoSigner(
  deps: KeyDeps,
  use: string,
  organ: { id: string; name: string },
): Promise<ChainSigner> {
  const { own, authority } = await transact(deps.db, async (trx) => {
    const authority = await demoAuthority(trx, deps);
    const issuer = {
      point: Buffer.from(authority.publicPart, 'base64url'),
      secret: secretOf(deps, authority),
    };
    const own =
      (await store.findCurrent(trx, use)) ??
      (await certified(trx, deps, { purpose: 'pdf', signsFor: use, organ }, (subject) =>
        organCertificate(organ.name, subject, issuer),
      ));
    return { own, authority };
  });
  return p256Signer([certificateOf(own), certificateOf(authority)], secretOf(deps, own));
}

const demoAuthority = async (trx: Trx, deps: KeyDeps): Promise<store.StoredKey> =>
  (await store.findCurrent(trx, AUTHORITY)) ??
  certified(trx, deps, { purpose: 'authority', signsFor: AUTHORITY, organ: null }, authorityCertificate);

/** A new P-256 key with its certificate, its serial number the key's id. */
async function certified(
  trx: Trx,
  deps: KeyDeps,
  about: Pick<store.StoredKey, 'purpose' | 'organ'> & { signsFor: string },
  certify: (subject: { point: Buffer; serial: Buffer }, secret: Buffer) => Buffer,
): Promise<store.StoredKey> {
  const { secret, publicPart } = makeKey('p256', deps.random);
  // A first byte of its own keeps the number positive and of one length.
  const serial = Buffer.concat([Buffer.of(1), deps.random(SERIAL_BYTES)]);
  return store.insertOnce(trx, {
    ...about,
    ...newRow(deps, secret, publicPart),
    id: serial.toString('hex'),
    algorithm: 'p256',
    certificate: certify({ point: publicPart, serial }, secret).toString('base64'),
  });
}

function newRow({ clock, vault }: KeyDeps, secret: Buffer, publicPart: Buffer) {
  const createdAt = clock.now();
  return {
    publicPart: publicPart.toString('base64url'),
    privateSealed: vault.seal(secret.toString('base64url')),
    validFrom: localDate(createdAt),
    retiredOn: null,
    createdAt,
  };
}

const codeUse = (algorithm: CodeAlgorithm): string => `code:${algorithm}`;

/** The key that signs codes now; read each time, because `cunban keys rotate` is another program. */
const codeKey = async (deps: KeyDeps, algorithm: CodeAlgorithm): Promise<store.StoredKey> =>
  (await store.findCurrent(deps.db.read, codeUse(algorithm))) ??
  transact(deps.db, (trx) => newCodeKey(trx, deps, algorithm));

async function newCodeKey(trx: Trx, deps: KeyDeps, algorithm: CodeAlgorithm): Promise<store.StoredKey> {
  const { secret, publicPart } = makeKey(algorithm, deps.random);
  return store.insertOnce(trx, {
    ...newRow(deps, secret, publicPart),
    id: keyIdOf(algorithm, publicPart),
    purpose: 'code',
    algorithm,
    organ: null,
    certificate: null,
    signsFor: codeUse(algorithm),
  });
}

/** Public keys of codes, oldest first. */
async function listCodeKeys(db: Database): Promise<CodeKey[]> {
  const keys = await store.listKeys(db.read, 'code');
  return keys.map(({ id, algorithm, publicPart, validFrom, retiredOn }) => ({
    id,
    algorithm: algorithm as CodeAlgorithm,
    publicKey: publicPart,
    from: validFrom,
    until: retiredOn,
  }));
}

/**
 * A new key signs codes from now on; the codes of the one it replaces count until `until`, or as long as what they
 * stand on when that is null. Returns both, the new one first.
 */
export const rotateCodeKey = (
  deps: KeyDeps,
  algorithm: CodeAlgorithm,
  until: LocalDate | null,
): Promise<{ made: string; replaced: string | null }> =>
  transact(deps.db, async (trx) => {
    const old = await store.findCurrent(trx, codeUse(algorithm));
    if (old) await store.replace(trx, old.id, until);
    const { id } = await newCodeKey(trx, deps, algorithm);
    return { made: id, replaced: old?.id ?? null };
  });
