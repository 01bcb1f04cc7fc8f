/** JSON Schema checking for everything people fill in, with messages a clerk can act on. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Fault } from '../errors.ts';
import { checkIdNumber, checkLuhn, checkUscc, isLandline, isMobile } from '../kernel/identity.ts';
import { isPngUrl } from '../kernel/png.ts';
import { isLocalDate } from '../kernel/time.ts';
import type { LocalDate } from '../kernel/types.ts';
import { chineseFaults } from './faults.ts';
import { type FormSchema, HINTS } from './form-schema.ts';

/** 105.631200,23.625300: longitude, latitude, six decimals (CGCS2000). */
const GPS = /^(\d{1,3})\.\d{6},(\d{1,2})\.\d{6}$/;

/** Is `s` a point on the globe, written longitude first? */
function isGps(s: string): boolean {
  const [longitude = '', latitude = ''] = s.split(',');
  return GPS.test(s) && Number(longitude) <= 180 && Number(latitude) <= 90;
}

/** The formats of the house; `cn-id` needs the day, for births in the future. */
const formatsFor = (today: () => LocalDate): Record<string, (s: string) => boolean> => ({
  'cn-id': (s) => checkIdNumber(s, today()) === null,
  'cn-phone': (s) => isMobile(s) || isLandline(s),
  uscc: (s) => checkUscc(s) === null,
  'bank-card': (s) => checkLuhn(s) === null,
  date: isLocalDate,
  month: (s) => isLocalDate(`${s}-01`),
  gps: isGps,
});

/** Names of all formats a schema may use. */
export const FORMATS: readonly string[] = Object.keys(formatsFor(() => ''));

/** Formats whose values are personal and must be marked `x-sensitive`. */
export const PERSONAL_FORMATS: readonly string[] = ['cn-id', 'bank-card', 'cn-phone'];

/** What is drawn by hand must be a picture that can be printed; any other control only says how a field looks. */
const WIDGET = {
  keyword: 'x-widget',
  schemaType: 'string',
  validate: (widget: string, data: unknown): boolean =>
    widget !== 'signature' || typeof data !== 'string' || isPngUrl(data),
} as const;

/**
 * An ajv for draft 2020-12: strict, every fault, the formats and `x-` hints of the house.
 * @param today the Shanghai date against which births are checked, asked anew at each check
 */
function createAjv(today: () => LocalDate): Ajv2020 {
  return new Ajv2020({
    strict: true,
    // `then: { required: [...] }` names fields that stand in the schema around it.
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: true,
    verbose: true,
    multipleOfPrecision: 6,
    formats: formatsFor(today),
    keywords: [WIDGET, ...Object.keys(HINTS).filter((k) => k !== WIDGET.keyword)],
  });
}

export interface CheckOptions {
  /** Put before each pointer: `/form`, `/data`. */
  prefix?: string;
  /** Shanghai date. */
  today: LocalDate;
}

let checkedOn: LocalDate = '';
const ajv = createAjv(() => checkedOn);
const byText = new Map<string, ValidateFunction>();
const byObject = new WeakMap<object, ValidateFunction>();

/**
 * The validator of a schema. Event schemas are made anew for each act: the same text is compiled once.
 * @throws Error when the schema itself is wrong
 */
export function compiled(schema: object): ValidateFunction {
  const known = byObject.get(schema);
  if (known) return known;
  const text = JSON.stringify(schema);
  const validate = byText.get(text) ?? ajv.compile(schema);
  byText.set(text, validate);
  byObject.set(schema, validate);
  return validate;
}

/**
 * Check data against a schema (references resolved): every fault at once, one per place, in Chinese.
 * @throws Error when the schema itself is wrong (lint refuses such a form)
 */
export function checkAgainst(schema: object, data: unknown, { prefix = '', today }: CheckOptions): Fault[] {
  checkedOn = today;
  const validate = compiled(schema);
  if (validate(data)) return [];
  const errors = validate.errors as ErrorObject[];
  return chineseFaults(errors, { schema: schema as FormSchema, data, prefix, today });
}
