/** The upper half of the case page: state, turn, term, what may be done, and the facts. */
import type { JSX } from 'preact';
import { chineseDate, chineseDateTime } from '../../../kernel/time.ts';
import { Actions, Card, DefinitionList, Light, LinkButton, Table } from '../../../platform/web/index.ts';
import type { EventName, Role } from '../../../workflow/types.ts';
import { ROLE_WORDS } from '../../../workflow/words.ts';
import type { CaseView, PossibleAct } from '../present.ts';
import { ACT_KINDS, endText, leftText, mostUrgent, OUTCOME_WORDS } from './words.ts';

/** What the applicant is waited for, by the kind of step. */
const AWAITED: Partial<Record<CaseView['kind'], string>> = {
  deliberate: '申请人决定：再次评议、坚持上报，或者撤回',
  inspect: '申请人整改',
  appraise: '申请人决定要不要申请复评',
  await: '申请人办好这件事',
  pay: '申请人更正账户',
};

/** Which offices have not answered yet. */
function officesText({ parts }: NonNullable<CaseView['joint']>): string {
  const open = parts.filter((p) => p.standing === 'open').map((p) => p.orgName);
  return `同时征求 ${parts.length} 个部门的意见，还在等：${open.join('、')}。`;
}

function keptText({ standing, about, review }: NonNullable<CaseView['kept']>): string {
  const day = review === null ? '' : chineseDate(review);
  switch (standing) {
    case 'current':
      return `下次${about}：${day}。`;
    case 'due':
      return `该${about}了，最迟 ${day}，逾期暂停。`;
    case 'halted':
      return `没有按时${about}，已暂停；补办以后恢复。`;
    default:
      return '因其他事项已经注销。';
  }
}

/** Whose turn it is, in a sentence. */
export function turnText(view: CaseView): string {
  if (view.dates.closed !== null) return `${chineseDateTime(view.dates.closed)} 办结。`;
  if (view.joint?.current) return officesText(view.joint);
  if (view.kept) return keptText(view.kept);
  if (view.holder === null) return '公示期间，期满后自动转入下一环节；有异议的先核查。';
  const who = `${view.holder.orgName}的${ROLE_WORDS[view.holder.role as Role]}`;
  if (view.phase === 'draft') return `由${who}填写，还没有提交。`;
  if (!view.awaitsApplicant) return `现在由${who}办理。`;
  return `等${AWAITED[view.kind] ?? '申请人补正'}，由${who}代办。`;
}

/** The acts this person may do, as buttons; the way on first, the end of the case last. */
function ActButtons({ view }: { view: CaseView }): JSX.Element | null {
  const rank = { primary: 0, secondary: 1, danger: 2 };
  const kind = (p: PossibleAct) => ACT_KINDS[p.event] ?? 'secondary';
  const mine = view.possible
    .filter((p) => p.allowed && p.event !== 'OBJECT')
    .sort((a, b) => rank[kind(a)] - rank[kind(b)]);
  if (mine.length === 0) return null;
  return (
    <Actions>
      {mine.map((p) => (
        <LinkButton key={p.event} kind={kind(p)} href={hrefOf(view, p.event)}>
          {wordOf(view, p)}
        </LinkButton>
      ))}
    </Actions>
  );
}

const handsIn = (event: EventName): boolean => event === 'FILE' || event === 'RESUBMIT';

const hrefOf = (view: CaseView, event: EventName): string =>
  handsIn(event) ? `/cases/${view.id}/edit` : `/cases/${view.id}/act/${event}`;

const wordOf = (view: CaseView, { event, title }: PossibleAct): string =>
  handsIn(event) ? (HAND_IN[view.phase === 'draft' ? 'intake' : view.kind] ?? '去补正') : title;

/** What handing in means, by the kind of step the case is in. */
const HAND_IN: Partial<Record<CaseView['kind'], string>> = {
  intake: '继续填写，提交',
  deliberate: '再次提交评议',
  inspect: '整改好了，提交',
  pay: '更正账户',
};

/** State, turn, term and what may be done: the first thing anybody looks for. */
export function NowCard({ view }: { view: CaseView }): JSX.Element {
  const isResting = view.kept !== null && view.kept.standing !== 'due';
  const clock = isResting ? undefined : mostUrgent(view.clocks);
  const paused = view.clocks.some((c) => c.light === 'paused');
  const others = view.possible.filter((p) => !p.allowed && p.event !== 'WITHDRAW' && p.event !== 'OBJECT');
  const mine = view.possible.some((p) => p.allowed && p.event !== 'OBJECT');
  return (
    <Card
      tone="now"
      title={view.phase === 'closed' && view.outcome ? OUTCOME_WORDS[view.outcome] : view.stateTitle}
      aside={
        clock ? <Light light={clock.light} text={leftText(clock)} /> : paused && <Light light="paused" />
      }
    >
      <p>{turnText(view)}</p>
      {clock && !view.kept && (
        <p>
          {clock.title}到 <strong>{endText(clock)}</strong>。
        </p>
      )}
      <ActButtons view={view} />
      {!mine && others.length > 0 && (
        <p class="help">现在能办的是：{others.map((p) => p.title).join('、')}。这一步不由您的岗位办理。</p>
      )}
    </Card>
  );
}

/** What the desk asked to have mended. */
export function FaultsCard({
  view,
  titles,
}: {
  view: CaseView;
  titles: Readonly<Record<string, string>>;
}): JSX.Element | null {
  if (view.faults.length === 0) return null;
  return (
    <Card tone="warn" title="需要补正的内容">
      <ol class="plain-list">
        {view.faults.map((f) => (
          <li key={f.pointer + f.message}>
            <strong>{titles[f.pointer] ?? f.pointer}</strong>：{f.message}
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** The facts everybody asks for. */
export function FactsCard({ view }: { view: CaseView }): JSX.Element {
  const { dates } = view;
  const day = (at: string | null) => (at === null ? undefined : chineseDateTime(at));
  const facts: [string, string | null | undefined][] = [
    ['办件编号', view.number ?? '提交后生成'],
    ['申请人', `${view.applicant.name} ${view.applicant.idNumber}`.trim()],
    ['村（社区）', view.village.name],
    ['办理情形', view.situationTitle],
    ['收件', day(dates.received)],
    ['受理', dates.accepted && chineseDate(dates.accepted) + (dates.deemed ? '（视为受理）' : '')],
    ['决定', day(dates.decided)],
    ['办结', day(dates.closed)],
  ];
  return (
    <Card title="基本情况">
      <DefinitionList items={facts.flatMap(([term, detail]) => (detail ? [{ term, detail }] : []))} />
    </Card>
  );
}

export function ClocksCard({ view }: { view: CaseView }): JSX.Element | null {
  if (view.clocks.length === 0) return null;
  return (
    <Card title="期限">
      <Table
        caption="各项期限"
        captionHidden
        rows={view.clocks}
        rowKey={(c) => c.name}
        columns={[
          { title: '期限', head: true, cell: (c) => c.title },
          { title: '到期', nowrap: true, cell: (c) => endText(c) },
          { title: '现在', cell: (c) => <Light light={c.light} text={leftText(c)} /> },
        ]}
      />
    </Card>
  );
}
