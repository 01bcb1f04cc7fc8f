const object = (properties: Record<string, object>, required: string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = (maxLength: number, minLength = 0) => ({ type: 'string', minLength, maxLength });
const ID = { type: 'string', pattern: '^[0-9a-z]{26}$' };
const VERSION = { type: 'integer', minimum: 1 };
const AUDIENCE = { type: 'string', enum: ['subtree', 'members', 'public'] };
const GRID = object(
  {
    columns: { type: 'array', items: text(200), minItems: 1, maxItems: 30 },
    rows: { type: 'array', maxItems: 500, items: { type: 'array', items: text(500), maxItems: 30 } },
  },
  ['columns', 'rows'],
);
const CONTENT = { title: text(100), text: text(10_000), grid: { anyOf: [GRID, { type: 'null' }] } };

export const HAPPENED_BODY = object(
  { orgId: text(40, 1), item: text(40, 1), on: { type: 'string', format: 'date' }, what: text(100, 2) },
  ['orgId', 'item', 'on', 'what'],
);
export const CHECK_BODY = object({ item: text(40, 1), ...CONTENT }, ['item', 'title', 'text', 'grid']);
export const PROPOSAL_BODY = object({ dueId: ID, audience: AUDIENCE, ...CONTENT }, [
  'dueId',
  'audience',
  'title',
  'text',
  'grid',
]);
export const AGAIN_BODY = object({ version: VERSION, audience: AUDIENCE, ...CONTENT }, [
  'version',
  'audience',
  'title',
  'text',
  'grid',
]);
const ANSWER = object({ sound: { type: 'boolean' }, note: text(500) }, ['sound', 'note']);
export const DECISION_BODY = object(
  {
    event: {
      type: 'string',
      enum: ['REVIEW', 'RETURN', 'REJECT', 'DEFER', 'APPROVE', 'PUBLISH', 'ARCHIVE', 'WITHDRAW'],
    },
    version: VERSION,
    reason: text(1000),
    answers: object(
      { secrecy: ANSWER, necessity: ANSWER, accuracy: ANSWER, personal: ANSWER, supervision: ANSWER },
      [],
    ),
    audience: AUDIENCE,
    ground: { type: 'string', enum: ['secret', 'personal', 'outside', 'wrong', 'other'] },
  },
  ['event', 'version'],
);
export const OBJECTION_BODY = object(
  { text: { ...text(2000, 5), title: '意见' }, contact: { ...text(50, 1), title: '联系方式' } },
  ['text'],
);
export const ANSWER_BODY = object({ version: VERSION, answer: text(2000, 2), shown: { type: 'boolean' } }, [
  'version',
  'answer',
  'shown',
]);
export const BOARD_QUERY = object({ org: text(40), before: ID }, []);
export const DUES_QUERY = object(
  {
    standing: { type: 'string', enum: ['open', 'overdue', 'in-hand', 'on-time', 'late', 'withheld'] },
    org: text(40),
    wing: { type: 'string', enum: ['party', 'village'] },
    tree: { type: 'string', enum: ['then'] },
    after: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}\\.[0-9a-z]{26}$' },
  },
  [],
);
