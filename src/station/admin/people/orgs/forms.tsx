/** Changes of organisations: entered, looked at with whom they touch, and only then made. */
import type Router from '@koa/router';
import type { ComponentChildren, JSX } from 'preact';
import { conflict, invalid } from '../../../../errors.ts';
import { chineseDate, localDate } from '../../../../kernel/time.ts';
import { mayManageOrgs, type SignedIn } from '../../../../people/accounts/index.ts';
import {
  addOrg,
  closeOrg,
  listHanging,
  mayHangOn,
  moveOrg,
  type NewOrg,
  type Org,
  type OrgKind,
  type OrgManager,
  renameOrg,
} from '../../../../people/orgs/index.ts';
import type { RouteContext } from '../../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  DefinitionList,
  ErrorSummary,
  SelectField,
  TextField,
} from '../../../../platform/web/index.ts';
import { countInHand } from '../../../cases/index.ts';
import type { Sent } from '../../../sent.ts';
import { answer, dayOf, type Filled, fieldOf, formPage, Once, type PeopleDeps } from '../parts.tsx';
import { isFault, orgNamed } from '../places.ts';
import { AffectedCard, affectedBy } from './affected.tsx';
import { crumbsOf, orgOf, PATH, pathOf } from './show.tsx';
import { KINDS } from './words.ts';

type Act = 'add' | 'rename' | 'move' | 'close';

/** One kind of change: its words, its fields, what it does. */
interface Change {
  act: Act;
  title(org: Org): string;
  lead?: string;
  fields(org: Org, filled: Filled): Promise<ComponentChildren>;
  /** What is sent, in words, for the page before it is done. @throws invalid */
  said(org: Org, sent: Sent): { term: string; detail: string }[];
  /** @throws as the command; returns the organisation to look at afterwards */
  make(org: Org, sent: Sent): Promise<{ id: string; says: string }>;
  /** @throws what stands against it, before it is confirmed */
  before?(org: Org): Promise<void>;
}

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

const managerOf = (deps: PeopleDeps, { accountId, grants }: SignedIn): OrgManager => ({
  accountId,
  mayManage: (id) => mayManageOrgs({ grants }, deps.orgs, id),
});

/** @throws invalid at the field */
function typed(sent: Sent, name: string, label: string): string {
  const text = sent.one(name).trim();
  if (text === '') throw invalid([{ pointer: `/${name}`, message: `请填写${label}`, code: 'required' }]);
  return text;
}

const kindsBelow = (org: Org): { value: string; text: string }[] =>
  (Object.keys(KINDS) as OrgKind[])
    .filter((kind) => mayHangOn(kind, org.kind))
    .map((value) => ({ value, text: KINDS[value] }));

function adding(deps: PeopleDeps): Change {
  const newOrg = (org: Org, sent: Sent): NewOrg => ({
    kind: sent.one('kind') as OrgKind,
    parent: org.id,
    code: sent.one('code'),
    name: typed(sent, 'name', '名称'),
    short: sent.one('short'),
    docWord: sent.one('docWord'),
    departments: sent
      .one('departments')
      .split(/[\s,，、]+/)
      .filter(Boolean),
  });
  return {
    act: 'add',
    title: (org) => `在${org.name}之下增加机构`,
    async fields(org, filled) {
      return (
        <>
          <SelectField
            {...fieldOf(filled, 'kind')}
            label="类别"
            required
            width="medium"
            options={kindsBelow(org)}
          />
          <TextField
            {...fieldOf(filled, 'code')}
            label="代码"
            required
            width="medium"
            help="行政区划代码；部门和站所办填两个大写字母，例如 MZ。"
          />
          <TextField {...fieldOf(filled, 'name')} label="名称" required width="medium" />
          <TextField {...fieldOf(filled, 'short')} label="简称" width="medium" help="不填的，与名称相同。" />
          <TextField {...fieldOf(filled, 'docWord')} label="机关代字" width="short" help="不发文的不填。" />
          <TextField
            {...fieldOf(filled, 'departments')}
            label="承接的部门"
            width="medium"
            help="只有乡镇站所办要填，用顿号分开，例如 MZ、RS。"
          />
        </>
      );
    },
    said(org, sent) {
      const { kind, code, name } = newOrg(org, sent);
      if (!kindsBelow(org).some((k) => k.value === kind))
        throw invalid([{ pointer: '/kind', message: '请选择类别', code: 'required' }]);
      return [
        { term: '上级', detail: org.name },
        { term: '类别', detail: KINDS[kind] },
        { term: '名称', detail: name },
        { term: '代码', detail: code },
      ];
    },
    async make(org, sent) {
      const on = dayOf(sent, 'on');
      const given = newOrg(org, sent);
      const { id } = await addOrg(deps, managerOf(deps, sent.who), given, on, sent.requestId);
      return { id, says: '机构已经增加。' };
    },
  };
}

function renaming(deps: PeopleDeps): Change {
  return {
    act: 'rename',
    title: (org) => `${org.name}改名`,
    lead: '以前的文书、证照和记录上的名称不变。',
    async fields(org, filled) {
      return (
        <>
          <TextField {...fieldOf(filled, 'name', org.name)} label="新名称" required width="medium" />
          <TextField {...fieldOf(filled, 'short', org.short)} label="新简称" width="medium" />
        </>
      );
    },
    said: (org, sent) => [
      { term: '现在', detail: org.name },
      { term: '改成', detail: typed(sent, 'name', '新名称') },
    ],
    async make(org, sent) {
      const given = { org: org.id, name: sent.one('name'), short: sent.one('short'), on: dayOf(sent, 'on') };
      await renameOrg(deps, managerOf(deps, sent.who), given, sent.requestId);
      return { id: org.id, says: '名称已经更改。' };
    },
  };
}

function moving(deps: PeopleDeps): Change {
  /** @throws invalid at `/parent` */
  const parentOf = (sent: Sent): Org => {
    const roots = sent.who.grants.filter((g) => g.role === 'system-admin').map((g) => g.org);
    const found = orgNamed(deps.orgs, roots, sent.one('parent'), '/parent');
    if (isFault(found)) throw invalid([found]);
    return found;
  };
  return {
    act: 'move',
    title: (org) => `调整${org.name}的上级`,
    lead: '它的下级跟着调整。权限按新的上级算；以前的办件仍查得到当时归哪里。',
    async fields(_, filled) {
      return (
        <TextField
          {...fieldOf(filled, 'parent')}
          label="新的上级"
          required
          width="medium"
          help="机构的全名或代码。"
        />
      );
    },
    said(org, sent) {
      const parent = parentOf(sent);
      if (!mayHangOn(org.kind, parent.kind))
        throw invalid([
          { pointer: '/parent', message: `${org.name}不能挂在${parent.name}之下。`, code: 'kind' },
        ]);
      return [
        { term: '机构', detail: org.name },
        { term: '现在的上级', detail: org.parentId === null ? '没有' : deps.orgs.get(org.parentId).name },
        { term: '新的上级', detail: parent.name },
      ];
    },
    async make(org, sent) {
      const move = { org: org.id, parent: parentOf(sent).id, on: dayOf(sent, 'on') };
      await moveOrg(deps, managerOf(deps, sent.who), move, sent.requestId);
      return { id: org.id, says: '上级已经调整。' };
    },
  };
}

function closing(deps: PeopleDeps): Change {
  /** @throws conflict org.has_cases with where the desk finds them */
  const requireDone = async (db: PeopleDeps['db']['read'], org: Org): Promise<void> => {
    const cases = await countInHand(db, [org.id]);
    if (cases === 0) return;
    const list = org.kind === 'village' ? `/cases?village=${org.id}` : '/inbox';
    throw conflict('org.has_cases', {
      cases,
      says: `还有 ${cases} 件，${org.name}的工作人员在 ${list} 可以看到。`,
    });
  };
  return {
    act: 'close',
    title: (org) => `撤销${org.name}`,
    lead: '撤销后它的岗位失效，不再收新的办件；办过的事和名称都保留。撤销不能恢复。',
    async fields(org, filled) {
      const siblings = org.parentId === null ? [] : await listHanging(deps.db.read, org.parentId);
      const heirs = siblings.filter((o) => o.kind === org.kind && o.id !== org.id && o.closedOn === null);
      return (
        <>
          {org.departments.length > 0 && (
            <SelectField
              {...fieldOf(filled, 'successor')}
              label="由哪个机构承接它的事项"
              required
              width="medium"
              options={heirs.map((o) => ({ value: o.id, text: o.name }))}
            />
          )}
          <TextField
            {...fieldOf(filled, 'reason')}
            label="依据"
            required
            width="medium"
            help="例如：州政府批复的文号。"
          />
        </>
      );
    },
    before: (org) => requireDone(deps.db.read, org),
    said: (org, sent) => [
      { term: '撤销', detail: org.name },
      { term: '依据', detail: typed(sent, 'reason', '依据') },
      ...(sent.one('successor') === ''
        ? []
        : [{ term: '承接的机构', detail: deps.orgs.find(sent.one('successor'))?.name ?? '' }]),
    ],
    async make(org, sent) {
      const successor = sent.one('successor') || null;
      const given = { org: org.id, successor, on: dayOf(sent, 'on'), reason: sent.one('reason') };
      const before = (trx: PeopleDeps['db']['read']) => requireDone(trx, org);
      await closeOrg(deps, managerOf(deps, sent.who), given, before, sent.requestId);
      return { id: org.id, says: '机构已经撤销。' };
    },
  };
}
