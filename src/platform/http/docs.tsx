/** The API's documentation for people, drawn from the same routes as the OpenAPI document. */
import type Router from '@koa/router';
import type { JSX, VNode } from 'preact';
import { Card } from '../web/index.ts';
import type { ApiRoute, Schema } from './api.ts';
import type { RouteContext } from './context.ts';

/** Draws a page of the house around a content; gives the whole document. */
export type Frame = (ctx: RouteContext, title: string, content: VNode) => string;

/** `/api/docs`. */
export function docsPage(router: Router, routes: readonly ApiRoute[], frame: Frame): void {
  router.get('/api/docs', (ctx) => {
    ctx.type = 'html';
    ctx.body = frame(ctx, '接口文档', <ApiDocs routes={routes} />);
  });
}

function ApiDocs({ routes }: { routes: readonly ApiRoute[] }): JSX.Element {
  const tags = [...new Set(routes.map((route) => route.tag))];
  return (
    <>
      <p>
        机器可读的文档：<a href="/api/openapi.json">/api/openapi.json</a>（OpenAPI 3.1）。除查询外的请求要在
        <code>X-CSRF-Token</code> 中带上登录时得到的凭据；带 <code>Idempotency-Key</code>{' '}
        的请求重发时得到第一次的答复。
      </p>
      {tags.map((tag) => (
        <Card key={tag} title={tag}>
          {routes.filter((route) => route.tag === tag).map((route) => RouteEntry(route))}
        </Card>
      ))}
    </>
  );
}

function RouteEntry(route: ApiRoute): JSX.Element {
  const answers = Object.entries(route.responses);
  return (
    <section key={`${route.method} ${route.path}`}>
      <h3>
        <code>
          {route.method.toUpperCase()} {route.path}
        </code>
      </h3>
      <p lang="en">{route.summary}</p>
      <p>{route.auth === 'session' ? '需要登录' : '公开'}</p>
      {route.query && <SchemaText title="查询参数" schema={route.query} />}
      {typeof route.body === 'object' && <SchemaText title="请求内容" schema={route.body} />}
      {route.body === 'multipart' && <SchemaText title="上传表单" schema={route.form ?? {}} />}
      {answers.map(([status, { description, schema }]) => (
        <div key={status}>
          <p>
            答复 {status}：<span lang="en">{description}</span>
          </p>
          {schema && <SchemaText title="答复内容" schema={schema} />}
        </div>
      ))}
    </section>
  );
}

function SchemaText({ title, schema }: { title: string; schema: Schema }): JSX.Element {
  return (
    <details>
      <summary>{title}</summary>
      <pre>
        <code>{JSON.stringify(schema, null, 2)}</code>
      </pre>
    </details>
  );
}
