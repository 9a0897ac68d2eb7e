import { type FormEvent, useState } from 'react';
import { Button, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import type { People, PersonView } from '#shared/protocol/people.ts';
import type { HttpAnswer } from '../api.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { Notice } from '../parts/notice.tsx';
import { peopleWords } from '../words/words.ts';
import { CheckedField } from './checked-field.tsx';
import { CheckedList } from './checked-list.tsx';
import { MairieChoice } from './mairie-choice.tsx';
import { changePerson, lockPerson, removeFactorOf, removePerson, sendLinkTo } from './people-api.ts';
import type { LinkNews } from './people-part.tsx';
import { readSiret } from './read-place.ts';

interface Props {
  readonly person: PersonView;
  readonly all: People;
  readonly onClose: () => void;
  readonly onChanged: () => void;
  readonly onLink: (news: LinkNews) => void;
}

export function PersonEditor({ person, all, onClose, onChanged, onLink }: Props) {
  const { accountId, role, standing } = person;
  const hasEmployer = role === 'agent' || role === 'administrator';
  const motives = all.bodies.find(({ bodyId }) => bodyId === person.bodyId)?.motives ?? [];
  const [name, setName] = useState(person.name);
  const [mairieIds, setMairieIds] = useState<readonly string[]>(person.mairieIds);
  const [skills, setSkills] = useState<readonly string[]>(person.skills);
  const [siret, setSiret] = useState(person.siret ?? '');
  const [outcome, setOutcome] = useState<ConsoleFailureCode | 'saved' | 'noMairie' | null>(null);
  const [asking, setAsking] = useState<'remove' | 'factor' | null>(null);

  /** True: done. */
  async function act<T>(work: Promise<HttpAnswer<T>>): Promise<T | undefined> {
    const done = await work;
    setOutcome(done.ok ? 'saved' : done.code);
    if (!done.ok) return undefined;
    onChanged();
    return done.value;
  }
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const read = readSiret(siret);
    // Said beside the field.
    if (read === 'wrong') return;
    if (role === 'agent' && mairieIds.length === 0) return setOutcome('noMairie');
    await act(
      changePerson(accountId, {
        name: name.trim(),
        mairieIds: role === 'agent' ? [...mairieIds] : null,
        skills: role === 'counsellor' ? [...skills] : null,
        siret: hasEmployer ? read : null,
      }),
    );
  }
  async function newLink(): Promise<void> {
    const answer = await act(sendLinkTo(accountId));
    if (!answer) return;
    setOutcome(null);
    const { link } = answer;
    onLink({ link, said: link ? peopleWords.linkToGive(person.name) : peopleWords.linkSent(person.name) });
  }

  return (
    <section className="panel account-part" aria-label={peopleWords.changeOf(person.name)}>
      <h2>{peopleWords.changing(person.name)}</h2>
      {outcome === 'saved' && <Notice tone="good">{peopleWords.saved}</Notice>}
      {outcome === 'noMairie' && (
        <Notice tone="bad" urgent>
          {peopleWords.chooseMairie}
        </Notice>
      )}
      {outcome !== 'saved' && outcome !== 'noMairie' && <FailureNotice code={outcome} />}
      <Form onSubmit={(event) => void save(event)}>
        <TextField autoFocus isRequired value={name} onChange={setName}>
          <Label>{peopleWords.name}</Label>
          <Input maxLength={120} />
          <FieldError>{peopleWords.nameMissing}</FieldError>
        </TextField>
        {role === 'agent' && (
          <MairieChoice mairies={all.mairies} chosen={mairieIds} onChange={setMairieIds} />
        )}
        {hasEmployer && (
          <CheckedField
            label={peopleWords.employer}
            note={peopleWords.employerNote}
            wrong={peopleWords.siretWrong}
            isWrong={(text) => readSiret(text) === 'wrong'}
            value={siret}
            onChange={setSiret}
          />
        )}
        {role === 'counsellor' && motives.length > 0 && (
          <CheckedList
            label={peopleWords.skills}
            hint={peopleWords.skillsNote}
            options={motives.map((motive) => ({ value: motive, name: motive }))}
            chosen={skills}
            onChange={setSkills}
          />
        )}
        <div className="people-buttons">
          <Button type="submit" className="button primary">
            {peopleWords.save}
          </Button>
          <Button className="button" onPress={onClose}>
            {peopleWords.close}
          </Button>
          <span className="people-gap" />
          {standing !== 'locked' && (
            <Button className="button" onPress={() => void newLink()}>
              {peopleWords.newLink}
            </Button>
          )}
          {person.hasSecondFactor && (
            <Button className="button" onPress={() => setAsking('factor')}>
              {peopleWords.removeFactor}
            </Button>
          )}
          <Button className="button" onPress={() => void act(lockPerson(accountId, standing !== 'locked'))}>
            {standing === 'locked' ? peopleWords.unlock : peopleWords.lock}
          </Button>
          <Button className="button danger-quiet" onPress={() => setAsking('remove')}>
            {peopleWords.remove}
          </Button>
        </div>
      </Form>
      <ConfirmDialog
        open={asking !== null}
        title={
          asking === 'factor'
            ? peopleWords.removeFactorTitle(person.name)
            : peopleWords.removeTitle(person.name)
        }
        confirm={asking === 'factor' ? peopleWords.removeFactor : peopleWords.remove}
        keep={peopleWords.keep}
        onConfirm={() => void act(asking === 'factor' ? removeFactorOf(accountId) : removePerson(accountId))}
        onClose={() => setAsking(null)}
      >
        <p>{asking === 'factor' ? peopleWords.removeFactorNote : peopleWords.removeNote}</p>
      </ConfirmDialog>
    </section>
  );
}
