/** `/admin/backups`: the last backups, whether they were checked, and one made now. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { notAllowed } from '../../../../errors.ts';
import { chineseDateTime } from '../../../../kernel/time.ts';
import type { SignedIn } from '../../../../people/accounts/index.ts';
import { auditAlone } from '../../../../platform/audit/index.ts';
import { KEPT, type KeptBackup, sizeOf } from '../../../../platform/backup/index.ts';
import { Badge, Card, EmptyState, Table } from '../../../../platform/web/index.ts';
import { readSent } from '../../../sent.ts';
import type { SystemDeps } from '../house.ts';
import { mayKeepSystem } from '../policy.ts';
import { ageText, sizeText } from '../words.ts';
import { ActButton, answer, doAndGo, keeperPage } from './parts.tsx';

const PATH = '/admin/backups';
/** An hour more than a day: the daily one takes its time. */
const FRESH_MS = 25 * 3_600_000;

export function mountBackups(router: Router, deps: SystemDeps): void {
  const { backups } = deps.house;
  router.get(
    PATH,
    keeperPage(async (ctx, who) => {
      const [list, failure] = await Promise.all([backups.list(), backups.failure()]);
      answer(
        ctx,
        deps,
        {
          title: '备份',
          section: PATH,
          lead: `每天自动备份一次数据库和全部文件，保留最近 ${KEPT} 份。备份里的个人信息和文件仍是封存的。`,
        },
        <>
          {backups.into === null ? <NoFolder /> : <Latest list={list} now={deps.clock.now()} />}
          {failure && (
            <Card title="最近一次没有备份成" tone="warn">
              <p>
                {chineseDateTime(failure.at)}：{failure.reason}
              </p>
            </Card>
          )}
          {backups.into !== null && (
            <ActButton deps={deps} who={who} action={PATH} text="现在备份" kind="primary" shortcut="n" />
          )}
          <List list={list} deps={deps} who={who} />
          <Key />
        </>,
      );
    }),
  );
  router.post(PATH, async (ctx) => {
    const { who } = await readSent(ctx);
    if (!mayKeepSystem(who)) throw notAllowed();
    await doAndGo(ctx, PATH, async () => {
      const made = await backups.make();
      await auditAlone(deps, who, 'backup.make', null, { files: made.files.length });
      return `已经备份，用时 ${secondsText(made.tookMs)}，共 ${sizeText(sizeOf(made))}。`;
    });
  });
  router.post(`${PATH}/:name/verify`, async (ctx) => {
    const { who } = await readSent(ctx);
    if (!mayKeepSystem(who)) throw notAllowed();
    const name = String(ctx.params.name);
    await doAndGo(ctx, PATH, async () => {
      const faults = await backups.verify(name);
      await auditAlone(deps, who, 'backup.verify', name, { faults: faults.length });
      return faults.length === 0 ? '每个文件都与清单相符。' : `校验完毕：有 ${faults.length} 处不符，见下。`;
    });
  });
}

const secondsText = (ms: number): string => `${(ms / 1000).toFixed(1)} 秒`;

/** Is the newest sound backup older than a day, or is there none? */
export const isOverdue = (list: readonly KeptBackup[], now: string): boolean => {
  const last = list.find((b) => b.manifest !== null);
  return !last?.manifest || Date.parse(now) - Date.parse(last.manifest.madeAt) > FRESH_MS;
};

/** `3 小时前` or that there is none. */
export function lastBackupText(list: readonly KeptBackup[], now: string): string {
  const last = list.find((b) => b.manifest !== null)?.manifest;
  return last ? `${ageText(Date.parse(now) - Date.parse(last.madeAt))}前` : '还没有备份';
}

function NoFolder(): JSX.Element {
  return (
    <Card title="还没有设置备份目录" tone="warn">
      <p>
        现在没有自动备份。请设置环境变量 <code>CUNBAN_BACKUP_DIR</code>
        （最好是另一块磁盘上的目录），然后重新启动服务。在命令行上可以随时备份：
        <code>cunban backup --to 目录</code>。
      </p>
    </Card>
  );
}

function Latest({ list, now }: { list: readonly KeptBackup[]; now: string }): JSX.Element {
  const overdue = isOverdue(list, now);
  return (
    <p>
      <Badge
        tone={overdue ? 'danger' : 'done'}
        text={`最近一次：${lastBackupText(list, now)}${overdue ? '，超过一天' : ''}`}
      />
    </p>
  );
}

function List({ list, deps, who }: { list: readonly KeptBackup[]; deps: SystemDeps; who: SignedIn }) {
  return (
    <Table
      list
      caption="现有备份"
      rows={list}
      rowKey={(b) => b.name}
      empty={<EmptyState title="还没有备份" />}
      columns={[
        {
          title: '时间',
          head: true,
          cell: (b) => (b.manifest ? chineseDateTime(b.manifest.madeAt) : b.name),
        },
        {
          title: '大小',
          numeric: true,
          nowrap: true,
          cell: (b) => (b.manifest ? sizeText(sizeOf(b.manifest)) : '—'),
        },
        { title: '文件', numeric: true, cell: (b) => (b.manifest ? b.manifest.files.length : '—') },
        {
          title: '用时',
          numeric: true,
          nowrap: true,
          cell: (b) => (b.manifest ? secondsText(b.manifest.tookMs) : '—'),
        },
        { title: '程序', nowrap: true, cell: (b) => b.manifest?.program ?? '—' },
        { title: '校验', cell: (b) => <Checked backup={b} /> },
        {
          title: '处理',
          cell: (b) => (
            <ActButton
              deps={deps}
              who={who}
              action={`${PATH}/${b.name}/verify`}
              text="逐个校验"
              about={`：${b.name}`}
            />
          ),
        },
      ]}
    />
  );
}

const FAULTS_SHOWN = 5;

function Checked({ backup: { manifest, verified } }: { backup: KeptBackup }): JSX.Element {
  if (manifest === null) return <Badge tone="danger" text="清单不完整" />;
  if (verified === null) return <Badge tone="neutral" text="还没有校验" />;
  const { at, faults } = verified;
  if (faults.length === 0) return <Badge tone="done" text={`相符 ${chineseDateTime(at)}`} />;
  return (
    <div>
      <Badge tone="danger" text={`${faults.length} 处不符，不能用`} />
      <ul class="help">
        {faults.slice(0, FAULTS_SHOWN).map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </div>
  );
}

function Key(): JSX.Element {
  return (
    <Card title="密钥不在备份里">
      <p>
        数据目录里的 <code>secret.key</code>（或者设置的 <code>CUNBAN_SECRET</code>
        ）不会进入备份：没有它，备份里的个人信息打不开；有了它，谁拿到备份都能打开。请把它另存一份，与备份分开保管。
      </p>
      <p>
        恢复：<code>cunban restore --from 备份目录 --to 空的数据目录</code>
        ，再把密钥放回去。恢复前会逐个校验，有一个字节不符就不恢复。
      </p>
    </Card>
  );
}
