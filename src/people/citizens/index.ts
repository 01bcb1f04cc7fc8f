/** Citizens: one per identity number, sealed at rest, found by the number only. */
export { type CitizenFacts, findByIdNumber, upsertCitizen } from './commands.ts';
export { type CitizenView, citizenView } from './present.ts';
export { citizenRoutes } from './routes.ts';
export type { Citizen } from './store.ts';
