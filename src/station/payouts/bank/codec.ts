/** One field, one line: from values to bytes and back, strictly. */
import iconv from 'iconv-lite';
import { isLocalDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { Field, ValuesOf } from './layout.ts';

/** What a field cannot hold, or what stands in it and should not. */
export class Wrong {
  readonly code: string;
  readonly message: string;

  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

/** Every line ends with carriage return and line feed. */
export const LINE_END = Buffer.from('\r\n');

/** No name has these, and no line of a file may. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

/** One or two or four bytes a character; a lone 80, which decoders take for a euro sign, is none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: bytes, not text
const GB18030 = /^(?:[\x00-\x7F]|[\x81-\xFE](?:[\x40-\x7E\x80-\xFE]|[\x30-\x39][\x81-\xFE][\x30-\x39]))*$/;

const strict = new TextDecoder('gb18030', { fatal: true });

/** Text of bytes in GB 18030; null when they are not that. For single fields: the pattern is not for megabytes. */
function decoded(bytes: Buffer): string | null {
  if (!GB18030.test(bytes.toString('latin1'))) return null;
  try {
    return strict.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

const dateOf = (figures: string): LocalDate =>
  `${figures.slice(0, 4)}-${figures.slice(4, 6)}-${figures.slice(6)}`;

/** What is wrong with a value whichever way it goes; null when it may stand. */
function valueFault(field: Field, value: string | number): Wrong | null {
  const { title, kind } = field;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0)
      return new Wrong('not_whole', `“${title}”应是不小于 0 的整数`);
    return value < (field.least ?? 0) ? new Wrong('too_small', `“${title}”不能小于 ${field.least}`) : null;
  }
  if (value === '') return field.optional ? null : new Wrong('empty', `“${title}”没有填`);
  if (UNPRINTABLE.test(value)) return new Wrong('unprintable', `“${title}”含有不可见的控制字符`);
  if (value !== value.trim()) return new Wrong('spaces', `“${title}”前后有空格`);
  if (kind === 'date' && !isLocalDate(value)) return new Wrong('date', `“${title}”不是日期`);
  if (kind === 'code' && !/^[!-~]+$/.test(value))
    return new Wrong('not_code', `“${title}”只能是半角字母、数字和符号，中间没有空格`);
  if (kind === 'checksum' && !/^[0-9a-f]{64}$/.test(value))
    return new Wrong('checksum_form', `“${title}”应是 64 位小写十六进制`);
  return null;
}

/** Bytes of a value, as wide as its field. Nothing is ever cut to fit. */
function putField(field: Field, value: string | number): Buffer | Wrong {
  const wrong = valueFault(field, value);
  if (wrong) return wrong;
  const { title, width } = field;
  const text = field.kind === 'date' ? String(value).replaceAll('-', '') : String(value);
  const bytes = iconv.encode(text, 'gb18030');
  if (decoded(bytes) !== text) return new Wrong('unencodable', `“${title}”有 GB 18030 写不出的字`);
  if (bytes.length > width)
    return new Wrong('too_long', `“${title}”最多 ${width} 字节，这里有 ${bytes.length} 字节`);
  const space = Buffer.alloc(width - bytes.length, typeof value === 'number' ? '0' : ' ');
  return Buffer.concat(typeof value === 'number' ? [space, bytes] : [bytes, space]);
}

/** The value in the bytes of a field. */
function takeField(field: Field, bytes: Buffer): string | number | Wrong {
  const text = decoded(bytes);
  const { title, kind } = field;
  if (text === null) return new Wrong('encoding', `“${title}”不是 GB 18030 编码`);
  if (kind === 'mark')
    return text === field.fixed ? text : new Wrong('mark', `“${title}”应为 ${field.fixed}`);
  if (kind === 'number' || kind === 'amount' || kind === 'date') {
    if (!/^\d+$/.test(text))
      return new Wrong('not_digits', `“${title}”应是 ${field.width} 位数字，不足的前面补 0`);
    const value = kind === 'date' ? dateOf(text) : Number(text);
    return valueFault(field, value) ?? value;
  }
  const value = text.replace(/ +$/, '');
  return valueFault(field, value) ?? value;
}

/** A whole line with its end, or what is wrong in it. */
export function putLine<F extends readonly Field[]>(fields: F, values: ValuesOf<F>): Buffer | Wrong[] {
  const given = values as Record<string, string | number>;
  const parts = fields.map((f) => putField(f, f.fixed ?? (given[f.name] as string | number)));
  const wrong = parts.filter((p) => p instanceof Wrong);
  return wrong.length > 0 ? wrong : Buffer.concat([...(parts as Buffer[]), LINE_END]);
}

/** The values of a line without its end, which must be as long as its fields, or what is wrong in it. */
export function takeLine<F extends readonly Field[]>(fields: F, line: Buffer): ValuesOf<F> | Wrong[] {
  const values: Record<string, string | number> = {};
  const wrong: Wrong[] = [];
  let from = 0;
  for (const f of fields) {
    const value = takeField(f, line.subarray(from, from + f.width));
    if (value instanceof Wrong) wrong.push(value);
    else if (f.kind !== 'mark') values[f.name] = value;
    from += f.width;
  }
  return wrong.length > 0 ? wrong : (values as ValuesOf<F>);
}
