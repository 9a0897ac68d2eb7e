/** The steps that make a terminal of a machine which has the packages; each shows what it did. */
import type { ScannerConfig } from '#shared/configuration/scanner.ts';
import type { TerminalCondition } from '#shared/machine/terminal-condition.ts';
import { type DeviceName, deviceNames } from '#shared/protocol/terminal-report.ts';
import { allowButton, type Chosen, startAndWait, untilTerminal, writeConfiguration } from './configure.ts';
import { findPrinters, prepareQueue, printTestPage } from './printers.ts';
import { findScanners, tryScanner } from './scanners.ts';
import type { MediaKind, Wishes } from './wishes.ts';
import { words } from './words-fr.ts';

type Say = (line: string) => void;
/** ms that a device may take to be seen after the terminal is there. */
const DEVICES_SHOW = 15_000;
/** ms */
const LONGEST_ANSWER = 15_000;
const MEDIA: readonly { readonly kind: MediaKind; readonly list: 'cameras' | 'microphones' | 'speakers' }[] =
  [
    { kind: 'camera', list: 'cameras' },
    { kind: 'microphone', list: 'microphones' },
    { kind: 'speaker', list: 'speakers' },
  ];

/** @param isEnrolled the terminal has its key: no code is asked. @returns whether nothing is left to be mended. */
export async function install(wishes: Wishes, say: Say, isEnrolled: boolean): Promise<boolean> {
  const hub = await reachHub(wishes, say);
  if (hub === null) return false;
  const commune = await wishes.commune();
  let code = isEnrolled ? null : await wishes.code(false);
  const devices = { queue: await choosePrinter(wishes, say), scanner: await chooseScanner(wishes, say) };
  await allowButton(wishes.rest.button);
  let chosen: Chosen = {
    ...{ hub, commune, face: wishes.face, camera: null, microphone: null, speaker: null },
    ...wishes.rest,
  };
  const write = (change: Partial<Chosen> = {}): void => {
    chosen = { ...chosen, ...change };
    writeConfiguration(chosen, code, devices);
  };

  write();
  say(words.starting);
  let condition = await startAndWait(isSettled);
  while (condition?.outOfService === 'codeRefused') {
    const again = await wishes.code(true);
    if (again === null) break;
    code = again;
    write();
    condition = await startAndWait(isSettled);
  }
  if (!isOpen(condition, say)) return false;
  // Spent: it would only lie there.
  code = null;
  const media = await chooseMedia(wishes, condition);
  const face = (await wishes.isFaceRight()) ? chosen.face : other(chosen.face);
  write({ ...media, face });
  condition = await startAndWait(isSettled);
  if (!isOpen(condition, say)) return false;
  const wanted = deviceNames.filter((name) => isWanted(name, devices, wishes));
  const allThere = ({ usable }: TerminalCondition): boolean => wanted.every((name) => usable.includes(name));
  return report((await untilTerminal(allThere, DEVICES_SHOW)) ?? condition, wanted, say);
}

async function reachHub(wishes: Wishes, say: Say): Promise<string | null> {
  let silent: string | null = null;
  for (;;) {
    const hub = await wishes.hub(silent);
    if (hub === null) {
      if (silent) say(words.hubSilent(silent));
      return null;
    }
    if (await answers(hub)) {
      say(words.hubAnswers(hub));
      return hub;
    }
    silent = hub;
  }
}

async function answers(hub: string): Promise<boolean> {
  try {
    const { ok } = await fetch(hub, { signal: AbortSignal.timeout(LONGEST_ANSWER) });
    return ok;
  } catch (error) {
    // No such name, no way there, no answer in time, a certificate that is not trusted.
    if (error instanceof TypeError || error instanceof DOMException) return false;
    throw error;
  }
}

async function choosePrinter(wishes: Wishes, say: Say): Promise<string | null> {
  const found = await findPrinters();
  for (let refused: string | null = null; ; ) {
    const choice = await wishes.printer(found, refused !== null);
    if (choice === null) {
      if (refused === null) say(words.noneFound('printer'));
      // Wanted, and not there: the terminal says so for as long as it is.
      return refused;
    }
    const made = await prepareQueue(choice);
    if (made.wrong === undefined) {
      say(words.printerReady(choice));
      say((await printTestPage(made.queue)) ? words.printed : words.notPrinted);
      return made.queue;
    }
    say(words.printerRefused(made.wrong));
    refused = made.queue;
  }
}

async function chooseScanner(wishes: Wishes, say: Say): Promise<Partial<ScannerConfig> | null> {
  const device = await wishes.scanner(await findScanners());
  if (device === null) {
    say(words.noneFound('scanner'));
    return null;
  }
  const tried = await tryScanner(device);
  if ('wrong' in tried) {
    say(words.scannerRefused(tried.wrong));
    return { driver: 'sane', device };
  }
  say(words.scannerTried);
  return tried.config;
}

/** Asked only where there are several: the terminal says which. */
async function chooseMedia(
  wishes: Wishes,
  condition: TerminalCondition | null,
): Promise<Record<MediaKind, string | null>> {
  const chosen: Record<MediaKind, string | null> = { camera: null, microphone: null, speaker: null };
  const known = condition?.media ?? (await untilTerminal(({ media }) => media !== null, DEVICES_SHOW))?.media;
  for (const { kind, list } of MEDIA) {
    const labels = known?.[list] ?? [];
    chosen[kind] = labels.length > 1 ? await wishes.media(kind, labels) : null;
  }
  return chosen;
}

function isSettled({ outOfService, painted, hubLinked }: TerminalCondition): boolean {
  return painted.face && (outOfService !== null || hubLinked);
}

function isOpen(condition: TerminalCondition | null, say: Say): condition is TerminalCondition {
  if (condition?.outOfService) say(words.outOfService[condition.outOfService]);
  else if (!condition?.painted.face) say(words.noTerminal);
  else if (!condition.hubLinked) say(words.notLinked);
  else return true;
  return false;
}

function isWanted(
  name: DeviceName,
  { queue, scanner }: { readonly queue: string | null; readonly scanner: Partial<ScannerConfig> | null },
  wishes: Wishes,
): boolean {
  if (name === 'printer') return queue !== null;
  if (name === 'scanner') return scanner !== null;
  return name !== 'button' || wishes.rest.button.driver !== 'none';
}

function report(condition: TerminalCondition, wanted: readonly DeviceName[], say: Say): boolean {
  say('');
  let good = true;
  for (const name of deviceNames) {
    const works = condition.usable.includes(name);
    if (wanted.includes(name)) {
      say(words.device(name, works));
      good &&= works;
    } else say(words.absent(name));
  }
  say(good ? words.done : words.doneWith);
  return good;
}

function other(side: 'left' | 'right'): 'left' | 'right' {
  return side === 'left' ? 'right' : 'left';
}
