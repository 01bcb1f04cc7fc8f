/** `/branch`: the rooms of the wing, each for whom it is. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { requireSession, type SignedIn } from '../../people/accounts/index.ts';
import type { RouteContext } from '../../platform/http/index.ts';
import { BranchPage, type ShellDeps, show, staffPage } from '../shell.tsx';

interface Room {
  href: string;
  title: string;
  does: string;
  /** Parts of the party tree that have work or reading there; without them everybody's. */
  parts?: readonly string[];
}

const ROOMS: readonly Room[] = [
  {
    href: '/branch/disclosures',
    title: '公开办理',
    does: '到期该公开的、待审查的、待批准的',
    parts: ['secretary', 'reviewer', 'approver', 'inspector', 'commenter'],
  },
  { href: '/disclosures', title: '公开栏', does: '正在公开的，可以提意见' },
  { href: '/branch/surveys', title: '调查', does: '参加调查，看结果和采取的行动' },
  {
    href: '/branch/commitments',
    title: '承诺',
    does: '承诺、践诺和支部会议的评议',
    parts: ['member', 'secretary'],
  },
  {
    href: '/branch/thought-reports',
    title: '思想汇报',
    does: '只有收件人看得到',
    parts: ['member', 'secretary', 'approver', 'editor'],
  },
  {
    href: '/branch/letters',
    title: '来信办理',
    does: '接收、答复书记信箱的来信',
    parts: ['mail', 'tips', 'approver'],
  },
  { href: '/branch/questions', title: '咨询办理', does: '分办、答复党务咨询', parts: ['mail', 'approver'] },
  { href: '/branch/mailbox', title: '书记信箱', does: '给书记写信，可以不留名' },
  { href: '/branch/ask', title: '党务咨询', does: '提问和已经公开的问答' },
];

const partsOf = (who: SignedIn): Set<string> =>
  new Set(who.grants.flatMap(({ role }) => (role.startsWith('party-') ? [role.slice('party-'.length)] : [])));

export function homePages(router: Router, deps: ShellDeps): void {
  router.get(
    '/branch',
    staffPage((ctx: RouteContext) => {
      const parts = partsOf(requireSession(ctx));
      const rooms = ROOMS.filter((room) => room.parts === undefined || room.parts.some((p) => parts.has(p)));
      show(
        ctx,
        <BranchPage ctx={ctx} deps={deps} title="党建" heading="党建">
          <Rooms rooms={rooms} />
        </BranchPage>,
      );
    }),
  );
}

const Rooms = ({ rooms }: { rooms: readonly Room[] }): JSX.Element => (
  <ul class="tiles">
    {rooms.map(({ href, title, does }) => (
      <li key={href}>
        <a class="tile" href={href}>
          <b>{title}</b>
          <span>{does}</span>
        </a>
      </li>
    ))}
  </ul>
);
