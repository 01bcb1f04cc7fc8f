import { ACTS } from '../../workflow/types.ts';

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;
const form = { type: 'object', description: 'Checked against the item form (GET /api/items/:code)' } as const;
const commitments = {
  type: 'array',
  items: text(60),
  maxItems: 40,
  description: 'Ids of materials the applicant vouches for',
} as const;
const gaps = {
  type: 'array',
  items: text(60),
  maxItems: 40,
  description: 'Ids of minor materials the applicant signs for bringing later (容缺)',
} as const;
const version = { type: 'integer', minimum: 1, description: 'The version the sender saw' } as const;

const object = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

export const OPEN_BODY = object(
  {
    item: { ...text(20), description: 'Item code, e.g. MZ-01' },
    situation: { ...text(40), description: 'Default: the first of the item' },
    village: { ...text(12), description: 'Default: the village the clerk works in' },
    form,
    commitments,
    gaps,
    draft: { type: 'boolean', description: 'Keep it unfinished and unchecked' },
    file: { type: 'boolean', description: 'Hand it in at once' },
  },
  ['item', 'form'],
);

export const SAVE_BODY = object({ version, form, commitments, gaps }, ['form']);

export const ACT_BODY = object(
  { event: { type: 'string', enum: [...ACTS] }, version, data: { type: 'object' } },
  ['event', 'version'],
);

const PHASES = ['draft', 'open', 'correction', 'notice', 'decided', 'kept', 'closed'];
/** Shanghai days, both included. */
const DAYS = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}~\\d{4}-\\d{2}-\\d{2}$' } as const;
export const LIST_QUERY = object({
  item: text(20),
  phase: { type: 'string', enum: PHASES },
  village: text(12),
  due: { type: 'string', enum: ['overdue', 'today', 'soon', 'week'] },
  claim: { type: 'string', enum: ['mine', 'handed', 'free'] },
  department: text(10),
  township: { ...text(20), description: 'Everything beneath this organisation' },
  place: { const: '1', description: 'Only what is seen by place, not what merely lies on a desk' },
  hand: { const: '1', description: 'Handed in and not at its end' },
  decided: DAYS,
  closed: DAYS,
  outcome: {
    type: 'string',
    enum: ['granted', 'rejected', 'refused', 'withdrawn', 'lapsed', 'expired', 'ended'],
  },
  timed: {
    type: 'string',
    enum: ['known', 'late'],
    description: 'It is known how long the decision took; longer than was promised',
  },
  reason: { ...text(300), description: '`<act>~<target>`: sent back or turned down for this' },
  said: { ...DAYS, description: 'When the reason was given' },
  text: {
    ...text(40),
    description: 'Beginning of a number or a name; part of either among the 1,000 most urgent',
  },
  sort: { type: 'string', enum: ['due', 'received', 'village'] },
  after: { ...text(80), description: '`next` of the page before' },
  before: { ...text(80), description: '`prev` of the page behind' },
  limit: { type: 'string', pattern: '^([1-9]|[1-9][0-9]|100)$' },
});

export const PROGRESS_BODY = object(
  { number: text(60), lastFour: { type: 'string', pattern: '^[0-9]{3}[0-9Xx]$' } },
  ['number', 'lastFour'],
);

const stringOrNull = { type: ['string', 'null'] };

export const CASE_VIEW = {
  type: 'object',
  required: ['id', 'number', 'item', 'version', 'state', 'phase', 'possible'],
  properties: {
    id: { type: 'string' },
    number: stringOrNull,
    item: { type: 'string' },
    situation: { type: 'string' },
    version: { type: 'integer' },
    state: { type: 'string', description: 'Leaf state, e.g. acceptance.pending' },
    stateTitle: { type: 'string' },
    phase: { type: 'string', enum: PHASES },
    outcome: stringOrNull,
    holder: { type: ['object', 'null'] },
    dates: { type: 'object' },
    clocks: { type: 'array', items: { type: 'object' } },
    possible: {
      type: 'array',
      items: object({
        event: { type: 'string', enum: [...ACTS] },
        title: { type: 'string' },
        allowed: { type: 'boolean' },
      }),
    },
    materials: { type: 'array', items: { type: 'object' } },
    claims: { type: 'array', items: { type: 'object' }, description: 'Who works on it, at which desk' },
    faults: { type: 'array', items: { type: 'object' } },
    kind: { type: 'string', description: 'Kind of the step it is in; `end` when closed' },
    awaitsApplicant: { type: 'boolean' },
    joint: { type: ['object', 'null'], description: 'Offices asked together, and what they answered' },
    owed: { type: ['object', 'null'], description: 'Minor papers that may follow (容缺)' },
    kept: { type: ['object', 'null'], description: 'What was granted goes on until its next review' },
    quota: { type: ['object', 'null'], description: 'GET of one case: its place in line for a quota' },
    links: {
      type: 'array',
      description: 'GET of one case: cases it reached or was reached by; `other` is null when not to be seen',
      items: { type: 'object' },
    },
  },
};

export const CASE_LIST = {
  type: 'object',
  properties: {
    cases: { type: 'array', items: { type: 'object' } },
    next: stringOrNull,
    prev: stringOrNull,
    isPartial: { type: 'boolean', description: 'The text was looked for inside the 1,000 most urgent only' },
  },
};

export const FILE_FORM = {
  type: 'object',
  required: ['material', 'file'],
  properties: {
    material: { type: 'string' },
    file: { type: 'string', format: 'binary' },
    thumb: { type: 'string', format: 'binary', description: 'A small JPEG of the page, up to 64 KB' },
  },
};

/** What may be done to a page of a material. */
export const FILE_ACT = {
  type: 'object',
  required: ['act'],
  additionalProperties: false,
  properties: { act: { enum: ['up', 'down', 'turn', 'restore'] } },
};
