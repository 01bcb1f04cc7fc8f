import type { CaseFacts, StepFacts } from '../../../src/station/facts.ts';
import type { EventName, PaperKind } from '../../../src/workflow/types.ts';
import { SIGNATURE } from '../../support/service.ts';

const VILLAGE = { id: '532628103201', name: '剥隘村村民委员会', docWord: null };
const ORGAN = { id: '532628-NY', name: '富宁县农业农村局', docWord: '富农' };

/** A pesticide-shop case as of some event; identity numbers are the catalogue's synthetic ones (C.1). */
export function sampleFacts(over: Partial<CaseFacts> = {}): CaseFacts {
  return {
    caseId: 'case-1',
    number: '532628103201-20260928-NY04-000123',
    item: {
      code: 'NY-04',
      title: '农药经营许可',
      department: 'NY',
      kind: 'permit',
      basis: ['《农药管理条例》第二十四条、第二十五条', '《农药经营许可管理办法》'],
      fee: '不收费',
    },
    situationTitle: '新办',
    village: { id: '532628103201', name: '剥隘村村民委员会' },
    township: { id: '532628103', name: '剥隘镇' },
    applicant: { name: '农建国', idNumber: '532628196611159910', phone: '13887612345' },
    form: {},
    receivedAt: '2026-09-28T01:40:00.000Z',
    appliedOn: '2026-09-28',
    acceptedOn: '2026-09-28',
    deemed: false,
    statutoryDue: '2026-11-02',
    promisedDue: '2026-10-19',
    provisional: false,
    terms: { statutory: '20 个工作日', promised: '10 个工作日' },
    correctionDue: '2026-10-20',
    answerBy: null,
    decidedOn: null,
    step: sampleStep(),
    procedure: null,
    gap: null,
    pays: null,
    renewal: null,
    untimed: ['公告：15个工作日'],
    titles: {
      '/form/applicant/phone': '申请人 · 手机',
      '/materials/site': '场所平面图、产权证明及照片',
    },
    extension: null,
    notice: null,
    materials: [
      { title: '农药经营许可申请表', form: 'original', copies: 1, way: '已收' },
      { title: '营业执照', form: 'electronic', copies: 1, way: '市场监管库共享' },
      { title: '经营人员学历或者56学时培训证明', form: 'copy', copies: 1, way: '已收' },
    ],
    clerk: { name: '黄秀英' },
    issuingOrg: ORGAN,
    event: sampleEvent('ACCEPT', {}),
    remedies: 'review',
    record: {},
    certificate: null,
    ...over,
  };
}

/** The step an event came in. */
export const sampleStep = (over: Partial<StepFacts> = {}): StepFacts => ({
  id: 'step',
  title: '审核',
  procedure: null,
  again: null,
  part: null,
  about: null,
  limit: null,
  asked: [],
  ...over,
});

/** One event of the sample case. */
export function sampleEvent(type: EventName, data: Record<string, unknown>, seq = 3): CaseFacts['event'] {
  return {
    seq,
    type,
    at: '2026-09-28T03:20:00.000Z',
    by: { kind: 'account', id: 'a1', name: '陆海波', org: '532628-NY', role: 'officer' },
    data,
  };
}

const NOTICE = {
  title: '农药经营许可公示',
  boardName: '剥隘村村民委员会',
  shown: [
    { label: '姓名', value: '农建国' },
    { label: '村民小组', value: '第三村民小组' },
  ],
  openedOn: '2026-09-28',
  until: '2026-10-08',
  basis: '《行政许可法》第四十条',
};
const REASONS = [
  { reason: '仓储面积只有三十平方米，不足五十平方米。', basis: '《农药经营许可管理办法》第七条' },
];
const OFFICERS = [
  { name: '陆海波', licence: '53262810301' },
  { name: '农文英', licence: '53262810302' },
];
const CERTIFICATE = { title: '农药经营许可证', number: '农药经许（滇）53262800001', expiresOn: null };

/** The sample case at the event that asks for each kind of paper. */
export const FACTS_FOR: Record<PaperKind, CaseFacts> = {
  receipt: sampleFacts({ event: sampleEvent('FILE', {}, 1), issuingOrg: VILLAGE }),
  acceptance: sampleFacts(),
  correction: sampleFacts({
    event: sampleEvent('REQUEST_CORRECTION', {
      faults: [
        { target: '/form/applicant/phone', reason: '号码打不通', example: '13800000000' },
        { target: '/materials/site', reason: '缺平面图', example: '标出面积和隔离距离的平面图' },
      ],
    }),
  }),
  refusal: sampleFacts({
    event: sampleEvent('REFUSE', {
      branch: '不属于本机关职权范围',
      authority: '云南省农业农村厅',
      reasons: REASONS,
    }),
  }),
  'special-procedure': sampleFacts({
    event: sampleEvent('SUSPEND', {}),
    procedure: { name: '专家评审', reason: '需要专家评审', expectedEnd: '2026-10-20' },
  }),
  extension: sampleFacts({
    event: sampleEvent('EXTEND', { reason: '现场整改需要复查', approvedBy: '王志明' }),
    extension: { days: 10, basis: '《行政许可法》第四十二条', from: '2026-11-02', to: '2026-11-16' },
  }),
  visit: sampleFacts({
    event: sampleEvent('RECORD_VISIT', {
      visitedAt: '2026-09-28',
      place: '剥隘村第三村民小组',
      gps: '106.123456,23.912345',
      officers: OFFICERS,
      findings: '营业场所三十六平方米，仓储六十平方米，与生活区隔离。',
      conclusion: '符合',
      witness: '黄秀英',
    }),
    step: sampleStep({ title: '现场核查', asked: [{ label: '仓储面积', value: '60 平方米' }] }),
  }),
  meeting: sampleFacts({
    event: sampleEvent('RECORD_MEETING', {
      heldOn: '2026-09-27',
      place: '剥隘村活动室',
      chair: '农志强',
      eligible: 42,
      present: 35,
      favour: 33,
      summary: '到会代表逐项了解了情况，认为经营场所离饮用水源有足够的距离。',
      conclusion: '通过',
    }),
    issuingOrg: VILLAGE,
    step: sampleStep({ title: '民主评议' }),
  }),
  opinion: sampleFacts({
    event: sampleEvent('GIVE_OPINION', {
      part: 'ZR',
      view: '不同意',
      opinion: '选址占用永久基本农田，不符合国土空间规划。',
    }),
    issuingOrg: { id: '532628-ZR', name: '富宁县自然资源局', docWord: '富自然资' },
    step: sampleStep({ title: '联合审查', part: '规划和地类' }),
  }),
  appraisal: sampleFacts({
    event: sampleEvent('RECORD_RESULT', {
      body: '文山州农产品质量检验中心',
      heldOn: '2026-09-26',
      result: '仓储通风和防渗不符合要求。',
      conclusion: '不符合',
    }),
    answerBy: '2026-10-20',
    step: sampleStep({ title: '场所检测', procedure: '检测', again: 10 }),
  }),
  rectification: sampleFacts({
    event: sampleEvent('REQUEST_RECTIFICATION', {
      officers: OFFICERS,
      findings: '仓储没有防渗设施，农药和种子混放。',
      reason: '铺设防渗地面，农药专柜存放，并设警示标志。',
    }),
    answerBy: '2026-10-20',
    step: sampleStep({ title: '现场核查' }),
  }),
  cancellation: sampleFacts({
    event: sampleEvent('END', { facts: '经营场所已经拆除，停止经营。', reasons: REASONS }),
    decidedOn: '2026-09-01',
    certificate: { ...CERTIFICATE, expiresOn: '2031-08-31' },
  }),
  notice: sampleFacts({ event: sampleEvent('POST', {}), notice: NOTICE }),
  'notice-result': sampleFacts({
    event: sampleEvent('NOTICE_CLOSED', {}),
    notice: { ...NOTICE, objections: { sustained: 0, dismissed: 1 } },
  }),
  approval: sampleFacts({
    event: sampleEvent('APPROVE', { opinion: '准予许可', conditions: '不得经营限制使用农药' }),
    certificate: CERTIFICATE,
  }),
  rejection: sampleFacts({
    event: sampleEvent('REJECT', {
      facts: '仓储面积三十平方米。',
      evidence: '现场核查笔录',
      reasons: REASONS,
    }),
  }),
  termination: sampleFacts({ event: sampleEvent('WITHDRAW', { reason: '不再经营' }) }),
  delivery: sampleFacts({
    event: sampleEvent('COLLECT', {
      collector: '代领',
      name: '农秀兰',
      relation: '配偶',
      idNumber: '532628198607049945',
      idChecked: true,
      signature: SIGNATURE,
    }),
    certificate: { ...CERTIFICATE, expiresOn: '2031-09-27' },
  }),
};
