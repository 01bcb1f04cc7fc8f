/** Who looked at or changed what, kept for good: the table takes no update and no delete. */

import { newId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/types.ts';
import type { Trx } from '../db/index.ts';

export interface AuditEntry {
  at: Instant;
  actor: { id: string; name: string };
  /** What was done, as `<noun>.<act>`: `session.opened`, `citizen.revealed`. */
  act: string;
  /** What it was done to: `case:01j…`, `account:…`. */
  subject: string;
  /** More, without personal data. */
  detail?: Record<string, unknown>;
}

export async function recordAudit(
  trx: Trx,
  entry: AuditEntry,
  random: (n: number) => Uint8Array = (n) => crypto.getRandomValues(new Uint8Array(n)),
): Promise<void> {
  await trx('audit').insert({
    id: newId(entry.at, random),
    at: entry.at,
    actor_id: entry.actor.id,
    actor_name: entry.actor.name,
    act: entry.act,
    subject: entry.subject,
    detail: JSON.stringify(entry.detail ?? {}),
  });
}
