/** What can be done with a claim: the form of each act, who may do it when, and the command behind it. */
import { fenOf } from '../../../kernel/money.ts';
import { localDate } from '../../../kernel/time.ts';
import { holds, type SignedIn } from '../../../people/accounts/index.ts';
import type { FormSchema } from '../../../workflow/form-schema.ts';
import { openDebt } from '../debts/by-hand.ts';
import type { ByHand } from '../entitlements/by-hand.ts';
import {
  correctAccount,
  type EntitlementView,
  resumeEntitlement,
  setWay,
  stopEntitlement,
  suspendEntitlement,
} from '../entitlements/index.ts';
import { mayPay, mayPrepare } from '../policy.ts';
import { schemeOf } from '../schemes.ts';
import type { EntitlementState, Way } from '../types.ts';
import type { PageDeps } from './parts.tsx';

export type ClaimActName = 'account' | 'way' | 'suspend' | 'resume' | 'stop' | 'debt' | 'reveal';

/** What was sent: the form as it was read, the version that was seen, the id by which a repeat is known. */
interface SentAct {
  value: Record<string, unknown>;
  version: number;
  requestId: string | undefined;
}

export interface ClaimAct {
  title: string;
  /** What it does, before it is done. */
  help: string;
  /** Said afterwards. */
  done: string;
  kind?: 'danger';
  from: readonly EntitlementState[];
  schema: FormSchema;
  start?(deps: PageDeps, e: EntitlementView): Record<string, unknown>;
  may(deps: PageDeps, who: SignedIn, e: EntitlementView): boolean;
  /** Absent: it shows instead of changing. */
  run?(deps: PageDeps, who: SignedIn, id: string, sent: SentAct): Promise<unknown>;
}

const reason: FormSchema = {
  type: 'string',
  title: '理由',
  minLength: 2,
  maxLength: 200,
  'x-widget': 'textarea',
};
const form = (title: string, properties: Record<string, FormSchema>): FormSchema => ({
  type: 'object',
  title,
  properties: { ...properties, reason },
  required: [...Object.keys(properties), 'reason'],
  additionalProperties: false,
});

const ACCOUNT: FormSchema = {
  type: 'object',
  title: '新的收款账户',
  properties: {
    holder: {
      type: 'string',
      title: '账户名',
      minLength: 1,
      maxLength: 50,
      pattern: '^\\S(.*\\S)?$',
      'x-width': 'medium',
      'x-error': '请按银行登记的户名填写，前后不要有空格',
    },
    bank: { type: 'string', title: '开户行', minLength: 2, maxLength: 50, 'x-width': 'medium' },
    number: { type: 'string', title: '银行账号', format: 'bank-card', 'x-width': 'medium' },
  },
  required: ['holder', 'bank', 'number'],
  additionalProperties: false,
};

const ALL: readonly EntitlementState[] = ['active', 'suspended', 'ended'];
const byOfficer: ClaimAct['may'] = ({ orgs }, who, e) => mayPrepare(who, orgs, schemeOf(e.scheme));
const given = <T>({ value, version, requestId }: SentAct): T => ({ ...value, version, requestId }) as T;

/** In the order of their buttons. */
export const CLAIM_ACTS: Record<ClaimActName, ClaimAct> = {
  account: {
    title: '更正收款账户',
    help: '请对照本人的银行卡或社会保障卡逐位核对。更正以后，退回的钱列入下一个批次重发。',
    done: '收款账户已更正。',
    from: ALL,
    schema: form('更正收款账户', { account: ACCOUNT }),
    start: (_, e) => ({ account: { holder: e.payee.holder, bank: e.payee.bank } }),
    may: (deps, who, e) => holds(who, 'clerk', e.villageId, deps.orgs) || byOfficer(deps, who, e),
    run: (deps, who, id, sent) => correctAccount(deps, who, id, given(sent)),
  },
  way: {
    title: '改变发放方式',
    help: '没有账户或者行动不便的，可以改为在村里领取现金。从下一个批次起按新的方式发放。',
    done: '发放方式已改变。',
    from: ALL,
    schema: form('改变发放方式', {
      way: { type: 'string', title: '发放方式', enum: ['银行转账', '村里现金'], 'x-widget': 'radio' },
    }),
    start: (_, e) => ({ way: e.way === 'bank' ? '村里现金' : '银行转账' }),
    may: byOfficer,
    run: (deps, who, id, sent) => {
      const way: Way = sent.value.way === '村里现金' ? 'cash' : 'bank';
      return setWay(deps, who, id, { ...given<ByHand>(sent), way });
    },
  },
  suspend: {
    title: '暂停发放',
    help: '暂停期间不列入批次，情况查清以后可以恢复。',
    done: '已暂停发放。',
    from: ['active'],
    schema: form('暂停发放', {}),
    may: byOfficer,
    run: (deps, who, id, sent) => suspendEntitlement(deps, who, id, given(sent)),
  },
  resume: {
    title: '恢复发放',
    help: '恢复以后列入下一个批次。项目规定补发的，暂停期间的各期一并补发。',
    done: '已恢复发放。',
    from: ['suspended'],
    schema: form('恢复发放', {}),
    may: byOfficer,
    run: (deps, who, id, sent) => resumeEntitlement(deps, who, id, given(sent)),
  },
  stop: {
    title: '终止发放',
    help: '从写明的日子起不再应发。已经多发的，自动记为应追回。',
    done: '已终止发放。',
    kind: 'danger',
    from: ['active', 'suspended'],
    schema: form('终止发放', {
      stoppedOn: {
        type: 'string',
        title: '从哪一天起停发',
        format: 'date',
        description: '死亡、迁出、不再符合条件的日子，不能晚于今天。',
        'x-width': 'short',
      },
    }),
    start: (deps) => ({ stoppedOn: localDate(deps.clock.now()) }),
    may: byOfficer,
    run: (deps, who, id, sent) => stopEntitlement(deps, who, id, given(sent)),
  },
  debt: {
    title: '登记多发',
    help: '登记以后列为应追回，从以后的发放中抵扣，或者由本人退还。',
    done: '多发已登记，列为应追回。',
    from: ALL,
    schema: form('登记多发', {
      amount: {
        type: 'number',
        title: '多发金额',
        minimum: 0.01,
        maximum: 1_000_000_000,
        multipleOf: 0.01,
        'x-unit': '元',
        'x-width': 'short',
      },
    }),
    may: byOfficer,
    run: (deps, who, id, { value, requestId }) => {
      const { amount, reason: why } = value as { amount: number; reason: string };
      return openDebt(deps, who, { entitlementId: id, amount: fenOf(amount), reason: why }, requestId);
    },
  },
  reveal: {
    title: '查看完整号码',
    help: '显示完整的身份证号、手机号和银行账号。谁在什么时候为什么查看，都留下记录。',
    done: '',
    from: ALL,
    schema: form('查看完整号码', {}),
    may: ({ orgs }, who, e) => mayPay(who, orgs, schemeOf(e.scheme)),
  },
};

export const isClaimAct = (name: string | undefined): name is ClaimActName =>
  name !== undefined && Object.hasOwn(CLAIM_ACTS, name);

/** What somebody may do with a claim as it stands. */
export const possibleActs = (deps: PageDeps, who: SignedIn, e: EntitlementView): ClaimActName[] =>
  (Object.keys(CLAIM_ACTS) as ClaimActName[]).filter((name) => {
    const act = CLAIM_ACTS[name];
    return act.from.includes(e.state) && act.may(deps, who, e);
  });
