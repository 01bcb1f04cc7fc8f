import { type ApiRoute, limit } from '../../platform/http/index.ts';
import type { OrgMap } from '../orgs/index.ts';
import { type AccountDeps, type SignedIn, signIn, signOut } from './commands/index.ts';
import { giveToken, sessionToken, takeToken } from './cookie.ts';
import { requireSession } from './middleware.ts';
import { type SessionView, sessionView, type Titles } from './present.ts';
import { roleTitle } from './roles.ts';
import { SESSION_VIEW, SIGN_IN_BODY, type SignInBody } from './schema.ts';

export type RouteDeps = AccountDeps & { orgs: OrgMap };

/** Words for grants; an organisation that is gone is told by its id. */
export const titlesOf = (orgs: OrgMap): Titles => ({
  role: roleTitle,
  org: (id) => orgs.find(id)?.name ?? id,
});

/** Each attempt costs 60 ms of a processor: a flood from one address must not take them all. */
const ATTEMPTS = { max: 600, perSeconds: 60 };

/** The JSON API of sessions. */
export function accountRoutes(deps: RouteDeps): ApiRoute[] {
  const view = (who: SignedIn): SessionView => sessionView(who, titlesOf(deps.orgs));
  const session = { path: '/api/session', tag: 'session' } as const;
  const signedIn = { description: 'Who is signed in, with which roles where', schema: SESSION_VIEW };
  return [
    {
      ...session,
      method: 'post',
      summary: 'Sign in; five wrong passwords lock the login for fifteen minutes',
      auth: 'public',
      body: SIGN_IN_BODY,
      before: [limit(ATTEMPTS)],
      responses: { 200: signedIn },
      async handler(ctx) {
        const { login, password } = ctx.request.body as SignInBody;
        const { token, who } = await signIn(deps, { login, password, replaces: sessionToken(ctx) });
        giveToken(ctx, token);
        ctx.body = view(who);
      },
    },
    {
      ...session,
      method: 'get',
      summary: 'Who is signed in',
      auth: 'session',
      responses: { 200: signedIn },
      async handler(ctx) {
        ctx.body = view(requireSession(ctx));
      },
    },
    {
      ...session,
      method: 'delete',
      summary: 'Sign out',
      auth: 'session',
      responses: { 204: { description: 'Signed out' } },
      async handler(ctx) {
        await signOut(deps, requireSession(ctx));
        takeToken(ctx);
        ctx.status = 204;
      },
    },
  ];
}
