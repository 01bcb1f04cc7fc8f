/** What the page of a package shows: how the whole stands, every item, every clock. */
import type { JSX } from 'preact';
import { chineseDateTime } from '../../../kernel/time.ts';
import {
  Actions,
  Badge,
  Card,
  DefinitionList,
  Light,
  LinkButton,
  Table,
} from '../../../platform/web/index.ts';
import type { Outcome, Role } from '../../../workflow/types.ts';
import { ROLE_WORDS } from '../../../workflow/words.ts';
import { dueText, leftText, mostUrgent, OUTCOME_WORDS } from '../../cases/index.ts';
import type { ChildView, PackageView } from '../present.ts';
import { OVERALL_TONES, OVERALL_WORDS, STANDING_TONES, STANDING_WORDS } from './words.ts';

/** How the whole stands, and until when. */
export function NowCard({ view }: { view: PackageView }): JSX.Element {
  const { state, due, children } = view;
  const isDraft = (c: ChildView) => c.standing === 'running' && c.case?.phase === 'draft';
  const count = (standing: ChildView['standing']) =>
    children.filter((c) => c.standing === standing && !isDraft(c)).length;
  const filed = state !== 'draft' && state !== 'withdrawn';
  const parts = [
    ['已办成', count('granted')],
    ['没有办成', count('refused')],
    ['办理中', count('running')],
    ['草稿待补齐', children.filter(isDraft).length],
    ['等着接办', count('waiting')],
  ] as const;
  return (
    <Card
      tone="now"
      title={OVERALL_WORDS[state]}
      aside={<Badge tone={OVERALL_TONES[state]} text={`${children.length} 件`} />}
    >
      {filed && (
        <p>
          {parts
            .filter(([, n]) => n > 0)
            .map(([word, n]) => `${word} ${n} 件`)
            .join('，')}
          。
        </p>
      )}
      {state === 'open' && (
        <p>
          {due === null || !children.some((c) => c.standing === 'running' && c.case?.promisedDue) ? (
            '受理以后才有承诺的办结日期。'
          ) : (
            <>
              整体到 <strong>{dueText(due, view.provisional)}</strong>，是最后一件的承诺期限
              {view.dueOpen && '；还有没受理或者暂停计时的，到时会变'}。
            </>
          )}
        </p>
      )}
      {view.draft && (
        <Actions>
          <LinkButton kind="primary" href={`/package-cases/${view.id}/edit`}>
            继续填写，提交
          </LinkButton>
        </Actions>
      )}
      {view.dates.filed && (
        <DefinitionList items={[{ term: '提交', detail: chineseDateTime(view.dates.filed) }]} />
      )}
    </Card>
  );
}

function stateText({ case: own, standing, answer }: ChildView): string {
  if (answer !== null) return answer;
  if (!own || standing === 'waiting') return STANDING_WORDS[standing];
  if (own.phase === 'closed' && own.outcome) return OUTCOME_WORDS[own.outcome as Outcome];
  return own.phase === 'draft' ? '草稿已备好，请继续填写' : own.stateTitle;
}

function Holder({ child: { case: own } }: { child: ChildView }): JSX.Element {
  if (!own || own.phase === 'closed' || own.holder === null) return <>—</>;
  return (
    <>
      {own.holder.orgName} {ROLE_WORDS[own.holder.role as Role]}
    </>
  );
}

/** Every item with its state, holder and its own term. */
export function ChildrenCard({ view }: { view: PackageView }): JSX.Element {
  return (
    <Card title="各个事项">
      <Table
        caption="各个事项办到哪里了"
        captionHidden
        rows={view.children}
        rowKey={(c) => c.item}
        columns={[
          {
            title: '事项',
            head: true,
            cell: (c) => (
              <div>
                {c.case?.mayOpen ? <a href={`/cases/${c.case.id}`}>{c.itemTitle}</a> : c.itemTitle}
                <p class="help">
                  {c.situationTitle}
                  {c.case?.number && ` · ${c.case.number}`}
                </p>
              </div>
            ),
          },
          {
            title: '状态',
            cell: (c) => (
              <div>
                <Badge tone={STANDING_TONES[c.standing]} text={badgeText(c)} />
                <p class="help">{noteOf(c, view)}</p>
              </div>
            ),
          },
          { title: '在谁手上', cell: (c) => <Holder child={c} /> },
          { title: '期限', nowrap: true, cell: (c) => <Term child={c} /> },
        ]}
      />
    </Card>
  );
}

const badgeText = (child: ChildView): string =>
  child.answer !== null || child.standing !== 'running' ? STANDING_WORDS[child.standing] : stateText(child);

/** What stands under the badge: the outcome, the answer, or what it waits for. */
function noteOf(child: ChildView, { children }: PackageView): string {
  if (child.standing === 'waiting') {
    const before = children.filter((c) => child.after.includes(c.item)).map((c) => c.itemTitle);
    return `“${before.join('”“')}”办成以后备好草稿`;
  }
  return child.standing === 'running' || child.standing === 'dropped' ? '' : stateText(child);
}

function Term({ child: { case: own } }: { child: ChildView }): JSX.Element {
  const clock = own ? mostUrgent(own.clocks) : undefined;
  if (clock)
    return (
      <div>
        <Light light={clock.light} text={leftText(clock)} />
        <p class="help">
          {clock.title}到{dueText(clock.due, clock.provisional)}
        </p>
      </div>
    );
  return own?.clocks.some((c) => c.light === 'paused') ? <Light light="paused" /> : <>—</>;
}

/** All clocks of all cases: each item has its own. */
export function TermsCard({ view }: { view: PackageView }): JSX.Element | null {
  const rows = view.children.flatMap((c) => (c.case?.clocks ?? []).map((clock) => ({ child: c, clock })));
  if (rows.length === 0) return null;
  return (
    <Card title="各自的期限">
      <Table
        caption="各事项的各项期限"
        captionHidden
        rows={rows}
        rowKey={({ child, clock }) => `${child.item} ${clock.name}`}
        columns={[
          { title: '事项', head: true, cell: ({ child }) => child.itemTitle },
          { title: '期限', cell: ({ clock }) => clock.title },
          { title: '到期', nowrap: true, cell: ({ clock }) => dueText(clock.due, clock.provisional) },
          { title: '现在', cell: ({ clock }) => <Light light={clock.light} text={leftText(clock)} /> },
        ]}
      />
    </Card>
  );
}
