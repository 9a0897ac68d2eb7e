/** The console of somebody logged in: holds the link to the hub and the documents, and shows the page of the role. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { assertNever } from '#shared/assert-never.ts';
import type { ConsoleView } from '#shared/protocol/views.ts';
import { ACCOUNT_PATH, AccountPage } from './account/account-page.tsx';
import { fetchSession } from './api.ts';
import { APPOINTMENTS_PATH } from './appointments/appointment-sections.tsx';
import { ClerkAppointmentsPage } from './appointments/clerk-appointments-page.tsx';
import { CounsellorAppointmentsPage } from './appointments/counsellor-appointments-page.tsx';
import { ClerkPage } from './clerk/clerk-page.tsx';
import { type ConsolePageList, PageLinks, ShownPage, useShownPage } from './console-pages.tsx';
import { ConsoleShell } from './console-shell.tsx';
import { CounsellorPage } from './counsellor/counsellor-page.tsx';
import { COUNTING_PATH, CountingPage } from './counting/counting-page.tsx';
import { DATA_PATH, DataPage } from './data-protection/data-page.tsx';
import { FleetPage } from './fleet/fleet-page.tsx';
import { createHubLink, type HubLink, type LinkState } from './hub-link.ts';
import { PEOPLE_PATH, PeoplePage } from './people/people-page.tsx';
import { newQuestionDrafts, type QuestionDrafts } from './questions/question-drafts.ts';
import { QUESTIONS_PATH, QuestionsPage } from './questions/questions-page.tsx';
import { useWaitingQuestions } from './questions/use-waiting-questions.ts';
import { SHEETS_PATH, type SheetDrafts, SheetsPage } from './sheets/sheets-page.tsx';
import { useReviewCount } from './sheets/use-review-count.ts';
import { openVisitPapers, type VisitPapers } from './visit-papers.ts';
import {
  accountWords,
  appointmentWords,
  countingWords,
  dataWords,
  peopleWords,
  questionWords,
  sheetWords,
  words,
} from './words/words.ts';

interface Props {
  readonly roomOrigin: string;
  readonly onRefused: () => void;
  readonly onLogOut: () => void;
}

interface Connection {
  readonly link: HubLink;
  readonly papers: VisitPapers;
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
    const papers = openVisitPapers(link);
    setConnection({ link, papers });
    const hurry = () => link.hurry();
    const visible = () => document.visibilityState === 'visible' && link.hurry();
    addEventListener('online', hurry);
    document.addEventListener('visibilitychange', visible);
    return () => {
      removeEventListener('online', hurry);
      document.removeEventListener('visibilitychange', visible);
      papers.close();
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
  const { link, papers } = connection;
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

  return <Pages {...{ view, link, papers, clockOffset, roomOrigin, onLogOut }} linkState={state} />;
}

interface PagesProps extends Connection {
  readonly view: ConsoleView;
  readonly linkState: LinkState;
  readonly clockOffset: number;
  readonly roomOrigin: string;
  readonly onLogOut: () => void;
}

function Pages({ linkState, onLogOut, ...props }: PagesProps) {
  const [drafts] = useState<SheetDrafts>(() => new Map());
  const toReview = useReviewCount(props.view.role === 'counsellor' || props.view.role === 'correspondent');
  const [questionDrafts] = useState(newQuestionDrafts);
  const waiting = useWaitingQuestions(props.view.role);
  const pages: ConsolePageList = [
    ...pagesOf({ ...props, drafts, toReview, questionDrafts, waiting }),
    { path: ACCOUNT_PATH, name: accountWords.page, content: <AccountPage /> },
  ];
  const shown = useShownPage(pages);
  return (
    <ConsoleShell
      me={props.view.me}
      linkState={linkState}
      onLogOut={onLogOut}
      links={<PageLinks pages={pages} shown={shown} />}
    >
      <ShownPage pages={pages} shown={shown} />
    </ConsoleShell>
  );
}

function pagesOf({
  view,
  link,
  papers,
  clockOffset,
  roomOrigin,
  drafts,
  toReview,
  questionDrafts,
  waiting,
}: Omit<PagesProps, 'linkState' | 'onLogOut'> & {
  readonly drafts: SheetDrafts;
  /** Sheets that wait for this counsellor's body to read them again. */
  readonly toReview: number;
  readonly questionDrafts: QuestionDrafts;
  /** Questions that wait for this account; null: it has none to do with. */
  readonly waiting: number | null;
}): ConsolePageList {
  const sheets = {
    path: SHEETS_PATH,
    name: toReview > 0 ? sheetWords.pageToReview(toReview) : sheetWords.page,
    content: <SheetsPage me={view.me} drafts={drafts} now={() => Date.now() + clockOffset} />,
  };
  const questions = {
    path: QUESTIONS_PATH,
    name: waiting ? questionWords.pageWaiting(waiting) : questionWords.page,
    content: (
      <QuestionsPage
        me={view.me}
        drafts={questionDrafts}
        sheetDrafts={drafts}
        now={() => Date.now() + clockOffset}
      />
    ),
  };
  const counting = { path: COUNTING_PATH, name: countingWords.page, content: <CountingPage /> };
  const people = {
    path: PEOPLE_PATH,
    name: peopleWords.page,
    content: <PeoplePage isAdministrator={view.role === 'administrator'} />,
  };
  const data = { path: DATA_PATH, name: dataWords.link, content: <DataPage role={view.role} /> };
  switch (view.role) {
    case 'clerk':
      return [
        {
          path: 'accueil',
          name: words.pages.welcome,
          content: <ClerkPage view={view} link={link} clockOffset={clockOffset} />,
        },
        {
          path: APPOINTMENTS_PATH,
          name: appointmentWords.page,
          content: <ClerkAppointmentsPage view={view} />,
        },
        questions,
        sheets,
        counting,
        data,
      ];
    case 'counsellor':
      return [
        {
          path: 'visites',
          name: words.pages.visits,
          content: (
            <CounsellorPage
              view={view}
              link={link}
              papers={papers}
              clockOffset={clockOffset}
              roomOrigin={roomOrigin}
            />
          ),
        },
        {
          path: APPOINTMENTS_PATH,
          name: appointmentWords.page,
          content: <CounsellorAppointmentsPage />,
        },
        // On the days on which he stands in for a correspondent.
        ...(waiting === null ? [] : [questions]),
        sheets,
        counting,
      ];
    case 'operator':
      return [
        {
          path: 'bornes',
          name: words.pages.terminals,
          content: <FleetPage view={view} link={link} clockOffset={clockOffset} />,
        },
        people,
        counting,
        data,
      ];
    case 'correspondent':
      return [questions, sheets, counting];
    case 'administrator':
      return [people, sheets, data];
    default:
      return assertNever(view);
  }
}
