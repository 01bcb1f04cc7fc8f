/** The catalogue of disclosures, read and checked once (data/disclosures.json). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notFound } from '../../errors.ts';
import type { Org, OrgMap } from '../../people/orgs/index.ts';
import { projectRoot } from '../../platform/paths.ts';
import type { CatalogueItem, Every, Ground, Timing, Wing } from './types.ts';

export interface Catalogue {
  sources: Record<string, string>;
  timings: Record<string, Timing>;
  grounds: Record<Ground, string>;
  /** Words that make a reader look twice, by what they may give away. */
  wording: Record<'address' | 'minor' | 'health' | 'hardship', string[]>;
  items: CatalogueItem[];
}

/** What is wrong with a catalogue: empty when it is sound. */
export function catalogueFaults({ items, timings, sources }: Catalogue): string[] {
  const ids = items.map((i) => i.id);
  const terms = [...Object.values(timings), ...items.flatMap((i) => i.expires ?? [])];
  return [
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${id} stands there twice`),
    ...items.flatMap((item) => itemFaults(item, timings[item.timing])),
    ...[...terms.map((t) => t.source), ...items.map((i) => i.basis)]
      .filter((source) => sources[source] === undefined)
      .map((source) => `source ${source} is not named`),
  ];
}

function itemFaults({ id, timing, every, sensitive, expires }: CatalogueItem, found?: Timing): string[] {
  if (!found) return [`${id}: no timing ${timing}`];
  return [
    ...((found.kind === 'periodic') === (every === undefined)
      ? [`${id}: a period goes with the calendar`]
      : []),
    ...(sensitive && !expires ? [`${id} would stay for good`] : []),
  ];
}

let kept: Catalogue | undefined;

/** @throws Error with every fault of the file */
export function catalogue(): Catalogue {
  if (kept) return kept;
  const read = JSON.parse(readFileSync(join(projectRoot, 'data', 'disclosures.json'), 'utf8')) as Catalogue;
  const faults = catalogueFaults(read);
  if (faults.length > 0) throw new Error(`data/disclosures.json: ${faults.join('; ')}`);
  kept = read;
  return kept;
}

/** @throws AppError 404 disclosure.item_not_found */
export function itemOf(id: string): CatalogueItem {
  const found = catalogue().items.find((i) => i.id === id);
  if (!found) throw notFound('disclosure.item_not_found');
  return found;
}

export const timingOf = (item: CatalogueItem): Timing => catalogue().timings[item.timing] as Timing;

export const everyOf = (item: CatalogueItem, orgId: string): Every | undefined =>
  item.monthlyAt?.includes(orgId) ? 'month' : item.every;

/** The village whose branch an organisation of the party is; undefined where it is none's. */
export function villageOf(orgs: OrgMap, orgId: string): Org | undefined {
  const found = orgs.find(orgId.replace(/^P/, ''));
  return found?.kind === 'village' ? found : undefined;
}

/** The catalogue of one organisation: every one's in the party; villages' affairs where a village stands behind it. */
export function itemsFor(orgs: OrgMap, orgId: string): CatalogueItem[] {
  const wings: Wing[] = villageOf(orgs, orgId) ? ['party', 'village'] : ['party'];
  return catalogue().items.filter((i) => wings.includes(i.wing));
}
