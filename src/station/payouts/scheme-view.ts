import { localDate } from '../../kernel/time.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { mayApprove, mayPrepare } from './policy.ts';
import { periodOf, periodTitle } from './rules/periods.ts';
import type { Scheme } from './rules/schemes.ts';
import { listSchemes } from './schemes.ts';
import type { PayoutDeps, Period } from './types.ts';

/** A scheme for people. */
export interface SchemeView
  extends Pick<
    Scheme,
    | 'code'
    | 'title'
    | 'department'
    | 'items'
    | 'rhythm'
    | 'claims'
    | 'who'
    | 'standard'
    | 'ways'
    | 'source'
    | 'verified'
  > {
  /** The period that runs now. */
  period: Period;
  periodTitle: string;
  may: { prepare: boolean; approve: boolean };
}

/** Every scheme, with what somebody may do in it. */
export const schemeList = (deps: Pick<PayoutDeps, 'orgs' | 'clock'>, who: SignedIn): SchemeView[] =>
  listSchemes().map((scheme) => {
    const {
      code,
      title,
      department,
      items,
      rhythm,
      claims,
      who: whom,
      standard,
      ways,
      source,
      verified,
    } = scheme;
    const period = periodOf(rhythm, localDate(deps.clock.now()));
    return {
      ...{ code, title, department, items, rhythm, claims, who: whom, standard, ways, source, verified },
      period,
      periodTitle: periodTitle(period),
      may: { prepare: mayPrepare(who, deps.orgs, scheme), approve: mayApprove(who, deps.orgs, scheme) },
    };
  });
