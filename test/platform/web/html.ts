/** A reader of the HTML that the renderer writes (well formed, attributes quoted), enough to act as a browser. */

export interface Tag {
  name: string;
  attributes: Record<string, string>;
  /** Source between this tag and the next: the text of an `<option>` or `<textarea>`. */
  text: string;
  /** Inside a `<template>`: not part of the page. */
  isTemplate: boolean;
}

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

function unescapeHtml(s: string): string {
  return s.replace(/&(?:lt|gt|quot|#39|amp);/g, (e) => ENTITIES[e] ?? e);
}

/** Every opening tag in order. */
export function tagsOf(html: string): Tag[] {
  const tags: Tag[] = [];
  let templates = 0;
  const pattern = /<(\/?)([a-z][a-z0-9]*)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>([^<]*)/gi;
  for (const [, slash, name = '', source = '', text = ''] of html.matchAll(pattern)) {
    if (name === 'template') templates += slash ? -1 : 1;
    if (slash) continue;
    const pairs = [...source.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)];
    const attributes = Object.fromEntries(
      pairs.map(([, key = '', value = '']) => [key, unescapeHtml(value)]),
    );
    tags.push({ name, attributes, text: unescapeHtml(text), isTemplate: templates > 0 });
  }
  return tags;
}

/** What a browser would send if the form were submitted as it stands (HTML §4.10.21.4), equal names as a list. */
export function submit(html: string): Record<string, string | string[]> {
  const entries: [string, string][] = [];
  let select: string | undefined;
  let isChosen = false;
  for (const { name, attributes, text, isTemplate } of tagsOf(html)) {
    if (isTemplate) continue;
    const field = attributes.name;
    if (name === 'select') {
      select = field;
      isChosen = false;
    } else if (name === 'option' && select !== undefined) {
      if (!('selected' in attributes)) continue;
      if (isChosen) throw new Error(`two options of ${select} are selected`);
      isChosen = true;
      entries.push([select, attributes.value ?? text]);
    } else if (field !== undefined && name === 'textarea') {
      entries.push([field, text.replace(/^\n/, '').replace(/\n/g, '\r\n')]);
    } else if (field !== undefined && name === 'input') {
      const type = attributes.type ?? 'text';
      if (type === 'file') continue;
      if ((type === 'checkbox' || type === 'radio') && !('checked' in attributes)) continue;
      entries.push([field, (attributes.value ?? 'on').replace(/[\r\n]/g, '')]);
    }
  }
  const body = new Map<string, string[]>();
  for (const [key, value] of entries) body.set(key, [...(body.get(key) ?? []), value]);
  return Object.fromEntries(
    [...body].map(([key, values]) => [key, values.length > 1 ? values : (values[0] ?? '')]),
  );
}

/** Ids of the page, templates left out. */
export function idsOf(html: string): string[] {
  return tagsOf(html).flatMap((tag) =>
    tag.isTemplate || tag.attributes.id === undefined ? [] : [tag.attributes.id],
  );
}

/** Everything a strict content security policy would refuse. */
export function inlineCode(html: string): string[] {
  return tagsOf(html).flatMap(({ name, attributes, text }) => {
    const found = Object.keys(attributes).filter((key) => key === 'style' || key.startsWith('on'));
    if (name === 'style' || (name === 'script' && text.trim() !== '')) found.push(`<${name}>`);
    if (attributes.href?.startsWith('javascript:')) found.push('javascript:');
    return found;
  });
}
