import { expect, it } from 'vitest';
import { mayMove, movedDevice } from './moved-device.ts';

const configured = 'epson2:libusb:001:004';

it('knows the same scanner at another place on the bus', () => {
  expect(movedDevice(configured, ['v4l:/dev/video0', 'epson2:libusb:003:011'])).toBe('epson2:libusb:003:011');
});

it.each([
  ['another kind of scanner', ['pixma:libusb:001:005']],
  [
    'two of the same kind: which one is meant, nobody knows',
    ['epson2:libusb:001:005', 'epson2:libusb:001:006'],
  ],
  ['nothing', []],
])('does not take %s for it', (_what, present) => {
  expect(movedDevice(configured, present)).toBeNull();
});

it('leaves a name alone that says nothing of the bus', () => {
  expect(mayMove('pixma:04A91709_247936')).toBe(false);
  expect(movedDevice('pixma:04A91709_247936', ['pixma:04A91709_247937'])).toBeNull();
});
