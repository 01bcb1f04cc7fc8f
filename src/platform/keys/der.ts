/** DER as it is needed for certificates and signatures. */
import {
  Boolean as AsnBoolean,
  type BaseBlock,
  BitString,
  Constructed,
  fromBER,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  PrintableString,
  Sequence,
  Set as SetOf,
  Utf8String,
  type ValueBlock,
} from 'asn1js';

export type Der = BaseBlock<ValueBlock>;

/** The block's bytes. */
export const bytesOf = (block: Der): Buffer => Buffer.from(block.toBER());

/** A block from its bytes. @throws Error when they are no DER */
export function block(bytes: Uint8Array): Der {
  const { result, offset } = fromBER(bytes);
  if (offset === -1) throw new Error('not DER');
  return result as Der;
}

/** The blocks that a constructed block is made of. */
export const partsOf = (of: Der): Der[] => (of as Sequence).valueBlock.value as Der[];

export const oid = (value: string): Der => new ObjectIdentifier({ value });
export const seq = (...value: Der[]): Der => new Sequence({ value });
export const int = (value: number): Der => new Integer({ value });
export const octets = (valueHex: Uint8Array): Der => new OctetString({ valueHex });
export const bits = (valueHex: Uint8Array, unusedBits = 0): Der => new BitString({ valueHex, unusedBits });
export const utf8 = (value: string): Der => new Utf8String({ value });
export const printable = (value: string): Der => new PrintableString({ value });
export const none = (): Der => new Null();

/** A positive whole number of any length. */
export function natural(bytes: Uint8Array): Der {
  const isNegative = ((bytes[0] as number) & 0x80) !== 0;
  return new Integer({ valueHex: isNegative ? Buffer.concat([Buffer.of(0), bytes]) : bytes });
}

/** A set in the order DER wants: by the bytes of its members. */
export const set = (...value: Der[]): Der =>
  new SetOf({ value: [...value].sort((a, b) => Buffer.compare(bytesOf(a), bytesOf(b))) });

/** `[n]`, holding whole blocks. */
export const tagged = (tagNumber: number, ...value: Der[]): Der =>
  new Constructed({ idBlock: { tagClass: 3, tagNumber }, value });

export const yes = (): Der => new AsnBoolean({ value: true });
