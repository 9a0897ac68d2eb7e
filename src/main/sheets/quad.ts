/** A paper as a camera sees it: four corners, and the rectangle that it really is. */
import type { Point } from './askew-box.ts';

export interface Quad {
  readonly topLeft: Point;
  readonly topRight: Point;
  readonly bottomRight: Point;
  readonly bottomLeft: Point;
}

/** Where a place of the rectangle, from 0 to 1 across and down, is seen. */
export type Projection = (across: number, down: number) => Point;

export function scaledQuad({ topLeft, topRight, bottomRight, bottomLeft }: Quad, factor: number): Quad {
  const times = ({ x, y }: Point): Point => ({ x: x * factor, y: y * factor });
  return {
    topLeft: times(topLeft),
    topRight: times(topRight),
    bottomRight: times(bottomRight),
    bottomLeft: times(bottomLeft),
  };
}

export function lengthOf(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

/** The projective map of the unit square to four corners (P. Heckbert, Fundamentals of Texture Mapping, 1989, 2.2.3). */
export function projectionOf({ topLeft: a, topRight: b, bottomRight: c, bottomLeft: d }: Quad): Projection {
  const [dx1, dx2, dx3] = [b.x - c.x, d.x - c.x, a.x - b.x + c.x - d.x];
  const [dy1, dy2, dy3] = [b.y - c.y, d.y - c.y, a.y - b.y + c.y - d.y];
  const whole = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / whole;
  const h = (dx1 * dy3 - dx3 * dy1) / whole;
  const [xa, xd] = [b.x - a.x + g * b.x, d.x - a.x + h * d.x];
  const [ya, yd] = [b.y - a.y + g * b.y, d.y - a.y + h * d.y];
  return (across, down) => {
    const deep = g * across + h * down + 1;
    return { x: (xa * across + xd * down + a.x) / deep, y: (ya * across + yd * down + a.y) / deep };
  };
}

/** Focal lengths of webcams, in widths of their picture (about 90° to 30° across), and one in the middle. */
const FOCAL = { shortest: 0.5, longest: 1.9, usual: 0.85 };
/** Sides of A4 and its kin (ISO 216), and of a bank card (ISO/IEC 7810, ID-1), long to short. */
const FORMATS = [Math.SQRT2, 85.6 / 53.98];
/** By how much a paper may differ from a format and still be one: hands bend it, and corners are found to a pixel. */
const NEAR = 0.06;

/**
 * How many times as wide as it is high the paper is. From its corners alone, by the camera's focal length that makes them
 * the corners of a rectangle (Z. Zhang, L. He, Whiteboard scanning and image enhancement, 2007, 3.2); the known formats
 * of paper are taken for what they are.
 *
 * @param width, height of the picture, whose middle is the camera's axis.
 */
export function ratioOf(quad: Quad, width: number, height: number): number {
  const at = ({ x, y }: Point): Vector => [x - width / 2, y - height / 2, 1];
  const [m1, m2, m3, m4] = [at(quad.topLeft), at(quad.topRight), at(quad.bottomLeft), at(quad.bottomRight)];
  const k2 = dot(cross(m1, m4), m3) / dot(cross(m2, m4), m3);
  const k3 = dot(cross(m1, m4), m2) / dot(cross(m3, m4), m2);
  const across = minus(m2, m1, k2);
  const down = minus(m3, m1, k3);
  const squared = -(across[0] * down[0] + across[1] * down[1]) / (across[2] * down[2]);
  const [least, most] = [(FOCAL.shortest * width) ** 2, (FOCAL.longest * width) ** 2];
  // A paper held straight before the camera says nothing of it, and needs nothing of it.
  const focal = squared >= least && squared <= most ? squared : (FOCAL.usual * width) ** 2;
  const long = ([x, y, z]: Vector): number => (x * x + y * y) / focal + z * z;
  const ratio = Math.sqrt(long(across) / long(down));
  const format = FORMATS.flatMap((one) => [one, 1 / one]).find((one) => Math.abs(ratio / one - 1) < NEAR);
  return format ?? ratio;
}

type Vector = readonly [number, number, number];

function cross([a, b, c]: Vector, [d, e, f]: Vector): Vector {
  return [b * f - c * e, c * d - a * f, a * e - b * d];
}

function dot([a, b, c]: Vector, [d, e, f]: Vector): number {
  return a * d + b * e + c * f;
}

/** `times` the first, less the second. */
function minus([a, b, c]: Vector, [d, e, f]: Vector, times: number): Vector {
  return [a * times - d, b * times - e, c * times - f];
}
