/**
 * JSON with the place of the first mistake. `JSON.parse` of this Node tells no position for most mistakes and
 * keeps the last of two equal keys in silence; a definition is written by hand, so both must be told.
 */

/** Where and why a text is not JSON; line and column from 1. */
export class JsonFault extends Error {
  readonly line: number;
  readonly column: number;
  constructor(text: string, offset: number, reason: string) {
    const before = text.slice(0, offset).split('\n');
    const line = before.length;
    const column = (before.at(-1) ?? '').length + 1;
    super(`line ${line}, column ${column}: ${reason}`);
    this.name = 'JsonFault';
    this.line = line;
    this.column = column;
  }
}

const BLANK = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside a string
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** A text read from left to right. */
class Reader {
  readonly text: string;
  offset = 0;
  constructor(text: string) {
    this.text = text;
  }

  /** The text a pattern matches here, or undefined; blanks after it are passed over. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    this.offset += found.length;
    BLANK.lastIndex = this.offset;
    this.offset += BLANK.exec(this.text)?.[0].length ?? 0;
    return found;
  }

  has(sign: string): boolean {
    return this.text[this.offset] === sign && this.take(/./y) !== undefined;
  }

  fail(reason: string, offset = this.offset): never {
    throw new JsonFault(
      this.text,
      offset,
      this.offset >= this.text.length ? 'the text ends too early' : reason,
    );
  }
}

function readValue(reader: Reader): unknown {
  if (reader.has('{')) return readObject(reader);
  if (reader.has('[')) return readArray(reader);
  const scalar = reader.take(STRING) ?? reader.take(SCALAR);
  return scalar === undefined ? reader.fail('expected a value') : JSON.parse(scalar);
}

function readObject(reader: Reader): Record<string, unknown> {
  const members = new Map<string, unknown>();
  if (reader.has('}')) return {};
  do {
    const start = reader.offset;
    const raw = reader.take(STRING) ?? reader.fail('expected a key in double quotes');
    const key = JSON.parse(raw) as string;
    if (members.has(key)) reader.fail(`"${key}" stands here twice`, start);
    if (!reader.has(':')) reader.fail('expected ":"');
    members.set(key, readValue(reader));
  } while (reader.has(','));
  if (!reader.has('}')) reader.fail('expected "," or "}"');
  return Object.fromEntries(members);
}

function readArray(reader: Reader): unknown[] {
  const items: unknown[] = [];
  if (reader.has(']')) return items;
  do items.push(readValue(reader));
  while (reader.has(','));
  if (!reader.has(']')) reader.fail('expected "," or "]"');
  return items;
}

/** @throws JsonFault */
export function parseJson(text: string): unknown {
  const reader = new Reader(text);
  reader.take(/\uFEFF?/y);
  const value = readValue(reader);
  if (reader.offset < text.length) reader.fail('nothing may follow the value');
  return value;
}
