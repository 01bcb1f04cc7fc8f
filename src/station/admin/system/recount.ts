import { transact } from '../../../platform/db/index.ts';
import { type CaseDeps, recountTerms } from '../../cases/index.ts';
import { recountServices } from '../../papers/index.ts';

const COUNTED_BY = 'calendar';

/** How many due days another calendar has moved. */
export interface Moved {
  cases: number;
  services: number;
}

/**
 * When the calendar is not the one that terms were counted by last, every running term is counted again; what was
 * left half done by a crash is done then.
 * @param version hash of what the calendar of `deps` is made of
 */
export async function recountIfNew(deps: CaseDeps, version: string): Promise<Moved> {
  const known = (await deps.db.read('meta').where({ key: COUNTED_BY }).first())?.value;
  if (known === version) return { cases: 0, services: 0 };
  const cases = await recountTerms(deps);
  for (const { number, from, to } of cases)
    deps.log.warn({ case: number, from, to }, 'due day moved by the calendar');
  const services = await recountServices(deps);
  for (const { paperId, from, to } of services)
    deps.log.warn({ paper: paperId, from, to }, 'days of a service moved by the calendar');
  deps.log.info({ moved: cases.length }, 'terms counted by the present holiday tables');
  await transact(deps.db, (trx) =>
    trx('meta').insert({ key: COUNTED_BY, value: version }).onConflict('key').merge(),
  );
  return { cases: cases.length, services: services.length };
}
