import { requireSession } from '../../people/accounts/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import type { ApiRoute } from '../../platform/http/index.ts';
import { keptAssets } from '../../platform/web/index.ts';
import { addressesOf, keptItems, keptVersion, WAITING } from './kept.ts';

const TEXT = { type: 'string' } as const;
const TEXTS = { type: 'array', items: TEXT } as const;
const answer = (description: string, properties: Record<string, unknown>) => ({
  200: {
    description,
    schema: { type: 'object', required: Object.keys(properties), properties, additionalProperties: false },
  },
});

/** What a clerk's browser asks for, to be of use without a line. */
export function offlineRoutes(deps: PlatformDeps): ApiRoute[] {
  return [
    {
      method: 'get',
      path: '/api/session/local-key',
      summary: 'The key under which a browser keeps what this account typed',
      tag: 'session',
      auth: 'session',
      responses: answer('AES-256 key, base64, always the same for an account', { account: TEXT, key: TEXT }),
      async handler(ctx) {
        const { accountId } = requireSession(ctx);
        const key = deps.vault.keyFor(`browser of ${accountId}`).toString('base64');
        ctx.body = { account: accountId, key };
      },
    },
    {
      method: 'get',
      path: '/api/session/kept-pages',
      summary: 'The empty pages that a clerk’s browser may keep, most used first',
      tag: 'session',
      auth: 'session',
      responses: answer('Addresses; the version changes with what is drawn on them', {
        version: TEXT,
        pages: TEXTS,
        assets: TEXTS,
      }),
      async handler(ctx) {
        const who = requireSession(ctx);
        const items = await keptItems(deps, who);
        const pages = [WAITING, ...items.flatMap(addressesOf)];
        ctx.body = { version: keptVersion(deps, who), pages, assets: keptAssets };
      },
    },
  ];
}
