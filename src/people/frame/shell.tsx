/** What every page of the house shares: header, banner, message, sign-in on the way, error page. */
import type { JSX, VNode } from 'preact';
import { AppError } from '../../errors.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import type { HttpContext, RouteContext } from '../../platform/http/index.ts';
import { type FlashMessage, Page, type PageProps, render, SITE_PATHS } from '../../platform/web/index.ts';
import { compiled } from '../../workflow/formats.ts';
import { pageUser } from '../accounts/index.ts';
import type { OrgTree } from '../orgs/index.ts';
import { tourOf } from './tour.ts';
import { TourCard } from './tour-card.tsx';
import { kioskOf, readingOf } from './visitor.ts';

const OWN_ADDRESS = '^/(?![/\\\\])';
const undoBy = (way: 'href' | 'action') => ({
  type: 'object',
  properties: { text: { type: 'string' }, [way]: { type: 'string', pattern: OWN_ADDRESS } },
  required: ['text', way],
  additionalProperties: false,
});
/** Whatever lies in the cookie: a browser may send anything. */
const isFlash = compiled({
  type: 'object',
  properties: {
    kind: { enum: ['done', 'warn', 'error'] },
    text: { type: 'string' },
    undo: { anyOf: [undoBy('href'), undoBy('action')] },
  },
  required: ['kind', 'text'],
  additionalProperties: false,
});

export type ShellDeps = Pick<PlatformDeps, 'clock' | 'mode'> & { orgs: OrgTree };
type AnyContext = HttpContext | RouteContext;

const FLASH_COOKIE = 'cunban-flash';
const FLASH_MS = 60_000;
const COOKIE = { httpOnly: true, sameSite: 'lax', signed: false, overwrite: true } as const;

/** A script of ours at work in the background: no message is left for it or taken, and nothing is drawn twice. */
const isQuiet = (ctx: AnyContext): boolean => ctx.get('x-quiet') !== '';

/**
 * Leave one message for the page that follows a form, perhaps with one way back; no personal data, it lies in a cookie.
 * @param undo an address of this house: `href` is gone to, `action` is posted to (with nothing but the proof)
 */
export function leaveFlash(
  ctx: AnyContext,
  kind: FlashMessage['kind'],
  text: string,
  undo?: FlashMessage['undo'],
): void {
  if (isQuiet(ctx)) return;
  const left = encodeURIComponent(JSON.stringify({ kind, text, undo }));
  ctx.cookies.set(FLASH_COOKIE, left, { ...COOKIE, maxAge: FLASH_MS });
}

function takeFlash(ctx: AnyContext): FlashMessage | null {
  if (isQuiet(ctx)) return null;
  const sent = ctx.cookies.get(FLASH_COOKIE, { signed: false });
  if (sent === undefined) return null;
  ctx.cookies.set(FLASH_COOKIE, null, COOKIE);
  try {
    const left: unknown = JSON.parse(decodeURIComponent(sent));
    return isFlash(left) ? (left as FlashMessage) : null;
  } catch {
    return null;
  }
}

/** A page in the house's frame. Whatever is signed in, rehearsed or just done is drawn around it. */
export function HousePage(props: PageProps & { ctx: AnyContext; deps: ShellDeps }): JSX.Element {
  const { ctx, deps, ...page } = props;
  const { actor } = ctx.state;
  const tour = tourOf(ctx);
  return (
    <Page
      signedIn={actor ? pageUser(actor, deps.orgs) : null}
      banner={deps.mode === 'rehearsal' ? { now: deps.clock.now() } : null}
      reading={readingOf(ctx)}
      kiosk={kioskOf(ctx, deps.orgs)}
      {...page}
      flash={page.flash === undefined ? takeFlash(ctx) : page.flash}
    >
      {tour && actor && <TourCard tour={tour} csrf={actor.csrf} />}
      {page.children}
    </Page>
  );
}

/** Answer with a page. */
export function show(ctx: AnyContext, page: VNode, status = 200): void {
  ctx.status = status;
  ctx.type = 'html';
  ctx.body = render(page);
}

/** After a form: look at the result with GET; a script in the background is only told where it is. */
export function seeOther(ctx: AnyContext, path: string): void {
  if (isQuiet(ctx)) {
    ctx.body = { location: path };
    return;
  }
  ctx.redirect(path);
  ctx.status = 303;
}

/** A page for whoever is signed in: a stranger who only looks is sent to sign in and comes back. */
export function staffPage(
  handler: (ctx: RouteContext) => Promise<void> | void,
): (ctx: RouteContext) => Promise<void> {
  return async (ctx) => {
    if (ctx.method === 'GET' && !ctx.state.actor)
      return seeOther(ctx, `${SITE_PATHS.signIn}?next=${encodeURIComponent(ctx.url)}`);
    await handler(ctx);
  };
}

/** Is this the house's own refusal with one of these codes? */
export const isRefusal = (error: unknown, ...codes: AppError['code'][]): error is AppError =>
  error instanceof AppError && (codes.length === 0 || codes.includes(error.code));

/** A drawing of `workflow/draw/index.ts`, which escapes every text; on a narrow screen it scrolls sideways. */
export function Drawing({ svg, label }: { svg: string; label: string }): JSX.Element {
  return (
    <section
      class="drawing"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}
