/**
 * Has a deployment's own page fetched and parsed ahead of the call, in a frame that nobody sees and that may use neither
 * camera nor microphone: it stops before joining (prejoinConfig, config.js of Jitsi Meet), in a room that nobody knows.
 */

/** ms after which it is warm enough. */
const LONG_ENOUGH = 15_000;

/** @returns what ends it early. */
export function warmDeployment(origin: string): () => void {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.setAttribute('aria-hidden', 'true');
  frame.src = `${origin}/warm-${crypto.randomUUID()}#config.prejoinConfig.enabled=true&config.prejoinPageEnabled=true&config.startWithAudioMuted=true&config.startWithVideoMuted=true&config.disableInitialGUM=true`;
  const end = () => {
    clearTimeout(timer);
    frame.remove();
  };
  const timer = setTimeout(end, LONG_ENOUGH);
  document.body.append(frame);
  return end;
}
