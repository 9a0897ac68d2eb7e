/** One question: what was written so far, and what this side can do with it. */
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { QuestionView } from '#shared/protocol/questions.ts';
import { APPOINTMENTS_PATH } from '../appointments/appointment-sections.tsx';
import { useLoaded } from '../appointments/use-loaded.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { NEW_SHEET, SHEETS_PATH, type SheetDrafts } from '../sheets/sheets-page.tsx';
import { clerkFailure, questionWords, sentence } from '../words/words.ts';
import { AnswerPaper, answersOf } from './answer-paper.tsx';
import { sheetOfAnswer } from './answer-sheet.ts';
import type { QuestionDrafts } from './question-drafts.ts';
import { type QuestionSide, TimeLeft } from './question-list.tsx';
import { QuestionThread } from './question-thread.tsx';
import { closeQuestion, fetchQuestion } from './questions-api.ts';
import { WriteForm } from './write-form.tsx';

interface Props {
  /** '' reads nothing. */
  readonly questionId: string;
  readonly side: QuestionSide;
  readonly drafts: QuestionDrafts;
  readonly sheetDrafts: SheetDrafts;
  readonly now: () => number;
  /** The list is to be asked for again. */
  readonly onChange: () => void;
}

export function QuestionReader(props: Props) {
  if (props.questionId === '') {
    return <section className="panel panel-scroll">{<p>{questionWords.choose}</p>}</section>;
  }
  return <Reader {...props} />;
}

function Reader({ questionId, side, drafts, sheetDrafts, now, onChange }: Props) {
  const { answer, again } = useLoaded(questionId, () => fetchQuestion(questionId));
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  if (!answer) return <section className="panel panel-scroll">{questionWords.opening}</section>;
  if (!answer.ok) {
    return (
      <section className="panel panel-scroll">
        <Notice tone="bad" urgent>
          {sentence(clerkFailure(answer.code))}
        </Notice>
      </section>
    );
  }
  const question = answer.value;
  const isOpen = question.state !== 'closed';

  async function changed(): Promise<void> {
    await again();
    onChange();
  }
  async function close(): Promise<void> {
    const done = await closeQuestion(questionId);
    setFailure(done.ok ? null : done.code);
    await changed();
  }
  return (
    <section className="panel question-reader" aria-label={question.motive}>
      <div className="panel-scroll question-reader-content">
        <header>
          <h2>{question.motive}</h2>
          <p>
            {questionWords.for(question.residentName)} ·{' '}
            {side === 'mairie' ? questionWords.to(question.body) : questionWords.from(question.mairie)}
          </p>
          {question.contact && <p>{questionWords.contact(question.contact)}</p>}
          <TimeLeft question={question} now={now()} />
        </header>
        {failure && (
          <Notice tone="bad" urgent onDismiss={() => setFailure(null)}>
            {sentence(clerkFailure(failure))}
          </Notice>
        )}
        <Warnings question={question} side={side} />
        <QuestionThread entries={question.entries} />
        {isOpen && (
          <WriteForm {...{ question, side, drafts }} onWritten={() => void changed()} onStale={changed} />
        )}
      </div>
      <div className="panel-foot question-buttons">
        {side === 'mairie' && <MairieButtons question={question} onClose={() => void close()} />}
        {side === 'body' && <SheetButton question={question} sheetDrafts={sheetDrafts} now={now} />}
      </div>
      {side === 'mairie' && <AnswerPaper question={question} />}
    </section>
  );
}

function Warnings({ question, side }: { readonly question: QuestionView; readonly side: QuestionSide }) {
  const { state, mail, allAway, closedByTime, removedAt } = question;
  if (state === 'closed') {
    return (
      <Notice tone="off">
        {closedByTime ? questionWords.closedByTime : questionWords.closed}{' '}
        {removedAt !== null && questionWords.removedOn(removedAt)}
      </Notice>
    );
  }
  return (
    <>
      {mail === 'undelivered' && <Notice tone="warn">{questionWords.undelivered}</Notice>}
      {mail === null && side === 'mairie' && <Notice tone="off">{questionWords.noMail}</Notice>}
      {allAway && <Notice tone="warn">{questionWords.allAway[side]}</Notice>}
    </>
  );
}

function MairieButtons({
  question,
  onClose,
}: {
  readonly question: QuestionView;
  readonly onClose: () => void;
}) {
  const [closing, setClosing] = useState(false);
  const isAnswered = answersOf(question).length > 0;
  return (
    <>
      {isAnswered && (
        <Button className="button primary" onPress={() => window.print()}>
          {questionWords.print}
        </Button>
      )}
      {question.state !== 'closed' && question.entries.some(({ kind }) => kind === 'appointment') && (
        <a className="button" href={`#/${APPOINTMENTS_PATH}/nouveau/${question.bodyId}`}>
          {questionWords.book}
        </a>
      )}
      {question.state !== 'closed' && (
        <Button
          className="button"
          onPress={() => (question.state === 'answered' ? onClose() : setClosing(true))}
        >
          {question.state === 'answered' ? questionWords.close : questionWords.closeEarly}
        </Button>
      )}
      <ConfirmDialog
        open={closing}
        title={questionWords.closeTitle}
        confirm={questionWords.closeEarly}
        keep={questionWords.closeKeep}
        onConfirm={onClose}
        onClose={() => setClosing(false)}
      >
        <p>{questionWords.closeNote}</p>
      </ConfirmDialog>
    </>
  );
}

/** Two clicks: this one, and the one that says that the warning was read. */
function SheetButton({
  question,
  sheetDrafts,
  now,
}: Pick<Props, 'sheetDrafts' | 'now'> & { readonly question: QuestionView }) {
  const [asking, setAsking] = useState(false);
  const answer = question.entries.findLast(({ kind }) => kind === 'answer');
  if (!answer) return null;
  return (
    <>
      <Button className="button" onPress={() => setAsking(true)}>
        {questionWords.sheet}
      </Button>
      <ConfirmDialog
        open={asking}
        title={questionWords.sheetTitle}
        confirm={questionWords.sheetOpen}
        keep={questionWords.sheetKeep}
        onConfirm={() => {
          sheetDrafts.set(NEW_SHEET, sheetOfAnswer(answer.text, now()));
          location.hash = `/${SHEETS_PATH}/${NEW_SHEET}`;
        }}
        onClose={() => setAsking(false)}
      >
        <p>{questionWords.sheetNote}</p>
        {sheetDrafts.has(NEW_SHEET) && <p>{questionWords.sheetLost}</p>}
      </ConfirmDialog>
    </>
  );
}
