/** Pages of the states that wait, go on or run by the hour: papers owed, what was granted, clocks of hours, own fields. */
import { expect } from 'chai';
import type { CaseView } from '../../../src/station/cases/index.ts';
import type { Move } from '../../../src/workflow/branches.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, exampleForm, type House, openHouse, PNG } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { county } from '../../walk/county.ts';
import { fieldsOf, inputValue, open, send } from './browser.ts';

const moves = (...events: Move['event'][]): Move[] => events.map((event) => ({ event }));
const picture = new Blob([PNG], { type: 'image/png' });

onEachDatabase('pages: cases that wait, go on, or run by the hour', (engine) => {
  let opened: Opened;
  let house: House;
  let clerk: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    clerk = await house.as('village');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  async function brought(item: string, situation: string, events?: Move[]): Promise<Walker> {
    const walk = await openCase(house, item, { situation });
    const traveller = { label: item, walk, ...(events && { moves: events }) };
    await county(house).work([traveller]);
    expect((traveller as { failed?: string }).failed).to.equal(undefined);
    return walk;
  }
  const progressOf = async (walk: Walker, item: string, situation: string) => {
    const { number } = await walk.reload('village');
    const { applicant } = exampleForm(house.service, item, 0, situation) as {
      applicant: { idNumber: string };
    };
    const asked = { number, lastFour: applicant.idNumber.slice(-4) };
    return (await house.stranger().post<Record<string, unknown>>('/api/progress', asked)).body;
  };

  it('容缺: signed for at the filing, owed on the case page until a day, brought there, done', async () => {
    const made = await send(clerk, '/cases/new', [
      ['item', 'MZ-02'],
      ['situation', 'general'],
      ['_do', 'save'],
      ...fieldsOf(exampleForm(house.service, 'MZ-02', 0, 'general')),
    ]);
    const path = made.location.replace('/edit', '');
    const edit = await open(clerk, `${path}/edit`);
    const tolerable = [...edit.html.matchAll(/name="gap" value="([\w-]+)"/g)].map((m) => m[1] as string);
    expect(tolerable.length).to.be.at.least(1);
    expect(edit.html).to.include('容缺：签承诺').and.include('受理后 10 个工作日内补交');
    const uploads = [...edit.html.matchAll(/name="material:([\w-]+)"/g)].map((m) => m[1] as string);
    const filed = await send(clerk, `${path}/edit`, [
      ['version', inputValue(edit.html, 'version')],
      ...fieldsOf(exampleForm(house.service, 'MZ-02', 0, 'general')),
      ...tolerable.map((id) => ['gap', id] as const),
      ...uploads
        .filter((id) => !tolerable.includes(id))
        .map((id) => [`material:${id}`, picture, '照片.png'] as const),
      ['_do', 'submit'],
    ]);
    expect(filed.location, filed.html).to.equal(path.replace('/cases/', '/filing/receipts/'));
    const waiting = await open(clerk, path);
    expect(waiting.html).to.include('容缺材料').and.include('受理以后起算期限').and.include('申请人承诺后补');
    const api = `/api${path}`;
    const { version } = (await clerk.get<CaseView>(api)).body;
    const accepted = await (await house.as('town-window')).post<CaseView>(`${api}/events`, {
      event: 'ACCEPT',
      version,
      data: {},
    });
    expect(accepted.body.owed?.until).to.equal('2026-10-16');
    const page = await open(clerk, path);
    expect(page.html).to.include('最迟 <strong>2026年10月16日</strong>').and.include('/act/SUPPLY');
    expect((await open(await house.as('town-mz'), path)).html).not.to.include(`action="${path}/owed"`);
    const early = await send(clerk, `${path}/act/SUPPLY`, [
      ['version', inputValue((await open(clerk, `${path}/act/SUPPLY`)).html, 'version')],
    ]);
    expect(early.status).to.equal(422);
    expect(early.html).to.include('这份材料还没有上传');
    const wrong = await send(clerk, `${path}/owed`, [
      [`material:${tolerable[0]}`, new Blob(['no picture'], { type: 'image/png' }), '证明.png'],
    ]);
    expect(wrong.status).to.equal(303);
    expect(decodeURIComponent(wrong.headers.get('set-cookie') ?? '')).to.include('有 1 个文件没有收下');
    const sent = await send(
      clerk,
      `${path}/owed`,
      tolerable.map((id) => [`material:${id}`, picture, '证明.png'] as const),
    );
    expect(sent.location).to.equal(`${path}#owed`);
    const form = await open(clerk, `${path}/act/SUPPLY`);
    const done = await send(clerk, `${path}/act/SUPPLY`, [['version', inputValue(form.html, 'version')]]);
    expect(done.status, done.html).to.equal(303);
    expect((await clerk.get<CaseView>(api)).body.owed).to.equal(null);
    expect((await open(clerk, path)).html)
      .to.include('补交容缺材料')
      .and.not.include('id="owed"');
  });

  it('hours show the time of day and the hours left, in the list, on the page and to other programs', async () => {
    const walk = await brought('MZ-02', 'urgent', moves('FILE'));
    const { clocks } = await walk.reload('village');
    const acceptance = clocks.find((c) => c.name === 'acceptance');
    expect(acceptance).to.include({ dueTime: '13:40', dueToday: true, hoursLeft: 4 });
    expect(acceptance?.dueAt).to.match(/^2026-09-28T05:40:0/);
    const window = await house.as('town-window');
    for (const page of ['/inbox', `/cases/${walk.id}`, `/cases/${walk.id}/act/ACCEPT`]) {
      const { html } = await open(window, page);
      expect(html, page).to.include('今天 13:40 前').and.include('还剩 4 小时');
    }
    await house.at('2026-09-28T12:40:00+08:00');
    const later = (await walk.reload('village')).clocks.find((c) => c.name === 'acceptance');
    expect(later).to.include({ hoursLeft: 1, light: 'yellow' });
  });

  it('the own fields of a step stand on its form and, by their titles, in what happened', async () => {
    const walk = await brought('LY-02', 'new', moves('FILE'));
    const committee = await house.as('committee');
    const form = await open(committee, `/cases/${walk.id}/act/RECORD_MEETING`);
    expect(form.html).to.include('评议得分').and.include('近亲属是否已回避');
    const sent = await send(committee, `/cases/${walk.id}/act/RECORD_MEETING`, [
      ['version', inputValue(form.html, 'version')],
      ...fieldsOf({
        heldOn: '2026-09-28',
        place: '村委会会议室',
        chair: '黄国强',
        eligible: 9,
        present: 8,
        favour: 8,
        summary: '逐人打分',
        conclusion: '通过',
        asked: { score: 92.5, withdrew: '已回避' },
      }),
    ]);
    expect(sent.status, sent.html).to.equal(303);
    const { html } = await open(committee, `/cases/${walk.id}`);
    expect(html).to.include('人数：应到 9 人，实到 8 人，同意 8 人');
    expect(html).to.include('评议得分：92.5 分').and.include('近亲属是否已回避：已回避');
  });

  it('a personal number recorded in a step stays in the sealed log', async () => {
    const walk = await brought('GA-01', 'birth');
    const log = await clerk.get<{ events: { type: string; data: { asked?: object } }[] }>(
      `/api/cases/${walk.id}/events`,
    );
    const entry = log.body.events.find((e) => e.data.asked);
    expect(entry?.data.asked).to.have.property('population');
    // Hashes of entries may hold as many figures in a row.
    expect(JSON.stringify(log.body)).not.to.match(/(?<![0-9a-f])\d{17}[\dX](?![0-9a-f])/);
    const { html } = await open(clerk, `/cases/${walk.id}`);
    expect(html)
      .to.include('人口信息系统核对：')
      .and.not.match(/公民身份号码：\d{17}/);
  });

  it('what was granted goes on: standing, next review, its filter; due, and halted when nobody confirms', async () => {
    const walk = await brought('MZ-03', 'new');
    const view = await walk.reload('village');
    expect(view.phase).to.equal('kept');
    expect(view.kept).to.include({ standing: 'current', about: '生存认证' });
    const page = await open(clerk, `/cases/${walk.id}`);
    expect(page.html)
      .to.match(/下次生存认证：202\d年\d+月\d+日。/)
      .and.include('/act/CONFIRM');
    const list = await open(clerk, '/cases?phase=kept');
    expect(list.html).to.include(`/cases/${walk.id}`).and.include('下次认证、复核').and.include('有效');
    expect((await open(clerk, '/cases?phase=open')).html).not.to.include(`/cases/${walk.id}`);
    expect(await progressOf(walk, 'MZ-03', 'new')).to.deep.include({ kept: view.kept });
    const reviewOn = view.kept?.review as string;
    await house.at(`${reviewOn.slice(0, 4)}-12-31T09:00:00+08:00`);
    clerk = await house.as('village');
    const halted = await walk.reload('village');
    expect(halted.kept).to.include({ standing: 'halted' });
    expect((await open(clerk, `/cases/${walk.id}`)).html).to.include('没有按时生存认证，已暂停');
    expect((await open(clerk, '/cases?phase=kept')).html).to.match(/badge-danger">暂停（未生存认证）/);
  });

  it('waiting for the applicant is told as what it is, and opens no form', async () => {
    const walk = await brought('JY-02', 'first', moves('FILE', 'FORWARD', 'ACCEPT', 'FORWARD', 'APPROVE'));
    expect((await walk.reload('village')).state).to.equal('signing.pending');
    const { html } = await open(await house.as('jy-officer'), `/cases/${walk.id}`);
    expect(html).to.include('等申请人办好这件事').and.include('/act/REPORT');
    expect((await open(clerk, `/cases/${walk.id}/edit`)).location).to.equal(`/cases/${walk.id}`);
    const form = exampleForm(house.service, 'JY-02', 0, 'first');
    const saved = await clerk.send('PUT', `/api/cases/${walk.id}/form`, { form });
    expect(saved.status).to.equal(409);
    const progress = await progressOf(walk, 'JY-02', 'first');
    expect(progress).to.include({ awaitsApplicant: true });
    expect(progress.answerBy).to.match(/^\d{4}-\d\d-\d\d$/);
  });
});
