import { fenOf } from '../../../kernel/money.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { FormSchema } from '../../../workflow/form-schema.ts';
import type { Sent } from '../../sent.ts';
import { proposeWriteOff, repayDebt, writeOff } from '../debts/by-hand.ts';
import type { DebtView } from '../debts/queries.ts';
import { mayApprove, mayPrepare } from '../policy.ts';
import type { PageDeps } from './parts.tsx';

export type DebtActName = 'repay' | 'propose' | 'write-off';

interface DebtAct {
  title: string;
  help: string;
  done: string;
  kind?: 'danger';
  schema: FormSchema;
  may: typeof mayPrepare;
  run(
    deps: PageDeps,
    who: SignedIn,
    debt: DebtView,
    value: Record<string, unknown>,
    sent: Sent,
  ): Promise<unknown>;
}

const form = (title: string, properties: Record<string, FormSchema>): FormSchema => ({
  type: 'object',
  title,
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

export const DEBT_ACTS: Record<DebtActName, DebtAct> = {
  repay: {
    title: '登记退还',
    help: '本人把钱退回财政账户以后登记，写明收款票据号。',
    done: '退还已登记。',
    may: mayPrepare,
    schema: form('登记退还', {
      amount: {
        type: 'number',
        title: '退还金额',
        minimum: 0.01,
        maximum: 1_000_000_000,
        multipleOf: 0.01,
        'x-unit': '元',
        'x-width': 'short',
      },
      receipt: { type: 'string', title: '收款票据号', minLength: 1, maxLength: 40, 'x-width': 'medium' },
    }),
    run: (deps, who, { id }, { amount, receipt }, sent) =>
      repayDebt(deps, who, id, {
        amount: fenOf(amount as number),
        receipt: receipt as string,
        rest: Number(sent.one('rest')),
        requestId: sent.requestId,
      }),
  },
  propose: {
    title: '提出核销',
    help: '确实追不回的，写明理由提出核销，由分管领导决定。提出和批准必须是两个人。',
    done: '核销意见已提出，等分管领导批准。',
    may: mayPrepare,
    schema: form('提出核销', {
      reason: { type: 'string', title: '理由', minLength: 2, maxLength: 200, 'x-widget': 'textarea' },
    }),
    run: (deps, who, { id }, { reason }, sent) =>
      proposeWriteOff(deps, who, id, { reason: reason as string, requestId: sent.requestId }),
  },
  'write-off': {
    title: '批准核销',
    help: '核销以后不再追回，不能撤销。没有人提出过的，不能核销。',
    done: '已核销。',
    kind: 'danger',
    may: mayApprove,
    schema: form('批准核销', {}),
    run: (deps, who, { id }, _, sent) => writeOff(deps, who, id, sent.requestId),
  },
};
