/**
 * A message's text. Never an identity number, bank card or illness (catalogue C.4).
 * @throws Error when the template names a word that was not given
 */
export function textOf(template: string, words: Record<string, string>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const word = words[name];
    if (word === undefined) throw new Error(`message template names an unknown word ${name}`);
    return word;
  });
}
