const text = { type: 'string' } as const;
const maybe = { type: ['string', 'null'] } as const;
const object = (properties: Record<string, object>, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** A full number, a name or its beginning, or initials; in the body, so that it stands in no address. */
export const SEARCH_BODY = object({
  who: { type: 'string', title: '身份证号、姓名或者拼音首字母', minLength: 1, maxLength: 60 },
});

export const FOUND = object({
  by: { type: 'string', enum: ['number', 'name', 'initials', 'nothing'] },
  people: {
    type: 'array',
    items: object({
      id: text,
      name: text,
      idNumber: { type: 'string', description: 'Masked' },
      sex: maybe,
      age: { type: ['integer', 'null'] },
      last: {
        type: ['object', 'null'],
        description: 'The last thing handed in at the villages of the asker',
        properties: { village: text, itemTitle: text, on: text },
      },
    }),
  },
  isMore: { type: 'boolean' },
  says: maybe,
});

export const DRAFTS_QUERY = object(
  {
    view: { type: 'string', enum: ['own', 'others', 'discarded'] },
    text: { type: 'string', maxLength: 40 },
    after: { type: 'string', maxLength: 80 },
  },
  [],
);

export const DRAFTS = object({ drafts: { type: 'array', items: { type: 'object' } }, next: maybe });

export const HAND_BODY = object(
  {
    to: { type: 'string', title: '转给谁', minLength: 1, maxLength: 40 },
    note: { type: 'string', title: '留言', maxLength: 300 },
  },
  ['to'],
);

export const DRAFT_ID = object({ id: text });
