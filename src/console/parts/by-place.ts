export interface Placed<T> {
  readonly item: T;
  /** From 0. */
  readonly place: number;
}

/** For lists in which an item is known by its place and by nothing else: two may be equal, and each may be typed over. */
export function byPlace<T>(items: readonly T[]): readonly Placed<T>[] {
  return items.map((item, place) => ({ item, place }));
}
