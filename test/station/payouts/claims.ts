/** Claims of money on their way, over HTTP: the shorthand of the tests of payouts. */
import { expect } from 'chai';
import { newId } from '../../../src/kernel/ids.ts';
import type { Fen } from '../../../src/kernel/types.ts';
import { transact } from '../../../src/platform/db/index.ts';
import { post } from '../../../src/station/payouts/index.ts';
import type { EventName } from '../../../src/workflow/types.ts';
import { type Answer, exampleForm, type House } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { county, type Traveller } from '../../walk/county.ts';

export type Form = Record<string, unknown>;
export type Blocks = Record<string, Record<string, unknown>>;

/** A claim as the API shows it, as far as tests look. */
export interface Claim {
  id: string;
  scheme: string;
  caseId: string;
  lineKey: string;
  name: string;
  amount: Fen;
  rhythm: string;
  way: string;
  from: string;
  until: string | null;
  state: string;
  reason: string | null;
  accountFault: string | null;
  version: number;
  payee: {
    name: string;
    idNumber: string;
    holder: string;
    bank: string;
    account: string;
    phone: string | null;
  };
}

export interface Debt {
  id: string;
  entitlementId: string;
  amount: Fen;
  recovered: Fen;
  state: string;
  reason: string;
  name: string;
}

/** A case brought to where an act is possible, or on to where it rests. */
export async function brought(
  house: House,
  item: string,
  { situation, form, gaps, until }: { situation: string; form?: Form; gaps?: string[]; until?: EventName },
): Promise<Walker> {
  const walk = await openCase(house, item, { situation, ...(form && { form }), ...(gaps && { gaps }) });
  await walk.act('village', 'FILE');
  await goOn(house, walk, until);
  return walk;
}

export async function goOn(house: House, walk: Walker, until?: EventName): Promise<void> {
  const traveller: Traveller = { label: 'money', walk, ...(until && { until }) };
  await county(house).work([traveller]);
  expect(traveller.failed).to.equal(undefined);
  await house.service.deps.jobs.tick();
  expect(await county(house).stuck()).to.deep.equal([]);
}

/** One act by whoever sits at its desk, and everything it sets going. */
export async function take(house: House, walk: Walker, event: EventName, says: Form = {}): Promise<void> {
  await county(house).take(walk, { event, says });
  await house.service.deps.jobs.tick();
  expect(await county(house).stuck()).to.deep.equal([]);
}

export const example = (house: House, item: string, index: number, situation?: string): Blocks =>
  exampleForm(house.service, item, index, situation) as Blocks;

export async function claimsOf(house: House, login: string, query = ''): Promise<Claim[]> {
  const answer = await (await house.as(login)).get<{ claims: Claim[] }>(`/api/payouts/claims${query}`);
  expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
  return answer.body.claims;
}

/** The claims a case made, as the department that pays sees them. */
export const granted = async (house: House, login: string, walk: Walker): Promise<Claim[]> =>
  (await claimsOf(house, login)).filter((c) => c.caseId === walk.id);

/** The one claim a case made. */
export async function theClaim(house: House, login: string, walk: Walker): Promise<Claim> {
  const own = (await granted(house, login, walk)).filter((c) => !c.lineKey.startsWith('+'));
  expect(own.length).to.equal(1);
  return own[0] as Claim;
}

export const send = async (
  house: House,
  login: string,
  path: string,
  body: unknown = {},
): Promise<Answer<{ code?: string; id?: string }>> =>
  (await house.as(login)).post(`/api/payouts/${path}`, body);

export async function debtsOf(house: House, login: string, query = ''): Promise<Debt[]> {
  const answer = await (await house.as(login)).get<{ debts: Debt[] }>(`/api/payouts/debts${query}`);
  expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
  return answer.body.debts;
}

/** Lines as a run leaves them, written straight into the tables: what runs do has tests of its own. */
export async function line(
  house: House,
  claim: Claim,
  periods: string[],
  { state = 'paid', offset = 0 }: { state?: 'paid' | 'sent'; offset?: Fen } = {},
): Promise<{ id: string; runId: string; entitlementId: string; offset: Fen }> {
  const { db, vault, random, clock } = house.service.deps;
  const at = clock.now();
  const [id, runId] = [newId(at, random), newId(at, random)];
  const gross = claim.amount * periods.length;
  await transact(db, async (trx) => {
    await trx('payout_runs').insert({
      id: runId,
      number: `TEST-${runId}`,
      scheme: claim.scheme,
      kind: 'regular',
      period: periods.at(-1),
      state: state === 'paid' ? 'settled' : 'exported',
      count: 1,
      total: gross - offset,
      held_sealed: vault.seal('[]'),
      prepared_name: '测试',
      prepared_at: at,
      version: 1,
    });
    await trx('payout_lines').insert({
      id,
      run_id: runId,
      seq: 1,
      entitlement_id: claim.id,
      village_id: '532628103201',
      name: claim.name,
      payee_sealed: vault.seal('{}'),
      account_tail: '',
      way: 'bank',
      gross,
      offset,
      net: gross - offset,
      state,
    });
    for (const period of periods)
      await trx('payout_periods').insert({
        line_id: id,
        entitlement_id: claim.id,
        period,
        amount: claim.amount,
        live_key: `${claim.id}:${period}`,
      });
    if (state === 'paid')
      await post(trx, house.service.deps, {
        scheme: claim.scheme,
        memo: '测试发放',
        at,
        entries: [
          { account: 'fund', fen: -(gross - offset) },
          { account: 'paid', fen: gross - offset },
        ],
      });
  });
  return { id, runId, entitlementId: claim.id, offset };
}

/** What each account of a scheme comes to. */
export async function ledger(house: House, scheme: string): Promise<Record<string, Fen>> {
  const rows = await house.service.deps.db.read('payout_entries').where({ scheme });
  const sums: Record<string, Fen> = {};
  for (const { account, fen } of rows) sums[account] = (sums[account] ?? 0) + fen;
  return sums;
}
