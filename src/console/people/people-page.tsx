/** Who is who: people, mairies, bodies, groups of communes. The address says which part, and who is being changed. */

import { usePageAddress } from '../console-pages.tsx';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { useTitle } from '../parts/use-title.ts';
import { useAnswer } from '../sheets/use-answer.ts';
import { peopleWords } from '../words/words.ts';
import { fetchPeople } from './people-api.ts';
import { PeoplePart } from './people-part.tsx';
import { PlacesPart } from './places-part.tsx';

/** Of the console's pages. */
export const PEOPLE_PATH = 'personnes';

const PARTS = { people: '', mairies: 'mairies', bodies: 'organismes', groups: 'groupements' } as const;
type Part = keyof typeof PARTS;

export function PeoplePage({ isAdministrator }: { readonly isAdministrator: boolean }) {
  useTitle(peopleWords.title);
  const [place, goTo] = usePageAddress(PEOPLE_PATH);
  const { answer, again } = useAnswer('people', fetchPeople);
  const parts: readonly Part[] = isAdministrator
    ? ['people', 'mairies', 'bodies', 'groups']
    : ['people', 'mairies'];
  const shown = parts.find((part) => PARTS[part] === place) ?? 'people';
  return (
    <div className="people" aria-busy={!answer}>
      <h1>{peopleWords.page}</h1>
      <nav className="people-tabs" aria-label={peopleWords.parts}>
        {parts.map((part) => (
          <a
            key={part}
            className="button"
            href={`#/${[PEOPLE_PATH, PARTS[part]].filter(Boolean).join('/')}`}
            aria-current={part === shown ? 'page' : undefined}
          >
            {peopleWords.tabs[part]}
          </a>
        ))}
      </nav>
      {!answer && <p role="status">{peopleWords.loading}</p>}
      {answer && !answer.ok && <FailureNotice code={answer.code} />}
      {answer?.ok &&
        (shown === 'people' ? (
          <PeoplePart
            all={answer.value}
            isAdministrator={isAdministrator}
            chosen={place}
            onChoose={goTo}
            onChanged={again}
          />
        ) : (
          <PlacesPart key={shown} kind={shown} all={answer.value} onChanged={again} />
        ))}
    </div>
  );
}
