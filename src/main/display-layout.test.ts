import { describe, expect, it } from 'vitest';
import { type DisplayFact, layOut } from './display-layout.ts';

const left: DisplayFact = {
  id: 1,
  label: 'DUMMY0',
  primary: true,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
};
const right: DisplayFact = {
  id: 2,
  label: 'DUMMY1',
  primary: false,
  bounds: { x: 1920, y: 0, width: 1280, height: 1024 },
};
const byPosition = { face: { position: 'left' }, desk: { position: 'right' } } as const;

describe('layOut', () => {
  it('gives each screen the display chosen by its position', () => {
    expect(layOut([right, left], byPosition)).toEqual({
      face: left.bounds,
      desk: right.bounds,
      shared: false,
    });
    expect(layOut([left, right], { face: { position: 'right' }, desk: { position: 'left' } })?.face).toEqual(
      right.bounds,
    );
  });

  it('gives each screen the display chosen by its name', () => {
    const layout = layOut([left, right], { face: { name: 'DUMMY1' }, desk: { name: 'DUMMY0' } });
    expect(layout).toEqual({ face: right.bounds, desk: left.bounds, shared: false });
  });

  it('never puts both on one display while there are two', () => {
    const same = layOut([left, right], { face: { position: 'left' }, desk: { name: 'DUMMY0' } });
    expect(same).toEqual({ face: left.bounds, desk: right.bounds, shared: false });
    const unknown = layOut([left, right], { face: { name: 'HDMI-7' }, desk: { position: 'left' } });
    expect(unknown).toEqual({ face: right.bounds, desk: left.bounds, shared: false });
    const bothUnknown = layOut([left, right], { face: { name: 'HDMI-7' }, desk: { name: 'HDMI-8' } });
    expect(bothUnknown).toEqual({ face: left.bounds, desk: right.bounds, shared: false });
  });

  it('shares the display that remains, and loses nothing of its width', () => {
    const layout = layOut([{ ...right, bounds: { x: 10, y: 5, width: 1281, height: 1024 } }], byPosition);
    expect(layout).toEqual({
      face: { x: 10, y: 5, width: 640, height: 1024 },
      desk: { x: 650, y: 5, width: 641, height: 1024 },
      shared: true,
    });
  });

  it('has no answer without a display', () => {
    expect(layOut([], byPosition)).toBeNull();
  });
});
