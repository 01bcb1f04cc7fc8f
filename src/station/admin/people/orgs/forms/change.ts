/** What every change of an organisation has: its words, its fields, what it does. */
import type { ComponentChildren } from 'preact';
import { invalid } from '../../../../../errors.ts';
import { mayManageOrgs, type SignedIn } from '../../../../../people/accounts/index.ts';
import type { Org, OrgManager } from '../../../../../people/orgs/index.ts';
import type { Sent } from '../../../../sent.ts';
import type { Filled, PeopleDeps } from '../../parts.tsx';

type Act = 'add' | 'rename' | 'move' | 'close';

/** One kind of change: its words, its fields, what it does. */
export interface Change {
  act: Act;
  title(org: Org): string;
  lead?: string;
  fields(org: Org, filled: Filled): Promise<ComponentChildren>;
  /** What is sent, in words, for the page before it is done. @throws invalid */
  said(org: Org, sent: Sent): { term: string; detail: string }[];
  /** @throws as the command; returns the organisation to look at afterwards */
  make(org: Org, sent: Sent): Promise<{ id: string; says: string }>;
  /** @throws what stands against it, before it is confirmed */
  before?(org: Org): Promise<void>;
}

/** On whose behalf it is done. */
export const managerOf = (deps: PeopleDeps, { accountId, grants }: SignedIn): OrgManager => ({
  accountId,
  mayManage: (id) => mayManageOrgs({ grants }, deps.orgs, id),
});

/** @throws invalid at the field */
export function typed(sent: Sent, name: string, label: string): string {
  const text = sent.one(name).trim();
  if (text === '') throw invalid([{ pointer: `/${name}`, message: `请填写${label}`, code: 'required' }]);
  return text;
}
