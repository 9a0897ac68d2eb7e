import { useState } from 'react';
import { Button, Checkbox } from 'react-aria-components';
import type { HeldThing } from '#shared/protocol/data-protection.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { dataWords } from '../words/words.ts';
import { heldValue } from './held-value.ts';

interface Props {
  readonly held: readonly HeldThing[];
  readonly onSave: (chosen: readonly HeldThing[]) => void;
  readonly onErase: (held: HeldThing) => void;
}

/** What is held of a person, each thing with what its erasure brings about. */
export function HeldList({ held, onSave, onErase }: Props) {
  const [asked, setAsked] = useState<HeldThing | null>(null);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  // Nothing at first: a file with somebody else's things in it must not be one click away.
  const chosen = held.filter(({ id }) => ticked.has(id));
  const tick = (id: string, isTicked: boolean) =>
    setTicked((before) => new Set([...before].filter((one) => one !== id).concat(isTicked ? [id] : [])));
  return (
    <>
      <p>{dataWords.checkWho}</p>
      <div className="people-buttons">
        <Button className="button" isDisabled={chosen.length === 0} onPress={() => onSave(chosen)}>
          {dataWords.save}
        </Button>
      </div>
      <ul className="held-list">
        {held.map((one) => (
          <li key={`${one.domain} ${one.id}`}>
            <h3>{one.what}</h3>
            <p className="muted">{dataWords.at(one.at)}</p>
            <HeldFields fields={one.fields} />
            <Checkbox
              className="checkbox"
              aria-label={dataWords.forFileOf(one.what, one.fields[0]?.value ?? '')}
              isSelected={ticked.has(one.id)}
              onChange={(isTicked) => tick(one.id, isTicked)}
            >
              <span className="checkbox-box" aria-hidden="true" />
              {dataWords.forFile}
            </Checkbox>
            {one.whyNot === null ? (
              <Button
                className="button danger"
                aria-label={dataWords.eraseOf(one.what)}
                onPress={() => setAsked(one)}
              >
                {dataWords.erase}
              </Button>
            ) : (
              <p>{one.whyNot}</p>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        title={dataWords.eraseTitle}
        confirm={dataWords.erase}
        keep={dataWords.keep}
        onConfirm={() => asked && onErase(asked)}
        onClose={() => setAsked(null)}
      >
        {asked && (
          <>
            <p>{asked.what}</p>
            <p>
              <strong>{dataWords.goes}</strong>
            </p>
            <HeldFields fields={asked.fields} />
            <p>{asked.effect}</p>
          </>
        )}
      </ConfirmDialog>
    </>
  );
}

function HeldFields({ fields }: Pick<HeldThing, 'fields'>) {
  return (
    <dl className="held-fields">
      {fields.map(({ name, value }) => (
        <div key={`${name} ${value}`}>
          <dt>{name}</dt>
          <dd>{heldValue(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
