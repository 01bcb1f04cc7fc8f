import type { EventNeeds } from './events.ts';
import type { EventName } from './types.ts';

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
      signature: 'data:image/png;base64,iVBORw0KGgo=',
    },
    WITHDRAW: { reason: '演练：不办了' },
  };
  return samples[event] ?? {};
}
