import { expect, it, vi } from 'vitest';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import { createHidButton, type HidHandle } from './hid-button.ts';
import { createSimulatedButton } from './simulated-button.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('calls once a press, however long it is held', async () => {
  const button = createSimulatedButton();
  await settled();
  let presses = 0;
  button.onPress(() => {
    presses += 1;
  });
  button.press();
  button.press();
  expect(presses).toBe(1);
  button.release();
  button.press();
  expect(presses).toBe(2);
  button.close();
});

it('understands reports that carry a number in front', async () => {
  let send = (_bytes: Uint8Array): void => undefined;
  const handle: HidHandle = {
    on: (event: 'data' | 'error', listener: (bytes: Uint8Array) => void) => {
      if (event === 'data') send = listener;
    },
    close: () => undefined,
  };
  const button = createHidButton({ vendorId: 1, productId: 2, open: async () => handle });
  await settled();
  let presses = 0;
  button.onPress(() => {
    presses += 1;
  });
  for (const key of [4, 4, 0, 4, 0]) send(Uint8Array.of(1, 0, key));
  expect(presses).toBe(2);
  button.close();
});

it('is reported when unplugged and used again when it comes back', async () => {
  const button = createSimulatedButton();
  await settled();
  const reports: DeviceReport[] = [];
  button.watch((report) => reports.push(report));
  let presses = 0;
  button.onPress(() => {
    presses += 1;
  });
  button.plug(false);
  await vi.waitFor(() => expect(button.report()).toEqual({ state: 'trouble', reasons: ['buttonAbsent'] }));
  button.plug(true);
  await vi.waitFor(() => expect(button.report()).toEqual({ state: 'ready' }));
  button.press();
  expect(presses).toBe(1);
  expect(reports.map((report) => report.state)).toEqual(['ready', 'trouble', 'ready']);
  button.close();
});

it('a button that is not there is reported, and nothing breaks', async () => {
  const button = createHidButton({ vendorId: 0xffff, productId: 0xffff });
  await vi.waitFor(() => expect(button.report()).toEqual({ state: 'trouble', reasons: ['buttonAbsent'] }));
  button.close();
});
