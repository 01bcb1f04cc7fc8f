/** The pages that a clerk's browser keeps for the hours without a line. None of them shows anybody's data. */
import { notAllowed } from '../../errors.ts';
import { canonicalJson, sha256 } from '../../kernel/canonical.ts';
import { addDays, localDate, startOfDay } from '../../kernel/time.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import { keptAssets } from '../../platform/web/index.ts';
import { countFiled } from './store.ts';

export const WAITING = '/filing/waiting';
export const OFFLINE = '/offline';

/** The address of an empty form, as every link to it writes it; where there is but one, that of the item. */
export const formAddress = (item: string, situation?: string): string =>
  `/cases/new?item=${encodeURIComponent(item)}${situation === undefined ? '' : `&situation=${encodeURIComponent(situation)}`}`;

/** Every kept address of an item: the choice among its situations, and the form of each. */
export const addressesOf = ({ code, situations }: KeptItem): string[] => [
  formAddress(code),
  ...(situations.length > 1 ? situations.map((s) => formAddress(code, s.id)) : []),
];

/** Changes when a kept page would be drawn differently: another day, definition, form, script, village. */
export const keptVersion = (deps: Pick<PlatformDeps, 'clock' | 'definitions'>, who: SignedIn): string =>
  sha256(
    canonicalJson([
      // Pages say what is due when it is handed in today, and in a rehearsal which day it is.
      localDate(deps.clock.now()),
      keptAssets,
      deps.definitions.list().map(({ code }) => deps.definitions.get(code).sha256),
      who.name,
      who.grants,
    ]),
  ).slice(0, 16);

export interface KeptItem {
  code: string;
  title: string;
  situations: readonly { id: string; title: string }[];
}

/** What this clerk files for, most often filed in the last quarter first. @throws notAllowed `case.not_clerk` */
export async function keptItems(deps: PlatformDeps, who: SignedIn): Promise<KeptItem[]> {
  if (!who.grants.some((g) => g.role === 'clerk')) throw notAllowed('case.not_clerk');
  const since = startOfDay(addDays(localDate(deps.clock.now()), -90));
  const filed = await countFiled(deps.db.read, who.accountId, since);
  const times = (code: string): number => filed.get(code) ?? 0;
  return deps.definitions
    .list()
    .map(({ code, title, situations }) => ({ code, title, situations }))
    .sort((a, b) => times(b.code) - times(a.code));
}
