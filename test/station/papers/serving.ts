/** A refused application whose decision waits to be served, and everybody who may come near it. */
import { expect } from 'chai';
import type { PaperView } from '../../../src/station/papers/index.ts';
import { type Answer, type House, PNG, SIGNATURE } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { county } from '../../walk/county.ts';

export interface ServiceAnswer {
  id: string;
  way: string;
  servedOn: string | null;
  reviewUntil: string | null;
  sueUntil: string | null;
  recordId: string | null;
  code?: string;
  faults?: { pointer: string; message: string; code: string }[];
}

/** What each way needs, on a day: nothing missing, nothing wrong. */
export const served = (on: string) => ({
  直接送达: {
    way: '直接送达',
    place: '剥隘村便民服务站',
    deliveredOn: on,
    signedBy: '屏幕手写',
    signature: SIGNATURE,
  },
  代收送达: {
    way: '代收送达',
    place: '申请人住所',
    deliveredOn: on,
    signedBy: '纸质签名或者按指印',
    receiver: '同住的成年家属',
    receiverName: '农秀兰',
    relation: '配偶',
    receiverId: '53262819900101606X',
    idChecked: true,
  },
  留置送达: {
    way: '留置送达',
    place: '申请人住所',
    deliveredOn: on,
    refusal: '对决定有意见，拒绝签收',
    witnesses: [{ name: '黄国强', post: '村委会委员' }],
  },
  电子送达: {
    way: '电子送达',
    consent: true,
    consentedOn: on,
    channel: '短信',
    address: '13887612345',
    arrivedOn: on,
  },
  邮寄送达: {
    way: '邮寄送达',
    carrier: '中国邮政',
    trackingNumber: 'XA12345678953',
    sentOn: on,
    receivedOn: on,
  },
  公告送达: {
    way: '公告送达',
    because: '下落不明，其他方式无法送达',
    publishedOn: on,
    board: '富宁县人民政府网站、剥隘村公示栏',
  },
});

/** The shorthand of serving papers in a house. */
export function serving(house: House) {
  const papersOf = async (caseId: string, login = 'village'): Promise<PaperView[]> =>
    (await (await house.as(login)).get<{ papers: PaperView[] }>(`/api/cases/${caseId}/papers`)).body.papers;

  const paperOf = async (caseId: string, kind: string): Promise<PaperView> => {
    const found = (await papersOf(caseId)).findLast((p) => p.kind === kind);
    expect(found, kind).to.not.equal(undefined);
    return found as PaperView;
  };

  return {
    papersOf,
    paperOf,
    /** The paper of a refusal (不予受理决定书), made just now. */
    async refused(item = 'NY-04'): Promise<PaperView> {
      const walk = await openCase(house, item);
      await walk.act('village', 'FILE');
      await county(house).take(walk, { event: 'REFUSE' });
      return paperOf(walk.id, 'refusal');
    },
    async serve(
      paperId: string,
      data: object,
      more: { login?: string; evidence?: string[]; key?: string } = {},
    ): Promise<Answer<ServiceAnswer>> {
      const client = await house.as(more.login ?? 'village');
      const body = { data, ...(more.evidence && { evidence: more.evidence }) };
      const headers: Record<string, string> = more.key ? { 'idempotency-key': more.key } : {};
      return client.post<ServiceAnswer>(`/api/papers/${paperId}/services`, body, headers);
    },
    async attempt(paperId: string, data: object, login = 'village'): Promise<Answer<ServiceAnswer>> {
      return (await house.as(login)).post<ServiceAnswer>(`/api/papers/${paperId}/attempts`, { data });
    },
    async evidence(paperId: string, login = 'village', bytes = PNG) {
      const form = new FormData();
      form.set('file', new Blob([bytes], { type: 'image/png' }), '送达过程.png');
      const client = await house.as(login);
      return client.post<{ evidence: { id: string; mime: string }[] }>(
        `/api/papers/${paperId}/evidence`,
        form,
      );
    },
    /** Every word the record of a service prints. */
    async record(id: string | null): Promise<string> {
      const { db, vault } = house.service.deps;
      const row = await db.read('papers').where({ id }).first();
      expect(row?.kind).to.equal('service-record');
      return JSON.stringify(JSON.parse(vault.open(row.print_sealed)));
    },
  };
}

/** The places and codes of what was wrong. */
export const faultsOf = ({ status, body }: Answer<ServiceAnswer>): string[] => [
  String(status),
  ...(body.faults ?? []).map((f) => `${f.pointer} ${f.code}`),
];
