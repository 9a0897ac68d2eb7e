/** The terminal's devices at a glance, and in words what hinders each. */
import { type DeviceName, deviceNames } from '#shared/protocol/terminal-report.ts';
import type { TerminalView } from '#shared/protocol/views.ts';
import { lackingOf, troublesOf } from '../clerk/terminal-state.ts';
import { type Tone, ToneMark } from '../parts/tone.tsx';
import { counsellorFailure, sentence, words } from '../words/words.ts';

export function TerminalStrip({ terminal }: { readonly terminal: TerminalView }) {
  const troubles = troublesOf(terminal);
  const { report } = terminal;
  return (
    <div className="terminal-strip" role="status">
      {!terminal.online ? (
        <p className="with-mark">
          <ToneMark tone="bad" />
          {words.room.terminalOffline}
        </p>
      ) : (
        <>
          <ul className="device-list">
            {deviceNames.map((device) => {
              const state = report?.devices[device].state ?? 'none';
              if (state === 'none') return null;
              const troubled = troubles.some((trouble) => trouble.device === device);
              const tone: Tone = troubled ? 'warn' : state === 'busy' ? 'busy' : 'good';
              return (
                <li key={device} className="with-mark">
                  <ToneMark tone={tone} />
                  {words.devices[device]}
                  <span className="visually-hidden">{`\u00a0: ${stateWord(device, tone)}`}</span>
                </li>
              );
            })}
          </ul>
          {lackingOf(terminal).map((lacking) => (
            <p key={lacking} className="device-trouble">
              {lacking}
            </p>
          ))}
          {troubles.map(({ device, code }) => (
            <p key={device + code} className="device-trouble">
              {sentence(counsellorFailure(code))}
            </p>
          ))}
        </>
      )}
    </div>
  );
}

function stateWord(device: DeviceName, tone: Tone): string {
  if (tone === 'warn') return words.deviceStates.trouble;
  return tone === 'busy' ? words.deviceStates.busy : words.deviceReady[device];
}
