/** Two people meet in the built-in room: what every deployment does, and what only this one does. */
import { describe, expect, it } from 'vitest';
import { until } from '../rig/until.ts';
import { openTerminal } from './call-pages.ts';
import { bothSee, callSuite, hasTold, setUpCalls } from './call-suite.ts';
import { received, roomFrame } from './eyes.ts';
import { startRoomServer } from './room-server.ts';

describe('the built-in room', () => {
  const call = setUpCalls(() => startRoomServer());
  callSuite(call);

  it('goes on without a break while the hub is killed and started again', async () => {
    await call.meet();
    const { deployment } = call;
    const frame = await roomFrame(call.terminal.page, call.room);
    const connections = () => frame.evaluate(() => window.eyes.connections.length);
    const before = await connections();
    await deployment.stopSignalling();
    const then = (await received(frame)).frames;
    await until('frames while there is no server', async () => (await received(frame)).frames > then + 20);
    deployment.forgetRooms();
    const strangers = deployment.strangers();
    await deployment.startSignalling();
    await until('both to be refused once', () => deployment.strangers() > strangers + 1);
    deployment.rememberRooms();
    await call.counsellor.send({ audio: true, video: false });
    await until('signalling to be back', async () => {
      return (await frame.locator('#stage').getAttribute('data-state')) === 'voice';
    });
    await call.counsellor.send({ audio: true, video: true });
    await bothSee(call);
    expect(await connections()).toBe(before);
    expect(await call.terminal.types()).not.toContain('lost');
  });

  it('makes a new connection when the old one is dead', async () => {
    await call.meet();
    const frame = await roomFrame(call.counsellor.page, call.room);
    // A network that lets nothing through any more, seen from both ends: their connection ends without a word.
    const other = await roomFrame(call.terminal.page, call.room);
    await other.evaluate(() => window.eyes.connections.at(-1)?.close());
    await until('another connection', () => frame.evaluate(() => window.eyes.connections.length > 1));
    await bothSee(call);
  });

  it('ends for both when the visit is over', async () => {
    await call.meet();
    call.deployment.closeRoom(call.room);
    await hasTold(call.terminal, 'left');
    await hasTold(call.counsellor, 'left');
    const closed = await (await roomFrame(call.terminal.page, call.room)).evaluate(() =>
      window.eyes.connections.every(({ connectionState }) => connectionState === 'closed'),
    );
    expect(closed).toBe(true);
  });

  it('refuses a third person, and those who are there notice nothing', async () => {
    await call.meet();
    const third = await openTerminal(call.context, call.deployment);
    await third.join(await call.deployment.ticket(call.room, 'terminal', { participantId: 'someone-else' }));
    await hasTold(third, 'failed');
    expect(await third.types()).toEqual(['failed']);
    await bothSee(call);
    expect(await call.terminal.types()).not.toContain('lost');
  });

  it('refuses a room that nobody opened', async () => {
    await call.terminal.join(await call.deployment.ticket('a'.repeat(48), 'terminal'));
    await hasTold(call.terminal, 'failed');
  });
});
