import { expect } from 'chai';
import {
  assertNoDemoAccounts,
  createAccount,
  disableAccount,
  type Grant,
  seedDemo,
  signIn,
} from '../../../src/people/accounts/index.ts';
import { account, grant, onPeople, PASSWORD, signedIn } from '../support.ts';

const FROM = '2026-01-01';
const CLERK = grant('clerk', '532628103201');

onPeople('opening accounts', (people) => {
  const faults = (given: Partial<Parameters<typeof createAccount>[2]>) =>
    createAccount(people(), 'console', {
      login: 'somebody',
      name: '某人',
      password: PASSWORD,
      grants: [CLERK],
      ...given,
    }).then(
      () => [],
      (error: { faults?: { pointer: string }[] }) => error.faults?.map((f) => f.pointer),
    );

  it('names every fault at once', async () => {
    await account(people(), 'taken', CLERK);
    expect(await faults({ login: 'Taken', name: ' ', password: 'short' })).to.have.members([
      '/login',
      '/name',
      '/password',
    ]);
    expect(await faults({ login: '农秀兰' })).to.deep.equal(['/login']);
    expect(await faults({ login: 'password-as-login', password: 'Password-As-Login' })).to.deep.equal([
      '/password',
    ]);
  });

  const WRONG: [string, Grant, string][] = [
    ['a role nobody knows', grant('emperor', '532628'), '/grants/0/role'],
    ['an unknown organisation', grant('clerk', '532628103999'), '/grants/0/org'],
    ['a clerk at a township', grant('clerk', '532628103'), '/grants/0/org'],
    ['an officer at a village', grant('officer', '532628103201'), '/grants/0/org'],
    ['a grant that ends before it begins', { ...CLERK, to: '2025-12-31' }, '/grants/0/to'],
  ];
  for (const [what, wrong, pointer] of WRONG) {
    it(`refuses ${what}`, async () => expect(await faults({ grants: [wrong] })).to.deep.equal([pointer]));
  }

  it('is for the security administrator of the place, and nobody else', async () => {
    const security = await signedIn(
      people(),
      'secadmin',
      grant('security-admin', '532628', { subtree: true }),
    );
    const system = await signedIn(people(), 'sysadmin', grant('system-admin', '532628', { subtree: true }));
    const given = { login: 'new-clerk', name: '某人', password: PASSWORD, grants: [CLERK] };
    const status = (work: Promise<unknown>) =>
      work.then(
        () => 200,
        (e: { status: number }) => e.status,
      );
    expect(await status(createAccount(people(), system, given))).to.equal(403);
    expect(await status(createAccount(people(), security, { ...given, grants: [] }))).to.equal(403);
    const far = { ...given, grants: [grant('window', '532627103')] };
    expect(await status(createAccount(people(), security, far))).to.equal(403);
    const id = await createAccount(people(), security, given);
    expect(await status(disableAccount(people(), system, id, '调离'))).to.equal(404);
    expect(await status(disableAccount(people(), security, id, '调离'))).to.equal(200);
    expect(await status(disableAccount(people(), 'console', 'nobody', '调离'))).to.equal(404);
  });
});

onPeople('demonstration accounts', (people) => {
  it('are opened once, one per role and more, all with the printed password', async () => {
    const made = await seedDemo(people(), FROM);
    expect(made.map((d) => d.login)).to.include.members(['village', 'town-window', 'mz-leader', 'auditor']);
    expect(await seedDemo(people(), FROM)).to.deep.equal([]);
    for (const { login, password } of made.slice(0, 3)) {
      const { who } = await signIn(people(), { login, password });
      expect(who.grants).to.have.length(1);
    }
    const roles = await people().db.read('grants').distinct('role');
    expect(roles).to.have.length(20);
  });

  it('are not added to a register that has accounts', async () => {
    await account(people(), 'somebody', CLERK);
    expect(await seedDemo(people(), FROM)).to.deep.equal([]);
  });

  it('stop the start of a service that others can reach', async () => {
    await assertNoDemoAccounts(people().db, false);
    await seedDemo(people(), FROM);
    await assertNoDemoAccounts(people().db, true);
    const message = await assertNoDemoAccounts(people().db, false).then(
      () => 'no refusal',
      (error: Error) => error.message,
    );
    expect(message).to.match(/演示账号.*DATA_DIR/s);
  });
});
