import type { EventName } from '../../workflow/types.ts';

/** Acts that one sentence is enough for. */
export const BULK_ACTS = ['ACCEPT', 'FORWARD', 'APPROVE'] as const satisfies readonly EventName[];
export type BulkAct = (typeof BULK_ACTS)[number];

/** So many at most are done at once. */
export const MOST_BULK = 100;

const object = (properties: Record<string, object>, required: string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const id = { type: 'string', minLength: 1, maxLength: 40 } as const;

export const BULK_BODY = object(
  {
    event: { type: 'string', enum: [...BULK_ACTS] },
    opinion: { type: 'string', maxLength: 2000 },
    cases: {
      type: 'array',
      minItems: 1,
      maxItems: MOST_BULK,
      items: object({ id, version: { type: 'integer', minimum: 1 } }, ['id', 'version']),
    },
  },
  ['event', 'cases'],
);

export const BULK_CLAIM_BODY = object(
  { cases: { type: 'array', minItems: 1, maxItems: MOST_BULK, items: id } },
  ['cases'],
);
