/** What of which page stands in a chapter of the help, by the name of the picture. */
export interface Crop {
  /** A staged page. */
  shot: string;
  /** What is to be seen: everything these selectors find; a part of the page, or all of `main`. */
  of: string;
  /** Pixels from above at most. */
  height?: number;
}

const glance = '.glance';

export const HELP_PICTURES: Readonly<Record<string, Crop>> = {
  'public-items': { shot: 'items-need', of: 'main', height: 430 },
  'public-guide': { shot: 'public-guide', of: 'main', height: 560 },
  'public-station': { shot: 'station', of: 'main', height: 520 },
  'public-progress': { shot: 'progress-found', of: 'main', height: 520 },
  'public-notice': { shot: 'public-notice', of: 'main', height: 560 },
  'clerk-search': { shot: 'filing-found', of: 'main' },
  'clerk-citizen': { shot: 'filing-citizen', of: 'main', height: 460 },
  'clerk-items': { shot: 'filing-items', of: 'main', height: 500 },
  'clerk-form': { shot: 'filing-new', of: 'main', height: 620 },
  'clerk-materials': { shot: 'filing', of: '#materials', height: 460 },
  'clerk-receipt': { shot: 'receipt', of: 'main', height: 560 },
  'clerk-correction': { shot: 'correction', of: 'main', height: 480 },
  'clerk-desk': { shot: 'desk', of: 'main', height: 480 },
  'clerk-queue': { shot: 'station-queue', of: 'main', height: 520 },
  'committee-inbox': { shot: 'inbox-committee', of: 'main', height: 480 },
  'committee-meeting': { shot: 'act-meeting', of: 'main', height: 560 },
  'committee-notice': { shot: 'case-notice', of: glance },
  'committee-cash': { shot: 'cash-committee', of: 'main', height: 480 },
  'window-inbox': { shot: 'desk-inbox', of: 'main', height: 520 },
  'window-review': { shot: 'review', of: 'main', height: 620 },
  'window-correction': { shot: 'act-correction', of: 'main', height: 620 },
  'window-accept': { shot: 'act-accept', of: 'main', height: 480 },
  'window-bulk': { shot: 'bulk-confirm', of: 'main', height: 480 },
  'window-remarks': { shot: 'case-asked', of: '#remarks', height: 460 },
  'window-leave': { shot: 'leave', of: 'main', height: 520 },
  'office-inbox': { shot: 'inbox', of: 'main', height: 520 },
  'office-case': { shot: 'case-decide', of: glance },
  'office-visit': { shot: 'act-visit', of: 'main', height: 620 },
  'office-opinion': { shot: 'case-joint', of: '#joint', height: 460 },
  'office-notice': { shot: 'case-notice', of: glance },
  'office-payout': { shot: 'payout-run-draft', of: 'main', height: 520 },
  'office-forward': { shot: 'act-forward', of: 'main', height: 480 },
  'office-decision': { shot: 'act-approve', of: 'main', height: 480 },
  'inspector-cases': { shot: 'cases-watched', of: 'main', height: 520 },
  'inspector-case': { shot: 'case-watched', of: '#drawing', height: 560 },
  'inspector-report': { shot: 'payout-report', of: 'main', height: 480 },
  board: { shot: 'board', of: 'main', height: 560 },
  'system-front': { shot: 'admin', of: 'main', height: 480 },
  'system-holidays': { shot: 'admin-holidays', of: 'main', height: 520 },
  'system-parameter': { shot: 'admin-parameter', of: 'main', height: 520 },
  'system-definition': { shot: 'admin-definition', of: 'main', height: 560 },
  'system-jobs': { shot: 'admin-jobs', of: 'main', height: 480 },
  'system-backups': { shot: 'admin-backups', of: 'main', height: 420 },
  'security-accounts': { shot: 'admin-accounts', of: 'main', height: 520 },
  'security-new': { shot: 'admin-account-new', of: 'main', height: 560 },
  'security-table': { shot: 'admin-account-table', of: 'main', height: 460 },
  'security-account': { shot: 'admin-account', of: 'main', height: 520 },
  'security-leave': { shot: 'admin-account-leave', of: 'main', height: 520 },
  'auditor-log': { shot: 'admin-audit', of: 'main', height: 520 },
  'auditor-check': { shot: 'admin-audit-check', of: 'main', height: 420 },
};
