/** The call button or foot switch; part of the terminal's configuration file. */
import { z } from 'zod';

export const callButtonConfig = z.discriminatedUnion('driver', [
  z.strictObject({ driver: z.literal('none') }),
  z.strictObject({
    driver: z.literal('hid'),
    /** USB identifiers; `lsusb` prints them in hexadecimal. */
    vendorId: z.number().int().min(0).max(0xffff),
    productId: z.number().int().min(0).max(0xffff),
  }),
  z.strictObject({ driver: z.literal('simulated') }),
]);
export type CallButtonConfig = z.infer<typeof callButtonConfig>;
