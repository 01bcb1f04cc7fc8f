/** The case page, the full numbers on request, and the files of its materials. */
import type Router from '@koa/router';
import { notFound } from '../../../errors.ts';
import { doesCaseWork, requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Button, Card, CsrfField, LinkButton, renderView, Tabs } from '../../../platform/web/index.ts';
import { listCertificates } from '../../certificates/index.ts';
import { listObjections } from '../../notices/index.ts';
import { mayServe, papersOfCase } from '../../papers/index.ts';
import { MoneyCard, moneyOfCase } from '../../payouts/index.ts';
import { Drawing, StationPage, show, staffPage } from '../../shell.tsx';
import { sitsAt } from '../access.ts';
import type { CaseDeps } from '../deps.ts';
import type { FullCase } from '../queries.ts';
import { eventViews, getCase, linksOf, reveal, shareOf } from './door.ts';
import { JointCard, LinksCard, OwedCard, ShareCard } from './joint-view.tsx';
import { MaterialsCard, ObjectionsCard, PapersCard, StoryCard, timelineOf } from './record-view.tsx';
import { RosterCards, rosterFacts } from './roster-cards.tsx';
import { pageAsked, viewSlots } from './roster-parts.tsx';
import { ClocksCard, FactsCard, FaultsCard, NowCard } from './show-view.tsx';
import { drawingOf } from './story.ts';
import { titlesOf } from './targets.ts';
import { caseTitle } from './words.ts';

/** `/cases/:id`, `/cases/:id/reveal`, `/cases/:id/materials/:file` */
export function mountShow(router: Router, deps: CaseDeps): void {
  router.get(
    '/cases/:id',
    staffPage((ctx) => casePage(ctx, deps, requireSession(ctx), false)),
  );
  router.post('/cases/:id/reveal', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    await reveal(deps, who, ctx.params.id as string);
    await casePage(ctx, deps, who, true);
  });
  router.get(
    '/cases/:id/materials/:file',
    staffPage((ctx) => materialFile(ctx, deps)),
  );
}

async function casePage(ctx: RouteContext, deps: CaseDeps, who: SignedIn, inFull: boolean): Promise<void> {
  const actor = { kind: 'account', who } as const;
  const full = await getCase(deps, actor, ctx.params.id as string);
  const { view, pinned } = full;
  const { read } = deps.db;
  const [papers, certificates, objections, share, links, money] = await Promise.all([
    papersOfCase(deps, view.id),
    listCertificates(read, view.id),
    doesCaseWork(who) ? listObjections(read, deps, view.id) : [],
    shareOf(deps, full),
    linksOf(deps, actor, view.id),
    moneyOfCase(deps, who, view.id),
  ]);
  const mayBring = sitsAt(deps, actor, full.row, { at: 'village', role: 'clerk' });
  const titles = titlesOf(full);
  const roster = await rosterFacts(deps, who, full);
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="cases"
      title={caseTitle(view)}
      heading={view.itemTitle}
      breadcrumbs={[
        { href: '/inbox', text: '待办' },
        { href: '/cases', text: '办件' },
        { text: caseTitle(view) },
      ]}
    >
      <p class="lead">
        {view.applicant.name || '（未填姓名）'} · {view.village.name} · {view.number ?? '还没有提交'}
      </p>
      <NowCard view={view} />
      <FaultsCard view={view} titles={titles} />
      <ObjectionsCard objections={objections} />
      <JointCard view={view} />
      {share && <ShareCard share={share} />}
      <OwedCard view={view} csrf={who.csrf} mayBring={mayBring} />
      <RosterCards full={full} facts={roster} />
      <MoneyCard money={money} />
      <Sections view={view} paperCount={papers.length + certificates.length} />
      <PapersCard papers={papers} certificates={certificates} mayServe={mayServe(who, deps.orgs, full.row)} />
      <StoryCard
        entries={timelineOf(eventViews(deps, full), deps.orgs, titles, pinned.definition.steps)}
        isOpen={view.phase !== 'closed'}
      />
      <LinksCard links={links} />
      <FactsCard view={view} />
      <ClocksCard view={view} />
      <FormCard
        full={full}
        rows={pageAsked(ctx.query.rows) ?? 1}
        reveal={inFull}
        mayReveal={doesCaseWork(who)}
        csrf={who.csrf}
      />
      <MaterialsCard view={view} />
      <Card id="drawing" title="流程图">
        <Drawing svg={drawingOf(deps, full)} label={`${view.itemTitle}流程图，标出了现在的环节`} />
      </Card>
    </StationPage>,
  );
}

function Sections({ view, paperCount }: { view: FullCase['view']; paperCount: number }) {
  return (
    <Tabs
      label="本页内容"
      tabs={[
        { href: '#papers', text: '文书和证照', count: paperCount },
        { href: '#story', text: '办理经过' },
        { href: '#form', text: '申请表' },
        { href: '#materials', text: '材料', count: view.materials.length },
        { href: '#drawing', text: '流程图' },
      ]}
    />
  );
}

/** The form as filled. Numbers are masked; seeing them in full is an act of its own and leaves a trace. */
function FormCard(props: {
  full: FullCase;
  /** Page of a long roster. */
  rows: number;
  reveal: boolean;
  mayReveal: boolean;
  csrf: string;
}) {
  const { full, rows, reveal, mayReveal, csrf } = props;
  const { view, row, pinned } = full;
  const aside = reveal ? (
    <LinkButton kind="quiet" href={`/cases/${view.id}#form`}>
      重新隐藏
    </LinkButton>
  ) : (
    mayReveal && (
      <form method="post" action={`/cases/${view.id}/reveal#form`}>
        <CsrfField token={csrf} />
        <Button kind="quiet">显示完整证件号</Button>
      </form>
    )
  );
  return (
    <Card id="form" title="申请表" aside={aside}>
      {reveal && <p class="help">本次查看完整信息已记录。</p>}
      {renderView({
        schema: pinned.formFor(row.situation),
        value: row.form,
        faults: view.faults,
        prefix: '/form',
        reveal,
        slots: viewSlots(full, rows),
        level: 3,
      })}
    </Card>
  );
}

/** Handed-in bytes never run: a sandbox for pictures, nothing but the viewer for PDF. */
const POLICIES: Record<string, string> = {
  'application/pdf': "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
};
const PICTURE_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";

async function materialFile(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const { files } = await getCase(
    deps,
    { kind: 'account', who: requireSession(ctx) },
    ctx.params.id as string,
  );
  const file = files.find((f) => f.id === ctx.params.file);
  if (!file) throw notFound('material.not_found');
  ctx.type = file.mime;
  ctx.set('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  ctx.set('Content-Security-Policy', POLICIES[file.mime] ?? PICTURE_POLICY);
  ctx.body = await deps.files.get(file.fileHash);
}
