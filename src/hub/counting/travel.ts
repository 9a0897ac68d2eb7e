/** Kilometres and hours that nobody had to travel: an estimate, from the mairie to the body's office and back. */

export interface Place {
  /** Degrees (WGS 84). */
  readonly latitude: number;
  readonly longitude: number;
}

/** km: the mean radius of the Earth (IUGG). */
const EARTH = 6_371;
/**
 * How much longer roads are than the straight line. 1.3 is the usual value for country roads in France; what such a
 * detour is made of: F. Héran, « Des distances à vol d'oiseau aux distances réelles », Flux 76-77, 2009.
 */
const ROAD_FACTOR = 1.3;
/** km/h: door to door on country roads, an assumption that the page states. */
const MEAN_SPEED = 50;

/**
 * Great-circle distance by the haversine formula (R. W. Sinnott, Sky and Telescope 68, 1984) × ROAD_FACTOR × 2.
 * @returns km for both ways.
 */
export function kilometresSpared(mairie: Place, office: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const h =
    half(mairie.latitude, office.latitude) +
    Math.cos(radians(mairie.latitude)) *
      Math.cos(radians(office.latitude)) *
      half(mairie.longitude, office.longitude);
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h))) * ROAD_FACTOR * 2;
}

/** @param kilometres both ways. */
export function minutesSpared(kilometres: number): number {
  return (kilometres / MEAN_SPEED) * 60;
}
