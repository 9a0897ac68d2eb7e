import { PDFHexString, PDFName, PDFString, type PDFTextField } from '@cantoo/pdf-lib';

/** A rich text field has its plain text beside it; the library refuses such a field as a whole. */
export function plainText(field: PDFTextField): string {
  const value = field.acroField.getInheritableAttribute(PDFName.of('V'));
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : '';
}
