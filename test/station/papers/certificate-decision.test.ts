/** Decisions on certificates (B.4; B2-13; 行政许可法 8, 49, 69, 70): made of an act on the register, not of an event. */
import { expect } from 'chai';
import { transact } from '../../../src/platform/db/index.ts';
import {
  type CertificateDecision,
  type Paper,
  type PaperDeps,
  prepareCertificateDecision,
  renderPaper,
} from '../../../src/station/papers/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { refusal } from '../../support/refusal.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { fontsOf, popplerOrSkip, textOf } from './pdf.ts';
import { sampleEvent, sampleFacts } from './sample-facts.ts';

type Act = CertificateDecision['act'];

const DECISION = {
  certificate: { title: '农药经营许可证', number: '农药经许（滇）53262800001', issuedOn: '2026-09-01' },
  reason: '经营场所已经拆除。',
  basis: '《中华人民共和国行政许可法》第七十条',
  at: '2026-10-12T02:00:00.000Z',
};
const EVERY = [
  '原证照农药经营许可证',
  '原证号农药经许（滇）53262800001',
  '颁发日期2026年9月1日',
  '事由经营场所已经拆除',
  '第七十条',
  '行政复议',
  '行政诉讼',
  '农建国',
  '办件编号',
];

/** Catalogue B.4: what the decision of each act is called, its series, and what it alone says. */
const OWN: Record<Act, [title: string, series: string, says: string[]]> = {
  change: ['行政许可变更决定书', '富农变', ['自2026年10月12日起予以变更']],
  withdraw: ['行政许可撤回决定书', '富农撤回', ['公共利益的需要', '补偿按评估价补偿三万元']],
  revoke: ['行政许可撤销决定书', '富农撤', ['应当撤销']],
  annul: ['行政许可注销决定书', '富农销', ['注销', '收回、作废']],
  suspend: ['行政许可中止（暂扣证件）决定书', '富农中', ['暂扣证件', '中止至2026年11月30日']],
  resume: ['行政许可恢复决定书', '富农复', ['恢复效力', '发还证件']],
};

onEachDatabase('decisions on certificates', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let deps: PaperDeps;
  let caseId: string;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    deps = { ...house.service.deps, publicUrl: 'https://cunban.example' };
    caseId = (await openCase(house, 'WJ-01')).id;
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const prepare = (
    over: Partial<CertificateDecision> & Pick<CertificateDecision, 'act' | 'occasion'>,
  ): Promise<Paper> =>
    transact(deps.db, (trx) =>
      prepareCertificateDecision(
        trx,
        deps,
        { ...sampleFacts(), caseId, event: sampleEvent('COLLECT', { reason: '另一回事' }, 9) },
        { ...DECISION, ...over },
      ),
    );
  const more: Partial<Record<Act, Partial<CertificateDecision>>> = {
    withdraw: { compensation: '按评估价补偿三万元' },
    suspend: { until: '2026-11-30' },
  };

  it('each act has its name, its series and its own words, with the remedies (B.3, B.4)', async () => {
    for (const [act, [title, series, says]] of Object.entries(OWN) as [Act, (typeof OWN)[Act]][]) {
      const paper = await prepare({ act, occasion: `certificate:a:${act}`, ...more[act] });
      expect(paper, act).to.include({
        title,
        number: `${series}〔2026〕1号`,
        decides: true,
        createdAt: DECISION.at,
      });
      const row = await deps.db.read('papers').where({ id: paper.id }).first();
      const { blocks, signature } = JSON.parse(deps.vault.open(row.print_sealed));
      const text = (blocks as { text?: string; rows?: { label: string; value: string }[] }[])
        .flatMap((b) => [b.text ?? '', ...(b.rows ?? []).map((r) => r.label + r.value)])
        .join('\n');
      for (const part of [...EVERY, ...says]) expect(text, `${act} ${part}`).to.include(part);
      expect(text).to.not.include('另一回事');
      expect(signature).to.include({ date: '2026年10月12日', seal: '行政许可专用章' });
    }
  });

  it('prints with its fonts embedded', async function () {
    popplerOrSkip(this);
    const paper = await prepare({ act: 'withdraw', occasion: 'certificate:a:withdraw', ...more.withdraw });
    const pdf = await renderPaper(deps, paper.id);
    expect(textOf(pdf))
      .to.include('行政许可撤回决定书')
      .and.include(paper.number)
      .and.include('原证号农药经许');
    for (const font of fontsOf(pdf)) expect(font).to.include({ embedded: true, subset: true });
  });

  it('once for its occasion, however often it is asked for; another act takes the next number', async () => {
    const again = [1, 2, 3].map(() => prepare({ act: 'annul', occasion: 'certificate:b:2' }));
    const papers = await Promise.all(again);
    expect(new Set(papers.map((p) => p.id)).size).to.equal(1);
    expect(papers[0]?.number).to.equal('富农销〔2026〕2号');
    expect((await prepare({ act: 'annul', occasion: 'certificate:c:2' })).number).to.equal(
      '富农销〔2026〕3号',
    );
  });

  it('what is withdrawn for the public good tells its compensation, or is not made (B2-13, 行政许可法 8)', async () => {
    const { message } = await refusal(prepare({ act: 'withdraw', occasion: 'certificate:d:1' }));
    expect(message).to.include('compensation');
    const next = await prepare({ act: 'withdraw', occasion: 'certificate:d:1', ...more.withdraw });
    expect(next.number, 'no number was lost').to.equal('富农撤回〔2026〕2号');
  });

  it('is listed with the papers of its case and waits to be served', async () => {
    const { papers } = (
      await (
        await house.as('village')
      ).get<{ papers: { kind: string; waiting: object | null }[] }>(`/api/cases/${caseId}/papers`)
    ).body;
    const mine = papers.filter((p) => p.kind === 'certificate-decision');
    expect(mine.length).to.equal(9);
    for (const { waiting } of mine) expect(waiting).to.not.equal(null);
  });
});
