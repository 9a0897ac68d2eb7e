/** On the clerk's page: after each visit of today, the resident's word, once. Without it nothing is lost. */
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { type ResidentWord, residentWord } from '#shared/protocol/counting.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { Notice } from '../parts/notice.tsx';
import { useAnswer } from '../sheets/use-answer.ts';
import { clerkFailure, countingWords } from '../words/words.ts';
import { fetchVisitsToAsk, giveWord } from './counting-api.ts';

/** @param underWay asked again when it changes: a visit may have ended. */
export function ResidentWords({ underWay }: { readonly underWay: string }) {
  const { answer, again } = useAnswer(underWay, fetchVisitsToAsk);
  const [passed, setPassed] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState<ConsoleFailureCode | 'kept' | null>(null);
  const visits = answer?.ok ? answer.value.visits.filter(({ visitId }) => !passed.has(visitId)) : [];
  const [visit] = visits;
  const { ask, answers } = countingWords;
  const pass = (visitId: string) => setPassed((before) => new Set(before).add(visitId));

  async function give(visitId: string, word: ResidentWord): Promise<void> {
    const done = await giveWord(visitId, word);
    setSaid(done.ok ? 'kept' : done.code);
    if (done.ok || done.code === 'notFound') pass(visitId);
    again();
  }
  if (!visit && said === null) return null;
  return (
    <section className="resident-words" aria-labelledby="resident-words">
      <h2 id="resident-words">{ask.title}</h2>
      {said === 'kept' && (
        <Notice tone="good" onDismiss={() => setSaid(null)}>
          {ask.kept}
        </Notice>
      )}
      {said !== null && said !== 'kept' && (
        <Notice tone="bad" urgent onDismiss={() => setSaid(null)}>
          <strong>{clerkFailure(said).what}.</strong> {clerkFailure(said).todo}
        </Notice>
      )}
      {visit && (
        <>
          <p>{ask.visit(ask.hour(visit.endedAt), visit.body)}.</p>
          <p className="resident-question">{ask.question}</p>
          <div className="resident-answers">
            {residentWord.options.map((word) => (
              <Button key={word} className="button small" onPress={() => void give(visit.visitId, word)}>
                {answers[word]}
              </Button>
            ))}
            <Button className="button small quiet" onPress={() => pass(visit.visitId)}>
              {ask.skip}
            </Button>
          </div>
          <p className="hint">{ask.note}</p>
        </>
      )}
    </section>
  );
}
