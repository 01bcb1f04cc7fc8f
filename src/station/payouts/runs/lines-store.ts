import type { Knex } from 'knex';
import type { Fen } from '../../../kernel/types.ts';
import { inChunks, insertInChunks, ROWS, type Trx } from '../../../platform/db/index.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Line, LineState, Period, Way } from '../types.ts';

type Db = Trx | Knex;
type Raw = Record<string, string | number | null>;

/** A line as it is written: the payee already sealed, as it stands in the claim. */
export interface NewLine extends Omit<Line, 'payee' | 'reason' | 'settledAt'> {
  payeeSealed: string;
  accountTail: string;
}

/** A line without what is sealed, and the case it was granted by. */
export interface PlainLine extends Omit<Line, 'payee'> {
  accountTail: string;
  payeeSealed: string;
  caseId: string;
  lineKey: string;
  person: string;
}

const liveKey = (entitlementId: string, period: Period): string => `${entitlementId}:${period}`;

/**
 * Write the lines of a run and the periods they pay for.
 * @returns false when a period of one of them is being paid by another line: nothing may be paid twice
 */
export async function insertLines(trx: Trx, lines: readonly NewLine[]): Promise<boolean> {
  await insertInChunks(
    trx,
    'payout_lines',
    lines.map((l) => ({
      id: l.id,
      run_id: l.runId,
      seq: l.seq,
      entitlement_id: l.entitlementId,
      village_id: l.villageId,
      name: l.name,
      payee_sealed: l.payeeSealed,
      account_tail: l.accountTail,
      way: l.way,
      gross: l.gross,
      offset: l.offset,
      net: l.net,
      state: l.state,
    })),
  );
  const periods = lines.flatMap((l) =>
    l.periods.map(({ period, amount }) => ({
      line_id: l.id,
      entitlement_id: l.entitlementId,
      period,
      amount,
      live_key: liveKey(l.entitlementId, period),
    })),
  );
  const placed = await inChunks(
    periods,
    (some) => trx('payout_periods').insert(some).onConflict('live_key').ignore().returning('line_id'),
    ROWS,
  );
  return placed.flat().length === periods.length;
}

export interface LineQuery {
  ids?: readonly string[];
  runId?: string;
  states?: readonly LineState[];
  /** Ids of villages; undefined: all. */
  villages?: readonly string[];
  way?: Way;
  caseId?: string;
  /** Part of a name. */
  text?: string;
  after?: number;
  limit?: number;
}

/** Lines in the order of their numbers, with their periods. */
export async function listLines(db: Db, query: LineQuery): Promise<PlainLine[]> {
  const rows = db('payout_lines as l')
    .join('payout_entitlements as e', 'e.id', 'l.entitlement_id')
    .select('l.*', 'e.case_id', 'e.line_key', 'e.person')
    .orderBy(['l.run_id', 'l.seq']);
  if (query.runId !== undefined) rows.where('l.run_id', query.runId);
  if (query.states) rows.whereIn('l.state', query.states);
  if (query.ids) rows.whereIn('l.id', query.ids);
  if (query.villages) rows.whereIn('l.village_id', query.villages);
  if (query.way) rows.where('l.way', query.way);
  if (query.caseId !== undefined) rows.where('e.case_id', query.caseId);
  if (query.text !== undefined) rows.whereLike('l.name', `%${query.text.replaceAll(/[%_\\]/g, '')}%`);
  if (query.after !== undefined) rows.where('l.seq', '>', query.after);
  if (query.limit !== undefined) rows.limit(query.limit);
  const found: Raw[] = await rows;
  const periods = await periodsOf(
    db,
    found.map((r) => r.id as string),
  );
  return found.map((r) => toLine(r, periods.get(r.id as string) ?? []));
}

async function periodsOf(db: Db, ids: readonly string[]): Promise<Map<string, Line['periods']>> {
  const rows = await inChunks(ids, (some) =>
    db('payout_periods').whereIn('line_id', some).orderBy('period').select('line_id', 'period', 'amount'),
  );
  const all = new Map<string, Line['periods']>();
  for (const { line_id, period, amount } of rows.flat()) {
    const known = all.get(line_id);
    if (known) known.push({ period, amount });
    else all.set(line_id, [{ period, amount }]);
  }
  return all;
}

const toLine = (r: Raw, periods: Line['periods']): PlainLine => ({
  id: r.id as string,
  runId: r.run_id as string,
  seq: r.seq as number,
  entitlementId: r.entitlement_id as string,
  villageId: r.village_id as string,
  name: r.name as string,
  payeeSealed: r.payee_sealed as string,
  accountTail: r.account_tail as string,
  way: r.way as Way,
  gross: r.gross as Fen,
  offset: r.offset as Fen,
  net: r.net as Fen,
  periods,
  state: r.state as LineState,
  reason: r.reason as string | null,
  settledAt: r.settled_at as string | null,
  caseId: r.case_id as string,
  lineKey: r.line_key as string,
  person: r.person as string,
});

/** A line with what is sealed in it. */
export const openLine = (vault: Vault, { payeeSealed, ...line }: PlainLine): Line & PlainLine => ({
  ...line,
  payeeSealed,
  payee: JSON.parse(vault.open(payeeSealed)),
});

export interface LineSum {
  villageId: string;
  way: Way;
  state: LineState;
  count: number;
  gross: Fen;
  offset: Fen;
  net: Fen;
}

/** Sums of the lines of a run by village, way and state. */
export async function sumLines(db: Db, runId: string, villages?: readonly string[]): Promise<LineSum[]> {
  const rows = db('payout_lines').where({ run_id: runId });
  if (villages) rows.whereIn('village_id', villages);
  return rows
    .groupBy('village_id', 'way', 'state')
    .orderBy(['village_id', 'way', 'state'])
    .select('village_id as villageId', 'way', 'state')
    .count({ count: '*' })
    .sum({ gross: 'gross', offset: 'offset', net: 'net' }) as unknown as Promise<LineSum[]>;
}

/** Does any line of the run still wait for the bank? */
export const isWaiting = async (db: Db, runId: string): Promise<boolean> =>
  (await db('payout_lines').where({ run_id: runId, state: 'sent' }).first('id')) !== undefined;

/** Does nothing of a batch wait any more in this run, at the bank or in a bag? */
export async function isBatchDone(
  db: Db,
  { runId, caseId }: Pick<PlainLine, 'runId' | 'caseId'>,
): Promise<boolean> {
  return (await listLines(db, { runId, caseId, states: ['sent', 'cash'], limit: 1 })).length === 0;
}
