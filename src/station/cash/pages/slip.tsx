/** Pages of money under way between office and village, bags and returns: what it is, its count, its list. */
import type Router from '@koa/router';
import type { ComponentChildren, JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Card,
  DefinitionList,
  ErrorSummary,
  type FormSchema,
  parseForm,
} from '../../../platform/web/index.ts';
import { checkAgainst } from '../../../workflow/formats.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show } from '../../shell.tsx';
import { today } from '../commands/common.ts';
import type { CountInput } from '../commands/counting.ts';
import type { BagDetail, ReturnDetail } from '../queries/index.ts';
import { COUNT_SUM } from '../schema.ts';
import type { CashDeps } from '../types.ts';
import { Differences, LineTable, SchemaForm, StateBadge, sentPlain, Yuan } from './parts.tsx';
import { faultsOf } from './refused.tsx';

const SCHEMA = COUNT_SUM as FormSchema;

/** What was typed into the count, and what stands against it. */
export interface Typed {
  value: Record<string, unknown>;
  faults: readonly Fault[];
}

/** A count that is sent: refused it comes back on its page with what was typed. */
export function postCount(
  router: Router,
  path: string,
  given: {
    deps: CashDeps;
    said: string;
    back(ctx: RouteContext): string;
    page(ctx: RouteContext, typed: Typed): Promise<void>;
    count(ctx: RouteContext, who: SignedIn, input: CountInput): Promise<unknown>;
  },
): void {
  router.post(path, async (ctx: RouteContext) => {
    const { who, fields } = sentPlain(ctx);
    const { value } = parseForm(SCHEMA, Object.fromEntries(fields));
    const faults = checkAgainst(COUNT_SUM, value, { today: today(given.deps) });
    if (faults.length > 0) return given.page(ctx, { value, faults });
    try {
      await given.count(ctx, who, value as unknown as CountInput);
    } catch (error) {
      if (!isRefusal(error, 'cash.difference', 'request.invalid')) throw error;
      return given.page(ctx, { value, faults: faultsOf(error) });
    }
    leaveFlash(ctx, 'done', given.said);
    seeOther(ctx, given.back(ctx));
  });
}

export const CountForm = ({
  typed,
  ...form
}: {
  action: string;
  csrf: string;
  button: string;
  typed: Typed | null;
}): JSX.Element => (
  <SchemaForm
    {...form}
    schema={SCHEMA}
    idPrefix="count"
    {...(typed && { value: typed.value, faults: typed.faults })}
  />
);

/** A bag or a return: sum, who did what, differences, what is to be done, its list. */
export function showSlip(
  {
    ctx,
    deps,
    typed,
    slip,
    name,
    title,
  }: {
    ctx: RouteContext;
    deps: CashDeps;
    typed: Typed | null;
    slip: BagDetail | ReturnDetail;
    /** What it is called. */
    name: string;
    title: string;
  },
  rows: { term: string; detail: ComponentChildren }[],
  acts: JSX.Element,
): void {
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title={slip.number}
      heading={slip.number}
      nav="cash"
      breadcrumbs={[{ href: '/cash', text: '现金发放' }, { text: name }]}
    >
      {typed && <ErrorSummary faults={typed.faults} schema={SCHEMA} idPrefix="count" />}
      <Card title={title} aside={<StateBadge title={slip.stateTitle} done={slip.state === 'received'} />}>
        <DefinitionList
          items={[
            { term: '金额', detail: <Yuan fen={slip.total} /> },
            { term: '笔数', detail: String(slip.count) },
            ...rows,
          ]}
        />
        <Differences differences={slip.differences} />
      </Card>
      {acts}
      {slip.lines.length > 0 && <LineTable caption="清单" lines={slip.lines} />}
    </StationPage>,
    typed ? 422 : 200,
  );
}
