/** JSON bodies of the session API. */

export interface SignInBody {
  login: string;
  password: string;
}

export const SIGN_IN_BODY = {
  type: 'object',
  properties: {
    login: { type: 'string', title: '账号', minLength: 1, maxLength: 100 },
    password: { type: 'string', title: '密码', minLength: 1, maxLength: 200 },
  },
  required: ['login', 'password'],
  additionalProperties: false,
};

const text = { type: 'string' };

const GRANT = {
  type: 'object',
  properties: { role: text, roleTitle: text, org: text, orgName: text, subtree: { type: 'boolean' } },
  required: ['role', 'roleTitle', 'org', 'orgName', 'subtree'],
};

/** What `sessionView` gives. */
export const SESSION_VIEW = {
  type: 'object',
  properties: {
    account: {
      type: 'object',
      properties: { id: text, name: text, login: text, grants: { type: 'array', items: GRANT } },
      required: ['id', 'name', 'login', 'grants'],
    },
    csrf: { type: 'string', description: 'Comes back as X-CSRF-Token with every unsafe request' },
  },
  required: ['account', 'csrf'],
};
