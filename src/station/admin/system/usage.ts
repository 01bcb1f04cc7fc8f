/** Which items, packages and schemes of money read a parameter. Pure. */
import type { Definitions } from '../../../platform/definitions/index.ts';
import { GAP_DAYS, namedCounts } from '../../../workflow/terms.ts';

/** A reader of a parameter, as a page names it. */
export interface Use {
  title: string;
  /** The code of an item; null for what is none. */
  item: string | null;
}

/** Parameters that the program itself reads, whatever the items say. */
const BY_PROGRAM: Record<string, string> = {
  cashUnclaimedDays: '现金发放',
  payoutOffsetShare: '资金发放',
  renewalRemindDays: '证照登记簿',
  renewalRemindAgainDays: '证照登记簿',
};

const named = (json: unknown): string[] =>
  [...JSON.stringify(json).matchAll(/params\.([A-Za-z0-9]+)/g)].map((m) => m[1] as string);

/** Every parameter with its readers. */
export function usesOf(
  definitions: Definitions,
  schemes: readonly { title: string }[],
): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  const note = (names: Iterable<string>, use: Use) => {
    for (const name of new Set(names)) uses.set(name, [...(uses.get(name) ?? []), use]);
  };
  for (const definition of definitions.list()) {
    const pinned = definitions.get(definition.code);
    const forms = definition.situations.map((s) => pinned.formFor(s.id));
    const owed = definition.materials.some((m) => m.tolerable) ? [GAP_DAYS] : [];
    note([...named(definition), ...named(forms), ...namedCounts(definition).map((n) => n.name), ...owed], {
      title: `${definition.code} ${definition.title}`,
      item: definition.code,
    });
  }
  for (const p of definitions.packages()) note(named(p), { title: `${p.code} ${p.title}`, item: null });
  for (const scheme of schemes) note(named(scheme), { title: `发放项目 ${scheme.title}`, item: null });
  for (const [name, title] of Object.entries(BY_PROGRAM)) note([name], { title, item: null });
  return uses;
}
