import type { OfficeHours } from '../../kernel/calendar.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';

export type StationDeps = PlatformDeps & { orgs: OrgTree; publicUrl: string };

/** What a station tells of itself; whatever nobody has entered is not there. */
export interface Facts {
  address?: string;
  /** How to get there. */
  way?: string;
  phones: { what: string; number: string }[];
  /** Who is on duty, by role; a name only when its bearer entered it. */
  duty: { role: string; name?: string; when?: string }[];
}

/** A station of which nobody has entered anything. */
export const NOTHING_KNOWN: Facts = { phones: [], duty: [] };

/** The days that hours of a station are for. */
export type DayKind = 'workday' | 'restday' | 'all';

/** Hours that a station entered for itself; no spans: closed. */
export interface OwnHours {
  id: string;
  from: LocalDate;
  /** Last day; null: no end. */
  to: LocalDate | null;
  days: DayKind;
  spans: OfficeHours;
  note: string | null;
}

/** Who wrote something down, and when. */
export interface Written {
  at: Instant;
  by: string;
  name: string;
}

/** `called`: at a counter now. `absent`: called and not there. */
export type TicketState = 'waiting' | 'called' | 'served' | 'absent';
export type Purpose = 'filing' | 'collecting' | 'asking';

/** A place in the queue of a station on one day. It knows nothing of whoever holds it. */
export interface Ticket {
  org: string;
  day: LocalDate;
  seq: number;
  purpose: Purpose | null;
  state: TicketState;
  takenAt: Instant;
  firstCalledAt: Instant | null;
  /** Called last; calling again moves it. */
  calledAt: Instant | null;
  calls: number;
  /** Window to go to; null: the one desk of a small station. */
  counter: number | null;
  endedAt: Instant | null;
}

/** A screen in the station that may hand out tickets. */
export interface Device {
  id: string;
  org: string;
  openedAt: Instant;
  pairedAt: Instant | null;
}
