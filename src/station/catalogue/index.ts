/** Catalogue 办事指南: what a citizen can ask for, what it takes, and the way in. Public. */
export { mountCataloguePages } from './pages.tsx';
export { catalogueRoutes } from './routes.ts';
