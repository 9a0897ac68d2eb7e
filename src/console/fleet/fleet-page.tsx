/** The operator: every terminal, its state in words, its last contact, its last wipe check, its last self-test. */
import type { ConsoleView, TerminalView } from '#shared/protocol/views.ts';
import { troublesOf } from '../clerk/terminal-state.ts';
import type { HubLink } from '../hub-link.ts';
import { type Tone, ToneMark } from '../parts/tone.tsx';
import { useNow } from '../parts/use-now.ts';
import { useTitle } from '../parts/use-title.ts';
import { clerkFailure, words } from '../words/words.ts';
import { DeploymentList } from './deployment-list.tsx';
import { EnrolTerminal } from './enrol-terminal.tsx';
import { LastSelfTest } from './last-self-test.tsx';
import { LastUpdate } from './last-update.tsx';
import { LastWipe } from './last-wipe.tsx';

interface Props {
  readonly view: Extract<ConsoleView, { role: 'operator' }>;
  readonly link: HubLink;
  readonly clockOffset: number;
}

export function FleetPage({ view, link, clockOffset }: Props) {
  const now = useNow(clockOffset, 15_000);
  useTitle(words.titles.fleet);
  const { columns } = words.fleet;

  return (
    <div className="fleet">
      <h1>{words.fleet.title}</h1>
      {view.terminals.length === 0 ? (
        <p>{words.fleet.none}</p>
      ) : (
        <div className="table-place">
          <table>
            <thead>
              <tr>
                <th scope="col">{columns.terminal}</th>
                <th scope="col">{columns.state}</th>
                <th scope="col">{columns.devices}</th>
                <th scope="col">{columns.contact}</th>
                <th scope="col">{columns.wipe}</th>
                <th scope="col">{columns.selfTest}</th>
                <th scope="col">{columns.version}</th>
              </tr>
            </thead>
            <tbody>
              {view.terminals.map((terminal) => (
                <TerminalRow key={terminal.terminalId} terminal={terminal} link={link} now={now} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <DeploymentList deployments={view.deployments} now={now} />
      <EnrolTerminal mairies={view.mairies ?? []} now={now} />
    </div>
  );
}

interface RowProps {
  readonly terminal: TerminalView;
  readonly link: HubLink;
  readonly now: number;
}

function TerminalRow({ terminal, link, now }: RowProps) {
  const { tone, title } = stateOf(terminal);
  const troubles = troublesOf(terminal);
  const { lastContact, report } = terminal;
  return (
    <tr>
      <th scope="row">
        {terminal.name}
        <span className="hint">{terminal.mairie}</span>
      </th>
      <td>
        <span className="with-mark">
          <ToneMark tone={tone} />
          {title}
        </span>
      </td>
      <td>
        {terminal.online && troubles.length === 0 && words.fleet.allDevices}
        {!terminal.online && report && words.fleet.unknownDevices}
        {(terminal.online ? troubles : []).map(({ device, code }) => (
          <span key={device + code} className="with-mark">
            <ToneMark tone="warn" />
            {clerkFailure(code).what}
          </span>
        ))}
        {terminal.online && report?.pdfNetwork === 'engine' && (
          <p className="with-mark">
            <ToneMark tone="warn" />
            <span>
              {words.fleet.pdfNetwork} <span className="hint">{words.fleet.pdfNetworkNote}</span>
            </span>
          </p>
        )}
      </td>
      <td>
        {terminal.online
          ? words.fleet.now
          : lastContact === null
            ? words.fleet.neverContact
            : words.moment(lastContact, now)}
      </td>
      <td>
        <LastWipe terminal={terminal} now={now} />
      </td>
      <td>
        <LastSelfTest terminal={terminal} link={link} now={now} />
      </td>
      <td>
        <LastUpdate terminal={terminal} now={now} />
      </td>
    </tr>
  );
}

function stateOf({ online, report }: TerminalView): { readonly tone: Tone; readonly title: string } {
  if (!report) return { tone: 'off', title: words.terminal.never };
  if (!online) return { tone: 'bad', title: words.fleet.offline };
  const title = words.fleet.stages[report.stage];
  if (report.stage === 'closed') return { tone: 'bad', title };
  return { tone: report.stage === 'idle' ? 'good' : 'busy', title };
}
