/** What of a station leaves the house as JSON. Numbers of the queue only: nothing is known of who holds them. */

import type { StationView } from './queries.ts';
import { aheadOf, type QueueView, ticketNumber } from './rules.ts';
import type { Ticket } from './types.ts';

export const stationJson = ({ org, above, facts, standing, week, items }: StationView) => ({
  id: org.id,
  name: org.name,
  kind: org.kind,
  above: above && { id: above.id, name: above.name },
  ...facts,
  standing,
  week,
  items,
});

export const ticketJson = (ticket: Ticket) => ({
  number: ticketNumber(ticket),
  purpose: ticket.purpose,
  state: ticket.state,
  calls: ticket.calls,
  counter: ticket.counter,
});

export const queueJson = ({ day, called, waiting, absent, served, averageWait }: QueueView) => ({
  day,
  called: called.map(ticketJson),
  waiting: waiting.map((t) => ({ ...ticketJson(t), ahead: aheadOf(waiting, t) })),
  absent: absent.map(ticketJson),
  served,
  averageWait,
});
