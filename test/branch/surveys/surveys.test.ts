/** Surveys from the draft to what was done because of them: over HTTP, on both databases. */
import { expect } from 'chai';
import { answerByMessage } from '../../../src/branch/surveys/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { act, answersOf, begin, crowd, draftOf, look, type Member, type SurveyAnswer } from './crowd.ts';

onEachDatabase('surveys: asked, answered, told, followed by what was done', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let owner: Client;
  let reviewer: Client;
  let members: Member[];
  let id: string;

  before(async function () {
    this.timeout(120_000);
    opened = await engine.open();
    house = await openHouse(opened);
    [owner, reviewer] = [await house.as('party-survey'), await house.as('party-reviewer')];
    members = await crowd(house);
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });
  const result = async (client: Client) =>
    (await look(client, id)).results as NonNullable<SurveyAnswer['results']>;
  const csv = async () => house.stranger().get<string>(`/api/surveys/${id}/results.csv`);

  it('is drafted by whoever has the post, for a place that is large enough, with a day to come', async () => {
    expect((await members[0]?.client.post('/api/surveys', draftOf()))?.status).to.equal(403);
    const wrong = { place: 'P532628103201', until: '2026-09-01' };
    const { status, body } = await owner.post<{ faults: { pointer: string }[] }>(
      '/api/surveys',
      draftOf(wrong),
    );
    expect(status).to.equal(422);
    expect(body.faults.map((f) => f.pointer)).to.deep.equal(['/place', '/until']);
    expect((await owner.post('/api/surveys', draftOf({ mode: 'secret' }))).status).to.equal(422);
  });

  it('is looked over by another, and never changed afterwards', async () => {
    const drafted = await owner.post<{ id: string }>('/api/surveys', draftOf());
    id = drafted.body.id;
    expect((await owner.send('PUT', `/api/surveys/${id}`, draftOf({ title: '主题党日' }))).status).to.equal(
      204,
    );
    expect((await members[0]?.client.get(`/api/surveys/${id}`))?.status).to.equal(404);
    expect(await act(owner, id, 'SUBMIT')).to.equal(200);
    expect(await act(owner, id, 'REVIEW')).to.equal(403);
    expect(await act(reviewer, id, 'REVIEW')).to.equal(200);
    const edit = () => owner.send<{ code: string }>('PUT', `/api/surveys/${id}`, draftOf());
    expect((await edit()).body.code).to.equal('survey.not_editable');
    expect(await act(owner, id, 'START')).to.equal(200);
    expect((await edit()).body.code).to.equal('survey.not_editable');
  });

  it('asks whom it is for, and takes no answer that is none', async () => {
    const path = `/api/surveys/${id}/answers`;
    expect((await (await house.as('village')).post(path, { answers: answersOf(1) })).status).to.equal(404);
    expect((await reviewer.post(path, { answers: answersOf(1) })).status).to.equal(404);
    const [member] = members as [Member];
    for (const answers of [
      [3, null, null, null, null],
      [0, [1, 1], null, null, null],
      [0, null, 5, null, null],
      [0, null, null, [0, 1], null],
      [null, null, null, null, null],
      [0],
    ])
      expect((await member.client.post(path, { answers })).status, JSON.stringify(answers)).to.equal(422);
    expect(await look(member.client, id)).to.include({ asked: true, answered: false });
  });

  it('shows results to nobody before it is closed, and to nobody else before they are published', async () => {
    for (const [i, { client }] of members.entries())
      expect((await client.post(`/api/surveys/${id}/answers`, { answers: answersOf(i) })).status).to.equal(
        204,
      );
    expect((await look(owner, id)).results).to.equal(null);
    expect(await act(owner, id, 'PUBLISH_RESULTS')).to.equal(409);
    expect((await csv()).status).to.equal(404);
    expect(await act(owner, id, 'EXTEND', { until: '2026-09-10', reason: '农忙' })).to.equal(422);
    expect(await act(owner, id, 'EXTEND', { until: '2026-09-25', reason: '农忙' })).to.equal(200);
    expect(await act(owner, id, 'EXTEND', { until: '2026-09-30', reason: '农忙' })).to.equal(409);
    await house.at('2026-09-25T10:00:00+08:00');
    expect((await look(owner, id)).state).to.equal('extended');
    await house.at('2026-09-26T08:00:00+08:00');
    expect((await look(owner, id)).state).to.equal('closed');
    expect((await house.stranger().get(`/api/surveys/${id}`)).status).to.equal(404);
    expect((await members[0]?.client.get(`/api/surveys/${id}`))?.status).to.equal(404);
  });

  it('a cell of 7 is merged, and with the next larger one, because 7 would be the whole minus the others', async () => {
    const { answered, channels, questions } = await result(owner);
    expect([answered, channels]).to.deep.equal([30, { web: 30, sms: 0, kiosk: 0 }]);
    const [single, , scale, ranking, text] = questions;
    expect(single?.total).to.deep.equal({ n: 30, counts: [10, 10, 10] });
    expect(scale?.total?.counts).to.deep.equal([6, 6, 6, 6, 6]);
    expect(ranking?.total).to.deep.equal({ n: 30, counts: [15, 0, 15], ranks: [60, 60, 60] });
    expect(text?.cells).to.deep.equal([]);
    expect(single?.cells.map(({ places, n }) => [places, n])).to.deep.equal([
      [['P532628103'], 12],
      [['P532628101', 'P532628102'], 18],
    ]);
    for (const { cells } of questions) for (const { n } of cells) expect(n).to.be.at.least(10);
  });

  it('opinions are read by the owner before anything is published', async () => {
    const { texts } = await look(owner, id);
    expect(texts).to.have.length(30);
    const refused = await owner.post<{ code: string }>(`/api/surveys/${id}/events`, {
      event: 'PUBLISH_RESULTS',
      version: (await look(owner, id)).version,
    });
    expect(refused.body).to.include({ code: 'survey.not_screened', left: 30 });
    const screen = (client: Client, text: string, publish: boolean) =>
      client.post(`/api/surveys/${id}/texts/${text}`, { publish });
    expect((await screen(reviewer, texts[0]?.id ?? '', true)).status).to.equal(403);
    for (const [i, text] of texts.entries())
      expect((await screen(owner, text.id, i < 2)).status).to.equal(204);
    expect(await act(owner, id, 'PUBLISH_RESULTS')).to.equal(200);
    const told = await look(house.stranger(), id);
    expect(told.texts.map((t) => t.id).sort()).to.deep.equal([texts[0]?.id, texts[1]?.id].sort());
    expect(told.results?.answered).to.equal(30);
    const { status, body } = await csv();
    expect(status).to.equal(200);
    expect(body).to.include('"主题党日放在哪天好","周五","全部","30","10"');
  });

  it('the next one begins only when it is told what was done', async () => {
    const next = await owner.post<{ id: string }>('/api/surveys', draftOf({ until: '2026-10-20' }));
    expect(await act(owner, next.body.id, 'SUBMIT')).to.equal(200);
    expect(await act(reviewer, next.body.id, 'REVIEW')).to.equal(200);
    const start = () => act(owner, next.body.id, 'START');
    expect(await start()).to.equal(409);
    expect(await act(owner, id, 'REPORT_ACTIONS', { actions: ' ' })).to.equal(422);
    expect(await act(owner, id, 'REPORT_ACTIONS', { actions: '党日改在周六' })).to.equal(200);
    expect((await look(house.stranger(), id)).actions).to.equal('党日改在周六');
    expect(await start()).to.equal(200);
    id = next.body.id;
  });

  it('fewer than ten answers are not told at all, nor their words', async () => {
    for (const [i, { client }] of members.slice(0, 9).entries())
      expect((await client.post(`/api/surveys/${id}/answers`, { answers: answersOf(i) })).status).to.equal(
        204,
      );
    expect(await act(owner, id, 'CLOSE')).to.equal(200);
    const { results, texts } = await look(owner, id);
    expect(results?.answered).to.equal(null);
    expect(results?.questions.every((q) => q.total === null && q.cells.length === 0)).to.equal(true);
    expect(texts).to.deep.equal([]);
    expect(await act(owner, id, 'PUBLISH_RESULTS')).to.equal(200);
    expect(await act(owner, id, 'REPORT_ACTIONS', { actions: '回答的人太少，改为面谈' })).to.equal(200);
  });

  it('with names only where it says so; they are the owner’s to see, and gone after six months', async () => {
    const questions = [{ kind: 'single', text: '哪天能来', options: ['周五', '周六'] }];
    id = await begin(house, { mode: 'named', questions, until: '2026-10-20' });
    const [one, two] = members as [Member, Member];
    expect((await one.client.post(`/api/surveys/${id}/answers`, { answers: [0] })).status).to.equal(204);
    expect((await one.client.post(`/api/surveys/${id}/answers`, { answers: [1] })).status).to.equal(409);
    const grants = [
      { role: 'party-member', org: 'P532628103201', subtree: false, from: '2026-01-01', to: null },
    ];
    const who = { accountId: two.accountId, grants };
    const { deps } = house.service;
    expect(await answerByMessage(deps, who, id, '明天要下雨')).to.equal(false);
    expect(await answerByMessage(deps, who, id, 'ａ２')).to.equal(true);
    const named = (client: Client) => client.get<{ answers: object[] }>(`/api/surveys/${id}/named`);
    expect((await named(owner)).status).to.equal(404);
    expect(await act(owner, id, 'CLOSE')).to.equal(200);
    expect((await named(owner)).body.answers).to.have.deep.members([
      { accountId: one.accountId, answers: [0] },
      { accountId: two.accountId, answers: [1] },
    ]);
    expect((await named(one.client)).status).to.equal(404);
    await house.at('2027-03-26T08:00:00+08:00');
    expect((await named(owner)).body.answers).to.have.length(2);
    await house.at('2027-03-28T08:00:00+08:00');
    expect((await named(owner)).body.answers).to.deep.equal([]);
  });
});
