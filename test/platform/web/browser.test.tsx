/** @jsxRuntime automatic @jsxImportSource preact */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { type Browser, chromium, type Page } from 'playwright-core';
import {
  Actions,
  Button,
  Page as Document,
  ErrorSummary,
  findAsset,
  parseForm,
  render,
  renderForm,
} from '../../../src/platform/web/index.ts';
import { browserOrSkip, LAUNCH } from '../../support/browser.ts';
import { brokenRules } from '../../support/sound.ts';
import { household, realForms } from './samples.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'";

/** A house with one form; it keeps what was sent and shows it again. */
class House {
  readonly sent: URLSearchParams[] = [];
  readonly drafts: URLSearchParams[] = [];
  failDrafts = 0;
  value: unknown = { members: [{ name: '甲' }] };
  focus = '';
  private server: Server | undefined;
  private pending: (() => void)[] = [];

  async open(): Promise<string> {
    this.server = createServer((request, response) => {
      const asset = findAsset(request.url ?? '');
      if (asset) return void response.writeHead(200, { 'content-type': asset.type }).end(asset.body);
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = new URLSearchParams(Buffer.concat(chunks).toString());
        if (request.url === '/draft') {
          const status = this.failDrafts > 0 ? 500 : 200;
          this.failDrafts -= 1;
          if (status === 200) this.drafts.push(body);
          response.writeHead(status, { 'content-type': 'application/json' }).end('{"version":7}');
          for (const done of this.pending.splice(0)) done();
          return;
        }
        if (request.method === 'POST') {
          this.sent.push(body);
          const entries = [...new Set(body.keys())].map((key) => [key, body.getAll(key)]);
          const { value, rowAction } = parseForm(
            household,
            Object.fromEntries(entries.map(([k, v]) => [k, k === '_row' ? v?.[0] : v])),
          );
          this.value = value;
          this.focus = rowAction?.focus ?? '';
        }
        response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY })
          .end(this.page());
      });
    });
    await new Promise<void>((done) => this.server?.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  draftTried(): Promise<void> {
    return new Promise((done) => this.pending.push(done));
  }

  private page(): string {
    const fields = renderForm({ schema: household, value: this.value, focus: this.focus });
    return render(
      <Document title="填写" heading="填写">
        <form method="post" data-autosave="/draft">
          <input type="hidden" name="version" value="6" />
          {fields}
          <Actions>
            <Button name="_action" value="send">
              提交
            </Button>
          </Actions>
        </form>
      </Document>,
    );
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => this.server?.close(done));
  }
}

describe('forms in a browser', function () {
  this.timeout(30_000);
  let browser: Browser;
  let house: House;
  let address: string;
  const errors: string[] = [];

  before(async function () {
    browserOrSkip(this, 'forms in a browser');
    browser = await chromium.launch(LAUNCH);
  });
  beforeEach(async () => {
    house = new House();
    address = await house.open();
    errors.length = 0;
  });
  afterEach(async () => {
    await house.close();
    expect(errors).to.deep.equal([]);
  });
  after(async () => {
    await browser?.close();
  });

  async function visit(options: { javaScriptEnabled?: boolean; width?: number } = {}): Promise<Page> {
    const { width = 1280, ...rest } = options;
    const context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'zh-CN', ...rest });
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('500')) errors.push(message.text());
    });
    await page.goto(address);
    return page;
  }
  const field = (page: Page, pointer: string) => page.locator(`[name="${pointer}"]:not([type=hidden])`);

  it('work without script: rows by button, everything in sight, nothing lost', async () => {
    const page = await visit({ javaScriptEnabled: false });
    await field(page, '/applicant/name').fill('韦秀英');
    await page.getByText('添加成员').click();
    expect(await field(page, '/applicant/name').inputValue()).to.equal('韦秀英');
    expect(await field(page, '/members/1/name').count()).to.equal(1);
    expect(await page.evaluate(() => document.activeElement?.id)).to.equal('f-members-1');
    expect(await field(page, '/members/0/disease').isVisible()).to.equal(true);
    await field(page, '/applicant/name').press('Enter');
    expect(house.sent.at(-1)?.has('_row')).to.equal(false);
    await page.context().close();
  });

  it('add, number and remove rows at once, rows within rows too', async () => {
    const page = await visit();
    await page.getByText('添加成员').click();
    await page.getByText('添加成员').click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).to.equal(
      '/members/2/name',
    );
    await field(page, '/members/1/name').fill('乙');
    await field(page, '/members/2/name').fill('丙');
    await page.locator('[value="add:/members/2/jobs"]').click();
    await field(page, '/members/2/jobs/0/place').fill('广州');
    await page.locator('[value="remove:/members/1"]').click();
    expect(await page.locator('.row-card > legend').allInnerTexts()).to.deep.equal([
      '成员 1',
      '成员 2',
      '务工 1',
    ]);
    await page.getByText('添加成员').click();
    await page.getByText('添加成员').click();
    expect(house.sent).to.deep.equal([]);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByText('添加成员').click();
    await page.getByText('提交', { exact: true }).last().click();
    await page.waitForLoadState();
    expect(house.value).to.deep.include({
      members: [
        { name: '甲', jobs: [] },
        { name: '丙', jobs: [{ place: '广州' }] },
        { jobs: [] },
        { jobs: [] },
      ],
    });
    await page.context().close();
  });

  it('show a field when it is asked, and its followers with it', async () => {
    const page = await visit();
    const name = field(page, '/agent/name');
    expect(await name.isVisible()).to.equal(false);
    expect(await page.getByText('仅当').first().isVisible()).to.equal(false);
    await page.getByLabel('委托代理人').check();
    expect(await name.isVisible()).to.equal(true);
    expect(await field(page, '/agent/letter').isVisible()).to.equal(true);
    await page.getByLabel('村代办员代办').check();
    expect(await field(page, '/agent/letter').isVisible()).to.equal(false);
    await page.getByText('添加成员').click();
    await page.locator('[name="/members/1/ill"][value=true]').check();
    expect(await field(page, '/members/1/disease').isVisible()).to.equal(true);
    expect(await field(page, '/members/0/disease').isVisible()).to.equal(false);
    await page.context().close();
  });

  it('tell a wrong identity number while it is typed', async () => {
    const page = await visit();
    const id = field(page, '/applicant/idNumber');
    await id.fill('532628196611159911');
    expect(await page.locator('.live').innerText()).to.equal('校验位不符，请逐位核对');
    await id.fill('532628196611159910');
    expect(await page.locator('.live').innerText()).to.match(/^男，1966-11-15 出生，\d+ 岁$/);
    await page.context().close();
  });

  it('save a draft in the background, say so, and try again after a failure', async () => {
    const page = await visit();
    await page.clock.install();
    house.failDrafts = 1;
    await field(page, '/applicant/name').fill('韦');
    let tried = house.draftTried();
    await page.clock.runFor(3000);
    await tried;
    await page.getByText('未保存，正在重试…').waitFor();
    tried = house.draftTried();
    await page.clock.runFor(6000);
    await tried;
    await page.getByText(/^已保存 \d\d:\d\d$/).waitFor();
    expect(house.drafts.map((d) => d.get('/applicant/name'))).to.deep.equal(['韦']);
    expect(await page.locator('[name=version]').inputValue()).to.equal('7');
    await page.context().close();
  });

  it('take a signature by pointer and send it as a picture', async () => {
    const page = await visit();
    const box = (await page.locator('canvas').boundingBox()) as { x: number; y: number };
    await page.locator('canvas').scrollIntoViewIfNeeded();
    const at = (await page.locator('canvas').boundingBox()) ?? box;
    await page.mouse.move(at.x + 20, at.y + 20);
    await page.mouse.down();
    await page.mouse.move(at.x + 120, at.y + 60, { steps: 5 });
    await page.mouse.up();
    expect(await page.locator('[data-signature] [type=hidden]').inputValue()).to.match(
      /^data:image\/png;base64,/,
    );
    await page.getByText('重新签名').click();
    expect(await page.locator('[data-signature] [type=hidden]').inputValue()).to.equal('');
    await page.context().close();
  });

  it('make a large photograph smaller before it is sent', async () => {
    const page = await visit();
    const png = await page.evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 2000, height: 1000 });
      const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
      const image = pen.createImageData(2000, 1000);
      for (let i = 0; i < image.data.length; i += 1) image.data[i] = i % 4 === 3 ? 255 : Math.random() * 256;
      pen.putImageData(image, 0, 0);
      return canvas.toDataURL('image/png').split(',')[1] ?? '';
    });
    const buffer = Buffer.from(png, 'base64');
    expect(buffer.length).to.be.above(500 * 1024);
    const upload = page.locator('[data-signature] [type=file]');
    await upload.setInputFiles({ name: '身份证 正面.png', mimeType: 'image/png', buffer });
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLInputElement>('[data-signature] [type=file]')?.files?.[0]?.type ===
        'image/jpeg',
    );
    const made = await upload.evaluate(async (input: HTMLInputElement) => {
      const file = input.files?.[0] as File;
      const image = await createImageBitmap(file);
      return { name: file.name, size: file.size, width: image.width, height: image.height };
    });
    expect(made).to.include({ name: '身份证 正面.jpg', width: 1600, height: 800 });
    expect(made.size).to.be.below(buffer.length);
    await page.context().close();
  });

  it('are sent once however often the button is pressed, and by Ctrl+Enter', async () => {
    const page = await visit();
    await page.evaluate(() => {
      const form = document.querySelector('form') as HTMLFormElement;
      const button = form.querySelector('.button-primary') as HTMLButtonElement;
      button.click();
      button.click();
    });
    await page.waitForLoadState();
    await page.waitForFunction(() => performance.getEntriesByType('navigation').length > 0);
    expect(house.sent).to.have.length(1);
    expect(house.sent[0]?.get('_action')).to.equal('send');
    await Promise.all([page.waitForNavigation(), field(page, '/note').press('Control+Enter')]);
    expect(house.sent).to.have.length(2);
    await page.context().close();
  });

  it('never scroll sideways and break no rule of axe, at any width and at double size', async () => {
    for (const width of [320, 360, 768, 1280]) {
      const page = await visit({ width });
      for (const { schema, examples } of realForms.filter((f) =>
        /^(MZ-01|NY-04|ZR-02|WJ-01)@/.test(f.file),
      )) {
        const faults = [{ pointer: '/form/applicant/name', message: '请核对' }];
        const form = renderForm({ schema, value: examples[0], faults, prefix: '/form' });
        const html = render(
          <Document title="填写" heading="填写">
            <ErrorSummary faults={faults} schema={schema} prefix="/form" />
            <form method="post">{form}</form>
          </Document>,
        );
        await page.setContent(html.replaceAll('/assets/', `${address}assets/`));
        const across = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
        expect(await across(), `${schema.title} at ${width}`).to.be.at.most(width);
        if (width < 768) continue;
        await page.evaluate(() => Object.assign(document.documentElement.style, { fontSize: '34px' }));
        expect(await across(), `${schema.title} at ${width}, text doubled`).to.be.at.most(width);
      }
      expect(await brokenRules(page), `at ${width}`).to.deep.equal([]);
      await page.context().close();
    }
  });
});
