/** What the clerk typed of a resident beside the name, before it is sent. */
import type { DateValue } from 'react-aria-components';
import {
  askedFor,
  type IdentityPaper,
  type ResidentDetails,
  type ResidentField,
} from '#shared/protocol/resident.ts';

export interface TypedResident {
  readonly birthName: string;
  readonly birthDate: DateValue | null;
  readonly address: string;
  readonly telephone: string;
  /** Null: none was shown. */
  readonly paper: IdentityPaper | null;
}

export const nothingTyped: TypedResident = {
  birthName: '',
  birthDate: null,
  address: '',
  telephone: '',
  paper: null,
};

/** What there is of it, and nothing that this body does not ask for: another one may have been chosen before. */
export function detailsOf(
  { birthName, birthDate, address, telephone }: TypedResident,
  asked: readonly ResidentField[],
): ResidentDetails {
  const typed = {
    birthName: birthName.trim(),
    birthDate: birthDate?.toString() ?? '',
    address: address.trim(),
    telephone: telephone.trim(),
  };
  return askedFor(Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== '')), asked);
}
