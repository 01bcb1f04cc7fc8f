import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole HTML document from a `<Page>`; text and attributes are escaped. */
export function render(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}
