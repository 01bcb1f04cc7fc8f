import type { ApiRoute } from '../../platform/http/index.ts';
import { requireSession } from '../accounts/index.ts';
import { type CitizenDeps, findByIdNumber } from './commands.ts';
import { citizenView } from './present.ts';
import { CITIZEN_QUERY, CITIZEN_VIEW } from './schema.ts';

/** The JSON API of citizens: one look-up by exact number, masked and audited. */
export function citizenRoutes(deps: CitizenDeps): ApiRoute[] {
  return [
    {
      method: 'get',
      path: '/api/citizens',
      summary: 'The citizen with exactly this document number; audited',
      tag: 'citizens',
      auth: 'session',
      query: CITIZEN_QUERY,
      responses: { 200: { description: 'Number and telephone masked', schema: CITIZEN_VIEW } },
      async handler(ctx) {
        const who = requireSession(ctx);
        const { idNumber, idType } = ctx.query as { idNumber: string; idType?: string };
        ctx.body = citizenView(await findByIdNumber(deps, who, idNumber, idType));
      },
    },
  ];
}
