import { inChunks, type Trx } from '../../../platform/db/index.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { CashLine, CashLineState } from '../types.ts';
import type { Db, Raw } from './bags.ts';

const toLine = (vault: Vault, r: Raw): CashLine => ({
  lineId: r.line_id as string,
  bagId: r.bag_id as string,
  seq: r.seq as number,
  villageId: r.village_id as string,
  state: r.state as CashLineState,
  net: r.net as number,
  scheme: r.scheme as string,
  schemeTitle: r.scheme_title as string,
  itemTitle: r.item_title as string,
  caseId: r.case_id as string,
  caseNumber: r.case_number as string,
  runNumber: r.run_number as string,
  periods: JSON.parse(r.periods as string),
  name: r.name as string,
  person: r.person as string,
  idNumber: vault.open(r.id_sealed as string),
  boxedOn: r.boxed_on as string | null,
  returnId: r.return_id as string | null,
});

/** @returns how many were placed: fewer than given when one is in a bag already */
export async function insertLines(trx: Trx, vault: Vault, lines: readonly CashLine[]): Promise<number> {
  let placed = 0;
  for (const line of lines) {
    const row = {
      line_id: line.lineId,
      bag_id: line.bagId,
      seq: line.seq,
      village_id: line.villageId,
      state: line.state,
      net: line.net,
      scheme: line.scheme,
      scheme_title: line.schemeTitle,
      item_title: line.itemTitle,
      case_id: line.caseId,
      case_number: line.caseNumber,
      run_number: line.runNumber,
      periods: JSON.stringify(line.periods),
      name: line.name,
      person: line.person,
      id_sealed: vault.seal(line.idNumber),
    };
    const put = await trx('cash_lines').insert(row).onConflict('line_id').ignore().returning('line_id');
    placed += put.length;
  }
  return placed;
}

/** The lines of a bag that is not sent go back to where they were. */
export const freeLines = (trx: Trx, bagId: string): Promise<number> =>
  trx('cash_lines').where({ bag_id: bagId, state: 'bagged' }).delete();

export async function findLine(db: Db, vault: Vault, lineId: string): Promise<CashLine | undefined> {
  const row = await db('cash_lines').where({ line_id: lineId }).first();
  return row && toLine(vault, row);
}

export interface LineQuery {
  villages?: readonly string[];
  states?: readonly CashLineState[];
  bagId?: string;
  returnId?: string;
  ids?: readonly string[];
  person?: string;
  /** In the box since this day or longer. */
  boxedBy?: string;
}

/** Lines in the order in which they came. */
export async function listLines(db: Db, vault: Vault, query: LineQuery): Promise<CashLine[]> {
  const rows = db('cash_lines').orderBy(['bag_id', 'seq']);
  if (query.villages) rows.whereIn('village_id', query.villages);
  if (query.states) rows.whereIn('state', query.states);
  if (query.bagId !== undefined) rows.where({ bag_id: query.bagId });
  if (query.returnId !== undefined) rows.where({ return_id: query.returnId });
  if (query.ids) rows.whereIn('line_id', query.ids);
  if (query.person !== undefined) rows.where({ person: query.person });
  if (query.boxedBy !== undefined) rows.where('boxed_on', '<=', query.boxedBy);
  return ((await rows) as Raw[]).map((r) => toLine(vault, r));
}

/** Those of these lines that were put in a bag before. */
export async function listBagged(db: Db, ids: readonly string[]): Promise<string[]> {
  const found = await inChunks(ids, (some) => db('cash_lines').whereIn('line_id', some).pluck('line_id'));
  return found.flat();
}

/** Compare and set one line; false when it is in another state. */
export async function moveLine(
  trx: Trx,
  lineId: string,
  from: CashLineState,
  to: CashLineState,
): Promise<boolean> {
  return (await trx('cash_lines').where({ line_id: lineId, state: from }).update({ state: to })) === 1;
}

/** Every line of a bag or a return moves on. */
export async function moveLines(
  trx: Trx,
  where: { bag_id: string } | { return_id: string },
  from: CashLineState,
  changes: { state: CashLineState; boxed_on?: string; return_id?: null },
): Promise<number> {
  return trx('cash_lines')
    .where({ ...where, state: from })
    .update(changes);
}

/** Put lines of the box on a return; @returns how many still lay there */
export const takeForReturn = (trx: Trx, ids: readonly string[], returnId: string): Promise<number> =>
  trx('cash_lines')
    .whereIn('line_id', ids)
    .where({ state: 'box' })
    .update({ state: 'returning', return_id: returnId });
