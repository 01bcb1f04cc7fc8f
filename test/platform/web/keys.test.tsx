/** @jsxRuntime automatic @jsxImportSource preact */
import { expect } from 'chai';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import {
  Button,
  Page as Document,
  findAsset,
  LinkButton,
  RowLink,
  render,
  Table,
  Tabs,
  TextField,
} from '../../../src/platform/web/index.ts';
import { browserOrSkip, LAUNCH } from '../../support/browser.ts';
import { brokenRules } from '../../support/sound.ts';

const SITE = 'http://station.test';
const user = {
  name: '韦秀英',
  orgName: '文化社区',
  roleTitles: ['代办员'],
  csrf: 'proof-1',
  sections: ['inbox', 'filing', 'cases', 'certificates', 'payouts', 'desk', 'cash'] as const,
};

/** A list with two views, a search, a button and three rows. */
const html = (signedIn: typeof user | null): string =>
  render(
    <Document title="待办" heading="待办" nav="inbox" signedIn={signedIn}>
      <Tabs
        label="视图"
        tabs={[
          { href: '/mine', text: '我的', shortcut: '1', current: true },
          { href: '/all', text: '全部', shortcut: '2', count: 3 },
        ]}
      />
      <form method="get" action="/found">
        <TextField id="q" name="q" label="查找" type="search" mark={false} />
      </form>
      <form method="post" action="/taken">
        <Table
          caption="办件"
          list
          rows={['甲', '乙', '丙']}
          rowKey={String}
          columns={[
            {
              title: '选',
              cell: (row) => <input type="checkbox" name="case" value={row} aria-label={`选 ${row}`} />,
            },
            { title: '办件', head: true, cell: (row) => <RowLink href={`/cases/${row}`}>{row}</RowLink> },
          ]}
        />
        <Button name="_action" value="take" shortcut="c">
          领办
        </Button>
        <LinkButton href="/filing" shortcut="n">
          收件
        </LinkButton>
      </form>
    </Document>,
  );

describe('the keyboard of staff', function () {
  this.timeout(30_000);
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let signedIn: typeof user | null;

  before(async function () {
    browserOrSkip(this, 'the keyboard of staff');
    browser = await chromium.launch(LAUNCH);
  });
  beforeEach(async () => {
    signedIn = user;
    context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    await context.route('**/*', (route) => {
      const asset = findAsset(new URL(route.request().url()).pathname);
      return route.fulfill(
        asset
          ? { contentType: asset.type, body: asset.body }
          : { contentType: 'text/html; charset=utf-8', body: html(signedIn) },
      );
    });
    page = await context.newPage();
    await page.goto(`${SITE}/inbox`);
  });
  afterEach(async () => {
    await context.close();
  });
  after(async () => {
    await browser?.close();
  });

  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Where the keys lead. */
  async function leadTo(path: string, ...keys: string[]): Promise<void> {
    await press(...keys);
    await page.waitForURL(SITE + path);
  }
  const focused = (): Promise<string> =>
    page.evaluate('document.activeElement.textContent || document.activeElement.id');
  /** How many controls these keys press. A click is counted at once, wherever it leads later. */
  async function clicks(...keys: string[]): Promise<number> {
    await page.evaluate('window.clicks = 0; addEventListener("click", () => { window.clicks += 1 }, true)');
    await press(...keys);
    return page.evaluate('window.clicks');
  }

  it('goes to other sections by two keys, also to those in the menu', async () => {
    await leadTo('/cases', 'g', 'c');
    await leadTo('/notices', 'g', 'n');
    await leadTo('/filing', 'G', 'F');
    await press('g', 'Escape');
    await leadTo('/taken', 'c');
  });

  it('presses what carries a key, and changes the view', async () => {
    await leadTo('/filing', 'n');
    await leadTo('/all', '2');
  });

  it('walks through a list, ticks and opens', async () => {
    await press('j');
    expect(await focused()).to.equal('甲');
    await press('j', 'ArrowDown', 'j');
    expect(await focused()).to.equal('丙');
    await press('k', 'x');
    expect(
      await page
        .locator('[name=case]:checked')
        .evaluateAll((all) => all.map((e) => (e as HTMLInputElement).value)),
    ).to.deep.equal(['乙']);
    await leadTo(`/cases/${encodeURIComponent('乙')}`, 'Enter');
  });

  it('opens the row whose box was ticked by the mouse', async () => {
    await page.locator('[name=case]').first().click();
    await leadTo(`/cases/${encodeURIComponent('乙')}`, 'j', 'Enter');
  });

  it('leads to the search field, in which a letter is a letter', async () => {
    expect(await clicks('/', 'n', 'g', 'c', '?')).to.equal(0);
    expect(await page.locator('#q').inputValue()).to.equal('ngc?');
    await leadTo('/filing', 'Escape', 'n');
  });

  it('leaves the keys of browser and system alone', async () => {
    expect(await clicks('Alt+n', 'Meta+n', 'Control+c')).to.equal(0);
    await page.evaluate(() =>
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'n', isComposing: true, bubbles: true }),
      ),
    );
    expect(await page.evaluate('window.clicks')).to.equal(0);
    await leadTo('/taken', 'Control+Enter');
  });

  it('lists the keys of this page in a dialog that holds the focus', async () => {
    await press('?');
    const text = await page.getByRole('dialog', { name: '快捷键' }).innerText();
    for (const line of [
      /C\s+领办/,
      /N\s+收件/,
      /2\s+全部\s/,
      /G\s*C\s+办件/,
      /G\s*Q\s+进度查询/,
      /J\s+下一行/,
      /\/\s+到查找框/,
    ])
      expect(text).to.match(line);
    expect(await brokenRules(page)).to.deep.equal([]);
    for (let i = 0; i < 4; i += 1) {
      await press('Tab');
      const inside =
        'document.activeElement === document.body || document.activeElement.closest("dialog") !== null';
      expect(await page.evaluate(inside)).to.equal(true);
    }
    expect(await clicks('n')).to.equal(0);
    await press('Escape');
    expect(await page.getByRole('dialog').count()).to.equal(0);
    await leadTo('/filing', 'n');
  });

  it('is switched off for good by whoever is disturbed by it (WCAG 2.1.4)', async () => {
    await page.getByRole('button', { name: '快捷键' }).click();
    await page.getByLabel('启用单键快捷键').uncheck();
    await page.getByRole('button', { name: '关闭' }).click();
    await page.reload();
    expect(await clicks('n', '?')).to.equal(0);
    expect(await page.getByRole('dialog').count()).to.equal(0);
    expect(await page.locator('.button .kbd').first().isVisible()).to.equal(false);
    await page.getByRole('button', { name: '快捷键' }).click();
    await page.getByLabel('启用单键快捷键').check();
    await press('Escape');
    await leadTo('/filing', 'n');
  });

  it('shows its keys on the controls, and on paper none', async () => {
    const key = page.locator('.button .kbd').first();
    expect(await key.isVisible()).to.equal(true);
    await page.emulateMedia({ media: 'print' });
    expect(await key.isVisible()).to.equal(false);
  });

  it('is not there for the public', async () => {
    signedIn = null;
    await page.reload();
    expect(await clicks('n', '?', 'g', 'n')).to.equal(0);
    expect(await page.getByRole('button', { name: '快捷键' }).count()).to.equal(0);
    expect(await page.locator('.button .kbd').first().isVisible()).to.equal(false);
  });
});
