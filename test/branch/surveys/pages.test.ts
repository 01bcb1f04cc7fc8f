/** Pages of surveys, commitments and thought reports: without a script, and sound in a browser. */
import { expect } from 'chai';
import { inputValue, open, sendPlain } from '../../station/pages/browser.ts';
import { browserOrSkip, openAs, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { expectSound } from '../../support/sound.ts';
import { act, answersOf, begin, crowd, look, type Member } from './crowd.ts';

const BRANCH = 'P532628103201';

describe('pages of surveys, commitments and thought reports', () => {
  let opened: Opened;
  let house: TestHouse;
  let members: Member[];
  let survey: string;
  let commitment: string;
  let report: string;
  const addressOf = (location: string) => location.split('/').at(-1) as string;

  before(async function () {
    this.timeout(120_000);
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    members = await crowd(house, { P532628103: 12 });
    survey = await begin(house);
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });
  const version = (html: string) => inputValue(html, 'version');
  const press = async (client: Client, path: string, event: string, fields: [string, string][] = []) => {
    const { html } = await open(client, path);
    return sendPlain(client, `${path}/act/${event}`, [['version', version(html)], ...fields]);
  };

  it('a member answers with a plain form, sees what is wrong with it, and answers once', async () => {
    const [{ client }] = members as [Member];
    const path = `/branch/surveys/${survey}`;
    expect((await open(client, '/branch/surveys')).html)
      .to.include(path)
      .and.include('待回答');
    const ranks: [string, string][] = [
      ['a3.0', '1'],
      ['a3.1', '1'],
      ['a3.2', '3'],
    ];
    const wrong = await sendPlain(client, `${path}/answers`, ranks);
    expect([wrong.status, wrong.html]).to.deep.include(422);
    expect(wrong.html).to.include('请给每一项排上不同的名次');
    const right: [string, string][] = [
      ['a0', '1'],
      ['a1', '0'],
      ['a1', '2'],
      ['a2', '4'],
      ['a3.0', '2'],
      ['a3.1', '1'],
      ['a3.2', '3'],
      ['a4', '多办课'],
    ];
    expect((await sendPlain(client, `${path}/answers`, right)).status).to.equal(303);
    expect((await open(client, path)).html)
      .to.include('您已经回答过了')
      .and.not.include('name="a0"');
    const row = await house.service.deps.db.read('survey_answers').where({ survey_id: survey }).first();
    expect(JSON.parse(house.service.deps.vault.open(row.content_sealed)).answers).to.deep.equal([
      1,
      [0, 2],
      4,
      [1, 0, 2],
      '多办课',
    ]);
  });

  it('the owner closes, reads the words, publishes and tells what was done; everybody reads it', async () => {
    const owner = await house.as('party-survey');
    const path = `/branch/surveys/${survey}`;
    for (const [i, { client }] of members.slice(1).entries())
      await client.post(`/api/surveys/${survey}/answers`, { answers: answersOf(i) });
    expect((await open(house.stranger(), path)).status).to.equal(404);
    expect((await press(owner, path, 'CLOSE')).status).to.equal(303);
    for (const { id } of (await look(owner, survey)).texts)
      expect((await sendPlain(owner, `${path}/texts/${id}`, [['publish', 'yes']])).status).to.equal(303);
    expect((await press(owner, path, 'PUBLISH_RESULTS')).status).to.equal(303);
    expect((await press(owner, path, 'REPORT_ACTIONS')).status).to.equal(422);
    expect((await press(owner, path, 'REPORT_ACTIONS', [['actions', '每月一课']])).status).to.equal(303);
    const { html } = await open(house.stranger(), path);
    expect(html).to.include('每月一课').and.include('12 人回答').and.include('多办课');
  });

  it('a commitment is made, checked, reported and reviewed', async () => {
    const [member, secretary] = [await house.as('member'), await house.as('secretary')];
    const path = '/branch/commitments';
    const typed = {
      org: BRANCH,
      kind: 'work',
      text: '把水沟修好',
      beneficiary: '全村',
      promisedOn: '2026-10-15',
    };
    expect((await sendPlain(member, path, Object.entries({ ...typed, text: '' }))).status).to.equal(422);
    const made = await sendPlain(member, path, Object.entries(typed));
    expect(made.status).to.equal(303);
    commitment = addressOf(made.location);
    const own = `${path}/${commitment}`;
    expect((await press(member, own, 'SUBMIT')).status).to.equal(303);
    expect((await press(secretary, own, 'CHECK')).status).to.equal(303);
    expect((await press(member, own, 'REPORT', [['evidence', '修好了']])).status).to.equal(303);
    const found: [string, string][] = [
      ['metOn', '2026-09-01'],
      ['present', '1'],
      ['outcome', 'partly'],
      ['remark', ''],
    ];
    expect((await press(secretary, own, 'REVIEW', found)).html).to.include('到会至少 3 人');
    found[1] = ['present', '8'];
    expect((await press(secretary, own, 'REVIEW', found)).status).to.equal(303);
    expect((await open(member, own)).html)
      .to.include('到会 8 人：部分兑现')
      .and.include('本人说明');
    expect((await open(house.stranger(), `${path}/at/${BRANCH}`)).html).not.to.include('把水沟修好');
  });

  it('a report is written, read and answered', async () => {
    const [member, secretary] = [await house.as('member'), await house.as('secretary')];
    const path = '/branch/thought-reports';
    const { html } = await open(member, path);
    const to = /value="(P532628103201:[^"]+)"/.exec(html)?.[1] ?? '';
    expect(
      (
        await sendPlain(member, path, [
          ['to', to],
          ['text', ''],
        ])
      ).status,
    ).to.equal(422);
    const sent = await sendPlain(member, path, [
      ['to', to],
      ['text', '想学技术'],
    ]);
    expect(sent.status).to.equal(303);
    report = addressOf(sent.location);
    expect((await press(secretary, `${path}/${report}`, 'READ')).status).to.equal(303);
    expect((await press(secretary, `${path}/${report}`, 'ANSWER', [['answer', '一起去']])).status).to.equal(
      303,
    );
    expect((await open(member, `${path}/${report}`)).html).to.include('一起去');
    expect((await open(await house.as('party-town'), `${path}/${report}`)).status).to.equal(404);
  });

  it('sound in a browser', async function () {
    this.timeout(180_000);
    browserOrSkip(this, 'the pages of surveys, commitments and thought reports');
    const next = await begin(house, { until: '2026-09-28' });
    const context = await openBrowser();
    const asked = members[0]?.login as string;
    try {
      for (const [login, path] of [
        [asked, '/branch/surveys'],
        [asked, `/branch/surveys/${next}`],
        ['party-survey', `/branch/surveys/${next}`],
        ['', `/branch/surveys/${survey}`],
        ['member', '/branch/commitments'],
        ['member', `/branch/commitments/${commitment}`],
        ['secretary', `/branch/commitments/at/${BRANCH}`],
        ['member', '/branch/thought-reports'],
        ['secretary', `/branch/thought-reports/${report}`],
      ] as const)
        await expectSound(await openAs(context, house, login, path), `${login} ${path}`.replaceAll('/', '-'));
    } finally {
      await context.close();
    }
    expect(await act(await house.as('party-survey'), next, 'CLOSE')).to.equal(200);
  });
});
