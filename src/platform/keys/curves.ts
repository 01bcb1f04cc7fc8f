/**
 * The three kinds of key: Ed25519 and SM2 sign codes, P-256 signs PDFs. Secrets, public parts and signatures of
 * codes are raw bytes. Every signature follows from the key and the message, so that a print is always the same
 * bytes.
 */
import { createHmac, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { mapHashToField } from '@noble/curves/abstract/modular.js';
import { p256 } from '@noble/curves/nist.js';
import { sm2 } from 'sm-crypto-v2';

/** What signs codes. SM2 is with SM3 and the standard identifier (GB/T 32918). */
export type CodeAlgorithm = 'ed25519' | 'sm2';
export type Algorithm = CodeAlgorithm | 'p256';

type Random = (n: number) => Uint8Array;

/** Bytes from which a scalar is drawn without favouring any (FIPS 186-5, A.2.1). */
const DRAWN = 48;
const SCALAR = 32;
/** Bytes of a signature on a code, with either algorithm. */
export const SIGNATURE_BYTES = 64;

/** Order of the SM2 group (GB/T 32918.5). */
const SM2_ORDER = BigInt('0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123');

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A new key of a kind. */
export function makeKey(algorithm: Algorithm, random: Random): { secret: Buffer; publicPart: Buffer } {
  const secret = Buffer.from(
    algorithm === 'ed25519'
      ? random(SCALAR)
      : mapHashToField(random(DRAWN), algorithm === 'sm2' ? SM2_ORDER : p256.CURVE.n),
  );
  return { secret, publicPart: publicPartOf(algorithm, secret) };
}

function publicPartOf(algorithm: Algorithm, secret: Buffer): Buffer {
  if (algorithm === 'p256') return Buffer.from(p256.getPublicKey(secret, false));
  if (algorithm === 'sm2') return Buffer.from(sm2.getPublicKeyFromPrivateKey(hex(secret)), 'hex');
  const spki = createPublicKey(ed25519Secret(secret)).export({ type: 'spki', format: 'der' });
  return spki.subarray(ED25519_SPKI.length);
}

/** What stands before the 32 bytes of an Ed25519 key (RFC 8410). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

const ed25519Secret = (secret: Buffer) =>
  createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, secret]), type: 'pkcs8', format: 'der' });

/** Sign the text of a code. */
export function signCode(algorithm: CodeAlgorithm, message: Buffer, secret: Buffer): Buffer {
  if (algorithm === 'ed25519') return sign(null, message, ed25519Secret(secret));
  const signature = sm2.doSignature(message, hex(secret), {
    hash: true,
    pointPool: [noncePoint(message, secret)],
  });
  return Buffer.from(signature, 'hex');
}

/** The nonce of an SM2 signature: a keyed hash of the message, as EdDSA has it, never chance. */
function noncePoint(message: Buffer, secret: Buffer): { k: bigint; x1: bigint } {
  const drawn = createHmac('sha512', secret).update('cunban sm2 nonce\0').update(message).digest();
  const k = hex(mapHashToField(drawn, SM2_ORDER));
  const x1 = sm2.getPublicKeyFromPrivateKey(k).slice(2, 2 + SCALAR * 2);
  return { k: BigInt(`0x${k}`), x1: BigInt(`0x${x1}`) };
}

/** Was the message signed by the owner of this public part? Any 64 bytes may be asked about. */
export function isSigned(
  algorithm: CodeAlgorithm,
  message: Buffer,
  signature: Buffer,
  publicPart: Buffer,
): boolean {
  if (algorithm === 'ed25519') {
    const key = createPublicKey({
      key: Buffer.concat([ED25519_SPKI, publicPart]),
      type: 'spki',
      format: 'der',
    });
    return verify(null, message, key, signature);
  }
  const inRange = [signature.subarray(0, SCALAR), signature.subarray(SCALAR)].every((part) => {
    const n = BigInt(`0x${hex(part)}`);
    return n > 0n && n < SM2_ORDER;
  });
  return inRange && sm2.doVerifySignature(message, hex(signature), hex(publicPart), { hash: true });
}

/** ECDSA with SHA-256 as DER, its nonce from the key and the message (RFC 6979). */
export const signP256 = (message: Uint8Array, secret: Uint8Array): Uint8Array =>
  p256.sign(message, secret, { prehash: true, lowS: false }).toBytes('der');
