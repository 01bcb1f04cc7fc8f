import type Router from '@koa/router';
import type { JSX } from 'preact';
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
  TextField,
  Timeline,
} from '../../../platform/web/index.ts';
import type { Outcome } from '../../../workflow/types.ts';
import { isRefusal, StationPage, show } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import type { Progress } from '../progress.ts';
import { progressOf } from './door.ts';
import { dueText, OUTCOME_WORDS, PHASE_TONES, PHASE_WORDS } from './words.ts';

/** Full-width digits and letters as half-width, without blanks. */
const plain = (s: string): string => s.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** `/progress`: by POST, so that neither number nor digits stay in addresses and logs. */
export function mountProgress(router: Router, deps: CaseDeps): void {
  router.get('/progress', (ctx: RouteContext) => {
    show(ctx, <ProgressPage ctx={ctx} deps={deps} />);
  });
  router.post('/progress', limit({ max: 30, perSeconds: 60 }) as never, async (ctx: RouteContext) => {
    const sent = new Map(sentForm(ctx).fields);
    const number = plain(sent.get('number') ?? '').slice(0, 60);
    const lastFour = plain(sent.get('lastFour') ?? '');
    try {
      show(ctx, <ProgressPage ctx={ctx} deps={deps} found={await progressOf(deps, number, lastFour)} />);
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
}): JSX.Element {
  const { ctx, deps, number, isWrong, found } = props;
  const wrong = {
    kind: 'error',
    text: '没有查到。请核对办件编号和申请人证件号后四位，两样都要对。',
  } as const;
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

function nowText(found: Progress): string {
  if (found.outcome && found.phase === 'closed') return OUTCOME_WORDS[found.outcome as Outcome];
  return found.stateTitle;
}

/** Who has the next move, in words a citizen understands. */
function turnFacts(found: Progress): Definition[] {
  const { offices, awaitsApplicant, answerBy, holder, owed, kept } = found;
  const by = (day: string | null) => (day === null ? '' : `，最迟 ${chineseDate(day)}`);
  return [
    ...(awaitsApplicant
      ? [{ term: '要您办的', detail: <strong>请到村站办理{by(answerBy)}</strong>, wide: true }]
      : []),
    ...(offices
      ? [
          {
            term: '在谁手上',
            detail: `${offices.asked} 个部门同时审查，已答复 ${offices.answered} 个${
              offices.late > 0 ? `，逾期视为没有意见 ${offices.late} 个` : ''
            }`,
            wide: true,
          },
        ]
      : []),
    ...(holder && !awaitsApplicant && (!kept || kept.standing === 'due')
      ? [{ term: '在谁手上', detail: holder }]
      : []),
    ...(owed ? [{ term: '还要补交', detail: `${owed.titles.join('、')}${by(owed.until)}`, wide: true }] : []),
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
        <DefinitionList
          items={[
            { term: '办件编号', detail: found.number, wide: true },
            { term: '现在', detail: <strong>{nowText(found)}</strong> },
            ...(isOpen ? turnFacts(found) : []),
            ...(found.accepted ? [{ term: '受理日期', detail: chineseDate(found.accepted) }] : []),
            ...(isOpen && found.accepted && (found.promisedDue !== null || found.paused)
              ? [{ term: '承诺办结', detail: dueText(found.promisedDue, found.provisional) }]
              : []),
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
