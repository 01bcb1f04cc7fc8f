/** Public pages in their states, staged for pictures: stations, a queue, its screens, notices, progress. */
import type { Page } from 'playwright-core';
import { openCase, visit } from '../walk/case.ts';
import { type Client, exampleForm, type House } from './service.ts';
import type { Shot } from './stage.ts';

export type { Shot as PublicShot };

export const VILLAGE = '532628103201';

/** Sent as a browser sends a plain form; the session stays as it is. */
export async function press(house: House, who: Client, path: string, fields: Record<string, string>) {
  const answer = await fetch(house.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', cookie: who.cookie },
    body: new URLSearchParams({ _csrf: who.csrf, ...fields }),
  });
  return { status: answer.status, location: answer.headers.get('location') ?? '', html: await answer.text() };
}

const FACTS = {
  '/address': '剥隘镇者宁村委会一楼',
  '/way': '从镇上客运站往南走 200 米，村委会大院进门左手边。',
  '/phones/0/what': '服务台',
  '/phones/0/number': '0876-6122333',
  '/phones/1/what': '下班以后',
  '/phones/1/number': '13800000000',
  '/duty/0/role': '村代办员',
  '/duty/0/name': '农秀兰',
  '/duty/0/when': '周一至周五',
  '/duty/1/role': '村委会值班',
};

/** A station whose clerk has entered everything, own hours, a queue under way. */
export async function stageStation(house: House): Promise<void> {
  const clerk = await house.as('village');
  await press(house, clerk, `/stations/${VILLAGE}/facts`, FACTS);
  await press(house, clerk, `/stations/${VILLAGE}/hours`, {
    '/from': '2026-09-27',
    '/to': '2026-12-31',
    '/days': '休息日、节假日',
    '/open': '开放',
    '/spans/0/opens': '09:00',
    '/spans/0/closes': '12:00',
    '/note': '赶街天也开',
  });
  for (const purpose of ['filing', 'collecting', '', 'asking', 'filing', '', 'filing'])
    await press(house, clerk, `/stations/${VILLAGE}/queue/take`, { purpose });
  for (const act of ['next', 'A001/absent', 'next', 'next'])
    await press(house, clerk, `/stations/${VILLAGE}/queue/${act}`, { window: act === 'next' ? '1' : '' });
  await press(house, clerk, `/stations/${VILLAGE}/queue/next`, { window: '2' });
}

/** A notice that hangs, on the village's board. */
export async function stageNotice(house: House): Promise<{ id: string; number: string; lastFour: string }> {
  const walk = await openCase(house, 'ZR-02');
  await walk.act('village', 'FILE');
  await walk.act('town-window', 'ACCEPT');
  await walk.act('town-zr', 'RECORD_VISIT', visit('2026-09-28'));
  await walk.act('zr-officer', 'FORWARD', { opinion: '权属来源清楚' });
  await walk.act('zr-officer', 'POST');
  const { body } = await house.stranger().get<{ notices: { id: string }[] }>(`/api/notices?org=${VILLAGE}`);
  const { idNumber } = exampleForm(house.service, 'ZR-02').applicant as { idNumber: string };
  return { id: body.notices[0]?.id ?? '', number: walk.view.number ?? '', lastFour: idNumber.slice(-4) };
}

export async function stagePublic(house: House): Promise<Shot[]> {
  await house.at('2026-09-28T09:40:00+08:00');
  const { id, number, lastFour } = await stageNotice(house);
  await stageStation(house);
  const asked = (fields: [string, string]) => async (page: Page) => {
    await page.fill('#number', fields[0]);
    await page.fill('#lastFour', fields[1]);
    await page.click('main button[type=submit]');
    await page.waitForLoadState();
  };
  const kiosk: [string, string][] = [['cunban-kiosk', VILLAGE]];
  const place = `/stations/${VILLAGE}`;
  return [
    { name: 'front', path: '/' },
    { name: 'front-large', path: '/', cookies: [['cunban-reading', 'large']] },
    { name: 'front-contrast', path: '/', cookies: [['cunban-reading', 'large.contrast']] },
    { name: 'public-items', path: '/items' },
    { name: 'items-need', path: '/items?q=我要盖房' },
    { name: 'items-none', path: '/items?q=飞机' },
    { name: 'public-guide', path: '/items/NY-01?situation=split' },
    { name: 'bring', path: '/items/NY-01/bring?situation=split' },
    { name: 'public-progress', path: '/progress' },
    { name: 'progress-found', path: '/progress', act: asked([number, lastFour]) },
    { name: 'progress-wrong', path: '/progress', act: asked([number, '0000']) },
    { name: 'public-notices', path: '/notices' },
    { name: 'public-notice', path: `/notices/${id}` },
    { name: 'notices-ended', path: '/notices?state=ended' },
    { name: 'public-verify', path: '/verify' },
    { name: 'stations', path: '/stations' },
    { name: 'stations-township', path: '/stations?in=532628103' },
    { name: 'stations-none', path: '/stations?q=飞机' },
    { name: 'station', path: place },
    { name: 'station-bare', path: '/stations/532628-MZ' },
    { name: 'station-edit', path: `${place}/edit`, as: 'village' },
    { name: 'station-queue', path: `${place}/queue?window=1`, as: 'village' },
    { name: 'station-queue-empty', path: '/stations/532628103/queue', as: 'town-window' },
    { name: 'screen', path: `${place}/screen` },
    { name: 'screen-empty', path: '/stations/532628103/screen' },
    { name: 'ticket', path: `${place}/tickets/A006` },
    { name: 'kiosk', path: `${place}/kiosk` },
    { name: 'kiosk-guides', path: `${place}/kiosk?n=2&pause=1` },
    { name: 'kiosk-notice', path: `${place}/kiosk?n=3&pause=1` },
    { name: 'kiosk-hours', path: `${place}/kiosk?n=4` },
    { name: 'kiosk-contact', path: `${place}/kiosk?n=5` },
    { name: 'kiosk-device', path: `${place}/kiosk/device` },
    { name: 'kiosk-items', path: '/items', cookies: kiosk },
    { name: 'kiosk-progress', path: '/progress', cookies: kiosk },
    { name: 'kiosk-wrong', path: `${place}/tickets/A099`, cookies: kiosk },
  ];
}
