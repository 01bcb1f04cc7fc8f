/** `/admin/audit`: who looked at or changed what. Every look at it is written into it. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { csvBytes, csvText } from '../../../../kernel/csv.ts';
import { chineseDateTime, endOfDay, isLocalDate, startOfDay } from '../../../../kernel/time.ts';
import { accountNames, roleTitle, type SignedIn } from '../../../../people/accounts/index.ts';
import { auditAlone } from '../../../../platform/audit/index.ts';
import type { RouteContext } from '../../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  EmptyState,
  ErrorSummary,
  FilterForm,
  LinkButton,
  optionsOf,
  Pager,
  Table,
  TextField,
} from '../../../../platform/web/index.ts';
import { checkLogs, type LogCheck, MOST_LOGS } from '../../../cases/index.ts';
import { readSent } from '../../../sent.ts';
import {
  address,
  adminPage,
  answer,
  chosen,
  type Filled,
  fieldOf,
  Once,
  type PeopleDeps,
  requireRole,
} from '../parts.tsx';
import { type AuditLine, type AuditSearch, searchAudit } from './queries.ts';
import { ACTS, actTitle, detailText } from './words.ts';

const PATH = '/admin/audit';
const CHECK = `${PATH}/check`;
const ON_A_PAGE = 50;
const MOST_ROWS = 10_000;
const FILTERS = ['person', 'act', 'subject', 'from', 'to'] as const;

type Asked = Record<(typeof FILTERS)[number], string | undefined>;

export function mountAudit(router: Router, deps: PeopleDeps): void {
  router.get(
    PATH,
    adminPage('auditor', (ctx, who) => listPage(ctx, deps, who)),
  );
  router.get(`${PATH}/export`, async (ctx: RouteContext) => {
    await exportFile(ctx, deps, requireRole(ctx, 'auditor'));
  });
  router.get(
    CHECK,
    adminPage('auditor', async (ctx, who) => checkPage(ctx, deps, who, {})),
  );
  router.post(CHECK, async (ctx: RouteContext) => {
    const { who, one } = await readSent(ctx);
    requireRole(ctx, 'auditor');
    await check(ctx, deps, who, one);
  });
}

/** Paths of the places this auditor looks after. */
const placesOf = (deps: PeopleDeps, who: SignedIn): string[] =>
  who.grants.filter((g) => g.role === 'auditor').flatMap((g) => deps.orgs.find(g.org)?.path ?? []);

const askedFor = (ctx: RouteContext): Asked =>
  Object.fromEntries(FILTERS.map((name) => [name, chosen(ctx, name)])) as Asked;

function searchOf({ person, act, subject, from, to }: Asked): Omit<AuditSearch, 'limit'> {
  return {
    person,
    act,
    subject,
    since: from !== undefined && isLocalDate(from) ? startOfDay(from) : undefined,
    before: to !== undefined && isLocalDate(to) ? endOfDay(to) : undefined,
  };
}

async function listPage(ctx: RouteContext, deps: PeopleDeps, who: SignedIn): Promise<void> {
  const asked = askedFor(ctx);
  const after = /^\d{1,9}$/.test(chosen(ctx, 'after') ?? '') ? Number(chosen(ctx, 'after')) : undefined;
  const search = { ...searchOf(asked), after, limit: ON_A_PAGE };
  const { lines, next } = await searchAudit(deps.db.read, placesOf(deps, who), search);
  const words = await wordsFor(deps, lines);
  await auditAlone(deps, who, 'audit.look', null, { asked: given(asked) });
  answer(
    ctx,
    deps,
    {
      title: '操作日志',
      lead: '谁在什么时候看过、改过什么。日志只能增加，不能修改；查看日志也记在日志里。',
    },
    <>
      <Filters asked={asked} />
      <Actions>
        <LinkButton href={address(`${PATH}/export`, asked)} shortcut="e">
          导出 CSV
        </LinkButton>
        <LinkButton href={CHECK} shortcut="c">
          核对日志链
        </LinkButton>
      </Actions>
      <Lines lines={lines} words={words} />
      <Pager
        first={after === undefined ? null : address(PATH, asked)}
        next={next === null ? null : address(PATH, { ...asked, after: String(next) })}
      />
    </>,
  );
}

const given = (asked: Asked) => Object.fromEntries(Object.entries(asked).filter(([, v]) => v !== undefined));

function Filters({ asked }: { asked: Asked }): JSX.Element {
  return (
    <FilterForm
      action={PATH}
      filters={[
        { name: 'person', label: '谁（姓名或账号）', value: asked.person },
        {
          name: 'act',
          label: '做了什么',
          blank: '全部',
          width: 'medium',
          value: asked.act,
          options: optionsOf(ACTS),
        },
        { name: 'subject', label: '对象编号', value: asked.subject },
        { name: 'from', label: '从哪天', type: 'date', value: asked.from },
        { name: 'to', label: '到哪天', type: 'date', value: asked.to },
      ]}
    />
  );
}

/** Names of accounts and places that these lines speak of. */
async function wordsFor(deps: PeopleDeps, lines: readonly AuditLine[]): Promise<(id: string) => string> {
  const ids = new Set<string>();
  JSON.stringify(
    lines.map((l) => [l.subject, l.standsInFor, l.detail]),
    (_, value) => {
      if (typeof value === 'string' && /^[0-9a-z]{26}$/.test(value)) ids.add(value);
      return value;
    },
  );
  const names = await accountNames(deps.db.read, [...ids]);
  return (id) => names.get(id) ?? deps.orgs.find(id)?.name ?? roleTitle(id);
}

/** 李春燕（当时代何佳慧） */
function actorOf({ actorName, standsInFor }: AuditLine, words: (id: string) => string): string {
  if (actorName === null) return '系统或未登录';
  return standsInFor.length === 0 ? actorName : `${actorName}（当时代${standsInFor.map(words).join('、')}）`;
}

const Lines = (props: { lines: readonly AuditLine[]; words: (id: string) => string }): JSX.Element => (
  <Table
    caption="操作日志"
    captionHidden
    rows={props.lines}
    rowKey={(l) => String(l.id)}
    empty={<EmptyState title="没有符合条件的记录">换一个条件再找，或者清空条件。</EmptyState>}
    columns={[
      { title: '时间', nowrap: true, cell: (l) => chineseDateTime(l.at) },
      { title: '谁', nowrap: true, cell: (l) => actorOf(l, props.words) },
      { title: '做了什么', head: true, cell: (l) => actTitle(l.act) },
      { title: '对象', cell: (l) => l.subject && <span class="said">{props.words(l.subject)}</span> },
      { title: '内容', cell: (l) => <span class="said">{detailText(l.act, l.detail, props.words)}</span> },
    ]}
  />
);

async function exportFile(ctx: RouteContext, deps: PeopleDeps, who: SignedIn): Promise<void> {
  const asked = askedFor(ctx);
  const search = { ...searchOf(asked), limit: MOST_ROWS };
  const { lines, next } = await searchAudit(deps.db.read, placesOf(deps, who), search);
  const words = await wordsFor(deps, lines);
  await auditAlone(deps, who, 'audit.export', null, { asked: given(asked), rows: lines.length });
  const rows = lines.map((l) => [
    chineseDateTime(l.at),
    actorOf(l, words),
    l.actorLogin ?? '',
    actTitle(l.act),
    l.subject === null ? '' : words(l.subject),
    detailText(l.act, l.detail, words),
  ]);
  const end = next === null ? [] : [[`只导出了最近 ${MOST_ROWS} 条，请缩小范围分次导出`, '', '', '', '', '']];
  const text = csvText([['时间', '谁', '账号', '做了什么', '对象', '内容'], ...rows, ...end], {
    allTexts: true,
  });
  ctx.type = 'text/csv';
  ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent('操作日志.csv')}`);
  ctx.body = csvBytes(text, 'utf-8');
}

async function check(
  ctx: RouteContext,
  deps: PeopleDeps,
  who: SignedIn,
  one: (name: string) => string,
): Promise<void> {
  const number = one('number').trim();
  const last = one('last').trim();
  const isCount = /^[1-9]\d{0,3}$/.test(last) && Number(last) <= MOST_LOGS;
  if (number === '' && !isCount) {
    const faults = [{ pointer: '/last', message: `请填 1 到 ${MOST_LOGS}，或者填一个办件编号` }];
    checkPage(ctx, deps, who, { filled: { faults, one } }, 422);
    return;
  }
  const choice = number === '' ? { last: Number(last) } : { one: number };
  const result = await checkLogs(deps, placesOf(deps, who), choice);
  if (result.cases === 0 && number !== '') {
    const faults = [{ pointer: '/number', message: '没有这个编号的办件' }];
    checkPage(ctx, deps, who, { filled: { faults, one } }, 422);
    return;
  }
  const { cases, events, broken } = result;
  await auditAlone(deps, who, 'audit.check', null, { asked: choice, cases, events, broken: broken.length });
  checkPage(ctx, deps, who, { result });
}

function checkPage(
  ctx: RouteContext,
  deps: PeopleDeps,
  who: SignedIn,
  state: { filled?: Filled; result?: LogCheck },
  status = 200,
): void {
  const { filled = { faults: [], one: () => undefined }, result } = state;
  answer(
    ctx,
    deps,
    {
      title: '核对日志链',
      crumbs: [{ href: PATH, text: '操作日志' }],
      lead: '办件的每一条记录都连着前一条的校验值；改过、少过一条，核对就通不过。这里只看是否完整，看不到内容。',
      status,
    },
    <>
      <ErrorSummary faults={filled.faults} />
      {result && <Result result={result} />}
      <form method="post" action={CHECK}>
        <Once deps={deps} who={who} />
        <Card title="核对哪些">
          <TextField {...fieldOf(filled, 'number')} label="一个办件的编号" width="medium" />
          <TextField
            {...fieldOf(filled, 'last', '100')}
            label="或者最近多少件"
            inputMode="numeric"
            width="short"
            help={`最多 ${MOST_LOGS} 件；填了编号的，只核对那一件。`}
          />
        </Card>
        <Actions>
          <Button>核对</Button>
        </Actions>
      </form>
    </>,
  );
}

function Result({ result: { cases, events, broken } }: { result: LogCheck }): JSX.Element {
  if (broken.length === 0)
    return (
      <Card title="日志完整" tone="now">
        <p>
          核对了 {cases} 件、{events} 条记录，每一条都与前一条相符。
        </p>
      </Card>
    );
  return (
    <Card title={`有 ${broken.length} 件的日志不符`} tone="warn">
      <p>请马上停止有关操作，保留数据库和备份，报告安全管理员和上级。</p>
      <Table
        caption="不符的日志"
        captionHidden
        rows={broken}
        rowKey={(b) => b.id}
        columns={[
          { title: '办件', head: true, cell: (b) => b.number ?? b.id },
          { title: '从哪一条起', cell: (b) => (b.seq === null ? '封存的内容打不开' : `第 ${b.seq} 条`) },
        ]}
      />
    </Card>
  );
}
