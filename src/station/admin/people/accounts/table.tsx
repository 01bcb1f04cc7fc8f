/** `/admin/accounts/table`: several accounts out of a spreadsheet, looked at before anything is written. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault, invalid } from '../../../../errors.ts';
import { csvBytes, csvText } from '../../../../kernel/csv.ts';
import { localDate } from '../../../../kernel/time.ts';
import {
  type Applicant,
  applicantFaults,
  grantTitle,
  MOST_AT_ONCE,
  openAccounts,
  type SignedIn,
  withLogins,
} from '../../../../people/accounts/index.ts';
import type { RouteContext } from '../../../../platform/http/index.ts';
import { Actions, Button, Card, ErrorSummary, FileField, Table } from '../../../../platform/web/index.ts';
import { readGrid } from '../../../rosters/index.ts';
import { keptMultipart, readSent, type Sent } from '../../../sent.ts';
import { isRefusal } from '../../../shell.tsx';
import { adminPage, answer, Once, type PeopleDeps, requireRole } from '../parts.tsx';
import { keeperRoots, PATH as LIST } from './list.tsx';
import { Passwords } from './passwords.tsx';
import { CRUMB } from './show.tsx';
import { COLUMNS, type ReadLine, readLines } from './table-rows.ts';

const PATH = `${LIST}/table`;
const ACCEPT = '.xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const EXAMPLE = [
  ['农小兰', '', '村代办员', '532628103201', '否', '', ''],
  ['李春', 'lichun', '窗口受理员', '剥隘镇', '否', '2026-10-01', '2027-09-30'],
];

export function mountTable(router: Router, deps: PeopleDeps): void {
  router.get(
    PATH,
    adminPage('security-admin', async (ctx, who) => uploadPage(ctx, deps, who, [])),
  );
  router.get(`${PATH}/blank`, async (ctx: RouteContext) => {
    requireRole(ctx, 'security-admin');
    ctx.type = 'text/csv';
    ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent('开通账号.csv')}`);
    ctx.body = csvBytes(csvText([[...COLUMNS], ...EXAMPLE], { allTexts: true }), 'utf-8');
  });
  router.post(PATH, keptMultipart as never, async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    requireRole(ctx, 'security-admin');
    try {
      previewPage(ctx, deps, sent.who, await linesOf(ctx, deps, sent));
    } catch (error) {
      if (!isRefusal(error) || error.status < 413) throw error;
      const faults = error.faults ?? [{ pointer: '/file', message: '读不了这个文件，请用 XLSX 或 CSV 表格' }];
      uploadPage(ctx, deps, sent.who, faults);
    }
  });
  router.post(`${PATH}/open`, async (ctx: RouteContext) => {
    const { who, one, requestId } = await readSent(ctx);
    requireRole(ctx, 'security-admin');
    const opened = await openAccounts(deps, who, applicantsIn(one('applicants')), requestId);
    answer(
      ctx,
      deps,
      { title: `开通了 ${opened.length} 个账号`, crumbs: [CRUMB] },
      <Passwords accounts={opened} back={LIST} />,
    );
  });
}

async function linesOf(ctx: RouteContext, deps: PeopleDeps, { who, files }: Sent): Promise<ReadLine[]> {
  if (ctx.state.refusedUpload) throw ctx.state.refusedUpload;
  const [file] = files;
  if (!file) throw invalid([{ pointer: '/file', message: '请选择表格' }]);
  const grid = await readGrid(file.bytes);
  const lines = readLines(grid, deps.orgs, keeperRoots(who), localDate(deps.clock.now()));
  const named = await withLogins(
    deps.db.read,
    lines.map((l) => l.applicant),
  );
  for (const [i, line] of lines.entries()) line.applicant = named[i] as Applicant;
  const faults = await applicantFaults(deps, who, named);
  for (const fault of faults) {
    const [, index = '', ...rest] = fault.pointer.split('/');
    const line = lines[Number(index)] as ReadLine;
    if (line.faults.length === 0 || rest[0] !== 'grants')
      line.faults.push({ ...fault, pointer: `/${rest.join('/')}` });
  }
  return lines;
}

/** What the preview carried along. @throws AppError 422 when it is no such list */
function applicantsIn(text: string): Applicant[] {
  const broken = () => invalid([{ pointer: '', message: '预览的内容不完整，请重新上传表格' }]);
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list) || list.length > MOST_AT_ONCE || !list.every(isApplicant)) throw broken();
    return list;
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof SyntaxError) throw broken();
    throw error;
  }
}

function isApplicant(value: unknown): value is Applicant {
  const { login, name, grants } = (value ?? {}) as Partial<Record<keyof Applicant, unknown>>;
  const isGrant = (g: Record<string, unknown>) =>
    typeof g.role === 'string' &&
    typeof g.org === 'string' &&
    typeof g.subtree === 'boolean' &&
    typeof g.from === 'string' &&
    (g.to === null || typeof g.to === 'string');
  return (
    typeof login === 'string' && typeof name === 'string' && Array.isArray(grants) && grants.every(isGrant)
  );
}

function uploadPage(ctx: RouteContext, deps: PeopleDeps, who: SignedIn, faults: readonly Fault[]): void {
  const fault = faults.find((f) => f.pointer === '/file');
  answer(
    ctx,
    deps,
    {
      title: '成批开通账号',
      crumbs: [CRUMB],
      lead: `一次最多 ${MOST_AT_ONCE} 人。上传以后先看有没有问题，确认了才开通。`,
      status: faults.length > 0 ? 422 : 200,
    },
    <form method="post" action={PATH} enctype="multipart/form-data">
      <ErrorSummary faults={faults} />
      <Once deps={deps} who={who} />
      <Card>
        <p>
          <a href={`${PATH}/blank`}>下载空表</a>（CSV，有两行例子）。栏目：{COLUMNS.join('、')}
          。账号不填的按姓名拼音取，起止不填的从今天起长期有效。
        </p>
        <FileField
          id="f-file"
          name="file"
          label="表格"
          required
          mark={false}
          accept={ACCEPT}
          {...(fault && { error: fault.message })}
        />
      </Card>
      <Actions>
        <Button>上传并检查</Button>
      </Actions>
    </form>,
  );
}

function previewPage(ctx: RouteContext, deps: PeopleDeps, who: SignedIn, lines: readonly ReadLine[]): void {
  const wrong = lines.filter((l) => l.faults.length > 0).length;
  answer(
    ctx,
    deps,
    {
      title: '开通前先看',
      crumbs: [CRUMB, { href: PATH, text: '成批开通' }],
      lead:
        wrong > 0
          ? `${lines.length} 人中有 ${wrong} 人的内容有问题，一个也没有开通。请改好表格再上传。`
          : `${lines.length} 人都没有问题，还没有开通。`,
      status: wrong > 0 ? 422 : 200,
    },
    <>
      <Preview lines={lines} deps={deps} />
      {wrong === 0 && (
        <form method="post" action={`${PATH}/open`}>
          <Once deps={deps} who={who} />
          <input type="hidden" name="applicants" value={JSON.stringify(lines.map((l) => l.applicant))} />
          <Actions>
            <Button>开通 {lines.length} 个账号</Button>
          </Actions>
        </form>
      )}
    </>,
  );
}

const Preview = ({ lines, deps }: { lines: readonly ReadLine[]; deps: PeopleDeps }): JSX.Element => (
  <Table
    caption="表里的人"
    captionHidden
    rows={lines}
    rowKey={(l) => String(l.line)}
    columns={[
      { title: '行', numeric: true, cell: (l) => l.line },
      { title: '姓名', head: true, cell: (l) => l.applicant.name || '（空）' },
      { title: '账号', cell: (l) => l.applicant.login },
      {
        title: '岗位',
        cell: ({ applicant: { grants } }) => grants.map((g) => grantTitle(g, deps.orgs)).join('、'),
      },
      {
        title: '检查',
        cell: (l) =>
          l.faults.length === 0 ? '没有问题' : <strong>{l.faults.map((f) => f.message).join('；')}</strong>,
      },
    ]}
  />
);
