/** Who looked at or changed what, kept for good: the table takes no update and no delete. */

import { maskNumbers } from '../../kernel/mask.ts';
import type { Instant } from '../../kernel/types.ts';
import type { Trx } from '../db/index.ts';

export interface AuditEntry {
  at: Instant;
  /** Account id; null for the house itself, and for a stranger at the door. */
  actor: string | null;
  /** What was done, as `<noun>.<act>`: `session.open`, `citizen.look-up`. */
  act: string;
  /** Id of what it was done to. */
  subject: string | null;
  /** More, without personal data; numbers of persons, cards and phones in a reason somebody typed are masked. */
  detail: Record<string, unknown>;
}

/** Write one line, in the transaction of the act it is about. */
export async function recordAudit(trx: Trx, entry: AuditEntry): Promise<void> {
  await trx('audit').insert({
    at: entry.at,
    actor_id: entry.actor,
    act: entry.act,
    subject: entry.subject,
    detail: JSON.stringify(entry.detail, (_, value) =>
      typeof value === 'string' ? maskNumbers(value) : value,
    ),
  });
}
