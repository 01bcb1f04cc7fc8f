/** Catalogue 办事指南: what a citizen can ask for, what it takes, and the way in. Public. */
export { type LookupDeps, summariesOf } from './lookup.ts';
export { listNeeds, type Need, needsIn } from './needs.ts';
export { mountCataloguePages } from './pages.tsx';
export { places } from './places.ts';
export { itemGuide, type SituationGuide } from './present/index.ts';
export { catalogueRoutes } from './routes.ts';
export { Qr } from './views/qr.tsx';
