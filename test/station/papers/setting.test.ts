import { expect } from 'chai';
import { renderCertificatePdf, renderPaperPdf } from '../../../src/platform/pdf/index.ts';
import type { Block, PrintedPaper } from '../../../src/platform/pdf/types.ts';
import { PNG } from '../../support/service.ts';
import { infoOf, linesOf, popplerOrSkip, textOf } from './pdf.ts';

/** Edges of the type area in points: 28 mm from the left, 156 mm wide. */
const LEFT = (28 * 72) / 25.4;
const RIGHT = ((28 + 156) * 72) / 25.4;
const TEXT = 15.75;

function paper(over: Partial<PrintedPaper> = {}): PrintedPaper {
  return {
    title: '受理通知书',
    author: '富宁县农业农村局',
    subject: 'NY-04 农药经营许可',
    createdAt: '2026-09-28T03:20:00.000Z',
    heading: ['受理通知书'],
    number: '富农受〔2026〕1号',
    blocks: [],
    signature: {
      organ: '富宁县农业农村局',
      date: '2026年9月28日',
      seal: '行政许可专用章',
      qr: { text: 'https://cunban.example/verify/ABCD', lines: ['校验码 ABCD'] },
    },
    ...over,
  };
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text, indent: true });
const table: Block = { kind: 'fields', rows: [{ label: '申请人', value: '农建国' }] };

describe('setting of prints (GB/T 9704)', () => {
  before(function () {
    popplerOrSkip(this);
  });

  it('no line begins with a closing mark or ends with an opening one, and every full line ends at the edge', async () => {
    const phrases = Array.from({ length: 60 }, (_, i) => `${'长'.repeat(i % 31)}“（《条例》）”，、。`);
    const lines = linesOf(await renderPaperPdf(paper({ blocks: [paragraph(phrases.join(''))] })));
    const set = lines.filter(({ text }) => /[长条例]/.test(text));
    expect(set.length).to.be.greaterThan(40);
    for (const { text } of set) {
      expect(text).to.not.match(/^[、。，：；？！）〕》”]/);
      expect(text).to.not.match(/[（〔《“]$/);
    }
    for (const { text, right } of set.slice(0, -1)) {
      // The blank half of a closing mark may stand outside the edge.
      const outside = /[、。，）》”]$/.test(text) ? TEXT / 2 : 0;
      expect(right, text).to.be.within(RIGHT - 0.1, RIGHT + outside + 0.1);
    }
    expect(set[0]?.left).to.be.closeTo(LEFT + 2 * TEXT, 0.1);
    for (const { left } of set.slice(1)) expect(left).to.be.closeTo(LEFT, 0.1);
  });

  it('28 characters to the line, 22 lines to the page', async () => {
    const lines = linesOf(await renderPaperPdf(paper({ blocks: [paragraph('字'.repeat(28 * 60))] })));
    const full = lines.filter(({ text }) => text.startsWith('字字'));
    expect(full[0]?.text.length).to.equal(26);
    expect(full[1]?.text.length).to.equal(28);
  });

  it('words and figures are not cut, but one longer than a line is', async () => {
    const number = '532628103201-20260928-NY04-000123';
    const lines = linesOf(
      await renderPaperPdf(
        paper({ blocks: [paragraph(`${'字'.repeat(16)}${number}，${'X'.repeat(200)}完`)] }),
      ),
    );
    expect(lines.some(({ text }) => text.includes(number))).to.equal(true);
    for (const { right } of lines) expect(right).to.be.at.most(RIGHT + TEXT / 2);
  });

  it('a long title ends its lines between words, in a trapezoid or lozenge', async () => {
    const titleOf = async (title: string) => {
      const lines = linesOf(await renderPaperPdf(paper({ heading: [title] })));
      return lines
        .slice(
          0,
          lines.findIndex(({ text }) => text.startsWith('富农受')),
        )
        .map(({ text }) => text);
    };
    expect(await titleOf('富宁县农村宅基地和农村村民住宅建设联合审批决定书')).to.deep.equal([
      '富宁县农村宅基地和农村',
      '村民住宅建设联合审批决定书',
    ]);
    const long = await titleOf(
      '关于准予剥隘镇剥隘村第三村民小组农建国户使用集体建设用地建造住宅并办理不动产登记有关手续的决定书',
    );
    const widths = long.map((line) => line.length);
    expect(widths.length).to.equal(3);
    expect(Math.min(...widths)).to.be.greaterThan(10);
    expect((widths[1] ?? 0) < Math.min(widths[0] ?? 0, widths[2] ?? 0), 'an hourglass').to.equal(false);
  });

  it('a signature never stands on a page alone, wherever the page ends', async () => {
    const picture: Block = { kind: 'image', label: '签名', bytes: PNG };
    const tall: Block = { kind: 'fields', rows: [{ label: '事实', value: `${'字'.repeat(300)}申请人` }] };
    const lastOf = async (blocks: Block[]) => {
      const pdf = await renderPaperPdf(paper({ blocks }));
      return textOf(pdf, ['-raw', '-f', infoOf(pdf).Pages ?? '']);
    };
    // Pictures cannot be set closer: with so many the page ends in every place.
    for (let pictures = 1; pictures <= 13; pictures += 1)
      for (const end of [table, tall, paragraph('申请人')])
        expect(await lastOf([...Array<Block>(pictures).fill(picture), end]), `${pictures}`).to.match(
          /申请人.*2026年9月28日/,
        );
  });

  it('a few lines too many are set closer instead of going to a second page; many are not', async () => {
    const pagesOf = async (lines: number) =>
      infoOf(await renderPaperPdf(paper({ blocks: [paragraph('字'.repeat(28 * lines - 4))] }))).Pages;
    expect(await pagesOf(14)).to.equal('1');
    expect(await pagesOf(20)).to.equal('1');
    expect(await pagesOf(40)).to.equal('2');
  });

  it('archival: PDF/A-2b, language, nothing transparent, a classic cross-reference table', async () => {
    const bytes = (await renderPaperPdf(paper())).toString('latin1');
    expect(bytes).to.match(/^%PDF-1\.7/);
    expect(bytes).to.include('<pdfaid:part>2<').and.include('<pdfaid:conformance>B<');
    expect(bytes).to.include('/Lang (zh-CN)').and.include('/OutputIntents');
    expect(bytes).to.not.match(/\/ca |\/CA |\/ObjStm/);
    expect(bytes).to.match(/\nxref\n0 \d+\n/);
    const odd = (await renderPaperPdf(paper({ author: '甲<乙>&丙' }))).toString('utf8');
    expect(odd).to.include('<rdf:li>甲＜乙＞＆丙</rdf:li>');
  });

  it('the same input gives the same bytes, whatever was printed between', async () => {
    const first = await renderPaperPdf(paper({ blocks: [paragraph('一㛃𠮷'), table] }));
    // U+2F00 has the same glyph as 一, and is read as what it is.
    expect(textOf(await renderPaperPdf(paper({ blocks: [paragraph('⼀別𠮷㛃的')] })))).to.include('\u2f00別');
    const again = await renderPaperPdf(paper({ blocks: [paragraph('一㛃𠮷'), table] }));
    expect(again.equals(first)).to.equal(true);
    expect(textOf(again)).to.include('一㛃𠮷');
  });

  it('the organ’s own seal takes the place of the demonstration', async () => {
    const { signature } = paper();
    const demo = await renderPaperPdf(paper());
    const real = await renderPaperPdf(paper({ signature: { ...signature, sealImage: PNG } }));
    expect(textOf(demo)).to.include('演示章（盖章）').and.include('行政许可专用章');
    expect(textOf(real)).to.not.include('演示');
    expect(real.toString('latin1')).to.include('/Subtype /Image');
  });

  it('a certificate keeps one sheet while it can, and loses nothing when it cannot', async () => {
    const { heading: _h, blocks: _b, ...meta } = paper({ title: '农药经营许可证' });
    const rows = [
      { label: '姓名', value: '农𠮷㛃' },
      { label: '经营场所', value: '云南省文山壮族苗族自治州富宁县剥隘镇剥隘村民委员会第三村民小组18号' },
    ];
    const certificate = { ...meta, heading: '农药经营许可证', rows, note: '需要延续的，请提出申请。' };
    const one = await renderCertificatePdf(certificate);
    expect(infoOf(one).Pages).to.equal('1');
    expect(textOf(one)).to.include('农𠮷㛃').and.include(rows[1]?.value);
    const organ = '文山壮族苗族自治州富宁县自然资源局农村土地承包管理办公室';
    const value = Array.from({ length: 300 }, (_, i) => `第${i}项内容，`).join('');
    const long = await renderCertificatePdf({
      ...certificate,
      rows: [...rows, { label: '统一社会信用代码或者身份证件号码', value }],
      signature: { ...meta.signature, organ },
    });
    expect(Number(infoOf(long).Pages)).to.be.greaterThan(1);
    expect(textOf(long).replaceAll(/—\d+—/g, '')).to.include(value).and.include(organ);
  });
});
