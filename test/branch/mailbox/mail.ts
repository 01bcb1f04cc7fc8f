/** Letters as tests write them. */
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { Answer, Client } from '../../support/service.ts';

export const COUNTY = 'P532628';
export const TOWNSHIP = 'P532628103';
export const VILLAGE = 'P532628103201';

const newOnce = (): string => randomBytes(16).toString('hex');

export const letterOf = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  once: newOnce(),
  mode: 'named_public',
  title: '通村公路养护',
  text: '通往剥隘村的公路今年雨季塌了两处，请问什么时候修好？',
  to: COUNTY,
  ...(more.mode === 'anonymous' ? {} : { name: '黄大山', phone: '13887600001' }),
  ...more,
});

export interface Thread {
  state: string;
  stateTitle: string;
  office: string;
  dueOn: string | null;
  consent: boolean | null;
  messages: { side: string; text: string; on: string }[];
  possible: { event: string }[];
}

export interface File extends Thread {
  id: string;
  version: number;
  desk: string;
  identity: { name: string; phone: string } | null;
  about: { id: string }[];
  openings: { id: string; reason: string; agreedBy: string | null }[];
}

/** Writes a letter and gives its code. */
export async function write(client: Client, more: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await client.post<{ code: string }>('/api/mailbox/letters', letterOf(more));
  if (status !== 201) throw new Error(`letter: ${status} ${JSON.stringify(body)}`);
  return body.code;
}

export const read = async (client: Client, code: string): Promise<Thread> =>
  (await client.post<Thread>('/api/mailbox/read', { code })).body;

export const say = (client: Client, code: string, event: string, text?: string): Promise<Answer<Thread>> =>
  client.post<Thread>('/api/mailbox/acts', { code, event, ...(text && { text }) });

export const list = async (
  client: Client,
  query = '',
): Promise<{ letters: { id: string; title: string; state: string }[]; counts: Record<string, number> }> =>
  (
    await client.get<{
      letters: { id: string; title: string; state: string }[];
      counts: Record<string, number>;
    }>(`/api/letters${query}`)
  ).body;

export const file = async (client: Client, id: string): Promise<File> =>
  (await client.get<File>(`/api/letters/${id}`)).body;

/** One act of the desk on the letter as it stands now. */
export async function act(
  client: Client,
  id: string,
  event: string,
  more: Record<string, unknown> = {},
): Promise<Answer<{ state: string; code: string; version: number }>> {
  const { version } = await file(client, id);
  return client.post(`/api/letters/${id}/acts`, { event, version, ...more });
}

/** Not in the list, the search, the counts, the file, nor by its id. */
export async function expectBlind(client: Client, id: string, title: string): Promise<void> {
  const seen = await list(client);
  expect(seen.letters?.map((l) => l.id) ?? []).not.to.include(id);
  const found = await list(client, `?q=${encodeURIComponent(title)}`);
  expect(found.letters ?? []).to.deep.equal([]);
  const counted = Object.values(seen.counts ?? {}).reduce((sum, n) => sum + n, 0);
  expect(counted, 'counts').to.equal((seen.letters ?? []).length);
  const csv = await client.get<string>('/api/letters.csv');
  expect(String(csv.body)).not.to.include(title);
  const one = await client.get<{ code: string }>(`/api/letters/${id}`);
  const none = await client.get<{ code: string }>('/api/letters/00000000000000000000000000');
  expect([one.status, one.body.code]).to.deep.equal([404, 'record.not_found']);
  expect({ ...one.body, requestId: '', instance: '' }).to.deep.equal({
    ...none.body,
    requestId: '',
    instance: '',
  });
  const acted = await client.post(`/api/letters/${id}/acts`, { event: 'SCREEN', version: 1 });
  expect(acted.status).to.equal(404);
}
