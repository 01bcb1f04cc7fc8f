/** What can be begun at the counter, found by need, by department, by what is asked for most. */
import { addDays, localDate, startOfDay } from '../../kernel/time.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { type CaseDeps, clerkVillages } from '../cases/index.ts';
import { listNeeds, type Need, needsIn, places, summariesOf } from '../catalogue/index.ts';
import { calledSo, type Pick } from './rules.ts';
import { frequentItems } from './store.ts';

export interface Picker {
  /** Asked for most at these villages in the last quarter; what was found when something was looked for. */
  first: Pick[];
  needs: readonly Need[];
  departments: { code: string; title: string; picks: Pick[] }[];
}

/** Days that tell what a village asks for. */
const QUARTER = 90;
/** As many as there are keys. */
const KEYS = 9;

/** @param citizen whom it is for; handed on to the form. @throws notAllowed `case.not_clerk` */
export async function pickerFor(deps: CaseDeps, who: SignedIn, citizen: string): Promise<Picker> {
  const villages = clerkVillages(deps, who);
  const since = startOfDay(addDays(localDate(deps.clock.now()), -QUARTER));
  const codes = await frequentItems(deps.db.read, villages, since, KEYS);
  const items = itemPicks(deps, citizen);
  return {
    first: codes.flatMap((code) => items.filter((p) => p.code === code)),
    needs: listNeeds(),
    departments: places()
      .departments.map(({ code, name }) => ({
        code,
        title: name,
        picks: items.filter((p) => p.code.startsWith(`${code}-`)),
      }))
      .filter((d) => d.picks.length > 0),
  };
}

/** Whom it is for, handed on in an address. */
const withCitizen = (before: '?' | '&', citizen: string): string =>
  citizen === '' ? '' : `${before}citizen=${encodeURIComponent(citizen)}`;

function itemPicks(deps: CaseDeps, citizen: string): Pick[] {
  return summariesOf(deps).map(({ code, title, department, promised }) => ({
    href: `/cases/new?item=${code}${withCitizen('&', citizen)}`,
    code,
    title,
    note: `${places().department(department).short} · ${promised}`,
  }));
}

function packagePicks(deps: CaseDeps, citizen: string): Pick[] {
  return deps.definitions.packages().map(({ code, title, items }) => ({
    href: `/packages/${code}/new${withCitizen('?', citizen)}`,
    code,
    title,
    note: `一次填表，${items.length} 件一起办`,
  }));
}

/** An item, or one situation of it, straight. */
function itemPick(deps: CaseDeps, { code, situation }: Need['items'][number], citizen: string): Pick[] {
  const [pick] = itemPicks(deps, citizen).filter((p) => p.code === code);
  const found = deps.definitions.get(code).definition.situations.find((s) => s.id === situation);
  if (!pick || !found) return pick ? [pick] : [];
  return [{ ...pick, href: `${pick.href}&situation=${found.id}`, title: `${pick.title} · ${found.title}` }];
}

/** What answers a need: the package that does it all at once before the single items. */
export const picksFor = (deps: CaseDeps, need: Need, citizen: string): Pick[] => [
  ...packagePicks(deps, citizen).filter((p) => need.packages.includes(p.code)),
  ...need.items.flatMap((item) => itemPick(deps, item, citizen)),
];

/** As many as are worth reading. */
const MOST = 30;

/** Needs, titles, their initials and codes, in one search; the closest first. @throws notAllowed `case.not_clerk` */
export function searchPicks(deps: CaseDeps, who: SignedIn, typed: string, citizen: string): Pick[] {
  clerkVillages(deps, who);
  const called = calledSo(typed, [...itemPicks(deps, citizen), ...packagePicks(deps, citizen)]);
  const needed = needsIn(typed).flatMap((n) => picksFor(deps, n, citizen));
  return [...new Map([...called, ...needed].map((p) => [p.href, p])).values()].slice(0, MOST);
}
