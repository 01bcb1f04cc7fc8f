import type { Knex } from 'knex';
import { endOfDay, startOfDay } from '../../kernel/time.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import { inChunks } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';

/** A case that waits at a step of the village clerk's, with what tells which. */
export interface WaitingCase {
  id: string;
  number: string;
  itemTitle: string;
  definitionSha: string;
  snapshot: string;
}

/** Decided cases of a village that lie at its clerk's desk. */
export const listDecided = (db: Knex, villageId: string): Promise<WaitingCase[]> =>
  db('cases')
    .where({ village_id: villageId, phase: 'decided', desk_role: 'clerk' })
    .orderBy('id')
    .select('id', 'number', 'item_title as itemTitle', 'definition_sha as definitionSha', 'snapshot');

/** Who applied. */
export interface Applicant {
  caseId: string;
  caseNumber: string;
  name: string;
  idNumber: string;
  /** As the form tells it. */
  address: string | null;
}

/** Applicants of these cases, by case. */
export async function listApplicants(
  db: Knex,
  vault: Vault,
  caseIds: readonly string[],
): Promise<Map<string, Applicant>> {
  const rows = await inChunks(caseIds, (some) =>
    db('cases as c')
      .join('citizens as z', 'z.id', 'c.applicant_id')
      .whereIn('c.id', some)
      .select('c.id', 'c.number', 'c.applicant_name', 'z.id_sealed', 'c.form_sealed'),
  );
  return new Map(
    rows.flat().map((r) => [
      r.id,
      {
        caseId: r.id,
        caseNumber: r.number,
        name: r.applicant_name,
        idNumber: vault.open(r.id_sealed),
        address: addressIn(vault.open(r.form_sealed)),
      },
    ]),
  );
}

function addressIn(form: string): string | null {
  const { applicant } = JSON.parse(form) as { applicant?: { address?: unknown } };
  return typeof applicant?.address === 'string' ? applicant.address : null;
}

/** Something of a case that was handed over. */
export interface Handed {
  caseId: string;
  title: string;
  number: string;
  at: Instant;
  way: string;
  print: string | null;
}

/** What a village's cases had collected on a day, with the record of delivery. */
export async function listCollected(db: Knex, villageId: string, day: LocalDate): Promise<Handed[]> {
  const rows = await db('case_events as e')
    .join('cases as c', 'c.id', 'e.case_id')
    .leftJoin('papers as p', (on) => {
      on.on('p.case_id', 'e.case_id').andOn('p.event_seq', 'e.seq').andOnVal('p.kind', 'delivery');
    })
    .where({ 'c.village_id': villageId, 'e.type': 'COLLECT' })
    .where('e.at', '>=', startOfDay(day))
    .where('e.at', '<', endOfDay(day))
    .orderBy(['e.at', 'e.case_id'])
    .select('e.case_id', 'e.at', 'c.number', 'c.item_title', 'p.id as paper');
  return rows.map((r) => ({
    caseId: r.case_id,
    title: r.item_title,
    number: r.number,
    at: r.at,
    way: '已签收',
    print: r.paper && `/api/papers/${r.paper}.pdf`,
  }));
}

/** Papers of a village's cases that were handed to people on a day, with the record of it. */
export async function listServed(db: Knex, villageId: string, day: LocalDate): Promise<Handed[]> {
  const rows = await db('paper_services as s')
    .join('papers as p', 'p.id', 's.paper_id')
    .join('cases as c', 'c.id', 'p.case_id')
    .where({ 'c.village_id': villageId, 's.outcome': 'served', 's.served_on': day })
    .whereIn('s.way', ['直接送达', '代收送达'])
    .orderBy(['s.recorded_at', 's.id'])
    .select('p.case_id', 'p.title', 'p.number', 's.recorded_at', 's.way', 's.record_id');
  return rows.map((r) => ({
    caseId: r.case_id,
    title: r.title,
    number: r.number,
    at: r.recorded_at,
    way: r.way,
    print: r.record_id && `/api/papers/${r.record_id}.pdf`,
  }));
}
