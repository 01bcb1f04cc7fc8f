/** What the clerk of a queue sees: who is called, who takes a number, who waits. */
import type { JSX } from 'preact';
import type { Org } from '../../../people/orgs/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Actions, Button, Card, EmptyState, FilterForm, Table } from '../../../platform/web/index.ts';
import { type QueueView, ticketNumber } from '../rules.ts';
import { PURPOSE_WORDS } from '../schema.ts';
import type { StationDeps, Ticket } from '../types.ts';
import { counterText, Keyed, Press } from './parts.tsx';

export interface Desk {
  ctx: RouteContext;
  deps: StationDeps;
  org: Org;
  counter: number | null;
}

const fieldsOf = (counter: number | null): Record<string, string> =>
  counter === null ? {} : { window: String(counter) };

/** Whom this counter has called, and what comes next. */
export function Calling({ ctx, deps, org, counter, queue }: Desk & { queue: QueueView }): JSX.Element {
  const mine = queue.called.find((t) => t.counter === counter);
  const shared = { ctx, deps, fields: fieldsOf(counter) };
  const on = (act: string) => `/stations/${org.id}/queue/${mine ? ticketNumber(mine) : ''}/${act}`;
  return (
    <Card
      tone="now"
      title={counterText(counter)}
      aside={<span class="help">还有 {queue.waiting.length} 位在等</span>}
    >
      <p class="queue-number">{mine ? ticketNumber(mine) : '空着'}</p>
      {mine && (
        <p class="help">
          {mine.purpose ? `${PURPOSE_WORDS[mine.purpose]}，` : ''}叫了 {mine.calls} 次
        </p>
      )}
      <Actions>
        {queue.waiting.length > 0 && (
          <Press {...shared} action={`/stations/${org.id}/queue/next`} shortcut="n">
            叫下一位
          </Press>
        )}
        {mine && (
          <>
            <Press {...shared} action={on('done')} kind="secondary" shortcut="d">
              办完了
            </Press>
            <Press {...shared} action={on('again')} kind="secondary" shortcut="r">
              再叫一次
            </Press>
            <Press {...shared} action={on('absent')} kind="secondary" shortcut="m">
              没有来
            </Press>
          </>
        )}
      </Actions>
      {queue.waiting.length > 0 && mine && <p class="help">叫下一位，{ticketNumber(mine)} 就算办完。</p>}
      <FilterForm
        action={`/stations/${org.id}/queue`}
        button="换窗口"
        filters={[
          {
            name: 'window',
            label: '我在几号窗口',
            value: counter === null ? '' : String(counter),
            blank: '只有一个服务台',
            options: Array.from({ length: 12 }, (_, i) => ({
              value: String(i + 1),
              text: `${i + 1} 号窗口`,
            })),
          },
        ]}
      />
    </Card>
  );
}

/** A number for whoever stands here. */
export function Taking({ ctx, deps, org, counter }: Desk): JSX.Element {
  return (
    <Card title="替群众取号">
      <form method="post" action={`/stations/${org.id}/queue/take`}>
        <Keyed ctx={ctx} deps={deps} />
        {counter !== null && <input type="hidden" name="window" value={String(counter)} />}
        <Actions>
          <Button shortcut="t">取号</Button>
          {Object.entries(PURPOSE_WORDS).map(([value, text]) => (
            <Button key={value} kind="secondary" name="purpose" value={value}>
              {text}
            </Button>
          ))}
        </Actions>
      </form>
      <p class="help">号码每天从 A001 开始，只记来办什么，不记是谁。</p>
    </Card>
  );
}

const purposeText = ({ purpose }: Ticket): string => (purpose ? PURPOSE_WORDS[purpose] : '—');

/** Who waits today, and who did not come. */
export function Waiting({ ctx, deps, org, counter, queue }: Desk & { queue: QueueView }): JSX.Element {
  const { waiting, absent, served, averageWait } = queue;
  return (
    <Card
      title="今天"
      aside={
        <span class="help">
          办完 {served} 位
          {averageWait !== null && `，叫到的平均等了${averageWait === 0 ? '不到 1' : ` ${averageWait}`} 分钟`}
        </span>
      }
    >
      <Table
        caption="在等的"
        rows={waiting}
        rowKey={(t) => ticketNumber(t)}
        empty={<EmptyState title="没有人在等" />}
        columns={[
          { title: '号码', head: true, cell: (t) => ticketNumber(t) },
          { title: '来办', cell: purposeText },
          { title: '前面', cell: (t) => `${waiting.indexOf(t)} 位` },
        ]}
      />
      {absent.length > 0 && (
        <Table
          caption="叫过没来的"
          rows={absent}
          rowKey={(t) => ticketNumber(t)}
          columns={[
            { title: '号码', head: true, cell: (t) => ticketNumber(t) },
            { title: '来办', cell: purposeText },
            {
              title: '来了',
              cell: (t) => (
                <Press
                  ctx={ctx}
                  deps={deps}
                  kind="secondary"
                  fields={fieldsOf(counter)}
                  action={`/stations/${org.id}/queue/${ticketNumber(t)}/again`}
                >
                  现在叫<span class="vh"> {ticketNumber(t)}</span>
                </Press>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}
