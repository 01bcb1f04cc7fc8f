/** JSON routes are declared once: what they take is checked, and what they say is the documentation. */
import type Router from '@koa/router';
import { unsupportedMedia } from '../../errors.ts';
import type { HttpMiddleware, RouteContext } from './context.ts';
import { requireShape } from './validate.ts';

/** A JSON Schema (draft 2020-12). */
export type Schema = Readonly<Record<string, unknown>>;

export interface ApiRoute {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Koa path: `/api/cases/:id`. */
  path: string;
  /** One line, English. */
  summary: string;
  tag: string;
  auth: 'session' | 'public';
  /** Schema of a JSON body; `multipart` for files, read by the handler after `multipart()`. */
  body?: Schema | 'multipart';
  /** Documents the fields of a multipart body; a file is `{ type: 'string', format: 'binary' }`. */
  form?: Schema;
  /** Schema of the query, all values text. */
  query?: Schema;
  /** Answers by status, besides the problems every route may give. */
  responses: Record<number, { description: string; schema?: Schema; type?: string }>;
  /** Runs before the handler: sessions, limits, uploads. */
  before?: HttpMiddleware[];
  handler(ctx: RouteContext): Promise<void>;
}

/** An answer in JSON of which only words tell what it holds. */
export const objectAnswer = (description: string): { description: string; schema: Schema } => ({
  description,
  schema: { type: 'object' },
});

/**
 * Register routes with their checks; returns them for the documentation.
 * @param signedIn lets nobody pass who has no session; it stands before everything of a route that needs one
 */
export function mountApi(router: Router, routes: ApiRoute[], signedIn: HttpMiddleware): ApiRoute[] {
  for (const route of routes)
    router.register(route.path, [route.method], [
      ...(route.auth === 'session' ? [signedIn] : []),
      ...(route.before ?? []),
      checked(route),
      route.handler,
    ] as never);
  return routes;
}

function checked(route: ApiRoute): HttpMiddleware {
  return async (ctx, next) => {
    if (route.query) requireShape(route.query, { ...ctx.query }, '/query');
    if (route.body === 'multipart') {
      if (!ctx.is('multipart/form-data')) throw unsupportedMedia();
    } else if (route.body) {
      if (ctx.request.length !== 0 && ctx.is('json') === false) throw unsupportedMedia();
      requireShape(route.body, ctx.request.body);
    }
    return next();
  };
}
