import { expect } from 'chai';
import { mapOrgs } from '../../../src/people/orgs/rules.ts';
import { type OrgData, planOrgs, readOrgData } from '../../../src/people/orgs/seed.ts';
import { divisions } from './divisions.ts';

describe('organisations: the tree of Wenshan', () => {
  let data: OrgData;
  let tree: ReturnType<typeof mapOrgs>;
  before(async () => {
    data = await readOrgData();
    tree = mapOrgs(planOrgs(data));
  });
  const kinds = (id: string, kind: string) => tree.within(id).filter((o) => o.kind === kind);

  it('holds 8 counties, 106 townships and 1,003 villages', () => {
    expect(kinds('532600', 'county')).to.have.length(8);
    expect(kinds('532600', 'township')).to.have.length(106);
    expect(kinds('532600', 'village')).to.have.length(1003);
  });

  it('holds 13 townships, 150 villages and 13 departments in Funing', () => {
    expect(kinds('532628', 'township')).to.have.length(13);
    expect(kinds('532628', 'village')).to.have.length(150);
    expect(kinds('532628', 'department')).to.have.length(13);
    expect(kinds('532628', 'office')).to.have.length(13 * data.offices.length);
  });

  it('enters departments and offices in Funing only', () => {
    expect(kinds('532600', 'department')).to.have.length(13);
    expect(kinds('532627', 'office')).to.be.empty;
  });

  it('writes the path of every organisation from the root, terminated', () => {
    expect(tree.get('532628103201').path).to.equal('/532600/532628/532628103/532628103201/');
    expect(tree.get('532628-MZ').path).to.equal('/532600/532628/532628-MZ/');
    expect(tree.get('532628103-SH').path).to.equal('/532600/532628/532628103/532628103-SH/');
  });

  it('knows who lies within whom, and does not take one code for the beginning of another', () => {
    expect(tree.isWithin('532628103201', '532628')).to.equal(true);
    expect(tree.isWithin('532628103201', '532628103201')).to.equal(true);
    expect(tree.isWithin('532628', '532628103201')).to.equal(false);
    expect(tree.isWithin('532628103201', '53262810')).to.equal(false);
    expect(tree.isWithin('nowhere', '532628')).to.equal(false);
  });

  it('gives every department its 机关代字, and every Funing township its own', () => {
    expect(tree.get('532628-MZ')).to.include({ name: '富宁县民政局', docWord: '富民' });
    expect(tree.get('532628-ZR').docWord).to.equal('富自然资');
    const words = kinds('532628', 'township').map((t) => t.docWord);
    expect(words).to.include.members(['新政', '归政', '剥政']);
    expect(new Set(words).size).to.equal(13);
    for (const t of kinds('532628', 'township')) expect(t.docWord).to.equal(`${[...t.name][0]}政`);
  });

  it('refuses an unknown organisation', () => {
    expect(() => tree.get('nowhere'))
      .to.throw()
      .with.property('code', 'org.not_found');
    expect(tree.find('nowhere')).to.equal(undefined);
  });

  describe('where a desk stands (village 532628103201, item of 民政局)', () => {
    const cases: [string, Parameters<typeof tree.deskOrg>[0], string][] = [
      ['village clerk', { at: 'village', role: 'clerk' }, '532628103201'],
      ['village committee', { at: 'village', role: 'committee' }, '532628103201'],
      ['township window', { at: 'township', role: 'window' }, '532628103'],
      ['township leader', { at: 'township', role: 'leader' }, '532628103'],
      ['township officer', { at: 'township', role: 'officer' }, '532628103-SH'],
      [
        'township officer of another department',
        { at: 'township', role: 'officer', office: 'ZR' },
        '532628103-ZY',
      ],
      ['county window', { at: 'county', role: 'window' }, '532628'],
      ['county officer', { at: 'county', role: 'officer' }, '532628-MZ'],
      ['county reviewer', { at: 'county', role: 'reviewer' }, '532628-MZ'],
      ['county leader of another department', { at: 'county', role: 'leader', office: 'WJ' }, '532628-WJ'],
    ];
    for (const [who, desk, org] of cases) {
      it(`${who}: ${org}`, () => expect(tree.deskOrg(desk, '532628103201', 'MZ').id).to.equal(org));
    }

    it('finds a township office for every department', () => {
      for (const { code } of data.departments) {
        const office = tree.deskOrg({ at: 'township', role: 'officer' }, '532628207201', code);
        expect(office.departments).to.include(code);
        expect(office.parentId).to.equal('532628207');
      }
    });

    it('has none where no department was entered', () => {
      expect(() => tree.deskOrg({ at: 'county', role: 'leader' }, '532627101001', 'MZ'))
        .to.throw()
        .with.property('code', 'org.not_found');
    });
  });

  it('signs for an office as its township government, for the county window as the department', () => {
    expect(tree.issuer('532628103-SH', 'MZ')).to.deep.equal({
      id: '532628103',
      name: '富宁县剥隘镇人民政府',
      docWord: '剥政',
    });
    expect(tree.issuer('532628', 'NY')).to.include({
      id: '532628-NY',
      name: '富宁县农业农村局',
      docWord: '富农',
    });
    expect(tree.issuer('532628103201', 'MZ')).to.include({ name: '剥隘村委会', docWord: null });
  });

  describe('broken data are refused by name', () => {
    const broken: [string, (d: OrgData) => OrgData, RegExp][] = [
      [
        'a village of an unknown township',
        (d) => ({ ...d, divisions: divisions('9,甲,532999,village') }),
        /9.*532999/,
      ],
      [
        'a village right under a county',
        (d) => ({ ...d, divisions: divisions('9,甲,532628,village') }),
        /9.*wrong kind/,
      ],
      [
        'a department that nobody serves',
        (d) => ({ ...d, offices: d.offices.slice(1) }),
        /NY is served by 0/,
      ],
      [
        'a department served twice',
        (d) => ({ ...d, offices: [...d.offices, ...d.offices.slice(0, 1)] }),
        /NY is served by 2/,
      ],
    ];
    for (const [what, spoil, message] of broken) {
      it(what, () => expect(() => planOrgs(spoil(data))).to.throw(message));
    }
    it('a line that is no division', () => {
      expect(() => divisions('9,甲,532628,hamlet')).to.throw(/line 4/);
      expect(() => divisions('9,甲,532628')).to.throw(/line 4/);
    });
  });
});
