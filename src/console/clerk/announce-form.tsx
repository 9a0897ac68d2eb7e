import { type FormEvent, useRef, useState } from 'react';
import {
  Button,
  Checkbox,
  FieldError,
  Form,
  Input,
  Label,
  Radio,
  RadioGroup,
  Text,
  TextArea,
  TextField,
} from 'react-aria-components';
import type { BodyView, TerminalView } from '#shared/protocol/views.ts';
import type { ConsoleFailureCode, HubLink } from '../hub-link.ts';
import { Notice } from '../parts/notice.tsx';
import { opensWhen } from '../parts/opening.ts';
import { terminalName } from '../parts/terminal-name.ts';
import { clerkFailure, openingWords, words } from '../words/words.ts';
import { ResidentAsked } from './resident-asked.tsx';
import { detailsOf, nothingTyped } from './typed-resident.ts';

interface Props {
  readonly terminals: readonly TerminalView[];
  /** Those that can welcome somebody now. */
  readonly free: ReadonlySet<string>;
  readonly bodies: readonly BodyView[];
  readonly link: HubLink;
  /** The hub's clock, ms since the epoch. */
  readonly now: number;
}

export function AnnounceForm({ terminals, free, bodies, link, now }: Props) {
  const [chosenTerminal, setChosenTerminal] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [showName, setShowName] = useState(true);
  const [bodyId, setBodyId] = useState<string | null>(
    bodies.length === 1 ? (bodies[0]?.bodyId ?? null) : null,
  );
  const [motive, setMotive] = useState('');
  const [typed, setTyped] = useState(nothingTyped);
  const [consent, setConsent] = useState(false);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const [announced, setAnnounced] = useState<string | null>(null);
  const nameField = useRef<HTMLInputElement>(null);

  const body = bodies.find((one) => one.bodyId === bodyId) ?? null;
  // The clerk's choice if it is still possible, else the first that is free, else the first.
  const terminalId =
    terminals.find((one) => one.terminalId === chosenTerminal)?.terminalId ??
    terminals.find((one) => free.has(one.terminalId))?.terminalId ??
    terminals[0]?.terminalId ??
    null;
  const possible = terminalId !== null && free.has(terminalId);

  async function announce(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending || !terminalId || !body || !consent) return;
    setSending(true);
    setFailure(null);
    setAnnounced(null);
    const residentName = name.trim();
    const answer = await link.request({
      type: 'announce',
      terminalId,
      bodyId: body.bodyId,
      residentName,
      showName,
      motive: motive.trim(),
      details: detailsOf(typed, body.asked),
      ...(typed.paper && { identityPaper: typed.paper }),
      consent: true,
    });
    setSending(false);
    if (!answer.ok) {
      setFailure(answer.code);
      return;
    }
    setAnnounced(residentName);
    setName('');
    setMotive('');
    setTyped(nothingTyped);
    setConsent(false);
    setShowName(true);
    setBodyId(bodies.length === 1 ? bodyId : null);
    nameField.current?.focus();
  }

  return (
    <section aria-labelledby="announce-title" className="announce">
      <h2 id="announce-title">{words.clerk.announceTitle}</h2>
      {announced && (
        <Notice tone="good" onDismiss={() => setAnnounced(null)}>
          {words.clerk.done(announced)}
        </Notice>
      )}
      {failure && (
        <Notice tone="bad" urgent onDismiss={() => setFailure(null)}>
          <strong>{clerkFailure(failure).what}.</strong> {clerkFailure(failure).todo}
        </Notice>
      )}
      <Form onSubmit={(event) => void announce(event)}>
        {terminals.length > 1 && (
          <RadioGroup className="choices row" value={terminalId} onChange={setChosenTerminal}>
            <Label>{words.clerk.terminal}</Label>
            <div className="choice-list">
              {terminals.map((terminal) => (
                <Radio
                  key={terminal.terminalId}
                  value={terminal.terminalId}
                  className="choice"
                  isDisabled={!free.has(terminal.terminalId)}
                >
                  <span className="choice-name">{terminalName(terminal, terminals)}</span>
                </Radio>
              ))}
            </div>
          </RadioGroup>
        )}
        <div className="announce-name">
          <TextField
            name="residentName"
            isRequired
            maxLength={120}
            autoComplete="off"
            value={name}
            onChange={setName}
          >
            <Label>{words.clerk.name}</Label>
            <Input ref={nameField} placeholder={words.clerk.namePlaceholder} />
            <FieldError>{words.clerk.nameMissing}</FieldError>
          </TextField>
          <Checkbox className="checkbox" isSelected={showName} onChange={setShowName}>
            <span className="checkbox-box" aria-hidden="true" />
            <span>
              {words.clerk.showName}
              <span className="hint">{words.clerk.showNameNote}</span>
            </span>
          </Checkbox>
        </div>
        <RadioGroup name="body" className="choices" isRequired value={bodyId} onChange={setBodyId}>
          <Label>{words.clerk.body}</Label>
          {bodies.length === 0 && <p className="muted">{words.clerk.noBody}</p>}
          <div className="choice-list">
            {bodies.map((one) => (
              <Radio key={one.bodyId} value={one.bodyId} className="choice">
                <span className="choice-name">{one.name}</span>
                <span className={one.counsellorsOnline > 0 ? 'choice-note present' : 'choice-note absent'}>
                  {presence(one, now)}
                </span>
              </Radio>
            ))}
          </div>
          <FieldError>{words.clerk.bodyMissing}</FieldError>
        </RadioGroup>
        {body?.counsellorsOnline === 0 && <Notice tone="warn">{nobodyThere(body, now)}</Notice>}
        <TextField
          name="motive"
          isRequired
          maxLength={500}
          autoComplete="off"
          value={motive}
          onChange={setMotive}
        >
          <Label>{words.clerk.motive}</Label>
          {body && body.motives.length > 0 && (
            <ul className="suggestions" aria-label={words.clerk.suggestions}>
              {body.motives.map((suggestion) => (
                <li key={suggestion}>
                  <Button
                    className="chip"
                    aria-pressed={motive === suggestion}
                    onPress={() => setMotive(suggestion)}
                  >
                    {suggestion}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          <TextArea rows={2} />
          <Text slot="description" className="hint">
            {words.clerk.motiveHelp}
          </Text>
          <FieldError>{words.clerk.motiveMissing}</FieldError>
        </TextField>
        {body && <ResidentAsked body={body} typed={typed} onChange={setTyped} />}
        <Checkbox
          name="consent"
          className="checkbox consent"
          isRequired
          isSelected={consent}
          onChange={setConsent}
        >
          {({ isInvalid }) => (
            <>
              <span className="checkbox-box" aria-hidden="true" />
              <span>
                {words.clerk.consent}
                {isInvalid && <span className="field-error">{words.clerk.consentMissing}</span>}
              </span>
            </>
          )}
        </Checkbox>
        <div className="announce-send">
          <Button type="submit" className="button primary" isPending={sending} isDisabled={!possible}>
            {sending ? words.clerk.submitting : words.clerk.submit}
          </Button>
          {!possible && <p className="muted">{words.clerk.notNow}</p>}
        </div>
      </Form>
    </section>
  );
}

function presence(body: BodyView, now: number): string {
  const when = opensWhen(body, now);
  return when === null ? words.clerk.counsellors(body.counsellorsOnline) : openingWords.closed(when);
}

function nobodyThere(body: BodyView, now: number): string {
  const when = opensWhen(body, now);
  return when === null ? words.clerk.noCounsellor : openingWords.announceClosed(when);
}
