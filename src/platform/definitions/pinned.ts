import { type Fault, notFound } from '../../errors.ts';
import { canonicalJson, sha256 } from '../../kernel/canonical.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { FormSchema } from '../../workflow/form-schema.ts';
import { checkAgainst } from '../../workflow/formats.ts';
import type { MachineJson } from '../../workflow/machine.ts';
import type { PackageDefinition } from '../../workflow/package.ts';
import { type EnteredValue, type Parameter, paramsOn, withEntered } from '../../workflow/parameters.ts';
import type { Definition } from '../../workflow/types.ts';

/** What a version of an item is made of; its canonical JSON is hashed and stored by value. */
export interface DefinitionBody {
  definition: Definition;
  /** Forms by name, references resolved. */
  forms: Record<string, FormSchema>;
  machine: MachineJson;
}

/** One version of an item, to which cases are pinned. */
export interface Pinned {
  definition: Definition;
  machine: MachineJson;
  /** The form of the first situation. */
  form: FormSchema;
  /** The form of a situation, references resolved. @throws AppError 404 `item.not_found` for an unknown one */
  formFor(situation: string): FormSchema;
  sha256: string;
  /**
   * Check a form as filled: every fault, pointers under `/form`, Chinese sentences.
   * Computed fields are to be filled before (`computeFields`).
   * @param today Shanghai date
   */
  validateForm(data: unknown, situation: string, today: LocalDate): Fault[];
}

/** The definitions a service runs on: those on disk now, and every earlier version a case may be pinned to. */
export interface Definitions {
  /** The version on disk of each item, by code. */
  list(): Definition[];
  /** The version new cases are opened on. @throws AppError 404 `item.not_found` */
  get(code: string): Pinned;
  /** The version a case is pinned to. @throws Error when it was never stored here */
  pinned(sha256: string): Pinned;
  /** A version of an item, stored or on disk. @throws AppError 404 `item.not_found` */
  version(code: string, version: number): Pinned;
  /** The packages on disk; a running one carries its own by value. */
  packages(): readonly PackageDefinition[];
  /** @throws AppError 404 `package.not_found` */
  package(code: string): PackageDefinition;
  /** Values of all parameters in force on a Shanghai date, by name. */
  params(on: LocalDate): Record<string, unknown>;
  /** Every parameter with its source, for the pages that show them. */
  parameters(): readonly Parameter[];
  /** The values entered in the running house, in the place of those known so far. */
  enter(values: readonly EnteredValue[]): void;
  /** Every version known: on disk or stored. */
  versions(): readonly Pinned[];
  /** Make an earlier version known again; used when the stored ones are read. */
  adopt(pinned: Pinned): void;
}

export function pin(body: DefinitionBody): Pinned {
  const { definition, forms, machine } = body;
  const formFor = (situation: string): FormSchema => {
    const found = definition.situations.find((s) => s.id === situation);
    if (!found) throw notFound('item.not_found', { item: definition.code, situation });
    return forms[found.form ?? definition.form] as FormSchema;
  };
  return {
    definition,
    machine,
    form: forms[definition.situations[0]?.form ?? definition.form] as FormSchema,
    formFor,
    sha256: sha256(canonicalJson(body)),
    validateForm: (data, situation, today) =>
      checkAgainst(formFor(situation), data, { prefix: '/form', today }),
  };
}

/**
 * The text under which a version is stored; `pin(JSON.parse(text))` gives it back. States and events stay in their
 * order, which drawings and lists of acts follow; the hash does not depend on it.
 */
export function storedForm(pinned: Pinned): string {
  const { definition, machine } = pinned;
  const names = new Map(definition.situations.map((s) => [s.form ?? definition.form, pinned.formFor(s.id)]));
  return JSON.stringify({ definition, forms: Object.fromEntries(names), machine } satisfies DefinitionBody);
}

export function createDefinitions(
  current: Pinned[],
  parameters: readonly Parameter[],
  packages: readonly PackageDefinition[] = [],
): Definitions {
  let inForce = parameters;
  const newest = new Map(current.map((p) => [p.definition.code, p]));
  const bySha = new Map(current.map((p) => [p.sha256, p]));
  return {
    list: () => [...newest.values()].map((p) => p.definition),
    get(code) {
      const found = newest.get(code);
      if (!found) throw notFound('item.not_found', { item: code });
      return found;
    },
    pinned(sha) {
      const found = bySha.get(sha);
      if (!found) throw new Error(`no definition ${sha} is stored in this database`);
      return found;
    },
    version(code, version) {
      const found = [...bySha.values()].find(
        ({ definition }) => definition.code === code && definition.version === version,
      );
      if (!found) throw notFound('item.not_found', { item: code, version });
      return found;
    },
    packages: () => packages,
    package(code) {
      const found = packages.find((p) => p.code === code);
      if (!found) throw notFound('package.not_found', { package: code });
      return found;
    },
    params: (on) => paramsOn(inForce, on),
    parameters: () => inForce,
    enter(values) {
      inForce = withEntered(parameters, values);
    },
    versions: () => [...bySha.values()],
    adopt(pinned) {
      if (!bySha.has(pinned.sha256)) bySha.set(pinned.sha256, pinned);
    },
  };
}
