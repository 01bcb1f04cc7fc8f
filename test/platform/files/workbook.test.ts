import { expect } from 'chai';
import { readWorkbook } from '../../../src/platform/files/workbook.ts';
import { sheet, workbook, zip } from '../../station/rosters/workbook.ts';

const MB = 1024 * 1024;
const read = (bytes: Buffer) => readWorkbook(bytes, MB);
const ROW = '<row r="1"><c r="A1"><v>1</v></c></row>';

/** A zip whose directory claims another size for its last part. */
function claiming(bytes: Buffer, size: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(size, copy.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 24);
  return copy;
}

describe('workbooks from outside', () => {
  it('are read with every cell in its place', async () => {
    expect(await read(workbook([['a', null, 2], [null], ['b']]))).to.deep.equal([
      ['a', null, 2],
      [null, null, null],
      ['b', null, null],
    ]);
    expect(await read(sheet('<row><c r="B1"><v>1</v></c></row>'))).to.deep.equal([[null, 1]]);
  });

  const TOO_LARGE: [name: string, rows: string][] = [
    ['the far corner', `${ROW}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`],
    ['a wide row above many', `<row r="1"><c r="XFD1"><v>1</v></c></row>${'<row/>'.repeat(100)}`],
    ['a place beyond every sheet', '<row r="1"><c r="ZZZZ99999999"><v>1</v></c></row>'],
    ['a place spelt with entities', '<row r="1"><c r="XFD&#49;048576"><v>1</v></c></row>'],
    ['two places', '<row r="1"><c r="A1" r="XFD1048576"><v>1</v></c></row>'],
    ['a bracket before the place', '<row r="1"><c s=">" r="XFD1048576"><v>1</v></c></row>'],
    ['a tag that does not end', '<row r="1"><c r="XFD1048576'],
  ];
  for (const [name, rows] of TOO_LARGE)
    it(`are not read into more cells than the machine holds: ${name}`, async () => {
      expect(await read(sheet(rows))).to.equal('too_large');
    });

  it('are not unpacked beyond the bound, nor believed in their sizes', async () => {
    expect(await read(zip({ a: 'x'.repeat(MB) }))).to.equal('too_large');
    expect(await read(claiming(sheet(ROW), 0x7fff_ffff))).to.equal('broken');
    expect(await read(sheet(ROW))).to.deep.equal([[1]]);
  });

  it('are refused when they are none, or broken anywhere', async () => {
    const whole = workbook([['a', 'b']]);
    expect(await read(zip({ 'a.txt': 'a' }))).to.equal('broken');
    expect(await read(sheet('<row r="1"><c r="A1"><v>1</c></row>'))).to.equal('broken');
    for (let length = 0; length < whole.length; length++)
      expect(await read(whole.subarray(0, length)), `${length} bytes`).to.equal('broken');
  });
});
