/** Quotas 指标: what a year has to give, and the ledger of what cases claim, take and give back. */
export {
  claimShare,
  releaseShares,
  seedQuotas,
  takeShare,
} from './commands.ts';
export { findShare, type ShareView } from './queries.ts';
export { quotaRoutes } from './routes.ts';
