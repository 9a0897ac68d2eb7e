/** A booking: the body, a free slot, and what is known of the resident. */
import { type FormEvent, useState } from 'react';
import { Button, Checkbox, FieldError, Form, Input, Label, Text, TextField } from 'react-aria-components';
import { appointmentPerson, type BookablePlaces } from '#shared/protocol/appointments.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { Notice } from '../parts/notice.tsx';
import { usePrinting } from '../parts/resident-paper.tsx';
import { terminalName } from '../parts/terminal-name.ts';
import { appointmentWords, clerkFailure, sentence } from '../words/words.ts';
import { book } from './appointment-api.ts';
import { AppointmentPaper, type Slip } from './appointment-paper.tsx';
import { type ChosenSlot, SlotWeek } from './slot-week.tsx';

interface Props {
  readonly bodies: BookablePlaces['bodies'];
  readonly terminals: BookablePlaces['terminals'];
  /** The id of the body that is chosen to begin with; '' chooses the first. */
  readonly firstBody: string;
  /** The resident is here to take the paper. */
  readonly canPrint: boolean;
}

const EMPTY = { residentName: '', motive: '', telephone: '', email: '' };

export function BookForm({ bodies, terminals, firstBody, canPrint }: Props) {
  const [chosenBody, setBody] = useState(firstBody);
  const [chosenTerminal, setTerminal] = useState<string | null>(null);
  const [slot, setSlot] = useState<ChosenSlot | null>(null);
  const [typed, setTyped] = useState(EMPTY);
  const [showName, setShowName] = useState(true);
  const [consent, setConsent] = useState(false);
  const [sending, setSending] = useState(false);
  const [slotMissing, setSlotMissing] = useState(false);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const [done, setDone] = useState<Slip | null>(null);
  const [printing, print] = usePrinting<Slip>();
  /** Counts bookings: the slots are looked at anew after each. */
  const [round, setRound] = useState(0);
  const body = bodies.find((one) => one.bodyId === chosenBody) ?? bodies[0];
  const terminal = terminals.find((one) => one.terminalId === chosenTerminal) ?? terminals[0];
  if (!body || !terminal) return <p>{appointmentWords.noSlotWhy}</p>;

  const change = (field: keyof typeof EMPTY) => (value: string) =>
    setTyped((before) => ({ ...before, [field]: value }));
  const telephone = typed.telephone.trim() || null;
  const email = typed.email.trim() || null;
  const isWrong = (field: 'telephone' | 'email', value: string | null) =>
    !appointmentPerson.shape[field].safeParse(value).success;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending || !body || !terminal) return;
    setSlotMissing(slot === null);
    if (!slot || !consent || isWrong('telephone', telephone) || isWrong('email', email)) return;
    setSending(true);
    setFailure(null);
    setDone(null);
    const name = typed.residentName.trim();
    const answer = await book({
      terminalId: terminal.terminalId,
      bodyId: body.bodyId,
      startsAt: slot.startsAt,
      person: { residentName: name, motive: typed.motive.trim(), showName, telephone, email },
      consent: true,
    });
    setSending(false);
    setSlot(null);
    setRound((before) => before + 1);
    if (!answer.ok) return setFailure(answer.code);
    setDone({
      ...{ day: slot.day, hour: slot.hour, residentName: name },
      ...{ mairie: terminal.mairie, terminal: terminal.name, body: body.name },
    });
    setTyped(EMPTY);
    setConsent(false);
    setShowName(true);
  }

  return (
    <Form className="book" onSubmit={(event) => void submit(event)}>
      {done && (
        <Notice tone="good" onDismiss={() => setDone(null)}>
          {appointmentWords.booked(done.residentName, done.day.toLocaleLowerCase('fr'), done.hour)}{' '}
          {canPrint && (
            <Button className="button small" onPress={() => print(done)}>
              {appointmentWords.printFor}
            </Button>
          )}
        </Notice>
      )}
      {printing && <AppointmentPaper slip={printing} />}
      {failure && (
        <Notice tone="bad" urgent onDismiss={() => setFailure(null)}>
          {sentence(clerkFailure(failure))}
        </Notice>
      )}
      <div className="book-slot">
        <div className="book-place">
          {bodies.length > 1 && (
            <label className="field">
              {appointmentWords.body}
              <select
                value={body.bodyId}
                onChange={({ target }) => {
                  setBody(target.value);
                  setSlot(null);
                }}
              >
                {bodies.map((one) => (
                  <option key={one.bodyId} value={one.bodyId}>
                    {one.name}
                  </option>
                ))}
              </select>
            </label>
          )}
          {terminals.length > 1 && (
            <label className="field">
              {appointmentWords.terminal}
              <select
                value={terminal.terminalId}
                onChange={({ target }) => {
                  setTerminal(target.value);
                  setSlot(null);
                }}
              >
                {terminals.map((one) => (
                  <option key={one.terminalId} value={one.terminalId}>
                    {terminalName(one, terminals)}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
        <h2>{appointmentWords.slot}</h2>
        {slotMissing && (
          <p className="field-error" role="alert">
            {appointmentWords.slotMissing}
          </p>
        )}
        <SlotWeek
          key={`${body.bodyId} ${terminal.terminalId} ${round}`}
          terminalId={terminal.terminalId}
          bodyId={body.bodyId}
          chosen={slot}
          onChoose={(chosen) => {
            setSlot(chosen);
            setSlotMissing(false);
          }}
        />
      </div>
      <div className="book-person">
        <TextField
          isRequired
          maxLength={120}
          autoComplete="off"
          value={typed.residentName}
          onChange={change('residentName')}
        >
          <Label>{appointmentWords.name}</Label>
          <Input />
          <FieldError>{appointmentWords.nameMissing}</FieldError>
        </TextField>
        <Checkbox className="checkbox" isSelected={showName} onChange={setShowName}>
          <span className="checkbox-box" aria-hidden="true" />
          <span>{appointmentWords.showName}</span>
        </Checkbox>
        <TextField
          isRequired
          maxLength={500}
          autoComplete="off"
          value={typed.motive}
          onChange={change('motive')}
        >
          <Label>{appointmentWords.motive}</Label>
          <Input />
          <Text slot="description" className="hint">
            {appointmentWords.motiveHelp}
          </Text>
          <FieldError>{appointmentWords.motiveMissing}</FieldError>
        </TextField>
        <TextField
          type="tel"
          autoComplete="off"
          value={typed.telephone}
          onChange={change('telephone')}
          isInvalid={isWrong('telephone', telephone)}
        >
          <Label>{appointmentWords.telephone}</Label>
          <Input />
          <FieldError>{appointmentWords.telephoneWrong}</FieldError>
        </TextField>
        <TextField
          autoComplete="off"
          value={typed.email}
          onChange={change('email')}
          isInvalid={isWrong('email', email)}
        >
          <Label>{appointmentWords.email}</Label>
          <Input />
          <FieldError>{appointmentWords.emailWrong}</FieldError>
        </TextField>
        <Checkbox className="checkbox consent" isRequired isSelected={consent} onChange={setConsent}>
          {({ isInvalid }) => (
            <>
              <span className="checkbox-box" aria-hidden="true" />
              <span>
                {appointmentWords.consent}
                {isInvalid && <span className="field-error">{appointmentWords.consentMissing}</span>}
              </span>
            </>
          )}
        </Checkbox>
        <Button type="submit" className="button primary" isPending={sending}>
          {appointmentWords.submit}
        </Button>
      </div>
    </Form>
  );
}
