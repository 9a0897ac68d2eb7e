/** Which screen stands where: pure, so that every case of lost and found displays is tested without a display. */
import type { DisplayChoice } from '#shared/configuration/terminal.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DisplayFact {
  readonly id: number;
  readonly label: string;
  readonly primary: boolean;
  readonly bounds: Rectangle;
}

export interface Layout {
  readonly face: Rectangle;
  readonly desk: Rectangle;
  /** Both on one display: face on the left, desk on the right. */
  readonly shared: boolean;
}

/** Null where there is no display at all: the windows stay where they are until one is back. */
export function layOut(
  displays: readonly DisplayFact[],
  choice: { face: DisplayChoice; desk: DisplayChoice },
): Layout | null {
  const [only] = displays;
  if (!only) return null;
  if (displays.length === 1) return split(only.bounds);
  const face =
    find(displays, choice.face) ??
    displays.find((display) => display.id !== find(displays, choice.desk)?.id) ??
    only;
  const wanted = find(displays, choice.desk);
  // A configuration that names one display twice still gets two screens.
  const desk = wanted && wanted.id !== face.id ? wanted : displays.find((display) => display.id !== face.id);
  return desk ? { face: face.bounds, desk: desk.bounds, shared: false } : split(only.bounds);
}

function find(displays: readonly DisplayFact[], choice: DisplayChoice): DisplayFact | undefined {
  if ('name' in choice) return displays.find((display) => display.label === choice.name);
  if (choice.position === 'primary') return displays.find((display) => display.primary);
  const sorted = displays.toSorted((a, b) => a.bounds.x - b.bounds.x);
  return choice.position === 'left' ? sorted[0] : sorted.at(-1);
}

function split(bounds: Rectangle): Layout {
  const half = Math.floor(bounds.width / 2);
  return {
    face: { ...bounds, width: half },
    desk: { ...bounds, x: bounds.x + half, width: bounds.width - half },
    shared: true,
  };
}
