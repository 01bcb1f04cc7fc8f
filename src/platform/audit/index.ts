/** Who looked at or changed what, kept for good: the table takes no update and no delete. */

import { maskNumbers } from '../../kernel/mask.ts';
import type { Instant } from '../../kernel/types.ts';
import type { Clock } from '../clock.ts';
import { type Database, type Trx, transact } from '../db/index.ts';

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

/** Whoever acts; some of what he may is perhaps lent to him by somebody on leave. */
interface Acting {
  accountId: string;
  grants?: readonly { for?: { accountId: string } }[];
}

/** What a person does now, in the transaction of the act; `for` in the detail: whom he stands in for on that day. */
export const auditBy = (
  trx: Trx,
  deps: { clock: Clock },
  who: Acting,
  act: string,
  subject: string | null,
  detail: Record<string, unknown> = {},
): Promise<void> => {
  const absent = [...new Set((who.grants ?? []).flatMap((g) => g.for?.accountId ?? []))];
  const all = absent.length === 0 ? detail : { ...detail, for: absent };
  return recordAudit(trx, { at: deps.clock.now(), actor: who.accountId, act, subject, detail: all });
};

/** The same in a transaction of its own: what a person is shown or takes away, before it leaves the house. */
export const auditAlone = (
  deps: { clock: Clock; db: Database },
  who: Acting,
  act: string,
  subject: string | null,
  detail: Record<string, unknown> = {},
): Promise<void> => transact(deps.db, (trx) => auditBy(trx, deps, who, act, subject, detail));
