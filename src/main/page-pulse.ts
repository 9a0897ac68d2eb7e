/**
 * Asks a page again and again whether it still runs. Electron's own `unresponsive` only speaks when somebody types or
 * clicks, which nobody does here.
 */
import type { WebContents } from 'electron';

/** ms between two questions, and how long an answer may take: a page that paints slowly is no page that hangs. */
const BEAT = 2_000;
const PATIENCE = 6_000;

/** Calls back once each time the page stops answering. Returns a function that stops asking. */
export function watchPulse(page: WebContents, onHung: () => void): () => void {
  let askedAt: number | null = null;
  // A question to a page that went away is never answered.
  page.on('did-start-loading', () => {
    askedAt = null;
  });
  const timer = setInterval(() => {
    if (page.isDestroyed() || page.isCrashed() || page.isLoading()) {
      askedAt = null;
    } else if (askedAt === null) {
      const asked = Date.now();
      askedAt = asked;
      const answered = () => {
        if (askedAt === asked) askedAt = null;
      };
      // A page that went away in between is a crash, and watched elsewhere.
      page.executeJavaScript('0').then(answered, answered);
    } else if (Date.now() - askedAt > PATIENCE) {
      askedAt = null;
      onHung();
    }
  }, BEAT);
  return () => clearInterval(timer);
}
