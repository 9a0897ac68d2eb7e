/** The terminal's configuration: one JSON file, written by vis-a-vis-setup or by hand, read once at the start. */
import { z } from 'zod';
import { communeLook, roomDevices } from '../ipc.ts';
import { isLoopback } from '../loopback.ts';
import { callButtonConfig } from './button.ts';
import { documentLimits } from './document-limits.ts';
import { printerConfig } from './printer.ts';
import { scannerConfig } from './scanner.ts';
import { selfTestConfig } from './self-test.ts';

/** A display by the system's name for it, or by where it stands. */
const displayChoice = z.union([
  z.strictObject({ name: z.string().min(1) }),
  z.strictObject({ position: z.enum(['left', 'right', 'primary']) }),
]);
export type DisplayChoice = z.infer<typeof displayChoice>;

/** The resident reads white on the commune's colour: AAA contrast (WCAG 2.2, 1.4.6). */
const readableLook = communeLook.refine((look) => contrastWithWhite(look.colour) >= 7, {
  path: ['colour'],
  message: 'White text on this colour has a contrast below 7:1: choose a darker one.',
});

export const terminalConfiguration = z.strictObject({
  /** https://…; http only for loopback. */
  hub: z
    .url()
    .refine(isSafeAddress, 'The hub must be reached over https (http is for this machine only).')
    .transform(originOf),
  /** Given by the operator for the first start; useless afterwards. */
  enrolmentCode: z.string().optional(),
  commune: readableLook,
  screens: z
    .strictObject({
      face: displayChoice,
      desk: displayChoice,
      /** kiosk: locked to its display · windows: ordinary windows with a way out, for demonstrations. */
      mode: z.enum(['kiosk', 'windows']),
    })
    .default({ face: { position: 'left' }, desk: { position: 'right' }, mode: 'kiosk' }),
  printer: printerConfig,
  scanner: scannerConfig,
  /** Labels as the system gives them; null = the system's default. */
  media: roomDevices.default({ camera: null, microphone: null, speaker: null }),
  selfTest: selfTestConfig.prefault({}),
  button: callButtonConfig.default({ driver: 'none' }),
  limits: documentLimits.prefault({}),
  /** The terminal's own folder on disk (identity, order journal); null = the system's usual place. */
  dataFolder: z.string().min(1).nullable().default(null),
  /** Parent of the visits' folders; must be in memory (tmpfs). */
  memoryFolder: z.string().default('/dev/shm'),
});
export type TerminalConfiguration = z.infer<typeof terminalConfiguration>;

/** Scheme, host (an IPv6 address in its brackets) and port; no name and password. RFC 3986, 3. */
const ADDRESS = /^(https?):\/\/(\[[0-9a-f:.]+\]|[^\s/?#:@[\]]+)(?::(\d+))?(?:[/?#]|$)/i;
const USUAL_PORTS: Readonly<Record<string, string>> = { https: '443', http: '80' };

function isSafeAddress(text: string): boolean {
  const [, scheme = '', host = ''] = ADDRESS.exec(text) ?? [];
  return host !== '' && (scheme.toLowerCase() === 'https' || isLoopback(host));
}

/** As a browser writes it: what the terminal proves itself for must be the same text on both sides. */
function originOf(text: string): string {
  const [, scheme = '', host = '', port] = (ADDRESS.exec(text) ?? []).map((part) => part?.toLowerCase());
  return `${scheme}://${host}${port && port !== USUAL_PORTS[scheme] ? `:${port}` : ''}`;
}

/** Contrast ratio with white, 1 to 21 (WCAG 2.2, relative luminance). */
export function contrastWithWhite(hexColour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hexColour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
