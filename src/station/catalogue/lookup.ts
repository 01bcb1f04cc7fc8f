/** The catalogue on a day: lengths of time that a parameter gives are those in force then. */
import { localDate } from '../../kernel/time.ts';
import type { Pinned } from '../../platform/definitions/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import { resolved } from '../../workflow/terms.ts';
import { places } from './places.ts';
import { type ItemGuide, type ItemSummary, itemGuide, itemSummary } from './present/index.ts';

export type LookupDeps = Pick<PlatformDeps, 'definitions' | 'clock'>;

const paramsOf = ({ definitions, clock }: LookupDeps) => definitions.params(localDate(clock.now()));

/** Every item, in the order of the definitions. */
export function summariesOf(deps: LookupDeps): ItemSummary[] {
  const params = paramsOf(deps);
  return deps.definitions.list().map((d) => itemSummary(resolved(d, params), places()));
}

export const guideOf = (deps: LookupDeps, pinned: Pinned): ItemGuide =>
  itemGuide(pinned, paramsOf(deps), places());
