import { expect } from 'chai';
import { printedCode } from '../../../src/station/codes.ts';
import type { CaseFacts } from '../../../src/station/facts.ts';
import type { PaperKind } from '../../../src/workflow/types.ts';
import { OWN_FIELDS } from './own-fields.ts';
import { fontsOf, infoOf } from './pdf.ts';
import { press } from './press.ts';
import { FACTS_FOR, sampleEvent, sampleFacts } from './sample-facts.ts';

describe('prints of papers (B.4)', () => {
  const { print } = press();

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
      expect(info).to.include({
        Title: paper.title,
        Author: issuingOrg.name,
        Subject: `${item.code} ${item.title}`,
        Keywords: [paper.title, paper.number, item.code, item.title].join('，'),
        Pages: '1',
      });
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

  it('rare characters of names are printed and can be found, in cells and in text', async () => {
    const name = '䶮㛃𠮷𨱏𬭚';
    const { text, pdf } = await print('acceptance', { applicant: { name, idNumber: '532628196611159910' } });
    expect(text).to.include(`${name}：`).and.include(`${name}（证件号`).and.not.include('〓');
    expect(fontsOf(pdf).map((f) => f.name.split('+')[1])).to.include('LXGWWenKai-Regular');
    for (const font of fontsOf(pdf)) expect(font).to.include({ embedded: true, subset: true });
  });

  it('a character no typeface has is marked and named, never dropped in silence', async () => {
    const rare = { name: '农𠀀国', idNumber: '532628196611159910' };
    const { text } = await print('acceptance', { applicant: rare });
    expect(text).to.include('农〓国').and.include('U+20000');
  });
});
