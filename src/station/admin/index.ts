/** Administration 管理: what the three administrators keep in order. None of them sees a case. */
export { adminPeoplePages } from './people/index.ts';
export type { House } from './system/house.ts';
export { adminSystemPages } from './system/pages/index.ts';
export { recountIfNew } from './system/recount.ts';
