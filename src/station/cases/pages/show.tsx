/** The case page, the full numbers on request, what is said about it, and the files of its materials. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { holds, requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import { type RouteContext, sentForm } from '../../../platform/http/index.ts';
import { LinkButton, type Tab, Tabs } from '../../../platform/web/index.ts';
import { MoneyCard } from '../../payouts/index.ts';
import { ratingOf } from '../../ratings/index.ts';
import {
  afterAnswer,
  LooksCard,
  markRead,
  noteLook,
  RemarksCard,
  remark,
  type Said,
} from '../../remarks/index.ts';
import { leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import { caseGate } from '../people.ts';
import type { FullCase } from '../queries.ts';
import { isOver } from '../rated.ts';
import { ComparisonCard } from './changes-view.tsx';
import { ClaimCard } from './claim.tsx';
import { eventViews, getCase, reveal } from './door.ts';
import { FormCard } from './form-card.tsx';
import { Glance } from './glance.tsx';
import { JointCard, LinksCard, OwedCard, ShareCard } from './joint-view.tsx';
import { materialFile } from './material-file.ts';
import { MaterialsCard, ObjectionsCard, PapersCard } from './record-view.tsx';
import { RosterCards } from './roster-cards.tsx';
import { pageAsked } from './roster-parts.tsx';
import { type ShowScene, showScene } from './show-scene.ts';
import { ClocksCard, FactsCard, FaultsCard } from './show-view.tsx';
import { StoryCard, timelineOf } from './timeline.tsx';
import { WalkCard } from './walk-view.tsx';
import { caseTitle } from './words.ts';

/** `/cases/:id`, `/cases/:id/reveal`, `/cases/:id/remarks`, `/cases/:id/materials/:file` */
export function mountShow(router: Router, deps: CaseDeps): void {
  router.get(
    '/cases/:id',
    staffPage((ctx) => casePage(ctx, deps, requireSession(ctx), {})),
  );
  router.post('/cases/:id/reveal', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    await reveal(deps, who, ctx.params.id as string);
    await casePage(ctx, deps, who, { inFull: true });
  });
  router.post('/cases/:id/remarks', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const id = ctx.params.id as string;
    const sent = new Map(sentForm(ctx).fields);
    const said = { text: sent.get('text') ?? '', mention: sent.get('mention'), login: sent.get('login') };
    try {
      await remark(deps, caseGate(deps), who, id, said, sent.get('_request') || undefined);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      return casePage(ctx, deps, who, { said, faults: error.faults });
    }
    leaveFlash(ctx, 'done', '已留言。');
    seeOther(ctx, `/cases/${id}#remarks`);
  });
  router.get(
    '/cases/:id/materials/:file',
    staffPage((ctx) => materialFile(ctx, deps)),
  );
}

/** What this showing of the page is about. */
interface Asked {
  /** Numbers in full. */
  inFull?: boolean;
  /** A remark that could not be kept, and why. */
  said?: Said;
  faults?: readonly Fault[];
}

async function casePage(ctx: RouteContext, deps: CaseDeps, who: SignedIn, asked: Asked): Promise<void> {
  const full = await getCase(deps, { kind: 'account', who }, ctx.params.id as string);
  const scene = await showScene(deps, who, full);
  const { view } = full;
  const mayAsk = await mayAskToRate(deps, who, full);
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
      <Glance deps={deps} who={who} full={full} steps={scene.walk.steps} claims={scene.claims.claims} />
      <ClaimCard caseId={view.id} scene={scene.claims} csrf={who.csrf} deps={deps} />
      {mayAsk && (
        <p>
          <LinkButton href={`/cases/${view.id}/rating`}>请群众评价</LinkButton>
        </p>
      )}
      <Urgent full={full} scene={scene} csrf={who.csrf} />
      <Sections full={full} scene={scene} />
      <Record ctx={ctx} deps={deps} full={full} scene={scene} asked={asked} />
      <RemarksCard
        caseId={view.id}
        remarks={scene.remarks}
        people={scene.people}
        who={who}
        csrf={who.csrf}
        requestId={newId(deps.clock.now(), deps.random)}
        {...(asked.said && { typed: asked.said })}
        faults={asked.faults ?? []}
      />
      {scene.looks && <LooksCard looks={scene.looks} />}
    </StationPage>,
    asked.faults ? 422 : 200,
  );
  afterAnswer(ctx, deps, async () => {
    await noteLook(deps, who, view.id, { act: 'case.view' });
    if (scene.unread) await markRead(deps, who, view.id);
  });
}

/** At the counter, when the case is over and the citizen has not said yet how it went. */
const mayAskToRate = async (deps: CaseDeps, who: SignedIn, { row }: FullCase): Promise<boolean> =>
  isOver(row) && holds(who, 'clerk', row.villageId, deps.orgs) && !(await ratingOf(deps, row.id));

interface Part {
  full: FullCase;
  scene: ShowScene;
}

/** What somebody has to do something about. */
function Urgent({ full, scene, csrf }: Part & { csrf: string }): JSX.Element {
  const { view } = full;
  return (
    <>
      <FaultsCard view={view} titles={scene.titles} />
      <ObjectionsCard objections={scene.objections} />
      <JointCard view={view} />
      {scene.share && <ShareCard share={scene.share} />}
      <OwedCard view={view} csrf={csrf} mayBring={scene.mayBring} />
      <RosterCards full={full} facts={scene.roster} />
    </>
  );
}

function Sections({ full: { view }, scene }: Part): JSX.Element {
  const tab = (href: string, text: string, count?: number): Tab => ({
    href,
    text,
    ...(count !== undefined && { count }),
  });
  return (
    <Tabs
      label="本页内容"
      tabs={[
        tab('#story', '办理经过'),
        ...(scene.comparison ? [tab('#changes', '补正对照', scene.comparison.changes.length)] : []),
        tab('#form', '申请表'),
        tab('#materials', '材料', view.materials.length),
        tab('#papers', '文书和证照', scene.papers.length + scene.certificates.length),
        ...(scene.money ? [tab('#money', '发放')] : []),
        ...(view.clocks.length > 0 ? [tab('#clocks', '期限')] : []),
        tab('#drawing', '流程图'),
        tab('#remarks', '留言', scene.remarks.length),
        ...(scene.looks ? [tab('#looks', '谁看过')] : []),
      ]}
    />
  );
}

/** What happened and what there is, section by section. */
function Record(props: Part & { ctx: RouteContext; deps: CaseDeps; asked: Asked }): JSX.Element {
  const { ctx, deps, full, scene, asked } = props;
  const { view, pinned } = full;
  return (
    <>
      <StoryCard
        entries={timelineOf(eventViews(deps, full), full, deps.orgs, scene.titles, pinned.definition.steps)}
        isOpen={view.phase !== 'closed'}
      />
      <ComparisonCard caseId={view.id} comparison={scene.comparison} titles={scene.titles} />
      <FormCard
        full={full}
        rows={pageAsked(ctx.query.rows) ?? 1}
        reveal={asked.inFull ?? false}
        mayReveal={scene.mayReveal}
        csrf={ctx.state.csrf ?? ''}
      />
      <MaterialsCard
        view={view}
        aside={
          full.files.length > 0 && (
            <LinkButton href={`/cases/${view.id}/review`} shortcut="v">
              和申请表对照着看
            </LinkButton>
          )
        }
      />
      <PapersCard papers={scene.papers} certificates={scene.certificates} mayServe={scene.mayServe} />
      <MoneyCard money={scene.money} />
      <ClocksCard full={full} />
      <WalkCard deps={deps} full={full} walk={scene.walk} />
      <LinksCard links={scene.links} />
      <FactsCard view={view} />
    </>
  );
}
