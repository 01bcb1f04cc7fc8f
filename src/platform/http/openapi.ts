import type { ApiRoute } from './api.ts';

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'Chinese sentence for people' },
    status: { type: 'integer' },
    code: { type: 'string' },
    requestId: { type: 'string' },
    faults: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: { pointer: { type: 'string' }, message: { type: 'string' }, code: { type: 'string' } },
      },
    },
  },
};

/** `/api/cases/:id.pdf` → `/api/cases/{id}.pdf` */
const template = (path: string) => path.replace(/:(\w+)/g, '{$1}');

function parameters(route: ApiRoute): object[] {
  const path = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const properties = (route.query?.properties ?? {}) as Record<string, object>;
  const needed = (route.query?.required ?? []) as string[];
  const query = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: needed.includes(name),
    schema,
  }));
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'A repeat with the same key gets the first answer.',
    schema: { type: 'string', maxLength: 100 },
  };
  return [...path, ...query, ...(route.method === 'post' ? [key] : [])];
}

function requestBody(route: ApiRoute): object {
  if (!route.body) return {};
  const content =
    route.body === 'multipart'
      ? { 'multipart/form-data': { schema: route.form ?? { type: 'object' } } }
      : { 'application/json': { schema: route.body } };
  return { requestBody: { required: true, content } };
}

function operation(route: ApiRoute): object {
  const answers = Object.entries(route.responses).map(([status, { description, schema, type }]) => [
    status,
    { description, ...(schema && { content: { [type ?? 'application/json']: { schema } } }) },
  ]);
  const problem = { $ref: '#/components/responses/Problem' };
  return {
    summary: route.summary,
    tags: [route.tag],
    operationId: `${route.method}${template(route.path).replace(/[^A-Za-z0-9]+(\w)?/g, (_, c?: string) => (c ?? '').toUpperCase())}`,
    security: route.auth === 'session' ? [{ session: [] }] : [],
    parameters: parameters(route),
    ...requestBody(route),
    responses: { ...Object.fromEntries(answers), default: problem },
  };
}

/** The OpenAPI 3.1 document of the routes, from the same schemas that check them. */
export function describeApi(routes: ApiRoute[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = template(route.path);
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cunban 村办',
      version,
      description:
        'Village service station. Sign in with POST /api/session; unsafe methods carry the session token in X-CSRF-Token. Refusals are RFC 9457 problems.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'cunban' } },
      responses: {
        Problem: { description: 'Refused', content: { 'application/problem+json': { schema: PROBLEM } } },
      },
    },
  };
}
