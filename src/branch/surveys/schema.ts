const object = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength, pattern: '\\S' });
const date = { type: 'string', format: 'date', description: 'Shanghai day' };

const QUESTION = {
  oneOf: [
    object(
      {
        kind: { enum: ['single', 'multi', 'ranking'] },
        text: text(200),
        options: { type: 'array', minItems: 2, maxItems: 12, uniqueItems: true, items: text(60) },
      },
      ['kind', 'text', 'options'],
    ),
    object({ kind: { const: 'scale' }, text: text(200), least: text(20), most: text(20) }, [
      'kind',
      'text',
      'least',
      'most',
    ]),
    object({ kind: { const: 'text' }, text: text(200) }, ['kind', 'text']),
  ],
};

export const SURVEY_BODY = object(
  {
    org: text(40),
    title: text(60),
    purpose: text(400),
    mode: { enum: ['anonymous', 'named'] },
    place: { ...text(40), description: 'Committee or general branch whose members are asked' },
    roles: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', pattern: '^party-[a-z]+$' },
    },
    questions: { type: 'array', minItems: 1, maxItems: 20, items: QUESTION },
    until: date,
  },
  ['org', 'title', 'purpose', 'mode', 'place', 'roles', 'questions', 'until'],
);

export const SURVEY_EVENT_BODY = object(
  {
    event: { type: 'string', pattern: '^[A-Z_]{3,20}$' },
    version: { type: 'integer' },
    reason: { type: 'string', maxLength: 500 },
    until: date,
    actions: { type: 'string', maxLength: 2000, description: 'What was done: REPORT_ACTIONS' },
  },
  ['event', 'version'],
);

export const ANSWERS_BODY = object(
  {
    answers: {
      type: 'array',
      maxItems: 20,
      items: {
        oneOf: [
          { type: 'null' },
          { type: 'integer' },
          { type: 'string', maxLength: 300 },
          { type: 'array', maxItems: 12, items: { type: 'integer' } },
        ],
      },
    },
  },
  ['answers'],
);

export const SCREEN_BODY = object({ publish: { type: 'boolean' } }, ['publish']);
