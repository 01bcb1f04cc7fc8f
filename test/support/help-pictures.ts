/** What of which page stands in a chapter of the help, by the name of the picture. */
export interface Crop {
  /** A staged page. */
  shot: string;
  /** What is to be seen: everything these selectors find and what lies between; a part of the page, or all of `main`. */
  of: string;
  /** Pixels from above at most; it ends at the last whole line. */
  height?: number;
  /** Of the window, where two things must stand side by side. */
  width?: number;
}

/** As narrow as a desktop page becomes before its tables turn into cards. */
export const HELP_WIDTH = 900;
/** As narrow as a page becomes before what stands side by side goes below one another. */
const SIDE_BY_SIDE = 1120;

const glance = '.glance';

export const HELP_PICTURES: Readonly<Record<string, Crop>> = {
  'public-items': { shot: 'items-need', of: 'main' },
  'public-guide': { shot: 'public-guide', of: 'main', height: 760 },
  'public-station': { shot: 'station', of: 'main', height: 640 },
  'public-progress': { shot: 'progress-found', of: 'main', height: 640 },
  'public-notice': { shot: 'public-notice', of: 'main', height: 780 },
  'clerk-search': { shot: 'filing-found', of: 'main' },
  'clerk-citizen': { shot: 'filing-citizen', of: 'main', height: 640 },
  'clerk-items': { shot: 'filing-items', of: 'main', height: 620 },
  'clerk-form': { shot: 'filing-new', of: '.filing-grid', height: 560, width: SIDE_BY_SIDE },
  'clerk-materials': { shot: 'filing', of: '#materials', height: 560 },
  'clerk-receipt': { shot: 'receipt', of: 'main', height: 640 },
  'clerk-correction': { shot: 'correction', of: 'main', height: 520 },
  'clerk-desk': { shot: 'desk', of: 'main', height: 620 },
  'clerk-queue': { shot: 'station-queue', of: 'main', height: 620 },
  'committee-inbox': { shot: 'inbox-committee', of: 'main', height: 640 },
  'committee-meeting': { shot: 'act-meeting', of: 'main', height: 900 },
  'case-notice': { shot: 'case-notice', of: glance },
  'committee-cash': { shot: 'cash-committee', of: 'main', height: 760 },
  'window-inbox': { shot: 'desk-inbox', of: 'main', height: 720 },
  'window-review': { shot: 'review', of: '.beside', height: 640, width: SIDE_BY_SIDE },
  'window-correction': { shot: 'act-correction', of: '.beside', height: 600, width: SIDE_BY_SIDE },
  'window-accept': { shot: 'act-accept', of: 'main', height: 680 },
  'window-bulk': { shot: 'bulk-confirm', of: 'main', height: 480 },
  'window-remarks': { shot: 'case-asked', of: '#remarks', height: 560 },
  'window-leave': { shot: 'leave', of: 'main', height: 640 },
  'office-inbox': { shot: 'inbox', of: 'main', height: 720 },
  'office-case': { shot: 'case-decide', of: glance },
  'office-visit': { shot: 'act-visit', of: 'main', height: 900 },
  'office-opinion': { shot: 'case-joint', of: '#joint', height: 460 },
  'office-payout': { shot: 'payout-run-draft', of: 'main', height: 640 },
  'office-forward': { shot: 'act-forward', of: 'main', height: 680 },
  'office-decision': { shot: 'act-approve', of: 'main', height: 680 },
  'inspector-cases': { shot: 'cases-watched', of: 'main', height: 680 },
  'inspector-case': { shot: 'case-watched', of: '#drawing', height: 640, width: SIDE_BY_SIDE },
  'inspector-report': { shot: 'payout-report', of: 'main', height: 720 },
  board: { shot: 'board', of: 'main', height: 820 },
  'system-front': { shot: 'admin', of: 'main', height: 480 },
  'system-holidays': { shot: 'admin-holidays', of: 'main', height: 600 },
  'system-parameter': { shot: 'admin-parameter', of: 'main', height: 820 },
  'system-definition': { shot: 'admin-definition', of: 'main', height: 600 },
  'system-jobs': { shot: 'admin-jobs', of: 'main', height: 600 },
  'system-backups': { shot: 'admin-backups', of: 'main', height: 560 },
  'security-accounts': { shot: 'admin-accounts', of: 'main', height: 600 },
  'security-new': { shot: 'admin-account-new', of: 'main', height: 810 },
  'security-table': { shot: 'admin-account-table', of: 'main', height: 460 },
  'security-account': { shot: 'admin-account', of: 'main', height: 620 },
  'security-leave': { shot: 'admin-account-leave', of: 'main', height: 640 },
  'auditor-log': { shot: 'admin-audit', of: 'main', height: 640 },
  'auditor-check': { shot: 'admin-audit-check', of: 'main', height: 330 },
};
