/** Who is dead, as far as the house registered it. */
import type { Knex } from 'knex';
import { isLocalDate, localDate } from '../kernel/time.ts';
import type { LocalDate } from '../kernel/types.ts';
import { inChunks, type Trx } from '../platform/db/index.ts';
import type { Vault } from '../platform/vault/index.ts';

/** The item that tells of deaths, and the situation that takes one back (户口登记条例 art. 8). */
const REGISTER = { item: 'GA-01', death: 'death', restored: 'restore' } as const;

export interface Death {
  /** Number of the case that registered it. */
  number: string;
  decidedOn: LocalDate;
  diedOn: LocalDate;
}

/**
 * Deaths that were registered and not taken back since.
 * @param persons keyed hashes (`personKey`)
 * @returns by person
 */
export async function deathsAmong(
  db: Trx | Knex,
  vault: Vault,
  persons: readonly string[],
): Promise<Map<string, Death>> {
  const deaths = new Map<string, Death>();
  const rows = await inChunks([...new Set(persons)], (some) =>
    db('case_persons as p')
      .join('cases as c', 'c.id', 'p.case_id')
      .where({ 'c.item_code': REGISTER.item, 'c.outcome': 'granted', 'p.part': 'subject' })
      .whereIn('c.situation', [REGISTER.death, REGISTER.restored])
      .whereIn('p.person', some)
      .orderBy(['c.decided_at', 'c.id'])
      .select('p.person', 'c.number', 'c.situation', 'c.decided_at', 'c.form_sealed'),
  );
  for (const row of rows.flat()) {
    if (row.situation === REGISTER.restored) deaths.delete(row.person);
    else
      deaths.set(row.person, {
        number: row.number,
        decidedOn: localDate(row.decided_at),
        diedOn: dayOfDeath(JSON.parse(vault.open(row.form_sealed))),
      });
  }
  return deaths;
}

/** @throws Error when a registered death tells no day: its form asks for it */
function dayOfDeath({ deceased }: { deceased?: { diedOn?: unknown } }): LocalDate {
  if (!isLocalDate(deceased?.diedOn)) throw new Error('a registered death tells no day');
  return deceased.diedOn;
}
