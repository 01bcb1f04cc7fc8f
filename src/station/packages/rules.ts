/** The arithmetic of packages: materials that several items ask for, how the whole stands. Pure. */
import type { LocalDate } from '../../kernel/types.ts';
import type { Material } from '../../workflow/types.ts';

/** A material that one or several items of a package ask for. */
export interface MaterialGroup {
  /** Its name in the package: the material's id, or `NY-01.plan` where another title has the id. */
  key: string;
  material: Material;
  codes: string[];
}

/** The same id and title is the same paper: brought once, for all that ask for it. */
export function materialGroups(asked: readonly { code: string; material: Material }[]): MaterialGroup[] {
  const groups: MaterialGroup[] = [];
  for (const { code, material } of asked) {
    const group = groups.find((g) => g.material.id === material.id && g.material.title === material.title);
    if (group) group.codes.push(code);
    else groups.push({ key: material.id, material, codes: [code] });
  }
  const isTaken = ({ material }: MaterialGroup) =>
    groups.filter((g) => g.material.id === material.id).length > 1;
  return groups.map((g) => (isTaken(g) ? { ...g, key: `${g.codes[0]}.${g.material.id}` } : g));
}

/** The group of an item's material. @throws Error when nobody asks for it */
export function groupOf(groups: readonly MaterialGroup[], code: string, materialId: string): MaterialGroup {
  const group = groups.find((g) => g.material.id === materialId && g.codes.includes(code));
  if (!group) throw new Error(`${code} asks for no material ${materialId}`);
  return group;
}

/** How an item of a package stands. */
export type ChildStanding =
  /** Not filed yet, the package is a draft. */
  | 'draft'
  /** Opened when those before it are granted. */
  | 'waiting'
  /** Never opened: one before it was not granted. */
  | 'dropped'
  /** Nothing needs to be filed. */
  | 'answered'
  /** On its way. */
  | 'running'
  /** Granted, handed over or going on. */
  | 'granted'
  | 'refused';

/** What the case of a child tells. */
export interface CaseStanding {
  phase: string;
  outcome: string | null;
  decided: boolean;
}

/** Granted and handed over (or going on): what waits for it may begin. */
const isGranted = ({ phase, outcome }: CaseStanding): boolean =>
  phase === 'kept' || (phase === 'closed' && outcome === 'granted');

/**
 * How each item stands, in order.
 * @param cases by item code; missing while there is no case
 */
export function standingsOf(
  items: readonly { code: string; after?: readonly string[]; answered: boolean }[],
  cases: ReadonlyMap<string, CaseStanding>,
  isDraft: boolean,
): Map<string, ChildStanding> {
  const standings = new Map<string, ChildStanding>();
  const standing = (code: string): ChildStanding => {
    const known = standings.get(code);
    if (known) return known;
    const item = items.find((i) => i.code === code);
    const own = cases.get(code);
    const found = ((): ChildStanding => {
      if (isDraft) return 'draft';
      if (item?.answered) return 'answered';
      if (own) return isGranted(own) ? 'granted' : own.phase === 'closed' ? 'refused' : 'running';
      const before = (item?.after ?? []).map(standing);
      return before.some((s) => ['refused', 'dropped', 'answered'].includes(s)) ? 'dropped' : 'waiting';
    })();
    standings.set(code, found);
    return found;
  };
  for (const { code } of items) standing(code);
  return standings;
}

/** May an item that waits be opened now? */
export const mayOpen = (
  { code, after = [] }: { code: string; after?: readonly string[] },
  standings: ReadonlyMap<string, ChildStanding>,
): boolean => standings.get(code) === 'waiting' && after.every((c) => standings.get(c) === 'granted');

export type OverallState = 'draft' | 'withdrawn' | 'open' | 'done' | 'partly-refused' | 'refused';

/** How the whole stands: open while anything is on its way or waits. */
export function overallState(
  state: 'draft' | 'filed' | 'withdrawn',
  standings: ReadonlyMap<string, ChildStanding>,
): OverallState {
  if (state !== 'filed') return state;
  const all = [...standings.values()];
  if (all.some((s) => s === 'running' || s === 'waiting')) return 'open';
  const refused = all.filter((s) => s === 'refused' || s === 'dropped').length;
  if (refused === 0) return 'done';
  return all.some((s) => s === 'granted') ? 'partly-refused' : 'refused';
}

/** Is every item decided, one way or the other? Then the citizen is told of the whole. */
export const isSettled = (
  standings: ReadonlyMap<string, ChildStanding>,
  cases: ReadonlyMap<string, CaseStanding>,
): boolean =>
  [...standings].every(
    ([code, s]) => s !== 'waiting' && (s !== 'running' || cases.get(code)?.decided === true),
  );

/** The last of several days; null when there is none. */
export const lastOf = (days: readonly (LocalDate | null)[]): LocalDate | null =>
  days
    .filter((d): d is LocalDate => d !== null)
    .sort()
    .at(-1) ?? null;
