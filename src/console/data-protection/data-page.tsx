/** What is kept: of one person, for whoever receives residents; of everything, for whoever answers for it. */
import type { Role } from '#shared/protocol/views.ts';
import { useTitle } from '../parts/use-title.ts';
import { dataWords } from '../words/words.ts';
import { KeptTable } from './kept-table.tsx';
import { PersonSearch } from './person-search.tsx';

/** Of the console's pages. */
export const DATA_PATH = 'donnees';

export function DataPage({ role }: { readonly role: Role }) {
  useTitle(dataWords.title);
  return (
    <div className="people data">
      <h1>{dataWords.page}</h1>
      {role !== 'administrator' && <PersonSearch />}
      {(role === 'operator' || role === 'administrator') && <KeptTable />}
    </div>
  );
}
