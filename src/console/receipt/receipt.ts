/** The page that the resident takes home: plain data, ready to be set in large type. */
import { z } from 'zod';

const line = z.strictObject({
  /** Of whoever put it there; told back where no font can write the line. */
  id: z.string(),
  text: z.string().min(1).max(400),
  /** SHA-256 of the file, 64 hexadecimal digits; null: not a file that was kept. */
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});
export type ReceiptPageLine = z.infer<typeof line>;

const section = z.strictObject({
  title: z.string(),
  lines: z.array(line).min(1),
  /** What stands for n lines that found no place on the page is more[n - 1]; none of them: every line stays. */
  more: z.array(z.string()),
});

export const receipt = z.strictObject({
  title: z.string(),
  /** Who, where, when: the first one stands out. */
  head: z.array(line),
  sections: z.array(section),
  /** "Empreinte : " */
  digestLabel: z.string(),
  /** What a digest is good for; said where there is one. */
  digestNote: z.string(),
});
export type Receipt = z.infer<typeof receipt>;
