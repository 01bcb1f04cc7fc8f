import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Fault } from '../errors.ts';
import { type CodeFault, checkIdNumber, checkLuhn, checkUscc, idFaultMessage } from '../kernel/identity.ts';
import type { LocalDate } from '../kernel/types.ts';
import { deeper, type FormSchema, fieldAt, isMet, segmentsOf } from './form-schema.ts';

/** What was checked, and where its pointers begin. */
export interface Checked {
  schema: FormSchema;
  data: unknown;
  prefix: string;
  today: LocalDate;
}

/** Keywords whose faults only repeat what the branch below them says. */
const REPEATING = new Set(['if', 'allOf', 'anyOf', 'oneOf']);

/** Of several faults at one place the first of these is told. */
const RANK = ['required', 'type', 'const', 'enum', 'minLength', 'minItems', 'format', 'pattern'];

const rank = (keyword: string): number => {
  const at = RANK.indexOf(keyword);
  return at === -1 ? RANK.length : at;
};

interface Told {
  pointer: string;
  keyword: string;
  message: string;
}

/** ajv's errors as faults: at the place that is missing or wrong, one for each place, in the order of the data. */
export function chineseFaults(errors: ErrorObject[], checked: Checked): Fault[] {
  const best = new Map<string, Told>();
  for (const error of errors) {
    if (REPEATING.has(error.keyword) || isExcused(error, checked)) continue;
    const told = tell(error, checked);
    const other = best.get(told.pointer);
    if (!other || rank(told.keyword) < rank(other.keyword)) best.set(told.pointer, told);
  }
  return [...best.values()].map(({ pointer, keyword, message }) => ({
    pointer: checked.prefix + pointer,
    message,
    code: keyword,
  }));
}

/** A format that a sibling's value sets aside (`x-format-unless`). */
function isExcused(error: ErrorObject, { data }: Checked): boolean {
  const unless = (error.parentSchema as FormSchema | undefined)?.['x-format-unless'];
  if (error.keyword !== 'format' || !unless) return false;
  return isMet(unless, data, error.instancePath.replace(/\/[^/]*$/, ''));
}

function tell(error: ErrorObject, checked: Checked): Told {
  const { keyword, params } = error;
  const below = keyword === 'required' ? params.missingProperty : params.additionalProperty;
  const pointer = typeof below === 'string' ? deeper(error.instancePath, below) : error.instancePath;
  const segments = segmentsOf(pointer);
  const field = fieldAt(checked.schema, segments);
  // One of several ticks has no title of its own.
  const titled = field?.title ? field : fieldAt(checked.schema, segments.slice(0, -1));
  const title = titled?.title ? `「${titled.title}」` : '这一项';
  return { pointer, keyword, message: sentence(error, title, field, checked.today) };
}

/** The author's own words where there are some, unless the check itself knows better what is wrong. */
function sentence(
  error: ErrorObject,
  title: string,
  field: FormSchema | undefined,
  today: LocalDate,
): string {
  if (error.keyword === 'required') return missing(title, field);
  if (error.keyword === 'minLength' && error.data === '') return missing(title, field);
  const authored = (error.parentSchema as FormSchema | undefined)?.['x-error'] ?? field?.['x-error'];
  return diagnosis(error, today) ?? authored ?? byKeyword(error, title);
}

function missing(title: string, field: FormSchema | undefined): string {
  if (field?.const === true) return field['x-error'] ?? `请勾选${title}`;
  if (field?.enum || field?.items?.enum) return `请选择${title}`;
  if (field?.['x-widget'] === 'signature') return `请完成${title}`;
  return `请填写${title}`;
}

const CODE_FAULTS: Record<CodeFault, string> = {
  length: '位数不对',
  characters: '含有不该有的字符',
  'check-digit': '校验位不符，请逐位核对',
};

/** What exactly is wrong with a number that proves itself; null when the format has nothing to add. */
function diagnosis({ keyword, params, data }: ErrorObject, today: LocalDate): string | null {
  if (keyword === 'x-widget') return '图片不完整，请重新签名';
  if (keyword !== 'format' || typeof data !== 'string') return null;
  switch (params.format) {
    case 'cn-id': {
      const fault = checkIdNumber(data, today);
      return fault && idFaultMessage(fault);
    }
    case 'uscc': {
      const fault = checkUscc(data);
      return fault && `统一社会信用代码${fault === 'length' ? '应为 18 位' : CODE_FAULTS[fault]}`;
    }
    case 'bank-card': {
      const fault = checkLuhn(data);
      return fault && `银行账号${fault === 'length' ? '应为 16 到 19 位数字' : CODE_FAULTS[fault]}`;
    }
    default:
      return null;
  }
}

const TYPES: Record<string, string> = {
  string: '文字',
  number: '数字',
  integer: '整数',
  boolean: '“是”或“否”',
  array: '列表',
  object: '完整的一组内容',
};

/** Formats whose faults have no diagnosis and perhaps no words of the author's. */
const FORMAT_WORDS: Record<string, string> = {
  'cn-phone': '应为 11 位手机号码，或带区号的座机号码',
  date: '应为真实存在的日期，如 2026-09-28',
  month: '应为年和月，如 2026-09',
  gps: '应写成“经度,纬度”，各 6 位小数',
};

function byKeyword({ keyword, params }: ErrorObject, title: string): string {
  switch (keyword) {
    case 'type':
      return `${title}应填${TYPES[String(params.type)] ?? '正确的类型'}`;
    case 'enum':
      return `${title}请从列出的选项中选择`;
    case 'const':
      return `请勾选${title}`;
    case 'minLength':
      return `${title}至少 ${params.limit} 个字`;
    case 'maxLength':
      return `${title}不能超过 ${params.limit} 个字`;
    case 'minimum':
      return `${title}不能小于 ${params.limit}`;
    case 'maximum':
      return `${title}不能大于 ${params.limit}`;
    case 'multipleOf':
      return `${title}的小数位数太多`;
    case 'minItems':
      return `${title}至少要有 ${params.limit} 项`;
    case 'maxItems':
      return `${title}最多 ${params.limit} 项`;
    case 'uniqueItems':
      return `${title}中有重复的内容`;
    case 'additionalProperties':
      return '表单中没有这一项';
    case 'format':
      return `${title}${FORMAT_WORDS[String(params.format)] ?? '的格式不对'}`;
    default:
      return `${title}的格式不对`;
  }
}
