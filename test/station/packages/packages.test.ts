import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type House, openHouse } from '../../support/service.ts';
import { county, type Traveller } from '../../walk/county.ts';
import {
  act,
  bring,
  caseOf,
  childOf,
  exampleOf,
  filePackage,
  load,
  openPackage,
  type PackageView,
  packageOf,
} from './family.ts';

interface Refusal {
  code: string;
  faults: { pointer: string; message: string }[];
}

onEachDatabase('packages: one form, several cases', (engine) => {
  let opened: Opened;
  let house: House;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const clerk = () => house.as('village');
  const count = async (table: string): Promise<number> =>
    Number((await house.service.deps.db.read(table).count({ n: '*' }))[0]?.n);
  const example = async (code: string, query = '') =>
    exampleOf(await packageOf(house.stranger(), code, query));

  it('each of the six is described, filed from the examples of its items, and every case has its own number', async () => {
    const { body } = await house.stranger().get<{ packages: { code: string }[] }>('/api/packages');
    expect(body.packages.map((p) => p.code)).to.deep.equal([
      'PK-01',
      'PK-02',
      'PK-03',
      'PK-04',
      'PK-05',
      'PK-06',
    ]);
    for (const { code } of body.packages) {
      const definition = await packageOf(house.stranger(), code);
      const filed = await filePackage(await clerk(), { package: code, form: exampleOf(definition) });
      expect(filed.number, code).to.match(/^一件事-532628103201-20260928-\d{6}$/);
      for (const item of definition.items) {
        const child = childOf(filed, item.code);
        expect(child.standing, item.code).to.equal(item.after.length > 0 ? 'waiting' : 'running');
        if (item.after.length === 0) expect(child.case?.number, item.code).to.match(/^532628103201-2026/);
      }
    }
    expect(await county(house).stuck()).to.deep.equal([]);
  });

  it('a house: filed once, two cases, the number of the one in the other, a paper of both brought once', async () => {
    const form = await example('PK-01');
    const filed = await filePackage(await clerk(), { package: 'PK-01', form });
    const [ny, zr] = [caseOf(filed, 'NY-01'), caseOf(filed, 'ZR-01')];
    expect(ny.id).to.not.equal(zr.id);
    const { read } = house.service.deps.db;
    const papers = await read('case_materials').whereIn('case_id', [ny.id, zr.id]);
    const shared = papers.filter((p) => p.material_id === 'signed-page');
    expect(shared.map((p) => p.case_id)).to.have.members([ny.id, zr.id]);
    expect(new Set(shared.map((p) => p.file_hash)).size).to.equal(1);
    const row = await county(house).rowOf({ id: zr.id } as never);
    expect((row.row.form.homestead as { caseNumber: string }).caseNumber).to.equal(ny.number);
    expect((row.row.form.building as { floors: number }).floors).to.equal(
      ((form['NY-01'] as { building: { floors: number } }).building as { floors: number }).floors,
    );
  });

  it('a house: own clocks, and the whole is due with the last of them', async () => {
    const filed = await filePackage(await clerk(), { package: 'PK-01', form: await example('PK-01') });
    expect(filed.due).to.equal(null);
    await act(house, 'town-window', caseOf(filed, 'ZR-01').id, 'ACCEPT');
    const one = await load(await clerk(), filed.id);
    const first = caseOf(one, 'ZR-01').promisedDue;
    expect(first).to.match(/^2026-/);
    expect(one).to.include({ due: first, dueOpen: true, state: 'open' });
    const way = ['RECORD_MEETING', 'POST', 'NOTICE_CLOSED', 'FORWARD', 'ACCEPT'] as const;
    const walk = { id: caseOf(filed, 'NY-01').id } as Traveller['walk'];
    const village: Traveller = { label: 'NY-01', walk, moves: way.map((event) => ({ event })) };
    await county(house).work([village]);
    expect(village.failed).to.equal(undefined);
    const both = await load(await clerk(), filed.id);
    const dues = ['NY-01', 'ZR-01'].map((code) => caseOf(both, code).promisedDue as string);
    expect(dues[0]).to.not.equal(dues[1]);
    expect(both).to.include({ due: dues.sort()[1], dueOpen: false });
    expect(caseOf(both, 'NY-01').holder?.orgName).to.not.equal(caseOf(both, 'ZR-01').holder?.orgName);
  });

  it('a fault in the second item is told at its field, with those of the first, and nothing is filed', async () => {
    const form = await example('PK-01');
    const before = [await count('cases'), await count('packages')];
    (form['ZR-01'] as { design: { style?: boolean } }).design.style = undefined as never;
    (form['NY-01'] as { site: { area: number } }).site.area = -1;
    (form.applicant as { idNumber: string }).idNumber = '532628196611159911';
    const refused = await (await clerk()).post<Refusal>('/api/package-cases', { package: 'PK-01', form });
    expect(refused.status).to.equal(422);
    expect(refused.body.faults.map((e) => e.pointer)).to.have.members([
      '/form/ZR-01/design/style',
      '/form/NY-01/site/area',
      '/form/applicant/idNumber',
    ]);
    expect([await count('cases'), await count('packages')]).to.deep.equal(before);
  });

  it('a draft with a missing paper stays a draft, whatever its other items brought', async () => {
    const form = await example('PK-01');
    const draft = (await (await clerk()).post<PackageView>('/api/package-cases', { package: 'PK-01', form }))
      .body;
    const before = await count('cases');
    const refused = await (await clerk()).post<Refusal>(`/api/package-cases/${draft.id}/file`, {});
    expect(refused.status).to.equal(422);
    expect(refused.body.faults.map((e) => e.pointer)).to.include('/materials/drawings');
    expect(await count('cases')).to.equal(before);
    expect((await load(await clerk(), draft.id)).state).to.equal('draft');
  });

  it('a copied field that fails is told where it was filled in', async () => {
    const form = await example('PK-01');
    (form['NY-01'] as { building: { floors?: number } }).building.floors = 9;
    const refused = await (await clerk()).post<Refusal>('/api/package-cases', { package: 'PK-01', form });
    const pointers = new Set(refused.body.faults.map((e) => e.pointer));
    expect(pointers).to.include('/form/NY-01/building/floors');
    expect([...pointers].filter((p) => p.startsWith('/form/ZR-01/building'))).to.deep.equal([]);
  });

  it('a field that nobody asks for is told, even below an item', async () => {
    const form = await example('PK-01');
    form.colour = '红';
    (form['ZR-01'] as { homestead?: object }).homestead = { location: '别处' };
    const refused = await (await clerk()).post<Refusal>('/api/package-cases', { package: 'PK-01', form });
    expect(refused.body.faults.map((e) => e.pointer)).to.include.members([
      '/form/colour',
      '/form/ZR-01/homestead/location',
    ]);
  });

  it('a repeat gets the first answer, another content under the same id is refused', async () => {
    const form = await example('PK-05');
    const key = { 'Idempotency-Key': 'family-1' };
    const first = await (await clerk()).post<PackageView>(
      '/api/package-cases',
      { package: 'PK-05', form },
      key,
    );
    const draft = await bring(await clerk(), first.body);
    const again = await (await clerk()).post<PackageView>(
      '/api/package-cases',
      { package: 'PK-05', form },
      key,
    );
    expect(again.body.id).to.equal(first.body.id);
    const path = `/api/package-cases/${draft.id}/file`;
    const filed = await (await clerk()).post<PackageView>(path, {}, { 'Idempotency-Key': 'family-2' });
    const cases = await count('cases');
    const repeated = await (await clerk()).post<PackageView>(path, {}, { 'Idempotency-Key': 'family-2' });
    expect(repeated.body).to.deep.equal(filed.body);
    expect(await count('cases')).to.equal(cases);
    const other = await (await clerk()).post('/api/package-cases', { package: 'PK-04', form }, key);
    expect(other.status).to.equal(422);
    expect((await (await clerk()).post(path, {})).status).to.equal(409);
  });

  it('pressed twice at the same moment, it is filed once', async () => {
    const { id } = await openPackage(await clerk(), { package: 'PK-05', form: await example('PK-05') });
    const before = await count('cases');
    const press = async () => (await clerk()).post(`/api/package-cases/${id}/file`, {});
    const answers = await Promise.all([press(), press()]);
    expect(answers.map((a) => a.status).sort()).to.deep.equal([200, 409]);
    expect(await count('cases')).to.equal(before + 1);
  });

  it('a foreign village finds nothing; its township and the departments of its items see the whole', async () => {
    const filed = await filePackage(await clerk(), { package: 'PK-01', form: await example('PK-01') });
    const path = `/api/package-cases/${filed.id}`;
    expect((await (await house.as('village2')).get(path)).status).to.equal(404);
    expect((await (await house.as('mz-officer')).get(path)).status).to.equal(404);
    for (const login of ['town-window', 'zr-officer', 'ny-officer'])
      expect((await load(await house.as(login), filed.id)).children, login).to.have.length(4);
    const asOfficer = await load(await house.as('zr-officer'), filed.id);
    expect(caseOf(asOfficer, 'ZR-01').mayOpen).to.equal(true);
    expect(caseOf(asOfficer, 'NY-01').mayOpen).to.equal(false);
    const list = async (login: string) =>
      (
        await (await house.as(login)).get<{ packages: { id: string }[] }>('/api/package-cases?limit=100')
      ).body.packages.map((p) => p.id);
    expect(await list('zr-officer')).to.include(filed.id);
    expect(await list('village2')).to.not.include(filed.id);
    expect(await list('mz-officer')).to.not.include(filed.id);
    expect((await house.stranger().get(path)).status).to.equal(401);
    expect(
      (await (await house.as('town-window')).post('/api/package-cases', { package: 'PK-01', form: {} }))
        .status,
    ).to.equal(403);
  });

  it('an item left out has no case; one that is not optional cannot be left out', async () => {
    const query = '?items=JY-01&situations=ZJ-01:seismic';
    const form = await example('PK-06', '?items=JY-01');
    const filed = await filePackage(await clerk(), { package: 'PK-06', form, items: ['JY-01'] });
    expect(filed.children.map((c) => c.item)).to.deep.equal(['MZ-01', 'JY-01']);
    expect((await house.stranger().get(`/api/packages/PK-06${query}`)).status).to.equal(200);
    expect((await house.stranger().get('/api/packages/PK-06?situations=MZ-01:stop')).status).to.equal(422);
    expect((await house.stranger().get('/api/packages/PK-99')).status).to.equal(404);
    const wrong = { package: 'PK-06', form, items: ['NY-01'] };
    expect((await (await clerk()).post('/api/package-cases', wrong)).status).to.equal(422);
  });

  it('what needs no application becomes a note, and the others are filed', async () => {
    const form = await example('PK-06');
    (form['YB-02'] as { direct: string }).direct = '低保对象';
    const filed = await filePackage(await clerk(), { package: 'PK-06', form });
    expect(childOf(filed, 'YB-02')).to.include({ standing: 'answered', case: null });
    expect(childOf(filed, 'YB-02').answer).to.be.a('string');
    expect(filed.children.filter((c) => c.case)).to.have.length(3);
    const { body } = await (await clerk()).get<{ answers: { itemCode: string }[] }>('/api/answers');
    expect(body.answers.map((a) => a.itemCode)).to.include('YB-02');
  });

  it('a draft is given up, and then neither changed nor filed', async () => {
    const draft = await openPackage(await clerk(), { package: 'PK-04', form: {}, draft: true });
    const path = `/api/package-cases/${draft.id}`;
    const saved = await (await clerk()).send<PackageView>('PUT', `${path}/form`, {
      version: draft.version,
      form: { applicant: { name: '韦小妹' } },
    });
    expect(saved.body).to.include({ applicantName: '韦小妹', version: draft.version + 1 });
    const stale = { version: draft.version, form: {} };
    expect((await (await clerk()).send('PUT', `${path}/form`, stale)).status).to.equal(409);
    expect((await (await house.as('town-window')).send('PUT', `${path}/form`, { form: {} })).status).to.equal(
      403,
    );
    expect((await (await clerk()).post(`${path}/abandon`, {})).status).to.equal(204);
    expect((await (await clerk()).send('PUT', `${path}/form`, { form: {} })).status).to.equal(409);
    expect((await (await clerk()).post(`${path}/file`, {})).status).to.equal(409);
    expect((await load(await clerk(), draft.id)).state).to.equal('withdrawn');
  });
});
