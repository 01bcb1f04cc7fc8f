/** Filing, inboxes, second looks and administration, staged for pictures of their pages. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { transact } from '../../src/platform/db/index.ts';
import { enqueue } from '../../src/platform/jobs/index.ts';
import { GUIDES } from '../../src/station/help/guides/index.ts';
import { send, sendPlain } from '../station/pages/browser.ts';
import { fileFor, join, TOWN, VILLAGE } from '../station/worklists/town.ts';
import { openCase, type Walker } from '../walk/case.ts';
import { exampleForm, type House } from './service.ts';
import type { Shot } from './stage.ts';

const pressed = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name }).first().click();
  await page.waitForLoadState();
};

/** A look at people found by what is typed into the one field of a page. */
const searched = (field: string, text: string) => async (page: Page) => {
  await page.fill(field, text);
  await page.press(field, 'Enter');
  await page.waitForLoadState();
};

/** The counter of a clerk: whom, what, drafts of both clerks, what waits in the computer, the receipt. */
export async function stageFiling(house: House): Promise<Shot[]> {
  await house.at('2026-12-03T09:20:00+08:00');
  await join(house, 'village-b', '韦阿妹', [['clerk', VILLAGE]]);
  const clerk = await house.as('village');
  const filed = await openCase(house, 'MZ-02', { situation: 'general' });
  await filed.act('village', 'FILE');
  const { name, idNumber } = exampleForm(house.service, 'MZ-02').applicant as {
    name: string;
    idNumber: string;
  };
  const drafted = async (applicant: string, login: string) => {
    const fields = [
      ['item', 'MZ-01'],
      ['situation', 'new'],
      ['_do', 'save'],
      ['/applicant/name', applicant],
    ] as const;
    const { location } = await send(await house.as(login), '/cases/new', fields);
    return /^\/cases\/(\w+)\/edit$/.exec(location)?.[1] ?? '';
  };
  const draft = await drafted('韦大山', 'village');
  await drafted('农小妹', 'village-b');
  const { html } = await sendPlain(clerk, '/filing', [['who', idNumber]]);
  const citizen = /\/filing\/citizens\/(\w+)/.exec(html)?.[1] ?? '';
  const as = 'village';
  return [
    { name: 'filing-start', path: '/filing', as },
    { name: 'filing-found', path: '/filing', as, act: searched('#who', name) },
    { name: 'filing-nobody', path: '/filing', as, act: searched('#who', '飞来客') },
    { name: 'filing-wrong', path: '/filing', as, act: searched('#who', '532628198001010011') },
    { name: 'filing-citizen', path: `/filing/citizens/${citizen}`, as },
    { name: 'filing-items', path: `/filing/items?citizen=${citizen}`, as },
    { name: 'filing-items-found', path: '/filing/items?q=我要盖房', as },
    { name: 'filing-items-none', path: '/filing/items?q=飞机', as },
    { name: 'filing-new', path: `/cases/new?item=MZ-01&situation=new&citizen=${citizen}`, as },
    { name: 'drafts', path: '/filing/drafts', as },
    { name: 'drafts-village', path: '/filing/drafts?view=others', as },
    { name: 'drafts-none', path: '/filing/drafts', as: 'village2' },
    { name: 'draft', path: `/filing/drafts/${draft}`, as },
    { name: 'waiting', path: '/filing/waiting', as },
    { name: 'offline', path: '/offline' },
    { name: 'receipt', path: `/filing/receipts/${filed.id}`, as },
  ];
}

/** A paper that looks like one. */
const PAPER = readFileSync(new URL('authorisation.jpg', import.meta.url));

/** Returned, mended, handed in again: there is something to compare, and `paper` is the new file of its material. */
async function mended(house: House): Promise<{ walk: Walker; paper: string }> {
  const walk = await openCase(house, 'MZ-01', { form: exampleForm(house.service, 'MZ-01') });
  await walk.act('village', 'FILE');
  await walk.act('town-window', 'REQUEST_CORRECTION', {
    faults: [
      { target: '/form/applicant/phone', reason: '号码打不通', example: '13800000000' },
      { target: '/materials/authorisation', reason: '缺一名成年家庭成员签名' },
    ],
  });
  const form = exampleForm(house.service, 'MZ-01') as { applicant: { phone: string } };
  form.applicant.phone = '13900001234';
  const clerk = await house.as('village');
  const { version } = await walk.reload('village');
  await clerk.send('PUT', `/api/cases/${walk.id}/form`, { form, version });
  const signed = new FormData();
  signed.set('material', 'authorisation');
  signed.set('file', new Blob([PAPER], { type: 'image/jpeg' }), '授权书（补签）.jpg');
  const sent = await clerk.post<{ files: { id: string }[] }>(`/api/cases/${walk.id}/materials`, signed);
  expect(sent.status, JSON.stringify(sent.body)).to.equal(201);
  await walk.act('village', 'RESUBMIT');
  return { walk, paper: sent.body.files[0]?.id as string };
}

/** The desk of an office: lists and their tools, many at once, a second look, what colleagues say. */
export async function stageDesks(house: House): Promise<Shot[]> {
  await house.at('2026-12-04T09:20:00+08:00');
  await fileFor(house, 'MZ-02', ['李国华', '王小二', '张大三']);
  const { walk, paper } = await mended(house);
  const window = await house.as('town-window');
  const { id } = walk;
  const said = [
    ['text', '户口簿和系统里的人数对不上，核对时请看一下。'],
    ['login', 'town-mz'],
  ] as const;
  await sendPlain(window, `/cases/${id}/remarks`, said);
  await sendPlain(window, '/phrases', [
    ['text', '材料齐全，符合法定形式，予以受理。'],
    ['use', 'opinion'],
    ['org', TOWN],
  ]);
  await sendPlain(window, '/worklists/inbox/views', [
    ['name', '临时救助'],
    ['item', 'MZ-02'],
    ['column', 'term'],
  ]);
  const as = 'town-window';
  const opened = async (page: Page) => {
    await page.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true; })");
  };
  const chosen = async (page: Page) => {
    for (const i of [0, 1]) await page.locator('input[name=case]').nth(i).check();
    await pressed(page, '批量办理选中的');
  };
  const confirmed = async (page: Page) => {
    await chosen(page);
    await page.fill('textarea[name=opinion]', '材料齐全');
    await page.locator('main .button-primary').first().click();
    await page.waitForURL('**/confirm');
  };
  const run = async (page: Page) => {
    await confirmed(page);
    await page.locator('main .button-primary').first().click();
    await page.waitForURL('**/run');
  };
  return [
    { name: 'desk-inbox', path: '/inbox?view=none', as },
    { name: 'desk-inbox-ticked', path: '/inbox?ticked=all', as },
    { name: 'desk-inbox-tools', path: '/inbox?view=none', as, act: opened },
    { name: 'desk-inbox-narrowed', path: '/inbox?item=NY-04', as },
    { name: 'desk-cases', path: '/cases', as },
    { name: 'desk-views', path: '/worklists/inbox/views', as },
    { name: 'desk-print', path: '/worklists/inbox/print', as },
    { name: 'review', path: `/cases/${id}/review?file=${paper}`, as },
    { name: 'case-mended', path: `/cases/${id}`, as },
    { name: 'as-of', path: `/cases/${id}/as-of/1`, as },
    { name: 'case-asked', path: `/cases/${id}`, as: 'town-mz' },
    { name: 'mentions', path: '/mentions', as: 'town-mz' },
    { name: 'mentions-none', path: '/mentions', as: 'town2-window' },
    { name: 'phrases', path: '/phrases', as },
    { name: 'leave', path: '/account/leave', as },
    { name: 'bulk-choose', path: '/inbox?view=none&item=MZ-02', as, act: chosen },
    { name: 'bulk-confirm', path: '/inbox?view=none&item=MZ-02', as, act: confirmed },
    { name: 'bulk-done', path: '/inbox?view=none&item=MZ-02', as, act: run },
    { name: 'styleguide', path: '/styleguide', as },
    { name: 'styleguide-public', path: '/styleguide?density=public' },
  ];
}

/** The three administrators; a piece of work that failed is set aside. */
export async function stageAdministration(house: House): Promise<Shot[]> {
  await house.at('2026-12-07T09:20:00+08:00');
  const { deps } = house.service;
  const walk = await openCase(house, 'MZ-02', { situation: 'general' });
  await walk.act('village', 'FILE');
  const work = {
    effect: 'standing',
    payload: { caseId: walk.id, seq: 90, effect: { type: 'standing' } },
    caseId: walk.id,
    eventSeq: 90,
    ordinal: 0,
  } as const;
  await transact(deps.db, (trx) => enqueue(trx, deps, [work]));
  await deps.db.write('outbox').where({ event_seq: 90 }).update({ state: 'parked', error: 'no event 90' });
  const account = await deps.db.read('accounts').where({ login: 'town-mz' }).first();
  const [system, security, audit] = ['sysadmin', 'secadmin', 'auditor'];
  const accounts = `/admin/accounts/${account.id}`;
  return [
    { name: 'admin', path: '/admin', as: system },
    { name: 'admin-security', path: '/admin', as: security },
    { name: 'admin-auditor', path: '/admin', as: audit },
    { name: 'admin-holidays', path: '/admin/holidays', as: system },
    { name: 'admin-parameters', path: '/admin/parameters', as: system },
    { name: 'admin-parameter', path: '/admin/parameters/dibaoStandardRural', as: system },
    { name: 'admin-definitions', path: '/admin/definitions', as: system },
    { name: 'admin-definition', path: '/admin/definitions/MZ-01', as: system },
    { name: 'admin-jobs', path: '/admin/jobs', as: system },
    { name: 'admin-backups', path: '/admin/backups', as: system },
    { name: 'admin-orgs', path: '/admin/orgs', as: system },
    { name: 'admin-accounts', path: '/admin/accounts', as: security },
    { name: 'admin-account', path: accounts, as: security },
    { name: 'admin-account-new', path: '/admin/accounts/new', as: security },
    { name: 'admin-account-table', path: '/admin/accounts/table', as: security },
    { name: 'admin-account-grant', path: `${accounts}/grant`, as: security },
    { name: 'admin-account-disable', path: `${accounts}/disable`, as: security },
    { name: 'admin-account-leave', path: `${accounts}/leave`, as: security },
    { name: 'admin-audit', path: '/admin/audit', as: audit },
    {
      name: 'admin-audit-check',
      path: '/admin/audit/check',
      as: audit,
      act: async (page) => {
        await page.locator('main .button-primary').first().click();
        await page.waitForLoadState();
      },
    },
  ];
}

/** What happens when something is refused, and what a reader can do then. */
export async function stageErrors(house: House): Promise<Shot[]> {
  const draft = await openCase(house, 'MZ-02', { situation: 'general' });
  return [
    { name: 'error-address', path: '/nothing', as: 'village' },
    { name: 'error-case', path: '/cases/00000000000000000000000000', as: 'town-window' },
    { name: 'error-village', path: `/filing/drafts/${draft.id}`, as: 'village2' },
    { name: 'error-role', path: '/admin/accounts', as: 'village' },
    { name: 'error-filing', path: '/filing', as: 'town-window' },
    { name: 'error-station', path: '/stations/999' },
    { name: 'error-certificate', path: '/certificates/nothing', as: 'village' },
  ];
}

/** The help: chapters, words, the first look round. */
export async function stageHelp(): Promise<Shot[]> {
  return [
    { name: 'help-village', path: '/help', as: 'village' },
    ...GUIDES.map(({ id }) => ({ name: `help-${id}`, path: `/help/${id}` })),
    { name: 'glossary-found', path: '/glossary?q=sl' },
    { name: 'glossary-none', path: '/glossary?q=飞机' },
    { name: 'tour', path: '/filing?tour=1#nav-filing', as: 'village' },
    { name: 'tour-inbox', path: '/inbox?tour=2#text', as: 'town-window' },
    { name: 'problem', path: '/problems/case.claimed' },
  ];
}
