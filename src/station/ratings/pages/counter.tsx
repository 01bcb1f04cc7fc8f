/** `/cases/:id/rating`: the clerk's screen, turned to the citizen; without the last four characters nobody rates. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, conflict, type Fault, invalid } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { limit, type RouteContext, sentForm } from '../../../platform/http/index.ts';
import { Card, EmptyState, fieldId, TextField } from '../../../platform/web/index.ts';
import { isRefusal, StationPage, show, staffPage } from '../../shell.tsx';
import { rate } from '../commands.ts';
import { ratingOf } from '../queries.ts';
import type { RatedCase, RatingDeps, RatingGate } from '../types.ts';
import { RatingForm, type RatingFormProps } from './form.tsx';
import { keyOf } from './progress.tsx';

interface Said {
  given?: NonNullable<RatingFormProps['given']>;
  faults?: readonly Fault[];
  isDone?: boolean;
}

export function mountCounterRating(router: Router, deps: RatingDeps, gate: RatingGate): void {
  const page = async (ctx: RouteContext, of: RatedCase, said: Said = {}) => {
    const isRated = said.isDone || (await ratingOf(deps, of.id)) !== undefined;
    show(
      ctx,
      <StationPage ctx={ctx} deps={deps} title="请评价" heading="请您评价" nav="cases" narrow>
        <p class="lead">{of.itemTitle}</p>
        {isRated ? <Thanks id={of.id} isNow={said.isDone === true} /> : <Ask {...{ ctx, deps, of, said }} />}
      </StationPage>,
      said.faults ? 422 : 200,
    );
  };
  router.get(
    '/cases/:id/rating',
    staffPage(async (ctx) => {
      const of = await gate.byId(requireSession(ctx), ctx.params.id as string);
      if (!of.isOver) throw conflict('rating.too_early');
      await page(ctx, of);
    }),
  );
  router.post('/cases/:id/rating', limit({ max: 30, perSeconds: 60 }) as never, async (ctx: RouteContext) => {
    const of = await gate.byId(requireSession(ctx), ctx.params.id as string);
    const sent = new Map(sentForm(ctx).fields);
    const given = { level: sent.get('level'), comment: sent.get('comment') };
    try {
      await requireProof(gate, of, sent.get('lastFour') ?? '');
      const id = keyOf(sent.get('_request'));
      await rate(deps, of, { level: given.level, comment: given.comment ?? '', way: 'counter', id });
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      return page(ctx, of, { given, faults: error.faults });
    }
    await page(ctx, of, { isDone: true });
  });
}

/** @throws invalid at `/lastFour` */
async function requireProof(gate: RatingGate, of: RatedCase, typed: string): Promise<void> {
  try {
    await gate.byNumber(of.number, typed.normalize('NFKC').replace(/\s/g, ''));
  } catch (error) {
    if (!isRefusal(error, 'case.not_found')) throw error;
    throw invalid([{ pointer: '/lastFour', message: '不是申请人证件号的后四位', code: 'lastFour' }]);
  }
}

function Ask(props: { ctx: RouteContext; deps: RatingDeps; of: RatedCase; said: Said }): JSX.Element {
  const { ctx, deps, of, said } = props;
  const error = said.faults?.find((f) => f.pointer === '/lastFour')?.message;
  return (
    <Card>
      <p class="help no-print">代办员请把屏幕转向群众，由本人选择。窗口人员看不到是谁评的。</p>
      <RatingForm
        action={`/cases/${of.id}/rating`}
        csrf={ctx.state.csrf}
        requestId={newId(deps.clock.now(), deps.random)}
        {...said}
      >
        <TextField
          id={fieldId('/lastFour')}
          name="lastFour"
          label="申请人证件号后四位"
          help="由申请人自己填。末位是字母 X 的，也要填上。"
          required
          width="short"
          autocomplete="off"
          {...(error && { error })}
        />
      </RatingForm>
    </Card>
  );
}

const Thanks = ({ id, isNow }: { id: string; isNow: boolean }): JSX.Element => (
  <EmptyState title={isNow ? '评价收到了，谢谢您！' : '这件事项已经评价过'}>
    <a href={`/cases/${id}`}>回到办件</a>
  </EmptyState>
);
