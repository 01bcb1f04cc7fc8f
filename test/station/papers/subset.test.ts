import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { create, type Font } from 'fontkit';
import { subsetter } from '../../../src/platform/pdf/subset.ts';
import { unwoff } from '../../../src/platform/pdf/unwoff.ts';

const read = (path: string): Buffer => readFileSync(createRequire(import.meta.url).resolve(path));
const TYPEFACES: Record<string, () => Buffer> = {
  'Noto Serif SC': () => read('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
  'LXGW WenKai': () => unwoff(read('@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff')),
};

/** Most glyphs are outlines of their own; in WenKai the last three are put together of others. */
const TEXT = '农药经营许可证龘𠮷㛃，“é”½2026¨ˊ∕';

describe('subsets of typefaces', () => {
  for (const [name, bytes] of Object.entries(TYPEFACES))
    it(`${name}: every glyph has the outline and the width it has in the whole typeface`, () => {
      const file = bytes();
      const whole = create(file) as Font;
      const subset = subsetter(file)();
      const ids = [...TEXT].flatMap((char) => {
        const codePoint = char.codePointAt(0) ?? 0;
        return whole.hasGlyphForCodePoint(codePoint) ? [whole.glyphForCodePoint(codePoint).id] : [];
      });
      expect(ids.length).to.be.greaterThan(15);
      const places = ids.map((id) => subset.includeGlyph(id));
      expect(subset.includeGlyph(ids[0] ?? 0), 'a glyph is put in once').to.equal(places[0]);
      const part = create(subset.encode()) as Font;
      ids.forEach((id, i) => {
        const [glyph, copy] = [whole.getGlyph(id), part.getGlyph(places[i] ?? 0)];
        expect(copy.path.toSVG(), `${i}`).to.equal(glyph.path.toSVG());
        expect(copy.advanceWidth).to.equal(glyph.advanceWidth);
      });
    });

  it('a file that is no WOFF is refused', () => {
    expect(() => unwoff(Buffer.from('not a typeface'))).to.throw('not a WOFF file');
  });
});
