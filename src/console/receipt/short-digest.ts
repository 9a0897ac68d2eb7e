/** "3f2a 91bc 04de 77a1": the beginning of a digest, in groups that two people can compare aloud. */
export function shortDigest(digest: string): string {
  return (digest.slice(0, 16).match(/.{4}/g) ?? []).join('\u00a0');
}
