/** The board of a reader: counts of the county, read at most every half minute, cut to what he may see. */
import type { SignedIn } from '../../people/accounts/index.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import { listSchemes } from '../payouts/index.ts';
import { type Cubes, readCubes } from './cubes.ts';
import type { Period } from './period.ts';
import { type Filed, scopesOf, seenIn } from './policy.ts';
import { dayTables } from './tables/days.ts';
import { certificateTable, moneyTable } from './tables/money.ts';
import { badTile, ratingTables } from './tables/ratings.ts';
import { outcomeTable, reasonTable } from './tables/results.ts';
import { workTables, workTiles } from './tables/work.ts';
import type { Board, Sight } from './types.ts';

export type BoardDeps = PlatformDeps & { orgs: OrgTree };

/** Milliseconds of the service's clock for which counts are kept; nothing else makes them new. */
const KEPT = 30_000;
/** Periods of which counts are kept. */
const MOST = 50;

export type BoardReader = (who: SignedIn, period: Period) => Promise<Board>;

/** One reader for the service: whoever asks for the same place and time within half a minute sees the same board. */
export function boardReader(deps: BoardDeps): BoardReader {
  const kept = new Map<string, { at: number; cubes: Promise<Cubes> }>();
  const boards = new WeakMap<Cubes, Map<string, Board>>();
  const cubesOf = (period: Period): Promise<Cubes> => {
    const key = `${period.before.from}~${period.from}~${period.to}`;
    const now = deps.clock.now();
    const at = Date.parse(now);
    const found = kept.get(key);
    if (found && at >= found.at && at - found.at < KEPT) return found.cubes;
    const cubes = readCubes(deps.db.read, { now, calendar: deps.calendar(), period });
    kept.delete(key);
    kept.set(key, { at, cubes });
    if (kept.size > MOST) kept.delete([...kept.keys()][0] as string);
    cubes.catch(() => kept.delete(key));
    return cubes;
  };
  return async (who, period) => {
    const cubes = await cubesOf(period);
    const scopes = scopesOf(who, deps.orgs);
    const own = boards.get(cubes) ?? new Map<string, Board>();
    boards.set(cubes, own);
    const key = JSON.stringify(scopes) + JSON.stringify(period.query);
    const board = own.get(key) ?? assemble(deps, cutTo(cubes, seenIn(scopes, deps.orgs)), period);
    own.set(key, board);
    return board;
  };
}

/** Only what lies within somebody's scopes. */
function cutTo(cubes: Cubes, sees: (filed: Filed) => boolean): Cubes {
  const departmentOf = new Map(listSchemes().map((s) => [s.code, s.department]));
  const money = (rows: Cubes['money']) =>
    rows.filter(({ scheme, villageId }) => sees({ villageId, department: departmentOf.get(scheme) ?? '' }));
  return {
    ...cubes,
    hand: cubes.hand.filter(sees),
    decided: cubes.decided.filter(sees),
    decidedBefore: cubes.decidedBefore.filter(sees),
    closed: cubes.closed.filter(sees),
    reasons: cubes.reasons.filter(sees),
    levels: cubes.levels.filter(sees),
    levelsBefore: cubes.levelsBefore.filter(sees),
    openBad: cubes.openBad.filter(sees),
    waiting: cubes.waiting.filter(sees),
    money: money(cubes.money),
    moneyBefore: money(cubes.moneyBefore),
  };
}

function assemble(deps: BoardDeps, cubes: Cubes, period: Period): Board {
  const titles = new Map(deps.definitions.list().map((d) => [d.code, d.title]));
  const sight: Sight = { cubes, period, orgs: deps.orgs, itemTitle: (code) => titles.get(code) ?? code };
  return {
    period,
    asOf: cubes.asOf,
    tiles: [...workTiles(sight), badTile(cubes, deps.calendar())],
    tables: [
      ...workTables(sight),
      ...dayTables(sight),
      outcomeTable(sight),
      certificateTable(sight),
      reasonTable(sight),
      ...ratingTables(sight, deps.calendar()),
      moneyTable(sight),
    ],
  };
}
