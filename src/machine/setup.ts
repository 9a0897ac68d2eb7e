/** vis-a-vis-setup: makes a terminal of this machine, by questions or from a file (`--file`). */
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { terminalConfiguration } from '#shared/configuration/terminal.ts';
import { readSource, writeSource } from './repository.ts';
import { type Answers, answersFor, updatesAddress } from './setup/answers.ts';
import { CONFIGURATION } from './setup/configure.ts';
import { type Dialogue, NobodyThere, openDialogue } from './setup/dialogue.ts';
import { install } from './setup/install.ts';
import { askedWishes, type Wishes, writtenWishes } from './setup/wishes.ts';
import { words } from './setup/words-fr.ts';
import { conditionOfTerminal } from './terminal-unit.ts';
import { readWhole } from './whole-file.ts';

/** sysexits(3). */
const EX_USAGE = 64;
const EX_NOPERM = 77;

async function main(): Promise<number> {
  const file = fileAsked();
  if (file === undefined) {
    say(words.usage);
    return EX_USAGE;
  }
  if (process.getuid?.() !== 0) {
    say(words.notRoot);
    return EX_NOPERM;
  }
  say(words.title);
  return file === null ? byQuestions() : fromFile(file);
}

async function byQuestions(): Promise<number> {
  say(words.intro);
  const dialogue = openDialogue(process.stdin, process.stdout);
  try {
    if (!readSource()) await askForUpdates(dialogue);
    return await run(askedWishes(dialogue, before()), await isEnrolled());
  } catch (error) {
    if (!(error instanceof NobodyThere)) throw error;
    say(`\n${words.ended}`);
    return 1;
  } finally {
    dialogue.close();
  }
}

/** The packages came by a stick, and new ones would not come at all. */
async function askForUpdates({ ask }: Dialogue): Promise<void> {
  const address = await ask(words.ask.updates, (given) =>
    given === '' ? given : (updatesAddress.safeParse(given).data ?? null),
  );
  if (address !== '') writeSource({ address, channel: 'stable' });
}

async function fromFile(file: string): Promise<number> {
  if (!existsSync(file)) {
    say(words.noFile(file));
    return EX_USAGE;
  }
  const read = answersFor(hostname(), readFileSync(file, 'utf8'));
  if ('wrong' in read) {
    say(words.wrongFile(file, read.wrong));
    return EX_USAGE;
  }
  const { updates } = read.answers;
  if (updates) writeSource(updates);
  return run(writtenWishes(read.answers), await isEnrolled());
}

async function run(wishes: Wishes, enrolled: boolean): Promise<number> {
  // Trusted so far was the key that the operator brought; from now on it is the one that is renewed by itself.
  const source = readSource();
  if (source) writeSource(source);
  return (await install(wishes, say, enrolled)) ? 0 : 1;
}

/** It runs, and as who it is: what it says of the hub comes with its key. */
async function isEnrolled(): Promise<boolean> {
  const condition = await conditionOfTerminal();
  return condition !== null && condition.outOfService === null;
}

/** What an earlier setup chose. */
function before(): Partial<Answers> {
  const known = readWhole(CONFIGURATION, terminalConfiguration);
  if (!known) return {};
  const { hub, commune, button, selfTest, screens } = known;
  const face = 'position' in screens.face && screens.face.position === 'right' ? 'right' : 'left';
  return { hub, commune, button, selfTest, face };
}

/** Null: none; undefined: the command line is not understood. */
function fileAsked(): string | null | undefined {
  try {
    return parseArgs({ options: { file: { type: 'string' } } }).values.file ?? null;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main();
