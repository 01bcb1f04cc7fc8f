import type { Light } from '../../kernel/deadline.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { Evidence, Service } from './service/types.ts';
import type { StoredPaper } from './store.ts';
import type { Paper } from './types.ts';

/** A paper without its sealed print and its file. */
export const publicSide = ({
  printSealed: _p,
  verdictSealed: _v,
  fileHash: _f,
  ...paper
}: StoredPaper): Paper => paper;

/** A service as it leaves the house: no signature, no identity number, no address. */
export interface ServiceView
  extends Pick<
    Service,
    'id' | 'way' | 'triedOn' | 'servedOn' | 'reviewUntil' | 'sueUntil' | 'recordId' | 'recordedAt'
  > {
  by: string;
  /** Of an attempt: why it came to nothing. */
  reason: string | null;
  evidence: Evidence[];
}

export const serviceView = (s: Service): ServiceView => ({
  id: s.id,
  way: s.way,
  triedOn: s.triedOn,
  servedOn: s.servedOn,
  reviewUntil: s.reviewUntil,
  sueUntil: s.sueUntil,
  recordId: s.recordId,
  recordedAt: s.recordedAt,
  by: s.by.name,
  reason: s.details.reason ?? null,
  evidence: s.evidence,
});

/** A paper as its case shows it. */
export interface PaperView extends Paper {
  href: string;
  /** How often it was printed. */
  printed: number;
  service: ServiceView | null;
  attempts: ServiceView[];
  /** A decision not served yet: its last day (B2-8) and how that stands; null for anything else. */
  waiting: { due: LocalDate; light: Light; overdue: number } | null;
  /** An announcement whose time runs (民诉法 art. 95). */
  announced: boolean;
}

export function viewOf(
  paper: Paper,
  more: { printed: number; services: Service[]; waiting: PaperView['waiting']; today: LocalDate },
): PaperView {
  const served = more.services.find((s) => s.outcome === 'served');
  return {
    ...paper,
    href: `/api/papers/${paper.id}.pdf`,
    printed: more.printed,
    service: served ? serviceView(served) : null,
    attempts: more.services.filter((s) => s.outcome === 'failed').map(serviceView),
    waiting: served ? null : more.waiting,
    announced: served?.servedOn !== undefined && served.servedOn !== null && served.servedOn > more.today,
  };
}
