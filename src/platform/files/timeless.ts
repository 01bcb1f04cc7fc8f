/** 1 January 1980, midnight, as a zip writes it. */
const NO_TIME = 0;
const NO_DATE = 0x21;

/**
 * A zip (an XLSX is one) without the moment at which its parts were packed, so that the same content is always the
 * same bytes. Changed in place.
 * @throws RangeError when its directory does not hold together
 */
export function withoutTimes(zip: Buffer): Buffer {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = zip.readUInt32LE(end + 16);
  for (let i = zip.readUInt16LE(end + 10); i > 0; i--) {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw new RangeError('not the directory of a zip');
    const local = zip.readUInt32LE(at + 42);
    zip.writeUInt16LE(NO_TIME, at + 12);
    zip.writeUInt16LE(NO_DATE, at + 14);
    zip.writeUInt16LE(NO_TIME, local + 10);
    zip.writeUInt16LE(NO_DATE, local + 12);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}
