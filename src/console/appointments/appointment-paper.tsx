/** The slip that the resident keeps on the refrigerator: when, where, with whom. */
import { ResidentPaper } from '../parts/resident-paper.tsx';
import { appointmentWords } from '../words/words.ts';

export interface Slip {
  /** "Lundi 2 février" */
  readonly day: string;
  /** "10 h 30" */
  readonly hour: string;
  readonly mairie: string;
  readonly terminal: string;
  readonly body: string;
  readonly residentName: string;
}

export function AppointmentPaper({ slip }: { readonly slip: Slip }) {
  const { paper } = appointmentWords;
  return (
    <ResidentPaper>
      <h1>{paper.heading}</h1>
      <p className="paper-moment">
        {slip.day} <span>{paper.at(slip.hour)}</span>
      </p>
      <dl>
        <dt>{paper.for}</dt>
        <dd>
          <bdi>{slip.residentName}</bdi>
        </dd>
        <dt>{paper.where}</dt>
        <dd>{paper.place(slip.mairie, slip.terminal)}</dd>
        <dt>{paper.with}</dt>
        <dd>{slip.body}</dd>
      </dl>
      <p>{paper.bring}</p>
      <p>{paper.change}</p>
      <p className="paper-blank">{paper.telephone}</p>
    </ResidentPaper>
  );
}
