/** The console of somebody logged in: holds the link to the hub and the documents, and shows the page of the role. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { assertNever } from '#shared/assert-never.ts';
import { fetchSession } from './api.ts';
import { ClerkPage } from './clerk/clerk-page.tsx';
import { ConsoleShell } from './console-shell.tsx';
import { CounsellorPage } from './counsellor/counsellor-page.tsx';
import { createOpenedDocuments, type OpenedDocuments } from './documents.ts';
import { createFillDrafts, type FillDrafts } from './fill-drafts.ts';
import { FleetPage } from './fleet/fleet-page.tsx';
import { createFormWorkshop } from './forms/form-workshop.ts';
import { createHubLink, type HubLink } from './hub-link.ts';
import { createScannedPages, type ScannedPages } from './scanned-pages.ts';
import { words } from './words/words.ts';

interface Props {
  readonly roomOrigin: string;
  readonly onRefused: () => void;
  readonly onLogOut: () => void;
}

interface Connection {
  readonly link: HubLink;
  readonly documents: OpenedDocuments;
  readonly scans: ScannedPages;
  readonly drafts: FillDrafts;
}

export function ConnectedConsole(props: Props) {
  const [connection, setConnection] = useState<Connection | null>(null);

  useEffect(() => {
    const address = new URL('/ws/console', location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const link = createHubLink({
      url: address.href,
      // An unreachable hub is a cut; only a clear "no session" is the end of one.
      sessionIsGood: async () => (await fetchSession()).kind !== 'out',
    });
    const documents = createOpenedDocuments(link);
    const scans = createScannedPages(link);
    const drafts = createFillDrafts(createFormWorkshop());
    setConnection({ link, documents, scans, drafts });
    const hurry = () => link.hurry();
    const visible = () => document.visibilityState === 'visible' && link.hurry();
    addEventListener('online', hurry);
    document.addEventListener('visibilitychange', visible);
    return () => {
      removeEventListener('online', hurry);
      document.removeEventListener('visibilitychange', visible);
      scans.close();
      documents.close();
      link.close();
    };
  }, []);

  return connection && <Connected {...props} connection={connection} />;
}

function Connected({
  roomOrigin,
  onRefused,
  onLogOut,
  connection,
}: Props & { readonly connection: Connection }) {
  const { link, documents, scans, drafts } = connection;
  const { state, view, clockOffset } = useSyncExternalStore(link.subscribe, link.snapshot);

  useEffect(() => {
    if (state === 'refused') onRefused();
  }, [state, onRefused]);

  if (!view) {
    return (
      <main className="standalone" aria-busy="true">
        <div className="standalone-card" role="status">
          <h1>{state === 'lost' ? words.shell.unreachable : words.shell.loading}</h1>
          {state === 'lost' && <p>{words.shell.unreachableNote}</p>}
        </div>
      </main>
    );
  }

  const page = () => {
    switch (view.role) {
      case 'clerk':
        return <ClerkPage view={view} link={link} clockOffset={clockOffset} />;
      case 'counsellor':
        return (
          <CounsellorPage
            view={view}
            link={link}
            documents={documents}
            scans={scans}
            drafts={drafts}
            clockOffset={clockOffset}
            roomOrigin={roomOrigin}
          />
        );
      case 'operator':
        return <FleetPage view={view} link={link} clockOffset={clockOffset} />;
      default:
        return assertNever(view);
    }
  };

  return (
    <ConsoleShell me={view.me} linkState={state} onLogOut={onLogOut}>
      {page()}
    </ConsoleShell>
  );
}
