import { expect } from 'chai';
import { moveOrg, type OrgTree, orgAsOf, seedOrgs } from '../../../src/people/orgs/index.ts';
import { auditedActs, onPeople } from '../support.ts';

const ANYBODY = { accountId: 'console', mayManage: () => true };
const VILLAGE = '532628103201';

/** Every path is what the parents say; every parent exists. */
function expectSoundPaths(tree: OrgTree): void {
  for (const org of tree.within('532600')) {
    const parent = org.parentId === null ? '/' : tree.get(org.parentId).path;
    expect(org.path).to.equal(`${parent}${org.id}/`);
  }
}

onPeople('organisations in the database', (people) => {
  const move = (org: string, parent: string, on: string) => moveOrg(people(), ANYBODY, { org, parent, on });
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('was not refused'),
      (error: unknown) => error,
    );

  it('are entered once: a second start adds nothing and keeps what was changed', async () => {
    const before = people().orgs.within('532600').length;
    await move(VILLAGE, '532628101', '2026-12-01');
    expect(await seedOrgs(people(), '2026-12-01')).to.equal(0);
    await people().orgs.refresh();
    expect(people().orgs.within('532600')).to.have.length(before);
    expect(people().orgs.get(VILLAGE).parentId).to.equal('532628101');
  });

  it('a village moves to another township: path, tree and history agree', async () => {
    const { orgs } = people();
    await move(VILLAGE, '532628101', '2026-12-01');
    expect(orgs.get(VILLAGE).path).to.equal(`/532600/532628/532628101/${VILLAGE}/`);
    expect(orgs.isWithin(VILLAGE, '532628103')).to.equal(false);
    expect(orgs.deskOrg({ at: 'township', role: 'window' }, VILLAGE, 'MZ').id).to.equal('532628101');
    expectSoundPaths(orgs);
    expect((await orgAsOf(people(), VILLAGE, '2026-11-30')).parentId).to.equal('532628103');
    expect((await orgAsOf(people(), VILLAGE, '2026-12-01')).parentId).to.equal('532628101');
    expect(await auditedActs(people())).to.include('org.move');
  });

  it('a township takes its villages and offices along, and their history too', async () => {
    const { orgs } = people();
    const count = orgs.within('532628103').length;
    await move('532628103', '532627', '2026-12-01');
    expectSoundPaths(orgs);
    expect(orgs.within('532628103')).to.have.length(count);
    expect(orgs.isWithin(VILLAGE, '532627')).to.equal(true);
    const then = await orgAsOf(people(), VILLAGE, '2026-11-24');
    expect(then.path).to.equal(`/532600/532628/532628103/${VILLAGE}/`);
    expect((await orgAsOf(people(), VILLAGE, '2026-12-01')).path).to.equal(
      `/532600/532627/532628103/${VILLAGE}/`,
    );
  });

  it('a second move on the same day replaces the first; there and back leaves both in the history', async () => {
    await move(VILLAGE, '532628101', '2026-12-01');
    await move(VILLAGE, '532628102', '2026-12-01');
    expect((await orgAsOf(people(), VILLAGE, '2026-12-01')).parentId).to.equal('532628102');
    await move(VILLAGE, '532628103', '2026-12-08');
    const on = async (day: string) => (await orgAsOf(people(), VILLAGE, day)).parentId;
    expect([await on('2026-11-30'), await on('2026-12-07'), await on('2026-12-08')]).to.deep.equal([
      '532628103',
      '532628102',
      '532628103',
    ]);
  });

  it('two moves at once leave a sound tree', async () => {
    await Promise.all([move('532628103', '532627', '2026-12-01'), move(VILLAGE, '532628101', '2026-12-01')]);
    await people().orgs.refresh();
    expectSoundPaths(people().orgs);
  });

  it('was nowhere before it was entered', async () => {
    expect(await refusal(orgAsOf(people(), VILLAGE, '2026-11-23'))).to.have.property('code', 'org.not_found');
  });

  const REFUSED: [string, string, string, string, string][] = [
    ['under itself', '532628', '532628', '2026-12-01', 'cycle'],
    ['under its own village', '532628', VILLAGE, '2026-12-01', 'cycle'],
    ['a village under a county', VILLAGE, '532627', '2026-12-01', 'kind'],
    ['a department under a township', '532628-MZ', '532628103', '2026-12-01', 'kind'],
    ['before its present place began', VILLAGE, '532628101', '2026-11-23', 'before'],
  ];
  for (const [what, org, parent, on, code] of REFUSED) {
    it(`is refused ${what}, and nothing changes`, async () => {
      const error = await refusal(move(org, parent, on));
      expect(error).to.have.property('status', 422);
      expect(error).to.have.nested.property('faults[0].code', code);
      await people().orgs.refresh();
      expectSoundPaths(people().orgs);
      expect((await orgAsOf(people(), org, '2026-12-31')).path).to.equal(people().orgs.get(org).path);
    });
  }

  it('unknown organisations and people who may not are refused', async () => {
    expect(await refusal(move('nowhere', '532628101', '2026-12-01'))).to.have.property(
      'code',
      'org.not_found',
    );
    const nobody = { accountId: 'x', mayManage: (id: string) => id === VILLAGE };
    const error = await refusal(
      moveOrg(people(), nobody, { org: VILLAGE, parent: '532628101', on: '2026-12-01' }),
    );
    expect(error).to.have.property('status', 403);
  });
});
