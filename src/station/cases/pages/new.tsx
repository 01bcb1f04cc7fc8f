/** A new application at the counter: which situation, for which village, then the form; a draft comes of it. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { type Fault, notAllowed } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { Pinned } from '../../../platform/definitions/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  dropBlankRows,
  LinkButton,
  parseForm,
  renderForm,
  SelectField,
} from '../../../platform/web/index.ts';
import { KeepMark } from '../../offline/index.ts';
import { keptMultipart, markArrived, readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import { openAgain, openCase } from './door.ts';

interface Choice {
  pinned: Pinned;
  situation: { id: string; title: string };
  villages: { id: string; name: string }[];
}

/** The villages somebody files for. @throws notAllowed `case.not_clerk` */
function villagesOf(deps: CaseDeps, who: SignedIn): Choice['villages'] {
  const own = who.grants.filter((g) => g.role === 'clerk').map((g) => deps.orgs.get(g.org));
  if (own.length === 0) throw notAllowed('case.not_clerk');
  return own.map(({ id, name }) => ({ id, name }));
}

const one = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `/cases/new` */
export function mountNew(router: Router, deps: CaseDeps): void {
  router.get(
    '/cases/new',
    staffPage((ctx) => {
      const villages = villagesOf(deps, requireSession(ctx));
      const item = one(ctx.query.item);
      if (item === '') return seeOther(ctx, '/items');
      const pinned = deps.definitions.get(item);
      const { situations } = pinned.definition;
      const asked = one(ctx.query.situation);
      const situation =
        situations.find((s) => s.id === asked) ?? (situations.length === 1 ? situations[0] : undefined);
      if (!situation) return show(ctx, <ChoosePage ctx={ctx} deps={deps} pinned={pinned} />);
      formPage(ctx, deps, { pinned, situation, villages }, {});
    }),
  );
  router.post('/cases/new', keptMultipart as never, async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const villages = villagesOf(deps, sent.who);
    const pinned = deps.definitions.get(sent.one('item'));
    const situation = pinned.definition.situations.find((s) => s.id === sent.one('situation'));
    if (!situation) return seeOther(ctx, `/cases/new?item=${encodeURIComponent(sent.one('item'))}`);
    const schema = pinned.formFor(situation.id);
    const { value, rowAction } = parseForm(schema, sent.body);
    const choice = { pinned, situation, villages };
    const village = sent.one('village') || (villages.length === 1 ? villages[0]?.id : undefined);
    if (rowAction || village === undefined)
      return formPage(ctx, deps, choice, {
        value,
        requestId: sent.requestId,
        ...(village !== undefined && { village }),
        ...(rowAction ? { focus: rowAction.focus } : { isVillageMissing: true }),
      });
    const draft = { item: pinned.definition.code, situation: situation.id, village, draft: true };
    const form = dropBlankRows(schema, value);
    const opened = await openOnce(deps, sent, { ...draft, form });
    markArrived(ctx, sent.requestId);
    const isCheck = sent.one('_do') === 'check';
    if (!isCheck) leaveFlash(ctx, 'done', '草稿已保存，在“待办”里可以继续填写。');
    seeOther(ctx, `/cases/${opened.id}/edit${isCheck ? '?check=1' : ''}`);
  });
}

/**
 * A second press makes no second draft; a changed form sent again from the same page does, unless the page does not
 * know whether it was sent before (`_again`: the line was cut).
 */
async function openOnce(
  deps: CaseDeps,
  { who, requestId, one: sentOne }: Sent,
  input: Parameters<typeof openCase>[2],
): Promise<{ id: string }> {
  try {
    return await openCase(deps, who, input, requestId);
  } catch (error) {
    if (requestId === undefined || !isRefusal(error, 'request.reused')) throw error;
    return sentOne('_again') === '' ? openCase(deps, who, input) : openAgain(deps, who, input, requestId);
  }
}

function ChoosePage(props: { ctx: RouteContext; deps: CaseDeps; pinned: Pinned }): JSX.Element {
  const { ctx, deps, pinned } = props;
  const { code, title, situations } = pinned.definition;
  return (
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="items"
      title={`受理：${title}`}
      heading={title}
      breadcrumbs={[
        { href: '/items', text: '办事指南' },
        { href: `/items/${code}`, text: title },
        { text: '在本村受理' },
      ]}
      narrow
    >
      <Card title="这次要办哪一种？">
        <ul class="choose">
          {situations.map((s) => (
            <li key={s.id}>
              <LinkButton wide href={`/cases/new?item=${code}&situation=${encodeURIComponent(s.id)}`}>
                {s.title}
              </LinkButton>
            </li>
          ))}
        </ul>
      </Card>
    </StationPage>
  );
}

interface Started {
  value?: Record<string, unknown>;
  village?: string;
  focus?: string;
  isVillageMissing?: boolean;
  requestId?: string | undefined;
}

function formPage(ctx: RouteContext, deps: CaseDeps, choice: Choice, started: Started): void {
  const { pinned, situation, villages } = choice;
  const { code, title } = pinned.definition;
  const faults: Fault[] = started.isVillageMissing
    ? [{ pointer: '/village', message: '请选择村（社区）' }]
    : [];
  const [only] = villages;
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="items"
      title={`受理：${title}`}
      heading={title}
      breadcrumbs={[
        { href: '/items', text: '办事指南' },
        { href: `/items/${code}?situation=${situation.id}`, text: title },
        { text: '在本村受理' },
      ]}
      scripts={['filing']}
    >
      <KeepMark deps={deps} who={requireSession(ctx)} />
      <p class="lead">
        {situation.title}
        {villages.length === 1 && ` · ${only?.name}`}。先填申请表，保存以后上传材料。
      </p>
      <form
        method="post"
        action="/cases/new"
        encType="multipart/form-data"
        data-offline-title={`${title} · ${situation.title}`}
      >
        <CsrfField token={ctx.state.csrf ?? ''} />
        <input type="hidden" name="item" value={code} />
        <input type="hidden" name="situation" value={situation.id} />
        <input
          type="hidden"
          name="_request"
          value={started.requestId ?? newId(deps.clock.now(), deps.random)}
        />
        {villages.length > 1 && (
          <SelectField
            id="f-village"
            name="village"
            label="为哪个村（社区）受理"
            required
            width="medium"
            options={villages.map((v) => ({ value: v.id, text: v.name }))}
            value={started.village ?? ''}
            {...(started.isVillageMissing && { error: '请选择村（社区）' })}
          />
        )}
        {renderForm({
          schema: pinned.formFor(situation.id),
          value: started.value ?? {},
          faults,
          prefix: '/form',
          hints: {
            ...(only &&
              villages.length === 1 && {
                '/applicant/region': `户口在本村（${only.name}）的，填 ${only.id}。`,
              }),
            ...(pinned.definition.roster?.situations.includes(situation.id) && {
              [pinned.definition.roster.field]: '先保存草稿，就可以从电子表格导入，或者复制上年名册。',
            }),
          },
          ...(started.focus && { focus: started.focus }),
        })}
        <Actions sticky>
          <Button name="_do" value="check">
            检查并继续
          </Button>
          <Button kind="secondary" name="_do" value="save">
            保存草稿
          </Button>
        </Actions>
      </form>
    </StationPage>,
    started.isVillageMissing ? 422 : 200,
  );
}
