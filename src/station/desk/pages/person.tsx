/** `/desk/people/:key`: everything for one person, handed over in one go; then what to print. */
import type Router from '@koa/router';
import type { Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { maskId } from '../../../kernel/mask.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { ErrorSummary, type FormSchema, parseForm, pruneHidden } from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { keptMultipart, readSent } from '../../sent.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { handOverAll } from '../commands.ts';
import { personView } from '../queries.ts';
import { queryOf } from '../routes.ts';
import { handOverFor } from '../schema.ts';
import type { Chosen, DeskCases, DeskDeps, HandOverResult, ItemKind } from '../types.ts';
import { HandedToday, HandOver, schemaFor, type Typed } from './person-view.tsx';

export function mountPerson(router: Router, deps: DeskDeps, cases: DeskCases): void {
  router.get(
    '/desk/people/:key',
    staffPage((ctx) => personPage(ctx, deps, null)),
  );
  router.post('/desk/people/:key', keptMultipart as never, async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const items = sent.all('_item').map(readItem);
    const schema = handOverFor(new Set(items.map((i) => i.kind))) as unknown as FormSchema;
    const { value } = parseForm(schema, sent.body);
    const typed = { items, value, requestId: sent.requestId };
    const photo = sent.one('/photo');
    const fault = refusedPhoto(ctx) ?? (items.length === 0 ? NOTHING_CHOSEN : null);
    if (fault) return personPage(ctx, deps, { ...typed, faults: [fault] });
    try {
      const result = await handOverAll(
        deps,
        cases,
        sent.who,
        ctx.params.key as string,
        {
          ...queryOf(ctx),
          items,
          data: pruneHidden(schema, value) as Record<string, unknown>,
          ...(photo !== '' && { photo }),
        },
        typed.requestId,
      );
      tell(ctx, result);
    } catch (error) {
      if (isRefusal(error, 'desk.gone')) leaveFlash(ctx, 'error', ERROR_WORDING['desk.gone']);
      else if (isRefusal(error) && error.faults)
        return personPage(ctx, deps, { ...typed, faults: error.faults });
      else throw error;
    }
    seeOther(ctx, ctx.url);
  });
}

const NOTHING_CHOSEN: Fault = { pointer: '/items', message: '请选择要领取的' };

function refusedPhoto(ctx: RouteContext): Fault | null {
  const refused = ctx.state.refusedUpload;
  return refused ? { pointer: '/photo', message: ERROR_WORDING[refused.code] } : null;
}

function readItem(text: string): Chosen {
  const [kind = '', id = ''] = text.split(':');
  return { kind: kind as ItemKind, id };
}

function tell(ctx: RouteContext, { done, failed }: HandOverResult): void {
  const says = [
    ...(done.length > 0 ? [`领取了 ${done.length} 样，请打印下面的收据、回证。`] : []),
    ...failed.map(({ item, says: why }) => `“${item.title}”没有办成：${why}`),
  ].join('');
  leaveFlash(ctx, failed.length === 0 ? 'done' : done.length === 0 ? 'error' : 'warn', says);
}

async function personPage(ctx: RouteContext, deps: DeskDeps, typed: Typed | null): Promise<void> {
  const { csrf } = requireSession(ctx);
  const { village } = queryOf(ctx);
  const view = await personView(deps, requireSession(ctx), ctx.params.key as string, village);
  const { person, handed } = view;
  const schema = schemaFor(person.items);
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title={`${person.name} 领取`}
      heading={`${person.name} 领取`}
      nav="desk"
      breadcrumbs={[{ href: `/desk?village=${view.village.id}`, text: '领取台' }, { text: person.name }]}
    >
      {typed && <ErrorSummary faults={typed.faults} schema={schema} prefix="/data" />}
      {person.idNumber !== '' && <p class="lead">身份证号 {maskId(person.idNumber)}</p>}
      <HandedToday handed={handed} />
      <HandOver
        view={view}
        schema={schema}
        csrf={csrf}
        typed={typed}
        freshId={newId(deps.clock.now(), deps.random)}
      />
    </StationPage>,
    typed ? 422 : 200,
  );
}
