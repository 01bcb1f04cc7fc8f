/** What the mailbox does by itself on a new day: clocks go on, answered letters close, old ones are destroyed. */
import type { LocalDate } from '../../../kernel/types.ts';
import { transact } from '../../../platform/db/index.ts';
import { chartOf, HOUSE } from '../../records/index.ts';
import * as store from '../store.ts';
import type { MailDeps } from '../types.ts';
import { again, moveLetter } from './move.ts';

/** May be called again. Returns how many letters moved. */
export async function lettersOnNewDay(deps: MailDeps, today: LocalDate): Promise<number> {
  const { states } = chartOf('letter').chart;
  const lapsing = Object.entries(states).flatMap(([state, { term }]) => (term?.lapse ? [state] : []));
  const over = await store.listOver(deps.db.read, deps.vault, lapsing, today);
  for (const found of over)
    await transact(deps.db, async (trx) => {
      const letter = await again(trx, deps, found);
      const event = states[letter.record.state]?.term?.lapse;
      if (letter.record.version !== found.record.version || event === undefined) return;
      await moveLetter(trx, deps, letter, { event, actor: HOUSE, version: letter.record.version });
      if (event === 'PURGE') await store.purge(trx, letter.record.id);
    });
  return over.length;
}
