/** `/cash/hand-outs/:id`: one hand-out, its receipt, and taking it back. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { chineseDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Actions, Card, DefinitionList, type FormSchema, LinkButton } from '../../../platform/web/index.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import { askUndo, confirmUndo, declineUndo } from '../commands/undo.ts';
import type { HandOutView } from '../present.ts';
import * as queries from '../queries/index.ts';
import { REASON } from '../schema.ts';
import type { CashDeps } from '../types.ts';
import { ActButton, reasonOf, SchemaForm, StateBadge, sentPlain, who, Yuan } from './parts.tsx';
import { doAndGo } from './refused.tsx';

export function mountHandOuts(router: Router, deps: CashDeps): void {
  router.get(
    '/cash/hand-outs/:id',
    staffPage((ctx) => handOutPage(ctx, deps, null)),
  );
  const back = (ctx: RouteContext) => `/cash/hand-outs/${ctx.params.id}`;
  const idOf = (ctx: RouteContext) => ctx.params.id as string;
  router.post('/cash/hand-outs/:id/reveal', async (ctx: RouteContext) => {
    const { who } = sentPlain(ctx);
    await handOutPage(ctx, deps, await queries.revealHandOut(deps, who, idOf(ctx)));
  });
  router.post('/cash/hand-outs/:id/undo', async (ctx: RouteContext) => {
    const { who, fields } = sentPlain(ctx);
    const reason = reasonOf(fields);
    await doAndGo(ctx, back(ctx), '已提出撤回，等村委会确认。', () => askUndo(deps, who, idOf(ctx), reason));
  });
  router.post('/cash/hand-outs/:id/undo/confirm', async (ctx: RouteContext) => {
    const { who } = sentPlain(ctx);
    await doAndGo(ctx, back(ctx), '已撤回，款项回到钱箱。', () => confirmUndo(deps, who, idOf(ctx)));
  });
  router.post('/cash/hand-outs/:id/undo/decline', async (ctx: RouteContext) => {
    const { who } = sentPlain(ctx);
    await doAndGo(ctx, back(ctx), '没有同意撤回，仍为已发放。', () => declineUndo(deps, who, idOf(ctx)));
  });
}

type Revealed = Awaited<ReturnType<typeof queries.revealHandOut>>;

async function handOutPage(ctx: RouteContext, deps: CashDeps, revealed: Revealed | null): Promise<void> {
  const { csrf } = requireSession(ctx);
  const { handOut, line, possible } = await queries.handOutDetail(
    deps,
    requireSession(ctx),
    ctx.params.id as string,
  );
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title={`收据 ${handOut.number}`}
      heading={`收据 ${handOut.number}`}
      nav="cash"
      breadcrumbs={[
        { href: '/cash', text: '现金发放' },
        { href: `/cash/days/${handOut.day}?village=${line.villageId}`, text: chineseDate(handOut.day) },
        { text: '收据' },
      ]}
    >
      <Card
        title={line.name}
        aside={<StateBadge title={handOut.stateTitle} done={handOut.state === 'done'} />}
      >
        <DefinitionList
          items={[
            { term: '金额', detail: <Yuan fen={handOut.amount} /> },
            { term: '待遇项目', detail: `${line.schemeTitle} ${line.periodsTitle}` },
            { term: '发放批次', detail: line.runNumber },
            { term: '领取', detail: collectorText(handOut) },
            { term: '证件号', detail: revealed ? revealed.details.idNumber : handOut.idMasked },
            { term: '见证人', detail: handOut.witness },
            { term: '签名', detail: handOut.signedBy + (handOut.hasPhoto ? '，指印已拍照' : '') },
            { term: '发放', detail: who(handOut.handed) },
            ...(handOut.undoAsked
              ? [{ term: '提出撤回', detail: `${who(handOut.undoAsked)}：${handOut.reason}` }]
              : []),
            ...(handOut.undone ? [{ term: '确认撤回', detail: who(handOut.undone) }] : []),
          ]}
        />
        {revealed && <Pictures revealed={revealed} />}
        <Actions>
          {handOut.state !== 'undone' && (
            <LinkButton kind="primary" href={handOut.receipt} newTab>
              打印领款收据
            </LinkButton>
          )}
        </Actions>
        {!revealed && (
          <ActButton
            action={`/cash/hand-outs/${handOut.id}/reveal`}
            csrf={csrf}
            kind="quiet"
            text="查看完整证件号和签名（会留下查看记录）"
          />
        )}
      </Card>
      <UndoActs handOut={handOut} csrf={csrf} possible={possible} />
    </StationPage>,
  );
}

const collectorText = ({ collector, name, relation }: HandOutView): string =>
  relation === null ? `${collector} ${name}` : `${collector} ${name}（${relation}）`;

function Pictures({ revealed: { details, photo } }: { revealed: Revealed }): JSX.Element {
  const pictures = [
    ['领取人签名', details.signature],
    ['见证人签名', details.witnessSignature],
    ['指印照片', photo],
  ] as const;
  return (
    <>
      {pictures.map(
        ([title, src]) =>
          src && (
            <figure key={title}>
              <figcaption>{title}</figcaption>
              <img class="signature-image" src={src} alt={title} />
            </figure>
          ),
      )}
    </>
  );
}

function UndoActs(props: {
  handOut: HandOutView;
  csrf: string;
  possible: { undo: boolean; confirm: boolean };
}): JSX.Element {
  const { handOut, csrf, possible } = props;
  const at = `/cash/hand-outs/${handOut.id}/undo`;
  return (
    <>
      {possible.undo && (
        <details class="folded">
          <summary>发错了，撤回这一笔（只能当天、日清以前）</summary>
          <SchemaForm
            action={at}
            csrf={csrf}
            schema={REASON as FormSchema}
            button="提出撤回"
            idPrefix="undo"
            kind="danger"
          />
        </details>
      )}
      {possible.confirm && (
        <Card title="确认撤回" tone="now">
          <p>代办员提出撤回：{handOut.reason}。请确认现金已经放回钱箱，收据已经收回。</p>
          <ActButton action={`${at}/confirm`} csrf={csrf} text="现金已经放回，确认撤回" />
          <ActButton action={`${at}/decline`} csrf={csrf} kind="secondary" text="不同意撤回" />
        </Card>
      )}
      {handOut.state === 'undoing' && !possible.confirm && (
        <p class="lead">已提出撤回，等村委会的另一位同志确认。</p>
      )}
    </>
  );
}
