/** The page on which the clerk writes down that a paper was served: without script, with files, with faults. */
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, PNG, type TestHouse } from '../../support/service.ts';
import { fieldsOf, inputValue, open, send } from '../pages/browser.ts';
import { served, serving } from './serving.ts';

const TODAY = '2026-09-28';
const picture = new Blob([PNG], { type: 'image/png' });

onEachDatabase('the page of a service', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let on: ReturnType<typeof serving>;
  let clerk: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at(`${TODAY}T09:40:00+08:00`);
    on = serving(house);
    clerk = await house.as('village');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  it('asks what the way needs; a picture once sent is kept through a refusal', async () => {
    const paper = await on.refused();
    const path = `/papers/${paper.id}/serve`;
    const { status, html } = await open(clerk, path);
    expect(status).to.equal(200);
    for (const part of [
      '登记送达',
      paper.title,
      paper.number,
      '留置送达',
      '拒收事由',
      'enctype="multipart/form-data"',
      '送过，没有送达',
    ])
      expect(html, part).to.include(part);
    const { witnesses: _, refusal, ...left } = served(TODAY).留置送达;
    const again = await send(clerk, path, [...fieldsOf(left), ['evidence', picture, '留置.png']]);
    expect(again.status).to.equal(422);
    expect(again.html).to.include('拒收事由').and.include('error-summary').and.include('已经收下 1 份');
    const kept = inputValue(again.html, '_evidence');
    const request = inputValue(again.html, '_request');
    const done = await send(clerk, path, [
      ...fieldsOf({ ...left, refusal }),
      ['_evidence', kept],
      ['_request', request],
    ]);
    expect([done.status, done.location], done.html.slice(0, 2000)).to.deep.equal([
      303,
      `/cases/${paper.caseId}#papers`,
    ]);
    const now = await on.paperOf(paper.caseId, 'refusal');
    expect(now.service).to.include({ way: '留置送达', servedOn: TODAY });
    expect(now.service?.evidence.map((e) => e.name)).to.deep.equal(['留置.png']);
    const after = await open(clerk, path);
    expect([after.status, after.html.includes('已经送达')]).to.deep.equal([409, true]);
    const page = await open(clerk, `/cases/${paper.caseId}`);
    expect(page.html)
      .to.include('已送达')
      .and.include('送达回证')
      .and.include('留置.png')
      .and.not.include(path);
  });

  it('what is no picture is refused by name, and nothing is written down', async () => {
    const paper = await on.refused();
    const wrong = await send(clerk, `/papers/${paper.id}/serve`, [
      ...fieldsOf(served(TODAY).直接送达),
      ['evidence', new Blob(['text']), '说明.txt'],
    ]);
    expect(wrong.status).to.equal(422);
    expect(wrong.html).to.include('说明.txt').and.include('不支持这种文件');
    expect((await on.paperOf(paper.caseId, 'refusal')).service).to.equal(null);
  });

  it('a row for a witness is added without losing what was typed', async () => {
    const paper = await on.refused();
    const more = await send(clerk, `/papers/${paper.id}/serve`, [
      ...fieldsOf(served(TODAY).留置送达),
      ['_row', 'add:/witnesses'],
    ]);
    expect(more.status).to.equal(200);
    expect(more.html).to.include('对决定有意见').and.include('name="/witnesses/1/name"');
  });

  it('an attempt in vain is written down, shown on both pages, and opens the way to an announcement', async () => {
    const paper = await on.refused();
    const path = `/papers/${paper.id}`;
    const missing = await send(clerk, `${path}/attempt`, [['/way', '直接送达']]);
    expect(missing.status).to.equal(422);
    expect(missing.html).to.match(/<details class="folded" open/);
    const tried = { way: '直接送达', triedOn: TODAY, reason: '家中无人，邻居说外出务工' };
    expect((await send(clerk, `${path}/attempt`, fieldsOf(tried))).status).to.equal(303);
    expect((await open(clerk, `${path}/serve`)).html)
      .to.include('没有送达的情况')
      .and.include('外出务工');
    expect((await open(clerk, `/cases/${paper.caseId}`)).html).to.include('送过 1 次，没有送达');
    expect((await send(clerk, `${path}/serve`, fieldsOf(served(TODAY).公告送达))).status).to.equal(303);
    expect((await open(clerk, `/cases/${paper.caseId}`)).html)
      .to.include('公告送达中')
      .and.include('到2026年10月28日视为送达');
  });

  it('leads a stranger to the sign-in, and is not there for who may not serve', async () => {
    const paper = await on.refused();
    const path = `/papers/${paper.id}/serve`;
    expect((await open(house.stranger(), path)).status).to.equal(303);
    expect((await open(await house.as('village2'), path)).status).to.equal(404);
    expect((await open(await house.as('inspector'), path)).status).to.equal(403);
    const seen = await open(await house.as('inspector'), `/cases/${paper.caseId}`);
    expect(seen.html).to.include(paper.number).and.not.include(path);
  });
});
