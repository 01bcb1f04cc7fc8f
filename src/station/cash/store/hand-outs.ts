import type { LocalDate } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Done, HandOut, HandOutState } from '../types.ts';
import { type Db, momentColumns, momentOf, type Raw } from './bags.ts';

const toHandOut = (vault: Vault, r: Raw): HandOut => ({
  id: r.id as string,
  lineId: r.line_id as string,
  villageId: r.village_id as string,
  day: r.day as string,
  number: r.number as string,
  verifyCode: r.verify_code as string,
  amount: r.amount as number,
  state: r.state as HandOutState,
  handed: momentOf(r, 'handed') as Done,
  undoAsked: momentOf(r, 'undo_asked'),
  undone: momentOf(r, 'undone'),
  reason: r.reason as string | null,
  details: JSON.parse(vault.open(r.details_sealed as string)),
  photoHash: r.photo_hash as string | null,
  printSealed: r.print_sealed as string,
  fileHash: r.file_hash as string | null,
});

export async function insertHandOut(trx: Trx, vault: Vault, h: HandOut): Promise<void> {
  await trx('cash_hand_outs').insert({
    id: h.id,
    line_id: h.lineId,
    village_id: h.villageId,
    day: h.day,
    number: h.number,
    verify_code: h.verifyCode,
    amount: h.amount,
    state: h.state,
    ...momentColumns('handed', h.handed),
    details_sealed: vault.seal(JSON.stringify(h.details)),
    photo_hash: h.photoHash,
    print_sealed: h.printSealed,
  });
}

export async function findHandOut(
  db: Db,
  vault: Vault,
  by: { id: string } | { verify_code: string },
): Promise<HandOut | undefined> {
  const row = await db('cash_hand_outs').where(by).first();
  return row && toHandOut(vault, row);
}

/** What a village handed out on a day, in order; also what was taken back. */
export const listHandOuts = async (
  db: Db,
  vault: Vault,
  villageId: string,
  day: LocalDate,
): Promise<HandOut[]> =>
  ((await db('cash_hand_outs').where({ village_id: villageId, day }).orderBy('id')) as Raw[]).map((r) =>
    toHandOut(vault, r),
  );

/** Compare and set. */
export async function moveHandOut(
  trx: Trx,
  id: string,
  from: HandOutState,
  to: { state: HandOutState; undoAsked?: Done | null; undone?: Done; reason?: string | null },
): Promise<boolean> {
  const changed = await trx('cash_hand_outs')
    .where({ id, state: from })
    .update({
      state: to.state,
      ...(to.undoAsked !== undefined && momentColumns('undo_asked', to.undoAsked)),
      ...(to.undone !== undefined && momentColumns('undone', to.undone)),
      ...(to.reason !== undefined && { reason: to.reason }),
    });
  return changed === 1;
}
