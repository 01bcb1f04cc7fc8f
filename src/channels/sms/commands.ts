import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../kernel/ids.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import { projectRoot } from '../../platform/paths.ts';
import { textOf } from './rules.ts';
import { insertMessages, type MessageRow } from './store.ts';

type SmsDeps = Pick<PlatformDeps, 'clock' | 'random' | 'vault'>;

export interface MessageOrder {
  /** Null: it is about no case, and goes out each time it is asked for. */
  caseId: string | null;
  /** The event it tells of; 0 when it is about something else, told by its occasion. */
  eventSeq: number;
  /** What else it is about, e.g. a line of a run or a reminder. */
  occasion?: string;
  /** Key of `data/messages.json`. */
  template: string;
  /** Mobile number; null when the citizen gave none: then the village clerk tells them. */
  to: string | null;
  words: Record<string, string>;
}

const templates: Record<string, string> = JSON.parse(
  readFileSync(join(projectRoot, 'data', 'messages.json'), 'utf8'),
).templates;

/**
 * Put a message into the queue; once for each case, event, occasion and template.
 * @throws Error for a template that is not in `data/messages.json`
 */
export const queueMessage = (trx: Trx, deps: SmsDeps, order: MessageOrder): Promise<void> =>
  queueMessages(trx, deps, [order]);

/** Many of them at once. */
export const queueMessages = (trx: Trx, deps: SmsDeps, orders: readonly MessageOrder[]): Promise<void> =>
  insertMessages(
    trx,
    orders.map((order) => rowOf(deps, order)),
  );

function rowOf(deps: SmsDeps, order: MessageOrder): MessageRow {
  const template = templates[order.template];
  if (template === undefined) throw new Error(`no message template ${order.template}`);
  const now = deps.clock.now();
  return {
    id: newId(now, deps.random),
    case_id: order.caseId,
    event_seq: order.eventSeq,
    occasion: order.occasion ?? '',
    template: order.template,
    to_sealed: order.to === null ? null : deps.vault.seal(order.to),
    text_sealed: deps.vault.seal(textOf(template, order.words)),
    state: order.to === null ? 'no-number' : 'queued',
    at: now,
  };
}
