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

/** A PNG says its size at the same place always (ISO/IEC 15948, 11.2.2). */
function pictureOf(name: string): Picture {
  const body = readFileSync(join(FOLDER, `${name}.png`));
  const mark = sha256(body.toString('latin1')).slice(0, 12);
  return {
    src: `/help/pictures/${name}.png?v=${mark}`,
    mark,
    width: body.readUInt32BE(16),
    height: body.readUInt32BE(20),
    body,
  };
}

let pictures: ReadonlyMap<string, Picture> | undefined;

/** Every picture by its name. */
export function listPictures(): ReadonlyMap<string, Picture> {
  if (pictures) return pictures;
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.png')) : [];
  pictures = new Map(names.map((file) => file.slice(0, -4)).map((name) => [name, pictureOf(name)]));
  return pictures;
}
