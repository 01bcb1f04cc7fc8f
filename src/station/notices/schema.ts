const text = (title: string, maxLength: number, minLength = 1) => ({
  type: 'string',
  title,
  minLength,
  maxLength,
});

/** An objection; name and contact may both be left out. */
export const OBJECTION_BODY = {
  type: 'object',
  properties: {
    text: text('异议内容', 2000, 5),
    name: text('姓名', 50),
    contact: text('联系方式', 50),
  },
  required: ['text'],
  additionalProperties: false,
};

export const BOARD_QUERY = {
  type: 'object',
  properties: {
    org: text('组织', 20),
    before: text('之前', 40),
    state: { type: 'string', enum: ['open', 'closed'] },
  },
  additionalProperties: false,
};
