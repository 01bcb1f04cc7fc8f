/** The signature in a PDF: CMS with the attributes of CAdES, detached from what it signs (ETSI EN 319 122-1). */
import { createHash } from 'node:crypto';
import type { CmsSigner } from '../pdf/index.ts';
import { block, bytesOf, type Der, int, none, octets, oid, partsOf, seq, set, tagged } from './der.ts';

/** Who signs PDFs: the chain as DER, the signer's own certificate first, and the signing itself. */
export interface ChainSigner {
  chain: readonly Buffer[];
  signatureAlgorithm: string;
  /** Bytes of the longest signature. */
  longest: number;
  sign(message: Buffer): Uint8Array;
}

const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

/** Attributes, identifiers and lengths around the certificates and the signature. */
const FRAME = 512;

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** A signer of PDFs. Made once for a key: what does not change is laid out here. */
export function cmsSigner({ chain, signatureAlgorithm, longest, sign }: ChainSigner): CmsSigner {
  const [own] = chain;
  if (!own) throw new Error('a signer without a certificate');
  const { issuer, serial } = issuerOf(own);
  const certificates = tagged(0, ...chain.map((der) => block(der)));
  const digest = () => seq(oid(SHA256));
  const nameOf = seq(tagged(4, issuer));
  // ESSCertIDv2 with SHA-256, which is its default and so not written.
  const signingCertificate = seq(seq(seq(octets(sha256(own)), seq(nameOf, serial))));
  const fixed = [
    seq(oid(CONTENT_TYPE), set(oid(DATA))),
    seq(oid(SIGNING_CERTIFICATE_V2), set(signingCertificate)),
  ];
  return {
    size: chain.reduce((sum, { length }) => sum + length, longest + issuerLength(issuer) + FRAME),
    sign(content) {
      const attributes = set(...fixed, seq(oid(MESSAGE_DIGEST), set(octets(sha256(...content)))));
      const signerInfo = seq(
        int(1),
        seq(issuer, serial),
        digest(),
        tagged(0, ...partsOf(attributes)),
        seq(oid(signatureAlgorithm), ...(signatureAlgorithm === RSA_SHA256 ? [none()] : [])),
        octets(sign(bytesOf(attributes))),
      );
      const signed = seq(int(1), set(digest()), seq(oid(DATA)), certificates, set(signerInfo));
      return bytesOf(seq(oid(SIGNED_DATA), tagged(0, signed)));
    },
  };
}

export const RSA_SHA256 = '1.2.840.113549.1.1.11';

const issuerLength = (issuer: Der): number => 2 * bytesOf(issuer).length;

/** Issuer and serial number of a certificate, as they stand in it. */
function issuerOf(certificate: Buffer): { issuer: Der; serial: Der } {
  const [body] = partsOf(block(certificate));
  const parts = partsOf(body as Der);
  // The version is tagged [0] and may be missing in a certificate of version 1.
  const [serial, , issuer] = parts[0]?.idBlock.tagClass === 3 ? parts.slice(1) : parts;
  return { serial: serial as Der, issuer: issuer as Der };
}
