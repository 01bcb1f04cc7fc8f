/** `/filing`: whom the clerk has before him; and what the village knows of him. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { chineseDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  DefinitionList,
  EmptyState,
  LinkButton,
  TextField,
} from '../../../platform/web/index.ts';
import { draftCounts } from '../../cases/index.ts';
import { KeepMark } from '../../offline/index.ts';
import { readSent } from '../../sent.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import { type CitizenLine, citizenDesk, type FoundCitizens, searchCitizens } from '../citizens.ts';
import type { FilingDeps } from '../deps.ts';
import { type Picker, pickerFor } from '../picks.ts';
import { CasesCard, DraftsCard, ReadyCard } from './citizen-view.tsx';
import { FirstPicks, NeedPicks } from './items-view.tsx';
import { Picks } from './picks.tsx';

export function mountCitizens(router: Router, deps: FilingDeps): void {
  router.get(
    '/filing',
    staffPage((ctx) => startPage(ctx, deps, null)),
  );
  // By POST, and shown at once: neither a name nor a number stands in an address.
  router.post('/filing', async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const typed = sent.one('who').slice(0, 60);
    await startPage(ctx, deps, { typed, found: await searchCitizens(deps, sent.who, typed) });
  });
  router.get(
    '/filing/citizens/:id',
    staffPage((ctx) => citizenPage(ctx, deps, ctx.params.id as string)),
  );
}

interface Search {
  typed: string;
  found: FoundCitizens;
}

async function startPage(ctx: RouteContext, deps: FilingDeps, search: Search | null): Promise<void> {
  const who = requireSession(ctx);
  const picker = await pickerFor(deps, who, '');
  const counts = await draftCounts(deps, who);
  const says = search?.found.says;
  show(
    ctx,
    <StationPage ctx={ctx} deps={deps} nav="filing" title="收件" heading="收件" scripts={['filing']}>
      <KeepMark deps={deps} who={who} />
      <SearchForm
        csrf={ctx.state.csrf ?? ''}
        {...(search && { typed: search.typed })}
        {...(says && { says })}
      />
      {search && !says && <Found found={search.found} />}
      <Actions>
        <LinkButton href="/filing/items" shortcut="n">
          新来的群众
        </LinkButton>
        <LinkButton href="/filing/drafts" shortcut="d">
          草稿 {counts.own > 0 && `${counts.own} 份`}
          {counts.handed > 0 && `（同事转来 ${counts.handed} 份）`}
        </LinkButton>
      </Actions>
      {!search && <Begin picker={picker} />}
    </StationPage>,
    says ? 422 : 200,
  );
}

function SearchForm(props: { csrf: string; typed?: string; says?: string }): JSX.Element {
  const { csrf, typed = '', says } = props;
  return (
    <Card title="给谁办？">
      <form method="post" action="/filing" class="filing-search">
        <CsrfField token={csrf} />
        <TextField
          id="who"
          name="who"
          label="身份证号、姓名或者拼音首字母"
          help="例如 农秀兰、nxl；在本村没有办过事的，要输完整的身份证号。"
          type="search"
          mark={false}
          value={typed}
          autofocus
          {...(says && { error: says })}
        />
        <Button>查找</Button>
      </form>
    </Card>
  );
}

function Found({ found }: { found: FoundCitizens }): JSX.Element {
  const { people, isMore, by } = found;
  if (people.length === 0)
    return (
      <EmptyState title="没有找到这位群众">
        {by === 'number'
          ? '这个号码还没有办过事。点“新来的群众”直接填写，提交时自动登记。'
          : '在本村没有办过事的，请输完整的身份证号；从没办过事的，点“新来的群众”。'}
      </EmptyState>
    );
  return (
    <Card title={`找到 ${people.length} 位${isMore ? '，还有更多，请多输几个字' : ''}`}>
      <Picks
        from={1}
        choices={people.map((p) => ({
          href: `/filing/citizens/${p.id}`,
          title: p.name,
          note: <PersonNote person={p} />,
        }))}
      />
    </Card>
  );
}

function PersonNote({ person: p }: { person: CitizenLine }): JSX.Element {
  const facts = [p.sex, p.age !== null && `${p.age} 岁`].filter(Boolean).join('，');
  return (
    <>
      {p.idNumber} {facts}
      <br />
      {p.last ? `${p.last.village} · ${p.last.on} ${p.last.itemTitle}` : '在本村没有办过事'}
    </>
  );
}

/** Straight to the form for whoever has not been here. */
function Begin({ picker }: { picker: Picker }): JSX.Element {
  return (
    <>
      <FirstPicks picks={picker.first} title="常办的事项（直接填空白表）" />
      <NeedPicks needs={picker.needs} citizen="" />
    </>
  );
}

async function citizenPage(ctx: RouteContext, deps: FilingDeps, id: string): Promise<void> {
  const who = requireSession(ctx);
  const desk = await citizenDesk(deps, who, id);
  const picker = await pickerFor(deps, who, id);
  const facts = [desk.sex, desk.age !== null && `${desk.age} 岁`].filter(Boolean).join('，');
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="filing"
      title={desk.name}
      heading={desk.name}
      breadcrumbs={[{ href: '/filing', text: '收件' }, { text: desk.name }]}
    >
      <Card>
        <DefinitionList
          items={[
            { term: '证件号码', detail: desk.idNumber },
            { term: '性别、年龄', detail: facts || '没有登记' },
            { term: '手机', detail: desk.phone ?? '本村没有登记' },
            {
              term: '上次来办',
              detail: desk.last ? `${chineseDate(desk.last.on)} ${desk.last.itemTitle}` : '在本村没有办过事',
            },
          ]}
        />
        <Actions>
          <LinkButton kind="primary" href={`/filing/items?citizen=${id}`} shortcut="b">
            为其办理
          </LinkButton>
          <LinkButton kind="quiet" href="/filing" shortcut="n">
            下一位
          </LinkButton>
        </Actions>
      </Card>
      <ReadyCard desk={desk} />
      <DraftsCard drafts={desk.drafts} />
      <CasesCard desk={desk} />
      <FirstPicks picks={picker.first} title="常办的事项" />
    </StationPage>,
  );
}
