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
  readonly content: () => ReactNode;
}

export function AppointmentSections({ sections }: { readonly sections: readonly [Section, ...Section[]] }) {
  useTitle(appointmentWords.title);
  const [address] = usePageAddress(APPOINTMENTS_PATH);
  const shown = sections.find(({ path }) => path === address) ?? sections[0];
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
      {shown.content()}
    </div>
  );
}
