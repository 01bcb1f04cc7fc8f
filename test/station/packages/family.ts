/** A family at the counter with several matters at once, over HTTP: the shorthand of the package tests. */
import { expect } from 'chai';
import type { CaseView } from '../../../src/station/cases/index.ts';
import type { PackageView } from '../../../src/station/packages/present.ts';
import { type Client, type House, PNG } from '../../support/service.ts';

export type { PackageView };

export interface Definition {
  code: string;
  title: string;
  items: { code: string; title: string; optional: boolean; after: { code: string }[] }[];
  materials: { key: string; items: string[] }[];
  form: { examples: Record<string, unknown>[]; properties: Record<string, object> };
}

/** A package as the API describes it, with its example. */
export async function packageOf(client: Client, code: string, query = ''): Promise<Definition> {
  const { status, body } = await client.get<Definition>(`/api/packages/${code}${query}`);
  expect(status, JSON.stringify(body)).to.equal(200);
  return body;
}

export const exampleOf = (definition: Definition): Record<string, unknown> =>
  structuredClone(definition.form.examples[0] ?? {});

/** Put a picture under every material that is still missing for what is filed now. */
export async function bring(clerk: Client, view: PackageView): Promise<PackageView> {
  for (const material of view.draft?.materials ?? []) {
    if (material.later || material.way !== 'missing') continue;
    const form = new FormData();
    form.set('material', material.key);
    form.set('file', new Blob([PNG], { type: 'image/png' }), '材料照片.png');
    const sent = await clerk.post(`/api/package-cases/${view.id}/materials`, form);
    expect(sent.status, JSON.stringify(sent.body)).to.equal(201);
  }
  return load(clerk, view.id);
}

export async function load(client: Client, id: string): Promise<PackageView> {
  const { status, body } = await client.get<PackageView>(`/api/package-cases/${id}`);
  expect(status, JSON.stringify(body)).to.equal(200);
  return body;
}

export interface Opening {
  package: string;
  form: Record<string, unknown>;
  items?: string[];
  situations?: Record<string, string>;
  draft?: boolean;
}

/** Open a package and bring what it asks for; not handed in. */
export async function openPackage(clerk: Client, opening: Opening): Promise<PackageView> {
  const opened = await clerk.post<PackageView>('/api/package-cases', opening);
  expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
  return bring(clerk, opened.body);
}

/** The same, handed in. */
export async function filePackage(clerk: Client, opening: Opening): Promise<PackageView> {
  const { id } = await openPackage(clerk, opening);
  const filed = await clerk.post<PackageView>(`/api/package-cases/${id}/file`, {});
  expect(filed.status, JSON.stringify(filed.body)).to.equal(200);
  return filed.body;
}

export const childOf = (view: PackageView, item: string): PackageView['children'][number] => {
  const child = view.children.find((c) => c.item === item);
  if (!child) throw new Error(`${view.package} has no item ${item}`);
  return child;
};

export const caseOf = (view: PackageView, item: string) => {
  const own = childOf(view, item).case;
  if (!own) throw new Error(`${item} is no case yet`);
  return own;
};

/** One act on a child's case. */
export async function act(
  house: House,
  login: string,
  id: string,
  event: string,
  data: Record<string, unknown> = {},
): Promise<CaseView> {
  const client = await house.as(login);
  const { version } = (await client.get<CaseView>(`/api/cases/${id}`)).body;
  const answer = await client.post<CaseView>(`/api/cases/${id}/events`, { event, version, data });
  expect(answer.status, `${login} ${event}: ${JSON.stringify(answer.body)}`).to.equal(200);
  return answer.body;
}
