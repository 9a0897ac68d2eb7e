/** The file system is full, or this user may have no more of it (write(2)). Any other error is not expected. */
export function isNoRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
