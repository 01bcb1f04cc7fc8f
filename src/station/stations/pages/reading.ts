/** `/reading`: 大字 and 高对比 are switched, and the reader is back where he was. */
import type Router from '@koa/router';
import { readingOf, rememberReading } from '../../../people/frame/index.ts';
import { type RouteContext, sentForm } from '../../../platform/http/index.ts';
import { seeOther } from '../../shell.tsx';

export function mountReading(router: Router): void {
  router.post('/reading', (ctx: RouteContext) => {
    const sent = new Map(sentForm(ctx).fields);
    const now = readingOf(ctx);
    const isOn = (name: keyof typeof now) => (sent.has(name) ? sent.get(name) === 'on' : now[name]);
    rememberReading(ctx, { large: isOn('large'), contrast: isOn('contrast') });
    seeOther(ctx, backFrom(ctx));
  });
}

/** The page on which the switch was pressed, when it is one of ours. */
function backFrom(ctx: RouteContext): string {
  const from = ctx.get('referer');
  if (!URL.canParse(from)) return '/';
  const { host, pathname, search } = new URL(from);
  return host === ctx.host && /^\/(?!\/)/.test(pathname) ? pathname + search : '/';
}
