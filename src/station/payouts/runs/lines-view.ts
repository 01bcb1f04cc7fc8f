import { notAllowed } from '../../../errors.ts';
import type { Fen } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { periodsTitle } from '../rules/periods.ts';
import type { LineState, PayoutDeps, Way } from '../types.ts';
import { listLines } from './lines-store.ts';
import { requireSeen } from './seen.ts';

export interface LineView {
  id: string;
  seq: number;
  entitlementId: string;
  name: string;
  village: string;
  /** The last four. */
  accountTail: string;
  way: Way;
  periods: string;
  gross: Fen;
  offset: Fen;
  net: Fen;
  state: LineState;
  reason: string | null;
  settledAt: string | null;
}

export interface LineInput {
  after?: number;
  limit?: number;
  state?: LineState;
  village?: string;
  /** Part of a name. */
  text?: string;
}

const LINES = 100;

/**
 * Lines of a run, people masked as lists are: the account by its last four. Only those of one's own villages.
 * @throws notFound, notAllowed for who may see sums alone
 */
export async function runLines(
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  { after, limit = LINES, state, village, text }: LineInput,
): Promise<{ lines: LineView[]; next: number | null }> {
  const { villages } = await requireSeen(deps, who, id);
  if (villages.length === 0) throw notAllowed();
  const wanted =
    village === undefined ? villages : villages === 'all' || villages.includes(village) ? [village] : [];
  const found = await listLines(deps.db.read, {
    runId: id,
    limit: limit + 1,
    ...(after !== undefined && { after }),
    ...(state !== undefined && { states: [state] }),
    ...(wanted !== 'all' && { villages: wanted }),
    ...(text !== undefined && { text }),
  });
  const lines = found.slice(0, limit).map((l): LineView => {
    const { id: line, seq, entitlementId, name, accountTail, way, gross, offset, net } = l;
    return {
      ...{ id: line, seq, entitlementId, name, accountTail, way, gross, offset, net },
      village: deps.orgs.get(l.villageId).name,
      periods: periodsTitle(l.periods.map((p) => p.period)),
      state: l.state,
      reason: l.reason,
      settledAt: l.settledAt,
    };
  });
  return { lines, next: found.length > limit ? (lines.at(-1)?.seq ?? null) : null };
}
