import type { VNode } from 'preact';
import type { Fault } from '../../../errors.ts';
import { patternOf, pruneHidden, sometimesRequired } from './conditions.ts';
import { fieldId, getAt } from './pointer.ts';
import type { FormSchema } from './schema.ts';
import { messagesByPointer } from './schema.ts';

/** What every part of one form's drawing needs to know. */
export interface FormContext {
  readonly schema: FormSchema;
  readonly value: unknown;
  /** The value without hidden fields: what conditions are decided on. */
  readonly live: unknown;
  readonly prefix: string;
  readonly focus: string | undefined;
  id(pointer: string): string;
  message(pointer: string): string | undefined;
  hint(pointer: string): string | undefined;
  slot(pointer: string): TableSlot | undefined;
  isSometimesRequired(pointer: string): boolean;
}

/** What the page itself has to say at a field: above the rows of a table, or in their place; below what is typed. */
export interface TableSlot {
  above?: VNode;
  instead?: VNode;
  below?: VNode;
}

export interface FormInput {
  schema: FormSchema;
  value: unknown;
  faults?: readonly Fault[];
  /** What the faults' pointers begin with before the form's own: `/form`. */
  prefix?: string;
  /** A sentence under a field, by the field's pointer: where a value came from, what the register says. */
  hints?: Readonly<Record<string, string>>;
  /** At fields, by their pointer. */
  slots?: Readonly<Record<string, TableSlot>>;
  /** First part of every element id; two forms on one page need two. */
  idPrefix?: string;
  /** The pointer whose first input takes the keyboard, from `parseForm().rowAction`. */
  focus?: string;
}

export function createContext(input: FormInput): FormContext {
  const { schema, value, faults = [], prefix = '', hints = {}, slots = {}, idPrefix = 'f', focus } = input;
  const messages = messagesByPointer(faults);
  const required = sometimesRequired(schema);
  return {
    schema,
    value,
    live: pruneHidden(schema, value),
    prefix,
    focus,
    id: (pointer) => fieldId(prefix + pointer, idPrefix),
    message: (pointer) => messages.get(prefix + pointer),
    hint: (pointer) => (Object.hasOwn(hints, pointer) ? hints[pointer] : undefined),
    slot: (pointer) => (Object.hasOwn(slots, pointer) ? slots[pointer] : undefined),
    isSometimesRequired: (pointer) => required.has(patternOf(schema, pointer)),
  };
}

/** The value at a pointer of the form being drawn. */
export function valueAt(context: FormContext, pointer: string): unknown {
  return getAt(context.value, pointer);
}
