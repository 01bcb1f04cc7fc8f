/** A browser without script: pages by GET, plain forms by POST, no header a form cannot send. */
import type { Client } from '../../support/service.ts';

export interface PageAnswer {
  status: number;
  location: string;
  html: string;
  headers: Headers;
}

type Value = string | Blob;

async function ask(client: Client, path: string, init: RequestInit): Promise<PageAnswer> {
  const response = await fetch(client.url + path, {
    ...init,
    redirect: 'manual',
    headers: { accept: 'text/html', ...(client.cookie && { cookie: client.cookie }) },
  });
  return {
    status: response.status,
    location: response.headers.get('location') ?? '',
    html: await response.text(),
    headers: response.headers,
  };
}

export const open = (client: Client, path: string): Promise<PageAnswer> => ask(client, path, {});

/** Send a form as multipart; values of a list go under one name. */
export function send(
  client: Client,
  path: string,
  fields: readonly (readonly [string, Value, string?])[],
): Promise<PageAnswer> {
  const body = new FormData();
  if (client.csrf) body.append('_csrf', client.csrf);
  for (const [name, value, file] of fields)
    if (typeof value === 'string') body.append(name, value);
    else body.append(name, value, file ?? 'file');
  return ask(client, path, { method: 'POST', body });
}

/** Send a form without files, as browsers do by default. */
export function sendPlain(
  client: Client,
  path: string,
  fields: readonly (readonly [string, string])[],
): Promise<PageAnswer> {
  const body = new URLSearchParams();
  if (client.csrf) body.append('_csrf', client.csrf);
  for (const [name, value] of fields) body.append(name, value);
  return ask(client, path, { method: 'POST', body });
}

/** The value of a hidden or text input on a page. */
export function inputValue(html: string, name: string): string {
  const tag = [...html.matchAll(/<input[^>]*>/g)].map(([t]) => t).find((t) => t.includes(`name="${name}"`));
  return /value="([^"]*)"/.exec(tag ?? '')?.[1] ?? '';
}

/** A form's value as the browser names it: JSON pointers, ticks under one name. */
export function fieldsOf(value: unknown, pointer = ''): [string, string][] {
  if (Array.isArray(value))
    return value.flatMap((row, i) =>
      typeof row === 'object'
        ? fieldsOf(row, `${pointer}/${i}`)
        : ([[pointer, String(row)]] as [string, string][]),
    );
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, v]) => fieldsOf(v, `${pointer}/${name}`));
  return value === undefined ? [] : [[pointer, value === true ? 'on' : String(value)]];
}
