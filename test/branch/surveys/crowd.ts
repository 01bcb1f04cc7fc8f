/** A county's survey and the members who answer it. */
import { expect } from 'chai';
import { createAccount } from '../../../src/people/accounts/index.ts';
import type { Client, House } from '../../support/service.ts';

/** Members of three townships: enough, hardly enough, and too few to be told apart. */
const TOWNS = { P532628103: 12, P532628102: 11, P532628101: 7 };

const QUESTIONS = [
  { kind: 'single', text: '主题党日放在哪天好', options: ['周五', '周六', '都可以'] },
  { kind: 'multi', text: '想听哪些课', options: ['实用技术', '法律', '党史'] },
  { kind: 'scale', text: '对支部工作满意吗', least: '不满意', most: '很满意' },
  { kind: 'ranking', text: '先办哪件', options: ['修路', '饮水', '路灯'] },
  { kind: 'text', text: '还有什么建议' },
];

export const draftOf = (changes: object = {}): Record<string, unknown> => ({
  org: 'P532628',
  title: '主题党日怎么过',
  purpose: '安排下半年的主题党日',
  mode: 'anonymous',
  place: 'P532628',
  roles: ['party-member'],
  questions: QUESTIONS,
  until: '2026-09-20',
  ...changes,
});

export interface Member {
  login: string;
  accountId: string;
  client: Client;
}

/** Members with accounts of their own, signed in, town after town. */
export async function crowd(house: House, towns: Record<string, number> = TOWNS): Promise<Member[]> {
  const { deps } = house.service;
  const members: Member[] = [];
  for (const [town, count] of Object.entries(towns)) {
    const branch = deps.orgs.children(town).find((org) => org.kind === 'branch');
    if (!branch) throw new Error(`${town} has no branch`);
    for (let i = 0; i < count; i++) {
      const login = `${town.toLowerCase()}-${i}`;
      const grants = [{ role: 'party-member', org: branch.id, subtree: false, from: '2026-01-01', to: null }];
      const account = { login, name: `党员${i}`, password: 'cunban-demo-2026', grants };
      const accountId = await createAccount(deps, 'console', account);
      members.push({ login, accountId, client: await house.as(login) });
    }
  }
  return members;
}

export interface SurveyAnswer {
  id: string;
  state: string;
  version: number;
  asked: boolean;
  answered: boolean;
  questions: unknown[];
  actions: string | null;
  results: null | {
    answered: number | null;
    channels: Record<string, number> | null;
    questions: {
      total: null | { n: number; counts: number[]; ranks?: number[] };
      cells: { places: string[]; n: number; counts: number[] }[];
    }[];
  };
  texts: { id: string; text: string; isPublished: boolean | null }[];
}

export const look = async (client: Client, id: string): Promise<SurveyAnswer> => {
  const { status, body } = await client.get<SurveyAnswer>(`/api/surveys/${id}`);
  expect(status).to.equal(200);
  return body;
};

/** An act with the version as it is; the status of the answer. */
export async function act(client: Client, id: string, event: string, more: object = {}): Promise<number> {
  const { body } = await client.get<SurveyAnswer>(`/api/surveys/${id}`);
  const sent = await client.post(`/api/surveys/${id}/events`, {
    event,
    version: body.version ?? 1,
    ...more,
  });
  return sent.status;
}

/** Drafted, looked over and begun. */
export async function begin(house: House, changes: object = {}): Promise<string> {
  const owner = await house.as('party-survey');
  const drafted = await owner.post<{ id: string }>('/api/surveys', draftOf(changes));
  expect(drafted.status, JSON.stringify(drafted.body)).to.equal(201);
  const { id } = drafted.body;
  expect(await act(owner, id, 'SUBMIT')).to.equal(200);
  expect(await act(await house.as('party-reviewer'), id, 'REVIEW')).to.equal(200);
  expect(await act(owner, id, 'START')).to.equal(200);
  return id;
}

export const answersOf = (i: number): unknown[] => [
  i % 3,
  [i % 3],
  i % 5,
  i % 2 === 0 ? [0, 1, 2] : [2, 1, 0],
  `建议第${i}号`,
];
