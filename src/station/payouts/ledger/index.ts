/** The ledger 总账: double entry in whole fen; every posting sums to nought, no entry is ever changed. */
export { ACCOUNTS, type Balances, balanceOf, balancesByScheme } from './balances.ts';
export { post } from './post.ts';
export { paidByVillage } from './rules.ts';
