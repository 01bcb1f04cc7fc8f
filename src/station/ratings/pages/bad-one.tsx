/** `/ratings/bad/:id`: one bad rating, what was done about it, and the step to be done next. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { chineseDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  DefinitionList,
  ErrorSummary,
  fieldId,
  Light,
  Numbered,
  TextArea,
  Timeline,
} from '../../../platform/web/index.ts';
import { StationPage, show } from '../../shell.tsx';
import { type BadView, getBad } from '../queries.ts';
import { STEP_WORDS } from '../rules.ts';
import type { FollowStep, RatingDeps } from '../types.ts';
import { LevelBadge, requireReader, Words } from './list.tsx';

interface Typed {
  text: string;
  faults: readonly Fault[];
}

export async function onePage(
  ctx: RouteContext,
  deps: RatingDeps,
  who: SignedIn,
  typed?: Typed,
): Promise<void> {
  requireReader(deps, who);
  const one = await getBad(deps, who, ctx.params.id as string);
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title="差评"
      heading={one.itemTitle}
      nav="board"
      narrow
      breadcrumbs={[
        { href: '/ratings', text: '群众评价' },
        { href: '/ratings/bad?standing=open', text: '差评回访' },
        { text: one.itemTitle },
      ]}
    >
      <OneCard one={one} />
      {one.followups.length > 0 && (
        <Card title="办理经过">
          <Timeline
            entries={one.followups.map((f) => ({
              title: STEP_WORDS[f.step],
              when: chineseDate(f.day),
              dateTime: f.day,
              detail: f.text,
            }))}
          />
        </Card>
      )}
      {one.case && one.standing.step && (
        <StepForm
          id={one.id}
          step={one.standing.step}
          csrf={who.csrf}
          requestId={newId(deps.clock.now(), deps.random)}
          {...(typed && { typed })}
        />
      )}
    </StationPage>,
    typed ? 422 : 200,
  );
}

const OneCard = ({ one }: { one: BadView }): JSX.Element => (
  <Card title="评价" aside={<Light light={one.standing.light} text={one.standing.text} />}>
    <DefinitionList
      items={[
        { term: '评价', detail: <LevelBadge level={one.level} /> },
        { term: '日期', detail: chineseDate(one.day) },
        { term: '村（社区）', detail: one.villageName },
        ...(one.standing.due === null ? [] : [{ term: '最迟', detail: chineseDate(one.standing.due) }]),
        ...(one.case
          ? [
              {
                term: '办件',
                detail: (
                  <a href={`/cases/${one.case.id}`}>
                    <Numbered>{one.case.number}</Numbered>
                  </a>
                ),
                wide: true,
              },
            ]
          : []),
        { term: '说了什么', detail: <Words rating={one} />, wide: true },
      ]}
    />
    {!one.case && <p class="help">由主管部门联系核实；是谁评的，只有要联系他的部门看得到。</p>}
  </Card>
);

const STEP_HELP: Record<FollowStep, string> = {
  contact: '打电话或者上门，问清楚哪里不满意，写下核实的情况。',
  remedy: '写下怎样整改、怎样答复了群众；核实后评价不属实的，写明理由。',
  visit: '整改以后再问一次群众，写下他现在满意不满意。',
};

function StepForm(props: {
  id: string;
  step: FollowStep;
  csrf: string;
  requestId: string;
  typed?: Typed;
}): JSX.Element {
  const { id, step, csrf, requestId, typed } = props;
  const error = typed?.faults.find((f) => f.pointer === '/text')?.message;
  return (
    <Card title={STEP_WORDS[step]} tone="now">
      <form method="post" action={`/ratings/bad/${id}`}>
        <CsrfField token={csrf} />
        <input type="hidden" name="_request" value={requestId} />
        <input type="hidden" name="step" value={step} />
        <ErrorSummary faults={typed?.faults ?? []} />
        <TextArea
          id={fieldId('/text')}
          name="text"
          label={`${STEP_WORDS[step]}情况`}
          help={STEP_HELP[step]}
          required
          value={typed?.text ?? ''}
          {...(error && { error })}
        />
        <Actions>
          <Button>登记{STEP_WORDS[step]}</Button>
        </Actions>
      </form>
    </Card>
  );
}
