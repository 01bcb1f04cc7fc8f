import { loadDefinitions } from '../platform/definitions/index.ts';
import { draw as drawMachine } from '../workflow/draw.ts';

/** `cunban draw CODE`: print the drawing of an item as SVG. Exit code 2 when the call is wrong. */
export async function draw(argv: string[], out: (s: string) => void, err: (s: string) => void): Promise<number> {
  const [code] = argv;
  if (argv.length !== 1 || code === undefined) {
    err('usage: cunban draw CODE');
    return 2;
  }
  const definitions = loadDefinitions();
  if (!definitions.list().some((d) => d.code === code)) {
    err(`draw: there is no item ${code}; items: ${definitions.list().map((d) => d.code).join(' ')}`);
    return 2;
  }
  const { machine, definition } = definitions.get(code);
  out(drawMachine(machine, `${definition.code} ${definition.title}`));
  return 0;
}
