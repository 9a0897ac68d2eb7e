import { type JitsiConstructor, jitsiOrigin } from '#shared/jitsi-api.ts';

declare global {
  interface Window {
    readonly JitsiMeetExternalAPI?: JitsiConstructor<HTMLElement>;
  }
}

/**
 * The script is the deployment's own, so that API and server always fit. Every deployment's script gives the same global
 * name: load one after the other. Rejects where the deployment does not give it.
 */
export async function loadApi(domain: string): Promise<JitsiConstructor<HTMLElement>> {
  const src = `${jitsiOrigin(domain)}/external_api.js`;
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = src;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error('The deployment did not give its script.'));
    document.head.append(script);
  });
  const Api = window.JitsiMeetExternalAPI;
  if (!Api) throw new Error('The deployment gave a script without the API.');
  return Api;
}
