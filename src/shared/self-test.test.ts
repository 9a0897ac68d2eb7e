import { describe, expect, it } from 'vitest';
import { findingsOf, type MediaMeasurement, mediaMeasurement } from './self-test.ts';

const good: MediaMeasurement = {
  camera: { state: 'seen', brightness: 90, brightest: 240, moving: true },
  microphone: { state: 'heard', noise: -62 },
  speaker: 'present',
  sound: { level: -34, delay: 84, echo: { reduction: 41, orMore: false } },
};

describe('what is concluded from a measurement', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(mediaMeasurement.parse(good)).toEqual(good);
    expect(findingsOf(good)).toEqual([]);
  });

  it.each<[string, Partial<MediaMeasurement>, string[]]>([
    ['no camera', { camera: { state: 'absent' } }, ['cameraAbsent']],
    ['a camera that another program holds', { camera: { state: 'notOpened' } }, ['cameraNotOpened']],
    [
      'a cover before the camera',
      { camera: { state: 'seen', brightness: 2, brightest: 9, moving: true } },
      ['cameraBlack'],
    ],
    [
      'a black picture that also stands still: said once',
      { camera: { state: 'seen', brightness: 0, brightest: 0, moving: false } },
      ['cameraBlack'],
    ],
    [
      'always the same picture',
      { camera: { state: 'seen', brightness: 90, brightest: 240, moving: false } },
      ['cameraFrozen'],
    ],
    [
      'a dim room with a lamp is not black',
      { camera: { state: 'seen', brightness: 5, brightest: 180, moving: true } },
      [],
    ],
    [
      'no microphone: the loudspeaker is not blamed',
      { microphone: { state: 'absent' }, sound: null },
      ['microphoneAbsent'],
    ],
    [
      'digital silence: neither',
      { microphone: { state: 'heard', noise: null }, sound: null },
      ['microphoneSilent'],
    ],
    ['no loudspeaker', { speaker: 'absent', sound: null }, ['speakerAbsent']],
    ['the loudspeaker is not heard', { sound: null }, ['soundNotHeard']],
    ['hardly above the noise', { sound: { level: -55, delay: 84, echo: null } }, ['soundFaint']],
    [
      'a room that echoes badly',
      { sound: { level: -34, delay: 84, echo: { reduction: 12, orMore: false } } },
      ['echoStrong'],
    ],
    [
      'a noisy room in which no more can be told',
      { sound: { level: -34, delay: 84, echo: { reduction: 12, orMore: true } } },
      [],
    ],
    [
      'all at once: sound first',
      {
        camera: { state: 'absent' },
        microphone: { state: 'notOpened' },
        speaker: 'notOpened',
        sound: null,
      },
      ['microphoneNotOpened', 'speakerNotOpened', 'cameraAbsent'],
    ],
  ])('%s', (_what, change, findings) => {
    expect(findingsOf({ ...good, ...change })).toEqual(findings);
  });
});
