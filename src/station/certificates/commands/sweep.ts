/** Once a day: what has run out lapses, and whoever should ask for renewal is reminded, at each threshold once. */
import { addDays, chineseDate } from '../../../kernel/time.ts';
import type { Instant, LocalDate } from '../../../kernel/types.ts';
import { transact } from '../../../platform/db/index.ts';
import type { PlatformDeps } from '../../../platform/deps.ts';
import * as store from '../store.ts';
import type { CertificateDeps, CertificateWorld } from '../types.ts';
import { record, recordIfPossible } from './log.ts';

type SweepDeps = CertificateDeps & Pick<PlatformDeps, 'definitions' | 'log'>;

const HOUSE = { id: 'system', name: '系统' };

/** Days before the last day for renewal on which its holder is reminded, the furthest first. */
export function remindingDays(deps: Pick<PlatformDeps, 'definitions'>, today: LocalDate): number[] {
  const { renewalRemindDays, renewalRemindAgainDays } = deps.definitions.params(today);
  return [Number(renewalRemindDays), Number(renewalRemindAgainDays)];
}

/**
 * Carry the register over to a Shanghai date. May run twice on a day, and after days on which nobody ran it. One
 * certificate that cannot be carried over is told in the log and never stops another.
 */
export async function sweepCertificates(
  deps: SweepDeps,
  world: CertificateWorld,
  today: LocalDate,
): Promise<void> {
  const { read } = deps.db;
  const at = deps.clock.now();
  for (const id of await store.idsToLapse(read, today))
    await apart(deps, id, () =>
      transact(deps.db, (trx) =>
        recordIfPossible(trx, deps, id, { act: 'LAPSE', at, by: HOUSE, cause: `day:${today}` }),
      ),
    );
  const [first, again] = remindingDays(deps, today) as [number, number];
  for (const certificate of await store.listToRenew(read, today, addDays(today, first))) {
    // Only the nearest threshold is told: a certificate issued late gets one message, not two at once.
    const days = certificate.renewBy <= addDays(today, again) ? again : first;
    await apart(deps, certificate.id, () => remind(deps, world, certificate, days, at));
  }
}

async function remind(
  deps: CertificateDeps,
  world: CertificateWorld,
  { id, caseId, title, number, renewBy }: store.Renewing,
  days: number,
  at: Instant,
): Promise<void> {
  const cause = `renew:${renewBy}:${days}`;
  if ((await store.listEvents(deps.db.read, id)).some((e) => e.act === 'REMIND' && e.cause === cause)) return;
  const facts = await world.factsOf(caseId);
  await transact(deps.db, async (trx) => {
    await record(trx, deps, id, { act: 'REMIND', at, by: HOUSE, cause, detail: { days } });
    await world.tell(trx, facts, {
      template: 'certificate-renew',
      occasion: `certificate:${id}:${cause}`,
      words: { item: title, number, renewBy: chineseDate(renewBy), village: facts.village.name },
    });
  });
}

async function apart(deps: SweepDeps, id: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    deps.log.error({ err: error, certificate: id }, 'certificate not carried over to the day');
  }
}
