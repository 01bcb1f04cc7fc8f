import type { JSX } from 'preact';

/** So many stand there as buttons, the others in a list. */
const BUTTONS = 4;

/**
 * Phrases to be inserted into a field: pressed, the form comes back with the phrase in it; with script it is inserted
 * on the spot.
 * @param field name of the field, a JSON pointer
 */
export function PhraseBar({
  field,
  phrases,
}: {
  field: string;
  phrases: readonly string[];
}): JSX.Element | null {
  if (phrases.length === 0) return null;
  const id = `phrases${field.replaceAll('/', '-')}`;
  const more = phrases.slice(BUTTONS);
  return (
    <fieldset class="phrases" data-phrases={field}>
      <legend>套用用语</legend>
      {phrases.slice(0, BUTTONS).map((text) => (
        <button
          key={text}
          class="phrase"
          type="submit"
          name="_insert"
          value={`${field}|${text}`}
          formNoValidate
        >
          {text}
        </button>
      ))}
      {more.length > 0 && (
        <span class="phrase-more">
          <label class="vh" for={id}>
            更多用语
          </label>
          <select class="input" id={id} name={`_phrase:${field}`}>
            <option value="">更多…</option>
            {more.map((text) => (
              <option key={text} value={text}>
                {text}
              </option>
            ))}
          </select>
          <button class="phrase" type="submit" name="_insert" value={`${field}|`} formNoValidate>
            套用
          </button>
        </span>
      )}
    </fieldset>
  );
}

/** What was pressed in a bar: the field, and the phrase chosen for it; undefined for any other button. */
export function insertion(one: (name: string) => string): { field: string; text: string } | undefined {
  const sent = one('_insert');
  const bar = sent.indexOf('|');
  if (bar <= 0) return undefined;
  const field = sent.slice(0, bar);
  return { field, text: sent.slice(bar + 1) || one(`_phrase:${field}`) };
}

/** The text with a phrase behind it. */
export const withPhrase = (text: unknown, phrase: string): string =>
  typeof text === 'string' && text.trim() !== '' ? `${text.trimEnd()}${phrase}` : phrase;
