/**
 * Payouts 发放: what was granted in money (claims), what is paid out together (runs), the bank's files, the ledger in
 * double entry, and what was paid too much.
 */

export { moneyOfCase } from './case-money.ts';
export { checkSchemes } from './check.ts';
export { post } from './ledger/index.ts';
export { MoneyCard } from './pages/case-card.tsx';
export { mountPayoutPages } from './pages/index.tsx';
export { type PaidSum, paidParts, paidSums } from './paid.ts';
export { type MoneyReport, moneyReport } from './report.ts';
export { payoutRoutes } from './routes.ts';
export { periodsTitle } from './rules/periods.ts';
export { listCashLines, settleCashLine } from './runs/cash.ts';
export { requireNotInRun } from './runs/guard.ts';
export { listSchemes, schemeOf } from './schemes.ts';
export { followStanding } from './standing.ts';
export type {
  GrantedCase,
  GrantedRow,
  PayMessage,
  PayoutPorts,
  Period,
  Posting,
} from './types.ts';
