const object = (properties: Record<string, object>, required: string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = (maxLength: number) => ({ type: 'string', maxLength });
const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const version = { type: 'integer', minimum: 1 };
const phone = { type: ['string', 'null'], maxLength: 20 };
const kind = { type: 'string', enum: ['full', 'probationary'] };
const org = text(40);

export const LIST_QUERY = object({ org, after: { type: 'string', pattern: '^[0-9a-z]{26}$' } }, ['org']);
export const ORG_QUERY = object({ org }, ['org']);

export const ADD_BODY = object(
  {
    org,
    name: text(40),
    idNumber: text(40),
    phone,
    sharedPhone: { type: 'boolean' },
    kind,
    on: day,
    how: { type: 'string', enum: ['developed', 'other'] },
    reason: text(200),
  },
  ['org', 'name', 'idNumber', 'phone', 'sharedPhone', 'kind', 'on', 'how', 'reason'],
);

export const CHANGE_BODY = object(
  { version, name: text(40), phone, sharedPhone: { type: 'boolean' }, kind },
  ['version', 'name', 'phone', 'sharedPhone', 'kind'],
);

export const STATE_BODY = object(
  {
    version,
    state: { type: 'string', enum: ['standing', 'suspended', 'unreachable', 'left', 'dead'] },
    on: day,
    reason: text(200),
  },
  ['version', 'state', 'on', 'reason'],
);

export const SEARCH_BODY = object({ number: text(40) }, ['number']);
export const REASON_BODY = object({ reason: text(200) }, ['reason']);

export const ACTIVATION_BODY = object(
  { phone: text(20), lastFour: text(8), code: text(20), login: text(40), password: text(200) },
  ['phone', 'lastFour', 'code', 'password'],
);

export const APPLY_BODY = object({ member: text(40), to: org, reason: text(200) }, ['to', 'reason']);
export const ACT_BODY = object(
  {
    event: { type: 'string', pattern: '^[A-Z_]+$', maxLength: 40 },
    version,
    reason: text(500),
    days: { type: 'integer', minimum: 1, maximum: 92 },
  },
  ['event', 'version'],
);

export const AS_OF_QUERY = object({ org, on: day }, ['org', 'on']);

const branch = object({ code: text(40), name: text(80), short: text(80) }, ['code', 'name', 'short']);
const ids = { type: 'array', items: text(40), minItems: 1, maxItems: 50 };
const plan = (kind: string, properties: Record<string, object>) =>
  object({ kind: { const: kind }, org, ...properties }, ['kind', 'org', ...Object.keys(properties)]);

export const ORG_ACT_BODY = object(
  {
    documentNo: text(80),
    plan: {
      oneOf: [
        plan('merge', { sources: ids, rehome: { ...ids, minItems: 0 } }),
        plan('split', {
          branch,
          assign: { type: 'object', additionalProperties: { type: 'string', enum: ['stays', 'goes'] } },
        }),
        plan('dissolve', {}),
        plan('retype', { to: { const: 'general-branch' }, branch }),
        plan('retype', { to: { const: 'branch' } }),
      ],
    },
  },
  ['documentNo', 'plan'],
);
