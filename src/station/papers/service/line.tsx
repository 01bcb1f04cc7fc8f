/** One paper in the list of its case: the print, how it was served, and what is still to be done with it. */
import type { JSX } from 'preact';
import { chineseDate, chineseDateTime } from '../../../kernel/time.ts';
import { Badge, Light } from '../../../platform/web/index.ts';
import type { PaperView, ServiceView } from '../present.ts';
import { isServed } from './policy.ts';

function servedText(
  { way, servedOn, triedOn, reviewUntil, sueUntil }: ServiceView,
  announced: boolean,
): string {
  const served = chineseDate(servedOn ?? triedOn);
  const how = announced ? `${chineseDate(triedOn)}公告，到${served}视为送达` : `${served}${way}`;
  const until = [
    ...(reviewUntil ? [`申请复议到${chineseDate(reviewUntil)}`] : []),
    ...(sueUntil ? [`起诉到${chineseDate(sueUntil)}`] : []),
  ];
  return [how, ...until].join('，');
}

function ServiceState({ paper }: { paper: PaperView }): JSX.Element | null {
  const { service, waiting, announced } = paper;
  if (service)
    return (
      <>
        <Badge tone={announced ? 'info' : 'done'} text={announced ? '公告送达中' : '已送达'} />{' '}
        <span class="help">{servedText(service, announced)}</span>
      </>
    );
  return waiting && <Light light={waiting.light} text={`待送达，最迟${chineseDate(waiting.due)}`} />;
}

/** @param mayServe may whoever looks write down that it was served? */
export function PaperLine({ paper, mayServe }: { paper: PaperView; mayServe: boolean }): JSX.Element {
  const { href, title, number, createdAt, printed, service, attempts } = paper;
  return (
    <li>
      <a href={href} target="_blank" rel="noopener">
        {title}
      </a>{' '}
      <span class="help">
        {number} · {chineseDateTime(createdAt)}
        {printed > 0 && ` · 已打印 ${printed} 次`}
      </span>{' '}
      <ServiceState paper={paper} />
      {attempts.length > 0 && !service && <span class="help">送过 {attempts.length} 次，没有送达</span>}{' '}
      {mayServe && !service && isServed(paper.kind) && <a href={`/papers/${paper.id}/serve`}>登记送达</a>}
    </li>
  );
}
