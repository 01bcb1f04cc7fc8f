/** The form beside the pictures of the materials, and a form as a desk saw it earlier. */
import type Router from '@koa/router';
import { notFound } from '../../../errors.ts';
import { chineseDateTime } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Actions, Card, LinkButton, renderView, Table } from '../../../platform/web/index.ts';
import { EVENT_WORDS } from '../../../workflow/words.ts';
import { afterAnswer, noteLook } from '../../remarks/index.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import { ComparisonCard } from './changes-view.tsx';
import { getCase } from './door.ts';
import { comparisonOf, handedInAt, isBack } from './handed-in.ts';
import { pageAsked, viewSlots } from './roster-parts.tsx';
import { titlesOf } from './targets.ts';
import { ownActs, turnText } from './turn.ts';
import { Viewer } from './viewer.tsx';
import { caseTitle } from './words.ts';

/** `/cases/:id/review` and `/cases/:id/as-of/:seq` */
export function mountReview(router: Router, deps: CaseDeps): void {
  router.get(
    '/cases/:id/review',
    staffPage((ctx) => reviewPage(ctx, deps)),
  );
  router.get(
    '/cases/:id/as-of/:seq',
    staffPage((ctx) => asOfPage(ctx, deps)),
  );
}

async function reviewPage(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const who = requireSession(ctx);
  const full = await getCase(deps, { kind: 'account', who }, ctx.params.id as string);
  const { view, row, pinned, files } = full;
  const titles = titlesOf(full);
  const asked = ctx.query.file;
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="cases"
      title={`对照审查：${caseTitle(view)}`}
      heading="申请表和材料对照"
      scripts={['desk']}
      breadcrumbs={[
        { href: '/inbox', text: '待办' },
        { href: `/cases/${view.id}`, text: caseTitle(view) },
        { text: '对照审查' },
      ]}
    >
      <p class="lead">
        {view.village.name} · {view.number ?? '还没有提交'} · {view.stateTitle}。{turnText(view)}
      </p>
      <Actions>
        {ownActs(view).map(({ event, word, href, kind, key }) => (
          <LinkButton key={event} kind={kind} href={href} {...(key && { shortcut: key })}>
            {word}
          </LinkButton>
        ))}
        <LinkButton kind="quiet" href={`/cases/${view.id}`} shortcut="u">
          返回办件页
        </LinkButton>
      </Actions>
      {isBack(full) && <ComparisonCard caseId={view.id} comparison={comparisonOf(full)} titles={titles} />}
      <div class="beside wide-page">
        <Card id="form" title="申请表">
          {renderView({
            schema: pinned.formFor(row.situation),
            value: row.form,
            faults: view.faults,
            prefix: '/form',
            slots: viewSlots(full, pageAsked(ctx.query.rows) ?? 1),
            columns: 5,
            level: 3,
          })}
        </Card>
        <div class="beside-sticky">
          <Card id="pictures" title="材料">
            <Viewer
              caseId={view.id}
              files={files}
              materials={view.materials}
              current={typeof asked === 'string' ? asked : undefined}
            />
          </Card>
        </div>
      </div>
    </StationPage>,
  );
  afterAnswer(ctx, deps, () => noteLook(deps, who, view.id, { act: 'case.view' }));
}

async function asOfPage(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const who = requireSession(ctx);
  const full = await getCase(deps, { kind: 'account', who }, ctx.params.id as string);
  const { view, row, pinned } = full;
  const event = full.log.find((e) => String(e.seq) === ctx.params.seq);
  const then = event && handedInAt(full.log, event.seq);
  if (!event || !then) throw notFound();
  const titles = titlesOf(full);
  const title = '当时的申请表';
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="cases"
      title={`${title}：${caseTitle(view)}`}
      heading={title}
      breadcrumbs={[
        { href: '/inbox', text: '待办' },
        { href: `/cases/${view.id}`, text: caseTitle(view) },
        { text: title },
      ]}
    >
      <p class="lead">
        {chineseDateTime(event.at)} {event.by.name}“{EVENT_WORDS[event.type]}
        ”时看到的，只供查看，不是现在的内容。
      </p>
      <Card id="form" title={`申请表（${chineseDateTime(then.at)} 交来）`}>
        {renderView({ schema: pinned.formFor(row.situation), value: then.form, prefix: '/form', level: 3 })}
      </Card>
      <Card id="materials" title="当时的材料">
        <Table
          caption="当时的材料"
          captionHidden
          rows={then.files}
          rowKey={(f, i) => `${f.sha256}-${i}`}
          empty={<p>没有上传的材料。</p>}
          columns={[
            { title: '材料', head: true, cell: (f) => titles[`/materials/${f.material}`] ?? f.material },
            { title: '文件', cell: (f) => <FileLink caseId={view.id} file={f} files={full.files} /> },
          ]}
        />
      </Card>
      <p>
        <LinkButton href={`/cases/${view.id}`} shortcut="u">
          返回办件页
        </LinkButton>
      </p>
    </StationPage>,
  );
  afterAnswer(ctx, deps, () => noteLook(deps, who, view.id, { act: 'case.view' }));
}

/** A file that is still there opens; one that was replaced keeps its name. */
function FileLink(props: {
  caseId: string;
  file: { name: string; sha256: string };
  files: readonly { id: string; fileHash: string }[];
}) {
  const { caseId, file, files } = props;
  const still = files.find((f) => f.fileHash === file.sha256);
  if (!still)
    return (
      <span>
        {file.name} <span class="help">后来换掉了</span>
      </span>
    );
  return (
    <a href={`/cases/${caseId}/materials/${still.id}`} target="_blank" rel="noopener">
      {file.name}
    </a>
  );
}
