/**
 * A page whose drawing throws shows one calm sentence and draws itself anew after a second; where that does not help,
 * it reloads. The resident never sees a stack trace or an empty page.
 */
import { Component, type ReactNode } from 'react';
import { fr } from '../words/fr.ts';

/** ms. Long enough to read the sentence, short enough to be back within two seconds. */
const AGAIN_AFTER = 1_000;
const DRAWINGS_BEFORE_RELOAD = 3;

interface Props {
  readonly children: ReactNode;
  readonly reload: () => void;
}

/** React offers error boundaries to classes only. */
export class CalmBoundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };
  private failures = 0;
  private again: ReturnType<typeof setTimeout> | undefined;

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(): void {
    this.failures += 1;
    this.again = setTimeout(() => {
      if (this.failures < DRAWINGS_BEFORE_RELOAD) this.setState({ broken: false });
      else this.props.reload();
    }, AGAIN_AFTER);
  }

  override componentWillUnmount(): void {
    clearTimeout(this.again);
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="calm">
        <h1 className="text-xl">{fr.oneMoment}</h1>
        <p className="text-m">{fr.recovering}</p>
      </main>
    );
  }
}
