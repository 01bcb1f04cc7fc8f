/** What a certificate's log comes to, and what may follow it. Pure: the columns of the register are a cache of this. */
import type { Instant } from '../../kernel/types.ts';
import type { OrgKind } from '../../people/orgs/index.ts';
import type { CertificateAct, CertificateEvent, CertificateState, Custody, LegalAct } from './types.ts';

/** Ends for good, each with the state it leaves. */
const ENDS = {
  LAPSE: 'lapsed',
  CANCEL: 'cancelled',
  SURRENDER: 'cancelled',
  ANNUL: 'cancelled',
  REVOKE: 'revoked',
  WITHDRAW: 'withdrawn',
  REPLACE: 'replaced',
} as const;
type Ending = keyof typeof ENDS;
const isEnding = (act: CertificateAct): act is Ending => act in ENDS;

interface Piece {
  custody: Custody;
  placeId: string | null;
}

export interface Standing extends Piece {
  state: CertificateState;
  successorId: string | null;
  collectedAt: Instant | null;
  /** Number of the open proposal's event. */
  proposal: number | null;
  /** Halted by its case: an annual review that was not done. */
  isHalted: boolean;
  /** Suspended by the organ. */
  isSuspended: boolean;
  /** What ended it, and what had before: a cancellation by another case can be taken back. */
  ended: Ending[];
  isIssued: boolean;
  /** Where the piece was before it was sent. */
  before: Piece | null;
}

const START: Standing = {
  state: 'reserved',
  custody: 'none',
  placeId: null,
  successorId: null,
  collectedAt: null,
  proposal: null,
  isHalted: false,
  isSuspended: false,
  ended: [],
  isIssued: false,
  before: null,
};

export type KindOf = (orgId: string) => OrgKind;
type Told = Pick<CertificateEvent, 'seq' | 'act' | 'at' | 'fromOrg' | 'toOrg' | 'successorId'>;

/** Where everything stands after these events. */
export const fold = (events: readonly Told[], kindOf: KindOf): Standing =>
  events.reduce((standing, event) => after(standing, event, kindOf), START);

function after(s: Standing, event: Told, kindOf: KindOf): Standing {
  const next: Standing = { ...s, ...lawAfter(s, event), ...pieceAfter(s, event, kindOf) };
  return { ...next, state: stateOf(next) };
}

function stateOf({ ended, isHalted, isSuspended, isIssued }: Standing): CertificateState {
  const last = ended.at(-1);
  if (last !== undefined) return ENDS[last];
  if (!isIssued) return 'reserved';
  return isHalted || isSuspended ? 'suspended' : 'valid';
}

function lawAfter(s: Standing, { act, seq, successorId }: Told): Partial<Standing> {
  if (isEnding(act)) return { ended: [...s.ended, act], successorId, proposal: null };
  switch (act) {
    case 'ISSUE':
      return { isIssued: true };
    case 'HALT':
      return { isHalted: true };
    case 'GO_ON':
      return { isHalted: false };
    case 'RESTORE':
      return { ended: s.ended.slice(0, -1), isHalted: false };
    case 'SUSPEND':
      return { isSuspended: true, proposal: null };
    case 'RESUME':
      return { isSuspended: false, proposal: null };
    case 'PROPOSE':
      return { proposal: seq };
    case 'DECLINE':
      return { proposal: null };
    default:
      return {};
  }
}

/** A piece that came down to a township or village lies there; one that came back up is returned. */
const ARRIVED: Partial<Record<OrgKind, Custody>> = { township: 'at-township', village: 'at-village' };

function pieceAfter(s: Standing, event: Told, kindOf: KindOf): Partial<Standing> {
  const { act, at, fromOrg, toOrg } = event;
  switch (act) {
    case 'PRINT':
      return s.custody === 'none' ? { custody: 'printed', placeId: toOrg } : {};
    case 'SEND':
      return {
        custody: 'in-transit',
        placeId: toOrg,
        before: { custody: s.custody, placeId: fromOrg },
      };
    case 'RECALL':
    case 'MISS':
      return { ...s.before, before: null };
    case 'RECEIVE':
      return { custody: ARRIVED[kindOf(toOrg as string)] ?? 'returned', placeId: toOrg, before: null };
    case 'COLLECT':
      return { custody: 'collected', placeId: null, collectedAt: at };
    case 'TURN_BACK':
      return { custody: 'returned', placeId: toOrg };
    default:
      return {};
  }
}

/** Where a piece lies at somebody's desk. */
export const LYING: readonly Custody[] = ['printed', 'at-township', 'at-village', 'returned'];
const isLive = ({ state }: Standing): boolean => state === 'valid' || state === 'suspended';
const isLying = ({ custody }: Standing): boolean => LYING.includes(custody);

/** What must hold before an act; one line each. */
const MAY: Record<CertificateAct, (s: Standing) => boolean> = {
  RESERVE: (s) => !s.isIssued && s.ended.length === 0,
  ISSUE: (s) => s.state === 'reserved',
  PRINT: (s) => isLive(s) && (s.custody === 'none' || isLying(s)),
  SEND: isLying,
  RECALL: (s) => s.custody === 'in-transit',
  MISS: (s) => s.custody === 'in-transit',
  RECEIVE: (s) => s.custody === 'in-transit',
  COLLECT: (s) => s.isIssued && isLying(s),
  ATTACH: (s) => s.collectedAt !== null,
  TURN_BACK: (s) => s.custody === 'collected' || (isLying(s) && s.custody !== 'returned'),
  HALT: (s) => isLive(s) && !s.isHalted,
  GO_ON: (s) => s.isHalted && isLive(s),
  CANCEL: (s) => ['reserved', 'valid', 'suspended', 'lapsed'].includes(s.state),
  SURRENDER: (s) => isLive(s) || s.state === 'lapsed',
  RESTORE: (s) => s.ended.at(-1) === 'CANCEL',
  REPLACE: (s) => isLive(s) || s.state === 'lapsed',
  LAPSE: isLive,
  REMIND: isLive,
  PROPOSE: (s) => s.proposal === null,
  DECLINE: (s) => s.proposal !== null,
  SUSPEND: (s) => isLive(s) && !s.isSuspended,
  RESUME: (s) => isLive(s) && s.isSuspended,
  REVOKE: isLive,
  WITHDRAW: isLive,
  ANNUL: (s) => isLive(s) || s.state === 'lapsed',
};

/** May this act follow what happened so far? */
export const mayFollow = (standing: Standing, act: CertificateAct): boolean => MAY[act](standing);

/** Legal acts that could be proposed now. */
export const legalActs = (standing: Standing, all: readonly LegalAct[]): LegalAct[] =>
  standing.proposal === null ? all.filter((act) => mayFollow(standing, act)) : [];
