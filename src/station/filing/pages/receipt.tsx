/** `/filing/receipts/:id`: what the citizen takes home, on half a sheet; then the next one. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { chineseDate, chineseDateTime, localDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  type Definition,
  DefinitionList,
  LinkButton,
  Numbered,
} from '../../../platform/web/index.ts';
import { type CaseView, type FullCase, getCase, type MaterialWay, termHint } from '../../cases/index.ts';
import { Qr } from '../../catalogue/index.ts';
import { type PaperView, papersOfCase } from '../../papers/index.ts';
import { StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import type { FilingDeps } from '../deps.ts';

export function mountReceipt(router: Router, deps: FilingDeps): void {
  router.get(
    '/filing/receipts/:id',
    staffPage((ctx) => receiptPage(ctx, deps, ctx.params.id as string)),
  );
}

/** @throws notFound `case.not_found` */
async function receiptPage(ctx: RouteContext, deps: FilingDeps, id: string): Promise<void> {
  const full = await getCase(deps, { kind: 'account', who: requireSession(ctx) }, id);
  const { view, row, pinned } = full;
  if (view.number === null || row.receivedAt === null) return seeOther(ctx, `/cases/${id}`);
  const papers = await papersOfCase(deps, id);
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="filing"
      title={`收件回执 ${view.number}`}
      heading="收件回执"
      breadcrumbs={[{ href: '/filing', text: '收件' }, { text: '收件回执' }]}
    >
      <Receipt
        full={full}
        number={view.number}
        term={termHint(deps, pinned, row.situation, true)}
        progress={`${deps.publicUrl}/progress?number=${encodeURIComponent(view.number)}`}
        receivedAt={row.receivedAt}
      />
      <Onwards view={view} citizen={row.applicantId} paper={papers.find((p) => p.kind === 'receipt')} />
    </StationPage>,
  );
}

/** What stands under a material that was not handed in. */
const WAYS: Record<MaterialWay, string> = {
  uploaded: '已收',
  committed: '书面承诺，不用交',
  owed: '容缺，答应后补',
  missing: '未收',
  spared: '免交',
};

const RUNNING = ['green', 'yellow', 'red'];

/** Running terms, each with its last day. */
const termLines = ({ clocks }: CaseView): Definition[] =>
  clocks
    .filter((c) => RUNNING.includes(c.light) && c.due !== null)
    .map((c) => ({ term: c.title, detail: `最迟 ${chineseDate(c.due as string)}`, wide: true }));

interface ReceiptProps {
  full: FullCase;
  number: string;
  /** 受理后 20 个工作日 */
  term: string;
  progress: string;
  receivedAt: string;
}

function Receipt({ full, number, term, progress, receivedAt }: ReceiptProps): JSX.Element {
  const { view, log } = full;
  const handedIn = view.materials.filter((m) => m.way !== 'spared');
  const clerk = log.find((e) => e.type === 'FILE')?.by.name ?? '';
  return (
    <section class="card receipt" aria-label="收件回执">
      <div>
        <p class="receipt-number">
          <Numbered>{number}</Numbered>
        </p>
        <p>
          <strong>{view.itemTitle}</strong>（{view.situationTitle}）
        </p>
      </div>
      <div class="receipt-code">
        <Qr text={progress} label="查进度的二维码" />
        <p class="help">扫码查进度，输证件号后四位</p>
      </div>
      <DefinitionList
        items={[
          { term: '申请人', detail: `${view.applicant.name} ${view.applicant.idNumber}`, wide: true },
          {
            term: '收件',
            detail: `${chineseDateTime(receivedAt)} · ${view.village.name}便民服务站`,
            wide: true,
          },
          {
            term: '收到的材料',
            detail:
              handedIn.length === 0
                ? '申请表'
                : ['申请表', ...handedIn.map((m) => `${m.title}（${WAYS[m.way]}）`)].join('；'),
            wide: true,
          },
          ...termLines(view),
          ...(view.clocks.some((c) => c.name === 'promised')
            ? []
            : [{ term: '承诺办结', detail: term, wide: true }]),
        ]}
      />
      <p class="receipt-sign">
        收件人：{clerk}　　{chineseDate(localDate(receivedAt))}　　办事不收费
      </p>
    </section>
  );
}

/** The next one by one key; the same citizen by another. */
function Onwards(props: {
  view: CaseView;
  citizen: string | null;
  paper: PaperView | undefined;
}): JSX.Element {
  const { view, citizen, paper } = props;
  return (
    <>
      <Actions>
        <LinkButton kind="primary" href="/filing" shortcut="n">
          下一位
        </LinkButton>
        {paper && (
          <LinkButton href={paper.href} newTab shortcut="p">
            打印正式回执（PDF）
          </LinkButton>
        )}
        {citizen !== null && (
          <LinkButton href={`/filing/citizens/${citizen}`} shortcut="a">
            这位群众再办一件
          </LinkButton>
        )}
        <LinkButton kind="quiet" href={`/cases/${view.id}`} shortcut="o">
          看办件
        </LinkButton>
      </Actions>
      <p class="help no-print">按 Ctrl + P 直接打印本页，半张 A4 纸。</p>
    </>
  );
}
