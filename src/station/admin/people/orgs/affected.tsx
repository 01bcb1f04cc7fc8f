/** Whom a change of an organisation touches, told before it is made. */
import type { Knex } from 'knex';
import type { JSX } from 'preact';
import type { LocalDate } from '../../../../kernel/types.ts';
import { grantTitle, type Holding, listHoldings } from '../../../../people/accounts/index.ts';
import type { OrgMap } from '../../../../people/orgs/index.ts';
import { Card, DefinitionList } from '../../../../platform/web/index.ts';
import { countInHand } from '../../../cases/index.ts';
import { isStation } from '../../../stations/index.ts';

export interface Affected {
  orgs: number;
  holdings: Holding[];
  cases: number;
  stations: string[];
}

const NAMED = 20;

/** Everything at an organisation and beneath it. */
export async function affectedBy(db: Knex, orgs: OrgMap, orgId: string, today: LocalDate): Promise<Affected> {
  const within = orgs.within(orgId);
  const ids = within.map((o) => o.id);
  const [holdings, cases] = await Promise.all([listHoldings(db, ids, today), countInHand(db, ids)]);
  const stations = within.filter(isStation).map((o) => o.name);
  return { orgs: within.length, holdings, cases, stations };
}

const some = (names: readonly string[]): string =>
  names.slice(0, NAMED).join('、') + (names.length > NAMED ? `等 ${names.length} 个` : '');

export function AffectedCard({ affected: a, orgs }: { affected: Affected; orgs: OrgMap }): JSX.Element {
  const people = a.holdings.map((h) => `${h.name}（${grantTitle(h, orgs)}）`);
  return (
    <Card title="影响到" tone="warn">
      <DefinitionList
        items={[
          { term: '机构', detail: `${a.orgs} 个` },
          { term: '没办完的办件', detail: `${a.cases} 件` },
          {
            term: '岗位',
            detail: people.length === 0 ? '没有' : `${people.length} 个：${some(people)}`,
            wide: true,
          },
          { term: '服务站', detail: a.stations.length === 0 ? '没有' : some(a.stations), wide: true },
        ]}
      />
    </Card>
  );
}
