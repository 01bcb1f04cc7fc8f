/** Certificates on their way, over HTTP: the shorthand of the register's tests. */
import { expect } from 'chai';
import { fold } from '../../../src/station/certificates/fold.ts';
import type { CertificateView } from '../../../src/station/certificates/queries/certificate.ts';
import type { TransferDetail } from '../../../src/station/certificates/queries/transfers.ts';
import { listEvents } from '../../../src/station/certificates/store.ts';
import type { Answer, House } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { county } from '../../walk/county.ts';

/** Walk a case until its certificates wait to be handed over, or as far as the county goes by itself. */
export async function granted(
  house: House,
  item: string,
  options: Parameters<typeof openCase>[2] & { until?: 'COLLECT' | null } = {},
): Promise<Walker> {
  const { until = 'COLLECT', ...given } = options;
  const walk = await openCase(house, item, given);
  const traveller = { label: item, walk, ...(until !== null && { until }) };
  await county(house).work([traveller]);
  expect((traveller as { failed?: string }).failed).to.equal(undefined);
  return walk;
}

/** Acts on certificates by login; the answers as they come. */
export function register(house: House) {
  const rows = (walk: Walker) =>
    house.service.deps.db.read('certificates').where({ case_id: walk.id }).orderBy('id');
  const call = async <T>(login: string, path: string, body?: unknown): Promise<Answer<T>> => {
    const client = await house.as(login);
    return body === undefined ? client.get<T>(path) : client.post<T>(path, body);
  };
  const act = (login: string, id: string, path: string, body: unknown = {}) =>
    call<CertificateView & { code: string; says?: string }>(login, `/api/certificates/${id}/${path}`, body);
  return {
    call,
    act,
    /** The last certificate of a case. */
    async of(walk: Walker): Promise<{ id: string; number: string; verify_code: string; state: string }> {
      const all = await rows(walk);
      if (all.length === 0) throw new Error('no certificate');
      return all.at(-1);
    },
    async see(login: string, id: string): Promise<CertificateView> {
      const { status, body } = await call<CertificateView>(login, `/api/certificates/${id}`);
      expect(status, JSON.stringify(body)).to.equal(200);
      return body;
    },
    async done(login: string, id: string, path: string, body: unknown = {}): Promise<CertificateView> {
      const answer = await act(login, id, path, body);
      expect(answer.status, `${login} ${path}: ${JSON.stringify(answer.body)}`).to.equal(200);
      return answer.body;
    },
    async send(login: string, to: string, certificates: string[]): Promise<TransferDetail> {
      const answer = await call<TransferDetail>(login, '/api/transfers', { to, certificates });
      expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
      return answer.body;
    },
    async receive(login: string, { id }: TransferDetail, received: string[], note?: string) {
      const answer = await call<TransferDetail>(login, `/api/transfers/${id}/receive`, {
        received,
        ...(note !== undefined && { note }),
      });
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
      return answer.body;
    },
    verdict: async (code: string) =>
      (await house.stranger().get<{ verdict: string }>(`/verify/${code}`)).body.verdict,
    /** Every column that caches a log says what the log comes to. */
    async expectFolded(): Promise<number> {
      const { db, orgs } = house.service.deps;
      const all = await db.read('certificates');
      for (const row of all) {
        const events = await listEvents(db.read, row.id);
        const s = fold(events, (org) => orgs.get(org).kind);
        expect(
          {
            seq: row.seq,
            state: row.state,
            custody: row.custody,
            place: row.place_id,
            successor: row.successor_id,
            collected: row.collected_at,
            proposal: row.proposal,
          },
          row.number,
        ).to.deep.equal({
          seq: events.length,
          state: s.state,
          custody: s.custody,
          place: s.placeId,
          successor: s.successorId,
          collected: s.collectedAt,
          proposal: s.proposal,
        });
      }
      return all.length;
    },
  };
}
