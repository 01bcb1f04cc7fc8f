/** The HTML pages of stations: directory, one station, its queue and screens; and the reading aids of every page. */
import type Router from '@koa/router';
import type { StationDeps } from '../types.ts';
import { mountEdit } from './edit.tsx';
import { mountKiosk } from './kiosk.tsx';
import { mountList } from './list.tsx';
import { mountQueue } from './queue.tsx';
import { mountReading } from './reading.ts';
import { mountScreen } from './screen.tsx';
import { mountShow } from './show.tsx';

export function mountStationPages(router: Router, deps: StationDeps): void {
  mountList(router, deps);
  mountEdit(router, deps);
  mountQueue(router, deps);
  mountScreen(router, deps);
  mountKiosk(router, deps);
  mountShow(router, deps);
  mountReading(router);
}
