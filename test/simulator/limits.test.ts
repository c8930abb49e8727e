// The platform's own limits (90312, 90248, 90506): what goes over them is refused until their time is over.
import { afterEach, describe, expect, test } from 'vitest';
import { PIXEL_PNG } from '../../src/simulator/acts.ts';
import { startWorld, type World } from './bot.ts';

const HOUR = 3_600_000;

describe('limits', () => {
  let world: World;
  afterEach(() => world.close());
  const codesOf = async (count: number, call: () => Promise<Record<string, unknown>>) => {
    const codes = [];
    for (let n = 0; n < count; n += 1) codes.push((await call()).errcode);
    return codes;
  };

  test('of the corp in an hour: over it an hour of silence', async () => {
    world = await startWorld({ limits: { corpPerHour: 3 } });
    const token = await world.token();
    const call = () => world.api('getcallbackip', undefined, { access_token: token });
    expect(await codesOf(3, call)).toEqual([0, 0, 45009]);
    world.clock.advance(HOUR - 1000);
    expect(await codesOf(1, call)).toEqual([45009]);
    world.clock.advance(1000);
    expect(await codesOf(1, call)).toEqual([0]);
  });

  test('of groups: made in a day, changed in an hour, person-times in a minute', async () => {
    world = await startWorld({
      limits: { groupsPerDay: 2, groupChangesPerHour: 2, groupPersonTimesPerMinute: 5 },
    });
    const make = () => world.api('appchat/create', { userlist: ['li.si', 'zhao.liu'] });
    const { chatid } = await make();
    expect(await codesOf(2, make)).toEqual([0, 45009]);
    const untilMidnight = 24 * HOUR - ((world.clock.now().getTime() + 8 * HOUR) % (24 * HOUR));
    expect(await codesOf(3, () => world.api('appchat/update', { chatid, name: 'n' }))).toEqual([0, 0, 45009]);
    const say = { chatid, msgtype: 'text', text: { content: 'x' } };
    expect(await codesOf(3, () => world.api('appchat/send', say))).toEqual([0, 0, 45009]);
    world.clock.advance(60_000);
    expect(await codesOf(1, () => world.api('appchat/send', say))).toEqual([0]);
    world.clock.advance(untilMidnight);
    expect(await codesOf(1, make)).toEqual([0]);
  });

  test('of tickets and pictures', async () => {
    world = await startWorld({ limits: { ticketsOfAppPerHour: 2, picturesPerDay: 1 } });
    expect(await codesOf(3, () => world.api('get_jsapi_ticket'))).toEqual([0, 0, 45009]);
    const put = async () => {
      const form = new FormData();
      form.append('media', new Blob([new Uint8Array(PIXEL_PNG)]), 'a.png');
      const url = `${world.simulator.apiBase}/cgi-bin/media/uploadimg?access_token=${await world.token()}`;
      return (await (await fetch(url, { method: 'POST', body: form })).json()) as Record<string, unknown>;
    };
    expect(await codesOf(2, put)).toEqual([0, 45009]);
  });
});
