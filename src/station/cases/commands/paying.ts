import type { Trx } from '../../../platform/db/index.ts';
import { possibleEvents } from '../../../workflow/advance.ts';
import type { EventName } from '../../../workflow/types.ts';
import { isRosterStep, payList, tableOf } from '../../rosters/index.ts';
import { type Loaded, loadCase } from '../access.ts';
import { actsOf } from '../acts.ts';
import type { CaseDeps } from '../deps.ts';
import { listEvents } from '../log.ts';
import { listStates } from '../store.ts';
import { actIn } from './act.ts';

const HOUSE = { kind: 'system' } as const;

/** What a run of payments reports to a case. */
type PayEvent = Extract<EventName, 'PAY' | 'SETTLE' | 'BOUNCE'>;

/** The sub-state of a pay step that takes each of them. */
const TAKEN_IN: Record<PayEvent, string> = { PAY: 'pending', SETTLE: 'sent', BOUNCE: 'sent' };

/** Those of many cases whose pay step takes the event now, told by the state they lie in. */
export async function readyToPay(
  trx: Trx,
  deps: CaseDeps,
  event: PayEvent,
  ids: readonly string[],
): Promise<Set<string>> {
  const lying = await listStates(trx, ids);
  const takes = ({ definitionSha, state }: (typeof lying)[number]): boolean =>
    deps.definitions
      .pinned(definitionSha)
      .definition.steps.some((s) => s.kind === 'pay' && state === `${s.id}.${TAKEN_IN[event]}`);
  return new Set(lying.filter(takes).map((c) => c.id));
}

/**
 * Do for the paying desk what a run of payments did. What a batch pays is the sum of its pay-list.
 * @returns false when the case is in no state that takes it
 */
export async function payIn(
  trx: Trx,
  deps: CaseDeps,
  caseId: string,
  event: PayEvent,
  data: Record<string, unknown>,
): Promise<boolean> {
  const loaded = await loadCase(trx, deps, HOUSE, caseId);
  if (!possibleEvents(loaded.pinned.machine, loaded.row.snapshot).includes(event)) return false;
  const amount = event === 'PAY' ? await listedAmount(trx, deps, loaded) : null;
  await actIn(trx, deps, HOUSE, caseId, { event, data: { ...data, ...(amount !== null && { amount }) } });
  return true;
}

/** In yuan; null where one person is paid. */
async function listedAmount(trx: Trx, deps: CaseDeps, { row, pinned, meta }: Loaded): Promise<number | null> {
  const { definition } = pinned;
  const table = tableOf(definition, row.situation, pinned.formFor(row.situation));
  if (!table || !isRosterStep(definition, meta.step)) return null;
  const log = await listEvents(trx, deps.vault, row.id);
  return payList(table, actsOf(deps, row, log), meta.step).total / 100;
}
