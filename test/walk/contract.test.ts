/** What the house promises to other programs, as goldens: a change shows as a diff, a stale one fails. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@readme/openapi-parser';
import { expect } from 'chai';
import { projectRoot } from '../../src/platform/paths.ts';
import { engines, type Opened } from '../support/databases.ts';
import { type House, openHouse } from '../support/service.ts';

/** Compare with the golden; `CUNBAN_GOLDEN=write` writes it anew. */
function golden(name: string, text: string): void {
  const file = join(projectRoot, 'test', 'golden', name);
  if (process.env.CUNBAN_GOLDEN === 'write') writeFileSync(file, text);
  expect(
    existsSync(file) && readFileSync(file, 'utf8') === text,
    `test/golden/${name} is stale: CUNBAN_GOLDEN=write npm test`,
  ).to.equal(true);
}

const PROMISED = [
  'post /api/session',
  'get /api/session',
  'delete /api/session',
  'get /api/items',
  'get /api/items/{code}',
  'post /api/cases',
  'get /api/cases',
  'get /api/cases/{id}',
  'post /api/cases/{id}/events',
  'get /api/cases/{id}/events',
  'post /api/cases/{id}/materials',
  'get /api/cases/{id}/papers',
  'get /api/papers/{id}.pdf',
  'get /api/certificates/{id}',
  'get /api/certificates/{id}.pdf',
  'get /api/inbox',
  'post /api/rehearsal/clock',
  'get /verify/{code}',
  'get /api/openapi.json',
];

describe('contracts', () => {
  let opened: Opened;
  let house: House;
  before(async () => {
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  it('the API document is valid OpenAPI 3.1, names every promised route, and is the golden', async () => {
    const { body } = await house
      .stranger()
      .get<{ paths: Record<string, object>; info: object }>('/api/openapi.json');
    const checked = await validate(structuredClone(body) as never);
    expect(checked, JSON.stringify(checked)).to.have.property('valid', true);
    const routes = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(routes).to.include.members(PROMISED);
    golden('openapi.json', `${JSON.stringify(body, null, 2)}\n`);
  });

  it('the tables are the golden', async () => {
    const { read } = house.service.deps.db;
    const rows: { sql: string }[] = await read('sqlite_master')
      .whereNotNull('sql')
      .whereNot('name', 'like', 'sqlite_%')
      .orderBy(['type', 'name'])
      .select('sql');
    golden('schema.sqlite.sql', `${rows.map((r) => `${r.sql};`).join('\n')}\n`);
  });
});
