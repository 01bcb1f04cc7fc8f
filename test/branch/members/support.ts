/** What tests about members ask of the database behind the front door. */
import { expect } from 'chai';
import type { TestHouse } from '../../support/service.ts';

export const BRANCH = 'P532628103201';
export const OTHER = 'P532628205201';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A made-up number: 17 digits and the check digit that fits them. */
export const idNumber = (seventeen: string): string =>
  seventeen + '10X98765432'.charAt(WEIGHTS.reduce((sum, w, i) => sum + w * Number(seventeen[i]), 0) % 11);

export async function memberNamed(house: TestHouse, name: string): Promise<{ id: string; last: string }> {
  const row = await house.service.deps.db.read('members').where({ name }).first();
  return { id: row.id, last: house.service.deps.vault.open(row.id_sealed).slice(-4) };
}

/** The last code that went out. */
export async function sentCode(house: TestHouse): Promise<{ to: string; text: string; code: string }> {
  const { db, vault } = house.service.deps;
  const row = await db.read('messages').where({ template: 'party-activation' }).orderBy('id', 'desc').first();
  const text = vault.open(row.text_sealed);
  return { to: vault.open(row.to_sealed), text, code: /\d{8}/.exec(text)?.[0] ?? '' };
}

/** Nobody is in two branches, and nobody who belongs to one is in none; rights are those of the list. */
export async function expectEverybodyOnce(house: TestHouse): Promise<void> {
  const { read } = house.service.deps.db;
  const rows: { id: string; state: string; account_id: string | null; places: number | string }[] =
    await read('members as m')
      .leftJoin('memberships as s', (on) => on.on('s.member_id', 'm.id').andOnNull('s.to_on'))
      .groupBy('m.id', 'm.state', 'm.account_id')
      .select('m.id', 'm.state', 'm.account_id')
      .count('s.id as places');
  for (const { id, state, places } of rows)
    expect(Number(places), `${id} is ${state}`).to.equal(state === 'left' || state === 'dead' ? 0 : 1);
  const strayed = await read('memberships as s')
    .join('members as m', 'm.id', 's.member_id')
    .whereNull('s.to_on')
    .whereRaw('(s.activated = 1) <> (m.account_id is not null)');
  expect(strayed, 'accounts as the lists count them').to.deep.equal([]);
}
