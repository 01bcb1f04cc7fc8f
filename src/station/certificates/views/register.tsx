/** `/certificates`: the register, its filters, and the look-up of one person. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { addDays, chineseDate, localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { doesCaseWork, requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import { type RouteContext, requireShape, sentForm } from '../../../platform/http/index.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  type Column,
  CsrfField,
  EmptyState,
  FilterForm,
  LinkButton,
  optionsOf,
  Pager,
  Table,
  Tabs,
  TextField,
} from '../../../platform/web/index.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import { remindingDays } from '../commands/sweep.ts';
import { CUSTODY_WORDS, STATE_TONES, STATE_WORDS } from '../present.ts';
import { listRegister, type RegisterFilter, type RegisterView } from '../queries/register.ts';
import { addressOf, filterOf } from '../register-file.ts';
import { LOOK_UP_BODY, REGISTER_QUERY } from '../schema.ts';
import type { PageDeps } from './index.tsx';

export function mountRegister(router: Router, deps: PageDeps): void {
  router.get(
    '/certificates',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      const filter = filterOf(chosenIn(ctx));
      requireShape(REGISTER_QUERY, { ...chosenIn(ctx) }, '/query');
      const { certificates, next } = await listRegister(deps, who, filter);
      page(
        ctx,
        deps,
        who,
        filter,
        <>
          <Filters filter={filter} deps={deps} />
          <RegisterTable certificates={certificates} isFiltered={addressOf(filter) !== '/certificates'} />
          <Pager next={next && addressOf({ ...filter, after: next })} />
          {doesCaseWork(who) && certificates.length > 0 && (
            <p>
              <LinkButton href={addressOf(filter, '/api/certificates/register.csv')}>
                导出表格（CSV）
              </LinkButton>
            </p>
          )}
          {doesCaseWork(who) && <LookUp csrf={who.csrf} />}
        </>,
      );
    }),
  );
  router.post('/certificates/look-up', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const idNumber = (new Map(sentForm(ctx).fields).get('idNumber') ?? '').trim().toUpperCase();
    requireShape(LOOK_UP_BODY, { idNumber });
    const { certificates } = await listRegister(deps, who, { idNumber });
    page(
      ctx,
      deps,
      who,
      {},
      <>
        <p class="lead">按证件号查到 {certificates.length} 份证照。本次查询已记录。</p>
        <RegisterTable certificates={certificates} isFiltered />
        <LookUp csrf={who.csrf} />
      </>,
    );
  });
}

/** What the address chooses; fields of the form that were left empty choose nothing. */
const chosenIn = ({ query }: RouteContext): Record<string, unknown> =>
  Object.fromEntries(Object.entries(query).filter(([, v]) => typeof v === 'string' && v.trim() !== ''));

function page(
  ctx: RouteContext,
  deps: PageDeps,
  who: SignedIn,
  filter: RegisterFilter,
  children: JSX.Element,
): void {
  const today = localDate(deps.clock.now());
  const renewBy = addDays(today, remindingDays(deps, today)[0] ?? 0);
  const isRenewing = filter.renewBy !== undefined;
  show(
    ctx,
    <StationPage ctx={ctx} deps={deps} title="证照登记簿" heading="证照登记簿" nav="certificates">
      <Tabs
        label="证照"
        tabs={[
          { href: '/certificates', text: '全部', current: !isRenewing && !filter.isProposed },
          { href: addressOf({ renewBy }), text: '待延续', current: isRenewing },
          {
            href: addressOf({ isProposed: true }),
            text: '处理意见待确认',
            current: filter.isProposed === true,
          },
          ...(doesCaseWork(who) ? [{ href: '/transfers', text: '证照交接' }] : []),
        ]}
      />
      {children}
    </StationPage>,
  );
}

function Filters({ filter, deps }: { filter: RegisterFilter; deps: PageDeps }): JSX.Element {
  return (
    <FilterForm
      action="/certificates"
      filters={[
        { name: 'text', label: '持证人姓名或证照编号', value: filter.text },
        {
          name: 'item',
          label: '事项',
          blank: '全部事项',
          width: 'medium',
          value: filter.item,
          options: deps.definitions.list().map((d) => ({ value: d.code, text: d.title })),
        },
        {
          name: 'state',
          label: '状态',
          blank: '全部状态',
          value: filter.state,
          options: optionsOf(STATE_WORDS),
        },
        {
          name: 'custody',
          label: '在哪里',
          blank: '全部',
          value: filter.custody,
          options: optionsOf(CUSTODY_WORDS),
        },
        { type: 'date', name: 'expiresBy', label: '有效期至不晚于', value: filter.expiresBy },
      ]}
    />
  );
}

const LookUp = ({ csrf }: { csrf: string }): JSX.Element => (
  <Card title="按证件号查">
    <form method="post" action="/certificates/look-up">
      <CsrfField token={csrf} />
      <TextField
        id="idNumber"
        name="idNumber"
        label="持证人身份证号"
        help="查这个人的全部证照；每次查询都留下记录。"
        mark={false}
        width="medium"
        check="cn-id"
      />
      <Actions>
        <Button kind="secondary">查询</Button>
      </Actions>
    </form>
  </Card>
);

const day = (date: LocalDate | null): string => (date === null ? '—' : chineseDate(date));

const COLUMNS: Column<RegisterView>[] = [
  {
    title: '持证人',
    head: true,
    nowrap: true,
    cell: (c) => <a href={`/certificates/${c.id}`}>{c.holderName}</a>,
  },
  {
    title: '证照',
    cell: (c) => (
      <div>
        {c.title}
        <p class="help">{c.number}</p>
      </div>
    ),
  },
  { title: '村（社区）', cell: (c) => c.villageName },
  {
    title: '状态',
    cell: (c) => (
      <div>
        <Badge tone={STATE_TONES[c.state]} text={c.stateTitle} />
      </div>
    ),
  },
  {
    title: '在哪里',
    cell: (c) => (
      <div>
        {c.state === 'reserved' ? '—' : c.custodyTitle}
        {c.placeName && <p class="help">{c.custody === 'in-transit' ? `送往${c.placeName}` : c.placeName}</p>}
      </div>
    ),
  },
  {
    title: '有效期至',
    cell: (c) => (
      <div>
        {c.expiresOn === null ? (c.issuedOn === null ? '—' : '长期') : day(c.expiresOn)}
        {c.renewBy && <p class="help">延续申请截止 {day(c.renewBy)}</p>}
        {c.reviewDue && <p class="help">下次复核 {day(c.reviewDue)}</p>}
      </div>
    ),
  },
];

const RegisterTable = (props: { certificates: RegisterView[]; isFiltered: boolean }): JSX.Element => (
  <Table
    caption="我能看到的证照，最近的在前"
    rows={props.certificates}
    rowKey={(c) => c.id}
    columns={COLUMNS}
    empty={
      <EmptyState title={props.isFiltered ? '没有符合条件的证照' : '还没有证照'}>
        {props.isFiltered ? (
          <a href="/certificates">查看全部</a>
        ) : (
          '办件作出准予决定、编号以后，证照会登记在这里。'
        )}
      </EmptyState>
    }
  />
);
