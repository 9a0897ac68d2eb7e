/**
 * SANE names many USB scanners by their place on the bus ("epson2:libusb:001:004", sane-usb(5)). Switched off and on,
 * or plugged into another socket, the same scanner has another name.
 */

/** What comes before the bus and the device number. */
const PLACED = /^(.+:libusb:)\d{3}:\d{3}$/;

export function mayMove(device: string): boolean {
  return PLACED.test(device);
}

/** The name that the configured device has now, of those that are there; null: none, or two alike. */
export function movedDevice(configured: string, present: readonly string[]): string | null {
  const kind = PLACED.exec(configured)?.[1];
  if (kind === undefined) return null;
  const alike = present.filter((name) => PLACED.exec(name)?.[1] === kind);
  return alike.length === 1 ? (alike[0] ?? null) : null;
}
