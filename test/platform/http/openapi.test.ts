import { validate } from '@readme/openapi-parser';
import { expect } from 'chai';
import { describeApi } from '../../../src/platform/http/index.ts';
import { openDoor, route } from './door.ts';

const handler = async () => {};
const ROUTES = [
  route({
    path: '/api/cases/:id',
    auth: 'session',
    query: { type: 'object', properties: { page: { type: 'string' } }, required: ['page'] },
    handler,
  }),
  route({ method: 'post', path: '/api/cases/:id', body: { type: 'object' }, handler }),
  route({
    path: '/api/papers/:id.pdf',
    responses: { 200: { description: 'The paper', type: 'application/pdf', schema: { type: 'string' } } },
    handler,
  }),
  route({
    method: 'post',
    path: '/api/files',
    body: 'multipart',
    form: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
    handler,
  }),
];

interface Operation {
  operationId: string;
  parameters: { in: string; name: string; required: boolean }[];
  security: object[];
}

describe('the API document', () => {
  const document = () => JSON.parse(JSON.stringify(describeApi(ROUTES, '1.0.0')));
  const paths = () => document().paths as Record<string, Record<string, Operation>>;

  it('is valid OpenAPI 3.1', async () => {
    const result = await validate(document());
    expect(result.valid, JSON.stringify(result)).to.equal(true);
  });

  it('has every route with its parameters, body, proof and answers', () => {
    expect(Object.keys(paths())).to.deep.equal(['/api/cases/{id}', '/api/papers/{id}.pdf', '/api/files']);
    const get = paths()['/api/cases/{id}']?.get;
    expect(get?.parameters.map((p) => [p.in, p.name, p.required])).to.deep.equal([
      ['path', 'id', true],
      ['query', 'page', true],
    ]);
    expect(get?.security).to.deep.equal([{ session: [] }]);
    const operations = Object.values(paths()).flatMap((path) => Object.values(path));
    expect(new Set(operations.map((o) => o.operationId)).size).to.equal(ROUTES.length);
    expect(JSON.stringify(paths()['/api/papers/{id}.pdf'])).to.contain('application/pdf');
    expect(JSON.stringify(paths()['/api/files'])).to.contain('multipart/form-data');
  });

  it('has a page for people', async () => {
    const door = await openDoor({ api: ROUTES });
    const answer = await fetch(`${door.url}/api/docs`);
    const page = await answer.text();
    expect(page).to.contain('<title>接口文档</title>');
    for (const { method, path } of ROUTES) expect(page).to.contain(`${method.toUpperCase()} ${path}`);
    await door.stop();
  });
});
