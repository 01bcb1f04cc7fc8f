import { expect } from 'chai';
import { transact } from '../../../src/platform/db/index.ts';
import { printedCode } from '../../../src/station/codes.ts';
import type { CaseFacts } from '../../../src/station/facts.ts';
import { type Paper, type PaperDeps, preparePaper, renderPaper } from '../../../src/station/papers/index.ts';
import type { PaperKind } from '../../../src/workflow/types.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { type House, openHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { fontsOf, infoOf, popplerOrSkip, textOf } from './pdf.ts';
import { FACTS_FOR, sampleEvent, sampleFacts } from './sample-facts.ts';

/** Catalogue B.4: what each paper must say, besides the common fields. */
const OWN_FIELDS: Record<PaperKind, string[]> = {
  receipt: [
    '收件回执',
    '2026年9月28日09:40',
    '营业执照',
    '原件',
    '电子',
    '复印件',
    '黄秀英',
    '预计上报日2026年9月29日',
    '查询码',
  ],
  acceptance: [
    '受理通知书',
    '受理日期2026年9月28日',
    '2026年11月2日',
    '2026年10月19日',
    '公告：15个工作日',
    '不收费',
    '查询方式',
  ],
  correction: [
    '一次性补正告知书',
    '号码打不通',
    '13800000000',
    '场所平面图',
    '2026年10月20日',
    '视为撤回',
    '第三十二条',
  ],
  refusal: [
    '不予受理决定书',
    '不属于本机关职权范围',
    '云南省农业农村厅',
    '仓储面积只有三十平方米',
    '《农药经营许可管理办法》',
    '行政复议',
  ],
  'special-procedure': [
    '特别程序告知书',
    '专家评审',
    '起始日2026年9月28日',
    '预计结束日2026年10月20日',
    '恢复规则',
  ],
  extension: [
    '延期决定通知书',
    '2026年11月2日',
    '10个工作日',
    '王志明',
    '现场整改需要复查',
    '2026年11月16日',
  ],
  visit: [
    '现场核查笔录',
    '2026年9月28日',
    '北纬23.912345',
    '53262810301',
    '农文英',
    '见证人黄秀英',
    '符合',
    '拒签',
    '照片',
  ],
  notice: ['公示书', '第三村民小组', '2026年9月28日至2026年10月8日', '匿名', '村务监督委员会', '照片'],
  'notice-result': ['公示结果', '2026年10月8日', '收到异议1件', '1件不成立', '照片'],
  approval: [
    '准予行政许可决定书',
    '农药经许（滇）53262800001',
    '有效期',
    '不得经营限制使用农药',
    '第二十四条',
    '行政复议',
    '行政诉讼',
  ],
  rejection: [
    '不予行政许可决定书',
    '仓储面积三十平方米',
    '现场核查笔录',
    '仓储面积只有',
    '《农药经营许可管理办法》',
    '行政复议',
    '行政诉讼',
  ],
  termination: ['终止办理告知书', '不再经营', '退还'],
  delivery: [
    '送达回证',
    '农药经营许可证（农药经许（滇）53262800001）',
    '受送达人农建国',
    '直接送达',
    '2026年9月28日',
    '农秀兰',
    '配偶',
    '拒收',
    '见证人',
  ],
};

describe('prints of papers (B.4)', () => {
  let opened: Opened;
  let house: House;
  let deps: PaperDeps;
  let caseId: string;
  before(async function () {
    popplerOrSkip(this);
    const sqlite = engines[0];
    if (!sqlite) throw new Error('no database');
    opened = await sqlite.open();
    house = await openHouse(opened);
    await house.at('2026-11-30T09:00:00+08:00');
    deps = { ...house.service.deps, publicUrl: 'https://cunban.example' };
    caseId = (await openCase(house, 'WJ-01')).id;
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  let seq = 100;
  const print = async (
    kind: PaperKind,
    over: Partial<CaseFacts> = {},
  ): Promise<{ paper: Paper; pdf: Buffer; text: string }> => {
    const facts = { ...FACTS_FOR[kind], caseId, ...over };
    const event = { ...facts.event, seq: seq++ };
    const paper = await transact(deps.db, (trx) => preparePaper(trx, deps, { ...facts, event }, kind));
    const pdf = await renderPaper(deps, paper.id);
    return { paper, pdf, text: textOf(pdf) };
  };

  for (const kind of Object.keys(OWN_FIELDS) as PaperKind[])
    it(`${kind}: says everything B.4 asks for, in embedded subset fonts`, async () => {
      const { paper, pdf, text } = await print(kind);
      const { number, item, issuingOrg } = FACTS_FOR[kind];
      const common = [
        paper.title,
        paper.number,
        `校验码${printedCode(paper.verifyCode)}`,
        '农建国',
        '532628**********10',
        `${item.title}（${item.code}）`,
        number,
        issuingOrg.name,
        '演示章（盖章）',
        '2026年9月28日',
        '联系电话12345',
      ];
      for (const field of [...common, ...OWN_FIELDS[kind]])
        expect(text, field).to.include(field.replaceAll(' ', ''));
      expect(text, 'the whole identity number').to.not.include('532628196611159910');
      const fonts = fontsOf(pdf);
      expect(fonts.length).to.be.greaterThan(0);
      for (const font of fonts) expect(font).to.include({ embedded: true, subset: true });
      const info = infoOf(pdf);
      expect(info).to.include({ Title: paper.title, Author: issuingOrg.name });
      expect(info['Page size']).to.match(/^595\.\d+ x 841\.\d+ pts \(A4\)/);
    });

  it('a collector’s own number is not printed, nor a telephone of the applicant', async () => {
    const { text } = await print('delivery');
    expect(text).to.not.include('532628198607049945');
    expect(text).to.not.include('13887612345');
  });

  it('a dark day: deemed acceptance says so (B1-5), and a provisional term is called provisional', async () => {
    const plain = await print('acceptance');
    expect(plain.text).to.not.include('视为受理').and.to.not.include('暂定');
    const { text } = await print('acceptance', { deemed: true, provisional: true });
    expect(text).to.include('自收到申请材料之日即2026年9月28日起视为受理');
    expect(text).to.include('暂定');
    expect(text).to.not.include('予以受理');
  });

  it('remedies follow the item (B.3): review or court, review first, complaint', async () => {
    const either = '也可自收到本决定书之日起六个月内依法向有管辖权的人民法院提起行政诉讼';
    expect((await print('rejection')).text)
      .to.include('六十日内向富宁县人民政府申请行政复议')
      .and.include(either);
    const first = (await print('rejection', { remedies: 'review-first' })).text;
    expect(first).to.include('应当先').and.include('十五日内').and.not.include('六个月');
    const complaint = (await print('rejection', { remedies: 'complaint' })).text;
    expect(complaint).to.include('复核').and.not.include('行政复议').and.not.include('诉讼');
  });

  it('the decision is called by the kind of the item', async () => {
    const titleFor = async (kind: CaseFacts['item']['kind'], paper: PaperKind) =>
      (await print(paper, { item: { ...sampleFacts().item, kind } })).paper;
    expect(await titleFor('benefit', 'approval')).to.include({
      title: '给付确认通知书',
      number: '富农给〔2026〕1号',
    });
    expect(await titleFor('confirmation', 'approval')).to.include({ title: '准予登记决定书' });
    expect(await titleFor('benefit', 'rejection')).to.include({ title: '不予给付决定书' });
  });

  it('thirty long faults flow over pages and none is lost', async () => {
    const faults = Array.from({ length: 30 }, (_, i) => ({
      target: '/form/applicant/phone',
      reason: `第${i + 1}处：${'写得不清楚，请逐项写明并附上能够证明的材料。'.repeat(i === 7 ? 60 : 3)}完${i + 1}完`,
      example: '示例',
    }));
    const { pdf, text } = await print('correction', { event: sampleEvent('REQUEST_CORRECTION', { faults }) });
    for (let i = 1; i <= 30; i++) expect(text).to.include(`完${i}完`);
    expect(Number(infoOf(pdf).Pages)).to.be.greaterThan(3);
    expect(
      text.split('补正内容理由示例').length - 1,
      'the head stands on every page of the table',
    ).to.be.greaterThan(3);
  });

  it('a character the typeface lacks is marked and named, never dropped in silence', async () => {
    const rare = { name: '农𠮷国', idNumber: '532628196611159910' };
    const { text } = await print('acceptance', { applicant: rare });
    expect(text).to.include('农〓国').and.include('U+20BB7');
  });
});
