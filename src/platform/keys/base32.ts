/** Base 32 after RFC 4648 without padding: capitals and figures, which a QR code packs closely. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function toBase32(bytes: Uint8Array): string {
  let [text, bits, held] = ['', 0, 0];
  for (const byte of bytes) {
    held = ((held & 0x1f) << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(held >> (bits - 5)) & 0x1f];
  }
  return bits === 0 ? text : text + ALPHABET[(held << (5 - bits)) & 0x1f];
}

/** The bytes, or null unless the text is exactly what `toBase32` writes: no bytes have two texts. */
export function fromBase32(text: string): Buffer | null {
  const bytes: number[] = [];
  let [bits, held] = [0, 0];
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value === -1) return null;
    held = ((held & 0x7f) << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  const found = Buffer.from(bytes);
  return toBase32(found) === text ? found : null;
}
