// Whether one office's storm slows another's answer: a few people of one office alone, then beside everybody of another who talk
// at once. `--turns N` (2000) of the calm office, `--storm N` (64) connections of the other.
import { parseArgs } from 'node:util';
import { drive, type Measured } from './load.ts';
import { makeEnvelopes, openStage, SOUTH } from './stage.ts';

const CALM_CONNECTIONS = 2;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { turns: { type: 'string' }, storm: { type: 'string' } } });
  const turns = Number(values.turns ?? 2_000);
  const connections = Number(values.storm ?? 64);
  const stage = await openStage({ second: true });
  try {
    const { url } = stage.bot;
    const calm = () => drive(url, makeEnvelopes(turns, SOUTH), CALM_CONNECTIONS);
    await drive(url, makeEnvelopes(300), connections); // warm
    await drive(url, makeEnvelopes(300, SOUTH), CALM_CONNECTIONS);
    const alone = await calm();
    let over = false;
    const storm = (async () => {
      const waves: Measured[] = [];
      while (!over) waves.push(await drive(url, makeEnvelopes(2_000), connections));
      return waves;
    })();
    const beside = await calm();
    over = true;
    report({ turns, connections, alone, beside, waves: await storm });
  } finally {
    await stage.close();
  }
}

function report(of: {
  turns: number;
  connections: number;
  alone: Measured;
  beside: Measured;
  waves: Measured[];
}): void {
  const { alone, beside, waves } = of;
  const line = (name: string, { perSecond, p50, p99, refused }: Measured) =>
    `${name.padEnd(26)}${perSecond.toFixed(0).padStart(5)} a second, p50 / p99 ${p50.toFixed(1)} / ${p99.toFixed(1)} ms (refused: ${refused})`;
  const [wave] = waves.toSorted((a, b) => a.perSecond - b.perSecond).slice(Math.floor(waves.length / 2));
  const lines = [
    `${of.turns} turns of a calm office over ${CALM_CONNECTIONS} connections, then beside another's storm over ${of.connections}`,
    line('calm office, alone', alone),
    line('calm office, in the storm', beside),
    ...(wave ? [line("the storm's own office", wave)] : []),
    `in the storm / alone      p50 ${(beside.p50 / alone.p50).toFixed(1)}, p99 ${(beside.p99 / alone.p99).toFixed(1)}`,
    ...(wave
      ? [
          `calm / stormy office      p50 ${(beside.p50 / wave.p50).toFixed(2)}   (1 would mean that they share one line)`,
        ]
      : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
