import { requireSession } from '../../people/accounts/index.ts';
import { type ApiRoute, objectAnswer, type RouteContext, requestIdOf } from '../../platform/http/index.ts';
import { type Activation, activate, invite, vouch, vouchToo } from './commands/activate.ts';
import { coverageOf } from './commands/coverage.ts';
import {
  addMember,
  changeMember,
  changeState,
  getMember,
  listBranch,
  revealMember,
  searchMembers,
} from './commands/keep.ts';
import { ownView } from './commands/me.ts';
import { presentMember } from './present.ts';
import {
  ACTIVATION_BODY,
  ADD_BODY,
  CHANGE_BODY,
  LIST_QUERY,
  ORG_QUERY,
  REASON_BODY,
  SEARCH_BODY,
  STATE_BODY,
} from './schema.ts';
import type { MemberDeps } from './types.ts';

const session = { tag: 'members', auth: 'session' } as const;
const done = { 204: { description: 'Done' } };

/** What the sender calls this request: a repeat gets the first answer. */
const idOf = (ctx: RouteContext): string => ctx.params.id as string;

/** The JSON API of the list of members. */
export const memberRoutes = (deps: MemberDeps): ApiRoute[] => [
  ...reading(deps),
  ...keeping(deps),
  ...activating(deps),
];

function reading(deps: MemberDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'get',
      path: '/api/branch/members',
      summary: 'The list of a branch that one keeps, a page at a time',
      query: LIST_QUERY,
      responses: { 200: objectAnswer('Members, numbers masked') },
      async handler(ctx) {
        const { org, after } = ctx.query as { org: string; after?: string };
        const { members, next } = await listBranch(deps, requireSession(ctx), org, after);
        ctx.body = { members: members.map(presentMember), next };
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/branch/coverage',
      summary: 'Listed members and opened accounts of an organisation and of each one directly beneath it',
      query: ORG_QUERY,
      responses: { 200: objectAnswer('Numbers, in the order of the organisations') },
      async handler(ctx) {
        ctx.body = await coverageOf(deps, requireSession(ctx), String(ctx.query.org));
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/branch/members/search',
      summary: 'Find a member of one’s own reach by an exact number; every search is kept',
      body: SEARCH_BODY,
      responses: { 200: objectAnswer('Members, numbers masked') },
      async handler(ctx) {
        const { number } = ctx.request.body as { number: string };
        const found = await searchMembers(deps, requireSession(ctx), number);
        ctx.body = { members: found.map(presentMember) };
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/branch/members/:id',
      summary: 'A member of a branch that one keeps, with the branches he was in',
      responses: { 200: objectAnswer('The member') },
      async handler(ctx) {
        const { member, memberships } = await getMember(deps, requireSession(ctx), idOf(ctx));
        ctx.body = { ...presentMember(member), memberships };
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/branch/me',
      summary: 'What the organisation can see about oneself, and who looked',
      responses: { 200: objectAnswer('Every row') },
      async handler(ctx) {
        const { member, ...rest } = await ownView(deps, requireSession(ctx));
        ctx.body = { member: { ...presentMember(member), phone: member.phone }, ...rest };
      },
    },
  ];
}

function keeping(deps: MemberDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'post',
      path: '/api/branch/members',
      summary: 'Enter somebody in the list of a branch',
      body: ADD_BODY,
      responses: { 201: objectAnswer('The id of the member') },
      async handler(ctx) {
        const given = ctx.request.body as Parameters<typeof addMember>[2];
        ctx.body = await addMember(deps, requireSession(ctx), given, requestIdOf(ctx));
        ctx.status = 201;
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/branch/members/:id/change',
      summary: 'Put name, telephone or kind right',
      body: CHANGE_BODY,
      responses: done,
      async handler(ctx) {
        const given = ctx.request.body as Parameters<typeof changeMember>[3];
        await changeMember(deps, requireSession(ctx), idOf(ctx), given, requestIdOf(ctx));
        ctx.status = 204;
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/branch/members/:id/state',
      summary: 'Suspended, not to be reached, dead, gone from the prefecture, or back',
      body: STATE_BODY,
      responses: done,
      async handler(ctx) {
        const given = ctx.request.body as Parameters<typeof changeState>[3];
        await changeState(deps, requireSession(ctx), idOf(ctx), given, requestIdOf(ctx));
        ctx.status = 204;
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/branch/members/:id/reveal',
      summary: 'The full numbers, for a reason that is kept and shown to the member',
      body: REASON_BODY,
      responses: { 200: objectAnswer('The numbers') },
      async handler(ctx) {
        const { reason } = ctx.request.body as { reason: string };
        ctx.body = await revealMember(deps, requireSession(ctx), idOf(ctx), reason);
      },
    },
  ];
}

function activating(deps: MemberDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'post',
      path: '/api/branch/members/:id/invite',
      summary: 'Send a code of activation to the telephone on the list',
      responses: { 200: objectAnswer('Until when it holds') },
      async handler(ctx) {
        ctx.body = await invite(deps, requireSession(ctx), idOf(ctx), requestIdOf(ctx));
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/branch/members/:id/vouch',
      summary: 'Vouch for a member as the officer of his branch',
      responses: done,
      async handler(ctx) {
        await vouch(deps, requireSession(ctx), idOf(ctx), requestIdOf(ctx));
        ctx.status = 204;
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/branch/members/:id/vouch-too',
      summary: 'Vouch as the second person; the password for one sign-in is shown this once',
      responses: { 201: objectAnswer('Login and password') },
      async handler(ctx) {
        ctx.body = await vouchToo(deps, requireSession(ctx), idOf(ctx));
        ctx.status = 201;
      },
    },
    {
      tag: 'members',
      auth: 'public',
      method: 'post',
      path: '/api/branch/activation',
      summary: 'Open one’s account with the code that was sent',
      body: ACTIVATION_BODY,
      responses: { 201: objectAnswer('The login') },
      async handler(ctx) {
        ctx.body = await activate(deps, { login: '', ...(ctx.request.body as Omit<Activation, 'login'>) });
        ctx.status = 201;
      },
    },
  ];
}
