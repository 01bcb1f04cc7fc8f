/** The acts on a run: what each will do is said before it is done. */
import type { JSX } from 'preact';
import type { AppError } from '../../../errors.ts';
import { chineseDateTime } from '../../../kernel/time.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Actions, Card, DefinitionList, FileField, LinkButton, Table } from '../../../platform/web/index.ts';
import type { RunView } from '../runs/view.ts';
import type { RunState } from '../types.ts';
import { DoOrLeave } from './act-form.tsx';
import { Money, OnceFields, type PageDeps } from './parts.tsx';
import { RUN_STATES } from './words.ts';

export type RunActName = 'approve' | 'discard' | 'export' | 'import';

interface RunAct {
  title: string;
  button: string;
  help: string;
  /** Said afterwards. */
  done: string;
  kind?: 'danger';
  from: readonly RunState[];
  desks: readonly ('prepare' | 'approve')[];
}

export const RUN_ACTS: Record<RunActName, RunAct> = {
  approve: {
    title: '批准批次',
    button: '批准',
    help: '批准以后由承办人报送银行。批准时系统会再核对一遍名单，编制以后情况有变的不能批准，要作废重编。',
    done: '批次已批准，由承办人报送银行。',
    from: ['draft'],
    desks: ['approve'],
  },
  discard: {
    title: '作废批次',
    button: '作废',
    help: '作废以后这个批次不再发放，里面的钱可以重新编制。批次号不再使用。',
    done: '批次已作废。',
    kind: 'danger',
    from: ['draft', 'approved'],
    desks: ['prepare', 'approve'],
  },
  export: {
    title: '报送银行',
    button: '生成银行文件并报送',
    help: '生成代发文件，登记为已报送，办件上记明已经发放；改为现金的由村服务站发放。报送以后不能作废，请把下载的文件交给银行。',
    done: '已报送。请下载代发文件交给银行。',
    from: ['approved'],
    desks: ['prepare'],
  },
  import: {
    title: '导入回盘',
    button: '导入',
    help: '选择银行返回的文件，文本或者工作簿都可以；可以分几次导入。文件有任何一处错误，整份都不入账。',
    done: '回盘已导入。',
    from: ['exported'],
    desks: ['prepare'],
  },
};

/** What stands against an act. */
export interface ActState {
  status?: number;
  problem?: string;
  /** Lines of a return file that are wrong; line null: the file as a whole. */
  faults?: readonly { line: string | null; message: string }[];
  /** People whose case has moved since the run was prepared. */
  changed?: readonly { seq: number; name: string; why: string }[];
  /** When a return file was read before, and what it did. */
  known?: string;
}

/** What a refusal tells, beside its sentence. */
export function standingAgainst({ code, faults, data }: AppError): ActState {
  if (code === 'payout.changed') return { changed: data?.changed as NonNullable<ActState['changed']> };
  if (code === 'payout.file_known') {
    const { importedAt, run, paid, refused } = data as Record<string, string | number>;
    const when = chineseDateTime(String(importedAt));
    return { known: `${when}已导入，批次 ${run}：已付 ${paid} 笔，退回 ${refused} 笔。` };
  }
  if (!faults) return {};
  return {
    faults: faults.map(({ pointer, message }) => ({
      line: /\/lines\/(\d+)$/.exec(pointer)?.[1] ?? null,
      message: message.replace(/^第 \d+ 行：/, ''),
    })),
  };
}

export function RunActCard(props: {
  ctx: RouteContext;
  deps: PageDeps;
  run: RunView;
  name: RunActName;
  state: ActState;
  /** The one who prepared it wants to approve it. */
  own: boolean;
}): JSX.Element {
  const { ctx, deps, run, name, state, own } = props;
  const { title, button, help, kind = 'primary', from } = RUN_ACTS[name];
  const back = `/payouts/runs/${run.id}`;
  if (own || !from.includes(run.state) || !mayNow(run, name))
    return (
      <>
        <Against state={state} />
        <Card tone="warn" title={`现在不能${title}`}>
          <p>{whyNot(run, name, own)}</p>
          <Actions>
            <LinkButton href={back}>返回批次</LinkButton>
          </Actions>
        </Card>
      </>
    );
  return (
    <>
      <Against state={state} />
      <form
        method="post"
        action={`${back}/${name}`}
        {...(name === 'import' && { encType: 'multipart/form-data' })}
      >
        <OnceFields ctx={ctx} deps={deps} />
        <input type="hidden" name="version" value={run.version} />
        <Card>
          <DefinitionList
            items={[
              { term: '人数', detail: `${run.count} 人` },
              { term: '合计', detail: <Money fen={run.total} /> },
              { term: '大写', detail: run.capitals, wide: true },
            ]}
          />
          <p class="help">{help}</p>
          {name === 'import' && (
            <FileField
              id="file"
              name="file"
              label="回盘文件"
              help="不超过 10 MB。"
              accept=".txt,.xlsx,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              mark={false}
            />
          )}
          <DoOrLeave text={button} kind={kind} back={back} />
        </Card>
      </form>
    </>
  );
}

const mayNow = ({ may }: RunView, name: RunActName): boolean => may[name];

function whyNot({ state, kind }: RunView, name: RunActName, own: boolean): string {
  if (own) return '这个批次是您编制的，必须由另一位分管领导批准。编制和批准必须是两个人。';
  if (name === 'import' && kind === 'outside') return '这是手工发放的记录，到账情况在办件里登记。';
  if (name === 'discard' && state === 'approved') return '已经批准的批次，由分管领导作废。';
  return `这个批次现在是“${RUN_STATES[state].text}”。`;
}

/** Why nothing has happened, line by line. */
function Against({ state: { faults = [], changed = [], known } }: { state: ActState }): JSX.Element | null {
  if (known !== undefined)
    return (
      <Card tone="warn" title="这份文件以前导入过">
        <p>{known}</p>
      </Card>
    );
  if (changed.length > 0)
    return (
      <Card tone="warn" title={`编制以后有 ${changed.length} 人情况变了`}>
        <Table
          caption="情况有变的人，请作废批次重新编制"
          rows={changed}
          rowKey={(c) => String(c.seq)}
          columns={[
            { title: '序号', numeric: true, cell: (c) => c.seq },
            { title: '姓名', head: true, cell: (c) => c.name },
            { title: '变化', cell: (c) => c.why },
          ]}
        />
      </Card>
    );
  if (faults.length === 0) return null;
  return (
    <div class="error-summary" role="alert" tabIndex={-1} data-focus>
      <h2>文件没有导入，有 {faults.length} 处错误</h2>
      <Table
        caption="逐行的错误，整份文件都没有入账"
        rows={faults.slice(0, MOST)}
        rowKey={(f, i) => `${f.line}-${i}`}
        columns={[
          { title: '行', numeric: true, cell: (f) => f.line ?? '—' },
          { title: '错误', cell: (f) => f.message },
        ]}
      />
      {faults.length > MOST && <p>……另有 {faults.length - MOST} 处。</p>}
      <p>请与银行核对，取得正确的文件后重新导入。</p>
    </div>
  );
}
const MOST = 100;
