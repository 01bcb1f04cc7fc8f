/** Bringing papers that were left out at the filing (容缺). */
import type Router from '@koa/router';
import type { RouteContext } from '../../../platform/http/index.ts';
import { keptMultipart, readSent } from '../../sent.ts';
import { leaveFlash, seeOther } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import { getCase } from './door.ts';
import { keepUploads } from './edit.tsx';

/** `/cases/:id/owed`: what can be kept is kept, what not is told; then the case page again. */
export function mountOwed(router: Router, deps: CaseDeps): void {
  router.post('/cases/:id/owed', keptMultipart as never, async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const id = ctx.params.id as string;
    await getCase(deps, { kind: 'account', who: sent.who }, id);
    if (ctx.state.refusedUpload) throw ctx.state.refusedUpload;
    const refused = await keepUploads(deps, sent, id);
    // The message lies in a cookie: no names of files.
    const why = new Set(refused.map((f) => f.message.replace(/^“.*”：/, '')));
    if (why.size > 0) leaveFlash(ctx, 'error', `有 ${refused.length} 个文件没有收下：${[...why].join('')}`);
    else if (sent.files.length === 0) leaveFlash(ctx, 'warn', '没有选文件。');
    else leaveFlash(ctx, 'done', '已上传。材料齐了，请再点“补交容缺材料”。');
    seeOther(ctx, `/cases/${id}#owed`);
  });
}
