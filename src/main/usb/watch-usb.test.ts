import { existsSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { watchUsb } from './watch-usb.ts';

it('tells changes in quick succession once', async () => {
  const events = new EventTarget();
  const usb = watchUsb({ load: async () => events });
  const changes = vi.fn();
  usb.onChange(changes);
  await new Promise((resolve) => setImmediate(resolve));
  for (const type of ['connect', 'disconnect', 'connect']) events.dispatchEvent(new Event(type));
  await vi.waitFor(() => expect(changes).toHaveBeenCalledTimes(1));
  usb.close();
  events.dispatchEvent(new Event('connect'));
  // Longer than it waits for a device to settle.
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(changes).toHaveBeenCalledTimes(1);
});

it('a machine on which USB cannot be watched is told so, once, and goes on', async () => {
  const unavailable = vi.fn();
  const usb = watchUsb({
    load: () => Promise.reject(new Error('no libusb')),
    onUnavailable: unavailable,
  });
  await vi.waitFor(() => expect(unavailable).toHaveBeenCalledExactlyOnceWith('Error: no libusb'));
  usb.close();
});

it('the real package watches, or says why not, on whatever machine this is', async () => {
  const unavailable = vi.fn();
  const usb = watchUsb({ onUnavailable: unavailable });
  const hasUsb = existsSync('/sys/bus/usb/devices');
  if (!hasUsb) await vi.waitFor(() => expect(unavailable).toHaveBeenCalledOnce());
  usb.close();
  if (hasUsb) expect(unavailable).not.toHaveBeenCalled();
});
