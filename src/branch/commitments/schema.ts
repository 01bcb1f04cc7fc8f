import { KINDS, OUTCOMES } from './types.ts';

const object = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength, pattern: '\\S' });
const date = { type: 'string', format: 'date', description: 'Shanghai day' };

const CONTENT = {
  kind: { enum: Object.keys(KINDS) },
  text: text(200),
  beneficiary: text(60),
  promisedOn: date,
};

export const COMMITMENT_BODY = object({ org: text(40), isForOrg: { type: 'boolean' }, ...CONTENT }, [
  'org',
  'isForOrg',
  'kind',
  'text',
  'beneficiary',
  'promisedOn',
]);

export const COMMITMENT_EVENT_BODY = object(
  {
    event: { type: 'string', pattern: '^[A-Z_]{3,20}$' },
    version: { type: 'integer' },
    reason: { type: 'string', maxLength: 500 },
    content: object(CONTENT, Object.keys(CONTENT)),
    evidence: { type: 'string', maxLength: 500, description: 'REPORT: what shows that it is done' },
    review: object(
      {
        metOn: date,
        present: { type: 'integer', minimum: 0, maximum: 500 },
        outcome: { enum: Object.keys(OUTCOMES) },
        remark: { type: 'string', maxLength: 500 },
      },
      ['metOn', 'present', 'outcome', 'remark'],
    ),
  },
  ['event', 'version'],
);

/** No order is asked for: there is none by what anybody did. */
export const COMMITMENTS_QUERY = object({ org: text(40) }, ['org']);
