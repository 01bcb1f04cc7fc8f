/** Materials in a real browser: sent when chosen, in order, turned, taken out, brought back; what fails stays chosen. */
import { expect } from 'chai';
import { browserOrSkip } from '../../support/browser.ts';
import { expectSound } from '../../support/sound.ts';
import { type Counter, openCounter } from './counter.ts';

/** A photograph of some size, made in the browser. */
const PHOTO = `(async (width, height) => {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  for (let x = 0; x < width; x += 8) for (let y = 0; y < height; y += 8) {
    pen.fillStyle = 'hsl(' + ((x * 7 + y * 13) % 360) + ' 80% 50%)';
    pen.fillRect(x, y, 8, 8);
  }
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.95));
  return [...new Uint8Array(await blob.arrayBuffer())];
})`;

describe('materials at the counter, in the browser', function () {
  this.timeout(120_000);
  let counter: Counter;
  let path: string;
  before(async function () {
    browserOrSkip(this, 'materials in the browser');
    counter = await openCounter();
    await counter.signIn('village');
  });
  after(() => counter?.close());
  beforeEach(async () => {
    const clerk = await counter.house.as('village');
    const { body } = await clerk.post<{ id: string }>('/api/cases', { item: 'MZ-01', form: {}, draft: true });
    path = `/cases/${body.id}/edit`;
    await counter.go(path);
    await counter.formReady();
  });

  const box = () => counter.page.locator('[data-material=authorisation]');
  const chooser = () => box().locator('input[type=file]').first();
  const names = () => box().locator('.pages .page span').allTextContents();
  const photo = async (name: string, width = 40, height = 30) => ({
    name,
    mimeType: 'image/jpeg',
    buffer: Buffer.from((await counter.page.evaluate(`${PHOTO}(${width}, ${height})`)) as number[]),
  });
  const shown = async (...expected: string[]) => {
    await counter.page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll('[data-material=authorisation] .pages .page span')]
          .map((e) => e.textContent)
          .join() === wanted,
      expected.join(),
    );
    expect(await names()).to.deep.equal(expected);
  };

  it('are sent when chosen, with a small picture each, and are put in order, turned, removed and brought back', async () => {
    await chooser().setInputFiles([await photo('一.jpg'), await photo('二.jpg'), await photo('三.jpg')]);
    await shown('一.jpg', '二.jpg', '三.jpg');
    expect(await counter.page.textContent('[data-left]')).to.match(/^还差 \d+ 项。$/);
    expect(await box().locator('.material-state').textContent())
      .to.include('已上传')
      .and.include('共 3 页');
    await box()
      .getByRole('button', { name: /上移\s*三\.jpg/ })
      .click();
    await shown('一.jpg', '三.jpg', '二.jpg');
    expect(await counter.page.evaluate(() => document.activeElement?.textContent)).to.equal('上移三.jpg');
    await box()
      .getByRole('button', { name: /转 90°\s*一\.jpg/ })
      .click();
    await box().locator('img.turn-90').waitFor();
    await box()
      .getByRole('button', { name: /删除\s*二\.jpg/ })
      .click();
    await shown('一.jpg', '三.jpg');
    await box()
      .getByRole('button', { name: /恢复\s*二\.jpg/ })
      .click();
    await shown('一.jpg', '三.jpg', '二.jpg');
    await expectSound(counter.page, 'materials');
    const { files } = (await counter.house.service.deps.db
      .read('case_materials')
      .where({ case_id: path.split('/')[2] })
      .then((rows) => ({ files: rows }))) as { files: { thumb_hash: string | null }[] };
    expect(files.every((f) => f.thumb_hash !== null)).to.equal(true);
  });

  it('too large or of another kind are told before anything is sent; the good ones arrive', async () => {
    const before = counter.line.reached.length;
    await chooser().setInputFiles([
      { name: '大.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) },
      { name: '表.doc', mimeType: 'application/msword', buffer: Buffer.from('doc') },
      await photo('好.jpg'),
    ]);
    await shown('好.jpg');
    const said = await box().textContent();
    expect(said).to.include('“大.pdf”有 10.0 MB，超过 10 MB').and.include('“表.doc”不是 JPG、PNG、PDF');
    const sent = counter.line.reached.slice(before).filter((r) => r.startsWith('POST /api/cases'));
    expect(sent).to.have.length(1);
  });

  it('a large photograph is made smaller, and what the line did not carry goes along when the form is saved', async () => {
    const big = await photo('大照片.jpg', 2400, 1800);
    expect(big.buffer.length).to.be.above(600 * 1024);
    counter.line.cut();
    await chooser().setInputFiles([big]);
    await box().getByText('1 个没有送到，还选着').waitFor();
    await counter.page.click('[name=_do][value=save]');
    await counter.page.getByText('来网后自动送出').waitFor();
    counter.line.mend();
    await counter.go('/filing/waiting');
    await counter.page.getByText('已送出（1）').waitFor();
    await counter.page.click('text=继续办理');
    await counter.formReady();
    await shown('大照片.jpg');
    const file = await counter.house.service.deps.db
      .read('case_materials')
      .where({ name: '大照片.jpg' })
      .first();
    expect(file.size).to.be.below(big.buffer.length);
  });
});
