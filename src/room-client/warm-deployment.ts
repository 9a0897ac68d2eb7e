/**
 * Has a deployment's own page fetched and parsed ahead of the call, in a frame that nobody sees and that may use neither
 * camera nor microphone: it stops before joining (prejoinConfig, config.js of Jitsi Meet), in a room that nobody knows.
 * While it is open its process is, and the call's own page need not wait for one.
 */

/** @returns what ends it. */
export function warmDeployment(origin: string): () => void {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.setAttribute('aria-hidden', 'true');
  const settings = [
    'prejoinConfig.enabled=true',
    'prejoinPageEnabled=true',
    // Both: with either of them on, Jitsi Meet would open camera and microphone for its preview.
    'startWithAudioMuted=true',
    'startWithVideoMuted=true',
  ];
  const hash = settings.map((setting) => `config.${setting}`).join('&');
  frame.src = `${origin}/warm-${crypto.randomUUID()}#${hash}`;
  document.body.append(frame);
  return () => frame.remove();
}
