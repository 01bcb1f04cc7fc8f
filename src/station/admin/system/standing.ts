/** How the house stands, at one look. */
import { addDays, localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { isSound, type KeptBackup } from '../../../platform/backup/index.ts';
import { databaseSize } from '../../../platform/db/dialect.ts';
import { listProposals } from '../../../platform/definitions/index.ts';
import { countParked, jobsStanding } from '../../../platform/jobs/index.ts';
import type { Parameter } from '../../../workflow/parameters.ts';
import type { SystemDeps } from './house.ts';

const SOON_DAYS = 60;

export interface Standing {
  parked: number;
  failedDeadlines: number;
  backups: KeptBackup[];
  backupFailed: boolean;
  /** Of this year and the next. */
  yearsWithout: number[];
  localYearsWithout: number[];
  ending: Parameter[];
  proposals: number;
  databaseBytes: number;
}

/** Values that end within two months with nothing after them. */
export function endingSoon(parameters: readonly Parameter[], today: LocalDate): Parameter[] {
  const last = addDays(today, SOON_DAYS);
  return parameters.filter(
    (p) =>
      p.to !== null &&
      today <= p.to &&
      p.to <= last &&
      !parameters.some((q) => q.name === p.name && q.from === addDays(p.to as LocalDate, 1)),
  );
}

export async function standingOf(deps: SystemDeps): Promise<Standing> {
  const { db, definitions, house } = deps;
  const now = deps.clock.now();
  const today = localDate(now);
  const calendar = deps.calendar();
  const year = Number(today.slice(0, 4));
  const years = [year, year + 1];
  const [parked, jobs, backups, failure, proposals, databaseBytes] = await Promise.all([
    countParked(db.read),
    jobsStanding(db.read, now),
    house.backups.list(),
    house.backups.failure(),
    listProposals(db.read, { state: 'proposed' }),
    databaseSize(db.read),
  ]);
  return {
    parked: parked.reduce((sum, p) => sum + p.n, 0),
    failedDeadlines: jobs.deadlinesFailed,
    backups: backups.filter(isSound),
    backupFailed: failure !== null,
    yearsWithout: years.filter((y) => calendar.isProvisional(`${y}-07-15`)),
    localYearsWithout: years.filter(
      (y) => !calendar.isProvisional(`${y}-07-15`) && calendar.isProvisional(`${y}-04-01`),
    ),
    ending: endingSoon(definitions.parameters(), today),
    proposals: proposals.length,
    databaseBytes,
  };
}
