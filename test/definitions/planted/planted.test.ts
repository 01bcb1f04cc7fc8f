import { expect } from 'chai';
import { itemFaults, items, soundForms } from './ground.ts';
import type { Kind, Variant } from './kind.ts';
import { deskKinds } from './kinds/desks.ts';
import { feelKinds } from './kinds/expressions.ts';
import { formKinds } from './kinds/forms/index.ts';
import { machineKinds } from './kinds/machines/index.ts';
import { nameKinds } from './kinds/names.ts';
import { noticeKinds } from './kinds/notices.ts';
import { orderKinds } from './kinds/order.ts';
import { shapeKinds } from './kinds/shape.ts';
import { termKinds } from './kinds/terms.ts';
import { textKinds } from './kinds/texts.ts';

const KINDS: Kind[] = [
  ...textKinds,
  ...shapeKinds,
  ...nameKinds,
  ...orderKinds,
  ...deskKinds,
  ...termKinds,
  ...feelKinds,
  ...noticeKinds,
  ...formKinds,
  ...machineKinds,
];

/** Least number of variants of a kind. */
const VARIANTS = 20;

/** Is the fault told at the place, or below it, and for the reason? */
function isTold({ at, reason }: Variant, told: string): boolean {
  const [place = '', ...why] = told.split(' · ');
  return (place === at || place.startsWith(`${at}/`)) && reason.test(why.join(' · '));
}

describe('planted faults', function () {
  this.timeout(60_000);
  it('start from sound items and forms', () => {
    expect(items.length).to.be.greaterThan(25);
    expect(soundForms.length).to.be.greaterThan(60);
    for (const item of items) expect(itemFaults(structuredClone(item)), item.code).to.deep.equal([]);
  });

  it('are of more than a hundred and fifty kinds', () => {
    expect(new Set(KINDS.map((k) => k.name)).size).to.equal(KINDS.length);
    expect(KINDS.length).to.be.greaterThan(150);
  });

  for (const { name, variants } of KINDS) {
    it(`refuses ${name} (${variants.length} variants)`, () => {
      const distinct = new Set(variants.map((v) => `${v.of} ${v.what}`));
      expect(distinct.size, 'distinct variants').to.equal(variants.length).and.to.be.at.least(VARIANTS);
      for (const variant of variants) {
        const faults = variant.faults();
        const where = `${variant.of}: ${variant.what}\nwanted ${variant.at} ${variant.reason}\n${faults.join('\n')}`;
        expect(
          faults.some((told) => isTold(variant, told)),
          where,
        ).to.equal(true);
      }
    });
  }
});
