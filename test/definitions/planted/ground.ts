/** The real items and forms, read once, and ways of damaging copies of them. */
import { basename } from 'node:path';
import { definitionFolders, readDocuments } from '../../../src/platform/definitions/files.ts';
import { contextOf } from '../../../src/platform/definitions/load.ts';
import { DanglingReference, type Inlined, inlineForm } from '../../../src/workflow/inline.ts';
import { type LintContext, lintForm, lintItem } from '../../../src/workflow/lint.ts';
import type { Parameter } from '../../../src/workflow/parameters.ts';

// biome-ignore lint/suspicious/noExplicitAny: definitions are broken in ways the types forbid
export type Loose = any;

const TODAY = '2026-11-24';
const documents = readDocuments(definitionFolders());
const parameters = documents.parameters.flatMap((d) => d.value as Parameter[]);

/** A parameter that has run out, and one that counts nothing. */
const MORE = ['retired'];

const plain = contextOf(documents, parameters, TODAY);
export const context: LintContext = {
  ...plain,
  params: { ...plain.params, zero: 0 },
  otherParams: [...plain.otherParams, ...MORE],
};

/** The same on a day on which a parameter has no value. */
export function lacking(name: string): LintContext {
  const { [name]: _, ...params } = context.params;
  return { ...context, params };
}

/** Form files as written, by name, the shared blocks among them. */
const formFiles: ReadonlyMap<string, Loose> = new Map(
  documents.forms.map(({ file, value }) => [basename(file), value as Loose]),
);
const SHARED = 'common@1.json';

function inlined(files: ReadonlyMap<string, unknown>): Map<string, Inlined> {
  const names = [...files.keys()].filter((file) => file !== SHARED);
  return new Map(
    names.flatMap((file) => {
      try {
        return [[file.replace(/\.json$/, ''), inlineForm(file, files)] as const];
      } catch (error) {
        if (error instanceof DanglingReference) return [];
        throw error;
      }
    }),
  );
}
export const forms = inlined(formFiles);

/** A fault as `place · reason`; the place of a form's fault begins with its file. */
export type Told = string;

export const itemFaults = (raw: unknown, held = context): Told[] =>
  lintItem(raw, forms, held).faults.map((f) => `${f.pointer} · ${f.reason}`);

/** Faults of one form after a change to it (or to the shared blocks). */
export function formFaults(file: string, form: Loose): Told[] {
  try {
    const all = new Map(formFiles).set(file, form);
    return lintForm(inlineForm(file, all), context).map((f) => `${f.file}${f.pointer} · ${f.reason}`);
  } catch (error) {
    if (!(error instanceof DanglingReference)) throw error;
    return [`${error.origin.file}${error.origin.pointer} · ${error.message}`];
  }
}

/** Items against which nothing stands: others are being written and are passed over. */
export const items: readonly Loose[] = documents.items
  .map((d) => d.value as Loose)
  .filter((raw) => itemFaults(raw).length === 0);

export const soundForms: readonly [file: string, form: Loose][] = [...formFiles].filter(
  ([file, form]) => file !== SHARED && formFaults(file, form).length === 0,
);

/** The form of a situation of an item, references resolved. */
export const formOf = (item: Loose, situation: string): Loose =>
  forms.get(item.situations.find((s: Loose) => s.id === situation)?.form ?? item.form)?.schema;
