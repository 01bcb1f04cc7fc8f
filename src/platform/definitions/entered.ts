/** Values of parameters entered in the running house: proposed by one, approved by another. */
import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';
import type { EnteredValue, Parameter } from '../../workflow/parameters.ts';
import type { Trx } from '../db/index.ts';

interface Moment {
  by: string;
  name: string;
  at: Instant;
}

/** `withdrawn`: approved once, taken back before its day. */
export type ProposalState = 'proposed' | 'approved' | 'refused' | 'withdrawn';

export interface Proposal extends EnteredValue {
  id: string;
  state: ProposalState;
  proposed: Moment;
  decided: Moment | null;
  reason: string | null;
}

type Raw = Record<string, string | null>;

const toProposal = (r: Raw): Proposal => ({
  id: r.id as string,
  name: r.name as string,
  value: JSON.parse(r.value as string) as Parameter['value'],
  from: r.from_day as string,
  source: r.source as string,
  state: r.state as ProposalState,
  proposed: { by: r.proposed_by as string, name: r.proposed_name as string, at: r.proposed_at as string },
  decided:
    r.decided_at === null
      ? null
      : { by: r.decided_by as string, name: r.decided_name as string, at: r.decided_at as string },
  reason: r.reason as string | null,
});

/** Proposals in the order they were made; of one parameter, or in one state. */
export async function listProposals(
  db: Trx | Knex,
  which: { name?: string; state?: ProposalState } = {},
): Promise<Proposal[]> {
  const rows: Raw[] = await db('parameter_values').where(which).orderBy('id');
  return rows.map(toProposal);
}

/** The values that hold, or will from their day on. */
export const listEntered = (db: Trx | Knex): Promise<Proposal[]> => listProposals(db, { state: 'approved' });

export async function findProposal(db: Trx | Knex, id: string): Promise<Proposal | undefined> {
  const row: Raw | undefined = await db('parameter_values').where({ id }).first();
  return row && toProposal(row);
}

export async function insertProposal(
  trx: Trx,
  p: Omit<Proposal, 'state' | 'decided' | 'reason'>,
): Promise<void> {
  await trx('parameter_values').insert({
    id: p.id,
    name: p.name,
    value: JSON.stringify(p.value),
    from_day: p.from,
    source: p.source,
    state: 'proposed',
    proposed_by: p.proposed.by,
    proposed_name: p.proposed.name,
    proposed_at: p.proposed.at,
  });
}

/** False when it was no longer in the state it was in. */
export async function settleProposal(
  trx: Trx,
  { id, state: before }: Pick<Proposal, 'id' | 'state'>,
  state: ProposalState,
  by: Moment,
  reason: string | null,
): Promise<boolean> {
  const changed = await trx('parameter_values')
    .where({ id, state: before })
    .update({ state, decided_by: by.by, decided_name: by.name, decided_at: by.at, reason });
  return changed === 1;
}
