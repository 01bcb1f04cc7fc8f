/** What falls due: by the calendar for every organisation, and by what happened. */
import { invalid, notAllowed } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { maskNumbers } from '../../../kernel/mask.ts';
import { localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { PARTY_KINDS } from '../../../people/orgs/index.ts';
import { type Trx, transact } from '../../../platform/db/index.ts';
import type { BranchDeps, Who } from '../../records/index.ts';
import { catalogue, everyOf, itemOf, itemsFor, timingOf } from '../catalogue.ts';
import { mayPropose } from '../policy.ts';
import { lastDay, periodOf } from '../rules/periods.ts';
import * as store from '../store.ts';
import type { CatalogueItem, Due } from '../types.ts';

/** What of an item an organisation has to disclose on a day by itself; undefined where something must happen first. */
function fallsDue(deps: BranchDeps, item: CatalogueItem, orgId: string, today: LocalDate) {
  const timing = timingOf(item);
  if (timing.kind === 'long')
    return { period: 'standing', opensOn: today, ...lastDay(deps.calendar(), today, timing) };
  const every = everyOf(item, orgId);
  if (every === undefined) return undefined;
  const { id, end } = periodOf(every, today);
  return { period: id, opensOn: end, ...lastDay(deps.calendar(), end, timing) };
}

/**
 * Catalogue × calendar: whatever each organisation has to disclose in the periods that run today. Called again it adds
 * nothing: a thing is due once by organisation, item and period.
 */
export async function makeDues(deps: BranchDeps, today: LocalDate): Promise<number> {
  const orgs = await store.partyOrgs(deps.db.read, [...PARTY_KINDS]);
  const known = new Map<string, Set<string>>();
  const isKnown = async (item: string, period: string, orgId: string) => {
    const key = `${item} ${period}`;
    const has = known.get(key) ?? (await store.orgsWith(deps.db.read, item, period));
    known.set(key, has);
    return has.has(orgId);
  };
  const missing: Due[] = [];
  for (const org of orgs)
    for (const item of itemsFor(deps.orgs, org.id)) {
      const falls = fallsDue(deps, item, org.id, today);
      if (!falls || (await isKnown(item.id, falls.period, org.id))) continue;
      const { period, opensOn, due: dueOn, provisional: dueProvisional } = falls;
      missing.push({ ...newDue(deps, item, org), period, opensOn, dueOn, dueProvisional });
    }
  if (missing.length > 0) await transact(deps.db, (trx) => store.insertDues(trx, missing));
  return missing.length;
}

const newDue = (deps: BranchDeps, item: CatalogueItem, org: { id: string; path: string }) => ({
  id: newId(deps.clock.now(), deps.random),
  orgId: org.id,
  orgPath: org.path,
  item: item.id,
  occasion: '',
  metOn: null,
});

export interface Happened {
  orgId: string;
  item: string;
  /** Day of the decision, the change, the request (Shanghai). */
  on: LocalDate;
  /** What it was, in a few words. */
  what: string;
}

/**
 * Something happened that has to be disclosed: a decision, a change of what is disclosed for long, a request. Told
 * again it is the same.
 * @throws AppError 403 record.not_yours; 404 disclosure.item_not_found; 422 for a day to come, or what the calendar asks for
 */
export async function noteOccasion(trx: Trx, deps: BranchDeps, who: Who, given: Happened): Promise<Due> {
  const org = deps.orgs.get(given.orgId);
  if (!mayPropose(who, org.id, deps.orgs)) throw notAllowed('record.not_yours');
  const item = itemOf(given.item);
  if (!itemsFor(deps.orgs, org.id).includes(item) || timingOf(item).kind === 'periodic')
    throw invalid([{ pointer: '/item', message: '这一项按日历公开，或者不在本组织的目录里', code: 'item' }]);
  if (given.on > localDate(deps.clock.now()))
    throw invalid([{ pointer: '/on', message: '日期还没有到', code: 'future' }]);
  const occasion = maskNumbers(given.what.trim());
  const found = await store.findDue(trx, { org_id: org.id, item: item.id, period: given.on, occasion });
  if (found) return found;
  const { due: dueOn, provisional: dueProvisional } = lastDay(deps.calendar(), given.on, timingOf(item));
  const due: Due = {
    ...newDue(deps, item, org),
    period: given.on,
    occasion,
    opensOn: given.on,
    dueOn,
    dueProvisional,
  };
  await store.insertDues(trx, [due]);
  return due;
}

/** The scan as the catalogue words it. */
export const scanRules = (deps: BranchDeps, item: CatalogueItem) => ({
  today: localDate(deps.clock.now()),
  wording: catalogue().wording,
  names: item.names === true,
});
