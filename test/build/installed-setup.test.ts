/** vis-a-vis-setup on a machine that has the packages and knows nothing yet. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { terminalCondition } from '#shared/machine/terminal-condition.ts';
import { KEYRING_FILE } from '../../scripts/package/keyring-package.ts';
import { words } from '../../src/machine/setup/words-fr.ts';
import { printedFolder } from '../rig/printer/engine-control.ts';
import { type PrinterDevice, startPrinterDevice } from '../rig/printer/printer-device.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { until } from '../rig/until.ts';
import { type BootedTerminal, startBootedTerminal } from './booted-terminal.ts';

let machine: BootedTerminal;
let printer: PrinterDevice;
let papers: string;
beforeAll(async () => {
  const folder = makeRunFolder('printer');
  printer = await startPrinterDevice(folder, makeRunFolder('spool'), 60);
  papers = printedFolder(folder);
  machine = await startBootedTerminal({ configured: false });
  // The only SANE device without hardware, once.
  machine.write('/etc/sane.d/dll.conf', 'test\n');
  machine.write('/etc/sane.d/test.conf', 'number_of_devices 1\n');
}, 240_000);
afterAll(async () => {
  await machine?.close();
  await printer?.close();
});

const condition = async () =>
  terminalCondition.parse(JSON.parse(await machine.sh('cat /run/vis-a-vis/condition.json')));
/** What it said, and how it ended. */
const setup = async (args: string, typed = '') => {
  machine.write('/root/typed', typed);
  const said = await machine.sh(
    `if vis-a-vis-setup ${args} </root/typed 2>&1; then echo 'ended 0'; else echo "ended $?"; fi`,
  );
  return { said, ended: Number(/ended (\d+)\s*$/.exec(said)?.[1]) };
};
const questionsIn = (said: string) =>
  Object.values(words.ask).filter((question) => said.includes(question)).length;
const answers = (change: object = {}) => ({
  hub: machine.hub.origin,
  enrolmentCode: machine.hub.demo.enrolmentCode,
  commune: { name: 'Saint-Martin-des-Prés' },
  printer: printer.uri,
  selfTest: { time: null },
  ...change,
});
const fromFile = (change: object = {}) => {
  machine.write('/root/borne.json', JSON.stringify(answers(change)));
  return setup('--file /root/borne.json');
};

it('before it, the screens say calmly that the terminal is not in service', async () => {
  await machine.untilPainted();
  expect(await condition()).toMatchObject({
    outOfService: 'notConfigured',
    painted: { face: true, desk: true },
  });
  expect((await machine.sh('systemctl show --property=NRestarts --value vis-a-vis-terminal')).trim()).toBe(
    '0',
  );
});

it('names what is wrong in a file, and changes nothing', async () => {
  const wrong = await fromFile({ commune: {}, hub: 'http://hub.example.fr' });
  expect(wrong.ended).toBe(64);
  expect(wrong.said).toMatch(/hub[\s\S]*commune/);
  expect((await condition()).outOfService).toBe('notConfigured');
});

it('stops where the hub does not answer', async () => {
  const silent = await fromFile({ hub: 'http://localhost:9' });
  expect(silent.ended).toBe(1);
  expect(silent.said).toContain('Le serveur ne répond pas (http://localhost:9)');
});

it('says that a code is refused, and so does the terminal’s screen', async () => {
  const refused = await fromFile({ enrolmentCode: 'AAAA-BBBB-CCCC' });
  expect(refused.ended).toBe(1);
  expect(refused.said).toContain('Le code d’installation est refusé');
  expect(await condition()).toMatchObject({ outOfService: 'codeRefused', painted: { face: true } });
});

it('asks fewer than ten questions, tries each device, and ends with a terminal that waits for its first visit', async () => {
  const papersBefore = readdirSync(papers).length;
  const { said } = await setup(
    '',
    [
      '',
      '',
      machine.hub.demo.enrolmentCode,
      printer.uri.replace(/^ipp:\/\/(.*)\/ipp\/print$/, '$1'),
      '1',
      'o',
      '',
    ].join('\n'),
  );
  expect(said).toContain('Le serveur répond');
  expect(said).toContain('La page d’essai est sortie.');
  expect(said).toContain('Le scanner a lu un essai.');
  for (const device of ['Imprimante', 'Scanner', 'Deux écrans']) expect(said).toContain(`✓ ${device}`);
  // This machine has none.
  expect(said).toContain('✗ Caméra');
  expect(questionsIn(said)).toBeGreaterThan(3);
  expect(questionsIn(said)).toBeLessThanOrEqual(10);
  expect(readdirSync(papers).length).toBeGreaterThan(papersBefore);
  expect(await condition()).toMatchObject({ outOfService: null, hubLinked: true });
});

it('leaves apt with the key that is renewed by itself', async () => {
  expect(await machine.sh('cat /etc/apt/sources.list.d/vis-a-vis.list')).toContain(KEYRING_FILE);
});

it('leaves no code behind, and the configuration to root and the terminal alone', async () => {
  const file = '/etc/vis-a-vis/terminal.json';
  expect(await machine.sh(`cat ${file}`)).not.toContain('enrolmentCode');
  expect((await machine.sh(`stat --format='%a %U %G' ${file}`)).trim()).toBe('640 root vis-a-vis');
});

it('from a file, asks nothing; the terminal keeps who it is', async () => {
  const name = (await machine.sh('hostname')).trim();
  const again = await fromFile({ terminals: { [name]: { commune: { name: 'Vieux-Moulin' } } } });
  expect(questionsIn(again.said)).toBe(0);
  expect(again.said).toContain('✓ Imprimante');
  expect(await machine.sh('cat /etc/vis-a-vis/terminal.json')).toContain('Vieux-Moulin');
  await until('it is linked again', async () => (await condition()).hubLinked);
});
