/**
 * Cash 现金发放: money of runs that is handed out in the village. Bags on their way, the box, each hand-out with its
 * receipt, days that balance to the fen, and what goes back unclaimed.
 */
export { handOut } from './commands/hand-out.ts';
export { findReceiptByCode } from './commands/receipt.ts';
export { cashMoney } from './money.ts';
export { cashPages } from './pages/index.tsx';
export type { BagView, HandOutView } from './present.ts';
export {
  handedOutOn,
  linesInBox,
  listIncomingBags,
  villageFor,
} from './queries/index.ts';
export { cashRoutes } from './routes.ts';
export { handOver } from './schema.ts';
