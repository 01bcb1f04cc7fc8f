/** Inboxes and lists of cases, as pages and API show them. */
import { invalid } from '../../errors.ts';
import { addWorkdays } from '../../kernel/calendar.ts';
import { addDays, isLocalDate } from '../../kernel/time.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import {
  type CaseScope,
  deskOrgs,
  type SignedIn,
  seatOf,
  visibleScopes,
} from '../../people/accounts/index.ts';
import { metaOf } from '../../workflow/advance.ts';
import type { CaseState, Outcome } from '../../workflow/types.ts';
import { today } from './access.ts';
import { type Claim, claimsOf, desksOfCases, type LyingAt } from './claims/index.ts';
import type { CaseDeps } from './deps.ts';
import { type ClockStanding, clockStanding } from './present.ts';
import { type CaseLine, type Days, ORDERS, type Place, type Query, type Sort } from './search/query.ts';
import { countCases, searchCases } from './search/search.ts';
import type { Phase } from './store.ts';

/** A line of a list, with its light and the title of its state. */
export interface ListedCase
  extends Omit<CaseLine, 'snapshot' | 'definitionSha'>,
    Omit<ClockStanding, 'light' | 'due'> {
  villageName: string;
  stateTitle: string;
  /** Desks it lies on. */
  desks: { org: string; role: string; orgName: string }[];
  /** Who works on it. */
  claims: { name: string; isMine: boolean; fromName: string | null; note: string }[];
  /** The absent colleague for whom it lies on this person's desk; null: it is one's own. */
  standsFor: string | null;
  /** null: no clock runs. */
  light: ClockStanding['light'] | null;
}

/** What stands where no clock runs. */
const NO_CLOCK = {
  dueAt: null,
  dueTime: null,
  dueToday: false,
  provisional: false,
  remaining: null,
  hoursLeft: null,
  overdue: 0,
  light: null,
};

/** What stands beside a line: desks and claims of the page, read at once. */
interface Beside {
  now: Instant;
  who: SignedIn;
  desks: Map<string, LyingAt[]>;
  claims: Claim[];
}

function listed(deps: CaseDeps, line: CaseLine, { now, who, desks, claims }: Beside): ListedCase {
  const { snapshot, definitionSha, ...rest } = line;
  const state = JSON.parse(snapshot) as CaseState;
  const { machine } = deps.definitions.pinned(definitionSha);
  const running = state.clocks
    .filter((c) => c.endedOn === undefined)
    .map((c) => clockStanding(c, now, deps.calendar()))
    .filter((s) => s.dueAt !== null)
    .sort((a, b) => (a.dueAt as string).localeCompare(b.dueAt as string));
  const { due = null, ...clock } = running[0] ?? {};
  const lying = desks.get(line.id) ?? [];
  return {
    ...rest,
    villageName: deps.orgs.get(line.villageId).name,
    desks: lying.map((d) => ({ ...d, orgName: deps.orgs.get(d.org).name })),
    claims: claims.filter((k) => k.caseId === line.id).map((k) => claimOf(who, k)),
    standsFor: standsFor(deps, who, lying),
    stateTitle: metaOf(machine, state).title,
    ...NO_CLOCK,
    ...clock,
    nextDue: due,
  };
}

/** It lies on no desk of one's own, but on one that this person keeps during somebody's leave. */
function standsFor(deps: CaseDeps, who: SignedIn, desks: LyingAt[]): string | null {
  const seats = desks.flatMap((d) => seatOf(who, d.role, d.org, deps.orgs) ?? []);
  return seats.some((s) => s.for === undefined) ? null : (seats[0]?.for?.name ?? null);
}

/** A note is read by whoever it was written to. */
function claimOf(who: SignedIn, { accountId, name, fromName, note }: Claim) {
  const isMine = accountId === who.accountId;
  return { name, isMine, fromName, note: isMine ? note : '' };
}

/** When something is due, seen from today; `soon`: within three working days. */
export type DueSpan = 'overdue' | 'today' | 'soon' | 'week';

/** Shanghai days, both included: `2026-10-01~2026-12-31`. */
export type DayRange = string;

/** Whose work it is: mine, given to me by a colleague, nobody's. */
type ClaimFilter = 'mine' | 'handed' | 'free';

/** What a list can be narrowed and sorted by. */
export interface ListFilters {
  item?: string;
  phase?: Phase;
  village?: string;
  due?: DueSpan;
  claim?: ClaimFilter;
  text?: string;
  sort?: Sort;
  department?: string;
  /** Everything beneath this organisation. */
  township?: string;
  /** Only what is seen by place and department, and not what merely lies on one's desk. */
  place?: '1';
  /** Handed in and not at its end. */
  hand?: '1';
  decided?: DayRange;
  closed?: DayRange;
  outcome?: Outcome;
  timed?: 'known' | 'late';
  /** `<act>~<target>`: sent back or turned down for this, in the time of `said`. */
  reason?: string;
  said?: DayRange;
}

export interface ListInput extends ListFilters {
  after?: string;
  before?: string;
  limit?: number;
}

export interface ListPage {
  cases: ListedCase[];
  next: string | null;
  prev: string | null;
  isPartial: boolean;
}

const PAGE = 20;

/** Monday is 1. */
const weekday = (day: LocalDate): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** So many working days are soon. */
export const SOON = 3;

/** The days of a span: what is overdue was due before today, a week ends on Sunday. */
function daysOf({ calendar }: CaseDeps, span: DueSpan, on: LocalDate): NonNullable<Query['due']> {
  if (span === 'overdue') return { to: addDays(on, -1) };
  if (span === 'soon') return { from: on, to: addWorkdays(calendar(), on, SOON) };
  return { from: on, to: span === 'today' ? on : addDays(on, 7 - weekday(on)) };
}

/** A key that names no line of this order is nobody's next page. */
function requireKey(name: 'after' | 'before', key: string | undefined, sort: Sort): void {
  if (key === undefined || key.split('~').length === ORDERS[sort].length) return;
  throw invalid([{ pointer: `/query/${name}`, message: '翻页位置不对，请从第一页看起', code: 'page' }]);
}

type Asked = Omit<Query, 'limit' | 'places' | 'desks'>;

/** @throws invalid at the filter that names no days */
function rangeOf(name: 'decided' | 'closed' | 'said', range: DayRange): Days {
  const [from, to, ...more] = range.split('~');
  if (isLocalDate(from) && isLocalDate(to) && from <= to && more.length === 0) return { from, to };
  throw invalid([{ pointer: `/query/${name}`, message: '起止日期不对，应写成 2026-10-01~2026-12-31' }]);
}

/** @throws invalid without the days in which it was said */
function reasonOf(reason: string, said: DayRange | undefined): NonNullable<Query['reason']> {
  const [kind = '', ...target] = reason.split('~');
  return { kind, target: target.join('~'), said: rangeOf('said', said ?? '') };
}

const villagesWithin = ({ orgs }: CaseDeps, org: string): string[] =>
  orgs.find(org)
    ? orgs
        .within(org)
        .filter((o) => o.kind === 'village')
        .map((o) => o.id)
    : [];

function askedFor(deps: CaseDeps, who: SignedIn, input: Omit<ListInput, 'limit'>): Asked {
  const {
    due,
    claim,
    sort = 'due',
    township,
    place: _,
    hand,
    decided,
    closed,
    reason,
    said,
    ...plain
  } = input;
  requireKey('after', input.after, sort);
  requireKey('before', input.before, sort);
  return {
    ...plain,
    sort,
    ...(due && { due: daysOf(deps, due, today(deps)) }),
    ...(township && { within: villagesWithin(deps, township) }),
    ...(hand && { isInHand: true }),
    ...(decided && { decided: rangeOf('decided', decided) }),
    ...(closed && { closed: rangeOf('closed', closed) }),
    ...(reason && { reason: reasonOf(reason, said) }),
    ...(claim === 'free' && { claim }),
    ...(claim && claim !== 'free' && { claim: { by: who.accountId, handed: claim === 'handed' } }),
  };
}

/** The villages of a scope. */
function placeOf(deps: CaseDeps, { pathPrefix, departments }: CaseScope): Place {
  const villages = villagesWithin(deps, pathPrefix.split('/').at(-2) as string);
  return { villages, ...(departments && { departments }) };
}

async function page(
  deps: CaseDeps,
  who: SignedIn,
  query: Omit<Query, 'limit'>,
  limit = PAGE,
): Promise<ListPage> {
  const { lines, ...rest } = await searchCases(deps.db.read, { ...query, limit });
  const ids = lines.map((l) => l.id);
  const [desks, claims] = await Promise.all([
    desksOfCases(deps.db.read, ids),
    claimsOf(deps.db.read, deps.vault, ids),
  ]);
  const beside = { now: deps.clock.now(), who, desks, claims };
  return { cases: lines.map((line) => listed(deps, line, beside)), ...rest };
}

/** Every case somebody may see, most urgent first unless asked otherwise; keyset pages. */
export async function listCases(
  deps: CaseDeps,
  who: SignedIn,
  { limit, ...input }: ListInput,
): Promise<ListPage> {
  const places = visibleScopes(who, deps.orgs).map((scope) => placeOf(deps, scope));
  const desks = input.place ? [] : deskOrgs(who, deps.orgs);
  return page(deps, who, { places, desks, ...askedFor(deps, who, input) }, limit);
}

/** The cases lying on somebody's desks: what is to be done, most urgent first unless asked otherwise. */
export async function inbox(
  deps: CaseDeps,
  who: SignedIn,
  { limit, ...input }: ListInput,
): Promise<ListPage> {
  return page(
    deps,
    who,
    { places: [], desks: deskOrgs(who, deps.orgs), ...askedFor(deps, who, input) },
    limit,
  );
}

/** More than this is told as "more than". */
export const MOST_COUNTED = 999;

/** What lies on somebody's desks, by how it presses; each counted up to one more than `MOST_COUNTED`. */
export type InboxCounts = Record<Exclude<DueSpan, 'soon'> | 'all' | 'mine' | 'handed', number>;

export async function inboxCounts(deps: CaseDeps, who: SignedIn): Promise<InboxCounts> {
  const desks = deskOrgs(who, deps.orgs);
  const count = (filters: ListFilters) =>
    countCases(deps.db.read, { places: [], desks, ...askedFor(deps, who, filters) }, MOST_COUNTED + 1);
  const [overdue, today_, week, all, mine, handed] = await Promise.all([
    count({ due: 'overdue' }),
    count({ due: 'today' }),
    count({ due: 'week' }),
    count({}),
    count({ claim: 'mine' }),
    count({ claim: 'handed' }),
  ]);
  return { overdue, today: today_, week, all, mine, handed } as InboxCounts;
}
