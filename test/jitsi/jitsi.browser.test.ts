/** Calls on Jitsi's own parts with our own pages on both sides: what every deployment does, and what can go wrong here. */
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../rig/until.ts';
import { openTerminal } from '../room/call-pages.ts';
import { bothSee, callSuite, hasTold, setUpCalls } from '../room/call-suite.ts';
import { startJitsiCallDeployment } from './jitsi-call-deployment.ts';

describe('a Jitsi deployment', () => {
  const call = setUpCalls(() => startJitsiCallDeployment());
  callSuite(call);

  it('shows a third person to the counsellor, who puts them out', async () => {
    await call.meet();
    const third = await openTerminal(call.context, call.deployment);
    await third.join(await call.deployment.ticket(call.room, 'terminal'));
    await hasTold(third, 'joined');
    const others = async () =>
      (await call.counsellor.told()).findLast(({ type }) => type === 'others')?.others ?? [];
    await until('two others', async () => (await others()).length === 2);
    const stranger = (await others()).at(-1);
    await call.counsellor.order({ type: 'remove', participantId: stranger?.id });
    await hasTold(third, 'left');
    await until('one other', async () => (await others()).length === 1);
    await third.page.close();
    await bothSee(call, 30_000);
  });

  it('refuses a ticket of another room', async () => {
    const ticket = await call.deployment.ticket(call.deployment.newRoom(), 'terminal');
    await call.terminal.join({ ...ticket, room: call.room });
    await hasTold(call.terminal, 'failed');
    expect((await call.terminal.told()).at(-1)).toMatchObject({ type: 'failed', why: 'refused' });
  });

  it('knows every command and event that is used of it', async () => {
    await call.meet();
    expect(await call.terminal.missing()).toEqual([]);
  });

  describe('that does not work', () => {
    afterEach(() => call.deployment.jitsi.setTrouble('none'));

    it.each([
      ['answers 404', 'notFound', 'unreachable'],
      ['hangs', 'hangs', 'unreachable'],
      ['has a certificate that nobody trusts', 'wrongCertificate', 'unreachable'],
      ['gives a script of something else', { script: 'window.somethingElse = 1;' }, 'unreachable'],
      ['never joins', 'neverJoins', 'neverJoined'],
      ['gives a room page of something else', { roomPage: '<p>Bonjour</p>' }, 'neverJoined'],
    ] as const)('%s: said so, and called again once it works', async (_what, trouble, why) => {
      call.deployment.jitsi.setTrouble(trouble);
      await call.terminal.join(await call.deployment.ticket(call.room, 'terminal'));
      await hasTold(call.terminal, 'failed', 30_000);
      expect(await call.terminal.told()).toEqual([{ type: 'failed', why, origin: call.deployment.origin }]);
      call.deployment.jitsi.setTrouble('none');
      // The console's view had fetched the script while all was well.
      await call.terminal.forget();
      await call.joinBoth();
      await bothSee(call);
    });
  });
});

describe('a Jitsi deployment without tickets', () => {
  const call = setUpCalls(() => startJitsiCallDeployment({ tickets: false }));

  it('is locked by whoever came first, so that nobody who learnt the name comes in', async () => {
    const open = await call.deployment.ticket(call.room, 'terminal');
    const ticket = { ...open, password: 'f00d'.repeat(8) };
    await call.counsellor.join(ticket);
    await hasTold(call.counsellor, 'joined');
    await call.terminal.join(ticket);
    await bothSee(call);
    expect(await call.terminal.types()).not.toContain('failed');
    const third = await openTerminal(call.context, call.deployment);
    await third.join(open);
    await hasTold(third, 'failed', 30_000);
    expect(await third.types()).not.toContain('joined');
    expect((await call.counsellor.told()).findLast(({ type }) => type === 'others')?.others).toHaveLength(1);
  });
});
