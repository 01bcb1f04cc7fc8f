const object = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength, pattern: '\\S' });

export const REPORT_BODY = object({ org: text(40), addressee: text(40), text: text(5000) }, [
  'org',
  'addressee',
  'text',
]);

export const REPORT_EVENT_BODY = object(
  {
    event: { type: 'string', pattern: '^[A-Z_]{3,20}$' },
    version: { type: 'integer' },
    answer: { type: 'string', maxLength: 2000, description: 'ANSWER: what is said to the author' },
  },
  ['event', 'version'],
);

export const ORG_QUERY = object({ org: text(40) }, ['org']);
