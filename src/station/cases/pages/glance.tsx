/** What anybody looks for first on the page of a case: where it is, who has it, till when, what may be done. */
import type { ComponentChildren, JSX } from 'preact';
import type { Ledger } from '../../../kernel/deadline.ts';
import { chineseDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { Actions, Card, Light, LinkButton, Steps } from '../../../platform/web/index.ts';
import { deskFor } from '../../../workflow/desks.ts';
import { budgetText } from '../../../workflow/words.ts';
import { sitsAt } from '../access.ts';
import type { ClaimView } from '../claims/index.ts';
import type { CaseDeps } from '../deps.ts';
import type { CaseView, ClockView } from '../present.ts';
import type { FullCase } from '../queries.ts';
import { deskText } from './follows.ts';
import type { StepMark } from './story.ts';
import { ownActs, turnText } from './turn.ts';
import { endText, leftText, mostUrgent, OUTCOME_WORDS } from './words.ts';

/** How a term came about: 从9月28日起 5 个工作日；9月30日延长 10 天：… */
export function whyText({ budget, start, entries }: Ledger): string {
  const first =
    'until' in budget
      ? `到 ${chineseDate(budget.until)} 为止`
      : `从 ${chineseDate(start)} 起 ${budgetText(budget)}`;
  const later = entries.flatMap((e) => {
    if (e.kind === 'extend') return [`${chineseDate(e.on)}延长 ${e.days} 天：${e.reason}`];
    return e.kind === 'pause' ? [`${chineseDate(e.on)}暂停：${e.reason}`] : [];
  });
  return [first, ...later].join('；');
}

const ledgerOf = ({ row }: FullCase, clock: ClockView): Ledger | undefined =>
  row.snapshot.clocks.findLast((c) => c.name === clock.name);

function Term({ full }: { full: FullCase }): JSX.Element {
  const { view } = full;
  const isResting = view.kept !== null && view.kept.standing !== 'due';
  const clock = isResting ? undefined : mostUrgent(view.clocks);
  const paused = view.clocks.find((c) => c.light === 'paused');
  if (!clock && paused) return <PausedTerm full={full} clock={paused} />;
  if (!clock) return <p>{view.phase === 'closed' ? '已经办结' : '现在没有期限在走'}</p>;
  const ledger = ledgerOf(full, clock);
  return (
    <>
      <p>
        <Light light={clock.light} text={leftText(clock)} />
      </p>
      {!view.kept && (
        <p>
          {clock.title}到 <strong>{endText(clock)}</strong>。
        </p>
      )}
      {ledger && <p class="help">{whyText(ledger)}</p>}
    </>
  );
}

function PausedTerm({ full, clock }: { full: FullCase; clock: ClockView }): JSX.Element {
  const ledger = ledgerOf(full, clock);
  return (
    <>
      <p>
        <Light light="paused" text={clock.title} />
      </p>
      {ledger && <p class="help">{whyText(ledger)}</p>}
    </>
  );
}

const stateText = (view: CaseView): string =>
  view.phase === 'closed' && view.outcome ? OUTCOME_WORDS[view.outcome] : view.stateTitle;

function Fact({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface Props {
  deps: CaseDeps;
  who: SignedIn;
  full: FullCase;
  steps: readonly StepMark[];
  claims: readonly ClaimView[];
}

/** State, turn, term and what may be done: the first thing anybody looks for. */
export function Glance({ deps, who, full, steps, claims }: Props): JSX.Element {
  const { view } = full;
  return (
    <section class="card card-now glance" id="now">
      <Steps label="办理环节" steps={steps.map(({ title, standing }) => ({ title, state: standing }))} />
      <dl class="glance-facts">
        <Fact title="现在">
          <h2>{stateText(view)}</h2>
        </Fact>
        <Fact title="谁在办">
          <p>{turnText(view)}</p>
          {claims.map((k) => (
            <p key={k.orgName + k.name}>
              {k.isMine ? '您已领办' : `${k.name}已领办`}
              {claims.length > 1 && `（${k.orgName}）`}
              {k.isAway && '，现在不在岗'}
            </p>
          ))}
        </Fact>
        <Fact title="什么时候到期">
          <Term full={full} />
        </Fact>
      </dl>
      <Possible deps={deps} who={who} full={full} />
    </section>
  );
}

/** Buttons for what this person may do; whoever may do nothing learns who may. */
function Possible({ deps, who, full }: Pick<Props, 'deps' | 'who' | 'full'>): JSX.Element | null {
  const acts = ownActs(full.view);
  const isOwn = acts.some((a) => a.event !== 'WITHDRAW');
  const others = isOwn ? [] : othersMay(deps, who, full);
  if (acts.length + others.length === 0) return null;
  return (
    <>
      {acts.length > 0 && (
        <Actions>
          {acts.map(({ event, word, href, kind, key }) => (
            <LinkButton key={event} kind={kind} href={href} {...(key && { shortcut: key })}>
              {word}
            </LinkButton>
          ))}
        </Actions>
      )}
      {others.length > 0 && (
        <ul class="plain-list help">
          {others.map(({ desk, titles, isSecond }) => (
            <li key={desk}>
              {titles.join('、')}：由{desk}办理
              {isSecond && '，您办过前面的环节，要由另一位同事办'}。
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface Other {
  desk: string;
  titles: string[];
  /** It is this person's desk, and another person must do it. */
  isSecond: boolean;
}

/** Which desk may do what, of everything that is possible now. */
function othersMay(deps: CaseDeps, who: SignedIn, full: FullCase): Other[] {
  const found = new Map<string, Other>();
  for (const { event, title, allowed } of full.view.possible) {
    if (allowed || event === 'WITHDRAW' || event === 'OBJECT') continue;
    const desks =
      event === 'GIVE_OPINION' ? Object.values(full.meta.parts ?? {}) : [deskFor(event, full.meta)];
    for (const desk of desks) {
      if (!desk) continue;
      const text = deskText(deps, full, desk);
      const isSecond = sitsAt(deps, { kind: 'account', who }, full.row, desk);
      const one = found.get(text) ?? { desk: text, titles: [], isSecond: isSecond && !full.meta.parts };
      one.titles.push(title);
      found.set(text, one);
    }
  }
  return [...found.values()];
}

/** The same in short, where something else is the matter of the page. */
export function NowCard({ view }: { view: CaseView }): JSX.Element {
  return (
    <Card tone="now" title={stateText(view)}>
      <p>{turnText(view)}</p>
      <Actions>
        {ownActs(view).map(({ event, word, href, kind }) => (
          <LinkButton key={event} kind={kind} href={href}>
            {word}
          </LinkButton>
        ))}
      </Actions>
    </Card>
  );
}
