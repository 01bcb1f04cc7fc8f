/** Pages of a material: several, in order, turned, taken out and brought back, without script. */
import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import { onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, PNG, type TestHouse } from '../../support/service.ts';
import { inputValue, open, send, sendPlain } from './browser.ts';

const picture = () => new Blob([PNG], { type: 'image/png' });
/** A PDF as newer programs write them: two pages, told in a packed list of objects. */
const packedPdf = () => {
  const list = deflateSync(
    Buffer.from('1 0 2 30 <</Type/Page/Parent 3 0 R>> <</Type /Page>> <</Type/Pages/Count 2>>'),
  );
  const head = '%PDF-1.5\n4 0 obj\n<</Type/ObjStm/N 3/First 9/Filter/FlateDecode>>\nstream\n';
  return Buffer.concat([Buffer.from(head), list, Buffer.from('\nendstream\nendobj\n%%EOF')]);
};

onEachDatabase('pages of a material', (engine) => {
  let house: TestHouse;
  let clerk: Client;
  let drop: () => Promise<void>;
  let path: string;
  before(async () => {
    const opened = await engine.open();
    drop = opened.drop;
    house = await openHouse(opened);
    clerk = await house.as('village');
  });
  after(async () => {
    await house?.close();
    await drop?.();
  });
  beforeEach(async () => {
    const made = await send(clerk, '/cases/new', [
      ['item', 'MZ-01'],
      ['situation', 'new'],
      ['_do', 'save'],
      ['/applicant/name', '韦小妹'],
    ]);
    path = made.location.replace('/edit', '');
  });

  const page = async () => (await open(clerk, `${path}/edit`)).html;
  const press = async (...fields: (readonly [string, string | Blob, string?])[]) => {
    const html = await page();
    const sent = await send(clerk, `${path}/edit`, [
      ['version', inputValue(html, 'version')],
      ['_request', inputValue(html, '_request')],
      ['/applicant/name', '韦小妹'],
      ...fields,
    ]);
    return sent;
  };
  const names = async () =>
    [...(await page()).matchAll(/<span>([^<]+\.(?:png|pdf|jpg))<\/span>/g)].map(([, n]) => n);
  const idOf = async (name: string) =>
    new RegExp(`_delete" value="(\\w+)">删除<span class="vh">${name}`).exec(await page())?.[1] ?? '';
  const upload = (...files: string[]) =>
    press(...files.map((f) => ['material:authorisation', picture(), f] as const), ['_do', 'save']);

  it('lie in the order they came, and are moved up and down; the first and the last stay where they are', async () => {
    await upload('一.png', '二.png', '三.png');
    expect(await names()).to.deep.equal(['一.png', '二.png', '三.png']);
    expect(await page()).to.include('共 3 页');
    const third = await idOf('三.png');
    expect((await press(['_file', `up:${third}`])).location).to.equal(`${path}/edit#materials`);
    expect(await names()).to.deep.equal(['一.png', '三.png', '二.png']);
    await press(['_file', `down:${await idOf('一.png')}`]);
    expect(await names()).to.deep.equal(['三.png', '一.png', '二.png']);
    await press(['_file', `up:${third}`]);
    expect((await names())[0]).to.equal('三.png');
    await upload('四.png');
    expect((await names()).at(-1), 'a new page comes last').to.equal('四.png');
  });

  it('are turned by quarters, back to where they were after four', async () => {
    await upload('一.png');
    const id = await idOf('一.png');
    const turns: unknown[] = [];
    for (let i = 0; i < 4; i += 1) {
      await press(['_file', `turn:${id}`]);
      const { body } = await clerk.get<{ materials: { files: { turn: number }[] }[] }>(`/api${path}`);
      turns.push(...body.materials.flatMap((m) => m.files.map((f) => f.turn)));
    }
    expect(turns).to.deep.equal([90, 180, 270, 0]);
  });

  it('are taken out and brought back to their place, from the message and from the list, for a day', async () => {
    await upload('一.png', '二.png');
    const first = await idOf('一.png');
    await press(['_delete', first]);
    const html = await page();
    expect(await names()).to.deep.equal(['二.png']);
    expect(html).to.include('已删除 一.png').and.include(`value="restore:${first}"`);
    const undo = await sendPlain(clerk, `${path}/materials/${first}/restore`, []);
    expect(undo.location).to.equal(`${path}/edit#materials`);
    expect(await names()).to.deep.equal(['一.png', '二.png']);
    await press(['_delete', first]);
    await press(['_file', `restore:${first}`]);
    expect(await names()).to.deep.equal(['一.png', '二.png']);
    await press(['_delete', first]);
    await house.at('2026-09-02T09:00:00+08:00');
    expect(await page()).not.to.include('已删除');
    expect((await clerk.post(`/api${path}/materials/${first}`, { act: 'restore' })).status).to.equal(404);
  });

  it('stay when one of them is refused, and come once when the form is sent twice', async () => {
    const text = new Blob(['no picture'], { type: 'image/png' });
    const refused = await press(
      ['material:authorisation', picture(), '好.png'],
      ['material:authorisation', text, '坏.png'],
      ['_do', 'save'],
    );
    expect(refused.status).to.equal(422);
    expect(refused.html).to.include('“坏.png”：不支持这种文件').and.include('好.png');
    const html = await page();
    const twice = [
      ['version', inputValue(html, 'version')],
      ['_request', inputValue(html, '_request')],
      ['material:authorisation', picture(), '又.png'],
      ['_do', 'save'],
    ] as const;
    await send(clerk, `${path}/edit`, twice);
    await send(clerk, `${path}/edit`, twice);
    expect(await names()).to.deep.equal(['好.png', '又.png']);
  });

  it('of a PDF are counted; a small picture is kept beside a page and refused when it is none', async () => {
    const material = (thumb: Uint8Array<ArrayBuffer>, file: Uint8Array<ArrayBuffer>, name: string) => {
      const body = new FormData();
      body.append('material', 'authorisation');
      body.append('file', new Blob([file]), name);
      if (thumb.length > 0) body.append('thumb', new Blob([thumb]), 'thumb.jpg');
      return clerk.post<{ files: { id: string }[] }>(`/api${path}/materials`, body);
    };
    const jpeg = new Uint8Array(Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'));
    expect((await material(new Uint8Array(PNG), new Uint8Array(PNG), '一.png')).status).to.equal(422);
    const kept = await material(jpeg, new Uint8Array(PNG), '一.png');
    expect(kept.status).to.equal(201);
    const thumb = await open(clerk, `${path}/materials/${kept.body.files[0]?.id}/thumb`);
    expect(thumb.headers.get('content-type')).to.equal('image/jpeg');
    await material(new Uint8Array(0), new Uint8Array(packedPdf()), '二.pdf');
    expect(await page())
      .to.include('2 页')
      .and.include('共 3 页')
      .and.include('/thumb');
    const stranger = await open(
      await house.as('village2'),
      `${path}/materials/${kept.body.files[0]?.id}/thumb`,
    );
    expect(stranger.status).to.equal(404);
  });

  it('stay as they are once the file is handed in, and for whoever does not file it', async () => {
    await upload('一.png');
    const id = await idOf('一.png');
    const other = await house.as('village2');
    expect((await other.post(`/api${path}/materials/${id}`, { act: 'turn' })).status).to.equal(404);
    const officer = await house.as('town-window');
    expect((await officer.post(`/api${path}/materials/${id}`, { act: 'turn' })).status).to.be.oneOf([
      403, 404,
    ]);
    expect((await clerk.post(`/api${path}/materials/${id}`, { act: 'upside-down' })).status).to.equal(422);
  });
});
