/** Whether paper lies in the feeder, from what `scanimage -A` prints of the device's options. */

/** The names that SANE's backends give it (SANE_NAME_PAGE_LOADED of saneopts.h, and those that came before it). */
const SENSOR = /^\s*--(?:page-loaded|adf-loaded|paper-loaded|paper-in-feeder)\b.*?\[(yes|no)\](.*)$/m;

/** Null: the device has no such sensor, or cannot say. */
export function readFeederSensor(options: string): boolean | null {
  const [, value, more = ''] = SENSOR.exec(options) ?? [];
  if (value === undefined || more.includes('[inactive]')) return null;
  return value === 'yes';
}
