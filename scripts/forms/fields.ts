/** Fields of a form, each with the box that is printed around it and the words that a screen reader says (TU). */
import { type PDFField, PDFHexString, PDFName, type PDFWidgetAnnotation, rgb } from '@cantoo/pdf-lib';
import { box, GREY, MARGIN, PALE, type Sheet, write } from './paper.ts';

interface FieldOptions {
  /** Words for who hears the form, where the printed label says too little alone. */
  readonly words?: string;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly value?: string;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WHITE = rgb(1, 1, 1);
const look = { borderWidth: 0, backgroundColor: WHITE };
const HEIGHT = 21;

/** A labelled line to write in, `width` wide. */
export function field(
  sheet: Sheet,
  name: string,
  label: string,
  x: number,
  width: number,
  options: FieldOptions = {},
): void {
  const printed = options.required ? `${label} *` : label;
  write(sheet, printed, x, sheet.y, { size: 8.5, color: GREY });
  box(sheet, x, sheet.y - 26, width, HEIGHT);
  textField(sheet, name, label, { x, y: sheet.y - 26, width, height: HEIGHT }, options);
}

export function textField(
  sheet: Sheet,
  name: string,
  label: string,
  place: Place,
  options: FieldOptions = {},
) {
  const text = sheet.page.doc.getForm().createTextField(name);
  if (options.value) text.setText(options.value);
  text.addToPage(sheet.page, { ...inset(place), ...look, font: sheet.regular });
  text.setFontSize(10);
  // What is printed under it stays visible.
  for (const widget of text.acroField.getWidgets()) widget.MK()?.delete(PDFName.of('BG'));
  text.updateAppearances(sheet.regular);
  describe(text, options.words ?? label, options);
  return text;
}

/** Several lines. */
export function area(
  sheet: Sheet,
  name: string,
  label: string,
  height: number,
  options: FieldOptions = {},
): void {
  const width = sheet.page.getWidth() - 2 * MARGIN;
  write(sheet, options.required ? `${label} *` : label, MARGIN, sheet.y, { size: 8.5, color: GREY });
  box(sheet, MARGIN, sheet.y - 5 - height, width, height);
  const place = { x: MARGIN, y: sheet.y - 5 - height, width, height };
  textField(sheet, name, label, place, options).enableMultiline();
  sheet.y -= height + 22;
}

/** One character a cell. */
export function comb(
  sheet: Sheet,
  name: string,
  label: string,
  x: number,
  cells: number,
  options: FieldOptions = {},
) {
  const cell = 15;
  write(sheet, options.required ? `${label} *` : label, x, sheet.y, { size: 8.5, color: GREY });
  const place = { x, y: sheet.y - 26, width: cells * cell, height: HEIGHT };
  const text = textField(sheet, name, label, place, options);
  text.setMaxLength(cells);
  text.enableCombing();
  for (let at = 0; at < cells; at += 1) box(sheet, x + at * cell, sheet.y - 26, cell, HEIGHT);
  return text;
}

/** A date as eight cells: day, month, year. The script is what drawing programs write; it is never run here. */
export function dateField(
  sheet: Sheet,
  name: string,
  label: string,
  x: number,
  options: FieldOptions = {},
): void {
  const { dict } = comb(sheet, name, label, x, 8, options).acroField;
  const script = (call: string) =>
    dict.context.obj({ S: 'JavaScript', JS: PDFHexString.fromText(`${call}("ddmmyyyy");`) });
  dict.set(
    PDFName.of('AA'),
    dict.context.obj({ F: script('AFDate_FormatEx'), K: script('AFDate_KeystrokeEx') }),
  );
}

export function check(
  sheet: Sheet,
  name: string,
  label: string,
  x: number,
  options: FieldOptions = {},
): void {
  const place = boxBefore(sheet, label, x);
  const button = sheet.page.doc.getForm().createCheckBox(name);
  button.addToPage(sheet.page, { ...place, ...look });
  if (options.value) button.check();
  describe(button, options.words ?? label, options);
}

/** One of several, each at its own x. */
export function radios(
  sheet: Sheet,
  name: string,
  words: string,
  options: readonly (readonly [label: string, x: number])[],
  required = false,
): void {
  const group = sheet.page.doc.getForm().createRadioGroup(name);
  for (const [label, x] of options) {
    group.addOptionToPage(label, sheet.page, { ...boxBefore(sheet, label, x), ...look });
  }
  describe(group, words, { required });
}

export function dropdown(
  sheet: Sheet,
  name: string,
  label: string,
  x: number,
  width: number,
  options: readonly string[],
  editable = false,
): void {
  write(sheet, label, x, sheet.y, { size: 8.5, color: GREY });
  box(sheet, x, sheet.y - 26, width, HEIGHT);
  const list = sheet.page.doc.getForm().createDropdown(name);
  list.addOptions([...options]);
  list.addToPage(sheet.page, {
    ...inset({ x, y: sheet.y - 26, width, height: HEIGHT }),
    ...look,
    font: sheet.regular,
  });
  list.setFontSize(10);
  if (editable) list.enableEditing();
  describe(list, label, {});
}

/** Several may be chosen. */
export function list(
  sheet: Sheet,
  name: string,
  label: string,
  x: number,
  width: number,
  options: readonly string[],
): void {
  const height = options.length * 15 + 6;
  write(sheet, label, x, sheet.y, { size: 8.5, color: GREY });
  box(sheet, x, sheet.y - 5 - height, width, height);
  const chosen = sheet.page.doc.getForm().createOptionList(name);
  chosen.addOptions([...options]);
  chosen.enableMultiselect();
  const place = inset({ x, y: sheet.y - 5 - height, width, height });
  chosen.addToPage(sheet.page, { ...place, ...look, font: sheet.regular });
  chosen.setFontSize(10);
  describe(chosen, label, {});
}

/** Where the resident signs: an empty signature field. */
export function signatureField(sheet: Sheet, name: string, label: string, place: Place): void {
  const form = sheet.page.doc.getForm();
  const { context } = sheet.page.doc;
  const { x, y, width, height } = place;
  const widget = context.obj({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    Rect: [x, y, x + width, y + height],
    F: 4,
    P: sheet.page.ref,
  });
  widget.set(PDFName.of('T'), PDFHexString.fromText(name));
  widget.set(PDFName.of('TU'), PDFHexString.fromText(label));
  const reference = context.register(widget);
  sheet.page.node.addAnnot(reference);
  form.acroForm.addField(reference);
}

export function table(
  sheet: Sheet,
  name: string,
  columns: readonly (readonly [key: string, title: string, width: number])[],
  rows: number,
): void {
  const height = 21;
  let x = MARGIN;
  for (const [, title, width] of columns) {
    box(sheet, x, sheet.y - 8, width, 18, PALE);
    write(sheet, title, x + 6, sheet.y - 2.5, { size: 8.5, font: sheet.bold });
    x += width;
  }
  for (let row = 1; row <= rows; row += 1) {
    let left = MARGIN;
    for (const [key, title, width] of columns) {
      const place = { x: left, y: sheet.y - 8 - row * height, width, height };
      box(sheet, left, place.y, width, height);
      textField(sheet, `${name}.${row}.${key}`, `${title}, ligne ${row}`, place);
      left += width;
    }
  }
  sheet.y -= 18 + rows * height + 17;
}

function boxBefore(sheet: Sheet, label: string, x: number): Place {
  const place = { x, y: sheet.y - 1.5, width: 10.5, height: 10.5 };
  box(sheet, place.x, place.y, place.width, place.height);
  write(sheet, label, x + 17, sheet.y);
  return inset(place);
}

/** The printed line stays visible around the field. */
function inset({ x, y, width, height }: Place): Place {
  return { x: x + 0.6, y: y + 0.6, width: width - 1.2, height: height - 1.2 };
}

function describe(field: PDFField, words: string, { required, readOnly }: FieldOptions): void {
  if (required) field.enableRequired();
  if (readOnly) field.enableReadOnly();
  field.acroField.dict.set(PDFName.of('TU'), PDFHexString.fromText(words));
  for (const widget of field.acroField.getWidgets() as PDFWidgetAnnotation[])
    widget.dict.delete(PDFName.of('TU'));
}
