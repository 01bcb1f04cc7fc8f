import type Router from '@koa/router';
import type { JSX } from 'preact';
import { chineseDate } from '../../kernel/time.ts';
import { requireSession } from '../../people/accounts/index.ts';
import { Actions, Card, DefinitionList, EmptyState, LinkButton, Table } from '../../platform/web/index.ts';
import { stationOf } from '../prints.ts';
import { type ShellDeps, StationPage, show, staffPage } from '../shell.tsx';
import { getAnswer, listAnswers } from './commands.ts';
import { departmentOf, NOTE_TITLE } from './print.ts';
import type { AnswerDeps, AnswerNote } from './types.ts';

type PageDeps = AnswerDeps & ShellDeps;

/** `/answers` and `/answers/:id`: who was told that nothing needs to be filed, and the sheet to print. */
export function answerPages(router: Router, deps: PageDeps): void {
  router.get(
    '/answers',
    staffPage(async (ctx) => {
      const notes = await listAnswers(deps, requireSession(ctx));
      show(
        ctx,
        <StationPage
          ctx={ctx}
          deps={deps}
          title={NOTE_TITLE}
          heading={NOTE_TITLE}
          nav="cases"
          breadcrumbs={[{ href: '/cases', text: '办件' }, { text: NOTE_TITLE }]}
        >
          <p class="lead">群众来问，按情况依法不需要办理的，不立办件，留下告知单。最近的在前。</p>
          <NoteTable notes={notes} deps={deps} />
        </StationPage>,
      );
    }),
  );
  router.get(
    '/answers/:id',
    staffPage(async (ctx) => {
      const note = await getAnswer(deps, requireSession(ctx), ctx.params.id as string);
      show(
        ctx,
        <StationPage
          ctx={ctx}
          deps={deps}
          title={`${note.applicantName} · ${NOTE_TITLE}`}
          heading={note.itemTitle}
          nav="cases"
          breadcrumbs={[
            { href: '/cases', text: '办件' },
            { href: '/answers', text: NOTE_TITLE },
            { text: note.applicantName },
          ]}
        >
          <Note note={note} deps={deps} />
        </StationPage>,
      );
    }),
  );
}

function NoteTable({ notes, deps }: { notes: AnswerNote[]; deps: PageDeps }): JSX.Element {
  return (
    <Table
      caption="最近的告知单"
      rows={notes}
      rowKey={(n) => n.id}
      empty={
        <EmptyState title="还没有告知单">
          收件时按所填情况不需要办理的，系统会自动留下告知单，在这里可以打印。
        </EmptyState>
      }
      columns={[
        { title: '询问人', head: true, cell: (n) => <a href={`/answers/${n.id}`}>{n.applicantName}</a> },
        { title: '事项', cell: (n) => n.itemTitle },
        { title: '村（社区）', cell: (n) => deps.orgs.get(n.villageId).name },
        { title: '告知日期', nowrap: true, cell: (n) => chineseDate(n.givenOn) },
        { title: '编号', nowrap: true, cell: (n) => n.number },
      ]}
    />
  );
}

function Note({ note, deps }: { note: AnswerNote; deps: PageDeps }): JSX.Element {
  const details = [
    { term: '告知内容', detail: <strong>{note.says}</strong>, wide: true },
    ...(note.basis === null ? [] : [{ term: '依据', detail: note.basis, wide: true }]),
    {
      term: '询问人',
      detail: note.applicantName + (note.personMasked === null ? '' : `（证件号 ${note.personMasked}）`),
    },
    { term: '告知日期', detail: chineseDate(note.givenOn) },
    { term: '告知人', detail: [stationOf(deps, note.villageId), note.givenName].filter(Boolean).join(' ') },
    { term: '有疑问向谁问', detail: departmentOf(deps, note) },
    { term: '编号', detail: note.number },
  ];
  return (
    <Card title="不需要办理，没有立办件" tone="now">
      <DefinitionList items={details} />
      <p class="help">请打印告知单交给群众。情况有变化的，可以随时再来申请。</p>
      <Actions>
        <LinkButton kind="primary" href={`/api/answers/${note.id}.pdf`} newTab>
          打印告知单
        </LinkButton>
        <LinkButton href={`/items/${note.itemCode}`}>查看办事指南</LinkButton>
      </Actions>
    </Card>
  );
}
