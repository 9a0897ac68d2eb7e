import { useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import type { FeedBody } from '#shared/protocol/appointments.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { Notice } from '../parts/notice.tsx';
import { appointmentWords, clerkFailure, sentence } from '../words/words.ts';
import { renewFeed } from './appointment-api.ts';

/** The address by which a calendar program follows these appointments; shown once. */
export function FeedAddress({ of }: { readonly of: FeedBody }) {
  const [address, setAddress] = useState<string | null>(null);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const [asking, setAsking] = useState(false);

  async function renew(): Promise<void> {
    if (asking) return;
    setAsking(true);
    const answer = await renewFeed(of);
    setAsking(false);
    setFailure(answer.ok ? null : answer.code);
    if (answer.ok) setAddress(answer.value.address);
  }

  return (
    <section className="feed" aria-labelledby="feed-title">
      <h2 id="feed-title">{appointmentWords.feed}</h2>
      <p className="hint">{appointmentWords.feedNote}</p>
      {failure && (
        <Notice tone="bad" urgent>
          {sentence(clerkFailure(failure))}
        </Notice>
      )}
      {address !== null && (
        <>
          <Notice tone="good">{appointmentWords.feedOnce}</Notice>
          <TextField isReadOnly value={address}>
            <Label>{appointmentWords.feedAddress}</Label>
            <Input onFocus={({ target }) => target.select()} />
          </TextField>
        </>
      )}
      <Button className="button" isPending={asking} onPress={() => void renew()}>
        {appointmentWords.feedMake}
      </Button>
    </section>
  );
}
