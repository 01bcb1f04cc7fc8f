/** Citizens: one per identity number, sealed at rest, found by the number only. */
export {
  type CitizenFacts,
  citizenIdOf,
  citizensById,
  findByIdNumber,
  lookedUpToday,
  upsertCitizen,
} from './commands.ts';
export { type CitizenView, citizenView } from './present.ts';
export { citizenRoutes } from './routes.ts';
export { type IdKind, normaliseName } from './rules.ts';
export type { Citizen } from './store.ts';
