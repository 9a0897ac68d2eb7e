/** Written questions: the list on the left, one read, asked or answered on the right. The address says which one. */
import type { Me } from '#shared/protocol/views.ts';
import { useLoaded } from '../appointments/use-loaded.ts';
import { usePageAddress } from '../console-pages.tsx';
import { Notice } from '../parts/notice.tsx';
import { useTitle } from '../parts/use-title.ts';
import type { SheetDrafts } from '../sheets/sheets-page.tsx';
import { clerkFailure, questionWords, sentence } from '../words/words.ts';
import { AbsenceForm } from './absence-form.tsx';
import { AskForm } from './ask-form.tsx';
import type { QuestionDrafts } from './question-drafts.ts';
import { QuestionList } from './question-list.tsx';
import { QuestionReader } from './question-reader.tsx';
import { fetchQuestions } from './questions-api.ts';

/** Of the console's pages; mails lead to it. */
export const QUESTIONS_PATH = 'questions';
const NEW = 'nouvelle';
const ABSENCE = 'absence';

interface Props {
  readonly me: Me;
  readonly drafts: QuestionDrafts;
  readonly sheetDrafts: SheetDrafts;
  /** ms since the epoch, by the hub's clock. */
  readonly now: () => number;
}

export function QuestionsPage({ me, drafts, sheetDrafts, now }: Props) {
  useTitle(questionWords.title);
  const [place, goTo] = usePageAddress(QUESTIONS_PATH);
  const { answer, again } = useLoaded(place, fetchQuestions);
  const side = me.role === 'clerk' || me.role === 'agent' ? 'mairie' : 'body';
  const found = answer?.ok ? answer.value : null;
  return (
    <div className="questions">
      <h1 className="visually-hidden">{questionWords.heading}</h1>
      <section className="panel question-finder" aria-label={questionWords.list}>
        <div className="question-doors">
          {side === 'mairie' && (
            <a className="button primary" href={`#/${QUESTIONS_PATH}/${NEW}`}>
              {questionWords.new}
            </a>
          )}
          {me.role === 'correspondent' && (
            <a className="button" href={`#/${QUESTIONS_PATH}/${ABSENCE}`}>
              {questionWords.absence.link}
            </a>
          )}
        </div>
        <div className="panel-scroll">
          {answer && !answer.ok && (
            <Notice tone="bad" urgent>
              {sentence(clerkFailure(answer.code))}
            </Notice>
          )}
          {found && <QuestionList questions={found.questions} side={side} shown={place} now={now()} />}
        </div>
      </section>
      {place === NEW && side === 'mairie' ? (
        found && <AskForm {...found} drafts={drafts} onAsked={goTo} />
      ) : place === ABSENCE && me.role === 'correspondent' ? (
        <AbsenceForm />
      ) : (
        <QuestionReader
          key={place}
          questionId={place}
          {...{ side, drafts, sheetDrafts, now }}
          onChange={() => void again()}
        />
      )}
    </div>
  );
}
