import { Checkbox, CheckboxGroup, Label, Text } from 'react-aria-components';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

/** Any number of them: an agent's mairies, what a counsellor knows best. */
export function CheckedList({ label, hint, options, chosen, onChange }: Props) {
  return (
    <CheckboxGroup className="checked-list" value={[...chosen]} onChange={onChange}>
      <Label>{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <div className="checked-list-choices">
        {options.map(({ value, name }) => (
          <Checkbox key={value} value={value} className="checkbox">
            <span className="checkbox-box" aria-hidden="true" />
            {name}
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  );
}
