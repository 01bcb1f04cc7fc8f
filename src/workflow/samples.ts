import { addDays } from '../kernel/time.ts';
import type { EventNeeds } from './events.ts';
import type { FormSchema } from './form-schema.ts';
import type { EventName } from './types.ts';

/** The smallest picture there is: one stroke of a pen. */
const STROKE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const OFFICERS = [
  '53262800101',
  '53262800102',
  '53262800103',
  '53262800104',
  '53262800105',
  '53262800106',
].map((licence, i) => ({ name: `核查员${'甲乙丙丁戊己'[i]}`, licence }));
const REASONS = [{ reason: '演练：不符合条件', basis: '演练用依据' }];

/** Data of an act for rehearsals and demonstrations; valid against `eventSchema` (a test proves it). */
export function sampleData(event: EventName, needs: EventNeeds, day: string): Record<string, unknown> {
  const data = plainSample(event, needs, day);
  return needs.asks ? { ...data, asked: askedSample(needs.asks, day) } : data;
}

/** Something valid for each of the item's own fields: its first example, or what its schema allows. */
function askedSample(asks: NonNullable<EventNeeds['asks']>, day: string): Record<string, unknown> {
  const shown = Object.entries(asks).filter(([, field]) => field['x-show'] === undefined);
  return Object.fromEntries(shown.map(([name, field]) => [name, sampleOf(field, day)]));
}

function sampleOf(field: FormSchema, day: string): unknown {
  if (field.examples) return field.examples[0];
  if (field.const !== undefined) return field.const;
  if (field.enum) return field.enum[0];
  switch (field.type) {
    case 'integer':
    case 'number':
      return field.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: Math.max(1, field.minItems ?? 0) }, () => sampleOf(field.items ?? {}, day));
    case 'object':
      return askedSample(field.properties ?? {}, day);
    default:
      return field.format ? byFormat(field.format, day) : '演练内容'.slice(0, field.maxLength ?? 4);
  }
}

/** Synthetic values of the house's formats (catalogue C.1). */
function byFormat(format: string, day: string): string {
  const samples: Record<string, string> = {
    date: day,
    month: day.slice(0, 7),
    gps: '105.631200,23.625300',
    'cn-id': '532628196611159910',
    'cn-phone': '13800000000',
    uscc: '93532628MA6N000056',
    'bank-card': '6217003860000000016',
  };
  const sample = samples[format];
  if (sample === undefined) throw new Error(`no sample of format ${format}`);
  return sample;
}

function plainSample(event: EventName, needs: EventNeeds, day: string): Record<string, unknown> {
  const officers = OFFICERS.slice(0, needs.officers);
  const objection = {
    objectionId: 'rehearsal',
    officers: OFFICERS.slice(0, 2),
    finding: '演练：已核实',
    reply: '演练：答复',
  };
  const samples: Partial<Record<EventName, Record<string, unknown>>> = {
    ACCEPT: {},
    FORWARD: { opinion: '演练：同意' },
    EXTEND_CORRECTION: { reason: '演练：在外地，赶不回来' },
    RECORD_MEETING: {
      heldOn: day,
      place: '村委会会议室',
      chair: '演练主持人',
      eligible: 30,
      present: 26,
      favour: 24,
      summary: '演练：讨论情况',
      conclusion: '通过',
    },
    REQUEST_RECTIFICATION: {
      officers: OFFICERS.slice(0, 2),
      findings: '演练：发现问题',
      reason: '演练：请整改',
    },
    RECORD_CHECK: {
      results: needs.registers.map((register) => ({ register, result: '一致' })),
      opinion: '演练：比对一致',
    },
    GIVE_OPINION: { view: '同意', opinion: '演练：没有意见' },
    RECORD_RESULT: {
      body: '演练机构',
      heldOn: day,
      ...(needs.procedure === '听证' && { noticedOn: addDays(day, -10), chair: '演练主持人' }),
      result: '演练：结果',
      conclusion: '符合',
    },
    REAPPRAISE: { reason: '演练：对结果有异议' },
    REPORT: { doneOn: day, opinion: '演练：已完成' },
    RESERVE: { reason: '演练：指标不足' },
    PAY: { batch: '演练批次', paidOn: day, amount: 300 },
    SETTLE: { arrivedOn: day },
    BOUNCE: { reason: '演练：账号不符' },
    CONFIRM: { confirmedOn: day, way: '上门' },
    END: { facts: '演练：查明的事实', reasons: REASONS },
    REQUEST_CORRECTION: {
      faults: [{ target: '/form/applicant/phone', reason: '演练：手机号打不通', example: '13800000000' }],
    },
    REFUSE: { branch: '依法不需要办理', reasons: REASONS },
    RECORD_VISIT: {
      visitedAt: day,
      place: '演练地点',
      officers,
      findings: '演练：情况属实',
      conclusion: '符合',
    },
    RETURN: { reason: '演练：请补充说明' },
    OBJECT: { objectionId: 'rehearsal' },
    DISMISS_OBJECTION: objection,
    SUSTAIN_OBJECTION: objection,
    APPROVE: { opinion: '演练：准予', ...(needs.pays && { amount: 300 }) },
    REJECT: { facts: '演练：查明的事实', evidence: '演练：证据', reasons: REASONS },
    SUSPEND: { procedure: '鉴定', reason: '演练：需要鉴定', expectedEnd: day },
    RESUME: { opinion: '演练：鉴定完成' },
    EXTEND: { reason: '演练：情况复杂', approvedBy: '演练负责人' },
    COLLECT: {
      collector: '本人',
      name: '演练人',
      idNumber: '532628196611159910',
      idChecked: true,
      signature: STROKE,
    },
    WITHDRAW: { reason: '演练：不办了' },
  };
  return samples[event] ?? {};
}
