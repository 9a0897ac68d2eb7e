/** Printers that are there, a queue for the one that is chosen, and a page that shows that it prints. */
import { setTimeout as wait } from 'node:timers/promises';
import { runProgram } from '../run-program.ts';

/** The queue that is made for a printer that has none. */
const QUEUE = 'vis-a-vis';
/** Of cups-filters. */
const TEST_PAGE = '/usr/share/cups/data/default-testpage.pdf';

export interface FoundPrinter {
  readonly label: string;
  /** The name of a queue, or an address to make one for. */
  readonly choice: string;
}

/** Queues that are there already, and printers without a driver of their own (IPP Everywhere) on the cable or the network. */
export async function findPrinters(): Promise<FoundPrinter[]> {
  const queues = (await runProgram('lpstat', ['-v'])).said;
  const there = [...queues.matchAll(/^device for (\S+): (\S+)$/gm)].map(([, name = '', address = '']) => ({
    ...{ label: name, choice: name, address },
  }));
  const seen = new Set(there.map(({ address }) => address));
  const found = await runProgram('lpinfo', [
    ...['--include-schemes', 'ipp,ipps,dnssd', '--timeout', '5', '-v'],
  ]);
  const others = [...found.said.matchAll(/^\S+ ((?:ipps?|dnssd):\/\/\S+)$/gm)]
    .map(([, address = '']) => ({ label: decodeURIComponent(address), choice: address }))
    .filter(({ choice }) => !seen.has(choice));
  return [...there.map(({ label, choice }) => ({ label, choice })), ...others];
}

/** What an operator types, as an address; a word alone is the name of a queue. */
export function addressOf(choice: string): string {
  if (/^[a-z]+:\/\//.test(choice)) return choice;
  return /[.:]/.test(choice) ? `ipp://${choice}/ipp/print` : choice;
}

/** @returns the queue's address for the terminal's configuration; where there is none now, what CUPS said. */
export async function prepareQueue(
  choice: string,
): Promise<{ readonly queue: string; readonly wrong?: string }> {
  const address = addressOf(choice);
  if (!address.includes('://')) {
    const known = await runProgram('lpstat', ['-v', address]);
    return { queue: queueOf(address), ...(!known.ok && { wrong: known.said.trim() }) };
  }
  const made = await runProgram('lpadmin', [
    ...['-p', QUEUE, '-E', '-v', address, '-m', 'everywhere', '-o', 'printer-error-policy=retry-job'],
  ]);
  // "everywhere" asks the printer itself what it can do: made, it answers.
  return { queue: queueOf(QUEUE), ...(!made.ok && { wrong: made.said.trim() }) };
}

/** Prints a page. @returns whether it left the print system, within a minute. */
export async function printTestPage(queue: string): Promise<boolean> {
  const name = decodeURIComponent(queue.split('/').at(-1) ?? '');
  const sent = await runProgram('lp', ['-d', name, '-t', 'essai', TEST_PAGE]);
  const job = /request id is (\S+)/.exec(sent.said)?.[1];
  if (!sent.ok || !job) return false;
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(500)) {
    const { ok, said } = await runProgram('lpstat', ['-o', name]);
    if (ok && !said.includes(`${job} `)) return true;
  }
  await runProgram('cancel', [job]);
  return false;
}

function queueOf(name: string): string {
  return `ipp://localhost:631/printers/${encodeURIComponent(name)}`;
}
