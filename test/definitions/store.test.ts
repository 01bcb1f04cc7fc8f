import { expect } from 'chai';
import { transact } from '../../src/platform/db/index.ts';
import { type Definitions, loadDefinitions, storeDefinitions } from '../../src/platform/definitions/index.ts';
import { createDefinitions, pin, storedForm } from '../../src/platform/definitions/pinned.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';
import { refusal } from '../support/refusal.ts';

const NOW = '2026-11-24T01:00:00.000Z';
const loaded = loadDefinitions();

/** WJ-01 alone, changed. */
function only(change: (definition: { version: number; fee: string }) => void): Definitions {
  const body = JSON.parse(storedForm(loaded.get('WJ-01')));
  change(body.definition);
  return createDefinitions([pin(body)], []);
}

describe('pinned definitions', () => {
  it('keep their hash through storage', () => {
    for (const { code } of loaded.list()) {
      const pinned = loaded.get(code);
      expect(pin(JSON.parse(storedForm(pinned))).sha256).to.equal(pinned.sha256);
    }
  });

  it('change their hash with every word', () => {
    const before = loaded.get('WJ-01').sha256;
    const after = only((d) => {
      d.fee = '免费';
    }).get('WJ-01').sha256;
    expect(after)
      .to.match(/^[0-9a-f]{64}$/)
      .and.not.equal(before);
  });

  it('give each situation its form, and refuse an unknown one', () => {
    const pinned = loaded.get('WJ-01');
    expect(pinned.form).to.equal(pinned.formFor('pregnancy'));
    expect(pinned.formFor('after-birth').properties).to.have.property('bornOn');
    expect(() => pinned.formFor('moon')).to.throw('item.not_found');
    expect(() => loaded.get('XX-99')).to.throw('item.not_found');
    expect(() => loaded.pinned('0'.repeat(64))).to.throw('no definition');
  });

  it('hold no reference: a form is stored whole', () => {
    for (const { code } of loaded.list()) expect(storedForm(loaded.get(code))).to.not.contain('$ref');
  });
});

onEachDatabase('stored definitions', (engine) => {
  let opened: Opened;
  before(async () => {
    opened = await engine.open();
  });
  after(() => opened.drop());

  const store = (definitions: Definitions) =>
    transact(opened.db, (trx) => storeDefinitions(trx, definitions, NOW));
  const versions = async () =>
    (await opened.db.read('definitions').where({ code: 'WJ-01' }).select('version', 'sha256')).map(
      (r: { version: number; sha256: string }) => [r.version, r.sha256],
    );

  it('are stored once, refused when changed under the same version, kept when the version is raised', async () => {
    const first = loaded.get('WJ-01').sha256;
    await store(loaded);
    await store(loadDefinitions());
    expect(await versions()).to.deep.equal([[2, first]]);

    const changed = only((d) => {
      d.fee = '十元';
    });
    const refused = (await refusal(store(changed))) as Error;
    expect(refused.message).to.contain(
      'workflows/WJ/WJ-01.json · /version · version 2 is stored with other content',
    );
    expect(await versions()).to.deep.equal([[2, first]]);

    const raised = only((d) => {
      d.fee = '十元';
      d.version = 3;
    });
    await store(raised);
    expect((await versions()).map(([v]) => v).sort()).to.deep.equal([2, 3]);
    expect(raised.get('WJ-01').definition.version).to.equal(3);
    const old = raised.pinned(first);
    expect(old.definition).to.include({ version: 2, fee: '不收费' });
    // Its states in their order too, which drawings follow.
    expect(JSON.stringify(old.machine)).to.equal(JSON.stringify(loaded.get('WJ-01').machine));
    const example = old.form.examples?.[0];
    expect(old.validateForm(example, 'pregnancy', '2026-11-24')).to.deep.equal([]);
  });
});
