import { notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { keeps, neighbours, placesKept, placesOf } from '../policy.ts';
import * as store from '../transfers/store.ts';
import type { CertificateDeps, Custody } from '../types.ts';

const PAGE = 30;

interface Place {
  id: string;
  name: string;
}

export interface TransferView extends Omit<store.Transfer, 'from' | 'to'> {
  from: Place;
  to: Place;
}

/** A transfer with its list, and what this account may do with it now. */
export interface TransferDetail extends TransferView {
  items: store.TransferItem[];
  possible: { receive: boolean; cancel: boolean };
}

const placeOf = ({ orgs }: CertificateDeps, id: string): Place => ({ id, name: orgs.get(id).name });
const viewOf = (deps: CertificateDeps, t: store.Transfer): TransferView => ({
  ...t,
  from: placeOf(deps, t.from),
  to: placeOf(deps, t.to),
});

export interface TransferFilter {
  direction?: 'in' | 'out';
  state?: store.TransferState;
  after?: string;
}

/** Transfers from and to the desks this account looks after, the latest first. */
export async function transfersOf(
  deps: CertificateDeps,
  who: SignedIn,
  filter: TransferFilter,
): Promise<{ transfers: TransferView[]; next: string | null }> {
  const rows = await store.listTransfers(deps.db.read, {
    ...filter,
    orgs: placesKept(who, deps.orgs),
    limit: PAGE + 1,
  });
  const page = rows.slice(0, PAGE);
  return {
    transfers: page.map((t) => viewOf(deps, t)),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}

/** @throws notFound `transfer.not_found`, also for whoever looks after neither end */
export async function transferView(
  deps: CertificateDeps,
  who: SignedIn,
  id: string,
): Promise<TransferDetail> {
  const transfer = await store.findTransfer(deps.db.read, id);
  if (!transfer) throw notFound('transfer.not_found');
  const sends = keeps(who, deps.orgs, transfer.from);
  const receives = keeps(who, deps.orgs, transfer.to);
  if (!sends && !receives) throw notFound('transfer.not_found');
  const isOpen = transfer.state === 'sent';
  return {
    ...viewOf(deps, transfer),
    items: await store.listItems(deps.db.read, id),
    possible: {
      receive: isOpen && receives && transfer.sentBy.id !== who.accountId,
      cancel: isOpen && sends,
    },
  };
}

/** A piece that could be sent on, and where to. */
export interface LyingPiece {
  certificateId: string;
  title: string;
  number: string;
  holderName: string;
  villageName: string;
  custody: Custody;
  to: Place[];
}

/** Pieces at the desks this account looks after. */
export async function listLying(
  deps: CertificateDeps,
  who: SignedIn,
): Promise<{ place: Place; pieces: LyingPiece[] }[]> {
  const desks = [];
  for (const place of placesKept(who, deps.orgs)) {
    const rows = await store.listLying(deps.db.read, place);
    if (rows.length === 0) continue;
    desks.push({
      place: placeOf(deps, place),
      pieces: rows.map(({ villageId, department, ...piece }) => ({
        ...piece,
        to: neighbours(place, placesOf(deps.orgs, { villageId, department })).map((id) => placeOf(deps, id)),
      })),
    });
  }
  return desks;
}
