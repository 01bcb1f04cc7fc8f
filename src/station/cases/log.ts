/** The log of a case: append-only, sealed, each event chained by its hash to the one before. */
import type { Knex } from 'knex';
import { canonicalJson, sha256 } from '../../kernel/canonical.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { CaseEvent, EventName } from '../../workflow/types.ts';

/** A line of the log, with its place and its seal. */
export interface LoggedEvent extends CaseEvent {
  seq: number;
  hash: string;
  prevHash: string;
}

type Raw = Record<string, string | number | null>;

const GENESIS = '0'.repeat(64);

/** What the hash chain seals: everything about the event, and the hash before it. */
const digest = (caseId: string, seq: number, event: CaseEvent, prevHash: string): string =>
  sha256(
    canonicalJson({
      caseId,
      seq,
      type: event.type,
      at: event.at,
      by: event.by,
      data: event.data,
      routes: event.routes ?? null,
      ...(event.findings && { findings: event.findings }),
      prevHash,
    }),
  );

/** Append one event to the case's log, chained to the one before. Returns its sequence number, from 1. */
export async function appendEvent(trx: Trx, vault: Vault, caseId: string, event: CaseEvent): Promise<number> {
  const last = await trx('case_events').where({ case_id: caseId }).orderBy('seq', 'desc').first();
  const seq = (last?.seq ?? 0) + 1;
  const prevHash = last?.hash ?? GENESIS;
  await trx('case_events').insert({
    case_id: caseId,
    seq,
    type: event.type,
    at: event.at,
    actor_kind: event.by.kind,
    actor_id: event.by.id,
    actor_name: event.by.name,
    actor_for: event.by.for ?? null,
    actor_org: event.by.org ?? null,
    actor_role: event.by.role ?? null,
    data_sealed: vault.seal(JSON.stringify(event.data)),
    routes: event.routes ? JSON.stringify(event.routes) : null,
    findings: event.findings ? JSON.stringify(event.findings) : null,
    prev_hash: prevHash,
    hash: digest(caseId, seq, event, prevHash),
  });
  return seq;
}

export async function listEvents(trx: Trx | Knex, vault: Vault, caseId: string): Promise<LoggedEvent[]> {
  const rows: Raw[] = await trx('case_events').where({ case_id: caseId }).orderBy('seq');
  return rows.map((r) => ({
    seq: r.seq as number,
    type: r.type as EventName,
    at: r.at as string,
    by: {
      kind: r.actor_kind as CaseEvent['by']['kind'],
      id: r.actor_id as string,
      name: r.actor_name as string,
      ...(r.actor_for !== null && { for: r.actor_for as string }),
      ...(r.actor_org !== null && { org: r.actor_org as string }),
      ...(r.actor_role !== null && { role: r.actor_role as string }),
    },
    data: JSON.parse(vault.open(r.data_sealed as string)),
    ...(r.routes !== null && { routes: JSON.parse(r.routes as string) }),
    ...(r.findings !== null && { findings: JSON.parse(r.findings as string) }),
    hash: r.hash as string,
    prevHash: r.prev_hash as string,
  }));
}

/** Sequence number of the first event whose hash does not fit, or null when the chain holds. */
export function brokenAt(caseId: string, events: LoggedEvent[]): number | null {
  let prev = GENESIS;
  for (const [i, e] of events.entries()) {
    if (e.seq !== i + 1 || e.prevHash !== prev || e.hash !== digest(caseId, e.seq, e, prev)) return i + 1;
    prev = e.hash;
  }
  return null;
}
