import { expect } from 'chai';
import { engines, type Opened } from '../../support/databases.ts';
import { type Client, type House, openHouse, PNG } from '../../support/service.ts';
import { fieldsOf, inputValue, open, send, sendPlain } from '../pages/browser.ts';
import { exampleOf, load, type PackageView, packageOf } from './family.ts';

const picture = new Blob([PNG], { type: 'image/png' });

describe('pages of packages, without script', () => {
  let opened: Opened;
  let house: House;
  let clerk: Client;
  before(async () => {
    const [sqlite] = engines;
    if (!sqlite) throw new Error('no engine');
    opened = await sqlite.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    clerk = await house.as('village');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const start = async (code: string, fields: [string, string][] = []): Promise<string> => {
    const page = await open(clerk, `/packages/${code}/new`);
    const sent = await sendPlain(clerk, `/packages/${code}/new`, [
      ['_request', inputValue(page.html, '_request')],
      ...fields,
      ['_do', 'start'],
    ]);
    expect(sent.status, sent.html).to.equal(303);
    return /^(\/package-cases\/\w+)\/edit$/.exec(sent.location)?.[1] ?? '';
  };
  const typed = async (
    code: string,
    change: (form: Record<string, Record<string, unknown>>) => void = () => {},
  ) => {
    const form = exampleOf(await packageOf(house.stranger(), code));
    change(form as Record<string, Record<string, unknown>>);
    return fieldsOf(form);
  };
  const versionOf = async (path: string) => inputValue((await open(clerk, `${path}/edit`)).html, 'version');
  const materials = async (path: string) => {
    const { html } = await open(clerk, `${path}/edit`);
    const names = [...html.matchAll(/name="(material:[\w.-]+)"/g)].map(([, name = '']) => name);
    // Each material has a second input, for the camera; a browser sends it empty.
    return names.map((name, i) =>
      names.indexOf(name) === i
        ? ([name, picture, '照片.png'] as const)
        : ([name, new Blob([]), ''] as const),
    );
  };
  const viewOf = (path: string): Promise<PackageView> => load(clerk, path.split('/').at(-1) ?? '');

  it('the public reads what there is and what to bring, each paper once; only clerks may start', async () => {
    const list = await open(house.stranger(), '/packages');
    for (const word of ['农村建房一件事', '养殖场开办一件事', '困难家庭救助一件事', '/packages/PK-06'])
      expect(list.html).to.include(word);
    expect(list.html).not.to.include('在本村受理');
    const guide = await open(house.stranger(), '/packages/PK-01');
    expect(guide.html)
      .to.include('这次要带的材料')
      .and.include('以后接着办时再带')
      .and.include('不用带的材料');
    expect(guide.html.match(/授权委托书（原件 1 份）/g)).to.have.length(1);
    expect(guide.html).to.include('“农村村民宅基地用地审批”办成以后');
    const stranger = await open(house.stranger(), '/packages/PK-01/new');
    expect(stranger.location).to.equal('/sign-in?next=%2Fpackages%2FPK-01%2Fnew');
    expect((await open(await house.as('town-window'), '/packages/PK-01/new')).status).to.equal(403);
    expect((await open(house.stranger(), '/packages/PK-99')).status).to.equal(404);
  });

  it('leaving an item out changes the list of what to bring, and nothing is stored for it', async () => {
    const before = await open(clerk, '/packages/PK-06/new');
    expect(before.html).to.include('改造前照片');
    const fewer = await sendPlain(clerk, '/packages/PK-06/new', [
      ['item', 'JY-01'],
      ['_do', 'update'],
    ]);
    expect(fewer.status).to.equal(200);
    expect(fewer.html).not.to.include('改造前照片');
    expect(await house.service.deps.db.read('packages')).to.deep.equal([]);
    const path = await start('PK-06', [
      ['item', 'JY-01'],
      ['situation:ZJ-01', 'seismic'],
    ]);
    const view = await viewOf(path);
    expect(view.children.map((c) => c.item)).to.deep.equal(['MZ-01', 'JY-01']);
    const edit = await open(clerk, `${path}/edit`);
    for (const { html } of [before, edit]) expect(html).to.include('data-density="counter"');
    expect((await open(clerk, path)).html, 'what is looked up at the desk').to.include(
      'data-density="staff"',
    );
    expect(edit.html).to.include('公共信息').and.include('name="/applicant/idNumber"');
    expect(edit.html.match(/name="\/applicant\/idNumber"/g)).to.have.length(1);
    expect(edit.html).not.to.include('name="/MZ-01/applicant/idNumber"');
  });

  it('a fault of the second item is told at its field, everything typed is kept, and it files when mended', async () => {
    const path = await start('PK-01', [['item', 'SW-03']]);
    const id = path.split('/').at(-1) as string;
    const { db } = house.service.deps;
    const looks = async () => (await db.read('audit').where({ act: 'package.reveal', subject: id })).length;
    await open(clerk, `${path}/edit`);
    expect(await looks(), 'nothing is typed yet').to.equal(0);
    const wrong = await typed('PK-01', (form) => {
      Object.assign(form['ZR-01']?.building ?? {}, { roof: undefined });
      Object.assign(form.applicant ?? {}, { idNumber: '532628196611159911' });
    });
    const refused = await send(clerk, `${path}/edit`, [
      ['version', '1'],
      ...wrong,
      ...(await materials(path)),
      ['_do', 'submit'],
    ]);
    expect(refused.status).to.equal(422);
    expect(refused.html).to.include('id="f-form-ZR_2d_01-building-roof__error"');
    expect(refused.html).to.include('id="f-form-applicant-idNumber__error"');
    expect(refused.html).to.match(/class="error-summary"/);
    expect(inputValue(refused.html, '/applicant/idNumber')).to.equal('532628196611159911');
    expect(inputValue(refused.html, '/NY-01/household/2/name')).to.equal('黄小妹');
    const again = await materials(path);
    const seen = await looks();
    expect(seen, 'what was typed is shown in full').to.be.greaterThan(0);
    await viewOf(path);
    expect(await looks(), 'by the API as by the page').to.equal(seen + 1);
    const version = await versionOf(path);
    const fields = await typed('PK-01');
    const filed = await send(clerk, `${path}/edit`, [
      ['version', version],
      ...fields,
      ...again,
      ['_do', 'submit'],
    ]);
    expect(filed.status, filed.html).to.equal(303);
    expect(filed.location).to.equal(path);
    const page = await open(clerk, path);
    expect(page.html).to.include('一件事-532628103201-20260928-').and.include('等前面的事项办成');
    const view = await viewOf(path);
    for (const child of view.children.filter((c) => c.case))
      expect(page.html).to.include(`/cases/${child.case?.id}`).and.include(child.case?.stateTitle);
    const late = await send(clerk, `${path}/edit`, [['version', version], ...fields, ['_do', 'submit']]);
    expect(late.location, 'a second press finds it gone on').to.equal(path);
  });

  it('adds a row below an item and stores nothing for it', async () => {
    const path = await start('PK-01');
    const added = await send(clerk, `${path}/edit`, [
      ['version', '1'],
      ['/applicant/name', '韦小妹'],
      ['/NY-01/household/0/name', '韦小妹'],
      ['_row', 'add:/NY-01/household'],
    ]);
    expect(added.status).to.equal(200);
    expect(added.html).to.include('name="/NY-01/household/1/name"');
    expect(inputValue(added.html, '/NY-01/household/0/name')).to.equal('韦小妹');
    expect(await versionOf(path)).to.equal('1');
  });

  it('keeps a draft, tells what is missing when asked, and shows sums and what can wait', async () => {
    const path = await start('PK-06', [['item', 'ZJ-01']]);
    const fields = await typed('PK-06');
    const saved = await send(clerk, `${path}/edit`, [['version', '1'], ...fields, ['_do', 'save']]);
    expect(saved.status, saved.html).to.equal(303);
    const checked = await open(clerk, `${path}/edit?check=1`);
    expect(checked.html).to.include('请上传「改造前照片」');
    expect(checked.html).to.include('id="f-form-MZ_2d_01-assessment-');
    const house_ = await open(clerk, `${await start('PK-01')}/edit`);
    expect(house_.html).to.include('<summary>以后接着办：宅基地使用权及房屋所有权首次登记</summary>');
  });

  it('a file is kept once, opened again, and taken out', async () => {
    const path = await start('PK-04');
    const sent = await send(clerk, `${path}/edit`, [
      ['version', '1'],
      ...(await typed('PK-04')),
      ['material:register-page', picture, '户口簿.png'],
      ['_do', 'save'],
    ]);
    expect(sent.location).to.equal(`${path}/edit#materials`);
    const page = await open(clerk, `${path}/edit`);
    const fileId = /name="_delete" value="(\w+)"/.exec(page.html)?.[1] ?? '';
    const file = await open(clerk, `${path}/materials/${fileId}`);
    expect(file.headers.get('content-type')).to.equal('image/png');
    expect(file.headers.get('content-security-policy')).to.include('sandbox');
    expect((await open(await house.as('village2'), `${path}/materials/${fileId}`)).status).to.equal(404);
    const fields = await typed('PK-04');
    await send(clerk, `${path}/edit`, [['version', await versionOf(path)], ...fields, ['_delete', fileId]]);
    expect((await open(clerk, `${path}/edit`)).html).not.to.include('户口簿.png');
    const text = new Blob(['no picture'], { type: 'image/png' });
    const wrong = await send(clerk, `${path}/edit`, [
      ['version', await versionOf(path)],
      ...fields,
      ['material:register-page', text, '照片.png'],
    ]);
    expect(wrong.status).to.equal(422);
    expect(wrong.html).to.include('“照片.png”：不支持这种文件');
  });

  it('saves while typing, takes that for no conflict, and shows a real one with everything typed', async () => {
    const path = await start('PK-05');
    const auto = await send(clerk, `${path}/autosave`, [
      ['version', '1'],
      ['/applicant/name', '丙'],
    ]);
    expect(JSON.parse(auto.html)).to.include({ version: 2 });
    const saved = await send(clerk, `${path}/edit`, [
      ['version', '1'],
      ['/applicant/name', '丙'],
      ['_do', 'save'],
    ]);
    expect(saved.status).to.equal(303);
    const stale = await send(clerk, `${path}/edit`, [
      ['version', '1'],
      ['/applicant/name', '乙'],
      ['_do', 'save'],
    ]);
    expect(stale.status).to.equal(409);
    expect(inputValue(stale.html, '/applicant/name')).to.equal('乙');
  });

  it('a draft is given up; the list names what is on its way; a foreign village finds nothing', async () => {
    const path = await start('PK-04');
    const list = await open(clerk, '/package-cases');
    expect(list.html).to.include(`${path}/edit`);
    expect((await open(await house.as('village2'), path)).status).to.equal(404);
    expect((await open(await house.as('village2'), '/package-cases')).html).not.to.include(path);
    const given = await sendPlain(clerk, `${path}/abandon`, []);
    expect(given.location).to.equal('/package-cases');
    expect((await open(clerk, '/package-cases')).html).not.to.include(path);
    expect((await open(clerk, `${path}/edit`)).location).to.equal(path);
  });
});
