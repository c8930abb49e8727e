// A notice while the platform takes nothing: whoever asks is told why and that it follows; afterwards the office hears of it once.
import { expect, test } from 'vitest';
import { newId } from '../../../src/store/ids.ts';
import { PATIENCE_MS, until } from '../../support/until.ts';
import { openWorld, type TestWorld } from '../../support/world.ts';

const faults = (world: TestWorld, method: 'POST' | 'DELETE', body?: object) =>
  fetch(`${world.simulator.url}/simulator/faults`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });

async function sentInto(fault: object) {
  const world = await openWorld();
  const [sun, head] = [world.person('孙主任'), world.person('第二中学校长')];
  await sun.says('通知二区各校:下周一上午停水,请储水,收到请回复');
  await sun.sees(/通知待发/);
  await faults(world, 'POST', { path: '/cgi-bin/message/send', ...fault });
  await sun.says('发送');
  await until('it was tried', async () => {
    const [row] = await world.app.store.query<{ why: string | null }>(
      `select why from outbox where recipient = 'cast:all'`,
    );
    return row?.why;
  });
  return { world, sun, head };
}

test.each([
  [{ kind: 'refuse' }, /没有应答，恢复后自动续发，不用重发/u],
  [{ kind: 'errcode', errcode: 45009 }, /暂时限制了本应用发消息，恢复后自动续发/u],
  [{ kind: 'untrusted-ip' }, /拒绝了本应用的凭证，请告诉管理员，恢复后自动续发/u],
])(
  '%j',
  async (fault, words) => {
    const { sun } = await sentInto(fault);
    await sun.says('谁还没回执');
    const { text } = await sun.sees(/已送达0人/);
    expect(text).toMatch(/还有4人没有发出/u);
    expect(text).toMatch(words);
  },
  60_000,
);

test.each([
  { known: false, says: 1 },
  { known: true, says: 0 },
])(
  'forty minutes late; the office hears of the outage itself: $known',
  async ({ known, says }) => {
    const { world, sun, head } = await sentInto({ kind: 'refuse' });
    if (known)
      await world.app.store.query(
        `insert into delivery_trouble (id, office_id, kind, began_at) select $1, id, 'away', $2 from office`,
        [newId(), world.clock.now()],
      );
    world.moveTo(new Date(world.clock.now().getTime() + 40 * 60_000));
    await faults(world, 'DELETE');
    world.moveTo(new Date(world.clock.now().getTime() + 6 * 60_000));
    await head.sees(/停水/);
    const through = async () => {
      world.moveTo(new Date(world.clock.now().getTime() + 30_000));
      const rows = await world.app.store.query(
        'select 1 from supervision_notice where settled_at is not null',
      );
      return rows.length > 0;
    };
    await until('it is through', through, PATIENCE_MS, 500);
    if (says > 0) await sun.sees(/曾中断或限流/);
    else {
      await sun.says('谁还没回执');
      await sun.sees(/已送达4人/);
    }
    expect((await sun.saw()).filter(({ text }) => /曾中断或限流/u.test(text))).toHaveLength(says);
  },
  60_000,
);
