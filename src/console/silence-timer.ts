/** Calls `fire` once nothing was heard for so long. */
export function silenceTimer(milliseconds: number, fire: () => void) {
  let timer = setTimeout(fire, milliseconds);
  return {
    heard: () => {
      clearTimeout(timer);
      timer = setTimeout(fire, milliseconds);
    },
    stop: () => clearTimeout(timer),
  };
}
