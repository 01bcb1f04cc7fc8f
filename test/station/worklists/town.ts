/** A town with several people at one window, and cases before them. */
import { createAccount } from '../../../src/people/accounts/index.ts';
import { exampleForm, type House } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';

const password = 'cunban-demo-2026';
export const TOWN = '532628103';
export const VILLAGE = '532628103201';

/** Somebody more, signed in under the login as everybody is. */
export const join = (
  house: House,
  login: string,
  name: string,
  posts: readonly (readonly [role: string, org: string])[],
): Promise<string> =>
  createAccount(house.service.deps, 'console', {
    login,
    name,
    password,
    grants: posts.map(([role, org]) => ({ role, org, subtree: false, from: '2026-01-01', to: null })),
  });

/** File so many cases of an item for people of these names. */
export async function fileFor(
  house: House,
  item: string,
  names: readonly string[],
  login = 'village',
): Promise<Walker[]> {
  const walks = [];
  for (const name of names) {
    const form = exampleForm(house.service, item);
    (form.applicant as { name: string }).name = name;
    if (form.account) (form.account as { holder: string }).holder = name;
    const walk = await openCase(house, item, { form, login });
    await walk.act(login, 'FILE');
    walks.push(walk);
  }
  return walks;
}
