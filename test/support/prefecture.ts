/**
 * The party of the whole prefecture as test data: 352 committees, 1,130 general branches, 10,431 branches and 122,060
 * members on the real divisions. Always the same; names, numbers and telephones are made up, no such persons exist.
 */

import { rowOf } from '../../src/branch/members/store.ts';
import { addDays } from '../../src/kernel/time.ts';
import type { Instant, LocalDate } from '../../src/kernel/types.ts';
import { type Org, type OrgKind, pathUnder } from '../../src/people/orgs/rules.ts';
import type { OrgData } from '../../src/people/orgs/seed.ts';
import { insertInChunks, type Trx } from '../../src/platform/db/index.ts';
import type { Vault } from '../../src/platform/vault/index.ts';

const COMMITTEES = 352;
const GENERAL_BRANCHES = 1_130;
const BRANCHES = 10_431;
const MEMBERS = 122_060;
/** Of them with an account: 90.12 %. */
const ACTIVATED = 110_000;

const SURNAMES = [...'农黄韦陆岑王李张杨侬盘罗梁何周马熊沈唐赵陈刘邓龙覃'];
const FIRST = [...'志国建文永玉春秀小晓正光家绍丽美海明立兴'];
const SECOND = [...'强华平英兰芬生福忠明燕玲军辉云凤梅林祥成'];
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Organisations of the party, parents before children. @throws Error when the divisions do not suffice */
export function planPrefecture({ divisions }: Pick<OrgData, 'divisions'>): Org[] {
  const planned = new Map<string, Org>();
  const add = (id: string, parentId: string | null, kind: OrgKind, short: string): string => {
    const path = pathUnder(parentId === null ? null : (planned.get(parentId)?.path ?? null), id);
    const name = `中共${short}`;
    planned.set(id, {
      id,
      parentId,
      path,
      kind,
      name,
      short,
      docWord: null,
      departments: [],
      closedOn: null,
    });
    return id;
  };
  for (const { code, name, parent, level } of divisions)
    if (level !== 'village') add(`P${code}`, parent && `P${parent}`, 'party-committee', `${name}党委`);
  const counties = divisions.filter((d) => d.level === 'county');
  const organs: string[] = [];
  for (let i = 0; planned.size < COMMITTEES; i++) {
    const county = counties[i % counties.length] as (typeof counties)[0];
    const id = `P${county.code}-${String(Math.floor(i / counties.length) + 1).padStart(3, '0')}`;
    organs.push(add(id, `P${county.code}`, 'party-committee', `${county.name}第${i + 1}机关党委`));
  }
  const general = divisions
    .filter((d) => d.level === 'village')
    .map((d) => add(`P${d.code}`, `P${d.parent}`, 'general-branch', `${d.name}党总支`));
  for (let i = 0; general.length < GENERAL_BRANCHES; i++) {
    const parent = organs[i % organs.length] as string;
    general.push(
      add(`${parent}-9${String(i).padStart(3, '0')}`, parent, 'general-branch', `第${i + 1}机关党总支`),
    );
  }
  // Seven to each general branch, the others to the organs of the counties.
  for (let i = 0; i < BRANCHES; i++) {
    const under = i < general.length * 7 ? general : organs;
    const parent = under[i % under.length] as string;
    add(
      `${parent}-${String(Math.floor(i / under.length)).padStart(2, '0')}`,
      parent,
      'branch',
      `第${i + 1}党支部`,
    );
  }
  return [...planned.values()];
}

/** How many members each branch has: four to twenty, all together 122,060. */
function sizes(): number[] {
  const all = Array.from({ length: BRANCHES }, (_, i) => 4 + ((i * 7_919) % 16));
  let missing = MEMBERS - all.reduce((sum, n) => sum + n, 0);
  for (let i = 0; missing !== 0; i = (i + 1) % BRANCHES) {
    const step = Math.sign(missing);
    all[i] = (all[i] as number) + step;
    missing -= step;
  }
  return all;
}

/** The person of a running number; no two have the same identity number. */
function person(i: number): { name: string; idNumber: string; phone: string } {
  const pick = (from: readonly string[], n: number) => from[n % from.length] as string;
  const name = pick(SURNAMES, i * 31) + pick(FIRST, i * 17 + 3) + pick(SECOND, Math.floor(i / 7) * 13);
  const birth = addDays('1936-01-01', (i * 7) % 25_000).replaceAll('-', '');
  const body = `532628${birth}${900 + Math.floor(i / 25_000)}`;
  const check = WEIGHTS.reduce((sum, w, k) => sum + w * Number(body[k]), 0) % 11;
  return { name, idNumber: body + '10X98765432'.charAt(check), phone: `139${String(10_000_000 + i)}` };
}

const isActivated = (i: number): boolean => (i * 9_973) % MEMBERS < ACTIVATED;
const idOf = (i: number): string => `01test${String(i).padStart(20, '0')}`;

/** Enters all members in the branches, in the order of the plan. */
export async function fillMembers(
  trx: Trx,
  vault: Vault,
  branches: readonly Org[],
  { from, at }: { from: LocalDate; at: Instant },
): Promise<void> {
  let n = 0;
  const count = sizes();
  for (const [b, { id: orgId }] of branches.entries()) {
    const members = Array.from({ length: count[b] as number }, () => n++);
    const rows = members.map((i) => {
      const { name, idNumber, phone } = person(i);
      const given = { name, idNumber, phone, sharedPhone: false, kind: 'full' as const };
      const activated = isActivated(i) ? at : null;
      return {
        id: idOf(i),
        ...rowOf({ vault }, given),
        phone_verified_at: activated,
        state: 'standing',
        account_id: null,
        activated_at: activated,
        version: 1,
        created_at: at,
        changed_at: at,
      };
    });
    await insertInChunks(trx, 'members', rows);
    const places = members.map((i) => ({
      id: idOf(i),
      member_id: idOf(i),
      org_id: orgId,
      from_on: from,
      to_on: null,
      kind: 'listed',
      reason: '测试数据',
      activated: isActivated(i) ? 1 : 0,
      by_id: null,
      at,
    }));
    await insertInChunks(trx, 'memberships', places);
  }
}
