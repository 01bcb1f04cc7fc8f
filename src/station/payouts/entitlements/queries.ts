import type { Knex } from 'knex';
import { notAllowed, notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditAlone } from '../../../platform/audit/index.ts';
import { listOfEntitlement } from '../debts/store.ts';
import { mayPay, seenPaths } from '../policy.ts';
import type { Scheme } from '../rules/schemes.ts';
import { listSchemes, schemeOf } from '../schemes.ts';
import type { Entitlement, EntitlementState, Payee, PayoutDeps } from '../types.ts';
import { type EntitlementDetail, type EntitlementView, entitlementView, linesOf } from './present.ts';
import { findEntitlement, listPaidLines, toEntitlement } from './store.ts';

type Reading = Pick<PayoutDeps, 'db' | 'vault' | 'orgs'>;

/** May somebody see a claim: the department that pays, a township and a village their own people's? */
export function isVisible(
  { orgs }: Pick<PayoutDeps, 'orgs'>,
  who: SignedIn,
  { scheme, villageId }: Pick<Entitlement, 'scheme' | 'villageId'>,
): boolean {
  const path = orgs.find(villageId)?.path;
  return path !== undefined && seenPaths(who, orgs, schemeOf(scheme)).some((p) => path.startsWith(p));
}

export interface ClaimQuery {
  scheme?: string;
  village?: string;
  state?: EntitlementState;
  /** Only those whose account must be put right. */
  faulty?: boolean;
  /** Part of a name. */
  text?: string;
  after?: string;
}

const PAGE = 50;

/** Claims somebody may see, masked, newest first; keyset pages. */
export async function listEntitlements(
  deps: Reading,
  who: SignedIn,
  query: ClaimQuery,
): Promise<{ claims: EntitlementView[]; next: string | null }> {
  const schemes = listSchemes().filter((s) => query.scheme === undefined || s.code === query.scheme);
  const rows = deps.db
    .read('payout_entitlements as e')
    .join('orgs as o', 'o.id', 'e.village_id')
    .where((any) => whereSeen(deps, who, any, schemes))
    .orderBy('e.id', 'desc')
    .limit(PAGE + 1)
    .select('e.*');
  if (query.village !== undefined) rows.where('e.village_id', query.village);
  if (query.state !== undefined) rows.where('e.state', query.state);
  if (query.faulty) rows.whereNotNull('e.account_fault');
  if (query.text !== undefined) rows.whereLike('e.name', `%${query.text.replaceAll(/[%_\\]/g, '')}%`);
  if (query.after !== undefined) rows.where('e.id', '<', query.after);
  const found = await rows;
  const page = found.slice(0, PAGE).map((r) => entitlementView(deps, toEntitlement(deps.vault, r)));
  return { claims: page, next: found.length > PAGE ? (page.at(-1)?.id ?? null) : null };
}

/** The schemes and places somebody may see; nothing when there are none. */
function whereSeen(
  { orgs }: Pick<PayoutDeps, 'orgs'>,
  who: SignedIn,
  any: Knex.QueryBuilder,
  schemes: readonly Scheme[],
): void {
  any.whereRaw('1 = 0');
  for (const scheme of schemes)
    for (const prefix of seenPaths(who, orgs, scheme))
      any.orWhere((both) => both.where('e.scheme', scheme.code).where('o.path', 'like', `${prefix}%`));
}

async function visible(deps: Reading, who: SignedIn, id: string): Promise<Entitlement> {
  const e = await findEntitlement(deps.db.read, deps.vault, id);
  if (!e || !isVisible(deps, who, e)) throw notFound('claim.not_found');
  return e;
}

/**
 * One claim, masked, with everything that was paid for it and what of that was too much.
 * @throws notFound `claim.not_found` also for a foreign village
 */
export async function entitlementDetail(
  deps: Reading,
  who: SignedIn,
  id: string,
): Promise<EntitlementDetail> {
  const e = await visible(deps, who, id);
  const lines = linesOf(await listPaidLines(deps.db.read, id));
  const debts = await listOfEntitlement(deps.db.read, id);
  return { ...entitlementView(deps, e), lines, debts: debts.map(({ person: _, ...debt }) => debt) };
}

/**
 * Who is paid, in full: a separate act that is written down with its reason, for the department that pays.
 * @throws notFound, notAllowed
 */
export async function revealPayee(
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  reason: string,
): Promise<Payee> {
  const e = await visible(deps, who, id);
  if (!mayPay(who, deps.orgs, schemeOf(e.scheme))) throw notAllowed();
  await auditAlone(deps, who, 'payout.reveal', id, { scheme: e.scheme, reason });
  return e.payee;
}
