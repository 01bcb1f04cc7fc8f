/**
 * Cash 现金发放: money of runs that is handed out in the village. Bags on their way, the box, each hand-out with its
 * receipt, days that balance to the fen, and what goes back unclaimed.
 */
export { handOut } from './commands/hand-out.ts';
export { findReceiptByCode } from './commands/receipt.ts';
export { cashMoney } from './money.ts';
export { cashPages } from './pages/index.tsx';
export { villagesOf } from './policy.ts';
export { type BagView, type HandOutView, handOutView, type LineView, lineView } from './present.ts';
export {
  type BoxLine,
  handedOutOn,
  linesInBox,
  listIncomingBags,
  reconcileVillage,
  villageFor,
} from './queries.ts';
export { cashRoutes } from './routes.ts';
export { handOver } from './schema.ts';
export type { CashDeps, CashLine, CashMoney, HandOut } from './types.ts';
