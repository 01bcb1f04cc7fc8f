import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { multipart, sentForm } from '../../../src/platform/http/index.ts';
import { answering, type Door, openDoor } from './door.ts';

const BODY = {
  type: 'object',
  properties: {
    item: { type: 'string', minLength: 1 },
    form: { type: 'object', properties: { born: { type: 'string', format: 'date' } } },
  },
  required: ['item'],
  additionalProperties: false,
};
const QUERY = {
  type: 'object',
  properties: { page: { type: 'string', pattern: '^\\d+$' } },
  additionalProperties: false,
};
const MB = 1024 * 1024;

interface Refused {
  code: string;
  faults?: { pointer: string; message: string }[];
}

describe('bodies at the front door', () => {
  let door: Door;
  let stranger: Door;

  const json = (body: unknown, type = 'application/json') =>
    fetch(`${door.url}/api/cases`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const form = (fill: (sent: FormData) => void, at = door) => {
    const sent = new FormData();
    fill(sent);
    return fetch(`${at.url}/api/files`, { method: 'POST', body: sent });
  };
  const refused = async (answer: Response, status: number, code: string) => {
    const body = (await answer.json()) as Refused;
    expect([answer.status, body.code]).to.deep.equal([status, code]);
    return body;
  };

  before(async () => {
    const api = [
      answering({ method: 'post', path: '/api/cases', body: BODY }, (ctx) => ctx.request.body),
      answering({ path: '/api/cases', query: QUERY }, (ctx) => ctx.query),
      answering({ method: 'post', path: '/api/files', body: 'multipart', before: [multipart()] }, (ctx) => {
        const { fields, files } = sentForm(ctx);
        return { fields, files: files.map(({ bytes, ...file }) => ({ ...file, size: bytes.length })) };
      }),
      answering({ method: 'post', path: '/form' }, sentForm),
    ];
    door = await openDoor({ api, signedIn: true });
    stranger = await openDoor({ api });
  });
  after(async () => {
    await door.stop();
    await stranger.stop();
  });

  it('a good one arrives', async () => {
    expect(await (await json({ item: 'MZ-01' })).json()).to.deep.equal({ item: 'MZ-01' });
  });

  it('broken JSON is 400, and so is JSON that is no object', async () => {
    await refused(await json('{"item":'), 400, 'request.malformed_json');
    await refused(await json('"MZ-01"'), 400, 'request.malformed_json');
  });

  it('more than 1 MB is 413, packed or not', async () => {
    await refused(await json({ item: 'x'.repeat(MB) }), 413, 'request.too_large');
    const packed = await fetch(`${door.url}/api/cases`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ item: 'x'.repeat(2 * MB) })),
    });
    await refused(packed, 413, 'request.too_large');
  });

  it('another format is 415', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])
      await refused(await json('item=MZ-01', type), 415, 'request.unsupported_media');
  });

  it('every fault is named at once, in Chinese, at its place', async () => {
    const { faults } = await refused(
      await json({ form: { born: '2026-02-30' }, extra: 1 }),
      422,
      'request.invalid',
    );
    expect(faults?.map((f) => f.pointer).sort()).to.deep.equal(['/extra', '/form/born', '/item']);
    for (const { message } of faults ?? []) expect(message).to.match(/[一-龥]/);
  });

  it('the character that no database keeps is 400, wherever it comes', async () => {
    await refused(await json({ item: 'a\0b' }), 400, 'request.malformed');
    await refused(await json('{"item":"\\\\\\u0000"}'), 400, 'request.malformed');
    expect(await (await json('{"item":"\\\\u0000"}')).json()).to.deep.equal({ item: '\\u0000' });
    await refused(await fetch(`${door.url}/api/cases?page=%00`), 400, 'request.malformed');
    await refused(await fetch(`${door.url}/api/ca%00ses`), 400, 'request.malformed');
    const sent = await fetch(`${door.url}/form`, { method: 'POST', body: new URLSearchParams({ a: '\0' }) });
    await refused(sent, 400, 'request.malformed');
    await refused(await form((f) => f.set('a', 'x\0')), 400, 'request.malformed');
  });

  it('no body at all is a fault, not a crash', async () => {
    const answer = await fetch(`${door.url}/api/cases`, { method: 'POST' });
    const { faults } = await refused(answer, 422, 'request.invalid');
    expect(faults?.map((f) => f.pointer)).to.deep.equal(['/item']);
  });

  it('a query is checked like a body', async () => {
    const { faults } = await refused(
      await fetch(`${door.url}/api/cases?page=one&nmae=1`),
      422,
      'request.invalid',
    );
    expect(faults?.map((f) => f.pointer).sort()).to.deep.equal(['/query/nmae', '/query/page']);
  });

  it('files keep their Chinese names; fields keep their order, their repeats and their blanks', async () => {
    const answer = await form((sent) => {
      sent.append('/members/0/name', '');
      sent.append('/members/1/name', '韦春');
      sent.append('/crops', '稻');
      sent.append('/crops', '');
      sent.append('__proto__', 'x');
      sent.append('file', new Blob(['abc'], { type: 'image/png' }), '授权书"一".png');
    });
    expect(await answer.json()).to.deep.equal({
      fields: [
        ['/members/0/name', ''],
        ['/members/1/name', '韦春'],
        ['/crops', '稻'],
        ['/crops', ''],
        ['__proto__', 'x'],
      ],
      files: [{ field: 'file', name: '授权书"一".png', claimedType: 'image/png', size: 3 }],
    });
  });

  it('a file input left empty is no file', async () => {
    const answer = await form((sent) => sent.append('file', new Blob([]), ''));
    expect(((await answer.json()) as { files: unknown[] }).files).to.deep.equal([]);
  });

  it('inputs left empty are not counted: a page has two for each of its fourteen materials', async () => {
    const answer = await form((sent) => {
      for (let i = 0; i < 28; i++)
        if (i % 3 === 0) sent.append('file', new Blob(['x']), `${i}.png`);
        else sent.append('file', new Blob([]), '');
    });
    expect(((await answer.json()) as { files: unknown[] }).files).to.have.length(10);
  });

  it('a large file, many files, a broken form', async () => {
    const large = await form((sent) => sent.append('file', new Blob([new Uint8Array(10 * MB + 1)]), 'a.png'));
    await refused(large, 413, 'file.too_large');
    const many = await form((sent) => {
      for (let i = 0; i < 11; i++) sent.append('file', new Blob(['x']), `${i}.png`);
    });
    await refused(many, 413, 'file.too_many');
    const cut = await fetch(`${door.url}/api/files`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf',
    });
    await refused(cut, 400, 'request.malformed');
    await refused(await form((sent) => sent.append('a[9999999]', 'x')), 400, 'request.malformed');
  });

  it('files are not read from somebody who is not signed in', async () => {
    const answer = await form((sent) => sent.append('file', new Blob(['x']), 'a.png'), stranger);
    await refused(answer, 401, 'session.required');
  });

  it('a form without files arrives as pairs, brackets and all', async () => {
    const answer = await fetch(`${door.url}/form`, {
      method: 'POST',
      body: new URLSearchParams([
        ['/a/0', ''],
        ['/a/0', '二'],
        ['b[c]', 'd'],
      ]),
    });
    expect(((await answer.json()) as { fields: unknown }).fields).to.deep.equal([
      ['/a/0', ''],
      ['/a/0', '二'],
      ['b[c]', 'd'],
    ]);
  });
});
