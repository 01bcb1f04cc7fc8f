/** Fields that acts share. */

/** A JSON Schema (draft 2020-12) with the `x-` hints of the form renderer. */
export type EventSchema = { title: string; type: 'object' } & Record<string, unknown>;

export const text = (title: string, over: Record<string, unknown> = {}) => ({
  type: 'string',
  title,
  minLength: 1,
  maxLength: 1000,
  'x-widget': 'textarea',
  'x-width': 'full',
  ...over,
});
export const line = (title: string, over: Record<string, unknown> = {}) => ({
  type: 'string',
  title,
  minLength: 1,
  maxLength: 100,
  ...over,
});
export const object = (
  title: string,
  properties: Record<string, unknown>,
  required: string[] = Object.keys(properties),
  over: Record<string, unknown> = {},
): EventSchema => ({ title, type: 'object', properties, required, additionalProperties: false, ...over });

export const officers = (least: number) => ({
  type: 'array',
  title: '核查人员',
  description: `不少于 ${least} 人（行政许可法第三十四条）`,
  minItems: least,
  maxItems: 6,
  'x-layout': 'table',
  items: {
    type: 'object',
    properties: { name: line('姓名', { maxLength: 50 }), licence: line('执法证号', { maxLength: 30 }) },
    required: ['name', 'licence'],
    additionalProperties: false,
  },
});

export const reasons = (title: string) => ({
  type: 'array',
  title,
  minItems: 1,
  maxItems: 20,
  'x-layout': 'cards',
  items: {
    type: 'object',
    properties: {
      reason: text('理由', { maxLength: 500 }),
      basis: line('依据（法律、法规、规章条款）', { maxLength: 200, 'x-width': 'full' }),
    },
    required: ['reason', 'basis'],
    additionalProperties: false,
  },
});

/** Faults named once and for all (B1-6), each on the field or material it concerns. */
export const faults = {
  type: 'array',
  title: '需要补正的内容',
  description: '请一次写全，每一处写明在哪里、为什么、怎样改。',
  minItems: 1,
  maxItems: 30,
  'x-layout': 'cards',
  items: {
    type: 'object',
    properties: {
      target: line('哪一项', { maxLength: 200, 'x-widget': 'select', 'x-options': 'targets' }),
      reason: text('缺什么、错在哪里', { maxLength: 500 }),
      example: line('示例（怎样填、交什么）', { maxLength: 200, 'x-width': 'full' }),
    },
    required: ['target', 'reason'],
    additionalProperties: false,
  },
};

export const objection = (finding: string) => ({
  objectionId: line('异议编号', { 'x-widget': 'select', 'x-options': 'objections' }),
  officers: officers(2),
  finding: text(finding),
  reply: text('给异议人的书面答复'),
});

export const date = (title: string, over: Record<string, unknown> = {}) => ({
  type: 'string',
  format: 'date',
  title,
  'x-error': `${title}应为真实存在的日期，如 2026-09-28`,
  ...over,
});
export const choice = (title: string, choices: readonly string[], over: Record<string, unknown> = {}) => ({
  type: 'string',
  title,
  enum: choices,
  'x-widget': choices.length > 4 ? 'select' : 'radio',
  ...over,
});
export const count = (title: string, over: Record<string, unknown> = {}) => ({
  type: 'integer',
  title,
  minimum: 0,
  maximum: 100000,
  'x-width': 'short',
  'x-error': `${title}应为整数`,
  ...over,
});
export const money = (title: string, over: Record<string, unknown> = {}) => ({
  type: 'number',
  title,
  minimum: 0,
  maximum: 1000000000,
  multipleOf: 0.01,
  'x-unit': '元',
  'x-width': 'short',
  'x-error': `${title}应为不小于 0 的数，最多两位小数`,
  ...over,
});
