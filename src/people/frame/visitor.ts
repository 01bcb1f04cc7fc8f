/** What a visitor's browser remembers: reading aids, and that it is the screen of a station. */

import type { HttpContext, RouteContext } from '../../platform/http/index.ts';
import type { Kiosk, Reading } from '../../platform/web/index.ts';
import type { Org, OrgTree } from '../orgs/index.ts';

type AnyContext = HttpContext | RouteContext;

const READING = 'cunban-reading';
const KIOSK = 'cunban-kiosk';
const COOKIE = { httpOnly: true, sameSite: 'lax', signed: false, overwrite: true } as const;
const YEAR_MS = 365 * 86_400_000;

const remembered = (ctx: AnyContext, name: string): string | undefined =>
  ctx.cookies.get(name, { signed: false });

/** What the reader has switched on; nothing, to begin with. */
export function readingOf(ctx: AnyContext): Reading {
  const on = (remembered(ctx, READING) ?? '').split('.');
  return { large: on.includes('large'), contrast: on.includes('contrast') };
}

export function rememberReading(ctx: AnyContext, reading: Reading): void {
  const on = Object.entries(reading).flatMap(([name, isOn]) => (isOn ? [name] : []));
  const value = on.length > 0 ? on.join('.') : null;
  ctx.cookies.set(READING, value, { ...COOKIE, ...(value !== null && { maxAge: YEAR_MS }) });
}

const kioskStart = (org: string): string => `/stations/${org}/kiosk`;

/** Where a kiosk may go besides its own pages; each with everything beneath it. */
const WAYS = [
  '/items',
  '/packages',
  '/progress',
  '/notices',
  '/objections',
  '/branch/mailbox',
  '/branch/ask',
];

/** The frame of a station's screen. */
export function kioskFrame({ id, name }: Pick<Org, 'id' | 'name'>): Kiosk {
  const start = kioskStart(id);
  return {
    name,
    start,
    ways: [`/stations/${id}`, ...WAYS],
    links: [
      { href: start, text: '回到首页' },
      { href: '/items', text: '办事指南' },
      { href: '/progress', text: '查进度' },
      { href: `/notices?org=${id}`, text: '看公示' },
    ],
  };
}

/** The screen that this browser is; null for any other, and for whoever is signed in. */
export function kioskOf(ctx: AnyContext, orgs: OrgTree): Kiosk | null {
  const org = ctx.state.actor ? undefined : orgs.find(remembered(ctx, KIOSK) ?? '');
  return org ? kioskFrame(org) : null;
}

/** From now on, until it is closed, this browser is the screen of a station; null: no longer. */
export const rememberKiosk = (ctx: AnyContext, org: string | null): void => {
  ctx.cookies.set(KIOSK, org, COOKIE);
};

const DEVICE = 'cunban-device';

/** What lets a screen hand out tickets; it stays when the screen is switched off. */
export const deviceToken = (ctx: AnyContext): string | undefined => remembered(ctx, DEVICE);

export const rememberDevice = (ctx: AnyContext, token: string): void => {
  ctx.cookies.set(DEVICE, token, { ...COOKIE, maxAge: YEAR_MS });
};
