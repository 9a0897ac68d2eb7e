/** Prints a document: how many, and what this printer leaves to choose. */
import { useState } from 'react';
import { Button, Checkbox, Group, Input, NumberField } from 'react-aria-components';
import type { PrinterAbilities, PrintOptions } from '#shared/printing.ts';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import { words } from '../words/words.ts';

/** What is chosen for one document. */
export interface PrintChosen {
  readonly copies: number;
  /** Null: nothing but what this printer usually does. */
  readonly options: PrintOptions | null;
}

/** The printer as the terminal tells of it. */
export interface PrinterView {
  readonly report: DeviceReport | undefined;
  readonly abilities: PrinterAbilities | null;
}

/** Of the order. */
export function printRequest({ copies, options }: PrintChosen) {
  return options ? { copies, options } : { copies };
}

interface Props {
  readonly name: string;
  readonly printer: PrinterView;
  readonly chosen: PrintChosen;
  readonly isBusy: boolean;
  readonly onChoose: (chosen: PrintChosen) => void;
  readonly onPrint: () => void;
}

export function PrintChoice({ name, printer, chosen, isBusy, onChoose, onPrint }: Props) {
  const { abilities } = printer;
  const [isOpen, setOpen] = useState(false);
  const options = chosen.options ?? abilities?.usual ?? null;
  return (
    <>
      <Button
        className="button primary"
        aria-label={words.tray.printNamed(name)}
        isDisabled={isBusy || printer.report?.state === 'none'}
        onPress={onPrint}
      >
        {words.tray.print}
      </Button>
      <NumberField
        className="copies"
        aria-label={words.tray.copies}
        minValue={1}
        maxValue={20}
        value={chosen.copies}
        onChange={(copies) => onChoose({ ...chosen, copies })}
      >
        <Group>
          <Button slot="decrement" aria-label={words.tray.fewer}>
            <span aria-hidden="true">−</span>
          </Button>
          <Input />
          <Button slot="increment" aria-label={words.tray.more}>
            <span aria-hidden="true">+</span>
          </Button>
        </Group>
      </NumberField>
      {abilities && options && leavesAChoice(abilities) && (
        <>
          <Button
            className="print-options"
            aria-label={words.printOptions.changeNamed(name, summary(options))}
            aria-expanded={isOpen}
            onPress={() => setOpen(!isOpen)}
          >
            {summary(options)} <span aria-hidden="true">{isOpen ? '▴' : '▾'}</span>
          </Button>
          {isOpen && (
            <fieldset className="print-options-list">
              <legend className="visually-hidden">{words.printOptions.title}</legend>
              <Choices
                {...{ abilities, options }}
                onChange={(next) => onChoose({ ...chosen, options: next })}
              />
            </fieldset>
          )}
        </>
      )}
    </>
  );
}

interface ChoicesProps {
  readonly abilities: PrinterAbilities;
  readonly options: PrintOptions;
  readonly onChange: (options: PrintOptions) => void;
}

function Choices({ abilities, options, onChange }: ChoicesProps) {
  return (
    <>
      {abilities.twoSided && (
        <Tick isOn={options.twoSided} onChange={(twoSided) => onChange({ ...options, twoSided })}>
          {words.printOptions.twoSided}
        </Tick>
      )}
      {abilities.colour && abilities.grey && (
        <Tick isOn={options.grey} onChange={(grey) => onChange({ ...options, grey })}>
          {words.printOptions.grey}
        </Tick>
      )}
      {abilities.trays.length > 0 && (
        <label className="print-tray">
          {words.printOptions.tray}
          <select
            value={options.tray ?? ''}
            onChange={({ target }) => onChange({ ...options, tray: target.value || null })}
          >
            <option value="">{words.printOptions.anyTray}</option>
            {abilities.trays.map((tray) => (
              <option key={tray} value={tray}>
                {words.printOptions.trayName(tray)}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

interface TickProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: string;
}

function Tick({ isOn, onChange, children }: TickProps) {
  return (
    <Checkbox className="checkbox" isSelected={isOn} onChange={onChange}>
      <span className="checkbox-box" aria-hidden="true" />
      {children}
    </Checkbox>
  );
}

function leavesAChoice({ twoSided, colour, grey, trays }: PrinterAbilities): boolean {
  return twoSided || (colour && grey) || trays.length > 0;
}

function summary({ twoSided, grey, tray }: PrintOptions): string {
  const { oneSided, twoSided: both, grey: inGrey, trayName } = words.printOptions;
  return [twoSided ? both : oneSided, ...(grey ? [inGrey] : []), ...(tray ? [trayName(tray)] : [])].join(
    ' · ',
  );
}
