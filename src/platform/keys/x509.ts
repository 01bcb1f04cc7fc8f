/**
 * Certificates of the demonstration: an authority of its own issues one to each organ. Their names say that
 * they are a demonstration; an organ's real certificate comes from files (organ-files.ts).
 */
import { createHash } from 'node:crypto';
import { Primitive, UTCTime } from 'asn1js';
import { signP256 } from './curves.ts';
import {
  bits,
  bytesOf,
  type Der,
  int,
  natural,
  octets,
  oid,
  printable,
  seq,
  set,
  tagged,
  utf8,
  yes,
} from './der.ts';

const SAYS_DEMO = '村办演示，不具有法律效力';
const AUTHORITY = '村办演示证书颁发机构';

/** Wide enough for every print of the demonstration: a paper may be printed long after the day it is dated. */
const NOT_BEFORE = new Date('2020-01-01T00:00:00Z');
const NOT_AFTER = new Date('2049-12-31T23:59:59Z');

export const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const P256 = '1.2.840.10045.3.1.7';

const name = (commonName: string): Der =>
  seq(
    ...(
      [
        ['2.5.4.6', printable('CN')],
        ['2.5.4.10', utf8(SAYS_DEMO)],
        ['2.5.4.3', utf8(commonName)],
      ] as const
    ).map(([type, value]) => set(seq(oid(type), value))),
  );

const time = (valueDate: Date): Der => new UTCTime({ valueDate });

/** RFC 7093, method 1. */
const keyId = (point: Uint8Array): Buffer => createHash('sha256').update(point).digest().subarray(0, 20);

const extension = (id: string, value: Der, critical = false): Der =>
  seq(oid(id), ...(critical ? [yes()] : []), octets(bytesOf(value)));

interface Subject {
  /** 65 bytes, uncompressed. */
  point: Uint8Array;
  serial: Uint8Array;
}

/** The self-signed certificate of the demonstration authority. */
export const authorityCertificate = (subject: Subject, secret: Uint8Array): Buffer =>
  certificate(AUTHORITY, subject, subject.point, secret, [
    extension('2.5.29.19', seq(yes()), true),
    extension('2.5.29.15', bits(Uint8Array.of(0x06), 1), true),
  ]);

/** The certificate of an organ, issued by the authority. */
export const organCertificate = (
  organName: string,
  subject: Subject,
  authority: { point: Uint8Array; secret: Uint8Array },
): Buffer =>
  certificate(organName, subject, authority.point, authority.secret, [
    extension('2.5.29.19', seq(), true),
    extension('2.5.29.15', bits(Uint8Array.of(0xc0), 6), true),
  ]);

function certificate(
  commonName: string,
  { point, serial }: Subject,
  issuerPoint: Uint8Array,
  issuerSecret: Uint8Array,
  extensions: Der[],
): Buffer {
  const algorithm = () => seq(oid(ECDSA_SHA256));
  const body = seq(
    tagged(0, int(2)),
    natural(serial),
    algorithm(),
    name(AUTHORITY),
    seq(time(NOT_BEFORE), time(NOT_AFTER)),
    name(commonName),
    seq(seq(oid(EC_PUBLIC_KEY), oid(P256)), bits(point)),
    tagged(
      3,
      seq(
        ...extensions,
        extension('2.5.29.14', octets(keyId(point))),
        extension('2.5.29.35', seq(keyIdentifier(keyId(issuerPoint)))),
      ),
    ),
  );
  return bytesOf(seq(body, algorithm(), bits(signP256(bytesOf(body), issuerSecret))));
}

const keyIdentifier = (valueHex: Uint8Array): Der =>
  new Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex });
