/** What a station's pages show. */
import { notFound } from '../../errors.ts';
import { addDays, localDate, startOfDay } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { Org } from '../../people/orgs/index.ts';
import { frequentItems } from '../cases/index.ts';
import { places, summariesOf } from '../catalogue/index.ts';
import { stationOf } from './commands/facts.ts';
import { filedAt, isStation } from './policy.ts';
import {
  aheadOf,
  type DayHours,
  hoursOn,
  type QueueView,
  queueOf,
  readTicketNumber,
  type Standing,
  standingAt,
} from './rules.ts';
import * as devices from './store/devices.ts';
import * as store from './store/facts.ts';
import * as queue from './store/queue.ts';
import { type Device, type Facts, NOTHING_KNOWN, type StationDeps, type Ticket } from './types.ts';

const WEEK = 7;
/** Versions and hours shown as the history of a page. */
const HISTORY = 50;

export interface Item {
  code: string;
  title: string;
}

export interface StationView {
  org: Org;
  /** The organisation it belongs to; null for the county. */
  above: Org | null;
  facts: Facts;
  standing: Standing;
  /** Today and the six days that follow. */
  week: DayHours[];
  /** What can be applied for here, or is worked on here. */
  items: Item[];
}

/** @throws notFound `org.not_found` */
export async function getStation(deps: StationDeps, id: string): Promise<StationView> {
  const org = stationOf(deps, id);
  const now = deps.clock.now();
  const week = await weekOf(deps, org.id, localDate(now));
  const [latest] = await store.listVersions(deps.db.read, org.id, 1);
  const above = org.parentId === null ? undefined : deps.orgs.find(org.parentId);
  return {
    org,
    above: above && isStation(above) ? above : null,
    facts: latest?.facts ?? NOTHING_KNOWN,
    standing: standingAt(now, week[0] as DayHours),
    week,
    items: itemsAt(deps, org),
  };
}

async function weekOf(deps: StationDeps, org: string, today: LocalDate): Promise<DayHours[]> {
  const days = Array.from({ length: WEEK }, (_, i) => addDays(today, i));
  const own = await store.hoursBetween(deps.db.read, org, today, days.at(-1) as LocalDate);
  const calendar = deps.calendar();
  return days.map((day) => hoursOn(day, own, calendar));
}

const itemsAt = (deps: StationDeps, org: Org): Item[] =>
  deps.definitions
    .list()
    .filter((definition) => filedAt(org, definition))
    .map(({ code, title }) => ({ code, title }));

/** Items that were applied for most at a village in a year; none where nobody has applied for anything. */
export async function frequentGuides(deps: StationDeps, org: string, most: number): Promise<Item[]> {
  const since = startOfDay(addDays(localDate(deps.clock.now()), -365));
  const codes = await frequentItems(deps.db.read, org, since, most);
  const all = summariesOf(deps);
  return codes.flatMap((code) => all.find((item) => item.code === code) ?? []);
}

/** Everything that was entered about a station, the newest first, and the hours that may still be taken back. */
export async function getHistory(
  deps: StationDeps,
  org: string,
): Promise<{ versions: store.FactsVersion[]; hours: store.HoursEntry[] }> {
  return {
    versions: await store.listVersions(deps.db.read, org, HISTORY),
    hours: await store.listHours(deps.db.read, org, HISTORY),
  };
}

export async function getQueue(deps: StationDeps, id: string): Promise<QueueView> {
  const { id: org } = stationOf(deps, id);
  const day = localDate(deps.clock.now());
  return queueOf(day, await queue.listTickets(deps.db.read, org, day));
}

/** Today's ticket of a number, and how many wait before it. @throws notFound `queue.ticket_not_found` */
export async function getTicket(
  deps: StationDeps,
  id: string,
  number: string,
): Promise<{ ticket: Ticket; ahead: number }> {
  const { id: org } = stationOf(deps, id);
  const seq = readTicketNumber(number);
  const tickets = await queue.listTickets(deps.db.read, org, localDate(deps.clock.now()));
  const ticket = tickets.find((t) => t.seq === seq);
  if (!ticket) throw notFound('queue.ticket_not_found');
  return { ticket, ahead: aheadOf(tickets, ticket) };
}

/** Screens of a station that hand out tickets. */
export const getDevices = (deps: StationDeps, org: string): Promise<Device[]> =>
  devices.listDevices(deps.db.read, org);

export interface StationLine {
  id: string;
  name: string;
}

/** The county's counters: its window and departments, its townships. */
export interface Directory {
  county: Org;
  departments: Org[];
  townships: Org[];
}

export function getDirectory(deps: Pick<StationDeps, 'orgs'>): Directory {
  const county = deps.orgs.get(places().county);
  const below = deps.orgs.children(county.id);
  return {
    county,
    departments: below.filter((o) => o.kind === 'department'),
    townships: below.filter((o) => o.kind === 'township'),
  };
}

/** Stations whose name holds what was typed. */
export function findStations(deps: Pick<StationDeps, 'orgs'>, typed: string, most: number): Org[] {
  const words = typed.normalize('NFKC').split(/\s+/).filter(Boolean);
  return deps.orgs
    .within(places().county)
    .filter((o) => isStation(o) && words.every((w) => o.name.includes(w)))
    .slice(0, most);
}
