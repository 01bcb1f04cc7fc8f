import type { ApiRoute } from '../../platform/http/index.ts';
import { guideOf, type LookupDeps, summariesOf } from './lookup.ts';
import { places } from './places.ts';
import { byDepartment } from './present/index.ts';

const SUMMARY = {
  type: 'object',
  required: [
    'code',
    'version',
    'title',
    'department',
    'departmentTitle',
    'authority',
    'situations',
    'promised',
    'fee',
  ],
  properties: {
    code: { type: 'string', description: 'e.g. MZ-01' },
    version: { type: 'integer' },
    title: { type: 'string' },
    department: { type: 'string' },
    departmentTitle: { type: 'string' },
    authority: { type: 'string' },
    kind: { type: 'string' },
    kindTitle: { type: 'string' },
    situations: { type: 'array', items: { type: 'object' } },
    statutory: { type: ['string', 'null'] },
    promised: { type: 'string' },
    fee: { type: 'string' },
  },
};

const LIST = {
  type: 'object',
  required: ['total', 'departments', 'items'],
  properties: {
    total: { type: 'integer' },
    departments: {
      type: 'array',
      description: 'Departments that decide something, with the codes of their items',
      items: {
        type: 'object',
        properties: {
          code: { type: 'string' },
          title: { type: 'string' },
          items: { type: 'array', items: { type: 'string' } },
        },
      },
    },
    items: { type: 'array', items: SUMMARY },
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
        'By situation: terms, materials, steps with their conditions, certificates, payments, and the form as JSON Schema with examples',
      items: { type: 'object' },
    },
  },
};

/** What can be asked for, as JSON. */
export function catalogueRoutes(deps: LookupDeps): ApiRoute[] {
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
          schema: LIST,
        },
      },
      async handler(ctx) {
        const items = summariesOf(deps);
        const departments = byDepartment(items, places()).map((d) => ({
          code: d.code,
          title: d.title,
          items: d.items.map((i) => i.code),
        }));
        ctx.body = { total: items.length, departments, items };
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
        ctx.body = guideOf(deps, deps.definitions.get(ctx.params.code as string));
      },
    },
  ];
}
