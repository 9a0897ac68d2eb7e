/** A person asks what is held of them: found, given out as a file, erased. */
import { type FormEvent, useState } from 'react';
import {
  Button,
  DateField,
  type DateValue,
  FieldError,
  Form,
  Input,
  Label,
  Text,
  TextField,
} from 'react-aria-components';
import type { HeldThing, PersonAnswer, PersonBody } from '#shared/protocol/data-protection.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { DayInput } from '../parts/day-input.tsx';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { Notice } from '../parts/notice.tsx';
import { saveFile } from '../save-file.ts';
import { dataWords } from '../words/words.ts';
import { eraseHeld, searchPerson } from './data-api.ts';
import { heldFile } from './held-file.ts';
import { HeldList } from './held-list.tsx';

interface Found {
  readonly wanted: PersonBody;
  readonly answer: PersonAnswer;
}

export function PersonSearch() {
  const [name, setName] = useState('');
  const [birthDate, setBirthDate] = useState<DateValue | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function look(wanted: PersonBody): Promise<void> {
    const done = await searchPerson(wanted);
    setFailure(done.ok ? null : done.code);
    // What was found before would be taken for this person's.
    setFound(done.ok ? { wanted, answer: done.value } : null);
  }
  async function search(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setSaid(null);
    await look({ name: name.trim(), ...(birthDate ? { birthDate: birthDate.toString() } : {}) });
    setBusy(false);
  }
  async function erase(held: HeldThing, { wanted }: Found): Promise<void> {
    if (busy) return;
    setBusy(true);
    const done = await eraseHeld(held);
    await look(wanted);
    // The look's own outcome is shown by what it found.
    if (!done.ok) setFailure(done.code);
    setSaid(done.ok ? dataWords.erased(held.what) : null);
    setBusy(false);
  }
  function save({ answer: { at } }: Found, held: readonly HeldThing[]): void {
    saveFile(
      dataWords.file(new Date(at).toISOString().slice(0, 10)),
      heldFile({ at, held: [...held] }),
      'text/plain;charset=utf-8',
    );
    setSaid(dataWords.saved);
  }

  return (
    <section className="panel account-part" aria-labelledby="data-search">
      <h2 id="data-search">{dataWords.search}</h2>
      <p className="muted">{dataWords.searchNote}</p>
      <Form onSubmit={(event) => void search(event)}>
        <div className="people-fields">
          <TextField
            isRequired
            autoComplete="off"
            value={name}
            onChange={setName}
            validate={(typed) => (typed.trim().length < 2 ? dataWords.nameShort : null)}
          >
            <Label>{dataWords.name}</Label>
            <Input maxLength={200} />
            <FieldError>{dataWords.nameShort}</FieldError>
          </TextField>
          <DateField value={birthDate} onChange={setBirthDate}>
            <Label>{dataWords.birthDate}</Label>
            <DayInput />
            <Text slot="description" className="muted">
              {dataWords.birthDateNote}
            </Text>
            <FieldError>{dataWords.birthDateIncomplete}</FieldError>
          </DateField>
        </div>
        <div className="people-buttons">
          <Button type="submit" className="button primary" isPending={busy}>
            {dataWords.find}
          </Button>
        </div>
      </Form>
      {failure === 'alreadyPickedUp' || failure === 'notFound' ? (
        <Notice tone="warn" urgent>
          {failure === 'notFound' ? dataWords.gone : dataWords.busy}
        </Notice>
      ) : (
        <FailureNotice code={failure} />
      )}
      {said && (
        <Notice tone="good" onDismiss={() => setSaid(null)}>
          {said}
        </Notice>
      )}
      {found && (
        <>
          <p role="status">
            <strong>
              {dataWords.found(
                found.wanted.name ?? '',
                found.answer.held.length,
                found.wanted.birthDate !== undefined,
              )}
            </strong>
          </p>
          {found.answer.held.length > 0 && (
            <HeldList
              key={JSON.stringify(found.wanted)}
              held={found.answer.held}
              onSave={(held) => save(found, held)}
              onErase={(held) => void erase(held, found)}
            />
          )}
        </>
      )}
    </section>
  );
}
