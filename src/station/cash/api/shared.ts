/** What the routes of cash share. */
import type { RouteContext } from '../../../platform/http/index.ts';

export const ok = (description: string) => ({ 200: { description, schema: { type: 'object' } } });
export const made = (description: string) => ({ 201: { description, schema: { type: 'object' } } });
export const get = { tag: 'cash', auth: 'session', method: 'get' } as const;
export const post = { tag: 'cash', auth: 'session', method: 'post' } as const;
export const idOf = (ctx: RouteContext) => ctx.params.id as string;
export const bodyOf = <T>(ctx: RouteContext) => ctx.request.body as T;
export const queryOf = (ctx: RouteContext) => ctx.query as { village?: string; day?: string; after?: string };
