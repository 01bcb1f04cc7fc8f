import { expect } from 'chai';
import {
  changePassword,
  disableAccount,
  findSession,
  signIn,
  signOut,
} from '../../../src/people/accounts/index.ts';
import { account, auditedActs, grant, onPeople, PASSWORD, signedIn } from '../support.ts';

const CLERK = grant('clerk', '532628103201');

onPeople('signing in', (people) => {
  const enter = (login: string, password: string, replaces?: string) =>
    signIn(people(), { login, password, replaces });
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('was not refused'),
      (error: unknown) => error as { code: string; status: number; data?: Record<string, unknown> },
    );
  const fail = async (login: string, times: number) => {
    for (let i = 0; i < times; i++) await refusal(enter(login, 'wrong password'));
  };

  it('gives a session with the grants of the day; the login may be typed in capitals', async () => {
    await account(people(), 'village', CLERK);
    const { who, token } = await enter(' Village ', PASSWORD);
    expect(who).to.include({ login: 'village', name: 'village' });
    expect(who.grants).to.deep.equal([CLERK]);
    expect(await findSession(people(), token)).to.deep.equal(who);
  });

  it('stores neither password nor token', async () => {
    await account(people(), 'village', CLERK);
    const { token } = await enter('village', PASSWORD);
    const rows = [...(await people().db.read('accounts')), ...(await people().db.read('sessions'))];
    const stored = JSON.stringify(rows);
    expect(stored).not.to.include(PASSWORD);
    expect(stored).not.to.include(token);
    expect(stored).to.match(/\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('answers a wrong password and an unknown login alike, and counts down', async () => {
    await account(people(), 'village', CLERK);
    for (const attemptsLeft of [4, 3]) {
      for (const login of ['village', 'nobody']) {
        const error = await refusal(enter(login, 'wrong password'));
        expect([login, error.code, error.status, error.data]).to.deep.equal([
          login,
          'session.bad_credentials',
          401,
          { attemptsLeft },
        ]);
      }
    }
  });

  for (const login of ['village', 'nobody']) {
    it(`locks ${login} for fifteen minutes after five failures, even against the right password`, async () => {
      await account(people(), 'village', CLERK);
      await fail(login, 5);
      const error = await refusal(enter(login, PASSWORD));
      expect([error.code, error.status, error.data]).to.deep.equal([
        'session.locked',
        429,
        { retryAfter: 900 },
      ]);
      people().clock.forward(14);
      expect(await refusal(enter(login, PASSWORD))).to.have.property('code', 'session.locked');
    });
  }

  it('opens again after fifteen minutes, and counts anew', async () => {
    await account(people(), 'village', CLERK);
    await fail('village', 5);
    people().clock.forward(15);
    expect((await refusal(enter('village', 'wrong password'))).data).to.deep.equal({ attemptsLeft: 4 });
    expect((await enter('village', PASSWORD)).who.login).to.equal('village');
  });

  it('forgets failures after a success', async () => {
    await account(people(), 'village', CLERK);
    for (let i = 0; i < 2; i++) {
      await fail('village', 4);
      expect((await enter('village', PASSWORD)).who.login).to.equal('village');
    }
  });

  it('forgets failures after a day', async () => {
    await account(people(), 'village', CLERK);
    await fail('village', 4);
    people().clock.forward(24 * 60 + 1);
    await fail('village', 4);
    expect((await enter('village', PASSWORD)).who.login).to.equal('village');
  });

  it('a burst of guesses does not outrun the count', async () => {
    await account(people(), 'village', CLERK);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => refusal(enter('village', 'wrong password'))),
    );
    const codes = answers.map((a) => a.code);
    expect(codes.filter((c) => c === 'session.bad_credentials')).to.have.length(5);
    expect(codes.filter((c) => c === 'session.locked')).to.have.length(7);
  });

  it('many right passwords at once all get in', async () => {
    await account(people(), 'village', CLERK);
    const all = await Promise.all(Array.from({ length: 8 }, () => enter('village', PASSWORD)));
    expect(new Set(all.map((a) => a.token)).size).to.equal(8);
  });

  it('refuses a disabled account like a wrong password, and ends its sessions', async () => {
    const id = await account(people(), 'village', CLERK);
    const { token } = await enter('village', PASSWORD);
    await disableAccount(people(), 'console', id, '调离');
    expect(await findSession(people(), token)).to.equal(undefined);
    expect(await refusal(enter('village', PASSWORD))).to.have.property('code', 'session.bad_credentials');
  });

  it('keeps what people type as login out of the database', async () => {
    await refusal(enter('my secret in the wrong field', 'x'));
    const rows = await people().db.read('sign_in_failures');
    expect(rows).to.have.length(1);
    expect(JSON.stringify([rows, await people().db.read('audit')])).not.to.include('secret');
  });

  it('is written to the audit log', async () => {
    const who = await signedIn(people(), 'village', CLERK);
    await signOut(people(), who);
    await fail('village', 5);
    expect(await auditedActs(people())).to.deep.equal([
      'account.create',
      'session.open',
      'session.close',
      ...Array.from({ length: 4 }, () => 'session.fail'),
      'session.lock',
    ]);
  });
});

onPeople('a session', (people) => {
  const open = async () => {
    await account(people(), 'village', CLERK);
    return (await signIn(people(), { login: 'village', password: PASSWORD })).token;
  };
  const alive = async (token: string) => (await findSession(people(), token)) !== undefined;

  it('ends after thirty minutes without a request', async () => {
    const token = await open();
    people().clock.forward(30);
    expect(await alive(token)).to.equal(true);
    people().clock.forward(31);
    expect(await alive(token)).to.equal(false);
    expect(await people().db.read('sessions')).to.be.empty;
  });

  it('lives on with requests, but never longer than twelve hours', async () => {
    const token = await open();
    for (let i = 0; i < 36; i++) {
      people().clock.forward(20);
      expect(await alive(token), `after ${(i + 1) * 20} minutes`).to.equal(true);
    }
    people().clock.forward(1);
    expect(await alive(token)).to.equal(false);
  });

  it('ends with signing out', async () => {
    const token = await open();
    const who = await findSession(people(), token);
    if (!who) return expect.fail('not signed in');
    await signOut(people(), who);
    expect(await alive(token)).to.equal(false);
  });

  it('is replaced, token and proof, when its browser signs in again', async () => {
    const token = await open();
    const first = await findSession(people(), token);
    const again = await signIn(people(), { login: 'village', password: PASSWORD, replaces: token });
    expect(await alive(token)).to.equal(false);
    expect(again.token).not.to.equal(token);
    expect(again.who.csrf).not.to.equal(first?.csrf);
    expect(await alive(again.token)).to.equal(true);
  });

  it('knows only the grants of the day', async () => {
    const days = { from: '2026-11-24', to: '2026-11-24' };
    await account(people(), 'village', { ...CLERK, ...days });
    people().clock.to('2026-11-24T15:50:00.000Z');
    const { token, who } = await signIn(people(), { login: 'village', password: PASSWORD });
    expect(who.grants).to.have.length(1);
    people().clock.to('2026-11-24T16:05:00.000Z');
    expect((await findSession(people(), token))?.grants).to.deep.equal([]);
  });

  it('is not found for a token nobody has', async () => {
    await open();
    for (const token of ['', 'guess', '../../x']) expect(await alive(token)).to.equal(false);
  });

  it('a new password needs the old one, and ends the other sessions', async () => {
    const other = await open();
    const { token, who } = await signIn(people(), { login: 'village', password: PASSWORD });
    const fault = (current: string, next: string) =>
      changePassword(people(), who, { current, next }).then(
        () => 'no refusal',
        (error: { faults?: { pointer: string; code: string }[] }) => error.faults?.[0],
      );
    expect(await fault('wrong', 'a new password')).to.include({ pointer: '/current' });
    expect(await fault(PASSWORD, 'too short')).to.include({ pointer: '/next', code: 'minLength' });
    await changePassword(people(), who, { current: PASSWORD, next: '新的密码也可以用汉字' });
    expect(await alive(other)).to.equal(false);
    expect(await alive(token)).to.equal(true);
    const again = await signIn(people(), { login: 'village', password: '新的密码也可以用汉字' });
    expect(again.who.login).to.equal('village');
  });
});
