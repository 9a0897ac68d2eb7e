/** Writes values into a form's fields, drawn by ourselves so that every reader and printer shows the same letters. */
import {
  PDFBool,
  PDFCheckBox,
  type PDFDocument,
  PDFDropdown,
  type PDFField,
  type PDFFont,
  PDFHexString,
  PDFName,
  PDFOptionList,
  PDFRadioGroup,
  PDFTextField,
  type PDFWidgetAnnotation,
} from '@cantoo/pdf-lib';
import { fitCells, fitLine, fitLines, type Room } from './fit-text.ts';
import { type FormFonts, writableText } from './form-fonts.ts';
import type { FieldValue } from './form-model.ts';
import { plainText } from './plain-text.ts';

const NEED_APPEARANCES = PDFName.of('NeedAppearances');

/** Why a field could not be written as it was typed. */
export interface Unwritten {
  readonly name: string;
  readonly why: 'tooLong' | 'letters';
}

/**
 * Every field in `values` is written; the others keep what they have, drawn where the form left that to its reader.
 * Returns those that could not be.
 */
export async function writeFields(
  document: PDFDocument,
  values: Readonly<Record<string, FieldValue>>,
  fonts: FormFonts,
): Promise<readonly Unwritten[]> {
  const unwritten: Unwritten[] = [];
  // The library removes XFA here: a reader that knows it would show the old values.
  const form = document.getForm();
  const isStale = form.acroForm.dict.lookup(NEED_APPEARANCES) === PDFBool.True;
  for (const field of form.getFields()) {
    const value = values[field.getName()] ?? undrawnValue(field, isStale);
    if (value === undefined) continue;
    const why = await writeField(field, value, fonts);
    if (why) unwritten.push({ name: field.getName(), why });
  }
  // Every field is drawn: a reader that drew them again could choose other letters.
  form.acroForm.dict.set(NEED_APPEARANCES, PDFBool.False);
  return unwritten;
}

/** What a field holds but does not show by itself; undefined: nothing. */
function undrawnValue(field: PDFField, isStale: boolean): FieldValue | undefined {
  const isDrawn = field.acroField.getWidgets().every((widget) => widget.AP() !== undefined);
  if (isDrawn && !isStale) return undefined;
  if (field instanceof PDFTextField) return plainText(field) || undefined;
  if (field instanceof PDFDropdown || field instanceof PDFOptionList) return field.getSelected();
  return undefined;
}

async function writeField(
  field: PDFField,
  value: FieldValue,
  fonts: FormFonts,
): Promise<Unwritten['why'] | null> {
  if (field instanceof PDFTextField && typeof value === 'string') return writeText(field, value, fonts);
  if (field instanceof PDFCheckBox && typeof value === 'boolean') writeCheckBox(field, value);
  else if ((field instanceof PDFCheckBox || field instanceof PDFRadioGroup) && typeof value === 'string') {
    chooseButton(field, value);
  } else if ((field instanceof PDFDropdown || field instanceof PDFOptionList) && Array.isArray(value)) {
    return writeChoice(field, value, fonts);
  }
  return null;
}

async function writeText(
  field: PDFTextField,
  value: string,
  fonts: FormFonts,
): Promise<Unwritten['why'] | null> {
  const text = field.isMultiline() ? writableText(value) : writableText(value).replaceAll('\n', ' ');
  const font = await fonts.fontFor(text);
  if (!font) return 'letters';
  const cells = field.isCombed() ? field.getMaxLength() : undefined;
  const limit = field.getMaxLength();
  if (limit && [...text].length > limit) return 'tooLong';
  const size = smallest(field, (room, wanted) => {
    if (cells) return fitCells(text, font, room, wanted, cells);
    return field.isMultiline() ? fitLines(text, font, room, wanted) : fitLine(text, font, room, wanted);
  });
  if (size === null) return 'tooLong';
  // The library refuses a rich text field; its plain text takes the place of the rich one.
  if (field.isRichFormatted()) field.disableRichFormatting();
  field.acroField.dict.delete(PDFName.of('RV'));
  setSize(field, font, size);
  if (text === '') field.setText(undefined);
  else field.setText(text);
  field.updateAppearances(font);
  return null;
}

async function writeChoice(
  field: PDFDropdown | PDFOptionList,
  chosen: readonly string[],
  fonts: FormFonts,
): Promise<Unwritten['why'] | null> {
  const options = field.acroField.getOptions();
  const labels = chosen.map((value) => {
    const option = options.find((one) => one.value.decodeText() === value);
    return writableText((option?.display ?? option?.value)?.decodeText() ?? value);
  });
  const font = await fonts.fontFor(
    options.map(({ display }) => display.decodeText()).join('') + labels.join(''),
  );
  if (!font) return 'letters';
  const longest = labels.reduce((one, other) => (one.length > other.length ? one : other), '');
  const size = smallest(field, (room, wanted) =>
    // A list draws all of its options, and cuts what is too low for it: only the width is ours.
    fitLine(longest, font, { ...room, height: Math.min(room.height, 16) }, wanted),
  );
  if (size === null) return 'tooLong';
  setSize(field, font, size);
  if (labels.length === 0) field.clear();
  else field.select(labels);
  field.updateAppearances(font);
  // Drawn with its words, kept by its value: the library knows only one of the two.
  const kept = chosen.map((value) => PDFHexString.fromText(value));
  const [only] = kept;
  if (kept.length === 1 && only) field.acroField.dict.set(PDFName.of('V'), only);
  else if (kept.length > 1) field.acroField.dict.set(PDFName.of('V'), field.acroField.dict.context.obj(kept));
  return null;
}

function writeCheckBox(field: PDFCheckBox, on: boolean): void {
  const drawn = field.acroField.getWidgets().every((widget) => widget.getOnValue() !== undefined);
  if (drawn) {
    setButtons(field, on ? (field.acroField.getOnValue()?.decodeText() ?? '') : '');
    return;
  }
  if (on) field.check();
  else field.uncheck();
  field.updateAppearances();
}

function chooseButton(field: PDFCheckBox | PDFRadioGroup, option: string): void {
  setButtons(field, option);
}

/** The form's own pictures of on and off stay. */
function setButtons(field: PDFCheckBox | PDFRadioGroup, option: string): void {
  const off = PDFName.of('Off');
  let chosen = off;
  for (const widget of field.acroField.getWidgets()) {
    const name = widget.getOnValue();
    const isOn = option !== '' && name?.decodeText() === option;
    if (isOn && name) chosen = name;
    widget.setAppearanceState(isOn && name ? name : off);
  }
  field.acroField.dict.set(PDFName.of('V'), chosen);
}

/** The size at which the text fits into every place of the field; null where one is too small. */
function smallest(field: PDFField, sizeIn: (room: Room, wanted: number) => number | null): number | null {
  let least: number | null = Number.POSITIVE_INFINITY;
  for (const widget of field.acroField.getWidgets()) {
    const size = sizeIn(roomOf(widget), sizeOf(widget.getDefaultAppearance() ?? inheritedAppearance(field)));
    if (size === null) return null;
    least = Math.min(least, size);
  }
  return Number.isFinite(least) ? least : null;
}

function roomOf(widget: PDFWidgetAnnotation): Room {
  const { width, height } = widget.getRectangle();
  const border = 2 * (widget.getBorderStyle()?.getWidth() ?? 0);
  const turned = (widget.getAppearanceCharacteristics()?.getRotation() ?? 0) % 180 !== 0;
  const [across, along] = turned ? [height, width] : [width, height];
  return { width: across - border, height: along - border };
}

function inheritedAppearance(field: PDFField): string | undefined {
  const inherited = field.acroField.getInheritableAttribute(PDFName.of('DA'));
  return inherited && 'decodeText' in inherited ? (inherited as PDFHexString).decodeText() : undefined;
}

/** Points; 0: as large as fits. */
function sizeOf(appearance: string | undefined): number {
  return Number(/([\d.]+)\s+Tf/.exec(appearance ?? '')?.[1] ?? 0);
}

/** Keeps the colour of the letters. */
function setSize(field: PDFField, font: PDFFont, size: number): void {
  const written = (appearance: string | undefined) => {
    const colour = /(?:[\d.]+\s+){1,4}(?:g|rg|k)\b/.exec(
      appearance?.replace(/\/\S+\s+[\d.]+\s+Tf/, '') ?? '',
    )?.[0];
    return `/${font.name} ${size} Tf ${colour ?? '0 g'}`;
  };
  field.acroField.setDefaultAppearance(written(inheritedAppearance(field)));
  for (const widget of field.acroField.getWidgets()) {
    const own = widget.getDefaultAppearance();
    if (own) widget.setDefaultAppearance(written(own));
  }
}
