/** Tables and forms of transfers. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { chineseDateTime } from '../../../kernel/time.ts';
import {
  Actions,
  Badge,
  type BadgeTone,
  Button,
  Card,
  type Column,
  CsrfField,
  DefinitionList,
  EmptyState,
  fieldId,
  LinkButton,
  Table,
  TextArea,
} from '../../../platform/web/index.ts';
import { CUSTODY_WORDS } from '../present.ts';
import type { LyingPiece, listLying, TransferDetail, TransferView } from '../queries/transfers.ts';
import type { ItemResult, TransferItem, TransferState } from '../transfers/store.ts';

const STATES: Record<TransferState, { text: string; tone: BadgeTone }> = {
  sent: { text: '途中，待确认', tone: 'info' },
  received: { text: '已确认', tone: 'done' },
  cancelled: { text: '已撤回', tone: 'neutral' },
};
const RESULTS: Record<ItemResult, string> = {
  sent: '途中',
  received: '已收到',
  missing: '未收到（差异）',
  cancelled: '未移交',
};

const StateBadge = ({ state }: { state: TransferState }): JSX.Element => <Badge {...STATES[state]} />;

export const TransferTable = ({ transfers }: { transfers: TransferView[] }): JSX.Element => (
  <Table
    caption="交接单，最近的在前"
    rows={transfers}
    rowKey={(t) => t.id}
    empty={<EmptyState title="还没有交接单">有证照移交时会列在这里。</EmptyState>}
    columns={[
      { title: '交接单', head: true, cell: (t) => <a href={`/transfers/${t.id}`}>{t.number}</a> },
      { title: '从', cell: (t) => t.from.name },
      { title: '到', cell: (t) => t.to.name },
      { title: '移交', cell: (t) => `${chineseDateTime(t.sentAt)} ${t.sentBy.name}` },
      {
        title: '状态',
        cell: (t) => (
          <div>
            <StateBadge state={t.state} />
          </div>
        ),
      },
    ]}
  />
);

type Named = Pick<LyingPiece, 'certificateId' | 'title' | 'number' | 'holderName' | 'villageName'>;

/** A column of boxes to tick, each named by the number of its certificate. */
const tick = <P extends Named>(form: string): Column<P> => ({
  title: '编号',
  head: true,
  cell: ({ certificateId, number }) => (
    <label class="choice" for={`${form}-${certificateId}`}>
      <input id={`${form}-${certificateId}`} type="checkbox" name="certificates" value={certificateId} />
      <span>{number}</span>
    </label>
  ),
});

const about: Column<Named>[] = [
  { title: '证照', cell: (p) => p.title },
  { title: '持证人', cell: (p) => p.holderName },
  { title: '村（社区）', cell: (p) => p.villageName },
];

type Desk = Awaited<ReturnType<typeof listLying>>[number];

/** What lies at a desk, one form for each desk it could go to. */
export function PiecesForm({ desk, csrf }: { desk: Desk; csrf: string }): JSX.Element {
  const targets = [...new Map(desk.pieces.flatMap((p) => p.to).map((to) => [to.id, to])).values()];
  return (
    <>
      {targets.map((to) => {
        const pieces = desk.pieces.filter((p) => p.to.some((t) => t.id === to.id));
        return (
          <Card key={to.id} title={`从${desk.place.name}送往${to.name}`}>
            <form method="post" action="/transfers">
              <CsrfField token={csrf} />
              <input type="hidden" name="to" value={to.id} />
              <Table<LyingPiece>
                caption="勾选要移交的证照"
                rows={pieces}
                rowKey={(p) => p.certificateId}
                columns={[
                  tick<LyingPiece>(`to-${to.id}`),
                  ...about,
                  { title: '现在', cell: (p) => CUSTODY_WORDS[p.custody] },
                ]}
              />
              <Actions>
                <Button>移交勾选的证照</Button>
              </Actions>
            </form>
          </Card>
        );
      })}
    </>
  );
}

const result: Column<TransferItem> = { title: '结果', cell: (i) => RESULTS[i.result] };
const plainNumber: Column<TransferItem> = { title: '编号', head: true, cell: (i) => i.number };

/** A transfer: who, when, its list, and what may be done with it. */
export function TransferCard(props: {
  transfer: TransferDetail;
  csrf: string;
  faults: readonly Fault[];
}): JSX.Element {
  const { transfer: t, csrf, faults } = props;
  const { receive, cancel } = t.possible;
  return (
    <Card
      title={`交接单 ${t.number}`}
      aside={<StateBadge state={t.state} />}
      tone={receive ? 'now' : 'plain'}
    >
      <DefinitionList
        items={[
          { term: '移交', detail: `${t.sentBy.name}，${chineseDateTime(t.sentAt)}` },
          ...(t.settledBy && t.settledAt
            ? [
                {
                  term: t.state === 'cancelled' ? '撤回' : '确认',
                  detail: `${t.settledBy.name}，${chineseDateTime(t.settledAt)}`,
                },
              ]
            : []),
          ...(t.note ? [{ term: '差异说明', detail: t.note, wide: true }] : []),
        ]}
      />
      {receive ? (
        <form method="post" action={`/transfers/${t.id}/receive`}>
          <CsrfField token={csrf} />
          <Table
            caption="点到一件，勾一件"
            rows={t.items}
            rowKey={(i) => i.certificateId}
            columns={[tick<TransferItem>('got'), ...about]}
          />
          <NoteField faults={faults} />
          <Actions>
            <Button>确认收到勾选的证照</Button>
          </Actions>
        </form>
      ) : (
        <Table
          caption={`共 ${t.items.length} 件`}
          rows={t.items}
          rowKey={(i) => i.certificateId}
          columns={[plainNumber, ...about, result]}
        />
      )}
      <Actions>
        <LinkButton href={`/transfers/${t.id}/print`}>交接清单（打印）</LinkButton>
      </Actions>
      {cancel && (
        <form method="post" action={`/transfers/${t.id}/cancel`}>
          <CsrfField token={csrf} />
          <Actions>
            <Button kind="quiet" confirm="撤回这次移交？">
              撤回移交
            </Button>
          </Actions>
        </form>
      )}
    </Card>
  );
}

function NoteField({ faults }: { faults: readonly Fault[] }): JSX.Element {
  const error = faults.find((f) => f.pointer === '/note')?.message;
  return (
    <TextArea
      id={fieldId('/note')}
      name="note"
      label="差异说明"
      help="没有收到的证照留在移交方；请写明少了哪一件、怎么联系的。"
      rows={2}
      {...(error && { error })}
    />
  );
}

/** 交接清单 on paper, to be signed by both. */
export const ListSheet = ({ transfer: t }: { transfer: TransferDetail }): JSX.Element => (
  <>
    <DefinitionList
      items={[
        { term: '交接单', detail: t.number },
        { term: '移交单位', detail: t.from.name },
        { term: '接收单位', detail: t.to.name },
        { term: '移交时间', detail: chineseDateTime(t.sentAt) },
      ]}
    />
    <Table
      caption={`共 ${t.items.length} 件`}
      rows={t.items}
      rowKey={(i) => i.certificateId}
      columns={[plainNumber, ...about, result]}
    />
    <DefinitionList
      items={[
        { term: '移交人（签名）', detail: `${t.sentBy.name}　　　　　　　` },
        { term: '接收人（签名、日期）', detail: t.settledBy ? t.settledBy.name : '　' },
      ]}
    />
    <Actions>
      <LinkButton href={`/transfers/${t.id}`}>返回交接单</LinkButton>
    </Actions>
  </>
);
