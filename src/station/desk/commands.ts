import { AppError, conflict, invalid, notAllowed } from '../../errors.ts';
import { normaliseId } from '../../kernel/identity.ts';
import { localDate } from '../../kernel/time.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { auditAlone } from '../../platform/audit/index.ts';
import { ERROR_WORDING } from '../../wording.ts';
import { checkAgainst } from '../../workflow/formats.ts';
import { act } from '../cases/index.ts';
import { handOut, villageFor } from '../cash/index.ts';
import { servePaper } from '../papers/index.ts';
import { mayHandOver, personView } from './queries.ts';
import { handOverFor } from './schema.ts';
import type { DeskCases, DeskDeps, DeskItem, DeskPerson, HandOverInput, HandOverResult } from './types.ts';

/** One hand-over at the counter. */
interface Counter {
  deps: DeskDeps;
  cases: DeskCases;
  who: SignedIn;
  villageId: string;
  input: HandOverInput;
  requestId: string | undefined;
}

/**
 * Hand over everything that was chosen in one go: signed once, the proxy told once. What is handed over stays so,
 * whatever becomes of the next; when the first thing is refused for what was filled in, nothing was handed over.
 * @throws notAllowed, notFound for a person for whom nothing lies here, invalid with every fault,
 *   conflict `desk.gone` when something chosen lies here no more
 */
export async function handOverAll(
  deps: DeskDeps,
  cases: DeskCases,
  who: SignedIn,
  key: string,
  input: HandOverInput & { village?: string },
  requestId?: string,
): Promise<HandOverResult> {
  const { village, ...rest } = input;
  const villageId = villageFor(deps, who, village);
  if (!mayHandOver(deps, who, villageId)) throw notAllowed();
  const { person } = await personView(deps, who, key, villageId);
  const items = chosenOf(person, input);
  requireSound(deps, person, items, input);
  const counter: Counter = {
    deps,
    cases,
    who,
    villageId,
    input: { ...rest, data: clean(rest.data) },
    requestId,
  };
  const result: HandOverResult = { done: [], failed: [] };
  for (const item of items) await tryOne(counter, item, result);
  await auditAlone(deps, who, 'desk.hand-over', null, {
    done: result.done.map(({ kind, id }) => `${kind}:${id}`),
    failed: result.failed.map(({ item }) => `${item.kind}:${item.id}`),
  });
  return result;
}

/** Without what belongs to another answer: who came themselves have no relation, what is on paper no picture. */
function clean(data: Record<string, unknown>): Record<string, unknown> {
  const { relation, receiver, signature, witnessSignature, ...always } = data;
  return {
    ...always,
    ...(data.collector === '代领' && { relation, ...(receiver !== undefined && { receiver }) }),
    ...(data.signedBy === '屏幕手写' && {
      signature,
      ...(witnessSignature !== undefined && { witnessSignature }),
    }),
  };
}

/** Money first: what it asks for is the strictest. */
const ORDER = ['cash', 'case', 'paper', 'certificate'];

function chosenOf(person: DeskPerson, { items }: HandOverInput): DeskItem[] {
  const chosen = items.map(({ kind, id }) => person.items.find((i) => i.kind === kind && i.id === id));
  if (chosen.some((i) => i === undefined)) throw conflict('desk.gone');
  return [...new Set(chosen as DeskItem[])].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

function requireSound(
  deps: DeskDeps,
  person: DeskPerson,
  items: readonly DeskItem[],
  { data }: HandOverInput,
): void {
  const kinds = new Set(items.map((i) => i.kind));
  const faults = checkAgainst(handOverFor(kinds), data, {
    prefix: '/data',
    today: localDate(deps.clock.now()),
  });
  if (faults.length > 0) throw invalid(faults);
  const isSelf = normaliseId(String(data.idNumber)) === normaliseId(person.idNumber);
  if ((data.collector === '本人') !== isSelf)
    throw invalid([
      {
        pointer: '/data/idNumber',
        message: isSelf
          ? '这是本人的身份证号；本人来领的，选“本人”'
          : '与本人的身份证号不一致；别人来领的，选“代领”',
        code: 'person',
      },
    ]);
}

async function tryOne(counter: Counter, item: DeskItem, result: HandOverResult): Promise<void> {
  try {
    await ONE[item.kind](counter, item);
    result.done.push(item);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.faults && result.done.length === 0) throw error;
    result.failed.push({ item, says: saysOf(error) });
  }
}

function saysOf({ code, data, faults }: AppError): string {
  const more = typeof data?.says === 'string' ? data.says : (faults ?? []).map((f) => f.message).join('；');
  return `${ERROR_WORDING[code]}${more}`;
}

/** Each act has a request id of its own, so that a repeat of the whole repeats none of them. */
const idFor = ({ requestId }: Counter, { kind, id }: DeskItem): string | undefined =>
  requestId && `${requestId}:${kind}:${id}`;

const ONE: Record<DeskItem['kind'], (counter: Counter, item: DeskItem) => Promise<unknown>> = {
  cash: (counter, item) => {
    const { deps, who, input } = counter;
    const { receiver: _, ...data } = input.data;
    const body = { data, ...(input.photo !== undefined && { photo: input.photo }) };
    return handOut(deps, who, item.id, body, idFor(counter, item));
  },
  case: (counter, item) => {
    const { deps, who, input } = counter;
    const { receiver: _r, witness: _w, witnessSignature: _s, ...data } = input.data;
    return act(deps, { kind: 'account', who }, item.id, { event: 'COLLECT', data }, idFor(counter, item));
  },
  paper: (counter, item) => {
    const { deps, cases, who } = counter;
    return servePaper(deps, cases, who, item.id, { data: serviceOf(counter) }, idFor(counter, item));
  },
  certificate: () => {
    throw conflict('certificate.not_possible', { says: '这份证照不在领取环节，请在证照登记簿里办理。' });
  },
};

/** The hand-over of a paper at the counter is its service: directly, or through whoever came. */
function serviceOf({ deps, villageId, input }: Counter): Record<string, unknown> {
  const { collector, name, idNumber, relation, receiver, signedBy, signature } = input.data;
  return {
    way: collector === '本人' ? '直接送达' : '代收送达',
    place: `${deps.orgs.get(villageId).name}便民服务站`,
    deliveredOn: localDate(deps.clock.now()),
    signedBy,
    ...(signature !== undefined && { signature }),
    ...(collector === '代领' && {
      receiver,
      receiverName: name,
      relation,
      receiverId: idNumber,
      idChecked: true,
    }),
  };
}
