import { expect } from 'chai';
import { stylesheets } from '../../../src/platform/web/index.ts';
import { tagsOf } from '../../platform/web/html.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';

describe('the frame of every page', () => {
  let opened: Opened;
  let house: TestHouse;
  before(async () => {
    const [sqlite] = engines;
    if (!sqlite) throw new Error('no engine');
    opened = await sqlite.open();
    house = await openHouse(opened);
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  async function read(login: string, path: string, more = ''): Promise<string> {
    const cookie = login === '' ? '' : (await house.as(login)).cookie;
    const answer = await fetch(house.url + path, { headers: { accept: 'text/html', cookie: cookie + more } });
    expect(answer.status, path).to.equal(200);
    return answer.text();
  }
  /** Where the header leads, by key. */
  const sections = (html: string): string[] =>
    tagsOf(html).flatMap((t) =>
      t.attributes['data-key']?.startsWith('g ') ? [t.attributes.href ?? ''] : [],
    );

  const EVERYBODY = ['/items', '/help', '/stations', '/notices', '/progress', '/verify'];
  const READERS = ['/cases', '/certificates', '/payouts'];
  const WAYS: Record<string, string[]> = {
    '': [],
    village: ['/inbox', '/filing', '/desk', '/cash', ...READERS],
    committee: ['/inbox', '/desk', '/cash', ...READERS],
    'town-mz': ['/inbox', '/cash', ...READERS],
    'mz-reviewer': ['/inbox', '/board', ...READERS],
    'town-leader': ['/inbox', '/board', ...READERS],
    inspector: ['/board', ...READERS],
    sysadmin: ['/admin'],
    secadmin: ['/admin'],
  };
  for (const [login, own] of Object.entries(WAYS))
    it(`leads ${login || 'a stranger'} where his roles lead`, async () => {
      expect(sections(await read(login, '/help'))).to.have.members([...own, ...EVERYBODY]);
    });

  it('sends its style sheet as small as the browser can read it, and tells caches so', async () => {
    const ask = (encoding: string) =>
      fetch(house.url + stylesheets.app.path, { headers: { 'accept-encoding': encoding } });
    const sizes: number[] = [];
    for (const [accepted, sent] of [
      ['gzip, deflate, br', 'br'],
      ['gzip, br;q=0', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await ask(accepted);
      expect(answer.headers.get('content-encoding'), accepted).to.equal(sent);
      expect(answer.headers.get('vary')).to.equal('Accept-Encoding');
      sizes.push(Number(answer.headers.get('content-length')));
      expect(await answer.text()).to.equal(stylesheets.app.body.toString());
    }
    expect(sizes).to.deep.equal([...sizes].sort((a, b) => a - b));
    expect(sizes[2]).to.equal(stylesheets.app.body.length);
  });

  it('shows one message with one way back, and only to an address of this house', async () => {
    const flash = (undo: object): string =>
      `; cunban-flash=${encodeURIComponent(JSON.stringify({ kind: 'done', text: '已领办', undo }))}`;
    const gone = await read('village', '/help', flash({ text: '撤销', href: '/inbox?undo=1' }));
    expect(tagsOf(gone).find((t) => t.text === '撤销')?.attributes.href).to.equal('/inbox?undo=1');
    const posted = await read('village', '/help', flash({ text: '撤销', action: '/claims/1/undo' }));
    expect(tagsOf(posted).find((t) => t.attributes.action === '/claims/1/undo')?.attributes.method).to.equal(
      'post',
    );
    for (const elsewhere of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
    ])
      expect(await read('village', '/help', flash({ text: '撤销', href: elsewhere }))).not.to.contain(
        '已领办',
      );
    expect(await read('village', '/help', '; cunban-flash=%7Bbroken')).not.to.contain('class="flash');
  });

  it('shows its own rules at /styleguide, to everybody', async () => {
    expect(await read('', '/styleguide'))
      .to.contain('界面规范')
      .and.to.contain('data-density="public"');
    expect(await read('village', '/styleguide?density=staff')).to.contain('data-density="staff"');
  });
});
