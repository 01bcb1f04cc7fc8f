/**
 * Every way the house says no. A noun throws one of these; the HTTP layer turns it into
 * problem+json or an error page, the command line into a sentence and exit code 1.
 * The Chinese sentence of each code stands in wording.ts, which fails to compile when one is missing.
 */

/** All error codes: `<noun>.<what_is_wrong>`. Sorted; add yours here and its sentence in wording.ts. */
export type ErrorCode =
  | 'account.disabled'
  | 'account.must_change'
  | 'account.not_found'
  | 'account.oneself'
  | 'account.open'
  | 'answer.not_found'
  | 'backup.failed'
  | 'backup.no_folder'
  | 'backup.running'
  | 'case.banned'
  | 'case.claimed'
  | 'case.event_not_possible'
  | 'case.incomplete'
  | 'case.not_allowed'
  | 'case.not_claimable'
  | 'case.not_claimed'
  | 'case.not_clerk'
  | 'case.not_editable'
  | 'case.not_found'
  | 'case.not_needed'
  | 'case.second_person'
  | 'case.stale_version'
  | 'cash.already_handed'
  | 'cash.bag_not_found'
  | 'cash.day_closed'
  | 'cash.day_open'
  | 'cash.difference'
  | 'cash.not_found'
  | 'cash.not_possible'
  | 'cash.nothing'
  | 'cash.return_not_found'
  | 'cash.second_person'
  | 'cash.unbalanced'
  | 'certificate.elsewhere'
  | 'certificate.not_found'
  | 'certificate.not_issued'
  | 'certificate.not_possible'
  | 'certificate.not_proposed'
  | 'certificate.proposed'
  | 'certificate.second_person'
  | 'certificate.stale'
  | 'citizen.not_found'
  | 'claim.not_found'
  | 'claim.not_possible'
  | 'claim.stale'
  | 'clock.backwards'
  | 'commitment.not_disputed'
  | 'database.other_key'
  | 'database.other_mode'
  | 'debt.kept_back'
  | 'debt.not_found'
  | 'debt.not_open'
  | 'debt.not_proposed'
  | 'debt.second_person'
  | 'definition.invalid'
  | 'deputy.not_found'
  | 'deputy.over'
  | 'desk.gone'
  | 'disclosure.bad_table'
  | 'disclosure.in_hand'
  | 'disclosure.item_not_found'
  | 'disclosure.not_reviewed'
  | 'disclosure.personal_data'
  | 'draft.discarded'
  | 'draft.gone'
  | 'draft.not_found'
  | 'draft.not_yours'
  | 'evidence.not_found'
  | 'file.empty'
  | 'file.missing'
  | 'file.too_large'
  | 'file.too_many'
  | 'file.wrong_type'
  | 'grant.not_found'
  | 'grant.over'
  | 'grant.second_person'
  | 'holidays.known'
  | 'holidays.not_found'
  | 'internal'
  | 'item.not_found'
  | 'job.in_hand'
  | 'job.not_found'
  | 'letter.already_sent'
  | 'letter.code_not_found'
  | 'letter.not_consented'
  | 'letter.not_routable'
  | 'letter.not_sealed'
  | 'letter.second_person'
  | 'material.not_found'
  | 'member.already_activated'
  | 'member.code_wrong'
  | 'member.in_transfer'
  | 'member.known'
  | 'member.not_found'
  | 'member.not_here'
  | 'member.not_reachable'
  | 'member.not_vouched'
  | 'member.second_person'
  | 'member.stale'
  | 'method_not_allowed'
  | 'not_allowed'
  | 'not_found'
  | 'notice.closed'
  | 'notice.not_found'
  | 'org.closed'
  | 'org.has_cases'
  | 'org.has_children'
  | 'org.has_members'
  | 'org.has_records'
  | 'org.not_found'
  | 'org.not_possible'
  | 'org.not_undoable'
  | 'org.second_person'
  | 'package.not_editable'
  | 'package.not_found'
  | 'paper.already_served'
  | 'paper.not_found'
  | 'paper.not_served'
  | 'parameter.not_found'
  | 'parameter.not_open'
  | 'parameter.second_person'
  | 'paylist.none'
  | 'paylist.not_decided'
  | 'payout.changed'
  | 'payout.draft_open'
  | 'payout.file_known'
  | 'payout.file_not_found'
  | 'payout.in_run'
  | 'payout.moved'
  | 'payout.nothing_due'
  | 'payout.return_faults'
  | 'payout.run_not_found'
  | 'payout.scheme_not_found'
  | 'payout.second_person'
  | 'payout.stale'
  | 'phrase.not_found'
  | 'queue.empty'
  | 'queue.not_possible'
  | 'queue.ticket_not_found'
  | 'quota.exhausted'
  | 'quota.not_found'
  | 'quota.not_handed_out'
  | 'rate.too_many'
  | 'rehearsal.only'
  | 'rating.given'
  | 'rating.not_found'
  | 'rating.not_possible'
  | 'rating.supplemented'
  | 'rating.too_early'
  | 'record.not_found'
  | 'record.not_possible'
  | 'record.not_yours'
  | 'record.stale_version'
  | 'remark.not_found'
  | 'remark.not_yours'
  | 'request.invalid'
  | 'request.malformed'
  | 'request.malformed_json'
  | 'request.reused'
  | 'request.too_large'
  | 'request.unsupported_media'
  | 'roster.faults'
  | 'roster.file_too_large'
  | 'roster.no_last_year'
  | 'roster.none'
  | 'roster.not_checked'
  | 'roster.wrong_file'
  | 'service.stopping'
  | 'session.bad_credentials'
  | 'session.csrf'
  | 'session.expired'
  | 'session.locked'
  | 'session.required'
  | 'station.hours_gone'
  | 'survey.already_answered'
  | 'survey.not_editable'
  | 'survey.not_open'
  | 'survey.not_screened'
  | 'survey.owes_actions'
  | 'transfer.not_found'
  | 'transfer.not_next'
  | 'transfer.second_person'
  | 'transfer.settled'
  | 'view.not_found'
  | 'view.too_many';

/** One thing wrong with what was sent. */
export interface Fault {
  /** Where: a JSON pointer into the request, `/form/applicant/idNumber` or `/materials/authorisation`. */
  pointer: string;
  /** A Chinese sentence the clerk can act on. */
  message: string;
  /** Rule or keyword that struck, e.g. `R2` or `check-digit`. */
  code?: string;
}

interface Details {
  /** Extra members of the problem body: `possible`, `state`, `detail`, … Never personal data. */
  data?: Record<string, unknown>;
  faults?: Fault[];
  cause?: unknown;
}

/** A refusal with a typed code, the HTTP status it means, and what the asker may do about it. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly data: Record<string, unknown> | undefined;
  readonly faults: Fault[] | undefined;

  constructor(status: number, code: ErrorCode, details: Details = {}) {
    super(code, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.status = status;
    this.data = details.data;
    this.faults = details.faults;
  }
}

type Data = Record<string, unknown>;

/** 400: the request cannot be read at all. */
export const malformed = (code: ErrorCode = 'request.malformed', data?: Data): AppError =>
  new AppError(400, code, { ...(data && { data }) });

/** 401: who are you? Sign in first. */
export const unauthenticated = (code: ErrorCode = 'session.required', data?: Data): AppError =>
  new AppError(401, code, { ...(data && { data }) });

/** 403: we know who you are, and you may not. */
export const notAllowed = (code: ErrorCode = 'not_allowed', data?: Data): AppError =>
  new AppError(403, code, { ...(data && { data }) });

/** 404: it is not there, or it is not yours to know that it is. */
export const notFound = (code: ErrorCode = 'not_found', data?: Data): AppError =>
  new AppError(404, code, { ...(data && { data }) });

/** 409: it was possible once, or for someone else; `data` tells the state and what is possible now. */
export const conflict = (code: ErrorCode, data?: Data): AppError =>
  new AppError(409, code, { ...(data && { data }) });

/** 413: too much was sent. */
export const tooLarge = (code: ErrorCode = 'request.too_large', data?: Data): AppError =>
  new AppError(413, code, { ...(data && { data }) });

/** 415: not in a format we read. */
export const unsupportedMedia = (code: ErrorCode = 'request.unsupported_media', data?: Data): AppError =>
  new AppError(415, code, { ...(data && { data }) });

/** 422: readable, but wrong; every fault is named at once. */
export const invalid = (faults: Fault[], code: ErrorCode = 'request.invalid', data?: Data): AppError =>
  new AppError(422, code, { faults, ...(data && { data }) });

/** 429: slow down; try again after `retryAfter` whole seconds. */
export const tooMany = (retryAfter: number, code: ErrorCode = 'rate.too_many'): AppError =>
  new AppError(429, code, { data: { retryAfter } });
