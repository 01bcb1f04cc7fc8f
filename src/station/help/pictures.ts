/** Pictures of the real pages, made by `npm run screenshots -- data/pictures/help help`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../kernel/canonical.ts';
import { projectRoot } from '../../platform/paths.ts';

export interface Picture {
  /** With a mark of its content: may be kept for ever. */
  src: string;
  mark: string;
  width: number;
  height: number;
  body: Buffer;
}

const FOLDER = join(projectRoot, 'data/pictures/help');

/** What a WebP says of its size: with a profile of colours (RFC 9649, 2.7), or plain (2.5; RFC 6386, 9.1). */
function sizeOf(webp: Buffer): { width: number; height: number } {
  return webp.toString('latin1', 12, 16) === 'VP8X'
    ? { width: webp.readUIntLE(24, 3) + 1, height: webp.readUIntLE(27, 3) + 1 }
    : { width: webp.readUInt16LE(26) & 0x3fff, height: webp.readUInt16LE(28) & 0x3fff };
}

function pictureOf(name: string): Picture {
  const body = readFileSync(join(FOLDER, `${name}.webp`));
  const mark = sha256(body.toString('latin1')).slice(0, 12);
  return {
    src: `/help/pictures/${name}.webp?v=${mark}`,
    mark,
    ...sizeOf(body),
    body,
  };
}

let pictures: ReadonlyMap<string, Picture> | undefined;

/** Every picture by its name. */
export function listPictures(): ReadonlyMap<string, Picture> {
  if (pictures) return pictures;
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.webp')) : [];
  pictures = new Map(
    names.map((file) => file.slice(0, -'.webp'.length)).map((name) => [name, pictureOf(name)]),
  );
  return pictures;
}
