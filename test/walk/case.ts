/** A case on its way through the house, over HTTP: the shorthand of the walk tests. */
import { expect } from 'chai';
import type { CaseView } from '../../src/station/cases/index.ts';
import type { ActName } from '../../src/workflow/types.ts';
import { type Client, exampleForm, type House, PNG, SIGNATURE } from '../support/service.ts';

export interface Walker {
  id: string;
  view: CaseView;
  /** An act that must succeed; the view afterwards. */
  act(login: string, event: ActName, data?: Record<string, unknown>): Promise<CaseView>;
  reload(login: string): Promise<CaseView>;
}

/** Open a case as the village clerk, with every material that is asked for, not yet handed in. */
export async function openCase(
  house: House,
  item: string,
  options: {
    situation?: string;
    form?: Record<string, unknown>;
    login?: string;
    gaps?: string[];
    commitments?: string[];
  } = {},
): Promise<Walker> {
  const clerk = await house.as(options.login ?? 'village');
  const form = options.form ?? exampleForm(house.service, item, 0, options.situation);
  const opened = await clerk.post<CaseView>('/api/cases', {
    item,
    ...(options.situation && { situation: options.situation }),
    form,
    ...(options.gaps && { gaps: options.gaps }),
    ...(options.commitments && { commitments: options.commitments }),
  });
  expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
  await bringMaterials(clerk, opened.body);
  return walker(house, opened.body.id, (await clerk.get<CaseView>(`/api/cases/${opened.body.id}`)).body);
}

/** Upload a picture for every material still missing (or owed). */
export async function bringMaterials(clerk: Client, view: CaseView, ways = ['missing']): Promise<void> {
  for (const material of view.materials.filter((m) => ways.includes(m.way))) {
    const form = new FormData();
    form.set('material', material.id);
    form.set('file', new Blob([PNG], { type: 'image/png' }), '材料照片.png');
    const sent = await clerk.post(`/api/cases/${view.id}/materials`, form);
    expect(sent.status, JSON.stringify(sent.body)).to.equal(201);
  }
}

function walker(house: House, id: string, first: CaseView): Walker {
  const self: Walker = {
    id,
    view: first,
    async act(login, event, data = {}) {
      const client = await house.as(login);
      const { version } = (await client.get<CaseView>(`/api/cases/${id}`)).body;
      const answer = await client.post<CaseView>(`/api/cases/${id}/events`, { event, version, data });
      expect(answer.status, `${login} ${event}: ${JSON.stringify(answer.body)}`).to.equal(200);
      self.view = answer.body;
      return answer.body;
    },
    async reload(login) {
      self.view = (await (await house.as(login)).get<CaseView>(`/api/cases/${id}`)).body;
      return self.view;
    },
  };
  return self;
}

export const officers = [
  { name: '陆海波', licence: '53262810301' },
  { name: '农文英', licence: '53262810302' },
];

export const visit = (visitedAt: string) => ({
  visitedAt,
  place: '剥隘村第三村民小组',
  officers,
  findings: '入户查看，走访邻里三户，情况属实。',
  conclusion: '符合',
});

export const collection = (name: string, idNumber: string) => ({
  collector: '本人',
  name,
  idNumber,
  idChecked: true,
  signature: SIGNATURE,
});
