import { expect, it } from 'vitest';
import { createDeploymentPulse, type PulseSocket } from './deployment-pulse.ts';

/** A server that answers or not, and a clock that goes on when the test says. */
function played() {
  let server: 'up' | 'down' | 'hangs' = 'up';
  let now = 0;
  let pace = 0;
  let tick: (() => void) | null = null;
  const told: number[] = [];
  const asked: number[] = [];
  const pulse = createDeploymentPulse({
    every(ms, next) {
      pace = ms;
      tick = next;
      return () => {
        if (tick === next) tick = null;
      };
    },
    onReachable: () => told.push(now),
    clock: () => now,
    openSocket(url) {
      expect(url).toBe('wss://meet.example/xmpp-websocket');
      asked.push(now);
      const socket: PulseSocket = { onopen: null, onerror: null, close: () => undefined };
      const state = server;
      queueMicrotask(() => {
        if (state === 'up') socket.onopen?.call(socket as WebSocket, new Event('open'));
        if (state === 'down') socket.onerror?.call(socket as WebSocket, new Event('error'));
      });
      return socket;
    },
  });
  return {
    ...pulse,
    told,
    asked,
    async server(next: typeof server, ms: number) {
      server = next;
      await Promise.resolve();
      for (const end = now + ms; now < end && tick; ) {
        now += pace;
        tick();
        await Promise.resolve();
      }
      await Promise.resolve();
    },
  };
}

it('tells of a server that is back while the call is down, after a moment in which it may heal', async () => {
  const seen = played();
  seen.watch('https://meet.example');
  await Promise.resolve();
  seen.wake();
  await seen.server('down', 3_000);
  const back = seen.asked.at(-1) ?? 0;
  await seen.server('up', 5_000);
  expect(seen.told).toHaveLength(1);
  expect((seen.told[0] ?? 0) - back).toBeGreaterThan(1_400);
  expect((seen.told[0] ?? 0) - back).toBeLessThan(3_000);
});

it('asks patiently where it has been silent for a while, and eagerly again from the first answer on', async () => {
  const seen = played();
  seen.watch('https://meet.example');
  await Promise.resolve();
  seen.wake();
  await seen.server('down', 60_000);
  expect(seen.asked.length).toBeGreaterThan(40);
  expect(seen.asked.length).toBeLessThan(55);
  const before = seen.asked.at(-1) ?? 0;
  await seen.server('up', 8_000);
  expect(seen.told).toHaveLength(1);
  expect((seen.told[0] ?? 0) - before).toBeLessThan(1_500 + 3 * 700 + 100);
});

it('takes a question that is never answered for a no', async () => {
  const seen = played();
  seen.watch('https://meet.example');
  seen.wake();
  await seen.server('hangs', 3_000);
  await seen.server('up', 5_000);
  expect(seen.told).toHaveLength(1);
});

it('says nothing of a server that was there all the time, or after the call', async () => {
  const seen = played();
  seen.watch('https://meet.example');
  seen.wake();
  await seen.server('up', 10_000);
  await seen.server('down', 2_000);
  seen.rest();
  await seen.server('up', 5_000);
  expect(seen.told).toEqual([]);
});

it('in a live call tells of a long outage, and not of one that Jitsi outlives', async () => {
  const seen = played();
  seen.watch('https://meet.example');
  await Promise.resolve();
  seen.calm();
  await seen.server('up', 6_000);
  await seen.server('down', 2_000);
  await seen.server('up', 8_000);
  expect(seen.told).toEqual([]);
  await seen.server('down', 12_000);
  await seen.server('up', 8_000);
  expect(seen.told).toHaveLength(1);
});

it('leaves a live call’s server alone that has no such address', async () => {
  const seen = played();
  await seen.server('down', 0);
  seen.watch('https://meet.example');
  await Promise.resolve();
  seen.calm();
  await seen.server('down', 20_000);
  expect(seen.asked).toHaveLength(1);
});
