/** The files of one material for the script of the form: how it stands now, small pictures, and a way back. */
import type Router from '@koa/router';
import { notFound } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { leaveFlash, seeOther, show, staffPage } from '../../shell.tsx';
import { today } from '../access.ts';
import type { CaseDeps } from '../deps.ts';
import { standingsOf } from '../filing.ts';
import { actOnFile, getCase, removedFiles } from './door.ts';
import { MaterialState } from './materials.tsx';

const idOf = (ctx: RouteContext): string => ctx.params.id as string;

/** `/cases/:id/materials-of/:material`, `/cases/:id/materials/:file/thumb`, `/cases/:id/materials/:file/restore` */
export function mountMaterialFiles(router: Router, deps: CaseDeps): void {
  router.get(
    '/cases/:id/materials-of/:material',
    staffPage(async (ctx) => {
      const { pinned, row, files } = await getCase(deps, account(ctx), idOf(ctx));
      const standing = standingsOf(deps, pinned, row, files, today(deps)).find(
        (s) => s.material.id === ctx.params.material,
      );
      if (!standing) throw notFound('material.not_found');
      const { material, way } = standing;
      const removed = await removedFiles(deps, row.id);
      const asked = { key: material.id, material, way, files: standing.files, removed };
      show(ctx, <MaterialState asked={asked} filesAt={`/cases/${row.id}/materials`} />);
    }),
  );
  router.get(
    '/cases/:id/materials/:file/thumb',
    staffPage(async (ctx) => {
      const { files } = await getCase(deps, account(ctx), idOf(ctx));
      const file = files.find((f) => f.id === ctx.params.file);
      if (!file?.thumbHash) throw notFound('material.not_found');
      ctx.type = 'image/jpeg';
      ctx.body = await deps.files.get(file.thumbHash);
    }),
  );
  router.post('/cases/:id/materials/:file/restore', async (ctx: RouteContext) => {
    const file = ctx.params.file as string;
    await actOnFile(deps, requireSession(ctx), idOf(ctx), { file, act: 'restore' });
    leaveFlash(ctx, 'done', '文件恢复了。');
    seeOther(ctx, `/cases/${idOf(ctx)}/edit#materials`);
  });
}

const account = (ctx: RouteContext) => ({ kind: 'account', who: requireSession(ctx) }) as const;
