/** What is known of updates from one run to the next, so that the power may go at any moment. */
import { z } from 'zod';
import { terminalCondition } from '#shared/machine/terminal-condition.ts';
import { updateReport } from '#shared/machine/update-report.ts';
import { instant } from '#shared/protocol/fields.ts';
import { readWhole, writeWhole } from '../whole-file.ts';

const trial = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** What worked before. */
  before: terminalCondition.pick({ usable: true, painted: true }),
});

const updateState = z.strictObject({
  report: updateReport,
  /** A version that is being put in, or shows whether it is fit; null: none. */
  trial: trial.nullable(),
  /** It was not fit, and is not tried again; until then, where it may not have been its own fault. */
  unfit: z.strictObject({ version: z.string(), until: instant.nullable() }).nullable(),
});
export type UpdateState = z.infer<typeof updateState>;

export interface UpdateStore {
  readonly read: () => UpdateState;
  readonly write: (state: UpdateState) => void;
}

const NEVER: UpdateState = {
  report: { channel: null, checkedAt: null, pending: null, last: null },
  trial: null,
  unfit: null,
};

/** @param report the copy that the terminal's user may read. */
export function openUpdateStore({ file, report }: { file: string; report: string }): UpdateStore {
  return {
    read: () => readWhole(file, updateState) ?? NEVER,
    write(state) {
      writeWhole(file, JSON.stringify(state), 0o600);
      writeWhole(report, JSON.stringify(state.report), 0o644);
    },
  };
}
