/** One text for one value, so that a hash of it means something. */
import { createHash } from 'node:crypto';

function members(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('canonical JSON takes plain objects, arrays, text, numbers, booleans and null');
  }
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

/**
 * JSON with sorted keys and no spaces (RFC 8785). Members that are undefined are left out, as JSON does.
 * TypeError for what JSON would silently change: NaN, infinities, dates, maps, functions, bigint, undefined.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (typeof value === 'object') return members(value);
  throw new TypeError(`canonical JSON cannot hold ${String(value)}`);
}

/** SHA-256 of bytes, or of the UTF-8 form of text, in lower-case hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
