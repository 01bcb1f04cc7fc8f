import type { Knex } from 'knex';
import type { Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { PlatformDeps } from '../../../platform/deps.ts';
import { metaOf } from '../../../workflow/advance.ts';
import type { CaseState } from '../../../workflow/types.ts';
import { listTransfers, type Transfer } from '../transfers/store.ts';

/** What a village hands over next. */
export interface ReadyCertificate {
  id: string;
  caseId: string;
  number: string;
  title: string;
  holderName: string;
  /** On paper at the village; false: electronic, to be printed at the counter. */
  isPrinted: boolean;
  since: Instant;
}

/**
 * Certificates to be handed over at a village: pieces that lie there, and electronic ones whose case waits for
 * the hand-over.
 */
export async function listReady(
  deps: Pick<PlatformDeps, 'db' | 'definitions'>,
  villageId: string,
): Promise<ReadyCertificate[]> {
  const db = deps.db.read;
  const rows = await db('certificates as k')
    .join('cases as c', 'c.id', 'k.case_id')
    .where('c.village_id', villageId)
    .whereIn('k.state', ['valid', 'suspended', 'lapsed'])
    .where((any) =>
      any
        .where((lies) =>
          lies.where('k.place_id', villageId).whereIn('k.custody', ['printed', 'at-village', 'returned']),
        )
        .orWhere({ 'k.custody': 'none', 'c.desk_org': villageId, 'c.phase': 'decided' }),
    )
    .orderBy('k.id')
    .select('k.id', 'k.case_id', 'k.number', 'k.title', 'k.holder_name', 'k.custody')
    .select('c.definition_sha', 'c.snapshot')
    .select(db('certificate_events as e').whereRaw('e.certificate_id = k.id').max('e.at').as('since'));
  const waits = (sha: string, snapshot: string) =>
    metaOf(deps.definitions.pinned(sha).machine, JSON.parse(snapshot) as CaseState).kind === 'collect';
  return rows
    .filter((r) => r.custody !== 'none' || waits(r.definition_sha, r.snapshot))
    .map((r) => ({
      id: r.id,
      caseId: r.case_id,
      number: r.number,
      title: r.title,
      holderName: r.holder_name,
      isPrinted: r.custody !== 'none',
      since: r.since,
    }));
}

/** Transfers on the way to an organisation, the latest first. */
export const listIncoming = (db: Trx | Knex, orgId: string): Promise<Transfer[]> =>
  listTransfers(db, { orgs: [orgId], direction: 'in', state: 'sent', limit: 100 });
