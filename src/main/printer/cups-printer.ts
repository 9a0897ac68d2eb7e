/** The printer behind a CUPS queue, over IPP (@sealsystems/ipp). */

import type { CupsPrinterConfig } from '#shared/configuration/printer.ts';
import { fail } from '#shared/failure.ts';
import { createIppClient } from './ipp-client.ts';
import { createPrintLeftovers } from './print-leftovers.ts';
import { runPrint } from './print-run.ts';
import { createPrintSystem } from './print-system.ts';
import type { Printer } from './printer.ts';
import { createPrinterEyes } from './printer-condition.ts';
import { askTraits, type PrinterTraits } from './printer-traits.ts';
import { watchPrinter } from './printer-watch.ts';

/** Whose jobs they are, as the print system sees it: nobody's. */
const USER = 'vis-a-vis';

export function createCupsPrinter(config: CupsPrinterConfig): Printer {
  const queue = createIppClient({ uri: config.queue, user: USER, answerMs: config.answerMs });
  const eyes = createPrinterEyes(queue, USER, config.answerMs);
  const system = createPrintSystem(queue, eyes.device, USER, config);
  const leftovers = createPrintLeftovers(system, config.jobPollMs);
  const run = { system, leftovers, eyes, config };
  const watched = watchPrinter(eyes, config.watchPollMs);
  let busy = false;
  const usual = { twoSided: config.sides !== 'one-sided', grey: false, tray: null };
  let traits: PrinterTraits | null = null;
  async function learn(): Promise<PrinterTraits | null> {
    traits ??= await askTraits(queue, usual);
    return traits;
  }

  // Learns what the queue can do and who is behind it, so that the first job does not wait for it.
  void eyes.look();
  void learn();

  async function alone<T>(work: () => Promise<T>): Promise<T | ReturnType<typeof fail>> {
    if (busy) return fail('deviceTaken');
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
      await system.stopMemory();
    }
  }

  return {
    print: (job, control) => alone(() => runPrint(run, job, job, control)),
    resume: (ticket, control) =>
      alone(async () => {
        // Learns who the device is.
        await eyes.look();
        await system.startMemory();
        const found = await system.find(ticket.name);
        const device = await system.atDevice(ticket.name);
        const isThere = found !== null || device?.is === 'active' || device?.is === 'ended';
        return isThere ? runPrint(run, ticket, { jobId: found }, control) : null;
      }),
    traits: learn,
    watch: watched.watch,
    async purge(names) {
      const jobs = await system.ours();
      if (!jobs) return null;
      for (const jobId of jobs) await system.cancelQueued(jobId);
      // Whoever followed them may be gone before the printer heard of it.
      const atDevice = await system.stopAtDevice(new Set(names));
      const left = await system.ours();
      if (!left) return null;
      return {
        looked: jobs.length + atDevice.looked,
        left: left.filter((jobId) => jobs.includes(jobId)).length + atDevice.left,
      };
    },
    close: () => {
      watched.close();
      leftovers.close();
    },
  };
}
