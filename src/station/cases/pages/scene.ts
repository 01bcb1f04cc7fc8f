/** An act on a case as its page knows it: its form, and the choices the form takes from the case. */
import { type Fault, notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { actSchema } from '../../../workflow/events.ts';
import type { FormSchema } from '../../../workflow/form-schema.ts';
import { ACTS, type EventName } from '../../../workflow/types.ts';
import { listObjections } from '../../notices/index.ts';
import type { ShareView } from '../../quotas/index.ts';
import { type ActDraft, findDraft, type Phrase, phrasesOf } from '../../remarks/index.ts';
import { openPartsFor } from '../access.ts';
import type { CaseDeps } from '../deps.ts';
import type { FullCase } from '../queries.ts';
import { getCase, shareOf } from './door.ts';
import { type RosterFacts, rosterFacts, startOf } from './roster-cards.tsx';
import { type Choices, partLabel, targetsOf, unique } from './targets.ts';

export interface Scene {
  full: FullCase;
  event: EventName;
  /** As the command checks it. */
  schema: FormSchema;
  choices: Choices;
  /** Its place in line for a quota. */
  share: ShareView | null;
  /** What is known of the roster of a batch. */
  roster: RosterFacts | undefined;
  /** Phrases of this person and their offices. */
  phrases: readonly Phrase[];
  /** What was begun and not sent. */
  draft: ActDraft | undefined;
}

/** What was typed, and what stands against it. */
export interface ActState {
  value: Record<string, unknown>;
  faults?: readonly Fault[];
  /** Why it cannot be done now, in a sentence. */
  problem?: string;
  focus?: string;
  status?: number;
  requestId?: string;
  /** When what stands there was begun. */
  begun?: string;
}

/** @throws notFound for what is no act */
export function eventOf(ctx: RouteContext): EventName {
  const event = ctx.params.event as EventName;
  if (!(ACTS as readonly string[]).includes(event)) throw notFound();
  return event;
}

export async function sceneOf(deps: CaseDeps, who: SignedIn, id: string, event: EventName): Promise<Scene> {
  const actor = { kind: 'account', who } as const;
  const full = await getCase(deps, actor, id);
  const checked = actSchema(full.pinned.definition, full.meta, event) as FormSchema;
  // The command takes the only office somebody sits in for granted; on the page it stands there chosen.
  const schema =
    event === 'GIVE_OPINION' ? { ...checked, required: ['part', ...(checked.required ?? [])] } : checked;
  const objections = event.endsWith('_OBJECTION') ? await listObjections(deps.db.read, deps, id) : [];
  const open = objections.filter((o) => o.state === 'open');
  const own = event === 'GIVE_OPINION' ? openPartsFor(deps, actor, full) : [];
  const parts = (full.view.joint?.parts ?? []).filter((p) => own.includes(p.part));
  const choices = {
    targets: event === 'REQUEST_CORRECTION' ? targetsOf(full) : [],
    objections: unique(
      open.map((o) => ({ value: o.id, label: `${o.receiptCode} ${[...o.text].slice(0, 30).join('')}` })),
    ),
    parts: unique(parts.map((p) => ({ value: p.part, label: partLabel(p) }))),
  };
  const [share, roster, phrases, draft] = await Promise.all([
    shareOf(deps, full),
    rosterFacts(deps, who, full),
    phrasesOf(deps, who),
    findDraft(deps, who, { caseId: id, event }, full.log.at(-1)?.at),
  ]);
  return { full, event, schema, choices, share, roster, phrases, draft };
}

export const isPossible = ({ full, event }: Scene): boolean =>
  full.view.possible.some((p) => p.event === event);

/** The field that an act is mostly about: an opinion, a reason. */
export const mainField = ({ schema }: Scene): string | undefined =>
  Object.entries(schema.properties ?? {}).find(([, node]) => node['x-widget'] === 'textarea')?.[0];

/** Is what somebody begins worth keeping: an opinion, reasons? A signature is not. */
export const mayBegin = (scene: Scene): boolean =>
  scene.event === 'REQUEST_CORRECTION' || mainField(scene) !== undefined;

/** What is there before anybody types: the one objection, the one office, what a roster's comparison found. */
export function startingValue({ full, event, choices, roster }: Scene): Record<string, unknown> {
  const only = (name: keyof Choices, field: string) =>
    choices[name].length === 1 ? { [field]: choices[name][0]?.label } : {};
  return { ...startOf(event, full, roster), ...only('objections', 'objectionId'), ...only('parts', 'part') };
}
