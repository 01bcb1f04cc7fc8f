import { expect } from 'chai';
import {
  type CitizenFacts,
  citizenView,
  findByIdNumber,
  upsertCitizen,
} from '../../../src/people/citizens/index.ts';
import { transact } from '../../../src/platform/db/index.ts';
import { auditedActs, grant, ID_MAN, ID_WOMAN, onPeople, signedIn } from '../support.ts';

onPeople('citizens in the database', (people) => {
  const enter = (facts: Partial<CitizenFacts> = {}) =>
    transact(people().db, (trx) =>
      upsertCitizen(trx, people(), { name: '张三', idType: '居民身份证', idNumber: ID_MAN, ...facts }),
    );
  const rows = () => people().db.read('citizens');
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('was not refused'),
      (error: unknown) => error,
    );
  const clerk = () => signedIn(people(), 'village', grant('clerk', '532628103201'));

  it('are one per number, however it is typed and whatever document showed it', async () => {
    const first = await enter();
    expect((await enter({ idNumber: ` ${ID_MAN} ` })).id).to.equal(first.id);
    expect((await enter({ idType: '户口簿' })).id).to.equal(first.id);
    expect((await enter({ name: '李四', idNumber: ID_WOMAN })).id).not.to.equal(first.id);
    expect(await rows()).to.have.length(2);
  });

  it('are sealed at rest: no row holds the number or the telephone', async () => {
    await enter({ phone: '13812345678' });
    const stored = JSON.stringify(await rows());
    expect(stored).not.to.include(ID_MAN);
    expect(stored).not.to.include('13812345678');
    expect(stored).to.include('1966-11-15');
  });

  it('are brought up to date; a telephone stays when none is given, a new name is audited without the name', async () => {
    const first = await enter({ phone: '13812345678' });
    people().clock.forward(5);
    const second = await enter({ name: '张 叁' });
    expect(second).to.include({ id: first.id, name: '张叁', phone: '13812345678' });
    expect(await auditedActs(people())).to.include('citizen.rename');
    expect(JSON.stringify(await people().db.read('audit'))).not.to.match(/张三|张叁/);
  });

  const BAD: [string, Partial<CitizenFacts>, string, string][] = [
    ['a wrong check digit', { idNumber: '532628196611159911' }, '/idNumber', 'check-digit'],
    ['a birth in the future', { idNumber: '532628209901019917' }, '/idNumber', 'future'],
    ['an unknown document', { idType: '驾驶证' }, '/idType', 'type'],
    ['no name', { name: '　' }, '/name', 'required'],
  ];
  for (const [what, facts, pointer, code] of BAD) {
    it(`are refused with ${what}`, async () => {
      const error = await refusal(enter(facts));
      expect(error).to.have.property('status', 422);
      expect(error).to.have.nested.property('faults[0].pointer', pointer);
      expect(error).to.have.nested.property('faults[0].code', code);
      expect(await rows()).to.be.empty;
    });
  }

  it('are found by their number only, shown masked, and every look-up is audited', async () => {
    await enter({ phone: '13812345678' });
    const who = await clerk();
    const view = citizenView(await findByIdNumber(people(), who, ID_MAN));
    expect(view).to.include({
      name: '张三',
      idNumber: '532628**********10',
      phone: '138****5678',
      birth: '1966-11-15',
      sex: '男',
    });
    expect(JSON.stringify(view)).not.to.include(ID_MAN);
    expect(await refusal(findByIdNumber(people(), who, ID_WOMAN))).to.have.property(
      'code',
      'citizen.not_found',
    );
    expect((await auditedActs(people())).filter((act) => act === 'citizen.look-up')).to.have.length(2);
    expect(JSON.stringify(await people().db.read('audit'))).not.to.include(ID_MAN);
  });

  it('are not for administrators and inspectors', async () => {
    await enter();
    for (const role of ['inspector', 'system-admin', 'auditor']) {
      const who = await signedIn(people(), role, grant(role, '532628', { subtree: true }));
      expect(await refusal(findByIdNumber(people(), who, ID_MAN)), role).to.have.property('status', 403);
    }
  });
});
