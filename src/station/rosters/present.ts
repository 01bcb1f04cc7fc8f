/** What leaves the house of a roster: identity numbers and accounts masked. */
import { maskCard, maskId } from '../../kernel/mask.ts';
import { yuan } from '../../kernel/money.ts';
import type { PayList } from './rules/paylist.ts';

export interface PayListView {
  step: string;
  rows: {
    row: number;
    name: string;
    idNumber: string;
    holder: string;
    account: string;
    amount: string;
    fen: number;
  }[];
  struck: { row: number; name: string; idNumber: string; reason: string }[];
  count: number;
  /** Whole fen. */
  total: number;
  capitals: string;
  checksum: string;
}

/** A pay-list as it is shown: amounts in yuan and in fen. */
export const payListView = ({ rows, struck, ...list }: PayList): PayListView => ({
  ...list,
  rows: rows.map((r) => ({
    row: r.row,
    name: r.name,
    idNumber: maskId(r.idNumber),
    holder: r.holder,
    account: maskCard(r.account),
    amount: yuan(r.amount),
    fen: r.amount,
  })),
  struck: struck.map((s) => ({ ...s, idNumber: maskId(s.idNumber) })),
  count: rows.length,
});
