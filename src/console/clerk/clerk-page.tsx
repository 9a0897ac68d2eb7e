/** The mairie's secretary: the terminal's state, the announcement, the visits under way, on one screen. */
import type { ConsoleView } from '#shared/protocol/views.ts';
import { ResidentWords } from '../counting/resident-words.tsx';
import type { HubLink } from '../hub-link.ts';
import { terminalName } from '../parts/terminal-name.ts';
import { useNow } from '../parts/use-now.ts';
import { useTitle } from '../parts/use-title.ts';
import { words } from '../words/words.ts';
import { AnnounceForm } from './announce-form.tsx';
import { RunningVisits } from './running-visits.tsx';
import { TerminalCard } from './terminal-card.tsx';
import { terminalState } from './terminal-state.ts';

interface Props {
  readonly view: Extract<ConsoleView, { role: 'clerk' }>;
  readonly link: HubLink;
  readonly clockOffset: number;
}

export function ClerkPage({ view, link, clockOffset }: Props) {
  const now = useNow(clockOffset);
  useTitle(words.titles.clerk);
  const states = view.terminals.map((terminal) => {
    const visit = view.visits.find((one) => one.terminalId === terminal.terminalId) ?? null;
    return { terminal, state: terminalState(terminal, visit, now) };
  });
  const free = new Set(states.filter(({ state }) => state.free).map(({ terminal }) => terminal.terminalId));

  return (
    <div className="clerk">
      <h1 className="visually-hidden">{words.clerk.title}</h1>
      <div className="clerk-side">
        <section aria-labelledby="terminals-title">
          <h2 id="terminals-title">
            {view.terminals.length > 1 ? words.clerk.terminalsMany : words.clerk.terminals}
          </h2>
          {states.length === 0 && <p>{words.clerk.noTerminal}</p>}
          {states.map(({ terminal, state }) => (
            <TerminalCard
              key={terminal.terminalId}
              terminal={terminal}
              name={terminalName(terminal, view.terminals)}
              state={state}
              link={link}
              now={now}
            />
          ))}
        </section>
        <RunningVisits visits={view.visits} link={link} now={now} />
        <ResidentWords underWay={view.visits.map(({ visitId }) => visitId).join(' ')} />
      </div>
      <AnnounceForm terminals={view.terminals} free={free} bodies={view.bodies} link={link} now={now} />
    </div>
  );
}
