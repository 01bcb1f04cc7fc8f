/** `/admin`: what each of the three administrators keeps, and how the house stands for the one of the system. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { notAllowed } from '../../../../errors.ts';
import { chineseDateTime } from '../../../../kernel/time.ts';
import { requireSession, type SignedIn } from '../../../../people/accounts/index.ts';
import { Badge, type BadgeTone, Card, DefinitionList, Table } from '../../../../platform/web/index.ts';
import { StationPage, show, staffPage } from '../../../shell.tsx';
import { ENTRIES } from '../../entries.ts';
import type { SystemDeps } from '../house.ts';
import { administratorRoles, mayKeepSystem } from '../policy.ts';
import { type Standing, standingOf } from '../standing.ts';
import { sizeText } from '../words.ts';
import { isOverdue, lastBackupText } from './backups.tsx';
import { answer } from './parts.tsx';

const PATH = '/admin';

export function mountFront(router: Router, deps: SystemDeps): void {
  router.get(
    PATH,
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      if (administratorRoles(who).length === 0) throw notAllowed();
      if (!mayKeepSystem(who))
        return show(
          ctx,
          <StationPage ctx={ctx} deps={deps} title="管理" heading="管理" nav="admin">
            <Entries who={who} />
          </StationPage>,
        );
      const standing = await standingOf(deps);
      answer(
        ctx,
        deps,
        { title: '管理', section: PATH },
        <>
          <Signs lines={signsOf(deps, standing)} />
          <Program deps={deps} standing={standing} />
          <Entries who={who} />
        </>,
      );
    }),
  );
}

interface Sign {
  title: string;
  tone: BadgeTone;
  text: string;
  href: string;
}

function signsOf(deps: SystemDeps, s: Standing): Sign[] {
  const { into } = deps.house.backups;
  const overdue = into === null || s.backupFailed || isOverdue(s.backups, deps.clock.now());
  const years = [
    ...s.yearsWithout.map((y) => `${y} 年没有国务院放假表`),
    ...s.localYearsWithout.map((y) => `${y} 年没有文山州放假通知`),
  ];
  return [
    sign(
      '后台工作',
      '/admin/jobs',
      s.parked > 0 && 'danger',
      s.parked > 0 ? `${s.parked} 件搁置，要处理` : '没有搁置的',
    ),
    sign(
      '到期的期限',
      '/admin/jobs',
      s.failedDeadlines > 0 && 'danger',
      s.failedDeadlines > 0 ? `${s.failedDeadlines} 个没有办成` : '都已办理',
    ),
    sign(
      '备份',
      '/admin/backups',
      overdue && 'danger',
      into === null ? '没有设置备份目录' : `最近一次 ${lastBackupText(s.backups, deps.clock.now())}`,
    ),
    sign('放假表', '/admin/holidays', years.length > 0 && 'warn', years.join('；') || '今年、明年都有'),
    sign(
      '参数',
      '/admin/parameters?show=ending',
      s.ending.length > 0 && 'warn',
      s.ending.length > 0 ? `${s.ending.length} 个 60 天内到期，后面没有新值` : '60 天内没有到期的',
    ),
    sign(
      '待批准的参数',
      '/admin/parameters?show=proposed',
      s.proposals > 0 && 'info',
      s.proposals > 0 ? `${s.proposals} 个等另一位管理员批准` : '没有',
    ),
  ];
}

const sign = (title: string, href: string, tone: BadgeTone | false, text: string): Sign => ({
  title,
  href,
  tone: tone || 'done',
  text,
});

const Signs = ({ lines }: { lines: readonly Sign[] }): JSX.Element => (
  <Table
    caption="现在的情况"
    list
    rows={lines}
    rowKey={(l) => l.title}
    columns={[
      {
        title: '方面',
        head: true,
        cell: (l) => (
          <a href={l.href} data-row-link>
            {l.title}
          </a>
        ),
      },
      { title: '情况', cell: (l) => <Badge tone={l.tone} text={l.text} /> },
    ]}
  />
);

function Program({ deps, standing }: { deps: SystemDeps; standing: Standing }): JSX.Element {
  const { version, startedAt, fresh } = deps.house;
  const items = fresh.map(({ definition: d }) => `${d.code} ${d.title} 第 ${d.version} 版`);
  return (
    <Card title="程序">
      <DefinitionList
        items={[
          { term: '程序版本', detail: version },
          { term: '启动时间', detail: chineseDateTime(startedAt) },
          { term: '数据库', detail: sizeText(standing.databaseBytes) },
          {
            term: '这次启动新增的事项版本',
            detail:
              items.length > 0
                ? `${items.length} 个：${items.slice(0, 5).join('、')}${items.length > 5 ? '……' : ''}`
                : '没有',
            wide: true,
          },
        ]}
      />
    </Card>
  );
}

function Entries({ who }: { who: SignedIn }): JSX.Element {
  const own = ENTRIES.filter((e) => administratorRoles(who).includes(e.role));
  return (
    <Table
      caption="可以办理的"
      list
      rows={own}
      rowKey={(e) => e.href}
      columns={[
        {
          title: '内容',
          head: true,
          cell: (e) => (
            <a href={e.href} data-row-link>
              {e.title}
            </a>
          ),
        },
        { title: '做什么', cell: (e) => e.does },
      ]}
    />
  );
}
