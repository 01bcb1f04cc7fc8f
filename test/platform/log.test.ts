import { expect } from 'chai';
import fc from 'fast-check';
import { createLog, describeError, scrub } from '../../src/platform/log.ts';

describe('the log', () => {
  const written = (write: (log: ReturnType<typeof createLog>) => void) => {
    const lines: string[] = [];
    write(createLog('info', { write: (line) => void lines.push(line) }));
    return lines.join('');
  };

  it('leaves out what is private, up to the third level', () => {
    const person = { name: '韦春花', idNumber: '532628196611159910', phone: '13812345678', id: 'kept' };
    const text = written((log) => log.info({ ...person, who: person, input: { who: person } }, 'filed'));
    for (const secret of ['韦春花', '5326281966', '1381234']) expect(text).not.to.contain(secret);
    expect(text.match(/kept/g)).to.have.length(3);
  });

  it('of a database error keeps the driver’s words, not the statement with its values', () => {
    const message =
      "insert into `citizens` (`name`) values ('韦春花') - SQLITE_CONSTRAINT: UNIQUE constraint failed: citizens.id";
    const error = Object.assign(new Error(message), {
      code: 'SQLITE_CONSTRAINT',
      detail: 'Key (name)=(韦春花)',
    });
    const text = written((log) => log.error({ err: error }, 'failed'));
    expect(text).to.contain('UNIQUE constraint failed').and.to.contain('log.test.ts');
    expect(text).not.to.contain('韦春花');
    expect(describeError(new Error('update `x` set y = 1'))).to.include({ message: '[statement]' });
  });

  it('masks any identity number, card or mobile number inside a text', () => {
    const digits = fc.stringMatching(/^[1-9]\d{10,18}$/);
    fc.assert(
      fc.property(digits, fc.constantFrom('', 'X', 'x'), (number, end) => {
        expect(scrub(`申请人 ${number}${end}，失败`)).to.equal(`申请人 ${number.slice(0, 3)}***，失败`);
      }),
    );
    expect(scrub('at 2026-09-28T01:40:00.000Z, row 1234567890')).to.contain('row 1234567890');
  });
});
