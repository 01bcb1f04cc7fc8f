import { notFound } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { maySeeTotals, seenPaths } from '../policy.ts';
import type { Scheme } from '../rules/schemes.ts';
import { findScheme } from '../schemes.ts';
import type { PageDeps } from './parts.tsx';

export const schemePath = ({ code }: Scheme): string => `/payouts/schemes/${code}`;

/**
 * The scheme of the address.
 * @throws notFound also for who sees neither its sums nor anybody it pays
 */
export function schemeAt(ctx: RouteContext, { orgs }: PageDeps): Scheme {
  const who = requireSession(ctx);
  const scheme = findScheme(ctx.params.code as string);
  if (!scheme || (!maySeeTotals(who, orgs, scheme) && seenPaths(who, orgs, scheme).length === 0))
    throw notFound('payout.scheme_not_found');
  return scheme;
}
