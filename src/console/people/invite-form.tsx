import { type FormEvent, useState } from 'react';
import { Button, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import type { People, Scope } from '#shared/protocol/people.ts';
import type { Role } from '#shared/protocol/views.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { Notice } from '../parts/notice.tsx';
import { peopleWords } from '../words/words.ts';
import { MairieChoice } from './mairie-choice.tsx';
import { invite } from './people-api.ts';
import type { LinkNews } from './people-part.tsx';

interface Props {
  readonly all: People;
  readonly isAdministrator: boolean;
  readonly onInvited: (news: LinkNews) => void;
}

const ALL_ROLES = ['clerk', 'agent', 'counsellor', 'correspondent', 'operator', 'administrator'] as const;

export function InviteForm({ all, isAdministrator, onInvited }: Props) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('clerk');
  const [placeId, setPlaceId] = useState('');
  const [mairieIds, setMairieIds] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<ConsoleFailureCode | 'noPlace' | null>(null);
  const [sending, setSending] = useState(false);
  const places = placesOf(all, role);
  const chosen = places.find(({ value }) => value === placeId)?.value ?? places[0]?.value ?? '';

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending) return;
    const scope = scopeOf(role, chosen, mairieIds);
    if (!scope) return setFailure('noPlace');
    setSending(true);
    const done = await invite({ name: name.trim(), email: email.trim(), scope });
    setSending(false);
    setFailure(done.ok ? null : done.code);
    if (!done.ok) return;
    const { link } = done.value;
    onInvited({ link, said: link ? peopleWords.linkToGive(name) : peopleWords.invited(name) });
    setName('');
    setEmail('');
  }

  return (
    <section className="panel account-part" aria-label={peopleWords.invite}>
      <h2>{peopleWords.invite}</h2>
      {failure === 'noPlace' ? (
        <Notice tone="bad" urgent>
          {role === 'agent' ? peopleWords.chooseMairie : peopleWords.noPlace}
        </Notice>
      ) : (
        <FailureNotice code={failure} />
      )}
      <Form onSubmit={(event) => void send(event)}>
        <div className="people-fields">
          <TextField isRequired value={name} onChange={setName}>
            <Label>{peopleWords.name}</Label>
            <Input maxLength={120} />
            <FieldError>{peopleWords.nameMissing}</FieldError>
          </TextField>
          <TextField type="email" isRequired value={email} onChange={setEmail}>
            <Label>{peopleWords.email}</Label>
            <Input maxLength={254} />
            <FieldError>{peopleWords.emailWrong}</FieldError>
          </TextField>
          <label className="field">
            {peopleWords.role}
            <select
              value={role}
              onChange={({ target }) => setRole(ALL_ROLES.find((one) => one === target.value) ?? 'clerk')}
            >
              {(isAdministrator ? ALL_ROLES : ALL_ROLES.slice(0, 2)).map((one) => (
                <option key={one} value={one}>
                  {peopleWords.roles[one]}
                </option>
              ))}
            </select>
          </label>
          {role !== 'administrator' && role !== 'agent' && (
            <label className="field">
              {role === 'clerk'
                ? peopleWords.mairie
                : role === 'operator'
                  ? peopleWords.group
                  : peopleWords.body}
              <select value={chosen} onChange={({ target }) => setPlaceId(target.value)}>
                {places.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
        {role === 'agent' && (
          <MairieChoice mairies={all.mairies} chosen={mairieIds} onChange={setMairieIds} />
        )}
        <div className="people-buttons">
          <Button type="submit" className="button primary" isPending={sending}>
            {peopleWords.send}
          </Button>
        </div>
      </Form>
    </section>
  );
}

function placesOf(all: People, role: Role): { readonly value: string; readonly label: string }[] {
  if (role === 'clerk') return all.mairies.map(({ mairieId, name }) => ({ value: mairieId, label: name }));
  if (role === 'operator') return all.groups.map(({ groupId, name }) => ({ value: groupId, label: name }));
  if (role === 'agent' || role === 'administrator') return [];
  return all.bodies.map(({ bodyId, name }) => ({ value: bodyId, label: name }));
}

/** Null: a place is lacking. */
function scopeOf(role: Role, placeId: string, mairieIds: readonly string[]): Scope | null {
  if (role === 'administrator') return { role };
  if (role === 'agent') return mairieIds.length > 0 ? { role, mairieIds: [...mairieIds] } : null;
  if (placeId === '') return null;
  if (role === 'clerk') return { role, mairieId: placeId };
  return role === 'operator' ? { role, groupId: placeId } : { role, bodyId: placeId };
}
