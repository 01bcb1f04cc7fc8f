import { maskNumbers } from '../../../kernel/mask.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditAlone } from '../../../platform/audit/index.ts';
import type { CaseDeps } from '../../cases/index.ts';

/** The form of a draft shows its numbers in full to whoever fills it in: written down before it is shown. */
export async function revealIfAny(deps: CaseDeps, who: SignedIn, id: string, form: unknown): Promise<void> {
  const text = JSON.stringify(form);
  if (maskNumbers(text) === text) return;
  await auditAlone(deps, who, 'package.reveal', id);
}
