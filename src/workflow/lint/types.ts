import type { LocalDate } from '../../kernel/types.ts';
import type { FormSchema } from '../form-schema.ts';
import type { Inlined } from '../inline.ts';
import type { Definition } from '../types.ts';

/** One thing wrong with a definition: where (JSON pointer into the file) and why. */
export interface LintFault {
  pointer: string;
  reason: string;
}

/** The same, for a form: its nodes may stand in another file. */
export interface FormFault extends LintFault {
  file: string;
}

/** What a definition is held against. */
export interface LintContext {
  /** `workflows/item.schema.json`. */
  itemSchema: object;
  /** Department codes of the county. */
  departments: readonly string[];
  /** Codes of all items, and ids of all quotas (`data/quotas.json`). */
  codes: readonly string[];
  quotas: readonly string[];
  /** Kinds of organisation each role sits at (`data/roles.json`), and departments that townships have an office for. */
  roles: Readonly<Record<string, readonly string[]>>;
  served: readonly string[];
  /** Papers there is a template for, and whether it prints the remedies; remedies that have a sentence. */
  papers: Readonly<Record<string, { remedies: boolean }>>;
  remedies: readonly string[];
  /** Templates of messages (`data/messages.json`). */
  messages: readonly string[];
  /** Parameters in force on `today`, and the names of all others. */
  params: Record<string, unknown>;
  otherParams: readonly string[];
  /** Shanghai date. */
  today: LocalDate;
}

/** A sound definition with its forms, one for each situation. */
export interface Subject {
  definition: Definition;
  /** Forms that could be read, by name. */
  forms: ReadonlyMap<string, Inlined>;
  context: LintContext;
}

/** The form of a situation, undefined when it is missing (which is told elsewhere). */
export function formOf({ definition, forms }: Subject, situation: string): FormSchema | undefined {
  const own = definition.situations.find((s) => s.id === situation)?.form;
  return forms.get(own ?? definition.form)?.schema;
}

/** Every form of an item, once. */
export function formsOf(subject: Subject): FormSchema[] {
  const all = subject.definition.situations.map((s) => formOf(subject, s.id));
  return [...new Set(all)].filter((f) => f !== undefined);
}
