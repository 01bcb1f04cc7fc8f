/** What each act must carry. One table: an official reads down it and sees the whole vocabulary. */

import { type PayRhythm, SPECIAL_PROCEDURES } from '../definition.ts';
import type { FormSchema } from '../form-schema.ts';
import type { EventName } from '../types.ts';
import { RHYTHM_WORDS } from '../words.ts';
import {
  choice,
  count,
  date,
  type EventSchema,
  faults,
  line,
  money,
  object,
  objection,
  officers,
  reasons,
  text,
} from './fields.ts';

/** What the item asks of its acts beyond the common form. */
export interface EventNeeds {
  /** Least number of officers at a visit (rule B2-1). */
  officers: number;
  /** The rhythm of the money a decision grants. */
  pays: PayRhythm | null;
  /** Further fields of the step's main act. */
  asks: Record<string, FormSchema> | null;
  /** Registers a data check goes through. */
  registers: string[];
  /** The procedure an appraisal is. */
  procedure: string | null;
  /** A batch: rows of its roster may be struck out. */
  roster: boolean;
}

const REFUSE = () =>
  object(
    '不予受理',
    {
      branch: choice('情形', ['依法不需要办理', '不属于本机关职权范围']),
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
  );

const RECORD_VISIT = (needs: EventNeeds) =>
  object(
    '登记现场核查',
    {
      visitedAt: date('核查日期'),
      place: line('地点', { 'x-width': 'full' }),
      gps: {
        type: 'string',
        format: 'gps',
        title: '地点坐标',
        'x-placeholder': '105.631200,23.625300',
        'x-error': '坐标应写成“经度,纬度”，各 6 位小数，如 105.631200,23.625300',
      },
      officers: officers(needs.officers),
      findings: text('核查情况', { maxLength: 2000 }),
      conclusion: choice('结论', ['符合', '不符合']),
      witness: line('见证人', { maxLength: 50 }),
    },
    ['visitedAt', 'place', 'officers', 'findings', 'conclusion'],
  );

const RECORD_MEETING = () =>
  object(
    '登记评议会议',
    {
      heldOn: date('会议日期'),
      place: line('地点', { 'x-width': 'full' }),
      chair: line('主持人', { maxLength: 50 }),
      eligible: count('应到人数', { minimum: 1, 'x-unit': '人' }),
      present: count('实到人数', { minimum: 1, 'x-unit': '人' }),
      favour: count('同意人数', { 'x-unit': '人' }),
      summary: text('讨论情况', { maxLength: 2000 }),
      conclusion: choice('结论', ['通过', '未通过']),
    },
    ['heldOn', 'place', 'chair', 'eligible', 'present', 'favour', 'summary', 'conclusion'],
  );

const RECORD_CHECK = ({ registers, roster }: EventNeeds) =>
  object(
    '登记比对结果',
    {
      results: {
        type: 'array',
        title: '比对结果',
        description: `逐项填写：${registers.join('、')}`,
        minItems: registers.length,
        maxItems: registers.length,
        'x-layout': 'cards',
        items: {
          type: 'object',
          properties: {
            register:
              registers.length > 0
                ? choice('比对的数据', registers, { 'x-widget': 'select' })
                : line('比对的数据'),
            result: choice('结果', ['一致', '不一致', '查无记录']),
            note: line('说明', { maxLength: 200, 'x-width': 'full' }),
          },
          required: ['register', 'result'],
          additionalProperties: false,
        },
      },
      ...(roster && {
        struck: {
          type: 'array',
          title: '剔除的行',
          description: '核对后不能发放的，逐行写明理由；没有的不用填。',
          maxItems: 2000,
          'x-layout': 'table',
          items: {
            type: 'object',
            properties: {
              row: count('行号', { minimum: 1 }),
              reason: line('理由', { maxLength: 200, 'x-width': 'full' }),
            },
            required: ['row', 'reason'],
            additionalProperties: false,
          },
        },
      }),
      opinion: text('比对意见'),
    },
    ['results', 'opinion'],
  );

const GIVE_OPINION = () =>
  object(
    '出具联审意见',
    {
      part: line('代表的部门', { maxLength: 10, 'x-widget': 'select', 'x-options': 'parts' }),
      view: choice('意见', ['同意', '不同意']),
      opinion: text('意见内容和依据'),
    },
    ['view', 'opinion'],
  );

/** B2-11: seven days' notice, a chair who did not examine the file, and a record. */
const HEARING = {
  noticedOn: date('送达听证通知的日期', { description: '举行听证的七日前通知。' }),
  chair: line('主持人', { maxLength: 50, description: '审查本申请的人员不能主持。' }),
};

const RECORD_RESULT = ({ procedure }: EventNeeds) => {
  const hearing = procedure === '听证' ? HEARING : {};
  return object(
    `登记${procedure ?? '程序'}结果`,
    {
      body: line('承担的机构', { 'x-width': 'full' }),
      heldOn: date('完成日期'),
      ...hearing,
      result: text('结果', { maxLength: 2000 }),
      conclusion: choice('结论', ['符合', '不符合']),
    },
    ['body', 'heldOn', ...Object.keys(hearing), 'result', 'conclusion'],
  );
};

const REJECT = () =>
  object(
    '不予批准',
    {
      facts: text('查明的事实'),
      evidence: text('证据'),
      reasons: reasons('不予批准的理由'),
      falsehood: choice('申请人有没有隐瞒情况或者提供虚假材料', ['没有', '有']),
    },
    ['facts', 'evidence', 'reasons'],
  );

const ON_PAPER = '纸质签名或者按指印';

/** Signed on the screen, unless it is told that it was signed on paper: the record of delivery leaves room for it. */
const COLLECT = () =>
  object(
    '登记领取',
    {
      collector: choice('谁来领取', ['本人', '代领']),
      name: line('领取人姓名', { maxLength: 50 }),
      idNumber: { type: 'string', title: '领取人身份证号', format: 'cn-id', 'x-sensitive': true },
      relation: line('与持证人的关系', {
        maxLength: 20,
        'x-show': { field: '/collector', equals: '代领' },
      }),
      idChecked: { type: 'boolean', const: true, title: '已核对身份证件原件' },
      signedBy: choice('签名方式', ['屏幕手写', ON_PAPER], {
        description: '在纸上签的，打印送达回证以后签名或者按指印；没有选的，按屏幕手写。',
      }),
      signature: {
        type: 'string',
        title: '领取人签名',
        description: '会写字的必须签名；不会写字的在下一栏按指印。',
        maxLength: 200000,
        'x-widget': 'signature',
      },
      fingerprint: {
        type: 'string',
        title: '领取人指印',
        description: '按在白纸上拍照，上传 PNG 图片。',
        maxLength: 200000,
        'x-widget': 'signature',
      },
    },
    ['collector', 'name', 'idNumber', 'idChecked'],
    {
      // biome-ignore-start lint/suspicious/noThenProperty: a JSON Schema keyword
      allOf: [
        { if: { properties: { collector: { const: '代领' } } }, then: { required: ['relation'] } },
        {
          if: {
            not: {
              anyOf: [
                { required: ['fingerprint'] },
                { properties: { signedBy: { const: ON_PAPER } }, required: ['signedBy'] },
              ],
            },
          },
          then: { required: ['signature'] },
        },
      ],
      // biome-ignore-end lint/suspicious/noThenProperty: a JSON Schema keyword
    },
  );

const plain = (title: string) => () => object(title, {});
const remark = (title: string, label: string) => () => object(title, { opinion: text(label) }, []);

export const SCHEMAS: Record<EventName, (needs: EventNeeds) => EventSchema> = {
  FILE: () =>
    object(
      '提交申请',
      {
        channel: choice('收件方式', ['窗口', '线上'], { 'x-widget': 'select' }),
        notDuplicate: { type: 'boolean', title: '已核对，不是重复申请' },
      },
      [],
    ),
  RESUBMIT: plain('补正后提交'),
  SUPPLY: plain('补交容缺材料'),
  ACCEPT: remark('受理', '受理意见'),
  FORWARD: () => object('同意，送下一环节', { opinion: text('审核意见') }),
  REQUEST_CORRECTION: () => object('一次性告知补正', { faults }),
  EXTEND_CORRECTION: () => object('延长补正期限', { reason: text('申请人的理由') }),
  REFUSE,
  RECORD_MEETING,
  RECORD_VISIT,
  REQUEST_RECTIFICATION: () =>
    object('要求整改', { officers: officers(2), findings: text('现场发现的问题'), reason: text('整改要求') }),
  RECORD_CHECK,
  GIVE_OPINION,
  RECORD_RESULT,
  REAPPRAISE: () => object('申请复评', { reason: text('申请复评的理由') }),
  REPORT: () =>
    object(
      '登记完成情况',
      {
        doneOn: date('完成日期'),
        reference: line('文号或凭证号', { maxLength: 60 }),
        opinion: text('情况说明'),
      },
      ['doneOn', 'opinion'],
    ),
  ALLOT: remark('分配指标', '分配意见'),
  RESERVE: () => object('转入排队递补', { reason: text('理由') }),
  RETURN: () => object('退回重办', { reason: text('退回原因') }),
  POST: remark('张贴公示', '公示说明'),
  OBJECT: () => object('登记异议', { objectionId: line('异议编号') }),
  DISMISS_OBJECTION: () => object('异议不成立', objection('调查情况')),
  SUSTAIN_OBJECTION: () => object('异议成立', objection('调查情况')),
  APPROVE: ({ pays }) =>
    object(
      '准予',
      {
        opinion: text('决定意见'),
        ...(pays && { amount: money(`核定金额（${RHYTHM_WORDS[pays]}）`) }),
        conditions: text('附带条件或义务'),
      },
      pays ? ['opinion', 'amount'] : ['opinion'],
    ),
  REJECT,
  SUSPEND: () =>
    object('中止计时（特别程序）', {
      procedure: choice('程序', SPECIAL_PROCEDURES),
      reason: text('理由'),
      expectedEnd: date('预计结束日'),
    }),
  RESUME: () => object('恢复计时', { opinion: text('程序结果') }),
  EXTEND: () =>
    object('延长期限', { reason: text('延长理由'), approvedBy: line('批准的负责人', { maxLength: 50 }) }),
  ISSUE: remark('制证并送往村站', '备注'),
  PAY: () =>
    object(
      '编入发放批次',
      { batch: line('批次', { maxLength: 40 }), paidOn: date('报送日期'), amount: money('发放金额') },
      ['batch', 'paidOn', 'amount'],
    ),
  SETTLE: () => object('登记到账', { arrivedOn: date('到账日期') }),
  BOUNCE: () => object('登记退票', { reason: text('银行退回的原因') }),
  COLLECT,
  CONFIRM: () =>
    object(
      '登记认证、复核结果',
      {
        confirmedOn: date('认证或复核日期'),
        way: choice('方式', ['数据比对', '人脸识别', '上门', '视频', '材料复核']),
        opinion: text('情况说明'),
      },
      ['confirmedOn', 'way'],
    ),
  END: () => object('终止', { facts: text('查明的事实'), reasons: reasons('终止的理由') }),
  WITHDRAW: () => object('撤回申请', { reason: text('撤回原因') }),
  NOTICE_CLOSED: plain('公示期满'),
  CORRECTION_LAPSED: plain('逾期未补正'),
  ACCEPTANCE_DEEMED: plain('逾期未告知，视为受理'),
  OPINION_DEEMED: plain('逾期未答复，视为没有意见'),
  RECTIFICATION_LAPSED: plain('整改期满'),
  RESULT_STOOD: plain('逾期未申请复评，结果生效'),
  WAIT_LAPSED: plain('等待期满'),
  GAP_LAPSED: plain('容缺材料逾期未补'),
  RENEWAL_DEEMED: plain('逾期未决定，视为准予延续'),
  REVIEW_DUE: plain('认证、复核到期'),
  REVIEW_LAPSED: plain('逾期未认证，暂停'),
  CANCELLED_ELSEWHERE: plain('因其他事项注销'),
  RESTORED_ELSEWHERE: plain('注销被撤回，恢复'),
  REVIEW_CALLED: plain('因其他事项提前复核'),
  MOVED: plain('转入新版事项办理'),
};
