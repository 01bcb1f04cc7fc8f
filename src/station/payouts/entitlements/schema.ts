/** Bodies and queries of the API of claims and debts. */
const reason = { type: 'string', title: '理由', minLength: 2, maxLength: 200 } as const;
const version = { type: 'integer', title: '看到的版本', minimum: 1 } as const;

const body = (properties: Record<string, object>) =>
  ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false }) as const;

export const REASON_BODY = body({ version, reason });
export const STOP_BODY = body({
  version,
  reason,
  stoppedOn: { type: 'string', title: '从哪一天起停发', format: 'date' },
});
export const WAY_BODY = body({ version, reason, way: { enum: ['bank', 'cash'] } });
export const ACCOUNT_BODY = body({
  version,
  reason,
  account: body({
    holder: { type: 'string', title: '账户名', minLength: 1, maxLength: 50, pattern: '^\\S(.*\\S)?$' },
    bank: { type: 'string', title: '开户行', minLength: 2, maxLength: 50 },
    number: { type: 'string', title: '银行账号', format: 'bank-card', 'x-sensitive': true },
  }),
});

/** Fen. */
const amount = { type: 'integer', title: '金额（分）', minimum: 1, maximum: 100_000_000_000 } as const;

export const DEBT_BODY = body({ entitlementId: { type: 'string', maxLength: 40 }, amount, reason });
export const REPAY_BODY = body({
  amount,
  rest: amount,
  receipt: { type: 'string', title: '票据号', minLength: 1, maxLength: 40 },
});
export const PROPOSAL_BODY = body({ reason });

export const CLAIM_QUERY = {
  type: 'object',
  properties: {
    scheme: { type: 'string', maxLength: 40 },
    village: { type: 'string', maxLength: 20 },
    state: { enum: ['active', 'suspended', 'ended'] },
    faulty: { enum: ['true'] },
    text: { type: 'string', minLength: 1, maxLength: 50 },
    after: { type: 'string', maxLength: 40 },
  },
  additionalProperties: false,
} as const;

export const DEBT_QUERY = {
  type: 'object',
  properties: {
    scheme: { type: 'string', maxLength: 40 },
    state: { enum: ['open', 'recovered', 'written-off', 'cancelled'] },
  },
  additionalProperties: false,
} as const;
