/** A new application at the counter: which situation, for which village, then the form; a draft comes of it. */
import type Router from '@koa/router';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { dropBlankRows, parseForm } from '../../../platform/web/index.ts';
import { keptMultipart, markArrived, readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, seeOther, show, staffPage } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import { clerkVillages } from '../drafts/index.ts';
import { copyable, openCitizen, prefillFor } from '../prefill.ts';
import { openAgain, openCase } from './door.ts';
import { type Choice, ChoosePage, newPage, type Started } from './new-view.tsx';

/** The villages somebody files for. @throws notAllowed `case.not_clerk` */
const villagesOf = (deps: CaseDeps, who: SignedIn): Choice['villages'] =>
  clerkVillages(deps, who).map((id) => ({ id, name: deps.orgs.get(id).name }));

const one = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `/cases/new` */
export function mountNew(router: Router, deps: CaseDeps): void {
  router.get(
    '/cases/new',
    staffPage(async (ctx) => {
      const villages = villagesOf(deps, requireSession(ctx));
      const item = one(ctx.query.item);
      const citizen = one(ctx.query.citizen);
      if (item === '') return seeOther(ctx, '/filing');
      const pinned = deps.definitions.get(item);
      const { situations } = pinned.definition;
      const asked = one(ctx.query.situation);
      const situation =
        situations.find((s) => s.id === asked) ?? (situations.length === 1 ? situations[0] : undefined);
      if (!situation)
        return show(ctx, <ChoosePage ctx={ctx} deps={deps} pinned={pinned} citizen={citizen} />);
      const choice = { pinned, situation, villages };
      await newPage(
        ctx,
        deps,
        choice,
        await begun(deps, requireSession(ctx), choice, citizen, one(ctx.query.copy)),
      );
    }),
  );
  router.post('/cases/new', keptMultipart as never, (ctx: RouteContext) => newSent(ctx, deps));
}

/** What a form begins with: nothing, or what is known of the citizen. */
async function begun(
  deps: CaseDeps,
  who: SignedIn,
  choice: Choice,
  citizen: string,
  copy: string,
): Promise<Started> {
  if (citizen === '') return {};
  const { pinned, situation } = choice;
  const { earlier } = await openCitizen(deps, who, citizen);
  const prefill = await prefillFor(deps, who, citizen, {
    pinned,
    situation: situation.id,
    ...(copy !== '' && { copy }),
  });
  const [latest] = earlier;
  return {
    prefill,
    value: prefill.value,
    copies: copyable(earlier, pinned.definition.code, situation.id),
    ...(latest && { village: latest.villageId }),
  };
}

async function newSent(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const sent = await readSent(ctx);
  const villages = villagesOf(deps, sent.who);
  const pinned = deps.definitions.get(sent.one('item'));
  const situation = pinned.definition.situations.find((s) => s.id === sent.one('situation'));
  if (!situation) return seeOther(ctx, `/cases/new?item=${encodeURIComponent(sent.one('item'))}`);
  const schema = pinned.formFor(situation.id);
  const { value, rowAction } = parseForm(schema, sent.body);
  const choice = { pinned, situation, villages };
  const village = sent.one('village') || (villages.length === 1 ? villages[0]?.id : undefined);
  if (rowAction || village === undefined) {
    const started = await begun(deps, sent.who, choice, sent.one('citizen'), sent.one('copy'));
    return newPage(ctx, deps, choice, {
      ...started,
      value,
      requestId: sent.requestId,
      ...(village !== undefined && { village }),
      ...(rowAction ? { focus: rowAction.focus } : { isVillageMissing: true }),
    });
  }
  const draft = { item: pinned.definition.code, situation: situation.id, village, draft: true };
  const form = dropBlankRows(schema, value);
  const opened = await openOnce(deps, sent, { ...draft, form });
  markArrived(ctx, sent.requestId);
  const isCheck = sent.one('_do') === 'check';
  if (!isCheck) leaveFlash(ctx, 'done', '草稿已保存，在“收件 › 草稿”里可以继续填写。');
  seeOther(ctx, `/cases/${opened.id}/edit${isCheck ? '?check=1' : ''}`);
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
