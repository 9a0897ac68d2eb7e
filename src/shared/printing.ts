/** What a counsellor may choose of a print, and what a terminal's printer can do of it. */
import { z } from 'zod';

/** IPP's "media-source" (PWG 5100.7): "main", "alternate", "manual", "tray-1"… */
export const trayName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]*$/)
  .max(60);

export const printOptions = z.strictObject({
  twoSided: z.boolean(),
  /** Without colours, whatever the page has. */
  grey: z.boolean(),
  /** Null: the printer's own choice. */
  tray: trayName.nullable(),
});
export type PrintOptions = z.infer<typeof printOptions>;

export const printerAbilities = z.strictObject({
  twoSided: z.boolean(),
  colour: z.boolean(),
  /** It can leave the colours away; always, where it has none. */
  grey: z.boolean(),
  /** To choose from: empty where there is nothing to choose. */
  trays: z.array(trayName).max(12),
  /** How it prints where nothing is chosen. */
  usual: printOptions,
});
export type PrinterAbilities = z.infer<typeof printerAbilities>;
