/** The JSON API of the filing desk. */
import { requireSession } from '../../people/accounts/index.ts';
import { type ApiRoute, type RouteContext, requestIdOf } from '../../platform/http/index.ts';
import {
  type DraftView,
  discardDraft,
  draftsFor,
  handDraftOver,
  restoreDraft,
  takeDraftOver,
} from '../cases/index.ts';
import { searchCitizens } from './citizens.ts';
import type { FilingDeps } from './deps.ts';
import { DRAFT_ID, DRAFTS, DRAFTS_QUERY, FOUND, HAND_BODY, SEARCH_BODY } from './schema.ts';

const session = { tag: 'filing', auth: 'session' } as const;
const done = { 200: { description: 'Done', schema: DRAFT_ID } };

const ACTS = [
  { act: 'take', summary: 'Take over a draft of a colleague in the same village', run: takeDraftOver },
  { act: 'discard', summary: 'Put a draft aside; it can be brought back for 30 days', run: discardDraft },
  { act: 'restore', summary: 'Bring a discarded draft back', run: restoreDraft },
] as const;

export function filingRoutes(deps: FilingDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'post',
      path: '/api/citizens/search',
      summary:
        'Citizens by full number (anybody), or by name or initials (those known in the villages of the asker)',
      body: SEARCH_BODY,
      responses: { 200: { description: 'Numbers masked; the search is audited', schema: FOUND } },
      async handler(ctx) {
        const { who } = ctx.request.body as { who: string };
        ctx.body = await searchCitizens(deps, requireSession(ctx), who);
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/drafts',
      summary: 'Drafts one may go on with, those typed last first',
      query: DRAFTS_QUERY,
      responses: { 200: { description: 'A page of drafts', schema: DRAFTS } },
      async handler(ctx) {
        ctx.body = await draftsFor(deps, requireSession(ctx), ctx.query as { view?: DraftView });
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/drafts/:id/hand',
      summary: 'Hand a draft to a colleague of the same village',
      body: HAND_BODY,
      responses: done,
      async handler(ctx) {
        const to = ctx.request.body as { to: string; note?: string };
        ctx.body = await handDraftOver(deps, requireSession(ctx), idOf(ctx), to, requestIdOf(ctx));
      },
    },
    ...ACTS.map(
      ({ act, summary, run }): ApiRoute => ({
        ...session,
        method: 'post',
        path: `/api/drafts/:id/${act}`,
        summary,
        responses: done,
        async handler(ctx) {
          ctx.body = await run(deps, requireSession(ctx), idOf(ctx), requestIdOf(ctx));
        },
      }),
    ),
  ];
}

const idOf = (ctx: RouteContext): string => ctx.params.id as string;
