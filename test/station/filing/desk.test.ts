import { expect } from 'chai';
import { engines, type Opened } from '../../support/databases.ts';
import { type Client, exampleForm, type House, openHouse, PNG } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { fieldsOf, inputValue, open, send, sendPlain } from '../pages/browser.ts';

interface Applicant {
  name: string;
  idNumber: string;
  phone?: string;
  address: string;
}

for (const engine of engines)
  describe(`filing desk (${engine.name})`, () => {
    let opened: Opened;
    let house: House;
    let clerk: Client;
    let other: Client;
    const applicant = () => exampleForm(house.service, 'MZ-01').applicant as unknown as Applicant;
    const audited = async (act: string) => (await house.service.deps.db.read('audit').where({ act })).length;
    const search = (by: Client, who: string) => sendPlain(by, '/filing', [['who', who]]);
    const citizenId = (html: string) => /\/filing\/citizens\/(\w+)"/.exec(html)?.[1] ?? '';

    before(async () => {
      opened = await engine.open();
      house = await openHouse(opened);
      clerk = await house.as('village');
      other = await house.as('village2');
      const walk = await openCase(house, 'MZ-01');
      await walk.act('village', 'FILE');
    });
    after(async () => {
      await house.close();
      await opened.drop();
    });

    it('finds by name, by its beginning and by initials whoever handed something in here; nobody else finds him so', async () => {
      const { name, idNumber } = applicant();
      const found = await search(clerk, name);
      expect(found.status).to.equal(200);
      expect(found.html).to.include(name).and.include('最低生活保障').and.include('data-key="1"');
      expect(found.html).not.to.include(idNumber);
      expect((await search(clerk, [...name].slice(0, 2).join(''))).html).to.include(citizenId(found.html));
      for (const who of [name, '农']) expect((await search(other, who)).html).to.include('没有找到这位群众');
      expect(await audited('citizen.search')).to.be.at.least(4);
      const audit = JSON.stringify(await house.service.deps.db.read('audit'));
      expect(audit, 'not what was typed').not.to.include(name);
    });

    it('reads a surname as a surname and characters of the region as they are said', async () => {
      const { nameInitials } = await import('../../../src/kernel/initials.ts');
      const NAMES = {
        农秀兰: 'nxl',
        单雄信: 'sxx',
        解晓东: 'xxd',
        区寿年: 'osn',
        仇英: 'qy',
        召存信: 'zcx',
        欧阳修: 'oyx',
        阿依古丽·买买提: 'ayglmmt',
        'NGUYEN VAN AN': 'nva',
        𠮷田: 'jt',
      };
      for (const [name, initials] of Object.entries(NAMES))
        expect(nameInitials(name), name).to.equal(initials);
      const found = await search(clerk, nameInitials(applicant().name).toUpperCase());
      expect(found.html).to.include(applicant().name);
    });

    it('finds anybody by the full number, audited, and opens his page that day only', async () => {
      const { idNumber, name } = applicant();
      const looked = await audited('citizen.look-up');
      const id = citizenId((await search(clerk, name)).html);
      expect((await open(other, `/filing/citizens/${id}`)).status).to.equal(404);
      const found = await search(other, idNumber.toLowerCase());
      expect(found.html).to.include(name).and.include('在本村没有办过事');
      expect(found.html).not.to.include('最低生活保障审核确认</');
      expect(await audited('citizen.look-up')).to.equal(looked + 1);
      const page = await open(other, `/filing/citizens/${id}`);
      expect(page.status).to.equal(200);
      expect(page.html).to.include('本村没有登记').and.not.include(idNumber);
      const form = await open(other, `/cases/new?item=MZ-02&situation=general&citizen=${id}`);
      expect(inputValue(form.html, '/applicant/idNumber')).to.equal(idNumber);
      expect(inputValue(form.html, '/applicant/phone')).to.equal('');
      expect(inputValue(form.html, '/applicant/address')).to.equal('');
      await house.at('2026-09-02T08:00:00+08:00');
      expect((await open(other, `/filing/citizens/${id}`)).status).to.equal(404);
      expect((await open(other, `/cases/new?item=MZ-02&situation=general&citizen=${id}`)).status).to.equal(
        404,
      );
    });

    it('says what is wrong with a number, and sends whoever is new on to an empty form', async () => {
      expect((await search(clerk, '53262819661115')).status).to.equal(422);
      const wrong = await search(clerk, '532628196611159911');
      expect(wrong.status).to.equal(422);
      expect(wrong.html).to.include('id="who__error"');
      const fresh = await search(clerk, '532628194802299925');
      expect(fresh.html).to.include('新来的群众').and.include('没有找到这位群众');
      expect((await search(clerk, '')).status).to.equal(422);
      expect((await open(await house.as('town-window'), '/filing')).status).to.equal(403);
      const api = await other.post<{ people: unknown[] }>('/api/citizens/search', { who: applicant().name });
      expect(api.body.people).to.deep.equal([]);
      const own = await clerk.post<{ people: { idNumber: string }[] }>('/api/citizens/search', {
        who: applicant().name,
      });
      expect(own.body.people[0]?.idNumber).to.match(/^\d{6}\*+\w\w$/);
      expect(
        (await (await house.as('sysadmin')).post('/api/citizens/search', { who: '农' })).status,
      ).to.equal(403);
    });

    it('fills in what the village knows, says where it came from, and writes down that it was shown', async () => {
      const { name, idNumber, address } = applicant();
      const id = citizenId((await search(clerk, name)).html);
      const before = await audited('citizen.prefill');
      const form = await open(clerk, `/cases/new?item=MZ-02&situation=general&citizen=${id}`);
      expect(inputValue(form.html, '/applicant/name')).to.equal(name);
      expect(inputValue(form.html, '/applicant/idNumber')).to.equal(idNumber);
      expect(inputValue(form.html, '/applicant/address')).to.equal(address);
      expect(form.html).to.include('来自 2026-09-01 办件，请核对').and.include('来自群众登记');
      expect(await audited('citizen.prefill')).to.equal(before + 1);
      const moved = await send(clerk, '/cases/new', [
        ['item', 'MZ-02'],
        ['situation', 'general'],
        ['citizen', id],
        ['/applicant/address', '搬到别处'],
        ['/applicant/name', name],
        ['_row', 'add:/household'],
      ]);
      const hint = /id="f-form-applicant-address__hint"/;
      expect(form.html).to.match(hint);
      expect(moved.html, 'what was typed anew came from nowhere').not.to.match(hint);
      expect(moved.html).to.include('id="f-form-applicant-name__hint"');
    });

    it('fills in the one form of a package in the same way, each block once', async () => {
      const { name, idNumber, address } = applicant();
      const id = citizenId((await search(clerk, name)).html);
      const picks = await open(clerk, `/filing/items?citizen=${id}&q=PK-01`);
      expect(picks.html).to.include(`href="/packages/PK-01/new?citizen=${id}"`);
      const start = await open(clerk, `/packages/PK-01/new?citizen=${id}`);
      expect(start.html).to.include(`<a href="/filing/citizens/${id}">${name}</a>`);
      const before = await audited('citizen.prefill');
      const key = inputValue(start.html, '_request');
      const begun = await sendPlain(clerk, '/packages/PK-01/new', [
        ['_request', key],
        ['citizen', inputValue(start.html, 'citizen')],
        ['_do', 'start'],
      ]);
      expect(begun.location).to.match(new RegExp(`^/package-cases/\\w+/edit\\?citizen=${id}$`));
      expect(await audited('citizen.prefill')).to.equal(before + 1);
      const form = await open(clerk, begun.location);
      expect(inputValue(form.html, '/applicant/name')).to.equal(name);
      expect(inputValue(form.html, '/applicant/idNumber')).to.equal(idNumber);
      expect(inputValue(form.html, '/applicant/address')).to.equal(address);
      expect(form.html).to.include('来自 2026-09-01 办件，请核对').and.include('来自群众登记');
      const path = begun.location.split('?')[0] ?? '';
      const moved = await send(clerk, path, [
        ['version', inputValue(form.html, 'version')],
        ['citizen', inputValue(form.html, 'citizen')],
        ['/applicant/address', '搬到别处'],
        ['/applicant/name', name],
        ['_row', 'add:/NY-01/household'],
      ]);
      const hint = /id="f-form-applicant-address__hint"/;
      expect(form.html).to.match(hint);
      expect(moved.html, 'what was typed anew came from nowhere').not.to.match(hint);
      expect(moved.html).to.include('id="f-form-applicant-name__hint"');
      const later = await open(clerk, path);
      expect(inputValue(later.html, '/applicant/name'), 'kept in the draft').to.equal(name);
    });

    it('begins no package for somebody who is not known here', async () => {
      const id = citizenId((await search(clerk, applicant().name)).html);
      const stranger = await open(other, `/packages/PK-01/new?citizen=${id}`);
      expect(stranger.status).to.equal(404);
      const sent = await sendPlain(other, '/packages/PK-01/new', [
        ['citizen', id],
        ['_do', 'start'],
      ]);
      expect(sent.status).to.equal(404);
      expect(
        await house.service.deps.db.read('packages').where({ village_id: '532628103202' }),
      ).to.deep.equal([]);
      const own = await sendPlain(other, '/packages/PK-01/new', [['_do', 'start']]);
      const form = await open(other, `${own.location}?citizen=${id}`);
      expect([form.status, inputValue(form.html, '/applicant/name')]).to.deep.equal([200, '']);
      for (const shown of ['来自群众登记', `/filing/citizens/${id}`, applicant().idNumber])
        expect(form.html).not.to.include(shown);
    });

    it('copies an earlier form without signature, declarations and days about it', async () => {
      const { name } = applicant();
      const id = citizenId((await search(clerk, name)).html);
      const offered = await open(clerk, `/cases/new?item=MZ-01&situation=new&citizen=${id}`);
      const copy = /copy=(\w+)"/.exec(offered.html)?.[1] ?? '';
      const copied = await open(clerk, `/cases/new?item=MZ-01&situation=new&citizen=${id}&copy=${copy}`);
      expect(copied.html).to.include('请逐项核对');
      const form = exampleForm(house.service, 'MZ-01') as {
        household: { name: string }[];
        signature: { signedOn: string };
      };
      expect(inputValue(copied.html, '/household/1/name')).to.equal(form.household[1]?.name);
      expect(inputValue(copied.html, '/signature/signedOn')).to.equal('');
      expect(copied.html).not.to.include('data:image');
      expect(copied.html).not.to.match(/<input[^>]*name="\/signature\/consent"[^>]*checked/);
      expect(await audited('citizen.copy')).to.equal(1);
      expect(
        (await open(clerk, `/cases/new?item=MZ-02&situation=general&citizen=${id}&copy=${copy}`)).status,
      ).to.equal(404);
    });

    it('tells a repetition before it is handed in, wants a tick, and the log keeps it', async () => {
      const form = exampleForm(house.service, 'MZ-01');
      const draft = await send(clerk, '/cases/new', [
        ['item', 'MZ-01'],
        ['situation', 'new'],
        ['_do', 'save'],
        ...fieldsOf(form),
      ]);
      const path = draft.location.replace('/edit', '');
      const page = await open(clerk, `${path}/edit`);
      expect(page.html)
        .to.include('可能重复申请')
        .and.include('本人同一事项已有 5326')
        .and.include('（新申请）');
      const id = citizenId((await search(clerk, applicant().name)).html);
      expect((await open(clerk, `/filing/citizens/${id}`)).html).to.include(`${path}/edit`);
      const uploads = [...page.html.matchAll(/name="(material:[\w-]+)"/g)].map(
        (m) => [m[1] as string, new Blob([PNG], { type: 'image/png' }), '照片.png'] as const,
      );
      const refused = await send(clerk, `${path}/edit`, [
        ['version', inputValue(page.html, 'version')],
        ...fieldsOf(form),
        ...uploads,
        ['_do', 'submit'],
      ]);
      expect(refused.status).to.equal(422);
      expect(refused.html).to.include('id="f-data-notDuplicate__error"');
      const filed = await send(clerk, `${path}/edit`, [
        ['version', inputValue(refused.html, 'version')],
        ...fieldsOf(form),
        ['notDuplicate', 'on'],
        ['_do', 'submit'],
      ]);
      expect(filed.location).to.match(/^\/filing\/receipts\/\w+$/);
      const { body } = await clerk.get<{ events: { type: string; data: Record<string, unknown> }[] }>(
        `/api${path}/events`,
      );
      const file = body.events.find((e) => e.type === 'FILE');
      expect(file?.data.notDuplicate).to.equal(true);
      expect(file?.data.duplicateOf).to.match(/^\w{26}$/);
    });

    it('says of a case in another village only that there is one', async () => {
      const draft = await send(other, '/cases/new', [
        ['item', 'MZ-01'],
        ['situation', 'new'],
        ['_do', 'save'],
        ...fieldsOf(exampleForm(house.service, 'MZ-01')),
      ]);
      const { html } = await open(other, draft.location);
      expect(html).to.include('另一村已受理同一事项').and.not.include('本人同一事项已有');
      expect(html).not.to.match(/532628103201-\d{8}-MZ01/);
    });

    it('gives a receipt with what was handed in, the terms and a code, and the next citizen by one key', async () => {
      const { body } = await clerk.get<{ cases: { id: string; number: string | null }[] }>(
        '/api/cases?item=MZ-01',
      );
      const filed = body.cases.find((c) => c.number !== null);
      const { html } = await open(clerk, `/filing/receipts/${filed?.id}`);
      expect(html).to.include('class="qr"').and.include('受理后 20 个工作日').and.include('（已收）');
      expect(html).to.include(applicant().name).and.not.include(applicant().idNumber);
      expect(html).to.match(/href="\/filing" data-key="n"|data-key="n"[^>]*href="\/filing"/);
      expect((await open(other, `/filing/receipts/${filed?.id}`)).status).to.equal(404);
    });
  });
