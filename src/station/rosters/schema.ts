const step = {
  type: 'string',
  minLength: 1,
  maxLength: 60,
  description: 'Pay step; default: the one the case is in',
};
const object = (properties: Record<string, object>) => ({
  type: 'object',
  properties,
  required: [],
  additionalProperties: false,
});
const version = { type: 'integer', minimum: 1, description: 'The version the sender saw' };

export const ROSTER_FILE = {
  type: 'object',
  required: ['file'],
  properties: {
    file: { type: 'string', format: 'binary', description: 'XLSX, or CSV in UTF-8 or GB 18030, up to 5 MB' },
    version: { type: 'string', description: 'The version the sender saw' },
  },
};

export const LAST_YEAR_BODY = object({ version });
export const LIST_QUERY = object({ step });
export const FILE_QUERY = object({ step, encoding: { type: 'string', enum: ['utf-8', 'gb18030'] } });

export const FILLED = {
  type: 'object',
  required: ['rows', 'version'],
  properties: { rows: { type: 'integer' }, version: { type: 'integer' } },
};

export const CHECK_VIEW = {
  type: 'object',
  required: ['step', 'checkedAt', 'rows', 'found'],
  properties: {
    step: { type: 'string' },
    checkedAt: { type: 'string' },
    rows: { type: 'integer', description: 'Rows compared' },
    found: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          row: { type: 'integer' },
          name: { type: 'string' },
          idNumber: { type: 'string', description: 'Masked' },
          findings: { type: 'array', items: { type: 'object' } },
        },
      },
    },
  },
};

export const PAY_LIST = {
  type: 'object',
  required: ['step', 'rows', 'struck', 'count', 'total', 'capitals', 'checksum'],
  properties: {
    step: { type: 'string' },
    rows: { type: 'array', items: { type: 'object' }, description: 'Identity numbers and accounts masked' },
    struck: { type: 'array', items: { type: 'object' } },
    count: { type: 'integer' },
    total: { type: 'integer', description: 'Whole fen' },
    capitals: { type: 'string' },
    checksum: {
      type: 'string',
      description: 'SHA-256 of the row lines of the file in UTF-8, each with CRLF, without heading and sums',
    },
  },
};
