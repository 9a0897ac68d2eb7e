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
  const later = Promise.withResolvers<void>();
  setTimeout(later.resolve, 400);
  await later.promise;
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

it('the real package loads or says why not, on whatever machine this is', async () => {
  const unavailable = vi.fn();
  const usb = watchUsb({ onUnavailable: unavailable });
  await import('usb').catch(() => undefined);
  usb.close();
  expect(unavailable.mock.calls.length).toBeLessThanOrEqual(1);
});
