/** What has moved between the making of a run and a later look at it. Pure. */
import type { Fen } from '../../../kernel/types.ts';
import { periodsTitle } from '../rules/periods.ts';
import type { Period, Way } from '../types.ts';
import type { Composed, Planned } from './rules.ts';

/** A line that was planned before, as it is compared with what would be planned now. */
export interface Before {
  seq: number;
  name: string;
  entitlementId: string;
  villageId: string;
  payeeSealed: string;
  way: Way;
  gross: Fen;
  offset: Fen;
  periods: readonly Period[];
}

/** A line that is no longer as it was prepared, and why. */
export interface Changed {
  seq: number;
  name: string;
  why: string;
}

/** Everything that has moved since a run was prepared; claims that are new since then move nothing. */
export function changesSince(before: readonly Before[], { lines, held }: Composed): Changed[] {
  const now = new Map(lines.map((l) => [l.claim.id, l]));
  const why = new Map(held.map((h) => [h.entitlementId, h.says]));
  return before.flatMap((line) => {
    const says = whyChanged(line, now.get(line.entitlementId), why.get(line.entitlementId));
    return says === null ? [] : [{ seq: line.seq, name: line.name, why: says }];
  });
}

function whyChanged(line: Before, now: Planned | undefined, held: string | undefined): string | null {
  if (!now) return held ?? '已终止或者不再应发';
  const { claim } = now;
  if (claim.payeeSealed !== line.payeeSealed) return '收款人或者收款账户已变更';
  if (claim.way !== line.way) return '发放方式已变更';
  if (claim.villageId !== line.villageId) return '已迁到别的村';
  const [was, is] = [line.periods, now.periods.map((p) => p.period)];
  if (was.join() !== is.join()) return `应发的期已变更：${periodsTitle(is)}`;
  if (now.gross !== line.gross) return '金额已变更';
  return now.offset === line.offset ? null : '抵扣已变更';
}
