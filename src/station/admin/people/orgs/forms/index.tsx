/** Changes of organisations: entered, looked at with whom they touch, and only then made. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { conflict, invalid } from '../../../../../errors.ts';
import { chineseDate, localDate } from '../../../../../kernel/time.ts';
import type { SignedIn } from '../../../../../people/accounts/index.ts';
import type { Org } from '../../../../../people/orgs/index.ts';
import type { RouteContext } from '../../../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  DefinitionList,
  ErrorSummary,
  TextField,
} from '../../../../../platform/web/index.ts';
import type { Sent } from '../../../../sent.ts';
import { answer, dayOf, type Filled, fieldOf, formPage, Once, type PeopleDeps } from '../../parts.tsx';
import { AffectedCard, affectedBy } from '../affected.tsx';
import { crumbsOf, orgOf, PATH, pathOf } from '../show.tsx';
import { adding } from './add.tsx';
import type { Change } from './change.ts';
import { closing } from './close.tsx';
import { moving } from './move.tsx';
import { renaming } from './rename.tsx';

export function mountForms(router: Router, deps: PeopleDeps): void {
  for (const change of [adding(deps), renaming(deps), moving(deps), closing(deps)])
    formPage(
      router,
      `${PATH}/:id/${change.act}`,
      'system-admin',
      (ctx, who, filled, status) => formOf(ctx, deps, who, change, filled, status),
      async (ctx, sent) => {
        const org = standingOf(ctx, deps, sent.who);
        await change.before?.(org);
        if (sent.one('confirmed') !== 'yes') {
          await preview(ctx, deps, sent, change, org);
          return undefined;
        }
        const { id, says } = await change.make(org, sent);
        return { to: pathOf(id), says };
      },
    );
}

/** @throws 404; 409 org.closed */
function standingOf(ctx: RouteContext, deps: PeopleDeps, who: SignedIn): Org {
  const org = orgOf(ctx, deps, who);
  if (org.closedOn !== null) throw conflict('org.closed');
  return org;
}

async function formOf(
  ctx: RouteContext,
  deps: PeopleDeps,
  who: SignedIn,
  change: Change,
  filled: Filled,
  status: number,
): Promise<void> {
  const org = standingOf(ctx, deps, who);
  const crumbs = [...crumbsOf(deps, who, org), { href: pathOf(org.id), text: org.short }];
  answer(
    ctx,
    deps,
    { title: change.title(org), crumbs, lead: change.lead, status },
    <form method="post" action={`${pathOf(org.id)}/${change.act}`}>
      <ErrorSummary faults={filled.faults} />
      <Once deps={deps} who={who} />
      <Card>
        {await change.fields(org, filled)}
        <TextField
          {...fieldOf(filled, 'on', localDate(deps.clock.now()))}
          label="生效日期"
          type="date"
          width="short"
          required
          help="文件上的日期，不能晚于今天。"
        />
      </Card>
      <Actions>
        <Button>下一步：看影响</Button>
      </Actions>
    </form>,
  );
}

/** The change in words, and whom it touches; everything typed goes along. */
async function preview(
  ctx: RouteContext,
  deps: PeopleDeps,
  sent: Sent,
  change: Change,
  org: Org,
): Promise<void> {
  const on = dayOf(sent, 'on');
  const said = change.said(org, sent);
  const today = localDate(deps.clock.now());
  if (on > today)
    throw invalid([{ pointer: '/on', message: '生效日期不能晚于今天，到了那天再办', code: 'ahead' }]);
  const affected = await affectedBy(deps.db.read, deps.orgs, org.id, today);
  const crumbs = [...crumbsOf(deps, sent.who, org), { href: pathOf(org.id), text: org.short }];
  answer(
    ctx,
    deps,
    { title: `${change.title(org)}：确认`, crumbs, lead: '还没有办。看过影响再确认。' },
    <form method="post" action={`${pathOf(org.id)}/${change.act}`}>
      <Once deps={deps} who={sent.who} requestId={sent.requestId} />
      <input type="hidden" name="confirmed" value="yes" />
      <Carried sent={sent} />
      <Card title="要办的">
        <DefinitionList items={[...said, { term: '生效日期', detail: chineseDate(on) }]} />
      </Card>
      {change.act !== 'add' && <AffectedCard affected={affected} orgs={deps.orgs} />}
      <Actions>
        <Button kind={change.act === 'close' ? 'danger' : 'primary'}>确认</Button>
      </Actions>
    </form>,
  );
}

const Carried = ({ sent }: { sent: Sent }): JSX.Element => (
  <>
    {Object.keys(sent.body)
      .filter((name) => !name.startsWith('_'))
      .map((name) => (
        <input key={name} type="hidden" name={name} value={sent.one(name)} />
      ))}
  </>
);
