/** Runs shared/visit.ts: one event at a time, its effects performed, its timers turned into events. */
import { transition } from '#shared/visit.ts';
import { type Effect, type Timer, timers, type VisitEvent, type VisitState } from '#shared/visit-state.ts';

export type OutwardEffect = Exclude<Effect, { type: 'startTimer' | 'stopTimer' }>;

export interface VisitRunner {
  readonly dispatch: (event: VisitEvent) => void;
  readonly state: () => VisitState;
  readonly close: () => void;
}

export interface VisitRunnerOptions {
  readonly initial: VisitState;
  /** Must not throw and must not dispatch before it returns: answers come as events, later. */
  readonly perform: (effect: OutwardEffect) => void;
  /** After every change, once the effects were started. */
  readonly onState: (state: VisitState) => void;
}

export function createVisitRunner({ initial, perform, onState }: VisitRunnerOptions): VisitRunner {
  let state = initial;
  const running = new Map<Timer, NodeJS.Timeout>();

  function stop(timer: Timer): void {
    clearTimeout(running.get(timer));
    running.delete(timer);
  }

  function start(timer: Timer): void {
    stop(timer);
    const fire = () => {
      running.delete(timer);
      dispatch({ type: 'timeout', timer });
    };
    running.set(timer, setTimeout(fire, timers[timer]));
  }

  function dispatch(event: VisitEvent): void {
    const next = transition(state, event);
    const changed = next.state !== state;
    state = next.state;
    for (const effect of next.effects) {
      if (effect.type === 'startTimer') start(effect.timer);
      else if (effect.type === 'stopTimer') stop(effect.timer);
      else perform(effect);
    }
    if (changed) onState(state);
  }

  return {
    dispatch,
    state: () => state,
    close() {
      for (const timer of [...running.keys()]) stop(timer);
    },
  };
}
