/** 一件事: a package as it is written in `workflows/packages/`; what each key means stands in `workflows/README.md`. */

/** One item of a package, and what the citizen reads about it. */
export interface PackageItem {
  code: string;
  situation: string;
  /** Further situations the clerk may choose instead. */
  others?: string[];
  /** Opened as a draft when all of these were granted; absent: filed with the package. */
  after?: string[];
  /** The clerk may leave it out. */
  optional?: true;
  says: string;
}

/**
 * A field that is filled instead of asked. `from`: `NY-01:/site/area` (a field), `NY-01:number` (the case),
 * `NY-01:certificate/approval` (its number), `GA-01:record/entry/idNumber` (what a step recorded); or `value`.
 */
export interface PackageCopy {
  from?: string;
  value?: string | number | boolean;
  to: string;
}

export interface PackageDefinition {
  code: string;
  version: number;
  title: string;
  says: string;
  items: PackageItem[];
  copies?: PackageCopy[];
}

/** What a copy is taken from. */
export type Source =
  | { kind: 'value'; value: string | number | boolean }
  | { kind: 'field'; code: string; pointer: string }
  | { kind: 'number'; code: string }
  | { kind: 'certificate'; code: string; id: string }
  | { kind: 'record'; code: string; step: string; field: string };

/** @throws Error for a text the schema of packages does not allow */
export function sourceOf({ from, value }: PackageCopy): Source {
  if (value !== undefined) return { kind: 'value', value };
  const [code = '', what = ''] = from?.split(/:(.*)/s) ?? [];
  if (what.startsWith('/')) return { kind: 'field', code, pointer: what };
  if (what === 'number') return { kind: 'number', code };
  const [kind, first = '', second = ''] = what.split('/');
  if (kind === 'certificate') return { kind, code, id: first };
  if (kind === 'record') return { kind, code, step: first, field: second };
  throw new Error(`"${from}" names no source`);
}

/** Where a copy goes: item and pointer into its form. */
export function targetOf({ to }: PackageCopy): { code: string; pointer: string } {
  const [code = '', pointer = ''] = to.split(/:(.*)/s);
  return { code, pointer };
}

/** An item as chosen for one family: in which situation. */
export interface ChosenItem extends PackageItem {
  chosen: string;
}

/** What the clerk ticked: optional items, and other situations by item. */
export interface Choice {
  items?: readonly string[];
  situations?: Readonly<Record<string, string>>;
}

/** Why a choice will not do: the item, and in the clerk's language. */
export class WrongChoice extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'WrongChoice';
    this.code = code;
  }
}

/**
 * The items of a package that are chosen, in its order; what is not optional is always there, and nothing said
 * means all of them.
 * @throws WrongChoice
 */
export function choose(
  { items }: PackageDefinition,
  { items: ticked, situations = {} }: Choice,
): ChosenItem[] {
  const known = new Set(items.map((i) => i.code));
  const strange = [...(ticked ?? []), ...Object.keys(situations)].find((code) => !known.has(code));
  if (strange !== undefined) throw new WrongChoice(strange, `套餐里没有事项 ${strange}`);
  return items
    .filter((item) => !item.optional || ticked === undefined || ticked.includes(item.code))
    .map((item) => {
      const chosen = situations[item.code] ?? item.situation;
      if (chosen !== item.situation && !item.others?.includes(chosen))
        throw new WrongChoice(item.code, `事项 ${item.code} 在套餐里不能这样办理`);
      return { ...item, chosen };
    });
}
