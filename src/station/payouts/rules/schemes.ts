/** Schemes: what is paid to whom, how much, from when and until when, as `data/schemes.json` says it. Pure. */
import type { LocalDate } from '../../../kernel/types.ts';
import { evaluateFeel } from '../../../workflow/feel.ts';
import type { Period, Rhythm, Way } from '../types.ts';
import type { StopsFrom } from './claims.ts';
import { isPeriod } from './periods.ts';

interface Naming {
  /** FEEL over the form and the situation. */
  name: string;
  idNumber: string;
}

export interface Scheme {
  /** As pay steps name it. */
  code: string;
  title: string;
  /** The department that pays. */
  department: string;
  items: string[];
  /** How often runs are made. */
  rhythm: Exclude<Rhythm, 'once'>;
  /** For what each person claims; a row of a roster is always `once`. */
  claims: Rhythm;
  /** In words, showing parameters as `{params.name}`. */
  who: string;
  standard: string;
  /** Who has the claim: of whom nothing may be claimed twice, and whose death ends it. */
  person: Naming;
  /** Who gets the money; absent: the applicant. */
  payee?: Naming;
  /** FEEL: the first period. */
  from: string;
  /** FEEL: the last period; null: until it is ended. */
  until: string | null;
  stopsFrom: StopsFrom;
  /** Are periods that passed while it was suspended paid later? */
  backPay: boolean;
  ways: Way[];
  /** FEEL: is it handed out in cash? Absent: where no account was given. */
  cash?: string;
  source: string;
  /** Has an official of the department confirmed it? */
  verified: boolean;
}

const text = { type: 'string', minLength: 1 } as const;
const naming = {
  type: 'object',
  properties: { name: text, idNumber: text },
  required: ['name', 'idNumber'],
  additionalProperties: false,
} as const;

export const SCHEMES_SCHEMA = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      code: { type: 'string', pattern: '^[a-z]+(-[a-z]+)*$' },
      title: text,
      department: { type: 'string', pattern: '^[A-Z]{2}$' },
      items: { type: 'array', items: { type: 'string', pattern: '^[A-Z]{2}-\\d{2}$' }, minItems: 1 },
      rhythm: { enum: ['month', 'quarter', 'half', 'term', 'year'] },
      claims: { enum: ['month', 'quarter', 'half', 'term', 'year', 'once'] },
      who: text,
      standard: text,
      person: naming,
      payee: naming,
      from: text,
      until: { anyOf: [text, { type: 'null' }] },
      stopsFrom: { enum: ['next-period', 'this-period'] },
      backPay: { type: 'boolean' },
      ways: { type: 'array', items: { enum: ['bank', 'cash'] }, minItems: 1, uniqueItems: true },
      cash: text,
      source: text,
      verified: { type: 'boolean' },
    },
    required: [
      'code',
      'title',
      'department',
      'items',
      'rhythm',
      'claims',
      'who',
      'standard',
      'person',
      'from',
      'until',
      'stopsFrom',
      'backPay',
      'ways',
      'source',
      'verified',
    ],
    additionalProperties: false,
  },
} as const;

/** What the expressions of a scheme may look at. */
export interface SchemeScope {
  situation: string;
  form: Record<string, unknown>;
  /** What the steps have recorded. */
  record: Record<string, unknown>;
  decision: Record<string, unknown>;
  params: Record<string, unknown>;
  decidedOn: LocalDate;
  /** `2026-10` */
  decidedMonth: string;
  nextMonth: string;
}

/**
 * First and last period of a claim.
 * @throws Error when an expression comes to no period of the scheme: the effect waits until it is mended
 */
export function spanOf(scheme: Scheme, scope: SchemeScope): { from: Period; until: Period | null } {
  const from = evaluateFeel(scheme.from, scope);
  const until = scheme.until === null ? null : evaluateFeel(scheme.until, scope);
  if (!isPeriod(scheme.claims, from))
    throw new Error(`${scheme.code} begins with no period: ${String(from)}`);
  if (until !== null && !isPeriod(scheme.claims, until))
    throw new Error(`${scheme.code} ends with no period: ${String(until)}`);
  return { from, until };
}

/** @throws Error when somebody has no name or number */
export function personOf(
  { code }: Scheme,
  { name, idNumber }: Naming,
  scope: SchemeScope,
): { name: string; idNumber: string } {
  const found = { name: evaluateFeel(name, scope), idNumber: evaluateFeel(idNumber, scope) };
  if (typeof found.name !== 'string' || typeof found.idNumber !== 'string')
    throw new Error(`${code}: the form does not say who is paid`);
  return { name: found.name, idNumber: found.idNumber };
}

export const APPLICANT: Naming = { name: 'form.applicant.name', idNumber: 'form.applicant.idNumber' };
