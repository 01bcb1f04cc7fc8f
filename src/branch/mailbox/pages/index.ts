import type Router from '@koa/router';
import type { ShellDeps } from '../../shell.tsx';
import type { MailDeps } from '../types.ts';
import { deskPages } from './desk.tsx';
import { writerPages } from './public.tsx';

/** The writer's pages and the desk's. */
export function mailboxPages(router: Router, deps: MailDeps & ShellDeps): void {
  writerPages(router, deps);
  deskPages(router, deps);
}
