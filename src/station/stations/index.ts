/**
 * Stations 服务站: what each counter tells of itself and when it is open, its queue 排队叫号, and the screens that stand
 * in it. Public, but for what its clerk writes and calls.
 */
export { mountStationPages } from './pages/index.ts';
export { isStation } from './policy.ts';
export { stationRoutes } from './routes.ts';
