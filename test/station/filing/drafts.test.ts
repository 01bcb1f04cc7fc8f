import { expect } from 'chai';
import { createAccount } from '../../../src/people/accounts/index.ts';
import { transact } from '../../../src/platform/db/index.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { type Client, exampleForm, type House, openHouse } from '../../support/service.ts';
import { inputValue, open, send, sendPlain } from '../pages/browser.ts';

interface Draft {
  caseId: string;
  holderName: string;
  fromName: string | null;
  note: string | null;
}

for (const engine of engines)
  describe(`drafts (${engine.name})`, () => {
    let opened: Opened;
    let house: House;
    let clerk: Client;
    let colleague: Client;
    let other: Client;
    let colleagueId: string;

    before(async () => {
      opened = await engine.open();
      house = await openHouse(opened);
      const grants = [{ role: 'clerk', org: '532628103201', subtree: false, from: '2026-01-01', to: null }];
      colleagueId = await createAccount(house.service.deps, 'console', {
        login: 'village-b',
        name: '韦阿妹',
        password: 'cunban-demo-2026',
        grants,
      });
      clerk = await house.as('village');
      colleague = await house.as('village-b');
      other = await house.as('village2');
    });
    after(async () => {
      await house.close();
      await opened.drop();
    });

    const draft = async (name: string, by = clerk): Promise<string> => {
      const sent = await send(by, '/cases/new', [
        ['item', 'MZ-01'],
        ['situation', 'new'],
        ['_do', 'save'],
        ['/applicant/name', name],
      ]);
      return /^\/cases\/(\w+)\/edit$/.exec(sent.location)?.[1] ?? '';
    };
    const drafts = async (by: Client, view = 'own', more = '') =>
      (await by.get<{ drafts: Draft[]; next: string | null }>(`/api/drafts?view=${view}${more}`)).body;
    const ids = async (by: Client, view = 'own') => (await drafts(by, view)).drafts.map((d) => d.caseId);

    it('are handed to a colleague of the village with a word; nobody elsewhere has them', async () => {
      const id = await draft('韦大山');
      const page = await open(clerk, `/filing/drafts/${id}`);
      expect(page.html).to.include('韦阿妹').and.not.include('盘志华');
      const nobody = await sendPlain(clerk, `/filing/drafts/${id}/hand`, [['note', '还差户口簿']]);
      expect(nobody.status).to.equal(422);
      expect(nobody.html).to.include('id="f-to__error"').and.include('还差户口簿');
      const key = inputValue(page.html, '_request');
      const fields = [
        ['to', colleagueId],
        ['note', '还差户口簿'],
        ['_request', key],
      ] as const;
      expect((await sendPlain(clerk, `/filing/drafts/${id}/hand`, fields)).location).to.equal(
        '/filing/drafts',
      );
      expect((await sendPlain(clerk, `/filing/drafts/${id}/hand`, fields)).status, 'a second press').to.equal(
        303,
      );
      expect(await ids(clerk)).not.to.include(id);
      const { drafts: given } = await drafts(colleague);
      expect(given.find((d) => d.caseId === id)).to.include({ fromName: '农秀兰', note: '还差户口簿' });
      expect((await open(colleague, '/filing/drafts')).html).to.include('农秀兰：还差户口簿');
      expect((await open(colleague, '/filing')).html).to.include('同事转来 1 份');
      for (const path of [`/filing/drafts/${id}`, `/cases/${id}/edit`])
        expect((await open(other, path)).status).to.equal(404);
      expect((await other.post(`/api/drafts/${id}/take`, {})).status).to.equal(404);
      const stored = JSON.stringify(await house.service.deps.db.read('drafts'));
      expect(stored, 'words about a citizen are sealed').not.to.include('还差户口簿');
    });

    it('are taken over from a colleague, and from then on only the new holder gives them away', async () => {
      const id = await draft('韦二山');
      expect(await ids(colleague, 'others')).to.include(id);
      expect((await colleague.post(`/api/drafts/${id}/discard`, {})).status).to.equal(409);
      const taken = await sendPlain(colleague, `/filing/drafts/${id}/take`, []);
      expect(taken.location).to.equal(`/cases/${id}/edit`);
      const hand = await clerk.post<{ code: string }>(`/api/drafts/${id}/hand`, { to: colleagueId });
      expect([hand.status, hand.body.code]).to.deep.equal([409, 'draft.not_yours']);
      const acts = await house.service.deps.db.read('audit').where({ subject: id }).pluck('act');
      expect(acts).to.include('draft.take-over');
    });

    it('are put aside and brought back whole for 30 days', async () => {
      const id = await draft('韦三山');
      const inInbox = async () => (await open(clerk, '/inbox')).html.includes(`/cases/${id}`);
      const lists = [
        '',
        '?phase=draft',
        `?text=${encodeURIComponent('韦三')}`,
        `?text=${encodeURIComponent('三山')}`,
      ];
      const inCases = async () =>
        Promise.all(
          lists.map(async (query) => {
            const page = await clerk.get<{ cases: { id: string }[] }>(`/api/cases${query}`);
            return page.body.cases.some((c) => c.id === id);
          }),
        );
      expect(await inInbox()).to.equal(true);
      expect(await inCases()).to.deep.equal([true, true, true, true]);
      expect((await sendPlain(clerk, `/filing/drafts/${id}/discard`, [])).location).to.equal(
        '/filing/drafts',
      );
      expect(await inCases(), 'listed with the drafts alone').to.deep.equal([false, false, false, false]);
      expect(await ids(clerk)).not.to.include(id);
      expect(await ids(clerk, 'discarded')).to.include(id);
      expect(await inInbox()).to.equal(false);
      expect((await open(clerk, `/cases/${id}/edit`)).location).to.equal('/filing/drafts?view=discarded');
      const saved = await send(clerk, `/cases/${id}/edit`, [
        ['version', '1'],
        ['_do', 'save'],
      ]);
      expect(saved.status).to.equal(409);
      const file = await clerk.post<{ code: string }>(`/api/cases/${id}/events`, {
        event: 'FILE',
        version: 1,
      });
      expect(file.body.code).to.equal('draft.discarded');
      await house.at('2026-10-01T08:00:00+08:00');
      expect((await sendPlain(clerk, `/filing/drafts/${id}/restore`, [])).location).to.equal(
        `/cases/${id}/edit`,
      );
      expect(await inInbox()).to.equal(true);
      expect(await inCases()).to.deep.equal([true, true, true, true]);
      expect(inputValue((await open(clerk, `/cases/${id}/edit`)).html, '/applicant/name')).to.equal('韦三山');
      await sendPlain(clerk, `/filing/drafts/${id}/discard`, []);
      await house.at('2026-11-01T08:00:00+08:00');
      expect(await ids(clerk, 'discarded')).not.to.include(id);
      const late = await clerk.post<{ code: string }>(`/api/drafts/${id}/restore`, {});
      expect([late.status, late.body.code]).to.deep.equal([409, 'draft.gone']);
      expect(await house.service.deps.db.read('cases').where({ id })).to.have.length(1);
    });

    it('are found again by a part of the name, page by page', async () => {
      for (let i = 0; i < 22; i++) await draft(`黎${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'[i]}`);
      // All typed at the same moment: the key goes on by the case.
      await transact(house.service.deps.db, (trx) =>
        trx('drafts').update({ typed_at: '2026-10-31T02:00:00.000Z' }),
      );
      const text = `&text=${encodeURIComponent('黎')}`;
      const first = await drafts(clerk, 'own', text);
      expect(first.drafts).to.have.length(20);
      const rest = await drafts(clerk, 'own', `${text}&after=${encodeURIComponent(first.next ?? '')}`);
      expect(rest.drafts).to.have.length(2);
      expect(rest.next).to.equal(null);
      expect(new Set([...first.drafts, ...rest.drafts].map((d) => d.caseId)).size).to.equal(22);
      expect((await open(clerk, '/filing/drafts?q=%25')).html, 'a wildcard is a letter').to.include(
        'data-list',
      );
      expect((await open(clerk, `/filing/drafts?q=${encodeURIComponent('没有这人')}`)).html).to.include(
        '没有找到这样的草稿',
      );
    });

    it('end when they are handed in or withdrawn', async () => {
      const form = exampleForm(house.service, 'GA-01', 0, 'birth');
      const made = await clerk.post<{ id: string; version: number }>('/api/cases', {
        item: 'GA-01',
        situation: 'birth',
        form,
        draft: true,
      });
      const { id, version } = made.body;
      expect(await ids(clerk)).to.include(id);
      const gone = await clerk.post(`/api/cases/${id}/events`, {
        event: 'WITHDRAW',
        version,
        data: { reason: '不办了' },
      });
      expect(gone.status, JSON.stringify(gone.body)).to.equal(200);
      expect(await ids(clerk)).not.to.include(id);
      expect((await open(clerk, `/filing/drafts/${id}`)).status).to.equal(404);
    });
  });
