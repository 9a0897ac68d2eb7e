/** What the mairie passed on of the resident, for the counsellor's own file. */
import { residentFields } from '#shared/protocol/resident.ts';
import type { ResidentView } from '#shared/protocol/views.ts';
import { residentWords } from '../words/words.ts';

export function ResidentCard({ resident: { details, identityPaper } }: { readonly resident: ResidentView }) {
  const known = residentFields.flatMap((field) => {
    const text = details[field];
    if (text === undefined) return [];
    return [{ field, text: field === 'birthDate' ? residentWords.birthDay(text) : text }];
  });
  return (
    <dl className="resident-card" aria-label={residentWords.told}>
      {known.map(({ field, text }) => (
        <div key={field}>
          <dt>{residentWords.toldFields[field]}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      <div>
        <dt>{residentWords.paperSeen}</dt>
        <dd>{identityPaper ? residentWords.papers[identityPaper] : residentWords.paperNotSeen}</dd>
      </div>
    </dl>
  );
}
