import type Router from '@koa/router';
import type { SystemDeps } from '../house.ts';

export function adminSystemPages(_router: Router, _deps: SystemDeps): void {}
