import type { JitsiConstructor } from '#shared/jitsi-api.ts';

declare global {
  interface Window {
    readonly JitsiMeetExternalAPI?: JitsiConstructor<HTMLElement>;
  }
}

/** ms. A server that takes the question and never answers counts as none. */
const PATIENCE = 10_000;

let attempts = 0;

/**
 * The script is the deployment's own, so that API and server always fit. Rejects where the deployment does not give it.
 * @param origin of the deployment.
 */
export function loadApi(origin: string): Promise<JitsiConstructor<HTMLElement>> {
  attempts += 1;
  // Another address for another try: a browser lets a second request wait for a first one that hangs.
  const query = attempts === 1 ? '' : `?attempt=${attempts}`;
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const fail = (why: string) => {
      clearTimeout(patience);
      script.remove();
      reject(new Error(why));
    };
    const patience = setTimeout(() => fail('The deployment did not answer.'), PATIENCE);
    script.src = `${origin}/external_api.js${query}`;
    script.onload = () => {
      // Read now: every deployment's script gives the same global name.
      const Api = window.JitsiMeetExternalAPI;
      clearTimeout(patience);
      if (Api) resolve(Api);
      else fail('The deployment gave a script without the API.');
    };
    script.onerror = () => fail('The deployment did not give its script.');
    document.head.append(script);
  });
}
