import type { Definition, EventName, StateMeta } from './types.ts';

/** A JSON Schema (draft 2020-12) with the `x-` hints of the form renderer. */
export type EventSchema = { title: string; type: 'object' } & Record<string, unknown>;

const text = (title: string, over: Record<string, unknown> = {}) => ({
  type: 'string',
  title,
  minLength: 1,
  maxLength: 1000,
  'x-widget': 'textarea',
  'x-width': 'full',
  ...over,
});
const line = (title: string, over: Record<string, unknown> = {}) => ({
  type: 'string',
  title,
  minLength: 1,
  maxLength: 100,
  ...over,
});
const object = (
  title: string,
  properties: Record<string, unknown>,
  required: string[] = Object.keys(properties),
  over: Record<string, unknown> = {},
): EventSchema => ({ title, type: 'object', properties, required, additionalProperties: false, ...over });

const officers = (least: number) => ({
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

const reasons = (title: string) => ({
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
const faults = {
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

const objection = (finding: string) => ({
  objectionId: line('异议编号', { 'x-widget': 'select', 'x-options': 'objections' }),
  officers: officers(2),
  finding: text(finding),
  reply: text('给异议人的书面答复'),
});

/** Procedures whose time is left out of the term (行政许可法 art. 45, rule B2-6). */
const SPECIAL_PROCEDURES = ['听证', '招标', '拍卖', '检验', '检测', '检疫', '鉴定', '专家评审'];

/** What the item asks of its acts beyond the common form. */
export interface EventNeeds {
  /** Least number of officers at a visit (rule B2-1). */
  officers: number;
  /** The decision grants money. */
  pays: boolean;
}

const amount = {
  type: 'number',
  title: '核定金额（每月）',
  minimum: 0,
  maximum: 1000000,
  multipleOf: 0.01,
  'x-unit': '元',
  'x-width': 'short',
};

const SCHEMAS: Record<EventName, (needs: EventNeeds) => EventSchema> = {
  FILE: () => object('提交申请', {}),
  RESUBMIT: () => object('补正后提交', {}),
  ACCEPT: () => object('受理', { opinion: text('受理意见') }, []),
  FORWARD: () => object('同意，送下一环节', { opinion: text('审核意见') }),
  REQUEST_CORRECTION: () => object('一次性告知补正', { faults }),
  REFUSE: () =>
    object(
      '不予受理',
      {
        branch: {
          type: 'string',
          title: '情形',
          enum: ['依法不需要办理', '不属于本机关职权范围'],
          'x-widget': 'radio',
        },
        authority: line('应当向哪个机关申请', {
          description: '不属于本机关职权范围的，必须告知。',
          'x-show': { field: '/branch', equals: '不属于本机关职权范围' },
        }),
        reasons: reasons('不予受理的理由'),
      },
      ['branch', 'reasons'],
      {
        if: { properties: { branch: { const: '不属于本机关职权范围' } } },
        // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
        then: { required: ['authority'] },
      },
    ),
  RECORD_VISIT: (needs) =>
    object(
      '登记现场核查',
      {
        visitedAt: { type: 'string', format: 'date', title: '核查日期' },
        place: line('地点', { 'x-width': 'full' }),
        officers: officers(needs.officers),
        findings: text('核查情况', { maxLength: 2000 }),
        conclusion: { type: 'string', title: '结论', enum: ['符合', '不符合'], 'x-widget': 'radio' },
        witness: line('见证人', { maxLength: 50 }),
      },
      ['visitedAt', 'place', 'officers', 'findings', 'conclusion'],
    ),
  RETURN: () => object('退回重办', { reason: text('退回原因') }),
  POST: () => object('张贴公示', { opinion: text('公示说明') }, []),
  OBJECT: () => object('登记异议', { objectionId: line('异议编号') }),
  DISMISS_OBJECTION: () => object('异议不成立', objection('调查情况')),
  SUSTAIN_OBJECTION: () => object('异议成立', objection('调查情况')),
  APPROVE: ({ pays }) =>
    object(
      '准予',
      { opinion: text('决定意见'), ...(pays && { amount }), conditions: text('附带条件或义务') },
      pays ? ['opinion', 'amount'] : ['opinion'],
    ),
  REJECT: () =>
    object('不予批准', {
      facts: text('查明的事实'),
      evidence: text('证据'),
      reasons: reasons('不予批准的理由'),
    }),
  SUSPEND: () =>
    object('中止计时（特别程序）', {
      procedure: { type: 'string', title: '程序', enum: SPECIAL_PROCEDURES, 'x-widget': 'select' },
      reason: text('理由'),
      expectedEnd: { type: 'string', format: 'date', title: '预计结束日' },
    }),
  RESUME: () => object('恢复计时', { opinion: text('程序结果') }),
  EXTEND: () =>
    object('延长期限', {
      reason: text('延长理由'),
      approvedBy: line('批准的负责人', { maxLength: 50 }),
    }),
  ISSUE: () => object('制证并送往村站', { opinion: text('备注') }, []),
  COLLECT: () =>
    object(
      '登记领取',
      {
        collector: { type: 'string', title: '谁来领取', enum: ['本人', '代领'], 'x-widget': 'radio' },
        name: line('领取人姓名', { maxLength: 50 }),
        idNumber: {
          type: 'string',
          title: '领取人身份证号',
          format: 'cn-id',
          'x-sensitive': true,
        },
        relation: line('与持证人的关系', {
          maxLength: 20,
          'x-show': { field: '/collector', equals: '代领' },
        }),
        idChecked: { type: 'boolean', const: true, title: '已核对身份证件原件' },
        signature: { type: 'string', title: '领取人签名', maxLength: 200000, 'x-widget': 'signature' },
      },
      ['collector', 'name', 'idNumber', 'idChecked', 'signature'],
      {
        if: { properties: { collector: { const: '代领' } } },
        // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
        then: { required: ['relation'] },
      },
    ),
  WITHDRAW: () => object('撤回申请', { reason: text('撤回原因') }),
  NOTICE_CLOSED: () => object('公示期满', {}),
  CORRECTION_LAPSED: () => object('逾期未补正', {}),
  ACCEPTANCE_DEEMED: () => object('逾期未告知，视为受理', {}),
};

/** What an act must carry: a JSON Schema the form renderer and the command both read. */
export const eventSchema = (event: EventName, needs: EventNeeds): EventSchema => SCHEMAS[event](needs);

/** The needs of the step a case is in. */
export function eventNeeds(definition: Definition, meta: StateMeta): EventNeeds {
  const step = definition.steps.find((s) => s.id === meta.step);
  return {
    officers: step?.kind === 'inspect' ? step.officers : 2,
    pays: step?.kind === 'decide' && step.pays === true,
  };
}
