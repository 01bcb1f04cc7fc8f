import type Router from '@koa/router';
import type { JSX } from 'preact';
import { newId } from '../../../kernel/ids.ts';
import { chineseDate, chineseDateTime } from '../../../kernel/time.ts';
import { limit, type RouteContext, sentForm } from '../../../platform/http/index.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  CsrfField,
  type Definition,
  DefinitionList,
  Numbered,
  TextField,
  Timeline,
} from '../../../platform/web/index.ts';
import type { Outcome } from '../../../workflow/types.ts';
import { RatingCard, ratingOf } from '../../ratings/index.ts';
import { isRefusal, StationPage, show } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import type { Progress } from '../progress.ts';
import { ratingGate } from '../rated.ts';
import type { Phase } from '../store.ts';
import { progressOf } from './door.ts';
import { dueText, OUTCOME_WORDS, PHASE_TONES, PHASE_WORDS } from './words.ts';

/** Full-width digits and letters as half-width, without blanks. */
const plain = (s: string): string => s.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** A number as it is printed, however its four parts were set apart. */
function readNumber(sent: string): string {
  const typed = plain(sent).slice(0, 60);
  const [, ...parts] = /^(\d{12})(\d{8})([A-Z]{2}\d{2})(\d{6})$/.exec(typed.replace(/[^0-9A-Z]/g, '')) ?? [];
  return parts.length > 0 ? parts.join('-') : typed;
}

/**
 * `/progress`: by POST, so that the digits stay in no address and no log. The code on a receipt brings the number
 * along, which opens nothing without them.
 */
export function mountProgress(router: Router, deps: CaseDeps): void {
  router.get('/progress', (ctx: RouteContext) => {
    const { number } = ctx.query;
    show(
      ctx,
      <ProgressPage
        ctx={ctx}
        deps={deps}
        {...(typeof number === 'string' && { number: readNumber(number) })}
      />,
    );
  });
  router.post('/progress', limit({ max: 30, perSeconds: 60 }) as never, async (ctx: RouteContext) => {
    const sent = new Map(sentForm(ctx).fields);
    const number = readNumber(sent.get('number') ?? '');
    const lastFour = plain(sent.get('lastFour') ?? '');
    try {
      const found = await progressOf(deps, number, lastFour);
      const of = await ratingGate(deps).byNumber(number, lastFour);
      const rating = of.isOver && (
        <RatingCard
          rating={await ratingOf(deps, of.id)}
          number={number}
          lastFour={lastFour}
          csrf={ctx.state.csrf}
          requestId={newId(deps.clock.now(), deps.random)}
        />
      );
      show(ctx, <ProgressPage ctx={ctx} deps={deps} found={found} rating={rating} />);
    } catch (error) {
      if (!isRefusal(error, 'case.not_found')) throw error;
      show(ctx, <ProgressPage ctx={ctx} deps={deps} number={number} isWrong />, 404);
    }
  });
}

function ProgressPage(props: {
  ctx: RouteContext;
  deps: CaseDeps;
  number?: string;
  isWrong?: boolean;
  found?: Progress;
  /** Once the case is over: how it went. */
  rating?: JSX.Element | false;
}): JSX.Element {
  const { ctx, deps, number, isWrong, found, rating } = props;
  const wrong = { kind: 'error', text: '没有查到。编号和证件号后四位，两样都要对。' } as const;
  return (
    <StationPage
      ctx={ctx}
      deps={deps}
      title="进度查询"
      heading="进度查询"
      nav="progress"
      narrow
      {...(isWrong && { flash: wrong })}
    >
      {found && <Found found={found} />}
      {rating}
      {isWrong && <HowToFind />}
      <Card {...(found && { title: '再查一件' })}>
        <form method="post" action="/progress">
          {ctx.state.csrf && <CsrfField token={ctx.state.csrf} />}
          <TextField
            id="number"
            name="number"
            label="办件编号"
            help="印在收件回执上，例如 532628103201-20260928-NY01-000123。"
            required
            mark={false}
            value={number ?? ''}
          />
          <TextField
            id="lastFour"
            name="lastFour"
            label="申请人证件号后四位"
            help="末位是字母 X 的，也要填上。"
            required
            mark={false}
            width="short"
          />
          <Actions>
            <Button wide>查询</Button>
          </Actions>
        </form>
      </Card>
    </StationPage>
  );
}

/** Where the number stands, for whoever does not know. */
const HowToFind = (): JSX.Element => (
  <Card title="编号在哪里找" tone="warn">
    <ul class="plain-list">
      <li>收件时给您的回执上，写着“办件编号”，一共四段，中间的横线可以不写。</li>
      <li>后四位是申请人的，不是代办人的；写身份证最后四个字，末位 X 也算一个。</li>
      <li>
        回执丢了，带身份证到收件的<a href="/stations">村服务站</a>，代办员能查到。
      </li>
    </ul>
  </Card>
);

/** What each phase means, in a sentence. */
const PHASE_SAYS: Record<Phase, string> = {
  draft: '还没有交上去。',
  open: '机关正在办，可以随时再来查。',
  correction: '机关请您补材料或者改内容，补好了才能接着办。',
  notice: '正在公示，听大家的意见，公示完接着办。',
  decided: '已经有了决定，结果送到村站。',
  kept: '已经批准，以后按时核查。',
  closed: '这件事已经办完。',
};

const by = (day: string | null): string => (day === null ? '' : `，最迟 ${chineseDate(day)}`);
const owedText = ({ titles, until }: NonNullable<Progress['owed']>): string => titles.join('、') + by(until);

/** What the applicant has to do now. */
function todo(found: Progress): string {
  const { phase, awaitsApplicant, answerBy, owed } = found;
  if (phase === 'closed') return '不用再做什么';
  if (awaitsApplicant) return `请到村站办理${by(answerBy)}`;
  if (owed) return `请补交${owedText(owed)}`;
  if (phase === 'decided') return '等通知，带身份证到村站领取';
  return '不用做什么，等着就行';
}

/** Until when, in words; nothing where nobody has promised a day. */
function tillText(found: Progress): string {
  const { phase, paused, promisedDue, provisional, accepted } = found;
  if (phase === 'closed') return '已经办完';
  if (phase === 'kept') return '已经批准';
  if (accepted === null) return '受理以后才算日子';
  if (phase === 'notice') return '公示完了接着算日子';
  if (paused) return '现在不算日子，接着办再算';
  return promisedDue !== null ? dueText(promisedDue, provisional) : '没有承诺的日子';
}

/** Where it is, till when, what to do: three lines. */
function FirstLook({ found }: { found: Progress }): JSX.Element {
  const place = found.phase !== 'closed' && found.holder !== null && !found.awaitsApplicant;
  const lines = [
    { title: '办到哪里', text: nowText(found) + (place ? `，在${found.holder}` : '') },
    { title: '哪天办好', text: tillText(found) },
    { title: '您要做什么', text: todo(found) },
  ];
  return (
    <ul class="first-look in-lines">
      {lines.map(({ title, text }) => (
        <li key={title}>
          <b>{title}</b>
          <strong>{text}</strong>
        </li>
      ))}
    </ul>
  );
}

function nowText(found: Progress): string {
  if (found.outcome && found.phase === 'closed') return OUTCOME_WORDS[found.outcome as Outcome];
  return found.stateTitle;
}

/** What the first look leaves out: a joint review, papers owed besides, the next review. */
function moreFacts({ offices, awaitsApplicant, owed, kept }: Progress): Definition[] {
  return [
    ...(offices
      ? [
          {
            term: '同时审查',
            detail: `${offices.asked} 个部门，已答复 ${offices.answered} 个${
              offices.late > 0 ? `，逾期视为没有意见 ${offices.late} 个` : ''
            }`,
            wide: true,
          },
        ]
      : []),
    ...(owed && awaitsApplicant ? [{ term: '还要补交', detail: owedText(owed), wide: true }] : []),
    ...(kept && kept.review !== null
      ? [
          {
            term: kept.standing === 'due' ? `${kept.about}最迟` : `下次${kept.about}`,
            detail: chineseDate(kept.review),
          },
        ]
      : []),
  ];
}

function Found({ found }: { found: Progress }): JSX.Element {
  const isOpen = found.phase !== 'closed';
  return (
    <>
      <Card
        tone="now"
        title={found.itemTitle}
        aside={<Badge tone={PHASE_TONES[found.phase]} text={PHASE_WORDS[found.phase]} />}
      >
        <FirstLook found={found} />
        <p>{PHASE_SAYS[found.phase]}</p>
        <DefinitionList
          items={[
            { term: '办件编号', detail: <Numbered>{found.number}</Numbered>, wide: true },
            ...(isOpen ? moreFacts(found) : []),
            ...(found.accepted ? [{ term: '受理日期', detail: chineseDate(found.accepted) }] : []),
          ]}
        />
      </Card>
      <Card title="办理经过">
        <Timeline
          current
          entries={found.steps.map(({ title, at }) => ({ title, when: chineseDateTime(at), dateTime: at }))}
        />
      </Card>
    </>
  );
}
