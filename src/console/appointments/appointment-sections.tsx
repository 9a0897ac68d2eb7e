/** The sections of the page about appointments: each has an address, one is shown. */
import type { ReactNode } from 'react';
import { usePageAddress } from '../console-pages.tsx';
import { useTitle } from '../parts/use-title.ts';
import { appointmentWords } from '../words/words.ts';

/** The page's own, in the console's address. */
export const APPOINTMENTS_PATH = 'rendez-vous';

interface Section {
  /** Empty: the first, where everyone begins. */
  readonly path: string;
  readonly name: string;
  /** @param rest what follows the section's path in the address. */
  readonly content: (rest: string) => ReactNode;
}

export function AppointmentSections({ sections }: { readonly sections: readonly [Section, ...Section[]] }) {
  useTitle(appointmentWords.title);
  const [address] = usePageAddress(APPOINTMENTS_PATH);
  const [first, rest = ''] = address.split('/');
  const shown = sections.find(({ path }) => path === first) ?? sections[0];
  return (
    <div className="appointments">
      <nav className="page-links" aria-label={appointmentWords.sections}>
        <ul>
          {sections.map(({ path, name }) => (
            <li key={path}>
              <a
                href={`#/${APPOINTMENTS_PATH}${path && `/${path}`}`}
                aria-current={path === shown.path ? 'page' : undefined}
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <h1>{shown.name}</h1>
      {shown.content(rest)}
    </div>
  );
}
