/** A computer that several people use: what waits on it is for its owner's eyes, and the pages kept name nobody else. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { browserOrSkip } from '../../support/browser.ts';
import { expectSound } from '../../support/sound.ts';
import { application, type Counter, FORM, kept, openCounter, type, typedOn, WAITING } from './counter.ts';

const NAME = '农秀英';
const NUMBER = '532628198607049945';
const OFFLINE = '没有连上服务站';

/** Everything that a script can read on this computer, as text. */
const READABLE = `(async () => {
  const read = (target) => new Promise((done, failed) => {
    target.addEventListener('success', () => done(target.result));
    target.addEventListener('error', () => failed(target.error));
  });
  const text = (v) => v instanceof ArrayBuffer || ArrayBuffer.isView(v) ? new TextDecoder().decode(v) : v;
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const db = await read(indexedDB.open(name));
    for (const store of db.objectStoreNames)
      for (const row of await read(db.transaction(store).objectStore(store).getAll()))
        found.push(JSON.stringify(row, (_, v) => text(v)));
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      found.push(request.url, await (await cache.match(request)).text());
  }
  return found;
})()`;

/** Every file under a folder that holds one of the texts, in UTF-8 or UTF-16. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap((t) => [Buffer.from(t, 'utf8'), Buffer.from(t, 'utf16le')]);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .filter((path) => {
      const bytes = readFileSync(path);
      return needles.some((n) => bytes.includes(n));
    });
}

describe('a shared computer at the counter', function () {
  this.timeout(120_000);
  let counter: Counter;
  before(async function () {
    browserOrSkip(this, 'what a shared computer keeps');
  });
  beforeEach(async () => {
    counter = await openCounter();
    await counter.signIn('village');
    await counter.go(FORM);
    await counter.formReady();
    await counter.warmed();
  });
  afterEach(() => counter?.close());

  const readable = async () => ((await counter.page.evaluate(READABLE)) as string[]).join('\n');
  const pages = () => counter.page.evaluate(async () => (await caches.keys()).includes('cunban-pages'));
  const queue = async () => {
    await type(counter.page, application(counter.house));
    counter.line.cut();
    await counter.page.click('[name=_do][value=save]');
    await counter.page.getByText('来网后自动送出').waitFor();
  };

  it('keeps nothing readable, in the browser or on the disk, while it waits and after signing out', async () => {
    await queue();
    expect(await readable())
      .to.include('/cases/new')
      .and.not.include(NAME)
      .and.not.include(NUMBER);
    counter.line.mend();
    await counter.house.service.deps.db.write('sessions').delete();
    await counter.go('/sign-in');
    const text = await readable();
    expect(text).not.to.include(NAME).and.not.include(NUMBER);
    expect(text, 'the key is gone').not.to.include('"id":"key"');
    await counter.context.close();
    expect(filesWith(counter.profile, [NAME, NUMBER])).to.deep.equal([]);
    await counter.reopen();
    await counter.signIn('village');
    await counter.go(WAITING);
    await counter.page.getByText('已送出（1）').waitFor();
    expect((await counter.cases()).map((c) => c.applicant_name)).to.deep.equal([NAME]);
  });

  it('shows another account nothing of it, sends nothing of it, and keeps its own pages', async () => {
    await queue();
    counter.line.mend();
    await counter.house.service.deps.db.write('sessions').delete();
    await counter.go('/sign-in');
    await counter.signIn('village2');
    await counter.go(WAITING);
    await counter.page.getByText('没有等着送出的').waitFor();
    await counter.go(FORM);
    await counter.formReady();
    expect((await typedOn(counter.page))['/applicant/name']).to.equal('');
    await counter.warmed(WAITING);
    const text = await readable();
    expect(text).to.include('盘志华').and.not.include('农秀兰').and.not.include(NAME);
    expect(await counter.cases()).to.deep.equal([]);
  });

  it('signing out takes key and pages away, with the line cut too: the server hears of it when it is back', async () => {
    await type(counter.page, application(counter.house));
    await kept(counter.page);
    await counter.signOut();
    expect(await pages()).to.equal(false);
    expect(await readable())
      .not.to.include('"id":"key"')
      .and.not.include(NAME);
    await counter.signIn('village');
    await counter.go(FORM);
    await counter.page.getByText('填写的内容，都在下面').waitFor();
    await counter.warmed();
    counter.line.cut();
    await counter.signOut();
    await counter.page.getByText(OFFLINE).waitFor();
    await counter.go(FORM);
    await counter.page.getByText(OFFLINE).waitFor();
    expect(await pages()).to.equal(false);
    counter.line.mend();
    await counter.go('/inbox');
    expect(counter.page.url(), 'nobody is signed in any more').to.include('/sign-in');
  });

  it('keeps forms and nothing else: no case, no list, no proof of a session', async () => {
    const clerk = await counter.house.as('village');
    const made = await clerk.post<{ id: string }>('/api/cases', {
      item: 'WJ-01',
      form: { applicant: { name: '黄大明' } },
      draft: true,
    });
    await counter.go('/inbox');
    await counter.go(`/cases/${made.body.id}/edit`);
    await counter.formReady();
    const urls = (await counter.page.evaluate(`(async () => {
      const found = [];
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
      return [...new Set(found)];
    })()`)) as string[];
    const allowed = /^\/(assets\/.*|offline|filing\/waiting|cases\/new)$/;
    expect(urls.filter((u) => !allowed.test(u))).to.deep.equal([]);
    const text = await readable();
    expect(text)
      .not.to.include('黄大明')
      .and.not.match(/name="_csrf" value="[^"]/);
    counter.line.cut();
    await counter.go('/inbox');
    expect(await counter.page.textContent('main'))
      .to.include(OFFLINE)
      .and.include('断网受理');
    await expectSound(counter.page, 'offline');
  });

  it('the waiting page is sound, empty, full, refused and sent', async () => {
    await counter.go(WAITING);
    await counter.page.getByText('没有等着送出的').waitFor();
    await expectSound(counter.page, 'waiting-empty');
    await counter.go(FORM);
    await counter.formReady();
    await counter.page.fill('[name="/applicant/name"]', '没填完的人');
    await kept(counter.page);
    await counter.go(WAITING);
    await counter.page.getByText('没填完的（1）').waitFor();
    await counter.page.click('text=删除');
    await counter.page.getByText('没有等着送出的').waitFor();
    await counter.go(FORM);
    await counter.formReady();
    await queue();
    await expectSound(counter.page, 'queued');
    await counter.warmed(WAITING);
    await counter.go(WAITING);
    await counter.page.getByText('等着送出（1）').waitFor();
    await expectSound(counter.page, 'waiting-full');
    counter.line.mend();
    await counter.page.click('text=现在就送');
    await counter.page.getByText('已送出（1）').waitFor();
    await expectSound(counter.page, 'waiting-sent');
  });

  it('a correction typed while a colleague saved is refused, shown side by side, and kept until it is settled', async () => {
    const clerk = await counter.house.as('village');
    const form = Object.fromEntries([['applicant', { name: '黄大明', address: '旧地址' }]]);
    const { body } = await clerk.post<{ id: string; version: number }>('/api/cases', {
      item: 'WJ-01',
      form,
      draft: true,
    });
    const path = `/cases/${body.id}/edit`;
    await counter.go(path);
    await counter.formReady();
    counter.line.cut();
    await counter.page.fill('[name="/applicant/address"]', '断网时填的地址');
    await kept(counter.page);
    await counter.page.click('[name=_do][value=save]');
    await counter.page.getByText('来网后自动送出').waitFor();
    const saved = await clerk.send('PUT', `/api/cases/${body.id}/form`, {
      version: body.version,
      form: { applicant: { name: '黄大明', address: '同事填的地址' } },
    });
    expect(saved.status).to.equal(200);
    counter.line.mend();
    await counter.go(WAITING);
    await counter.page.getByText('没有收下，要核对（1）').waitFor();
    await expectSound(counter.page, 'waiting-refused');
    await counter.page.click('text=打开核对');
    await counter.page.click('text=换成这台电脑上的');
    expect((await typedOn(counter.page))['/applicant/address']).to.equal('断网时填的地址');
    await counter.page.click('[name=_do][value=save]');
    await counter.page.getByText('已保存。').waitFor();
    await counter.formReady();
    expect((await typedOn(counter.page))['/applicant/address']).to.equal('断网时填的地址');
    await counter.go(WAITING);
    await counter.page.getByText('没有等着送出的').waitFor();
  });
});
