/** A disposable process as paper-link.ts sees it. */
export interface PaperChild {
  /** Structured clone; bytes are copied. Does nothing once the process is gone. */
  readonly post: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Called once, however the process ends. */
  readonly onExit: (listener: () => void) => void;
  /** By force, at once. */
  readonly kill: () => void;
}

export type SpawnPaper = () => PaperChild;
