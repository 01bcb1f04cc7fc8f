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

/** Photographs and recordings of a service, each opened as it was handed in. */
const Proofs = ({ paper, service }: { paper: PaperView; service: ServiceView }): JSX.Element => (
  <>
    {service.evidence.map((e) => (
      <span key={e.id}>
        {' '}
        <a href={`/api/papers/${paper.id}/evidence/${e.id}`} target="_blank" rel="noopener">
          {e.name}
        </a>
      </span>
    ))}
  </>
);

/** How it stands with the service: done, under way, or waited for. */
function ServiceState({ paper }: { paper: PaperView }): JSX.Element | null {
  const { service, waiting, announced, attempts } = paper;
  if (service)
    return (
      <div>
        <Badge tone={announced ? 'info' : 'done'} text={announced ? '公告送达中' : '已送达'} />{' '}
        <span class="help">{servedText(service, announced)}</span>
        <Proofs paper={paper} service={service} />
      </div>
    );
  if (!waiting && attempts.length === 0) return null;
  return (
    <div>
      {waiting && <Light light={waiting.light} text={`待送达，最迟${chineseDate(waiting.due)}`} />}{' '}
      {attempts.length > 0 && <span class="help">送过 {attempts.length} 次，没有送达</span>}
    </div>
  );
}

/** @param mayServe may whoever looks write down that it was served? */
export function PaperLine({ paper, mayServe }: { paper: PaperView; mayServe: boolean }): JSX.Element {
  const { id, href, title, number, createdAt, printed, service, kind } = paper;
  return (
    <li>
      <a href={href} target="_blank" rel="noopener">
        {title}
      </a>{' '}
      <span class="help">
        {number} · {chineseDateTime(createdAt)}
        {printed > 0 && ` · 已打印 ${printed} 次`}
      </span>{' '}
      {mayServe && !service && isServed(kind) && <a href={`/papers/${id}/serve`}>登记送达</a>}
      <ServiceState paper={paper} />
    </li>
  );
}
