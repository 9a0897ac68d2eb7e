/**
 * The sound that the self-test plays: a few short sweeps through the range of a voice. A sweep can be found again in
 * noise and in a room's reverberation, which a plain tone cannot: any tone looks like any other, a little later.
 */

/** Seconds. */
const SWEEP = 0.4;
const FADE = 0.03;
/** Hz. What small loudspeakers and telephones have in common. */
const FROM = 300;
const TO = 5_000;
/** Of full scale: heard across a room at the volume of a call, and startles nobody. */
const AMPLITUDE = 0.25;

/** Seconds of quiet before the first, in which the noise of the room is measured. */
const QUIET = 0.6;
/** Seconds from the first sweep to each: never evenly, so that a clock that ticks is not taken for the loudspeaker. */
const STARTS = [0, 0.93, 2.07, 3.11, 4.27] as const;
/** Seconds after the last sweep: it may come back late, and the room rings. */
const AFTER = 0.75;

/** When the sweeps begin and when all is over, in seconds from the start of the recording. @param count up to 5. */
export function timetable(count: number): { readonly starts: readonly number[]; readonly end: number } {
  const starts = STARTS.slice(0, count).map((start) => QUIET + start);
  return { starts, end: (starts.at(-1) ?? QUIET) + SWEEP + AFTER };
}

/**
 * One sweep, samples between −1 and 1: an exponential sine sweep (A. Farina, "Simultaneous measurement of impulse
 * response and distortion with a swept-sine technique", AES 2000), faded in and out so that it does not click.
 * @param rate samples a second.
 */
export function makeSweep(rate: number): Float32Array<ArrayBuffer> {
  const octaves = Math.log(TO / FROM);
  const turns = (2 * Math.PI * FROM * SWEEP) / octaves;
  return Float32Array.from({ length: Math.round(SWEEP * rate) }, (_, at) => {
    const time = at / rate;
    const fade = Math.min(1, time / FADE, (SWEEP - time) / FADE);
    const smooth = Math.sin((Math.PI / 2) * Math.max(0, fade)) ** 2;
    return AMPLITUDE * smooth * Math.sin(turns * (Math.exp((time / SWEEP) * octaves) - 1));
  });
}
