import { conflict } from '../errors.ts';
import type { Instant } from '../kernel/types.ts';

/** The one home of "now". */
export interface Clock {
  now(): Instant;
}

export const wallClock: Clock = { now: () => new Date().toISOString() };

/** A clock that runs with the wall clock but can be moved ahead, for rehearsals. */
export interface MovableClock extends Clock {
  /** Milliseconds ahead of the wall clock. */
  readonly ahead: number;
  /** @throws AppError 409 `clock.backwards`: what happened cannot be undone by turning the clock back */
  moveTo(at: Instant): void;
}

export function movableClock(ahead = 0): MovableClock {
  let offset = ahead;
  const now = () => new Date(Date.now() + offset).toISOString();
  return {
    now,
    get ahead() {
      return offset;
    },
    moveTo(at) {
      if (at < now()) throw conflict('clock.backwards', { now: now() });
      offset = Date.parse(at) - Date.now();
    },
  };
}
