/** Where it is a day that is long enough: at 23 h no appointment of today is to come any more. */
import { Temporal } from 'temporal-polyfill';

/** Here, or, when it is evening, on the other side of the earth, where it is morning. */
export function nowWhereItIsDay(): Temporal.ZonedDateTime {
  const here = Temporal.Now.zonedDateTimeISO('Europe/Paris');
  return here.hour < 20 ? here : here.withTimeZone('Pacific/Tahiti');
}
