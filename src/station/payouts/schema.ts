/** Bodies and queries of the API of runs. */
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;
const page = (most: number) => ({
  type: 'string',
  pattern: '^[1-9][0-9]{0,2}$',
  description: `Default ${most}`,
});

const object = (properties: Record<string, object>, required: string[] = []) =>
  ({ type: 'object', properties, required, additionalProperties: false }) as const;

export const PREPARE_BODY = object(
  {
    scheme: text(40),
    period: { ...text(10), description: 'Everything due up to it: 2026-10, 2026-Q4, 2026-H2, 2026-T1, 2026' },
    caseId: { ...text(40), description: 'Only what this case granted' },
  },
  ['scheme', 'period'],
);

export const VERSION_BODY = object(
  { version: { type: 'integer', minimum: 1, description: 'The version the sender saw' } },
  ['version'],
);

export const RUN_QUERY = object({
  scheme: text(40),
  state: { enum: ['draft', 'approved', 'exported', 'settled', 'discarded'] },
  after: text(40),
  limit: page(20),
});

export const LINE_QUERY = object({
  state: { enum: ['planned', 'sent', 'paid', 'refused', 'cash', 'unclaimed', 'void'] },
  after: { type: 'string', pattern: '^[0-9]{1,6}$' },
  village: text(20),
  text: { ...text(50), description: 'Part of a name' },
  limit: page(100),
});

export const REPORT_QUERY = object({ scheme: text(40) });

export const RETURN_FORM = object({ file: { type: 'string', format: 'binary' } }, ['file']);

const sums = {
  count: { type: 'integer' },
  gross: { type: 'integer' },
  offset: { type: 'integer' },
  net: { type: 'integer' },
};

/** A run as it leaves the house; amounts in fen. */
export const RUN_VIEW = {
  type: 'object',
  required: ['id', 'number', 'scheme', 'period', 'state', 'count', 'total', 'version'],
  properties: {
    id: { type: 'string' },
    number: { type: 'string' },
    scheme: { type: 'string' },
    kind: { enum: ['regular', 'outside'] },
    period: { type: 'string' },
    state: { enum: ['draft', 'approved', 'exported', 'settled', 'discarded'] },
    count: { type: 'integer' },
    total: { type: 'integer', description: 'Fen' },
    capitals: { type: 'string' },
    version: { type: 'integer' },
    byState: { type: 'array', items: { type: 'object', properties: sums } },
    townships: { type: 'array', items: { type: 'object', properties: sums } },
    held: { type: ['array', 'null'], items: { type: 'object' } },
    differences: { type: ['object', 'null'] },
    returns: { type: 'array', items: { type: 'object' } },
    may: { type: 'object' },
  },
};
