/** `/branch/letters`: the desk of the mailbox. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault, notAllowed } from '../../../errors.ts';
import { chineseDate, chineseDue } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { type RouteContext, requireShape } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  DefinitionList,
  EmptyState,
  ErrorSummary,
  fieldId,
  LinkButton,
  RowLink,
  Table,
  TextArea,
  TextField,
  Timeline,
} from '../../../platform/web/index.ts';
import { givenBy } from '../../forms.tsx';
import { BranchPage, leaveFlash, type ShellDeps, seeOther, show, staffPage } from '../../shell.tsx';
import { actOnLetter, readLetter } from '../commands/handle.ts';
import { agreeOpening, askOpening, openedIdentity } from '../commands/identity.ts';
import { doesMail, letterSight } from '../policy.ts';
import { fileOf, lineOf } from '../present.ts';
import { listLetters } from '../queries.ts';
import { askedOf, sendCsv } from '../routes.ts';
import { ACT_BODY, type ActBody, OPENING_BODY } from '../schema.ts';
import { type MailDeps, MODES } from '../types.ts';
import { SIDES } from './thread.tsx';

type PageDeps = MailDeps & ShellDeps;
type View = ReturnType<typeof fileOf>;

const dayOf = (on: string | null, provisional: boolean): string =>
  on === null ? '—' : chineseDue(on, provisional);

function Thread({ view }: { view: View }): JSX.Element {
  return (
    <Card title={view.title}>
      <DefinitionList
        items={[
          { term: '状态', detail: view.stateTitle },
          { term: '方式', detail: `${view.modeTitle}：${MODES[view.mode].sees}`, wide: true },
          { term: '办理单位', detail: view.office },
          { term: '这一步最迟', detail: dayOf(view.dueOn, view.dueProvisional) },
          ...(view.about.length > 0
            ? [{ term: '反映的组织', detail: view.about.map((o) => o.name).join('、') }]
            : []),
          ...(view.identity
            ? [
                {
                  term: '写信人',
                  detail: [view.identity.name, view.identity.phone].filter(Boolean).join(' '),
                },
              ]
            : []),
          { term: '同意公开', detail: view.consent === null ? '还没有说' : view.consent ? '同意' : '不同意' },
        ]}
      />
      <Timeline
        entries={view.messages.map((m) => ({
          when: chineseDate(m.on),
          dateTime: m.on,
          title: SIDES[m.side],
          detail: <p class="prose">{m.text}</p>,
        }))}
      />
    </Card>
  );
}

/** One form for every act that is possible now; what an act does not need is left empty. */
function ActForm(props: {
  view: View;
  csrf: string;
  request: string;
  faults: readonly Fault[];
  given: Record<string, string>;
}) {
  const { view, csrf, request, faults, given } = props;
  if (view.possible.length === 0) return null;
  const field = (name: string, pointer = `/${name}`) => {
    const error = faults.find((f) => f.pointer === pointer)?.message;
    return {
      id: fieldId(pointer),
      name,
      ...(error && { error }),
      ...(given[name] && { value: given[name] }),
    };
  };
  const events = view.possible.map((p) => p.event);
  return (
    <Card title="办理" tone="now">
      <form method="post" action={`/branch/letters/${view.id}/acts`}>
        <CsrfField token={csrf} />
        <input type="hidden" name="_request" value={request} />
        <input type="hidden" name="version" value={view.version} />
        <ErrorSummary faults={faults} />
        {events.some((e) => ['ANSWER', 'ASK', 'REVIEWED'].includes(e)) && (
          <TextArea
            {...field('text')}
            label="写给写信人的话"
            help="答复、请他补充、复查结果，写信人都看得到。"
            rows={6}
          />
        )}
        {view.possible.some((p) => p.reason) && (
          <TextField
            {...field('reason')}
            label="理由"
            help="延长、转出、不予受理、不公开的必填，会告诉写信人。"
          />
        )}
        {events.includes('PROPOSE') && (
          <>
            <TextField {...field('title', '/publication')} label="公开的标题" />
            <TextArea {...field('question')} label="公开的来信（去掉姓名和能认出人的内容）" />
            <TextArea {...field('answer')} label="公开的答复" />
          </>
        )}
        {view.publication && (
          <DefinitionList
            items={[
              { term: '公开的标题', detail: view.publication.title, wide: true },
              { term: '公开的来信', detail: view.publication.question, wide: true },
              { term: '公开的答复', detail: view.publication.answer, wide: true },
            ]}
          />
        )}
        <Actions>
          {view.possible.map(({ event, title }, i) => (
            <Button key={event} name="event" value={event} kind={i === 0 ? 'primary' : 'secondary'}>
              {title}
            </Button>
          ))}
        </Actions>
      </form>
    </Card>
  );
}

function Openings({ view, csrf }: { view: View; csrf: string }): JSX.Element | null {
  if (view.mode !== 'named_confidential') return null;
  const path = `/branch/letters/${view.id}/openings`;
  return (
    <Card title="封存的身份">
      <p>确需知道写信人是谁的，一个人写明理由提出，另一个人同意以后两个人可以看，系统会告诉写信人。</p>
      {view.openings.map((o) => (
        <form key={o.id} method="post" action={`${path}/${o.id}`}>
          <CsrfField token={csrf} />
          <p>理由：{o.reason}</p>
          <Actions>
            <Button kind="secondary">{o.agreedBy === null ? '同意查看' : '查看姓名和电话'}</Button>
          </Actions>
        </form>
      ))}
      <form method="post" action={path}>
        <CsrfField token={csrf} />
        <TextField id="opening-reason" name="reason" label="提出查看的理由" />
        <Actions>
          <Button kind="quiet">提出查看</Button>
        </Actions>
      </form>
    </Card>
  );
}

const actOf = ({ event, version, text, reason, title, question, answer }: Record<string, string>) => ({
  event,
  version: Number(version),
  ...(text && { text }),
  ...(reason && { reason }),
  ...(title && question && answer && { publication: { title, question, answer } }),
});

export function deskPages(router: Router, deps: PageDeps): void {
  const crumbs = (text: string) => [{ href: '/branch/letters', text: '来信' }, { text }];

  router.get(
    '/branch/letters',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      if (!doesMail(letterSight(who, deps.orgs))) throw notAllowed();
      const lines = (await listLetters(deps, who, askedOf(ctx))).map((l) => lineOf(l, deps.orgs));
      show(
        ctx,
        <BranchPage ctx={ctx} deps={deps} title="来信" heading="来信">
          <form method="get" action="/branch/letters">
            <TextField
              id="q"
              name="q"
              type="search"
              label="标题里的字"
              mark={false}
              {...(askedOf(ctx).q && { value: askedOf(ctx).q ?? '' })}
            />
            <Actions>
              <Button kind="secondary">查找</Button>
              <LinkButton kind="quiet" href="/branch/letters?late=1">
                只看超期的
              </LinkButton>
              <LinkButton kind="quiet" href="/branch/letters/export">
                导出
              </LinkButton>
            </Actions>
          </form>
          <Table
            caption="您可以办理的来信，先到期的在前"
            list
            rows={lines}
            rowKey={(l) => l.id}
            empty={<EmptyState title="没有来信" />}
            columns={[
              {
                title: '标题',
                head: true,
                cell: (l) => <RowLink href={`/branch/letters/${l.id}`}>{l.title}</RowLink>,
              },
              { title: '方式', nowrap: true, cell: (l) => l.modeTitle },
              { title: '状态', nowrap: true, cell: (l) => l.stateTitle },
              { title: '最迟', nowrap: true, cell: (l) => dayOf(l.dueOn, l.dueProvisional) },
              { title: '办理单位', cell: (l) => l.office },
            ]}
          />
        </BranchPage>,
      );
    }),
  );

  router.get(
    '/branch/letters/export',
    staffPage((ctx) => sendCsv(ctx, deps)),
  );

  const letter = async (
    ctx: RouteContext,
    faults: readonly Fault[] = [],
    given: Record<string, string> = {},
  ) => {
    const view = fileOf(await readLetter(deps, requireSession(ctx), ctx.params.id as string), deps.orgs);
    const csrf = ctx.state.csrf ?? '';
    const request = Buffer.from(deps.random(16)).toString('hex');
    show(
      ctx,
      <BranchPage ctx={ctx} deps={deps} title={view.title} heading="来信" breadcrumbs={crumbs(view.title)}>
        <Thread view={view} />
        <ActForm view={view} csrf={csrf} request={request} faults={faults} given={given} />
        <Openings view={view} csrf={csrf} />
      </BranchPage>,
      faults.length > 0 ? 422 : 200,
    );
  };

  router.get(
    '/branch/letters/:id',
    staffPage((ctx) => letter(ctx)),
  );

  router.post('/branch/letters/:id/acts', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const { _request, ...given } = givenBy(ctx);
    const id = ctx.params.id as string;
    try {
      const act = requireShape<ActBody>(ACT_BODY, actOf(given));
      await actOnLetter(deps, who, id, act, _request);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      return letter(ctx, error.faults, given);
    }
    leaveFlash(ctx, 'done', '已办理。');
    seeOther(ctx, '/branch/letters');
  });

  router.post('/branch/letters/:id/openings', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const id = ctx.params.id as string;
    const { reason } = requireShape<{ reason: string }>(OPENING_BODY, givenBy(ctx));
    await askOpening(deps, who, id, reason);
    leaveFlash(ctx, 'done', '已提出，请另一位办理人同意。');
    seeOther(ctx, `/branch/letters/${id}`);
  });

  router.post('/branch/letters/:id/openings/:opening', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const { id = '', opening = '' } = ctx.params as Record<string, string>;
    const { openings } = await readLetter(deps, who, id);
    if (openings.find((o) => o.id === opening)?.agreedBy === null) await agreeOpening(deps, who, id, opening);
    const identity = await openedIdentity(deps, who, id);
    show(
      ctx,
      <BranchPage ctx={ctx} deps={deps} title="写信人" heading="写信人" breadcrumbs={crumbs('写信人')} narrow>
        <Card>
          <DefinitionList
            items={[
              { term: '姓名', detail: identity?.name ?? '—' },
              { term: '手机号', detail: identity?.phone ?? '—' },
            ]}
          />
          <p>这次查看已经记录，并且告诉了写信人。</p>
        </Card>
      </BranchPage>,
    );
  });
}
