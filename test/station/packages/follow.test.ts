import { expect } from 'chai';
import { followOn } from '../../../src/station/packages/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type House, openHouse } from '../../support/service.ts';
import { county, type Traveller } from '../../walk/county.ts';
import { act, caseOf, childOf, exampleOf, filePackage, load, type PackageView, packageOf } from './family.ts';

type Form = Record<string, Record<string, unknown>>;

onEachDatabase('packages: what follows when a case has moved', (engine) => {
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

  const file = async (code: string, query = '', items?: string[]): Promise<PackageView> => {
    const form = exampleOf(await packageOf(house.stranger(), code, query));
    return filePackage(await house.as('village'), { package: code, form, ...(items && { items }) });
  };
  const reload = async (view: PackageView) => load(await house.as('village'), view.id);
  const travel = (view: PackageView, item: string): Traveller => ({
    label: item,
    walk: { id: caseOf(view, item).id } as Traveller['walk'],
  });
  const go = async (...travellers: Traveller[]) => {
    await county(house).work(travellers);
    expect(travellers.flatMap((t) => t.failed ?? [])).to.deep.equal([]);
  };
  const formOf = async (view: PackageView, item: string): Promise<Form> =>
    (await county(house).rowOf({ id: caseOf(view, item).id } as Traveller['walk'])).row.form as Form;
  const told = async (view: PackageView): Promise<string[]> => {
    const { db, vault } = house.service.deps;
    const ids = view.children.flatMap((c) => c.case?.id ?? []);
    const rows = await db.read('messages').whereIn('case_id', ids).where({ template: 'package-done' });
    return rows.map((r: { text_sealed: string }) => vault.open(r.text_sealed));
  };

  it('one item rejected, the others go on; told once, when the last is decided', async () => {
    const filed = await file('PK-06', '?items=JY-01,ZJ-01', ['JY-01', 'ZJ-01']);
    const path = ['ACCEPT', 'FORWARD', 'POST', 'NOTICE_CLOSED', 'RECORD_CHECK', 'REJECT'] as const;
    await go({ ...travel(filed, 'JY-01'), moves: path.map((event) => ({ event })) });
    const after = await reload(filed);
    expect(childOf(after, 'JY-01').case).to.include({ outcome: 'rejected' });
    expect(after.state).to.equal('open');
    expect(childOf(after, 'MZ-01').standing).to.equal('running');
    await go(travel(after, 'MZ-01'));
    expect(await told(after)).to.deep.equal([]);
    await go(travel(after, 'ZJ-01'));
    const done = await reload(filed);
    expect(done.state).to.equal('partly-refused');
    const texts = await told(done);
    expect(texts).to.have.length(1);
    expect(texts[0])
      .to.include('困难家庭救助一件事')
      .and.include('2 件办成，1 件没有办成')
      .and.include(filed.number);
  }).timeout(120_000);

  it('a house granted and finished: its registration and water supply are opened as drafts, prefilled, once', async () => {
    const filed = await file('PK-01');
    expect(childOf(filed, 'ZR-02').standing).to.equal('waiting');
    await go(travel(filed, 'NY-01'));
    const after = await reload(filed);
    expect(childOf(after, 'NY-01').standing).to.equal('granted');
    expect(caseOf(after, 'ZR-02').phase).to.equal('draft');
    const [own, house_, first] = await Promise.all([
      formOf(after, 'ZR-02'),
      formOf(after, 'SW-03'),
      formOf(after, 'NY-01'),
    ]);
    expect(own.applicant).to.deep.equal(first.applicant);
    expect(own.property).to.deep.include({ location: first.site?.location, approvedArea: first.site?.area });
    const [certificate] = await house.service.deps.db
      .read('certificates')
      .where({ case_id: caseOf(after, 'NY-01').id, spec_id: 'approval' });
    expect(own.origin).to.deep.include({ kind: '批准书', number: certificate.number });
    expect(house_.premises).to.deep.include({ number: certificate.number });
    expect(own, 'signed anew').to.not.have.property('signature');
    expect(childOf(after, 'ZR-01').standing, 'goes its own way').to.equal('running');
    const again = () =>
      followOn(house.service.deps, caseOf(after, 'NY-01').id, async () => {
        throw new Error('not everything is decided');
      });
    await Promise.all([again(), again()]);
    expect(await house.service.deps.db.read('cases').where({ item_code: 'ZR-02' })).to.have.length(1);
    const inbox = await (await house.as('village')).get<{ cases: { id: string }[] }>('/api/inbox?item=ZR-02');
    expect(inbox.body.cases.map((c) => c.id)).to.include(caseOf(after, 'ZR-02').id);
  }).timeout(120_000);

  it('one before it rejected: what waited is dropped, and the whole is refused', async () => {
    const filed = await file('PK-05');
    await act(house, 'village', caseOf(filed, 'CL-01').id, 'WITHDRAW', {
      reason: '不办了',
    });
    const after = await reload(filed);
    expect(childOf(after, 'CL-02')).to.include({ standing: 'dropped', case: null });
    expect(after.state).to.equal('refused');
    expect(await told(after)).to.have.length(1);
  });

  it('a chain: land, then the licence that goes on, then the filing, each with the number of the one before', async () => {
    const filed = await file('PK-02');
    await go(travel(filed, 'ZR-03'));
    const second = await reload(filed);
    expect(childOf(second, 'XM-02').standing).to.equal('waiting');
    const licence = await formOf(second, 'XM-01');
    const [record] = await house.service.deps.db
      .read('certificates')
      .where({ case_id: caseOf(second, 'ZR-03').id });
    expect(licence.site).to.deep.include({ landFiling: record.number });
    expect(licence.scale, 'filled in beforehand').to.have.length(1);
    expect(licence).to.not.have.property('truthful');
  }).timeout(120_000);

  it('a child born: the number that the police gave stands in what follows', async () => {
    const filed = await file('PK-03');
    await go(travel(filed, 'GA-01'), travel(filed, 'WJ-01'));
    const after = await reload(filed);
    const [register, subsidy] = [await formOf(after, 'YB-01'), await formOf(after, 'WJ-03')];
    expect(register.baby?.hasId).to.equal('是');
    expect(register.baby?.idNumber).to.be.a('string').and.equal(subsidy.child?.idNumber);
  }).timeout(120_000);
});
