/** `/branch/disclosures/:id`: one disclosure for those who work on it; each finds his own act. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { chineseDate, chineseDateTime, chineseDue } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { type RouteContext, requireShape } from '../../../platform/http/index.ts';
import {
  Actions,
  Badge,
  Card,
  CheckField,
  DefinitionList,
  ErrorSummary,
  fieldId,
  LinkButton,
  optionsOf,
  SelectField,
  TextArea,
  Timeline,
} from '../../../platform/web/index.ts';
import { type BranchDeps, chartOf } from '../../records/index.ts';
import { BranchPage, leaveFlash, seeOther, show, staffPage } from '../../shell.tsx';
import * as acts from '../acts.ts';
import { catalogue } from '../catalogue.ts';
import { type WorkView, workOf } from '../queries.ts';
import { AUDIENCE_WORDS, QUESTION_WORDS, questionsFor } from '../rules/audience.ts';
import { DECISION_BODY } from '../schema.ts';
import type { Objection } from '../types.ts';
import { ActForm, AUDIENCES, Body, Findings } from './parts.tsx';
import { type Sent, sentBy } from './sent.ts';

const HOME = '/branch/disclosures';

interface Frame {
  csrf: string;
  request(): string;
  work: WorkView;
}

/** The fields that an act asks for beside its key. */
function Fields({ event, reason, work }: { event: string; reason: boolean; work: WorkView }): JSX.Element {
  const id = (name: string) => `${event.toLowerCase()}-${name}`;
  return (
    <>
      {event === 'REVIEW' &&
        questionsFor(work).map((q) => (
          <CheckField key={q} id={fieldId(`/answers/${q}`)} name={q} value="yes" label={QUESTION_WORDS[q]} />
        ))}
      {event === 'APPROVE' && (
        <SelectField
          id={id('audience')}
          name="audience"
          label="公开范围"
          help={`拟稿人提的是“${AUDIENCE_WORDS[work.audience]}”，目录规定最宽“${AUDIENCE_WORDS[work.scope]}”。`}
          options={AUDIENCES}
          value={work.audience}
          mark={false}
        />
      )}
      {event === 'REJECT' && (
        <SelectField
          id={id('ground')}
          name="ground"
          label="属于哪一类"
          help="只公开这一类和件数。"
          options={optionsOf(catalogue().grounds)}
          blank="请选择"
          required
        />
      )}
      {reason && <TextArea id={id('reason')} name="reason" label="理由" rows={2} required />}
    </>
  );
}

function Acts({ csrf, request, work }: Frame): JSX.Element | null {
  const shown = work.possible.filter(
    (p) => !['OBJECT', 'ANSWER', 'ANSWER_ONE', 'EXPIRE', 'PROPOSE'].includes(p.event),
  );
  const edits = work.possible.some((p) => p.event === 'PROPOSE');
  if (shown.length === 0 && !edits) return null;
  return (
    <>
      {edits && (
        <Actions>
          <LinkButton kind="primary" href={`${HOME}/${work.id}/edit`}>
            修改后送审
          </LinkButton>
        </Actions>
      )}
      {shown.map(({ event, title, reason }, i) => (
        <Card key={event} title={title}>
          <ActForm
            csrf={csrf}
            action={`${HOME}/${work.id}`}
            request={request()}
            event={event}
            version={work.version}
            title={title}
            kind={i === 0 && !edits ? 'primary' : 'secondary'}
          >
            <Fields event={event} reason={reason === true} work={work} />
          </ActForm>
        </Card>
      ))}
    </>
  );
}

function Said({ frame: { csrf, request, work }, one }: { frame: Frame; one: Objection }): JSX.Element {
  const mayAnswer = one.answeredOn === null && work.possible.some((p) => p.event === 'ANSWER');
  return (
    <Card title={`${chineseDate(one.raisedOn)}的意见`} level={3}>
      <p>{one.text}</p>
      {one.contact && <p>联系方式：{one.contact}</p>}
      {one.answer !== null && <p>答复：{one.answer}</p>}
      {one.answeredOn === null && <p>最迟 {chineseDue(one.dueOn, one.dueProvisional)} 答复。</p>}
      {mayAnswer && (
        <ActForm
          csrf={csrf}
          action={`${HOME}/${work.id}/objections/${one.id}`}
          request={request()}
          event="ANSWER"
          version={work.version}
          title="答复"
        >
          <TextArea
            id={`answer-${one.id}`}
            name="answer"
            label="答复"
            help="答复会公布在公开页上。"
            required
          />
          <CheckField id={`shown-${one.id}`} name="shown" value="yes" label="意见原文也一起公布" />
        </ActForm>
      )}
    </Card>
  );
}

const REVIEWERS_LOOK = ['REVIEW', 'APPROVE'];

function Whole({ frame, faults }: { frame: Frame; faults: Fault[] }): JSX.Element {
  const { work } = frame;
  const running = chartOf('disclosure');
  return (
    <>
      {faults.length > 0 && <ErrorSummary faults={faults} />}
      <Card aside={<Badge tone="info" text={work.stateTitle} />} title={work.title}>
        <DefinitionList
          items={[
            { term: '组织', detail: work.orgName },
            { term: '目录项', detail: work.itemTitle },
            { term: '公开范围', detail: AUDIENCE_WORDS[work.audience] },
            ...(work.dueOn
              ? [{ term: '这一步最迟', detail: chineseDue(work.dueOn, work.dueProvisional) }]
              : []),
            ...(work.publishedOn ? [{ term: '公布日期', detail: chineseDate(work.publishedOn) }] : []),
            ...(work.expiresOn ? [{ term: '公示到', detail: chineseDate(work.expiresOn) }] : []),
          ]}
        />
        <Body title={work.title} text={work.text} grid={work.grid} />
      </Card>
      {work.possible.some((p) => REVIEWERS_LOOK.includes(p.event)) && (
        <Card title="个人信息检查">
          <Findings findings={work.findings} />
        </Card>
      )}
      <Acts {...frame} />
      {work.objections.length > 0 && <h2>读者的意见</h2>}
      {work.objections.map((one) => (
        <Said key={one.id} frame={frame} one={one} />
      ))}
      <Card title="经过">
        <Timeline
          entries={work.events.map((e) => ({
            when: chineseDateTime(e.at),
            dateTime: e.at,
            title:
              e.fromState === null
                ? '送审'
                : (running.chart.states[e.fromState]?.on?.[e.event]?.title ?? e.event),
            ...(e.reason && { detail: e.reason }),
          }))}
        />
      </Card>
    </>
  );
}

function decisionOf(sent: Sent, work: WorkView): object {
  const event = sent.one('event');
  const given = {
    event,
    version: Number(sent.one('version')),
    ...(sent.one('reason') && { reason: sent.one('reason') }),
    ...(sent.one('audience') && { audience: sent.one('audience') }),
    ...(sent.one('ground') && { ground: sent.one('ground') }),
    ...(event === 'REVIEW' && {
      answers: Object.fromEntries(
        questionsFor(work).map((q) => [q, { sound: sent.one(q) === 'yes', note: '' }]),
      ),
    }),
  };
  requireShape(DECISION_BODY, given);
  return given;
}

export function mountWork(router: Router, deps: BranchDeps): void {
  const draw = async (ctx: RouteContext, faults: Fault[]) => {
    const work = await workOf(deps, requireSession(ctx), ctx.params.id as string);
    const frame = { csrf: ctx.state.csrf ?? '', request: () => newId(deps.clock.now(), deps.random), work };
    show(
      ctx,
      <BranchPage
        ctx={ctx}
        deps={deps}
        title={work.title}
        heading={work.itemTitle}
        breadcrumbs={[{ href: HOME, text: '公开' }, { text: work.title }]}
      >
        <Whole frame={frame} faults={faults} />
      </BranchPage>,
      faults.length > 0 ? 422 : 200,
    );
  };
  const orFaults = (work: (ctx: RouteContext) => Promise<void>) => async (ctx: RouteContext) => {
    try {
      await work(ctx);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      await draw(ctx, error.faults);
    }
  };
  router.get(
    `${HOME}/:id`,
    staffPage((ctx) => draw(ctx, [])),
  );
  router.post(
    `${HOME}/:id`,
    orFaults(async (ctx) => {
      const sent = sentBy(ctx);
      const who = requireSession(ctx);
      const id = ctx.params.id as string;
      const given = decisionOf(sent, await workOf(deps, who, id));
      await acts.decide(deps, who, { ...given, id } as never, sent.requestId);
      leaveFlash(ctx, 'done', '已办理。');
      seeOther(ctx, `${HOME}/${id}`);
    }),
  );
  router.post(
    `${HOME}/:id/objections/:objection`,
    orFaults(async (ctx) => {
      const sent = sentBy(ctx);
      const { id = '', objection = '' } = ctx.params as Record<string, string>;
      const given = {
        id,
        objectionId: objection,
        version: Number(sent.one('version')),
        answer: sent.one('answer').slice(0, 2000),
        shown: sent.one('shown') === 'yes',
      };
      await acts.answerObjection(deps, requireSession(ctx), given, sent.requestId);
      leaveFlash(ctx, 'done', '已答复。');
      seeOther(ctx, `${HOME}/${id}`);
    }),
  );
}
