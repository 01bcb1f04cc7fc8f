import { basename, dirname } from 'node:path';
import type { LocalDate } from '../../kernel/types.ts';
import { DanglingReference, type Inlined, inlineForm } from '../../workflow/inline.ts';
import { type LintContext, lintForm, lintItem, lintPackage, shapeFaults } from '../../workflow/lint.ts';
import type { PackageDefinition } from '../../workflow/package.ts';
import {
  type EnteredValue,
  overlaps,
  PARAMETERS_SCHEMA,
  type Parameter,
  paramsOn,
  withEntered,
} from '../../workflow/parameters.ts';
import type { Definition } from '../../workflow/types.ts';
import {
  type DefinitionFault,
  type DefinitionFolders,
  type Document,
  type Documents,
  definitionFolders,
  readDocuments,
} from './files.ts';
import { createDefinitions, type Definitions, type Pinned, pin } from './pinned.ts';

/** Definitions that will not do: every fault with file, path and reason. */
export class DefinitionsError extends Error {
  readonly faults: DefinitionFault[];
  constructor(faults: DefinitionFault[]) {
    super(`${faults.length} faults in the definitions:\n${faults.map(faultLine).join('\n')}`);
    this.name = 'DefinitionsError';
    this.faults = faults;
  }
}

/** `workflows/NY/NY-04.json · /steps/2/returnTo · no step "x"`. */
export const faultLine = ({ file, path, reason }: DefinitionFault): string =>
  `${file} · ${path || '/'} · ${reason}`;

export interface LoadOptions {
  folders?: DefinitionFolders;
  /** Shanghai date on which parameters must have a value; absent: the day the youngest of them came into force. */
  today?: LocalDate;
  /** Values entered in the running house, against which the definitions are to be held. */
  entered?: readonly EnteredValue[];
  /** Look at these items alone, with their forms: no others, and no packages. */
  only?: readonly string[];
}

/** Everything read, and everything wrong with it. */
export interface Inspection {
  pinned: Pinned[];
  packages: PackageDefinition[];
  forms: string[];
  parameters: Parameter[];
  faults: DefinitionFault[];
}

/**
 * Read, check and compile every definition.
 * @throws DefinitionsError with every fault
 */
export function loadDefinitions(options: LoadOptions = {}): Definitions {
  const { pinned, packages, parameters, faults } = inspectDefinitions(options);
  if (faults.length > 0) throw new DefinitionsError(faults);
  return createDefinitions(pinned, parameters, packages);
}

/** The same without throwing: `cunban check` prints what it finds. */
export function inspectDefinitions(options: LoadOptions = {}): Inspection {
  const { folders = definitionFolders(), today, entered = [], only } = options;
  const documents = readDocuments(folders);
  const faults = [...documents.faults];
  const parameters = withEntered(readParameters(documents.parameters, faults), entered);
  const on = today ?? parameters.map((p) => p.from).reduce((a, b) => (a > b ? a : b), '0100-01-01');
  const context = contextOf(documents, parameters, on);
  const isAsked = (code: string) => only?.includes(code) ?? true;
  const forms = readForms(documents.forms, context, faults, isAsked);
  const asked = documents.items.filter(({ value }) => only === undefined || isAsked(codeOf(value) ?? ''));
  const pinned = asked.flatMap((item) => readItem(item, forms, context, faults) ?? []);
  faults.push(...repeatedCodes(documents.items));
  const packages = only === undefined ? readPackages(documents, pinned, context, faults) : [];
  faults.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  return { pinned, packages, forms: [...forms.keys()], parameters, faults };
}

const codeOf = (item: unknown): string | undefined => (item as { code?: string } | null)?.code;

/** What definitions are held against on a Shanghai date. */
export function contextOf(
  { known, items }: Pick<Documents, 'known' | 'items'>,
  parameters: readonly Parameter[],
  today: LocalDate,
): LintContext {
  const params = paramsOn(parameters, today);
  const otherParams = parameters.map((p) => p.name).filter((name) => !Object.hasOwn(params, name));
  const codes = items.flatMap(({ value }) => codeOf(value) ?? []);
  return { ...known, codes, params, otherParams, today };
}

function readParameters(documents: Document[], faults: DefinitionFault[]): Parameter[] {
  const sound = documents.flatMap(({ file, value }) => {
    const wrong = shapeFaults(PARAMETERS_SCHEMA, value);
    faults.push(...wrong.map(({ pointer, reason }) => ({ file, path: pointer, reason })));
    return wrong.length > 0 ? [] : (value as Parameter[]);
  });
  faults.push(...overlaps(sound).map((reason) => ({ file: 'data/parameters', path: '', reason })));
  return sound;
}

/** A file of shared blocks is no form of its own; it is checked through the forms that use it. */
const isForm = (name: string): boolean => /^[A-Z]{2}-\d{2}/.test(name);

function readForms(
  documents: Document[],
  context: LintContext,
  faults: DefinitionFault[],
  isAsked: (code: string) => boolean,
): Map<string, Inlined> {
  const byFile = new Map(documents.map((d) => [basename(d.file), d.value]));
  const pathOf = new Map(documents.map((d) => [basename(d.file), d.file]));
  const forms = new Map<string, Inlined>();
  const seen = new Set<string>();
  const tell = (file: string, path: string, reason: string) => {
    const fault = { file: pathOf.get(file) ?? file, path, reason };
    if (seen.has(faultLine(fault))) return;
    seen.add(faultLine(fault));
    faults.push(fault);
  };
  for (const [file, value] of byFile) {
    if ((value as { $id?: unknown })?.$id !== file) tell(file, '/$id', `must be "${file}"`);
    const name = file.replace(/\.json$/, '');
    if (!isForm(name) || !isAsked(name.slice(0, 5))) continue;
    try {
      const inlined = inlineForm(file, byFile);
      for (const fault of lintForm(inlined, context)) tell(fault.file, fault.pointer, fault.reason);
      forms.set(name, inlined);
    } catch (error) {
      if (!(error instanceof DanglingReference)) throw error;
      tell(error.origin.file, error.origin.pointer, error.message);
    }
  }
  return forms;
}

/** An item as pinned; undefined when something stands against it. */
function readItem(
  { file, value }: Document,
  forms: ReadonlyMap<string, Inlined>,
  context: LintContext,
  faults: DefinitionFault[],
): Pinned | undefined {
  const { faults: found, machine } = lintItem(value, forms, context);
  const wrong = found.map(({ pointer, reason }) => ({ file, path: pointer, reason }));
  const definition = value as Definition;
  const place = `${basename(dirname(file))}/${basename(file)}`;
  const proper = `${definition?.department}/${definition?.code}.json`;
  if (machine && place !== proper)
    wrong.push({ file, path: '/code', reason: `belongs in workflows/${proper}` });
  faults.push(...wrong);
  if (!machine || wrong.length > 0) return undefined;
  const names = new Set(definition.situations.map((s) => s.form ?? definition.form));
  const own = [...names].map((name) => [name, forms.get(name)?.schema] as const);
  return pin({ definition, machine, forms: Object.fromEntries(own) as never });
}

/** The packages that are sound. */
function readPackages(
  { packages, packageSchema }: Documents,
  pinned: readonly Pinned[],
  { codes }: LintContext,
  faults: DefinitionFault[],
): PackageDefinition[] {
  const items = new Map(pinned.map((p) => [p.definition.code, p]));
  return packages.flatMap(({ file, value }) => {
    const wrong = lintPackage(value, { schema: packageSchema, codes, items });
    const definition = value as PackageDefinition;
    const proper = `${definition?.code}.json`;
    if (wrong.length === 0 && basename(file) !== proper)
      wrong.push({ pointer: '/code', reason: `belongs in workflows/packages/${proper}` });
    faults.push(...wrong.map(({ pointer, reason }) => ({ file, path: pointer, reason })));
    return wrong.length > 0 ? [] : [definition];
  });
}

function repeatedCodes(items: Document[]): DefinitionFault[] {
  const codes = items.map(({ value }) => (value as { code?: unknown } | null)?.code);
  return items.flatMap(({ file }, i) => {
    const first = codes.indexOf(codes[i]);
    if (codes[i] === undefined || first === i) return [];
    return [{ file, path: '/code', reason: `${String(codes[i])} is also the code of ${items[first]?.file}` }];
  });
}
