import { expect } from 'chai';
import {
  deskOrgs,
  type Grant,
  grantsInForce,
  holds,
  mayManageAccounts,
  mayManageOrgs,
  maySee,
  visibleScopes,
} from '../../../src/people/accounts/policy.ts';
import { mapOrgs, type OrgMap } from '../../../src/people/orgs/rules.ts';
import { planOrgs, readOrgData } from '../../../src/people/orgs/seed.ts';

const grant = (role: string, org: string, subtree = false): Grant => ({
  role,
  org,
  subtree,
  from: '2026-01-01',
  to: null,
});
const holding = (...grants: Grant[]) => ({ grants });

describe('grants', () => {
  it('hold from their first day to their last, both included', () => {
    const year: Grant = { ...grant('clerk', '532628103201'), from: '2026-03-01', to: '2026-09-30' };
    const onDay = (today: string) => grantsInForce([year], today).length;
    expect(['2026-02-28', '2026-03-01', '2026-09-30', '2026-10-01'].map(onDay)).to.deep.equal([0, 1, 1, 0]);
  });

  it('without a last day hold on', () => {
    expect(grantsInForce([grant('clerk', '532628103201')], '2099-12-31')).to.have.length(1);
  });
});

describe('who sees which cases', () => {
  let tree: OrgMap;
  before(async () => {
    tree = mapOrgs(planOrgs(await readOrgData()));
  });

  /** Cases: village and department. Own = 剥隘村, near = another village of 剥隘镇, far = 洞波村, out = 广南县. */
  const CASES = {
    ownMZ: { villageId: '532628103201', department: 'MZ' },
    ownNY: { villageId: '532628103201', department: 'NY' },
    nearMZ: { villageId: '532628103207', department: 'MZ' },
    farMZ: { villageId: '532628205201', department: 'MZ' },
    outMZ: { villageId: '532627101001', department: 'MZ' },
  };
  const TABLE: [string, Grant, (keyof typeof CASES)[]][] = [
    ['village clerk', grant('clerk', '532628103201'), ['ownMZ', 'ownNY']],
    ['village committee', grant('committee', '532628103201'), ['ownMZ', 'ownNY']],
    ['clerk of a whole township', grant('clerk', '532628103', true), ['ownMZ', 'ownNY', 'nearMZ']],
    ['township window', grant('window', '532628103'), ['ownMZ', 'ownNY', 'nearMZ']],
    ['township leader', grant('leader', '532628103'), ['ownMZ', 'ownNY', 'nearMZ']],
    [
      'officer at the township office for civil affairs',
      grant('officer', '532628103-SH'),
      ['ownMZ', 'nearMZ'],
    ],
    ['officer at the township office for agriculture', grant('officer', '532628103-NC'), ['ownNY']],
    ['officer of the civil affairs department', grant('officer', '532628-MZ'), ['ownMZ', 'nearMZ', 'farMZ']],
    ['leader of the agriculture department', grant('leader', '532628-NY'), ['ownNY']],
    ['county window', grant('window', '532628'), ['ownMZ', 'ownNY', 'nearMZ', 'farMZ']],
    [
      'inspector of the county with subtree',
      grant('inspector', '532628', true),
      ['ownMZ', 'ownNY', 'nearMZ', 'farMZ'],
    ],
    ['inspector of the county without subtree', grant('inspector', '532628'), []],
    [
      'inspector of the prefecture',
      grant('inspector', '532600', true),
      ['ownMZ', 'ownNY', 'nearMZ', 'farMZ', 'outMZ'],
    ],
    ['system administrator', grant('system-admin', '532628', true), []],
    ['security administrator', grant('security-admin', '532628', true), []],
    ['auditor', grant('auditor', '532628', true), []],
    ['a role nobody knows', grant('emperor', '532600', true), []],
    ['a role at an organisation that is gone', grant('window', '532699'), []],
  ];
  for (const [who, held, seen] of TABLE) {
    it(`${who}: ${seen.join(', ') || 'nothing'}`, () => {
      const names = Object.entries(CASES)
        .filter(([, filed]) => maySee(holding(held), tree, filed))
        .map(([name]) => name);
      expect(names).to.deep.equal(seen);
    });
  }

  it('two grants see the sum of both, never one office with the other office’s villages', () => {
    const both = holding(grant('officer', '532628103-NC'), grant('clerk', '532628205201'));
    expect(maySee(both, tree, { villageId: '532628103201', department: 'NY' })).to.equal(true);
    expect(maySee(both, tree, { villageId: '532628205201', department: 'MZ' })).to.equal(true);
    expect(maySee(both, tree, { villageId: '532628103201', department: 'MZ' })).to.equal(false);
  });

  it('is told to the database as path prefixes that end in a slash', () => {
    expect(visibleScopes(holding(grant('officer', '532628103-SH')), tree)).to.deep.equal([
      { pathPrefix: '/532600/532628/532628103/', departments: ['MZ', 'CL', 'JY'] },
    ]);
    expect(visibleScopes(holding(), tree)).to.deep.equal([]);
  });

  it('an unknown village is nobody’s', () => {
    const all = holding(grant('inspector', '532600', true));
    expect(maySee(all, tree, { villageId: '999', department: 'MZ' })).to.equal(false);
  });
});

describe('who holds a role where', () => {
  let tree: OrgMap;
  before(async () => {
    tree = mapOrgs(planOrgs(await readOrgData()));
  });

  it('at the organisation itself; beneath it only with subtree; never above, never another role', () => {
    const narrow = holding(grant('window', '532628103'));
    const wide = holding(grant('clerk', '532628103', true));
    expect(holds(narrow, 'window', '532628103', tree)).to.equal(true);
    expect(holds(narrow, 'leader', '532628103', tree)).to.equal(false);
    expect(holds(narrow, 'window', '532628103201', tree)).to.equal(false);
    expect(holds(wide, 'clerk', '532628103201', tree)).to.equal(true);
    expect(holds(wide, 'clerk', '532628', tree)).to.equal(false);
    expect(holds(wide, 'clerk', '532628205201', tree)).to.equal(false);
  });

  it('sits at the desks of its case-work roles, with subtree at all beneath', () => {
    const who = holding(
      grant('officer', '532628-MZ'),
      grant('clerk', '532628103', true),
      grant('auditor', '532628'),
    );
    const [officer, clerk, ...more] = deskOrgs(who, tree);
    expect(more).to.be.empty;
    expect(officer).to.deep.equal({ role: 'officer', orgs: ['532628-MZ'] });
    expect(clerk?.orgs).to.include.members(['532628103201', '532628103207']);
    expect(clerk?.orgs).not.to.include('532628205201');
  });

  it('keeps the administrators apart (C.3)', () => {
    const system = holding(grant('system-admin', '532628', true));
    const security = holding(grant('security-admin', '532628', true));
    expect(mayManageOrgs(system, tree, '532628103')).to.equal(true);
    expect(mayManageAccounts(system, tree, '532628103')).to.equal(false);
    expect(mayManageAccounts(security, tree, '532628103')).to.equal(true);
    expect(mayManageOrgs(security, tree, '532628103')).to.equal(false);
    expect(mayManageOrgs(system, tree, '532627')).to.equal(false);
  });
});
