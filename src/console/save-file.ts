/** Hands a file to the counsellor through the browser's own download. */
export function saveFile(name: string, bytes: Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The browser has taken the bytes once the click's task is over; a minute is a wide margin for slow disks.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
