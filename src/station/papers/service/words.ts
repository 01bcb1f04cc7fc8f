/** What the 送达回证 says of a service. Pure. */
import { maskId, maskPhone } from '../../../kernel/mask.ts';
import { chineseDate } from '../../../kernel/time.ts';
import type { Words } from '../rules.ts';
import type { Paper } from '../types.ts';
import type { Service } from './types.ts';

const day = (d: string | null | undefined): string | undefined => (d ? chineseDate(d) : undefined);

/** Words of the record, besides those of the case. */
export function recordWords(
  served: Pick<Paper, 'title' | 'number'>,
  service: Omit<Service, 'recordId'>,
  attempts: readonly Service[],
): Words {
  const { way, details: d, servedOn, reviewUntil, sueUntil, by, evidence } = service;
  return {
    servedPaper: served.title,
    servedNumber: served.number,
    way,
    place: placeOf(service),
    servedOn: day(servedOn),
    receiver:
      d.receiverId &&
      `${d.receiverName}（${[d.receiver, d.relation, `证件号 ${maskId(d.receiverId)}`].filter(Boolean).join('，')}）`,
    refusal: d.refusal,
    witnesses: d.witnesses?.map((w) => `${w.name}（${w.post}）`).join('、') || undefined,
    evidence: evidence.length > 0 ? `${evidence.length} 份，存档备查` : undefined,
    consent: d.consentedOn && `受送达人于${chineseDate(d.consentedOn)}同意电子送达`,
    posted: d.sentOn && `${d.carrier}，邮件号 ${d.trackingNumber}，${chineseDate(d.sentOn)}交寄`,
    announced: d.publishedOn && `${chineseDate(d.publishedOn)}公告；${d.because}`,
    attempts:
      way === '公告送达'
        ? attempts.map((a) => `${chineseDate(a.triedOn)}${a.way}：${a.details.reason}`).join('；')
        : undefined,
    signed: d.signedBy,
    server: by.name,
    reviewUntil: day(reviewUntil),
    sueUntil: day(sueUntil),
  };
}

/** Where it was handed over, sent or published. */
function placeOf({ way, details: d }: Pick<Service, 'way' | 'details'>): string | undefined {
  if (way === '电子送达') return `${d.channel}（${maskPhone(d.address ?? '')}）`;
  return way === '邮寄送达' ? '邮寄至受送达人' : (d.place ?? d.board);
}
