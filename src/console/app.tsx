/** Who is logged in decides the page; the rest of the console lives inside a connected one. */
import { useCallback, useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { AccountAddress } from './account/account-address.tsx';
import { fetchSession, logOut, type Session } from './api.ts';
import { ConnectedConsole } from './connected-console.tsx';
import { LogInPage } from './log-in-page.tsx';
import { providerLogOutAddress } from './provider/provider-requests.ts';
import { words } from './words/words.ts';

/** ms between two tries while the hub does not answer. */
const RETRY = 2_000;

type State = Session | { readonly kind: 'loading' };

export function App() {
  const [session, setSession] = useState<State>({ kind: 'loading' });
  const [ended, setEnded] = useState(false);

  const load = useCallback(async () => setSession(await fetchSession()), []);
  useEffect(() => void load(), [load]);
  useEffect(() => {
    if (session.kind !== 'unreachable') return undefined;
    const timer = setInterval(() => void load(), RETRY);
    return () => clearInterval(timer);
  }, [session, load]);

  const refused = useCallback(() => {
    setEnded(true);
    setSession({ kind: 'out' });
  }, []);
  const leave = useCallback(async () => {
    const address = await providerLogOutAddress();
    await logOut();
    // Otherwise the next person at this desk would find the provider still open.
    if (address) return location.assign(address);
    setEnded(false);
    setSession({ kind: 'out' });
  }, []);

  return (
    <I18nProvider locale="fr-FR">
      <AccountAddress isOut={session.kind === 'out'} onLoggedIn={load}>
        {session.kind === 'in' ? (
          <ConnectedConsole
            roomOrigin={session.roomOrigin}
            onRefused={refused}
            onLogOut={() => void leave()}
          />
        ) : session.kind === 'out' ? (
          <LogInPage ended={ended} onLoggedIn={() => void load()} />
        ) : (
          <Waiting unreachable={session.kind === 'unreachable'} />
        )}
      </AccountAddress>
    </I18nProvider>
  );
}

function Waiting({ unreachable }: { readonly unreachable: boolean }) {
  return (
    <main className="standalone" aria-busy="true">
      <div className="standalone-card" role="status">
        <h1>{unreachable ? words.shell.unreachable : words.shell.loading}</h1>
        {unreachable && <p>{words.shell.unreachableNote}</p>}
      </div>
    </main>
  );
}
