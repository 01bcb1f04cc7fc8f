/** The help: chapters that are whole, words that are found, and a first look round that leads to real places. */
import { once } from 'node:events';
import { get } from 'node:http';
import { expect } from 'chai';
import { GUIDES } from '../../../src/station/help/guides/index.ts';
import { listPictures } from '../../../src/station/help/pictures.ts';
import { idsOf } from '../../platform/web/html.ts';
import { browserOrSkip, openAs, openBrowser } from '../../support/browser.ts';
import { engines, type Opened, onEachDatabase } from '../../support/databases.ts';
import { Client, openHouse, type TestHouse } from '../../support/service.ts';
import { expectReadable, expectSound } from '../../support/sound.ts';
import { inputValue, open, sendPlain } from '../pages/browser.ts';

const PASSWORD = 'cunban-demo-2026';
const LOGINS: Record<string, string> = {
  clerk: 'village',
  committee: 'committee',
  window: 'town-window',
  officer: 'mz-officer',
  reviewer: 'mz-reviewer',
  leader: 'mz-leader',
  inspector: 'inspector',
  'system-admin': 'sysadmin',
  'security-admin': 'secadmin',
  auditor: 'auditor',
};
const MOST_BYTES = 40 * 1024;

onEachDatabase('help', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  /** Where the form of signing in leads. */
  const signsIn = async (login: string, next = '') => {
    const fields: [string, string][] = [
      ['login', login],
      ['password', PASSWORD],
      ...(next === '' ? [] : [['next', next] as [string, string]]),
    ];
    return (await sendPlain(new Client(house.url), '/sign-in', fields)).location;
  };
  const shown = async (login: string, path: string) => {
    const { status, html } = await open(await house.as(login), path.split('#')[0] as string);
    expect(status, path).to.equal(200);
    return html;
  };

  for (const [role, login] of Object.entries(LOGINS))
    it(`the first look round of ${role} leads to places that are there`, async () => {
      let path: string | undefined = await signsIn(login);
      let step = 1;
      for (; path !== undefined; step++) {
        expect(path).to.include(`?tour=${step}#`);
        const html = await shown(login, path);
        expect(html).to.include(`第 ${step} 步`);
        expect(idsOf(html), path).to.include(path.split('#')[1]);
        path = /href="([^"]+)"[^>]*>下一步</.exec(html)?.[1];
      }
      expect(step - 1).to.be.within(4, 7);
      expect(await shown(login, '/help')).to.match(/href="[^"]*\?tour=1#[^"]*">三分钟看一遍/);
    });

  it('is offered until it is ended, to each by himself, and never in the way of a link', async () => {
    expect(await signsIn('town-window', '/cases')).to.equal('/cases');
    for (const [login, end] of [
      ['town-window', 'done'],
      ['village', 'skipped'],
    ] as const) {
      expect(await signsIn(login)).to.include('?tour=1#');
      for (let i = 0; i < 2; i++) {
        const ended = await sendPlain(await house.as(login), '/help/tour', [['end', end]]);
        expect([ended.status, ended.location]).to.deep.equal([
          303,
          login === 'village' ? '/filing' : '/inbox',
        ]);
      }
      expect(await signsIn(login)).to.equal('/inbox');
    }
    expect(await signsIn('town2-window')).to.include('?tour=1#');
    expect((await house.service.deps.db.read('tours').orderBy('end')).map((t) => t.end)).to.deep.equal([
      'done',
      'skipped',
    ]);
  });

  it('a new account is shown round after its first password of its own; refused once, never again', async () => {
    const keeper = await house.as('secadmin');
    const { html } = await sendPlain(keeper, '/admin/accounts/new', [
      ['_request', inputValue((await open(keeper, '/admin/accounts/new')).html, '_request')],
      ['name', '黄小云'],
      ['role', 'clerk'],
      ['org', '532628103201'],
      ['from', '2026-01-01'],
    ]);
    const first = /<code>([\w-]{14})<\/code>/.exec(html)?.[1] ?? '';
    const signedIn = async (password: string) => {
      const client = new Client(house.url);
      client.csrf = (
        await client.post<{ csrf: string }>('/api/session', { login: 'huangxiaoyun', password })
      ).body.csrf;
      return client;
    };
    const clerk = await signedIn(first);
    await sendPlain(clerk, '/account/password', [
      ['current', first],
      ['next', 'seven green hats'],
      ['again', 'seven green hats'],
    ]);
    expect((await open(clerk, '/account?done=password')).html).to.include('/filing?tour=1#nav-filing');
    const step = (await open(clerk, '/filing?tour=1')).html;
    expect(step).to.match(/<form method="post" action="\/help\/tour">.*<button [^>]*value="skipped"/s);
    expect((await sendPlain(clerk, '/help/tour', [['end', 'skipped']])).status).to.equal(303);
    const again = await signedIn('seven green hats');
    expect((await open(again, '/sign-in')).location).to.equal('/inbox');
    expect((await open(again, '/filing')).html).to.not.include('class="tour"');
  });

  it('a step that is not there is no step', async () => {
    for (const step of ['0', '9', '1.5', 'x', '1&tour=2'])
      expect(await shown('village', `/filing?tour=${step}`), step).to.not.include('class="tour"');
    expect((await open(house.stranger(), '/help?tour=1')).html).to.not.include('class="tour"');
  });

  it('own chapters come first; every chapter opens for everybody, words are explained', async () => {
    const { html } = await open(await house.as('mz-leader'), '/help');
    expect(html.indexOf('/help/leader"')).to.be.below(html.indexOf('/help/public"'));
    const glossary = idsOf((await open(house.stranger(), '/glossary')).html);
    for (const { id, terms, steps, title } of GUIDES) {
      const page = await open(house.stranger(), `/help/${id}`);
      expect(page.status, id).to.equal(200);
      expect(page.html).to.include(title);
      expect(steps.length, id).to.be.within(5, 9);
      const pictures = page.html.match(/<img class="help-picture"[^>]*>/g) ?? [];
      expect(pictures.length, id).to.equal(steps.filter((s) => s.picture).length);
      for (const tag of pictures)
        expect(tag, id).to.match(/ width="\d{3,4}" height="\d{3}" alt="[^"]{6,}" loading="lazy"/);
      for (const term of terms) expect(glossary, `${id}: ${term}`).to.include(term);
    }
    expect((await open(house.stranger(), '/help/nobody')).status).to.equal(404);
  });

  it('pictures are small, named by a chapter each, and kept by the browser', async () => {
    const named = GUIDES.flatMap((g) => g.steps.flatMap((s) => (s.picture ? [s.picture.name] : [])));
    expect([...listPictures().keys()].sort()).to.deep.equal([...new Set(named)].sort());
    for (const [name, { body, src }] of listPictures()) {
      expect(body.length, name).to.be.at.most(MOST_BYTES);
      const answer = await fetch(house.url + src);
      expect(answer.headers.get('cache-control')).to.equal('public, max-age=31536000, immutable');
      expect(answer.headers.get('content-type')).to.equal('image/webp');
      expect((await answer.arrayBuffer()).byteLength).to.equal(body.length);
    }
    const [name] = listPictures().keys();
    const plain = await fetch(`${house.url}/help/pictures/${name}.webp`);
    expect(plain.headers.get('cache-control')).to.equal('public, no-cache');
    const etag = plain.headers.get('etag') ?? '';
    // fetch of Node asks for a fresh answer as soon as it is given such a header.
    const [again] = await once(
      get(`${house.url}/help/pictures/${name}.webp`, { headers: { 'if-none-match': etag } }),
      'response',
    );
    again.resume();
    expect(again.statusCode).to.equal(304);
    expect((await fetch(`${house.url}/help/pictures/..%2Fcase.webp`)).status).to.equal(404);
  });

  it('words are found by a part, by pinyin, by initials and by what they mean', async () => {
    const found = async (q: string) =>
      [
        ...(await open(house.stranger(), `/glossary?q=${encodeURIComponent(q)}`)).html.matchAll(
          /<dt>([^<]+) </g,
        ),
      ].map(([, term]) => term);
    expect((await found('受理'))[0]).to.equal('受理');
    expect(await found('shouli')).to.include('受理');
    expect(await found('SL')).to.include('受理');
    expect(await found('lǜ')).to.deep.equal([]);
    expect(await found('骑缝')).to.deep.equal([]);
    expect(await found('不收费')).to.deep.equal(['代办员']);
    expect((await open(house.stranger(), '/glossary?q=飞机')).html).to.include('没有找到“飞机”');
  });
});

describe('help in a browser', function () {
  this.timeout(180_000);
  let opened: Opened;
  let house: TestHouse;
  before(async function () {
    browserOrSkip(this, 'the first look round');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  it('the first look round is walked with the keyboard alone, each step sound', async () => {
    const context = await openBrowser();
    const page = await openAs(context, house, 'village', '/filing?tour=1#nav-filing');
    const steps = Number(/共 (\d) 步/.exec(await page.innerText('.tour'))?.[1]);
    for (let step = 1; step <= steps; step++) {
      await expectSound(page, `tour-${step}`);
      await expectReadable(page, `tour-${step}`);
      await page.setViewportSize({ width: 1366, height: 768 });
      await page.evaluate("document.documentElement.style.removeProperty('font-size')");
      await page.locator('.tour h2').scrollIntoViewIfNeeded();
      for (let i = 0; i < 400; i++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate("document.activeElement.matches('.tour .button-primary')")) break;
      }
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    }
    expect(new URL(page.url()).pathname).to.equal('/filing');
    expect(await page.innerText('.flash-done')).to.include('三分钟看一遍');
    await context.close();
  });
});
