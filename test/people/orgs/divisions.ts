import { parseDivisions } from '../../../src/people/orgs/seed.ts';

/** A county, and one more line to try. */
export const divisions = (line: string) =>
  parseDivisions(`code,name,parent,level\n532600,文山州,,prefecture\n532628,富宁县,532600,county\n${line}\n`);
