/** `/progress/rating`: a citizen rates his case, proved by its number and the last four characters, and adds to it. */
import type Router from '@koa/router';
import { AppError, type Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { limit, type RouteContext, sentForm } from '../../../platform/http/index.ts';
import { StationPage, show } from '../../shell.tsx';
import { rate, supplement } from '../commands.ts';
import { ratingOf } from '../queries.ts';
import type { RatedCase, RatingDeps, RatingGate } from '../types.ts';
import { RatingCard, type RatingFormProps } from './form.tsx';

/** The id that a form was drawn with; nothing of another shape is taken for one. */
export const keyOf = (sent: string | undefined): string | undefined =>
  sent !== undefined && /^[0-9a-z]{26}$/.test(sent) ? sent : undefined;

interface Asked {
  of: RatedCase;
  number: string;
  lastFour: string;
  sent: Map<string, string>;
}

const guessing = () => limit({ max: 30, perSeconds: 60 }) as never;

export function mountRating(router: Router, deps: RatingDeps, gate: RatingGate): void {
  const asked = async (ctx: RouteContext): Promise<Asked> => {
    const sent = new Map(sentForm(ctx).fields);
    const [number, lastFour] = [sent.get('number') ?? '', sent.get('lastFour') ?? ''];
    return { of: await gate.byNumber(number, lastFour), number, lastFour, sent };
  };
  const answer = async (
    ctx: RouteContext,
    { of, number, lastFour }: Asked,
    more: { given?: RatingFormProps['given']; faults?: readonly Fault[] } = {},
  ) => {
    const rating = await ratingOf(deps, of.id);
    const requestId = newId(deps.clock.now(), deps.random);
    show(
      ctx,
      <StationPage
        ctx={ctx}
        deps={deps}
        title="评价"
        heading={more.faults ? '评价' : '评价收到了'}
        nav="progress"
        narrow
      >
        <p class="lead">{of.itemTitle}</p>
        <RatingCard {...{ rating, number, lastFour, requestId, csrf: ctx.state.csrf, ...more }} />
        <p>
          <a href="/progress">再查一件</a>
        </p>
      </StationPage>,
      more.faults ? 422 : 200,
    );
  };
  const carry = async (ctx: RouteContext, work: (one: Asked) => Promise<void>) => {
    const one = await asked(ctx);
    try {
      await work(one);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      const given = { level: one.sent.get('level'), comment: one.sent.get('comment') };
      return answer(ctx, one, { given, faults: error.faults });
    }
    await answer(ctx, one);
  };
  router.post('/progress/rating', guessing(), (ctx: RouteContext) =>
    carry(ctx, ({ of, sent }) =>
      rate(deps, of, {
        level: sent.get('level'),
        comment: sent.get('comment') ?? '',
        way: 'progress',
        id: keyOf(sent.get('_request')),
      }),
    ),
  );
  router.post('/progress/rating/more', guessing(), (ctx: RouteContext) =>
    carry(ctx, ({ of, sent }) => supplement(deps, of, sent.get('comment') ?? '')),
  );
}
