/** How a decision can be fought, as the papers print it (B.3): review or court, review first, or a complaint. */
import { expect } from 'chai';
import type { Traveller } from '../walk/county.ts';
import { definitionsWith, type ItemFile } from './definitions.ts';
import { Ground } from './ground.ts';

const REVIEW = /自收到本决定书之日起六十日内向富宁县人民政府申请行政复议/;
const COURT = /六个月内依法向[^"]*人民法院提起行政诉讼/;
const COMPLAINTS = ['SW-03', 'JY-02', 'CL-01'];

describe('remedies in every item (B.3)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');

  it('B.3: a rejection of every item names the right way, in each kind of item its own', async () => {
    const travellers: Traveller[] = [];
    for (const { code } of ground.items())
      travellers.push({ label: code, walk: await ground.filed(code), until: 'REJECT' });
    await ground.travel(travellers);
    for (const { label, walk } of travellers) {
      const { definition } = ground.deps.definitions.get(label);
      await ground.take(walk, 'REJECT');
      const { text } = await ground.paper(walk, 'rejection');
      const complains = COMPLAINTS.includes(label);
      expect(definition.remedies === 'complaint', label).to.equal(complains);
      if (complains)
        expect(text, label)
          .to.match(/申请复核/)
          .and.not.match(/行政复议|行政诉讼|人民法院/);
      else expect(text, label).to.match(REVIEW).and.match(COURT);
    }
  }).timeout(600_000);

  it('B.3: no paper of a complaint item speaks of review or court, from the refusal to the approval', async () => {
    for (const code of COMPLAINTS) {
      const refused = await ground.filed(code);
      await ground.until(refused, 'REFUSE');
      await ground.take(refused, 'REFUSE');
      const granted = await ground.filed(code);
      await ground.finish(granted);
      for (const walk of [refused, granted])
        for (const { kind, text } of await ground.papers(walk))
          expect(text, `${code} ${kind}`).to.not.match(/行政复议|行政诉讼/);
      const guide = await ground.house.stranger().get<{ remedies: string }>(`/api/items/${code}`);
      expect(guide.body.remedies, code)
        .to.match(/复核/)
        .and.not.match(/复议|诉讼/);
    }
  }).timeout(300_000);

  it('B.3: the record of a village meeting offers a review of its own, not a court', async () => {
    const walk = await ground.filed('LY-02');
    await ground.until(walk, 'RECORD_MEETING');
    await ground.take(walk, 'RECORD_MEETING');
    expect((await ground.paper(walk, 'meeting')).text)
      .to.match(/申请复核/)
      .and.not.match(/行政复议|行政诉讼/);
  });
});

describe('review first (B.3)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00', () => ({
    CUNBAN_DEFINITIONS: definitionsWith((item: ItemFile) =>
      item.code === 'ZR-02' ? { ...item, remedies: 'review-first' } : item,
    ),
  }));

  it('B.3: where review comes first, nothing invites straight to court', async () => {
    const walk = await ground.filed('ZR-02');
    await ground.until(walk, 'REJECT');
    await ground.take(walk, 'REJECT');
    const { text } = await ground.paper(walk, 'rejection');
    expect(text).to.include('应当先').and.include('十五日内');
    expect(text).to.not.include('也可').and.not.include('六个月');
  });
});
