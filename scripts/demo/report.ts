/** Notes how each step of the demo went, with a line for whoever watches. */
export interface Step {
  readonly name: string;
  readonly ms: number;
  readonly ok: boolean;
}

export interface Reporter {
  /** Runs the step; after a failed one the later ones are not tried. @throws what the step threw. */
  readonly step: <T>(name: string, run: () => Promise<T>) => Promise<T>;
  /** Where the call was seen. @param origin of the deployment's page. */
  readonly madeOn: (origin: string) => void;
  readonly report: () => {
    readonly ok: boolean;
    readonly deployment: { readonly kind: string; readonly origin: string | null };
    readonly steps: readonly Step[];
  };
}

/** @param kind of deployment that the calls are made on. */
export function createReporter(print: (line: string) => void, kind: string): Reporter {
  let seenAt: string | null = null;
  const steps: Step[] = [];
  return {
    async step(name, run) {
      const start = performance.now();
      const note = (ok: boolean) => {
        const ms = Math.round(performance.now() - start);
        steps.push({ name, ms, ok });
        print(`${ok ? '✓' : '✗'} ${name} (${(ms / 1000).toFixed(1)} s)`);
      };
      try {
        const result = await run();
        note(true);
        return result;
      } catch (error) {
        note(false);
        throw error;
      }
    },
    madeOn(origin) {
      seenAt = origin;
    },
    report: () => ({
      ok: steps.length > 0 && steps.every((step) => step.ok),
      deployment: { kind, origin: seenAt },
      steps,
    }),
  };
}
