import { expect } from 'chai';
import { engines, type Opened } from '../../support/databases.ts';
import { type Client, exampleForm, type House, openHouse, PNG } from '../../support/service.ts';
import { fieldsOf, inputValue, open, send } from './browser.ts';

const picture = new Blob([PNG], { type: 'image/png' });

describe('pages: filing without script', () => {
  let opened: Opened;
  let house: House;
  let clerk: Client;
  before(async () => {
    const [sqlite] = engines;
    if (!sqlite) throw new Error('no engine');
    opened = await sqlite.open();
    house = await openHouse(opened);
    clerk = await house.as('village');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const typed = (change: (form: Record<string, unknown>) => void = () => {}) => {
    const form = exampleForm(house.service, 'MZ-01') as Record<string, unknown>;
    change(form);
    return fieldsOf(form);
  };
  const wrongDigit = (form: Record<string, unknown>) => {
    (form.applicant as { idNumber: string }).idNumber = '532628196611159911';
  };
  const draft = async (): Promise<string> => {
    const sent = await send(clerk, '/cases/new', [
      ['item', 'MZ-01'],
      ['situation', 'new'],
      ['_do', 'save'],
      ['/applicant/name', '韦小妹'],
    ]);
    expect(sent.status, sent.html).to.equal(303);
    return /^(\/cases\/\w+)\/edit$/.exec(sent.location)?.[1] ?? '';
  };
  const versionOf = async (path: string) => inputValue((await open(clerk, `${path}/edit`)).html, 'version');
  const materials = async (path: string) => {
    const { html } = await open(clerk, `${path}/edit`);
    return [...html.matchAll(/name="(material:[\w-]+)"/g)].map(
      ([, name = '']) => [name, picture, '照片.png'] as const,
    );
  };

  it('asks for the situation, then shows the form; a stranger signs in first and comes back', async () => {
    const choose = await open(clerk, '/cases/new?item=MZ-01');
    expect(choose.html).to.include('situation=adjust');
    const form = await open(clerk, '/cases/new?item=MZ-01&situation=new');
    expect(form.html).to.include('name="/applicant/idNumber"');
    const stranger = await open(house.stranger(), '/inbox?item=MZ-01');
    expect(stranger.status).to.equal(303);
    expect(stranger.location).to.equal('/sign-in?next=%2Finbox%3Fitem%3DMZ-01');
    expect((await open(await house.as('town-window'), '/cases/new?item=MZ-01')).status).to.equal(403);
  });

  it('keeps a draft and the row just added, and stores nothing for it', async () => {
    const path = await draft();
    const added = await send(clerk, `${path}/edit`, [
      ['version', '1'],
      ['/applicant/name', '韦小妹'],
      ['/incomes/0/member', '韦小妹'],
      ['_row', 'add:/incomes'],
    ]);
    expect(added.status).to.equal(200);
    expect(added.html, 'filled in with a villager in front').to.include('data-density="counter"');
    expect(added.html).to.include('name="/incomes/1/member"');
    expect(inputValue(added.html, '/incomes/0/member')).to.equal('韦小妹');
    expect(await versionOf(path)).to.equal('1');
  });

  it('tells a wrong digit at its field, keeps everything typed and every file, and files when mended', async () => {
    const path = await draft();
    const saved = await send(clerk, `${path}/edit`, [
      ['version', '1'],
      ...typed(wrongDigit),
      ['_do', 'save'],
    ]);
    expect(saved.status).to.equal(303);
    const refused = await send(clerk, `${path}/edit`, [
      ['version', '2'],
      ...typed(wrongDigit),
      ...(await materials(path)),
      ['_do', 'submit'],
    ]);
    expect(refused.status).to.equal(422);
    expect(refused.html).to.include('id="f-form-applicant-idNumber__error"');
    expect(refused.html).to.match(/class="error-summary"/);
    expect(inputValue(refused.html, '/applicant/idNumber')).to.equal('532628196611159911');
    expect(inputValue(refused.html, '/household/2/name')).to.equal('黄小妹');
    expect(refused.html).to.include('照片.png').and.not.include('待上传');
    const version = inputValue(refused.html, 'version');
    const filed = await send(clerk, `${path}/edit`, [['version', version], ...typed(), ['_do', 'submit']]);
    expect(filed.status, filed.html).to.equal(303);
    expect(filed.location).to.equal(path.replace('/cases/', '/filing/receipts/'));
    const page = await open(clerk, path);
    expect(page.html).to.include('待受理').and.include('收件回执').and.include('532628**********10');
    expect(page.html).not.to.include('532628196611159910');
    const again = await send(clerk, `${path}/edit`, [['version', version], ...typed(), ['_do', 'submit']]);
    expect(again.location, 'a second press finds the case gone on').to.equal(path);
  });

  it('answers a wrong file at its material and one too large on the page, with everything typed', async () => {
    const path = await draft();
    const text = new Blob(['no picture'], { type: 'image/png' });
    const wrong = await send(clerk, `${path}/edit`, [
      ['version', '1'],
      ...typed(),
      ['material:authorisation', text, '授权书.png'],
    ]);
    expect(wrong.status).to.equal(422);
    expect(wrong.html).to.include('“授权书.png”：不支持这种文件');
    expect(inputValue(wrong.html, '/applicant/address')).to.include('那良小组');
    const huge = new Blob([new Uint8Array(10 * 1024 * 1024 + 1)], { type: 'image/png' });
    const refused = await send(clerk, `${path}/edit`, [
      ['version', inputValue(wrong.html, 'version')],
      ...typed((form) => {
        form.group = '只在页面上的小组';
      }),
      ['material:authorisation', huge, '大图.png'],
    ]);
    expect(refused.status).to.equal(413);
    expect(inputValue(refused.html, '/group')).to.equal('只在页面上的小组');
  });

  it('shows what was typed when the draft was saved elsewhere, and saves it on the second press', async () => {
    const path = await draft();
    await send(clerk, `${path}/edit`, [
      ['version', '1'],
      ['/applicant/name', '甲'],
      ['_do', 'save'],
    ]);
    const stale = await send(clerk, `${path}/edit`, [
      ['version', '1'],
      ['/applicant/name', '乙'],
      ['_do', 'save'],
    ]);
    expect(stale.status).to.equal(409);
    expect(inputValue(stale.html, '/applicant/name')).to.equal('乙');
    const version = inputValue(stale.html, 'version');
    const saved = await send(clerk, `${path}/edit`, [
      ['version', version],
      ['/applicant/name', '乙'],
      ['_do', 'save'],
    ]);
    expect(saved.status).to.equal(303);
  });

  it('does not take an automatic save of the same content for a conflict', async () => {
    const path = await draft();
    const content = [['/applicant/name', '丙'] as const];
    const auto = await send(clerk, `${path}/autosave`, [['version', '1'], ...content]);
    expect(JSON.parse(auto.html)).to.include({ version: 2 });
    const saved = await send(clerk, `${path}/edit`, [['version', '1'], ...content, ['_do', 'save']]);
    expect(saved.status).to.equal(303);
  });

  it('takes a commitment instead of a paper, and takes a file out again', async () => {
    const path = await draft();
    const sent = await send(clerk, `${path}/edit`, [
      ['version', '1'],
      ...typed(),
      ['commitment', 'income-proof'],
      ['material:authorisation', picture, '授权书.png'],
      ['_do', 'save'],
    ]);
    expect(sent.location).to.equal(`${path}/edit#materials`);
    const page = await open(clerk, `${path}/edit`);
    expect(page.html).to.include('已承诺').and.include('授权书.png');
    const fileId = /name="_delete" value="(\w+)"/.exec(page.html)?.[1] ?? '';
    const file = await open(clerk, `${path}/materials/${fileId}`);
    expect(file.headers.get('content-type')).to.equal('image/png');
    expect(file.headers.get('content-security-policy')).to.include('sandbox');
    await send(clerk, `${path}/edit`, [['version', await versionOf(path)], ...typed(), ['_delete', fileId]]);
    const without = (await open(clerk, `${path}/edit`)).html;
    expect(without).not.to.include(`${path}/materials/${fileId}`);
    expect(without, 'for a day it may be brought back').to.include('已删除 授权书.png');
    expect((await open(clerk, `${path}/materials/${fileId}`)).status).to.equal(404);
  });

  it('says that nothing needs to be filed, keeps no case, and leads to the note (B1-4 ①)', async () => {
    const form = exampleForm(house.service, 'LY-01', 0, 'new') as {
      stand: { object: string };
      forestland: { tenure: string };
    };
    form.stand.object = '零星林木';
    form.forestland.tenure = '房前屋后';
    const made = await send(clerk, '/cases/new', [
      ['item', 'LY-01'],
      ['situation', 'new'],
      ['_do', 'save'],
      ...fieldsOf(form),
    ]);
    const path = made.location.replace('/edit', '');
    const checked = await open(clerk, `${path}/edit?check=1`);
    expect(checked.html).to.include('按所填的情况，不需要办理').and.include('采伐不需要办理采伐许可证');
    const sent = await send(clerk, `${path}/edit`, [
      ['version', inputValue(checked.html, 'version')],
      ...fieldsOf(form),
      ...(await materials(path)),
      ['_do', 'submit'],
    ]);
    expect(sent.location).to.match(/^\/answers\/\w+$/);
    const note = await open(clerk, sent.location);
    expect(note.html).to.include('采伐不需要办理采伐许可证').and.include('打印告知单');
    const api = await clerk.post<{ code: string }>('/api/cases', {
      item: 'LY-01',
      situation: 'new',
      form,
      file: true,
    });
    expect(api.body.code).to.equal('case.not_needed');
  });

  it('refuses a form without the proof of the session', async () => {
    const bare = Object.assign(house.stranger(), { cookie: clerk.cookie });
    expect((await send(bare, '/cases/new', [['item', 'MZ-01']])).status).to.equal(403);
  });
});
