/** What tests of disclosures do over and over. */
import { expect } from 'chai';
import type { Answer, TestHouse } from '../../support/service.ts';

export const BRANCH = 'P532628103201';

export interface DueAnswer {
  id: string;
  org: { id: string };
  item: string;
  title: string;
  opensOn: string;
  dueOn: string;
  dueProvisional: boolean;
  metOn: string | null;
  overdue: boolean;
  disclosure: { id: string; state: string; version: number } | null;
}
export interface Moved {
  id: string;
  version: number;
  code: string;
  faults: { pointer: string; message: string; code: string }[];
  possible: string[];
}

export const SOUND = Object.fromEntries(
  ['secrecy', 'necessity', 'accuracy', 'personal'].map((q) => [q, { sound: true, note: '' }]),
);

/** The acts by whoever's they are. */
export function desk(house: TestHouse) {
  const dues = async (login = 'secretary', query = ''): Promise<DueAnswer[]> =>
    (await (await house.as(login)).get<{ dues: DueAnswer[] }>(`/api/disclosures/dues?${query}`)).body.dues;
  const happened = async (item: string, on: string, what: string, orgId = BRANCH, login = 'secretary') =>
    (await house.as(login)).post<Moved & DueAnswer>('/api/disclosures/dues', { orgId, item, on, what });
  const propose = async (dueId: string, more: object = {}, login = 'secretary'): Promise<Answer<Moved>> =>
    (await house.as(login)).post<Moved>('/api/disclosures', {
      dueId,
      audience: 'subtree',
      title: '第三季度党费收缴情况',
      text: '应交 12 人，实交 12 人，共 360 元。',
      grid: null,
      ...more,
    });
  const act = async (login: string, id: string, event: string, version: number, more: object = {}) =>
    (await house.as(login)).post<Moved>(`/api/disclosures/${id}/acts`, { event, version, ...more });
  /** From what is due to the board. */
  async function publish(dueId: string, more: object = {}, answers: object = SOUND): Promise<Moved> {
    const { body: made, status } = await propose(dueId, more);
    expect(status, JSON.stringify(made)).to.equal(201);
    await act('party-reviewer', made.id, 'REVIEW', 1, { answers });
    await act('party-approver', made.id, 'APPROVE', 2);
    const done = await act('secretary', made.id, 'PUBLISH', 3);
    expect(done.status, JSON.stringify(done.body)).to.equal(200);
    return done.body;
  }
  return { dues, happened, propose, act, publish };
}
