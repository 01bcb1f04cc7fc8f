import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { localDate } from '../../kernel/time.ts';
import { compile } from '../../workflow/compile.ts';
import type { FormSchema } from '../../workflow/form-schema.ts';
import { DanglingReference, type Inlined, inlineForm } from '../../workflow/inline.ts';
import { type LintContext, lintDefinition, lintForm, lintMachine, shapeFaults } from '../../workflow/lint.ts';
import type { MachineJson } from '../../workflow/machine.ts';
import { overlaps, PARAMETERS_SCHEMA, type Parameter, paramsOn } from '../../workflow/parameters.ts';
import type { Definition } from '../../workflow/types.ts';
import { projectRoot } from '../paths.ts';

/** One thing wrong: file relative to the folder, JSON pointer in it, and why. */
export interface FileFault {
  file: string;
  pointer: string;
  reason: string;
}

export interface Sources {
  items: { definition: Definition; machine: MachineJson; forms: Record<string, FormSchema> }[];
  /** How many forms were read. */
  forms: number;
  parameters: Parameter[];
}

/** Line and column of a position in a text, from 1. */
function place(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function parse(text: string): { value: unknown } | { reason: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const { message } = error as SyntaxError;
    const position = /position (\d+)/.exec(message)?.[1];
    return { reason: `not JSON: ${message}${position ? ` (${place(text, Number(position))})` : ''}` };
  }
}

/** Every JSON file under a folder, by path relative to `root`; `skip` names sub-folders left out. */
function jsonFiles(root: string, folder: string, skip: string[] = []): string[] {
  const at = join(root, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.json') && !skip.some((s) => f.startsWith(s)))
    .sort()
    .map((f) => relative(root, join(at, f)));
}

class Reader {
  readonly faults: FileFault[] = [];
  readonly root: string;
  constructor(root: string) {
    this.root = root;
  }
  json(file: string): unknown {
    const parsed = parse(readFileSync(join(this.root, file), 'utf8'));
    if ('value' in parsed) return parsed.value;
    this.faults.push({ file, pointer: '', reason: parsed.reason });
    return undefined;
  }
  all(folder: string, skip?: string[]): Map<string, unknown> {
    const read = jsonFiles(this.root, folder, skip).map((file) => [file, this.json(file)] as const);
    return new Map(read.filter(([, value]) => value !== undefined));
  }
}

/** Parameters of the folder, or of the installation when it brings none. */
function readParameters(reader: Reader): Parameter[] {
  const own = reader.all(join('data', 'parameters'));
  const files = own.size > 0 ? own : new Reader(projectRoot).all(join('data', 'parameters'));
  const out: Parameter[] = [];
  for (const [file, value] of files) {
    const list = Array.isArray(value) ? value : (value as { parameters?: unknown }).parameters;
    const faults = shapeFaults(PARAMETERS_SCHEMA, list);
    reader.faults.push(...faults.map((f) => ({ file, ...f })));
    if (faults.length === 0) out.push(...(list as Parameter[]));
  }
  for (const reason of overlaps(out)) reader.faults.push({ file: 'data/parameters', pointer: '', reason });
  return out;
}

function readForms(reader: Reader, context: LintContext): Map<string, Inlined> {
  const byPath = reader.all('forms');
  const documents = new Map([...byPath].map(([file, value]) => [file.slice('forms/'.length), value]));
  const forms = new Map<string, Inlined>();
  for (const file of documents.keys()) {
    if (file.startsWith('common@')) continue;
    try {
      const inlined = inlineForm(file, documents);
      const faults = lintForm(inlined, context);
      reader.faults.push(...faults.map((f) => ({ ...f, file: `forms/${f.file}` })));
      if (faults.length === 0) forms.set(file.slice(0, -'.json'.length), inlined);
    } catch (error) {
      if (!(error instanceof DanglingReference)) throw error;
      const { file: where, pointer } = error.origin;
      reader.faults.push({ file: `forms/${where}`, pointer, reason: error.message });
    }
  }
  return forms;
}

/** Compile a definition that lint found sound; what the compiler refuses is a fault too. */
function compiled(definition: Definition): { machine: MachineJson } | { reason: string } {
  try {
    return { machine: compile(definition) };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

/** Read and check everything; the items returned are the sound ones. */
export function readSources(directory: string = projectRoot): { sources: Sources; faults: FileFault[] } {
  const reader = new Reader(directory);
  const today = localDate(new Date().toISOString());
  const parameters = readParameters(reader);
  const params = paramsOn(parameters, today);
  const house = new Reader(projectRoot);
  const departments = house.json('data/departments.json') as
    | { departments?: { code: string }[] }
    | { code: string }[];
  const list = Array.isArray(departments) ? departments : (departments.departments ?? []);
  const context: LintContext = {
    itemSchema: house.json('workflows/item.schema.json') as object,
    departments: list.map((d) => d.code),
    params,
    otherParams: parameters.map((p) => p.name).filter((n) => !(n in params)),
    today,
  };
  const forms = readForms(reader, context);
  const items = readItems(reader, forms, context);
  return { sources: { items, forms: forms.size, parameters }, faults: reader.faults };
}

function readItems(reader: Reader, forms: Map<string, Inlined>, context: LintContext): Sources['items'] {
  const items: Sources['items'] = [];
  const seen = new Map<string, string>();
  for (const [file, raw] of reader.all('workflows', ['machines', 'item.schema'])) {
    const faults = lintDefinition(raw, forms, context);
    reader.faults.push(...faults.map((f) => ({ file, ...f })));
    if (faults.length > 0) continue;
    const definition = raw as Definition;
    const twin = seen.get(definition.code);
    if (twin)
      reader.faults.push({ file, pointer: '/code', reason: `"${definition.code}" stands in ${twin} too` });
    seen.set(definition.code, file);
    const result = compiled(definition);
    if ('reason' in result) {
      reader.faults.push({ file, pointer: '/steps', reason: result.reason });
      continue;
    }
    reader.faults.push(...lintMachine(result.machine).map((f) => ({ file, ...f })));
    const names = [definition.form, ...definition.situations.flatMap((s) => (s.form ? [s.form] : []))];
    const own = names.flatMap((n) => {
      const inlined = forms.get(n);
      return inlined ? [[n, inlined.schema] as const] : [];
    });
    items.push({ definition, machine: result.machine, forms: Object.fromEntries(own) });
  }
  return items;
}
