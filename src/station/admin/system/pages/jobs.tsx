/** `/admin/jobs`: what is done after a decision, what failed, and what was set aside. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { chineseDateTime } from '../../../../kernel/time.ts';
import type { SignedIn } from '../../../../people/accounts/index.ts';
import {
  countParked,
  type FailedDeadline,
  type JobLine,
  type JobState,
  type JobsStanding,
  jobsStanding,
  listFailedDeadlines,
  listJobs,
} from '../../../../platform/jobs/index.ts';
import {
  Badge,
  Card,
  DefinitionList,
  EmptyState,
  FilterForm,
  optionsOf,
  Pager,
  Table,
} from '../../../../platform/web/index.ts';
import { readSent } from '../../../sent.ts';
import type { SystemDeps } from '../house.ts';
import { actOnJob, releaseAll, retryDeadline } from '../jobs.ts';
import { ageText, EFFECTS, effectTitle, JOB_STATES } from '../words.ts';
import { ActButton, address, answer, chosen, doAndGo, keeperPage, requireKeeper } from './parts.tsx';

const PATH = '/admin/jobs';
const ON_A_PAGE = 30;

interface Choice {
  state: JobState;
  effect: string | undefined;
  after: string | undefined;
}

export function mountJobs(router: Router, deps: SystemDeps): void {
  router.get(
    PATH,
    keeperPage(async (ctx, who) => {
      const state = chosen(ctx, 'state') ?? 'parked';
      const choice: Choice = {
        state: Object.hasOwn(JOB_STATES, state) ? (state as JobState) : 'parked',
        effect: chosen(ctx, 'effect'),
        after: chosen(ctx, 'after'),
      };
      const now = deps.clock.now();
      const [standing, parked, page, failed] = await Promise.all([
        jobsStanding(deps.db.read, now),
        countParked(deps.db.read),
        listJobs(deps.db.read, {
          state: choice.state,
          ...(choice.effect !== undefined && { effect: choice.effect }),
          ...(choice.after !== undefined && { after: choice.after }),
          limit: ON_A_PAGE,
        }),
        listFailedDeadlines(deps.db.read, now, ON_A_PAGE),
      ]);
      answer(
        ctx,
        deps,
        {
          title: '后台工作',
          section: PATH,
          lead: '作出决定以后由系统接着办的事：生成文书、发短信、张贴公示。试了 8 次还不成的搁置下来，等您处理。',
        },
        <>
          <Standing standing={standing} now={now} />
          {parked.length > 0 && <Parked parked={parked} deps={deps} who={who} />}
          <Jobs choice={choice} page={page} deps={deps} who={who} now={now} />
          <Failed failed={failed} deps={deps} who={who} />
        </>,
      );
    }),
  );
  router.post(`${PATH}/release`, async (ctx) => {
    const { who, one, requestId } = await readSent(ctx);
    const effect = one('effect');
    await doAndGo(ctx, PATH, async () => {
      const n = await releaseAll(deps, who, effect, requestId);
      return `${n} 件“${effectTitle(effect)}”重新排队，马上开始办。`;
    });
  });
  for (const act of ['retry', 'park'] as const)
    router.post(`${PATH}/:id/${act}`, async (ctx) => {
      const { who, requestId } = await readSent(ctx);
      await doAndGo(ctx, PATH, async () => {
        await actOnJob(deps, who, act, String(ctx.params.id), requestId);
        return act === 'retry' ? '已经重新办过，结果见下。' : '已经搁置。';
      });
    });
  router.post(`${PATH}/deadlines/:id/retry`, async (ctx) => {
    requireKeeper(ctx);
    const { who, requestId } = await readSent(ctx);
    await doAndGo(ctx, PATH, async () => {
      await retryDeadline(deps, who, String(ctx.params.id), requestId);
      return '这个期限马上再办一次。';
    });
  });
}

function Standing({ standing: s, now }: { standing: JobsStanding; now: string }): JSX.Element {
  const waits = s.oldestAt === null ? '没有' : ageText(Date.parse(now) - Date.parse(s.oldestAt));
  return (
    <Card title="现在">
      <DefinitionList
        items={[
          { term: '等待', detail: `${s.waiting} 件，其中正在办 ${s.leased} 件` },
          { term: '等得最久的', detail: waits },
          {
            term: '搁置',
            detail: s.parked > 0 ? <Badge tone="danger" text={`${s.parked} 件要处理`} /> : '没有',
          },
          { term: '办完', detail: `最近 24 小时 ${s.doneLastDay} 件，一共 ${s.done} 件` },
          { term: '到期的期限', detail: `${s.deadlinesDue} 个等着办，其中 ${s.deadlinesFailed} 个没有办成` },
        ]}
      />
    </Card>
  );
}

function Parked(props: {
  parked: readonly { effect: string; n: number }[];
  deps: SystemDeps;
  who: SignedIn;
}): JSX.Element {
  return (
    <Card title="搁置的，按工作" tone="warn">
      <Table
        caption="搁置的工作"
        captionHidden
        rows={props.parked}
        rowKey={(p) => p.effect}
        columns={[
          { title: '工作', head: true, cell: (p) => effectTitle(p.effect) },
          { title: '件数', numeric: true, cell: (p) => p.n },
          {
            title: '处理',
            cell: (p) => (
              <ActButton
                deps={props.deps}
                who={props.who}
                action={`${PATH}/release`}
                fields={{ effect: p.effect }}
                text="全部重办"
                about={`：${effectTitle(p.effect)}`}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}

const EMPTY: Record<JobState, string> = {
  waiting: '没有等待的工作',
  parked: '没有搁置的工作',
  done: '还没有办完的工作',
};

function Jobs(props: {
  choice: Choice;
  page: { jobs: JobLine[]; next: string | null };
  deps: SystemDeps;
  who: SignedIn;
  now: string;
}): JSX.Element {
  const { choice, page, deps, who, now } = props;
  const { after: _, ...filter } = choice;
  return (
    <Card title="逐件查看">
      <FilterForm
        action={PATH}
        filters={[
          {
            name: 'state',
            label: '状态',
            blank: '搁置的',
            value: choice.state,
            options: optionsOf(JOB_STATES),
          },
          {
            name: 'effect',
            label: '工作',
            blank: '全部工作',
            width: 'medium',
            value: choice.effect,
            options: optionsOf(EFFECTS),
          },
        ]}
      />
      <Table
        list
        caption="后台工作"
        captionHidden
        rows={page.jobs}
        rowKey={(j) => j.id}
        empty={<EmptyState title={EMPTY[choice.state]} />}
        columns={[
          {
            title: '工作',
            head: true,
            cell: (j) => (
              <>
                {effectTitle(j.effect)} <code class="help">{j.id.slice(-8)}</code>
              </>
            ),
          },
          { title: '提出', nowrap: true, cell: (j) => chineseDateTime(j.createdAt) },
          { title: '状态', cell: (j) => <StateOf job={j} now={now} /> },
          { title: '处理', cell: (j) => <JobActs job={j} deps={deps} who={who} now={now} /> },
        ]}
      />
      <Pager
        prev={choice.after === undefined ? null : address(PATH, filter)}
        next={page.next && address(PATH, { ...filter, after: page.next })}
      />
    </Card>
  );
}

const isInHand = (job: JobLine, now: string): boolean => job.leasedUntil !== null && job.leasedUntil > now;

function StateOf({ job, now }: { job: JobLine; now: string }): JSX.Element {
  const { text, tone } = JOB_STATES[job.state];
  return (
    <div>
      <Badge tone={tone} text={isInHand(job, now) ? '正在办' : text} />
      {job.state === 'waiting' && job.attempts > 0 && (
        <p class="help">
          试过 {job.attempts} 次，{chineseDateTime(job.nextAt)} 再试
        </p>
      )}
      {job.doneAt && <p class="help">{chineseDateTime(job.doneAt)}</p>}
      {job.error && (
        <p class="help">
          原因：<code>{job.error}</code>
        </p>
      )}
    </div>
  );
}

function JobActs({ job, deps, who, now }: { job: JobLine; deps: SystemDeps; who: SignedIn; now: string }) {
  if (job.state === 'done' || isInHand(job, now)) return <>—</>;
  const about = `：${effectTitle(job.effect)} ${job.id.slice(-8)}`;
  return (
    <div class="toolbar">
      <ActButton deps={deps} who={who} action={`${PATH}/${job.id}/retry`} text="马上重办" about={about} />
      {job.state === 'waiting' && (
        <ActButton
          deps={deps}
          who={who}
          action={`${PATH}/${job.id}/park`}
          text="搁置"
          about={about}
          kind="quiet"
        />
      )}
    </div>
  );
}

function Failed(props: {
  failed: readonly FailedDeadline[];
  deps: SystemDeps;
  who: SignedIn;
}): JSX.Element | null {
  if (props.failed.length === 0) return null;
  return (
    <Card title="到期没有办成的期限" tone="warn">
      <p class="help">期限是法定的，系统每小时都会再办，不会搁置。</p>
      <Table
        caption="没有办成的期限"
        captionHidden
        rows={props.failed}
        rowKey={(d) => d.id}
        columns={[
          { title: '期限', head: true, cell: (d) => <code>{d.clock}</code> },
          { title: '到期', nowrap: true, cell: (d) => chineseDateTime(d.firesAt) },
          { title: '试过', numeric: true, cell: (d) => `${d.attempts} 次` },
          { title: '原因', cell: (d) => <code>{d.error}</code> },
          {
            title: '处理',
            cell: (d) => (
              <ActButton
                deps={props.deps}
                who={props.who}
                action={`${PATH}/deadlines/${d.id}/retry`}
                text="马上重办"
                about={`：期限 ${d.id.slice(-8)}`}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}
