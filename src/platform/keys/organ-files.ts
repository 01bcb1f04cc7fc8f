/**
 * What is real of an organ, in one folder: its certificate, `<organ id>.key.pem` and `<organ id>.cert.pem`, and its
 * seals, `<organ id>.公章.png`, `<organ id>.行政许可专用章.png`, a village's `<organ id>.便民服务站章.png`.
 */
import { createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPng } from '../../kernel/png.ts';
import type { Instant } from '../../kernel/types.ts';
import { type ChainSigner, RSA_SHA256 } from './cms.ts';
import { signP256 } from './curves.ts';
import { ECDSA_SHA256 } from './x509.ts';

/** What is wrong with the folder, and what to do. */
export interface FileFault {
  problem: string;
  cure: string;
}

/** Thrown once with every fault found. Never repeats a key. */
export class OrganFilesError extends Error {
  override readonly name = 'OrganFilesError';
  readonly faults: readonly FileFault[];

  constructor(faults: readonly FileFault[]) {
    super(faults.map(({ problem, cure }) => `${problem}。${cure}`).join('\n'));
    this.faults = faults;
  }
}

const KEY = '.key.pem';
const CERTIFICATE = '.cert.pem';
const LEAST_RSA = 2048;

/** Signers by the id of their organ, and pictures of seals by organ and kind (`sealKey`). */
export interface OrganFiles {
  signers: ReadonlyMap<string, ChainSigner>;
  seals: ReadonlyMap<string, Buffer>;
}

export const sealKey = (organId: string, kind: string): string => `${organId}.${kind}`;

const SEAL = /^(.+\.(?:公章|行政许可专用章|便民服务站章))\.png$/;

/**
 * The signers and seals in a folder.
 * @throws OrganFilesError with every fault at once
 */
export function readOrganFiles(folder: string, now: Instant): OrganFiles {
  if (!existsSync(folder))
    throw new OrganFilesError([
      { problem: `文件夹“${folder}”不存在`, cure: '请填写存放机关签名证书的文件夹；没有的不要设置这一项' },
    ]);
  const faults: FileFault[] = [];
  const signers = new Map<string, ChainSigner>();
  for (const id of idsIn(folder)) {
    const read = readPair(folder, id, now);
    if ('problem' in read) faults.push(read);
    else signers.set(id, read);
  }
  const seals = new Map<string, Buffer>();
  for (const [file, key] of sealsIn(folder)) {
    const bytes = readFileSync(join(folder, file));
    if (isPng(bytes)) seals.set(key, bytes);
    else
      faults.push({
        problem: `${join(folder, file)} 不是完整的 PNG 图片`,
        cure: '请另存为 24 位或者 32 位、不隔行的 PNG，底色透明',
      });
  }
  if (faults.length > 0) throw new OrganFilesError(faults);
  return { signers, seals };
}

const sealsIn = (folder: string): [file: string, key: string][] =>
  readdirSync(folder).flatMap((file) => {
    const key = SEAL.exec(file)?.[1];
    return key === undefined ? [] : [[file, key] as [string, string]];
  });

const idsIn = (folder: string): Set<string> =>
  new Set(
    readdirSync(folder)
      .filter((file) => file.endsWith(KEY) || file.endsWith(CERTIFICATE))
      .map((file) => file.replace(/\.(key|cert)\.pem$/, '')),
  );

function readPair(folder: string, id: string, now: Instant): ChainSigner | FileFault {
  const [keyFile, certificateFile] = [join(folder, id + KEY), join(folder, id + CERTIFICATE)];
  for (const file of [keyFile, certificateFile])
    if (!existsSync(file)) return { problem: `缺少 ${file}`, cure: '私钥和证书须成对放入' };
  const key = parsed(() => createPrivateKey(readFileSync(keyFile)));
  if (!key)
    return {
      problem: `${keyFile} 不是未加密的 PEM 私钥`,
      cure: '请用 openssl pkcs12 -nodes 从 p12 文件导出',
    };
  const pem = readFileSync(certificateFile, 'utf8').match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
  );
  const chain = parsed(() => (pem ?? []).map((text) => new X509Certificate(text)));
  const own = chain?.[0];
  if (!chain || !own)
    return {
      problem: `${certificateFile} 里没有 PEM 证书`,
      cure: '请把机关证书放在最前，签发机构的证书放在后面',
    };
  if (!own.checkPrivateKey(key))
    return { problem: `${id} 的私钥和证书不是一对`, cure: '请重新导出，最前面的证书须是该私钥的' };
  if (Date.parse(own.validTo) < Date.parse(now))
    return { problem: `${certificateFile} 已经过期（${own.validTo}）`, cure: '请换上新证书' };
  return (
    signerOf(key, chain) ?? {
      problem: `${keyFile} 的密钥不能用来签名 PDF`,
      cure: '请用 RSA（2048 位以上）或者 P-256 的密钥',
    }
  );
}

/** What a library makes of a file; undefined when it cannot read it: the caller tells the file and the cure. */
function parsed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function signerOf(key: KeyObject, certificates: X509Certificate[]): ChainSigner | undefined {
  const chain = certificates.map(({ raw }) => raw);
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= LEAST_RSA)
    return {
      chain,
      signatureAlgorithm: RSA_SHA256,
      longest: modulusLength / 8,
      sign: (message) => sign('sha256', message, key),
    };
  if (key.asymmetricKeyType !== 'ec' || namedCurve !== 'prime256v1') return undefined;
  return p256Signer(chain, Buffer.from(key.export({ format: 'jwk' }).d as string, 'base64url'));
}

/** A signer with a P-256 key. */
export const p256Signer = (chain: readonly Buffer[], secret: Buffer): ChainSigner => ({
  chain,
  signatureAlgorithm: ECDSA_SHA256,
  longest: 72,
  sign: (message) => signP256(message, secret),
});
