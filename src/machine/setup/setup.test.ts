import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { terminalConfiguration } from '#shared/configuration/terminal.ts';
import { answersFor } from './answers.ts';
import { NobodyThere, openDialogue } from './dialogue.ts';
import { addressOf } from './printers.ts';
import { namesIn } from './scanners.ts';

const all = {
  hub: 'https://hub.example.fr/',
  enrolmentCode: 'ABCD-EFGH-2345',
  commune: { name: 'Beaumont' },
};

describe('a file of answers', () => {
  it('needs little', () => {
    const read = answersFor('borne-1', JSON.stringify(all));
    expect(read).toMatchObject({
      answers: {
        hub: 'https://hub.example.fr',
        printer: 'auto',
        scanner: 'auto',
        face: 'left',
        camera: null,
      },
    });
  });

  it('serves fifty terminals: each has its own over what all have', () => {
    const text = JSON.stringify({
      ...all,
      enrolmentCode: undefined,
      terminals: {
        'borne-1': { enrolmentCode: 'AAAA-AAAA-AAAA' },
        'borne-2': { enrolmentCode: 'BBBB-BBBB-BBBB', commune: { name: 'Vieux-Moulin' }, face: 'right' },
      },
    });
    expect(answersFor('borne-1', text)).toMatchObject({
      answers: { enrolmentCode: 'AAAA-AAAA-AAAA', commune: { name: 'Beaumont' }, face: 'left' },
    });
    expect(answersFor('borne-2', text)).toMatchObject({
      answers: { enrolmentCode: 'BBBB-BBBB-BBBB', commune: { name: 'Vieux-Moulin' }, face: 'right' },
    });
    expect(answersFor('borne-3', text)).toEqual({ wrong: expect.stringContaining('borne-3') });
  });

  it.each([
    ['no JSON', '{'],
    ['a hub without encryption', JSON.stringify({ ...all, hub: 'http://hub.example.fr' })],
    ['a word that nobody knows', JSON.stringify({ ...all, imprimante: 'auto' })],
    [
      'a repository that is no address',
      JSON.stringify({ ...all, updates: { address: 'x; rm', channel: 'stable' } }),
    ],
  ])('with %s is named and refused', (_what, text) => {
    expect(answersFor('borne-1', text)).toHaveProperty('wrong');
  });
});

it('asks again until the answer is understood, and Enter keeps what is there', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const dialogue = openDialogue(input, output);
  input.end('sept\n7\n\n');
  const number = (given: string) => (/^\d+$/.test(given) ? Number(given) : null);
  expect(await dialogue.ask('Combien', number)).toBe(7);
  expect(await dialogue.ask('Combien', number, '3')).toBe(3);
  await expect(dialogue.ask('Combien', number)).rejects.toThrow(NobodyThere);
  expect(String(output.read())).toContain('Cette réponse ne convient pas.');
  dialogue.close();
});

it('takes a printer by its number on the network, its name there, an address, or its queue', () => {
  expect(addressOf('192.168.1.20')).toBe('ipp://192.168.1.20/ipp/print');
  expect(addressOf('localhost:8631')).toBe('ipp://localhost:8631/ipp/print');
  expect(addressOf('ipps://printer.local/ipp/print')).toBe('ipps://printer.local/ipp/print');
  expect(addressOf('Borne')).toBe('Borne');
});

it('calls sources and modes as the scanner does', () => {
  // As scanimage writes it (scanimage(1), --all-options).
  const said = `
Options specific to device \`airscan:e0:Brother MFC':
  Standard:
    --resolution 100|200|300|600dpi [300]
        Sets the resolution of the scanned image.
    --mode Color|Gray [Color]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --source Flatbed|ADF|ADF Duplex [Flatbed]
        Selects the scan source (such as a document-feeder).
`;
  const names = namesIn('airscan:e0:Brother MFC', said);
  expect(names).toEqual({
    ...{ driver: 'sane', device: 'airscan:e0:Brother MFC', colourMode: 'Color', greyMode: 'Gray' },
    ...{ flatbedSource: 'Flatbed', feederSource: 'ADF' },
  });
  expect(terminalConfiguration.shape.scanner.safeParse(names).success).toBe(true);
  expect(namesIn('plustek:libusb:001', 'no options')).toMatchObject({
    flatbedSource: null,
    feederSource: null,
  });
});
