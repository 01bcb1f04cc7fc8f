import { createAccount } from '../../../src/people/accounts/index.ts';
import { wallClock } from '../../../src/platform/clock.ts';
import { Client, type House } from '../../support/service.ts';

const PASSWORD = 'a second pair of eyes';

/** Another system administrator of the county. */
export async function secondKeeper(house: House): Promise<Client> {
  const grant = { role: 'system-admin', org: '532628', subtree: true, from: '2026-01-01', to: null };
  const deps = { ...house.service.deps, clock: wallClock };
  await createAccount(deps, 'console', {
    login: 'sysadmin2',
    name: '蒙建国',
    password: PASSWORD,
    grants: [grant],
  });
  const client = new Client(house.url);
  const { body } = await client.post<{ csrf: string }>('/api/session', {
    login: 'sysadmin2',
    password: PASSWORD,
  });
  client.csrf = body.csrf;
  return client;
}
