/** The frame of the branch wing's pages: the house's, in red. */
import type { ComponentProps, JSX } from 'preact';
import { HousePage } from '../people/frame/index.ts';

export {
  isRefusal,
  leaveFlash,
  type ShellDeps,
  seeOther,
  show,
  staffPage,
} from '../people/frame/index.ts';

/** A page of the branch wing. */
export const BranchPage = (props: ComponentProps<typeof HousePage>): JSX.Element => (
  <HousePage nav="branch" theme="branch" {...props} />
);
