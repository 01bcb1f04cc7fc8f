/** Texts that are no JSON: every item as it is printed, broken in one place. */
import { JsonFault, parseJson } from '../../../../src/platform/definitions/json.ts';
import { items, type Loose, type Told } from '../ground.ts';
import { type Kind, spread, type Variant } from '../kind.ts';

function faultsOf(text: string): Told[] {
  try {
    parseJson(text);
    return [];
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return [`line ${error.line} · ${error.message}`];
  }
}

/** A kind that breaks the text of each item; the place is the line. */
function textKind(
  name: string,
  break_: (text: string) => [text: string, line: number],
  reason: RegExp,
): Kind {
  const variants = items.map((item: Loose): Variant => {
    const [text, line] = break_(JSON.stringify(item, null, 2));
    return { of: item.code, what: name, faults: () => faultsOf(text), at: `line ${line}`, reason };
  });
  return { name, variants: spread(variants) };
}

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
const after =
  (part: string, more: string) =>
  (text: string): [string, number] => [text.replace(part, `${part}${more}`), lineOf(text, part)];

export const textKinds: Kind[] = [
  textKind(
    'a key that stands twice',
    after('"version": ', '1, "code": "XX-99", "x": '),
    /"code" stands here twice/,
  ),
  textKind(
    'a comma too many',
    (text) => [text.replace(/\n\}$/, ',\n}'), text.split('\n').length],
    /expected a key in double quotes/,
  ),
  textKind(
    'a comma forgotten',
    (text) => [text.replace('",\n  "version"', '"\n  "version"'), 3],
    /expected "," or "}"/,
  ),
  textKind(
    'a text that ends too early',
    (text) => [text.slice(0, -1), text.split('\n').length],
    /the text ends too early/,
  ),
  textKind('something after the end', (text) => [`${text} x`, text.split('\n').length], /nothing may follow/),
  textKind(
    'single quotes',
    (text) => [text.replace('"code"', "'code'"), 2],
    /expected a key in double quotes/,
  ),
  textKind('a comment', (text) => [text.replace('{\n', '{ // 注释\n'), 1], /expected a key in double quotes/),
];
