import { normaliseId } from '../kernel/identity.ts';
import type { RuleFacts } from './facts.ts';
import { evaluateFeel } from './feel.ts';
import { type FormSchema, isRecord } from './form-schema.ts';
import type { Definition } from './types.ts';

/** Somebody whose identity number stands in a form. `subject`: the case is about this person. */
export interface Person {
  idNumber: string;
  part: 'subject' | 'member';
}

/** Blocks that name a helper, not somebody the case is about. */
const HELPERS = ['agent'];

/** Every identity number below a field. */
function numbersIn(schema: FormSchema, value: unknown): string[] {
  if (schema.format === 'cn-id') return typeof value === 'string' ? [normaliseId(value)] : [];
  const items = schema.items;
  if (items && Array.isArray(value)) return value.flatMap((row) => numbersIn(items, row));
  if (!schema.properties || !isRecord(value)) return [];
  return Object.entries(schema.properties).flatMap(([key, field]) => numbersIn(field, value[key]));
}

/** Who a case is about, and who else stands in it (household, roster); whoever only helps is left out. */
export function personsIn(definition: Definition, schema: FormSchema, facts: RuleFacts): Person[] {
  const about = evaluateFeel(definition.subject ?? 'form.applicant.idNumber', facts);
  const subject = typeof about === 'string' ? normaliseId(about) : null;
  const members = Object.entries(schema.properties ?? {})
    .filter(([key]) => !HELPERS.includes(key))
    .flatMap(([key, field]) => numbersIn(field, facts.form[key]));
  const others = [...new Set(members)].filter((idNumber) => idNumber !== subject);
  return [
    ...(subject === null ? [] : [{ idNumber: subject, part: 'subject' as const }]),
    ...others.map((idNumber) => ({ idNumber, part: 'member' as const })),
  ];
}
