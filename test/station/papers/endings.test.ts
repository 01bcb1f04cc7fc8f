/** Papers that say different things for different reasons: how a case ends, is granted, waits. */
import { expect } from 'chai';
import type { CaseFacts } from '../../../src/station/facts.ts';
import type { PaperKind } from '../../../src/workflow/types.ts';
import { press } from './press.ts';
import { FACTS_FOR, sampleEvent, sampleFacts, sampleStep } from './sample-facts.ts';

const BENEFIT = { ...sampleFacts().item, kind: 'benefit' as const };
const GAP = { titles: ['营业执照', '场所平面图'], days: 10, due: null };
const elsewhere = sampleEvent('CANCELLED_ELSEWHERE', { says: '户口已经因死亡注销：高龄津贴从次月起停发。' });

describe('what papers say for each reason', () => {
  const { print } = press();

  it('an end before the decision: taken back, not corrected, not done in time, owed papers', async () => {
    const lapsed = (await print('termination', { event: sampleEvent('CORRECTION_LAPSED', {}) })).text;
    expect(lapsed).to.include('逾期没有补正，视为撤回申请').and.include('原件退还');
    const step = sampleStep({ title: '面签合同', limit: '60 个自然日' });
    const waited = (await print('termination', { event: sampleEvent('WAIT_LAPSED', {}), step })).text;
    expect(waited).to.include('“面签合同”的期限（60个自然日）届满，没有完成').and.not.include('失效');
    const gap = (await print('termination', { event: sampleEvent('GAP_LAPSED', {}), gap: GAP })).text;
    expect(gap)
      .to.include('承诺后补的材料（营业执照、场所平面图）逾期没有补齐')
      .and.include('可以重新提出申请');
  });

  it('a grant that was not used lapses: its own name, and remedies', async () => {
    const { paper, text } = await print('termination', {
      event: sampleEvent('WAIT_LAPSED', {}),
      step: sampleStep({ title: '等待开工', limit: '1 年' }),
      decidedOn: '2026-09-01',
    });
    expect(paper.title).to.equal('批准失效告知书');
    expect(text).to.include('2026年9月1日批准你的').and.include('批准失效').and.include('行政复议');
  });

  it('a case that another item ends tells why, and does not invite the dead to apply again', async () => {
    const { text } = await print('termination', { event: elsewhere });
    expect(text).to.include('户口已经因死亡注销').and.not.include('重新提出申请').and.not.include('行政复议');
    const kept = await print('cancellation', { event: elsewhere, item: BENEFIT });
    expect(kept.paper).to.include({ title: '停发决定书' });
    expect(kept.text).to.include('户口已经因死亡注销').and.include('查实后恢复发放，少发的予以补发');
    expect(kept.text).to.include('行政复议').and.not.include('查明的事实');
  });

  it('what is not confirmed in time is halted, not ended; a confirmation makes it up', async () => {
    const { paper, text } = await print('cancellation', {
      event: sampleEvent('REVIEW_LAPSED', {}),
      item: BENEFIT,
      step: sampleStep({ about: '生存认证' }),
    });
    expect(paper.title).to.equal('暂停发放决定书');
    expect(paper.number).to.match(/^富农暂〔2026〕/);
    expect(text).to.include('到期没有完成，自2026年9月28日起暂停发放').and.include('暂停不是终止');
    expect(text).to.include('完成后恢复发放，暂停期间应发的予以补发').and.include('行政复议');
  });

  it('a grant on papers that never followed is taken back (容缺)', async () => {
    const { paper, text } = await print('cancellation', { event: sampleEvent('GAP_LAPSED', {}), gap: GAP });
    expect(paper.title).to.equal('行政许可撤销决定书');
    expect(text).to.include('书面承诺后补的材料（营业执照、场所平面图）逾期没有补齐').and.include('撤销批准');
  });

  it('an undecided renewal is deemed granted, and nobody’s opinion is printed (B2-12)', async () => {
    const { paper, text } = await print('approval', {
      event: sampleEvent('RENEWAL_DEEMED', {}),
      renewal: { validTo: '2026-09-27', basis: '《中华人民共和国行政许可法》第五十条' },
    });
    expect(paper.title).to.equal('视为准予延续通知书');
    expect(text).to.include('届满之日即2026年9月27日，本机关逾期未作决定，依法视为准予延续');
    expect(text).to.include('第五十条').and.not.include('决定意见').and.not.include('符合规定条件');
  });

  it('an amount is told in the rhythm of the item; a certificate by its end or its length', async () => {
    const amount = async (pays: CaseFacts['pays']) => {
      const event = sampleEvent('APPROVE', { opinion: '同意', amount: 1250 });
      return (await print('approval', { event, item: BENEFIT, pays })).text;
    };
    expect(await amount('month')).to.include('核定金额每月1,250.00元');
    expect(await amount('quarter')).to.include('每季度1,250.00元');
    expect(await amount('term')).to.include('每学期1,250.00元');
    expect(await amount('year')).to.include('每年1,250.00元');
    expect(await amount('once')).to.include('一次性1,250.00元');
    const valid = async (over: object) =>
      (await print('approval', { certificate: { title: '证', number: '1', expiresOn: null, ...over } })).text;
    expect(await valid({ years: null, until: '2027-09-30' })).to.include('有效期至2027年9月30日');
    expect(await valid({ years: 5 })).to.include('有效期自证件颁发之日起5年');
    expect(await valid({ years: null })).to.include('有效期长期有效');
  });

  it('owed papers stand on receipt and acceptance with their day (容缺)', async () => {
    const receipt = (await print('receipt', { gap: GAP })).text;
    expect(receipt).to.include('请在受理之日起10个工作日内交到').and.include('营业执照、场所平面图');
    const due = { ...GAP, due: '2026-10-20' };
    expect((await print('receipt', { gap: due, number: 'another' })).text).to.include(
      '请在2026年10月20日（含当日）前交到',
    );
    expect((await print('acceptance', { gap: due })).text).to.include('2026年10月20日（含当日）前补齐');
  });

  it('B1-9: what came in online after hours counts from the next working day, and the receipt says so', async () => {
    const late = { receivedAt: '2026-09-28T12:30:00.000Z', appliedOn: '2026-09-29', number: 'a fifth' };
    const { text } = await print('receipt', late);
    expect(text)
      .to.include('2026年9月28日20:30')
      .and.include('以下一个工作日即2026年9月29日为申请日')
      .and.include('申请日2026年9月29日')
      .and.include('预计上报日2026年9月30日');
    expect(text).to.not.include('收件之日即为申请日');
  });

  it('B.5: a list of many is printed as a table, entry by entry; a few stay in their field', async () => {
    const notice = FACTS_FOR.notice.notice as NonNullable<CaseFacts['notice']>;
    const names = ['农建国', '韦国强', '黄秀英', '陆海波', '侬志刚', '盘志华', '梁永贵', '王建平', '覃志强'];
    const listed = (value: string) => ({
      notice: { ...notice, shown: [{ label: '公示名单', value }] },
    });
    const many = names.map((n, i) => `${n}（第${i + 1}组，每次${i + 1}00元）`).join('、');
    const { text } = await print('notice', listed(many));
    expect(text).to.include('公示名单（共9条）').and.include('说明1农建国第1组').and.include('9覃志强第9组');
    expect(text, 'no sentence of names').to.not.include('农建国（第1组');
    const plain = await print('notice', listed(names.join('、')));
    expect(plain.text).to.include('9覃志强');
    const few = await print('notice', listed(names.slice(0, 3).join('、')));
    expect(few.text).to.include('公示名单农建国、韦国强、黄秀英');
  });

  it('a procedure that only begins has its basis, and no day when none can be told', async () => {
    const procedure = { name: '等农转用批文', reason: '城乡规划法第四十一条', expectedEnd: null };
    const { text } = await print('special-procedure', { event: sampleEvent('ACCEPT', {}), procedure });
    expect(text).to.include('等农转用批文').and.include('城乡规划法第四十一条');
    expect(text).to.include('视程序进展，另行告知');
    const dues = { statutoryDue: null, promisedDue: null };
    expect((await print('acceptance', dues)).text)
      .to.include('20个工作日，不计时的程序结束后继续计算')
      .and.not.include('没有法定期限');
  });

  it('a meeting that did not pass tells the three ways on; a result without a second try none', async () => {
    const event = sampleEvent('RECORD_MEETING', { ...FACTS_FOR.meeting.event.data, conclusion: '未通过' });
    expect((await print('meeting', { event })).text)
      .to.include('可以要求重新评议')
      .and.include('随申请一并报送');
    expect(
      (await print('appraisal', { step: sampleStep({ title: '检测', procedure: '检测' }) })).text,
    ).to.not.include('以一次为限');
  });

  it('an item with complaint for a remedy never prints review or court (B.3)', async () => {
    const item = { ...sampleFacts().item, kind: 'service' } as const;
    for (const kind of Object.keys(FACTS_FOR) as PaperKind[]) {
      const facts = { remedies: 'complaint', item, number: 'a third' } as const;
      const { text } = await print(kind, facts);
      expect(text, kind).to.not.match(/行政复议|诉讼/);
    }
    const lapsed = { event: sampleEvent('WAIT_LAPSED', {}), decidedOn: '2026-09-01' } as const;
    const { text } = await print('termination', { ...lapsed, remedies: 'complaint' });
    expect(text)
      .to.include('申请复核')
      .and.not.match(/行政复议|诉讼/);
  });
});
