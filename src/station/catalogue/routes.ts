import type { PlatformDeps } from '../../platform/deps.ts';
import type { ApiRoute } from '../../platform/http/index.ts';
import { itemGuide, itemSummary } from './present.ts';

const SUMMARY = {
  type: 'object',
  required: ['code', 'version', 'title', 'department', 'authority', 'situations', 'promised', 'fee'],
  properties: {
    code: { type: 'string', description: 'e.g. MZ-01' },
    version: { type: 'integer' },
    title: { type: 'string' },
    department: { type: 'string' },
    authority: { type: 'string' },
    kind: { type: 'string' },
    kindTitle: { type: 'string' },
    situations: { type: 'array', items: { type: 'object' } },
    statutory: { type: ['string', 'null'] },
    promised: { type: 'string' },
    fee: { type: 'string' },
  },
};

const GUIDE = {
  type: 'object',
  required: [...SUMMARY.required, 'basis', 'conditions', 'quota', 'guides'],
  properties: {
    ...SUMMARY.properties,
    sha256: { type: 'string', description: 'The definition new cases are pinned to' },
    basis: { type: 'array', items: { type: 'string' } },
    conditions: { type: 'array', items: { type: 'string' } },
    quota: { type: 'string' },
    extension: { type: ['string', 'null'] },
    remedies: { type: 'string' },
    followUp: { type: 'array', items: { type: 'string' } },
    guides: {
      type: 'array',
      description:
        'By situation: terms, materials, steps, results, and the form as JSON Schema with examples',
      items: { type: 'object' },
    },
  },
};

/** What can be asked for, as JSON. */
export function catalogueRoutes(deps: Pick<PlatformDeps, 'definitions'>): ApiRoute[] {
  return [
    {
      tag: 'catalogue',
      auth: 'public',
      method: 'get',
      path: '/api/items',
      summary: 'Items a citizen can ask for',
      responses: {
        200: {
          description: 'All items',
          schema: { type: 'object', properties: { items: { type: 'array', items: SUMMARY } } },
        },
      },
      async handler(ctx) {
        ctx.body = { items: deps.definitions.list().map(itemSummary) };
      },
    },
    {
      tag: 'catalogue',
      auth: 'public',
      method: 'get',
      path: '/api/items/:code',
      summary: 'The guide of an item: conditions, materials, terms, procedure, form',
      responses: { 200: { description: 'The guide', schema: GUIDE } },
      async handler(ctx) {
        ctx.body = itemGuide(deps.definitions.get(ctx.params.code as string));
      },
    },
  ];
}
