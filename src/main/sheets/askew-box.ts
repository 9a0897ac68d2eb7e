/** A rectangle laid askew, in the pixels of whatever picture it is of. */
export interface AskewBox {
  /** Its centre. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Degrees clockwise. */
  readonly angle: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Clockwise in a picture, whose y grows downwards. */
export function turned({ x, y }: Point, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: x * cos - y * sin, y: x * sin + y * cos };
}

export function scaled(box: AskewBox, factor: number): AskewBox {
  const { x, y, width, height, angle } = box;
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor, angle };
}
