const object = (properties: Record<string, object>, required: string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

export const REMARK_BODY = object(
  {
    text: { type: 'string', maxLength: 2000 },
    mention: { type: 'string', maxLength: 40, description: 'Account at a desk of the case' },
    login: { type: 'string', maxLength: 60, description: 'Login of anybody else who may see it' },
  },
  ['text'],
);

export const PHRASE_BODY = object(
  {
    text: { type: 'string', maxLength: 1000 },
    use: { type: 'string', enum: ['opinion', 'reason'] },
    org: { type: 'string', maxLength: 40, description: 'An office one works at; absent: for oneself' },
  },
  ['text', 'use'],
);

export const MENTIONS_QUERY = object({ after: { type: 'string', pattern: '^[0-9a-z]{26}$' } }, []);
