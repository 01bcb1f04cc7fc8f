import { loadDefinitions } from '../platform/definitions/index.ts';
import { draw as drawMachine } from '../workflow/draw/index.ts';

/** `cunban draw CODE [SITUATION]`: print the drawing of an item as SVG. Exit code 2 when the call is wrong. */
export async function draw(
  argv: string[],
  out: (s: string) => void,
  err: (s: string) => void,
): Promise<number> {
  const [code, situation] = argv;
  if (argv.length > 2 || code === undefined) {
    err('usage: cunban draw CODE [SITUATION]');
    return 2;
  }
  const definitions = loadDefinitions();
  if (!definitions.list().some((d) => d.code === code)) {
    err(
      `draw: there is no item ${code}; items: ${definitions
        .list()
        .map((d) => d.code)
        .join(' ')}`,
    );
    return 2;
  }
  const { machine, definition } = definitions.get(code);
  const known = definition.situations.map((s) => s.id);
  const chosen = situation ?? known[0];
  if (chosen === undefined || !known.includes(chosen)) {
    err(`draw: ${code} has no situation ${situation}; situations: ${known.join(' ')}`);
    return 2;
  }
  out(drawMachine(machine, `${definition.code} ${definition.title}`, { situation: chosen }));
  return 0;
}
