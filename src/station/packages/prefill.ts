/** What is known of a citizen, laid into the one form of a package as into the form of a single item. */
import { AppError } from '../../errors.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { auditAlone } from '../../platform/audit/index.ts';
import { segmentsOf, valueAt } from '../../workflow/form-schema.ts';
import {
  type CaseDeps,
  type Known,
  knownFor,
  type OpenedCitizen,
  openCitizen,
  standingHints,
} from '../cases/index.ts';
import type { Plan } from './plan.ts';
import type { Draft } from './queries.ts';

/** The form of every item as far as it is known, put together; what is asked once is said once. */
function knownForPackage(opened: OpenedCitizen, { items, form }: Plan): Known {
  const known = items.map(({ code, pinned, chosen }) => ({
    code,
    ...knownFor(opened, pinned.formFor(chosen)),
  }));
  const value = form.merge(Object.fromEntries(known.map((k) => [k.code, k.value])));
  const hints = known.flatMap(({ code, hints: own }) =>
    Object.entries(own).map(([pointer, says]) => [form.pointerOf(code, pointer), says] as const),
  );
  const isThere = ([pointer]: readonly [string, string]) => valueAt(value, segmentsOf(pointer)) !== undefined;
  return { value, hints: Object.fromEntries(hints.filter(isThere)) };
}

/** What a package is begun with for a citizen; that it was laid in is written down. @throws notAllowed, notFound */
export async function prefillPackage(
  deps: CaseDeps,
  who: SignedIn,
  citizenId: string,
  plan: Plan,
): Promise<Record<string, unknown>> {
  const opened = await openCitizen(deps, who, citizenId);
  await auditAlone(deps, who, 'citizen.prefill', citizenId, { item: plan.definition.code });
  return knownForPackage(opened, plan).value;
}

/** Where the values of a draft came from, as long as they stand; null for a citizen who may not be opened any more. */
export async function originsOf(
  deps: CaseDeps,
  who: SignedIn,
  citizenId: string,
  { plan, check }: Pick<Draft, 'plan' | 'check'>,
): Promise<{ citizen: OpenedCitizen['citizen']; hints: Record<string, string> } | null> {
  try {
    const opened = await openCitizen(deps, who, citizenId);
    return { citizen: opened.citizen, hints: standingHints(knownForPackage(opened, plan), check.form) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'citizen.not_found') throw error;
    return null;
  }
}
