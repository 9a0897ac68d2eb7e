/** What a build for trials says of itself wherever somebody may look. */
import type { PackageBuild } from './package-build.ts';

const NOTICE =
  'FOR TRIALS ONLY: made with another Electron than the official one. Never give it to the public.';

/** Of a package's description: first, or nothing. */
export function trialNotice({ trial }: Pick<PackageBuild, 'trial'>): string[] {
  return trial ? [NOTICE] : [];
}
