import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import { type RouteContext, sentForm } from '../../../platform/http/index.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  CsrfField,
  EmptyState,
  ErrorSummary,
  RadioField,
  SelectField,
  Table,
  TextArea,
} from '../../../platform/web/index.ts';
import { leaveFlash, type ShellDeps, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import type { RemarkDeps } from '../types.ts';
import { addPhrase, mayRemove, type NewPhrase, officesOf, phrasesOf, removePhrase } from './commands.ts';
import type { Phrase, PhraseUse } from './store.ts';

type PageDeps = RemarkDeps & ShellDeps;

const USES: Record<PhraseUse, string> = { opinion: '写意见', reason: '写补正理由' };
const isUse = (sent: string): sent is PhraseUse => Object.hasOwn(USES, sent);

/** `/phrases`: one's own and the office's. */
export function phrasePages(router: Router, deps: PageDeps): void {
  router.get(
    '/phrases',
    staffPage((ctx) => phrasesPage(ctx, deps)),
  );
  router.post('/phrases', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const sent = new Map(sentForm(ctx).fields);
    const typed = readPhrase(sent);
    try {
      await addPhrase(deps, who, typed, sent.get('_request') || undefined);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      return phrasesPage(ctx, deps, { typed, faults: error.faults });
    }
    leaveFlash(ctx, 'done', '已添加用语。');
    seeOther(ctx, '/phrases');
  });
  router.post('/phrases/:id/remove', async (ctx: RouteContext) => {
    await removePhrase(deps, requireSession(ctx), ctx.params.id as string);
    leaveFlash(ctx, 'done', '已删去用语。');
    seeOther(ctx, '/phrases');
  });
}

function readPhrase(sent: Map<string, string>): NewPhrase {
  const use = sent.get('use') ?? '';
  const org = sent.get('org');
  return { text: sent.get('text') ?? '', use: isUse(use) ? use : 'opinion', ...(org && { org }) };
}

interface Typed {
  typed?: NewPhrase;
  faults?: readonly Fault[];
}

async function phrasesPage(
  ctx: RouteContext,
  deps: PageDeps,
  { typed, faults = [] }: Typed = {},
): Promise<void> {
  const who = requireSession(ctx);
  const phrases = await phrasesOf(deps, who);
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title="常用语"
      heading="常用语"
      nav="inbox"
      breadcrumbs={[{ href: '/inbox', text: '待办' }, { text: '常用语' }]}
    >
      <p class="lead">写意见、写补正理由时可以一键套用。除了这里的，各环节还有统一的常用语。</p>
      <PhraseTable phrases={phrases} who={who} deps={deps} csrf={ctx.state.csrf ?? ''} />
      <PhraseForm
        who={who}
        deps={deps}
        csrf={ctx.state.csrf ?? ''}
        faults={faults}
        {...(typed && { typed })}
      />
    </StationPage>,
    faults.length > 0 ? 422 : 200,
  );
}

function PhraseTable(props: {
  phrases: readonly Phrase[];
  who: SignedIn;
  deps: PageDeps;
  csrf: string;
}): JSX.Element {
  const { phrases, who, deps, csrf } = props;
  return (
    <Table
      caption="我能用的常用语"
      captionHidden
      rows={phrases}
      rowKey={(p) => p.id}
      empty={<EmptyState title="还没有自己的常用语">在下面添加，写意见时就能套用。</EmptyState>}
      columns={[
        { title: '用语', head: true, cell: (p) => p.text },
        { title: '用在', nowrap: true, cell: (p) => USES[p.use] },
        {
          title: '谁的',
          cell: (p) =>
            p.orgId === null ? (
              <Badge text="我的" />
            ) : (
              <span>
                {deps.orgs.find(p.orgId)?.name}（{p.addedName} 添加）
              </span>
            ),
        },
        {
          title: '操作',
          cell: (p) =>
            mayRemove(who, p) ? (
              <form method="post" action={`/phrases/${p.id}/remove`}>
                <CsrfField token={csrf} />
                <Button kind="quiet">
                  删去<span class="vh">“{p.text}”</span>
                </Button>
              </form>
            ) : (
              <span class="help">—</span>
            ),
        },
      ]}
    />
  );
}

function PhraseForm(props: {
  who: SignedIn;
  deps: PageDeps;
  csrf: string;
  faults: readonly Fault[];
  typed?: NewPhrase;
}): JSX.Element {
  const { who, deps, csrf, faults, typed } = props;
  const error = faults.find((f) => f.pointer === '/text')?.message;
  return (
    <Card title="添加用语">
      <ErrorSummary faults={faults} />
      <form method="post" action="/phrases">
        <CsrfField token={csrf} />
        <input type="hidden" name="_request" value={newId(deps.clock.now(), deps.random)} />
        <TextArea
          id="f-text"
          name="text"
          label="用语"
          rows={2}
          required
          value={typed?.text ?? ''}
          {...(error !== undefined && { error })}
        />
        <RadioField
          id="f-use"
          name="use"
          label="用在"
          mark={false}
          value={typed?.use ?? 'opinion'}
          options={Object.entries(USES).map(([value, text]) => ({ value, text }))}
        />
        <SelectField
          id="f-org"
          name="org"
          label="给谁用"
          blank="只有我自己"
          mark={false}
          width="medium"
          value={typed?.org ?? ''}
          options={officesOf(who).map((id) => ({
            value: id,
            text: `${deps.orgs.find(id)?.name ?? id}的同事都能用`,
          }))}
        />
        <Actions>
          <Button>添加</Button>
        </Actions>
      </form>
    </Card>
  );
}
