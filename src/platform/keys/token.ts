/**
 * The signed part of a QR code: what a certificate or paper says, checked without a network. The text of a code is
 *
 *   https://…/verify/CODE?s=1KEYID.PAYLOAD.SIGNATURE
 *
 * with base 32 for payload and signature. Signed is the text `1KEYID.CODE.PAYLOAD`, so the address may change and
 * nothing else. The payload is GB 18030, the fields a line each: shorter than UTF-8, and the code must stay
 * readable on 24 mm.
 */
import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { isLocalDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { fromBase32, toBase32 } from './base32.ts';
import { type CodeAlgorithm, isSigned, SIGNATURE_BYTES, signCode } from './curves.ts';

const KINDS = ['certificate', 'paper'] as const;

/** What a code says; no more of the holder than public pages show. */
export interface CodeContent {
  kind: (typeof KINDS)[number];
  title: string;
  number: string;
  /** Masked. */
  holder: string;
  organ: string;
  issuedOn: LocalDate;
  /** Last day; null = no end. */
  expiresOn: LocalDate | null;
}

/** The public side of a key that signs codes. */
export interface CodeKey {
  id: string;
  algorithm: CodeAlgorithm;
  /** Raw bytes as base64url: 32 of Ed25519, 65 of SM2. */
  publicKey: string;
  from: LocalDate;
  /** Last day on which its signatures count; null = no end. */
  until: LocalDate | null;
}

export type CodeResult =
  | { result: 'valid' | 'expired' | 'not-yet' | 'retired-key'; code: string; content: CodeContent }
  | { result: 'bad-signature' | 'unknown-key'; code: string }
  | { result: 'unreadable' };

const VERSION = '1';
const ID_BYTES = 5;
const SHAPE = /^(?:\S*\/)?verify\/([0-9A-Z]{16})\?s=(1([A-Z2-7]{8}))\.([A-Z2-7]+)\.([A-Z2-7]+)$/;
/** The longest text a QR code holds is about four times this; ours stay under 400. */
const LONGEST = 1000;

/** The name of a key: follows from its public part, so that nobody can claim another's. */
export const keyIdOf = (algorithm: CodeAlgorithm, publicPart: Uint8Array): string =>
  toBase32(createHash('sha256').update(`${algorithm}\0`).update(publicPart).digest().subarray(0, ID_BYTES));

const signedText = (head: string, code: string, payload: string): Buffer =>
  Buffer.from(`${head}.${code}.${payload}`, 'latin1');

/** The `s` of a code's address. @throws Error when a field has a line end */
export function makeToken(
  key: { id: string; algorithm: CodeAlgorithm; secret: Buffer },
  code: string,
  content: CodeContent,
): string {
  const { kind, title, number, holder, organ, issuedOn, expiresOn } = content;
  const fields = [String(KINDS.indexOf(kind)), title, number, holder, organ, issuedOn, expiresOn ?? ''];
  if (fields.some((field) => field.includes('\n'))) throw new Error('a field of a code has a line end');
  const payload = toBase32(iconv.encode(fields.join('\n'), 'gb18030'));
  const head = VERSION + key.id;
  return `${head}.${payload}.${toBase32(signCode(key.algorithm, signedText(head, code, payload), key.secret))}`;
}

/** Check the text of a code on a day. The signature comes first; nothing is read from what is not signed. */
export function checkToken(text: string, keys: readonly CodeKey[], on: LocalDate): CodeResult {
  const parts = text.length <= LONGEST ? SHAPE.exec(text.trim()) : null;
  if (!parts) return { result: 'unreadable' };
  const [, code = '', head = '', id, payload = '', last = ''] = parts;
  const key = keys.find((each) => each.id === id);
  if (!key) return { result: 'unknown-key', code };
  const signature = fromBase32(last);
  const publicPart = Buffer.from(key.publicKey, 'base64url');
  if (
    signature?.length !== SIGNATURE_BYTES ||
    !isSigned(key.algorithm, signedText(head, code, payload), signature, publicPart)
  )
    return { result: 'bad-signature', code };
  const content = readPayload(payload);
  return content ? { result: onDay(content, key, on), code, content } : { result: 'unreadable' };
}

function onDay({ issuedOn, expiresOn }: CodeContent, { until }: CodeKey, on: LocalDate) {
  if (until !== null && until < on) return 'retired-key';
  if (on < issuedOn) return 'not-yet';
  return expiresOn !== null && expiresOn < on ? 'expired' : 'valid';
}

/** What was signed; null when it is not of this version's making. */
function readPayload(payload: string): CodeContent | null {
  const bytes = fromBase32(payload);
  if (!bytes) return null;
  const fields = iconv.decode(bytes, 'gb18030').split('\n');
  const [kindAt, title = '', number = '', holder = '', organ = '', issuedOn = '', last = ''] = fields;
  const kind = KINDS[Number(kindAt)];
  const isWhole = fields.length === 7 && isLocalDate(issuedOn) && (last === '' || isLocalDate(last));
  if (!isWhole || kind === undefined) return null;
  return { kind, title, number, holder, organ, issuedOn, expiresOn: last === '' ? null : last };
}
