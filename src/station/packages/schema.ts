const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;
const keys = (description: string) =>
  ({ type: 'array', items: text(80), maxItems: 200, description }) as const;
const object = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const form = {
  type: 'object',
  description: 'Shared blocks at the root, the rest of each item below its code (GET /api/packages/:code)',
} as const;
const commitments = keys('Keys of materials the applicant vouches for');
const gaps = keys('Keys of minor materials the applicant signs for bringing later (容缺)');
const version = { type: 'integer', minimum: 1, description: 'The version the sender saw' } as const;
const situations = {
  type: 'object',
  additionalProperties: text(40),
  description: 'By item, where another situation than the usual one is wanted',
} as const;

export const OPEN_BODY = object(
  {
    package: { ...text(20), description: 'Code of the package, e.g. PK-01' },
    village: { ...text(12), description: 'Default: the village the clerk works in' },
    items: {
      type: 'array',
      items: text(20),
      maxItems: 20,
      description: 'Optional items that are wanted; default: all of them',
    },
    situations,
    form,
    commitments,
    gaps,
    draft: { type: 'boolean', description: 'Keep it unfinished and unchecked' },
    file: { type: 'boolean', description: 'Hand everything in at once' },
  },
  ['package', 'form'],
);
export const SAVE_BODY = object({ version, form, commitments, gaps }, ['form']);
export const FILE_BODY = object({ version });

export const PLAN_QUERY = object({
  items: { ...text(200), description: 'Optional items that are wanted, with commas' },
  situations: { ...text(400), description: 'NY-01:first,ZJ-01:seismic' },
});
export const LIST_QUERY = object({
  after: text(26),
  limit: { type: 'string', pattern: '^([1-9]|[1-9][0-9]|100)$' },
});
export const MATERIAL_FORM = object(
  {
    material: { type: 'string', description: 'Key of the material' },
    file: { type: 'string', format: 'binary' },
  },
  ['material', 'file'],
);

const stringOrNull = { type: ['string', 'null'] };

const CHILD = {
  type: 'object',
  properties: {
    item: { type: 'string' },
    itemTitle: { type: 'string' },
    situation: { type: 'string' },
    situationTitle: { type: 'string' },
    says: { type: 'string' },
    after: { type: 'array', items: { type: 'string' } },
    standing: {
      type: 'string',
      enum: ['draft', 'waiting', 'dropped', 'answered', 'running', 'granted', 'refused'],
    },
    case: { type: ['object', 'null'], description: 'Its case: number, state, holder, its own clocks' },
    answer: stringOrNull,
  },
};

export const PACKAGE_VIEW = {
  type: 'object',
  required: ['id', 'number', 'package', 'version', 'state', 'children'],
  properties: {
    id: { type: 'string' },
    number: stringOrNull,
    package: { type: 'string' },
    title: { type: 'string' },
    says: { type: 'string' },
    version: { type: 'integer' },
    state: {
      type: 'string',
      enum: ['draft', 'withdrawn', 'open', 'done', 'partly-refused', 'refused'],
    },
    village: { type: 'object' },
    applicantName: { type: 'string' },
    dates: { type: 'object' },
    due: { ...stringOrNull, description: 'The last promised day of its cases' },
    provisional: { type: 'boolean' },
    dueOpen: { type: 'boolean', description: 'Some case has no promised day at present' },
    children: { type: 'array', items: CHILD },
    draft: { type: 'object', description: 'Of a draft, for its clerk: form, commitments, gaps, materials' },
  },
};

export const PACKAGE_LIST = {
  type: 'object',
  properties: { packages: { type: 'array', items: { type: 'object' } }, next: stringOrNull },
};

export const DEFINITION = {
  type: 'object',
  properties: {
    code: { type: 'string' },
    version: { type: 'integer' },
    title: { type: 'string' },
    says: { type: 'string' },
    items: { type: 'array', items: { type: 'object' } },
  },
};

export const GUIDE = {
  type: 'object',
  properties: {
    ...DEFINITION.properties,
    materials: { type: 'array', items: { type: 'object' }, description: 'What to bring, each once' },
    form: { type: 'object', description: 'The one form as JSON Schema, with an example' },
  },
};
